"""The door of a gemeente's software: StUF by SOAP 1.1, with a Bv03 at once and a Du01 or Fo01 later."""

import uuid
from typing import Any

import httpx

from ...keten.envelop.functie import in_vier_cijfers
from ...keten.envelop.stuf import (
    SOAPACTIES,
    Bevestiging,
    Envelop,
    Foutbericht,
    SoapFout,
    StufBerichtcode,
    Stuurgegevens,
    Systeem,
    lees_antwoord,
    lees_stuf,
    parameters,
    schrijf_soap,
    schrijf_tijdstip,
)
from ...klok import NEDERLAND
from ...standaard.fouten import Berichtfout
from ..schrijven.retourcodes import oordeel_van
from .deur import DeurFout, Ontvangst, Zending, betekenis, json_van, redenen, wacht_op

DEUR = "/ggk/ws/OntvangAsynchroon"
BERICHTEN = "/ggk/v1/berichten"
POSTVAK = "/ggk/v1/postvak"

_ONDERWEG = ("Ontvangen", "WordtVerwerkt")
_AFGEKEURD = "AfgekeurdDoorDienst"
_HOOGSTENS = 100
"""How many envelopes to ask of what lies ready."""

_ONDERHANDEN: set[str] = set()
"""What plays of this process wait for an answer on: one gemeente may be in more of them at once."""


class StufDeur:
    """Hands in a Di01, or a Du01 that answers."""

    def lever(self, zending: Zending, klant: httpx.Client) -> Ontvangst:
        nummer = str(uuid.uuid4())
        _ONDERHANDEN.add(nummer)
        try:
            return self._lever(nummer, zending, klant)
        finally:
            _ONDERHANDEN.discard(nummer)

    def _lever(self, nummer: str, zending: Zending, klant: httpx.Client) -> Ontvangst:
        soort = StufBerichtcode.DU01 if zending.als_antwoord_op else StufBerichtcode.DI01
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{SOAPACTIES[soort]}"'}
        antwoord = klant.post(DEUR, content=schrijf_soap(_envelop(zending, soort, nummer)), headers=headers)
        try:
            gelezen = lees_antwoord(antwoord.content)
        except Berichtfout as fout:
            raise DeurFout(f"POST {DEUR} gaf HTTP {antwoord.status_code} zonder StUF: {fout.melding}") from None
        if not isinstance(gelezen, Bevestiging):
            return _geweigerd(antwoord.status_code, gelezen)
        status = wacht_op(lambda: _status(klant, nummer), "eindstatus in het GGK")
        antwoord_op = _antwoord(klant, nummer)
        if isinstance(antwoord_op, Foutbericht):
            return Ontvangst(
                antwoord.status_code, nummer, redenen(antwoord_op.code), betekenis(antwoord_op.code), status=_AFGEKEURD
            )
        retour = antwoord_op.parameters.payload() if antwoord_op else None
        oordeel = None if zending.als_antwoord_op else oordeel_van(retour, zending.data)
        return Ontvangst(antwoord.status_code, nummer, oordeel=oordeel, retour=retour, status=status)


def _envelop(zending: Zending, soort: StufBerichtcode, nummer: str) -> Envelop:
    stuur = Stuurgegevens(
        soort,
        Systeem(zending.afzender, "Berichtenverkeer"),
        Systeem(zending.ontvanger, "GGk"),
        nummer,
        schrijf_tijdstip(zending.moment.replace(tzinfo=NEDERLAND)),
        zending.als_antwoord_op,
        zending.subtype,
    )
    return Envelop(stuur, parameters(zending.data, "0001", "0000", *in_vier_cijfers(zending.versie)))


def _status(klant: httpx.Client, nummer: str) -> str | None:
    """How far it is, once nothing more happens by itself."""
    status = str(json_van(klant.get(f"{BERICHTEN}/{nummer}"))["status"])
    return None if status in _ONDERWEG else status


def _antwoord(klant: httpx.Client, nummer: str) -> Envelop | Foutbericht | None:
    """The Du01 or Fo01 on this message from the postvak of its sender; None while there is none."""
    items: list[dict[str, Any]] = json_van(klant.get(POSTVAK, params={"limit": _HOOGSTENS}))
    for item in items:
        if item.get("crossRefnummer") == nummer:
            inhoud = lees_stuf(klant.get(item["url"]).content).inhoud()
            klant.delete(item["url"])
            return None if isinstance(inhoud, Bevestiging) else inhoud
    if len(items) < _HOOGSTENS:
        return None
    oud = [item["url"] for item in items if item.get("crossRefnummer") not in _ONDERHANDEN]
    for url in oud:  # what lies behind them is only shown when they are acknowledged
        klant.delete(url)
    return _antwoord(klant, nummer) if oud else None


def _geweigerd(http: int, fout: Foutbericht | SoapFout) -> Ontvangst:
    """Refused at once: a Fo03, or a soap:Fault without one."""
    if isinstance(fout, SoapFout):
        return Ontvangst(http, geweigerd=frozenset({"soap-fault"}), melding=fout.faultstring)
    return Ontvangst(http, geweigerd=redenen(fout.code), melding=betekenis(fout.code))
