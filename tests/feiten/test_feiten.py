"""The facts are those of the standard. Here only who has its tables can see that; everyone can hold our software against them."""

import pytest

from . import BRON, MAP, bestanden


@pytest.mark.skipif(not BRON.exists(), reason="the tables of the standard are not beside the repository")
def test_the_facts_are_those_of_the_standard() -> None:
    assert {naam: (MAP / naam).read_text(encoding="utf-8") for naam in bestanden()} == bestanden(), (
        "run: python -m tests.feiten"
    )
