"""305 Start and its retour 306: the aanbieder reports that delivery began."""

from typing import Annotated

from . import basis as b
from . import typen as t
from .kop import Bericht, Retourbericht
from .onderdeel import Berichtklasse, Verzameling


class StartProduct(Berichtklasse):
    """The start of one delivery. ToewijzingNummer is empty only where work is taakgericht (IV096)."""

    ToewijzingNummer: t.Geheel | None = None
    Product: b.Product | None = None
    ToewijzingIngangsdatum: t.Datum | None = None
    Begindatum: t.Datum
    StatusAanlevering: t.StatusAanlevering


class Client305(Berichtklasse):
    Bsn: t.Bsn
    Geboortedatum: b.Geboortedatum
    Geslacht: t.Geslacht
    Naam: b.VerkorteNaam
    StartProducten: Annotated[tuple[StartProduct, ...], Verzameling("StartProduct")]


class Bericht305(Bericht):
    Client: Client305


class Bericht306(Retourbericht):
    Client: Client305 | None = None
