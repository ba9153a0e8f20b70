"""What a partner reports: which inzet it is about."""

import pytest

from berichtenverkeer.hoofdaannemer.partnermelding import gaat_over

from .wereld import dag, toewijzing, wereld


@pytest.mark.parametrize(
    ("datum", "van"),
    [
        ("2022-12-01", "2023-01-01"),
        ("2023-01-01", "2023-01-01"),
        ("2023-02-28", "2023-01-01"),
        ("2023-03-15", "2023-01-01"),
        ("2023-04-01", "2023-04-01"),
        ("2030-01-01", "2023-04-01"),
    ],
)
def test_which_inzet_a_report_is_about(datum: str, van: str) -> None:
    w = wereld(toewijzing("2023-01-01"))
    w.zet_in(van="2023-01-01", tot="2023-02-28")
    w.zet_in(van="2023-04-01")
    gevonden = gaat_over(w.feiten().ingezet, dag(datum))
    assert gevonden is not None
    assert gevonden.inzet.van == dag(van)
    assert gaat_over([], dag(datum)) is None
