"""Beheer on the pages: who looks after a party does so for that one only, who runs the node for all; secrets are shown once."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import httpx
import pytest
from tests.web.beheer import WEBHOOK
from tests.web.conftest import Web

from berichtenverkeer.partijen import bewijzen, gebruikers
from berichtenverkeer.partijen.partij import alle as alle_partijen
from berichtenverkeer.partijen.schakelaars import alle as alle_schakelaars
from berichtenverkeer.web.poort import SESSIEKOEKJE


@dataclass
class Mens:
    """Someone who is logged in, without a browser: opens pages and sends their forms."""

    web: Web
    login: str
    kop: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        sessie = f"{SESSIEKOEKJE}={self.web.sessie(self.login)}"
        self.kop = {"Cookie": sessie, "Origin": self.web.url, "Accept": "text/html"}

    def ga(self, pad: str) -> httpx.Response:
        """Open a page."""
        return httpx.get(self.web.url + pad, headers=self.kop, timeout=60)

    def kies(self, code: str) -> None:
        """Act for a party from now on."""
        assert self.stuur("/partij", {"partij": code}).status_code == 303

    def stuur(self, pad: str, velden: dict[str, Any], naar: str = "", keer: int = 1) -> httpx.Response:
        """Send the form on a page that leads to ``naar`` (the page itself when that is empty); the last answer."""
        html = self.ga(pad).text
        formulier = next(deel for deel in html.split("<form")[1:] if f'method="post" action="{naar or pad}"' in deel)
        verborgen = dict(
            re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', formulier.partition("</form>")[0])
        )
        for _ in range(keer):
            antwoord = httpx.post(self.web.url + (naar or pad), data=verborgen | velden, headers=self.kop, timeout=60)
        return antwoord

    def klik(self, pad: str, naar: str, **velden: str) -> str:
        """Send a form that does something, and what is told then."""
        antwoord = self.stuur(pad, velden, naar)
        assert antwoord.status_code == 303, antwoord.text
        return unescape(self.ga(antwoord.headers["location"]).text)


@pytest.fixture
def beheerder(web: Web) -> Mens:
    """Looks after the gemeente."""
    wie = Mens(web, "beheerder")
    wie.kies(web.paar.gemeentecode)
    return wie


@pytest.fixture
def operator(web: Web) -> Mens:
    """Runs the node."""
    return Mens(web, "operator")


def geheim(html: str) -> str:
    """The secret that a page shows."""
    gevonden = re.search(r'<code class="geheim">([^<]+)</code>', html)
    assert gevonden, html
    return gevonden[1]


def test_the_operator_begins_here_and_sees_the_node(web: Web, operator: Mens) -> None:
    assert operator.ga("/").headers["location"] == "/beheer"
    begin = operator.ga("/beheer").text
    for pad in re.findall(r'<li><a href="(/beheer/[a-z]+)"', begin):
        assert operator.ga(pad).status_code == 200
    assert "1 bericht is niet te bezorgen" in begin
    assert web.ander.gemeentecode in operator.ga(f"/beheer/partijen?zoek={web.ander.gemeentecode}").text


def test_a_beheerder_sees_the_own_party_only(web: Web, beheerder: Mens) -> None:
    for pad in ("/beheer", "/beheer/bewijzen", "/beheer/gebruikers", "/beheer/wachtrijen", "/webhooks"):
        tekst = beheerder.ga(pad)
        assert tekst.status_code == 200
        assert web.ander.gemeentecode not in tekst.text
    for pad in ("/beheer/partijen", "/beheer/schakelaars", "/beheer/instellingen"):
        assert beheerder.ga(pad).status_code == 403
    assert beheerder.ga(f"/beheer/partijen/{web.ander.gemeentecode}").status_code == 404
    bewijzen.maak_token(web.knoop.engine, web.ander.gemeentecode, web.knoop.binnen.klok(), naam="vreemd")
    [vreemd] = [een for een in bewijzen.alle(web.knoop.engine) if een.naam == "vreemd"]
    assert beheerder.ga(f"/beheer/bewijzen/{vreemd.id}").status_code == 404
    wie = next(een for een in gebruikers.alle(web.knoop.engine) if een.login == "hoofdaannemer")
    assert beheerder.ga(f"/beheer/gebruikers/{wie.id}").status_code == 404


def test_a_token_is_shown_once_and_works_until_it_is_withdrawn(web: Web, beheerder: Mens) -> None:
    antwoord = beheerder.stuur("/beheer/bewijzen/token", {"naam": "ECD van de zorg"}, keer=2)
    token = geheim(antwoord.text)
    eigen = [een for een in bewijzen.alle(web.knoop.engine) if een.naam == "ECD van de zorg"]
    assert [een.codes for een in eigen] == [(web.paar.gemeentecode,)]
    assert token not in beheerder.ga("/beheer/bewijzen").text
    web.knoop.binnen.register.kijk()
    kop = {"Authorization": f"Bearer {token}"}
    assert httpx.get(f"{web.url}/v1/postvak/berichten", headers=kop, timeout=60).status_code == 200
    pad = f"/beheer/bewijzen/{eigen[0].id}"
    assert "handelt voor niemand meer" in beheerder.klik(pad, pad)
    web.knoop.binnen.register.kijk()
    assert httpx.get(f"{web.url}/v1/postvak/berichten", headers=kop, timeout=60).status_code == 401
    assert "Intrekken</button>" not in beheerder.ga(pad).text


@pytest.mark.parametrize(
    ("pad", "velden", "fouten"),
    [
        ("/beheer/bewijzen/token", {"naam": "", "geldig_tot": "morgen"}, ["naam", "geldig_tot"]),
        ("/beheer/bewijzen/token", {"naam": "x", "geldig_tot": "2020-01-01"}, ["geldig_tot"]),
        ("/beheer/bewijzen/certificaat", {"pem": "geen pem"}, ["pem"]),
        ("/beheer/gebruikers/nieuw", {"naam": "", "login": "x y", "rol": "baas"}, ["naam", "rol"]),
        ("/beheer/gebruikers/nieuw", {"naam": "N", "login": "met spatie", "rol": "lezer"}, ["login"]),
        ("/beheer/gebruikers/nieuw", {"naam": "N", "login": "lezer", "rol": "lezer"}, ["login"]),
        ("/webhooks/nieuw", {"url": "http://127.0.0.1/x", "soorten": "bericht.ontvangen"}, ["url"]),
        ("/webhooks/nieuw", {"url": "https://x.example", "soorten": "bestaat.niet"}, ["soorten"]),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    beheerder: Mens, pad: str, velden: dict[str, str], fouten: list[str]
) -> None:
    antwoord = beheerder.stuur(pad, velden)
    assert antwoord.status_code == 422
    for veld in fouten:
        assert f'href="#veld-{veld}"' in antwoord.text
        assert f'id="fout-{veld}"' in antwoord.text
    for veld, waarde in velden.items():
        if waarde and veld in ("naam", "login", "url"):
            assert f'value="{waarde}"' in antwoord.text


def test_how_a_party_takes_part(web: Web, beheerder: Mens) -> None:
    pad = f"/beheer/partijen/{web.paar.gemeentecode}"
    nu = dict(re.findall(r'name="([a-z_-]+)" type="text" value="([^"]*)"', beheerder.ga(pad).text))
    keuzes = {
        "beoordeling": "knooppunt",
        "keuze-variant": "eenheid",
        "keuze-gebroken-maand": "heel",
        "keuze-overgeslagen-maand": "levering",
    }
    keuzes |= {"keuze-budget-vergelijking": "bedrag", "keuze-omvang-zonder-code": "beide"}
    keuzes |= {"keuze-toewijzingsvarianten": "signaal"}
    vast = nu | keuzes
    fout = beheerder.stuur(pad, vast | {"signaal_uit": "OP999", "keuze-uitval-iwmo": "veel"})
    assert fout.status_code == 422
    assert 'id="fout-signaal_uit"' in fout.text
    assert 'id="fout-keuze-uitval-iwmo"' in fout.text
    assert 'value="OP999"' in fout.text
    assert "is ingesteld" in beheerder.klik(pad, pad, **vast | {"signaal_uit": "OP192", "keuze-uitval-iwmo": "21"})
    partij = next(een for een in alle_partijen(web.knoop.engine) if een.code == web.paar.gemeentecode)
    assert partij.signaal_uit == {"OP192"}
    assert 'value="21"' in beheerder.ga(pad).text
    beheerder.klik(pad, pad, **vast | {"signaal_uit": "", "keuze-uitval-iwmo": "21,32"})


def test_the_operator_registers_a_party_and_lets_another_send_for_it(web: Web, operator: Mens) -> None:
    pad = "/beheer/nieuwe-partij"
    fout = operator.stuur(pad, {"code": "12", "naam": "Nieuwland", "rol": "gemeente"})
    assert fout.status_code == 422
    assert 'id="fout-code"' in fout.text
    assert 'value="Nieuwland"' in fout.text
    assert "is aangemeld" in operator.klik(pad, pad, code="nieuw", naam="Nieuwland", rol="onderaannemer")
    een = "/beheer/partijen/nieuw"
    assert operator.ga(een).status_code == 200
    een = f"/beheer/partijen/{web.paar.agb}"
    onbekend = operator.stuur(een, {"voor": "99999998"}, f"{een}/mandaten")
    assert onbekend.status_code == 422


def test_people_of_a_party(web: Web, beheerder: Mens) -> None:
    pad = "/beheer/gebruikers/nieuw"
    antwoord = beheerder.stuur(pad, {"naam": "Nina", "login": "nina", "rol": "lezer"}, keer=2)
    wachtwoord = geheim(antwoord.text)
    wie = gebruikers.zoek(web.knoop.engine, "nina")
    assert wie is not None
    assert gebruikers.klopt(wie, wachtwoord)
    assert dict(wie.partijen) == {web.paar.gemeentecode: "lezer"}
    een = f"/beheer/gebruikers/{wie.id}"
    naar = beheerder.stuur(een, {"rol": "lezer"}, f"{een}/rol").headers["location"]
    assert "nina" not in naar.lower()  # an address names nobody
    assert "is nu medewerker" in beheerder.klik(een, f"{een}/rol", rol="medewerker")
    assert "overal afgemeld" in beheerder.klik(een, f"{een}/afmelden")
    assert "is geblokkeerd" in beheerder.klik(een, f"{een}/blokkeer")
    assert "mag weer binnen" in beheerder.klik(een, f"{een}/toelaten")
    nieuw = geheim(beheerder.stuur(een, {}, f"{een}/wachtwoord").text)
    assert nieuw != wachtwoord
    assert "doet niets meer" in beheerder.klik(een, f"{een}/rol", rol="")
    assert beheerder.ga(een).status_code == 404


def test_a_beheerder_shuts_out_neither_self_nor_who_works_for_others(web: Web, beheerder: Mens) -> None:
    ik = gebruikers.zoek(web.knoop.engine, "beheerder")
    assert ik is not None
    pad = f"/beheer/gebruikers/{ik.id}"
    assert beheerder.stuur(pad, {"rol": "lezer"}, f"{pad}/rol").status_code == 422
    html = beheerder.ga(pad).text
    assert "werkt ook voor anderen" in html
    zeker = dict(re.findall(r'type="hidden" name="(zeker)" value="([^"]*)"', html))
    for daad in ("blokkeer", "wachtwoord", "afmelden"):
        assert httpx.post(f"{web.url}{pad}/{daad}", data=zeker, headers=beheerder.kop, timeout=60).status_code == 422
    assert gebruikers.zoek(web.knoop.engine, "beheerder").geblokkeerd_op is None  # type: ignore[union-attr]


def test_a_webhook_is_paused_tried_and_removed(web: Web, beheerder: Mens) -> None:
    pad = f"/webhooks/{WEBHOOK}"
    assert "gepauzeerd" in beheerder.ga(pad).text
    assert "wordt weer aangeroepen" in beheerder.klik(pad, f"{pad}/hervat")
    assert "De webhook is gepauzeerd" in beheerder.klik(pad, f"{pad}/pauzeer")
    assert geheim(beheerder.stuur(pad, {}, f"{pad}/roteer").text).startswith("whsec_")
    assert beheerder.ga("/webhooks/00000000-0000-4000-8000-0000000000ab").status_code == 404


def test_what_got_stuck_begins_again(web: Web, operator: Mens, beheerder: Mens) -> None:
    code = web.paar.gemeentecode
    assert "Het eindpunt antwoordde niet" in operator.ga("/beheer/wachtrijen").text
    vorm = operator.ga("/beheer/wachtrijen?vorm=csv")
    assert vorm.headers["content-type"].startswith("text/csv")
    assert "begint opnieuw met" in beheerder.klik("/beheer/wachtrijen", f"/beheer/wachtrijen/{code}/opnieuw")


def test_a_switch_is_set_and_taken_away(web: Web, operator: Mens) -> None:
    pad = "/beheer/schakelaars/nieuw"
    fout = operator.stuur(pad, {"functie": "WMO301", "stand": "uit", "versie": "drie", "reden": "oefening"})
    assert fout.status_code == 422
    assert 'id="fout-versie"' in fout.text
    assert 'value="oefening"' in fout.text
    velden = {"functie": "WMO315", "stand": "uit", "versie": "3.2", "van": "2090-01-01T00:00"}
    assert "is geschakeld" in operator.klik(pad, pad, **velden)
    een = "/beheer/schakelaars/WMO315/3.2/2090-01-01T00:00:00"
    assert een in operator.ga("/beheer/schakelaars").text
    assert "is weg" in operator.klik(een, een)
    assert [s for s in alle_schakelaars(web.knoop.engine) if s.functie == "WMO315"] == []
    niemand = operator.stuur(pad, velden | {"ontvanger": "12345678"})
    assert (niemand.status_code, 'id="fout-ontvanger"' in niemand.text) == (422, True)
    assert "is geschakeld" in operator.klik(pad, pad, **velden | {"ontvanger": web.paar.gemeentecode})
    een += f"/{web.paar.gemeentecode}"
    assert een in operator.ga("/beheer/schakelaars").text
    assert "is weg" in operator.klik(een, een)
    assert [s for s in alle_schakelaars(web.knoop.engine) if s.functie == "WMO315"] == []


def test_settings_have_their_meaning_and_tell_no_secret(web: Web, operator: Mens) -> None:
    tekst = operator.ga("/beheer/instellingen?zoek=BV_DATABASE_URL").text
    assert "BV_DATABASE_URL" in tekst
    assert web.knoop.binnen.instellingen.database_url not in unescape(tekst)
    rijen = operator.ga("/beheer/instellingen?vorm=csv").content.decode("utf-8-sig")
    assert web.knoop.binnen.instellingen.database_url not in rijen
    assert rijen.count("\n") > 50


def test_a_role_that_is_too_small(web: Web) -> None:
    lezer = Mens(web, "lezer")
    assert lezer.ga("/beheer").status_code == 403
    assert "Beheer</a>" not in lezer.ga("/").text
