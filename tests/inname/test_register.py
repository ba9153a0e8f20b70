"""What is agreed, in memory: what changed is seen, what did not is not read, and nobody waits for it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, event
from sqlalchemy.exc import OperationalError
from tests.conftest import MaakDatabase
from tests.knoop import NU, meld_partijen_aan
from tests.werk import uitgevoerd

from berichtenverkeer.opslag import versies
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.partijen import partijen as partijtabel
from berichtenverkeer.opslag.tabellen.partijen import token as tokentabel
from berichtenverkeer.opslag.wachttijd import DatabaseWeg
from berichtenverkeer.partijen import register as module
from berichtenverkeer.partijen.afspraken import van_token
from berichtenverkeer.partijen.bewijzen import alle as alle_bewijzen
from berichtenverkeer.partijen.bewijzen import maak_token, trek_token_in
from berichtenverkeer.partijen.partij import Partijrol, geef_mandaat, registreer, trek_mandaat_in
from berichtenverkeer.partijen.register import Register
from berichtenverkeer.partijen.schakelaars import schakel

AGB = Partijrol.AANBIEDER


@pytest.fixture
def engine(maak_database: MaakDatabase) -> Iterator[Engine]:
    """A database of this test, with two parties."""
    engine = maak_engine(maak_database())
    maak_gereed(engine)
    registreer(engine, "00000001", AGB, "Een", NU)
    registreer(engine, "00000002", AGB, "Twee", NU)
    yield engine
    engine.dispose()


@contextmanager
def _vragen(engine: Engine) -> Iterator[list[str]]:
    """What is asked of the database."""
    gevraagd: list[str] = []

    def noteer(_verbinding: Any, _cursor: Any, opdracht: str, *_: Any) -> None:
        gevraagd.append(opdracht)

    event.listen(engine, "before_cursor_execute", noteer)
    try:
        yield gevraagd
    finally:
        event.remove(engine, "before_cursor_execute", noteer)


def test_each_change_is_seen_at_the_next_look(engine: Engine) -> None:
    register = Register(engine)
    assert register.partij("00000003") is None
    een = register.partij("00000001")
    assert een is not None
    registreer(engine, "00000003", AGB, "Drie", NU)
    token = maak_token(engine, "00000003", NU, ook=["00000001"])
    geef_mandaat(engine, "00000001", "00000002", NU)
    schakel(engine, "*", "uit", "3.2", "2026-03-02", NU)
    assert register.partij("00000003") is None
    register.kijk()
    assert register.partij("00000003") is not None
    aanmelding = register.van_token(token)
    assert aanmelding is not None
    assert aanmelding.codes == ("00000003", "00000001")
    assert register.mag_indienen(een, "00000002")
    assert register.bord().schakelaars
    trek_mandaat_in(engine, "00000001", "00000002")
    register.kijk()
    assert not register.mag_indienen(een, "00000002")


def test_a_look_at_what_did_not_change_is_one_small_question(engine: Engine) -> None:
    register = Register(engine)
    register.kijk()
    with _vragen(engine) as vragen:
        register.kijk()
        register.kijk()
    assert len([vraag for vraag in vragen if "teller" in vraag]) == len([v for v in vragen if "FROM" in v]) == 2


def test_what_was_changed_by_hand_is_seen_too(engine: Engine) -> None:
    nu = 0.0
    register = Register(engine, seconden=lambda: nu)
    token = maak_token(engine, "00000001", NU)
    register.kijk()
    with schrijvend(engine) as verbinding:
        verbinding.execute(delete(tokentabel))
    nu = module._TOCH
    register.kijk()
    assert register.van_token(token)
    nu += 0.1
    register.kijk()
    assert register.van_token(token) is None


def test_who_waits_by_a_withdrawn_credential_is_woken(engine: Engine) -> None:
    gewekt: list[set[str]] = []
    register = Register(engine, na_intrekken=gewekt.append)
    token = maak_token(engine, "00000001", NU, ook=["00000002"])
    ander = maak_token(engine, "00000002", NU)
    register.kijk()
    trek_token_in(engine, token, NU)
    register.kijk()
    registreer(engine, "00000003", AGB, "Drie", NU)
    register.kijk()
    assert gewekt == [{"00000001", "00000002"}]
    assert register.van_token(token) is None
    assert register.van_token(ander)


def test_many_wrong_tokens_ask_nothing_of_the_database_themselves(engine: Engine) -> None:
    """They share the look that comes anyway, and a second time not even that."""
    bewijzen = [van_token(f"verkeerd {nummer}") for nummer in range(500)]

    async def probeer(register: Register) -> list[Any]:
        return await asyncio.gather(*map(register.aanmelding, bewijzen))

    async def speel() -> None:
        register = Register(engine, elke=0.05)
        register.start()
        try:
            with _vragen(engine) as vragen:
                assert await probeer(register) == [None] * 500
            assert len(vragen) < 50
            register.elke = 60.0
            await register.straks(roep=True)  # the last one before a long rest
            with _vragen(engine) as vragen:
                assert await probeer(register) == [None] * 500
            assert vragen == []
        finally:
            await asyncio.to_thread(register.stop)

    asyncio.run(speel())


def test_a_token_that_was_just_made_is_waited_for(engine: Engine) -> None:
    async def speel() -> None:
        register = Register(engine, elke=0.05)
        register.start()
        try:
            token = await asyncio.to_thread(maak_token, engine, "00000001", NU)
            aanmelding = await register.aanmelding(van_token(token))
            assert aanmelding is not None
            assert aanmelding.codes == ("00000001",)
        finally:
            await asyncio.to_thread(register.stop)

    asyncio.run(speel())


def test_who_calls_for_a_look_need_not_wait_until_it_is_time(engine: Engine) -> None:
    async def speel() -> None:
        register = Register(engine, elke=60.0)
        register.start()
        try:
            token = await asyncio.to_thread(maak_token, engine, "00000001", NU)
            await register.straks(roep=True)
            assert register.afspraken.bewijzen[van_token(token)].codes == ("00000001",)
        finally:
            await asyncio.to_thread(register.stop)

    asyncio.run(speel())


def test_looking_up_costs_the_same_among_many(maak_database: MaakDatabase) -> None:
    def werk(paren: int) -> int:
        engine = maak_engine(maak_database())
        maak_gereed(engine)
        tokens = meld_partijen_aan(engine, aantal=paren)
        register = Register(engine)
        register.kijk()
        een = register.partij("98000000")
        assert een is not None

        def zoek() -> None:
            assert register.van_token(tokens["98000000"])
            assert register.van_token("verkeerd") is None
            assert register.partij("00000000") is None
            assert not register.mag_indienen(een, "98000001")

        werk = uitgevoerd(zoek)
        engine.dispose()
        return werk

    assert werk(2) == werk(200)


def test_what_is_too_old_is_not_gone_by(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    nu = 0.0
    token = maak_token(engine, "00000001", NU)

    def weg(*_: Any) -> None:
        raise DatabaseWeg

    async def speel() -> None:
        nonlocal nu
        register = Register(engine, elke=0.01, hoogstens_oud=5.0, seconden=lambda: nu)
        register.start()
        try:
            monkeypatch.setattr(versies, "alle", weg)
            with pytest.raises(DatabaseWeg):
                await register.straks()
            assert register.weg
            assert await register.aanmelding(van_token(token))
            with pytest.raises(DatabaseWeg):  # whether it is wrong, is not known now
                await register.aanmelding(van_token("verkeerd"))
            nu = 6.0
            with pytest.raises(DatabaseWeg):
                await register.aanmelding(van_token(token))
            monkeypatch.undo()
            await register.straks()
            assert await register.aanmelding(van_token(token))
            assert not register.weg
        finally:
            await asyncio.to_thread(register.stop)

    asyncio.run(speel())


def test_what_was_used_is_written_down_also_when_that_fails_at_first(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = maak_token(engine, "00000001", NU, naam="een")
    maak_token(engine, "00000001", NU, naam="ander")
    register = Register(engine)
    register.gebruikt(van_token(token), NU)
    with monkeypatch.context() as kapot:
        kapot.setattr(partijtabel, "noteer_gebruik", _niet_nu)
        with pytest.raises(OperationalError):
            register.noteer_gebruik()
    with _vragen(engine) as gevraagd:
        register.noteer_gebruik()
        register.noteer_gebruik()
    assert len([vraag for vraag in gevraagd if vraag.startswith("UPDATE token")]) == 1
    register.gebruikt(van_token(token), NU - timedelta(hours=1))  # by a clock that was set back
    register.noteer_gebruik()
    assert {een.naam: een.gebruikt_op for een in alle_bewijzen(engine)} == {"een": NU, "ander": None}


def _niet_nu(*_: Any) -> None:
    raise OperationalError("UPDATE token", {}, Exception("locked"))
