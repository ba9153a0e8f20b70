"""Nodes by region behind one address that remembers nothing (docs/schaal.md): what comes of the messages is what one node for all would
make of them, who asks gets what all have, and where one falls out the others go on."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from lxml import etree
from tests.berichten import Dossier
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, declaratie
from tests.knoop import Knoop, controleer_database, knoop

from berichtenverkeer.standaard.domein import Domein

_LIJSTEN = ("toewijzingen", "verzoeken", "declaraties", "berichten")


@dataclass(frozen=True)
class Regioadres:
    """One address for several nodes. It knows at which node each gemeente is, and nothing else."""

    knopen: tuple[Knoop, ...]
    waar: dict[str, int]

    def bied_aan(self, code: str, data: bytes) -> httpx.Response:
        """A message goes to the node of the gemeente in its Header."""
        kop = {etree.QName(deel).localname: deel.text or "" for deel in etree.fromstring(data)[0]}
        [gemeente] = [kop[naam] for naam in ("Afzender", "Ontvanger") if len(kop[naam]) == 4]
        return self.knopen[self.waar[gemeente]].klant(code).bied_aan(data)

    def lijst(self, code: str, pad: str, na: tuple[str, ...] = ()) -> tuple[list[Any], tuple[str, ...]]:
        """What each node has of a party, one after the other, and where to go on: a place a node."""
        bladen = [
            knoop_.klant(code).json(pad, **({"gewijzigd_na": na[nummer]} if na else {}))
            for nummer, knoop_ in enumerate(self.knopen)
        ]
        return [item for blad in bladen for item in blad["items"]], tuple(blad["volgende"] for blad in bladen)

    def haal(self, code: str, pad: str) -> httpx.Response:
        """What has an id, from the node that has it."""
        antwoorden = [knoop_.klant(code).get(pad) for knoop_ in self.knopen]
        return next((antwoord for antwoord in antwoorden if antwoord.status_code == 200), antwoorden[-1])


@dataclass(frozen=True)
class Land:
    """Three gemeenten and two aanbieders that work for all of them: at one node, and at two by region."""

    een: Regioadres
    regios: Regioadres
    gemeenten: tuple[str, ...]
    aanbieders: tuple[str, ...]

    def dossiers(self) -> Iterator[Dossier]:
        """The same client at each aanbieder for each gemeente, so that only the region keeps them apart; both laws."""
        for gemeente in self.gemeenten:
            for aanbieder, domein in zip(self.aanbieders, Domein, strict=True):
                yield Dossier(gemeente, aanbieder, domein=domein)


@pytest.fixture
def land(maak_database: MaakDatabase) -> Iterator[Land]:
    with ExitStack() as open_:
        een, noord, zuid = (open_.enter_context(knoop(maak_database.gereed(), proefmodus=True)) for _ in range(3))
        paren = [een.paar(nummer) for nummer in range(3)]
        gemeenten = tuple(paar.gemeentecode for paar in paren)
        regios = Regioadres((noord, zuid), dict(zip(gemeenten, (0, 0, 1), strict=True)))
        yield Land(Regioadres((een,), dict.fromkeys(gemeenten, 0)), regios, gemeenten, tuple(p.agb for p in paren[:2]))
        for knoop_ in (een, noord, zuid):
            controleer_database(knoop_.engine)


def _verhaal(d: Dossier) -> Iterator[tuple[str, bytes]]:
    """Who sends what: a toewijzing, its start, that start again (refused), a declaratie with a Prestatie too many."""
    yield d.gemeente, d.toewijzing()
    yield d.aanbieder, d.start()
    yield d.aanbieder, d.start()
    yield d.aanbieder, declaratie(d, f"D{d.gemeente}{d.domein}", Regel("P1"), Regel("P2", uren=900))


def _zonder_volgorde(items: list[Any]) -> list[Any]:
    return sorted(items, key=lambda item: str(item["id"]))


def test_by_region_comes_what_one_node_makes_of_it(land: Land) -> None:
    for d in land.dossiers():
        for van, data in _verhaal(d):
            hier, daar = (adres.bied_aan(van, data).json() for adres in (land.een, land.regios))
            assert hier["oordeel"] in ("goedgekeurd", "afgekeurd", "deels_goedgekeurd"), hier
            assert daar == hier
            xml = f"/v1/berichten/{hier['retour']['id']}/xml"
            assert land.regios.haal(van, xml).content == land.een.haal(van, xml).content
    for code in (*land.gemeenten, *land.aanbieders):
        for lijst in _LIJSTEN:
            hier, daar = (adres.lijst(code, f"/v1/{lijst}")[0] for adres in (land.een, land.regios))
            assert _zonder_volgorde(daar) == _zonder_volgorde(hier), (code, lijst)


def test_a_place_a_node_misses_nothing_and_gives_nothing_twice(land: Land) -> None:
    [aanbieder, *_] = land.aanbieders
    gezien: list[str] = []
    plaatsen: tuple[str, ...] = ()
    for d in land.dossiers():
        for van, data in _verhaal(d):
            land.regios.bied_aan(van, data)
        items, plaatsen = land.regios.lijst(aanbieder, "/v1/berichten", plaatsen)
        gezien += [item["id"] for item in items]
    assert len(set(gezien)) == len(gezien)
    assert set(gezien) == {item["id"] for item in land.regios.lijst(aanbieder, "/v1/berichten")[0]}


def test_where_one_region_is_gone_the_other_goes_on(land: Land, maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed(), proefmodus=True) as weg:
        adres = Regioadres((weg, land.regios.knopen[1]), land.regios.waar)
    daar, _, hier = land.gemeenten
    [aanbieder, *_] = land.aanbieders
    assert adres.bied_aan(hier, Dossier(hier, aanbieder).toewijzing()).json()["oordeel"] == "goedgekeurd"
    with pytest.raises(httpx.ConnectError):
        adres.bied_aan(daar, Dossier(daar, aanbieder).toewijzing())
