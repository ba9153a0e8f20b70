"""For whoever builds against the standard: the rules, the retourcodes and the code lists, as this node holds them. Open to all.

All is in memory, and async: a thread may have to wait for those that wait for the database.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field

from ..regels.bevinding import Ernst, Niveau
from ..regels.catalogus import regels_van
from ..regels.regel import REGELS, Regel, zoek
from ..regels.retourcode import Retourcode, retourcode, retourcodes
from ..standaard.codelijst import OnbekendeCodelijst, codelijst, codelijsten
from ..standaard.domein import RELEASE, Domein
from ..standaard.release import RELEASES
from ..stuurinformatie.catalogus import KPIS
from .antwoord.onjuist import lijkt
from .antwoord.problemen import Probleem, antwoorden, niet_gevonden
from .rondom.knooppunt import HetKnooppunt
from .rondom.route import Router
from .tabel import DeGedaante, in_gedaante, lijst_antwoorden

router = Router(prefix="/standaard", tags=["standaard"])


class RegelinstellingUit(BaseModel):
    """A choice that a gemeente may make otherwise than the strict default."""

    naam: str = Field(examples=["budget-vergelijking"])
    waarden: list[str] = Field(examples=[["bedrag", "volume"]])
    standaard: str
    uitleg: str


class RegelUit(BaseModel):
    """A rule: its code is a public contract."""

    code: str = Field(examples=["TR326"])
    ernst: Ernst = Field(description="fout keurt af; signaal noemt alleen wat beter moet")
    niveau: Niveau
    retourcode: str | None = Field(examples=["9326"])
    domeinen: list[Domein]
    berichten: list[str] = Field(examples=[["305"]])
    klassen: list[str] = Field(description="Klassen waar de regel naar kijkt")
    eis: str = Field(description="Wat de regel vraagt, waar de grens ligt, en welke keuze is gemaakt")
    vanaf: date | None = Field(
        description="de eerste dag: van de zorg (Ingangsdatum, Begindatum, ProductPeriode), niet die van ontvangst"
    )
    tot: date | None = Field(description="de laatste dag, net zo")
    instellingen: list[RegelinstellingUit] = Field(description="Keuzes die een gemeente anders kan maken")


class Regellijst(BaseModel):
    items: list[RegelUit]


class KpiUitleg(BaseModel):
    """A figure: its code is a public contract."""

    code: str = Field(examples=["WACHTTIJD"])
    naam: str
    definitie: str
    bron: str = Field(description="waar de definitie vandaan komt")
    eenheid: str = Field(examples=["dagen"])
    per: list[str] = Field(description="waarnaar het gegroepeerd kan worden")
    voor: list[str] = Field(
        description="voor welke rollen het er is", examples=[["gemeente", "aanbieder", "hoofdaannemer"]]
    )


class Kpilijst(BaseModel):
    items: list[KpiUitleg]


class RetourcodeUit(BaseModel):
    """A retourcode, for who received it."""

    code: str = Field(examples=["9321"])
    betekenis: dict[Domein, str] = Field(description="onder iedere wet")
    regels: list[str] = Field(
        examples=[["TR321"]], description="de regels die de code geven; `/v1/standaard/regels/{code}` legt ze uit"
    )
    berichten: list[str] = Field(examples=[["323"]], description="waarop de code wordt gegeven")
    antwoorden: list[str] = Field(examples=[["325"]], description="waarin de code terugkomt")
    wat_nu: str = Field(description="wat de afzender van het bericht doet")


class RetourcodesUit(BaseModel):
    items: list[RetourcodeUit]


class CodelijstcodeUit(BaseModel):
    code: str
    omschrijving: str
    geldig_van: date | None
    geldig_tot: date | None
    releases: list[str] = Field(
        description="de releases waarin een bericht de code mag hebben, van die het knooppunt leest", examples=[["3.2"]]
    )


class CodelijstUit(BaseModel):
    """A code list in a release; where the laws differ, that of ``domein``."""

    codelijst: str
    naam: str
    element: str
    domein: Domein
    release: str = Field(examples=["3.2"])
    codes: list[CodelijstcodeUit]


Release = Annotated[str, Query(description="zoals deze release het heeft", examples=["3.2"])]


@router.get("/regels", response_model=Regellijst, responses=lijst_antwoorden(400, 404))
async def regels(gedaante: DeGedaante, release: Release = RELEASE) -> Regellijst | Response:
    """Alle regels waarop een bericht van een release wordt beoordeeld, op volgorde van hun code; die met ernst `signaal` keuren niets af.
    Een regel die op een dag verandert, staat er voor iedere periode."""
    _eis_release(release)
    return in_gedaante(gedaante, "regels", Regellijst(items=[_uit(regel) for regel in regels_van(release)]))


@router.get("/regels/{code}", responses=antwoorden(404))
async def regel(code: str) -> RegelUit:
    """Eén regel, op haar code; zoals release 3.2 haar heeft, en anders een andere."""
    if (gevonden := zoek(code.upper())) is None:
        raise _onbekend("Regel", code, REGELS)
    return _uit(gevonden)


@router.get("/kpis", response_model=Kpilijst, responses=lijst_antwoorden(400))
async def kpis(gedaante: DeGedaante) -> Kpilijst | Response:
    """Alle cijfers van de stuurinformatie: hoe zij gedefinieerd zijn, waarnaar zij gegroepeerd kunnen worden, en voor wie."""
    return in_gedaante(gedaante, "kpis", Kpilijst(items=[KpiUitleg(**kpi.uitleg) for kpi in KPIS.values()]))


@router.get("/retourcodes", response_model=RetourcodesUit, responses=lijst_antwoorden(400))
async def alle_retourcodes(gedaante: DeGedaante) -> RetourcodesUit | Response:
    """Alle retourcodes, met wat zij betekenen, welke regels ze geven en wat u dan doet."""
    uit = RetourcodesUit(items=[_retourcode_uit(gevonden) for gevonden in retourcodes()])
    return in_gedaante(gedaante, "retourcodes", uit)


@router.get("/retourcodes/{code}", responses=antwoorden(404))
async def een_retourcode(code: str) -> RetourcodeUit:
    """Eén retourcode."""
    return zoek_retourcode(code)


def zoek_retourcode(code: str) -> RetourcodeUit:
    """One retourcode. Raises problem 404."""
    try:
        return _retourcode_uit(retourcode(code))
    except KeyError:
        raise _onbekend("Retourcode", code, [bekend.code for bekend in retourcodes()]) from None


@router.get("/codelijsten/{code}", response_model=CodelijstUit, responses=lijst_antwoorden(404))
async def lijst(
    code: str, gedaante: DeGedaante, knooppunt: HetKnooppunt, domein: Domein = Domein.IWMO, release: Release = RELEASE
) -> CodelijstUit | Response:
    """Een codelijst met haar omschrijvingen en geldigheid, zoals een release haar heeft; CBS ook met gemeenten die waren of komen."""
    _eis_release(release)
    try:
        gevonden = codelijst(code.upper(), domein, release)
    except OnbekendeCodelijst:
        raise _onbekend("Codelijst", code, [bekend.naam_code for bekend in codelijsten(domein)]) from None
    cbs = gevonden.naam_code == "CBS"  # which no release enumerates
    per_release = {nummer: codelijst(gevonden.naam_code, domein, nummer) for nummer in RELEASES}
    uit = CodelijstUit(
        codelijst=gevonden.naam_code,
        naam=gevonden.naam,
        element=gevonden.element,
        domein=domein,
        release=release,
        codes=[
            CodelijstcodeUit(
                code=c.code,
                omschrijving=c.omschrijving,
                geldig_van=c.geldig_van,
                geldig_tot=c.geldig_tot,
                releases=[nummer for nummer, lijst in per_release.items() if cbs or c.code in lijst],
            )
            for c in (knooppunt.register.indeling.codes() if cbs else gevonden.codes.values())
        ],
    )
    return in_gedaante(gedaante, gevonden.naam_code, uit, "codes")


def _eis_release(release: str) -> None:
    """Raises problem 404 for a release that is not read."""
    if release not in RELEASES:
        raise niet_gevonden("Deze release", f"Het knooppunt leest {' en '.join(RELEASES)}.")


def _onbekend(soort: str, code: str, bekend: Iterable[str]) -> Probleem:
    """The standard has no such thing; what one may have meant is told, not what was asked: anything can stand in an address."""
    bedoeld = lijkt(code.upper(), bekend)
    vraag = f"Bedoelt u {bedoeld[0]}? " if bedoeld else ""
    return niet_gevonden(f"Deze {soort.lower()}", f"{vraag}{_WAAR[soort]}")


_WAAR = {
    "Regel": "Alle regels staan op /v1/standaard/regels.",
    "Retourcode": "Alle retourcodes staan op /v1/standaard/retourcodes.",
    "Codelijst": "De naam is die van de standaard, zoals WJ756; sommige lijsten zijn van één wet: geef domein mee.",
}
"""Where one can look what there is."""


def _uit(regel: Regel) -> RegelUit:
    return RegelUit(
        code=regel.code,
        ernst=regel.ernst,
        niveau=regel.niveau,
        retourcode=regel.retourcode,
        domeinen=list(regel.domeinen),
        berichten=list(regel.berichten),
        klassen=[klasse.__name__ for klasse in regel.klassen],
        eis=regel.eis,
        vanaf=regel.vanaf,
        tot=regel.tot,
        instellingen=[
            RegelinstellingUit(naam=i.naam, waarden=list(i.waarden), standaard=i.standaard, uitleg=i.uitleg)
            for i in regel.instellingen
        ],
    )


def _retourcode_uit(gevonden: Retourcode) -> RetourcodeUit:
    return RetourcodeUit(
        code=gevonden.code,
        betekenis=dict(gevonden.betekenis),
        regels=[regel.code for regel in gevonden.regels],
        berichten=list(gevonden.berichten),
        antwoorden=list(gevonden.antwoorden),
        wat_nu=gevonden.wat_nu,
    )
