"""Dossiers in the database: loaded for a whole group at once, written in bulk, rebuilt from the messages."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, select, union

from ..levensloop.dossier import Dossiersleutel
from ..levensloop.gebeurtenis import Feit, Gebeurtenis, Herkomst
from ..levensloop.stand import Stand
from ..levensloop.toewijzing import is_verwijderd
from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from ..standaard.berichten.toewijzing import ToegewezenProduct
from ..standaard.domein import Domein
from . import bulk
from .tabellen import bericht, gebeurtenis, toewijzing

Rij = frozenset[tuple[str, Any]]
"""A row by value: the names of its columns and what is in them."""

_FEITEN: dict[str, type[Feit]] = {k.__name__: k for k in (ToegewezenProduct, StartProduct, StopProduct)}
_RUIMTE = uuid.UUID("6f0e1c55-2b0f-5c6e-9a6b-1d1a7a0c3e10")


def tekst(sleutel: Dossiersleutel) -> str:
    """A dossier's key as the one column ``dossier``."""
    return "/".join(sleutel)


def sleutel(tekst_: str) -> Dossiersleutel:
    """The dossier's key from its column."""
    domein, gemeente, aanbieder, bsn = tekst_.split("/")
    return Dossiersleutel(Domein(domein), gemeente, aanbieder, bsn)


def toewijzing_id(domein: Domein, gemeente: str, nummer: int) -> str:
    """The id of a toewijzing; the same after a rebuild."""
    return str(uuid.uuid5(_RUIMTE, f"{domein}/{gemeente}/{nummer}"))


def laad(verbinding: Connection, dossiers: Collection[Dossiersleutel]) -> dict[Dossiersleutel, list[Gebeurtenis]]:
    """The gebeurtenissen of these dossiers in order of arrival, in one query; an unknown dossier has none."""
    geladen: dict[Dossiersleutel, list[Gebeurtenis]] = {dossier: [] for dossier in dossiers}
    if not dossiers:
        return geladen
    op_tekst = {tekst(dossier): dossier for dossier in dossiers}
    rijen = verbinding.execute(
        select(
            gebeurtenis.c.dossier,
            gebeurtenis.c.nummer,
            gebeurtenis.c.soort,
            gebeurtenis.c.feit,
            bericht.c.id,
            bericht.c.ontvangen_op,
            bericht.c.dagtekening,
            bericht.c.identificatie,
        )
        .join(bericht, bericht.c.id == gebeurtenis.c.bericht)
        .where(gebeurtenis.c.dossier.in_(op_tekst))
        .order_by(bericht.c.volgnummer, gebeurtenis.c.nummer)
    )
    for dossier, nummer, soort, feit, id_, ontvangen_op, dagtekening, identificatie in rijen:
        herkomst = Herkomst(id_, ontvangen_op, dagtekening, identificatie)
        geladen[op_tekst[dossier]].append(Gebeurtenis(herkomst, nummer, _FEITEN[soort].model_validate_json(feit)))
    return geladen


def nummers_in_gebruik(
    verbinding: Connection, nummers: Collection[tuple[Domein, str, int]]
) -> dict[tuple[Domein, str, int], Dossiersleutel]:
    """To which dossier each of these (domein, gemeente, ToewijzingNummer) belongs, as far as known (TR332)."""
    op_id = {toewijzing_id(*nummer): nummer for nummer in nummers}
    gevonden = {}
    for deel in bulk.batched(list(op_id), bulk.PER_VRAAG):
        for id_, dossier in verbinding.execute(
            select(toewijzing.c.id, toewijzing.c.dossier).where(toewijzing.c.id.in_(deel))
        ):
            gevonden[op_id[id_]] = sleutel(dossier)
    return gevonden


def rij_gebeurtenis(dossier: Dossiersleutel, geval: Gebeurtenis) -> dict[str, Any]:
    """The row of a gebeurtenis."""
    return {
        "bericht": geval.herkomst.bericht,
        "nummer": geval.nummer,
        "dossier": tekst(dossier),
        "toewijzingnummer": geval.feit.ToewijzingNummer,
        "soort": type(geval.feit).__name__,
        "feit": geval.feit.model_dump_json(exclude_defaults=True),
    }


