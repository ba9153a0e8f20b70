"""Facturen controleren: an invoice of a partner beside what its months come to, line by line with what to do; and those that were kept."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from ...api.antwoord.problemen import Probleem, niet_gevonden, van_geweigerd
from ...api.hoofdaannemer import facturen, laden
from ...api.hoofdaannemer.bestand_in import Bestand
from ...api.hoofdaannemer.factuur_uit import FactuurControle, FactuurregelUit, NietGefactureerd
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...api.tabel import in_gedaante
from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...hoofdaannemer.factuur import Factuurregel, Post, Uitkomst
from ...hoofdaannemer.fouten import Geweigerd
from ...hoofdaannemer.looptijd import Maand
from ...hoofdaannemer.toegewezen import Kenmerk
from ...standaard.domein import Domein
from .. import opmaak
from ..bureau import BEGIN, bureau_bij, geladen, noemer, partnernamen
from ..formulieren.formulier import Formulierroute, Onjuist
from ..formulieren.tabelbestand import MEESTE_FOUTEN, Gegeven, Verslag, lees_gegeven, verslag_van
from ..gezegd import gezegd, verder
from ..lijsten.heeltabel import Kolom, als_bestanden, blad, gevraagde_vorm, sleutel, veld
from ..scherm import Kruimels, Noem, toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker

router = Router(route_class=Formulierroute)

PAD = "/hoofdaannemer/facturen"

_KRUIMELS: Kruimels = [*BEGIN, ("Facturen", PAD)]

MEESTE_REGELS = 200
"""Lines of an invoice on a page; what is not as expected comes first."""

WAT_NU: Mapping[str, str] = {
    Uitkomst.GOED: "Niets: dit klopt.",
    Uitkomst.BEDRAG_VERSCHILT: "Leg het naast de maandstaat. Klopt die, vraag de partner dan om een factuur met het verwachte bedrag.",
    Uitkomst.DUBBEL: "Betaal deze regel niet. Is zij al betaald, vraag dan een creditfactuur.",
    Uitkomst.ONBEKEND: "Betaal deze regel niet. Kloppen toewijzing, maand en klasse, geef de cliënt dan eerst door aan deze partner.",
}  # fmt: skip
"""What one does about a line, by what is said of it."""

_ERNST = {
    Uitkomst.GOED: "goed",
    Uitkomst.BEDRAG_VERSCHILT: "let-op",
    Uitkomst.DUBBEL: "fout",
    Uitkomst.ONBEKEND: "fout",
}

_VOORBEELD = "factuurnummer;partner;maand;gemeente;toewijzingnummer;domein;klasse;euro"


@router.get(PAD)
def begin(request: Request, knooppunt: HetKnooppunt, ik: Lezer) -> Response:
    """The form, and the invoices that were kept."""
    bureau = bureau_bij(knooppunt, ik)
    uit = laden.neem("facturen", bureau, gevraagde_vorm(request))
    return uit if isinstance(uit, Response) else _begin(request, bureau, ik, Verslag())


@router.get(PAD + "/bewaard")
def bewaard(
    request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu, nummer: str = "", partner: str = ""
) -> Response:
    """One that was kept, checked again."""
    bureau = bureau_bij(knooppunt, ik)
    regels = [
        _regel(rij)
        for rij in geladen(bureau, "facturen")
        if (rij["factuurnummer"], rij["partner"]) == (nummer, partner)
    ]
    if not regels:
        raise niet_gevonden("Deze factuur", "Kijk in de lijst van bewaarde facturen.")
    controle = facturen.controle_van(regels, bureau, nu)
    als_bestand = in_gedaante(gevraagde_vorm(request), "factuur", controle, "regels")
    if isinstance(als_bestand, Response):
        return als_bestand
    return _controle(request, bureau, controle, None, als_bestanden(request))


@router.post(PAD + "/controle")
async def controleer(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu, formulier: HetFormulier) -> Response:
    """Check what was given; nothing is kept."""
    bureau = bureau_bij(knooppunt, ik)
    uit = await _houd_ernaast(formulier, knooppunt, bureau, nu, bewaar=False)
    if isinstance(uit, Verslag):
        return await run_in_threadpool(_begin, request, bureau, ik, uit)
    gegeven, controle = uit
    return await run_in_threadpool(_controle, request, bureau, controle, gegeven if ik.mag(MEDEWERKER) else None)


@router.post(PAD + "/bewaren")
async def bewaar(
    request: Request, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """Keep it under its number, in the place of what had that."""
    bureau = bureau_bij(knooppunt, ik)
    uit = await _houd_ernaast(formulier, knooppunt, bureau, nu, bewaar=True)
    if isinstance(uit, Verslag):
        return await run_in_threadpool(_begin, request, bureau, ik, uit)
    nummers = sorted({regel.factuurnummer for regel in uit[1].regels})
    return verder(request, PAD, f"Bewaard: {', '.join(nummers[:5])}{' en meer' if len(nummers) > 5 else ''}.")


async def _houd_ernaast(
    formulier: FormData, knooppunt: Knooppunt, bureau: Bedrijfsbureau, nu: datetime, *, bewaar: bool
) -> tuple[Gegeven, FactuurControle] | Verslag:
    """What was given and what is said of it; else what is wrong with it."""
    try:
        gegeven = await lees_gegeven(formulier)
    except Onjuist as onjuist:
        return Verslag(onjuist.fouten)
    try:
        regels = await facturen.regels_uit(Bestand(gegeven.data), knooppunt, bureau)
        if not regels:
            return Verslag({gegeven.veld: "er staan geen rijen in"}, tekst=gegeven.tekst)
        return gegeven, await run_in_threadpool(facturen.controle_van, regels, bureau, nu, bewaar=bewaar)
    except Geweigerd as fout:
        return verslag_van(van_geweigerd(fout), gegeven)
    except Probleem as probleem:
        return verslag_van(probleem, gegeven)


def _begin(request: Request, bureau: Bedrijfsbureau, ik: Ik, verslag: Verslag) -> Response:
    noem = noemer(request.app.state.knooppunt, partnernamen(bureau))
    return toon(
        request,
        "facturen.html",
        "Facturen",
        kruimels=BEGIN,
        status=422 if verslag.fouten else 200,
        verslag=verslag,
        fouten=verslag.fouten,
        meeste=MEESTE_FOUTEN,
        voorbeeld=_VOORBEELD,
        blad=blad(request, _per_factuur(geladen(bureau, "facturen")), _kolommen(noem)),
        bestanden=als_bestanden(request),
        gezegd=gezegd(request),
    )


def _per_factuur(rijen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The kept lines by invoice: of each its months and what it comes to."""
    alle: dict[tuple[str, str], dict[str, Any]] = {}
    for rij in rijen:
        een = alle.setdefault(
            (rij["factuurnummer"], rij["partner"]),
            {"nummer": rij["factuurnummer"], "partner": rij["partner"], "maanden": set(), "regels": 0, "bedrag": 0},
        )
        een["maanden"].add(rij["maand"])
        een["regels"] += 1
        een["bedrag"] += rij["bedrag"]
    return [een | {"maanden": sorted(een["maanden"])} for een in alle.values()]


