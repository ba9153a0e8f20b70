"""A node with a hoofdaannemer a test: its partners without VECOZO, segmenten and tariffs, all by HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import httpx
import pytest
from tests.berichten import Dossier, bsns
from tests.conftest import MaakDatabase
from tests.knoop import NU, Klant, Knoop, controleer_database, knoop

from berichtenverkeer.opslag import versies
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.partijen import partijen

CSV = {"Content-Type": "text/csv"}
H = "/v1/hoofdaannemer"
_teller = count(1)

SEGMENTEN = "segment;categorie;code\nbegeleiding;02;\nvervoer;08;\n"
TARIEVEN = (
    "segment;klasse;eenheid;euro;van;tot\n"
    "begeleiding;licht;maand;363,00;2020-01-01;\n"
    "begeleiding;midden;maand;409,00;2020-01-01;\n"
    "vervoer;rolstoel;dag;32,82;2020-01-01;\n"
)
BIJDRAGEN = "segment;percentage;van;tot\nbegeleiding;15;2020-01-01;\n"
VRAGENLIJST = """\
versie: 2026-a
vragen:
  - {code: W1, vraag: 'Woont de cliënt alleen?', antwoorden: {Ja: 1, Nee: 0}}
  - {code: Z1, vraag: 'Hoe zwaar is de zorg?', getal: {van: 0, tot: 9, punten: 1}}
klassen:
  - {klasse: licht, tot: 4}
  - {klasse: midden}
"""


@dataclass
class Wereld:
    """A hoofdaannemer, two partners of it, another hoofdaannemer, a gemeente and a plain aanbieder, each with a token."""

    node: Knoop
    hoofdaannemer: Klant
    code: str
    p: str
    q: str
    partner: Klant
    ander_partner: Klant
    andere: Klant
    andere_code: str
    gemeente: Klant
    gemeentecode: str
    aanbieder: Klant
    _nummers: Iterator[int] = field(default_factory=lambda: count(1001))
    _bsns: Iterator[str] = field(default_factory=bsns)

    def laad(self, soort: str, inhoud: str, **vraag: str) -> httpx.Response:
        """Load a CSV."""
        return self.hoofdaannemer.post(f"{H}/laden/{soort}", content=inhoud.encode(), headers=CSV, params=vraag)

    def partners(self) -> str:
        """The list of partners."""
        return (
            "code;naam;soort;kvk;gemeente;segment;van;tot;toestemming\n"
            f"{self.p};Dekker;onderaannemer;;;;2020-01-01;;\n{self.q};Partner Q;combinant;;;;2020-01-01;;\n"
        )

    def client(self) -> Dossier:
        """A client of whom nothing is known."""
        return replace(Dossier(self.gemeentecode, self.code), bsn=next(self._bsns), nummer=next(self._nummers))

    def toegewezen(self, **velden: str) -> tuple[Dossier, str]:
        """A client with a toewijzing, and its id."""
        wie = self.client()
        self.gemeente.goedgekeurd(wie.toewijzing(**velden))
        [rij] = self.hoofdaannemer.toewijzingen(toewijzingnummer=wie.nummer)
        return wie, rij["id"]

    def vraag(self, toewijzing: str, **anders: Any) -> dict[str, Any]:
        """What to ask for an inzet."""
        return {"toewijzing": toewijzing, "partner": self.p, "klasse": "licht", "van": "2026-02-01"} | anders

    def plaats(self, toewijzing: str, **anders: Any) -> dict[str, Any]:
        """Pass on."""
        antwoord = self.hoofdaannemer.post(f"{H}/inzetten", json=self.vraag(toewijzing, **anders))
        assert antwoord.status_code == 201, antwoord.text
        uit: dict[str, Any] = antwoord.json()
        return uit


@pytest.fixture(scope="session")
def bureaunode(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node in proefmodus. Acts on inzetten take numbers of the series of messages."""
    with knoop(maak_database.gereed(), proefmodus=True) as k:
        yield k
        controleer_database(k.engine, gaten=True)


@pytest.fixture
def wereld(bureaunode: Knoop) -> Wereld:
    """With all that is needed to pass a toewijzing on."""
    nummer = next(_teller)
    code, ander = str(97_000_000 + nummer), str(97_100_000 + nummer)
    p, q = f"p{nummer:05}", f"q{nummer:05}"
    namen = {code: "Siem & Zoon", ander: "Ander", p: "Dekker", q: "Partner Q"}
    rollen = {code: "hoofdaannemer", ander: "hoofdaannemer", p: "onderaannemer", q: "onderaannemer"}
    with schrijvend(bureaunode.engine) as verbinding:
        for wie, rol in rollen.items():
            partijen.voeg_toe(verbinding, wie, rol, namen[wie], NU)
            bureaunode.tokens[wie] = f"token-van-{wie}"
            partijen.geef_token(verbinding, wie, bureaunode.tokens[wie], NU)
        versies.verhoog(verbinding, versies.TOEGANG)
    bureaunode.binnen.register.kijk()
    paar = bureaunode.paar()
    w = Wereld(
        bureaunode, bureaunode.klant(code), code, p, q, bureaunode.klant(p), bureaunode.klant(q), bureaunode.klant(ander), ander,
        paar.gemeente, paar.gemeentecode, paar.aanbieder,
    )  # fmt: skip
    for soort, inhoud in (
        ("segmenten", SEGMENTEN), ("partners", w.partners()), ("tarieven", TARIEVEN), ("bijdragen", BIJDRAGEN)
    ):  # fmt: skip
        antwoord = w.laad(soort, inhoud)
        assert antwoord.status_code == 200, antwoord.text
    return w
