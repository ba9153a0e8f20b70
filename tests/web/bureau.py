"""A hoofdaannemer on the node with pages, with a partner without VECOZO: what both of them have to look at."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from tests.api.hoofdaannemer.conftest import BIJDRAGEN, CSV, SEGMENTEN, TARIEVEN, H
from tests.berichten import bsns
from tests.knoop import HOOFDAANNEMER, NU, Klant, Knoop, Paar

from berichtenverkeer.opslag import partijen, versies
from berichtenverkeer.opslag.database import schrijvend

PARTNER, ANDER_PARTNER = "dekker", "visser"

PARTNERS = (
    "code;naam;soort;kvk;gemeente;segment;van;tot;toestemming\n"
    f"{PARTNER};Dekker;onderaannemer;12345678;;;2020-01-01;;\n{ANDER_PARTNER};Visser & Zn;combinant;;;;2020-01-01;2026-06-30;\n"
)


@dataclass
class Bureau:
    """The hoofdaannemer, by HTTP."""

    knoop: Knoop
    paar: Paar
    partner: Klant
    nummers: Iterator[int] = field(default_factory=lambda: count(5001))
    bsns: Iterator[str] = field(default_factory=bsns)

    def toegewezen(self) -> tuple[int, str]:
        """Another toewijzing of the gemeente, of 1 February up to and including 31 December: its number and its id."""
        wie = replace(self.paar.dossier(nummer=next(self.nummers)), bsn=next(self.bsns))
        self.paar.gemeente.goedgekeurd(wie.toewijzing())
        [rij] = self.paar.aanbieder.toewijzingen(toewijzingnummer=wie.nummer)
        return wie.nummer, rij["id"]

    def doorgegeven(self) -> tuple[int, str]:
        """The same, passed on to the partner from its first day on: its number, and the id of the inzet."""
        nummer, id_ = self.toegewezen()
        vraag = {"toewijzing": id_, "partner": PARTNER, "klasse": "licht", "van": "2026-02-01"}
        antwoord = self.paar.aanbieder.post(f"{H}/inzetten", json=vraag)
        assert antwoord.status_code == 201, antwoord.text
        return nummer, antwoord.json()["id"]


def maak_bureau(knoop: Knoop) -> Bureau:
    """With partners, segmenten, tariffs, and one toewijzing that was passed on."""
    with schrijvend(knoop.engine) as verbinding:
        for code, naam in ((PARTNER, "Dekker"), (ANDER_PARTNER, "Visser & Zn")):
            partijen.voeg_toe(verbinding, code, "onderaannemer", naam, NU)
            knoop.tokens[code] = f"token-van-{code}"
            partijen.geef_token(verbinding, code, knoop.tokens[code], NU)
        versies.verhoog(verbinding, versies.TOEGANG)
    knoop.binnen.register.kijk()
    bureau = Bureau(knoop, knoop.paar(HOOFDAANNEMER), knoop.klant(PARTNER))
    plekken = f"gemeente;segment;partner;aantal;van;tot\n{bureau.paar.gemeentecode};begeleiding;;2;2026-01-01;\n"
    for soort, inhoud in (
        ("segmenten", SEGMENTEN), ("partners", PARTNERS), ("tarieven", TARIEVEN), ("bijdragen", BIJDRAGEN), ("plekken", plekken),
    ):  # fmt: skip
        antwoord = bureau.paar.aanbieder.post(f"{H}/laden/{soort}", content=inhoud.encode(), headers=CSV)
        assert antwoord.status_code == 200, antwoord.text
    bureau.doorgegeven()
    return bureau
