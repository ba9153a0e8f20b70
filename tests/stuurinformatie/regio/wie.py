"""Who is in the generated region, and what they agreed: codes, products, tariffs, and what the hoofdaannemer loads."""

from dataclasses import dataclass
from datetime import date

from tests.berichten import gemeenten

from berichtenverkeer.standaard.domein import Domein

EERSTE, LAATSTE = date(2025, 1, 1), date(2026, 12, 31)
"""The two years in which messages come in."""

GEMEENTEN = tuple(gemeenten()[:4])
"""Of the pairs that a node of the tests knows the first four; the last judges for itself."""

AANBIEDERS = tuple(str(98_000_000 + nummer) for nummer in range(3))
"""Three that deliver; the last judges for itself."""

HOOFDAANNEMER = "98000199"
"""That of a node of the tests."""

DEKKER, PARTNER, STRATEGISCH = "dekker", AANBIEDERS[1], "51510003"
"""Its partners: an onderaannemer without VECOZO, an aanbieder that delivers for itself too, and one that never logs in."""

ZELF = (GEMEENTEN[3], AANBIEDERS[2])
"""Who judges for itself."""

LIJST = (GEMEENTEN[0], GEMEENTEN[1])
"""The gemeenten with a productcodelijst."""


@dataclass(frozen=True, slots=True)
class Product:
    """What can be assigned. ``omvang`` is Volume, Eenheid and Frequentie, ``budget`` eurocent; ``gedeclareerd`` the
    ProductCategorie, ProductCode and Eenheid of a Prestatie on it."""

    domein: Domein
    categorie: str | None
    code: str | None
    omvang: tuple[int, str, str] | None
    gedeclareerd: tuple[str, str, str]
    budget: int | None = None


_W, _J = Domein.IWMO, Domein.IJW

PRODUCTEN = (
    Product(_W, "02", "02T01", (4, "04", "2"), ("02", "02T01", "04")),
    Product(_W, "02", "02T02", (10, "04", "4"), ("02", "02T02", "04")),
    Product(_W, "02", None, None, ("02", "02T09", "83"), 400_000),
    Product(_W, "07", "07T01", (6, "16", "2"), ("07", "07T01", "16")),
    Product(_W, "07", "07T02", (300, "16", "6"), ("07", "07T02", "16")),
    Product(_W, "08", "08T01", (20, "84", "4"), ("08", "08T01", "84")),
    Product(_W, "06", "06T01", (1, "82", "2"), ("06", "06T01", "82")),
    Product(_W, "03", "03T01", (250_000, "83", "6"), ("03", "03T01", "83")),
    Product(_W, None, None, None, ("02", "02T09", "83"), 900_000),
    Product(_J, "45", "45T01", (5, "04", "2"), ("45", "45T01", "04")),
    Product(_J, "45", None, None, ("45", "45T09", "83")),
    Product(_J, "41", "41T01", (2, "16", "2"), ("41", "41T01", "16")),
    Product(_J, "54", "54T01", (60, "01", "2"), ("54", "54T01", "01")),
    Product(_J, "54", "54T02", (30_000, "83", "4"), ("54", "54T02", "83")),
    Product(_J, "46", "46T01", (1, "04", "1"), ("46", "46T01", "04")),
    Product(_J, None, None, None, ("45", "45T09", "83"), 600_000),
)

TAAKGERICHT = {_W: ("10", "10T01"), _J: ("50", "50T01")}
"""What is delivered without a toewijzing, by law."""

TAAKGERICHT_TOEGEWEZEN = {_W: "10T01", _J: "50T01"}
"""What is called taakgericht and is assigned all the same: it waits for nothing."""

_VARIANT = {"82": "output", "83": "output"}


def productcodes() -> bytes:
    """The productcodelijst of a gemeente."""
    codes = sorted({product.gedeclareerd for product in PRODUCTEN})
    regels = [
        f"{cat};{code};{eenheid};{_VARIANT.get(eenheid, 'inspanning')};2019-01-01;" for cat, code, eenheid in codes
    ]
    regels += [f"{cat};{code};84;taakgericht;2019-01-01;" for cat, code in TAAKGERICHT.values()]
    return "\n".join(["categorie;code;eenheid;variant;van;tot", *regels]).encode()


