"""Reading: what a document says is what comes out, whatever its layout; and how a document is recognised."""

import re
import threading
from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from berichtenverkeer.standaard.berichten.declaratie import Bericht323
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort
from berichtenverkeer.standaard.fouten import Berichtfout, OnbekendBericht, OngeldigBericht
from berichtenverkeer.standaard.lezen import heeft_lang_stuk, herken, lees
from berichtenverkeer.standaard.schema import Schemas
from berichtenverkeer.standaard.schrijven import schrijf
from berichtenverkeer.standaard.uitleg import afwijkingen
from berichtenverkeer.standaard.verklaring import Verklaring
from berichtenverkeer.standaard.vorm import plaatsen
from berichtenverkeer.standaard.xml import ontleed

from .berichtgenerator import SCHEMAS, SOORTEN, Knoop, als_bytes, bomen, documenten, element, opgemaakt, voorbeeld

WMO301 = BERICHTSOORTEN["WMO301"]
WMO323 = BERICHTSOORTEN["WMO323"]

alle_soorten = pytest.mark.parametrize("soort", SOORTEN, ids=str)


def gezegd(knoop: Knoop, verklaring: Verklaring) -> Any:
    """What a tree says: dicts, lists and values, by the base types of the XSD."""
    if isinstance(knoop.inhoud, str):
        assert verklaring.facetten is not None
        return WAARDE[verklaring.facetten.basis](knoop.inhoud)
    delen = [(kind.naam, gezegd(kind, verklaring.op_naam[kind.naam])) for kind in knoop.inhoud]
    is_lijst = [kind.hoogstens for kind in verklaring.kinderen] == [None]
    return [deel for _, deel in delen] if is_lijst else dict(delen)


WAARDE: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "date": lambda tekst: date.fromisoformat(tekst.strip()),
    "time": lambda tekst: time.fromisoformat(als_python(tekst.strip())),
}


def als_python(tijd: str) -> str:
    """A time of XSD as Python writes it: midnight as 00:00:00, a fraction in six digits."""
    heel, _, deel = tijd.replace("24:00:00", "00:00:00").partition(".")
    return f"{heel}.{deel:0<6}"


def gevuld(inhoud: Any) -> Any:
    """A dump without what is not there."""
    if isinstance(inhoud, dict):
        return {naam: gevuld(deel) for naam, deel in inhoud.items() if deel not in (None, ())}
    return [gevuld(deel) for deel in inhoud] if isinstance(inhoud, tuple) else inhoud


@alle_soorten
@settings(max_examples=8)
@given(data=st.data())
def test_reading_gives_what_the_document_says(soort: Berichtsoort, data: st.DataObject) -> None:
    knoop = data.draw(bomen(soort))
    gelezen = lees(opgemaakt(knoop, data.draw(st.randoms(use_true_random=True))), SCHEMAS)
    assert gelezen.soort is soort
    assert gevuld(gelezen.bericht.model_dump()) == gezegd(knoop, SCHEMAS.verklaring(soort))


@alle_soorten
@settings(max_examples=8)
@given(data=st.data())
def test_read_write_read_gives_the_same_message(soort: Berichtsoort, data: st.DataObject) -> None:
    bericht = lees(data.draw(documenten(soort)), SCHEMAS).bericht
    geschreven = schrijf(bericht, soort, SCHEMAS)
    assert lees(geschreven, SCHEMAS).bericht == bericht
    assert schrijf(lees(geschreven, SCHEMAS).bericht, soort, SCHEMAS) == geschreven


@settings(max_examples=40)
@given(data=st.data())
def test_the_layout_changes_nothing(data: st.DataObject) -> None:
    knoop = data.draw(st.sampled_from(SOORTEN).flatmap(bomen))
    een, ander = (opgemaakt(knoop, data.draw(st.randoms(use_true_random=True))) for _ in range(2))
    assert lees(een, SCHEMAS).bericht == lees(ander, SCHEMAS).bericht


def met_waarde(soort: Berichtsoort, waarden: dict[str, str]) -> bytes:
    """A document with these values in the first elements of these names."""
    wortel = voorbeeld(soort)
    for naam, waarde in waarden.items():
        element(wortel, naam).text = waarde
    return als_bytes(wortel)


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("Dagtekening", "12026-03-01"),
        ("Dagtekening", "-0044-03-15"),
        ("Toewijzingstijd", "12:30:00-01:00"),  # libxml2 misreads the pattern that forbids it
    ],
)
def test_a_value_that_xsd_allows_and_python_cannot_hold_is_refused(naam: str, waarde: str) -> None:
    data = met_waarde(WMO301, {naam: waarde})
    assert SCHEMAS.geldig(WMO301, ontleed(data))
    with pytest.raises(OngeldigBericht) as gevangen:
        lees(data, SCHEMAS)
    [fout] = gevangen.value.fouten
    assert fout.element == naam
    assert fout.pad.endswith(f"/{naam}")
    assert fout.regelnummer > 1
    assert waarde not in repr(gevangen.value.fouten)


