"""VSP: the objects as VECOZO has them, and the way to StUF and back."""

import json
from copy import deepcopy
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from berichtenverkeer.keten.envelop import vsp
from berichtenverkeer.keten.envelop.fouten import Afgekeurd
from berichtenverkeer.keten.envelop.functie import FUNCTIES
from berichtenverkeer.keten.envelop.poststuk import Poststuk
from berichtenverkeer.keten.envelop.stuf import StufBerichtcode, lees_soap, schrijf_soap
from berichtenverkeer.keten.envelop.vertaling import naar_stuf

from .voorbeelden import (
    DI01,
    DU01,
    HEEN,
    JW307,
    JW308,
    RETOUR,
    applicaties,
    payloads,
    teksten,
    tijdstippen,
    uuids,
)

PUSH: dict[str, Any] = {
    "routeringgegevens": {
        "afzender": {"rol": "Instelling", "code": "73730042"},
        "geadresseerden": [{"rol": "Gemeente", "code": "1680"}],
        "berichtstroom": {
            "berichttype": "JW",
            "berichtsubtype": "JW307",
            "berichtversie": 3,
            "berichtsubversie": 2,
            "actie": "StopZorg",
        },
    },
    "referentiegegevens": {"conversatieId": HEEN, "traceerId": HEEN, "referentieId": "dossier-5512"},
    "verwerkingscontext": [
        {"sleutel": "Applicatie", "waarde": ["ZorgECD"]},
        {"sleutel": "ApplicatieVersie", "waarde": ["7"]},
        {"sleutel": "ApplicatieSubversie", "waarde": ["1"]},
    ],
}


def anders(**waarden: object) -> dict[str, Any]:
    """The metadata with other values; a path has its steps with two underscores, and ... leaves a field out."""
    metadata = deepcopy(PUSH)
    for pad, waarde in waarden.items():
        *stappen, laatste = pad.split("__")
        hier = metadata
        for stap in stappen:
            hier = hier[stap]
        if waarde is ...:
            del hier[laatste]
        else:
            hier[laatste] = waarde
    return metadata


def gelezen(metadata: object) -> vsp.BerichtMetadata:
    return vsp.lees_metadata(json.dumps(metadata))


def test_the_example_is_read_and_written_unchanged() -> None:
    assert vsp.als_json(gelezen(PUSH)) == PUSH


def test_the_example_becomes_the_di01_of_the_example() -> None:
    envelop = naar_stuf(gelezen(PUSH), JW307, "20260302101502")
    assert envelop == DI01
    assert lees_soap(schrijf_soap(envelop)).inhoud() == DI01


def test_the_du01_of_the_example_becomes_the_item_of_the_example() -> None:
    stuk = Poststuk(
        "JW308", (3, 2), "1680", "73730042", RETOUR, HEEN, HEEN, None, ("Voorbeeldsuite", "0007", "0001"), None, None,
        datetime.fromisoformat("2026-03-03T09:11:45+01:00"), len(JW308), sha256(JW308).hexdigest(),
    )  # fmt: skip
    assert stuk.stuf(DU01.stuurgegevens.tijdstipBericht, JW308) == DU01
    url = f"https://knooppunt.example/berichten/{RETOUR}/payload"
    item = stuk.vsp(url, _rol)
    assert vsp.als_json(vsp.PostvakMetadata.model_validate(item)) == item
    context = {een["sleutel"]: een["waarde"] for een in item.pop("verwerkingscontext")}
    assert item == {
        "basisgegevens": {
            "ontvangenOp": "2026-03-03T09:11:45+01:00",
            "payload": {
                "url": url,
                "grootte": 1022,
                "checksum": {
                    "algoritme": "SHA256",
                    "waarde": "1c4f4d0bf0ad8e1a7b7fc6ac6564d3f60b0d77fdb3ef3bbf110052b9a0322fd6",
                },
            },
        },
        "routeringgegevens": {
            "afzender": {"rol": "Gemeente", "code": "1680"},
            "geadresseerden": [{"rol": "Instelling", "code": "73730042"}],
            "berichtstroom": {
                "berichttype": "JW",
                "berichtsubtype": "JW308",
                "berichtversie": 3,
                "berichtsubversie": 2,
                "actie": "StopZorgRetour",
            },
        },
        "referentiegegevens": {"conversatieId": HEEN, "traceerId": RETOUR, "alsAntwoordOp": HEEN},
    }
    assert context == {
        "Applicatie": ["Voorbeeldsuite"],
        "ApplicatieVersie": ["7"],
        "ApplicatieSubversie": ["1"],
        "Referentienummer": [RETOUR],
    }


