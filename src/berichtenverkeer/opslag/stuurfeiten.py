"""The facts of steering figures in the database: what a group of messages changes in them, and making them again.

Facts of trajecten are about a client at a gemeente under a law, over all its aanbieders: who writes them holds the lock ``slot`` of that
client besides that of the dossier.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, delete, select

from ..levensloop.dossier import Dossier, Dossiersleutel
from ..levensloop.gebeurtenis import Feit
from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from ..standaard.berichten.toewijzing import ToegewezenProduct
from ..standaard.domein import Domein
from ..stuurinformatie.spannen import Geleverd, Span, Stop, Waarop, geleverd
from ..stuurinformatie.toewijzingfeit import Gestart, Toewijzingfeit, bestaat, gestart, toewijzingfeit
from ..stuurinformatie.traject import Leverfeit, Zicht, leverfeiten
from . import dossierbeeld, samen
from .samen import Gereed, Rijen, Vraag, maak_gereed
from .tabellen.stuurinformatie import leverfeit as l
from .tabellen.stuurinformatie import toewijzingfeit as t

Rij = tuple[Any, ...]

_WETTEN = {Domein.IWMO: 1, Domein.IJW: 2}
PER_GEMEENTE = 10**8
"""How many numbers of ``paar`` a gemeente has under a law."""

PER_WET = 10**12
"""How many a law has."""


class Client(NamedTuple):
    """A client at a gemeente under a law."""

    domein: Domein
    gemeente: str
    bsn: str


def client_van(dossier: Dossiersleutel) -> Client:
    """Whose dossier it is."""
    return Client(dossier.domein, dossier.gemeente, dossier.bsn)


def slot(client: Client) -> str:
    """What who changes facts about a client locks."""
    return f"client/{client.domein}/{client.gemeente}/{client.bsn}"


@lru_cache(maxsize=10_000)
def paar(domein: Domein, gemeente: str, aanbieder: str) -> int:
    """Law, gemeente and aanbieder in one number: a digit, four, and eight.

    >>> paar(Domein.IJW, "0855", "99990001")
    2085599990001
    """
    return _WETTEN[domein] * PER_WET + int(gemeente) * PER_GEMEENTE + int(aanbieder)


def _paar_van(dossier: Dossiersleutel) -> int:
    return paar(dossier.domein, dossier.gemeente, dossier.aanbieder)


@lru_cache(maxsize=10_000)
def uit_paar(nummer: int) -> tuple[Domein, str, str]:
    """The law, gemeente and aanbieder of such a number.

    >>> uit_paar(2085599990001)
    (<Domein.IJW: 'ijw'>, '0855', '99990001')
    """
    return wet_van(nummer // PER_WET), f"{nummer // PER_GEMEENTE % 10**4:04}", f"{nummer % PER_GEMEENTE:08}"


def wet_van(cijfer: int) -> Domein:
    """The law of the first digit of such a number.

    >>> wet_van(1), wet_van(2)
    (<Domein.IWMO: 'iwmo'>, <Domein.IJW: 'ijw'>)
    """
    return next(domein for domein, wet in _WETTEN.items() if wet == cijfer)


def grenzen(domein: Domein, gemeente: str) -> tuple[int, int]:
    """The least and the greatest number of a gemeente under a law."""
    eerste = paar(domein, gemeente, "0")
    return eerste, eerste + PER_GEMEENTE - 1


_NAMEN = tuple(kolom.name for kolom in l.c)
LEVERFEITEN = Vraag(
    f"SELECT {', '.join(f'l.{naam}' for naam in _NAMEN)} FROM {{sleutels}} {{join}} leverfeit AS l "
    "ON l.client = {n0} AND l.paar BETWEEN {n1} AND {n2}",
    personen=(0,),
    over=1,
)
"""Of these (Bsn, least and greatest paar) the facts that there are."""

_SLEUTEL = "paar, client, toewijzingnummer"
"""That of a toewijzing's facts."""

