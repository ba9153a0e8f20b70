"""A tiny history told by hand, of which the recomputation is sure: what a sentence of the contract needs, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from tests.stuurinformatie.narekening.feiten import open_feiten
from tests.stuurinformatie.narekening.groepen import Groep
from tests.stuurinformatie.narekening.lezer import Feiten, Rij
from tests.stuurinformatie.narekening.narekening import Narekening
from tests.stuurinformatie.narekening.zicht import Beller

GEMEENTE, AANBIEDER, ANDER, BSN = "0855", "98000000", "98000001", "999900006"


def dag(tekst: str) -> date:
    """A day; without a year it is in 2025."""
    return date.fromisoformat(tekst if len(tekst) == len("2025-01-01") else f"2025-{tekst}")


@dataclass
class Verhaal:
    """Approved messages of one client, unless it is said otherwise; days as ``dag`` reads them."""

    domein: str = "iwmo"
    feiten: Feiten = field(default_factory=Feiten)
    geladen: dict[str, list[Rij]] = field(default_factory=dict)
    _volg: "count[int]" = field(default_factory=lambda: count(1))

    def toewijzing(
        self, nummer: int, ingang: str, eind: str | None = None, *, op: str | None = None, vast: str | None = None, cat: str | None = "02",
        code: str | None = "02T01", omvang: tuple[int, str, str] | None = (4, "04", "2"), budget: int | None = None, reden: str | None = None,
        referentie: str | None = None, aanbieder: str = AANBIEDER, gemeente: str = GEMEENTE, bsn: str = BSN,
    ) -> None:  # fmt: skip
        """A version of a toewijzing; ``vast`` is its Toewijzingsdatum, that of receipt unless told."""
        gekomen = dag(op or ingang)
        kop = self._kop(gekomen, gemeente, aanbieder)
        volume, eenheid, frequentie = omvang or (None, None, None)
        self.feiten.versie.append(
            (
                *kop, bsn, nummer, cat, code, f"{dag(vast) if vast else gekomen} 10:00:00", gekomen, f"I{kop[1]}", dag(ingang),
                dag(eind) if eind else None, volume, eenheid, frequentie, budget, reden, referentie,
            )
        )  # fmt: skip

    def start(
        self, nummer: int | None, begin: str, *, op: str | None = None, status: str = "1", product: tuple[str | None, str | None] = ("02", "02T01"),
        aanbieder: str = AANBIEDER, gemeente: str = GEMEENTE, bsn: str = BSN,
    ) -> None:  # fmt: skip
        """A start; received on its Begindatum unless told."""
        kop = self._kop(dag(op or begin), gemeente, aanbieder)
        self.feiten.start.append((*kop, bsn, nummer, *product, dag(begin), status))

    def stop(
        self, nummer: int | None, begin: str, eind: str, reden: str = "19", *, op: str | None = None, status: str = "1",
        product: tuple[str | None, str | None] = ("02", "02T01"), aanbieder: str = AANBIEDER, gemeente: str = GEMEENTE, bsn: str = BSN,
    ) -> None:  # fmt: skip
        """A stop; received on its Einddatum unless told."""
        kop = self._kop(dag(op or eind), gemeente, aanbieder)
        self.feiten.stop.append((*kop, bsn, nummer, *product, dag(begin), reden, dag(eind), status))

    def geleverd(self, nummer: int, begin: str, eind: str, **anders: Any) -> None:
        """Assigned for these days, begun on the first and stopped on the last."""
        wie: dict[str, Any] = {naam: anders[naam] for naam in ("aanbieder", "gemeente", "bsn") if naam in anders}
        product: dict[str, Any] = {"product": (anders.get("cat", "02"), anders.get("code", "02T01"))}
        reden = anders.pop("stopreden", "19")
        self.toewijzing(nummer, begin, eind, **anders)
        self.start(nummer, begin, **product, **wie)
        self.stop(nummer, begin, eind, reden, **product, **wie)

    def prestatie(
        self,
        nummer: int,
        referentie: str,
        bedrag: int,
        uitkomst: str,
        op: str,
        *,
        maand: str = "03",
        vorig: str | None = None,
    ) -> None:
        """A Prestatie over a month that was answered on this day."""
        kop = self._kop(dag(op), GEMEENTE, AANBIEDER)
        begin, eind = dag(f"{maand}-01"), dag(f"{maand}-28")
        self.feiten.prestatie.append(
            (
                *kop,
                BSN,
                referentie,
                vorig,
                nummer,
                "02",
                "02T01",
                begin,
                eind,
                bedrag,
                "C" if vorig else "D",
                uitkomst,
                dag(op),
                kop[1],
            )
        )

    def cijfer(
        self,
        code: str,
        van: str = "01-01",
        tot: str = "12-31",
        per: Sequence[str] = (),
        *,
        rol: str = "gemeente",
        wie: str = "",
        klein: bool = True,
    ) -> list[Groep]:
        """The groups of a figure, by default for the gemeente and with small cells."""
        beller = Beller(wie or (GEMEENTE if rol == "gemeente" else AANBIEDER), rol)
        periode = dag(van), dag(tot)
        db = open_feiten(self.feiten, self.geladen)
        return Narekening.van(db, beller, [periode], (code,)).groepen(code, *periode, per, toon_klein=klein)

    def een(self, code: str, van: str = "01-01", tot: str = "12-31", **hoe: Any) -> Groep:
        """The one group of a figure without names."""
        [groep] = self.cijfer(code, van, tot, **hoe)
        return groep

    def _kop(self, op: date, gemeente: str, aanbieder: str) -> Rij:
        volg = next(self._volg)
        return f"b{volg}", volg, self.domein, gemeente, aanbieder, op
