"""A large declaratie as it waits for the worker: what is kept of it, and what is let go."""

from functools import partial

import pytest
from tests.berichten import Dossier
from tests.conformance.gevallen import SCHEMAS
from tests.declaraties import Regel, declaratie
from tests.retouren import retour

from berichtenverkeer.inname.kind import Kind
from berichtenverkeer.inname.kort import Kort, lees_groot
from berichtenverkeer.inname.sleutels import Sleutels
from berichtenverkeer.inname.tuig import Tuig
from berichtenverkeer.oordeel.betrokken import betrokken
from berichtenverkeer.oordeel.weigering import Reden, Weigering
from berichtenverkeer.opslag.wachttijd import ACHTERGROND
from berichtenverkeer.standaard.lezen import lees

DATA = declaratie(Dossier("0518", "73730100", "999900006"), "D1", Regel("R1"), Regel("R2"))
TUIG = partial(Tuig.maak, "sqlite://", SCHEMAS.map, (), ACHTERGROND)


def test_it_is_read_elsewhere_and_what_is_asked_of_it_comes_back() -> None:
    kind = Kind(TUIG)
    try:
        kort = kind.doe(lees_groot, DATA, len(DATA), 100)
        with pytest.raises(Weigering) as daar:
            kind.doe(lees_groot, DATA.replace(b"DeclaratieNummer>", b"Nummer>"), len(DATA), 100)
    finally:
        kind.stop()
    assert kort is not None
    heel, gelezen = lees(DATA, SCHEMAS), kort.gelezen()
    assert kort == Kort.van(heel)
    assert gelezen.soort is heel.soort
    assert (gelezen.bericht.Header, kort.clienten) == (heel.bericht.Header, 1)
    for element in ("Afzender", "Ontvanger"):
        pad = f"/Bericht/Header/{element}"
        assert gelezen.regelnummer(pad) == heel.regelnummer(pad) > 1
    assert (daar.value.reden, len(daar.value.bevindingen) > 0) == (Reden.XSD_ONGELDIG, True)


def test_of_another_message_comes_back_what_it_names() -> None:
    d = Dossier("0518", "73730100", "999900006")
    for data in (d.toewijzing(), d.start(), d.bericht("315"), d.bericht("317"), d.bericht("319")):
        kort, heel = lees_groot(TUIG(), data, len(data), 100), lees(data, SCHEMAS)
        assert kort is not None
        assert kort.sleutels == Sleutels.van(heel.bericht)
        assert betrokken(kort.bericht, kort.soort) == betrokken(heel.bericht, heel.soort)
        assert b"".join(repr(kort.bericht).encode().split()).count(b"ToegewezenProduct(") == 0


def test_an_answer_is_left_to_the_server() -> None:
    d = Dossier("0518", "73730100", "999900006")
    antwoord = retour(d.toewijzing())
    assert lees_groot(TUIG(), antwoord, len(antwoord), 100) is None


def test_letting_go_keeps_nothing_of_the_tree() -> None:
    gelezen = lees(DATA, SCHEMAS)
    gelezen.laat_los()
    with pytest.raises(AttributeError):
        gelezen.regelnummer("/Bericht/Header")
