"""What there is to look after at the node with pages: credentials, a webhook, a switch, and a message that got stuck."""

from sqlalchemy import insert, select
from tests.knoop import NU, Knoop

from berichtenverkeer.opslag.berichten import webhooks as webhooktabel
from berichtenverkeer.opslag.berichten.webhooks import Webhooktoestand
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.keten import bezorging
from berichtenverkeer.partijen.bewijzen import alle as alle_bewijzen
from berichtenverkeer.partijen.bewijzen import maak_token, trek_in
from berichtenverkeer.partijen.partij import geef_mandaat
from berichtenverkeer.partijen.schakelaars import schakel
from berichtenverkeer.webhooks.soorten import SOORTEN

WEBHOOK = "00000000-0000-4000-8000-0000000000aa"


def maak_beheer(knoop: Knoop, gemeente: str, ander: str) -> None:
    """Of this gemeente, and of the node."""
    engine = knoop.engine
    maak_token(engine, gemeente, NU, naam="zaaksysteem")
    maak_token(engine, gemeente, NU, naam="oude koppeling")
    oud = next(een for een in alle_bewijzen(engine, gemeente) if een.naam == "oude koppeling")
    trek_in(engine, oud.id, NU)
    geef_mandaat(engine, gemeente, ander, NU)
    schakel(engine, "JW325", "bevroren", "3.1", "2026-04-01", NU, "2026-04-02", "oefening")
    with schrijvend(engine) as verbinding:
        rij = {
            "id": WEBHOOK, "partij": gemeente, "url": "https://gemeente.example/hoor", "geheim": "whsec_eA==",
            "toestand": Webhooktoestand.GEPAUZEERD, "aangemaakt_op": NU, "gewijzigd_op": NU,
        }  # fmt: skip
        webhooktabel.bewaar(verbinding, rij, list(SOORTEN)[:2])
        id_ = verbinding.execute(select(bericht.c.id).where(bericht.c.bestemming == gemeente)).scalars().first()
        verbinding.execute(
            insert(bezorging).values(
                sleutel=id_, partij=gemeente, pogingen=3, eerste_poging_op=NU, volgende_op=NU, afgebroken_op=NU,
                mislukt_op=NU, fout="Het eindpunt antwoordde niet.",
            )
        )  # fmt: skip
