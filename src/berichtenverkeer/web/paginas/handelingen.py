"""What an aanbieder does about a toewijzing: report a start or a stop, or mend what was reported. Each is a proposal of ``/v1``: its
questions are the fields of the form, then the message is shown with what the rules say of it, and then it goes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from ...api import toewijzingen, voorstellen
from ...api.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.problemen import Probleem
from ...api.toewijzing_uit import ToewijzingVolledig
from ...api.voorstellen import OpenVraag, VoorstelUit
from ...levensloop.overgangen import Leveringstoestand
from ...partijen.partij import Partijrol
from ...voorstel.vragen import OpToewijzing, StartVraag, StopVraag
from .. import opmaak, xmlblik
from ..formulier import Formulierroute, Onjuist, lees, van_probleem, velden
from ..opmaak import Keuzes
from ..scherm import toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Medewerker
from ..veld import Veld

router = APIRouter(route_class=Formulierroute)


@dataclass(frozen=True, slots=True)
class Handeling:
    """An act. ``vast`` is what the question says besides what is filled in; ``kan``: whether it makes sense now, so that it is
    offered. ``keuzes`` gives the choices that a field has for a toewijzing. A field that is a ``vraag`` of the proposal gets the choices
    of that; one of ``soms`` is there only then."""

    naam: str
    titel: str
    vraag: type[OpToewijzing]
    stel_voor: Callable[..., VoorstelUit]
    velden: tuple[Veld, ...]
    kan: Callable[[ToewijzingVolledig], bool]
    vast: tuple[tuple[str, Any], ...] = ()
    keuzes: Mapping[str, Callable[[ToewijzingVolledig], Keuzes]] = field(default_factory=dict)
    soms: frozenset[str] = frozenset()


def _starts(toewijzing: ToewijzingVolledig) -> Keuzes:
    """The starts that can be mended: those without a stop."""
    return [(f"{s.begindatum}", f"{opmaak.datum(s.begindatum)}") for s in toewijzing.starts if not s.stops][::-1]


def _redenen(toewijzing: ToewijzingVolledig) -> Keuzes:
    return opmaak.redenen_beeindiging(toewijzing.domein, "Zoals gemeld")


_LOOPT = frozenset({Leveringstoestand.GESTART, Leveringstoestand.TIJDELIJK_GESTOPT})

HANDELINGEN = (
    Handeling(
        "start",
        "Start melden",
        StartVraag,
        voorstellen.start,
        (
            Veld(
                "begindatum",
                "Begindatum",
                "De dag waarop de levering begon; intake en kennismaken tellen niet",
                "date",
            ),
        ),
        lambda t: t.levering is not Leveringstoestand.GESTART,
    ),
    Handeling(
        "stop",
        "Stop melden",
        StopVraag,
        voorstellen.stop,
        (
            Veld("einddatum", "Einddatum", "De laatste dag waarop is geleverd", "date"),
            Veld("reden", "Reden"),
        ),
        lambda t: t.levering in _LOOPT,
        soms=frozenset({"reden"}),
    ),
    Handeling(
        "start-verbeteren",
        "Start verbeteren",
        StartVraag,
        voorstellen.start,
        (
            Veld("corrigeert", "Welke start is fout"),
            Veld("begindatum", "Goede begindatum", "Leeg: de start wordt alleen teruggenomen", "date"),
        ),
        lambda t: bool(_starts(t)),
        keuzes={"corrigeert": _starts},
    ),
    Handeling(
        "stop-verbeteren",
        "Stop verbeteren",
        StopVraag,
        voorstellen.stop,
        (
            Veld("einddatum", "Goede einddatum", "Leeg met reden leeg: de stop wordt alleen teruggenomen", "date"),
            Veld("reden", "Goede reden"),
        ),
        lambda t: any(start.stops for start in t.starts),
        (("corrigeert", True),),
        {"reden": _redenen},
    ),
)
"""Those of an aanbieder."""


def voor(toewijzing: ToewijzingVolledig, ik: Ik) -> list[tuple[str, str]]:
    """What someone may do about a toewijzing now, each with its address."""
    if not ik.mag(MEDEWERKER) or ik.partij.rol is Partijrol.GEMEENTE:
        return []
    uit = [(een.titel, f"/toewijzingen/{toewijzing.id}/{een.naam}") for een in HANDELINGEN if een.kan(toewijzing)]
    if ik.partij.rol is Partijrol.HOOFDAANNEMER:
        uit.append(("Doorgeven", f"/hoofdaannemer/doorgeven/{toewijzing.id}"))
    return uit


def _routes(wat: Handeling) -> None:
    """The two of an act: the form, and what comes of it. Each act has an address of its own."""
    pad = f"/toewijzingen/{{id}}/{wat.naam}"

    @router.get(pad)
    def vraag(request: Request, id: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu) -> Response:
        toewijzing = toewijzingen.bekijk(id, knooppunt, ik.partij, nu)
        uit = None if wat.vast or _keuzes(wat, wat.velden[0], toewijzing) else _voorstel(wat, id, {}, knooppunt, ik, nu)
        return _toon(request, toewijzing, wat, uit)

    @router.post(pad)
    def stel_voor(
        request: Request, id: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
    ) -> Response:
        toewijzing = toewijzingen.bekijk(id, knooppunt, ik.partij, nu)
        bekend = {veld.naam for veld in wat.velden}
        ingevuld = {naam: waarde for naam, waarde in velden(formulier).items() if naam in bekend}
        try:
            uit = _voorstel(wat, id, ingevuld, knooppunt, ik, nu)
        except Onjuist as onjuist:
            return _toon(request, toewijzing, wat, None, ingevuld, onjuist.fouten)
        open_ = {een.naam: een.vraag for een in uit.vragen if een.verplicht}
        fouten = open_ if uit.xml is None and open_.keys() <= bekend else {}
        return _toon(request, toewijzing, wat, uit, ingevuld, fouten, nagekeken=True)


for _wat in HANDELINGEN:
    _routes(_wat)


def _voorstel(
    wat: Handeling, id_: str, ingevuld: dict[str, str], knooppunt: Knooppunt, ik: Ik, nu: datetime
) -> VoorstelUit:
    """What is proposed. Raises ``Onjuist``."""
    gevraagd = lees(wat.vraag, {"toewijzing": id_, **dict(wat.vast), **ingevuld})
    try:
        return wat.stel_voor(gevraagd, knooppunt, ik.partij, nu)
    except Probleem as probleem:
        raise van_probleem(probleem, ingevuld) from None


def _toon(
    request: Request,
    toewijzing: ToewijzingVolledig,
    wat: Handeling,
    uit: VoorstelUit | None,
    ingevuld: dict[str, str] | None = None,
    fouten: dict[str, str] | None = None,
    *,
    nagekeken: bool = False,
) -> Response:
    pad = f"/toewijzingen/{toewijzing.id}"
    gevraagd = {een.naam: een for een in uit.vragen} if uit is not None else {}
    xml = uit.xml if uit is not None and nagekeken else None
    return toon(
        request,
        "handeling.html",
        wat.titel,
        kruimels=[("Toewijzingen", "/toewijzingen"), (f"Toewijzing {toewijzing.toewijzingnummer}", pad)],
        status=422 if fouten else 200,
        toewijzing=toewijzing,
        adres=f"{pad}/{wat.naam}",
        uit=uit,
        xml=xml,
        blik=xmlblik.kijk(xml.encode(), uit.bevindingen, met_bsn=True) if xml is not None and uit is not None else None,
        fouten=fouten or {},
        ingevuld=ingevuld or {},
        velden=[
            _veld(wat, veld, toewijzing, gevraagd.get(veld.naam), ingevuld or {})
            for veld in wat.velden
            if veld.naam not in wat.soms or veld.naam in gevraagd or veld.naam in (ingevuld or {})
        ],
        nagekeken=nagekeken,
    )


def _keuzes(wat: Handeling, veld: Veld, toewijzing: ToewijzingVolledig) -> Keuzes:
    return wat.keuzes[veld.naam](toewijzing) if veld.naam in wat.keuzes else ()


def _veld(
    wat: Handeling, veld: Veld, toewijzing: ToewijzingVolledig, gevraagd: OpenVraag | None, ingevuld: dict[str, str]
) -> Veld:
    """A field as it is asked for now."""
    keuzes = _keuzes(wat, veld, toewijzing)
    if gevraagd is not None and gevraagd.keuzes:
        keuzes = [("", "Kies"), *((een.waarde, f"{een.waarde} {een.omschrijving}") for een in gevraagd.keuzes)]
    elif not keuzes and veld.naam in wat.soms and (code := ingevuld.get(veld.naam)):
        keuzes = [(code, dict(_redenen(toewijzing)).get(code, code)), ("", "Volgt uit de toewijzing")]
    return replace(veld, hint=(gevraagd.vraag if gevraagd is not None else "") or veld.hint, keuzes=keuzes)
