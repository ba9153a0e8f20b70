"""What gemeenten and aanbieders agreed: product codes, tariffs and settings in the database.

Every change raises the version ``CONTRACT``, for who keeps them in memory.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, Table, delete, insert, or_, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from ...levensloop.rekenen.variant import Uitvoeringsvariant
from ...regels.contract import Contract, Productcode, Tarief
from .. import versies
from ..tabellen.partijen import instelling, productcode, tarief
from . import gemeenten

VOOR_ALLEN = ""
"""The aanbieder of a setting that holds for every aanbieder of the gemeente."""


def laad(verbinding: Connection, gemeente: str, aanbieder: str) -> Contract:
    """What is known of the agreement between these two; nothing known is an empty contract."""
    tarieven = select(tarief).where(tarief.c.gemeente == gemeente, tarief.c.aanbieder == aanbieder)
    return Contract(
        productcodes=productcodes(verbinding, gemeente),
        tarieven=tuple(
            Tarief(rij.productcode, rij.eenheid, rij.eurocent, rij.van, rij.tot)
            for rij in verbinding.execute(tarieven.order_by(*tarief.primary_key))
        ),
        instellingen=instellingen(verbinding, gemeente, aanbieder),
        indeling=gemeenten.indeling(verbinding),
    )


def productcodes(verbinding: Connection, gemeente: str) -> tuple[Productcode, ...]:
    """The list of a gemeente."""
    vraag = select(productcode).where(productcode.c.gemeente == gemeente).order_by(*productcode.primary_key)
    return tuple(
        Productcode(rij.categorie, rij.code, rij.eenheid, Uitvoeringsvariant(rij.variant), rij.van, rij.tot)
        for rij in verbinding.execute(vraag)
    )


def tarieven_van(verbinding: Connection, gemeente: str) -> list[tuple[str, Tarief]]:
    """Every tariff of a gemeente, with its aanbieder."""
    vraag = select(tarief).where(tarief.c.gemeente == gemeente).order_by(*tarief.primary_key)
    return [
        (rij.aanbieder, Tarief(rij.productcode, rij.eenheid, rij.eurocent, rij.van, rij.tot))
        for rij in verbinding.execute(vraag)
    ]


def instellingen(verbinding: Connection, gemeente: str, aanbieder: str) -> dict[str, str]:
    """The settings of a gemeente for this aanbieder; one for this aanbieder alone goes before one for all."""
    eigen = select(instelling.c.naam, instelling.c.waarde).where(
        instelling.c.gemeente == gemeente, instelling.c.aanbieder.in_({VOOR_ALLEN, aanbieder})
    )
    rijen = verbinding.execute(eigen.order_by(instelling.c.aanbieder))  # that for all is empty, so it comes first
    return {rij.naam: rij.waarde for rij in rijen}


def vervang_productcodes(verbinding: Connection, gemeente: str, codes: Sequence[Productcode]) -> None:
    """Put this list in the place of the one the gemeente had. Raises ``IntegrityError`` for two rows with one key."""
    verbinding.execute(delete(productcode).where(productcode.c.gemeente == gemeente))
    if codes:
        rijen = [{"gemeente": gemeente, **asdict(code), "variant": str(code.variant)} for code in codes]
        verbinding.execute(insert(productcode), rijen)
    versies.verhoog(verbinding, versies.CONTRACT)


@dataclass(frozen=True, slots=True)
class Overgenomen:
    """How many product codes, tariffs and settings one gemeente got from another, and how many it has otherwise itself."""

    productcodes: int
    tarieven: int
    instellingen: int
    anders: int


def neem_over(verbinding: Connection, oud: str, nieuw: str, per: date) -> Overgenomen:
    """Give a gemeente what another agreed that holds on ``per`` or later. Of what it has a row of already (a code in an Eenheid, a
    tariff with an aanbieder, a setting) its own stays."""
    aantallen, anders = [], 0
    for tabel, sleutel, waarden, met_dagen in (
        (productcode, ("categorie", "code", "eenheid"), ("variant", "van", "tot"), True),
        (tarief, ("aanbieder", "productcode", "eenheid"), ("eurocent", "van", "tot"), True),
        (instelling, ("aanbieder", "naam"), ("waarde",), False),
    ):
        geldig = [or_(tabel.c.tot.is_(None), tabel.c.tot >= per)] if met_dagen else []
        van = list(verbinding.execute(select(tabel).where(tabel.c.gemeente == oud, *geldig)).mappings())
        naar = list(verbinding.execute(select(tabel).where(tabel.c.gemeente == nieuw)).mappings())
        eigen = {tuple(rij[naam] for naam in sleutel) for rij in naar}
        zelfde = {tuple(rij[naam] for naam in (*sleutel, *waarden)) for rij in naar}
        rijen = [{**rij, "gemeente": nieuw} for rij in van if tuple(rij[naam] for naam in sleutel) not in eigen]
        aantallen.append(len(rijen))
        anders += sum(
            tuple(rij[naam] for naam in sleutel) in eigen
            and tuple(rij[naam] for naam in (*sleutel, *waarden)) not in zelfde
            for rij in van
        )
        if rijen:
            verbinding.execute(insert(tabel), rijen)
    versies.verhoog(verbinding, versies.CONTRACT)
    codes, tarieven, keuzes = aantallen
    return Overgenomen(codes, tarieven, keuzes, anders)


def zet_tarief(verbinding: Connection, gemeente: str, aanbieder: str, nieuw: Tarief) -> None:
    """Add a tariff, or put it in the place of the one of the same code and Eenheid that begins on the same day."""
    sleutel: dict[str, str | date] = {
        "gemeente": gemeente,
        "aanbieder": aanbieder,
        "productcode": nieuw.productcode,
        "eenheid": nieuw.eenheid,
        "van": nieuw.van,
    }
    _zet(verbinding, tarief, sleutel, {"tot": nieuw.tot, "eurocent": nieuw.eurocent})


def zet_instelling(verbinding: Connection, gemeente: str, aanbieder: str, naam: str, waarde: str) -> None:
    """Set a setting of a gemeente, for one aanbieder or ``VOOR_ALLEN``."""
    sleutel: dict[str, str | date] = {"gemeente": gemeente, "aanbieder": aanbieder, "naam": naam}
    _zet(verbinding, instelling, sleutel, {"waarde": waarde})


def _zet(
    verbinding: Connection, tabel: Table, sleutel: dict[str, str | date], rest: dict[str, str | int | date | None]
) -> None:
    soort_insert = pg_insert if verbinding.dialect.name == "postgresql" else sqlite_insert
    rij = soort_insert(tabel).values(**sleutel, **rest)
    verbinding.execute(rij.on_conflict_do_update(index_elements=list(sleutel), set_=rest))
    versies.verhoog(verbinding, versies.CONTRACT)
