"""What a call gives beside what a flow says of it; amounts as people write them; and what stands once and is meant more often."""

from pathlib import Path
from typing import Any

import pytest

from berichtenverkeer.spel.bestand.flow import FlowFout, lees
from berichtenverkeer.spel.schrijven.bedrag import euro, eurocent, kaal
from berichtenverkeer.spel.schrijven.waarden import WaardeFout
from berichtenverkeer.spel.spelen.antwoord import houd_antwoord_naast

from .opgesteld import KOP

STAAT: dict[str, Any] = {
    "partner": "dekker",
    "nummer": None,
    "definitief": False,
    "graad": 0.9,
    "regels": [
        {"nummer": 11, "klasse": "licht", "bedrag": 17565},
        {"nummer": 11, "klasse": "midden", "bedrag": 21110},
        {"nummer": 12, "klasse": "zwaar", "bedrag": 45400},
    ],
    "correcties": [],
    "berekening": ["een", "twee"],
}


@pytest.mark.parametrize(
    ("hoort", "verschillen"),
    [
        ({}, {}),
        ({"partner": "dekker", "nummer": None, "definitief": "false", "graad": "0.90", "correcties": []}, {}),
        ({"partner": "linde"}, {"partner": ("linde", "dekker")}),
        ({"nummer": "1"}, {"nummer": ("1", "niets")}),
        ({"partner": None}, {"partner": ("niets", "dekker")}),
        ({"definitief": "true"}, {"definitief": ("true", "false")}),
        ({"graad": "0.91"}, {"graad": ("0.91", "0.9")}),
        ({"partij": "dekker"}, {"partij": ("dekker", "dit veld is er niet")}),
        # a number of rows, or all of them
        ({"regels": "3", "correcties": "0"}, {}),
        ({"regels": "2"}, {"regels": ("2", "3 keer")}),
        ({"correcties": [{"maand": "2026-01"}]}, {"correcties[maand 2026-01]": ("maand 2026-01", "niets")}),
        ({"regels": []}, {"regels": ("0 keer", "3 keer")}),
        ({"berekening": ["twee", "een"]}, {}),
        ({"berekening": ["drie", "een"]}, {"berekening[drie]": ("drie", "niets"), "berekening": ("2 keer", "2 keer")}),
        # rows are known by their first field, in any order
        ({"regels": [{"nummer": "12"}, {"nummer": "11", "klasse": "midden"}, {"nummer": "11", "klasse": "licht"}]}, {}),
        (
            {"regels": [{"nummer": "11", "klasse": "licht", "bedrag": "€ 175,65"}, {"nummer": "11", "klasse": "midden", "bedrag": "€ 211"}, {"nummer": "12"}]},
            {"regels[nummer 11].bedrag": ("€ 211,00", "€ 211,10")},
        ),
        (
            {"regels": [{"klasse": "zwaar", "bedrag": "€ 1"}, {"klasse": "licht"}, {"klasse": "midden"}]},
            {"regels[klasse zwaar].bedrag": ("€ 1,00", "€ 454,00")},
        ),
        ({"regels": [{"nummer": "11"}, {"nummer": "12"}]}, {"regels": ("2 keer", "3 keer")}),
        (
            {"regels": [{"nummer": "13"}, {"nummer": "11"}, {"nummer": "11"}]},
            {"regels[nummer 13]": ("nummer 13", "niets"), "regels": ("3 keer", "3 keer")},
        ),
        # a euro is no eurocent
        ({"regels": [{"nummer": "12", "bedrag": "454"}, {"nummer": "11"}, {"nummer": "11"}]}, {"regels[nummer 12].bedrag": ("454", "45400")}),
        ({"regels": [{"nummer": "12", "bedrag": "45400"}, {"nummer": "11"}, {"nummer": "11"}]}, {}),
        ({"partner": "€ 3"}, {"partner": ("€ 3,00", "dekker")}),
        ({"partner": {"code": "x"}}, {"partner": ("code x", "dekker")}),
    ],
)  # fmt: skip
def test_an_answer_is_held_beside_what_is_said_of_it(
    hoort: dict[str, Any], verschillen: dict[str, tuple[str, str]]
) -> None:
    gevonden = list(houd_antwoord_naast(hoort, STAAT))
    assert {een.waar: (een.verwacht, een.gekregen) for een in gevonden} == verschillen


def test_the_place_of_a_difference_is_that_in_what_is_said() -> None:
    hoort = {"regels": [{"nummer": "11", "klasse": "licht"}, {"nummer": "12", "bedrag": "€ 9"}, {"nummer": "11"}]}
    [een] = houd_antwoord_naast(hoort, STAAT)
    assert een.plek == ("regels", 1, "bedrag")


def test_what_is_there_too_much_is_named_by_the_fields_of_the_others_and_no_person_is() -> None:
    [een] = houd_antwoord_naast({"regels": [{"nummer": "11", "bedrag": "€ 175,65"}, {"nummer": "12"}]}, STAAT)
    assert een.uitleg == "Niet verwacht: nummer 11 bedrag € 211,10."
    rijen = [{"client": "999900006", "naam": "Test", "nummer": nummer} for nummer in range(5)]
    [een] = houd_antwoord_naast({"items": []}, {"items": rijen})
    assert een.uitleg == "Niet verwacht: nummer 0; nummer 1; nummer 2, en nog 2."


