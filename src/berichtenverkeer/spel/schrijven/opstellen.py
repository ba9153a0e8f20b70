"""From a step of a flow to the bytes of a message: what the step says, and for the rest what the flow sent before and the
templates (``sjablonen``). Pure: the seed and the clock are arguments; only an XML file beside the flow is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import ValidationError

from ...klok import NEDERLAND
from ...oordeel.retour import GEEN_OPMERKING
from ...partijen.schakelaar import LEEG, Schakelbord
from ...standaard.berichten import BERICHTKLASSE
from ...standaard.berichtsoort import Berichtsoort, Ketenrol, berichtsoort
from ...standaard.domein import Domein
from ...standaard.fouten import Berichtfout, OngeldigBericht
from ...standaard.lezen import lees
from ...standaard.schema import Schemas
from ...standaard.schrijven import in_release, schrijf, serialiseer
from ..bestand.flow import Flow, Stap
from ..bestand.vormfout import leg_uit
from .antwoorden import AntwoordFout, maak_antwoord
from .inhoud import inhoud_van
from .invullen import Invuller
from .kop import kop
from .personen import Personen
from .retourcodes import codes_in, fouten_in
from .verleden import Verleden, Verzonden
from .waarden import Omgeving, WaardeFout


@dataclass(frozen=True, slots=True)
class Opgesteld:
    """A message that is ready to be sent. ``van`` and ``naar`` are parties of the flow, the codes those of the Header (of a
    retourbericht too, in which they are not swapped). ``soort`` is None for a file that is no message; ``moment`` is Dutch time."""

    soort: Berichtsoort | None
    data: bytes
    van: str
    naar: str
    afzendercode: str
    ontvangercode: str
    identificatie: str
    moment: datetime
    inhoud: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass
class Schrijver:
    """Composes the steps of one flow under one law, one after the other. ``codes`` is the code of every party. ``omgeving`` is
    made for this run; ``omgeving.begin`` may be later than the ``klok`` of the flow, and moments in the file move with it."""

    flow: Flow
    wet: Domein
    omgeving: Omgeving
    codes: Mapping[str, str]
    schemas: Schemas
    bord: Schakelbord = LEEG
    _verleden: Verleden = field(default_factory=Verleden)
    _personen: Personen = field(init=False)
    _momenten: dict[int, tuple[Stap, datetime]] = field(default_factory=dict)
    _opgesteld: list[tuple[Stap, Opgesteld]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._personen = Personen(self.flow.clienten, self.omgeving)

    def moment_van(self, stap: Stap) -> datetime:
        """The moment of a step, in Dutch time; asked for the first time it moves the clock of the flow to it. Raises
        ``FlowFout``."""
        if id(stap) not in self._momenten:
            tekst = stap.op or stap.wacht
            if stap.op and stap.wacht:
                raise self.flow.fout(stap, "wacht zegt zelf tot wanneer.", "Laat op weg.")
            try:
                if tekst is not None:
                    self.omgeving.moment = self.omgeving.moment_na(tekst, self._verschoven)
            except WaardeFout as fout:
                raise self.flow.fout(stap, fout.melding, fout.advies) from None
            self._momenten[id(stap)] = stap, self.omgeving.moment
        return self._momenten[id(stap)][1]

    def waarde(self, stap: Stap, uitdrukking: Any) -> Any:
        """The value of an expression of this step, in ``verwacht`` for instance. Raises ``FlowFout``."""
        try:
            return self.omgeving.waarde(uitdrukking)
        except WaardeFout as fout:
            raise self.flow.fout(stap, fout.melding, fout.advies) from None

    def stel_op(self, stap: Stap, heen: bytes | None = None) -> Opgesteld:
        """The message of a step that sends one. ``heen`` is what an ``antwoord`` answers when the flow did not send it itself.
        Raises ``FlowFout``."""
        moment = self.moment_van(stap)
        try:
            if stap.nogmaals:
                opgesteld = replace(self._eerder(stap.nogmaals), moment=moment)
            elif stap.antwoord:
                opgesteld = self._antwoord(stap, moment, heen)
            elif stap.is_bestand:
                opgesteld = self._bestand(stap, moment)
            elif stap.stuur:
                opgesteld = self._bericht(stap, moment)
            else:
                raise self.flow.fout(stap, "deze stap stuurt niets.")
        except WaardeFout as fout:
            raise self.flow.fout(stap, fout.melding, fout.advies) from None
        self._opgesteld.append((stap, opgesteld))
        return opgesteld

    def neem_over(self, data: bytes, van: str, naar: str, moment: datetime, stap: Stap | None = None) -> Opgesteld:
        """A message that someone else sent counts as sent by the flow, for ``stap`` when it says so: what comes after is made from
        it. The client becomes who it is about. Raises what reading a message raises."""
        gelezen = lees(data, self.schemas)
        soort, header = gelezen.soort, gelezen.bericht.Header
        inhoud = inhoud_van(gelezen.bericht)
        identificatie = header.BerichtIdentificatie.Identificatie
        if soort.is_retour:
            if fouten_in(codes_in(gelezen)):
                self._verleden.vergeet(identificatie)
        else:
            partijen = frozenset((header.Afzender, header.Ontvanger))
            self._verleden.voeg_toe(Verzonden(soort.nummer, identificatie, partijen, inhoud))
        self._personen.leer_kennen((stap and stap.client) or next(iter(self.flow.clienten)), inhoud.get("Client", {}))
        opgesteld = Opgesteld(
            soort, data, van, naar, header.Afzender, header.Ontvanger, identificatie, moment, inhoud
        )  # fmt: skip
        if stap is not None:
            self._opgesteld.append((stap, opgesteld))
        return opgesteld

    def partijen_van(self, stap: Stap) -> tuple[str, str]:
        """Who sends the message of a step to whom. Raises ``FlowFout``."""
        try:
            if stap.nogmaals:
                eerder = self._eerder(stap.nogmaals)
            elif stap.is_bestand:
                eerder = self._bestand(stap, self.omgeving.moment)
            elif stap.stuur:
                return self._partijen(stap, berichtsoort(self.wet, stap.stuur).verzender)
            else:
                vraag = self.vraag_van(stap)
                if vraag is None:
                    return self._partijen(stap, berichtsoort(self.wet, str(stap.antwoord)).verzender)
                return stap.van or vraag.naar, stap.naar or vraag.van
        except WaardeFout as fout:
            raise self.flow.fout(stap, fout.melding, fout.advies) from None
        return eerder.van, eerder.naar

    @property
    def verleden(self) -> Verleden:
        """What counts as sent so far."""
        return self._verleden

    @property
    def _verschoven(self) -> timedelta:
        return self.omgeving.begin - self.flow.klok.replace(tzinfo=None)

    def _eerder(self, naam: str) -> Opgesteld:
        gevonden = next((o for stap, o in self._opgesteld if stap.naam == naam), None)
        if gevonden is None:
            raise WaardeFout(f"de stap {naam} stuurde geen bericht.", "Noem een stap die iets stuurde.")
        return gevonden

    # a message

    def _bericht(self, stap: Stap, moment: datetime) -> Opgesteld:
        soort = berichtsoort(self.wet, str(stap.stuur))
        van, naar = self._partijen(stap, soort.verzender)
        soort = self._in_release(stap, soort, moment, self.codes[naar])
        bekend = next(iter(self.flow.clienten))
        dagtekening = self.omgeving.waarde(stap.dagtekening) if stap.dagtekening else moment.date().isoformat()
        identificatie = self.omgeving.nummers.identificatie()
        header = kop(soort, self.codes[van], self.codes[naar], identificatie, dagtekening, self.schemas)
        invuller = Invuller(
            self.omgeving, soort, self._personen.geef(stap.client or bekend), frozenset((self.codes[van], self.codes[naar])),
            self._verleden, alleen=stap.alleen,
        )  # fmt: skip
        inhoud = invuller.vul(header, stap.inhoud)
        data = self._geschreven(stap, soort, inhoud)
        kop_ = inhoud["Header"]
        opgesteld = Opgesteld(
            soort, data, van, naar, kop_.get("Afzender", ""), kop_.get("Ontvanger", ""),
            kop_.get("BerichtIdentificatie", {}).get("Identificatie", ""), moment, inhoud,
        )  # fmt: skip
        if stap.verwacht.geweigerd is None and stap.verwacht.oordeel != "afgekeurd":
            self._verleden.voeg_toe(Verzonden(soort.nummer, identificatie, invuller.partijen, inhoud))
        return opgesteld

    def _in_release(self, stap: Stap, soort: Berichtsoort, moment: datetime, ontvanger: str) -> Berichtsoort:
        """The kind of message in the release that the step names, else the one in which it is written then."""
        if stap.release is None:
            return self.bord.te_schrijven(soort, moment.replace(tzinfo=NEDERLAND), ontvanger)
        try:
            return berichtsoort(soort.domein, soort.nummer, stap.release)
        except KeyError:
            advies = "Noem de module die haar brengt in BV_RELEASES."
            raise self.flow.fout(stap, f"release {stap.release} wordt hier niet gelezen.", advies) from None

    def _geschreven(self, stap: Stap, soort: Berichtsoort, inhoud: dict[str, Any]) -> bytes:
        """The XML. It is held against the XSD, unless the step expects a refusal."""
        try:
            bericht = in_release(BERICHTKLASSE[soort.nummer].model_validate(inhoud), soort)
            return serialiseer(bericht, soort) if stap.verwacht.geweigerd else schrijf(bericht, soort, self.schemas)
        except ValidationError as fout:
            raise self.flow.fout(stap, *leg_uit(soort, fout)) from None
        except OngeldigBericht as fout:
            eerste = fout.fouten[0]
            raise self.flow.fout(stap, f"{eerste.pad}: {eerste.melding}", eerste.advies) from None

    def _partijen(self, stap: Stap, verzender: Ketenrol) -> tuple[str, str]:
        ander = Ketenrol.AANBIEDER if verzender is Ketenrol.GEMEENTE else Ketenrol.GEMEENTE
        return stap.van or self._enige(stap, verzender, "van"), stap.naar or self._enige(stap, ander, "naar")

    def _enige(self, stap: Stap, rol: Ketenrol, sleutel: str) -> str:
        namen = [naam for naam, deelnemer in self.flow.partijen.items() if deelnemer.kant is rol]
        if len(namen) == 1:
            return namen[0]
        advies = f"Zet {sleutel}: erbij." if namen else f"Zet een {rol} onder partijen."
        raise self.flow.fout(stap, f"niet duidelijk is welke {rol} dit is.", advies)

    # what is not composed here

    def _bestand(self, stap: Stap, moment: datetime) -> Opgesteld:
        pad = self.flow.pad.parent / str(stap.stuur)
        try:
            data = pad.read_bytes()
        except OSError:
            raise self.flow.fout(stap, f"{stap.stuur} is er niet.", "Leg het bestand naast de flow.") from None
        try:
            gelezen = lees(data, self.schemas)
        except Berichtfout:
            if stap.van is None or stap.naar is None:
                raise self.flow.fout(
                    stap,
                    f"{stap.stuur} is geen geldig bericht, dus niet te zien is van wie.",
                    "Zet van: en naar: erbij.",
                ) from None
            return Opgesteld(None, data, stap.van, stap.naar, self.codes[stap.van], self.codes[stap.naar], "", moment)
        van, naar = self._partijen(stap, gelezen.soort.verzender)
        header = gelezen.bericht.Header
        nummer = header.BerichtIdentificatie.Identificatie
        return Opgesteld(gelezen.soort, data, van, naar, header.Afzender, header.Ontvanger, nummer, moment)

    def _antwoord(self, stap: Stap, moment: datetime, heen: bytes | None) -> Opgesteld:
        vraag = self.vraag_van(stap)
        data = heen or (vraag.data if vraag else None)
        if data is None:
            raise WaardeFout(
                f"er is geen bericht waarop {stap.antwoord} het antwoord is.",
                "Stuur er eerst een, of noem antwoord_op.",
            )
        codes = {pad: codes for pad, codes in stap.codes.items() if codes}
        try:
            dag = date.fromisoformat(self.omgeving.waarde(stap.dagtekening)) if stap.dagtekening else moment.date()
        except ValueError:
            raise WaardeFout(
                f"dagtekening {stap.dagtekening} is geen dag.", "Schrijf 2026-03-02 of $vandaag-1d."
            ) from None
        try:
            antwoord = maak_antwoord(data, codes, self.omgeving.nummers.identificatie(), dag, self.schemas)
        except AntwoordFout as fout:
            raise WaardeFout(fout.melding, fout.advies) from None
        except Berichtfout:
            raise WaardeFout(
                "het bericht is ongeldig; daar komt geen antwoord op.", "Antwoord op een geldig bericht."
            ) from None
        if antwoord.soort.nummer != stap.antwoord:
            raise WaardeFout(f"op dit bericht past geen {stap.antwoord}.", f"Het antwoord is {antwoord.soort.nummer}.")
        if vraag and antwoord.soort.is_retour and any(set(c) - {GEEN_OPMERKING} for c in codes.values()):
            self._verleden.vergeet(vraag.identificatie)
        van, naar = (vraag.naar, vraag.van) if vraag else self._partijen(stap, antwoord.soort.verzender)
        return Opgesteld(
            antwoord.soort, antwoord.data, stap.van or van, stap.naar or naar, antwoord.afzender, antwoord.ontvanger,
            antwoord.identificatie, moment,
        )  # fmt: skip

    def vraag_van(self, stap: Stap) -> Opgesteld | None:
        """The message that an answer is about: the one it names, else the last of that kind."""
        if stap.antwoord_op:
            return self._eerder(stap.antwoord_op)
        for _, opgesteld in reversed(self._opgesteld):
            soort = opgesteld.soort
            if soort and (soort.retour_nummer or ("325" if soort.nummer == "323" else "")) == stap.antwoord:
                return opgesteld
        return None
