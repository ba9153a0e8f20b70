"""Whether a rehearsal went well: nothing lost, no pair unanswered, and IB023 for everything that came too late or too early."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from ...opslag.berichten import overgang as tabel
from ...opslag.database import lees
from ..spelen.verloop import StapVerloop, Verloop
from .plan import Plan
from .verhaal import GEWEIGERD


@dataclass(frozen=True, slots=True)
class Telling:
    """What the node has at the end. ``paren`` counts the heenberichten by law and release: how many there are, how many were answered, and
    how many of those in another release. ``kwijt`` are the envelopes that were confirmed and of which nothing came, ``open_`` the kinds of
    heenbericht that got no answer."""

    paren: Mapping[tuple[str, str], tuple[int, int, int]]
    kwijt: Sequence[str]
    open_: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Oefening:
    """A rehearsal as it was played."""

    plan: Plan
    verlopen: Sequence[Verloop]
    telling: Telling

    @property
    def geweigerd(self) -> tuple[int, int]:
        """How many messages were to be refused with IB023, and how many were."""
        stappen = list(self._te_weigeren())
        return len(stappen), sum(map(_is_geweigerd, stappen))

    @property
    def bezwaren(self) -> list[str]:
        """All that did not go well, as Dutch sentences; empty when it did."""
        return list(self._bezwaren())

    def _bezwaren(self) -> Iterator[str]:
        for verloop in self.verlopen:
            if verloop.fout:
                yield f"{verloop.naam} ({verloop.wet}) liep vast: {verloop.fout}"
            for stap, verschil in verloop.verschillen:
                yield (
                    f"{verloop.naam} ({verloop.wet}), {stap.moment:%d-%m-%Y %H:%M}: {stap.wat} van {stap.van}: verwacht "
                    f"{verschil.verwacht}, gekregen {verschil.gekregen}. {verschil.uitleg}".rstrip()
                )
        for wat in self.telling.kwijt:
            yield f"Kwijt: {wat} is bevestigd, en er kwam geen bericht van."
        for soort, aantal in self.telling.open_.items():
            yield (
                f"Onbeantwoord: {aantal} keer {soort}. Laat wat antwoordt later stoppen, of antwoord eerder dan {self.plan.antwoord_na}."
            )
        for (wet, release), (_, _, anders) in self.telling.paren.items():
            if anders:
                yield f"{anders} antwoorden op berichten van {wet} {release} zijn in een andere release."

    def _te_weigeren(self) -> Iterator[StapVerloop]:
        for verloop in self.verlopen:
            for gedaan in verloop.stappen:
                if verloop.flow.stappen[gedaan.nummer - 1].verwacht.geweigerd == GEWEIGERD:
                    yield gedaan


def _is_geweigerd(gedaan: StapVerloop) -> bool:
    gezien = gedaan.gezien
    return gezien is not None and gezien.ontvangst is not None and GEWEIGERD in gezien.ontvangst.geweigerd


def tel(engine: Engine) -> Telling:
    """Count what the node has."""
    paren: dict[tuple[str, str], tuple[int, int, int]] = {}
    open_: dict[str, int] = {}
    for rij in lees(engine, tabel.paren):
        sleutel = rij.domein, rij.versie
        aantal, beantwoord, anders = paren.get(sleutel, (0, 0, 0))
        paren[sleutel] = aantal + rij.aantal, beantwoord + rij.beantwoord, anders + rij.anders
        if rij.aantal > rij.beantwoord:
            open_[f"{rij.berichtsoort} in {rij.versie}"] = rij.aantal - rij.beantwoord
    return Telling(paren, lees(engine, tabel.kwijt), open_)
