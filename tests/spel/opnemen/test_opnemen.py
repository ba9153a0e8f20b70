"""What happened to a client becomes a flow in which nobody can be recognised, and that comes out the same when it is played."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from tests.conftest import MaakDatabase

from berichtenverkeer.opslag.database import maak_engine
from berichtenverkeer.pakket import meegeleverd
from berichtenverkeer.spel.bestand.flow import Flow, lees
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.spel.doelen.proefknoop import proefknoop
from berichtenverkeer.spel.opnemen.bron import OpneemFout
from berichtenverkeer.standaard.domein import Domein

from .helpen import haal_op, neem, overblijfselen, speel, speelt_hetzelfde, stand
from .leven import levens

BIBLIOTHEEK = Path(__file__).parents[3] / "fixtures" / "flows"
UIT_DE_BIBLIOTHEEK = [
    ("declaraties/correctie", "iwmo"),
    ("declaraties/intrekken-na-declaratie", "ijw"),
    ("uitwisseling/omgekeerde-volgorde", "iwmo"),
    ("partij/declaratie", "ijw"),
    ("partij/levering", "iwmo"),
    ("praktijk/tariefwijziging", "iwmo"),
    ("retourcodes/declaratie-volgorde", "iwmo"),
    ("retourcodes/kop", "ijw"),
    ("retourcodes/productcode", "iwmo"),
    ("stromen/vot-woonplaatsbeginsel", "ijw"),
    ("stromen/vow-na-onderzoek", "iwmo"),
    ("stromen/stop-corrigeren", "ijw"),
    ("toewijzing/verwijderen-en-opnieuw", "iwmo"),
    ("weigeringen/geweigerd-tweede-verzoek", "iwmo"),
]
"""Flows of which each asks something else of a recording; all of them take too long for every run."""


@pytest.fixture(scope="module")
def knoop(sqlite: MaakDatabase) -> Any:
    """A node on which things happen, and its database."""
    yield from _knoop(sqlite.gereed())


@pytest.fixture(scope="module")
def ander(sqlite: MaakDatabase) -> Any:
    """A node on which recordings are played, and its database."""
    yield from _knoop(sqlite.gereed())


def _knoop(url: str) -> Any:
    engine = maak_engine(url)
    with proefknoop(meegeleverd("xsd"), url) as eigen:
        yield eigen, engine
    engine.dispose()


def _flow(map_: Path, inhoud: dict[str, Any]) -> Flow:
    pad = map_ / "gebeurd.flow.yaml"
    pad.write_text(yaml.safe_dump(inhoud, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return lees(pad)


def _map(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Where the flow that happens lies, and where the recording goes."""
    return tmp_path_factory.mktemp("gebeurd"), tmp_path_factory.mktemp("opname")


Knoop = tuple[Eigen, Engine]


@pytest.mark.parametrize("wet", ["iwmo", "ijw"])
@given(data=st.data())
@settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_any_life_is_recorded_and_played_with_the_same_outcome_and_nothing_personal(
    knoop: Knoop, ander: Knoop, tmp_path_factory: pytest.TempPathFactory, wet: str, data: st.DataObject
) -> None:
    hier, daar = _map(tmp_path_factory)
    gebeurd = speel(knoop[0], _flow(hier, data.draw(levens(wet))), Domein(wet), doorgaan=True)
    bsn = gebeurd.namen["client"]
    opgenomen = neem(daar, haal_op(knoop[1], bsn))
    assert overblijfselen(knoop[1], bsn, daar) == []
    nagespeeld = speelt_hetzelfde(ander[0], opgenomen)
    assert stand(ander[1], nagespeeld.namen["client"]) == stand(knoop[1], bsn)


@pytest.mark.parametrize(("naam", "wet"), UIT_DE_BIBLIOTHEEK)
def test_a_flow_of_the_library_is_recorded_and_played_with_the_same_outcome(
    knoop: Knoop, ander: Knoop, tmp_path: Path, naam: str, wet: str
) -> None:
    flow = lees(BIBLIOTHEEK / f"{naam}.flow.yaml")
    gebeurd = speel(knoop[0], flow, Domein(wet))
    assert gebeurd.uitkomst == "geslaagd", (gebeurd.fout, gebeurd.verschillen)
    bsn = gebeurd.namen[next(iter(flow.clienten))]
    opgenomen = neem(tmp_path, haal_op(knoop[1], bsn))
    assert overblijfselen(knoop[1], bsn, tmp_path) == []
    nagespeeld = speelt_hetzelfde(ander[0], opgenomen)
    assert stand(ander[1], nagespeeld.namen["client"]) == stand(knoop[1], bsn)


