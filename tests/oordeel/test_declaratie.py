"""What comes of a 323: the 325 line by line as IV087 and IV088 lay it down, and years of declaring and crediting."""

import time
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conformance.boom import Boom
from tests.conformance.gevallen import SCHEMAS, Aangeboden, maak_bericht
from tests.conformance.knooppunt import Knooppunt

from berichtenverkeer.levensloop.declaratie import DEBET, Combinatie, Declaratieboek, Declaratieregel
from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.levensloop.overgangen import DECLARATIE, PRESTATIE, Declaratietoestand, Prestatietoestand
from berichtenverkeer.levensloop.rekenen.kader import Kader
from berichtenverkeer.levensloop.rekenen.maximum import maximum_looptijd
from berichtenverkeer.levensloop.rekenen.variant import Uitvoeringsvariant
from berichtenverkeer.oordeel.declaratie import Declaratieuitslag, ingediend, uitslag, uitslag_van
from berichtenverkeer.oordeel.oordeel import Berichtoordeel, Oordeel
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.toetsen import toets_bericht
from berichtenverkeer.regels.toetsen_declaratie import toets_declaratie
from berichtenverkeer.standaard.berichten.declaratie import Bericht323, Bericht325, DeclaratieAntwoord
from berichtenverkeer.standaard.berichten.kop import DeclaratieAntwoordHeader
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301
from berichtenverkeer.standaard.berichtsoort import berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import Gelezen

from .declaraties import BSN, Aanbieder, credit, declaratie, maand, prestatie

VANDAAG = date(2026, 3, 2)
PAD = "Declaratie/Clienten/Client[1]/Prestaties/Prestatie"
ANDERE = "999900018"

ALLE = pytest.mark.parametrize("domein", list(Domein))


def verwerk(
    wijzigingen: dict[str, Boom], domein: Domein = Domein.IWMO
) -> tuple[Bericht323, Oordeel, Declaratieuitslag, Bericht325]:
    """The base 323 with these changes, after the 301 it belongs to: what was sent, its oordeel, what came of it, the 325."""
    knooppunt = Knooppunt(VANDAAG)
    knooppunt.verwerk(maak_bericht("301", domein, identificatie="EERDER"))
    aangeboden = maak_bericht("323", domein, wijzigingen)
    oordeel, antwoord = knooppunt.verwerk(aangeboden)
    assert antwoord is not None
    assert isinstance(aangeboden.bericht, Bericht323)
    assert isinstance(antwoord.bericht, Bericht325)
    return aangeboden.bericht, oordeel, knooppunt.declaraties.uitslagen[-1], antwoord.bericht


def kop(antwoord: Bericht325) -> DeclaratieAntwoordHeader:
    assert isinstance(antwoord.Header, DeclaratieAntwoordHeader)
    return antwoord.Header


def inhoud(antwoord: Bericht325) -> DeclaratieAntwoord:
    assert antwoord.DeclaratieAntwoord is not None
    return antwoord.DeclaratieAntwoord


@ALLE
def test_the_header_turns_round_and_names_the_323(domein: Domein) -> None:
    vraag, _, _, antwoord = verwerk({"Header/XsdVersie/BerichtXsdVersie": "7.8.9"}, domein)
    header, versies = kop(antwoord), SCHEMAS.versies(berichtsoort(domein, "325"))
    assert (header.Afzender, header.Ontvanger) == (vraag.Header.Ontvanger, vraag.Header.Afzender)
    assert header.BerichtCode == berichtsoort(domein, "325").berichtcode
    assert header.DeclaratieIdentificatie == vraag.Header.BerichtIdentificatie
    assert header.XsdVersieDeclaratie == vraag.Header.XsdVersie
    assert header.XsdVersie.BasisschemaXsdVersie == versies.basisschema
    assert header.XsdVersie.BerichtXsdVersie == versies.bericht
    assert header.BerichtIdentificatie.Dagtekening == VANDAAG
    assert header.XsltVersie is None  # the rules here are not the national XSLTs (IV033)


