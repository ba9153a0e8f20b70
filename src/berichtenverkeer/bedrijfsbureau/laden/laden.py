"""A file loaded: judged as a whole, and written as a whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ...hoofdaannemer.fouten import NietGevonden
from ...hoofdaannemer.laden.lezen import Fout, Gelezen, lees
from ...hoofdaannemer.laden.soorten import SOORTEN, VRAGENLIJST, Soort
from ...hoofdaannemer.zwaarte import Vragenlijst, lees_vragenlijst
from ...opslag.bureau import hoofdaannemers
from ...opslag.database import momentopname
from ...tabellen.lezen import Tabel
from ..bureau import Bedrijfsbureau, Zitting, handelend
from . import geleverd, inzetten, overig, tabellen
from .onbekend import onbekend
from .uitslag import Oordeel, Uitslag


@dataclass(frozen=True, slots=True)
class Rapport:
    """What became of a file. ``rijen`` are all of it; with one of ``fouten`` nothing was stored, and neither with ``proef``."""

    soort: str
    proef: bool
    rijen: int
    nieuw: int
    gewijzigd: int
    gelijk: int
    fouten: tuple[Fout, ...]


_OORDELEN: Mapping[str, Oordeel] = {
    **{soort: tabellen.oordeel(soort) for soort in hoofdaannemers.TABELLEN},
    "inzetten": inzetten.oordeel,
    "geleverd": geleverd.oordeel,
    "facturen": overig.facturen,
    "evaluaties": overig.evaluaties,
}


def soort_met(naam: str, *ook: str) -> Soort:
    """The kind of file with this name. Raises ``NietGevonden``, which names the kinds there are, ``ook`` among them."""
    if naam not in SOORTEN:
        raise NietGevonden(f"Het soort bestand {naam!r}", f"Kies uit {', '.join((*SOORTEN, *ook))}.")
    return SOORTEN[naam]


def laad(bureau: Bedrijfsbureau, naam: str, tabel: Tabel, nu: datetime, *, proef: bool = False) -> Rapport:
    """Load a table as the kind of file with this name; with ``proef`` only say what would come of it. Raises ``NietGevonden`` for
    an unknown kind.

    It is judged beside the work that goes on. What was judged is written when nothing of the hoofdaannemer changed since; else it is
    judged once more, while others wait.
    """
    soort = soort_met(naam, VRAGENLIJST)
    gelezen = lees(tabel, soort)
    with momentopname(bureau.engine) as verbinding:
        stand = hoofdaannemers.stand(verbinding, bureau.code)
        uitslag = _oordeel(soort, Zitting(verbinding, bureau.code), gelezen, nu)
    rapport = _rapport(naam, proef, tabel, gelezen.fouten, uitslag)
    if proef or rapport.fouten or not rapport.nieuw + rapport.gewijzigd:
        return rapport
    with handelend(bureau.engine, bureau.code) as zitting:
        if hoofdaannemers.stand(zitting.verbinding, bureau.code) != stand:
            uitslag = _oordeel(soort, zitting, gelezen, nu)
            rapport = _rapport(naam, proef, tabel, gelezen.fouten, uitslag)
        if not rapport.fouten:
            uitslag.schrijf(zitting)
    return rapport


def laad_vragenlijst(bureau: Bedrijfsbureau, waarde: object, *, proef: bool = False) -> Vragenlijst:
    """Load a questionnaire, as parsed YAML. Raises ``Geweigerd`` with every fault at its place."""
    lijst = lees_vragenlijst(waarde)
    if not proef:
        with handelend(bureau.engine, bureau.code) as zitting:
            hoofdaannemers.zet_vragenlijst(zitting.verbinding, bureau.code, _als_json(waarde))
    return lijst


def _oordeel(soort: Soort, zitting: Zitting, gelezen: Gelezen, nu: datetime) -> Uitslag:
    uitslag = _OORDELEN[soort.naam](zitting, gelezen.rijen, nu)
    return replace(uitslag, fouten=[*uitslag.fouten, *onbekend(soort, zitting, gelezen.half)])


def _als_json(waarde: object) -> object:
    """YAML has days, JSON has not."""
    if isinstance(waarde, dict):
        return {str(naam): _als_json(deel) for naam, deel in waarde.items()}
    if isinstance(waarde, list):
        return [_als_json(deel) for deel in waarde]
    return waarde if waarde is None or isinstance(waarde, (str, int)) else str(waarde)


def _rapport(naam: str, proef: bool, tabel: Tabel, fouten: tuple[Fout, ...], uitslag: Uitslag) -> Rapport:
    alle = tuple(sorted((*fouten, *uitslag.fouten), key=lambda fout: fout.rij))
    return Rapport(naam, proef, len(tabel.rijen), uitslag.nieuw, uitslag.gewijzigd, uitslag.gelijk, alle)
