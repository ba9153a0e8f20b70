"""Rules on a debetregel (323) against the toewijzing it names: it is there, and product and Eenheid fit.

A creditregel is a copy of a debetregel that was judged before, and is held against that one alone (TR323).
"""

from collections.abc import Iterator

from ...levensloop.declaratie import CREDIT
from ...levensloop.rekenen.eenheid import factor
from ...levensloop.toewijzing import is_verwijderd
from ...standaard.berichten.declaratie import Prestatie
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..passend import andere_toewijzing
from ..regel import regel


@regel(Niveau.BERICHTOVERSTIJGEND, "9338", "323", Prestatie)
def TR338(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """ToewijzingNummer van de Prestatie is dat van een toewijzing van deze cliënt, aanbieder en gemeente.

    Is die er niet, dan hebben de andere regels niets om mee te vergelijken: van alles wat de toewijzing betreft krijgt de
    Prestatie alleen 9338 (afgeleid). Een creditregel volgt haar debetregel (TR323) en wordt hier niet getoetst (afgeleid).
    """
    if not is_credit(prestatie) and prestatie.ToewijzingNummer not in kennis.dossier.toewijzingen:
        yield Overtreding(
            prestatie,
            "ToewijzingNummer",
            f"Toewijzing {prestatie.ToewijzingNummer} is niet bekend voor deze cliënt bij deze aanbieder en gemeente.",
            andere_toewijzing(
                prestatie,
                kennis,
                "Voor dit product is er in die maand geen toewijzing van deze cliënt; vraag de gemeente ernaar.",
            ),
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9384", "323", Prestatie)
def TR384(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """Op een verwijderde toewijzing (RedenWijziging 13) wordt niet gedeclareerd.

    Zij geldt als niet verzonden, dus met haar inhoud wordt verder niet vergeleken (afgeleid). De nieuwste versie telt
    (IV013).
    """
    bekend = kennis.dossier.toewijzingen.get(prestatie.ToewijzingNummer)
    if bekend is not None and not is_credit(prestatie) and is_verwijderd(bekend.product):
        yield Overtreding(
            prestatie,
            "ToewijzingNummer",
            f"Toewijzing {prestatie.ToewijzingNummer} is door de gemeente verwijderd.",
            andere_toewijzing(prestatie, kennis, "Neem contact op met de gemeente als er toch is geleverd."),
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9339", "323", Prestatie)
def TR339(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """ProductCategorie is die van de toewijzing; bij een generieke toewijzing, zonder Product, is zij vrij."""
    toegewezen = toewijzing_van(prestatie, kennis)
    if toegewezen is None or toegewezen.Product is None:
        return
    if prestatie.ProductCategorie != toegewezen.Product.Categorie:
        yield Overtreding(
            prestatie,
            "ProductCategorie",
            f"ProductCategorie {prestatie.ProductCategorie} is niet die van de toewijzing: categorie {toegewezen.Product.Categorie}.",
            andere_toewijzing(prestatie, kennis, "Neem de categorie over uit de toewijzing."),
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9340", "323", Prestatie)
def TR340(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """ProductCode is die van de toewijzing, als die een code heeft; anders past zij bij de categorie (TR381)."""
    toegewezen = toewijzing_van(prestatie, kennis)
    if toegewezen is None or toegewezen.Product is None or toegewezen.Product.Code is None:
        return
    if prestatie.ProductCode != toegewezen.Product.Code:
        yield Overtreding(
            prestatie,
            "ProductCode",
            f"ProductCode {prestatie.ProductCode} is niet die van de toewijzing, {toegewezen.Product.Code}.",
            andere_toewijzing(prestatie, kennis, "Neem de productcode over uit de toewijzing."),
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9341", "323", Prestatie)
def TR341(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """Eenheid is die van de toewijzing; wat in uren (04) is toegewezen mag ook in minuten (01).

    Andersom, toegewezen in minuten en gedeclareerd in uren, mag niet. Heeft de toewijzing geen Omvang (aspecifiek of
    generiek), dan geldt de Eenheid uit de productcodelijst van de gemeente op ProductPeriode/Begindatum, met dezelfde
    uitzondering; staat de code daar niet in, dan valt er niets te toetsen (afgeleid).
    """
    toegewezen = toewijzing_van(prestatie, kennis)
    if toegewezen is None:
        return
    dag = prestatie.ProductPeriode.Begindatum
    afgesproken = kennis.contract.eenheden(toegewezen, prestatie.ProductCategorie, prestatie.ProductCode, dag)
    waar = "de productcodelijst" if toegewezen.Omvang is None else "de toewijzing"
    if afgesproken and not any(factor(eenheid, prestatie.Eenheid) for eenheid in afgesproken):
        yield Overtreding(
            prestatie,
            "Eenheid",
            f"Eenheid {prestatie.Eenheid} past niet bij die van {waar}: Eenheid {', '.join(sorted(afgesproken))}.",
            "Declareer in dezelfde eenheid; alleen bij uren (04) mag het ook in minuten (01).",
        )


def toewijzing_van(prestatie: Prestatie, kennis: Kennis) -> ToegewezenProduct | None:
    """What a debetregel is held against: the version of its toewijzing that counts (IV013).

    None for a creditregel, and where there is no toewijzing or it was deleted: then TR338 or TR384 has said so.
    """
    if is_credit(prestatie):
        return None
    bekend = kennis.dossier.toewijzingen.get(prestatie.ToewijzingNummer)
    if bekend is None:
        return None
    product = bekend.product
    return None if is_verwijderd(product) else product


def is_credit(prestatie: Prestatie) -> bool:
    """Whether it takes back an earlier debetregel."""
    return prestatie.IngediendBedrag.DebetCredit == CREDIT
