"""Every route with every parameter and every field at its worst: the answer is clear, and it is never a storing."""

import copy
import json
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from tests.declaraties import Regel, declaratie
from tests.knoop import HOOFDAANNEMER, Klant, Knoop, Paar

LIJSTEN = ("toewijzingen", "verzoeken", "declaraties", "berichten")

GETALLEN = [str(getal) for getal in (2**31, -(2**31) - 1, 2**63, -(2**63) - 1, 10**60)]
TEKSTEN = [
    "", " ", "\x00", "a\x00b", "x" * 5000, "%", "_", "\\", "'; DROP TABLE bericht;--", "\u2028", "😀", "\ufffd", "٣", "-1", "1e9",
    "NaN", "-0", "0" * 30, "null", "[]", "../..",
]  # fmt: skip
DAGEN = [
    "0001-01-01", "9999-12-31", "0000-00-00", "10000-01-01", "2026-02-30", "0001-01", "9999-12", "0001-01-01T23:59:59",
    "9999-12-31T23:59:59", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-02T10:00:00.9999999999",
]  # fmt: skip
RAUW = ["%FF", "%ED%A0%80", "%C0%80", "%u0000", "%", "%0"]
"""What is no UTF-8, or no escape, in an address."""

ONBEKEND = "00000000-0000-4000-8000-000000000000"
CONTACT = {"Soort": "01", "Adres": {"Huis": {"Huisnummer": 1}, "Postcode": "1234AB", "LandCode": "NL"}}

WAARDEN: list[Any] = [
    *TEKSTEN,
    *DAGEN,
    "\ud800",
    "a\udfffb",
    *map(int, GETALLEN),
    -1,
    1e308,
    None,
    True,
    [],
    {},
    ["\x00"],
]
"""What a field in JSON may hold."""


@dataclass
class Vormfouten:
    """What was refused for its form: by the description of its field, before the route or a database is asked. What is described the same
    and has the same name is refused the same, at another route and on another kind of database, where one of those is asked again."""

    per_veld: defaultdict[Hashable, set[str]] = field(default_factory=lambda: defaultdict(set))

    def nog(self, veld: Hashable, waarden: list[Any]) -> list[Any]:
        """Which of these values to ask of a field like this."""
        al = [waarde for waarde in waarden if json.dumps(waarde) in self.per_veld[veld]]
        return [waarde for waarde in waarden if waarde not in al or waarde is al[0]]

    def zie(self, veld: Hashable, naam: str, waarde: Any, antwoord: httpx.Response) -> None:
        """Remember an answer to this value, if that is a refusal which names this field."""
        if antwoord.status_code != httpx.codes.BAD_REQUEST or antwoord.request.method == "HEAD":
            return
        probleem = antwoord.json()
        soort = probleem["type"].rpartition(":")[2]
        genoemd = {deel for geval in probleem.get("onjuist", ()) for deel in re.split(r"[^\w-]", geval["veld"])}
        if soort in ("klok-onleesbaar", "teken-onjuist") or (soort == "vraag-onjuist" and naam in genoemd):
            self.per_veld[veld].add(json.dumps(waarde))


@pytest.fixture(scope="module")
def vormfouten() -> Vormfouten:
    """Of all these tests."""
    return Vormfouten()


@pytest.fixture
def adressen(node: Knoop, paar: Paar) -> dict[str, str]:
    """By the beginning of a path the id of something that is there."""
    d = paar.dossier()
    uit = paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1")))
    paar.aanbieder.goedgekeurd(paar.dossier("999900018").bericht("315"))
    [post, *_] = paar.aanbieder.postvak()

    def id_van(lijst: str) -> str:
        return str(paar.aanbieder.json(f"/v1/{lijst}")["items"][0]["id"])

    return {
        "/v1/berichten": uit["id"],
        "/v1/postvak": post["referentiegegevens"]["traceerId"],
        "/vsp": post["referentiegegevens"]["traceerId"],
        "/ggk": post["referentiegegevens"]["traceerId"],
        "/v1/toewijzingen": id_van("toewijzingen"),
        "/v1/verzoeken": id_van("verzoeken"),
        "/v1/declaraties": id_van("declaraties"),
        "/v1/werklijsten": "retour-ontbreekt",
        "/v1/standaard": "WJ001",
        "/v1/stuurinformatie": "INSTROOM",
        "/v1/proef": paar.agb,
    }


