"""The same facts from our XSDs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xmlschema
from xmlschema.validators import XsdAtomicRestriction

from .bron import GEDEELD, Facetten, regel_van, voeg_samen

_FACETTEN = (
    "length", "minLength", "maxLength", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "totalDigits",
    "fractionDigits", "whiteSpace", "pattern", "enumeration",
)  # fmt: skip


def elementen_van(map_: Path) -> list[str]:
    """Every element of every message in a folder of XSDs, one a line."""
    return [
        regel
        for pad in sorted(map_.glob("*[0-9].xsd"))
        for wortel in xmlschema.XMLSchema(pad).elements.values()
        for regel in _onder(pad.stem, wortel, (wortel.local_name,))
    ]


def _onder(bericht: str, element: Any, pad: tuple[str, ...]) -> Iterator[str]:
    for kind in element.type.content.iter_elements():
        gedeeld = kind.target_namespace.endswith("/basisschema/schema")
        hier = (*pad, GEDEELD + kind.local_name if gedeeld else kind.local_name)
        hoogst = "*" if kind.max_occurs is None else str(kind.max_occurs)
        if kind.type.is_simple():
            yield regel_van(bericht, hier, str(kind.min_occurs), hoogst, _facetten(kind.type))
        else:
            yield regel_van(bericht, hier, str(kind.min_occurs), hoogst, None)
            yield from _onder(bericht, kind, hier)


def _facetten(soort: Any) -> Facetten:
    if not isinstance(soort, XsdAtomicRestriction) or soort.target_namespace.endswith("XMLSchema"):
        return {"basis": soort.local_name}
    return voeg_samen(_facetten(soort.base_type), _eigen(soort))


def _eigen(soort: XsdAtomicRestriction) -> Facetten:
    eigen: Facetten = {}
    for facet in soort.elem.iter():
        naam = facet.tag.rpartition("}")[2] if isinstance(facet.tag, str) else ""
        if naam == "enumeration":
            eigen.setdefault("enumeratie", [])
            eigen["enumeratie"].append(facet.get("value"))
        elif naam in _FACETTEN:
            eigen[naam] = facet.get("value")
    return eigen
