"""Who may see which figures over what: the one place that says so."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import Connection

from ..hoofdaannemer.keuzes import Keuzes
from ..hoofdaannemer.segment import Segmentlijst
from ..levensloop.kalender import Kalender
from ..opslag.bureau import hoofdaannemers, inzetten
from ..opslag.partijen import contracten
from ..opslag.partijen.contracten import VOOR_ALLEN
from ..opslag.stuurinformatie import stuurbronnen, stuurgeld
from ..opslag.stuurinformatie.stuurbronnen import Kijker
from ..opslag.stuurinformatie.stuurpaar import uit_paar
from ..opslag.stuurinformatie.stuurvragen import Aantal
from ..partijen.partij import Partij, Partijrol
from ..regels.contract import Contract
from ..regels.instelling import uitval_van, wachtnorm_van
from ..standaard.domein import Domein
from ..stuurinformatie.afgewezen import Beantwoord
from ..stuurinformatie.catalogus import KPIS
from ..stuurinformatie.kpi import DOORGEGEVEN, Kpi
from ..stuurinformatie.tijd import Tijdvak, Werkdagen

_ZINNEN = {
    Partijrol.GEMEENTE: "alles van gemeente {code}, bij welke aanbieder ook",
    Partijrol.AANBIEDER: "alleen wat van aanbieder {code} is: een traject dat elders begint of verdergaat, begint of eindigt hier",
    Partijrol.HOOFDAANNEMER: "alleen wat van hoofdaannemer {code} en haar partners is: een traject dat elders begint of verdergaat, begint of "
    "eindigt hier",
    Partijrol.ONDERAANNEMER: "alleen wat aan partner {code} is doorgegeven",
}


def voor_rol(rol: Partijrol) -> list[Kpi]:
    """The figures for a party of this rol."""
    return [kpi for kpi in KPIS.values() if rol in kpi.voor]


def groepeernamen(rol: Partijrol) -> list[str]:
    """The names by which some figure for a party of this rol can be grouped."""
    alle = dict.fromkeys(naam for kpi in voor_rol(rol) for naam in kpi.per)
    return [naam for naam in alle if naam not in DOORGEGEVEN or geeft_door(rol)]


def geeft_door(rol: Partijrol) -> bool:
    """Whether a party of this rol has to do with partners, and so with their segmenten."""
    return rol in (Partijrol.HOOFDAANNEMER, Partijrol.ONDERAANNEMER)


def zin(partij: Partij) -> str:
    """What a party sees, in a sentence."""
    return _ZINNEN[partij.rol].format(code=partij.code)


@dataclass
class Zicht:
    """One who looks, with one connection: what figures ask besides facts is read when it is first asked for."""

    verbinding: Connection
    partij: Partij
    kalender: Kalender
    tijdvak: Tijdvak
    _aantallen: dict[tuple[object, ...], Sequence[Aantal]] = field(default_factory=dict)
    _beantwoord: tuple[int, Sequence[Beantwoord]] | None = None

    @property
    def wie(self) -> Kijker:
        """As the database is asked."""
        return Kijker(self.partij.code, self.partij.rol is Partijrol.GEMEENTE)

    @cached_property
    def paren(self) -> list[int]:
        """Of which law, gemeente and aanbieder there is something to see."""
        return stuurbronnen.paren(self.verbinding, self.wie)

    @cached_property
    def werkdagen(self) -> Werkdagen:
        """Those of the period and of some years around it."""
        van, tot = (date.fromordinal(dag) for dag in self.tijdvak)
        return Werkdagen(self.kalender, _eerder(van), tot + timedelta(31))

    @cached_property
    def segmenten(self) -> Segmentlijst:
        """Which products belong to which segment."""
        return hoofdaannemers.segmentlijst(self.verbinding, self.partij.code)

    @cached_property
    def keuzes(self) -> Keuzes:
        """What a hoofdaannemer chose."""
        return hoofdaannemers.keuzes(self.verbinding, self.partij.code)

    def hoofdaannemers(self) -> list[str]:
        """Whose inzetten it sees: its own, or those passed on to it."""
        if self.partij.rol is Partijrol.ONDERAANNEMER:
            return inzetten.hoofdaannemers_van(self.verbinding, self.partij.code)
        return [self.partij.code]

    @property
    def als_partner(self) -> str | None:
        """The partner of whom it sees the inzetten only; None for a hoofdaannemer, which sees all of its own."""
        return self.partij.code if self.partij.rol is Partijrol.ONDERAANNEMER else None

    def aantallen(
        self, kpi: Kpi, tijdvak: Tijdvak, namen: Sequence[str], tel: Callable[[], Iterable[Aantal]]
    ) -> Sequence[Aantal]:
        """How many facts and clients are in each group: counted once for all figures that count the same facts."""
        zelfde = kpi.bron, kpi.telt, kpi.op, kpi.verborgen, tijdvak, tuple(namen)
        if zelfde not in self._aantallen:
            self._aantallen[zelfde] = list(tel())
        return self._aantallen[zelfde]

    def beantwoord(self, peil: int) -> Sequence[Beantwoord]:
        """What was answered in the dossiers of what was refused and not granted by this day. It is asked once for all parts of a period:
        what was asked for an earlier day has all of a later one."""
        if self._beantwoord is None or peil < self._beantwoord[0]:
            self._beantwoord = peil, list(stuurgeld.beantwoord(self.verbinding, self.wie, date.fromordinal(peil)))
        return self._beantwoord[1]

    def namen(self, kpi: Kpi, per: tuple[str, ...]) -> tuple[str, ...]:
        """By what a figure is grouped for it: the names that it knows, its own keys behind them."""
        bekend = [naam for naam in per if naam in kpi.per and (naam not in DOORGEGEVEN or geeft_door(self.partij.rol))]
        return (*dict.fromkeys(bekend), *(naam for naam in kpi.eigen if naam not in bekend))

    def contract(self, gemeente: str, aanbieder: str) -> Contract:
        """What these two agreed, who are among those that are seen."""
        return self._contracten[gemeente, aanbieder]

    @cached_property
    def _contracten(self) -> Mapping[tuple[str, str], Contract]:
        return contracten.laad_alle(self.verbinding, {uit_paar(nummer)[1:] for nummer in self.paren})

    @cached_property
    def _instellingen(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        gemeenten = {uit_paar(nummer)[1] for nummer in self.paren}
        return contracten.instellingen_van(self.verbinding, gemeenten, {VOOR_ALLEN})

    def _van_gemeente(self, gemeente: str) -> Mapping[str, str]:
        return self._instellingen[gemeente, VOOR_ALLEN]

    def wachtnorm(self, gemeente: str, categorie: str | None) -> int:
        """How many days one may wait for care of this form."""
        return wachtnorm_van(self._van_gemeente(gemeente), categorie)

    def uitval(self, domein: str, gemeente: str) -> frozenset[str]:
        """The redenen that count as ended by one side."""
        return uitval_van(self._van_gemeente(gemeente), Domein(domein))


def _eerder(dag: date) -> date:
    return date(max(dag.year - 2, 1), 1, 1)
