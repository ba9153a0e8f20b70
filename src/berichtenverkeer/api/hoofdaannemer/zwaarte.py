"""The questionnaire, and filling it in."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from ...bedrijfsbureau import zwaarte as bureau_
from ...hoofdaannemer.zwaarte import Keuzevraag, Vraag
from ...invoer import Invoer
from ..antwoord.problemen import antwoorden
from ..rondom.knooppunt import Nu
from ..rondom.route import Router
from .bureau import WORTEL, HetBureau
from .velden import Id

router = Router(prefix=f"{WORTEL}/zwaarte", tags=["hoofdaannemer zwaarte"])

_ANTWOORDEN: dict[str, JsonValue] = {"W1": "Ja", "Z1": 4}


class ZwaarteVraag(Invoer):
    """A filled questionnaire."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"antwoorden": _ANTWOORDEN}]})

    toewijzing: Id | None = Field(None, description="het id van een toewijzing van u: dan wordt de uitkomst bewaard")
    antwoorden: Annotated[
        dict[Annotated[str, Field(max_length=100)], str | int | None],
        Field(max_length=1000, description="het antwoord bij de code van iedere vraag"),
    ]


class ZwaarteUit(BaseModel):
    """What the answers come to."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"versie": 1, "antwoorden": _ANTWOORDEN, "punten": 5, "klasse": "midden"}]}
    )

    versie: str | int
    antwoorden: Mapping[str, str | int]
    punten: int
    klasse: str


class ZwaarteGetal(BaseModel):
    """A number as an answer: from and to, and so many points each."""

    van: int
    tot: int
    punten: int


class Vragenlijstvraag(BaseModel):
    """A question with named answers and their points, or with a number."""

    code: str
    vraag: str
    antwoorden: Mapping[str, int] | None = Field(None, exclude_if=lambda n: n is None, examples=[{"Ja": 1, "Nee": 0}])
    getal: ZwaarteGetal | None = Field(None, exclude_if=lambda n: n is None)


class ZwaarteKlasse(BaseModel):
    """A klasse, up to and including so many points; the last without tot."""

    klasse: str
    tot: int | None


class VragenlijstUit(BaseModel):
    """The questionnaire that was loaded."""

    versie: str | int
    vragen: list[Vragenlijstvraag]
    klassen: list[ZwaarteKlasse]


@router.get("", responses=antwoorden(400, 401, 404))
def vragenlijst(bureau: HetBureau) -> VragenlijstUit:
    """De vragenlijst die u laadde, met wat ieder antwoord telt."""
    lijst = bureau_.vragenlijst(bureau)
    return VragenlijstUit(
        versie=lijst.versie,
        vragen=[_vraag(vraag) for vraag in lijst.vragen],
        klassen=[ZwaarteKlasse(klasse=klasse.klasse, tot=klasse.tot) for klasse in lijst.klassen],
    )


@router.post("", responses=antwoorden(400, 401, 404, 422))
def vul_in(vraag: ZwaarteVraag, bureau: HetBureau, nu: Nu) -> ZwaarteUit:
    """Reken een ingevulde vragenlijst uit; met een toewijzing erbij wordt zij bewaard en staat zij op haar tijdlijn."""
    uit = bureau_.vul_in(bureau, vraag.antwoorden, vraag.toewijzing, bureau.code, nu)
    return ZwaarteUit(versie=uit.versie, antwoorden=uit.antwoorden, punten=uit.punten, klasse=uit.klasse)


def _vraag(vraag: Vraag) -> Vragenlijstvraag:
    if isinstance(vraag, Keuzevraag):
        return Vragenlijstvraag(code=vraag.code, vraag=vraag.vraag, antwoorden=vraag.antwoorden)
    getal = ZwaarteGetal(van=vraag.van, tot=vraag.tot, punten=vraag.punten)
    return Vragenlijstvraag(code=vraag.code, vraag=vraag.vraag, getal=getal)
