"""Toewijzingen that run out soon, and nothing follows (OP343)."""

from datetime import date

from sqlalchemy import ColumnElement, func, select

from ...levensloop.kalender import plus_dagen
from ...levensloop.overgangen import Leveringstoestand, Verzoeksoort
from ...levensloop.verzoek import ONDERHANDEN
from ...opslag.tabellen.dossiers import toewijzing as t
from ...opslag.tabellen.dossiers import verzoek as v
from ..lijst import Bron, Peil, Taak, Voorwaarden, Werklijst, kolommen
from ..toewijzing import KOLOMMEN, OPEN, Toewijzingrij, gevolgd_na

HERINDICATIE_WEKEN = 3
"""How long before the end a herindicatie is asked for at the latest, as regions agree it."""

_NIET_AF = [levering for levering in Leveringstoestand if levering is not Leveringstoestand.DEFINITIEF_GESTOPT]

_LOPEND_VERZOEK = (
    select(func.min(v.c.id))
    .where(v.c.dossier == t.c.dossier, v.c.soort == Verzoeksoort.VOW, v.c.toestand.in_(ONDERHANDEN))
    .correlate(t)
    .scalar_subquery()
)
"""The request that is open: of one client at one aanbieder there is one (TR374)."""


def _waar(peil: Peil, *, gevraagd: bool) -> Voorwaarden:
    eindigt: ColumnElement[bool] = t.c.einddatum <= plus_dagen(peil.vandaag, 7 * peil.weken)
    if gevraagd:
        return OPEN, t.c.levering.in_(_NIET_AF), eindigt, t.c.verlenging_gevraagd.is_(True), ~gevolgd_na(t.c.einddatum)
    return (
        OPEN,
        t.c.levering.in_(_NIET_AF),
        eindigt,
        t.c.einddatum >= peil.vandaag,
        t.c.verlenging_gevraagd.is_not(True),
        ~gevolgd_na(t.c.einddatum),
    )


def _laatste_dag(einde: date) -> date:
    return plus_dagen(einde, -7 * HERINDICATIE_WEKEN)


def _loopt_af(rij: Toewijzingrij, _: Peil) -> Taak:
    waarom = (
        f"De toewijzing eindigt op {rij.einddatum}. Loopt de hulp door, vraag dan uiterlijk {_laatste_dag(rij.vanaf)} een "
        f"herindicatie aan: {HERINDICATIE_WEKEN} weken ervoor, zodat de gemeente op tijd kan besluiten (OP343)."
    )
    return Taak("OP343", waarom)


def _gevraagd(rij: Toewijzingrij, peil: Peil) -> Taak:
    eindigt = "eindigde" if rij.vanaf < peil.vandaag else "eindigt"
    waarom = (
        f"De toewijzing {eindigt} op {rij.einddatum}, en het verzoek (317) om haar te verlengen loopt nog: de gemeente besluit "
        "(OP346). Zolang dat niet is gebeurd, hoeft er geen 307 te komen."
    )
    return Taak("OP346", waarom)


LIJST = Werklijst(
    "toewijzing-loopt-af",
    "Toewijzingen die binnen enkele weken eindigen, waarop de levering niet definitief is gestopt en waarop in dezelfde "
    "categorie nog niets volgt; ook die voorbij zijn, zolang er een verzoek om verlenging loopt.",
    f"Aanbieder: vraag een herindicatie aan als de hulp doorloopt (317, of 307 met RedenBeeindiging 37 als dat de afspraak "
    f"is); de dag is {HERINDICATIE_WEKEN} weken voor het einde. Bereid anders de stop voor. Gemeente: besluit op het verzoek dat "
    "er ligt.",
    (
        Bron(
            rij=Toewijzingrij,
            tabel=t,
            kolommen=KOLOMMEN,
            wie=t.c.aanbieder,
            vanaf=lambda _: t.c.einddatum,
            uiterlijk=lambda dag, _: _laatste_dag(dag),
            waar=lambda peil: _waar(peil, gevraagd=False),
            taak=_loopt_af,
        ),
        Bron(
            rij=Toewijzingrij,
            tabel=t,
            kolommen=kolommen(Toewijzingrij, t, toewijzing=t.c.id, bericht=t.c.bericht, verzoek=_LOPEND_VERZOEK),
            wie=t.c.gemeente,
            vanaf=lambda _: t.c.einddatum,
            uiterlijk=lambda dag, _: dag,
            waar=lambda peil: _waar(peil, gevraagd=True),
            taak=_gevraagd,
        ),
    ),
)
