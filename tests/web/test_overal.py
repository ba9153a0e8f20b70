"""Every page there is, found by its links, in each role: it answers, shows nothing of others, is accessible (axe, and what that cannot
see: ``bediening``), and the browser has nothing to complain of. Who adds a page adds nothing here.

How a page looks and is used is asked once of everything it is made of: ten pages of rules are one, and so is a page in three roles."""

import re
from collections import deque
from typing import Literal
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Page
from tests.gereedschap import npm_map
from tests.web.bediening import delen, klachten
from tests.web.conftest import Kom, Web

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

_NIET_OPENEN = ("/docs", "/statisch/", "/v1/")


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
    while rij and len(gezien) < MEESTE:
        pad = rij.popleft()
        antwoord = bezoek.ga(pad)
        assert antwoord is not None
        html = bezoek.pagina.content()
        if antwoord.status >= 400 and not (antwoord.status == 403 and rol == "operator"):
            fouten.append(f"{pad}: {antwoord.status}")
        wie = (
            "" if rol == "operator" else rf"Partij {web.ander.gemeentecode}|{web.ander.agb}|"
        )  # who runs it knows them all
        van_anderen = rf"\b({wie}999990482)\b"
        fouten += [f"{pad}: shows {vreemd}" for vreemd in re.findall(van_anderen, bezoek.pagina.inner_text("body"))]
        if len(html.encode()) > 200_000:
            fouten.append(f"{pad}: {len(html.encode())} bytes")
        if bezoek.pagina.locator("h1").count() != 1:
            fouten.append(f"{pad}: not one h1")
        if not (hier := delen(bezoek.pagina)) <= bekeken:
            bekeken |= hier
            fouten += [f"{pad}: {fout}" for fout in _bekijk(bezoek.pagina, axe)]
        for naar in bezoek.pagina.eval_on_selector_all("a[href]:not([download])", "as => as.map(a => a.href)"):
            link = urldefrag(urljoin(web.url, naar))[0]
            if not link.startswith(web.url) or urlsplit(link).path.startswith(_NIET_OPENEN):
                continue
            kort = link.removeprefix(web.url) or "/"
            soort = re.sub(r"=[^&]*|(?<=/)[0-9a-zA-Z-]*[0-9][0-9a-zA-Z-]*", "=", kort)
            if kort not in gezien and soorten.get(soort, 0) < VAN_EEN_SOORT:
                soorten[soort] = soorten.get(soort, 0) + 1
                gezien.add(kort)
                rij.append(kort)
    assert not fouten, "\n".join(fouten[:20])
    assert [k for k in bezoek.klachten if "403" not in k] == []
    assert len(gezien) >= 8
