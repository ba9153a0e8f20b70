"""Product conversion seen by the hoofdaannemer: which toewijzing goes on for which, and what becomes of an inzet."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.hoofdaannemer.fouten import Geweigerd
from berichtenverkeer.hoofdaannemer.handelen import Daad
from berichtenverkeer.hoofdaannemer.keuzes import Deelmaand
from berichtenverkeer.hoofdaannemer.looptijd import Looptijd, Maand
from berichtenverkeer.hoofdaannemer.maandstaat import maak_op
from berichtenverkeer.hoofdaannemer.omzetting import (
    Beeindigd,
    Begonnen,
    Omzetting,
    Zonder,
    omzettingen,
    over_te_zetten,
    overgezet,
    zet_om,
)
from berichtenverkeer.hoofdaannemer.overgangen import Inzetaanname, Soort

from .wereld import AFSPRAKEN, BEGELEIDING, VERVOER, P, Q, Wereld, dag, toewijzing, wereld

UUR, STUK = (4, "04", "2", None), (1, "82", "6", None)


def oud(nummer: int, einde: str | None = "2023-12-31", omvang: tuple[object, ...] = UUR, segment: str = BEGELEIDING, bsn: str = "999990019", code: str = "54001") -> Beeindigd:  # fmt: skip
    """One that was to run to ``einde`` and was ended on 30 June."""
    wat = replace(
        toewijzing(tot="2023-06-30", nummer=nummer, bsn=bsn, categorie="54" if segment == BEGELEIDING else "08"),
        code=code,
    )
    return Beeindigd(wat, segment, omvang, "03", dag(einde) if einde else None, bekend=True)


def nieuw(nummer: int, einde: str | None = "2023-12-31", omvang: tuple[object, ...] = UUR, segment: str = BEGELEIDING, bsn: str = "999990019", code: str = "54Z01", van: str = "2023-07-01") -> Begonnen:  # fmt: skip
    """One from 1 July on."""
    wat = replace(
        toewijzing(van, einde, nummer=nummer, bsn=bsn, categorie="54" if segment == BEGELEIDING else "08"), code=code
    )
    return Begonnen(wat, segment, omvang)


def paren(oude: list[Beeindigd], nieuwe: list[Begonnen]) -> dict[int, int | Zonder | None]:
    """The number of what goes on, or why there is none, by the number of what was ended."""
    return {een.oud.toegewezen.kenmerk.toewijzingnummer: _nummer(een) for een in omzettingen(oude, nieuwe)}


def _nummer(een: Omzetting) -> int | Zonder | None:
    return een.nieuw.toegewezen.kenmerk.toewijzingnummer if een.nieuw is not None else een.zonder


@pytest.mark.parametrize(
    ("oude", "nieuwe", "verwacht"),
    [
        ([oud(1)], [nieuw(11)], {1: 11}),
        ([oud(1)], [], {1: Zonder.GEEN_OPVOLGER}),
        ([oud(1)], [nieuw(11, van="2023-07-02")], {1: Zonder.GEEN_OPVOLGER}),
        ([oud(1)], [nieuw(11, bsn="999990020")], {1: Zonder.GEEN_OPVOLGER}),
        ([oud(1)], [nieuw(11, code="54001")], {1: Zonder.GEEN_OPVOLGER}),
        # by the Einddatum there was, whatever the order of the numbers
        ([oud(1, "2023-12-31"), oud(2, "2023-09-30")], [nieuw(11, "2023-09-30"), nieuw(12, "2023-12-31")], {1: 12, 2: 11}),
        ([oud(1, None), oud(2)], [nieuw(11), nieuw(12, None)], {1: 12, 2: 11}),
        # by the Omvang
        ([oud(1), oud(2, omvang=STUK)], [nieuw(11, omvang=STUK), nieuw(12)], {1: 12, 2: 11}),
        # by the segment
        ([oud(1), oud(2, segment=VERVOER)], [nieuw(11, segment=VERVOER), nieuw(12)], {1: 12, 2: 11}),
        # alike: in order of number
        ([oud(1), oud(2)], [nieuw(11), nieuw(12)], {1: 11, 2: 12}),
        # something else begins on that day too
        ([oud(1)], [nieuw(11, segment=VERVOER, code="08A03"), nieuw(12)], {1: 12}),
        # two into one, and one into two that differ: nothing is chosen
        ([oud(1), oud(2)], [nieuw(11)], {1: Zonder.NIET_EENDUIDIG, 2: Zonder.NIET_EENDUIDIG}),
        ([oud(1)], [nieuw(11, code="54Z02"), nieuw(12)], {1: Zonder.NIET_EENDUIDIG}),
        ([oud(1), oud(2)], [nieuw(11, code="54Z02"), nieuw(12)], {1: Zonder.NIET_EENDUIDIG, 2: Zonder.NIET_EENDUIDIG}),
        # of another kind altogether
        ([oud(1, None)], [nieuw(11, None, omvang=STUK, segment=VERVOER)], {1: Zonder.NIET_EENDUIDIG}),
    ],
)  # fmt: skip
def test_which_goes_on_for_which(oude: list[Beeindigd], nieuwe: list[Begonnen], verwacht: dict[int, object]) -> None:
    assert paren(oude, nieuwe) == verwacht


def _van(een: Begonnen, gemeente: str) -> Begonnen:
    """The same of another gemeente, on the product of the old."""
    wat = replace(een.toegewezen, code="54001", kenmerk=een.toegewezen.kenmerk._replace(gemeente=gemeente))
    return replace(een, toegewezen=replace(wat, id=f"{gemeente}-{wat.kenmerk.toewijzingnummer}"))


@pytest.mark.parametrize(
    ("nieuwe", "opgegaan", "verwacht"),
    [
        ([_van(nieuw(11), "2099")], ("2099",), 11),
        ([_van(nieuw(11), "2099")], (), Zonder.GEEN_OPVOLGER),
        ([_van(nieuw(11), "2098")], ("2099",), Zonder.GEEN_OPVOLGER),
        ([_van(nieuw(11, van="2023-07-02"), "2099")], ("2099",), Zonder.GEEN_OPVOLGER),
        # of a gemeente that was parted, wherever it goes on
        ([_van(nieuw(11), "2098")], ("2098", "2099"), 11),
        # in both of them: nothing is chosen
        ([_van(nieuw(11), "2098"), _van(nieuw(12), "2099")], ("2098", "2099"), Zonder.NIET_EENDUIDIG),
    ],
)
def test_after_a_merger_the_same_product_goes_on_elsewhere(
    nieuwe: list[Begonnen], opgegaan: tuple[str, ...], verwacht: object
) -> None:
    een = oud(1)
    hier = {een.toegewezen.kenmerk.gemeente: opgegaan}
    assert [_nummer(omzetting) for omzetting in omzettingen([een], nieuwe, hier)] == [verwacht]


@given(st.permutations(range(4)), st.permutations(range(4)))
def test_the_order_does_not_matter(een: list[int], ander: list[int]) -> None:
    oude = [oud(1), oud(2, "2023-09-30"), oud(3, omvang=STUK), oud(4, bsn="999990020")]
    nieuwe = [nieuw(11), nieuw(12, "2023-09-30"), nieuw(13, omvang=STUK), nieuw(14, bsn="999990020")]
    assert paren([oude[i] for i in een], [nieuwe[i] for i in ander]) == {1: 11, 2: 12, 3: 13, 4: 14}


def _omgezet(w: Wereld, id_: str, **klassen: str) -> Daad:
    een = w.ingezet(id_)
    nieuwe = w.toewijzingen["t2"]
    daad = zet_om(een, f"n{id_}", nieuwe, w.op("t2"), w.afspraken, w.wie("productconversie"), klassen)
    for welke, gebeurtenis in daad.gebeurtenissen.items():
        w.gebeurtenissen.setdefault(welke, []).append(gebeurtenis)
    return daad


def _wereld() -> Wereld:
    w = wereld()
    w.wijs_toe(replace(toewijzing("2023-07-01", nummer=2), code="54Z02"))
    return w


def _kort_in(w: Wereld) -> None:
    w.wijs_toe(toewijzing(tot="2023-06-30"))


def test_an_inzet_goes_on_with_the_same_partner_tot_and_answer() -> None:
    w = _wereld()
    een, later = w.zet_in(tot="2023-09-30"), w.zet_in(Q, "zwaar", "2023-10-01")
    w.neem_aan(een)
    _kort_in(w)
    assert [over_te_zetten(w.ingezet(id_), dag("2023-07-01")) for id_ in (een, later)] == [True, True]
    _omgezet(w, een)
    _omgezet(w, later)
    eerste, tweede = w.ingezet(f"n{een}"), w.ingezet(f"n{later}")
    assert (eerste.inzet.partner, eerste.inzet.klasse, eerste.inzet.aanname) == (P, "licht", Inzetaanname.AANGENOMEN)
    assert eerste.effectief == Looptijd(dag("2023-07-01"), dag("2023-09-30"))
    assert (tweede.inzet.partner, tweede.inzet.klasse, tweede.inzet.tot) == (Q, "zwaar", None)
    assert tweede.effectief == Looptijd(dag("2023-10-01"), dag("2023-12-31"))
    assert w.ingezet(een).effectief == Looptijd(dag("2023-01-01"), dag("2023-06-30"))
    assert w.ingezet(later).effectief is None
    assert [overgezet(w.gebeurtenissen[id_]) for id_ in (een, later, f"n{een}")] == [f"n{een}", f"n{later}", None]
    assert not over_te_zetten(w.ingezet(een), dag("2023-07-01"))
    assert next(p.gebeurtenis for p in w.tijdlijn(f"n{een}")) == Soort.OMZETTING_BEGONNEN
    w.wijs_toe(toewijzing())
    assert w.ingezet(een).effectief == Looptijd(dag("2023-01-01"), dag("2023-06-30"))
    assert w.ingezet(later).effectief is None


def test_a_tot_beyond_the_new_toewijzing_is_carried() -> None:
    w = _wereld()
    een = w.zet_in(tot="2023-12-31")
    w.wijs_toe(replace(toewijzing("2023-07-01", "2023-11-30", nummer=2), code="54Z02"))
    _kort_in(w)
    _omgezet(w, een)
    gezet = w.ingezet(f"n{een}")
    assert (gezet.inzet.tot, gezet.effectief) == (dag("2023-12-31"), Looptijd(dag("2023-07-01"), dag("2023-11-30")))


def test_what_was_refused_or_has_no_days_left_stays() -> None:
    w = _wereld()
    klaar, weg = w.zet_in(tot="2023-06-30"), w.zet_in(Q, van="2023-07-01")
    w.weiger(weg)
    _kort_in(w)
    assert [over_te_zetten(w.ingezet(id_), dag("2023-07-01")) for id_ in (klaar, weg)] == [False, False]


@pytest.mark.parametrize(
    ("klassen", "velden"), [({}, []), ({"licht": "zwaar"}, []), ({"licht": "rolstoel"}, ["klasse"])]
)
def test_a_klasse_must_be_of_the_new_segment(klassen: dict[str, str], velden: list[str]) -> None:
    w = _wereld()
    een = w.zet_in()
    _kort_in(w)
    if not velden:
        _omgezet(w, een, **klassen)
        assert w.ingezet(f"n{een}").inzet.klasse == klassen.get("licht", "licht")
        return
    with pytest.raises(Geweigerd) as fout:
        _omgezet(w, een, **klassen)
    assert [bezwaar.veld for bezwaar in fout.value.bezwaren] == velden


def test_what_is_there_already_is_not_doubled() -> None:
    w = _wereld()
    een = w.zet_in()
    w.zet_in(Q, op="t2", van="2023-08-01")
    _kort_in(w)
    with pytest.raises(Geweigerd) as fout:
        _omgezet(w, een)
    assert [bezwaar.veld for bezwaar in fout.value.bezwaren] == ["van"]


def test_a_partner_without_contract_is_refused_with_the_days() -> None:
    w = _wereld()
    een = w.zet_in()
    _kort_in(w)
    kort = replace(AFSPRAKEN.partners[P].contract[0], tot=dag("2023-08-31"))
    w.afspraken = replace(AFSPRAKEN, partners={P: replace(AFSPRAKEN.partners[P], contract=(kort,))})
    with pytest.raises(Geweigerd) as fout:
        _omgezet(w, een)
    assert fout.value.niet_gedekt == (Looptijd(dag("2023-09-01"), dag("2023-12-31")),)


@given(st.integers(2, 30))
def test_no_day_is_paid_twice_or_not_at_all(per: int) -> None:
    """A conversion within a month gives what the month would have given, but for the half cent of two lines."""
    w = wereld()
    een = w.zet_in()
    maand = Maand(2023, 7)
    zonder = maak_op(w.feiten(), P, maand, (), Deelmaand.NAAR_RATO)
    w.wijs_toe(replace(toewijzing(f"2023-07-{per:02}", nummer=2), code="54Z02"))
    w.wijs_toe(toewijzing(tot=f"2023-07-{per - 1:02}"))
    _omgezet(w, een)
    met = maak_op(w.feiten(), P, maand, (), Deelmaand.NAAR_RATO)
    assert abs(met.subtotaal - zonder.subtotaal) <= 1
    assert sum(regel.dagen for regel in met.regels) == maand.dagen
    w.wijs_toe(toewijzing())
    assert maak_op(w.feiten(), P, maand, (), Deelmaand.NAAR_RATO).regels == met.regels
