"""The 305 and the 307 on a toewijzing, and their corrections."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from berichtenverkeer.levensloop.overgangen import Leveringstoestand
from berichtenverkeer.standaard.berichten.start import Bericht305
from berichtenverkeer.standaard.berichten.stop import Bericht307
from berichtenverkeer.standaard.codelijst import REDEN_BEEINDIGING, codelijst
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.voorstel.opstellen.reden import initiatief_aanbieder, van_wijziging
from berichtenverkeer.voorstel.opstellen.start import meld_start, verbeter_start
from berichtenverkeer.voorstel.opstellen.stop import meld_stop, verbeter_stop
from berichtenverkeer.voorstel.opstellen.voorstel import Uitgangspunt, Voorstel

from .wijk import Wijk, toewijzing

EINDE = date(2026, 2, 27)
Maak = Callable[[Uitgangspunt], Voorstel]


def start(dag: str | None = "2026-02-02", nummer: int = 1001) -> Maak:
    return lambda u: meld_start(u, nummer, _dag(dag))


def verbeterde_start(gemeld: str, dag: str | None) -> Maak:
    return lambda u: verbeter_start(u, 1001, date.fromisoformat(gemeld), _dag(dag))


def stop(einde: str | None = None, reden: str | None = None) -> Maak:
    return lambda u: meld_stop(u, 1001, _dag(einde), reden)


def verbeterde_stop(einde: str | None = None, reden: str | None = None) -> Maak:
    return lambda u: verbeter_stop(u, 1001, _dag(einde), reden)


def _dag(tekst: str | None) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def toegewezen(domein: Domein = Domein.IWMO, einde: str | None = "2026-02-27") -> Wijk:
    wijk = Wijk(domein)
    wijk.goed("301", [toewijzing(1001, wijk.product("X"), einde=einde, omvang=("4", "04", "4"))])
    return wijk


def gestart(domein: Domein = Domein.IWMO, einde: str | None = "2026-02-27") -> Wijk:
    wijk = toegewezen(domein, einde)
    wijk.neemt_aan(start())
    return wijk


def reden(voorstel: Voorstel) -> str:
    assert isinstance(voorstel.bericht, Bericht307)
    return voorstel.bericht.Client.StopProducten[-1].RedenBeeindiging


@pytest.mark.parametrize("domein", Domein)
def test_a_start_has_what_the_toewijzing_says(domein: Domein) -> None:
    wijk = toegewezen(domein)
    bericht = wijk.neemt_aan(start()).bericht
    assert isinstance(bericht, Bericht305)
    [gemeld] = bericht.Client.StartProducten
    product = wijk.dossier.toewijzingen[1001].product
    assert (gemeld.Product, gemeld.ToewijzingIngangsdatum) == (product.Product, product.Ingangsdatum)
    assert wijk.dossier.levering((1001,)).toestand is Leveringstoestand.GESTART


def test_a_start_that_cannot_be_is_explained() -> None:
    wijk = toegewezen()
    assert [vraag.naam for vraag in wijk.keur(start(None)).vragen] == ["begindatum"]
    assert "OP011" in wijk.keur(start("2026-03-03")).uitleg[0]
    assert "TR019" in wijk.keur(start(nummer=7)).uitleg[0]
    assert wijk.keur(start(), client=None).data is None
    assert any("TR307" in regel for regel in wijk.keur(start("2026-03-01")).uitleg)
    wijk.neemt_aan(start())
    assert "TR326" in wijk.keur(start("2026-02-03")).uitleg[0]


def test_a_start_is_mended_in_one_message_when_its_key_changes() -> None:
    """IV008."""
    wijk = gestart()
    bericht = wijk.neemt_aan(verbeterde_start("2026-02-02", "2026-02-04")).bericht
    assert isinstance(bericht, Bericht305)
    assert [s.StatusAanlevering for s in bericht.Client.StartProducten] == ["3", "1"]
    assert [s.Begindatum for s in wijk.dossier.levering((1001,)).starts] == [date(2026, 2, 4)]
    gelijk = wijk.neemt_aan(verbeterde_start("2026-02-04", "2026-02-04"))
    assert any("apart bericht" in regel for regel in gelijk.uitleg)
    assert wijk.dossier.levering((1001,)).starts == ()
    assert "TR063" in wijk.keur(verbeterde_start("2026-02-04", None)).uitleg[0]


def test_a_start_with_a_stop_is_not_taken_back() -> None:
    wijk = gestart()
    wijk.neemt_aan(stop())
    assert "TR071" in wijk.keur(verbeterde_start("2026-02-02", None)).uitleg[0]
    wijk.neemt_aan(verbeterde_stop())
    wijk.neemt_aan(verbeterde_start("2026-02-02", None))
    assert wijk.dossier.levering((1001,)).toestand is Leveringstoestand.NIET_GESTART


@pytest.mark.parametrize(("domein", "code"), [(Domein.IWMO, "19"), (Domein.IJW, "31")])
def test_a_delivery_that_ends_with_its_toewijzing_ends_as_planned(domein: Domein, code: str) -> None:
    wijk = gestart(domein)
    voorstel = wijk.neemt_aan(stop())
    assert reden(voorstel) == code
    assert wijk.dossier.levering((1001,)).toestand is Leveringstoestand.DEFINITIEF_GESTOPT
    assert "TR415" in wijk.keur(stop()).uitleg[0]


@pytest.mark.parametrize("domein", Domein)
@pytest.mark.parametrize("wijziging", ["02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "14"])
def test_after_an_earlier_end_the_reason_follows_from_the_table(domein: Domein, wijziging: str) -> None:
    wijk = gestart(domein, None)
    ingetrokken = toewijzing(
        1001,
        wijk.product("X"),
        einde=str(EINDE),
        omvang=("4", "04", "4"),
        moment="2026-02-20T10:00:00",
        reden=wijziging,
    )
    wijk.goed("301", [ingetrokken])
    wijk.goed("301", [{naam: waarde for naam, waarde in ingetrokken.items() if naam != "RedenWijziging"}])  # a repeat
    volgt = van_wijziging(domein, wijziging)
    if volgt is None:
        [vraag] = wijk.keur(stop()).vragen
        assert [keuze.waarde for keuze in vraag.keuzes] == list(initiatief_aanbieder(domein))
    else:
        assert reden(wijk.neemt_aan(stop())) == volgt


@pytest.mark.parametrize(("wijziging", "code"), [("02", "02"), ("04", "19"), ("14", None)])
def test_of_a_version_whose_past_is_not_known_the_reason_counts(wijziging: str, code: str | None) -> None:
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1001, wijk.product("X"), einde=str(EINDE), omvang=("4", "04", "4"), reden=wijziging)])
    wijk.neemt_aan(start())
    voorstel = wijk.keur(stop())
    assert [vraag.naam for vraag in voorstel.vragen] == ([] if code else ["reden"])
    assert code is None or reden(voorstel) == code


def test_after_a_later_end_the_delivery_ends_as_planned() -> None:
    wijk = gestart(einde="2026-02-20")
    opgerekt = toewijzing(
        1001, wijk.product("X"), einde=str(EINDE), omvang=("4", "04", "4"), moment="2026-02-10T10:00:00", reden="04"
    )
    wijk.goed("301", [opgerekt])
    assert reden(wijk.neemt_aan(stop())) == "19"


@pytest.mark.parametrize("domein", Domein)
def test_only_the_reason_of_the_gemeente_is_not_offered(domein: Domein) -> None:
    assert set(codelijst(REDEN_BEEINDIGING[domein], domein).codes) - set(initiatief_aanbieder(domein)) == {"36"}
    [vraag] = gestart(domein).keur(stop("2026-02-10")).vragen
    assert ("37", "In verband met wijzigingsverzoek") in {(k.waarde, k.omschrijving) for k in vraag.keuzes}


def test_an_end_of_ones_own_asks_for_a_reason() -> None:
    wijk = gestart(einde=None)
    assert [vraag.naam for vraag in wijk.keur(stop()).vragen] == ["einddatum", "reden"]
    assert [vraag.naam for vraag in wijk.keur(stop("2026-02-10")).vragen] == ["reden"]
    assert "99 is geen" in wijk.keur(stop("2026-02-10", "99")).uitleg[0]
    assert reden(wijk.neemt_aan(stop("2026-02-10", "20"))) == "20"
    assert "TR413" in wijk.keur(stop("2026-02-12", "20")).uitleg[0]
    [vraag] = wijk.keur(stop("2026-02-12")).vragen
    assert "20" not in {keuze.waarde for keuze in vraag.keuzes}
    assert [b.regel for b in wijk.keur(stop("2026-02-09", "21")).bevindingen] == ["TR414"]
    wijk.neemt_aan(stop("2026-02-12", "21"))


def test_a_stop_is_mended_in_one_message() -> None:
    wijk = gestart()
    assert "TR063" in wijk.keur(verbeterde_stop()).uitleg[0]
    wijk.neemt_aan(stop())
    assert "niets te verbeteren" in wijk.keur(verbeterde_stop("2026-02-27")).uitleg[0]
    bericht = wijk.neemt_aan(verbeterde_stop(reden="21")).bericht
    assert isinstance(bericht, Bericht307)
    assert [(s.StatusAanlevering, s.RedenBeeindiging) for s in bericht.Client.StopProducten] == [
        ("3", "19"),
        ("1", "21"),
    ]
    [staat] = wijk.dossier.levering((1001,)).stops
    assert (staat.RedenBeeindiging, staat.Einddatum) == ("21", EINDE)


def test_nothing_is_reported_on_what_was_taken_back() -> None:
    wijk = gestart()
    weg = toewijzing(
        1001, wijk.product("X"), einde="2026-02-01", omvang=("4", "04", "4"), moment="2026-02-20T10:00:00", reden="13"
    )
    wijk.goed("301", [weg])
    for maak in (stop("2026-02-20", "21"), start("2026-02-20"), verbeterde_start("2026-02-02", "2026-02-05")):
        assert "StatusAanlevering 3" in wijk.keur(maak).uitleg[0]
    wijk.neemt_aan(verbeterde_start("2026-02-02", None))


def test_without_a_start_there_is_no_stop() -> None:
    assert "TR382" in toegewezen().keur(stop()).uitleg[0]


DAGEN = st.none() | st.integers(0, 60).map(lambda dagen: str(date(2026, 1, 20) + timedelta(days=dagen)))
REDENEN = st.none() | st.sampled_from(["19", "20", "21", "31", "36"])
STAPPEN = st.one_of(
    st.builds(start, DAGEN),
    st.builds(stop, DAGEN, REDENEN),
    st.builds(verbeterde_stop, DAGEN, REDENEN),
    st.builds(verbeterde_start, st.sampled_from(["2026-02-02", "2026-02-03"]), DAGEN),
)


@given(st.sampled_from(Domein), st.sampled_from(["2026-02-27", "2026-12-31", None]), st.lists(STAPPEN, max_size=8))
@settings(max_examples=150)
def test_whatever_is_asked_what_is_proposed_is_approved(domein: Domein, einde: str | None, stappen: list[Maak]) -> None:
    wijk = gestart(domein, einde)
    for stap in stappen:
        voorstel = wijk.keur(stap)
        event(f"message: {voorstel.data is not None}")
        if voorstel.data is not None:
            wijk.neemt_aan(stap)
