"""Renewals, occupancy and the weight of a case, from what is kept."""

import pytest
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.bedrijfsbureau import partner as partners
from berichtenverkeer.bedrijfsbureau import zwaarte
from berichtenverkeer.bedrijfsbureau.bezetting import bezetting
from berichtenverkeer.bedrijfsbureau.herindicaties import herindicaties
from berichtenverkeer.bedrijfsbureau.laden.laden import laad_vragenlijst
from berichtenverkeer.hoofdaannemer.bezetting import Kwartaal
from berichtenverkeer.hoofdaannemer.fouten import Geweigerd, NietGevonden
from berichtenverkeer.hoofdaannemer.herindicatie import HerindicatieWachtOp, Stap
from berichtenverkeer.hoofdaannemer.partnermelding import Partnermeldingsoort
from berichtenverkeer.inname.herbouw import herbouw

from .conftest import P, Wereld, dag

_LIJST = {
    "versie": "2026-1",
    "vragen": [
        {"code": "netwerk", "vraag": "Is er een netwerk?", "antwoorden": {"Ja": 0, "Nee": 2}},
        {"code": "domeinen", "vraag": "Hoeveel leefdomeinen?", "getal": {"van": 0, "tot": 9, "punten": 1}},
    ],
    "klassen": [{"klasse": "licht", "tot": 3}, {"klasse": "midden"}],
}


def test_the_five_steps(wereld: Wereld) -> None:
    wie = wereld.toegewezen(Einddatum="2026-03-20")
    een = wereld.plaats(wie)
    [rij] = herindicaties(wereld.bureau, dag("2026-03-02"))[0]
    assert (rij.partner, rij.wacht_op, rij.te_laat, rij.uiterlijk) == (
        P,
        HerindicatieWachtOp.PARTNER,
        True,
        dag("2026-02-27"),
    )
    wereld.bied_aan(wie.start(), wie.stop(Einddatum="2026-03-01", RedenBeeindiging="37"))
    partners.meld(wereld.bij(), een.rij.id, Partnermeldingsoort.EVALUATIE, dag("2026-03-01"), None, wereld.nu())
    [rij] = herindicaties(wereld.bureau, dag("2026-03-02"))[0]
    assert rij.stappen.stop_37 == Stap(dag("2026-03-02"), wereld.bureau.code)
    assert rij.stappen.evaluatie == Stap(dag("2026-03-01"), P)
    assert (rij.wacht_op, rij.te_laat) == (HerindicatieWachtOp.GEMEENTE, False)
    volgende = wereld.client()
    from dataclasses import replace

    volgende = replace(volgende, bsn=wie.bsn)
    wereld.bied_aan(volgende.toewijzing(Ingangsdatum="2026-03-21", Toewijzingstijd="12:00:00"))
    wereld.plaats(volgende, van="2026-03-21")
    [rij] = herindicaties(wereld.bureau, dag("2026-03-02"))[0]
    assert rij.stappen.opvolger == Stap(dag("2026-03-02"), wie.gemeente)
    assert rij.stappen.inzorgmelding == Stap(dag("2026-03-02"), wereld.bureau.code)
    assert (rij.stappen.start, rij.wacht_op) == (None, HerindicatieWachtOp.HOOFDAANNEMER)
    assert herindicaties(wereld.bureau, dag("2026-06-02"))[0] == []
    herbouw(wereld.bureau.engine, SCHEMAS)
    assert herindicaties(wereld.bureau, dag("2026-03-02"))[0] == [rij]


def test_occupancy(wereld: Wereld) -> None:
    gemeente = wereld.dossier.gemeente
    wereld.laad("plekken", f"gemeente;segment;partner;aantal;van;tot\n{gemeente};begeleiding;;1;2026-01-01;\n")
    wie, ander = wereld.toegewezen(), wereld.toegewezen()
    wereld.plaats(wie)
    wereld.bied_aan(wie.start(), wie.stop(), ander.start())
    [rij] = bezetting(wereld.bureau, Kwartaal(2026, 1), dag("2026-03-02"))[0]
    assert rij.cijfers.dagen == 61
    assert rij.cijfers.clientdagen == 26 + 29
    assert rij.cijfers.signaal is None
    assert rij.prognose is not None
    assert rij.prognose.clientdagen == 26 + 29 + 29
    [van_p] = bezetting(wereld.bureau, Kwartaal(2026, 1), dag("2026-03-02"), ("partner",))[0]
    assert (van_p.groep.partner, van_p.cijfers.clientdagen) == (P, 26)


def test_the_questionnaire(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    with pytest.raises(NietGevonden):
        zwaarte.vragenlijst(wereld.bureau)
    laad_vragenlijst(wereld.bureau, _LIJST)
    code = wereld.bureau.code
    assert zwaarte.vragenlijst(wereld.bureau).versie == "2026-1"
    uitkomst = zwaarte.vul_in(wereld.bureau, {"netwerk": "Nee", "domeinen": 3}, wereld.id_van(wie), code, wereld.nu())
    assert (uitkomst.punten, uitkomst.klasse) == (5, "midden")
    [(_, door, gelezen)] = wereld.lees(lambda v: zwaarte.ingevuld(v, code, wereld.id_van(wie)))
    assert (door, gelezen) == (code, uitkomst)
    with pytest.raises(Geweigerd):
        zwaarte.vul_in(wereld.bureau, {"netwerk": "Nee"}, None, code, wereld.nu())
    with pytest.raises(NietGevonden):
        zwaarte.vul_in(wereld.bureau, {}, "onbekend", code, wereld.nu())
    with pytest.raises(Geweigerd) as fout:
        wereld.plaats(wie)
    assert [bezwaar.veld for bezwaar in fout.value.bezwaren] == ["reden"]
    wereld.plaats(wie, klasse="midden")
