"""What stands in one cell of a sheet with volumes: days, months, amounts, units, as people and Excel write them.

Each reader raises ``ValueError`` with a Dutch sentence. Where a cell may hold a Bsn, no text repeats it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...levensloop.rekenen.eenheid import Eenheid
from ...levensloop.rekenen.periode import Periode, maand
from ...standaard.bsn import voldoet
from ...standaard.codelijst import codelijst
from ...standaard.domein import Domein
from ...standaard.getal import Dubbelzinnig, GeenGetal, Getal, geschreven, lees_getal

OUTPUT = "output"
"""In the place of an amount: what the toewijzing gives in the period (IV076, IV078)."""

STUKS = "stuks"
"""An Eenheid that is said without which of the two: the toewijzing tells."""

_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_EENHEDEN = {
    "min": Eenheid.MINUUT, "minuut": Eenheid.MINUUT, "minuten": Eenheid.MINUUT,
    "u": Eenheid.UUR, "uur": Eenheid.UUR, "uren": Eenheid.UUR,
    "etmaal": Eenheid.ETMAAL, "etmalen": Eenheid.ETMAAL,
    "dagdeel": Eenheid.DAGDEEL, "dagdelen": Eenheid.DAGDEEL,
    "euro": Eenheid.EURO, "euro's": Eenheid.EURO, "€": Eenheid.EURO,
    "stuk": STUKS, "stuks": STUKS,
}  # fmt: skip
_MEESTE = Decimal(99_999_999)


@dataclass(frozen=True, slots=True)
class Aantal:
    """An amount as it is written. ``in_euro``: with a euro sign or in cents behind a comma; ``tijd``: as hours and minutes, of which
    ``waarde`` is the hours."""

    waarde: Decimal
    in_euro: bool = False
    met_decimalen: bool = False
    tijd: bool = False


def lees_nummer(tekst: str) -> int:
    """A ToewijzingNummer."""
    if not re.fullmatch(r"[0-9]{1,9}", tekst) or int(tekst) == 0:
        raise ValueError(f"{tekst or 'leeg'} is geen ToewijzingNummer; dat zijn hoogstens 9 cijfers.")
    return int(tekst)


def lees_bsn(tekst: str) -> str:
    """A Bsn; Excel drops its leading zeros."""
    if not re.fullmatch("[0-9]{7,9}", tekst) or not voldoet(tekst.zfill(9)):
        raise ValueError("hier staat geen Bsn: 9 cijfers die aan de 11-proef voldoen.")
    return tekst.zfill(9)


def lees_dag(tekst: str) -> date:
    """A day: EEJJ-MM-DD, D-M-EEJJ with any sign between, 20260131, 31 januari 2026; a time behind it does not matter."""
    kaal = re.sub(r"[ T]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$", "", tekst)
    try:
        if gevonden := re.fullmatch(r"([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})", kaal):
            return date(*map(int, gevonden.groups()))
        if gevonden := re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})", kaal):
            dag, nummer, jaar = map(int, gevonden.groups())
            return date(jaar, nummer, dag)
        if gevonden := re.fullmatch(r"([0-9]{1,2})[- ]([a-z]+)\.?[- ]([0-9]{4}|[0-9]{2})", kaal.lower()):
            return date(_jaar(gevonden[3]), _maandnaam(gevonden[2]), int(gevonden[1]))
    except ValueError:
        pass
    raise ValueError(f"{tekst or 'leeg'} is geen dag; schrijf EEJJ-MM-DD, zoals 2026-01-31.")


def lees_maand(tekst: str) -> Periode:
    """A month: 2026-02, 02-2026, 202602, februari 2026, feb-26; or its first day, which Excel makes of it."""
    kaal = tekst.strip().lower()
    try:
        if gevonden := re.fullmatch(r"([1-9][0-9]{3})[-/. ]?([0-9]{1,2})", kaal):
            return maand(date(int(gevonden[1]), int(gevonden[2]), 1))
        if gevonden := re.fullmatch(r"([0-9]{1,2})[-/. ]([1-9][0-9]{3})", kaal):
            return maand(date(int(gevonden[2]), int(gevonden[1]), 1))
        if gevonden := re.fullmatch(r"([a-z]+)\.?[-/. ]+([0-9]{4}|[0-9]{2})", kaal):
            return maand(date(_jaar(gevonden[2]), _maandnaam(gevonden[1]), 1))
        dag = lees_dag(kaal)
    except ValueError:
        dag = None
    if dag is not None and dag.day == 1:
        return maand(dag)
    raise ValueError(f"{tekst or 'leeg'} is geen maand; schrijf JJJJ-MM, zoals 2026-03.")


def lees_hoeveelheid(tekst: str) -> Aantal | str:
    """An amount, ``output``, or hours and minutes as 1:30."""
    if tekst.lower() == OUTPUT:
        return OUTPUT
    if gevonden := re.fullmatch(r"([0-9]{1,6}):([0-5][0-9])(?::00)?", tekst):
        return Aantal(Decimal(int(gevonden[1]) * 60 + int(gevonden[2])) / 60, tijd=True)
    getal = _getal(tekst, "hoeveelheid")
    if getal.waarde < 0:
        raise ValueError(
            f"{tekst} is negatief; crediteer wat te veel is gedeclareerd, en declareer het daarna opnieuw."
        )
    return Aantal(getal.waarde, getal.in_euro, getal.met_decimalen)


def lees_tarief(tekst: str) -> Aantal:
    """A tariff: whole eurocent, or euros with a comma or a euro sign."""
    getal = _getal(tekst, "tarief")
    if getal.waarde < 0:
        raise ValueError(f"{tekst} is negatief; een tarief is 0 of meer.")
    if (getal.met_decimalen or getal.in_euro) and getal.waarde * 100 != getal.eurocent:
        raise ValueError(f"{tekst} heeft meer dan twee decimalen; geef bij minuten het tarief per uur (IV081).")
    return Aantal(getal.waarde, getal.in_euro or getal.met_decimalen, getal.met_decimalen)


def lees_eenheid(tekst: str) -> str:
    """An Eenheid by its code or its name."""
    eenheden = codelijst("WJ756", Domein.IWMO).codes
    if (naam := _EENHEDEN.get(tekst.lower())) is not None:
        return str(naam)
    if tekst.zfill(2) not in eenheden:
        raise ValueError(f"{tekst} is geen Eenheid; kies {', '.join(eenheden)}.")
    return tekst.zfill(2)


def lees_cijfers(aantal: int, wat: str) -> Callable[[str], str]:
    """A reader of codes of so many digits; Excel drops leading zeros."""

    def lees(tekst: str) -> str:
        if not re.fullmatch(rf"[0-9]{{1,{aantal}}}", tekst):
            raise ValueError(f"{tekst} is geen {wat}; dat zijn {aantal} cijfers.")
        return tekst.zfill(aantal)

    return lees


def lees_code(tekst: str) -> str:
    """A product code."""
    if not re.fullmatch(r"[^\x00-\x1f]{1,5}", tekst):
        raise ValueError(f"{tekst} is geen productcode; die heeft 1 tot 5 tekens.")
    return tekst


def lees_wet(tekst: str) -> Domein:
    """A law."""
    wetten = {"wmo": Domein.IWMO, "jw": Domein.IJW, "jeugdwet": Domein.IJW} | {wet.value: wet for wet in Domein}
    if tekst.lower() not in wetten:
        raise ValueError(f"{tekst} is geen wet; kies {', '.join(Domein)}.")
    return wetten[tekst.lower()]


def _getal(tekst: str, wat: str) -> Getal:
    try:
        getal = lees_getal(tekst)
    except Dubbelzinnig as fout:
        klein, groot = map(geschreven, fout.lezingen)
        raise ValueError(
            f"{tekst} kan {klein} zijn of {groot}; schrijf het zonder punt, of met alle decimalen."
        ) from None
    except GeenGetal:
        raise ValueError(f"{tekst or 'leeg'} is geen {wat}; schrijf een getal, zoals 12 of 1,5.") from None
    if abs(getal.waarde) > _MEESTE:
        raise ValueError(f"{tekst} is te groot; een {wat} heeft hoogstens 8 cijfers.")
    return getal


def _jaar(tekst: str) -> int:
    return int(tekst) if len(tekst) == 4 else 2000 + int(tekst)


def _maandnaam(tekst: str) -> int:
    """The number of a month by its name, or by its first three letters. Raises ``ValueError``."""
    kort = {"mrt": 3} | {naam[:3]: nummer for nummer, naam in enumerate(_MAANDEN, start=1)}
    if tekst in _MAANDEN:
        return _MAANDEN.index(tekst) + 1
    if tekst not in kort:
        raise ValueError("no month")
    return kort[tekst]
