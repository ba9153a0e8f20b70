"""Values that are sealed for those whom they are about."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.versleuteling.bos import (
    ERBIJ,
    MERK,
    Bos,
    OnleesbareGegevens,
    Vernietigd,
    gegeven,
    is_verzegeld,
    opgenomen,
    partij,
)

DAG = "2026-03-02"
BOS = Bos.nieuw(DAG)
BSN, ANDER = "999900006", "999900018"


def _wie(bos: Bos = BOS, bsn: str | None = BSN) -> tuple[int, int, int]:
    return bos.betrokkenen(("0518", "51800001"), bsn)


@given(st.binary(max_size=300), st.sampled_from([None, BSN, ANDER]))
def test_what_is_sealed_comes_out_as_it_was(waarde: bytes, bsn: str | None) -> None:
    dicht = BOS.verzegel(waarde, "bericht.inhoud", _wie(bsn=bsn))

    assert is_verzegeld(dicht)
    assert len(dicht) == len(waarde) + ERBIJ
    assert BOS.open(dicht, "bericht.inhoud") == waarde
    assert BOS.verzegel(waarde, "bericht.inhoud", _wie(bsn=bsn)) != dicht
    if len(waarde) > 3:
        assert waarde not in dicht


@given(st.data())
def test_what_was_changed_is_not_read(data: st.DataObject) -> None:
    dicht = bytearray(BOS.verzegel(b"<Bericht/>", "bericht.inhoud", _wie()))
    plek = data.draw(st.integers(4, len(dicht) - 1))
    dicht[plek] ^= data.draw(st.integers(1, 255))

    with pytest.raises(OnleesbareGegevens):
        BOS.open(bytes(dicht), "bericht.inhoud")


def test_a_value_does_not_fit_in_another_column() -> None:
    dicht = BOS.verzegel(b"<Bericht/>", "bericht.inhoud", _wie())

    with pytest.raises(OnleesbareGegevens, match="veranderd of beschadigd"):
        BOS.open(dicht, "zending.inhoud")


@pytest.mark.parametrize(
    "wie", [partij("0518"), partij("51800001"), BOS.client(BSN)], ids=["gemeente", "aanbieder", "client"]
)
def test_without_the_key_of_one_of_them_it_is_gone(wie: int) -> None:
    dicht = BOS.verzegel(b"<Bericht/>", "bericht.inhoud", _wie())
    van_ander = BOS.verzegel(b"<Ander/>", "bericht.inhoud", BOS.betrokkenen(("0344", "51800002"), ANDER))
    na = Bos.van_json(json.loads(json.dumps(BOS.vernietigd(wie, DAG).als_json())))

    with pytest.raises(Vernietigd):
        na.open(dicht, "bericht.inhoud")
    assert na.open(van_ander, "bericht.inhoud") == b"<Ander/>"
    opnieuw = na.verzegel(b"<Nieuw/>", "bericht.inhoud", _wie(na))
    assert na.open(opnieuw, "bericht.inhoud") == b"<Nieuw/>"


def test_a_new_generation_reads_what_the_one_before_wrote() -> None:
    dicht = BOS.verzegel(b"<Bericht/>", "bericht.inhoud", _wie())
    nieuw = BOS.vernieuwd(DAG)

    assert nieuw.open(dicht, "bericht.inhoud") == b"<Bericht/>"
    assert nieuw.merkteken == BOS.merkteken != Bos.nieuw(DAG).merkteken
    with pytest.raises(OnleesbareGegevens, match="niet heeft"):
        BOS.open(nieuw.verzegel(b"<Bericht/>", "bericht.inhoud", _wie(nieuw)), "bericht.inhoud")
    vergeten = Bos.van_json(json.loads(json.dumps(nieuw.met_generaties((), "2026-03-09").als_json())))
    with pytest.raises(Vernietigd, match="op 2026-03-09"):
        vergeten.vernieuwd(DAG).open(dicht, "bericht.inhoud")
    assert vergeten.is_vernietigd(dicht)


def test_since_when_a_key_is_gone_is_known() -> None:
    dicht = BOS.verzegel(b"<Bericht/>", "bericht.inhoud", _wie())
    na = BOS.vernieuwd("2026-03-03").vernietigd(partij("0518"), "2026-03-04").vernieuwd("2026-03-05")

    with pytest.raises(Vernietigd, match="op 2026-03-04"):
        na.open(dicht, "bericht.inhoud")
    assert (BOS.heeft_vernietigd, na.heeft_vernietigd) == (False, True)
    assert na.is_vernietigd(dicht)
    assert not BOS.is_vernietigd(dicht)


@given(st.one_of(st.binary(max_size=20), st.binary(max_size=20).map(lambda rest: MERK + rest)))
def test_what_is_open_is_never_taken_for_sealed(waarde: bytes) -> None:
    assert not is_verzegeld(opgenomen(waarde))
    assert gegeven(opgenomen(waarde)) == waarde


@given(st.lists(st.integers(0, 10**8 - 1).map(lambda n: f"{n:08}") | st.text(min_size=1, max_size=8), unique=True))
def test_parties_each_have_a_place_of_their_own(codes: list[str]) -> None:
    cijfers = [code for code in codes if code.isascii() and code.isdigit()]

    assert len({partij(code) for code in cijfers}) == len(cijfers)
    assert all(0 < partij(code) < BOS.client("000000000") or partij(code) < 1 << 31 for code in codes)
    assert partij("0518") != partij("00000518")
