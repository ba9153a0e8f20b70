"""What stands on the work lists of a hoofdaannemer and its partners, from what is kept."""

from datetime import date, datetime
from typing import Any

from tests.berichten import Dossier
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.bedrijfsbureau import handelingen
from berichtenverkeer.bedrijfsbureau import partner as partners
from berichtenverkeer.bedrijfsbureau.maandstaten import stel_vast
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.hoofdaannemer.partnermelding import Partnermeldingsoort
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.partijen.partij import Partij, Partijrol
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.standaard.schrijven import serialiseer
from berichtenverkeer.voorstel.voorstellen import Bureau
from berichtenverkeer.voorstel.vragen import StartVraag, StopVraag
from berichtenverkeer.werklijsten.alle import LIJSTEN
from berichtenverkeer.werklijsten.lijst import Peil, Plek, Werk, WieAanZet, bladzijde, tel

from .conftest import P, Q, R, Wereld, dag

VAN_ONS = (
    "inzet-ontbreekt",
    "aanname-ontbreekt",
    "start-te-versturen",
    "stop-te-versturen",
    "herindicatie",
    "maandstaat-vast-te-stellen",
    "factuur-verschilt",
    "bezetting",
    "contract-loopt-af",
)
VANDAAG = "2026-03-02"


def op(
    wereld: Wereld, naam: str, partij: str | None = None, vandaag: str = VANDAAG, wie: WieAanZet | None = None
) -> list[Werk]:
    """The rows of a list, which counts as many; page by page it gives the same."""
    code, peil = partij or wereld.bureau.code, Peil(dag(vandaag), Kalender(), 6, 13)
    bronnen = LIJSTEN[naam].bronnen
    with wereld.bureau.engine.connect() as verbinding:
        alles = bladzijde(verbinding, bronnen, code, peil, wie, None, 1000)
        assert tel(verbinding, bronnen, code, peil, wie) == (len(alles), sum(werk.te_laat for _, werk in alles))
        stuk: list[tuple[Plek, Werk]] = []
        while deel := bladzijde(verbinding, bronnen, code, peil, wie, stuk[-1][0] if stuk else None, 1):
            stuk += deel
    assert stuk == alles
    return [werk for _, werk in alles]


def _nummers(werk: list[Werk]) -> list[int | None]:
    return [een.rij.toewijzingnummer for een in werk]


def test_a_toewijzing_without_inzet(wereld: Wereld) -> None:
    open_, bezet, elders = (
        wereld.toegewezen(),
        wereld.toegewezen(),
        wereld.toegewezen(Product__Categorie="07", Product__Code="07A01"),
    )
    een = wereld.plaats(bezet)
    [werk] = op(wereld, "inzet-ontbreekt")
    assert (werk.rij.toewijzingnummer, werk.rij.wie, werk.uiterlijk) == (
        open_.nummer,
        wereld.bureau.code,
        date(2026, 3, 9),
    )
    partners.weiger(wereld.bij(), een.rij.id, "vol", wereld.nu())
    assert set(_nummers(op(wereld, "inzet-ontbreekt"))) == {open_.nummer, bezet.nummer}
    assert elders.nummer not in _nummers(op(wereld, "inzet-ontbreekt"))
    assert op(wereld, "inzet-ontbreekt", vandaag="2027-01-01") == []


