"""Inzetten of a hoofdaannemer: passing on, the list, one with its events, and the acts on it."""

from datetime import datetime
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRouter

from ...api import toewijzingen
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
    InzetVraag,
)
from ...api.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.problemen import niet_gevonden
from ...api.tabel import Gedaante
from ...api.toewijzing_uit import ToewijzingUit
from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...partijen.partij import Partij
from ...tabellen.model import kolommen
from ..bureau import BEGIN, bureau_bij, klassekeuzes, met_naam, partnerkeuzes, partnernamen
from ..formulier import Formulierroute
from ..gezegd import gezegd, verder
from ..inzetdaad import Inzetdaad, Veld, met_keuzes, vraag_of_doe
from ..lijstpagina import Filter, Kop, Lijstpagina, cel
from ..scherm import Kruimels, toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker

PAD, DOORGEVEN = "/hoofdaannemer/inzetten", "/hoofdaannemer/doorgeven"


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
    kruimels=BEGIN,
)

DOOR_TE_GEVEN = Lijstpagina(
    pad=DOORGEVEN,
    titel="Doorgeven",
    inleiding="Kies de toewijzing die u aan een partner doorgeeft. Zoek haar zo nodig op nummer.",
    haal=toewijzingen.zoek,
    vraag=toewijzingen.Toewijzingenvraag,
    item=ToewijzingUit,
    koppen=(
        Kop("Nummer", "toewijzingnummer", naar=True),
        Kop("Wet", "domein"),
        Kop("Gemeente", "gemeente"),
        Kop("Categorie", "product_categorie"),
        Kop("Product", "product_code"),
        Kop("Begin", "ingangsdatum"),
        Kop("Eind", "einddatum"),
        Kop("Toestand", "toestand"),
    ),
    filters=(
        Filter("Nummer", "toewijzingnummer"),
        Filter("Gemeente", "gemeente", "CBS-code van 4 cijfers"),
        Filter("Product", "product", "categorie of code"),
        Filter("Toestand", "toestand"),
        Filter("Geldig op", "geldig_op"),
    ),
    leeg="Een toewijzing verschijnt hier zodra de gemeente u een 301 heeft gestuurd en dat is goedgekeurd.",
    kruimels=BEGIN,
)

router = APIRouter(route_class=Formulierroute)
for lijst_ in (LIJST, DOOR_TE_GEVEN):
    router.include_router(lijst_.router())

_REDEN = Veld("reden", "Reden", "komt op de tijdlijn, en de partner ziet haar", groot=True)
_MAG_REDEN = Veld("reden", "Reden", "nodig als de vragenlijst een andere klasse geeft", groot=True, verplicht=False)
_OVERLAP = [("", "Nee"), ("true", "Ja, dit is de bedoeling")]

PLAATS = Inzetdaad(
    "Toewijzing doorgeven",
    "Ja, doorgeven",
    "De partner krijgt een inzorgmelding en ziet de cliënt op zijn lijst.",
    InzetVraag,
    (
        Veld("partner", "Partner"),
        Veld("klasse", "Klasse"),
        Veld("van", "Eerste dag", soort="date"),
        Veld("tot", "Laatste dag", "leeg: zo lang als de toewijzing", "date", verplicht=False),
        Veld("overlap_bedoeld", "Mag op dezelfde dagen als een andere inzet?", keuzes=_OVERLAP, verplicht=False),
        _MAG_REDEN,
    ),
    inzetten.plaats,
)

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
        (Veld("klasse", "Nieuwe klasse"), Veld("per", "Eerste dag in deze klasse", soort="date"), _MAG_REDEN),
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

_KOLOMMEN = {kolom.naam: kolom for kolom in kolommen(InzetUit)}


@router.get(DOORGEVEN + "/{toewijzing}")
def vraag_plaats(request: Request, toewijzing: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu) -> Response:
    """Ask to whom a toewijzing goes."""
    return _plaats(request, toewijzing, knooppunt, ik, nu, None)