def test_it_is_the_same_on_each_database(maak_database: MaakDatabase, ander: Knoop, tmp_path: Path) -> None:
    for eigen, engine in _knoop(maak_database.gereed()):
        gebeurd = speel(eigen, lees(BIBLIOTHEEK / "partij/declaratie.flow.yaml"), Domein.IWMO)
        bsn = gebeurd.namen["client"]
        opgenomen = neem(tmp_path, haal_op(engine, bsn))
        assert overblijfselen(engine, bsn, tmp_path) == []
        nagespeeld = speelt_hetzelfde(ander[0], opgenomen)
        assert stand(ander[1], nagespeeld.namen["client"]) == stand(engine, bsn)


def _gebeurd(knoop: Knoop, map_: Path, *stappen: dict[str, Any], **anders: Any) -> dict[str, str]:
    """Let this happen; the values of the variables, ``client`` among them."""
    partijen = {"gemeente": {"rol": "gemeente"}, "aanbieder": {"rol": "aanbieder"}}
    kop = {"flow": "gebeurd", "wetten": ["iwmo"], "klok": "2026-03-02T09:00:00", "partijen": partijen}
    flow = _flow(map_, kop | {"stappen": list(stappen)} | anders)
    verloop = speel(knoop[0], flow, flow.wetten[0])
    assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)
    return dict(verloop.namen)


def _301(*nummers: str, **anders: Any) -> dict[str, Any]:
    producten = [{"ToewijzingNummer": nummer} for nummer in nummers]
    return {"stuur": "301", "inhoud": {"Client": {"ToegewezenProducten": producten}}} | anders


def _305(**anders: Any) -> dict[str, Any]:
    return {"stuur": "305", "inhoud": {"Client": {"StartProducten": [{"ToewijzingNummer": "$t1"}]}}} | anders


def _323(nummer: str, *clienten: str, **anders: Any) -> dict[str, Any]:
    items = [
        {"Bsn": f"${naam}", "Prestaties": [{"ToewijzingNummer": t}]}
        for naam, t in zip(clienten, ("$t1", "$t2"), strict=False)
    ]
    return {"stuur": "323", "inhoud": {"Declaratie": {"DeclaratieNummer": nummer, "Clienten": items}}} | anders


_EERDER = {"Ingangsdatum": "2026-01-01", "Einddatum": "2026-12-31"}
_TOEGEWEZEN = {
    "stuur": "301", "inhoud": {"Client": {"ToegewezenProducten": [{"ToewijzingNummer": "$t1"} | _EERDER]}}
}  # fmt: skip
_GEWEIGERD = {"verwacht": {"oordeel": "afgekeurd"}}


def _soorten(flow: Flow) -> list[str]:
    return [stap.stuur or stap.antwoord or "" for stap in flow.stappen]


def test_of_what_came_before_the_period_stays_what_counted(knoop: Knoop, ander: Knoop, tmp_path: Path) -> None:
    map_ = tmp_path / "opname"
    map_.mkdir()
    afgekeurd = {"stuur": "307", "inhoud": {"Client": {"StopProducten": [{"ToewijzingNummer": "$t1"}]}}} | _GEWEIGERD
    namen = _gebeurd(knoop, tmp_path, _301("$t1"), afgekeurd, _305(op="+10d"), _305(op="+10d", **_GEWEIGERD))
    for van, tot, soorten in [
        (date(2026, 3, 12), None, ["301", "305", "305"]),
        (None, date(2026, 3, 12), ["301", "307", "305"]),
        (date(2026, 3, 3), date(2026, 3, 21), ["301", "305"]),
    ]:
        opgenomen = neem(map_, haal_op(knoop[1], namen["client"], van=van, tot=tot))
        assert _soorten(opgenomen.flow) == soorten
        speelt_hetzelfde(ander[0], opgenomen)
    for leeg in ((date(2026, 4, 1), None), (None, date(2026, 3, 1)), (date(2026, 3, 3), date(2026, 3, 5))):
        with pytest.raises(OpneemFout, match="tijdvak"):
            haal_op(knoop[1], namen["client"], van=leeg[0], tot=leeg[1])


def test_other_clients_of_a_declaratie_are_not_in_it(knoop: Knoop, ander: Knoop, tmp_path: Path) -> None:
    map_ = tmp_path / "opname"
    map_.mkdir()
    tweede = {
        "stuur": "301",
        "client": "ander",
        "inhoud": {"Client": {"ToegewezenProducten": [{"ToewijzingNummer": "$t2"} | _EERDER]}},
    }
    onbekend = _323("$d2", "client", "ander", verwacht={"oordeel": "afgekeurd"})
    onbekend["inhoud"]["Declaratie"]["Clienten"][1]["Prestaties"][0]["ProductPeriode"] = {
        "Begindatum": "2026-02-20",
        "Einddatum": "2026-02-10",
    }
    namen = _gebeurd(
        knoop, tmp_path, _TOEGEWEZEN, tweede, onbekend, _323("$d1", "client", "ander"),
        clienten={"client": {}, "ander": {}},
    )  # fmt: skip
    for client in ("client", "ander"):
        opgenomen = neem(map_, haal_op(knoop[1], namen[client]))
        assert not {namen["client"], namen["ander"]} & set(opgenomen.tekst.split()), "of neither client the Bsn"
        deel = ["301", "323", "323"] if client == "ander" else ["301", "323"]
        assert _soorten(opgenomen.flow) == deel, "what was refused for the other is left out"
        speelt_hetzelfde(ander[0], opgenomen)


