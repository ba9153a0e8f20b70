"""Named choices where the standard leaves one open: what a gemeente may set otherwise than the strict default."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..levensloop.rekenen.variant import GebrokenMaand, Uitvoeringsvariant
from ..standaard.codelijst import codelijst
from ..standaard.domein import Domein

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
            (VOLGT_EENHEID, *Uitvoeringsvariant),
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
        Instelling(
            "toewijzingsvarianten",
            ("SAP301", "SAP315"),
            ("signaal", "uit"),
            "signaal",
            "Of een toewijzing of aanvraag die in geen rij van de tabel van toewijzingsvarianten past, een signaal geeft.",
        ),
    )
}
"""Every setting by its name."""


def van_regel(code: str) -> tuple[Instelling, ...]:
    """The settings that touch this rule."""
    return tuple(instelling for instelling in INSTELLINGEN.values() if code in instelling.regels)


WACHTNORM = "wachtnorm-"
"""With a ProductCategorie behind it: how many days one may wait for care of that form."""

UITVAL = "uitval-"
"""With a law behind it: the redenen that count as ended by one side."""

_GEWONE_NORM = 42
_EENZIJDIG = frozenset({"21", "32"})
"""Ended by the client alone."""


def wachtnorm_van(instellingen: Mapping[str, str], categorie: str | None) -> int:
    """The norm among these settings for care of this form, in days.

    >>> wachtnorm_van({"wachtnorm-02": "14"}, "02"), wachtnorm_van({}, "02")
    (14, 42)
    """
    return int(instellingen.get(f"{WACHTNORM}{categorie}", _GEWONE_NORM))


def uitval_van(instellingen: Mapping[str, str], domein: Domein) -> frozenset[str]:
    """The redenen among these settings that count as ended by one side."""
    gekozen = instellingen.get(f"{UITVAL}{domein}")
    return frozenset(gekozen.split(",")) if gekozen is not None else _EENZIJDIG


def is_stuurinstelling(naam: str) -> bool:
    """Whether a setting is one on which figures rest."""
    if naam.startswith(WACHTNORM):
        categorie = naam.removeprefix(WACHTNORM)
        return any(categorie in codelijst("JZ020" if d is Domein.IJW else "WMO020", d) for d in Domein)
    return naam in {f"{UITVAL}{domein}" for domein in Domein}


def fout_in_stuurinstelling(naam: str, waarde: str) -> str | None:
    """What is wrong with the value of such a setting, in Dutch; None when it is good."""
    if naam.startswith(WACHTNORM):
        return None if re.fullmatch("[0-9]{1,4}", waarde) else "schrijf een heel aantal dagen, zoals 42"
    return (
        None
        if re.fullmatch("[0-9]{2}(,[0-9]{2})*", waarde)
        else "schrijf redenen van 2 cijfers met komma's ertussen, zoals 21,32"
    )
