"""What was delivered, as a sheet has it: read whole, or refused with everything that is wrong in it.

A row is for a day (``datum``), a stay (``datum`` with ``tot``; the amount is for each day, both included) or a whole month
(``maand``). Excel drops leading zeros: of a code with a fixed length they are put back.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import islice

from ...levensloop.rekenen.periode import Periode, maand
from ...standaard.codelijst import codelijst
from ...standaard.domein import Domein
from ...standaard.fouten import MAX_FOUTEN

OUTPUT = "output"
"""In the place of an amount: the weeks of the toewijzing that end in the period (IV076)."""

MEESTE_RIJEN = 100_000
LANGSTE_CEL = 70
HOOGSTENS = 20
"""How many faults the text of an error tells; ``fouten`` has the first ``MAX_FOUTEN``."""


@dataclass(frozen=True, slots=True)
class Rijfout:
    """What is wrong in a row. ``regel`` is its line in the file, or its place in a list, from 1."""

    regel: int
    kolom: str
    melding: str

    def __str__(self) -> str:
        return f"regel {self.regel}, kolom {self.kolom}: {self.melding}"


class Volumefout(ValueError):
    """The volumes cannot be read. The text is Dutch and names line and column of what is wrong."""

    def __init__(self, *fouten: Rijfout | str) -> None:
        self.fouten = tuple(islice((fout for fout in fouten if isinstance(fout, Rijfout)), MAX_FOUTEN))
        rest = len(fouten) - HOOGSTENS
        super().__init__("\n".join([*map(str, fouten[:HOOGSTENS]), *([f"en nog {rest} fouten."] if rest > 0 else [])]))


@dataclass(frozen=True, slots=True)
class Volume:
    """One row. ``hoeveelheid`` is in ``eenheid``, and for each day when ``per_dag``; None is output, to be computed.

    ``tarief`` is eurocent for one ``tarief_eenheid``. What is None follows from the toewijzing or the contract.
    """

    regel: int
    toewijzingnummer: int
    periode: Periode
    hoeveelheid: int | None
    per_dag: bool = True
    eenheid: str | None = None
    categorie: str | None = None
    code: str | None = None
    tarief: int | None = None
    tarief_eenheid: str | None = None
    gemeente: str | None = None
    domein: Domein | None = None
    onderaannemer: str | None = None


def lees_csv(data: bytes) -> tuple[Volume, ...]:
    """The rows of a file in UTF-8, columns apart by ``;``. Raises ``Volumefout``."""
    try:
        tekst = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Volumefout("Het bestand is geen UTF-8; bewaar het als CSV in UTF-8.") from None
    lezer = csv.reader(StringIO(tekst, newline=""), delimiter=";", strict=True)
    try:
        kop = [naam.strip().lower() for naam in next(lezer, [])]
        _eis_kolommen(kop)
        rijen = [(lezer.line_num, rij) for rij in lezer if any(veld.strip() for veld in rij)]
    except csv.Error:
        raise Volumefout(f"regel {lezer.line_num}: geen CSV; controleer de aanhalingstekens.") from None
    if scheef := [nummer for nummer, rij in rijen if len(rij) != len(kop)]:
        raise Volumefout(*(f"regel {nummer}: niet ieder veld is er, of er zijn er te veel." for nummer in scheef))
    return _lees((nummer, dict(zip(kop, rij, strict=True))) for nummer, rij in rijen)


def lees_rijen(rijen: Iterable[Mapping[str, str | int | None]]) -> tuple[Volume, ...]:
    """The same of rows by column name. Raises ``Volumefout``."""
    genummerd = list(enumerate(rijen, start=1))
    for _, rij in genummerd:
        _eis_kolommen(list(rij))
    return _lees((nummer, {k: "" if v is None else str(v) for k, v in rij.items()}) for nummer, rij in genummerd)


def lees_maand(tekst: str) -> Periode:
    """A month, as JJJJ-MM. Raises ``ValueError``."""
    if re.fullmatch(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])", tekst):
        return maand(date.fromisoformat(f"{tekst}-01"))
    raise ValueError(f"{tekst or 'leeg'} is geen maand; schrijf JJJJ-MM, zoals 2026-03.")


def _eis_kolommen(kop: list[str]) -> None:
    if onbekend := [naam for naam in kop if naam not in _LEZERS or kop.count(naam) > 1]:
        raise Volumefout(
            f"Kolom {onbekend[0] or 'zonder naam'} hoort er niet, of staat er twee keer; kies uit {';'.join(_LEZERS)}."
        )
    if ontbreekt := [naam for naam in ("toewijzingnummer", "hoeveelheid") if naam not in kop]:
        raise Volumefout(f"Kolom {ontbreekt[0]} ontbreekt.")
    if not {"datum", "maand"} & set(kop):
        raise Volumefout("Er is een kolom datum of een kolom maand nodig.")


def _lees(rijen: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[Volume, ...]:
    volumes: list[Volume] = []
    fouten: list[Rijfout | str] = []
    for nummer, rij in rijen:
        uitkomst = _rij(nummer, {naam: rij.get(naam, "").strip() for naam in _LEZERS})
        if isinstance(uitkomst, Volume):
            volumes.append(uitkomst)
        else:
            fouten += uitkomst
    if len(volumes) > MEESTE_RIJEN:
        fouten.append(f"Er zijn meer dan {MEESTE_RIJEN} rijen; splits het bestand.")
    if not volumes and not fouten:
        fouten.append("Er is geen enkele rij.")
    if fouten:
        raise Volumefout(*fouten)
    return tuple(volumes)


def _rij(nummer: int, tekst: Mapping[str, str]) -> Volume | list[Rijfout]:
    waarden: dict[str, object] = {}
    fouten: list[Rijfout] = []
    for kolom, lees in _LEZERS.items():
        if len(tekst[kolom]) > LANGSTE_CEL:
            fouten.append(Rijfout(nummer, kolom, f"hier staan meer dan {LANGSTE_CEL} tekens."))
            continue
        try:
            waarden[kolom] = lees(tekst[kolom]) if tekst[kolom] or kolom in _VERPLICHT else None
        except ValueError as fout:
            fouten.append(Rijfout(nummer, kolom, str(fout)))
    if not fouten:
        fouten = [Rijfout(nummer, kolom, melding) for kolom, melding in _samenhang(waarden)]
    if fouten:
        return fouten
    datum, tot, hele = (waarden.pop(naam) for naam in ("datum", "tot", "maand"))
    periode = hele if isinstance(hele, Periode) else Periode(datum, tot or datum)  # type: ignore[arg-type]
    hoeveelheid = waarden.pop("hoeveelheid")
    aantal = None if hoeveelheid == OUTPUT else hoeveelheid
    return Volume(regel=nummer, periode=periode, per_dag=hele is None, hoeveelheid=aantal, **waarden)  # type: ignore[arg-type]


def _samenhang(waarden: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    datum, tot, hele = waarden["datum"], waarden["tot"], waarden["maand"]
    if (datum is None) == (hele is None):
        yield "datum", "vul een datum of een maand, en niet allebei."
    elif tot is not None and not (isinstance(datum, date) and isinstance(tot, date) and datum <= tot):
        yield "tot", "is de laatste dag van een verblijf en ligt niet vóór de datum."
    elif waarden["hoeveelheid"] == OUTPUT and hele is None:
        yield "hoeveelheid", f"{OUTPUT} is er voor een hele maand; vul de kolom maand."
    if waarden["tarief_eenheid"] is not None and waarden["tarief"] is None:
        yield "tarief_eenheid", "hoort bij een tarief."


def _nummer(tekst: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", tekst) or int(tekst) == 0:
        raise ValueError(f"{tekst or 'leeg'} is geen ToewijzingNummer; dat zijn hoogstens 9 cijfers.")
    return int(tekst)


def _dag(tekst: str) -> date:
    """EEJJ-MM-DD, or as a Dutch sheet writes it: D-M-EEJJ."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", tekst):
            return date.fromisoformat(tekst)
        if gevonden := re.fullmatch(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})", tekst):
            dag, maand_, jaar = map(int, gevonden.groups())
            return date(jaar, maand_, dag)
    except ValueError:
        pass
    raise ValueError(f"{tekst or 'leeg'} is geen dag; schrijf EEJJ-MM-DD, zoals 2026-01-31.")


