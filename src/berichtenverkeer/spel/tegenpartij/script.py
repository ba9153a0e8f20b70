"""The script of a counterpart as models: which messages it is for, what is done with them, and what follows."""

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from ...standaard.berichtsoort import Ketenrol
from ...standaard.domein import Domein
from ..bestand.flow import Deel, FlowFout, Soort, Woorden
from ..deuren.deur import DEUR_VAN

_SECONDEN = re.compile(r"(\d{1,5})\s*s")


def _als_codes(waarde: object) -> object:
    """A code for the message as a whole stands on its Header."""
    return waarde if isinstance(waarde, dict) else {"Header": waarde}


def _als_daden(waarde: object) -> object:
    """Words in one text, a list of words and pairs, or a mapping, as a mapping."""
    daden: dict[str, Any] = {}
    delen = waarde.split() if isinstance(waarde, str) else [waarde] if isinstance(waarde, dict) else waarde
    if not isinstance(delen, list):
        return waarde
    for deel in delen:
        paren = deel.items() if isinstance(deel, dict) else [(deel, None)]
        daden |= {naam: True if inhoud is None else inhoud for naam, inhoud in paren}
    return daden


class Doe(Deel):
    """What is done with a message. ``vertraag`` is a moment from that of the message (``+3wd``), or real seconds (``30s``)."""

    accepteer: bool = False
    wijs_af: Annotated[dict[str, Woorden], BeforeValidator(_als_codes)] = Field(default_factory=dict)
    vertraag: str | None = None
    dubbel: bool = False
    omgekeerd: bool = False
    negeer: bool = False
    bevestig_niet: bool = False

    @property
    def seconden(self) -> float:
        """How many real seconds to wait."""
        gevonden = _SECONDEN.fullmatch(self.vertraag or "")
        return float(gevonden[1]) if gevonden else 0.0

    @property
    def later(self) -> str | None:
        """How much later it is answered by the clock of the node."""
        return None if self.vertraag is None or _SECONDEN.fullmatch(self.vertraag) else self.vertraag

    @model_validator(mode="after")
    def _past(self) -> "Doe":
        if self.accepteer and self.wijs_af:
            raise ValueError("kies accepteer of wijs_af")
        if self.negeer and (self.accepteer or self.wijs_af or self.vertraag or self.dubbel or self.omgekeerd):
            raise ValueError("wat wordt genegeerd, krijgt geen antwoord; laat de rest weg")
        return self


class Vervolg(Deel):
    """A message that follows, in the short form of a step of a flow; ``op`` from the moment of what came before it. In ``inhoud``
    and ``op``, ``$bericht`` is the content of the message that came in and ``$dit`` the product it is about. It is left out when
    one of ``mits`` has no value."""

    stuur: Soort
    op: str | None = None
    mits: Woorden = ()
    inhoud: dict[str, Any] = Field(default_factory=dict)
    dagtekening: str | None = None
    alleen: bool = False
    regel: int = Field(1, exclude=True)


class Regel(Deel):
    """What is done with a kind of message. ``keer`` is the how-manieth of this kind about a client; ``product`` a category or code."""

    bij: Soort
    keer: int | None = Field(None, ge=1)
    product: str | None = None
    domein: Domein | None = None
    doe: Annotated[Doe, BeforeValidator(_als_daden)] = Doe(accepteer=True)
    daarna: tuple[Vervolg, ...] = ()
    regel: int = Field(1, exclude=True)

    @model_validator(mode="after")
    def _past(self) -> "Regel":
        if self.daarna and (self.doe.wijs_af or self.doe.negeer):
            raise ValueError("wat is afgewezen of genegeerd, heeft geen vervolg; laat daarna weg")
        if self.daarna and self.bij in _ZONDER_CLIENT:
            raise ValueError(f"op een {self.bij} past hier geen vervolg; laat daarna weg")
        return self


_ZONDER_CLIENT = ("319", "323")
"""Kinds of message that are not about one client that they name."""


class Script(Deel):
    """What a party does. ``partij`` is its name in the file of parties, its rol unless said otherwise. The first rule that fits a
    message counts; a message that no rule fits is approved."""

    tegenpartij: str
    omschrijving: str = ""
    rol: Ketenrol
    partij: str | None = None
    wetten: Annotated[tuple[Domein, ...], Field(min_length=1)] = tuple(Domein)
    variabelen: dict[str, Any] = Field(default_factory=dict)
    regels: tuple[Regel, ...]
    pad: Path = Field(exclude=True)

    @property
    def naam(self) -> str:
        """The name of the party."""
        return self.partij or str(self.rol)

    def als(self, partij: str | None) -> "Script":
        """The same, for the party of this name if there is one."""
        return self if partij is None else self.model_copy(update={"partij": partij})

    @property
    def ketendeur(self) -> str:
        """The door of the chain that a party of this rol has."""
        return next(deur for deur, rol in DEUR_VAN.items() if rol is self.rol)

    @property
    def ander(self) -> Ketenrol:
        """The rol of the other side."""
        return Ketenrol.GEMEENTE if self.rol is Ketenrol.AANBIEDER else Ketenrol.AANBIEDER

    @property
    def telt(self) -> frozenset[str]:
        """The kinds of message that are counted, by number."""
        return frozenset(regel.bij for regel in self.regels if regel.keer is not None)

    def fout(self, regel: int, melding: str, advies: str = "") -> FlowFout:
        """A fault at this line, to be raised."""
        return FlowFout(self.pad, regel, melding, advies)
