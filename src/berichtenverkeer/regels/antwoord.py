"""Rules inside an answer to a request (319)."""

from collections.abc import Iterator

from ..standaard.berichten.antwoord import Antwoord319
from ..standaard.domein import Domein
from .bevinding import Niveau, Overtreding
from .kennis import Context
from .regel import regel

_AFGEWEZEN = "1"
_IN_ONDERZOEK = "2"
_WOONPLAATSBEGINSEL = "8"


@regel(Niveau.BERICHT, "0001", "319", Antwoord319)
def CD085(antwoord: Antwoord319, context: Context) -> Iterator[Overtreding]:
    """RedenAfwijzingVerzoek is gevuld als VerzoekAntwoord 1 (afgewezen) is."""
    if antwoord.VerzoekAntwoord == _AFGEWEZEN and antwoord.RedenAfwijzingVerzoek is None:
        yield Overtreding(
            antwoord,
            "RedenAfwijzingVerzoek",
            "RedenAfwijzingVerzoek ontbreekt bij een afgewezen verzoek.",
            "Vul de reden van de afwijzing.",
        )


@regel(Niveau.BERICHT, "0001", "319", Antwoord319)
def CD086(antwoord: Antwoord319, context: Context) -> Iterator[Overtreding]:
    """RedenAfwijzingVerzoek is leeg als VerzoekAntwoord 2 (in onderzoek) is."""
    if antwoord.VerzoekAntwoord == _IN_ONDERZOEK and antwoord.RedenAfwijzingVerzoek is not None:
        yield Overtreding(
            antwoord,
            "RedenAfwijzingVerzoek",
            "RedenAfwijzingVerzoek is gevuld bij een verzoek dat in onderzoek is.",
            "Laat de reden weg, of gebruik VerzoekAntwoord 1 om af te wijzen.",
        )


@regel(Niveau.BERICHT, "0001", "319", Antwoord319, domein=Domein.IJW)
def TR377(antwoord: Antwoord319, context: Context) -> Iterator[Overtreding]:
    """De klasse Woonplaatsbeginsel is gevuld als RedenAfwijzingVerzoek 8 (woonplaatsbeginsel) is (IV095)."""
    if antwoord.RedenAfwijzingVerzoek == _WOONPLAATSBEGINSEL and antwoord.Woonplaatsbeginsel is None:
        yield Overtreding(
            antwoord,
            "Woonplaatsbeginsel",
            "Woonplaatsbeginsel ontbreekt bij reden 8.",
            "Vul de CBS-code van de gemeente die verantwoordelijk is.",
        )


@regel(Niveau.BERICHT, "0001", "319", Antwoord319, domein=Domein.IJW)
def TR409(antwoord: Antwoord319, context: Context) -> Iterator[Overtreding]:
    """De klasse Woonplaatsbeginsel ontbreekt als RedenAfwijzingVerzoek een andere waarde dan 8 heeft, of leeg is (IV095)."""
    if antwoord.RedenAfwijzingVerzoek != _WOONPLAATSBEGINSEL and antwoord.Woonplaatsbeginsel is not None:
        yield Overtreding(
            antwoord,
            "Woonplaatsbeginsel",
            "Woonplaatsbeginsel is gevuld terwijl de reden geen 8 is.",
            "Laat Woonplaatsbeginsel weg, of gebruik reden 8.",
        )
