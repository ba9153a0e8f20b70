"""The acts of a hoofdaannemer on inzetten: each one transaction, held against the rules (``hoofdaannemer.handelen``).

All raise ``NietGevonden`` for a toewijzing or inzet of others, ``Geweigerd`` for what breaks a rule and ``Botsing`` for what is
vervallen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from ..hoofdaannemer import geleverd, handelen
from ..hoofdaannemer.fouten import NietGevonden
from ..hoofdaannemer.handelen import Aanvraag, Daad, Wie
from ..hoofdaannemer.inzet import Ingezet
from ..hoofdaannemer.looptijd import Maand
from ..hoofdaannemer.zwaarte import Beoordeling
from ..opslag.bureau import hoofdaannemers, inzetstand, inzetten
from ..opslag.bureau.inzetstand import Op
from ..opslag.bureau.inzetten import VAN_HOOFDAANNEMER, Inzetrij
from .bureau import Bedrijfsbureau, Zitting, handelend
from .inzetten import Inzetbeeld, beelden, rij_van


@dataclass(frozen=True, slots=True)
class Gedaan:
    """The inzet that an act gives, that which goes on when there are two; ``let_op`` is told beside it."""

    inzet: Inzetbeeld
    let_op: tuple[str, ...] = ()


def plaats(bureau: Bedrijfsbureau, toewijzing: str, aanvraag: Aanvraag, reden: str, nu: datetime) -> Gedaan:
    """Pass a toewijzing on, by its id."""
    with handelend(bureau.engine, bureau.code) as z:
        rij = inzetten.toewijzing(z.verbinding, z.code, toewijzing)
        if rij is None:
            raise NietGevonden("Deze toewijzing")
        toegewezen = inzetten.toegewezen(rij)
        anderen = inzetten.op_toewijzingen(z.verbinding, z.segmenten, z.code, [toewijzing])[toewijzing]
        id_ = _nieuw_id(z, toewijzing)
        wie = Wie(bureau.code, nu, reden)
        daad = handelen.zet_in(id_, aanvraag, toegewezen, anderen, z.afspraken, wie, _zwaarte(z, toewijzing))
        inzetstand.doe(z.verbinding, [daad], {}, {toewijzing: Op(toegewezen, rij.dossier)}, z.segmenten)
        return _gedaan(bureau, z, id_, daad, nu)


def beeindig(bureau: Bedrijfsbureau, id_: str, per: date, reden: str, nu: datetime) -> Gedaan:
    """End an inzet; ``per`` is its last day."""
    return _doe(
        bureau, id_, nu, lambda z, een: handelen.beeindig(een, per, _anderen(z, een), Wie(bureau.code, nu, reden))
    )


def draag_over(
    bureau: Bedrijfsbureau, id_: str, naar: str, per: date, klasse: str | None, nu: datetime, reden: str = ""
) -> Gedaan:
    """Move an inzet to another partner; ``per`` is its first day there."""

    def daad(z: Zitting, een: Ingezet) -> Daad:
        nieuw = _nieuw_id(z, een.toegewezen.id)
        return handelen.draag_over(een, nieuw, naar, per, klasse, z.afspraken, Wie(bureau.code, nu, reden))

    return _doe(bureau, id_, nu, daad)


def wijzig_klasse(bureau: Bedrijfsbureau, id_: str, klasse: str, per: date, reden: str, nu: datetime) -> Gedaan:
    """Give an inzet another klasse from ``per`` on."""

    def daad(z: Zitting, een: Ingezet) -> Daad:
        op = een.toegewezen.id
        wie = Wie(bureau.code, nu, reden)
        return handelen.wijzig_klasse(een, _nieuw_id(z, op), klasse, per, z.afspraken, wie, _zwaarte(z, op))

    return _doe(bureau, id_, nu, daad)


def trek_in(bureau: Bedrijfsbureau, id_: str, reden: str, nu: datetime) -> Gedaan:
    """Withdraw an inzet from its beginning."""
    return _doe(bureau, id_, nu, lambda _, een: handelen.trek_in(een, Wie(bureau.code, nu, reden)))


def boek_geleverd(bureau: Bedrijfsbureau, id_: str, maand: Maand, aantal: int, nu: datetime) -> Gedaan:
    """Keep how many days or pieces were delivered on an inzet in a month, in the place of what was kept."""
    with handelend(bureau.engine, bureau.code) as z:
        rij, een = ingezet(z, id_)
        geleverd.controleer(een, maand, aantal, z.tarieven, nu.date())
        hoofdaannemers.zet_geleverd(z.verbinding, {(rij.id, maand): aantal})
        return _gedaan(bureau, z, id_, Daad({}), nu)


def ingezet(zitting: Zitting, id_: str) -> tuple[Inzetrij, Ingezet]:
    """An inzet of this hoofdaannemer with its acts, beside its toewijzing. Raises ``NietGevonden``."""
    rij = rij_van(zitting.verbinding, VAN_HOOFDAANNEMER, zitting.code, id_)
    return rij, inzetten.met_daden(zitting.verbinding, zitting.segmenten, id_)


def leg_vast(zitting: Zitting, rij: Inzetrij, een: Ingezet, daad: Daad) -> None:
    """Write what an act on this inzet brought."""
    op = {rij.toewijzing: Op(een.toegewezen, rij.dossier)}
    inzetstand.doe(zitting.verbinding, [daad], {rij.id: een}, op, zitting.segmenten)


def _doe(bureau: Bedrijfsbureau, id_: str, nu: datetime, maak: Callable[[Zitting, Ingezet], Daad]) -> Gedaan:
    with handelend(bureau.engine, bureau.code) as z:
        rij, een = ingezet(z, id_)
        daad = maak(z, een)
        leg_vast(z, rij, een, daad)
        return _gedaan(bureau, z, id_, daad, nu)


def _gedaan(bureau: Bedrijfsbureau, z: Zitting, id_: str, daad: Daad, nu: datetime) -> Gedaan:
    welke = daad.nieuw or id_
    rij = inzetten.geef(z.verbinding, [welke])[welke]
    [beeld] = beelden(z.verbinding, [rij], bureau.kalender, nu.date())
    return Gedaan(beeld, daad.let_op)


def _nieuw_id(z: Zitting, toewijzing: str) -> str:
    return inzetten.inzet_id(toewijzing, inzetten.hoeveel_op(z.verbinding, [toewijzing])[toewijzing])


def _anderen(z: Zitting, een: Ingezet) -> list[Ingezet]:
    op = een.inzet.toewijzing
    alle = inzetten.op_toewijzingen(z.verbinding, z.segmenten, z.code, [op])[op]
    return [ander for ander in alle if ander.inzet.id != een.inzet.id]


def _zwaarte(z: Zitting, toewijzing: str) -> Beoordeling | None:
    ingevuld = hoofdaannemers.zwaartes(z.verbinding, z.code, toewijzing)
    return ingevuld[-1][2] if ingevuld else None