def test_a_partner_that_stops_without_a_next_one(wereld: Wereld) -> None:
    """No day of a client goes by without someone, or it is told: from six weeks before it, and for as long as it lasts."""
    wie = wereld.toegewezen()
    een = wereld.plaats(wie)
    handelingen.beeindig(wereld.bureau, een.rij.id, dag("2026-04-30"), "stopt", wereld.nu())
    assert op(wereld, "inzet-ontbreekt", vandaag="2026-03-19") == []
    [werk] = op(wereld, "inzet-ontbreekt", vandaag="2026-03-20")
    assert (werk.rij.toewijzingnummer, werk.rij.wie, werk.uiterlijk) == (
        wie.nummer,
        wereld.bureau.code,
        date(2026, 4, 30),
    )
    assert werk.taak.waarom == (
        f"Vanaf 2026-05-01 heeft niemand deze cliënt: de inzet bij Dekker ({P}) eindigt op 2026-04-30 en daarna volgt er geen, "
        "terwijl de toewijzing doorloopt tot en met 2026-12-31."
    )
    [later] = op(wereld, "inzet-ontbreekt", vandaag="2026-12-31")
    assert (later.taak.waarom, later.te_laat) == (werk.taak.waarom, True)
    assert op(wereld, "inzet-ontbreekt", vandaag="2027-01-01") == []
    wereld.plaats(wie, Q, van="2026-05-11")
    [gat] = op(wereld, "inzet-ontbreekt", vandaag="2026-05-10")
    assert gat.taak.waarom.startswith("Vanaf 2026-05-01 tot en met 2026-05-10 heeft niemand deze cliënt: ")
    assert "begint de volgende pas op 2026-05-11" in gat.taak.waarom
    assert op(wereld, "inzet-ontbreekt", vandaag="2026-05-11") == []
    wereld.bied_aan(wie.toewijzing(RedenWijziging="08", Einddatum="2027-03-31"))
    assert op(wereld, "inzet-ontbreekt", vandaag="2027-03-31") == []  # without tot it lengthens too


def test_an_inzet_with_an_end_does_not_lengthen_with_its_toewijzing(wereld: Wereld) -> None:
    wie = wereld.toegewezen(Einddatum="2026-06-30")
    wereld.plaats(wie, tot="2026-06-30")
    assert op(wereld, "inzet-ontbreekt", vandaag="2026-06-30") == []
    wereld.bied_aan(wie.toewijzing(RedenWijziging="08", Einddatum="2026-12-31"))
    [werk] = op(wereld, "inzet-ontbreekt", vandaag="2026-06-30")
    assert werk.taak.waarom.startswith("Vanaf 2026-07-01 heeft niemand deze cliënt: ")