@pytest.mark.parametrize(
    ("metadata", "veld"),
    [
        (anders(referentiegegevens__conversatieId=...), "referentiegegevens.conversatieId"),
        (anders(referentiegegevens__traceerId="geen-uuid"), "referentiegegevens.traceerId"),
        (anders(referentiegegevens__traceerId=HEEN + "\n"), "referentiegegevens.traceerId"),
        (anders(referentiegegevens__traceerId="9c0f7b90-5c69-11e5-a837-0800200c9a66"), "referentiegegevens.traceerId"),
        (anders(referentiegegevens__alsAntwoordOp=HEEN[:-1]), "referentiegegevens.alsAntwoordOp"),
        (anders(referentiegegevens__referentieId="x" * 151), "referentiegegevens.referentieId"),
        (anders(onbekend=1), "onbekend"),
        (anders(basisgegevens={}), "basisgegevens"),
        (anders(routeringgegevens__afzender__naam="x"), "routeringgegevens.afzender.naam"),
        (anders(routeringgegevens__afzender__rol=""), "routeringgegevens.afzender.rol"),
        (anders(routeringgegevens__afzender__code=73730042), "routeringgegevens.afzender.code"),
        (
            anders(routeringgegevens__geadresseerden=[PUSH["routeringgegevens"]["afzender"]] * 101),
            "routeringgegevens.geadresseerden",
        ),
        (anders(routeringgegevens__berichtstroom__berichtversie="3"), "routeringgegevens.berichtstroom.berichtversie"),
        (anders(routeringgegevens__berichtstroom__berichtversie=True), "routeringgegevens.berichtstroom.berichtversie"),
        (
            anders(routeringgegevens__berichtstroom__berichtsubversie=1000),
            "routeringgegevens.berichtstroom.berichtsubversie",
        ),
        (anders(routeringgegevens__berichtstroom__actie="x" * 61), "routeringgegevens.berichtstroom.actie"),
        (anders(verwerkingscontext=[]), "verwerkingscontext"),
        (anders(verwerkingscontext=[{"sleutel": "a", "waarde": []}]), "verwerkingscontext.0.waarde"),
        (anders(verwerkingscontext=[{"sleutel": "a", "waarde": ["x" * 251]}]), "verwerkingscontext.0.waarde.0"),
        ([], ""),
    ],
)
def test_what_is_not_in_form_is_told_by_its_field_without_its_value(metadata: object, veld: str) -> None:
    with pytest.raises(vsp.OngeldigeMetadata) as gevangen:
        gelezen(metadata)
    problem = gevangen.value.problem
    assert problem.status == 400
    assert list(problem.errors) == [veld]
    assert HEEN[:-1] not in json.dumps(vsp.als_json(problem))


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"a":' * 5000, b"null", b'"\\ud800"'])
def test_what_is_no_json_is_told(data: bytes) -> None:
    with pytest.raises(vsp.OngeldigeMetadata) as gevangen:
        vsp.lees_metadata(data)
    assert list(gevangen.value.problem.errors) == [""]


def test_an_uuid_in_capitals_is_the_same_uuid() -> None:
    metadata = gelezen(
        anders(referentiegegevens__traceerId=HEEN.upper(), referentiegegevens__conversatieId=HEEN.upper())
    )
    assert metadata == gelezen(PUSH)


@pytest.mark.parametrize(
    ("zoekpad", "goed"),
    [
        ({"zoekpadType": "ZoekpadOpBerichtstroom", "berichttype": "JW"}, True),
        ({"zoekpadType": "ZoekpadOpConversatieId", "conversatieId": HEEN}, True),
        ({"zoekpadType": "ZoekpadOpAlsAntwoordOp", "alsAntwoordOp": HEEN}, True),
        ({"zoekpadType": "ZoekpadOpBerichtstroom"}, False),
        ({"zoekpadType": "ZoekpadOpConversatieId", "berichttype": "JW"}, False),
        ({"zoekpadType": "Anders"}, False),
    ],
)
def test_a_search_is_one_of_three(zoekpad: dict[str, str], goed: bool) -> None:
    try:
        TypeAdapter[Any](vsp.Zoekpad).validate_python(zoekpad)
    except ValidationError:
        assert not goed
    else:
        assert goed


