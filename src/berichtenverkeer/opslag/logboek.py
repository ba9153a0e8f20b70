"""The log as it is written: rows at the end of a chain, in the transaction of what they are about."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, insert

from ..klok import systeemklok
from ..optreden import Actie, Activiteit, Optreden, Wie, gaande
from ..sleutels import Sleutel, sleutelring
from . import samen
from .samen import Rijen, Vraag, vraag
from .tabellen.logboek import logboek, logketen

INNAME, INZAGE = "inname", "inzage"
"""The chains. What takes messages in has one of its own: else whoever looks would wait for it, and it for whoever looks."""

BEGIN = "0" * 64
"""What stands before the first row."""

GELUKT, GEWEIGERD, MISLUKT = "gelukt", "geweigerd", "mislukt"
"""How it ended. Of a message that was taken in it is the oordeel."""


class Regel(NamedTuple):
    """What is to be noted. ``bsn`` is the person, which is kept by its name in the log only."""

    wie: Wie
    activiteit: Activiteit
    object: str
    bsn: str | None
    uitkomst: str
    trace: str
    span: str


def begin(verbinding: Connection) -> None:
    """Begin the chains, in new tables."""
    leeg = {"nummer": 0, "zegel": BEGIN, "vanaf": 0, "vanaf_zegel": BEGIN}
    verbinding.execute(insert(logketen), [{"keten": keten, **leeg} for keten in (INNAME, INZAGE)])


def regels_van(optreden: Optreden, personen: Sequence[str], uitkomst: str) -> list[Regel]:
    """What is to be noted of what someone did: a row for each person, or one when it was nobody."""
    wie = optreden.wie()
    velden = optreden.stap.id, optreden.stap.span
    return [Regel(wie, optreden.activiteit, optreden.object, bsn, uitkomst, *velden) for bsn in personen or (None,)]


def noteer_gaande(verbinding: Connection) -> Callable[[], None] | None:
    """Note what is under way here, when it changes something: what is to be called once that is committed. Whom it is about may be
    known only later; then it is noted before the answer goes out."""
    nu = gaande()
    if nu is None or nu.activiteit.actie is Actie.LEZEN or nu.activiteit.bij_opname:
        return None
    personen = nu.gezien
    if not personen and (nu.genoteerd or not nu.activiteit.beheer):
        return None
    schrijf(verbinding, INZAGE, regels_van(nu, personen, GELUKT))
    return lambda: nu.noteer(personen)


_VERDER = Vraag(
    "UPDATE logketen SET nummer = nummer + {n1} FROM {sleutels} WHERE keten = {0} RETURNING nummer, zegel",
)
_EINDE = Vraag("UPDATE logketen SET zegel = {1} FROM {sleutels} WHERE keten = {0}")
_VANAF = (
    "UPDATE logketen SET nummer = %(naar)s, zegel = %(zegel)s "
    "WHERE keten = %(keten)s AND nummer = %(van)s AND zegel = %(vorig)s"
)


class _Einde(NamedTuple):
    """Where this process left a chain. ``alleen``: no other wrote in it between the last two times."""

    nummer: int
    zegel: str
    alleen: bool


_GELATEN: WeakKeyDictionary[Engine, dict[str, _Einde]] = WeakKeyDictionary()
"""By database and chain."""


def schrijf(verbinding: Connection, keten: str, regels: Sequence[Regel]) -> None:
    """Put these at the end of a chain. From here to the commit no other writes in it, so it must come last in a transaction.

    As long as no other process writes in it, the end is where it was left: then there is nothing to ask first. When it is not, or
    what was written last was rolled back after all, nothing is written there, and it is asked.
    """
    if not regels:
        return
    gelaten = _GELATEN.setdefault(verbinding.engine, {})
    eerder = gelaten.get(keten)
    if eerder is not None and eerder.alleen:
        rijen, zegel = _aaneen(keten, eerder.nummer, eerder.zegel, regels)
        naar = eerder.nummer + len(regels)
        waarden = {"keten": keten, "van": eerder.nummer, "vorig": eerder.zegel, "naar": naar, "zegel": zegel}
        if samen.schrijf_als(verbinding, Rijen(logboek, rijen), _VANAF, waarden):
            gelaten[keten] = _Einde(naar, zegel, alleen=True)
            return
    [[(naar, vorig)]] = vraag(verbinding, [(_VERDER, [(keten, len(regels))])])
    van = naar - len(regels)
    rijen, zegel = _aaneen(keten, van, vorig, regels)
    gereed = samen.maak_gereed([Rijen(logboek, rijen)], verbinding.dialect)
    samen.schrijf_gereed(verbinding, [*gereed, samen.met_sleutels(_EINDE, [(keten, zegel)], verbinding.dialect)], 0)
    hier = gelaten.get(keten)  # as another thread left it, if this waited for that
    gelaten[keten] = _Einde(naar, zegel, alleen=hier is not None and (van, vorig) == hier[:2])


def _aaneen(keten: str, na: int, zegel: str, regels: Sequence[Regel]) -> tuple[list[dict[str, Any]], str]:
    """The rows after the one with this number and seal, and the seal of the last."""
    nu, sleutel = systeemklok(), sleutelring().nieuwste
    rijen: list[dict[str, Any]] = []
    for nummer, regel in enumerate(regels, na + 1):
        rij = _rij(keten, nummer, nu, regel, sleutel)
        rij["zegel"] = zegel = sleutel.zegel(tekst_van(rij, zegel))
        rijen.append(rij)
    return rijen, zegel


def tekst_van(rij: Mapping[Any, Any], vorig: str) -> str:
    """What a row says, with the seal of the one before it, as it is sealed."""
    moment: datetime = rij["moment"]
    waarden = [moment.astimezone(UTC).isoformat(timespec="microseconds"), *(rij[naam] for naam in _GEZEGELD)]
    return _ALS_TEKST.encode([vorig, *waarden])


_ALS_TEKST = json.JSONEncoder(separators=(",", ":"))

_GEZEGELD = [kolom.name for kolom in logboek.c if kolom.name not in ("moment", "zegel")]


def _rij(keten: str, nummer: int, moment: datetime, regel: Regel, sleutel: Sleutel) -> dict[str, Any]:
    wie, wat = regel.wie, regel.activiteit
    return {
        "keten": keten,
        "nummer": nummer,
        "moment": moment,
        "partij": wie.partij,
        "gebruiker": wie.gebruiker,
        "bewijs": wie.bewijs,
        "activiteit": wat.naam,
        "actie": wat.actie.value,
        "object": regel.object or wat.object,
        "persoon": sleutel.persoon(regel.bsn) if regel.bsn else None,
        "uitkomst": regel.uitkomst,
        "trace": regel.trace,
        "span": regel.span,
        "sleutel": sleutel.id,
    }
