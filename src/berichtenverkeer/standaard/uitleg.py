"""Why a document is not valid by its XSD: every error, with its place and a Dutch sentence.

libxml2 gives the verdict. Its explanation stops at the first element out of place and speaks of automata, so the
document is walked once more beside the declarations of the XSD, and each difference is said in the words of the field.
Should the walk find nothing where libxml2 does, then libxml2's lines are given instead.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree

from .berichtsoort import Berichtsoort
from .fouten import MAX_FOUTEN, XsdFout
from .regelnummer import regelnummer, verre_regels
from .schema import Schemas
from .verklaring import Verklaring
from .waarde import WITRUIMTE, bezwaar
from .xml import XSI

_LANGSTE_NAAM = 80


class _Fout(NamedTuple):
    """An error at an element of the document, of the element called ``naam`` at or right below it."""

    element: etree._Element
    pad: str
    naam: str
    melding: str
    advies: str


def leg_uit(wortel: etree._Element, soort: Berichtsoort, schemas: Schemas, data: bytes) -> tuple[XsdFout, ...]:
    """Every XSD error of a document that was refused, in document order; at most ``MAX_FOUTEN``, at least one.

    ``wortel`` is what ``xml.ontleed`` made of ``data``. Texts hold no value from the document.
    """
    return afwijkingen(wortel, soort, schemas, data) or _van_libxml2(schemas.laatste_fouten(soort))


def afwijkingen(wortel: etree._Element, soort: Berichtsoort, schemas: Schemas, data: bytes) -> tuple[XsdFout, ...]:
    """What ``leg_uit`` says, without asking libxml2: nothing for a valid document."""
    verklaring = schemas.verklaring(soort)
    fouten = list(islice(_element(wortel, verklaring, f"/{verklaring.naam}"), MAX_FOUTEN))
    verre = verre_regels(wortel, data, {fout.element for fout in fouten}) if fouten else {}
    uitleg = (
        XsdFout(fout.pad, fout.naam, regelnummer(fout.element, verre), fout.melding, fout.advies) for fout in fouten
    )
    return tuple(sorted(uitleg, key=lambda fout: fout.regelnummer))


def _element(element: etree._Element, verklaring: Verklaring, pad: str) -> Iterator[_Fout]:
    naam = verklaring.naam
    if element.keys() and _heeft_attributen(element, verklaring):
        melding = f"{naam} heeft een attribuut; elementen van een bericht hebben er geen."
        yield _Fout(element, pad, naam, melding, f"Haal de attributen van {naam} weg.")
    if verklaring.facetten is None:
        yield from _inhoud(element, verklaring, pad)
    elif len(element):
        melding = f"{naam} bevat elementen, maar hoort alleen tekst te bevatten."
        yield _Fout(element, pad, naam, melding, f"Zet in {naam} alleen een waarde.")
    elif reden := bezwaar(element.text or "", verklaring.facetten, naam):
        yield _Fout(element, pad, naam, *reden)


def _heeft_attributen(element: etree._Element, verklaring: Verklaring) -> bool:
    """Whether there is any attribute but an ``xsi:type`` that says what the XSD says already."""
    for naam, waarde in element.items():
        prefix, _, lokaal = str(waarde).rpartition(":")
        if naam != f"{XSI}type" or f"{{{element.nsmap.get(prefix or None)}}}{lokaal}" != verklaring.type:
            return True
    return False


def _inhoud(element: etree._Element, verklaring: Verklaring, pad: str) -> Iterator[_Fout]:
    """What is wrong inside a class: elements that are unknown, too many, out of order or missing, and stray text."""
    naam = verklaring.naam
    geteld: dict[str, int] = {}
    eerste: dict[str, etree._Element] = {}
    losse_tekst = _is_tekst(element.text)
    for kind in element:
        losse_tekst = losse_tekst or _is_tekst(kind.tail)
        lokaal = kind.tag.rpartition("}")[2]
        geteld[lokaal] = nummer = geteld.get(lokaal, 0) + 1
        onder = verklaring.op_naam.get(lokaal)
        if onder is None:
            lokaal = lokaal[:_LANGSTE_NAAM]
            melding = f"{naam} kent geen element {lokaal}."
            advies = f"Verwijder {lokaal} of verbeter de naam; {naam} bestaat uit {_volgorde(verklaring)}."
            yield _Fout(kind, _stap(pad, lokaal, nummer), lokaal, melding, advies)
            continue
        if kind.tag != onder.tag:
            melding = f"{lokaal} staat in een andere namespace dan het XSD vraagt."
            advies = f"Gebruik voor {lokaal} de namespace {onder.tag[1:].partition('}')[0]}."
            yield _Fout(kind, _stap(pad, lokaal, nummer, onder), lokaal, melding, advies)
        elif onder.hoogstens is not None and nummer > onder.hoogstens:
            melding = f"{lokaal} mag in {naam} hoogstens {onder.hoogstens} keer voorkomen."
            yield _Fout(kind, _stap(pad, lokaal, nummer), lokaal, melding, f"Haal de overtollige {lokaal} weg.")
        else:
            eerste.setdefault(lokaal, kind)
        if onder.facetten is None or len(kind) or kind.keys():
            yield from _element(kind, onder, _stap(pad, lokaal, nummer, onder))
        elif reden := bezwaar(kind.text or "", onder.facetten, lokaal):
            yield _Fout(kind, _stap(pad, lokaal, nummer, onder), lokaal, *reden)
    if losse_tekst:
        melding = f"{naam} bevat losse tekst tussen de elementen."
        yield _Fout(element, pad, naam, melding, "Haal de tekst weg, of zet die in het element waar hij hoort.")
    for lokaal in _misplaatst(list(eerste), verklaring):
        melding = f"{lokaal} staat op de verkeerde plaats in {naam}."
        advies = f"De volgorde in {naam} is {_volgorde(verklaring)}."
        yield _Fout(eerste[lokaal], _stap(pad, lokaal, 1, verklaring.op_naam[lokaal]), lokaal, melding, advies)
    for onder in verklaring.kinderen:
        if geteld.get(onder.naam, 0) < onder.minstens:
            advies = f"Neem {onder.naam} op; de volgorde is {_volgorde(verklaring)}."
            yield _Fout(element, pad, onder.naam, f"{onder.naam} ontbreekt in {naam}.", advies)


def _is_tekst(tekst: str | None) -> bool:
    return bool(tekst and tekst.strip(WITRUIMTE))


def _stap(pad: str, lokaal: str, nummer: int, verklaring: Verklaring | None = None) -> str:
    """The path of the element below; with its number where there can be more, or are more."""
    meer = nummer > 1 or (verklaring and verklaring.hoogstens != 1)
    return f"{pad}/{lokaal}[{nummer}]" if meer else f"{pad}/{lokaal}"


def _volgorde(verklaring: Verklaring) -> str:
    return ", ".join(kind.naam for kind in verklaring.kinderen)


def _misplaatst(namen: list[str], verklaring: Verklaring) -> list[str]:
    """The fewest elements that must move to put all in order: those outside the longest run that is in order."""
    plek = verklaring.plek
    if namen == sorted(namen, key=plek.__getitem__):
        return []
    langste: list[str] = []
    reeksen: list[list[str]] = []  # for each element the longest ordered run that ends there
    for naam in namen:
        ervoor = (reeks for reeks in reeksen if plek[reeks[-1]] < plek[naam])
        reeksen.append([*max(ervoor, key=len, default=[]), naam])
        langste = max(langste, reeksen[-1], key=len)
    return [naam for naam in namen if naam not in langste]


def _van_libxml2(fouten: list[tuple[int, str]]) -> tuple[XsdFout, ...]:
    """What libxml2 tells without the document's values: a line and the name of an element."""
    return tuple(
        XsdFout(
            "/Bericht",
            gevonden[1][:_LANGSTE_NAAM]
            if (gevonden := re.match(r"Element '(?:\{[^}]*\})?([^']+)'", tekst))
            else "Bericht",
            regel,
            "Op de genoemde regel voldoet het bericht niet aan het XSD.",
            "Vergelijk het element op deze regel met het XSD van het bericht.",
        )
        for regel, tekst in islice(fouten or [(1, "")], MAX_FOUTEN)
    )
