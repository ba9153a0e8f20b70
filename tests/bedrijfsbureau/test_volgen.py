"""Inzetten follow the messages about their toewijzing, also when one is undone; a rebuild gives the same again."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from tests.berichten import Dossier
from tests.conformance.gevallen import SCHEMAS
from tests.inname.conftest import Balie
from tests.knoop import NU, meld_partijen_aan
from tests.retouren import retour

from berichtenverkeer.bedrijfsbureau import handelingen
from berichtenverkeer.bedrijfsbureau import partner as partners
from berichtenverkeer.bedrijfsbureau.inzetten import verhaal
from berichtenverkeer.hoofdaannemer.fouten import Botsing, Geweigerd, NietGevonden
from berichtenverkeer.hoofdaannemer.handelen import Aanvraag
from berichtenverkeer.inname import apart
from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.inname.tuig import Tuig
from berichtenverkeer.opslag.bureau import inzetstand
from berichtenverkeer.opslag.bureau.inzetten import VAN_HOOFDAANNEMER, VAN_PARTNER
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.tabellen.bureau import inzet
from berichtenverkeer.opslag.tabellen.partijen import partij
from berichtenverkeer.partijen.register import Register

from .conftest import P, Q, Wereld, dag


@pytest.fixture(scope="module")
def balie(database_url: str) -> Iterator[Balie]:
    """A database of this module in which every party judges for itself, so that a message can be undone."""
    engine = maak_engine(database_url)
    maak_gereed(engine)
    meld_partijen_aan(engine)
    with schrijvend(engine) as verbinding:
        verbinding.execute(update(partij).values(beoordeling="partij"))
    yield Balie(engine, Register(engine))
    engine.dispose()


def _versie(wie: Dossier, nummer: int, **velden: str) -> bytes:
    """A version that was established after those with a lower number."""
    return wie.toewijzing(Toewijzingstijd=f"{11 + nummer // 60}:{nummer % 60:02}:00", **velden)


def _keur_af(wereld: Wereld, data: bytes) -> None:
    ontvanger = wereld.balie.register.partij(wereld.bureau.code)
    assert ontvanger is not None
    wereld.balie.verwerk(wereld.balie.van(ontvanger, retour(data, code="9019"), wereld.nu()))


def test_a_301_that_shortens_lengthens_and_removes(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    met_tot, zonder = wereld.plaats(wie, tot="2026-09-30"), wereld.plaats(wie, van="2026-10-01", partner=Q)
    wereld.bied_aan(_versie(wie, 1, Einddatum="2026-06-30"))
    kort, weg = wereld.rij(met_tot.rij.id), wereld.rij(zonder.rij.id)
    assert (kort.effectief_tot, kort.versie, kort.tot) == (dag("2026-06-30"), 2, dag("2026-09-30"))
    assert (weg.effectief_van, weg.versie) == (None, 2)
    assert kort.wijziging > met_tot.rij.wijziging
    assert kort.gewijzigd_op == weg.gewijzigd_op == wereld.moment
    wereld.bied_aan(_versie(wie, 2, Einddatum="2027-03-31"))
    lang, terug = wereld.rij(met_tot.rij.id), wereld.rij(zonder.rij.id)
    assert (lang.effectief_tot, lang.versie) == (dag("2026-09-30"), 3)
    assert (terug.effectief_van, terug.effectief_tot, terug.versie) == (dag("2026-10-01"), dag("2027-03-31"), 3)
    wereld.bied_aan(_versie(wie, 3, RedenWijziging="13", Einddatum="2026-02-01"))
    assert wereld.rij(met_tot.rij.id).effectief_van is None
    assert wereld.meldingen(met_tot.rij.id) == ["inzorgmelding", "uitzorgmelding", "inzorgmelding", "uitzorgmelding"]
    verteld = wereld.lees(lambda v: verhaal(v, zonder.rij, dag("2026-03-03")))
    assert [punt.gebeurtenis for punt in verteld] == [
        "ingezet",
        "toewijzing ingekort",
        "toewijzing verlengd",
        "toewijzing verwijderd",
    ]


def test_another_product(wereld: Wereld) -> None:
    """What the region did with its conversion: the old toewijzing ends, the new one has its own inzet."""
    oud, nieuw = wereld.toegewezen(), wereld.client()
    een = wereld.plaats(oud)
    wereld.bied_aan(_versie(oud, 1, Einddatum="2026-03-31", RedenWijziging="03"))
    wereld.bied_aan(nieuw.toewijzing(Ingangsdatum="2026-04-01", Toewijzingstijd="12:00:00"))
    assert wereld.rij(een.rij.id).effectief_tot == dag("2026-03-31")
    assert wereld.plaats(nieuw, van="2026-04-01").rij.effectief_van == dag("2026-04-01")


def test_a_305_and_a_307_leave_an_inzet_as_it_is(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    een = wereld.plaats(wie)
    wereld.bied_aan(wie.start(), wie.stop())
    assert wereld.rij(een.rij.id).versie == 1


def test_a_message_that_is_undone(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    een = wereld.plaats(wie)
    kort = _versie(wie, 1, Einddatum="2026-06-30")
    wereld.bied_aan(kort)
    assert wereld.rij(een.rij.id).effectief_tot == dag("2026-06-30")
    _keur_af(wereld, kort)
    rij = wereld.rij(een.rij.id)
    assert (rij.effectief_tot, rij.versie, rij.gewijzigd_op) == (dag("2026-12-31"), 3, wereld.moment)


def test_a_toewijzing_that_is_no_more(wereld: Wereld) -> None:
    wie = wereld.client()
    eerste = wie.toewijzing()
    wereld.bied_aan(eerste)
    een = wereld.plaats(wie)
    _keur_af(wereld, eerste)
    assert wereld.rij(een.rij.id).effectief_van is None
    assert wereld.meldingen(een.rij.id) == ["inzorgmelding", "uitzorgmelding"]
    assert [p.gebeurtenis for p in wereld.lees(lambda v: verhaal(v, een.rij, dag("2026-03-03")))] == ["ingezet"]
    wereld.bied_aan(_versie(wie, 1))
    assert wereld.rij(een.rij.id).effectief_van == dag("2026-02-01")


def test_who_passes_nothing_on_pays_nothing(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there may be inzetten is known from what is agreed, in memory."""
    gewoon = wereld.balie.dossier()
    wereld.balie.groep(gewoon.toewijzing())
    gevolgd: list[tuple[str, ...]] = []
    monkeypatch.setattr("berichtenverkeer.opslag.bureau.inzetstand.volg", lambda _, ids: gevolgd.append(ids))
    wereld.balie.groep(_versie(gewoon, 1, Einddatum="2026-06-30"))
    wie = wereld.toegewezen()
    wereld.balie.groep(wie.start())
    assert gevolgd == [(), (wereld.id_van(wie),), ()]


