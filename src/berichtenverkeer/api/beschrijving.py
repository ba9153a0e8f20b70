"""What the interfaces say of themselves in OpenAPI: ours under its version, and a document for each of those that others dictate.

The framework describes a route by its function; what it has no words for is added here, for all routes in one place: what the gate
answers, who may call, the headers of every answer, an example of every body.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import yaml
from fastapi import FastAPI, Response
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from ..instellingen import Instellingen
from .antwoord.problemen import API_VERSIE, ProbleemUit, antwoorden
from .antwoord.voorbeelden import voorbeeld, voorbeeld_xml
from .hoofdaannemer.factuur_uit import FactuurVraag
from .rondom import aanmelding, poort
from .rondom.lichaam import XML_SOORTEN
from .rondom.route import Route, Router
from .volumes_in import DeclaratieVraag

_CORS = {"Access-Control-Allow-Origin": "*"}
"""Anyone may read what an interface is like, also from a page elsewhere (Logius API Design Rules: publish-openapi)."""

_OOK: Sequence[type[BaseModel]] = (ProbleemUit, DeclaratieVraag, FactuurVraag)
"""The forms that the framework does not see: of a problem, and of bodies that we read ourselves."""

_KOP = {"API-Version": {"description": "De versie van deze interface", "schema": {"type": "string"}}}


class Document(NamedTuple):
    """One document: where it stands, what it is about, and the routers in it, which stand under ``voorvoegsel``."""

    pad: str
    titel: str
    samenvatting: str
    routers: Sequence[Router]
    voorvoegsel: str = ""


def installeer(app: FastAPI, instellingen: Instellingen, documenten: Sequence[Document]) -> None:
    """Serve each document as JSON and as YAML."""
    i = instellingen
    contact = {"name": i.contact_naam, "email": i.contact_email, "url": i.contact_url}
    for document in documenten:
        _publiceer(app, document, contact)


def _publiceer(app: FastAPI, document: Document, contact: dict[str, str]) -> None:
    gemaakt: list[dict[str, Any]] = []

    def inhoud() -> dict[str, Any]:
        if not gemaakt:
            gemaakt.append(beschrijf(document, contact))
        return gemaakt[0]

    def als_json() -> Response:
        return Response(json.dumps(inhoud(), ensure_ascii=False), media_type="application/json", headers=_CORS)

    def als_yaml() -> Response:
        tekst = yaml.safe_dump(inhoud(), allow_unicode=True, sort_keys=False)
        return Response(tekst, media_type="application/yaml", headers=_CORS)

    for soort, geef in (("json", als_json), ("yaml", als_yaml)):
        app.add_api_route(f"{document.pad}/openapi.{soort}", geef, include_in_schema=False)


def beschrijf(document: Document, contact: dict[str, str]) -> dict[str, Any]:
    """A document in OpenAPI."""
    routes = [route for router in document.routers for route in router.alle]
    van = {route.unique_id: route for route in routes}
    schema = get_openapi(
        title=document.titel,
        version=API_VERSIE,
        summary=document.samenvatting,
        routes=routes,
        servers=[{"url": document.voorvoegsel or "/"}],
        tags=[{"name": naam} for naam in dict.fromkeys(str(route.tags[0]) for route in routes)],
    )
    schema["info"]["contact"] = contact
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    for model in _OOK:
        vorm = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= vorm.pop("$defs", {}) | {model.__name__: vorm}
    for naam in ("HTTPValidationError", "ValidationError"):
        schemas.pop(naam, None)
    aanmelding.beschrijf(schema)
    poort.beschrijf(schema, document.voorvoegsel)
    for operatie in _operaties(schema):
        _noem(operatie, van[operatie["operationId"]])
        _vul_aan(operatie, schemas)
    schema["components"]["schemas"] = _gebruikt(schema)
    return _zonder_uit(schema)


_VERWIJZING = "#/components/schemas/"
_UIT = "Uit"
"""How the model of what is told ends here, where the thing itself has the bare name; outside there is only the one."""


def _verwijzingen(deel: Any) -> Iterator[str]:
    """The names of the schemas to which a part of an OpenAPI refers."""
    if isinstance(deel, dict):
        if isinstance(naam := deel.get("$ref"), str):
            yield naam.removeprefix(_VERWIJZING)
        deel = deel.values()
    if isinstance(deel, Iterable) and not isinstance(deel, str):
        for dieper in deel:
            yield from _verwijzingen(dieper)


def _gebruikt(schema: dict[str, Any]) -> dict[str, Any]:
    """The schemas to which an operation refers, or one of those."""
    schemas, gezien = schema["components"]["schemas"], set[str]()
    nieuw = set(_verwijzingen(schema["paths"]))
    while nieuw:
        gezien |= nieuw
        nieuw = {naam for eerder in nieuw for naam in _verwijzingen(schemas[eerder])} - gezien
    return {naam: vorm for naam, vorm in schemas.items() if naam in gezien}


def _zonder_uit(schema: dict[str, Any]) -> dict[str, Any]:
    """The same with what is told under its bare name."""
    schemas = schema["components"]["schemas"]
    bloot = {naam: naam.removesuffix(_UIT) for naam in schemas}
    if len(set(bloot.values())) < len(bloot):
        raise ValueError(f"two schemas would have one name: {sorted(bloot.values())}")

    def hernoemd(deel: Any) -> Any:
        if isinstance(deel, list):
            return [hernoemd(een) for een in deel]
        if not isinstance(deel, dict):
            return deel
        uit = {sleutel: hernoemd(waarde) for sleutel, waarde in deel.items()}
        if isinstance(naam := deel.get("$ref"), str):
            uit["$ref"] = _VERWIJZING + bloot[naam.removeprefix(_VERWIJZING)]
        return uit

    uit: dict[str, Any] = hernoemd(schema)
    uit["components"]["schemas"] = {
        bloot[naam]: hernoemd(vorm) | ({"title": bloot[naam]} if "title" in vorm else {})
        for naam, vorm in schemas.items()
    }
    return uit


def _operaties(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methoden in schema["paths"].values():
        yield from methoden.values()


def _noem(operatie: dict[str, Any], route: Route) -> None:
    """Its name is that of nothing else; its summary is the first sentence of what is said of it, unless it has one of its own."""
    operatie["operationId"] = f"{route.tags[0]}_{route.name}"
    eerste = operatie["description"].partition("\n\n")[0].replace("\n", " ").partition(". ")[0]
    operatie["summary"] = route.summary or eerste.rstrip(".")


def _vul_aan(operatie: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Its answers have our headers and, as its body, an example; the framework's own answer to what is invalid is not ours."""
    uit = operatie["responses"]
    if "application/json" in uit.get("422", {}).get("content", {}):
        del uit["422"]
    for status, antwoord in antwoorden().items():
        uit.setdefault(str(status), antwoord)
    for status, antwoord in uit.items():
        if status < "400":
            antwoord["headers"] = antwoord.get("headers", {}) | _KOP
            _geef_voorbeeld(antwoord, schemas)
    _geef_voorbeeld(operatie.get("requestBody", {}), schemas)


def _geef_voorbeeld(inhoud: dict[str, Any], schemas: dict[str, Any]) -> None:
    for soort, vorm in inhoud.get("content", {}).items():
        schema = vorm.get("schema", {})
        if soort in XML_SOORTEN:
            vorm.setdefault("example", voorbeeld_xml())
        elif schema and schema.get("format") != "binary":
            vorm.setdefault("example", voorbeeld(schema, schemas))