_WEG = Vraag("DELETE FROM leverfeit WHERE (client, paar) IN (SELECT {n0}, {n1} FROM {sleutels})", personen=(0,))
_WEG_TOEWIJZING = Vraag(
    "DELETE FROM toewijzingfeit WHERE (paar, client, toewijzingnummer) IN (SELECT {n0}, {n1}, {n2} FROM {sleutels})",
    personen=(1,),
)


def sleutel(client: Client) -> tuple[int, int, int]:
    """A client as ``LEVERFEITEN`` is asked about it."""
    return int(client.bsn), *grenzen(client.domein, client.gemeente)


@dataclass(slots=True)
class Wijziging:
    """What is to be written, and what goes first: of ``leverfeit`` by (Bsn, paar), of ``toewijzingfeit`` by its key. Of ``gestart``
    only what starts and stops change is written."""

    leverfeiten: list[dict[str, Any]] = field(default_factory=list)
    toewijzingfeiten: list[dict[str, Any]] = field(default_factory=list)
    gestart: list[dict[str, Any]] = field(default_factory=list)
    weg: set[tuple[int, int]] = field(default_factory=set)
    weg_toewijzingen: set[tuple[int, int, int]] = field(default_factory=set)

    def gereed(self, dialect: Dialect) -> list[Gereed]:
        """The statements of it, as this database takes them."""
        uit = [samen.met_sleutels(_WEG, sorted(self.weg), dialect)] if self.weg else []
        if self.weg_toewijzingen:
            uit.append(samen.met_sleutels(_WEG_TOEWIJZING, sorted(self.weg_toewijzingen), dialect))
        rijen = [
            Rijen(l, self.leverfeiten),
            Rijen(t, self.toewijzingfeiten, _SLEUTEL),
            Rijen(t, self.gestart, _SLEUTEL, alleen=Gestart._fields),
        ]
        return uit + maak_gereed(rijen, dialect)


def volg(
    voor: Mapping[Dossiersleutel, Dossier],
    na: Mapping[Dossiersleutel, Dossier],
    geraakt: Mapping[Dossiersleutel, Iterable[Feit]],
    bestaand: Iterable[Rij],
) -> Wijziging:
    """What a group of messages changed: ``geraakt`` are the classes that came to count, by dossier, and ``bestaand`` the rows of
    ``LEVERFEITEN`` about their clients."""
    uit = Wijziging()
    geleverd_nu: dict[Client, dict[str, Geleverd]] = defaultdict(dict)
    for dossier, feiten in geraakt.items():
        oud, nieuw = voor[dossier], na[dossier]
        toegewezen, op, levert = _genoemd(feiten)
        for nummer in toegewezen:
            _zet_toewijzing(uit, dossier, nummer, oud, nieuw)
        for nummer in op:
            if nummer not in toegewezen:
                _zet_gestart(uit, dossier, nummer, oud, nieuw)
        if levert or any((nummer,) in nieuw.leveringen for nummer in toegewezen):
            geleverd_nu[client_van(dossier)][dossier.aanbieder] = geleverd(dossier.aanbieder, nieuw)
    if geleverd_nu:
        per_client = _per_client(bestaand)
        for client, nu in geleverd_nu.items():
            _zet_levering(uit, client, per_client.get((_WETTEN[client.domein], *client[1:]), []), nu)
    return uit


def _genoemd(feiten: Iterable[Feit]) -> tuple[dict[int, None], dict[int, None], bool]:
    """The ToewijzingNummers of toewijzingen, those of starts and stops, and whether something is delivered or no longer."""
    toegewezen: dict[int, None] = {}
    op: dict[int, None] = {}
    levert = False
    for feit in feiten:
        if isinstance(feit, (StartProduct, StopProduct)):
            levert = True
            if feit.ToewijzingNummer is not None:
                op[feit.ToewijzingNummer] = None
        elif isinstance(feit, ToegewezenProduct):
            toegewezen[feit.ToewijzingNummer] = None
    return toegewezen, op, levert


