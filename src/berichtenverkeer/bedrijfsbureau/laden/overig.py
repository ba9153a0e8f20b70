"""Invoices and evaluations from a file."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from ...hoofdaannemer.factuur import Factuurregel, Post
from ...hoofdaannemer.herindicatie import Stap
from ...hoofdaannemer.laden.lezen import Fout, Rij
from ...opslag import teller
from ...opslag.bureau import hoofdaannemers
from ..bureau import Zitting
from .inzetten import kenmerk, toewijzingen
from .uitslag import Uitslag, fout, onbekende_partners, onbekende_toewijzing


def factuurregel(rij: Rij) -> Factuurregel:
    """The line of an invoice that a row is."""
    waarden = rij.waarden
    post = Post(waarden["partner"], waarden["maand"], kenmerk(rij), waarden["klasse"])
    return Factuurregel(waarden["factuurnummer"], post, waarden["euro"])


def facturen(zitting: Zitting, rijen: Sequence[Rij], _: datetime) -> Uitslag:
    """A number takes the place of the whole invoice of that partner with it."""
    fouten = list(onbekende_partners(zitting, rijen))
    staan = _per_factuur(hoofdaannemers.facturen(zitting.verbinding, zitting.code))
    nieuw = _per_factuur([factuurregel(rij) for rij in rijen])
    anders = {sleutel: regels for sleutel, regels in nieuw.items() if staan.get(sleutel) != regels}
    gewijzigd = sum(len(regels) for sleutel, regels in anders.items() if sleutel in staan)
    erbij = sum(len(regels) for sleutel, regels in anders.items() if sleutel not in staan)

    def schrijf(z: Zitting) -> None:
        if anders:
            nummer = teller.volgnummers(z.verbinding, 1)
            hoofdaannemers.bewaar_facturen(
                z.verbinding, z.code, [regel for regels in anders.values() for regel in regels], nummer
            )

    return Uitslag(erbij, gewijzigd, len(rijen) - erbij - gewijzigd, fouten, schrijf)


def evaluaties(zitting: Zitting, rijen: Sequence[Rij], nu: datetime) -> Uitslag:
    """Evaluations ticked by the hoofdaannemer, each in the place of the one that was."""
    alle = toewijzingen(zitting)
    staan = hoofdaannemers.evaluaties(zitting.verbinding, zitting.code)
    fouten: list[Fout] = []
    stappen = {}
    gewijzigd = 0
    for rij in rijen:
        wat, dag = kenmerk(rij), rij.waarden["datum"]
        if wat not in alle:
            fouten.append(onbekende_toewijzing(rij))
        elif dag > nu.date():
            fouten.append(fout(rij, "datum", f"{dag} moet nog komen.", "Laad de evaluatie als zij er is geweest."))
        elif wat not in staan or staan[wat].op != dag:
            stappen[wat] = Stap(dag, zitting.code)
            gewijzigd += wat in staan

    def schrijf(z: Zitting) -> None:
        hoofdaannemers.vink_af(z.verbinding, z.code, stappen)

    return Uitslag(len(stappen) - gewijzigd, gewijzigd, len(rijen) - len(fouten) - len(stappen), fouten, schrijf)


def _per_factuur(regels: Sequence[Factuurregel]) -> dict[tuple[str, str], list[Factuurregel]]:
    uit: dict[tuple[str, str], list[Factuurregel]] = defaultdict(list)
    for regel in regels:
        uit[regel.post.partner, regel.factuurnummer].append(regel)
    return uit
