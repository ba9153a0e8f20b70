"""The rows behind a figure as a table: its columns, in an order where the whole list is on the page."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from ...api.stuurinformatie import RijUit
from .. import opmaak
from ..beelden.stuurwoorden import Partijnaam, benoem, titel_van
from .heeltabel import Kolom, veld

Bladzijde = Callable[[str], str | None]
"""Which page shows what stands at an address of ``/v1``."""


def kolommen(
    items: Sequence[RijUit], naam_van: Partijnaam, bladzijde_van: Bladzijde, *, ziet_berichten: bool
) -> list[Kolom]:
    """The columns of these rows; ``ziet_berichten``: who looks may see the messages and toewijzingen that they lead to."""
    groepen = list(items[0].groep) if items else []
    datums = list(dict.fromkeys(naam for rij in items for naam in rij.datums))

    def partij(naam: str, titel: str) -> Kolom:
        lees = attrgetter(naam)
        return veld(naam, titel, lambda rij: naam_van(lees(rij)) if lees(rij) else None)

    def verwijzing(naam: str, titel: str) -> Kolom:
        lees = attrgetter(naam)

        def toon(rij: RijUit) -> Any:
            ziet = lees(rij) and ziet_berichten
            return (titel.lower(), bladzijde_van(f"/v1/{_LIJSTEN[naam]}/{lees(rij)}")) if ziet else None

        return veld(naam, titel, toon)

    return [
        *(_groep(naam, naam_van) for naam in groepen),
        partij("gemeente", "Gemeente"),
        partij("aanbieder", "Aanbieder"),
        veld("bsn", "Bsn", lambda rij: opmaak.bsn(rij.bsn)),
        verwijzing("toewijzing", "Toewijzing"),
        verwijzing("bericht", "Bericht"),
        *(_datum(naam) for naam in datums),
        *(veld(naam, naam.capitalize()) for naam in ("waarde", "teller", "noemer")),
    ]


_LIJSTEN = {"toewijzing": "toewijzingen", "bericht": "berichten"}


def _groep(naam: str, naam_van: Partijnaam) -> Kolom:
    return Kolom(
        f"groep.{naam}",
        titel_van(naam),
        lambda rij: rij.groep[naam],
        lambda rij: benoem(naam, rij.groep[naam], naam_van),
    )


def _datum(naam: str) -> Kolom:
    return Kolom(f"datum.{naam}", naam.capitalize(), lambda rij: rij.datums.get(naam))
