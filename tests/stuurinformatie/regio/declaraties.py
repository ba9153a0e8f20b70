"""What is declared in the region: a 323 a quarter for each aanbieder, gemeente and law, with its 325 where the gemeente judges
for itself. Some is too much and is refused; some of that comes again; some of what was granted is credited."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from tests.conformance.boom import Boom
from tests.declaraties import antwoord
from tests.stuurinformatie.regio.plan import Plan, Toegewezen
from tests.stuurinformatie.regio.wie import ZELF, tarief


@dataclass(slots=True)
class Regel:
    """A Prestatie as it was declared. ``crediteert`` is the debet that it takes back."""

    t: Toegewezen
    referentie: str
    begin: date
    eind: date
    volume: int
    crediteert: "Regel | None" = None
    te_veel: bool = False

    @property
    def prijs(self) -> int | None:
        """What one costs; None for euros."""
        _, code, eenheid = self.t.product.gedeclareerd
        return None if eenheid == "83" else tarief(code, eenheid, self.begin)

    @property
    def saldo(self) -> int:
        """Eurocent, below zero for a credit."""
        return self.volume * (self.prijs or 1) * (-1 if self.crediteert else 1)

    def boom(self) -> Boom:
        """The Prestatie."""
        categorie, code, eenheid = self.t.product.gedeclareerd
        vorig: dict[str, Boom] = {"VorigReferentieNummer": self.crediteert.referentie} if self.crediteert else {}
        uit: dict[str, Boom] = {
            "ProductReferentie": {"ReferentieNummer": self.referentie} | vorig,
            "ToewijzingNummer": str(self.t.wie.nummer), "ProductCategorie": categorie, "ProductCode": code,
            "ProductPeriode": {"Begindatum": f"{self.begin}", "Einddatum": f"{self.eind}"},
            "GeleverdVolume": str(self.volume), "Eenheid": eenheid,
            "IngediendBedrag": {"Bedrag": str(abs(self.saldo)), "DebetCredit": "C" if self.crediteert else "D"},
        }  # fmt: skip
        if self.prijs is not None:
            uit["ProductTarief"] = str(self.prijs)
        return uit


@dataclass
class Boekhouding:
    """What one aanbieder declares at one gemeente under one law."""

    plan: Plan
    toegewezen: list[Toegewezen]
    gedaan: dict[tuple[int, date], Regel] = field(default_factory=dict)
    gecrediteerd: set[str] = field(default_factory=set)

    def kwartaal(self, laatste: date) -> None:
        """Declare the three months that end with this day."""
        d, plan = self.plan.dobbel, self.plan
        op = plan.moment(laatste + timedelta(days=d.randint(1, 25)))
        regels: list[Regel] = []
        for t in self.toegewezen:
            if (versie := t.op(op)) is None:
                continue
            regels += self._opnieuw(t, op)
            for begin, eind in _maanden(laatste):
                van, tot = max(begin, versie.ingang), min(eind, versie.eind or eind)
                if van <= tot and (t.wie.nummer, begin) not in self.gedaan and d.random() < 0.6:
                    regels.append(self._nieuw(t, begin, van, tot, d.random() < 0.12))
        if regels:
            self._stuur(regels, laatste, op)

    def _nieuw(self, t: Toegewezen, maand: date, van: date, tot: date, te_veel: bool) -> Regel:
        regel = Regel(
            t, f"P{self.plan.nummer()}", van, tot, _volume(t, van, tot) * (60 if te_veel else 1), None, te_veel
        )
        self.gedaan[t.wie.nummer, maand] = regel
        return regel

    def _opnieuw(self, t: Toegewezen, op: datetime) -> list[Regel]:
        """What was refused, once more; a credit, with or without a new debet."""
        d, uit = self.plan.dobbel, list[Regel]()
        for (nummer, maand), oud in list(self.gedaan.items()):
            if nummer != t.wie.nummer or not _past(oud, t, op):
                continue
            if oud.te_veel and d.random() < 0.5:
                uit.append(self._nieuw(t, maand, oud.begin, oud.eind, d.random() < 0.3))
            elif not oud.te_veel and oud.referentie not in self.gecrediteerd and d.random() < 0.06:
                self.gecrediteerd.add(oud.referentie)
                uit.append(replace(oud, referentie=f"P{self.plan.nummer()}", crediteert=oud))
                if d.random() < 0.6:
                    uit.append(self._nieuw(t, maand, oud.begin, oud.eind, d.random() < 0.5))
        return uit

    def _stuur(self, regels: list[Regel], laatste: date, op: datetime) -> None:
        plan, d = self.plan, self.plan.dobbel
        per_client: dict[str, list[Regel]] = defaultdict(list)
        for regel in regels:
            per_client[regel.t.wie.bsn].append(regel)
        totaal = sum(regel.saldo for regel in regels)
        inhoud: dict[str, Boom] = {
            "Declaratie/DeclaratieNummer": f"D{plan.nummer()}",
            "Declaratie/DeclaratiePeriode": {"Begindatum": f"{laatste.replace(day=1)}", "Einddatum": f"{laatste}"},
            "Declaratie/DeclaratieDagtekening": f"{op.date()}",
            "Declaratie/TotaalIngediendBedrag": {
                "TotaalBedrag": str(abs(totaal)),
                "DebetCredit": "C" if totaal < 0 else "D",
            },
            "Declaratie/Clienten": [
                {"Bsn": bsn, "Prestaties": [regel.boom() for regel in van]} for bsn, van in per_client.items()
            ],
        }
        wie = regels[0].t.wie
        data = plan.stuur(wie, "323", inhoud, op, antwoord=False)
        if wie.gemeente in ZELF and d.random() < 0.85:
            terug = plan.daarna(op, d.choice((0, 5, 12, 16, 40)))
            weg = {r.referentie: "9322" for r in regels if not r.crediteert and (r.te_veel or d.random() < 0.05)}
            geheel = "8214" if d.random() < 0.1 else None
            antwoorden = antwoord(data, {} if geheel else weg, geheel=geheel, dag=f"{terug.date()}")
            plan.berichten.append((terug, plan.nummer(), antwoorden))


def declareer(plan: Plan) -> None:
    """All that is declared in the two years."""
    per: dict[tuple[str, str, str], list[Toegewezen]] = defaultdict(list)
    for t in plan.toegewezen:
        if plan.dobbel.random() < 0.75:
            per[t.wie.gemeente, t.wie.aanbieder, t.wie.domein].append(t)
    for toegewezen in per.values():
        boek = Boekhouding(plan, toegewezen)
        for nummer in range(7):
            jaar, kwartaal = divmod(nummer, 4)
            maand = date(2025 + jaar, 3 * kwartaal + 3, 1)
            boek.kwartaal((maand + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def _maanden(laatste: date) -> list[tuple[date, date]]:
    eind, uit = laatste, list[tuple[date, date]]()
    for _ in range(3):
        uit.append((eind.replace(day=1), eind))
        eind = eind.replace(day=1) - timedelta(days=1)
    return uit[::-1]


def _volume(t: Toegewezen, van: date, tot: date) -> int:
    """Well within what may be declared in this period."""
    if t.product.omvang is None:
        return 12_345
    volume, _, frequentie = t.product.omvang
    if frequentie == "6":
        return max(1, volume // 30)
    if frequentie == "2":
        return max(1, volume * ((tot - van).days // 7) - 1)
    return max(1, volume - 1)


def _past(regel: Regel, t: Toegewezen, op: datetime) -> bool:
    """Whether it was declared long enough ago to be answered, and still lies within the version of now."""
    versie = t.op(op)
    return (
        versie is not None
        and regel.eind <= (versie.eind or regel.eind)
        and regel.eind < op.date() - timedelta(days=100)
    )