def test_a_declaratie_that_was_refused_as_a_whole_is_recorded(knoop: Knoop, ander: Knoop, tmp_path: Path) -> None:
    namen = _gebeurd(
        knoop, tmp_path, _TOEGEWEZEN, _323("$d1", "client"),
        _323("$d1", "client", verwacht={"oordeel": "afgekeurd", "regels": ["TR333"]}),
    )  # fmt: skip
    opgenomen = neem(tmp_path, haal_op(knoop[1], namen["client"]))
    assert [stap.verwacht.regels for stap in opgenomen.flow.stappen] == [None, None, ("TR333",)]
    speelt_hetzelfde(ander[0], opgenomen)


def test_a_credit_before_what_it_takes_back_is_recorded(knoop: Knoop, ander: Knoop, tmp_path: Path) -> None:
    declaratie = _323("$d1", "client", verwacht={"oordeel": "afgekeurd", "regels": ["TR316"]})
    declaratie["inhoud"]["Declaratie"]["Clienten"][0]["Prestaties"] = [
        {"ProductReferentie": {"VorigReferentieNummer": "$p1"}, "IngediendBedrag": {"DebetCredit": "C"}},
        {"ProductReferentie": {"ReferentieNummer": "$p1"}},
    ]
    namen = _gebeurd(knoop, tmp_path, _TOEGEWEZEN, declaratie)
    opgenomen = neem(tmp_path, haal_op(knoop[1], namen["client"]))
    assert [stap.verwacht.regels for stap in opgenomen.flow.stappen] == [None, ("TR316",)]
    speelt_hetzelfde(ander[0], opgenomen)


def test_what_was_refused_for_another_client_is_left_out(knoop: Knoop, tmp_path: Path) -> None:
    zelfde_nummer = _301("$t1", client="ander", verwacht={"oordeel": "afgekeurd", "regels": ["TR332"]})
    eigen = {"Header": {"BerichtIdentificatie": {"Identificatie": "$t1"}}}
    een, twee = _301("$t1"), _301("$t2", client="ander", verwacht={"oordeel": "afgekeurd", "regels": ["TR056"]})
    een["inhoud"] |= eigen
    twee["inhoud"] |= eigen
    namen = _gebeurd(knoop, tmp_path, een, zelfde_nummer, twee, clienten={"client": {}, "ander": {}})
    with pytest.raises(OpneemFout, match="buiten deze opname"):
        neem(tmp_path, haal_op(knoop[1], namen["ander"]))
    assert _soorten(neem(tmp_path, haal_op(knoop[1], namen["client"])).flow) == ["301"]


def test_contract_and_settings_go_along_as_far_as_they_are_needed(knoop: Knoop, ander: Knoop, tmp_path: Path) -> None:
    code = {"eenheid": "04", "variant": "inspanning", "van": "2026-01-01", "tot": "2026-12-31"}
    tarief = {"aanbieder": "aanbieder", "eenheid": "04", "van": "2026-01-01"}
    gemeente = {
        "rol": "gemeente",
        "tarieven": [
            tarief | {"productcode": "02A05", "eurocent": "4000"}, tarief | {"productcode": "02A07", "eurocent": "1"}
        ],
        "productcodes": [
            code | {"categorie": "02", "code": nummer} for nummer in ("02A01", "02A02", "02A03", "02A05", "02A07")
        ],
        "instellingen": {"variant": "output"},
    }  # fmt: skip
    map_ = tmp_path / "opname"
    map_.mkdir()
    namen = _gebeurd(
        knoop, tmp_path, _TOEGEWEZEN, _323("$d1", "client", verwacht={"oordeel": "afgekeurd"}),
        partijen={"gemeente": gemeente, "aanbieder": {"rol": "aanbieder"}},
    )  # fmt: skip
    opgenomen = neem(map_, haal_op(knoop[1], namen["client"]))
    van = opgenomen.flow.partijen["gemeente"]
    assert [t["productcode"] for t in van.tarieven] == ["02A05"]
    assert {c["code"] for c in van.productcodes} == {"02A01", "02A05"}, "the code, and a row for when the list counts"
    assert van.instellingen == {"variant": "output"}
    speelt_hetzelfde(ander[0], opgenomen)


