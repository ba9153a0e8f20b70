"""From a message that came in and the rule that fits it to what is sent: the answer, and what follows. Pure: the same message
with the same seed gives the same bytes, so what is sent once more after a crash is what the exchange knows already."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...partijen.partij import Partijrol
from ...standaard.berichten.kop import Header
from ...standaard.berichten.onderdeel import Berichtklasse
from ...standaard.berichtsoort import Ketenrol
from ...standaard.lezen import Gelezen
from ...standaard.schema import Schemas
from ...standaard.vorm import WORTEL, plaatsen
from ..bestand.flow import Deelnemer, Flow, Stap
from ..schrijven.inhoud import Inhoud, inhoud_van
from ..schrijven.opstellen import Opgesteld, Schrijver
from ..schrijven.waarden import Nummers, Omgeving
from .script import Regel, Script, Vervolg
from .uitvouwen import letterlijk, uitgevouwen

_DELEN = {
    "301": ("Client", "ToegewezenProducten"),
    "305": ("Client", "StartProducten"),
    "307": ("Client", "StopProducten"),
    "315": ("Client", "AangevraagdeProducten"),
    "317": ("Client", "Verzoek"),
    "319": ("Antwoord",),
    "323": ("Declaratie",),
}
"""Where the products stand that a message is about."""

_PRODUCT = ("Categorie", "Code", "ProductCategorie", "ProductCode")


@dataclass(frozen=True, slots=True)
class Gekregen:
    """A message that came in at ``moment``, Dutch time. ``zelf``: its receiver must answer it. ``id`` is that of its bytes."""

    id: str
    data: bytes
    gelezen: Gelezen
    moment: datetime
    zelf: bool

    @property
    def bsn(self) -> str:
        """The client; empty when it does not say."""
        client = getattr(self.gelezen.bericht, "Client", None)
        return client.Bsn if client is not None else ""


@dataclass(frozen=True, slots=True)
class Eerder:
    """A message between the same parties about the same client that came before."""

    data: bytes
    moment: datetime


@dataclass(slots=True)
class Afgeleid(Nummers):
    """Numbers that follow from what is answered."""

    sleutel: str = ""

    def toewijzingnummer(self) -> str:
        return str(100_000_000 + int(self._tekst("toewijzing"), 16) % 900_000_000)

    def _tekst(self, soort: str) -> str:
        return hashlib.sha256(f"{self.zaad} {self.sleutel} {soort} {self._tel(soort)}".encode()).hexdigest()[:11]


def past(regel: Regel, gekregen: Gekregen, keer: int) -> bool:
    """Whether a rule is for this message, the ``keer``-th of its kind about its client."""
    soort = gekregen.gelezen.soort
    if regel.bij != soort.nummer or regel.domein not in (None, soort.domein) or regel.keer not in (None, keer):
        return False
    return regel.product is None or any(_over(dit, regel.product) for dit in _delen(gekregen.gelezen))


def stel_op(
    script: Script,
    regel: Regel,
    gekregen: Gekregen,
    eerder: Sequence[Eerder],
    codes: Mapping[str, str],
    zaad: int,
    schemas: Schemas,
) -> list[Opgesteld]:
    """What is sent on this message, in order of time. ``codes`` is the code of each side by its rol. Raises ``FlowFout``, with the
    place in the script."""
    return _Plan(script, regel, gekregen, codes, zaad, schemas).stel_op(eerder)


class _Plan:
    """For one message."""

    def __init__(
        self, script: Script, regel: Regel, gekregen: Gekregen, codes: Mapping[str, str], zaad: int, schemas: Schemas
    ) -> None:
        self._script, self._regel, self._gekregen = script, regel, gekregen
        wet = gekregen.gelezen.soort.domein
        self._omgeving = Omgeving(Afgeleid(zaad, sleutel=f"{codes[script.rol]} {gekregen.id}"), gekregen.moment, wet)
        flow = Flow(
            flow=script.tegenpartij,
            klok=gekregen.moment,
            partijen={str(rol): Deelnemer(rol=Partijrol(rol)) for rol in Ketenrol},
            stappen=(Stap(wacht="+0d"),),
            pad=script.pad,
        )
        self._schrijver = Schrijver(flow, wet, self._omgeving, codes, schemas)

    def stel_op(self, eerder: Sequence[Eerder]) -> list[Opgesteld]:
        script, gekregen, schrijver = self._script, self._gekregen, self._schrijver
        for een in eerder:
            schrijver.neem_over(een.data, "", "", een.moment)
        partijen = frozenset(schrijver.codes.values())
        bekend = schrijver.verleden.toewijzingen(partijen)
        vraag = Stap(stuur=gekregen.gelezen.soort.nummer)
        schrijver.neem_over(gekregen.data, str(script.ander), str(script.rol), gekregen.moment, vraag)
        if self._regel.doe.later is not None:
            self._omgeving.moment = self._omgeving.moment_na(self._regel.doe.later)
        uit = [self._antwoord()] if gekregen.zelf else []
        if not uit:  # answered before, perhaps: what follows keeps its number
            self._omgeving.nummers.identificatie()
        begin, namen = self._omgeving.moment, dict(self._omgeving.namen)
        for dit in _delen(gekregen.gelezen):
            if self._regel.product is not None and not _over(dit, self._regel.product):
                continue
            if gekregen.gelezen.soort.nummer == "301" and dit["ToewijzingNummer"] in bekend:
                continue
            self._omgeving.moment, self._omgeving.namen = begin, dict(namen)
            uit += self._vervolg({**dit, **_met_toewijzing(dit, bekend)})
        return sorted(uit, key=lambda opgesteld: opgesteld.moment)

    def _antwoord(self) -> Opgesteld:
        gelezen = self._gekregen.gelezen
        soort = gelezen.soort.retour_nummer or "325"
        codes = self._codes(gelezen)
        stap = Stap.model_validate({"antwoord": soort, "codes": codes, "regel": self._regel.regel})
        return self._schrijver.stel_op(stap, self._gekregen.data)

    def _codes(self, gelezen: Gelezen) -> dict[str, tuple[str, ...]]:
        """The codes by path. A class is named by its path, or by its name for all of that name."""
        klassen = [
            pad.removeprefix(f"/{WORTEL}/")
            for pad, deel in plaatsen(gelezen.bericht, gelezen.soort)
            if isinstance(deel, (Header, Berichtklasse))
        ]
        uit: dict[str, tuple[str, ...]] = {}
        for naam, codes in self._regel.doe.wijs_af.items():
            paden = [pad for pad in klassen if naam in (pad, pad.rpartition("/")[2].partition("[")[0])]
            if not paden:
                raise self._script.fout(
                    self._regel.regel, f"een {gelezen.soort} heeft geen {naam}.", f"Kies uit {', '.join(klassen)}."
                )
            uit |= dict.fromkeys(paden, codes)
        return uit

    def _vervolg(self, dit: Inhoud) -> Iterator[Opgesteld]:
        """What follows for one product, without what it has no value for."""
        bericht = inhoud_van(self._gekregen.gelezen.bericht)
        self._omgeving.variabelen = self._script.variabelen | {"bericht": letterlijk(bericht), "dit": letterlijk(dit)}
        for vervolg in self._regel.daarna:
            stap = self._stap(vervolg, dit)
            nodig = [*vervolg.mits, *re.findall(r"^\$[\w.]+", vervolg.op or "")]
            if all(self._schrijver.waarde(stap, naam) is not None for naam in nodig):
                yield self._schrijver.stel_op(stap)

    def _stap(self, vervolg: Vervolg, dit: Inhoud) -> Stap:
        return Stap(
            stuur=vervolg.stuur,
            op=vervolg.op,
            inhoud=uitgevouwen(vervolg.inhoud, dit),
            dagtekening=vervolg.dagtekening,
            alleen=vervolg.alleen,
            regel=vervolg.regel,
        )


def _delen(gelezen: Gelezen) -> list[Inhoud]:
    hier: Any = inhoud_van(gelezen.bericht)
    for naam in _DELEN[gelezen.soort.nummer]:
        hier = hier.get(naam, {})
    return hier if isinstance(hier, list) else [hier]


def _over(deel: Any, product: str) -> bool:
    """Whether this product, by its category or code, stands in it."""
    if isinstance(deel, dict):
        return any(deel.get(naam) == product for naam in _PRODUCT) or any(_over(d, product) for d in deel.values())
    return isinstance(deel, list) and any(_over(d, product) for d in deel)


def _met_toewijzing(dit: Inhoud, bekend: Mapping[str, Inhoud]) -> Inhoud:
    """What is to be changed, each with the toewijzing as it stands."""
    wijzigen = dit.get("TeWijzigenProducten", [])
    return {"TeWijzigenProducten": [w | {"Toewijzing": bekend.get(w["ToewijzingNummer"], {})} for w in wijzigen]}
