"""What a partner reports as a file: starts, stops and evaluations, many at once and of more hoofdaannemers. All of it is kept, or nothing.

A partner finds its own inzetten only (rule 7): a row about a toewijzing of others is told as one about none.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from ..hoofdaannemer.herindicatie import Stap
from ..hoofdaannemer.inzet import Ingezet
from ..hoofdaannemer.laden.lezen import Fout, Rij, lees
from ..hoofdaannemer.laden.soorten import MELDINGEN
from ..hoofdaannemer.partnermelding import Partnermeldingsoort, bezwaren, gaat_over
from ..hoofdaannemer.toegewezen import Kenmerk
from ..opslag import teller
from ..opslag.bureau import hoofdaannemers, inzetten
from ..opslag.bureau.inzetten import Partnermelding
from ..opslag.database import momentopname
from ..tabellen.lezen import Tabel
from .bureau import Zitting, samen_handelend
from .laden.inzetten import kenmerk
from .laden.laden import Rapport
from .laden.uitslag import fout, onbekende_toewijzing
from .partner import Balie, reden_van


@dataclass(slots=True)
class _Uitslag:
    """What the rows come to. ``meldingen`` and ``evaluaties`` are to be kept, by hoofdaannemer."""

    nieuw: int = 0
    gewijzigd: int = 0
    gelijk: int = 0
    fouten: list[Fout] = field(default_factory=list)
    meldingen: list[tuple[Rij, str]] = field(default_factory=list)
    evaluaties: dict[str, dict[Kenmerk, Stap]] = field(default_factory=lambda: defaultdict(dict))


def meld_alle(balie: Balie, tabel: Tabel, nu: datetime, *, proef: bool = False) -> Rapport:
    """Report what stands in a table; with ``proef`` only say what would come of it."""
    gelezen = lees(tabel, MELDINGEN)
    with momentopname(balie.engine) as verbinding:
        codes = inzetten.hoofdaannemers_van(verbinding, balie.code)
        uitslag = _oordeel(verbinding, {code: Zitting(verbinding, code) for code in codes}, balie, gelezen.rijen, nu)
    if not proef and not (gelezen.fouten or uitslag.fouten) and uitslag.nieuw + uitslag.gewijzigd:
        with samen_handelend(balie.engine, codes) as zittingen:
            verbinding = next(iter(zittingen.values())).verbinding
            uitslag = _oordeel(verbinding, zittingen, balie, gelezen.rijen, nu)
            if not uitslag.fouten:
                _bewaar(verbinding, uitslag, balie, nu)
    alle = tuple(sorted((*gelezen.fouten, *uitslag.fouten), key=lambda fout: fout.rij))
    aantallen = (uitslag.nieuw, uitslag.gewijzigd, uitslag.gelijk)
    return Rapport(MELDINGEN.naam, proef, len(tabel.rijen), *aantallen, alle)


def _oordeel(
    verbinding: Connection, zittingen: Mapping[str, Zitting], balie: Balie, rijen: Sequence[Rij], nu: datetime
) -> _Uitslag:
    uit = _Uitslag()
    van_partner: dict[Kenmerk, list[Ingezet]] = defaultdict(list)
    van_wie: dict[str, str] = {}
    for code, zitting in zittingen.items():
        for een in inzetten.van_hoofdaannemer(verbinding, zitting.segmenten, code, balie.code).values():
            van_partner[een.toegewezen.kenmerk].append(een)
            van_wie[een.inzet.id] = code
    op_inzet = {id_: plek for plek, alle in van_partner.items() for id_ in (een.inzet.id for een in alle)}
    gemeld: dict[tuple[Kenmerk, str, date], str | None] = {
        (op_inzet[melding.inzet], melding.soort, melding.datum): melding.reden
        for melding in inzetten.gemeld_door(verbinding, balie.code)
        if melding.inzet in op_inzet
    }
    evaluaties: dict[Kenmerk, Stap] = {}
    for code in zittingen:
        evaluaties |= hoofdaannemers.evaluaties(verbinding, code)
    for rij in rijen:
        plek = kenmerk(rij)
        soort, datum, reden = (rij.waarden[naam] for naam in ("soort", "datum", "reden"))
        deze = gaat_over(van_partner.get(plek, ()), datum)
        if deze is None:
            uit.fouten.append(_vervallen(rij) if plek in van_partner else onbekende_toewijzing(rij))
        elif verkeerd := list(bezwaren(deze, soort, datum, reden, nu.date())):
            uit.fouten += (fout(rij, b.veld, b.melding, b.advies) for b in verkeerd)
        elif soort is Partnermeldingsoort.EVALUATIE:
            if _tel(uit, plek in evaluaties, plek in evaluaties and evaluaties[plek].op == datum):
                uit.evaluaties[van_wie[deze.inzet.id]][plek] = Stap(datum, balie.code)
        else:
            sleutel = (plek, str(soort), datum)
            if _tel(uit, sleutel in gemeld, gemeld.get(sleutel, ...) == reden_van(soort, reden)):
                uit.meldingen.append((rij, deze.inzet.id))
    return uit


def _tel(uit: _Uitslag, eerder: bool, gelijk: bool) -> bool:
    """Count a row, and say whether there is something to keep."""
    uit.gelijk += gelijk
    uit.gewijzigd += eerder and not gelijk
    uit.nieuw += not eerder
    return not gelijk


def _bewaar(verbinding: Connection, uitslag: _Uitslag, balie: Balie, nu: datetime) -> None:
    """Keep what is new, by day: what was reported of the last day is what counts."""
    op_dag = sorted(uitslag.meldingen, key=_volgorde)
    eerste = teller.volgnummers(verbinding, len(op_dag))
    for nummer, (rij, inzet) in enumerate(op_dag, start=eerste):
        soort, datum = rij.waarden["soort"], rij.waarden["datum"]
        reden = reden_van(soort, rij.waarden["reden"])
        inzetten.bewaar_partnermelding(verbinding, Partnermelding(nummer, inzet, soort, datum, reden, nu, balie.code))
    for hoofdaannemer, stappen in uitslag.evaluaties.items():
        hoofdaannemers.vink_af(verbinding, hoofdaannemer, stappen)


def _volgorde(paar: tuple[Rij, str]) -> tuple[object, bool]:
    """A start goes before a stop of the same day."""
    rij, _ = paar
    return rij.waarden["datum"], rij.waarden["soort"] is Partnermeldingsoort.STOP


def _vervallen(rij: Rij) -> Fout:
    return fout(
        rij,
        "toewijzingnummer",
        "Uw inzet op deze toewijzing is vervallen.",
        "Laat de rij weg; er valt niets te melden.",
    )
