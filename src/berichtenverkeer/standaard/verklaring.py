"""What the XSDs declare, unfolded from the root element of a message down to the facets of every text."""

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"


class SchemaOntbreekt(Exception):
    """The folder of XSDs has no file for a kind of message, or one that is not such an XSD."""


@dataclass(frozen=True, slots=True)
class Facetten:
    """What a simple type allows: its XSD base (``string``, ``integer``, ``date``, ``time``) and its facets.

    A value must match every one of ``patronen`` and, when there are any, be one of ``waarden``.
    """

    basis: str
    min_lengte: int | None = None
    max_lengte: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    patronen: tuple[str, ...] = ()
    waarden: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Verklaring:
    """What the XSD declares for one element. ``facetten`` for text, ``kinderen`` (in order) for a class.

    ``hoogstens`` is None for an unbounded element; ``type`` is the name of its type, None for a type without a name.
    Names are in Clark notation.
    """

    tag: str
    minstens: int
    hoogstens: int | None
    type: str | None
    facetten: Facetten | None
    kinderen: tuple["Verklaring", ...] = ()

    @cached_property
    def naam(self) -> str:
        return self.tag.rpartition("}")[2]

    @cached_property
    def op_naam(self) -> dict[str, "Verklaring"]:
        """The elements below by their name; a class has no two of one name."""
        return {kind.naam: kind for kind in self.kinderen}

    @cached_property
    def plek(self) -> dict[str, int]:
        """Where each of them stands in the order."""
        return {kind.naam: nummer for nummer, kind in enumerate(self.kinderen)}

    @cached_property
    def volgorde(self) -> str:
        """Their names in order, in words."""
        return ", ".join(kind.naam for kind in self.kinderen)


def lees_verklaring(bericht: etree._ElementTree, basis: etree._ElementTree) -> Verklaring:
    """The declaration of the root element of a message's XSD, with the types of its basisschema.

    Raises ``SchemaOntbreekt`` for an XSD that uses what those of the standard do not.
    """
    wortel = bericht.getroot()
    element = wortel.find(f"{XS}element")
    if element is None:
        raise SchemaOntbreekt("een XSD heeft geen hoofdelement")
    return _Lezer(wortel, basis.getroot()).element(element, wortel.get("targetNamespace", ""))


class _Lezer:
    """Finds its way between the named types of both schemas."""

    def __init__(self, *schemas: etree._Element) -> None:
        self._typen = {
            f"{{{schema.get('targetNamespace', '')}}}{type_.get('name')}": type_
            for schema in schemas
            for type_ in schema.iterchildren(f"{XS}simpleType", f"{XS}complexType")
        }
        self._gelezen: dict[str, Facetten] = {}

    def element(self, element: etree._Element, ruimte: str) -> Verklaring:
        """The declaration of one element; ``ruimte`` is the namespace of the schema it stands in."""
        naam = _genoemd(element, "type")
        inhoud = self._type(naam) if naam else next(element.iterchildren(f"{XS}simpleType", f"{XS}complexType"))
        kinderen: tuple[Verklaring, ...] = ()
        if is_klasse := inhoud is not None and inhoud.tag == f"{XS}complexType":
            hier = naam[1:].partition("}")[0] if naam else ruimte
            kinderen = tuple(self.element(kind, hier) for kind in inhoud.iterfind(f"{XS}sequence/{XS}element"))
        hoogstens = element.get("maxOccurs", "1")
        return Verklaring(
            tag=f"{{{ruimte}}}{element.get('name')}",
            minstens=int(element.get("minOccurs", "1")),
            hoogstens=None if hoogstens == "unbounded" else int(hoogstens),
            type=naam or None,
            facetten=None if is_klasse else self._facetten(naam, inhoud),
            kinderen=kinderen,
        )

    def _type(self, naam: str) -> etree._Element | None:
        """A named type; None for one that is built into XSD."""
        if naam.startswith(XS):
            return None
        if naam not in self._typen:
            raise SchemaOntbreekt(f"een XSD noemt het type {naam}, dat er niet is")
        return self._typen[naam]

    def _facetten(self, naam: str, type_: etree._Element | None) -> Facetten:
        """Those of a named type are read once; one without a name is of its element alone."""
        if not naam:
            return self._lees_facetten(naam, type_)
        if naam not in self._gelezen:
            self._gelezen[naam] = self._lees_facetten(naam, type_)
        return self._gelezen[naam]

    def _lees_facetten(self, naam: str, type_: etree._Element | None) -> Facetten:
        if type_ is None:
            return Facetten(naam.removeprefix(XS))
        beperking = type_.find(f"{XS}restriction")
        if beperking is None:
            raise SchemaOntbreekt("een simpleType zonder restriction wordt niet gelezen")
        basis = _genoemd(beperking, "base")
        erft = self._facetten(basis, self._type(basis))

        def waarden(facet: str) -> list[str]:
            return [f.get("value", "") for f in beperking.iterfind(XS + facet)]

        def getal(facet: str, anders: int | None) -> int | None:
            return int(waarden(facet)[0]) if waarden(facet) else anders

        patronen = waarden("pattern")  # XSD: one of those that stand together
        return Facetten(
            basis=erft.basis,
            min_lengte=getal("minLength", erft.min_lengte),
            max_lengte=getal("maxLength", erft.max_lengte),
            minimum=getal("minInclusive", erft.minimum),
            maximum=getal("maxInclusive", erft.maximum),
            patronen=(*erft.patronen, *(["|".join(patronen)] if patronen else [])),
            waarden=frozenset(waarden("enumeration")) or erft.waarden,
        )


def _genoemd(element: etree._Element, attribuut: str) -> str:
    """The qualified name in an attribute such as ``type="iwmo:LDT_Datum"`` in Clark notation; empty without one."""
    if (genoemd := element.get(attribuut)) is None:
        return ""
    prefix, _, lokaal = genoemd.rpartition(":")
    return f"{{{element.nsmap.get(prefix or None, '')}}}{lokaal}"
