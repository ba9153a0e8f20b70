"""Why a document is not valid by its XSD: every error, with its place and a Dutch sentence.

libxml2 gives the verdict. Its explanation stops at the first element out of place and speaks of automata, so the
document is walked once more beside the declarations of the XSD, and each difference is said in the words of the field.
Should the walk find nothing where libxml2 does, then libxml2's lines are given instead.

No text repeats a value of the document, but a code of the other law or an earlier release, nor the name of an element that the standard does not know: a person may be called
so. Such an element is told by its place, ``*[3]`` for the third in its class; but for a name that is one letter off.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from .berichtsoort import Berichtsoort
from .codeadvies import codeadvies
from .fouten import MAX_FOUTEN, OngeldigBericht, XsdFout
from .getaladvies import getaladvies
from .regelnummer import regelnummer, verre_regels
from .schema import Schemas
from .verklaring import Verklaring
from .vorm import namen
from .waarde import WITRUIMTE, bezwaar
from .xml import XSI

_TYPE = f"{XSI}type"
_GENOEMD = re.compile(r"Element '(?:\{[^}]*\})?([^']+)'")

_Zin = tuple[str, str]
"""What is wrong and what to do. Filled in only where it is told: ``naam`` is the element, ``klasse`` what it stands in."""

_ATTRIBUUT = (
    "{naam} heeft een attribuut; elementen van een bericht hebben er geen.",
    "Haal de attributen van {naam} weg.",
)
_GEEN_TEKST = "{naam} bevat elementen, maar hoort alleen tekst te bevatten.", "Zet in {naam} alleen een waarde."
_NAAMLOOS = (
    "{klasse} bevat een element dat het niet kent.",
    "Verwijder het element op de genoemde regel of verbeter zijn naam; {klasse} bestaat uit {volgorde}.",
)
_ONBEKEND = (
    "{klasse} kent geen element {naam}.",
    "Verwijder {naam} of verbeter de naam; {klasse} bestaat uit {volgorde}.",
)
_VERSCHREVEN = (
    "{klasse} kent geen element {naam}.",
    "Bedoeld is waarschijnlijk {bedoeld}; {klasse} bestaat uit {volgorde}.",
)
_ANDERE_NAMESPACE = (
    "{naam} staat in een andere namespace dan het XSD vraagt.",
    "Gebruik voor {naam} de namespace {namespace}.",
)
_TE_VEEL = "{naam} mag in {klasse} hoogstens {hoogstens} keer voorkomen.", "Haal de overtollige {naam} weg."
_LOSSE_TEKST = (
    "{naam} bevat losse tekst tussen de elementen.",
    "Haal de tekst weg, of zet die in het element waar hij hoort.",
)
_VERKEERDE_PLAATS = "{naam} staat op de verkeerde plaats in {klasse}.", "De volgorde in {klasse} is {volgorde}."
_ONTBREEKT = "{naam} ontbreekt in {klasse}.", "Neem {naam} op; de volgorde is {volgorde}."

_OVER_PLAATS = frozenset(
    (_ATTRIBUUT, _GEEN_TEKST, _ONBEKEND, _ANDERE_NAMESPACE, _TE_VEEL, _LOSSE_TEKST, _VERKEERDE_PLAATS, _ONTBREEKT)
)
"""The sentences that are not about a value."""

_Fout = tuple[etree._Element, str, str, _Zin, Verklaring]
"""An error at an element of the document, of the element so named at or right below it: element, path, name, sentence, class.
A plain tuple: a document may have a million, of which most are only counted."""


def leg_uit(wortel: etree._Element, soort: Berichtsoort, schemas: Schemas, data: bytes) -> OngeldigBericht:
    """The XSD errors of a document that was refused, in document order: all are counted, at least one is told.

    ``wortel`` is what ``xml.ontleed`` made of ``data``. Texts hold no value from the document but the right number for an amount
    or a volume.
    """
    return afwijkingen(wortel, soort, schemas, data) or _van_libxml2(soort, schemas.laatste_fouten(soort))


def afwijkingen(wortel: etree._Element, soort: Berichtsoort, schemas: Schemas, data: bytes) -> OngeldigBericht | None:
    """What ``leg_uit`` says, without asking libxml2: None for a valid document."""
    verklaring = schemas.verklaring(soort)
    gevonden = _element(wortel, verklaring, f"/{verklaring.naam}")
    fouten = list(islice(gevonden, MAX_FOUTEN))
    if not fouten:
        return None
    aantal = len(fouten) + sum(1 for _ in gevonden)
    verre = verre_regels(wortel, data, {element for element, *_ in fouten})
    uitleg = (_xsd_fout(fout, regelnummer(fout[0], verre)) for fout in fouten)
    return OngeldigBericht(soort.code, sorted(uitleg, key=lambda fout: fout.regelnummer), aantal)


def _xsd_fout(fout: _Fout, regel: int) -> XsdFout:
    element, pad, naam, zin, klasse = fout
    onder, bedoeld = klasse.op_naam.get(naam), None
    getal = None
    if zin not in _OVER_PLAATS:
        getal = getaladvies(element, naam)
        if code := codeadvies(element, onder or klasse):
            return XsdFout(pad, naam, regel, *code)
    if zin is _ONBEKEND:
        bedoeld = next((ander for ander in klasse.op_naam if _scheelt_een_letter(naam, ander)), None)
        if bedoeld is not None:
            zin = _VERSCHREVEN
        elif naam not in namen():
            naam, zin = "*", _NAAMLOOS
    melding, advies = (
        deel.format(
            naam=naam,
            klasse=klasse.naam,
            volgorde=klasse.volgorde,
            hoogstens=onder and onder.hoogstens,
            namespace=onder and onder.tag[1:].partition("}")[0],
            bedoeld=bedoeld,
        )
        for deel in zin
    )
    return XsdFout(pad, naam, regel, melding, getal or advies)


def _element(element: etree._Element, verklaring: Verklaring, pad: str) -> Iterator[_Fout]:
    naam = verklaring.naam
    if element.keys() and _heeft_attributen(element, verklaring):
        yield element, pad, naam, _ATTRIBUUT, verklaring
    if verklaring.facetten is None:
        yield from _inhoud(element, verklaring, pad)
    elif len(element):
        yield element, pad, naam, _GEEN_TEKST, verklaring
    elif reden := bezwaar(element.text or "", verklaring.facetten, naam):
        yield element, pad, naam, _letterlijk(reden), verklaring


def _heeft_attributen(element: etree._Element, verklaring: Verklaring) -> bool:
    """Whether there is any attribute but an ``xsi:type`` that says what the XSD says already.

    Other values are not asked for: libxml2 looks for each from the first attribute on.
    """
    if element.keys() != [_TYPE]:
        return True
    prefix, _, lokaal = str(element.get(_TYPE)).rpartition(":")
    return f"{{{element.nsmap.get(prefix or None)}}}{lokaal}" != verklaring.type


def _inhoud(element: etree._Element, verklaring: Verklaring, pad: str) -> Iterator[_Fout]:
    """What is wrong inside a class: elements that are unknown, too many, out of order or missing, and stray text."""
    geteld: dict[str, int] = {}
    eerste: dict[str, etree._Element] = {}
    losse_tekst = _is_tekst(element.text)
    for plek, kind in enumerate(element, start=1):
        losse_tekst = losse_tekst or _is_tekst(kind.tail)
        lokaal = kind.tag.rpartition("}")[2]
        onder = verklaring.op_naam.get(lokaal)
        if onder is None:
            yield kind, f"{pad}/*[{plek}]", lokaal, _ONBEKEND, verklaring
            continue
        geteld[lokaal] = nummer = geteld.get(lokaal, 0) + 1
        if kind.tag != onder.tag:
            yield kind, _stap(pad, lokaal, nummer, onder), lokaal, _ANDERE_NAMESPACE, verklaring
        elif onder.hoogstens is not None and nummer > onder.hoogstens:
            yield kind, _stap(pad, lokaal, nummer), lokaal, _TE_VEEL, verklaring
        else:
            eerste.setdefault(lokaal, kind)
        if onder.facetten is None or len(kind) or kind.keys():
            yield from _element(kind, onder, _stap(pad, lokaal, nummer, onder))
        elif reden := bezwaar(kind.text or "", onder.facetten, lokaal):
            yield kind, _stap(pad, lokaal, nummer, onder), lokaal, _letterlijk(reden), verklaring
    if losse_tekst:
        yield element, pad, verklaring.naam, _LOSSE_TEKST, verklaring
    for lokaal in _misplaatst(list(eerste), verklaring):
        waar = _stap(pad, lokaal, 1, verklaring.op_naam[lokaal])
        yield eerste[lokaal], waar, lokaal, _VERKEERDE_PLAATS, verklaring
    for onder in verklaring.kinderen:
        if geteld.get(onder.naam, 0) < onder.minstens:
            yield element, pad, onder.naam, _ONTBREEKT, verklaring


def _letterlijk(reden: tuple[str, str]) -> _Zin:
    """A sentence in which nothing is to be filled in."""
    melding, advies = (deel.replace("{", "{{").replace("}", "}}") for deel in reden)
    return melding, advies


def _scheelt_een_letter(naam: str, ander: str) -> bool:
    """Whether two names are one letter apart, or the case of letters."""
    if abs(len(naam) - len(ander)) > 1:
        return False
    naam, ander = naam.lower(), ander.lower()
    gelijk = next((plek for plek, (a, b) in enumerate(zip(naam, ander, strict=False)) if a != b), len(naam))
    rest, rest_ander = naam[gelijk:], ander[gelijk:]
    return rest[1:] == rest_ander[1:] or rest[1:] == rest_ander or rest == rest_ander[1:]


def _is_tekst(tekst: str | None) -> bool:
    return bool(tekst and tekst.strip(WITRUIMTE))


def _stap(pad: str, lokaal: str, nummer: int, verklaring: Verklaring | None = None) -> str:
    """The path of the element below; with its number where there can be more, or are more."""
    meer = nummer > 1 or (verklaring and verklaring.hoogstens != 1)
    return f"{pad}/{lokaal}[{nummer}]" if meer else f"{pad}/{lokaal}"


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


def _van_libxml2(soort: Berichtsoort, regels: Sequence[tuple[int, str]]) -> OngeldigBericht:
    """What libxml2 tells without the document's values: a line and the name of an element."""
    fouten = [
        XsdFout(
            "/Bericht",
            gevonden[1] if (gevonden := _GENOEMD.match(tekst)) and gevonden[1] in namen() else "Bericht",
            regel,
            "Op de genoemde regel voldoet het bericht niet aan het XSD.",
            "Vergelijk het element op deze regel met het XSD van het bericht.",
        )
        for regel, tekst in islice(regels or [(1, "")], MAX_FOUTEN)
    ]
    return OngeldigBericht(soort.code, fouten, len(regels) or 1)
