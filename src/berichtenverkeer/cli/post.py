"""Commands that send messages, and fetch what came in."""

import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..zegbaar import Zegbaar
from .bestanden import STDIN, lees, maak_map, schrijf_prive
from .knooppunt import AlsJson, Knooppunt, toon_json
from .lijsten import moment, woord
from .opties import met_opties
from .tabel import toon_tabel

if TYPE_CHECKING:
    import httpx

NIET_ALLES_GOED = 1
"""Exit code when a message was refused."""

_GOED = ("goedgekeurd", "voorlopig", "in_verwerking")
_KLAAR = "Bezorgd"
_LANGSTE = 50.0
"""Seconds of one long poll."""

_BESTE_POGING = (1.0, 30.0)
"""Seconds before a node that was away is asked again: the first time, and at most."""

Uit = Annotated[Path | None, typer.Option("--uit", help="Schrijf de berichten als bestanden in deze map.")]
Bevestig = Annotated[
    bool, typer.Option("--bevestig", help="Bevestig bij het knooppunt wat geschreven is: het is dan veilig bij u.")
]


@met_opties
def stuur(
    bestanden: Annotated[
        list[str],
        typer.Argument(
            metavar="BESTAND…", help="Berichten: bestanden, mappen of ZIP's met *.xml; - is standaardinvoer."
        ),
    ],
    plek: Knooppunt,
    uit: Annotated[Path | None, typer.Option("--uit", help="Schrijf de retourberichten in deze map.")] = None,
    als_json: AlsJson = False,
) -> None:
    """Bied berichten aan, en toon wat ervan gevonden is. Hetzelfde bericht nog eens aanbieden kan geen kwaad.

    Eindigt met 0 als alles is aangenomen en niets is afgekeurd, met 1 als er iets is afgekeurd of geweigerd, met 2 als het
    knooppunt of een bestand niet te bereiken is.
    """
    gelezen = [bericht for naam in bestanden for bericht in _berichten(naam)]
    if uit is not None:
        maak_map(uit)
    with plek.klant() as klant:
        goed = bied_alles_aan(gelezen, klant, uit, als_json=als_json)
    if not goed:
        raise typer.Exit(NIET_ALLES_GOED)


def bied_alles_aan(
    berichten: Iterable[tuple[str, bytes]], klant: "httpx.Client", uit: Path | None = None, *, als_json: bool = False
) -> bool:
    """Hand in messages, each with the name of its file, and tell what came of them as it comes; whether none was refused. ``uit``:
    write the retourberichten there."""
    from ..spel.deuren.berichten import bied_aan
    from ..spel.deuren.deur import DeurFout, json_van

    alles_goed = True
    for naam, data in berichten:
        antwoord = bied_aan(data, klant)
        if antwoord.status_code in _LIGT_NIET_AAN_HET_BERICHT or not _van_knooppunt(antwoord):
            json_van(antwoord)
        try:
            gezegd = antwoord.json()
        except ValueError:
            raise DeurFout("Het antwoord is geen JSON; controleer het adres van het knooppunt.") from None
        alles_goed = alles_goed and gezegd.get("oordeel") in _GOED
        if als_json:
            toon_json({"bestand": naam, **gezegd})
        else:
            for regel in _gezegd(naam, gezegd):
                typer.echo(regel)
        if uit is not None and gezegd.get("retour"):
            _schrijf_bericht(klant, uit, gezegd["retour"]["berichtsoort"], gezegd["retour"]["id"])
    return alles_goed


_LIGT_NIET_AAN_HET_BERICHT = (401, 408, 429, 500, 503)
"""Statuses of which the next message would get the same."""


def _van_knooppunt(antwoord: "httpx.Response") -> bool:
    """Whether a refusal is one of the node, that says what is wrong with the message; else something in between refused."""
    return antwoord.status_code < 400 or antwoord.headers.get("content-type") == "application/problem+json"


