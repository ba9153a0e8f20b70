"""The 305 of an aanbieder: the start of a delivery, or its correction (IV008)."""

from datetime import date

from ...levensloop.gebeurtenis import VERWIJDEREN
from ...levensloop.toewijzing import Toewijzing
from ...standaard.berichten.start import Bericht305, Client305, StartProduct
from ...standaard.geldig import op_dag
from .levering import GEEN_CLIENT, GEMELD, client, leverbaar
from .voorstel import Uitgangspunt, Voorstel, Vraag, weigering


def meld_start(u: Uitgangspunt, nummer: int, begindatum: date | None) -> Voorstel:
    """The 305 for a delivery that began on ``begindatum``, a day that a person gives."""
    soort, bekend = u.soort("305"), leverbaar(u, nummer)
    if isinstance(bekend, str):
        return weigering(soort, bekend)
    if begindatum is None:
        vraag = "Op welke dag is de levering begonnen? Intake en kennismaken tellen niet."
        return Voorstel(soort, (), (Vraag("begindatum", vraag),))
    if bezwaar := _bezwaar(u, begindatum):
        return weigering(soort, bezwaar)
    open_start = u.dossier.levering((nummer,)).open_start
    if open_start is not None:
        return weigering(
            soort,
            f"Op toewijzing {nummer} loopt al een levering, vanaf {open_start.Begindatum}; meld eerst haar stop, of verbeter "
            "die start (TR326).",
        )
    uitleg = [f"Start op toewijzing {nummer} vanaf {begindatum} (OP271: binnen vijf werkdagen)."]
    return _voorstel(u, (_start(bekend, begindatum),), [*uitleg, *_buiten(bekend, begindatum)])


def verbeter_start(u: Uitgangspunt, nummer: int, gemeld: date, begindatum: date | None) -> Voorstel:
    """The 305 that takes back the start of day ``gemeld``, and reports it on ``begindatum`` instead; None: no more than that.

    Where only ToewijzingIngangsdatum was wrong the key stays the same, and the new start goes in a message of its own.
    """
    soort, bekend = u.soort("305"), u.dossier.toewijzingen.get(nummer)
    levering = u.dossier.levering((nummer,))
    oud = next((start for start in levering.starts if start.Begindatum == gemeld), None)
    if bekend is None or oud is None:
        return weigering(soort, f"Op toewijzing {nummer} is geen start op {gemeld} gemeld (TR063).")
    if levering.stops_van(oud):
        return weigering(soort, f"Op de start van {gemeld} is een stop gemeld; neem eerst die terug (TR071).")
    weg = oud.model_copy(update={"StatusAanlevering": VERWIJDEREN})
    uitleg = [f"De start van {gemeld} op toewijzing {nummer} wordt teruggenomen (StatusAanlevering 3)."]
    if begindatum is None:
        return _voorstel(u, (weg,), uitleg)
    geldig = leverbaar(u, nummer)
    bezwaar = geldig if isinstance(geldig, str) else _bezwaar(u, begindatum)
    if bezwaar:
        return weigering(soort, bezwaar)
    goed = _start(bekend, begindatum)
    if (goed.Product, goed.Begindatum) == (oud.Product, oud.Begindatum):
        uitleg.append("De sleutel blijft gelijk: meld de goede start daarna in een apart bericht (IV008).")
        return _voorstel(u, (weg,), uitleg)
    uitleg.append(f"In hetzelfde bericht de goede start, vanaf {begindatum} (IV008).")
    return _voorstel(u, (weg, goed), [*uitleg, *_buiten(bekend, begindatum)])


def _start(toewijzing: Toewijzing, begindatum: date) -> StartProduct:
    return StartProduct(
        ToewijzingNummer=toewijzing.nummer,
        Product=toewijzing.product.Product,
        ToewijzingIngangsdatum=toewijzing.product.Ingangsdatum,
        Begindatum=begindatum,
        StatusAanlevering=GEMELD,
    )


def _bezwaar(u: Uitgangspunt, begindatum: date) -> str | None:
    if begindatum <= u.vandaag:
        return None
    return f"{begindatum} ligt in de toekomst; meld een start als de levering feitelijk is begonnen (OP011)."


def _buiten(toewijzing: Toewijzing, begindatum: date) -> list[str]:
    product = toewijzing.product
    if op_dag(product.Ingangsdatum, product.Einddatum, begindatum):
        return []
    return [
        f"Let op: {begindatum} ligt buiten toewijzing {toewijzing.nummer}; wat daar valt is niet te declareren (TR307)."
    ]


def _voorstel(u: Uitgangspunt, starts: tuple[StartProduct, ...], uitleg: list[str]) -> Voorstel:
    soort, persoon = u.soort("305"), client(u)
    if persoon is None:
        return weigering(soort, GEEN_CLIENT)
    bericht = Bericht305(Header=u.header(soort), Client=Client305(**persoon, StartProducten=starts))
    return Voorstel(soort, tuple(uitleg), (), bericht)
