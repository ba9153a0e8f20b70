"""Inzetten of a partner: its list, its answer, what it reports, and the melding to print."""

from datetime import datetime
from functools import partial
from typing import Any

from fastapi import Request, Response

from ...api.antwoord.problemen import niet_gevonden
from ...api.hoofdaannemer import partner
from ...api.hoofdaannemer.bureau import balie_van
from ...api.hoofdaannemer.inzet_uit import InzetBijPartner, InzetMelding, InzetReden
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.tabel import Gedaante
from ...hoofdaannemer.overgangen import Inzetaanname, Zorgmeldingsoort
from ...hoofdaannemer.partnermelding import Partnermeldingsoort
from ...invoer import Invoer
from ...partijen.partij import Partij, Partijrol
from .. import opmaak
from ..formulieren.inzetdaad import Inzetdaad, vraag_of_doe
from ..formulieren.veld import Veld, met_keuzes
from ..gezegd import gezegd, verder
from ..lijsten.lijstpagina import Filter, Kop, Lijstpagina
from ..menu import Menupunt
from ..scherm import Kruimels, met_partijnaam, toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker, noteer_inzage

PAD = "/inzetten"

MENU = Menupunt("Mijn cliënten", PAD, 60, voor=frozenset({Partijrol.ONDERAANNEMER, Partijrol.AANBIEDER}))

_KRUIMELS: Kruimels = [("Mijn cliënten", PAD)]


def _zoek(
    knooppunt: Knooppunt, partij: Partij, nu: datetime, vraag: partner.InzettenVraagPartner, gedaante: Gedaante
) -> Any:
    return partner.zoek(knooppunt, balie_van(knooppunt, partij), nu, vraag, gedaante)


LIJST = Lijstpagina(
    pad=PAD,
    titel="Mijn cliënten",
    inleiding="Wat hoofdaannemers aan u doorgaven. Neem het aan of weiger het, en meld start en stop.",
    ernaast=("Meld er veel in één keer, met een bestand", "/inzetten/meldingen"),
    haal=_zoek,
    vraag=partner.InzettenVraagPartner,
    item=InzetBijPartner,
    koppen=(
        Kop("Toewijzing", "toewijzingnummer", naar=True),
        Kop("Hoofdaannemer", "hoofdaannemer"),
        Kop("Wet", "domein"),
        Kop("Gemeente", "gemeente"),
        Kop("Klasse", "klasse"),
        Kop("Telt van", "effectief_van"),
        Kop("Tot en met", "effectief_tot"),
        Kop("Toestand", "toestand"),
        Kop("Uw antwoord", "aanname"),
        Kop("Antwoord voor", "aanname_voor"),
    ),
    filters=(
        Filter("Hoofdaannemer", "hoofdaannemer", "AGB-code van 8 cijfers"),
        Filter("Gemeente", "gemeente", "CBS-code van 4 cijfers"),
        Filter("Toestand", "toestand"),
        Filter("Geldig op", "geldig_op"),
    ),
    leeg="Een cliënt verschijnt hier zodra een hoofdaannemer hem aan u doorgeeft.",
    nieuwste_eerst=True,
)

router = LIJST.router()


def _meldt(soort: Partnermeldingsoort, titel: str, uitleg: str, *velden_: Veld) -> Inzetdaad:
    return Inzetdaad(
        titel,
        "Ja, melden",
        uitleg,
        InzetMelding,
        velden_,
        lambda id_, vraag, balie, nu: partner.meld(id_, vraag, balie, nu),
        {"soort": soort},
    )


_NAAR_HOOFDAANNEMER = "De hoofdaannemer krijgt dit op zijn werklijst en stuurt het bericht aan de gemeente."

AANNEMEN, WEIGEREN = "aannemen", "weigeren"

DADEN = {
    AANNEMEN: Inzetdaad(
        "Aannemen",
        "Ja, aannemen",
        "U levert deze zorg. Daarna kunt u niet meer weigeren.",
        Invoer,
        (),
        lambda id_, _, balie, nu: partner.neem_aan(id_, balie, nu),
    ),
    WEIGEREN: Inzetdaad(
        "Weigeren",
        "Ja, weigeren",
        "De inzet vervalt dan vanaf het begin, en de hoofdaannemer zoekt een ander. Daarna kunt u niet meer aannemen.",
        InzetReden,
        (Veld("reden", "Reden", "de hoofdaannemer ziet haar", groot=True),),
        lambda id_, vraag, balie, nu: partner.weiger(id_, vraag, balie, nu),
    ),
    "start": _meldt(
        Partnermeldingsoort.START,
        "Start melden",
        _NAAR_HOOFDAANNEMER,
        Veld("datum", "Eerste dag van de zorg", soort="date"),
    ),
    "stop": _meldt(
        Partnermeldingsoort.STOP,
        "Stop melden",
        _NAAR_HOOFDAANNEMER,
        Veld("datum", "Laatste dag van de zorg", soort="date"),
        Veld("reden", "Reden van de beëindiging", verplicht=False),
    ),
    "evaluatie": _meldt(
        Partnermeldingsoort.EVALUATIE,
        "Evaluatie melden",
        "De hoofdaannemer ziet dat de evaluatie er is; dat is een stap op weg naar een nieuwe toewijzing.",
        Veld("datum", "Dag van de evaluatie", soort="date"),
    ),
}
"""What a partner does, by the last word of its address."""