def _kolommen(noem: Noem) -> list[Kolom]:
    def naar(een: dict[str, Any]) -> tuple[str, str]:
        return een["nummer"], f"{PAD}/bewaard?{urlencode({'nummer': een['nummer'], 'partner': een['partner']})}"

    return [
        sleutel("nummer", "Factuurnummer", naar),
        Kolom("partner", "Partner", lambda een: noem(een["partner"])),
        sleutel("maanden", "Over", lambda een: ", ".join(map(opmaak.maand, een["maanden"][:3])) + (" en meer" if len(een["maanden"]) > 3 else "")),
        sleutel("regels", "Regels"),
        sleutel("bedrag", "Bedrag", lambda een: opmaak.geld(een["bedrag"])),
    ]  # fmt: skip


def _controle(
    request: Request,
    bureau: Bedrijfsbureau,
    controle: FactuurControle,
    gegeven: Gegeven | None,
    bestanden: Sequence[tuple[str, str]] = (),
) -> Response:
    """What is said of an invoice; with what was given it can be kept, and of one that was kept its lines are a file too."""
    partners = partnernamen(bureau)
    noem = noemer(request.app.state.knooppunt, partners)
    regels = sorted(controle.regels, key=lambda regel: regel.uitkomst == Uitkomst.GOED)
    return toon(
        request,
        "factuur.html",
        "Factuur gecontroleerd",
        kruimels=_KRUIMELS,
        controle=controle,
        aantallen=sorted(Counter(regel.uitkomst for regel in controle.regels).items()),
        ernst=_ERNST,
        regels=blad_van(regels[:MEESTE_REGELS], _regelkolommen(noem, partners)),
        ontbreekt=blad_van(controle.niet_gefactureerd[:MEESTE_REGELS], _ontbreekkolommen(noem)),
        meeste=MEESTE_REGELS,
        gegeven=gegeven,
        bestanden=bestanden,
        niets=Verslag(opnieuw=True),
        voorbeeld=_VOORBEELD,
    )


