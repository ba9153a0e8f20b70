"""What the demonstration tells: in Dutch, as text that reads as well in a file as in a terminal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ...inname.herbouw import Herbouwd
from ...levensloop.overgangen import Leveringstoestand, Toestand, Verzoektoestand
from ...regels.bevinding import Ernst
from .manifest import Manifest, Verwacht, Zending

_WET = {"iwmo": "iWmo", "ijw": "iJw"}
_KLEUR = {
    Toestand.TOEKOMSTIG: "cyan",
    Toestand.LOPEND: "green",
    Toestand.VERWIJDERD: "red",
    Leveringstoestand.GESTART: "green",
    Leveringstoestand.TIJDELIJK_GESTOPT: "yellow",
    Leveringstoestand.DEFINITIEF_GESTOPT: "red",
    Verzoektoestand.IN_ONDERZOEK: "yellow",
    Verzoektoestand.GEHONOREERD: "green",
    Verzoektoestand.AFGEWEZEN: "red",
}
_TOESTANDEN = [toestand for toestand in Toestand if toestand is not Toestand.GEEN]


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What came of one message that was sent: the answer of the service, and the same in the words of the manifest."""

    zending: Zending
    antwoord: Mapping[str, Any]
    gekregen: Verwacht

    @property
    def klopt(self) -> bool:
        return self.gekregen == self.zending.verwacht


@dataclass(frozen=True, slots=True)
class Stand:
    """How it all ended."""

    uitkomsten: Sequence[Uitkomst]
    toewijzingen: Sequence[Mapping[str, Any]]
    verzoeken: Sequence[Mapping[str, Any]]


def begin(console: Console, regio: Manifest, url: str) -> None:
    """Who takes part and what is going to happen."""
    rollen = Counter(deelnemer.rol for deelnemer in regio.deelnemers)
    eerste, laatste = regio.zendingen[0].moment, regio.zendingen[-1].moment
    console.print(
        f"[bold]Een halfjaar berichtenverkeer[/bold] in een verzonnen regio: {rollen['gemeente']} gemeenten, "
        f"{rollen['hoofdaannemer']} hoofdaannemer en {rollen['aanbieder']} aanbieders."
    )
    console.print(
        f"Het knooppunt draait op {url}. De deelnemers sturen {len(regio.zendingen)} berichten uit fixtures/regio, "
        f"van {_dag(eerste)} tot {_dag(laatste)}, en halen elke week hun postvak leeg.\n"
    )


def maand(console: Console, naam: str, uitkomsten: Sequence[Uitkomst], opgehaald: int, veranderd: int) -> None:
    """One line about what was sent and fetched in a month."""
    geteld = Counter(uitkomst.gekregen.oordeel or "geweigerd" for uitkomst in uitkomsten)
    console.print(
        f"{naam:8} {len(uitkomsten):3} verstuurd: {geteld['goedgekeurd']} goedgekeurd, {geteld['afgekeurd']} afgekeurd, "
        f"{geteld['geweigerd']} geweigerd; {opgehaald} opgehaald; bij de hoofdaannemer {veranderd} gewijzigd",
        highlight=False,
    )


def slot(console: Console, regio: Manifest, stand: Stand, herbouwd: Herbouwd, url: str, *, eenmalig: bool) -> bool:
    """The tables, whether all is as it should be, and where to look on. Returns whether it is."""
    console.print()
    for deelnemer in regio.deelnemers:
        if deelnemer.rol == "gemeente":
            eigen = [t for t in stand.toewijzingen if t["gemeente"] == deelnemer.code]
            titel = f"{deelnemer.naam} ({deelnemer.code}) op {_dag(regio.einde)}"
            console.print(_toewijzingen(titel, eigen, console.width))
    console.print(_verzoeken(stand.verzoeken))
    console.print(_afgewezen(stand.uitkomsten))
    console.print(_telling(stand.toewijzingen))
    onverwacht = [uitkomst for uitkomst in stand.uitkomsten if not uitkomst.klopt]
    for uitkomst in onverwacht:
        zending = uitkomst.zending
        console.print(
            f"[red]{zending.bestand} liep anders dan verwacht: {uitkomst.gekregen} en niet {zending.verwacht}[/red]"
        )
    console.print(
        f"Herbouwd uit de bewaarde bytes: {herbouwd.dossiers} dossiers, {herbouwd.afwijkend} afwijkend. "
        f"{len(stand.uitkomsten) - len(onverwacht)} van de {len(stand.uitkomsten)} berichten liepen zoals verwacht.\n"
    )
    if eenmalig:
        console.print("Zonder --once draait het knooppunt door en is alles na te kijken op /docs.")
    else:
        _verder(console, regio, url)
    return not onverwacht and not herbouwd.afwijkend


def _toewijzingen(titel: str, toewijzingen: Sequence[Mapping[str, Any]], breedte: int) -> Table:
    tabel = _tabel(titel)
    kolommen = {"Toewijzing\nlooptijd": 19, "Cliënt\naanbieder": 9, "Toestand\nlevering": 18}
    for kop, breed in kolommen.items():
        tabel.add_column(kop, width=breed)
    tabel.add_column("Tijdlijn")
    rest = breedte - 2 - sum(breed + 3 for breed in kolommen.values())
    for item in toewijzingen:
        tabel.add_row(
            f"[bold]{item['toewijzingnummer']}[/bold] {_WET[item['domein']]} {item['product']['code'] or 'budget'}\n"
            f"{_kort(item['ingangsdatum'])} – {_kort(item['einddatum'])}",
            f"{item['bsn']}\n{item['aanbieder']}",
            f"{_gekleurd(Toestand(item['toestand']))}\n{_gekleurd(Leveringstoestand(item['levering']))}",
            _tijdlijn(item["tijdlijn"], rest),
        )
    return tabel


