"""The lists as tables: what is in the JSON is in the CSV and the XLSX, on all pages, read back by others."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from pydantic import BaseModel
from python_calamine import CalamineWorkbook
from tests.declaraties import Regel, declaratie
from tests.knoop import Klant, Knoop, Paar

from berichtenverkeer.api import berichtenlijst, declaraties, toewijzingen, verzoeken
from berichtenverkeer.api.lijstbron import Lijstbron
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.tabellen.kolom import Soort
from berichtenverkeer.tabellen.model import kolommen
from berichtenverkeer.woord import Woord

CSV = {"Accept": "text/csv"}
XLSX = {"Accept": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
BRONNEN: dict[str, Lijstbron[Any, Any]] = {
    bron.naam: bron for bron in (toewijzingen.BRON, verzoeken.BRON, declaraties.BRON, berichtenlijst.BRON)
}


def uit_csv(data: bytes) -> list[dict[str, str]]:
    """By the csv module."""
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def uit_xlsx(data: bytes) -> list[dict[str, Any]]:
    """By calamine."""
    blad = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [dict(zip(map(str, blad[0]), rij, strict=True)) for rij in blad[1:]]


def alles(klant: Klant, pad: str, **vraag: Any) -> list[dict[str, Any]]:
    """The items of all pages."""
    items: list[dict[str, Any]] = []
    while True:
        bladzijde = klant.json(pad, **vraag)
        if not bladzijde["items"]:
            return items
        items += bladzijde["items"]
        vraag["gewijzigdNa"] = bladzijde["volgende"]


@pytest.fixture(scope="module")
def gevuld(node: Knoop) -> Paar:
    """A pair with something on every list."""
    paar = node.paar()
    for nummer in range(1, 6):
        dossier = paar.dossier(nummer=4000 + nummer)
        paar.gemeente.goedgekeurd(dossier.toewijzing())
        paar.aanbieder.goedgekeurd(dossier.start())
    return paar


@pytest.mark.parametrize("naam", ["toewijzingen", "berichten"])
def test_a_table_is_the_list(gevuld: Paar, naam: str) -> None:
    items = alles(gevuld.aanbieder, f"/v1/{naam}", limiet=2)
    assert len(items) >= 5
    antwoord = gevuld.aanbieder.get(f"/v1/{naam}", headers=CSV, params={"limiet": 2})
    assert (antwoord.status_code, antwoord.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert antwoord.headers["content-disposition"] == f'attachment; filename="{naam}.csv"'
    werkmap = gevuld.aanbieder.get(f"/v1/{naam}", headers=XLSX)
    assert werkmap.headers["content-type"] == XLSX["Accept"]
    model: type[BaseModel] = BRONNEN[naam].item
    zo = {kolom.naam: kolom for kolom in kolommen(model)}
    in_csv, in_xlsx = uit_csv(antwoord.content), uit_xlsx(werkmap.content)
    assert len(in_csv) == len(in_xlsx) == len(items)
    for item, als_csv, als_xlsx in zip(items, in_csv, in_xlsx, strict=True):
        assert als_csv.keys() == als_xlsx.keys() == zo.keys()
        for pad, waarde in _plat(item):
            soort = zo[pad].soort
            assert als_csv[pad] == _in_csv(waarde, soort), pad
            assert als_xlsx[pad] == _in_xlsx(waarde, soort) or str(als_xlsx[pad]) == als_csv[pad], pad


def _plat(item: dict[str, Any], pad: str = "") -> Iterator[tuple[str, Any]]:
    for naam, waarde in item.items():
        if isinstance(waarde, dict):
            yield from _plat(waarde, f"{pad}{naam}_")
        elif isinstance(waarde, list) and waarde and isinstance(waarde[0], dict):
            for dieper in waarde[0]:
                yield f"{pad}{naam}_{dieper}", [een[dieper] for een in waarde]
        elif waarde is not None and waarde != []:
            yield f"{pad}{naam}", waarde


def _in_csv(waarde: Any, soort: Soort) -> str:
    if isinstance(waarde, list):
        return ", ".join(map(str, waarde))
    if soort is Soort.EUROCENT:
        return f"{waarde / 100:.2f}".replace(".", ",")
    return _hier(waarde) if soort is Soort.MOMENT else str(waarde)


def _in_xlsx(waarde: Any, soort: Soort) -> Any:
    if soort is Soort.EUROCENT:
        return waarde / 100
    return _in_csv(waarde, soort) if soort in (Soort.TEKST, Soort.MOMENT) else waarde


def _hier(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(NEDERLAND).strftime("%Y-%m-%d %H:%M:%S")


def test_codes_have_their_meaning_beside_them(gevuld: Paar) -> None:
    rij = uit_csv(gevuld.gemeente.get("/v1/toewijzingen", headers=CSV).content)[0]
    assert rij["product_categorie_omschrijving"]
    assert rij["omvang_eenheid_omschrijving"]
    assert rij["gemeente_omschrijving"]
    assert (rij["toestand_omschrijving"], rij["levering_omschrijving"]) == ("loopt nu", "begonnen, en niet gestopt")


@pytest.mark.parametrize("vorm", [CSV, XLSX])
def test_what_became_of_a_message_is_told_in_words(gevuld: Paar, vorm: dict[str, str]) -> None:
    antwoord = gevuld.aanbieder.get("/v1/berichten", headers=vorm)
    rijen = uit_csv(antwoord.content) if vorm is CSV else uit_xlsx(antwoord.content)
    beoordeeld = next(rij for rij in rijen if rij["berichtsoort"] == "WMO305")
    assert beoordeeld["oordeel_omschrijving"] == "er is niets op afgekeurd"
    assert beoordeeld["beoordeling_omschrijving"] == "het knooppunt oordeelt voor de ontvanger"
    assert (beoordeeld["status"], beoordeeld["status_omschrijving"]) == (
        "WordtAangeboden",
        "ligt klaar voor de ontvanger",
    )
    postvak = uit_csv(gevuld.gemeente.get("/v1/postvak/berichten", headers=CSV).content)
    assert {rij["status_omschrijving"] for rij in postvak} == {"ligt klaar voor de ontvanger"}


def test_every_word_has_a_meaning() -> None:
    alle = Woord.__subclasses__()
    assert {"Toewijzingtoestand", "Berichtoordeel"} <= {soort.__name__ for soort in alle}
    assert [f"{soort.__name__}.{een.name}" for soort in alle for een in soort if not een.betekenis] == []


@pytest.mark.parametrize("naam", ["toewijzingen", "verzoeken", "declaraties", "berichten"])
def test_filters_and_places_count_in_a_table_too(gevuld: Paar, naam: str) -> None:
    leeg = gevuld.aanbieder.get(f"/v1/{naam}", headers=CSV, params={"domein": "ijw"})
    assert len(leeg.content.splitlines()) == 1
    assert leeg.content.startswith(b"\xef\xbb\xbfid;domein;")
    daarna = gevuld.aanbieder.json(f"/v1/{naam}", limiet=1)["volgende"]
    rest = gevuld.aanbieder.get(f"/v1/{naam}", headers=XLSX, params={"gewijzigdNa": daarna})
    assert len(uit_xlsx(rest.content)) == max(0, len(alles(gevuld.aanbieder, f"/v1/{naam}")) - 1)
    vreemd = gevuld.aanbieder.get(f"/v1/{naam}", headers=CSV, params={"gewijzigdNa": "elders.0"})
    assert vreemd.status_code == 400


@pytest.mark.parametrize("naam", ["toewijzingen", "verzoeken", "declaraties", "berichten"])
def test_how_many_there_are_is_told_when_asked(gevuld: Paar, naam: str) -> None:
    pad = f"/v1/{naam}"
    assert "aantal" not in gevuld.aanbieder.json(pad)
    assert gevuld.aanbieder.json(pad, aantal=True, limiet=1)["aantal"] == len(alles(gevuld.aanbieder, pad))
    assert gevuld.aanbieder.json(pad, aantal=True, domein="ijw")["aantal"] == 0


@pytest.mark.parametrize(
    ("accept", "soort"),
    [
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv"),
        ("TEXT/CSV ; header=present, */*", "text/csv"),
        ("application/*", "application/json"),
        ("application/json;q=0, */*", "text/csv"),
    ],
)
def test_the_form_that_is_liked_best(gevuld: Paar, accept: str, soort: str) -> None:
    antwoord = gevuld.aanbieder.get("/v1/toewijzingen", headers={"Accept": accept})
    assert antwoord.status_code == 200
    assert antwoord.headers["content-type"].partition(";")[0] == soort


@pytest.mark.parametrize("accept", ["application/pdf", "text/html", "text/csv;q=0", "onzin", "text/csv;q=veel"])
def test_a_form_nobody_knows_is_406(gevuld: Paar, accept: str) -> None:
    antwoord = gevuld.aanbieder.get("/v1/toewijzingen", headers={"Accept": accept})
    assert antwoord.status_code == 406
    assert "text/csv" in antwoord.json()["advies"]


def test_work_lists_and_the_postvak_are_lists_too(gevuld: Paar) -> None:
    lijsten = {"postvak/berichten": "volgnummer", "werklijsten/signalen": "waarom", "werklijsten/alles": "lijst"}
    for pad, sleutel in ((f"/v1/{lijst}", sleutel) for lijst, sleutel in lijsten.items()):
        items = gevuld.aanbieder.json(pad)["items"]
        in_csv = uit_csv(gevuld.aanbieder.get(pad, headers=CSV).content)
        in_xlsx = uit_xlsx(gevuld.aanbieder.get(pad, headers=XLSX).content)
        assert [rij[sleutel] for rij in in_csv] == [str(item[sleutel]) for item in items]
        assert [rij[sleutel] for rij in in_xlsx] == [item[sleutel] for item in items]
        assert "aantal" not in gevuld.aanbieder.json(pad)
        assert gevuld.aanbieder.json(pad, aantal=True)["aantal"] == len(items)
        assert gevuld.aanbieder.get(pad, headers={"Accept": "image/png"}).status_code == 406
    tot = gevuld.aanbieder.json("/v1/werklijsten/alles", aantal=True, totEnMet="2026-01-01")
    assert tot["aantal"] == len(tot["items"])
    eerste = gevuld.aanbieder.json("/v1/postvak/berichten", limit=1)["volgende"]
    rest = uit_csv(gevuld.aanbieder.get("/v1/postvak/berichten", headers=CSV, params={"na": eerste}).content)
    assert len(rest) == len(gevuld.aanbieder.postvak()) - 1
    assert {"referentiegegevens_traceerId", "basisgegevens_ontvangenOp"} <= rest[0].keys()


def test_what_was_declared_as_a_table(node: Knoop) -> None:
    paar = node.paar()
    dossier = paar.dossier()
    paar.gemeente.goedgekeurd(dossier.toewijzing())
    paar.aanbieder.goedgekeurd(dossier.start())
    gestuurd = paar.aanbieder.aangenomen(declaratie(dossier, "D1", Regel("R1")))
    hier = f"/v1/declaraties/{gestuurd['id']}"
    volledig = paar.aanbieder.json(hier)
    assert len(volledig["prestaties"]) == 1
    rijen = uit_csv(paar.aanbieder.get(hier, headers=CSV).content)
    assert [rij["referentienummer"] for rij in rijen] == [een["referentienummer"] for een in volledig["prestaties"]]
    for rij, een in zip(rijen, volledig["prestaties"], strict=True):
        assert rij["bedrag"] == f"{een['bedrag'] / 100:.2f}".replace(".", ",")
        assert (rij["productperiode_begin"], rij["debet_credit_omschrijving"]) == (
            een["productperiode"]["begin"],
            "Debetbedrag en aantal",
        )
    [toewijzing] = paar.aanbieder.toewijzingen()
    pad = f"/v1/toewijzingen/{toewijzing['id']}/prestaties"
    assert uit_csv(paar.aanbieder.get(pad, headers=CSV).content) == rijen
    assert len(uit_xlsx(paar.aanbieder.get(pad, headers=XLSX).content)) == len(rijen)
    bedragen = uit_csv(paar.gemeente.get("/v1/declaraties", headers=CSV).content)
    assert bedragen[0]["ingediend"] == f"{volledig['ingediend'] / 100:.2f}".replace(".", ",")
    assert node.paar().aanbieder.get(pad, headers=CSV).status_code == 404


def test_few_streams_at_a_time_and_each_gives_its_place_back(node: Knoop, gevuld: Paar) -> None:
    plaatsen = node.binnen.stromen
    for _ in range(6):
        assert gevuld.aanbieder.get("/v1/toewijzingen", headers=CSV).status_code == 200
    genomen = 0
    while plaatsen.acquire(blocking=False):
        genomen += 1
    assert genomen == 4
    try:
        vol = gevuld.aanbieder.get("/v1/toewijzingen", headers=CSV)
        assert (vol.status_code, vol.headers["retry-after"]) == (503, "10")
        assert gevuld.aanbieder.get("/v1/toewijzingen").status_code == 200
    finally:
        plaatsen.release(genomen)


def test_the_description_names_the_forms(node: Knoop) -> None:
    for naam in BRONNEN:
        antwoord = node.openapi["paths"][f"/v1/{naam}"]["get"]["responses"]
        assert set(antwoord["200"]["content"]) == {"application/json", "text/csv", XLSX["Accept"]}
        assert "406" in antwoord
