"""What a party sees of a client at a node elsewhere, taken over into an empty database here, to be recorded from there.

A state is the fold of messages: with the messages as they came in and the verdicts on them, all else follows here as it does there.
What was agreed outside the messages (tariffs, product codes, settings) does not come along: a party cannot ask for it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import httpx
from sqlalchemy import Engine

from ...inname.herbouw import herbouw
from ...levensloop.dossier import Dossiersleutel
from ...opslag.berichten import opname
from ...opslag.dossiers import dossiers
from ...standaard.berichtsoort import Berichtsoort, Ketenrol, rol_met
from ...standaard.lezen import lees
from ...standaard.schema import Schemas
from ..deuren.deur import json_van
from ..deuren.lijst import zoek_bladzijden
from .bron import OpneemFout

_OVER_MEER = ("323", "324", "325")
"""The kinds of message that are in no one's dossier."""


class _Elders(NamedTuple):
    """A message at the node: what it says of it, the id of what it answers, and who judges."""

    uit: Mapping[str, Any]
    antwoord_op: str | None
    beoordeling: str


def neem_over(klant: httpx.Client, bsn: str, engine: Engine, schemas: Schemas) -> None:
    """Take over all messages about a client that the caller sees. Raises ``DeurFout``, and ``OpneemFout`` when there is none."""
    rijen = sorted(_rijen(klant, bsn, schemas), key=lambda rij: (rij["ontvangen_op"], rij["antwoord_op"] is not None))
    if not rijen:
        raise OpneemFout("Van deze cliënt zijn bij dit knooppunt geen berichten van u bekend; controleer het Bsn.")
    gezien: set[tuple[str, ...]] = set()
    for nummer, rij in enumerate(rijen, start=1):
        sleutel = (rij["verzender"], rij["berichtsoort"], rij["identificatie"])
        rij |= {"volgnummer": nummer, "dubbel": sleutel in gezien}
        gezien.add(sleutel)
    opname.neem_over(engine, rijen)
    herbouw(engine, schemas)


def bsn_van(klant: httpx.Client, toewijzing: str) -> str:
    """Whose toewijzing this is. Raises ``DeurFout``."""
    return str(json_van(klant.get(f"/v1/toewijzingen/{toewijzing}"))["bsn"])


def _rijen(klant: httpx.Client, bsn: str, schemas: Schemas) -> Iterator[dict[str, Any]]:
    """The messages as the database has them, without their place in it."""
    for een in _berichten(klant, bsn):
        uit = een.uit
        antwoord = klant.get(f"/v1/berichten/{uit['id']}/xml")
        if antwoord.status_code >= 400:
            json_van(antwoord)
        gelezen = lees(antwoord.content, schemas)
        soort, header = gelezen.soort, gelezen.bericht.Header
        heen = (uit["afzender"], uit["ontvanger"])
        verzender, bestemming = reversed(heen) if soort.is_retour else heen
        yield {
            "id": uit["id"],
            "domein": str(soort.domein),
            "berichtsoort": soort.code,
            "versie": soort.release,
            "identificatie": header.BerichtIdentificatie.Identificatie,
            "dagtekening": getattr(header, "DagtekeningRetour", None) or header.BerichtIdentificatie.Dagtekening,
            "afzender": uit["afzender"],
            "ontvanger": uit["ontvanger"],
            "verzender": verzender,
            "bestemming": bestemming,
            "dossier": _dossier(soort, heen, bsn),
            "ontvangen_op": datetime.fromisoformat(uit["ontvangen_op"]),
            "sha256": hashlib.sha256(antwoord.content).hexdigest(),
            "inhoud": antwoord.content,
            "oordeel": uit["oordeel"],
            "bevindingen": uit["bevindingen"],
            "beoordeling": een.beoordeling,
            "antwoord_op": een.antwoord_op,
            "trace": None,
            "aangeboden": een.antwoord_op is not None or uit["oordeel"] != "afgekeurd",
        }


def _berichten(klant: httpx.Client, bsn: str) -> Iterator[_Elders]:
    """Every message about the client with what answers it: of a declaratie the answer is about more clients, and not in the list."""
    items = [item for deel in zoek_bladzijden(klant, "/v1/berichten", {"bsn": bsn}) for item in deel]
    heen = {antwoord["id"]: item for item in items for antwoord in item["antwoorden"]}
    ids = {item["id"]: item["beoordeling"] for item in items}
    ids |= {id_: item["beoordeling"] for id_, item in heen.items()}
    for id_, beoordeling in ids.items():
        op = heen[id_]["id"] if id_ in heen else None
        yield _Elders(json_van(klant.get(f"/v1/berichten/{id_}")), op, beoordeling)


def _dossier(soort: Berichtsoort, partijen: tuple[str, str], bsn: str) -> str | None:
    if soort.nummer in _OVER_MEER:
        return None
    gemeente, aanbieder = sorted(partijen, key=lambda code: rol_met(code) is not Ketenrol.GEMEENTE)
    return dossiers.tekst(Dossiersleutel(soort.domein, gemeente, aanbieder, bsn))
