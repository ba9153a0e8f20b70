"""The door of the gemeenten: what is answered at once to a Di01, Du01 or Fo01, and what is stored before a Bv03 says so.

A Bv03 promises safe storage and good addressing. The rest of the envelope is looked at here as well, since it is open, but told
afterwards: in a Fo01 that lies ready from then on. What is in the envelope is judged later (``zendingen``).
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

from ...inname.fictief import ADVIES, MELDING, Inhoud, kijk_na
from ...opslag.berichten import enveloppen
from ...opslag.berichten import zendingen as tabel
from ...opslag.berichten.zendingen import Zendingsleutel
from ...opslag.wachttijd import ONBEREIKBAAR
from ...partijen.afspraken import Roeper
from ...partijen.partij import Partij
from ...partijen.register import Register
from ...partijen.schakelaar import LEEG, Schakelbord
from ...standaard.berichtsoort import Ketenrol
from ..envelop.codes import duid
from ..envelop.fouten import Afgekeurd
from ..envelop.organisatie import is_adres, rol_van
from ..envelop.stuf import (
    Bevestiging,
    Foutbericht,
    SoapFout,
    StufBerichtcode,
    Stuurgegevens,
    Uiteen,
    bevestig,
    eigen_nummer,
    haal_uiteen,
    schrijf,
    weiger,
    zonder_soap,
)
from ..envelop.vsp import Statusmelding
from ..envelop.vspsoap import is_vsp_soap
from ..zendingen.deur import Deur
from ..zendingen.fo01 import AFGESNEDEN
from ..zendingen.ggkenvelop import eis_niet_te_groot, geldig, payload_van
from ..zendingen.meldingen import afkeuring
from ..zendingen.poststuk import versie_van
from ..zendingen.zendingen import Opname, Zending, bewaar, bewaar_afgekeurd, bewaar_foutbericht

log = structlog.get_logger()

_VEEL = 250


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What is answered at once, None to what is meant for VECOZO's older SOAP; and the zending that was stored now, if one was.
    ``afgekeurd``: nothing is to be looked at in it any more, and a Fo01 may lie ready."""

    bericht: Bevestiging | Foutbericht | SoapFout | None
    zending: Zending | None = None
    soort: StufBerichtcode | None = None
    afgekeurd: bool = False


def neem_aan(
    engine: Engine,
    register: Register,
    roeper: Roeper,
    data: bytes,
    nu: datetime,
    max_bytes: int,
    bord: Schakelbord = LEEG,
    *,
    alleen_fictief: bool = False,
    elders: "Elders | None" = None,
) -> Antwoord:
    """Take in a request to OntvangAsynchroon; of the parties for which ``roeper`` may act, its zender is the indiener.
    ``max_bytes`` is the limit of an envelope; twice as much is parsed. ``elders``: it was taken apart already.

    Raises ``TeGroot``, ``Onleesbaar`` and ``GeenSoap`` as ``lees_soap`` does: there is no StUF to answer then.
    """
    if elders is None:
        grens = grens_van(max_bytes)
        elders = Elders(haal_uiteen(data, grens), partial(zonder_soap, data, grens))
    ontvangen, los = elders.uiteen, elders.los
    stuur = ontvangen.stuurgegevens
    if is_vsp_soap(ontvangen.tag):
        return Antwoord(None)
    if stuur is None:
        return Antwoord(
            SoapFout("Client", "Het bericht heeft geen stuurgegevens waarop in StUF te antwoorden is."),
            soort=ontvangen.soort,
        )
    if alleen_fictief and not _is_fictief(data):
        return Antwoord(SoapFout("Client", f"{MELDING} {ADVIES}"), soort=ontvangen.soort)
    fout = partial(_fo03, stuur, nu)
    if ontvangen.soort is None:
        return Antwoord(fout(ontvangen.code or "StUF022", details=ontvangen.details))
    try:
        indiener = roeper.namens(stuur.zender.organisatie)
        lezer = partial(_lees, register=register, bord=bord, nu=nu, max_bytes=max_bytes)
        return _bewaar(engine, register, indiener, ontvangen, stuur, nu, lezer, los, fout)
    except ONBEREIKBAAR:
        return onbereikbaar(ontvangen, nu)


