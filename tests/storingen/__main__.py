"""Faults while there is load, on a real node: ``python -m tests.storingen [--keer 50] [--database sqlite postgresql] [--storing NAAM …]``.

Each breaks something, and mends it as an operator's platform would: by starting the same again. Then all that got 2xx must be there
once, whole and with its retour; what was promised (an export, a webhook) must come by itself; and ``rebuild`` must find nothing that differs.
"""

import argparse
import os
import sys
import tempfile

import httpx
from sqlalchemy import Engine, select
from tests.eindpunt import wacht_tot
from tests.knoop import controleer_database, meld_partijen_aan
from tests.logwaker import LOG
from tests.ontvanger import ontvanger
from tests.proces import adres, wacht_tot_op

from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.opslag.logboeklezen import controleer as loop_na
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.sleutels import sleutelring

from .belasting import PAREN, Belasting
from .breken import STORINGEN, Proef
from .bureau import Bureau, meld_aan


def speel(storing: str, soort: str, keer: int) -> str:
    """Break it so often under load; what was found, in a row of a table. Raises ``AssertionError`` for what does not hold."""
    zo = STORINGEN[storing]
    os.environ["BV_WEBHOOK_NETWERKEN"] = "127.0.0.0/8"
    with zo.gronden[soort]() as grond, ontvanger() as daar, tempfile.TemporaryDirectory() as uitvoer:
        engine = maak_engine(grond.url)
        maak_gereed(engine)
        tokens = meld_partijen_aan(engine, PAREN)
        meld_aan(engine, tokens)
        os.environ["BV_UITVOER_MAP"] = uitvoer
        with adres(grond.url) as hier:
            proces = hier.start()
            with httpx.Client(base_url=hier.url, timeout=30, verify=False) as http:
                wacht_tot_op(http, proces)
            last = Belasting(hier.url, tokens)
            last.hoort("98000000", daar)
            proef = Proef(hier, last, grond, daar, Bureau(last))
            if zo.vooraf is not None:
                zo.vooraf(proef)
            with last.bezig():
                for _ in range(keer):
                    zo.breek(proef)
                proef.op()
                proef.wacht(1, 2)
            assert last.anders == []
            if zo.daarna is not None:
                zo.daarna(proef)
            _exports_komen(last)
            proef.bureau.controleer()
            voor_webhook = _is_er(engine, last)
            wacht_tot(lambda: voor_webhook <= _gehoord(proef), 300)
        controleer_database(engine, gaten=zo.vooraf is not None)
        with engine.connect() as verbinding:
            _, breuken = loop_na(verbinding, sleutelring())
        assert breuken == []
        engine.dispose()
    return (
        f"| {zo.wat} | {soort} | {keer} | {len(last.bevestigd)} | {last.pogingen} | {len(last.exports)} | "
        f"{len(voor_webhook)} | {len(proef.bureau.vast) or ''} |"
    )


def _is_er(engine: Engine, last: Belasting) -> set[str]:
    """What was confirmed is what there is; those of which the webhook must hear."""
    engine.dispose()
    vraag = select(bericht.c.id).where(bericht.c.antwoord_op.is_(None))
    with engine.connect() as verbinding:
        assert set(verbinding.execute(vraag).scalars()) == last.bevestigd.keys()
        return set(verbinding.execute(vraag.where(bericht.c.ontvanger == "98000000")).scalars())


def _gehoord(proef: Proef) -> set[str]:
    gemist = {id(een) for een in proef.gemist}
    return {str(een.inhoud["subject"]) for een in list(proef.daar.gekregen) if id(een) not in gemist}


def _exports_komen(last: Belasting) -> None:
    for code, id_ in last.exports:
        with last.klant(code) as klant:
            wacht_tot(lambda: klant.get(f"/v1/exports/{id_}").json()["toestand"] == "klaar", 300)  # noqa: B023


KOP = (
    "| storing | database | keer | berichten bevestigd | pogingen | exports | gehoord door een webhook | maandstaten |\n"
    "|---|---|--:|--:|--:|--:|--:|--:|"
)


def main() -> int:
    """Play them and print a table; 1 when something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.storingen", description=__doc__)
    parser.add_argument("--keer", type=int, default=50, help="how often each is done")
    parser.add_argument("--database", nargs="+", choices=("sqlite", "postgresql"), default=("sqlite", "postgresql"))
    parser.add_argument("--storing", nargs="+", choices=STORINGEN, default=tuple(STORINGEN))
    opties = parser.parse_args()
    os.environ.setdefault(LOG, "/dev/stderr")
    print(KOP, flush=True)
    for storing in opties.storing:
        for soort in opties.database:
            if soort in STORINGEN[storing].gronden:
                print(speel(storing, soort, opties.keer), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
