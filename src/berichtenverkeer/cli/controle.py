"""Commands on documents: validate, parse, generate; and the catalogue of rules. They need no database."""

import glob
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from ..regels.bevinding import Bevinding, Ernst, Niveau
from ..regels.catalogus import catalogus
from ..regels.controle import controleer
from ..regels.regel import Regel
from ..standaard.berichtsoort import BERICHTSOORTEN
from ..standaard.fouten import Berichtfout, OngeldigBericht, TeGroot
from ..standaard.lezen import Gelezen, lees
from ..standaard.schema import Schemas
from ..standaard.schrijven import schrijf
from ..standaard.vorm import vorm
from . import regeluitleg
from .bestanden import STDIN, schrijf_prive
from .melden import ONLEESBAAR, stop
from .opties import XsdDir, xsd_map

LEESBAAR = "LEESBAAR"
"""What stands in place of a rule when a file cannot be read as a message."""

VELDEN = ("regel", "niveau", "retourcode", "regelnummer", "pad", "element", "melding", "advies", "ernst")
"""What ``validate --json`` says of a finding; others build on it, so nothing comes in and nothing goes out."""


class Diepte(StrEnum):
    """How far a document is judged."""

    XSD = "xsd"
    BERICHT = "bericht"


@dataclass(frozen=True, slots=True)
class Verslag:
    """What was found in one file."""

    bestand: str
    berichtsoort: str | None
    geldig: bool
    bevindingen: list[Bevinding]

    @property
    def leesbaar(self) -> bool:
        """Whether it could be read as a message at all."""
        return self.berichtsoort is not None

    def als_json(self) -> dict[str, Any]:
        """The line of ``validate --json``."""
        gevonden = [{naam: getattr(bevinding, naam) for naam in VELDEN} for bevinding in self.bevindingen]
        return {
            "bestand": self.bestand,
            "berichtsoort": self.berichtsoort,
            "geldig": self.geldig,
            "bevindingen": gevonden,
        }


def validate(
    bestanden: Annotated[list[str], typer.Argument(help="Bestanden of patronen (*.xml); - is standaardinvoer.")],
    als_json: Annotated[bool, typer.Option("--json", help="Eén regel JSON per bestand.")] = False,
    niveau: Annotated[
        Diepte,
        typer.Option("--niveau", help="Alleen het XSD, of ook de regels binnen het bericht."),
    ] = Diepte.BERICHT,
    xsd_dir: XsdDir = None,
) -> None:
    """Controleer berichten en noem alles wat er mis is.

    Een signaal noemt wat beter moet en maakt een bericht niet ongeldig. Eindigt met 0 als alles geldig is, met 1 als er een
    bericht ongeldig is, met 2 als er een bestand niet te lezen is.
    """
    schemas = Schemas(xsd_map(xsd_dir))
    slecht = onleesbaar = aantal = 0
    for naam in _namen(bestanden):
        verslag = _controleer(naam, schemas, niveau)
        aantal += 1
        slecht += verslag.leesbaar and not verslag.geldig
        onleesbaar += not verslag.leesbaar
        typer.echo(json.dumps(verslag.als_json(), ensure_ascii=False) if als_json else _tekst(verslag))
    if not als_json and aantal > 1:
        typer.echo(
            f"{aantal} bestanden: {aantal - slecht - onleesbaar} geldig, {slecht} ongeldig, {onleesbaar} niet te lezen."
        )
    raise typer.Exit(ONLEESBAAR if onleesbaar else int(bool(slecht)))


def parse(
    bestand: Annotated[str, typer.Argument(help="Een bericht; - is standaardinvoer.")], xsd_dir: XsdDir = None
) -> None:
    """Zet een bericht om naar JSON, met de namen van de standaard."""
    gelezen = _lees_of_stop(bestand, Schemas(xsd_map(xsd_dir)))
    inhoud = gelezen.bericht.model_dump(mode="json", exclude_defaults=True)
    typer.echo(json.dumps({"berichtsoort": gelezen.soort.code, "bericht": inhoud}, ensure_ascii=False, indent=2))


