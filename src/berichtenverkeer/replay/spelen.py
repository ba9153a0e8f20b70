"""Playing a flow: step by step, each through the door that its sender uses, with a look at the node after every step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from ..standaard.berichtsoort import Berichtsoort, Rol
from ..standaard.domein import Domein
from ..standaard.fouten import Berichtfout
from ..standaard.lezen import lees
from ..standaard.schema import Schemas
from ..verwerking.oordeel import Uitslag
from .deur import Deur, DeurFout, Ontvangst
from .deuren.berichten import BerichtenDeur
from .deuren.stuf import StufDeur
from .deuren.vsp import VspDeur
from .doel import Doel, DoelFout, Doelgever
from .flow import Flow, FlowFout, Stap, Verwacht
from .opstellen import Opgesteld, Schrijver
from .vergelijken import Omstandigheden, Verschil, vergelijk
from .waarden import Nummers, Omgeving, WaardeFout
from .waarnemen import Gevraagd, Waarnemer, Waarneming

_DEUR_VAN = {"vsp": Rol.AANBIEDER, "stuf": Rol.GEMEENTE}
_ANTWOORD_OP_DECLARATIE = "325"


@dataclass(frozen=True, slots=True)
class Opties:
    """``door`` is used by who has it; ``klok`` moves the begin; ``doorgaan`` plays on after a difference."""

    door: str = "berichten"
    klok: datetime | None = None
    doorgaan: bool = False


@dataclass(frozen=True, slots=True)
class StapVerloop:
    """One step as it was played; ``uitkomst`` is what came of it in a few words, ``regel`` its line in the file."""

    nummer: int
    regel: int
    wat: str
    van: str
    naar: str
    deur: str
    moment: datetime
    uitkomst: str
    gezien: Waarneming | None
    verschillen: tuple[Verschil, ...] = ()


@dataclass
class Verloop:
    """One flow under one law; ``namen`` is the value of each variable that got a fresh one, ``afwijking`` how it differs from
    the timeline that was kept."""

    flow: Flow
    wet: Domein
    ronde: int = 1
    stappen: list[StapVerloop] = field(default_factory=list)
    fout: str = ""
    overgeslagen: str = ""
    afwijking: str = ""
    namen: Mapping[str, str] = field(default_factory=dict)

    @property
    def naam(self) -> str:
        return self.flow.flow

    @property
    def verschillen(self) -> list[tuple[StapVerloop, Verschil]]:
        """Every difference with its step."""
        return [(stap, verschil) for stap in self.stappen for verschil in stap.verschillen]

    @property
    def uitkomst(self) -> str:
        """``geslaagd``, ``verschil``, ``fout`` (it could not be played) or ``overgeslagen``."""
        if self.overgeslagen:
            return "overgeslagen"
        return "fout" if self.fout else "verschil" if self.verschillen or self.afwijking else "geslaagd"


@dataclass(frozen=True, slots=True)
class _Zending:
    """An ``Opgesteld`` as a door wants it."""

    data: bytes
    subtype: str
    afzender: str
    ontvanger: str
    als_antwoord_op: str | None
    moment: datetime


def speel(
    flow: Flow, wet: Domein, bij: Doelgever, nummers: Nummers, schemas: Schemas, opties: Opties, ronde: int = 1
) -> Verloop:
    """Play a flow under a law; what goes wrong is in the ``Verloop``, and nothing is raised for it."""
    verloop = Verloop(flow, wet, ronde)
    if opties.klok is not None and flow.klok_vast and opties.klok != flow.klok:
        verloop.overgeslagen = "Deze flow hangt aan haar eigen kalender en is niet te verschuiven met --klok."
        return verloop
    try:
        with bij.doel(flow, wet) as doel:
            _Spel(verloop, doel, nummers, schemas, opties).speel()
    except (DeurFout, DoelFout, FlowFout) as fout:
        verloop.fout = str(fout)
    except httpx.HTTPError as fout:
        verloop.fout = f"Het knooppunt antwoordt niet: {fout}."
    return verloop


class _Spel:
    """One play."""

    def __init__(self, verloop: Verloop, doel: Doel, nummers: Nummers, schemas: Schemas, opties: Opties) -> None:
        flow = verloop.flow
        self._verloop, self._flow, self._doel, self._opties, self._schemas = verloop, flow, doel, opties, schemas
        begin = opties.klok or flow.klok
        self._omgeving = Omgeving(nummers, begin, verloop.wet, flow.variabelen)
        codes = {naam: speler.code for naam, speler in doel.spelers.items()}
        self._schrijver = Schrijver(flow, verloop.wet, self._omgeving, codes, schemas)
        self._waarnemer = Waarnemer(doel, verloop.wet, begin)
        self._deuren: dict[str, Deur] = {
            "berichten": BerichtenDeur(),
            "vsp": VspDeur(doel.rollen),
            "stuf": StufDeur(),
        }
        self._ids: dict[str, str] = {}

    def speel(self) -> None:
        for nummer, stap in enumerate(self._flow.stappen, 1):
            try:
                self._verloop.stappen.append(self._stap(nummer, stap))
            except WaardeFout as fout:
                raise self._flow.fout(stap, fout.melding, fout.advies) from None
            finally:
                self._verloop.namen = self._omgeving.namen
            if self._verloop.stappen[-1].verschillen and not self._opties.doorgaan:
                return

    def _stap(self, nummer: int, stap: Stap) -> StapVerloop:
        if stap.wacht is not None:
            moment = self._schrijver.moment_van(stap)
            return self._bekeken(nummer, stap, "", "", "", moment, None, None)
        opgesteld = self._schrijver.stel_op(stap)
        van, naar = opgesteld.van, opgesteld.naar
        deur = self._deur(stap, van) if opgesteld.soort else "berichten"  # the others must say what it is
        klant = self._doel.klant(van, opgesteld.moment)
        ontvangst = self._deuren[deur].lever(self._zending(opgesteld), klant)
        if ontvangst.id and not ontvangst.geweigerd and not _is_antwoord(opgesteld.soort):
            self._ids[opgesteld.identificatie] = ontvangst.id
        return self._bekeken(nummer, stap, van, naar, deur, opgesteld.moment, ontvangst, opgesteld)

    def _bekeken(
        self,
        nummer: int,
        stap: Stap,
        van: str,
        naar: str,
        deur: str,
        moment: datetime,
        ontvangst: Ontvangst | None,
        opgesteld: Opgesteld | None,
    ) -> StapVerloop:
        verwacht = stap.verwacht
        gezien = self._waarnemer.kijk(ontvangst, self._gevraagd(verwacht), moment)
        antwoord = opgesteld is not None and _is_antwoord(opgesteld.soort)
        bij = Omstandigheden(
            None if antwoord else self._oordeel(naar),
            deur,
            self._doel.eigen,
            {naam: str(deelnemer.rol) for naam, deelnemer in self._flow.partijen.items()},
            stap.nogmaals is not None,
            antwoord,
        )
        verschillen = tuple(vergelijk(verwacht, gezien, bij, self._los_op))
        wat = f"nogmaals {opgesteld.soort}" if opgesteld and stap.nogmaals else stap.wat
        return StapVerloop(nummer, stap.regel, wat, van, naar, deur, moment, _kort(ontvangst), gezien, verschillen)

    def _oordeel(self, naar: str) -> str | None:
        ontvanger = self._flow.partijen.get(naar)
        zelf = ontvanger is not None and ontvanger.beoordeling == "partij"
        return Uitslag.VOORLOPIG if zelf else Uitslag.GOEDGEKEURD

    def _deur(self, stap: Stap, van: str) -> str:
        """The door that is asked for, when the sender has it."""
        deur = stap.door or self._opties.door
        return (
            deur if _DEUR_VAN.get(deur, self._flow.partijen[van].rol) is self._flow.partijen[van].rol else "berichten"
        )

    def _zending(self, opgesteld: Opgesteld) -> _Zending:
        return _Zending(
            opgesteld.data,
            str(opgesteld.soort),
            self._doel.spelers[opgesteld.van].code,
            self._doel.spelers[opgesteld.naar].code,
            self._ids.get(self._beantwoord(opgesteld)),
            opgesteld.moment,
        )

    def _beantwoord(self, opgesteld: Opgesteld) -> str:
        """The Identificatie that a retourbericht answers; empty for another message."""
        if opgesteld.soort is None or not opgesteld.soort.is_retour:
            return ""
        try:
            return str(lees(opgesteld.data, self._schemas).bericht.Header.BerichtIdentificatie.Identificatie)
        except Berichtfout:
            return ""

    def _gevraagd(self, verwacht: Verwacht) -> Gevraagd:
        return Gevraagd(
            tuple(map(self._los_op, verwacht.toewijzingen or ())),
            tuple(map(self._los_op, verwacht.verzoeken or ())),
            tuple(map(self._los_op, verwacht.declaraties or ())),
            verwacht.werklijsten or {},
        )

    def _los_op(self, uitdrukking: str) -> str:
        return str(self._omgeving.waarde(uitdrukking))


def _is_antwoord(soort: Berichtsoort | None) -> bool:
    return soort is not None and (soort.is_retour or soort.nummer == _ANTWOORD_OP_DECLARATIE)


def _kort(ontvangst: Ontvangst | None) -> str:
    if ontvangst is None:
        return ""
    if ontvangst.geweigerd:
        return f"geweigerd ({', '.join(sorted(ontvangst.geweigerd))})"
    regels = sorted({b["regel"] for b in ontvangst.bevindingen or ()})
    return f"{ontvangst.oordeel or 'aangenomen'}{' ' + ', '.join(regels) if regels else ''}"