def test_an_inzet_that_begins_after_its_toewijzing(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    wereld.plaats(wie, van="2026-03-16")
    [werk] = op(wereld, "inzet-ontbreekt", vandaag="2026-03-15")
    assert (werk.uiterlijk, werk.taak.waarom) == (
        date(2026, 3, 9),
        "Vanaf 2026-02-01 tot en met 2026-03-15 heeft niemand deze cliënt: de toewijzing gaat dan in, en de eerste inzet begint pas "
        "op 2026-03-16.",
    )
    assert op(wereld, "inzet-ontbreekt", vandaag="2026-03-16") == []


def test_after_a_stop_for_good_nobody_lacks(wereld: Wereld) -> None:
    """Also when the stop is still to come: until then there is someone."""
    wie = wereld.toegewezen()
    een = wereld.plaats(wie)
    wereld.bied_aan(wie.start(Begindatum="2026-02-04"))
    handelingen.beeindig(wereld.bureau, een.rij.id, dag("2026-02-27"), "stopt", wereld.nu())
    assert len(op(wereld, "inzet-ontbreekt", vandaag="2026-02-20")) == 1
    wereld.bied_aan(wie.stop(Begindatum="2026-02-04", Einddatum="2026-02-27"))
    assert op(wereld, "inzet-ontbreekt", vandaag="2026-02-20") == op(wereld, "inzet-ontbreekt") == []


def test_an_answer_that_lacks(wereld: Wereld) -> None:
    een = wereld.plaats(wereld.toegewezen())
    [werk] = op(wereld, "aanname-ontbreekt")
    assert (werk.rij.wie, werk.uiterlijk, werk.rij.inzet) == (P, date(2026, 3, 9), een.rij.id)
    assert op(wereld, "aanname-ontbreekt", wie=WieAanZet.IK) == []
    [van_p] = [w for w in op(wereld, "aanname-ontbreekt", P, wie=WieAanZet.IK) if w.rij.inzet == een.rij.id]
    assert (van_p.rij.toewijzing, van_p.uiterlijk) == (None, werk.uiterlijk)
    assert [w for w in op(wereld, "aanname-ontbreekt", Q) if w.rij.inzet == een.rij.id] == []
    partners.neem_aan(wereld.bij(), een.rij.id, wereld.nu())
    assert op(wereld, "aanname-ontbreekt") == []


def _voorstel(wereld: Wereld, werk: Werk) -> bytes:
    """The message that the proposal beside a row gives."""
    voorstel = werk.taak.voorstel
    assert voorstel is not None
    model: Any = StartVraag if voorstel.pad == "/v1/voorstellen/start" else StopVraag
    vraag = model.model_validate(dict(voorstel.vraag))
    code = wereld.bureau.code
    with wereld.bureau.engine.connect() as verbinding:
        partij = Partij(code, Partijrol.HOOFDAANNEMER, "Partij")
        bureau = Bureau(verbinding, partij, wereld.moment, SCHEMAS, lambda *_: Contract())
        gemaakt = (bureau.start if model is StartVraag else bureau.stop)(vraag)
    assert gemaakt.bericht is not None
    return serialiseer(gemaakt.bericht, gemaakt.soort)


def test_what_a_partner_reported_is_sent_on(wereld: Wereld) -> None:
    een = wereld.plaats(wereld.toegewezen())
    assert op(wereld, "start-te-versturen") == []
    partners.meld(wereld.bij(), een.rij.id, Partnermeldingsoort.START, dag("2026-02-04"), None, wereld.nu())
    [werk] = op(wereld, "start-te-versturen")
    assert (werk.rij.wie, werk.rij.toewijzing, werk.taak.regel) == (wereld.bureau.code, een.rij.toewijzing, "OP271")
    assert op(wereld, "stop-te-versturen") == []
    wereld.bied_aan(_voorstel(wereld, werk))
    assert op(wereld, "start-te-versturen") == []
    partners.meld(wereld.bij(), een.rij.id, Partnermeldingsoort.STOP, dag("2026-02-27"), "19", wereld.nu())
    [werk] = op(wereld, "stop-te-versturen")
    assert op(wereld, "start-te-versturen") == []
    assert werk.taak.regel == "OP272"
    wereld.bied_aan(_voorstel(wereld, werk))
    assert op(wereld, "stop-te-versturen") == []


def test_a_stop_for_a_while(wereld: Wereld) -> None:
    een = wereld.plaats(wereld.toegewezen())
    stappen = (
        (Partnermeldingsoort.START, "2026-02-04", None),
        (Partnermeldingsoort.STOP, "2026-02-10", "20"),
        (Partnermeldingsoort.START, "2026-02-16", None),
    )
    for soort, op_dag, reden in stappen:
        partners.meld(wereld.bij(), een.rij.id, soort, dag(op_dag), reden, wereld.nu())
        [werk] = op(wereld, f"{soort}-te-versturen")
        wereld.bied_aan(_voorstel(wereld, werk))
        assert op(wereld, "start-te-versturen") == op(wereld, "stop-te-versturen") == []


def test_a_stop_stays_when_the_day_of_the_start_is_corrected(wereld: Wereld) -> None:
    """Only a start of a later day says that care that was stopped went on."""
    een = wereld.plaats(wereld.toegewezen())
    stop = (Partnermeldingsoort.STOP, "2026-02-20", "19")
    for soort, op_dag, reden in (stop, (Partnermeldingsoort.START, "2026-02-04", None)):
        partners.meld(wereld.bij(), een.rij.id, soort, dag(op_dag), reden, wereld.nu())
    assert (len(op(wereld, "start-te-versturen")), len(op(wereld, "stop-te-versturen"))) == (1, 1)
    partners.meld(wereld.bij(), een.rij.id, Partnermeldingsoort.START, dag("2026-02-21"), None, wereld.nu())
    assert op(wereld, "stop-te-versturen") == []


def test_a_stop_for_a_while_on_the_first_day_is_not_a_new_start(wereld: Wereld) -> None:
    een = wereld.plaats(wereld.toegewezen())
    for soort, reden in ((Partnermeldingsoort.START, None), (Partnermeldingsoort.STOP, "20")):
        partners.meld(wereld.bij(), een.rij.id, soort, dag("2026-02-04"), reden, wereld.nu())
        [werk] = op(wereld, f"{soort}-te-versturen")
        wereld.bied_aan(_voorstel(wereld, werk))
    assert op(wereld, "start-te-versturen") == op(wereld, "stop-te-versturen") == []


def test_a_renewal(wereld: Wereld) -> None:
    een = wereld.plaats(wereld.toegewezen(Einddatum="2026-03-31"))
    [werk] = op(wereld, "herindicatie")
    assert (werk.rij.wie, werk.uiterlijk, werk.te_laat) == (P, date(2026, 3, 10), False)
    assert [
        w.rij.toewijzing for w in op(wereld, "herindicatie", P) if w.rij.toewijzingnummer == een.rij.toewijzingnummer
    ] == [None]
    assert not [w for w in op(wereld, "herindicatie", Q) if w.rij.toewijzingnummer == een.rij.toewijzingnummer]


def test_a_month_to_fix(wereld: Wereld) -> None:
    wereld.plaats(wereld.toegewezen())
    [werk] = op(wereld, "maandstaat-vast-te-stellen")
    assert (werk.rij.gemeente, werk.rij.bsn, werk.uiterlijk) == (None, None, date(2026, 3, 31))
    stel_vast(wereld.bureau, Maand(2026, 2), P, wereld.bureau.code, datetime(2026, 3, 2, 12, tzinfo=NEDERLAND))
    assert op(wereld, "maandstaat-vast-te-stellen") == []
    assert len(op(wereld, "maandstaat-vast-te-stellen", vandaag="2026-06-01")) == 3


def test_an_invoice_that_differs(wereld: Wereld) -> None:
    wie: Dossier = wereld.toegewezen()
    een = wereld.plaats(wie)
    kop = "factuurnummer;partner;maand;gemeente;toewijzingnummer;domein;klasse;euro\n"
    regel = f"F1;{P};2026-02;{wie.gemeente};{wie.nummer};{wie.domein};licht;"
    wereld.laad("facturen", f"{kop}{regel}363,00\n")
    assert op(wereld, "factuur-verschilt") == []
    handelingen.trek_in(wereld.bureau, een.rij.id, "vergissing", wereld.nu())
    [werk] = op(wereld, "factuur-verschilt")
    assert "363,00 euro meer dan de maand nu oplevert; 1 post verschilt." in werk.taak.waarom


def test_too_few_and_too_many(wereld: Wereld) -> None:
    gemeente = wereld.dossier.gemeente
    wereld.laad("plekken", f"gemeente;segment;partner;aantal;van;tot\n{gemeente};begeleiding;;10;2026-01-01;\n")
    [werk] = op(wereld, "bezetting")
    assert "te laag: 0,00 van de 10,00 plekken, een graad van 0,0000." in werk.taak.waarom
    assert (werk.rij.gemeente, werk.uiterlijk) == (gemeente, date(2026, 3, 31))


def test_a_contract_that_ends(wereld: Wereld) -> None:
    assert op(wereld, "contract-loopt-af") == []
    [werk] = op(wereld, "contract-loopt-af", vandaag="2026-06-01")
    assert werk.uiterlijk == date(2026, 6, 30)
    assert f"van Partner R ({R})" in werk.taak.waarom
    kop = "code;naam;soort;gemeente;segment;van\n"
    wereld.laad("partners", kop + f"{R};Partner R;strategisch;;;2026-07-01\n")
    assert op(wereld, "contract-loopt-af", vandaag="2026-06-01") == []


def test_nobody_else_sees_anything(wereld: Wereld) -> None:
    wie = wereld.toegewezen(Einddatum="2026-03-31")
    een = wereld.plaats(wie)
    partners.meld(wereld.bij(), een.rij.id, Partnermeldingsoort.START, dag("2026-02-04"), None, wereld.nu())
    ander = wereld.balie.dossier()
    for naam in VAN_ONS:
        for code in (ander.aanbieder, wie.gemeente, ander.gemeente):
            assert op(wereld, naam, code) == []


def test_no_sentence_names_a_person(wereld: Wereld) -> None:
    wie = wereld.toegewezen(Einddatum="2026-03-31")
    een = wereld.plaats(wie)
    wereld.toegewezen()
    partners.meld(wereld.bij(), een.rij.id, Partnermeldingsoort.START, dag("2026-02-04"), None, wereld.nu())
    zinnen = [werk.taak.waarom for naam in VAN_ONS for werk in op(wereld, naam)]
    assert len(zinnen) >= 5
    assert not [zin for zin in zinnen if wie.bsn in zin]