def gewone_zending(
    register: Register,
    roeper: Roeper,
    uiteen: Uiteen,
    data: bytes,
    nu: datetime,
    max_bytes: int,
    bord: Schakelbord,
    alleen_fictief: bool,
) -> Zending | None:
    """What is to be stored of a Di01 that nothing is the matter with, as far as can be seen without the database; None of whatever
    else, with which ``neem_aan`` deals."""
    stuur = uiteen.stuurgegevens
    if stuur is None or uiteen.soort is not StufBerichtcode.DI01 or (alleen_fictief and not _is_fictief(data)):
        return None
    indiener = roeper.namens(stuur.zender.organisatie)
    if _bezwaar(register, indiener, stuur) is not None:
        return None
    lading = _lees(uiteen, register=register, bord=bord, nu=nu, max_bytes=max_bytes)
    if isinstance(lading, Afgekeurd):
        return None
    return replace(_zending(uiteen, stuur, indiener, None), inhoud=lading.inhoud, omslag=lading.omslag)


def _is_fictief(data: bytes) -> bool:
    return kijk_na(data) is Inhoud.FICTIEF


def onbereikbaar(uiteen: Uiteen, nu: datetime) -> Antwoord:
    """The Fo03 when nothing can be stored."""
    assert uiteen.stuurgegevens is not None
    return Antwoord(_fo03(uiteen.stuurgegevens, nu, "StUF046"), soort=uiteen.soort)


def is_bewaard(uiteen: Uiteen, zending: Zending, nu: datetime) -> Antwoord:
    """The Bv03 on what was stored just now."""
    assert uiteen.stuurgegevens is not None
    return Antwoord(_bv03(uiteen.stuurgegevens, nu), zending, uiteen.soort)


def _bv03(stuur: Stuurgegevens, moment: datetime) -> Bevestiging:
    nummer = partial(eigen_nummer, StufBerichtcode.BV03, stuur.zender.organisatie, stuur.referentienummer)
    return bevestig(stuur, nummer, moment)


@dataclass(frozen=True, slots=True)
class Elders:
    """A request that was taken apart before. ``los`` gives its message without its SOAP."""

    uiteen: Uiteen
    los: Callable[[], bytes]


def grens_van(max_bytes: int) -> int:
    """How many bytes of a request are parsed, when an envelope may have so many."""
    return 2 * max_bytes


_Lezer = Callable[[Uiteen], "Lading | Afgekeurd"]


def _bewaar(
    engine: Engine,
    register: Register,
    indiener: Partij,
    ontvangen: Uiteen,
    stuur: Stuurgegevens,
    nu: datetime,
    lezer: _Lezer,
    los: Callable[[], bytes],
    fout: Callable[..., Foutbericht],
) -> Antwoord:
    """Hold the stuurgegevens against what is known, and store the message."""
    soort = ontvangen.soort
    zender = stuur.zender.organisatie
    if bezwaar := _bezwaar(register, indiener, stuur):
        return Antwoord(fout(bezwaar), soort=soort)
    sleutel = Zendingsleutel(zender, stuur.referentienummer)
    zending, afgekeurd = None, False
    if (eerder := _geef(engine, sleutel)) is None:
        op = None
        if soort is not StufBerichtcode.DI01 and stuur.crossRefnummer is not None:
            op = _waarop(engine, zender, stuur.ontvanger.organisatie, stuur.crossRefnummer)
            if op is None:
                return Antwoord(fout("StUF043"), soort=soort)
        zending, opname, afgekeurd = _leg_weg(
            engine, _zending(ontvangen, stuur, indiener, op), ontvangen, lezer, los, nu
        )
        if opname is not Opname.NIEUW:
            zending, eerder = None, _geef(engine, sleutel)  # another request was first
    if eerder is not None and eerder["hash"] != ontvangen.vingerafdruk:
        return Antwoord(fout("StUF016"), soort=soort)
    moment = eerder["ontvangen_op"] if eerder is not None else nu
    return Antwoord(_bv03(stuur, moment), zending, soort, afgekeurd)


def _bezwaar(register: Register, indiener: Partij, stuur: Stuurgegevens) -> str | None:
    """The code of the Fo03 on who sends, or to whom."""
    zender = stuur.zender.organisatie
    if rol_van(zender) is not Ketenrol.GEMEENTE or not register.mag_indienen(indiener, zender):
        return "StUF013"
    return None if is_adres(stuur.ontvanger.organisatie) else "StUF010"


