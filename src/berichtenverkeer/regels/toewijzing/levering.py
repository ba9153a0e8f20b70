"""Rules on start and stop (305, 307) against the dossier.

A class with StatusAanlevering 3 is only held against TR063 and, for a start, TR071; its content is not judged (TR063).
"""

from collections.abc import Iterator

from ...levensloop.gebeurtenis import TIJDELIJK, VERWIJDEREN
from ...levensloop.levering import Levering, startsleutel, toewijzingssleutel
from ...levensloop.overgangen import Leveringstoestand
from ...levensloop.rekenen.variant import Uitvoeringsvariant
from ...levensloop.toewijzing import is_verwijderd
from ...standaard.berichten.start import StartProduct
from ...standaard.berichten.stop import StopProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Context, Kennis
from ..passend import passende_nummers
from ..regel import regel
from ..zinsdeel import van_product

_Geleverd = StartProduct | StopProduct

_HOOGSTENS = 3
"""How many starts or stops an advice names."""


@regel(Niveau.BERICHT, "0001", "305 307", StartProduct, StopProduct)
def CS058(product: _Geleverd, context: Context) -> Iterator[Overtreding]:
    """StatusAanlevering is 1 (eerste aanlevering) of 3 (verwijderen); 2 en 9 zijn verboden (OP033x2)."""
    if product.StatusAanlevering not in ("1", VERWIJDEREN):
        yield Overtreding(
            product,
            "StatusAanlevering",
            f"StatusAanlevering {product.StatusAanlevering} wordt niet gebruikt.",
            "Verwijder de foute aanlevering met 3 en lever de goede opnieuw aan met 1.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9019", "305 307", StartProduct, StopProduct)
def TR019(product: _Geleverd, kennis: Kennis) -> Iterator[Overtreding]:
    """ToewijzingNummer verwijst naar een bestaande toewijzing, bij inspannings- en outputgericht werken.

    Een verwijderde toewijzing (RedenWijziging 13) bestaat niet meer (afgeleid). Een leeg nummer mag alleen als het
    contract voor dit Product op de Begindatum taakgericht is; het bericht zegt dat niet, de productcodelijst van de
    gemeente wel. Wat daar niet in staat volgt de instelling variant.
    """
    if product.StatusAanlevering == VERWIJDEREN:
        return
    nummer = product.ToewijzingNummer
    if nummer is None:
        if kennis.contract.variant(product.Product, product.Begindatum) is not Uitvoeringsvariant.TAAKGERICHT:
            yield Overtreding(
                product,
                "ToewijzingNummer",
                "ToewijzingNummer ontbreekt; alleen een taakgericht contract kent levering zonder toewijzing.",
                passende_nummers(product.Product, product.Begindatum, kennis)
                or "Van deze cliënt is er geen toewijzing voor dit product; wacht op het toewijzingsbericht.",
            )
        return
    bekend = kennis.dossier.toewijzingen.get(nummer)
    if bekend is None:
        yield Overtreding(
            product,
            "ToewijzingNummer",
            f"Toewijzing {nummer} is niet bekend voor deze cliënt bij deze aanbieder en gemeente.",
            passende_nummers(product.Product, product.Begindatum, kennis)
            or "Controleer het nummer; wacht op het toewijzingsbericht of vraag de gemeente ernaar.",
        )
    elif is_verwijderd(bekend.product):
        yield Overtreding(
            product,
            "ToewijzingNummer",
            f"Toewijzing {nummer} is door de gemeente verwijderd.",
            "Neem contact op met de gemeente als er toch geleverd wordt.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9063", "305 307", StartProduct, StopProduct)
