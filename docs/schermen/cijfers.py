"""Make the page of the figures of the demonstration, ``docs/demoregio.md``, with its charts in this folder.

Run as ``python docs/schermen/cijfers.py``: it plays the demonstration and asks for its figures, so that all that stands on the page was
answered by a node.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import httpx
from demonstratie import demonstratie

from berichtenverkeer.pakket import meegeleverd
from berichtenverkeer.spel.demo.regio import Deelnemer, lees_regio

HIER = Path(__file__).parent
BLADZIJDE = HIER.parent / "demoregio.md"
_MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_KLEUREN = ("#2a6f97", "#e07a5f", "#81b29a")
_GRAFIEKEN = (
    ("stroom", "Wat begint, wat eindigt en wie er op de laatste dag in zorg is", ("INSTROOM", "UITSTROOM", "IN_ZORG")),
    ("wachten", "Gemiddelde wachttijd in dagen, per maand waarin de zorg begon", ("WACHTTIJD",)),
)

KOP = """# De cijfers van de demoregio

`berichtenverkeer demo` laat een verzonnen regio een halfjaar berichten sturen. Dit is wat de stuurinformatie daarvan zegt, van {van} tot en
met {tot}. Alles op deze bladzijde is door een knooppunt geantwoord: `python docs/schermen/cijfers.py` speelt de demo en schrijft haar opnieuw.
Wat een cijfer betekent staat in [kpis.md](kpis.md), hoe u het leest in [stuurinformatie.md](stuurinformatie.md).

