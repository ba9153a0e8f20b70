"""Zendingen that come at the same moment are stored together, each as it would be by itself."""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, select
from tests.knoop import NU

from berichtenverkeer.keten.zendingen.bewaarder import HOOGSTENS, Bewaarder
from berichtenverkeer.keten.zendingen.deur import Deur
from berichtenverkeer.keten.zendingen.zendingen import Zending, bewaar
from berichtenverkeer.opslag import samen
from berichtenverkeer.opslag.berichten import zendingen as tabel
from berichtenverkeer.opslag.tabellen.keten import zending

from .conftest import Balie

_GEEN_TEKST = b"\x00\xff\x80PK"
"""As a ZIP is: no text in any encoding."""


def _zending(balie: Balie) -> Zending:
    d = balie.dossier()
    return Zending(
        d.aanbieder, str(uuid.uuid4()), d.gemeente, d.aanbieder, Deur.VSP, "WMO305", 3, 2, "Zaak", "0001", "0000",
        str(uuid.uuid4()), "0" * 64, _GEEN_TEKST,
    )  # fmt: skip


def _bewaar(balie: Balie, *zendingen: Zending) -> list[bool | BaseException]:
    """Whether each was stored, all at once; or what went wrong."""

    async def lus() -> list[Any]:
        bewaarder = Bewaarder(balie.engine)
        return await asyncio.gather(*(bewaarder.bewaar(z, NU) for z in zendingen), return_exceptions=True)

    return [uit if isinstance(uit, BaseException) else uit is not None for uit in asyncio.run(lus())]


def _rijen(balie: Balie, *zendingen: Zending) -> list[Any]:
    with balie.engine.connect() as verbinding:
        vraag = select(zending).where(zending.c.traceer_id.in_({z.traceer_id for z in zendingen}))
        return list(verbinding.execute(vraag).mappings())


def test_a_group_is_stored_in_few_transactions(balie: Balie) -> None:
    zendingen = [_zending(balie) for _ in range(HOOGSTENS + 10)]
    keren: list[None] = []
    event.listen(balie.engine, "commit", lambda _: keren.append(None))
    assert _bewaar(balie, *zendingen) == [True] * len(zendingen)
    assert len(keren) == 2
    rijen = _rijen(balie, *zendingen)
    assert {rij["traceer_id"] for rij in rijen} == {z.traceer_id for z in zendingen}
    assert {(rij["status"], rij["inhoud"], rij["ontvangen_op"]) for rij in rijen} == {("Ontvangen", _GEEN_TEKST, NU)}


def test_what_is_at_hand_is_what_was_stored(balie: Balie) -> None:
    z = _zending(balie)
    rij = asyncio.run(Bewaarder(balie.engine).bewaar(z, NU))
    with balie.engine.connect() as verbinding:
        bewaard = tabel.te_verwerken(verbinding, z.sleutel)
    assert rij is not None
    assert bewaard is not None
    assert {naam: bewaard[naam] for naam in rij} == rij


def test_what_came_before_is_not_stored_again(balie: Balie) -> None:
    """Nor what comes twice at the same moment, nor what has the number of another in the same postvak."""
    eerder, nieuw = _zending(balie), _zending(balie)
    bewaar(balie.engine, eerder, NU)
    ander = balie.dossier().aanbieder
    assert _bewaar(
        balie,
        replace(eerder, inhoud=b"anders"),
        nieuw,
        replace(nieuw, inhoud=b"anders"),
        replace(nieuw, zender=ander),
        replace(eerder, zender=ander),
        replace(eerder, zender=ander, ontvanger=ander),
    ) == [False, True, False, False, False, True]
    assert {(rij["zender"], rij["inhoud"]) for rij in _rijen(balie, eerder, nieuw)} == {
        (eerder.zender, _GEEN_TEKST),
        (nieuw.zender, _GEEN_TEKST),
        (ander, _GEEN_TEKST),
    }


def test_one_that_fails_keeps_no_others_back(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    zendingen = [_zending(balie) for _ in range(3)]
    bewaar_groep = tabel.bewaar_groep

    def stuk(verbinding: Any, rijen: Sequence[Any]) -> list[bool]:
        uit = bewaar_groep(verbinding, rijen)
        if any(rij["traceer_id"] == zendingen[1].traceer_id for rij in rijen):
            raise RuntimeError("stuk")
        return uit

    monkeypatch.setattr(tabel, "bewaar_groep", stuk)
    een, fout, drie = _bewaar(balie, *zendingen)
    assert (een, drie) == (True, True)
    assert isinstance(fout, RuntimeError)
    assert len(_rijen(balie, *zendingen)) == 2


def test_who_was_overtaken_stores_nothing(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process stored one of the group after this one looked: it is found out by the row that is not added."""
    zendingen = [_zending(balie) for _ in range(2)]
    bewaar(balie.engine, zendingen[0], NU)
    vraag = samen.vraag
    monkeypatch.setattr(samen, "vraag", lambda *a: [() for _ in vraag(*a)])
    assert _bewaar(balie, replace(zendingen[0], inhoud=b"anders"), zendingen[1]) == [False, True]
    assert {rij["inhoud"] for rij in _rijen(balie, *zendingen)} == {_GEEN_TEKST}
