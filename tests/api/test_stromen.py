"""The message streams of the standard, from files over HTTP: after every step all stands as the manifest says."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.conformance.stromen import MANIFEST, MAP, bestanden
from tests.conftest import MaakDatabase
from tests.knoop import NU, Klant, Knoop, controleer_database, knoop

from berichtenverkeer.opslag import partijen as tabel
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.standaard.berichten.kop import RetourHeader
from berichtenverkeer.standaard.berichten.onderdeel import Berichtklasse
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.vorm import plaatsen

INHOUD: dict[str, Any] = json.loads((MAP / MANIFEST).read_text(encoding="utf-8"))
STROMEN: list[dict[str, Any]] = INHOUD["stromen"]
ZEVENTIEN = 17

SIGNALEN = {
    "geweigerd-tweede-verzoek/04-315": ["OP307"],  # a toewijzing of that categorie runs on in what it asks for
    "geweigerd-start/10-305": ["OP271"],  # of Tuesday the 3rd, told on Thursday the 12th
}
"""What is told besides at a step, of which the manifest has only what refuses."""

Stap = dict[str, Any]


@dataclass
class Speelveld:
    """A node at which the parties of the streams take part."""

    knoop: Knoop
    klanten: dict[str, Klant]
    gelezen: dict[str, str] = field(default_factory=dict)

    def nieuw_in_postvak(self) -> dict[str, list[str]]:
        """What came into each postvak since the last time: the kinds of message, in order."""
        uit: dict[str, list[str]] = {}
        for code, klant in self.klanten.items():
            pagina = klant.json("/postvak/v1/berichten", na=self.gelezen.get(code, "0"))
            self.gelezen[code] = pagina["volgende"]
            soorten = [item["routeringgegevens"]["berichtstroom"]["berichtsubtype"] for item in pagina["items"]]
            uit |= {code: soorten} if soorten else {}
        return uit


@pytest.fixture(scope="module")
def veld(maak_database: MaakDatabase) -> Iterator[Speelveld]:
    with knoop(maak_database(), proefmodus=True) as k:
        for partij in INHOUD["partijen"]:
            if partij["code"] not in k.tokens:
                token = k.tokens[partij["code"]] = f"token-van-{partij['code']}"
                with schrijvend(k.engine) as verbinding:
                    tabel.voeg_toe(verbinding, partij["code"], partij["rol"], partij["naam"], NU)
                    tabel.geef_token(verbinding, partij["code"], token, NU)
        yield Speelveld(k, {partij["code"]: k.klant(partij["code"]) for partij in INHOUD["partijen"]})
        controleer_database(k.engine)


@pytest.mark.parametrize("stroom", STROMEN, ids=lambda stroom: f"{stroom['domein']}-{stroom['stroom']}")
def test_every_step_ends_as_the_manifest_says(veld: Speelveld, stroom: dict[str, Any]) -> None:
    bsn = None
    for stap in stroom["stappen"]:
        data = (MAP / stap["bestand"]).read_bytes()
        gelezen = lees(data, SCHEMAS)
        client = getattr(gelezen.bericht, "Client", None)
        bsn = client.Bsn if client is not None else bsn
        klok = {"Bv-Klok": stap["klok"]}
        uit = veld.klanten[stap["van"]].aangenomen(data, **klok)
        regels: dict[str, list[str]] = {"fout": [], "signaal": []}
        for bevinding in uit["bevindingen"]:
            regels[bevinding["ernst"]].append(bevinding["regel"])
        assert regels == {"fout": stap["regels"], "signaal": SIGNALEN.get(_zonder_wet(stap["bestand"]), [])}
        assert (uit["oordeel"], uit["retour"]["berichtsoort"]) == (stap["oordeel"], stap["retour"]["berichtsoort"])
        assert _codes(veld.klanten[stap["van"]], uit["retour"]["id"]) == stap["retour"]["codes"]
        assert veld.nieuw_in_postvak() == stap["postvak"]
        for code, klant in veld.klanten.items():
            eigen = _stand(klant, stroom["domein"], bsn, klok)
            alles = stap["toewijzingen"], stap["verzoeken"]
            if len(code) == 8:
                assert eigen == alles
            else:
                assert all(wat.items() <= heel.items() for wat, heel in zip(eigen, alles, strict=True))


def _zonder_wet(bestand: str) -> str:
    """``geweigerd-start/10-305`` for both laws."""
    _, stroom, naam = bestand.split("/")
    nummer, soort = naam.removesuffix(".xml").split("-")
    return f"{stroom}/{nummer}-{soort[-3:]}"


def _codes(klant: Klant, id_: str) -> dict[str, list[str]]:
    """The codes in a retourbericht, by the path of their class."""
    retour = lees(klant.get(f"/berichten/{id_}/xml").content, SCHEMAS)
    return {
        pad.removeprefix("/Bericht/"): list(deel.RetourCodes)
        for pad, deel in plaatsen(retour.bericht, retour.soort)
        if isinstance(deel, (RetourHeader, Berichtklasse))
    }


def _stand(klant: Klant, domein: str, bsn: str | None, klok: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Every toewijzing and request of this client as this party sees it."""
    vraag = {"domein": domein, "bsn": bsn}
    lijsten = [klant.get(pad, params=vraag, headers=klok) for pad in ("/toewijzingen", "/verzoeken")]
    toewijzingen, verzoeken = ([dict(item) for item in lijst.json()["items"]] for lijst in lijsten)
    return (
        {
            str(item["toewijzingnummer"]): {naam: item[naam] for naam in ("toestand", "levering", "verzoek")}
            for item in toewijzingen
        },
        {item["referentie"]: item["toestand"] for item in verzoeken},
    )


def test_each_timeline_can_be_told(veld: Speelveld) -> None:
    [aanbieder] = (klant for code, klant in veld.klanten.items() if len(code) == 8)
    items = aanbieder.toewijzingen(limiet=1000)
    assert len(items) > ZEVENTIEN
    for item in items:
        punten = aanbieder.json(f"/toewijzingen/{item['id']}/tijdlijn")["items"]
        assert {punt["bericht"]["oordeel"] for punt in punten if punt["bericht"]} == {"goedgekeurd"}


def test_the_files_are_what_the_stories_make() -> None:
    op_schijf = {pad.relative_to(MAP).as_posix(): pad.read_bytes() for pad in MAP.rglob("*") if pad.is_file()}
    assert op_schijf == bestanden(), "run: python -m tests.conformance.stromen"


@pytest.mark.parametrize("domein", ["iwmo", "ijw"])
def test_all_streams_are_there_for_both_laws(domein: str) -> None:
    """One of the seventeen is for iJw only: the woonplaatsbeginsel."""
    namen = [stroom["stroom"] for stroom in STROMEN if stroom["domein"] == domein]
    gewoon = [naam for naam in namen if not naam.startswith("geweigerd-")]
    assert len(set(gewoon)) == len(gewoon) == ZEVENTIEN - (domein == "iwmo")
    assert ("vot-woonplaatsbeginsel" in gewoon) == (domein == "ijw")
    assert all(stap["oordeel"] == "goedgekeurd" for s in STROMEN if s["stroom"] in gewoon for stap in s["stappen"])