De regio is klein: bijna iedere cel rust op minder dan tien cliënten en zou voor anderen verborgen zijn. Hier staan ze er, want een gemeente en een
hoofdaannemer mogen hun eigen cliënten zien (`toonKlein=true`), en deze cliënten bestaan niet. Verhalen in de demo gaan vaak over wat misgaat: kijk
niet op van een aandeel dat u in het echt zou laten schrikken.
"""


class Cijfers:
    """What a party of the region is answered."""

    def __init__(self, url: str, wie: Deelnemer, van: date, tot: date) -> None:
        self._klant = httpx.Client(base_url=url, headers={"Authorization": f"Bearer {wie.token}"}, timeout=60)
        self._periode = {"van": f"{van}", "tot": f"{tot}", "toonKlein": "true"}
        self.wie = wie

    def vraag(self, **vraag: str) -> list[dict[str, Any]]:
        """The figures by this."""
        antwoord = self._klant.get("/v1/stuurinformatie", params=self._periode | vraag)
        antwoord.raise_for_status()
        kpis: list[dict[str, Any]] = antwoord.json()["kpis"]
        return kpis


def getal(waarde: float | None, eenheid: str) -> str:
    """A number as a person reads it in Dutch."""
    if waarde is None:
        return "–"
    if eenheid == "eurocent":
        return f"€ {waarde / 100:,.2f}".translate(str.maketrans(",.", ".,"))
    if eenheid == "aandeel":
        return f"{waarde * 100:.1f} %".replace(".", ",")
    return f"{waarde:g}".replace(".", ",")


def tabel(koppen: Sequence[str], rijen: Sequence[Sequence[str]]) -> str:
    """A table; all but the first column are numbers."""
    lijnen = [koppen, ["---"] + ["--:"] * (len(koppen) - 1), *rijen]
    return "\n".join(f"| {' | '.join(lijn)} |" for lijn in lijnen) + "\n"


def overzicht(deelnemers: Sequence[Cijfers]) -> str:
    """All figures without own keys, a column for each party."""
    gevraagd = [{kpi["code"]: kpi for kpi in een.vraag()} for een in deelnemers]
    alle = {code: kpi for kpis in gevraagd for code, kpi in kpis.items() if not (kpi["per"])}
    rijen = []
    for code, kpi in alle.items():
        cellen = [_cel(kpis[code]) if code in kpis else "" for kpis in gevraagd]
        rijen.append([f"{kpi['naam']} (`{code}`)", *cellen])
    return tabel(["", *(een.wie.naam for een in deelnemers)], rijen)


def _cel(kpi: Mapping[str, Any]) -> str:
    [groep] = kpi["groepen"]
    uit = getal(groep["waarde"], kpi["eenheid"])
    return f"{uit} dgn" if kpi["eenheid"] in ("dagen", "werkdagen") and groep["waarde"] is not None else uit


def naar(een: Cijfers, code: str, per: str, kop: str) -> str:
    """A figure by one key or its own."""
    [kpi] = een.vraag(kpi=code, per=per)
    rijen = []
    for groep in kpi["groepen"]:
        sleutels = ", ".join(waarde or "geen" for waarde in groep["groep"].values())
        rijen.append([sleutels, getal(groep["waarde"], kpi["eenheid"]), getal(groep["clienten"], "")])
    return tabel([kop, kpi["naam"], "cliënten"], rijen)


def staven(titel: str, reeksen: Mapping[str, Mapping[str, float]], maanden: Sequence[str]) -> str:
    """A chart with a group of bars for each month, as SVG: light or dark, the ground is that of the page."""
    breed, hoog, links, onder, boven = 720, 260, 36, 44, 34
    hoogste = max([waarde for reeks in reeksen.values() for waarde in reeks.values()] or [1]) or 1
    vak = (breed - links) / len(maanden)
    staaf = vak * 0.8 / len(reeksen)
    delen = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {breed} {hoog}" role="img" font-family="sans-serif" font-size="12" fill="#777">',
        f"<title>{escape(titel)}</title>",
        f'<line x1="{links}" x2="{breed}" y1="{hoog - onder}" y2="{hoog - onder}" stroke="#999"/>',
    ]
    for plek, (naam, reeks) in enumerate(reeksen.items()):
        kleur = _KLEUREN[plek]
        delen.append(f'<rect x="{links + plek * 160}" y="8" width="12" height="12" fill="{kleur}"/>')
        delen.append(f'<text x="{links + plek * 160 + 18}" y="19">{escape(naam)}</text>')
        for nummer, maand in enumerate(maanden):
            if (waarde := reeks.get(maand)) is None:
                continue
            lengte = (hoog - onder - boven - 16) * waarde / hoogste
            x = links + nummer * vak + vak * 0.1 + plek * staaf
            y = hoog - onder - lengte
            delen.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{staaf - 2:.1f}" height="{lengte:.1f}" fill="{kleur}"/>'
            )
            delen.append(
                f'<text x="{x + staaf / 2:.1f}" y="{y - 4:.1f}" text-anchor="middle">{getal(waarde, "")}</text>'
            )
    for nummer, maand in enumerate(maanden):
        x = links + (nummer + 0.5) * vak
        delen.append(
            f'<text x="{x:.1f}" y="{hoog - onder + 18}" text-anchor="middle">{_MAANDEN[int(maand[5:]) - 1]}</text>'
        )
    return "\n".join([*delen, "</svg>", ""])


def grafiek(een: Cijfers, naam: str, titel: str, codes: Sequence[str], maanden: Sequence[str]) -> str:
    """Draw a chart of figures by month; what refers to it on the page."""
    kpis = een.vraag(kpi=",".join(codes), per="maand")
    reeksen = {kpi["naam"]: {groep["groep"]["maand"]: groep["waarde"] for groep in kpi["groepen"]} for kpi in kpis}
    bestand = HIER / f"regio-{naam}-{een.wie.code}.svg"
    bestand.write_text(staven(titel, reeksen, maanden), encoding="utf-8")
    return f"{titel}:\n\n![{titel}]({HIER.name}/{bestand.name})\n"


def main() -> None:
    """Play, ask and write."""
    regio = lees_regio(meegeleverd("fixtures") / "regio.yaml")
    einde = regio.einde.date()
    van, tot = date(einde.year, 1, 1), date.fromordinal(einde.toordinal() - 1)
    maanden = [f"{van.year}-{maand:02}" for maand in range(1, tot.month + 1)]
    with demonstratie() as url:
        gemeenten = [Cijfers(url, wie, van, tot) for wie in regio.van_rol("gemeente")]
        bureau = Cijfers(url, regio.hoofdaannemer, van, tot)
        delen = [
            KOP.format(van=_dag(van), tot=_dag(tot)),
            "## Alle cijfers naast elkaar\n",
            overzicht([*gemeenten, bureau]),
        ]
        for een in gemeenten:
            delen.append(f"## {een.wie.naam}\n")
            delen += (grafiek(een, naam, titel, codes, maanden) for naam, titel, codes in _GRAFIEKEN)
            delen.append(naar(een, "IN_ZORG", "form", "hulpvorm"))
            delen.append(naar(een, "UITSTROOM_REDEN", "", "reden van beëindiging"))
        delen.append(f"## {bureau.wie.naam}\n")
        delen.append(naar(bureau, "BEZETTING", "segment", "segment"))
        delen.append(naar(bureau, "MIX", "", "segment en klasse"))
        delen.append(naar(bureau, "MARGE", "maand", "maand"))
    BLADZIJDE.write_text("\n".join(delen), encoding="utf-8")


def _dag(dag: date) -> str:
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


if __name__ == "__main__":
    main()