@ALLE
def test_all_sound_is_8001_and_grants_all(domein: Domein) -> None:
    vraag, oordeel, _, antwoord = verwerk({}, domein)
    assert oordeel.uitslag is Berichtoordeel.GOEDGEKEURD
    assert kop(antwoord).RetourCodes == ("0200",)
    assert inhoud(antwoord).RetourCodes == ("8001",)
    assert inhoud(antwoord).DeclaratieNummer == vraag.Declaratie.DeclaratieNummer
    assert inhoud(antwoord).TotaalToegekendBedrag == vraag.Declaratie.TotaalIngediendBedrag
    assert inhoud(antwoord).Clienten == ()


@pytest.mark.parametrize(
    ("wijzigingen", "codes", "toestand"),
    [
        ({"Declaratie/TotaalIngediendBedrag/TotaalBedrag": "1"}, ("0001",), Declaratietoestand.NIET_VERZONDEN),
        ({"Header/BerichtIdentificatie/Dagtekening": "2026-03-03"}, ("8848",), Declaratietoestand.AFGEKEURD),
        (
            {"Header/BerichtIdentificatie/Dagtekening": "2026-03-03", "Header/Ontvanger": "9999"},
            ("8848", "S300"),
            Declaratietoestand.AFGEKEURD,
        ),
    ],
    ids=["binnen het bericht", "kop", "kop met twee fouten"],
)
def test_a_fault_in_the_message_or_its_header_gives_only_the_header(
    wijzigingen: dict[str, Boom], codes: tuple[str, ...], toestand: Declaratietoestand
) -> None:
    _, oordeel, gevolg, antwoord = verwerk(wijzigingen)
    assert (kop(antwoord).RetourCodes, antwoord.DeclaratieAntwoord) == (codes, None)
    assert oordeel.uitslag is Berichtoordeel.AFGEKEURD
    assert (gevolg.toestand, gevolg.toegekend, gevolg.prestaties, gevolg.retourcodes) == (toestand, 0, (), codes)


def test_a_fault_in_the_declaratie_grants_nothing_and_judges_no_prestatie() -> None:
    aanbieder = Aanbieder()
    aanbieder.knooppunt.verwerk(maak_bericht("301", Domein.IWMO, identificatie="EERDER"))
    eerste = regel("R1", 1001, 1, 12, 5000)
    aanbieder.verzend([eerste], 1)
    fout = regel("R1", 9999, 0, 12, 5000)
    vraag, oordeel, gelezen, gevolg = aanbieder.verzend([fout], 0, nummer=1)
    assert [b.regel for b in oordeel.bevindingen] == ["TR318", "TR333"]
    assert isinstance(gelezen.bericht, Bericht325)
    antwoord = inhoud(gelezen.bericht)
    assert kop(gelezen.bericht).RetourCodes == ("0200",)
    assert antwoord.RetourCodes == ("8214", "9333")
    assert (antwoord.TotaalToegekendBedrag.TotaalBedrag, antwoord.Clienten) == (0, ())
    assert antwoord.TotaalIngediendBedrag == vraag.Declaratie.TotaalIngediendBedrag
    assert (gevolg.toestand, gevolg.prestaties) == (Declaratietoestand.AFGEKEURD, ())
    assert aanbieder.boek.keys() == {"R1"}


def test_what_was_refused_as_a_whole_counts_as_not_sent() -> None:
    """Its numbers are free again, and its month was not declared."""
    aanbieder = Aanbieder()
    aanbieder.knooppunt.verwerk(maak_bericht("301", Domein.IWMO, identificatie="EERDER"))
    *_, gelezen, _ = aanbieder.verzend([regel("R1", 1001, 1, 12, 5000)] * 2, 5, nummer=1)
    assert isinstance(gelezen.bericht, Bericht325)
    assert kop(gelezen.bericht).RetourCodes == ("0001",)
    _, oordeel, _, _ = aanbieder.verzend([regel("R1", 1001, 1, 12, 5000)], 1, nummer=1)
    assert oordeel.uitslag is Berichtoordeel.GOEDGEKEURD


