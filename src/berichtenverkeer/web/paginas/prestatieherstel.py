"""One Prestatie that is put right: one that was refused is declared again, one that was granted is credited."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from fastapi import Request, Response

from ...api import declaraties, voorstellen
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...levensloop.overgangen import Prestatietoestand
from ...partijen.partij import Partijrol
from ...voorstel.declareren.herstel import Prestatieherstel
from ...voorstel.vragen import PrestatieVraag
from .. import opmaak
from ..formulieren.bedrag import HINT, in_eurocent
from ..formulieren.formulier import Formulierroute
from ..formulieren.veld import Veld
from ..formulieren.voorstelblad import Voorstelblad, beantwoord
from ..toegang import MEDEWERKER, HetFormulier, Ik, Medewerker

router = Router(route_class=Formulierroute)

PAD = "/declaraties"

_OPNIEUW = [(str(Prestatieherstel.OPNIEUW), "Verbeterd opnieuw indienen")]
_CREDITEREN = [
    ("", "Kies"),
    (str(Prestatieherstel.CREDIT), "Alleen crediteren: er is niets geleverd"),
    (str(Prestatieherstel.CREDIT_EN_DEBET), "Crediteren en anders declareren"),
]
_WAT: dict[Prestatietoestand, opmaak.Keuzes] = {
    Prestatietoestand.AFGEWEZEN: _OPNIEUW,
    Prestatietoestand.TOEGEKEND: _CREDITEREN,
}
"""What can be done about a Prestatie in a state, to choose from."""


TE_HERSTELLEN = frozenset(_WAT)
"""The states in which a Prestatie can be put right."""

_REFERENTIE = "referentie"


def herstelpad(declaratie: str, referentienummer: str) -> str:
    """Where a Prestatie is put right."""
    return f"{PAD}/{declaratie}/herstel?{urlencode({_REFERENTIE: referentienummer})}"


def mag_herstellen(ik: Ik) -> bool:
    """Whether someone declares: he works for who sends a 323."""
    return ik.mag(MEDEWERKER) and ik.partij.rol is not Partijrol.GEMEENTE


@router.get(f"{PAD}/{{id}}/herstel")
def vraag_herstel(
    request: Request, id: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, referentie: str = ""
) -> Response:
    """Ask how a Prestatie is put right."""
    return beantwoord(request, _herstel(id, referentie, knooppunt, ik, nu), None)


@router.post(f"{PAD}/{{id}}/herstel")
def stel_herstel_voor(
    request: Request, id: str, knooppunt: HetKnooppunt, ik: Medewerker, nu: Nu, formulier: HetFormulier
) -> Response:
    """The 323 that puts it right."""
    referentie = formulier.get(_REFERENTIE)
    blad = _herstel(id, referentie if isinstance(referentie, str) else "", knooppunt, ik, nu)
    return beantwoord(request, blad, formulier)


def _herstel(id_: str, referentie: str, knooppunt: Knooppunt, ik: Ik, nu: datetime) -> Voorstelblad:
    declaratie, p = declaraties.met_prestatie(id_, referentie, knooppunt, ik.partij)
    keuzes = _WAT.get(p.toestand, _OPNIEUW)
    vast = {"declaratie": id_, "referentienummer": p.referentienummer}
    if keuzes is _OPNIEUW:
        vast["wat"] = Prestatieherstel.OPNIEUW
    return Voorstelblad(
        f"Prestatie {p.referentienummer} herstellen",
        f"{PAD}/{id_}/herstel",
        [("Declaraties", PAD), (f"Declaratie {declaratie.declaratienummer}", f"{PAD}/{id_}")],
        [
            ("Toewijzing", p.toewijzingnummer),
            ("Product", p.code),
            ("Van", p.productperiode.begin),
            ("Tot en met", p.productperiode.eind),
            ("Volume", p.geleverd_volume),
            ("Eenheid", opmaak.code(p.eenheid, _EENHEID)),
            ("Tarief", opmaak.geld(p.tarief)),
            ("Bedrag", opmaak.geld(p.bedrag)),
            ("Toestand", p.toestand),
            ("Retourcodes", ", ".join(p.retourcodes)),
        ],
        _velden(keuzes),
        PrestatieVraag,
        lambda vraag: voorstellen.prestatie(vraag, knooppunt, ik.partij, nu),
        vul=lambda ingevuld: {**in_eurocent(ingevuld, ("tarief",)), **vast},
        mee={_REFERENTIE: p.referentienummer},
        vooraf=keuzes is _OPNIEUW,
    )


_EENHEID = "WJ756"


def _velden(keuzes: opmaak.Keuzes) -> Sequence[Veld]:
    """What can be said of a Prestatie that is declared again; all that is left empty follows from toewijzing and contract."""
    wat = [Veld("wat", "Wat wilt u doen?", keuzes=keuzes)] if keuzes is not _OPNIEUW else []
    return [
        *wat,
        Veld("geleverd_volume", "Ander volume", "Leeg: zoals het was"),
        Veld("tarief", "Ander tarief", f"Leeg: dat van het contract. {HINT}"),
        Veld("toewijzingnummer", "Andere toewijzing", "Het nummer; leeg: dezelfde"),
        Veld("code", "Andere productcode", "Leeg: die van de toewijzing"),
        Veld("categorie", "Andere productcategorie", altijd=False),
        Veld("eenheid", "Andere eenheid", altijd=False),
        Veld("tarief_eenheid", "Waarvoor het tarief is", altijd=False),
        Veld("maand", "Maand van de declaratie", "Zoals 2026-03; leeg: de laatst gedeclareerde maand"),
    ]
