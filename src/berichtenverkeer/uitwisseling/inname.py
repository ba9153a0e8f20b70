"""Taking messages in: from bytes and a caller to a stored, judged and answered message.

``neem_aan`` does all that needs no database: read, hold against the XSD, run the rules inside the message, see whether the
caller may send it. ``verwerk`` then takes a whole group through one transaction: lock, load dossiers, judge one by one,
write in bulk. What it returns is committed when the transaction is.
"""

import base64
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from ..levensloop.dossier import Dossier, Dossiersleutel
from ..levensloop.gebeurtenis import Feit, Gebeurtenis, Herkomst
from ..levensloop.stand import voer_door
from ..opslag import berichten, dossiers
from ..opslag.database import vergrendel
from ..regels.kennis import Kennis
from ..regels.toetsen import Treffer, toets_bericht
from ..standaard.berichten.toewijzing import Bericht301
from ..standaard.berichtsoort import Rol
from ..standaard.codelijst import codelijst
from ..standaard.domein import Domein
from ..standaard.fouten import Berichtfout
from ..standaard.lezen import Gelezen, lees
from ..standaard.schema import Schemas
from ..standaard.schrijven import schrijf
from ..verwerking.betrokken import Betrokken, betrokken
from ..verwerking.oordeel import VERWERKT, Oordeel, Uitslag, beoordeel
from ..verwerking.retour import maak_retour
from .partijen import Partij, Register
from .weigering import Reden, Weigering, van_fout


@dataclass(frozen=True, slots=True)
class Aangeboden:
    """A message that may be taken in. ``id`` follows from its bytes, so the same bytes are the same message."""

    id: str
    data: bytes
    gelezen: Gelezen
    wie: Betrokken
    dossier: Dossiersleutel
    binnen_bericht: tuple[Treffer, ...]
    nu: datetime

    @property
    def identificatie(self) -> tuple[str, str, str]:
        """The key that TR056 wants unique: (Afzender, berichtsoort, Identificatie)."""
        header = self.gelezen.bericht.Header
        return self.wie.verzender, self.gelezen.soort.code, header.BerichtIdentificatie.Identificatie

    @property
    def nummers(self) -> tuple[tuple[Domein, str, int], ...]:
        """The ToewijzingNummers of a 301, each with the law and gemeente within which it is unique (TR332)."""
        bericht = self.gelezen.bericht
        if not isinstance(bericht, Bericht301):
            return ()
        domein, gemeente = self.dossier.domein, self.dossier.gemeente
        return tuple((domein, gemeente, product.ToewijzingNummer) for product in bericht.Client.ToegewezenProducten)


@dataclass(frozen=True, slots=True)
class AangebodenRetour:
    """A retourbericht from a party: for ``weiger_retour``."""

    gelezen: Gelezen
    wie: Betrokken


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """The answer to who sent a message. ``nieuw`` is False when the same bytes were taken in before."""

    id: str
    berichtsoort: str
    identificatie: str
    afzender: str
    ontvanger: str
    ontvangen_op: datetime
    oordeel: str
    bevindingen: list[dict[str, Any]]
    retour: dict[str, str] | None
    nieuw: bool


def id_van(data: bytes) -> str:
    """The id of a message: a UUID made of the SHA-256 of its bytes, in the form of version 4 that StUF asks for."""
    return str(uuid.UUID(bytes=hashlib.sha256(data).digest()[:16], version=4))


def neem_aan(
    data: bytes, van: Partij, register: Register, schemas: Schemas, nu: datetime, max_bytes: int
) -> Aangeboden | AangebodenRetour:
    """Read a message from a caller and see whether it may go. Raises ``Weigering``; touches no database."""
    try:
        gelezen = lees(data, schemas, max_bytes)
    except Berichtfout as fout:
        raise van_fout(fout) from None
    soort = gelezen.soort
    wie = betrokken(gelezen.bericht, soort)
    if wie.verzender != van.code:
        element = "Ontvanger" if soort.is_retour else "Afzender"
        raise _weigering(
            gelezen,
            Reden.VREEMDE_AFZENDER,
            f"{element} is een andere partij dan die dit {soort} aanbiedt.",
            f"Bied het bericht aan met het token van de partij in {element}.",
            element,
        )
    if soort.is_retour:
        return AangebodenRetour(gelezen, wie)
    dossier = wie.dossiersleutel(soort)
    if dossier is None or soort.nummer not in VERWERKT:
        raise _weigering(
            gelezen,
            Reden.NIET_VERWERKT,
            f"Een {soort} wordt hier nog niet verwerkt.",
            f"Dit knooppunt verwerkt de berichten {', '.join(VERWERKT)}; controleren kan wel, met 'validate'.",
            "BerichtCode",
        )
    if register.partij(wie.ontvanger) is None and not _gemeente_bestaat_niet(wie, soort.verzender, soort.domein):
        raise _weigering(
            gelezen,
            Reden.ONBEKENDE_ONTVANGER,
            "Ontvanger is geen partij van dit knooppunt.",
            "Controleer de code, of vraag de beheerder de partij aan te melden.",
            "Ontvanger",
        )
    treffers = tuple(toets_bericht(gelezen.bericht, soort))
    return Aangeboden(id_van(data), data, gelezen, wie, dossier, treffers, nu)


