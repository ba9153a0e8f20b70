"""Proposals about one Prestatie that was answered: submit it again, credit it, or credit it and declare anew (IV085, IV086,
IV091)."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from ...levensloop.declaratie import CREDIT, Declaratieregel
from ...levensloop.overgangen import Prestatietoestand
from ...levensloop.rekenen.tekst import euro
from ...standaard.berichten.basis import BedragMetDC, GeslotenPeriode, Referentie
from ...standaard.berichten.declaratie import Bericht323, Prestatie
from ..opstellen.keuring import AFGEKEURD
from ..opstellen.voorstel import Voorstel, weigering
from .bericht import maak_323
from .grondslag import Grondslag
from .keuring import KennisVan, Keuring, keur_323
from .ruimte import bereken
from .verbetering import Correctie, Verbetering, verbeter

_VOLUME = {"TR321", "TR322", "TR369"}
"""The rules that say a volume or an amount is too much."""


class Prestatieherstel(StrEnum):
    """What to do about a Prestatie."""

    OPNIEUW = "opnieuw"
    CREDIT = "credit"
    CREDIT_EN_DEBET = "credit_en_debet"


def herstel(
    g: Grondslag,
    bsn: str,
    regel: Declaratieregel,
    wat: Prestatieherstel,
    kennis_van: KennisVan,
    correctie: Correctie | None = None,
) -> Voorstel:
    """The 323 that puts this Prestatie right, or what must be said first. ``regel`` is as it stands in the ledger."""
    if bezwaar := _bezwaar(regel, wat):
        return weigering(g.soort, bezwaar)
    uitleg: list[str] = []
    terug = [] if wat is Prestatieherstel.OPNIEUW else [regel]
    if terug:
        uitleg.append(
            f"Prestatie {regel.referentienummer} wordt in haar geheel gecrediteerd, met {euro(regel.bedrag)} (IV091, OP366)."
        )
    nieuw = Verbetering()
    if wat is not Prestatieherstel.CREDIT:
        nieuw = verbeter(g, bsn, regel, correctie or Correctie(), g.nummering.referentie(1))
        uitleg += _uitleg(regel, nieuw, wat)
        if nieuw.prestatie is None:
            return Voorstel(g.soort, tuple(uitleg), tuple(nieuw.vragen))
        if wat is Prestatieherstel.CREDIT_EN_DEBET and not Declaratieregel.van(nieuw.prestatie).verschillen(regel):
            gelijk = "De nieuwe debetregel zou gelijk zijn aan de oude; geef op wat er anders is, of vraag alleen een credit."
            return Voorstel(g.soort, (*uitleg, gelijk))
    bericht, keuring = _maak(g, bsn, terug, nieuw.prestatie, kennis_van)
    if keuring.bevindingen and nieuw.prestatie is not None and _te_veel(keuring):
        ruimte = bereken(g, bsn, nieuw.prestatie, terug)
        if ruimte.vervallen:
            bericht, keuring = _maak(g, bsn, [*terug, *ruimte.vervallen], nieuw.prestatie, kennis_van)
        if keuring.bevindingen:
            return Voorstel(g.soort, (*uitleg, AFGEKEURD), (ruimte.vraag(),), bevindingen=keuring.bevindingen)
        uitleg.append(ruimte.gaat_mee())
    if not keuring.bevindingen:
        return Voorstel(g.soort, tuple(uitleg), (), bericht, keuring.data)
    return Voorstel(g.soort, (*uitleg, AFGEKEURD), bevindingen=keuring.bevindingen)


def _maak(
    g: Grondslag, bsn: str, terug: Sequence[Declaratieregel], nieuw: Prestatie | None, kennis_van: KennisVan
) -> tuple[Bericht323, Keuring]:
    """The 323 that takes these lines back and declares anew, judged."""
    regels = [credit(regel, g.nummering.referentie(n)) for n, regel in enumerate(terug, start=1)]
    if nieuw is not None:
        referentie = Referentie(ReferentieNummer=g.nummering.referentie(len(regels) + 1))
        regels.append(nieuw.model_copy(update={"ProductReferentie": referentie}))
    bericht = maak_323(g, ((bsn, prestatie) for prestatie in regels))
    return bericht, keur_323(bericht, g.soort, g.schemas, kennis_van)


def _te_veel(keuring: Keuring) -> bool:
    return any(bevinding.regel in _VOLUME for bevinding in keuring.bevindingen)


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


def _bezwaar(regel: Declaratieregel, wat: Prestatieherstel) -> str | None:
    """Why this cannot be done to a Prestatie in this state (levenscyclus D3)."""
    if regel.is_credit:
        return "Dit is een creditregel; vraag het voorstel voor de debetregel die zij crediteert."
    if wat is Prestatieherstel.OPNIEUW:
        if regel.toestand is Prestatietoestand.AFGEWEZEN:
            return None
        return f"Deze prestatie is {regel.toestand}; alleen een afgewezen prestatie dient u opnieuw in (IV085)."
    return _NIET_TE_CREDITEREN.get(regel.toestand)


_NIET_TE_CREDITEREN = {
    Prestatietoestand.AFGEWEZEN: "Een afgewezen prestatie wordt niet gecrediteerd; dien haar opnieuw in (IV085).",
    Prestatietoestand.INGEDIEND: "Er is nog geen 325; crediteren kan pas als daarin deze prestatie is toegekend (IV085).",
    Prestatietoestand.GECREDITEERD: "Deze prestatie is al gecrediteerd (TR390).",
}


def _uitleg(regel: Declaratieregel, nieuw: Verbetering, wat: Prestatieherstel) -> Iterator[str]:
    if wat is Prestatieherstel.OPNIEUW:
        yield f"Prestatie {regel.referentienummer} is afgewezen; opnieuw indienen vraagt een nieuw ReferentieNummer (TR314)."
    yield from nieuw.uitleg
    if nieuw.prestatie is not None and not nieuw.uitleg and wat is Prestatieherstel.OPNIEUW:
        yield "Verder is er niets dat uit de toewijzing of het contract anders volgt: zij gaat ongewijzigd mee."
