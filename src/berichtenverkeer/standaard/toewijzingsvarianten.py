"""The table of toewijzingsvarianten: what a toewijzing has filled in, by how its care is delivered.

A row names a kind of toewijzing and says of categorie, code, budget and volume whether they are filled, which Eenheid and
Frequentie go together, and whether the Einddatum must be there::

    >>> past_niet("iwmo", None, Vulling("02", code=True, budget=False, eenheid="04", frequentie="2", einddatum=True)) is None
    True
    >>> past_niet("iwmo", None, Vulling("02", code=True, budget=False, eenheid="83", frequentie="1", einddatum=True)).wat
    <Past.OMVANG: 'omvang'>

Source: the standard's tables, ``codelijsten/toewijzingsvarianten_*.csv``. Two rows of it are in conflict with CD075; what the
conditions of the standard refuse does not come here. LTA is what is bought nationally: in iJw ProductCategorie 55, in iWmo no
category tells it, so there every category may be.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from .codelijst import rijen

LTA = "55"
"""The ProductCategorie of iJw that is bought nationally."""

_GEVULD = "gevuld"


@dataclass(frozen=True, slots=True)
class Variantrij:
    """A row. ``lta``: only what is bought nationally (True), never that (False), or either (None)."""

    variant: str
    soort: str
    categorie: bool
    code: bool
    budget: bool
    volume: bool
    eenheid: str | None
    frequentie: str | None
    einddatum_verplicht: bool
    lta: bool | None


class Vulling(NamedTuple):
    """What of a toewijzing is filled in; with a volume come its Eenheid and Frequentie."""

    categorie: str | None
    code: bool
    budget: bool
    eenheid: str | None
    frequentie: str | None
    einddatum: bool


class Past(StrEnum):
    """The first thing by which a toewijzing fits no row."""

    INHOUD = "inhoud"
    OMVANG = "omvang"
    EINDDATUM = "einddatum"


class Misfit(NamedTuple):
    """Why a toewijzing fits no row, and the kinds of toewijzing that it fits so far: none at ``INHOUD``."""

    wat: Past
    soorten: tuple[str, ...]


@cache
def tabel(domein: str) -> tuple[Variantrij, ...]:
    """The rows of this law."""
    lta = {"alleen": True, "niet": False, "": None}
    return tuple(
        Variantrij(
            variant=rij["variant"],
            soort=rij["type"],
            categorie=rij["categorie"] == _GEVULD,
            code=rij["code"] == _GEVULD,
            budget=rij["budget"] == _GEVULD,
            volume=rij["volume"] == _GEVULD,
            eenheid=rij["eenheid"] or None,
            frequentie=rij["frequentie"] or None,
            einddatum_verplicht=rij["einddatum"] == "verplicht",
            lta=lta[rij["lta"]],
        )
        for rij in rijen(f"toewijzingsvarianten_{domein}.csv")
    )


@lru_cache(maxsize=4096)
def past_niet(domein: str, variant: str | None, v: Vulling) -> Misfit | None:
    """Why this fits no row of the variant, or of any variant for None; None when it does, or the table has no such variant."""
    rijen_ = [rij for rij in tabel(domein) if variant in (None, rij.variant)]
    if not rijen_:
        return None
    gevuld = v.categorie is not None, v.code, v.budget, v.eenheid is not None
    zo = [
        rij
        for rij in rijen_
        if (rij.categorie, rij.code, rij.budget, rij.volume) == gevuld and _lta_past(rij, domein, v)
    ]
    if not zo:
        return Misfit(Past.INHOUD, ())
    omvang = [rij for rij in zo if (rij.eenheid, rij.frequentie) == (v.eenheid, v.frequentie)]
    if not omvang:
        return Misfit(Past.OMVANG, _soorten(zo))
    if not v.einddatum and all(rij.einddatum_verplicht for rij in omvang):
        return Misfit(Past.EINDDATUM, _soorten(omvang))
    return None


def _lta_past(rij: Variantrij, domein: str, v: Vulling) -> bool:
    return domein == "iwmo" or rij.lta is None or rij.lta == (v.categorie == LTA)


def _soorten(rijen_: list[Variantrij]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rij.soort for rij in rijen_))
