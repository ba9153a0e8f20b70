"""What the messages say, read from their stored bytes with lxml alone: rows for the tables of ``feiten``.

This knows the elements by their names and nothing of the classes of the software: it is to agree with them, not to share them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lxml import etree

from berichtenverkeer.klok import NEDERLAND

Rij = tuple[Any, ...]

GOED = ("0200", "8001")
"""RetourCodes of a 325 that refuse nothing (IV087)."""

TELT = ("goedgekeurd", "deels_goedgekeurd")


@dataclass(frozen=True, slots=True)
class Opgeslagen:
    """A row of the table of messages."""

    id: str
    volgnummer: int
    inhoud: bytes
    ontvangen_op: datetime
    oordeel: str
    beoordeling: str
    bevindingen: list[dict[str, Any]]
    antwoord_op: str | None


@dataclass
class Feiten:
    """The rows by table."""

    bericht: list[Rij] = field(default_factory=list)
    bevinding: list[Rij] = field(default_factory=list)
    versie: list[Rij] = field(default_factory=list)
    start: list[Rij] = field(default_factory=list)
    stop: list[Rij] = field(default_factory=list)
    verzoek: list[Rij] = field(default_factory=list)
    antwoord: list[Rij] = field(default_factory=list)
    prestatie: list[Rij] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Kop:
    """What every row of a message begins with."""

    bericht: str
    volgnummer: int
    domein: str
    gemeente: str
    aanbieder: str
    dag: date

    @property
    def rij(self) -> Rij:
        return self.bericht, self.volgnummer, self.domein, self.gemeente, self.aanbieder, self.dag


def lees(berichten: list[Opgeslagen]) -> Feiten:
    """The facts in these messages, in order of arrival."""
    uit = Feiten()
    antwoorden = {b.antwoord_op: b for b in berichten if b.antwoord_op is not None}
    for b in sorted(berichten, key=lambda een: een.volgnummer):
        wortel = etree.fromstring(b.inhoud)
        soort = etree.QName(wortel).namespace or ""
        code = soort.split("/")[-2].upper()  # …/wmo305/schema
        domein, nummer = {"WMO": "iwmo", "JW": "ijw"}[code[:-3]], code[-3:]
        afzender, ontvanger = _tekst(wortel, "Header", "Afzender"), _tekst(wortel, "Header", "Ontvanger")
        gemeente, aanbieder = (afzender, ontvanger) if len(afzender or "") == 4 else (ontvanger, afzender)
        dag = b.ontvangen_op.astimezone(NEDERLAND).date()
        kop = _Kop(b.id, b.volgnummer, domein, gemeente or "", aanbieder or "", dag)
        fouten = [een for een in b.bevindingen if een["ernst"] == "fout"]
        telt = b.oordeel in TELT or (b.oordeel == "voorlopig" and not fouten)
        retour = antwoorden.get(b.id)
        heen = nummer in ("301", "305", "307", "315", "317", "319", "323")
        uit.bericht.append(
            (*kop.rij, nummer, code, afzender, heen, b.oordeel, b.beoordeling == "partij", telt, _dag(retour))
        )
        uit.bevinding += [(b.id, een["regel"]) for een in fouten]
        if telt and nummer in _LEZERS:
            _LEZERS[nummer](uit, kop, wortel)
        if nummer == "323" and retour is not None:
            _prestaties(uit, kop, wortel, etree.fromstring(retour.inhoud), retour)
    return uit


def _versies(uit: Feiten, kop: _Kop, wortel: Any) -> None:
    bsn = _tekst(wortel, "Client", "Bsn")
    wanneer = _tekst(wortel, "Header", "BerichtIdentificatie", "Dagtekening")
    wie = _tekst(wortel, "Header", "BerichtIdentificatie", "Identificatie")
    for item in _alle(wortel, "ToegewezenProduct"):
        vast = f"{_tekst(item, 'Toewijzingsdatum')} {(_tekst(item, 'Toewijzingstijd') or '')[:8]}"
        uit.versie.append(
            (
                *kop.rij, bsn, int(_tekst(item, "ToewijzingNummer") or 0), _tekst(item, "Product", "Categorie"),
                _tekst(item, "Product", "Code"), vast, wanneer, wie, _tekst(item, "Ingangsdatum"), _tekst(item, "Einddatum"),
                _tekst(item, "Omvang", "Volume"), _tekst(item, "Omvang", "Eenheid"), _tekst(item, "Omvang", "Frequentie"),
                _tekst(item, "Budget"), _tekst(item, "RedenWijziging"), _tekst(item, "ReferentieAanbieder"),
            )
        )  # fmt: skip


def _starts(uit: Feiten, kop: _Kop, wortel: Any) -> None:
    bsn = _tekst(wortel, "Client", "Bsn")
    for item in _alle(wortel, "StartProduct"):
        uit.start.append((*kop.rij, bsn, *_geleverd(item), _tekst(item, "StatusAanlevering")))


def _stops(uit: Feiten, kop: _Kop, wortel: Any) -> None:
    bsn = _tekst(wortel, "Client", "Bsn")
    for item in _alle(wortel, "StopProduct"):
        einde = _tekst(item, "RedenBeeindiging"), _tekst(item, "Einddatum")
        uit.stop.append((*kop.rij, bsn, *_geleverd(item), *einde, _tekst(item, "StatusAanlevering")))


def _geleverd(item: Any) -> Rij:
    nummer = _tekst(item, "ToewijzingNummer")
    product = _tekst(item, "Product", "Categorie"), _tekst(item, "Product", "Code")
    return int(nummer) if nummer else None, *product, _tekst(item, "Begindatum")


def _verzoeken(uit: Feiten, kop: _Kop, wortel: Any) -> None:
    bsn = _tekst(wortel, "Client", "Bsn")
    for item in [*_alle(wortel, "AangevraagdProduct"), *_alle(wortel, "Verzoek")]:
        uit.verzoek.append((*kop.rij, bsn, _tekst(item, "ReferentieAanbieder")))


def _antwoorden(uit: Feiten, kop: _Kop, wortel: Any) -> None:
    uit.antwoord.append((*kop.rij, _tekst(wortel, "Antwoord", "ReferentieAanbieder")))


_LEZERS = {"301": _versies, "305": _starts, "307": _stops, "315": _verzoeken, "317": _verzoeken, "319": _antwoorden}


def _prestaties(uit: Feiten, kop: _Kop, vraag: Any, antwoord: Any, rij: Opgeslagen) -> None:
    """The Prestaties of a 323 that was answered, and what became of each (IV087)."""
    deel = _kind(antwoord, "DeclaratieAntwoord")
    geheel = _fout(_kind(antwoord, "Header")) or deel is None or _fout(deel)
    clienten = {_tekst(client, "Bsn"): client for client in _alle(antwoord, "Client")} if deel is not None else {}
    for client in _alle(vraag, "Client"):
        bsn = _tekst(client, "Bsn")
        terug = clienten.get(bsn)
        alle = terug is not None and _fout(terug)
        weg = (
            {_tekst(een, "ProductReferentie", "ReferentieNummer") for een in _alle(terug, "Prestatie")}
            if terug is not None
            else set()
        )
        for item in _alle(client, "Prestatie"):
            referentie = _tekst(item, "ProductReferentie", "ReferentieNummer")
            uitkomst = "geheel" if geheel else "afgewezen" if alle or referentie in weg else "toegekend"
            uit.prestatie.append(
                (
                    *kop.rij, bsn, referentie, _tekst(item, "ProductReferentie", "VorigReferentieNummer"),
                    int(_tekst(item, "ToewijzingNummer") or 0), _tekst(item, "ProductCategorie"), _tekst(item, "ProductCode"),
                    _tekst(item, "ProductPeriode", "Begindatum"), _tekst(item, "ProductPeriode", "Einddatum"),
                    int(_tekst(item, "IngediendBedrag", "Bedrag") or 0), _tekst(item, "IngediendBedrag", "DebetCredit"),
                    uitkomst, _dag(rij), rij.volgnummer,
                )
            )  # fmt: skip


def _fout(element: Any) -> bool:
    """Whether its own RetourCodes refuse it."""
    codes = _kind(element, "RetourCodes")
    return codes is not None and any(code.text not in GOED for code in codes.iter() if code.text and code.text.strip())


def _dag(rij: Opgeslagen | None) -> date | None:
    return rij.ontvangen_op.astimezone(NEDERLAND).date() if rij is not None else None


def _kind(element: Any, naam: str) -> Any:
    return next((kind for kind in element if isinstance(kind.tag, str) and etree.QName(kind).localname == naam), None)


def _alle(element: Any, naam: str) -> Iterator[Any]:
    return (een for een in element.iter() if isinstance(een.tag, str) and etree.QName(een).localname == naam)


def _tekst(element: Any, *pad: str) -> str | None:
    """What stands at this path, or nothing."""
    for naam in pad:
        element = _kind(element, naam)
        if element is None:
            return None
    tekst: str | None = element.text
    return tekst


def van_json(waarde: object) -> Any:
    """What a column of JSON holds, read or not by the database."""
    return json.loads(waarde) if isinstance(waarde, str) else waarde
