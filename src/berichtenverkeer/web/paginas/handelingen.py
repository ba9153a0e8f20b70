"""What an aanbieder does about a toewijzing: report a start or a stop, or mend what was reported. Each is a proposal of ``/v1``: its
questions are the fields of the form, then the message is shown with what the rules say of it, and then it goes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from ...api import toewijzingen, voorstellen
from ...api.antwoord.toewijzing_uit import ToewijzingVolledig
from ...api.rondom.knooppunt import Knooppunt
from ...api.rondom.route import Router
from ...api.voorstellen import VoorstelUit
from ...levensloop.overgangen import Leveringstoestand, Toewijzingtoestand
from ...levensloop.verzoek import ONDERHANDEN
from ...partijen.partij import Partijrol
from ...standaard.codelijst import codelijst
from ...voorstel.verzoekvragen import AanvraagVraag, WijzigingVraag
from ...voorstel.vragen import OpToewijzing, StartVraag, StopVraag
from .. import opmaak
from ..formulieren.bedrag import in_eurocent
from ..formulieren.formulier import Formulierroute
from ..formulieren.veld import Veld
from ..formulieren.verzoekvelden import BEDRAGEN, categorieen, productvelden, verzoekvelden
from ..formulieren.voorstelblad import Voorstelblad, routes
from ..opmaak import Keuzes
from ..toegang import MEDEWERKER, Ik

router = Router(route_class=Formulierroute)

Velden = Callable[[ToewijzingVolledig], Sequence[Veld]]
"""The fields of an act on a toewijzing."""


@dataclass(frozen=True, slots=True)
class Handeling:
    """An act. ``vast`` is what the question says besides what is filled in; ``kan``: whether it makes sense now, so that it is
    offered."""

    naam: str
    titel: str
    vraag: type[OpToewijzing]
    stel_voor: Callable[..., VoorstelUit]
    velden: Velden
    kan: Callable[[ToewijzingVolledig], bool]
    vast: tuple[tuple[str, Any], ...] = ()


def _starts(toewijzing: ToewijzingVolledig) -> Keuzes:
    """The starts that can be mended: those without a stop."""
    return [(f"{s.begindatum}", f"{opmaak.datum(s.begindatum)}") for s in toewijzing.starts if not s.stops][::-1]


def _start(_: ToewijzingVolledig) -> Sequence[Veld]:
    return [
        Veld("begindatum", "Begindatum", "De dag waarop de levering begon; intake en kennismaken tellen niet", "date")
    ]


def _start_verbeteren(toewijzing: ToewijzingVolledig) -> Sequence[Veld]:
    return [
        Veld("corrigeert", "Welke start is fout", keuzes=_starts(toewijzing)),
        Veld("begindatum", "Goede begindatum", "Leeg: de start wordt alleen teruggenomen", "date"),
    ]


def _stop(toewijzing: ToewijzingVolledig) -> Sequence[Veld]:
    volgt = "Volgt uit de toewijzing"
    redenen = opmaak.redenen_beeindiging(toewijzing.domein, volgt)
    return [
        Veld("einddatum", "Einddatum", "De laatste dag waarop is geleverd", "date"),
        Veld("reden", "Reden", altijd=False, keuzes=redenen, leeg=volgt),
    ]


def _stop_verbeteren(toewijzing: ToewijzingVolledig) -> Sequence[Veld]:
    redenen = opmaak.redenen_beeindiging(toewijzing.domein, "Zoals gemeld")
    return [
        Veld("einddatum", "Goede einddatum", "Leeg met reden leeg: de stop wordt alleen teruggenomen", "date"),
        Veld("reden", "Goede reden", keuzes=redenen),
    ]


def _wijziging(toewijzing: ToewijzingVolledig) -> Sequence[Veld]:
    return [
        Veld("reden", "Waarom vraagt u de wijziging?", keuzes=opmaak.keuzes_uit("WJ758", toewijzing.domein, "Kies")),
        *verzoekvelden(toewijzing.domein, f"Leeg: blijft zoals het is ({_omvang(toewijzing)})"),
        Veld("einddatum", "Andere einddatum", "Leeg: blijft zoals zij is", "date"),
        Veld("open_einde", "Einde", keuzes=[("", "Zoals hierboven"), ("true", "Zonder einddatum")]),
        Veld("categorie", "Andere productcategorie", keuzes=categorieen(toewijzing.domein, "Dezelfde")),
        Veld("code", "Andere productcode", "Leeg: dezelfde"),
        Veld("vanaf", "Vanaf", "Een dag na vandaag; leeg als het voor de hele looptijd geldt", "date"),
    ]


def _omvang(toewijzing: ToewijzingVolledig) -> str:
    omvang = toewijzing.omvang
    if omvang is None:
        return "geen volume"
    eenheid, frequentie = codelijst("WJ756", toewijzing.domein), codelijst("WMO757", toewijzing.domein)
    return f"{omvang.volume} {eenheid.label(omvang.eenheid)}, {frequentie.label(omvang.frequentie)}"


def _aanvraag(toewijzing: ToewijzingVolledig) -> Sequence[Veld]:
    return productvelden(toewijzing.domein)


_LOOPT = frozenset({Leveringstoestand.GESTART, Leveringstoestand.TIJDELIJK_GESTOPT})

_ACTUEEL = frozenset({Toewijzingtoestand.LOPEND, Toewijzingtoestand.TOEKOMSTIG})

HANDELINGEN = (
    Handeling(
        "start",
        "Start melden",
        StartVraag,
        voorstellen.start,
        _start,
        lambda t: t.levering is not Leveringstoestand.GESTART,
    ),
    Handeling("stop", "Stop melden", StopVraag, voorstellen.stop, _stop, lambda t: t.levering in _LOOPT),
    Handeling(
        "start-verbeteren",
        "Start verbeteren",
        StartVraag,
        voorstellen.start,
        _start_verbeteren,
        lambda t: bool(_starts(t)),
    ),
    Handeling(
        "stop-verbeteren",
        "Stop verbeteren",
        StopVraag,
        voorstellen.stop,
        _stop_verbeteren,
        lambda t: any(start.stops for start in t.starts),
        (("corrigeert", True),),
    ),
    Handeling(
        "wijziging",
        "Wijziging vragen",
        WijzigingVraag,
        voorstellen.verzoek_wijziging,
        _wijziging,
        lambda t: t.toestand in _ACTUEEL and t.verzoek not in ONDERHANDEN,
    ),
    Handeling(
        "nieuw-product",
        "Product erbij vragen",
        AanvraagVraag,
        voorstellen.verzoek_toewijzing,
        _aanvraag,
        lambda t: t.toestand in _ACTUEEL and t.verzoek not in ONDERHANDEN,
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


def _blad(wat: Handeling, id_: str, knooppunt: Knooppunt, ik: Ik, nu: datetime) -> Voorstelblad:
    toewijzing = toewijzingen.bekijk(id_, knooppunt, ik.partij, nu)
    pad = f"/toewijzingen/{toewijzing.id}"
    velden = wat.velden(toewijzing)
    return Voorstelblad(
        wat.titel,
        f"{pad}/{wat.naam}",
        [("Toewijzingen", "/toewijzingen"), (f"Toewijzing {toewijzing.toewijzingnummer}", pad)],
        over(toewijzing),
        velden,
        wat.vraag,
        lambda vraag: wat.stel_voor(vraag, knooppunt, ik.partij, nu),
        vul=lambda ingevuld: {"toewijzing": id_, **dict(wat.vast), **in_eurocent(ingevuld, BEDRAGEN)},
        vooraf=not wat.vast and not velden[0].keuzes,
    )


for _wat in HANDELINGEN:
    routes(router, f"/toewijzingen/{{id}}/{_wat.naam}", partial(_blad, _wat))


def over(toewijzing: ToewijzingVolledig) -> list[tuple[str, Any]]:
    """What stands above a form about a toewijzing."""
    return [
        ("Toewijzing", toewijzing.toewijzingnummer),
        ("Bsn", opmaak.bsn(toewijzing.bsn)),
        ("Product", toewijzing.product.code if toewijzing.product else None),
        ("Geldig vanaf", toewijzing.ingangsdatum),
        ("Geldig tot en met", toewijzing.einddatum),
        ("Levering", toewijzing.levering),
    ]