_OVER = (
    ("Hoofdaannemer", "hoofdaannemer"), ("Gemeente", "gemeente"), ("Wet", "domein"), ("Segment", "segment"), ("Klasse", "klasse"),
    ("Telt van", "effectief_van"), ("Tot en met", "effectief_tot"), ("Toestand", "toestand"), ("Uw antwoord", "aanname"),
    ("Antwoord voor", "aanname_voor"),
)  # fmt: skip
"""What is told of an inzet, with the columns of its model."""


@router.get(PAD + "/{id}")
def een(request: Request, id: str, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """One, with its events."""
    balie = balie_van(knooppunt, ik.partij)
    inzet = partner.bekijk(id, balie, nu)
    return toon(
        request,
        "mijn-inzet.html",
        f"Toewijzing {inzet.toewijzingnummer}",
        kruimels=_KRUIMELS,
        inzet=inzet,
        over=_over(knooppunt, inzet),
        punten=partner.verhaal(id, balie, nu).items,
        daden=[(f"{PAD}/{id}/{woord}", DADEN[woord].titel) for woord in _kan(inzet)] if ik.mag(MEDEWERKER) else [],
        meldingen=[(f"{PAD}/{id}/{soort}", str(soort).capitalize()) for soort in _meldingen(inzet)],
        gezegd=gezegd(request),
    )


def _routes(soort: Zorgmeldingsoort) -> None:
    """Those of a melding: to print, and the same with the Bsn. Each has an address of its own, before that of what one does."""

    @router.get(f"{PAD}/{{id}}/{soort}")
    def melding(request: Request, id: str, knooppunt: HetKnooppunt, ik: Lezer) -> Response:
        return _melding(request, id, knooppunt, ik, soort, getoond=False)

    @router.post(f"{PAD}/{{id}}/{soort}/bsn")
    def melding_bsn(request: Request, id: str, knooppunt: HetKnooppunt, ik: Lezer) -> Response:
        return _melding(request, id, knooppunt, ik, soort, getoond=True)


for _soort in Zorgmeldingsoort:
    _routes(_soort)


@router.get(PAD + "/{id}/{daad}")
def vraag_daad(request: Request, id: str, daad: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu) -> Response:
    """Ask what an act needs."""
    return _doe(request, id, daad, knooppunt, ik, nu, None)


@router.post(PAD + "/{id}/{daad}")
def doe_daad(
    request: Request, id: str, daad: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """Do an act."""
    return _doe(request, id, daad, knooppunt, ik, nu, formulier)


def _doe(
    request: Request, id_: str, woord: str, knooppunt: Knooppunt, ik: Ik, nu: datetime, formulier: Any
) -> Response:
    balie = balie_van(knooppunt, ik.partij)
    inzet, daad = partner.bekijk(id_, balie, nu), DADEN.get(woord)
    if daad is None:
        raise niet_gevonden("Deze bladzijde")
    terug = f"{PAD}/{id_}"

    def doe(vraag: Any) -> Response:
        daad.doe(id_, vraag, balie, nu)
        return verder(request, terug, f"{daad.titel}: gedaan.")

    velden_ = (
        met_keuzes(daad.velden, {"reden": opmaak.redenen_beeindiging(inzet.domein, "Kies…")})
        if woord == "stop"
        else daad.velden
    )
    over = [("Toewijzing", inzet.toewijzingnummer), *_over(knooppunt, inzet)]
    kruimels: Kruimels = [*_KRUIMELS, (f"Toewijzing {inzet.toewijzingnummer}", terug)]
    return vraag_of_doe(request, daad, velden_, formulier, doe, over=over, terug=terug, kruimels=kruimels)


def _melding(
    request: Request, id_: str, knooppunt: Knooppunt, ik: Ik, soort: Zorgmeldingsoort, *, getoond: bool
) -> Response:
    melding = partner.zorgmelding_van(id_, knooppunt, balie_van(knooppunt, ik.partij), soort)
    pad = f"{PAD}/{id_}/{soort}"
    if getoond:
        noteer_inzage("bsn getoond", ik, pad)
    titel = str(soort).capitalize()
    kruimels = [*_KRUIMELS, (f"Toewijzing {melding.toewijzingnummer}", f"{PAD}/{id_}")]
    return toon(request, "zorgmelding.html", titel, kruimels=kruimels, melding=melding, adres=pad, getoond=getoond)


def _over(knooppunt: Knooppunt, inzet: InzetBijPartner) -> list[tuple[str, Any]]:
    return LIJST.gegevens(inzet, _OVER, partial(met_partijnaam, knooppunt))


def _kan(inzet: InzetBijPartner) -> list[str]:
    """What one can do with it: an answer where there is none, and reporting on what counts."""
    if inzet.effectief is None:
        return []
    antwoord = (AANNEMEN, WEIGEREN)
    open_ = inzet.aanname is Inzetaanname.AANGEBODEN
    return [woord for woord in DADEN if open_ or woord not in antwoord]


def _meldingen(inzet: InzetBijPartner) -> list[Zorgmeldingsoort]:
    uit = inzet.effectief is None or inzet.effectief.tot is not None
    return [Zorgmeldingsoort.INZORG, Zorgmeldingsoort.UITZORG] if uit else [Zorgmeldingsoort.INZORG]
