"""Lists that are put ready as files: what was asked, how far it is, and what there is.

Whoever makes the files of one has a number, ``beurt``, and says from time to time that he is still at it. Who does not is taken
to have ended; what he says afterwards no longer counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from ...woord import Woord
from ..eigenaar import van_partij
from ..lijst import Lijst, Plek
from ..personen import als_in
from ..tabellen.dossiers import vervallen
from ..tabellen.uitgaand import uitvoer as u

_GEDULD = timedelta(seconds=60)
"""How long nothing is heard of who is at it, before another begins."""

_MEESTE_VERGEEFS = 5
"""How often it is begun without one more file coming of it."""


class Exporttoestand(Woord):
    """How far it is."""

    WACHT = "wacht", "wacht op zijn beurt"
    BEZIG = "bezig", "wordt gemaakt"
    KLAAR = "klaar", "kan worden opgehaald"
    MISLUKT = "mislukt", "kon niet worden gemaakt; vraag hem opnieuw aan"


@dataclass(frozen=True, slots=True)
class Uitvoerrij:
    """One that was asked for."""

    id: str
    partij: str
    wat: str
    filters: dict[str, Any]
    sinds: int | None
    sinds_id: str | None
    vorm: str
    sleutel: bytes | None
    toestand: str
    aangevraagd_op: datetime
    moment: datetime | None
    hervat: int
    beurt: int
    vergeefs: int
    bezig_tot: datetime | None
    plek: int | None
    plek_id: str | None
    bestanden: list[dict[str, Any]]
    vervallen: list[str]
    klaar_op: datetime | None

    @property
    def vanaf(self) -> Plek | None:
        """The place after which it was asked for."""
        return None if self.sinds is None else Plek(self.sinds, self.sinds_id or "")

    @property
    def gekomen_tot(self) -> Plek | None:
        """The place after which its files go on."""
        return self.vanaf if self.plek is None else Plek(self.plek, self.plek_id or "")


_VRAAG = select(*(u.c[veld.name] for veld in fields(Uitvoerrij)))
_NIEUW: Mapping[str, Any] = {
    "toestand": Exporttoestand.WACHT, "moment": None, "hervat": 0, "beurt": 0, "vergeefs": 0, "bezig_tot": None, "plek": None,
    "plek_id": None, "bestanden": [], "vervallen": [], "klaar_op": None,
}  # fmt: skip


def vraag_aan(verbinding: Connection, **gevraagd: Any) -> Uitvoerrij:
    """Put one in the queue."""
    rij = {**_NIEUW, **gevraagd}
    verbinding.execute(insert(u).values(**als_in(u, rij)))
    return Uitvoerrij(**rij)


def geef(verbinding: Connection, id_: str, partij: str | None = None) -> Uitvoerrij | None:
    """One, of this party when it is named."""
    waar = [u.c.id == id_, *([u.c.partij == partij] if partij is not None else [])]
    rij = verbinding.execute(_VRAAG.where(*waar)).mappings().first()
    return None if rij is None else Uitvoerrij(**rij)


def van(verbinding: Connection, partij: str) -> list[Uitvoerrij]:
    """Those of a party, the newest first."""
    vraag = _VRAAG.where(u.c.partij == partij).order_by(u.c.aangevraagd_op.desc(), u.c.id)
    return [Uitvoerrij(**rij) for rij in verbinding.execute(vraag).mappings()]


def aantal_van(verbinding: Connection, partij: str) -> int:
    """How many a party has."""
    return verbinding.execute(select(func.count()).where(u.c.partij == partij)).scalar_one()


def te_doen(verbinding: Connection, systeemtijd: datetime) -> str | None:
    """The one that is first in turn, and at which nobody is."""
    los = or_(
        u.c.toestand == Exporttoestand.WACHT, and_(u.c.toestand == Exporttoestand.BEZIG, u.c.bezig_tot < systeemtijd)
    )
    return verbinding.execute(select(u.c.id).where(los).order_by(u.c.aangevraagd_op, u.c.id).limit(1)).scalar()


def begin(verbinding: Connection, id_: str, nu: datetime, systeemtijd: datetime) -> Uitvoerrij | None:
    """Be the one who is at it; None when another is, or there is nothing to be done any more."""
    rij = geef(verbinding, id_)
    if rij is None or rij.toestand not in (Exporttoestand.WACHT, Exporttoestand.BEZIG):
        return None
    if rij.bezig_tot is not None and rij.bezig_tot >= systeemtijd:
        return None
    if rij.vergeefs >= _MEESTE_VERGEEFS:
        mislukt = {"toestand": Exporttoestand.MISLUKT, "klaar_op": nu}
        _werk_bij(verbinding, id_, rij.beurt, **mislukt)
        return None
    waarden = {
        "toestand": Exporttoestand.BEZIG,
        "beurt": rij.beurt + 1,
        "vergeefs": rij.vergeefs + 1,
        "hervat": rij.hervat + bool(rij.bestanden),
        "moment": nu,
        "bezig_tot": systeemtijd + _GEDULD,
    }
    return geef(verbinding, id_) if _werk_bij(verbinding, id_, rij.beurt, **waarden) else None


def nog_bezig(verbinding: Connection, id_: str, beurt: int, systeemtijd: datetime) -> bool:
    """Say that one is still at it; False when it is no longer one's turn."""
    return _werk_bij(verbinding, id_, beurt, bezig_tot=systeemtijd + _GEDULD)


