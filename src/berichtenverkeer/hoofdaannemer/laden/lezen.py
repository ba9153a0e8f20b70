"""Read a table as one kind of file, and tell every fault at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...tabellen.blad import FORMULE
from ...tabellen.lezen import Tabel
from ..fouten import Geweigerd
from ..tarief import Bijdrage, Tarief, overlappend
from .cel import GeenWaarde
from .soorten import Soort

_MEESTE_TEKENS = 200


@dataclass(frozen=True, slots=True)
class Fout:
    """What is wrong with a cell, or with a row as a whole: then ``waarde`` is empty. ``rij`` as a spreadsheet counts. Of a long
    ``waarde`` the beginning is told: one text may stand in every cell of a workbook."""

    rij: int
    kolom: str
    waarde: str
    melding: str
    advies: str

    def __post_init__(self) -> None:
        if len(self.waarde) > _MEESTE_TEKENS:
            object.__setattr__(self, "waarde", f"{self.waarde[:_MEESTE_TEKENS]}…")


@dataclass(frozen=True, slots=True)
class Rij:
    """A row as it was read: its values by column, and what it is when its kind says so."""

    nummer: int
    waarden: dict[str, Any]
    wat: Any = None


@dataclass(frozen=True, slots=True)
class Gelezen:
    """What a file says, and what is wrong with it; with one fault nothing of it is to be stored. ``half`` are rows with a fault, with what
    of them could be read: that it is known is judged all the same."""

    rijen: tuple[Rij, ...]
    fouten: tuple[Fout, ...]
    half: tuple[Rij, ...] = ()


def lees(tabel: Tabel, soort: Soort) -> Gelezen:
    """The rows of a table as one kind of file, with all that is wrong: columns, cells, keys that come twice, what a row may not say,
    and tariffs or contributions that overlap within the file."""
    koppen = tuple(kop.lower() for kop in tabel.koppen)
    fouten = list(_koppen(koppen, tabel.koprij, soort))
    plaats = {kolom.naam: koppen.index(kolom.naam) for kolom in soort.kolommen if kolom.naam in koppen}
    if fouten:
        return Gelezen((), tuple(fouten))
    rijen: list[Rij] = []
    half: list[Rij] = []
    gezien: dict[tuple[object, ...], int] = {}
    for nummer, cellen in tabel.rijen:
        if len(cellen) > len(koppen) and any(cellen[len(koppen) :]):
            teveel = cellen[len(koppen)]
            fouten.append(
                Fout(
                    nummer,
                    "",
                    teveel,
                    "Deze rij heeft meer cellen dan er kolommen zijn.",
                    "Zet tekst met een scheidingsteken tussen aanhalingstekens.",
                )
            )
            continue
        waarden: dict[str, Any] = {}
        ruw: dict[str, str] = {}
        goed = True
        for kolom in soort.kolommen:
            plek = plaats.get(kolom.naam)
            cel = ruw[kolom.naam] = cellen[plek] if plek is not None and plek < len(cellen) else ""
            try:
                if not cel and not kolom.leeg:
                    raise GeenWaarde("Vul deze kolom.")
                if cel.startswith(FORMULE):
                    raise GeenWaarde(
                        "Zet er wat zij oplevert: kopieer de cel, en plak haar met Plakken speciaal als waarde."
                    )
                waarden[kolom.naam] = kolom.lees(cel) if cel else None
            except GeenWaarde as fout:
                fouten.append(Fout(nummer, kolom.naam, cel, _melding(cel), str(fout)))
                goed = False
        goed &= _dagen(nummer, waarden, ruw, fouten)
        rij = _rij(soort, nummer, waarden, ruw, fouten) if goed else None
        if rij is None:
            half.append(Rij(nummer, waarden))
        else:
            sleutel = tuple(waarden[naam] for naam in soort.sleutel)
            if soort.sleutel and sleutel in gezien:
                eerder = f"Rij {gezien[sleutel]} heeft dezelfde {', '.join(soort.sleutel)}."
                fouten.append(Fout(nummer, soort.sleutel[0], ruw[soort.sleutel[0]], eerder, "Laat een van beide weg."))
                half.append(rij)
                continue
            gezien[sleutel] = nummer
            rijen.append(rij)
    fouten += _overlap(rijen)
    return Gelezen(tuple(rijen), tuple(sorted(fouten, key=lambda fout: fout.rij)), tuple(half))


def _melding(cel: str) -> str:
    if not cel:
        return "De cel is leeg."
    return "Hier staat een formule." if cel.startswith(FORMULE) else "Deze waarde kan hier niet."


def _koppen(koppen: tuple[str, ...], rij: int, soort: Soort) -> Iterator[Fout]:
    namen = [kolom.naam for kolom in soort.kolommen]
    for kolom in soort.kolommen:
        if kolom.naam not in koppen and not kolom.leeg:
            yield Fout(rij, kolom.naam, "", "Deze kolom ontbreekt.", f"De kolommen zijn: {', '.join(namen)}.")
    for kop in dict.fromkeys(koppen):
        if kop not in namen and kop:
            yield Fout(rij, kop, kop, "Deze kolom hoort hier niet.", f"De kolommen zijn: {', '.join(namen)}.")
        elif koppen.count(kop) > 1 and kop:
            yield Fout(rij, kop, kop, "Deze kolom staat er meer dan eens.", "Laat er een weg.")


def _dagen(nummer: int, waarden: dict[str, Any], ruw: dict[str, str], fouten: list[Fout]) -> bool:
    van, tot = waarden.get("van"), waarden.get("tot")
    if van is None or tot is None or tot >= van:
        return True
    melding = f"De rij eindigt ({tot}) voor zij begint ({van})."
    fouten.append(Fout(nummer, "tot", ruw["tot"], melding, "Verwissel de dagen of laat tot leeg."))
    return False


def _rij(soort: Soort, nummer: int, waarden: dict[str, Any], ruw: dict[str, str], fouten: list[Fout]) -> Rij | None:
    if soort.maak is None:
        return Rij(nummer, waarden)
    velden = soort.velden or {}
    try:
        return Rij(nummer, waarden, soort.maak(**{velden.get(naam, naam): waarde for naam, waarde in waarden.items()}))
    except Geweigerd as geweigerd:
        fouten += [Fout(nummer, b.veld, ruw.get(b.veld, ""), b.melding, b.advies) for b in geweigerd.bezwaren]
        return None


def _overlap(rijen: list[Rij]) -> Iterator[Fout]:
    nummers = {id(rij.wat): rij.nummer for rij in rijen}
    for soort in (Tarief, Bijdrage):
        for eerste, tweede in overlappend([rij.wat for rij in rijen if isinstance(rij.wat, soort)]):
            melding = f"Deze rij geldt op dezelfde dag als rij {nummers[id(eerste)]}."
            yield Fout(nummers[id(tweede)], "van", str(tweede.van), melding, "Geef de eerste een tot die eerder is.")
