"""The XSDs and the WSDL of StUF-GGK, in ``wsdl/``: the verdict on a message, and the description that is given out.

As everywhere the verdict is libxml2's; what it says is put in our words, without the values that it quotes, nor the names of
elements that StUF-GGK does not know: a person may be called so. A compiled schema keeps the errors of its last run on itself, so
each thread has its own.
"""

import re
import threading
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import cast

from lxml import etree

from ....standaard.fouten import XsdFout
from .model import Stuurgegevens
from .namen import StufBerichtcode
from .tijdstip import bestaat

MAX_FOUTEN = 100
"""The most errors that are told of one envelope; a valid one has some twenty elements."""

_MAP = Path(__file__).with_name("wsdl")
_XS = "{http://www.w3.org/2001/XMLSchema}"
_WSDL_SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"

_XSD = {StufBerichtcode.DI01: "ggk0210.xsd", StufBerichtcode.DU01: "ggk0210.xsd"}
_XSD_STUF = "stuf0301.xsd"

_ELEMENT = re.compile(r"Element '(?:\{[^}]*\})?([^']{1,80})[^']*'(, attribute)?")
_VERWACHT = re.compile(r"Expected is (?:one of )?\(([^)]*)\)")
_NAAM = re.compile(r"\}?([A-Za-z0-9_-]+)\s*(?:,|$)")
_STAP = re.compile(r"(?<=/)(?:[^/:]*:)?([^/\[]*)")
_ONBEKEND = "*"
"""The name of an element that is not to be repeated."""

_ATTRIBUUT = (
    "Een attribuut is niet toegestaan of niet juist.",
    "Alleen tekstBestand heeft een attribuut: bestandsnaam.",
)

_VORM = {
    "referentienummer": "een UUID van versie 4 in kleine letters, of in een antwoord hoogstens 40 tekens",
    "crossRefnummer": "een UUID van versie 4 in kleine letters, of in een antwoord hoogstens 40 tekens",
    "tijdstipBericht": "8 tot 17 cijfers",
    "organisatie": "hoogstens 200 tekens",
    "applicatie": "3 tot 50 tekens",
    "administratie": "hoogstens 50 tekens",
    "gebruiker": "hoogstens 100 tekens",
    "functie": "hoogstens 30 tekens",
    "applicatieVersie": "vier cijfers",
    "applicatieSubversie": "vier cijfers",
    "functieVersie": "vier cijfers",
    "functieSubversie": "vier cijfers",
    "xmlBestand": "base64",
    "tekstBestand": "base64, met een bestandsnaam van 4 tot 255 letters, cijfers, punten en streepjes",
    "code": "hoogstens 7 tekens",
    "plek": "client of server",
    "omschrijving": "hoogstens 200 tekens",
    "details": "hoogstens 1000 tekens",
    "berichtcode": "de code van dit bericht",
}


class _Eigen(threading.local):
    """What one thread has compiled."""

    def __init__(self) -> None:
        self.schemas: dict[str, etree.XMLSchema] = {}


_EIGEN = _Eigen()


def keur(wortel: etree._Element, soort: StufBerichtcode, stuurgegevens: Stuurgegevens | None) -> tuple[XsdFout, ...]:
    """Where a message is not what its XSD asks, at most ``MAX_FOUTEN``, and a tijdstipBericht that is on no calendar.

    ``stuurgegevens`` is None when they are incomplete. Texts hold no value from the message.
    """
    return (*_keur_xsd(wortel, soort), *_keur_stuurgegevens(stuurgegevens))


def _keur_stuurgegevens(stuurgegevens: Stuurgegevens | None) -> Iterator[XsdFout]:
    if stuurgegevens is None:
        melding = "De stuurgegevens zijn onvolledig: een organisatie, het referentienummer of het tijdstip ontbreekt."
        yield XsdFout("/stuurgegevens", "stuurgegevens", 1, melding, "Vul de stuurgegevens volledig in.")
    elif not bestaat(stuurgegevens.tijdstipBericht):
        melding = "tijdstipBericht is geen bestaand tijdstip."
        advies = "Schrijf het tijdstip als EEJJMMDDuummss in cijfers, bijvoorbeeld 20260302101502."
        yield XsdFout("/stuurgegevens/tijdstipBericht", "tijdstipBericht", 1, melding, advies)


