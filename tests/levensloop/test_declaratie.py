"""The ledger of a dossier: whatever came and in whatever order, it says what adding up by hand says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.werk import uitgevoerd

from berichtenverkeer.levensloop.declaratie import CREDIT, DEBET, Declaratieboek, Declaratieregel
from berichtenverkeer.levensloop.overgangen import (
    DECLARATIE,
    PRESTATIE,
    Declaratietoestand,
    OnmogelijkeOvergang,
    Overgang,
    Prestatietoestand,
)

INGEDIEND, TOEGEKEND, AFGEWEZEN, GECREDITEERD, VERWERKT = list(Prestatietoestand)[1:]
TELT = tuple(toestand for toestand in Prestatietoestand if toestand is not AFGEWEZEN)


def regel(
    nummer: str,
    toestand: Prestatietoestand = INGEDIEND,
    *,
    vorig: str | None = None,
    toewijzing: int = 1001,
    maand: int = 1,
    volume: int = 4,
    eenheid: str = "04",
) -> Declaratieregel:
    """A line of 10 eurocent a unit; credit when it names an earlier one."""
    return Declaratieregel(
        nummer, vorig, toewijzing, "02", "02T01", date(2026, maand, 1), date(2026, maand, 28), volume, eenheid, 10,
        10 * volume, CREDIT if vorig else DEBET, toestand,
    )  # fmt: skip


@dataclass
class Boekhouding:
    """Lines as an aanbieder may come to have sent them, one after the other."""

    regels: list[Declaratieregel] = field(default_factory=list)

    def debiteer(self, toestand: Prestatietoestand, toewijzing: int, maand: int, volume: int, eenheid: str) -> None:
        nummer = f"R{len(self.regels)}"
        self.regels.append(regel(nummer, toestand, toewijzing=toewijzing, maand=maand, volume=volume, eenheid=eenheid))

    def crediteer(self, toestand: Prestatietoestand, keuze: int) -> None:
        open_ = [
            r for r in self.regels
            if r.toestand is TOEGEKEND and r.referentienummer not in {c.vorig_referentienummer for c in self.regels if c.toestand is not AFGEWEZEN}
        ]  # fmt: skip
        if open_:
            debet = open_[keuze % len(open_)]
            self.regels.append(
                debet._replace(
                    referentienummer=f"R{len(self.regels)}",
                    vorig_referentienummer=debet.referentienummer,
                    debet_credit=CREDIT,
                    toestand=toestand,
                )
            )


@st.composite
def boekhoudingen(draw: st.DrawFn) -> list[Declaratieregel]:
    boekhouding = Boekhouding()
    for _ in range(draw(st.integers(0, 25))):
        if draw(st.booleans()):
            boekhouding.debiteer(
                draw(st.sampled_from([INGEDIEND, TOEGEKEND, TOEGEKEND, AFGEWEZEN])),
                draw(st.sampled_from([1001, 1002])),
                draw(st.integers(1, 2)),
                draw(st.integers(0, 20)),
                draw(st.sampled_from(["01", "04"])),
            )
        else:
            boekhouding.crediteer(
                draw(st.sampled_from([INGEDIEND, VERWERKT, VERWERKT, AFGEWEZEN])), draw(st.integers(0, 9))
            )
    return boekhouding.regels


def gecrediteerd(regels: Sequence[Declaratieregel], *toestanden: Prestatietoestand) -> set[str | None]:
    return {r.vorig_referentienummer for r in regels if r.is_credit and r.toestand in toestanden}


@given(boekhoudingen(), st.randoms(use_true_random=False))
def test_the_ledger_is_what_adding_up_says_whatever_the_order(regels: list[Declaratieregel], random: Random) -> None:
    geschud = list(regels)
    random.shuffle(geschud)
    boek = Declaratieboek.van(geschud)
    tellend = [r for r in regels if r.toestand is not AFGEWEZEN]
    for toewijzing, eenheid in product((1001, 1002, 1003), ("01", "04", "83")):
        eigen = [r for r in tellend if r.toewijzingnummer == toewijzing]
        assert boek.volume(toewijzing, eenheid) == sum(
            -r.volume if r.is_credit else r.volume for r in eigen if r.eenheid == eenheid
        )
        assert boek.bedrag(toewijzing) == sum(r.saldo for r in eigen)
        nog_toegekend = [
            r for r in eigen if r.toestand is TOEGEKEND and r.referentienummer not in gecrediteerd(regels, VERWERKT)
        ]
        assert boek.toegekend(toewijzing) == len(nog_toegekend)
    for r in regels:
        open_ = [
            d.referentienummer
            for d in tellend
            if not d.is_credit
            and d.combinatie == r.combinatie
            and d.referentienummer not in gecrediteerd(regels, *TELT)
        ]
        gevonden = boek.openstaand(r.combinatie)
        assert gevonden in open_ if open_ else gevonden is None
        na_credit = r.toestand is TOEGEKEND and r.referentienummer in gecrediteerd(regels, VERWERKT)
        assert boek.regel(r.referentienummer) == (r._replace(toestand=GECREDITEERD) if na_credit else r)
        assert (boek.credit(r.referentienummer) is not None) == (r.referentienummer in gecrediteerd(regels, *TELT))


@given(boekhoudingen(), boekhoudingen())
def test_a_ledger_with_more_lines_leaves_the_first_as_it_is(
    eerder: list[Declaratieregel], later: list[Declaratieregel]
) -> None:
    anders = [
        r._replace(
            referentienummer=f"N{r.referentienummer}",
            vorig_referentienummer=r.vorig_referentienummer and f"N{r.vorig_referentienummer}",
        )
        for r in later
    ]
    boek = Declaratieboek.van(eerder)
    meer = boek.met(anders)
    assert boek == Declaratieboek.van(eerder)
    assert {r.referentienummer for r in meer.regels()} == {r.referentienummer for r in (*eerder, *anders)}


def test_a_refused_line_does_not_hide_the_one_whose_number_it_used() -> None:
    goed, fout = regel("R1", TOEGEKEND), regel("R1", AFGEWEZEN, maand=2)
    for volgorde in ((goed, fout), (fout, goed)):
        assert Declaratieboek.van(volgorde).regel("R1") == goed


def test_a_credit_that_has_no_answer_yet_makes_room_but_does_not_credit() -> None:
    debet = regel("R1", TOEGEKEND)
    boek = Declaratieboek.van([debet, regel("C1", vorig="R1")])
    assert (boek.openstaand(debet.combinatie), boek.volume(1001, "04"), boek.toegekend(1001)) == (None, 0, 1)


def test_a_credit_copies_all_but_the_references() -> None:
    debet = regel("R1", TOEGEKEND)
    assert regel("C1", vorig="R1").verschillen(debet) == []
    anders = debet._replace(
        referentienummer="C1", vorig_referentienummer="R1", debet_credit=CREDIT, tarief=None, volume=3
    )
    assert [(v.element, v.hier, v.daar) for v in anders.verschillen(debet)] == [
        ("GeleverdVolume", 3, 4),
        ("ProductTarief", None, 10),
    ]


@pytest.mark.parametrize("toestand", [t for t in Prestatietoestand if t is not INGEDIEND])
def test_a_line_is_answered_once(toestand: Prestatietoestand) -> None:
    with pytest.raises(OnmogelijkeOvergang):
        regel("R1", toestand).na_antwoord(afgewezen=False)


def test_only_a_granted_line_is_credited() -> None:
    with pytest.raises(OnmogelijkeOvergang):
        regel("R1", INGEDIEND).na_credit()
    assert regel("R1", TOEGEKEND).na_credit().toestand is GECREDITEERD


Rij = Overgang[Declaratietoestand] | Overgang[Prestatietoestand]


@pytest.mark.parametrize("tabel", [DECLARATIE, PRESTATIE], ids=["declaratie", "prestatie"])
def test_no_two_rows_say_the_same(tabel: tuple[Rij, ...]) -> None:
    wegen = [(rij.gebeurtenis, van, naar) for rij in tabel for van in rij.van for naar in rij.naar]
    assert len(wegen) == len(set(wegen))


def vragen(boek: Declaratieboek, debet: Declaratieregel) -> None:
    """What the rules ask about one line."""
    boek.regel(debet.referentienummer)
    boek.credit(debet.referentienummer)
    boek.openstaand(debet.combinatie)
    boek.volume(debet.toewijzingnummer, debet.eenheid)
    boek.bedrag(debet.toewijzingnummer)
    boek.toegekend(debet.toewijzingnummer)


def een_combinatie(aantal: int) -> list[Declaratieregel]:
    """Each declared, credited, and declared again."""
    paren = ((regel(f"R{n}", TOEGEKEND), regel(f"C{n}", VERWERKT, vorig=f"R{n}")) for n in range(aantal // 2))
    return [r for paar in paren for r in paar]


def eigen_toewijzing(aantal: int) -> list[Declaratieregel]:
    return [regel(f"R{n}", TOEGEKEND, toewijzing=n) for n in range(aantal)]


@pytest.mark.parametrize("maak", [een_combinatie, eigen_toewijzing])
def test_ten_times_as_many_lines_take_about_ten_times_as_much_work(
    maak: Callable[[int], list[Declaratieregel]],
) -> None:
    def werk(aantal: int) -> int:
        boek, rijen = Declaratieboek(), maak(aantal)

        def boeken() -> None:
            for rij in rijen:
                vragen(boek, rij)
                boek.voeg_toe(rij)

        return uitgevoerd(boeken)

    werk(100)
    assert werk(5_000) < 12 * werk(500)
