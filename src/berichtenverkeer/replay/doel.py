"""What a flow is played against: an address, and who each party of the flow is there."""

import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Protocol

import httpx
import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from sqlalchemy import Engine

from ..klok import NEDERLAND
from ..standaard.berichtsoort import Rol
from ..standaard.codelijst import codelijst
from ..standaard.domein import Domein
from ..uitwisseling import contracten, partijen
from ..uitwisseling.productcodelijst import ContractFout
from .deur import klok, wacht_op
from .flow import Deelnemer, Flow

_AGB_VANAF = 97_000_000
_GEDULD = 60.0


class DoelFout(Exception):
    """A flow cannot be played against this. The text is Dutch and says what to do."""


class Speler(BaseModel):
    """A party as the node knows it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    token: str
    vsp_rol: str | None = None


@dataclass
class Doel:
    """The node at ``base_url`` for one play. ``eigen``: nobody else uses these parties. Use it in a ``with`` block."""

    base_url: str
    spelers: Mapping[str, Speler]
    eigen: bool
    _klanten: dict[str, httpx.Client] = field(default_factory=dict)
    _stapel: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> "Doel":
        return self

    def __exit__(self, *_: object) -> None:
        self._stapel.close()

    def klant(self, naam: str, moment: datetime) -> httpx.Client:
        """A caller with the token of this party at this moment."""
        if naam not in self._klanten:
            token = {"Authorization": f"Bearer {self.spelers[naam].token}"}
            klant = httpx.Client(base_url=self.base_url, headers=token, timeout=_GEDULD)
            self._klanten[naam] = self._stapel.enter_context(klant)
        self._klanten[naam].headers.update(klok(moment))
        return self._klanten[naam]

    @property
    def rollen(self) -> dict[str, str]:
        """The rol in VSP by code, where it is said."""
        return {speler.code: speler.vsp_rol for speler in self.spelers.values() if speler.vsp_rol}


class Doelgever(Protocol):
    """Gives every play its parties."""

    def doel(self, flow: Flow, wet: Domein) -> Doel:
        """Where to play. Raises ``DoelFout``."""


@dataclass(frozen=True)
class Gegeven:
    """A node elsewhere, with parties that were registered there."""

    base_url: str
    spelers: Mapping[str, Speler]

    def doel(self, flow: Flow, wet: Domein) -> Doel:
        zonder = [naam for naam in flow.partijen if naam not in self.spelers]
        if zonder:
            raise DoelFout(
                f"Van {', '.join(zonder)} in {flow.flow} is geen code en token bekend; zet ze in --partijen."
            )
        for naam, deelnemer in flow.partijen.items():
            if deelnemer.code is not None and deelnemer.code != self.spelers[naam].code:
                raise DoelFout(f"In {flow.flow} heeft {naam} de vaste code {deelnemer.code}; zet die in --partijen.")
        return Doel(self.base_url, {naam: self.spelers[naam] for naam in flow.partijen}, eigen=False)


class Eigen:
    """A node of our own: every play gets parties that no other has, with codes from the list of gemeenten and free AGB codes.

    There are some 340 gemeenten; a play beyond that takes them again, with fresh aanbieders and clients (afgeleid).
    """

    def __init__(self, base_url: str, engine: Engine) -> None:
        self.base_url = base_url
        self._engine = engine
        self._slot = threading.Lock()
        self._gemeenten = list(codelijst("CBS", Domein.IWMO).codes.items())
        self._nummers = count()
        self._vrij: Iterator[int] = count(_AGB_VANAF)
        self._tokens: dict[str, str] = {}

    def doel(self, flow: Flow, wet: Domein) -> Doel:
        nu = flow.klok.replace(tzinfo=NEDERLAND)
        try:
            with self._slot:
                spelers = {naam: self._meld_aan(naam, deelnemer, nu) for naam, deelnemer in flow.partijen.items()}
                self._richt_in(flow, spelers)
        except (partijen.PartijFout, ContractFout, KeyError) as fout:
            raise DoelFout(f"De partijen van {flow.flow} zijn niet in te richten: {fout}") from None
        doel = Doel(self.base_url, spelers, eigen=True)
        for naam in spelers:  # until the node has read them anew
            klant = doel.klant(naam, flow.klok)
            wacht_op(lambda k=klant: _kent(k), f"partij {naam} bij het knooppunt")  # type: ignore[misc]
        return doel

    def _meld_aan(self, naam: str, deelnemer: Deelnemer, nu: datetime) -> Speler:
        code = deelnemer.code or self._code(deelnemer.rol, nu)
        if code not in self._tokens:
            partijen.registreer(self._engine, code, partijen.Partijrol(deelnemer.rol), deelnemer.naam or naam, nu)
            self._tokens[code] = partijen.maak_token(self._engine, code, nu, secrets.token_urlsafe)
        partijen.zet_beoordeling(self._engine, code, partijen.Beoordeling(deelnemer.beoordeling))
        partijen.zet_wetten(self._engine, code, deelnemer.wetten or tuple(Domein))
        if deelnemer.vsp_rol:
            partijen.zet_vsp_rol(self._engine, code, partijen.VspRol(deelnemer.vsp_rol))
        return Speler(code=code, token=self._tokens[code], vsp_rol=deelnemer.vsp_rol)

    def _code(self, rol: Rol, nu: datetime) -> str:
        if rol is Rol.AANBIEDER:
            return str(next(self._vrij))
        geldig = [code for code, item in self._gemeenten if item.geldig_op(nu.date())]
        return geldig[next(self._nummers) % len(geldig)]

    def _richt_in(self, flow: Flow, spelers: Mapping[str, Speler]) -> None:
        """The tariffs and product codes of each gemeente."""
        for naam, deelnemer in flow.partijen.items():
            code = spelers[naam].code
            for rij in deelnemer.tarieven:
                contracten.voeg_tarief_toe(
                    self._engine, code, spelers[rij["aanbieder"]].code, rij["productcode"], rij["eenheid"],
                    rij["eurocent"], rij["van"], rij.get("tot", ""),
                )  # fmt: skip
            if deelnemer.productcodes:
                kop = ("categorie", "code", "eenheid", "variant", "van", "tot")
                rijen = [kop, *([rij.get(veld, "") for veld in kop] for rij in deelnemer.productcodes)]
                csv = "\n".join(";".join(rij) for rij in rijen)
                contracten.laad_productcodes(self._engine, code, csv.encode())


def lees_partijen(pad: Path) -> dict[str, Speler]:
    """The file of ``--partijen``: per name in the flows a code and a token. Raises ``DoelFout``."""
    try:
        inhoud = yaml.load(pad.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        return TypeAdapter(dict[str, Speler]).validate_python(inhoud)
    except OSError:
        raise DoelFout(f"{pad} is niet te lezen; controleer de naam.") from None
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError):
        raise DoelFout(f"{pad} is geen lijst van partijen; schrijf per naam een code en een token.") from None


def _kent(klant: httpx.Client) -> bool | None:
    antwoord = klant.get("/postvak/v1/berichten", params={"limit": 1})
    return antwoord.is_success or None
