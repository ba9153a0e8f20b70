"""Declaraties and their Prestaties in the database: what is known before one is judged, and what came of it.

Everything goes in batches: a declaratie may have tens of thousands of Prestaties, and no query is made for one of them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from ...levensloop.declaratie import Declaratieboek, Declaratieregel
from ...levensloop.dossier import Dossiersleutel
from ...levensloop.overgangen import Declaratietoestand, Prestatietoestand
from ...levensloop.rekenen.periode import Periode
from ...standaard.domein import Domein
from .. import bulk
from ..dag import raakt
from ..dossiers.dossiers import sleutel, tekst
from ..tabellen.berichten import bericht
from ..tabellen.declaraties import declaratie, prestatie
from ..tabellen.dossiers import toewijzing
from ..verborgen import verberg_bsn

_VAN_REGEL = (
    "referentienummer", "vorig_referentienummer", "toewijzingnummer", "categorie", "code", "begin", "eind", "volume",
    "eenheid", "tarief", "bedrag", "debet_credit", "toestand",
)  # fmt: skip
"""The columns of ``prestatie`` that make a ``Declaratieregel``, in its order."""

_TELT = declaratie.c.toestand.in_((str(Declaratietoestand.VERZONDEN), str(Declaratietoestand.BEANTWOORD)))
"""A 323 that was refused as a whole counts as not sent."""


def nummer_bekend(verbinding: Connection, domein: Domein, aanbieder: str, nummer: str) -> bool:
    """Whether the aanbieder used this DeclaratieNummer before under this law (TR333)."""
    gevraagd = select(declaratie.c.id).where(
        declaratie.c.domein == domein,
        declaratie.c.aanbieder == aanbieder,
        declaratie.c.declaratienummer == nummer,
        _TELT,
    )
    return verbinding.execute(gevraagd).first() is not None


def laatste_periode(verbinding: Connection, domein: Domein, gemeente: str, aanbieder: str) -> date | None:
    """The first day of the last month that the aanbieder declared to this gemeente under this law (TR318)."""
    gevraagd = select(func.max(declaratie.c.begin)).where(
        declaratie.c.domein == domein, declaratie.c.gemeente == gemeente, declaratie.c.aanbieder == aanbieder, _TELT
    )
    gevonden: date | None = verbinding.execute(gevraagd).scalar()
    return gevonden


def dossiers_met_levering(
    verbinding: Connection, domein: Domein, gemeente: str, aanbieder: str, binnen: Periode
) -> list[Dossiersleutel]:
    """The dossiers between these two in which something may have been delivered in this period (TR318)."""
    gevraagd = (
        select(toewijzing.c.dossier)
        .distinct()
        .where(
            toewijzing.c.aanbieder == aanbieder,
            toewijzing.c.gemeente == gemeente,
            toewijzing.c.domein == domein,
            raakt(toewijzing.c.geleverd_van, toewijzing.c.geleverd_tot, binnen.begin, binnen.eind),
        )
    )
    return [sleutel(dossier) for dossier in verbinding.execute(gevraagd).scalars()]


def gebruikte_referenties(
    verbinding: Connection, domein: Domein, aanbieder: str, referenties: Collection[str]
) -> frozenset[str]:
    """Which of these ReferentieNummers the aanbieder used before under this law, also on what was refused (TR314)."""
    gebruikt: set[str] = set()
    for deel in bulk.batched(sorted(referenties), bulk.PER_VRAAG):
        gebruikt |= set(
            verbinding.execute(
                select(prestatie.c.referentienummer).where(
                    prestatie.c.domein == domein,
                    prestatie.c.aanbieder == aanbieder,
                    prestatie.c.referentienummer.in_(deel),
                )
            ).scalars()
        )
    return frozenset(gebruikt)


def boeken(
    verbinding: Connection, dossiers: Collection[Dossiersleutel], voor: int | None = None
) -> dict[Dossiersleutel, Declaratieboek]:
    """The ledger of each of these dossiers, with all that was sent on its toewijzingen, or what was before this volgnummer."""
    regels: dict[str, list[Declaratieregel]] = {tekst(dossier): [] for dossier in dossiers}
    kolommen = [prestatie.c[naam] for naam in _VAN_REGEL]
    for deel in bulk.batched(sorted(regels), bulk.PER_VRAAG):
        gevraagd = select(prestatie.c.dossier, *kolommen).where(prestatie.c.dossier.in_(deel))
        if voor is not None:
            gevraagd = gevraagd.join(bericht, bericht.c.id == prestatie.c.declaratie).where(bericht.c.volgnummer < voor)
        for dossier, *velden, toestand in verbinding.execute(gevraagd):
            regels[dossier].append(Declaratieregel._make((*velden, Prestatietoestand(toestand))))
    return {sleutel(dossier): Declaratieboek.van(van_dossier) for dossier, van_dossier in regels.items()}


def rij_prestatie(
    declaratie_: str,
    nummer: int,
    dossier: Dossiersleutel,
    regel: Declaratieregel,
    retourcodes: Sequence[str],
    berekening: Sequence[str],
) -> dict[str, Any]:
    """The row of a Prestatie. ``nummer`` is its place in the message, ``berekening`` the steps behind a refusal."""
    return {
        "declaratie": declaratie_,
        "nummer": nummer,
        "dossier": tekst(dossier),
        "domein": str(dossier.domein),
        "aanbieder": dossier.aanbieder,
        **dict(zip(_VAN_REGEL, regel, strict=True)),
        "toestand": str(regel.toestand),
        "retourcodes": list(retourcodes),
        "berekening": list(berekening),
    }


def bewaar(verbinding: Connection, rij: Mapping[str, Any], prestaties: Iterable[Mapping[str, Any]]) -> None:
    """Put a declaratie with its Prestaties in its new stand, in batches."""
    verbinding.execute(delete(prestatie).where(prestatie.c.declaratie == rij["id"]))
    bulk.zet(verbinding, declaratie, [rij])
    for deel in _delen(prestaties):
        bulk.voeg_toe(verbinding, prestatie, deel)


def werk_bij(verbinding: Connection, rij: Mapping[str, Any]) -> None:
    """Put the row of a declaratie in its new stand, and leave its Prestaties as they are."""
    verbinding.execute(update(declaratie).where(declaratie.c.id == rij["id"]).values(**rij))


def crediteer(verbinding: Connection, debetregels: Collection[tuple[Dossiersleutel, str]]) -> None:
    """Note of granted debet Prestaties, each of a dossier with its ReferentieNummer, that they were credited."""
    for deel in bulk.batched(sorted(debetregels), bulk.PER_VRAAG):
        eerste = deel[0][0]
        verbinding.execute(
            update(prestatie)
            .where(
                prestatie.c.domein == eerste.domein,
                prestatie.c.aanbieder == eerste.aanbieder,
                prestatie.c.referentienummer.in_([referentie for _, referentie in deel]),
                (prestatie.c.dossier + " " + prestatie.c.referentienummer).in_(
                    [f"{verberg_bsn(tekst(dossier))} {referentie}" for dossier, referentie in deel]
                ),
                prestatie.c.toestand == str(Prestatietoestand.TOEGEKEND),
            )
            .values(toestand=str(Prestatietoestand.GECREDITEERD))
        )


def _delen(rijen: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    deel: list[Mapping[str, Any]] = []
    for rij in rijen:
        deel.append(rij)
        if len(deel) == bulk.PER_VRAAG:
            yield deel
            deel = []
    yield deel
