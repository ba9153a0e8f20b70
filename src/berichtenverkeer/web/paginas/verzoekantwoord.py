"""What a gemeente answers to a request: it honours it, refuses it, or tells that it investigates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from ...api import verzoeken, voorstellen
from ...api.rondom.knooppunt import Knooppunt
from ...api.rondom.route import Router
from ...api.verzoeken import VerzoekVolledig
from ...api.voorstellen import VoorstelUit
from ...levensloop.overgangen import Verzoeksoort, Verzoektoestand
from ...levensloop.verzoek import ONDERHANDEN
from ...partijen.partij import Partijrol
from ...standaard.domein import Domein
from ...voorstel.vragen import MetIdentificatie, ToewijzingVraag, VerzoekAntwoordVraag
from .. import opmaak
from ..formulieren.bedrag import in_eurocent
from ..formulieren.formulier import Formulierroute
from ..formulieren.veld import Veld
from ..formulieren.verzoekvelden import BEDRAGEN, categorieen, verzoekvelden
from ..formulieren.voorstelblad import Voorstelblad, routes
from ..toegang import MEDEWERKER, Ik

router = Router(route_class=Formulierroute)

PAD = "/verzoeken"


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What a gemeente answers: its address, its title, the question of ``/v1`` with what gives the proposal, and its fields."""

    naam: str
    titel: str
    vraag: type[MetIdentificatie]
    stel_voor: Callable[..., VoorstelUit]
    velden: Callable[[VerzoekVolledig], Sequence[Veld]]
    vul: Callable[[VerzoekVolledig, Mapping[str, str]], Mapping[str, Any]]
    kan: Callable[[VerzoekVolledig], bool]
    inleiding: str = ""


def _vul_antwoord(antwoord: str, verzoek: VerzoekVolledig, ingevuld: Mapping[str, str]) -> Mapping[str, Any]:
    return {"verzoek": verzoek.id, "antwoord": antwoord, **ingevuld}


def _vul_toewijzing(verzoek: VerzoekVolledig, ingevuld: Mapping[str, str]) -> Mapping[str, Any]:
    """The question of a 301: what is assigned otherwise than was asked, and what must be said besides."""
    gegeven = in_eurocent(ingevuld, BEDRAGEN)
    anders: dict[str, Any] = {
        naam: gegeven[naam] for naam in ("ingangsdatum", "einddatum", "budget") if naam in gegeven
    }
    gevraagd = verzoek.gevraagd[0] if verzoek.gevraagd else None
    omvang = {"Volume": "volume", "Eenheid": "eenheid", "Frequentie": "frequentie"}
    if any(naam in gegeven for naam in omvang.values()):
        was = gevraagd.omvang.model_dump() if gevraagd is not None and gevraagd.omvang is not None else {}
        anders["omvang"] = {element: w for element, naam in omvang.items() if (w := gegeven.get(naam, was.get(naam)))}
    if "categorie" in gegeven or "code" in gegeven:
        product = gevraagd.product if gevraagd is not None else None
        categorie = gegeven.get("categorie") or (product.categorie if product is not None else None)
        anders["product"] = {"Categorie": categorie, "Code": gegeven.get("code")}
    uit: dict[str, Any] = {"verzoeken": [{"verzoek": verzoek.id, **anders}]}
    if "vanaf" in gegeven:
        uit["vanaf"] = gegeven["vanaf"]
    if adres := {element: gegeven[naam] for naam, element in _ADRES.items() if naam in gegeven}:
        huis = {element: gegeven[naam] for naam, element in _HUIS.items() if naam in gegeven}
        uit["contactgegevens"] = [
            {"Soort": "01", "Adres": {"LandCode": "NL", **adres} | ({"Huis": huis} if huis else {})}
        ]
    return uit


_ADRES = {"straatnaam": "Straatnaam", "postcode": "Postcode", "plaatsnaam": "Plaatsnaam"}
_HUIS = {"huisnummer": "Huisnummer", "huisletter": "Huisletter", "toevoeging": "HuisnummerToevoeging"}
_CONTACT = "contactgegevens"


