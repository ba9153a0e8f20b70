"""Bars: they are on the paper and in proportion, whatever the numbers are, and what is hidden is not drawn as a number."""

import re
from datetime import date

import pytest

from berichtenverkeer.api.stuurinformatie import GroepUit, KpiUit
from berichtenverkeer.stuurinformatie.kpi import Eenheid
from berichtenverkeer.stuurinformatie.tijd import Tijdvak
from berichtenverkeer.web.beelden.staafbeeld import BREEDTE, Staaf, Tekening, bereik, liggend, staand
from berichtenverkeer.web.beelden.stuurbeeld import in_een_woord, maak
from berichtenverkeer.web.beelden.stuurwoorden import lang

EERSTE_KWARTAAL = Tijdvak.dagen(date(2026, 1, 1), date(2026, 3, 31))

GETALLEN = [
    [3.0],
    [0.0, 0.0],
    [0.5, 0.25, 0.125],
    [1_234_567.0, 1.0],
    [-45_000.0, 12_500.0],
    [-3.0, -8.0],
    [float(n) for n in range(120)],
    [None, 12.0, None],
    [None],
]


def staven(getallen: list[float | None]) -> list[Staaf]:
    """Bars of these numbers."""
    return [
        Staaf(f"naam {n}", waarde, str(waarde), "wat", verborgen=waarde is None) for n, waarde in enumerate(getallen)
    ]


def op_papier(tekening: Tekening) -> None:
    """All of it is on the paper."""
    for vorm in tekening.vormen:
        assert vorm.x >= 0
        assert vorm.x + vorm.breedte <= BREEDTE + 0.1
        assert vorm.y >= 0
        assert vorm.y + vorm.hoogte <= tekening.hoogte + 0.1
        assert vorm.breedte > 0
        assert vorm.hoogte > 0


@pytest.mark.parametrize("getallen", GETALLEN, ids=str)
@pytest.mark.parametrize("teken", [liggend, staand])
def test_on_the_paper_and_in_proportion(getallen: list[float | None], teken: type[Tekening]) -> None:
    gemaakt = staven(getallen)
    van, tot = bereik(gemaakt)
    assert van <= 0 <= tot
    tekening = teken(gemaakt, van, tot)  # type: ignore[arg-type, call-arg]
    op_papier(tekening)
    lengtes = [v.hoogte if tekening.staand else v.breedte for v in tekening.vormen if v.staaf.waarde]
    waarden = [abs(v.staaf.waarde) for v in tekening.vormen if v.staaf.waarde]
    grootst = max(waarden, default=0)
    for lengte, waarde in zip(lengtes, waarden, strict=True):
        assert lengte == pytest.approx(max(lengtes) * waarde / grootst, abs=1.2)
    plekken = [y for y, _ in tekening.streepjes]
    assert len(plekken) <= 12
    assert plekken == sorted(plekken, reverse=True)


def kpi(code: str, eenheid: str, per: list[str], *groepen: dict[str, object]) -> KpiUit:
    """A figure with these groups."""
    return KpiUit(
        code=code, naam=code, definitie="d", bron="b", eenheid=eenheid, per=per,
        groepen=[GroepUit.model_validate({"aantal": 12, "clienten": 12, "onderdrukt": False, **een}) for een in groepen],
    )  # fmt: skip


def test_what_is_hidden_has_no_number_anywhere() -> None:
    leeg = {"aantal": None, "clienten": None, "waarde": None, "onderdrukt": True}
    uit = kpi(
        "INSTROOM",
        "aantal",
        ["gemeente"],
        {"groep": {"gemeente": "0344"}, "waarde": 12},
        {"groep": {"gemeente": "0855"}, **leeg},
    )
    cijfer = maak(uit, EERSTE_KWARTAAL, [], {"0344": "Utrecht", "0855": "Tilburg"}.__getitem__, 40)
    assert cijfer.verborgen
    assert cijfer.rijen == [["Utrecht (0344)", "12", 12], ["Tilburg (0855)", "verborgen", "verborgen"]]
    [(_, tekening)] = cijfer.panelen
    assert [(v.staaf.naam, v.staaf.getal) for v in tekening.vormen] == [
        ("Utrecht (0344)", "12"),
        ("Tilburg (0855)", "verborgen"),
    ]
    assert in_een_woord(kpi("INSTROOM", "aantal", [], {"groep": {}, **leeg})) == "verborgen"


def test_a_month_that_is_not_complete_is_marked() -> None:
    groepen = [
        {"groep": {"gemeente": g, "maand": m}, "waarde": w, "mediaan": 3}
        for g in ("a", "b")
        for m, w in (("2026-02", 4.5), ("2026-03", 2.0))
    ]
    cijfer = maak(kpi("WACHTTIJD", "dagen", ["gemeente", "maand"], *groepen), EERSTE_KWARTAAL, ["2026-03"], str, 40)
    assert [titel for titel, _ in cijfer.panelen] == ["a", "b"]
    assert cijfer.half
    assert cijfer.merk == "de mediaan"
    assert cijfer.rijen[0][1:3] == ["februari\u00a02026", "4,5\u00a0dagen"]
    assert cijfer.rijen[1][1].endswith("(niet volledig)")
    for _, tekening in cijfer.panelen:
        assert tekening.staand
        assert tekening.vormen[0].staaf.wat.endswith("niets dat meetelt")
        assert [(v.naam, v.staaf.half) for v in tekening.vormen] == [
            ("jan 2026", False),
            ("feb 2026", False),
            ("mrt 2026", True),
        ]


def test_more_than_there_is_room_for_is_said() -> None:
    groepen = [{"groep": {"gemeente": f"{n:04}"}, "waarde": n} for n in range(100)]
    cijfer = maak(kpi("INSTROOM", "aantal", ["gemeente"], *groepen), EERSTE_KWARTAAL, [], str, 40)
    assert len(cijfer.rijen) == 40
    assert cijfer.aantal == 100
    assert len(cijfer.panelen[0][1].vormen) == 40
    assert "De grootste 40 van 100" in cijfer.weggelaten
    maanden = [{"groep": {"maand": f"{j}-{m:02}"}, "waarde": 1} for j in range(2020, 2030) for m in range(1, 13)]
    cijfer = maak(
        kpi("INSTROOM", "aantal", ["maand"], *maanden), Tijdvak.dagen(date(2020, 1, 1), date(2029, 12, 31)), [], str, 40
    )
    assert "vanaf sep 2026" in cijfer.weggelaten


@pytest.mark.parametrize(
    ("eenheid", "waarde", "tekst"),
    [
        ("aantal", 12345, "12.345"), ("dagen", 12.5, "12,5 dagen"), ("werkdagen", 3, "3 werkdagen"), ("dagen", 1, "1 dag"), ("aandeel", 0.8333, "83,3 %"),
        ("eurocent", 36300, "€ 363,00"), ("eurocent", -100, "−€ 1,00"), ("dagen", None, "geen"), ("dagen", 0.07, "0,07 dagen"),
        ("dagen", -0.5, "-0,5 dagen"), ("aandeel", 1, "100 %"),
    ],
)  # fmt: skip
def test_numbers_in_words(eenheid: str, waarde: float | None, tekst: str) -> None:
    assert re.sub("\u00a0", " ", lang(Eenheid(eenheid), waarde)) == tekst
