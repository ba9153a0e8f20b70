"""The parties of a recording: their names in the flow, and what they agreed as far as the recording needs it. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from ...regels.contract import Contract, Productcode, Tarief
from ...standaard.berichten.basis import Product
from ...standaard.berichten.declaratie import Prestatie
from ...standaard.berichtsoort import Ketenrol
from ...standaard.codelijst import codelijst
from ...standaard.domein import Domein
from ...standaard.vorm import plaatsen
from .bron import Opname, OpneemFout

_CATEGORIE = {Domein.IWMO: "WMO020", Domein.IJW: "JZ020"}
"""The code list of the categories of each law; they have none in common."""


def namen_van(opname: Opname) -> dict[str, str]:
    """The name in the flow of each party by its code: ``gemeente``, ``gemeente2``."""
    aantal: Counter[Ketenrol] = Counter()
    namen: dict[str, str] = {}
    for code, rol in opname.rollen.items():
        aantal[rol] += 1
        namen[code] = str(rol) if aantal[rol] == 1 else f"{rol}{aantal[rol]}"
    return namen


def _producten(opname: Opname) -> set[str]:
    """Every product code in the recording, and every category that stands somewhere without code."""
    codes: set[str] = set()
    for bericht in opname.berichten:
        for _, deel in plaatsen(bericht.bericht, bericht.gelezen.soort):
            if isinstance(deel, Product):
                codes.add(deel.Code or deel.Categorie)
            elif isinstance(deel, Prestatie):
                codes.add(deel.ProductCode)
    return codes


def deelnemers(opname: Opname, namen: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The parties as a flow has them. Raises ``OpneemFout``."""
    uit: dict[str, dict[str, Any]] = {}
    gebruikt = _producten(opname)
    for code, naam in namen.items():
        beoordeling = {
            bericht.rij["beoordeling"]
            for bericht in opname.berichten
            if bericht.rij["bestemming"] == code and not bericht.is_antwoord
        }
        if len(beoordeling) > 1:
            raise OpneemFout(
                f"De {opname.rollen[code]} ging in dit tijdvak zelf beoordelen of hield ermee op, en in een flow "
                "is dat niet te zeggen; neem met --tot alleen de tijd ervoor op."
            )
        uit[naam] = {"rol": str(opname.rollen[code])} | ({"beoordeling": "partij"} if "partij" in beoordeling else {})
    gekozen: dict[str, dict[str, str]] = {}
    for gemeente, aanbieder in opname.paren:
        contract, bij = opname.contracten[gemeente, aanbieder], uit[namen[gemeente]]
        keuzes = gekozen.setdefault(gemeente, dict(contract.instellingen))
        if keuzes != contract.instellingen:
            raise OpneemFout(
                "De gemeente koos voor deze aanbieders andere instellingen, en een flow kent er per gemeente één; "
                "kies een toewijzing met --toewijzing."
            )
        tarieven = [
            {
                "aanbieder": namen[aanbieder], "productcode": tarief.productcode, "eenheid": tarief.eenheid,
                "eurocent": str(tarief.eurocent), **_looptijd(tarief),
            }
            for tarief in contract.tarieven
            if tarief.productcode in gebruikt
        ]  # fmt: skip
        codes = [
            {
                "categorie": code.categorie, "code": code.code, "eenheid": code.eenheid, "variant": str(code.variant),
                **_looptijd(code),
            }
            for code in _productcodes(contract, gebruikt)
        ]  # fmt: skip
        if tarieven:
            bij["tarieven"] = bij.get("tarieven", []) + tarieven
        if codes:
            bij["productcodes"] = codes
        if keuzes:
            bij["instellingen"] = keuzes
    return uit


def _looptijd(afspraak: Tarief | Productcode) -> dict[str, str]:
    return {"van": afspraak.van.isoformat()} | ({"tot": afspraak.tot.isoformat()} if afspraak.tot else {})


def _productcodes(contract: Contract, gebruikt: Collection[str]) -> Iterator[Productcode]:
    """Of the list of a gemeente what the rules can look at: the codes and the categories without code that are used, and the
    rows in which the list of a law begins and ends, for before and after there is none."""
    rijen = contract.productcodes
    grenzen: set[int] = set()
    for wet in Domein:
        van_wet = [(plek, rij) for plek, rij in enumerate(rijen) if rij.categorie in codelijst(_CATEGORIE[wet], wet)]
        if van_wet:
            grenzen.add(min(van_wet, key=lambda een: een[1].van)[0])
            grenzen.add(max(van_wet, key=lambda een: een[1].tot or date.max)[0])
    return (rij for plek, rij in enumerate(rijen) if plek in grenzen or {rij.code, rij.categorie} & set(gebruikt))
