"""Declaraties in the database: taken in beside other messages, and made again from their bytes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, islice
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, delete, event, func, insert, select, update
from tests.berichten import Dossier, bsns, gemeenten
from tests.conformance.gevallen import SCHEMAS
from tests.declaraties import FEBRUARI, Regel, antwoord, declaratie

from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.declaraties import declaratie as tabel
from berichtenverkeer.opslag.tabellen.declaraties import prestatie
from berichtenverkeer.partijen.partij import Beoordelaar, zet_beoordeling
from berichtenverkeer.regels.bevinding import MEER

from .conftest import Balie

JANUARI = ("2026-01-01", "2026-01-31")
ZELF = 150
"""The first pair whose gemeente judges for itself."""


@pytest.fixture
def d(balie: Balie) -> Dossier:
    """A client with a toewijzing of four hours a week from January on."""
    uit = balie.dossier()
    balie.groep(uit.toewijzing(Ingangsdatum="2026-01-01"))
    return uit


def rijen(verbinding: Connection) -> tuple[frozenset[tuple[str, ...]], ...]:
    """All that is known of declaraties."""
    return tuple(frozenset(tuple(map(str, rij)) for rij in verbinding.execute(select(t))) for t in (tabel, prestatie))


def toestanden(balie: Balie, d: Dossier) -> dict[str, str]:
    """The state of every Prestatie of a client, by ReferentieNummer."""
    vraag = select(prestatie.c.referentienummer, prestatie.c.toestand).where(prestatie.c.dossier.contains(d.aanbieder))
    with balie.engine.connect() as verbinding:
        return {rij.referentienummer: rij.toestand for rij in verbinding.execute(vraag)}


def test_one_group_holds_all_that_a_declaratie_asks(balie: Balie) -> None:
    d, debet = balie.dossier(), Regel("R1")
    uit = balie.groep(
        d.toewijzing(),
        declaratie(d, "D1", debet),
        declaratie(d, "D1", Regel("R2")),
        d.toewijzing(RedenWijziging="13", Einddatum="2026-02-01", Toewijzingstijd="11:00:00"),
        declaratie(d, "D3", debet.credit("R3")),
        d.toewijzing(RedenWijziging="13", Einddatum="2026-02-01", Toewijzingstijd="12:00:00"),
    )
    assert [[b["regel"] for b in o.bevindingen] for o in uit] == [[], [], ["TR333"], ["TR385"], [], []]
    assert toestanden(balie, d) == {"R1": "gecrediteerd", "R3": "verwerkt"}


def test_what_one_gemeente_grants_does_not_touch_another(balie: Balie, d: Dossier) -> None:
    """A gemeente that judges for itself may grant a credit on what was declared elsewhere."""
    ander = replace(d, gemeente=gemeenten()[ZELF], nummer=77)
    balie.groep(declaratie(d, "D1", Regel("R1")), ander.toewijzing())
    zet_beoordeling(balie.engine, ander.gemeente, Beoordelaar.PARTIJ)
    balie.register.kijk()
    data = declaratie(ander, "D2", Regel("R1").credit("R2"))
    balie.groep(data)
    balie.groep(antwoord(data))
    assert toestanden(balie, d) == {"R1": "toegekend", "R2": "verwerkt"}
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


def verhaal(balie: Balie, random: Random, d: Dossier, zelf: bool) -> Iterator[str]:
    """Declaraties of one aanbieder, sound and not, with credits, and answers when the gemeente judges for itself."""
    clienten = [replace(d, bsn=bsn, nummer=2000 + n) for n, bsn in enumerate(islice(bsns(), 4))]
    balie.groep(*(client.toewijzing(Ingangsdatum="2026-01-01") for client in clienten))
    if zelf:
        zet_beoordeling(balie.engine, d.gemeente, Beoordelaar.PARTIJ)
        balie.register.kijk()
    nummers = count(1)
    gedaan: dict[str, list[Regel]] = {client.bsn: [] for client in clienten}
    open_: list[tuple[bytes, list[str]]] = []

    def regel(client: Dossier) -> Regel:
        eerder = gedaan[client.bsn]
        if eerder and random.random() < 0.4:
            return random.choice(eerder).credit(f"R{next(nummers)}")
        uren = random.choice((2, 8, 60))
        return Regel(f"R{next(nummers)}", uren, periode=random.choice((JANUARI, FEBRUARI)))

    for _ in range(40):
        regels = [(client, [regel(client)]) for client in random.sample(clienten, random.randrange(1, 4))]
        data = declaratie(regels[0][0], f"D{random.randrange(40)}", *regels[0][1], ook=regels[1:])
        [ontvangst] = balie.groep(data)
        yield ontvangst.oordeel
        for client, van_client in regels:
            gedaan[client.bsn] += [r for r in van_client if not r.crediteert]
        open_ += [(data, [r.referentie for _, van_client in regels for r in van_client])] if zelf else []
        if open_ and random.random() < 0.7:
            vraag, referenties = open_.pop(random.randrange(len(open_)))
            weg = {r: "9321" for r in referenties if random.random() < 0.3}
            hoe: dict[str, Any] = random.choice(({"kop": "9056"}, {"geheel": "9333"}, *[{"afgewezen": weg}] * 8))
            balie.groep(antwoord(vraag, **hoe))


@pytest.mark.parametrize("zelf", [False, True])
def test_rebuilding_gives_the_same_rows(balie: Balie, zelf: bool) -> None:
    d = balie.dossier() if not zelf else Dossier(gemeenten()[ZELF + 1], f"{98_000_000 + ZELF + 1}")
    oordelen = set(verhaal(balie, Random(20260302), d, zelf))
    assert oordelen == ({"voorlopig"} if zelf else {"goedgekeurd", "deels_goedgekeurd", "afgekeurd"})
    assert {"gecrediteerd", "verwerkt", "toegekend", "afgewezen"} <= set(toestanden(balie, d).values())
    with balie.engine.connect() as verbinding:
        voor = rijen(verbinding)
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0
    with schrijvend(balie.engine) as verbinding:
        for t in (prestatie, tabel):
            verbinding.execute(delete(t))
    alle = herbouw(balie.engine, SCHEMAS)
    assert alle.afwijkend == alle.declaraties >= 30
    with balie.engine.connect() as verbinding:
        assert rijen(verbinding) == voor


def _toestand(verbinding: Connection, d: Dossier) -> None:
    eigen = prestatie.c.aanbieder == d.aanbieder
    verbinding.execute(
        update(prestatie).where(eigen, prestatie.c.referentienummer == "R1").values(toestand="toegekend")
    )


def _bedrag(verbinding: Connection, d: Dossier) -> None:
    verbinding.execute(update(tabel).where(tabel.c.aanbieder == d.aanbieder).values(toegekend=1))


def _berekening(verbinding: Connection, d: Dossier) -> None:
    eigen = prestatie.c.aanbieder == d.aanbieder
    verbinding.execute(update(prestatie).where(eigen, prestatie.c.toestand == "afgewezen").values(berekening=[]))


def _prestatie_weg(verbinding: Connection, d: Dossier) -> None:
    eigen = prestatie.c.aanbieder == d.aanbieder
    verbinding.execute(delete(prestatie).where(eigen, prestatie.c.referentienummer == "R2"))


def _prestatie_te_veel(verbinding: Connection, d: Dossier) -> None:
    eigen = prestatie.c.aanbieder == d.aanbieder
    rij = verbinding.execute(select(prestatie).where(eigen, prestatie.c.referentienummer == "R2")).mappings().one()
    verbinding.execute(insert(prestatie).values(**dict(rij) | {"nummer": 99}))


def _alles_weg(verbinding: Connection, d: Dossier) -> None:
    verbinding.execute(delete(prestatie).where(prestatie.c.aanbieder == d.aanbieder))
    verbinding.execute(delete(tabel).where(tabel.c.aanbieder == d.aanbieder))


def _van_een_301(verbinding: Connection, d: Dossier) -> None:
    rij = verbinding.execute(select(tabel).where(tabel.c.aanbieder == d.aanbieder).limit(1)).mappings().one()
    ander = verbinding.execute(select(bericht.c.id).where(bericht.c.berichtsoort == "WMO301").limit(1)).scalar_one()
    verbinding.execute(insert(tabel).values(**dict(rij) | {"id": ander}))


@pytest.mark.parametrize(
    ("schade", "aantal"),
    [
        (_toestand, 1),
        (_bedrag, 3),
        (_berekening, 1),
        (_prestatie_weg, 1),
        (_prestatie_te_veel, 1),
        (_alles_weg, 3),
        (_van_een_301, 1),
    ],
)
def test_what_was_tampered_with_is_put_right(
    balie: Balie, d: Dossier, schade: Callable[[Connection, Dossier], None], aantal: int
) -> None:
    balie.groep(
        declaratie(d, "D1", Regel("R1"), Regel("R2", periode=JANUARI)),
        declaratie(d, "D2", Regel("R1").credit("R3")),
        declaratie(d, "D3", Regel("R4", 60)),
    )
    with schrijvend(balie.engine) as verbinding:
        voor = rijen(verbinding)
        schade(verbinding, d)
        assert rijen(verbinding) != voor
    assert herbouw(balie.engine, SCHEMAS).afwijkend == aantal
    with balie.engine.connect() as verbinding:
        assert rijen(verbinding) == voor
        assert verbinding.execute(select(func.count()).select_from(prestatie)).scalar_one() > 0
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


def test_with_more_findings_than_are_kept_the_rows_are_made_again_the_same(
    balie: Balie, d: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("berichtenverkeer.regels.toetsen.MAX_FOUTEN", 1)
    monkeypatch.setattr("berichtenverkeer.regels.bevinding.MAX_FOUTEN", 1)
    maanden = [JANUARI, FEBRUARI]
    regels = [Regel(f"R{nummer}", 60, periode=maand) for nummer, maand in enumerate(maanden)]
    [ontvangst] = balie.groep(declaratie(d, "D1", *regels))
    assert [b["regel"] for b in ontvangst.bevindingen] == ["TR321", MEER]
    assert ontvangst.bevindingen[-1]["melding"] == "En nog 1 fout; hier staan de eerste 1."
    assert set(toestanden(balie, d).values()) == {"afgewezen"}
    with balie.engine.connect() as verbinding:
        assert all(
            verbinding.execute(select(prestatie.c.berekening).where(prestatie.c.aanbieder == d.aanbieder)).scalars()
        )
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


def test_a_declaratie_of_many_clients_asks_as_much_as_one_of_one(balie: Balie) -> None:
    d = balie.dossier()
    clienten = [replace(d, bsn=bsn, nummer=3000 + n) for n, bsn in enumerate(islice(bsns(), 40))]
    balie.groep(*(client.toewijzing() for client in clienten))
    aantallen = []
    for nummer, deel in enumerate((clienten[:1], clienten[1:])):
        regels = [(client, [Regel(f"R{client.nummer}")]) for client in deel]
        aangeboden = balie.aangeboden(declaratie(deel[0], f"D{nummer}", *regels[0][1], ook=regels[1:]))
        gezien: list[str] = []

        def onthoud(_: object, __: object, opdracht: str, *___: object, gezien: list[str] = gezien) -> None:
            gezien.append(opdracht)

        event.listen(balie.engine, "before_cursor_execute", onthoud)
        balie.verwerk(aangeboden)
        event.remove(balie.engine, "before_cursor_execute", onthoud)
        aantallen.append(len(gezien))
    assert aantallen[0] == aantallen[1] <= 16
