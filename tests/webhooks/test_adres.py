"""Where a webhook may be: no address of ours, whatever it is called."""

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.webhooks.adres import AdresFout, Adreswacht, is_openbaar, lees_doel

NIET_OPENBAAR = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
OPENBAAR = ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450:400e::1"]


def _leidt_naar(*adressen: str) -> Adreswacht:
    async def naslag(_naam: str, _poort: int) -> Sequence[str]:
        return adressen

    return Adreswacht(naslag=naslag)


def _adressen(wacht: Adreswacht, url: str) -> list[str]:
    return asyncio.run(wacht.adressen(lees_doel(url)))


@pytest.mark.parametrize("adres", NIET_OPENBAAR)
def test_a_name_that_leads_to_an_address_of_ours_is_refused(adres: str) -> None:
    with pytest.raises(AdresFout, match="niet openbaar") as fout:
        _adressen(_leidt_naar(adres), "https://ontvanger.example/x")
    assert adres not in str(fout.value)
    with pytest.raises(AdresFout, match="niet openbaar"):  # one of two is enough
        _adressen(_leidt_naar("93.184.216.34", adres), "https://ontvanger.example/x")


@pytest.mark.parametrize("adres", OPENBAAR)
def test_a_public_address_may_be_called_by_https_only(adres: str) -> None:
    assert _adressen(_leidt_naar(adres), "https://ontvanger.example/x") == [adres]
    with pytest.raises(AdresFout, match="https"):
        _adressen(_leidt_naar(adres), "http://ontvanger.example/x")


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://0.0.0.0/",
        "https://localhost/",
        "https://LOCALHOST./",
        "https://10.0.0.1:8443/x",
        "https://169.254.169.254/latest",
    ],
)
def test_what_the_system_takes_for_an_address_of_ours_is_refused(url: str) -> None:
    """By the names that the system really knows. Nothing is called."""
    with pytest.raises(AdresFout):
        _adressen(Adreswacht(), url)


@pytest.mark.parametrize(
    ("url", "tekst"),
    [
        ("ftp://ontvanger.example/", "https://"),
        ("file:///etc/passwd", "https://"),
        ("gopher://ontvanger.example/", "https://"),
        ("ontvanger.example/x", "https://"),
        ("https://", "https://"),
        ("https:///x", "https://"),
        ("//ontvanger.example/x", "https://"),
        ("https://wie:geheim@ontvanger.example/", "wachtwoord"),
        ("https://ontvanger.example/#deel", "na #"),
        ("https://ontvanger.example:99999/", "poort"),
        ("https://ontvanger.example:0/", "poort"),
        ("https://ontvanger.example:x/", "geen URL"),
        ("https://ontvanger.example/\r\nX: y", "geen URL"),
        ("https://" + "a" * 2000, "langer"),
    ],
)
def test_what_no_webhook_can_be_at(url: str, tekst: str) -> None:
    with pytest.raises(AdresFout, match=tekst):
        lees_doel(url)


def test_a_name_without_an_address() -> None:
    async def naslag(_naam: str, _poort: int) -> Sequence[str]:
        raise socket.gaierror(-2, "onbekend")

    with pytest.raises(AdresFout, match="niet te vinden"):
        _adressen(Adreswacht(naslag=naslag), "https://ontvanger.example/")
    with pytest.raises(AdresFout, match="niet te vinden"):
        _adressen(_leidt_naar(), "https://ontvanger.example/")


def test_a_setting_allows_a_network_and_there_http_too() -> None:
    wacht = Adreswacht((ip_network("10.1.0.0/16"),), _leidt_naar("10.1.2.3").naslag)
    assert _adressen(wacht, "http://binnen.example:8080/x") == ["10.1.2.3"]
    wacht.naslag = _leidt_naar("10.2.2.3").naslag
    with pytest.raises(AdresFout, match="niet openbaar"):
        _adressen(wacht, "https://binnen.example/x")
    wacht.naslag = _leidt_naar("10.1.2.3", "8.8.8.8").naslag
    assert _adressen(wacht, "https://binnen.example/x") == ["10.1.2.3", "8.8.8.8"]
    with pytest.raises(AdresFout, match="https"):
        _adressen(wacht, "http://binnen.example/x")


_VAN_ONS_4 = [
    ip_network(net)
    for net in ("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                "192.168.0.0/16", "224.0.0.0/3")
]  # fmt: skip


@given(st.ip_addresses(v=4))
def test_no_address_of_ours_is_public(adres: IPv4Address) -> None:
    if any(adres in net for net in _VAN_ONS_4):
        assert not is_openbaar(adres)


@given(st.integers(0, 2**32 - 1), st.sampled_from(["::ffff:0:0", "::", "64:ff9b::", "64:ff9b:1::"]))
def test_no_address_that_carries_another_is_public(vier: int, voor: str) -> None:
    assert not is_openbaar(IPv6Address(int(IPv6Address(voor)) + vier))


@given(st.integers(0, 2**32 - 1))
def test_nor_one_of_6to4(vier: int) -> None:
    assert not is_openbaar(IPv6Address((0x2002 << 112) | (vier << 80) | 1))