def lichamen(adressen: dict[str, str]) -> dict[str, Any]:
    """A sound body for every route that takes JSON."""
    volume = {"toewijzingnummer": 1001, "datum": "2026-02-03", "hoeveelheid": 1, "eenheid": "04", "tarief": 5000}
    verzocht = {
        "toewijzing": adressen["/v1/toewijzingen"], "identificatie": "T1", "referentie": "R1", "vanaf": "2026-03-01", "volume": 3,
        "eenheid": "04", "frequentie": "2", "budget": None, "categorie": "02", "code": "02T01",
    }  # fmt: skip
    zoekvragen = {
        f"/v1/{lijst}/zoeken": {"bsn": "999900006", "limiet": 1, "gewijzigdNa": "0"} for lijst in (*LIJSTEN, "logboek")
    }
    return zoekvragen | {
        "/v1/exports": {"wat": "toewijzingen", "filters": {"domein": "iwmo"}, "sinds": None, "vorm": "csv"},
        "/v1/hoofdaannemer/inzetten": {
            "toewijzing": adressen["/v1/toewijzingen"], "partner": "dekker", "klasse": "licht", "van": "2026-02-01", "tot": None,
            "overlap_bedoeld": False, "reden": "",
        },
        "/v1/hoofdaannemer/inzetten/{id}/beeindigen": {"per": "2026-03-01", "reden": "r"},
        "/v1/hoofdaannemer/inzetten/{id}/overdragen": {"naar": "dekker", "per": "2026-03-01", "klasse": "licht", "reden": ""},
        "/v1/hoofdaannemer/inzetten/{id}/klasse": {"klasse": "licht", "per": "2026-03-01", "reden": ""},
        "/v1/hoofdaannemer/inzetten/{id}/intrekken": {"reden": "r"},
        "/v1/hoofdaannemer/inzetten/{id}/geleverd": {"maand": "2026-02", "aantal": 1},
        "/v1/hoofdaannemer/facturen/controle": {
            "regels": [{
                "factuurnummer": "F1", "partner": "dekker", "maand": "2026-02", "gemeente": "0363", "toewijzingnummer": 1001,
                "domein": "iwmo", "klasse": "licht", "bedrag": 1,
            }],
        },
        "/v1/hoofdaannemer/omzettingen/overzetten": {
            "per": "2026-04-01", "gemeente": "0363", "segment": "begeleiding", "klassen": [{"oud": "licht", "nieuw": "midden"}],
        },
        "/v1/hoofdaannemer/omzettingen/versturen": {"per": "2026-04-01", "gemeente": "0363", "segment": "begeleiding"},
        "/v1/hoofdaannemer/zwaarte": {"toewijzing": adressen["/v1/toewijzingen"], "antwoorden": {"W1": "Ja"}},
        "/v1/inzetten/{id}/weigeren": {"reden": "r"},
        "/v1/inzetten/{id}/meldingen": {"soort": "stop", "datum": "2026-03-01", "reden": "19"},
        "/v1/webhooks": {"url": "https://127.0.0.1/x", "soorten": ["bericht.ontvangen"]},
        "/v1/webhooks/{id}/roteer": {"overlap_uren": 1},
        "/v1/webhooks/{id}/notificaties/opnieuw": {"ids": ["00000000-0000-4000-8000-000000000000"]},
        "/v1/voorstellen/toewijzing": {
            "verzoeken": [
                {"verzoek": adressen["/v1/verzoeken"], "ingangsdatum": "2026-03-02", "einddatum": "2026-06-01"}
                | dict.fromkeys(("product", "omvang", "budget"))
            ],
            "vanaf": None,
            "contactgegevens": [CONTACT],
            "nummers": [77],
            "identificatie": "T1",
        },
        "/v1/voorstellen/antwoord": {
            "verzoek": adressen["/v1/verzoeken"], "antwoord": "afwijzen", "reden": "8", "gemeente": "0363", "identificatie": "T1",
        },
        "/v1/voorstellen/start": {
            "toewijzing": adressen["/v1/toewijzingen"], "begindatum": "2026-02-02", "corrigeert": None, "identificatie": "T1",
        },
        "/v1/voorstellen/stop": {
            "toewijzing": adressen["/v1/toewijzingen"], "einddatum": "2026-02-03", "reden": "19", "corrigeert": False,
            "identificatie": "T1",
        },
        "/v1/voorstellen/verzoek-wijziging": verzocht | {
            "reden": "1", "open_einde": False, "einddatum": "2026-05-31",
        },
        "/v1/voorstellen/verzoek-toewijzing": verzocht | {
            "einddatum": None, "verwijzer": "01", "verwijzer_naam": "Huisarts", "zorgverlener": None, "beschikkingnummer": 77,
            "beschikking_ingangsdatum": "2026-02-01", "raamcontract": "1", "gezagsdrager_bekend": "1", "commentaar": "c",
        },
        "/v1/voorstellen/verzoek-nieuwe-client": {
            naam: waarde for naam, waarde in verzocht.items() if naam != "toewijzing"
        } | {
            "domein": "iwmo", "gemeente": "0363", "bsn": "999900006", "geslachtsnaam": "Vrie", "voorvoegsel": "de", "voornamen": "Jan",
            "voorletters": "J", "geboortedatum": "1980-02-29", "geslacht": "1", "verwijzer": "01", "commentaar": "c",
        },
        "/v1/voorstellen/declaratie": {
            "maand": "2026-02", "gemeente": "0363", "domein": "iwmo", "voorvoegsel": "D", "alleen_goed": False,
            "volumes": [volume | {"categorie": "02", "code": "02T01", "tot": "2026-02-04", "maand": None, "onderaannemer": "a"}],
        },
        "/v1/voorstellen/prestatie": {
            "declaratie": adressen["/v1/declaraties"], "referentienummer": "R1", "wat": "credit", "maand": "2026-02",
            "toewijzingnummer": 1001, "categorie": "02", "code": "02T01", "geleverd_volume": 1, "eenheid": "04", "tarief": 5000,
        },
        "/v1/voorstellen/productconversie": {
            "domein": "iwmo", "per": "2026-04-01", "reden": "03", "vanaf_nummer": 1, "limiet": 1,
            "tabel": [{"oude_code": "02T01", "categorie": "02", "code": "02T02", "eenheid": "04"}],
        },
        "/v1/voorstellen/herindeling": {"domein": "iwmo", "oud": "0501", "vanaf_nummer": 1, "limiet": 1, "clienten": ["999900006"]},
        "/vsp/berichten/rest-pull/v1/berichten/zoeken": {
            "zoekpadType": "ZoekpadOpBerichtstroom", "berichttype": "WMO", "berichtsubtype": "WMO301", "berichtversie": 3,
            "berichtsubversie": 2, "actie": "x", "geadresseerdeRol": "Instelling", "geadresseerdeCode": "1",
        },
        "/v1/proef/klok": {"moment": "nooit", "loopt": False},
        "/v1/proef/storingen/{code}": [{"soort": "geen", "keer": 1, "status": 500}],
    }  # fmt: skip


