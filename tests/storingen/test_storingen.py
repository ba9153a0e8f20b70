"""The faults script works: each kind of fault once is for who runs it (``python -m tests.storingen``)."""

import pytest

from .__main__ import STORINGEN, speel


def test_a_node_that_is_killed_under_load_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for naam in ("BV_WEBHOOK_NETWERKEN", "BV_UITVOER_MAP"):
        monkeypatch.setenv(naam, "")  # put back at the end
    rij = speel("omgevallen", "sqlite", 1)
    _, wat, soort, keer, berichten, *_ = (deel.strip() for deel in rij.split("|"))
    assert (wat, soort, keer) == (STORINGEN["omgevallen"][2], "sqlite", "1")
    assert int(berichten) > 0