def TR063(product: _Geleverd, kennis: Kennis) -> Iterator[Overtreding]:
    """Bij StatusAanlevering 3 is er voor dezelfde cliënt een eerdere aanlevering met exact dezelfde logische sleutel.

    Wat al verwijderd is geldt als niet verzonden, dus een tweede verwijdering heeft geen eerdere aanlevering meer.
    """
    if product.StatusAanlevering != VERWIJDEREN:
        return
    if not _al_aangeleverd(product, kennis):
        yield Overtreding(
            product,
            "StatusAanlevering",
            f"Er is geen eerdere {_beschreven(product)} om met StatusAanlevering 3 te verwijderen.",
            _te_verwijderen(product, _levering(product, kennis)),
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9074", "305 307", StartProduct, StopProduct)
def TR074(product: _Geleverd, kennis: Kennis) -> Iterator[Overtreding]:
    """Bij StatusAanlevering 1 is de logische sleutel nieuw ten opzichte van alle eerdere berichten.

    Verwijderde aanleveringen tellen niet mee (OP033). Dubbel binnen het bericht is TR101.
    """
    if product.StatusAanlevering != VERWIJDEREN and _al_aangeleverd(product, kennis):
        yield Overtreding(
            product,
            "",
            f"Er is al een {_beschreven(product)} aangeleverd.",
            "Stuur hem niet opnieuw; verwijder eerst de eerdere met StatusAanlevering 3 als die fout was.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9071", "305", StartProduct)
def TR071(start: StartProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een start met StatusAanlevering 3 mag niet als er voor die start al een stop is.

    Is de stop zelf verwijderd, dan mag het weer (OP033, afgeleid).
    """
    stops = _levering(start, kennis).stops_van(start) if start.StatusAanlevering == VERWIJDEREN else ()
    if stops:
        yield Overtreding(
            start,
            "StatusAanlevering",
            f"De start van {start.Begindatum} heeft al een stop op {stops[-1].Einddatum} en kan niet met StatusAanlevering 3 "
            "worden verwijderd.",
            "Verwijder eerst de stop met een 307 met StatusAanlevering 3.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9326", "305", StartProduct)
def TR326(start: StartProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een start mag pas als er bij de toewijzing geen open levering is: een start zonder stop.

    Na een stop, tijdelijk of definitief, mag opnieuw gestart worden (OP379).
    """
    if start.StatusAanlevering == VERWIJDEREN:
        return
    lopend = _levering(start, kennis).open_start
    if lopend is not None:
        yield Overtreding(
            start,
            "Begindatum",
            f"Een start op {start.Begindatum} kan niet: er loopt al een levering op deze toewijzing, gestart op "
            f"{lopend.Begindatum}.",
            "Stuur eerst een stop op de lopende levering, of verwijder die start als hij fout was.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9069", "307", StopProduct)
def TR382(stop: StopProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """ToewijzingNummer, Product en Begindatum van een stop zijn gelijk aan die van een start die niet verwijderd is.

    Dat is de laatste start (OP155): die met de laatste Begindatum, open of tijdelijk gestopt. Een stop op een oudere, al
    gestopte start krijgt de code naar de stand van die start: 9413 (TR413) of 9415 (TR415); alleen wat die doorlaten, een
    definitieve stop op een tijdelijk gestopte start die niet de laatste is, krijgt 9069 (afgeleid). Een oudere start
    waarvan de stop is verwijderd mag opnieuw worden gestopt (afgeleid). WJ001 noemt bij 9069 de regel TR069, die niet
    bestaat (tegenstrijdigheid 1).
    """
    if stop.StatusAanlevering == VERWIJDEREN:
        return
    levering = _levering(stop, kennis)
    if not levering.heeft_start(stop):
        yield Overtreding(
            stop,
            "Begindatum",
            f"Er is geen start van {van_product(stop.Product)} op toewijzing {stop.ToewijzingNummer or 'zonder nummer'} met "
            f"Begindatum {stop.Begindatum}.",
            _welke_start(stop, levering),
        )
    elif (
        stop.RedenBeeindiging != TIJDELIJK
        and levering.toestand_van(stop) is Leveringstoestand.TIJDELIJK_GESTOPT
        and levering.laatste_start is not None
        and startsleutel(levering.laatste_start) != startsleutel(stop)
    ):
        yield Overtreding(
            stop,
            "Begindatum",
            f"De start van {stop.Begindatum} is niet de laatste; er is een start van {levering.laatste_start.Begindatum}.",
            "Stuur de stop op de laatste start, of verwijder eerst de tijdelijke stop van deze start.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9413", "307", StopProduct)
def TR413(stop: StopProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Op een start met een tijdelijke stop (RedenBeeindiging 20) volgt niet nog een tijdelijke stop (OP378).

    Vergeleken op Bsn, ToewijzingNummer en Begindatum. Verwijderde stops tellen niet.
    """
    if stop.StatusAanlevering == VERWIJDEREN or stop.RedenBeeindiging != TIJDELIJK:
        return
    eerder = next((eerder for eerder in _eerdere(stop, kennis) if eerder.RedenBeeindiging == TIJDELIJK), None)
    if eerder is not None:
        yield Overtreding(
            stop,
            "RedenBeeindiging",
            f"De levering die begon op {stop.Begindatum} is al tijdelijk gestopt (RedenBeeindiging 20) op {eerder.Einddatum}.",
            "Stuur een definitieve stop, of bij hervatting eerst een nieuwe start.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9414", "307", StopProduct)
def TR414(stop: StopProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """De Einddatum van een volgende stop op dezelfde start ligt niet vóór die van de eerdere; gelijk mag (OP377).

    Vergeleken op Bsn, ToewijzingNummer en Begindatum. Verwijderde stops tellen niet.
    """
    if stop.StatusAanlevering == VERWIJDEREN:
        return
    laatste = max((eerder.Einddatum for eerder in _eerdere(stop, kennis)), default=None)
    if laatste is not None and stop.Einddatum < laatste:
        yield Overtreding(
            stop,
            "Einddatum",
            f"Einddatum {stop.Einddatum} ligt vóór die van de eerdere stop, {laatste}.",
            f"Gebruik een einddatum van {laatste} of later, of verwijder eerst de eerdere stop.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9415", "307", StopProduct)
def TR415(stop: StopProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Op een definitief gestopte start (RedenBeeindiging ongelijk aan 20) volgt geen andere stop; wel een nieuwe start.

    Vergeleken op Bsn, ToewijzingNummer en Begindatum. Verwijderde stops tellen niet.
    """
    if stop.StatusAanlevering == VERWIJDEREN:
        return
    eerder = next((eerder for eerder in _eerdere(stop, kennis) if eerder.RedenBeeindiging != TIJDELIJK), None)
    if eerder is not None:
        yield Overtreding(
            stop,
            "RedenBeeindiging",
            f"Een stop met RedenBeeindiging {stop.RedenBeeindiging} kan niet: de levering die begon op {stop.Begindatum} is al "
            f"definitief gestopt op {eerder.Einddatum}, met RedenBeeindiging {eerder.RedenBeeindiging}.",
            "Verwijder eerst de eerdere stop als die fout was, of start opnieuw als er weer geleverd wordt.",
        )


def _welke_start(stop: StopProduct, levering: Levering) -> str:
    """The start to stop, when there is one."""
    if levering.laatste_start is None:
        return "Er is op deze toewijzing geen start gemeld. Meld eerst de start met een 305, en dan deze stop."
    return f"Neem de sleutel over van {_start_zin(levering.laatste_start)}, of meld eerst de start die hier is bedoeld."


def _te_verwijderen(product: _Geleverd, levering: Levering) -> str:
    """What there is to take back, when there is anything."""
    if isinstance(product, StopProduct):
        gevonden = [
            f"de stop met Begindatum {stop.Begindatum}, Einddatum {stop.Einddatum} en RedenBeeindiging {stop.RedenBeeindiging}"
            for stop in levering.stops
        ]
    else:
        gevonden = [_start_zin(start) for start in levering.starts]
    soort = "stop" if isinstance(product, StopProduct) else "start"
    if not gevonden:
        return f"Op deze toewijzing staat geen {soort}; er is niets te verwijderen."
    return f"Neem alle sleutelvelden letterlijk over van wat er staat: {'; '.join(gevonden[-_HOOGSTENS:])}."


def _start_zin(start: StartProduct) -> str:
    return f"de start van {van_product(start.Product)} met Begindatum {start.Begindatum}"


def _beschreven(product: _Geleverd) -> str:
    """A start or stop by its logical key."""
    begin = f"{van_product(product.Product)} op toewijzing {product.ToewijzingNummer or 'zonder nummer'}"
    if isinstance(product, StopProduct):
        return (
            f"stop van {begin} met Begindatum {product.Begindatum}, Einddatum {product.Einddatum} en RedenBeeindiging "
            f"{product.RedenBeeindiging}"
        )
    return f"start van {begin} met Begindatum {product.Begindatum}"


def _levering(product: _Geleverd, kennis: Kennis) -> Levering:
    return kennis.dossier.levering(toewijzingssleutel(product))


def _eerdere(stop: StopProduct, kennis: Kennis) -> tuple[StopProduct, ...]:
    """The stops that TR413, TR414 and TR415 compare with; under a taakgericht contract those of the same Product."""
    return _levering(stop, kennis).stops_op(stop.Begindatum)


def _al_aangeleverd(product: _Geleverd, kennis: Kennis) -> bool:
    levering = _levering(product, kennis)
    return levering.heeft_stop(product) if isinstance(product, StopProduct) else levering.heeft_start(product)
