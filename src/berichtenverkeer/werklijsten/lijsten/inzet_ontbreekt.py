"""Toewijzingen in a segment that is passed on, with days that no inzet covers."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from ...bedrijfsbureau.bureau import Zitting
from ...hoofdaannemer.inzet import Ingezet, niet_bezet
from ...hoofdaannemer.looptijd import Looptijd, looptijd
from ...levensloop.kalender import plus_dagen
from ...levensloop.overgangen import Leveringstoestand
from ...levensloop.termijnen import START, begin_start
from ...opslag.bureau import inzetten
from ..bureau import Bureaurij, over_toewijzing, van_hoofdaannemer
from ..lijst import Peil, Werklijst

_REGEL = "inzet"


def _rijen(zitting: Zitting, peil: Peil) -> Iterator[Bureaurij]:
    per_toewijzing: dict[str, list[Ingezet]] = defaultdict(list)
    for een in inzetten.van_hoofdaannemer(zitting.verbinding, zitting.segmenten, zitting.code).values():
        if een.effectief is not None:
            per_toewijzing[een.inzet.toewijzing].append(een)
    vooruit = plus_dagen(peil.vandaag, 7 * peil.weken)
    for rij in inzetten.geldig_tussen(zitting.verbinding, zitting.code, peil.vandaag, date.max):
        segment, te_leveren = zitting.segmenten.segment(rij.categorie, rij.code), _te_leveren(rij)
        if segment is None or te_leveren is None or te_leveren.laatste < peil.vandaag:
            continue
        ingezet = per_toewijzing[rij.id]
        if ingezet:
            open_ = [dagen for dagen in niet_bezet(te_leveren, ingezet) if dagen.laatste >= peil.vandaag]
            if not open_ or open_[0].van > vooruit:
                continue
            uiterlijk, waarom = _zonder_iemand(rij, open_[0], ingezet, peil, zitting.noem)
        else:
            uiterlijk, waarom = _zonder_inzet(rij, segment, peil)
        yield over_toewijzing(zitting, rij, zitting.code, uiterlijk, regel=_REGEL, waarom=waarom)


def _te_leveren(rij: Any) -> Looptijd | None:
    """The days on which a client may be waiting for someone: those of the toewijzing, up to the end of what was stopped for good."""
    gestopt = rij.geleverd_tot if rij.levering == Leveringstoestand.DEFINITIEF_GESTOPT else None
    einden = [einde for einde in (rij.einddatum, gestopt) if einde is not None]
    return looptijd(rij.ingangsdatum, min(einden, default=None))


def _start_uiterlijk(rij: Any, peil: Peil) -> date:
    bekend = rij.bekend_op.date() if rij.bekend_op else None
    return START.uiterlijk(begin_start(rij.ingangsdatum, bekend), peil.kalender)


def _zonder_inzet(rij: Any, segment: str, peil: Peil) -> tuple[date, str]:
    uiterlijk = _start_uiterlijk(rij, peil)
    waarom = (
        f"De toewijzing gaat in op {rij.ingangsdatum} en valt in het segment {segment}, maar er is geen partner ingezet. "
        f"Uiterlijk {uiterlijk} hoort een start gemeld te zijn als de levering meteen begint ({START.regel})."
    )
    return uiterlijk, waarom


def _zonder_iemand(
    rij: Any, dagen: Looptijd, ingezet: Sequence[Ingezet], peil: Peil, noem: Callable[[str], str]
) -> tuple[date, str]:
    """Of days that no inzet covers beside others that one does: the last day on which there is someone, or before the first that
    on which a start should have been reported."""
    daarvoor = plus_dagen(dagen.van, -1)
    partners = sorted(noem(een.inzet.partner) for een in ingezet if een.effectief and een.effectief.laatste == daarvoor)
    verder = next((een for een in ingezet if een.effectief and een.effectief.van > dagen.van), None)
    tot = f" tot en met {dagen.tot}" if verder else ""
    zin = f"Vanaf {dagen.van}{tot} heeft niemand deze cliënt: "
    if not partners:
        uiterlijk = _start_uiterlijk(rij, peil)
        return (
            uiterlijk,
            f"{zin}de toewijzing gaat dan in, en de eerste inzet begint pas op {plus_dagen(dagen.laatste, 1)}.",
        )
    einde = f"tot en met {rij.einddatum}" if rij.einddatum else "zonder Einddatum"
    volgende = f"begint de volgende pas op {plus_dagen(dagen.laatste, 1)}" if verder else "volgt er geen"
    waarom = (
        f"{zin}de inzet bij {' en '.join(partners)} eindigt op {daarvoor} en daarna {volgende}, terwijl de toewijzing "
        f"doorloopt {einde}."
    )
    return daarvoor, waarom


LIJST = Werklijst(
    "inzet-ontbreekt",
    "Toewijzingen van een hoofdaannemer die niet voorbij zijn en in een van zijn segmenten vallen, zonder inzet die telt; en die waarvan "
    "binnen enkele weken dagen komen, of er al zijn, waarop geen inzet loopt.",
    "Hoofdaannemer: zet een partner in, ook voor de dagen die nog niemand heeft; eindigt de hulp, stuur dan het 307. De dag is de laatste "
    "waarop de cliënt nog iemand heeft; had hij nog niemand, dan de laatste waarop een start gemeld hoort te zijn, als de levering meteen "
    "begint.",
    (van_hoofdaannemer(_rijen),),
)
