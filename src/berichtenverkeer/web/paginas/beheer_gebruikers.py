"""Gebruikers: who may log in at these pages and as what. Who looks after a party does so for that party; who runs the node for all."""

from fastapi import Request, Response
from pydantic import BaseModel

from ...api.antwoord.problemen import niet_gevonden
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt
from ...api.rondom.route import Router
from ...klok import systeemklok
from ...partijen import gebruikers
from ...partijen.gebruikers import Gebruiker, GebruikerFout, Rol
from ...partijen.partij import PartijFout
from ..beheer import BEGIN, PAD, alleen, geheim_van, partijkeuzes
from ..formulieren.formulier import Formulierroute, velden
from ..gezegd import gezegd, verder
from ..lijsten.beheerlijst import toon_lijst
from ..lijsten.lijstpagina import Kop
from ..opmaak import Keuzes
from ..scherm import Kruimels, toon
from ..toegang import Beheer, HetFormulier, Ik

router = Router(route_class=Formulierroute)

_PAD = f"{PAD}/gebruikers"
_KRUIMELS: Kruimels = [*BEGIN, ("Gebruikers", _PAD)]
_ROLLEN: Keuzes = [("", "geen"), *((str(rol), str(rol)) for rol in Rol)]
_NAMEN = {"login": "Aanmeldnaam", "naam": "Naam", "partij": "Partij", "rol": "Rol"}


class Gebruikerregel(BaseModel):
    """Someone in the list."""

    id: str
    naam: str
    login: str
    rollen: str
    stand: str


@router.get(_PAD)
def lijst(request: Request, knooppunt: HetKnooppunt, ik: Beheer) -> Response:
    """Everyone, or who may do something for one's party."""
    items = [
        Gebruikerregel(id=wie.id, naam=wie.naam, login=wie.login, rollen=", ".join(_rollen(wie, ik)), stand=_stand(wie))
        for wie in gebruikers.alle(knooppunt.engine)
        if _ziet(ik, wie)
    ]
    return toon_lijst(
        request,
        "Gebruikers",
        Gebruikerregel,
        items,
        (Kop("Naam", "naam", naar=True), Kop("Aanmeldnaam", "login"), Kop("Rol", "rollen"), Kop("Stand", "stand")),
        kruimels=BEGIN,
        leeg="Er is nog niemand. Voeg iemand toe.",
        naar=lambda een: f"{_PAD}/{een.id}",
        knoppen=[("Gebruiker toevoegen", f"{_PAD}/nieuw")],
        gezegd=gezegd(request),
    )


@router.get(_PAD + "/nieuw")
def vraag_nieuwe(request: Request, knooppunt: HetKnooppunt, ik: Beheer) -> Response:
    """Ask who is to be added."""
    return _nieuw(request, knooppunt, ik, {}, {})


@router.post(_PAD + "/nieuw")
def voeg_toe(request: Request, knooppunt: HetKnooppunt, ik: Beheer, formulier: HetFormulier) -> Response:
    """Add someone, and show the first password this once."""
    ingevuld = velden(formulier)
    login, naam, rol = (ingevuld.get(veld, "") for veld in ("login", "naam", "rol"))
    partij = alleen(ik) or ingevuld.get("partij", "")
    operator, elders = ik.operator and "operator" in ingevuld, "elders" in ingevuld
    fouten = {veld: "vul dit in" for veld in ("login", "naam") if veld not in ingevuld}
    if rol and rol not in list(Rol):
        fouten["rol"] = "kies een rol"
    if (not operator or partij or rol) and not (partij and rol):
        fouten["rol" if partij else "partij"] = "kies voor wie, en met welke rol"
    geheim = geheim_van(request, formulier, "wachtwoord", 15)
    if not fouten:
        namens = {partij: Rol(rol)} if partij else {}
        try:
            gebruikers.registreer(
                knooppunt.engine,
                login,
                naam,
                namens,
                systeemklok(),
                operator=operator,
                elders=elders,
                toeval=lambda _: geheim,
            )
        except (GebruikerFout, PartijFout) as fout:
            wie = gebruikers.zoek(knooppunt.engine, login)
            if wie is None or elders or not wie.tijdelijk or not gebruikers.klopt(wie, geheim):
                fouten[fout.veld] = str(fout)
    if fouten:
        return _nieuw(request, knooppunt, ik, ingevuld, fouten)
    if elders:
        return verder(request, _PAD, "De gebruiker kan zich aanmelden met het account van zijn of haar werk.")
    return _toon_wachtwoord(request, gebruikers.zoek(knooppunt.engine, login), geheim)


@router.get(_PAD + "/{id}")
def een(request: Request, id: str, knooppunt: HetKnooppunt, ik: Beheer) -> Response:
    """Someone, with what he or she may do."""
    return _een(request, knooppunt, ik, _geef(knooppunt, ik, id), {})


@router.post(_PAD + "/{id}/rol")
def zet_rol(request: Request, id: str, knooppunt: HetKnooppunt, ik: Beheer, formulier: HetFormulier) -> Response:
    """Say what someone may do for a party."""
    ingevuld, wie = velden(formulier), _geef(knooppunt, ik, id)
    partij, rol = alleen(ik) or ingevuld.get("partij", ""), ingevuld.get("rol", "")
    fouten = {"partij": "kies een partij"} if not partij else {}
    if rol and rol not in list(Rol):
        fouten["rol"] = "kies een rol"
    if wie.id == ik.sessie.gebruiker.id and partij == alleen(ik) and rol != Rol.BEHEERDER:
        fouten["rol"] = "uw eigen rol kunt u niet verlagen; vraag het een andere beheerder"
    if not fouten:
        try:
            gebruikers.zet_rol(knooppunt.engine, wie.login, partij, Rol(rol) if rol else None)
        except PartijFout as fout:
            fouten["partij"] = str(fout)
    if fouten:
        return _een(request, knooppunt, ik, wie, fouten)
    zin = f"De gebruiker is nu {rol} voor {partij}." if rol else f"De gebruiker doet niets meer voor {partij}."
    return verder(request, f"{_PAD}/{id}" if rol or ik.operator else _PAD, zin)


