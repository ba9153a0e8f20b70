"""A request of an aanbieder and what came of it: the life of one ReferentieAanbieder.

The standard's ``Verzoek`` is the class of a 317 (VOW), settled as one. Of a 315 (VOT) each AangevraagdProduct has its own
reference and is settled by itself. ``Aanvraag`` is either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from ..standaard.berichten.antwoord import Antwoord319
from ..standaard.berichten.toewijzing import ToegewezenProduct
from ..standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from ..standaard.berichten.verzoek_om_wijziging import Verzoek
from .gebeurtenis import Gebeurtenis
from .overgangen import Verzoeksoort, Verzoektoestand

AFGEWEZEN = "1"
"""VerzoekAntwoord of a refusal."""

WOONPLAATSBEGINSEL = "8"
"""RedenAfwijzingVerzoek when another gemeente is responsible for the child; only in iJw, only of a VOT (IV095, OP359)."""

IN_ONDERZOEK = "2"
"""VerzoekAntwoord of a request that takes longer to decide."""

ONDERHANDEN = (Verzoektoestand.INGEDIEND, Verzoektoestand.IN_ONDERZOEK)
"""The states in which a request blocks another (TR374)."""


@dataclass(frozen=True, slots=True)
class Aanvraag:
    """A request with its answers (319), in order of arrival, and the 301 products that honour it.

    ``ingediend`` carries the ``AangevraagdProduct`` of a VOT or the ``Verzoek`` of a VOW.
    """

    ingediend: Gebeurtenis
    antwoorden: tuple[Gebeurtenis, ...] = ()
    honoreringen: tuple[Gebeurtenis, ...] = ()

    @property
    def vraag(self) -> AangevraagdProduct | Verzoek:
        """What is asked."""
        feit = self.ingediend.feit
        assert isinstance(feit, (AangevraagdProduct, Verzoek))
        return feit

    @property
    def referentie(self) -> str:
        """ReferentieAanbieder, unique for the aanbieder under this law (TR347)."""
        return self.vraag.ReferentieAanbieder

    @property
    def soort(self) -> Verzoeksoort:
        """VOT or VOW."""
        return Verzoeksoort.VOT if isinstance(self.vraag, AangevraagdProduct) else Verzoeksoort.VOW

    @property
    def toestand(self) -> Verzoektoestand:
        """Honoured by any 301 with its reference, whatever else came (derived: no rule forbids a 301 after a refusal);
        else what the answers say, in whatever order they came (levenscyclus C1)."""
        if self.honoreringen:
            return Verzoektoestand.GEHONOREERD
        gezegd = {antwoord(gebeurtenis).VerzoekAntwoord for gebeurtenis in self.antwoorden}
        if AFGEWEZEN in gezegd:
            return Verzoektoestand.AFGEWEZEN
        return Verzoektoestand.IN_ONDERZOEK if IN_ONDERZOEK in gezegd else Verzoektoestand.INGEDIEND

    @property
    def onderhanden(self) -> bool:
        """Whether it still blocks another request (TR374)."""
        return self.toestand in ONDERHANDEN

    @property
    def gevraagd(self) -> tuple[tuple[str, str, date], ...]:
        """The ProductCategorie and ProductCode that it asks for, each with the day from which; what names no code asks for any."""
        vraag = self.vraag
        gevraagd = (
            [(vraag.Product, vraag.ToewijzingIngangsdatum)]
            if isinstance(vraag, AangevraagdProduct)
            else [(product.Product, product.GewensteIngangsdatum) for product in vraag.NieuweProducten]
        )
        return tuple(
            (een.Categorie, een.Code, dag) for een, dag in gevraagd if een is not None and een.Code is not None
        )

    @property
    def genoemd(self) -> tuple[int, ...]:
        """The ToewijzingNummers that a VOW names, changed or not."""
        vraag = self.vraag
        if isinstance(vraag, AangevraagdProduct):
            return ()
        ongewijzigd = tuple(product.ToewijzingNummer for product in vraag.OngewijzigdeProducten)
        return ongewijzigd + tuple(product.ToewijzingNummer for product in vraag.TeWijzigenProducten)

    @property
    def toewijzingnummers(self) -> tuple[int, ...]:
        """The ToewijzingNummers it names and those that honour it, each once, in order of number."""
        gehonoreerd = (gehonoreerd_product(geval).ToewijzingNummer for geval in self.honoreringen)
        return tuple(sorted({*self.genoemd, *gehonoreerd}))

    @property
    def beantwoord_op(self) -> datetime | None:
        """When its first answer came in: a 319, in onderzoek too, or a toewijzing that honours it."""
        return min((geval.herkomst.ontvangen_op for geval in (*self.antwoorden, *self.honoreringen)), default=None)

    def verlengt(self, product: ToegewezenProduct) -> bool:
        """Whether it is not settled and asks to let this toewijzing run longer: it may name it, and ask something else."""
        if not self.onderhanden or isinstance(self.vraag, AangevraagdProduct) or product.Einddatum is None:
            return False
        gevraagd = (p for p in self.vraag.TeWijzigenProducten if p.ToewijzingNummer == product.ToewijzingNummer)
        return any(p.Einddatum is None or p.Einddatum > product.Einddatum for p in gevraagd)

    def na(self, gebeurtenis: Gebeurtenis) -> "Aanvraag":
        """The request after this answer, or after this toewijzing with its reference."""
        if isinstance(gebeurtenis.feit, Antwoord319):
            return replace(self, antwoorden=(*self.antwoorden, gebeurtenis))
        return replace(self, honoreringen=(*self.honoreringen, gebeurtenis))

    def duid(self, gebeurtenis: Gebeurtenis) -> str:
        """The name of what this event does to the request, as in the table of transitions."""
        if not isinstance(gebeurtenis.feit, Antwoord319):
            return "verzoek gehonoreerd"
        return "verzoek afgewezen" if gebeurtenis.feit.VerzoekAntwoord == AFGEWEZEN else "verzoek in onderzoek"


def antwoord(gebeurtenis: Gebeurtenis) -> Antwoord319:
    """The answer that a gebeurtenis carries."""
    assert isinstance(gebeurtenis.feit, Antwoord319)
    return gebeurtenis.feit


def gehonoreerd_product(gebeurtenis: Gebeurtenis) -> ToegewezenProduct:
    """The toewijzing that a gebeurtenis carries."""
    assert isinstance(gebeurtenis.feit, ToegewezenProduct)
    return gebeurtenis.feit


def laatste(aanvragen: Iterable[Aanvraag]) -> Aanvraag | None:
    """The request to show of more: one that is not settled, else the latest by Dagtekening and Identificatie of its
    message, so that the order of arrival does not matter (OP080)."""
    return max(aanvragen, key=_rang, default=None)


def _rang(aanvraag: Aanvraag) -> tuple[bool, date, str, str]:
    herkomst = aanvraag.ingediend.herkomst
    return aanvraag.onderhanden, herkomst.dagtekening, herkomst.identificatie, aanvraag.referentie
