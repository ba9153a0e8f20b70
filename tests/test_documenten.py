"""What a document points at is there."""

import re
from pathlib import Path

import pytest

WORTEL = Path(__file__).parents[1]
DOCUMENTEN = sorted([*(WORTEL / "docs").glob("*.md"), *WORTEL.glob("*.md")])
ALLE = pytest.mark.parametrize("document", DOCUMENTEN, ids=lambda pad: pad.name)


@ALLE
def test_the_files_it_links_to_exist(document: Path) -> None:
    for doel in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        assert (document.parent / doel).exists(), doel


def test_the_modules_that_the_architecture_names_exist() -> None:
    """A path between backticks, such as ``levensloop/overgangen.py``, is one in the package or in the repository."""
    tekst = (WORTEL / "docs" / "architecture.md").read_text(encoding="utf-8")
    paden = set(re.findall(r"`([a-z_]+/[a-z_0-9/]+(?:\.py)?)`", tekst))
    assert len(paden) > 20
    pakket = WORTEL / "src" / "berichtenverkeer"
    weg = {p for p in paden if not any(pad.exists() for pad in (pakket / p, pakket / f"{p}.py", WORTEL / p))}
    assert weg == set()
