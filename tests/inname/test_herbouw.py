"""Rebuilding every dossier from its messages gives the same rows, and puts right what was tampered with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import Connection, delete, func, insert, select, update
from tests.berichten import Dossier, bsns
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase

from berichtenverkeer.inname.herbouw import Herbouwd, herbouw
from berichtenverkeer.levensloop.dossier import Dossier as Gevouwen
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.dossiers import dossiers
from berichtenverkeer.opslag.dossiers.dossierbeeld import lees
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.dossiers import dossierbeeld, gebeurtenis, toewijzing

from .conftest import Balie

_DAG = date(2026, 2, 2)


def willekeurig(random: Random, dossiers: list[Dossier]) -> bytes:
    """A message that may or may not be sound: a version, a start, a stop, or one of those taken back."""
    d = random.choice(dossiers)
    dag = str(_DAG + timedelta(days=random.randrange(4)))
    weg = random.choice("113")
    match random.randrange(4):
        case 0:
            versie = {
                "Toewijzingstijd": f"1{random.randrange(4)}:00:00",
                "Einddatum": f"2026-0{random.choice('46')}-30",
            }
            if random.random() < 0.2:
                versie |= {"RedenWijziging": "13", "Einddatum": "2026-02-01"}
            if random.random() < 0.3:
                versie |= {"Omvang__Volume": str(random.randrange(1, 4))}
            return d.toewijzing(**versie)
        case 1:
            return d.start(Begindatum=dag, StatusAanlevering=weg)
        case 2:
            reden = random.choice(("19", "20"))
            einde = str(_DAG + timedelta(days=random.randrange(2, 8)))
            return d.stop(Begindatum=dag, Einddatum=einde, RedenBeeindiging=reden, StatusAanlevering=weg)
        case _:
            return d.start(Begindatum=dag)


def _rijen(verbinding: Connection) -> tuple[frozenset[tuple[object, ...]], ...]:
    return tuple(
        frozenset(tuple(rij) for rij in verbinding.execute(select(tabel))) for tabel in (gebeurtenis, toewijzing)
    )


def _beelden(verbinding: Connection) -> int:
    """How many dossiers have a beeld; each is what the gebeurtenissen give up to its last message."""
    beelden = verbinding.execute(select(dossierbeeld)).all()
    for rij in beelden:
        tot = select(func.max(gebeurtenis.c.volgnummer)).where(gebeurtenis.c.dossier == rij.dossier)
        assert rij.tot <= verbinding.execute(tot).scalar_one()
        sleutel = dossiers.sleutel(rij.dossier)
        alle, later = (dossiers.laad(verbinding, [sleutel], na)[sleutel] for na in (None, {sleutel: rij.tot}))
        assert len(later) < len(alle)
        assert lees(rij.beeld).met(later) == Gevouwen.van(alle)
    return len(beelden)


def test_rebuilding_gives_the_same_rows(balie: Balie) -> None:
    random = Random(20260302)
    eerste = balie.dossier()
    dossiers = [replace(eerste, bsn=bsn, nummer=1000 + n) for n, bsn in zip(range(6), bsns(), strict=False)]
    for d in dossiers:
        balie.groep(d.toewijzing(), d.start())
    goed = 0
    for _ in range(20):
        groep = [willekeurig(random, dossiers) for _ in range(random.randrange(1, 12))]
        goed += sum(o.oordeel == "goedgekeurd" for o in balie.groep(*groep))
    assert goed > 20, "the messages of this test should often be sound"
    with balie.engine.connect() as verbinding:
        voor = _rijen(verbinding)
        assert _beelden(verbinding) >= 3
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0
    with schrijvend(balie.engine) as verbinding:
        for tabel in (gebeurtenis, toewijzing):
            verbinding.execute(delete(tabel))
    alle = herbouw(balie.engine, SCHEMAS)
    with balie.engine.connect() as verbinding:
        assert _rijen(verbinding) == voor
    assert alle.afwijkend >= 6


def test_a_group_gives_the_same_rows_as_message_after_message(balie: Balie) -> None:
    """Whether messages wait for each other makes no difference, but for numbers that only order them."""
    random = Random(7)
    beide = [balie.dossier(), balie.dossier()]
    oordelen: list[list[str]] = []
    for d, per in zip(beide, (1, 30), strict=True):
        random.seed(7)
        berichten = [d.toewijzing(), *(willekeurig(random, [d]) for _ in range(29))]
        groepen = [berichten[i : i + per] for i in range(0, 30, per)]
        oordelen.append([o.oordeel for groep in groepen for o in balie.groep(*groep)])
    assert oordelen[0] == oordelen[1]
    standen = []
    with balie.engine.connect() as verbinding:
        for d in beide:
            kolommen = (toewijzing.c.einddatum, toewijzing.c.volume, toewijzing.c.levering, toewijzing.c.versie)
            standen.append(verbinding.execute(select(*kolommen).where(toewijzing.c.gemeente == d.gemeente)).one())
    assert standen[0] == standen[1]


def _levering(verbinding: Connection, d: Dossier) -> None:
    verbinding.execute(update(toewijzing).where(toewijzing.c.gemeente == d.gemeente).values(levering="niet_gestart"))


def _weg(verbinding: Connection, d: Dossier) -> None:
    verbinding.execute(delete(toewijzing).where(toewijzing.c.gemeente == d.gemeente))


def _feit(verbinding: Connection, d: Dossier) -> None:
    wie = gebeurtenis.c.dossier.contains(d.aanbieder)
    for feit in verbinding.execute(select(gebeurtenis.c.feit).where(wie)).scalars().all():
        verbinding.execute(update(gebeurtenis).where(wie).values(feit=feit.replace("2026", "2025")))


def _gebeurtenis_weg(verbinding: Connection, d: Dossier) -> None:
    wie = gebeurtenis.c.dossier.contains(d.aanbieder)
    verbinding.execute(delete(gebeurtenis).where(wie, gebeurtenis.c.soort == "StartProduct"))


def _gebeurtenis_te_veel(verbinding: Connection, d: Dossier) -> None:
    wie = gebeurtenis.c.dossier.contains(d.aanbieder)
    rij = verbinding.execute(select(gebeurtenis).where(wie, gebeurtenis.c.soort == "StartProduct")).mappings().one()
    verbinding.execute(insert(gebeurtenis).values(**dict(rij) | {"nummer": 7}))


def _naar_een_ander(verbinding: Connection, d: Dossier) -> None:
    for tabel in (gebeurtenis, toewijzing):
        wie = tabel.c.dossier.contains(d.aanbieder)
        verbinding.execute(update(tabel).where(wie).values(dossier=f"iwmo/0000/{d.aanbieder}/000000000"))


def _onzin(verbinding: Connection, d: Dossier) -> None:
    for tabel in (gebeurtenis, toewijzing):
        verbinding.execute(update(tabel).where(tabel.c.dossier.contains(d.aanbieder)).values(dossier="zomaar iets"))


@pytest.mark.parametrize(
    ("schade", "aantal"),
    [
        (_levering, 1),
        (_weg, 1),
        (_feit, 1),
        (_gebeurtenis_weg, 1),
        (_gebeurtenis_te_veel, 1),
        (_naar_een_ander, 2),
        (_onzin, 2),
    ],
)
@pytest.mark.parametrize("tegelijk", [1, 100])
def test_what_was_tampered_with_is_put_right_and_counted(
    balie: Balie,
    schade: Callable[[Connection, Dossier], None],
    aantal: int,
    tegelijk: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("berichtenverkeer.inname.herbouw._TEGELIJK", tegelijk)
    d, gaaf = balie.dossier(), balie.dossier()
    balie.groep(d.toewijzing(), d.start(), gaaf.toewijzing())
    with schrijvend(balie.engine) as verbinding:
        voor = _rijen(verbinding)
        schade(verbinding, d)
        assert _rijen(verbinding) != voor
    assert 1 <= herbouw(balie.engine, SCHEMAS).afwijkend <= aantal
    with balie.engine.connect() as verbinding:
        assert _rijen(verbinding) == voor
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


def test_the_numbers_that_were_given_out_stay_in_use(balie: Balie) -> None:
    d = balie.dossier()
    balie.groep(d.toewijzing())
    herbouw(balie.engine, SCHEMAS)
    [ontvangst] = balie.groep(d.start())
    with balie.engine.connect() as verbinding:
        nummer = select(bericht.c.volgnummer)
        laatste = verbinding.execute(nummer.where(bericht.c.id == ontvangst.id)).scalar_one()
        hoogste = verbinding.execute(select(func.max(bericht.c.volgnummer))).scalar_one()
    assert hoogste == laatste + 1  # its retour


def test_an_empty_database(maak_database: MaakDatabase) -> None:
    engine = maak_engine(maak_database())
    maak_gereed(engine)
    assert herbouw(engine, SCHEMAS) == Herbouwd(0, 0, 0)
    engine.dispose()