@router.post(DOORGEVEN + "/{toewijzing}")
def plaats(
    request: Request, toewijzing: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """Pass a toewijzing on."""
    return _plaats(request, toewijzing, knooppunt, ik, nu, formulier)


@router.get(PAD + "/{id}")
def een(request: Request, id: str, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """One inzet, with its events and what else is on its toewijzing."""
    bureau = bureau_bij(knooppunt, ik)
    inzet = inzetten.bekijk(id, bureau, nu)
    vraag = inzetten.Inzettenvraag.model_validate({"toewijzing": inzet.toewijzing})
    namen = partnernamen(bureau)
    return toon(
        request,
        "inzet.html",
        f"Inzet bij {namen.get(inzet.partner, inzet.partner)}, toewijzing {inzet.toewijzingnummer}",
        kruimels=[*BEGIN, ("Inzetten", PAD)],
        inzet=inzet,
        over=[("Partner", met_naam(namen, inzet.partner)), *_over(inzet)],
        punten=inzetten.verhaal(id, bureau, nu).items,
        anderen=[ander for ander in _zoek(knooppunt, ik.partij, nu, vraag, Gedaante.JSON).items if ander.id != id],
        naam=lambda code: met_naam(namen, code),
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


def _plaats(request: Request, id_: str, knooppunt: Knooppunt, ik: Ik, nu: datetime, formulier: Any) -> Response:
    bureau = bureau_bij(knooppunt, ik)
    toewijzing = toewijzingen.bekijk(id_, knooppunt, ik.partij, nu)
    velden_ = met_keuzes(PLAATS.velden, **_keuzes(bureau))
    over = [
        ("Toewijzing", toewijzing.toewijzingnummer),
        ("Gemeente", toewijzing.gemeente),
        ("Begin", toewijzing.ingangsdatum),
        ("Eind", toewijzing.einddatum),
    ]
    kruimels = [*BEGIN, ("Doorgeven", DOORGEVEN)]

    def doe(vraag: InzetVraag) -> Response:
        return _klaar(request, inzetten.plaats(vraag, knooppunt, bureau, nu), "De toewijzing is doorgegeven.")

    return vraag_of_doe(
        request, PLAATS, velden_, formulier, doe, vast={"toewijzing": id_}, over=over, terug=DOORGEVEN, kruimels=kruimels
    )  # fmt: skip


def _doe(
    request: Request, id_: str, woord: str, knooppunt: Knooppunt, ik: Ik, nu: datetime, formulier: Any
) -> Response:
    bureau = bureau_bij(knooppunt, ik)
    inzet, daad = inzetten.bekijk(id_, bureau, nu), DADEN.get(woord)
    if daad is None:
        raise niet_gevonden("Deze bladzijde")
    over = [
        ("Toewijzing", inzet.toewijzingnummer),
        ("Partner", met_naam(partnernamen(bureau), inzet.partner)),
        *_over(inzet),
    ]
    terug = f"{PAD}/{id_}"
    kruimels: Kruimels = [*BEGIN, ("Inzetten", PAD), (f"Toewijzing {inzet.toewijzingnummer}", terug)]
    velden_ = met_keuzes(daad.velden, **_keuzes(bureau, inzet.segment))

    def doe(vraag: Any) -> Response:
        return _klaar(request, daad.doe(id_, vraag, knooppunt, bureau, nu), f"{daad.titel}: gedaan.")

    return vraag_of_doe(request, daad, velden_, formulier, doe, over=over, terug=terug, kruimels=kruimels)


def _keuzes(bureau: Bedrijfsbureau, segment: str | None = None) -> dict[str, Any]:
    partners = partnerkeuzes(partnernamen(bureau))
    return {"partner": partners, "naar": partners, "klasse": klassekeuzes(bureau, segment)}


def _over(inzet: InzetUit) -> list[tuple[str, Any]]:
    velden_ = (
        ("Gemeente", "gemeente"), ("Wet", "domein"), ("Segment", "segment"), ("Klasse", "klasse"), ("Telt van", "effectief_van"),
        ("Tot en met", "effectief_tot"), ("Toestand", "toestand"), ("Antwoord van de partner", "aanname"),
    )  # fmt: skip
    return [(titel, cel(_KOLOMMEN, inzet, veld)) for titel, veld in velden_]


def _klaar(request: Request, gedaan: InzetGedaan, zin: str) -> Response:
    return verder(request, f"{PAD}/{gedaan.id}", zin, *gedaan.let_op)
