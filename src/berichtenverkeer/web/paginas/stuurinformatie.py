"""Stuurinformatie: the figures of a period as pictures with their definition and a table, and the rows behind one."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response

from ...api import stuurinformatie
from ...api.antwoord.problemen import Probleem, niet_gevonden
from ...api.rondom.knooppunt import HetKnooppunt, Nu
from ...api.rondom.route import Router
from ...api.stuurinformatie import Rijvraag, StuurUit, Stuurvraag
from ...api.tabel import Gedaante
from ...partijen.partij import Partijrol
from ...rapportage.zicht import groepeernamen, voor_rol
from ...stuurinformatie.catalogus import KPIS, uit_tekst
from ...stuurinformatie.kpi import Bron, Kpi
from ...stuurinformatie.tijd import KWARTAAL, MAAND, Tijdvak
from ..beelden.stuurbeeld import Cijfer, in_een_woord, maak
from ..beelden.stuurwoorden import Partijnaam, benoem, titel_van
from ..formulieren.formulier import Formulierroute, Onjuist, lees, van_probleem
from ..lijsten.lijstpagina import PER_BLAD, SORTEER, VORMEN
from ..lijsten.stuurrijen import kolommen
from ..lijsten.volgorde import Kopcel, gesorteerd, kopcel
from ..menu import Menupunt
from ..scherm import Kruimels, partijnaam, toon
from ..toegang import Lezer

router = Router(route_class=Formulierroute)

PAD = "/stuurinformatie"
MENU = Menupunt("Stuurinformatie", PAD, 70)

_KRUIMELS: Kruimels = [("Stuurinformatie", PAD)]

MEESTE = 6
"""Figures that are drawn on a page."""

ONDERWERPEN: Mapping[str, tuple[str, frozenset[Bron]]] = {
    "clienten": ("Cliënten", frozenset({Bron.BEGIN, Bron.LAATSTE, Bron.LOPEND, Bron.INZET})),
    "termijnen": ("Wachten en termijnen", frozenset({Bron.TOEWIJZING, Bron.STOP, Bron.VERZOEK})),
    "berichten": ("Berichten", frozenset({Bron.BERICHT, Bron.ANTWOORD, Bron.BEVINDING})),
    "geld": ("Geld en plekken", frozenset({Bron.LOOPTIJD, Bron.AFKEUR, Bron.PLEK, Bron.MARGE, Bron.LUMPSUM})),
}
"""By what the figures are told apart that stand in a number each, so that a page asks for no more than can be read at once."""

_RUIMTE = 160
"""Bars, and rows of tables, for which there is room on a page."""

_MAANDEN = 3
"""How long the period is when none is asked for: so many whole months, of which the last is the one before this."""


@router.get(PAD)
def cijfers(
    request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu, onderwerp: str = "", vorm: str = ""
) -> Response:
    """The figures on a subject in a number each, or those that were chosen as pictures."""
    ingevuld = _ingevuld(request, nu.date())
    onderwerpen = _onderwerpen(ik.partij.rol)
    onderwerp = onderwerp if onderwerp in onderwerpen else next(iter(onderwerpen))
    gekozen, per = _los(ingevuld, "kpi"), _los(ingevuld, "per")
    uit: StuurUit | None = None
    fouten: dict[str, str] = {}
    try:
        _vraag(stuurinformatie.eis_goed, ik.partij.rol, Stuurvraag, ingevuld)
        if len(gekozen) > MEESTE and vorm not in VORMEN:
            raise Onjuist({"kpi": f"kies er hoogstens {MEESTE} tegelijk; het bestand kan ze alle hebben"})
        kort = {**ingevuld, "per": "", "kpi": ",".join(kpi.code for kpi in onderwerpen[onderwerp])}
        vraag = lees(Stuurvraag, ingevuld if gekozen or vorm in VORMEN else kort)
        antwoord = _vraag(stuurinformatie.cijfers, knooppunt, ik.partij, nu, vraag, VORMEN.get(vorm, Gedaante.JSON))
        if isinstance(antwoord, Response):
            return antwoord
        uit = antwoord
    except Onjuist as onjuist:
        fouten = onjuist.fouten
    ruimte = _RUIMTE // max(1, len(gekozen))
    naam_van = partial(partijnaam, knooppunt)
    return toon(
        request,
        "stuurinformatie.html",
        "Stuurinformatie",
        status=422 if fouten else 200,
        fouten=fouten,
        ingevuld=ingevuld,
        gekozen=gekozen,
        per=per,
        kan_kiezen=[(kpi.code, kpi.naam) for kpi in voor_rol(ik.partij.rol)],
        kan_groeperen=[
            (naam, titel_van(naam)) for naam in groepeernamen(ik.partij.rol) if naam not in (MAAND, KWARTAAL)
        ],
        tijd=next((naam for naam in (MAAND, KWARTAAL) if naam in per), ""),
        uit=uit,
        cijfers=_cijfers(uit, naam_van, ruimte) if uit and gekozen else [],
        overzicht=_overzicht(uit, ingevuld) if uit and not gekozen else [],
        onderwerp=onderwerp,
        onderwerpen=[
            (naam, ONDERWERPEN[naam][0], _adres(PAD, ingevuld, kpi=None, per=None, onderwerp=naam))
            for naam in onderwerpen
        ],
        onvolledig=[benoem(KWARTAAL if "Q" in een else MAAND, een, str) for een in uit.onvolledig] if uit else [],
        achter=lambda code: _adres(f"{PAD}/{code}/onderliggend", ingevuld, kpi=None, toonKlein=None),
        alles=_adres(PAD, ingevuld, kpi=None, per=None),
        ook_klein=""
        if ingevuld.get("toonKlein")
        else _adres(PAD, ingevuld, toonKlein="true", onderwerp="" if gekozen else onderwerp),
        bestanden=[(een.upper(), _adres(PAD, ingevuld, vorm=een)) for een in VORMEN],
    )


@router.get(PAD + "/{code}/onderliggend")
def rijen(
    request: Request,
    code: str,
    knooppunt: HetKnooppunt,
    ik: Lezer,
    nu: Nu,
    na: str | None = None,
    vorm: str = "",
) -> Response:
    """The rows behind one figure."""
    if code not in KPIS:
        raise niet_gevonden("Dit cijfer", f"Er zijn: {', '.join(kpi.code for kpi in voor_rol(ik.partij.rol))}.")
    ingevuld = _ingevuld(request, nu.date())
    periode = {naam: waarde for naam, waarde in ingevuld.items() if naam in ("van", "tot", "per")}
    hier = f"{PAD}/{code}/onderliggend"
    fouten: dict[str, str] = {}
    gevonden: list[Any] = []
    volgende = None
    try:
        _vraag(stuurinformatie.eis_goed, ik.partij.rol, Rijvraag, periode, [code])
        vraag = lees(Rijvraag, periode | {"limiet": PER_BLAD} | ({"na": na} if na else {}))
        uit = _vraag(stuurinformatie.rijen, code, knooppunt, ik.partij, vraag, VORMEN.get(vorm, Gedaante.JSON))
        if isinstance(uit, Response):
            return uit
        gevonden, volgende = uit.items, uit.volgende
    except Onjuist as onjuist:
        fouten = onjuist.fouten
    alle = kolommen(
        gevonden, partial(partijnaam, knooppunt), request.app.state.bladzijde_van,
        ziet_berichten=ik.partij.rol is not Partijrol.ONDERAANNEMER,
    )  # fmt: skip
    koppen: list[Kopcel] = [(kolom.titel, None, None) for kolom in alle]
    if volgende is None and na is None:  # all of it is here
        op = request.query_params.get(SORTEER, "")
        koppen = [
            kopcel(kolom.naam, kolom.titel, op, lambda op: _adres(hier, periode, **{SORTEER: op})) for kolom in alle
        ]
        kolom = next((een for een in alle if een.naam == op.removeprefix("-")), None)
        gevonden = gesorteerd(gevonden, kolom.lees, op) if kolom is not None else gevonden
    return toon(
        request,
        "stuurrijen.html",
        f"{KPIS[code].naam}: de rijen erachter",
        kruimels=_KRUIMELS,
        status=422 if fouten else 200,
        fouten=fouten,
        kpi=KPIS[code],
        ingevuld=ingevuld,
        koppen=koppen,
        rijen=[[kolom.cel(rij) for kolom in alle] for rij in gevonden],
        terug=_adres(PAD, ingevuld, kpi=code),
        volgende=volgende and _adres(hier, periode, na=volgende),
        begin=_adres(hier, periode) if na else None,
        bestanden=[(een.upper(), _adres(hier, periode, vorm=een)) for een in VORMEN],
    )


def _ingevuld(request: Request, vandaag: date) -> dict[str, str]:
    """What was asked, with a period where none was: names that may be more than one with commas between them."""
    vraag = request.query_params
    tot = vandaag.replace(day=1) - timedelta(days=1)
    eerste = tot.year * 12 + tot.month - _MAANDEN
    uit = {"van": date(eerste // 12, eerste % 12 + 1, 1).isoformat(), "tot": tot.isoformat()}
    uit |= {naam: vraag[naam].strip() for naam in ("van", "tot", "toonKlein") if vraag.get(naam, "").strip()}
    for naam in ("kpi", "per"):
        if gekozen := ",".join(deel.strip() for deel in vraag.getlist(naam) if deel.strip()):
            uit[naam] = gekozen
    return uit


def _onderwerpen(rol: Partijrol) -> dict[str, list[Kpi]]:
    """The subjects of which a party of this rol has figures, with those."""
    uit = {naam: [kpi for kpi in voor_rol(rol) if kpi.bron in bronnen] for naam, (_, bronnen) in ONDERWERPEN.items()}
    return {naam: kpis for naam, kpis in uit.items() if kpis}


def _los(ingevuld: dict[str, str], naam: str) -> list[str]:
    return list(dict.fromkeys(uit_tekst(ingevuld.get(naam, ""))))


def _adres(pad: str, ingevuld: dict[str, str], **anders: str | None) -> str:
    return f"{pad}?{urlencode({naam: waarde for naam, waarde in {**ingevuld, **anders}.items() if waarde})}"


def _cijfers(uit: StuurUit, naam_van: Partijnaam, ruimte: int) -> list[Cijfer]:
    periode = Tijdvak.dagen(uit.van, uit.tot)
    return [maak(kpi, periode, uit.onvolledig, naam_van, ruimte) for kpi in uit.kpis]


def _overzicht(uit: StuurUit, ingevuld: dict[str, str]) -> list[list[Any]]:
    """Every figure in a row, each with where it is drawn."""
    rijen_ = []
    for kpi in uit.kpis:
        per = MAAND if MAAND in KPIS[kpi.code].per else None
        rijen_.append([(kpi.naam, _adres(PAD, ingevuld, kpi=kpi.code, per=per)), in_een_woord(kpi), kpi.definitie])
    return rijen_


def _vraag(haal: Any, *wat: Any) -> Any:
    """What a function of ``/v1`` answers; what is wrong with the question as what is wrong in the form."""
    try:
        return haal(*wat)
    except Probleem as probleem:
        if probleem.status != 400:
            raise
        raise van_probleem(probleem, dict.fromkeys(("van", "tot", "kpi", "per", "toonKlein"))) from None
