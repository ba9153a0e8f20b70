"""The terms and the work lists that watch over them."""

from collections.abc import Iterable
from typing import Annotated

import typer

from ..levensloop.kalender import WERKEN
from ..levensloop.termijnen import TERMIJNEN, Termijn


def termijnen(
    als_markdown: Annotated[
        bool, typer.Option("--markdown", help="Als Markdown, de inhoud van docs/termijnen.md.")
    ] = False,
) -> None:
    """Toon de termijnen waarbinnen een bericht hoort te komen."""
    if als_markdown:
        typer.echo(markdown(), nl=False)
        return
    from rich.console import Console
    from rich.table import Table

    tabel = Table(*_KOPPEN, box=None, pad_edge=False)
    for termijn in TERMIJNEN:
        tabel.add_row(*_cellen(termijn))
    Console().print(tabel)


def markdown() -> str:
    """The terms and the work lists as docs/termijnen.md has them."""
    from ..werklijsten.alle import LIJSTEN  # they bring the database along, and the table of terms needs none

    regels = [_INLEIDING, _rij(_KOPPEN), _rij("---" for _ in _KOPPEN)]
    regels += [_rij(_cellen(termijn)) for termijn in TERMIJNEN]
    regels.append(_WERKLIJSTEN)
    regels += [f"### {lijst.naam}\n\n{lijst.omschrijving}\n\n{lijst.advies}\n" for lijst in LIJSTEN.values()]
    return "\n".join(regels)


_KOPPEN = ("Wat", "Termijn", "Vanaf", "Wie", "Regel")

_INLEIDING = f"""\
# Termijnen en werklijsten

Gemaakt uit de code met `berichtenverkeer termijnen --markdown`; de tests houden dit bestand ernaast.

## Termijnen

Een werkdag is een dag van maandag tot en met vrijdag, behalve erkende feestdagen. De bron noemt die niet; hier zijn dat
Nieuwjaarsdag, tweede paasdag, Koningsdag, Bevrijdingsdag in lustrumjaren (2025, 2030), Hemelvaartsdag, tweede pinksterdag
en beide kerstdagen. Op {" en ".join(sorted(WERKEN))} wordt gewerkt. Andere dagen waarop u niet werkt, geeft u op met
`BV_VRIJE_DAGEN=2026-04-03,2026-05-05`; zij gelden voor het hele knooppunt.

Een termijn begint op de dag na de gebeurtenis en loopt tot en met de laatste dag *(afgeleid)*. Een termijn in weken die
eindigt op een dag zonder werk, eindigt op de eerste werkdag daarna *(afgeleid)*.

Een bericht is bezorgd op de dag waarop de ontvanger het bevestigt of zijn eindpunt het aanneemt, en een bericht waarover het
knooppunt oordeelt op de dag waarop het binnenkomt *(afgeleid)*. Wat nog niet bezorgd is, staat op de lijst en is niet te
laat. Wat de ontvanger na bezorging met een Fo01 afkeurt, geldt als niet verzonden (OP286) en heeft geen termijn.
"""

_WERKLIJSTEN = """
## Werklijsten

`GET /v1/werklijsten` geeft alle lijsten met hun aantallen, `GET /v1/werklijsten/{naam}` de regels: wie iets moet doen, uiterlijk op
welke dag, waarom, volgens welke regel, en waar het te vinden is. `te_laat` is waar vanaf de dag na `uiterlijk`. U ziet wat u
zelf moet doen en wat de partij aan de andere kant moet doen; `wie=ik` of `wie=ander` geeft één van beide.

Een lijst toont wat nog moet komen, ook als de termijn nog loopt. Alleen start-ontbreekt wacht tot de termijn voorbij is: het
knooppunt weet pas dat een levering begon als het 305 er is.

De lijst `signalen` is anders: daar staat niet wat nog moet komen, maar wat in een aangenomen bericht niet volgens de regels voor
het werk is, zoals een 301 zonder de andere lopende toewijzingen, een start die te laat is gemeld of een bestand met een byte
order mark. Een signaal keurt niets af. Lees wat het zegt, herstel wat nog kan, en stuur het een volgende keer goed. Hetzelfde
signaal staat bij het bericht (`ernst`: `signaal`) en op de tijdlijn van de toewijzing; [regels.md](regels.md) noemt ze alle.
"""


def _rij(cellen: Iterable[str]) -> str:
    return f"| {' | '.join(cellen)} |"


def _cellen(termijn: Termijn) -> tuple[str, ...]:
    return termijn.naam, str(termijn), termijn.vanaf, str(termijn.wie or "ontvanger"), ", ".join(termijn.regels)
