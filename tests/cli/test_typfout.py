"""What is wrong with a command as it was typed is told in Dutch, with what to do; nothing of typer's own words is left."""

import pytest
from tests.cli.aanmelden import draai

INZET = ("hoofdaannemer", "inzet")
GEVALLEN = {
    "zomaar": "De opdracht 'zomaar' is er niet. 'berichtenverkeer -h' toont hoe het moet.",
    "validte x": "De opdracht 'validte' is er niet. Bedoelt u validate? 'berichtenverkeer -h' toont hoe het moet.",
    "hoofdaannemer inzet lst": (
        "De opdracht 'lst' is er niet. Bedoelt u list? 'berichtenverkeer hoofdaannemer inzet -h' toont hoe het moet."
    ),
    "--versie": "De optie --versie is er niet. Bedoelt u --version? 'berichtenverkeer -h' toont hoe het moet.",
    "validate --nivea xsd": "De optie --nivea is er niet. Bedoelt u --niveau? 'berichtenverkeer validate -h' toont hoe het moet.",
    "validate -z": "De optie -z is er niet. 'berichtenverkeer validate -h' toont hoe het moet.",
    "validate": (
        "BESTANDEN ontbreekt. Bestanden of patronen (*.xml); - is standaardinvoer. 'berichtenverkeer validate -h' toont hoe het moet."
    ),
    "hoofdaannemer inzet trek-in x": (
        "--reden ontbreekt. Waarom. 'berichtenverkeer hoofdaannemer inzet trek-in -h' toont hoe het moet."
    ),
    "hoofdaannemer inzet list meer en meer": (
        "Dit is te veel: meer en meer. 'berichtenverkeer hoofdaannemer inzet list -h' toont hoe het moet."
    ),
    "hoofdaannemer inzet list --partner": "Bij --partner hoort een waarde. Met -h erachter ziet u hoe het moet.",
    "kpi --json=ja": "Bij --json hoort geen waarde. Met -h erachter ziet u hoe het moet.",
    "validate --niveau alles x": (
        "--niveau: alles kan hier niet; kies uit xsd, bericht. Alleen het XSD, of ook de regels binnen het bericht. "
        "'berichtenverkeer validate -h' toont hoe het moet."
    ),
    "hoofdaannemer inzet beeindig x --per 2026-99-01 --reden x": (
        "--per: '2026-99-01' is geen dag; schrijf hem als 2026-07-01. De dag, EEJJ-MM-DD. "
        "'berichtenverkeer hoofdaannemer inzet beeindig -h' toont hoe het moet."
    ),
    "hoofdaannemer inzet plaats x dekker licht morgen": (
        "VAN: 'morgen' is geen dag; schrijf hem als 2026-07-01. Eerste dag, EEJJ-MM-DD. "
        "'berichtenverkeer hoofdaannemer inzet plaats -h' toont hoe het moet."
    ),
    "postvak --moment gisteren": (
        "--moment: 'gisteren' is geen moment; schrijf het als 2026-07-01T09:30:00. Doe alsof het dan is; alleen bij een knooppunt in "
        "proefmodus. 'berichtenverkeer postvak -h' toont hoe het moet."
    ),
    "serve --port poort": (
        "--port (of BV_PORT): vul een heel getal in. De poort, van 0 (een die vrij is) tot en met 65535. "
        "'berichtenverkeer serve -h' toont hoe het moet."
    ),
    "replay x --geduld lang": (
        "--geduld: vul een getal in, met een punt voor de decimalen. Hoeveel seconden een bericht van haar mag duren. "
        "'berichtenverkeer replay -h' toont hoe het moet."
    ),
    "replay x --parallel 0": (
        "--parallel: vul 1 of meer in. Hoeveel flows tegelijk. 'berichtenverkeer replay -h' toont hoe het moet."
    ),
    "werklijst --weken 60": (
        "--weken: vul 52 of minder in. Toewijzing-loopt-af: hoeveel weken vooruit. 'berichtenverkeer werklijst -h' toont hoe het moet."
    ),
}  # fmt: skip
"""What is typed, and what is said of it."""


@pytest.mark.parametrize("getypt", GEVALLEN)
def test_what_is_said(getypt: str) -> None:
    uit = draai(*getypt.split())
    assert (uit.exit_code, uit.stdout, " ".join(uit.stderr.split())) == (2, "", GEVALLEN[getypt])


def test_a_variable_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BV_PORT", "poort")
    assert "--port (of BV_PORT): vul een heel getal in." in draai("serve").stderr


def test_who_asks_for_nothing_sees_what_there_is() -> None:
    for groep in ((), ("hoofdaannemer",), INZET):
        uit = draai(*groep)
        assert "Opdrachten" in uit.output or "Berichten op uw eigen machine" in uit.output


def test_an_answer_that_does_not_come() -> None:
    """Ctrl-D where something is asked."""
    uit = draai("partij", "token-intrekken", "--database-url", "sqlite://")
    assert (uit.exit_code, "Afgebroken: er kwam geen antwoord." in uit.stderr) == (1, True)
