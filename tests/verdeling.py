"""In what order tests are given to processes, a module each: what takes long first, so that no process is busy with it when the others
have nothing left."""

import pytest

LANG = (
    "tests/web/test_overal.py",
    "tests/spel/test_speelt.py",
    "tests/api/test_vijandig.py",
    "tests/spel/test_demo.py",
    "tests/spel/test_bibliotheek.py",
    "tests/stuurinformatie/test_vergelijking.py",
    "tests/spel/test_plugin.py",
    "tests/api/test_adr.py",
    "tests/cli/test_opdrachten_doc.py",
    "tests/api/test_vsp.py",
    "tests/spel/test_simulator.py",
    "tests/werklijsten/test_bladzijden.py",
    "tests/web/test_dag.py",
)
"""The modules that take longest, the longest first."""


def langste_eerst(items: list[pytest.Item]) -> None:
    """Put the tests of ``LANG`` in front, the others as they were."""
    plaats = {module: nummer for nummer, module in enumerate(LANG)}
    items.sort(key=lambda item: plaats.get(item.nodeid.partition("::")[0], len(LANG)))
