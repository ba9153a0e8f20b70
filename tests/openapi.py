"""All that a node says of its interfaces, as one OpenAPI: its documents put together, with the whole path of every operation."""

import json
from functools import cache
from typing import Any

from fastapi import FastAPI

from berichtenverkeer.api.app import maak_app
from berichtenverkeer.api.beschrijving import beschrijf
from berichtenverkeer.instellingen import Instellingen

_CONTACT = {"name": "Beheer", "email": "beheer@knooppunt.example", "url": "https://knooppunt.example"}


def documenten(app: FastAPI) -> dict[str, dict[str, Any]]:
    """Each document of this app, by its title."""
    return {document.titel: beschrijf(document, _CONTACT) for document in app.state.documenten}


def van_de_app(*, proefmodus: bool) -> dict[str, dict[str, Any]]:
    """Each document of an app with no other setting, by its title: made once, for that takes long."""
    gemaakt: dict[str, dict[str, Any]] = json.loads(_gemaakt(proefmodus))
    return gemaakt


@cache
def _gemaakt(proefmodus: bool) -> str:
    return json.dumps(documenten(maak_app(Instellingen(database_url="sqlite://", proefmodus=proefmodus))))


def alles(app: FastAPI) -> dict[str, Any]:
    """The documents of this app as one."""
    return als_een(documenten(app))


def als_een(documenten: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """These documents as one."""
    samen: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "alles", "version": "1.0.0"}, "paths": {}}
    samen["components"] = {"schemas": {}, "securitySchemes": {}}
    for document in documenten.values():
        basis = document["servers"][0]["url"].rstrip("/")
        samen["paths"] |= {basis + pad: methoden for pad, methoden in document["paths"].items()}
        for soort, inhoud in document["components"].items():
            samen["components"][soort] |= inhoud
    return samen