def test_a_325_without_an_answer_grants_nothing() -> None:
    vraag, _, _, antwoord = verwerk({})
    gevolg = uitslag_van(antwoord.model_copy(update={"DeclaratieAntwoord": None}), vraag)
    assert (gevolg.toestand, gevolg.toegekend, gevolg.prestaties) == (Declaratietoestand.AFGEKEURD, 0, ())


@ALLE
def test_only_what_was_refused_comes_back_unchanged_with_its_codes(domein: Domein) -> None:
    vraag, oordeel, _, antwoord = verwerk({f"{PAD}[1]/ToewijzingNummer": "1003"}, domein)
    assert oordeel.uitslag is Berichtoordeel.DEELS_GOEDGEKEURD
    assert kop(antwoord).RetourCodes == inhoud(antwoord).RetourCodes == ("0200",)
    [client] = inhoud(antwoord).Clienten
    [terug] = client.Prestaties
    assert (client.Bsn, client.RetourCodes, terug.RetourCodes) == (BSN, ("0200",), ("9338",))
    assert terug.model_copy(update={"RetourCodes": ()}) == vraag.Declaratie.Clienten[0].Prestaties[0]
    assert inhoud(antwoord).TotaalToegekendBedrag.TotaalBedrag == 25000


def test_of_an_unknown_client_no_prestatie_is_judged() -> None:
    _, oordeel, gevolg, antwoord = verwerk(
        {"Declaratie/Clienten/Client[1]/Bsn": ANDERE, f"{PAD}[1]/ToewijzingNummer": "9"}
    )
    assert [b.regel for b in oordeel.bevindingen] == ["TR304"]
    [client] = inhoud(antwoord).Clienten
    assert client.RetourCodes == ("8187",)
    assert [p.RetourCodes for p in client.Prestaties] == [("0233",), ("0233",)]
    assert inhoud(antwoord).TotaalToegekendBedrag.TotaalBedrag == 0
    assert {p.retourcodes for p in gevolg.prestaties} == {("8187", "0233")}
    assert oordeel.uitslag is Berichtoordeel.AFGEKEURD


def test_a_client_at_fault_does_not_touch_another() -> None:
    tweede: dict[str, Boom] = {
        "Declaratie/Clienten/Client[2]": {"zoals": "1", "Bsn": ANDERE, "Prestaties": [
            {"ProductReferentie": {"ReferentieNummer": "R3"}, "ToewijzingNummer": "1003", "ProductCategorie": "02",
             "ProductCode": "02T01", "ProductPeriode": {"Begindatum": "2026-02-01", "Einddatum": "2026-02-28"},
             "GeleverdVolume": "1", "Eenheid": "04", "ProductTarief": "1000",
             "IngediendBedrag": {"Bedrag": "1000", "DebetCredit": "D"}}]},
        "Declaratie/TotaalIngediendBedrag/TotaalBedrag": "86000",
    }  # fmt: skip
    *_, antwoord = verwerk(tweede)
    assert [client.Bsn for client in inhoud(antwoord).Clienten] == [ANDERE]
    assert inhoud(antwoord).TotaalToegekendBedrag.TotaalBedrag == 85000


def test_a_refused_volume_says_how_it_was_reckoned() -> None:
    _, _, gevolg, _ = verwerk({f"{PAD}[1]": {"zoals": "1", "GeleverdVolume": "24", "ProductTarief": "2500"}})
    [te_veel, _] = gevolg.prestaties
    assert te_veel.retourcodes == ("9321",)
    assert te_veel.berekening == (
        *te_veel.berekening[:-2],
        "5 weken × 4 uur = 20 uur.",
        "24 uur is 4 uur meer dan 20 uur.",
    )


