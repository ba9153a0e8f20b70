"""What every answer says of itself, whatever it is an answer to."""

import pytest
from tests.knoop import Paar

from berichtenverkeer.api.antwoord.problemen import KOPPEN


@pytest.mark.parametrize(
    ("pad", "status"),
    [
        ("/v1/toewijzingen", 200),
        ("/v1/toewijzingen?idee=1", 400),
        ("/v1/toewijzingen/onbekend", 404),
        ("/nergens", 404),
        ("/v1/berichten%00", 404),
        ("/status", 200),
        ("/vsp/berichten/rest-pull/v1/berichten", 200),
    ],
)
def test_every_answer_has_the_version_and_says_how_to_treat_it(bezoeker: Paar, pad: str, status: int) -> None:
    antwoord = bezoeker.aanbieder.get(pad)
    assert antwoord.status_code == status
    for naam, waarde in KOPPEN:
        assert antwoord.headers.get_list(naam.decode()) == [waarde.decode()]
    assert "strict-transport-security" not in antwoord.headers


def test_so_has_one_that_is_refused_at_the_gate(bezoeker: Paar) -> None:
    antwoord = bezoeker.aanbieder.post("/v1/berichten", content=b"", headers={"Authorization": "Bearer niets"})
    assert antwoord.status_code == 401
    assert antwoord.headers["api-version"] == "1.0.0"