def _toewijzingvelden(verzoek: VerzoekVolledig) -> Sequence[Veld]:
    adres = [
        Veld("straatnaam", "Straat", "Het BRP-adres van de cliënt, in Nederland", altijd=False, bij=_CONTACT),
        Veld("huisnummer", "Huisnummer", altijd=False, bij=_CONTACT),
        Veld("huisletter", "Huisletter", altijd=False, bij=_CONTACT),
        Veld("toevoeging", "Toevoeging", altijd=False, bij=_CONTACT),
        Veld("postcode", "Postcode", "Zoals 1234AB", altijd=False, bij=_CONTACT),
        Veld("plaatsnaam", "Plaats", altijd=False, bij=_CONTACT),
    ]
    if verzoek.soort is Verzoeksoort.VOW:
        return [Veld("vanaf", "Vanaf welke dag u toewijst", altijd=False), *adres]
    zoals = "Zoals gevraagd"
    return [
        Veld("ingangsdatum", "Andere ingangsdatum", f"Leeg: {zoals.lower()}", "date"),
        Veld("einddatum", "Andere einddatum", f"Leeg: {zoals.lower()}", "date"),
        *verzoekvelden(verzoek.domein, f"Leeg: {zoals.lower()}", zoals),
        Veld("categorie", "Andere productcategorie", keuzes=categorieen(verzoek.domein, zoals)),
        Veld("code", "Andere productcode", f"Leeg: {zoals.lower()}; met een andere categorie zonder code"),
        *adres,
    ]


def _redenen(verzoek: VerzoekVolledig) -> Sequence[Veld]:
    gemeente = Veld("gemeente", "Welke gemeente is verantwoordelijk?", "CBS-code van 4 cijfers; alleen bij reden 8")
    met_gemeente = verzoek.domein is Domein.IJW and verzoek.soort is Verzoeksoort.VOT
    return [Veld("reden", "Waarom wijst u het verzoek af?"), *([gemeente] if met_gemeente else [])]


ANTWOORDEN = (
    Antwoord(
        "toewijzing",
        "Verzoek honoreren",
        ToewijzingVraag,
        voorstellen.toewijzing,
        _toewijzingvelden,
        _vul_toewijzing,
        lambda v: v.toestand is not Verzoektoestand.GEHONOREERD,
        "Een verzoek om wijziging wijst u toe zoals het gevraagd is; van een verzoek om toewijzing mag u afwijken.",
    ),
    Antwoord(
        "afwijzen",
        "Verzoek afwijzen",
        VerzoekAntwoordVraag,
        voorstellen.antwoord,
        _redenen,
        partial(_vul_antwoord, "afwijzen"),
        lambda v: v.toestand in ONDERHANDEN,
    ),
    Antwoord(
        "onderzoek",
        "In onderzoek melden",
        VerzoekAntwoordVraag,
        voorstellen.antwoord,
        lambda _: (),
        partial(_vul_antwoord, "onderzoek"),
        lambda v: v.toestand is Verzoektoestand.INGEDIEND,
        "De aanbieder weet dan dat het langer duurt.",
    ),
)
"""Those of a gemeente."""


def voor(verzoek: VerzoekVolledig, ik: Ik) -> list[tuple[str, str]]:
    """What someone may answer now, each with its address."""
    if not ik.mag(MEDEWERKER) or ik.partij.rol is not Partijrol.GEMEENTE:
        return []
    return [(een.titel, f"{PAD}/{verzoek.id}/{een.naam}") for een in ANTWOORDEN if een.kan(verzoek)]


def _blad(wat: Antwoord, id_: str, knooppunt: Knooppunt, ik: Ik, nu: datetime) -> Voorstelblad:
    verzoek = verzoeken.bekijk(id_, knooppunt, ik.partij, nu)
    pad = f"{PAD}/{id_}"
    return Voorstelblad(
        wat.titel,
        f"{pad}/{wat.naam}",
        [("Verzoeken", PAD), (f"Verzoek {verzoek.referentie}", pad)],
        [
            ("Referentie", verzoek.referentie),
            ("Soort", verzoek.soort),
            ("Bsn", opmaak.bsn(verzoek.bsn)),
            ("Aanbieder", verzoek.aanbieder),
            ("Ingediend op", verzoek.ingediend_op),
            ("Antwoord voor", verzoek.antwoord_voor),
            ("Toestand", verzoek.toestand),
        ],
        wat.velden(verzoek),
        wat.vraag,
        lambda vraag: wat.stel_voor(vraag, knooppunt, ik.partij, nu),
        vul=partial(wat.vul, verzoek),
        inleiding=wat.inleiding,
    )


for _wat in ANTWOORDEN:
    routes(router, f"{PAD}/{{id}}/{_wat.naam}", partial(_blad, _wat))
