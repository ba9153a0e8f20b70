"""What one inzet comes to in one month, by every rule, reckoned by hand."""

from decimal import Decimal

import pytest

from berichtenverkeer.hoofdaannemer.fouten import Botsing, Geweigerd
from berichtenverkeer.hoofdaannemer.geleverd import controleer
from berichtenverkeer.hoofdaannemer.keuzes import Deelmaand
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.hoofdaannemer.maandbedrag import Deel, Rekenaar, Stuk
from berichtenverkeer.hoofdaannemer.tarief import Bijdrage, Eenheid, Tarief, Tarieflijst, overlappend

from .wereld import PRAKTIJK, dag, toewijzing, wereld

RATO, HEEL, EERSTE = Deelmaand.NAAR_RATO, Deelmaand.HELE_MAAND, Deelmaand.EERSTE_DAG


def stukken(
    klasse: str, van: str, tot: str, deelmaand: Deelmaand = RATO, *, tarieven: Tarieflijst = PRAKTIJK,
    segment: str = "begeleiding", geleverd: int | None = None, telt_elders: bool = False,
) -> tuple[Stuk, ...]:  # fmt: skip
    deel = Deel(segment, klasse, Maand.van_dag(dag(van)), dag(van), dag(tot), geleverd, telt_elders)
    return Rekenaar(tarieven, deelmaand).stukken(deel)


def bedragen(stukken_: tuple[Stuk, ...]) -> list[tuple[int, int | None, int]]:
    return [(stuk.dagen, stuk.tarief, stuk.bedrag) for stuk in stukken_]


def lijst(*rijen: tuple[str, str | None, int, str]) -> Tarieflijst:
    """Tariffs of klasse ``x``: from, to, eurocent, eenheid."""
    return Tarieflijst(
        tuple(
            Tarief("begeleiding", "x", Eenheid(e), cent, dag(van), dag(tot) if tot else None)
            for van, tot, cent, e in rijen
        )
    )


@pytest.mark.parametrize("deelmaand", Deelmaand)
@pytest.mark.parametrize("maand", ["2023-02", "2023-06", "2023-07"])
def test_a_whole_month_is_exactly_the_tariff(deelmaand: Deelmaand, maand: str) -> None:
    m = Maand.lees(maand)
    (stuk,) = stukken("licht", m.eerste.isoformat(), m.laatste.isoformat(), deelmaand)
    assert stuk.bedrag == (20000 if maand == "2023-07" else 36300)
    assert stuk.dagen == m.dagen


@pytest.mark.parametrize(
    ("van", "tot", "deelmaand", "bedrag"),
    [
        ("2023-01-10", "2023-01-31", RATO, 25761),  # 36300 × 22 / 31 = 25761,29
        ("2023-01-10", "2023-01-31", HEEL, 36300),
        ("2023-01-10", "2023-01-31", EERSTE, 0),
        ("2023-01-01", "2023-01-10", RATO, 11710),  # 36300 × 10 / 31 = 11709,68
        ("2023-01-01", "2023-01-10", HEEL, 36300),
        ("2023-01-01", "2023-01-10", EERSTE, 36300),
        ("2023-02-14", "2023-02-14", RATO, 1296),  # 36300 / 28 = 1296,43
    ],
)
def test_part_of_a_month(van: str, tot: str, deelmaand: Deelmaand, bedrag: int) -> None:
    (stuk,) = stukken("licht", van, tot, deelmaand)
    assert (stuk.bedrag, stuk.tarief, stuk.eenheid) == (bedrag, 36300, Eenheid.MAAND)


def test_half_a_cent_goes_up() -> None:
    (stuk,) = stukken("x", "2023-06-01", "2023-06-15", tarieven=lijst(("2023-01-01", None, 101, "maand")))
    assert stuk.bedrag == 51
    assert stuk.berekening == ("15 van de 30 dagen van juni 2023 × 1,01 euro = 0,51 euro, afgerond op hele centen.",)


def test_a_change_of_tariff_within_the_month_makes_two_runs() -> None:
    tarieven = lijst(("2023-01-01", "2023-07-10", 36300, "maand"), ("2023-07-11", None, 20000, "maand"))
    uit = stukken("x", "2023-07-01", "2023-07-31", tarieven=tarieven)
    assert bedragen(uit) == [(10, 36300, 11710), (21, 20000, 13548)]
    assert bedragen(stukken("x", "2023-07-01", "2023-07-31", HEEL, tarieven=tarieven)) == [(31, 36300, 36300)]
    assert bedragen(stukken("x", "2023-07-11", "2023-07-31", HEEL, tarieven=tarieven)) == [(21, 20000, 20000)]
    assert bedragen(stukken("x", "2023-07-11", "2023-07-31", EERSTE, tarieven=tarieven)) == [(21, 20000, 0)]


