"""Contracts of partners that end soon, without another that goes on."""

from collections.abc import Iterator

from ...bedrijfsbureau.bureau import Zitting
from ...hoofdaannemer.dekking import Contractregel, Partner
from ...levensloop.kalender import plus_dagen
from ...opslag.bureau import inzetten
from ...standaard.geldig import op_dag
from ..bureau import Bureaurij, over_afspraak, van_hoofdaannemer
from ..lijst import Peil, Werklijst

_REGEL = "contract"
VOORUIT_WEKEN = 13
"""How long before its end a contract is listed (afgeleid)."""


def _rijen(zitting: Zitting, peil: Peil) -> Iterator[Bureaurij]:
    tot = plus_dagen(peil.vandaag, 7 * VOORUIT_WEKEN)
    for partner in zitting.afspraken.partners.values():
        for regel in partner.contract:
            if regel.tot is None or not peil.vandaag <= regel.tot <= tot or _gaat_door(partner, regel):
                continue
            verder = _verder(zitting, partner, regel)
            waarom = (
                f"Het contract van {zitting.noem(partner.code)} voor {regel.segment or 'alle segmenten'} in {_waar(regel)} eindigt op {regel.tot}; "
                f"{verder} {'inzet loopt' if verder == 1 else 'inzetten lopen'} daarna door."
            )  # fmt: skip
            wat = (partner.code, regel.gemeente, regel.segment, regel.van)
            yield over_afspraak(zitting, wat, regel.tot, regel.gemeente, regel=_REGEL, waarom=waarom)


def _waar(regel: Contractregel) -> str:
    return f"gemeente {regel.gemeente}" if regel.gemeente else "alle gemeenten"


def _gaat_door(partner: Partner, regel: Contractregel) -> bool:
    """Whether another line covers all that this one does on the day after it."""
    assert regel.tot is not None
    daarna = plus_dagen(regel.tot, 1)
    return any(
        ander.gemeente in (None, regel.gemeente)
        and ander.segment in (None, regel.segment)
        and op_dag(ander.van, ander.tot, daarna)
        for ander in partner.contract
    )


def _verder(zitting: Zitting, partner: Partner, regel: Contractregel) -> int:
    assert regel.tot is not None
    bij = inzetten.van_hoofdaannemer(zitting.verbinding, zitting.segmenten, zitting.code, partner.code)
    return sum(
        een.effectief is not None
        and een.effectief.laatste > regel.tot
        and regel.gemeente in (None, een.toegewezen.kenmerk.gemeente)
        and regel.segment in (None, een.segment)
        for een in bij.values()
    )


LIJST = Werklijst(
    "contract-loopt-af",
    f"Contracten van partners die binnen {VOORUIT_WEKEN} weken eindigen, zonder een ander dat doorgaat.",
    "Hoofdaannemer: verleng het contract en laad de partners opnieuw, of draag de inzetten die doorlopen over. De dag is de laatste van het "
    "contract.",
    (van_hoofdaannemer(_rijen),),
)
