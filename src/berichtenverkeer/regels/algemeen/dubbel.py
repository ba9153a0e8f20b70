"""TR101: no line twice in one message."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from ...levensloop.levering import startsleutel, stopsleutel
from ...standaard.berichten.declaratie import Client323, Declaratie, DeclaratieAntwoord
from ...standaard.berichten.onderdeel import Berichtklasse
from ...standaard.berichten.start import Client305
from ...standaard.berichten.stop import Client307
from ...standaard.berichten.toewijzing import Client301
from ...standaard.berichten.verzoek_om_toewijzing import Client315
from ...standaard.berichten.verzoek_om_wijziging import Verzoek
from ..bevinding import Niveau, Overtreding
from ..getoond import getoond
from ..kennis import Context
from ..regel import regel

_SLEUTELS: dict[type[Berichtklasse], dict[str, Callable[[Any], object]]] = {
    Client301: {
        "Contactgegevens": lambda contact: contact.Soort,
        "Relaties": lambda relatie: relatie.Nummer,
        "ToegewezenProducten": lambda product: product.ToewijzingNummer,
    },
    Client305: {"StartProducten": startsleutel},
    Client307: {"StopProducten": stopsleutel},
    Client315: {"AangevraagdeProducten": lambda product: product.ReferentieAanbieder},
    Verzoek: {
        "OngewijzigdeProducten": lambda product: product.ToewijzingNummer,
        "TeWijzigenProducten": lambda product: product.ToewijzingNummer,
        "NieuweProducten": lambda product: (product.Product, product.GewensteIngangsdatum),
    },
    Declaratie: {"Clienten": lambda client: client.Bsn},
    DeclaratieAntwoord: {"Clienten": lambda client: client.Bsn},
    Client323: {"Prestaties": lambda prestatie: prestatie.ProductReferentie},
}
"""By class, its lists and the logical key of an item within its parent (logische sleutels of the standard)."""

_HERKENBAAR = {
    "Contactgegevens": "Soort",
    "ToegewezenProducten": "ToewijzingNummer",
    "StartProducten": "Begindatum",
    "StopProducten": "Begindatum",
    "AangevraagdeProducten": "ReferentieAanbieder",
    "OngewijzigdeProducten": "ToewijzingNummer",
    "TeWijzigenProducten": "ToewijzingNummer",
    "NieuweProducten": "GewensteIngangsdatum",
    "Prestaties": "ProductReferentie/ReferentieNummer",
}
"""By list, the element of its key by which people know an item; not for those that are known by a person's number."""


@regel(Niveau.BERICHT, "0001", "301 305 307 315 317 323 325", *_SLEUTELS)
def TR101(ouder: Berichtklasse, context: Context) -> Iterator[Overtreding]:
    """Binnen een bericht staat geen regel dubbel: per klasse is de logische sleutel uniek, samen met die van de ouders.

    StatusAanlevering hoort niet bij de sleutel: een verwijdering (3) en een aanlevering (1) met dezelfde sleutel in één
    bericht zijn dubbel (IV008). Twee generieke producten zonder Product hebben een gelijke sleutel.
    """
    for verzameling, sleutel in _SLEUTELS[type(ouder)].items():
        delen = getattr(ouder, verzameling)
        sleutels = list(map(sleutel, delen))
        if len(set(sleutels)) == len(sleutels):
            continue
        geteld: Counter[object] = Counter()
        for deel, waarde in zip(delen, sleutels, strict=True):
            geteld[waarde] += 1
            if geteld[waarde] > 1:
                yield Overtreding(
                    deel,
                    "",
                    f"{_naam(deel, verzameling, context)} staat {'nog een keer' if geteld[waarde] == 2 else 'vaker'} in het "
                    "bericht: de logische sleutel is gelijk aan die van een eerdere regel.",
                    "Laat één van de regels weg; een verwijdering en een nieuwe aanlevering met dezelfde sleutel gaan in "
                    "twee berichten.",
                )


def _naam(deel: Berichtklasse, verzameling: str, context: Context) -> str:
    """What an item is and, if that says nothing of a person, which one."""
    element = _HERKENBAAR.get(verzameling)
    if element is None:
        return "Deze regel"
    return f"Deze regel met {element.rpartition('/')[2]} {getoond(deel, element, context.soort)}"