def test_two_rows_with_one_tariff_are_one_run() -> None:
    tarieven = lijst(("2023-01-01", "2023-07-15", 36300, "maand"), ("2023-07-16", None, 36300, "maand"))
    assert bedragen(stukken("x", "2023-07-01", "2023-07-31", tarieven=tarieven)) == [(31, 36300, 36300)]


def test_days_without_a_tariff_make_a_line_of_nothing_that_says_why() -> None:
    tarieven = lijst(("2023-07-10", "2023-07-20", 31000, "maand"))
    uit = stukken("x", "2023-07-01", "2023-07-31", tarieven=tarieven)
    assert bedragen(uit) == [(9, None, 0), (11, 31000, 11000), (11, None, 0)]
    assert uit[0].eenheid is None
    assert "geen tarief" in uit[0].berekening[0]
    assert bedragen(stukken("x", "2023-07-01", "2023-07-31", HEEL, tarieven=tarieven)) == [
        (9, None, 0), (11, 31000, 0), (11, None, 0),
    ]  # fmt: skip
    assert bedragen(stukken("x", "2023-07-01", "2023-07-31", tarieven=Tarieflijst())) == [(31, None, 0)]


@pytest.mark.parametrize("deelmaand", Deelmaand)
def test_days_at_the_tariff_of_the_last_day(deelmaand: Deelmaand) -> None:
    tarieven = lijst(("2023-01-01", "2023-07-10", 864, "dag"), ("2023-07-11", None, 900, "dag"))
    (stuk,) = stukken("x", "2023-07-05", "2023-07-20", deelmaand, tarieven=tarieven, geleverd=12)
    assert (stuk.dagen, stuk.aantal, stuk.tarief, stuk.bedrag) == (16, 12, 900, 10800)
    assert stuk.berekening == ("12 dagen × 9,00 euro = 108,00 euro.",)
    (eerder,) = stukken("x", "2023-07-05", "2023-07-10", deelmaand, tarieven=tarieven, geleverd=6)
    assert (eerder.tarief, eerder.bedrag) == (864, 5184)


def test_no_more_days_than_the_inzet_has_left() -> None:
    (stuk,) = stukken("regulier", "2023-07-01", "2023-07-05", segment="vervoer", geleverd=20)
    assert (stuk.aantal, stuk.bedrag) == (5, 4320)
    assert stuk.berekening[0] == "Geleverd is 20 dagen, maar de inzet heeft in deze maand 5 dagen."


def test_pieces_have_no_most_and_nothing_entered_is_nothing() -> None:
    tarieven = lijst(("2023-01-01", None, 1000, "stuk"))
    (stuk,) = stukken("x", "2023-07-01", "2023-07-01", tarieven=tarieven, geleverd=40)
    assert (stuk.aantal, stuk.bedrag) == (40, 40000)
    (leeg,) = stukken("x", "2023-07-01", "2023-07-31", tarieven=tarieven)
    assert (leeg.aantal, leeg.bedrag) == (None, 0)
    assert leeg.berekening == ("Er is nog geen aantal ingevoerd: 0,00 euro.",)


def test_from_days_to_months_no_day_counts_twice() -> None:
    tarieven = lijst(("2023-01-01", "2023-07-10", 900, "dag"), ("2023-07-11", None, 31000, "maand"))
    uit = stukken("x", "2023-07-01", "2023-07-31", tarieven=tarieven, geleverd=31)
    assert [(s.dagen, s.aantal, s.bedrag) for s in uit] == [(10, 10, 9000), (21, None, 21000)]


def test_days_whose_last_has_no_tariff_come_to_nothing_yet() -> None:
    tarieven = lijst(("2023-01-01", "2023-07-20", 900, "dag"))
    uit = stukken("x", "2023-07-01", "2023-07-31", tarieven=tarieven, geleverd=10)
    assert [(s.dagen, s.tarief, s.aantal, s.bedrag) for s in uit] == [(20, None, None, 0), (11, None, 10, 0)]


