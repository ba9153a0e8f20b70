"""The XSDs as the gate for every message, and as a description to explain an error from.

A folder of XSDs has the layout ``<domein>/<release>/*.xsd``. Ours is in ``xsd/``; a folder with the official release can be
put in its place. File names are matched without regard to case, since the official release names and imports
``Basisschema.xsd`` in both ways.

A compiled ``etree.XMLSchema`` keeps the errors of its last run on itself, so threads that share one read each other's
errors: every thread compiles its own.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from lxml import etree

from .berichtsoort import OP_NAMESPACE, Berichtsoort
from .domein import Domein
from .release import release
from .verklaring import XS, Facetten, SchemaOntbreekt, Verklaring, lees_verklaring

__all__ = ["Facetten", "SchemaOntbreekt", "Schemas", "Verklaring", "Versies"]


@dataclass(frozen=True, slots=True)
class Versies:
    """The versions an XSD states in its appinfo, for the Header (IV034)."""

    basisschema: str
    bericht: str


_Plek = tuple[Domein, str]
"""A law and a release: where XSDs stand together."""


def _plek(soort: Berichtsoort) -> _Plek:
    return soort.domein, soort.release


class _Eigen(threading.local):
    """What one thread has compiled."""

    def __init__(self) -> None:
        self.schemas: dict[Berichtsoort, etree.XMLSchema] = {}


@dataclass
class Schemas:
    """All XSDs of one folder. Compiling happens at first use, for each thread and kind of message.

    ``sjablonen`` are the kinds of answer of which one that was filled in from a fixed text was held against them.
    """

    map: Path
    sjablonen: set[Berichtsoort] = field(default_factory=set, init=False, repr=False)
    _eigen: _Eigen = field(default_factory=_Eigen, init=False, repr=False)
    _verklaringen: dict[Berichtsoort, Verklaring] = field(default_factory=dict, init=False, repr=False)
    _versies: dict[Berichtsoort, Versies] = field(default_factory=dict, init=False, repr=False)
    _bestanden: dict[_Plek, dict[str, Path]] = field(default_factory=dict, init=False, repr=False)
    _bases: dict[_Plek, etree._ElementTree] = field(default_factory=dict, init=False, repr=False)

    def geldig(self, soort: Berichtsoort, wortel: etree._Element) -> bool:
        """Whether the document is valid by the XSD of this kind of message."""
        return self._gecompileerd(soort).validate(wortel)

    def laatste_fouten(self, soort: Berichtsoort) -> list[tuple[int, str]]:
        """Line and text of the errors libxml2 found in this thread's last ``geldig``. The texts quote values."""
        log = cast("Iterable[etree._LogEntry]", self._gecompileerd(soort).error_log)
        return [(fout.line, fout.message) for fout in log]

    def verklaring(self, soort: Berichtsoort) -> Verklaring:
        """The declaration of the root element, with everything below it."""
        if soort not in self._verklaringen:
            self._verklaringen[soort] = lees_verklaring(self._document(soort), self._basis(_plek(soort)))
        return self._verklaringen[soort]

    def versies(self, soort: Berichtsoort) -> Versies:
        """The versions of the basisschema and of the message's XSD, from their appinfo (IV034)."""
        if soort not in self._versies:
            self._versies[soort] = Versies(
                _appinfo(self._basis(_plek(soort)), "BasisschemaXsdVersie"),
                _appinfo(self._document(soort), "BerichtXsdVersie"),
            )
        return self._versies[soort]

    def laad_alles(self) -> None:
        """Compile and read every XSD of every release, so that a faulty folder shows at the start. Raises ``SchemaOntbreekt``."""
        for soort in OP_NAMESPACE.values():
            self.laad(soort)

    def laad(self, soort: Berichtsoort) -> None:
        """Compile and read the XSD of this kind of message, so that the first message does not wait for it. Raises ``SchemaOntbreekt``."""
        self._gecompileerd(soort)
        self.verklaring(soort)
        self.versies(soort)

    def _gecompileerd(self, soort: Berichtsoort) -> etree.XMLSchema:
        eigen = self._eigen.schemas
        if soort not in eigen:
            try:
                eigen[soort] = etree.XMLSchema(self._document(soort))
            except etree.XMLSchemaParseError as fout:
                raise SchemaOntbreekt(f"het XSD van {soort} is niet te laden: {fout}") from fout
        return eigen[soort]

    def _document(self, soort: Berichtsoort) -> etree._ElementTree:
        document = self._lees(_plek(soort), f"{soort}.xsd")
        for verwijzing in document.getroot().findall(f"{XS}import"):
            verwijzing.set("schemaLocation", self._pad(_plek(soort), "basisschema.xsd").as_uri())
        return document

    def _basis(self, plek: _Plek) -> etree._ElementTree:
        if plek not in self._bases:
            self._bases[plek] = self._lees(plek, "basisschema.xsd")
        return self._bases[plek]

    def _lees(self, plek: _Plek, naam: str) -> etree._ElementTree:
        pad = self._pad(plek, naam)
        try:
            return etree.parse(str(pad), etree.XMLParser(remove_comments=True, no_network=True))
        except etree.XMLSyntaxError as fout:
            raise SchemaOntbreekt(f"{pad} is geen XSD: {fout}") from fout

    def _pad(self, plek: _Plek, naam: str) -> Path:
        map_ = self._map(plek)
        if plek not in self._bestanden:
            self._bestanden[plek] = {pad.name.lower(): pad.resolve() for pad in map_.glob("*.[xX][sS][dD]")}
        try:
            return self._bestanden[plek][naam.lower()]
        except KeyError:
            raise SchemaOntbreekt(f"{naam} ontbreekt in {map_}; kijk naar BV_XSD_DIR") from None

    def _map(self, plek: _Plek) -> Path:
        """The folder of a law in a release: one that the release brings, else in the folder of this."""
        domein, nummer = plek
        eigen = release(nummer).xsd
        return self.map / domein / nummer if eigen is None else eigen / domein


def _appinfo(document: etree._ElementTree, naam: str) -> str:
    for appinfo in document.getroot().findall(f"{XS}annotation/{XS}appinfo"):
        for element in appinfo.iterchildren("*"):
            if etree.QName(element).localname == naam and element.text:
                return element.text.strip()
    raise SchemaOntbreekt(f"een XSD noemt in zijn appinfo geen {naam}")
