"""A hoofdaannemer with partners, segmenten and tariffs, to which 301s come by the door that all messages take."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, select
from tests.berichten import Dossier, bsns
from tests.inname.conftest import Balie
from tests.inname.conftest import balie as _balie
from tests.knoop import NU

from berichtenverkeer.bedrijfsbureau import handelingen
from berichtenverkeer.bedrijfsbureau import partner as partners
from berichtenverkeer.bedrijfsbureau.bureau import Bedrijfsbureau
from berichtenverkeer.bedrijfsbureau.inzetten import Inzetbeeld
from berichtenverkeer.bedrijfsbureau.laden.laden import Rapport, laad
from berichtenverkeer.hoofdaannemer.handelen import Aanvraag
from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.dossiers.dossiers import toewijzing_id
from berichtenverkeer.opslag.partijen.partijen import zet
from berichtenverkeer.opslag.tabellen.bureau import inzet, inzetmelding
from berichtenverkeer.tabellen.lezen import STRENG, lees_tabel

balie = _balie
P, Q, R = "dekker", "51510002", "51510003"

SEGMENTEN = "segment;categorie;code\nbegeleiding;02;\nvervoer;08;\n"
PARTNERS = (
    "code;naam;soort;kvk;gemeente;segment;van;tot;toestemming\n"
    f"{P};Dekker;onderaannemer;;;;2020-01-01;;\n"
    f"{Q};Partner Q;combinant;12345678;;;2020-01-01;;\n"
    f"{R};Partner R;strategisch;;;begeleiding;2026-01-01;2026-06-30;\n"
)
TARIEVEN = (
    "segment;klasse;eenheid;euro;van;tot\n"
    "begeleiding;licht;maand;363,00;2020-01-01;2026-06-30\n"
    "begeleiding;midden;maand;409,00;2020-01-01;2026-06-30\n"
    "begeleiding;licht;maand;200,00;2026-07-01;\n"
    "begeleiding;midden;maand;420,00;2026-07-01;\n"
    "vervoer;rolstoel;dag;32,82;2020-01-01;\n"
)
BIJDRAGEN = "segment;percentage;van;tot\nbegeleiding;15;2020-01-01;\n"


@dataclass
class Wereld:
    """One hoofdaannemer at its bureau. ``moment`` goes on a minute with every act."""

    balie: Balie
    bureau: Bedrijfsbureau
    dossier: Dossier
    moment: datetime = NU
    _nummers: Iterator[int] = field(default_factory=lambda: count(1001))
    _bsns: Iterator[str] = field(default_factory=bsns)

    def nu(self) -> datetime:
        """The next moment."""
        self.moment += timedelta(minutes=1)
        return self.moment

    def client(self) -> Dossier:
        """A client of whom nothing is known, with a number of its own."""
        return replace(self.dossier, bsn=next(self._bsns), nummer=next(self._nummers))

    def bied_aan(self, *berichten: bytes) -> None:
        """Messages come in, one after the other, and are approved."""
        for data in berichten:
            [uitkomst] = self.balie.verwerk(self.balie.aangeboden(data, self.nu()))
            assert getattr(uitkomst, "oordeel", uitkomst) in ("goedgekeurd", "voorlopig"), uitkomst

    def toegewezen(self, **velden: str) -> Dossier:
        """A client with a toewijzing of 2026-02-01 to 2026-12-31 unless it is said otherwise."""
        wie = self.client()
        self.bied_aan(wie.toewijzing(**velden))
        return wie

    def id_van(self, wie: Dossier) -> str:
        """The id of a toewijzing."""
        return toewijzing_id(wie.domein, wie.gemeente, wie.nummer)

    def plaats(
        self, wie: Dossier, partner: str = P, van: str = "2026-02-01", tot: str | None = None, klasse: str = "licht",
        *, overlap_bedoeld: bool = False,
    ) -> Inzetbeeld:  # fmt: skip
        """Pass on."""
        aanvraag = Aanvraag(partner, klasse, dag(van), dag(tot) if tot else None, overlap_bedoeld)
        return handelingen.plaats(self.bureau, self.id_van(wie), aanvraag, "", self.nu()).inzet

    def laad(self, soort: str, inhoud: str, *, proef: bool = False) -> Rapport:
        """Load a CSV."""
        return laad(self.bureau, soort, lees_tabel(inhoud.encode(), STRENG), self.nu(), proef=proef)

    def bij(self, code: str = P) -> partners.Balie:
        """Where a partner comes."""
        return partners.Balie(self.bureau.engine, code, self.bureau.kalender)

    def lees(self, vraag: Callable[[Connection], Any]) -> Any:
        """What this question gives."""
        with self.bureau.engine.connect() as verbinding:
            return vraag(verbinding)

    def rij(self, id_: str) -> Any:
        """An inzet as it stands."""
        return self.lees(lambda verbinding: verbinding.execute(select(inzet).where(inzet.c.id == id_)).one())

    def meldingen(self, id_: str) -> list[str]:
        """What the partner was told of an inzet."""
        m = inzetmelding.c
        vraag = select(m.soort).where(m.inzet == id_).order_by(m.volgnummer)
        gevonden: list[str] = self.lees(lambda verbinding: list(verbinding.execute(vraag).scalars()))
        return gevonden


def dag(tekst: str) -> date:
    """A day."""
    return date.fromisoformat(tekst)


@pytest.fixture
def wereld(balie: Balie) -> Wereld:
    """A hoofdaannemer that no other test has, with all it needs."""
    eerste = balie.dossier()
    with schrijvend(balie.engine) as verbinding:
        zet(verbinding, eerste.aanbieder, rol="hoofdaannemer")
    balie.register.kijk()
    gevonden = Wereld(balie, Bedrijfsbureau(balie.engine, eerste.aanbieder, Kalender()), eerste)
    for soort, inhoud in (
        ("segmenten", SEGMENTEN), ("partners", PARTNERS), ("tarieven", TARIEVEN), ("bijdragen", BIJDRAGEN)
    ):  # fmt: skip
        rapport = gevonden.laad(soort, inhoud)
        assert not rapport.fouten
    return gevonden
