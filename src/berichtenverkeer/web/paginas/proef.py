"""Proef, in proefmodus only: the clock, what is made to go wrong, counterparts that answer by themselves, and flows of the library."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from ...api import proef
from ...api.antwoord.problemen import Probleem, niet_gevonden
from ...api.proef import KlokVraag, StoringModel
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...keten.bezorgen.proef import SOORTEN
from ...partijen import bewijzen
from ...partijen.partij import Partij, PartijFout, Partijrol
from ...partijen.partij import alle as alle_partijen
from ..formulieren.formulier import Formulierroute, Onjuist, lees, van_probleem, velden
from ..gezegd import gezegd, verder
from ..lijsten.beheerlijst import toon_lijst
from ..lijsten.lijstpagina import Kop
from ..menu import Menupunt
from ..opmaak import Keuzes
from ..proefspel import Spel, Spelkamer, Vol, bibliotheek
from ..scherm import Kruimels, toon
from ..toegang import PROEF, HetFormulier, Ik, Proefnemer

router = Router(route_class=Formulierroute)

_PAD = "/proef"
MENU = Menupunt("Proef", _PAD, 100, PROEF, proefmodus=True)

_KRUIMELS: Kruimels = [("Proef", _PAD)]
_SCRIPTS = {
    Partijrol.GEMEENTE: "gemeente",
    Partijrol.AANBIEDER: "aanbieder",
    Partijrol.HOOFDAANNEMER: "aanbieder",
}
"""Which script plays a party of a rol."""

_UITKOMSTEN = {"geslaagd": "goed", "verschil": "let-op", "fout": "fout"}


@router.get(_PAD)
def begin(request: Request, knooppunt: HetKnooppunt, ik: Proefnemer) -> Response:
    """What one can try here, with the clock."""
    return _klok(request, knooppunt, {}, {})


@router.post(_PAD + "/klok")
def zet_klok(request: Request, knooppunt: HetKnooppunt, ik: Proefnemer, formulier: HetFormulier) -> Response:
    """Set the clock of the whole node, or let it go back to that of the machine."""
    _eis_proef(knooppunt)
    ingevuld = velden(formulier)
    if "wis" in ingevuld:
        proef.wis(knooppunt)
        return verder(request, _PAD, "De klok is weer die van de machine.")
    try:
        vraag = lees(KlokVraag, {"moment": ingevuld.get("moment", ""), "loopt": "loopt" in ingevuld})
        uit = _probeer("moment", proef.zet, knooppunt, vraag)
    except Onjuist as onjuist:
        return _klok(request, knooppunt, ingevuld, onjuist.fouten)
    hoe = "loopt vandaar verder" if uit.loopt else "staat daar stil"
    return verder(request, _PAD, f"De klok is gezet en {hoe}. Dat geldt voor het hele knooppunt.")


class Partijregel(BaseModel):
    """A party, and what still goes wrong for it."""

    code: str
    naam: str
    rol: Partijrol
    storingen: str | None


@router.get(_PAD + "/storingen")
def partijen(request: Request, knooppunt: HetKnooppunt, ik: Proefnemer) -> Response:
    """For whom something goes wrong."""
    _eis_proef(knooppunt)
    items = []
    for een in _mijn(knooppunt, ik):
        over = proef.over(knooppunt, een.code)
        wat = ", ".join(f"{s.keer} × {s.soort}" for s in over) or None
        items.append(Partijregel(code=een.code, naam=een.naam, rol=een.rol, storingen=wat))
    return toon_lijst(
        request,
        "Storingen",
        Partijregel,
        items,
        (
            Kop("Partij", "naam", naar=True),
            Kop("Code", "code"),
            Kop("Rol", "rol"),
            Kop("Wat er nog misgaat", "storingen"),
        ),
        kruimels=_KRUIMELS,
        leeg="Er is geen partij waarvoor u iets kunt laten misgaan.",
        inleiding="Laat iets misgaan als een partij haar berichten ophaalt, of als ze aan haar worden bezorgd. Bewaard blijft alles zoals het is.",
        naar=lambda een: f"{_PAD}/storingen/{een.code}",
    )


@router.get(_PAD + "/storingen/{code}")
def storingen(request: Request, code: str, knooppunt: HetKnooppunt, ik: Proefnemer) -> Response:
    """What still goes wrong for a party."""
    return _storingen(request, knooppunt, _partij(knooppunt, ik, code), {}, {})


@router.post(_PAD + "/storingen/{code}")
def zet_storing(
    request: Request, code: str, knooppunt: HetKnooppunt, ik: Proefnemer, formulier: HetFormulier
) -> Response:
    """Let one more thing go wrong, or nothing any more."""
    partij = _partij(knooppunt, ik, code)
    ingevuld = velden(formulier)
    terug = f"{_PAD}/storingen/{code}"
    if "wis" in ingevuld:
        proef.wis_storingen(code, knooppunt, partij)
        return verder(request, terug, "Er gaat niets meer mis.")
    try:
        een = lees(StoringModel, ingevuld)
        _probeer("soort", proef.zet_storingen, code, [*proef.over(knooppunt, code), een], knooppunt, partij)
    except Onjuist as onjuist:
        return _storingen(request, knooppunt, partij, ingevuld, onjuist.fouten)
    return verder(request, terug, f"De volgende {een.keer} keer: {een.soort}.")


class Tegenpartijregel(BaseModel):
    """A counterpart."""

    id: str
    partij: str
    script: str
    begonnen_op: datetime
    stand: str


@router.get(_PAD + "/tegenpartijen")
def tegenpartijen(request: Request, knooppunt: HetKnooppunt, ik: Proefnemer) -> Response:
    """Which parties are played, and letting another be."""
    return _tegenpartijen(request, knooppunt, ik, {})


@router.post(_PAD + "/tegenpartijen")
def begin_tegenpartij(
    request: Request, knooppunt: HetKnooppunt, ik: Proefnemer, nu: Nu, formulier: HetFormulier
) -> Response:
    """Let a script answer for a party."""
    _eis_proef(knooppunt)
    code = velden(formulier).get("partij", "")
    partij = next((een for een in _mijn(knooppunt, ik) if een.code == code and een.rol in _SCRIPTS), None)
    if partij is None:
        return _tegenpartijen(request, knooppunt, ik, {"partij": "kies een gemeente of aanbieder"})
    if any(spel.voor == code and spel.bezig for spel in _kamer(request).alle("tegenpartij")):
        return _tegenpartijen(request, knooppunt, ik, {"partij": "wordt al gespeeld; stop die eerst"})
    engine = knooppunt.engine
    token = bewijzen.maak_token(engine, code, nu, naam="tegenpartij (proef)")
    host, poort = request.scope["server"]
    url = f"{request.scope['scheme']}://{host}:{poort}"

    def trek_in() -> None:
        with suppress(PartijFout):  # someone else did
            bewijzen.trek_token_in(engine, token, knooppunt.klok())

    try:
        spel = _kamer(request).laat_antwoorden(_SCRIPTS[partij.rol], code, token, url, nu, trek_in)
    except Vol:
        trek_in()
        return _tegenpartijen(request, knooppunt, ik, {"partij": "er worden er al veel gespeeld; stop er eerst een"})
    return verder(request, f"{_PAD}/tegenpartijen/{spel.id}", f"{partij.naam} wordt nu gespeeld.")


@router.get(_PAD + "/tegenpartijen/{id}")
def een_tegenpartij(request: Request, id: str, knooppunt: HetKnooppunt, ik: Proefnemer) -> Response:
    """One, with what it did."""
    spel = _spel(request, knooppunt, ik, id, "tegenpartij")
    return toon(
        request,
        "tegenpartij.html",
        f"Tegenpartij {spel.voor}",
        kruimels=[*_KRUIMELS, ("Tegenpartijen", f"{_PAD}/tegenpartijen")],
        spel=spel,
        regels=spel.regels()[-200:],
        gezegd=gezegd(request),
    )


@router.post(_PAD + "/tegenpartijen/{id}")
def stop_tegenpartij(
    request: Request, id: str, knooppunt: HetKnooppunt, ik: Proefnemer, formulier: HetFormulier
) -> Response:
    """Let it answer no more."""
    _kamer(request).stop(_spel(request, knooppunt, ik, id, "tegenpartij"))
    return verder(request, f"{_PAD}/tegenpartijen/{id}", "De tegenpartij is gestopt, en haar token ingetrokken.")


class Flowregel(BaseModel):
    """A flow of the library."""

    naam: str
    omschrijving: str
    laatst: str | None


@router.get(_PAD + "/flows")
def flows(request: Request, knooppunt: HetKnooppunt, ik: Proefnemer) -> Response:
    """Every flow of the library, with what came of it when it was last played here."""
    _eis_proef(knooppunt)
    laatst: dict[str, str] = {}
    for spel in reversed(_kamer(request).alle("flow")):
        laatst[spel.naam] = _uitkomst(spel)
    items = [
        Flowregel(naam=een.naam, omschrijving=een.omschrijving, laatst=laatst.get(een.naam))
        for een in bibliotheek().values()
    ]
    return toon_lijst(
        request,
        "Flows",
        Flowregel,
        items,
        (Kop("Flow", "naam", naar=True), Kop("Waar het over gaat", "omschrijving"), Kop("Laatst gespeeld", "laatst")),
        kruimels=_KRUIMELS,
        leeg="De bibliotheek is leeg.",
        inleiding="Een flow speelt een verhaal na, bij een knooppunt dat daarna weer weg is, en vergelijkt wat ervan komt met wat er hoort te komen.",
        naar=lambda een: f"{_PAD}/flows/{een.naam}",
    )


@router.get(_PAD + "/flows/{naam:path}")
def flow(request: Request, naam: str, knooppunt: HetKnooppunt, ik: Proefnemer) -> Response:
    """One flow, with what came of it the last times."""
    return _flow(request, knooppunt, naam, {})


@router.post(_PAD + "/flows/{naam:path}")
def speel(
    request: Request, naam: str, knooppunt: HetKnooppunt, ik: Proefnemer, nu: Nu, formulier: HetFormulier
) -> Response:
    """Play it."""
    _eis_flow(knooppunt, naam)
    try:
        _kamer(request).speel(naam, nu)
    except Vol:
        return _flow(request, knooppunt, naam, {"": "Er worden er al twee gespeeld. Wacht tot er een klaar is."})
    return verder(
        request, f"{_PAD}/flows/{naam}", "De flow wordt gespeeld. Ververs de bladzijde om te zien wat ervan komt."
    )


def _eis_proef(knooppunt: Knooppunt) -> None:
    if knooppunt.proef is None:
        raise niet_gevonden("Deze bladzijde", "Zij is er alleen in proefmodus.")


def _mijn(knooppunt: Knooppunt, ik: Ik) -> list[Partij]:
    """The parties for which someone may try things: those that he or she acts for, and for the operator all."""
    return alle_partijen(knooppunt.engine) if ik.operator else list(ik.partijen.values())


def _partij(knooppunt: Knooppunt, ik: Ik, code: str) -> Partij:
    _eis_proef(knooppunt)
    gevonden = next((een for een in _mijn(knooppunt, ik) if een.code == code), None)
    if gevonden is None:
        raise niet_gevonden("Deze partij")
    return gevonden


def _kamer(request: Request) -> Spelkamer:
    kamer: Spelkamer = request.app.state.spelkamer
    return kamer


def _spel(request: Request, knooppunt: Knooppunt, ik: Ik, id_: str, soort: str) -> Spel:
    _eis_proef(knooppunt)
    spel = _kamer(request).geef(id_, soort)
    if spel is None or spel.voor not in {een.code for een in _mijn(knooppunt, ik)}:
        raise niet_gevonden("Dit spel")
    return spel


def _eis_flow(knooppunt: Knooppunt, naam: str) -> None:
    _eis_proef(knooppunt)
    if naam not in bibliotheek():
        raise niet_gevonden("Deze flow")


def _uitkomst(spel: Spel) -> str:
    """What came of a play, in a word."""
    if spel.bezig:
        return "bezig"
    woorden = {str(een.get("uitkomst")) for een in spel.uitkomsten()} - {"overgeslagen"}
    return next((woord for woord in ("fout", "verschil") if woord in woorden), "geslaagd" if woorden else "fout")


def _probeer(veld: str, doe: Any, *wat: Any) -> Any:
    """What a function of ``/v1`` gives; what is wrong with it as what is wrong at this field."""
    try:
        return doe(*wat)
    except Probleem as probleem:
        if probleem.status not in (400, 422):
            raise
        raise Onjuist({veld: " ".join(van_probleem(probleem, {}).fouten.values())}) from None


def _klok(request: Request, knooppunt: Knooppunt, ingevuld: dict[str, str], fouten: dict[str, str]) -> Response:
    _eis_proef(knooppunt)
    return toon(
        request,
        "proef.html",
        "Proef",
        status=422 if fouten else 200,
        klok=proef.stand(knooppunt),
        ingevuld=ingevuld,
        fouten=fouten,
        gezegd=gezegd(request),
    )


def _storingen(
    request: Request, knooppunt: Knooppunt, partij: Partij, ingevuld: dict[str, str], fouten: dict[str, str]
) -> Response:
    soorten: Keuzes = [("", "Kies…"), *((naam, f"{naam}: {soort.wat}") for naam, soort in SOORTEN.items())]
    return toon(
        request,
        "storingen.html",
        f"Storingen van {partij.naam}",
        kruimels=[*_KRUIMELS, ("Storingen", f"{_PAD}/storingen")],
        status=422 if fouten else 200,
        over=[[een.soort, een.keer, een.status] for een in proef.over(knooppunt, partij.code)],
        soorten=soorten,
        ingevuld=ingevuld,
        fouten=fouten,
        gezegd=gezegd(request),
    )


def _tegenpartijen(request: Request, knooppunt: Knooppunt, ik: Ik, fouten: dict[str, str]) -> Response:
    _eis_proef(knooppunt)
    mijn = _mijn(knooppunt, ik)
    codes = {een.code for een in mijn}
    items = [
        Tegenpartijregel(
            id=spel.id,
            partij=spel.voor,
            script=spel.naam,
            begonnen_op=spel.begonnen_op,
            stand="antwoordt" if spel.bezig else "gestopt",
        )
        for spel in _kamer(request).alle("tegenpartij")
        if spel.voor in codes
    ]
    return toon_lijst(
        request,
        "Tegenpartijen",
        Tegenpartijregel,
        items,
        (
            Kop("Partij", "partij", naar=True),
            Kop("Script", "script"),
            Kop("Sinds", "begonnen_op"),
            Kop("Stand", "stand"),
        ),
        kruimels=_KRUIMELS,
        leeg="Er wordt nu geen partij gespeeld.",
        naar=lambda een: f"{_PAD}/tegenpartijen/{een.id}",
        sjabloon="tegenpartijen.html",
        partijen=[("", "Kies…"), *((een.code, f"{een.naam} ({een.code})") for een in mijn if een.rol in _SCRIPTS)],
        fouten=fouten,
        status=422 if fouten else 200,
    )


def _flow(request: Request, knooppunt: Knooppunt, naam: str, fouten: dict[str, str]) -> Response:
    _eis_flow(knooppunt, naam)
    spelen = [spel for spel in _kamer(request).alle("flow") if spel.naam == naam]
    return toon(
        request,
        "flow.html",
        f"Flow {naam}",
        kruimels=[*_KRUIMELS, ("Flows", f"{_PAD}/flows")],
        status=422 if fouten else 200,
        flow=bibliotheek()[naam],
        bezig=any(spel.bezig for spel in spelen),
        uitkomsten=spelen[0].uitkomsten() if spelen and not spelen[0].bezig else [],
        mislukt=spelen[0].regels()[-20:] if spelen and not spelen[0].bezig and not spelen[0].uitkomsten() else [],
        kleuren=_UITKOMSTEN,
        fouten=fouten,
        gezegd=gezegd(request),
    )
