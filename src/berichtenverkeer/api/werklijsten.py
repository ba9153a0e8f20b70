"""Work lists: what is still to come, from whom and before when."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import Path, Query, Response
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from ..invoer import Dag
from ..levensloop.dossier import Dossiersleutel
from ..opslag.database import lezend
from ..opslag.dossiers import dossiers
from ..opslag.dossiers.clienten import clienten
from ..partijen.partij import Partij
from ..standaard.berichten.typen import Gemeente
from ..standaard.berichtsoort import Ketenrol
from ..standaard.domein import Domein
from ..standaard.naam import volledig
from ..werklijsten.alle import LIJSTEN, SAMEN
from ..werklijsten.lijst import Eenbron, Peil, Plek, Rij, Werk, Werklijst, WieAanZet, bladzijde, tel
from .antwoord import cursor
from .antwoord.lijst import AANTAL, Aantal
from .antwoord.problemen import Probleem
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from .rondom.route import Router
from .tabel import DeGedaante, Gedaante, in_bladen, in_gedaante, lijst_antwoorden, stroom

_ALLES = "alles"
"""What all lists together are called, in an address and in a cursor."""

_PER_BLAD = 10_000
"""Rows of a table that are in memory at a time: some lists are reckoned anew for every page."""

router = Router(prefix="/werklijsten", tags=["werklijsten"])

_PLEK = re.compile("([0-9]{1,3})[.]([0-9]{4}-[0-9]{2}-[0-9]{2})[.]([0-9a-f/-]{1,60})")

Weken = Annotated[
    int | None, Query(ge=0, le=52, description="toewijzing-loopt-af: hoeveel weken vooruit; anders de instelling")
]
WieMoet = Annotated[WieAanZet | None, Query(description="Alleen wat u moet doen, of alleen wat de ander moet doen")]
Naam = Annotated[str, Path(description="Een naam uit het overzicht", json_schema_extra={"enum": list(LIJSTEN)})]


class WerklijstKort(BaseModel):
    """A work list and how much stands on it."""

    naam: str
    omschrijving: str
    advies: str
    aantal: int
    te_laat: int = Field(description="hoeveel daarvan over de termijn zijn")


class Werklijsten(BaseModel):
    items: list[WerklijstKort]


class PartijAanZet(BaseModel):
    code: str
    rol: Ketenrol


class Werkverwijzingen(BaseModel):
    """Where it is; ``bericht`` is the unanswered message, that of the request, the 325 that refuses, or the 301 in force."""

    toewijzing: str | None
    verzoek: str | None
    bericht: str | None
    declaratie: str | None
    inzet: str | None


class Voorstelverwijzing(BaseModel):
    """A proposal to ask for: POST ``vraag`` to ``pad``."""

    pad: str = Field(examples=["/v1/voorstellen/prestatie"])
    vraag: dict[str, str]


class Werkregel(BaseModel):
    """One row: who does something, before the end of which day, and why."""

    wie: PartijAanZet
    uiterlijk: date
    te_laat: bool
    regel: str = Field(examples=["OP271"])
    waarom: str
    domein: Domein | None
    gemeente: Gemeente | None
    aanbieder: str
    bsn: str | None
    toewijzingnummer: int | None
    links: Werkverwijzingen
    voorstel: Voorstelverwijzing | None = Field(None, description="de vraag die het bericht geeft, waar die er is")


class WerkregelMetLijst(Werkregel):
    """A row of all work lists together: of which list it is, and the name of the client beside the Bsn."""

    lijst: str = Field(examples=["start-ontbreekt"])
    naam: str | None = Field(
        description="van de cliënt, zoals in de laatste toewijzing of aanvraag", examples=["A. de Boom"]
    )


class AlleWerk(BaseModel):
    """A page of all work lists together, the most urgent first, and the cursor that gives what comes after."""

    items: list[WerkregelMetLijst]
    volgende: str = Field(description="geef mee als `na`", examples=["alles.0"])
    aantal: int | None = AANTAL


class WerklijstUit(BaseModel):
    """A page, the most urgent first, and the cursor that gives what comes after."""

    items: list[Werkregel]
    volgende: str
    aantal: int | None = AANTAL


@router.get("", response_model=Werklijsten, responses=lijst_antwoorden(400, 401))
def overzicht(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    gedaante: DeGedaante,
    wie: WieMoet = None,
    weken: Weken = None,
) -> Werklijsten | Response:
    """Alle werklijsten, met wat erop staat, wat u ermee doet en hoeveel het er zijn."""
    uit = Werklijsten(items=geteld(knooppunt, partij, _peil(knooppunt, nu.date(), weken), wie))
    return in_gedaante(gedaante, "werklijsten", uit)


def geteld(
    knooppunt: Knooppunt, partij: Partij, peil: Peil, wie: WieAanZet | None, hoogstens: int | None = None
) -> list[WerklijstKort]:
    """Every work list with how much stands on it; with ``hoogstens`` counted as ``tel`` does."""
    with lezend(knooppunt.engine) as verbinding:
        return [
            _kort(lijst, *tel(verbinding, lijst.bronnen, partij.code, peil, wie, hoogstens))
            for lijst in LIJSTEN.values()
        ]


@router.get("/alles", response_model=AlleWerk, responses=lijst_antwoorden(400, 401))
def alles(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    tot_en_met: Annotated[
        Dag | None, Query(alias="totEnMet", description="alleen wat uiterlijk op deze dag moet gebeuren")
    ] = None,
    wie: WieMoet = None,
    weken: Weken = None,
    na: Annotated[str | None, Query(description="`volgende` van een eerder antwoord")] = None,
    limiet: Annotated[int, Query(ge=1, le=1000)] = 100,
    aantal: Aantal = False,
    *,
    gedaante: DeGedaante,
) -> AlleWerk | Response:
    """Alles wat er op alle werklijsten staat, op datum: wat het eerst moet gebeuren staat vooraan.

    Geef `volgende` mee als `na` voor de volgende bladzijde; een lege bladzijde is het einde.
    """
    peil = _peil(knooppunt, nu.date(), weken)
    return alle_werk(knooppunt, partij, peil, wie, na, limiet, tot_en_met or date.max, gedaante=gedaante, aantal=aantal)


def alle_werk(
    knooppunt: Knooppunt,
    partij: Partij,
    peil: Peil,
    wie: WieAanZet | None,
    na: str | None,
    limiet: int,
    tot: date = date.max,
    *,
    gedaante: Gedaante = Gedaante.JSON,
    aantal: bool = False,
    leeg: Collection[str] = (),
) -> AlleWerk | Response:
    """A page of all work lists, but for those of which it is known that they have nothing (``leeg``)."""
    bronnen = [bron for _, bron in SAMEN]
    zonder = [nummer for nummer, (lijst, _) in enumerate(SAMEN) if lijst.naam in leeg]
    plek = _plek(na, _ALLES, len(bronnen))

    def haal(verbinding: Connection, vanaf: Plek | None, hoogstens: int) -> list[tuple[Plek, WerkregelMetLijst]]:
        gevonden = bladzijde(verbinding, bronnen, partij.code, peil, wie, vanaf, hoogstens, tot, zonder)
        wie_is = clienten(verbinding, {d for _, werk in gevonden if (d := _dossier(werk.rij))}, knooppunt.schemas)
        items = []
        for van, werk in gevonden:
            client = wie_is.get(_dossier(werk.rij) or "")
            velden = _velden(werk, partij.code)
            naam = volledig(client.Naam) if client else None
            items.append((van, WerkregelMetLijst(**velden, lijst=SAMEN[van.bron][0].naam, naam=naam)))
        return items

    if gedaante is not Gedaante.JSON:
        return stroom(knooppunt, gedaante, _ALLES, WerkregelMetLijst, _bladen(haal, plek))
    with lezend(knooppunt.engine) as verbinding:
        gevonden = haal(verbinding, plek, limiet)
        geteld = _tel(verbinding, bronnen, partij.code, peil, wie, tot) if aantal else None
    volgende = cursor.schrijf(_ALLES, *((gevonden[-1][0] if gevonden else plek) or ()))
    return AlleWerk(items=[werk for _, werk in gevonden], volgende=volgende, aantal=geteld)


@router.get("/{naam}", response_model=WerklijstUit, responses=lijst_antwoorden(400, 401, 404))
def bekijk(
    naam: Naam,
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    wie: WieMoet = None,
    weken: Weken = None,
    na: Annotated[str | None, Query(description="`volgende` van een eerder antwoord")] = None,
    limiet: Annotated[int, Query(ge=1, le=1000)] = 100,
    aantal: Aantal = False,
    *,
    gedaante: DeGedaante,
) -> WerklijstUit | Response:
    """Eén werklijst: wie wat moet doen, uiterlijk op welke dag, en waarom. Het dringendste staat vooraan.

    U ziet wat u zelf moet doen en wat de partij aan de andere kant moet doen. Geef `volgende` mee als `na` voor de volgende
    bladzijde; een lege bladzijde is het einde.
    """
    lijst = LIJSTEN.get(naam)
    if lijst is None:
        raise _geen_lijst()
    plek, peil = _plek(na, naam, len(lijst.bronnen)), _peil(knooppunt, nu.date(), weken)

    def haal(verbinding: Connection, vanaf: Plek | None, hoogstens: int) -> list[tuple[Plek, Werkregel]]:
        gevonden = bladzijde(verbinding, lijst.bronnen, partij.code, peil, wie, vanaf, hoogstens)
        return [(van, Werkregel(**_velden(werk, partij.code))) for van, werk in gevonden]

    if gedaante is not Gedaante.JSON:
        return stroom(knooppunt, gedaante, naam, Werkregel, _bladen(haal, plek))
    with lezend(knooppunt.engine) as verbinding:
        gevonden = haal(verbinding, plek, limiet)
        geteld = _tel(verbinding, lijst.bronnen, partij.code, peil, wie) if aantal else None
    volgende = cursor.schrijf(naam, *((gevonden[-1][0] if gevonden else plek) or ()))
    return WerklijstUit(items=[werk for _, werk in gevonden], volgende=volgende, aantal=geteld)


W = TypeVar("W", bound=Werkregel)


def _bladen(
    haal: Callable[[Connection, Plek | None, int], list[tuple[Plek, W]]], na: Plek | None
) -> Callable[[Connection], Iterator[list[W]]]:
    """The pages after a place, for a table."""
    return lambda verbinding: in_bladen(lambda vanaf: haal(verbinding, vanaf, _PER_BLAD), na)


def _tel(
    verbinding: Connection,
    bronnen: Sequence[Eenbron],
    partij: str,
    peil: Peil,
    wie: WieAanZet | None,
    tot: date = date.max,
) -> int:
    """How many rows there are on all pages; of which the last day is ``tot`` or earlier."""
    if tot == date.max:
        return tel(verbinding, bronnen, partij, peil, wie).alles

    def haal(na: Plek | None) -> list[tuple[Plek, Werk]]:
        return bladzijde(verbinding, bronnen, partij, peil, wie, na, _PER_BLAD, tot)

    return sum(len(blad) for blad in in_bladen(haal, None))


def _peil(knooppunt: Knooppunt, vandaag: date, weken: int | None) -> Peil:
    peil = knooppunt.peil(vandaag)
    return peil if weken is None else replace(peil, weken=weken)


def _kort(lijst: Werklijst, aantal: int, te_laat: int) -> WerklijstKort:
    return WerklijstKort(
        naam=lijst.naam, omschrijving=lijst.omschrijving, advies=lijst.advies, aantal=aantal, te_laat=te_laat
    )


def _dossier(rij: Rij) -> str | None:
    """The key of the dossier that a row is about."""
    if not (rij.domein and rij.gemeente and rij.bsn):
        return None
    return dossiers.tekst(Dossiersleutel(Domein(rij.domein), rij.gemeente, rij.aanbieder, rij.bsn))


def _velden(werk: Werk, partij: str) -> dict[str, Any]:
    """The fields of ``Werkregel``."""
    rij, voorstel = werk.rij, werk.taak.voorstel
    return {
        "wie": PartijAanZet(code=rij.wie, rol=werk.rol),
        "uiterlijk": werk.uiterlijk,
        "te_laat": werk.te_laat,
        "regel": werk.taak.regel,
        "waarom": werk.taak.waarom,
        "domein": Domein(rij.domein) if rij.domein else None,
        "gemeente": rij.gemeente,
        "aanbieder": rij.aanbieder,
        "bsn": rij.bsn,
        "toewijzingnummer": rij.toewijzingnummer,
        "links": Werkverwijzingen(
            toewijzing=_pad("toewijzingen", rij.toewijzing),
            verzoek=_pad("verzoeken", rij.verzoek),
            bericht=_pad("berichten", rij.bericht),
            declaratie=_pad("declaraties", rij.declaratie),
            inzet=_pad("hoofdaannemer/inzetten" if rij.aanbieder == partij else "inzetten", rij.inzet),
        ),
        "voorstel": Voorstelverwijzing(pad=voorstel.pad, vraag=dict(voorstel.vraag)) if voorstel else None,
    }


def _pad(wat: str, id_: str | None) -> str | None:
    return f"/v1/{wat}/{id_}" if id_ else None


def _plek(na: str | None, lijst: str, bronnen: int) -> Plek | None:
    delen = cursor.lees(na, "na", lijst, _PLEK)
    if delen is None:
        return None
    bron, vanaf, id_ = delen
    try:
        plek = Plek(int(bron), date.fromisoformat(vanaf), id_)
    except ValueError:
        raise cursor.onbekend("na") from None
    if plek.bron >= bronnen:
        raise cursor.onbekend("na")
    return plek


def _geen_lijst() -> Probleem:
    namen = ", ".join(LIJSTEN)
    return Probleem(404, "werklijst-onbekend", "Deze werklijst bestaat niet.", f"Er zijn: {namen}.")
