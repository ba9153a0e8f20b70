"""The number in the place of a Bsn: FF1, held against the examples of NIST."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.versleuteling.cijfers import Cijfers

_NEGEN = st.integers(0, 10**9 - 1).map(lambda n: f"{n:09}")
_SLEUTEL = "2B7E151628AED2A6ABF7158809CF4F3C"


@pytest.mark.parametrize(
    ("sleutel", "cijfers", "anders"),
    [
        (_SLEUTEL, "0123456789", "2433477484"),
        (f"{_SLEUTEL}EF4359D8D580AA4F", "0123456789", "2830668132"),
        (f"{_SLEUTEL}EF4359D8D580AA4F7F036D6F04FC6A94", "0123456789", "6657667009"),
    ],
)
def test_the_examples_of_nist(sleutel: str, cijfers: str, anders: str) -> None:
    geheim = Cijfers(bytes.fromhex(sleutel))

    assert geheim.heen(cijfers) == anders
    assert geheim.terug(anders) == cijfers


@given(_NEGEN, st.binary(min_size=32, max_size=32))
def test_there_and_back_is_the_same(cijfers: str, sleutel: bytes) -> None:
    geheim = Cijfers(sleutel)
    anders = geheim.heen(cijfers)

    assert len(anders) == 9
    assert anders.isdigit()
    assert geheim.terug(anders) == cijfers


def test_with_another_key_it_is_another_number() -> None:
    een, ander = Cijfers(bytes(32)), Cijfers(b"\1" * 32)

    assert een.heen("999900006") != ander.heen("999900006")
    assert len({een.heen(f"{n:09}") for n in range(5000)}) == 5000
    assert "\\x" not in repr(een)


def test_too_few_digits_to_hide_a_number_among() -> None:
    with pytest.raises(ValueError, match="too few digits"):
        Cijfers(bytes(32)).heen("12345")
