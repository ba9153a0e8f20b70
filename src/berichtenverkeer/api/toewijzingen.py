"""Toewijzingen: what there is, what changed since, and the story of one."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Query, Response
from pydantic import Field
from sqlalchemy import Connection

from ..bedrijfsbureau import zwaarte
from ..bedrijfsbureau.inzetten import partners_op
from ..invoer import Dag
from ..levensloop.dossier import Dossier
from ..levensloop.gebeurtenis import Gebeurtenis
from ..levensloop.overgangen import Leveringstoestand, Toewijzingtoestand
from ..levensloop.tijdlijn import Punt, tijdlijn
from ..levensloop.toewijzing import inhoud, toegewezen
from ..levensloop.verzoek import Aanvraag
from ..opslag.berichten import berichten
from ..opslag.database import lezend
from ..opslag.declaraties import declaratielijst
from ..opslag.dossiers import dossiers
from ..opslag.dossiers.toewijzingen import LIJST, Toewijzingrij
from ..partijen.partij import Partij
from ..standaard.domein import Domein
from .antwoord.lijst import AGB_CODE, GEMEENTECODE, Bladzijde, Vraag, Zoekvraag
from .antwoord.prestatie_uit import Prestaties, PrestatieUit, prestaties_uit
from .antwoord.problemen import antwoorden, niet_gevonden
from .antwoord.toewijzing_uit import (
    PartnerVanToewijzing,
    Tijdlijn,
    TijdlijnpuntUit,
    Toewijzingenlijst,
    ToewijzingUit,
    ToewijzingVolledig,
    VerzoekVanToewijzing,
    punt_uit,
    starts_uit,
    velden,
    versie_uit,
    zwaarte_punt,
)
from .antwoord.verzoek_uit import gevraagd_uit
from .lijstbron import Kijker, Lijstbron
from .rondom.aanmelding import DePartij
from .rondom.knooppunt import HetKnooppunt, Knooppunt, Nu, eis_id
from .rondom.route import Router
from .tabel import DeGedaante, Gedaante, in_gedaante, lijst_antwoorden, stroom

router = Router(prefix="/toewijzingen", tags=["toewijzingen"])


class Toewijzingenvraag(Vraag):
    """Which toewijzingen."""

    domein: Domein | None = None
    gemeente: str | None = Field(None, pattern=GEMEENTECODE, description="CBS-code")
    aanbieder: str | None = Field(None, pattern=AGB_CODE, description="AGB-code")
    toewijzingnummer: int | None = Field(None, ge=0, le=999_999_999)
    product: str | None = Field(None, pattern="^[0-9A-Za-z]{1,5}$", description="categorie of code")
    toestand: Toewijzingtoestand | None = None
    levering: Leveringstoestand | None = None
    geldig_op: Dag | None = None


class Toewijzingenzoekvraag(Zoekvraag, Toewijzingenvraag):
    """Which toewijzingen, of whom."""


def _items(_: Connection, rijen: Sequence[Toewijzingrij], kijker: Kijker) -> list[ToewijzingUit]:
    return [ToewijzingUit(**velden(rij, kijker.dag)) for rij in rijen]


BRON = Lijstbron(LIJST, ToewijzingUit, Toewijzingenlijst, Toewijzingenzoekvraag, _items)


@router.get("", response_model=Toewijzingenlijst, responses=lijst_antwoorden(400, 401))
def zoek(
    knooppunt: HetKnooppunt,
    partij: DePartij,
    nu: Nu,
    vraag: Annotated[Toewijzingenvraag, Query()],
    gedaante: DeGedaante,
) -> Bladzijde[ToewijzingUit] | Response:
    """Uw toewijzingen, in volgorde van hun laatste wijziging.

    Geef `volgende` mee als `gewijzigdNa` en u krijgt wat daarna veranderde, elke toewijzing één keer in haar nieuwste
    vorm. Dat een toewijzing begint of afloopt doordat een dag verstrijkt, is geen wijziging.
    """
    return BRON.lever(knooppunt, partij.code, nu.date(), vraag, gedaante)


@router.post("/zoeken", response_model=Toewijzingenlijst, responses=lijst_antwoorden(400, 401))
def zoek_client(
    knooppunt: HetKnooppunt, partij: DePartij, nu: Nu, vraag: Toewijzingenzoekvraag, gedaante: DeGedaante
) -> Bladzijde[ToewijzingUit] | Response:
    """Uw toewijzingen met dezelfde filters als JSON, ook op het Bsn: dat staat nooit in een adres."""
    return zoek(knooppunt, partij, nu, vraag, gedaante)


@dataclass(frozen=True, slots=True)
class Punten:
    """The story of a toewijzing: every event in order, and how some of them look to a caller."""

    alle: Sequence[Punt | TijdlijnpuntUit]
    nummer: int
    knooppunt: Knooppunt
    partij: Partij

    def uit(self, deel: Sequence[Punt | TijdlijnpuntUit]) -> list[TijdlijnpuntUit]:
        """These, with their messages and signalen."""
        ids = {punt.bericht for punt in deel if isinstance(punt, Punt) and punt.bericht}
        with lezend(self.knooppunt.engine) as verbinding:
            bekend = berichten.kort(verbinding, ids)
        return [
            punt_uit(punt, bekend.get(punt.bericht or ""), self.nummer, self.partij.signaal_uit)
            if isinstance(punt, Punt)
            else punt
            for punt in deel
        ]


@router.get("/{id}", responses=antwoorden(400, 401, 404))
def bekijk(id: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu) -> ToewijzingVolledig:
    """Eén toewijzing met al haar versies en met haar starts en stops; voor een gemeente ook welke partner levert."""
    return _volledig(_dossier(knooppunt, partij.code, id), knooppunt, partij, nu)


@router.get("/{id}/tijdlijn", response_model=Tijdlijn, responses=lijst_antwoorden(400, 401, 404))
def verhaal(id: str, knooppunt: HetKnooppunt, partij: DePartij, nu: Nu, gedaante: DeGedaante) -> Tijdlijn | Response:
    """Alles wat er met een toewijzing gebeurde: het bericht, de regels, en wat er veranderde."""
    punten = _punten(_dossier(knooppunt, partij.code, id), knooppunt, partij, nu)
    return in_gedaante(gedaante, "tijdlijn", Tijdlijn(items=punten.uit(punten.alle)))


@router.get("/{id}/prestaties", response_model=Prestaties, responses=lijst_antwoorden(400, 401, 404))
def gedeclareerd(id: str, knooppunt: HetKnooppunt, partij: DePartij, gedaante: DeGedaante) -> Prestaties | Response:
    """Alles wat op een toewijzing is gedeclareerd, met de toestand van iedere prestatie."""
    eis_id(id, "Deze toewijzing")
    with lezend(knooppunt.engine) as verbinding:
        rij = LIJST.geef(verbinding, partij.code, id)
        if rij is None:
            raise niet_gevonden("Deze toewijzing")
        rijen = declaratielijst.op_toewijzing(verbinding, rij.dossier, rij.toewijzingnummer)
    items = prestaties_uit(rijen)
    if gedaante is not Gedaante.JSON:
        return stroom(knooppunt, gedaante, "prestaties", PrestatieUit, lambda _: [items])
    return Prestaties(items=items)


def met_verhaal(id_: str, knooppunt: Knooppunt, partij: Partij, nu: datetime) -> tuple[ToewijzingVolledig, Punten]:
    """A toewijzing with its story, for which its dossier is read once."""
    gevonden = _dossier(knooppunt, partij.code, id_)
    return _volledig(gevonden, knooppunt, partij, nu), _punten(gevonden, knooppunt, partij, nu)


_Gevonden = tuple[Toewijzingrij, list[Gebeurtenis]]
"""A toewijzing in its present stand, and the events of its dossier."""


def _volledig(gevonden: _Gevonden, knooppunt: Knooppunt, partij: Partij, nu: datetime) -> ToewijzingVolledig:
    rij, gevallen = gevonden
    dossier = Dossier.van(gevallen)
    nummer = rij.toewijzingnummer
    bekend = dossier.toewijzingen[nummer]
    geldend = inhoud(bekend.product)
    return ToewijzingVolledig(
        **velden(rij, nu.date()),
        versies=[versie_uit(versie, inhoud(toegewezen(versie)) == geldend) for versie in bekend.versies],
        starts=starts_uit(dossier.levering((nummer,))),
        gevraagd=_gevraagd(rij, dossier.verzoek_van(nummer)),
        partners=_partners(knooppunt, partij.code, rij.id),
    )


def _punten(gevonden: _Gevonden, knooppunt: Knooppunt, partij: Partij, nu: datetime) -> Punten:
    rij, gevallen = gevonden
    with lezend(knooppunt.engine) as verbinding:
        streng = not dossiers.heeft_eigen_oordeel(verbinding, rij.dossier)
        zwaartes = zwaarte.ingevuld(verbinding, partij.code, rij.id)
    alle: list[Punt | TijdlijnpuntUit] = [*tijdlijn(rij.toewijzingnummer, gevallen, nu.date(), streng=streng)]
    for moment, wie, ingevuld in zwaartes:
        plek = bisect_right(alle, moment, key=lambda punt: punt.moment)
        alle.insert(plek, zwaarte_punt(moment, wie, ingevuld, alle[plek - 1].naar if plek else ""))
    return Punten(alle, rij.toewijzingnummer, knooppunt, partij)


def _partners(knooppunt: Knooppunt, gemeente: str, id_: str) -> list[PartnerVanToewijzing]:
    with lezend(knooppunt.engine) as verbinding:
        return [
            PartnerVanToewijzing(code=een.code, naam=een.naam, segment=een.segment, van=een.van, tot=een.tot)
            for een in partners_op(verbinding, gemeente, id_)
        ]


def _gevraagd(rij: Toewijzingrij, aanvraag: Aanvraag | None) -> VerzoekVanToewijzing | None:
    if aanvraag is None:
        return None
    return VerzoekVanToewijzing(
        id=dossiers.verzoek_id(Domein(rij.domein), rij.aanbieder, aanvraag.referentie),
        soort=aanvraag.soort,
        referentie=aanvraag.referentie,
        toestand=aanvraag.toestand,
        gevraagd=gevraagd_uit(aanvraag),
    )


def _dossier(knooppunt: Knooppunt, partij: str, id_: str) -> _Gevonden:
    eis_id(id_, "Deze toewijzing")
    with lezend(knooppunt.engine) as verbinding:
        rij = LIJST.geef(verbinding, partij, id_)
        if rij is None:
            raise niet_gevonden("Deze toewijzing")
        sleutel = dossiers.sleutel(rij.dossier)
        return rij, dossiers.laad(verbinding, [sleutel])[sleutel]
