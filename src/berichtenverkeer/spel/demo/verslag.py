"""What the demonstration tells: in Dutch, as text that reads as well in a file as in a terminal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ...inname.herbouw import Herbouwd
from ...levensloop.overgangen import Leveringstoestand, Toewijzingtoestand, Verzoektoestand
from ...oordeel.oordeel import Berichtoordeel
from ...regels.bevinding import Ernst
from ..deuren.deur import Ontvangst
from ..schrijven.bedrag import euro
from ..spelen.verloop import StapVerloop, Verloop
from . import bureau
from .opmaak import WET, dag, kort, leesbaar, maak_tabel
from .regio import Regio

_KLEUR = {
    Toewijzingtoestand.TOEKOMSTIG: "cyan",
    Toewijzingtoestand.LOPEND: "green",
    Toewijzingtoestand.VERWIJDERD: "red",
    Leveringstoestand.GESTART: "green",
    Leveringstoestand.TIJDELIJK_GESTOPT: "yellow",
    Leveringstoestand.DEFINITIEF_GESTOPT: "red",
    Verzoektoestand.IN_ONDERZOEK: "yellow",
    Verzoektoestand.GEHONOREERD: "green",
    Verzoektoestand.AFGEWEZEN: "red",
}
_OORDELEN = (*Berichtoordeel, "geweigerd")
_TOESTANDEN = [toestand for toestand in Toewijzingtoestand if toestand is not Toewijzingtoestand.GEEN]


_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stand:
    """How it all ended: how many messages were fetched and confirmed and whether their bytes were ``heel``, and what there is, as
    each gemeente sees it; of the hoofdaannemer its ``bureau``."""

    opgehaald: int
    heel: bool
    toewijzingen: Sequence[Mapping[str, Any]]
    verzoeken: Sequence[Mapping[str, Any]]
    declaraties: Sequence[Mapping[str, Any]]
    bureau: bureau.Bureau


def begin(console: Console, regio: Regio, url: str) -> None:
    """Who takes part and what is going to happen."""
    geteld = Counter(deelnemer.rol for deelnemer in regio.deelnemers)
    console.print(
        f"[bold]Een halfjaar berichtenverkeer[/bold] in een verzonnen regio: {geteld['gemeente']} gemeenten, "
        f"{geteld['hoofdaannemer']} hoofdaannemer met {geteld['onderaannemer']} partners en {geteld['aanbieder']} aanbieders."
    )
    console.print(
        f"Het knooppunt draait op {url}. De deelnemers spelen {len(regio.verhalen)} flows uit de bibliotheek (fixtures/flows), "
        f"tot {dag(regio.einde)}; wie het zijn en wat zij spelen staat in fixtures/regio.yaml.\n"
    )


def slot(
    console: Console,
    regio: Regio,
    verlopen: Sequence[Verloop],
    stand: Stand,
    herbouwd: Herbouwd,
    url: str,
    *,
    eenmalig: bool,
) -> bool:
    """What was sent in each month, the tables, whether all is as it should be, and where to look on. Returns whether it is."""
    ontvangen = [_Ontvangen(verloop, stap) for verloop in verlopen for stap in verloop.stappen if stap.soort]
    _maanden(console, ontvangen)
    console.print(
        f"Iedereen haalde zijn postvak leeg: {stand.opgehaald} berichten opgehaald en bevestigd"
        f"{'' if stand.heel else ', [red]niet alle heel[/red]'}.\n"
    )
    for gemeente in regio.van_rol("gemeente"):
        eigen = [t for t in stand.toewijzingen if t["gemeente"] == gemeente.code]
        titel = f"{gemeente.naam} ({gemeente.code}) op {dag(regio.einde)}"
        console.print(_toewijzingen(titel, eigen, console.width))
    console.print(_verzoeken(stand.verzoeken))
    console.print(_declaraties(stand.declaraties))
    bureau.toon(console, regio.hoofdaannemer.naam, stand.bureau)
    console.print(_gevonden(ontvangen))
    console.print(_telling(stand.toewijzingen))
    anders = [verloop for verloop in verlopen if verloop.uitkomst != "geslaagd"]
    for verloop in anders:
        console.print(f"[red]{verloop.naam} ({verloop.wet}) liep anders dan de flow zegt.[/red] {escape(verloop.fout)}")
        for stap, verschil in verloop.verschillen:
            console.print(
                f"  stap {stap.nummer}, {verschil.wat}: verwacht {verschil.verwacht}, gekregen {verschil.gekregen}. {verschil.uitleg}",
                markup=False,
            )
    console.print(
        f"Herbouwd uit de bewaarde bytes: {herbouwd.dossiers} dossiers, {herbouwd.afwijkend} afwijkend. "
        f"{len(verlopen) - len(anders)} van de {len(verlopen)} verhalen liepen zoals hun flow zegt.\n"
    )
    if eenmalig:
        console.print("Zonder --once draait het knooppunt door en is alles na te kijken op /docs.")
    else:
        _verder(console, regio, url)
    return not anders and not herbouwd.afwijkend and stand.heel


@dataclass(frozen=True, slots=True)
class _Ontvangen:
    """A message that was sent, and what came of it."""

    verloop: Verloop
    stap: StapVerloop

    @property
    def antwoord(self) -> Ontvangst:
        assert self.stap.gezien is not None
        assert self.stap.gezien.ontvangst is not None
        return self.stap.gezien.ontvangst

    @property
    def oordeel(self) -> str:
        return self.antwoord.oordeel or "geweigerd"


def _maanden(console: Console, ontvangen: Sequence[_Ontvangen]) -> None:
    """One line about what was sent in each month."""
    per_maand = sorted(ontvangen, key=lambda o: (o.stap.moment.year, o.stap.moment.month))
    for (_, maand), van_maand in groupby(per_maand, key=lambda o: (o.stap.moment.year, o.stap.moment.month)):
        geteld = Counter(ontvangst.oordeel for ontvangst in van_maand)
        delen = ", ".join(f"{geteld[oordeel]} {oordeel.replace('_', ' ')}" for oordeel in _OORDELEN if geteld[oordeel])
        console.print(f"{_MAANDEN[maand - 1]:9} {geteld.total():3} verstuurd: {delen}", highlight=False)


def _toewijzingen(titel: str, toewijzingen: Sequence[Mapping[str, Any]], breedte: int) -> Table:
    tabel = maak_tabel(titel)
    kolommen = {"Toewijzing\nlooptijd": 19, "Cliënt\naanbieder": 9, "Toestand\nlevering": 18}
    for kop, breed in kolommen.items():
        tabel.add_column(kop, width=breed)
    tabel.add_column("Tijdlijn")
    rest = breedte - 2 - sum(breed + 3 for breed in kolommen.values())
    for item in toewijzingen:
        tabel.add_row(
            f"[bold]{item['toewijzingnummer']}[/bold] {WET[item['domein']]} {item['product']['code'] or 'budget'}\n"
            f"{kort(item['ingangsdatum'])} – {kort(item['einddatum'])}",
            f"{item['bsn']}\n{item['aanbieder']}",
            f"{_gekleurd(Toewijzingtoestand(item['toestand']))}\n{_gekleurd(Leveringstoestand(item['levering']))}",
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
    tabel = maak_tabel("Verzoeken om toewijzing (VOT) en om wijziging (VOW)")
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
            dag(datetime.fromisoformat(item["ingediend_op"])),
            _gekleurd(Verzoektoestand(item["toestand"])),
            dag(datetime.fromisoformat(item["antwoord_voor"])) if item["antwoord_voor"] else "–",
            ", ".join(map(str, item["toewijzingnummers"])) or "–",
        )
    return tabel


def _declaraties(declaraties: Sequence[Mapping[str, Any]]) -> Table:
    tabel = maak_tabel("Declaraties (323), met wat de 325 toekent")
    for kop in ("Declaratie", "Aanbieder", "Gemeente", "Toestand"):
        tabel.add_column(kop)
    for kop in ("Ingediend", "Toegekend"):
        tabel.add_column(kop, justify="right")
    for item in declaraties:
        tabel.add_row(
            item["declaratienummer"], item["aanbieder"], item["gemeente"], leesbaar(item["toestand"]),
            euro(item["ingediend"]), euro(item["toegekend"]),
        )  # fmt: skip
    return tabel


def _gevonden(ontvangen: Sequence[_Ontvangen]) -> Table:
    """Every rule that found something, with how often, and the first time in full."""
    eerste: dict[tuple[str, str], tuple[str, str]] = {}
    geteld: Counter[tuple[str, str]] = Counter()
    for een in ontvangen:
        for code, regel, melding, advies in _redenen(een):
            geteld[code, regel] += 1
            eerste.setdefault((code, regel), (melding, advies))
    tabel = maak_tabel("Afgekeurd (met retourbericht), geweigerd (zonder), of alleen genoemd (signaal)")
    for kop in ("Code", "Regel"):
        tabel.add_column(kop, no_wrap=True)
    tabel.add_column("Keer", justify="right")
    tabel.add_column("Wat er de eerste keer mis was, en wat te doen", ratio=1)
    for (code, regel), (melding, advies) in sorted(eerste.items()):
        tabel.add_row(code, regel, str(geteld[code, regel]), f"{escape(melding)} [dim]{escape(advies)}[/dim]")
    return tabel


def _redenen(een: _Ontvangen) -> list[tuple[str, str, str, str]]:
    """Code, rule, sentence and advice of every finding; a refusal without findings gives its own."""
    http = f"HTTP {een.antwoord.http}"
    bevindingen = [
        (b["ernst"] if b["ernst"] == Ernst.SIGNAAL else b["retourcode"] or http, b["regel"], b["melding"], b["advies"])
        for b in een.antwoord.bevindingen or ()
    ]
    return bevindingen or ([(http, "–", een.antwoord.melding, "")] if een.antwoord.geweigerd else [])


def _telling(toewijzingen: Sequence[Mapping[str, Any]]) -> Table:
    """How many toewijzingen there are in each pair of states."""
    geteld = Counter((item["toestand"], item["levering"]) for item in toewijzingen)
    tabel = maak_tabel("Samen")
    tabel.add_column("Toestand")
    for levering in Leveringstoestand:
        tabel.add_column(leesbaar(levering), justify="right")
    for toestand in _TOESTANDEN:
        tabel.add_row(leesbaar(toestand), *(str(geteld[toestand, levering] or "–") for levering in Leveringstoestand))
    return tabel


def _verder(console: Console, regio: Regio, url: str) -> None:
    partner, aanbieder = regio.van_rol("onderaannemer")[0], regio.van_rol("aanbieder")[-1]
    deelnemers = [*regio.van_rol("gemeente"), regio.hoofdaannemer, partner, aanbieder]
    console.print("[bold]Verder kijken[/bold]")
    console.print(f"De pagina's: {url}/aanmelden, met het wachtwoord '{regio.wachtwoord}' als")
    for mens in regio.gebruikers:
        console.print(f"  {mens.login:14} {mens.naam}", highlight=False)
    console.print(f"Alle ingangen van het knooppunt: {url}/docs. Voor het knooppunt is het {dag(regio.einde)}.")
    console.print("Elke deelnemer heeft een token, 'demo-' met zijn code:")
    for deelnemer in deelnemers:
        console.print(f"  {deelnemer.token:14} {deelnemer.naam} ({deelnemer.rol})", highlight=False)
    for wie, pad in (
        (deelnemers[0], "/v1/toewijzingen?levering=tijdelijk_gestopt"),
        (deelnemers[0], "/v1/postvak/berichten?limit=1"),
        (regio.hoofdaannemer, "/v1/werklijsten/herindicatie"),
        (partner, "/v1/inzetten"),
    ):
        console.print(f"  curl -H 'Authorization: Bearer {wie.token}' '{url}{pad}'", highlight=False, soft_wrap=True)
    console.print("\nStop met Ctrl-C; de gegevens worden dan gewist.")


def _gekleurd(toestand: Toewijzingtoestand | Leveringstoestand | Verzoektoestand) -> str:
    kleur = _KLEUR.get(toestand)
    return f"[{kleur}]{leesbaar(toestand)}[/{kleur}]" if kleur else leesbaar(toestand)
