"""The header ``Client-Cert``: what is one certificate in it, and from whom it is believed."""

import base64
from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.api.antwoord.problemen import Probleem
from berichtenverkeer.api.rondom.clientcertificaat import Onleesbaar, certificaat_van, lees_kop
from berichtenverkeer.api.rondom.herkomst import is_vertrouwd
from berichtenverkeer.instellingen import Instellingen

PROXY = (ip_network("10.0.0.5/32"), ip_network("fd00::/8"))


class Vraag:
    """As much of a request as counts here."""

    def __init__(self, koppen: list[str], **extensies: Any) -> None:
        self.headers = self
        self.koppen = koppen
        self.scope = {"extensions": extensies}

    def getlist(self, naam: str) -> list[str]:
        assert naam.lower() == "client-cert"
        return self.koppen


def test_what_a_proxy_writes_is_read_back() -> None:
    for data in (b"\x30\x82", b"\xff\xfe\xfd", b"a", b"ab", b"x" * 3000):
        tekst = base64.b64encode(data).decode()
        for kop in (f":{tekst}:", f"  :{tekst}: ", f":{tekst.rstrip('=')}:"):
            assert lees_kop([kop]) == data
    assert lees_kop([]) is lees_kop([""]) is lees_kop(["  "]) is None


@pytest.mark.parametrize(
    "koppen",
    [
        [":MII=:", ":MII=:"],
        ["", ""],
        [":MII=:, :MII=:"],
        ["MII="],
        [":MII="],
        ["::"],
        [":M:"],
        [":MII=;:"],
        [":MII=:;a=1"],
        [":M II=:"],
        [":MI\nI=:"],
        [":MI=I:"],
        [":MI-_:"],
        ['"MII="'],
        ["-----BEGIN CERTIFICATE-----"],
        [":\xe9\xe9:"],
        [":" + "A" * 20_000 + ":"],
    ],
)
def test_what_is_not_one_byte_sequence_is_refused(koppen: list[str]) -> None:
    with pytest.raises(Onleesbaar, match="Client-Cert"):
        lees_kop(koppen)


_DEEL = st.text(st.sampled_from(':=+/AbQ09 \t\r\n\x00,;"é-'), max_size=12) | st.text(max_size=8)


@given(st.lists(_DEEL | st.binary(max_size=20).map(lambda b: f":{base64.b64encode(b).decode()}:"), max_size=3))
def test_whatever_stands_in_the_header_it_is_read_or_refused(koppen: list[str]) -> None:
    try:
        gelezen = lees_kop(koppen)
    except Onleesbaar:
        return
    if gelezen is None:
        assert not any(kop.strip(" ") for kop in koppen)
    else:
        [kop] = koppen
        assert base64.b64encode(gelezen).decode().rstrip("=")[:-1] == kop.strip(" :=")[:-1]


@given(st.lists(_DEEL, max_size=3), st.sampled_from([None, "", "10.0.0.6", "::1", "onzin", "10.0.0.5, 10.0.0.6"]))
def test_from_anyone_else_the_header_never_gives_a_certificate(koppen: list[str], adres: str | None) -> None:
    vraag: Any = Vraag([*koppen, ":MII=:"], **({"berichtenverkeer.peer": {"host": adres}} if adres is not None else {}))
    with pytest.raises(Probleem, match="telt daarom niet"):
        certificaat_van(vraag, PROXY)


def test_a_proxy_is_an_address_or_a_network() -> None:
    for adres in ("10.0.0.5", "::ffff:10.0.0.5", "fd12::1"):
        assert is_vertrouwd(adres, PROXY), adres
    for ander in ("10.0.0.50", "::10.0.0.5", "fe80::1", "10.0.0.5:80", "localhost", "", None):
        assert not is_vertrouwd(ander, PROXY), ander
    assert not is_vertrouwd("10.0.0.5", ())


def test_proxies_come_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BV_VERTROUWDE_PROXY", "10.0.0.5, fd00::/8")
    assert Instellingen().vertrouwde_proxy == PROXY
    for fout in ("proxy.example", "10.0.0.5/8", "*"):
        monkeypatch.setenv("BV_VERTROUWDE_PROXY", fout)
        with pytest.raises(ValueError, match="vertrouwde_proxy"):
            Instellingen()


_PEM = "-----BEGIN CERTIFICATE-----\nVExT\n-----END CERTIFICATE-----\n"


def test_the_certificate_of_a_connection_counts_only_without_a_proxy() -> None:
    """A proxy may show a certificate of its own: that is not the caller's."""
    tls = {"client_cert_chain": (_PEM,)}
    direct: Any = Vraag([], tls=tls, **{"berichtenverkeer.peer": {"host": "192.0.2.1"}})
    assert certificaat_van(direct, PROXY) == b"TLS"
    direct = Vraag([":MII=:"], tls=tls, **{"berichtenverkeer.peer": {"host": "192.0.2.1"}})
    assert certificaat_van(direct, PROXY) == b"TLS"
    niet_geldig: Any = Vraag([], tls={**tls, "client_cert_error": "self signed"})
    assert certificaat_van(niet_geldig, PROXY) is None
    proxy: Any = Vraag([], tls=tls, **{"berichtenverkeer.peer": {"host": "10.0.0.5"}})
    assert certificaat_van(proxy, PROXY) is None
    proxy = Vraag([":UFJPWFk=:"], tls=tls, **{"berichtenverkeer.peer": {"host": "10.0.0.5"}})
    assert certificaat_van(proxy, PROXY) == b"PROXY"
