"""A counterpart that answers by a script: what it does with a message, what follows, and that nothing of it happens twice."""

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conformance.gevallen import SCHEMAS
from tests.conftest import MaakDatabase
from tests.knoop import knoop
from tests.spel.tegenpartijen import BEGIN, TOEWIJZEN, Opstelling, opstelling

from berichtenverkeer.instellingen import Instellingen
from berichtenverkeer.spel.bestand.flow import FlowFout
from berichtenverkeer.spel.doelen.doel import Doel, DoelFout, Speler
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.spel.doelen.proefknoop import proefknoop
from berichtenverkeer.spel.schrijven.retourcodes import codes_van, fouten_in
from berichtenverkeer.spel.schrijven.waarden import Nummers, Omgeving
from berichtenverkeer.spel.tegenpartij.lezen import MEEGELEVERD, lees, vind
from berichtenverkeer.spel.tegenpartij.plan import Afgeleid
from berichtenverkeer.spel.tegenpartij.tegenpartij import Tegenpartij
from berichtenverkeer.spel.tegenpartij.uitvouwen import letterlijk
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees as lees_bericht

START_EN_STOP = """\
  - bij: 301
    daarna:
      - {stuur: 305, op: +2d, inhoud: {Client: {StartProducten: [{ToewijzingNummer: $dit.ToewijzingNummer}]}}}
      - {stuur: 307, op: +10d, inhoud: {Client: {StopProducten: [{ToewijzingNummer: $dit.ToewijzingNummer}]}}}
"""
VERZOEKEN = """\
  - {stuur: 317, op: +1d, inhoud: {Client: {Verzoek: {TeWijzigenProducten: [{GewensteIngangsdatum: $begin+60d, Omvang: {Volume: 6}}]}}}}
"""
AANVRAAG = "  - {stuur: 315}\n"


@pytest.fixture(scope="module")
def bij(database_url: str) -> Iterator[Eigen]:
    """A node in proefmodus, on each kind of database."""
    with proefknoop(Instellingen().xsd_dir, database_url) as knooppunt:
        yield knooppunt


@pytest.fixture
def knopen(eigen: Eigen, tmp_path: Path) -> Opstelling:
    """Two parties for which the node judges."""
    return opstelling(eigen, tmp_path)


@pytest.fixture
def zelf(eigen: Eigen, tmp_path: Path) -> Opstelling:
    """Two parties that judge for themselves."""
    return opstelling(eigen, tmp_path, zelf="gemeente aanbieder")


@pytest.fixture
def overal(bij: Eigen, tmp_path: Path) -> Opstelling:
    """The same, on each kind of database."""
    return opstelling(bij, tmp_path, zelf="gemeente aanbieder")


# what it does with a message


@pytest.mark.parametrize("door", ["berichten", "vsp"])
def test_an_aanbieder_that_judges_answers_acknowledges_and_goes_on(zelf: Opstelling, door: str) -> None:
    zelf.stuur()
    zelf.laat_antwoorden(zelf.script("aanbieder", START_EN_STOP), deur=door)
    assert zelf.soorten("gemeente") == ["302", "305", "307"]
    assert [item["status"] for item in zelf.postvak("aanbieder")] == ["Bezorgd"]
    assert [fouten_in(codes_van(data)) for data in zelf.bytes_van("gemeente")[:1]] == [frozenset()]
    assert [stand[2:4] for stand in zelf.standen()] == [("lopend", "definitief_gestopt")]


@pytest.mark.parametrize("door", ["berichten", "vsp"])
def test_when_the_node_judges_only_what_follows_is_sent(knopen: Opstelling, door: str) -> None:
    knopen.stuur()
    knopen.laat_antwoorden(knopen.script("aanbieder", START_EN_STOP), deur=door)
    assert knopen.soorten("gemeente") == ["302", "305", "307"]
    assert [stand[2:4] for stand in knopen.standen()] == [("lopend", "definitief_gestopt")]
    assert {item["status"] for item in knopen.postvak("aanbieder")} == {"Bezorgd"}