def _tijdlijn(punten: Sequence[Mapping[str, Any]], breedte: int) -> str:
    """Every event with its day; a line breaks between events, not inside one."""
    regels = [""]
    for punt in punten:
        tekst = f"{datetime.fromisoformat(punt['moment']):%d-%m} {punt['gebeurtenis']}"
        if regels[-1] and len(regels[-1]) + len(tekst) + 3 > breedte:
            regels.append("")
        regels[-1] += f" · {tekst}" if regels[-1] else tekst
    return "\n".join(regels)


def _verzoeken(verzoeken: Sequence[Mapping[str, Any]]) -> Table:
    tabel = _tabel("Verzoeken om toewijzing (VOT) en om wijziging (VOW)")
    for kop in (
        "Verzoek",
        "Cliënt",
        "Aanbieder",
        "Gemeente",
        "Ingediend",
        "Toestand",
        "Antwoord uiterlijk",
        "Toewijzingen",
    ):
        tabel.add_column(kop)
    for item in verzoeken:
        tabel.add_row(
            f"{item['soort']} {item['referentie']}",
            item["bsn"],
            item["aanbieder"],
            item["gemeente"],
            _dag(datetime.fromisoformat(item["ingediend_op"])),
            _gekleurd(Verzoektoestand(item["toestand"])),
            _dag(datetime.fromisoformat(item["antwoord_voor"])) if item["antwoord_voor"] else "–",
            ", ".join(map(str, item["toewijzingnummers"])) or "–",
        )
    return tabel


def _afgewezen(uitkomsten: Sequence[Uitkomst]) -> Table:
    tabel = _tabel("Afgekeurd (met retourbericht), geweigerd (zonder), of aangenomen met een signaal")
    tabel.add_column("Bericht", no_wrap=True)
    tabel.add_column("Van", no_wrap=True)
    tabel.add_column("Code", no_wrap=True)
    tabel.add_column("Regel", no_wrap=True)
    tabel.add_column("Wat er mis is, en wat te doen", ratio=1)
    for uitkomst in uitkomsten:
        if uitkomst.gekregen.oordeel == "goedgekeurd" and not uitkomst.antwoord["bevindingen"]:
            continue
        eerste = True
        for code, regel, melding, advies in _redenen(uitkomst):
            bericht, van = (uitkomst.zending.bestand, uitkomst.zending.van) if eerste else ("", "")
            tabel.add_row(bericht, van, code, regel, f"{escape(melding)} [dim]{escape(advies)}[/dim]")
            eerste = False
    return tabel


def _redenen(uitkomst: Uitkomst) -> list[tuple[str, str, str, str]]:
    """Code, rule, sentence and advice of every finding; a refusal without findings gives its own."""
    antwoord = uitkomst.antwoord
    http = f"HTTP {uitkomst.gekregen.status}"
    bevindingen = [
        (b["ernst"] if b["ernst"] == Ernst.SIGNAAL else b["retourcode"] or http, b["regel"], b["melding"], b["advies"])
        for b in antwoord.get("bevindingen", ())
    ]
    return bevindingen or [(http, "–", antwoord["detail"], antwoord["advies"])]


def _telling(toewijzingen: Sequence[Mapping[str, Any]]) -> Table:
    """How many toewijzingen there are in each pair of states."""
    geteld = Counter((item["toestand"], item["levering"]) for item in toewijzingen)
    tabel = _tabel("Samen")
    tabel.add_column("Toestand")
    for levering in Leveringstoestand:
        tabel.add_column(_leesbaar(levering), justify="right")
    for toestand in _TOESTANDEN:
        tabel.add_row(_leesbaar(toestand), *(str(geteld[toestand, levering] or "–") for levering in Leveringstoestand))
    return tabel


def _verder(console: Console, regio: Manifest, url: str) -> None:
    deelnemers = [d for d in regio.deelnemers if d.rol != "aanbieder"] + [regio.deelnemers[-1]]
    console.print("[bold]Verder kijken[/bold]")
    console.print(f"Alle ingangen van het knooppunt: {url}/docs. Voor het knooppunt is het {_dag(regio.einde)}.")
    console.print("Elke deelnemer heeft een token, 'demo-' met zijn code:")
    for deelnemer in deelnemers:
        console.print(f"  demo-{deelnemer.code:9} {deelnemer.naam} ({deelnemer.rol})", highlight=False)
    for pad in ("/toewijzingen?levering=tijdelijk_gestopt", "/postvak/v1/berichten?limit=1"):
        console.print(
            f"  curl -H 'Authorization: Bearer demo-{deelnemers[0].code}' '{url}{pad}'", highlight=False, soft_wrap=True
        )
    console.print("\nStop met Ctrl-C; de gegevens worden dan gewist.")


def _tabel(titel: str) -> Table:
    return Table(title=titel, title_justify="left", title_style="bold", box=SIMPLE_HEAD, expand=True, pad_edge=False)


def _gekleurd(toestand: Toestand | Leveringstoestand | Verzoektoestand) -> str:
    kleur = _KLEUR.get(toestand)
    return f"[{kleur}]{_leesbaar(toestand)}[/{kleur}]" if kleur else _leesbaar(toestand)


def _leesbaar(toestand: Toestand | Leveringstoestand | Verzoektoestand) -> str:
    return toestand.replace("_", " ")


def _dag(moment: datetime) -> str:
    return f"{moment:%d-%m-%Y}"


def _kort(dag: str | None) -> str:
    return f"{date.fromisoformat(dag):%d-%m-%y}" if dag else "open"
