"""A proposal of ``/v1`` as a page: its questions are the fields of a form, then the message is shown with what the rules say of it, and
only then it goes.

Whoever adds one makes a ``Voorstelblad``; ``routes`` gives it its addresses, and ``beantwoord`` makes the page of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from fastapi import Request, Response
from starlette.datastructures import FormData

from ...api.antwoord.problemen import Probleem
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...api.voorstellen import OpenVraag, VoorstelUit
from ..beelden import xmlblik
from ..scherm import Kruimels, toon
from ..toegang import HetFormulier, Ik, Medewerker
from .formulier import Onjuist, lees, van_probleem, velden
from .veld import Veld


def _zoals_ingevuld(ingevuld: Mapping[str, str]) -> Mapping[str, Any]:
    return ingevuld


@dataclass(frozen=True)
class Voorstelblad:
    """What is asked, about what, and what gives the proposal. ``vul`` makes the question of what was filled in, and may raise
    ``Onjuist``; ``mee`` comes along in the form; ``vooraf``: the proposal is asked before anything is filled in, for its questions."""

    titel: str
    adres: str
    kruimels: Kruimels
    over: Sequence[tuple[str, Any]]
    velden: Sequence[Veld]
    vraag: type[Any]
    stel_voor: Callable[[Any], VoorstelUit]
    vul: Callable[[Mapping[str, str]], Mapping[str, Any]] = _zoals_ingevuld
    mee: Mapping[str, str] = field(default_factory=dict)
    vooraf: bool = True
    inleiding: str = ""

    def voorstel(self, ingevuld: Mapping[str, str]) -> VoorstelUit:
        """What is proposed. Raises ``Onjuist``."""
        try:
            gevraagd = lees(self.vraag, self.vul(ingevuld))
        except Onjuist as onjuist:
            raise self._bij_velden(onjuist) from None
        try:
            return self.stel_voor(gevraagd)
        except Probleem as probleem:
            if probleem.status not in (400, 422):
                raise
            raise van_probleem(probleem, ingevuld) from None

    def _bij_velden(self, onjuist: Onjuist) -> Onjuist:
        """What is wrong deep in a question, at the field that it was filled in by."""
        bekend = {veld.naam for veld in self.velden}
        uit: dict[str, str] = {}
        for naam, melding in onjuist.fouten.items():
            kort = naam.rpartition(".")[2].lower()
            waar = next((een for een in (naam, kort) if een in bekend), "")
            uit[waar] = f"{uit[waar]}; {melding}" if waar in uit else melding
        return Onjuist(uit)


def routes(router: Router, pad: str, blad: Callable[[str, Knooppunt, Ik, datetime], Voorstelblad]) -> None:
    """The two of a proposal about what has an id: the form, and what comes of it."""

    @router.get(pad)
    def vraag(request: Request, id: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu) -> Response:
        return beantwoord(request, blad(id, knooppunt, ik, nu), None)

    @router.post(pad)
    def stel_voor(
        request: Request, id: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
    ) -> Response:
        return beantwoord(request, blad(id, knooppunt, ik, nu), formulier)


def beantwoord(request: Request, blad: Voorstelblad, formulier: FormData | None) -> Response:
    """The page: as it is opened, or with what came of what was filled in."""
    if formulier is None:
        try:
            uit = blad.voorstel({}) if blad.vooraf else None
        except Onjuist:  # nothing was filled in yet
            uit = None
        return _toon(request, blad, uit, {}, {}, nagekeken=False)
    bekend = {veld.naam for veld in blad.velden}
    ingevuld = {naam: waarde for naam, waarde in velden(formulier).items() if naam in bekend}
    try:
        uit = blad.voorstel(ingevuld)
    except Onjuist as onjuist:
        return _toon(request, blad, None, ingevuld, onjuist.fouten, nagekeken=False)
    fouten: dict[str, str] = {}
    for een in uit.vragen if uit.xml is None else ():
        if een.verplicht:
            waar = next((veld.naam for veld in blad.velden if veld.antwoordt((een.naam,))), "")
            fouten[waar] = f"{fouten[waar]} {een.vraag}" if waar in fouten else een.vraag
    return _toon(request, blad, uit, ingevuld, fouten, nagekeken=True)


def _toon(
    request: Request,
    blad: Voorstelblad,
    uit: VoorstelUit | None,
    ingevuld: Mapping[str, str],
    fouten: Mapping[str, str],
    *,
    nagekeken: bool,
) -> Response:
    gevraagd = {een.naam: een for een in uit.vragen} if uit is not None else {}
    xml = uit.xml if uit is not None and nagekeken else None
    return toon(
        request,
        "handeling.html",
        blad.titel,
        kruimels=blad.kruimels,
        status=422 if fouten else 200,
        blad=blad,
        uit=uit,
        xml=xml,
        blik=xmlblik.kijk(xml.encode(), uit.bevindingen, met_bsn=True) if xml is not None and uit is not None else None,
        fouten=fouten,
        ingevuld=ingevuld,
        velden=[
            _veld(veld, gevraagd.get(veld.naam), ingevuld.get(veld.naam))
            for veld in blad.velden
            if veld.altijd or veld.antwoordt(gevraagd) or veld.naam in ingevuld
        ],
    )


def _veld(veld: Veld, gevraagd: OpenVraag | None, ingevuld: str | None) -> Veld:
    """A field with what the proposal asks of it."""
    if gevraagd is None:
        if veld.altijd or ingevuld is None:
            return veld
        gekozen = [(code, tekst) for code, tekst in veld.keuzes or () if code == ingevuld]
        return replace(veld, keuzes=[*gekozen, ("", veld.leeg)] if gekozen else ())
    keuzes = [(een.waarde, f"{een.waarde} {een.omschrijving}") for een in gevraagd.keuzes]
    return replace(veld, hint=gevraagd.vraag, keuzes=[("", "Kies"), *keuzes] if keuzes else veld.keuzes)
