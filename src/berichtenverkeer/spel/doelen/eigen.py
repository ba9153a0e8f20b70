"""A node whose database is at hand: every play registers its own parties there."""

import secrets
import threading
from collections import deque
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from datetime import datetime
from itertools import count

import httpx
from sqlalchemy import Engine

from ...klok import NEDERLAND
from ...partijen import bewijzen, contracten
from ...partijen import partij as partijen
from ...partijen.productcodelijst import ContractFout
from ...standaard.berichtsoort import Ketenrol
from ...standaard.codelijst import codelijst
from ...standaard.domein import Domein
from ..bestand.flow import Deelnemer, Flow
from ..deuren.deur import wacht_op
from ..deuren.lijst import POSTVAK
from .doel import Doel, DoelFout, Speler

_AGB_VANAF = 97_000_000
_GEDEELD = " (replay)"
"""How the name of a party ends that a later play may take again."""
_ALLEEN = " (replay, eigen inrichting)"


class Eigen:
    """A node whose database is at hand: every play gets parties that no other has, with codes from the list of gemeenten, free
    AGB codes and, for an onderaannemer, a free code of its own; what was registered by others is left alone.

    There are some 340 gemeenten. When they run out, those that an earlier play registered are taken again, with fresh aanbieders
    and clients; one that got a list or settings of its own is not (afgeleid).
    """

    def __init__(self, base_url: str, engine: Engine) -> None:
        self.base_url = base_url
        self.engine = engine
        self._slot = threading.Lock()
        self._namen = {partij.code: partij.naam for partij in partijen.alle(engine)}
        self._vrij = map(str, count(_AGB_VANAF))
        self._eigen = (f"p{nummer}" for nummer in count(1))
        gemeenten = codelijst("CBS", Domein.IWMO).codes.items()
        self._gemeenten = deque(sorted(gemeenten, key=lambda paar: paar[0] in self._namen))

    def doel(self, flow: Flow, wet: Domein) -> Doel:
        nu = flow.klok.replace(tzinfo=NEDERLAND)
        try:
            with self._slot:
                vers, codes = set[str](), dict[str, str]()
                for naam, deelnemer in flow.partijen.items():
                    codes[naam], nieuw = self._neem(naam, deelnemer, codes.values(), nu)
                    if nieuw:
                        vers.add(naam)
                    self._stel_in(codes[naam], deelnemer)
            self._richt_in(flow, codes)
            spelers = {
                naam: Speler(
                    code=code,
                    token=bewijzen.maak_token(self.engine, code, nu, secrets.token_urlsafe),
                    vsp_rol=flow.partijen[naam].vsp_rol,
                )
                for naam, code in codes.items()
            }
        except (partijen.PartijFout, ContractFout, KeyError) as fout:
            raise DoelFout(f"De partijen van {flow.flow} zijn niet in te richten: {fout}") from None
        doel = Doel(self.base_url, spelers, frozenset(vers))
        with ExitStack() as stapel:
            stapel.enter_context(doel)
            for naam in spelers:  # until the node has read them anew
                klant = doel.klant(naam, flow.klok)
                wacht_op(lambda k=klant: _kent(k), f"partij {naam} bij het knooppunt")  # type: ignore[misc]
            stapel.pop_all()
        return doel

    def _neem(self, naam: str, deelnemer: Deelnemer, bezet: Collection[str], nu: datetime) -> tuple[str, bool]:
        """A code for this party, and whether it is new. One that another process just took is passed over."""
        alleen = bool(deelnemer.productcodes or deelnemer.instellingen or deelnemer.code)
        while (code := self._code(deelnemer, bezet, nu)) not in self._namen:
            self._namen[code] = f"{deelnemer.naam or naam}{_ALLEEN if alleen else _GEDEELD}"
            try:
                partijen.registreer(self.engine, code, deelnemer.rol, self._namen[code], nu)
                return code, True
            except partijen.PartijFout:
                if deelnemer.code is not None:
                    raise
                self._namen[code] = ""
        return code, False

    def _code(self, deelnemer: Deelnemer, bezet: Collection[str], nu: datetime) -> str:
        if (code := deelnemer.code) is not None:
            if not self._namen.get(code, _ALLEEN).endswith((_ALLEEN, _GEDEELD)):
                raise DoelFout(f"Partij {code} bestaat al; speel met --base-url en --partijen, of zonder vaste code.")
            return code
        if deelnemer.kant is not Ketenrol.GEMEENTE:
            vrij = self._vrij if deelnemer.kant is Ketenrol.AANBIEDER else self._eigen
            return next(code for code in vrij if code not in self._namen)
        for _ in range(len(self._gemeenten)):
            self._gemeenten.rotate(-1)
            code, item = self._gemeenten[-1]
            alleen = code in self._namen and bool(deelnemer.productcodes or deelnemer.instellingen)
            van_ons = self._namen.get(code, _GEDEELD).endswith(_GEDEELD)
            if item.geldig_op(nu.date()) and van_ons and not alleen and code not in bezet:
                return code
        raise DoelFout("Alle gemeenten van de lijst zijn al van anderen; speel op een nieuwe database.")

    def _stel_in(self, code: str, deelnemer: Deelnemer) -> None:
        partijen.zet_beoordeling(self.engine, code, partijen.Beoordelaar(deelnemer.beoordeling))
        partijen.zet_wetten(self.engine, code, deelnemer.wetten or tuple(Domein))
        if deelnemer.vsp_rol:
            partijen.zet_vsp_rol(self.engine, code, partijen.VspRol(deelnemer.vsp_rol))

    def _richt_in(self, flow: Flow, codes: Mapping[str, str]) -> None:
        """The settings, tariffs and product codes of each gemeente."""
        for naam, deelnemer in flow.partijen.items():
            code = codes[naam]
            if deelnemer.instellingen:
                contracten.kies(self.engine, code, deelnemer.instellingen)
            for rij in deelnemer.tarieven:
                contracten.voeg_tarief_toe(
                    self.engine, code, codes[rij["aanbieder"]], rij["productcode"], rij["eenheid"],
                    rij["eurocent"], rij["van"], rij.get("tot", ""),
                )  # fmt: skip
            if deelnemer.productcodes:
                kop = ("categorie", "code", "eenheid", "variant", "van", "tot")
                rijen = [kop, *([rij.get(veld, "") for veld in kop] for rij in deelnemer.productcodes)]
                csv = "\n".join(";".join(rij) for rij in rijen)
                contracten.laad_productcodes(self.engine, code, csv.encode())


def _kent(klant: httpx.Client) -> bool | None:
    antwoord = klant.get(POSTVAK, params={"limit": 1})
    return antwoord.is_success or None
