"""301 Toewijzing and its retour 302: what a gemeente assigns to one client at one aanbieder."""

from typing import Annotated

from . import basis as b
from . import typen as t
from .kop import Bericht, Retourbericht
from .onderdeel import Berichtklasse, Verzameling


class Contact(Berichtklasse):
    Soort: t.AdresSoort
    Adres: b.Adres | None = None
    Organisatie: t.PersoonlijkeTekst | None = None
    Telefoon: b.Telefoonnummers | None = None
    Emailadres: t.PersoonlijkeTekst | None = None
    Periode: b.OpenPeriode | None = None


class Relatie(Berichtklasse):
    Nummer: t.PersoonlijkeTekst
    Volgorde: t.Geheel | None = None
    Soort: t.SoortRelatie
    Geboortedatum: b.Geboortedatum | None = None
    Geslacht: t.Geslacht | None = None
    Naam: b.VolledigeNaam
    Contact: Contact


class ToegewezenProduct(Berichtklasse):
    """One version of a toewijzing; the newest by Toewijzingsdatum and Toewijzingstijd counts (IV013)."""

    ToewijzingNummer: t.Geheel
    ReferentieAanbieder: t.Tekst | None = None
    Product: b.Product | None = None
    Toewijzingsdatum: t.Datum
    Toewijzingstijd: t.Tijd
    Ingangsdatum: t.Datum
    Einddatum: t.Datum | None = None
    RedenWijziging: t.RedenWijziging | None = None
    Omvang: b.Omvang | None = None
    Budget: t.Eurocent | None = None
    Commentaar: t.PersoonlijkeTekst | None = None


class Client301(Berichtklasse):
    Bsn: t.Bsn
    Geboortedatum: b.Geboortedatum
    Geslacht: t.Geslacht
    Naam: b.VolledigeNaam
    Communicatie: b.Communicatie | None = None
    JuridischeStatus: t.JuridischeStatus | None = None
    WettelijkeVertegenwoordiging: t.WettelijkeVertegenwoordiging | None = None
    Commentaar: t.PersoonlijkeTekst | None = None
    Relaties: Annotated[tuple[Relatie, ...], Verzameling("Relatie")] = ()
    Contactgegevens: Annotated[tuple[Contact, ...], Verzameling("Contact")]
    ToegewezenProducten: Annotated[tuple[ToegewezenProduct, ...], Verzameling("ToegewezenProduct")]


class Bericht301(Bericht):
    Client: Client301


class Bericht302(Retourbericht):
    Client: Client301 | None = None
