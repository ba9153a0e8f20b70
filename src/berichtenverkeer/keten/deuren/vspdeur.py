"""The door of the aanbieders: what VECOZO looks at when a message is handed in, before it answers.

Addressing and authority are judged here, and refused with a code at once. What is in the payload is judged after the answer
(``zendingen``).
"""

import hashlib
import json
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine

from ...inname.fictief import ADVIES, MELDING, Inhoud, kijk_na
from ...opslag.berichten.zendingen import Zendingsleutel
from ...partijen.partij import Partij
from ...partijen.register import Register
from ...partijen.schakelaar import LEEG, Schakelbord
from ...standaard.berichtsoort import Berichtsoort, Ketenrol
from ..envelop.fouten import Afgekeurd
from ..envelop.functie import FUNCTIES, eis_release
from ..envelop.organisatie import rol_van
from ..envelop.stuf.model import Envelop
from ..envelop.stuf.tijdstip import schrijf_tijdstip
from ..envelop.vertaling import naar_stuf
from ..envelop.vsp import BerichtMetadata, Relatie, als_json
from ..envelop.zip import is_zip, uitgepakt
from ..zendingen.actief import eis_actief
from ..zendingen.deur import Deur
from ..zendingen.inhoud import eis_past_in_stuf
from ..zendingen.meldingen import afkeuring
from ..zendingen.zendingen import Opname, Zending, bewaar, bewaar_afgekeurd, eerder


def dien_in(
    engine: Engine,
    register: Register,
    indiener: Partij,
    metadata: BerichtMetadata,
    payload: bytes,
    nu: datetime,
    max_bytes: int,
    bord: Schakelbord = LEEG,
    *,
    alleen_fictief: bool = False,
) -> Zending | None:
    """Store what is handed in; None when the very same was handed in before. Raises ``Afgekeurd``.

    A repeat is answered as the first time, also when meanwhile something changed in who may send what. With ``alleen_fictief``
    nothing is stored in which there may be a Bsn of somebody, and no payload that cannot be looked into.
    """
    afzender = _keur_afzender(register, indiener, metadata)
    gezien = _bekeken(metadata, payload) if alleen_fictief else Inhoud.FICTIEF
    if gezien is Inhoud.ECHT:
        raise Afgekeurd("BRS18", MELDING, ADVIES)
    hash_ = _hash(metadata, payload)
    zending = None
    al = eerder(engine, Zendingsleutel(afzender.code, metadata.referentiegegevens.traceerId), hash_)
    if al is None:
        envelop = _keur(register, bord, afzender, metadata, payload, max_bytes, nu)
        zending = _zending(metadata, envelop, payload, hash_, indiener)
        if gezien is Inhoud.ONBEKEND:
            leeg, waarom = replace(zending, inhoud=b""), afkeuring(_dicht(payload, max_bytes), Deur.VSP)
            al = bewaar_afgekeurd(engine, leeg, nu, waarom, met_fo01=False)
        else:
            al = bewaar(engine, zending, nu)
    if al in _GEBRUIKT:
        raise Afgekeurd(
            "BRS114", _GEBRUIKT[al], "Geef ieder bericht een nieuw traceerId; herhaal alleen wat helemaal gelijk is."
        )
    return zending if al is Opname.NIEUW else None


def gewone_zending(
    register: Register,
    indiener: Partij,
    metadata: BerichtMetadata,
    payload: bytes,
    nu: datetime,
    max_bytes: int,
    bord: Schakelbord,
    alleen_fictief: bool,
) -> Zending | None:
    """What is to be stored of what nothing is the matter with, as far as can be seen without the database; None of whatever else,
    with which ``dien_in`` deals."""
    if alleen_fictief and _bekeken(metadata, payload) is not Inhoud.FICTIEF:
        return None
    try:
        afzender = _keur_afzender(register, indiener, metadata)
        envelop = _keur(register, bord, afzender, metadata, payload, max_bytes, nu)
    except Afgekeurd:
        return None
    return _zending(metadata, envelop, payload, _hash(metadata, payload), indiener)


def _bekeken(metadata: BerichtMetadata, payload: bytes) -> Inhoud:
    """What may be of somebody in what is handed in."""
    if kijk_na(json.dumps(als_json(metadata)).encode()) is Inhoud.ECHT:
        return Inhoud.ECHT
    return kijk_na(payload)


def _dicht(payload: bytes, max_bytes: int) -> Afgekeurd:
    """Why a payload is refused into which nobody can look."""
    try:
        uitgepakt(payload, max_bytes)
    except Afgekeurd as fout:
        return fout
    return Afgekeurd("BRS15", "De inhoud is niet te lezen.", "Lever het XML-bestand zelf aan.")


_GEBRUIKT = {
    Opname.ANDERE_INHOUD: "Met dit traceerId is al een ander bericht aangeboden.",
    Opname.BEZET: "De geadresseerde kreeg al iets van een ander met dit traceerId.",
}


