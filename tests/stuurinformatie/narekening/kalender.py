"""Working days once more: the recognised holidays of the Netherlands by the calendar of Easter, without Goede Vrijdag."""

from datetime import date, timedelta

EERSTE, LAATSTE = date(2015, 1, 1), date(2031, 12, 31)


def pasen(jaar: int) -> date:
    """Easter Sunday (Meeus, Jones and Butcher).

    >>> pasen(2025), pasen(2026)
    (datetime.date(2025, 4, 20), datetime.date(2026, 4, 5))
    """
    a, b, c = jaar % 19, jaar // 100, jaar % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    maand, dag = divmod(h + k - 7 * m + 114, 31)
    return date(jaar, maand, dag + 1)


def feestdagen(jaar: int) -> set[date]:
    """The holidays of a year; Bevrijdingsdag once in five years, Koningsdag a day earlier when it is a Sunday."""
    zondag = pasen(jaar)
    koning = date(jaar, 4, 27)
    vast = {date(jaar, 1, 1), date(jaar, 12, 25), date(jaar, 12, 26)}
    vast.add(koning if koning.weekday() != 6 else koning - timedelta(days=1))
    if jaar % 5 == 0:
        vast.add(date(jaar, 5, 5))
    return vast | {zondag + timedelta(days=dagen) for dagen in (0, 1, 39, 49, 50)}


def dagen() -> list[tuple[date, int, bool]]:
    """Every day, with how many working days there were up to and including it, and whether it is free."""
    uit, geteld, vrij = [], 0, set[date]()
    for jaar in range(EERSTE.year, LAATSTE.year + 1):
        vrij |= feestdagen(jaar)
    dag = EERSTE
    while dag <= LAATSTE:
        is_vrij = dag.weekday() >= 5 or dag in vrij
        geteld += not is_vrij
        uit.append((dag, geteld, is_vrij))
        dag += timedelta(days=1)
    return uit
