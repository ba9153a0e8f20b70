"""What a problem looks like, by status: an example for the description of the interface."""

from collections.abc import Mapping
from typing import NamedTuple


class Voorbeeld(NamedTuple):
    """A kind of problem as it may be told."""

    soort: str
    detail: str
    advies: str


_LATER = "Bied het straks opnieuw aan; hetzelfde bericht twee keer aanbieden kan geen kwaad."

VOORBEELDEN: Mapping[int, Voorbeeld] = {
    400: Voorbeeld(
        "vraag-onjuist",
        "De vraag is niet goed ingevuld: limiet is hoogstens 1000.",
        "Verbeter deze velden; bij /docs staat de vorm van elk.",
    ),
    401: Voorbeeld(
        "niet-aangemeld",
        "Deze vraag heeft geen geldig token.",
        "Geef de header 'Authorization: Bearer TOKEN' mee, met een token van dit knooppunt.",
    ),
    403: Voorbeeld("niet-van-u", "U handelt niet voor deze partij.", "Laat die partij het zelf doen, of u machtigen."),
    404: Voorbeeld(
        "niet-gevonden", "Dit bericht is niet gevonden.", "Controleer het adres; u ziet alleen wat van u is."
    ),
    405: Voorbeeld("http", "Methode niet toegestaan.", "Hier kan: GET, POST."),
    406: Voorbeeld(
        "vorm-onbekend",
        "Dit is er niet in de vorm die de header Accept vraagt.",
        "Vraag om application/json, text/csv.",
    ),
    408: Voorbeeld(
        "te-traag", "De inhoud kwam te langzaam binnen.", "Bied haar opnieuw aan, over een betere verbinding."
    ),
    409: Voorbeeld("botsing", "Intussen is er iets veranderd.", "Vraag op hoe het er nu voor staat."),
    410: Voorbeeld(
        "gegevens-vernietigd",
        "De sleutel van deze gegevens is vernietigd op 2026-03-02: zij zijn niet meer te lezen.",
        "Opnieuw vragen helpt niet. Vraag de andere partij wat u nog nodig hebt.",
    ),
    413: Voorbeeld("te-groot", "De inhoud is groter dan hier mag.", "Splits haar in kleinere delen."),
    415: Voorbeeld(
        "geen-xml",
        "De inhoud is niet aangekondigd als XML.",
        "Geef de header 'Content-Type: application/xml' mee.",
    ),
    416: Voorbeeld(
        "bereik-onjuist",
        "Dit deel van het bestand is er niet.",
        "Vraag een deel dat er is, of het hele bestand.",
    ),
    422: Voorbeeld(
        "xsd-ongeldig",
        "Het bericht voldoet niet aan het schema.",
        "Verbeter wat in de bevindingen staat en bied het opnieuw aan.",
    ),
    429: Voorbeeld(
        "te-veel",
        "Er komen van dit adres te veel vragen van wie zich niet aanmeldt.",
        "Wacht even, of meld u aan met een token.",
    ),
    500: Voorbeeld(
        "storing",
        "Er ging iets mis in het knooppunt.",
        "Bied het opnieuw aan; blijft het misgaan, meld het de beheerder.",
    ),
    501: Voorbeeld("geen-pdf", "Dit knooppunt kan geen PDF maken.", "Vraag om HTML en druk dat af."),
    503: Voorbeeld("database-onbereikbaar", "Het knooppunt kan nu niet bij zijn database.", _LATER),
}