def test_what_is_judged_elsewhere_is_followed_too(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    een = wereld.plaats(wie)
    a = wereld.balie.aangeboden(_versie(wie, 1, Einddatum="2026-06-30"), wereld.nu())
    besluit = apart.oordeel(Tuig(wereld.bureau.engine, SCHEMAS), apart.Opdracht.van(a))
    [uitkomst] = wereld.balie.verwerk(replace(a, besluit=besluit))
    assert getattr(uitkomst, "oordeel", uitkomst) == "voorlopig"
    assert wereld.rij(een.rij.id).effectief_tot == dag("2026-06-30")


def _willekeurig(wereld: Wereld, random: Random, clienten: list[Dossier], open_: list[bytes], nummer: int) -> None:
    """An act or a message, which may be refused."""
    wie, bureau = random.choice(clienten), wereld.bureau
    lijst = wereld.lees(lambda v: VAN_HOOFDAANNEMER.zoek(v, bureau.code, dag("2026-03-02"), 100, {}))
    een = random.choice(lijst) if lijst else None
    maand = random.randrange(2, 13)
    per = dag(f"2026-{maand:02}-{random.randrange(1, 28):02}")
    nu = wereld.nu()
    match random.randrange(9):
        case 0 | 1:
            einde = {"Einddatum": f"2026-{maand:02}-28"} if random.random() < 0.8 else {}
            if random.random() < 0.1:
                einde = {"RedenWijziging": "13", "Einddatum": "2026-02-01"}
            data = _versie(wie, nummer, **einde)
            wereld.balie.verwerk(wereld.balie.aangeboden(data, nu))
            open_.append(data)
        case 2 if open_:
            _keur_af(wereld, open_.pop(random.randrange(len(open_))))
        case 3 | 4:
            tot = per + timedelta(days=random.randrange(60)) if random.random() < 0.6 else None
            aanvraag = Aanvraag(random.choice((P, Q)), random.choice(("licht", "midden")), per, tot)
            handelingen.plaats(bureau, wereld.id_van(wie), aanvraag, "", nu)
        case 5 if een:
            handelingen.beeindig(bureau, een.id, per, "klaar", nu)
        case 6 if een:
            handelingen.draag_over(bureau, een.id, Q if een.partner == P else P, per, None, nu)
        case 7 if een:
            andere = "licht" if een.klasse == "midden" else "midden"
            handelingen.wijzig_klasse(bureau, een.id, andere, per, "", nu)
        case 8 if een:
            antwoord = random.choice((partners.neem_aan, lambda b, i, n: partners.weiger(b, i, "vol", n)))
            antwoord(wereld.bij(een.partner), een.id, nu)


_VAST = {"versie", "wijziging", "gewijzigd_op"}


def _stand(wereld: Wereld) -> dict[str, dict[str, Any]]:
    vraag = select(inzet).where(inzet.c.hoofdaannemer == wereld.bureau.code)
    rijen = wereld.lees(lambda v: v.execute(vraag).mappings().all())
    return {rij["id"]: dict(rij) for rij in rijen}


@pytest.mark.parametrize("zaad", range(6))
def test_incremental_and_rebuilt_are_the_same(wereld: Wereld, zaad: int) -> None:
    random = Random(zaad)
    clienten = [wereld.client() for _ in range(3)]
    open_: list[bytes] = []
    for wie in clienten:
        eerste = wie.toewijzing()
        wereld.bied_aan(eerste)
        open_.append(eerste)
    for nummer in range(60):
        with suppress(Geweigerd, Botsing, NietGevonden):
            _willekeurig(wereld, random, clienten, open_, nummer)
    wereld.plaats(wereld.toegewezen())
    voor = _stand(wereld)
    assert len(voor) > 3
    assert {rij["effectief_van"] is None for rij in voor.values()} == {True, False}
    assert wereld.lees(lambda v: inzetstand.herstel(v, wereld.bureau.code, schrijf=False)) == 0
    herbouw(wereld.bureau.engine, SCHEMAS)
    assert _stand(wereld) == voor
    with schrijvend(wereld.bureau.engine) as verbinding:
        verbinding.execute(delete(inzet).where(inzet.c.hoofdaannemer == wereld.bureau.code))
    herbouw(wereld.bureau.engine, SCHEMAS)
    na = _stand(wereld)
    assert {id_: {k: w for k, w in rij.items() if k not in _VAST} for id_, rij in na.items()} == {
        id_: {k: w for k, w in rij.items() if k not in _VAST} for id_, rij in voor.items()
    }
    nummers = [rij["wijziging"] for rij in na.values()]
    assert len(set(nummers)) == len(nummers)
    assert min(nummers) > max(rij["wijziging"] for rij in voor.values())
    with wereld.bureau.engine.connect() as verbinding:
        for rij in VAN_HOOFDAANNEMER.zoek(verbinding, wereld.bureau.code, dag("2026-03-02"), 100, {}):
            assert verhaal(verbinding, rij, dag("2027-01-01"))


def test_messages_and_acts_at_once(wereld: Wereld) -> None:
    """Whatever comes between: no act misses a 301, and no 301 an act."""
    clienten = [wereld.toegewezen() for _ in range(4)]
    fouten: list[BaseException] = []

    def stuur() -> None:
        for nummer in range(1, 13):
            for wie in clienten:
                data = _versie(wie, nummer, Einddatum=f"2026-{nummer:02}-28" if nummer > 1 else "2026-02-27")
                wereld.balie.verwerk(wereld.balie.aangeboden(data, NU))

    def handel() -> None:
        for _ in range(3):
            for wie in clienten:
                with suppress(Geweigerd, Botsing):
                    een = handelingen.plaats(
                        wereld.bureau, wereld.id_van(wie), Aanvraag(P, "licht", dag("2026-02-01")), "", NU
                    ).inzet  # fmt: skip
                    handelingen.draag_over(wereld.bureau, een.rij.id, Q, dag("2026-02-10"), None, NU)
                    handelingen.trek_in(wereld.bureau, een.rij.id, "opnieuw", NU)

    def doe(wat: Callable[[], None]) -> None:
        try:
            wat()
        except BaseException as fout:
            fouten.append(fout)

    draden = [threading.Thread(target=doe, args=(wat,)) for wat in (stuur, handel)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert fouten == []
    assert len(_stand(wereld)) >= len(clienten)
    assert wereld.lees(lambda v: inzetstand.herstel(v, wereld.bureau.code, schrijf=False)) == 0


def test_what_was_tampered_with_is_put_right(wereld: Wereld) -> None:
    een = wereld.plaats(wereld.toegewezen())
    with schrijvend(wereld.bureau.engine) as verbinding:
        verbinding.execute(update(inzet).where(inzet.c.id == een.rij.id).values(effectief_tot=dag("2026-03-31")))
        verbinding.execute(inzet.insert().values({**_stand(wereld)[een.rij.id], "id": "van niemand"}))
    assert herbouw(wereld.bureau.engine, SCHEMAS).afwijkend == 2
    assert wereld.rij(een.rij.id).effectief_tot == dag("2026-12-31")
    assert set(_stand(wereld)) == {een.rij.id}
    assert herbouw(wereld.bureau.engine, SCHEMAS).afwijkend == 0


def test_who_follows_with_a_cursor_sees_every_change(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    een = wereld.plaats(wie)
    [rij] = wereld.lees(lambda v: VAN_PARTNER.zoek(v, P, dag("2026-03-02"), 100, {"toewijzing": een.rij.toewijzing}))
    plek = VAN_PARTNER.plek(rij)
    filters = {"toewijzing": een.rij.toewijzing}
    assert wereld.lees(lambda v: VAN_PARTNER.zoek(v, P, dag("2026-03-02"), 100, filters, plek)) == []
    wereld.bied_aan(_versie(wie, 1, Einddatum="2026-06-30"))
    [na] = wereld.lees(lambda v: VAN_PARTNER.zoek(v, P, dag("2026-03-02"), 100, filters, plek))
    assert (na.id, na.effectief_tot) == (een.rij.id, dag("2026-06-30"))
