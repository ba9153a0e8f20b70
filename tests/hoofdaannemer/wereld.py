"""A small region to test with: a toewijzing, three partners, two segments, and the acts on it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from berichtenverkeer.hoofdaannemer.dekking import Contractregel, Partner, Partnersoort
from berichtenverkeer.hoofdaannemer.handelen import (
    Aanvraag,
    Afspraken,
    Daad,
    Wie,
    beeindig,
    draag_over,
    neem_aan,
    trek_in,
    weiger,
    wijzig_klasse,
    zet_in,
)
from berichtenverkeer.hoofdaannemer.inzet import Gebeurtenis, Ingezet, Inzet
from berichtenverkeer.hoofdaannemer.keuzes import Keuzes
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.hoofdaannemer.maandstaat import Feiten
from berichtenverkeer.hoofdaannemer.omzetting import zet_om
from berichtenverkeer.hoofdaannemer.segment import Segmentlijst, Segmentregel
from berichtenverkeer.hoofdaannemer.tarief import Bijdrage, Eenheid, Tarief, Tarieflijst
from berichtenverkeer.hoofdaannemer.tijdlijn import Punt, Versie, tijdlijn
from berichtenverkeer.hoofdaannemer.toegewezen import Kenmerk, Toegewezen
from berichtenverkeer.standaard.domein import Domein

GEMEENTE = "0855"
P, Q, R = "51510001", "51510002", "dekker"
BEGELEIDING, VERVOER = "begeleiding", "vervoer"
HOOFD = "99990001"


def dag(tekst: str) -> date:
    """A day, as ``2023-07-01``."""
    return date.fromisoformat(tekst)


def toewijzing(
    van: str = "2023-01-01", tot: str | None = "2023-12-31", *, nummer: int = 1, categorie: str = "54",
    domein: Domein = Domein.IWMO, bsn: str = "999990019", gemeente: str = GEMEENTE,
) -> Toegewezen:  # fmt: skip
    """A toewijzing as it stands; categorie 54 is begeleiding, 08 is vervoer, another is of no segment."""
    einde = dag(tot) if tot else None
    return Toegewezen(f"t{nummer}", Kenmerk(gemeente, domein, nummer), bsn, categorie, "54Z01", dag(van), einde)


def verwijderd(toegewezen: Toegewezen) -> Toegewezen:
    """The same, taken back."""
    return replace(toegewezen, einddatum=toegewezen.ingangsdatum, verwijderd=True)


SEGMENTEN = Segmentlijst.van([Segmentregel(BEGELEIDING, "54"), Segmentregel(VERVOER, "08")])

PRAKTIJK = Tarieflijst(
    (
        *(
            Tarief(BEGELEIDING, klasse, Eenheid.MAAND, eurocent, dag(van), dag(tot) if tot else None)
            for van, tot, bedragen in (
                ("2023-01-01", "2023-06-30", {"licht": 36300, "midden": 40900, "zwaar": 45400}),
                ("2023-07-01", None, {"licht": 20000, "midden": 42000, "zwaar": 62500}),
            )
            for klasse, eurocent in bedragen.items()
        ),
        Tarief(VERVOER, "regulier", Eenheid.DAG, 864, dag("2023-01-01")),
        Tarief(VERVOER, "rolstoel", Eenheid.DAG, 3282, dag("2023-01-01")),
    ),
    (Bijdrage(BEGELEIDING, Decimal(15), dag("2023-01-01")),),
)
"""The tariffs of praktijk.md."""

VOOR_ALTIJD = (Contractregel(None, None, dag("2020-01-01")),)
PARTNERS = {
    P: Partner(P, "Partner P", Partnersoort.COMBINANT, VOOR_ALTIJD),
    Q: Partner(Q, "Partner Q", Partnersoort.STRATEGISCH, VOOR_ALTIJD),
    R: Partner(R, "Dekker", Partnersoort.ONDERAANNEMER, VOOR_ALTIJD),
}
AFSPRAKEN = Afspraken(PARTNERS, SEGMENTEN, PRAKTIJK.klassen, Keuzes())


@dataclass
class Wereld:
    """What was done so far. ``moment`` moves on a minute with every act, or is set."""

    afspraken: Afspraken = AFSPRAKEN
    moment: datetime = datetime(2023, 1, 2, 9)
    toewijzingen: dict[str, Toegewezen] = field(default_factory=dict)
    gebeurtenissen: dict[str, list[Gebeurtenis]] = field(default_factory=dict)
    versies: list[Versie] = field(default_factory=list)
    laatste: Daad | None = None

    def wijs_toe(self, toegewezen: Toegewezen) -> None:
        """A 301 came in."""
        self.toewijzingen[toegewezen.id] = toegewezen
        self._verder()
        self.versies.append(Versie(self.moment, GEMEENTE, toegewezen, "301"))

    def wie(self, waarom: str = "", code: str = HOOFD) -> Wie:
        """Who acts now."""
        self._verder()
        return Wie(code, self.moment, waarom)

    def ingezet(self, id_: str) -> Ingezet:
        """An inzet as it stands."""
        inzet = Inzet.vouw(id_, self.gebeurtenissen[id_])
        return Ingezet.van(inzet, self.toewijzingen[inzet.toewijzing], self.afspraken.segmenten)

    def alle(self) -> list[Ingezet]:
        """Every inzet as it stands."""
        return [self.ingezet(id_) for id_ in self.gebeurtenissen]

    def op(self, toewijzing_: str, zonder: str | None = None) -> list[Ingezet]:
        """The inzetten on a toewijzing."""
        return [een for een in self.alle() if een.inzet.toewijzing == toewijzing_ and een.inzet.id != zonder]

    def zet_in(
        self, partner: str = P, klasse: str = "licht", van: str = "2023-01-01", tot: str | None = None, *,
        op: str = "t1", overlap_bedoeld: bool = False,
    ) -> str:  # fmt: skip
        """Pass on; gives the id."""
        aanvraag = Aanvraag(partner, klasse, dag(van), dag(tot) if tot else None, overlap_bedoeld)
        toegewezen = self.toewijzingen[op]
        return self._doe(zet_in(self._id(), aanvraag, toegewezen, self.op(op), self.afspraken, self.wie()))

    def beeindig(self, id_: str, per: str, waarom: str = "klaar") -> None:
        """End."""
        een = self.ingezet(id_)
        self._doe(beeindig(een, dag(per), self.op(een.inzet.toewijzing, id_), self.wie(waarom)))

    def draag_over(self, id_: str, naar: str, per: str, klasse: str | None = None) -> str:
        """Move to another partner; gives the new id."""
        return self._doe(draag_over(self.ingezet(id_), self._id(), naar, dag(per), klasse, self.afspraken, self.wie()))

    def wijzig_klasse(self, id_: str, klasse: str, per: str) -> str:
        """Another klasse; gives the new id."""
        return self._doe(wijzig_klasse(self.ingezet(id_), self._id(), klasse, dag(per), self.afspraken, self.wie()))

    def zet_om(self, id_: str, naar: str) -> str:
        """Carry over to the toewijzing that goes on; gives the new id."""
        nieuw = self.toewijzingen[naar]
        daad = zet_om(self.ingezet(id_), self._id(), nieuw, self.op(naar), self.afspraken, self.wie("conversie"), {})
        return self._doe(daad)

    def trek_in(self, id_: str, waarom: str = "vergissing") -> None:
        """Withdraw."""
        self._doe(trek_in(self.ingezet(id_), self.wie(waarom)))

    def neem_aan(self, id_: str) -> None:
        """The partner accepts."""
        self._doe(neem_aan(self.ingezet(id_), self.wie(code=P)))

    def weiger(self, id_: str, waarom: str = "geen plek") -> None:
        """The partner refuses."""
        self._doe(weiger(self.ingezet(id_), self.wie(waarom, P)))

    def let_op(self) -> tuple[str, ...]:
        """What the last act told beside."""
        return self.laatste.let_op if self.laatste else ()

    def tijdlijn(self, id_: str, vandaag: str = "2025-01-01") -> list[Punt]:
        """The story of an inzet."""
        wat = Inzet.vouw(id_, self.gebeurtenissen[id_]).toewijzing
        versies = [versie for versie in self.versies if versie.toegewezen.id == wat]
        return tijdlijn(id_, self.gebeurtenissen[id_], versies, self.afspraken.segmenten, dag(vandaag))

    def feiten(self, tarieven: Tarieflijst = PRAKTIJK, geleverd: dict[tuple[str, Maand], int] | None = None) -> Feiten:
        """What there is to reckon with."""
        return Feiten(tuple(self.alle()), tarieven, geleverd or {})

    def _doe(self, daad: Daad) -> str:
        for id_, gebeurtenis in daad.gebeurtenissen.items():
            self.gebeurtenissen.setdefault(id_, []).append(gebeurtenis)
        self.laatste = daad
        return daad.nieuw or ""

    def _id(self) -> str:
        return f"i{len(self.gebeurtenissen) + 1}"

    def _verder(self) -> None:
        self.moment += timedelta(minutes=1)


def wereld(*toewijzingen_: Toegewezen, afspraken: Afspraken = AFSPRAKEN) -> Wereld:
    """A region with these toewijzingen, one over all of 2023 when none is given."""
    nieuw = Wereld(afspraken)
    for een in toewijzingen_ or (toewijzing(),):
        nieuw.wijs_toe(een)
    return nieuw