def test_a_fraction_of_a_second_is_cut_to_what_python_holds() -> None:
    bericht = lees(met_waarde(WMO301, {"Toewijzingstijd": "12:30:00.12345678901234"}), SCHEMAS).bericht
    assert isinstance(bericht, Bericht301)
    assert bericht.Client.ToegewezenProducten[0].Toewijzingstijd == time(12, 30, 0, 123456)
    assert lees(schrijf(bericht, WMO301, SCHEMAS), SCHEMAS).bericht == bericht


@pytest.mark.parametrize("nullen", [30, 5_000, 1_000_000])
def test_a_number_with_many_zeros_before_it_is_that_number(nullen: int) -> None:
    bericht = lees(met_waarde(WMO323, {"GeleverdVolume": f"+{'0' * nullen}12"}), SCHEMAS).bericht
    assert isinstance(bericht, Bericht323)
    assert bericht.Declaratie.Clienten[0].Prestaties[0].GeleverdVolume == 12


# recognising


@pytest.mark.parametrize(
    ("wortel", "melding"),
    [
        ("<Bericht/>", "Het hoofdelement is geen Bericht van iWmo of iJw."),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", "Het document is een webpagina (HTML), geen bericht."),
        (
            "<Bericht xmlns='http://www.istandaarden.nl/iwmo/3_2/basisschema/schema'/>",
            "Het hoofdelement is geen Bericht",
        ),
        ("<Bericht xmlns='http://www.istandaarden.nl/iwmo/3_1/wmo301/schema'/>", "Het bericht is van release 3.1;"),
        ("<Bericht xmlns='http://www.istandaarden.nl/ijw/4_0/jw301/schema'/>", "Het bericht is van release 4.0;"),
        ("<Bericht xmlns='http://www.istandaarden.nl/ijw/3_2/wmo301/schema'/>", "Release 3.2 kent geen bericht"),
        ("<Bericht xmlns='http://www.istandaarden.nl/iwmo/3_2/wmo303/schema'/>", "Release 3.2 kent geen bericht"),
        ("<Header xmlns='http://www.istandaarden.nl/iwmo/3_2/wmo301/schema'/>", "Release 3.2 kent geen bericht"),
    ],
)
def test_another_document_is_told_what_it_is(wortel: str, melding: str) -> None:
    with pytest.raises(OnbekendBericht) as gevangen:
        lees(f"\n\n{wortel}".encode(), SCHEMAS)
    assert gevangen.value.melding.startswith(melding)
    assert gevangen.value.advies
    assert gevangen.value.regelnummer == 3


def test_a_release_of_a_thousand_digits_is_not_repeated() -> None:
    wortel = f"<Bericht xmlns='http://www.istandaarden.nl/iwmo/{'9' * 1000}_0/wmo301/schema'/>"
    with pytest.raises(OnbekendBericht) as gevangen:
        lees(wortel.encode(), SCHEMAS)
    assert len(gevangen.value.melding) < 100


@alle_soorten
def test_every_kind_is_recognised_by_its_root(soort: Berichtsoort) -> None:
    assert herken(etree.Element(f"{{{soort.namespace}}}Bericht")) is soort


# places


@settings(max_examples=30)
@given(data=st.data())
def test_every_place_is_found_back_in_the_document(data: st.DataObject) -> None:
    gelezen = lees(data.draw(st.sampled_from(SOORTEN).flatmap(documenten)), SCHEMAS)
    boomorde = {deel: nummer for nummer, deel in enumerate(gelezen.wortel.iter())}
    plekken = []
    for pad, deel in plaatsen(gelezen.bericht, gelezen.soort):
        gevonden = gelezen.element(pad)
        assert etree.QName(gevonden).localname == pad.rpartition("/")[2].partition("[")[0]
        assert {etree.QName(kind).localname for kind in gevonden} <= set(type(deel).model_fields)
        assert gelezen.regelnummer(pad) == int(str(gevonden.sourceline))
        plekken.append(boomorde[gevonden])
    assert plekken == sorted(set(plekken))