TARIEVEN = {
    ("02T01", "04"): ((date(2019, 1, 1), 6_350),),
    ("02T02", "04"): ((date(2019, 1, 1), 5_125), (date(2026, 1, 1), 5_333)),
    ("07T01", "16"): ((date(2019, 1, 1), 4_275),),
    ("08T01", "84"): ((date(2025, 3, 1), 1_999),),
    ("06T01", "82"): ((date(2019, 1, 1), 20_001),),
    ("45T01", "04"): ((date(2019, 1, 1), 7_777),),
    ("41T01", "16"): ((date(2019, 1, 1), 8_250),),
    ("54T01", "01"): ((date(2019, 1, 1), 133),),
}
"""By code and Eenheid from which day how many eurocent. Of the others no tariff is known; of one not from the beginning."""


def tarief(code: str, eenheid: str, dag: date) -> int:
    """What is asked for one on this day; where no tariff is known, what the aanbieder asks."""
    geldig = [eurocent for van, eurocent in TARIEVEN.get((code, eenheid), ()) if van <= dag]
    return geldig[-1] if geldig else 4_444


INSTELLINGEN = (
    (GEMEENTEN[0], "wachtnorm-02", "14"),
    (GEMEENTEN[0], "wachtnorm-45", "70"),
    (GEMEENTEN[1], "uitval-iwmo", "22"),
    (GEMEENTEN[1], "uitval-ijw", "33"),
)
"""What gemeenten set for the figures: gemeente, name and value."""

SEGMENTEN = "segment;categorie;code\nbegeleiding;02;\nbegeleiding;45;\nambulant;02;02T02\ndagopvang;07;\ndagopvang;41;\nvervoer;08;08T01\n"
PARTNERS = (
    "code;naam;soort;kvk;gemeente;segment;van;tot;toestemming\n"
    f"{DEKKER};Dekker;onderaannemer;;;;2015-01-01;;\n"
    f"{PARTNER};Partner;combinant;12345678;;;2015-01-01;;\n"
    f"{STRATEGISCH};Strategisch;strategisch;;;;2015-01-01;;\n"
)
KLASSEN = {
    "begeleiding": ("licht", "midden", "zwaar"),
    "ambulant": ("licht", "midden"),
    "dagopvang": ("1", "2"),
    "vervoer": ("regulier",),
}
HOOFDTARIEVEN = (
    "segment;klasse;eenheid;euro;van;tot\n"
    "begeleiding;licht;maand;363,00;2015-01-01;2025-12-31\n"
    "begeleiding;licht;maand;371,50;2026-01-01;\n"
    "begeleiding;midden;maand;409,33;2015-01-01;\n"
    "begeleiding;zwaar;maand;512,01;2015-01-01;\n"
    "ambulant;licht;maand;201,00;2015-01-01;\n"
    "ambulant;midden;maand;255,55;2015-01-01;\n"
    "dagopvang;1;maand;150,05;2015-01-01;\n"
    "dagopvang;2;maand;175,10;2015-01-01;\n"
    "vervoer;regulier;dag;32,82;2015-01-01;\n"
)
LATER_TARIEF = "segment;klasse;eenheid;euro;van;tot\nbegeleiding;midden;maand;399,17;2015-01-01;\n"
"""Loaded when months were fixed already: they are corrected."""
BIJDRAGEN = (
    "segment;percentage;van;tot\nbegeleiding;15;2015-01-01;\nambulant;12,5;2015-01-01;2025-12-31\n"
    "ambulant;7,25;2026-01-01;\nvervoer;10;2015-01-01;\n"
)


def plekken() -> str:
    """The places awarded; some to a partner."""
    g0, g1, g3 = GEMEENTEN[0], GEMEENTEN[1], GEMEENTEN[3]
    return (
        "gemeente;segment;partner;aantal;van;tot\n"
        f"{g0};begeleiding;;20;2025-01-01;2025-12-31\n{g0};begeleiding;;24;2026-01-01;\n"
        f"{g0};begeleiding;{DEKKER};7;2025-01-01;\n{g0};begeleiding;{PARTNER};9;2025-06-15;2026-06-14\n"
        f"{g0};dagopvang;;6;2025-01-01;\n{g1};begeleiding;;11;2025-02-10;\n{g1};vervoer;;3;2025-01-01;\n"
        f"{g3};ambulant;;4;2025-01-01;2026-03-31\n{g3};dagopvang;{STRATEGISCH};2;2025-01-01;\n"
    )


def lumpsum() -> str:
    """What gemeenten pay for a year."""
    g0, g1, g3 = GEMEENTEN[0], GEMEENTEN[1], GEMEENTEN[3]
    return (
        "gemeente;segment;jaar;euro\n"
        f"{g0};begeleiding;2025;24000,00\n{g0};begeleiding;2026;18000,50\n{g0};dagopvang;2025;9000,00\n"
        f"{g1};begeleiding;2025;12000,00\n{g1};begeleiding;2026;1500,00\n{g3};ambulant;2026;7000,00\n"
    )
