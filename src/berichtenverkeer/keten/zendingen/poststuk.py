"""The envelope of what is stored: of a message, and of a foutbericht."""

import hashlib
from collections.abc import Mapping
from typing import Any

from ..envelop.poststuk import Poststuk

KNOOPPUNT = ("GGKWebservice", "0001", "0000")
"""Name, version and subversion of the software that wraps a message which came without an envelope."""

_HETZELFDE = (
    "traceer_id", "conversatie_id", "als_antwoord_op", "referentie_id", "administratie", "gebruiker", "ontvangen_op",
)  # fmt: skip


def van_bericht(rij: Mapping[Any, Any]) -> Poststuk:
    """That of a message: a row of ``opslag.berichten.enveloppen``."""
    lading = {naam: rij[naam] for naam in ("grootte", "sha256")}
    return Poststuk(
        rij["berichtsoort"], versie_van(rij), rij["verzender"], rij["bestemming"], **_hetzelfde(rij), **lading
    )


def versie_van(rij: Mapping[Any, Any]) -> tuple[int, int]:
    """Version and subversion of the release of a stored message."""
    versie, subversie = rij["versie"].split(".")
    return int(versie), int(subversie)


def van_foutbericht(rij: Mapping[Any, Any]) -> Poststuk:
    """That of a foutbericht: a row of the table ``zending``, with its bytes."""
    lading: dict[str, Any] = {"grootte": len(rij["inhoud"]), "sha256": hashlib.sha256(rij["inhoud"]).hexdigest()}
    versie = rij["versie"], rij["subversie"]
    return Poststuk(
        rij["functie"], versie, rij["zender"], rij["ontvanger"], **_hetzelfde(rij), **lading, foutbericht=True
    )


def _hetzelfde(rij: Mapping[Any, Any]) -> dict[str, Any]:
    eigen = (rij["applicatie"], rij["applicatie_versie"], rij["applicatie_subversie"])
    return {naam: rij[naam] for naam in _HETZELFDE} | {"software": eigen if rij["applicatie"] else KNOOPPUNT}
