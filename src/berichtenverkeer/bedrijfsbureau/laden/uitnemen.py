"""What is stored, in the columns of its file: loaded again it changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ...hoofdaannemer.toegewezen import Kenmerk
from ...opslag.bureau import hoofdaannemers, inzetten
from ...opslag.database import momentopname
from ..bureau import Bedrijfsbureau, Zitting
from .geleverd import opgeteld
from .laden import soort_met

Rij = Mapping[str, object]


def neem_uit(bureau: Bedrijfsbureau, naam: str) -> tuple[tuple[str, ...], list[Rij]]:
    """The columns of a kind of file, and its rows by them: texts, days, whole numbers, True and False, None for an empty cell; ``euro`` in
    eurocent. Raises ``NietGevonden`` for an unknown kind."""
    kolommen = tuple(kolom.naam for kolom in soort_met(naam).kolommen)
    with momentopname(bureau.engine) as verbinding:
        zitting = Zitting(verbinding, bureau.code)
        bron = _BRONNEN.get(naam)
        rijen: Iterable[Rij] = bron(zitting) if bron else hoofdaannemers.rijen(verbinding, naam, bureau.code)
        return kolommen, [{kolom: rij[kolom] if rij[kolom] != "" else None for kolom in kolommen} for rij in rijen]


def _inzetten(zitting: Zitting) -> Iterator[Rij]:
    """Those that count, as they stand."""
    for een in inzetten.van_hoofdaannemer(zitting.verbinding, zitting.segmenten, zitting.code).values():
        wat = een.inzet
        if wat.telt and wat.eigen is not None:
            toewijzing = _kenmerk(een.toegewezen.kenmerk)
            yield {**toewijzing, "partner": wat.partner, "klasse": wat.klasse, "van": wat.van, "tot": wat.tot}


def _geleverd(zitting: Zitting) -> Iterator[Rij]:
    ingezet = inzetten.van_hoofdaannemer(zitting.verbinding, zitting.segmenten, zitting.code)
    alle = opgeteld(ingezet, hoofdaannemers.geleverd(zitting.verbinding, zitting.code))
    for (kenmerk, partner, klasse, maand), aantal in sorted(alle.items()):
        yield {**_kenmerk(kenmerk), "partner": partner, "klasse": klasse, "maand": str(maand), "aantal": aantal}


def _facturen(zitting: Zitting) -> Iterator[Rij]:
    for regel in hoofdaannemers.facturen(zitting.verbinding, zitting.code):
        post = regel.post
        yield {
            "factuurnummer": regel.factuurnummer, "partner": post.partner, "maand": str(post.maand), **_kenmerk(post.toewijzing),
            "klasse": post.klasse, "euro": regel.bedrag,
        }  # fmt: skip


def _evaluaties(zitting: Zitting) -> Iterator[Rij]:
    for kenmerk, stap in sorted(hoofdaannemers.evaluaties(zitting.verbinding, zitting.code).items()):
        yield {**_kenmerk(kenmerk), "datum": stap.op}


def _kenmerk(kenmerk: Kenmerk) -> dict[str, Any]:
    return {**kenmerk._asdict(), "domein": str(kenmerk.domein)}


_BRONNEN: Mapping[str, Callable[[Zitting], Iterator[Rij]]] = {
    "inzetten": _inzetten,
    "geleverd": _geleverd,
    "facturen": _facturen,
    "evaluaties": _evaluaties,
}
