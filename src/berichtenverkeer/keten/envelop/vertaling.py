"""From VSP to StUF, and what of StUF goes along in VSP. All but tijdstipBericht survives, both ways (``poststuk``).

Towards StUF the receiver's applicatie is always ``GGk``. Of zender, administratie and gebruiker have no place in VSP; they go
along as keys of the verwerkingscontext (afgeleid), so that the name of a samenwerkingsverband is not lost.
"""

import re
from typing import Any

from . import vsp
from .fouten import Afgekeurd
from .functie import FUNCTIES, Functie
from .organisatie import is_adres, rol_van
from .stuf.lading import codeer
from .stuf.model import Envelop, Parameters, Stuurgegevens, Systeem
from .stuf.namen import StufBerichtcode

GGK_APPLICATIE = "GGk"
"""ontvanger.applicatie of all that the parties send."""

_SLEUTELS = {"administratie": "Administratie", "gebruiker": "Gebruiker"}
_LANGSTE = {"applicatie": 50, "administratie": 50, "gebruiker": 100}
_VERSIE = re.compile("[0-9]{1,4}")
_XML_TEKST = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


def naar_stuf(metadata: vsp.BerichtMetadata, payload: bytes, tijdstip: str) -> Envelop:
    """The envelope around a submitted payload, valid by its XSD; ``tijdstip`` is the moment of conversion.

    Raises ``Afgekeurd``, the first that applies: BRS01 and BRS04 for a sender or receiver whose code is none (or more than
    one receiver), IB004 for a message that does not exist, IB021 for a retourbericht that answers nothing, IB017 when the
    verwerkingscontext lacks the application or its versions, or holds what StUF cannot.
    """
    routering, referentie = metadata.routeringgegevens, metadata.referentiegegevens
    afzender = routering.afzender.code or ""
    if rol_van(afzender) is None:
        raise Afgekeurd("BRS01", "De code van de afzender is geen AGB-code.", "Vul de AGB-code van acht cijfers in.")
    ontvanger = _ontvanger(routering)
    functie = _functie(routering.berichtstroom)
    if functie.soort.is_retour and referentie.alsAntwoordOp is None:
        advies = "Vul in alsAntwoordOp het traceerId van het heenbericht in."
        raise Afgekeurd("IB021", f"Een {functie.naam} is een antwoord, en alsAntwoordOp is leeg.", advies)
    context = {een.sleutel: een.waarde[0] for een in reversed(metadata.verwerkingscontext or ())}
    stuur = Stuurgegevens(
        StufBerichtcode.DU01 if referentie.alsAntwoordOp else StufBerichtcode.DI01,
        _zender(afzender, context),
        Systeem(ontvanger, GGK_APPLICATIE),
        referentie.traceerId,
        tijdstip,
        referentie.alsAntwoordOp,
        functie.naam,
    )
    parameters = Parameters(
        _versie(context, "ApplicatieVersie"),
        _versie(context, "ApplicatieSubversie"),
        f"{routering.berichtstroom.berichtversie:04}",
        f"{routering.berichtstroom.berichtsubversie:04}",
        codeer(payload),
    )
    return Envelop(stuur, parameters)


def context(
    software: tuple[str, str, str], nummer: str, administratie: str | None, gebruiker: str | None
) -> list[dict[str, Any]]:
    """The verwerkingscontext that says who wrapped a message: name, version and subversion of the software, the number of the
    message, and what StUF has besides."""
    applicatie, versie, subversie = software
    waarden = {
        "Applicatie": applicatie,
        "ApplicatieVersie": str(int(versie)),
        "ApplicatieSubversie": str(int(subversie)),
        "Referentienummer": nummer,
        "Administratie": administratie,
        "Gebruiker": gebruiker,
    }
    return [{"sleutel": sleutel, "waarde": [waarde]} for sleutel, waarde in waarden.items() if waarde]


def _ontvanger(routering: vsp.Routeringgegevens) -> str:
    if len(routering.geadresseerden) != 1 or not is_adres(code := routering.geadresseerden[0].code or ""):
        raise Afgekeurd(
            "BRS04",
            "Er is niet precies één geadresseerde met een geldige code.",
            "Noem één gemeente, met haar code van vier cijfers.",
        )
    return code


def _functie(stroom: vsp.Berichtstroom) -> Functie:
    functie = FUNCTIES.get(stroom.berichtsubtype or "")
    if functie is None or functie.berichttype != stroom.berichttype:
        raise Afgekeurd(
            "IB004",
            "Deze combinatie van berichttype en berichtsubtype bestaat niet.",
            "Vul bijvoorbeeld JW en JW307 in.",
        )
    return functie


def _zender(code: str, context: dict[str, str]) -> Systeem:
    applicatie = context.get("Applicatie", "")
    administratie, gebruiker = (context.get(sleutel) for sleutel in _SLEUTELS.values())
    if len(applicatie.strip()) < 3:
        raise _geen_applicatie("Applicatie")
    for naam, waarde in (("applicatie", applicatie), ("administratie", administratie), ("gebruiker", gebruiker)):
        if waarde and (len(waarde) > _LANGSTE[naam] or not _XML_TEKST.fullmatch(waarde)):
            raise _geen_applicatie(naam.capitalize())
    return Systeem(code, applicatie, administratie, gebruiker)


def _versie(context: dict[str, str], sleutel: str) -> str:
    waarde = context.get(sleutel, "")
    if not _VERSIE.fullmatch(waarde):
        raise _geen_applicatie(sleutel)
    return waarde.zfill(4)


def _geen_applicatie(sleutel: str) -> Afgekeurd:
    return Afgekeurd(
        "IB017",
        f"{sleutel} ontbreekt in de verwerkingscontext of is onjuist.",
        "Noem Applicatie (3 tot 50 tekens), ApplicatieVersie en ApplicatieSubversie (1 tot 4 cijfers).",
    )
