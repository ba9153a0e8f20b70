"""What this process counts while it works: messages, findings, requests, deliveries and webhooks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...inname.ontvangst import Ontvangst
from ...meters import Reeks, Teller, Verdeling, verdeeld

_SECONDEN = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Up to which a request is counted as so fast."""

_GROEPEN = (1, 2, 4, 8, 16, 32, 64)


@dataclass
class Metingen:
    """The counters of one process."""

    berichten: Teller = field(
        default_factory=lambda: Teller(
            "bv_berichten_totaal", "Berichten die zijn aangenomen, met hun oordeel.", ("berichtsoort", "oordeel")
        )
    )
    bevindingen: Teller = field(
        default_factory=lambda: Teller("bv_bevindingen_totaal", "Wat er aan berichten mis was, per regel.", ("regel",))
    )
    verzoeken: Verdeling = field(
        default_factory=lambda: Verdeling(
            "bv_verzoek_seconden",
            "Seconden tot het begin van het antwoord.",
            ("methode", "route", "status"),
            _SECONDEN,
        )
    )
    bezorgingen: Teller = field(
        default_factory=lambda: Teller(
            "bv_bezorgingen_totaal", "Pogingen om een bericht naar een eindpunt te brengen.", ("uitkomst",)
        )
    )
    webhooks: Teller = field(
        default_factory=lambda: Teller("bv_webhooks_totaal", "Aanroepen van webhooks.", ("uitkomst",))
    )

    def ontvangen(self, ontvangsten: Sequence[Ontvangst]) -> None:
        """These were committed; what was known already counts once. May be called from any thread."""
        for een in ontvangsten:
            if een.nieuw:
                self.berichten.tel(een.berichtsoort, een.oordeel)
                for bevinding in een.bevindingen:
                    self.bevindingen.tel(bevinding["regel"])

    def bezorgd(self, uitkomst: str) -> None:
        """A message was brought to an endpoint, or not."""
        self.bezorgingen.tel(uitkomst)

    def verteld(self, gelukt: int, mislukt: int) -> None:
        """So many calls of a webhook went well, and so many did not."""
        for uitkomst, aantal in (("gelukt", gelukt), ("mislukt", mislukt)):
            if aantal:
                self.webhooks.tel(uitkomst, bij=aantal)

    def reeksen(self, groottes: Mapping[int, int]) -> Iterator[Reeks]:
        """All of them; ``groottes`` are how many groups there were of each size."""
        for een in (self.berichten, self.bevindingen, self.verzoeken, self.bezorgingen, self.webhooks):
            yield een.reeks()
        yield _groepen(groottes)


def _groepen(groottes: Mapping[int, int]) -> Reeks:
    vakken = [0] * (len(_GROEPEN) + 1)
    for grootte, aantal in groottes.items():
        vakken[next((plek for plek, grens in enumerate(_GROEPEN) if grootte <= grens), len(_GROEPEN))] += aantal
    som = float(sum(grootte * aantal for grootte, aantal in groottes.items()))
    standen = verdeeld({}, _GROEPEN, vakken, som) if groottes else []
    return Reeks("bv_groep_berichten", "Berichten die samen in een transactie gingen.", "histogram", standen)
