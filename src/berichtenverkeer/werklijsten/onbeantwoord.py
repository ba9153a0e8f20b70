"""Messages without their answer, on a work list."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Date, case, exists, func, literal, text

from ..levensloop.termijnen import Termijn
from ..opslag.berichten.enveloppen import foutbericht_op_bericht
from ..opslag.dag import dag_van
from ..opslag.tabellen.berichten import bericht
from ..standaard.berichtsoort import BERICHTSOORTEN, Ketenrol
from .lijst import Bron, Peil, Rij, Taak, bsn_uit, kolommen

OPEN = text("bericht.oordeel IN ('voorlopig', 'in_verwerking')")
"""In the words of the indexes, else SQLite does not use them."""

_antwoord = bericht.alias("antwoord")
b = bericht.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Berichtrij(Rij):
    """A message, and since when who is to answer has it: the node at once, a party that judges for itself when it is Bezorgd."""

    berichtsoort: str
    ontvangen_op: datetime
    in_handen_op: datetime | None


VAN_GEMEENTE = b.berichtsoort.in_(
    code for code, soort in BERICHTSOORTEN.items() if soort.verzender is Ketenrol.GEMEENTE
)
"""Whether a gemeente sent the message."""

_IN_HANDEN = case((b.oordeel == "voorlopig", b.bevestigd_op), else_=b.ontvangen_op)
_KOLOMMEN = kolommen(
    Berichtrij,
    bericht,
    gemeente=case((VAN_GEMEENTE, b.verzender), else_=b.bestemming),
    aanbieder=case((VAN_GEMEENTE, b.bestemming), else_=b.verzender),
    bsn=bsn_uit(b.dossier),
    bericht=b.id,
    in_handen_op=_IN_HANDEN,
)


def bronnen(
    soorten: Collection[str], termijn: Termijn, antwoord: Callable[[str], str]
) -> tuple[Bron[Berichtrij], Bron[Berichtrij]]:
    """The messages of these kinds without an answer: those a party is to answer, and those it sent; each goes by an index of its
    own. ``antwoord`` is what a kind is answered with.

    Of a message that its receiver does not have yet the term ends no earlier than when it came today. What a foutbericht of the
    receiver refuses counts as never sent (OP286), so nothing answers it.
    """

    def taak(rij: Berichtrij, _: Peil) -> Taak:
        wat = f"{rij.berichtsoort} van {rij.ontvangen_op.date()}"
        if rij.in_handen_op is None:
            waarom = f"Het {wat} is nog niet bezorgd; binnen {termijn} daarna hoort een {antwoord(rij.berichtsoort)}"
        else:
            waarom = f"Op het {wat} hoort binnen {termijn} een {antwoord(rij.berichtsoort)}"
        return Taak(termijn.regel, f"{waarom} ({termijn.regel}).")

    def van(kant: str) -> Bron[Berichtrij]:
        return Bron(
            rij=Berichtrij,
            tabel=bericht,
            kolommen=_KOLOMMEN,
            ziet=b[kant],
            wie=b.bestemming,
            vanaf=lambda peil: func.coalesce(dag_van(_IN_HANDEN), literal(peil.vandaag, Date)),
            uiterlijk=lambda dag, peil: termijn.uiterlijk(dag, peil.kalender),
            waar=lambda _: (
                OPEN, b.berichtsoort.in_(soorten), ~exists().where(_antwoord.c.antwoord_op == b.id),
                ~foutbericht_op_bericht(),
            ),
            taak=taak,
        )  # fmt: skip

    return van("bestemming"), van("verzender")
