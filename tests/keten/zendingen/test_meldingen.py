"""What a party hears of what was found: piece by piece, in the shape that its door has for it."""

from typing import Any

import pytest

from berichtenverkeer.keten.envelop.codes import FO01
from berichtenverkeer.keten.envelop.fouten import Afgekeurd
from berichtenverkeer.keten.envelop.vsp import als_json
from berichtenverkeer.keten.zendingen.deur import Deur
from berichtenverkeer.keten.zendingen.meldingen import Afkeuring, afkeuring, uitgevouwen
from berichtenverkeer.oordeel.weigering import Reden, Weigering
from berichtenverkeer.regels.bevinding import Bevinding, Ernst, Niveau
from berichtenverkeer.standaard.fouten import OngeldigBericht, XsdFout


def _gevonden(nummer: int = 1, regel: str = "XSD", **anders: Any) -> Bevinding:
    velden: dict[str, Any] = {
        "regel": regel, "niveau": Niveau.XSD, "retourcode": None, "regelnummer": 10 + nummer,
        "pad": f"/Bericht/Client/Iets[{nummer}]", "element": "Iets", "melding": f"Fout {nummer}.", "advies": f"Herstel {nummer}.",
    }  # fmt: skip
    return Bevinding(**velden | anders)


def _geweigerd(aantal: int) -> Weigering:
    gevonden = [_gevonden(n) for n in range(1, aantal + 1)]
    return Weigering(Reden.XSD_ONGELDIG, "Het voldoet niet.", "Herstel alles.", bevindingen=gevonden)


def _vsp(waarom: Afkeuring) -> list[dict[str, Any]]:
    return [als_json(een) for een in uitgevouwen([als_json(waarom.melding)], waarom.bevindingen)]


@pytest.mark.parametrize("reden", Reden)
def test_each_refusal_has_a_code_at_each_door(reden: Reden) -> None:
    fout = Weigering(reden, "Zo niet.", "Anders.")
    assert afkeuring(fout, Deur.GGK).code in FO01
    assert afkeuring(fout, Deur.VSP).melding.omschrijving


@pytest.mark.parametrize("aantal", [1, 3, 100])
def test_every_finding_is_told_with_its_rule_place_and_advice(aantal: int) -> None:
    meldingen = _vsp(afkeuring(_geweigerd(aantal), Deur.VSP))
    assert [melding["code"] for melding in meldingen] == ["BRS13"] * aantal
    for nummer, melding in enumerate(meldingen, start=1):
        los = f"XSD, regel {10 + nummer}, /Bericht/Client/Iets[{nummer}]: Fout {nummer}. Herstel {nummer}."
        assert melding["toelichting"].endswith(los)
    assert meldingen[0]["toelichting"].startswith("Het voldoet niet. Herstel alles. XSD")
    assert all(melding["toelichting"].startswith("XSD") for melding in meldingen[1:])


def test_of_more_than_vsp_holds_the_last_says_how_many_there_are() -> None:
    waarom = afkeuring(_geweigerd(103), Deur.VSP)
    meldingen = _vsp(waarom)
    assert len(meldingen) == 100
    assert "[99]:" in meldingen[98]["toelichting"]
    assert meldingen[99]["omschrijving"] == "En nog 4 bevindingen."
    assert "/v1/berichten/{traceerId}" in meldingen[99]["toelichting"]
    algemeen = [als_json(waarom.melding)]
    assert len(uitgevouwen(algemeen, waarom.bevindingen, hoogstens=None)) == 103


def test_what_came_later_has_its_place_too() -> None:
    later = [{"code": "StUF055", "omschrijving": "Niet conform"}, {"code": "BEZORGING", "omschrijving": "HTTP 503"}]
    waarom = afkeuring(_geweigerd(103), Deur.VSP)
    meldingen = uitgevouwen([als_json(waarom.melding)], waarom.bevindingen, later)
    assert len(meldingen) == 100
    assert [melding.code for melding in meldingen[-2:]] == ["StUF055", "BEZORGING"]
    assert meldingen[97].omschrijving == "En nog 6 bevindingen."
    assert [melding.code for melding in uitgevouwen((), (), later)] == ["StUF055", "BEZORGING"]
    assert uitgevouwen((), ()) == []


def test_what_a_rule_found_is_told_by_the_rule() -> None:
    regel = _gevonden(regel="TR019", niveau=Niveau.BERICHTOVERSTIJGEND, retourcode="9019")
    rij = {**afkeuring(Weigering(Reden.REGELS, "", "", bevindingen=[regel]), Deur.VSP).bevindingen[0]}
    [melding] = uitgevouwen((), [rij])
    assert (melding.code, melding.omschrijving) == ("TR019", "Fout 1.")
    assert melding.toelichting == "Retourcode 9019. Zie regel 11, /Bericht/Client/Iets[1]. Herstel 1."
    [zelf] = uitgevouwen((), [rij], zelf=True)
    assert zelf.toelichting == f"Dit vindt het knooppunt; de ontvanger oordeelt zelf. {melding.toelichting}"


