"""Stacking in one pass finds what comparing every two periods finds."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.regels.algemeen.stapeling import HULPMIDDELEN, Periode, gestapeld, tegenover
from berichtenverkeer.standaard.berichten.basis import Product
from berichtenverkeer.standaard.berichten.onderdeel import Onderdeel
from berichtenverkeer.standaard.domein import Domein

EERSTE = date(2026, 1, 1)
PRODUCTEN = st.none() | st.builds(
    Product, Categorie=st.sampled_from(["02", "03", "11", "12"]), Code=st.sampled_from([None, "A", "B"])
)


@st.composite
def perioden(draw: st.DrawFn) -> list[Periode]:
    """Periods of 0 to 9 days, or ongoing, that begin within 20 days."""
    lijst = draw(st.lists(st.tuples(PRODUCTEN, st.integers(0, 20), st.none() | st.integers(0, 9)), max_size=12))
    return [
        Periode(Onderdeel(), product, begin, None if duur is None else begin + timedelta(days=duur))
        for product, dag, duur in lijst
        for begin in [EERSTE + timedelta(days=dag)]
    ]


def zelfde_product(een: Product | None, ander: Product | None, domein: Domein) -> bool:
    """Whether these two may not overlap (TR302), said the long way."""
    vrij = HULPMIDDELEN if domein is Domein.IWMO else frozenset()
    if any(product is not None and product.Categorie in vrij for product in (een, ander)):
        return False
    if een is None or ander is None:
        return True
    if een.Categorie != ander.Categorie:
        return False
    return een.Code is None or ander.Code is None or een.Code == ander.Code


def overlapt(een: Periode, ander: Periode) -> bool:
    return (een.einde is None or een.einde >= ander.begin) and (ander.einde is None or ander.einde >= een.begin)


@given(perioden(), st.sampled_from(Domein))
def test_one_pass_finds_what_every_pair_has(lijst: list[Periode], domein: Domein) -> None:
    op_begin = sorted(lijst, key=lambda periode: periode.begin)
    verwacht = [
        id(later)
        for plek, later in enumerate(op_begin)
        if any(
            overlapt(eerder, later) and zelfde_product(eerder.product, later.product, domein)
            for eerder in op_begin[:plek]
        )
    ]
    gevonden = list(gestapeld(lijst, domein))
    assert [id(later) for later, _ in gevonden] == verwacht
    for later, eerder in gevonden:
        assert overlapt(eerder, later)
        assert zelfde_product(eerder.product, later.product, domein)


@given(perioden(), perioden(), st.sampled_from(Domein))
def test_every_period_that_overlaps_another_among_these_is_found_once(
    lijst: list[Periode], anderen: list[Periode], domein: Domein
) -> None:
    """The others may overlap among themselves; these do not, for else TR302 or TR386 stopped the message."""
    zelf: list[Periode] = []
    for periode in lijst:
        if not any(overlapt(p, periode) and zelfde_product(p.product, periode.product, domein) for p in zelf):
            zelf.append(periode)
    verwacht = {
        id(een)
        for een in zelf
        if any(overlapt(een, ander) and zelfde_product(een.product, ander.product, domein) for ander in anderen)
    }
    gevonden = list(tegenover(zelf, anderen, domein))
    assert sorted(id(een) for een, _ in gevonden) == sorted(verwacht)
    for een, ander in gevonden:
        assert overlapt(een, ander)
        assert zelfde_product(een.product, ander.product, domein)
