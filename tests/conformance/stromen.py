"""The message streams of the standard, step by step: ``python -m tests.conformance.stromen`` writes ``fixtures/stromen``.

A stream is what one gemeente and one aanbieder send each other about one client. After every step the manifest says what must
have come of it: the oordeel, the codes in the retourbericht, how every toewijzing and verzoek stands, and what came into
whose postvak. The stories are in ``stroomverhalen``; a test holds the files against them.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from berichtenverkeer.pakket import meegeleverd
from berichtenverkeer.spel.demo.bouw import Aanbieder, Client, Ontwerp, Regio, Zaak, bsns
from berichtenverkeer.spel.demo.fixtures import schrijf
from berichtenverkeer.spel.demo.manifest import Deelnemer
from berichtenverkeer.standaard.berichten.onderdeel import Berichtklasse
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.vorm import plaatsen

from .gevallen import SCHEMAS

MAP = meegeleverd("fixtures") / "stromen"
MANIFEST = "manifest.json"

GEMEENTE = Deelnemer("0855", "gemeente", "Gemeente Proefdam")
ANDERE_GEMEENTE = Deelnemer("0758", "gemeente", "Gemeente Voorbeeldstad")
AANBIEDER = Deelnemer("99990001", "aanbieder", "Zorg Voorbeeld & Co")
PRODUCT = {
    Domein.IWMO: {"Categorie": "02", "Code": "02A05"},
    Domein.IJW: {"Categorie": "45", "Code": "45A48"},
}
ANDER_PRODUCT = {
    Domein.IWMO: {"Categorie": "07", "Code": "07A02"},
    Domein.IJW: {"Categorie": "41", "Code": "41A11"},
}
UREN = {"Volume": 4, "Eenheid": "04", "Frequentie": "2"}

_GEEN_FOUT = "0200"
_CLIENTEN = 200
_PER_STROOM = 20
"""How many numbers each stream has to give out."""

Standen = dict[int | str, str]
"""How things stand after a step. Of a ToewijzingNummer: toestand, levering and, if any, verzoek, as words. Of a reference:
the state of the request."""


@dataclass(frozen=True, slots=True)
class Stap:
    """One message, the codes it is refused with by the path of their class (none: approved), and how all stands then."""

    ontwerp: Ontwerp
    codes: dict[str, str]
    standen: Standen


@dataclass
class Stroom:
    """A stream in the making."""

    zaak: Zaak
    stappen: list[Stap] = field(default_factory=list)

    @property
    def ander_product(self) -> dict[str, str]:
        """A product of another category than that of the aanbieder."""
        return ANDER_PRODUCT[self.zaak.domein]

    def dan(self, ontwerp: Ontwerp, standen: Standen | None = None) -> None:
        """This message is approved, and brings these toewijzingen and requests in this state; the others stay."""
        self.stappen.append(Stap(ontwerp, {}, self._standen() | (standen or {})))

    def maar(self, ontwerp: Ontwerp, **codes: str) -> None:
        """This message is refused; nothing changes. Of each code the path of its class, with two underscores for a slash
        and one for ``[n]``: ``Client__StartProducten__StartProduct_1``. Only on the Header: the Header comes back alone."""
        self.stappen.append(Stap(ontwerp, {_pad(naam): code for naam, code in codes.items()}, self._standen()))

    def _standen(self) -> Standen:
        return dict(self.stappen[-1].standen) if self.stappen else {}


Verhaal = Callable[[Stroom], None]


def _pad(naam: str) -> str:
    delen = (deel.rpartition("_") for deel in naam.split("__"))
    return "/".join(f"{klasse}[{plek}]" if klasse else plek for klasse, _, plek in delen)


def bestanden() -> dict[str, bytes]:
    """The files by name, the manifest among them."""
    from .stroomverhalen import STROMEN

    uit: dict[str, bytes] = {}
    stromen: list[dict[str, Any]] = []
    for nummer, (naam, verhaal, wetten) in enumerate(STROMEN):
        for wet in wetten:
            stroom = _vertel(nummer, wet, verhaal)
            stappen = []
            for volg, (stap, data) in enumerate(_berichten(stroom), start=1):
                bestand = f"{wet}/{naam}/{volg:02}-{stap.ontwerp.soort.code}.xml"
                uit[bestand] = data
                stappen.append({"bestand": bestand, **_verwacht(stap, data)})
            omschrijving = " ".join((verhaal.__doc__ or "").split())
            stromen.append({"stroom": naam, "domein": str(wet), "omschrijving": omschrijving, "stappen": stappen})
    partijen = [{"code": d.code, "rol": d.rol, "naam": d.naam} for d in (GEMEENTE, ANDERE_GEMEENTE, AANBIEDER)]
    manifest = {"partijen": partijen, "stromen": stromen}
    uit[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    return uit


def _vertel(nummer: int, wet: Domein, verhaal: Verhaal) -> Stroom:
    """A stream of its own client, with numbers that no other stream has."""
    aanbieder = Aanbieder(AANBIEDER, wet, PRODUCT[wet], UREN)
    client = Client(nummer + 1, _bsn(nummer), date(1950 if wet is Domein.IWMO else 2012, 5, 17), "2")
    regio = Regio(SCHEMAS, vanaf=nummer * _PER_STROOM)
    stroom = Stroom(Zaak(regio, wet, GEMEENTE.code, aanbieder, client, verhaal.__doc__ or ""))
    verhaal(stroom)
    return stroom


def _bsn(nummer: int) -> str:
    return bsns(_CLIENTEN)[nummer]


def _berichten(stroom: Stroom) -> Iterator[tuple[Stap, bytes]]:
    per_ontwerp = {id(ontwerp): data for ontwerp, data in stroom.zaak.regio.inhouden()}
    for stap in stroom.stappen:
        yield stap, per_ontwerp[id(stap.ontwerp)]


def _verwacht(stap: Stap, data: bytes) -> dict[str, Any]:
    """What the manifest says of a step."""
    ontwerp = stap.ontwerp
    retour = ontwerp.soort.retour
    assert retour is not None
    postvak = {} if stap.codes else {ontwerp.ontvanger: [ontwerp.soort.code]}
    return {
        "van": ontwerp.van,
        "klok": ontwerp.bezorgd.isoformat(),
        "oordeel": ontwerp.verwacht.oordeel,
        "regels": list(ontwerp.verwacht.regels),
        "retour": {"berichtsoort": retour.code, "codes": _codes(stap, data)},
        "toewijzingen": {
            str(nummer): _stand(stand) for nummer, stand in stap.standen.items() if isinstance(nummer, int)
        },
        "verzoeken": {referentie: stand for referentie, stand in stap.standen.items() if isinstance(referentie, str)},
        "postvak": postvak | {ontwerp.afzender: [retour.code]},
    }


def _codes(stap: Stap, data: bytes) -> dict[str, list[str]]:
    """The codes of every class that comes back: of a sound message the Header without codes."""
    if not stap.codes:
        return {"Header": []}
    if list(stap.codes) == ["Header"]:
        return {"Header": stap.codes["Header"].split()}
    gelezen = lees(data, SCHEMAS)
    klassen = [
        pad.removeprefix("/Bericht/")
        for pad, deel in plaatsen(gelezen.bericht, gelezen.soort)
        if isinstance(deel, Berichtklasse)
    ]
    assert stap.codes.keys() <= set(klassen), (stap.codes, klassen)
    return {pad: stap.codes.get(pad, _GEEN_FOUT).split() for pad in ("Header", *klassen)}


def _stand(woorden: str) -> dict[str, str | None]:
    toestand, levering, *verzoek = woorden.split()
    return {"toestand": toestand, "levering": levering, "verzoek": verzoek[0] if verzoek else None}


def main() -> None:
    """Write the files."""
    schrijf(MAP, bestanden())


if __name__ == "__main__":
    main()