def test_a_place_that_is_not_there_gives_its_nearest_ancestor() -> None:
    gelezen = lees(als_bytes(voorbeeld(WMO301)), SCHEMAS)
    for pad, gevonden in {
        "/Bericht/Client/ToegewezenProducten/ToegewezenProduct[99]/Product": "ToegewezenProducten",
        "/Bericht/Client/Onzin/Nog/Meer": "Client",
        "/Bericht/Declaratie": "Bericht",
    }.items():
        assert etree.QName(gelezen.element(pad)).localname == gevonden


# threads


def test_threads_never_see_the_errors_of_each_other() -> None:
    """lxml keeps the errors of the last document on the schema itself."""
    documenten_ = [
        met_waarde(WMO301, {"Bsn": "geen bsn"}),
        met_waarde(WMO301, {"Geslacht": "X", "Ingangsdatum": "morgen"}),
    ]

    def fouten(data: bytes) -> tuple[object, object]:
        with pytest.raises(OngeldigBericht) as gevangen:
            lees(data, SCHEMAS)
        return gevangen.value.fouten, SCHEMAS.laatste_fouten(WMO301)

    verwacht = [fouten(data) for data in documenten_]
    assert verwacht[0] != verwacht[1]
    anders: list[object] = []
    samen = threading.Barrier(2)

    def draad(data: bytes, mijn: object) -> None:
        samen.wait()
        anders.extend(gevonden for gevonden in (fouten(data) for _ in range(300)) if gevonden != mijn)

    draden = [threading.Thread(target=draad, args=geval) for geval in zip(documenten_, verwacht, strict=True)]
    for loopt in draden:
        loopt.start()
    for loopt in draden:
        loopt.join()
    assert anders == []


# whatever comes


@settings(max_examples=200)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_random_bytes_only_ever_give_an_error_of_ours(data: bytes) -> None:
    with pytest.raises(Berichtfout) as gevangen:
        lees(data, SCHEMAS)
    assert gevangen.value.melding
    assert gevangen.value.advies


@settings(max_examples=150)
@given(data=st.data())
def test_a_mangled_document_is_read_or_gives_an_error_of_ours(data: st.DataObject) -> None:
    heel = bytearray(data.draw(st.sampled_from(SOORTEN).flatmap(documenten)))
    for _ in range(data.draw(st.integers(1, 4))):
        begin = data.draw(st.integers(0, len(heel)))
        lengte = data.draw(st.sampled_from([0, 1, 2, 30]))
        stuk = st.binary(max_size=4) | st.sampled_from(
            [b"<", b">", b"&", b"]]>", b"<!--", b"<x/>", b"\x00", b"&#0;", b"'"]
        )
        heel[begin : begin + lengte] = data.draw(stuk)
    try:
        gelezen = lees(bytes(heel), SCHEMAS)
    except Berichtfout as gevangen:
        fout = gevangen
    else:
        assert afwijkingen(gelezen.wortel, gelezen.soort, SCHEMAS, bytes(heel)) is None
        return
    assert fout.melding
    assert fout.advies
    assert not isinstance(fout, OngeldigBericht) or fout.fouten


@pytest.mark.parametrize("stuk", [b"a" * 25_000 + b"\n", b"<!-- -->".join([b"a" * 500] * 50) + b"\n"])
def test_a_long_text_never_reaches_the_pattern_of_the_standard(stuk: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """libxml2 needs seconds for it: the time of ``.*[^\\s].*`` grows with the square of the length."""
    data = als_bytes(voorbeeld(BERICHTSOORTEN["WMO301"]))
    eerste = re.search(rb"Achternaam>[^<]*<", data)
    assert eerste is not None
    lang = data.replace(eerste[0], b"Achternaam>" + stuk + b"<", 1)
    monkeypatch.setattr(Schemas, "geldig", lambda *_: pytest.fail("libxml2 was asked"))
    with pytest.raises(OngeldigBericht, match="1 fout") as gezien:
        lees(lang, SCHEMAS)
    assert "tekens lang; hoogstens 200" in gezien.value.fouten[0].melding


@given(st.lists(st.sampled_from([b"<", b"a", b"a" * 998, b"a" * 999, b"a" * 1000, b"a" * 1001])))
def test_a_long_stretch_without_a_tag_is_found_wherever_it_stands(stukken: list[bytes]) -> None:
    data = b"".join(stukken)
    assert heeft_lang_stuk(data) is (re.search(rb"<[^<]{1000}", data) is not None)
