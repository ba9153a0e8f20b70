"""Make the pictures of the pages in this folder: play the demonstration, log in, and look. Needs chromium.

Run as ``python docs/schermen/maak.py [NAAM…]``; whoever adds a page adds a line to ``SCHERMEN``.
"""

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from demonstratie import demonstratie
from playwright.sync_api import Page, sync_playwright

from berichtenverkeer.pakket import meegeleverd
from berichtenverkeer.spel.demo.regio import lees_regio

HIER = Path(__file__).parent
_OPTIES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


class Scherm(NamedTuple):
    """A picture: its name, who looks (nobody: empty), at which page, which link is followed from there, and what stands at its top, or
    in its middle."""

    naam: str
    wie: str
    pad: str
    klik: str = ""
    vanaf: str = ""
    donker: bool = False
    telefoon: bool = False
    midden: bool = False


SCHERMEN = (
    Scherm("aanmelden", "", "/aanmelden"),
    Scherm("vandaag", "anna", "/"),
    Scherm("vandaag-donker", "anna", "/", donker=True),
    Scherm("vandaag-telefoon", "bram", "/", telefoon=True),
    Scherm("toewijzingen", "anna", "/toewijzingen?toestand=lopend"),
    Scherm("toewijzing", "anna", "/toewijzingen?toestand=lopend", "main tbody a"),
    Scherm("tijdlijn", "anna", "/toewijzingen?toestand=lopend", "main tbody a", "h2:has-text('Tijdlijn')"),
    Scherm("bericht", "bram", "/berichten?oordeel=afgekeurd", "main tbody a", ".xml__regel--raak", midden=True),
    Scherm("declaratie", "bram", "/declaraties", "main tbody a"),
    Scherm("verzoek", "anna", "/verzoeken", "main tbody a"),
    Scherm("maandstaat", "carla", "/hoofdaannemer/maandstaten/2026-06/dekker"),
    Scherm("herindicaties", "carla", "/hoofdaannemer/herindicaties"),
    Scherm(
        "stuurinformatie",
        "anna",
        "/stuurinformatie?van=2026-01-01&tot=2026-06-30&kpi=INSTROOM,IN_ZORG&per=maand&toonKlein=true",
        vanaf=".cijfer",
    ),
    Scherm("beheer", "dirk", "/beheer"),
    Scherm("retourcode", "", "/retourcodes/9321"),
    Scherm("levensloop", "", "/levensloop/levering"),
)


def meld_aan(pagina: Page, url: str, wie: str, wachtwoord: str) -> None:
    """Log in, and act for the first party where there are more."""
    pagina.goto(f"{url}/aanmelden")
    pagina.fill("#veld-login", wie)
    pagina.fill("#veld-wachtwoord", wachtwoord)
    pagina.click("main button")
    pagina.wait_for_selector("text=Afmelden")
    if pagina.url.endswith("/partij"):
        pagina.click("main button")


def main(namen: list[str]) -> None:
    """Make these pictures, or all."""
    wachtwoord = lees_regio(meegeleverd("fixtures") / "regio.yaml").wachtwoord
    pad = shutil.which("chromium")
    with demonstratie() as url, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=pad, args=_OPTIES)
        for scherm in SCHERMEN:
            if namen and scherm.naam not in namen:
                continue
            maat = {"width": 390, "height": 844} if scherm.telefoon else {"width": 1200, "height": 800}
            context = browser.new_context(
                locale="nl-NL",
                color_scheme="dark" if scherm.donker else "light",
                viewport={"width": maat["width"], "height": maat["height"]},
            )
            pagina = context.new_page()
            if scherm.wie:
                meld_aan(pagina, url, scherm.wie, wachtwoord)
            pagina.goto(url + scherm.pad)
            if scherm.klik:
                pagina.click(scherm.klik)
            if scherm.vanaf:
                pagina.locator(scherm.vanaf).first.evaluate(
                    "(kop, waar) => kop.scrollIntoView({block: waar})", "center" if scherm.midden else "start"
                )
            pagina.screenshot(path=HIER / f"{scherm.naam}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
