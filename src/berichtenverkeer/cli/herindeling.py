"""Commands for gemeenten that merge: what the operator notes of it, and what the new gemeente takes over."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ..standaard.domein import Domein
from ..voorstel.vragen import Herindelingsvraag
from .beheer import open_database
from .bestanden import lees, maak_map, schrijf_prive
from .knooppunt import LANG, Knooppunt
from .melden import stop
from .opties import STANDAARD_DATABASE, DatabaseUrl, Opties, met_opties

codelijst_app = typer.Typer(help="Codelijsten die ieder jaar anders zijn.", no_args_is_help=True)
gemeente_app = typer.Typer(help="Gemeenten die samengaan.", no_args_is_help=True)

_HOOGSTENS = 1000
"""Of how many clients a node tells at once."""


@codelijst_app.command("load")
def laad(
    lijst: Annotated[str, typer.Argument(help="CBS: de indeling in gemeenten.")],
    bestand: Annotated[Path, typer.Argument(help="CSV of XLSX met alle gemeenten: code;naam.")],
    vanaf: Annotated[str, typer.Option("--vanaf", help="De eerste dag van de lijst, EEJJ-MM-DD.")],
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Laad een codelijst die op een dag begint; wat daarvoor gold, blijft gelden voor die tijd (TR378)."""
    from ..partijen import indelingen
    from ..partijen.productcodelijst import lees_dag

    if lijst.upper() != "CBS":
        stop(f"{lijst} is niet te laden; alleen CBS. Productcodes van een gemeente laadt u met 'productcodes load'.")
    engine, data = open_database(database_url), lees(bestand)
    try:
        overgang = indelingen.laad_indeling(engine, data, lees_dag(vanaf))
    except indelingen.IndelingFout as fout:
        stop(f"{bestand} is niet geladen.\n{fout}")
    opvolgers = indelingen.wat_verandert(overgang, indelingen.bekend(engine))
    typer.echo(f"De indeling vanaf {vanaf} is geladen.")
    for een in overgang.begint:
        typer.echo(f"  nieuw     {een.code} {een.naam}")
    for een in overgang.eindigt:
        naar = f", gaat op in {opvolgers[een.code]}" if opvolgers[een.code] else ""
        typer.echo(f"  vervalt   {een.code} {een.naam}, tot en met {een.tot}{naar}")
    if open_ := [code for code, naar in opvolgers.items() if not naar]:
        typer.echo(f"Leg vast waarin zij opgaan: berichtenverkeer gemeente herindeling {open_[0]} NIEUW --per {vanaf}.")


