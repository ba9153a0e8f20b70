"""What the hoofdaannemer does in the region: it passes on, moves, ends, and fixes its months."""

from datetime import date, datetime, time, timedelta

from tests.stuurinformatie.regio import wie
from tests.stuurinformatie.regio.bureau import PARTNERS, Bureau
from tests.stuurinformatie.regio.plan import Handeling, Plan, Toegewezen

from berichtenverkeer.bedrijfsbureau import handelingen, maandstaten
from berichtenverkeer.bedrijfsbureau import partner as partners
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.klok import NEDERLAND


def geef_door(plan: Plan) -> None:
    """All that it will do."""
    d = plan.dobbel
    for t in plan.van_hoofdaannemer:
        segment = _segment(t)
        if segment is None or d.random() < 0.12:
            continue
        _zet_in(plan, t, segment)
    for nummer in range(22):
        jaar, maand = divmod(nummer, 12)
        moment = datetime.combine(date(2025 + jaar, maand + 1, 28) + timedelta(days=12), time(12), NEDERLAND)
        for partner in PARTNERS:
            if d.random() < 0.9:
                plan.doe(moment, _stel_vast(Maand(2025 + jaar, maand + 1), partner))
    plan.doe(plan.moment(date(2025, 11, 15)), lambda bureau, nu: bureau.laad("tarieven", wie.LATER_TARIEF, nu))


def _zet_in(plan: Plan, t: Toegewezen, segment: str) -> None:
    d, eerste = plan.dobbel, t.versies[0]
    partner, klasse = d.choice(PARTNERS), d.choice(wie.KLASSEN[segment])
    van = eerste.ingang + timedelta(days=d.choice((0, 0, 0, 7)))
    tot = van + timedelta(days=40) if d.random() < 0.15 else None
    op = plan.daarna(eerste.bekend, d.choice((0, 1, 5)))
    plan.doe(op, lambda bureau, nu: bureau.doe(lambda: bureau.plaats(t.wie, partner, klasse, van, tot, nu)))
    wat = d.choice(("niets", "niets", "over", "klasse", "eind", "weg", "weiger", "over"))
    per, later = van + timedelta(days=d.randint(5, 50)), plan.daarna(op, d.choice((3, 30)))
    ander, klasse2 = d.choice([p for p in PARTNERS if p != partner]), d.choice(wie.KLASSEN[segment])

    def daad(b: Bureau, nu: datetime) -> None:
        id_ = b.inzetten.get(t.wie.nummer)
        if id_ is None:
            return
        if wat == "over":
            b.doe(lambda: handelingen.draag_over(b.bedrijf, id_, ander, per, klasse2, nu))
        elif wat == "klasse":
            b.doe(lambda: handelingen.wijzig_klasse(b.bedrijf, id_, klasse2, per, "anders", nu))
        elif wat == "eind":
            b.doe(lambda: handelingen.beeindig(b.bedrijf, id_, per, "klaar", nu))
        elif wat == "weg":
            b.doe(lambda: handelingen.trek_in(b.bedrijf, id_, "vergissing", nu))
        elif wat == "weiger":
            balie = partners.Balie(b.bedrijf.engine, partner, b.bedrijf.kalender)
            b.doe(lambda: partners.weiger(balie, id_, "vol", nu))

    plan.doe(later, daad)


def _stel_vast(maand: Maand, partner: str) -> Handeling:
    def daad(b: Bureau, nu: datetime) -> None:
        b.doe(lambda: maandstaten.stel_vast(b.bedrijf, maand, partner, wie.HOOFDAANNEMER, nu))

    return daad


def _segment(t: Toegewezen) -> str | None:
    if t.product.code == "02T02":
        return "ambulant"
    if t.product.code == "08T01":
        return "vervoer"
    return {"02": "begeleiding", "45": "begeleiding", "07": "dagopvang", "41": "dagopvang"}.get(
        t.product.categorie or ""
    )
