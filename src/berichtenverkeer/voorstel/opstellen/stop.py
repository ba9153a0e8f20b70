"""The 307 of an aanbieder: the stop of a delivery with its reason, or its correction (IV008)."""

from datetime import date

from ...levensloop.gebeurtenis import TIJDELIJK, VERWIJDEREN
from ...levensloop.levering import Levering, stopsleutel
from ...levensloop.overgangen import Leveringstoestand
from ...levensloop.toewijzing import Toewijzing
from ...standaard.berichten.start import StartProduct
from ...standaard.berichten.stop import Bericht307, Client307, StopProduct
from ...standaard.codelijst import REDEN_BEEINDIGING
from .levering import GEEN_CLIENT, GEMELD, client, leverbaar
from .reden import VOLGENS_PLAN, initiatief_aanbieder, intrekking, van_wijziging
from .voorstel import Uitgangspunt, Voorstel, Vraag, weigering

_Redenering = tuple[str, str]
"""A RedenBeeindiging and where it comes from."""


def meld_stop(u: Uitgangspunt, nummer: int, einddatum: date | None = None, reden: str | None = None) -> Voorstel:
    """The 307 for the last delivery on a toewijzing. Without ``einddatum`` it is the Einddatum of the toewijzing, once
    that has come; without ``reden`` it is what follows from the toewijzing, or a question."""
    soort, bekend = u.soort("307"), leverbaar(u, nummer)
    if isinstance(bekend, str):
        return weigering(soort, bekend)
    levering = u.dossier.levering((nummer,))
    start = levering.open_start or levering.laatste_start
    if start is None:
        return weigering(soort, f"Op toewijzing {nummer} is geen start gemeld; zonder start is er geen stop (TR382).")
    if levering.toestand is Leveringstoestand.DEFINITIEF_GESTOPT:
        return weigering(soort, f"De levering op toewijzing {nummer} is al definitief gestopt (TR415).")
    return _stop(u, bekend, levering, start, einddatum, reden, None)


def verbeter_stop(u: Uitgangspunt, nummer: int, einddatum: date | None = None, reden: str | None = None) -> Voorstel:
    """The 307 that takes back the last stop, and reports it with this Einddatum or RedenBeeindiging instead; with neither it
    does no more than take it back."""
    soort, bekend = u.soort("307"), u.dossier.toewijzingen.get(nummer)
    levering = u.dossier.levering((nummer,))
    oud = levering.einde
    if bekend is None or oud is None:
        return weigering(
            soort, f"Op toewijzing {nummer} is geen stop gemeld waarmee de levering nu is geëindigd (TR063)."
        )
    if einddatum is None and reden is None:
        return _voorstel(u, (_weg(oud),), [_teruggenomen(oud)])
    geldig = leverbaar(u, nummer)
    if isinstance(geldig, str):
        return weigering(soort, geldig)
    start = next(s for s in levering.starts if oud in levering.stops_van(s))
    zonder = levering.na(_weg(oud))
    return _stop(u, bekend, zonder, start, einddatum or oud.Einddatum, reden or oud.RedenBeeindiging, oud)


def _stop(
    u: Uitgangspunt,
    toewijzing: Toewijzing,
    levering: Levering,
    start: StartProduct,
    einddatum: date | None,
    reden: str | None,
    oud: StopProduct | None,
) -> Voorstel:
    soort, nummer = u.soort("307"), toewijzing.nummer
    tijdelijk = levering.toestand_van(start) is Leveringstoestand.TIJDELIJK_GESTOPT
    einde = einddatum or _einde(u, toewijzing)
    vragen = []
    if einde is None:
        vragen.append(Vraag("einddatum", "Op welke dag is de levering geëindigd?"))
    redenering = _reden(u, toewijzing, einde, reden)
    if redenering is None:
        codes = [
            c
            for c in initiatief_aanbieder(u.sleutel.domein, u.soort("307").release)
            if not (tijdelijk and c == TIJDELIJK)
        ]
        vraag = "Waarom eindigt de levering? De toewijzing geeft geen reden."
        vragen.append(Vraag("reden", vraag, u.keuzes(REDEN_BEEINDIGING[u.sleutel.domein], "307", codes)))
    if redenering is None or einde is None:
        return Voorstel(soort, (), tuple(vragen))
    code, waarom = redenering
    if code not in u.lijst(REDEN_BEEINDIGING[u.sleutel.domein], "307"):
        return weigering(soort, f"{code} is geen RedenBeeindiging van {u.sleutel.domein}.")
    if tijdelijk and code == TIJDELIJK:
        return weigering(soort, f"De levering op toewijzing {nummer} is al tijdelijk gestopt (TR413).")
    goed = StopProduct(
        ToewijzingNummer=nummer,
        Product=start.Product,
        ToewijzingIngangsdatum=toewijzing.product.Ingangsdatum,
        Begindatum=start.Begindatum,
        RedenBeeindiging=code,
        Einddatum=einde,
        StatusAanlevering=GEMELD,
    )
    uitleg = [f"Stop op de start van {start.Begindatum} op toewijzing {nummer}, Einddatum {einde}.", waarom]
    if oud is None:
        return _voorstel(u, (goed,), uitleg)
    if stopsleutel(goed) == stopsleutel(oud):
        return weigering(soort, "De verbeterde stop is gelijk aan de gemelde; er is niets te verbeteren.")
    return _voorstel(u, (_weg(oud), goed), [_teruggenomen(oud), *uitleg])


def _einde(u: Uitgangspunt, toewijzing: Toewijzing) -> date | None:
    """The Einddatum of the toewijzing, once that day has come."""
    einde = toewijzing.product.Einddatum
    return einde if einde is not None and einde <= u.vandaag else None


def _reden(u: Uitgangspunt, toewijzing: Toewijzing, einde: date | None, gegeven: str | None) -> _Redenering | None:
    domein, lijst = u.sleutel.domein, u.lijst(REDEN_BEEINDIGING[u.sleutel.domein], "307")
    if gegeven is not None:
        label = f": {lijst.label(gegeven)}" if gegeven in lijst else ""
        return gegeven, f"RedenBeeindiging {gegeven} is gekozen{label}."
    if einde is None or einde != toewijzing.product.Einddatum:
        return None
    ingetrokken = intrekking(toewijzing)
    if ingetrokken is None:
        code = VOLGENS_PLAN[domein]
        return code, f"De levering eindigt met de toewijzing: RedenBeeindiging {code} (OP288)."
    volgt = van_wijziging(domein, ingetrokken)
    if volgt is None:
        return None
    return (
        volgt,
        f"De toewijzing is ingetrokken met RedenWijziging {ingetrokken}: daarbij hoort RedenBeeindiging {volgt}.",
    )


def _weg(oud: StopProduct) -> StopProduct:
    return oud.model_copy(update={"StatusAanlevering": VERWIJDEREN})


def _teruggenomen(oud: StopProduct) -> str:
    return f"De stop met Einddatum {oud.Einddatum} en reden {oud.RedenBeeindiging} wordt teruggenomen (StatusAanlevering 3)."


def _voorstel(u: Uitgangspunt, stops: tuple[StopProduct, ...], uitleg: list[str]) -> Voorstel:
    soort, persoon = u.soort("307"), client(u)
    if persoon is None:
        return weigering(soort, GEEN_CLIENT)
    bericht = Bericht307(Header=u.header(soort), Client=Client307(**persoon, StopProducten=stops))
    return Voorstel(soort, tuple(uitleg), (), bericht)