def weiger_retour(verbinding: Connection, aangeboden: AangebodenRetour) -> Weigering:
    """Why a retourbericht from a party is refused: there is nothing it answers, or that has been answered.

    This node judges on behalf of the receiver and makes the retourbericht at once (IV028: exactly one a heenbericht).
    """
    gelezen, wie = aangeboden.gelezen, aangeboden.wie
    soort = gelezen.soort
    assert soort.heen is not None
    nummer = gelezen.bericht.Header.BerichtIdentificatie.Identificatie
    if not berichten.is_verstuurd(verbinding, wie.ontvanger, wie.verzender, soort.heen.code, nummer):
        return _weigering(
            gelezen,
            Reden.RETOUR_ZONDER_HEENBERICHT,
            f"Er is geen {soort.heen} met deze Identificatie waar dit {soort} op antwoordt.",
            "Neem BerichtIdentificatie, Afzender en Ontvanger ongewijzigd over uit het heenbericht.",
            "BerichtIdentificatie/Identificatie",
        )
    return _weigering(
        gelezen,
        Reden.RETOUR_BESTAAT_AL,
        f"Op het {soort.heen} met deze Identificatie bestaat al een {soort}.",
        "Het knooppunt beoordeelt namens de ontvanger en heeft het retourbericht al gemaakt; u hoeft niets te doen.",
        "BerichtIdentificatie/Identificatie",
    )


def verwerk(verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas) -> list[Ontvangst]:
    """Judge, apply, answer and store a group of messages within the transaction of this connection.

    The answers are in the order of the group. A message whose bytes are known, or stand earlier in the group, gets the
    answer it had and does nothing.
    """
    emmers = {f"{domein}/{gemeente}/{nummer % 64}" for a in groep for domein, gemeente, nummer in a.nummers}
    identificaties = {"/".join(a.identificatie) for a in groep}
    vergrendel(verbinding, {dossiers.tekst(a.dossier) for a in groep} | emmers | identificaties)
    bekend = {id_: van_rij(rij) for id_, rij in berichten.zoek(verbinding, {a.id for a in groep}).items()}
    nieuw = {a.id: a for a in groep if a.id not in bekend}
    gedaan = _verwerk_nieuwe(verbinding, list(nieuw.values()), schemas) if nieuw else {}
    antwoorden = []
    for aangeboden in groep:
        antwoord = bekend.get(aangeboden.id) or gedaan[aangeboden.id]
        antwoorden.append(antwoord)
        bekend[aangeboden.id] = replace(antwoord, nieuw=False)
    return antwoorden


def van_rij(rij: Mapping[Any, Any]) -> Ontvangst:
    """The answer that was given on a stored message."""
    retour = {"id": rij["retour_id"], "berichtsoort": rij["retour_soort"]} if rij["retour_id"] else None
    return Ontvangst(
        id=rij["id"],
        berichtsoort=rij["berichtsoort"],
        identificatie=rij["identificatie"],
        afzender=rij["afzender"],
        ontvanger=rij["ontvanger"],
        ontvangen_op=rij["ontvangen_op"],
        oordeel=rij["oordeel"],
        bevindingen=rij["bevindingen"],
        retour=retour,
        nieuw=False,
    )


def _verwerk_nieuwe(verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas) -> dict[str, Ontvangst]:
    """Messages that were not seen before, one after the other, each against what those before it brought about.

    While judging, ``volgnummer`` and ``wijziging`` are places in the group.
    """
    gebruikt = berichten.gebruikte_identificaties(verbinding, {a.identificatie for a in groep})
    geladen = dossiers.laad(verbinding, {a.dossier for a in groep})
    stapel = {sleutel: Dossier.van(gebeurtenissen) for sleutel, gebeurtenissen in geladen.items()}
    eigenaars = dossiers.nummers_in_gebruik(verbinding, {nummer for a in groep for nummer in a.nummers})

    ontvangsten: dict[str, Ontvangst] = {}
    rijen: list[dict[str, Any]] = []
    gebeurtenissen: list[dict[str, Any]] = []
    toewijzingen: dict[str, dict[str, Any]] = {}
    for a in groep:
        dubbel = a.identificatie in gebruikt
        gebruikt.add(a.identificatie)
        kennis = Kennis(
            soort=a.gelezen.soort,
            bericht=a.gelezen.bericht,
            vandaag=a.nu.date(),
            dossier=stapel[a.dossier],
            identificatie_bekend=dubbel,
            nummers_elders=_elders(a, eigenaars),
        )
        oordeel = beoordeel(a.gelezen, a.binnen_bericht, kennis)
        gevallen = gevolgen(a.id, a.gelezen, oordeel.feiten, a.nu)
        stapel[a.dossier], standen = voer_door(stapel[a.dossier], gevallen)
        gebeurtenissen += (dossiers.rij_gebeurtenis(a.dossier, geval) for geval in gevallen)
        for stand in standen.values():
            rij = dossiers.rij_toewijzing(a.dossier, stand, len(rijen), a.nu)
            toewijzingen[rij["id"]] = rij
            eigenaars[a.dossier.domein, a.dossier.gemeente, stand.product.ToewijzingNummer] = a.dossier
        heen, retour = _rij_heen(a, oordeel, dubbel, len(rijen)), _rij_retour(a, oordeel, len(rijen) + 1, schemas)
        rijen += (heen, retour)
        ontvangsten[a.id] = replace(
            van_rij({**heen, "retour_id": retour["id"], "retour_soort": retour["berichtsoort"]}), nieuw=True
        )
    eerste = berichten.volgnummers(verbinding, len(rijen))  # only now: until the commit nobody else can have numbers
    for rij in rijen:
        rij["volgnummer"] += eerste
    for rij in toewijzingen.values():
        rij["wijziging"] += eerste
    berichten.bewaar(verbinding, rijen)
    dossiers.schrijf(verbinding, gebeurtenissen, list(toewijzingen.values()))
    return ontvangsten


