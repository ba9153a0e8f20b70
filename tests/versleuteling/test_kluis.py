"""The files of exports as they stand on the disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.api.uitvoer import kluis
from berichtenverkeer.versleuteling.bos import OnleesbareGegevens

SLEUTEL = bytes(32)
DATA = bytes(range(57))
STUK, ZEGEL = 10, 16
KOP = 32


@pytest.fixture(autouse=True)
def kleine_stukken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of some pieces, without being large."""
    monkeypatch.setattr(kluis, "_STUK", STUK)


def _lees(pad: Path, sleutel: bytes | None = SLEUTEL, van: int = 0, tot: int = len(DATA)) -> bytes:
    return b"".join(kluis.lees(pad, sleutel, van, tot))


def _in_stukken(inhoud: bytes) -> tuple[bytes, list[bytes]]:
    """How a sealed file begins, and its pieces."""
    op_schijf = STUK + ZEGEL
    return inhoud[:KOP], [inhoud[plek : plek + op_schijf] for plek in range(KOP, len(inhoud), op_schijf)]


@pytest.mark.parametrize("sleutel", [None, SLEUTEL])
def test_a_part_is_read_wherever_it_is(tmp_path: Path, sleutel: bytes | None) -> None:
    pad = tmp_path / "een"
    assert kluis.schrijf(pad, sleutel, [DATA[:1], DATA[1:25], DATA[25:]])[0] == len(DATA)
    for van in range(0, 57, 4):
        for tot in range(van + 1, 58, 3):
            assert _lees(pad, sleutel, van, tot) == DATA[van:tot]


def test_what_is_begun_again_shares_nothing_with_what_was_there(tmp_path: Path) -> None:
    """The same key and nonce over two contents would give away what is the same in both, and how to forge a seal."""
    pad = tmp_path / "een"
    keren = []
    for _ in range(2):
        kluis.schrijf(pad, SLEUTEL, [DATA])
        assert _lees(pad) == DATA
        keren.append(pad.read_bytes())
    (kop, stukken), (andere_kop, andere) = map(_in_stukken, keren)
    assert kop != andere_kop
    assert len(stukken) == 6
    assert not set(stukken) & set(andere)


@pytest.mark.parametrize("geheel", [False, True])
def test_what_broke_off_is_sealed_anew(tmp_path: Path, geheel: bool) -> None:
    """A crash while it was written, and one after it: what is written next has another salt, so another key."""
    pad = tmp_path / "een"

    def breekt_af() -> Iterator[bytes]:
        yield DATA
        if not geheel:
            raise MemoryError

    try:
        kluis.schrijf(pad, SLEUTEL, breekt_af())
    except MemoryError:
        assert not pad.exists()
    eerder = (pad if geheel else pad.with_name("een.deel")).read_bytes()
    kluis.schrijf(pad, SLEUTEL, [bytes(len(DATA))])
    assert pad.read_bytes()[:KOP] != eerder[:KOP]
    assert _lees(pad) == bytes(len(DATA))


@given(st.integers(0, KOP + 57 + 6 * ZEGEL - 1))
def test_what_was_cut_off_is_refused(tmp_path_factory: pytest.TempPathFactory, lengte: int) -> None:
    pad = tmp_path_factory.mktemp("kluis") / "een"
    kluis.schrijf(pad, SLEUTEL, [DATA])
    pad.write_bytes(pad.read_bytes()[:lengte])
    with pytest.raises(OnleesbareGegevens, match="beschadigd"):
        _lees(pad)


@given(st.integers(0, KOP + 57 + 6 * ZEGEL - 1), st.integers(0, 7))
def test_what_was_changed_is_refused(tmp_path_factory: pytest.TempPathFactory, plek: int, bit: int) -> None:
    pad = tmp_path_factory.mktemp("kluis") / "een"
    kluis.schrijf(pad, SLEUTEL, [DATA])
    inhoud = bytearray(pad.read_bytes())
    inhoud[plek] ^= 1 << bit
    pad.write_bytes(inhoud)
    with pytest.raises(OnleesbareGegevens, match="beschadigd"):
        _lees(pad)


def test_what_was_put_in_anothers_place_is_refused(tmp_path: Path) -> None:
    een, ander = tmp_path / "een", tmp_path / "ander"
    for pad in (een, ander):
        kluis.schrijf(pad, SLEUTEL, [DATA])
    eerst = een.read_bytes()
    kop, stukken = _in_stukken(eerst)
    kluis.schrijf(een, SLEUTEL, [DATA])
    _, later = _in_stukken(een.read_bytes())

    gemengd = [
        kop + b"".join([stukken[1], stukken[0], *stukken[2:]]),
        kop + b"".join(stukken[1:]),
        kop + b"".join([*stukken[:2], later[2], *stukken[3:]]),
        een.read_bytes()[:KOP] + b"".join(stukken),
        ander.read_bytes(),
    ]
    for inhoud in gemengd:
        een.write_bytes(inhoud)
        with pytest.raises(OnleesbareGegevens, match="beschadigd"):
            _lees(een)
    een.write_bytes(eerst)
    assert _lees(een) == DATA
