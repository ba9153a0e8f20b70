"""The messages of the benchmark: for each client a toewijzing, its start and its stop, both laws by turns."""

from collections.abc import Iterator
from datetime import date, time

from berichtenverkeer.standaard.berichten import basis as b
from berichtenverkeer.standaard.berichten.kop import Header
from berichtenverkeer.standaard.berichten.start import Bericht305, Client305, StartProduct
from berichtenverkeer.standaard.berichten.stop import Bericht307, Client307, StopProduct
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301, Client301, Contact, ToegewezenProduct
from berichtenverkeer.standaard.berichtsoort import Berichtsoort, Ketenrol, berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.schrijven import serialiseer

GEMEENTE = "0344"
AANBIEDER = "73730042"
_DAG = date(2026, 1, 5)


def bsns() -> Iterator[str]:
    """Every fictive Bsn of the test range that passes the 11-proef, again and again."""
    while True:
        for getal in range(999_900_000, 999_999_991):
            cijfers = [int(teken) for teken in str(getal)]
            som = sum(gewicht * cijfer for gewicht, cijfer in zip(range(9, 1, -1), cijfers, strict=False)) - cijfers[8]
            if som % 11 == 0:
                yield str(getal)


def gang(nummer: int, bsn: str, toegewezen: int = 6) -> list[tuple[str, bytes]]:
    """The messages of one client in order, each with the code of who sends it: a 301, a 305 and a 307.

    ``toegewezen`` is how many toewijzingen the 301 has, at most 9: it is 6 kB with six of them, 7 kB with eight.
    """
    domein = Domein.IWMO if nummer % 2 else Domein.IJW
    categorie = "02" if domein is Domein.IWMO else "31"
    toewijzingen = range(nummer * 10 + 1, nummer * 10 + 1 + toegewezen)
    product = {n: b.Product(Categorie=categorie, Code=f"{categorie}A{n % 10:02}") for n in toewijzingen}
    eerste = toewijzingen[0]
    geboorte = b.Geboortedatum(Datum=date(1950, 1, 1))
    kort = b.VerkorteNaam(Geslachtsnaam=b.Achternaam(Achternaam="Testpersoon"))
    levering = {"ToewijzingNummer": eerste, "Product": product[eerste], "Begindatum": _DAG, "StatusAanlevering": "1"}
    s301, s305, s307 = (berichtsoort(domein, n) for n in ("301", "305", "307"))
    toewijzing = Bericht301(
        Header=header(s301, nummer),
        Client=Client301(
            Bsn=bsn,
            Geboortedatum=geboorte,
            Geslacht="1",
            Naam=b.VolledigeNaam(Geslachtsnaam=b.Achternaam(Achternaam="Testpersoon"), NaamGebruik="1"),
            Contactgegevens=(contact("01"), contact("03")),
            ToegewezenProducten=tuple(
                ToegewezenProduct(
                    ToewijzingNummer=n,
                    Product=product[n],
                    Toewijzingsdatum=_DAG,
                    Toewijzingstijd=time(9),
                    Ingangsdatum=_DAG,
                    Omvang=b.Omvang(Volume=4, Eenheid="04", Frequentie="4"),
                )
                for n in toewijzingen
            ),
        ),
    )
    start = Bericht305(
        Header=header(s305, nummer),
        Client=Client305(
            Bsn=bsn, Geboortedatum=geboorte, Geslacht="1", Naam=kort,
            StartProducten=(StartProduct.model_validate(levering),),
        ),
    )  # fmt: skip
    stop = Bericht307(
        Header=header(s307, nummer),
        Client=Client307(
            Bsn=bsn, Geboortedatum=geboorte, Geslacht="1", Naam=kort,
            StopProducten=(StopProduct.model_validate(levering | {"RedenBeeindiging": "20", "Einddatum": _DAG}),),
        ),
    )  # fmt: skip
    return [
        (GEMEENTE, serialiseer(toewijzing, s301)),
        (AANBIEDER, serialiseer(start, s305)),
        (AANBIEDER, serialiseer(stop, s307)),
    ]


def header(soort: Berichtsoort, nummer: int, aanbieder: str = AANBIEDER, dag: date = _DAG) -> Header:
    """The Header of a message to or from this aanbieder, of this day."""
    gemeente_stuurt = soort.verzender is Ketenrol.GEMEENTE
    return Header(
        BerichtCode=soort.berichtcode,
        BerichtVersie=3,
        BerichtSubversie=2,
        Afzender=GEMEENTE if gemeente_stuurt else aanbieder,
        Ontvanger=aanbieder if gemeente_stuurt else GEMEENTE,
        BerichtIdentificatie=b.BerichtIdentificatie(Identificatie=f"B{nummer}", Dagtekening=dag),
        XsdVersie=b.XsdVersie(BasisschemaXsdVersie="1.0.0", BerichtXsdVersie="1.0.0"),
    )


def contact(soort: str) -> Contact:
    """A way to reach a client."""
    adres = b.Adres(
        Huis=b.Huis(Huisnummer=3), Postcode="1234AB", Straatnaam="Teststraat", Plaatsnaam="Testdorp", LandCode="NL"
    )
    return Contact(Soort=soort, Adres=adres)
