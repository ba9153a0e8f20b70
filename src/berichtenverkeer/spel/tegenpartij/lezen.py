"""Reading a script, ``naam.yaml``: what is wrong with it, where, and what to do."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ...standaard.berichtsoort import Ketenrol, berichtsoort
from ..bestand.bron import Bron, lees_bron
from ..bestand.flow import Deel, FlowFout, uitgelegd
from ..schrijven.antwoorden import is_retourcode
from ..schrijven.waarden import Nummers, Omgeving, WaardeFout
from .script import Doe, Regel, Script, Vervolg
from .uitvouwen import VOOR_ELK, is_rij

MEEGELEVERD = tuple(Ketenrol)
"""The names of the scripts that come with the software."""

_EINDE = ".yaml"


def vind(naam: str) -> Path:
    """The script that comes with the software under this name, else the file."""
    return Path(__file__).parent / "scripts" / f"{naam}{_EINDE}" if naam in MEEGELEVERD else Path(naam)


def lees(pad: Path) -> Script:
    """The script in this file. Raises ``FlowFout``."""
    bron = lees_bron(pad)
    if not isinstance(bron.inhoud, dict):
        raise FlowFout(pad, 1, "hier staat geen script.", "Begin met tegenpartij:, rol: en regels:.")
    if "pad" in bron.inhoud:
        raise FlowFout(pad, bron.regel(("pad",)), "pad is hier geen sleutel.", "Haal hem weg.")
    try:
        script = Script.model_validate({**_met_regels(bron, bron.inhoud, ()), "pad": pad})
    except ValidationError as fout:
        raise uitgelegd(bron, fout, _sleutels, "een script") from None
    _past(script)
    _tijden(script)
    return script


def _met_regels(bron: Bron, inhoud: Mapping[str, Any], plek: tuple[str | int, ...]) -> dict[str, Any]:
    """The same with on each rule and follow-up its line in the file."""
    uit = dict(inhoud)
    for naam in ("regels", "daarna"):
        if not isinstance(uit.get(naam), list):
            continue
        for nummer, item in enumerate(uit[naam]):
            if isinstance(item, dict) and "regel" in item:
                hier = bron.regel((*plek, naam, nummer, "regel"))
                raise FlowFout(bron.pad, hier, "regel is hier geen sleutel.", "Haal hem weg.")
        uit[naam] = [
            {**_met_regels(bron, item, hier), "regel": bron.regel(hier)} if isinstance(item, dict) else item
            for nummer, item in enumerate(uit[naam])
            for hier in [(*plek, naam, nummer)]
        ]
    return uit


def _tijden(script: Script) -> None:
    """Every moment can be read; one that hangs on the message is seen when it comes."""
    proef = Omgeving(Nummers(0), datetime(2026, 1, 1), script.wetten[0])
    for regel in script.regels:
        vast = [(v.regel, v.op) for v in regel.daarna if v.op is not None and not v.op.startswith("$")]
        for hier, tekst in [(regel.regel, regel.doe.later), *vast]:
            if tekst is None:
                continue
            try:
                proef.moment_na(tekst)
            except WaardeFout as fout:
                raise script.fout(hier, fout.melding, fout.advies) from None


def _past(script: Script) -> None:
    """It gets what the other side sends, sends what is its own to send, and gives codes that there are."""
    for regel in script.regels:
        for code in (code for codes in regel.doe.wijs_af.values() for code in codes):
            if not is_retourcode(code):
                raise script.fout(regel.regel, f"{code} is geen retourcode.", "Kies er een van codelijst WJ001.")
        _eis_verzender(script, regel.bij, script.ander, regel.regel, "bij")
        for vervolg in regel.daarna:
            _eis_rijen(script, vervolg.inhoud, vervolg.regel)
            _eis_verzender(script, vervolg.stuur, script.rol, vervolg.regel, "stuur")


def _eis_rijen(script: Script, boom: Any, regel: int) -> None:
    """Every list that is repeated over is one of the message that came in."""
    if isinstance(boom, dict) and VOOR_ELK in boom and not is_rij(boom[VOOR_ELK]):
        raise script.fout(regel, f"{VOOR_ELK}: {boom[VOOR_ELK]} is geen lijst.", "Schrijf $dit.TeWijzigenProducten.")
    for deel in boom.values() if isinstance(boom, dict) else boom if isinstance(boom, list) else ():
        _eis_rijen(script, deel, regel)


def _eis_verzender(script: Script, nummer: str, rol: Ketenrol, regel: int, sleutel: str) -> None:
    if berichtsoort(script.wetten[0], nummer).verzender is not rol:
        krijgt = "stuurt" if sleutel == "stuur" else "krijgt"
        raise script.fout(
            regel, f"{sleutel}: een {script.rol} {krijgt} geen {nummer}.", f"Noem een bericht van een {rol}."
        )


def _sleutels(plek: tuple[int | str, ...]) -> list[str]:
    """What may stand at this place."""
    model: type[Deel] = Script
    if plek[0] == "regels" and len(plek) > 2:
        model = Vervolg if "daarna" in plek else Doe if "doe" in plek[:-1] else Regel
    return [naam for naam in model.model_fields if naam not in ("regel", "pad")]
