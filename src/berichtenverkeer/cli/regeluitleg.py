"""What one rule asks, or what one retourcode means and what to do about it, for ``berichtenverkeer rules CODE``."""

import difflib
from typing import Any

from ..regels.regel import REGELS, Regel
from ..regels.retourcode import Retourcode, retourcode, retourcodes
from ..standaard.domein import Domein
from .melden import stop

_WET = {Domein.IWMO: "iWmo", Domein.IJW: "iJw"}


def zoek(code: str) -> Regel | Retourcode:
    """The rule or the retourcode of this code; ends the command when it is neither."""
    if (gevonden := REGELS.get(code.upper())) is not None:
        return gevonden
    try:
        return retourcode(code)
    except KeyError:
        stop(f"{code} is geen regel en geen retourcode. {_bedoeld(code)}'berichtenverkeer rules' noemt alle regels.")


def als_json(uitleg: Retourcode) -> dict[str, Any]:
    """A retourcode as ``GET /v1/standaard/retourcodes/{code}`` gives it."""
    return {
        "code": uitleg.code,
        "betekenis": {str(domein): tekst for domein, tekst in uitleg.betekenis.items()},
        "regels": [regel.code for regel in uitleg.regels],
        "berichten": list(uitleg.berichten),
        "antwoorden": list(uitleg.antwoorden),
        "wat_nu": uitleg.wat_nu,
    }


def als_tekst(uitleg: Regel | Retourcode) -> str:
    """The same to read."""
    return _van_regel(uitleg) if isinstance(uitleg, Regel) else _van_retourcode(uitleg)


def _van_retourcode(uitleg: Retourcode) -> str:
    regels = [f"Retourcode {uitleg.code}"]
    if len(set(uitleg.betekenis.values())) == 1:
        regels.append(f"  {uitleg.betekenis[Domein.IWMO]} ({' en '.join(_WET.values())}).")
    else:
        regels += [f"  {_WET[domein]}: {tekst}." for domein, tekst in uitleg.betekenis.items()]
    if uitleg.berichten:
        regels.append(f"  Gegeven op: {', '.join(uitleg.berichten)}.")
    if uitleg.antwoorden:
        regels.append(f"  Komt terug in: {', '.join(uitleg.antwoorden)}.")
    regels += ["", "Wat nu", f"  {uitleg.wat_nu}", "", "Regels die deze code geven"]
    regels += [f"  {regel.code} ({', '.join(regel.berichten)}): {_kort(regel)}" for regel in uitleg.regels] or [
        "  Geen: de code zegt hoe het met een klasse staat."
    ]
    return "\n".join(regels)


def _van_regel(regel: Regel) -> str:
    wet = f", alleen {_WET[regel.domein]}" if regel.domein else ""
    code = f"retourcode {regel.retourcode}" if regel.retourcode else "geen retourcode"
    eis = regel.eis.replace("\n", "\n  ").replace("\n  \n", "\n\n")
    regels = [
        f"Regel {regel.code}",
        f"  {eis}",
        f"  Niveau {regel.niveau}, {code}; berichten {', '.join(regel.berichten)}{wet}.",
    ]
    if regel.retourcode:
        regels.append(f"  Wat nu: 'berichtenverkeer rules {regel.retourcode}'.")
    return "\n".join(regels)


def _kort(regel: Regel) -> str:
    """The first sentence or sentences of what a rule asks."""
    return regel.eis.partition("\n\n")[0].replace("\n", " ")


def _bedoeld(code: str) -> str:
    codes = [*REGELS, *(uitleg.code for uitleg in retourcodes())]
    dichtbij = difflib.get_close_matches(code.upper(), codes, n=3, cutoff=0.6)
    return f"Bedoelde u {', '.join(dichtbij)}? " if dichtbij else ""
