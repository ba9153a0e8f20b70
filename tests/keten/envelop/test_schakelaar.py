"""Switches: what holds when, and which wins when several do."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.keten.envelop.fouten import Afgekeurd
from berichtenverkeer.keten.envelop.functie import keur_functie
from berichtenverkeer.keten.zendingen.actief import eis_actief
from berichtenverkeer.klok import NEDERLAND
from berichtenverkeer.partijen.schakelaar import BEREIKEN, LEEG, NietActief, Schakelaar, Schakelbord, Stand
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort

NUL = datetime(2026, 3, 2, 12, tzinfo=NEDERLAND)
SECONDE = timedelta(seconds=1)
WMO301, JW307 = BERICHTSOORTEN["WMO301"], BERICHTSOORTEN["JW307"]


def schakelaar(
    functie: str, stand: str, van: datetime = NUL, tot: datetime | None = None, versie: str = "3.2"
) -> Schakelaar:
    return Schakelaar(functie, versie, van, tot, Stand(stand))


def bord(*schakelaars: Schakelaar) -> Schakelbord:
    return Schakelbord.van(schakelaars)


def test_what_nobody_switched_is_on_in_the_release_of_this_software_only() -> None:
    for soort in BERICHTSOORTEN.values():
        assert LEEG.stand(soort, "3.2", NUL) is Stand.AAN
        LEEG.keur(soort, NUL)
        for versie in ("3.1", "3.3", "2.4", "32", "", "x"):
            assert LEEG.stand(soort, versie, NUL) is Stand.UIT


def test_it_holds_from_its_first_moment_until_before_its_last() -> None:
    b = bord(schakelaar("WMO301", "bevroren", NUL, NUL + 10 * SECONDE))
    for moment, stand in (
        (NUL - SECONDE, "aan"), (NUL, "bevroren"), (NUL + 9 * SECONDE, "bevroren"), (NUL + 10 * SECONDE, "aan"),
    ):  # fmt: skip
        assert b.stand(WMO301, "3.2", moment) == stand
        assert b.stand(JW307, "3.2", moment) == "aan"
        assert b.stand(WMO301, "3.1", moment) == "uit"


@pytest.mark.parametrize(
    ("functies", "wmo301", "wmo305", "jw307"),
    [
        (("*",), "uit", "uit", "uit"),
        (("WMO",), "uit", "uit", "aan"),
        (("JW",), "aan", "aan", "uit"),
        (("WMO301",), "uit", "aan", "aan"),
    ],
)
def test_what_it_is_for(functies: tuple[str, ...], wmo301: str, wmo305: str, jw307: str) -> None:
    b = bord(*(schakelaar(functie, "uit") for functie in functies))
    soorten = WMO301, BERICHTSOORTEN["WMO305"], JW307
    assert tuple(b.stand(soort, "3.2", NUL) for soort in soorten) == (wmo301, wmo305, jw307)


def test_the_most_specific_wins_however_early_it_began() -> None:
    b = bord(
        schakelaar("*", "bevroren", NUL + SECONDE),
        schakelaar("WMO", "uit", NUL),
        schakelaar("WMO301", "aan", NUL - SECONDE),
    )
    later = NUL + SECONDE
    assert b.stand(WMO301, "3.2", later) == "aan"
    assert b.stand(BERICHTSOORTEN["WMO305"], "3.2", later) == "uit"
    assert b.stand(JW307, "3.2", later) == "bevroren"


def test_of_equals_the_one_that_began_last_wins_while_it_lasts() -> None:
    b = bord(schakelaar("*", "uit", NUL), schakelaar("*", "aan", NUL + SECONDE, NUL + 2 * SECONDE))
    assert [b.stand(JW307, "3.2", NUL + n * SECONDE) for n in range(3)] == ["uit", "aan", "uit"]


@pytest.mark.parametrize(
    ("een", "zin", "advies"),
    [
        (schakelaar("*", "uit"), "WMO301 staat uit.", "Vraag de beheerder"),
        (
            schakelaar("*", "bevroren", NUL, datetime(2026, 4, 1, tzinfo=NEDERLAND)),
            "WMO301 is bevroren tot 2026-04-01 00:00.",
            "na de bevriezing opnieuw",
        ),
        (schakelaar("WMO", "bevroren"), "WMO301 is bevroren.", "na de bevriezing opnieuw"),
    ],
)
def test_what_is_said(een: Schakelaar, zin: str, advies: str) -> None:
    with pytest.raises(NietActief) as fout:
        bord(een).keur(WMO301, NUL)
    assert fout.value.melding == zin
    assert advies in fout.value.advies


@pytest.mark.parametrize(
    ("functie", "versie", "berichtcode", "code"),
    [
        ("WMO399", "0002", "Di01", "IB004"),
        ("WMO301", "0001", "Di01", "IB023"),
        ("WMO301", "0002", "Di01", "IB023"),
        ("WMO301", "0002", "Du01", "IB023"),
        ("WMO302", "0002", "Di01", "IB006"),
    ],
)
def test_its_place_in_the_order_of_checks(functie: str, versie: str, berichtcode: str, code: str) -> None:
    """§4.1 step 15: functie, version, envelope, direction."""
    b = bord(schakelaar("WMO301", "uit"))
    with pytest.raises(Afgekeurd) as fout:
        keur_functie(functie, "0003", versie, berichtcode, None, keur_stand=lambda soort: eis_actief(b, soort, NUL))
    assert fout.value.code == code


MOMENTEN = st.integers(-3, 6).map(lambda n: NUL + n * SECONDE)
SCHAKELAARS = st.builds(
    Schakelaar,
    st.sampled_from(["*", "WMO", "JW", "WMO301", "WMO305", "JW307"]),
    st.sampled_from(["3.1", "3.2"]),
    MOMENTEN,
    st.none() | MOMENTEN,
    st.sampled_from(Stand),
)
BORDEN = st.lists(SCHAKELAARS, max_size=12, unique_by=lambda een: (een.functie, een.versie, een.van))


@given(BORDEN, st.randoms(), st.sampled_from([WMO301, JW307]), st.sampled_from(["3.1", "3.2"]), MOMENTEN)
def test_one_wins_whatever_their_order(
    schakelaars: list[Schakelaar], toeval: object, soort: Berichtsoort, versie: str, nu: datetime
) -> None:
    """Held against the rule in other words: look for the functie, else its law, else all, each time the last begin."""
    verwacht = None
    for functie in (soort.code, soort.domein.voorvoegsel, "*"):
        geldig = [
            een for een in schakelaars
            if (een.functie, een.versie) == (functie, versie) and een.van <= nu and not (een.tot and een.tot <= nu)
        ]  # fmt: skip
        if geldig:
            verwacht = sorted(geldig, key=lambda een: een.van)[-1]
            break
    geschud = list(schakelaars)
    toeval.shuffle(geschud)  # type: ignore[attr-defined]
    assert bord(*geschud).geldend(soort, versie, nu) == bord(*schakelaars).geldend(soort, versie, nu) == verwacht


def test_there_is_a_reach_for_all_for_each_law_and_for_each_functie() -> None:
    assert len(BEREIKEN) == len(set(BEREIKEN)) == 1 + 2 + 3 * 2 + 28
