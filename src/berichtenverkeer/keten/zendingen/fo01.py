"""The Fo01 that refuses a message of a gemeente after its Bv03."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Connection

from ...opslag.berichten import zendingen as tabel
from ...standaard.fouten import Onleesbaar
from ..envelop.stuf import (
    KNOOPVERSIE,
    LANGSTE_OMSCHRIJVING,
    Foutbericht,
    StufBerichtcode,
    Stuurgegevens,
    Systeem,
    eigen_nummer,
    keur_af,
    lees_stuf,
    met_bestand,
    schrijf,
)
from ..envelop.vertaling import GGK_APPLICATIE
from ..envelop.vsp import Berichtstatus
from .meldingen import Afkeuring

AFGESNEDEN = "IB003"
"""The code of what is too large, of which no more is kept than shows that it is."""


def leg_fo01_klaar(verbinding: Connection, rij: Mapping[Any, Any], waarom: Afkeuring) -> None:
    """Lay the Fo01 ready that refuses this message: its row in the table ``zending``, also before it is there.

    It is of the moment at which the message came in, so that who fetches it twice gets the same (afgeleid).
    """
    tabel.bewaar(verbinding, _rij(rij, waarom))


def _rij(rij: Mapping[Any, Any], waarom: Afkeuring) -> dict[str, Any]:
    bericht = _foutbericht(rij, waarom, None if waarom.code == AFGESNEDEN else _origineel(rij))
    data = schrijf(bericht)
    try:
        lees_stuf(data)
    except Onleesbaar:  # what it refuses is as full as can be read, and around it is too much
        data = schrijf(replace(bericht, detailsXML=()))
    stuur = bericht.stuurgegevens
    overgenomen = ("functie", "versie", "subversie", "conversatie_id", "hash", "ontvangen_op", "trace")
    return {naam: rij[naam] for naam in overgenomen} | {
        "zender": stuur.zender.organisatie,
        "traceer_id": stuur.referentienummer,
        "ontvanger": rij["zender"],
        "indiener": stuur.zender.organisatie,
        "door": rij["door"],
        "applicatie": stuur.zender.applicatie,
        **dict(zip(("applicatie_versie", "applicatie_subversie"), KNOOPVERSIE, strict=True)),
        "als_antwoord_op": rij["traceer_id"],
        "foutbericht": True,
        "inhoud": data,
        "status": str(Berichtstatus.WORDT_AANGEBODEN),
        "meldingen": [],  # those are with the message itself
    }


def _origineel(rij: Mapping[Any, Any]) -> bytes:
    """The StUF message as it came in."""
    inhoud: bytes = rij["inhoud"]
    return met_bestand(rij["omslag"], inhoud) if rij["omslag"] is not None else inhoud


def _foutbericht(rij: Mapping[Any, Any], waarom: Afkeuring, origineel: bytes | None) -> Foutbericht:
    functie, versie, subversie = rij["functie"], rij["applicatie_versie"], rij["applicatie_subversie"]
    op = Stuurgegevens(
        StufBerichtcode.DI01,  # of which a Fo01 says nothing
        Systeem(rij["zender"], rij["applicatie"], rij["administratie"], rij["gebruiker"]),
        Systeem(rij["ontvanger"], GGK_APPLICATIE),
        rij["traceer_id"],
        "",
    )
    return keur_af(
        waarom.code,
        op,
        partial(eigen_nummer, StufBerichtcode.FO01, rij["zender"], rij["traceer_id"]),
        rij["ontvangen_op"],
        omschrijving=waarom.op_een_regel(LANGSTE_OMSCHRIJVING),
        details=f"{functie}-{versie}{subversie}" if functie and versie and subversie else None,
        origineel=origineel,
    )
