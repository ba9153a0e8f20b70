"""Playing a flow: step by step, each through the door that its sender uses, with a look at the node after every step."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import httpx

from ...oordeel.oordeel import Berichtoordeel
from ...standaard.berichtsoort import Berichtsoort
from ...standaard.domein import Domein
from ...standaard.fouten import Berichtfout
from ...standaard.lezen import lees
from ...standaard.schema import Schemas
from ..bestand.flow import Flow, FlowFout, Stap, Verwacht
from ..deuren.berichten import BerichtenDeur
from ..deuren.deur import DEUR_VAN, Deur, DeurFout, Levering, Ontvangst
from ..deuren.stuf import StufDeur
from ..deuren.vsp import VspDeur
from ..doelen.doel import Doel, DoelFout, Doelgever
from ..schrijven.opstellen import Opgesteld, Schrijver
from ..schrijven.waarden import Nummers, Omgeving, WaardeFout
from .roepen import Roeper
from .tegenspel import Gekomen, Tegenspel
from .vergelijken import Omstandigheden, vergelijk
from .verloop import ROEP, Opties, StapVerloop, Verloop
from .waarnemen import Gevraagd, Waarnemer

KETEN = "keten"
"""Everyone through the door that is its own in the chain: a gemeente by StUF, an aanbieder by VSP."""

POSTVAK = "postvak"
"""What stands in place of the door of a message that the other side sent."""

_ANTWOORD_OP_DECLARATIE = "325"
_PARTIJ = "partij"
"""The variable under which a flow finds the codes of its parties: ``$partij.gemeente``."""

_WET = "wet"
"""The variable that says under which law it is played."""


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
        codes = {naam: speler.code for naam, speler in doel.spelers.items()}
        verloop.codes = codes
        if len(doel.vers) < len(codes):
            nummers.bsn_bezet = lambda bsn: doel.kent_client(bsn, begin)
        self._omgeving = Omgeving(
            nummers, begin, verloop.wet, {**flow.variabelen, _PARTIJ: codes, _WET: str(verloop.wet)}
        )
        self._schrijver = Schrijver(flow, verloop.wet, self._omgeving, codes, schemas, opties.bord)
        self._tegenspel = Tegenspel(flow, verloop.wet, doel, self._schrijver, opties.speelt, opties.geduld)
        zicht = self._tegenspel.zicht
        self._waarnemer = Waarnemer(doel, verloop.wet, begin, zicht.onze, zicht.is_van_hen)
        self._deuren: dict[str, Deur] = {
            "berichten": BerichtenDeur(),
            "vsp": VspDeur(doel.rollen),
            "stuf": StufDeur(),
        }
        self._roeper = Roeper(flow, doel, self._omgeving)
        self._ids: dict[str, str] = {}
        verloop.alles_gezien = (
            opties.door == "berichten" and not opties.zuinig and not opties.speelt and set(doel.vers) == codes.keys()
        )
        stappen = flow.stappen
        gevraagd = [
            stap.verwacht.postvak is not None or not (opties.zuinig or _brengt_niets(stap) or nog_een)
            for stap, nog_een in zip(stappen, _in_een_reeks(stappen), strict=True)
        ]
        self._kijk_in_postvak = [nu or straks for nu, straks in zip(gevraagd, [*gevraagd[1:], False], strict=True)]

    def speel(self) -> None:
        with self._tegenspel:
            self._speel()

    def _speel(self) -> None:
        for nummer, stap in enumerate(self._flow.stappen, 1):
            try:
                self._verloop.stappen.append(self._stap(nummer, stap))
            except WaardeFout as fout:
                raise self._flow.fout(stap, fout.melding, fout.advies) from None
            finally:
                self._verloop.namen = self._omgeving.namen
            laatste = self._verloop.stappen[-1]
            niet_gekomen = laatste.deur == POSTVAK and laatste.gezien is None and laatste.verschillen
            if laatste.verschillen and (niet_gekomen or not self._opties.doorgaan):
                return

    def _stap(self, nummer: int, stap: Stap) -> StapVerloop:
        if stap.wacht is not None:
            moment = self._schrijver.moment_van(stap)
            self._tegenspel.zet_klok(moment)
            return self._bekeken(nummer, stap, "", "", "", moment, None, None)
        if stap.roep is not None:
            return self._roep(nummer, stap, str(stap.van))
        if self._tegenspel.speelt(stap):
            return self._van_hen(nummer, stap)
        opgesteld = self._schrijver.stel_op(stap)
        self._tegenspel.zet_klok(opgesteld.moment)
        van, naar = opgesteld.van, opgesteld.naar
        deur = self._deur(stap, van) if opgesteld.soort else "berichten"  # the others must say what it is
        klant = self._doel.klant(van, opgesteld.moment)
        zending, begonnen = self._zending(opgesteld), time.perf_counter()
        ontvangst = self._deuren[deur].lever(zending, klant)
        duur = time.perf_counter() - begonnen
        if ontvangst.id and not ontvangst.geweigerd and not _is_antwoord(opgesteld.soort):
            self._ids[opgesteld.identificatie] = ontvangst.id
        bekeken = self._bekeken(nummer, stap, van, naar, deur, opgesteld.moment, ontvangst, opgesteld)
        return replace(bekeken, soort=str(opgesteld.soort or ""), duur=duur)

    def _roep(self, nummer: int, stap: Stap, van: str) -> StapVerloop:
        """A step that calls the interface; what the other side would call is left to it."""
        moment = self._schrijver.moment_van(stap)
        self._tegenspel.zet_klok(moment)
        if van in self._tegenspel.zicht.hunne:
            niet = (f"{stap.wat}: {van} roept zelf",)
            return StapVerloop(nummer, stap.regel, stap.wat, van, "", ROEP, moment, "", None, niet_bekeken=niet)
        geroepen = self._roeper.roep(stap, moment)
        verschillen = tuple(self._roeper.verschillen(stap, geroepen))
        bekeken = self._bekeken(nummer, stap, van, "", ROEP, moment, None, None)
        return replace(bekeken, uitkomst=geroepen.kort, verschillen=verschillen + bekeken.verschillen)

    def _van_hen(self, nummer: int, stap: Stap) -> StapVerloop:
        """A step that the other side plays: what came of it, or why we do not wait for it."""
        moment = self._schrijver.moment_van(stap)
        van, naar = self._schrijver.partijen_van(stap)
        if reden := self._tegenspel.zicht.niet_te_zien(stap, naar):
            self._tegenspel.zet_klok(moment)
            niet = (f"{stap.wat}: {reden}",)
            return StapVerloop(
                nummer, stap.regel, stap.wat, van, naar, POSTVAK, moment, "", None, niet_bekeken=niet
            )  # fmt: skip
        gekomen = self._tegenspel.wacht(stap)
        if not isinstance(gekomen, Gekomen):
            return StapVerloop(nummer, stap.regel, stap.wat, van, naar, POSTVAK, moment, "", None, gekomen)
        opgesteld = gekomen.opgesteld
        if not _is_antwoord(opgesteld.soort):
            self._ids[opgesteld.identificatie] = gekomen.traceer_id
        bekeken = self._bekeken(nummer, stap, van, naar, POSTVAK, moment, gekomen.ontvangst, opgesteld)
        return replace(bekeken, verschillen=gekomen.verschillen + bekeken.verschillen)

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
        verwacht, niet_bekeken = self._tegenspel.zicht.te_zien(stap.verwacht)
        postvak = self._kijk_in_postvak[nummer - 1]
        gezien = self._waarnemer.kijk(ontvangst, self._gevraagd(verwacht), moment, postvak=postvak)
        if deur == POSTVAK and opgesteld is not None:
            kwam = (*gezien.postvak.get(naar, ()), opgesteld.soort.nummer if opgesteld.soort else "")
            gezien = replace(gezien, postvak={**gezien.postvak, naar: kwam})
        antwoord = opgesteld is not None and _is_antwoord(opgesteld.soort)
        bij = Omstandigheden(
            None if antwoord else self._oordeel(naar),
            deur,
            self._doel.vers,
            {naam: str(kant) for naam in self._tegenspel.zicht.onze if (kant := self._flow.partijen[naam].kant)},
            stap.nogmaals is not None,
            antwoord,
        )
        verschillen = tuple(vergelijk(verwacht, gezien, bij, self._los_op))
        wat = f"nogmaals {opgesteld.soort}" if opgesteld and stap.nogmaals else stap.wat
        kort = ontvangst.kort if ontvangst is not None else ""
        return StapVerloop(
            nummer, stap.regel, wat, van, naar, deur, moment, kort, gezien, verschillen, niet_bekeken=niet_bekeken
        )  # fmt: skip

    def _oordeel(self, naar: str) -> str | None:
        ontvanger = self._flow.partijen.get(naar)
        zelf = ontvanger is not None and ontvanger.beoordeling == "partij"
        return Berichtoordeel.VOORLOPIG if zelf else Berichtoordeel.GOEDGEKEURD

    def _deur(self, stap: Stap, van: str) -> str:
        """The door that is asked for, when the sender has it."""
        deur, rol = stap.door or self._opties.door, self._flow.partijen[van].kant
        if deur == KETEN:
            return next(naam for naam, wie in DEUR_VAN.items() if wie is rol)
        return deur if DEUR_VAN.get(deur, rol) is rol else "berichten"

    def _zending(self, opgesteld: Opgesteld) -> Levering:
        return Levering(
            opgesteld.data,
            str(opgesteld.soort),
            opgesteld.soort.versie if opgesteld.soort else (0, 0),
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


def _brengt_niets(stap: Stap) -> bool:
    """Whether it only looks."""
    return stap.roep is not None and stap.roep.startswith("GET ")


def _in_een_reeks(stappen: Sequence[Stap]) -> list[bool]:
    """Of every step whether one comes after it that was written once with it (``keer``)."""
    return [een.regel == volgende.regel for een, volgende in pairwise(stappen)] + [False]


def _is_antwoord(soort: Berichtsoort | None) -> bool:
    return soort is not None and (soort.is_retour or soort.nummer == _ANTWOORD_OP_DECLARATIE)
