"""The back-office of the hoofdaannemer in the region: it loads what was agreed, and acts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Engine
from tests.berichten import Dossier
from tests.stuurinformatie.regio import wie

from berichtenverkeer.bedrijfsbureau import handelingen
from berichtenverkeer.bedrijfsbureau.bureau import Bedrijfsbureau
from berichtenverkeer.bedrijfsbureau.laden.laden import laad
from berichtenverkeer.hoofdaannemer.fouten import Botsing, Geweigerd, NietGevonden
from berichtenverkeer.hoofdaannemer.handelen import Aanvraag
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.levensloop.kalender import Kalender
from berichtenverkeer.opslag.dossiers.dossiers import toewijzing_id
from berichtenverkeer.tabellen.lezen import STRENG, lees_tabel

BEGIN = datetime(2024, 12, 20, 9, tzinfo=NEDERLAND)
"""When it loads what was agreed."""

PARTNERS = (wie.DEKKER, wie.PARTNER, wie.STRATEGISCH)


@dataclass
class Bureau:
    """The acts, on one database. ``inzetten`` are the ids by ToewijzingNummer; ``mislukt`` counts those that a rule refused."""

    bedrijf: Bedrijfsbureau
    inzetten: dict[int, str] = field(default_factory=dict)
    mislukt: int = 0

    @classmethod
    def op(cls, engine: Engine) -> "Bureau":
        """On this database, with what was agreed."""
        bureau = cls(Bedrijfsbureau(engine, wie.HOOFDAANNEMER, Kalender()))
        for soort, inhoud in (
            ("segmenten", wie.SEGMENTEN), ("partners", wie.PARTNERS), ("tarieven", wie.HOOFDTARIEVEN),
            ("bijdragen", wie.BIJDRAGEN), ("plekken", wie.plekken()), ("lumpsum", wie.lumpsum()),
        ):  # fmt: skip
            bureau.laad(soort, inhoud, BEGIN)
        return bureau

    def laad(self, soort: str, inhoud: str, nu: datetime) -> None:
        """Load a CSV."""
        rapport = laad(self.bedrijf, soort, lees_tabel(inhoud.encode(), STRENG), nu, proef=False)
        assert not rapport.fouten, rapport.fouten

    def doe(self, daad: Callable[[], object]) -> None:
        """An act that may come too late: the toewijzing was refused or taken back, or the inzet is vervallen."""
        try:
            daad()
        except (Geweigerd, Botsing, NietGevonden):
            self.mislukt += 1

    def plaats(self, van_wie: Dossier, partner: str, klasse: str, van: date, tot: date | None, nu: datetime) -> None:
        """Pass on."""
        id_ = toewijzing_id(van_wie.domein, van_wie.gemeente, van_wie.nummer)
        gedaan = handelingen.plaats(self.bedrijf, id_, Aanvraag(partner, klasse, van, tot), "", nu)
        self.inzetten[van_wie.nummer] = gedaan.inzet.rij.id
