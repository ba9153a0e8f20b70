"""The product code list of a gemeente as a CSV file: read whole, or refused with everything that is wrong in it.

A header and one row a code: ``categorie;code;eenheid;variant;van;tot``, in any order. Days are written EEJJ-MM-DD and both
count; an empty ``tot`` is without end.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from ..levensloop.rekenen.variant import Uitvoeringsvariant
from ..regels.contract import Productcode
from ..standaard.codelijst import codelijst
from ..standaard.domein import Domein
from ..standaard.geldig import raken
from ..tabellen.fouten import HOOGSTENS, GeenTabel
from ..tabellen.lezen import lees_tabel, sleutel
from ..zegbaar import Zegbaar

KOLOMMEN = ("categorie", "code", "eenheid", "variant", "van", "tot")

Kolomfout = tuple[str, str]
"""The column and what is wrong in it."""


class ContractFout(Zegbaar):
    """What was given cannot be kept as part of a contract. The text is Dutch and says what to do."""


def lees_productcodes(data: bytes) -> tuple[Productcode, ...]:
    """The codes in a file. Raises ``ContractFout`` that names line and column of every fault."""
    try:
        tabel = lees_tabel(data).recht()
    except GeenTabel as fout:
        raise ContractFout(str(fout)) from None
    kop = [sleutel(naam) for naam in tabel.koppen]
    if sorted(kop) != sorted(KOLOMMEN):
        raise ContractFout(f"regel 1: de kolommen horen {';'.join(KOLOMMEN)} te zijn.")
    if not tabel.rijen:
        raise ContractFout("Het bestand heeft geen enkele code.")
    codes: dict[int, Productcode] = {}
    fouten: list[tuple[int, str]] = []
    for nummer, rij in tabel.met(kop):
        uitkomst = _code(rij)
        if isinstance(uitkomst, Productcode):
            codes[nummer] = uitkomst
        else:
            fouten += ((nummer, f"regel {nummer}, kolom {kolom}: {melding}") for kolom, melding in uitkomst)
    fouten += _overlap(codes)
    if fouten:
        meldingen = [melding for _, melding in sorted(fouten, key=lambda fout: fout[0])]
        rest = len(meldingen) - HOOGSTENS
        raise ContractFout("\n".join([*meldingen[:HOOGSTENS], *([f"en nog {rest} fouten."] if rest > 0 else [])]))
    return tuple(codes.values())


def lees_dag(tekst: str) -> date:
    """A day as it is written, EEJJ-MM-DD. Raises ``ContractFout``."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", tekst):
            return date.fromisoformat(tekst)
    except ValueError:
        pass
    raise ContractFout(f"{tekst or 'leeg'} is geen dag; schrijf EEJJ-MM-DD, zoals 2026-01-31.")


def lees_productcode(tekst: str) -> str:
    """A product code. Raises ``ContractFout``."""
    if not re.fullmatch(r"[^\s\x00-\x1f](?:[^\x00-\x1f]{0,3}[^\s\x00-\x1f])?", tekst):
        raise ContractFout(f"{tekst or 'leeg'} is geen productcode; die heeft 1 tot 5 tekens.")
    return tekst


def lees_eenheid(tekst: str) -> str:
    """A code of Eenheid. Raises ``ContractFout``."""
    eenheden = codelijst("WJ756", Domein.IWMO).codes
    if tekst not in eenheden:
        raise ContractFout(f"{tekst or 'leeg'} is geen Eenheid; kies {', '.join(eenheden)}.")
    return tekst


def _categorie(tekst: str) -> str:
    """The list of a gemeente is for both laws, so a category of either."""
    if tekst not in codelijst("WMO020", Domein.IWMO) and tekst not in codelijst("JZ020", Domein.IJW):
        raise ContractFout(f"{tekst or 'leeg'} is geen ProductCategorie; schrijf twee cijfers, met voorloopnul.")
    return tekst


def _variant(tekst: str) -> Uitvoeringsvariant:
    try:
        return Uitvoeringsvariant(tekst.lower())
    except ValueError:
        raise ContractFout(f"{tekst or 'leeg'} is geen variant; kies {', '.join(Uitvoeringsvariant)}.") from None


def _code(velden: Mapping[str, str]) -> Productcode | list[Kolomfout]:
    """One row, or what is wrong in it."""
    gelezen: dict[str, object] = {}
    fouten: list[Kolomfout] = []
    lezers: dict[str, Callable[[str], object]] = {
        "categorie": _categorie, "code": lees_productcode, "eenheid": lees_eenheid, "variant": _variant, "van": lees_dag,
        "tot": lambda tekst: lees_dag(tekst) if tekst else None,
    }  # fmt: skip
    for kolom, lees in lezers.items():
        try:
            gelezen[kolom] = lees(velden[kolom])
        except ContractFout as fout:
            fouten.append((kolom, str(fout)))
    if fouten:
        return fouten
    code = Productcode(**gelezen)  # type: ignore[arg-type]
    if code.tot is not None and code.tot < code.van:
        return [("tot", f"{code.tot} ligt vóór {code.van}.")]
    return code


def _overlap(codes: dict[int, Productcode]) -> Iterator[tuple[int, str]]:
    """The same code in the same Eenheid is on the list once at a time."""
    laatste: dict[tuple[str, str, str], tuple[int, Productcode]] = {}
    for nummer, code in sorted(codes.items(), key=lambda paar: paar[1].van):
        sleutel = code.categorie, code.code, code.eenheid
        if sleutel in laatste:
            eerder, ander = laatste[sleutel]
            if raken(ander.van, ander.tot, code.van, code.tot):
                yield (
                    nummer,
                    f"regel {nummer}, kolom van: {code.van} valt in de geldigheid van dezelfde code op regel {eerder}.",
                )
        laatste[sleutel] = nummer, code
