"""What is wrong with a command as it was typed, in Dutch: typer finds it, and tells it in English.

Typer names what is wrong by a class and a sentence. ``_ZINNEN`` has each of these sentences, and what we say in its place.
"""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

import typer

GEBRUIKSFOUT: type[Exception] = next(soort for soort in typer.BadParameter.__mro__ if soort.__name__ == "UsageError")
"""What typer raises when a command is not typed as it should be. It is of click, which typer has within or beside it."""

_VORMEN = {
    "%Y-%m-%d": "is geen dag; schrijf hem als 2026-07-01",
    "%Y-%m-%dT%H:%M:%S": "is geen moment; schrijf het als 2026-07-01T09:30:00",
}
"""What a value of a form should be, by the form."""


def uitleg(fout: Exception) -> str | None:
    """What is wrong and what to do. None for what is no mistake: without arguments a group tells what there is."""
    if not isinstance(fout, GEBRUIKSFOUT) or type(fout).__name__ == "NoArgsIsHelpError":
        return None
    context: Any = getattr(fout, "ctx", None)
    zin = _zin(fout, str(getattr(fout, "message", "")), context)
    hulp = f"'{context.command_path} -h' toont" if context else "Met -h erachter ziet u"
    return f"{zin} {hulp} hoe het moet."


def _zin(fout: Exception, melding: str, context: Any) -> str:
    parameter: Any = getattr(fout, "param", None)
    match type(fout).__name__:
        case "NoSuchOption":
            naam = getattr(fout, "option_name", "")
            opties = [optie for een in context.command.params for optie in een.opts] if context else []
            return f"De optie {naam} is er niet.{_bedoeld(naam, opties)}"
        case "MissingParameter":
            return f"{_naam(parameter)} ontbreekt.{_help(parameter)}"
        case "BadParameter":
            return f"{_naam(parameter)}: {_vertaald(melding, context, 'dit kan hier niet')}{_help(parameter)}"
    return _vertaald(melding, context, "De opdracht is zo niet te lezen")


def _vertaald(melding: str, context: Any, anders: str) -> str:
    """What we say in the place of a sentence of typer; of one that we do not know, that itself after what is sure."""
    for patroon, maak in _ZINNEN:
        if gevonden := patroon.search(melding):
            return maak(gevonden, context)
    return f"{anders} ({melding.rstrip('.')})."


def _geen_opdracht(gevonden: re.Match[str], context: Any) -> str:
    naam = gevonden[1]
    return (
        f"De opdracht {naam!r} is er niet.{_bedoeld(naam, context.command.list_commands(context)) if context else ''}"
    )


def _vorm(gevonden: re.Match[str], _: Any) -> str:
    return f"{gevonden[1]} {_VORMEN.get(gevonden[2], f'heeft niet de vorm {gevonden[2]}')}."


def _zo(tekst: str) -> Callable[[re.Match[str], Any], str]:
    """A sentence in which ``{0}`` and further are what the pattern found."""
    return lambda gevonden, _: tekst.format(*(deel.replace("'", "") for deel in gevonden.groups()))


_ZINNEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Any], str]], ...] = tuple(
    (re.compile(patroon), maak)
    for patroon, maak in (
        (r"No such command '(.*?)'", _geen_opdracht),
        (r"Missing command", _zo("Noem ook wat u wilt doen.")),
        (r"unexpected extra arguments?(?:\(s\))? \((.*)\)", _zo("Dit is te veel: {0}.")),
        (r"Option '(.*?)' requires an argument", _zo("Bij {0} hoort een waarde.")),
        (r"Option '(.*?)' requires (\d+) arguments", _zo("Bij {0} horen {1} waarden.")),
        (r"Option '(.*?)' does not take a value", _zo("Bij {0} hoort geen waarde.")),
        (r"('.*') does not match the formats? '(.*?)'", _vorm),
        (r"('.*') is not one of (.*?)\.?$", _zo("{0} kan hier niet; kies uit {1}.")),
        (r"valid integer|valid int\b", _zo("vul een heel getal in.")),
        (r"valid number|valid float", _zo("vul een getal in, met een punt voor de decimalen.")),
        (r"valid boolean", _zo("vul ja (1) of nee (0) in.")),
        (r"greater than or equal to (\S+)", _zo("vul {0} of meer in.")),
        (r"less than or equal to (\S+)", _zo("vul {0} of minder in.")),
        (r"not in the range (.*?)\.?$", _zo("dit valt buiten {0}.")),
    )
)


def _bedoeld(naam: str, bekend: Iterable[str]) -> str:
    """What was meant, as a question; nothing when nothing is like it."""
    lijkt = get_close_matches(naam, list(bekend), 1)
    return f" Bedoelt u {lijkt[0]}?" if lijkt else ""


def _naam(parameter: Any) -> str:
    """How who types it knows a parameter, with the variable that may have its value in the environment."""
    if parameter is None:
        return "Wat hier hoort"
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name).upper()
    langste = max(parameter.opts, key=len)
    variabele = parameter.envvar if isinstance(parameter.envvar, str) else None
    return f"{langste} (of {variabele})" if variabele else str(langste)


def _help(parameter: Any) -> str:
    """What should stand there, as ``--help`` says it."""
    tekst = str(getattr(parameter, "help", None) or "").rstrip(".")
    return f" {tekst[:1].upper()}{tekst[1:]}." if tekst else ""
