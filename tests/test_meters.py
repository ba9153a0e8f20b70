"""The text format of Prometheus."""

from berichtenverkeer.meters import Reeks, Stand, Teller, Verdeling, schrijf


def test_a_counter_is_written_by_label_and_what_is_in_a_label_cannot_break_out() -> None:
    teller = Teller("bv_iets_totaal", "Iets.", ("wat", "hoe"))
    teller.tel("b", 'x"\n\\', bij=2)
    teller.tel("a", "y")
    teller.tel("a", "y")
    assert schrijf([teller.reeks()]).splitlines() == [
        "# HELP bv_iets_totaal Iets.",
        "# TYPE bv_iets_totaal counter",
        'bv_iets_totaal{wat="a",hoe="y"} 2',
        r'bv_iets_totaal{wat="b",hoe="x\"\n\\"} 2',
    ]


def test_a_histogram_counts_up_and_its_last_is_all() -> None:
    verdeling = Verdeling("bv_duur", "Duur.", ("wat",), (0.1, 1.0))
    for waarde in (0.1, 0.5, 0.7, 3.0):
        verdeling.meet(waarde, "a")
    assert schrijf([verdeling.reeks()]).splitlines()[2:] == [
        'bv_duur_bucket{wat="a",le="0.1"} 1',
        'bv_duur_bucket{wat="a",le="1"} 3',
        'bv_duur_bucket{wat="a",le="+Inf"} 4',
        'bv_duur_sum{wat="a"} 4.3',
        'bv_duur_count{wat="a"} 4',
    ]


def test_what_has_no_values_is_not_there() -> None:
    assert schrijf([Teller("bv_niets", "Niets.", ()).reeks(), Reeks("bv_leeg", "Leeg.", "gauge", [])]) == ""
    assert schrijf([Reeks("bv_een", "Een.", "gauge", [Stand({}, 1)])]).endswith("\nbv_een 1\n")
