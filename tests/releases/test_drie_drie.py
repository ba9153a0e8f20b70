"""A made-up release 3.3 beside 3.2: read, judged, written and answered, under both laws, without a line of ours that knows it."""

import pickle
from datetime import date

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.conformance.knooppunt import Knooppunt
from tests.knoop import Klant, Knoop
from tests.releases.drie_drie import RELEASE, VOORRANG_ANDERS, VOORRANG_VANAF, ToegewezenProduct
from tests.releases.gevallen import bericht, dossiers, soort

from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.klok import systeemklok
from berichtenverkeer.partijen.schakelaars import schakel
from berichtenverkeer.regels.bevinding import Niveau
from berichtenverkeer.regels.regel import regel, regels_van, zoek
from berichtenverkeer.standaard.berichten import toewijzing
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.fouten import OnbekendBericht, OngeldigBericht
from berichtenverkeer.standaard.lezen import Gelezen, lees
from berichtenverkeer.standaard.release import JONGSTE, RELEASES, Release, ernaast, neem_op
from berichtenverkeer.standaard.schrijven import schrijf
from berichtenverkeer.standaard.vorm import vorm_van

VANDAAG = date(2026, 3, 2)


def beoordeeld(data: bytes, node: Knooppunt | None = None) -> tuple[list[str], Gelezen | None]:
    """The codes of what was found, and the retourbericht."""
    oordeel, retour = (node or Knooppunt(VANDAAG)).lees(data)
    return [een.regel for een in oordeel.bevindingen], retour


def test_the_namespace_decides_in_which_release_a_message_is_read() -> None:
    for d in dossiers():
        nieuw, oud = lees(bericht(d, "301", "1"), SCHEMAS), lees(d.bericht("301"), SCHEMAS)
        assert (nieuw.soort.release, oud.soort.release) == ("3.3", "3.2")
        assert (nieuw.soort.code, nieuw.soort.retour) == (oud.soort.code, soort(d.domein, "302"))
        assert nieuw.soort is not oud.soort
        assert oud.soort is BERICHTSOORTEN[oud.soort.code]
        assert pickle.loads(pickle.dumps(nieuw.soort)) is nieuw.soort  # our own
        assert isinstance(nieuw.bericht, Bericht301)
        [product] = nieuw.bericht.Client.ToegewezenProducten
        assert isinstance(product, ToegewezenProduct)
        assert product.Voorrang == "1"
        assert schrijf(nieuw.bericht, nieuw.soort, SCHEMAS) == nieuw.data


def test_an_element_stands_where_the_release_has_it() -> None:
    namen = [veld.naam for veld in vorm_van(toewijzing.ToegewezenProduct, soort(Domein.IWMO, "301")).velden]
    assert namen[namen.index("Omvang") + 1] == "Voorrang"
    oude = [veld.naam for veld in vorm_van(toewijzing.ToegewezenProduct, BERICHTSOORTEN["WMO301"]).velden]
    assert [naam for naam in namen if naam != "Voorrang"] == oude
    client = vorm_van(toewijzing.Client301, soort(Domein.IJW, "301"))
    assert "JuridischeStatus" not in [veld.naam for veld in client.velden]


def test_what_is_gone_is_refused_and_what_is_new_is_not_in_the_old() -> None:
    for d in dossiers():
        with pytest.raises(OngeldigBericht):
            lees(bericht(d, "301", "1", RedenWijziging="01"), SCHEMAS)
        with pytest.raises(OngeldigBericht):
            lees(bericht(d, "301", "7"), SCHEMAS)
        model, _ = d.model("301", {"Client/JuridischeStatus": "01"})
        with pytest.raises(OngeldigBericht):
            schrijf(model, soort(d.domein, "301"), SCHEMAS)
        als_oud = bericht(d, "301", "1").replace(b"/3_3/", b"/3_2/").replace(b"Subversie>3<", b"Subversie>2<")
        with pytest.raises(OngeldigBericht):
            lees(als_oud, SCHEMAS)


def test_every_kind_of_message_is_answered_in_its_own_release() -> None:
    for d in dossiers():
        node = Knooppunt(VANDAAG)
        for nummer in ("301", "305", "315", "319"):
            codes, retour = beoordeeld(bericht(d, nummer, "1"), node)
            assert codes == [], nummer
            assert retour is not None
            assert retour.soort is soort(d.domein, retour.soort.nummer)
            assert retour.bericht.Header.BerichtSubversie == 3
            assert b"/3_2/" not in retour.data
        codes, retour = beoordeeld(d.bericht("301"), Knooppunt(VANDAAG))
        assert retour is not None
        assert (codes, retour.soort.release) == ([], "3.2")


def test_a_class_with_a_fault_comes_back_with_its_new_element() -> None:
    for d in dossiers():
        data = bericht(d, "301", None, Ingangsdatum=date(2026, 7, 1))
        codes, retour = beoordeeld(data)
        assert codes == ["TR901"]
        assert retour is not None
        fout = bericht(d, "301", "2", Ingangsdatum=date(2026, 7, 1), Einddatum=None)
        assert beoordeeld(fout)[0] != []


