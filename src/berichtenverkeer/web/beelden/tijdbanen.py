"""The story of a toewijzing as lanes on an axis of time. Pure: what ``/v1`` answers in, lanes out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from ...api.antwoord.prestatie_uit import PrestatieUit
from ...api.antwoord.toewijzing_uit import Leveringstart, ToewijzingVolledig
from ...klok import NEDERLAND
from ...levensloop.gebeurtenis import TIJDELIJK
from ...levensloop.kalender import plus_dagen
from ...levensloop.overgangen import Leveringstoestand, Prestatietoestand, Toewijzingtoestand, Verzoektoestand
from ..opmaak import woord
from .tijdbeeld import Baan, Balk, samengevoegd

_VAN_PRESTATIE = {
    Prestatietoestand.TOEGEKEND: "goed",
    Prestatietoestand.AFGEWEZEN: "fout",
    Prestatietoestand.INGEDIEND: "wacht",
}
"""How a Prestatie in this state looks; another is gone."""

_VAN_VERZOEK = {Verzoektoestand.GEHONOREERD: "goed", Verzoektoestand.AFGEWEZEN: "fout"}

_LEVERING = frozenset(Leveringstoestand)
_VERZOEK = frozenset(Verzoektoestand)


class Gebeurd(Protocol):
    """An event, as far as its place on the axis asks."""

    @property
    def moment(self) -> datetime: ...
    @property
    def gebeurtenis(self) -> str: ...
    @property
    def naar(self) -> str: ...


def banen(
    toewijzing: ToewijzingVolledig, punten: Sequence[Gebeurd], prestaties: Sequence[PrestatieUit]
) -> tuple[Baan, ...]:
    """The lanes of a toewijzing, in the order in which they are read."""
    return (
        Baan("Geldigheid", tuple(_geldigheid(toewijzing))),
        Baan("Versies", tuple(_versies(toewijzing))),
        Baan("Levering", tuple(_levering(toewijzing.starts))),
        Baan("Tijdelijke stop", tuple(_stilstand(toewijzing.starts))),
        Baan("Verzoeken", tuple(_gevraagd(toewijzing)), tuple(_gebeurd(punten, verzoek=True))),
        Baan("Declaraties", tuple(samengevoegd(list(_gedeclareerd(prestaties))))),
        Baan("Partners", tuple(_partners(toewijzing))),
        Baan("Gebeurtenissen", (), tuple(_gebeurd(punten, verzoek=False))),
    )


def _geldigheid(toewijzing: ToewijzingVolledig) -> Iterator[Balk]:
    weg = toewijzing.toestand is Toewijzingtoestand.VERWIJDERD
    wat = "Verwijderd: geldt niet" if weg else "De toewijzing geldt"
    yield Balk(
        toewijzing.ingangsdatum, _na(toewijzing.ingangsdatum, toewijzing.einddatum), "oud" if weg else "geldig", wat
    )


def _versies(toewijzing: ToewijzingVolledig) -> Iterator[Balk]:
    if len(toewijzing.versies) < 2:
        return
    for nummer, versie in enumerate(toewijzing.versies, start=1):
        wat = f"Versie {nummer}{' (geldt nu)' if versie.geldend else ''}"
        yield Balk(
            versie.ingangsdatum,
            _na(versie.ingangsdatum, versie.einddatum),
            "geldig" if versie.geldend else "oud",
            wat,
        )


def _levering(starts: Sequence[Leveringstart]) -> Iterator[Balk]:
    for start in starts:
        eind = max((stop.einddatum for stop in start.stops), default=None)
        wat = "Levering loopt" if eind is None else f"Geleverd, {woord(start.toestand)}"
        yield Balk(start.begindatum, _na(start.begindatum, eind), "loopt", wat)


def _stilstand(starts: Sequence[Leveringstart]) -> Iterator[Balk]:
    """The days between a temporary stop and the next start, or so far without end."""
    begonnen = sorted(start.begindatum for start in starts)
    for start in starts:
        tijdelijk = [stop.einddatum for stop in start.stops if stop.reden_beeindiging == TIJDELIJK]
        if not tijdelijk or start.toestand is not Leveringstoestand.TIJDELIJK_GESTOPT:
            continue
        van = plus_dagen(max(tijdelijk), 1)
        weer = next((begin for begin in begonnen if begin > start.begindatum), None)
        if weer is None or weer > van:
            yield Balk(van, None if weer is None else plus_dagen(weer, -1), "stil", "Tijdelijk gestopt")


def _gevraagd(toewijzing: ToewijzingVolledig) -> Iterator[Balk]:
    verzoek = toewijzing.gevraagd
    if verzoek is None:
        return
    for een in verzoek.gevraagd:
        if een.ingangsdatum is not None and een.toewijzingnummer in (None, toewijzing.toewijzingnummer):
            wat = f"Gevraagd ({woord(een.wijziging)}), verzoek {woord(verzoek.toestand)}"
            soort = _VAN_VERZOEK.get(verzoek.toestand, "wacht")
            yield Balk(een.ingangsdatum, _na(een.ingangsdatum, een.einddatum), soort, wat)


def _gedeclareerd(prestaties: Sequence[PrestatieUit]) -> Iterator[Balk]:
    for een in prestaties:
        periode = een.productperiode
        wat = f"Gedeclareerd, {woord(een.toestand)}"
        yield Balk(periode.begin, _na(periode.begin, periode.eind), _VAN_PRESTATIE.get(een.toestand, "oud"), wat)


def _partners(toewijzing: ToewijzingVolledig) -> Iterator[Balk]:
    for een in toewijzing.partners:
        yield Balk(een.van, _na(een.van, een.tot), "partner", f"{een.naam} levert")


def _gebeurd(punten: Sequence[Gebeurd], *, verzoek: bool) -> Iterator[Balk]:
    """The events by the day on which they came; those of one kind on one day are one point."""
    per_dag: Counter[tuple[date, str]] = Counter()
    for punt in punten:
        if (punt.naar in _VERZOEK and punt.naar not in _LEVERING and punt.naar != Toewijzingtoestand.GEEN) is verzoek:
            per_dag[punt.moment.astimezone(NEDERLAND).date(), punt.gebeurtenis] += 1
    for (dag, gebeurtenis), aantal in per_dag.items():
        yield Balk(dag, dag, "punt", f"{woord(gebeurtenis)}{f' ({aantal} keer)' if aantal > 1 else ''}")


def _na(van: date, tot: date | None) -> date | None:
    """An end that is not before its begin: of what was taken back on its first day nothing is left to draw but that day."""
    return None if tot is None else max(van, tot)
