"""The conformance cases: read from YAML, and unfolded into messages and what is expected of them.

``README.md`` describes the form of the files. An entry becomes two cases for every message and law it names: a message
that is just sound, and the same message one step further.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import TypeAdapter

from berichtenverkeer.regels.bevinding import Ernst, Niveau
from berichtenverkeer.regels.catalogus import catalogus
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.standaard.berichten import BERICHTKLASSE, Bericht
from berichtenverkeer.standaard.berichten.declaratie import Prestatie
from berichtenverkeer.standaard.berichten.onderdeel import Berichtklasse
from berichtenverkeer.standaard.berichtsoort import Berichtsoort, Ketenrol, berichtsoort
from berichtenverkeer.standaard.domein import RELEASE, Domein
from berichtenverkeer.standaard.schema import Schemas
from berichtenverkeer.standaard.schrijven import serialiseer
from berichtenverkeer.standaard.vorm import plaatsen
from berichtenverkeer.standaard.xml import BOM

from .boom import Boom, voor_domein, wijzig

MAP = Path(__file__).parent
SCHEMAS = Schemas(MAP.parents[1] / "xsd")
REGELS = {regel.code: regel for regel in catalogus()}

BEKEND = {
    "regel", "naam", "bericht", "domein", "vandaag", "dossier_op", "variant", "contract", "dossier", "met", "signalen",
    "stap", "dossier_fout", "vandaag_fout", "tekst_fout", "bevindingen", "retour", "antwoord",
}  # fmt: skip
"""What an entry may say."""

STAPPEN = {"stap", "dossier_fout", "vandaag_fout", "tekst_fout"}
"""What makes the bad case of an entry; one of them."""

TEKSTEN: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    "bom": lambda data: BOM + data,
    "lf": lambda data: data.replace(b"\r\n", b"\n"),
    "cr": lambda data: data.replace(b"\r\n", b"\r"),
}
"""How the file of a message may be written, beside as OP192 asks."""

_CONTRACT = TypeAdapter(Contract)

Codes = dict[str, tuple[str, ...]]
"""RetourCodes by path."""

Wijzigingen = Mapping[str, Boom]
"""Values by path (see ``boom``)."""


class Aangeboden(NamedTuple):
    """A message that is offered."""

    soort: Berichtsoort
    bericht: Bericht


class Bevonden(NamedTuple):
    """A finding that is expected."""

    regel: str
    pad: str


@dataclass(frozen=True, slots=True)
class Geval:
    """One case: what was sent before, what is sent, and what must come of it.

    ``vandaag`` is the system date of the receiver, ``dossier_op`` that on which it got what was sent before, ``contract`` what was
    agreed. ``tekst`` says how the file is written (``TEKSTEN``). ``retour`` is the codes in the
    retourbericht of the Header and of every class that comes back, by path; None where there is none (323, 325).
    ``antwoord`` is the same of the 325 on a 323.
    """

    id: str
    regel: str
    naam: str
    domein: Domein
    goed: bool
    vandaag: date
    dossier_op: date
    contract: Contract
    dossier: tuple[Aangeboden, ...]
    aangeboden: Aangeboden
    tekst: str
    bevindingen: tuple[Bevonden, ...]
    retour: Codes | None
    antwoord: Codes | None

    @property
    def uitslag(self) -> str:
        """What the judgement comes to, in the words of the oordeel."""
        if not self.fouten:
            return "goedgekeurd"
        if self.antwoord is None:
            return "afgekeurd"
        alle = sum(isinstance(deel, Prestatie) for _, deel in plaatsen(self.aangeboden.bericht, self.aangeboden.soort))
        return "deels_goedgekeurd" if 0 < sum("/Prestatie[" in pad for pad in self.antwoord) < alle else "afgekeurd"

    @property
    def fouten(self) -> tuple[Bevonden, ...]:
        """The findings that refuse; the others are signalen."""
        return tuple(bevonden for bevonden in self.bevindingen if REGELS[bevonden.regel].ernst is Ernst.FOUT)

    @property
    def data(self) -> bytes:
        """The file that is offered."""
        return TEKSTEN[self.tekst](serialiseer(self.aangeboden.bericht, self.aangeboden.soort))

    def __str__(self) -> str:
        return self.id


@cache
def gevallen() -> tuple[Geval, ...]:
    """Every case, in the order of the files."""
    return tuple(geval for _, rij in rijen() for geval in _gevallen(rij))


def rijen() -> Iterator[tuple[Niveau, dict[str, Any]]]:
    """Every entry as it stands in its file, with the level of that file."""
    for pad in sorted((MAP / "gevallen").glob("*.yaml")):
        bestand = _lees(pad)
        for rij in bestand["gevallen"]:
            if onbekend := rij.keys() - BEKEND:
                raise ValueError(f"{pad.name}: {rij.get('naam')} kent geen {', '.join(sorted(onbekend))}")
            yield Niveau(bestand["niveau"]), rij


def maak_bericht(nummer: str, domein: Domein, *wijzigingen: Wijzigingen, identificatie: str = "BERICHT") -> Aangeboden:
    """The base message of this kind under this law, with these changes."""
    soort = berichtsoort(domein, nummer)
    inhoud: dict[str, Any] = {"Header": _header(soort, identificatie)}
    inhoud |= {naam: waarde for naam, waarde in _basis()["berichten"][nummer].items() if naam != "dossier"}
    inhoud = _voor(inhoud, domein)
    for stap in wijzigingen:
        for pad, waarde in stap.items():
            wijzig(inhoud, soort, pad, voor_domein(waarde, domein))
    return Aangeboden(soort, BERICHTKLASSE[nummer].model_validate(inhoud))


def dagtekening() -> date:
    """The Dagtekening of the base messages, and the system date unless a case says otherwise."""
    return date.fromisoformat(_basis()["dagtekening"])


def _gevallen(rij: dict[str, Any]) -> Iterator[Geval]:
    for nummer in rij["bericht"].split():
        delen = [rij["regel"], nummer, re.sub(r"[^a-z0-9]+", "-", rij["naam"].lower())]
        for domein in Domein if "domein" not in rij else (Domein(rij["domein"]),):
            naam = "-".join([*delen, domein])
            yield _geval(f"{naam}-goed", rij, nummer, domein, goed=True)
            if "bevindingen" in rij:
                yield _geval(f"{naam}-fout", rij, nummer, domein, goed=False)


def _geval(naam: str, rij: dict[str, Any], nummer: str, domein: Domein, *, goed: bool) -> Geval:
    dossier = rij.get("dossier", _basis()["berichten"][nummer].get("dossier", []))
    if not goed:
        dossier = rij.get("dossier_fout", dossier)
    stappen = (rij.get("met", {}),) if goed else (rij.get("met", {}), rij.get("stap", {}))
    aangeboden = maak_bericht(nummer, domein, *stappen)
    bevindingen = tuple(sorted(_bevonden(tekst) for tekst in rij.get("signalen" if goed else "bevindingen", ())))
    zuiver = all(REGELS[bevonden.regel].ernst is Ernst.SIGNAAL for bevonden in bevindingen)
    retour = antwoord = None
    if aangeboden.soort.retour:
        retour = _retour(aangeboden, "" if zuiver else rij.get("retour", "0001"))
    elif nummer == "323":
        antwoord = _antwoord({} if zuiver else rij.get("antwoord", rij.get("retour", "0001")))
    vandaag = rij.get("vandaag", _basis()["dagtekening"])
    return Geval(
        id=naam,
        regel=rij["regel"],
        naam=rij["naam"],
        domein=domein,
        goed=goed,
        vandaag=date.fromisoformat(vandaag if goed else rij.get("vandaag_fout", vandaag)),
        dossier_op=date.fromisoformat(rij.get("dossier_op", vandaag)),
        contract=_contract(rij, domein),
        dossier=tuple(_eerder(eerder, domein, f"EERDER{volg}") for volg, eerder in enumerate(dossier, start=1)),
        aangeboden=aangeboden,
        tekst="" if goed else rij.get("tekst_fout", ""),
        bevindingen=bevindingen,
        retour=retour,
        antwoord=antwoord,
    )


def _contract(rij: dict[str, Any], domein: Domein) -> Contract:
    """``variant`` is short for a contract that says no more than that."""
    inhoud = _voor(rij.get("contract", {}), domein)
    if "variant" in rij:
        inhoud["instellingen"] = {**inhoud.get("instellingen", {}), "variant": rij["variant"]}
    return _CONTRACT.validate_python(inhoud)


def _eerder(eerder: "str | dict[str, Wijzigingen]", domein: Domein, identificatie: str) -> Aangeboden:
    if isinstance(eerder, str):
        return maak_bericht(eerder, domein, identificatie=identificatie)
    [(nummer, wijzigingen)] = eerder.items()
    return maak_bericht(nummer, domein, wijzigingen, identificatie=identificatie)


def _bevonden(tekst: str) -> Bevonden:
    regel, _, pad = tekst.partition(" ")
    return Bevonden(regel, f"/Bericht/{pad}" if pad else "/Bericht")


def _retour(aangeboden: Aangeboden, codes: "str | dict[str, str]") -> Codes:
    """One text is the codes of the Header, which then comes back alone. Else what is not named has 0200."""
    if isinstance(codes, str):
        return {"/Bericht/Header": tuple(codes.split())}
    klassen = [pad for pad, deel in plaatsen(aangeboden.bericht, aangeboden.soort) if isinstance(deel, Berichtklasse)]
    retour: Codes = dict.fromkeys(["/Bericht/Header", *klassen], ("0200",))
    for pad, tekst in codes.items():
        if f"/Bericht/{pad}" not in retour:
            raise ValueError(f"{pad} is geen klasse van dit bericht")
        retour[f"/Bericht/{pad}"] = tuple(tekst.split())
    return retour


def _antwoord(codes: "str | dict[str, str]") -> Codes:
    """One text is the codes of the Header, which then comes alone. Else the classes that are named come back, and those
    around them with 0200; when none is, the DeclaratieAntwoord has 8001."""
    if isinstance(codes, str):
        return {"/Bericht/Header": tuple(codes.split())}
    antwoord: Codes = {"/Bericht/Header": ("0200",), "/Bericht/DeclaratieAntwoord": ("0200",) if codes else ("8001",)}
    for pad in codes:
        delen = pad.split("/")
        antwoord |= {f"/Bericht/{'/'.join(delen[:diep])}": ("0200",) for diep in range(3, len(delen), 2)}
    return antwoord | {f"/Bericht/{pad}": tuple(tekst.split()) for pad, tekst in codes.items()}


def _header(soort: Berichtsoort, identificatie: str) -> dict[str, Any]:
    """The Header of a heenbericht; that of a 325 points to the second message of its dossier (IV087)."""
    versie, subversie = RELEASE.split(".")
    partijen, versies = _basis()["partijen"], SCHEMAS.versies(soort)
    van_gemeente = soort.verzender is Ketenrol.GEMEENTE
    header = {
        "BerichtCode": soort.berichtcode,
        "BerichtVersie": versie,
        "BerichtSubversie": subversie,
        "Afzender": partijen["gemeente" if van_gemeente else "aanbieder"],
        "Ontvanger": partijen["aanbieder" if van_gemeente else "gemeente"],
        "BerichtIdentificatie": _identificatie(identificatie),
        "XsdVersie": {"BasisschemaXsdVersie": versies.basisschema, "BerichtXsdVersie": versies.bericht},
    }
    if soort.nummer == "325":
        header["DeclaratieIdentificatie"] = _identificatie("EERDER2")
        header["XsdVersieDeclaratie"] = header["XsdVersie"]
        header["RetourCodes"] = ["0200"]
    return header


def _identificatie(naam: str) -> dict[str, str]:
    return {"Identificatie": naam, "Dagtekening": _basis()["dagtekening"]}


def _voor(inhoud: dict[str, Any], domein: Domein) -> dict[str, Any]:
    uitkomst = voor_domein(inhoud, domein)
    assert isinstance(uitkomst, dict)
    return uitkomst


@cache
def _basis() -> dict[str, Any]:
    return _lees(MAP / "basis.yaml")


def _lees(pad: Path) -> dict[str, Any]:
    """A file in which every value is text, as in XML: the failsafe schema of YAML."""
    inhoud = yaml.load(pad.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    assert isinstance(inhoud, dict)
    return inhoud
