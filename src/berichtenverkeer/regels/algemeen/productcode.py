"""TR381: a product code stands on the list of the gemeente, under its category (IV075)."""

from collections.abc import Iterator
from datetime import date

from ...levensloop.declaratie import CREDIT
from ...levensloop.gebeurtenis import VERWIJDEREN
from ...standaard.berichten.declaratie import Prestatie
from ...standaard.berichten.start import StartProduct
from ...standaard.berichten.stop import StopProduct
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from ...standaard.berichten.verzoek_om_wijziging import NieuwProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import regel

_MetCode = ToegewezenProduct | StartProduct | StopProduct | AangevraagdProduct | NieuwProduct | Prestatie
_HOOGSTENS = 5
"""How many codes of a list an advice names."""

_MET_CODE = (ToegewezenProduct, StartProduct, StopProduct, AangevraagdProduct, NieuwProduct, Prestatie)


@regel(Niveau.EXTERNE_BRON, "S329", "301 305 307 315 317 323", *_MET_CODE)
def TR381(deel: _MetCode, kennis: Kennis) -> Iterator[Overtreding]:
    """De productcode past volgens de productcodelijst van de gemeente bij de ProductCategorie.

    De lijst geldt op de eerste dag waar het product over gaat (afgeleid): Ingangsdatum (301), Begindatum (305, 307),
    ToewijzingIngangsdatum (315), GewensteIngangsdatum (317), ProductPeriode/Begindatum (323). Een code die gold toen een
    toewijzing inging, blijft op die toewijzing goed voor een start, een stop en een declaratie, ook als de lijst daarna
    wijzigde. Zonder lijst voor deze wet en die dag of zonder code valt er niets te toetsen. Wat met StatusAanlevering 3 wordt verwijderd wordt niet getoetst
    (TR063). Een creditregel ook niet (afgeleid): die is een kopie van de goedgekeurde debetregel (TR323).
    """
    gevonden = _code(deel)
    if gevonden is None:
        return
    element, categorie, code, dag = gevonden
    toegewezen = _toewijzing(deel, kennis)
    if kennis.contract.kent_code(categorie, code, dag, toegewezen) is False:
        yield Overtreding(
            deel,
            element,
            f"Productcode {code} hoort op {dag} niet bij ProductCategorie {categorie} in de productcodelijst van de gemeente.",
            _advies(kennis, categorie, code, dag, toegewezen),
        )


def _advies(kennis: Kennis, categorie: str, code: str, dag: date, toegewezen: ToegewezenProduct | None) -> str:
    """Another code, unless the toewijzing says this one: then the two can only be brought in line by the gemeente."""
    if toegewezen is not None and toegewezen.Product is not None and toegewezen.Product.Code == code:
        return (
            "De toewijzing noemt deze code, dus een andere kan niet. Vraag de gemeente om haar lijst bij te werken, of om een "
            "toewijzing met een code van de lijst."
        )
    codes = kennis.contract.codes(categorie, dag)
    if not codes:
        return f"De lijst heeft op {dag} geen code bij categorie {categorie}; vraag de gemeente om haar lijst bij te werken."
    meer = f" en nog {len(codes) - _HOOGSTENS}" if len(codes) > _HOOGSTENS else ""
    return (
        f"Gebruik een code die de gemeente bij deze categorie voert ({', '.join(codes[:_HOOGSTENS])}{meer}), of vraag haar om de "
        "lijst bij te werken."
    )


def _toewijzing(deel: _MetCode, kennis: Kennis) -> ToegewezenProduct | None:
    """The toewijzing that something was delivered on."""
    if not isinstance(deel, (StartProduct, StopProduct, Prestatie)) or deel.ToewijzingNummer is None:
        return None
    bekend = kennis.dossier.toewijzingen.get(deel.ToewijzingNummer)
    return bekend.product if bekend is not None else None


def _code(deel: _MetCode) -> tuple[str, str, str, date] | None:
    """The element of the code, the category, the code and the day; None where there is nothing to hold against."""
    if isinstance(deel, Prestatie):
        if deel.IngediendBedrag.DebetCredit == CREDIT:
            return None
        return "ProductCode", deel.ProductCategorie, deel.ProductCode, deel.ProductPeriode.Begindatum
    if deel.Product is None or deel.Product.Code is None:
        return None
    if isinstance(deel, (StartProduct, StopProduct)) and deel.StatusAanlevering == VERWIJDEREN:
        return None
    return "Product/Code", deel.Product.Categorie, deel.Product.Code, _dag(deel)


def _dag(deel: ToegewezenProduct | StartProduct | StopProduct | AangevraagdProduct | NieuwProduct) -> date:
    match deel:
        case ToegewezenProduct():
            return deel.Ingangsdatum
        case AangevraagdProduct():
            return deel.ToewijzingIngangsdatum
        case NieuwProduct():
            return deel.GewensteIngangsdatum
        case _:
            return deel.Begindatum