def regel(nummer: str, toewijzing: int, periode: int, volume: int, tarief: int, eenheid: str = "04") -> Declaratieregel:
    """A debetregel on the toewijzingen of ``JAAR``, or on 1001 of the base 301, over a whole month."""
    begin, eind = maand(periode)
    return Declaratieregel(
        nummer, None, toewijzing, "02", "02T01", begin, eind, volume, eenheid, tarief, volume * tarief, DEBET
    )  # fmt: skip


@pytest.mark.parametrize(
    ("toestand", "gevonden"),
    [
        (None, {"TR323"}),
        (Prestatietoestand.INGEDIEND, {"TR323"}),
        (Prestatietoestand.AFGEWEZEN, {"TR323"}),
        (Prestatietoestand.TOEGEKEND, set()),
    ],
)
def test_only_a_granted_line_is_credited_and_after_its_answer(
    toestand: Prestatietoestand | None, gevonden: set[str]
) -> None:
    debet = regel("R1", 1001, 1, 12, 5000)
    boek = Declaratieboek.van([debet._replace(toestand=toestand)] if toestand else [])
    soort, bericht = declaratie([(BSN, credit(debet, "C1"))], Domein.IWMO, 2, 1, 2)
    assert isinstance(bericht, Bericht323)
    knooppunt = Knooppunt(VANDAAG)
    knooppunt.verwerk(maak_bericht("301", Domein.IWMO))
    [sleutel] = knooppunt.gebeurtenissen
    dossier = replace(knooppunt.dossier(sleutel), boek=boek)
    treffers = toets_declaratie(bericht, Kennis(soort, bericht, VANDAAG, Dossier(), clienten={BSN: dossier}))
    assert {r.code for r, _ in treffers} == gevonden
    assert boek.credit("R1") is None  # judging leaves the ledger as it was


# What every row of the tables says has happened in one of these.


def _stappen(voor: Declaratieuitslag, na: Declaratieuitslag) -> set[tuple[str, str, str]]:
    stappen = {(soort_(p.regel), "geen", str(p.regel.toestand)) for p in voor.prestaties}
    later = {p.regel.referentienummer: p.regel for p in na.prestaties}
    for p in voor.prestaties:
        naar = later.get(p.regel.referentienummer)
        stappen.add((soort_(p.regel), str(p.regel.toestand), str(naar.toestand) if naar else "geen"))
    return stappen


def soort_(regel: Declaratieregel) -> str:
    return "credit" if regel.is_credit else "debet"


def test_every_row_of_the_tables_happens() -> None:
    aanbieder = Aanbieder()
    aanbieder.knooppunt.verwerk(maak_bericht("301", Domein.IWMO, identificatie="EERDER"))
    r1 = regel("R1", 1001, 1, 12, 5000)
    zendingen: list[tuple[list[Declaratieregel], int | None]] = [
        ([r1, regel("R2", 9999, 1, 1, 1)], None),
        ([credit(r1, "C1"), credit(regel("R9", 1001, 1, 1, 1), "C2")], None),
        ([regel("R3", 1001, 1, 1, 1)], 1),
        ([regel("R4", 1001, 1, 1, 1)] * 2, None),
    ]
    prestaties: set[tuple[str, str, str]] = set()
    declaraties = {("geen", "verzonden")}
    for regels, nummer in zendingen:
        vraag, _, _, na = aanbieder.verzend(regels, 1, nummer)
        voor = ingediend(vraag)
        prestaties |= _stappen(voor, na)
        declaraties.add((str(voor.toestand), str(na.toestand)))
    prestaties.add(("debet", "toegekend", str(aanbieder.boek["R1"].toestand)))
    wegen = {(van, naar) for rij in PRESTATIE for van in rij.van for naar in rij.naar}
    assert {(van, naar) for _, van, naar in prestaties} == {(str(van), str(naar)) for van, naar in wegen}
    assert {
        (rij.gebeurtenis.partition(" ")[0], str(van), str(naar))
        for rij in PRESTATIE for van in rij.van for naar in rij.naar
        if rij.gebeurtenis.partition(" ")[0] in ("debet", "credit")
    } <= prestaties  # fmt: skip
    assert declaraties == {(str(van), str(naar)) for rij in DECLARATIE for van in rij.van for naar in rij.naar}


