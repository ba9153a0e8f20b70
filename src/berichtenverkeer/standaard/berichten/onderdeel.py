"""What every class of a message is built from, and the marks that carry what a Python type cannot say.

An attribute has the name of its XML element, so the name in the standard is the name in the code and in the JSON.
A class says its elements in the order of the schema. What differs by law or by direction is a mark:

* a ``Gegevensgroep`` is a shared data type (CDT of the basisschema) and lives in the namespace of the basisschema;
* a ``Berichtklasse`` is a class of the message itself; in a retourbericht it ends with ``RetourCodes``;
* ``Verzameling("Relatie")`` says that a list is wrapped: ``Relaties`` holds ``Relatie`` elements;
* ``AlleenIn(Domein.IJW)`` marks an element that one law lacks;
* ``Na("Omvang")`` says where an element stands that a later release adds.
"""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ..domein import Domein
from .typen import RetourCode


@dataclass(frozen=True, slots=True)
class Verzameling:
    """The list stands in the XML as a wrapper element around elements of this name."""

    van: str


@dataclass(frozen=True, slots=True)
class AlleenIn:
    """The element exists under this law only."""

    domein: Domein


@dataclass(frozen=True, slots=True)
class Na:
    """The element, which a release adds to a class of before, stands right after this one."""

    naam: str


class Onderdeel(BaseModel):
    """Any part of a message. Immutable; unknown elements are refused. What checks a class is made when one is first read,
    for one message has a few of the sixty."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Gegevensgroep(Onderdeel):
    """A shared data type of the basisschema (CDT)."""


class Berichtklasse(Onderdeel):
    """A class of a message: what a rule judges and a retourcode is put on (IV028)."""

    RetourCodes: Annotated[tuple[RetourCode, ...], Verzameling("RetourCode"), Field(repr=False)] = ()
