"""Reading a body of parts: byte for byte, however it comes in pieces, and nothing else for what is none."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichtenverkeer.api.deuren.meerdelig import NietMeerdelig, lees_delen

NAMEN = ("een", "twee")
SOORT = 'multipart/form-data; boundary="--grens"'
_GRENS = b"----grens"


def _lichaam(delen: dict[str, bytes], filename: str = "") -> bytes:
    regels = b""
    for naam, data in delen.items():
        regels += (
            _GRENS + f'\r\nContent-Disposition: form-data; name="{naam}"{filename}\r\n\r\n'.encode() + data + b"\r\n"
        )
    return regels + _GRENS + b"--\r\n"


def _lees(lichaam: bytes, stap: int = 10_000, soort: str = SOORT) -> dict[str, bytes]:
    async def stroom() -> AsyncIterator[bytes]:
        for begin in range(0, len(lichaam), stap):
            yield lichaam[begin : begin + stap]

    return asyncio.run(lees_delen(soort, stroom(), NAMEN))


_inhoud = st.binary(max_size=60) | st.sampled_from(
    [b"\r\n", b"\r\n--", b"\r\n----gren", b"--", b"\r", b"----grens", b"\x00"]
)


@given(
    st.dictionaries(st.sampled_from(NAMEN), _inhoud, min_size=1),
    st.integers(1, 50),
    st.sampled_from(["", '; filename="a b.xml"']),
)
def test_what_goes_in_comes_out(delen: dict[str, bytes], stap: int, filename: str) -> None:
    delen = {naam: data for naam, data in delen.items() if b"\r\n" + _GRENS not in b"\r\n" + data}
    if delen:
        assert _lees(_lichaam(delen, filename), stap) == delen


@given(st.binary(max_size=200), st.integers(1, 50))
def test_what_is_no_body_of_parts(ruis: bytes, stap: int) -> None:
    for lichaam in (ruis, _GRENS + b"\r\n" + ruis, _lichaam({"een": b"x"})[:40] + ruis):
        try:
            delen = _lees(lichaam, stap)
        except NietMeerdelig:
            continue
        assert delen.keys() <= set(NAMEN)


@pytest.mark.parametrize(
    ("soort", "lichaam"),
    [
        ("multipart/form-data", _lichaam({"een": b""})),
        ("multipart/form-data; boundary=", _lichaam({"een": b""})),
        (f"multipart/form-data; boundary={'g' * 71}", _lichaam({"een": b""})),
        (SOORT, b""),
        (SOORT, _lichaam({"drie": b""})),
        (SOORT, _lichaam({"een": b""})[:-4]),
        (SOORT, _lichaam({"een": b"x"})[:-13] + _lichaam({"een": b"y"})),
        (SOORT, _GRENS + b"\r\nContent-Type: text/plain\r\n\r\nx\r\n" + _GRENS + b"--\r\n"),
        (SOORT, _GRENS + b"\r\nX: " + b"x" * 9000 + b"\r\n\r\nx\r\n" + _GRENS + b"--\r\n"),
        (SOORT, _GRENS + b"".join(b"\r\nX%d: x" % n for n in range(20)) + b"\r\n\r\nx\r\n" + _GRENS + b"--\r\n"),
    ],
)
def test_other_forms_are_refused(soort: str, lichaam: bytes) -> None:
    with pytest.raises(NietMeerdelig):
        _lees(lichaam, soort=soort)
