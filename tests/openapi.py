"""All that a node says of its interfaces, as one OpenAPI: its documents put together, with the whole path of every operation."""

from typing import Any

from fastapi import FastAPI

from berichtenverkeer.api.beschrijving import beschrijf

_CONTACT = {"name": "Beheer", "email": "beheer@knooppunt.example", "url": "https://knooppunt.example"}


def documenten(app: FastAPI) -> dict[str, dict[str, Any]]:
    """Each document of this app, by its title."""
    return {document.titel: beschrijf(document, _CONTACT) for document in app.state.documenten}


def alles(app: FastAPI) -> dict[str, Any]:
    """The documents of this app as one."""
    samen: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "alles", "version": "1.0.0"}, "paths": {}}
    samen["components"] = {"schemas": {}, "securitySchemes": {}}
    for document in documenten(app).values():
        basis = document["servers"][0]["url"].rstrip("/")
        samen["paths"] |= {basis + pad: methoden for pad, methoden in document["paths"].items()}
        for soort, inhoud in document["components"].items():
            samen["components"][soort] |= inhoud
    return samen
