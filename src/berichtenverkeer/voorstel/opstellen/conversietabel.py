"""The table of a product conversion: which old codes become which new one.

A CSV with ``oude_code;categorie;code`` and, if wished, ``eenheid``. An old code that ends in ``*`` stands for all codes that
begin so; of more rows that fit, the most precise counts.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...standaard.berichten.basis import Product
from ...standaard.codelijst import codelijst
from ...standaard.domein import Domein
from ...tabellen import lezen
from ...tabellen.fouten import GeenTabel
from ...tabellen.lezen import sleutel
from ...zegbaar import Zegbaar

KOLOMMEN = ("oude_code", "categorie", "code", "eenheid")
ALLES = "*"

_CATEGORIE = {Domein.IWMO: "WMO020", Domein.IJW: "JZ020"}
_CODE = re.compile(r"[^\s*;](?:[^\x00-\x1f*;]{0,3}[^\s*;])?")
_OUD = re.compile(r"[^\s*;][^\x00-\x1f*;]{0,4}\*?")


class Tabelfout(Zegbaar):
    """A table cannot be used. The text is Dutch and names every row at fault."""


@dataclass(frozen=True, slots=True)
class Regel:
    """One row. ``eenheid`` is in what the new code is assigned; None keeps the one of the old toewijzing."""

    oude_code: str
    categorie: str
    code: str
    eenheid: str | None = None

    @property
    def begin(self) -> str | None:
        """What an old code begins with, for a row with a wildcard."""
        return self.oude_code.removesuffix(ALLES) if self.oude_code.endswith(ALLES) else None

    @property
    def product(self) -> Product:
        """The new product."""
        return Product(Categorie=self.categorie, Code=self.code)


@dataclass(frozen=True, slots=True)
class Conversietabel:
    """The rows, the most precise first."""

    regels: tuple[Regel, ...]

    @classmethod
    def van(cls, regels: Iterable[Regel], domein: Domein) -> "Conversietabel":
        """A table of these rows. Raises ``Tabelfout``."""
        rijen = list(regels)
        fouten = [f"rij {nummer}: {fout}" for nummer, rij in enumerate(rijen, start=1) for fout in _fouten(rij, domein)]
        oude = [rij.oude_code for rij in rijen]
        fouten += [
            f"{code} staat meer dan één keer in de tabel." for code in dict.fromkeys(oude) if oude.count(code) > 1
        ]
        if not rijen:
            fouten.append("De tabel heeft geen enkele rij.")
        if fouten:
            raise Tabelfout("\n".join(fouten))
        return cls(tuple(sorted(rijen, key=lambda rij: (rij.begin is not None, -len(rij.oude_code)))))

    def zoek(self, code: str) -> Regel | None:
        """The row for an old code."""
        for rij in self.regels:
            if code == rij.oude_code or (rij.begin is not None and code.startswith(rij.begin)):
                return rij
        return None


def lees_tabel(data: bytes, domein: Domein) -> Conversietabel:
    """The table in a file. Raises ``Tabelfout``."""
    try:
        tabel = lezen.lees_tabel(data).recht()
    except GeenTabel as fout:
        raise Tabelfout(str(fout)) from None
    op_sleutel = {sleutel(naam): naam for naam in KOLOMMEN}
    kop = [op_sleutel.get(sleutel(naam), "") for naam in tabel.koppen]
    if sorted(kop) not in (sorted(KOLOMMEN), sorted(KOLOMMEN[:3])):
        raise Tabelfout(f"De kolommen horen {';'.join(KOLOMMEN)} te zijn; eenheid mag ontbreken.")
    regels = [Regel(v["oude_code"], v["categorie"], v["code"], v.get("eenheid") or None) for _, v in tabel.met(kop)]
    return Conversietabel.van(regels, domein)


def _fouten(rij: Regel, domein: Domein) -> Iterable[str]:
    if not _OUD.fullmatch(rij.oude_code):
        yield f"{rij.oude_code or 'leeg'} is geen oude code; schrijf een productcode, of een begin met * erachter."
    if rij.categorie not in codelijst(_CATEGORIE[domein], domein):
        yield f"{rij.categorie or 'leeg'} is geen ProductCategorie van {domein}."
    if not _CODE.fullmatch(rij.code):
        yield f"{rij.code or 'leeg'} is geen productcode; die heeft 1 tot 5 tekens."
    if rij.eenheid is not None and rij.eenheid not in codelijst("WJ756", domein):
        yield f"{rij.eenheid} is geen Eenheid."
