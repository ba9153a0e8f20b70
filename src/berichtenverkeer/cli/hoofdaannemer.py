"""Commands of the back-office of a hoofdaannemer, at the node where one is logged in; files also beside the database."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..hoofdaannemer.laden.soorten import SOORTEN, VRAGENLIJST
from ..levensloop.rekenen.tekst import euro
from ..zegbaar import Zegbaar
from .bestanden import lees, schrijf_prive
from .inzet import PAD, eis_bekend, inzet_app
from .knooppunt import LANG, AlsJson, Knooppunt, toon_json
from .lijsten import dag, woord
from .melden import stop
from .omzetting import omzetting_app
from .opties import STANDAARD_DATABASE, DatabaseUrl, met_opties
from .tabel import toon_lijst

if TYPE_CHECKING:
    import httpx

hoofdaannemer_app = typer.Typer(
    help="De backoffice van een hoofdaannemer: inzetten, maandstaten, facturen.", no_args_is_help=True
)

FOUTEN = 1
"""Exit code when there is something wrong in a file, or an invoice is not what was expected."""

_CSV, _YAML = "text/csv", "application/yaml"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WERKMAP = b"PK"

Soort = Annotated[str, typer.Argument(help=f"Wat erin staat: {', '.join((*SOORTEN, VRAGENLIJST))}.")]
Tabelsoort = Annotated[str, typer.Argument(help=f"Wat: {', '.join(SOORTEN)}.")]
Voor = Annotated[
    str | None,
    typer.Option("--voor", help="AGB-code van de hoofdaannemer: werk bij de database zelf, zonder aanmelding."),
]
Maand = Annotated[str, typer.Argument(metavar="JJJJ-MM", help="De maand, zoals 2026-07.")]


@hoofdaannemer_app.command("laad")
@met_opties
def laad(
    soort: Soort,
    bestand: Annotated[Path, typer.Argument(help="CSV of XLSX; een vragenlijst is YAML.")],
    plek: Knooppunt,
    voor: Voor = None,
    proef: Annotated[bool, typer.Option("--proef", help="Zeg alleen wat er zou gebeuren.")] = False,
    als_json: AlsJson = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Laad een bestand; met een fout wordt niets bewaard, en staat iedere fout er met rij en kolom.

    Eindigt met 0 als het goed is, met 1 als er fouten in het bestand staan, met 2 als het niet te lezen is.
    """
    data = lees(bestand)
    if voor is not None:
        rapport = _laad_bij_database(database_url, voor, soort, bestand, data, proef)
    else:
        with plek.klant(LANG) as klant:
            rapport = _rapport(
                klant.post(
                    f"{PAD}/laden/{soort}",
                    content=data,
                    params={"proef": str(proef).lower()},
                    headers={"Content-Type": _mediatype(soort, bestand, data)},
                )
            )
    _toon_rapport(bestand, rapport, als_json)


@hoofdaannemer_app.command("meld")
@met_opties
def meld(
    bestand: Annotated[Path, typer.Argument(help="CSV of XLSX: gemeente;toewijzingnummer;domein;soort;datum;reden.")],
    plek: Knooppunt,
    proef: Annotated[bool, typer.Option("--proef", help="Zeg alleen wat er zou gebeuren.")] = False,
    als_json: AlsJson = False,
) -> None:
    """Partner: meld starts, stops en evaluaties aan de hoofdaannemer, veel in één keer; met een fout wordt niets bewaard.

    Eindigt met 0 als het goed is, met 1 als er fouten in het bestand staan, met 2 als het niet te lezen is.
    """
    data = lees(bestand)
    with plek.klant(LANG) as klant:
        rapport = _rapport(
            klant.post(
                "/v1/inzetten/meldingen",
                content=data,
                params={"proef": str(proef).lower()},
                headers={"Content-Type": _mediatype("meldingen", bestand, data)},
            )
        )
    _toon_rapport(bestand, rapport, als_json)


