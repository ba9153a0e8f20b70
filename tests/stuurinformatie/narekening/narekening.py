"""The recomputation as a whole: all figures for one caller, over these periods."""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
from tests.stuurinformatie.narekening.cijfers import CIJFERS, PERIODE, Cijfer, bezetting
from tests.stuurinformatie.narekening.groepen import Groep, delen, groepeer
from tests.stuurinformatie.narekening.zicht import Beller, kijk

Periode = tuple[date, date]
Rijen = dict[Periode, list[dict[str, Any]]]

CIJFER: dict[str, Cijfer] = {cijfer.code: cijfer for cijfer in CIJFERS}


@dataclass(frozen=True)
class Narekening:
    """The rows of every figure for one caller, of which any grouping is made."""

    beller: Beller
    rijen: dict[str, Rijen]

    @classmethod
    def van(
        cls, db: duckdb.DuckDBPyConnection, beller: Beller, perioden: Sequence[Periode], alleen: Container[str] = CIJFER
    ) -> "Narekening":
        """What this caller may see, over these periods and all their months and quarters; of all figures or of these alone."""
        kijk(db, beller)
        stukken = {
            (deel.van, deel.tot)
            for van, tot in perioden
            for per in ([], *([naam] for naam in PERIODE))
            for deel in delen(van, tot, per)
        }
        db.execute("CREATE OR REPLACE TEMP TABLE deel (van DATE, tot DATE)")
        db.executemany("INSERT INTO deel VALUES (?, ?)", [list(stuk) for stuk in sorted(stukken)])
        rijen: dict[str, Rijen] = {}
        for cijfer in cijfers(beller):
            if cijfer.code not in alleen:
                continue
            if cijfer.code == "BEZETTING":
                rijen["BEZETTING"] = _haal(db, bezetting(per_partner=False), beller)
                rijen["BEZETTING/partner"] = _haal(db, bezetting(per_partner=True), beller)
            else:
                rijen[cijfer.code] = _haal(db, cijfer.sql, beller)
        return cls(beller, rijen)

    def groepen(
        self, code: str, van: date, tot: date, per: Sequence[str] = (), *, toon_klein: bool = False
    ) -> list[Groep]:
        """The groups of one figure."""
        cijfer = CIJFER[code]
        waaruit = "BEZETTING/partner" if code == "BEZETTING" and "partner" in per else code
        return groepeer(cijfer, self.rijen[waaruit], van, tot, per, toon_klein=toon_klein)


def cijfers(beller: Beller) -> list[Cijfer]:
    """The figures for this role."""
    return [cijfer for cijfer in CIJFERS if not cijfer.alleen_hoofdaannemer or beller.rol == "hoofdaannemer"]


def _haal(db: duckdb.DuckDBPyConnection, sql: str, beller: Beller) -> Rijen:
    """The rows by the part of a period that they are of."""
    gevonden = db.execute(sql, {"code": beller.code} if "$code" in sql else {})
    namen = [kolom[0] for kolom in gevonden.description or ()]
    uit: Rijen = defaultdict(list)
    for waarden in gevonden.fetchall():
        rij = dict(zip(namen, waarden, strict=True))
        uit[rij["van"], rij["tot"]].append(rij)
    return uit
