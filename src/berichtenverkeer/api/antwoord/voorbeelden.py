"""An example of any body of the interface, from its schema: what a field says itself (``examples``), else what its name or its form
asks for. So nobody keeps examples beside the models, and every one of them has the form it shows."""

from collections.abc import Callable, Mapping
from typing import Any

from ...pakket import meegeleverd

_OP_NAAM: Mapping[str, Any] = {
    "aanbieder": "98000001",
    "aantal": 1,
    "afzender": "98000001",
    "begin": "2026-03-01",
    "bestemming": "1680",
    "bsn": "999900006",
    "categorie": "02",
    "code": "02A05",
    "eind": "2026-03-31",
    "eenheid": "04",
    "frequentie": "2",
    "gemeente": "1680",
    "identificatie": "000000000001",
    "id": "7d444840-9dc0-4ad1-a5b8-0f1f3a1c2e11",
    "ontvanger": "1680",
    "product": "02A05",
    "tegenpartij": "1680",
    "toewijzingnummer": 1001,
    "volgende": "toewijzingen.12.7d444840-9dc0-4ad1-a5b8-0f1f3a1c2e11",
}
"""Values for the names that many models have; in an example that many rows share, they are about the same fictive client."""

_OP_VORM: Mapping[str, Any] = {
    "date": "2026-03-02",
    "date-time": "2026-03-02T09:00:00Z",
    "time": "10:00:00",
    "uri": "https://ontvanger.example/berichten",
    "uuid": "7d444840-9dc0-4ad1-a5b8-0f1f3a1c2e11",
}

_OP_PATROON: Mapping[str, str] = {
    "^[0-9]{1,2}$": "02",
    "^[0-9]{2}$": "02",
    "^[0-9]{4}$": "1680",
    "^[0-9]{8}$": "98000001",
    "^[0-9]{9}$": "999900006",
    "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$": "7d444840-9dc0-4ad1-a5b8-0f1f3a1c2e11",
    "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$": "7d444840-9dc0-4ad1-a5b8-0f1f3a1c2e11",
    "^[A-Za-z0-9]{1,8}$": "A1",
}


def voorbeeld_xml() -> str:
    """A message: the 305 that comes along."""
    return (meegeleverd("fixtures") / "voorbeelden" / "WMO305.xml").read_text(encoding="utf-8")


def voorbeeld(schema: Mapping[str, Any], schemas: Mapping[str, Any], naam: str = "") -> Any:
    """A value of this form; ``schemas`` are those that it may refer to."""
    for sleutel in ("const", "default"):
        if schema.get(sleutel) is not None:
            return schema[sleutel]
    for sleutel in ("examples", "enum"):
        if schema.get(sleutel):
            return _heel(schema, schema[sleutel][0])
    if "$ref" in schema:
        return voorbeeld(schemas[schema["$ref"].rpartition("/")[2]], schemas, naam)
    for keuze in schema.get("anyOf", schema.get("oneOf", ())):
        if keuze.get("type") != "null":
            return voorbeeld(keuze, schemas, naam)
    if "allOf" in schema:
        return voorbeeld(schema["allOf"][0], schemas, naam)
    return _PER_SOORT[schema.get("type", "null")](schema, schemas, naam)


def _heel(schema: Mapping[str, Any], gegeven: Any) -> Any:
    """The same with what it must have and is empty: the framework leaves that out of what a model says of itself."""
    return {**dict.fromkeys(schema.get("required", ())), **gegeven} if isinstance(gegeven, dict) else gegeven


def _tekst(schema: Mapping[str, Any], _: Mapping[str, Any], naam: str) -> str:
    if schema.get("format") in _OP_VORM:
        return str(_OP_VORM[schema["format"]])
    if schema.get("pattern") in _OP_PATROON:
        return _OP_PATROON[schema["pattern"]]
    gewoon = _OP_NAAM.get(naam)
    return (gewoon if isinstance(gewoon, str) else naam or "tekst")[: schema.get("maxLength")]


def _getal(schema: Mapping[str, Any], _: Mapping[str, Any], naam: str) -> int:
    gewoon = _OP_NAAM.get(naam)
    return gewoon if isinstance(gewoon, int) else int(schema.get("minimum", 0)) or 1


def _lijst(schema: Mapping[str, Any], schemas: Mapping[str, Any], naam: str) -> list[Any]:
    return [voorbeeld(schema.get("items", {}), schemas, naam)]


def _object(schema: Mapping[str, Any], schemas: Mapping[str, Any], _: str) -> dict[str, Any]:
    """What it must have, and what says itself how it may look."""
    velden, moet = schema.get("properties", {}), schema.get("required", ())
    return {
        veld: voorbeeld(vorm, schemas, veld) for veld, vorm in velden.items() if veld in moet or vorm.get("examples")
    }


_PER_SOORT: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], str], Any]] = {
    "array": _lijst,
    "boolean": lambda *_: False,
    "integer": _getal,
    "null": lambda *_: None,
    "number": _getal,
    "object": _object,
    "string": _tekst,
}