def generate(
    bestand: Annotated[str, typer.Argument(help="JSON zoals 'parse' die geeft; - is standaardinvoer.")],
    uit: Annotated[Path | None, typer.Option("--uit", help="Schrijf hierheen in plaats van naar het scherm.")] = None,
    xsd_dir: XsdDir = None,
) -> None:
    """Maak een bericht van JSON. Wat niet aan het XSD voldoet, wordt geweigerd met alle redenen."""
    try:
        invoer = json.loads(_bytes(bestand), object_pairs_hook=_eenmalig)
        soort = BERICHTSOORTEN[invoer["berichtsoort"]]
        inhoud = invoer["bericht"]
    except OSError as fout:
        stop(f"{bestand}: het bestand {_niet_te_openen(fout)}.")
    except RecursionError:
        stop(f"{bestand}: te diep genest om een bericht te zijn.")
    except _Dubbel as fout:
        stop(f"{bestand}: {fout} staat er in één object dubbel in; laat er één weg.")
    except ValueError as fout:
        plek = f" op regel {fout.lineno}" if isinstance(fout, json.JSONDecodeError) else ""
        stop(f"{bestand}: geen JSON{plek}.")
    except (KeyError, TypeError):
        stop(f'{bestand}: verwacht {{"berichtsoort": "WMO301", "bericht": {{…}}}}; kijk wat \'parse\' geeft.')
    try:
        bericht = vorm(soort).klasse.model_validate_json(json.dumps(inhoud), strict=True)
        data = schrijf(bericht, soort, Schemas(xsd_map(xsd_dir)))  # type: ignore[arg-type]
    except ValidationError as fout:
        redenen = (f"{'.'.join(str(stap) for stap in geval['loc'])}: {_reden(geval)}" for geval in fout.errors())
        stop(f"{bestand}: {soort} is niet te maken.\n  " + "\n  ".join(redenen), 1)
    except TeGroot as fout:
        stop(f"{bestand}: {fout.melding} {fout.advies}", 1)
    except OngeldigBericht as fout:
        stop(f"{bestand}: {fout.melding}\n  " + "\n  ".join(f"{f.pad}: {f.melding} {f.advies}" for f in fout.fouten), 1)
    if uit is not None:
        schrijf_prive(uit, data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def rules(
    code: Annotated[
        str | None,
        typer.Argument(help="Leg alleen deze regel (TR321) of deze retourcode (9321) uit.", show_default=False),
    ] = None,
    als_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
    als_markdown: Annotated[
        bool, typer.Option("--markdown", help="Als Markdown, de inhoud van docs/regels.md.")
    ] = False,
) -> None:
    """Toon alle regels waarop een bericht wordt beoordeeld, en die waarvan een overtreding een signaal geeft.

    Met een retourcode erachter: wat zij betekent, welke regels haar geven, en wat u dan doet.
    """
    if code is not None:
        uitleg = regeluitleg.zoek(code)
        als_dict = _regel(uitleg) if isinstance(uitleg, Regel) else regeluitleg.als_json(uitleg)
        typer.echo(json.dumps(als_dict, ensure_ascii=False, indent=2) if als_json else regeluitleg.als_tekst(uitleg))
    elif als_json:
        typer.echo(json.dumps([_regel(regel) for regel in catalogus()], ensure_ascii=False, indent=2))
    elif als_markdown:
        typer.echo(markdown(), nl=False)
    else:
        from rich.console import Console
        from rich.table import Table

        tabel = Table("Regel", "Ernst", "Niveau", "Code", "Berichten", "Wet", "Eis", box=None, pad_edge=False)
        for regel in map(_regel, catalogus()):
            wet = " ".join(regel["domeinen"]) if len(regel["domeinen"]) == 1 else ""
            eis = regel["eis"].partition("\n\n")[0].replace("\n", " ")
            tabel.add_row(
                regel["code"],
                regel["ernst"],
                regel["niveau"],
                regel["retourcode"] or "",
                " ".join(regel["berichten"]),
                wet,
                eis,
            )
        Console().print(tabel)


def markdown() -> str:
    """The catalogue as docs/regels.md has it."""
    regels = [_regel(regel) for regel in catalogus()]
    aantal = {ernst: sum(regel["ernst"] == ernst for regel in regels) for ernst in Ernst}
    delen = [
        "# Regels\n\n"
        "Gemaakt uit de code met `berichtenverkeer rules --markdown`; de tests houden dit bestand ernaast. Een code is een\n"
        "vast gegeven waar anderen op bouwen. Waar de bron iets openlaat of zichzelf tegenspreekt, staat de keuze bij de\n"
        "regel, met *(afgeleid)* of het nummer van de tegenstrijdigheid.\n\n"
        f"Er zijn {aantal[Ernst.FOUT]} regels die afkeuren, en {aantal[Ernst.SIGNAAL]} die alleen een signaal geven.\n"
    ]
    koppen = {
        Niveau.BERICHT: "Binnen één bericht (niveau 2)",
        Niveau.BERICHTOVERSTIJGEND: "Tegenover eerdere berichten (niveau 3)",
        Niveau.EXTERNE_BRON: "Tegenover een bron van buiten (niveau 4)",
    }
    for niveau, kop in koppen.items():
        delen.append(f"\n## {kop}\n")
        delen += (_stuk(regel) for regel in regels if (regel["ernst"], regel["niveau"]) == (Ernst.FOUT, niveau))
    delen.append(
        "\n## Signalen\n\n"
        "Regels voor het werk die geen retourcode hebben. Een signaal noemt wat beter moet; het keurt niets af en verandert\n"
        "oordeel, retourbericht en toestand niet. Het staat bij de bevindingen van het bericht (`ernst`: `signaal`), op de\n"
        "tijdlijn van de toewijzing en op de werklijst `signalen` van beide partijen. Wie een signaal niet wil zien zet het uit:\n"
        "`berichtenverkeer partij set CODE --instelling signaal-uit=OP192,OP087`.\n"
    )
    delen += (_stuk(regel) for regel in regels if regel["ernst"] == Ernst.SIGNAAL)
    return "".join(delen)


def _stuk(regel: dict[str, Any]) -> str:
    """One rule in the catalogue."""
    wet = f", alleen {regel['domeinen'][0]}" if len(regel["domeinen"]) == 1 else ""
    signaal = f"Signaal, niveau {regel['niveau']}" if regel["ernst"] == Ernst.SIGNAAL else ""
    soort = signaal or f"Retourcode {regel['retourcode'] or 'n.v.t.'}"
    kop = f"\n### {regel['code']}\n\n{soort}; berichten {', '.join(regel['berichten'])}{wet}."
    return f"{kop}\n\n{regel['eis']}\n" + "".join(f"\n{_instelling(i)}\n" for i in regel["instellingen"])


def _regel(regel: Any) -> dict[str, Any]:
    return {
        "code": regel.code,
        "ernst": str(regel.ernst),
        "niveau": str(regel.niveau),
        "retourcode": regel.retourcode,
        "domeinen": [str(domein) for domein in regel.domeinen],
        "berichten": list(regel.berichten),
        "eis": regel.eis,
        "instellingen": [
            {
                "naam": instelling.naam,
                "waarden": list(instelling.waarden),
                "standaard": instelling.standaard,
                "uitleg": instelling.uitleg,
            }
            for instelling in regel.instellingen
        ],
    }


def _instelling(instelling: dict[str, Any]) -> str:
    waarden = (f"`{waarde}`" + " (standaard)" * (waarde == instelling["standaard"]) for waarde in instelling["waarden"])
    return f"Instelling `{instelling['naam']}`: {', '.join(waarden)}. {instelling['uitleg']}"


def _namen(bestanden: list[str]) -> Iterator[str]:
    """The files that are meant: a shell that does not know patterns leaves them to us."""
    for naam in bestanden:
        if naam != STDIN and any(teken in naam for teken in "*?[") and not Path(naam).exists():
            yield from sorted(glob.glob(naam, recursive=True)) or [naam]  # noqa: PTH207 - a Path takes no absolute pattern
        else:
            yield naam


def _controleer(naam: str, schemas: Schemas, diepte: Diepte) -> Verslag:
    try:
        uit = controleer(_bytes(naam), schemas, regels=diepte is Diepte.BERICHT)
    except Berichtfout as fout:
        return _onleesbaar(naam, fout.melding, fout.advies, fout.pad, fout.regelnummer)
    except OSError as fout:
        return _onleesbaar(naam, f"Het bestand {_niet_te_openen(fout)}.", "Controleer de naam en de rechten.")
    return Verslag(naam, uit.berichtsoort, uit.geldig, list(uit.bevindingen))


def _onleesbaar(naam: str, melding: str, advies: str, pad: str = "", regelnummer: int | None = None) -> Verslag:
    element = pad.rpartition("/")[2]
    return Verslag(
        naam, None, False, [Bevinding(LEESBAAR, Niveau.XSD, None, regelnummer, pad, element, melding, advies)]
    )


def _lees_of_stop(naam: str, schemas: Schemas) -> Gelezen:
    try:
        return lees(_bytes(naam), schemas)
    except OngeldigBericht as fout:
        stop("\n".join([f"{naam}: {fout.melding}", *(f"  regel {f.regelnummer}: {f.melding}" for f in fout.fouten)]), 1)
    except Berichtfout as fout:
        stop(f"{naam}: {fout.melding} {fout.advies}")
    except OSError as fout:
        stop(f"{naam}: het bestand {_niet_te_openen(fout)}.")


def _niet_te_openen(fout: OSError) -> str:
    redenen = {
        FileNotFoundError: "bestaat niet",
        PermissionError: "mag niet worden gelezen",
        IsADirectoryError: "is een map",
    }
    return redenen.get(type(fout), "is niet te openen")


def _bytes(naam: str) -> bytes:
    return sys.stdin.buffer.read() if naam == STDIN else Path(naam).read_bytes()


def _tekst(verslag: Verslag) -> str:
    if not verslag.leesbaar:
        kop = "niet te lezen"
    else:
        kop = f"{verslag.berichtsoort} is {'geldig' if verslag.geldig else 'ongeldig'}"
    if signalen := sum(b.ernst is Ernst.SIGNAAL for b in verslag.bevindingen):
        kop += f", met {signalen} {'signaal' if signalen == 1 else 'signalen'}"
    regels = [f"{verslag.bestand}: {kop}"]
    for b in verslag.bevindingen:
        ernst = "signaal" if b.ernst is Ernst.SIGNAAL else ""
        plek = [ernst, b.regel, f"regel {b.regelnummer}" if b.regelnummer else "", b.pad]
        regels += ["  " + " ".join(filter(None, plek)), f"    {b.melding}", f"    {b.advies}"]
    return "\n".join(regels)


class _Dubbel(ValueError):
    """A name that stands in one JSON object twice."""


def _eenmalig(paren: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a name that stands in it twice is refused, for one of the values would get lost."""
    inhoud = dict(paren)
    if len(inhoud) < len(paren):
        namen = [naam for naam, _ in paren]
        raise _Dubbel(next(naam for naam in namen if namen.count(naam) > 1))
    return inhoud


def _reden(geval: Any) -> str:
    """What pydantic found, in Dutch and without the value."""
    return {
        "missing": "ontbreekt",
        "extra_forbidden": "kent dit bericht niet",
        "int_type": "hoort een geheel getal te zijn",
        "int_from_float": "hoort een geheel getal te zijn",
        "string_type": "hoort tekst te zijn",
        "date_type": "hoort een datum te zijn, als tekst EEJJ-MM-DD",
        "date_from_datetime_parsing": "hoort een bestaande datum te zijn, EEJJ-MM-DD",
        "date_parsing": "hoort een bestaande datum te zijn, EEJJ-MM-DD",
        "time_type": "hoort een tijd te zijn, als tekst UU:MM:SS",
        "time_parsing": "hoort een tijd te zijn, UU:MM:SS",
        "tuple_type": "hoort een lijst te zijn",
        "model_type": "hoort een object te zijn",
    }.get(geval["type"], "heeft niet de goede vorm")
