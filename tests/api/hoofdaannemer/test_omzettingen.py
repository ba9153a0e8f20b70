"""A product conversion by a gemeente, as its hoofdaannemer works it off over HTTP."""

import csv
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest
from tests.api.hoofdaannemer.conftest import H, Wereld
from tests.berichten import Dossier

PER = "2026-03-02"
OM = f"{H}/omzettingen"


def _zet_om(w: Wereld, per: str = PER, code: str = "02Z01", klok: str = "2026-03-02T13:00:00") -> None:
    """The gemeente converts all that it can, and its messages come in."""
    tabel = [{"oude_code": "02T01", "categorie": "02", "code": code}]
    vraag = {"domein": "iwmo", "per": per, "tabel": tabel}
    gemaakt = w.gemeente.post("/v1/voorstellen/productconversie?uit=xml", json=vraag, headers={"Bv-Klok": klok}).json()
    for client in gemaakt["clienten"]:
        w.gemeente.goedgekeurd(client["xml"].encode(), **{"Bv-Klok": klok})


def _gestart(w: Wereld) -> tuple[Dossier, str]:
    wie, id_ = w.toegewezen()
    w.hoofdaannemer.goedgekeurd(wie.start())
    return wie, id_


def _over(w: Wereld, *, proef: bool = False, **vraag: Any) -> dict[str, Any]:
    antwoord = w.hoofdaannemer.post(f"{OM}/overzetten", json={"per": PER} | vraag, params={"proef": proef})
    assert antwoord.status_code == 200, antwoord.text
    uit: dict[str, Any] = antwoord.json()
    return uit


def test_a_conversion_worked_off(wereld: Wereld) -> None:
    w = wereld
    wie, id_ = _gestart(w)
    inzet = w.plaats(id_, tot="2026-10-31")
    w.partner.post(f"/v1/inzetten/{inzet['id']}/aannemen")
    assert w.hoofdaannemer.json(OM)["items"] == []
    _zet_om(w)
    [item] = w.hoofdaannemer.json(OM, per=PER)["items"]
    assert (item["client"], item["per"], item["reden"], item["stand"]) == (wie.bsn, PER, "03", "over-te-zetten")
    assert (item["oud"]["toewijzingnummer"], item["oud"]["einddatum"], item["oud"]["levering"]) == (
        wie.nummer, "2026-03-01", "gestart",
    )  # fmt: skip
    assert (item["nieuw"]["product"]["code"], item["nieuw"]["einddatum"]) == ("02Z01", "2026-12-31")
    assert item["inzetten"] == [
        {"id": inzet["id"], "partner": w.p, "klasse": "licht", "van": "2026-02-01", "tot": "2026-10-31", "naar": None}
    ]
    proef = _over(w, proef=True)
    assert (proef["proef"], proef["overgezet"], proef["kan_niet"]) == (True, 1, 0)
    assert w.hoofdaannemer.json(OM)["items"] == [item]
    uit = _over(w)
    assert uit == proef | {"proef": False}
    nieuw = w.hoofdaannemer.json(f"{H}/inzetten/{uit['items'][0]['naar']}")
    assert (nieuw["toewijzing"], nieuw["partner"], nieuw["klasse"], nieuw["aanname"]) == (
        item["nieuw"]["toewijzing"], w.p, "licht", "aangenomen",
    )  # fmt: skip
    assert (nieuw["van"], nieuw["tot"], nieuw["toestand"]) == (PER, "2026-10-31", "lopend")
    assert w.hoofdaannemer.json(f"{H}/inzetten/{inzet['id']}")["tot"] == "2026-03-01"
    assert [een["soort"] for een in w.partner.postvak()] == ["inzorgmelding", "uitzorgmelding", "inzorgmelding"]
    assert w.partner.json(w.partner.postvak()[-1]["pad"])["toewijzingnummer"] == item["nieuw"]["toewijzingnummer"]
    nog_eens = _over(w)
    assert (nog_eens["overgezet"], nog_eens["eerder_overgezet"]) == (0, 1)
    assert len(w.hoofdaannemer.json(f"{H}/inzetten")["items"]) == 2
    assert w.hoofdaannemer.json(OM)["items"][0]["stand"] == "overgezet"
    gebeurd = [punt["gebeurtenis"] for punt in w.hoofdaannemer.json(f"{H}/inzetten/{inzet['id']}/tijdlijn")["items"]]
    assert gebeurd[-1] == "omzetting geeindigd"
    assert w.partner.json(f"/v1/inzetten/{nieuw['id']}/tijdlijn")["items"][0]["gebeurtenis"] == "omzetting begonnen"


