"""How what a request asks looks to a caller."""

from datetime import date
from typing import Any

from ...levensloop.verzoek import Aanvraag
from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from .toewijzing_uit import GevraagdProduct, ToegewezenOmvang, ToegewezenProduct


def gevraagd_uit(aanvraag: Aanvraag) -> list[GevraagdProduct]:
    """Every product that a request names or asks."""
    vraag = aanvraag.vraag
    if isinstance(vraag, AangevraagdProduct):
        return [_deel("nieuw", vraag, vraag.ToewijzingIngangsdatum, vraag.ToewijzingEinddatum)]
    return [
        *(_deel("ongewijzigd", product, None, None) for product in vraag.OngewijzigdeProducten),
        *(_deel("te_wijzigen", p, p.GewensteIngangsdatum, p.Einddatum) for p in vraag.TeWijzigenProducten),
        *(_deel("nieuw", p, p.GewensteIngangsdatum, p.Einddatum) for p in vraag.NieuweProducten),
    ]


def _deel(wijziging: str, deel: Any, ingangsdatum: date | None, einddatum: date | None) -> GevraagdProduct:
    """One class of a request; each has some of these elements."""
    product, omvang = getattr(deel, "Product", None), getattr(deel, "Omvang", None)
    return GevraagdProduct(
        wijziging=wijziging,
        toewijzingnummer=getattr(deel, "ToewijzingNummer", None),
        product=ToegewezenProduct(categorie=product.Categorie, code=product.Code) if product else None,
        ingangsdatum=ingangsdatum,
        einddatum=einddatum,
        omvang=ToegewezenOmvang(volume=omvang.Volume, eenheid=omvang.Eenheid, frequentie=omvang.Frequentie)
        if omvang
        else None,
        budget=getattr(deel, "Budget", None),
        commentaar=getattr(deel, "Commentaar", None),
    )
