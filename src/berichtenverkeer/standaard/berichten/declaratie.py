"""323 Declaratie and 325 Declaratie-antwoord (IV085 – IV091). Amounts are eurocent."""

from typing import Annotated

from . import basis as b
from . import typen as t
from .kop import Bericht, DeclaratieAntwoordHeader
from .onderdeel import Berichtklasse, Verzameling


class Prestatie(Berichtklasse):
    """What was delivered on one toewijzing in one ProductPeriode."""

    ProductReferentie: b.Referentie
    ToewijzingNummer: t.Geheel
    ProductCategorie: t.ProductCategorie
    ProductCode: t.Tekst
    ProductPeriode: b.GeslotenPeriode
    GeleverdVolume: t.Geheel
    Eenheid: t.Eenheid
    ProductTarief: t.Eurocent | None = None
    IngediendBedrag: b.BedragMetDC


class Client323(Berichtklasse):
    Bsn: t.Bsn
    Prestaties: Annotated[tuple[Prestatie, ...], Verzameling("Prestatie")]


class Declaratie(Berichtklasse):
    DeclaratieNummer: t.Tekst
    DeclaratiePeriode: b.GeslotenPeriode
    DeclaratieDagtekening: t.Datum
    TotaalIngediendBedrag: b.TotaalBedragMetDC
    Clienten: Annotated[tuple[Client323, ...], Verzameling("Client")]


class Bericht323(Bericht):
    Declaratie: Declaratie


class DeclaratieAntwoord(Berichtklasse):
    """The verdict on a declaratie: only what was refused comes back (TR342)."""

    DeclaratieNummer: t.Tekst
    TotaalIngediendBedrag: b.TotaalBedragMetDC
    TotaalToegekendBedrag: b.TotaalBedragMetDC
    Clienten: Annotated[tuple[Client323, ...], Verzameling("Client")] = ()


_DeclaratieAntwoord = DeclaratieAntwoord


class Bericht325(Bericht):
    Header: DeclaratieAntwoordHeader
    DeclaratieAntwoord: _DeclaratieAntwoord | None = None