@pytest.mark.parametrize("door", ["berichten", "stuf"])
def test_a_gemeente_rejects_with_a_code_on_every_class_of_that_name(zelf: Opstelling, door: str) -> None:
    zelf.stuur(TOEWIJZEN + "  - {stuur: 305, op: +2d}\n")
    zelf.laat_antwoorden(zelf.script("gemeente", "  - {bij: 305, doe: {wijs_af: {StartProduct: 9074}}}\n"), deur=door)
    [retour] = zelf.bytes_van("aanbieder")[1:]
    assert codes_van(retour)["Client/StartProducten/StartProduct[1]"] == ("9074",)
    assert [stand[3] for stand in zelf.standen()] == ["niet_gestart"]


def test_a_code_for_the_whole_message_stands_on_its_header(zelf: Opstelling) -> None:
    zelf.stuur()
    zelf.laat_antwoorden(zelf.script("aanbieder", '  - {bij: 301, doe: [{wijs_af: "0001"}]}\n'))
    assert codes_van(zelf.bytes_van("gemeente")[0]) == {"Header": ("0001",)}
    assert zelf.standen() == []


def test_a_message_on_which_nothing_can_be_written_stays_and_the_rest_goes_on(zelf: Opstelling) -> None:
    zelf.stuur(TOEWIJZEN + "  - {stuur: 319, inhoud: {Antwoord: {ReferentieAanbieder: R1}}}\n")
    script = zelf.script("aanbieder", "  - {bij: 301, doe: {wijs_af: {StartProduct: 9074}}}\n")
    with pytest.raises(FlowFout, match=r"aanbieder\.yaml:4: een WMO301 heeft geen StartProduct"):
        zelf.laat_antwoorden(script)
    assert [item["status"] for item in zelf.postvak("aanbieder")] == ["WordtAangeboden", "Bezorgd"]
    assert zelf.soorten("gemeente") == ["320"]
    assert any("blijft liggen" in melding for melding in zelf.gemeld)


def test_what_follows_is_left_out_when_what_it_needs_is_not_there(knopen: Opstelling) -> None:
    zonder = "Einddatum: $begin+300d, Omvang: ~, Budget: 100000, Product: {Code: ~}"
    budget = TOEWIJZEN.replace("Einddatum: $begin+300d", zonder)
    assert knopen.stuur(budget).uitkomst == "geslaagd"
    knopen.laat_antwoorden(lees(vind("aanbieder")))
    assert knopen.soorten("gemeente") == ["302", "305", "307"]


def test_what_is_dropped_is_acknowledged_and_never_answered(zelf: Opstelling) -> None:
    zelf.stuur()
    zelf.laat_antwoorden(zelf.script("aanbieder", "  - {bij: 301, doe: negeer}\n"))
    assert zelf.soorten("gemeente") == []
    assert [item["status"] for item in zelf.postvak("aanbieder")] == ["Bezorgd"]


def test_what_is_not_acknowledged_stays_and_is_not_answered_again(zelf: Opstelling) -> None:
    zelf.stuur()
    for _ in range(2):
        zelf.laat_antwoorden(zelf.script("aanbieder", "  - {bij: 301, doe: accepteer bevestig_niet}\n"))
    assert zelf.soorten("gemeente") == ["302"]
    assert [item["status"] for item in zelf.postvak("aanbieder")] == ["WordtAangeboden"]


@pytest.mark.parametrize("door", ["berichten", "vsp"])
def test_an_answer_that_is_sent_twice_comes_once(zelf: Opstelling, door: str) -> None:
    zelf.stuur()
    zelf.laat_antwoorden(zelf.script("aanbieder", START_EN_STOP.replace("301\n", "301\n    doe: dubbel\n")), deur=door)
    assert zelf.soorten("gemeente") == ["302", "305", "307"]


