"""How many days or pieces were delivered on an inzet in a month, and whether that can be (contract, Money)."""

from .fouten import Botsing, geweigerd
from .inzet import Ingezet
from .looptijd import Maand
from .maandbedrag import hoogste_aantal
from .tarief import Tarieflijst


def controleer(ingezet: Ingezet, maand: Maand, aantal: int, tarieven: Tarieflijst) -> None:
    """Raises ``Geweigerd`` for a number below zero, in a month that the inzet does not touch, and for more days than it has;
    ``Botsing`` when the inzet is vervallen."""
    if ingezet.effectief is None or ingezet.segment is None:
        raise Botsing("Deze inzet is vervallen; er wordt niets meer op geleverd.")
    if aantal < 0:
        raise geweigerd("aantal", "Een aantal is niet negatief.", "Vul 0 of meer.")
    periode = ingezet.effectief.doorsnede(maand.looptijd)
    if periode is None:
        raise geweigerd("maand", f"De inzet loopt niet in {maand.naam}.", "Kies een maand waarin zij loopt.")
    hoogste = hoogste_aantal(tarieven.reeksen(ingezet.segment, ingezet.inzet.klasse, periode))
    if hoogste is not None and aantal > hoogste:
        raise geweigerd(
            "aantal", f"De inzet heeft in {maand.naam} {hoogste} dagen; {aantal} kan niet.", f"Vul hoogstens {hoogste}."
        )
