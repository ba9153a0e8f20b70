"""What was refused, by the node or by the receiver, and was not put right by a later message.

Debetregels that a 325 refuses have a list of their own (``afgewezen_prestaties``).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lxml import etree
from sqlalchemy import (
    ColumnElement,
    String,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    type_coerce,
)

from ...levensloop.kalender import plus_dagen
from ...levensloop.overgangen import Prestatietoestand
from ...opslag.berichten.enveloppen import foutbericht_op_bericht
from ...opslag.dag import begin_van, dag_van
from ...opslag.lijst import achteraf
from ...opslag.personen import lengte
from ...opslag.tabellen.berichten import bericht
from ...opslag.tabellen.declaraties import declaratie as d
from ...opslag.tabellen.declaraties import prestatie
from ...opslag.tabellen.declaraties import prestatie as p
from ...opslag.tabellen.dossiers import FEIT, gebeurtenis
from ...opslag.tabellen.dossiers import toewijzing as t
from ...opslag.verborgen import open_tekst
from ...regels.bevinding import fouten_van
from ...standaard.berichtsoort import BERICHTSOORTEN, Ketenrol
from ...standaard.xml import ontleed
from .. import geweigerd
from ..lijst import Bron, Peil, Rij, Taak, Voorstelvraag, Voorwaarden, Werklijst, bsn_uit, kolommen
from ..onbeantwoord import OPEN as WACHT
from ..prestatie import EIGEN, Prestatierij, volgende_declaratie

WERKDAGEN = 5
"""In how many working days what was refused is put right (afgeleid): the term that a start and a stop have anyway."""

TERUGBLIK_WEKEN = 52
"""How far back a message is looked at that something of its kind for the client came after (afgeleid)."""

HOOGSTENS_BYTES = 200_000
"""How large a message may be to be looked into; a larger one counts as put right when anything of its kind for the client counts."""

b = bericht.c
_later = bericht.alias("later")
_van_feit = bericht.alias("van_feit")

_SOORTEN = [code for code, soort in BERICHTSOORTEN.items() if soort.retour]
_VAN_GEMEENTE = [code for code in _SOORTEN if BERICHTSOORTEN[code].verzender is Ketenrol.GEMEENTE]
_AFGEKEURD = text("bericht.oordeel = 'afgekeurd'")
_ALS_GEHEEL = text("declaratie.toestand IN ('niet_verzonden', 'afgekeurd')")
_CREDIT_AFGEWEZEN = text("prestatie.toestand = 'afgewezen' AND prestatie.debet_credit = 'C'")
"""In the words of the indexes, else SQLite does not use them."""


# messages about a client


@dataclass(frozen=True, slots=True, kw_only=True)
class Berichtrij(Rij):
    """A refused message. ``goed`` has, a line each, the classes of the messages of its kind for the client that count, with a mark
    for those that came later."""

    berichtsoort: str
    ontvangen_op: datetime
    oordeel: str
    bevindingen: list[dict[str, Any]]
    inhoud: bytes | None = None
    goed: str | None = None


def _zelfde_soort(ander: Any) -> ColumnElement[bool]:
    return and_(
        ander.c.dossier == b.dossier,
        achteraf(
            ander.c.verzender == b.verzender,
            ander.c.berichtsoort == b.berichtsoort,
            ander.c.oordeel.in_(("goedgekeurd", "voorlopig")),
            ander.c.id != b.id,
        ),
    )


_GOED = (
    select(
        func.aggregate_strings(
            cast(_van_feit.c.volgnummer > b.volgnummer, String)
            .concat(literal(" "))
            .concat(type_coerce(gebeurtenis.c.feit, Text)),
            "\n",
        )
    )
    .join(_van_feit, _van_feit.c.id == gebeurtenis.c.bericht)
    .where(_zelfde_soort(_van_feit))
    .correlate(bericht)
    .scalar_subquery()
)

_ENIGE = (
    select(case((func.count() == 1, func.min(t.c.id))))
    .where(t.c.dossier == b.dossier, ~t.c.verwijderd)
    .correlate(bericht)
    .scalar_subquery()
)
"""The toewijzing of the client between these parties, where there is one only: what a start or stop can be about."""

_KOLOMMEN = kolommen(
    Berichtrij,
    bericht,
    gemeente=b.verzender,
    aanbieder=b.bestemming,
    bsn=bsn_uit(b.dossier),
    bericht=b.id,
    toewijzing=_ENIGE,
    inhoud=literal(None, String),
    goed=literal(None, String),
)


def _kanten(*, van_gemeente: bool) -> dict[str, ColumnElement[Any]]:
    gemeente, aanbieder = (b.verzender, b.bestemming) if van_gemeente else (b.bestemming, b.verzender)
    return {"gemeente": gemeente, "aanbieder": aanbieder}


def _berichten(soorten: list[str], *, fout: bool, misschien: bool) -> Bron[Berichtrij]:
    """Refused messages: with ``fout`` by a foutbericht after delivery; with ``misschien`` those after which or before which something of
    their kind for the client counts, so that only their content tells."""
    iets = exists().where(_zelfde_soort(_later)).correlate(bericht)

    def waar(peil: Peil) -> Voorwaarden:
        geweigerd: tuple[Any, ...] = (WACHT, foutbericht_op_bericht()) if fout else (_AFGEKEURD,)
        sinds = begin_van(plus_dagen(peil.vandaag, -7 * TERUGBLIK_WEKEN))
        recent = (b.ontvangen_op >= sinds, lengte(b.inhoud) <= HOOGSTENS_BYTES) if misschien else ()
        return (*geweigerd, b.berichtsoort.in_(soorten), iets if misschien else ~iets, *recent)

    eigen = _kanten(van_gemeente=soorten is _VAN_GEMEENTE)
    if misschien:
        eigen |= {"inhoud": b.inhoud, "goed": _GOED}
    return Bron(
        rij=Berichtrij,
        tabel=bericht,
        kolommen=_KOLOMMEN | eigen,
        ziet=b.verzender,
        wie=b.verzender,
        vanaf=lambda _: dag_van(b.ontvangen_op),
        uiterlijk=lambda dag, peil: peil.kalender.werkdagen_na(dag, WERKDAGEN),
        waar=waar,
        taak=_van_bericht,
        blijft=(lambda rij, _: not hersteld(rij)) if misschien else None,
    )


def hersteld(rij: Berichtrij) -> bool:
    """Whether all that a refused message said was said again and counts, or counted already."""
    goed = [_feit(regel) for regel in (rij.goed or "").splitlines()]
    return all(any(_zelfde(deel, feit, later) for later, feit in goed) for deel in _delen(rij.inhoud or b""))


def _feit(regel: str) -> tuple[bool, dict[str, Any]]:
    """A gebeurtenis as the database puts it with others in one text: whether it came later, and its feit as it stands there."""
    later, _, feit = regel.partition(" ")
    return later in ("1", "true", "t"), json.loads(open_tekst(feit, FEIT))


_KLASSEN = ("ToegewezenProduct", "StartProduct", "StopProduct", "AangevraagdProduct", "Verzoek", "Antwoord")
_DAGEN = ("Begindatum", "Einddatum", "Ingangsdatum", "ToewijzingIngangsdatum")


def _delen(inhoud: bytes) -> Iterator[dict[str, Any]]:
    """What a message says, a class each: number or reference, days, and product code."""
    for element in ontleed(inhoud).iter(etree.Element):
        if etree.QName(element).localname in _KLASSEN:
            eigen = {etree.QName(kind).localname: kind for kind in element}
            deel = {naam: kind.text for naam, kind in eigen.items() if len(kind) == 0}
            code = eigen["Product"].find("{*}Code") if "Product" in eigen else None
            yield deel | {"Product": {"Code": code.text if code is not None else None}}


def _zelfde(deel: dict[str, Any], feit: dict[str, Any], later: bool) -> bool:
    """Whether this says the same: what has its number or reference puts it right when it came later, and needs nothing when it
    was there before with the same days; what has another number does, when it came later with the same days and product."""
    naam = "ToewijzingNummer" if "ToewijzingNummer" in deel else "ReferentieAanbieder"
    zelfde_nummer = str(feit.get(naam)) == deel.get(naam)
    zelfde_dagen = all(str(feit.get(dag)) == deel[dag] for dag in _DAGEN if dag in deel)
    if zelfde_nummer:
        return later or zelfde_dagen
    code, van_feit = deel["Product"]["Code"], (feit.get("Product") or {}).get("Code")
    return later and zelfde_dagen and (code is None or van_feit is None or code == van_feit)


_VOORSTELLEN = {"305": "start", "307": "stop"}
"""What can be proposed anew when it is plain which toewijzing it is about."""


def _voorstel(rij: Berichtrij) -> Voorstelvraag | None:
    wat = _VOORSTELLEN.get(BERICHTSOORTEN[rij.berichtsoort].nummer)
    return Voorstelvraag(f"/v1/voorstellen/{wat}", {"toewijzing": rij.toewijzing}) if wat and rij.toewijzing else None


def _van_bericht(rij: Berichtrij, _: Peil) -> Taak:
    wat = f"Het {rij.berichtsoort} van {rij.ontvangen_op.date()}"
    fouten = fouten_van(rij.bevindingen)
    if not fouten:
        waarom = f"{wat} heeft de ontvanger na bezorging met een foutbericht (Fo01) afgekeurd; het geldt als niet verzonden (OP286)."
        return Taak("OP286", waarom, _voorstel(rij))
    eerste = fouten[0]
    code = f"{eerste['retourcode']}, {eerste['regel']}" if eerste["retourcode"] else eerste["regel"]
    meer = f" En nog {len(fouten) - 1}, zie het bericht." if fouten[1:] else ""
    waarom = f"{wat} is afgekeurd ({code}): {eerste['melding']} {eerste['advies']}{meer}"
    return Taak(eerste["regel"], waarom, _voorstel(rij))


# declaraties


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaratierij(Rij):
    """A 323 that was refused as a whole."""

    declaratienummer: str
    begin: date
    bevindingen: list[dict[str, Any]]


_ander = d.alias("ander")
_van_ander = bericht.alias("van_ander")

_OPNIEUW = exists().where(
    _ander.c.aanbieder == d.c.aanbieder,
    _ander.c.gemeente == d.c.gemeente,
    _ander.c.domein == d.c.domein,
    or_(_ander.c.begin == d.c.begin, _ander.c.declaratienummer == d.c.declaratienummer),
    _ander.c.toestand.in_(("verzonden", "beantwoord")),
    _van_ander.c.id == _ander.c.id,
    _van_ander.c.volgnummer > b.volgnummer,
)
"""Whether a declaratie with this number or over this month was sent later, and counts."""


def _van_declaratie(rij: Declaratierij, _: Peil) -> Taak:
    wat = f"De declaratie {rij.declaratienummer} over {rij.begin:%Y-%m} is als geheel afgekeurd"
    fouten = fouten_van(rij.bevindingen)
    if not fouten:
        return Taak("IV087", f"{wat} en geldt als niet verzonden; verbeter haar en dien haar opnieuw in (IV087).")
    eerste = fouten[0]
    code = f"{eerste['retourcode']}, {eerste['regel']}" if eerste["retourcode"] else eerste["regel"]
    return Taak(
        eerste["regel"], f"{wat} ({code}): {eerste['melding']} {eerste['advies']} Zij geldt als niet verzonden (IV087)."
    )


# creditregels


@dataclass(frozen=True, slots=True, kw_only=True)
class Creditrij(Prestatierij):
    """A refused creditregel."""

    vorig_referentienummer: str | None
    retourcodes: list[str]


_ander_regel = prestatie.alias("ander_regel")
_van_regel = bericht.alias("van_regel")

_TOCH_GECREDITEERD = exists().where(
    _ander_regel.c.dossier == p.c.dossier,
    _van_regel.c.id == _ander_regel.c.declaratie,
    or_(
        and_(
            _ander_regel.c.referentienummer == p.c.vorig_referentienummer,
            _ander_regel.c.toestand == str(Prestatietoestand.GECREDITEERD),
        ),
        and_(
            _ander_regel.c.debet_credit == "C",
            _ander_regel.c.toestand != str(Prestatietoestand.AFGEWEZEN),
            or_(
                _ander_regel.c.vorig_referentienummer == p.c.vorig_referentienummer,
                and_(_ander_regel.c.toewijzingnummer == p.c.toewijzingnummer, _ander_regel.c.begin == p.c.begin),
            ),
            _van_regel.c.volgnummer > b.volgnummer,
        ),
    ),
)
"""Whether the same was credited after all."""


def _van_creditregel(rij: Creditrij, _: Peil) -> Taak:
    codes = ", ".join(rij.retourcodes) or "zonder code"
    waarom = (
        f"De creditregel {rij.referentienummer} op {rij.vorig_referentienummer} is afgewezen ({codes}). Kijk welke toegekende "
        "debetregel u bedoelt en crediteer die, met een nieuw ReferentieNummer (IV086)."
    )
    return Taak("IV086", waarom)


LIJST = Werklijst(
    "afgekeurd",
    "Berichten die u aanbood en die bij de deur zijn geweigerd, of door het knooppunt of door de ontvanger zijn afgekeurd, declaraties die als geheel zijn "
    "afgekeurd en afgewezen creditregels, zolang geen later bericht ze herstelt. Afgewezen debetregels staan op "
    "afgewezen-prestaties.",
    "Verzender: herstel wat er staat en stuur het opnieuw, met een nieuwe Identificatie. De regel verdwijnt als er een bericht met "
    f"hetzelfde is dat wel telt. De standaard kent hiervoor geen termijn; de dag is {WERKDAGEN} werkdagen na ontvangst, en van een "
    "declaratie de laatste van de volgende maand.",
    (
        geweigerd.bron(WERKDAGEN),
        *(
            _berichten(soorten, fout=fout, misschien=misschien)
            for soorten in (_VAN_GEMEENTE, [code for code in _SOORTEN if code not in _VAN_GEMEENTE])
            for fout in (False, True)
            for misschien in (False, True)
        ),
        Bron(
            rij=Declaratierij,
            tabel=d,
            van=d.join(bericht, b.id == d.c.id),
            kolommen=kolommen(
                Declaratierij,
                d,
                bsn=literal(None, String),
                bericht=d.c.antwoord,
                declaratie=d.c.id,
                bevindingen=b.bevindingen,
            ),
            ziet=d.c.aanbieder,
            wie=d.c.aanbieder,
            vanaf=lambda _: dag_van(d.c.gewijzigd_op),
            uiterlijk=volgende_declaratie,
            waar=lambda _: (_ALS_GEHEEL, ~_OPNIEUW),
            taak=_van_declaratie,
        ),
        Bron(
            rij=Creditrij,
            tabel=d,
            van=p.join(d, d.c.id == p.c.declaratie).join(bericht, b.id == d.c.id),
            kolommen=kolommen(Creditrij, p, **EIGEN, gemeente=d.c.gemeente, declaratie=d.c.id, bericht=d.c.antwoord),
            ziet=p.c.aanbieder,
            wie=d.c.aanbieder,
            vanaf=lambda _: d.c.beantwoord,
            uiterlijk=volgende_declaratie,
            waar=lambda _: (_CREDIT_AFGEWEZEN, ~_TOCH_GECREDITEERD),
            taak=_van_creditregel,
        ),
    ),
)
