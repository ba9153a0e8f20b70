"""The list of what ends soon: its five steps, who has the next, what is late."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from berichtenverkeer.hoofdaannemer.herindicatie import (
    Herindicatie,
    HerindicatieWachtOp,
    Stap,
    Stappen,
    Verloop,
    herindicaties,
    verloop,
)
from berichtenverkeer.hoofdaannemer.keuzes import Keuzes
from berichtenverkeer.hoofdaannemer.toegewezen import Toegewezen
from berichtenverkeer.levensloop.gebeurtenis import Feit, Gebeurtenis, Herkomst
from berichtenverkeer.standaard.berichten.start import StartProduct
from berichtenverkeer.standaard.berichten.stop import StopProduct
from berichtenverkeer.standaard.berichten.toewijzing import ToegewezenProduct

from .wereld import GEMEENTE, HOOFD, P, Q, dag, toewijzing, verwijderd, wereld

EINDE = dag("2023-12-31")
OUD = Verloop(toewijzing(), "begeleiding", Stap(dag("2023-01-02"), GEMEENTE))
NIEUW = Verloop(toewijzing("2024-01-01", "2024-12-31", nummer=2), "begeleiding", Stap(dag("2023-12-20"), GEMEENTE))
STOP, EVALUATIE, START = Stap(dag("2023-12-05"), HOOFD), Stap(dag("2023-12-06"), P), Stap(dag("2024-01-03"), HOOFD)


def lijst(*verlopen: Verloop, vandaag: str = "2023-12-01", **gekozen: str) -> list[Herindicatie]:
    keuzes = Keuzes({naam.replace("_", "-"): waarde for naam, waarde in gekozen.items()})
    return list(herindicaties(verlopen, keuzes, dag(vandaag)))


@pytest.mark.parametrize(("dagen", "erop"), [(-43, False), (-42, True), (0, True), (31, True), (32, False)])
def test_from_six_weeks_ahead_to_a_month_back(dagen: int, erop: bool) -> None:
    vandaag = (EINDE + timedelta(days=dagen)).isoformat()
    assert bool(lijst(OUD, vandaag=vandaag)) is erop


def test_the_settings_move_the_days() -> None:
    assert lijst(OUD, vandaag="2023-12-01", herindicatie_vooruit="29") == []
    (rij,) = lijst(OUD, vandaag="2023-12-01", herindicatie_uiterlijk="30")
    assert (rij.uiterlijk, rij.te_laat) == (dag("2023-12-01"), False)
    assert lijst(OUD, vandaag="2023-12-02", herindicatie_uiterlijk="30")[0].te_laat


def test_the_five_steps_one_after_the_other() -> None:
    w = wereld(NIEUW.toegewezen)
    w.zet_in(op="t2", van="2024-01-01")
    verhaal = [
        (OUD, None, HerindicatieWachtOp.PARTNER, True),
        (replace(OUD, stop_37=STOP), None, HerindicatieWachtOp.PARTNER, True),
        (replace(OUD, stop_37=STOP, evaluatie=EVALUATIE), None, HerindicatieWachtOp.GEMEENTE, False),
        (replace(OUD, evaluatie=EVALUATIE), NIEUW, HerindicatieWachtOp.PARTNER, True),
        (replace(OUD, stop_37=STOP, evaluatie=EVALUATIE), NIEUW, HerindicatieWachtOp.HOOFDAANNEMER, False),
        (
            replace(OUD, stop_37=STOP, evaluatie=EVALUATIE),
            replace(NIEUW, starts=(START,)),
            HerindicatieWachtOp.HOOFDAANNEMER,
            False,
        ),
    ]
    for oud, nieuw, wacht_op, te_laat in verhaal:
        (rij,) = lijst(*((oud, nieuw) if nieuw else (oud,)), vandaag="2023-12-11")
        assert (rij.wacht_op, rij.te_laat, rij.uiterlijk) == (wacht_op, te_laat, dag("2023-12-10"))
    assert rij.stappen == Stappen(STOP, EVALUATIE, NIEUW.bekend, START, None)
    klaar = replace(NIEUW, starts=(START,), ingezet=tuple(w.alle()))
    zonder_stop = lijst(replace(OUD, evaluatie=EVALUATIE), klaar, vandaag="2023-12-11")
    assert zonder_stop[0].stappen.inzorgmelding == Stap(w.moment.date(), HOOFD)
    assert lijst(replace(OUD, stop_37=STOP, evaluatie=EVALUATIE), klaar, vandaag="2023-12-11") == []


@pytest.mark.parametrize(
    ("volgende", "telt"),
    [
        (toewijzing("2024-01-31", None, nummer=2), True),
        (toewijzing("2024-02-01", None, nummer=2), False),
        (toewijzing("2023-12-31", None, nummer=2), False),
        (toewijzing("2024-01-01", None, nummer=2, gemeente="0344"), False),
        (toewijzing("2024-01-01", None, nummer=2, bsn="999991905"), False),
        (verwijderd(toewijzing("2024-01-01", None, nummer=2)), False),
    ],
)
def test_what_follows_on_it(volgende: Toegewezen, telt: bool) -> None:
    (rij,) = lijst(OUD, replace(NIEUW, toegewezen=volgende))
    assert (rij.stappen.opvolger is not None) is telt


def test_of_another_segment_nothing_follows_on_it_and_of_none_neither() -> None:
    (rij,) = lijst(OUD, replace(NIEUW, segment="vervoer"))
    assert rij.stappen.opvolger is None
    (rij,) = lijst(replace(OUD, segment=None), replace(NIEUW, segment=None))
    assert rij.stappen.opvolger is None


def test_the_first_that_follows_counts() -> None:
    later = replace(
        NIEUW, toegewezen=toewijzing("2024-01-15", None, nummer=3), bekend=Stap(dag("2023-12-01"), GEMEENTE)
    )
    (rij,) = lijst(OUD, later, NIEUW)
    assert rij.stappen.opvolger == NIEUW.bekend


@pytest.mark.parametrize(("reden", "erop"), [(None, True), ("37", True), ("20", True), ("38", False)])
def test_what_ended_for_another_reason_is_not_renewed(reden: str | None, erop: bool) -> None:
    assert bool(lijst(replace(OUD, einde=reden))) is erop


def test_what_was_removed_or_has_no_end_is_not_on_it() -> None:
    assert lijst(replace(OUD, toegewezen=verwijderd(toewijzing("2023-12-10")))) == []
    assert lijst(replace(OUD, toegewezen=toewijzing(tot=None))) == []


def test_the_partner_is_that_of_the_last_inzet() -> None:
    w = wereld()
    een = w.zet_in()
    w.draag_over(een, Q, "2023-06-01")
    (rij,) = lijst(replace(OUD, ingezet=tuple(w.alle())))
    assert rij.partner == Q
    assert lijst(OUD)[0].partner is None


def test_the_rows_are_by_end() -> None:
    eerder = replace(OUD, toegewezen=toewijzing(tot="2023-12-15", nummer=7))
    assert [rij.einddatum for rij in lijst(OUD, eerder)] == [dag("2023-12-15"), EINDE]


def _gebeurtenis(dag_: str, feit: Feit) -> Gebeurtenis:
    moment = datetime.combine(dag(dag_), time(10))
    return Gebeurtenis(Herkomst(f"b-{dag_}", moment, moment.date(), dag_), 0, feit)


def _301(nummer: int = 1) -> ToegewezenProduct:
    return ToegewezenProduct.model_validate(
        {
            "ToewijzingNummer": nummer,
            "Toewijzingsdatum": "2023-01-01",
            "Toewijzingstijd": "10:00:00",
            "Ingangsdatum": "2023-01-01",
        }
    )


def _305(status: str = "1", nummer: int = 1) -> StartProduct:
    return StartProduct.model_validate(
        {"ToewijzingNummer": nummer, "Begindatum": "2023-01-03", "StatusAanlevering": status}
    )


def _307(reden: str, einde: str, status: str = "1") -> StopProduct:
    return StopProduct.model_validate(
        {
            "ToewijzingNummer": 1,
            "Begindatum": "2023-01-03",
            "StatusAanlevering": status,
            "Einddatum": einde,
            "RedenBeeindiging": reden,
        }
    )


def _uit(*gebeurtenissen: Gebeurtenis) -> Verloop:
    return verloop(OUD.toegewezen, "begeleiding", HOOFD, gebeurtenissen, EVALUATIE)


def test_what_came_in_is_read_from_the_dossier() -> None:
    eerst = (
        _gebeurtenis("2023-01-02", _301()),
        _gebeurtenis("2023-01-04", _301()),
        _gebeurtenis("2023-01-05", _305()),
        _gebeurtenis("2023-01-05", _305(nummer=9)),
    )
    uit = _uit(*eerst)
    assert uit == Verloop(
        OUD.toegewezen,
        "begeleiding",
        Stap(dag("2023-01-02"), GEMEENTE),
        (Stap(dag("2023-01-05"), HOOFD),),
        evaluatie=EVALUATIE,
    )
    gestopt = (
        *eerst,
        _gebeurtenis("2023-12-05", _307("37", "2023-12-31")),
        _gebeurtenis("2023-12-07", _307("37", "2023-12-31")),
    )
    uit = _uit(*gestopt)
    assert (uit.stop_37, uit.einde) == (Stap(dag("2023-12-05"), HOOFD), "37")
    terug = (*gestopt, _gebeurtenis("2023-12-08", _307("37", "2023-12-31", "3")))
    assert (_uit(*terug).stop_37, _uit(*terug).einde) == (None, None)
    opnieuw = (*terug, _gebeurtenis("2023-12-09", _307("37", "2023-12-31")))
    assert _uit(*opnieuw).stop_37 == Stap(dag("2023-12-09"), HOOFD)
    anders = (
        *eerst,
        _gebeurtenis("2023-12-05", _307("20", "2023-11-30")),
        _gebeurtenis("2023-12-06", _307("38", "2023-12-31")),
    )
    assert (_uit(*anders).stop_37, _uit(*anders).einde) == (None, "38")
    assert _uit(*eerst, _gebeurtenis("2023-01-06", _305("3"))).starts == ()


def test_a_toewijzing_without_a_301_is_an_error() -> None:
    with pytest.raises(ValueError, match="comes with a 301"):
        _uit(_gebeurtenis("2023-01-02", _301(nummer=2)))
