"""Text that no database can keep is found wherever it stands, and a large question is not walked through for it."""

import json

import pytest
from tests.werk import uitgevoerd

from berichtenverkeer.standaard.tekst import te_bewaren


@pytest.mark.parametrize(
    ("waarde", "mag"),
    [
        ("a", True),
        ("a\x00", False),
        ("\ud800", False),
        ("\U0001f600", True),
        ("\\u0000", True),  # text that only looks like it
        ({"a": [{"b": "\x00"}]}, False),
        ({"\x00": 1}, False),
        ([1, None, True, ("\udfff",)], False),
        ({(1, 2): "\x00"}, False),
        ({(1, 2): "a"}, True),
    ],
)
def test_what_can_be_kept(waarde: object, mag: bool) -> None:
    assert te_bewaren(waarde) is mag


def test_however_deep() -> None:
    diep: object = "\x00"
    for _ in range(5_000):
        diep = [diep]
    assert not te_bewaren(diep)


def test_a_large_question_is_not_walked_through_here() -> None:
    vraag = json.loads("[" + "1," * 100_000 + "1]")
    assert uitgevoerd(lambda: te_bewaren(vraag)) < 100
