"""Playing flows inside pytest. What differs is told as the timeline of the flow, without a traceback of Python."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from ..instellingen import Instellingen
from ..standaard.domein import Domein
from ..standaard.schema import Schemas
from ..zegbaar import Zegbaar
from .bestand.bibliotheek import NietGevonden, vind
from .bestand.flow import Flow, FlowFout, lees
from .doelen.doel import DoelFout, Doelgever
from .doelen.gegeven import Gegeven, lees_partijen
from .spelen.samen import speel_samen
from .spelen.verloop import Opties, Verloop
from .uitkomst import gouden, verslag

_BREEDTE = 160


class PluginFout(Zegbaar):
    """Pytest cannot play this as it was asked. The text is Dutch."""


class Pytestspel:
    """Plays for one run of pytest, all at one node: that at ``base_url``, or one in this process, started at the first play.

    ``domein`` leaves out the other law; the rest as ``Opties``. Use ``sluit`` in the end.
    """

    def __init__(
        self, base_url: str | None, partijen: Path | None, door: str | None, domein: str | None, klok: datetime | None
    ) -> None:
        if base_url is not None and partijen is None:
            raise PluginFout("Geef bij --bv-base-url ook --bv-partijen: per partij in de flows een code en een token.")
        self._base_url, self._partijen = base_url, partijen
        self._domein = None if domein is None else Domein(domein)
        self._opties = Opties(door=door or "berichten", klok=klok)
        self._stapel = ExitStack()
        self._bij: Doelgever | None = None
        self._schemas = Schemas(Instellingen().xsd_dir)

    def sluit(self) -> None:
        """Stop the node, if it is ours."""
        self._stapel.close()

    def spelen(self, flow: Flow) -> list[tuple[Flow, Domein]]:
        """This flow under each law for which it is to be played."""
        return [(flow, wet) for wet in flow.wetten if self._domein in (None, wet)]

    def speel(self, flow: Flow, wet: Domein) -> Verloop:
        """Play; fails or skips the test that is running, unless all is as the flow says and as its kept timeline."""
        try:
            [verloop] = speel_samen([(flow, wet)], self._knoop(), self._schemas, self._opties)
        except DoelFout as fout:
            pytest.fail(str(fout), pytrace=False)
        verloop.afwijking = gouden.verschil(verloop)
        if verloop.overgeslagen:
            pytest.skip(verloop.overgeslagen)
        if verloop.uitkomst != "geslaagd":
            pytest.fail(_tekst(verloop), pytrace=False)
        return verloop

    def _knoop(self) -> Doelgever:
        """The node. Raises ``DoelFout``."""
        if self._bij is None:
            if self._base_url is not None and self._partijen is not None:
                self._bij = Gegeven(self._base_url, lees_partijen(self._partijen))
            else:
                self._bij = self._eigen()
        return self._bij

    def _eigen(self) -> Doelgever:
        from .doelen.dienst import StartNiet
        from .doelen.proefknoop import proefknoop

        try:
            return self._stapel.enter_context(proefknoop(Instellingen().xsd_dir))
        except StartNiet as fout:
            raise DoelFout(str(fout)) from None


class FlowBestand(pytest.File):
    """A file ``*.flow.yaml``: a test for each law."""

    def __init__(self, *, spel: Callable[[pytest.Config], Pytestspel], **meer: Any) -> None:
        super().__init__(**meer)
        self._spel = spel

    def collect(self) -> Iterable[pytest.Item]:
        try:
            spel = self._spel(self.config)
            for flow, wet in spel.spelen(lees(self.path)):
                yield Flowtest.from_parent(self, name=str(wet), spel=spel, flow=flow, wet=wet)
        except (FlowFout, PluginFout) as fout:
            raise self.CollectError(str(fout)) from None


class Flowtest(pytest.Item):
    """One flow under one law."""

    def __init__(self, *, spel: Pytestspel, flow: Flow, wet: Domein, **meer: Any) -> None:
        super().__init__(**meer)
        self._spel, self._flow, self._wet = spel, flow, wet

    def runtest(self) -> None:
        self._spel.speel(self._flow, self._wet)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self._flow.flow} {self._wet}"


def flows_van(namen: Sequence[Any], vanaf: Path, spel: Pytestspel) -> list[tuple[Flow, Domein]]:
    """What a test that is marked with these names plays; ``vanaf`` is its folder. Raises ``PluginFout``."""
    if not namen or not all(isinstance(naam, str) for naam in namen):
        raise PluginFout('Zeg bij berichtenflow welke: @pytest.mark.berichtenflow("stromen/start-stop").')
    try:
        return [spelen for naam in namen for pad in vind(naam, vanaf) for spelen in spel.spelen(lees(pad))]
    except (FlowFout, NietGevonden) as fout:
        raise PluginFout(str(fout)) from None


def _tekst(verloop: Verloop) -> str:
    """What is wrong in one line, which pytest shows in its summary, and below it the timeline."""
    uit = io.StringIO()
    verslag.toon(Console(file=uit, width=_BREEDTE, color_system=None), verloop)
    return "\n".join((*_eerste(verloop), uit.getvalue().rstrip()))


def _eerste(verloop: Verloop) -> Iterator[str]:
    for stap, verschil in verloop.verschillen[:1]:
        yield (
            f"stap {stap.nummer} ({stap.wat}): {verschil.wat}: verwacht {verschil.verwacht}, gekregen {verschil.gekregen}"
        )
