"""The short form of a recorded message: only what differs from what the writer of flows makes by itself.

Whatever can be left out is left out and tried: when the writer then still makes the very same message, it stays out. Pure.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ...standaard.berichtsoort import Berichtsoort
from ...standaard.domein import Domein
from ...standaard.schema import Schemas
from ..schrijven.invullen import Invuller
from ..schrijven.kop import kop
from ..schrijven.sjablonen import sjablonen
from ..schrijven.verleden import Verleden, Verzonden
from ..schrijven.waarden import Nummers, Omgeving, WaardeFout
from .anonimiseren import Boom

_BEKEND, _VERS = 1, 2
"""Seeds of the numbers that the variables stand for and of those that the writer makes: they never meet."""

_RONDEN = 4
_MAX_DAGEN = 99_999
"""The most days that an expression can add."""


class VerkortFout(ValueError):
    """A message that a flow cannot say. The text is Dutch and names no value."""


@dataclass(frozen=True, slots=True)
class Kort:
    """What a step says: ``inhoud``, and whether it is ``alleen``."""

    inhoud: Boom
    alleen: bool


@dataclass
class Verkorter:
    """Shortens the messages of one recording, one after the other. ``variabelen`` is the element of each variable, ``codes``
    the code of every party, ``persoon`` what the flow says of its client beside the template."""

    wet: Domein
    begin: datetime
    variabelen: Mapping[str, str]
    codes: Mapping[str, str]
    persoon: Boom
    schemas: Schemas
    verleden: Verleden = field(default_factory=Verleden)
    _namen: dict[str, str] = field(init=False)
    _persoon: Boom = field(init=False)

    def __post_init__(self) -> None:
        bekend = Omgeving(Nummers(_BEKEND), self.begin, self.wet)
        self._namen = {naam: bekend.vers(element) or "" for naam, element in self.variabelen.items()}
        basis = bekend.waarde(sjablonen()["persoon"])
        bsn = {"Bsn": self.persoon.get("Bsn", self._namen["client"])}
        self._persoon = basis | bsn | self.persoon | {"Naam": basis["Naam"] | self.persoon.get("Naam", {})}
        self._namen["client"] = bsn["Bsn"]

    def verkort(
        self, soort: Berichtsoort, boom: Boom, van: str, naar: str, moment: datetime, identificatie: str, telt: bool
    ) -> Kort:
        """The short form of a message of ``van`` to ``naar``; when it ``telt`` later messages build upon it, until it is refused
        (``verleden.vergeet``). Raises ``VerkortFout``."""
        proef = _Proef(self, soort, van, naar, moment, _dagtekening(boom, moment))
        heel = _uitdrukkingen(_zonder_dagtekening(boom), moment.date())
        hoort = proef.hoort(heel)
        kort = self._heel(proef, soort, heel, hoort)
        _snoei(kort.inhoud, lambda: proef.geeft(kort) == hoort)
        if telt:
            partijen = frozenset((self.codes[van], self.codes[naar]))
            self.verleden.voeg_toe(Verzonden(soort.nummer, identificatie, partijen, hoort))
        return kort

    def _heel(self, proef: "_Proef", soort: Berichtsoort, heel: Boom, hoort: Boom) -> Kort:
        """The whole content, and without what the writer would add to it."""
        for alleen in (False, True):
            kort = Kort(deepcopy(heel), alleen)
            for _ in range(_RONDEN):
                if (gemaakt := proef.geeft(kort)) == hoort:
                    return kort
                if gemaakt is not None:
                    _haal_weg(kort.inhoud, gemaakt, hoort)
        raise VerkortFout(f"Een {soort} is niet als stap van een flow te schrijven.")


@dataclass(frozen=True, slots=True)
class _Proef:
    """What the writer makes of one message."""

    van_: Verkorter
    soort: Berichtsoort
    van: str
    naar: str
    moment: datetime
    dagtekening: date

    def geeft(self, kort: Kort) -> Boom | None:
        """The message that comes of it; None when nothing can."""
        invuller = Invuller(
            self._omgeving(), self.soort, self.van_._persoon, frozenset((self._code(self.van), self._code(self.naar))),
            self.van_.verleden, alleen=kort.alleen,
        )  # fmt: skip
        try:
            return invuller.vul(self._kop(), deepcopy(kort.inhoud))
        except WaardeFout:
            return None

    def hoort(self, heel: Boom) -> Boom:
        """The message that must come of it."""
        uit: Boom = self._omgeving().waarde(deepcopy(heel))
        header = self._kop()
        anders = uit.get("Header", {})
        nummer = header["BerichtIdentificatie"] | anders.get("BerichtIdentificatie", {})
        return uit | {"Header": header | anders | {"BerichtIdentificatie": nummer}}

    def _kop(self) -> Boom:
        dag = self.dagtekening.isoformat()
        return kop(self.soort, self._code(self.van), self._code(self.naar), "-", dag, self.van_.schemas)

    def _code(self, naam: str) -> str:
        return self.van_.codes[naam]

    def _omgeving(self) -> Omgeving:
        omgeving = Omgeving(Nummers(_VERS), self.van_.begin, self.van_.wet, namen=dict(self.van_._namen))
        omgeving.moment = self.moment
        return omgeving


def dag_als(dag: date, vandaag: date) -> str:
    """A day as it stands in a flow, counted from the day of the step."""
    dagen = (dag - vandaag).days
    if abs(dagen) > _MAX_DAGEN:
        return dag.isoformat()
    return f"$vandaag{dagen:+}d" if dagen else "$vandaag"


def _dagtekening(boom: Boom, moment: datetime) -> date:
    dag = boom.get("Header", {}).get("BerichtIdentificatie", {}).get("Dagtekening", moment.date())
    assert isinstance(dag, date)
    return dag


def _zonder_dagtekening(boom: Boom) -> Boom:
    """The Dagtekening is said by the step, and the versions are those that the writer knows."""
    header = {naam: waarde for naam, waarde in boom.get("Header", {}).items() if waarde}
    nummer = {naam: w for naam, w in header.pop("BerichtIdentificatie", {}).items() if naam != "Dagtekening"}
    return boom | {"Header": header | ({"BerichtIdentificatie": nummer} if nummer else {})}


def _uitdrukkingen(boom: Any, vandaag: date) -> Any:
    if isinstance(boom, dict):
        return {naam: _uitdrukkingen(waarde, vandaag) for naam, waarde in boom.items()}
    if isinstance(boom, list):
        return [_uitdrukkingen(item, vandaag) for item in boom]
    return dag_als(boom, vandaag) if isinstance(boom, date) else boom


def _haal_weg(inhoud: Any, gemaakt: Any, hoort: Any) -> None:
    """Say of everything that is made and must not be there that it is not."""
    if isinstance(gemaakt, dict) and isinstance(hoort, dict) and isinstance(inhoud, dict):
        for naam in gemaakt:
            if naam not in hoort:
                inhoud[naam] = None
            elif naam in inhoud:
                _haal_weg(inhoud[naam], gemaakt[naam], hoort[naam])
    elif isinstance(gemaakt, list) and isinstance(hoort, list) and isinstance(inhoud, list):
        for een, maakte, moest in zip(inhoud, gemaakt, hoort, strict=False):
            _haal_weg(een, maakte, moest)


def _snoei(boom: Boom, gelijk: Callable[[], bool]) -> None:
    """Leave out what makes no difference, the largest pieces first."""
    for naam in list(boom):
        waarde = boom.pop(naam)
        if gelijk():
            continue
        boom[naam] = waarde
        if isinstance(waarde, dict):
            _snoei(waarde, gelijk)
        elif isinstance(waarde, list):
            _snoei_lijst(waarde, gelijk)


def _snoei_lijst(lijst: list[Any], gelijk: Callable[[], bool]) -> None:
    while len(lijst) > 1:
        laatste = lijst.pop()
        if not gelijk():
            lijst.append(laatste)
            break
    for item in lijst:
        if isinstance(item, dict):
            _snoei(item, gelijk)
