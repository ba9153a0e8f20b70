"""From a sheet with what was delivered to the 323s, and with ``--stuur`` on to the node."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ..levensloop.rekenen.tekst import euro, hoeveelheid
from ..voorstel.declareren.volumes import REGEL, Volumefout, lees_cellen, lees_clienten, lees_namen
from ..voorstel.vragen import Declaratiewijze
from .bestanden import lees, maak_map, schrijf_prive
from .knooppunt import LANG, Knooppunt
from .melden import stop
from .opties import met_opties
from .post import NIET_ALLES_GOED, bied_alles_aan


@met_opties
def declareer(
    volumes: Annotated[Path, typer.Argument(help="CSV of XLSX met een kop: toewijzingnummer;datum;hoeveelheid…")],
    vraag: Declaratiewijze,
    plek: Knooppunt,
    kolom: Annotated[
        list[str] | None,
        typer.Option("--kolom", help="'Naam in het bestand=kolom'; zonder kolom telt zij niet. Mag vaker."),
    ] = None,
    clienten: Annotated[
        Path | None, typer.Option("--clienten", help="CSV of XLSX met client;bsn, bij eigen nummers.")
    ] = None,
    uit: Annotated[Path | None, typer.Option("--uit", help="Schrijf de berichten in deze map.")] = None,
    stuur: Annotated[
        bool,
        typer.Option(
            "--stuur", help="Bied de berichten meteen aan; is er iets fout en niet --alleen-goed, dan geen enkel."
        ),
    ] = False,
    als_json: Annotated[
        bool, typer.Option("--json", help="Alles als JSON, zoals POST /v1/voorstellen/declaratie.")
    ] = False,
) -> None:
    """Maak declaratieberichten van wat er is geleverd, één per gemeente en wet. Er wordt niets bewaard; verstuurd wordt alleen met
    --stuur.

    Wat zou worden afgewezen staat erbij, met de regels van het bestand. Eindigt met 1 als er iets fout is.
    """
    from ..spel.deuren.deur import json_van

    try:
        cellen, ongebruikt = lees_cellen(lees(volumes), lees_namen(kolom or ()))
        rijen = [{REGEL: regel, **rij} for regel, rij in cellen]
        bsn_van = lees_clienten(lees(clienten)) if clienten is not None else {}
    except Volumefout as fout:
        stop(f"{volumes} is niet te gebruiken.\n{fout}")
    if uit is not None:
        maak_map(uit)
    inhoud = vraag.model_dump(mode="json", exclude_unset=True) | {"volumes": rijen, "clienten": bsn_van}
    with plek.klant(LANG) as klant:
        resultaat = json_van(klant.post("/v1/voorstellen/declaratie", json=inhoud))
        resultaat["ongebruikte_kolommen"] = list(ongebruikt)
        berichten = list(_berichten(resultaat, f"{vraag.maand.begin:%Y-%m}"))
        bestanden = [_schrijf(uit / naam, data) for naam, data in berichten] if uit is not None else []
        if als_json:
            typer.echo(json.dumps(resultaat, ensure_ascii=False, indent=2))
        else:
            for regel in verslag(resultaat):
                typer.echo(regel)
            for bestand in bestanden:
                typer.echo(f"{bestand} is geschreven{'' if stuur else '; er is niets verstuurd'}.")
        goed = not _is_fout(resultaat)
        if stuur and (goed or vraag.alleen_goed):
            goed = bied_alles_aan(berichten, klant, als_json=als_json) and goed
        elif stuur:
            typer.echo("Er is niets verstuurd: herstel wat fout is, of stuur met --alleen-goed de rest.", err=True)
    if not goed:
        raise typer.Exit(NIET_ALLES_GOED)


def verslag(resultaat: Mapping[str, Any]) -> Iterator[str]:
    """What was made, in words: a line each."""
    if resultaat["ongebruikte_kolommen"]:
        yield f"Niet gebruikt: kolom {', '.join(resultaat['ongebruikte_kolommen'])}."
    for fout in resultaat["fouten"]:
        waar = f"regel {fout['regel']}, kolom {fout['kolom']}"
        yield f"{waar}: {fout['melding']} Van deze toewijzing is in die maand niets gedeclareerd."
    for voorstel in resultaat["declaraties"]:
        nummer = voorstel["declaratienummer"]
        yield f"{voorstel['berichtsoort']} voor gemeente {voorstel['gemeente']}, DeclaratieNummer {nummer}:"
        yield from (f"  {regel}" for regel in voorstel["uitleg"])
        op_prestatie = [bevinding for prestatie in voorstel["prestaties"] for bevinding in prestatie["bevindingen"]]
        for bevinding in voorstel["bevindingen"]:
            if bevinding not in op_prestatie:
                yield f"  {bevinding['regel']} {bevinding['melding']} {bevinding['advies']}"
        for prestatie in voorstel["prestaties"]:
            yield from _prestatie(prestatie)
    delen = resultaat["per_onderaannemer"]
    if any(deel["onderaannemer"] for deel in delen):
        yield "Per onderaannemer:"
        for deel in delen:
            afgewezen = f", waarvan {euro(deel['afgewezen'])} zou worden afgewezen" if deel["afgewezen"] else ""
            yield f"  {deel['onderaannemer'] or '(geen)'}: {euro(deel['bedrag'])}{afgewezen}"


def _prestatie(p: Mapping[str, Any]) -> Iterator[str]:
    """A Prestatie in a line, and what is wrong or odd about it below."""
    regels = ", ".join(map(str, p["regels"]))
    waar = f"regel {regels}" if len(p["regels"]) == 1 else f"regels {regels}"
    tarief = f" à {euro(p['tarief'])}" if p["tarief"] is not None else ""
    yield (
        f"  {waar}: toewijzing {p['toewijzingnummer']}, {p['categorie']} {p['code']}, {p['productperiode']['begin']} tot en met "
        f"{p['productperiode']['eind']}: {hoeveelheid(p['geleverd_volume'], p['eenheid'])}{tarief}, {euro(p['bedrag'])}"
        f"{'' if p['in_bericht'] else ' (niet in het bericht)'}"
    )
    yield from (f"    {stap}" for stap in p["omgerekend"])
    yield from (f"    Let op: {zin}" for zin in p["waarschuwingen"])
    for bevinding in p["bevindingen"]:
        yield f"    {bevinding['regel']} {bevinding['melding']} {bevinding['advies']}"
        yield from (f"      {stap}" for stap in bevinding["berekening"])


def _is_fout(resultaat: Mapping[str, Any]) -> bool:
    """Whether a row or a Prestatie is at fault."""
    return bool(resultaat["fouten"]) or any(
        voorstel["bevindingen"] or any(prestatie["bevindingen"] for prestatie in voorstel["prestaties"])
        for voorstel in resultaat["declaraties"]
    )


def _berichten(resultaat: Mapping[str, Any], maand: str) -> Iterator[tuple[str, bytes]]:
    """The messages that were made, each with the name of its file."""
    for voorstel in resultaat["declaraties"]:
        if voorstel["xml"] is not None:
            yield f"{voorstel['berichtsoort']}-{voorstel['gemeente']}-{maand}.xml", voorstel["xml"].encode()


def _schrijf(bestand: Path, data: bytes) -> Path:
    schrijf_prive(bestand, data)
    return bestand