@met_opties
def postvak(
    plek: Knooppunt,
    alles: Annotated[bool, typer.Option("--alles", help="Ook wat al bevestigd is.")] = False,
    uit: Uit = None,
    bevestig: Bevestig = False,
    als_json: AlsJson = False,
) -> None:
    """Toon wat er voor u klaarligt, het oudste eerst; met --uit komt het in bestanden. Ophalen haalt niets weg."""
    from ..spel.deuren.lijst import lees_postvak

    _eis_map(uit, bevestig)
    with plek.klant() as klant:
        items, _ = lees_postvak(klant, "0", meldingen=True)
        gekozen = [item for item in items if alles or item["status"] != _KLAAR]
        rijen = []
        for item in gekozen:
            bestand = _haal_op(klant, item, uit, bevestig)
            if als_json:
                toon_json(item)
            rijen.append((*_cellen(item), str(bestand or "")))
    if als_json:
        return
    if rijen:
        toon_tabel(_KOPPEN, rijen)
    else:
        typer.echo(
            "Er ligt niets klaar." if not items else "Er ligt niets nieuws klaar; --alles toont ook wat bevestigd is."
        )


@met_opties
def bevestig(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Van een bericht, zoals 'postvak' het toont.")],
    plek: Knooppunt,
) -> None:
    """Zeg dat berichten veilig bij u zijn. Nog eens bevestigen mag."""
    with plek.klant() as klant:
        for id_ in ids:
            _bevestig(klant, id_)
            typer.echo(f"{id_} is bevestigd.")


@met_opties
def luister(
    plek: Knooppunt,
    alles: Annotated[bool, typer.Option("--alles", help="Begin met wat er al klaarligt, in plaats van nu.")] = False,
    aantal: Annotated[int, typer.Option("--aantal", min=0, help="Stop na zoveel berichten; 0 is nooit.")] = 0,
    uit: Uit = None,
    bevestig: Bevestig = False,
    als_json: AlsJson = False,
) -> None:
    """Toon wat er in uw postvak komt zodra het er is, tot Ctrl-C. Is het knooppunt weg, dan wordt er gewacht tot het terug is."""
    from ..spel.deuren.lijst import lees_postvak

    _eis_map(uit, bevestig)
    gezien = 0
    with plek.klant() as klant, _tot_onderbroken():
        items, plaats = lees_postvak(klant, "0", meldingen=True)
        items = [item for item in items if alles and item["status"] != _KLAAR]
        while True:
            for item in items:
                bestand = _haal_op(klant, item, uit, bevestig)
                if als_json:
                    toon_json(item)
                else:
                    typer.echo("  ".join(filter(None, (*_cellen(item), str(bestand or "")))))
                gezien += 1
                if gezien == aantal:
                    return
            items, plaats = _wacht(klant, plaats)


def _wacht(klant: "httpx.Client", plaats: str) -> tuple[list[Any], str]:
    """What comes in next. A node that is away for a while is asked again, ever later."""
    import httpx

    from ..spel.deuren.lijst import lees_postvak

    wachten, langst = _BESTE_POGING
    while True:
        try:
            return lees_postvak(klant, plaats, _LANGSTE, meldingen=True)
        except httpx.TransportError:
            typer.echo(f"Het knooppunt antwoordt niet; nog eens over {wachten:.0f} s.", err=True)
            time.sleep(wachten)
            wachten = min(2 * wachten, langst)


