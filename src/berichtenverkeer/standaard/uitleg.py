"""Why a document is not valid by its XSD: every error, with its place and a Dutch sentence.

libxml2 gives the verdict. Its explanation stops at the first element out of place and speaks of automata, so the
document is walked once more beside the declarations of the XSD, and each difference is said in the words of the field.
Should the walk find nothing where libxml2 does, then libxml2's lines are given instead.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from functools import cache

from lxml import etree

from .berichtsoort import Berichtsoort
from .fouten import XsdFout
from .schema import Facetten, Schemas, Verklaring

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_XSI_TOEGESTAAN = {f"{_XSI}{naam}" for naam in ("schemaLocation", "noNamespaceSchemaLocation", "type", "nil")}
_WITRUIMTE = " \t\r\n"


def leg_uit(wortel: etree._Element, soort: Berichtsoort, schemas: Schemas) -> tuple[XsdFout, ...]:
    """Every XSD error of an invalid document, in document order. Texts hold no value from the document."""
    verklaring = schemas.verklaring(soort)
    fouten = tuple(_element(wortel, verklaring, f"/{verklaring.naam}"))
    return fouten or tuple(_van_libxml2(schemas.laatste_fouten(soort), verklaring.naam))


def _element(element: etree._Element, verklaring: Verklaring, pad: str) -> Iterator[XsdFout]:
    naam = verklaring.naam
    for attribuut in element.attrib:
        if attribuut not in _XSI_TOEGESTAAN:
            yield _fout(
                pad, naam, element, f"{naam} heeft een attribuut; berichten kennen geen attributen.", "Haal het weg."
            )
    if verklaring.facetten is not None:
        if len(element):
            yield _fout(
                pad, naam, element, f"{naam} bevat elementen, maar hoort alleen tekst te bevatten.",
                f"Vul {naam} met een waarde.",
            )  # fmt: skip
        else:
            yield from _waarde(element, verklaring.facetten, pad, naam)
        return
    if any((tekst or "").strip(_WITRUIMTE) for tekst in (element.text, *(kind.tail for kind in element))):
        yield _fout(
            pad,
            naam,
            element,
            f"{naam} bevat losse tekst tussen de elementen.",
            "Haal de tekst weg of zet die in een element.",
        )
    yield from _kinderen(element, verklaring, pad)


def _kinderen(element: etree._Element, verklaring: Verklaring, pad: str) -> Iterator[XsdFout]:
    """The elements of a class: unknown, twice, out of order, missing; and what is wrong inside each."""
    volgorde = {kind.tag: plek for plek, kind in enumerate(verklaring.kinderen)}
    namen = {kind.naam: kind for kind in verklaring.kinderen}
    geteld: Counter[str] = Counter()
    verst = 0
    for kind in element:
        tag = kind.tag
        geteld[tag] += 1
        lokaal = etree.QName(kind).localname
        plek = volgorde.get(tag)
        if plek is None:
            yield _onbekend(kind, lokaal, namen.get(lokaal), f"{pad}/{lokaal}", verklaring)
            continue
        declaratie = verklaring.kinderen[plek]
        kind_pad = f"{pad}/{lokaal}" + (f"[{geteld[tag]}]" if declaratie.hoogstens != 1 or geteld[tag] > 1 else "")
        if plek < verst:
            yield _fout(
                kind_pad, lokaal, kind,
                f"{lokaal} staat op de verkeerde plaats in {verklaring.naam}: het hoort vóór {verklaring.kinderen[verst].naam}.",
                f"De volgorde in {verklaring.naam} is {_opsomming(verklaring)}.",
            )  # fmt: skip
        verst = max(verst, plek)
        if declaratie.hoogstens is not None and geteld[tag] > declaratie.hoogstens:
            yield _fout(
                kind_pad, lokaal, kind, f"{lokaal} komt vaker voor dan {declaratie.hoogstens} keer.",
                f"Laat {lokaal} maar {declaratie.hoogstens} keer staan.",
            )  # fmt: skip
        yield from _element(kind, declaratie, kind_pad)
    for declaratie in verklaring.kinderen:
        if geteld[declaratie.tag] < declaratie.minstens:
            yield _fout(
                pad, declaratie.naam, element, f"{declaratie.naam} ontbreekt in {verklaring.naam}.",
                f"Neem {declaratie.naam} op; de volgorde in {verklaring.naam} is {_opsomming(verklaring)}.",
            )  # fmt: skip


def _onbekend(kind: etree._Element, lokaal: str, bekend: Verklaring | None, pad: str, ouder: Verklaring) -> XsdFout:
    if bekend is not None:
        return _fout(
            pad, lokaal, kind, f"{lokaal} staat in een andere namespace dan het XSD vraagt.",
            f"Gebruik voor {lokaal} de namespace {etree.QName(bekend.tag).namespace}.",
        )  # fmt: skip
    return _fout(
        pad, lokaal, kind, f"{ouder.naam} kent geen element {lokaal}.", f"{ouder.naam} bestaat uit {_opsomming(ouder)}."
    )


def _opsomming(verklaring: Verklaring) -> str:
    return ", ".join(kind.naam for kind in verklaring.kinderen)


def _waarde(element: etree._Element, facetten: Facetten, pad: str, naam: str) -> Iterator[XsdFout]:
    """What is wrong with a value. One sentence a value: that of the first facet that tells most."""
    tekst = element.text or ""
    if facetten.basis != "string":
        tekst = tekst.strip(_WITRUIMTE)
    if gevonden := _bezwaar(tekst, facetten, naam):
        yield _fout(pad, naam, element, *gevonden)


def _bezwaar(tekst: str, facetten: Facetten, naam: str) -> tuple[str, str] | None:
    if not tekst.strip(_WITRUIMTE):
        return f"{naam} is leeg.", f"Vul {naam} of laat het element weg als dat mag."
    if facetten.basis == "date" and not _bestaande_datum(tekst, facetten):
        return (
            f"{naam} is geen bestaande datum in de vorm EEJJ-MM-DD zonder tijdzone.",
            "Schrijf de datum bijvoorbeeld als 2026-03-01.",
        )
    if facetten.basis == "time" and not _bestaande_tijd(tekst, facetten):
        return (
            f"{naam} is geen tijd in de vorm UU:MM:SS zonder tijdzone.",
            "Schrijf de tijd bijvoorbeeld als 09:30:00.",
        )
    if facetten.basis == "integer":
        if not re.fullmatch(r"[+-]?[0-9]+", tekst):
            return f"{naam} is geen geheel getal.", "Gebruik alleen cijfers, zonder komma of punt."
        getal = _getal(tekst)
        if (facetten.minimum is not None and getal < facetten.minimum) or (
            facetten.maximum is not None and getal > facetten.maximum
        ):
            return (
                f"{naam} ligt niet tussen {facetten.minimum} en {facetten.maximum}.",
                f"Vul een getal van {facetten.minimum} tot en met {facetten.maximum}.",
            )
    if facetten.waarden and tekst not in facetten.waarden:
        keuze = ", ".join(sorted(facetten.waarden)) if len(facetten.waarden) <= 60 else "een code uit de codelijst"
        return f"{naam} heeft een waarde die niet in de codelijst staat.", f"Toegestaan: {keuze}."
    if facetten.max_lengte is not None and len(tekst) > facetten.max_lengte:
        return (
            f"{naam} is {len(tekst)} tekens lang; hoogstens {facetten.max_lengte} mag.",
            f"Kort {naam} in tot {facetten.max_lengte} tekens.",
        )
    if facetten.min_lengte is not None and len(tekst) < facetten.min_lengte:
        return f"{naam} is te kort.", f"Vul minstens {facetten.min_lengte} tekens."
    for patroon in facetten.patronen:
        if not _python_patroon(patroon).fullmatch(tekst):
            return f"{naam} heeft niet de vorm die het XSD vraagt.", f"De vorm is {_vorm_in_woorden(patroon)}."
    return None


def _bestaande_datum(tekst: str, facetten: Facetten) -> bool:
    """Four-digit years are checked by the calendar; other years XSD allows are left to libxml2 and to reading."""
    if re.fullmatch(r"-?[0-9]{5,}-[0-9]{2}-[0-9]{2}|-[0-9]{4}-[0-9]{2}-[0-9]{2}", tekst):
        return True
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", tekst):
        return False
    try:
        date.fromisoformat(tekst)
    except ValueError:
        return False
    return all(_python_patroon(patroon).fullmatch(tekst) for patroon in facetten.patronen)


def _bestaande_tijd(tekst: str, facetten: Facetten) -> bool:
    if re.fullmatch(r"24:00:00(\.0+)?", tekst):
        return True
    gevonden = re.fullmatch(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?", tekst)
    if not gevonden:
        return False
    try:
        time(*(int(deel) for deel in gevonden.groups()[:3]))
    except ValueError:
        return False
    return all(_python_patroon(patroon).fullmatch(tekst) for patroon in facetten.patronen)


def _getal(tekst: str) -> int:
    """The number; a very long one only by its sign, since that alone puts it out of any range."""
    cijfers = tekst.lstrip("+-").lstrip("0")
    grootte = int(cijfers or "0") if len(cijfers) < 20 else 10**20
    return -grootte if tekst.startswith("-") else grootte


_COMMENTAAR = r"\s*\S[\s\S]*"
_NIET_LEEG = r".*[^\s].*"
_IN_WOORDEN = {
    r"[0-9]{4}": "vier cijfers",
    r"[0-9]{8}": "acht cijfers",
    r"[0-9]{9}": "negen cijfers",
    r"[0-9]*": "alleen cijfers",
    r"([a-zA-ZÀ-ỳ])+": "letters, zonder punten of spaties",
    r"([a-zA-Z0-9])+": "letters en cijfers, aaneengesloten",
    r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)": "drie gehele getallen met punten ertussen, zoals 1.0.0",
    _NIET_LEEG: "één regel tekst met minstens één teken dat geen witruimte is",
    _COMMENTAAR: "tekst met minstens één teken dat geen witruimte is",
}


def _vorm_in_woorden(patroon: str) -> str:
    return _IN_WOORDEN.get(patroon, patroon)


@cache
def _python_patroon(patroon: str) -> re.Pattern[str]:
    r"""An XSD pattern for Python: white space is what XML calls so, and a dot is no line end.

    The Commentaar pattern of the official release, ``([.\s]*\S+[.\s]*)+``, never ends on a crafted value in a
    backtracking engine; it accepts the same strings as ours and is replaced by it.
    """
    if patroon == r"([.\s]*\S+[.\s]*)+":
        patroon = _COMMENTAAR
    vertaald = patroon.replace(r"[^\s]", r"[^ \t\r\n]").replace(r"[\s\S]", r"(?s:.)")
    vertaald = vertaald.replace(r"\s", r"[ \t\r\n]").replace(r"\S", r"[^ \t\r\n]")
    if patroon == _NIET_LEEG:
        vertaald = r"[^\r\n]*[^ \t\r\n][^\r\n]*"
    return re.compile(vertaald)


def _fout(pad: str, naam: str, element: etree._Element, melding: str, advies: str) -> XsdFout:
    return XsdFout(pad, naam, element.sourceline or 1, melding, advies)


def _van_libxml2(fouten: list[tuple[int, str]], wortel: str) -> Iterator[XsdFout]:
    for regelnummer, tekst in fouten:
        gevonden = re.match(r"Element '(?:\{[^}]*\})?([^']+)'", tekst)
        naam = gevonden[1] if gevonden else wortel
        yield XsdFout(
            f"//{naam}", naam, regelnummer, f"{naam} voldoet niet aan het XSD.",
            "Vergelijk het element op deze regel met het XSD van het bericht.",
        )  # fmt: skip