# Years of declaring.

TOEWIJZINGEN: tuple[dict[str, Boom], ...] = (
    {"Ingangsdatum": "2026-01-12", "Einddatum": "2027-02-21", "Omvang": {"Volume": "4", "Eenheid": "04", "Frequentie": "2"}},
    {"Ingangsdatum": "2026-02-01", "Einddatum": "2026-12-31", "Omvang": {"Volume": "6", "Eenheid": "04", "Frequentie": "4"}},
    {"Ingangsdatum": "2026-01-01", "Omvang": {"Volume": "40", "Eenheid": "04", "Frequentie": "6"}},
    {"Ingangsdatum": "2026-01-01", "Einddatum": "2027-03-31", "Budget": "120000"},
)  # fmt: skip
MAANDEN = 15
NUMMERS = tuple(2001 + volg for volg in range(len(TOEWIJZINGEN)))


def code(nummer: int) -> str:
    return f"02T{nummer - 2000:02}"


def alle_soorten(domein: Domein) -> Aangeboden:
    """A 301 with a toewijzing of every kind."""
    categorie, zonder_code = ("02", "07") if domein is Domein.IWMO else ("45", "41")
    producten: list[Boom] = [
        {
            "ToewijzingNummer": str(nummer),
            "Product": {"Categorie": zonder_code}
            if "Budget" in velden
            else {"Categorie": categorie, "Code": code(nummer)},
            "Toewijzingsdatum": "2025-12-15",
            "Toewijzingstijd": "10:00:00",
            **velden,
        }
        for nummer, velden in zip(NUMMERS, TOEWIJZINGEN, strict=True)
    ]
    return maak_bericht(
        "301",
        domein,
        {"Client/ToegewezenProducten": producten, "Header/BerichtIdentificatie/Dagtekening": "2026-01-01"},
    )


class Jaren(Aanbieder):
    """An aanbieder that declares on the toewijzingen of ``alle_soorten``, now and then in the wrong."""

    def __init__(self, domein: Domein) -> None:
        super().__init__(domein)
        soort, bericht = alle_soorten(domein)
        assert isinstance(bericht, Bericht301)
        self.producten = {p.ToewijzingNummer: p for p in bericht.Client.ToegewezenProducten}
        oordeel, _ = self.knooppunt.verwerk(Aangeboden(soort, bericht))
        assert oordeel.uitslag is Berichtoordeel.GOEDGEKEURD, oordeel.bevindingen
        self.gebruikt = 0

    def referentie(self) -> str:
        self.gebruikt += 1
        return f"R{self.gebruikt}"

    def debet(self, nummer: int, periode: int, volume: int, *, heel: bool, minuten: bool) -> Declaratieregel:
        """A line over a month, cut to the toewijzing unless it errs (``heel``); of a budget an amount."""
        product = self.producten[nummer]
        begin, eind = maand(periode)
        if not heel:
            begin, eind = max(begin, product.Ingangsdatum), min(eind, product.Einddatum or eind)
        if begin > eind:
            begin, eind = maand(periode)
        assert product.Product is not None
        categorie, code_ = product.Product.Categorie, product.Product.Code or f"{product.Product.Categorie}T99"
        if product.Budget is not None:
            volume, eenheid, tarief = volume * 2000, "83", None
        elif minuten:
            volume, eenheid, tarief = volume * 60, "01", 100
        else:
            eenheid, tarief = "04", 6000
        bedrag = volume if tarief is None else volume * tarief
        return Declaratieregel(
            self.referentie(), None, nummer, categorie, code_, begin, eind, volume, eenheid, tarief, bedrag, DEBET
        )


