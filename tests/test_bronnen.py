"""What the code and the documents cite can be read in the repository."""

import re
from pathlib import Path

WORTEL = Path(__file__).parents[1]
BRONNEN = (WORTEL / "docs" / "bronnen.md").read_text(encoding="utf-8")
GELEZEN = [
    pad.read_text(encoding="utf-8")
    for map_, soort in (("src", "*.py"), ("tests", "*.py"), ("docs", "*.md"))
    for pad in sorted((WORTEL / map_).rglob(soort))
    if pad != Path(__file__)
]


def _uitgelegd() -> set[int]:
    """The numbers in the first column of the tables, such as ``12``, ``43, 44`` and ``34–37``, and those of the examples."""
    nummers = set(range(49, 57))
    for cel in re.findall(r"^\| ([0-9][0-9–, ]*) \|", BRONNEN, re.MULTILINE):
        for deel in cel.split(","):
            eerste, _, laatste = deel.strip().partition("–")
            nummers |= set(range(int(eerste), int(laatste or eerste) + 1))
    return nummers


def test_every_tegenstrijdigheid_that_is_cited_is_explained() -> None:
    reeks = re.compile(r"tegenstrijdighe(?:id|den) ((?:[0-9]+(?:, | en | and )?)+)")
    genoemd = {int(n) for tekst in GELEZEN for keer in reeks.findall(tekst) for n in re.findall("[0-9]+", keer)}
    assert len(genoemd) > 15
    assert genoemd - _uitgelegd() == set()


def test_every_part_of_the_levenscyclus_that_is_cited_is_explained() -> None:
    genoemd = {deel for tekst in GELEZEN for deel in re.findall(r"levenscyclus ([A-E][0-9]?)\b", tekst)}
    assert len(genoemd) > 5
    assert genoemd - set(re.findall(r"^### ([A-E][0-9]?)$", BRONNEN, re.MULTILINE)) == set()
