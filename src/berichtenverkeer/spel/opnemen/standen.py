"""How toewijzingen, verzoeken and declaraties stood after each message: what a flow expects of them. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from ...levensloop.dossier import Dossier, Dossiersleutel
from ...levensloop.stand import stand
from ...levensloop.toewijzing import toestand
from ...regels.bevinding import fouten_van
from .anonimiseren import Anonimiseerder
from .bron import Opgenomen, Opname

Verwachting = dict[str, Any]


@dataclass
class Standen:
    """Follows the dossiers of a recording, message by message. A number or reference that two of its dossiers have in common
    is left out, for a flow looks it up by that alone."""

    opname: Opname
    anoniem: Anonimiseerder
    _dossiers: dict[Dossiersleutel, Dossier] = field(default_factory=dict)
    _gezegd: dict[str, str] = field(default_factory=dict)
    _telt: set[str] = field(default_factory=set)
    _hangend: set[str] = field(default_factory=set)

    def na(self, bericht: Opgenomen) -> Verwachting:
        """What this message changed, and the days since the one before. Nothing as long as a message counts that its receiver
        refused in the end: what it brought about was undone and cannot be told any more."""
        zelf = bericht.rij["beoordeling"] == "partij"
        if bericht.is_antwoord:
            self._hangend.discard(str(bericht.rij["antwoord_op"]))
            self._telt.add(str(bericht.rij["antwoord_op"]))
        elif zelf and bericht.rij["oordeel"] == "afgekeurd":
            self._hangend.add(bericht.id)
        elif not (zelf and fouten_van(bericht.rij["bevindingen"])):  # with faults it counts once its receiver approves
            self._telt.add(bericht.id)
        self._dossiers = {
            sleutel: Dossier.van(geval for geval in gevallen if geval.herkomst.bericht in self._telt)
            for sleutel, gevallen in self.opname.gebeurtenissen.items()
        }
        return {} if self._hangend else self._verschil(bericht.moment.date())

    def _verschil(self, dag: date) -> Verwachting:
        uit: Verwachting = {}
        for wat, nu in (("toewijzingen", self._toewijzingen(dag)), ("verzoeken", self._verzoeken())):
            anders = {naam: woorden for naam, woorden in nu.items() if self._gezegd.get(naam) != woorden}
            self._gezegd |= anders
            uit |= {wat: anders} if anders else {}
        return uit

    def _toewijzingen(self, dag: date) -> dict[str, str]:
        uit: dict[str, str] = {}
        nummers = _eenmalig(dossier.toewijzingen for dossier in self._dossiers.values())
        for dossier in self._dossiers.values():
            for nummer in dossier.toewijzingen:
                if nummer in nummers and (nu := stand(dossier, nummer)) is not None:
                    woorden = (toestand(nu.product, dag), nu.levering.toestand, nu.verzoek or "")
                    uit[self.anoniem.variabele("ToewijzingNummer", nummer)] = " ".join(woorden).strip()
        return uit

    def _verzoeken(self) -> dict[str, str]:
        referenties = _eenmalig(dossier.verzoeken for dossier in self._dossiers.values())
        return {
            self.anoniem.variabele("ReferentieAanbieder", referentie): str(aanvraag.toestand)
            for dossier in self._dossiers.values()
            for referentie, aanvraag in dossier.verzoeken.items()
            if referentie in referenties
        }

    def declaraties(self) -> Verwachting:
        """How the declaraties and their Prestaties of this client stand in the end."""
        heel = {bericht.id: not bericht.deel for bericht in self.opname.berichten}
        rijen = [rij for rij in self.opname.prestaties if rij["declaratie"] in heel]
        nummers = _eenmalig([{rij["declaratie"]: rij for rij in rijen}.values()], "declaratienummer")
        uit: Verwachting = {}
        for rij in rijen:
            if rij["declaratienummer"] not in nummers:
                continue
            bij = uit.setdefault(self.anoniem.variabele("DeclaratieNummer", rij["declaratienummer"]), _kop(rij, heel))
            van_deze = [r for r in rijen if r["declaratie"] == rij["declaratie"]]
            if rij["referentienummer"] in _eenmalig([van_deze], "referentienummer"):
                naam = self.anoniem.variabele("ReferentieNummer", rij["referentienummer"])
                bij["prestaties"][naam] = rij["toestand"]
        return {"declaraties": uit} if uit else {}


def _kop(rij: RowMapping, heel: Mapping[str, bool]) -> Verwachting:
    bedragen = {
        naam: str(rij[naam]) for naam in ("ingediend", "toegekend") if heel[rij["declaratie"]] and rij[naam] is not None
    }
    return {"toestand": rij["van"], **bedragen, "prestaties": {}}


def _eenmalig(reeksen: Iterable[Iterable[Any]], veld: str | None = None) -> set[Any]:
    """What occurs once."""
    aantal = Counter(item[veld] if veld else item for reeks in reeksen for item in reeks)
    return {naam for naam, keer in aantal.items() if keer == 1}
