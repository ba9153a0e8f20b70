"""Partijen: who takes part here and how, who may send for whom, and what a party chose in the rules."""

from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from ...api.antwoord.problemen import niet_gevonden
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt
from ...api.rondom.route import Router
from ...klok import systeemklok
from ...partijen import contracten
from ...partijen import partij as partijen
from ...partijen.partij import Beoordelaar, Partij, Partijrol, VspRol
from ...partijen.productcodelijst import ContractFout
from ..beheer import BEGIN, PAD, alleen, eis_beheer
from ..formulieren.formulier import Formulierroute, velden
from ..gezegd import gezegd, verder
from ..lijsten.beheerlijst import toon_lijst
from ..lijsten.lijstpagina import Kop
from ..opmaak import Keuzes, woord
from ..scherm import Kruimels, toon
from ..toegang import Beheer, HetFormulier, Ik, Operator

router = Router(route_class=Formulierroute)

_PAD = f"{PAD}/partijen"
_KRUIMELS: Kruimels = [*BEGIN, ("Partijen", _PAD)]
_BEOORDELING: Keuzes = [(str(een), een.betekenis) for een in Beoordelaar]
_FOUTEN = (partijen.PartijFout, ContractFout)


class Partijregel(BaseModel):
    """A party in the list."""

    code: str
    naam: str
    rol: Partijrol
    beoordeling: str
    vsp_rol: str
    wetten: str
    eindpunt: str | None


@router.get(_PAD)
def lijst(request: Request, knooppunt: HetKnooppunt, ik: Operator) -> Response:
    """Every party."""
    items = [
        Partijregel(
            code=een.code,
            naam=een.naam,
            rol=een.rol,
            beoordeling=een.beoordeling.betekenis,
            vsp_rol=een.vsp,
            wetten=_wetten(een),
            eindpunt=een.eindpunt,
        )
        for een in partijen.alle(knooppunt.engine)
    ]
    return toon_lijst(
        request,
        "Partijen",
        Partijregel,
        items,
        (Kop("Naam", "naam", naar=True), Kop("Code", "code"), Kop("Rol", "rol"), Kop("Wie oordeelt", "beoordeling"), Kop("Wetten", "wetten")),
        kruimels=BEGIN,
        leeg="Er doet nog niemand mee. Meld de eerste partij aan.",
        naar=lambda item: f"{_PAD}/{item.code}",
        knoppen=[("Partij aanmelden", f"{PAD}/nieuwe-partij")],
        gezegd=gezegd(request),
    )  # fmt: skip


@router.get(PAD + "/nieuwe-partij")
def vraag_nieuwe(request: Request, ik: Operator) -> Response:
    """Ask what to register."""
    return _nieuw(request, {}, {})


@router.post(PAD + "/nieuwe-partij")
def maak(request: Request, knooppunt: HetKnooppunt, ik: Operator, formulier: HetFormulier) -> Response:
    """Register a party."""
    ingevuld = velden(formulier)
    code, rol = ingevuld.get("code", ""), ingevuld.get("rol", "")
    fouten = {naam: "vul dit in" for naam in ("code", "naam") if naam not in ingevuld}
    if rol not in list(Partijrol):
        fouten["rol"] = "kies een rol"
    if not fouten:
        try:
            partijen.registreer(knooppunt.engine, code, Partijrol(rol), ingevuld["naam"], systeemklok())
        except partijen.PartijFout as fout:
            fouten["code"] = str(fout)
    if fouten:
        return _nieuw(request, ingevuld, fouten)
    return verder(
        request, f"{_PAD}/{code}", f"{code} is aangemeld.", "Geef haar nu een token of registreer haar certificaat."
    )


@router.get(_PAD + "/{code}")
def een(request: Request, code: str, knooppunt: HetKnooppunt, ik: Beheer) -> Response:
    """One party with how it takes part."""
    partij = _partij(knooppunt, ik, code)
    return _een(request, knooppunt, ik, partij, _ingevuld(knooppunt, partij), {})


