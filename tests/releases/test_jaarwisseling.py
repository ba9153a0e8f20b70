"""Around 31 December and 1 January: what holds on either day, of everything that has a time. One table, a row a case.

What a message of this or that gemeente gets (TR378) is in ``tests/regels/test_gemeente_in_de_tijd``; here is what decides it, beside all
the rest: lists, tariffs, contracts, rules, switches, releases.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Date, bindparam, create_engine, literal, select
from tests.releases.gevallen import bericht, dossiers
from tests.releases.test_drie_drie import beoordeeld

from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.rekenen.variant import Uitvoeringsvariant
from berichtenverkeer.opslag.dag import geldt_op
from berichtenverkeer.partijen.productcodeovergang import overgang
from berichtenverkeer.partijen.schakelaar import Schakelaar, Schakelbord, Stand
from berichtenverkeer.regels.contract import Contract, Productcode, Tarief
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.codelijst import Code
from berichtenverkeer.standaard.geldig import laatste, op_dag, op_moment, op_volgorde, raken
from berichtenverkeer.standaard.indeling import Gemeente, Indeling

OUDJAAR, NIEUWJAAR = date(2026, 12, 31), date(2027, 1, 1)
MIDDERNACHT = datetime(2027, 1, 1, tzinfo=NEDERLAND)
SECONDE = timedelta(seconds=1)
WMO301, WMO302 = BERICHTSOORTEN["WMO301"], BERICHTSOORTEN["WMO302"]

OUD, NIEUW = Gemeente("1680", "Aa en Hunze", None, OUDJAAR, ("2099",)), Gemeente("2099", "Nieuwhunze", NIEUWJAAR)
INDELING = Indeling((OUD, NIEUW))


def _product(code: str, van: date = date(2026, 1, 1), tot: date | None = None, eenheid: str = "04") -> Productcode:
    return Productcode("02", code, eenheid, Uitvoeringsvariant.INSPANNING, van, tot)


LIJST = overgang([_product("02A01"), _product("02A02")], [_product("02A01"), _product("02A03", NIEUWJAAR)], NIEUWJAAR)
TARIEVEN = (
    Tarief("02A01", "04", 5000, date(2026, 1, 1), OUDJAAR), Tarief("02A01", "04", 5250, NIEUWJAAR),
    Tarief("02A02", "04", 4000, date(2026, 1, 1), OUDJAAR),
)  # fmt: skip
CONTRACT = Contract(LIJST.lijst, TARIEVEN)


def _op(dag: date) -> datetime:
    """The last moment of the old year, or the first of the new one."""
    return MIDDERNACHT if dag == NIEUWJAAR else MIDDERNACHT - SECONDE


def _stand(
    functie: str, stand: str, release: str = "3.2", soort: Any = WMO301, naar: str = ""
) -> Callable[[date], Any]:
    bord = Schakelbord((Schakelaar(functie, release, MIDDERNACHT, None, Stand(stand), ontvanger=naar),))
    return lambda dag: str(bord.stand(soort, release, _op(dag), "99990001"))


def _geschreven(ontvanger: str) -> Callable[[date], Any]:
    bord = Schakelbord((Schakelaar("*", "3.3", MIDDERNACHT, None, Stand.AAN, ontvanger=ontvanger),))
    return lambda dag: bord.te_schrijven(WMO301, _op(dag), "99990001").release


def _oordeel(voorrang: str | None, release: str = "3.3") -> Callable[[date], Any]:
    """The rules that find something in a 301 with care from this day on, under either law."""

    def codes(dag: date) -> list[str]:
        anders = {"Ingangsdatum": dag, "Einddatum": date(2027, 6, 30)}
        uit = [
            beoordeeld(
                bericht(d, "301", voorrang, **anders)
                if release == "3.3"
                else d.toewijzing(**{naam: str(waarde) for naam, waarde in anders.items()})
            )[0]
            for d in dossiers()
        ]
        assert uit[0] == uit[1]
        return uit[0]

    return codes


def _in_sql(van: date | None, tot: date | None) -> Callable[[date], bool]:
    """What the database says of the same."""

    def geldt(dag: date) -> bool:
        kolommen = (bindparam("van", van or date.min, Date), bindparam("tot", tot, Date))
        with create_engine("sqlite://").connect() as verbinding:
            return bool(verbinding.execute(select(geldt_op(*kolommen, literal(dag, Date)))).scalar())

    return geldt


GEVALLEN: list[tuple[str, Callable[[date], Any], Any, Any]] = [
    ("een periode tot en met oudjaar", lambda dag: op_dag(date(2026, 1, 1), OUDJAAR, dag), True, False),
    ("een periode vanaf nieuwjaar", lambda dag: op_dag(NIEUWJAAR, None, dag), False, True),
    ("een periode van één dag", lambda dag: op_dag(OUDJAAR, OUDJAAR, dag), True, False),
    ("zonder begin en zonder einde", lambda dag: op_dag(None, None, dag), True, True),
    ("in de database: tot en met oudjaar", _in_sql(date(2026, 1, 1), OUDJAAR), True, False),
    ("in de database: vanaf nieuwjaar", _in_sql(NIEUWJAAR, None), False, True),
    ("perioden die op die dag eindigen en beginnen, raken", lambda dag: raken(date(2026, 1, 1), dag, NIEUWJAAR, None), False, True),
    ("wat eindigt op de dag ligt voor nieuwjaar", lambda dag: op_volgorde(dag, NIEUWJAAR), True, False),
    ("de laatste dag van wat geen einde heeft", lambda dag: laatste(None) > dag, True, True),
    ("de oude gemeente", lambda dag: INDELING.geldt("1680", dag), True, False),
    ("de nieuwe gemeente", lambda dag: INDELING.geldt("2099", dag), False, True),
    ("een gemeente die blijft", lambda dag: INDELING.geldt("0363", dag), True, True),
    ("de indeling heeft een van beide", lambda dag: {"1680", "2099"} & INDELING.op(dag).keys(), {"1680"}, {"2099"}),
    ("een code die vervalt, in een lijst van de standaard", Code("01", "", None, OUDJAAR).geldig_op, True, False),
    ("een code die begint, in een lijst van de standaard", Code("99", "", NIEUWJAAR, None).geldig_op, False, True),
    ("de codes van de gemeente", lambda dag: CONTRACT.codes("02", dag), ["02A01", "02A02"], ["02A01", "02A03"]),
    ("het tarief van een code die blijft", lambda dag: CONTRACT.tarief("02A01", "04", dag), 5000, 5250),
    ("het tarief van een code die vervalt", lambda dag: CONTRACT.tarief("02A02", "04", dag), 4000, None),
    ("een heenbericht dat stopt", _stand("heen", "uit"), "aan", "uit"),
    ("het retourbericht daarvan stopt nog niet", _stand("heen", "uit", soort=WMO302), "aan", "aan"),
    ("een bevriezing", _stand("*", "bevroren"), "aan", "bevroren"),
    ("de nieuwe release begint", _stand("*", "aan", "3.3"), "uit", "aan"),
    ("de nieuwe release voor één ontvanger", _stand("*", "aan", "3.3", naar="99990001"), "uit", "aan"),
    ("de nieuwe release voor een ander", _stand("*", "aan", "3.3", naar="99990002"), "uit", "uit"),
    ("wat wordt geschreven, straks in de nieuwe", _geschreven("99990001"), "3.2", "3.3"),
    ("wat wordt geschreven naar wie nog niet zover is", _geschreven("99990002"), "3.2", "3.2"),
    ("een moment in UTC is al het nieuwe jaar", lambda dag: op_moment(MIDDERNACHT, None, _op(dag).astimezone(UTC)), False, True),
    ("een regel die verandert: leeg", _oordeel(None), ["TR901"], ["TR901"]),
    ("een regel die verandert: nee", _oordeel("2"), [], ["TR901"]),
    ("een regel die verandert: ja", _oordeel("1"), [], []),
    ("dezelfde zorg in de oude release", _oordeel(None, "3.2"), [], []),
]  # fmt: skip


@pytest.mark.parametrize(("wat", "vraag", "oudjaar", "nieuwjaar"), GEVALLEN, ids=[een[0] for een in GEVALLEN])
def test_on_either_side_of_new_year(wat: str, vraag: Callable[[date], Any], oudjaar: Any, nieuwjaar: Any) -> None:
    assert (vraag(OUDJAAR), vraag(NIEUWJAAR)) == (oudjaar, nieuwjaar), wat


def test_there_are_at_least_twenty_and_each_has_a_name_of_its_own() -> None:
    assert len({een[0] for een in GEVALLEN}) == len(GEVALLEN) >= 20
