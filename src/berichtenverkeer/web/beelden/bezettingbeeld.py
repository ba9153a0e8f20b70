"""Occupancy as a picture: a bar a row, with how the whole quarter comes out marked on it. Pure: what ``/v1`` answers in, places out."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...api.hoofdaannemer.bezetting import BezettingCijfers, BezettingUit
from ..scherm import Noem
from .staafbeeld import Staaf, Tekening, bereik, liggend

MEESTE = 40
"""Bars in the picture; the table has all rows."""


@dataclass(frozen=True, slots=True)
class Beeld:
    """The picture, as the macro ``staafbeeld`` takes it."""

    panelen: Sequence[tuple[str, Tekening]]
    weggelaten: str
    code: str = "bezetting"
    naam: str = "Graad van bezetting in procenten"
    merk: str = "hoe het hele kwartaal uitkomt als de cliënten van vandaag blijven"
    half: bool = False

    @staticmethod
    def op_as(waarde: float) -> str:
        """A number as it stands at the axis."""
        return f"{waarde:.0f} %"


def teken(rijen: Sequence[BezettingUit], noem: Noem) -> Beeld | None:
    """The bars of the rows that have places; None when there are none."""
    staven = [_staaf(een, noem) for een in rijen if een.graad is not None or _straks(een) is not None]
    if not staven:
        return None
    getoond = staven[:MEESTE]
    weg = f"Dit zijn de eerste {MEESTE} van {len(staven)}; de tabel heeft ze allemaal." if len(staven) > MEESTE else ""
    return Beeld([("", liggend(getoond, *bereik(getoond)))], weg)


def _staaf(een: BezettingUit, noem: Noem) -> Staaf:
    delen = (een.gemeente and noem(een.gemeente), een.segment, een.partner and noem(een.partner))
    naam = ", ".join(deel for deel in delen if deel)
    nu, straks = _procent(een), _straks(een)
    wat = f"{naam}: {_tekst(nu)}" + (f", het hele kwartaal {_tekst(straks)}" if straks is not None else "")
    signaal = een.signaal.betekenis if een.signaal is not None else ""
    return Staaf(naam, nu, _tekst(nu), f"{wat}. {signaal}".strip(), straks)


def _straks(een: BezettingUit) -> float | None:
    return _procent(een.prognose) if een.prognose is not None else None


def _procent(cijfers: BezettingCijfers) -> float | None:
    return float(cijfers.graad * 100) if cijfers.graad is not None else None


def _tekst(waarde: float | None) -> str:
    return "nog geen graad" if waarde is None else f"{waarde:.1f} %".replace(".", ",")
