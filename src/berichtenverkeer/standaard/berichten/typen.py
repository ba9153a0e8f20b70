"""The simple types of the standard (LDT) as Python types.

A type says how a value is held (``str``, ``int``, ``date``, ``time``), from which code list it comes and whether it is
personal. Lengths, patterns and enumerations are not repeated here: the XSD holds them and judges every message.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from ..domein import Domein


@dataclass(frozen=True, slots=True)
class Codelijst:
    """The value is a code of this list (see ``standaard.codelijst``); some lists have another name in iJw."""

    iwmo: str
    ijw: str | None = None

    def voor(self, domein: Domein) -> str:
        """The name of the list under this law."""
        return self.ijw if self.ijw and domein is Domein.IJW else self.iwmo


@dataclass(frozen=True, slots=True)
class Persoonsgegeven:
    """The value says something about a person: it stays out of logs, findings and error texts."""


def tijd(tekst: str) -> time:
    """A time as XSD writes it: local, seconds and all, of any precision; midnight may be 24:00:00 too.

    Raises ``ValueError`` for what is not so written; libxml2 lets a zone such as -01:00 pass.
    """
    if not _TIJD.fullmatch(tekst):
        raise ValueError("this is no local time")
    return time(0) if tekst.startswith("24") else time.fromisoformat(tekst)


def _tijd(waarde: object) -> object:
    """What is no text is for pydantic to judge."""
    return tijd(waarde) if isinstance(waarde, str) else waarde


def _zonder_zone(waarde: time) -> time:
    if waarde.tzinfo is not None:
        raise ValueError("a time has no zone")
    return waarde


_TIJD = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?")


Datum = date
Tijd = Annotated[time, BeforeValidator(_tijd), Field(strict=True), AfterValidator(_zonder_zone)]
Geheel = int
Eurocent = int
Tekst = str

Bsn = Annotated[str, Persoonsgegeven()]
PersoonlijkeTekst = Annotated[str, Persoonsgegeven()]
PersoonlijkeDatum = Annotated[date, Persoonsgegeven()]

Gemeente = Annotated[str, Codelijst("CBS")]
Partijcode = str

AanduidingWoonadres = Annotated[str, Codelijst("NUM061"), Persoonsgegeven()]
AdresSoort = Annotated[str, Codelijst("COD757")]
Communicatievorm = Annotated[str, Codelijst("COD747")]
DatumGebruik = Annotated[str, Codelijst("COD170")]
DebetCredit = Annotated[str, Codelijst("COD043")]
Eenheid = Annotated[str, Codelijst("WJ756")]
Frequentie = Annotated[str, Codelijst("WMO757")]
Geslacht = Annotated[str, Codelijst("COD046"), Persoonsgegeven()]
JaNee = Annotated[str, Codelijst("COD260")]
JuridischeStatus = Annotated[str, Codelijst("WJ232"), Persoonsgegeven()]
LandCode = Annotated[str, Codelijst("COD032")]
NaamGebruik = Annotated[str, Codelijst("COD700")]
ProductCategorie = Annotated[str, Codelijst("WMO020", ijw="JZ020")]
RedenAfwijzingVerzoek = Annotated[str, Codelijst("WJ759")]
RedenBeeindiging = Annotated[str, Codelijst("WMO588", ijw="JZ588")]
RedenVerzoek = Annotated[str, Codelijst("WJ758")]
RedenWijziging = Annotated[str, Codelijst("WMO002", ijw="JZ002")]
RetourCode = Annotated[str, Codelijst("WJ001")]
SoortRelatie = Annotated[str, Codelijst("COD472")]
StatusAanlevering = Annotated[str, Codelijst("COD467")]
TypeVerwijzer = Annotated[str, Codelijst("COD327")]
VerzoekAntwoord = Annotated[str, Codelijst("WJ760")]
WettelijkeVertegenwoordiging = Annotated[str, Codelijst("WJ003"), Persoonsgegeven()]