def test_answers_of_one_look_go_out_in_reverse(overal: Opstelling) -> None:
    for zaad in range(3):
        overal.stuur(zaad=zaad)
    overal.laat_antwoorden(overal.script("aanbieder", "  - {bij: 301, doe: omgekeerd}\n"))
    heen = [_identificatie(data) for data in overal.bytes_van("aanbieder")]
    assert [_identificatie(data) for data in overal.bytes_van("gemeente")] == heen[::-1]


def test_a_rule_for_the_second_of_its_kind_about_a_client_holds_for_that_one_only(zelf: Opstelling) -> None:
    starts = TOEWIJZEN + "  - {stuur: 305, op: +2d}\n  - {stuur: 305, op: +1d}\n  - {stuur: 305, op: +1d}\n"
    zelf.stuur(starts)
    regels = "  - {bij: 305, keer: 2, doe: {wijs_af: 9326}}\n"
    zelf.laat_antwoorden(zelf.script("gemeente", regels))
    antwoorden = [fouten_in(codes_van(data)) for data in zelf.bytes_van("aanbieder")[1:]]
    assert antwoorden == [frozenset(), {"9326"}, frozenset()]


def test_what_was_acknowledged_before_counts_too(zelf: Opstelling) -> None:
    script = zelf.script("gemeente", "  - {bij: 305, keer: 2, doe: {wijs_af: 9326}}\n")
    start = "  - {stuur: 305, op: +1d, inhoud: {Client: {StartProducten: [{ToewijzingNummer: $t1}]}}}\n"
    for zaad in (1, 2):
        zelf.stuur((TOEWIJZEN + start).replace("{Client: {", "{Client: {Bsn: 999900018, "), zaad=zaad)
        zelf.laat_antwoorden(script)
    kwam = [fouten_in(codes_van(data)) for data in zelf.bytes_van("aanbieder") if b"Retour>" in data]
    assert kwam == [frozenset(), {"9326"}]


def test_a_rule_for_a_product_and_a_law(zelf: Opstelling) -> None:
    zelf.stuur()
    zelf.stuur(wet=Domein.IJW, zaad=8)
    regels = """\
  - {bij: 301, product: 45A48, domein: iwmo, doe: {wijs_af: 9074}}
  - {bij: 301, product: "02", doe: {wijs_af: 9019}}
  - {bij: 301, domein: ijw, doe: negeer}
"""
    zelf.laat_antwoorden(zelf.script("aanbieder", regels))
    assert [fouten_in(codes_van(data)) for data in zelf.bytes_van("gemeente")] == [{"9019"}]


def test_a_law_that_is_not_of_the_script_is_left_alone(zelf: Opstelling) -> None:
    zelf.stuur(wet=Domein.IJW)
    script = zelf.script("aanbieder", "  - {bij: 301}\n").model_copy(update={"wetten": (Domein.IWMO,)})
    zelf.laat_antwoorden(script)
    assert zelf.soorten("gemeente") == []
    assert [item["status"] for item in zelf.postvak("aanbieder")] == ["WordtAangeboden"]


# when


def test_what_is_for_later_waits_for_the_clock_of_the_node(zelf: Opstelling) -> None:
    script = zelf.script("aanbieder", START_EN_STOP.replace("301\n", "301\n    doe: {vertraag: +3wd}\n"))
    zelf.zet_klok(BEGIN)
    try:
        zelf.stuur()
        with zelf.tegenpartij(script) as tegenpartij:
            for dagen, hoort in ((0, []), (2, []), (3, ["302"]), (5, ["302", "305"]), (20, ["302", "305", "307"])):
                zelf.zet_klok(BEGIN + timedelta(days=dagen))
                while tegenpartij.ronde():
                    pass
                assert zelf.soorten("gemeente") == hoort
                klaar = dagen == 20
                assert [i["status"] for i in zelf.postvak("aanbieder")] == ["Bezorgd" if klaar else "WordtAangeboden"]
            assert tegenpartij.wacht == []
    finally:
        zelf.wis_klok()