def routes(node: Knoop) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every path, method and its description."""
    for pad, methoden in node.openapi["paths"].items():
        for methode, beschrijving in methoden.items():
            yield pad, methode, beschrijving


def _ingevuld(pad: str, adressen: dict[str, str]) -> str:
    eigen = next((id_ for begin, id_ in adressen.items() if pad.startswith(begin)), ONBEKEND)
    begin, haak, rest = pad.partition("{")
    return begin + eigen + rest.partition("}")[2] if haak else pad


def _klanten(node: Knoop, paar: Paar, pad: str) -> tuple[Klant, ...]:
    if pad.startswith("/v1/hoofdaannemer"):
        return (node.paar(HOOFDAANNEMER).aanbieder,)
    return (paar.gemeente, paar.aanbieder) if pad.startswith("/v1/voorstellen") else (paar.aanbieder,)


def test_every_parameter_at_its_worst(
    node: Knoop, paar: Paar, adressen: dict[str, str], vormfouten: Vormfouten
) -> None:
    """What changes something goes last, and deletes are of what is not there."""
    lijf, koppen_gezien = lichamen(adressen), Counter[str]()
    waarden = [quote(waarde, safe="") for waarde in (*TEKSTEN, *GETALLEN, *DAGEN)] + RAUW
    for pad, methode, beschrijving in routes(node):
        vol = _ingevuld(pad, adressen)
        for veld in beschrijving.get("parameters", []):
            soort, naam = veld["in"], veld["name"]
            if soort == "header" and pad.startswith("/vsp"):  # the clock of proefmodus is none of VECOZO's
                continue
            zoals = (soort, naam, json.dumps(veld["schema"]))
            mogelijk = _voor_kop(naam, waarden, koppen_gezien) if soort == "header" else waarden
            for waarde in vormfouten.nog(zoals, mogelijk):
                adres, koppen = vol, {}
                if soort == "query":
                    adres = f"{vol}?{naam}={waarde}"
                elif soort == "path":
                    adres = pad.replace(f"{{{naam}}}", waarde or "%20")
                else:
                    koppen = {naam: waarde.replace("%3A", ":").replace("%2B", "+")}
                antwoord = paar.aanbieder.request(methode, adres, headers=koppen, json=lijf.get(pad))
                assert antwoord.status_code < 500, (methode, adres, koppen)
                vormfouten.zie(zoals, naam, waarde, antwoord)
                if soort != "header" and "%00" in waarde:
                    assert antwoord.status_code == (404 if soort == "path" else 400), (methode, adres)


def _voor_kop(naam: str, waarden: list[str], gezien: Counter[str]) -> list[str]:
    """A header means the same at every route, before the route is asked: one gets them all, each other route one in turn. The clock
    of the node differs in what a route reckons with it, so that every route gets all days."""
    gezien[naam] += 1
    if naam == "bv-klok":
        return [waarde for waarde in waarden if waarde.startswith(("0001", "9999", "10000", "2026"))]
    return waarden if gezien[naam] == 1 else [waarden[gezien[naam] % len(waarden)]]


VRAGEN = {"/v1/stuurinformatie": {"van": "2026-01-01", "tot": "2026-12-31", "per": "gemeente,aanbieder"}}
"""What a route must be asked to answer at all, by how it begins."""

VAN_IEDER = {"/v1/werklijsten", "/v1/stuurinformatie"}
"""Where the name in an address is that of something that everyone has."""

OPEN = ("/gezondheid", "/status", "/v1/proef", "/v1/rekenen", "/v1/standaard", "/validatie")
"""Where one gets the same answer whoever one is."""


def test_every_route_as_a_stranger(node: Knoop, paar: Paar, adressen: dict[str, str]) -> None:
    """Another gemeente and another aanbieder ask each route for what is of a pair: what has its id is not there, and no list, search,
    proposal or export holds anything of it."""
    export = paar.aanbieder.post("/v1/exports", json={"wat": "toewijzingen", "vorm": "csv"})
    adressen["/v1/exports"] = export.headers["location"].rpartition("/")[2]
    geheim = {paar.agb, paar.dossier().bsn, "999900018", *adressen.values()} - {adressen[pad] for pad in VAN_IEDER}
    ander, lijf, bekeken = node.paar(), lichamen(adressen), 0
    for pad, methode, _ in routes(node):
        if pad.startswith(OPEN):
            continue
        for klant in (ander.gemeente, ander.aanbieder):
            vraag = next((vraag for begin, vraag in VRAGEN.items() if pad.startswith(begin)), None)
            antwoord = klant.request(methode, _ingevuld(pad, adressen), json=lijf.get(pad), params=vraag)
            zelf = set(adressen.values()) if pad.startswith("/v1/logboek") else set()  # it says for what they asked
            gelekt = [een for een in geheim - zelf if een in antwoord.text]
            assert gelekt == [], (methode, pad)
            eigen = "{" not in pad or pad.startswith((*VAN_IEDER, "/v1/webhooks"))
            assert vraag is None or antwoord.status_code == 200, (methode, pad, antwoord.text)
            assert eigen or antwoord.status_code in (404, 405), (methode, pad, antwoord.text)
            bekeken += 1
    assert bekeken > 60
    assert paar.dossier().bsn in paar.aanbieder.get("/v1/toewijzingen").text


def test_every_field_at_its_worst(node: Knoop, paar: Paar, adressen: dict[str, str], vormfouten: Vormfouten) -> None:
    lijf = lichamen(adressen)
    for pad, methode, beschrijving in routes(node):
        soorten = beschrijving.get("requestBody", {}).get("content", {})
        if "application/json" not in soorten:
            continue
        assert pad in lijf, "a route that takes JSON and is not walked"
        for klant in _voor_wie_het_is(_klanten(node, paar, pad), methode, _ingevuld(pad, adressen), lijf[pad]):
            for plek in _plekken(lijf[pad]):
                naam = next((stap for stap in reversed(plek) if isinstance(stap, str)), "")
                vorm = _vorm(node.openapi, soorten["application/json"]["schema"], plek)
                zoals = (naam, json.dumps(vorm)) if vorm else (pad, plek)
                for waarde in vormfouten.nog(zoals, WAARDEN):
                    data = json.dumps(_met(lijf[pad], plek, waarde)).encode()
                    antwoord = klant.request(
                        methode, _ingevuld(pad, adressen), content=data, headers={"Content-Type": "application/json"}
                    )
                    assert antwoord.status_code < 500, (pad, plek, waarde)
                    vormfouten.zie(zoals, naam, waarde, antwoord)
                    if "\x00" in str(waarde) and not pad.startswith("/vsp"):  # there it is a name that nothing has
                        assert antwoord.status_code == 400, (pad, plek, antwoord)


def _voor_wie_het_is(klanten: tuple[Klant, ...], methode: str, pad: str, lichaam: Any) -> tuple[Klant, ...]:
    """Who gets something for a sound body; all of them when none does."""
    if len(klanten) == 1:
        return klanten
    return tuple(klant for klant in klanten if klant.request(methode, pad, json=lichaam).is_success) or klanten


def test_json_that_is_none(node: Knoop, paar: Paar, adressen: dict[str, str]) -> None:
    for pad in lichamen(adressen):
        methode = "PUT" if pad.startswith("/v1/proef") else "POST"
        for data in (
            b"", b"{", b"\xff\xfe", b'{"a":"\xed\xa0\x80"}', b"[" * 100_000, b"[" * 900 + b"]" * 900, b"1e999", b'"\\ud800"',
            b'{"\\u0000":1}', b'{"\\ud800":1}', b"9" * 5000,
        ):  # fmt: skip
            antwoord = paar.aanbieder.request(
                methode, _ingevuld(pad, adressen), content=data, headers={"Content-Type": "application/json"}
            )
            assert 400 <= antwoord.status_code < 500, (pad, data[:20])


def test_a_sound_body_is_taken(node: Knoop, paar: Paar, adressen: dict[str, str]) -> None:
    """Without this the walk might stop at the first field of each."""
    lijf = lichamen(adressen)
    for pad, lichaam in lijf.items():
        if (
            pad.startswith("/v1/voorstellen") and pad != "/v1/voorstellen/herindeling"
        ):  # that asks for a gemeente of a merger
            assert 200 in [klant.post(pad, json=lichaam).status_code for klant in _klanten(node, paar, pad)], pad


def test_a_number_past_what_the_database_holds(paar: Paar, adressen: dict[str, str]) -> None:
    pad = f"/v1/declaraties/{adressen['/v1/declaraties']}"
    assert len(paar.aanbieder.json(pad, na=-1)["prestaties"]) == 1
    assert paar.aanbieder.json(pad, na=2**31 - 1)["prestaties"] == []
    for na in (2**31, 2**63, -2, -(2**63) - 1):
        antwoord = paar.aanbieder.get(pad, params={"na": na})
        assert (antwoord.status_code, antwoord.json()["type"].rpartition(":")[2]) == (400, "cursor-onjuist")


def _vorm(openapi: dict[str, Any], schema: dict[str, Any], plek: tuple[Any, ...]) -> dict[str, Any]:
    """How the place in a body is described; empty where that cannot be said."""
    while "$ref" in schema:
        schema = openapi["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if not plek:
        return schema
    hier = schema.get("items") if isinstance(plek[0], int) else schema.get("properties", {}).get(plek[0])
    return _vorm(openapi, hier, plek[1:]) if hier else {}


def _plekken(waarde: Any, *tot: Any) -> Iterator[tuple[Any, ...]]:
    """Where in a body something stands, whole parts too."""
    if tot:
        yield tot
    if isinstance(waarde, dict):
        for naam, deel in waarde.items():
            yield from _plekken(deel, *tot, naam)
    elif isinstance(waarde, list):
        for nummer, deel in enumerate(waarde):
            yield from _plekken(deel, *tot, nummer)


def _met(lichaam: Any, plek: tuple[Any, ...], waarde: Any) -> Any:
    anders = copy.deepcopy(lichaam)
    hier = anders
    for stap in plek[:-1]:
        hier = hier[stap]
    hier[plek[-1]] = waarde
    return anders