# What cannot go to StUF


def context(**waarden: str) -> list[dict[str, Any]]:
    alle = {"Applicatie": "ZorgECD", "ApplicatieVersie": "7", "ApplicatieSubversie": "1"} | waarden
    return [{"sleutel": sleutel, "waarde": [waarde]} for sleutel, waarde in alle.items() if waarde]


GEMEENTE = {"rol": "Gemeente", "code": "1680"}


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        (anders(routeringgegevens__afzender__code=...), "BRS01"),
        (anders(routeringgegevens__afzender__code="1"), "BRS01"),
        (anders(routeringgegevens__geadresseerden=[]), "BRS04"),
        (anders(routeringgegevens__geadresseerden=[GEMEENTE, GEMEENTE]), "BRS04"),
        (anders(routeringgegevens__geadresseerden=[{"rol": "Gemeente", "code": "168"}]), "BRS04"),
        (anders(routeringgegevens__geadresseerden=[{"rol": "Gemeente"}]), "BRS04"),
        (anders(routeringgegevens__berichtstroom__berichttype="WMO"), "IB004"),
        (anders(routeringgegevens__berichtstroom__berichtsubtype=...), "IB004"),
        (anders(routeringgegevens__berichtstroom__berichtsubtype="JW399"), "IB004"),
        (anders(routeringgegevens__berichtstroom__berichtsubtype="JW302"), "IB021"),
        (anders(verwerkingscontext=...), "IB017"),
        (anders(verwerkingscontext=context(Applicatie="")), "IB017"),
        (anders(verwerkingscontext=context(Applicatie="   ")), "IB017"),
        (anders(verwerkingscontext=context(Applicatie="ab")), "IB017"),
        (anders(verwerkingscontext=context(Applicatie="x" * 51)), "IB017"),
        (anders(verwerkingscontext=context(Applicatie="Zorg\x01")), "IB017"),
        (anders(verwerkingscontext=context(Administratie="x" * 51)), "IB017"),
        (anders(verwerkingscontext=context(ApplicatieVersie="")), "IB017"),
        (anders(verwerkingscontext=context(ApplicatieVersie="3.1")), "IB017"),
        (anders(verwerkingscontext=context(ApplicatieSubversie="12345")), "IB017"),
        (anders(verwerkingscontext=context(ApplicatieSubversie="٣")), "IB017"),
    ],
)
def test_what_has_no_place_in_stuf_is_refused_with_its_code(metadata: dict[str, Any], code: str) -> None:
    with pytest.raises(Afgekeurd) as gevangen:
        naar_stuf(gelezen(metadata), JW307, "20260302101502")
    assert gevangen.value.code == code


# There and back


VERSIES = st.integers(0, vsp.HOOGSTE_VERSIE)
codes = st.sampled_from(["0034", "1680", "01023456", "73730042", "00000001"])


@st.composite
def poststukken(draw: st.DrawFn) -> Poststuk:
    """What lies in a postvak: all that a party can say of itself, and numbers where they belong."""
    functie = draw(st.sampled_from(list(FUNCTIES.values())))
    op = draw(uuids) if functie.soort.is_retour else draw(st.none() | uuids) if functie.naam.endswith("325") else None
    versies = [f"{draw(st.integers(0, 9999)):04}" for _ in range(2)]
    return Poststuk(
        functie.naam, (draw(VERSIES), draw(VERSIES)), draw(codes), draw(codes), draw(uuids), draw(uuids), op, draw(st.none() | teksten(1, 150)),
        (draw(applicaties), versies[0], versies[1]), draw(st.none() | teksten(1, 50)), draw(st.none() | teksten(1, 100)),
        datetime.fromisoformat("2026-03-03T09:11:45+01:00"), draw(st.integers(1, 10**8)), "0" * 64,
    )  # fmt: skip


