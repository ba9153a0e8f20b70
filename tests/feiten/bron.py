"""The facts from the tables of the standard."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import BRON

Facetten = dict[str, Any]

GEDEELD = "b:"
"""What stands before an element of the shared schema: it has the namespace of that."""

COMMENTAAR = {"([.\\s]*\\S+[.\\s]*)+": "\\s*\\S[\\s\\S]*"}
"""The one pattern that ours says otherwise: it accepts the same texts, in time that does not grow with the square of the length."""


def regel_van(bericht: str, pad: Iterable[str], laagst: str, hoogst: str, facetten: Mapping[str, Any] | None) -> str:
    """One element as a line: ``WMO301 Bericht/Client/Bsn 1..1 string length=9 …``."""
    soort = "" if facetten is None else " " + " ".join(_facet(naam, facetten[naam]) for naam in sorted(facetten))
    return f"{bericht} {'/'.join(pad)} {laagst}..{hoogst}{soort}"


def voeg_samen(basis: Mapping[str, Any], eigen: Mapping[str, Any]) -> Facetten:
    """What a restriction of a type leaves: a pattern holds beside that of its base, all else takes the place of it."""
    patronen = [deel["pattern"] for deel in (basis, eigen) if "pattern" in deel]
    return {**basis, **eigen, **({"pattern": " & ".join(patronen)} if patronen else {})}


def elementen_van(domein: str) -> str:
    """The elements of every message of a law, from its message model."""
    model = json.loads((BRON / f"berichtmodel-{domein}-3.2.json").read_text(encoding="utf-8"))
    basis = model["basisschema"]
    regels = []
    for bericht, schema in model["berichten"].items():
        [(wortel, soort)] = schema["elementen"]
        for pad, laagst, hoogst, facetten in _onder(basis, schema, _lokaal(soort), (wortel,)):
            regels.append(regel_van(bericht, pad, str(laagst), str(hoogst), facetten))
    return "\n".join(regels) + "\n"


def regels() -> str:
    """The rules with a retourcode or a level: code, law, level, messages, retourcode."""
    technisch = [
        [rij["regel"], rij["domein"], rij["niveau"], rij["berichten"], rij["retourcode"]]
        for rij in _rijen("technische_regels.csv")
    ]
    condities = [
        [rij["regel"], "beide", "bericht", rij["berichten"], rij["retourcode"]]
        for rij in _rijen("condities_constraints_definities.csv")
        if rij["soort"] != "restrictie" and rij["retourcode"]
    ]
    return _csv(["regel", "domein", "niveau", "berichten", "retourcode"], technisch + condities)


def werkregels() -> str:
    """The rules for the work and on filling in: code, law, term."""
    return _csv(
        ["regel", "domein", "termijn"],
        [
            [rij["regel"], rij["domein"], rij.get("termijn", "")]
            for bestand in ("bedrijfsregels.csv", "invulinstructies.csv")
            for rij in _rijen(bestand)
        ],
    )


def _facet(naam: str, waarde: Any) -> str:
    if naam == "basis":
        return str(waarde)
    return f"{naam}={','.join(sorted(waarde)) if isinstance(waarde, list) else waarde}"


def _onder(
    basis: Mapping[str, Any], schema: Mapping[str, Any], soort: str, pad: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], int, int | str, Facetten | None]]:
    """Everything below an element of this type: that of the message, or else that of the shared schema."""
    eigen = schema["complexTypes"].get(soort)
    for naam, type_, laagst, hoogst in eigen or basis["complexTypes"][soort]:
        hier = (*pad, naam if eigen else GEDEELD + naam)
        enkel = _enkelvoudig(basis, type_)
        yield hier, laagst, hoogst, enkel
        if enkel is None:
            yield from _onder(basis, schema, _lokaal(type_), hier)


def _enkelvoudig(basis: Mapping[str, Any], type_: Any) -> Facetten | None:
    """What a text of this type may be; None when it holds elements."""
    if isinstance(type_, dict):
        van = _enkelvoudig(basis, type_["basis"])
        assert van is not None
        eigen = {naam: waarde for naam, waarde in type_.items() if naam != "basis"}
        if "pattern" in eigen:
            eigen["pattern"] = COMMENTAAR.get(eigen["pattern"], eigen["pattern"])
        return voeg_samen(van, eigen)
    if type_.startswith("xs:"):
        return {"basis": _lokaal(type_)}
    gedeeld = basis["simpleTypes"].get(_lokaal(type_))
    return None if gedeeld is None else _enkelvoudig(basis, gedeeld)


def _lokaal(naam: str) -> str:
    return naam.rpartition(":")[2]


def _rijen(bestand: str) -> list[dict[str, str]]:
    with (BRON / bestand).open(encoding="utf-8-sig", newline="") as tekst:
        return list(csv.DictReader(tekst, delimiter=";"))


def _csv(kop: list[str], rijen: list[list[str]]) -> str:
    uit = io.StringIO()
    csv.writer(uit, delimiter=";", lineterminator="\n").writerows([kop, *rijen])
    return uit.getvalue()
