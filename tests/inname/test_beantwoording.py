"""A party that judges for itself: its retourbericht settles what counted provisionally, and what it rejects is undone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from tests.berichten import Dossier, bsns
from tests.conformance.boom import WEG, Boom
from tests.conformance.gevallen import SCHEMAS
from tests.knoop import NU, meld_partijen_aan
from tests.retouren import retour

from berichtenverkeer.inname.herbouw import herbouw
from berichtenverkeer.inname.ontvangst import Apart, Ontvangst
from berichtenverkeer.inname.vouw import afwijkend
from berichtenverkeer.oordeel.weigering import Reden, Weigering
from berichtenverkeer.opslag.database import maak_engine, maak_gereed, schrijvend
from berichtenverkeer.opslag.dossiers import dossiers
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.dossiers import gebeurtenis, toewijzing, verzoek
from berichtenverkeer.opslag.tabellen.partijen import partij
from berichtenverkeer.partijen.partij import Beoordelaar, PartijFout, zet_beoordeling
from berichtenverkeer.partijen.register import Register

from .conftest import Balie

_clienten = bsns()
_nummers = count(100_000, 10)


@pytest.fixture(scope="module")
def balie(database_url: str) -> Iterator[Balie]:
    """A database of this module in which every party judges for itself."""
    engine = maak_engine(database_url)
    maak_gereed(engine)
    meld_partijen_aan(engine)
    with schrijvend(engine) as verbinding:
        verbinding.execute(update(partij).values(beoordeling="partij"))
    yield Balie(engine, Register(engine))
    engine.dispose()


def _antwoord(balie: Balie, data: bytes, **opties: Any) -> Ontvangst | Weigering:
    """Take in the retourbericht of the receiver on this message."""
    ontvanger = balie.register.partij(data.partition(b":Ontvanger>")[2].partition(b"<")[0].decode())
    assert ontvanger is not None
    [uitkomst] = balie.verwerk(balie.van(ontvanger, retour(data, **opties)))
    assert not isinstance(uitkomst, Apart)
    return uitkomst


def _keur_goed(balie: Balie, *berichten: bytes) -> None:
    for data in berichten:
        assert isinstance(_antwoord(balie, data), Ontvangst)


def _keur_af(balie: Balie, *berichten: bytes, code: str = "9019") -> None:
    for data in berichten:
        assert isinstance(_antwoord(balie, data, code=code), Ontvangst)


def _oordeel(balie: Balie, ontvangst: Ontvangst) -> tuple[str, list[tuple[str, str | None]]]:
    """The verdict on a message as it is now, with the rule and code of every finding."""
    with balie.engine.connect() as verbinding:
        rij = verbinding.execute(select(bericht).where(bericht.c.id == ontvangst.id)).mappings().one()
    return rij["oordeel"], [(b["regel"], b["retourcode"]) for b in rij["bevindingen"]]


def _stand(balie: Balie, d: Dossier) -> dict[int, tuple[Any, ...]]:
    """Every toewijzing of a client: its end, levering, verzoek and number of versions."""
    kolommen = (toewijzing.c.einddatum, toewijzing.c.levering, toewijzing.c.verzoek, toewijzing.c.versie)
    vraag = select(toewijzing.c.toewijzingnummer, *kolommen).where(
        toewijzing.c.bsn == d.bsn, toewijzing.c.gemeente == d.gemeente
    )
    with balie.engine.connect() as verbinding:
        return {nummer: (str(einde), *rest) for nummer, einde, *rest in verbinding.execute(vraag)}


def _verzoeken(balie: Balie, d: Dossier) -> dict[str, str]:
    vraag = select(verzoek.c.referentie, verzoek.c.toestand).where(verzoek.c.gemeente == d.gemeente)
    with balie.engine.connect() as verbinding:
        return {rij.referentie: rij.toestand for rij in verbinding.execute(vraag)}


# what comes in


def test_a_message_counts_provisionally_and_lies_in_the_postvak(balie: Balie) -> None:
    d = balie.dossier()
    eerste, tweede = balie.groep(d.toewijzing(), d.start())
    assert (eerste.oordeel, eerste.retour, tweede.oordeel) == ("voorlopig", None, "voorlopig")
    assert _stand(balie, d) == {1001: ("2026-12-31", "gestart", None, 1)}
    with balie.engine.connect() as verbinding:
        rijen = verbinding.execute(select(bericht.c.aangeboden).where(bericht.c.bestemming == d.gemeente)).scalars()
        assert list(rijen) == [True]


def test_without_codes_it_is_approved_and_stays_as_it_was(balie: Balie) -> None:
    d = balie.dossier()
    data = d.toewijzing()
    [heen] = balie.groep(data)
    voor = _stand(balie, d)
    uit = _antwoord(balie, data)
    assert isinstance(uit, Ontvangst)
    assert (uit.berichtsoort, uit.oordeel, uit.nieuw) == ("WMO302", "goedgekeurd", True)
    assert _oordeel(balie, heen) == ("goedgekeurd", [])
    assert _stand(balie, d) == voor
    [nogmaals] = balie.groep(data)
    assert (nogmaals.nieuw, nogmaals.oordeel) == (False, "goedgekeurd")
    assert nogmaals.retour == {"id": uit.id, "berichtsoort": "WMO302"}


def test_with_codes_it_is_rejected_and_was_never_sent(balie: Balie) -> None:
    d = balie.dossier()
    data = d.start()
    _, heen = balie.groep(d.toewijzing(), data)
    _keur_af(balie, data, code="9326")
    assert _oordeel(balie, heen) == ("afgekeurd", [("RETOUR", "9326")])
    assert _stand(balie, d) == {1001: ("2026-12-31", "niet_gestart", None, 1)}


def test_what_the_receiver_found_is_told_with_its_place_and_what_it_means(balie: Balie) -> None:
    d = balie.dossier()
    op_klasse, op_kop = d.start(), d.start(Begindatum="2026-02-05")
    balie.groep(d.toewijzing(), op_klasse, op_kop)
    _keur_af(balie, op_klasse, code="9326")
    assert isinstance(_antwoord(balie, op_kop, code="0001", op_kop=True), Ontvangst)
    [klasse], [*_, kop] = (o.bevindingen for o in balie.groep(op_klasse, op_kop))
    assert klasse["pad"] == "/Bericht/Client/StartProducten/StartProduct[1]"
    assert (klasse["klasse"], klasse["niveau"]) == ("StartProduct", "berichtoverstijgend")
    assert klasse["melding"].startswith("De ontvanger keurde af met 9326: ")
    assert (kop["pad"], kop["niveau"], kop["retourcode"]) == ("/Bericht/Header", "bericht", "0001")


def test_more_codes_than_are_kept_are_counted_and_are_still_those_of_the_receiver(
    balie: Balie, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("berichtenverkeer.regels.bevinding.MAX_FOUTEN", 1)
    d = balie.dossier()
    data = d.toewijzing()
    [heen] = balie.groep(data)
    terug = retour(data, code="9019")
    code = re.search(rb"<([\w:]+)>9019</\1>", terug)
    assert code is not None
    ontvanger = balie.register.partij(d.aanbieder)
    assert ontvanger is not None
    balie.verwerk(balie.van(ontvanger, terug.replace(code[0], code[0] + code[0].replace(b"9019", b"9384"))))
    assert _oordeel(balie, heen) == ("afgekeurd", [("RETOUR", "9019"), ("RETOUR", None)])
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


@pytest.mark.parametrize("code", ["0200", "0233"])
def test_a_code_that_names_no_fault_does_not_reject(balie: Balie, code: str) -> None:
    d = balie.dossier()
    data = d.toewijzing()
    [heen] = balie.groep(data)
    assert isinstance(_antwoord(balie, data, code=code), Ontvangst)
    assert _oordeel(balie, heen) == ("goedgekeurd", [])


def test_what_the_rules_find_waits_and_counts_once_it_is_approved(balie: Balie) -> None:
    d = balie.dossier()
    data = d.start(Begindatum="2026-02-09")
    *_, heen = balie.groep(d.toewijzing(), d.start(), data)
    assert _oordeel(balie, heen) == ("voorlopig", [("TR326", "9326")])
    with balie.engine.connect() as verbinding:
        assert not verbinding.execute(select(gebeurtenis).where(gebeurtenis.c.bericht == heen.id)).all()
    _keur_goed(balie, data)
    assert _oordeel(balie, heen) == ("goedgekeurd", [("TR326", "9326")])
    with balie.engine.connect() as verbinding:
        assert verbinding.execute(select(gebeurtenis).where(gebeurtenis.c.bericht == heen.id)).all()


def test_what_the_rules_find_and_the_receiver_rejects_never_counts(balie: Balie) -> None:
    d = balie.dossier()
    data = d.start(Begindatum="2026-02-09")
    *_, heen = balie.groep(d.toewijzing(), d.start(), data)
    voor = _stand(balie, d)
    _keur_af(balie, data, code="9326")
    assert _oordeel(balie, heen) == ("afgekeurd", [("TR326", "9326"), ("RETOUR", "9326")])
    assert _stand(balie, d) == voor


def test_what_was_built_on_a_rejected_message_remains_by_itself(balie: Balie) -> None:
    d = balie.dossier()
    eerste, langer, start = d.toewijzing(), d.toewijzing(Toewijzingstijd="11:00:00", Einddatum="2027-03-31"), d.start()
    balie.groep(eerste, langer, start)
    _keur_af(balie, eerste)
    assert _stand(balie, d) == {1001: ("2027-03-31", "gestart", None, 1)}
    _keur_af(balie, langer)
    assert _stand(balie, d) == {}
    opnieuw = d.toewijzing(Toewijzingstijd="12:00:00")
    balie.groep(opnieuw)
    assert _stand(balie, d) == {1001: ("2026-12-31", "gestart", None, 1)}


def test_the_number_of_a_rejected_toewijzing_is_free(balie: Balie) -> None:
    d = balie.dossier()
    ander = replace(d, bsn="999900018")
    data = d.toewijzing()
    balie.groep(data)
    _keur_af(balie, data)
    [heen] = balie.groep(ander.toewijzing())
    assert heen.bevindingen == []
    assert list(_stand(balie, ander)) == [1001]


# a request


def _antwoord_319(d: Dossier, referentie: str, **velden: Boom) -> bytes:
    inhoud: dict[str, Boom] = {"Antwoord/ReferentieAanbieder": referentie}
    return d.bericht("319", inhoud | {f"Antwoord/{naam}": waarde for naam, waarde in velden.items()})


def _vot(d: Dossier, referentie: str) -> bytes:
    return d.bericht("315", {"Client/AangevraagdeProducten/AangevraagdProduct[1]/ReferentieAanbieder": referentie})


def test_a_rejected_request_is_gone_and_its_reference_is_free(balie: Balie) -> None:
    d = balie.dossier()
    eerste, afwijzing = _vot(d, "A"), _antwoord_319(d, "A")
    balie.groep(eerste, afwijzing)
    assert _verzoeken(balie, d) == {"A": "afgewezen"}
    _keur_af(balie, afwijzing, code="9355")
    assert _verzoeken(balie, d) == {"A": "ingediend"}
    _keur_af(balie, eerste)
    assert _verzoeken(balie, d) == {}
    [opnieuw] = balie.groep(_vot(d, "A"))
    assert opnieuw.bevindingen == []


def test_an_answer_finds_the_request_that_came_to_count_after_it(balie: Balie) -> None:
    d = balie.dossier()
    eerste, tweede, afwijzing = _vot(d, "A"), _vot(d, "B"), _antwoord_319(d, "B")
    *_, heen = balie.groep(eerste, tweede, afwijzing)
    assert _oordeel(balie, heen) == ("voorlopig", [("TR355", "9355")])
    _keur_goed(balie, tweede, afwijzing)
    assert _verzoeken(balie, d) == {"A": "ingediend", "B": "afgewezen"}
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


def test_a_rejected_toewijzing_no_longer_honours_a_request(balie: Balie) -> None:
    d = balie.dossier()
    honorering = d.toewijzing(ReferentieAanbieder="A")
    balie.groep(_vot(d, "A"), honorering)
    assert _verzoeken(balie, d) == {"A": "gehonoreerd"}
    assert _stand(balie, d)[1001][2] == "gehonoreerd"
    _keur_af(balie, honorering, code="9379")
    assert (_verzoeken(balie, d), _stand(balie, d)) == ({"A": "ingediend"}, {})


# what a retourbericht cannot settle


def test_a_second_retour_is_refused_and_changes_nothing(balie: Balie) -> None:
    d = balie.dossier()
    data = d.toewijzing()
    balie.groep(data)
    _keur_goed(balie, data)
    voor = _stand(balie, d)
    uitkomst = _antwoord(balie, data, code="9332")
    assert isinstance(uitkomst, Weigering)
    assert uitkomst.reden is Reden.RETOUR_BESTAAT_AL
    assert _stand(balie, d) == voor


def test_the_same_retour_again_is_the_same_answer(balie: Balie) -> None:
    d = balie.dossier()
    data = d.toewijzing()
    balie.groep(data)
    antwoord = retour(data)
    aanbieder = balie.register.partij(d.aanbieder)
    assert aanbieder is not None
    eerste, tweede = balie.verwerk(balie.van(aanbieder, antwoord), balie.van(aanbieder, antwoord))
    [later] = balie.verwerk(balie.van(aanbieder, antwoord))
    assert isinstance(eerste, Ontvangst)
    assert (eerste.nieuw, tweede) == (True, later)
    assert replace(eerste, nieuw=False) == tweede


def test_two_retouren_in_one_group_settle_it_once(balie: Balie) -> None:
    d = balie.dossier()
    data = d.toewijzing()
    [heen] = balie.groep(data)
    aanbieder = balie.register.partij(d.aanbieder)
    assert aanbieder is not None
    eerste, tweede = balie.verwerk(balie.van(aanbieder, retour(data)), balie.van(aanbieder, retour(data, code="9332")))
    assert isinstance(eerste, Ontvangst)
    assert isinstance(tweede, Weigering)
    assert _oordeel(balie, heen)[0] == "goedgekeurd"


def test_messages_and_retouren_in_one_group_go_one_after_the_other(balie: Balie) -> None:
    d = balie.dossier()
    eerste, tweede = d.start(), d.start(Begindatum="2026-02-09")
    balie.groep(d.toewijzing(), eerste)
    gemeente = balie.register.partij(d.gemeente)
    assert gemeente is not None
    groep = [d.stop(), tweede, retour(eerste, "9326"), d.start(Begindatum="2026-02-09"), retour(tweede)]
    uitkomsten = balie.verwerk(
        *(balie.van(gemeente, data) if b":IdentificatieRetour>" in data else balie.aangeboden(data) for data in groep)
    )
    regels = [[b["regel"] for b in uit.bevindingen] for uit in uitkomsten if isinstance(uit, Ontvangst)]
    assert regels == [[], [], [], ["TR074", "TR326"], []]
    assert _stand(balie, d)[1001][1] == "gestart"
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


def test_only_the_receiver_settles_it(balie: Balie) -> None:
    d, ander = balie.dossier(), balie.dossier()
    data = d.toewijzing()
    [heen] = balie.groep(data)
    gestolen = retour(data).replace(d.aanbieder.encode(), ander.aanbieder.encode())
    vreemde = balie.register.partij(ander.aanbieder)
    assert vreemde is not None
    [uitkomst] = balie.verwerk(balie.van(vreemde, gestolen))
    assert isinstance(uitkomst, Weigering)
    assert uitkomst.reden is Reden.RETOUR_ZONDER_HEENBERICHT
    with pytest.raises(Weigering) as gevangen:
        balie.van(vreemde, retour(data))
    assert gevangen.value.reden is Reden.VREEMDE_AFZENDER
    assert _oordeel(balie, heen)[0] == "voorlopig"


def test_an_identificatie_that_was_used_twice_is_settled_in_order(balie: Balie) -> None:
    d = balie.dossier()
    ander = replace(d, bsn="999900018", nummer=1002)
    eerste, tweede = (wie.bericht("301", identificatie="TWEEMAAL") for wie in (d, ander))
    een, twee = balie.groep(eerste, tweede)
    assert "TR056" in [regel for regel, _ in _oordeel(balie, twee)[1]]
    _keur_goed(balie, eerste)
    assert [_oordeel(balie, o)[0] for o in (een, twee)] == ["goedgekeurd", "voorlopig"]
    _keur_af(balie, tweede, code="9056")
    assert [_oordeel(balie, o)[0] for o in (een, twee)] == ["goedgekeurd", "afgekeurd"]


def test_a_number_of_another_client_cannot_be_approved(balie: Balie) -> None:
    d = balie.dossier()
    ander = replace(d, bsn="999900018")
    data = ander.toewijzing()
    _, heen = balie.groep(d.toewijzing(), data)
    uitkomst = _antwoord(balie, data)
    assert isinstance(uitkomst, Weigering)
    assert uitkomst.reden is Reden.GOEDKEURING_BOTST
    assert _oordeel(balie, heen)[0] == "voorlopig"
    assert (list(_stand(balie, d)), _stand(balie, ander)) == ([1001], {})
    _keur_af(balie, data, code="9332")
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0


def test_a_number_that_came_free_can_be_approved(balie: Balie) -> None:
    d = balie.dossier()
    ander = replace(d, bsn="999900018")
    eigen, data = d.toewijzing(), ander.toewijzing()
    balie.groep(eigen, data)
    _keur_af(balie, eigen)
    _keur_goed(balie, data)
    assert (_stand(balie, d), list(_stand(balie, ander))) == ({}, [1001])


def test_a_reference_of_another_client_cannot_be_approved(balie: Balie) -> None:
    d = balie.dossier()
    ander = replace(d, bsn="999900018")
    data = _vot(ander, "A")
    balie.groep(_vot(d, "A"), data)
    uitkomst = _antwoord(balie, data)
    assert isinstance(uitkomst, Weigering)
    assert uitkomst.reden is Reden.GOEDKEURING_BOTST
    assert _verzoeken(balie, d) == {"A": "ingediend"}


def test_who_judges_from_now_on_does_not_change_what_waits(balie: Balie) -> None:
    d = balie.dossier()
    wacht = d.toewijzing()
    balie.groep(wacht)
    zet_beoordeling(balie.engine, d.aanbieder, Beoordelaar.KNOOPPUNT)
    later = Balie(balie.engine, Register(balie.engine))
    [meteen] = later.groep(replace(d, nummer=1002, bsn="999900018").toewijzing())
    assert (meteen.oordeel, meteen.retour is None) == ("goedgekeurd", False)
    _keur_af(later, wacht)
    assert _stand(later, d) == {}
    with pytest.raises(PartijFout):
        zet_beoordeling(balie.engine, "12345678", Beoordelaar.PARTIJ)


def test_when_another_start_said_the_same_that_one_stands(balie: Balie) -> None:
    """The row of a toewijzing says when its first start came in: that of the message that is left."""
    d = balie.dossier()
    eerste, tweede = d.start(), d.start()
    balie.groep(d.toewijzing())
    for uren, data in enumerate((eerste, tweede), start=1):
        balie.verwerk(balie.aangeboden(data, NU + timedelta(hours=uren)))
    _keur_goed(balie, tweede)
    _keur_af(balie, eerste)
    gemeld = select(toewijzing.c.start_gemeld_op).where(toewijzing.c.gemeente == d.gemeente)
    with balie.engine.connect() as verbinding:
        assert verbinding.execute(gemeld).scalar_one() == NU + timedelta(hours=2)


# whatever comes in whatever order


@dataclass(frozen=True)
class Zending:
    """A message of a story, of whatever client it is told."""

    soort: str
    plek: int
    wijzigingen: dict[str, str] = field(default_factory=dict)

    def data(self, d: Dossier) -> bytes:
        eigen = replace(d, nummer=d.nummer + self.plek)
        velden = {naam: waarde.replace("R", f"{d.bsn}-") for naam, waarde in self.wijzigingen.items()}
        match self.soort:
            case "301":
                return eigen.toewijzing(**velden)
            case "305":
                return eigen.start(**velden)
            case "307":
                return eigen.stop(**velden)
            case "315":
                return _vot(d, velden["Referentie"])
            case "317":
                pad = "Client/Verzoek"
                nummers: dict[str, Boom] = {
                    f"{pad}/ReferentieAanbieder": velden["Referentie"],
                    f"{pad}/TeWijzigenProducten/TeWijzigenProduct[1]/ToewijzingNummer": str(d.nummer),
                    f"{pad}/OngewijzigdeProducten/OngewijzigdProduct[1]/ToewijzingNummer": str(d.nummer + 1),
                }
                return d.bericht("317", nummers)
            case _:
                reden: dict[str, Boom] = {} if velden["Antwoord"] == "1" else {"RedenAfwijzingVerzoek": WEG}
                return _antwoord_319(d, velden["Referentie"], VerzoekAntwoord=velden["Antwoord"], **reden)


def _zendingen() -> st.SearchStrategy[Zending]:
    plek, referentie = st.integers(0, 1), st.sampled_from(["R1", "R2"])
    dag = st.sampled_from(["2026-02-02", "2026-02-03", "2026-02-09"])
    einde = st.sampled_from(["2026-02-16", "2026-02-27"])
    status = st.sampled_from(["1", "1", "3"])

    def vast(**velden: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
        return st.fixed_dictionaries(dict(velden))

    versie = vast(
        Toewijzingstijd=st.sampled_from(["10:00:00", "11:00:00", "12:00:00"]),
        Einddatum=st.sampled_from(["2026-06-30", "2026-12-31"]),
    )
    met_referentie = st.tuples(versie, referentie).map(lambda paar: paar[0] | {"ReferentieAanbieder": paar[1]})
    return st.one_of(
        st.builds(Zending, st.just("301"), plek, st.one_of(versie, met_referentie)),
        st.builds(Zending, st.just("305"), plek, vast(Begindatum=dag, StatusAanlevering=status)),
        st.builds(
            Zending,
            st.just("307"),
            plek,
            vast(
                Begindatum=dag,
                Einddatum=einde,
                RedenBeeindiging=st.sampled_from(["19", "20"]),
                StatusAanlevering=status,
            ),
        ),
        st.builds(Zending, st.sampled_from(["315", "317"]), plek, vast(Referentie=referentie)),
        st.builds(Zending, st.just("319"), plek, vast(Referentie=referentie, Antwoord=st.sampled_from("12"))),
    )


@dataclass(frozen=True)
class Stap:
    """The next message of a story, and of the messages that wait one that is settled now."""

    zending: Zending
    oordeelt: int | None
    goed: bool


STAPPEN = st.lists(
    st.builds(Stap, _zendingen(), st.one_of(st.none(), st.integers(0, 5)), st.booleans()), min_size=3, max_size=14
)


@dataclass
class Spel:
    """A client of whom a story is told, message after message; ``moment`` is the hour at which each comes in."""

    balie: Balie
    d: Dossier
    verstuurd: dict[int, bytes] = field(default_factory=dict)

    def stuur(self, uur: int, zending: Zending) -> None:
        data = self.verstuurd[uur] = zending.data(self.d)
        [uitkomst] = self.balie.verwerk(self.balie.aangeboden(data, NU + timedelta(hours=uur)))
        assert isinstance(uitkomst, Ontvangst)
        assert uitkomst.oordeel == "voorlopig"

    def antwoord(self, uur: int, *, goed: bool) -> None:
        uitkomst = _antwoord(self.balie, self.verstuurd[uur], code=None if goed else "9019")
        assert isinstance(uitkomst, Ontvangst)

    def rijen(self) -> list[list[tuple[str, Any]]]:
        """The derived rows, without what differs between one client and another."""
        sleutel = "/".join((self.d.domein, self.d.gemeente, self.d.aanbieder, self.d.bsn))
        with self.balie.engine.connect() as verbinding:
            assert afwijkend(verbinding, [sleutel], SCHEMAS) == {}
            van_dossier = select(bericht.c.id, bericht.c.ontvangen_op).where(bericht.c.dossier == sleutel)
            uur = {rij.id: rij.ontvangen_op for rij in verbinding.execute(van_dossier)}
            rijen = [
                dict(rij)
                for tabel in (toewijzing, verzoek)
                for rij in verbinding.execute(select(tabel).where(tabel.c.dossier == sleutel)).mappings()
            ]
        for rij in rijen:
            rij["bericht"] = uur[rij["bericht"]]
            if "toewijzingnummer" in rij:
                rij["toewijzingnummer"] -= self.d.nummer
            else:
                rij["toewijzingnummers"] = [nummer - self.d.nummer for nummer in rij["toewijzingnummers"]]
                rij["referentie"] = rij["referentie"].removeprefix(self.d.bsn)
        eigen = ("id", "dossier", "bsn", "wijziging", "gewijzigd_op")
        return sorted(
            [sorted((naam, waarde) for naam, waarde in rij.items() if naam not in eigen) for rij in rijen], key=str
        )


def _client(d: Dossier) -> Dossier:
    return replace(d, bsn=next(_clienten), nummer=next(_nummers))


@pytest.fixture(scope="module")
def paar(balie: Balie) -> Dossier:
    return balie.dossier()


@settings(max_examples=30)
@given(st.data())
def test_it_ends_as_if_only_what_was_approved_had_been_sent(balie: Balie, paar: Dossier, data: st.DataObject) -> None:
    """And as a rebuild makes it, at the end and halfway. Answers to a request are settled last: approved before their
    request counts they have nothing to belong to."""
    stappen = data.draw(STAPPEN)
    spel = Spel(balie, _client(paar))
    wacht: list[int] = []
    goed: set[int] = set()

    def oordeel(uur: int, ja: bool) -> None:
        wacht.remove(uur)
        spel.antwoord(uur, goed=ja)
        goed.update({uur} if ja else ())

    for uur, stap in enumerate(stappen):
        spel.stuur(uur, stap.zending)
        wacht.append(uur)
        nu = [u for u in wacht if stappen[u].zending.soort != "319"]
        if stap.oordeelt is not None and nu:
            oordeel(nu[stap.oordeelt % len(nu)], stap.goed)
    spel.rijen()
    for uur in sorted(wacht, key=lambda u: (stappen[u].zending.soort == "319", u)):
        oordeel(uur, data.draw(st.booleans()))
    alleen_goed = Spel(balie, _client(paar))
    for uur in sorted(goed):
        alleen_goed.stuur(uur, stappen[uur].zending)
    for uur in sorted(goed, key=lambda u: (stappen[u].zending.soort == "319", u)):
        alleen_goed.antwoord(uur, goed=True)
    assert spel.rijen() == alleen_goed.rijen()


def test_the_whole_database_is_as_a_rebuild_makes_it(balie: Balie) -> None:
    with balie.engine.connect() as verbinding:
        assert len(dossiers.alle(verbinding)) > 20
    assert herbouw(balie.engine, SCHEMAS).afwijkend == 0
