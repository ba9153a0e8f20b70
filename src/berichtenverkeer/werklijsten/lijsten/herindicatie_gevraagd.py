"""Changes that were asked for, with a 317 or by a stop, and have not come (OP346)."""

from sqlalchemy import func, or_, text

from ...levensloop.kalender import plus_dagen
from ...levensloop.overgangen import Leveringstoestand, Verzoeksoort
from ...levensloop.verzoek import ONDERHANDEN
from ...opslag.tabellen.dossiers import toewijzing as t
from .. import verzoek
from ..lijst import Bron, Peil, Taak, Werklijst
from ..toewijzing import KOLOMMEN, NASLEEP_WEKEN, Toewijzingrij, gevolgd_na

WIJZIGINGSVERZOEK = "37"
"""RedenBeeindiging 'in verband met wijzigingsverzoek' under both laws (WMO588, JZ588): in practice it asks for a
herindicatie."""


_GESTOPT_OM = text(f"NOT toewijzing.verwijderd AND toewijzing.einde_reden = '{WIJZIGINGSVERZOEK}'")
"""In the words of the index, else SQLite does not use it."""


def _taak(rij: Toewijzingrij, _: Peil) -> Taak:
    waarom = (
        f"De levering stopt op {rij.geleverd_tot} met RedenBeeindiging {WIJZIGINGSVERZOEK} (in verband met "
        f"wijzigingsverzoek) en er volgt nog geen toewijzing; de gemeente besluit (OP346)."
    )
    return Taak("OP346", waarom)


LIJST = Werklijst(
    "herindicatie-gevraagd",
    "Verzoeken om wijziging (317) die openstaan, en leveringen die stopten met RedenBeeindiging 37 zonder dat er in "
    "dezelfde categorie een toewijzing op volgt.",
    "Gemeente: besluit, en stuur een 301 vóór de toewijzing eindigt of een 319.",
    (
        Bron(
            rij=Toewijzingrij,
            tabel=t,
            kolommen=KOLOMMEN,
            wie=t.c.gemeente,
            vanaf=lambda _: func.coalesce(t.c.einddatum, t.c.geleverd_tot),
            uiterlijk=lambda dag, _: dag,
            waar=lambda peil: (
                _GESTOPT_OM,
                t.c.levering == Leveringstoestand.DEFINITIEF_GESTOPT,
                or_(t.c.einddatum.is_(None), t.c.einddatum >= plus_dagen(peil.vandaag, -7 * NASLEEP_WEKEN)),
                ~gevolgd_na(t.c.geleverd_tot),
            ),
            taak=_taak,
        ),
        *(verzoek.bron(Verzoeksoort.VOW, toestand) for toestand in ONDERHANDEN),
    ),
)
