"""A stay or other delivery that crosses month borders: which part is declared in which ProductPeriode (IV076, IV089)."""

from dataclasses import dataclass

from .periode import Periode, maand
from .tekst import geteld
from .uitkomst import Rekenuitkomst


@dataclass(frozen=True, slots=True)
class Maanddeel:
    """What of a delivery falls in one month, the days it has there, and the ProductPeriode to declare it with."""

    productperiode: Periode
    levering: Periode
    dagen: int


@dataclass(frozen=True, slots=True)
class Leveringsverdeling:
    """A delivery month by month, and the days of it that may be declared."""

    delen: tuple[Maanddeel, ...]
    dagen: Rekenuitkomst


def verdeel(levering: Periode, looptijd: Periode) -> Leveringsverdeling:
    """Cut a delivery at the month borders, within the run of its toewijzing.

    The day of delivery decides the month. The ProductPeriode is all that is assigned in that month, not the days of
    delivery alone. What lies outside the toewijzing is not declared (IV084).
    """
    binnen = levering.doorsnede(looptijd)
    delen = tuple(_deel(deel, looptijd) for deel in binnen.per_maand()) if binnen else ()
    stappen = [
        f"{geteld(deel.dagen, 'dag', 'dagen')} ({deel.levering}) in de productperiode {deel.productperiode}."
        for deel in delen
    ]
    aantal = binnen.dagen if binnen else 0
    if buiten := levering.dagen - aantal:
        stappen.append(f"Buiten de toewijzing: {geteld(buiten, 'dag', 'dagen')}, niet te declareren.")
    return Leveringsverdeling(delen, Rekenuitkomst(aantal, tuple(stappen)))


def _deel(levering: Periode, looptijd: Periode) -> Maanddeel:
    productperiode = looptijd.doorsnede(maand(levering.begin))
    assert productperiode is not None  # the delivery lies within the run
    return Maanddeel(productperiode, levering, levering.dagen)
