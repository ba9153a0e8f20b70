"""What a partner does with what was passed on to it: accept or refuse, report start and stop, and read its melding.

A partner sees its own inzetten only (rule 7): of one of others ``NietGevonden`` is raised, as of one that is not there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine

from ..hoofdaannemer import handelen
from ..hoofdaannemer.fouten import Bezwaar, Botsing, Geweigerd
from ..hoofdaannemer.handelen import Daad, Wie
from ..hoofdaannemer.herindicatie import Stap
from ..hoofdaannemer.inzet import Ingezet
from ..hoofdaannemer.melding import Client, Genoemd, Zorgmelding, zorgmelding
from ..hoofdaannemer.overgangen import Zorgmeldingsoort
from ..levensloop.kalender import Kalender
from ..opslag import clienten, hoofdaannemers, inzetten, teller
from ..opslag.inzetten import VAN_PARTNER, Inzetrij, Partnermelding
from ..standaard.codelijst import REDEN_BEEINDIGING, codelijst
from ..standaard.naam import volledig
from ..standaard.schema import Schemas
from .bureau import Zitting, handelend
from .handelingen import ingezet, leg_vast
from .inzetten import Inzetbeeld, beelden, naam, rij_van


class Partnermeldingsoort(StrEnum):
    """What a partner reports."""

    START = "start"
    STOP = "stop"
    EVALUATIE = "evaluatie"


@dataclass(frozen=True, slots=True)
class Balie:
    """Where the partner with this code comes."""

    engine: Engine
    code: str
    kalender: Kalender


def neem_aan(balie: Balie, id_: str, nu: datetime) -> Inzetbeeld:
    """Accept. Raises ``Botsing`` when it was answered before or is vervallen."""
    with _op(balie, id_) as (z, rij, een):
        return _doe(balie, z, rij, een, handelen.neem_aan(een, Wie(balie.code, nu)), nu)


def weiger(balie: Balie, id_: str, reden: str, nu: datetime) -> Inzetbeeld:
    """Refuse, with a reason. Raises ``Botsing`` as ``neem_aan`` does, ``Geweigerd`` without a reason."""
    with _op(balie, id_) as (z, rij, een):
        return _doe(balie, z, rij, een, handelen.weiger(een, Wie(balie.code, nu, reden)), nu)


def meld(
    balie: Balie, id_: str, soort: Partnermeldingsoort, datum: date, reden: str | None, nu: datetime
) -> Inzetbeeld:
    """Report a start or stop, for the hoofdaannemer to send on; or tick the evaluation. ``reden`` is the RedenBeeindiging of a stop.

    Raises ``Geweigerd`` for a day on which the toewijzing does not run and for a reason that is none; ``Botsing`` when the inzet is
    vervallen.
    """
    with _op(balie, id_) as (z, rij, een):
        if soort is Partnermeldingsoort.EVALUATIE:
            hoofdaannemers.vink_af(z.verbinding, rij.hoofdaannemer, {een.toegewezen.kenmerk: Stap(datum, balie.code)})
        else:
            if een.effectief is None:
                raise Botsing("Deze inzet is vervallen; er valt niets meer te melden.")
            _weiger(_bezwaren(een, soort, datum, reden))
            nummer = teller.volgnummers(z.verbinding, 1)
            melding = Partnermelding(
                nummer, id_, soort, datum, reden if soort is Partnermeldingsoort.STOP else None, nu, balie.code
            )
            inzetten.bewaar_partnermelding(z.verbinding, melding)
        [beeld] = beelden(z.verbinding, [rij], balie.kalender, nu.date())
        return beeld


def melding(verbinding: Connection, rij: Inzetrij, soort: Zorgmeldingsoort, schemas: Schemas) -> Zorgmelding:
    """The inzorgmelding or uitzorgmelding of an inzet as it stands; ``rij`` is one that the caller may see."""
    segmenten = hoofdaannemers.segmentlijst(verbinding, rij.hoofdaannemer)
    een = inzetten.met_daden(verbinding, segmenten, rij.id)
    partners = hoofdaannemers.partners(verbinding, rij.hoofdaannemer)
    wie = hoofdaannemers.naam(verbinding, rij.hoofdaannemer) or rij.hoofdaannemer
    client = _client(verbinding, rij, schemas)
    partner = Genoemd(rij.partner, naam(partners, rij.partner))
    return zorgmelding(soort, een, Genoemd(rij.hoofdaannemer, wie), partner, client)


def _client(verbinding: Connection, rij: Inzetrij, schemas: Schemas) -> Client:
    """The client as the last 301 names him."""
    client = clienten.toegewezen(verbinding, [rij.dossier], schemas).get(rij.dossier)
    if client is None:
        return Client(rij.bsn, "", None)
    return Client(client.Bsn, volledig(client.Naam), client.Geboortedatum.Datum)


@contextmanager
def _op(balie: Balie, id_: str) -> Iterator[tuple[Zitting, Inzetrij, Ingezet]]:
    with balie.engine.connect() as verbinding:
        hoofdaannemer = rij_van(verbinding, VAN_PARTNER, balie.code, id_).hoofdaannemer
    with handelend(balie.engine, hoofdaannemer) as z:
        yield z, *ingezet(z, id_)


def _doe(balie: Balie, z: Zitting, rij: Inzetrij, een: Ingezet, daad: Daad, nu: datetime) -> Inzetbeeld:
    leg_vast(z, rij, een, daad)
    [beeld] = beelden(z.verbinding, [inzetten.geef(z.verbinding, [rij.id])[rij.id]], balie.kalender, nu.date())
    return beeld


def _bezwaren(een: Ingezet, soort: Partnermeldingsoort, datum: date, reden: str | None) -> Iterator[Bezwaar]:
    geldig = een.toegewezen.geldig
    if geldig is None or datum not in geldig:
        yield Bezwaar("datum", f"{datum} valt buiten de toewijzing.", f"Die loopt van {geldig}.")
    if soort is Partnermeldingsoort.STOP and reden is not None:
        bekend = codelijst(REDEN_BEEINDIGING[een.toegewezen.kenmerk.domein], een.toegewezen.kenmerk.domein).codes
        if reden not in bekend:
            yield Bezwaar("reden", "Dit is geen RedenBeeindiging.", f"Kies uit: {', '.join(sorted(bekend))}.")


def _weiger(bezwaren: Iterator[Bezwaar]) -> None:
    if alle := list(bezwaren):
        raise Geweigerd(alle)
