"""What stands in a StUF message. Fields bear the names of their elements; every code and number is text."""

from dataclasses import dataclass, field

from ..codes import Plek
from .lading import codeer, decodeer


@dataclass(frozen=True, slots=True)
class Systeem:
    """A party and its software. ``organisatie`` is a gemeentecode, an AGB-code or the name of a node."""

    organisatie: str
    applicatie: str
    administratie: str | None = None
    gebruiker: str | None = None


@dataclass(frozen=True, slots=True)
class Stuurgegevens:
    """From whom to whom a message goes, and under which number.

    ``tijdstipBericht`` is digits of Dutch local time. ``crossRefnummer`` is the referentienummer of the message that is
    answered or refused; a Di01 has none. ``functie`` is in the two envelopes only.
    """

    berichtcode: str
    zender: Systeem
    ontvanger: Systeem
    referentienummer: str
    tijdstipBericht: str
    crossRefnummer: str | None = None
    functie: str | None = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is in the envelope. ``bestand`` is the base64 as it stands there, ``bestandsnaam`` is of a tekstBestand only."""

    applicatieVersie: str
    applicatieSubversie: str
    functieVersie: str
    functieSubversie: str
    bestand: str = field(repr=False)
    bestandsnaam: str | None = None

    def payload(self) -> bytes:
        """The bytes of the file. Raises ``Afgekeurd`` IB014 when there are none or they are no base64."""
        return decodeer(self.bestand)


@dataclass(frozen=True, slots=True)
class Envelop:
    """A Di01 or Du01."""

    stuurgegevens: Stuurgegevens
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class Foutbericht:
    """A Fo01 or Fo03.

    ``omschrijving`` is at most 200 characters, ``details`` names functie and application version of what is refused.
    ``detailsXML`` holds elements, each as bytes: the refused message. It is as personal as that message.
    """

    stuurgegevens: Stuurgegevens
    code: str
    plek: Plek
    omschrijving: str
    details: str | None = None
    detailsXML: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Bevestiging:
    """A Bv03."""

    stuurgegevens: Stuurgegevens


def parameters(
    payload: bytes, applicatie_versie: str, applicatie_subversie: str, functie_versie: str, functie_subversie: str
) -> Parameters:
    """The parameters of an envelope around an iWmo or iJw message; versions have four digits."""
    return Parameters(applicatie_versie, applicatie_subversie, functie_versie, functie_subversie, codeer(payload))
