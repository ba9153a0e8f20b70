"""The back-office of a hoofdaannemer as its pages need it: the bureau of who is at work, and its partners and klassen to choose from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..api.hoofdaannemer import laden
from ..api.hoofdaannemer.bureau import bureau_van, eis_bureau
from ..api.rondom.knooppunt import Knooppunt
from ..api.tabel import Gedaante
from ..bedrijfsbureau.bureau import Bedrijfsbureau
from .opmaak import Keuzes, los
from .scherm import Kruimels, Noem, met_partijnaam
from .toegang import Ik

BEGIN: Kruimels = [("Hoofdaannemer", "/hoofdaannemer")]
"""The way to each of these pages."""

_DAGEN = frozenset({"van", "tot", "datum"})
"""The columns of files that hold days."""


def bureau_bij(knooppunt: Knooppunt, ik: Ik) -> Bedrijfsbureau:
    """The bureau of whom someone works for. Raises problem 404 where that is no hoofdaannemer."""
    return eis_bureau(bureau_van(knooppunt, ik.partij))


def geladen(bureau: Bedrijfsbureau, soort: str) -> list[dict[str, Any]]:
    """What was loaded of a kind of file, with days as days."""
    uit = laden.neem(soort, bureau, Gedaante.JSON)
    assert isinstance(uit, laden.GeladenLijst)
    return [{naam: _waarde(naam, waarde) for naam, waarde in rij.items()} for rij in uit.items]


def partnernamen(bureau: Bedrijfsbureau | None) -> Mapping[str, str]:
    """What each partner is called, by its code; of what is no hoofdaannemer none."""
    return {rij["code"]: rij["naam"] for rij in geladen(bureau, "partners")} if bureau is not None else {}


def met_naam(namen: Mapping[str, str], code: str) -> str:
    """A partner by its name and code."""
    return f"{los(namen[code])} ({code})" if code in namen else code


def noemer(knooppunt: Knooppunt, namen: Mapping[str, str]) -> Noem:
    """Says who a code is: a partner as the hoofdaannemer calls it (``namen``), a gemeente or another party as this node does."""
    return lambda code: met_naam(namen, code) if code in namen else met_partijnaam(knooppunt, code)


def partnerkeuzes(namen: Mapping[str, str]) -> Keuzes:
    """The partners to choose from, by name."""
    return _keuzes((code, met_naam(namen, code)) for code in sorted(namen, key=lambda code: namen[code].casefold()))


def klassekeuzes(bureau: Bedrijfsbureau, segment: str | None = None) -> Keuzes:
    """The klassen to choose from: those of a segment, without one all of them."""
    klassen: dict[str, set[str]] = defaultdict(set)
    for rij in geladen(bureau, "tarieven"):
        if segment in (None, rij["segment"]):
            klassen[rij["klasse"]].add(rij["segment"])
    return _keuzes(
        (klasse, klasse if segment else f"{klasse} ({', '.join(sorted(van))})")
        for klasse, van in sorted(klassen.items())
    )


def keuzes_bij(bureau: Bedrijfsbureau, segment: str | None = None) -> dict[str, Keuzes]:
    """What is chosen from in the fields of acts."""
    partners = partnerkeuzes(partnernamen(bureau))
    return {"partner": partners, "naar": partners, "klasse": klassekeuzes(bureau, segment)}


def _keuzes(paren: Iterable[tuple[str, str]]) -> Keuzes:
    return [("", "Kies…"), *paren]


def _waarde(naam: str, waarde: Any) -> Any:
    return date.fromisoformat(waarde) if naam in _DAGEN and isinstance(waarde, str) else waarde
