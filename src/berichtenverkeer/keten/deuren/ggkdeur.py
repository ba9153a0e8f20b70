"""The door of the gemeenten: what is answered at once to a Di01, Du01 or Fo01, and what is stored before a Bv03 says so.

A Bv03 promises safe storage and good addressing. The rest of the envelope and what is in it are judged afterwards
(``zendingen``); of a Fo01, which nobody answers, here.
"""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Engine

from ...opslag import enveloppen
from ...opslag import zendingen as tabel
from ...opslag.wachttijd import ONBEREIKBAAR
from ...opslag.zendingen import Zendingsleutel
from ...partijen.partij import Partij
from ...partijen.register import Register, Roeper
from ...standaard.berichtsoort import Rol
from ...standaard.fouten import OngeldigBericht
from ..envelop.codes import duid
from ..envelop.fouten import Afgekeurd
from ..envelop.organisatie import is_adres, rol_van
from ..envelop.stuf import (
    GGK,
    Berichtcode,
    Bevestiging,
    Foutbericht,
    Ontvangen,
    SoapFout,
    Stuurgegevens,
    bevestig,
    eigen_nummer,
    lees_soap,
    schrijf,
    weiger,
)
from ..envelop.vsp import Melding
from ..envelop.vspsoap import is_vsp_soap
from ..zendingen.zendingen import Deur, Opname, Zending, bewaar

log = structlog.get_logger()

