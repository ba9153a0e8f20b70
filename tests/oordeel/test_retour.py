"""The retourbericht, line by line as IV028 and IV032 lay it down."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conformance.boom import Boom
from tests.conformance.gevallen import SCHEMAS, maak_bericht

from berichtenverkeer.oordeel.retour import maak_retour, schrijf_retour
from berichtenverkeer.regels.bevinding import Niveau, Overtreding
from berichtenverkeer.regels.catalogus import catalogus
from berichtenverkeer.regels.toetsen import Treffer
from berichtenverkeer.standaard.berichten import Bericht
from berichtenverkeer.standaard.berichten.onderdeel import Berichtklasse, Onderdeel
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import Gelezen, lees
from berichtenverkeer.standaard.schrijven import schrijf, serialiseer
from berichtenverkeer.standaard.vorm import plaatsen

REGELS = {regel.code: regel for regel in catalogus()}
HOGER = [regel for regel in catalogus() if regel.niveau is not Niveau.BERICHT and regel.retourcode]
VANDAAG = date(2026, 3, 5)

HEEN = [soort for soort in BERICHTSOORTEN.values() if soort.retour]
ALLE = pytest.mark.parametrize("soort", HEEN, ids=str)


def gelezen(nummer: str, domein: Domein = Domein.IWMO, **wijzigingen: Boom) -> Gelezen:
    soort, bericht = maak_bericht(nummer, domein, wijzigingen)
    return lees(serialiseer(bericht, soort), SCHEMAS)


def heenbericht(soort: Berichtsoort) -> Gelezen:
    """A message whose XsdVersie is not that of the XSDs here."""
    return gelezen(soort.nummer, soort.domein, **{"Header/XsdVersie/BerichtXsdVersie": "7.8.9"})


def fout(code: str, deel: Onderdeel) -> Treffer:
    return REGELS[code], Overtreding(deel, "", "Fout.", "Herstel.")


def retour(heen: Gelezen, *treffers: Treffer) -> Bericht:
    """The retourbericht as its receiver reads it."""
    assert heen.soort.retour is not None
    bericht = maak_retour(heen, treffers, "R-1", VANDAAG, SCHEMAS)
    return lees(schrijf(bericht, heen.soort.retour, SCHEMAS), SCHEMAS).bericht


def klassen(bericht: Bericht, soort: Berichtsoort) -> dict[str, Berichtklasse]:
    return {pad: deel for pad, deel in plaatsen(bericht, soort) if isinstance(deel, Berichtklasse)}


def inhoud(deel: Any) -> Any:
    """A part without the codes of a retourbericht."""
    if isinstance(deel, Onderdeel):
        return {naam: inhoud(waarde) for naam, waarde in deel if naam != "RetourCodes"}
    return [inhoud(item) for item in deel] if isinstance(deel, tuple) else deel


@ALLE
def test_the_header_says_which_message_it_answers(soort: Berichtsoort) -> None:
    heen = heenbericht(soort)
    header, vraag = retour(heen).Header, heen.bericht.Header
    assert soort.retour is not None
    assert header.BerichtCode == soort.retour.berichtcode != vraag.BerichtCode
    for naam in ("BerichtVersie", "BerichtSubversie", "Afzender", "Ontvanger", "BerichtIdentificatie", "XsdVersie"):
        assert getattr(header, naam) == getattr(vraag, naam), naam


@ALLE
def test_the_header_says_what_it_is_itself(soort: Berichtsoort) -> None:
    header = dict(retour(heenbericht(soort)).Header)
    assert soort.retour is not None
    versies = SCHEMAS.versies(soort.retour)
    assert (header["IdentificatieRetour"], header["DagtekeningRetour"]) == ("R-1", VANDAAG)
    assert header["XsltVersie"] is None  # the rules here are not the national XSLTs (IV033)
    assert dict(header["XsdVersieRetour"]) == {
        "BasisschemaXsdVersie": versies.basisschema,
        "BerichtXsdVersie": versies.bericht,
    }


@ALLE
def test_approved_only_the_header_without_codes(soort: Berichtsoort) -> None:
    heen = heenbericht(soort)
    assert klassen(retour(heen), soort) == {}
    assert soort.retour is not None
    assert b"RetourCode" not in schrijf(maak_retour(heen, (), "R-1", VANDAAG, SCHEMAS), soort.retour, SCHEMAS)


@ALLE
@settings(max_examples=25)
@given(
    identificatie=st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_categories=["Cc"]), min_size=1, max_size=12).filter(str.strip),
    versie=st.integers(0, 99),
    dag=st.dates(date(2020, 1, 1)),
    nummer=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=1, max_size=12),
)  # fmt: skip
def test_a_clean_retour_is_filled_in_as_it_would_be_written(
    soort: Berichtsoort, identificatie: str, versie: int, dag: date, nummer: str
) -> None:
    """Its text is fixed but for twelve values, whatever those are: markup, brackets, other scripts."""
    heen = heenbericht(soort)
    assert soort.retour is not None
    kop = heen.bericht.Header
    van = kop.BerichtIdentificatie.model_copy(update={"Identificatie": identificatie, "Dagtekening": dag})
    anders = kop.model_copy(update={"BerichtIdentificatie": van, "BerichtVersie": versie})
    ander = replace(heen, bericht=heen.bericht.model_copy(update={"Header": anders}))
    gewoon = serialiseer(maak_retour(ander, (), nummer, dag, SCHEMAS), soort.retour)
    schrijf_retour(heen, (), "R-1", VANDAAG, SCHEMAS)  # the first of a kind is held against the XSD
    assert schrijf_retour(ander, (), nummer, dag, SCHEMAS) == gewoon


@ALLE
def test_a_fault_of_level_2_gives_only_the_header_with_0001(soort: Berichtsoort) -> None:
    heen = heenbericht(soort)
    assert soort.retour is not None
    deel = next(iter(klassen(heen.bericht, soort).values()))
    antwoord = retour(heen, fout("TR101", deel), fout("CS003", deel), fout("TR019", deel))
    assert dict(antwoord.Header)["RetourCodes"] == ("0001",)
    assert klassen(antwoord, soort.retour) == {}


@ALLE
def test_a_fault_in_the_header_gives_only_the_header_with_its_codes(soort: Berichtsoort) -> None:
    heen = heenbericht(soort)
    assert soort.retour is not None
    kop, deel = heen.bericht.Header, next(iter(klassen(heen.bericht, soort).values()))
    antwoord = retour(heen, fout("TR135", kop), fout("TR019", deel), fout("TR056", kop), fout("TR056", kop))
    assert dict(antwoord.Header)["RetourCodes"] == ("8848", "9056")
    assert klassen(antwoord, soort.retour) == {}


@ALLE
def test_a_fault_below_brings_every_class_back_unchanged_with_a_code(soort: Berichtsoort) -> None:
    heen = heenbericht(soort)
    assert soort.retour is not None
    *_, deel = klassen(heen.bericht, soort).values()
    antwoord = retour(heen, fout("TR332", deel))
    terug = klassen(antwoord, soort.retour)
    assert dict(antwoord.Header)["RetourCodes"] == ("0200",)
    assert {pad: inhoud(d) for pad, d in terug.items()} == {
        pad: inhoud(d) for pad, d in klassen(heen.bericht, soort).items()
    }
    *goed, laatste = terug.values()
    assert laatste.RetourCodes == ("9332",)
    assert {d.RetourCodes for d in goed} <= {("0200",)}


def test_contact_and_relatie_come_back_with_a_code() -> None:
    heen = gelezen("301")
    deel = heen.bericht.Client.ToegewezenProducten[0]  # type: ignore[attr-defined]
    assert heen.soort.retour is not None
    terug = klassen(retour(heen, fout("TR332", deel)), heen.soort.retour)
    namen = {type(d).__name__: d.RetourCodes for d in terug.values() if d.RetourCodes == ("0200",)}
    assert namen.keys() == {"Client301", "Relatie", "Contact", "ToegewezenProduct"}


_301 = gelezen("301")
_DELEN = list(klassen(_301.bericht, _301.soort).values())


@given(st.lists(st.tuples(st.sampled_from(HOGER), st.sampled_from(_DELEN)), min_size=1))
def test_every_class_has_exactly_the_codes_of_its_own_faults(gevallen: list[tuple[Any, Berichtklasse]]) -> None:
    treffers = [(regel, Overtreding(deel, "", "Fout.", "Herstel.")) for regel, deel in gevallen]
    assert _301.soort.retour is not None
    terug = klassen(retour(_301, *treffers), _301.soort.retour)
    for pad, deel in klassen(_301.bericht, _301.soort).items():
        eigen = {regel.retourcode for regel, ander in gevallen if ander is deel}
        assert terug[pad].RetourCodes == tuple(sorted(eigen or {"0200"}))


@pytest.mark.parametrize("nummer", ["323", "325"])
def test_a_declaratie_and_its_answer_have_no_retourbericht(nummer: str) -> None:
    with pytest.raises(ValueError, match="bestaat geen retourbericht"):
        maak_retour(gelezen(nummer), (), "R-1", VANDAAG, SCHEMAS)
