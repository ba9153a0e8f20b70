"""The ledger of a dossier: every Prestatie that was sent on its toewijzingen, and what it comes to.

What counts is all that was not refused, debet minus credit, answered or not (TR322, TR369: all Prestaties sent). A
client may have tens of thousands of lines: to add one and to ask for a total takes the same time however many there are.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ..standaard.berichten.declaratie import Prestatie
from .overgangen import PRESTATIE, Prestatietoestand, overgang

DEBET, CREDIT = "D", "C"
"""The values of DebetCredit (COD043)."""


class Combinatie(NamedTuple):
    """What is declared once: a second debetregel for it is refused until the first is credited (TR389)."""

    toewijzingnummer: int
    begin: date
    eind: date
    categorie: str
    code: str


class Verschil(NamedTuple):
    """An element in which two Prestaties differ, and its value in each."""

    element: str
    hier: object
    daar: object


class Declaratieregel(NamedTuple):
    """One Prestatie that was sent, and what became of it.

    ``begin`` and ``eind`` are its ProductPeriode; ``volume`` is in ``eenheid``; ``tarief`` and ``bedrag`` are eurocent,
    ``bedrag`` without a sign.
    """

    referentienummer: str
    vorig_referentienummer: str | None
    toewijzingnummer: int
    categorie: str
    code: str
    begin: date
    eind: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    debet_credit: str
    toestand: Prestatietoestand = Prestatietoestand.INGEDIEND

    @classmethod
    def van(cls, prestatie: Prestatie) -> "Declaratieregel":
        """The line of a Prestatie that was not answered yet."""
        return cls(
            prestatie.ProductReferentie.ReferentieNummer,
            prestatie.ProductReferentie.VorigReferentieNummer,
            prestatie.ToewijzingNummer,
            prestatie.ProductCategorie,
            prestatie.ProductCode,
            prestatie.ProductPeriode.Begindatum,
            prestatie.ProductPeriode.Einddatum,
            prestatie.GeleverdVolume,
            prestatie.Eenheid,
            prestatie.ProductTarief,
            prestatie.IngediendBedrag.Bedrag,
            prestatie.IngediendBedrag.DebetCredit,
        )

    @property
    def is_credit(self) -> bool:
        """Whether it takes back an earlier debetregel."""
        return self.debet_credit == CREDIT

    @property
    def combinatie(self) -> Combinatie:
        """What TR389 compares."""
        return Combinatie(self.toewijzingnummer, self.begin, self.eind, self.categorie, self.code)

    @property
    def saldo(self) -> int:
        """The amount in eurocent, below zero for credit."""
        return -self.bedrag if self.is_credit else self.bedrag

    def na_antwoord(self, *, afgewezen: bool) -> "Declaratieregel":
        """The line after the 325: refused, or else a debetregel granted and a creditregel processed.

        Raises ``OnmogelijkeOvergang`` for a line that was answered before.
        """
        goed = Prestatietoestand.VERWERKT if self.is_credit else Prestatietoestand.TOEGEKEND
        naar = Prestatietoestand.AFGEWEZEN if afgewezen else goed
        soort = "credit" if self.is_credit else "debet"
        return self._replace(toestand=overgang(PRESTATIE, f"{soort} {naar}", self.toestand, naar).naar[0])

    def na_credit(self) -> "Declaratieregel":
        """A granted debetregel after its creditregel was processed. Raises ``OnmogelijkeOvergang`` for any other."""
        rij = overgang(PRESTATIE, "gecrediteerd", self.toestand, Prestatietoestand.GECREDITEERD)
        return self._replace(toestand=rij.naar[0])

    def verschillen(self, ander: "Declaratieregel") -> list[Verschil]:
        """In what a Prestatie differs from another, their references and DebetCredit left aside (IV091)."""
        paren = zip(_ELEMENTEN, self[2:], ander[2:], strict=False)
        return [Verschil(element, hier, daar) for element, hier, daar in paren if hier != daar]


_ELEMENTEN = (
    "ToewijzingNummer",
    "ProductCategorie",
    "ProductCode",
    "ProductPeriode/Begindatum",
    "ProductPeriode/Einddatum",
    "GeleverdVolume",
    "Eenheid",
    "ProductTarief",
    "IngediendBedrag/Bedrag",
)
"""The elements of a Prestatie that a creditregel copies, in the order of the fields of ``Declaratieregel``."""


@dataclass(slots=True)
class Declaratieboek:
    """The lines of one dossier and their totals. It grows by ``voeg_toe``; ``met`` leaves it as it is.

    The order in which lines come does not matter, but for two that are not refused and have one ReferentieNummer, which
    TR314 does not allow: both count, and the last is found by the number. A refused line counts for nothing.
    """

    _regels: dict[str, Declaratieregel] = field(default_factory=dict)
    _credits: dict[str, Declaratieregel] = field(default_factory=dict)
    _open: dict[Combinatie, dict[str, None]] = field(default_factory=dict)
    _volumes: Counter[tuple[int, str]] = field(default_factory=Counter)
    _bedragen: Counter[int] = field(default_factory=Counter)
    _toegekend: Counter[int] = field(default_factory=Counter)

    @classmethod
    def van(cls, regels: Iterable[Declaratieregel]) -> "Declaratieboek":
        """The ledger of these lines."""
        return cls().met(regels)

    def met(self, regels: Iterable[Declaratieregel]) -> "Declaratieboek":
        """A ledger with these lines too; this one stays as it is."""
        nieuw = Declaratieboek(
            dict(self._regels),
            dict(self._credits),
            {combinatie: dict(nummers) for combinatie, nummers in self._open.items()},
            self._volumes.copy(),
            self._bedragen.copy(),
            self._toegekend.copy(),
        )
        for regel in regels:
            nieuw.voeg_toe(regel)
        return nieuw

    def voeg_toe(self, regel: Declaratieregel) -> None:
        """Enter a line."""
        if regel.toestand is Prestatietoestand.AFGEWEZEN:
            self._regels.setdefault(regel.referentienummer, regel)
            return
        teken = -1 if regel.is_credit else 1
        self._volumes[regel.toewijzingnummer, regel.eenheid] += teken * regel.volume
        self._bedragen[regel.toewijzingnummer] += regel.saldo
        self._regels[regel.referentienummer] = regel
        if regel.vorig_referentienummer is not None:
            self._crediteer(regel.vorig_referentienummer, regel)
        else:
            self._debiteer(regel)

    def regels(self) -> tuple[Declaratieregel, ...]:
        """The lines, in the order in which their ReferentieNummers came."""
        return tuple(self._regels.values())

    def regel(self, referentienummer: str) -> Declaratieregel | None:
        """The line with this ReferentieNummer; a refused one only when there is no other."""
        return self._regels.get(referentienummer)

    def credit(self, referentienummer: str) -> Declaratieregel | None:
        """The creditregel on the debetregel with this ReferentieNummer (TR390)."""
        return self._credits.get(referentienummer)

    def openstaand(self, combinatie: Combinatie) -> str | None:
        """The ReferentieNummer of a debetregel for this combination that has no creditregel (TR389)."""
        return next(iter(self._open.get(combinatie, ())), None)

    def volume(self, toewijzingnummer: int, eenheid: str) -> int:
        """What was declared on a toewijzing in this Eenheid, debet minus credit (TR322)."""
        return self._volumes[toewijzingnummer, eenheid]

    def bedrag(self, toewijzingnummer: int) -> int:
        """What was declared on a toewijzing in eurocent, debet minus credit (TR369)."""
        return self._bedragen[toewijzingnummer]

    def toegekend(self, toewijzingnummer: int) -> int:
        """How many debetregels on a toewijzing are granted and not credited (TR385)."""
        return self._toegekend[toewijzingnummer]

    def _debiteer(self, debet: Declaratieregel) -> None:
        nummer = debet.referentienummer
        credit = self._credits.get(nummer)
        if credit is None:
            self._open.setdefault(debet.combinatie, {})[nummer] = None
        if debet.toestand is Prestatietoestand.TOEGEKEND:
            self._toegekend[debet.toewijzingnummer] += 1
            if credit is not None:
                self._verreken(debet, credit)

    def _crediteer(self, vorig: str, credit: Declaratieregel) -> None:
        self._credits[vorig] = credit
        debet = self._regels.get(vorig)
        if debet is None or debet.toestand is Prestatietoestand.AFGEWEZEN:
            return
        open_ = self._open.get(debet.combinatie, {})
        open_.pop(vorig, None)
        if not open_:
            self._open.pop(debet.combinatie, None)
        self._verreken(debet, credit)

    def _verreken(self, debet: Declaratieregel, credit: Declaratieregel) -> None:
        """A creditregel that was processed makes its granted debetregel a credited one."""
        if (debet.toestand, credit.toestand) == (Prestatietoestand.TOEGEKEND, Prestatietoestand.VERWERKT):
            self._regels[debet.referentienummer] = debet.na_credit()
            self._toegekend[debet.toewijzingnummer] -= 1
