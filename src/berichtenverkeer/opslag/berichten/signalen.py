"""The signalen at messages, a row each: derived from the findings that are stored with a message, to be found by party."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from ...regels.bevinding import Ernst
from .. import bulk
from ..samen import Rijen
from ..tabellen.berichten import bericht, signaal

_VAN_BERICHT = ("verzender", "bestemming", "ontvangen_op")
_BRON = select(bericht.c.id, bericht.c.bevindingen, *(bericht.c[naam] for naam in _VAN_BERICHT))

Rij = dict[str, Any]


def van(rij: Mapping[Any, Any]) -> Iterator[Rij]:
    """The rows of one message, from its own row."""
    for nummer, bevinding in enumerate(rij["bevindingen"]):
        if bevinding.get("ernst") == Ernst.SIGNAAL:
            yield {
                "bericht": rij["id"],
                "nummer": nummer,
                "regel": bevinding["regel"],
                "toewijzingnummer": bevinding["toewijzingnummer"],
                **{naam: rij[naam] for naam in _VAN_BERICHT},
            }


def nieuwe(rijen: Iterable[Mapping[Any, Any]]) -> Rijen:
    """The signalen of these messages, to store after them."""
    return Rijen(signaal, [gevonden for rij in rijen for gevonden in van(rij)])


def bewaar(verbinding: Connection, rijen: Iterable[Mapping[Any, Any]]) -> None:
    """Store the signalen of these messages, which are stored themselves and have none yet."""
    bulk.voeg_toe(verbinding, signaal, nieuwe(rijen).rijen)


def berichten(verbinding: Connection) -> list[str]:
    """Every message, in order of arrival."""
    return list(verbinding.execute(select(bericht.c.id).order_by(bericht.c.volgnummer)).scalars())


def afwijkend(verbinding: Connection, ids: Sequence[str], *, vast: bool = False) -> dict[str, list[Rij]]:
    """Which of these messages have other rows than they should, with those they should have. ``vast``: nobody may judge them
    meanwhile, until this transaction ends."""
    vraag = _BRON.where(bericht.c.id.in_(ids))
    hoort = {
        rij["id"]: list(van(rij)) for rij in verbinding.execute(vraag.with_for_update() if vast else vraag).mappings()
    }
    gevonden: dict[str, list[Rij]] = {id_: [] for id_ in hoort}
    staat = select(signaal).where(signaal.c.bericht.in_(ids)).order_by(signaal.c.bericht, signaal.c.nummer)
    for rij in verbinding.execute(staat).mappings():
        gevonden[rij["bericht"]].append(dict(rij))
    return {id_: rijen for id_, rijen in hoort.items() if rijen != gevonden[id_]}


def vervang(verbinding: Connection, ids: Collection[str], rijen: Iterable[Rij]) -> None:
    """Put these rows in the place of all that these messages have."""
    verbinding.execute(delete(signaal).where(signaal.c.bericht.in_(ids)))
    bulk.voeg_toe(verbinding, signaal, list(rijen))
