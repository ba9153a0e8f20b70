"""What is sent to the pages to do harm, or by mistake: it is never an error of ours, nor lets anyone in."""

import re
import string
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.web.conftest import WACHTWOORD, Web
from tests.web.test_toegang import PAGINAS, zeker_van

from berichtenverkeer.web.poort import SESSIEKOEKJE, TOESTELKOEKJE

_TEKST = st.text(max_size=60) | st.sampled_from(
    ["", "lezer", "lezer'--", "\x00", "\u202eezel", "../../etc", "<script>", "é" * 40, "lezer\n", " LEZER ", WACHTWOORD]
)
_VEILIG = st.text(string.ascii_letters + string.digits + "-._~%=;,\"' ", max_size=120).map(str.strip)


def toestel(web: Web) -> tuple[dict[str, str], dict[str, str]]:
    """The heads and the hidden fields of a browser at the login form."""
    antwoord = httpx.get(f"{web.url}/aanmelden", timeout=60)
    koekje = re.search(f"{TOESTELKOEKJE}=([^;]+)", antwoord.headers["set-cookie"])
    assert koekje is not None
    return {"Cookie": f"{TOESTELKOEKJE}={koekje[1]}", "Origin": web.url}, zeker_van(antwoord.text)


@settings(max_examples=25)
@given(login=_TEKST, wachtwoord=_TEKST)
def test_a_login_that_is_none(web: Web, login: str, wachtwoord: str) -> None:
    kop, velden = toestel(web)
    data = velden | {"login": login, "wachtwoord": wachtwoord}
    antwoord = httpx.post(f"{web.url}/aanmelden", data=data, headers=kop, timeout=60)
    goed = login.strip().lower() == "lezer" and wachtwoord == WACHTWOORD
    assert antwoord.status_code == 303 if goed else antwoord.status_code in (400, 422, 429), antwoord.text
    assert (SESSIEKOEKJE in str(antwoord.headers)) == goed
    assert "<script>" not in antwoord.text


@settings(max_examples=40)
@given(koekje=_VEILIG)
def test_a_cookie_that_is_none(web: Web, koekje: str) -> None:
    for naam in (SESSIEKOEKJE, TOESTELKOEKJE):
        kop = {"Cookie": f"{naam}={koekje}", "Accept": "text/html"}
        antwoord = httpx.get(f"{web.url}/toewijzingen", headers=kop, timeout=60)
        assert antwoord.status_code == 303
        assert antwoord.headers["location"].startswith("/aanmelden")


@settings(max_examples=40)
@given(
    route=st.sampled_from(PAGINAS),
    vraag=st.dictionaries(
        st.sampled_from(["na", "wie", "lijst", "vorm", "limiet", "gewijzigdNa", "domein", "zoek"]), _TEKST
    ),
    deel=st.text(string.ascii_letters + string.digits + "-_.~éñ", min_size=1, max_size=40),
)
def test_an_address_that_is_none(web: Web, sessie: str, route: Any, vraag: dict[str, str], deel: str) -> None:
    pad = re.sub(r"\{[^}]*\}", deel, route.path)
    kop = {"Cookie": f"{SESSIEKOEKJE}={sessie}", "Accept": "text/html"}
    antwoord = httpx.get(web.url + pad, params=vraag, headers=kop, timeout=60)
    assert antwoord.status_code in (200, 303, 400, 403, 404, 405, 422), (pad, vraag, antwoord.text)
    if antwoord.headers.get("content-type", "").startswith("text/html") and antwoord.status_code != 303:
        assert "default-src 'none'" in antwoord.headers["content-security-policy"]


@pytest.fixture(scope="module")
def sessie(web: Web) -> str:
    """A session for all of these."""
    return web.sessie("lezer")


def test_a_form_that_is_sent_many_times_at_once_is_one(web: Web) -> None:
    kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie('lezer')}", "Origin": web.url}
    data = zeker_van(httpx.get(f"{web.url}/partij", headers=kop, timeout=60).text) | {"partij": web.paar.gemeentecode}

    def verzend(_: int) -> tuple[int, str]:
        antwoord = httpx.post(f"{web.url}/partij", data=data, headers=kop, timeout=60)
        return antwoord.status_code, antwoord.headers.get("location", antwoord.text)

    with ThreadPoolExecutor(6) as samen:
        assert set(samen.map(verzend, range(6))) == {(303, "/")}


def test_a_form_that_was_wrong_may_come_again(web: Web) -> None:
    kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie('lezer')}", "Origin": web.url}
    data = zeker_van(httpx.get(f"{web.url}/partij", headers=kop, timeout=60).text)
    for code, status in (("0000", 422), ("0000", 422), (web.paar.gemeentecode, 303)):
        antwoord = httpx.post(f"{web.url}/partij", data=data | {"partij": code}, headers=kop, timeout=60)
        assert antwoord.status_code == status


@pytest.mark.parametrize("grootte", [11_000, 1_000_000])
def test_a_large_form_of_who_is_not_in_is_not_read(web: Web, grootte: int) -> None:
    kop, velden = toestel(web)
    antwoord = httpx.post(f"{web.url}/aanmelden", data=velden | {"login": "x" * grootte}, headers=kop, timeout=60)
    assert antwoord.status_code == 413
    assert "<h1>Te groot</h1>" in antwoord.text


@pytest.mark.parametrize(
    "soort", ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", ""]
)
def test_a_body_that_is_no_form(web: Web, soort: str) -> None:
    kop = {"Cookie": f"{SESSIEKOEKJE}={web.sessie('lezer')}", "Origin": web.url, "Content-Type": soort}
    antwoord = httpx.post(f"{web.url}/partij", content=b'{"zeker": "x"}', headers=kop, timeout=60)
    assert antwoord.status_code in (400, 403), antwoord.text
