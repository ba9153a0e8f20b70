"""What happens to clients: one function a story, each told by chance within its own bounds."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tests.berichten import Dossier
from tests.conformance.boom import Boom
from tests.stuurinformatie.regio.plan import Plan, Toegewezen, omvang_boom, product_boom
from tests.stuurinformatie.regio.wie import (
    AANBIEDERS,
    GEMEENTEN,
    HOOFDAANNEMER,
    LIJST,
    PRODUCTEN,
    TAAKGERICHT,
    Product,
)  # fmt: skip

from berichtenverkeer.standaard.domein import Domein

REDENEN = {
    Domein.IWMO: ("19", "19", "21", "22", "23", "31", "38", "39"),
    Domein.IJW: ("31", "31", "32", "33", "34", "35", "38", "39"),
}
"""RedenBeeindiging of a definitive stop."""

_BREED = (0, 1, 2, 3, 5, 6, 7, 8, 9, 12, 20)
"""How many days after its day a start or stop is reported: in time and too late, and at the edge."""


@dataclass
class Verteller:
    """Tells stories of one client after the other into a plan."""

    plan: Plan

    def product(self, domein: Domein, *, vorm: str | None = None, niet: str | None = None) -> Product:
        """One of this law; in this form, or in another than ``niet``."""
        keus = [p for p in PRODUCTEN if p.domein is domein and p.categorie not in (None, niet)]
        keus = [p for p in keus if vorm in (None, p.categorie)]
        return self.plan.dobbel.choice(keus)

    def client(self, bsn: str) -> Dossier:
        """A client at a gemeente and an aanbieder; the first have most."""
        d = self.plan.dobbel
        gemeente = d.choices(GEMEENTEN, (8, 5, 1.2, 2))[0]
        aanbieder = d.choices((*AANBIEDERS, HOOFDAANNEMER), (4, 2, 1, 6))[0]
        return Dossier(gemeente, aanbieder, bsn, d.choice((Domein.IWMO, Domein.IWMO, Domein.IJW)))

    def dag(self, van: int = 0, tot: int = 640) -> date:
        """A day so many days after the first of the two years."""
        return date(2025, 1, 1) + timedelta(days=self.plan.dobbel.randint(van, tot))

    def toewijzing(
        self, wie: Dossier, product: Product, ingang: date, dagen: int | None, *, vooraf: int | None = None
    ) -> Toegewezen:
        """A 301, some days before its Ingangsdatum or after it; ``dagen`` is how long it runs."""
        d, p = self.plan.dobbel, product
        vooraf = d.choice((-20, -3, 0, 1, 7, 14, 30)) if vooraf is None else vooraf
        op = self.plan.moment(ingang - timedelta(days=vooraf))
        moet = p.budget is not None or (p.omvang is not None and p.omvang[2] in ("2", "6"))
        dagen = 180 if dagen is None and moet else dagen
        eind = ingang + timedelta(days=dagen - 1) if dagen is not None else None
        return self.plan.wijs_toe(
            wie, p, ingang, eind, op, vastgesteld=op.date() - timedelta(days=d.choice((0, 0, 0, 1, 4)))
        )

    def begin(self, t: Toegewezen, na: int) -> date:
        """A start on the toewijzing, reported some days later; not before the toewijzing is known."""
        begin = t.nu.ingang + timedelta(days=na)
        op = max(
            self.plan.moment(begin + timedelta(days=self.plan.dobbel.choice(_BREED))),
            self.plan.daarna(t.nu.bekend, self.plan.dobbel.choice((0, 1, 4, 7))),
        )
        self.plan.start(t, begin, op)
        return begin

    def einde(self, t: Toegewezen, begin: date, eind: date, reden: str | None = None, na: int | None = None) -> None:
        """A stop, reported some days later; not in the first days after its toewijzing is known."""
        d = self.plan.dobbel
        reden = reden or d.choice(REDENEN[t.wie.domein])
        op = max(
            self.plan.moment(eind + timedelta(days=d.choice(_BREED) if na is None else na)),
            self.plan.daarna(t.nu.bekend, 25),
        )
        self.plan.stop(t, begin, eind, reden, op)

    def geleverd(self, wie: Dossier, product: Product, ingang: date, dagen: int, na: int = 0) -> Toegewezen:
        """A toewijzing, started and stopped on its last day."""
        t = self.toewijzing(wie, product, ingang, dagen)
        begin = self.begin(t, na)
        self.einde(t, begin, ingang + timedelta(days=dagen - 1))
        return t


def gewoon(v: Verteller, wie: Dossier) -> None:
    """Assigned and begun; mostly ended, sometimes before its end and sometimes never."""
    d = v.plan.dobbel
    dagen = d.choice((30, 60, 90, 120, 200, 365, None))
    t = v.toewijzing(wie, v.product(wie.domein), v.dag(), dagen)
    begin = v.begin(t, d.choice((0, 0, 1, 5, 14, 15, 40, 41, 43, 60)))
    if d.random() < 0.7:
        eind = begin + timedelta(days=d.randint(0, 150))
        v.einde(t, begin, min(eind, t.nu.eind or eind) if d.random() < 0.8 and (t.nu.eind or eind) >= begin else eind)


def wacht(v: Verteller, wie: Dossier) -> None:
    """Assigned, and never begun; some of what is called taakgericht."""
    d, product = v.plan.dobbel, v.product(wie.domein)
    if wie.gemeente in LIJST and d.random() < 0.3:
        categorie, code = TAAKGERICHT[wie.domein]
        product = Product(wie.domein, categorie, code, (9, "84", "4"), (categorie, code, "84"))
    v.toewijzing(wie, product, v.dag(60, 720), d.choice((None, 90, 300)))


def generiek(v: Verteller, wie: Dossier) -> None:
    """A budget for whatever is needed: without a form."""
    d = v.plan.dobbel
    product = next(p for p in PRODUCTEN if p.domein is wie.domein and p.categorie is None)
    t = v.toewijzing(wie, product, v.dag(), d.choice((90, 240)))
    if d.random() < 0.8:
        begin = v.begin(t, d.randint(0, 20))
        if d.random() < 0.7:
            v.einde(t, begin, begin + timedelta(days=d.randint(10, 80)))


def onderbroken(v: Verteller, wie: Dossier) -> None:
    """Stopped for a time; then resumed, or ended, or nothing more; or the temporary stop is taken back."""
    d, plan = v.plan.dobbel, v.plan
    t = v.toewijzing(wie, v.product(wie.domein), v.dag(0, 400), 300)
    begin = v.begin(t, d.randint(0, 5))
    stil = begin + timedelta(days=d.randint(10, 60))
    op = plan.moment(stil + timedelta(days=d.choice(_BREED)))
    op = max(op, plan.daarna(t.nu.bekend, 30))
    plan.stop(t, begin, stil, "20", op)
    wat = d.choice(("hervat", "hervat", "weer_stil", "uit", "niets", "terug"))
    if wat in ("hervat", "weer_stil"):
        weer = stil + timedelta(days=d.choice((1, 2, 5, 6, 20)))
        op = plan.daarna(op, d.choice((1, 6, 12)))
        plan.start(t, weer, max(op, plan.moment(weer)))
        einde = weer + timedelta(days=d.randint(3, 60))
        v.einde(t, weer, einde, "20" if wat == "weer_stil" else None, na=40)
    elif wat == "uit":
        v.einde(t, begin, stil + timedelta(days=d.choice((0, 3, 30))), na=50)
    elif wat == "terug":
        plan.stop(t, begin, stil, "20", plan.daarna(op, 5), status="3")
        v.einde(t, begin, stil + timedelta(days=10), na=60)


def hersteld(v: Verteller, wie: Dossier) -> None:
    """A start or a stop that was wrong: taken back, sent otherwise, or sent once more as it was."""
    d, plan = v.plan.dobbel, v.plan
    t = v.toewijzing(wie, v.product(wie.domein), v.dag(0, 500), d.choice((120, 250)))
    fout = t.nu.ingang + timedelta(days=d.randint(0, 12))
    op = max(plan.moment(fout), plan.daarna(t.nu.bekend, 2))
    plan.start(t, fout, op)
    later = plan.daarna(op, d.choice((3, 9)))
    wat = d.choice(("anders", "weg", "opnieuw", "stop", "stop_weg", "heropend"))
    if wat == "anders":
        goed = fout + timedelta(days=d.choice((-3, 2, 30)))
        plan.start(t, goed, later, terug=fout)
        v.einde(t, goed, goed + timedelta(days=50), na=30)
    elif wat in ("weg", "opnieuw"):
        plan.start(t, fout, later, status="3")
        if wat == "opnieuw":
            plan.start(t, fout, plan.daarna(later, d.choice((1, 8))))
            v.einde(t, fout, fout + timedelta(days=60), na=40)
    else:
        eind = fout + timedelta(days=d.randint(20, 60))
        gemeld = max(plan.moment(eind), plan.daarna(later, 3))
        plan.stop(t, fout, eind, REDENEN[wie.domein][0], gemeld)
        weer = plan.daarna(gemeld, d.choice((2, 10)))
        if wat == "stop":
            plan.stop(
                t,
                fout,
                eind + timedelta(days=d.choice((-5, 5))),
                d.choice(REDENEN[wie.domein]),
                weer,
                terug=(eind, REDENEN[wie.domein][0]),
            )
        else:
            plan.stop(t, fout, eind, REDENEN[wie.domein][0], weer, status="3")
            if wat == "heropend":  # the same stop once more: received with the last
                plan.stop(t, fout, eind, REDENEN[wie.domein][0], plan.daarna(weer, 4))


def verwijderd(v: Verteller, wie: Dossier) -> None:
    """Assigned by mistake and taken back, begun or not; often assigned anew at once."""
    d, plan = v.plan.dobbel, v.plan
    t = v.toewijzing(wie, v.product(wie.domein), v.dag(0, 500), 200)
    if d.random() < 0.7:
        begin = v.begin(t, d.randint(0, 6))
        if d.random() < 0.4:
            v.einde(t, begin, begin + timedelta(days=30))
    plan.verwijder(t, plan.daarna(t.nu.bekend, d.choice((5, 40, 90))))
    if d.random() < 0.6:
        v.geleverd(wie, v.product(wie.domein), t.nu.ingang + timedelta(days=d.randint(0, 9)), 80)


def herzien(v: Verteller, wie: Dossier) -> None:
    """Shortened or lengthened, once or twice; an older version comes once more, which changes nothing."""
    d, plan = v.plan.dobbel, v.plan
    t = v.toewijzing(wie, v.product(wie.domein), v.dag(0, 450), 150)
    eerste, eind = t.nu.bekend, t.nu.eind
    assert eind is not None
    begin = v.begin(t, d.choice((0, 3, 30)))
    nieuw = eind + timedelta(days=d.choice((-100, -40, -20, 30, 90)))
    op = plan.daarna(eerste, d.choice((40, 60)))
    plan.wijzig(t, nieuw, "04" if nieuw > eind else "05", op)
    if d.random() < 0.3:
        plan.wijzig(t, nieuw + timedelta(days=15), "04", plan.daarna(op, 20))
    if d.random() < 0.3:
        versie = t.versies[-1]
        t.versies.append(replace(t.versies[0]))
        plan.herhaal(t, plan.daarna(versie.bekend, 3), eerste)
        t.versies[-1] = replace(versie, bekend=t.versies[-1].bekend)
    if d.random() < 0.6:
        v.einde(t, begin, max(begin, nieuw - timedelta(days=d.choice((-10, 0, 0, 4)))))


def aaneen(v: Verteller, wie: Dossier) -> None:
    """One after the other in one form, a few days apart; sometimes at another aanbieder, sometimes overlapping."""
    d = v.plan.dobbel
    eerste = v.product(wie.domein)
    ingang = v.dag(0, 420)
    for _ in range(d.choice((2, 2, 3))):
        dagen = d.randint(15, 90)
        v.geleverd(wie, v.product(wie.domein, vorm=eerste.categorie), ingang, dagen)
        ingang += timedelta(days=dagen + d.choice((-8, 0, 1, 2, 3, 3, 4, 5)))
        if d.random() < 0.4:
            wie = replace(wie, aanbieder=d.choice((*AANBIEDERS, HOOFDAANNEMER)))


def terug(v: Verteller, wie: Dossier) -> None:
    """Comes back, within a year or just after, in any form; sometimes at another gemeente."""
    d = v.plan.dobbel
    product, ingang, dagen = v.product(wie.domein), v.dag(-40, 250), d.randint(20, 60)
    v.geleverd(wie, product, ingang, dagen)
    later = ingang + timedelta(days=dagen - 1 + d.choice((1, 2, 3, 4, 5, 30, 60, 200, 364, 365, 365, 366)))
    if d.random() < 0.4:
        wie = replace(wie, gemeente=d.choice(GEMEENTEN))
    v.geleverd(wie, product if d.random() < 0.5 else v.product(wie.domein), later, d.randint(20, 100))


def door(v: Verteller, wie: Dossier) -> None:
    """Goes on in another form, on the same day to just over a month later."""
    d = v.plan.dobbel
    product, ingang, dagen = v.product(wie.domein), v.dag(0, 420), d.randint(20, 80)
    v.geleverd(wie, product, ingang, dagen)
    later = ingang + timedelta(days=dagen - 1 + d.choice((-1, 0, 1, 10, 30, 31, 32)))
    v.geleverd(wie, v.product(wie.domein, niet=product.categorie), later, 60)


def vroeger(v: Verteller, wie: Dossier) -> None:
    """Had help years ago, told afterwards; about five years before it begins again."""
    d = v.plan.dobbel
    ingang = v.dag(30, 500)
    einde = ingang - timedelta(days=d.choice((1, 2, 900, 1825, 1826, 1827, 2000)))
    t = v.toewijzing(wie, v.product(wie.domein), einde - timedelta(days=99), 100, vooraf=0)
    v.einde(t, v.begin(t, 0), einde)
    v.geleverd(wie, v.product(wie.domein), ingang, 50)


def gevraagd(v: Verteller, wie: Dossier) -> None:
    """A VOT: two products, one answered by a 301, the other by a 319; or in onderzoek first, or no answer."""
    d, plan = v.plan.dobbel, v.plan
    ingang = v.dag(30, 560)
    op = plan.moment(ingang - timedelta(days=20))
    producten = [p for p in PRODUCTEN if p.domein is wie.domein and p.code and p.omvang and p.omvang[2] == "2"]
    een, ander = d.sample(producten, 2) if len(producten) > 1 else (producten[0], None)
    eind = ingang + timedelta(days=120)
    gekozen = [een] if ander is None or een.categorie == ander.categorie or d.random() < 0.5 else [een, ander]
    referenties = [f"VOT-{plan.nummer()}" for _ in gekozen]
    items: list[Boom] = [
        {
            "ReferentieAanbieder": referentie, "Product": product_boom(p.categorie or "", p.code), "ToewijzingIngangsdatum": f"{ingang}",
            "ToewijzingEinddatum": f"{eind}", "Omvang": omvang_boom(p.omvang or (0, "", "")), "Verwijzer": {"Type": "02", "Naam": "Testhuisarts"},
        }
        for p, referentie in zip(gekozen, referenties, strict=True)
    ]  # fmt: skip
    plan.stuur(wie, "315", {"Client/AangevraagdeProducten": items}, op)
    antwoord = plan.daarna(op, d.choice((0, 3, 5, 6, 7, 8, 9, 15)))
    wat = d.choice(("wel", "wel", "onderzoek", "niet", "stil"))
    if wat == "onderzoek":
        _319(plan, wie, referenties[0], None, antwoord)
        antwoord = plan.daarna(antwoord, 14)
    if wat in ("wel", "onderzoek"):
        t = plan.wijs_toe(wie, een, ingang, eind, antwoord, referentie=referenties[0])
        if d.random() < 0.6:
            v.einde(t, v.begin(t, 1), ingang + timedelta(days=60))
    elif wat == "niet":
        _319(plan, wie, referenties[0], "3", antwoord)
    if len(referenties) > 1 and wat != "stil":
        _319(plan, wie, referenties[1], "7", plan.daarna(antwoord, d.choice((0, 4))))


def verlengd(v: Verteller, wie: Dossier) -> None:
    """A VOW asks for a longer run; it is granted, refused or left lying."""
    d, plan = v.plan.dobbel, v.plan
    product = next(p for p in PRODUCTEN if p.domein is wie.domein and p.omvang and p.omvang[2] == "2")
    t = v.toewijzing(wie, product, v.dag(0, 450), 100, vooraf=5)
    begin, eind = v.begin(t, 1), t.nu.eind
    assert eind is not None
    op = plan.moment(eind - timedelta(days=40))
    referentie = f"VOW-{plan.nummer()}"
    nieuw = eind + timedelta(days=60)
    verzoek: Boom = {
        "ReferentieAanbieder": referentie, "RedenVerzoek": "1",
        "TeWijzigenProducten": [
            {
                "ToewijzingNummer": str(t.wie.nummer), "GewensteIngangsdatum": f"{op.date() + timedelta(days=3)}",
                "Einddatum": f"{nieuw}", "Omvang": omvang_boom(product.omvang or (0, "", "")),
            }
        ],
    }  # fmt: skip
    plan.stuur(t.wie, "317", {"Client/Verzoek": verzoek}, op)
    antwoord = plan.daarna(op, d.choice((1, 5, 7, 8, 20)))
    wat = d.choice(("wel", "niet", "stil"))
    if wat == "wel":
        plan.wijzig(t, nieuw, "12", antwoord, referentie=referentie)
    elif wat == "niet":
        _319(plan, t.wie, referentie, "4", antwoord)
    v.einde(t, begin, t.nu.eind or eind, "37" if d.random() < 0.3 else None)


def taakgericht(v: Verteller, wie: Dossier) -> None:
    """Delivered without a toewijzing; sometimes beside one in the same form."""
    d, plan = v.plan.dobbel, v.plan
    wie = replace(wie, gemeente=d.choice(LIJST))
    product, begin = TAAKGERICHT[wie.domein], v.dag(0, 500)
    op = plan.moment(begin + timedelta(days=d.choice(_BREED)))
    plan.taakgericht(wie, product, begin, op)
    if d.random() < 0.6:
        eind = begin + timedelta(days=d.randint(5, 90))
        plan.taakgericht_uit(wie, product, begin, eind, d.choice(REDENEN[wie.domein]), plan.daarna(op, 95))


def geweigerd(v: Verteller, wie: Dossier) -> None:
    """What is wrong: a start on a number that is not there, a stop without a start, a start twice, a number given twice."""
    d, plan = v.plan.dobbel, v.plan
    t = v.toewijzing(wie, v.product(wie.domein), v.dag(0, 500), 100)
    op = plan.daarna(t.nu.bekend, 3)
    ander = replace(t, wie=replace(t.wie, nummer=plan.nummer()))
    wat = d.choice(("onbekend", "zonder_start", "dubbel", "dagtekening"))
    if wat == "onbekend":
        plan.start(ander, t.nu.ingang, op)
    elif wat == "zonder_start":
        plan.stop(t, t.nu.ingang, t.nu.ingang + timedelta(days=9), REDENEN[wie.domein][0], op)
    elif wat == "dubbel":
        plan.start(t, t.nu.ingang, op)
        plan.start(t, t.nu.ingang + timedelta(days=4), plan.daarna(op, 6))
    else:
        kop: dict[str, Boom] = {"Header/BerichtIdentificatie/Dagtekening": f"{op.date() + timedelta(days=3)}"}
        plan.stuur(t.wie, "305", kop, op)
    if d.random() < 0.5 and wat != "dubbel":
        v.begin(t, 8)


def beide(v: Verteller, wie: Dossier) -> None:
    """Under both laws at once."""
    for domein in Domein:
        gewoon(v, replace(wie, domein=domein))


def _319(plan: Plan, wie: Dossier, referentie: str, reden: str | None, op: datetime) -> None:
    antwoord: dict[str, Boom] = {"ReferentieAanbieder": referentie, "VerzoekAntwoord": "1" if reden else "2"}
    if reden:
        antwoord["RedenAfwijzingVerzoek"] = reden
    plan.stuur(wie, "319", {"Antwoord": antwoord}, op)


VERHALEN: tuple[tuple[int, Callable[[Verteller, Dossier], None]], ...] = (
    (9, gewoon), (4, wacht), (2, generiek), (5, onderbroken), (5, hersteld), (3, verwijderd), (4, herzien), (5, aaneen),
    (8, terug), (4, door), (3, vroeger), (4, gevraagd), (3, verlengd), (2, taakgericht), (3, geweigerd), (3, beide),
)  # fmt: skip
"""Every story, and how often it is told."""


def vertel(plan: Plan, bsns: list[str]) -> None:
    """A story of each of these clients; of some two."""
    v = Verteller(plan)
    gewichten, verhalen = zip(*VERHALEN, strict=True)
    for bsn in bsns:
        for verhaal in plan.dobbel.choices(verhalen, gewichten, k=plan.dobbel.choice((1, 1, 1, 2))):
            verhaal(v, v.client(bsn))
