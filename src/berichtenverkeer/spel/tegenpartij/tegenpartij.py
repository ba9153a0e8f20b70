"""One party at a node in proefmodus that looks in its postvak, answers by its script, and acknowledges.

What it must still do is remembered by the postvak: a message is acknowledged when all that follows from it was handed in. Who
begins again after a crash sends once more what was sent already, byte for byte, and the exchange takes that as the same.
"""

from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime

import httpx

from ...oordeel.oordeel import Berichtoordeel
from ...oordeel.weigering import Reden
from ...standaard.berichtsoort import BERICHTSOORTEN, Ketenrol
from ...standaard.lezen import lees
from ...standaard.schema import Schemas
from ..bestand.flow import FlowFout
from ..deuren.berichten import BerichtenDeur
from ..deuren.deur import DEUR_VAN, Deur, Levering, Ontvangst, json_van
from ..deuren.stuf import StufDeur
from ..deuren.vsp import VspDeur
from ..doelen import proefklok
from ..doelen.doel import Doel, DoelFout
from ..schrijven.opstellen import Opgesteld
from .agenda import Agenda, Gepland, Taak
from .brievenbus import Brievenbus, Liggend
from .geschiedenis import Geschiedenis
from .plan import Gekregen, past, stel_op
from .script import Doe, Regel, Script

_AL_GEDAAN = frozenset({Reden.AL_AANGEBODEN, Reden.IDENTIFICATIE_GEBRUIKT, Reden.RETOUR_BESTAAT_AL})
"""What a door says of what was handed in before: the numbers follow from what is answered, so nobody else used them."""

_ANTWOORD = "325"
_GEEN_REGEL = Doe(accepteer=True)


