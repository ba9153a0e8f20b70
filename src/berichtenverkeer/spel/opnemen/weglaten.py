"""Messages that a recording leaves out: they were refused for something that does not stand in it.

A refused message counts as not sent (OP286), so without it everything comes out the same. What it was refused for may be of
another client, and that is no part of the recording. Pure.
"""

from collections.abc import Collection, Sequence

from ...regels.bevinding import fouten_van
from .anonimiseren import elementen
from .bron import Opgenomen

_EERDER = {
    "TR056": "Identificatie",
    "TR332": "ToewijzingNummer",
    "TR333": "DeclaratieNummer",
    "TR347": "ReferentieAanbieder",
}
"""Rules that look for a value among the messages of every client, and the element it stands in."""

_KOP, _GEEN_PARTIJ = "/Bericht/Header", "TR378"
"""The Header names a gemeente that does not exist: nobody in a flow can be that."""


def zonder_wat_elders_ligt(berichten: Sequence[Opgenomen]) -> list[Opgenomen]:
    """The messages of which all that decided on them is in the recording, in the same order."""
    zelf = {b.rij["bestemming"] for b in berichten if b.rij["beoordeling"] == "partij" and not b.is_antwoord}
    over: list[Opgenomen] = []
    for bericht in berichten:
        if bericht.is_antwoord or not _ligt_elders(bericht, over, zelf):
            over.append(bericht)
    return over


def _ligt_elders(bericht: Opgenomen, eerder: Sequence[Opgenomen], zelf: Collection[str]) -> bool:
    if bericht.rij["beoordeling"] == "partij" or bericht.telt:
        return False
    if bericht.rij["bestemming"] in zelf:  # the node refused it for a party that judges: a flow has one judge for each
        return True
    eigen = {(b["regel"], b["pad"]) for b in fouten_van(bericht.eigen_bevindingen)}
    if not eigen or any(regel == _GEEN_PARTIJ and pad.startswith(_KOP) for regel, pad in eigen):
        return True
    return any(
        regel in _EERDER and not _waarden(bericht, _EERDER[regel]) & _bekend(bericht, regel, eerder)
        for regel, _ in eigen
    )


def _bekend(bericht: Opgenomen, regel: str, eerder: Sequence[Opgenomen]) -> set[str]:
    """The values of the element of this rule in the earlier messages that it looks at."""
    zelfde = {"315", "317"} if regel == "TR347" else {bericht.gelezen.soort.nummer}
    return {
        waarde
        for ander in eerder
        if ander.gelezen.soort.nummer in zelfde
        and not (regel == "TR332" and ander.rij["dossier"] == bericht.rij["dossier"])
        for waarde in _waarden(ander, _EERDER[regel])
    }


def _waarden(bericht: Opgenomen, element: str) -> set[str]:
    return {waarde for (_, naam), waarde in elementen(bericht.bericht, bericht.gelezen.soort) if naam == element}
