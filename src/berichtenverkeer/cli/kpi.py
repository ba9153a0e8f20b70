"""Steering figures: what there are and what they mean, and those of a party, from the database itself."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import typer

from ..stuurinformatie.catalogus import KPIS, uit_tekst
from ..stuurinformatie.kpi import Kpi
from .melden import stop
from .opties import STANDAARD_DATABASE, DatabaseUrl
from .tabel import toon_tabel

Dag = Annotated[str | None, typer.Option(metavar="<EEJJ-MM-DD>", help="Samen met --voor.")]


def kpi(
    codes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CODE]...", help="Welke cijfers, met komma's of spaties; anders alle."),
    ] = None,
    voor: Annotated[
        str | None, typer.Option("--voor", metavar="PARTIJ", help="De cijfers van deze partij; anders de catalogus.")
    ] = None,
    van: Dag = None,
    tot: Dag = None,
    per: Annotated[str, typer.Option("--per", help="Waarnaar te groeperen, met komma's: gemeente,form,maand.")] = "",
    toon_klein: Annotated[
        bool, typer.Option("--toon-klein", help="Toon ook cellen van 1 tot en met 9 cliënten.")
    ] = False,
    als_json: Annotated[bool, typer.Option("--json", help="Als JSON, zoals over HTTP.")] = False,
    als_csv: Annotated[bool, typer.Option("--csv", help="Als CSV, een rij per groep.")] = False,
    als_markdown: Annotated[bool, typer.Option("--markdown", help="Als Markdown, de inhoud van docs/kpis.md.")] = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Toon welke stuurcijfers er zijn, of met --voor de cijfers van een partij over een periode.

    Met --voor werkt dit op de database zelf (--database-url of BV_DATABASE_URL). Een verborgen cel heeft geen getallen.
    """
    if als_markdown:
        typer.echo(markdown(), nl=False)
        return
    gekozen = uit_tekst(",".join(codes or []))
    if voor is None:
        _catalogus(gekozen, als_json=als_json, als_csv=als_csv)
    elif van is None or tot is None:
        stop("Noem met --van en --tot de eerste en de laatste dag, zoals --van 2026-01-01 --tot 2026-03-31.")
    else:
        _cijfers(database_url, voor, van, tot, gekozen, per, toon_klein, als_json=als_json, als_csv=als_csv)


def _catalogus(codes: list[str], *, als_json: bool, als_csv: bool) -> None:
    if any(code not in KPIS for code in codes):
        from ..rapportage.vraag import over_namen

        stop(_zinnen((een.veld, een.melding) for een in over_namen("kpi", codes, KPIS)))
    gekozen = [KPIS[code] for code in codes] or list(KPIS.values())
    if als_json:
        from .knooppunt import toon_json

        for een in gekozen:
            toon_json(een.uitleg)
    elif als_csv:
        from ..api.standaard import KpiUitleg
        from ..tabellen.model import kolommen

        _toon_csv(kolommen(KpiUitleg), [KpiUitleg(**een.uitleg) for een in gekozen])
    elif codes:
        typer.echo("\n\n".join(_verhaal(een) for een in gekozen))
    else:
        toon_tabel(
            ("Code", "Wat", "In", "Bron"), ((een.code, een.naam, str(een.eenheid), een.herkomst) for een in gekozen)
        )


def _zinnen(fouten: Iterable[tuple[str, str]]) -> str:
    """What is wrong with each field, each a line."""
    from ..api.antwoord.onjuist import samengevat

    return "\n".join(samengevat([{"veld": veld, "melding": melding}]) for veld, melding in fouten)


def _verhaal(een: Kpi) -> str:
    uitleg = een.uitleg
    return (
        f"{een.code}: {een.naam} ({een.eenheid}; bron {een.herkomst})\n  {een.definitie}\n  {een.grens}\n"
        f"  Per: {', '.join(uitleg['per'])}.\n  Voor: {', '.join(uitleg['voor'])}."
    )


