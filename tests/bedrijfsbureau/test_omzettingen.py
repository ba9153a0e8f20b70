"""A product conversion at the back-office: found in the messages, carried over once, and the same after a rebuild."""

from dataclasses import replace

import pytest
from tests.berichten import Dossier
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.bedrijfsbureau.omzettingen import Omgezet, Welke, zet_over, zoek
from berichtenverkeer.hoofdaannemer.omzetting import Zonder
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.opslag.bureau import inzetstand
from berichtenverkeer.opslag.bureau.hoofdaannemers import VAN_PARTIJ
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.partijen.contracten import zet_instelling
from berichtenverkeer.partijen.indelingen import voeg_samen
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.voorstel.omzetting import leveringsberichten
from berichtenverkeer.voorstel.voorstellen import Bureau

from .conftest import P, Q, Wereld, dag

PER = Welke(dag("2026-03-02"))


def _zet_om(wereld: Wereld, wie: Dossier, *, reden: str = "03", zonder_nieuw: bool = False, **nieuw: str) -> Dossier:
    """The gemeente ends the toewijzing of a client and begins another; gives the new one."""
    wereld.bied_aan(wie.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2026-03-01", RedenWijziging=reden))
    volgende = replace(wie, nummer=wereld.client().nummer)
    if not zonder_nieuw:
        velden = {"Ingangsdatum": "2026-03-02", "Product__Code": "02Z01", "Toewijzingstijd": "11:00:00"} | nieuw
        wereld.bied_aan(volgende.toewijzing(**velden))
    return volgende


def _gevonden(wereld: Wereld, welke: Welke = PER) -> dict[int, int | Zonder | None]:
    def nummer(een: Omgezet) -> int | Zonder | None:
        nieuw = een.omzetting.nieuw
        return nieuw.toegewezen.kenmerk.toewijzingnummer if nieuw is not None else een.omzetting.zonder

    return {een.omzetting.oud.toegewezen.kenmerk.toewijzingnummer: nummer(een) for een in zoek(wereld.bureau, welke)}


def test_what_was_ended_and_begun(wereld: Wereld) -> None:
    een, twee, drie, gewoon = (wereld.toegewezen() for _ in range(4))
    nieuw_een = _zet_om(wereld, een)
    _zet_om(wereld, twee, zonder_nieuw=True)
    _zet_om(wereld, drie, zonder_nieuw=True, reden="05")
    wereld.bied_aan(gewoon.start())
    los = replace(een, nummer=wereld.client().nummer)
    wereld.bied_aan(los.toewijzing(Ingangsdatum="2026-05-01", Product__Code="02Z01", Toewijzingstijd="11:30:00"))
    verwacht = {een.nummer: nieuw_een.nummer, twee.nummer: Zonder.GEEN_OPVOLGER}
    assert _gevonden(wereld) == verwacht
    assert _gevonden(wereld, Welke()) == verwacht
    assert _gevonden(wereld, Welke(dag("2026-03-03"))) == {}
    wereld.bied_aan(een.toewijzing(Toewijzingstijd="12:00:00", Einddatum="2026-12-31", RedenWijziging="14"))
    assert _gevonden(wereld) == {}


def test_two_of_one_client_by_the_end_there_was(wereld: Wereld) -> None:
    een = wereld.toegewezen(Einddatum="2026-12-31")
    twee = replace(een, nummer=wereld.client().nummer)
    wereld.bied_aan(twee.toewijzing(Einddatum="2026-06-30"))
    kort = _zet_om(wereld, twee, Einddatum="2026-06-30")
    lang = _zet_om(wereld, een, Einddatum="2026-12-31")
    assert _gevonden(wereld) == {een.nummer: lang.nummer, twee.nummer: kort.nummer}


def test_carried_over_once_and_the_same_after_a_rebuild(wereld: Wereld) -> None:
    een, twee = wereld.toegewezen(), wereld.toegewezen()
    wereld.plaats(een)
    wereld.plaats(twee, partner=Q, tot="2026-03-31")
    wereld.plaats(twee, van="2026-04-01", klasse="midden")
    for wie in (een, twee):
        _zet_om(wereld, wie)
    proef = zet_over(wereld.bureau, PER, {}, wereld.nu(), proef=True)
    assert len(proef) == 3
    assert wereld.lees(lambda v: inzetstand.herstel(v, wereld.bureau.code, schrijf=False)) == 0
    gedaan = zet_over(wereld.bureau, PER, {}, wereld.nu(), proef=False)
    assert [(een.naar, een.eerder) for een in gedaan] == [(een.naar, False) for een in proef]
    stand = [wereld.rij(een.naar) for een in gedaan if een.naar]
    assert [(rij.partner, rij.klasse, rij.van, rij.tot) for rij in stand] == [
        (P, "licht", dag("2026-03-02"), None),
        (Q, "licht", dag("2026-03-02"), dag("2026-03-31")),
        (P, "midden", dag("2026-04-01"), None),
    ]
    meldingen = [wereld.meldingen(een.ingezet.inzet.id) for een in gedaan]
    assert meldingen == [["inzorgmelding", "uitzorgmelding"]] * 3
    assert [wereld.meldingen(een.naar) for een in gedaan if een.naar] == [["inzorgmelding"]] * 3
    for _ in range(2):
        assert wereld.lees(lambda v: inzetstand.herstel(v, wereld.bureau.code, schrijf=False)) == 0
        assert [een.eerder for een in zet_over(wereld.bureau, PER, {}, wereld.nu(), proef=False)] == [True] * 3
        assert herbouw(wereld.bureau.engine, SCHEMAS).afwijkend == 0
    assert [wereld.rij(een.naar) for een in gedaan if een.naar] == stand


def test_a_whole_month_on_both_sides_is_told(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    wereld.plaats(wie)
    _zet_om(wereld, wie)
    with schrijvend(wereld.bureau.engine) as verbinding:
        zet_instelling(verbinding, VAN_PARTIJ, wereld.bureau.code, "deelmaand", "hele-maand")
    [uitkomst] = zet_over(wereld.bureau, PER, {}, wereld.nu(), proef=True)
    assert "hele-maand" in uitkomst.let_op[-1]


@pytest.mark.parametrize("partner", [P, Q])
def test_without_what_goes_on_it_is_told(wereld: Wereld, partner: str) -> None:
    een, twee = wereld.toegewezen(), wereld.toegewezen()
    wereld.plaats(twee, partner=partner)
    _zet_om(wereld, een)
    _zet_om(wereld, twee, zonder_nieuw=True)
    [uitkomst] = zet_over(wereld.bureau, PER, {}, wereld.nu(), proef=False)
    assert (uitkomst.naar, uitkomst.bezwaren[0].veld) == (None, "toewijzing")
    assert "Vraag de gemeente" in uitkomst.bezwaren[0].advies


def test_after_a_merger_an_inzet_goes_on_under_the_new_gemeente(wereld: Wereld) -> None:
    """Of the same client and product, in the dossier of the other gemeente; nothing of a gemeente that has nothing to do with it."""
    oud, nieuw, vreemd = wereld.dossier.gemeente, wereld.balie.dossier().gemeente, wereld.balie.dossier().gemeente
    een, twee = wereld.toegewezen(), wereld.toegewezen()
    for wie in (een, twee):
        wereld.plaats(wie)
    naar = {een.nummer: replace(een, gemeente=nieuw), twee.nummer: replace(twee, gemeente=vreemd)}
    for wie in (een, twee):
        wereld.bied_aan(wie.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2026-03-01", RedenWijziging="11"))
        wereld.bied_aan(naar[wie.nummer].toewijzing(Ingangsdatum="2026-03-02", Toewijzingstijd="11:00:00"))
    assert _gevonden(wereld) == {}  # nobody said yet that they merge
    voeg_samen(wereld.balie.engine, oud, nieuw, dag("2026-03-02"), wereld.nu())
    assert _gevonden(wereld) == {een.nummer: een.nummer, twee.nummer: Zonder.GEEN_OPVOLGER}
    assert _gevonden(wereld, Welke(dag("2026-03-02"), gemeente=oud)) == _gevonden(wereld)
    assert _gevonden(wereld, Welke(dag("2026-03-02"), gemeente=vreemd)) == {}
    over = {uit.ingezet.inzet.toewijzing: uit for uit in zet_over(wereld.bureau, PER, {}, wereld.nu(), proef=False)}
    goed, fout = over[wereld.id_van(een)], over[wereld.id_van(twee)]
    assert (fout.naar, fout.bezwaren[0].veld) == (None, "toewijzing")
    assert goed.naar is not None
    rij = wereld.rij(goed.naar)
    assert (rij.gemeente, rij.toewijzing, rij.partner, rij.van) == (
        nieuw,
        wereld.id_van(naar[een.nummer]),
        P,
        dag("2026-03-02"),
    )
    assert wereld.meldingen(goed.naar) == ["inzorgmelding"]
    assert wereld.rij(goed.ingezet.inzet.id).gemeente == oud
    for _ in range(2):
        assert wereld.lees(lambda v: inzetstand.herstel(v, wereld.bureau.code, schrijf=False)) == 0
        assert [uit.eerder for uit in zet_over(wereld.bureau, PER, {}, wereld.nu(), proef=False) if uit.naar] == [True]
        assert herbouw(wereld.bureau.engine, SCHEMAS).afwijkend == 0


def test_after_a_merger_the_stop_goes_to_the_old_gemeente_and_the_start_to_the_new(wereld: Wereld) -> None:
    oud, nieuw = wereld.dossier.gemeente, wereld.balie.dossier().gemeente
    wie = wereld.toegewezen()
    wereld.bied_aan(wie.start())
    wereld.bied_aan(wie.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2026-03-01", RedenWijziging="11"))
    verder = replace(wie, gemeente=nieuw)
    wereld.bied_aan(verder.toewijzing(Ingangsdatum="2026-03-02", Toewijzingstijd="11:00:00"))
    voeg_samen(wereld.balie.engine, oud, nieuw, dag("2026-03-02"), wereld.nu())
    partij = wereld.balie.register.partij(wereld.bureau.code)
    assert partij is not None
    with wereld.balie.engine.connect() as verbinding:
        bureau = Bureau(verbinding, partij, wereld.nu(), SCHEMAS, lambda *_: Contract())
        gemaakt = list(leveringsberichten(bureau, zoek(wereld.bureau, PER)))
    ontvangers = {}
    for een in gemaakt:
        assert een.voorstel.bericht is not None, een.voorstel.uitleg
        ontvangers[str(een.soort)] = een.voorstel.bericht.Header.Ontvanger
    assert ontvangers == {"stop": oud, "start": nieuw}
