"""Parties in turn, and what is heavy only now and then: by a clock of our own."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.inname.beurten import Beurten, Gesloten, Rij, Rust, Vol

PARTIJEN = st.lists(st.sampled_from("abcd"), max_size=40)


class Klok:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.nu = 1000.0

    def __call__(self) -> float:
        return self.nu


def _rust(klok: Klok) -> Rust:
    return Rust(deel=0.01, langst=10.0, stil=1.0, seconden=klok)


@given(PARTIJEN, st.data())
def test_parties_have_their_turn_one_after_the_other(komen: list[str], data: st.DataObject) -> None:
    """Whatever comes when: nothing is lost, a party keeps its order, and none has two turns while another waits for one."""
    rij, wacht, kreeg = Rij[tuple[str, int]](1_000), Counter[str](), list[tuple[str, int]]()
    beurten: list[tuple[str, set[str]]] = []  # who had a turn, and who waited then
    for nummer, van in enumerate(komen):
        rij.voeg_toe(van, (van, nummer))
        wacht[van] += 1
        for _ in range(data.draw(st.integers(0, 2))):
            if (wat := rij.neem()) is None:
                break
            beurten.append((wat[0], {partij for partij, aantal in wacht.items() if aantal}))
            wacht[wat[0]] -= 1
            kreeg.append(wat)
    while (wat := rij.neem()) is not None:
        beurten.append((wat[0], {partij for partij, aantal in wacht.items() if aantal}))
        wacht[wat[0]] -= 1
        kreeg.append(wat)
    assert sorted(nummer for _, nummer in kreeg) == list(range(len(komen)))
    for partij in set(komen):
        eigen = [nummer for van, nummer in kreeg if van == partij]
        assert eigen == sorted(eigen)
    for (een, wachtten), (ander, _) in pairwise(beurten):
        assert een != ander or wachtten == {een}
    assert len(rij) == 0


def test_nobody_fills_the_queue_for_others() -> None:
    rij = Rij[int](4)
    rij.voeg_toe("a", 1)
    rij.voeg_toe("a", 2)
    with pytest.raises(Vol):
        rij.voeg_toe("a", 3)
    rij.voeg_toe("b", 4)
    rij.voeg_toe("c", 5)
    with pytest.raises(Vol):
        rij.voeg_toe("d", 6)
    rij.weg("b", 4)
    rij.weg("b", 4)
    assert [rij.neem() for _ in range(4)] == [1, 5, 2, None]


def test_what_is_heavy_takes_a_hundredth_of_the_time_while_others_come() -> None:
    klok = Klok()
    rust, bezig, begin = _rust(klok), 0.0, klok.nu
    for _ in range(10_000):  # somebody comes every hundredth of a second, and something heavy waits all the time
        rust.kwam()
        if not rust.nog():
            klok.nu += 0.05
            bezig += 0.05
            rust.duurde(0.05)
        klok.nu += 0.01
    assert 0.009 < bezig / (klok.nu - begin) < 0.0115


def test_when_nobody_comes_there_is_no_wait() -> None:
    klok = Klok()
    rust = _rust(klok)
    assert rust.nog() == 0
    rust.duurde(1.0)
    assert rust.nog() == 0
    rust.kwam()
    assert rust.nog() == 10.0  # never longer
    klok.nu += 0.9
    assert rust.nog() == pytest.approx(9.1)
    klok.nu += 0.2
    assert rust.nog() == 0
    rust.kwam()
    assert rust.nog() == pytest.approx(8.9)


def _speel(verhaal: Callable[[Beurten, list[str]], Awaitable[None]], klok: Klok, geduld: float = 60.0) -> list[str]:
    gedaan: list[str] = []

    async def lus() -> None:
        async with asyncio.timeout(30):
            await verhaal(Beurten(_rust(klok), hoogstens=8, geduld=geduld), gedaan)

    asyncio.run(lus())
    return gedaan


async def _neem(beurten: Beurten, van: str, gedaan: list[str], duur: float = 0.05) -> None:
    async with beurten.beurt(van) as beurt:
        gedaan.append(van)
        await asyncio.sleep(0)
        assert gedaan[-1] == van  # nobody else meanwhile
        beurt.duurde = duur


def test_who_waits_has_a_turn_in_the_order_of_parties() -> None:
    async def verhaal(beurten: Beurten, gedaan: list[str]) -> None:
        await asyncio.gather(*(_neem(beurten, van, gedaan) for van in "aaaabbc"))

    assert _speel(verhaal, Klok()) == list("aabcaba")  # the first had its turn before the others came


def test_a_turn_comes_when_there_was_rest_enough_or_nobody_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("berichtenverkeer.inname.beurten._KIJK", 0.001)
    klok = Klok()

    async def verhaal(beurten: Beurten, gedaan: list[str]) -> None:
        beurten.rust.kwam()
        await _neem(beurten, "a", gedaan)
        wacht = asyncio.create_task(_neem(beurten, "a", gedaan))
        await asyncio.sleep(0.05)
        assert gedaan == ["a"]
        klok.nu += 5.0
        beurten.rust.kwam()
        await wacht
        wacht = asyncio.create_task(_neem(beurten, "b", gedaan))
        await asyncio.sleep(0.05)
        assert gedaan == ["a", "a"]
        klok.nu += 1.5  # it is quiet
        await wacht

    assert _speel(verhaal, klok) == ["a", "a", "b"]


def test_there_is_an_end_to_waiting() -> None:
    klok = Klok()

    async def verhaal(beurten: Beurten, gedaan: list[str]) -> None:
        beurten.rust.kwam()
        await _neem(beurten, "a", gedaan)
        with pytest.raises(Vol):
            await _neem(beurten, "a", gedaan)
        weg = asyncio.create_task(_neem(beurten, "a", gedaan))
        await asyncio.sleep(0)
        weg.cancel()
        await asyncio.gather(weg, return_exceptions=True)
        klok.nu += 100
        await _neem(beurten, "b", gedaan)

    assert _speel(verhaal, klok, geduld=0.01) == ["a", "b"]


def test_what_fails_gives_its_turn_back() -> None:
    async def verhaal(beurten: Beurten, gedaan: list[str]) -> None:
        with pytest.raises(ZeroDivisionError):
            async with beurten.beurt("a"):
                raise ZeroDivisionError
        await _neem(beurten, "a", gedaan)

    assert _speel(verhaal, Klok()) == ["a"]


def test_when_it_closes_nobody_waits_on() -> None:
    async def verhaal(beurten: Beurten, gedaan: list[str]) -> None:
        beurten.rust.kwam()
        await _neem(beurten, "a", gedaan)
        wachten = [asyncio.create_task(_neem(beurten, van, gedaan)) for van in "ab"]
        await asyncio.sleep(0)
        beurten.sluit()
        for wacht in wachten:
            with pytest.raises(Gesloten):
                await wacht
        with pytest.raises(Gesloten):
            await _neem(beurten, "c", gedaan)
        beurten.open()
        beurten.rust.seconden.nu += 100  # type: ignore[attr-defined]
        await _neem(beurten, "d", gedaan)

    assert _speel(verhaal, Klok()) == ["a", "d"]
