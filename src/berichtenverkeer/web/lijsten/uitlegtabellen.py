"""Terms and life cycles as lists: in the order of a column, and as a file."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel

from ...levensloop.termijnen import Termijn
from .. import opmaak
from .heeltabel import Kolom, veld


class Termijnrij(BaseModel):
    """A term: for what, how long, from when, who has it, and the rules that say so."""

    wat: str
    termijn: str
    vanaf: str
    wie: str
    regels: list[str]


class Termijnlijst(BaseModel):
    """All terms."""

    items: list[Termijnrij]


class Overgangsrij(BaseModel):
    """A transition of a life cycle, with its number in the drawing."""

    nr: int
    gebeurtenis: str
    van: list[str]
    naar: list[str]
    regels: list[str]
    toelichting: str


class Overgangenlijst(BaseModel):
    """All transitions of a life cycle."""

    items: list[Overgangsrij]


def termijnlijst(termijnen: Iterable[Termijn]) -> Termijnlijst:
    """Terms as a list."""
    return Termijnlijst(
        items=[
            Termijnrij(
                wat=een.naam,
                termijn=str(een),
                vanaf=een.vanaf,
                wie=str(opmaak.woord(een.wie)) if een.wie else "ontvanger",
                regels=list(een.regels),
            )
            for een in termijnen
        ]
    )


def overgangenlijst(overgangen: Iterable[Any]) -> Overgangenlijst:
    """The transitions of a table of ``levensloop`` as a list."""
    return Overgangenlijst(
        items=[
            Overgangsrij(
                nr=nr,
                gebeurtenis=een.gebeurtenis,
                van=_woorden(een.van),
                naar=_woorden(een.naar),
                regels=list(een.regels),
                toelichting=een.toelichting,
            )
            for nr, een in enumerate(overgangen, 1)
        ]
    )


def _woorden(toestanden: Iterable[Any]) -> list[str]:
    return [str(opmaak.woord(een)) for een in toestanden]


def _rijtje(naam: str, titel: str) -> Kolom:
    return Kolom(naam, titel, lambda rij: ", ".join(getattr(rij, naam)))


TERMIJNKOLOMMEN: Sequence[Kolom] = (
    veld("wat", "Wat"),
    veld("termijn", "Termijn"),
    veld("vanaf", "Vanaf"),
    veld("wie", "Wie"),
    _rijtje("regels", "Regel"),
)

OVERGANGSKOLOMMEN: Sequence[Kolom] = (
    veld("nr", "Nr"),
    veld("gebeurtenis", "Wat er gebeurt"),
    _rijtje("van", "Van"),
    _rijtje("naar", "Naar"),
    Kolom("regels", "Regels", lambda rij: ", ".join(rij.regels), lambda rij: rij.regels),
    veld("toelichting", "Toelichting"),
)
