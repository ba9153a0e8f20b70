"""A file with rows in a form: chosen or pasted, and what is wrong with it by row and column. What was given is given back, so that it can
be mended on the page, when it is text and not too long for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData, UploadFile

from ...api.antwoord.problemen import Probleem
from ...api.hoofdaannemer.laden import LaadRapport
from ...tabellen.lezen import is_werkmap
from .bestanden import van_tekst
from .formulier import Onjuist

TEKST, BESTAND, PROEF = "tekst", "bestand", "proef"
"""The fields of the form; the last is that of the button that only tries."""

MEESTE_TEKENS = 40_000
"""The longest text that stands in a form."""

MEESTE_FOUTEN = 200
"""Faults that are shown."""


@dataclass(frozen=True, slots=True)
class Gegeven:
    """What was given, by which field; ``proef``: it is only tried."""

    veld: str
    data: bytes
    proef: bool

    @property
    def tekst(self) -> str:
        """The same as text in the form; empty for what does not fit in it."""
        try:
            tekst = "" if is_werkmap(self.data) else self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return ""
        return tekst if len(tekst) <= MEESTE_TEKENS and "\x00" not in tekst else ""


@dataclass(frozen=True, slots=True)
class Verslag:
    """What came of it: what is wrong, above the form and by row and column; and what was given."""

    fouten: Mapping[str, str] = field(default_factory=dict)
    cellen: Sequence[Any] = ()
    tekst: str = ""
    opnieuw: bool = False
    """What was given does not stand in the form: the file is to be chosen again."""


async def lees_gegeven(formulier: FormData) -> Gegeven:
    """What is in a form; a file goes before what was pasted. Raises ``Onjuist`` for nothing."""
    proef = formulier.get(PROEF) is not None
    bestand, tekst = formulier.get(BESTAND), formulier.get(TEKST)
    if isinstance(bestand, UploadFile) and bestand.filename:
        return Gegeven(BESTAND, await bestand.read(), proef)
    if isinstance(tekst, str) and tekst.strip():
        return Gegeven(TEKST, van_tekst(tekst), proef)
    raise Onjuist({BESTAND: "kies een bestand, of plak de rijen hieronder"})


def in_woorden(rapport: LaadRapport) -> str:
    """What became of a file, as a sentence."""
    wat = f"{rapport.nieuw} nieuw, {rapport.gewijzigd} gewijzigd, {rapport.gelijk} hetzelfde als het al was"
    rijen = f"{rapport.rijen} {'rij' if rapport.rijen == 1 else 'rijen'}"
    if rapport.proef:
        return f"Dit bestand is goed. {rijen}: {wat}. Er is nog niets bewaard."
    return f"Bewaard. {rijen}: {wat}."


def verslag_van(probleem: Probleem, gegeven: Gegeven) -> Verslag:
    """A problem with what was given. Raises it when it is none of the file."""
    if probleem.status not in (400, 413, 422):
        raise probleem
    inhoud = probleem.inhoud
    bezwaren = inhoud.get("onjuist", ())
    zinnen = [f"{een['veld']}: {een['melding']}" for een in bezwaren] or [f"{inhoud['detail']} {inhoud['advies']}"]
    return Verslag({gegeven.veld: " ".join(zinnen)}, inhoud.get("fouten", ()), gegeven.tekst, opnieuw=not gegeven.tekst)
