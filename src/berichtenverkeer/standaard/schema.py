"""The XSDs as the gate for every message, and as a description to explain an error from.

A folder of XSDs has the layout ``<domein>/3.2/*.xsd``. Ours is in ``xsd/``; a folder with the official release can be
put in its place. File names are matched without regard to case, since the official release names and imports
``Basisschema.xsd`` in both ways.

A compiled ``etree.XMLSchema`` keeps the errors of its last run on itself, so threads that share one read each other's
errors: every thread compiles its own.
"""

import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from .berichtsoort import BERICHTSOORTEN, Berichtsoort
from .domein import RELEASE, Domein

XS = "{http://www.w3.org/2001/XMLSchema}"


class SchemaOntbreekt(Exception):
    """The folder of XSDs has no file for a kind of message, or one that is not an XSD."""


@dataclass(frozen=True, slots=True)
class Facetten:
    """What a simple type allows: its XSD base (``string``, ``integer``, ``date``, ``time``) and its facets."""

    basis: str
    min_lengte: int | None = None
    max_lengte: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    patronen: tuple[str, ...] = ()
    waarden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verklaring:
    """What the XSD declares for one element. ``facetten`` for text, ``kinderen`` (in order) for a class.

    ``hoogstens`` is None for an unbounded element.
    """

    tag: str
    minstens: int
    hoogstens: int | None
    facetten: Facetten | None
    kinderen: tuple["Verklaring", ...] = ()

    @property
    def naam(self) -> str:
        return self.tag.rpartition("}")[2]


@dataclass(frozen=True, slots=True)
class Versies:
    """The versions an XSD states in its appinfo, for the Header (IV034)."""

    basisschema: str
    bericht: str


@dataclass
class Schemas:
    """All XSDs of one folder. Compiling happens at first use, for each thread and kind of message."""

    map: Path
    _eigen: threading.local = field(default_factory=threading.local, repr=False)
    _verklaringen: dict[Berichtsoort, Verklaring] = field(default_factory=dict, repr=False)
    _versies: dict[Berichtsoort, Versies] = field(default_factory=dict, repr=False)

    def geldig(self, soort: Berichtsoort, wortel: etree._Element) -> bool:
        """Whether the document is valid by the XSD of this kind of message."""
        return self._gecompileerd(soort).validate(wortel)

    def laatste_fouten(self, soort: Berichtsoort) -> list[tuple[int, str]]:
        """Line and text of the errors libxml2 found in this thread's last ``geldig``. The texts quote values."""
        return [(fout.line, fout.message) for fout in self._gecompileerd(soort).error_log]

    def verklaring(self, soort: Berichtsoort) -> Verklaring:
        """The declaration of the root element, with everything below it."""
        if soort not in self._verklaringen:
            self._verklaringen[soort] = _Lezer(self._document(soort), self._basis(soort.domein)).wortel()
        return self._verklaringen[soort]

    def versies(self, soort: Berichtsoort) -> Versies:
        """The versions of the basisschema and of the message's XSD, from their appinfo (IV034)."""
        if soort not in self._versies:
            self._versies[soort] = Versies(
                _appinfo(self._basis(soort.domein), "BasisschemaXsdVersie"),
                _appinfo(self._document(soort), "BerichtXsdVersie"),
            )
        return self._versies[soort]

    def laad_alles(self) -> None:
        """Compile every XSD, so that a faulty folder shows at the start. Raises ``SchemaOntbreekt``."""
        for soort in BERICHTSOORTEN.values():
            self._gecompileerd(soort)

    def _gecompileerd(self, soort: Berichtsoort) -> etree.XMLSchema:
        eigen: dict[Berichtsoort, etree.XMLSchema] = self._eigen.__dict__
        if (schema := eigen.get(soort)) is None:
            try:
                schema = eigen[soort] = etree.XMLSchema(self._document(soort))
            except etree.XMLSchemaParseError as fout:
                raise SchemaOntbreekt(f"het XSD van {soort} is niet te laden: {fout}") from fout
        return schema

    def _document(self, soort: Berichtsoort) -> etree._ElementTree:
        document = self._lees(soort.domein, f"{soort}.xsd")
        for verwijzing in document.getroot().findall(f"{XS}import"):
            verwijzing.set("schemaLocation", self._pad(soort.domein, "basisschema.xsd").as_uri())
        return document

    def _basis(self, domein: Domein) -> etree._ElementTree:
        return self._lees(domein, "basisschema.xsd")

    def _lees(self, domein: Domein, naam: str) -> etree._ElementTree:
        pad = self._pad(domein, naam)
        try:
            return etree.parse(str(pad), etree.XMLParser(remove_comments=True, no_network=True))
        except etree.XMLSyntaxError as fout:
            raise SchemaOntbreekt(f"{pad} is geen XSD: {fout}") from fout

    def _pad(self, domein: Domein, naam: str) -> Path:
        try:
            return self._bestanden[domein][naam.lower()]
        except KeyError:
            raise SchemaOntbreekt(f"{naam} ontbreekt in {self.map / domein / RELEASE}; kijk naar BV_XSD_DIR") from None

    @cached_property
    def _bestanden(self) -> dict[Domein, dict[str, Path]]:
        return {
            domein: {pad.name.lower(): pad.resolve() for pad in (self.map / domein / RELEASE).glob("*.[xX][sS][dD]")}
            for domein in Domein
        }


