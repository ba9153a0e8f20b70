"""Proposals about one Prestatie that was answered: submit it again, credit it, or credit it and declare anew (IV085, IV086,
IV091)."""

from collections.abc import Iterator
from enum import StrEnum

from ...levensloop.declaratie import CREDIT, Declaratieregel
from ...levensloop.overgangen import Prestatietoestand
from ...levensloop.rekenen.eenheid import Eenheid, factor
from ...levensloop.rekenen.overzicht import overzicht
from ...levensloop.rekenen.periode import maand
from ...levensloop.rekenen.tekst import euro, hoeveelheid
from ...regels.bevinding import Bevinding
from ...standaard.berichten.basis import BedragMetDC, GeslotenPeriode, Referentie
from ...standaard.berichten.declaratie import Prestatie
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ..opstellen.keuring import AFGEKEURD
from ..opstellen.voorstel import Keuze, Voorstel, Vraag, weigering
from .bericht import maak_323
from .grondslag import Grondslag
from .keuring import KennisVan, keur_323
from .verbetering import Correctie, Verbetering, verbeter

_VOLUME = {"TR321", "TR322", "TR369"}
"""The rules that say a volume or an amount is too much."""


class Wat(StrEnum):
    """What to do about a Prestatie."""

    OPNIEUW = "opnieuw"
    CREDIT = "credit"
    CREDIT_EN_DEBET = "credit_en_debet"


def herstel(
    g: Grondslag, bsn: str, regel: Declaratieregel, wat: Wat, kennis_van: KennisVan, correctie: Correctie | None = None
) -> Voorstel:
    """The 323 that puts this Prestatie right, or what must be said first. ``regel`` is as it stands in the ledger."""
    if bezwaar := _bezwaar(regel, wat):
        return weigering(g.soort, bezwaar)
    uitleg: list[str] = []
    prestaties: list[Prestatie] = []
    if wat is not Wat.OPNIEUW:
        prestaties.append(credit(regel, g.nummering.referentie(1)))
        uitleg.append(
            f"Prestatie {regel.referentienummer} wordt in haar geheel gecrediteerd, met {euro(regel.bedrag)} (IV091, OP366)."
        )
    nieuw = Verbetering()
    if wat is not Wat.CREDIT:
        referentie = g.nummering.referentie(len(prestaties) + 1)
        nieuw = verbeter(g, bsn, regel, correctie or Correctie(), referentie)
        uitleg += _uitleg(regel, nieuw, wat)
        if nieuw.prestatie is None:
            return Voorstel(g.soort, tuple(uitleg), tuple(nieuw.vragen))
        if wat is Wat.CREDIT_EN_DEBET and not Declaratieregel.van(nieuw.prestatie).verschillen(regel):
            gelijk = "De nieuwe debetregel zou gelijk zijn aan de oude; geef op wat er anders is, of vraag alleen een credit."
            return Voorstel(g.soort, (*uitleg, gelijk))
        prestaties.append(nieuw.prestatie)
    bericht = maak_323(g, ((bsn, prestatie) for prestatie in prestaties))
    keuring = keur_323(bericht, g.soort, g.schemas, kennis_van)
    if not keuring.bevindingen:
        return Voorstel(g.soort, tuple(uitleg), (), bericht, keuring.data)
    vragen = tuple(_vragen(g, bsn, regel, nieuw, keuring.bevindingen, wat))
    return Voorstel(g.soort, (*uitleg, AFGEKEURD), vragen, bevindingen=keuring.bevindingen)


def credit(regel: Declaratieregel, referentie: str) -> Prestatie:
    """The creditregel on a debetregel: a copy with a number of its own (IV091)."""
    return Prestatie(
        ProductReferentie=Referentie(ReferentieNummer=referentie, VorigReferentieNummer=regel.referentienummer),
        ToewijzingNummer=regel.toewijzingnummer,
        ProductCategorie=regel.categorie,
        ProductCode=regel.code,
        ProductPeriode=GeslotenPeriode(Begindatum=regel.begin, Einddatum=regel.eind),
        GeleverdVolume=regel.volume,
        Eenheid=regel.eenheid,
        ProductTarief=regel.tarief,
        IngediendBedrag=BedragMetDC(Bedrag=regel.bedrag, DebetCredit=CREDIT),
    )