def _leg_weg(
    engine: Engine, zending: Zending, ontvangen: Uiteen, lezer: _Lezer, los: Callable[[], bytes], nu: datetime
) -> tuple[Zending, Opname, bool]:
    """Store a zending with what is in it, whether it was stored, and whether it is refused for its envelope."""
    is_fo01 = ontvangen.soort is StufBerichtcode.FO01
    lading = lezer(ontvangen)
    if not isinstance(lading, Afgekeurd):
        gevuld = replace(zending, inhoud=lading.inhoud, omslag=lading.omslag, foutbericht=is_fo01)
        if lading.zegt is None:
            opname = bewaar(engine, gevuld, nu)
        else:
            opname = bewaar_foutbericht(engine, gevuld, nu, lading.zegt)
        if opname is not Opname.BEZET:
            return gevuld, opname, False
        lading = Afgekeurd("IB016", _BEZET, "Geef het een nieuw referentienummer: een nieuwe UUID van versie 4.")
    if is_fo01:
        log.warning("foutbericht is afgekeurd", code=lading.code)
        zending = replace(zending, functie="")
    zending = replace(
        zending, inhoud=b"" if lading.code == AFGESNEDEN else los()
    )  # of what is too large nothing is kept
    opname = bewaar_afgekeurd(engine, zending, nu, afkeuring(lading, Deur.GGK), met_fo01=not is_fo01)
    return zending, opname, True


_BEZET = "De ontvanger kreeg al iets van een ander onder dit referentienummer."


@dataclass(frozen=True, slots=True)
class Lading:
    """What is in a sound envelope: the payload of a message and what stands around it, or a Fo01 and what it says."""

    inhoud: bytes
    omslag: bytes | None = None
    zegt: Statusmelding | None = None


def _lees(
    ontvangen: Uiteen, *, register: Register, bord: Schakelbord, nu: datetime, max_bytes: int
) -> Lading | Afgekeurd:
    """What is in an envelope, or why it is refused. A Fo01 is passed on without the message that it quotes, for its receiver has
    that (afgeleid); its number is then a traceerId, which the XSD does not ask of it."""
    try:
        if ontvangen.soort is not StufBerichtcode.FO01:
            return Lading(payload_van(ontvangen, register, bord, nu, max_bytes), ontvangen.omslag)
        eis_niet_te_groot(ontvangen.grootte, max_bytes, "Laat detailsXML weg.")
        assert ontvangen.stuurgegevens is not None
        if not _UUID4.fullmatch(ontvangen.stuurgegevens.referentienummer):
            raise Afgekeurd(
                "IB001",
                "Het referentienummer is geen UUID van versie 4, en zo krijgt de aanbieder het als traceerId.",
                "Geef het Fo01 een UUID van versie 4 in kleine letters.",
            )
        fout = geldig(ontvangen)
    except Afgekeurd as niet:
        return niet
    assert isinstance(fout, Foutbericht)
    zegt = Statusmelding(code=fout.code, omschrijving=fout.omschrijving or fout.code, toelichting=duid(fout.code))
    return Lading(schrijf(fout), zegt=zegt)


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


def _zending(ontvangen: Uiteen, stuur: Stuurgegevens, indiener: Partij, op: Mapping[Any, Any] | None) -> Zending:
    """What is stored of a message but for what is in it: apart what one asks for. What is too long for its column is cut off,
    for then the message will be refused."""
    versies = ontvangen.versies
    functie, versie = stuur.functie or "", (_getal(versies["functieVersie"]), _getal(versies["functieSubversie"]))
    if ontvangen.soort is StufBerichtcode.FO01 and op:
        functie, versie = op["berichtsoort"], versie_van(op)
    return Zending(
        zender=stuur.zender.organisatie,
        traceer_id=stuur.referentienummer,
        ontvanger=stuur.ontvanger.organisatie,
        indiener=indiener.code,
        door=Deur.GGK,
        functie=_pas("functie", functie),
        versie=versie[0],
        subversie=versie[1],
        applicatie=_pas("applicatie", stuur.zender.applicatie),
        applicatie_versie=_pas("applicatie_versie", versies["applicatieVersie"]),
        applicatie_subversie=_pas("applicatie_subversie", versies["applicatieSubversie"]),
        administratie=_pas("administratie", stuur.zender.administratie or "") or None,
        gebruiker=_pas("gebruiker", stuur.zender.gebruiker or "") or None,
        conversatie_id=op["conversatie_id"] if op else stuur.referentienummer,
        als_antwoord_op=op["traceer_id"] if op else None,
        hash=ontvangen.vingerafdruk,
        inhoud=b"",
    )


_UUID4 = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


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