class Tegenpartij:
    """Plays ``script`` as the party of that name in ``doel``, through ``deur``. ``tikt`` gives real seconds; ``meld`` is told what it
    does, without personal data. ``fouten`` says on what the script has no answer that can be written; that stays where it lies.
    Raises ``DoelFout`` when the node is not in proefmodus."""

    def __init__(
        self,
        script: Script,
        doel: Doel,
        schemas: Schemas,
        meld: Callable[[str], None],
        tikt: Callable[[], float],
        deur: str = "berichten",
        zaad: int = 0,
    ) -> None:
        if DEUR_VAN.get(deur, script.rol) is not script.rol:
            raise DoelFout(f"Een {script.rol} heeft geen deur {deur}; kies een andere met --door.")
        self._script, self._doel, self._schemas, self._meld, self._tikt = script, doel, schemas, meld, tikt
        self._zaad, self._code = zaad, doel.spelers[script.naam].code
        self._nu = datetime.min
        self.fouten: list[FlowFout] = []
        self._bus = Brievenbus(self._klant, deur)
        self._geschiedenis = Geschiedenis(self._klant)
        deuren: dict[str, Deur] = {"berichten": BerichtenDeur(), "vsp": VspDeur(doel.rollen), "stuf": StufDeur()}
        self._deur = deuren[deur]
        self._volgorde: dict[str, int] = {}
        self._geteld: Counter[tuple[str, str, str]] = Counter()
        self._te_bekijken: deque[Liggend] = deque()
        self._agenda = Agenda()
        self._kijk_op_de_klok()

    @property
    def wacht(self) -> list[datetime]:
        """The moments, by the clock of the node, of what is still to be handed in."""
        return self._agenda.momenten

    @property
    def wacht_even(self) -> bool:
        """Whether something waits for real seconds only."""
        return any(moment <= self._nu for moment in self._agenda.momenten)

    def ronde(self) -> bool:
        """Look once, and do what is to be done now; whether there was anything. Raises ``DeurFout`` and
        ``httpx.HTTPError``; what was not done then is done in the next round."""
        self._kijk_op_de_klok()
        for liggend in self._bus.nieuw():
            if liggend.id not in self._volgorde:
                self._volgorde[liggend.id] = len(self._volgorde)
                self._te_bekijken.append(liggend)
        if self._te_bekijken:
            # a flow that began since then has set the clock back, and by the clock of before all might be due at once
            self._kijk_op_de_klok()
        taken: list[Gepland] = []
        nog_niet: list[Liggend] = []
        try:
            while self._te_bekijken:
                gepland = self._bekijk(self._te_bekijken[0])
                liggend = self._te_bekijken.popleft()
                if gepland is None:
                    nog_niet.append(liggend)
                else:
                    taken += gepland
        finally:
            self._te_bekijken.extendleft(reversed(nog_niet))
            self._agenda.deel_in(taken)
        gedaan = self._agenda.voer_uit(self._nu, self._tikt(), self._lever)
        self._agenda.rond_af(self._bus.bevestig)
        return gedaan or bool(taken)

    def _klant(self) -> httpx.Client:
        return self._doel.klant(self._script.naam, self._nu)

    def _kijk_op_de_klok(self) -> None:
        self._nu = proefklok.stand(self._klant())

    # what came in

    def _bekijk(self, liggend: Liggend) -> list[Gepland] | None:
        """What is to be done with one message: nothing when it was done before or is not ours; None when its bytes cannot be
        fetched now."""
        soort = BERICHTSOORTEN.get(liggend.soort)
        if soort is not None and soort.domein not in self._script.wetten:
            return []
        if soort is None or soort.is_retour or soort.nummer == _ANTWOORD:
            return [] if liggend.bevestigd else [(Taak(liggend, _GEEN_REGEL, self._tikt()), [])]
        if liggend.bevestigd and soort.nummer not in self._script.telt:
            return []
        data = self._bus.data(liggend)
        return None if data is None else self._gepland(liggend, data)

    def _gepland(self, liggend: Liggend, data: bytes) -> list[Gepland]:
        gelezen = lees(data, self._schemas)
        zelf = json_van(self._klant().get(f"/v1/berichten/{liggend.id}"))["oordeel"] == Berichtoordeel.VOORLOPIG
        gekregen = Gekregen(liggend.id, data, gelezen, liggend.moment, zelf)
        wie = (liggend.soort, liggend.afzender, gekregen.bsn)
        keer = self._geteld[wie] + 1
        uit: list[Gepland] = []
        if not liggend.bevestigd:
            regel = next((r for r in self._script.regels if past(r, gekregen, keer)), None)
            regel = regel or Regel.model_validate({"bij": gelezen.soort.nummer})
            taak = Taak(liggend, regel.doe, self._tikt() + regel.doe.seconden)
            wat = f"{liggend.soort} van {liggend.afzender}"
            try:
                uit = [(taak, [] if regel.doe.negeer else self._opgesteld(regel, gekregen, liggend))]
                self._meld(f"{wat} gekregen{_waarvan(regel.doe, zelf)}")
            except FlowFout as fout:
                self.fouten.append(fout)
                self._meld(f"{wat} blijft liggen: {fout}")
        self._geteld[wie] = keer
        return uit

    def _opgesteld(self, regel: Regel, gekregen: Gekregen, liggend: Liggend) -> list[Opgesteld]:
        codes = {str(self._script.rol): self._code, str(self._script.ander): liggend.afzender}
        eerder = []
        if regel.daarna:
            paar = {str(rol): codes[rol] for rol in Ketenrol}
            plek = self._volgorde[liggend.id]
            eerder = self._geschiedenis.eerder(
                gekregen.gelezen.soort.domein, paar, gekregen.bsn, gekregen.moment,
                lambda id_: self._volgorde.get(id_, -1) < plek,
            )  # fmt: skip
        return stel_op(self._script, regel, gekregen, eerder, codes, self._zaad, self._schemas)

    # what goes out

    def _lever(self, taak: Taak, opgesteld: Opgesteld) -> bool:
        """Hand in one message; whether it was taken in and not refused."""
        assert opgesteld.soort is not None
        ander = taak.liggend.afzender
        op = taak.liggend.traceer_id if opgesteld.soort.is_retour else None
        levering = Levering(
            opgesteld.data, opgesteld.soort.code, opgesteld.soort.versie, self._code, ander, op, opgesteld.moment
        )
        klant = self._doel.klant(self._script.naam, opgesteld.moment)
        ontvangst = self._deur.lever(levering, klant)
        if taak.doe.dubbel:
            self._deur.lever(levering, klant)
        antwoord = opgesteld.soort.is_retour or opgesteld.soort.nummer == _ANTWOORD
        mislukt = _mislukt(ontvangst)
        uitkomst = "aangenomen" if antwoord and not mislukt else _kort(ontvangst)
        self._meld(f"{opgesteld.soort} aan {ander} gestuurd, {opgesteld.moment:%d-%m-%Y %H:%M}: {uitkomst}")
        if mislukt and taak.over > 1:
            self._meld(f"Wat op {taak.liggend.soort} van {ander} nog zou volgen, vervalt.")
        return not mislukt


def _mislukt(ontvangst: Ontvangst) -> bool:
    if ontvangst.geweigerd:
        return not ontvangst.geweigerd & _AL_GEDAAN
    return ontvangst.oordeel == Berichtoordeel.AFGEKEURD


def _kort(ontvangst: Ontvangst) -> str:
    return "al gedaan" if ontvangst.geweigerd and not _mislukt(ontvangst) else ontvangst.kort


def _waarvan(doe: Doe, zelf: bool) -> str:
    if doe.negeer:
        return ", genegeerd"
    return ". Het knooppunt oordeelt voor deze partij: wijs_af doet niets" if doe.wijs_af and not zelf else ""
