"""Playing, recording and playing again; what must not survive, and how things stand."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.opslag.berichten import opname as tabel
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.declaraties import declaratie, prestatie
from berichtenverkeer.opslag.tabellen.dossiers import toewijzing, verzoek
from berichtenverkeer.spel.bestand.bron import lees_bron
from berichtenverkeer.spel.bestand.flow import Flow, lees
from berichtenverkeer.spel.doelen.doel import Doelgever
from berichtenverkeer.spel.opnemen import bron
from berichtenverkeer.spel.opnemen.anonimiseren import elementen
from berichtenverkeer.spel.opnemen.bron import Opname
from berichtenverkeer.spel.opnemen.opnemen import neem_op
from berichtenverkeer.spel.opnemen.velden import ALTIJD, BLIJFT, VAN_DE_KOP
from berichtenverkeer.spel.spelen.samen import speel_samen
from berichtenverkeer.spel.spelen.verloop import Opties, Verloop
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees as lees_bericht

_zaden = count(500_000)
_KENMERKEN = {"Identificatie", "IdentificatieRetour"}
"""What a message goes by. The rest of a retourbericht or 325 stands in the message it answers."""
_PARTIJ = "de code van een partij"
_BLIJFT = {naam for _, naam in BLIJFT}
_FICTIEF = {"Testpersoon", "Voorbeeldstraat", "Voorbeeldstad", "Testhuisarts"}
"""What flows make by themselves; a recording of one then has a number behind it."""
_LANG = 5
"""From this length a value is looked for in the whole text; a shorter one may stand in it by chance."""


def speel(bij: Doelgever, flow: Flow, wet: Domein, **opties: Any) -> Verloop:
    """Play a flow once."""
    [verloop] = speel_samen([(flow, wet)], bij, SCHEMAS, Opties(**opties), vanaf=next(_zaden))
    return verloop


def haal_op(engine: Engine, bsn: str, wet: Domein | None = None, van: Any = None, tot: Any = None) -> Opname:
    """What there is to record of a client."""
    with tabel.inzage(engine) as verbinding:
        return bron.haal_op(verbinding, bron.sleutels_van_client(verbinding, bsn, wet), van, tot, SCHEMAS)


@dataclass
class Opgenomen:
    """A recording, and the flow it became."""

    tekst: str
    flow: Flow


def neem(map_: Path, opname: Opname) -> Opgenomen:
    """Record, and read what was written; nothing personal is in it."""
    tekst = neem_op(opname, "opname", SCHEMAS)
    pad = map_ / "opname.flow.yaml"
    pad.write_text(tekst, encoding="utf-8")
    return Opgenomen(tekst, lees(pad))


def speelt_hetzelfde(bij: Doelgever, opgenomen: Opgenomen) -> Verloop:
    """Play a recording: everything comes out as it did."""
    verloop = speel(bij, opgenomen.flow, opgenomen.flow.wetten[0])
    assert verloop.uitkomst == "geslaagd", f"{verloop.fout}{verloop.verschillen}\n{opgenomen.tekst}"
    return verloop


def overblijfselen(engine: Engine, bsn: str, map_: Path) -> list[tuple[str, str]]:
    """Which values of a client's messages stand in a file of this folder, by the name of their element."""
    gevonden: list[tuple[str, str]] = []
    origineel = _van(engine, bsn)
    for pad in map_.iterdir():
        tekst, boom = f"{pad.name}\n{pad.read_text()}", _bladeren(lees_bron(pad).inhoud)
        los = {waarde for naam, waarde in boom if naam not in _BLIJFT}
        for naam, waarde in origineel:
            if len(waarde) >= _LANG and waarde not in _FICTIEF:
                er_nog = waarde in tekst
            else:
                er_nog = waarde in los if naam == _PARTIJ else (naam, waarde) in boom
            if er_nog:
                gevonden.append((naam, waarde))
    return gevonden


def _van(engine: Engine, bsn: str) -> set[tuple[str, str]]:
    """Everything that is not a code, a date or an amount in the messages of a client, and the codes of the parties."""
    with engine.connect() as verbinding:
        rijen = tabel.berichten(verbinding, tabel.dossiers_van(verbinding, bsn), ())
    uit = {("Bsn", bsn)}
    for rij in rijen:
        uit |= {(_PARTIJ, rij["verzender"]), (_PARTIJ, rij["bestemming"]), ("id", rij["id"])}
        gelezen = lees_bericht(rij["inhoud"], SCHEMAS)
        retour = gelezen.soort.is_retour or gelezen.soort.nummer == "325"
        for (klasse, naam), waarde in elementen(gelezen.bericht, gelezen.soort):
            if (
                (naam in _KENMERKEN)
                if retour
                else ((klasse, naam) not in BLIJFT | ALTIJD.keys() | VAN_DE_KOP or naam in _KENMERKEN)
            ):
                uit.add((naam, waarde))
    return uit


def _bladeren(boom: Any, naam: str = "") -> list[tuple[str, str]]:
    """Every value of a file with the key it stands under."""
    if isinstance(boom, dict):
        return [blad for sleutel, waarde in boom.items() for blad in _bladeren(waarde, sleutel)]
    if isinstance(boom, list):
        return [blad for waarde in boom for blad in _bladeren(waarde, naam)]
    return [(naam, str(boom))]


def stand(engine: Engine, bsn: str) -> dict[str, list[Any]]:
    """How things stand for a client, without what is fresh in every play."""
    with engine.connect() as verbinding:
        dossiers = tabel.dossiers_van(verbinding, bsn)
        t, v, p, d, b = (tabel_.c for tabel_ in (toewijzing, verzoek, prestatie, declaratie, bericht))
        vragen = {
            "toewijzingen": select(
                t.categorie, t.code, t.ingangsdatum, t.einddatum, t.volume, t.eenheid, t.frequentie, t.budget,
                t.verwijderd, t.levering, t.geleverd_van, t.geleverd_tot, t.einde_reden, t.verzoek, t.versie,
            ).where(t.dossier.in_(dossiers)),
            "verzoeken": select(v.soort, v.toestand, v.ingediend_op, v.dagtekening).where(v.dossier.in_(dossiers)),
            "prestaties": select(
                p.categorie, p.code, p.begin, p.eind, p.volume, p.eenheid, p.tarief, p.bedrag, p.debet_credit,
                p.toestand, p.retourcodes, d.begin, d.eind, d.toestand,
            ).join(declaratie, d.id == p.declaratie).where(p.dossier.in_(dossiers)),
            "berichten": select(b.berichtsoort, b.oordeel, b.ontvangen_op).where(
                b.dossier.in_(dossiers), b.oordeel != "afgekeurd", b.antwoord_op.is_(None)
            ),
        }  # fmt: skip
        return {naam: sorted(map(repr, verbinding.execute(vraag))) for naam, vraag in vragen.items()}