_VEEL = 250


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What is answered at once, None to what is meant for VECOZO's older SOAP; and the zending that is to be looked at, if one
    was stored now."""

    bericht: Bevestiging | Foutbericht | SoapFout | None
    zending: Zending | None = None
    soort: Berichtcode | None = None


def neem_aan(engine: Engine, register: Register, roeper: Roeper, data: bytes, nu: datetime, max_bytes: int) -> Antwoord:
    """Take in a request to OntvangAsynchroon; of the parties for which ``roeper`` may act, its zender is the indiener.
    ``max_bytes`` is the limit of an envelope; twice as much is parsed.

    Raises ``TeGroot``, ``Onleesbaar`` and ``GeenSoap`` as ``lees_soap`` does: there is no StUF to answer then.
    """
    ontvangen = lees_soap(data, 2 * max_bytes)
    stuur = ontvangen.stuurgegevens
    if is_vsp_soap(ontvangen.wortel.tag):
        return Antwoord(None)
    if stuur is None:
        return Antwoord(
            SoapFout("Client", "Het bericht heeft geen stuurgegevens waarop in StUF te antwoorden is."),
            soort=ontvangen.soort,
        )
    fout = partial(_fo03, stuur, nu)
    if ontvangen.soort is None:
        return Antwoord(fout(ontvangen.code or "StUF022", details=ontvangen.details))
    try:
        indiener = roeper.namens(stuur.zender.organisatie)
        return _bewaar(engine, register, indiener, ontvangen, stuur, nu, max_bytes, fout)
    except ONBEREIKBAAR:
        return Antwoord(fout("StUF046"), soort=ontvangen.soort)


def _bewaar(
    engine: Engine,
    register: Register,
    indiener: Partij,
    ontvangen: Ontvangen,
    stuur: Stuurgegevens,
    nu: datetime,
    max_bytes: int,
    fout: Callable[..., Foutbericht],
) -> Antwoord:
    """Hold the stuurgegevens against what is known, and store the message."""
    soort = ontvangen.soort
    zender = stuur.zender.organisatie
    if rol_van(zender) is not Rol.GEMEENTE or not register.mag_indienen(indiener, zender):
        return Antwoord(fout("StUF013"), soort=soort)
    if not is_adres(stuur.ontvanger.organisatie):
        return Antwoord(fout("StUF010"), soort=soort)
    sleutel = Zendingsleutel(zender, stuur.referentienummer)
    zending = None
    if (eerder := _geef(engine, sleutel)) is None:
        op = None
        if soort is not Berichtcode.DI01 and stuur.crossRefnummer is not None:
            op = _waarop(engine, zender, stuur.ontvanger.organisatie, stuur.crossRefnummer)
            if op is None:
                return Antwoord(fout("StUF043"), soort=soort)
        zending, meldingen = _zending(ontvangen, stuur, indiener, op, max_bytes)
        if bewaar(engine, zending, nu, meldingen) is not Opname.NIEUW:
            zending, eerder = None, _geef(engine, sleutel)  # another request was first
    if eerder is not None and eerder["hash"] != ontvangen.vingerafdruk:
        return Antwoord(fout("StUF016"), soort=soort)
    moment = eerder["ontvangen_op"] if eerder is not None else nu
    nummer = partial(eigen_nummer, Berichtcode.BV03, zender, stuur.referentienummer)
    return Antwoord(bevestig(stuur, nummer, moment), zending, soort)


def _fo03(stuur: Stuurgegevens, nu: datetime, code: str, details: str | None = None) -> Foutbericht:
    return weiger(code, stuur, lambda: str(uuid.uuid4()), nu, details=details)


def _geef(engine: Engine, sleutel: Zendingsleutel) -> Mapping[Any, Any] | None:
    with engine.connect() as verbinding:
        return tabel.geef(verbinding, sleutel)


def _waarop(engine: Engine, zender: str, ontvanger: str, nummer: str) -> Mapping[Any, Any] | None:
    """The message that the zender received under this number from who it now writes to."""
    with engine.connect() as verbinding:
        rijen = enveloppen.van_traceer(verbinding, zender, nummer, _VEEL)
    van = (rij for rij in rijen if (rij["traceer_id"], rij["verzender"]) == (nummer, ontvanger))
    return next((rij for rij in van if rij["bestemming"] == zender and rij["aangeboden"]), None)


def _zending(
    ontvangen: Ontvangen, stuur: Stuurgegevens, indiener: Partij, op: Mapping[Any, Any] | None, max_bytes: int
) -> tuple[Zending, list[Melding]]:
    """What is stored of a message: all of it, and apart what one asks for. What is too long for its column is cut off,
    for then the message will be refused. Of one that is too large no more is kept than shows that it is; of a Fo01 that is
    passed on not the message that it quotes, for its receiver has that (afgeleid)."""
    foutbericht, meldingen, inhoud = False, list[Melding](), ontvangen.los[: max_bytes + 1]
    if ontvangen.soort is Berichtcode.FO01:
        fout, meldingen = _lees_foutbericht(ontvangen, stuur, max_bytes)
        if fout is not None:
            foutbericht, inhoud = True, schrijf(replace(fout, detailsXML=()))
    versies = {naam: ontvangen.wortel.findtext(f"{{{GGK}}}parameters/{{{GGK}}}{naam}", "") for naam in _VERSIES}
    zending = Zending(
        zender=stuur.zender.organisatie,
        traceer_id=stuur.referentienummer,
        ontvanger=stuur.ontvanger.organisatie,
        indiener=indiener.code,
        door=Deur.GGK,
        functie=_pas("functie", op["berichtsoort"] if foutbericht and op else stuur.functie or ""),
        versie=_getal(versies["functieVersie"]),
        subversie=_getal(versies["functieSubversie"]),
        applicatie=_pas("applicatie", stuur.zender.applicatie),
        applicatie_versie=_pas("applicatie_versie", versies["applicatieVersie"]),
        applicatie_subversie=_pas("applicatie_subversie", versies["applicatieSubversie"]),
        administratie=_pas("administratie", stuur.zender.administratie or "") or None,
        gebruiker=_pas("gebruiker", stuur.zender.gebruiker or "") or None,
        conversatie_id=op["conversatie_id"] if op else stuur.referentienummer,
        als_antwoord_op=op["traceer_id"] if op else None,
        hash=ontvangen.vingerafdruk,
        inhoud=inhoud,
        foutbericht=foutbericht,
    )
    return zending, meldingen


def _lees_foutbericht(
    ontvangen: Ontvangen, stuur: Stuurgegevens, max_bytes: int
) -> tuple[Foutbericht | None, list[Melding]]:
    """A Fo01 that can be passed on, and what it says; of one that cannot, why. No Fo01 goes back on a Fo01. The XSD lets a
    Fo01 have any number, but VSP does not (afgeleid)."""
    try:
        if len(ontvangen.los) > max_bytes:
            raise Afgekeurd("IB003", f"Het StUF-bericht is groter dan {max_bytes} bytes.", "Laat detailsXML weg.")
        if not _UUID4.fullmatch(stuur.referentienummer):
            raise Afgekeurd(
                "IB001",
                "Het referentienummer is geen UUID van versie 4, en zo krijgt de aanbieder het als traceerId.",
                "Geef het Fo01 een UUID van versie 4 in kleine letters.",
            )
        fout = ontvangen.inhoud()
    except OngeldigBericht as ongeldig:
        melding = Melding(code="IB001", omschrijving=ongeldig.melding, toelichting=_eerste(ongeldig))
    except Afgekeurd as niet:
        melding = Melding(code=niet.code, omschrijving=niet.melding, toelichting=niet.advies)
    else:
        assert isinstance(fout, Foutbericht)
        return fout, [Melding(code=fout.code, omschrijving=fout.omschrijving, toelichting=duid(fout.code))]
    log.warning("foutbericht is ongeldig", referentienummer=stuur.referentienummer)
    return None, [melding]


def _eerste(ongeldig: OngeldigBericht) -> str:
    """The first thing that is wrong by the XSD, where it is, and what to do."""
    fout = ongeldig.fouten[0]
    return f"{fout.melding} Zie {fout.pad}. {fout.advies}"


_UUID4 = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_VERSIES = ("functieVersie", "functieSubversie", "applicatieVersie", "applicatieSubversie")


_LANGSTE = {
    "functie": 30,
    "applicatie": 50,
    "applicatie_versie": 4,
    "applicatie_subversie": 4,
    "administratie": 50,
    "gebruiker": 100,
}
"""What fits in the columns of a zending."""


def _pas(kolom: str, tekst: str) -> str:
    return tekst[: _LANGSTE[kolom]]


def _getal(tekst: str) -> int:
    return int(tekst) if len(tekst) == 4 and tekst.isascii() and tekst.isdigit() else 0
