"""A node with pages, people in each role, and a real browser. Without chromium these tests are skipped."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, declaratie
from tests.knoop import NU, Knoop, Paar, knoop
from tests.web.beheer import maak_beheer
from tests.web.bureau import ANDER_PARTNER, PARTNER, Bureau, maak_bureau

from berichtenverkeer.klok import systeemklok
from berichtenverkeer.partijen import sessies
from berichtenverkeer.partijen.gebruikers import Rol, alle, registreer
from berichtenverkeer.web.poort import SESSIEKOEKJE

WACHTWOORD = "vier fietsen in de regen"

KWAAD = "<script>alert(1)</script>\u202e<b>omgekeerd"
"""What someone with bad intentions writes as Commentaar."""

_OPTIES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass(repr=False)
class Web:
    """A node with pages, a pair of parties with something to see, and people: each login is that of a role."""

    knoop: Knoop
    paar: Paar
    ander: Paar
    """Parties that nobody here acts for: what is of theirs shows on no page."""

    bureau: Bureau
    """A hoofdaannemer with its partners."""

    logins: dict[str, str] = field(default_factory=dict)
    """What each can do, by login."""

    def __repr__(self) -> str:
        return f"<Web {self.url}>"

    @property
    def url(self) -> str:
        """Where the node is."""
        return self.knoop.url

    def voeg_toe(self, login: str, partijen: dict[str, Rol], *, operator: bool = False) -> None:
        """Someone with the password of all."""
        registreer(
            self.knoop.engine, login, f"Meer {login}", partijen, systeemklok(), operator=operator, wachtwoord=WACHTWOORD
        )

    def sessie(self, login: str) -> str:
        """The secret of a new session of someone, without the way to it."""
        wie = next(een for een in alle(self.knoop.engine) if een.login == login)
        return sessies.begin(self.knoop.engine, wie, systeemklok(), bevestigd=True).geheim


@pytest.fixture(scope="session")
def web(postgresql: MaakDatabase) -> Iterator[Web]:
    """A node in proefmodus with a day of work."""
    with knoop(postgresql.gereed(), proefmodus=True) as k:
        w = Web(k, k.paar(), k.paar(), maak_bureau(k))
        for paar, bsn in ((w.paar, "999900006"), (w.ander, "999990482")):
            dossier = paar.dossier(bsn)
            paar.gemeente.goedgekeurd(dossier.toewijzing())
            assert paar.aanbieder.aangenomen(dossier.stop())["oordeel"] == "afgekeurd"
            tweede = paar.dossier(bsn, nummer=1002)
            paar.gemeente.goedgekeurd(tweede.toewijzing(Commentaar=KWAAD))
            paar.aanbieder.goedgekeurd(tweede.start())
            uit = paar.aanbieder.aangenomen(
                declaratie(tweede, "D2602", Regel("P1", uren=4), Regel("P2", uren=900, toewijzing=1001))
            )
            assert uit["oordeel"] == "deels_goedgekeurd", [(b["regel"], b["melding"]) for b in uit["bevindingen"]]
            derde = paar.dossier("999900043" if paar is w.paar else "999990494", nummer=1003)
            paar.gemeente.goedgekeurd(derde.toewijzing())
            paar.aanbieder.goedgekeurd(derde.bericht("315"))
        g, a = w.paar.gemeentecode, w.paar.agb
        w.voeg_toe("lezer", {g: Rol.LEZER})
        w.voeg_toe("medewerker", {a: Rol.MEDEWERKER})
        w.voeg_toe("beheerder", {g: Rol.BEHEERDER, a: Rol.LEZER})
        w.voeg_toe("hoofdaannemer", {w.bureau.paar.agb: Rol.MEDEWERKER})
        w.voeg_toe("meekijker", {w.bureau.paar.agb: Rol.LEZER})
        w.voeg_toe("onderaannemer", {PARTNER: Rol.MEDEWERKER})
        w.voeg_toe("ander_partner", {ANDER_PARTNER: Rol.MEDEWERKER})
        w.voeg_toe("operator", {}, operator=True)
        maak_beheer(w.knoop, g, w.bureau.paar.agb)
        yield w


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium of the system. No longer than a module: what drives it keeps an event loop in this thread, and other tests run one of
    their own."""
    pad = shutil.which("chromium")
    if pad is None:
        pytest.skip("chromium is not there")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=pad, args=list(_OPTIES))
        yield browser
        browser.close()


@dataclass
class Bezoek:
    """Someone at a browser; ``klachten`` is what the browser complained of."""

    pagina: Page
    url: str
    klachten: list[str] = field(default_factory=list)

    def ga(self, pad: str) -> Any:
        """Open a page of the node; its answer."""
        return self.pagina.goto(self.url + pad)

    def is_aangemeld(self, geheim: str) -> None:
        """Logged in before, in this session: the first page is open."""
        self.pagina.context.add_cookies(
            [
                {
                    "name": SESSIEKOEKJE,
                    "value": geheim,
                    "domain": "127.0.0.1",
                    "path": "/",
                    "secure": True,
                    "httpOnly": True,
                }
            ]
        )
        self.ga("/")
        self.pagina.wait_for_selector("text=Afmelden")

    def meld_aan(self, login: str, *, hier: bool = False) -> None:
        """Log in, as one does; ``hier``: at the form that is open."""
        if not hier:
            self.ga("/aanmelden")
        self.pagina.fill("#veld-login", login)
        self.pagina.fill("#veld-wachtwoord", WACHTWOORD)
        self.pagina.click("main button")
        self.pagina.wait_for_selector("text=Afmelden")


Kom = Callable[..., Any]


@pytest.fixture
def kom(web: Web, browser: Browser) -> Iterator[Kom]:
    """Someone comes to the pages: ``kom("lezer")`` is logged in, ``kom()`` is not. How one logs in has tests of its own."""
    open_: list[BrowserContext] = []

    def kom(login: str | None = None, **opties: Any) -> Bezoek:
        context = browser.new_context(locale="nl-NL", **opties)
        open_.append(context)
        bezoek = Bezoek(context.new_page(), web.url)
        bezoek.pagina.on("console", lambda m: bezoek.klachten.append(m.text) if m.type == "error" else None)
        bezoek.pagina.on("pageerror", lambda fout: bezoek.klachten.append(str(fout)))
        if login is not None:
            bezoek.is_aangemeld(web.sessie(login))
        return bezoek

    yield kom
    for context in open_:
        context.close()


@contextmanager
def zonder_klachten(bezoek: Bezoek) -> Iterator[Bezoek]:
    """The browser complains of nothing meanwhile."""
    yield bezoek
    assert bezoek.klachten == []


__all__ = ["KWAAD", "NU", "WACHTWOORD", "Bezoek", "Kom", "Web", "zonder_klachten"]
