"""The retourbericht or 325 of a party that judges for itself: the message it answers, and the codes it gives."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ...oordeel.antwoord325 import maak_antwoord as maak_325
from ...oordeel.retour import GEEN_OPMERKING, TECHNISCH_AFGEKEURD, maak_retour
from ...regels.bevinding import Niveau, Overtreding
from ...regels.regel import Regel
from ...regels.toetsen import Treffer
from ...standaard.berichten import Bericht
from ...standaard.berichten.kop import Header
from ...standaard.berichten.onderdeel import Berichtklasse
from ...standaard.berichtsoort import Berichtsoort, berichtsoort
from ...standaard.codelijst import codelijst
from ...standaard.domein import Domein
from ...standaard.lezen import Gelezen, lees
from ...standaard.schema import Schemas
from ...standaard.schrijven import schrijf
from ...standaard.vorm import plaatsen

_WORTEL = "/Bericht/"


class AntwoordFout(ValueError):
    """These codes cannot be given on this message."""

    def __init__(self, melding: str, advies: str) -> None:
        self.melding, self.advies = melding, advies
        super().__init__(f"{melding} {advies}")


@dataclass(frozen=True, slots=True)
class Antwoord:
    """An answer. The codes are those of its Header; ``identificatie`` is its own."""

    soort: Berichtsoort
    data: bytes
    afzender: str
    ontvanger: str
    identificatie: str


def maak_antwoord(
    heen: bytes, codes: Mapping[str, Iterable[str]], identificatie: str, dagtekening: date, schemas: Schemas
) -> Antwoord:
    """The answer to a heenbericht, with codes by the path of a class: ``Header``, ``Client/StartProducten/StartProduct[1]``. Of a
    323 the paths are those of the 323. No codes approve. Raises ``AntwoordFout``, and ``Onleesbaar`` for what is no message."""
    gelezen = lees(heen, schemas)
    treffers = tuple(_treffers(gelezen, codes))
    bericht: Bericht
    if gelezen.soort.nummer == "323":
        soort = berichtsoort(gelezen.soort.domein, "325", gelezen.soort.release)
        bericht = maak_325(gelezen, treffers, identificatie, dagtekening, schemas)
    elif gelezen.soort.retour:
        soort = gelezen.soort.retour
        bericht = maak_retour(gelezen, treffers, identificatie, dagtekening, schemas)
    else:
        raise AntwoordFout(f"op een {gelezen.soort} bestaat geen antwoord.", "Antwoord op een heenbericht.")
    kop = bericht.Header
    return Antwoord(soort, schrijf(bericht, soort, schemas), kop.Afzender, kop.Ontvanger, identificatie)


def is_retourcode(code: str) -> bool:
    """Whether it is on the list of retourcodes."""
    return code in codelijst("WJ001", Domein.IWMO)


def _treffers(gelezen: Gelezen, codes: Mapping[str, Iterable[str]]) -> Iterator[Treffer]:
    """The codes as if rules had found them: what a party judges by need not be a rule of ours."""
    klassen = {
        pad.removeprefix(_WORTEL): deel
        for pad, deel in plaatsen(gelezen.bericht, gelezen.soort)
        if isinstance(deel, (Header, Berichtklasse))
    }
    for pad, gegeven in codes.items():
        if pad not in klassen:
            raise AntwoordFout(f"{pad} is geen klasse van deze {gelezen.soort}.", f"Kies uit {', '.join(klassen)}.")
        for code in gegeven:
            if code == GEEN_OPMERKING:
                continue
            if not is_retourcode(code):
                raise AntwoordFout(f"{code} is geen retourcode.", "Kies er een van codelijst WJ001.")
            niveau = Niveau.BERICHT if code == TECHNISCH_AFGEKEURD else Niveau.BERICHTOVERSTIJGEND
            regel = Regel(code, niveau, code, (), (), lambda _deel, _kennis: iter(()))
            yield regel, Overtreding(klassen[pad], "", "", "")
