"""307 Stop and its retour 308: the aanbieder reports that delivery ended, for a while or for good."""

from typing import Annotated

from . import basis as b
from . import typen as t
from .kop import Bericht, Retourbericht
from .onderdeel import Berichtklasse, Verzameling


class StopProduct(Berichtklasse):
    """The end of one delivery; RedenBeeindiging 20 is a temporary stop."""

    ToewijzingNummer: t.Geheel | None = None
    Product: b.Product | None = None
    ToewijzingIngangsdatum: t.Datum | None = None
    Begindatum: t.Datum
    RedenBeeindiging: t.RedenBeeindiging
    Einddatum: t.Datum
    StatusAanlevering: t.StatusAanlevering


class Client307(Berichtklasse):
    Bsn: t.Bsn
    Geboortedatum: b.Geboortedatum
    Geslacht: t.Geslacht
    Naam: b.VerkorteNaam
    StopProducten: Annotated[tuple[StopProduct, ...], Verzameling("StopProduct")]


class Bericht307(Bericht):
    Client: Client307


class Bericht308(Retourbericht):
    Client: Client307 | None = None
