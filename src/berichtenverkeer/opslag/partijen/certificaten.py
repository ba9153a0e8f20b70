"""Client certificates in the database: which parties each acts for, and how long. Of a certificate its SHA-256 is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from .. import versies
from ..tabellen.partijen import certificaat, certificaat_partij
from .partijen import noteer_gebruik


@dataclass(frozen=True, slots=True)
class Certificaat:
    """What is kept of a certificate. ``vingerafdruk`` is the SHA-256 of its DER in hexadecimals, ``naam`` what a person knows
    it by; it is good from ``geldig_van`` up to and including ``geldig_tot``."""

    vingerafdruk: str
    naam: str
    geldig_van: datetime
    geldig_tot: datetime


def geef(verbinding: Connection, vingerafdruk: str) -> RowMapping | None:
    """The row of the certificate with this SHA-256, also of one that was withdrawn."""
    vraag = select(certificaat).where(certificaat.c.hash == vingerafdruk)
    return verbinding.execute(vraag).mappings().one_or_none()


def voeg_toe(verbinding: Connection, wat: Certificaat, code: str, ook: Sequence[str], nu: datetime) -> None:
    """Let a certificate act for a party, and for these as well, in place of those that it acted for before it was withdrawn.
    Raises ``IntegrityError`` for an unknown party."""
    for tabel in (certificaat_partij, certificaat):
        verbinding.execute(delete(tabel).where(tabel.c.hash == wat.vingerafdruk))
    rij = {
        "hash": wat.vingerafdruk,
        "partij": code,
        "naam": wat.naam,
        "geldig_van": wat.geldig_van,
        "geldig_tot": wat.geldig_tot,
        "aangemaakt_op": nu,
    }
    verbinding.execute(insert(certificaat).values(rij))
    if anderen := [{"hash": wat.vingerafdruk, "partij": andere} for andere in dict.fromkeys(ook) if andere != code]:
        verbinding.execute(insert(certificaat_partij), anderen)
    versies.verhoog(verbinding, versies.TOEGANG)


def trek_in(verbinding: Connection, vingerafdruk: str, nu: datetime) -> bool:
    """Let a certificate act for nobody any more. False when there is none such that still did."""
    van_dit = (certificaat.c.hash == vingerafdruk) & certificaat.c.ingetrokken_op.is_(None)
    gedaan = verbinding.execute(update(certificaat).where(van_dit).values(ingetrokken_op=nu)).rowcount == 1
    versies.verhoog(verbinding, versies.TOEGANG)
    return gedaan


def gebruikt(verbinding: Connection, wanneer: Mapping[str, datetime]) -> None:
    """Note when certificates were last used, by their fingerprints; never earlier than what is there."""
    noteer_gebruik(verbinding, certificaat, wanneer)


def alle(verbinding: Connection) -> list[tuple[RowMapping, tuple[str, ...]]]:
    """Every certificate, also those withdrawn: its row and the codes it acts for, the one it was registered for first. In order
    of that party and of their end."""
    volgorde = (certificaat.c.partij, certificaat.c.geldig_tot, certificaat.c.hash)
    rijen = verbinding.execute(select(certificaat).order_by(*volgorde)).mappings().all()
    ook: dict[str, list[str]] = {}
    for rij in verbinding.execute(select(certificaat_partij).order_by(certificaat_partij.c.partij)):
        ook.setdefault(rij.hash, []).append(rij.partij)
    return [(rij, (rij["partij"], *ook.get(rij["hash"], ()))) for rij in rijen]
