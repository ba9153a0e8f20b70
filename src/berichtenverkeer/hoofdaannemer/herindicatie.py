"""Renewal: what must be done before a toewijzing ends, and who has to (contract, Herindicatie)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from ..levensloop.gebeurtenis import TIJDELIJK, Gebeurtenis
from ..levensloop.kalender import plus_dagen
from ..levensloop.levering import Levering, Sleutel, stopsleutel
from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from ..standaard.berichten.toewijzing import ToegewezenProduct
from .inzet import Ingezet
from .keuzes import Keuzes
from .toegewezen import Toegewezen

REDEN = "37"
"""RedenBeeindiging of a stop after which care goes on under a new toewijzing."""

TERUG = 31
"""So many days after its end a row stays on the list, and so many days after it a next toewijzing may begin."""


@dataclass(frozen=True, slots=True)
class Stap:
    """A step that was done: the day on which it came in, and the code of who did it."""

    op: date
    wie: str


@dataclass(frozen=True, slots=True)
class Stappen:
    """The five steps, each None while it is open."""

    stop_37: Stap | None = None
    evaluatie: Stap | None = None
    opvolger: Stap | None = None
    start: Stap | None = None
    inzorgmelding: Stap | None = None

    @property
    def klaar(self) -> bool:
        """Whether all five are done."""
        return all(getattr(self, stap.name) is not None for stap in fields(self))


class HerindicatieWachtOp(StrEnum):
    """Who has to do the next step."""

    PARTNER = "partner"
    GEMEENTE = "gemeente"
    HOOFDAANNEMER = "hoofdaannemer"


@dataclass(frozen=True, slots=True)
class Verloop:
    """A toewijzing of the hoofdaannemer with what came in about it.

    ``bekend`` is when its first 301 came in, and of whom; ``starts`` are the 305s on it; ``stop_37`` is the 307 with that reason;
    ``einde`` is the RedenBeeindiging its delivery ended with, None while it did not; ``evaluatie`` was ticked; ``ingezet`` are its
    inzetten.
    """

    toegewezen: Toegewezen
    segment: str | None
    bekend: Stap
    starts: tuple[Stap, ...] = ()
    stop_37: Stap | None = None
    einde: str | None = None
    evaluatie: Stap | None = None
    ingezet: tuple[Ingezet, ...] = ()


@dataclass(frozen=True, slots=True)
class Herindicatie:
    """One row of the list. ``partner`` is that of the last inzet, ``opvolger`` the id of the toewijzing that follows."""

    toegewezen: Toegewezen
    partner: str | None
    einddatum: date
    uiterlijk: date
    stappen: Stappen
    wacht_op: HerindicatieWachtOp
    te_laat: bool
    opvolger: str | None = None


def verloop(
    toegewezen: Toegewezen,
    segment: str | None,
    aanbieder: str,
    gebeurtenissen: Iterable[Gebeurtenis],
    evaluatie: Stap | None = None,
    ingezet: tuple[Ingezet, ...] = (),
) -> Verloop:
    """What came in about a toewijzing, from the gebeurtenissen of its dossier in order of arrival. ``aanbieder`` is the code of the
    hoofdaannemer. Of a stop that was sent again the first counts, of one that was taken back none.

    Raises ``ValueError`` when no 301 of this toewijzing is among them.
    """
    gemeente, _, nummer = toegewezen.kenmerk
    bekend: Stap | None = None
    levering = Levering()
    gestopt: dict[Sleutel, date] = {}
    for gebeurtenis in gebeurtenissen:
        feit, moment = gebeurtenis.feit, gebeurtenis.herkomst.ontvangen_op
        if isinstance(feit, ToegewezenProduct) and feit.ToewijzingNummer == nummer:
            bekend = bekend or Stap(moment.date(), gemeente)
        elif isinstance(feit, (StartProduct, StopProduct)) and feit.ToewijzingNummer == nummer:
            levering = levering.na(feit, moment)
            staat_nog = {stopsleutel(stop) for stop in levering.stops}
            if isinstance(feit, StopProduct):
                gestopt.setdefault(stopsleutel(feit), moment.date())
            gestopt = {sleutel: dag for sleutel, dag in gestopt.items() if sleutel in staat_nog}
    if bekend is None:
        raise ValueError("a toewijzing comes with a 301")
    stops = [gestopt[stopsleutel(stop)] for stop in levering.stops if stop.RedenBeeindiging == REDEN]
    einde = levering.einde
    return Verloop(
        toegewezen,
        segment,
        bekend,
        tuple(Stap(moment.date(), aanbieder) for moment in levering.gemeld.values()),
        Stap(min(stops), aanbieder) if stops else None,
        einde.RedenBeeindiging if einde else None,
        evaluatie,
        ingezet,
    )


def herindicaties(verlopen: Iterable[Verloop], keuzes: Keuzes, vandaag: date) -> Iterator[Herindicatie]:
    """The rows of today, by Einddatum, from every toewijzing of the hoofdaannemer."""
    alle = list(verlopen)
    per_client: dict[tuple[str, str, str], list[Verloop]] = {}
    for verloop in alle:
        if verloop.segment is not None and not verloop.toegewezen.verwijderd:
            per_client.setdefault(_client(verloop.toegewezen, verloop.segment), []).append(verloop)
    rijen = (rij for verloop in alle if (rij := _rij(verloop, per_client, keuzes, vandaag)) is not None)
    yield from sorted(rijen, key=lambda rij: (rij.einddatum, rij.toegewezen.kenmerk))


def _rij(
    verloop: Verloop, per_client: Mapping[tuple[str, str, str], Sequence[Verloop]], keuzes: Keuzes, vandaag: date
) -> Herindicatie | None:
    toegewezen, einde = verloop.toegewezen, verloop.toegewezen.einddatum
    if einde is None or toegewezen.verwijderd or verloop.einde not in (None, REDEN, TIJDELIJK):
        return None
    if not plus_dagen(vandaag, -TERUG) <= einde <= plus_dagen(vandaag, keuzes.dagen("herindicatie-vooruit")):
        return None
    segment = verloop.segment
    mogelijk = per_client.get(_client(toegewezen, segment), ()) if segment is not None else ()
    opvolger = _opvolger(einde, mogelijk)
    stappen = _stappen(verloop, opvolger)
    if stappen.klaar:
        return None
    uiterlijk = plus_dagen(einde, -keuzes.dagen("herindicatie-uiterlijk"))
    wacht_op = _wacht_op(stappen)
    te_laat = wacht_op is HerindicatieWachtOp.PARTNER and vandaag > uiterlijk
    erna = opvolger.toegewezen.id if opvolger is not None else None
    return Herindicatie(toegewezen, _partner(verloop.ingezet), einde, uiterlijk, stappen, wacht_op, te_laat, erna)


def _client(toegewezen: Toegewezen, segment: str) -> tuple[str, str, str]:
    return toegewezen.bsn, toegewezen.kenmerk.gemeente, segment


def _opvolger(einde: date, mogelijk: Iterable[Verloop]) -> Verloop | None:
    """The toewijzing that begins 1 to 31 days after the end; of more the first."""
    eerste, laatste = plus_dagen(einde, 1), plus_dagen(einde, TERUG)
    volgt = [een for een in mogelijk if eerste <= een.toegewezen.ingangsdatum <= laatste]
    return min(volgt, key=lambda een: (een.toegewezen.ingangsdatum, een.toegewezen.kenmerk), default=None)


def _stappen(verloop: Verloop, opvolger: Verloop | None) -> Stappen:
    if opvolger is None:
        return Stappen(verloop.stop_37, verloop.evaluatie)
    ingezet = [een.inzet.gebeurtenissen[0] for een in opvolger.ingezet if een.effectief is not None]
    eerste = min(ingezet, key=lambda gebeurtenis: gebeurtenis.moment, default=None)
    return Stappen(
        verloop.stop_37,
        verloop.evaluatie,
        opvolger.bekend,
        min(opvolger.starts, key=lambda stap: stap.op, default=None),
        Stap(eerste.moment.date(), eerste.wie) if eerste else None,
    )


def _wacht_op(stappen: Stappen) -> HerindicatieWachtOp:
    if stappen.stop_37 is None or stappen.evaluatie is None:
        return HerindicatieWachtOp.PARTNER
    return HerindicatieWachtOp.GEMEENTE if stappen.opvolger is None else HerindicatieWachtOp.HOOFDAANNEMER


def _partner(ingezet: Iterable[Ingezet]) -> str | None:
    """Whose inzet runs last; None when there is none."""
    lopend = [
        (een.effectief.laatste, een.effectief.van, een.inzet.partner) for een in ingezet if een.effectief is not None
    ]
    return max(lopend)[2] if lopend else None