def _bezwaar(regel: Declaratieregel, wat: Wat) -> str | None:
    """Why this cannot be done to a Prestatie in this state (levenscyclus D3)."""
    if regel.is_credit:
        return "Dit is een creditregel; vraag het voorstel voor de debetregel die zij crediteert."
    if wat is Wat.OPNIEUW:
        if regel.toestand is Prestatietoestand.AFGEWEZEN:
            return None
        return f"Deze prestatie is {regel.toestand}; alleen een afgewezen prestatie dient u opnieuw in (IV085)."
    return _NIET_TE_CREDITEREN.get(regel.toestand)


_NIET_TE_CREDITEREN = {
    Prestatietoestand.AFGEWEZEN: "Een afgewezen prestatie wordt niet gecrediteerd; dien haar opnieuw in (IV085).",
    Prestatietoestand.INGEDIEND: "Er is nog geen 325; crediteren kan pas als daarin deze prestatie is toegekend (IV085).",
    Prestatietoestand.GECREDITEERD: "Deze prestatie is al gecrediteerd (TR390).",
}


def _uitleg(regel: Declaratieregel, nieuw: Verbetering, wat: Wat) -> Iterator[str]:
    if wat is Wat.OPNIEUW:
        yield f"Prestatie {regel.referentienummer} is afgewezen; opnieuw indienen vraagt een nieuw ReferentieNummer (TR314)."
    yield from nieuw.uitleg
    if nieuw.prestatie is not None and not nieuw.uitleg and wat is Wat.OPNIEUW:
        yield "Verder is er niets dat uit de toewijzing of het contract anders volgt: zij gaat ongewijzigd mee."


def _vragen(
    g: Grondslag, bsn: str, regel: Declaratieregel, nieuw: Verbetering, gevonden: tuple[Bevinding, ...], wat: Wat
) -> Iterator[Vraag]:
    """What a person must decide when the rules refuse the proposal."""
    if nieuw.prestatie is None or not any(bevinding.regel in _VOLUME for bevinding in gevonden):
        return
    prestatie = nieuw.prestatie
    product = g.toewijzing(prestatie.ToewijzingNummer)
    assert product is not None  # the line was made on it
    eenheid = prestatie.Eenheid
    rest = _ruimte(g, bsn, prestatie, product, regel if wat is Wat.CREDIT_EN_DEBET else None)
    over = euro(rest) if product.Budget is not None else hoeveelheid(rest, eenheid)
    in_volume = product.Budget is None or eenheid == Eenheid.EURO
    keuzes = (Keuze(str(rest), over),) if rest and in_volume else ()
    yield Vraag("geleverd_volume", f"Er is nog ruimte voor {over}. Hoeveel declareert u?", keuzes)


def _ruimte(
    g: Grondslag, bsn: str, prestatie: Prestatie, product: ToegewezenProduct, terug: Declaratieregel | None
) -> int:
    """What may still be declared on this toewijzing in this month, in the Eenheid of the Prestatie or in eurocent of a
    Budget; ``terug`` is credited first."""
    boek, nummer, eenheid = g.dossiers[bsn].boek, prestatie.ToewijzingNummer, prestatie.Eenheid
    if terug is not None and terug.toewijzingnummer != nummer:
        terug = None
    hele = maand(prestatie.ProductPeriode.Begindatum)
    kader = g.kader(product, prestatie.ProductPeriode.Begindatum)
    if product.Budget is not None:
        eerder = boek.bedrag(nummer) - (terug.bedrag if terug else 0)
        return overzicht(kader, hele, al_gedeclareerd=eerder).resterend_budget.waarde or 0
    soorten = {eenheid, product.Omvang.Eenheid if product.Omvang else eenheid}
    eerder = sum(boek.volume(nummer, soort) * (factor(soort, eenheid) or 0) for soort in soorten)
    eerder -= terug.volume * (factor(terug.eenheid, eenheid) or 0) if terug else 0
    return overzicht(kader, hele, eenheid=eenheid, al_gedeclareerd=eerder).resterend.waarde or 0
