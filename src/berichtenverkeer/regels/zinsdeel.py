"""Parts of sentences that more rules use: how a finding names a Product and an Omvang."""

from ..standaard.berichten.basis import Omvang, Product


def van_product(product: Product | None) -> str:
    """A Product in a sentence: ``product 02 02T01``, ``categorie 07`` without code, ``generiek`` without Product."""
    if product is None:
        return "generiek"
    return (
        f"product {product.Categorie} {product.Code}" if product.Code is not None else f"categorie {product.Categorie}"
    )


def van_omvang(omvang: Omvang) -> str:
    """An Omvang in a sentence."""
    return f"Volume {omvang.Volume}, Eenheid {omvang.Eenheid}, Frequentie {omvang.Frequentie}"
