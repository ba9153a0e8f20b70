"""The life of a request, row by row (levenscyclus C2), what it shows on a toewijzing, and its story."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.levensloop.gebeurtenis import Gebeurtenis
from berichtenverkeer.levensloop.overgangen import VERZOEK, Overgang, Verzoeksoort, Verzoektoestand, overgang
from berichtenverkeer.levensloop.stand import verschil, voer_door
from berichtenverkeer.levensloop.verzoek import laatste
from berichtenverkeer.standaard.berichten.start import StartProduct
from berichtenverkeer.standaard.berichten.stop import StopProduct

from .verhaal import NUMMER, Klasse, Verhaal, Y, aanvraag, afwijzing, onderzoek, start, toewijzing, wijziging

GEEN, INGEDIEND, IN_ONDERZOEK, GEHONOREERD, AFGEWEZEN = Verzoektoestand
VOT, VOW = "VOT-1", "VOW-1"

Stap = tuple[str, tuple[Klasse, ...]]
"""What is sent: the number of the message and its classes."""


def vot(*producten: Klasse) -> Stap:
    return "315", producten or (aanvraag(VOT),)


def vow(verzoek: Klasse | None = None) -> Stap:
    return "317", (verzoek or wijziging(VOW, NUMMER),)


def antwoord(klasse: Klasse) -> Stap:
    return "319", (klasse,)


def toe(*producten: Klasse) -> Stap:
    return "301", producten


def gehonoreerd(referentie: str) -> Stap:
    return toe(toewijzing(referentie=referentie))


def stuur(verhaal: Verhaal, stap: Stap) -> set[str]:
    """Send a step; the retourcodes it is refused with."""
    nummer, klassen = stap
    if nummer == "317":
        return verhaal.vraag_wijziging(*klassen)
    if nummer == "319":
        return verhaal.antwoord(*klassen)
    return verhaal.stuur(nummer, klassen)


def overgangen(gebeurtenissen: Iterable[Gebeurtenis]) -> Iterator[Overgang[Verzoektoestand]]:
    """The row of the table for whatever happens to a request, in this order. Raises ``OnmogelijkeOvergang``."""
    dossier = Dossier()
    for gebeurtenis in gebeurtenissen:
        feit = gebeurtenis.feit
        na = dossier.na(gebeurtenis)
        referentie = None if isinstance(feit, (StartProduct, StopProduct)) else feit.ReferentieAanbieder
        if referentie is not None and referentie in na.verzoeken:
            oud = dossier.verzoeken.get(referentie)
            naam = oud.duid(gebeurtenis) if oud else "verzoek ingediend"
            yield overgang(VERZOEK, naam, oud.toestand if oud else GEEN, na.verzoeken[referentie].toestand)
        dossier = na


@dataclass(frozen=True)
class Rij:
    """From ``van``, which ``eerder`` leads to, one message brings ``referentie`` to ``naar`` or is refused with ``codes``."""

    naam: str
    referentie: str
    van: Verzoektoestand
    eerder: list[Stap]
    bericht: Stap
    naar: Verzoektoestand
    codes: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        return self.naam


GEVRAAGD = [vot()]
ONDERZOCHT = [vot(), antwoord(onderzoek(VOT))]
GEWEIGERD = [vot(), antwoord(afwijzing(VOT))]
TOEGEWEZEN = [vot(), gehonoreerd(VOT)]
LOOPT = [toe(toewijzing())]
GEWENST = [*LOOPT, vow()]
TWEE = [vot(aanvraag(VOT), aanvraag("VOT-2", Y))]

RIJEN = [
    Rij("vot ingediend", VOT, GEEN, [], vot(), INGEDIEND),
    Rij("vow ingediend", VOW, GEEN, LOOPT, vow(), INGEDIEND),
    Rij("vow zonder toewijzing", VOW, GEEN, [], vow(), GEEN, {"8187", "9351"}),
    Rij("vow op een onbekend nummer", VOW, GEEN, LOOPT, vow(wijziging(VOW, 1009)), GEEN, {"9349", "9351"}),
    Rij("vot zonder eigen referentie", VOT, GEEN, [], vot(aanvraag(VOT), aanvraag(VOT, Y)), GEEN, {"0001"}),
    Rij("vot tijdens een vot", "VOT-2", GEEN, GEVRAAGD, vot(aanvraag("VOT-2")), GEEN, {"9374"}),
    Rij("vot tijdens onderzoek", "VOT-2", GEEN, ONDERZOCHT, vot(aanvraag("VOT-2")), GEEN, {"9374"}),
    Rij("vot nogmaals", VOT, INGEDIEND, GEVRAAGD, vot(), INGEDIEND, {"9347", "9374"}),
    Rij("vot tijdens een vow", VOT, GEEN, GEWENST, vot(), GEEN, {"9374"}),
    Rij("vow tijdens een vot", VOW, GEEN, [*LOOPT, *GEVRAAGD], vow(), GEEN, {"9374"}),
    Rij("nieuw verzoek na een afwijzing", "VOT-2", GEEN, GEWEIGERD, vot(aanvraag("VOT-2")), INGEDIEND),
    Rij("oude referentie na een afwijzing", VOT, AFGEWEZEN, GEWEIGERD, vot(), AFGEWEZEN, {"9347"}),
    Rij("in onderzoek", VOT, INGEDIEND, GEVRAAGD, antwoord(onderzoek(VOT)), IN_ONDERZOEK),
    Rij("vow in onderzoek", VOW, INGEDIEND, GEWENST, antwoord(onderzoek(VOW)), IN_ONDERZOEK),
    Rij("tweemaal in onderzoek", VOT, IN_ONDERZOEK, ONDERZOCHT, antwoord(onderzoek(VOT)), IN_ONDERZOEK, {"9360"}),
    Rij("afgewezen", VOT, INGEDIEND, GEVRAAGD, antwoord(afwijzing(VOT)), AFGEWEZEN),
    Rij("afgewezen na onderzoek", VOT, IN_ONDERZOEK, ONDERZOCHT, antwoord(afwijzing(VOT)), AFGEWEZEN),
    Rij("vow afgewezen", VOW, INGEDIEND, GEWENST, antwoord(afwijzing(VOW)), AFGEWEZEN),
    Rij("antwoord op niets", VOT, GEEN, [], antwoord(afwijzing(VOT)), GEEN, {"9355"}),
    Rij("tweemaal afgewezen", VOT, AFGEWEZEN, GEWEIGERD, antwoord(afwijzing(VOT)), AFGEWEZEN, {"9365"}),
    Rij("in onderzoek na een afwijzing", VOT, AFGEWEZEN, GEWEIGERD, antwoord(onderzoek(VOT)), AFGEWEZEN, {"9360", "9365"}),
    Rij("gehonoreerd", VOT, INGEDIEND, GEVRAAGD, gehonoreerd(VOT), GEHONOREERD),
    Rij("gehonoreerd na onderzoek", VOT, IN_ONDERZOEK, ONDERZOCHT, gehonoreerd(VOT), GEHONOREERD),
    Rij("gehonoreerd na een afwijzing", VOT, AFGEWEZEN, GEWEIGERD, gehonoreerd(VOT), GEHONOREERD),
    Rij("vow gehonoreerd", VOW, INGEDIEND, GEWENST, gehonoreerd(VOW), GEHONOREERD),
    Rij("gehonoreerd met twee toewijzingen", VOT, INGEDIEND, GEVRAAGD,
        toe(toewijzing(referentie=VOT), toewijzing(nummer=1002, product=Y, referentie=VOT)), GEHONOREERD),
    Rij("toegewezen zonder referentie", VOT, INGEDIEND, GEVRAAGD, toe(toewijzing()), INGEDIEND),
    Rij("toegewezen met een onbekende referentie", VOT, INGEDIEND, GEVRAAGD, gehonoreerd("VOT-9"), INGEDIEND, {"9379"}),
    Rij("vow half gehonoreerd", VOW, INGEDIEND, GEWENST,
        toe(toewijzing(referentie=VOW), toewijzing(nummer=1002, product=Y)), INGEDIEND, {"9379"}),
    Rij("tweemaal gehonoreerd", VOT, GEHONOREERD, TOEGEWEZEN, gehonoreerd(VOT), GEHONOREERD, {"9379"}),
    Rij("afgewezen na honorering", VOT, GEHONOREERD, TOEGEWEZEN, antwoord(afwijzing(VOT)), GEHONOREERD, {"9359"}),
    Rij("in onderzoek na honorering", VOT, GEHONOREERD, TOEGEWEZEN, antwoord(onderzoek(VOT)), GEHONOREERD, {"9359"}),
    Rij("van twee producten één afgewezen", "VOT-2", INGEDIEND, TWEE, antwoord(afwijzing(VOT)), INGEDIEND),
    Rij("van twee producten één nog onderhanden", "VOT-3", GEEN, [*TWEE, antwoord(afwijzing(VOT))], vot(aanvraag("VOT-3")), GEEN, {"9374"}),
]  # fmt: skip


@pytest.mark.parametrize("rij", RIJEN, ids=str)
def test_row(rij: Rij) -> None:
    verhaal = Verhaal()
    for stap in rij.eerder:
        assert stuur(verhaal, stap) == set()
    assert verhaal.verzoek(rij.referentie) is rij.van
    assert stuur(verhaal, rij.bericht) == rij.codes
    assert verhaal.verzoek(rij.referentie) is rij.naar


def verteld(*stappen: Stap) -> Verhaal:
    """A story in which every step is approved."""
    verhaal = Verhaal()
    for stap in stappen:
        assert stuur(verhaal, stap) == set()
    return verhaal


def test_a_vow_is_settled_as_one_and_shows_on_what_it_names_and_what_it_gave() -> None:
    verhaal = verteld(
        toe(toewijzing(), toewijzing(nummer=1002, product=Y)), vow(wijziging(VOW, NUMMER, ongewijzigd=[1002]))
    )
    verzoek = verhaal.dossier.verzoeken[VOW]
    assert (verzoek.soort, verzoek.genoemd, verzoek.onderhanden) == (Verzoeksoort.VOW, (1002, NUMMER), True)
    nieuw = toewijzing(ingang="2027-01-01", einde="2027-12-31", nummer=1003, referentie=VOW)
    stuur(
        verhaal,
        toe(toewijzing(referentie=VOW), toewijzing(nummer=1002, product=Y, referentie=VOW), nieuw),
    )
    verzoek = verhaal.dossier.verzoeken[VOW]
    assert verzoek.toewijzingnummers == (NUMMER, 1002, 1003)
    assert not verzoek.onderhanden
    assert all(verhaal.dossier.verzoek_van(nummer) == verzoek for nummer in (NUMMER, 1002, 1003))


def test_each_product_of_a_vot_is_settled_by_itself() -> None:
    verhaal = verteld(*TWEE, gehonoreerd(VOT))
    verzoeken = verhaal.dossier.verzoeken
    assert {r: v.soort for r, v in verzoeken.items()} == dict.fromkeys((VOT, "VOT-2"), Verzoeksoort.VOT)
    assert (verzoeken[VOT].genoemd, verzoeken[VOT].toewijzingnummers) == ((), (NUMMER,))
    assert [verzoek.referentie for verzoek in verhaal.dossier.onderhanden()] == ["VOT-2"]


def test_what_a_message_changes_is_what_others_see_change() -> None:
    stappen = [*LOOPT, vow(), antwoord(onderzoek(VOW)), antwoord(afwijzing(VOW)), gehonoreerd(VOW)]
    verhaal, gezien = Verhaal(), []
    for stap in stappen:
        voor, aantal = verhaal.dossier, len(verhaal.gebeurtenissen)
        assert stuur(verhaal, stap) == set()
        gevolg = voer_door(voor, verhaal.gebeurtenissen[aantal:])
        assert gevolg.dossier == verhaal.dossier
        gezien.append(
            (
                {nummer: stand.verzoek for nummer, stand in gevolg.toewijzingen.items()},
                {referentie: verzoek.toestand for referentie, verzoek in gevolg.verzoeken.items()},
            )
        )
    toestanden = (INGEDIEND, IN_ONDERZOEK, AFGEWEZEN, GEHONOREERD)
    assert gezien == [({NUMMER: None}, {}), *(({NUMMER: t}, {VOW: t}) for t in toestanden)]


def test_a_vot_changes_no_toewijzing_until_it_is_honoured() -> None:
    verhaal = verteld(*LOOPT)
    voor = verhaal.dossier
    stuur(verhaal, vot())
    gevolg = voer_door(voor, verhaal.gebeurtenissen[1:])
    assert (gevolg.toewijzingen, list(gevolg.verzoeken)) == ({}, [VOT])


def test_what_comes_again_changes_nothing() -> None:
    verhaal = verteld(*LOOPT, vow(), gehonoreerd(VOW))
    for gebeurtenis in verhaal.gebeurtenissen:
        gevolg = voer_door(verhaal.dossier, [gebeurtenis])
        assert (gevolg.toewijzingen, gevolg.verzoeken) == ({}, {})


def test_undoing_an_answer_changes_the_toewijzing_that_showed_it() -> None:
    verhaal = verteld(*LOOPT, vow(), antwoord(afwijzing(VOW)))
    na = Dossier.van(verhaal.gebeurtenissen[:-1])
    gevolg = verschil(verhaal.dossier, na, verhaal.gebeurtenissen[-1:])
    assert {nummer: stand.verzoek for nummer, stand in gevolg.toewijzingen.items()} == {NUMMER: INGEDIEND}
    assert {referentie: verzoek.toestand for referentie, verzoek in gevolg.verzoeken.items()} == {VOW: INGEDIEND}


def test_an_answer_to_no_request_changes_nothing() -> None:
    verhaal = verteld(*GEVRAAGD, antwoord(afwijzing(VOT)), gehonoreerd(VOT))
    zonder = Dossier.van(verhaal.gebeurtenissen[1:])
    assert zonder.verzoeken == {}
    assert zonder.verzoek_van(NUMMER) is None


@given(st.permutations(range(3)))
def test_the_request_that_is_not_settled_is_shown(volgorde: list[int]) -> None:
    """Also when it is dated first, and whatever the order in which they are looked at (OP080); of settled ones the last
    by Dagtekening."""
    verhaal = verteld(*LOOPT)
    for nummer, dag in enumerate((date(2026, 3, 2), date(2026, 3, 1), date(2026, 2, 28))):
        verhaal.op(dag)
        assert stuur(verhaal, vow(wijziging(f"VOW-{nummer}", NUMMER))) == set()
        if nummer < 2:
            assert stuur(verhaal, antwoord(afwijzing(f"VOW-{nummer}"))) == set()
    verzoeken = list(verhaal.dossier.verzoeken.values())
    gekozen = laatste(verzoeken[plek] for plek in volgorde)
    assert gekozen is not None
    assert gekozen.referentie == "VOW-2"
    afgehandeld = laatste(verzoeken[plek] for plek in volgorde if plek < 2)
    assert afgehandeld is not None
    assert afgehandeld.referentie == "VOW-0"
    assert laatste([]) is None


def test_the_timeline_of_a_toewijzing_tells_its_requests() -> None:
    verhaal = verteld(*LOOPT, vow(), antwoord(onderzoek(VOW)), gehonoreerd(VOW))
    punten = verhaal.tijdlijn()
    assert [(punt.gebeurtenis, punt.van, punt.naar) for punt in punten] == [
        ("nieuw", "geen", "lopend"),
        ("verzoek ingediend", GEEN, INGEDIEND),
        ("verzoek in onderzoek", INGEDIEND, IN_ONDERZOEK),
        ("verzoek gehonoreerd", IN_ONDERZOEK, GEHONOREERD),
        ("herhaald", "lopend", "lopend"),
    ]
    assert punten[1].wijzigingen == {"ReferentieAanbieder": (None, VOW)}
    assert punten[2].wijzigingen["VerzoekAntwoord"] == (None, "2")


def test_the_timeline_tells_how_a_toewijzing_was_asked_for() -> None:
    """Also what happened before the toewijzing was there; of the other product nothing."""
    verhaal = verteld(*TWEE, antwoord(afwijzing("VOT-2")), toe(toewijzing(referentie=VOT)))
    assert [(punt.gebeurtenis, punt.naar) for punt in verhaal.tijdlijn()] == [
        ("verzoek ingediend", INGEDIEND),
        ("verzoek gehonoreerd", GEHONOREERD),
        ("nieuw", "lopend"),
    ]


def test_the_timeline_tells_once_that_a_request_is_honoured() -> None:
    tweede = toewijzing(nummer=1002, product=Y, referentie=VOT)
    verhaal = verteld(*GEVRAAGD, toe(toewijzing(referentie=VOT), tweede))
    for nummer in (NUMMER, 1002):
        namen = [punt.gebeurtenis for punt in verhaal.tijdlijn(nummer)]
        assert sorted(namen) == ["nieuw", "verzoek gehonoreerd", "verzoek ingediend"]


def test_the_timeline_says_why_a_request_was_refused() -> None:
    punt = verteld(*LOOPT, vow(), antwoord(afwijzing(VOW))).tijdlijn()[-1]
    assert (punt.gebeurtenis, punt.wijzigingen["RedenAfwijzingVerzoek"]) == ("verzoek afgewezen", (None, "3"))
    assert "TR365" in punt.regels


def test_a_request_tells_nothing_on_another_toewijzing() -> None:
    verhaal = verteld(
        toe(toewijzing(einde="2026-03-01"), toewijzing(nummer=1002, product=Y)), vow(wijziging(VOW, 1002))
    )
    stuur(verhaal, ("305", (start("2026-02-02"),)))
    assert [punt.gebeurtenis for punt in verhaal.tijdlijn()] == ["nieuw", "start"]