def _zet_toewijzing(uit: Wijziging, dossier: Dossiersleutel, nummer: int, oud: Dossier, nieuw: Dossier) -> None:
    feit, bekend = toewijzingfeit(dossier.aanbieder, nieuw, nummer), nummer in oud.toewijzingen
    if feit is None and bekend:
        uit.weg_toewijzingen.add((_paar_van(dossier), int(dossier.bsn), nummer))
    elif feit is not None and not (bekend and feit == toewijzingfeit(dossier.aanbieder, oud, nummer)):
        uit.toewijzingfeiten.append(rij_toewijzing(dossier, feit))


def _zet_gestart(uit: Wijziging, dossier: Dossiersleutel, nummer: int, oud: Dossier, nieuw: Dossier) -> None:
    """What starts and stops changed in the facts of a toewijzing that stayed as it was."""
    if not bestaat(nieuw, nummer) or (nu := gestart(nieuw, nummer)) == gestart(oud, nummer):
        return
    sleutel_ = {"paar": _paar_van(dossier), "client": int(dossier.bsn), "toewijzingnummer": nummer}
    uit.gestart.append(sleutel_ | nu._asdict())


def _zet_levering(uit: Wijziging, client: Client, bestaand: Sequence[Rij], nu: Mapping[str, Geleverd]) -> None:
    anderen = [rij for rij in bestaand if uit_paar(rij[0])[2] not in nu]
    alle = [*nu.values(), *_uit_rijen(anderen)]
    nieuw = [rij_lever(client, feit) for feit in leverfeiten(client.domein, alle)]
    if bestaand:
        if sorted(map(repr, bestaand)) == sorted(repr(tuple(rij.values())) for rij in nieuw):
            return
        uit.weg |= {(rij[1], rij[0]) for rij in bestaand}
    uit.leverfeiten += nieuw