@pytest.mark.parametrize(
    ("ingang", "codes"), [(date(2026, 6, 30), []), (date(2026, 7, 1), ["TR901"]), (date(2026, 7, 2), ["TR901"])]
)
def test_a_rule_holds_from_the_day_the_care_begins(ingang: date, codes: list[str]) -> None:
    for d in dossiers():
        assert beoordeeld(bericht(d, "301", None, Ingangsdatum=ingang))[0] == codes
        assert beoordeeld(d.toewijzing(Ingangsdatum=str(ingang)))[0] == []


@pytest.mark.parametrize(
    ("ingang", "voorrang", "codes"),
    [
        (date(2026, 12, 31), "1", []),
        (date(2026, 12, 31), "2", []),
        (date(2026, 12, 31), None, ["TR901"]),
        (date(2027, 1, 1), "1", []),
        (date(2027, 1, 1), "2", ["TR901"]),
        (date(2027, 1, 1), None, ["TR901"]),
    ],
)
def test_a_rule_that_changes_on_a_day_is_one_rule(ingang: date, voorrang: str | None, codes: list[str]) -> None:
    """By the day on which the care begins, not that of receipt: all of them come in on one day in 2026."""
    for d in dossiers():
        assert beoordeeld(bericht(d, "301", voorrang, Ingangsdatum=ingang, Einddatum=date(2027, 6, 30)))[0] == codes


def test_a_rule_is_declared_once_for_a_day() -> None:
    erbij = [een for een in regels_van("3.3") if een.code == "TR901"]
    assert [(een.vanaf, een.tot) for een in erbij] == [(VOORRANG_VANAF, date(2026, 12, 31)), (VOORRANG_ANDERS, None)]
    with pytest.raises(ValueError, match="al verklaard voor deze dagen"):
        regel(Niveau.EXTERNE_BRON, "S300", "301", toewijzing.ToegewezenProduct, release="3.3", code="TR901")(
            erbij[0].functie
        )
    assert [een.code for een in regels_van("3.2") if een.code == "TR901"] == []
    assert (zoek("TR901"), zoek("SAP301", "3.3"), zoek("TR135", "3.3")) != (None, None, zoek("TR135"))


def test_the_node_says_which_rules_a_release_has(k: Knoop) -> None:
    klant = k.klant(None)
    hier, daar = (
        {(een["code"], een["vanaf"]) for een in klant.json("/v1/standaard/regels", release=nummer)["items"]}
        for nummer in ("3.2", "3.3")
    )
    assert daar - hier == {("TR901", "2026-07-01"), ("TR901", "2027-01-01")}
    assert hier - daar == {("SAP301", None)}
    assert klant.json("/v1/standaard/regels/TR901")["vanaf"] == "2027-01-01"
    assert klant.get("/v1/standaard/regels", params={"release": "4.0"}).status_code == 404


def test_a_rule_that_changed_holds_in_its_release_only() -> None:
    for d in dossiers():
        later = Knooppunt(date(2026, 3, 3))
        assert beoordeeld(bericht(d, "301", "1"), later)[0] == ["TR135"]
        assert beoordeeld(d.bericht("301"), Knooppunt(date(2026, 3, 3)))[0] == []


def test_what_is_read_no_more_is_told_so() -> None:
    data = bericht(dossiers()[0], "301", "1")
    with ernaast(RELEASE):
        pass
    try:
        with pytest.raises(OnbekendBericht, match=r"release 3\.3; verwerkt wordt release 3\.2"):
            lees(data, SCHEMAS)
        assert (list(RELEASES), JONGSTE) == (["3.2"], {})
    finally:
        neem_op(RELEASE)  # so that the fixture has something to let go of


def test_a_class_must_be_what_it_takes_the_place_of() -> None:
    with pytest.raises(ValueError, match="must derive from it"):
        Release("3.4", klassen={toewijzing.ToegewezenProduct: toewijzing.Client301})


def _oordeel(klant: Klant, data: bytes) -> str:
    antwoord = klant.aangenomen(data)
    return str(antwoord["oordeel"])


def test_a_node_takes_part_in_both_from_the_moment_it_is_switched(k: Knoop) -> None:
    paar = k.paar()
    for domein in Domein:
        d = paar.dossier(domein=domein)
        uit = paar.gemeente.bied_aan(bericht(d, "301", "1"))
        assert uit.status_code >= 400
        assert "staat uit" in uit.text
    schakel(k.engine, "*", "aan", "3.3", "2026-01-01", systeemklok())
    k.binnen.register.kijk()
    for domein in Domein:
        d, ander = paar.dossier(domein=domein), paar.dossier("999900018", domein, 1002)
        assert _oordeel(paar.gemeente, bericht(d, "301", "1")) == "goedgekeurd"
        assert _oordeel(paar.gemeente, ander.toewijzing()) == "goedgekeurd"
        assert _oordeel(paar.aanbieder, d.start()) == "goedgekeurd"  # on what was assigned in the other release
        assert _oordeel(paar.aanbieder, bericht(ander, "305")) == "goedgekeurd"
        nummers = {een["toewijzingnummer"]: een["levering"] for een in paar.gemeente.toewijzingen(domein=str(domein))}
        assert nummers == {1001: "gestart", 1002: "gestart"}
    gedaan = herbouw(k.engine, SCHEMAS)
    assert (gedaan.dossiers, gedaan.afwijkend) == (4, 0)
