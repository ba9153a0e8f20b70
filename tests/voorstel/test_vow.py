"""The 301 that honours a 317: the table of IV093, row by row, and any request at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from tests.conformance.boom import Boom

from berichtenverkeer.levensloop.declaratie import Declaratieboek, Declaratieregel
from berichtenverkeer.levensloop.overgangen import Prestatietoestand, Verzoektoestand
from berichtenverkeer.levensloop.toewijzing import is_actueel
from berichtenverkeer.oordeel.oordeel import Berichtoordeel
from berichtenverkeer.standaard.berichten.verzoek_om_wijziging import Verzoek
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.voorstel.opstellen.voorstel import Uitgangspunt, Voorstel
from berichtenverkeer.voorstel.opstellen.vow import GEWENST, Aard, Vanaf, aard, honoreer_vow

from .wijk import ASPECIFIEK, Wijk, gevraagd, producten, toewijzing, verzoek

WEEK3 = ("3", "04", "2")


def honoreer(vanaf: Vanaf | None = None, referentie: str = "VOW-1") -> "Maak":
    return Maak(vanaf, referentie)


class Maak:
    """Makes the proposal for a request."""

    def __init__(self, vanaf: Vanaf | None, referentie: str) -> None:
        self.vanaf, self.referentie = vanaf, referentie

    def __call__(self, u: Uitgangspunt) -> Voorstel:
        return honoreer_vow(u, u.aanvraag(self.referentie), self.vanaf)


def test_the_first_example_of_the_standard() -> None:
    """IV092: B1 ends before B2 begins, and C1 stays."""
    wijk = Wijk(vandaag=date(2025, 7, 1))
    b1 = toewijzing(432, wijk.product("X"), "2025-03-01", "2026-12-31", omvang=WEEK3, moment="2025-02-01T10:00:00")
    c1 = toewijzing(
        543, wijk.product("Y"), "2025-03-01", "2025-12-31", omvang=("80", "04", "6"), moment="2025-02-01T10:00:00"
    )
    wijk.goed("301", [b1, c1])
    wijk.goed(
        "317",
        verzoek(
            blijft=[543],
            wijzigt=[gevraagd("2025-03-01", "2025-08-31", WEEK3, nummer=432)],
            nieuw=[gevraagd("2025-09-01", "2026-12-31", ("6", "04", "2"), product=wijk.product("Z"))],
        ),
    )
    voorstel = wijk.neemt_aan(honoreer())
    uit = producten(voorstel)
    assert {nummer: (str(p.Ingangsdatum), str(p.Einddatum), p.RedenWijziging) for nummer, p in uit.items()} == {
        432: ("2025-03-01", "2025-08-31", "12"),
        543: ("2025-03-01", "2025-12-31", None),
        9001: ("2025-09-01", "2026-12-31", None),
    }
    assert {p.ReferentieAanbieder for p in uit.values()} == {"VOW-1"}
    assert "Toewijzing 432 houdt haar nummer; Einddatum wordt 2025-08-31 (IV093)." in voorstel.uitleg
    assert wijk.dossier.verzoeken["VOW-1"].toestand is Verzoektoestand.GEHONOREERD


@pytest.mark.parametrize("domein", Domein)
@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [(("4", "04", "2"), ("6", "04", "2")), (("4", "04", "4"), ("4", "01", "4")), (("4", "04", "6"), ("4", "04", "2"))],
)
def test_another_size_ends_the_old_and_begins_a_new_number(
    domein: Domein, oud: tuple[str, str, str], nieuw: tuple[str, str, str]
) -> None:
    wijk = Wijk(domein)
    wijk.goed("301", [toewijzing(1001, wijk.product("X"), omvang=oud)])
    wijk.goed("317", verzoek(wijzigt=[gevraagd("2026-04-01", "2027-01-31", nieuw, nummer=1001)]))
    uit = producten(wijk.neemt_aan(honoreer()))
    assert (uit[1001].Einddatum, uit[1001].RedenWijziging) == (date(2026, 3, 31), "12")
    assert (uit[9001].Ingangsdatum, uit[9001].Einddatum, uit[9001].RedenWijziging) == (
        date(2026, 4, 1), date(2027, 1, 31), None,
    )  # fmt: skip
    assert uit[9001].Product == uit[1001].Product


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        (toewijzing(1001, {"Categorie": "07"}, omvang=None, budget="5000"), gevraagd("2026-02-01", "2026-11-30", budget="7000")),
        (toewijzing(1001, {"Categorie": "07"}, omvang=None, budget="5000"), gevraagd("2026-02-01", "2027-11-30")),
        (toewijzing(1001, {"Categorie": "02", "Code": "02T01"}, omvang=("9", "04", "6")), gevraagd("2026-02-01", None, ("8", "04", "6"))),
        (toewijzing(1001, {"Categorie": "02", "Code": "02T01"}, omvang=("9", "04", "2")), gevraagd("2026-04-01", "2026-06-30", ("9", "04", "2"))),
        (toewijzing(1001, {"Categorie": "07"}, omvang=None), gevraagd("2026-04-01", "2027-06-30")),
    ],
)  # fmt: skip
def test_a_budget_a_total_or_an_end_changes_on_the_same_number(oud: dict[str, Boom], nieuw: dict[str, Boom]) -> None:
    wijk = Wijk()
    wijk.goed("301", [dict(oud)])
    eerst = wijk.dossier.toewijzingen[1001].product
    wijk.goed("317", verzoek(wijzigt=[nieuw | {"ToewijzingNummer": "1001"}]))
    [na] = producten(wijk.neemt_aan(honoreer())).values()
    assert (na.ToewijzingNummer, na.Ingangsdatum, na.Product, na.RedenWijziging) == (
        1001, eerst.Ingangsdatum, eerst.Product, "12",
    )  # fmt: skip
    assert str(na.Einddatum) == nieuw.get("Einddatum", "None")
    assert na.Budget == (int(str(nieuw["Budget"])) if "Budget" in nieuw else eerst.Budget)
    assert wijk.dossier.toewijzingen[1001].product == na


def _van_het_begin() -> Wijk:
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1001, wijk.product("X"))])
    wijk.goed("317", verzoek(wijzigt=[gevraagd("2026-02-01", "2026-12-31", ("6", "04", "2"), nummer=1001)]))
    return wijk


def test_another_size_from_the_first_day_takes_the_old_one_back() -> None:
    """Ending it the day before would be before it began (section G)."""
    wijk = _van_het_begin()
    uit = producten(wijk.neemt_aan(honoreer()))
    assert (uit[1001].Einddatum, uit[1001].RedenWijziging) == (uit[1001].Ingangsdatum, "13")
    assert (uit[9001].Ingangsdatum, uit[9001].RedenWijziging) == (date(2026, 2, 1), None)


@pytest.mark.parametrize("toestand", [Prestatietoestand.INGEDIEND, Prestatietoestand.TOEGEKEND])
def test_what_was_declared_on_is_not_taken_back(toestand: Prestatietoestand) -> None:
    wijk = _van_het_begin()
    regel = Declaratieregel(
        "R1", None, 1001, "02", "02T01", date(2026, 2, 1), date(2026, 2, 28), 4, "04", 100, 400, "D", toestand
    )
    for boek, mag in ((Declaratieboek.van([regel]), False), (Declaratieboek.van([_afgewezen(regel)]), True)):
        voorstel = wijk.keur(honoreer(), dossier=replace(wijk.dossier, boek=boek))
        assert (voorstel.data is not None) is mag
        assert any("TR385" in regel for regel in voorstel.uitleg) is not mag


def _afgewezen(regel: Declaratieregel) -> Declaratieregel:
    return regel._replace(toestand=Prestatietoestand.AFGEWEZEN)


def test_a_budget_is_not_lowered_below_what_was_declared() -> None:
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1001, {"Categorie": "07"}, omvang=None, budget="5000")])
    wijk.goed("317", verzoek(wijzigt=[gevraagd("2026-02-01", "2026-12-31", budget="3999", nummer=1001)]))
    for bedrag, mag in ((3999, True), (4000, False)):
        regel = Declaratieregel(
            "R1", None, 1001, "07", "07T01", date(2026, 2, 1), date(2026, 2, 28), bedrag, "83", None, bedrag, "D"
        )
        voorstel = wijk.keur(honoreer(), dossier=replace(wijk.dossier, boek=Declaratieboek.van([regel])))
        assert (voorstel.data is not None) is mag


def _te_laat() -> Wijk:
    """Example 2 of IV093, a year later: B ends and C begins, and the gemeente is a week late."""
    wijk = Wijk(vandaag=date(2026, 4, 20))
    wijk.goed("301", [toewijzing(1, wijk.product("X")), toewijzing(2, wijk.product("Y"))])
    wijk.goed(
        "317",
        verzoek(
            blijft=[1],
            wijzigt=[gevraagd("2026-02-01", "2026-05-15", ("4", "04", "2"), nummer=2)],
            nieuw=[gevraagd("2026-05-16", "2026-12-31", ("4", "04", "2"), product=wijk.product("Z"))],
        ),
    )
    wijk.op(date(2026, 5, 23))
    return wijk


@pytest.mark.parametrize(
    ("vanaf", "einde_b", "begin_c"),
    [(GEWENST, date(2026, 5, 15), date(2026, 5, 16)), (date(2026, 5, 24), date(2026, 5, 23), date(2026, 5, 24))],
)
def test_a_day_that_has_passed_is_kept_or_moved_with_what_adjoins(vanaf: Vanaf, einde_b: date, begin_c: date) -> None:
    uit = producten(_te_laat().neemt_aan(honoreer(vanaf)))
    assert (uit[2].Einddatum, uit[9001].Ingangsdatum, uit[9001].Einddatum) == (einde_b, begin_c, date(2026, 12, 31))


def test_a_day_that_has_passed_is_for_a_person_to_decide() -> None:
    voorstel = _te_laat().keur(honoreer())
    [vraag] = voorstel.vragen
    assert (voorstel.data, vraag.naam) == (None, "vanaf")
    assert [keuze.waarde for keuze in vraag.keuzes] == [GEWENST, "2026-05-23", "2026-05-24"]


@pytest.mark.parametrize("vanaf", [date(2026, 5, 15), date(2027, 1, 1)])
def test_a_day_that_does_not_fit_is_refused(vanaf: date) -> None:
    assert _te_laat().keur(honoreer(vanaf)).data is None


def test_what_came_since_the_request_goes_along_with_its_reference() -> None:
    """OP087 asks for every actual toewijzing, IV093 for the reference on all of them."""
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1, wijk.product("X"))])
    wijk.goed("317", verzoek(wijzigt=[gevraagd("2026-04-01", "2026-06-30", ("4", "04", "2"), nummer=1)]))
    wijk.goed("301", [toewijzing(1, wijk.product("X")), toewijzing(2, wijk.product("Y"), reden=None)])
    uit = producten(wijk.neemt_aan(honoreer()))
    assert (uit[2].ReferentieAanbieder, uit[2].RedenWijziging) == ("VOW-1", None)


def test_a_request_is_honoured_once_and_a_refused_one_still_may_be() -> None:
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1, wijk.product("X"))])
    wijk.goed("317", verzoek(wijzigt=[gevraagd("2026-04-01", "2026-06-30", ("4", "04", "2"), nummer=1)]))
    wijk.goed("319", {"ReferentieAanbieder": "VOW-1", "VerzoekAntwoord": "1", "RedenAfwijzingVerzoek": "4"})
    assert any("eerder afgewezen" in regel for regel in wijk.neemt_aan(honoreer()).uitleg)
    assert wijk.keur(honoreer()).uitleg == ("Verzoek VOW-1 is al gehonoreerd.",)


def test_a_toewijzing_that_was_taken_back_cannot_be_changed() -> None:
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1, wijk.product("X")), toewijzing(2, wijk.product("Y"))])
    wijk.goed("317", verzoek(blijft=[2], wijzigt=[gevraagd("2026-04-01", "2026-06-30", ("4", "04", "2"), nummer=1)]))
    weg = toewijzing(1, wijk.product("X"), einde="2026-02-01", moment="2026-03-01T10:00:00", reden="13")
    wijk.goed("301", [weg, toewijzing(2, wijk.product("Y"))])
    voorstel = wijk.keur(honoreer())
    assert voorstel.data is None
    assert any("is verwijderd" in regel for regel in voorstel.uitleg)


def test_a_number_in_use_is_not_given_again() -> None:
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1001, wijk.product("X"))])
    wijk.goed("317", verzoek(wijzigt=[gevraagd("2026-04-01", "2026-12-31", ("6", "04", "2"), nummer=1001)]))
    assert wijk.keur(honoreer(), nieuw_nummer=lambda: 1001).data is None


def test_what_the_rules_refuse_is_not_proposed() -> None:
    """TR361 counts what changes from the asked day only, so a new product may overlap what still runs until then."""
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1001, wijk.product("X"))])
    wijk.goed(
        "317",
        verzoek(
            wijzigt=[gevraagd("2026-06-01", "2026-12-31", ("6", "04", "2"), nummer=1001)],
            nieuw=[gevraagd("2026-04-01", "2026-05-31", ("2", "04", "2"), product=wijk.product("X"))],
        ),
    )
    voorstel = wijk.keur(honoreer())
    assert (voorstel.data, voorstel.bericht, [b.regel for b in voorstel.bevindingen]) == (None, None, ["TR302"])


# any request

OMVANGEN = st.tuples(st.sampled_from(["2", "4"]), st.sampled_from(["01", "04"]), st.sampled_from(["1", "2", "4", "6"]))
BEGIN = date(2026, 3, 2)
DAGEN = st.integers(-60, 120).map(lambda dagen: BEGIN + timedelta(days=dagen))


def _einde(draw: st.DrawFn, begin: date, verplicht: bool) -> str | None:
    einden = st.integers(0, 200).map(lambda dagen: str(begin + timedelta(days=dagen)))
    return draw(einden if verplicht else st.none() | einden)


@st.composite
def wijken(draw: st.DrawFn) -> Wijk:
    """A client with up to three toewijzingen and a request for change that was approved."""
    wijk = Wijk(draw(st.sampled_from(Domein)), BEGIN)
    toegewezen = []
    for nummer, naam in enumerate(draw(st.sets(st.sampled_from("XYA"), min_size=1)), start=1):
        begin = draw(DAGEN)
        if naam == "A":
            budget = draw(st.none() | st.sampled_from(["5000", "6000"]))
            einde = _einde(draw, begin, budget is not None)
            toegewezen.append(
                toewijzing(nummer, ASPECIFIEK[wijk.domein], str(begin), einde, omvang=None, budget=budget)
            )
        else:
            omvang = draw(OMVANGEN)
            einde = _einde(draw, begin, omvang[2] == "2")
            toegewezen.append(toewijzing(nummer, wijk.product(naam), str(begin), einde, omvang=omvang))
    wijk.goed("301", list(toegewezen))
    blijft, wijzigt = [], []
    for nummer, bekend in wijk.dossier.toewijzingen.items():
        oud = bekend.product
        if not is_actueel(oud, wijk.vandaag):
            continue
        if draw(st.integers(0, 3)) == 0:
            blijft.append(nummer)
            continue
        later = st.integers(1, 60).map(lambda d: BEGIN + timedelta(days=d))
        begin = draw(st.one_of(st.just(oud.Ingangsdatum), later, later))
        omvang_ = None
        if oud.Omvang is not None:
            gelijk = (str(oud.Omvang.Volume), oud.Omvang.Eenheid, oud.Omvang.Frequentie)
            omvang_ = draw(st.one_of(st.just(gelijk), OMVANGEN, OMVANGEN))
        budget = draw(st.none() | st.sampled_from(["5000", "7000"])) if oud.Omvang is None else None
        einde = _einde(draw, begin, budget is not None or (omvang_ is not None and omvang_[2] == "2"))
        wijzigt.append(gevraagd(str(begin), einde, omvang_, budget, nummer=nummer))
    nieuw = []
    if draw(st.booleans()):
        begin = draw(st.integers(1, 60).map(lambda d: BEGIN + timedelta(days=d)))
        nieuw.append(gevraagd(str(begin), _einde(draw, begin, True), draw(OMVANGEN), product=wijk.product("Z")))
    assume(
        wijk.stuur("317", verzoek(blijft=blijft, wijzigt=wijzigt, nieuw=nieuw)).uitslag is Berichtoordeel.GOEDGEKEURD
    )
    wijk.op(BEGIN + timedelta(days=draw(st.integers(0, 40))))
    return wijk


@given(wijken(), st.data())
@settings(max_examples=200)
def test_any_request_is_honoured_as_asked_or_not_at_all(wijk: Wijk, data: st.DataObject) -> None:
    voor = wijk.dossier
    vanaf = data.draw(st.sampled_from([None, None, GEWENST, wijk.vandaag, wijk.vandaag + timedelta(days=1)]))
    voorstel = wijk.keur(honoreer(vanaf))
    event(f"message: {voorstel.data is not None}")
    if voorstel.data is None:
        return
    uit = producten(wijk.neemt_aan(honoreer(vanaf)))
    vraag = voor.verzoeken["VOW-1"].vraag
    assert isinstance(vraag, Verzoek)
    assert {p.ReferentieAanbieder for p in uit.values()} == {"VOW-1"}
    assert uit.keys() >= {n for n, t in voor.toewijzingen.items() if is_actueel(t.product, wijk.vandaag)}
    for nummer, na in uit.items():
        if nummer not in voor.toewijzingen:
            assert na.RedenWijziging is None
            continue
        oud = voor.toewijzingen[nummer].product
        assert (na.Product, na.Ingangsdatum) == (oud.Product, oud.Ingangsdatum)
        moment = {"Toewijzingsdatum": oud.Toewijzingsdatum, "Toewijzingstijd": oud.Toewijzingstijd}
        zelfde = na.model_copy(update={"ReferentieAanbieder": None, **moment}) == oud
        assert (na.RedenWijziging is None) == zelfde
        assert wijk.dossier.toewijzingen[nummer].product == na
    nieuw = [p for n, p in uit.items() if n not in voor.toewijzingen]
    for gevraagd_ in vraag.TeWijzigenProducten:
        oud = voor.toewijzingen[gevraagd_.ToewijzingNummer].product
        soort = aard(oud, gevraagd_)
        event(soort)
        vervangers = [p for p in nieuw if p.Product == oud.Product]
        assert (len(vervangers) == 1) is (soort in (Aard.VERVANGEN, Aard.SPLITSEN))
        drager = vervangers[0] if vervangers else uit[gevraagd_.ToewijzingNummer]
        assert drager.Omvang == gevraagd_.Omvang
        assert drager.Einddatum == gevraagd_.Einddatum or isinstance(vanaf, date)
        if soort is Aard.SPLITSEN:
            assert uit[gevraagd_.ToewijzingNummer].Einddatum == drager.Ingangsdatum - timedelta(days=1)
            assert drager.Ingangsdatum == gevraagd_.GewensteIngangsdatum or isinstance(vanaf, date)
    assert len(nieuw) == len(vraag.NieuweProducten) + sum(
        aard(voor.toewijzingen[g.ToewijzingNummer].product, g) in (Aard.VERVANGEN, Aard.SPLITSEN)
        for g in vraag.TeWijzigenProducten
    )
