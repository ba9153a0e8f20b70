"""Options from models: what a model asks, its fields say once, for the command line as for HTTP; and options that more commands
share."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import date
from enum import Enum
from functools import partial, wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import typer
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from ..invoer import GETYPT
from ..levensloop.rekenen.periode import Periode
from ..pakket import meegeleverd
from ..startinstellingen import Startinstellingen
from ..zegbaar import Zegbaar

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Opties:
    """How a command asks a model, where that differs from an option a field with the name of the field."""

    argumenten: tuple[str, ...] = ()
    """Fields that are told by their place."""

    namen: Mapping[str, str] = field(default_factory=dict)
    """The name of the option, of a field that HTTP calls otherwise."""

    standaard: Mapping[str, Any] = field(default_factory=dict)
    """What a field is when the command line does not say it, of one that is otherwise to be said."""

    eigen: Mapping[str, Any] = field(default_factory=dict)
    """How typer is told of a field that the command line says in another way, in the form of an annotation."""

    variabelen: bool = False
    """Whether each is a setting of the service, to be given as an environment variable too."""

    def optie(self, naam: str) -> str:
        """How who types it knows a field."""
        kaal = self.namen.get(naam, naam).replace("_", "-")
        return kaal.upper() if naam in self.argumenten else f"--{kaal}"

    def parameter(self, naam: str, veld: FieldInfo) -> Parameter:
        """What typer is told of a field."""
        if naam in self.eigen:
            return Parameter(naam, Parameter.KEYWORD_ONLY, annotation=self.eigen[naam], default=None)
        soort, vorm = _soort(veld.annotation)
        vaker = " Mag vaker." if get_origin(soort) is list else ""
        wat: dict[str, Any] = {"help": self._zin(veld) + vaker, "metavar": vorm}
        if self.variabelen:
            wat["envvar"] = f"BV_{naam.upper()}"
        if veld.is_required():
            standaard = self.standaard.get(naam, Parameter.empty)
        else:  # of a list or what is made, the model knows
            standaard = None if veld.default_factory or get_origin(soort) is list else veld.default
        optie: Any = typer.Argument(**wat) if naam in self.argumenten else typer.Option(self.optie(naam), **wat)
        aard = soort | None if standaard is None else soort
        return Parameter(naam, Parameter.KEYWORD_ONLY, annotation=Annotated[aard, optie], default=standaard)

    def maak(self, model: type[Model], **waarden: Any) -> Model:
        """The model with what was given; ``Zegbaar`` when it is not as it may be."""
        gegeven = {naam: waarde for naam, waarde in waarden.items() if waarde not in (None, "", [])}
        try:
            return model.model_validate(gegeven, context=GETYPT)
        except ValidationError as fout:
            regels: dict[str, str] = {}
            for geval in fout.errors():
                naam = str(next(iter(geval["loc"]), ""))  # of the question as a whole there is none
                zin = self._zin(model.model_fields[naam]) if naam else geval["msg"]
                if geval["type"] == "value_error":  # ours, in Dutch
                    regels[naam] = f"{self.optie(naam)}: {_af(geval['ctx']['error'])} {zin}"
                else:
                    regels.setdefault(naam, f"{self.optie(naam)} klopt niet. {zin}" if naam else zin)
            raise Zegbaar("\n".join(regels.values())) from None

    def _zin(self, veld: FieldInfo) -> str:
        """The description of a field as a sentence; a field that it names is an option here."""
        tekst = re.sub("`([a-z_]+)`", lambda gevonden: self.optie(gevonden[1]), veld.description or "")
        return f"{tekst[:1].upper()}{tekst[1:]}." if tekst else ""


def _af(fout: object) -> str:
    """What is wrong, as a sentence that another can follow."""
    return f"{str(fout).rstrip('.')}."


def met_opties(opdracht: Callable[..., None]) -> Callable[..., None]:
    """A command that takes models, annotated with ``Opties`` where need be: each is made of an option a field. What it takes as a
    dataclass is the options that the dataclass declares."""
    alle: dict[str, Parameter] = {}
    makers: dict[str, tuple[list[str], Callable[..., Any]]] = {}
    for naam, parameter in signature(opdracht).parameters.items():
        soort, hoe = _met(parameter.annotation)
        if isinstance(soort, type) and issubclass(soort, BaseModel):
            velden = {veld: hoe.parameter(veld, wat) for veld, wat in soort.model_fields.items()}
            makers[naam] = list(velden), partial(hoe.maak, soort)
        elif isinstance(soort, type) and is_dataclass(soort):
            velden = dict(signature(soort).parameters)
            makers[naam] = list(velden), soort
        else:
            velden = {naam: parameter}
        alle |= velden

    @wraps(opdracht)
    def samen(**waarden: Any) -> None:
        for naam, (velden, maak) in makers.items():
            waarden[naam] = maak(**{veld: waarden.pop(veld) for veld in velden})
        opdracht(**waarden)

    volgorde = [parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in alle.values()]
    samen.__signature__ = Signature(volgorde)  # type: ignore[attr-defined]  # what typer reads
    samen.__annotations__ = {parameter.name: parameter.annotation for parameter in volgorde}
    return samen


def _met(annotatie: Any) -> tuple[Any, Opties]:
    if get_origin(annotatie) is Annotated:
        soort, *meer = get_args(annotatie)
        return soort, next((een for een in meer if isinstance(een, Opties)), Opties())
    return annotatie, Opties()


def _soort(annotatie: Any) -> tuple[Any, str | None]:
    """As what the command line reads a value, and how that is written; the model makes of it what it should be."""
    oorsprong, delen = get_origin(annotatie), get_args(annotatie)
    if oorsprong is Annotated:
        return _soort(delen[0])
    if oorsprong is list:
        soort, vorm = _soort(delen[0])
        return list[soort], vorm  # type: ignore[valid-type]
    if oorsprong in (Union, UnionType):
        soorten = [_soort(deel) for deel in delen if deel is not NoneType]
        return soorten[0] if len(soorten) == 1 else (str, "|".join(vorm or "TEXT" for _, vorm in soorten))
    if oorsprong is Literal:
        return str, "|".join(delen)
    if annotatie in (bool, int, float, Path) or (isinstance(annotatie, type) and issubclass(annotatie, Enum)):
        return annotatie, None
    return str, _VORMEN.get(annotatie)


_VORMEN: dict[Any, str] = {date: "EEJJ-MM-DD", Periode: "JJJJ-MM|'maand JJJJ'"}


def instelling(naam: str, uitleg: str | None = None) -> Any:
    """The option of one setting of the service, for a command that needs no others; its variable is ``BV_`` with its name."""
    optie = Opties(variabelen=True).parameter(naam, Startinstellingen.model_fields[naam]).annotation.__metadata__[0]
    optie.help = uitleg or optie.help
    return optie


XsdDir = Annotated[Path | None, instelling("xsd_dir")]
DatabaseUrl = Annotated[str, instelling("database_url")]
STANDAARD_DATABASE: str = Startinstellingen.model_fields["database_url"].default


def xsd_map(gekozen: Path | None) -> Path:
    """The folder of XSDs to use."""
    return gekozen or meegeleverd("xsd")