def _cijfers(
    url: str,
    code: str,
    van: str,
    tot: str,
    codes: list[str],
    per: str,
    toon_klein: bool,
    *,
    als_json: bool,
    als_csv: bool,
) -> None:
    from ..api.stuurinformatie import StuurUit, Stuurvraag, als_rijen, onjuist
    from ..instellingen import Instellingen
    from ..klok import NEDERLAND, systeemklok
    from ..levensloop.kalender import Kalender
    from ..opslag.database import eis_bij, maak_engine
    from ..partijen.partij import alle
    from ..rapportage.antwoord import antwoord
    from ..rapportage.vraag import NietVoorRol, Vraag

    engine = maak_engine(url)
    eis_bij(engine)
    partij = next((een for een in alle(engine) if een.code == code), None)
    if partij is None:
        stop(f"Partij {code} bestaat niet; 'berichtenverkeer partij list' toont wie er zijn.")
    gevraagd = {"van": van, "tot": tot, "per": per}
    if fouten := onjuist(partij.rol, Stuurvraag, gevraagd, codes):
        stop(_zinnen((een["veld"], een["melding"]) for een in fouten))
    try:
        eerste, laatste = date.fromisoformat(van), date.fromisoformat(tot)
        vraag = Vraag.maak(partij.rol, eerste, laatste, codes, uit_tekst(per), toon_klein=toon_klein)
    except NietVoorRol as fout:
        stop(f"{fout} is er niet voor een {partij.rol}.")
    vandaag = systeemklok().astimezone(NEDERLAND).date()
    gemaakt = antwoord(engine, Kalender(Instellingen().vrije_dagen), partij, vraag, vandaag)
    engine.dispose()
    if als_json:
        uit = StuurUit.model_validate(gemaakt, from_attributes=True)
        typer.echo(uit.model_dump_json(exclude_unset=True))
    elif als_csv:
        kolommen, rijen = als_rijen(gemaakt.kpis)
        _toon_csv(kolommen, rijen)
    else:
        typer.echo(f"Van {gemaakt.van} tot en met {gemaakt.tot}, over {gemaakt.zicht}.")
        toon_tabel(("Code", "Groep", "Aantal", "Cliënten", "Waarde", "Verder"), _regels(gemaakt.kpis))


def _regels(kpis: Iterable[dict[str, Any]]) -> Iterable[tuple[str, ...]]:
    for een in kpis:
        for groep in een["groepen"]:
            sleutels = " ".join(str(waarde or "-") for waarde in groep["groep"].values())
            if groep["onderdrukt"]:
                yield een["code"], sleutels, "", "", "verborgen", ""
                continue
            rest = (
                f"{naam} {waarde}"
                for naam, waarde in groep.items()
                if naam not in ("groep", "aantal", "clienten", "waarde", "onderdrukt") and waarde is not None
            )
            getallen = (groep["aantal"], groep["clienten"], groep["waarde"])
            yield een["code"], sleutels, *("" if getal is None else str(getal) for getal in getallen), ", ".join(rest)


def _toon_csv(kolommen: Any, rijen: Any) -> None:
    from ..tabellen import csv_uit

    typer.echo(b"".join(csv_uit.schrijf(kolommen, rijen)).decode("utf-8-sig"), nl=False)


def markdown() -> str:
    """The catalogue as docs/kpis.md has it."""
    regels = [_INLEIDING]
    regels += (
        f"| [{een.code}](#{een.code.lower()}) | {een.naam} | {een.eenheid} | {een.herkomst} |" for een in KPIS.values()
    )
    for een in KPIS.values():
        uitleg = een.uitleg
        regels.append(f"\n## {een.code}\n\n**{een.naam}**, in {een.eenheid}. {een.definitie}\n\n{een.grens}\n")
        regels.append(f"Per: {', '.join(uitleg['per'])}. Voor: {', '.join(uitleg['voor'])}.")
    return "\n".join(regels) + "\n"


_INLEIDING = """\
# Stuurcijfers

Gemaakt uit de code met `berichtenverkeer kpi --markdown`; de tests houden dit bestand ernaast. Hoe u de cijfers leest, staat in
[stuurinformatie.md](stuurinformatie.md).

Bronnen: *KD* Ketendata, *RM* Regiemonitor, *CBS* Beleidsinformatie Jeugd en GMSD, *CS* Contractstandaard Wmo, *SAP* Standaard
Administratieprotocol, *RJ8g* Regeling Jeugdwet artikel 8g, *P* praktijk.

| code | wat | in | bron |
|---|---|---|---|"""
