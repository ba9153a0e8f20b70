"""Maandstaten, invoices and the scheme of payments, from what is kept."""

from datetime import datetime

import pytest
from sqlalchemy import delete
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.bedrijfsbureau import facturen, handelingen
from berichtenverkeer.bedrijfsbureau.betaalschema import betaalschema
from berichtenverkeer.bedrijfsbureau.maandstaten import maandstaten, stel_vast
from berichtenverkeer.hoofdaannemer.factuur import Factuurregel, Post
from berichtenverkeer.hoofdaannemer.fouten import Botsing, Geweigerd
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.hoofdaannemer.maandstaat import Maandstaat
from berichtenverkeer.hoofdaannemer.toegewezen import Kenmerk
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.tabellen.bureau import inzet

from .conftest import P, Q, Wereld, dag

FEBRUARI, MAART = Maand(2026, 2), Maand(2026, 3)
APRIL = datetime(2026, 4, 2, 9, tzinfo=NEDERLAND)


def _staat(wereld: Wereld, maand: Maand, partner: str = P) -> Maandstaat:
    [staat] = maandstaten(wereld.bureau, maand, partner)[0]
    return staat


def test_a_month(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    een = wereld.plaats(wie, tot="2026-02-14")
    wereld.plaats(wereld.toegewezen(), klasse="midden", partner=Q)
    alle, keuzes = maandstaten(wereld.bureau, FEBRUARI)
    assert [(staat.partner, staat.subtotaal, staat.totaal) for staat in alle] == [(Q, 40900, 34765), (P, 18150, 15427)]
    assert keuzes == {"deelmaand": "naar-rato"}
    [regel] = alle[1].regels
    assert (regel.inzet, regel.toewijzingnummer, regel.dagen, regel.tarief) == (een.rij.id, wie.nummer, 14, 36300)


def test_fixing_once_and_correcting(wereld: Wereld) -> None:
    een = wereld.plaats(wereld.toegewezen())
    with pytest.raises(Geweigerd):
        stel_vast(wereld.bureau, Maand(2026, 4), P, wereld.bureau.code, APRIL)
    with pytest.raises(Geweigerd):
        stel_vast(wereld.bureau, FEBRUARI, "niemand", wereld.bureau.code, APRIL)
    vast = stel_vast(wereld.bureau, FEBRUARI, P, wereld.bureau.code, APRIL)
    assert (vast.nummer, vast.totaal) == (f"2026-02/{P}/1", 36300 - 5445)
    with pytest.raises(Botsing):
        stel_vast(wereld.bureau, FEBRUARI, P, wereld.bureau.code, APRIL)
    assert _staat(wereld, FEBRUARI) == vast
    handelingen.trek_in(wereld.bureau, een.rij.id, "vergissing", wereld.nu())
    assert _staat(wereld, FEBRUARI) == vast
    staat = stel_vast(wereld.bureau, MAART, P, wereld.bureau.code, APRIL)
    assert (staat.correctie, staat.totaal, staat.nummer) == (-36300, -36300 + 5445, f"2026-03/{P}/2")
    assert _staat(wereld, MAART) == staat


def test_a_rebuild_gives_the_same_money(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    wereld.plaats(wie)
    vast = stel_vast(wereld.bureau, FEBRUARI, P, wereld.bureau.code, APRIL)
    wereld.bied_aan(wie.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2026-02-20"))
    voor = _staat(wereld, MAART)
    assert voor.correctie < 0
    with schrijvend(wereld.bureau.engine) as verbinding:
        verbinding.execute(delete(inzet).where(inzet.c.hoofdaannemer == wereld.bureau.code))
    herbouw(wereld.bureau.engine, SCHEMAS)
    assert _staat(wereld, MAART) == voor
    assert _staat(wereld, FEBRUARI) == vast


def test_what_is_fixed_is_kept_to_the_letter(wereld: Wereld) -> None:
    rolstoel = wereld.toegewezen(Product__Categorie="08", Product__Code="08A03")
    een = wereld.plaats(rolstoel, klasse="rolstoel")
    handelingen.boek_geleverd(wereld.bureau, een.rij.id, FEBRUARI, 9, wereld.nu())
    wereld.plaats(wereld.toegewezen(), van="2026-02-10")
    for maand in (FEBRUARI, MAART):
        staat = stel_vast(wereld.bureau, maand, P, wereld.bureau.code, APRIL)
        assert _staat(wereld, maand) == staat
        assert len(staat.regels) == 2


def test_an_invoice(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    wereld.plaats(wie)
    wereld.plaats(wereld.toegewezen())
    kenmerk = Kenmerk(wie.gemeente, wie.domein, wie.nummer)
    regels = [Factuurregel("F1", Post(P, FEBRUARI, kenmerk, "licht"), 36300)]
    controle, _ = facturen.controleer(wereld.bureau, regels, wereld.nu(), bewaar=True)
    assert [regel.uitkomst for regel in controle.regels] == ["goed"]
    assert (len(controle.niet_gefactureerd), controle.verschil) == (1, -36300)
    nog_eens, _ = facturen.controleer(wereld.bureau, [Factuurregel("F2", *_rest(regels[0]))], wereld.nu())
    assert [(regel.uitkomst, regel.eerder) for regel in nog_eens.regels] == [("dubbel", ("F1",))]
    vreemd = [Factuurregel("F3", Post("niemand", FEBRUARI, kenmerk, "licht"), 1)]
    assert facturen.controleer(wereld.bureau, vreemd, wereld.nu())[0].regels[0].uitkomst == "onbekend"
    with pytest.raises(Geweigerd):
        facturen.controleer(wereld.bureau, vreemd, wereld.nu(), bewaar=True)


def _rest(regel: Factuurregel) -> tuple[Post, int]:
    return regel.post, regel.bedrag


def test_the_scheme_of_payments(wereld: Wereld) -> None:
    wereld.laad("lumpsum", "gemeente;segment;jaar;euro\n0344;begeleiding;2026;1000,00\n")
    wereld.laad("betalingen", "gemeente;segment;maand;euro\n0344;begeleiding;2026-01;83,33\n")
    schema = betaalschema(wereld.bureau, "0344", 2026)
    assert (schema.bedrag, schema.betaald, schema.maanden[11].bedrag) == (100000, 8333, 8337)
    assert betaalschema(wereld.bureau, "0345", 2026).bedrag == 0


def test_another_rule_for_part_of_a_month(wereld: Wereld) -> None:
    from berichtenverkeer.partijen.contracten import kies
    from berichtenverkeer.partijen.productcodelijst import ContractFout

    wereld.plaats(wereld.toegewezen(), van="2026-02-10")
    kies(wereld.bureau.engine, wereld.bureau.code, {"deelmaand": "hele-maand"})
    assert _staat(wereld, FEBRUARI).subtotaal == 36300
    with pytest.raises(ContractFout, match="naar-rato, hele-maand, eerste-dag"):
        kies(wereld.bureau.engine, wereld.bureau.code, {"deelmaand": "half"})
    assert dag("2026-02-10") == _staat(wereld, FEBRUARI).regels[0].van
