"""The codes in a finding, with what they mean: ``Eenheid 04`` becomes ``Eenheid 04 (uur)``.

Rules name a code as the standard does, an element and its value, and this says what it means, in one place for all of them. Which
element has which code list is what the model says. A code that is explained already stays as it is; so does one with a long label.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ..standaard.berichten.onderdeel import Onderdeel
from ..standaard.berichten.typen import Codelijst as Merk
from ..standaard.berichten.typen import Persoonsgegeven
from ..standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort
from ..standaard.codelijst import Codelijst, codelijst
from ..standaard.domein import Domein
from ..standaard.toelichting import betekenis
from ..standaard.toelichting import toegelicht as code_met_betekenis
from ..standaard.vorm import Veld, Vorm, vorm, vorm_van

_MEESTE_TEKENS = 45
"""The longest meaning that a sentence can bear."""

_CODE = re.compile(r"[0-9A-Z]+")
_TUSSEN = r"(?:, | of | en )"


def toegelicht(tekst: str, deel: Onderdeel, soort: Berichtsoort) -> str:
    """A sentence about this class in a message of this kind, with what its codes mean."""
    lijsten = {**_lijsten(soort.domein, soort.release), **_eigen_lijsten(type(deel), soort)}

    def vul_aan(gevonden: re.Match[str]) -> str:
        naam = gevonden["naam"]
        lijst = lijsten.get(naam[0].upper() + naam[1:])
        if lijst is None or tekst.startswith(" (", gevonden.end()):
            return gevonden[0]
        return f"{naam} " + _CODE.sub(lambda code: _met_zin(code[0], lijst), gevonden["codes"])

    return _genoemd(soort.domein).sub(vul_aan, tekst)


def _met_zin(code: str, lijst: Codelijst) -> str:
    is_bekend = code in lijst and len(betekenis(lijst, code)) <= _MEESTE_TEKENS
    return code_met_betekenis(lijst, code) if is_bekend else code


@cache
def _genoemd(domein: Domein) -> re.Pattern[str]:
    """An element with a code list, by its name with or without capital, and the code or codes that stand after it."""
    namen = "|".join(sorted(f"[{naam[0]}{naam[0].lower()}]{naam[1:]}" for naam in _alle_lijsten(domein)))
    code = r"[0-9]{1,4}|[A-Z]"
    return re.compile(rf"\b(?P<naam>{namen}) (?P<codes>(?:{code})(?:{_TUSSEN}(?:{code}))*)\b")


@cache
def _alle_lijsten(domein: Domein) -> Mapping[str, frozenset[str]]:
    """The elements of all messages that have a code list, and which; of those that are not about a person."""
    gevonden: dict[str, frozenset[str]] = {}
    bezig: list[Vorm] = [vorm(soort) for soort in BERICHTSOORTEN.values() if soort.domein is domein]
    while bezig:
        huidig = bezig.pop()
        bezig += [veld.vorm for veld in huidig.velden if veld.vorm is not None]
        for naam, lijst in _met_lijst(huidig.velden, domein):
            gevonden[naam] = gevonden.get(naam, frozenset()) | {lijst}
    return gevonden


@cache
def _lijsten(domein: Domein, release: str) -> Mapping[str, Codelijst]:
    """The list of an element that has the same one wherever it stands."""
    return {
        naam: codelijst(next(iter(lijsten)), domein, release)
        for naam, lijsten in _alle_lijsten(domein).items()
        if len(lijsten) == 1
    }


@cache
def _eigen_lijsten(klasse: type[Onderdeel], soort: Berichtsoort) -> Mapping[str, Codelijst]:
    """The lists of the elements of this class: a Soort is one thing in a Contact, another in a Relatie."""
    velden = vorm_van(klasse, soort).velden
    return {naam: codelijst(lijst, soort.domein, soort.release) for naam, lijst in _met_lijst(velden, soort.domein)}


def _met_lijst(velden: tuple[Veld, ...], domein: Domein) -> Iterator[tuple[str, str]]:
    for veld in velden:
        merk = next((merk for merk in veld.merken if isinstance(merk, Merk)), None)
        if merk is not None and not any(isinstance(ander, Persoonsgegeven) for ander in veld.merken):
            yield veld.naam, merk.voor(domein)