def test_stops_and_starts_in_one_call_and_never_twice(wereld: Wereld) -> None:
    w = wereld
    (een, _), (twee, _), _ = _gestart(w), _gestart(w), w.toegewezen()
    _zet_om(w)
    vooraf = w.hoofdaannemer.json(f"{OM}/berichten", per=PER)["items"]
    assert [(item["soort"], item["berichtsoort"], item["datum"], item["klaar"]) for item in vooraf] == [
        ("stop", "WMO307", "2026-03-01", True), ("start", "WMO305", PER, True),
    ] * 2  # fmt: skip
    assert any("36" in regel for regel in vooraf[0]["uitleg"])
    assert {item["toewijzingnummer"] for item in vooraf if item["soort"] == "stop"} == {een.nummer, twee.nummer}

    def verstuur(_: int) -> dict[str, Any]:
        antwoord = w.hoofdaannemer.post(f"{OM}/versturen", json={"per": PER})
        assert antwoord.status_code == 200, antwoord.text
        uit: dict[str, Any] = antwoord.json()
        return uit

    with ThreadPoolExecutor(4) as draden:
        antwoorden = list(draden.map(verstuur, range(4)))
    berichten = [item["bericht"] for uit in antwoorden for item in uit["items"] if item["bericht"]]
    assert len(set(berichten)) == 4
    assert {item["oordeel"] for uit in antwoorden for item in uit["items"] if item["bericht"]} == {"goedgekeurd"}
    heen = [
        rij for rij in w.hoofdaannemer.json("/v1/berichten", richting="verzonden")["items"]
        if rij["berichtsoort"] in ("WMO305", "WMO307")
    ]  # fmt: skip
    assert len(heen) == 2 + 4
    assert w.hoofdaannemer.json(f"{OM}/berichten")["items"] == []
    assert verstuur(0) == {"verstuurd": 0, "niet_verstuurd": 0, "items": []}
    [rij, _, _] = w.hoofdaannemer.json(OM)["items"]
    assert (rij["oud"]["levering"], rij["nieuw"]["levering"]) == ("definitief_gestopt", "gestart")


def test_before_its_day_nothing_can_be_sent(wereld: Wereld) -> None:
    w = wereld
    _gestart(w)
    _zet_om(w, per="2026-04-01")
    antwoord = w.hoofdaannemer.post(f"{OM}/versturen", json={"per": "2026-04-01"}).json()
    assert (antwoord["verstuurd"], antwoord["niet_verstuurd"]) == (0, 2)
    assert ["2026-03-31" in antwoord["items"][0]["uitleg"][0], "2026-04-01" in antwoord["items"][1]["uitleg"][0]] == [
        True
    ] * 2
    later = {"Bv-Klok": "2026-04-01T09:00:00"}
    klaar = w.hoofdaannemer.post(f"{OM}/versturen", json={"per": "2026-04-01"}, headers=later).json()
    assert klaar["verstuurd"] == 2, klaar


