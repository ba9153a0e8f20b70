"""Contracts in the database, on both kinds: what goes in comes out, and every change is seen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import IntegrityError

from berichtenverkeer.levensloop.rekenen.variant import Uitvoeringsvariant
from berichtenverkeer.opslag import versies
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.partijen import contracten
from berichtenverkeer.opslag.partijen.contracten import VOOR_ALLEN
from berichtenverkeer.regels.contract import Contract, Productcode, Tarief

CODE = Productcode("02", "02T01", "04", Uitvoeringsvariant.OUTPUT, date(2026, 1, 1), date(2026, 12, 31))
ZONDER_EINDE = Productcode("03", "03T01", "83", Uitvoeringsvariant.TAAKGERICHT, date(2026, 1, 1))
TARIEF = Tarief("02T01", "04", 5000, date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = maak_engine(database_url)
    maak_gereed(engine)
    yield engine
    engine.dispose()


def laad(engine: Engine, gemeente: str, aanbieder: str) -> Contract:
    with engine.connect() as verbinding:
        return contracten.laad(verbinding, gemeente, aanbieder)


def versie(engine: Engine) -> int:
    with engine.connect() as verbinding:
        return versies.alle(verbinding)[versies.CONTRACT]


def test_nothing_known_is_an_empty_contract(engine: Engine) -> None:
    assert laad(engine, "0001", "00000001") == Contract()


def test_a_list_takes_the_place_of_the_one_before_and_leaves_others_alone(engine: Engine) -> None:
    with schrijvend(engine) as verbinding:
        contracten.vervang_productcodes(verbinding, "0002", [CODE])
        contracten.vervang_productcodes(verbinding, "0003", [CODE, ZONDER_EINDE])
        contracten.vervang_productcodes(verbinding, "0002", [ZONDER_EINDE])
    assert laad(engine, "0002", "00000001").productcodes == (ZONDER_EINDE,)
    assert laad(engine, "0003", "00000002").productcodes == (CODE, ZONDER_EINDE)


def test_a_list_that_does_not_fit_leaves_the_old_one(engine: Engine) -> None:
    with schrijvend(engine) as verbinding:
        contracten.vervang_productcodes(verbinding, "0004", [CODE])
    eerder = versie(engine)
    with pytest.raises(IntegrityError), schrijvend(engine) as verbinding:
        contracten.vervang_productcodes(verbinding, "0004", [ZONDER_EINDE, ZONDER_EINDE])
    assert laad(engine, "0004", "00000001").productcodes == (CODE,)
    assert versie(engine) == eerder


def test_a_tariff_is_between_two_parties_and_once_from_a_day(engine: Engine) -> None:
    later = replace(TARIEF, van=date(2026, 7, 1), tot=None, eurocent=5200)
    with schrijvend(engine) as verbinding:
        for tarief in (replace(TARIEF, eurocent=1), TARIEF, later):
            contracten.zet_tarief(verbinding, "0005", "00000001", tarief)
        contracten.zet_tarief(verbinding, "0005", "00000002", replace(TARIEF, eurocent=4000))
    assert laad(engine, "0005", "00000001").tarieven == (TARIEF, later)
    assert laad(engine, "0005", "00000002").tarief("02T01", "04", date(2026, 12, 31)) == 4000
    assert laad(engine, "0006", "00000001").tarieven == ()


def test_many_are_read_as_each_by_itself_in_as_few_questions_as_one(engine: Engine) -> None:
    alle = [(f"002{nummer}", f"0000000{nummer % 2}") for nummer in range(6)]
    with schrijvend(engine) as verbinding:
        for nummer, (gemeente, aanbieder) in enumerate(alle[:-1]):
            contracten.zet_tarief(verbinding, gemeente, aanbieder, replace(TARIEF, eurocent=nummer))
            contracten.zet_instelling(verbinding, gemeente, (VOOR_ALLEN, aanbieder)[nummer % 2], "variant", "output")
        contracten.vervang_productcodes(verbinding, "0021", [CODE])
    gevraagd: list[str] = []
    with engine.connect() as verbinding:
        laad_niets = contracten.laad_alle(verbinding, [])  # begins the transaction
        event.listen(verbinding, "before_cursor_execute", lambda _, __, wat, *___: gevraagd.append(wat))
        een = contracten.laad(verbinding, *alle[0])
        voor_een = len(gevraagd)
        samen = contracten.laad_alle(verbinding, alle)
    assert laad_niets == {}
    assert len(gevraagd) == 2 * voor_een
    assert samen == {paar: laad(engine, *paar) for paar in alle}
    assert samen[alle[0]] == een != samen[alle[1]]


def test_a_setting_for_one_aanbieder_goes_before_one_for_all(engine: Engine) -> None:
    with schrijvend(engine) as verbinding:
        contracten.zet_instelling(verbinding, "0007", "00000001", "variant", "output")
        contracten.zet_instelling(verbinding, "0007", VOOR_ALLEN, "variant", "inspanning")
        contracten.zet_instelling(verbinding, "0007", VOOR_ALLEN, "variant", "taakgericht")
        contracten.zet_instelling(verbinding, "0007", VOOR_ALLEN, "budget-vergelijking", "volume")
    assert laad(engine, "0007", "00000001").instellingen == {"variant": "output", "budget-vergelijking": "volume"}
    assert laad(engine, "0007", "00000002").keuze("variant") == "taakgericht"


def test_every_change_raises_the_version(engine: Engine) -> None:
    standen = [versie(engine)]
    wijzigingen: tuple[Callable[[Connection], None], ...] = (
        lambda verbinding: contracten.zet_instelling(verbinding, "0008", VOOR_ALLEN, "variant", "output"),
        lambda verbinding: contracten.zet_tarief(verbinding, "0008", "00000001", TARIEF),
        lambda verbinding: contracten.vervang_productcodes(verbinding, "0008", [CODE]),
    )
    for doe in wijzigingen:
        with schrijvend(engine) as verbinding:
            doe(verbinding)
        standen.append(versie(engine))
    assert len(set(standen)) == len(standen)
    assert standen == sorted(standen)
