"""315 Verzoek om toewijzing (VOT) and its retour 316."""

from typing import Annotated

from ..domein import Domein
from . import basis as b
from . import typen as t
from .kop import Bericht, Retourbericht
from .onderdeel import AlleenIn, Berichtklasse, Verzameling


class AangevraagdProduct(Berichtklasse):
    ReferentieAanbieder: t.Tekst
    BeschikkingNummer: t.Geheel | None = None
    Product: b.Product | None = None
    BeschikkingIngangsdatum: t.Datum | None = None
    ToewijzingIngangsdatum: t.Datum
    ToewijzingEinddatum: t.Datum | None = None
    Omvang: b.Omvang | None = None
    Budget: t.Eurocent | None = None
    Verwijzer: b.Verwijzer
    Raamcontract: t.JaNee | None = None
    Commentaar: t.PersoonlijkeTekst | None = None


class Client315(Berichtklasse):
    Bsn: t.Bsn
    Geboortedatum: b.Geboortedatum
    Geslacht: t.Geslacht
    Naam: b.VerkorteNaam
    GezagsdragerBekend: Annotated[t.JaNee | None, AlleenIn(Domein.IJW)] = None
    Commentaar: t.PersoonlijkeTekst | None = None
    AangevraagdeProducten: Annotated[tuple[AangevraagdProduct, ...], Verzameling("AangevraagdProduct")]


class Bericht315(Bericht):
    Client: Client315


class Bericht316(Retourbericht):
    Client: Client315 | None = None