def test_what_cannot_be_carried_over_is_told(wereld: Wereld) -> None:
    w = wereld
    w.laad("segmenten", "segment;categorie;code\nontwikkeling;02;02Z01\n")
    w.laad(
        "tarieven",
        "segment;klasse;eenheid;euro;van;tot\nontwikkeling;licht;maand;100,00;2020-01-01;\nontwikkeling;hoog;maand;200,00;2020-01-01;\n",
    )
    goed, anders = w.plaats(w.toegewezen()[1]), w.plaats(w.toegewezen()[1], klasse="midden")
    _zet_om(w)
    uit = _over(w)
    assert (uit["overgezet"], uit["kan_niet"]) == (1, 1)
    [niet] = [item for item in uit["items"] if item["uitkomst"] == "kan-niet"]
    assert (niet["inzet"], niet["naar"]) == (anders["id"], None)
    assert [bezwaar["veld"] for bezwaar in niet["bezwaren"]] == ["klasse"]
    assert "hoog, licht" in niet["bezwaren"][0]["advies"]
    dubbel = [{"oud": "midden", "nieuw": "hoog"}] * 2
    assert w.hoofdaannemer.post(f"{OM}/overzetten", json={"per": PER, "klassen": dubbel}).status_code == 422
    met = _over(w, klassen=[{"oud": "midden", "nieuw": "hoog"}])
    assert (met["overgezet"], met["eerder_overgezet"], met["kan_niet"]) == (1, 1, 0)
    standen = w.hoofdaannemer.json(f"{H}/inzetten", geldigOp=PER)["items"]
    assert sorted((een["segment"], een["klasse"]) for een in standen) == [
        ("ontwikkeling", "hoog"),
        ("ontwikkeling", "licht"),
    ]
    assert goed["id"] not in {een["id"] for een in standen}


def test_filters_and_tables(wereld: Wereld) -> None:
    w = wereld
    w.plaats(w.toegewezen()[1])
    _zet_om(w)
    for filters, aantal in (({"per": PER}, 1), ({"per": "2026-03-03"}, 0), ({"gemeente": w.gemeentecode}, 1), ({"gemeente": "0001"}, 0), ({"segment": "begeleiding"}, 1), ({"segment": "vervoer"}, 0)):  # fmt: skip
        assert len(w.hoofdaannemer.json(OM, **filters)["items"]) == aantal, filters
    assert _over(w, segment="vervoer")["items"] == []
    assert _over(w, gemeente="0001")["items"] == []
    [rij] = _tabel(w, "")
    assert (rij["oud_product_code"], rij["nieuw_product_code"], rij["inzetten_partner"]) == ("02T01", "02Z01", w.p)
    assert _tabel(w, "/berichten") == []
    antwoord = w.hoofdaannemer.post(f"{OM}/overzetten", json={"per": PER}, headers={"Accept": "text/csv"})
    [rij] = csv.DictReader(StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";")
    assert (rij["uitkomst"], rij["bezwaren_melding"]) == ("overgezet", "")
    assert w.hoofdaannemer.get(OM, params={"per": "onzin"}).status_code == 400
    assert w.hoofdaannemer.post(f"{OM}/overzetten", json={}).status_code == 400
    assert w.hoofdaannemer.post(f"{OM}/versturen", json={"per": PER, "onzin": 1}).status_code == 400


def _tabel(w: Wereld, pad: str) -> list[dict[str, str]]:
    antwoord = w.hoofdaannemer.get(f"{OM}{pad}", headers={"Accept": "text/csv"})
    assert antwoord.status_code == 200, antwoord.text
    return list(csv.DictReader(StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("reden", ["12", "13"])
def test_what_is_no_conversion(wereld: Wereld, reden: str) -> None:
    """A change that was asked for, and one that takes a toewijzing back, with another product the day after."""
    w = wereld
    wie, id_ = w.toegewezen()
    w.plaats(id_)
    einde = {"12": "2026-03-01", "13": "2026-02-01"}[reden]
    w.gemeente.goedgekeurd(
        wie.toewijzing(Toewijzingstijd="11:00:00", Einddatum=einde, RedenWijziging=reden),
        **{"Bv-Klok": "2026-03-02T13:00:00"},
    )
    assert w.hoofdaannemer.json(OM)["items"] == []
    assert _over(w)["items"] == []
