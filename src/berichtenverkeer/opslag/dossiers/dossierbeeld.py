"""A dossier as it stands after a message, kept in one row, so that it need not be folded from its beginning each time.

It is derived from the gebeurtenissen and may be thrown away at any moment: whoever changes gebeurtenissen that were
there before (undoing a message, a rebuild) throws it away. ``_EENS_IN`` messages a new one is written; until then the
newest gebeurtenissen are folded on top of the one that is there.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete

from ...klok import NEDERLAND
from ...levensloop.dossier import Dossier, Dossiersleutel
from ...levensloop.gebeurtenis import Feit, Gebeurtenis, Herkomst
from ...levensloop.levering import Levering, Sleutel, startsleutel, stopsleutel, toewijzingssleutel
from ...levensloop.toewijzing import Toewijzing, toegewezen
from ...levensloop.verzoek import Aanvraag, antwoord, gehonoreerd_product
from ...standaard.berichten.antwoord import Antwoord319
from ...standaard.berichten.start import StartProduct
from ...standaard.berichten.stop import StopProduct
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from ...standaard.berichten.verzoek_om_wijziging import Verzoek
from ..samen import Rijen, Vraag, vraag
from ..tabellen.dossiers import dossierbeeld
from . import dossiers

_EENS_IN = 8
"""After so many gebeurtenissen that are not in it, the beeld of a dossier is made anew."""

_ZWAAR_BEELD, _ZWARE_STAART = 100_000, 200
"""Bytes of a beeld, and gebeurtenissen beside it, over which a dossier takes long to load: some tens of milliseconds."""


class _Van(NamedTuple):
    """Where a gebeurtenis comes from: a ``Herkomst``, and its ``nummer``."""

    bericht: str
    ontvangen_op: datetime
    dagtekening: date
    identificatie: str
    nummer: int

    @classmethod
    def geval(cls, gebeurtenis: Gebeurtenis) -> "_Van":
        herkomst = gebeurtenis.herkomst
        return cls(
            herkomst.bericht, herkomst.ontvangen_op, herkomst.dagtekening, herkomst.identificatie, gebeurtenis.nummer
        )

    def met(self, feit: Feit) -> Gebeurtenis:
        herkomst = Herkomst(self.bericht, self.ontvangen_op.astimezone(NEDERLAND), self.dagtekening, self.identificatie)
        return Gebeurtenis(herkomst, self.nummer, feit)


class _Toewijzing(NamedTuple):
    """``versies`` as in ``Toewijzing``; ``geldend`` only when it is none of these, but a repeat of one."""

    versies: list[tuple[_Van, ToegewezenProduct]]
    geldend: tuple[_Van, ToegewezenProduct] | None


class _Levering(NamedTuple):
    """``gemeld`` has a moment for each start, ``stop_gemeld`` for each stop; None where it is not known."""

    starts: list[StartProduct]
    stops: list[StopProduct]
    gemeld: list[datetime | None]
    stop_gemeld: list[datetime | None]


class _Aanvraag(NamedTuple):
    """A VOT or a VOW, one of the two, with what came of it."""

    vot: tuple[_Van, AangevraagdProduct] | None
    vow: tuple[_Van, Verzoek] | None
    antwoorden: list[tuple[_Van, Antwoord319]]
    honoreringen: list[tuple[_Van, ToegewezenProduct]]


class _Beeld(NamedTuple):
    toewijzingen: list[_Toewijzing]
    leveringen: list[_Levering]
    verzoeken: list[_Aanvraag]


_ALS_JSON = TypeAdapter(_Beeld)


_LEEG = Dossier()


@dataclass(frozen=True, slots=True)
class Geladen:
    """A dossier without its boek, and how many gebeurtenissen its beeld does not have yet."""

    dossier: Dossier
    staart: int


def laad(verbinding: Connection, dossiers_: Collection[Dossiersleutel]) -> dict[Dossiersleutel, Geladen]:
    """These dossiers as they stand; an unknown one is empty."""
    if not dossiers_:
        return {}
    sleutels = [(dossiers.tekst(sleutel),) for sleutel in dossiers_]
    return uit_rijen(dossiers_, *vraag(verbinding, [(BEELDEN, sleutels), (STAARTEN, sleutels)]))


BEELDEN = Vraag(
    "SELECT d.dossier, d.beeld FROM {sleutels} {join} dossierbeeld AS d ON d.dossier = {0}",
    (dossierbeeld.c.dossier, dossierbeeld.c.beeld),
    personen=(0,),
)
"""Of these dossiers the beeld."""

STAARTEN = Vraag(
    f"{dossiers.GEVAL_SQL} FROM {{sleutels}} LEFT JOIN dossierbeeld AS d ON d.dossier = {{0}} {{join}} gebeurtenis AS g "
    "ON g.dossier = {0} AND g.volgnummer > coalesce(d.tot, 0) JOIN bericht AS b ON b.id = g.bericht "
    "ORDER BY g.volgnummer, g.nummer",
    dossiers.GEVAL,
    personen=(0,),
)
"""Of these dossiers the gebeurtenissen that the beeld does not have, in order of arrival."""


def uit_rijen(
    dossiers_: Collection[Dossiersleutel], beelden: Sequence[Sequence[Any]], staarten: Sequence[Sequence[Any]]
) -> dict[Dossiersleutel, Geladen]:
    """These dossiers from the answers to ``BEELDEN`` and ``STAARTEN``."""
    gevraagd = {dossiers.tekst(sleutel) for sleutel in dossiers_}
    begin = {tekst: lees(beeld) for tekst, beeld in beelden if tekst in gevraagd}
    staart: dict[str, list[Gebeurtenis]] = defaultdict(list)
    for rij in staarten:
        if rij[0] in gevraagd:
            staart[rij[0]].append(dossiers.van_rij(rij))
    geladen = {}
    for sleutel in dossiers_:
        tekst = dossiers.tekst(sleutel)
        later = staart.get(tekst, [])
        geladen[sleutel] = Geladen(begin.get(tekst, _LEEG).met(later), len(later))
    return geladen


def zware(
    dossiers_: Collection[Dossiersleutel], beelden: Sequence[Sequence[Any]], staarten: Sequence[Sequence[Any]]
) -> set[Dossiersleutel]:
    """Which of these dossiers take long to load, by the answers to ``BEELDEN`` and ``STAARTEN``."""
    zwaar = {tekst for tekst, beeld in beelden if len(beeld) > _ZWAAR_BEELD}
    zwaar |= {tekst for tekst, aantal in Counter(rij[0] for rij in staarten).items() if aantal > _ZWARE_STAART}
    return {sleutel for sleutel in dossiers_ if dossiers.tekst(sleutel) in zwaar}


def nieuwe(
    geladen: Mapping[Dossiersleutel, Geladen], nu: Mapping[Dossiersleutel, Dossier], afgeleid: dossiers.Afgeleid
) -> list[dict[str, Any]]:
    """The beelden to write: of dossiers that were ``geladen`` and have fallen too far behind, with what came of them (``nu``)
    and the gebeurtenissen that were added."""
    nummers: dict[str, list[int]] = defaultdict(list)
    for gebeurtenis in afgeleid.gebeurtenissen:
        nummers[gebeurtenis["dossier"]].append(gebeurtenis["volgnummer"])
    return [
        {"dossier": tekst, "tot": max(erbij), "beeld": schrijf(nu[sleutel])}
        for sleutel, stand in geladen.items()
        if (erbij := nummers.get(tekst := dossiers.tekst(sleutel))) and stand.staart + len(erbij) >= _EENS_IN
    ]


def als_rijen(nieuw: Sequence[Mapping[str, Any]]) -> Rijen:
    """What ``nieuwe`` gave, to be written."""
    return Rijen(dossierbeeld, nieuw, "dossier", "tot")


def vergeet(verbinding: Connection, dossiers_: Collection[str]) -> None:
    """Fold these dossiers from their beginning the next time: gebeurtenissen in the middle of them changed."""
    verbinding.execute(delete(dossierbeeld).where(dossierbeeld.c.dossier.in_(dossiers_)))


def schrijf(dossier: Dossier) -> bytes:
    """The dossier as JSON, without its ``boek``."""
    beeld = _Beeld(
        toewijzingen=[_toewijzing(toewijzing) for toewijzing in dossier.toewijzingen.values()],
        leveringen=[
            _Levering(
                starts=list(levering.starts),
                stops=list(levering.stops),
                gemeld=[levering.gemeld.get(sleutel) for sleutel in levering.op_start],
                stop_gemeld=[levering.stop_gemeld.get(sleutel) for sleutel in levering.op_stop],
            )
            for levering in dossier.leveringen.values()
            if levering.op_start or levering.op_stop
        ],
        verzoeken=[_aanvraag(aanvraag) for aanvraag in dossier.verzoeken.values()],
    )
    return _ALS_JSON.dump_json(beeld, exclude_defaults=True)


@lru_cache(maxsize=512)
def lees(beeld: bytes) -> Dossier:
    """The dossier that was written, without its ``boek``. Those of late are at hand: a dossier does not change."""
    inhoud = _ALS_JSON.validate_json(beeld)
    toewijzingen = {t.nummer: t for t in map(_uit_toewijzing, inhoud.toewijzingen)}
    leveringen = dict(_uit_levering(levering) for levering in inhoud.leveringen)
    verzoeken = {aanvraag.referentie: aanvraag for aanvraag in map(_uit_aanvraag, inhoud.verzoeken)}
    return Dossier.van_delen(toewijzingen, leveringen, verzoeken)


def _toewijzing(toewijzing: Toewijzing) -> _Toewijzing:
    geldend = toewijzing.geldend
    bekend = any(versie is geldend for versie in toewijzing.versies)
    return _Toewijzing(
        versies=[(_Van.geval(versie), toegewezen(versie)) for versie in toewijzing.versies],
        geldend=None if bekend else (_Van.geval(geldend), toegewezen(geldend)),
    )


def _uit_toewijzing(beeld: _Toewijzing) -> Toewijzing:
    eerste, *later = (van.met(product) for van, product in beeld.versies)
    toewijzing = Toewijzing.van(eerste)
    for versie in later:
        toewijzing = toewijzing.na(versie)
    if beeld.geldend is not None:
        van, product = beeld.geldend
        toewijzing = toewijzing.na(van.met(product))
    return toewijzing


def _uit_levering(beeld: _Levering) -> tuple[tuple[object, ...], Levering]:
    starts, stops = beeld.starts, beeld.stops
    gemeld = _momenten(map(startsleutel, starts), beeld.gemeld)
    stop_gemeld = _momenten(map(stopsleutel, stops), beeld.stop_gemeld)
    return toewijzingssleutel((starts or stops)[0]), Levering.van(starts, stops, gemeld, stop_gemeld)


def _momenten(sleutels: Iterable[Sleutel], momenten: Iterable[datetime | None]) -> dict[Sleutel, datetime]:
    paren = zip(sleutels, momenten, strict=True)
    return {sleutel: moment.astimezone(NEDERLAND) for sleutel, moment in paren if moment is not None}


def _aanvraag(aanvraag: Aanvraag) -> _Aanvraag:
    vraag, van = aanvraag.vraag, _Van.geval(aanvraag.ingediend)
    return _Aanvraag(
        vot=(van, vraag) if isinstance(vraag, AangevraagdProduct) else None,
        vow=(van, vraag) if isinstance(vraag, Verzoek) else None,
        antwoorden=[(_Van.geval(geval), antwoord(geval)) for geval in aanvraag.antwoorden],
        honoreringen=[(_Van.geval(geval), gehonoreerd_product(geval)) for geval in aanvraag.honoreringen],
    )


def _uit_aanvraag(beeld: _Aanvraag) -> Aanvraag:
    ingediend = beeld.vot or beeld.vow
    assert ingediend is not None
    van, vraag = ingediend
    return Aanvraag(
        van.met(vraag),
        tuple(van.met(feit) for van, feit in beeld.antwoorden),
        tuple(van.met(feit) for van, feit in beeld.honoreringen),
    )
