"""Who calls a node: its address, a token, and for which of the parties of the token."""

import ssl
from functools import cache

import httpx

GEDULD = 60.0
"""Seconds to wait for an answer; the longest long poll of a node ends before that."""


def maak_klant(url: str, token: str, partij: str | None = None, geduld: float = GEDULD) -> httpx.Client:
    """A caller with this token, for the party it was made for or another of its parties. No redirect is followed: the token would go
    with it."""
    koppen = {"Authorization": f"Bearer {token}"}
    if partij is not None:
        koppen["Bv-Partij"] = partij
    return httpx.Client(base_url=url, headers=koppen, timeout=geduld, verify=_vertrouwen())


@cache
def _vertrouwen() -> ssl.SSLContext:
    """Whose certificates are trusted; read once, for it takes longer than many a request."""
    return httpx.create_ssl_context()
