"""Bestanden laden: what a hoofdaannemer keeps (partners, tariffs and the rest), loaded from a file, with what is wrong by row and column; and
what is kept, as a table and as a file again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from ...api.antwoord.problemen import Probleem, van_geweigerd
from ...api.hoofdaannemer import laden
from ...api.hoofdaannemer.bestand_in import Bestand
from ...api.hoofdaannemer.laden import SOORTNAMEN, LaadRapport
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...bedrijfsbureau.laden.laden import soort_met
from ...hoofdaannemer.fouten import Geweigerd
from ...hoofdaannemer.laden.soorten import SOORTEN, VRAGENLIJST
from .. import opmaak
from ..bureau import BEGIN, bureau_bij, geladen, noemer, partnernamen
from ..formulieren.formulier import Formulierroute, Onjuist
from ..formulieren.kolomuitleg import kolommen_van
from ..formulieren.tabelbestand import MEESTE_FOUTEN, Verslag, in_woorden, lees_gegeven, verslag_van
from ..gezegd import gezegd, verder
from ..lijsten.heeltabel import Kolom, als_bestanden, blad, gevraagde_vorm, sleutel
from ..scherm import Noem, toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker

router = Router(route_class=Formulierroute)

PAD = "/hoofdaannemer/laden"

BESTANDEN: Mapping[str, tuple[str, str]] = {
    "partners": ("Partners en contracten", "wie uw partners zijn, en voor welke gemeenten en segmenten zij een contract hebben"),
    "segmenten": ("Segmenten", "welke productcategorieën en productcodes bij welk segment horen"),
    "tarieven": ("Tarieven", "wat een partner per klasse per maand, dag of stuk krijgt"),
    "bijdragen": ("Bijdragen", "welk percentage u per segment inhoudt"),
    "plekken": ("Plekken", "hoeveel plekken een gemeente toekende, en het deel van een partner daarin"),
    "lumpsum": ("Lumpsum", "wat een gemeente per segment per jaar betaalt"),
    "betalingen": ("Betalingen", "wat een gemeente per segment in een maand betaalde"),
    "inzetten": ("Inzetten", "wat al bij partners ligt, in één keer doorgegeven"),
    "geleverd": ("Geleverd", "hoeveel dagen of stuks een partner in een maand leverde"),
    "facturen": ("Facturen", "facturen die u van partners bewaart, om dubbele te zien"),
    "evaluaties": ("Evaluaties", "op welke dag er een evaluatie was"),
    VRAGENLIJST: ("Vragenlijst", "de vragen waaruit de klasse van een casus volgt (YAML)"),
}  # fmt: skip
"""What each file is called and holds, in the order in which one loads them first."""

assert BESTANDEN.keys() == set(SOORTNAMEN)


@router.get(PAD)
def begin(request: Request, knooppunt: HetKnooppunt, ik: Lezer) -> Response:
    """What can be loaded."""
    bureau_bij(knooppunt, ik)
    soorten = [(f"{PAD}/{soort}", *woorden) for soort, woorden in BESTANDEN.items()]
    return toon(request, "laden-begin.html", "Bestanden laden", kruimels=BEGIN, soorten=soorten)


@router.get(PAD + "/{soort}")
def bewaard(request: Request, soort: str, knooppunt: HetKnooppunt, ik: Lezer) -> Response:
    """What is kept of a kind of file, and the form to load it."""
    bureau = bureau_bij(knooppunt, ik)
    if soort != VRAGENLIJST:
        uit = laden.neem(soort, bureau, gevraagde_vorm(request))
        if isinstance(uit, Response):
            return uit
    return _toon(request, soort, bureau, ik, Verslag())


@router.post(PAD + "/{soort}")
async def laad(
    request: Request, soort: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """Load a file, or only say what would come of it."""
    bureau = bureau_bij(knooppunt, ik)
    uit = await _laad(soort, formulier, knooppunt, bureau, nu)
    if isinstance(uit, LaadRapport):
        return verder(request, f"{PAD}/{soort}", in_woorden(uit))
    return await run_in_threadpool(_toon, request, soort, bureau, ik, *uit)


async def _laad(
    soort: str, formulier: FormData, knooppunt: Knooppunt, bureau: Bedrijfsbureau, nu: datetime
) -> LaadRapport | tuple[Verslag, str]:
    """What became of a file that was loaded; of one that was not what is wrong with it, or what would come of it."""
    try:
        gegeven = await lees_gegeven(formulier)
    except Onjuist as onjuist:
        return Verslag(onjuist.fouten), ""
    try:
        rapport = await laden.laad_data(soort, Bestand(gegeven.data), knooppunt, bureau, nu, proef=gegeven.proef)
    except Geweigerd as fout:
        return verslag_van(van_geweigerd(fout), gegeven), ""
    except Probleem as probleem:
        return verslag_van(probleem, gegeven), ""
    return (
        rapport if not gegeven.proef else (Verslag(tekst=gegeven.tekst, opnieuw=not gegeven.tekst), in_woorden(rapport))
    )


def _toon(
    request: Request, soort: str, bureau: Bedrijfsbureau, ik: Ik, verslag: Verslag, geprobeerd: str = ""
) -> Response:
    tabel = soort != VRAGENLIJST
    if tabel:
        soort_met(soort)
    titel, waarvoor = BESTANDEN[soort]
    noem = noemer(request.app.state.knooppunt, partnernamen(bureau))
    rijen = geladen(bureau, soort) if tabel else []
    return toon(
        request,
        "laden.html",
        titel,
        kruimels=[*BEGIN, ("Bestanden laden", PAD)],
        status=422 if verslag.fouten else 200,
        waarvoor=waarvoor,
        adres=f"{PAD}/{soort}",
        verslag=verslag,
        meeste=MEESTE_FOUTEN,
        fouten=verslag.fouten,
        geprobeerd=geprobeerd,
        gezegd=gezegd(request),
        mag=ik.mag(MEDEWERKER),
        soorten=".csv,.xlsx,text/csv" if tabel else ".yaml,.yml,application/yaml",
        kolommen=kolommen_van(SOORTEN[soort]) if tabel else [],
        sleutel=SOORTEN[soort].sleutel if tabel else (),
        voorbeeld=";".join(kolom.naam for kolom in SOORTEN[soort].kolommen) if tabel else "",
        blad=blad(request, rijen, _kolommen(soort, noem)) if tabel else None,
        bestanden=als_bestanden(request),
    )  # fmt: skip


_SCHRIJF: Mapping[str, Callable[[Any], Any]] = {"bedrag": opmaak.geld, "maand": opmaak.maand}
"""How a value is written that its type alone does not say."""


def _kolommen(soort: str, noem: Noem) -> list[Kolom]:
    """The columns of what is kept. A partner and a gemeente stand with their names."""

    def kolom(naam: str) -> Kolom:
        kop = naam.capitalize()
        if naam in ("partner", "gemeente"):
            return sleutel(naam, kop, lambda rij: noem(rij[naam]) if rij[naam] else None)
        if (schrijf := _SCHRIJF.get(naam)) is not None:
            return sleutel(naam, kop, lambda rij: schrijf(rij[naam]))
        return sleutel(naam, kop)

    return [kolom("bedrag" if een.naam == "euro" else een.naam) for een in SOORTEN[soort].kolommen]
