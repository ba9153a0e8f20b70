"""317 Verzoek om wijziging (VOW) and its retour 318."""

from typing import Annotated

from . import basis as b
from . import typen as t
from .kop import Bericht, Retourbericht
from .onderdeel import Berichtklasse, Verzameling


class OngewijzigdProduct(Berichtklasse):
    ToewijzingNummer: t.Geheel


class TeWijzigenProduct(Berichtklasse):
    ToewijzingNummer: t.Geheel
    GewensteIngangsdatum: t.Datum
    Einddatum: t.Datum | None = None
    Omvang: b.Omvang | None = None
    Budget: t.Eurocent | None = None


class NieuwProduct(Berichtklasse):
    Product: b.Product | None = None
    GewensteIngangsdatum: t.Datum
    Einddatum: t.Datum | None = None
    Omvang: b.Omvang | None = None
    Budget: t.Eurocent | None = None


class Verzoek(Berichtklasse):
    """All that the aanbieder asks to change, granted or refused as one (IV092, IV093)."""

    ReferentieAanbieder: t.Tekst
    RedenVerzoek: t.RedenVerzoek
    OngewijzigdeProducten: Annotated[tuple[OngewijzigdProduct, ...], Verzameling("OngewijzigdProduct")] = ()
    TeWijzigenProducten: Annotated[tuple[TeWijzigenProduct, ...], Verzameling("TeWijzigenProduct")] = ()
    NieuweProducten: Annotated[tuple[NieuwProduct, ...], Verzameling("NieuwProduct")] = ()


class Client317(Berichtklasse):
    Bsn: t.Bsn
    Verzoek: Verzoek


class Bericht317(Bericht):
    Client: Client317


class Bericht318(Retourbericht):
    Client: Client317 | None = None
