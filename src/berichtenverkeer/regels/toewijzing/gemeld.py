"""Operational rules on what a start or stop (305, 307) reports: of what, and in time.

What takes back an earlier aanlevering (StatusAanlevering 3) is not judged.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from ...levensloop.gebeurtenis import TIJDELIJK, VERWIJDEREN
from ...levensloop.levering import Sleutel, startsleutel, toewijzingssleutel
from ...levensloop.termijnen import START, STOP, Termijn, begin_start
from ...levensloop.toewijzing import Toewijzing, is_verwijderd
from ...standaard.berichten.start import Client305, StartProduct
from ...standaard.berichten.stop import Client307, StopProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Context, Kennis
from ..regel import signaal
from ..zinsdeel import van_product

_Geleverd = StartProduct | StopProduct
G = TypeVar("G", StartProduct, StopProduct)


@signaal(Niveau.BERICHT, "305 307", StartProduct, StopProduct)
def OP011(product: _Geleverd, context: Context) -> Iterator[Overtreding]:
    """Een start of stop wordt pas gemeld als de levering is begonnen of geëindigd: uiterlijk op Dagtekening.

    Van een start telt Begindatum, van een stop Einddatum; dezelfde dag mag. De bron noemt alleen de start; wat nog niet gebeurde
    is ook van een stop niet te melden (afgeleid).
    """
    if product.StatusAanlevering == VERWIJDEREN:
        return
    is_start = isinstance(product, StartProduct)
    element, dag = (
        ("Begindatum", product.Begindatum) if isinstance(product, StartProduct) else ("Einddatum", product.Einddatum)
    )
    if dag > context.dagtekening:
        wat = "start" if is_start else "stop"
        yield Overtreding(
            product,
            element,
            f"{element} {dag} ligt na Dagtekening {context.dagtekening}: de {wat} is gemeld voordat hij er was.",
            f"Stuur een {wat} pas als de levering is {'begonnen' if is_start else 'geëindigd'}. Loopt het anders, verwijder deze "
            f"{wat} dan met StatusAanlevering 3.",
        )


@signaal(Niveau.BERICHTOVERSTIJGEND, "305 307", StartProduct, StopProduct)
def IV075(product: _Geleverd, kennis: Kennis) -> Iterator[Overtreding]:
    """Een start of stop noemt het Product van zijn toewijzing, en begint binnen haar looptijd.

    Product is gelijk aan dat in de toewijzing: met categorie en code, met alleen categorie, of leeg. Begindatum ligt niet vóór
    Ingangsdatum, en die van een start ook niet na Einddatum (afgeleid); dezelfde dag mag. Een onbekende of verwijderde toewijzing
    is TR019.
    """
    bekend = _toewijzing(product, kennis)
    if product.StatusAanlevering == VERWIJDEREN or bekend is None or is_verwijderd(bekend.product):
        return
    nummer, toegewezen, begin = bekend.nummer, bekend.product, product.Begindatum
    if product.Product != toegewezen.Product:
        yield Overtreding(
            product,
            "Product",
            f"Gemeld is {van_product(product.Product)}, maar toewijzing {nummer} is {van_product(toegewezen.Product)}.",
            "Neem Product over zoals het in de toewijzing staat: met categorie en code, met alleen de categorie, of leeg.",
        )
    if begin < toegewezen.Ingangsdatum:
        fout = f"ligt vóór Ingangsdatum {toegewezen.Ingangsdatum}"
    elif isinstance(product, StartProduct) and toegewezen.Einddatum is not None and begin > toegewezen.Einddatum:
        fout = f"ligt na Einddatum {toegewezen.Einddatum}"
    else:
        return
    yield Overtreding(
        product,
        "Begindatum",
        f"Begindatum {begin} {fout} van toewijzing {nummer}.",
        "Controleer de datum. Klopt hij, vraag de gemeente dan om een toewijzing voor die dagen.",
    )


@signaal(Niveau.EXTERNE_BRON, "305", Client305)
def OP271(client: Client305, kennis: Kennis) -> Iterator[Overtreding]:
    """Een start komt binnen vijf werkdagen na Begindatum, of na ontvangst van het 301 als dat later kwam.

    De vijfde werkdag mag nog. Wie in hetzelfde bericht een eerdere start op de toewijzing verwijdert, corrigeert: dat is
    niet te laat (afgeleid). Van een onbekende toewijzing (TR019) is niet bekend wanneer het 301 kwam.
    """
    for start in _mogelijk_te_laat(client.StartProducten, START, kennis):
        bekend = _toewijzing(start, kennis)
        if bekend is None and start.ToewijzingNummer is not None:
            continue
        vanaf = begin_start(start.Begindatum, bekend.eerste.ontvangen_op.date() if bekend else None)
        yield from _te_laat(start, "start van", "Begindatum", vanaf, START, kennis)


@signaal(Niveau.EXTERNE_BRON, "307", Client307)
def OP272(client: Client307, kennis: Kennis) -> Iterator[Overtreding]:
    """Een stop komt binnen vijf werkdagen na Einddatum.

    De vijfde werkdag mag nog. Kwam de Einddatum van de toewijzing, of de toewijzing zelf, later binnen dan de levering
    eindigde, dan telt de termijn vanaf die dag (afgeleid). Na een tijdelijke stop telt zij vanaf de dag waarop vaststaat
    dat de levering definitief eindigt; die dag is niet bekend, dus een stop op een tijdelijk gestopte start is nooit te
    laat. Een correctie evenmin (zie OP271).
    """
    onderbroken = {startsleutel(stop) for stop in client.StopProducten if stop.RedenBeeindiging == TIJDELIJK}
    for stop in _mogelijk_te_laat(client.StopProducten, STOP, kennis):
        if stop.RedenBeeindiging != TIJDELIJK:
            eerdere = kennis.dossier.levering(toewijzingssleutel(stop)).stops_van(stop)
            if startsleutel(stop) in onderbroken or any(e.RedenBeeindiging == TIJDELIJK for e in eerdere):
                continue
        vanaf = stop.Einddatum
        if bekend := _toewijzing(stop, kennis):
            herkomst = bekend.herkomst if bekend.product.Einddatum == stop.Einddatum else bekend.eerste
            vanaf = max(vanaf, herkomst.ontvangen_op.date())
        yield from _te_laat(stop, "stop op", "Einddatum", vanaf, STOP, kennis)


def _mogelijk_te_laat(producten: Sequence[G], termijn: Termijn, kennis: Kennis) -> Iterator[G]:
    """Those whose term may be over, corrections left out."""
    gecorrigeerd: set[Sleutel] = set()
    for product in producten:
        if product.StatusAanlevering == VERWIJDEREN:
            gecorrigeerd.add(toewijzingssleutel(product))
    for product in producten:
        dag = product.Begindatum if isinstance(product, StartProduct) else product.Einddatum
        if _kan_voorbij_zijn(dag, termijn, kennis) and toewijzingssleutel(product) not in gecorrigeerd:
            yield product


def _kan_voorbij_zijn(vanaf: date, termijn: Termijn, kennis: Kennis) -> bool:
    """Whether a term can be over: not within as many days as it has working days. So most messages need no calendar."""
    return (kennis.vandaag - vanaf).days > termijn.duur


def _te_laat(
    product: _Geleverd, wat: str, element: str, vanaf: date, termijn: Termijn, kennis: Kennis
) -> Iterator[Overtreding]:
    if not _kan_voorbij_zijn(vanaf, termijn, kennis):
        return
    uiterlijk = termijn.uiterlijk(vanaf, kennis.contract.kalender)
    if kennis.vandaag > uiterlijk:
        yield Overtreding(
            product,
            element,
            f"De {wat} {getattr(product, element)} kwam binnen op {kennis.vandaag}; {termijn} na {vanaf} liepen tot en met "
            f"{uiterlijk}.",
            f"U hoeft niets te herstellen. Stuur dit bericht voortaan binnen {termijn}.",
        )


def _toewijzing(product: _Geleverd, kennis: Kennis) -> Toewijzing | None:
    nummer = product.ToewijzingNummer
    return kennis.dossier.toewijzingen.get(nummer) if nummer is not None else None
