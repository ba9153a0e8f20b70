"""Commands of the operator: parties, tokens, the database, rebuilding."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from .melden import stop
from .opties import STANDAARD_DATABASE, DatabaseUrl, XsdDir, xsd_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine

    from ..inname.ontvangst import Ontvangst
    from ..opslag.wachttijd import Wachttijd

partij_app = typer.Typer(help="Partijen, hun tokens en hun certificaten.", no_args_is_help=True)
db_app = typer.Typer(help="De database.", no_args_is_help=True)


@partij_app.command("add")
def voeg_toe(
    code: Annotated[str, typer.Argument(help="CBS-code van een gemeente (4 cijfers) of AGB-code (8 cijfers).")],
    rol: Annotated[str, typer.Option("--rol", help="gemeente, aanbieder, hoofdaannemer of onderaannemer")],
    naam: Annotated[str, typer.Option("--naam", help="Hoe de partij heet.")],
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Meld een partij aan."""
    from ..klok import systeemklok
    from ..partijen.partij import Partijrol, registreer

    if rol not in list(Partijrol):
        stop(f"{rol} is geen rol; kies {', '.join(Partijrol)}.")
    partij = registreer(open_database(database_url), code, Partijrol(rol), naam, systeemklok())
    typer.echo(f"{partij.code} {partij.naam} ({partij.rol}) is aangemeld.")