def _elders(a: Aangeboden, eigenaars: Mapping[tuple[Domein, str, int], Dossiersleutel]) -> frozenset[int]:
    return frozenset(nummer[2] for nummer in a.nummers if eigenaars.get(nummer, a.dossier) != a.dossier)


def gevolgen(id_: str, gelezen: Gelezen, feiten: Sequence[Feit], ontvangen_op: datetime) -> list[Gebeurtenis]:
    """The gebeurtenissen of an approved message, in the order in which they are applied."""
    identificatie = gelezen.bericht.Header.BerichtIdentificatie
    herkomst = Herkomst(id_, ontvangen_op, identificatie.Dagtekening, identificatie.Identificatie)
    return [Gebeurtenis(herkomst, nummer, feit) for nummer, feit in enumerate(feiten)]


def _rij_heen(a: Aangeboden, oordeel: Oordeel, dubbel: bool, volgnummer: int) -> dict[str, Any]:
    header = a.gelezen.bericht.Header
    return {
        "id": a.id,
        "volgnummer": volgnummer,
        "domein": str(a.gelezen.soort.domein),
        "berichtsoort": a.gelezen.soort.code,
        "identificatie": header.BerichtIdentificatie.Identificatie,
        "dagtekening": header.BerichtIdentificatie.Dagtekening,
        "afzender": header.Afzender,
        "ontvanger": header.Ontvanger,
        "verzender": a.wie.verzender,
        "bestemming": a.wie.ontvanger,
        "dossier": dossiers.tekst(a.dossier),
        "ontvangen_op": a.nu,
        "sha256": hashlib.sha256(a.data).hexdigest(),
        "inhoud": a.data,
        "oordeel": str(oordeel.uitslag),
        "bevindingen": [asdict(bevinding) for bevinding in oordeel.bevindingen],
        "antwoord_op": None,
        "dubbel": dubbel,
        "aangeboden": oordeel.uitslag is Uitslag.GOEDGEKEURD,
        "bevestigd_op": None,
    }


def _rij_retour(a: Aangeboden, oordeel: Oordeel, volgnummer: int, schemas: Schemas) -> dict[str, Any]:
    """The retourbericht as a message of its own, from the receiver to the sender of the heenbericht.

    Its Identificatie follows from the heenbericht, so a repeat never makes another: R and eleven base-32 characters.
    """
    soort = a.gelezen.soort.retour
    assert soort is not None
    nummer = "R" + base64.b32encode(hashlib.sha256(b"retour" + a.data).digest()).decode()[:11]
    retour = maak_retour(a.gelezen, oordeel.treffers, nummer, a.nu.date(), schemas)
    data = schrijf(retour, soort, schemas)
    return {
        **_rij_heen(a, oordeel, False, volgnummer),
        "id": id_van(data),
        "berichtsoort": soort.code,
        "identificatie": nummer,
        "dagtekening": a.nu.date(),
        "verzender": a.wie.ontvanger,
        "bestemming": a.wie.verzender,
        "sha256": hashlib.sha256(data).hexdigest(),
        "inhoud": data,
        "oordeel": str(Uitslag.GOEDGEKEURD),
        "bevindingen": [],
        "antwoord_op": a.id,
        "aangeboden": True,
    }


def _gemeente_bestaat_niet(wie: Betrokken, verzender: Rol, domein: Domein) -> bool:
    """An Ontvanger that is no gemeente at all is for TR378 to say, in a retourbericht."""
    return verzender is Rol.AANBIEDER and wie.ontvanger not in codelijst("CBS", domein)


def _weigering(gelezen: Gelezen, reden: Reden, melding: str, advies: str, element: str) -> Weigering:
    pad = f"/Bericht/Header/{element}"
    return Weigering(reden, melding, advies, pad, gelezen.regelnummer(pad))
