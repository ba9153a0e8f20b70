"""Leveringen that were stopped for a time, long ago, and neither went on nor ended."""

from sqlalchemy import or_

from ...levensloop.kalender import plus_dagen
from ...levensloop.overgangen import Leveringstoestand
from ...opslag.tabellen.dossiers import toewijzing as t
from ..lijst import Bron, Peil, Taak, Werklijst
from ..toewijzing import KOLOMMEN, OPEN, Toewijzingrij


def _taak(rij: Toewijzingrij, peil: Peil) -> Taak:
    waarom = (
        f"De levering is sinds {rij.geleverd_tot} tijdelijk gestopt, {peil.stop_weken} weken of langer. Gaat de hulp weer door, "
        "stuur dan een 305; is zij voorbij, dan een 307 met een definitieve RedenBeeindiging (OP272)."
    )
    return Taak("OP272", waarom)


LIJST = Werklijst(
    "tijdelijke-stop-open",
    "Leveringen die al lang tijdelijk zijn gestopt (13 weken, of BV_TIJDELIJKE_STOP_WEKEN) op een toewijzing die nog loopt.",
    "Aanbieder: stuur een 305 als de hulp weer doorgaat, of een 307 met een definitieve RedenBeeindiging als zij voorbij is. "
    "Gemeente: vraag de aanbieder hoe het met de cliënt is.",
    (
        Bron(
            rij=Toewijzingrij,
            tabel=t,
            kolommen=KOLOMMEN,
            wie=t.c.aanbieder,
            vanaf=lambda _: t.c.geleverd_tot,
            uiterlijk=lambda dag, peil: plus_dagen(dag, 7 * peil.stop_weken),
            waar=lambda peil: (
                OPEN,
                t.c.levering == Leveringstoestand.TIJDELIJK_GESTOPT,
                t.c.geleverd_tot <= plus_dagen(peil.vandaag, -7 * peil.stop_weken),
                or_(t.c.einddatum.is_(None), t.c.einddatum >= peil.vandaag),
            ),
            taak=_taak,
        ),
    ),
)
