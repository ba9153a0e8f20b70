"""How many days or pieces were delivered on an inzet in a month, and whether that can be (contract, Money)."""

from collections.abc import Iterator
from datetime import date

from .fouten import Bezwaar, Botsing, Geweigerd
from .inzet import Ingezet
from .looptijd import Maand
from .maandbedrag import hoogste_aantal, op_aantal
from .tarief import Tarieflijst


def controleer(ingezet: Ingezet, maand: Maand, aantal: int, tarieven: Tarieflijst, vandaag: date) -> None:
    """Raises ``Geweigerd`` with all that is wrong: a number below zero, a month that is still to begin or that the inzet does not touch, more
    days than it has, and a number where the tariff is per month; ``Botsing`` when the inzet is vervallen."""
    if ingezet.effectief is None or ingezet.segment is None:
        raise Botsing("Deze inzet is vervallen; er wordt niets meer op geleverd.")
    if bezwaren := tuple(_bezwaren(ingezet, maand, aantal, tarieven, vandaag)):
        raise Geweigerd(bezwaren)


def _bezwaren(ingezet: Ingezet, maand: Maand, aantal: int, tarieven: Tarieflijst, vandaag: date) -> Iterator[Bezwaar]:
    assert ingezet.effectief is not None
    assert ingezet.segment is not None
    if aantal < 0:
        yield Bezwaar("aantal", "Een aantal is niet negatief.", "Vul 0 of meer.")
    if maand.eerste > vandaag:
        wat = f"{maand.naam.capitalize()} moet nog beginnen; er is nog niets geleverd."
        yield Bezwaar("maand", wat, "Vul in wat er geleverd is als het geleverd is.")
    periode = ingezet.effectief.doorsnede(maand.looptijd)
    if periode is None:
        yield Bezwaar("maand", f"De inzet loopt niet in {maand.naam}.", "Kies een maand waarin zij loopt.")
        return
    klasse = ingezet.inzet.klasse
    reeksen = tarieven.reeksen(ingezet.segment, klasse, periode)
    hoogste = hoogste_aantal(reeksen)
    if not op_aantal(reeksen):
        wat = f"Klasse {klasse} heeft in {maand.naam} een tarief per maand: daar telt geen aantal."
        yield Bezwaar("aantal", wat, "Vul niets in; de maandstaat rekent de maand zonder aantal uit.")
    elif hoogste is not None and aantal > hoogste:
        wat = f"De inzet heeft in {maand.naam} {hoogste} dagen; {aantal} kan niet."
        yield Bezwaar("aantal", wat, f"Vul hoogstens {hoogste}.")