def test_a_month_that_counts_elsewhere_says_so() -> None:
    (stuk,) = stukken("zwaar", "2023-07-11", "2023-07-31", HEEL, telt_elders=True)
    assert (stuk.bedrag, stuk.tarief) == (0, 62500)
    assert "telt al mee" in stuk.berekening[0]


@pytest.mark.parametrize(
    ("aantal", "maand", "veld"),
    [
        (-1, "2023-07", "aantal"),
        (16, "2023-07", "aantal"),
        (1, "2023-08", "maand"),
        (0, "2023-06", "maand"),
        (1, "2023-12", "maand maand"),
        (-1, "2023-12", "aantal maand maand"),
    ],
)
def test_what_cannot_have_been_delivered(aantal: int, maand: str, veld: str) -> None:
    """All of it at once: in December, the month is still to begin, and the inzet does not run in it."""
    w = wereld(toewijzing(categorie="08"))
    een = w.ingezet(w.zet_in(klasse="regulier", van="2023-07-01", tot="2023-07-15"))
    with pytest.raises(Geweigerd) as fout:
        controleer(een, Maand.lees(maand), aantal, PRAKTIJK, dag("2023-11-30"))
    assert [bezwaar.veld for bezwaar in fout.value.bezwaren] == veld.split()
    controleer(een, Maand.lees("2023-07"), 15, PRAKTIJK, dag("2023-07-01"))
    w.trek_in("i1")
    with pytest.raises(Botsing):
        controleer(w.ingezet("i1"), Maand.lees("2023-07"), 1, PRAKTIJK, dag("2023-11-30"))


def test_a_number_counts_where_the_tariff_is_not_per_month() -> None:
    """Also on days without a tariff: that may come later."""
    w = wereld(toewijzing())
    een = w.ingezet(w.zet_in(klasse="licht", van="2023-07-01"))
    with pytest.raises(
        Geweigerd, match=r"Klasse licht heeft in juli 2023 een tarief per maand: daar telt geen aantal\."
    ):
        controleer(een, Maand.lees("2023-07"), 1, PRAKTIJK, dag("2023-11-30"))
    controleer(een, Maand.lees("2023-07"), 1, Tarieflijst(()), dag("2023-11-30"))


def test_a_tariff_is_not_negative_and_does_not_end_before_it_begins() -> None:
    with pytest.raises(Geweigerd, match="niet negatief"):
        Tarief("begeleiding", "licht", Eenheid.MAAND, -1, dag("2023-01-01"))
    with pytest.raises(Geweigerd, match="voor zij begint"):
        Tarief("begeleiding", "licht", Eenheid.MAAND, 1, dag("2023-01-02"), dag("2023-01-01"))
    for percentage in (Decimal("-0.01"), Decimal("100.01")):
        with pytest.raises(Geweigerd, match="0 tot en met 100"):
            Bijdrage("begeleiding", percentage, dag("2023-01-01"))


@pytest.mark.parametrize(
    ("een", "ander", "botst"),
    [
        (("2023-01-01", "2023-06-30"), ("2023-07-01", None), False),
        (("2023-01-01", "2023-07-01"), ("2023-07-01", None), True),
        (("2023-01-01", None), ("2023-07-01", "2023-07-01"), True),
        (("2023-01-01", None), ("2023-01-01", None), True),
    ],
)
def test_two_tariffs_of_one_klasse_do_not_overlap(
    een: tuple[str, str | None], ander: tuple[str, str | None], botst: bool
) -> None:
    rijen = [("x", een), ("x", ander), ("y", een)]
    tarieven = [Tarief("s", k, Eenheid.MAAND, 1, dag(van), dag(tot) if tot else None) for k, (van, tot) in rijen]
    assert (len(list(overlappend(tarieven))) == 1) is botst
    assert list(overlappend(tarieven)) == list(overlappend(tarieven[::-1])) or een == ander
    if botst:
        with pytest.raises(Geweigerd, match="op dezelfde dag"):
            Tarieflijst(tuple(tarieven))
    else:
        assert Tarieflijst(tuple(tarieven)).klassen == {"s": {"x", "y"}}


def test_a_long_tariff_overlaps_what_comes_after_a_short_one_in_it() -> None:
    rijen = [("2023-01-01", None), ("2023-02-01", "2023-02-01"), ("2023-05-01", None)]
    tarieven = [Tarief("s", "x", Eenheid.MAAND, 1, dag(van), dag(tot) if tot else None) for van, tot in rijen]
    assert [(a.van.month, b.van.month) for a, b in overlappend(tarieven)] == [(1, 2), (1, 5)]
