"""How full the awarded places are (contract, Occupancy)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from ..hoofdaannemer import bezetting as puur
from ..hoofdaannemer.bezetting import PER, Bezetting, Kwartaal, bezet, tellende_dagen
from ..hoofdaannemer.inzet import Ingezet
from ..hoofdaannemer.keuzes import BezettingOp
from ..hoofdaannemer.looptijd import Looptijd
from ..hoofdaannemer.toegewezen import Toegewezen
from ..levensloop.levering import Levering
from ..opslag.bureau import hoofdaannemers, inzetten
from ..opslag.database import momentopname
from .bureau import Bedrijfsbureau, Zitting

KEUZES = ("bezetting-op", "bezetting-onder", "bezetting-over")
"""The settings that the figures rest on."""


def bezetting(
    bureau: Bedrijfsbureau, kwartaal: Kwartaal, vandaag: date, per: Collection[str] = PER
) -> tuple[list[Bezetting], dict[str, str]]:
    """The rows of a quarter as of a day, ``per`` some of gemeente, segment and partner; and the settings that they rest on."""
    with momentopname(bureau.engine) as verbinding:
        zitting = Zitting(verbinding, bureau.code)
        return van(zitting, kwartaal, vandaag, per), zitting.keuzes.toon(*KEUZES)


def van(zitting: Zitting, kwartaal: Kwartaal, vandaag: date, per: Collection[str] = PER) -> list[Bezetting]:
    """The same, of a connection."""
    plekken = hoofdaannemers.plekken(zitting.verbinding, zitting.code)
    met_partner = "partner" in per
    return puur.bezetting(
        bezet(_toewijzingen(zitting, kwartaal, vandaag, met_partner)),
        plekken,
        kwartaal,
        zitting.keuzes,
        vandaag,
        per=per,
    )


def _toewijzingen(
    zitting: Zitting, kwartaal: Kwartaal, vandaag: date, met_partner: bool
) -> Iterator[tuple[Toegewezen, str | None, Sequence[Looptijd], Sequence[Ingezet]]]:
    """The toewijzingen of the quarter with the days that count, and their inzetten where partners are asked for."""
    geheel, keuzes = kwartaal.looptijd, zitting.keuzes
    rijen = inzetten.geldig_tussen(zitting.verbinding, zitting.code, min(vandaag, geheel.van), geheel.laatste)
    op_levering = keuzes.bezetting_op is BezettingOp.LEVERING
    leveringen = inzetten.leveringen(zitting.verbinding, zitting.code) if op_levering else {}
    ingezet: dict[str, list[Ingezet]] = {}
    if met_partner:
        ingezet = inzetten.op_toewijzingen(
            zitting.verbinding, zitting.segmenten, zitting.code, [rij.id for rij in rijen]
        )
    for rij in rijen:
        toegewezen = inzetten.toegewezen(rij)
        dagen = tellende_dagen(leveringen.get(rij.id, Levering()), toegewezen, keuzes)
        yield toegewezen, toegewezen.segment(zitting.segmenten), dagen, ingezet.get(rij.id, ())
