"""The tables of the inzet: no row is idle, there is no way around them, and the timeline names their rows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.hoofdaannemer.fouten import Botsing, Geweigerd
from berichtenverkeer.hoofdaannemer.keuzes import Keuzes
from berichtenverkeer.hoofdaannemer.overgangen import (
    AANNAME,
    INZET,
    MELDINGEN,
    Inzetaanname,
    Inzettoestand,
    Soort,
    Zorgmeldingsoort,
)
from berichtenverkeer.hoofdaannemer.tijdlijn import tijdlijn

from .wereld import AFSPRAKEN, P, Q, Wereld, dag, toewijzing, verwijderd, wereld

WANNEER = {"gepland": datetime(2023, 1, 10), "lopend": datetime(2023, 3, 10), "beeindigd": datetime(2023, 7, 1)}
"""Moments at which an inzet from February to May is in each state."""

DADEN_OP: dict[str, Callable[[Wereld, str], object]] = {
    "beeindigd, nog niet": lambda w, een: w.beeindig(een, "2023-05-15"),
    "beeindigd": lambda w, een: w.beeindig(een, "2023-02-10"),
    "overgedragen, nog niet": lambda w, een: w.draag_over(een, Q, "2023-05-15"),
    "overgedragen": lambda w, een: w.draag_over(een, Q, "2023-02-10"),
    "overgedragen, eerste dag": lambda w, een: w.draag_over(een, Q, "2023-02-01"),
    "klasse": lambda w, een: w.wijzig_klasse(een, "zwaar", "2023-02-10"),
    "klasse, eerste dag": lambda w, een: w.wijzig_klasse(een, "zwaar", "2023-02-01"),
    "ingetrokken": lambda w, een: w.trek_in(een),
    "aangenomen": lambda w, een: w.neem_aan(een),
    "geweigerd": lambda w, een: w.weiger(een),
    "ingekort": lambda w, een: w.wijs_toe(toewijzing(tot="2023-03-01")),
    "ingekort tot niets": lambda w, een: w.wijs_toe(toewijzing(tot="2023-01-20")),
    "later begonnen": lambda w, een: w.wijs_toe(toewijzing("2023-04-01", "2023-05-31")),
    "verlengd": lambda w, een: w.wijs_toe(toewijzing()),
    "verschoven": lambda w, een: w.wijs_toe(toewijzing("2023-02-10", "2023-08-31")),
    "verwijderd": lambda w, een: w.wijs_toe(verwijderd(toewijzing())),
    "geen segment": lambda w, een: w.wijs_toe(toewijzing(categorie="99")),
    "ander segment": lambda w, een: w.wijs_toe(toewijzing(categorie="08", tot="2023-05-31")),
}
"""What may be done to it, and after which a 301 restores all."""


def _verhaal(toen: datetime, daad: Callable[[Wereld, str], object]) -> Wereld:
    w = wereld(toewijzing(tot="2023-05-31"))
    een = w.zet_in(van="2023-02-01")
    w.moment = toen
    daad(w, een)
    w.wijs_toe(toewijzing(tot="2023-05-31"))
    w.wijs_toe(toewijzing())
    return w


def _meteen() -> Wereld:
    w = wereld(afspraken=replace(AFSPRAKEN, keuzes=Keuzes({"aanname": "nee"})))
    w.zet_in()
    return w


def _omgezet(toen: datetime, per: str, *, aangenomen: bool = False) -> Wereld:
    """Two inzetten of which a conversion carries over what is left, seen at this moment."""
    w = wereld(toewijzing(tot="2023-05-31"), replace(toewijzing(per, "2023-05-31", nummer=2), code="54Z02"))
    een, later = w.zet_in(van="2023-02-01", tot="2023-05-14"), w.zet_in(van="2023-05-15")
    if aangenomen:
        w.neem_aan(een)
    w.moment = toen
    w.wijs_toe(toewijzing(tot=str(dag(per) - timedelta(days=1))))
    w.zet_om(een, "t2")
    w.zet_om(later, "t2")
    return w


VERHALEN = [
    *(_verhaal(toen, daad) for toen in WANNEER.values() for daad in DADEN_OP.values()),
    *(_omgezet(toen, "2023-03-20") for toen in WANNEER.values()),
    _omgezet(WANNEER["lopend"], "2023-03-20", aangenomen=True),
    _meteen(),
]


def test_every_row_is_told() -> None:
    verteld = {(p.gebeurtenis, p.van, p.naar) for w in VERHALEN for id_ in w.gebeurtenissen for p in w.tijdlijn(id_)}
    stil = [rij for rij in INZET if not any((rij.gebeurtenis, v, n) in verteld for v in rij.van for n in rij.naar)]
    assert stil == []


def test_every_row_of_the_acceptance_is_told() -> None:
    verteld = set()
    for w in VERHALEN:
        for gebeurtenissen in w.gebeurtenissen.values():
            stand = Inzetaanname.GEEN
            for g in gebeurtenissen:
                na = (
                    g.begin.aanname
                    if g.begin
                    else {"aangenomen": Inzetaanname.AANGENOMEN, "geweigerd": Inzetaanname.GEWEIGERD}.get(
                        g.soort, stand
                    )
                )
                verteld.add((g.soort.value, stand, na))
                stand = na
    assert [r for r in AANNAME if not any((r.gebeurtenis, v, n) in verteld for v in r.van for n in r.naar)] == []


def test_no_two_rows_say_the_same() -> None:
    for tabel in (INZET, AANNAME):
        wegen = [(rij.gebeurtenis, van, naar) for rij in tabel for van in rij.van for naar in rij.naar]
        assert len(wegen) == len(set(wegen))


def test_every_act_is_in_a_table_and_tells_the_partner_or_is_his() -> None:
    namen = {rij.gebeurtenis for tabel in (INZET, AANNAME) for rij in tabel}
    assert {soort.value for soort in Soort} <= namen
    assert set(Soort) - set(MELDINGEN) == {Soort.AANGENOMEN, Soort.GEWEIGERD, Soort.OMZETTING_GEEINDIGD}
    assert {soort for soort, melding in MELDINGEN.items() if melding is Zorgmeldingsoort.INZORG} == {
        Soort.INGEZET, Soort.OVERGENOMEN, Soort.KLASSE_BEGONNEN, Soort.OMZETTING_BEGONNEN,
    }  # fmt: skip


def test_the_timeline_tells_who_and_why_in_order() -> None:
    w = wereld()
    een = w.zet_in(van="2023-02-01")
    w.moment = datetime(2023, 3, 1, 12)
    w.wijs_toe(toewijzing(tot="2023-06-30"))
    w.wijs_toe(toewijzing(tot="2023-06-30"))
    w.beeindig(een, "2023-04-30", "verhuisd")
    punten = w.tijdlijn(een)
    assert [(str(p.moment.date()), p.gebeurtenis, p.wie, p.waarom) for p in punten] == [
        ("2023-01-02", "ingezet", "99990001", ""),
        ("2023-02-01", "ingegaan", None, ""),
        ("2023-03-01", "toewijzing ingekort", "0855", "301"),
        ("2023-03-01", "beeindigd", "99990001", "verhuisd"),
        ("2023-05-01", "afgelopen", None, ""),
    ]
    assert [p.naar for p in punten][-1] is Inzettoestand.BEEINDIGD
    assert w.tijdlijn(een, "2023-04-30") == punten[:-1]


def test_an_inzet_before_its_toewijzing_is_an_error() -> None:
    w = wereld()
    een = w.zet_in()
    with pytest.raises(ValueError, match="toewijzing that is there"):
        tijdlijn(een, w.gebeurtenissen[een], [], AFSPRAKEN.segmenten, dag("2023-01-01"))


DADEN = st.tuples(st.sampled_from(["301", "inzet", "over", "klasse", "eind", "in", "aan", "weiger"]), st.integers(0, 400), st.integers(0, 400))  # fmt: skip


@given(st.lists(DADEN, max_size=12), st.integers(0, 500))
def test_whatever_happens_the_tables_have_it(daden: list[tuple[str, int, int]], dagen: int) -> None:
    w = wereld()
    for daad, een, ander in daden:
        doe(w, daad, een, ander)
    for id_ in w.gebeurtenissen:
        vandaag = w.moment.date() + timedelta(days=dagen)
        punten = w.tijdlijn(id_, vandaag.isoformat())
        assert punten[-1].naar is w.ingezet(id_).toestand(vandaag)
        assert [p.moment for p in punten] == sorted(p.moment for p in punten)


def doe(w: Wereld, daad: str, een: int, ander: int) -> bool:
    """One act of a random story; whether it was allowed. Days are counted from the beginning of 2023."""
    begin = dag("2023-01-01")
    van, tot = (
        (begin + timedelta(days=min(een, ander))).isoformat(),
        (begin + timedelta(days=max(een, ander))).isoformat(),
    )
    w.moment += timedelta(days=een % 5)
    ids = list(w.gebeurtenissen)
    if daad == "301":
        nieuw = toewijzing(
            van if een % 4 == 0 else "2023-01-01",
            None if ander % 5 == 0 else tot,
            categorie="99" if een % 17 == 3 else "54",
        )
        w.wijs_toe(verwijderd(nieuw) if ander % 7 == 1 else nieuw)
        return True
    try:
        if daad == "inzet":
            w.zet_in(P if een % 2 else Q, ("licht", "midden", "zwaar")[ander % 3], van, None if een % 3 == 0 else tot)
        elif not ids:
            return False
        elif daad == "over":
            w.draag_over(ids[ander % len(ids)], P if een % 2 else Q, van)
        elif daad == "klasse":
            w.wijzig_klasse(ids[ander % len(ids)], ("licht", "midden", "zwaar")[een % 3], van)
        elif daad == "eind":
            w.beeindig(ids[ander % len(ids)], van)
        elif daad == "in":
            w.trek_in(ids[ander % len(ids)])
        elif daad == "aan":
            w.neem_aan(ids[ander % len(ids)])
        else:
            w.weiger(ids[ander % len(ids)])
    except (Botsing, Geweigerd):
        return False
    return True