def _keur_xsd(wortel: etree._Element, soort: StufBerichtcode) -> tuple[XsdFout, ...]:
    naam = _XSD.get(soort, _XSD_STUF)
    schema = _EIGEN.schemas.get(naam)
    if schema is None:
        schema = _EIGEN.schemas[naam] = etree.XMLSchema(etree.parse(str(_MAP / naam)))
    if schema.validate(wortel):
        return ()
    log = cast("Iterable[etree._LogEntry]", schema.error_log)
    return tuple(dict.fromkeys(islice(_uitleg(log), MAX_FOUTEN)))


def _uitleg(log: Iterable[etree._LogEntry]) -> Iterator[XsdFout]:
    for fout in log:
        gevonden = _ELEMENT.match(fout.message)
        element = _genoemd(gevonden[1]) if gevonden else "bericht"
        if gevonden and gevonden[2]:
            zin = _ATTRIBUUT
        elif fout.type_name == "SCHEMAV_ELEMENT_CONTENT":
            zin = _plaats(fout.message, element)
        else:
            zin = _waarde(element)
        yield XsdFout(_STAP.sub(lambda stap: _genoemd(stap[1]), fout.path or "/"), element, fout.line, *zin)


def _genoemd(naam: str) -> str:
    """The name of an element, if it is one of StUF-GGK."""
    return naam if naam in _namen() else _ONBEKEND


@cache
def _namen() -> frozenset[str]:
    """All names of elements in the XSDs."""
    return frozenset(
        naam
        for bestand in (_XSD_STUF, *_XSD.values())
        for element in etree.parse(str(_MAP / bestand)).iter(f"{_XS}element")
        if (naam := element.get("name"))
    )


def _plaats(melding: str, element: str) -> tuple[str, str]:
    """What libxml2 says of an element that is missing or out of place: its text names elements only."""
    verwacht = _VERWACHT.search(melding)
    verwachte = _NAAM.findall(verwacht[1]) if verwacht else []
    namen = ", ".join(verwachte)
    if "Missing child element(s)" in melding:
        return f"In {element} ontbreekt {namen}.", f"Neem {namen} op."
    if element in verwachte:
        return f"{element} staat in een andere namespace dan het XSD vraagt.", f"Verbeter de namespace van {element}."
    wat = "Een onbekend element" if element == _ONBEKEND else element
    return f"{wat} wordt hier niet verwacht.", f"Hier hoort {namen}." if namen else "Haal het weg."


def _waarde(element: str) -> tuple[str, str]:
    """A value that is refused, of which libxml2 quotes the whole."""
    vorm = _VORM.get(element)
    return (
        f"{element} heeft niet de juiste vorm.",
        f"De vorm is {vorm}." if vorm else f"Vergelijk {element} met het XSD.",
    )


@lru_cache(maxsize=8)  # the address may come from a request
def wsdl(adres: str) -> bytes:
    """The WSDL of OntvangAsynchroon at this address, with the XSDs in it, so that it can be given out as one document."""
    wortel = etree.parse(str(_MAP / "ggk0210.wsdl")).getroot()
    for poort in wortel.iter(f"{_WSDL_SOAP}address"):
        poort.set("location", adres)
    (types,) = wortel.iterfind("{http://schemas.xmlsoap.org/wsdl/}types")
    types[:] = [_zonder_plaats(naam) for naam in (_XSD_STUF, "ggk0210.xsd")]
    return etree.tostring(wortel, encoding="UTF-8", xml_declaration=True)


def _zonder_plaats(naam: str) -> etree._Element:
    """An XSD as it stands beside another in one WSDL: its imports name a namespace, and no file."""
    schema = etree.parse(str(_MAP / naam)).getroot()
    for invoer in schema.iter(f"{_XS}import"):
        del invoer.attrib["schemaLocation"]
    return schema
