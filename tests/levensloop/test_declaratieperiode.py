"""Which months were skipped, and in which of them was delivered (TR318)."""

from datetime import date

import pytest

from berichtenverkeer.levensloop.declaratieperiode import geleverde_maanden, overgeslagen
from berichtenverkeer.levensloop.rekenen.periode import Periode

from .verhaal import Klasse, Verhaal, start, stop, toewijzing

JAAR = Periode(date(2026, 2, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("laatste", "begin", "gat"),
    [
        (None, "2026-05-01", None),
        ("2026-02-01", "2026-01-01", None),
        ("2026-02-01", "2026-02-01", None),
        ("2026-02-01", "2026-03-01", None),
        ("2026-02-01", "2026-04-01", ("2026-03-01", "2026-03-31")),
        ("2025-12-01", "2026-03-01", ("2026-01-01", "2026-02-28")),
        ("2025-11-15", "2026-01-20", ("2025-12-01", "2025-12-31")),
    ],
)
def test_what_is_skipped(laatste: str | None, begin: str, gat: tuple[str, str] | None) -> None:
    verwacht = Periode(*map(date.fromisoformat, gat)) if gat else None
    assert overgeslagen(date.fromisoformat(laatste) if laatste else None, date.fromisoformat(begin)) == verwacht


def maanden(*klassen: Klasse, toegewezen: Klasse | None = None) -> list[int]:
    """The months of 2026 in which was delivered after these starts and stops, each in a message of its own."""
    verhaal = Verhaal(date(2026, 12, 31))
    assert verhaal.wijs_toe(toegewezen or toewijzing()) == set()
    for klasse in klassen:
        assert verhaal.lever(klasse) == set()
    return sorted(maand.month for maand in geleverde_maanden([verhaal.dossier], JAAR))


@pytest.mark.parametrize(
    ("klassen", "geleverd"),
    [
        ([], []),
        ([start("2026-10-31")], [10, 11, 12]),
        ([start("2026-03-31"), stop("2026-03-31", "2026-04-01")], [3, 4]),
        ([start("2026-03-15"), stop("2026-03-15", "2026-03-15")], [3]),
        ([start("2026-02-02"), stop("2026-02-02", "2026-03-10", "20"), start("2026-06-01")], [2, 3, *range(6, 13)]),
        ([start("2026-02-02"), stop("2026-02-02", "2026-03-10", "20"), stop("2026-02-02", "2026-08-01")], [2, 3]),
        ([start("2026-02-02"), start("2026-02-02", status="3")], []),
    ],
    ids=["niets", "loopt", "gestopt", "een dag", "tijdelijk", "tijdelijk en dan definitief", "start verwijderd"],
)
def test_delivered_from_a_start_to_its_first_stop(klassen: list[Klasse], geleverd: list[int]) -> None:
    assert maanden(*klassen) == geleverd


def test_without_a_stop_it_ends_with_the_toewijzing() -> None:
    assert maanden(start("2026-02-02"), toegewezen=toewijzing(einde="2026-04-15")) == [2, 3, 4]


def test_what_was_delivered_on_a_deleted_toewijzing_cannot_be_declared() -> None:
    verhaal = Verhaal(date(2026, 12, 31))
    verhaal.wijs_toe(toewijzing())
    verhaal.lever(start("2026-02-02"))
    verhaal.wijs_toe(toewijzing("2026-03-01T10:00:00", einde="2026-02-01", reden="13"))
    assert geleverde_maanden([verhaal.dossier], JAAR) == frozenset()
