"""The table of toewijzingsvarianten, held against what is assigned and asked for. It refuses nothing."""

from collections.abc import Iterator
from datetime import date

from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from ...standaard.toewijzingsvarianten import Past, Vulling, past_niet
from ..algemeen.product import GRENS
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import signaal

_UIT = "uit"


@signaal(Niveau.EXTERNE_BRON, "301", ToegewezenProduct)
def SAP301(product: ToegewezenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een ToegewezenProduct past in een rij van de tabel van toewijzingsvarianten van de wet.

    De tabel zegt per uitvoeringsvariant (inspanning, output) welke van Categorie, Code, Budget en Volume gevuld zijn, welke
    Eenheid en Frequentie daarbij horen, en of Einddatum gevuld moet zijn. Is in het contract geen variant afgesproken, dan past
    een rij van beide; voor taakgericht heeft de tabel geen rijen. Wat alleen landelijk is ingekocht (LTA) is in de iJw
    ProductCategorie 55; in de iWmo zegt het bericht het niet (afgeleid). Wat op of voor 31 december 2020 eindigt, blijft erbuiten,
    zoals bij CD080 en CS338 (afgeleid).
    """
    yield from _toets(product, kennis, product.Ingangsdatum, product.Einddatum, "Einddatum")


@signaal(Niveau.EXTERNE_BRON, "315", AangevraagdProduct)
def SAP315(product: AangevraagdProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een AangevraagdProduct past in een rij van de tabel van toewijzingsvarianten van de wet.

    Het is de tabel van SAP301: wat wordt gevraagd, moet zo zijn toe te wijzen (afgeleid).
    """
    ingang, einde = product.ToewijzingIngangsdatum, product.ToewijzingEinddatum
    yield from _toets(product, kennis, ingang, einde, "ToewijzingEinddatum")


def _toets(
    product: ToegewezenProduct | AangevraagdProduct, kennis: Kennis, ingang: date, einde: date | None, veld: str
) -> Iterator[Overtreding]:
    contract, wat, omvang = kennis.contract, product.Product, product.Omvang
    if contract.keuze("toewijzingsvarianten") == _UIT or (einde is not None and einde <= GRENS):
        return
    eenheid, frequentie = (omvang.Eenheid, omvang.Frequentie) if omvang is not None else (None, None)
    vulling = Vulling(
        wat.Categorie if wat is not None else None,
        wat is not None and wat.Code is not None,
        product.Budget is not None,
        eenheid,
        frequentie,
        einde is not None,
    )
    variant = contract.afgesproken_variant(wat, ingang, eenheid)
    if (gevonden := past_niet(kennis.domein, variant, vulling)) is None:
        return
    bij = f" bij {variant}" if variant else ""
    soorten = " of ".join(f"'{soort}'" for soort in gevonden.soorten)
    if gevonden.wat is Past.INHOUD:
        element, melding = _inhoud(vulling), f"Zo is een toewijzing niet gevuld{bij}: {_gevuld(vulling)}."
        advies = "Vul een productcode met Omvang, een categorie met of zonder Budget, of alleen een Budget."
    elif gevonden.wat is Past.OMVANG:
        element = "Omvang/Eenheid"
        melding = (
            f"Eenheid {eenheid} met Frequentie {frequentie} past niet bij een toewijzing van het type {soorten}{bij}."
        )
        advies = "Kies een Eenheid en Frequentie die in de tabel van toewijzingsvarianten bij elkaar staan."
    else:
        element, melding = veld, f"{veld} ontbreekt bij een toewijzing van het type {soorten}{bij}."
        advies = f"Vul {veld}."
    yield Overtreding(
        product, element, melding, f"{advies} Dit is een signaal: het bericht wordt er niet om afgekeurd."
    )


def _inhoud(v: Vulling) -> str:
    return "Budget" if v.budget else "Omvang" if v.eenheid is not None else "Product"


def _gevuld(v: Vulling) -> str:
    gevuld = {"Categorie": v.categorie is not None, "Code": v.code, "Budget": v.budget, "Omvang": v.eenheid is not None}
    namen = [naam for naam, is_gevuld in gevuld.items() if is_gevuld]
    return f"met {', '.join(namen)}" if namen else "zonder Product, Budget en Omvang"