@gemeente_app.command("herindeling")
def voeg_samen(
    oud: Annotated[str, typer.Argument(help="CBS-code van de gemeente die opgaat in een andere.")],
    nieuw: Annotated[str, typer.Argument(help="CBS-code van de gemeente waarin zij opgaat.")],
    per: Annotated[str, typer.Option("--per", help="De eerste dag van de nieuwe gemeente, EEJJ-MM-DD.")],
    naam: Annotated[
        str, typer.Option("--naam", help="Hoe de nieuwe gemeente heet, als haar code nog niet bekend is.")
    ] = "",
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Leg vast dat een gemeente opgaat in een andere: de nieuwe wordt partij en krijgt de mandaten, productcodes, tarieven en
    instellingen van de oude. Een tweede keer verandert niets. De toewijzingen neemt zij over met 'herindeling'."""
    from ..klok import systeemklok
    from ..partijen.indelingen import voeg_samen as leg_vast
    from ..partijen.productcodelijst import lees_dag

    gedaan = leg_vast(open_database(database_url), oud, nieuw, lees_dag(per), systeemklok(), naam)
    contract = gedaan.contract
    typer.echo(f"{oud} {gedaan.oud.naam} gaat per {gedaan.per} op in {nieuw} {gedaan.nieuw.naam}.")
    if gedaan.aangemeld:
        typer.echo(
            f"{nieuw} is aangemeld als gemeente. Maak haar token: berichtenverkeer partij token {nieuw} --ook {oud}."
        )
    typer.echo(
        "".join(f"Mandaat: {indiener} mag indienen voor {afzender}.\n" for indiener, afzender in gedaan.mandaten),
        nl=False,
    )
    typer.echo(
        f"Overgenomen: productcodes {contract.productcodes}, tarieven {contract.tarieven}, instellingen {contract.instellingen}."
    )
    if contract.anders:
        typer.echo(f"Let op: bij {contract.anders} had {nieuw} zelf al iets anders; dat blijft gelden.")


@met_opties
def herindeling(
    vraag: Annotated[Herindelingsvraag, Opties(argumenten=("oud",), standaard={"domein": Domein.IWMO})],
    plek: Knooppunt,
    uit: Annotated[
        Path | None, typer.Option("--uit", help="Schrijf de berichten in deze map; anders alleen tellen.")
    ] = None,
) -> None:
    """Neem de lopende toewijzingen over van een gemeente die in u opgaat, met toewijzingsberichten die u zelf verstuurt.

    De oude gemeente beëindigt ze op haar laatste dag; dat bericht kan ervoor en erna. U wijst ze opnieuw toe vanaf uw eerste dag;
    draai de opdracht dan nog eens. Zonder --uit telt zij alleen wat er zou gebeuren.
    """
    from ..spel.deuren.deur import json_van

    if uit is not None:
        maak_map(uit)
    met_xml = {"uit": "xml"} if uit is not None else {}
    with plek.klant(LANG) as klant:
        inhoud = vraag.model_dump(mode="json") | {"limiet": _HOOGSTENS}
        gemaakt = json_van(klant.post("/v1/voorstellen/herindeling", json=inhoud, params=met_xml))
    for regel in _verslag(gemaakt):
        typer.echo(regel)
    if uit is not None:
        geschreven = _schrijf(gemaakt["clienten"], vraag, uit)
        typer.echo(f"De berichten staan in {uit}; er is niets verstuurd.")
        if geschreven < gemaakt["berichten_oud"] + gemaakt["berichten_nieuw"]:
            typer.echo(f"Dit zijn de eerste {geschreven}: verstuur ze, en draai dit nog eens voor de rest.")


def _verslag(gemaakt: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"Te beëindigen: {gemaakt['beeindigen']} (berichten van de oude gemeente: {gemaakt['berichten_oud']}). "
        f"Toe te wijzen: {gemaakt['toewijzen']} (berichten van u: {gemaakt['berichten_nieuw']}). Klaar: {gemaakt['klaar']}."
    )
    if gemaakt["geweigerd"]:
        yield f"Nog niet te versturen: {gemaakt['geweigerd']} berichten. De regels van nu laten ze niet toe:"
        redenen = Counter(
            bevinding["melding"]
            for client in gemaakt["clienten"]
            for een in (client["einde"], client["begin"])
            if een is not None and not een["goed"]
            for bevinding in een["bevindingen"]
            if bevinding["ernst"] == "fout"
        )
        yield from (f"  {aantal:6}  {melding}" for melding, aantal in redenen.most_common())
    if gemaakt["overgeslagen"]:
        yield "Overgeslagen:"
    yield from (f"  {een['aantal']:6}  {een['wat']}" for een in gemaakt["overgeslagen"])


def _schrijf(clienten: Sequence[Mapping[str, Any]], vraag: Herindelingsvraag, map_: Path) -> int:
    """Each message in a file of its own, and how many; what ends comes first by name. A name says nothing of the client."""
    keer = Counter[tuple[str, str]]()
    for client in clienten:
        for soort in ("einde", "begin"):
            if client[soort] is not None and client[soort]["xml"] is not None:
                keer[soort, client["aanbieder"]] += 1
                eerst = f"1-einde-{vraag.oud}" if soort == "einde" else "2-begin"
                bericht = f"{vraag.domein.voorvoegsel}301"
                naam = f"{eerst}-{bericht}-{client['aanbieder']}-{keer[soort, client['aanbieder']]:04}.xml"
                schrijf_prive(map_ / naam, client[soort]["xml"].encode())
    return keer.total()
