"""The envelope of a stored message, as a party gets it: in StUF, or as metadata of VSP."""

from collections.abc import Callable, Mapping
from typing import Any

from ..envelop.functie import BERICHTSUBVERSIE, BERICHTVERSIE, FUNCTIES, FUNCTIESUBVERSIE, FUNCTIEVERSIE
from ..envelop.stuf.model import Envelop, Stuurgegevens, Systeem, parameters
from ..envelop.stuf.namen import Berichtcode
from ..envelop.vertaling import GGK_APPLICATIE, naar_vsp
from ..envelop.vsp import BerichtMetadata, Berichtstroom, Referentiegegevens, Relatie, Routeringgegevens

KNOOPPUNT = ("GGKWebservice", "0001", "0000")
"""Name, version and subversion of the software that wraps a message which came without an envelope."""

FOUTBERICHT = ("Fo01", "Foutbericht")
"""The berichtsubtype and actie of a foutbericht in VSP."""


def berichtcode_van(rij: Mapping[Any, Any], antwoord_325: Berichtcode) -> Berichtcode:
    """In which envelope a message is written. A 325 goes in either, and ``antwoord_325`` says which; but a Du01 names what it
    answers, so one of which this node does not know that is a Di01 (afgeleid)."""
    eerste, *ook = FUNCTIES[rij["berichtsoort"]].berichtcodes
    return antwoord_325 if antwoord_325 in ook and rij["als_antwoord_op"] else eerste


def stuf(
    rij: Mapping[Any, Any], tijdstip: str, payload: bytes = b"", *, antwoord_325: Berichtcode = Berichtcode.DI01
) -> Envelop:
    """The Di01 or Du01 around a message: a row of ``opslag.enveloppen``; ``tijdstip`` is the moment of sending and
    ``antwoord_325`` the envelope of a 325."""
    functie = FUNCTIES[rij["berichtsoort"]]
    berichtcode = berichtcode_van(rij, antwoord_325)
    applicatie, versie, subversie = (
        rij[naam] or anders
        for naam, anders in zip(("applicatie", "applicatie_versie", "applicatie_subversie"), KNOOPPUNT, strict=True)
    )
    stuur = Stuurgegevens(
        berichtcode,
        Systeem(rij["verzender"], applicatie, rij["administratie"], rij["gebruiker"]),
        Systeem(rij["bestemming"], GGK_APPLICATIE),
        rij["traceer_id"],
        tijdstip,
        rij["als_antwoord_op"] if berichtcode is Berichtcode.DU01 else None,
        functie.naam,
    )
    return Envelop(stuur, parameters(payload, versie, subversie, FUNCTIEVERSIE, FUNCTIESUBVERSIE))


def vsp(rij: Mapping[Any, Any], rol: Callable[[str], str]) -> BerichtMetadata:
    """The metadata of a message: a row of ``opslag.enveloppen``. ``rol`` gives the role in VSP of a code."""
    return naar_vsp(
        stuf(rij, ""),
        rij["conversatie_id"],
        als_antwoord_op=rij["als_antwoord_op"],
        referentie_id=rij["referentie_id"],
        rol=rol,
    )


def vsp_foutbericht(rij: Mapping[Any, Any], rol: Callable[[str], str]) -> BerichtMetadata:
    """The metadata of a foutbericht: a row of the table ``zending``."""
    return BerichtMetadata(
        routeringgegevens=Routeringgegevens(
            afzender=Relatie(rol=rol(rij["zender"]), code=rij["zender"]),
            geadresseerden=(Relatie(rol=rol(rij["ontvanger"]), code=rij["ontvanger"]),),
            berichtstroom=Berichtstroom(
                berichttype=FUNCTIES[rij["functie"]].berichttype,
                berichtsubtype=FOUTBERICHT[0],
                berichtversie=BERICHTVERSIE,
                berichtsubversie=BERICHTSUBVERSIE,
                actie=FOUTBERICHT[1],
            ),
        ),
        referentiegegevens=Referentiegegevens(
            conversatieId=rij["conversatie_id"],
            traceerId=rij["traceer_id"],
            alsAntwoordOp=rij["als_antwoord_op"],
        ),
    )
