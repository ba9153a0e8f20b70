"""The shared data types (CDT) of the basisschema, equal for both laws."""

from . import typen as t
from .onderdeel import Gegevensgroep


class Achternaam(Gegevensgroep):
    Achternaam: t.PersoonlijkeTekst
    Voorvoegsel: t.PersoonlijkeTekst | None = None


class VerkorteNaam(Gegevensgroep):
    Geslachtsnaam: Achternaam
    Voornamen: t.PersoonlijkeTekst | None = None
    Voorletters: t.PersoonlijkeTekst | None = None


class VolledigeNaam(Gegevensgroep):
    Geslachtsnaam: Achternaam
    Partnernaam: Achternaam | None = None
    Voornamen: t.PersoonlijkeTekst | None = None
    Voorletters: t.PersoonlijkeTekst | None = None
    NaamGebruik: t.NaamGebruik


class Huis(Gegevensgroep):
    Huisnummer: t.Geheel
    Huisletter: t.PersoonlijkeTekst | None = None
    HuisnummerToevoeging: t.PersoonlijkeTekst | None = None
    AanduidingWoonadres: t.AanduidingWoonadres | None = None


_Huis = Huis


class Adres(Gegevensgroep):
    Huis: _Huis | None = None
    Postcode: t.PersoonlijkeTekst | None = None
    Straatnaam: t.PersoonlijkeTekst | None = None
    Plaatsnaam: t.PersoonlijkeTekst | None = None
    LandCode: t.LandCode | None = None


class BerichtIdentificatie(Gegevensgroep):
    Identificatie: t.Tekst
    Dagtekening: t.Datum


class Communicatie(Gegevensgroep):
    Vorm: t.Communicatievorm
    Taal: t.PersoonlijkeTekst | None = None


class Geboortedatum(Gegevensgroep):
    Datum: t.PersoonlijkeDatum
    DatumGebruik: t.DatumGebruik | None = None


class GeslotenPeriode(Gegevensgroep):
    Begindatum: t.Datum
    Einddatum: t.Datum


class OpenPeriode(Gegevensgroep):
    Begindatum: t.Datum | None = None
    Einddatum: t.Datum | None = None


class Omvang(Gegevensgroep):
    """How much is assigned: Volume per Frequentie, in Eenheid (eurocent when Eenheid is 83; IV042)."""

    Volume: t.Geheel
    Eenheid: t.Eenheid
    Frequentie: t.Frequentie


class Product(Gegevensgroep):
    Categorie: t.ProductCategorie
    Code: t.Tekst | None = None


class Referentie(Gegevensgroep):
    ReferentieNummer: t.Tekst
    VorigReferentieNummer: t.Tekst | None = None


class Telefoon(Gegevensgroep):
    Telefoonnummer: t.PersoonlijkeTekst
    Landnummer: t.PersoonlijkeTekst


class Telefoonnummers(Gegevensgroep):
    Telefoon01: Telefoon
    Telefoon02: Telefoon | None = None


class BedragMetDC(Gegevensgroep):
    """An amount in eurocent and its direction: D(ebet) or C(redit)."""

    Bedrag: t.Eurocent
    DebetCredit: t.DebetCredit


class TotaalBedragMetDC(Gegevensgroep):
    """A total in eurocent and its direction: D(ebet) or C(redit)."""

    TotaalBedrag: t.Eurocent
    DebetCredit: t.DebetCredit


class Verwijzer(Gegevensgroep):
    Type: t.TypeVerwijzer
    Naam: t.PersoonlijkeTekst | None = None
    ZorgverlenerCode: t.Tekst | None = None


class XsdVersie(Gegevensgroep):
    BasisschemaXsdVersie: t.Tekst
    BerichtXsdVersie: t.Tekst
