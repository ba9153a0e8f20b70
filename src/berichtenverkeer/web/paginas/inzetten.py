"""Inzetten of a hoofdaannemer: the list, one with its events, and the acts on it."""

from datetime import datetime
from typing import Any

from fastapi import Request, Response

from ...api.antwoord.problemen import niet_gevonden
from ...api.hoofdaannemer import inzetten
from ...api.hoofdaannemer.bureau import bureau_van
from ...api.hoofdaannemer.inzet_uit import (
    InzetEinde,
    InzetGedaan,
    InzetGeleverd,
    InzetKlasse,
    InzetOverdracht,
    InzetReden,
    InzetUit,
)
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.tabel import Gedaante
from ...partijen.partij import Partij
from ..bureau import BEGIN, bureau_bij, keuzes_bij, noemer, partnernamen
from ..formulieren.inzetdaad import Inzetdaad, vraag_of_doe
from ..formulieren.veld import Veld, met_keuzes
from ..gezegd import gezegd, verder
from ..lijsten.lijstpagina import Filter, Kop, Lijstpagina
from ..opmaak import los
from ..scherm import Kruimels, toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker

PAD = "/hoofdaannemer/inzetten"


def _zoek(knooppunt: Knooppunt, partij: Partij, nu: datetime, vraag: inzetten.Inzettenvraag, gedaante: Gedaante) -> Any:
    return inzetten.zoek(knooppunt, partij, bureau_van(knooppunt, partij), nu, vraag, gedaante)


LIJST = Lijstpagina(
    pad=PAD,
    titel="Inzetten",
    haal=_zoek,
    vraag=inzetten.Inzettenvraag,
    item=InzetUit,
    koppen=(
        Kop("Toewijzing", "toewijzingnummer", naar=True),
        Kop("Wet", "domein"),
        Kop("Gemeente", "gemeente"),
        Kop("Partner", "partner"),
        Kop("Segment", "segment"),
        Kop("Klasse", "klasse"),
        Kop("Telt van", "effectief_van"),
        Kop("Tot en met", "effectief_tot"),
        Kop("Toestand", "toestand"),
        Kop("Antwoord", "aanname"),
        Kop("Antwoord voor", "aanname_voor"),
    ),
    filters=(
        Filter("Partner", "partner", "code van de partner"),
        Filter("Gemeente", "gemeente", "CBS-code van 4 cijfers"),
        Filter("Segment", "segment"),
        Filter("Toestand", "toestand"),
        Filter("Geldig op", "geldig_op"),
    ),
    leeg="Een inzet verschijnt hier zodra u een toewijzing doorgeeft aan een partner. Dat doet u bij Doorgeven.",
    nieuwste_eerst=True,
    noem=lambda knooppunt, partij: noemer(knooppunt, partnernamen(bureau_van(knooppunt, partij))),
    kruimels=BEGIN,
)

router = LIJST.router()

