"""Invoices that were kept and are not what their months come to."""

from collections.abc import Iterator

from ...bedrijfsbureau import facturen
from ...bedrijfsbureau.bureau import Zitting
from ...levensloop.rekenen.tekst import euro
from ..bureau import Bureaurij, over_afspraak, van_hoofdaannemer
from ..lijst import Peil, Werklijst

_REGEL = "factuur"


def _rijen(zitting: Zitting, _: Peil) -> Iterator[Bureaurij]:
    for verschil in facturen.verschillen(zitting):
        meer = "meer" if verschil.bedrag > 0 else "minder"
        waarom = (
            f"Partner {verschil.partner} factureerde over {verschil.maand.naam} {euro(abs(verschil.bedrag))} {meer} dan de maand nu oplevert; "
            f"{verschil.posten} {'post verschilt' if verschil.posten == 1 else 'posten verschillen'}."
        )  # fmt: skip
        wat = (verschil.partner, verschil.maand)
        yield over_afspraak(zitting, wat, verschil.maand.volgende.volgende.laatste, regel=_REGEL, waarom=waarom)


LIJST = Werklijst(
    "factuur-verschilt",
    "Maanden waarover een partner heeft gefactureerd, en waarin dat niet is wat de maand nu oplevert: een ander bedrag, of iets dat "
    "ontbreekt of niet bekend is.",
    "Hoofdaannemer: controleer de factuur en vraag de partner om een nieuwe of een credit; een factuur met hetzelfde nummer neemt de plaats "
    "in van de oude. De dag is de laatste van de tweede maand erna.",
    (van_hoofdaannemer(_rijen),),
)
