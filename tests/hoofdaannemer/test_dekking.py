"""Partners and the days that their contracts cover."""

import pytest

from berichtenverkeer.hoofdaannemer.dekking import Contractregel, Partner, Partnersoort, niet_gedekt
from berichtenverkeer.hoofdaannemer.fouten import Geweigerd
from berichtenverkeer.hoofdaannemer.looptijd import Looptijd

from .wereld import dag


def partner(*regels: Contractregel, soort: Partnersoort = Partnersoort.ONDERAANNEMER, code: str = "dekker") -> Partner:
    return Partner(code, "Dekker", soort, regels)


ALTIJD = Looptijd(dag("2023-01-01"))


def test_without_a_contract_no_day_is_covered() -> None:
    assert niet_gedekt(partner(), "0855", "begeleiding", ALTIJD) == (ALTIJD,)


def test_lines_that_touch_or_overlap_cover_together() -> None:
    regels = (
        Contractregel("0855", None, dag("2023-03-01"), dag("2023-12-31")),
        Contractregel(None, "begeleiding", dag("2022-01-01"), dag("2023-02-28")),
        Contractregel("0855", "begeleiding", dag("2023-12-01")),
    )
    assert niet_gedekt(partner(*regels), "0855", "begeleiding", ALTIJD) == ()
    assert niet_gedekt(partner(*regels), "0855", "vervoer", Looptijd(dag("2023-02-01"), dag("2024-01-31"))) == (
        Looptijd(dag("2023-02-01"), dag("2023-02-28")),
        Looptijd(dag("2024-01-01"), dag("2024-01-31")),
    )
    assert niet_gedekt(partner(*regels), "0344", "begeleiding", ALTIJD) == (Looptijd(dag("2023-03-01")),)


@pytest.mark.parametrize(("soort", "gedekt"), [("onderaannemer", False), ("strategisch", True), ("combinant", True)])
def test_only_an_onderaannemer_needs_consent(soort: str, gedekt: bool) -> None:
    zonder = partner(Contractregel(None, None, dag("2020-01-01")), soort=Partnersoort(soort))
    assert (niet_gedekt(zonder, "0855", "begeleiding", ALTIJD, toestemming_vereist=True) == ()) is gedekt
    met = partner(Contractregel(None, None, dag("2020-01-01"), toestemming=True), soort=Partnersoort(soort))
    assert niet_gedekt(met, "0855", "begeleiding", ALTIJD, toestemming_vereist=True) == ()


@pytest.mark.parametrize("code", ["51510001", "de", "Dekker12"])
def test_a_code_of_a_partner(code: str) -> None:
    assert partner(code=code).code == code


@pytest.mark.parametrize(
    "code", ["", "d", "5151000", "515100011", "1dekker", "dekkers-x", "dekker123", "dekker\n", "dékker"]
)
def test_what_is_no_code(code: str) -> None:
    with pytest.raises(Geweigerd, match="geen code"):
        partner(code=code)


def test_a_line_does_not_end_before_it_begins() -> None:
    with pytest.raises(Geweigerd, match="voor zij begint"):
        Contractregel(None, None, dag("2023-01-02"), dag("2023-01-01"))
