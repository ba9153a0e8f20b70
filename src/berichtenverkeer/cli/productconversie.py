"""The command that converts product codes of a gemeente."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from ..standaard.domein import Domein
from ..voorstel.vragen import Conversiewijze
from .bestanden import lees, maak_map, schrijf_prive
from .knooppunt import LANG, Knooppunt
from .melden import stop
from .opties import Opties, met_opties

_HOOGSTENS = 1000
"""Of how many clients a node tells at once."""


@met_opties
def productconversie(
    tabel: Annotated[
        Path, typer.Argument(help="CSV of XLSX met oude_code;categorie;code[;eenheid]; 54* is alles wat zo begint.")
    ],
    vraag: Annotated[Conversiewijze, Opties(standaard={"domein": Domein.IWMO})],
    plek: Knooppunt,
    uit: Annotated[
        Path | None,
        typer.Option("--uit", help="Schrijf de berichten in deze map; anders alleen tellen."),
    ] = None,
) -> None:
    """Zet lopende toewijzingen op oude productcodes om naar nieuwe, met toewijzingsberichten die u zelf verstuurt.

    Zonder --uit telt de opdracht alleen wat er zou gebeuren.
    """
    from ..spel.deuren.deur import json_van
    from ..voorstel.opstellen.conversietabel import Tabelfout, lees_tabel

    try:
        regels = lees_tabel(lees(tabel), vraag.domein).regels
    except Tabelfout as fout:
        stop(f"{tabel} is niet te gebruiken.\n{fout}")
    if uit is not None:
        maak_map(uit)
    inhoud = vraag.model_dump(mode="json") | {"tabel": [asdict(regel) for regel in regels], "limiet": _HOOGSTENS}
    met_xml = {"uit": "xml"} if uit is not None else {}
    with plek.klant(LANG) as klant:
        gemaakt = json_van(klant.post("/v1/voorstellen/productconversie", json=inhoud, params=met_xml))
    for regel in verslag(gemaakt):
        typer.echo(regel)
    if uit is not None:
        geschreven = _schrijf(gemaakt["clienten"], vraag.domein, uit)
        typer.echo(f"De berichten staan in {uit}; er is niets verstuurd.")
        if geschreven < gemaakt["berichten"]:
            typer.echo(f"Dit zijn de eerste {geschreven}: verstuur ze, en draai dit nog eens voor de rest.")


def verslag(gemaakt: Mapping[str, Any]) -> Iterator[str]:
    """The counts in words: a line each."""
    yield f"Om te zetten: toewijzingen {gemaakt['toewijzingen']}, berichten {gemaakt['berichten']}."
    yield from _aantallen("Per aanbieder", gemaakt["per_aanbieder"])
    yield from _aantallen("Per code", gemaakt["per_code"])
    yield from _aantallen("Overgeslagen", gemaakt["overgeslagen"])
    if gemaakt["vragen"]:
        yield f"Met een totaal of budget: {gemaakt['vragen']}. Het hele totaal gaat mee; kijk of dat zo hoort."


def _aantallen(kop: str, aantallen: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if aantallen:
        yield f"{kop}:"
    yield from (f"  {een['aantal']:6}  {een['wat']}" for een in aantallen)


def _schrijf(clienten: Sequence[Mapping[str, Any]], domein: Domein, map_: Path) -> int:
    """Each message in a file of its own, and how many; a name says to whom it goes, and nothing of the client."""
    keer = Counter[str]()
    for client in clienten:
        if client["xml"] is not None:
            aanbieder = client["aanbieder"]
            keer[aanbieder] += 1
            naam = f"{'WMO' if domein is Domein.IWMO else 'JW'}301-{aanbieder}-{keer[aanbieder]:04}.xml"
            schrijf_prive(map_ / naam, client["xml"].encode())
    return keer.total()