def _keur_afzender(register: Register, indiener: Partij, metadata: BerichtMetadata) -> Partij:
    gegeven = metadata.routeringgegevens.afzender
    afzender = register.partij(gegeven.code or "")
    if afzender is None or afzender.vsp != gegeven.rol:
        raise Afgekeurd(
            "BRS01",
            "De afzender is met deze code en rol niet bekend.",
            "Controleer de code en de rol; de beheerder stelt de rol in met 'berichtenverkeer partij set --vsp-rol'.",
        )
    if not register.mag_indienen(indiener, afzender.code):
        raise Afgekeurd(
            "BRS03",
            "De afzender heeft de indiener geen toestemming gegeven.",
            "Laat de beheerder het mandaat vastleggen met 'berichtenverkeer partij mandaat'.",
        )
    return afzender


def _keur(
    register: Register,
    bord: Schakelbord,
    afzender: Partij,
    metadata: BerichtMetadata,
    payload: bytes,
    max_bytes: int,
    nu: datetime,
) -> Envelop:
    """What VSP and StUF both ask of an envelope, and what this node knows of its parties."""
    envelop = naar_stuf(metadata, b"", schrijf_tijdstip(nu))
    stroom = metadata.routeringgegevens.berichtstroom
    soort = eis_release(
        FUNCTIES[stroom.berichtsubtype or ""],
        lambda versie: versie == (stroom.berichtversie, stroom.berichtsubversie),
        "De berichtstroom",
        lambda versie: "berichtversie {}, berichtsubversie {}".format(*versie),
        lambda soort: eis_actief(bord, soort, nu, envelop.stuurgegevens.ontvanger.organisatie),
    ).soort
    if soort.verzender is not rol_van(afzender.code) or soort.domein not in afzender.wetten:
        raise Afgekeurd(
            "BRS02",
            f"De afzender mag geen {soort} versturen.",
            f"Een {soort} komt van een {soort.verzender} met een grondslag voor deze wet.",
        )
    _keur_geadresseerde(register, soort, metadata.routeringgegevens.geadresseerden[0])
    if len(payload) > max_bytes:
        raise Afgekeurd("BRS06", f"De inhoud is groter dan {max_bytes} bytes.", "Splits het bericht.")
    if soort.verzender is Ketenrol.AANBIEDER and not is_zip(payload):
        eis_past_in_stuf(len(payload), max_bytes)
    return envelop


def _keur_geadresseerde(register: Register, soort: Berichtsoort, gegeven: Relatie) -> None:
    """That the code of a gemeente is of none here, is said after the answer: in the chain it is another that knows the
    gemeenten."""
    partij = register.partij(gegeven.code or "")
    tegenpartij = Ketenrol.AANBIEDER if soort.verzender is Ketenrol.GEMEENTE else Ketenrol.GEMEENTE
    past = rol_van(gegeven.code or "") is tegenpartij
    if not past or (partij.vsp != gegeven.rol if partij else tegenpartij is Ketenrol.AANBIEDER):
        raise Afgekeurd(
            "BRS04",
            "De geadresseerde is met deze code en rol niet aangesloten.",
            "Een gemeente heeft een code van 4 cijfers en de rol Gemeente, een aanbieder een AGB-code van 8 cijfers.",
        )
    if partij is not None and soort.domein not in partij.wetten:
        raise Afgekeurd(
            "BRS05",
            "De geadresseerde heeft geen grondslag voor deze wet.",
            "Controleer de geadresseerde en het berichttype.",
        )


def _zending(metadata: BerichtMetadata, envelop: Envelop, payload: bytes, hash_: str, indiener: Partij) -> Zending:
    stuur, referentie = envelop.stuurgegevens, metadata.referentiegegevens
    stroom = metadata.routeringgegevens.berichtstroom
    return Zending(
        zender=stuur.zender.organisatie,
        traceer_id=referentie.traceerId,
        ontvanger=stuur.ontvanger.organisatie,
        indiener=indiener.code,
        door=Deur.VSP,
        functie=stuur.functie or "",
        versie=stroom.berichtversie,
        subversie=stroom.berichtsubversie,
        applicatie=stuur.zender.applicatie,
        applicatie_versie=envelop.parameters.applicatieVersie,
        applicatie_subversie=envelop.parameters.applicatieSubversie,
        administratie=stuur.zender.administratie,
        gebruiker=stuur.zender.gebruiker,
        conversatie_id=referentie.conversatieId,
        als_antwoord_op=referentie.alsAntwoordOp,
        referentie_id=referentie.referentieId,
        hash=hash_,
        inhoud=payload,
    )


def _hash(metadata: BerichtMetadata, payload: bytes) -> str:
    """Equal for equal metadata, whatever the order and layout of the JSON, with equal bytes."""
    tekst = json.dumps(als_json(metadata), sort_keys=True)
    return hashlib.sha256(hashlib.sha256(tekst.encode()).digest() + payload).hexdigest()
