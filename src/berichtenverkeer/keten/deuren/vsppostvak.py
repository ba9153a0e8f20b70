"""What lies ready for parties in VSP: messages and foutberichten, and how they are searched."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, RowMapping

from ...opslag.berichten import enveloppen
from ...partijen.partij import Partij, Partijrol
from ..envelop.functie import FUNCTIES
from ..envelop.poststuk import FOUTBERICHT
from ..envelop.vsp import (
    Zoekpad,
    ZoekpadOpAlsAntwoordOp,
    ZoekpadOpBerichtstroom,
    ZoekpadOpConversatieId,
)
from ..zendingen.poststuk import van_bericht, van_foutbericht


@dataclass(frozen=True, slots=True)
class Vraag:
    """What is asked for: everything, or what fits. ``soorten`` are kinds of message, ``fout_op`` the functies of which
    foutberichten are asked for, ``versie`` and ``subversie`` of which release; None leaves each free."""

    soorten: frozenset[str] | None = None
    fout_op: frozenset[str] | None = None
    versie: int | None = None
    subversie: int | None = None
    conversatie_id: str | None = None
    als_antwoord_op: str | None = None


def vraag_van(zoekpad: Zoekpad | None, partij: Partij) -> Vraag:
    """The question that a zoekpad asks of the postvak of this party; without one, for everything."""
    match zoekpad:
        case None:
            return Vraag()
        case ZoekpadOpConversatieId():
            return Vraag(conversatie_id=zoekpad.conversatieId)
        case ZoekpadOpAlsAntwoordOp():
            return Vraag(als_antwoord_op=zoekpad.alsAntwoordOp)
    soorten = frozenset(naam for naam, f in FUNCTIES.items() if _past(zoekpad, partij, naam, f.berichttype, f.actie))
    fout_op = frozenset(
        naam for naam, f in FUNCTIES.items() if _past(zoekpad, partij, FOUTBERICHT[0], f.berichttype, FOUTBERICHT[1])
    )
    return Vraag(soorten, fout_op, zoekpad.berichtversie, zoekpad.berichtsubversie)


def _past(zoekpad: ZoekpadOpBerichtstroom, partij: Partij, subtype: str, berichttype: str, actie: str) -> bool:
    stroom = {"berichttype": berichttype, "berichtsubtype": subtype, "actie": actie}
    heeft = {**stroom, "geadresseerdeRol": partij.vsp, "geadresseerdeCode": partij.code}
    return all(gevraagd in (None, heeft.get(naam, gevraagd)) for naam, gevraagd in zoekpad)


def wachtend(
    verbinding: Connection,
    partijen: Iterable[Partij],
    zoekpad: Zoekpad | None,
    limiet: int,
    basis_url: str,
    rol: Callable[[str], str],
) -> list[dict[str, Any]]:
    """The oldest of what lies ready for these parties and fits the zoekpad, at most ``limiet``, as JSON (``PostvakMetadata``).

    ``basis_url`` is the address of the list, ``rol`` gives the role in VSP of a code.
    """
    rijen = [rij for partij in partijen for rij in _rijen(verbinding, partij, vraag_van(zoekpad, partij), limiet)]
    oudste = sorted(rijen, key=itemgetter("ontvangen_op", "volgnummer"))[:limiet]
    stukken = (van_bericht(rij) if "berichtsoort" in rij else van_foutbericht(rij) for rij in oudste)
    return [stuk.vsp(f"{basis_url}/{stuk.traceer_id}/payload", rol) for stuk in stukken]


def _rijen(verbinding: Connection, partij: Partij, vraag: Vraag, limiet: int) -> list[RowMapping]:
    """The messages and foutberichten of one party. The foutberichten of a gemeente are in the postvak of the GGK only: what they
    refuse need not have what VSP asks."""
    waar = vraag.conversatie_id, vraag.als_antwoord_op, (vraag.versie, vraag.subversie)
    berichten = enveloppen.wachtend(verbinding, partij.code, limiet, vraag.soorten, *waar)
    if partij.rol is Partijrol.GEMEENTE:
        return berichten
    return [*berichten, *enveloppen.foutberichten(verbinding, partij.code, limiet, vraag.fout_op, *waar)]
