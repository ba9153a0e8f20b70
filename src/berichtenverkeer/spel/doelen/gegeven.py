"""A node elsewhere, with parties that were registered there: who plays which party of a flow."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from ...partijen.partij import Partijrol
from ...standaard.berichtsoort import Ketenrol
from ...standaard.domein import Domein
from ..bestand.flow import Deelnemer, Flow
from ..deuren.deur import json_van
from .doel import Doel, DoelFout, Speler

_DECLARATIE = "323"


class Gegeven:
    """A node elsewhere. A name in the flows has one party or more, of which a play takes the first.

    Only a play that declares takes an aanbieder that has nothing yet under this law, or else one that did not declare: a
    declaratie does not go back in time, and leaves out no month in which anything was delivered (TR318, IV090). A play with a
    hoofdaannemer takes one that agreed nothing yet: what it fixed stays.
    """

    def __init__(self, base_url: str, spelers: Mapping[str, Speler | Sequence[Speler]]) -> None:
        self.base_url = base_url
        self._spelers = {naam: (s,) if isinstance(s, Speler) else tuple(s) for naam, s in spelers.items()}
        self._slot = threading.Lock()
        self._gelezen: dict[str, str] = {}
        self._declareert: set[tuple[Domein, str]] = set()
        self._bureaus: set[str] = set()

    def doel(self, flow: Flow, wet: Domein) -> Doel:
        zonder = [naam for naam in flow.partijen if not self._spelers.get(naam)]
        if zonder:
            raise DoelFout(
                f"Van {', '.join(zonder)} in {flow.flow} is geen code en token bekend; zet ze in --partijen."
            )
        declareert = any(_DECLARATIE in (stap.stuur or "") for stap in flow.stappen)
        gekozen: dict[str, Speler] = {}
        with self._slot:
            for naam, deelnemer in flow.partijen.items():
                keus = self._keuzes(flow, naam, deelnemer, gekozen)
                if deelnemer.rol is Partijrol.HOOFDAANNEMER:
                    gekozen[naam] = self._hoofdaannemer(flow, naam, keus)
                elif declareert and deelnemer.kant is Ketenrol.AANBIEDER:
                    gekozen[naam] = self._declarant(flow, wet, naam, keus)
                else:
                    gekozen[naam] = keus[0]
        return Doel(self.base_url, gekozen, frozenset(), self._gelezen)

    def _keuzes(self, flow: Flow, naam: str, deelnemer: Deelnemer, bezet: Mapping[str, Speler]) -> list[Speler]:
        weg = {speler.code for speler in bezet.values()}
        keus = [speler for speler in self._spelers[naam] if speler.code not in weg]
        if deelnemer.code is not None:
            keus = [speler for speler in keus if speler.code == deelnemer.code]
            if not keus:
                raise DoelFout(f"In {flow.flow} heeft {naam} de vaste code {deelnemer.code}; zet die in --partijen.")
        if not keus:
            raise DoelFout(f"{naam} in {flow.flow} moet een andere code hebben dan de andere partijen in --partijen.")
        return keus

    def _hoofdaannemer(self, flow: Flow, naam: str, keus: Sequence[Speler]) -> Speler:
        for speler in keus:
            if speler.code not in self._bureaus and (not speler.token or not self._spreekt_af(speler, flow.klok)):
                self._bureaus.add(speler.code)
                return speler
        raise DoelFout(
            f"In {flow.flow} maakt {naam} afspraken met partners, en elke {naam} in --partijen deed dat al; wat vastgesteld is, "
            "blijft. Zet er meer codes bij."
        )

    def _spreekt_af(self, speler: Speler, moment: datetime) -> bool:
        """Whether this hoofdaannemer has a segment already."""
        with Doel(self.base_url, {speler.code: speler}, vers=frozenset()) as doel:
            klant = doel.klant(speler.code, moment)
            return bool(json_van(klant.get("/v1/hoofdaannemer/laden/segmenten"))["items"])

    def _declarant(self, flow: Flow, wet: Domein, naam: str, keus: Sequence[Speler]) -> Speler:
        eerst = (*keus[1:], keus[0])  # the first is for plays that do not declare
        vrij = [speler for speler in eerst if (wet, speler.code) not in self._declareert]
        for speler in vrij:
            if not speler.token or not self._heeft(("/v1/toewijzingen", "/v1/declaraties"), wet, speler, flow.klok):
                self._declareert.add((wet, speler.code))
                return speler
        for speler in vrij:
            if not self._heeft(("/v1/declaraties",), wet, speler, flow.klok):
                self._declareert.add((wet, speler.code))
                return speler
        raise DoelFout(
            f"In {flow.flow} wordt gedeclareerd, en elke {naam} in --partijen deed dat al onder deze wet; een declaratie gaat "
            "niet terug in de tijd. Zet er meer codes bij."
        )

    def _heeft(self, paden: Iterable[str], wet: Domein, speler: Speler, moment: datetime) -> bool:
        """Whether anything is there of this aanbieder under this law."""
        vraag = {"domein": str(wet), "aanbieder": speler.code, "limiet": "1"}
        with Doel(self.base_url, {speler.code: speler}, vers=frozenset()) as doel:
            klant = doel.klant(speler.code, moment)
            return any(json_van(klant.get(pad, params=vraag))["items"] for pad in paden)


def lees_partijen(pad: Path) -> dict[str, Speler | list[Speler]]:
    """The file of ``--partijen``: per name in the flows a code and a token, or a list of them. Raises ``DoelFout``."""
    try:
        inhoud = yaml.load(pad.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        return TypeAdapter(dict[str, Speler | list[Speler]]).validate_python(inhoud)
    except OSError:
        raise DoelFout(f"{pad} is niet te lezen; controleer de naam.") from None
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError):
        raise DoelFout(f"{pad} is geen lijst van partijen; schrijf per naam een code en een token.") from None
