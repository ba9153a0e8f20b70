"""Toewijzingen that run out soon, and nothing follows (OP343)."""

from ...levensloop.kalender import plus_dagen
from ...levensloop.overgangen import Leveringstoestand
from ...opslag.tabellen import toewijzing as t
from ..lijst import Bron, Peil, Taak, Werklijst
from ..toewijzing import KOLOMMEN, OPEN, Toewijzingrij, gevolgd_na

_NIET_AF = [levering for levering in Leveringstoestand if levering is not Leveringstoestand.DEFINITIEF_GESTOPT]


def _taak(rij: Toewijzingrij, _: Peil) -> Taak:
    waarom = (
        f"De toewijzing eindigt op {rij.einddatum}; loopt de hulp door, dan heeft de gemeente tijd nodig om vóór die dag te "
        "besluiten (OP343)."
    )
    return Taak("OP343", waarom)


LIJST = Werklijst(
    "toewijzing-loopt-af",
    "Toewijzingen die binnen enkele weken eindigen, waarop de levering niet definitief is gestopt en waarop in dezelfde "
    "categorie nog niets volgt.",
    "Aanbieder: vraag een herindicatie aan als de hulp doorloopt (317, of 307 met RedenBeeindiging 37 als dat de afspraak "
    "is); bereid anders de stop voor.",
    (
        Bron(
            rij=Toewijzingrij,
            tabel=t,
            kolommen=KOLOMMEN,
            wie=t.c.aanbieder,
            vanaf=lambda _: t.c.einddatum,
            uiterlijk=lambda dag, _: dag,
            waar=lambda peil: (
                OPEN,
                t.c.levering.in_(_NIET_AF),
                t.c.einddatum.between(peil.vandaag, plus_dagen(peil.vandaag, 7 * peil.weken)),
                ~gevolgd_na(t.c.einddatum),
            ),
            taak=_taak,
        ),
    ),
)
