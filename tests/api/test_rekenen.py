"""The arithmetic over HTTP: open to all, every figure with its steps."""

from typing import Any

import httpx
import pytest
from pydantic.alias_generators import to_camel
from tests.knoop import Knoop

A = {
    "domein": "iwmo", "ingangsdatum": "2025-07-07", "einddatum": "2025-09-07", "maand": "2025-07",
    "volume": 3, "eenheid": "04", "frequentie": "2",
}  # fmt: skip
"""Example A of IV076."""


def maximum(node: Knoop, **vraag: Any) -> httpx.Response:
    return node.klant(None).get(
        "/v1/rekenen/maximum", params={to_camel(k): v for k, v in vraag.items() if v is not None}
    )


def test_the_maximum_of_a_month_with_its_steps(node: Knoop) -> None:
    assert maximum(node, **A, gedeclareerd_in="01", al_gedeclareerd=1500, waarvan_in_maand=600).json() == {
        "productperiode": {"begin": "2025-07-07", "eind": "2025-07-31"},
        "eenheid": "01",
        "maximum_periode": {
            "waarde": 720,
            "stappen": [
                "Weken 28 tot en met 31 worden geraakt: 4 weken.",
                "4 weken × 3 uur = 12 uur.",
                "12 uur is 720 minuten.",
            ],
        },
        "maximum_looptijd": {
            "waarde": 1620,
            "stappen": [
                "Weken 28 tot en met 36 worden geraakt: 9 weken.",
                "9 weken × 3 uur = 27 uur.",
                "27 uur is 1.620 minuten.",
            ],
        },
        "resterend": {
            "waarde": 120,
            "stappen": [
                "In de productperiode: 600 minuten gedeclareerd van 720 minuten, dus nog 120 minuten.",
                "Over de looptijd: 1.500 minuten gedeclareerd van 1.620 minuten, dus nog 120 minuten.",
            ],
        },
        "resterend_budget": {"waarde": None, "stappen": ["De toewijzing heeft geen Budget."]},
    }


@pytest.mark.parametrize(
    ("anders", "in_periode", "looptijd"),
    [
        ({}, 12, 27),
        ({"variant": "output", "volume": 30000, "eenheid": "83"}, 90_000, 270_000),
        ({"categorie": "01"}, 18, 27),
        ({"categorie": "01", "domein": "ijw"}, 12, 27),
        ({"einddatum": None, "frequentie": "4"}, 3, None),
        ({"maand": "2026-01"}, 0, 27),
        ({"volume": None, "eenheid": None, "frequentie": None}, None, None),
    ],
)
def test_the_maximum_follows_the_question(
    node: Knoop, anders: dict[str, Any], in_periode: int | None, looptijd: int | None
) -> None:
    antwoord = maximum(node, **A | anders).json()
    assert (antwoord["maximum_periode"]["waarde"], antwoord["maximum_looptijd"]["waarde"]) == (in_periode, looptijd)


def test_a_budget(node: Knoop) -> None:
    vraag = A | {"volume": None, "eenheid": None, "frequentie": None, "budget": 100_000, "al_gedeclareerd": 40_000}
    assert maximum(node, **vraag).json()["resterend_budget"]["waarde"] == 60_000


@pytest.mark.parametrize(
    ("anders", "reden"),
    [
        ({"maand": "2025-13"}, "maand"),
        ({"maand": "0000-01"}, "maand"),
        ({"maand": "2025-7"}, "maand"),
        ({"maand": None}, "maand"),
        ({"eenheid": "99"}, "eenheid"),
        ({"frequentie": "3"}, "frequentie"),
        ({"volume": -1}, "volume"),
        ({"volume": 100_000_000}, "volume"),
        ({"ingangsdatum": "2025-02-29"}, "ingangsdatum"),
        ({"einddatum": "2025-07-06"}, "eindigt"),
        ({"frequentie": None}, "horen bij elkaar"),
        ({"budget": 100}, "allebei"),
        ({"gedeclareerd_in": "14"}, "TR341"),
        ({"waarvan_in_maand": 1}, "niet meer gedeclareerd"),
    ],
)
def test_a_question_that_is_not_sound_is_a_problem(node: Knoop, anders: dict[str, Any], reden: str) -> None:
    antwoord = maximum(node, **A | anders)
    assert antwoord.status_code == 400
    assert reden in antwoord.json()["detail"]


def test_three_weeks_over_a_month_border(node: Knoop) -> None:
    vraag = {"begin": "2026-03-20", "eind": "2026-04-12", "ingangsdatum": "2026-03-16", "einddatum": "2026-04-09"}
    assert node.klant(None).get("/v1/rekenen/productperioden", params=vraag).json() == {
        "delen": [
            {
                "productperiode": {"begin": "2026-03-16", "eind": "2026-03-31"},
                "levering": {"begin": "2026-03-20", "eind": "2026-03-31"},
                "dagen": 12,
            },
            {
                "productperiode": {"begin": "2026-04-01", "eind": "2026-04-09"},
                "levering": {"begin": "2026-04-01", "eind": "2026-04-09"},
                "dagen": 9,
            },
        ],
        "dagen": {
            "waarde": 21,
            "stappen": [
                "12 dagen (2026-03-20 tot en met 2026-03-31) in de productperiode 2026-03-16 tot en met 2026-03-31.",
                "9 dagen (2026-04-01 tot en met 2026-04-09) in de productperiode 2026-04-01 tot en met 2026-04-09.",
                "Buiten de toewijzing: 3 dagen, niet te declareren.",
            ],
        },
    }


def test_without_the_toewijzing_a_period_is_the_whole_month(node: Knoop) -> None:
    antwoord = node.klant(None).get("/v1/rekenen/productperioden", params={"begin": "2028-02-29", "eind": "2028-03-01"})
    assert [deel["productperiode"] for deel in antwoord.json()["delen"]] == [
        {"begin": "2028-02-01", "eind": "2028-02-29"},
        {"begin": "2028-03-01", "eind": "2028-03-31"},
    ]


@pytest.mark.parametrize(
    ("vraag", "reden"),
    [
        ({"begin": "2026-03-20"}, "eind"),
        ({"begin": "2026-03-20", "eind": "2026-03-19"}, "eindigt"),
        ({"begin": "2026-03-20", "eind": "2026-03-20", "ingangsdatum": "2026-02-02", "einddatum": "2026-02-01"}, "eindigt"),
        ({"begin": "2026-01-01", "eind": "2036-01-01"}, "120 maanden"),
        ({"begin": "0001-01-01", "eind": "9999-12-31"}, "120 maanden"),
    ],
)  # fmt: skip
def test_a_delivery_that_cannot_be_divided_is_a_problem(node: Knoop, vraag: dict[str, str], reden: str) -> None:
    antwoord = node.klant(None).get("/v1/rekenen/productperioden", params=vraag)
    assert antwoord.status_code == 400
    assert reden in antwoord.json()["detail"]


def test_ten_years_are_divided(node: Knoop) -> None:
    vraag = {"begin": "2026-01-01", "eind": "2035-12-31"}
    assert len(node.klant(None).get("/v1/rekenen/productperioden", params=vraag).json()["delen"]) == 120
