"""Rules on the ProductPeriode of a debetregel (323) against its toewijzing and the DeclaratiePeriode (IV089).

Start and stop of the delivery play no part (OP364).
"""

from collections.abc import Iterator

from ...levensloop.rekenen.periode import maand
from ...standaard.berichten.declaratie import Bericht323, Prestatie
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..passend import andere_toewijzing
from ..regel import regel
from .prestatie_toewijzing import toewijzing_van

_GEEN_ANDERE = (
    "Declareer alleen wat binnen de toewijzing valt; een andere toewijzing voor dit product is er in die maand niet. Vraag de "
    "gemeente ernaar als er toch is geleverd."
)


@regel(Niveau.BERICHTOVERSTIJGEND, "9307", "323", Prestatie)
def TR307(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """ProductPeriode/Begindatum ligt niet vóór de Ingangsdatum van de toewijzing; gelijk mag."""
    toegewezen = toewijzing_van(prestatie, kennis)
    begin = prestatie.ProductPeriode.Begindatum
    if toegewezen is not None and begin < toegewezen.Ingangsdatum:
        yield Overtreding(
            prestatie,
            "ProductPeriode/Begindatum",
            f"Begindatum {begin} ligt vóór de Ingangsdatum van de toewijzing, {toegewezen.Ingangsdatum}.",
            andere_toewijzing(prestatie, kennis, _GEEN_ANDERE),
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9308", "323", Prestatie)
def TR308(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """ProductPeriode/Einddatum ligt niet na de Einddatum van de toewijzing, als die gevuld is; gelijk mag."""
    toegewezen = toewijzing_van(prestatie, kennis)
    einde = prestatie.ProductPeriode.Einddatum
    if toegewezen is not None and toegewezen.Einddatum is not None and einde > toegewezen.Einddatum:
        yield Overtreding(
            prestatie,
            "ProductPeriode/Einddatum",
            f"Einddatum {einde} ligt na de Einddatum van de toewijzing, {toegewezen.Einddatum}.",
            andere_toewijzing(prestatie, kennis, _GEEN_ANDERE),
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9387", "323", Prestatie)
def TR387(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """ProductPeriode/Begindatum is de eerste van de maand, of de Ingangsdatum van de toewijzing als die later in die
    maand ligt."""
    toegewezen = toewijzing_van(prestatie, kennis)
    if toegewezen is None:
        return
    begin = prestatie.ProductPeriode.Begindatum
    hele = maand(begin)
    verwacht = toegewezen.Ingangsdatum if toegewezen.Ingangsdatum in hele else hele.begin
    if begin != verwacht:
        yield Overtreding(
            prestatie,
            "ProductPeriode/Begindatum",
            f"Begindatum {begin} is niet {verwacht}.",
            "Declareer de hele maand, voor zover die is toegewezen; start en stop doen er niet toe.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9388", "323", Prestatie)
def TR388(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """ProductPeriode/Einddatum is de laatste van de maand, of de Einddatum van de toewijzing als die eerder in die maand
    ligt."""
    toegewezen = toewijzing_van(prestatie, kennis)
    if toegewezen is None:
        return
    einde = prestatie.ProductPeriode.Einddatum
    hele = maand(einde)
    verwacht = toegewezen.Einddatum if toegewezen.Einddatum is not None and toegewezen.Einddatum in hele else hele.eind
    if einde != verwacht:
        yield Overtreding(
            prestatie,
            "ProductPeriode/Einddatum",
            f"Einddatum {einde} is niet {verwacht}.",
            "Declareer de hele maand, voor zover die is toegewezen; start en stop doen er niet toe.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9319", "323", Prestatie)
def TR319(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """De maand van ProductPeriode is die van DeclaratiePeriode of een eerdere.

    Met CS337 en CS340: ProductPeriode/Einddatum ligt niet na DeclaratiePeriode/Einddatum (afgeleid).
    """
    assert isinstance(kennis.bericht, Bericht323)
    einde, laatste = prestatie.ProductPeriode.Einddatum, kennis.bericht.Declaratie.DeclaratiePeriode.Einddatum
    if einde > laatste:
        yield Overtreding(
            prestatie,
            "ProductPeriode/Einddatum",
            f"Einddatum {einde} ligt na DeclaratiePeriode, die op {laatste} eindigt.",
            "Declareer deze levering in de declaratie over haar eigen maand of een latere.",
        )