DEBETTEN = st.tuples(
    st.just("debet"),
    st.sampled_from(NUMMERS),
    st.sampled_from([0, 0, 0, 1, 3]),  # months ago
    st.sampled_from([4, 8, 12, 16, 20, 26]),
    st.sampled_from([False, False, False, True]),
    st.booleans(),
)
CREDITS = st.tuples(st.just("credit"), st.integers(0, 30), st.sampled_from([False, False, False, True]))
ZENDING = st.lists(DEBETTEN | DEBETTEN | DEBETTEN | CREDITS, min_size=1, max_size=8)
VERDER = st.sampled_from([1, 1, 1, 1, 0, 2, -1])
JAREN = st.lists(st.tuples(VERDER, st.sampled_from([False] * 9 + [True]), ZENDING), min_size=6, max_size=18)


@settings(max_examples=60)
@given(st.sampled_from(Domein), JAREN)
def test_whatever_is_sent_the_books_of_both_agree_and_nothing_is_paid_twice(
    domein: Domein, jaren: list[tuple[int, bool, list[tuple[object, ...]]]]
) -> None:
    """``slordig`` sends a message that breaks a rule inside it, or uses a DeclaratieNummer again."""
    aanbieder, periode = Jaren(domein), 1
    for verder, slordig, zending in jaren:
        periode = max(0, min(periode + verder, MAANDEN))
        regels = [r for stap in zending if (r := _regel(aanbieder, stap, periode)) is not None]
        if not slordig:
            regels = list({r.vorig_referentienummer or r.combinatie: r for r in regels}.values())
        if regels:
            _, _, antwoord, gevolg = aanbieder.verzend(regels, periode, 1 if slordig else None)
            _sluit(aanbieder, antwoord, gevolg)
    _balans(aanbieder)


def _regel(aanbieder: Jaren, stap: tuple[object, ...], periode: int) -> Declaratieregel | None:
    match stap:
        case ("debet", int(nummer), int(geleden), int(volume), bool(heel), bool(minuten)):
            return aanbieder.debet(nummer, max(0, periode - geleden), volume, heel=heel, minuten=minuten)
        case ("credit", int(keuze), bool(bezet_nummer)):
            debetten = [r for r in aanbieder.boek.values() if not r.is_credit]
            if not debetten:
                return None
            debet = debetten[keuze % len(debetten)]
            bezet = next(iter(aanbieder.boek)) if bezet_nummer else debet.referentienummer
            return credit(debet, aanbieder.referentie() if bezet == debet.referentienummer else bezet)
        case _:
            raise AssertionError(stap)


def _sluit(aanbieder: Jaren, antwoord: Gelezen, gevolg: Declaratieuitslag) -> None:
    """One 323 and its 325: the 325 is sound, says what the rules said, and of every refusal how it was reckoned."""
    assert toets_bericht(antwoord.bericht, antwoord.soort) == []  # TR342 is one of them
    zelf, _ = aanbieder.knooppunt.verwerk(Aangeboden(antwoord.soort, antwoord.bericht))
    assert zelf.uitslag is Berichtoordeel.GOEDGEKEURD, zelf.bevindingen
    eigen = aanbieder.knooppunt.declaraties.uitslagen[-1]
    assert (eigen.toestand, eigen.toegekend, eigen.retourcodes) == (
        gevolg.toestand, gevolg.toegekend, gevolg.retourcodes,
    )  # fmt: skip
    assert [(p.bsn, p.regel, p.retourcodes) for p in eigen.prestaties] == [
        (p.bsn, p.regel, p.retourcodes) for p in gevolg.prestaties
    ]
    for uit in eigen.prestaties:
        if {"9321", "9322", "9346", "9369"}.intersection(uit.retourcodes):
            assert len(uit.berekening) >= 2


