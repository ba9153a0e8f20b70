"""What a partner does with what was passed on to it: accept or refuse, report start and stop, and read its melding.

A partner sees its own inzetten only (rule 7): of one of others ``NietGevonden`` is raised, as of one that is not there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from ..hoofdaannemer import handelen
from ..hoofdaannemer.fouten import Botsing, Geweigerd
from ..hoofdaannemer.handelen import Daad, Wie
from ..hoofdaannemer.herindicatie import Stap
from ..hoofdaannemer.inzet import Ingezet
from ..hoofdaannemer.melding import Client, Genoemd, Zorgmelding, zorgmelding
from ..hoofdaannemer.overgangen import Zorgmeldingsoort
from ..hoofdaannemer.partnermelding import Partnermeldingsoort, bezwaren
from ..levensloop.kalender import Kalender
from ..opslag import teller
from ..opslag.bureau import hoofdaannemers, inzetten
from ..opslag.bureau.inzetten import VAN_PARTNER, Inzetrij
from ..opslag.dossiers import clienten
from ..standaard.naam import volledig
from ..standaard.schema import Schemas
from .bureau import Zitting, handelend
from .handelingen import ingezet, leg_vast
from .inzetten import Inzetbeeld, beelden, naam, rij_van


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

    Raises ``Geweigerd`` for a day on which the toewijzing does not run, an evaluation that is still to come and a reason that is none;
    ``Botsing`` when the inzet is vervallen.
    """
    with _op(balie, id_) as (z, rij, een):
        if een.effectief is None:
            raise Botsing("Deze inzet is vervallen; er valt niets meer te melden.")
        if alle := list(bezwaren(een, soort, datum, reden, nu.date())):
            raise Geweigerd(alle)
        if soort is Partnermeldingsoort.EVALUATIE:
            hoofdaannemers.vink_af(z.verbinding, rij.hoofdaannemer, {een.toegewezen.kenmerk: Stap(datum, balie.code)})
        else:
            nummer = teller.volgnummers(z.verbinding, 1)
            inzetten.bewaar_partnermelding(
                z.verbinding,
                inzetten.Partnermelding(nummer, id_, soort, datum, reden_van(soort, reden), nu, balie.code),
            )
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


def reden_van(soort: Partnermeldingsoort, reden: str | None) -> str | None:
    """The RedenBeeindiging that is kept: only a stop has one."""
    return reden if soort is Partnermeldingsoort.STOP else None
