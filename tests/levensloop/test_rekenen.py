"""The worked cases of ``rekenvoorbeelden.yaml``, and the sentences that explain them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from berichtenverkeer.levensloop.rekenen.bedrag import ingediend_bedrag, product_tarief, uren
from berichtenverkeer.levensloop.rekenen.eenheid import Eenheid, Frequentie, factor
from berichtenverkeer.levensloop.rekenen.kader import Kader, omvang
from berichtenverkeer.levensloop.rekenen.maximum import maximum_looptijd, maximum_periode, omgerekend
from berichtenverkeer.levensloop.rekenen.overzicht import overzicht
from berichtenverkeer.levensloop.rekenen.periode import Periode, maand
from berichtenverkeer.levensloop.rekenen.tekst import euro, getal, hoeveelheid
from berichtenverkeer.levensloop.rekenen.uitkomst import Rekenfout
from berichtenverkeer.levensloop.rekenen.variant import Uitvoeringsvariant
from berichtenverkeer.levensloop.rekenen.verdeling import verdeel
from berichtenverkeer.levensloop.rekenen.weken import geraakte_weken
from berichtenverkeer.standaard.berichten.basis import Product
from berichtenverkeer.standaard.berichten.toewijzing import ToegewezenProduct
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.standaard.domein import Domein

VOORBEELDEN = yaml.load(
    Path(__file__).with_name("rekenvoorbeelden.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)


def voorbeelden(soort: str) -> list[Any]:
    return [pytest.param(geval, id=geval.get("naam") or str(geval["minuten"])) for geval in VOORBEELDEN[soort]]


def maand_van(tekst: str) -> Periode:
    return maand(date.fromisoformat(f"{tekst}-01"))


def kader_van(voorbeeld: dict[str, Any]) -> Kader:
    ingangsdatum, einddatum = voorbeeld["toewijzing"]
    return Kader(
        Domein(voorbeeld.get("domein", "iwmo")),
        ingangsdatum,
        einddatum,
        categorie=voorbeeld.get("categorie"),
        omvang=omvang(*voorbeeld.get("omvang", [None] * 3)),
        variant=Uitvoeringsvariant(voorbeeld.get("variant", "inspanning")),
    )


UREN = kader_van(VOORBEELDEN["maxima"][0])
"""3 hours a week from 2025-07-07 to 2025-09-07."""


def test_every_worked_case_says_where_it_comes_from() -> None:
    assert all(geval["bron"] for gevallen in VOORBEELDEN.values() for geval in gevallen)


@pytest.mark.parametrize("voorbeeld", voorbeelden("maxima"))
def test_maximum(voorbeeld: dict[str, Any]) -> None:
    kader = kader_van(voorbeeld)
    assert maximum_looptijd(kader).waarde == voorbeeld["looptijd"]
    gevonden = {}
    for tekst in voorbeeld["maanden"]:
        periode = kader.productperiode(maand_van(tekst))
        assert periode is not None
        gevonden[tekst] = maximum_periode(kader, periode).waarde
    assert gevonden == voorbeeld["maanden"]


@pytest.mark.parametrize("voorbeeld", voorbeelden("perioden"))
def test_productperiode(voorbeeld: dict[str, Any]) -> None:
    kader = kader_van(voorbeeld)
    for tekst, verwacht in voorbeeld["maanden"].items():
        assert kader.productperiode(maand_van(tekst)) == (Periode(*verwacht) if verwacht else None), tekst


@pytest.mark.parametrize("voorbeeld", voorbeelden("verdelingen"))
def test_delivery_over_months(voorbeeld: dict[str, Any]) -> None:
    verdeling = verdeel(Periode(*voorbeeld["levering"]), Periode(*voorbeeld["toewijzing"]))
    gevonden = [[deel.dagen, deel.productperiode.begin, deel.productperiode.eind] for deel in verdeling.delen]
    assert gevonden == voorbeeld["delen"]
    assert verdeling.dagen.waarde == sum(dagen for dagen, *_ in voorbeeld["delen"])
    buiten = [stap for stap in verdeling.dagen.stappen if stap.startswith("Buiten")]
    verwacht = (
        [f"Buiten de toewijzing: {voorbeeld['buiten']} dagen, niet te declareren."] if "buiten" in voorbeeld else []
    )
    assert buiten == verwacht


@pytest.mark.parametrize("voorbeeld", voorbeelden("uren"))
def test_hours(voorbeeld: dict[str, Any]) -> None:
    assert uren(voorbeeld["minuten"]).waarde == voorbeeld["uren"]


@pytest.mark.parametrize("voorbeeld", voorbeelden("bedragen"))
def test_amount_and_tariff(voorbeeld: dict[str, Any]) -> None:
    tarief, per = voorbeeld["tarief"], voorbeeld["tarief_eenheid"]
    assert ingediend_bedrag(voorbeeld["volume"], voorbeeld["eenheid"], tarief, per).waarde == voorbeeld["bedrag"]
    assert product_tarief(tarief, per, voorbeeld["eenheid"]).waarde == voorbeeld["product_tarief"]


def test_the_frame_of_a_toewijzing() -> None:
    product = ToegewezenProduct.model_validate(
        {
            "ToewijzingNummer": 1001,
            "Product": {"Categorie": "01", "Code": "01A01"},
            "Toewijzingsdatum": "2025-06-20",
            "Toewijzingstijd": "10:00:00",
            "Ingangsdatum": "2025-07-07",
            "Einddatum": "2025-09-07",
            "Omvang": {"Volume": 3, "Eenheid": "04", "Frequentie": "2"},
        }
    )
    kader = Kader.van(product, Domein.IWMO, Uitvoeringsvariant.INSPANNING)
    assert kader == Kader(
        Domein.IWMO, date(2025, 7, 7), date(2025, 9, 7), "01", product.Omvang, None, Uitvoeringsvariant.INSPANNING
    )
    generiek = product.model_copy(update={"Product": None, "Omvang": None, "Budget": 500})
    assert Kader.van(generiek, Domein.IJW, Uitvoeringsvariant.OUTPUT).budget == 500
    assert Kader.van(generiek, Domein.IJW, Uitvoeringsvariant.OUTPUT).categorie is None
    aspecifiek = product.model_copy(update={"Product": Product(Categorie="02"), "Omvang": None})
    assert maximum_looptijd(Kader.van(aspecifiek, Domein.IJW, Uitvoeringsvariant.INSPANNING)).waarde is None


@pytest.mark.parametrize(
    ("frequentie", "variant", "begin", "eind", "stappen"),
    [
        ("2", "inspanning", "2025-07-07", "2025-07-31",
         ["Weken 28 tot en met 31 worden geraakt: 4 weken.", "4 weken × 180 minuten = 720 minuten."]),
        ("2", "output", "2026-03-02", "2026-03-20",
         ["2 zondagen van 2026-03-02 tot en met 2026-03-20; elke zondag telt als een week.",
          "De laatste week van de toewijzing eindigt niet op zondag en telt hier mee: 1 week erbij.",
          "3 weken × 180 minuten = 540 minuten."]),
        ("2", "output", "2026-03-02", "2026-03-06",
         ["0 zondagen van 2026-03-02 tot en met 2026-03-06; elke zondag telt als een week.",
          "De toewijzing heeft geen enkele zondag en telt als 1 week (afgeleid).", "1 week × 180 minuten = 180 minuten."]),
        ("1", "inspanning", "2026-03-02", "2026-03-02", ["1 dag van 2026-03-02 tot en met 2026-03-02.", "1 dag × 180 minuten = 180 minuten."]),
        ("4", "inspanning", "2026-03-01", "2026-03-31", ["1 maand van 2026-03-01 tot en met 2026-03-31.", "1 maand × 180 minuten = 180 minuten."]),
        ("4", "output", "2026-03-02", "2026-03-31",
         ["1 maand van 2026-03-02 tot en met 2026-03-31.", "Een gebroken maand telt geheel mee (IV078).",
          "Gemeente en aanbieder kunnen bij output iets anders hebben afgesproken.", "1 maand × 180 minuten = 180 minuten."]),
        ("6", "inspanning", "2026-03-02", "2026-03-31", ["Over de hele looptijd is 180 minuten toegewezen."]),
    ],
)  # fmt: skip
def test_the_steps_of_a_maximum(frequentie: str, variant: str, begin: str, eind: str, stappen: list[str]) -> None:
    periode = Periode(date.fromisoformat(begin), date.fromisoformat(eind))
    kader = Kader(
        Domein.IWMO,
        periode.begin,
        periode.eind,
        "02",
        omvang(180, "01", frequentie),
        variant=Uitvoeringsvariant(variant),
    )
    assert list(maximum_periode(kader, periode).stappen) == stappen
    assert list(maximum_looptijd(kader).stappen) == stappen


def test_the_six_fold_is_said() -> None:
    kader = Kader(Domein.IWMO, date(2025, 7, 7), date(2025, 9, 7), "01", omvang(180, "01", "2"))
    assert maximum_periode(kader, Periode(date(2025, 7, 7), date(2025, 7, 31))).stappen == (
        "Weken 28 tot en met 31 worden geraakt: 4 weken.",
        "Bij hulp bij het huishouden (iWmo, productcategorie 01) mogen het er 6 zijn (IV077).",
        "6 weken × 180 minuten = 1.080 minuten.",
    )


@pytest.mark.parametrize(
    ("begin", "eind", "zin"),
    [
        ("2025-09-01", "2025-09-07", "Week 36 wordt geraakt: 1 week."),
        ("2025-12-29", "2026-01-04", "Week 1 wordt geraakt: 1 week."),
        ("2025-12-01", "2025-12-31", "Weken 49 van 2025 tot en met 1 van 2026 worden geraakt: 5 weken."),
        ("2026-12-01", "2027-01-03", "Weken 49 tot en met 53 worden geraakt: 5 weken."),
    ],
)
def test_weeks_are_named_by_their_number(begin: str, eind: str, zin: str) -> None:
    assert geraakte_weken(Periode(date.fromisoformat(begin), date.fromisoformat(eind))) == zin


@pytest.mark.parametrize(
    ("minuten", "zin"),
    [
        (380, "380 minuten is 6 uur en 20 minuten, omlaag afgerond: 6 uur."),
        (391, "391 minuten is 6 uur en 31 minuten, omhoog afgerond: 7 uur."),
        (120, "120 minuten is 2 uur en 0 minuten."),
        (1, "1 minuut is 0 uur en 1 minuut; het minste is 1 uur."),
    ],
)
def test_rounding_is_said(minuten: int, zin: str) -> None:
    assert uren(minuten).stappen == (zin,)


def test_the_steps_of_an_amount() -> None:
    assert ingediend_bedrag(150, "01", 5001, "04").stappen == (
        "150 minuten × 50,01 euro per uur / 60 = 125,03 euro, afgerond op hele centen.",
    )
    assert ingediend_bedrag(20, "16", 3750, "16").stappen == ("20 dagdelen × 37,50 euro per dagdeel = 750,00 euro.",)
    assert product_tarief(5000, "04", "01").stappen == ("50,00 euro per uur / 60 = 0,83 euro per minuut, afgerond.",)


def test_numbers_are_written_as_in_dutch() -> None:
    assert [euro(bedrag) for bedrag in (0, 5, 123456, -250, 100000000)] == [
        "0,00 euro", "0,05 euro", "1.234,56 euro", "-2,50 euro", "1.000.000,00 euro",
    ]  # fmt: skip
    assert getal(99_999_999) == "99.999.999"
    assert [hoeveelheid(1, eenheid) for eenheid in Eenheid] == [
        "1 minuut", "1 uur", "1 etmaal", "1 dagdeel", "1 stuk", "0,01 euro", "1 stuk",
    ]  # fmt: skip


@pytest.mark.parametrize("domein", Domein)
def test_units_and_frequencies_are_those_of_the_code_lists(domein: Domein) -> None:
    eenheden = codelijst("WJ756", domein)
    assert set(eenheden.codes) == set(Eenheid)
    assert set(codelijst("WMO757", domein).codes) == set(Frequentie)
    for eenheid in set(Eenheid) - {Eenheid.EURO}:
        naam = eenheden.label(eenheid).partition(" (")[0].lower()
        assert naam in {hoeveelheid(aantal, eenheid).partition(" ")[2] for aantal in (1, 2)}


def test_hours_may_be_declared_in_minutes_and_nothing_else() -> None:
    passend = {(van, naar) for van in Eenheid for naar in Eenheid if factor(van, naar) is not None}
    assert passend == {(eenheid, eenheid) for eenheid in Eenheid} | {(Eenheid.UUR, Eenheid.MINUUT)}
    uur = maximum_looptijd(UREN)
    assert omgerekend(uur, "04", "01").waarde == 27 * 60
    assert omgerekend(uur, "04", "01").stappen[-1] == "27 uur is 1.620 minuten."
    assert omgerekend(uur, "04", "04") is uur
    with pytest.raises(Rekenfout):
        omgerekend(uur, "01", "04")
    with pytest.raises(Rekenfout):
        ingediend_bedrag(1, "04", 100, "01")


def test_what_is_left_of_a_month() -> None:
    juli = maand_van("2025-07")
    vol = overzicht(UREN, juli)
    assert (vol.maximum_periode.waarde, vol.maximum_looptijd.waarde, vol.resterend.waarde) == (12, 27, 12)
    assert overzicht(UREN, juli, al_gedeclareerd=20).resterend.waarde == 7
    in_minuten = overzicht(UREN, juli, eenheid="01", al_gedeclareerd=1500, in_periode=690)
    assert (in_minuten.eenheid, in_minuten.resterend.waarde) == ("01", 30)
    assert in_minuten.resterend.stappen == (
        "In de productperiode: 690 minuten gedeclareerd van 720 minuten, dus nog 30 minuten.",
        "Over de looptijd: 1.500 minuten gedeclareerd van 1.620 minuten, dus nog 120 minuten.",
        "Het minste telt: 30 minuten.",
    )
    te_veel = overzicht(UREN, juli, al_gedeclareerd=28, in_periode=13)
    assert te_veel.resterend.waarde == 0
    assert te_veel.resterend.stappen == (
        "In de productperiode: 13 uur gedeclareerd van 12 uur, dus 1 uur te veel.",
        "Over de looptijd: 28 uur gedeclareerd van 27 uur, dus 1 uur te veel.",
    )


def test_a_month_outside_the_toewijzing_leaves_nothing() -> None:
    gevonden = overzicht(UREN, maand_van("2025-10"))
    assert (gevonden.productperiode, gevonden.maximum_periode.waarde, gevonden.resterend.waarde) == (None, 0, 0)
    assert gevonden.maximum_looptijd.waarde == 27


def test_a_run_without_end_bounds_the_period_only() -> None:
    kader = Kader(Domein.IJW, date(2026, 1, 1), None, "45", omvang(10, "14", "4"))
    gevonden = overzicht(kader, maand_van("2026-02"), al_gedeclareerd=200, in_periode=4)
    assert (gevonden.maximum_looptijd.waarde, gevonden.resterend.waarde) == (None, 6)


def test_what_is_left_of_a_budget() -> None:
    kader = Kader(Domein.IJW, date(2026, 1, 1), date(2026, 12, 31), budget=100_000)
    gevonden = overzicht(kader, maand_van("2026-02"), al_gedeclareerd=99_000)
    assert (gevonden.maximum_periode.waarde, gevonden.resterend.waarde, gevonden.eenheid) == (None, None, None)
    assert gevonden.resterend_budget.waarde == 1_000
    assert gevonden.resterend_budget.stappen == (
        "Van het budget: 990,00 euro gedeclareerd van 1.000,00 euro, dus nog 10,00 euro.",
    )
    assert overzicht(kader, maand_van("2026-02"), al_gedeclareerd=100_001).resterend_budget.waarde == 0
    assert overzicht(UREN, maand_van("2025-07")).resterend_budget.waarde is None


def test_a_question_that_is_not_sound_says_why() -> None:
    juli = maand_van("2025-07")
    dag = date(2026, 1, 1)
    with pytest.raises(Rekenfout, match="allebei"):
        overzicht(Kader(Domein.IJW, dag, dag, omvang=omvang(1, "01", "6"), budget=1), juli)
    with pytest.raises(Rekenfout, match="Zonder Omvang"):
        overzicht(Kader(Domein.IJW, dag, dag, budget=1), juli, eenheid="01")
    with pytest.raises(Rekenfout, match="niet meer gedeclareerd"):
        overzicht(UREN, juli, al_gedeclareerd=1, in_periode=2)
    with pytest.raises(Rekenfout, match="eindigt"):
        overzicht(Kader(Domein.IJW, dag, date(2025, 12, 31)), juli)
    for delen in ((1, "01", None), (1, None, "2"), (None, "01", "2"), (0, None, None)):
        with pytest.raises(Rekenfout, match="horen bij elkaar"):
            omvang(*delen)
