"""Toewijzingen on which nothing started and the term for it is over (OP271)."""

from sqlalchemy import exists, or_, text

from ...levensloop.kalender import plus_dagen
from ...levensloop.rekenen.variant import Uitvoeringsvariant
from ...levensloop.termijnen import START
from ...opslag.tabellen.dossiers import toewijzing as t
from ...opslag.tabellen.partijen import productcode
from ..lijst import Bron, Peil, Taak, Voorwaarden, Werklijst
from ..toewijzing import KOLOMMEN, NASLEEP_WEKEN, Toewijzingrij

_TAAKGERICHT = exists().where(
    productcode.c.gemeente == t.c.gemeente,
    productcode.c.categorie == t.c.categorie,
    productcode.c.code == t.c.code,
    productcode.c.van <= t.c.ingangsdatum,
    or_(productcode.c.tot.is_(None), productcode.c.tot >= t.c.ingangsdatum),
    productcode.c.variant == Uitvoeringsvariant.TAAKGERICHT,
)
"""What the gemeente has delivered taakgericht needs no start (OP295)."""

_NIET_GESTART = text("NOT toewijzing.verwijderd AND toewijzing.levering = 'niet_gestart'")
"""In the words of the index, else SQLite does not use it."""


def _waar(peil: Peil) -> Voorwaarden:
    verstreken = START.laatst_verstreken(peil.vandaag, peil.kalender)
    einde_vanaf = plus_dagen(peil.vandaag, -7 * NASLEEP_WEKEN)
    return (
        _NIET_GESTART,
        or_(t.c.einddatum.is_(None), t.c.einddatum >= einde_vanaf),
        t.c.ingangsdatum <= verstreken,
        t.c.start_vanaf <= verstreken,
        ~_TAAKGERICHT,
    )


def _taak(rij: Toewijzingrij, _: Peil) -> Taak:
    waarom = (
        f"De toewijzing gaat in op {rij.ingangsdatum} en er is nog geen start gemeld; begon de levering meteen, dan "
        f"hoorde het 305 er te zijn binnen {START} na {rij.vanaf} ({START.regel})."
    )
    return Taak(START.regel, waarom)


LIJST = Werklijst(
    "start-ontbreekt",
    f"Toewijzingen die lopen, of hoogstens {NASLEEP_WEKEN} weken voorbij zijn, waarop na de termijn nog niets is gestart. "
    "Taakgerichte producten van de productcodelijst staan er niet op.",
    "Aanbieder: stuur het 305 als de levering begon; is zij nog niet begonnen, dan hoeft er niets, maar de cliënt wacht. "
    "Gemeente: vraag de aanbieder of de cliënt hulp krijgt.",
    (
        Bron(
            rij=Toewijzingrij,
            tabel=t,
            kolommen=KOLOMMEN,
            wie=t.c.aanbieder,
            vanaf=lambda _: t.c.start_vanaf,
            uiterlijk=lambda dag, peil: START.uiterlijk(dag, peil.kalender),
            waar=_waar,
            taak=_taak,
        ),
    ),
)