def blad_van(items: list[Any], kolommen: list[Kolom]) -> tuple[list[str], list[list[Any]]]:
    """The headings and the rows of a table that is not at an address of its own."""
    return [kolom.titel for kolom in kolommen], [[kolom.cel(item) for kolom in kolommen] for item in items]


def _regelkolommen(noem: Noem, partners: Collection[str]) -> list[Kolom]:
    def staat(een: FactuurregelUit) -> tuple[str, str | None]:
        waar = f"/hoofdaannemer/maandstaten/{een.maand}/{een.partner}" if een.partner in partners else None
        return opmaak.maand(een.maand), waar

    return [
        veld("factuurnummer", "Factuur"),
        Kolom("partner", "Partner", lambda een: noem(een.partner)),
        veld("maand", "Maandstaat", staat),
        veld("gemeente", "Gemeente", lambda een: noem(een.gemeente)),
        veld("toewijzingnummer", "Toewijzing"),
        veld("klasse", "Klasse"),
        veld("gefactureerd", "Gefactureerd", lambda een: opmaak.geld(een.gefactureerd)),
        veld("verwacht", "Verwacht", lambda een: opmaak.geld(een.verwacht)),
        veld("uitkomst", "Uitkomst", lambda een: een.uitkomst.replace("-", " ")),
        veld("uitleg", "Waarom", lambda een: opmaak.zin(een.uitleg)),
        Kolom("nu", "Wat u doet", lambda een: WAT_NU[een.uitkomst]),
    ]


def _ontbreekkolommen(noem: Noem) -> list[Kolom]:
    def bedrag(een: NietGefactureerd) -> Any:
        return opmaak.geld(een.verwacht)

    return [
        Kolom("partner", "Partner", lambda een: noem(een.partner)),
        veld("maand", "Maand", lambda een: opmaak.maand(een.maand)),
        veld("gemeente", "Gemeente", lambda een: noem(een.gemeente)),
        veld("toewijzingnummer", "Toewijzing"),
        veld("klasse", "Klasse"),
        veld("verwacht", "Nog te factureren", bedrag),
    ]


def _regel(rij: Mapping[str, Any]) -> Factuurregel:
    """A kept line."""
    toewijzing = Kenmerk(rij["gemeente"], Domein(rij["domein"]), rij["toewijzingnummer"])
    post = Post(rij["partner"], Maand.lees(rij["maand"]), toewijzing, rij["klasse"])
    return Factuurregel(rij["factuurnummer"], post, rij["bedrag"])
