"""The releases of the standard: which live beside each other, and in what one differs from the one that is packaged.

A release is a folder of XSDs and the classes that differ. It is taken in by ``neem_op``; from then on the namespace of a message
decides in which release it is read, and everything that knows a ``Berichtsoort`` knows the release. What a release does not say is
as in the one that is packaged. Nothing else of the software names a number of a release::

    >>> release("3.2").nummer, sorted(RELEASES)
    ('3.2', ['3.2'])
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from . import berichtsoort, codelijst
from .berichten.onderdeel import Onderdeel
from .domein import RELEASE

Klasse = type[Onderdeel]


@dataclass(frozen=True, eq=False)
class Release:
    """``nummer`` is as people write it: ``3.3``. ``xsd`` has the XSDs, ``<domein>/*.xsd``; None: they are in the folder of the node,
    under the number, and its code lists are taken for those of the release that is packaged.

    ``klassen`` are the classes that take the place of others: each derives from the one it replaces and has its name, and adds
    elements (``Na`` says where). ``weg`` names what a class has no more.
    """

    nummer: str
    xsd: Path | None = None
    klassen: Mapping[Klasse, Klasse] = field(default_factory=dict)
    weg: Mapping[Klasse, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for oud, nieuw in self.klassen.items():
            if not issubclass(nieuw, oud) or nieuw.__name__ != oud.__name__:
                raise ValueError(f"{nieuw} takes the place of {oud}: it must derive from it, and have its name")

    def zonder(self, klasse: Klasse) -> frozenset[str]:
        """The elements that a class has no more, whether it is replaced or not."""
        return frozenset(naam for oud, namen in self.weg.items() if issubclass(klasse, oud) for naam in namen)


RELEASES: dict[str, Release] = {RELEASE: Release(RELEASE)}
"""Those that are read, by number."""

_GEWEEST: dict[str, Release] = dict(RELEASES)

JONGSTE: dict[Klasse, Klasse] = {}
"""What takes the place of a class in the newest release that has one: what it holds is also held by that."""


def release(nummer: str) -> Release:
    """The release with this number, also one that is read no more. Raises ``KeyError``."""
    return _GEWEEST[nummer]


def neem_op(nieuw: Release) -> None:
    """Read this release beside those that there are."""
    RELEASES[nieuw.nummer] = _GEWEEST[nieuw.nummer] = nieuw
    berichtsoort.neem_op(nieuw.nummer)
    if nieuw.xsd is not None:
        codelijst.neem_op(nieuw.nummer, nieuw.xsd)
    _zet_jongste()


def laad(modules: Iterable[str]) -> None:
    """Take in the ``RELEASE`` of each of these modules, unless it was. A module that brings a release may declare rules of it.
    Raises ``ImportError`` and ``AttributeError``."""
    for naam in modules:
        gevonden: Release = import_module(naam).RELEASE
        if RELEASES.get(gevonden.nummer) is not gevonden:
            neem_op(gevonden)


def laat_los(nummer: str) -> None:
    """Read this release no more. Raises ``KeyError``."""
    del RELEASES[nummer]
    berichtsoort.laat_los(nummer)
    _zet_jongste()


@contextmanager
def ernaast(nieuw: Release) -> Iterator[Release]:
    """Read this release for a while."""
    neem_op(nieuw)
    try:
        yield nieuw
    finally:
        laat_los(nieuw.nummer)


def _zet_jongste() -> None:
    JONGSTE.clear()
    for een in sorted(RELEASES.values(), key=lambda een: tuple(map(int, een.nummer.split(".")))):
        JONGSTE.update(een.klassen)