def test_a_list_that_others_use_too_may_have_more() -> None:
    assert not list(houd_antwoord_naast({"regels": [{"nummer": "12"}]}, STAAT, ruim=True))
    assert not list(houd_antwoord_naast({"regels": "2"}, STAAT, ruim=True))
    assert list(houd_antwoord_naast({"regels": "4"}, STAAT, ruim=True))
    assert list(houd_antwoord_naast({"regels": [{"nummer": "13"}]}, STAAT, ruim=True))


@pytest.mark.parametrize(
    ("tekst", "bedrag", "geschreven"),
    [
        ("€ 363,00", 36300, "€ 363,00"),
        ("€ 363", 36300, "€ 363,00"),
        ("€ 1.363,50", 136350, "€ 1.363,50"),
        ("€ 1.363", 136300, "€ 1.363,00"),
        ("€ -24,45", -2445, "€ -24,45"),
        ("-€ 0,05", -5, "€ -0,05"),
    ],
)
def test_an_amount_is_read_and_written(tekst: str, bedrag: int, geschreven: str) -> None:
    assert eurocent(tekst) == bedrag
    assert euro(bedrag) == geschreven
    assert eurocent(f"€ {kaal(bedrag)}") == bedrag


def test_only_a_euro_sign_makes_an_amount() -> None:
    assert (eurocent("363,00"), eurocent(None), eurocent({})) == (None, None, None)
    with pytest.raises(WaardeFout, match="geen bedrag"):
        eurocent("€ veel")


ROEP = "  - {roep: GET /v1/inzetten, van: aanbieder"


@pytest.mark.parametrize(
    ("stappen", "regel", "melding"),
    [
        ("  - {roep: GET /v1/inzetten}\n", 7, "Zeg van: wie er roept"),
        ("  - {roep: /v1/inzetten, van: aanbieder}\n", 7, "schrijf een methode en een adres"),
        ("  - {roep: HAAL /v1/inzetten, van: aanbieder}\n", 7, "schrijf een methode en een adres"),
        ("  - {stuur: 301, met: {a: b}}\n", 7, "met hoort bij een stap met roep"),
        ("  - {stuur: 301, bewaar: x}\n", 7, "bewaar hoort bij een stap met roep"),
        ("  - {stuur: 301, verwacht: {geeft: {a: b}}}\n", 7, "verwacht.geeft hoort bij een stap met roep"),
        (f"{ROEP}, stuur: 301}}\n", 7, "precies een"),
        (f"{ROEP}, plaats: 3}}\n", 7, "plaats is hier geen sleutel"),
        (f"{ROEP}, geeft: {{}}}}\n", 7, "geeft is hier geen sleutel"),
        (f"{ROEP}}}\n  - roep: GET /v1/inzetten\n    van: anbieder\n", 9, "Bedoelt u aanbieder?"),
        (f"{ROEP}, verwacht: {{geeft: {{bedrag: € 308,55}}}}}}\n", 7, 'tussen aanhalingstekens: "€ 308,55"'),
        (f"{ROEP}, keer: veel}}\n", 7, "keer is geen aantal"),
        (f"{ROEP}, keer: 0}}\n", 7, "keer is geen aantal"),
        (f"{ROEP}, keer: 9-3}}\n", 7, "keer is geen aantal"),
        (f"{ROEP}, keer: 99999}}\n", 7, "hoogstens 10000"),
    ],
)
def test_a_fault_in_a_call_is_told_with_its_line(stappen: str, regel: int, melding: str, tmp_path: Path) -> None:
    pad = tmp_path / "fout.flow.yaml"
    pad.write_text(KOP + stappen, encoding="utf-8")
    with pytest.raises(FlowFout) as gevangen:
        lees(pad)
    assert melding in str(gevangen.value)
    assert str(gevangen.value).startswith(f"{pad}:{regel}: ")


def test_what_is_meant_more_often_is_written_once(tmp_path: Path) -> None:
    pad = tmp_path / "keer.flow.yaml"
    pad.write_text(
        KOP.replace("stappen:", "clienten: {c#: {keer: 3, Geslacht: 1}, ander: }\nvariabelen: {gewoon: a#b}\nstappen:")
        + """\
  - stuur: 301
    keer: 3
    client: c#
    inhoud: {Client: {ToegewezenProducten: [{ToewijzingNummer: $t#}]}}
  - roep: POST /v1/x/$i#.id
    keer: 0-1
    van: aanbieder
    met:
      - {keer: 2, nummer: $t#, vast: x}
      - {nummer: los}
""",
        encoding="utf-8",
    )
    flow = lees(pad)
    assert list(flow.clienten) == ["c1", "c2", "c3", "ander"]
    assert flow.clienten["c2"] == {"Geslacht": "1"}
    assert flow.variabelen == {"gewoon": "a#b"}
    assert [(stap.client, stap.regel) for stap in flow.stappen[:3]] == [("c1", 9), ("c2", 9), ("c3", 9)]
    assert flow.stappen[1].inhoud == {"Client": {"ToegewezenProducten": [{"ToewijzingNummer": "$t2"}]}}
    assert [stap.roep for stap in flow.stappen[3:]] == ["POST /v1/x/$i0.id", "POST /v1/x/$i1.id"]
    assert flow.stappen[3].met == [{"nummer": "$t1", "vast": "x"}, {"nummer": "$t2", "vast": "x"}, {"nummer": "los"}]
    assert flow.regel_van(flow.stappen[4], "met", 2, "nummer") == 18
