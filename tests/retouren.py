"""Retourberichten of a party that judges for itself."""

from datetime import date
from itertools import count

from tests.berichten import VANDAAG
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.oordeel.retour import GEEN_OPMERKING, maak_retour
from berichtenverkeer.standaard.berichten.onderdeel import Berichtklasse
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schrijven import serialiseer
from berichtenverkeer.standaard.vorm import plaatsen

_nummers = count(1)


def retour(heen: bytes, code: str | None = None, *, op_kop: bool = False, dag: str = VANDAAG) -> bytes:
    """The retourbericht on this message, of this day. It approves; with a code it rejects, on the deepest class or on the
    Header."""
    gelezen = lees(heen, SCHEMAS)
    goed = maak_retour(gelezen, (), f"Z{next(_nummers)}", date.fromisoformat(dag), SCHEMAS)
    soort = gelezen.soort.retour
    assert soort is not None
    if code is None:
        return serialiseer(goed, soort)
    header = goed.Header.model_copy(update={"RetourCodes": (code if op_kop else GEEN_OPMERKING,)})
    if op_kop:
        return serialiseer(goed.model_copy(update={"Header": header}), soort)
    klasse = "Client" if hasattr(gelezen.bericht, "Client") else "Antwoord"
    vol = goed.model_copy(update={"Header": header, klasse: getattr(gelezen.bericht, klasse)})
    klassen = [deel for _, deel in plaatsen(vol, soort) if isinstance(deel, Berichtklasse)]
    fout = klassen[-1]
    return serialiseer(vol.model_copy(update={klasse: _gecodeerd(getattr(vol, klasse), fout, code)}), soort)


def _gecodeerd(deel: Berichtklasse, fout: Berichtklasse, code: str) -> Berichtklasse:
    """This class with a code on every class in it: 0200, but on ``fout`` the code."""
    nieuw: dict[str, object] = {"RetourCodes": (code if deel is fout else GEEN_OPMERKING,)}
    for naam, waarde in deel:
        if isinstance(waarde, Berichtklasse):
            nieuw[naam] = _gecodeerd(waarde, fout, code)
        elif isinstance(waarde, tuple) and waarde and isinstance(waarde[0], Berichtklasse):
            nieuw[naam] = tuple(_gecodeerd(item, fout, code) for item in waarde)
    return deel.model_copy(update=nieuw)
