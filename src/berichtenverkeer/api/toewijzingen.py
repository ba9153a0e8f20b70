"""Toewijzingen: what there is, what changed since, and the story of one."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from ..klok import NEDERLAND
from ..levensloop.dossier import Dossier
from ..levensloop.gebeurtenis import Gebeurtenis
from ..levensloop.levering import Levering
from ..levensloop.overgangen import Leveringstoestand, Toestand
from ..levensloop.tijdlijn import Punt, tijdlijn
from ..levensloop.toewijzing import toegewezen, toestand_op
from ..opslag import berichten, dossiers
from ..opslag import toewijzingen as tabel
from ..standaard.berichten.onderdeel import Onderdeel
from ..standaard.domein import Domein
from .knooppunt import DePartij, HetKnooppunt, Knooppunt, Nu
from .problemen import Probleem, antwoorden, niet_gevonden

router = APIRouter(prefix="/toewijzingen", tags=["toewijzingen"])


class ProductUit(BaseModel):
    """Both are empty for a generic toewijzing."""

    categorie: str | None
    code: str | None


class OmvangUit(BaseModel):
    """Volume per frequentie, in eenheid; eurocent when eenheid is 83."""

    volume: int
    eenheid: str
    frequentie: str


class ToewijzingUit(BaseModel):
    """A toewijzing as it stands: its newest version, its state today, and its levering."""

    id: str
    domein: Domein
    gemeente: str
    aanbieder: str
    bsn: str
    toewijzingnummer: int
    product: ProductUit
    ingangsdatum: date
    einddatum: date | None
    omvang: OmvangUit | None
    budget: int | None = Field(description="eurocent")
    toestand: Toestand
    levering: Leveringstoestand
    verzoek: str | None
    versie: int = Field(description="hoeveel verschillende inhouden dit nummer heeft gehad")
    gewijzigd_op: datetime


class Lijst(BaseModel):
    """A page, and the cursor that gives what comes after or changes later."""

    items: list[ToewijzingUit]
    volgende: str


class VersieUit(BaseModel):
    """One version of a toewijzing and the message that brought it."""

    toewijzingsmoment: datetime
    product: ProductUit
    ingangsdatum: date
    einddatum: date | None
    reden_wijziging: str | None
    omvang: OmvangUit | None
    budget: int | None
    referentie_aanbieder: str | None
    geldend: bool
    bericht: str


class StopUit(BaseModel):
    einddatum: date
    reden_beeindiging: str


class StartUit(BaseModel):
    """A start that has not been taken back, with its stops."""

    begindatum: date
    toestand: Leveringstoestand
    stops: list[StopUit]


class ToewijzingVolledig(ToewijzingUit):
    """A toewijzing with all its versions, and its starts and stops."""

    versies: list[VersieUit]
    starts: list[StartUit]


class BerichtKort(BaseModel):
    id: str
    berichtsoort: str
    identificatie: str


class PuntUit(BaseModel):
    """One event; ``bericht`` is empty when time did it."""

    moment: datetime
    gebeurtenis: str
    van: str
    naar: str
    bericht: BerichtKort | None
    regels: list[str]
    toelichting: str
    wijzigingen: dict[str, list[Any]]


class Tijdlijn(BaseModel):
    items: list[PuntUit]


@router.get("", responses=antwoorden(400, 401, 422))
def zoek(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    domein: Domein | None = None,
    gemeente: str | None = None,
    aanbieder: str | None = None,
    bsn: str | None = None,
    toewijzingnummer: Annotated[int | None, Query(ge=0, le=999_999_999)] = None,
    product: Annotated[str | None, Query(description="categorie of code")] = None,
    toestand: Toestand | None = None,
    levering: Leveringstoestand | None = None,
    geldig_op: date | None = None,
    gewijzigd_na: Annotated[str | None, Query(description="`volgende` van een eerder antwoord")] = None,
    limiet: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Lijst:
    """Uw toewijzingen, in volgorde van hun laatste wijziging.

    Geef `volgende` mee als `gewijzigd_na` en u krijgt wat daarna veranderde, elke toewijzing één keer in haar nieuwste
    vorm. Dat een toewijzing begint of afloopt doordat een dag verstrijkt, is geen wijziging.
    """
    filter_ = tabel.Filter(
        domein,
        gemeente,
        aanbieder,
        bsn,
        toewijzingnummer,
        product,
        toestand,
        levering,
        geldig_op,
        _cursor(gewijzigd_na),
    )
    with knooppunt.engine.connect() as verbinding:
        rijen = tabel.zoek(verbinding, partij.code, filter_, nu.date(), limiet)
    volgende = f"{rijen[-1]['wijziging']}.{rijen[-1]['id']}" if rijen else gewijzigd_na or "0"
    return Lijst(items=[ToewijzingUit(**_uit(rij, nu.date())) for rij in rijen], volgende=volgende)


@router.get("/{id}", responses=antwoorden(401, 404))
def bekijk(id: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> ToewijzingVolledig:
    """Eén toewijzing met al haar versies en met haar starts en stops."""
    rij, gevallen = _dossier(knooppunt, partij.code, id)
    dossier = Dossier.van(gevallen)
    nummer = rij["toewijzingnummer"]
    bekend = dossier.toewijzingen[nummer]
    return ToewijzingVolledig(
        **_uit(rij, nu.date()),
        versies=[_versie(versie, versie is bekend.geldend) for versie in bekend.versies],
        starts=_starts(dossier.levering((nummer,))),
    )


@router.get("/{id}/tijdlijn", responses=antwoorden(401, 404))
def verhaal(id: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> Tijdlijn:
    """Alles wat er met een toewijzing gebeurde: het bericht, de regels, en wat er veranderde."""
    rij, gevallen = _dossier(knooppunt, partij.code, id)
    punten = tijdlijn(rij["toewijzingnummer"], gevallen, nu.date())
    with knooppunt.engine.connect() as verbinding:
        bekend = berichten.zoek(verbinding, {punt.bericht for punt in punten if punt.bericht})
    return Tijdlijn(items=[_punt(punt, bekend.get(punt.bericht or "")) for punt in punten])


def _dossier(knooppunt: Knooppunt, partij: str, id_: str) -> tuple[Any, list[Gebeurtenis]]:
    with knooppunt.engine.connect() as verbinding:
        rij = tabel.geef(verbinding, partij, id_)
        if rij is None:
            raise niet_gevonden("Deze toewijzing")
        sleutel = dossiers.sleutel(rij["dossier"])
        return rij, dossiers.laad(verbinding, [sleutel])[sleutel]


def _cursor(tekst: str | None) -> tuple[int, str] | None:
    if tekst is None or tekst == "0":
        return None
    gevonden = re.fullmatch(r"([0-9]{1,18})\.([0-9a-f-]{36})", tekst)
    if not gevonden:
        raise Probleem(
            400,
            "cursor-onjuist",
            "De cursor in 'gewijzigd_na' is niet bekend.",
            "Gebruik 'volgende' uit een eerder antwoord.",
        )
    return int(gevonden[1]), gevonden[2]


def _uit(rij: Any, dag: date) -> dict[str, Any]:
    return {
        **{naam: rij[naam] for naam in ("id", "domein", "gemeente", "aanbieder", "bsn", "toewijzingnummer")},
        **{naam: rij[naam] for naam in ("ingangsdatum", "einddatum", "budget", "levering", "versie")},
        "product": {"categorie": rij["categorie"], "code": rij["code"]},
        "omvang": {naam: rij[naam] for naam in OmvangUit.model_fields} if rij["eenheid"] else None,
        "toestand": toestand_op(dag, rij["ingangsdatum"], rij["einddatum"], rij["verwijderd"]),
        "verzoek": None,
        "gewijzigd_op": rij["gewijzigd_op"].astimezone(NEDERLAND),
    }


def _versie(versie: Gebeurtenis, geldend: bool) -> VersieUit:
    product = toegewezen(versie)
    return VersieUit(
        toewijzingsmoment=datetime.combine(product.Toewijzingsdatum, product.Toewijzingstijd, NEDERLAND),
        product=ProductUit(
            categorie=product.Product.Categorie if product.Product else None,
            code=product.Product.Code if product.Product else None,
        ),
        ingangsdatum=product.Ingangsdatum,
        einddatum=product.Einddatum,
        reden_wijziging=product.RedenWijziging,
        omvang=OmvangUit(**_klein(product.Omvang)) if product.Omvang else None,
        budget=product.Budget,
        referentie_aanbieder=product.ReferentieAanbieder,
        geldend=geldend,
        bericht=versie.herkomst.bericht,
    )


def _starts(levering: Levering) -> list[StartUit]:
    return [
        StartUit(
            begindatum=start.Begindatum,
            toestand=levering.toestand_van(start),
            stops=[
                StopUit(einddatum=stop.Einddatum, reden_beeindiging=stop.RedenBeeindiging)
                for stop in levering.stops_van(start)
            ],
        )
        for start in levering.starts
    ]


def _punt(punt: Punt, rij: Any | None) -> PuntUit:
    return PuntUit(
        moment=punt.moment.astimezone(NEDERLAND),
        gebeurtenis=punt.gebeurtenis,
        van=punt.van,
        naar=punt.naar,
        bericht=BerichtKort(**{naam: rij[naam] for naam in BerichtKort.model_fields}) if rij else None,
        regels=list(punt.regels),
        toelichting=punt.toelichting,
        wijzigingen={naam.lower(): [_klein(oud), _klein(nieuw)] for naam, (oud, nieuw) in punt.wijzigingen.items()},
    )


def _klein(waarde: Any) -> Any:
    """A value of the standard as JSON, with the names of this interface: without capitals."""
    if isinstance(waarde, Onderdeel):
        return {naam.lower(): _klein(dieper) for naam, dieper in waarde}
    return waarde
