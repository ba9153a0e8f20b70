"""Commands for the inzetten of a hoofdaannemer, at the node where one is logged in; and how one says that what is asked about is not there."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..zegbaar import Zegbaar
from .knooppunt import AlsJson, Knooppunt, toon_json
from .lijsten import dag
from .opties import met_opties
from .tabel import toon_lijst

if TYPE_CHECKING:
    import httpx

PAD = "/v1/hoofdaannemer"

Id = Annotated[str, typer.Argument(metavar="ID", help="Van een inzet, zoals 'hoofdaannemer inzet list' het toont.")]
Reden = Annotated[str, typer.Option("--reden", help="Waarom.")]
Per = Annotated[datetime, typer.Option("--per", formats=["%Y-%m-%d"], help="De dag, EEJJ-MM-DD.")]

inzet_app = typer.Typer(help="Toewijzingen die aan partners zijn doorgegeven.", no_args_is_help=True)


@inzet_app.command("list")
@met_opties
def inzetten(
    plek: Knooppunt,
    partner: Annotated[str | None, typer.Option("--partner", help="De code van een partner.")] = None,
    gemeente: Annotated[str | None, typer.Option("--gemeente", help="CBS-code.")] = None,
    segment: Annotated[str | None, typer.Option("--segment")] = None,
    toestand: Annotated[str | None, typer.Option("--toestand", metavar="gepland|lopend|beeindigd|vervallen")] = None,
    als_json: AlsJson = False,
) -> None:
    """Toon uw inzetten, in volgorde van hun laatste wijziging."""
    from ..spel.deuren.lijst import lees_lijst

    vraag = {"partner": partner, "gemeente": gemeente, "segment": segment, "toestand": toestand}
    with plek.klant() as klant:
        items = lees_lijst(klant, f"{PAD}/inzetten", {naam: w for naam, w in vraag.items() if w is not None})
        if not items:
            eis_bekend(klant, vraag)
    toon_lijst(
        items,
        ("Toewijzing", "Gemeente", "Partner", "Segment", "Klasse", "Van", "Tot", "Toestand", "Aanname", "Id"),
        _inzet,
        als_json,
    )


@inzet_app.command("plaats")
@met_opties
def plaats(
    toewijzing: Annotated[str, typer.Argument(help="Het id van een toewijzing, zoals 'toewijzingen' het toont.")],
    partner: Annotated[str, typer.Argument(help="De code van een partner.")],
    klasse: Annotated[str, typer.Argument(help="De klasse.")],
    van: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Eerste dag, EEJJ-MM-DD.")],
    plek: Knooppunt,
    tot: Annotated[
        datetime | None,
        typer.Option("--tot", formats=["%Y-%m-%d"], help="Laatste dag; anders zo lang als de toewijzing."),
    ] = None,
    overlap_bedoeld: Annotated[
        bool, typer.Option("--overlap-bedoeld", help="Mag op dagen van een andere inzet.")
    ] = False,
    reden: Reden = "",
    als_json: AlsJson = False,
) -> None:
    """Geef een toewijzing, of een periode ervan, door aan een partner."""
    vraag = {
        "toewijzing": toewijzing, "partner": partner, "klasse": klasse, "van": _dag(van), "tot": _dag(tot),
        "overlap_bedoeld": overlap_bedoeld, "reden": reden,
    }  # fmt: skip
    _doe(plek, "", vraag, als_json)


@inzet_app.command("beeindig")
@met_opties
def beeindig(id_: Id, plek: Knooppunt, per: Per, reden: Reden, als_json: AlsJson = False) -> None:
    """Beëindig een inzet; --per is de laatste dag."""
    _doe(plek, f"/{id_}/beeindigen", {"per": _dag(per), "reden": reden}, als_json)


@inzet_app.command("draag-over")
@met_opties
def draag_over(
    id_: Id,
    naar: Annotated[str, typer.Argument(help="De code van de andere partner.")],
    plek: Knooppunt,
    per: Per,
    klasse: Annotated[str | None, typer.Option("--klasse", help="Anders dezelfde.")] = None,
    reden: Reden = "",
    als_json: AlsJson = False,
) -> None:
    """Draag een inzet over aan een andere partner; --per is de eerste dag daar."""
    _doe(plek, f"/{id_}/overdragen", {"naar": naar, "per": _dag(per), "klasse": klasse, "reden": reden}, als_json)


@inzet_app.command("klasse")
@met_opties
def wijzig_klasse(
    id_: Id,
    klasse: Annotated[str, typer.Argument(help="De nieuwe klasse.")],
    plek: Knooppunt,
    per: Per,
    reden: Reden = "",
    als_json: AlsJson = False,
) -> None:
    """Geef een inzet een andere klasse; --per is de eerste dag daarin."""
    _doe(plek, f"/{id_}/klasse", {"klasse": klasse, "per": _dag(per), "reden": reden}, als_json)


@inzet_app.command("trek-in")
@met_opties
def trek_in(id_: Id, plek: Knooppunt, reden: Reden, als_json: AlsJson = False) -> None:
    """Trek een inzet in, van het begin af."""
    _doe(plek, f"/{id_}/intrekken", {"reden": reden}, als_json)


@inzet_app.command("geleverd")
@met_opties
def geleverd(
    id_: Id,
    maand: Annotated[str, typer.Argument(metavar="JJJJ-MM", help="De maand, zoals 2026-07.")],
    aantal: Annotated[int, typer.Argument(help="Hoeveel dagen of stuks, in plaats van wat er stond.")],
    plek: Knooppunt,
    als_json: AlsJson = False,
) -> None:
    """Leg vast hoeveel dagen of stuks in een maand zijn geleverd."""
    _doe(plek, f"/{id_}/geleverd", {"maand": maand, "aantal": aantal}, als_json)


def eis_bekend(klant: "httpx.Client", gevraagd: Mapping[str, str | None]) -> None:
    """Say of what gave nothing that it is not there: a filter on what is not known gives an empty list. Raises ``Zegbaar``."""
    from ..spel.deuren.deur import json_van

    for veld, (pad, lijst, kolom, advies) in _BEKEND.items():
        waarde = gevraagd.get(veld)
        if waarde is None:
            continue
        bekend = {item[kolom] for item in json_van(klant.get(pad))[lijst]}
        if waarde not in bekend:
            raise Zegbaar(f"Er is geen {veld} {waarde!r}. {advies.format(', '.join(sorted(bekend)))}")


_BEKEND = {
    "partner": (f"{PAD}/laden/partners", "items", "code", "Kies een partner van de lijst."),
    "segment": (f"{PAD}/laden/segmenten", "items", "segment", "Kies een segment van de lijst: {}."),
    "gemeente": ("/v1/standaard/codelijsten/CBS", "codes", "code", "Geef haar CBS-code, van vier cijfers."),
}
"""Where it stands what there is, by what is asked."""


def _doe(plek: Knooppunt, waar: str, vraag: Mapping[str, Any], als_json: bool) -> None:
    """An act on an inzet, and how it stands then."""
    from ..spel.deuren.deur import json_van

    with plek.klant() as klant:
        inzet = json_van(klant.post(f"{PAD}/inzetten{waar}", json=dict(vraag)))
    if als_json:
        toon_json(inzet)
        return
    einde = f" tot en met {dag(inzet['tot'])}" if inzet["tot"] else ""
    typer.echo(
        f"Inzet {inzet['id']} bij {inzet['partner']}, klasse {inzet['klasse']}, vanaf {dag(inzet['van'])}{einde}: {inzet['toestand']}."
    )
    for let_op in inzet["let_op"]:
        typer.echo(f"Let op: {let_op}")


def _inzet(item: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        str(item["toewijzingnummer"]), item["gemeente"], item["partner"], item["segment"] or "", item["klasse"], dag(item["van"]),
        dag(item["tot"]), item["toestand"], item["aanname"], item["id"],
    )  # fmt: skip


def _dag(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%d}"