@hoofdaannemer_app.command("uit")
@met_opties
def uit(
    soort: Tabelsoort,
    plek: Knooppunt,
    voor: Voor = None,
    naar: Annotated[
        Path | None, typer.Option("--uit", help="Schrijf het in dit bestand; .xlsx wordt een werkmap.")
    ] = None,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Neem uit wat er is bewaard, in de kolommen van het bestand: opnieuw geladen verandert het niets."""
    werkmap = naar is not None and naar.suffix.lower() == ".xlsx"
    if voor is not None:
        data = _neem_uit_database(database_url, voor, soort, werkmap=werkmap)
    else:
        from ..spel.deuren.deur import json_van

        with plek.klant(LANG) as klant:
            antwoord = klant.get(f"{PAD}/laden/{soort}", headers={"Accept": _XLSX if werkmap else _CSV})
            if antwoord.is_error:
                json_van(antwoord)
            data = antwoord.content
    if naar is not None:
        schrijf_prive(naar, data)
    else:
        typer.echo(data.decode("utf-8-sig"), nl=False)


hoofdaannemer_app.add_typer(omzetting_app, name="omzetting")
hoofdaannemer_app.add_typer(inzet_app, name="inzet")


@hoofdaannemer_app.command("maandstaat")
@met_opties
def maandstaat(
    maand: Maand,
    plek: Knooppunt,
    partner: Annotated[str | None, typer.Option("--partner", help="De code van een partner.")] = None,
    stel_vast: Annotated[
        bool, typer.Option("--stel-vast", help="Stel de maandstaat van --partner vast; dat kan één keer.")
    ] = False,
    eigen: Annotated[
        bool, typer.Option("--eigen", help="Partner: toon wat u zelf mag factureren, bij iedere hoofdaannemer.")
    ] = False,
    als_json: AlsJson = False,
) -> None:
    """Toon wat uw partners over een maand mogen factureren; met één partner iedere regel met haar berekening."""
    from ..spel.deuren.deur import json_van

    if stel_vast and partner is None:
        raise Zegbaar("Geef bij --stel-vast ook --partner: vaststellen gaat per partner.")
    if eigen and (stel_vast or partner is not None):
        raise Zegbaar(
            "Geef --eigen zonder --partner en --stel-vast: een partner ziet zijn eigen maandstaten, en stelt ze niet vast."
        )
    with plek.klant(LANG) as klant:
        if eigen:
            items = json_van(klant.get("/v1/maandstaten", params={"maand": maand}))["items"]
        elif stel_vast:
            items = [json_van(klant.post(f"{PAD}/maandstaten/{maand}/{partner}/vaststellen"))]
        else:
            vraag = {"maand": maand} | ({"partner": partner} if partner else {})
            items = json_van(klant.get(f"{PAD}/maandstaten", params=vraag))["items"]
            if not items:
                eis_bekend(klant, {"partner": partner})
    if not als_json and (eigen or partner is not None) and items:
        for regel in (regel for item in items for regel in _maandstaat(item)):
            typer.echo(regel)
        return
    koppen = ("Partner", "Toestand", "Nummer", "Regels", "Correcties", "Bijdragen", "Totaal")
    toon_lijst(items, koppen, _staat, als_json)


@hoofdaannemer_app.command("factuur")
@met_opties
def factuur(
    bestand: Annotated[Path, typer.Argument(help="CSV of XLSX met de kolommen van facturen.")],
    plek: Knooppunt,
    bewaar: Annotated[bool, typer.Option("--bewaar", help="Bewaar de factuur onder haar nummer.")] = False,
    als_json: AlsJson = False,
) -> None:
    """Houd een factuur van een partner naast wat de maanden opleveren.

    Eindigt met 0 als alles klopt, met 1 als er iets verschilt of ontbreekt of het bestand fouten heeft, met 2 als het niet te lezen is.
    """
    data = lees(bestand)
    with plek.klant(LANG) as klant:
        uit = _rapport(
            klant.post(
                f"{PAD}/facturen/controle",
                content=data,
                params={"bewaar": str(bewaar).lower()},
                headers={"Content-Type": _mediatype("facturen", bestand, data)},
            )
        )
    if als_json:
        toon_json(uit)
    else:
        for regel in _fouten(uit) if "fouten" in uit else _factuur(uit):
            typer.echo(regel)
    if "fouten" in uit or uit["niet_gefactureerd"] or any(een["uitkomst"] != "goed" for een in uit["regels"]):
        raise typer.Exit(FOUTEN)


@hoofdaannemer_app.command("herindicatie")
@met_opties
def herindicatie(plek: Knooppunt, als_json: AlsJson = False) -> None:
    """Toon toewijzingen die binnenkort eindigen, en wat er nog moet gebeuren."""
    koppen = ("Einddatum", "Gemeente", "Toewijzing", "Client", "Partner", "Gedaan", "Wacht op", "Uiterlijk")
    toon_lijst(_items(plek, "herindicaties", {}), koppen, _herindicatie, als_json)


@hoofdaannemer_app.command("betaalschema")
@met_opties
def betaalschema(
    gemeente: Annotated[str, typer.Argument(help="CBS-code.")],
    jaar: Annotated[str, typer.Argument(metavar="JJJJ", help="Het jaar, zoals 2026.")],
    plek: Knooppunt,
    als_json: AlsJson = False,
) -> None:
    """Toon wat een gemeente in een jaar aan lumpsum betaalt, en wat zij betaalde."""
    from ..spel.deuren.deur import json_van

    with plek.klant() as klant:
        schema = json_van(klant.get(f"{PAD}/betaalschema", params={"gemeente": gemeente, "jaar": jaar}))
        if not any(maand["segmenten"] for maand in schema["maanden"]):
            eis_bekend(klant, {"gemeente": gemeente})
            raise Zegbaar(
                f"Over {jaar} is voor gemeente {gemeente} geen lumpsum en geen betaling geladen. Laad ze met 'hoofdaannemer laad lumpsum' en "
                "'hoofdaannemer laad betalingen'."
            )
    if als_json:
        toon_json(schema)
        return
    rijen = [{**deel, "maand": maand["maand"]} for maand in schema["maanden"] for deel in maand["segmenten"]]
    toon_lijst(
        [*rijen, {**schema, "maand": "samen", "segment": ""}],
        ("Maand", "Segment", "Te betalen", "Betaald"),
        _betaald,
        als_json,
    )


@hoofdaannemer_app.command("bezetting")
@met_opties
def bezetting(
    kwartaal: Annotated[str, typer.Argument(metavar="JJJJ-Qn", help="Het kwartaal, zoals 2026-Q3.")],
    plek: Knooppunt,
    per: Annotated[
        str, typer.Option("--per", help="gemeente, segment, partner of enkele daarvan, met komma's.")
    ] = "gemeente,segment",
    als_json: AlsJson = False,
) -> None:
    """Toon hoe vol de toegekende plekken in een kwartaal zijn, met een prognose."""
    koppen = ("Gemeente", "Segment", "Partner", "Bezetting", "Plekken", "Graad", "Signaal", "Prognose")
    toon_lijst(_items(plek, "bezetting", {"kwartaal": kwartaal, "per": per}), koppen, _bezetting, als_json)


def _items(plek: Knooppunt, wat: str, vraag: Mapping[str, str]) -> list[Any]:
    from ..spel.deuren.deur import json_van

    with plek.klant(LANG) as klant:
        items: list[Any] = json_van(klant.get(f"{PAD}/{wat}", params=dict(vraag)))["items"]
    return items


def _staat(item: Mapping[str, Any]) -> tuple[str, ...]:
    bijdragen = sum(een["bedrag"] for een in item["bijdragen"])
    return (
        item["partner"], item["toestand"], item["nummer"] or "", euro(item["subtotaal"]), euro(item["correctie"]),
        euro(-bijdragen), euro(item["totaal"]),
    )  # fmt: skip


def _maandstaat(item: Mapping[str, Any]) -> Iterator[str]:
    bij = f" bij {item['hoofdaannemer']}" if "hoofdaannemer" in item else ""
    nummer = f" {item['nummer']}" if item["nummer"] else ""
    yield f"{item['maand']} {item['partner']}{bij}: {item['toestand']}{nummer}"
    for regel in item["regels"]:
        kop = f"  {regel['gemeente']} {regel['toewijzingnummer']} {regel['segment']} {regel['klasse']}"
        yield f"{kop}, {dag(regel['van'])} tot en met {dag(regel['tot'])}: {euro(regel['bedrag'])}"
        yield from (f"    {stap}" for stap in regel["berekening"])
    for een in item["correcties"]:
        yield f"  correctie over {een['maand']}: {euro(een['bedrag'])}"
        yield from (f"    {stap}" for stap in een["berekening"])
    for een in item["bijdragen"]:
        deel = "" if een["percentage"] is None else f" {een['percentage']:g}%"
        yield f"  bijdrage {een['segment']}{deel} over {een['maand']}: {euro(-een['bedrag'])}"
    yield f"  totaal: {euro(item['totaal'])}"


def _factuur(uit: Mapping[str, Any]) -> Iterator[str]:
    for een in uit["regels"]:
        yield f"{een['factuurnummer']} {een['gemeente']} {een['toewijzingnummer']} {een['klasse']} {een['maand']}: {woord(een['uitkomst'])}"
        yield f"    {een['uitleg']}"
    for een in uit["niet_gefactureerd"]:
        yield f"niet gefactureerd: {een['gemeente']} {een['toewijzingnummer']} {een['klasse']} {een['maand']}, {euro(een['verwacht'])}"
    totaal = uit["totaal"]
    yield f"verwacht {euro(totaal['verwacht'])}, gefactureerd {euro(totaal['gefactureerd'])}, verschil {euro(totaal['verschil'])}"


def _herindicatie(item: Mapping[str, Any]) -> tuple[str, ...]:
    gedaan = ", ".join(naam for naam, stap in item["stappen"].items() if stap)
    laat = " te laat" * item["te_laat"]
    return (
        dag(item["einddatum"]), item["gemeente"], str(item["toewijzingnummer"]), item["client"], item["partner"] or "",
        woord(gedaan), item["wacht_op"], f"{dag(item['uiterlijk'])}{laat}",
    )  # fmt: skip


def _betaald(item: Mapping[str, Any]) -> tuple[str, ...]:
    return item["maand"], item["segment"], euro(item["bedrag"]), euro(item["betaald"])


def _bezetting(item: Mapping[str, Any]) -> tuple[str, ...]:
    def getal(waarde: float | None) -> str:
        return "" if waarde is None else f"{waarde:g}".replace(".", ",")

    prognose = item["prognose"]
    return (
        item["gemeente"] or "", item["segment"] or "", item["partner"] or "", getal(item["bezetting"]), getal(item["plekken"]),
        getal(item["graad"]), item["signaal"] or "", getal(prognose["graad"]) if prognose else "",
    )  # fmt: skip


def _mediatype(soort: str, bestand: Path, data: bytes) -> str:
    if soort == VRAGENLIJST:
        return _YAML
    return _XLSX if _als_werkmap(bestand, data) else _CSV


def _als_werkmap(bestand: Path, data: bytes) -> bool:
    """Whether a file is meant as a workbook: by its name, else by how it begins."""
    naam = bestand.suffix.lower()
    return naam == ".xlsx" or (naam != ".csv" and data.startswith(_WERKMAP))


def _rapport(antwoord: "httpx.Response") -> dict[str, Any]:
    """What became of a file; one with faults is not stored, and says which. Raises ``Zegbaar`` for what is no file of this kind."""
    from ..spel.deuren.deur import json_van, uitleg

    if antwoord.status_code == 422:
        uit: dict[str, Any] = antwoord.json()
        if uit.get("fouten"):
            return uit
        stop(uitleg(antwoord), FOUTEN)
    rapport: dict[str, Any] = json_van(antwoord)
    return rapport


def _toon_rapport(bestand: Path, rapport: Mapping[str, Any], als_json: bool) -> None:
    """What became of a file. Ends with ``FOUTEN`` when there is something wrong in it."""
    if als_json:
        toon_json(rapport)
    else:
        for regel in _gezegd(bestand, rapport):
            typer.echo(regel)
    if rapport["fouten"]:
        raise typer.Exit(FOUTEN)


def _gezegd(bestand: Path, rapport: Mapping[str, Any]) -> Iterator[str]:
    if rapport["fouten"]:
        yield f"{bestand} is niet geladen."
        yield from _fouten(rapport)
        return
    hoe = "zou geven" if rapport["proef"] else "is geladen"
    yield f"{bestand} {hoe}: {rapport['nieuw']} nieuw, {rapport['gewijzigd']} gewijzigd, {rapport['gelijk']} gelijk."


def _fouten(rapport: Mapping[str, Any]) -> Iterator[str]:
    for fout in rapport["fouten"]:
        yield f"  rij {fout['rij']}, {fout['kolom'] or 'de hele rij'}: {fout['melding']} {fout['advies']}"


def _laad_bij_database(url: str, code: str, soort: str, bestand: Path, data: bytes, proef: bool) -> dict[str, Any]:
    from dataclasses import asdict

    from ..bedrijfsbureau.laden.laden import laad as laad_
    from ..bedrijfsbureau.laden.laden import laad_vragenlijst
    from ..hoofdaannemer.fouten import Geweigerd, NietGevonden
    from ..hoofdaannemer.laden.vragenlijst import GeenVragenlijst, lees_yaml
    from ..klok import systeemklok
    from ..tabellen.fouten import GeenTabel
    from ..tabellen.lezen import STRENG, lees_tabel

    bureau = _bureau(url, code)
    try:
        if soort == VRAGENLIJST:
            lijst = laad_vragenlijst(bureau, lees_yaml(data), proef=proef)
            aantal = len(lijst.vragen)
            return {
                "soort": soort, "proef": proef, "rijen": aantal, "nieuw": aantal, "gewijzigd": 0, "gelijk": 0, "fouten": [],
            }  # fmt: skip
        tabel = lees_tabel(data, STRENG, als_werkmap=_als_werkmap(bestand, data))
        return asdict(laad_(bureau, soort, tabel, systeemklok(), proef=proef))
    except (GeenTabel, GeenVragenlijst, NietGevonden) as fout:
        stop(str(fout))
    except Geweigerd as fout:
        stop("\n".join(f"{een.veld}: {een}" for een in fout.bezwaren), FOUTEN)


def _neem_uit_database(url: str, code: str, soort: str, *, werkmap: bool) -> bytes:
    from ..bedrijfsbureau.laden.laden import soort_met
    from ..bedrijfsbureau.laden.uitnemen import neem_uit
    from ..hoofdaannemer.fouten import NietGevonden
    from ..hoofdaannemer.laden.uitkolom import uitkolom
    from ..opslag.naderhand import noteer_gezienen
    from ..tabellen import csv_uit, xlsx_uit

    bureau = _bureau(url, code)
    try:
        kolommen = [uitkolom(kolom) for kolom in soort_met(soort).kolommen]
    except NietGevonden as fout:
        stop(str(fout))
    schrijf = xlsx_uit.schrijf if werkmap else csv_uit.schrijf
    uit = b"".join(schrijf(kolommen, neem_uit(bureau, soort)[1]))
    noteer_gezienen(bureau.engine)
    return uit


def _bureau(url: str, code: str) -> Any:
    """That of a hoofdaannemer on this node. Raises ``Zegbaar`` for who is none."""
    from ..bedrijfsbureau.bureau import Bedrijfsbureau
    from ..levensloop.kalender import Kalender
    from ..partijen.partij import Partijrol, alle
    from .beheer import open_database

    engine = open_database(url)
    if not any(partij.code == code and partij.rol is Partijrol.HOOFDAANNEMER for partij in alle(engine)):
        raise Zegbaar(
            f"{code} is hier geen hoofdaannemer. 'berichtenverkeer partij list' toont wie er zijn; meld een nieuwe aan met "
            f"'berichtenverkeer partij add {code} --rol hoofdaannemer --naam NAAM'."
        )
    return Bedrijfsbureau(engine, code, Kalender())