@partij_app.command("list")
def toon(database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Toon alle partijen."""
    from ..partijen.partij import alle

    for partij in alle(open_database(database_url)):
        naar = f"  → {partij.eindpunt}" if partij.eindpunt else ""
        typer.echo(f"{partij.code:8}  {partij.rol:13}  {partij.naam}{naar}")


@partij_app.command("set")
def stel_in(
    code: Annotated[
        str,
        typer.Argument(help="De partij; instellingen zijn van een gemeente of hoofdaannemer, signaal-uit van iedere."),
    ],
    beoordeling: Annotated[
        str,
        typer.Option(
            "--beoordeling",
            help="Wie oordeelt over wat de partij krijgt: knooppunt of partij.",
        ),
    ] = "",
    instelling: Annotated[
        list[str] | None,
        typer.Option(
            "--instelling",
            help="NAAM=WAARDE; 'rules' noemt ze. Mag vaker. signaal-uit=OP192,OP087 verbergt deze signalen; leeg toont ze weer.",
        ),
    ] = None,
    aanbieder: Annotated[str, typer.Option("--aanbieder", help="Instellingen alleen voor deze AGB-code.")] = "",
    vsp_rol: Annotated[
        str,
        typer.Option("--vsp-rol", help="Rol in VSP: Instelling, Praktijk of Zorgverlener."),
    ] = "",
    wetten: Annotated[str, typer.Option("--wetten", help="Grondslagen: wmo, jw of wmo,jw.")] = "",
    eindpunt: Annotated[
        str,
        typer.Option("--eindpunt", help="URL waar een gemeente haar berichten laat bezorgen."),
    ] = "",
    geen_eindpunt: Annotated[
        bool, typer.Option("--geen-eindpunt", help="Bezorg niet meer; de gemeente haalt op.")
    ] = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Stel in wie er oordeelt over wat een partij krijgt, wat zij in VSP is en voor welke wetten, waar een gemeente haar
    berichten laat bezorgen, en welke keuzes zij in de regels maakt."""
    from ..partijen.contracten import eis_keuzes, kies
    from ..partijen.partij import (
        Beoordelaar,
        VspRol,
        lees_signalen,
        wet,
        zet_beoordeling,
        zet_eindpunt,
        zet_signaal_uit,
        zet_vsp_rol,
        zet_wetten,
    )

    paren = [_keuze(tekst) for tekst in instelling or ()]
    keuzes = {naam: waarde for naam, waarde in paren if naam != _SIGNAAL_UIT}
    signaal_uit = [waarde for naam, waarde in paren if naam == _SIGNAAL_UIT]
    if signaal_uit and aanbieder:
        stop(f"{_SIGNAAL_UIT} is van de partij zelf; laat --aanbieder weg.")
    if not (beoordeling or paren or vsp_rol or wetten or eindpunt or geen_eindpunt):
        stop("Er is niets om in te stellen: geef --beoordeling, --instelling, --vsp-rol, --wetten of --eindpunt.")
    if eindpunt and geen_eindpunt:
        stop("Kies tussen --eindpunt en --geen-eindpunt.")
    if vsp_rol and vsp_rol not in list(VspRol):
        stop(f"{vsp_rol} is geen rol in VSP; kies {', '.join(VspRol)}.")
    if beoordeling and beoordeling not in list(Beoordelaar):
        stop(f"{beoordeling} is geen beoordeling; kies {', '.join(Beoordelaar)}.")
    engine = open_database(database_url)
    eis_keuzes(engine, code, keuzes, aanbieder)  # before anything is set
    verborgen = lees_signalen(",".join(signaal_uit))
    grondslagen = {wet(naam.strip()) for naam in wetten.split(",")} if wetten else set()
    if eindpunt or geen_eindpunt:
        zet_eindpunt(engine, code, eindpunt or None)
    if vsp_rol:
        zet_vsp_rol(engine, code, VspRol(vsp_rol))
    if grondslagen:
        zet_wetten(engine, code, grondslagen)
    if beoordeling:
        zet_beoordeling(engine, code, Beoordelaar(beoordeling))
    if signaal_uit:
        zet_signaal_uit(engine, code, verborgen)
    kies(engine, code, keuzes, aanbieder)
    typer.echo(f"{code} is ingesteld.")


@partij_app.command("mandaat")
def mandateer(
    indiener: Annotated[str, typer.Argument(help="De partij die indient, met haar eigen token.")],
    afzender: Annotated[str, typer.Argument(help="De partij voor wie zij mag indienen.")],
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Laat een partij berichten indienen voor een andere (toestemmingsverklaring). Wie welk postvak ziet, blijft zo."""
    from ..klok import systeemklok
    from ..partijen.partij import geef_mandaat

    geef_mandaat(open_database(database_url), indiener, afzender, systeemklok())
    typer.echo(f"{indiener} mag indienen voor {afzender}.")


_SIGNAAL_UIT = "signaal-uit"
"""The name, among settings, under which any party says which signalen it does not want to see."""


@partij_app.command("mandaten")
def toon_mandaten(database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Toon alle mandaten: wie mag indienen voor wie."""
    from ..partijen.partij import mandaten

    for indiener, afzender in mandaten(open_database(database_url)):
        typer.echo(f"{indiener:8}  voor  {afzender}")


@partij_app.command("mandaat-intrekken")
def trek_mandaat_in(
    indiener: Annotated[str, typer.Argument(help="De partij die indient.")],
    afzender: Annotated[str, typer.Argument(help="De partij voor wie zij niet meer mag indienen.")],
    database_url: DatabaseUrl = STANDAARD_DATABASE,
) -> None:
    """Trek een mandaat in: binnen een halve seconde mag een partij niet meer indienen voor de andere. Wat er al is, blijft."""
    from ..partijen import partij as partijen

    partijen.trek_mandaat_in(open_database(database_url), indiener, afzender)
    typer.echo(f"{indiener} mag niet meer indienen voor {afzender}.")


def _keuze(tekst: str) -> tuple[str, str]:
    naam, is_, waarde = tekst.partition("=")
    if not is_:
        stop(f"{tekst} is geen instelling: schrijf NAAM=WAARDE.")
    return naam.strip(), waarde.strip()


@db_app.command("upgrade")
def werk_bij(database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Breng de tabellen op deze versie, en maak daarna de indexen die nog ontbreken: daarbij mag het knooppunt draaien."""
    from ..opslag.database import maak_engine
    from ..opslag.migraties import upgrade

    upgrade(maak_engine(database_url), typer.echo)
    typer.echo("De database is bij.")


@db_app.command("check")
def controleer(database_url: DatabaseUrl = STANDAARD_DATABASE) -> None:
    """Vergelijk de tabellen met wat deze software verwacht; eindigt met 1 bij verschil."""
    from ..opslag.database import maak_engine
    from ..opslag.migraties import verschillen

    gevonden = verschillen(maak_engine(database_url))
    if gevonden:
        stop("\n".join([*gevonden, "Draai 'berichtenverkeer db upgrade'."]), 1)
    typer.echo("De tabellen zijn zoals deze software ze verwacht.")


def rebuild(database_url: DatabaseUrl = STANDAARD_DATABASE, xsd_dir: XsdDir = None) -> None:
    """Bouw alles wat is afgeleid opnieuw uit de bewaarde berichten, en herstel wat afwijkt."""
    from ..inname.herbouw import herbouw
    from ..standaard.schema import Schemas

    gedaan = herbouw(open_database(database_url), Schemas(xsd_map(xsd_dir)))
    typer.echo(
        f"{gedaan.dossiers} dossiers en {gedaan.declaraties} declaraties herbouwd, "
        f"{gedaan.afwijkend} weken af en zijn hersteld."
    )
    if gedaan.vernietigd:
        typer.echo(
            f"{gedaan.vernietigd} blijven zoals zij zijn: hun sleutel is vernietigd, dus hun berichten zijn niet meer te lezen."
        )


def worker(
    once: Annotated[bool, typer.Option("--once", help="Doe wat er nu ligt, en stop.")] = False,
    database_url: DatabaseUrl = STANDAARD_DATABASE,
    xsd_dir: XsdDir = None,
) -> None:
    """Beoordeel grote declaraties in een eigen proces, naast een knooppunt dat draait met BV_WERKER=0."""
    import signal

    from .. import telemetrie
    from ..inname.werker import Werker
    from ..instellingen import Instellingen
    from ..levensloop.kalender import Kalender
    from ..logregels import stel_in
    from ..opslag.database import maak_engine
    from ..opslag.omroep import Omroep
    from ..opslag.wachttijd import ACHTERGROND
    from ..partijen.contracten import lees_contract
    from ..standaard.schema import Schemas

    instellingen = Instellingen()
    stel_in(instellingen.log_formaat, instellingen.log_niveau)
    engine = open_database(database_url, ACHTERGROND)
    omroep = Omroep(maak_engine(database_url, ACHTERGROND, verbindingen=1))

    def meld(ontvangsten: "Sequence[Ontvangst]") -> None:
        omroep.roep_elders({code for een in ontvangsten for code in (een.afzender, een.ontvanger)})

    contract_van = partial(lees_contract, engine, Kalender())
    werker = Werker(engine, Schemas(xsd_map(xsd_dir)), contract_van, meld, om_de=omroep.om_de)
    omroep.hoorders.append(lambda _: werker.wek())
    with telemetrie.verzonden():
        if once:
            gedaan = 0
            while deze := werker.ronde():
                gedaan += deze
            typer.echo(f"Beoordeeld: {gedaan}.")
        else:
            for sein in (signal.SIGINT, signal.SIGTERM):
                signal.signal(sein, lambda *_: werker.vraag_te_stoppen())
            omroep.start()
            werker.werk()
    werker.stop()
    omroep.stop()
    engine.dispose()


def open_database(url: str, wachttijd: "Wachttijd | None" = None) -> "Engine":
    """The database, with its tables when it was empty; it is waited for as long as a command may."""
    from ..opslag.database import maak_engine, maak_gereed
    from ..opslag.wachttijd import RUIM

    engine = maak_engine(url, wachttijd or RUIM)
    maak_gereed(engine)
    return engine
