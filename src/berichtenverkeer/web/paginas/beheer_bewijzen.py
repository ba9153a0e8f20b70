"""Tokens and certificates: by what software shows for whom it calls, until when, when it last did, and withdrawing them."""

from datetime import date, datetime

from fastapi import Request, Response
from pydantic import BaseModel

from ...api.antwoord.problemen import niet_gevonden
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...klok import einde_van_dag, systeemklok
from ...partijen import bewijzen, certificaten
from ...partijen.bewijzen import Bewijs, TokenBestaat
from ...partijen.partij import PartijFout
from ..beheer import BEGIN, PAD, alleen, geheim_van, partijkeuzes
from ..formulieren.formulier import Formulierroute, velden
from ..gezegd import gezegd, verder
from ..lijsten.beheerlijst import toon_lijst
from ..lijsten.lijstpagina import Kop
from ..scherm import Kruimels, toon
from ..toegang import Beheer, HetFormulier, Ik

router = Router(route_class=Formulierroute)

_PAD = f"{PAD}/bewijzen"
_KRUIMELS: Kruimels = [*BEGIN, ("Tokens en certificaten", _PAD)]


class Bewijsregel(BaseModel):
    """A credential in the list."""

    id: str
    naam: str
    soort: str
    partijen: str
    stand: str
    geldig_tot: datetime | None
    gebruikt_op: datetime | None
    aangemaakt_op: datetime


@router.get(_PAD)
def lijst(request: Request, knooppunt: HetKnooppunt, ik: Beheer, nu: Nu) -> Response:
    """Every credential, also those withdrawn."""
    items = [
        Bewijsregel(
            id=een.id,
            naam=een.naam or "zonder naam",
            soort=een.soort,
            partijen=", ".join(een.codes),
            stand=een.stand(nu),
            geldig_tot=een.geldig_tot,
            gebruikt_op=een.gebruikt_op,
            aangemaakt_op=een.aangemaakt_op,
        )
        for een in bewijzen.alle(knooppunt.engine, alleen(ik))
    ]
    return toon_lijst(
        request,
        "Tokens en certificaten",
        Bewijsregel,
        items,
        (
            Kop("Naam", "naam", naar=True), Kop("Soort", "soort"), Kop("Partij", "partijen"), Kop("Stand", "stand"),
            Kop("Geldig tot en met", "geldig_tot"), Kop("Laatst gebruikt", "gebruikt_op"), Kop("Id", "id"),
        ),
        kruimels=BEGIN,
        leeg="Er is nog geen token en geen certificaat. Maak een token voor de software die zich hier aanmeldt.",
        naar=lambda item: f"{_PAD}/{item.id}",
        knoppen=[("Nieuw token", f"{_PAD}/token"), ("Certificaat registreren", f"{_PAD}/certificaat")],
        gezegd=gezegd(request),
    )  # fmt: skip


@router.get(_PAD + "/token")
def vraag_token(request: Request, knooppunt: HetKnooppunt, ik: Beheer) -> Response:
    """Ask for whom a token is to be."""
    return _vraag(request, knooppunt, ik, "token", {}, {})


@router.post(_PAD + "/token")
def maak_token(request: Request, knooppunt: HetKnooppunt, ik: Beheer, nu: Nu, formulier: HetFormulier) -> Response:
    """Make a token and show it, this once."""
    ingevuld = velden(formulier)
    code = alleen(ik) or ingevuld.get("partij", "")
    fouten = _fouten(ingevuld, code, "naam")
    einde = None
    if tot := ingevuld.get("geldig_tot"):
        try:
            einde = einde_van_dag(date.fromisoformat(tot))
        except ValueError:
            fouten["geldig_tot"] = "is een dag, geschreven als 2026-03-02"
    token = geheim_van(request, formulier, "token", 32)
    if not fouten:
        try:
            naam = ingevuld["naam"]
            bewijzen.maak_token(knooppunt.engine, code, nu, lambda _: token, _ook(ik, ingevuld), naam, einde)
        except TokenBestaat:
            pass  # the same form once more: it is shown the same
        except PartijFout as fout:
            fouten[fout.veld] = str(fout)
    if fouten:
        return _vraag(request, knooppunt, ik, "token", ingevuld, fouten)
    return toon(
        request,
        "geheim.html",
        "Nieuw token",
        kruimels=_KRUIMELS,
        geheim=token,
        wat="Het token",
        voor=code,
        uitleg="Zet het in de software die zich hier aanmeldt, als 'Authorization: Bearer …'. Geef het niet per e-mail door.",
        terug=f"{_PAD}/{bewijzen.id_van(token)}",
    )


