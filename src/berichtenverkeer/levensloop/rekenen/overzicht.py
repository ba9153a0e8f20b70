"""One month of a toewijzing: the ProductPeriode, what may be declared in it, and what of that is left."""

from dataclasses import dataclass

from .eenheid import Eenheid
from .kader import Kader
from .maximum import maximum_looptijd, maximum_periode, omgerekend
from .periode import Periode
from .tekst import hoeveelheid
from .uitkomst import Rekenfout, Rekenuitkomst


@dataclass(frozen=True, slots=True)
class Rekenoverzicht:
    """What may be declared in one month.

    ``productperiode`` is None when the toewijzing does not touch the month; then nothing may be declared. Volumes are in
    ``eenheid``, which is None without Omvang; ``resterend_budget`` is eurocent, and None without Budget.
    """

    productperiode: Periode | None
    eenheid: str | None
    maximum_periode: Rekenuitkomst
    maximum_looptijd: Rekenuitkomst
    resterend: Rekenuitkomst
    resterend_budget: Rekenuitkomst


def overzicht(
    kader: Kader, maand: Periode, *, eenheid: str | None = None, al_gedeclareerd: int = 0, in_periode: int = 0
) -> Rekenoverzicht:
    """What may be declared in this month, in ``eenheid`` (default: that of the toewijzing).

    ``al_gedeclareerd`` is what was declared over the run, credit taken off, in ``eenheid``, or in eurocent for a Budget;
    ``in_periode`` is what of that lies in this month. Raises ``Rekenfout`` when the question is not sound.
    """
    _controleer(kader, eenheid, al_gedeclareerd, in_periode)
    periode, looptijd = kader.productperiode(maand), maximum_looptijd(kader)
    if periode is None:
        in_maand = Rekenuitkomst(0, (f"Van {maand} is niets toegewezen: er is niets te declareren.",))
    else:
        in_maand = maximum_periode(kader, periode)
    resterend = in_maand
    if kader.omvang is not None:
        eigen = kader.omvang.Eenheid
        eenheid = eenheid or eigen
        in_maand, looptijd = omgerekend(in_maand, eigen, eenheid), omgerekend(looptijd, eigen, eenheid)
        if periode is not None:
            resterend = _resterend(in_maand, looptijd, eenheid, al_gedeclareerd, in_periode)
    budget = _resterend_budget(kader.budget, al_gedeclareerd)
    return Rekenoverzicht(periode, eenheid, in_maand, looptijd, resterend, budget)


def _controleer(kader: Kader, eenheid: str | None, al_gedeclareerd: int, in_periode: int) -> None:
    if kader.omvang is not None and kader.budget is not None:
        raise Rekenfout("Een toewijzing heeft een Omvang of een Budget, niet allebei (CD077, CD078).")
    if kader.omvang is None and eenheid is not None:
        raise Rekenfout("Zonder Omvang is er geen volume in een eenheid te rekenen.")
    if in_periode > al_gedeclareerd:
        raise Rekenfout("In deze maand kan niet meer gedeclareerd zijn dan over de hele looptijd.")


def _resterend(
    in_maand: Rekenuitkomst, looptijd: Rekenuitkomst, eenheid: str, al_gedeclareerd: int, in_periode: int
) -> Rekenuitkomst:
    """The least of what the period and what the run leave; 0 when more was declared than may be."""
    ruimten, stappen = [], []
    for naam, maximum, gedeclareerd in (
        ("In de productperiode", in_maand, in_periode),
        ("Over de looptijd", looptijd, al_gedeclareerd),
    ):
        if maximum.waarde is not None:
            ruimten.append(max(0, maximum.waarde - gedeclareerd))
            stappen.append(_ruimte(naam, maximum.waarde, gedeclareerd, eenheid))
    rest = min(ruimten)
    if len(set(ruimten)) > 1:
        stappen.append(f"Het minste telt: {hoeveelheid(rest, eenheid)}.")
    return Rekenuitkomst(rest, tuple(stappen))


def _resterend_budget(budget: int | None, al_gedeclareerd: int) -> Rekenuitkomst:
    """What is left of the Budget (TR369)."""
    if budget is None:
        return Rekenuitkomst(None, ("De toewijzing heeft geen Budget.",))
    return Rekenuitkomst(
        max(0, budget - al_gedeclareerd), (_ruimte("Van het budget", budget, al_gedeclareerd, Eenheid.EURO),)
    )


def _ruimte(naam: str, maximum: int, gedeclareerd: int, eenheid: str) -> str:
    over = maximum - gedeclareerd
    slot = f"nog {hoeveelheid(over, eenheid)}" if over >= 0 else f"{hoeveelheid(-over, eenheid)} te veel"
    return f"{naam}: {hoeveelheid(gedeclareerd, eenheid)} gedeclareerd van {hoeveelheid(maximum, eenheid)}, dus {slot}."
