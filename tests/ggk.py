"""What a gemeente's software sends to the GGK, and how it waits for what comes of it."""

import time
import uuid
from dataclasses import replace
from typing import Any

import httpx
from tests.conformance.gevallen import SCHEMAS
from tests.knoop import Paar
from tests.retouren import retour

from berichtenverkeer.keten.envelop.functie import in_vier_cijfers
from berichtenverkeer.keten.envelop.stuf import (
    Bevestiging,
    Envelop,
    Foutbericht,
    SoapFout,
    StufBerichtcode,
    Stuurgegevens,
    Systeem,
    lees_antwoord,
    lees_stuf,
    parameters,
    schrijf_soap,
)
from berichtenverkeer.oordeel.betrokken import betrokken
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees

DEUR = "/ggk/ws/OntvangAsynchroon"
BERICHTEN = "/ggk/v1/berichten"
POSTVAK = "/ggk/v1/postvak"
SOAP = {"Content-Type": "text/xml; charset=utf-8"}

ALLEEN_WMO, ALLEEN_JW = 190, 191
"""The pairs of which the aanbieder is there for one law only; the gemeente of the last too."""

NUL_AGB = "01023456"
"""An aanbieder of which the code begins with a zero."""


def envelop(payload: bytes, *, op: str | None = None, bericht: bytes | None = None, **stuur: Any) -> Envelop:
    """The envelope that goes with a message: a Du01 on ``op``, else a Di01; with ``bericht`` that of that one, around another
    payload. ``stuur`` are other stuurgegevens."""
    gelezen = lees(bericht or payload, SCHEMAS)
    wie = betrokken(gelezen.bericht, gelezen.soort)
    gegevens = Stuurgegevens(
        StufBerichtcode.DU01 if op else StufBerichtcode.DI01,
        Systeem(wie.verzender, "Voorbeeldsuite"),
        Systeem(wie.ontvanger, "GGk"),
        str(uuid.uuid4()),
        "20260302101502",
        op,
        gelezen.soort.code,
    )
    return Envelop(
        replace(gegevens, **stuur), parameters(payload, "0007", "0001", *in_vier_cijfers(gelezen.soort.versie))
    )


def lever(klant: httpx.Client, wat: Envelop | Foutbericht | bytes, **headers: str) -> httpx.Response:
    """Hand it in; bytes are those of the whole request."""
    data = wat if isinstance(wat, bytes) else schrijf_soap(wat)
    return klant.post(DEUR, content=data, headers=SOAP | headers)


def bevestigd(klant: httpx.Client, wat: Envelop | Foutbericht | bytes, **headers: str) -> Stuurgegevens:
    """Hand in what is taken in: the stuurgegevens of its Bv03."""
    antwoord = lever(klant, wat, **headers)
    assert (antwoord.status_code, antwoord.headers["content-type"]) == (200, "text/xml; charset=utf-8"), antwoord.text
    bericht = lees_antwoord(antwoord.content)
    assert isinstance(bericht, Bevestiging)
    assert uuid.UUID(bericht.stuurgegevens.referentienummer).version == 4
    return bericht.stuurgegevens


def geweigerd(klant: httpx.Client, wat: Envelop | Foutbericht | bytes) -> Foutbericht | SoapFout:
    """Hand in what is refused at once: its Fo03, or a soap:Fault without one."""
    antwoord = lever(klant, wat)
    assert (antwoord.status_code, antwoord.headers["content-type"]) == (500, "text/xml; charset=utf-8"), antwoord.text
    bericht = lees_antwoord(antwoord.content)
    assert not isinstance(bericht, Bevestiging)
    return bericht


def wacht(klant: httpx.Client, nummer: str) -> dict[str, Any]:
    """The status of a message once nothing more happens by itself."""
    tot = None
    while True:
        antwoord = klant.get(f"{BERICHTEN}/{nummer}")
        tot = tot or time.monotonic() + 30  # from its first answer: a process may still be starting
        assert antwoord.status_code == 200, antwoord.text
        status: dict[str, Any] = antwoord.json()
        if status["status"] not in ("Ontvangen", "WordtVerwerkt"):
            return status
        assert time.monotonic() < tot, status
        time.sleep(0.01)


def postvak(klant: httpx.Client, **vraag: Any) -> list[dict[str, Any]]:
    """What lies ready."""
    antwoord = klant.get(POSTVAK, params=vraag)
    assert antwoord.status_code == 200, antwoord.text
    items: list[dict[str, Any]] = antwoord.json()
    return items


def haal(klant: httpx.Client, item: dict[str, Any]) -> Envelop | Foutbericht:
    """An envelope that lies ready, sound by its XSD."""
    antwoord = klant.get(item["url"])
    assert (antwoord.status_code, antwoord.headers["content-type"]) == (200, "application/xml"), antwoord.text
    inhoud = lees_stuf(antwoord.content).inhoud()
    assert not isinstance(inhoud, Bevestiging)
    stuur = inhoud.stuurgegevens
    assert (stuur.referentienummer, stuur.berichtcode) == (item["referentienummer"], item["berichtcode"])
    return inhoud


def afgekeurd(klant: httpx.Client, nummer: str) -> Foutbericht:
    """Wait until a message is refused: its one Fo01, with the code of all that its status tells."""
    status = wacht(klant, nummer)
    assert status["status"] == "AfgekeurdDoorDienst", status
    [item] = [item for item in postvak(klant) if item.get("crossRefnummer") == nummer]
    fout = haal(klant, item)
    assert isinstance(fout, Foutbericht)
    assert fout.stuurgegevens.crossRefnummer == nummer
    assert {melding["code"] for melding in status["meldingen"]} == {fout.code}
    return fout


def di01(paar: Paar, domein: Domein = Domein.IWMO, **stuur: Any) -> Envelop:
    """A toewijzing of this pair, with other stuurgegevens."""
    return envelop(paar.dossier(domein=domein).toewijzing(), **stuur)


def stop_bij(paar: Paar) -> tuple[str, bytes]:
    """A 307 that was delivered to the gemeente: its number and bytes."""
    d = paar.dossier(domein=Domein.IJW)
    e = envelop(d.toewijzing())
    bevestigd(paar.gemeente, e)
    assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
    paar.aanbieder.aangenomen(start := d.start())
    paar.gemeente.aangenomen(retour(start))
    stop = d.stop()
    return paar.aanbieder.aangenomen(stop)["id"], stop


def vervang(e: Envelop, oud: str, nieuw: str) -> bytes:
    """The request with a piece of its text replaced."""
    data = schrijf_soap(e).decode()
    assert data.count(oud) == 1, (oud, data.count(oud))
    return data.replace(oud, nieuw).encode()
