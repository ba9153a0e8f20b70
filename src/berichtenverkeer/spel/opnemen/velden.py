"""What may stay in a message that is shared and what takes the place of the rest, element by element, as data.

A recording keeps only what stands in ``BLIJFT``: codes, dates and amounts that a rule or a state rests on. So an element that
the standard gets one day is replaced until somebody decides otherwise; a test holds the tables against the messages.
"""

import re
from collections.abc import Callable

from ...standaard.codelijst import codelijst
from ...standaard.domein import Domein

Veldnaam = tuple[str, str]
"""The class and the element in it."""

Maker = Callable[[int, str], str]
"""The fictive value with this number, from 1, in the place of this original: of the same kind as far as a rule can tell."""

_CODES_EN_DATA = {
    "BerichtIdentificatie": "Dagtekening",
    "Geboortedatum": "DatumGebruik",
    "VolledigeNaam": "NaamGebruik",
    "Contact": "Soort",
    "OpenPeriode": "Begindatum Einddatum",
    "GeslotenPeriode": "Begindatum Einddatum",
    "Product": "Categorie Code",
    "Omvang": "Volume Eenheid Frequentie",
    "ToegewezenProduct": "Toewijzingsdatum Toewijzingstijd Ingangsdatum Einddatum RedenWijziging Budget",
    "StartProduct": "ToewijzingIngangsdatum Begindatum StatusAanlevering",
    "StopProduct": "ToewijzingIngangsdatum Begindatum RedenBeeindiging Einddatum StatusAanlevering",
    "AangevraagdProduct": "BeschikkingIngangsdatum ToewijzingIngangsdatum ToewijzingEinddatum Budget Raamcontract",
    "Verwijzer": "Type",
    "Verzoek": "RedenVerzoek",
    "TeWijzigenProduct": "GewensteIngangsdatum Einddatum Budget",
    "NieuwProduct": "GewensteIngangsdatum Einddatum Budget",
    "Antwoord319": "VerzoekAntwoord RedenAfwijzingVerzoek",
    "Declaratie": "DeclaratieDagtekening",
    "TotaalBedragMetDC": "TotaalBedrag DebetCredit",
    "Prestatie": "ProductCategorie ProductCode GeleverdVolume Eenheid ProductTarief",
    "BedragMetDC": "Bedrag DebetCredit",
}

BLIJFT: frozenset[Veldnaam] = frozenset(
    (klasse, naam) for klasse, namen in _CODES_EN_DATA.items() for naam in namen.split()
)
"""Codes, dates and amounts. Geboortedatum/Datum is not among them."""

ALTIJD: dict[Veldnaam, Callable[[str], str]] = {
    ("Adres", "LandCode"): lambda oud: oud if oud == "NL" else "BE",
    ("Client301", "Geslacht"): lambda _: "2",
    ("Client301", "JuridischeStatus"): lambda _: "12",
    ("Client301", "WettelijkeVertegenwoordiging"): lambda _: "10",
    ("Client305", "Geslacht"): lambda _: "2",
    ("Client307", "Geslacht"): lambda _: "2",
    ("Client315", "Geslacht"): lambda _: "2",
    ("Client315", "GezagsdragerBekend"): lambda _: "1",
    ("Communicatie", "Vorm"): lambda oud: oud if oud == "1" else "2",
    ("Huis", "AanduidingWoonadres"): lambda _: "BY",
    ("Relatie", "Geslacht"): lambda _: "2",
    ("Relatie", "Soort"): lambda _: "09",
    ("Relatie", "Volgorde"): lambda _: "1",
}
"""Codes that say something of a person: one and the same for everybody, as far as a rule can tell."""

VARIABELEN = {
    "Bsn": "client",
    "Identificatie": "i",
    "ToewijzingNummer": "t",
    "ReferentieAanbieder": "r",
    "ReferentieNummer": "p",
    "VorigReferentieNummer": "p",
    "DeclaratieNummer": "d",
}
"""Elements of which every play makes fresh values, and how their variables are called. Those with one letter hold each other's
values: a creditregel names the Prestatie it takes back, which may stand after it or in no message at all."""

VAN_DE_KOP = frozenset(
    {
        ("Header", "BerichtCode"),
        ("Header", "BerichtVersie"),
        ("Header", "BerichtSubversie"),
        ("Header", "Afzender"),
        ("Header", "Ontvanger"),
        ("BerichtIdentificatie", "Identificatie"),
        ("XsdVersie", "BasisschemaXsdVersie"),
        ("XsdVersie", "BerichtXsdVersie"),
    }
)
"""Elements that every play makes itself."""

_POSTCODE = re.compile(r"[1-9][0-9]{3}[a-zA-Z]{2}")


def _genummerd(woord: str) -> Maker:
    return lambda nummer, _: woord if nummer == 1 else f"{woord} {nummer}"


def _getal(nummer: int, _: str) -> str:
    return str(nummer)


def _letter(nummer: int, _: str) -> str:
    letters = ""
    while nummer:
        nummer, rest = divmod(nummer - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _postcode(nummer: int, oud: str) -> str:
    """A Dutch one in the place of a Dutch one (CS089 asks for it), and else one that is not."""
    return f"{1233 + nummer}AB" if _POSTCODE.fullmatch(oud) else f"0{nummer}X"


def _gemeente(nummer: int, oud: str) -> str:
    """One that exists in the place of one that does, and else one that does not (TR378)."""
    gemeenten = codelijst("CBS", Domein.IJW)
    codes = list(gemeenten.codes)
    return codes[-nummer % len(codes)] if oud in gemeenten else f"{9999 - nummer}"


MAKERS: dict[str, Maker] = {
    "Achternaam": _genummerd("Testpersoon"),
    "Voorvoegsel": _genummerd("bij"),
    "Voornamen": _genummerd("Voornaam"),
    "Voorletters": _letter,
    "Taal": _genummerd("Taal"),
    "Commentaar": _genummerd("Fictieve opmerking"),
    "Nummer": _getal,
    "Huisnummer": _getal,
    "Huisletter": _letter,
    "HuisnummerToevoeging": _getal,
    "Postcode": _postcode,
    "Straatnaam": _genummerd("Voorbeeldstraat"),
    "Plaatsnaam": _genummerd("Voorbeeldstad"),
    "Organisatie": _genummerd("Voorbeeldorganisatie"),
    "Telefoonnummer": lambda nummer, _: f"06{nummer:08}",
    "Landnummer": lambda nummer, _: f"+{nummer}",
    "Emailadres": lambda nummer, _: f"testpersoon{nummer}@example.org",
    "BeschikkingNummer": _getal,
    "Naam": _genummerd("Testhuisarts"),
    "ZorgverlenerCode": lambda nummer, _: f"99{nummer:06}",
    "Gemeente": _gemeente,
}
"""What takes the place of an element, by its name; the first one where it can be what the writer of flows makes by itself."""

ANDERS: Maker = _getal
"""What takes the place of an element that nobody thought of: a number fits in a number and in a text."""