def test_a_code_of_the_receiver_is_told_by_that_code_with_our_reckoning() -> None:
    stappen = ["Wij rekenen 1.080 minuten als maximum."]
    rij = {
        "regel": "RETOUR", "retourcode": "9321", "regelnummer": None, "pad": "/Bericht/x", "melding": "De ontvanger keurde af.",
        "berekening": stappen, "advies": "Bel.",
    }  # fmt: skip
    [melding] = uitgevouwen((), [rij], zelf=True)
    assert melding.code == "9321"
    assert melding.toelichting == "Zie /Bericht/x. Wij rekenen 1.080 minuten als maximum. Bel."


def test_what_the_envelope_has_wrong_is_told_piece_by_piece_too() -> None:
    fouten = tuple(XsdFout(f"/Di01/{n}", "x", n, f"Fout {n}.", "Herstel.") for n in (3, 4))
    fout = Afgekeurd("IB001", "2 fouten.", "Herstel alle.", OngeldigBericht("Di01", fouten))
    waarom = afkeuring(fout, Deur.GGK)
    assert waarom.code == "IB001"
    assert [een["regelnummer"] for een in waarom.bevindingen] == [3, 4]


def test_what_has_no_place_says_what_to_do() -> None:
    melding = afkeuring(Afgekeurd("BRS16", "Te veel.", "Lever één bestand."), Deur.VSP).melding
    assert melding.toelichting == "Te veel. Lever één bestand."
    waar = Weigering(Reden.AL_AANGEBODEN, "Al eerder.", "Niets doen.", "/Bericht/Header", 7)
    assert afkeuring(waar, Deur.VSP).melding.toelichting == "Al eerder. Zie regel 7, /Bericht/Header. Niets doen."


@pytest.mark.parametrize("aantal", [1, 2, 40, 10_000])
@pytest.mark.parametrize("lengte", [20, 500])
def test_a_fo01_has_the_first_and_how_many_more(aantal: int, lengte: int) -> None:
    gevonden = [_gevonden(n, melding="m" * lengte) for n in range(1, aantal + 1)]
    fout = Weigering(Reden.XSD_ONGELDIG, "Het voldoet niet.", "Herstel alles.", bevindingen=gevonden)
    zin = afkeuring(fout, Deur.GGK).op_een_regel(200)
    assert len(zin) <= 200
    assert zin.startswith("De inhoud voldoet niet aan het XSD: XSD, regel 11, /Bericht/Client/Iets[1]: mmm")
    assert ("…" in zin) is (lengte == 500)
    assert zin.endswith(f" (+{aantal - 1}, zie de status)") is (aantal > 1)


def test_a_fo01_without_findings_says_why_and_what_to_do() -> None:
    zin = afkeuring(Afgekeurd("IB003", "Te groot.", "Splits het."), Deur.GGK).op_een_regel(200)
    assert zin == "Het bericht is groter dan 25 MB: Te groot. Splits het."


def _signaal() -> Bevinding:
    return _gevonden(9, "OP192", niveau=Niveau.BERICHT, ernst=Ernst.SIGNAAL)


def test_a_signaal_is_told_by_its_own_rule_after_the_faults_and_is_not_why_something_was_refused() -> None:
    fout = Weigering(Reden.REGELS, "Het is afgekeurd.", "Herstel het.", bevindingen=[_signaal(), _gevonden(1, "TR366")])
    waarom = afkeuring(fout, Deur.VSP)
    afgekeurd, signaal = _vsp(waarom)
    assert (afgekeurd["code"], signaal["code"]) == ("BRS22", "OP192")
    assert afgekeurd["toelichting"].startswith("Het is afgekeurd. Herstel het. TR366, regel 11, ")
    assert signaal["omschrijving"] == "Fout 9."
    assert signaal["toelichting"] == (
        "Een signaal: dit keurt het bericht niet af. Zie regel 19, /Bericht/Client/Iets[9]. Herstel 9."
    )
    zin = waarom.op_een_regel(200)
    assert "TR366" in zin
    assert "OP192" not in zin
    assert "zie de status" not in zin


def test_what_is_refused_for_something_else_keeps_its_signalen_apart() -> None:
    fout = Weigering(Reden.AL_AANGEBODEN, "Al eerder.", "Niets doen.", bevindingen=[_signaal()])
    assert [melding["code"] for melding in _vsp(afkeuring(fout, Deur.VSP))] == ["BRS20", "OP192"]