@contextmanager
def _tot_onderbroken() -> Iterator[None]:
    """Ctrl-C is how it ends."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("Gestopt.", err=True)


def _eis_map(uit: Path | None, bevestig: bool) -> None:
    if uit is not None:
        maak_map(uit)
    elif bevestig:
        raise Zegbaar("Geef bij --bevestig ook --uit: bevestig wat u hebt. Eén bericht kan met 'bevestig ID'.")


_KOPPEN = ("Ontvangen", "Bericht", "Van", "Status", "Id", "Bestand")


def _cellen(item: Mapping[str, Any]) -> tuple[str, ...]:
    if _is_melding(item):
        return (
            moment(item["moment"]),
            item["soort"],
            f"hoofdaannemer {item['hoofdaannemer']}",
            item["status"],
            item["inzet"],
        )
    route = item["routeringgegevens"]
    return (
        moment(item["basisgegevens"]["ontvangenOp"]),
        _soort(item),
        f"{route['afzender']['rol']} {route['afzender'].get('code') or ''}".strip(),
        item["status"],
        _id(item),
    )


def _is_melding(item: Mapping[str, Any]) -> bool:
    """Whether a partner is told of an inzet: it came by no message."""
    return "inzet" in item


def _id(item: Mapping[str, Any]) -> str:
    return str(item["referentiegegevens"]["traceerId"])


def _soort(item: Mapping[str, Any]) -> str:
    stroom = item["routeringgegevens"]["berichtstroom"]
    return str(stroom.get("berichtsubtype") or stroom["berichttype"])


def _haal_op(klant: "httpx.Client", item: Mapping[str, Any], uit: Path | None, bevestig: bool) -> Path | None:
    """Write what lies ready, and only then say so to the node."""
    if uit is None:
        return None
    if _is_melding(item):
        bestand = uit / f"{item['soort']}-{item['volgnummer']}.json"
        _schrijf(klant, item["pad"], bestand)
        return bestand
    bestand = uit / f"{_soort(item)}-{_id(item)}.xml"
    _schrijf(klant, item["basisgegevens"]["payload"]["url"], bestand)
    if bevestig:
        _bevestig(klant, _id(item))
    return bestand


def _schrijf_bericht(klant: "httpx.Client", uit: Path, soort: str, id_: str) -> None:
    _schrijf(klant, f"/v1/berichten/{id_}/xml", uit / f"{soort}-{id_}.xml")


def _schrijf(klant: "httpx.Client", waar: str, bestand: Path) -> None:
    """The bytes that are there in a file. The address is taken as a path: a token goes to no other node than its own."""
    from urllib.parse import urlsplit

    from ..spel.deuren.deur import json_van

    antwoord = klant.get(urlsplit(waar).path)
    if antwoord.status_code >= 400:
        json_van(antwoord)
    schrijf_prive(bestand, antwoord.content)


def _bevestig(klant: "httpx.Client", id_: str) -> None:
    from ..spel.deuren.deur import json_van
    from ..spel.deuren.lijst import POSTVAK

    json_van(klant.post(f"{POSTVAK}/{id_}/bevestigd"))


def _gezegd(naam: str, gezegd: Mapping[str, Any]) -> Iterator[str]:
    """What a node said of a message: a line, and what it found below."""
    if "oordeel" in gezegd:
        retour = f", {gezegd['retour']['berichtsoort']} {gezegd['retour']['id']}" if gezegd["retour"] else ""
        kop = f"{gezegd['berichtsoort']} {gezegd['identificatie']} is {woord(gezegd['oordeel'])}{retour}"
    else:
        kop = f"geweigerd. {gezegd['detail']} {gezegd['advies']}"
    yield f"{naam}: {kop}"
    yield from bevindingen_tekst(gezegd.get("bevindingen", ()))


def bevindingen_tekst(bevindingen: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Findings in words, as the command line says them everywhere."""
    for b in bevindingen:
        ernst = "signaal" if b["ernst"] == "signaal" else ""
        plek = [ernst, b["regel"], f"regel {b['regelnummer']}" if b["regelnummer"] else "", b["pad"]]
        yield "  " + " ".join(filter(None, plek))
        yield f"    {b['melding']}"
        yield f"    {b['advies']}"


def _berichten(naam: str) -> Iterator[tuple[str, bytes]]:
    """The messages that are meant by a name, each with a name of its own. Raises ``Zegbaar``."""
    pad = Path(naam)
    if naam != STDIN and pad.is_dir():
        bestanden = sorted(een for een in pad.iterdir() if een.suffix.lower() == ".xml")
        if not bestanden:
            raise Zegbaar(f"In {pad} staat geen bestand dat op .xml eindigt.")
        yield from ((str(bestand), lees(bestand)) for bestand in bestanden)
    elif naam != STDIN and pad.suffix.lower() == ".zip":
        yield from _uit_zip(pad)
    else:
        yield naam, lees(pad if naam != STDIN else None)


def _uit_zip(pad: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(pad) as zip_:
            namen = sorted(een for een in zip_.namelist() if een.lower().endswith(".xml"))
            if not namen:
                raise Zegbaar(f"In {pad} staat geen bestand dat op .xml eindigt.")
            yield from ((f"{pad}/{een}", zip_.read(een)) for een in namen)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        raise Zegbaar(f"{pad}: geen ZIP die hier te lezen is; pak haar uit en geef de map.") from None