def _per_client(rijen: Iterable[Rij]) -> dict[tuple[int, str, str], list[Rij]]:
    uit: dict[tuple[int, str, str], list[Rij]] = defaultdict(list)
    for rij in rijen:
        nummer, bsn = rij[0], rij[1]
        uit[nummer // PER_WET, f"{nummer // PER_GEMEENTE % 10**4:04}", f"{bsn:09}"].append(tuple(rij))
    return uit


def _uit_rijen(rijen: Iterable[Rij]) -> list[Geleverd]:
    """What other aanbieders delivered, as their facts have it."""
    per_aanbieder: dict[str, Geleverd] = {}
    for rij in rijen:
        feit = feit_van(rij)
        deel = per_aanbieder.setdefault(feit.op.aanbieder, Geleverd([], []))
        stop = Stop(feit.stop, feit.stop_op) if feit.stop is not None else None
        if feit.start is not None:
            deel.spannen.append(
                Span(feit.op, feit.start, feit.einde, feit.geleverd_van, feit.geleverd_tot, feit.reden, stop)
            )
        elif stop is not None:
            deel.losse_stops.append((feit.op, stop))
    return list(per_aanbieder.values())


def feit_van(rij: Rij) -> Leverfeit:
    """The fact of a row of ``leverfeit``."""
    nummer, _, toewijzingnummer, categorie, code, zicht, *dagen = rij
    return Leverfeit(Waarop(uit_paar(nummer)[2], toewijzingnummer, categorie, code), Zicht(zicht), *dagen)


def rij_lever(client: Client, feit: Leverfeit) -> dict[str, Any]:
    """The row of a fact."""
    op, zicht, *dagen = feit
    waarden = (
        paar(client.domein, client.gemeente, op.aanbieder),
        int(client.bsn),
        op.nummer,
        op.categorie,
        op.code,
        int(zicht),
        *dagen,
    )
    return dict(zip(_NAMEN, waarden, strict=True))


_NAMEN_TOEWIJZING = tuple(kolom.name for kolom in t.c)


def rij_toewijzing(dossier: Dossiersleutel, feit: Toewijzingfeit) -> dict[str, Any]:
    """The row of a toewijzing's facts."""
    op = feit.op
    waarden = (_paar_van(dossier), int(dossier.bsn), op.nummer, op.categorie, op.code, *feit[1:])
    return dict(zip(_NAMEN_TOEWIJZING, waarden, strict=True))


def volg_dossiers(verbinding: Connection, sleutels: Collection[Dossiersleutel]) -> None:
    """Put right the facts of these dossiers, as they stand now. Whoever calls holds the locks of their clients."""
    per_client: dict[Client, list[Dossiersleutel]] = defaultdict(list)
    for dossier in sleutels:
        per_client[client_van(dossier)].append(dossier)
    geladen = dossierbeeld.laad(verbinding, list(sleutels))
    (bestaand,) = samen.vraag(verbinding, [(LEVERFEITEN, [sleutel(client) for client in per_client])])
    rijen = _per_client(bestaand)
    uit = Wijziging()
    for client, dossiers in per_client.items():
        nu = {dossier.aanbieder: geleverd(dossier.aanbieder, geladen[dossier].dossier) for dossier in dossiers}
        _zet_levering(uit, client, rijen.get((_WETTEN[client.domein], *client[1:]), []), nu)
    nieuw = [rij for dossier in sleutels for rij in _rijen_toewijzing(dossier, geladen[dossier].dossier)]
    for dossier in sleutels:
        verbinding.execute(delete(t).where(*_van_dossier(dossier)))
    uit.toewijzingfeiten += nieuw
    samen.schrijf_gereed(verbinding, uit.gereed(verbinding.dialect), 0)


def _van_dossier(dossier: Dossiersleutel) -> tuple[Any, ...]:
    return t.c.paar == _paar_van(dossier), t.c.client == int(dossier.bsn)


def _rijen_toewijzing(sleutel_: Dossiersleutel, dossier: Dossier) -> list[dict[str, Any]]:
    feiten = (toewijzingfeit(sleutel_.aanbieder, dossier, nummer) for nummer in dossier.toewijzingen)
    return [rij_toewijzing(sleutel_, feit) for feit in feiten if feit is not None]


def afwijkend(
    verbinding: Connection, clienten: Mapping[Client, Collection[Dossiersleutel]]
) -> dict[Client, set[Dossiersleutel]]:
    """Of which of these clients other facts are kept than their messages give, each with its dossiers: those that are given, and those that
    its facts name, for one may have begun since."""
    (bestaand,) = samen.vraag(verbinding, [(LEVERFEITEN, [sleutel(client) for client in clienten])])
    per_client = _per_client(bestaand)
    rijen = {client: per_client.get((_WETTEN[client.domein], *client[1:]), []) for client in clienten}
    van = {client: {*clienten[client], *(_dossier(rij[0], rij[1]) for rij in rijen[client])} for client in clienten}
    geladen = dossierbeeld.laad(verbinding, [dossier for alle in van.values() for dossier in alle])
    anders = {}
    for client, dossiers in van.items():
        alle = [geleverd(dossier.aanbieder, geladen[dossier].dossier) for dossier in dossiers]
        nieuw = sorted(repr(tuple(rij_lever(client, feit).values())) for feit in leverfeiten(client.domein, alle))
        if sorted(map(repr, rijen[client])) != nieuw or any(
            _wijkt_af(verbinding, dossier, geladen[dossier].dossier) for dossier in dossiers
        ):
            anders[client] = dossiers
    return anders


def _wijkt_af(verbinding: Connection, sleutel_: Dossiersleutel, dossier: Dossier) -> bool:
    gevonden = {tuple(rij) for rij in verbinding.execute(select(t).where(*_van_dossier(sleutel_)))}
    return gevonden != {tuple(rij.values()) for rij in _rijen_toewijzing(sleutel_, dossier)}


def dossiers(verbinding: Connection) -> set[Dossiersleutel]:
    """Of which dossiers facts are kept."""
    vragen = (select(tabel.c.paar, tabel.c.client).distinct() for tabel in (l, t))
    return {_dossier(nummer, bsn) for vraag in vragen for nummer, bsn in verbinding.execute(vraag)}


def _dossier(nummer: int, bsn: int) -> Dossiersleutel:
    return Dossiersleutel(*uit_paar(nummer), f"{bsn:09}")
