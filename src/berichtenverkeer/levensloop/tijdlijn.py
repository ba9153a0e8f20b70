"""The story of one toewijzing: every event, the message behind it, the rules that govern it and what changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..standaard.berichten.antwoord import Antwoord319
from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from ..standaard.berichten.toewijzing import ToegewezenProduct
from .dossier import Dossier
from .gebeurtenis import Gebeurtenis
from .levering import toewijzingssleutel
from .overgangen import (
    LEVERING,
    TOEWIJZING,
    VERZOEK,
    Leveringstoestand,
    Overgang,
    Toewijzingtoestand,
    Verzoektoestand,
    overgang,
)
from .toewijzing import Toewijzing, duid, inhoud, is_verwijderd, toestand, verschillen


@dataclass(frozen=True, slots=True)
class Punt:
    """One event on the timeline.

    ``moment`` is when the message came in; for an event without a message (``bericht`` is None) the start of the day it
    took effect. ``van`` and ``naar`` are states of the toewijzing or of the levering. ``wijzigingen`` maps an element to
    its old and new value.
    """

    moment: datetime
    bericht: str | None
    gebeurtenis: str
    van: str
    naar: str
    regels: tuple[str, ...]
    toelichting: str
    wijzigingen: dict[str, tuple[object, object]]
    commentaar: str | None = None
    """The Commentaar that the message gives with it."""


def tijdlijn(nummer: int, gebeurtenissen: Iterable[Gebeurtenis], vandaag: date, *, streng: bool = True) -> list[Punt]:
    """The timeline of one ToewijzingNummer, from all gebeurtenissen of its dossier in order of arrival.

    The requests that name it or gave it are part of its story. Not ``streng``: a receiver judged for itself, and may have
    approved what the tables do not have. Raises ``OnmogelijkeOvergang`` when ``streng``.
    """
    gevallen = list(gebeurtenissen)
    verzoeken = {r for r, a in Dossier.van(gevallen).verzoeken.items() if nummer in a.toewijzingnummers}
    punten: list[Punt] = []
    dossier, sinds = Dossier(), None
    for gebeurtenis in gevallen:
        feit = gebeurtenis.feit
        na = dossier.na(gebeurtenis)
        if isinstance(feit, ToegewezenProduct):
            if feit.ReferentieAanbieder in verzoeken:
                punten += _verzoek(dossier, na, gebeurtenis, feit.ReferentieAanbieder, streng)
            if feit.ToewijzingNummer == nummer:
                moment = gebeurtenis.herkomst.ontvangen_op
                punten += _vanzelf(dossier.toewijzingen.get(nummer), sinds, moment.date())
                punten.append(_toewijzing(dossier, na, gebeurtenis, streng))
                sinds = moment
        elif isinstance(feit, (StartProduct, StopProduct)):
            if feit.ToewijzingNummer == nummer:
                punten.append(_levering(dossier, na, gebeurtenis, feit, streng))
        elif feit.ReferentieAanbieder in verzoeken:
            punten += _verzoek(dossier, na, gebeurtenis, feit.ReferentieAanbieder, streng)
        dossier = na
    punten += _vanzelf(dossier.toewijzingen.get(nummer), sinds, vandaag)
    return sorted(punten, key=lambda punt: punt.moment)


def _toewijzing(voor: Dossier, na: Dossier, gebeurtenis: Gebeurtenis, streng: bool) -> Punt:
    nieuw = gebeurtenis.feit
    assert isinstance(nieuw, ToegewezenProduct)
    dag = gebeurtenis.herkomst.ontvangen_op.date()
    bekend = voor.toewijzingen.get(nieuw.ToewijzingNummer)
    oud = bekend.product if bekend else None
    geldend = na.toewijzingen[nieuw.ToewijzingNummer].product
    if oud is not None and inhoud(geldend) == inhoud(oud) and inhoud(nieuw) != inhoud(oud):
        naam = "oudere versie"
    else:
        naam = duid(oud, nieuw)
    van = toestand(oud, dag) if oud else Toewijzingtoestand.GEEN
    rij = overgang(TOEWIJZING, naam, van, toestand(geldend, dag), streng=streng)
    wijzigingen = {
        veld: (getattr(oud, veld), getattr(geldend, veld))
        for veld in (verschillen(oud, geldend) if oud is not None else ())
    }
    return _punt(gebeurtenis, rij, van, toestand(geldend, dag), wijzigingen)


def _verzoek(voor: Dossier, na: Dossier, gebeurtenis: Gebeurtenis, referentie: str, streng: bool) -> Iterator[Punt]:
    """What happened to a request; the second product that honours it, or the same reference again, tells nothing new."""
    oud, nieuw = voor.verzoeken.get(referentie), na.verzoeken.get(referentie)
    if nieuw is None:
        return
    if oud is not None and oud.toestand is nieuw.toestand and not isinstance(gebeurtenis.feit, Antwoord319):
        return
    van = oud.toestand if oud else Verzoektoestand.GEEN
    naam = oud.duid(gebeurtenis) if oud else "verzoek ingediend"
    rij = overgang(VERZOEK, naam, van, nieuw.toestand, streng=streng)
    wijzigingen: dict[str, tuple[object, object]] = {"ReferentieAanbieder": (None, referentie)}
    if isinstance(gebeurtenis.feit, Antwoord319):
        wijzigingen["VerzoekAntwoord"] = (None, gebeurtenis.feit.VerzoekAntwoord)
        wijzigingen["RedenAfwijzingVerzoek"] = (None, gebeurtenis.feit.RedenAfwijzingVerzoek)
    yield _punt(gebeurtenis, rij, van, nieuw.toestand, wijzigingen)


def _levering(
    voor: Dossier, na: Dossier, gebeurtenis: Gebeurtenis, feit: StartProduct | StopProduct, streng: bool
) -> Punt:
    sleutel = toewijzingssleutel(feit)
    oud, nieuw = voor.levering(sleutel), na.levering(sleutel)
    rij = overgang(LEVERING, oud.duid(feit), oud.toestand, nieuw.toestand, streng=streng)
    wijzigingen: dict[str, tuple[object, object]] = {"Begindatum": (None, feit.Begindatum)}
    if isinstance(feit, StopProduct):
        wijzigingen["Einddatum"] = (None, feit.Einddatum)
        wijzigingen["RedenBeeindiging"] = (None, feit.RedenBeeindiging)
    return _punt(gebeurtenis, rij, oud.toestand, nieuw.toestand, wijzigingen)


def _vanzelf(toewijzing: Toewijzing | None, sinds: datetime | None, tot: date) -> Iterator[Punt]:
    """What time does by itself after the last message on it (``sinds``) and up to this day: the toewijzing begins, it runs
    out."""
    if toewijzing is None or sinds is None or is_verwijderd(toewijzing.product):
        return
    product = toewijzing.product
    dagen = [(product.Ingangsdatum, "ingegaan", Toewijzingtoestand.TOEKOMSTIG, Toewijzingtoestand.LOPEND)]
    if product.Einddatum is not None and product.Einddatum < tot:
        na_einde = product.Einddatum + timedelta(days=1)
        dagen.append((na_einde, "einddatum verstreken", Toewijzingtoestand.LOPEND, Toewijzingtoestand.VERLOPEN))
    for dag, naam, van, naar in dagen:
        if sinds.date() < dag <= tot:
            rij = overgang(TOEWIJZING, naam, van, naar)
            begin = datetime(dag.year, dag.month, dag.day, tzinfo=sinds.tzinfo)
            yield Punt(begin, None, naam, van, naar, rij.regels, rij.toelichting, {})


def _punt(
    gebeurtenis: Gebeurtenis,
    rij: Overgang[Toewijzingtoestand] | Overgang[Leveringstoestand] | Overgang[Verzoektoestand],
    van: str,
    naar: str,
    wijzigingen: dict[str, tuple[object, object]],
) -> Punt:
    herkomst = gebeurtenis.herkomst
    return Punt(
        herkomst.ontvangen_op,
        herkomst.bericht,
        rij.gebeurtenis,
        van,
        naar,
        rij.regels,
        rij.toelichting,
        wijzigingen,
        getattr(gebeurtenis.feit, "Commentaar", None),
    )