def _rol(code: str) -> str:
    return vsp.GEMEENTE if len(code) == 4 else vsp.ROLLEN_AANBIEDER[0]


@settings(max_examples=200)
@given(stuk=poststukken(), tijdstip=tijdstippen, payload=payloads)
def test_vsp_and_stuf_say_the_same_of_what_lies_ready(stuk: Poststuk, tijdstip: str, payload: bytes) -> None:
    """Who gets it by VSP and hands the metadata on, hands on the envelope that StUF has of it."""
    item = stuk.vsp("https://knooppunt.example/x", _rol)
    assert vsp.als_json(vsp.PostvakMetadata.model_validate(item)) == item
    del item["basisgegevens"]
    metadata = gelezen(item)
    antwoord_325 = StufBerichtcode.DU01 if stuk.als_antwoord_op else StufBerichtcode.DI01
    envelop = stuk.stuf(tijdstip, payload, antwoord_325)
    assert naar_stuf(metadata, payload, tijdstip) == envelop
    assert lees_soap(schrijf_soap(envelop)).inhoud() == envelop
    referentie = metadata.referentiegegevens
    assert (referentie.conversatieId, referentie.referentieId) == (stuk.conversatie_id, stuk.referentie_id)


@pytest.mark.parametrize(
    ("functie", "op", "gevraagd", "wordt"),
    [
        ("WMO325", None, "Du01", "Di01"),  # a Du01 must name what it answers
        ("WMO325", HEEN, "Du01", "Du01"),
        ("WMO325", HEEN, "Di01", "Di01"),
        ("WMO301", HEEN, "Du01", "Di01"),
        ("JW308", HEEN, "Di01", "Du01"),
    ],
)
def test_in_which_envelope_of_stuf_it_goes(functie: str, op: str | None, gevraagd: str, wordt: str) -> None:
    stuk = Poststuk(
        functie,
        (3, 2),
        "1680",
        "73730042",
        RETOUR,
        HEEN,
        op,
        None,
        ("Suite", "0001", "0000"),
        None,
        None,
        datetime.min,
        1,
        "",
    )
    assert stuk.berichtcode(StufBerichtcode(gevraagd)) == wordt
    metadata = stuk.vsp("", _rol)
    assert metadata["referentiegegevens"].get("alsAntwoordOp") == op
    assert stuk.stuf("20260302", b"x", StufBerichtcode(gevraagd)).stuurgegevens.berichtcode == wordt


def test_a_foutbericht_is_named_after_what_it_refuses() -> None:
    stuk = Poststuk(
        "JW307", (3, 2), "1680", "73730042", RETOUR, HEEN, HEEN, None, ("Suite", "0001", "0000"), None, None, datetime.min, 1, "",
        foutbericht=True,
    )  # fmt: skip
    assert stuk.berichtcode(StufBerichtcode.DU01) is StufBerichtcode.FO01
    assert stuk.vsp("", _rol)["routeringgegevens"]["berichtstroom"] == {
        "berichttype": "JW", "berichtsubtype": "Fo01", "berichtversie": 3, "berichtsubversie": 2, "actie": "Foutbericht",
    }  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(HEEN),
    lambda kind: st.lists(kind, max_size=3) | st.dictionaries(st.text(max_size=5), kind, max_size=3),
    max_leaves=5,
)


@settings(max_examples=300)
@given(data=st.data())
def test_whatever_comes_only_our_own_errors_are_raised(data: st.DataObject) -> None:
    metadata = deepcopy(PUSH)
    for _ in range(data.draw(st.integers(1, 3))):
        hier: Any = metadata
        while hier and isinstance(hier, dict | list):
            sleutel = data.draw(st.sampled_from(sorted(hier) if isinstance(hier, dict) else range(len(hier))))
            if data.draw(st.booleans()) or not isinstance(hier[sleutel], dict | list):
                hier[sleutel] = data.draw(JSON)
                break
            hier = hier[sleutel]
    try:
        envelop = naar_stuf(gelezen(metadata), JW307, "20260302101502")
    except (vsp.OngeldigeMetadata, Afgekeurd):
        return
    assert lees_soap(schrijf_soap(envelop)).inhoud() == envelop
