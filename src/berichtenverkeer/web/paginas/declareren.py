"""Declareren: from a file of what was delivered to the 323s of it, line by line with what would be refused; then they go.

Nothing of it is stored here: the file and the messages come along in the form, so what was shown is what goes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from ...api import declaraties, declaratievoorstel
from ...api.antwoord.onjuist import fouten as in_woorden
from ...api.antwoord.problemen import Probleem, RijfoutUit
from ...api.declaratievoorstel import DeclaratievoorstelUit, VoorgesteldeDeclaratie, VoorgesteldePrestatie
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...api.tabel import Gedaante
from ...api.volumes_in import Gevraagd
from ...inname.ontvangst import Ontvangst
from ...oordeel.weigering import Weigering
from ...voorstel.vragen import Declaratiewijze
from ..formulieren.formulier import Formulierroute, Onjuist, lees, velden
from ..formulieren.inpakken import BERICHT, GEEN, MEESTE, Mee, lees_alle, lees_mee, te_pakken
from ..formulieren.versturen import bied_aan
from ..gezegd import verder
from ..opmaak import woord
from ..scherm import Kruimels, toon
from ..toegang import HetFormulier, Ik, Medewerker

router = Router(route_class=Formulierroute)

PAD = "/declareren"
_TITEL = "Declareren"
_KRUIMELS: Kruimels = [("Declaraties", "/declaraties")]

_VELDEN = frozenset(Declaratiewijze.model_fields)
_BESTAND, _CLIENTEN, _KOLOM = "bestand", "clienten", "kolom"

MEESTE_REGELS = 60
"""Prestaties of which a page tells a line each; those that would be refused go first."""

MEESTE_FOUT = 20
"""Prestaties that are told in full, for something is wrong with them, and rows that are wrong."""


@dataclass(frozen=True, slots=True)
class Klaar:
    """A 323 that was made; ``pak`` is what comes along of it, empty when there is no message or it is too large for a page."""

    uit: VoorgesteldeDeclaratie
    pak: str

    @property
    def afgewezen(self) -> int:
        """How many Prestaties in it would be refused."""
        return sum(bool(p.bevindingen) and p.in_bericht for p in self.uit.prestaties)

    @property
    def goed(self) -> bool:
        """Whether nothing in it would be refused."""
        return self.uit.xml is not None and not self.afgewezen and not self.uit.bevindingen

    @property
    def algemeen(self) -> list[Any]:
        """What was found in the message, and in no Prestatie of it."""
        van_prestaties = [b for p in self.uit.prestaties for b in p.bevindingen]
        return [b for b in self.uit.bevindingen if b not in van_prestaties][:MEESTE_FOUT]


@dataclass(frozen=True, slots=True)
class Gemaakt:
    """What came of a file."""

    uit: DeclaratievoorstelUit | None = None
    klaar: Sequence[Klaar] = ()
    fouten: Mapping[str, str] = field(default_factory=dict)
    rijfouten: Sequence[RijfoutUit] = ()


@router.get(PAD)
def vraag(request: Request, ik: Medewerker) -> Response:
    """Ask for a file."""
    return _toon(request, {}, Gemaakt())


@router.post(PAD)
async def stel_voor(
    request: Request, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """Make the messages of it, and show them."""
    ingevuld = velden(formulier)
    mee = clienten = GEEN
    try:
        hoogstens = knooppunt.instellingen.max_bytes
        clienten = await run_in_threadpool(lees_mee, formulier, _CLIENTEN, hoogstens)
        mee = await run_in_threadpool(lees_mee, formulier, _BESTAND, hoogstens)
        gevraagd = _gevraagd(ingevuld, mee, clienten)
        uit = await declaratievoorstel.maak(gevraagd, knooppunt, ik.partij, nu)
    except Onjuist as onjuist:
        return _toon(request, ingevuld, Gemaakt(fouten=onjuist.fouten), mee, clienten)
    return await run_in_threadpool(lambda: _toon(request, ingevuld, _gemaakt(uit), mee, clienten))


@router.post(f"{PAD}/versturen")
async def verstuur(
    request: Request, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """Send the messages that were chosen. When one is refused at the door, the others have gone; the same again does nothing twice."""
    try:
        documenten = lees_alle(formulier, BERICHT, knooppunt.instellingen.max_bytes)
        if not documenten:
            raise Onjuist({"": "kies ten minste één bericht om te versturen"})
    except Onjuist as onjuist:
        return _toon(request, {}, Gemaakt(fouten=onjuist.fouten))
    weg: list[Ontvangst] = []
    niet: dict[str, str] = {}
    for nummer, document in enumerate(documenten, start=1):
        try:
            weg.append(await bied_aan(request, document.data, knooppunt, ik, nu))
        except Weigering as weigering:
            niet[f"bericht {nummer}"] = f"{weigering.melding} {weigering.advies}"
    zinnen = [_gestuurd(een) for een in weg]
    if niet:
        fouten = {"": " ".join([*zinnen, *(f"Niet verstuurd, {wat}: {waarom}" for wat, waarom in niet.items())])}
        return _toon(request, {}, Gemaakt(fouten=fouten))
    if len(weg) == 1:
        return RedirectResponse(await run_in_threadpool(_plek, weg[0].id, knooppunt, ik), 303)
    return verder(request, "/declaraties", *zinnen)


def _gestuurd(een: Ontvangst) -> str:
    return f"{een.berichtsoort} {een.identificatie} aan gemeente {een.ontvanger} is verstuurd: {woord(een.oordeel)}."


def _plek(bericht: str, knooppunt: Knooppunt, ik: Ik) -> str:
    """Where one sees what became of a 323: its declaratie, or while there is none the message."""
    try:
        declaraties.bekijk(bericht, knooppunt, ik.partij, limiet=1, gedaante=Gedaante.JSON)
    except Probleem as probleem:
        if probleem.status != 404:
            raise
        return f"/berichten/{bericht}"
    return f"/declaraties/{bericht}"


def _gevraagd(ingevuld: Mapping[str, str], mee: Mee, clienten: Mee) -> Gevraagd:
    """The question of ``/v1``. Raises ``Onjuist``, with all that is wrong."""
    fouten: dict[str, str] = {}
    bij: dict[str, Any] = {}
    try:
        wijze = lees(Declaratiewijze, {naam: waarde for naam, waarde in ingevuld.items() if naam in _VELDEN})
        bij = wijze.model_dump(mode="json")
    except Onjuist as onjuist:
        fouten |= onjuist.fouten
    if mee.document is None:
        fouten[_BESTAND] = "kies een bestand"
    if fouten or mee.document is None:
        raise Onjuist(fouten)
    kolommen = [deel.strip() for deel in ingevuld.get(_KOLOM, "").split(";") if deel.strip()]
    return Gevraagd(mee.document.data, bij, tuple(kolommen), clienten.document.data if clienten.document else b"")


def _gemaakt(uit: list[Any] | tuple[bytes, int, str]) -> Gemaakt:
    """What came of a file, of the answer of ``/v1``."""
    if isinstance(uit, list):
        return Gemaakt(fouten={een["veld"]: een["melding"] for een in in_woorden(uit)})
    inhoud, status, _ = uit
    if status == 200:
        voorstel = DeclaratievoorstelUit.model_validate_json(inhoud)
        return Gemaakt(voorstel, list(_klaar(voorstel.declaraties)))
    probleem = json.loads(inhoud)
    rijfouten = [RijfoutUit.model_validate(een) for een in probleem.get("fouten", ())]
    if rijfouten:
        return Gemaakt(
            fouten={_BESTAND: "in het bestand is iets niet te lezen; hieronder staat waar"}, rijfouten=rijfouten
        )
    return Gemaakt(fouten={_BESTAND if status == 422 else "": f"{probleem['detail']} {probleem['advies']}"})


def _klaar(declaraties_: Sequence[VoorgesteldeDeclaratie]) -> Iterator[Klaar]:
    over = MEESTE
    for een in declaraties_:
        tekst = te_pakken(een.xml.encode(), over) if een.xml is not None else ""
        over -= len(tekst)
        yield Klaar(een, tekst)


def _toon(
    request: Request, ingevuld: Mapping[str, str], gemaakt: Gemaakt, mee: Mee = GEEN, clienten: Mee = GEEN
) -> Response:
    over = max(1, MEESTE_REGELS // max(1, len(gemaakt.klaar)))
    return toon(
        request,
        "declareren.html",
        _TITEL,
        kruimels=_KRUIMELS,
        status=422 if gemaakt.fouten else 200,
        fouten=gemaakt.fouten,
        ingevuld=ingevuld,
        uit=gemaakt.uit,
        klaar=gemaakt.klaar,
        rijfouten=gemaakt.rijfouten[:MEESTE_FOUT],
        meer_rijfouten=len(gemaakt.rijfouten[MEESTE_FOUT:]),
        regels=lambda een: _regels(een, over),
        fout=[p for een in gemaakt.klaar for p in een.uit.prestaties if p.bevindingen][:MEESTE_FOUT],
        meeste_fout=MEESTE_FOUT,
        mee={_BESTAND: mee, _CLIENTEN: clienten},
    )


def _regels(een: Klaar, hoogstens: int) -> list[VoorgesteldePrestatie]:
    """The Prestaties that are shown, in the order of the file; when there are too many, first those that would be refused."""
    alle = een.uit.prestaties
    if len(alle) > hoogstens:
        alle = sorted(alle, key=lambda p: not p.bevindingen)[:hoogstens]
    return sorted(alle, key=lambda p: p.regels)
