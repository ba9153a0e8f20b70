"""The weight of a case: a questionnaire as loaded, its faults, and what answers come to."""

from typing import Any

import pytest
import yaml

from berichtenverkeer.hoofdaannemer.fouten import Geweigerd
from berichtenverkeer.hoofdaannemer.handelen import Aanvraag, Daad, wijzig_klasse, zet_in
from berichtenverkeer.hoofdaannemer.zwaarte import Beoordeling, beoordeel, klasse_van, lees_vragenlijst

from .wereld import AFSPRAKEN, P, dag, wereld

LIJST = """
versie: 2026-1
vragen:
  - {code: netwerk, vraag: "Is er een netwerk?", antwoorden: {Ja: 0, Deels: 1, Nee: 2}}
  - {code: domeinen, vraag: "Op hoeveel leefgebieden speelt het?", getal: {van: 0, tot: 9, punten: 1}}
klassen:
  - {klasse: licht, tot: 3}
  - {klasse: midden, tot: 7}
  - {klasse: zwaar}
"""


def fouten(wat: object) -> list[str]:
    with pytest.raises(Geweigerd) as fout:
        lees_vragenlijst(wat)
    return [bezwaar.veld for bezwaar in fout.value.bezwaren]


def met(**anders: Any) -> dict[str, Any]:
    return {**yaml.safe_load(LIJST), **anders}


@pytest.mark.parametrize(
    ("netwerk", "domeinen", "punten", "klasse"),
    [
        ("Ja", 3, 3, "licht"),
        ("Deels", 3, 4, "midden"),
        ("Nee", 5, 7, "midden"),
        ("Nee", 6, 8, "zwaar"),
        ("Ja", 0, 0, "licht"),
    ],
)
def test_what_answers_come_to(netwerk: str, domeinen: int, punten: int, klasse: str) -> None:
    lijst = lees_vragenlijst(yaml.safe_load(LIJST))
    antwoorden: dict[str, str | int] = {"netwerk": netwerk, "domeinen": domeinen}
    assert beoordeel(lijst, antwoorden) == Beoordeling("2026-1", antwoorden, punten, klasse)
    assert klasse_van(lijst, punten) == klasse


@pytest.mark.parametrize(
    ("antwoorden", "velden"),
    [
        ({}, ["netwerk", "domeinen"]),
        ({"netwerk": None, "domeinen": 1}, ["netwerk"]),
        ({"netwerk": "ja", "domeinen": 10}, ["netwerk", "domeinen"]),
        ({"netwerk": True, "domeinen": True}, ["netwerk", "domeinen"]),
        ({"netwerk": "Ja", "domeinen": "3"}, ["domeinen"]),
        ({"netwerk": ["Ja"], "domeinen": 1.0}, ["netwerk", "domeinen"]),
        ({"netwerk": "Ja", "domeinen": -1, "anders": 1}, ["domeinen", "anders"]),
    ],
)
def test_what_lacks_or_cannot_be_is_all_told(antwoorden: dict[str, object], velden: list[str]) -> None:
    with pytest.raises(Geweigerd) as fout:
        beoordeel(lees_vragenlijst(yaml.safe_load(LIJST)), antwoorden)
    assert [bezwaar.veld for bezwaar in fout.value.bezwaren] == [f"antwoorden.{veld}" for veld in velden]


@pytest.mark.parametrize("versie", [1, "2026-1", "v2"])
def test_the_version_is_kept_as_it_is(versie: object) -> None:
    assert lees_vragenlijst(met(versie=versie)).versie == versie


def test_a_version_that_yaml_takes_for_a_day() -> None:
    assert lees_vragenlijst(yaml.safe_load(LIJST.replace("2026-1", "2026-01-01"))).versie == "2026-01-01"


@pytest.mark.parametrize(
    ("wat", "velden"),
    [
        (None, ["vragenlijst", "versie", "vragen", "klassen"]),
        ([], ["vragenlijst", "versie", "vragen", "klassen"]),
        (met(versie=True), ["versie"]),
        (met(versie=" "), ["versie"]),
        (met(extra=1), ["extra"]),
        (met(vragen=[]), ["vragen"]),
        (met(vragen=["x"]), ["vragen[1]"]),
        (met(vragen=[{"code": "a", "vraag": "b"}]), ["vragen[1]"]),
        (met(vragen=[{"code": "a", "vraag": "b", "antwoorden": {"Ja": 1}, "getal": {}}]), ["vragen[1]"]),
        (met(vragen=[{"code": "", "vraag": 1.5, "antwoorden": {"Ja": "x", True: 1}}]),
         ["vragen[1].code", "vragen[1].vraag", "vragen[1].antwoorden.Ja", "vragen[1].antwoorden"]),
        (met(vragen=[{"code": "a", "vraag": "b", "antwoorden": []}]), ["vragen[1].antwoorden"]),
        (met(vragen=[{"code": "a", "vraag": "b", "getal": {"van": 2, "tot": 1, "punten": 1.5}}]),
         ["vragen[1].getal.punten", "vragen[1].getal.tot"]),
        (met(vragen=[{"code": "a", "vraag": "b", "getal": None}]),
         ["vragen[1].getal", "vragen[1].getal.van", "vragen[1].getal.tot", "vragen[1].getal.punten"]),
        (met(vragen=[{"code": "a", "vraag": "b", "antwoorden": {"Ja": 1}}] * 2), ["vragen"]),
        (met(klassen=[{"klasse": "licht"}, {"klasse": "zwaar"}]), ["klassen[1].tot"]),
        (met(klassen=[{"klasse": "licht", "tot": 3}]), ["klassen[1].tot"]),
        (met(klassen=[{"klasse": "a", "tot": 3}, {"klasse": "b", "tot": 3}, {"klasse": "a"}]), ["klassen", "klassen[2].tot"]),
        (met(klassen=[{"klasse": "a", "tot": "3"}, {}, 7]), ["klassen[1].tot", "klassen[3]"]),
    ],
)  # fmt: skip
def test_every_fault_of_a_questionnaire_is_told_at_its_place(wat: object, velden: list[str]) -> None:
    assert fouten(wat) == velden


@pytest.mark.parametrize("daad", ["inzetten", "klasse"])
def test_a_klasse_that_departs_needs_a_reason(daad: str) -> None:
    w = wereld()
    een = w.zet_in(tot="2023-06-30")
    laatste = Beoordeling("1", {}, 3, "midden")

    def doe(klasse: str, waarom: str, zwaarte: Beoordeling | None) -> Daad:
        if daad == "klasse":
            return wijzig_klasse(w.ingezet(een), "i2", klasse, dag("2023-05-01"), AFSPRAKEN, w.wie(waarom), zwaarte)
        aanvraag = Aanvraag(P, klasse, dag("2023-07-01"))
        return zet_in("i2", aanvraag, w.toewijzingen["t1"], w.alle(), AFSPRAKEN, w.wie(waarom), zwaarte)

    assert doe("zwaar", "", None).nieuw == "i2"
    assert doe("midden", "", laatste).nieuw == "i2"
    assert doe("zwaar", "de client verhuist", laatste).nieuw == "i2"
    with pytest.raises(Geweigerd, match="De vragenlijst kwam op midden, niet op zwaar"):
        doe("zwaar", " ", laatste)
