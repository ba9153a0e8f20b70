"""The rehearsal of a transition: plans that do not go well, and files that are no plan; the example goes well where docs/releases.md tells
to rehearse it (``test_doc``). With the made-up release."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.knoop import NU
from tests.releases.drie_drie import NUMMER
from typer.testing import CliRunner, Result

from berichtenverkeer.cli import app
from berichtenverkeer.keten.zendingen.deur import Deur
from berichtenverkeer.keten.zendingen.zendingen import Zending, bewaar
from berichtenverkeer.opslag.database import maak_engine, maak_gereed
from berichtenverkeer.partijen.schakelaars import alle
from berichtenverkeer.spel.bestand.bron import FlowFout
from berichtenverkeer.spel.oefenen.plan import Plan, lees_plan
from berichtenverkeer.spel.oefenen.uitkomst import Oefening, tel
from berichtenverkeer.spel.oefenen.verhaal import maak_verhaal
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN
from berichtenverkeer.standaard.domein import Domein

VOORBEELD = Path(__file__).parents[2] / "fixtures" / "overgang.plan.yaml"


def draai(*argumenten: str, **omgeving: str) -> Result:
    return CliRunner().invoke(app, ("functie", *argumenten), env={"BV_RELEASES": "tests.releases.drie_drie"} | omgeving)


def schrijf(pad: Path, **anders: Any) -> Path:
    """The example with other keys; None leaves one out."""
    inhoud = yaml.load(VOORBEELD.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) | anders
    inhoud = {naam: waarde for naam, waarde in inhoud.items() if waarde is not None}
    pad.write_text(yaml.safe_dump(inhoud, allow_unicode=True), encoding="utf-8")
    return pad


def test_answers_that_stop_too_early_leave_pairs_open(tmp_path: Path) -> None:
    uit = draai(
        "oefen",
        str(schrijf(tmp_path / "plan.yaml", stopt={"heen": "2027-03-24T18:00:00", "retour": "2027-03-24T19:00:00"})),
        "--bewaar",
        str(tmp_path / "flows"),
    )
    assert uit.exit_code == 1
    assert "iwmo 3.2: 13 heenberichten aangenomen, 6 beantwoord." in uit.output
    assert "Onbeantwoord: 1 keer JW323 in 3.2. Laat wat antwoordt later stoppen" in uit.output
    assert "Zo kan de overgang niet" in uit.output
    flows = sorted(pad.name for pad in (tmp_path / "flows").iterdir())
    assert flows == ["overgang-ijw.flow.yaml", "overgang-iwmo.flow.yaml"]


def test_an_own_story_that_runs_into_the_silence_is_told(tmp_path: Path) -> None:
    flows = {
        "bibliotheek:stromen/start-stop": "2027-03-22T09:00:00"
    }  # its stop is in the new release, its start in the silence
    uit = draai(
        "oefen",
        str(
            schrijf(
                tmp_path / "plan.yaml",
                flows=flows,
                stopt={"heen": "2027-03-23T18:00:00", "retour": "2027-03-31T18:00:00"},
            )
        ),
    )
    assert uit.exit_code == 1
    assert "start-stop (iwmo), 24-03-2027 09:00: stuur 305 van aanbieder" in uit.output
    assert "Onbeantwoord" not in uit.output


def test_a_plan_is_carried_out(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'proef.db'}"
    uit = draai("overgang", str(VOORBEELD), BV_DATABASE_URL=url)
    assert uit.exit_code == 0, uit.output
    assert "heen in release 3.2: uit vanaf 2027-03-24T18:00:00." in uit.output
    gezet = {(een.functie, een.versie, str(een.stand)) for een in alle(maak_engine(url))}
    assert gezet == {
        ("heen", "3.2", "uit"), ("retour", "3.2", "uit"), ("WMO323", "3.2", "uit"), ("JW323", "3.2", "uit"), ("*", NUMMER, "aan"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"naar": "4.0"}, "release 4.0 wordt niet gelezen, wel 3.2, 3.3"),
        ({"naar": "3.2"}, "dezelfde release"),
        ({"stopt": {"heen": "2027-03-26"}}, "stopt zegt niets van WMO302"),
        ({"begint": {"WMO": "2027-04-01"}}, "begint zegt niets van JW301"),
        ({"stopt": {"heenberichten": "2027-03-26"}}, "heenberichten is geen functie"),
        ({"stopt": {"*": "morgen"}}, "Geef een moment als"),
        ({"stopt": {"*": "2027-03-26T18:00:00+01:00"}}, "zonder zone"),
        ({"antwoord_na": "gauw"}, "antwoord_na"),
        ({"begin": {"*": "2027-04-01"}}, "Bedoelt u begint?"),
        ({"overgang": None}, "overgang ontbreekt"),
    ],
)
def test_what_is_wrong_in_a_plan_is_said_with_its_line(tmp_path: Path, anders: dict[str, Any], melding: str) -> None:
    with pytest.raises(FlowFout, match=r"plan\.yaml:[0-9]+") as fout:
        lees_plan(schrijf(tmp_path / "plan.yaml", **anders))
    assert melding in str(fout.value)
    assert draai("oefen", str(tmp_path / "plan.yaml")).exit_code == 2


def test_a_file_that_is_no_plan(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("- heen\n")
    with pytest.raises(FlowFout, match="geen plan"):
        lees_plan(tmp_path / "plan.yaml")


def test_the_story_has_every_kind_on_both_sides_of_its_moments() -> None:
    """The last of every heenbericht in the old and the first in the new, each with its answer; before and after them what is refused."""
    plan = lees_plan(VOORBEELD)
    for wet in Domein:
        stappen = maak_verhaal(plan, wet)["stappen"]
        momenten = [datetime.fromisoformat(stap["op"]) for stap in stappen]
        assert momenten == sorted(momenten)
        for release in ("3.2", "3.3"):
            goed = Counter(s["stuur"] for s in stappen if s.get("release") == release and "verwacht" not in s)
            fout = Counter(s["stuur"] for s in stappen if s.get("release") == release and "verwacht" in s)
            assert goed.keys() == fout.keys() == {"301", "305", "307", "315", "317", "319", "323"}
        gevraagd = sum("stuur" in s and "verwacht" not in s for s in stappen)
        assert gevraagd == sum("antwoord" in s and "verwacht" not in s for s in stappen)
        assert Counter(s["antwoord"] for s in stappen if "antwoord" in s and "verwacht" in s).total() == 7


def test_the_most_precise_moment_of_a_plan_counts(tmp_path: Path) -> None:
    plan = lees_plan(VOORBEELD)
    assert str(plan.stopt_op(BERICHTSOORTEN["WMO323"])) == "2027-03-19 18:00:00"
    assert str(plan.stopt_op(BERICHTSOORTEN["WMO325"])) == "2027-03-31 18:00:00"
    assert str(plan.stopt_op(BERICHTSOORTEN["JW301"])) == "2027-03-24 18:00:00"
    eerst_allen = schrijf(tmp_path / "plan.yaml", begint={"*": "2027-04-01", "JW": "2027-04-02"})
    assert str(lees_plan(eerst_allen).begint_op(BERICHTSOORTEN["WMO301"])) == "2027-04-01 00:00:00"


def test_what_was_confirmed_and_is_nowhere_is_told(tmp_path: Path) -> None:
    engine = maak_engine(f"sqlite:///{tmp_path / 'proef.db'}")
    maak_gereed(engine)
    zending = Zending(
        "0855", "een", "99990001", "0855", Deur.GGK, "WMO301", 3, 2, "Suite", "0001", "0000", "een", "h", b"x",
    )  # fmt: skip
    bewaar(engine, zending, NU)
    oefening = Oefening(lees_plan(VOORBEELD), (), tel(engine))
    assert oefening.bezwaren == ["Kwijt: WMO301 is bevestigd, en er kwam geen bericht van."]
    engine.dispose()


def test_a_plan_in_which_all_of_the_new_begins_while_the_old_still_counts() -> None:
    """Both at once is no silence; then only the old is late, at its own moment."""
    momenten: dict[str, Any] = {"stopt": {"*": datetime(2027, 5, 1)}, "begint": {"*": datetime(2027, 4, 1)}}
    plan = Plan(overgang="samen", van="3.2", naar="3.3", **momenten)
    stappen = maak_verhaal(plan, Domein.IWMO)["stappen"]
    laat = {s["op"] for s in stappen if s.get("release") == "3.2" and "verwacht" in s}
    assert laat == {"2027-05-01T00:00:00"}
