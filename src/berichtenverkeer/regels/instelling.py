"""Named choices where the standard leaves one open: what a gemeente may set otherwise than the strict default."""

from dataclasses import dataclass

from ..levensloop.rekenen.variant import GebrokenMaand, Variant

VOLGT_EENHEID = "eenheid"
"""Value of the setting ``variant``: what the standard's table of toewijzingsvarianten has for the Eenheid."""


@dataclass(frozen=True, slots=True)
class Instelling:
    """A choice in how rules are held: ``waarden`` are the values it may have, ``standaard`` the strict one.

    ``regels`` are the codes of the rules it touches, ``uitleg`` says in Dutch what is chosen between.
    """

    naam: str
    regels: tuple[str, ...]
    waarden: tuple[str, ...]
    standaard: str
    uitleg: str


INSTELLINGEN: dict[str, Instelling] = {
    instelling.naam: instelling
    for instelling in (
        Instelling(
            "variant",
            ("TR019", "TR321", "TR322"),
            (VOLGT_EENHEID, *Variant),
            VOLGT_EENHEID,
            "De uitvoeringsvariant van wat niet in de productcodelijst staat. Met eenheid volgt zij de tabel van de standaard: 82 "
            "en 83 zijn output, de andere eenheden inspanning. Alleen bij taakgericht mag een start of stop zonder "
            "ToewijzingNummer; bij output telt het maximum per week anders dan bij inspanning.",
        ),
        Instelling(
            "gebroken-maand",
            ("TR321", "TR322"),
            tuple(GebrokenMaand),
            GebrokenMaand.HEEL,
            "Wat een gebroken maand geeft bij output per maand: heel telt iedere maand geheel, eerste-niet telt een gebroken "
            "eerste maand niet en een gebroken laatste geheel (zo declareren gecertificeerde instellingen), laatste-niet "
            "andersom, naar-rato telt naar het deel van de dagen.",
        ),
        Instelling(
            "overgeslagen-maand",
            ("TR318",),
            ("levering", "uit"),
            "levering",
            "Of een overgeslagen DeclaratiePeriode wordt afgekeurd: levering keurt af als uit start en stop blijkt dat er in "
            "die maand geleverd is, uit laat het gat toe.",
        ),
        Instelling(
            "budget-vergelijking",
            ("TR369",),
            ("bedrag", "volume"),
            "bedrag",
            "Wat bij een andere Eenheid dan 83 (euro's) binnen het Budget moet passen: bedrag telt IngediendBedrag op, volume "
            "telt naar de letter GeleverdVolume op (tegenstrijdigheid 7).",
        ),
        Instelling(
            "omvang-zonder-code",
            ("TR375", "TR412"),
            ("beide", "een"),
            "beide",
            "Welke code een gevulde Omvang krijgt bij een toewijzing zonder Product: beide geeft 9375 en 9412, een geeft 9375, "
            "en 9412 alleen als het Product er is maar de Code ontbreekt (tegenstrijdigheid 11).",
        ),
    )
}
"""Every setting by its name."""


def van_regel(code: str) -> tuple[Instelling, ...]:
    """The settings that touch this rule."""
    return tuple(instelling for instelling in INSTELLINGEN.values() if code in instelling.regels)
