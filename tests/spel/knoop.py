"""One node to play against, and a rule of it that is switched off for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any

from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.regels.catalogus import catalogus
from berichtenverkeer.regels.toetsen import regels_per_klasse
from berichtenverkeer.spel.bestand.flow import lees
from berichtenverkeer.spel.doelen.doel import Doelgever
from berichtenverkeer.spel.spelen.samen import speel_samen
from berichtenverkeer.spel.spelen.verloop import Opties, Verloop
from berichtenverkeer.standaard.domein import Domein

FLOW = Path(__file__).parent / "start-stop.flow.yaml"
_zaden = count(1, 1000)


def speel(bij: Doelgever, pad: Path = FLOW, **opties: Any) -> Verloop:
    """Play a flow once under iWmo."""
    [verloop] = speel_samen([(lees(pad), Domein.IWMO)], bij, SCHEMAS, Opties(**opties), vanaf=next(_zaden))
    return verloop


def met(tmp_path: Path, oud: str, nieuw: str) -> Path:
    """The flow with a piece of its text replaced."""
    tekst = FLOW.read_text()
    assert oud in tekst
    pad = tmp_path / FLOW.name
    pad.write_text(tekst.replace(oud, nieuw, 1))
    return pad


@contextmanager
def zonder_regel(code: str) -> Iterator[None]:
    """The node of this process, with a rule that finds nothing."""
    [regel] = [regel for regel in catalogus() if regel.code == code]
    functie = regel.functie

    @wraps(functie)
    def zwijgt(deel: Any, kennis: Any) -> Iterator[Any]:
        return iter(())

    object.__setattr__(regel, "functie", zwijgt)
    regels_per_klasse.cache_clear()  # it has the functions at hand
    try:
        yield
    finally:
        object.__setattr__(regel, "functie", functie)
        regels_per_klasse.cache_clear()
