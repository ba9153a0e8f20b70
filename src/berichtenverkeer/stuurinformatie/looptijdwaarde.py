"""What may be declared over the whole run of a toewijzing, in eurocent (contract, ``VERZILVERING``)."""

from datetime import date
from functools import lru_cache

from ..levensloop.rekenen.eenheid import Eenheid
from ..levensloop.rekenen.kader import Kader, omvang
from ..levensloop.rekenen.maximum import maximum_looptijd
from ..levensloop.rekenen.variant import GebrokenMaand, Uitvoeringsvariant
from ..standaard.domein import Domein


@lru_cache(maxsize=50_000)
def hoogste_volume(
    domein: Domein,
    ingang: int,
    einde: int,
    categorie: str | None,
    volume: int,
    eenheid: str,
    frequentie: str,
    variant: Uitvoeringsvariant,
    gebroken_maand: GebrokenMaand,
) -> int | None:
    """The most that may be declared over the run, in its Eenheid (TR322)."""
    kader = Kader(
        domein,
        date.fromordinal(ingang),
        date.fromordinal(einde),
        categorie,
        omvang(volume, eenheid, frequentie),
        None,
        variant,
        gebroken_maand,
    )
    return maximum_looptijd(kader).waarde


def in_eurocent(volume: int, eenheid: str, tarief: int | None) -> int | None:
    """So much in eurocent; None when its tariff is not known.

    >>> in_eurocent(12000, "83", None), in_eurocent(10, "04", 5000), in_eurocent(10, "04", None)
    (12000, 50000, None)
    """
    if eenheid == Eenheid.EURO:
        return volume
    return volume * tarief if tarief is not None else None
