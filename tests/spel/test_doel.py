"""Who plays in a flow: parties of our own at a node whose database is at hand, and parties that were given."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from tests.conftest import MaakDatabase
from tests.spel.inrichting import NU, partijenbestand
from tests.spel.knoop import FLOW, speel

from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.klok import systeemklok
from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.pakket import meegeleverd
from berichtenverkeer.partijen import partij as partijen
from berichtenverkeer.spel.bestand.bibliotheek import vind
from berichtenverkeer.spel.bestand.flow import lees
from berichtenverkeer.spel.doelen.dienst import Dienst
from berichtenverkeer.spel.doelen.doel import DoelFout, Speler
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.spel.doelen.gegeven import Gegeven, lees_partijen
from berichtenverkeer.spel.doelen.proefknoop import elders, proefknoop
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.standaard.domein import Domein

XSD = Path(os.environ.get("BV_XSD_DIR") or meegeleverd("xsd"))
DECLAREREN = FLOW.with_name("declareren.flow.yaml")
VAN_EEN_ANDER = "Partij van een ander"


@pytest.fixture(scope="module")
def database(sqlite: MaakDatabase) -> str:
    """A database of which this module knows the address."""
    return sqlite()


@pytest.fixture(scope="module")
def knoop(database: str) -> Iterator[str]:
    """The address of a node on it."""
    with proefknoop(XSD, database) as eigen:
        yield eigen.base_url


@pytest.fixture(scope="module")
def engine(knoop: str, database: str) -> Iterator[Engine]:
    engine = maak_engine(database)
    yield engine
    engine.dispose()


def _namen(engine: Engine) -> dict[str, str]:
    return {partij.code: partij.naam for partij in partijen.alle(engine)}


def test_a_fixed_code_of_another_is_refused(knoop: str, engine: Engine, tmp_path: Path) -> None:
    partijen.registreer(engine, "98000001", partijen.Partijrol.AANBIEDER, VAN_EEN_ANDER, NU)
    pad = tmp_path / FLOW.name
    pad.write_text(FLOW.read_text().replace("{rol: aanbieder}", "{rol: aanbieder, code: '98000001'}"))
    verloop = speel(Eigen(knoop, engine), pad)
    assert "Partij 98000001 bestaat al" in verloop.fout


def test_who_declares_takes_an_aanbieder_that_did_not_until_there_is_none(
    database: str, knoop: str, tmp_path: Path
) -> None:
    bestand = partijenbestand([lees(DECLAREREN)], database, tmp_path, per_naam=2)
    for poging in range(3):
        verloop = speel(Gegeven(knoop, lees_partijen(bestand)), DECLAREREN)  # each as a run of its own
        if poging < 2:
            assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)
        else:
            assert "elke aanbieder in --partijen deed dat al onder deze wet" in verloop.fout
    for _ in range(3):
        verloop = speel(Gegeven(knoop, lees_partijen(bestand)))
        assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)


def test_two_parties_of_a_flow_are_not_the_same(knoop: str) -> None:
    een = Speler(code="98000000", token="x")
    [flow] = map(lees, vind("bibliotheek:praktijk/herindicatie"))
    gegeven = {"gemeente": Speler(code="0034", token="x"), "hoofdaannemer": een, "onderaannemer": een}
    with pytest.raises(DoelFout, match="onderaannemer in herindicatie moet een andere code hebben"):
        Gegeven(knoop, gegeven).doel(flow, Domein.IWMO)


def test_a_node_elsewhere_must_be_there_in_proefmodus_with_its_database(
    sqlite: MaakDatabase,
) -> None:
    url = sqlite()
    with pytest.raises(DoelFout, match="antwoordt niet"), elders("http://127.0.0.1:1", url):
        pass
    with (
        proefknoop(XSD, url),  # makes the tables
        Dienst(Instellingen(database_url=url, xsd_dir=XSD, port=0), systeemklok) as dienst,
        pytest.raises(DoelFout, match="draait niet in proefmodus"),
        elders(dienst.url, url),
    ):
        pass


def test_parties_of_others_are_left_alone_and_ours_taken_again_when_there_are_no_more(
    knoop: str, engine: Engine
) -> None:
    geldig = [code for code, item in codelijst("CBS", Domein.IWMO).codes.items() if item.geldig_op(NU.date())]
    een, *midden, ander = [code for code in geldig if code not in _namen(engine)]
    for code in [*midden, "97000000"]:
        partijen.registreer(engine, code, partijen.rol_bij(code), VAN_EEN_ANDER, NU)
    bij, flow, gekozen = Eigen(knoop, engine), lees(FLOW), []
    partijen.registreer(engine, "97000001", partijen.Partijrol.AANBIEDER, VAN_EEN_ANDER, NU)  # behind its back
    eerder = _namen(engine)
    for _ in range(3):
        with bij.doel(flow, Domein.IWMO) as doel:
            gekozen.append((doel.spelers["gemeente"].code, sorted(doel.vers)))
    beide = ["aanbieder", "gemeente"]
    van_ons = {een, ander} | {code for code, naam in eerder.items() if naam.endswith("(replay)")}
    assert gekozen[:2] == [(een, beide), (ander, beide)]
    assert (gekozen[2][0] in van_ons, gekozen[2][1]) == (True, ["aanbieder"])
    verloop = speel(Eigen(knoop, engine))
    assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)
    nieuw = _namen(engine).items() - eerder.items()
    assert {code for code, _ in nieuw if len(code) == 4} == {een, ander}
    assert all(naam.endswith("(replay)") for _, naam in nieuw)
