"""The life of an inzet: its rules, its acts, and what a 301 makes of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from berichtenverkeer.hoofdaannemer.dekking import Contractregel, Partner, Partnersoort
from berichtenverkeer.hoofdaannemer.fouten import Botsing, Geweigerd
from berichtenverkeer.hoofdaannemer.handelen import Aanvraag, zet_in
from berichtenverkeer.hoofdaannemer.inzet import Gebeurtenis, Inzet
from berichtenverkeer.hoofdaannemer.keuzes import Keuzes
from berichtenverkeer.hoofdaannemer.looptijd import Looptijd
from berichtenverkeer.hoofdaannemer.overgangen import Inzetaanname, Inzettoestand, Soort
from berichtenverkeer.hoofdaannemer.toegewezen import Toegewezen
from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.levensloop.overgangen import OnmogelijkeOvergang

from .wereld import AFSPRAKEN, GEMEENTE, PARTNERS, P, Q, R, Wereld, dag, toewijzing, verwijderd, wereld


def loop(van: str, tot: str | None) -> Looptijd:
    return Looptijd(dag(van), dag(tot) if tot else None)


def velden(fout: pytest.ExceptionInfo[Geweigerd]) -> list[str]:
    return [bezwaar.veld for bezwaar in fout.value.bezwaren]


def met_contract(*regels: Contractregel, soort: Partnersoort = Partnersoort.COMBINANT, **gekozen: str) -> Wereld:
    """A region in which partner P has this contract only."""
    partners = {**PARTNERS, P: Partner(P, "Partner P", soort, regels)}
    keuzes = Keuzes({naam.replace("_", "-"): waarde for naam, waarde in gekozen.items()})
    return wereld(toewijzing(tot=None), afspraken=replace(AFSPRAKEN, partners=partners, keuzes=keuzes))


@pytest.mark.parametrize(
    ("vandaag", "toestand"),
    [
        ("2023-01-31", Inzettoestand.GEPLAND),
        ("2023-02-01", Inzettoestand.LOPEND),
        ("2023-03-31", Inzettoestand.LOPEND),
        ("2023-04-01", Inzettoestand.BEEINDIGD),
    ],
)
def test_the_state_follows_the_day(vandaag: str, toestand: Inzettoestand) -> None:
    w = wereld()
    een = w.zet_in(van="2023-02-01", tot="2023-03-31")
    assert w.ingezet(een).toestand(dag(vandaag)) is toestand


def test_without_tot_it_runs_as_long_as_the_toewijzing() -> None:
    w = wereld()
    een = w.zet_in()
    assert w.ingezet(een).effectief == loop("2023-01-01", "2023-12-31")
    w.wijs_toe(toewijzing(tot="2024-06-30"))
    assert w.ingezet(een).effectief == loop("2023-01-01", "2024-06-30")
    w.wijs_toe(toewijzing(tot=None))
    assert w.ingezet(een).effectief == loop("2023-01-01", None)


def test_what_a_301_shortens_shortens_the_inzet_and_lengthening_lengthens_no_tot() -> None:
    w = wereld()
    een = w.zet_in(van="2023-03-01", tot="2023-10-31")
    w.wijs_toe(toewijzing(tot="2023-06-30"))
    assert w.ingezet(een).effectief == loop("2023-03-01", "2023-06-30")
    w.wijs_toe(toewijzing(tot="2024-12-31"))
    assert w.ingezet(een).effectief == loop("2023-03-01", "2023-10-31")


def test_what_was_shortened_to_nothing_lives_again() -> None:
    w = wereld()
    een = w.zet_in(van="2023-07-01")
    w.wijs_toe(toewijzing(tot="2023-06-30"))
    assert w.ingezet(een).effectief is None
    assert w.ingezet(een).toestand(dag("2023-07-10")) is Inzettoestand.VERVALLEN
    with pytest.raises(Botsing):
        w.beeindig(een, "2023-08-01")
    w.wijs_toe(toewijzing(tot="2023-09-30"))
    assert w.ingezet(een).effectief == loop("2023-07-01", "2023-09-30")


def test_beside_what_sleeps_no_second_can_come_to_overlap_it() -> None:
    w = wereld()
    w.zet_in(van="2023-07-01")
    w.wijs_toe(toewijzing(tot="2023-06-30"))
    with pytest.raises(Geweigerd) as fout:
        w.zet_in(Q, van="2023-01-01")
    assert velden(fout) == ["van"]
    w.zet_in(Q, van="2023-01-01", tot="2023-06-30")


def test_a_removed_toewijzing_leaves_nothing_from_the_beginning_until_it_is_restored() -> None:
    w = wereld()
    een = w.zet_in()
    w.wijs_toe(verwijderd(toewijzing()))
    assert w.ingezet(een).effectief is None
    w.wijs_toe(toewijzing())
    assert w.ingezet(een).effectief == loop("2023-01-01", "2023-12-31")


def test_a_product_of_no_segment_leaves_nothing() -> None:
    w = wereld()
    een = w.zet_in()
    w.wijs_toe(toewijzing(categorie="99"))
    assert w.ingezet(een).effectief is None
    assert w.ingezet(een).segment is None


@pytest.mark.parametrize(
    ("van", "tot", "veld"),
    [("2022-12-31", None, "van"), ("2024-01-01", None, "van"), ("2023-02-01", "2024-01-01", "tot")],
)
def test_an_inzet_lies_within_its_toewijzing(van: str, tot: str | None, veld: str) -> None:
    with pytest.raises(Geweigerd) as fout:
        wereld().zet_in(van=van, tot=tot)
    assert velden(fout) == [veld]


def test_all_that_is_wrong_is_told_at_once() -> None:
    w = wereld()
    w.zet_in(Q)
    with pytest.raises(Geweigerd) as fout:
        w.zet_in("niemand", "zwaarst", "2023-05-01", "2023-04-01")
    assert velden(fout) == ["tot", "klasse", "partner"]
    assert "'niemand'" in str(fout.value)
    assert "Kies uit: licht, midden, zwaar." in str(fout.value)
    assert list(w.gebeurtenissen) == ["i1"]


@pytest.mark.parametrize("weg", [verwijderd(toewijzing()), toewijzing(categorie="99")], ids=["removed", "no segment"])
def test_what_is_removed_or_of_no_segment_is_not_passed_on(weg: Toegewezen) -> None:
    with pytest.raises(Geweigerd) as fout:
        wereld(weg).zet_in()
    assert velden(fout) == ["toewijzing"]


def test_two_on_one_toewijzing_do_not_overlap_unless_meant() -> None:
    w = wereld()
    w.zet_in(van="2023-01-01", tot="2023-03-31")
    with pytest.raises(Geweigerd, match="al een inzet"):
        w.zet_in(Q, van="2023-03-31")
    w.zet_in(Q, van="2023-03-31", overlap_bedoeld=True)


def test_what_was_withdrawn_or_refused_is_in_no_ones_way() -> None:
    w = wereld()
    w.trek_in(w.zet_in())
    w.weiger(w.zet_in())
    w.zet_in(Q)
    assert [een.effectief is not None for een in w.alle()] == [False, False, True]


def test_a_gap_is_told() -> None:
    w = wereld()
    w.zet_in(van="2023-01-01", tot="2023-03-31")
    assert w.let_op() == ()
    w.zet_in(Q, van="2023-04-11")
    assert w.let_op() == ("Op deze toewijzing is niemand ingezet van 2023-04-01 tot en met 2023-04-10.",)
    w.zet_in(R, van="2023-04-01", tot="2023-04-10")
    assert w.let_op() == ()
    w.beeindig("i3", "2023-04-09")
    assert w.let_op() == ("Op deze toewijzing is niemand ingezet van 2023-04-10 tot en met 2023-04-10.",)


def test_a_day_without_contract_is_refused_and_named() -> None:
    w = met_contract(
        Contractregel(GEMEENTE, "begeleiding", dag("2023-01-01"), dag("2023-03-31")),
        Contractregel(None, "begeleiding", dag("2023-04-11"), dag("2023-12-31")),
        Contractregel("0344", None, dag("2023-01-01")),
        Contractregel(None, "vervoer", dag("2023-01-01")),
    )
    with pytest.raises(Geweigerd) as fout:
        w.zet_in()
    assert fout.value.niet_gedekt == (loop("2023-04-01", "2023-04-10"), loop("2024-01-01", None))
    assert velden(fout) == ["partner"]
    assert w.zet_in(tot="2023-03-31")


def test_consent_where_the_contract_asks_for_it() -> None:
    regels = (
        Contractregel(None, None, dag("2020-01-01"), dag("2023-06-30"), toestemming=True),
        Contractregel(None, None, dag("2020-01-01"), None),
    )
    assert met_contract(*regels, soort=Partnersoort.ONDERAANNEMER).zet_in()
    assert met_contract(*regels, soort=Partnersoort.STRATEGISCH, toestemming_vereist="ja").zet_in()
    with pytest.raises(Geweigerd) as fout:
        met_contract(*regels, soort=Partnersoort.ONDERAANNEMER, toestemming_vereist="ja").zet_in()
    assert fout.value.niet_gedekt == (loop("2023-07-01", None),)


def test_moving_leaves_no_gap_and_no_overlap_and_keeps_tot() -> None:
    w = wereld()
    een = w.zet_in(tot="2023-10-31")
    w.neem_aan(een)
    twee = w.draag_over(een, Q, "2023-05-01")
    oud, nieuw = w.ingezet(een), w.ingezet(twee)
    assert (oud.effectief, nieuw.effectief) == (loop("2023-01-01", "2023-04-30"), loop("2023-05-01", "2023-10-31"))
    assert (nieuw.inzet.partner, nieuw.inzet.klasse, nieuw.inzet.aanname) == (Q, "licht", Inzetaanname.AANGEBODEN)
    assert nieuw.inzet.gebeurtenissen[0].begin is not None
    assert nieuw.inzet.gebeurtenissen[0].begin.uit == een
    assert oud.inzet.gebeurtenissen[-1].naar == twee


def test_moving_carries_tot_also_beyond_a_shortened_toewijzing() -> None:
    w = wereld()
    een = w.zet_in(tot="2023-10-31")
    w.wijs_toe(toewijzing(tot="2023-06-30"))
    twee = w.draag_over(een, Q, "2023-05-01", "zwaar")
    assert w.ingezet(twee).inzet.tot == dag("2023-10-31")
    assert w.ingezet(twee).effectief == loop("2023-05-01", "2023-06-30")
    w.wijs_toe(toewijzing())
    assert w.ingezet(twee).effectief == loop("2023-05-01", "2023-10-31")


def test_another_klasse_splits_with_the_acceptance() -> None:
    w = wereld()
    een = w.zet_in()
    w.neem_aan(een)
    twee = w.wijzig_klasse(een, "zwaar", "2023-05-01")
    nieuw = w.ingezet(twee)
    assert (nieuw.inzet.partner, nieuw.inzet.klasse, nieuw.inzet.aanname) == (P, "zwaar", Inzetaanname.AANGENOMEN)
    assert nieuw.inzet.aangeboden_op == w.ingezet(een).inzet.aangeboden_op
    drie = w.wijzig_klasse(twee, "midden", "2023-06-01")
    assert w.ingezet(twee).effectief == loop("2023-05-01", "2023-05-31")
    assert w.ingezet(drie).effectief == loop("2023-06-01", "2023-12-31")


@pytest.mark.parametrize("daad", ["overdragen", "klasse"])
def test_on_the_first_day_nothing_is_left_of_the_old_one(daad: str) -> None:
    w = wereld()
    een = w.zet_in(van="2023-02-01")
    if daad == "klasse":
        w.wijzig_klasse(een, "zwaar", "2023-02-01")
    else:
        w.draag_over(een, Q, "2023-02-01")
    assert w.ingezet(een).effectief is None
    with pytest.raises(Botsing):
        w.trek_in(een)


def test_the_last_day_of_an_end_lies_in_the_effective_period() -> None:
    w = wereld()
    een = w.zet_in(van="2023-02-01", tot="2023-10-31")
    w.wijs_toe(toewijzing(tot="2023-06-30"))
    for buiten in ("2023-01-31", "2023-07-01"):
        with pytest.raises(Geweigerd) as fout:
            w.beeindig(een, buiten)
        assert velden(fout) == ["per"]
    w.beeindig(een, "2023-06-30")
    w.beeindig(een, "2023-02-01")
    assert w.ingezet(een).effectief == loop("2023-02-01", "2023-02-01")


@pytest.mark.parametrize(
    ("naar", "per", "klasse", "veld"),
    [
        (P, "2023-05-01", None, "naar"),
        ("niemand", "2023-05-01", None, "naar"),
        (Q, "2024-01-01", None, "per"),
        (Q, "2023-05-01", "zwaarst", "klasse"),
    ],
)
def test_what_moving_refuses(naar: str, per: str, klasse: str | None, veld: str) -> None:
    w = wereld()
    een = w.zet_in()
    with pytest.raises(Geweigerd) as fout:
        w.draag_over(een, naar, per, klasse)
    assert velden(fout) == [veld]


def test_moving_to_who_has_no_contract_is_refused() -> None:
    w = met_contract(Contractregel(None, None, dag("2023-01-01"), dag("2023-06-30")))
    een = w.zet_in(Q)
    with pytest.raises(Geweigerd) as fout:
        w.draag_over(een, P, "2023-05-01")
    assert fout.value.niet_gedekt == (loop("2023-07-01", None),)
    assert len(w.gebeurtenissen) == 1


def test_the_same_klasse_is_no_change() -> None:
    w = wereld()
    een = w.zet_in()
    with pytest.raises(Geweigerd, match="heeft deze klasse al"):
        w.wijzig_klasse(een, "licht", "2023-05-01")


def test_ending_withdrawing_and_refusing_need_a_reason() -> None:
    w = wereld()
    een = w.zet_in()
    daden: list[Callable[[], None]] = [
        lambda: w.beeindig(een, "2023-05-01", " "),
        lambda: w.trek_in(een, ""),
        lambda: w.weiger(een, ""),
    ]
    for daad in daden:
        with pytest.raises(Geweigerd) as fout:
            daad()
        assert velden(fout) == ["reden"]


def test_a_second_answer_is_too_much() -> None:
    w = wereld()
    een = w.zet_in()
    w.neem_aan(een)
    for daad in (w.neem_aan, w.weiger):
        with pytest.raises(Botsing, match="al aangenomen"):
            daad(een)
    twee = wereld()
    twee.weiger(twee.zet_in())
    with pytest.raises(Botsing, match="vervallen"):
        twee.neem_aan("i1")


def test_with_aanname_nee_it_is_accepted_at_once() -> None:
    w = wereld(afspraken=replace(AFSPRAKEN, keuzes=Keuzes({"aanname": "nee"})))
    een = w.zet_in()
    assert w.ingezet(een).inzet.aanname is Inzetaanname.AANGENOMEN
    twee = w.draag_over(een, Q, "2023-05-01")
    assert w.ingezet(twee).inzet.aanname is Inzetaanname.AANGENOMEN
    with pytest.raises(Botsing):
        w.neem_aan(een)


def test_the_term_for_an_answer_is_in_working_days() -> None:
    w = wereld()
    w.moment = datetime(2023, 4, 5, 9)
    een = w.zet_in()
    aangeboden = w.ingezet(een)
    # Thursday 6, Friday 7, not Easter Monday 10, Tuesday 11, Wednesday 12, Thursday 13
    assert aangeboden.aanname_voor(Keuzes(), Kalender()) == date(2023, 4, 13)
    assert aangeboden.aanname_voor(Keuzes({"aanname-termijn": "1"}), Kalender()) == date(2023, 4, 6)
    w.wijs_toe(verwijderd(toewijzing()))
    assert w.ingezet(een).aanname_voor(Keuzes(), Kalender()) is None
    w.wijs_toe(toewijzing())
    w.neem_aan(een)
    assert w.ingezet(een).aanname_voor(Keuzes(), Kalender()) is None


def test_the_fold_knows_only_what_can_be() -> None:
    nu = datetime(2023, 1, 1)
    with pytest.raises(OnmogelijkeOvergang):
        Inzet.vouw("i1", [Gebeurtenis(nu, Soort.INGETROKKEN, "x")])
    w = wereld()
    inzet = w.ingezet(w.zet_in()).inzet
    aangenomen = inzet.na(Gebeurtenis(nu, Soort.AANGENOMEN, P))
    with pytest.raises(OnmogelijkeOvergang):
        aangenomen.na(Gebeurtenis(nu, Soort.GEWEIGERD, P))


def test_nothing_is_overwritten() -> None:
    w = wereld()
    een = w.zet_in()
    w.neem_aan(een)
    w.beeindig(een, "2023-05-31", "verhuisd")
    soorten = [(g.soort, g.wie, g.waarom) for g in w.ingezet(een).inzet.gebeurtenissen]
    assert soorten == [
        (Soort.INGEZET, "99990001", ""),
        (Soort.AANGENOMEN, P, ""),
        (Soort.BEEINDIGD, "99990001", "verhuisd"),
    ]


def test_an_open_end_that_meets_a_contract_for_ever() -> None:
    w = wereld(toewijzing(tot=None))
    daad = zet_in("i9", Aanvraag(P, "licht", dag("2023-01-01")), w.toewijzingen["t1"], [], AFSPRAKEN, w.wie())
    assert daad.nieuw == "i9"
