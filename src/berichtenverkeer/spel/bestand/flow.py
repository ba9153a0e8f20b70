"""The file of a flow, ``naam.flow.yaml``, as models; ``lees`` reads one and says what is wrong with it, where, and what to do."""

from collections.abc import Callable
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from ...standaard.berichtsoort import Rol
from ...standaard.domein import Domein
from .bron import Bron, FlowFout, lees_bron

__all__ = [
    "DeclaratieStand",
    "Deel",
    "Deelnemer",
    "Flow",
    "FlowFout",
    "Soort",
    "Stap",
    "Verwacht",
    "Woorden",
    "lees",
    "uitgelegd",
]

EINDE = ".flow.yaml"
"""How the name of a flow file ends."""


def _rij(waarde: object) -> object:
    """Words in one text, or a list."""
    return waarde.split() if isinstance(waarde, str) else ([] if waarde is None else waarde)


Woorden = Annotated[tuple[str, ...], BeforeValidator(_rij)]
Door = Literal["berichten", "vsp", "stuf"]
Soort = Literal["301", "305", "307", "315", "317", "319", "323"]
Antwoordsoort = Literal["302", "306", "308", "316", "318", "320", "325"]


class Deel(BaseModel):
    """A part of a file: what it does not know is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Deelnemer(Deel):
    """A party of the flow. ``code`` is given only for a fixed one; ``beoordeling`` partij judges for itself. ``tarieven``,
    ``productcodes`` and ``instellingen`` are of a gemeente, for all aanbieders; who plays elsewhere has set them up there."""

    rol: Rol
    code: str | None = None
    naam: str | None = None
    wetten: tuple[Domein, ...] | None = None
    beoordeling: Literal["knooppunt", "partij"] = "knooppunt"
    vsp_rol: str | None = None
    tarieven: tuple[dict[str, str], ...] = ()
    productcodes: tuple[dict[str, str], ...] = ()
    instellingen: dict[str, str] = {}


class DeclaratieStand(Deel):
    """How a declaratie stands; amounts in eurocent. None is not compared."""

    toestand: str | None = None
    ingediend: int | None = None
    toegekend: int | None = None
    prestaties: dict[str, str] | None = None


class Verwacht(Deel):
    """What must be seen after a step. None is not compared, but an ``oordeel`` of None is goedgekeurd, or voorlopig when the
    receiver judges for itself; with ``geweigerd`` there is no oordeel. ``regels`` are the rules that refuse, ``signalen`` those
    that only tell. Keys such as ``$t1`` are still expressions."""

    http: int | None = None
    geweigerd: str | None = None
    oordeel: str | None = None
    regels: Woorden | None = None
    signalen: Woorden | None = None
    retour: dict[str, Woorden] | None = None
    toewijzingen: dict[str, str] | None = None
    verzoeken: dict[str, str] | None = None
    declaraties: dict[str, DeclaratieStand] | None = None
    postvak: dict[str, Woorden] | None = None
    werklijsten: dict[str, dict[str, Woorden]] | None = None
    status: str | None = None


class Stap(Deel):
    """One step: exactly one of ``stuur``, ``wacht``, ``antwoord`` and ``nogmaals``. ``regel`` is its line in the file.

    ``stuur`` is the number of a heenbericht or the name of an XML file beside the flow; ``antwoord`` that of a retourbericht
    or 325; ``nogmaals`` the ``naam`` of an earlier step; ``wacht`` a moment. ``inhoud`` is still full of expressions.
    """

    stuur: str | None = None
    wacht: str | None = None
    antwoord: Antwoordsoort | None = None
    nogmaals: str | None = None
    van: str | None = None
    naar: str | None = None
    op: str | None = None
    client: str | None = None
    door: Door | None = None
    inhoud: dict[str, Any] = {}
    codes: dict[str, Woorden] = {}
    antwoord_op: str | None = None
    naam: str | None = None
    alleen: bool = False
    dagtekening: str | None = None
    verwacht: Verwacht = Verwacht()
    regel: int = Field(1, exclude=True)

    @property
    def is_bestand(self) -> bool:
        """Whether an XML file is sent as it is."""
        return self.stuur is not None and self.stuur.endswith(".xml")

    @property
    def wat(self) -> str:
        """The step in a few words, for people."""
        for woord in ("stuur", "antwoord", "wacht", "nogmaals"):
            if (waarde := getattr(self, woord)) is not None:
                return f"{woord} {waarde}"
        raise AssertionError

    @model_validator(mode="after")
    def _een_daad(self) -> "Stap":
        daden = [d for d in ("stuur", "wacht", "antwoord", "nogmaals") if getattr(self, d) is not None]
        if len(daden) != 1:
            raise ValueError("een stap zegt precies een van stuur, wacht, antwoord en nogmaals")
        if self.stuur is not None and not self.is_bestand and self.stuur not in get_args(Soort):
            raise ValueError(
                f"stuur {self.stuur} kan niet: kies {', '.join(get_args(Soort))}, of een bestand .xml; "
                "een retourbericht heet antwoord"
            )
        return self


class Flow(Deel):
    """A flow: its parties, clients and steps. ``klok`` is Dutch time, without a zone; ``pad`` the file."""

    flow: str
    omschrijving: str = ""
    herkomst: str = ""
    wetten: Annotated[tuple[Domein, ...], Field(min_length=1)] = tuple(Domein)
    klok: datetime
    klok_vast: bool = False
    partijen: dict[str, Deelnemer]
    clienten: dict[str, Annotated[dict[str, Any], BeforeValidator(lambda c: {} if c is None else c)]] = Field(
        default={"client": {}}, min_length=1
    )
    variabelen: dict[str, Any] = {}
    stappen: Annotated[tuple[Stap, ...], Field(min_length=1)]
    pad: Path = Field(exclude=True)

    def fout(self, stap: Stap, melding: str, advies: str = "") -> FlowFout:
        """A fault in this step, to be raised."""
        return FlowFout(self.pad, stap.regel, melding, advies)


def lees(pad: Path) -> Flow:
    """The flow in this file. Raises ``FlowFout``."""
    bron = lees_bron(pad)
    if not isinstance(bron.inhoud, dict):
        raise FlowFout(pad, 1, "hier staat geen flow.", "Begin met flow:, klok:, partijen: en stappen:.")
    stappen = bron.inhoud.get("stappen")
    met_regels = (
        [
            {**stap, "regel": bron.regel(("stappen", nummer))} if isinstance(stap, dict) else stap
            for nummer, stap in enumerate(stappen)
        ]
        if isinstance(stappen, list)
        else stappen
    )
    for nummer, stap in enumerate(stappen if isinstance(stappen, list) else ()):
        if isinstance(stap, dict) and "regel" in stap:
            raise FlowFout(
                pad, bron.regel(("stappen", nummer, "regel")), "regel is hier geen sleutel.", "Haal hem weg."
            )
    if "pad" in bron.inhoud:
        raise FlowFout(pad, bron.regel(("pad",)), "pad is hier geen sleutel.", "Haal hem weg.")
    try:
        flow = Flow.model_validate(
            {**bron.inhoud, **({"stappen": met_regels} if "stappen" in bron.inhoud else {}), "pad": pad}
        )
    except ValidationError as fout:
        raise uitgelegd(bron, fout, _sleutels, "een flow") from None
    _namen(bron, flow)
    return flow


def uitgelegd(
    bron: Bron, fout: ValidationError, sleutels: Callable[[tuple[int | str, ...]], list[str]], wat: str
) -> FlowFout:
    """The first fault that pydantic found, in the words of whoever wrote the file; an unknown key before what it leaves out.
    ``sleutels`` are the keys that a place can have, ``wat`` says what kind of file it is."""
    fouten = fout.errors()
    eerste = next((een for een in fouten if een["type"] == "extra_forbidden"), fouten[0])
    plek, soort = eerste["loc"], eerste["type"]
    regel, naam = bron.regel(plek), ".".join(str(deel) for deel in plek)
    if soort == "extra_forbidden":
        bekend = sleutels(plek)
        dichtbij = get_close_matches(str(plek[-1]), bekend, 1)
        advies = f"Bedoelt u {dichtbij[0]}?" if dichtbij else f"Bekend zijn: {', '.join(bekend)}."
        return FlowFout(bron.pad, regel, f"{plek[-1]} is hier geen sleutel.", advies)
    if soort == "missing":
        return FlowFout(bron.pad, regel, f"{naam} ontbreekt.", f"Zet {plek[-1]}: erbij.")
    if soort in ("enum", "literal_error"):
        keus = str(eerste.get("ctx", {}).get("expected", "")).replace(" or ", " of ")
        return FlowFout(bron.pad, regel, f"{naam} kent deze waarde niet.", f"Kies {keus}.")
    if soort == "value_error":
        return FlowFout(bron.pad, regel, f"{naam}: {eerste['ctx']['error']}.")
    return FlowFout(bron.pad, regel, f"{naam} heeft niet de goede vorm.", _VORM.get(soort, f"Zie de opzet van {wat}."))


_VORM = {
    "int_parsing": "Geef een geheel getal.",
    "bool_parsing": "Geef true of false.",
    "datetime_from_date_parsing": "Geef een moment als 2026-03-02T09:00:00.",
    "datetime_parsing": "Geef een moment als 2026-03-02T09:00:00.",
    "dict_type": "Geef sleutels met waarden.",
    "tuple_type": "Geef een lijst.",
    "too_short": "Geef er ten minste een.",
    "string_type": "Geef tekst.",
}


def _sleutels(plek: tuple[int | str, ...]) -> list[str]:
    """What may stand at this place."""
    model: type[Deel] = Flow
    if plek[0] == "stappen" and len(plek) > 2:
        model = Stap
        if plek[2] == "verwacht" and len(plek) > 3:
            model = DeclaratieStand if plek[3] == "declaraties" and len(plek) > 4 else Verwacht
    elif plek[0] == "partijen":
        model = Deelnemer
    return [naam for naam in model.model_fields if naam not in ("regel", "pad")]


def _namen(bron: Bron, flow: Flow) -> None:
    """Every party, client and step that is named is there."""
    gezien: list[str] = []
    for nummer, stap in enumerate(flow.stappen):
        genoemd = (
            ("van", stap.van, flow.partijen), ("naar", stap.naar, flow.partijen), ("client", stap.client, flow.clienten),
            ("nogmaals", stap.nogmaals, gezien), ("antwoord_op", stap.antwoord_op, gezien),
        )  # fmt: skip
        for sleutel, naam, bekend in genoemd:
            if naam is not None and naam not in bekend:
                regel = bron.regel(("stappen", nummer, sleutel))
                raise FlowFout(bron.pad, regel, f"{sleutel}: {naam} is er niet.", _kies(naam, list(bekend)))
        if stap.naam in gezien:
            regel = bron.regel(("stappen", nummer, "naam"))
            raise FlowFout(bron.pad, regel, f"een eerdere stap heet ook {stap.naam}.", "Geef een andere naam.")
        if stap.naam:
            gezien.append(stap.naam)
        for wie in ("postvak", "werklijsten"):
            for naam in getattr(stap.verwacht, wie) or ():
                if naam not in flow.partijen:
                    regel = bron.regel(("stappen", nummer, "verwacht", wie, naam))
                    raise FlowFout(bron.pad, regel, f"{naam} is geen partij.", _kies(naam, list(flow.partijen)))


def _kies(naam: str, bekend: list[str]) -> str:
    dichtbij = get_close_matches(naam, bekend, 1)
    return f"Bedoelt u {dichtbij[0]}?" if dichtbij else f"Bekend zijn: {', '.join(bekend) or 'geen'}."
