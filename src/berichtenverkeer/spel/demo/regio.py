"""The region: who takes part in the demonstration, and which flows are told of how many clients."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from ...partijen.gebruikers import Rol
from ...partijen.partij import Partijrol
from ...standaard.domein import Domein
from ..bestand.bibliotheek import bibliotheek
from ..bestand.flow import EINDE, Flow, lees
from ..bestand.flow import Deelnemer as Rolspeler
from ..doelen.doel import Doel, Speler

_HOOFDAANNEMER = "hoofdaannemer"


class _Deel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Deelnemer(_Deel):
    """A party of the region; ``wet`` is the law under which an aanbieder delivers."""

    code: str
    rol: Literal["gemeente", "aanbieder", "hoofdaannemer", "onderaannemer"]
    naam: str
    wet: Domein | None = None

    @property
    def token(self) -> str:
        """Its token; real ones are made by chance."""
        return f"demo-{self.code}"


class Mens(_Deel):
    """Someone who may log in at the pages, for these parties as what."""

    login: str
    naam: str
    partijen: Mapping[str, Rol] = {}
    operator: bool = False


class Verhaal(_Deel):
    """A flow of the library, told ``keer`` times; ``klok`` is when the first begins, in Dutch time."""

    flow: str
    klok: datetime | None = None
    keer: int = 1


class Regio(_Deel):
    """The region, and the moment at which one looks back on what happened in it (Dutch time)."""

    einde: datetime
    deelnemers: tuple[Deelnemer, ...]
    wachtwoord: str
    """Of everyone of ``gebruikers``."""

    gebruikers: tuple[Mens, ...]
    verhalen: tuple[Verhaal, ...]

    def verteld(self) -> Iterator[tuple[Flow, Domein, datetime | None]]:
        """Every play: its flow, its law and its begin. The laws take turns, each next client comes a week later."""
        wetten = cycle(Domein)
        for verhaal in self.verhalen:
            flow = lees(bibliotheek() / f"{verhaal.flow}{EINDE}")
            for keer in range(verhaal.keer):
                wet = flow.wetten[0] if len(flow.wetten) == 1 else next(wetten)
                yield flow, wet, verhaal.klok and verhaal.klok + timedelta(weeks=keer)

    @property
    def hoofdaannemer(self) -> Deelnemer:
        """There is one."""
        [gevonden] = self.van_rol(_HOOFDAANNEMER)
        return gevonden

    def van_rol(self, rol: str) -> list[Deelnemer]:
        """The parties with this rol."""
        return [deelnemer for deelnemer in self.deelnemers if deelnemer.rol == rol]


def lees_regio(pad: Path) -> Regio:
    """The region of a file. Raises ``pydantic.ValidationError`` or ``yaml.YAMLError``."""
    return Regio.model_validate(yaml.safe_load(pad.read_text(encoding="utf-8")))


@dataclass
class Regiodoel:
    """Gives the parties of each flow to those of the region, who take turns; who is called hoofdaannemer is the hoofdaannemer too."""

    regio: Regio
    base_url: str

    def __post_init__(self) -> None:
        self._gemeenten = cycle(self.regio.van_rol("gemeente"))
        aanbieders = self.regio.van_rol("aanbieder")
        self._aanbieders = {wet: cycle([a for a in aanbieders if a.wet is wet]) for wet in Domein}
        self._onderaannemers = cycle(self.regio.van_rol("onderaannemer"))
        self._gelezen: dict[str, str] = {}

    def doel(self, flow: Flow, wet: Domein) -> Doel:
        return self._doel({naam: self._neem(naam, deelnemer, wet) for naam, deelnemer in flow.partijen.items()})

    def _neem(self, naam: str, deelnemer: Rolspeler, wet: Domein) -> Deelnemer:
        """Whose turn it is to play this party."""
        if deelnemer.rol is Partijrol.GEMEENTE:
            return next(self._gemeenten)
        if deelnemer.rol is Partijrol.ONDERAANNEMER:
            return next(self._onderaannemers)
        if deelnemer.rol is Partijrol.HOOFDAANNEMER or naam == _HOOFDAANNEMER:
            return self.regio.hoofdaannemer
        return next(self._aanbieders[wet])

    def ieder(self) -> Doel:
        """Every party of the region by its code."""
        return self._doel({deelnemer.code: deelnemer for deelnemer in self.regio.deelnemers})

    def _doel(self, spelers: Mapping[str, Deelnemer]) -> Doel:
        return Doel(
            self.base_url,
            {naam: Speler(code=speler.code, token=speler.token) for naam, speler in spelers.items()},
            frozenset(),
            self._gelezen,
        )