def test_more_parties_of_one_rol_get_a_number(knoop: Knoop, ander: Knoop, tmp_path: Path) -> None:
    map_ = tmp_path / "opname"
    map_.mkdir()
    aanbieder = {"rol": "aanbieder"}
    namen = _gebeurd(
        knoop, tmp_path, _301("$t1", naar="een"), _301("$t2", naar="twee"),
        _305(van="een", op="+1d"),
        partijen={"gemeente": {"rol": "gemeente"}, "een": aanbieder, "twee": aanbieder},
    )  # fmt: skip
    opgenomen = neem(map_, haal_op(knoop[1], namen["client"]))
    assert list(opgenomen.flow.partijen) == ["gemeente", "aanbieder", "aanbieder2"]
    assert overblijfselen(knoop[1], namen["client"], map_) == []
    speelt_hetzelfde(ander[0], opgenomen)


def test_a_client_without_messages_and_one_under_both_laws(knoop: Knoop, tmp_path: Path) -> None:
    with pytest.raises(OpneemFout, match="geen berichten bekend"):
        haal_op(knoop[1], "999999990")
    namen = _gebeurd(knoop, tmp_path, _301("$t1"))
    with pytest.raises(OpneemFout, match="geen berichten bekend"):
        haal_op(knoop[1], namen["client"], Domein.IJW)
    _gebeurd(knoop, tmp_path, _301("$t1"), wetten=["ijw"], clienten={"client": {"Bsn": namen["client"]}})
    with pytest.raises(OpneemFout, match="--domein"):
        haal_op(knoop[1], namen["client"])
    assert haal_op(knoop[1], namen["client"], Domein.IJW).wet is Domein.IJW


def test_a_bsn_that_is_none_becomes_another_that_is_none(knoop: Knoop, ander: Knoop, tmp_path: Path) -> None:
    map_ = tmp_path / "opname"
    map_.mkdir()
    geweigerd = _301("$t1", verwacht={"oordeel": "afgekeurd", "regels": ["CS002"]})
    namen = _gebeurd(knoop, tmp_path, geweigerd, clienten={"client": {"Bsn": "999900007"}})
    opgenomen = neem(map_, haal_op(knoop[1], namen["client"]))
    assert overblijfselen(knoop[1], namen["client"], map_) == []
    speelt_hetzelfde(ander[0], opgenomen)


def test_what_was_refused_before_it_was_judged_leaves_no_trace(knoop: Knoop, ander: Knoop, tmp_path: Path) -> None:
    map_ = tmp_path / "opname"
    map_.mkdir()
    ongeldig = _305(verwacht={"geweigerd": "xsd-ongeldig"})
    ongeldig["inhoud"]["Client"]["Geslacht"] = "GEHEIM"
    namen = _gebeurd(knoop, tmp_path, _301("$t1"), ongeldig, _305(op="+1d"))
    opgenomen = neem(map_, haal_op(knoop[1], namen["client"]))
    assert _soorten(opgenomen.flow) == ["301", "305"]
    assert "GEHEIM" not in opgenomen.tekst
    speelt_hetzelfde(ander[0], opgenomen)


def test_what_the_node_refused_for_a_party_that_judges_is_left_out(knoop: Knoop, tmp_path: Path) -> None:
    """As a node does that looks at the rules inside a message for everybody."""
    namen = _gebeurd(knoop, tmp_path, _301("$t1"), _305(op="+1d"), _305(op="+1d", **_GEWEIGERD))
    opname = haal_op(knoop[1], namen["client"])
    rijen = [
        replace(b, rij=dict(b.rij) | {"beoordeling": "partij"})  # type: ignore[arg-type]
        if b.gelezen.soort.nummer in ("305", "306") and b.rij["oordeel"] == "goedgekeurd" and b.moment.day == 3
        else b
        for b in opname.berichten
    ]
    opgenomen = neem(tmp_path, replace(opname, berichten=rijen))
    assert _soorten(opgenomen.flow) == ["301", "305", "306"]
    assert opgenomen.flow.partijen["gemeente"].beoordeling == "partij"


def test_a_party_that_began_to_judge_for_itself_cannot_be_in_a_flow(knoop: Knoop, tmp_path: Path) -> None:
    namen = _gebeurd(knoop, tmp_path, _301("$t1"), _301("$t1", op="+1d"))
    opname = haal_op(knoop[1], namen["client"])
    eerste, *rest = opname.berichten
    gewisseld = replace(eerste, rij=dict(eerste.rij) | {"beoordeling": "partij"})  # type: ignore[arg-type]
    with pytest.raises(OpneemFout, match="--tot"):
        neem(tmp_path, replace(opname, berichten=[gewisseld, *rest]))