def _appinfo(document: etree._ElementTree, naam: str) -> str:
    for appinfo in document.getroot().findall(f"{XS}annotation/{XS}appinfo"):
        for element in appinfo:
            if isinstance(element.tag, str) and etree.QName(element).localname == naam and element.text:
                return element.text.strip()
    raise SchemaOntbreekt(f"een XSD noemt in zijn appinfo geen {naam}")


class _Lezer:
    """Unfolds the root element of a message XSD, with the types of its basisschema."""

    def __init__(self, bericht: etree._ElementTree, basis: etree._ElementTree) -> None:
        self._wortel = bericht.getroot()
        self._typen: dict[str, tuple[str, etree._Element]] = {}
        for schema in (basis.getroot(), self._wortel):
            ruimte = schema.get("targetNamespace", "")
            for type_ in schema:
                if type_.tag in (f"{XS}simpleType", f"{XS}complexType"):
                    self._typen[f"{{{ruimte}}}{type_.get('name')}"] = (ruimte, type_)

    def wortel(self) -> Verklaring:
        element = self._wortel.find(f"{XS}element")
        if element is None:
            raise SchemaOntbreekt("een XSD heeft geen hoofdelement")
        return self._element(element, self._wortel.get("targetNamespace", ""))

    def _element(self, element: etree._Element, ruimte: str) -> Verklaring:
        hoogstens = element.get("maxOccurs", "1")
        inhoud, ruimte_inhoud = self._type_van(element, ruimte)
        facetten, kinderen = None, ()
        if isinstance(inhoud, etree._Element) and inhoud.tag == f"{XS}complexType":
            kinderen = tuple(
                self._element(kind, ruimte_inhoud) for kind in inhoud.iterfind(f"{XS}sequence/{XS}element")
            )
        else:
            facetten = self._facetten(inhoud)
        return Verklaring(
            tag=f"{{{ruimte}}}{element.get('name')}",
            minstens=int(element.get("minOccurs", "1")),
            hoogstens=None if hoogstens == "unbounded" else int(hoogstens),
            facetten=facetten,
            kinderen=kinderen,
        )

    def _type_van(self, element: etree._Element, ruimte: str) -> tuple["etree._Element | str", str]:
        """The type of an element: its definition and that one's namespace, or the name of a built-in XSD type."""
        for lokaal in ("simpleType", "complexType"):
            if (eigen := element.find(XS + lokaal)) is not None:
                return eigen, ruimte
        naam = _genoemd(element, "type")
        if naam.startswith(XS):
            return naam.removeprefix(XS), ruimte
        ruimte_type, type_ = self._typen[naam]
        return type_, ruimte_type

    def _facetten(self, type_: "etree._Element | str") -> Facetten:
        if isinstance(type_, str):
            return Facetten(type_)
        beperking = type_.find(f"{XS}restriction")
        if beperking is None:
            raise SchemaOntbreekt("een simpleType zonder restriction wordt niet gelezen")
        naam = _genoemd(beperking, "base")
        erft = self._facetten(naam.removeprefix(XS) if naam.startswith(XS) else self._typen[naam][1])

        def waarden(facet: str) -> list[str]:
            return [f.get("value", "") for f in beperking.iterfind(XS + facet)]

        def getal(facet: str, anders: int | None) -> int | None:
            return int(waarden(facet)[0]) if waarden(facet) else anders

        return Facetten(
            basis=erft.basis,
            min_lengte=getal("minLength", erft.min_lengte),
            max_lengte=getal("maxLength", erft.max_lengte),
            minimum=getal("minInclusive", erft.minimum),
            maximum=getal("maxInclusive", erft.maximum),
            patronen=(*erft.patronen, *waarden("pattern")),
            waarden=frozenset(waarden("enumeration")) or erft.waarden,
        )


def _genoemd(element: etree._Element, attribuut: str) -> str:
    """The qualified name in an attribute such as ``type="iwmo:LDT_Datum"``, in Clark notation."""
    prefix, _, lokaal = element.get(attribuut, "").rpartition(":")
    return f"{{{element.nsmap.get(prefix or None)}}}{lokaal}"
