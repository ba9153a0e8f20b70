"""319 Antwoord op een verzoek and its retour 320."""

from typing import Annotated

from ..domein import Domein
from . import typen as t
from .kop import Bericht, Retourbericht
from .onderdeel import AlleenIn, Berichtklasse


class Woonplaatsbeginsel(Berichtklasse):
    """The gemeente that is responsible instead (IV095, iJw only)."""

    Gemeente: t.Gemeente


_Woonplaatsbeginsel = Woonplaatsbeginsel


class Antwoord319(Berichtklasse):
    ReferentieAanbieder: t.Tekst
    VerzoekAntwoord: t.VerzoekAntwoord
    RedenAfwijzingVerzoek: t.RedenAfwijzingVerzoek | None = None
    Woonplaatsbeginsel: Annotated[_Woonplaatsbeginsel | None, AlleenIn(Domein.IJW)] = None


class Bericht319(Bericht):
    Antwoord: Antwoord319


class Bericht320(Retourbericht):
    Antwoord: Antwoord319 | None = None