def _balans(aanbieder: Jaren) -> None:
    """At the end the ledger of the node is the book of the aanbieder, and nothing is over its maximum."""
    boek = Declaratieboek.van(r for regels in aanbieder.knooppunt.declaraties.regels.values() for r in regels)
    assert {
        r.referentienummer: r for r in boek.regels() if r.toestand is not Prestatietoestand.AFGEWEZEN
    } == aanbieder.boek
    assert sum(boek.bedrag(nummer) for nummer in NUMMERS) == aanbieder.toegekend
    toegekend: dict[int, Counter[str]] = defaultdict(Counter)
    open_: Counter[Combinatie] = Counter()
    for r in aanbieder.boek.values():
        toegekend[r.toewijzingnummer][r.eenheid] += -r.volume if r.is_credit else r.volume
        toegekend[r.toewijzingnummer]["bedrag"] += r.saldo
        open_[r.combinatie] += r.toestand is Prestatietoestand.TOEGEKEND
    assert max(open_.values(), default=0) <= 1
    for nummer, product in aanbieder.producten.items():
        volumes = toegekend[nummer]
        assert {e: boek.volume(nummer, e) for e in ("01", "04", "83")} == {e: volumes[e] for e in ("01", "04", "83")}
        assert boek.bedrag(nummer) == volumes["bedrag"]
        assert product.Budget is None or volumes["bedrag"] <= product.Budget
        hoogstens = maximum_looptijd(Kader.van(product, aanbieder.domein, Uitvoeringsvariant.INSPANNING)).waarde
        assert hoogstens is None or volumes["04"] * 60 + volumes["01"] <= hoogstens * 60


# Large declaraties.


def groot(aantal: int) -> tuple[Bericht323, Kennis]:
    """A 323 of one client with so many lines on one toewijzing, each with a code of its own."""
    soort, basis = maak_bericht("323", Domein.IWMO)
    assert isinstance(basis, Bericht323)
    knooppunt = Knooppunt(VANDAAG)
    budget = "Client/ToegewezenProducten/ToegewezenProduct[2]/Budget"
    knooppunt.verwerk(maak_bericht("301", Domein.IWMO, {budget: "99999999"}))
    [voorbeeld] = [p for p in basis.Declaratie.Clienten[0].Prestaties if p.ToewijzingNummer == 1002]
    begin = Declaratieregel.van(voorbeeld)
    regels = (begin._replace(referentienummer=f"R{n}", code=f"{n:05}", volume=1, bedrag=1) for n in range(aantal))
    client = basis.Declaratie.Clienten[0].model_copy(update={"Prestaties": tuple(map(prestatie, regels))})
    bericht = basis.model_copy(update={"Declaratie": basis.Declaratie.model_copy(update={"Clienten": (client,)})})
    [sleutel] = knooppunt.gebeurtenissen
    return bericht, Kennis(soort, bericht, VANDAAG, Dossier(), clienten={BSN: knooppunt.dossier(sleutel)})


@pytest.mark.parametrize("verwijderd", [False, True], ids=["goed", "fout"])
def test_ten_times_as_many_lines_take_about_ten_times_as_long(verwijderd: bool) -> None:
    def duur(aantal: int) -> float:
        bericht, kennis = groot(aantal)
        if verwijderd:
            kennis.clienten[BSN].toewijzingen.clear()  # type: ignore[attr-defined]
        tijden = []
        for _ in range(2):
            begin = time.process_time()
            treffers = toets_declaratie(bericht, kennis)
            assert len(uitslag(bericht, treffers).prestaties) == aantal
            tijden.append(time.process_time() - begin)
        return min(tijden)

    duur(10)
    assert duur(5000) < 40 * duur(500)
