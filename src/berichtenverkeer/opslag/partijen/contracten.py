"""What gemeenten and aanbieders agreed: product codes, tariffs and settings in the database.

Every change raises the version ``CONTRACT``, for who keeps them in memory.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

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
    return laad_alle(verbinding, [(gemeente, aanbieder)])[gemeente, aanbieder]


def laad_alle(verbinding: Connection, paren: Collection[tuple[str, str]]) -> dict[tuple[str, str], Contract]:
    """The same of all these (gemeente, aanbieder), in as few questions as of one."""
    gemeenten_ = {gemeente for gemeente, _ in paren}
    aanbieders = {aanbieder for _, aanbieder in paren}
    indeling, codes = gemeenten.indeling(verbinding), _productcodes(verbinding, gemeenten_)
    keuzes = instellingen_van(verbinding, gemeenten_, aanbieders)
    vraag = select(tarief).where(tarief.c.gemeente.in_(gemeenten_), tarief.c.aanbieder.in_(aanbieders))
    tarieven: dict[tuple[str, str], list[Tarief]] = defaultdict(list)
    for rij in verbinding.execute(vraag.order_by(*tarief.primary_key)):
        tarieven[rij.gemeente, rij.aanbieder].append(_tarief(rij))
    return {
        paar: Contract(codes.get(paar[0], ()), tuple(tarieven[paar]), keuzes[paar], indeling=indeling) for paar in paren
    }


def productcodes(verbinding: Connection, gemeente: str) -> tuple[Productcode, ...]:
    """The list of a gemeente."""
    return _productcodes(verbinding, {gemeente}).get(gemeente, ())


def _productcodes(verbinding: Connection, gemeenten_: Collection[str]) -> dict[str, tuple[Productcode, ...]]:
    vraag = select(productcode).where(productcode.c.gemeente.in_(gemeenten_)).order_by(*productcode.primary_key)
    uit: dict[str, list[Productcode]] = defaultdict(list)
    for rij in verbinding.execute(vraag):
        variant = Uitvoeringsvariant(rij.variant)
        uit[rij.gemeente].append(Productcode(rij.categorie, rij.code, rij.eenheid, variant, rij.van, rij.tot))
    return {gemeente: tuple(codes) for gemeente, codes in uit.items()}


def tarieven_van(verbinding: Connection, gemeente: str) -> list[tuple[str, Tarief]]:
    """Every tariff of a gemeente, with its aanbieder."""
    vraag = select(tarief).where(tarief.c.gemeente == gemeente).order_by(*tarief.primary_key)
    return [(rij.aanbieder, _tarief(rij)) for rij in verbinding.execute(vraag)]


def _tarief(rij: Any) -> Tarief:
    return Tarief(rij.productcode, rij.eenheid, rij.eurocent, rij.van, rij.tot)


def instellingen(verbinding: Connection, gemeente: str, aanbieder: str) -> dict[str, str]:
    """The settings of a gemeente for this aanbieder."""
    return instellingen_van(verbinding, {gemeente}, {aanbieder})[gemeente, aanbieder]


def instellingen_van(
    verbinding: Connection, gemeenten_: Collection[str], aanbieders: Collection[str]
) -> dict[tuple[str, str], dict[str, str]]:
    """The settings of each of these gemeenten for each of these aanbieders (``VOOR_ALLEN`` too may be one); one for an aanbieder alone goes
    before one for all."""
    vraag = select(instelling).where(
        instelling.c.gemeente.in_(gemeenten_), instelling.c.aanbieder.in_({VOOR_ALLEN, *aanbieders})
    )
    gevonden: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for rij in verbinding.execute(vraag):
        gevonden[rij.gemeente, rij.aanbieder][rij.naam] = rij.waarde
    return {
        (gemeente, aanbieder): gevonden[gemeente, VOOR_ALLEN] | gevonden[gemeente, aanbieder]
        for gemeente in gemeenten_
        for aanbieder in aanbieders
    }


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