def test_what_waits_for_real_seconds_is_sent_after_them(zelf: Opstelling) -> None:
    zelf.stuur()
    nu = [0.0]
    script = zelf.script("aanbieder", "  - {bij: 301, doe: {vertraag: 30s}}\n")
    with zelf.tegenpartij(script, tikt=lambda: nu[0]) as tegenpartij:
        assert tegenpartij.ronde()
        assert not tegenpartij.ronde()
        assert tegenpartij.wacht_even
        assert zelf.soorten("gemeente") == []
        nu[0] = 30.0
        assert tegenpartij.ronde()
        assert zelf.soorten("gemeente") == ["302"]


def test_what_follows_comes_at_its_own_moment_however_late_one_looks(knopen: Opstelling) -> None:
    knopen.stuur()
    knopen.laat_antwoorden(knopen.script("aanbieder", START_EN_STOP))
    ontvangen = [item["basisgegevens"]["ontvangenOp"][:10] for item in knopen.postvak("gemeente")]
    assert ontvangen == ["2026-03-02", "2026-03-04", "2026-03-14"]


# what follows


@pytest.mark.parametrize("wet", list(Domein), ids=str)
@pytest.mark.parametrize("wie", ["", "gemeente aanbieder", "gemeente"])
def test_the_scripts_that_come_along_play_a_whole_story(eigen: Eigen, tmp_path: Path, wet: Domein, wie: str) -> None:
    proef = opstelling(eigen, tmp_path, zelf=wie)
    proef.stuur(TOEWIJZEN + VERZOEKEN, wet=wet)
    proef.stuur(AANVRAAG, wet=wet, zaad=8)
    for _ in range(3):
        for rol in MEEGELEVERD:
            proef.laat_antwoorden(lees(vind(rol)))
    assert proef.standen() == [
        ("2026-03-01", "20000", "20000", "beantwoord"),
        ("2026-03-01", "2026-04-30", "verlopen", "definitief_gestopt", "gehonoreerd"),
        ("2026-04-01", "20000", "20000", "beantwoord"),
        ("2026-04-01", "2027-03-01", "lopend", "definitief_gestopt", "gehonoreerd"),
        ("2026-05-01", "20000", "20000", "beantwoord"),
        ("2026-05-01", "2026-12-27", "lopend", "definitief_gestopt", "gehonoreerd"),
        ("VOT", "gehonoreerd"),
        ("VOW", "gehonoreerd"),
    ]
    assert {item["status"] for rol in MEEGELEVERD for item in proef.postvak(rol)} == {"Bezorgd"}


def test_the_scripts_play_it_through_the_doors_of_the_chain(overal: Opstelling) -> None:
    overal.stuur(TOEWIJZEN + VERZOEKEN)
    for _ in range(3):
        for rol, deur in (("gemeente", "stuf"), ("aanbieder", "vsp")):
            overal.laat_antwoorden(lees(vind(rol)), deur=deur)
    assert Counter(stand[-1] for stand in overal.standen()) == {"gehonoreerd": 3, "beantwoord": 2}


def test_a_toewijzing_that_was_there_already_is_not_started_again(knopen: Opstelling) -> None:
    script = knopen.script("aanbieder", START_EN_STOP.partition("      - {stuur: 307")[0])
    knopen.stuur(
        TOEWIJZEN
        + "  - {stuur: 301, op: +1w, inhoud: {Client: {ToegewezenProducten: [{Product: {Categorie: {iwmo: 03, ijw: 46}, Code: {iwmo: 03A03, ijw: 46A03}}}]}}}\n"
    )
    knopen.laat_antwoorden(script)
    assert knopen.soorten("gemeente") == ["302", "302", "305", "305"]
    assert [stand[3] for stand in knopen.standen()] == ["gestart", "gestart"]


