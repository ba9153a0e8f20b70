"""The Fo01 that refuses a message of a gemeente after its Bv03."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine

from ...opslag import zendingen as tabel
from ...opslag.database import schrijvend
from ...opslag.zendingen import Zendingsleutel
from ...standaard.fouten import Onleesbaar
from ..envelop.stuf import (
    KNOOPVERSIE,
    Berichtcode,
    Foutbericht,
    Stuurgegevens,
    Systeem,
    eigen_nummer,
    keur_af,
    lees_stuf,
    schrijf,
)
from ..envelop.vertaling import GGK_APPLICATIE
from ..envelop.vsp import Melding, Status, als_json


class _AlBekeken(Exception):
    """Another process was first."""


def weiger(engine: Engine, sleutel: Zendingsleutel, melding: Melding) -> None:
    """Refuse a zending of this door, and lay the Fo01 ready, in one transaction; what was looked at already stays as it is.

    The Fo01 is of the moment at which the message came in, so that who fetches it twice gets the same (afgeleid).
    """
    with suppress(_AlBekeken), schrijvend(engine) as verbinding:
        rij = tabel.te_verwerken(verbinding, sleutel)
        if rij is None:
            return
        leg_fo01_klaar(verbinding, rij, melding)  # first: who takes messages in locks the numbers, then the zending
        if not tabel.keur_af(verbinding, sleutel, [als_json(melding)]):
            raise _AlBekeken


def leg_fo01_klaar(verbinding: Connection, rij: Mapping[Any, Any], melding: Melding) -> None:
    """Lay the Fo01 ready that refuses this stored message."""
    tabel.bewaar(verbinding, _fo01(rij, melding))


def _fo01(rij: Mapping[Any, Any], melding: Melding) -> dict[str, Any]:
    """The row of the Fo01 on a stored message."""
    heel = melding.code != "IB003"  # else it was cut off
    bericht = _foutbericht(rij, melding, rij["inhoud"] if heel else None)
    data = schrijf(bericht)
    try:
        lees_stuf(data)
    except Onleesbaar:  # what it refuses is so deep that around it is one step too many
        data = schrijf(replace(bericht, detailsXML=()))
    stuur = bericht.stuurgegevens
    overgenomen = ("functie", "versie", "subversie", "conversatie_id", "hash", "ontvangen_op")
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
        "status": str(Status.WORDT_AANGEBODEN),
        "meldingen": [],  # those are with the message itself
    }


def _foutbericht(rij: Mapping[Any, Any], melding: Melding, origineel: bytes | None) -> Foutbericht:
    functie, versie, subversie = rij["functie"], rij["applicatie_versie"], rij["applicatie_subversie"]
    op = Stuurgegevens(
        Berichtcode.DI01,  # of which a Fo01 says nothing
        Systeem(rij["zender"], rij["applicatie"], rij["administratie"], rij["gebruiker"]),
        Systeem(rij["ontvanger"], GGK_APPLICATIE),
        rij["traceer_id"],
        "",
    )
    return keur_af(
        melding.code,
        op,
        partial(eigen_nummer, Berichtcode.FO01, rij["zender"], rij["traceer_id"]),
        rij["ontvangen_op"],
        omschrijving=f"{melding.omschrijving}: {melding.toelichting}",
        details=f"{functie}-{versie}{subversie}" if functie and versie and subversie else None,
        origineel=origineel,
    )
