"""The row of a message: of one that came in, and of the answer this node makes on it."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from ..levensloop.dossier import Dossiersleutel
from ..oordeel.oordeel import Berichtoordeel
from ..opslag.dossiers import dossiers
from ..partijen.partij import Beoordelaar
from ..regels.bevinding import Bevinding
from ..standaard.berichtsoort import Berichtsoort
from ..standaard.xml import MAX_BYTES
from .aanname import Aangeboden, id_van

BEZORGD = (Berichtoordeel.GOEDGEKEURD, Berichtoordeel.DEELS_GOEDGEKEURD, Berichtoordeel.VOORLOPIG)
"""What goes to the receiver; a rejected message counts as not sent (OP286)."""

GROOTSTE_ANTWOORD = 2 * MAX_BYTES
"""An answer repeats what it answers and adds codes to it, so it may be larger than what is taken in."""


def rij_heen(
    a: Aangeboden,
    dossier: Dossiersleutel | None,
    uitslag: Berichtoordeel,
    bevindingen: Sequence[Bevinding],
    dubbel: bool,
    volgnummer: int,
) -> dict[str, Any]:
    """The row of a message that came in. ``dubbel``: its Identificatie was used before (TR056)."""
    header = a.gelezen.bericht.Header
    return {
        "id": a.id,
        "volgnummer": volgnummer,
        "domein": str(a.soort.domein),
        "berichtsoort": a.soort.code,
        "versie": a.soort.release,
        "identificatie": a.identificatie[2],
        "dagtekening": header.BerichtIdentificatie.Dagtekening,
        "afzender": header.Afzender,
        "ontvanger": header.Ontvanger,
        "verzender": a.wie.verzender,
        "bestemming": a.wie.ontvanger,
        "dossier": dossiers.tekst(dossier) if dossier else None,
        "ontvangen_op": a.nu,
        "sha256": hashlib.sha256(a.data).hexdigest(),
        "inhoud": a.data,
        "oordeel": str(uitslag),
        "bevindingen": [asdict(bevinding) for bevinding in bevindingen],
        "beoordeling": str(Beoordelaar.PARTIJ if a.zelf else Beoordelaar.KNOOPPUNT),
        "antwoord_op": None,
        "dubbel": dubbel,
        "aangeboden": uitslag in BEZORGD,
        "bevestigd_op": None,
        "trace": a.trace.kop() if a.trace is not None else None,
    }


def antwoordnummer(a: Aangeboden) -> str:
    """The Identificatie of the answer on a message. It follows from the message, so a repeat never makes another: R and
    eleven base-32 characters."""
    return "R" + base64.b32encode(hashlib.sha256(b"retour" + a.data).digest()).decode()[:11]


def rij_antwoord(
    heen: dict[str, Any], data: bytes, afzender: str, ontvanger: str, soort: Berichtsoort, nummer: str, nu: datetime
) -> dict[str, Any]:
    """The row of the answer that this node makes for the receiver of a message: it goes back to the sender.

    ``heen`` is the row of the message; ``data`` the answer as XML, and what follows stands in its Header: ``nummer`` is its
    Identificatie.
    """
    return {
        **heen,
        "id": id_van(data),
        "volgnummer": heen["volgnummer"] + 1,
        "berichtsoort": soort.code,
        "versie": soort.release,
        "identificatie": nummer,
        "dagtekening": nu.date(),
        "afzender": afzender,
        "ontvanger": ontvanger,
        "verzender": heen["bestemming"],
        "bestemming": heen["verzender"],
        "sha256": hashlib.sha256(data).hexdigest(),
        "inhoud": data,
        "oordeel": str(Berichtoordeel.GOEDGEKEURD),
        "bevindingen": [],
        "antwoord_op": heen["id"],
        "dubbel": False,
        "aangeboden": True,
    }
