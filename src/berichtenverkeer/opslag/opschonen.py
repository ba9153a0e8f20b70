"""What is past its term is taken out of the tables: whose files are closed, and what stays behind without a name.

A client of a gemeente goes as a whole: what was delivered to him or her by one aanbieder counts in the figures of another. Of declaraties, in
which more clients stand, the client is made unknown: a number that nobody has, the same in the bytes of the messages and in the rows, so that
amounts stay and a rebuild gives the same.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from ..standaard.bsn import voldoet
from ..standaard.domein import Domein
from .personen import als_in
from .stuurinformatie.stuurpaar import paar
from .tabellen import bureau as h
from .tabellen.basis import metadata
from .tabellen.berichten import bericht, geweigerd, signaal, teller, verwerking
from .tabellen.declaraties import declaratie, prestatie
from .tabellen.dossiers import dossierbeeld, gebeurtenis, toewijzing, vervallen, verzoek
from .tabellen.keten import bezorging, zending
from .tabellen.stuurinformatie import leverfeit, toewijzingfeit
from .tabellen.uitgaand import notificatie


class Afgesloten(NamedTuple):
    """A client of a gemeente under one law, and the keys of his or her dossiers there."""

    domein: Domein
    gemeente: str
    bsn: str
    dossiers: tuple[str, ...]


def afgesloten(
    verbinding: Connection, domein: Domein, voor: date, moment: datetime, binnen: Collection[str] | None = None
) -> list[Afgesloten]:
    """Of whom nothing came since ``moment``, and no toewijzing ran since the day ``voor``; of these dossiers only, when they are
    named."""

    def hier(kolom: ColumnElement[str]) -> ColumnElement[bool]:
        return kolom.is_not(None) if binnen is None else kolom.in_(binnen)

    laatste = select(bericht.c.dossier).where(bericht.c.domein == domein, hier(bericht.c.dossier))
    oud = laatste.group_by(bericht.c.dossier).having(func.max(bericht.c.ontvangen_op) < moment).subquery()
    jong = laatste.group_by(bericht.c.dossier).having(func.max(bericht.c.ontvangen_op) >= moment)
    loopt = select(toewijzing.c.dossier).where(
        toewijzing.c.domein == domein,
        hier(toewijzing.c.dossier),
        ~toewijzing.c.verwijderd,
        or_(toewijzing.c.einddatum.is_(None), toewijzing.c.einddatum >= voor),
    )
    gedeclareerd = (
        select(prestatie.c.dossier)
        .join(bericht, bericht.c.id == prestatie.c.declaratie)
        .where(prestatie.c.domein == domein, hier(prestatie.c.dossier), bericht.c.ontvangen_op >= moment)
    )
    blijft = {_client(rij.dossier) for vraag in (jong, loopt, gedeclareerd) for rij in verbinding.execute(vraag)}
    per_client: dict[tuple[str, str], list[str]] = {}
    for rij in verbinding.execute(select(oud.c.dossier)):
        if _client(rij.dossier) not in blijft:
            per_client.setdefault(_client(rij.dossier), []).append(rij.dossier)
    return [Afgesloten(domein, *client, tuple(sorted(keys))) for client, keys in sorted(per_client.items())]


def _client(dossier: str) -> tuple[str, str]:
    _, gemeente, _, bsn = dossier.split("/")
    return gemeente, bsn


def wis_client(verbinding: Connection, client: Afgesloten) -> None:
    """Take out all there is of a client at a gemeente; in declaraties he or she becomes somebody unknown."""
    _maak_onbekend(verbinding, client)
    inzetten = select(h.inzet_gebeurtenis.c.inzet).where(h.inzet_gebeurtenis.c.dossier.in_(client.dossiers))
    toegewezen = select(toewijzing.c.id).where(toewijzing.c.dossier.in_(client.dossiers))
    nummers = verbinding.execute(
        select(toewijzing.c.toewijzingnummer).where(toewijzing.c.dossier.in_(client.dossiers))
    ).scalars()
    for tabel in (h.geleverd, h.inzetmelding, h.partnermelding):
        verbinding.execute(delete(tabel).where(tabel.c.inzet.in_(inzetten)))
    verbinding.execute(delete(h.zwaarte).where(h.zwaarte.c.toewijzing.in_(toegewezen)))
    verbinding.execute(
        delete(h.evaluatie).where(
            h.evaluatie.c.domein == client.domein,
            h.evaluatie.c.gemeente == client.gemeente,
            h.evaluatie.c.toewijzingnummer.in_(list(nummers)),
        )
    )
    for tabel in (h.inzet, h.inzet_gebeurtenis, gebeurtenis, dossierbeeld, toewijzing, verzoek, vervallen):
        verbinding.execute(delete(tabel).where(tabel.c.dossier.in_(client.dossiers)))
    begin = paar(client.domein, client.gemeente, "0" * 8)
    for feit in (leverfeit, toewijzingfeit):
        hier = and_(feit.c.client == int(client.bsn), feit.c.paar.between(begin, begin + 10**8 - 1))
        verbinding.execute(delete(feit).where(hier))
    weg = bericht.c.dossier.in_(client.dossiers)
    _wis_berichten(verbinding, list(verbinding.execute(select(bericht.c.id).where(weg)).scalars()))


def wis_oude_declaraties(verbinding: Connection, domein: Domein, moment: datetime) -> int:
    """Take out declaraties from before ``moment`` that were refused as a whole: nobody in them can be told apart. How many."""
    rijen = verbinding.execute(_oude_declaraties(domein, moment)).all()
    ids = [rij.id for rij in rijen]
    if ids:
        verbinding.execute(delete(declaratie).where(declaratie.c.id.in_(ids)))
        _wis_berichten(verbinding, [*ids, *(rij.antwoord for rij in rijen if rij.antwoord is not None)])
    return len(ids)


def _wis_berichten(verbinding: Connection, ids: Sequence[str]) -> None:
    retouren = verbinding.execute(select(bericht.c.id).where(bericht.c.antwoord_op.in_(ids))).scalars()
    alle = [*ids, *retouren]
    for tabel, kolom in (
        (signaal, signaal.c.bericht),
        (zending, zending.c.bericht),
        (verwerking, verwerking.c.bericht),
        (bezorging, bezorging.c.sleutel),
        (bericht, bericht.c.id),
    ):
        verbinding.execute(delete(tabel).where(kolom.in_(alle)))


def _maak_onbekend(verbinding: Connection, client: Afgesloten) -> None:
    vraag = select(prestatie.c.declaratie, declaratie.c.antwoord).join(
        declaratie, declaratie.c.id == prestatie.c.declaratie
    )
    paren = verbinding.execute(vraag.where(prestatie.c.dossier.in_(client.dossiers)).distinct()).all()
    if not paren:
        return
    naamloos = _naamloos(verbinding)
    for dossier in client.dossiers:
        nieuw = f"{dossier.removesuffix(client.bsn)}{naamloos}"
        verbinding.execute(update(prestatie).where(prestatie.c.dossier == dossier).values(dossier=nieuw))
    ids = {id_ for paar_ in paren for id_ in paar_ if id_ is not None}
    erbij = or_(bericht.c.id.in_(ids), bericht.c.antwoord_op.in_(ids))
    for rij in verbinding.execute(
        select(bericht.c.id, bericht.c.inhoud, bericht.c.verzender, bericht.c.bestemming).where(erbij)
    ).all():
        inhoud = rij.inhoud.replace(f"Bsn>{client.bsn}<".encode(), f"Bsn>{naamloos}<".encode())
        zo = als_in(bericht, {**rij._mapping, "inhoud": inhoud, "sha256": hashlib.sha256(inhoud).hexdigest()})
        verbinding.execute(update(bericht).where(bericht.c.id == rij.id).values(**zo))


NAAMLOOS = "naamloos"
"""The row of ``teller`` with the last number that was given to somebody unknown."""


def _naamloos(verbinding: Connection) -> str:
    """The next number that no Bsn can be: low, and not by the 11-proef."""
    hier = teller.c.naam == NAAMLOOS
    vorig = verbinding.execute(select(teller.c.waarde).where(hier)).scalar()
    nummer = next(n for n in range((vorig or 0) + 1, 10**9) if not voldoet(f"{n:09}"))
    zet = insert(teller).values(naam=NAAMLOOS, waarde=nummer) if vorig is None else update(teller).where(hier)
    verbinding.execute(zet if vorig is None else zet.values(waarde=nummer))
    return f"{nummer:09}"


def _geweigerd_voor(moment: datetime) -> ColumnElement[bool]:
    return and_(zending.c.ontvangen_op < moment, zending.c.bericht.is_(None), zending.c.status != "Ontvangen")


def tel_geweigerd(verbinding: Connection, moment: datetime) -> int:
    """How many were refused before this moment and are kept."""
    vragen = (
        select(func.count()).select_from(geweigerd).where(geweigerd.c.ontvangen_op < moment),
        select(func.count()).select_from(zending).where(_geweigerd_voor(moment)),
    )
    return sum(verbinding.execute(vraag).scalar_one() for vraag in vragen)


def wis_geweigerd(verbinding: Connection, moment: datetime) -> None:
    """Take out what was refused before this moment."""
    verbinding.execute(delete(geweigerd).where(geweigerd.c.ontvangen_op < moment))
    verbinding.execute(delete(zending).where(_geweigerd_voor(moment)))


def tel_notificaties(verbinding: Connection, moment: datetime) -> int:
    """How many notifications were given up before this moment."""
    vraag = select(func.count()).select_from(notificatie).where(notificatie.c.opgegeven_op < moment)
    return verbinding.execute(vraag).scalar_one()


def wis_notificaties(verbinding: Connection, moment: datetime) -> None:
    """Take out notifications that were given up before this moment."""
    verbinding.execute(delete(notificatie).where(notificatie.c.opgegeven_op < moment))


def tel_oude_declaraties(verbinding: Connection, domein: Domein, moment: datetime) -> int:
    """How many declaraties from before this moment were refused as a whole."""
    return verbinding.execute(
        select(func.count()).select_from(_oude_declaraties(domein, moment).subquery())
    ).scalar_one()


def _oude_declaraties(domein: Domein, moment: datetime) -> Select[tuple[str, str | None]]:
    leeg = ~exists().where(prestatie.c.declaratie == declaratie.c.id)
    vraag = select(declaratie.c.id, declaratie.c.antwoord).join(bericht, bericht.c.id == declaratie.c.id)
    return vraag.where(declaratie.c.domein == domein, bericht.c.ontvangen_op < moment, leeg)


def verdicht(engine: Engine) -> None:
    """Write the tables anew: after that nothing of what was taken out is in the files any more. Each is locked meanwhile."""
    los = engine.raw_connection()
    try:
        bij: Any = los.driver_connection
        if engine.dialect.name == "postgresql":
            bij.autocommit = True
            opdrachten = [*(f"VACUUM (FULL) {tabel.name}" for tabel in metadata.sorted_tables), "CHECKPOINT"]
        else:
            opdrachten = ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]
        for opdracht in opdrachten:
            bij.execute(opdracht)
    finally:
        los.invalidate()  # it is not as others are
