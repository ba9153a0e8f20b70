"""Months that are over, of partners that had an inzet in them, without a maandstaat that was fixed."""

from collections.abc import Iterator

from ...bedrijfsbureau.bureau import Zitting
from ...hoofdaannemer.looptijd import Maand, maanden
from ...levensloop.kalender import plus_dagen
from ...opslag.bureau import inzetten, maandstaten
from ..bureau import Bureaurij, over_afspraak, van_hoofdaannemer
from ..lijst import Peil, Werklijst

_REGEL = "maandstaat"


def _rijen(zitting: Zitting, peil: Peil) -> Iterator[Bureaurij]:
    laatste = Maand.van_dag(plus_dagen(peil.vandaag.replace(day=1), -1))
    gefixeerd = maandstaten.gefixeerd(zitting.verbinding, zitting.code)
    open_: dict[tuple[str, Maand], None] = {}
    for een in inzetten.van_hoofdaannemer(zitting.verbinding, zitting.segmenten, zitting.code).values():
        if een.effectief is not None:
            tot = min(laatste, Maand.van_dag(een.effectief.laatste))
            open_ |= dict.fromkeys(
                (een.inzet.partner, maand) for maand in maanden(Maand.van_dag(een.effectief.van), tot)
            )
    for partner, maand in open_:
        if (partner, maand) not in gefixeerd:
            waarom = f"{maand.naam.capitalize()} is voorbij; de maandstaat van {zitting.noem(partner)} is nog niet vastgesteld."
            yield over_afspraak(zitting, (partner, maand), maand.volgende.laatste, regel=_REGEL, waarom=waarom)


LIJST = Werklijst(
    "maandstaat-vast-te-stellen",
    "Maanden die voorbij zijn en waarin een partner een inzet had, zonder vastgestelde maandstaat.",
    "Hoofdaannemer: bekijk de maandstaat en stel haar vast; wat later verandert, komt als correctie op een volgende. De dag is de laatste "
    "van de maand erna.",
    (van_hoofdaannemer(_rijen),),
)
