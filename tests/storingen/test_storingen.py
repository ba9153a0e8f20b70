"""The faults script works: a fault once. Each kind, time after time, is for who runs it (``python -m tests.storingen``)."""

import pytest

from .__main__ import speel
from .breken import STORINGEN


@pytest.mark.parametrize(("storing", "soort"), [("omgevallen", "sqlite"), ("overgenomen", "postgresql")])
def test_a_node_that_is_broken_under_load_loses_nothing(
    storing: str, soort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for naam in ("BV_WEBHOOK_NETWERKEN", "BV_UITVOER_MAP"):
        monkeypatch.setenv(naam, "")  # put back at the end
    rij = speel(storing, soort, 1)
    _, wat, waarop, keer, berichten, *_ = (deel.strip() for deel in rij.split("|"))
    assert (wat, waarop, keer) == (STORINGEN[storing].wat, soort, "1")
    assert int(berichten) > 0
