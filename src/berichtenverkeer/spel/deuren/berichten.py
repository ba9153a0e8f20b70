"""The simplest door: ``POST /v1/berichten``, which answers with the verdict."""

import httpx

from .deur import DeurFout, Ontvangst, Zending, json_van, uitleg, wacht_op

_SOORT = "urn:berichtenverkeer:probleem:"


def bied_aan(data: bytes, klant: httpx.Client) -> httpx.Response:
    """Hand in the raw XML."""
    return klant.post("/v1/berichten", content=data, headers={"Content-Type": "application/xml"})


class BerichtenDeur:
    """Hands in the raw XML."""

    def lever(self, zending: Zending, klant: httpx.Client) -> Ontvangst:
        antwoord = bied_aan(zending.data, klant)
        if antwoord.status_code >= 400:
            return _geweigerd(antwoord)
        uit = json_van(antwoord)
        if uit["oordeel"] == "in_verwerking":
            uit = wacht_op(lambda: _oordeel(klant, uit["id"]), "oordeel")
        retour = klant.get(f"/v1/berichten/{uit['retour']['id']}/xml").content if uit["retour"] else None
        return Ontvangst(
            antwoord.status_code,
            uit["id"],
            oordeel=uit["oordeel"],
            bevindingen=tuple(uit["bevindingen"]),
            retour=retour,
        )


def _oordeel(klant: httpx.Client, id_: str) -> dict[str, object] | None:
    uit: dict[str, object] = json_van(klant.get(f"/v1/berichten/{id_}"))
    return None if uit["oordeel"] == "in_verwerking" else uit


def _geweigerd(antwoord: httpx.Response) -> Ontvangst:
    try:
        probleem = antwoord.json()
        soort = probleem["type"].removeprefix(_SOORT)
    except (ValueError, KeyError):
        raise DeurFout(f"{uitleg(antwoord)} (POST /v1/berichten gaf HTTP {antwoord.status_code})") from None
    return Ontvangst(
        antwoord.status_code,
        geweigerd=frozenset({soort}),
        melding=probleem["detail"],
        bevindingen=tuple(probleem.get("bevindingen", ())),
    )
