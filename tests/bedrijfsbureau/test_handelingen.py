"""Acts on inzetten, as they are kept: the row, its acts, what the partner is told, and who may do what."""

from datetime import date

import pytest
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.bedrijfsbureau import handelingen
from berichtenverkeer.bedrijfsbureau import partner as partners
from berichtenverkeer.bedrijfsbureau.inzetten import Zichtbaar, geef, partners_op, verhaal, zoek
from berichtenverkeer.hoofdaannemer.fouten import Botsing, Geweigerd, NietGevonden
from berichtenverkeer.hoofdaannemer.looptijd import Looptijd, Maand
from berichtenverkeer.hoofdaannemer.overgangen import Inzettoestand, Zorgmeldingsoort
from berichtenverkeer.hoofdaannemer.partnermelding import Partnermeldingsoort
from berichtenverkeer.opslag.bureau import inzetten
from berichtenverkeer.opslag.bureau.hoofdaannemers import VAN_PARTIJ
from berichtenverkeer.opslag.bureau.inzetten import VAN_HOOFDAANNEMER, VAN_PARTNER
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.partijen.contracten import zet_instelling

from .conftest import P, Q, R, Wereld, dag


def test_passing_on(wereld: Wereld) -> None:
    beeld = wereld.plaats(wereld.toegewezen())
    assert beeld.rij.effectief == Looptijd(dag("2026-02-01"), dag("2026-12-31"))
    assert (beeld.rij.aanname, beeld.rij.versie, beeld.toestand) == ("aangeboden", 1, Inzettoestand.LOPEND)
    assert beeld.aanname_voor == dag("2026-03-09")
    assert beeld.rij.segment == "begeleiding"
    assert wereld.meldingen(beeld.rij.id) == ["inzorgmelding"]


