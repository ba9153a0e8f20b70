"""What was refused at a door before it was a message, and was not put right by a later one.

Nobody judged these bytes by a rule: they do not hold by their XSD, or their parties do not. So what they are about is read from them as far
as it shows, and nothing but a Bsn that is one, codes of parties and the kind of message is taken from them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, Connection, cast, exists, null, select, text, union_all

from ..klok import NEDERLAND
from ..levensloop.kalender import plus_dagen
from ..oordeel.oordeel import Berichtoordeel
from ..oordeel.weigering import Reden
from ..opslag.dag import begin_van
from ..opslag.tabellen.berichten import bericht, geweigerd
from ..opslag.tabellen.keten import zending
from ..regels.bevinding import fouten_van
from ..standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, Ketenrol, rol_met
from ..standaard.bsn import voldoet
from .lijst import Peil, Rekenbron, Rij, Taak

TERUGBLIK_WEKEN = 8
"""How far back is looked (afgeleid)."""

_GEWEIGERD = text("zending.status = 'AfgekeurdDoorDienst'")
"""In the words of the index, else SQLite does not use it."""

_NIETS_TE_DOEN = (Reden.AL_AANGEBODEN, Reden.RETOUR_BESTAAT_AL)
"""Refusals after which there is nothing to mend: it was there already."""

_DEUR = "deur"
"""In the place of a rule, where none was broken."""

_MEESTE = 500
"""Rows that are looked at, the newest: who sends rubbish all day has enough with these."""

_BEGIN = 100_000
"""Bytes that are looked at."""

_SOORT = re.compile(rb"istandaarden\.nl/(?:iwmo|ijw)/3_2/((?:wmo|jw)3[0-9]{2})/schema")
_VELD = {
    naam: re.compile(rb"<(?:[A-Za-z0-9_.-]{1,20}:)?%s>\s{0,20}([0-9]{4,9})\s{0,20}<" % naam.encode())
    for naam in ("Afzender", "Bsn", "Ontvanger")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weigering(Rij):
    """A refusal; ``vanaf`` is the last day of the term."""

    wat: str
    op: date
    regel: str
    melding: str
    advies: str


def rijen(verbinding: Connection, partij: str, peil: Peil, werkdagen: int) -> Iterator[Weigering]:
    """What was refused to a party and nothing of its kind, about the same client where one shows, came after that counts."""
    sinds = begin_van(plus_dagen(peil.vandaag, -7 * TERUGBLIK_WEKEN))
    z, g = zending.c, geweigerd.c
    van_keten = select(z.traceer_id, z.ontvangen_op, z.inhoud, z.bevindingen, z.meldingen).where(
        z.zender == partij, _GEWEIGERD, ~z.foutbericht, z.ontvangen_op >= sinds
    )
    los = select(g.sha256, g.ontvangen_op, g.inhoud, g.probleem, cast(null(), JSON)).where(
        g.verzender == partij, g.reden.not_in(_NIETS_TE_DOEN), g.ontvangen_op >= sinds
    )
    samen = union_all(van_keten, los).order_by(text("ontvangen_op DESC")).limit(_MEESTE)
    for id_, ontvangen_op, inhoud, waarom, meldingen in verbinding.execute(samen):
        begin = (inhoud or b"")[:_BEGIN]
        soort, bsn = _soort(begin), _bsn(begin)
        gemeente, aanbieder = _partijen(begin, partij)
        over = (soort.domein, gemeente, aanbieder, bsn) if soort and gemeente and aanbieder and bsn else None
        if _hersteld(verbinding, partij, soort, over, ontvangen_op):
            continue
        regel, melding, advies = _eerste(waarom, meldingen)
        op = ontvangen_op.astimezone(NEDERLAND).date()
        yield Weigering(
            id=sha256(id_.encode()).hexdigest()[:40],
            wie=partij,
            vanaf=peil.kalender.werkdagen_na(op, werkdagen),
            domein=soort.domein if soort else None,
            gemeente=gemeente,
            aanbieder=aanbieder,
            bsn=bsn,
            bericht=None if meldingen is None else id_,
            wat=f"Het {soort.code}" if soort else "Het bericht",
            op=op,
            regel=regel,
            melding=melding,
            advies=advies,
        )


def bron(werkdagen: int) -> Rekenbron[Weigering]:
    """The same as a source of a work list."""
    return Rekenbron(rijen=lambda verbinding, partij, peil: rijen(verbinding, partij, peil, werkdagen), taak=_taak)


def _hersteld(
    verbinding: Connection, partij: str, soort: Berichtsoort | None, over: tuple[str, ...] | None, op: datetime
) -> bool:
    """Whether a message of the kind, about the client (``over``, the parts of the key of the dossier), came later and counts. What
    cannot be read is put right by any later one."""
    b = bericht.c
    later = [
        b.verzender == partij,
        b.ontvangen_op >= op,
        b.oordeel != str(Berichtoordeel.AFGEKEURD),
        b.antwoord_op.is_(None),
    ]
    if soort is not None:
        later.append(b.berichtsoort == soort.code)
    if over is not None and soort is not None and soort.nummer not in ("323", "325"):
        later.append(b.dossier == "/".join(over))
    return bool(verbinding.execute(select(exists().where(*later))).scalar())


def _eerste(waarom: Any, meldingen: Any) -> tuple[str, str, str]:
    """Rule, text and advice of the first finding, or of what the door answered: its meldingen, or its problem."""
    gevonden = fouten_van((waarom or []) if meldingen is not None else waarom.get("bevindingen") or [])
    if gevonden:
        eerste = gevonden[0]
        meer = f" En nog {len(gevonden) - 1}." if gevonden[1:] else ""
        return eerste["regel"], eerste["melding"], f"{eerste['advies']}{meer}"
    if meldingen is None:
        return _DEUR, waarom["detail"], waarom["advies"]
    een = meldingen[0]
    return een["code"], een["omschrijving"], een.get("toelichting") or ""


def _taak(rij: Weigering, _: Peil) -> Taak:
    return Taak(rij.regel, f"{rij.wat} van {rij.op} is bij de deur geweigerd: {rij.melding} {rij.advies}".strip())


def _soort(begin: bytes) -> Berichtsoort | None:
    gevonden = _SOORT.search(begin)
    return BERICHTSOORTEN.get(gevonden[1].decode().upper()) if gevonden else None


def _bsn(begin: bytes) -> str | None:
    gevonden = _VELD["Bsn"].search(begin)
    return bsn if gevonden and voldoet(bsn := gevonden[1].decode()) else None


def _partijen(begin: bytes, partij: str) -> tuple[str | None, str]:
    """The gemeente and the aanbieder, the party itself for its own side."""
    genoemd = [gevonden[1].decode() for naam in ("Ontvanger", "Afzender") if (gevonden := _VELD[naam].search(begin))]
    ander = next((code for code in genoemd if rol_met(code) is not rol_met(partij)), None)
    return (partij, ander or "") if rol_met(partij) is Ketenrol.GEMEENTE else (ander, partij)
