"""Inzetten as they are shown: one, a page of them, and the story of one.

Who sees which is decided by the list (rule 7): ``VAN_HOOFDAANNEMER`` has what a hoofdaannemer sees, ``VAN_PARTNER`` what a partner does,
and ``partners_op`` is all that a gemeente sees. There is no other way to an inzet.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from ..hoofdaannemer.dekking import Partner
from ..hoofdaannemer.fouten import NietGevonden
from ..hoofdaannemer.inzet import toestand
from ..hoofdaannemer.keuzes import Keuzes
from ..hoofdaannemer.overgangen import Inzetaanname, Inzettoestand
from ..hoofdaannemer.tijdlijn import Punt, Versie, tijdlijn
from ..hoofdaannemer.toegewezen import Toegewezen
from ..levensloop.kalender import Kalender
from ..levensloop.overgangen import OnmogelijkeOvergang
from ..levensloop.toewijzing import Toewijzing
from ..opslag.bureau import hoofdaannemers, inzetten
from ..opslag.bureau.inzetten import Inzetrij
from ..opslag.dossiers import dossiers
from ..opslag.lijst import Lijst, Plek
from ..standaard.berichten.toewijzing import ToegewezenProduct

DEZE = "Deze inzet"


@dataclass(frozen=True, slots=True)
class Inzetbeeld:
    """An inzet on a day: its row, with what follows from the day and the settings."""

    rij: Inzetrij
    toestand: Inzettoestand
    aanname_voor: date | None


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """A page, and the place after which the next begins: that of its last row, or the one that was asked after."""

    items: tuple[Inzetbeeld, ...]
    plek: Plek | None


def zoek(
    verbinding: Connection,
    lijst: Lijst[Inzetrij],
    code: str,
    kalender: Kalender,
    vandaag: date,
    filters: Mapping[str, Any],
    na: Plek | None = None,
    limiet: int = 100,
) -> Bladzijde:
    """A page of what this party sees. ``filters``: ``toewijzing``, ``partner``, ``gemeente``, ``segment``, ``toestand``
    (``Inzettoestand``), ``geldig_op`` (a day, held against the effective period) and ``hoofdaannemer``."""
    rijen = lijst.zoek(verbinding, code, vandaag, limiet, filters, na)
    return Bladzijde(tuple(beelden(verbinding, rijen, kalender, vandaag)), lijst.plek(rijen[-1]) if rijen else na)


def geef(
    verbinding: Connection, lijst: Lijst[Inzetrij], code: str, kalender: Kalender, vandaag: date, id_: str
) -> Inzetbeeld:
    """One of what this party sees. Raises ``NietGevonden``."""
    [beeld] = beelden(verbinding, [rij_van(verbinding, lijst, code, id_)], kalender, vandaag)
    return beeld


def rij_van(verbinding: Connection, lijst: Lijst[Inzetrij], code: str, id_: str) -> Inzetrij:
    """The row of one of what this party sees. Raises ``NietGevonden``."""
    rij = lijst.geef(verbinding, code, id_)
    if rij is None:
        raise NietGevonden(DEZE)
    return rij


@dataclass(frozen=True, slots=True)
class Zichtbaar:
    """A partner that delivers, as its gemeente sees it, with the days that count."""

    code: str
    naam: str
    segment: str | None
    van: date
    tot: date | None


def partners_op(verbinding: Connection, gemeente: str, toewijzing: str) -> list[Zichtbaar]:
    """Which partners deliver on a toewijzing of this gemeente, in order of day; none when the hoofdaannemer does not show them
    (``partner-zichtbaar-voor-gemeente``)."""
    rijen = inzetten.voor_gemeente(verbinding, gemeente, toewijzing)
    if not rijen or not hoofdaannemers.keuzes(verbinding, rijen[0].hoofdaannemer).ja("partner-zichtbaar-voor-gemeente"):
        return []
    partners = hoofdaannemers.partners(verbinding, rijen[0].hoofdaannemer)
    return [
        Zichtbaar(rij.partner, naam(partners, rij.partner), rij.segment, rij.effectief.van, rij.effectief.tot)
        for rij in rijen
        if rij.effectief is not None
    ]


def naam(partners: Mapping[str, Partner], code: str) -> str:
    """What a partner is called; its code when it is no longer on the list."""
    return partners[code].naam if code in partners else code


def beelden(verbinding: Connection, rijen: Sequence[Inzetrij], kalender: Kalender, vandaag: date) -> list[Inzetbeeld]:
    """These rows on a day."""
    keuzes = {code: hoofdaannemers.keuzes(verbinding, code) for code in {rij.hoofdaannemer for rij in rijen}}
    return [
        Inzetbeeld(rij, toestand(rij.effectief, vandaag), _aanname_voor(rij, keuzes[rij.hoofdaannemer], kalender))
        for rij in rijen
    ]


def _aanname_voor(rij: Inzetrij, keuzes: Keuzes, kalender: Kalender) -> date | None:
    if rij.aanname != Inzetaanname.AANGEBODEN or rij.effectief is None:
        return None
    return kalender.werkdagen_na(rij.aangeboden_op.date(), keuzes.dagen("aanname-termijn"))


def verhaal(verbinding: Connection, rij: Inzetrij, vandaag: date) -> list[Punt]:
    """The timeline of an inzet up to and including today: its acts, what 301s made of it, and what came about by itself.

    A message that was undone, or another list of segmenten, can leave a story that its acts do not fit in: then it has its acts only.
    """
    segmenten = hoofdaannemers.segmentlijst(verbinding, rij.hoofdaannemer)
    gebeurd = inzetten.gebeurtenissen_van(verbinding, rij.id)
    versies = list(_versies(verbinding, rij))
    if versies and versies[0].moment <= gebeurd[0].moment:
        with suppress(OnmogelijkeOvergang):
            return tijdlijn(rij.id, gebeurd, versies, segmenten, vandaag)
    nu = toestand(rij.effectief, vandaag)
    return [Punt(een.moment, str(een.soort), een.wie, een.waarom, nu, nu, rij.effectief) for een in gebeurd]


def _versies(verbinding: Connection, rij: Inzetrij) -> Iterator[Versie]:
    """The toewijzing as it came to stand, in order of arrival of its messages."""
    sleutel = dossiers.sleutel(rij.dossier)
    stand: Toewijzing | None = None
    for gebeurtenis in dossiers.laad(verbinding, [sleutel])[sleutel]:
        feit = gebeurtenis.feit
        if not isinstance(feit, ToegewezenProduct) or feit.ToewijzingNummer != rij.toewijzingnummer:
            continue
        voor = stand
        stand = stand.na(gebeurtenis) if stand else Toewijzing.van(gebeurtenis)
        if voor is None or stand.product != voor.product:
            nu = Toegewezen.van(rij.toewijzing, sleutel.gemeente, sleutel.domein, sleutel.bsn, stand.product)
            waarom = f"{sleutel.domein.voorvoegsel}301 {gebeurtenis.herkomst.identificatie}"
            yield Versie(gebeurtenis.herkomst.ontvangen_op, sleutel.gemeente, nu, waarom)
