"""Why a delivery ends: the RedenBeeindiging that follows from the toewijzing, or those a person may choose from."""

import csv
from functools import cache
from importlib.resources import files

from ...levensloop.inkorting import inkorting
from ...levensloop.toewijzing import Toewijzing
from ...standaard.codelijst import REDEN_BEEINDIGING, codelijst
from ...standaard.domein import RELEASE, Domein

VOLGENS_PLAN = {Domein.IWMO: "19", Domein.IJW: "31"}
"""RedenBeeindiging of a delivery that ends with its toewijzing (OP288)."""

_VAN_GEMEENTE = "36"
"""RedenBeeindiging that only follows on a change by the gemeente. 37 follows on a VOW of the aanbieder (tegenstrijdigheid 62),
and in practice asks for a herindicatie: an aanbieder may choose it."""


def van_wijziging(domein: Domein, reden_wijziging: str) -> str | None:
    """The RedenBeeindiging that belongs to a RedenWijziging; None where the standard gives none."""
    return _koppeling(domein).get(reden_wijziging) or None


def initiatief_aanbieder(domein: Domein, release: str = RELEASE) -> tuple[str, ...]:
    """The codes of RedenBeeindiging that an aanbieder may choose, in a release."""
    return tuple(code for code in codelijst(REDEN_BEEINDIGING[domein], domein, release).codes if code != _VAN_GEMEENTE)


def intrekking(toewijzing: Toewijzing) -> str | None:
    """The RedenWijziging with which the toewijzing got the Einddatum it has, when that came earlier than it was; else None."""
    gevonden = inkorting(toewijzing)
    return gevonden.reden if gevonden is not None else None


@cache
def _koppeling(domein: Domein) -> dict[str, str]:
    bestand = files("berichtenverkeer.standaard") / "codelijsten" / f"reden_wijziging_naar_beeindiging_{domein}.csv"
    rijen = csv.DictReader(bestand.read_text(encoding="utf-8").splitlines(), delimiter=";")
    return {rij["reden_wijziging"]: rij["reden_beeindiging"] for rij in rijen}