def bestand_af(
    verbinding: Connection, id_: str, beurt: int, bestanden: Sequence[Mapping[str, Any]], plek: Plek
) -> bool:
    """Another file is there, with all up to this place; False when it is no longer one's turn."""
    waarden = {"bestanden": list(bestanden), "plek": plek.nummer, "plek_id": plek.id, "vergeefs": 0}
    return _werk_bij(verbinding, id_, beurt, **waarden)


def klaar(verbinding: Connection, id_: str, beurt: int, vervallen_: Sequence[str], nu: datetime) -> bool:
    """All is there; False when it is no longer one's turn."""
    waarden = {"toestand": Exporttoestand.KLAAR, "vervallen": list(vervallen_), "klaar_op": nu, "bezig_tot": None}
    return _werk_bij(verbinding, id_, beurt, **waarden)


def laat_los(verbinding: Connection, id_: str, systeemtijd: datetime) -> None:
    """Nobody is at it any more: it can be gone on with at once."""
    bezig = u.c.id == id_, u.c.toestand == Exporttoestand.BEZIG
    verbinding.execute(update(u).where(*bezig).values(bezig_tot=systeemtijd - timedelta(seconds=1)))


def geef_op(verbinding: Connection, id_: str, nu: datetime) -> None:
    """Nothing comes of it: what was asked cannot be read any more."""
    waarden = {"toestand": Exporttoestand.MISLUKT, "klaar_op": nu, "bezig_tot": None}
    verbinding.execute(update(u).where(u.c.id == id_).values(**waarden))


def verlopen(verbinding: Connection, voor: datetime) -> list[str]:
    """Those that ended before this moment."""
    return list(verbinding.execute(select(u.c.id).where(u.c.klaar_op < voor)).scalars())


def bekend(verbinding: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these there are."""
    return set(verbinding.execute(select(u.c.id).where(u.c.id.in_(list(ids)))).scalars())


def wis(verbinding: Connection, id_: str, partij: str | None = None) -> bool:
    """Forget one, of this party when it is named; whether it was there."""
    waar = [u.c.id == id_, *([u.c.partij == partij] if partij is not None else [])]
    return verbinding.execute(delete(u).where(*waar)).rowcount == 1


def vervallen_sinds(verbinding: Connection, lijst: Lijst[Any], partij: str, sinds: Plek | None) -> list[str]:
    """The ids of what a party saw in a list and no longer does, since this place; it may have been told before."""
    if sinds is None:
        return []
    terug = select(lijst.tabel.c.id).where(lijst.tabel.c.id == vervallen.c.id).exists()
    eigen = vervallen.c.lijst == lijst.naam, vervallen.c.wijziging >= sinds.nummer, van_partij(vervallen, partij)
    vraag = select(vervallen.c.id).where(*eigen, ~terug).order_by(vervallen.c.wijziging, vervallen.c.id)
    return list(verbinding.execute(vraag).scalars())


def _werk_bij(verbinding: Connection, id_: str, wie: int, **waarden: Any) -> bool:
    aan_de_beurt = u.c.id == id_, u.c.beurt == wie
    return verbinding.execute(update(u).where(*aan_de_beurt).values(**waarden)).rowcount == 1