def rij_toewijzing(dossier: Dossiersleutel, stand: Stand, wijziging: int, gewijzigd_op: datetime) -> dict[str, Any]:
    """The row of a toewijzing: its stand, and which message gave it that."""
    product = stand.product
    omvang = product.Omvang
    return {
        "id": toewijzing_id(dossier.domein, dossier.gemeente, product.ToewijzingNummer),
        "dossier": tekst(dossier),
        **dossier._asdict(),
        "domein": str(dossier.domein),
        "toewijzingnummer": product.ToewijzingNummer,
        "categorie": product.Product.Categorie if product.Product else None,
        "code": product.Product.Code if product.Product else None,
        "ingangsdatum": product.Ingangsdatum,
        "einddatum": product.Einddatum,
        "volume": omvang.Volume if omvang else None,
        "eenheid": omvang.Eenheid if omvang else None,
        "frequentie": omvang.Frequentie if omvang else None,
        "budget": product.Budget,
        "verwijderd": is_verwijderd(product),
        "levering": str(stand.levering),
        "versie": stand.versie,
        "wijziging": wijziging,
        "gewijzigd_op": gewijzigd_op,
    }


def schrijf(
    verbinding: Connection, gebeurtenissen: Sequence[Mapping[str, Any]], toewijzingen: Sequence[Mapping[str, Any]]
) -> None:
    """Add gebeurtenissen and put toewijzingen in their new stand, one statement each."""
    bulk.voeg_toe(verbinding, gebeurtenis, gebeurtenissen)
    bulk.zet(verbinding, toewijzing, toewijzingen)


def rijen(verbinding: Connection, dossiers: Collection[str]) -> dict[str, set[Rij]]:
    """The derived rows of each of these dossiers, to hold a rebuild against."""
    gevonden: dict[str, set[Rij]] = defaultdict(set)
    for tabel in (gebeurtenis, toewijzing):
        for rij in verbinding.execute(select(tabel).where(tabel.c.dossier.in_(dossiers))).mappings():
            gevonden[rij["dossier"]].add(_rij(rij))
    return gevonden


def als_rijen(gebeurtenissen: Iterable[Mapping[str, Any]], toewijzingen: Iterable[Mapping[str, Any]]) -> set[Rij]:
    """Rows that are not in the database yet, comparable with those of ``rijen``."""
    return {_rij(rij) for rij in (*gebeurtenissen, *toewijzingen)}


def wis(verbinding: Connection, dossiers: Collection[str]) -> None:
    """Forget what was derived for these dossiers, and what was derived from their messages for another."""
    for tabel in (gebeurtenis, toewijzing):
        verbinding.execute(delete(tabel).where(tabel.c.dossier.in_(dossiers)))
    van_hen = select(bericht.c.id).where(bericht.c.dossier.in_(dossiers))
    verbinding.execute(delete(gebeurtenis).where(gebeurtenis.c.bericht.in_(van_hen)))


def goedgekeurd(verbinding: Connection, dossiers: Collection[str]) -> dict[str, list[RowMapping]]:
    """The approved heenberichten of these dossiers, in order of arrival, with their bytes."""
    gevonden: dict[str, list[RowMapping]] = defaultdict(list)
    for rij in verbinding.execute(
        select(bericht)
        .where(bericht.c.dossier.in_(dossiers), bericht.c.oordeel == "goedgekeurd", bericht.c.antwoord_op.is_(None))
        .order_by(bericht.c.volgnummer)
    ).mappings():
        gevonden[rij["dossier"]].append(rij)
    return gevonden


def alle(verbinding: Connection) -> list[str]:
    """The key of every dossier that has a message or a derived row."""
    bronnen = (
        select(tabel.c.dossier).where(tabel.c.dossier.is_not(None)) for tabel in (bericht, gebeurtenis, toewijzing)
    )
    return sorted(verbinding.execute(union(*bronnen)).scalars())


def _rij(rij: Mapping[Any, Any]) -> Rij:
    return frozenset(rij.items())
