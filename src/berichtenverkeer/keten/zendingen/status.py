"""How far a message has come and what was found wrong with it, by the names of VECOZO's berichtstatus V3.

The status is not kept but follows: until a message came of a zending from the zending, from then on from the message.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from ...oordeel.oordeel import Berichtoordeel
from ...opslag.berichten import enveloppen
from ...opslag.berichten.zendingen import AFGEKEURD
from ...partijen.partij import Beoordelaar, Partij
from ...regels.bevinding import zichtbaar
from ..envelop.poststuk import FOUTBERICHT
from ..envelop.vsp import MEESTE_MELDINGEN, Berichtstatus, Statusmelding
from .meldingen import uitgevouwen
from .poststuk import versie_van


@dataclass(frozen=True, slots=True)
class Berichtstand:
    """How far one message or foutbericht has come. ``functie`` of a ``foutbericht`` is that of what it refuses, and of what was
    refused it may be one that does not exist, in whatever ``versie``."""

    zender: str
    traceer_id: str
    conversatie_id: str
    als_antwoord_op: str | None
    referentie_id: str | None
    functie: str
    versie: tuple[int, int]
    foutbericht: bool
    status: Berichtstatus
    gewijzigd_op: datetime
    ontvangen_op: datetime
    _rij: Mapping[Any, Any]
    _later: tuple[Mapping[str, str], ...]
    _uit: frozenset[str]

    @property
    def subtype(self) -> str:
        """What it is: a functie, or ``Fo01``."""
        return FOUTBERICHT[0] if self.foutbericht else self.functie

    def meldingen(self, hoogstens: int | None = MEESTE_MELDINGEN) -> list[Statusmelding]:
        """All that is to be told of it, at most so many; without the signalen that who looks put off."""
        if self.foutbericht:  # what it says, is of the message that it refuses
            return uitgevouwen((), (), self._later, hoogstens=hoogstens)
        rij = self._rij
        algemeen = rij["zendingmeldingen" if _is_bericht(rij) else "meldingen"] or ()
        zelf = _is_bericht(rij) and rij["beoordeling"] == Beoordelaar.PARTIJ
        gevonden = zichtbaar(rij["bevindingen"] or (), self._uit)
        return uitgevouwen(algemeen, gevonden, self._later, zelf=zelf, hoogstens=hoogstens)


def standen(
    verbinding: Connection,
    partijen: Sequence[Partij],
    limiet: int,
    *,
    traceer_id: str | None = None,
    conversatie_id: str | None = None,
) -> list[Berichtstand]:
    """What these parties may see, oldest first: by traceerId or by conversatieId, one of the two.

    Of a message that a foutbericht refuses after it was delivered, the meldingen are those of the foutbericht too.
    """
    berichten: dict[str, RowMapping] = {}  # what one sent to another, both of them see
    los: dict[tuple[str, str], RowMapping] = {}
    uit: dict[str, frozenset[str]] = {}  # of who sees both sides, what both put off
    for wie in partijen:
        partij = wie.code
        if traceer_id is not None:
            gezien = enveloppen.van_traceer(verbinding, partij, traceer_id, limiet)
        else:
            assert conversatie_id is not None
            gezien = enveloppen.van_conversatie(verbinding, partij, conversatie_id, limiet)
        berichten |= {rij["id"]: rij for rij in gezien}
        uit |= {rij["id"]: uit.get(rij["id"], wie.signaal_uit) & wie.signaal_uit for rij in gezien}
        zonder = enveloppen.zonder_bericht(verbinding, partij, limiet, traceer_id, conversatie_id)
        los |= {(rij["zender"], rij["traceer_id"]): rij for rij in zonder}
    fouten = [rij for rij in los.values() if rij["foutbericht"]]
    alle = sorted([*berichten.values(), *los.values()], key=lambda rij: rij["ontvangen_op"])[:limiet]
    return [_van(rij, fouten, uit[rij["id"]] if _is_bericht(rij) else frozenset()) for rij in alle]


def van_bericht(rij: Mapping[Any, Any]) -> Berichtstatus:
    """The status of a message that was taken in.

    One that the node rejected for its receiver was dealt with and goes no further: its retourbericht says why. One that it
    refused by itself was not even dealt with (``xslt_at_node``), and so was one that nothing answers.
    """
    if rij["zendingstatus"] == AFGEKEURD:
        return Berichtstatus.AFGEKEURD_DOOR_DIENST
    if rij["bevestigd_op"]:
        return Berichtstatus.BEZORGD
    if rij["aangeboden"]:
        return _aangeboden(rij)
    return (
        Berichtstatus.WORDT_VERWERKT
        if rij["oordeel"] == Berichtoordeel.IN_VERWERKING
        else Berichtstatus.VERWERKING_VOLTOOID
    )


def van_zending(rij: Mapping[Any, Any]) -> Berichtstatus:
    """The status of an envelope of which no message came (yet), or of a foutbericht."""
    status = Berichtstatus(rij["status"])
    return _aangeboden(rij) if status is Berichtstatus.WORDT_AANGEBODEN else status


def _aangeboden(rij: Mapping[Any, Any]) -> Berichtstatus:
    if rij["afgebroken_op"]:
        return Berichtstatus.BEZORGING_AFGEBROKEN
    return Berichtstatus.AANBIEDEN_MISLUKT if rij["bezorgfout"] else Berichtstatus.WORDT_AANGEBODEN


def _is_bericht(rij: Mapping[Any, Any]) -> bool:
    return "berichtsoort" in rij


def _van(rij: Mapping[Any, Any], fouten: Iterable[Mapping[Any, Any]], uit: frozenset[str]) -> Berichtstand:
    is_bericht = _is_bericht(rij)
    status = van_bericht(rij) if is_bericht else van_zending(rij)
    return Berichtstand(
        zender=rij["verzender"] if is_bericht else rij["zender"],
        traceer_id=rij["traceer_id"],
        conversatie_id=rij["conversatie_id"],
        als_antwoord_op=rij["als_antwoord_op"],
        referentie_id=rij["referentie_id"],
        functie=rij["berichtsoort"] if is_bericht else rij["functie"],
        versie=versie_van(rij) if is_bericht else (rij["versie"], rij["subversie"]),
        foutbericht=not is_bericht and rij["foutbericht"],
        status=status,
        gewijzigd_op=_gewijzigd_op(rij, status),
        ontvangen_op=rij["ontvangen_op"],
        _rij=rij,
        _later=(*_achteraf(rij["traceer_id"], fouten), *_bezorgmeldingen(rij)),
        _uit=uit,
    )


def _gewijzigd_op(rij: Mapping[Any, Any], status: Berichtstatus) -> datetime:
    """When it came to this status. What the moment is not kept of, is there as soon as it was looked at; what has no envelope,
    as soon as it came in."""
    bezorgd = rij["bevestigd_op" if _is_bericht(rij) else "bezorgd_op"]
    bij = {
        Berichtstatus.BEZORGD: bezorgd,
        Berichtstatus.AANBIEDEN_MISLUKT: rij["mislukt_op"],
        Berichtstatus.BEZORGING_AFGEBROKEN: rij["afgebroken_op"],
        Berichtstatus.ONTVANGEN: rij["ontvangen_op"],
    }
    ontvangen_op: datetime = rij["ontvangen_op"]
    return max(
        bij.get(status) or rij["bekeken_op"] or ontvangen_op, ontvangen_op
    )  # in proefmodus each request may have a clock of its own


def _achteraf(traceer_id: str, fouten: Iterable[Mapping[Any, Any]]) -> Iterator[Mapping[str, str]]:
    for fout in fouten:
        if fout["als_antwoord_op"] == traceer_id:
            yield from fout["meldingen"]


def _bezorgmeldingen(rij: Mapping[Any, Any]) -> Iterator[Mapping[str, str]]:
    """Why what lies ready could not be pushed; none when it could, or was not."""
    if rij["bezorgfout"]:
        toelichting = _AFGEBROKEN if rij["afgebroken_op"] else _NOG_EENS
        yield {"code": BEZORGING, "omschrijving": rij["bezorgfout"], "toelichting": toelichting}


BEZORGING = "BEZORGING"
"""The code of a melding that says why pushing failed; the lists in force have none for it (afgeleid)."""

_NOG_EENS = "Het knooppunt probeert het opnieuw; het bericht ligt ook klaar om op te halen."
_AFGEBROKEN = "Het knooppunt probeert het niet meer; het bericht ligt nog klaar om op te halen."
