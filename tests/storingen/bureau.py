"""A hoofdaannemer that fixes maandstaten, one month after the other, whatever happens to the node."""

import time
from dataclasses import dataclass, field

import httpx
from sqlalchemy import Engine
from tests.api.hoofdaannemer.conftest import BIJDRAGEN, CSV, SEGMENTEN, TARIEVEN, H
from tests.berichten import Dossier, gemeenten
from tests.knoop import NU, XML

from berichtenverkeer.opslag import versies
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.partijen import partijen

from .belasting import Belasting

_CODE, _PARTNER, _NUMMER = "97000001", "p00001", 900_001
_JAAR = 2020


def meld_aan(engine: Engine, tokens: dict[str, str]) -> None:
    """Register the hoofdaannemer and its partner."""
    with schrijvend(engine) as verbinding:
        for wie, rol in ((_CODE, "hoofdaannemer"), (_PARTNER, "onderaannemer")):
            partijen.voeg_toe(verbinding, wie, rol, f"Partij {wie}", NU)
            tokens[wie] = f"token-van-{wie}"
            partijen.geef_token(verbinding, wie, tokens[wie], NU)
        versies.verhoog(verbinding, versies.TOEGANG)


@dataclass
class Bureau:
    """What it fixed so far."""

    last: Belasting
    vast: list[tuple[str, str]] = field(default_factory=list)
    """Each month with the number of its maandstaat, as it was told."""

    def richt_in(self) -> None:
        """Load what was agreed, and pass one toewijzing on from the first month."""
        partners = (
            "code;naam;soort;kvk;gemeente;segment;van;tot;toestemming\n"
            f"{_PARTNER};Partner;onderaannemer;;;;{_JAAR}-01-01;;\n"
        )
        with self.last.klant(_CODE) as klant, self.last.klant(gemeenten()[0]) as gemeente:
            for soort, inhoud in (
                ("segmenten", SEGMENTEN), ("partners", partners), ("tarieven", TARIEVEN), ("bijdragen", BIJDRAGEN)
            ):  # fmt: skip
                klant.post(f"{H}/laden/{soort}", content=inhoud.encode(), headers=CSV).raise_for_status()
            wie = Dossier(gemeenten()[0], _CODE, nummer=_NUMMER)
            data = wie.toewijzing(Ingangsdatum=f"{_JAAR}-01-01", Toewijzingsdatum=f"{_JAAR}-01-01")
            uit = gemeente.post("/v1/berichten", content=data, headers=XML).raise_for_status().json()
            assert uit["oordeel"] == "goedgekeurd", uit["bevindingen"]
            self.last.bevestigd[uit["id"]] = 1
            [rij] = klant.get("/v1/toewijzingen", params={"toewijzingnummer": _NUMMER}).json()["items"]
            inzet = {"toewijzing": rij["id"], "partner": _PARTNER, "klasse": "licht", "van": f"{_JAAR}-01-01"}
            klant.post(f"{H}/inzetten", json=inzet).raise_for_status()

    def stel_vast(self) -> None:
        """Fix the next month: go on until it is said to be fixed, now or before."""
        jaar, maand = divmod(len(self.vast), 12)
        naam = f"{_JAAR + jaar}-{maand + 1:02}"
        while True:
            try:
                with self.last.klant(_CODE) as klant:
                    antwoord = klant.post(f"{H}/maandstaten/{naam}/{_PARTNER}/vaststellen")
                    if antwoord.status_code == httpx.codes.CONFLICT:
                        antwoord = klant.get(f"{H}/maandstaten", params={"maand": naam})
                        antwoord.raise_for_status()
                        self.vast.append((naam, antwoord.json()["items"][0]["nummer"]))
                        return
            except (httpx.TransportError, httpx.HTTPStatusError):
                time.sleep(0.05)
                continue
            if antwoord.is_success:
                self.vast.append((naam, antwoord.json()["nummer"]))
                return
            assert antwoord.status_code == httpx.codes.SERVICE_UNAVAILABLE, antwoord.text
            time.sleep(0.1)

    def controleer(self) -> None:
        """Each month is fixed once, under the number that was told, with the same amount as every other."""
        with self.last.klant(_CODE) as klant:
            staten = [klant.get(f"{H}/maandstaten", params={"maand": m}).json()["items"] for m, _ in self.vast]
        assert [[staat["nummer"] for staat in items] for items in staten] == [[nummer] for _, nummer in self.vast]
        assert len({staat["subtotaal"] for items in staten for staat in items}) <= 1
