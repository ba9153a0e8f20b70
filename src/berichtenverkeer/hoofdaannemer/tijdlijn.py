"""The story of one inzet: its own acts, what a 301 made of it, and the days on which it began and ended by itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from ..levensloop.kalender import plus_dagen
from ..levensloop.overgangen import overgang
from .inzet import Gebeurtenis, Inzet, toestand
from .looptijd import Looptijd
from .overgangen import INZET, Inzettoestand, Soort
from .segment import Segmentlijst
from .toegewezen import Toegewezen


@dataclass(frozen=True, slots=True)
class Versie:
    """A toewijzing as it stands since ``moment``: when the 301 of ``wie`` (a CBS code) came in."""

    moment: datetime
    wie: str
    toegewezen: Toegewezen
    waarom: str = ""


@dataclass(frozen=True, slots=True)
class Punt:
    """One event on the timeline. What happens by itself has no ``wie`` and the start of its day as ``moment``, in the zone of
    the moment at which the inzet began."""

    moment: datetime
    gebeurtenis: str
    wie: str | None
    waarom: str
    van: Inzettoestand
    naar: Inzettoestand
    effectief: Looptijd | None
    """The effective period from then on."""


def tijdlijn(
    id_: str, gebeurtenissen: Sequence[Gebeurtenis], versies: Iterable[Versie], segmenten: Segmentlijst, vandaag: date
) -> list[Punt]:
    """The timeline of one inzet up to and including today, from its acts and the versions of its toewijzing, each in order.

    The segments are those of now. A version that leaves the inzet as it was is not on it. Raises ``OnmogelijkeOvergang`` for
    what the table does not have, and ``ValueError`` when the toewijzing came after the inzet.
    """
    begin = gebeurtenissen[0].moment
    bekend = list(versies)
    eerder = [versie for versie in bekend if versie.moment <= begin]
    if not eerder:
        raise ValueError("an inzet is made on a toewijzing that is there")
    later: list[Gebeurtenis | Versie] = [versie for versie in bekend if versie.moment > begin]
    stroom = sorted([*later, *gebeurtenissen[1:]], key=lambda stap: stap.moment)
    nu = eerder[-1].toegewezen
    inzet = Inzet.vouw(id_, gebeurtenissen[:1])
    effectief = inzet.effectief(nu, nu.segment(segmenten))
    toen = toestand(effectief, begin.date())
    eerste = gebeurtenissen[0]
    punten = [_punt(begin, eerste.soort, eerste.wie, eerste.waarom, Inzettoestand.GEEN, toen, effectief)]
    sinds = begin.date()
    for stap in stroom:
        punten += _vanzelf(effectief, sinds, stap.moment.date(), begin.tzinfo)
        voor, oud = effectief, nu
        if isinstance(stap, Versie):
            nu, naam = stap.toegewezen, _naam(oud, stap.toegewezen, segmenten)
        else:
            inzet, naam = inzet.na(stap), stap.soort.value
        effectief, sinds = inzet.effectief(nu, nu.segment(segmenten)), stap.moment.date()
        if (
            isinstance(stap, Versie)
            and effectief == voor
            and (effectief is None or _segment_blijft(oud, nu, segmenten))
        ):
            continue
        van = toestand(voor, sinds)
        if naam == Soort.AANGENOMEN:
            punten.append(Punt(stap.moment, naam, stap.wie, stap.waarom, van, van, effectief))
            continue
        punten.append(_punt(stap.moment, naam, stap.wie, stap.waarom, van, toestand(effectief, sinds), effectief))
    return [*punten, *_vanzelf(effectief, sinds, vandaag, begin.tzinfo)]


def _punt(
    moment: datetime, naam: str, wie: str, waarom: str, van: Inzettoestand, naar: Inzettoestand, effectief: Looptijd | None
) -> Punt:  # fmt: skip
    overgang(INZET, naam, van, naar)
    return Punt(moment, naam, wie, waarom, van, naar, effectief)


def _naam(oud: Toegewezen, nieuw: Toegewezen, segmenten: Segmentlijst) -> str:
    """What a 301 did to an inzet, as in the table."""
    if nieuw.verwijderd != oud.verwijderd:
        return "toewijzing verwijderd" if nieuw.verwijderd else "toewijzing hersteld"
    if not _segment_blijft(oud, nieuw, segmenten):
        return "ander segment"
    voor, na = oud.geldig, nieuw.geldig
    if voor is None or na is None:
        return "toewijzing ingekort" if na is None else "toewijzing verlengd"
    korter, langer = _reikt_verder(voor, na), _reikt_verder(na, voor)
    return "toewijzing verschoven" if korter and langer else "toewijzing verlengd" if langer else "toewijzing ingekort"


def _reikt_verder(een: Looptijd, ander: Looptijd) -> bool:
    return een.van < ander.van or een.laatste > ander.laatste


def _segment_blijft(oud: Toegewezen, nieuw: Toegewezen, segmenten: Segmentlijst) -> bool:
    return oud.segment(segmenten) == nieuw.segment(segmenten)


def _vanzelf(effectief: Looptijd | None, na: date, tot: date, zone: tzinfo | None) -> Iterator[Punt]:
    """What came about by itself after the one day, up to and including the other; days begin in this zone."""
    if effectief is None:
        return
    gepland, lopend, beeindigd = Inzettoestand.GEPLAND, Inzettoestand.LOPEND, Inzettoestand.BEEINDIGD
    if na < effectief.van <= tot:
        yield Punt(_begin(effectief.van, zone), "ingegaan", None, "", gepland, lopend, effectief)
    if effectief.tot is not None and effectief.tot < date.max:
        voorbij = plus_dagen(effectief.tot, 1)
        if na < voorbij <= tot:
            yield Punt(_begin(voorbij, zone), "afgelopen", None, "", lopend, beeindigd, effectief)


def _begin(dag: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(dag, time.min, zone)
