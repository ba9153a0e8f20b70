"""Run the benchmarks: all, or those that are named. Every figure is a ratio to something measured in the same run, or says what
it is; ``docs/prestaties.md`` has the figures with the machine."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from .aanval import AANVALLEN, meet_aanvallen
from .declaratie import meet_declaratie
from .dossier import meet_dossier, meet_lang
from .hoofdaannemer import meet_hoofdaannemer
from .in_proces import meet, meet_controle
from .keten import meet_keten
from .lezen import meet_lezen
from .loginname import meet_loginname
from .logregels import meet_logregels
from .miljoen import meet_miljoen
from .opstarten import meet_opstarten
from .over_http import meet_over_http
from .paginas import meet_paginas
from .server import APPS, Database, databases, server
from .sleutelinname import meet_sleutelinname
from .soorten import meet_soorten
from .stuurinformatie import meet_stuurinformatie
from .stuurinname import meet_stuurinname
from .uitvoer import meet_uitvoer

Figuren = dict[str, float]
Meting = Callable[[argparse.Namespace], dict[str, Figuren]]


def _http(soort: str) -> Meting:
    def meet_http(o: argparse.Namespace) -> dict[str, Figuren]:
        with databases(soort) as database:
            processen = o.processen if soort == "postgresql" else 1
            return {
                f"{verbindingen} verbindingen": meet_over_http(database, verbindingen, o.gangen, o.rondes, processen)
                for verbindingen in o.verbindingen
            }

    return meet_http


def _op_beide(meet_: Callable[[Database, argparse.Namespace], Figuren]) -> Meting:
    def meet_beide(o: argparse.Namespace) -> dict[str, Figuren]:
        uit = {}
        for soort in ("sqlite", "postgresql"):
            with databases(soort) as database:
                uit[soort] = meet_(database, o)
        return uit

    return meet_beide


def _per_database(meet_: Callable[[str], Figuren]) -> Meting:
    return _op_beide(lambda database, _: meet_(database()))


def _inname(meet_: Callable[[Database], Figuren]) -> Meting:
    return _op_beide(lambda database, _: meet_(database))


def _keten(o: argparse.Namespace) -> dict[str, Figuren]:
    with databases("postgresql") as database:
        return {"postgresql": meet_keten(database, o.verbindingen[0], o.gangen)}


def _declaraties(_: argparse.Namespace) -> dict[str, Figuren]:
    uit = {}
    for soort in ("sqlite", "postgresql"):
        with databases(soort) as database:
            for goed in (True, False):
                naam = f"{soort}, alles {'toegekend' if goed else 'afgewezen'}"
                uit[naam] = meet_declaratie(database(), lambda url: server(APPS["B"], url), goed)
    return uit


def _aanvallen(o: argparse.Namespace) -> dict[str, Figuren]:
    uit = {}
    for soort in ("sqlite", "postgresql"):
        with databases(soort) as database:
            for naam, figuren in meet_aanvallen(database(), o.aanvallen):
                uit[f"{soort}, {naam}"] = figuren
    return uit


METINGEN: dict[str, Meting] = {
    "in-proces": lambda _: {"lezen, regels, levensloop, retour": meet()},
    "controle": lambda _: {"301 van 7 kB": meet_controle()},
    "sqlite": _http("sqlite"),
    "postgresql": _http("postgresql"),
    "dossier": _per_database(meet_dossier),
    "lang": _per_database(meet_lang),
    "keten": _keten,
    "soorten": _op_beide(lambda database, o: meet_soorten(database, o.verbindingen[0], o.gangen)),
    "declaratie": _declaraties,
    "aanval": _aanvallen,
    "hoofdaannemer": _per_database(meet_hoofdaannemer),
    "opstarten": lambda _: {"opdrachten": meet_opstarten()},
    "miljoen": _per_database(meet_miljoen),
    "uitvoer": _per_database(meet_uitvoer),
    "paginas": _per_database(meet_paginas),
    "stuurinformatie": _per_database(meet_stuurinformatie),
    "stuurinname": _inname(meet_stuurinname),
    "loginname": _inname(meet_loginname),
    "sleutelinname": _inname(meet_sleutelinname),
    "logregels": _inname(meet_logregels),
    "lezen": lambda o: meet_lezen(o.verbindingen[0], o.gangen),
}
"""Every benchmark by its name."""


_APART = (
    "miljoen", "uitvoer", "paginas", "stuurinformatie", "stuurinname", "loginname", "sleutelinname", "logregels", "lezen",
    "aanval",
)  # fmt: skip
"""Those that are only measured when they are asked for."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--alleen",
        nargs="+",
        choices=METINGEN,
        metavar="METING",
        help=f"one or more of: {', '.join(METINGEN)}; without it those that need no hour",
        default=[naam for naam in METINGEN if naam not in _APART],
    )
    parser.add_argument("--verbindingen", type=int, nargs="+", default=[16])
    parser.add_argument("--gangen", type=int, default=1000, help="clients a round, each a 301, a 305 and a 307")
    parser.add_argument("--rondes", type=int, default=3)
    parser.add_argument("--processen", type=int, default=1, help="server processes on PostgreSQL")
    parser.add_argument(
        "--aanvallen", nargs="+", choices=AANVALLEN, default=(), metavar="NAAM", help="of aanval: only these"
    )
    parser.add_argument("--json", type=Path, help="write all figures here")
    opties = parser.parse_args()
    uit: dict[str, dict[str, Figuren]] = {}
    for naam in opties.alleen:
        uit[naam] = METINGEN[naam](opties)
        for waarvan, figuren in uit[naam].items():
            print(
                f"{naam:12}{waarvan}: " + "   ".join(f"{wat} {getal:.4g}" for wat, getal in figuren.items()), flush=True
            )
    if opties.json:
        opties.json.write_text(json.dumps(uit, indent=2))


if __name__ == "__main__":
    main()
