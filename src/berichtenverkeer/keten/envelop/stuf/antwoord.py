"""The three messages that answer another: Bv03 and Fo03 at once, Fo01 some time later.

What answers is addressed to the sender of what it answers, system and all. Where that block holds what no answer may hold,
because the message itself was not valid, it is made to fit (afgeleid).
"""

import hashlib
import re
import uuid
from collections.abc import Callable
from datetime import datetime

from ....standaard.xml import MAX_BYTES
from ..codes import FO01, FO03
from ..organisatie import IB, VECOZO
from .model import Bevestiging, Foutbericht, Stuurgegevens, Systeem
from .namen import StufBerichtcode
from .tijdstip import schrijf_tijdstip

KNOPEN = {IB: Systeem(IB, "GGKWebservice"), VECOZO: Systeem(VECOZO, "VECOZOWebservice")}
"""The two nodes that this software stands in for, as they name themselves."""

KNOOPVERSIE = ("0001", "0000")
"""applicatieVersie and applicatieSubversie of both nodes."""

Nummergever = Callable[[], str]
"""Gives a new UUID of version 4 each time it is called."""

LANGSTE_OMSCHRIJVING = 200
"""The most characters of the omschrijving of a Fo01 or Fo03."""

_MAX_DETAILS = 1000
_ZONDER_ORIGINEEL = 8192
"""More bytes than a Fo01 takes without its detailsXML."""

# Not compiled here: of a set this wide that takes long, and it is seldom asked for.
_GEEN_XML_TEKEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def bevestig(op: Stuurgegevens, nummer: Nummergever, moment: datetime, zender: Systeem = KNOPEN[IB]) -> Bevestiging:
    """The Bv03 on a message: it is stored."""
    return Bevestiging(_stuurgegevens(StufBerichtcode.BV03, op, nummer, moment, zender))


def weiger(
    code: str,
    op: Stuurgegevens,
    nummer: Nummergever,
    moment: datetime,
    *,
    omschrijving: str = "",
    details: str | None = None,
    zender: Systeem = KNOPEN[IB],
) -> Foutbericht:
    """The Fo03 that refuses a message at once. Without ``omschrijving`` the meaning of the code is told.

    Raises ``KeyError`` for a code that is none of ``codes.FO03``.
    """
    fout = FO03[code]
    stuurgegevens = _stuurgegevens(StufBerichtcode.FO03, op, nummer, moment, zender)
    return Foutbericht(stuurgegevens, code, fout.plek, kort(omschrijving or fout.betekenis), _kort(details))


def keur_af(
    code: str,
    op: Stuurgegevens,
    nummer: Nummergever,
    moment: datetime,
    *,
    omschrijving: str = "",
    details: str | None = None,
    origineel: bytes | None = None,
    zender: Systeem | None = None,
) -> Foutbericht:
    """The Fo01 that refuses a message afterwards.

    ``details`` is ``Ontvangen.kenmerk`` and ``origineel`` ``Ontvangen.origineel``, left out when the Fo01 would become too
    large with it. The code says which node is ``zender``; a gemeente, which gives StUF055 only, names itself. Raises
    ``KeyError`` for a code that is none of ``codes.FO01``, and ``ValueError`` without the zender of a StUF055.
    """
    fout = FO01[code]
    zender = zender or KNOPEN.get(fout.zender)
    if zender is None:
        raise ValueError(f"{code} comes from a gemeente, which must be named")
    stuurgegevens = _stuurgegevens(StufBerichtcode.FO01, op, nummer, moment, zender)
    mee = (origineel,) if origineel and len(origineel) <= MAX_BYTES - _ZONDER_ORIGINEEL else ()
    tekst = kort(omschrijving or fout.betekenis)
    return Foutbericht(stuurgegevens, fout.gelijk_aan or code, fout.plek, tekst, _kort(details), mee)


def eigen_nummer(soort: StufBerichtcode, zender: str, referentienummer: str) -> str:
    """The referentienummer of what answers a message: the same each time, in the form of a UUID of version 4."""
    tekst = f"{soort}/{zender}/{referentienummer}"
    return str(uuid.UUID(bytes=hashlib.sha256(tekst.encode()).digest()[:16], version=4))


def kort(omschrijving: str) -> str:
    """A text as a Fo01 or Fo03 holds it: at most 200 characters, all of which XML can hold."""
    leesbaar = re.sub(_GEEN_XML_TEKEN, "?", omschrijving)
    return leesbaar if len(leesbaar) <= LANGSTE_OMSCHRIJVING else leesbaar[: LANGSTE_OMSCHRIJVING - 1] + "…"


def _kort(details: str | None) -> str | None:
    return details[:_MAX_DETAILS] if details else None


def _stuurgegevens(
    soort: StufBerichtcode, op: Stuurgegevens, nummer: Nummergever, moment: datetime, zender: Systeem
) -> Stuurgegevens:
    tijdstip = schrijf_tijdstip(moment)
    return Stuurgegevens(soort, zender, _passend(op.zender), nummer(), tijdstip, op.referentienummer)


def _passend(systeem: Systeem) -> Systeem:
    applicatie = systeem.applicatie if 3 <= len(systeem.applicatie) <= 50 else "onbekend"
    administratie = systeem.administratie[:50] if systeem.administratie else None
    gebruiker = systeem.gebruiker[:100] if systeem.gebruiker else None
    return Systeem(systeem.organisatie[:200], applicatie, administratie, gebruiker)