@router.get(_PAD + "/certificaat")
def vraag_certificaat(request: Request, knooppunt: HetKnooppunt, ik: Beheer) -> Response:
    """Ask for a certificate."""
    return _vraag(request, knooppunt, ik, "certificaat", {}, {})


@router.post(_PAD + "/certificaat")
def registreer(request: Request, knooppunt: HetKnooppunt, ik: Beheer, formulier: HetFormulier) -> Response:
    """Let a party show who it is by a certificate."""
    ingevuld = velden(formulier)
    code = alleen(ik) or ingevuld.get("partij", "")
    fouten = _fouten(ingevuld, code, "pem")
    if not fouten:
        try:
            certificaat = certificaten.lees_pem(ingevuld["pem"].encode())
            certificaten.registreer(knooppunt.engine, code, certificaat, systeemklok(), _ook(ik, ingevuld))
        except PartijFout as fout:
            fouten[fout.veld or "pem"] = str(fout)
    if fouten:
        return _vraag(request, knooppunt, ik, "certificaat", ingevuld, fouten)
    return verder(request, _PAD, f"Het certificaat {certificaat.naam} handelt nu voor {code}.")


@router.get(_PAD + "/{id}")
def een(request: Request, id: str, knooppunt: HetKnooppunt, ik: Beheer, nu: Nu) -> Response:
    """One credential, and withdrawing it."""
    return _een(request, ik, nu, _geef(knooppunt, ik, id), {})


@router.post(_PAD + "/{id}")
def trek_in(
    request: Request, id: str, knooppunt: HetKnooppunt, ik: Beheer, nu: Nu, formulier: HetFormulier
) -> Response:
    """Withdraw it."""
    bewijs = _geef(knooppunt, ik, id)
    try:
        bewijzen.trek_in(knooppunt.engine, id, nu, alleen(ik))
    except PartijFout as fout:
        return _een(request, ik, nu, bewijs, {"": str(fout)})
    return verder(request, f"{_PAD}/{id}", f"Ingetrokken: {bewijs.naam or id} handelt voor niemand meer.")


def _geef(knooppunt: Knooppunt, ik: Ik, id_: str) -> Bewijs:
    try:
        return bewijzen.geef(knooppunt.engine, id_, alleen(ik))
    except PartijFout:
        raise niet_gevonden("Dit token of certificaat") from None


def _een(request: Request, ik: Ik, nu: datetime, bewijs: Bewijs, fouten: dict[str, str]) -> Response:
    return toon(
        request,
        "bewijs.html",
        f"{bewijs.soort.capitalize()} {bewijs.naam or bewijs.id}",
        kruimels=_KRUIMELS,
        status=422 if fouten else 200,
        fouten=fouten,
        stand=bewijs.stand(nu),
        gegevens_=[
            ("Voor", ", ".join(bewijs.codes)),
            ("Id", bewijs.id),
            ("Gemaakt", bewijs.aangemaakt_op),
            ("Geldig vanaf", bewijs.geldig_van or bewijs.aangemaakt_op),
            ("Geldig tot en met", bewijs.geldig_tot),
            ("Laatst gebruikt", bewijs.gebruikt_op),
            ("Ingetrokken", bewijs.ingetrokken_op),
        ],
        mag=bewijs.ingetrokken_op is None and alleen(ik) in (None, bewijs.codes[0]),
        gezegd=gezegd(request),
    )


def _fouten(ingevuld: dict[str, str], code: str, *nodig: str) -> dict[str, str]:
    fouten = {naam: "vul dit in" for naam in nodig if naam not in ingevuld}
    return fouten | ({"partij": "kies een partij"} if not code else {})


def _ook(ik: Ik, ingevuld: dict[str, str]) -> list[str]:
    """For whom besides: only who runs the node says so, for it opens what is of another."""
    return [deel.strip() for deel in ingevuld.get("ook", "").split(",") if deel.strip()] if ik.operator else []


def _vraag(
    request: Request, knooppunt: Knooppunt, ik: Ik, wat: str, ingevuld: dict[str, str], fouten: dict[str, str]
) -> Response:
    return toon(
        request,
        "bewijs-nieuw.html",
        "Nieuw token" if wat == "token" else "Certificaat registreren",
        kruimels=_KRUIMELS,
        status=422 if fouten else 200,
        wat=wat,
        partijen=partijkeuzes(knooppunt, ik),
        ingevuld=ingevuld,
        fouten=fouten,
    )
