"""Every answer of VSP held against our own description of VSP, ``docs/vsp.openapi.yaml``."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import yaml

BESCHRIJVING = Path(__file__).parents[1] / "docs" / "vsp.openapi.yaml"
_STAP = re.compile(r"\\\{[^}]*\\\}")


@cache
def beschrijving() -> dict[str, Any]:
    """The description."""
    gelezen: dict[str, Any] = yaml.load(BESCHRIJVING.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return gelezen


def controleer(antwoord: httpx.Response) -> None:
    """An answer under ``/vsp`` is one that is described there: its status, kind and content. Anything else passes."""
    pad, methode = antwoord.request.url.path, antwoord.request.method.lower()
    sjabloon = _sjabloon(pad, methode)
    if sjabloon is None or antwoord.status_code == 503 or (antwoord.status_code >= 500 and methode != "post"):
        return
    antwoorden = beschrijving()["paths"][sjabloon][methode]["responses"]
    assert str(antwoord.status_code) in antwoorden, (methode, sjabloon, antwoord.status_code, antwoord.text)
    bij = antwoorden[str(antwoord.status_code)]
    inhoud = _deel(bij["$ref"])["content"] if "$ref" in bij else bij.get("content")
    if inhoud is None:
        assert antwoord.content == b"", antwoord.text
        return
    soort = antwoord.headers["content-type"].partition(";")[0]
    assert soort in inhoud, (sjabloon, soort)
    if "schema" in inhoud[soort]:
        fouten = [
            f"{fout.instance_path}: {fout.message}"
            for fout in _keurder(sjabloon, methode, antwoord.status_code).iter_errors(antwoord.json())
        ]
        assert not fouten, (sjabloon, fouten, antwoord.text)


@cache
def _sjabloon(pad: str, methode: str) -> str | None:
    """The path as it is described; the first that fits, for ``zoeken`` is no traceerId."""
    for sjabloon, methoden in beschrijving()["paths"].items():
        if methode in methoden and re.fullmatch(_STAP.sub("[^/]+", re.escape(sjabloon)), pad):
            return str(sjabloon)
    return None


@cache
def _keurder(sjabloon: str, methode: str, status: int) -> Any:
    bij = beschrijving()["paths"][sjabloon][methode]["responses"][str(status)]
    [(_, inhoud)] = (_deel(bij["$ref"]) if "$ref" in bij else bij)["content"].items()
    schema = {**inhoud["schema"], "components": beschrijving()["components"]}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def _deel(verwijzing: str) -> Any:
    hier: Any = beschrijving()
    for stap in verwijzing.removeprefix("#/").split("/"):
        hier = hier[stap]
    return hier
