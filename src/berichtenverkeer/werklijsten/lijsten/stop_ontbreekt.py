"""Toewijzingen that have ended and whose levering has not (OP288)."""

from ...levensloop.overgangen import Leveringstoestand
from ...levensloop.termijnen import STOP
from ...opslag.tabellen.dossiers import toewijzing as t
from ..lijst import Bron, Peil, Taak, Werklijst
from ..toewijzing import KOLOMMEN, OPEN, Toewijzingrij

_LOOPT_NOG = (Leveringstoestand.GESTART, Leveringstoestand.TIJDELIJK_GESTOPT)


def _taak(rij: Toewijzingrij, _: Peil) -> Taak:
    tijdelijk = rij.levering == Leveringstoestand.TIJDELIJK_GESTOPT
    stand = "is alleen tijdelijk gestopt" if tijdelijk else "is niet gestopt"
    waarom = (
        f"De toewijzing eindigde op {rij.einddatum} en de levering {stand}; ook dan hoort er een 307 te komen (OP288), "
        f"binnen {STOP} (OP272)."
    )
    return Taak("OP288", waarom)


LIJST = Werklijst(
    "stop-ontbreekt",
    "Toewijzingen waarvan de Einddatum voorbij is en waarop de levering niet definitief is gestopt. Zolang er "
    "een verzoek om verlenging (317) loopt, staat de toewijzing hier niet maar op toewijzing-loopt-af.",
    "Aanbieder: stuur een 307, ook als de levering eindigde zoals gepland. Gemeente: loopt de hulp door, stuur dan een "
    "nieuwe toewijzing.",
    (
        Bron(
            rij=Toewijzingrij,
            tabel=t,
            kolommen=KOLOMMEN,
            wie=t.c.aanbieder,
            vanaf=lambda _: t.c.einddatum,
            uiterlijk=lambda dag, peil: STOP.uiterlijk(dag, peil.kalender),
            waar=lambda peil: (
                OPEN,
                t.c.levering.in_(_LOOPT_NOG),
                t.c.einddatum < peil.vandaag,
                t.c.verlenging_gevraagd.is_not(True),
            ),
            taak=_taak,
        ),
    ),
)
