"""The kinds of which each row is kept as it was loaded: agreements and amounts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from ...hoofdaannemer.laden.lezen import Fout, Rij
from ...hoofdaannemer.laden.soorten import SOORTEN
from ...hoofdaannemer.looptijd import Maand
from ...hoofdaannemer.tarief import Bijdrage, Tarief, overlappend
from ...opslag.bureau import hoofdaannemers, inzetstand
from ..bureau import Zitting
from .onbekend import onbekend
from .uitslag import Oordeel, Uitslag, fout

R = TypeVar("R", Tarief, Bijdrage)


def oordeel(soort: str) -> Oordeel:
    """How rows of this kind are judged."""
    return partial(_oordeel, soort)


def als_kolom(waarde: object) -> object:
    """A value as it is kept: what is nothing in a key is an empty text."""
    return str(waarde) if isinstance(waarde, (StrEnum, Maand, Decimal)) else waarde


def _oordeel(soort: str, zitting: Zitting, rijen: Sequence[Rij], nu: datetime) -> Uitslag:
    wat = SOORTEN[soort]
    bekend = {_sleutel(wat.sleutel, rij): rij for rij in hoofdaannemers.rijen(zitting.verbinding, soort, zitting.code)}
    nieuw: list[dict[str, Any]] = []
    aantallen = {"nieuw": 0, "gewijzigd": 0, "gelijk": 0}
    for rij in rijen:
        als_rij = {naam: als_kolom(waarde) for naam, waarde in rij.waarden.items()}
        als_rij |= {naam: "" for naam in wat.sleutel if als_rij[naam] is None}
        eerder = bekend.get(_sleutel(wat.sleutel, als_rij))
        aantallen["nieuw" if eerder is None else "gelijk" if _gelijk(eerder, als_rij) else "gewijzigd"] += 1
        if eerder is None or not _gelijk(eerder, als_rij):
            nieuw.append(als_rij)
    fouten = [*onbekend(wat, zitting, rijen), *_overlap(soort, zitting, rijen)]

    def schrijf(z: Zitting) -> None:
        hoofdaannemers.zet(z.verbinding, soort, z.code, nieuw)
        if soort == "segmenten":
            inzetstand.volg_segmenten(z.verbinding, z.code, nu)

    return Uitslag(**aantallen, fouten=fouten, schrijf=schrijf)


def _sleutel(namen: Iterable[str], rij: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(rij[naam] for naam in namen)


def _gelijk(eerder: Mapping[str, Any], rij: Mapping[str, Any]) -> bool:
    return all(eerder[naam] == waarde or _zelfde_getal(eerder[naam], waarde, naam) for naam, waarde in rij.items())


def _zelfde_getal(een: Any, ander: Any, naam: str) -> bool:
    return naam == "percentage" and Decimal(een) == Decimal(ander)


def _overlap(soort: str, zitting: Zitting, rijen: Sequence[Rij]) -> Iterator[Fout]:
    """What overlaps with a row that is kept; rows of one file were held against each other when it was read."""
    if soort == "tarieven":
        yield from _overlap_met(zitting.tarieven.tarieven, [(rij, rij.wat) for rij in rijen], _van_tarief)
    elif soort == "bijdragen":
        yield from _overlap_met(zitting.tarieven.bijdragen, [(rij, rij.wat) for rij in rijen], _van_bijdrage)


def _overlap_met(staan: Iterable[R], nieuw: Sequence[tuple[Rij, R]], sleutel: Any) -> Iterator[Fout]:
    vervangen = {sleutel(wat) for _, wat in nieuw}
    blijven: list[R] = [wat for wat in staan if sleutel(wat) not in vervangen]
    rij_bij = {id(wat): rij for rij, wat in nieuw}
    for een, twee in overlappend([*blijven, *(wat for _, wat in nieuw)]):
        rij, ander = (rij_bij.get(id(twee)), een) if id(twee) in rij_bij else (rij_bij.get(id(een)), twee)
        if rij is not None and id(ander) not in rij_bij:
            melding = f"Deze rij geldt op dezelfde dag als een die er al is: die van {ander.van} tot en met {ander.tot or 'altijd'}."
            yield fout(rij, "van", melding, "Laad ook die rij, met een tot die eerder is.")


def _van_tarief(tarief: Tarief) -> tuple[str, str, date]:
    return tarief.segment, tarief.klasse, tarief.van


def _van_bijdrage(bijdrage: Bijdrage) -> tuple[str, date]:
    return bijdrage.segment, bijdrage.van
