"""TR378 in time: which gemeentecode counts in which message, around 31 December and 1 January, and at every merger."""

from datetime import date, timedelta

import pytest
from tests.conformance.boom import WEG, Boom
from tests.conformance.gevallen import maak_bericht
from tests.conformance.knooppunt import Knooppunt

from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.standaard.codelijst import rijen
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.indeling import INDELING, Gemeente, Indeling

OUD, NIEUW = "1680", "2099"
OUDJAAR, NIEUWJAAR = date(2026, 12, 31), date(2027, 1, 1)
STRAKS = Indeling((Gemeente(OUD, "Aa en Hunze", None, OUDJAAR, (NIEUW,)), Gemeente(NIEUW, "Nieuwhunze", NIEUWJAAR)))
DAG = timedelta(days=1)
ONTVANGEN = date(2027, 3, 1)

_PRODUCTEN = {
    "301": "Client/ToegewezenProducten/ToegewezenProduct",
    "315": "Client/AangevraagdeProducten/AangevraagdProduct",
}
_INGANG = {"301": "Ingangsdatum", "315": "ToewijzingIngangsdatum"}
_EINDE = {"301": "Einddatum", "315": "ToewijzingEinddatum"}


def _meldingen(
    soort: str,
    gemeente: str,
    op: date,
    ingang: date | None = None,
    indeling: Indeling = STRAKS,
    node: Knooppunt | None = None,
    domein: Domein = Domein.IWMO,
) -> list[str]:
    """What TR378 says of a message of this gemeente with this Dagtekening, about what begins on this day."""
    node = node or Knooppunt(max(op, ONTVANGEN), Contract(indeling=indeling))
    kant = "Header/Afzender" if soort in ("301", "319") else "Header/Ontvanger"
    stap: dict[str, Boom] = {kant: gemeente, "Header/BerichtIdentificatie/Dagtekening": str(op)}
    if ingang is not None:
        for plek in (1, 2) if soort == "301" else (1,):
            stap[f"{_PRODUCTEN[soort]}[{plek}]/{_INGANG[soort]}"] = str(ingang)
            stap[f"{_PRODUCTEN[soort]}[{plek}]/{_EINDE[soort]}"] = "2028-01-31"
    if soort == "317":
        anders = "Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct[1]"
        stap |= {f"{anders}/GewensteIngangsdatum": "2027-04-01", f"{anders}/Einddatum": "2027-12-31"}
        stap["Client/Verzoek/NieuweProducten"] = WEG
    oordeel, _ = node.verwerk(maak_bericht(soort, domein, stap, identificatie=f"{soort}{op:%m%d}{gemeente}"))
    return [bevinding.melding for bevinding in oordeel.bevindingen if bevinding.regel == "TR378"]


@pytest.mark.parametrize(
    ("soort", "gemeente", "op", "ingang", "zegt"),
    [
        # the division of the Dagtekening counts
        ("301", OUD, OUDJAAR, OUDJAAR, ""),
        ("301", OUD, OUDJAAR, NIEUWJAAR, ""),
        ("301", NIEUW, NIEUWJAAR, NIEUWJAAR, ""),
        ("301", NIEUW, NIEUWJAAR, OUDJAAR, ""),
        ("315", OUD, OUDJAAR, NIEUWJAAR, ""),
        ("315", NIEUW, NIEUWJAAR, NIEUWJAAR, ""),
        # a new code counts from its first day, whatever it is about
        ("301", NIEUW, OUDJAAR, NIEUWJAAR, "geldt pas vanaf 2027-01-01"),
        ("315", NIEUW, OUDJAAR, NIEUWJAAR, "geldt pas vanaf 2027-01-01"),
        ("305", NIEUW, OUDJAAR, None, "geldt pas vanaf 2027-01-01"),
        # after the merger the old code counts for what began before it
        ("301", OUD, NIEUWJAAR, OUDJAAR, ""),
        ("301", OUD, date(2027, 2, 1), date(2020, 1, 1), ""),
        ("301", OUD, NIEUWJAAR, NIEUWJAAR, "gold tot en met 2026-12-31; de gemeente is opgegaan in 2099 (Nieuwhunze)."),
        ("315", OUD, NIEUWJAAR, OUDJAAR, ""),
        ("315", OUD, NIEUWJAAR, NIEUWJAAR, "gold tot en met 2026-12-31"),
        # without a product of its own a message goes by what was approved, and here nothing was
        ("305", OUD, OUDJAAR, None, ""),
        ("305", OUD, NIEUWJAAR, None, "gold tot en met 2026-12-31"),
        ("307", OUD, NIEUWJAAR, None, "gold tot en met 2026-12-31"),
        ("317", OUD, NIEUWJAAR, None, "gold tot en met 2026-12-31"),
        ("323", OUD, NIEUWJAAR, None, "gold tot en met 2026-12-31"),
        # others notice nothing
        ("301", "0363", OUDJAAR, NIEUWJAAR, ""),
        ("301", "0363", NIEUWJAAR, OUDJAAR, ""),
        ("301", "9999", NIEUWJAAR, OUDJAAR, "komt niet voor"),
    ],
)
def test_around_new_year(soort: str, gemeente: str, op: date, ingang: date | None, zegt: str) -> None:
    for domein in Domein:
        meldingen = _meldingen(soort, gemeente, op, ingang, domein=domein)
        assert bool(meldingen) == bool(zegt), meldingen
        assert all(zegt in melding for melding in meldingen)


def test_what_was_assigned_under_the_old_code_is_started_and_declared_under_it() -> None:
    node = Knooppunt(ONTVANGEN, Contract(indeling=STRAKS))
    assert _meldingen("301", OUD, OUDJAAR, date(2026, 2, 1), node=node) == []
    for soort in ("305", "307", "317", "323"):
        assert _meldingen(soort, OUD, NIEUWJAAR, node=node) == []


@pytest.mark.parametrize("code", [rij["code"] for rij in rijen("herindelingen.csv")])
def test_every_merger(code: str) -> None:
    tot, vandaag = INDELING[code].tot, date(2026, 3, 2)
    assert tot is not None
    assert _meldingen("301", code, vandaag, tot, INDELING) == []
    [melding] = _meldingen("301", code, vandaag, tot + DAG, INDELING)
    assert f"gold tot en met {tot}" in melding
    assert all(opvolger in melding for opvolger in INDELING[code].opgegaan_in)
    for opvolger in INDELING[code].opgegaan_in:
        assert _meldingen("301", opvolger, vandaag, tot + DAG, INDELING) == []


def test_a_place_of_residence_is_a_gemeente_of_now() -> None:
    for op, gemeente, mag in ((OUDJAAR, OUD, True), (NIEUWJAAR, OUD, False), (NIEUWJAAR, NIEUW, True)):
        node = Knooppunt(ONTVANGEN, Contract(indeling=STRAKS))
        stap: dict[str, Boom] = {
            "Antwoord/RedenAfwijzingVerzoek": "8",
            "Antwoord/Woonplaatsbeginsel": {"Gemeente": gemeente},
            "Header/BerichtIdentificatie/Dagtekening": str(op),
        }
        oordeel, _ = node.verwerk(maak_bericht("319", Domein.IJW, stap))
        assert ("TR378" not in [een.regel for een in oordeel.bevindingen]) is mag