_REDEN = Veld("reden", "Reden", "komt op de tijdlijn, en de partner ziet haar", groot=True)
MAG_REDEN = Veld("reden", "Reden", "nodig als de vragenlijst een andere klasse geeft", groot=True, verplicht=False)
DADEN = {
    "overdragen": Inzetdaad(
        "Overdragen aan een andere partner",
        "Ja, overdragen",
        "De inzet eindigt op de dag ervoor, en gaat vanaf deze dag verder bij de andere partner. Beide krijgen een melding.",
        InzetOverdracht,
        (
            Veld("naar", "Naar partner"),
            Veld("per", "Eerste dag bij deze partner", soort="date"),
            Veld("klasse", "Klasse", "leeg: dezelfde", verplicht=False),
            Veld("reden", "Reden", groot=True, verplicht=False),
        ),
        inzetten.draag_over,
    ),
    "klasse": Inzetdaad(
        "Andere klasse",
        "Ja, andere klasse",
        "De inzet gaat vanaf deze dag verder in de andere klasse, bij dezelfde partner. Die krijgt daar een melding van.",
        InzetKlasse,
        (Veld("klasse", "Nieuwe klasse"), Veld("per", "Eerste dag in deze klasse", soort="date"), MAG_REDEN),
        inzetten.wijzig_klasse,
    ),
    "beeindigen": Inzetdaad(
        "Inzet beëindigen",
        "Ja, beëindigen",
        "De inzet eindigt na deze dag. De partner krijgt een uitzorgmelding.",
        InzetEinde,
        (Veld("per", "Laatste dag", soort="date"), _REDEN),
        inzetten.beeindig,
    ),
    "intrekken": Inzetdaad(
        "Inzet intrekken",
        "Ja, intrekken",
        "De inzet telt dan vanaf het begin niet meer, en de partner mag er niets voor factureren. Hij krijgt een uitzorgmelding.",
        InzetReden,
        (_REDEN,),
        inzetten.trek_in,
    ),
    "geleverd": Inzetdaad(
        "Geleverd aantal vastleggen",
        "Ja, vastleggen",
        "Dit aantal komt in de plaats van wat er voor deze maand stond.",
        InzetGeleverd,
        (
            Veld("maand", "Maand", "zoals 2026-07", "month"),
            Veld("aantal", "Aantal", "dagen of stuks, zoals het tarief telt", "number"),
        ),
        inzetten.boek_geleverd,
    ),
}
"""The acts on an inzet, by the last word of their address."""

_OVER = (
    ("Partner", "partner"), ("Gemeente", "gemeente"), ("Wet", "domein"), ("Segment", "segment"), ("Klasse", "klasse"), ("Telt van", "effectief_van"),
    ("Tot en met", "effectief_tot"), ("Toestand", "toestand"), ("Antwoord van de partner", "aanname"),
)  # fmt: skip
"""What is told of an inzet, with the columns of its model."""


@router.get(PAD + "/{id}")
def een(request: Request, id: str, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """One inzet, with its events and what else is on its toewijzing."""
    bureau = bureau_bij(knooppunt, ik)
    inzet = inzetten.bekijk(id, bureau, nu)
    vraag = inzetten.Inzettenvraag.model_validate({"toewijzing": inzet.toewijzing})
    namen = partnernamen(bureau)
    noem = noemer(knooppunt, namen)
    return toon(
        request,
        "inzet.html",
        f"Inzet bij {los(namen.get(inzet.partner, inzet.partner))}, toewijzing {inzet.toewijzingnummer}",
        kruimels=[*BEGIN, ("Inzetten", PAD)],
        inzet=inzet,
        over=LIJST.gegevens(inzet, _OVER, noem),
        punten=inzetten.verhaal(id, bureau, nu).items,
        anderen=[ander for ander in _zoek(knooppunt, ik.partij, nu, vraag, Gedaante.JSON).items if ander.id != id],
        naam=noem,
        daden=[(f"{PAD}/{id}/{woord}", daad.titel) for woord, daad in DADEN.items()],
        mag=ik.mag(MEDEWERKER),
        gezegd=gezegd(request),
    )


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
    bureau = bureau_bij(knooppunt, ik)
    inzet, daad = inzetten.bekijk(id_, bureau, nu), DADEN.get(woord)
    if daad is None:
        raise niet_gevonden("Deze bladzijde")
    over = [
        ("Toewijzing", inzet.toewijzingnummer),
        *LIJST.gegevens(inzet, _OVER, noemer(knooppunt, partnernamen(bureau))),
    ]
    terug = f"{PAD}/{id_}"
    kruimels: Kruimels = [*BEGIN, ("Inzetten", PAD), (f"Toewijzing {inzet.toewijzingnummer}", terug)]
    velden_ = met_keuzes(daad.velden, keuzes_bij(bureau, inzet.segment))

    def doe(vraag: Any) -> Response:
        gedaan: InzetGedaan = daad.doe(id_, vraag, knooppunt, bureau, nu)
        return verder(request, f"{PAD}/{gedaan.id}", f"{daad.titel}: gedaan.", *gedaan.let_op)

    return vraag_of_doe(request, daad, velden_, formulier, doe, over=over, terug=terug, kruimels=kruimels)
