"""The file of a flow, ``naam.flow.yaml``, as models; ``lees`` reads one and says what is wrong with it, where, and what to do."""

from collections.abc import Callable
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationError

from ...partijen.partij import Partijrol
from ...standaard.berichtsoort import Ketenrol
from ...standaard.domein import Domein
from .bron import Bron, FlowFout, lees_bron
from .keer import vermenigvuldigd
from .stap import DeclaratieStand, Deel, Soort, Stap, Verwacht, Woorden

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


class Deelnemer(Deel):
    """A party of the flow. ``code`` is given only for a fixed one; ``beoordeling`` partij judges for itself. ``tarieven`` and
    ``productcodes`` are of a gemeente, for all aanbieders, ``instellingen`` of a gemeente or hoofdaannemer; who plays elsewhere has
    set them up there."""

    rol: Partijrol
    code: str | None = None
    naam: str | None = None
    wetten: tuple[Domein, ...] | None = None
    beoordeling: Literal["knooppunt", "partij"] = "knooppunt"
    vsp_rol: str | None = None
    tarieven: tuple[dict[str, str], ...] = ()
    productcodes: tuple[dict[str, str], ...] = ()
    instellingen: dict[str, str] = Field({})

    @property
    def kant(self) -> Ketenrol | None:
        """The side of the exchange it stands on; None of an onderaannemer, which takes part without messages."""
        if self.rol is Partijrol.ONDERAANNEMER:
            return None
        return Ketenrol.GEMEENTE if self.rol is Partijrol.GEMEENTE else Ketenrol.AANBIEDER


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
    variabelen: dict[str, Any] = Field({})
    stappen: Annotated[tuple[Stap, ...], Field(min_length=1)]
    pad: Path = Field(exclude=True)
    _bron: Bron | None = PrivateAttr(None)

    def regel_van(self, stap: Stap, *plek: str | int) -> int:
        """The line of the deepest part of this place in a step that stands in the file."""
        return stap.regel if self._bron is None else self._bron.regel(("stappen", stap.plaats, *plek))

    def fout(self, stap: Stap, melding: str, advies: str = "") -> FlowFout:
        """A fault in this step, to be raised."""
        return FlowFout(self.pad, stap.regel, melding, advies)


def lees(pad: Path) -> Flow:
    """The flow in this file. Raises ``FlowFout``."""
    bron = vermenigvuldigd(lees_bron(pad))
    if not isinstance(bron.inhoud, dict):
        raise FlowFout(pad, 1, "hier staat geen flow.", "Begin met flow:, klok:, partijen: en stappen:.")
    stappen = bron.inhoud.get("stappen")
    met_regels = (
        [
            {**stap, "regel": bron.regel(("stappen", nummer)), "plaats": nummer} if isinstance(stap, dict) else stap
            for nummer, stap in enumerate(stappen)
        ]
        if isinstance(stappen, list)
        else stappen
    )
    for nummer, stap in enumerate(stappen if isinstance(stappen, list) else ()):
        for naam in _ONZE if isinstance(stap, dict) else ():
            if naam in stap:
                regel = bron.regel(("stappen", nummer, naam))
                raise FlowFout(pad, regel, f"{naam} is hier geen sleutel.", "Haal hem weg.")
    if "pad" in bron.inhoud:
        raise FlowFout(pad, bron.regel(("pad",)), "pad is hier geen sleutel.", "Haal hem weg.")
    try:
        flow = Flow.model_validate(
            {**bron.inhoud, **({"stappen": met_regels} if "stappen" in bron.inhoud else {}), "pad": pad}
        )
    except ValidationError as fout:
        raise uitgelegd(bron, fout, _sleutels, "een flow") from None
    flow._bron = bron
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


_ONZE = ("regel", "plaats")
"""What is said of a step by where it stands."""

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
    return [naam for naam in model.model_fields if naam not in (*_ONZE, "pad")]


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
        if stap.roep and stap.van is None:
            advies = "Zeg van: wie er roept."
            raise FlowFout(bron.pad, stap.regel, "niet duidelijk is wie er roept.", advies)
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
