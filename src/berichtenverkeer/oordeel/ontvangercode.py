"""A code that the receiver of a message gave in its answer, as a finding: it gives a code and a class, not a rule.

Beside it stands what the node itself finds, so that a bare code can be understood or disputed.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ..regels.bevinding import MEER, UIT_RETOUR, VAN_ANTWOORD, Bevinding, Niveau, fouten_van
from ..standaard.codelijst import in_enige_release
from ..standaard.domein import Domein
from .declaratie import ALLES_TOEGEKEND, NIET_BEOORDEELD
from .retour import GEEN_OPMERKING, TECHNISCH_AFGEKEURD

_GEEN_FOUT = (GEEN_OPMERKING, NIET_BEOORDEELD, ALLES_TOEGEKEND)
"""Retourcodes that say nothing is wrong with the class they stand on."""

NIETS_GEVONDEN = "Het knooppunt vindt hier geen fout."


def fouten(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that say that something is wrong."""
    return tuple(code for code in codes if code not in _GEEN_FOUT)


def als_bevinding(
    code: str, pad: str, klasse: str, domein: Domein, berekening: tuple[str, ...], regelnummer: int | None = None
) -> Bevinding:
    """The finding of a code on the class at this path; ``berekening`` is what the node finds beside it."""
    bekend = in_enige_release("WJ001", domein).codes.get(code)
    herstel = "Herstel dit en stuur het bericht opnieuw, of neem contact op met de ontvanger."
    return Bevinding(
        regel=UIT_RETOUR,
        niveau=Niveau.BERICHT if code == TECHNISCH_AFGEKEURD else Niveau.BERICHTOVERSTIJGEND,
        retourcode=code,
        regelnummer=regelnummer,
        pad=pad,
        element=pad.rpartition("/")[2].partition("[")[0],
        melding=f"De ontvanger keurde af met {code}" + (f": {bekend.omschrijving}." if bekend else "."),
        advies=_NAVRAAG if NIETS_GEVONDEN in berekening else herstel,
        klasse=klasse,
        berekening=berekening,
    )


_NAVRAAG = "Vraag de ontvanger wat er mis is, of herstel dit en stuur het bericht opnieuw."


Rij = Mapping[str, Any]
"""A finding as it is stored."""


def eigen(bevindingen: Iterable[Rij]) -> list[Rij]:
    """Of stored findings those of the node's own rules that refuse."""
    return [een for een in fouten_van(bevindingen) if een["regel"] not in (UIT_RETOUR, VAN_ANTWOORD, MEER)]


def op_klasse(bevindingen: Iterable[Rij], pad: str) -> list[Rij]:
    """Those on the class at this path and on what stands below it; the Header is about the whole message."""
    return [een for een in bevindingen if pad == KOP or f"{een['pad']}/".startswith(f"{pad}/")]


def gevonden(bevindingen: Iterable[Rij]) -> tuple[str, ...]:
    """What the node's own rules found, a sentence each with its reckoning; or that they found nothing."""
    alle = list(bevindingen)
    zinnen = [zin for een in alle[:_HOOGSTENS] for zin in (_zin(een), *een.get("berekening", ()))]
    if len(alle) > _HOOGSTENS:
        zinnen.append(f"En nog {len(alle) - _HOOGSTENS} bevindingen; zie het bericht.")
    return tuple(zinnen) or (NIETS_GEVONDEN,)


_HOOGSTENS = 10
"""So many of our findings are told beside one code."""


def _zin(bevinding: Rij) -> str:
    code = f" ({bevinding['retourcode']})" if bevinding["retourcode"] else ""
    return f"Het knooppunt vindt {bevinding['regel']}{code}: {bevinding['melding']}"


KOP = "/Bericht/Header"
