"""What an aanbieder may submit: XML, or a ZIP with one XML file; and what a ZIP can be made to do."""

import contextlib
import io
import tracemalloc
import zipfile
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berichtenverkeer.keten.envelop.codes import ib_bij
from berichtenverkeer.keten.envelop.fouten import Afgekeurd
from berichtenverkeer.keten.envelop.zip import is_zip, uitgepakt

from .voorbeelden import JW307

MB = 1024 * 1024


def ingepakt(*bestanden: tuple[str, bytes], soort: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP with these files."""
    bytes_ = io.BytesIO()
    with zipfile.ZipFile(bytes_, "w", soort) as archief:
        for naam, inhoud in bestanden:
            archief.writestr(naam, inhoud)
    return bytes_.getvalue()


def met_vlag(archief: bytes, vlag: int) -> bytes:
    """The ZIP with a flag in its local header and its index."""
    data = bytearray(archief)
    for begin, plek in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(begin) + plek] |= vlag
    return bytes(data)


def met_grootte(archief: bytes, grootte: int) -> bytes:
    """The ZIP with another unzipped size in its local header and its index."""
    data = bytearray(archief)
    for begin, plek in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        hier = data.index(begin) + plek
        data[hier : hier + 4] = grootte.to_bytes(4, "little")
    return bytes(data)


EEN = ingepakt(("bericht.xml", JW307))
NUL = b"\0" * (40 * MB)


@pytest.mark.parametrize("soort", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_one_file_comes_out_unchanged(soort: int) -> None:
    assert uitgepakt(ingepakt(("bericht.xml", JW307), soort=soort)) == JW307


@given(payload=st.binary(max_size=200).filter(lambda data: not is_zip(data)))
def test_what_is_no_zip_is_the_payload_itself(payload: bytes) -> None:
    assert uitgepakt(payload) == payload


@given(inhoud=st.binary(max_size=2000), naam=st.from_regex("[a-z0-9-]{1,20}[.]xml", fullmatch=True))
def test_any_file_survives(inhoud: bytes, naam: str) -> None:
    assert uitgepakt(ingepakt((naam, inhoud))) == inhoud


GEVALLEN = {
    "cut off": (EEN[:-30], "BRS15", "IB901"),
    "letters only": (b"PK", "BRS15", "IB901"),
    "checksum": (EEN.replace(b"PK\x01\x02", b"PK\x01\x02", 1)[:60] + b"\xff" + EEN[61:], "BRS15", "IB901"),
    "bzip2": (ingepakt(("a.xml", JW307), soort=zipfile.ZIP_BZIP2), "BRS15", "IB901"),
    "lzma": (ingepakt(("a.xml", JW307), soort=zipfile.ZIP_LZMA), "BRS15", "IB901"),
    "says too little": (met_grootte(ingepakt(("a.xml", NUL)), 1000), "BRS19", "IB904"),
    "says too little, uncompressed": (
        met_grootte(ingepakt(("a.xml", NUL), soort=zipfile.ZIP_STORED), 1000),
        "BRS19",
        "IB904",
    ),
    "says less than it is": (met_grootte(EEN, 1000), "BRS15", "IB901"),
    "says more than it is": (met_grootte(EEN, len(JW307) + 1), "BRS15", "IB901"),
    "two files": (ingepakt(("a.xml", JW307), ("b.xml", JW307)), "BRS16", "IB902"),
    "many files": (ingepakt(*((f"{n}.xml", b"") for n in range(5000))), "BRS16", "IB902"),
    "password": (met_vlag(EEN, 0x01), "BRS17", "IB903"),
    "strong password": (met_vlag(EEN, 0x41), "BRS17", "IB903"),
    "too large": (ingepakt(("a.xml", NUL)), "BRS19", "IB904"),
    "says too much": (met_grootte(EEN, 2**31), "BRS19", "IB904"),
    "empty": (ingepakt(), "BRS21", "IB905"),
    "a folder": (ingepakt(("map/", b""), ("a.xml", JW307)), "BRS29", None),
    "in a folder": (ingepakt(("map/a.xml", JW307)), "BRS29", None),
    "outside": (ingepakt(("../a.xml", JW307)), "BRS29", None),
    "windows": (ingepakt(("map\\a.xml", JW307)), "BRS29", None),
}


@pytest.mark.parametrize(("archief", "brs", "ib"), GEVALLEN.values(), ids=GEVALLEN)
def test_a_zip_that_is_not_one_xml_file_is_refused_with_its_code(archief: bytes, brs: str, ib: str | None) -> None:
    with pytest.raises(Afgekeurd) as gevangen:
        uitgepakt(archief)
    assert gevangen.value.code == brs
    assert ib_bij(brs) == ib
    assert gevangen.value.melding.endswith(".")


def test_the_limit_is_that_of_the_file() -> None:
    assert uitgepakt(EEN, len(JW307)) == JW307
    with pytest.raises(Afgekeurd, match="te groot"):
        uitgepakt(EEN, len(JW307) - 1)


def test_a_bomb_takes_no_memory() -> None:
    bom = ingepakt(("a.xml", b"\0" * (200 * MB)))
    for archief in (bom, met_grootte(bom, 20 * MB)):
        tracemalloc.start()
        try:
            with pytest.raises(Afgekeurd):
                uitgepakt(archief)
            assert tracemalloc.get_traced_memory()[1] < 60 * MB
        finally:
            tracemalloc.stop()


def test_an_index_of_many_files_is_not_read() -> None:
    archief = ingepakt(*((f"{n}", b"") for n in range(20_000)))
    tracemalloc.start()
    try:
        with pytest.raises(Afgekeurd, match="te veel"):
            uitgepakt(archief)
        assert tracemalloc.get_traced_memory()[1] < MB
    finally:
        tracemalloc.stop()


@settings(max_examples=400)
@given(toeval=st.randoms(use_true_random=False), los=st.binary(max_size=40))
def test_whatever_comes_only_our_own_errors_are_raised(toeval: Random, los: bytes) -> None:
    data = bytearray(toeval.choice([EEN, GEVALLEN["two files"][0], GEVALLEN["empty"][0]]))
    for _ in range(toeval.randrange(1, 5)):
        plek = toeval.randrange(2, max(len(data), 3))
        data[plek : plek + toeval.choice([0, 1, 1, 2, 4, 30])] = toeval.choice(
            [los, b"\xff", b"\0", b"\xff\xff\xff\xff"]
        )
    with contextlib.suppress(Afgekeurd):
        assert isinstance(uitgepakt(bytes(data)), bytes)
