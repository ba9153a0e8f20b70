"""Contracten: what partners may do for which gemeente and segment, and when; those that end stand out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from fastapi import Request, Response

from ...api.rondom.knooppunt import HetKnooppunt, Nu
from ...api.rondom.route import Router
from ...api.tabel import Gedaante, als_tabel
from ...hoofdaannemer.laden.soorten import SOORTEN
from ...hoofdaannemer.laden.uitkolom import uitkolom
from ...invoer import Dag, Invoer
from ...standaard.geldig import op_dag
from ..bureau import BEGIN, bureau_bij, geladen, noemer, partnerkeuzes
from ..formulieren.formulier import Onjuist, lees
from ..formulieren.veld import Veld
from ..lijsten.heeltabel import Kolom, als_bestanden, blad, gevraagde_vorm, sleutel
from ..opmaak import Keuzes
from ..scherm import Noem, toon
from ..toegang import Lezer

router = Router()

PAD = "/hoofdaannemer/contracten"

ALLE = "alle"
"""What stands where a contract is for every gemeente or segment."""

_FILTERS = ("partner", "gemeente", "segment", "geldig_op")


class Contractvraag(Invoer):
    """Which contracts."""

    geldig_op: Dag | None = None


@router.get(PAD)
def lijst(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """All of them, or those that are asked for."""
    alle = geladen(bureau_bij(knooppunt, ik), "partners")
    namen = {rij["code"]: rij["naam"] for rij in alle}
    noem = noemer(knooppunt, namen)
    ingevuld = {naam: waarde for naam in _FILTERS if (waarde := request.query_params.get(naam, "").strip())}
    fouten: Mapping[str, str] = {}
    rijen: list[dict[str, Any]] = []
    try:
        dag = lees(Contractvraag, {"geldig_op": ingevuld.get("geldig_op")}).geldig_op
        rijen = [rij for rij in alle if _past(rij, ingevuld, dag)]
        if (vorm := gevraagde_vorm(request)) is not Gedaante.JSON:
            return als_tabel(vorm, "contracten", [uitkolom(kolom) for kolom in SOORTEN["partners"].kolommen], rijen)
    except Onjuist as onjuist:
        fouten = onjuist.fouten
    return toon(
        request,
        "contracten.html",
        "Contracten",
        kruimels=BEGIN,
        status=422 if fouten else 200,
        velden=_velden(alle, namen, noem),
        ingevuld=ingevuld,
        fouten=fouten,
        blad=blad(request, rijen, _kolommen(nu.date(), noem)),
        alle=len(alle),
        bestanden=als_bestanden(request),
    )


def geldt_op(rij: Mapping[str, Any], dag: date) -> bool:
    """Whether a contract has this day."""
    return op_dag(rij["van"], rij["tot"], dag)


def _past(rij: Mapping[str, Any], ingevuld: Mapping[str, str], dag: date | None) -> bool:
    """A contract for all gemeenten is one for this gemeente too."""
    return (
        ingevuld.get("partner") in (None, rij["code"])
        and (rij["gemeente"] is None or ingevuld.get("gemeente") in (None, rij["gemeente"]))
        and (rij["segment"] is None or ingevuld.get("segment") in (None, rij["segment"]))
        and (dag is None or geldt_op(rij, dag))
    )


def _velden(alle: Sequence[Mapping[str, Any]], namen: Mapping[str, str], noem: Noem) -> list[Veld]:
    def keuzes(naam: str, lees: Callable[[str], str] = str) -> Keuzes:
        return [("", "Alle"), *((een, lees(een)) for een in sorted({rij[naam] for rij in alle if rij[naam]}))]

    partners = list(partnerkeuzes(namen))[1:]
    return [
        Veld("partner", "Partner", keuzes=[("", "Alle"), *partners]),
        Veld("gemeente", "Gemeente", keuzes=keuzes("gemeente", noem)),
        Veld("segment", "Segment", keuzes=keuzes("segment")),
        Veld("geldig_op", "Geldig op", soort="date"),
    ]


def _kolommen(vandaag: date, noem: Noem) -> list[Kolom]:
    return [
        sleutel("naam", "Partner", lambda rij: (noem(rij["code"]), f"/hoofdaannemer/partners/{rij['code']}")),
        sleutel("soort", "Soort"),
        sleutel("gemeente", "Gemeente", lambda rij: noem(rij["gemeente"]) if rij["gemeente"] else ALLE),
        sleutel("segment", "Segment", lambda rij: rij["segment"] or ALLE),
        sleutel("van", "Van"),
        sleutel("tot", "Tot en met", lambda rij: rij["tot"] or "tot het wordt opgezegd"),
        sleutel("toestemming", "Toestemming van de gemeente"),
        Kolom("geldig", "Geldig vandaag", lambda rij: geldt_op(rij, vandaag)),
    ]  # fmt: skip
