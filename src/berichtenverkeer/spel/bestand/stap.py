"""One step of a flow and what it expects, as models."""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


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


class DeclaratieStand(Deel):
    """How a declaratie stands; amounts in eurocent. None is not compared."""

    toestand: str | None = None
    ingediend: int | None = None
    toegekend: int | None = None
    prestaties: dict[str, str] | None = None


class Verwacht(Deel):
    """What must be seen after a step. None is not compared, but an ``oordeel`` of None is goedgekeurd, or voorlopig when the
    receiver judges for itself; with ``geweigerd`` there is no oordeel. ``regels`` are the rules that refuse, ``signalen`` those
    that only tell. ``geeft`` is what a call answers, as far as it matters. Keys such as ``$t1`` are still expressions."""

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
    geeft: Any = None


_DADEN = ("stuur", "antwoord", "wacht", "nogmaals", "roep")
_ROEP = re.compile(r"(?:GET|POST|PUT|PATCH|DELETE) [/$]\S+")


class Stap(Deel):
    """One step: exactly one of ``stuur``, ``wacht``, ``antwoord``, ``nogmaals`` and ``roep``. ``regel`` is its line in the file,
    ``plaats`` which of its steps it is.

    ``stuur`` is the number of a heenbericht or the name of an XML file beside the flow; ``antwoord`` that of a retourbericht
    or 325; ``nogmaals`` the ``naam`` of an earlier step; ``wacht`` a moment; ``roep`` a method and path of the interface, called
    ``met`` fields, rows of a table or a message, of which the answer is kept under the name ``bewaar``. ``inhoud`` and ``met``
    are still full of expressions. ``release`` is that in which a heenbericht is written; else it is the one that holds then.
    """

    stuur: str | None = None
    wacht: str | None = None
    antwoord: Antwoordsoort | None = None
    nogmaals: str | None = None
    roep: str | None = None
    met: dict[str, Any] | list[dict[str, Any]] | str | None = None
    bewaar: str | None = None
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
    release: str | None = None
    verwacht: Verwacht = Verwacht()
    regel: int = Field(1, exclude=True)
    plaats: int = Field(0, exclude=True)

    @property
    def is_bestand(self) -> bool:
        """Whether an XML file is sent as it is."""
        return self.stuur is not None and self.stuur.endswith(".xml")

    @property
    def wat(self) -> str:
        """The step in a few words, for people."""
        for woord in _DADEN:
            if (waarde := getattr(self, woord)) is not None:
                return f"{woord} {waarde}"
        raise AssertionError

    @model_validator(mode="after")
    def _een_daad(self) -> "Stap":
        daden = [d for d in _DADEN if getattr(self, d) is not None]
        if len(daden) != 1:
            raise ValueError("een stap zegt precies een van stuur, wacht, antwoord, nogmaals en roep")
        if self.release is not None and (self.stuur is None or self.is_bestand):
            raise ValueError("release hoort bij een stap die een heenbericht opstelt")
        if self.roep is None:
            anders = [naam for naam in ("met", "bewaar") if getattr(self, naam) is not None]
            anders += ["verwacht.geeft"] * (self.verwacht.geeft is not None)
            if anders:
                raise ValueError(f"{anders[0]} hoort bij een stap met roep")
        elif not _ROEP.fullmatch(self.roep):
            raise ValueError(
                f"roep {self.roep} kan niet: schrijf een methode en een adres, als GET /v1/hoofdaannemer/maandstaten"
            )
        if self.stuur is not None and not self.is_bestand and self.stuur not in get_args(Soort):
            raise ValueError(
                f"stuur {self.stuur} kan niet: kies {', '.join(get_args(Soort))}, of een bestand .xml; "
                "een retourbericht heet antwoord"
            )
        return self