def _hoeveelheid(tekst: str) -> int | str:
    if tekst.lower() == OUTPUT:
        return OUTPUT
    if re.fullmatch(r"-[0-9]+([.,][0-9]+)?", tekst):
        raise ValueError(
            f"{tekst} is negatief; crediteer wat te veel is gedeclareerd, en declareer het daarna opnieuw."
        )
    if re.fullmatch(r"[0-9]*[.,][0-9]+", tekst):
        raise ValueError(f"{tekst} is geen heel getal; schrijf uren als minuten (eenheid 01) en euro's als centen.")
    return _getal(tekst)


def _getal(tekst: str) -> int:
    if not re.fullmatch(r"[0-9]{1,8}", tekst):
        raise ValueError(f"{tekst or 'leeg'} is geen heel getal van hoogstens 8 cijfers.")
    return int(tekst)


def _tarief(tekst: str) -> int:
    try:
        return _getal(tekst)
    except ValueError:
        raise ValueError(f"{tekst} is geen tarief; schrijf hele eurocenten, 5000 voor 50 euro.") from None


def _eenheid(tekst: str) -> str:
    eenheden = codelijst("WJ756", Domein.IWMO).codes
    if tekst.zfill(2) not in eenheden:
        raise ValueError(f"{tekst} is geen Eenheid; kies {', '.join(eenheden)}.")
    return tekst.zfill(2)


def _cijfers(aantal: int, wat: str) -> Callable[[str], str]:
    def lees(tekst: str) -> str:
        if not re.fullmatch(rf"[0-9]{{1,{aantal}}}", tekst):
            raise ValueError(f"{tekst} is geen {wat}; dat zijn {aantal} cijfers.")
        return tekst.zfill(aantal)

    return lees


def _code(tekst: str) -> str:
    if not re.fullmatch(r"[^\x00-\x1f]{1,5}", tekst):
        raise ValueError(f"{tekst} is geen productcode; die heeft 1 tot 5 tekens.")
    return tekst


def _domein(tekst: str) -> Domein:
    try:
        return Domein(tekst.lower())
    except ValueError:
        raise ValueError(f"{tekst} is geen wet; kies {', '.join(Domein)}.") from None


_VERPLICHT = ("toewijzingnummer", "hoeveelheid")

_LEZERS: Mapping[str, Callable[[str], object]] = {
    "toewijzingnummer": _nummer,
    "datum": _dag,
    "tot": _dag,
    "maand": lees_maand,
    "hoeveelheid": _hoeveelheid,
    "eenheid": _eenheid,
    "categorie": _cijfers(2, "ProductCategorie"),
    "code": _code,
    "tarief": _tarief,
    "tarief_eenheid": _eenheid,
    "gemeente": _cijfers(4, "CBS-code van een gemeente"),
    "domein": _domein,
    "onderaannemer": str,
}
"""The columns, in any order, and how each is read."""

KOLOMMEN = tuple(_LEZERS)
