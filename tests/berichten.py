"""Messages for tests that go over HTTP or through the database: sound ones, of any client, gemeente and aanbieder."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from stdnum.nl import bsn as stdnum_bsn
from tests.conformance.boom import WEG, Boom
from tests.conformance.gevallen import maak_bericht

from berichtenverkeer.standaard.berichten import Bericht
from berichtenverkeer.standaard.berichtsoort import Berichtsoort, Ketenrol, berichtsoort
from berichtenverkeer.standaard.codelijst import codelijst
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.schrijven import serialiseer

VANDAAG = "2026-03-02"
"""The Dagtekening of every message, and the day of the clock in the tests."""

_BSN = dict.fromkeys(("301", "305", "307", "315", "317"), "Client/Bsn")
_BSN |= {"323": "Declaratie/Clienten/Client[1]/Bsn", "325": "DeclaratieAntwoord/Clienten/Client[1]/Bsn"}
_teller = count(1)


def bsns() -> Iterator[str]:
    """Every fictive Bsn of the test series of the standard (CS002) that passes the 11-proef."""
    return (str(getal) for getal in range(999_900_000, 999_999_999) if stdnum_bsn.is_valid(str(getal)))


def gemeenten() -> list[str]:
    """Every CBS code there is."""
    return [code for code, item in codelijst("CBS", Domein.IWMO).codes.items() if item.geldig_op(_dag())]


def nieuwe_identificatie() -> str:
    """An Identificatie that no other message of this run has, and that comes after those before it: of two versions of one
    moment the later counts."""
    return f"T{next(_teller):08}"


@dataclass(frozen=True)
class Dossier:
    """The messages of one client at one aanbieder for one gemeente. A toewijzing has one product, ``nummer``."""

    gemeente: str
    aanbieder: str
    bsn: str = "999900006"
    domein: Domein = Domein.IWMO
    nummer: int = 1001
    wijzigingen: dict[str, Boom] = field(default_factory=dict)
    """Changes in every message, by path."""

    def bericht(
        self, soort: str, wijzigingen: dict[str, Boom] | None = None, identificatie: str | None = None
    ) -> bytes:
        """A message of this kind, sound but for these changes. A retourbericht is that on a message of this dossier."""
        return serialiseer(*self.model(soort, wijzigingen, identificatie))

    def model(
        self, soort: str, wijzigingen: dict[str, Boom] | None = None, identificatie: str | None = None
    ) -> tuple[Bericht, Berichtsoort]:
        """The same, typed."""
        van_gemeente = berichtsoort(self.domein, soort).verzender is Ketenrol.GEMEENTE
        partijen = (self.gemeente, self.aanbieder) if van_gemeente else (self.aanbieder, self.gemeente)
        vast: dict[str, Boom] = {"Header/Afzender": partijen[0], "Header/Ontvanger": partijen[1]}
        vast |= {_BSN[soort]: self.bsn} if soort in _BSN else {}
        if soort == "301":
            vast["Client/ToegewezenProducten/ToegewezenProduct[1]/ToewijzingNummer"] = str(self.nummer)
            vast["Client/ToegewezenProducten/ToegewezenProduct[2]"] = WEG
        elif soort in ("305", "307"):
            lijst = "StartProducten/StartProduct" if soort == "305" else "StopProducten/StopProduct"
            vast[f"Client/{lijst}[1]/ToewijzingNummer"] = str(self.nummer)
        aangeboden = maak_bericht(
            soort, self.domein, vast, self.wijzigingen, wijzigingen or {},
            identificatie=identificatie or nieuwe_identificatie(),
        )  # fmt: skip
        return aangeboden.bericht, aangeboden.soort

    def toewijzing(self, **velden: str) -> bytes:
        """A 301 with these elements of its product."""
        return self.bericht("301", _product("Client/ToegewezenProducten/ToegewezenProduct[1]", velden))

    def start(self, **velden: str) -> bytes:
        """A 305 with these elements of its product."""
        return self.bericht("305", _product("Client/StartProducten/StartProduct[1]", velden))

    def stop(self, **velden: str) -> bytes:
        """A 307 with these elements of its product."""
        return self.bericht("307", _product("Client/StopProducten/StopProduct[1]", velden))


def _product(pad: str, velden: dict[str, str]) -> dict[str, Boom]:
    return {f"{pad}/{naam.replace('__', '/')}": waarde for naam, waarde in velden.items()}


def _dag() -> date:
    return date.fromisoformat(VANDAAG)
