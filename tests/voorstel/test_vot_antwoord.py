"""The 301 that honours products of a 315, and the 319 that answers a request otherwise."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.boom import Boom

from berichtenverkeer.levensloop.overgangen import Verzoektoestand
from berichtenverkeer.standaard.berichten.antwoord import Bericht319
from berichtenverkeer.standaard.berichten.basis import Omvang
from berichtenverkeer.standaard.berichten.toewijzing import Contact
from berichtenverkeer.standaard.berichten.verzoek_om_toewijzing import Client315
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.voorstel.opstellen.antwoord import meld_onderzoek, wijs_af
from berichtenverkeer.voorstel.opstellen.voorstel import Uitgangspunt, Voorstel
from berichtenverkeer.voorstel.opstellen.vot import Afwijking, honoreer_vot
from berichtenverkeer.voorstel.opstellen.vow import honoreer_vow

from .wijk import Wijk, gevraagd, producten, toewijzing, verzoek

CONTACT = {
    "Soort": "01",
    "Adres": {"Huis": {"Huisnummer": 1}, "Postcode": "1234AB", "LandCode": "NL"},
}


def aanvraag(wijk: Wijk, referentie: str, naam: str, begin: str = "2026-04-01") -> Boom:
    return {
        "ReferentieAanbieder": referentie,
        "Product": dict(wijk.product(naam)),
        "ToewijzingIngangsdatum": begin,
        "ToewijzingEinddatum": "2026-12-31",
        "Omvang": {"Volume": "4", "Eenheid": "04", "Frequentie": "2"},
        "Verwijzer": {"Type": "02", "Naam": "Testhuisarts"},
    }


def wijk_met_vot(domein: Domein = Domein.IWMO) -> Wijk:
    wijk = Wijk(domein)
    wijk.goed("301", [toewijzing(1001, wijk.product("X"))])
    wijk.goed("315", [aanvraag(wijk, "VOT-1", "Y"), aanvraag(wijk, "VOT-2", "Z", "2026-02-15")])
    return wijk


def honoreer(**toekenningen: Afwijking) -> Callable[[Uitgangspunt], Voorstel]:
    return lambda u: honoreer_vot(u, {naam.replace("_", "-"): anders for naam, anders in toekenningen.items()})


@pytest.mark.parametrize("domein", Domein)
def test_each_product_has_its_own_reference_and_the_others_none(domein: Domein) -> None:
    """IV094, IV097."""
    wijk = wijk_met_vot(domein)
    voorstel = wijk.neemt_aan(honoreer(VOT_1={}))
    uit = producten(voorstel)
    assert {n: (p.ReferentieAanbieder, p.RedenWijziging) for n, p in uit.items()} == {
        9001: ("VOT-1", None), 1001: (None, None),
    }  # fmt: skip
    assert (uit[9001].Ingangsdatum, uit[9001].Einddatum) == (date(2026, 4, 1), date(2026, 12, 31))
    assert "Verzoek VOT-2 uit hetzelfde bericht wacht nog op een eigen antwoord." in voorstel.uitleg
    assert wijk.dossier.verzoeken["VOT-2"].toestand is Verzoektoestand.INGEDIEND
    samen = producten(wijk_met_vot(domein).neemt_aan(honoreer(VOT_1={}, VOT_2={})))
    assert {p.ReferentieAanbieder for p in samen.values()} == {"VOT-1", "VOT-2", None}


def test_the_gemeente_may_assign_otherwise() -> None:
    anders: Afwijking = {
        "Einddatum": date(2026, 9, 30),
        "Omvang": Omvang(Volume=2, Eenheid="04", Frequentie="2"),
        "Ingangsdatum": date(2026, 4, 1),
    }
    voorstel = wijk_met_vot().neemt_aan(honoreer(VOT_1=anders))
    nieuw = producten(voorstel)[9001]
    assert (nieuw.Einddatum, nieuw.Omvang) == (anders["Einddatum"], anders["Omvang"])
    assert any("anders dan gevraagd: Einddatum, Omvang (IV094)" in regel for regel in voorstel.uitleg)


def test_what_would_stack_is_not_proposed() -> None:
    wijk = wijk_met_vot()
    voorstel = wijk.keur(honoreer(VOT_1={"Product": wijk.dossier.toewijzingen[1001].product.Product}))
    assert (voorstel.data, [b.regel for b in voorstel.bevindingen]) == (None, ["TR302"])


def test_what_the_xsd_refuses_is_not_proposed() -> None:
    voorstel = wijk_met_vot().keur(honoreer(VOT_1={}), nieuw_nummer=lambda: 10**9)
    assert (voorstel.data, {b.regel for b in voorstel.bevindingen}) == (None, {"XSD"})


def test_without_an_earlier_301_a_person_gives_the_address() -> None:
    wijk = Wijk()
    wijk.goed("315", [aanvraag(wijk, "VOT-1", "Y")])
    client = Client315.model_validate(
        {
            "Bsn": "999900006",
            "Geboortedatum": {"Datum": "1950-05-17"},
            "Geslacht": "2",
            "Naam": {"Geslachtsnaam": {"Achternaam": "Voorbeeld"}, "Voorletters": "T"},
            "AangevraagdeProducten": [aanvraag(wijk, "VOT-1", "Y")],
        }
    )
    [vraag] = wijk.keur(honoreer(VOT_1={}), aangevraagd=client).vragen
    assert vraag.naam == "contactgegevens"
    wijk.neemt_aan(honoreer(VOT_1={}), aangevraagd=client, contactgegevens=_contact())
    assert wijk.client is not None
    assert (wijk.client.Naam.NaamGebruik, wijk.client.Naam.Voorletters) == ("1", "T")
    assert wijk.keur(honoreer(VOT_1={}), client=None, contactgegevens=_contact()).data is None


def _contact() -> tuple[Contact, ...]:
    return (Contact.model_validate(CONTACT),)


def test_an_answer_is_of_the_kind_of_the_request() -> None:
    wijk = wijk_met_vot()
    u = wijk.u()
    with pytest.raises(ValueError, match="VOT"):
        honoreer_vow(u, u.aanvraag("VOT-1"))
    with pytest.raises(ValueError, match="nothing"):
        honoreer_vot(u, {})
    with pytest.raises(KeyError):
        honoreer_vot(u, {"ONBEKEND": {}})


def afwijzing(
    reden: str | None, gemeente: str | None = None, referentie: str = "VOT-1"
) -> Callable[[Uitgangspunt], Voorstel]:
    return lambda u: wijs_af(u, u.aanvraag(referentie), reden, gemeente)


def onderzoek(u: Uitgangspunt) -> Voorstel:
    return meld_onderzoek(u, u.aanvraag("VOT-1"))


@given(st.sampled_from(Domein), st.sampled_from([*codelijst("WJ759", "iwmo").codes]), st.booleans(), st.booleans())
def test_every_offered_reason_makes_an_answer_that_is_approved(
    domein: Domein, reden: str, eerst_onderzoek: bool, vow: bool
) -> None:
    wijk = Wijk(domein)
    wijk.goed("301", [toewijzing(1001, wijk.product("X"))])
    referentie = "VOW-1" if vow else "VOT-1"
    if vow:
        wijk.goed("317", verzoek(wijzigt=[gevraagd("2026-04-01", "2026-12-31", ("6", "04", "2"), nummer=1001)]))
    else:
        wijk.goed("315", [aanvraag(wijk, "VOT-1", "Y")])
    if eerst_onderzoek:
        wijk.neemt_aan(lambda u: meld_onderzoek(u, u.aanvraag(referentie)))
    [vraag] = wijk.keur(afwijzing(None, referentie=referentie)).vragen
    aangeboden = {keuze.waarde for keuze in vraag.keuzes}
    assert ("8" in aangeboden) is (domein is Domein.IJW and not vow)
    gemeente = "0363" if reden == "8" else None
    if reden not in aangeboden:
        assert wijk.keur(afwijzing(reden, gemeente, referentie)).data is None
        return
    antwoord = wijk.neemt_aan(afwijzing(reden, gemeente, referentie)).bericht
    assert isinstance(antwoord, Bericht319)
    assert (antwoord.Antwoord.Woonplaatsbeginsel is not None) is (reden == "8")
    assert wijk.dossier.verzoeken[referentie].toestand is Verzoektoestand.AFGEWEZEN
    assert wijk.keur(afwijzing(reden, gemeente, referentie)).data is None


def test_investigation_is_said_once_and_only_of_what_is_open() -> None:
    wijk = wijk_met_vot()
    wijk.neemt_aan(onderzoek)
    assert any("TR360" in regel for regel in wijk.keur(onderzoek).uitleg)
    wijk.neemt_aan(honoreer(VOT_1={}))
    assert any("TR359" in regel for regel in wijk.keur(onderzoek).uitleg)
    assert any("TR359" in regel for regel in wijk.keur(afwijzing("3")).uitleg)
    assert wijk.keur(honoreer(VOT_1={})).uitleg == ("Verzoek VOT-1 is al gehonoreerd.",)


def test_the_gemeente_of_reason_8_is_asked_and_must_exist() -> None:
    wijk = wijk_met_vot(Domein.IJW)
    assert [vraag.naam for vraag in wijk.keur(afwijzing("8")).vragen] == ["gemeente"]
    assert [b.regel for b in wijk.keur(afwijzing("8", "9999")).bevindingen] == ["TR378"]
    assert any("TR409" in regel for regel in wijk.keur(afwijzing("3", "0363")).uitleg)