@router.post(_PAD + "/{id}/{daad}")
def doe(request: Request, id: str, daad: str, knooppunt: HetKnooppunt, ik: Beheer, formulier: HetFormulier) -> Response:
    """Block someone, let in again, log out everywhere, or give another first password."""
    wie = _geef(knooppunt, ik, id)
    if daad not in ("blokkeer", "toelaten", "afmelden", "wachtwoord"):
        raise niet_gevonden("Deze handeling")
    engine = knooppunt.engine
    if not _mag_alles(ik, wie):
        fout = (
            "Deze gebruiker werkt ook voor anderen, of beheert het knooppunt. Vraag het de beheerder van het knooppunt."
        )
        return _een(request, knooppunt, ik, wie, {"": fout})
    if daad in ("blokkeer", "wachtwoord") and wie.id == ik.sessie.gebruiker.id:
        return _een(
            request, knooppunt, ik, wie, {"": "Dit kunt u niet bij uzelf doen; vraag het een andere beheerder."}
        )
    match daad:
        case "blokkeer":
            gebruikers.blokkeer(engine, wie.login, systeemklok())
            zin = "De gebruiker is geblokkeerd, en overal afgemeld."
        case "toelaten":
            gebruikers.blokkeer(engine, wie.login, None)
            zin = "De gebruiker mag weer binnen."
        case "afmelden":
            gebruikers.meld_overal_af(engine, wie.login)
            zin = "De gebruiker is overal afgemeld."
        case _:
            geheim = geheim_van(request, formulier, "wachtwoord", 15)
            gebruikers.geef_nieuw_wachtwoord(engine, wie.login, lambda _: geheim)
            return _toon_wachtwoord(request, wie, geheim)
    return verder(request, f"{_PAD}/{id}", zin)


def _ziet(ik: Ik, wie: Gebruiker) -> bool:
    return ik.operator or ik.partij.code in wie.partijen


def _mag_alles(ik: Ik, wie: Gebruiker) -> bool:
    """Whether one may shut someone out: who looks after a party, only who works for no other."""
    return ik.operator or (set(wie.partijen) == {ik.partij.code} and not wie.operator)


def _geef(knooppunt: Knooppunt, ik: Ik, id_: str) -> Gebruiker:
    wie = gebruikers.geef(knooppunt.engine, id_)
    if wie is None or not _ziet(ik, wie):
        raise niet_gevonden("Deze gebruiker")
    return wie


def _rollen(wie: Gebruiker, ik: Ik) -> list[str]:
    """What someone may do, as far as it is one's business."""
    eigen = alleen(ik)
    if eigen is not None:
        return [wie.partijen[eigen]]
    return [f"{code}: {rol}" for code, rol in wie.partijen.items()] + ["operator"] * wie.operator


def _stand(wie: Gebruiker) -> str:
    if wie.geblokkeerd_op is not None:
        return "geblokkeerd"
    if wie.wachtwoord is None:
        return "meldt zich elders aan"
    return "heeft een eerste wachtwoord" if wie.tijdelijk else "actief"


def _toon_wachtwoord(request: Request, wie: Gebruiker | None, geheim: str) -> Response:
    assert wie is not None
    return toon(
        request,
        "geheim.html",
        f"Eerste wachtwoord van {wie.naam}",
        kruimels=_KRUIMELS,
        geheim=geheim,
        wat="Het wachtwoord",
        voor=wie.naam,
        uitleg="Geef het hem of haar persoonlijk. Bij de eerste keer aanmelden is een ander wachtwoord te kiezen.",
        terug=f"{_PAD}/{wie.id}",
    )


def _nieuw(
    request: Request, knooppunt: Knooppunt, ik: Ik, ingevuld: dict[str, str], fouten: dict[str, str]
) -> Response:
    return toon(
        request,
        "gebruiker-nieuw.html",
        "Gebruiker toevoegen",
        kruimels=_KRUIMELS,
        status=422 if fouten else 200,
        ingevuld=ingevuld,
        fouten=fouten,
        namen=_NAMEN,
        partijen=partijkeuzes(knooppunt, ik),
        rollen=[("", "Kies…"), *_ROLLEN[1:]],
    )


def _een(request: Request, knooppunt: Knooppunt, ik: Ik, wie: Gebruiker, fouten: dict[str, str]) -> Response:
    eigen = alleen(ik)
    return toon(
        request,
        "gebruiker.html",
        wie.naam,
        kruimels=_KRUIMELS,
        status=422 if fouten else 200,
        wie=wie,
        fouten=fouten,
        namen=_NAMEN,
        gegevens_=[
            ("Aanmeldnaam", wie.login),
            ("Rol", ", ".join(_rollen(wie, ik)) or None),
            ("Stand", _stand(wie)),
            ("Tweede stap", "ingesteld" if wie.totp else "niet ingesteld"),
        ],
        rol=wie.partijen.get(eigen or "", ""),
        partijen=partijkeuzes(knooppunt, ik),
        rollen=_ROLLEN,
        mag_alles=_mag_alles(ik, wie),
        uzelf=wie.id == ik.sessie.gebruiker.id,
        pad_=f"{_PAD}/{wie.id}",
        gezegd=gezegd(request),
    )
