"""From what happened to a flow: the messages one by one as steps, each with what came of it. Pure."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import yaml

from ...oordeel.oordeel import Berichtoordeel
from ...regels.bevinding import fouten_van
from ...standaard.bsn import voldoet
from ...standaard.schema import Schemas
from ..bestand.bron import Lezer
from ..schrijven.sjablonen import sjablonen
from ..schrijven.waarden import Nummers, Omgeving
from .anonimiseren import Anonimiseerder, Boom, persoonlijk
from .antwoorden import codes, codes_op
from .bron import Opgenomen, Opname, OpneemFout
from .partijen import deelnemers, namen_van
from .standen import Standen, Verwachting
from .verkorten import Verkorter, VerkortFout, dag_als
from .weglaten import zonder_wat_elders_ligt

_PERSOON = ("Geboortedatum", "Geslacht", "Naam")
_ONGELDIGE_BSNS = ("999999999", "999999998")
"""Fictive, and like that of the recording they do not pass the 11-proef (CS002)."""


def neem_op(opname: Opname, naam: str, schemas: Schemas) -> str:
    """The flow of this name, as YAML. Raises ``OpneemFout``."""
    flow = _Opnemer(replace(opname, berichten=zonder_wat_elders_ligt(opname.berichten)), schemas).flow(naam)
    tekst: str = yaml.dump(
        flow, Dumper=_Schrijver, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None
    )
    return tekst


class _Schrijver(yaml.SafeDumper):
    """Text without quotes where ``bron`` reads it back as text: there every scalar is."""

    yaml_implicit_resolvers = Lezer.yaml_implicit_resolvers


@dataclass
class _Opnemer:
    """One recording."""

    opname: Opname
    schemas: Schemas
    _namen: dict[str, str] = field(init=False)
    _anoniem: Anonimiseerder = field(init=False)
    _bomen: dict[str, Boom] = field(init=False)
    _stappen: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        opname = self.opname
        self._namen = namen_van(opname)
        gekozen = [b for b in opname.berichten if not b.is_antwoord]
        alles = (waarde for b in gekozen for waarde in persoonlijk(b.bericht, b.gelezen.soort))
        dagen = frozenset(b.rij["dagtekening"] for b in opname.berichten)
        self._anoniem = Anonimiseerder(opname.wet, dagen, frozenset(alles) | frozenset(self._namen))
        self._anoniem.variabele("Bsn", opname.bsn)
        keer = Counter(map(_sleutel, gekozen))
        self._bomen = {}
        for bericht in gekozen:
            boom = self._anoniem.bericht(bericht.bericht, bericht.gelezen.soort)
            if keer[_sleutel(bericht)] > 1:
                nummer = self._anoniem.variabele("Identificatie", bericht.rij["identificatie"])
                boom["Header"]["BerichtIdentificatie"]["Identificatie"] = nummer
            self._bomen[bericht.id] = boom

    def flow(self, naam: str) -> dict[str, Any]:
        """The whole file as plain values."""
        opname = self.opname
        berichten = [b for b in opname.berichten if b.id in self._bomen or self._heen(b) is not None]
        if not berichten:
            raise OpneemFout(
                "Alles in dit tijdvak is geweigerd om iets buiten deze opname, zoals een nummer van een andere cliënt; "
                "kies een ander met --van en --tot."
            )
        partijen, klok = deelnemers(opname, self._namen), berichten[0].moment
        persoon = self._persoon(klok)
        codes_ = {naam_: naam_ for naam_ in partijen}
        verkorter = Verkorter(opname.wet, klok, self._anoniem.variabelen, codes_, persoon, self.schemas)
        standen, vorige = Standen(opname, self._anoniem), klok
        for bericht in berichten:
            stap = self._antwoord(bericht, verkorter) if bericht.is_antwoord else self._bericht(bericht, verkorter)
            if op := _op(vorige, bericht.moment):
                stap["op"] = op
            stap["verwacht"] = stap.get("verwacht", {}) | standen.na(bericht)
            self._stappen[bericht.id], vorige = stap, bericht.moment
        laatste = self._stappen[berichten[-1].id]
        laatste["verwacht"] |= standen.declaraties()
        stappen = [{n: w for n, w in stap.items() if w not in ({}, None)} for stap in self._stappen.values()]
        return {
            "flow": naam,
            "omschrijving": "Opgenomen van een draaiend systeem; personen, partijen en kenmerken zijn fictief.",
            "wetten": [str(opname.wet)],
            "klok": klok.isoformat(),
            "klok_vast": "true",
            "partijen": partijen,
            "clienten": {"client": persoon},
            "stappen": stappen,
        }

    def _heen(self, antwoord: Opgenomen) -> Opgenomen | None:
        """The message of this recording that a party answered itself; the node answers by itself too when it plays."""
        if not antwoord.is_antwoord:
            return None
        gevonden = (b for b in self.opname.berichten if b.id == antwoord.rij["antwoord_op"] and b.id in self._bomen)
        heen = next(gevonden, None)
        return heen if heen is not None and heen.rij["beoordeling"] == "partij" else None

    def _persoon(self, klok: datetime) -> Boom:
        """What the template does not say of the client."""
        basis = Omgeving(Nummers(0), klok, self.opname.wet).waarde(sjablonen()["persoon"])
        bekend = (boom["Client"] for boom in self._bomen.values() if "Geboortedatum" in boom.get("Client", {}))
        client: Boom = next(bekend, {})
        anders = {naam: client[naam] for naam in _PERSOON if naam in client and client[naam] != basis[naam]}
        if "Naam" in anders:
            anders["Naam"] = {n: w for n, w in anders["Naam"].items() if w != basis["Naam"].get(n)}
        if not voldoet(self.opname.bsn):
            anders["Bsn"] = next(bsn for bsn in _ONGELDIGE_BSNS if bsn != self.opname.bsn)
        return {naam: waarde for naam, waarde in anders.items() if waarde}

    def _bericht(self, bericht: Opgenomen, verkorter: Verkorter) -> dict[str, Any]:
        soort, rij = bericht.gelezen.soort, bericht.rij
        van, naar = self._partij(rij["verzender"]), self._partij(rij["bestemming"])
        zelf = rij["beoordeling"] == "partij"
        telt = zelf or bericht.telt
        try:
            kort = verkorter.verkort(soort, self._bomen[bericht.id], van, naar, bericht.moment, bericht.id, telt)
        except VerkortFout as fout:
            raise OpneemFout(f"{fout} Kies met --van en --tot een tijdvak zonder dit bericht.") from None
        dag = rij["dagtekening"]
        return {
            "stuur": soort.nummer,
            **self._wie(van, naar),
            "op": None,
            "dagtekening": None if dag == bericht.moment.date() else dag_als(dag, bericht.moment.date()),
            "alleen": "true" if kort.alleen else None,
            "inhoud": kort.inhoud,
            "verwacht": {} if zelf else self._verwacht(bericht),
        }

    def _antwoord(self, bericht: Opgenomen, verkorter: Verkorter) -> dict[str, Any]:
        heen = self._heen(bericht)
        assert heen is not None
        gevraagd = self._stappen[heen.id]
        naam = gevraagd.setdefault("naam", f"bericht{list(self._stappen).index(heen.id) + 1}")
        gegeven, dag = codes_op(bericht, heen), _dagtekening(bericht)
        if gegeven and bericht.gelezen.soort.is_retour:
            verkorter.verleden.vergeet(heen.id)
        vandaag = bericht.moment.date()
        return {
            "antwoord": bericht.gelezen.soort.nummer,
            "antwoord_op": naam,
            "op": None,
            "dagtekening": None if dag == vandaag else dag_als(dag, vandaag),
            "codes": gegeven,
        }

    def _wie(self, van: str, naar: str) -> dict[str, str]:
        """Said only where more parties have the rol."""
        rollen = Counter(self.opname.rollen.values())
        rol = {naam: self.opname.rollen[code] for code, naam in self._namen.items()}
        return {sleutel: naam for sleutel, naam in (("van", van), ("naar", naar)) if rollen[rol[naam]] > 1}

    def _partij(self, code: str) -> str:
        if code not in self._namen:
            raise OpneemFout(
                "Een bericht ging naar een partij buiten dit dossier; kies een toewijzing of een korter tijdvak."
            )
        return self._namen[code]

    def _verwacht(self, bericht: Opgenomen) -> Verwachting:
        """The verdict of the node, its rules and the codes in the answer. Not the signalen: they look at what may lie before the
        recording, and at how the file was written."""
        bevindingen, oordeel = fouten_van(bericht.eigen_bevindingen), bericht.oordeel
        retour = next((b for b in self.opname.berichten if b.rij["antwoord_op"] == bericht.id), None)
        gevonden = codes(retour) if retour is not None and not bericht.deel else {}
        uit: Verwachting = {} if oordeel == Berichtoordeel.GOEDGEKEURD else {"oordeel": str(oordeel)}
        uit |= {"regels": sorted({b["regel"] for b in bevindingen})} if bevindingen else {}
        return uit | ({"retour": gevonden} if gevonden else {})


def _sleutel(bericht: Opgenomen) -> tuple[Any, ...]:
    return tuple(bericht.rij[naam] for naam in ("verzender", "berichtsoort", "identificatie"))


def _dagtekening(antwoord: Opgenomen) -> date:
    header = antwoord.bericht.Header
    dag = getattr(header, "DagtekeningRetour", header.BerichtIdentificatie.Dagtekening)
    assert isinstance(dag, date)
    return dag


def _op(vorige: datetime, moment: datetime) -> str:
    """The moment of a step, after that of the step before; empty when it is the same."""
    dagen = (moment.date() - vorige.date()).days
    tijd = "" if moment.time() == vorige.time() else moment.time().isoformat()
    return f"{f'{dagen:+}d' if dagen else ''} {tijd}".strip()
