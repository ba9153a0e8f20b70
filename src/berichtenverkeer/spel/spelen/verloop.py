"""How a play went: what was asked of it, each step as it was played, and the outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ...partijen.schakelaar import LEEG, Schakelbord
from ...standaard.domein import Domein
from ..bestand.flow import Flow
from .vergelijken import Verschil
from .waarnemen import Waarneming

ROEP = "roep"
"""What stands in place of the door of a step that calls the interface."""


@dataclass(frozen=True, slots=True)
class Opties:
    """``door`` is used by who has it; ``klok`` moves the begin; ``doorgaan`` plays on after a difference; ``speelt`` names the
    parties that the other side plays itself, and of whom a message may take ``geduld`` seconds; ``zuinig`` looks into the
    postvakken only where the flow asks for it, as for load. ``bord`` says in which release the parties write."""

    door: str = "berichten"
    klok: datetime | None = None
    doorgaan: bool = False
    speelt: frozenset[str] = frozenset()
    geduld: float = 30.0
    zuinig: bool = False
    bord: Schakelbord = LEEG


@dataclass(frozen=True, slots=True)
class StapVerloop:
    """One step as it was played; ``uitkomst`` is what came of it in a few words, ``regel`` its line in the file. ``duur`` is how
    many seconds it took until nothing more happened by itself to the message, of kind ``soort``. ``niet_bekeken`` is what it
    expects where we may not look."""

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
    soort: str = ""
    duur: float = 0.0
    niet_bekeken: tuple[str, ...] = ()


@dataclass
class Verloop:
    """One flow under one law; ``codes`` are those of its parties, ``namen`` the value of each variable that got a fresh one (the Bsns and
    numbers with which it can be found back at the node), ``afwijking`` how it differs from
    the timeline that was kept. ``alles_gezien``: it was looked at everywhere after every step, and nobody else was to be seen."""

    flow: Flow
    wet: Domein
    ronde: int = 1
    stappen: list[StapVerloop] = field(default_factory=list)
    fout: str = ""
    overgeslagen: str = ""
    afwijking: str = ""
    alles_gezien: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    namen: Mapping[str, str] = field(default_factory=dict)

    @property
    def naam(self) -> str:
        return self.flow.flow

    @property
    def verschillen(self) -> list[tuple[StapVerloop, Verschil]]:
        """Every difference with its step."""
        return [(stap, verschil) for stap in self.stappen for verschil in stap.verschillen]

    @property
    def niet_bekeken(self) -> list[str]:
        """Everything that was expected where we may not look."""
        return [wat for stap in self.stappen for wat in stap.niet_bekeken]

    @property
    def uitkomst(self) -> str:
        """``geslaagd``, ``verschil``, ``fout`` (it could not be played) or ``overgeslagen``."""
        if self.overgeslagen:
            return "overgeslagen"
        return "fout" if self.fout else "verschil" if self.verschillen or self.afwijking else "geslaagd"