@router.post(_PAD + "/{code}")
def stel_in(request: Request, code: str, knooppunt: HetKnooppunt, ik: Beheer, formulier: HetFormulier) -> Response:
    """Set how a party takes part; what is of the node is for who runs that."""
    partij = _partij(knooppunt, ik, code)
    engine = knooppunt.engine
    ingevuld = {naam: str(formulier.get(naam, "")).strip() for naam in _ingevuld(knooppunt, partij)}
    fouten: dict[str, str] = {}

    def probeer(veld: str, doe: Any, *wat: Any) -> Any:
        try:
            return doe(*wat)
        except _FOUTEN as fout:
            fouten[veld] = str(fout)

    if ingevuld["beoordeling"] not in list(Beoordelaar):
        fouten["beoordeling"] = "kies wie er oordeelt"
    signalen = probeer("signaal_uit", partijen.lees_signalen, ingevuld["signaal_uit"].replace(" ", ","))
    keuzes = {
        een.naam: ingevuld[f"keuze-{een.naam}"]
        for een in contracten.keuzes_van(engine, partij)
        if ingevuld[f"keuze-{een.naam}"] != een.waarde
    }
    for naam, waarde in keuzes.items():
        probeer(f"keuze-{naam}", contracten.eis_keuzes, engine, code, {naam: waarde})
    wetten = {partijen.wet(str(een)) for een in formulier.getlist("wetten") if een in ("wmo", "jw")}
    if ik.operator and not wetten:
        fouten["wetten"] = "kies minstens een wet"
    if ik.operator and not fouten:
        probeer("eindpunt", partijen.zet_eindpunt, engine, code, ingevuld["eindpunt"] or None)
        if ingevuld["vsp_rol"] and not fouten:
            probeer("vsp_rol", partijen.zet_vsp_rol, engine, code, VspRol(ingevuld["vsp_rol"]))
    if fouten:
        return _een(request, knooppunt, ik, partij, ingevuld, fouten)
    if ik.operator:
        partijen.zet_wetten(engine, code, wetten)
    partijen.zet_beoordeling(engine, code, Beoordelaar(ingevuld["beoordeling"]))
    partijen.zet_signaal_uit(engine, code, signalen)
    contracten.kies(engine, code, keuzes)
    return verder(request, f"{_PAD}/{code}", f"{code} is ingesteld.")


@router.post(_PAD + "/{code}/mandaten")
def mandateer(request: Request, code: str, knooppunt: HetKnooppunt, ik: Operator, formulier: HetFormulier) -> Response:
    """Let this party send for another, or no more."""
    ingevuld = velden(formulier)
    partij = _partij(knooppunt, ik, code)
    voor, weg = ingevuld.get("voor", ""), ingevuld.get("weg", "")
    try:
        if weg:
            partijen.trek_mandaat_in(knooppunt.engine, code, weg)
        else:
            partijen.geef_mandaat(knooppunt.engine, code, voor, systeemklok())
    except partijen.PartijFout as fout:
        return _een(request, knooppunt, ik, partij, _ingevuld(knooppunt, partij) | {"voor": voor}, {"voor": str(fout)})
    zin = f"{code} mag niet meer indienen voor {weg}." if weg else f"{code} mag indienen voor {voor}."
    return verder(request, f"{_PAD}/{code}", zin)


def _partij(knooppunt: Knooppunt, ik: Ik, code: str) -> Partij:
    eis_beheer(ik, code)
    gevonden = next((een for een in partijen.alle(knooppunt.engine) if een.code == code), None)
    if gevonden is None:
        raise niet_gevonden("Deze partij")
    return gevonden


def _wetten(partij: Partij) -> str:
    return ", ".join(str(woord(wet)) for wet in sorted(partij.wetten))


def _ingevuld(knooppunt: Knooppunt, partij: Partij) -> dict[str, str]:
    """The fields of the form as the party stands."""
    return {
        "beoordeling": str(partij.beoordeling),
        "signaal_uit": ", ".join(sorted(partij.signaal_uit)),
        "eindpunt": partij.eindpunt or "",
        "vsp_rol": str(partij.vsp),
    } | {f"keuze-{een.naam}": een.waarde for een in contracten.keuzes_van(knooppunt.engine, partij)}


def _nieuw(request: Request, ingevuld: dict[str, str], fouten: dict[str, str]) -> Response:
    return toon(
        request,
        "partij-nieuw.html",
        "Partij aanmelden",
        kruimels=_KRUIMELS,
        status=422 if fouten else 200,
        ingevuld=ingevuld,
        fouten=fouten,
        rollen=[("", "Kies…"), *((str(rol), str(rol)) for rol in Partijrol)],
    )


def _een(
    request: Request, knooppunt: Knooppunt, ik: Ik, partij: Partij, ingevuld: dict[str, str], fouten: dict[str, str]
) -> Response:
    mandaten = partijen.mandaten(knooppunt.engine)
    return toon(
        request,
        "partij-beheer.html",
        f"{partij.naam} ({partij.code})",
        kruimels=_KRUIMELS if ik.operator else BEGIN,
        status=422 if fouten else 200,
        partij=partij,
        operator=ik.operator,
        gegevens_=[
            ("Code", partij.code),
            ("Rol", partij.rol),
            ("Wetten", _wetten(partij)),
            ("Rol in VSP", partij.vsp),
            ("Eindpunt", partij.eindpunt),
            ("Mag indienen voor", ", ".join(voor for wie, voor in mandaten if wie == partij.code) or None),
            ("Voor haar dienen in", ", ".join(wie for wie, voor in mandaten if voor == partij.code) or None),
        ],
        mandaten=[voor for wie, voor in mandaten if wie == partij.code],
        keuzes=contracten.keuzes_van(knooppunt.engine, partij),
        beoordelingen=_BEOORDELING,
        vsp_rollen=[(str(rol), str(rol)) for rol in VspRol],
        ingevuld=ingevuld,
        wetten=["wmo" if wet == "iwmo" else "jw" for wet in partij.wetten],
        fouten=fouten,
        gezegd=gezegd(request),
        eigen=alleen(ik),
    )
