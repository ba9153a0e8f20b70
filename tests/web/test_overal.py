"""Every page there is, found by its links, in each role: it answers, shows nothing of others, is accessible (axe, and what that cannot
see: ``bediening``), and the browser has nothing to complain of. Who adds a page adds nothing here.

How a page looks and is used is asked once of everything it is made of: ten pages of rules are one, and so is a page in three roles. Only
what holds something new is opened in the browser."""

import re
from collections import deque
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Page
from tests.gereedschap import npm_map
from tests.web.bediening import klachten
from tests.web.bladzijde import Bladzijde
from tests.web.conftest import Kom, Web

from berichtenverkeer.web.poort import SESSIEKOEKJE

MEESTE = 400
"""Pages that a role is led along."""

VAN_EEN_SOORT = 2
"""Pages of one shape that are opened: of a thousand rules two."""

_AXE: dict[Literal["light", "dark"], object] = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""What is looked at; in the dark only what is otherwise there."""

_KIJK = "opties => { document.getAnimations().forEach(a => a.finish()); return axe.run(document, opties) }"
"""A colour on its way to another is that of neither."""


def _bekijk(pagina: Page, axe: str) -> list[str]:
    """What axe and the browser find wrong with how a page looks and is used."""
    pagina.evaluate(axe)
    fouten = []
    for licht, regels in _AXE.items():
        pagina.emulate_media(color_scheme=licht)
        uit = pagina.evaluate(_KIJK, {"runOnly": regels, "resultTypes": ["violations"]})
        fouten += [
            f"({licht}) {een['id']} {een['help']}: {een['nodes'][0]['html'][:200]} {een['nodes'][0]['any'][:1]}"
            for een in uit["violations"]
        ]
    return fouten + klachten(pagina)


@pytest.fixture(scope="module")
def bekeken() -> set[str]:
    """The parts of pages that were looked at, in any role."""
    return set()


@pytest.mark.parametrize(
    "rol", [None, "lezer", "medewerker", "beheerder", "hoofdaannemer", "onderaannemer", "operator"]
)
def test_every_link(web: Web, kom: Kom, bekeken: set[str], rol: str | None) -> None:
    bezoek = kom(rol, viewport={"width": 1280, "height": 900})
    axe = (npm_map() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    begin = "/aanmelden" if rol is None else "/"
    gezien, rij, soorten = {begin}, deque([begin]), dict[str, int]()
    fouten: list[str] = []
    wie = (
        "" if rol == "operator" else rf"Partij {web.ander.gemeentecode}|{web.ander.agb}|"
    )  # who runs it knows them all
    koppen = {"Accept": "text/html"} | ({"Cookie": f"{SESSIEKOEKJE}={web.sessie(rol)}"} if rol else {})
    with httpx.Client(base_url=web.url, headers=koppen, timeout=60, follow_redirects=True) as klant:
        while rij and len(gezien) < MEESTE:
            pad = rij.popleft()
            antwoord = klant.get(pad)
            blad = Bladzijde(web.url, antwoord)
            if antwoord.status_code >= 400 and not (antwoord.status_code == 403 and rol == "operator"):
                fouten.append(f"{pad}: {antwoord.status_code}")
            fouten += [f"{pad}: shows {vreemd}" for vreemd in re.findall(rf"\b({wie}999990482)\b", blad.tekst)]
            fouten += [f"{pad}: {fout}" for fout in blad.fouten()]
            if not (hier := blad.delen()) <= bekeken:
                bekeken |= hier
                bezoek.ga(pad)
                fouten += [f"{pad}: {fout}" for fout in _bekijk(bezoek.pagina, axe)]
            for link in blad.links():
                soort = re.sub(r"=[^&]*|(?<=/)[0-9a-zA-Z-]*[0-9][0-9a-zA-Z-]*", "=", link)
                if link not in gezien and soorten.get(soort, 0) < VAN_EEN_SOORT:
                    soorten[soort] = soorten.get(soort, 0) + 1
                    gezien.add(link)
                    rij.append(link)
    assert not fouten, "\n".join(fouten[:20])
    assert [k for k in bezoek.klachten if "403" not in k] == []
    assert len(gezien) >= 8
