"""What a flow is played against: an address, and who each party of the flow is there."""

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import httpx
from pydantic import BaseModel, ConfigDict

from ...standaard.domein import Domein
from ...zegbaar import Zegbaar
from ..bestand.flow import Flow
from ..deuren.deur import klok
from ..deuren.klant import maak_klant
from ..deuren.lijst import zoek_bladzijden


class DoelFout(Zegbaar):
    """A flow cannot be played against this. The text is Dutch and says what to do."""


class Speler(BaseModel):
    """A party as the node knows it. Without a token it is one that the other side plays (``speelt``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    token: str = ""
    vsp_rol: str | None = None


@dataclass
class Doel:
    """The node at ``base_url`` for one play. ``vers`` names the parties that nobody used before or uses besides, so that all
    there is to see is of this play. ``gelezen`` is how far the postvak of a code was read before. Use it in a ``with`` block."""

    base_url: str
    spelers: Mapping[str, Speler]
    vers: Collection[str]
    gelezen: dict[str, str] = field(default_factory=dict)
    _klanten: dict[str, httpx.Client] = field(default_factory=dict)
    _stapel: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> "Doel":
        return self

    def __exit__(self, *_: object) -> None:
        self._stapel.close()

    def klant(self, naam: str, moment: datetime) -> httpx.Client:
        """A caller with the token of this party at this moment."""
        if naam not in self._klanten:
            if not self.spelers[naam].token:
                raise DoelFout(f"Van {naam} is geen token bekend; zet het in --partijen.")
            klant = maak_klant(self.base_url, self.spelers[naam].token)
            self._klanten[naam] = self._stapel.enter_context(klant)
        self._klanten[naam].headers.update(klok(moment))
        return self._klanten[naam]

    def kent_client(self, bsn: str, moment: datetime) -> bool:
        """Whether a party has to do with this client already. Raises ``DeurFout``."""
        return any(
            next(zoek_bladzijden(self.klant(naam, moment), pad, {"bsn": bsn}))
            for naam, speler in self.spelers.items()
            if speler.token
            for pad in ("/v1/toewijzingen", "/v1/verzoeken")
        )

    @property
    def rollen(self) -> dict[str, str]:
        """The rol in VSP by code, where it is said."""
        return {speler.code: speler.vsp_rol for speler in self.spelers.values() if speler.vsp_rol}


class Doelgever(Protocol):
    """Gives every play its parties."""

    def doel(self, flow: Flow, wet: Domein) -> Doel:
        """Where to play. Raises ``DoelFout``."""
