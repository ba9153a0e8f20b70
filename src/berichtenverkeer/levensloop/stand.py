"""What a message changed: the present stand of each toewijzing and request it touched, without a date."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from ..standaard.berichten.toewijzing import ToegewezenProduct
from .dossier import Dossier
from .gebeurtenis import Gebeurtenis
from .levering import Levering
from .overgangen import Verzoektoestand
from .toewijzing import Toewijzing, inhoud
from .verzoek import Aanvraag


@dataclass(frozen=True, slots=True)
class Stand:
    """A toewijzing, its levering, and the state of the request it shows.

    Whether it runs today follows from the product and the day (``toewijzing.toestand``).
    """

    toewijzing: Toewijzing
    levering: Levering
    verzoek: Verzoektoestand | None
    verlenging_gevraagd: bool
    """Whether that request is open and asks to let the toewijzing run longer."""

    @property
    def product(self) -> ToegewezenProduct:
        """The content of the version that counts."""
        return self.toewijzing.product


@dataclass(frozen=True, slots=True)
class Gevolg:
    """The dossier after a message, and what the message changed: toewijzingen by number, requests by reference.

    What is ``vervallen`` was there before and is no more: the message that brought it was taken back.
    """

    dossier: Dossier
    toewijzingen: dict[int, Stand]
    verzoeken: dict[str, Aanvraag]
    vervallen_toewijzingen: frozenset[int]
    vervallen_verzoeken: frozenset[str]


_MET_NUMMER = (ToegewezenProduct, StartProduct, StopProduct)


def stand(dossier: Dossier, nummer: int) -> Stand | None:
    """The stand of one ToewijzingNummer; None when it is not known."""
    bekend = dossier.toewijzingen.get(nummer)
    if bekend is None:
        return None
    verzoek = dossier.verzoek_van(nummer)
    if verzoek is None:
        return Stand(bekend, dossier.levering((nummer,)), None, False)
    return Stand(bekend, dossier.levering((nummer,)), verzoek.toestand, verzoek.verlengt(bekend.product))


def voer_door(dossier: Dossier, gebeurtenissen: Iterable[Gebeurtenis]) -> Gevolg:
    """Apply the gebeurtenissen of one message."""
    gevallen = list(gebeurtenissen)
    return verschil(dossier, dossier.met(gevallen), gevallen)


def verschil(voor: Dossier, na: Dossier, gebeurtenissen: Iterable[Gebeurtenis]) -> Gevolg:
    """What these gebeurtenissen changed between two dossiers: they were applied, or undone."""
    nummers: dict[int, None] = {}
    referenties: dict[str, None] = {}
    for gebeurtenis in gebeurtenissen:
        feit = gebeurtenis.feit
        if isinstance(feit, _MET_NUMMER) and feit.ToewijzingNummer is not None:
            nummers[feit.ToewijzingNummer] = None
        if not isinstance(feit, (StartProduct, StopProduct)) and feit.ReferentieAanbieder is not None:
            referenties[feit.ReferentieAanbieder] = None
    for referentie in referenties:
        for aanvraag in (voor.verzoeken.get(referentie), na.verzoeken.get(referentie)):
            nummers |= dict.fromkeys(aanvraag.toewijzingnummers if aanvraag else ())
    standen = {nummer: nieuw for nummer in nummers if (nieuw := stand(na, nummer)) is not None}
    verzoeken = {referentie: na.verzoeken[referentie] for referentie in referenties if referentie in na.verzoeken}
    return Gevolg(
        na,
        {nummer: nieuw for nummer, nieuw in standen.items() if _anders(nieuw, stand(voor, nummer))},
        {r: nieuw for r, nieuw in verzoeken.items() if _antwoorden(nieuw) != _antwoorden(voor.verzoeken.get(r))},
        frozenset(nummer for nummer in nummers if nummer in voor.toewijzingen and nummer not in na.toewijzingen),
        frozenset(r for r in referenties if r in voor.verzoeken and r not in na.verzoeken),
    )


def _antwoorden(aanvraag: Aanvraag | None) -> object:
    if aanvraag is None:
        return None
    return aanvraag.ingediend, aanvraag.toestand, aanvraag.toewijzingnummers, aanvraag.beantwoord_op


def _anders(nieuw: Stand, oud: Stand | None) -> bool:
    """A repeat may leave out why or for whom a version was sent (IV097, IV099): that changes nothing. Where it came from
    is part of it: when a message is undone, another that said the same stands in its place."""
    if oud is None or (nieuw.verzoek, nieuw.verlenging_gevraagd) != (oud.verzoek, oud.verlenging_gevraagd):
        return True
    if nieuw.toewijzing is not oud.toewijzing and _kern_toewijzing(nieuw.toewijzing) != _kern_toewijzing(
        oud.toewijzing
    ):
        return True
    return nieuw.levering is not oud.levering and _kern_levering(nieuw.levering) != _kern_levering(oud.levering)


def _kern_toewijzing(toewijzing: Toewijzing) -> tuple[object, ...]:
    return inhoud(toewijzing.product), toewijzing.aantal_versies, toewijzing.herkomst, toewijzing.eerste


def _kern_levering(levering: Levering) -> tuple[object, ...]:
    return levering.toestand, levering.eerste_start, levering.eerste_gemeld_op, levering.einde
