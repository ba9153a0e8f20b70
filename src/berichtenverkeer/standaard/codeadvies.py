"""What to fill in for a code that is not in its list, and what it means where it is one: under the other law, or in an earlier
release.

Which code was meant is data, ``codelijsten/bedoeld.csv``: those of the other law by what they mean, those of iWmo 2 by the code
lists of then (afgeleid). A value is repeated only where it is such a code, and never of what is about a person.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from lxml import etree

from .berichten import typen
from .codelijst import Codelijst, codelijsten, rijen
from .domein import RELEASE, Domein
from .toelichting import in_zin, toegelicht
from .verklaring import Verklaring
from .waarde import TE_VEEL_OM_TE_NOEMEN

_WET = {Domein.IWMO: "iWmo", Domein.IJW: "iJw"}
_MEESTE_MET_UITLEG = 15
"""Of a longer list the codes are told without what they mean."""

_TYPE = "LDT_"


@dataclass(frozen=True, slots=True)
class Bedoeld:
    """What a code that is no longer, or not here, was or is; and the codes that say it here. ``betekende`` is empty for a code of
    the other law, whose list has it."""

    betekende: str
    codes: tuple[str, ...]
    let_op: str


def codeadvies(element: etree._Element, verklaring: Verklaring | None) -> tuple[str, str] | None:
    """What is wrong and what to do; None when the element has no code list or its value is in it.

    ``verklaring`` is that of the element itself.
    """
    if verklaring is None or verklaring.type is None or verklaring.facetten is None:
        return None
    waarde = (element.text or "").strip()
    if not verklaring.facetten.waarden or not waarde or waarde in verklaring.facetten.waarden:
        return None
    domein = next((wet for wet in Domein if verklaring.type.startswith(f"{{{wet.ruimte}")), None)
    soort = verklaring.type.rpartition("}")[2]
    lijst = _op_type(domein, _release(verklaring.type, domein)).get(soort) if domein is not None else None
    if domein is None or lijst is None:
        return None
    melding, bedoeld = f"{verklaring.naam} heeft een waarde die niet in de codelijst staat.", ""
    if not _persoonlijk(soort):
        gevonden = _van_elders(waarde, soort, lijst, domein)
        if gevonden:
            melding = f"{verklaring.naam} {waarde} bestaat in {_WET[domein]} niet; {gevonden[0]}."
        bedoeld = gevonden[1] if gevonden else _bijna(waarde, lijst)
    return melding, bedoeld or _toegestaan(lijst)


def _van_elders(waarde: str, soort: str, lijst: Codelijst, domein: Domein) -> tuple[str, str] | None:
    """What the code is under the other law and was in an earlier release, and what was meant."""
    ander = next(wet for wet in Domein if wet is not domein)
    daar = _op_type(ander, RELEASE).get(soort)
    zinnen, adviezen = [], []
    for betekenis, bedoeld in _betekenissen(waarde, lijst, daar):
        waar = "in een eerdere release was dat" if bedoeld and bedoeld.betekende else f"in {_WET[ander]} is dat"
        zinnen.append(f"{waar} ‘{in_zin(betekenis)}’")
        if bedoeld:
            keuze = " of ".join(toegelicht(lijst, code) for code in bedoeld.codes)
            adviezen.append(f"{keuze}. {bedoeld.let_op}".rstrip())
    if not zinnen:
        return None
    advies = " Of, in de andere betekenis: ".join(adviezen)
    return "; ".join(zinnen), f"Bedoeld is {advies}" if adviezen else ""


def _betekenissen(waarde: str, lijst: Codelijst, daar: Codelijst | None) -> Iterator[tuple[str, Bedoeld | None]]:
    gevonden = _bedoeld().get((lijst.naam_code, waarde), ())
    if daar is not None and waarde in daar:
        yield daar.label(waarde), next((bedoeld for bedoeld in gevonden if not bedoeld.betekende), None)
    for bedoeld in gevonden:
        if bedoeld.betekende:
            yield bedoeld.betekende, bedoeld


def _bijna(waarde: str, lijst: Codelijst) -> str:
    """What was meant by a code without its zero, or by the label in place of the code."""
    vormen = {waarde.zfill(len(code)) for code in lijst.codes} | {waarde.lstrip("0")}
    codes = [code for code in lijst.codes if code in vormen]
    codes = codes or [
        code for code in lijst.codes if waarde.casefold() == lijst.label(code).partition(" (")[0].casefold()
    ]
    return f"Bedoeld is waarschijnlijk {toegelicht(lijst, codes[0])}." if len(codes) == 1 else ""


def _toegestaan(lijst: Codelijst) -> str:
    """The codes there are; of a very long list its name."""
    if len(lijst.codes) <= _MEESTE_MET_UITLEG:
        return f"Toegestaan: {', '.join(toegelicht(lijst, code) for code in lijst.codes)}."
    if len(lijst.codes) <= TE_VEEL_OM_TE_NOEMEN:
        return f"Toegestaan: {', '.join(sorted(lijst.codes))}; zie codelijst {lijst.naam_code}."
    return f"Kies een code uit de codelijst {lijst.naam} ({lijst.naam_code})."


def _persoonlijk(soort: str) -> bool:
    """Whether a value of this data type says something about a person."""
    type_ = getattr(typen, soort.removeprefix(_TYPE), None)
    return any(isinstance(merk, typen.Persoonsgegeven) for merk in get_args(type_))


def _release(type_: str, domein: Domein) -> str:
    """The release of a data type, by its namespace."""
    return type_.removeprefix(f"{{{domein.ruimte}").partition("/")[0].replace("_", ".")


@cache
def _op_type(domein: Domein, release: str) -> Mapping[str, Codelijst]:
    return {lijst.element: lijst for lijst in codelijsten(domein, release)}


@cache
def _bedoeld() -> Mapping[tuple[str, str], list[Bedoeld]]:
    gevonden: dict[tuple[str, str], list[Bedoeld]] = defaultdict(list)
    for rij in rijen("bedoeld.csv"):
        bedoeld = Bedoeld(rij["betekende"], tuple(rij["bedoeld"].split("|")), rij["let_op"])
        gevonden[rij["codelijst"], rij["code"]].append(bedoeld)
    return gevonden