def test_a_gemeente_can_refuse_a_request(knopen: Opstelling) -> None:
    knopen.stuur(AANVRAAG)
    knopen.laat_antwoorden(
        knopen.script(
            "gemeente",
            """\
  - bij: 315
    daarna:
      - stuur: 319
        op: +5wd
        inhoud: {Antwoord: {ReferentieAanbieder: $dit.ReferentieAanbieder, VerzoekAntwoord: 1, RedenAfwijzingVerzoek: 3}}
""",
        )
    )
    assert knopen.standen() == [("VOT", "afgewezen")]


def test_what_the_node_refuses_ends_what_would_follow(knopen: Opstelling) -> None:
    knopen.stuur()
    andersom = "\n".join([*START_EN_STOP.splitlines()[:2], *START_EN_STOP.splitlines()[:1:-1]]) + "\n"
    knopen.laat_antwoorden(knopen.script("aanbieder", andersom))
    assert knopen.soorten("gemeente") == ["302"]
    assert any("vervalt" in melding for melding in knopen.gemeld)
    assert {item["status"] for item in knopen.postvak("aanbieder")} == {"Bezorgd"}


# never twice


def test_who_dies_between_answer_and_acknowledgement_sends_the_same_bytes_again(
    overal: Opstelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    overal.stuur()
    script = overal.script("aanbieder", START_EN_STOP)
    with overal.tegenpartij(script) as tegenpartij:
        monkeypatch.setattr(tegenpartij._bus, "bevestig", lambda liggend: pytest.fail("te laat"))
        with pytest.raises(pytest.fail.Exception):
            tegenpartij.ronde()
    assert overal.postvak("aanbieder")[0]["status"] == "WordtAangeboden"
    eerst = overal.bytes_van("gemeente")
    for door in ("berichten", "vsp"):
        overal.laat_antwoorden(script, deur=door)
        assert overal.bytes_van("gemeente") == eerst
    assert overal.postvak("aanbieder")[0]["status"] == "Bezorgd"


def test_an_answer_of_which_the_reply_is_lost_is_handed_in_once_more(
    overal: Opstelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    overal.stuur()
    with overal.tegenpartij(overal.script("aanbieder", START_EN_STOP)) as tegenpartij:
        lever, keer = tegenpartij._deur.lever, iter(range(9))

        def verlies(*argumenten: object) -> object:
            uit = lever(*argumenten)  # type: ignore[arg-type]
            if next(keer) < 2:
                raise httpx.ReadError("weg")
            return uit

        monkeypatch.setattr(tegenpartij._deur, "lever", verlies)
        for _ in range(2):
            with pytest.raises(httpx.ReadError):
                tegenpartij.ronde()
        while tegenpartij.ronde():
            pass
    assert overal.soorten("gemeente") == ["302", "305", "307"]


@pytest.mark.parametrize("deel", ["Identificatie", "ToewijzingNummer", "ReferentieAanbieder"])
def test_another_seed_gives_other_numbers_and_the_same_seed_the_same(deel: str) -> None:
    een, nog_een, ander = [Omgeving(Afgeleid(zaad, sleutel="x"), BEGIN, Domein.IWMO).vers(deel) for zaad in (1, 1, 2)]
    assert een == nog_een != ander


DAAD = st.sampled_from(["dubbel", "omgekeerd", "dubbel omgekeerd", "bevestig_niet", "accepteer"])


@pytest.fixture(scope="module")
def gewoon(bij: Eigen, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, ...]]:
    """How it stands when everything is answered as it comes."""
    return _gespeeld(bij, tmp_path_factory.mktemp("gewoon"), "accepteer", "accepteer", None, 1)


@given(
    bij_301=DAAD, bij_305=DAAD, vertraag=st.sampled_from([None, "+1wd", "+2d"]), keren=st.integers(1, 2)
)  # fmt: skip
@settings(max_examples=6)
def test_order_duplication_and_delay_make_no_difference_in_the_end(
    bij: Eigen, gewoon: list[tuple[str, ...]], bij_301: str, bij_305: str, vertraag: str | None, keren: int
) -> None:
    with tempfile.TemporaryDirectory() as map_:
        assert _gespeeld(bij, Path(map_), bij_301, bij_305, vertraag, keren) == gewoon


def _gespeeld(
    bij: Eigen, map_: Path, bij_301: str, bij_305: str, vertraag: str | None, keren: int
) -> list[tuple[str, ...]]:
    """Three clients with a toewijzing, a start and a stop, and how it stands after."""
    proef = opstelling(bij, map_, "gemeente aanbieder")
    for zaad in range(3):
        proef.stuur(zaad=zaad)
    regels = START_EN_STOP.replace("301\n", f"301\n    doe: {bij_301}\n")
    daden = [*bij_305.split(), *([f"{{vertraag: {vertraag}}}"] if vertraag else [])]
    for _ in range(keren):
        proef.laat_antwoorden(proef.script("aanbieder", regels))
        proef.laat_antwoorden(proef.script("gemeente", f"  - {{bij: 305, doe: [{', '.join(daden)}]}}\n"))
    proef.laat_antwoorden(proef.script("aanbieder", regels))
    assert Counter(proef.soorten("gemeente")) == {"302": 3, "305": 3, "307": 3}
    assert Counter(proef.soorten("aanbieder")) == {"301": 3, "306": 3, "308": 3}
    return proef.standen()


# only in proefmodus


def test_it_refuses_a_node_that_is_not_in_proefmodus(maak_database: MaakDatabase) -> None:
    with knoop(maak_database.gereed()) as productie:
        code, token = next(iter(productie.tokens.items()))
        spelers = {"gemeente": Speler(code=code, token=token)}
        with Doel(productie.url, spelers, vers=()) as doel, pytest.raises(DoelFout, match="niet in proefmodus"):
            Tegenpartij(lees(vind("gemeente")), doel, SCHEMAS, print, time.monotonic)


def test_a_token_that_the_node_does_not_know_is_told(eigen: Eigen) -> None:
    spelers = {"gemeente": Speler(code="0034", token="x")}
    with Doel(eigen.base_url, spelers, vers=()) as doel, pytest.raises(DoelFout, match="kent dit token niet"):
        Tegenpartij(lees(vind("gemeente")), doel, SCHEMAS, print, time.monotonic)


def test_a_door_of_the_other_side_is_refused(knopen: Opstelling) -> None:
    with pytest.raises(DoelFout, match="geen deur stuf"):
        knopen.laat_antwoorden(lees(vind("aanbieder")), deur="stuf")


# storingen


def test_storingen_of_the_node_are_outlived(zelf: Opstelling) -> None:
    """What is hidden, reversed, lost for a while or listed twice is answered once."""
    for zaad in range(3):
        zelf.stuur(zaad=zaad)
    with zelf.doel() as doel:
        storingen = [{"soort": soort} for soort in ("kwijt", "verberg", "omgekeerd", "dubbel")]
        code = zelf.spelers["aanbieder"].code
        doel.klant("gemeente", BEGIN).put(f"/v1/proef/storingen/{code}", json=storingen).raise_for_status()
    with zelf.tegenpartij(lees(vind("aanbieder")).model_copy(update={"regels": ()})) as tegenpartij:
        for _ in range(6):
            tegenpartij.ronde()
    with zelf.doel() as doel:
        doel.klant("gemeente", BEGIN).delete(f"/v1/proef/storingen/{code}").raise_for_status()
    assert zelf.soorten("gemeente") == ["302"] * 3
    assert {item["status"] for item in zelf.postvak("aanbieder")} == {"Bezorgd"}


def test_two_of_the_same_at_once_answer_once(overal: Opstelling) -> None:
    for zaad in range(4):
        overal.stuur(zaad=zaad)
    script = overal.script("aanbieder", START_EN_STOP)
    draden = [threading.Thread(target=overal.laat_antwoorden, args=(script,)) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert Counter(overal.soorten("gemeente")) == {"302": 4, "305": 4, "307": 4}


# scripts


@pytest.mark.parametrize(
    ("regels", "regel", "zegt"),
    [
        ("  - {bij: 301, doet: accepteer}\n", 4, "Bedoelt u doe?"),
        ("  - bij: 301\n    doe: acepteer\n", 5, "Bedoelt u accepteer?"),
        ("  - bij: 301\n    daarna:\n      - {stuurt: 305}\n", 6, "Bedoelt u stuur?"),
        ("  - {bij: 302}\n", 4, "Kies"),
        ("  - {bij: 305}\n", 4, "een aanbieder krijgt geen 305"),
        ("  - bij: 301\n    daarna:\n      - {stuur: 301}\n", 6, "een aanbieder stuurt geen 301"),
        ("  - bij: 301\n    daarna:\n      - {stuur: 305, op: morgen}\n", 6, "morgen is geen moment"),
        ("  - {bij: 301, doe: {vertraag: lang}}\n", 4, "lang is geen moment"),
        ("  - {bij: 301, doe: [accepteer, {wijs_af: 9074}]}\n", 4, "kies accepteer of wijs_af"),
        ("  - {bij: 301, doe: negeer dubbel}\n", 4, "krijgt geen antwoord"),
        ("  - {bij: 301, doe: {wijs_af: 9074}, daarna: [{stuur: 305}]}\n", 4, "heeft geen vervolg"),
        ("  - {bij: 319, daarna: [{stuur: 315}]}\n", 4, "past hier geen vervolg"),
        ("  - {bij: 301, doe: {wijs_af: 1234}}\n", 4, "1234 is geen retourcode"),
        (
            "  - bij: 301\n    daarna:\n      - {stuur: 305, inhoud: {A: [{voor_elk: B}]}}\n",
            6,
            "voor_elk: B is geen lijst",
        ),
        ("  - {bij: 301, keer: 0}\n", 4, "keer"),
        ("  - {bij: 301, regel: 3}\n", 4, "regel is hier geen sleutel"),
    ],
)
def test_a_script_that_is_wrong_says_where_and_what_to_do(tmp_path: Path, regels: str, regel: int, zegt: str) -> None:
    pad = tmp_path / "fout.yaml"
    pad.write_text(f"tegenpartij: proef\nrol: aanbieder\nregels:\n{regels}")
    with pytest.raises(FlowFout) as fout:
        lees(pad)
    assert str(fout.value).startswith(f"{pad}:{regel}: ")
    assert zegt in str(fout.value)


def test_the_script_in_the_documentation_can_be_read(tmp_path: Path) -> None:
    tekst = (Path(__file__).parents[2] / "docs" / "tegenpartij.md").read_text(encoding="utf-8")
    pad = tmp_path / "script.yaml"
    pad.write_text(tekst.partition("## A script")[2].partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    assert [regel.bij for regel in lees(pad).regels] == ["305", "315"]


def test_text_of_a_message_is_never_an_expression() -> None:
    vreemd = {"Commentaar": "$vandaag", "Lijst": ["$$x", {"a": "$dit.b"}]}
    omgeving = Omgeving(Nummers(0), datetime(2026, 1, 1), Domein.IWMO, {"bericht": letterlijk(vreemd)})
    assert omgeving.waarde("$bericht") == vreemd


def _identificatie(data: bytes) -> str:
    return str(lees_bericht(data, SCHEMAS).bericht.Header.BerichtIdentificatie.Identificatie)