def test_what_breaks_a_rule_changes_nothing(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    with pytest.raises(Geweigerd) as fout:
        wereld.plaats(wie, partner=R)
    assert fout.value.niet_gedekt == (Looptijd(dag("2026-07-01"), dag("2026-12-31")),)
    bureau = wereld.bureau
    alle = wereld.lees(lambda v: zoek(v, VAN_HOOFDAANNEMER, bureau.code, bureau.kalender, dag("2026-03-02"), {}))
    assert alle.items == ()


def test_a_toewijzing_of_another_is_not_there(wereld: Wereld) -> None:
    ander = wereld.balie.dossier()
    wereld.balie.groep(ander.toewijzing())
    with pytest.raises(NietGevonden):
        wereld.plaats(ander)


def test_the_acts(wereld: Wereld) -> None:
    bureau = wereld.bureau
    een = wereld.plaats(wereld.toegewezen())
    twee = handelingen.draag_over(bureau, een.rij.id, Q, dag("2026-04-01"), None, wereld.nu()).inzet
    assert (twee.rij.partner, twee.rij.van, twee.rij.tot, twee.rij.klasse) == (Q, dag("2026-04-01"), None, "licht")
    assert wereld.rij(een.rij.id).effectief_tot == dag("2026-03-31")
    drie = handelingen.wijzig_klasse(bureau, twee.rij.id, "midden", dag("2026-05-01"), "", wereld.nu()).inzet
    assert (drie.rij.partner, drie.rij.klasse) == (Q, "midden")
    gedaan = handelingen.beeindig(bureau, drie.rij.id, dag("2026-05-31"), "klaar", wereld.nu())
    assert gedaan.inzet.rij.effectief_tot == dag("2026-05-31")
    assert (gedaan.inzet.rij.versie, gedaan.let_op) == (2, ())
    assert wereld.meldingen(een.rij.id) == wereld.meldingen(twee.rij.id) == ["inzorgmelding", "uitzorgmelding"]
    weg = handelingen.trek_in(bureau, drie.rij.id, "vergissing", wereld.nu()).inzet
    assert (weg.rij.effectief, weg.toestand) == (None, Inzettoestand.VERVALLEN)
    with pytest.raises(Botsing):
        handelingen.trek_in(bureau, drie.rij.id, "nog eens", wereld.nu())
    verteld = [punt.gebeurtenis for punt in wereld.lees(lambda v: verhaal(v, gedaan.inzet.rij, dag("2026-03-03")))]
    assert verteld == ["klasse begonnen", "beeindigd", "ingetrokken"]


def test_a_partner_answers_once(wereld: Wereld) -> None:
    een, twee = wereld.plaats(wereld.toegewezen()), wereld.plaats(wereld.toegewezen())
    assert partners.neem_aan(wereld.bij(), een.rij.id, wereld.nu()).rij.aanname == "aangenomen"
    with pytest.raises(Botsing):
        partners.weiger(wereld.bij(), een.rij.id, "toch niet", wereld.nu())
    with pytest.raises(Geweigerd):
        partners.weiger(wereld.bij(), twee.rij.id, " ", wereld.nu())
    assert partners.weiger(wereld.bij(), twee.rij.id, "geen plek", wereld.nu()).toestand is Inzettoestand.VERVALLEN
    with pytest.raises(NietGevonden):
        partners.neem_aan(wereld.bij(Q), een.rij.id, wereld.nu())


def test_who_sees_what(wereld: Wereld) -> None:
    """Rule 7: the hoofdaannemer all, a partner its own, nobody else anything."""
    van_p, van_q = wereld.plaats(wereld.toegewezen()), wereld.plaats(wereld.toegewezen(), partner=Q)
    kalender, vandaag = wereld.bureau.kalender, dag("2026-03-02")

    def gezien(lijst: object, code: str) -> set[str]:
        bladzijde = wereld.lees(lambda v: zoek(v, lijst, code, kalender, vandaag, {}))  # type: ignore[arg-type]
        return {beeld.rij.id for beeld in bladzijde.items} & {van_p.rij.id, van_q.rij.id}

    assert gezien(VAN_HOOFDAANNEMER, wereld.bureau.code) == {van_p.rij.id, van_q.rij.id}
    assert gezien(VAN_PARTNER, P) == {van_p.rij.id}
    assert gezien(VAN_PARTNER, Q) == {van_q.rij.id}
    for lijst, code in (
        (VAN_HOOFDAANNEMER, P),
        (VAN_PARTNER, wereld.bureau.code),
        (VAN_HOOFDAANNEMER, wereld.dossier.gemeente),
    ):
        assert gezien(lijst, code) == set()
        with wereld.bureau.engine.connect() as verbinding, pytest.raises(NietGevonden):
            geef(verbinding, lijst, code, kalender, vandaag, van_q.rij.id)


def test_what_a_gemeente_sees(wereld: Wereld) -> None:
    """Which partner delivers, of a toewijzing of its own, unless the hoofdaannemer chose otherwise."""
    een = wereld.plaats(wereld.toegewezen(), partner=Q, tot="2026-06-30").rij
    gemeente = wereld.dossier.gemeente
    gezien = [Zichtbaar(Q, "Partner Q", "begeleiding", dag("2026-02-01"), dag("2026-06-30"))]
    assert wereld.lees(lambda v: partners_op(v, gemeente, een.toewijzing)) == gezien
    assert wereld.lees(lambda v: partners_op(v, "0000", een.toewijzing)) == []
    with schrijvend(wereld.bureau.engine) as verbinding:
        zet_instelling(verbinding, VAN_PARTIJ, wereld.bureau.code, "partner-zichtbaar-voor-gemeente", "nee")
    assert wereld.lees(lambda v: partners_op(v, gemeente, een.toewijzing)) == []


def test_the_filters(wereld: Wereld) -> None:
    een = wereld.plaats(wereld.toegewezen(), tot="2026-02-28")
    twee = wereld.plaats(wereld.toegewezen(), partner=Q, van="2026-06-01")
    vandaag = dag("2026-03-02")

    def ids(**filters: object) -> list[str]:
        lijst, code, kalender = VAN_HOOFDAANNEMER, wereld.bureau.code, wereld.bureau.kalender
        return [b.rij.id for b in wereld.lees(lambda v: zoek(v, lijst, code, kalender, vandaag, filters)).items]

    assert ids() == [een.rij.id, twee.rij.id]
    assert ids(toestand=Inzettoestand.BEEINDIGD) == ids(partner=P) == ids(geldig_op=dag("2026-02-28")) == [een.rij.id]
    assert ids(toestand=Inzettoestand.GEPLAND) == ids(toewijzing=twee.rij.toewijzing) == [twee.rij.id]
    assert ids(toestand=Inzettoestand.LOPEND) == ids(segment="vervoer") == []


def test_what_was_delivered(wereld: Wereld) -> None:
    wie = wereld.toegewezen(Product__Categorie="08", Product__Code="08A03")
    een = wereld.plaats(wie, klasse="rolstoel", van="2026-02-20")
    maand = Maand(2026, 2)
    handelingen.boek_geleverd(wereld.bureau, een.rij.id, maand, 9, wereld.nu())
    with pytest.raises(Geweigerd):
        handelingen.boek_geleverd(wereld.bureau, een.rij.id, maand, 10, wereld.nu())


def test_reporting(wereld: Wereld) -> None:
    een = wereld.plaats(wereld.toegewezen())
    partners.meld(wereld.bij(), een.rij.id, Partnermeldingsoort.START, dag("2026-02-03"), None, wereld.nu())
    partners.meld(wereld.bij(), een.rij.id, Partnermeldingsoort.STOP, dag("2026-06-30"), "19", wereld.nu())
    gemeld = wereld.lees(lambda v: inzetten.partnermeldingen(v, een.rij.id))
    assert [(m.soort, m.datum, m.reden) for m in gemeld] == [
        ("start", date(2026, 2, 3), None),
        ("stop", date(2026, 6, 30), "19"),
    ]
    with pytest.raises(Geweigerd):
        partners.meld(wereld.bij(), een.rij.id, Partnermeldingsoort.STOP, dag("2026-06-30"), "99", wereld.nu())
    with pytest.raises(Geweigerd):
        partners.meld(wereld.bij(), een.rij.id, Partnermeldingsoort.START, dag("2027-06-30"), None, wereld.nu())
    with pytest.raises(NietGevonden):
        partners.meld(wereld.bij(Q), een.rij.id, Partnermeldingsoort.START, dag("2026-02-03"), None, wereld.nu())


def test_the_melding_of_a_partner(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    een = wereld.plaats(wie)
    gezegd = wereld.lees(lambda v: partners.melding(v, een.rij, Zorgmeldingsoort.INZORG, SCHEMAS))
    assert (gezegd.client.bsn, gezegd.partner.naam, gezegd.hoofdaannemer.code) == (
        wie.bsn,
        "Dekker",
        wereld.bureau.code,
    )
    assert gezegd.client.naam
    assert (gezegd.van, gezegd.tot, gezegd.klasse) == (dag("2026-02-01"), dag("2026-12-31"), "licht")
    post = wereld.lees(lambda v: inzetten.postvak(v, P, 0, 1000))
    assert post[-1].inzet == een.rij.id
    assert post[-1].volgnummer == een.rij.wijziging
