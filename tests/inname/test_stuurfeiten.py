"""The facts of figures follow from the messages, whatever group they came in and whichever aanbieder delivers."""

from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import Connection, delete, select, update
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.stuurinformatie import stuurfeiten, stuurpaar
from berichtenverkeer.opslag.stuurinformatie.stuurrijen import Wijziging
from berichtenverkeer.opslag.tabellen.stuurinformatie import leverfeit, toewijzingfeit
from berichtenverkeer.stuurinformatie.spannen import Waarop
from berichtenverkeer.stuurinformatie.traject import Leverfeit, Zicht

from .conftest import Balie
from .test_herbouw import willekeurig


def _feiten(verbinding: Connection) -> set[tuple[object, ...]]:
    return {tuple(rij) for tabel in (leverfeit, toewijzingfeit) for rij in verbinding.execute(select(tabel))}


@pytest.mark.parametrize("per", [1, 7, 40])
def test_two_aanbieders_of_one_client_give_what_a_rebuild_gives(balie: Balie, per: int) -> None:
    """One after the other, and in groups in which both deliver to the same client."""
    random = Random(per)
    een, ander = balie.dossier(), balie.dossier()
    beide = [een, replace(ander, gemeente=een.gemeente, bsn=een.bsn, nummer=een.nummer + 1)]
    balie.groep(*(d.toewijzing() for d in beide))
    berichten = [willekeurig(random, beide) for _ in range(40)]
    for begin in range(0, len(berichten), per):
        balie.groep(*berichten[begin : begin + per])
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0
    with balie.engine.connect() as verbinding:
        van_een = select(leverfeit.c.zicht).where(leverfeit.c.client == int(een.bsn)).distinct()
        zichten = set(verbinding.execute(van_een).scalars())
        voor = _feiten(verbinding)
    assert voor
    assert zichten <= set(Zicht)
    with schrijvend(balie.engine) as verbinding:
        verbinding.execute(delete(leverfeit))
        verbinding.execute(update(toewijzingfeit).values(start=None))
    assert herbouw(balie.engine, SCHEMAS).afwijkend > 0
    with balie.engine.connect() as verbinding:
        assert _feiten(verbinding) == voor


def test_a_dossier_that_begins_meanwhile_is_no_difference(balie: Balie) -> None:
    een, ander = balie.dossier(), balie.dossier()
    beide = [een, replace(ander, gemeente=een.gemeente, bsn=een.bsn, nummer=een.nummer + 1)]
    balie.groep(*(d.toewijzing() for d in beide), *(d.start() for d in beide))
    with balie.engine.connect() as verbinding:
        alle = stuurfeiten.dossiers(verbinding)
        eerste, _ = sorted(d for d in alle if (d.gemeente, d.bsn, d.domein) == (een.gemeente, een.bsn, een.domein))
        assert stuurfeiten.afwijkend(verbinding, {stuurpaar.client_van(eerste): [eerste]}) == {}


def test_facts_of_a_dossier_without_messages_go(balie: Balie) -> None:
    dossier = balie.dossier()
    balie.groep(dossier.toewijzing(), dossier.start())
    with schrijvend(balie.engine) as verbinding:
        voor = _feiten(verbinding)
        waar = stuurpaar.paar(dossier.domein, dossier.gemeente, dossier.aanbieder)
        for tabel in (leverfeit, toewijzingfeit):
            rij = verbinding.execute(select(tabel).where(tabel.c.paar == waar)).mappings().one()
            verbinding.execute(tabel.insert().values({**rij, "paar": rij["paar"] + 1}))
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 1
    with balie.engine.connect() as verbinding:
        assert _feiten(verbinding) == voor


def _span(begin: int, einde: int | None, code: str = "02A01") -> Leverfeit:
    op = Waarop(1085599990001, 999900006, 7, "02", code)
    return Leverfeit(*op, Zicht.BEIDE, begin, einde, begin, einde, None, begin, einde, None, begin, einde)


def _wijziging(eerst: list[Leverfeit], dan: list[Leverfeit]) -> Wijziging:
    uit = Wijziging()
    uit.zet_leverfeiten([tuple(feit) for feit in eerst], dan)
    return uit


def _starts(uit: Wijziging) -> dict[tuple[str, ...], list[int]]:
    """The starts of what is written, by the columns that are; () is all."""
    return {kolommen: [rij["start"] for rij in rijen] for (_, _, kolommen), rijen in uit.rijen.items()}


def test_of_what_stays_only_the_columns_that_changed_are_written() -> None:
    uit = _wijziging([_span(1, None), _span(90, None)], [_span(1, 9), _span(90, None), _span(100, None)])
    assert not uit.weg
    assert _starts(uit) == {(): [100], ("einde", "geleverd_tot", "laatste", "tot"): [1]}
    assert _wijziging([_span(1, 9)], [_span(1, 9)]) == Wijziging()


@pytest.mark.parametrize(
    ("eerst", "dan"),
    [([_span(1, 9), _span(20, 30)], [_span(1, 9)]), ([_span(1, 9), _span(1, 9, "02A02")], [_span(1, 5), _span(1, 9, "02A02")])],
    ids=["gone", "alike"],
)  # fmt: skip
def test_what_went_or_cannot_be_told_apart_is_written_anew(eerst: list[Leverfeit], dan: list[Leverfeit]) -> None:
    uit = _wijziging(eerst, dan)
    assert (len(uit.weg), _starts(uit)) == (1, {(): [feit.start for feit in dan]})
    assert _wijziging(eerst, list(reversed(eerst))) == Wijziging()
