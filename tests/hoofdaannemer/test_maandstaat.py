"""The maandstaat: lines, contributions, fixing, and what later facts make of a month that was fixed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from berichtenverkeer.hoofdaannemer.fouten import Botsing, Geweigerd
from berichtenverkeer.hoofdaannemer.keuzes import Deelmaand
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.hoofdaannemer.maandstaat import (
    Bijdrageregel,
    Feiten,
    Maandstaat,
    Maandstaattoestand,
    concept,
    stel_vast,
)
from berichtenverkeer.hoofdaannemer.tarief import Bijdrage, Eenheid, Tarief, Tarieflijst
from berichtenverkeer.standaard.domein import Domein

from .wereld import PRAKTIJK, P, Q, dag, toewijzing, verwijderd, wereld

JULI, AUGUSTUS = Maand(2023, 7), Maand(2023, 8)
RATO, HEEL, EERSTE = Deelmaand.NAAR_RATO, Deelmaand.HELE_MAAND, Deelmaand.EERSTE_DAG
LATER = dag("2024-06-01")

TOEN = Tarieflijst(
    tuple(
        replace(tarief, tot=None) if tarief.segment == "begeleiding" else tarief
        for tarief in PRAKTIJK.tarieven
        if tarief.van == dag("2023-01-01")
    ),
    PRAKTIJK.bijdragen,
)
"""The tariffs of before July 2023 was known."""


def vast(
    feiten: Feiten, maand: Maand, eerder: list[Maandstaat], partner: str = P, rule: Deelmaand = RATO
) -> Maandstaat:
    return stel_vast(feiten, partner, maand, eerder, rule, LATER)


def test_a_month_of_one_client() -> None:
    w = wereld()
    een = w.zet_in()
    staat = concept(w.feiten(TOEN), P, JULI, [], RATO)
    (regel,) = staat.regels
    assert (regel.inzet, regel.gemeente, regel.domein, regel.toewijzingnummer) == (een, "0855", Domein.IWMO, 1)
    assert (regel.segment, regel.klasse, regel.eenheid) == ("begeleiding", "licht", "maand")
    assert (regel.van, regel.tot, regel.dagen, regel.aantal) == (dag("2023-07-01"), dag("2023-07-31"), 31, None)
    assert (regel.tarief, regel.bedrag, regel.berekening) == (36300, 36300, ("Heel juli 2023: 363,00 euro.",))
    assert staat.bijdragen == (Bijdrageregel(JULI, "begeleiding", Decimal(15), 36300, 5445),)
    assert (staat.subtotaal, staat.correctie, staat.totaal) == (36300, 0, 30855)
    assert (staat.toestand, staat.nummer) == (Maandstaattoestand.CONCEPT, None)


def test_a_tariff_that_comes_later_is_corrected_in_the_next_month() -> None:
    """Licht, July 2023, fixed at 363,00 − 54,45; then 200,00: August holds −163,00 and −24,45 (contract, Money)."""
    w = wereld()
    w.zet_in()
    juli = vast(w.feiten(TOEN), JULI, [])
    assert (juli.nummer, juli.totaal, juli.toestand) == (f"2023-07/{P}/1", 36300 - 5445, Maandstaattoestand.VASTGESTELD)
    feiten = w.feiten(PRAKTIJK)
    augustus = concept(feiten, P, AUGUSTUS, [juli], RATO)
    (correctie,) = augustus.correcties
    assert (correctie.maand, correctie.bedrag) == (JULI, -16300)
    assert correctie.berekening == (
        f"Juli 2023 komt nu op 200,00 euro; vastgesteld (2023-07/{P}/1) en gecorrigeerd is 363,00 euro: -163,00 euro.",
    )
    assert augustus.bijdragen == (
        Bijdrageregel(AUGUSTUS, "begeleiding", Decimal(15), 20000, 3000),
        Bijdrageregel(JULI, "begeleiding", Decimal(15), -16300, -2445),
    )
    assert augustus.totaal == 20000 - 16300 - 3000 + 2445
    assert concept(feiten, P, JULI, [juli], RATO) == juli
    tweede = vast(feiten, AUGUSTUS, [juli])
    assert tweede.nummer == f"2023-08/{P}/2"
    september = concept(feiten, P, Maand(2023, 9), [juli, tweede], RATO)
    assert september.correcties == ()
    assert [een.maand for een in september.bijdragen] == [Maand(2023, 9)]


def test_a_later_correction_counts_from_what_was_corrected() -> None:
    w = wereld()
    een = w.zet_in()
    juli = vast(w.feiten(TOEN), JULI, [])
    augustus = vast(w.feiten(), AUGUSTUS, [juli])
    w.wijzig_klasse(een, "zwaar", "2023-07-01")
    september = concept(w.feiten(), P, Maand(2023, 9), [juli, augustus], RATO)
    assert [(str(c.maand), c.inzet, c.bedrag) for c in september.correcties] == [
        ("2023-07", "i1", -20000), ("2023-07", "i2", 62500), ("2023-08", "i1", -20000), ("2023-08", "i2", 62500),
    ]  # fmt: skip
    assert [(str(b.maand), b.grondslag, b.bedrag) for b in september.bijdragen] == [
        ("2023-09", 62500, 9375), ("2023-07", 42500, 6375), ("2023-08", 42500, 6375),
    ]  # fmt: skip


@pytest.mark.parametrize("weg", ["ingetrokken", "geweigerd", "verwijderd"])
def test_what_fell_away_after_fixing_is_taken_back(weg: str) -> None:
    w = wereld()
    een = w.zet_in()
    juli = vast(w.feiten(), JULI, [])
    if weg == "ingetrokken":
        w.trek_in(een)
    elif weg == "geweigerd":
        w.weiger(een)
    else:
        w.wijs_toe(verwijderd(toewijzing()))
    augustus = concept(w.feiten(), P, AUGUSTUS, [juli], RATO)
    assert augustus.regels == ()
    assert [c.bedrag for c in augustus.correcties] == [-20000]
    assert augustus.totaal == -juli.totaal


def test_what_began_after_fixing_is_paid_later() -> None:
    w = wereld()
    juli = vast(w.feiten(), JULI, [])
    assert juli.leeg
    w.zet_in(van="2023-07-22")
    augustus = concept(w.feiten(), P, AUGUSTUS, [juli], RATO)
    assert [(c.inzet, c.bedrag) for c in augustus.correcties] == [("i1", 6452)]  # 20000 × 10 / 31 = 6451,61
    assert [(str(b.maand), b.bedrag) for b in augustus.bijdragen] == [("2023-08", 3000), ("2023-07", 968)]


def test_only_what_was_fixed_is_corrected() -> None:
    w = wereld()
    w.zet_in()
    augustus = concept(w.feiten(), P, AUGUSTUS, [], RATO)
    assert augustus.correcties == ()
    ander = vast(w.feiten(), AUGUSTUS, [], Q)
    assert (ander.leeg, ander.nummer) == (True, f"2023-08/{Q}/1")


def test_months_may_be_fixed_in_any_order() -> None:
    w = wereld()
    een = w.zet_in()
    augustus = vast(w.feiten(), AUGUSTUS, [])
    w.beeindig(een, "2023-08-15")
    juli = vast(w.feiten(), JULI, [augustus])
    assert (juli.nummer, [(str(c.maand), c.bedrag) for c in juli.correcties]) == (
        f"2023-07/{P}/2",
        [("2023-08", -10323)],
    )


def test_fixing_twice_and_a_month_that_is_not_over() -> None:
    w = wereld()
    w.zet_in()
    juli = stel_vast(w.feiten(), P, JULI, [], RATO, dag("2023-08-01"))
    with pytest.raises(Botsing, match=r"al vastgesteld: 2023-07/51510001/1\."):
        stel_vast(w.feiten(), P, JULI, [juli], RATO, dag("2023-08-01"))
    with pytest.raises(Geweigerd, match="Juli 2023 is nog niet voorbij"):
        stel_vast(w.feiten(), P, JULI, [], RATO, dag("2023-07-31"))


def test_a_fixed_month_keeps_its_rule() -> None:
    w = wereld()
    w.zet_in(van="2023-07-22")
    juli = vast(w.feiten(), JULI, [], rule=HEEL)
    assert juli.subtotaal == 20000
    assert concept(w.feiten(), P, AUGUSTUS, [juli], RATO).correcties == ()
    assert concept(w.feiten(), P, AUGUSTUS, [juli], EERSTE).correcties == ()


def test_a_month_without_tariff_can_be_fixed_and_is_paid_later() -> None:
    w = wereld()
    w.zet_in()
    juli = vast(w.feiten(Tarieflijst((), PRAKTIJK.bijdragen)), JULI, [])
    assert [(r.bedrag, r.tarief) for r in juli.regels] == [(0, None)]
    augustus = concept(w.feiten(), P, AUGUSTUS, [juli], RATO)
    assert [c.bedrag for c in augustus.correcties] == [20000]


def test_the_contribution_is_that_of_the_first_day() -> None:
    w = wereld()
    w.zet_in()
    halverwege = (
        replace(PRAKTIJK.bijdragen[0], tot=dag("2023-07-15")),
        Bijdrage("begeleiding", Decimal("12.5"), dag("2023-07-16")),
    )
    feiten = w.feiten(replace(PRAKTIJK, bijdragen=halverwege))
    assert [b.percentage for b in concept(feiten, P, JULI, [], RATO).bijdragen] == [Decimal(15)]
    assert [b.bedrag for b in concept(feiten, P, AUGUSTUS, [], RATO).bijdragen] == [2500]
    assert concept(w.feiten(replace(PRAKTIJK, bijdragen=())), P, JULI, [], RATO).bijdragen == ()


def test_a_contribution_that_comes_later_is_corrected_without_a_line() -> None:
    w = wereld()
    w.zet_in()
    juli = vast(w.feiten(replace(PRAKTIJK, bijdragen=())), JULI, [])
    augustus = concept(w.feiten(), P, AUGUSTUS, [juli], RATO)
    assert augustus.correcties == ()
    assert augustus.bijdragen[1] == Bijdrageregel(JULI, "begeleiding", Decimal(15), 20000, 3000)


def test_half_a_cent_of_a_contribution_goes_away_from_zero() -> None:
    w = wereld(toewijzing(), toewijzing(nummer=2))
    w.zet_in()
    tarieven = replace(PRAKTIJK, tarieven=(replace(PRAKTIJK.tarieven[0], eurocent=10, tot=None),))
    assert [b.bedrag for b in concept(w.feiten(tarieven), P, JULI, [], RATO).bijdragen] == [2]  # 10 × 15 % = 1,5


@pytest.mark.parametrize(("deelmaand", "eerste", "tweede"), [(RATO, 6452, 42339), (HEEL, 20000, 0), (EERSTE, 20000, 0)])
def test_another_klasse_within_a_month(deelmaand: Deelmaand, eerste: int, tweede: int) -> None:
    w = wereld()
    w.wijzig_klasse(w.zet_in(), "zwaar", "2023-07-11")
    staat = concept(w.feiten(), P, JULI, [], deelmaand)
    assert [(r.klasse, r.dagen, r.bedrag) for r in staat.regels] == [("licht", 10, eerste), ("zwaar", 21, tweede)]


@pytest.mark.parametrize(
    ("deelmaand", "bij_p", "bij_q"), [(RATO, 6452, 13548), (HEEL, 20000, 20000), (EERSTE, 20000, 0)]
)
def test_another_partner_within_a_month(deelmaand: Deelmaand, bij_p: int, bij_q: int) -> None:
    w = wereld()
    w.draag_over(w.zet_in(), Q, "2023-07-11")
    assert concept(w.feiten(), P, JULI, [], deelmaand).subtotaal == bij_p
    assert concept(w.feiten(), Q, JULI, [], deelmaand).subtotaal == bij_q


def test_whole_months_that_overlap_on_purpose_each_count_by_themselves() -> None:
    w = wereld()
    een = w.zet_in(van="2023-07-05")
    w.zet_in(klasse="midden", van="2023-07-08", overlap_bedoeld=True)
    w.wijzig_klasse(een, "zwaar", "2023-07-20")
    staat = concept(w.feiten(), P, JULI, [], HEEL)
    assert [(r.klasse, r.bedrag) for r in staat.regels] == [("licht", 20000), ("midden", 42000), ("zwaar", 0)]
    assert concept(w.feiten(), P, JULI, [], EERSTE).subtotaal == 0


def test_whole_months_of_two_toewijzingen_each_count() -> None:
    w = wereld(toewijzing(tot="2023-07-10"), toewijzing("2023-07-11", nummer=2))
    w.zet_in(op="t1")
    w.zet_in(op="t2", van="2023-07-11")
    assert concept(w.feiten(), P, JULI, [], HEEL).subtotaal == 40000


def test_delivered_days_count_no_further_than_what_is_left() -> None:
    w = wereld(toewijzing(categorie="08", domein=Domein.IJW))
    een = w.zet_in(klasse="rolstoel")
    geleverd = {(een, JULI): 20}
    juli = vast(w.feiten(geleverd=geleverd), JULI, [])
    assert [(r.aantal, r.dagen, r.bedrag) for r in juli.regels] == [(20, 31, 65640)]
    assert juli.bijdragen == ()
    w.beeindig(een, "2023-07-12")
    augustus = concept(w.feiten(geleverd=geleverd), P, AUGUSTUS, [juli], RATO)
    assert [c.bedrag for c in augustus.correcties] == [-8 * 3282]
    w.beeindig(een, "2023-01-01")
    augustus = concept(w.feiten(geleverd=geleverd), P, AUGUSTUS, [juli], RATO)
    assert augustus.correctie == -65640


def test_a_product_of_another_segment_moves_the_contribution() -> None:
    w = wereld()
    w.zet_in()
    tarieven = replace(
        PRAKTIJK,
        tarieven=(*PRAKTIJK.tarieven, replace(PRAKTIJK.tarieven[0], segment="vervoer", eurocent=5000, tot=None)),
    )
    juli = vast(w.feiten(tarieven), JULI, [])
    w.wijs_toe(toewijzing(categorie="08"))
    augustus = concept(w.feiten(tarieven), P, AUGUSTUS, [juli], RATO)
    assert [c.bedrag for c in augustus.correcties] == [5000 - 20000]
    assert [(b.segment, b.bedrag) for b in augustus.bijdragen] == [("begeleiding", -3000)]


def test_a_whole_month_counts_beside_what_is_paid_by_day() -> None:
    """Until the 10th by day, from the 11th by month: the days do not make the month count elsewhere."""
    tarieven = (
        Tarief("begeleiding", "licht", Eenheid.DAG, 900, dag("2023-01-01")),
        Tarief("begeleiding", "zwaar", Eenheid.MAAND, 62500, dag("2023-01-01")),
    )
    w = wereld()
    een = w.zet_in()
    w.wijzig_klasse(een, "zwaar", "2023-07-11")
    staat = concept(w.feiten(Tarieflijst(tarieven), {(een, JULI): 4}), P, JULI, [], HEEL)
    assert [r.bedrag for r in staat.regels] == [3600, 62500]
