"""From a typed message to bytes as OP192 asks: UTF-8 without BOM, CRLF line ends, elements in the order of the schema.

What is written is valid by its XSD, or it is not written: the text goes through the same gate as a message from
outside, and ``OngeldigBericht`` says all that is wrong.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, time
from html import escape
from typing import TypeVar, cast

from .berichten import Bericht
from .berichten.onderdeel import Onderdeel
from .berichtsoort import Berichtsoort
from .fouten import OngeldigBericht, Onleesbaar, TeGroot, XsdFout
from .lezen import keur
from .release import JONGSTE, Release, release
from .schema import Schemas
from .vorm import WORTEL, Vorm, plaatsen, vorm, vorm_van
from .xml import MAX_BYTES

B = TypeVar("B", bound=Bericht)

_KOP = '<?xml version="1.0" encoding="UTF-8"?>\n'
_HOOGSTENS = 10_000
# Not compiled here: of a set this wide that takes long, and it is seldom asked for.
_GEEN_XML_TEKEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def schrijf(bericht: Bericht, soort: Berichtsoort, schemas: Schemas, max_bytes: int = MAX_BYTES) -> bytes:
    """The message as XML; without indentation when it is large.

    Raises ``OngeldigBericht`` when the XSD would refuse it, ``TeGroot`` over the size limit, and ``TypeError`` for a
    message of another kind.
    """
    data = stel_op(bericht, soort)
    try:
        keur(data, schemas, max_bytes)
    except TeGroot:
        raise
    except Onleesbaar as fout:
        bericht_zelf = XsdFout(f"/{WORTEL}", WORTEL, 1, fout.melding, fout.advies)
        raise OngeldigBericht(soort.code, tuple(_zonder_plaats_in_xml(bericht, soort)) or (bericht_zelf,)) from None
    return data


def in_release(bericht: B, soort: Berichtsoort) -> B:
    """The message in the release of this kind: of the classes that it has, without the elements that it has no more. What is carried over
    from a message of another release is so of this one; what is new in this one stays empty."""
    anders = release(soort.release)
    if not (JONGSTE or anders.klassen or anders.weg):
        return bericht
    return cast("B", _in_vorm(bericht, vorm(soort), anders))


def _in_vorm(deel: Onderdeel, vorm_: Vorm, anders: Release) -> Onderdeel:
    weg = anders.zonder(vorm_.klasse)
    inhoud = {
        naam: getattr(deel, naam) for naam in vorm_.klasse.model_fields if naam not in weg and hasattr(deel, naam)
    }
    for veld in vorm_.velden:
        if veld.vorm is None or not (waarde := inhoud.get(veld.naam)):
            continue
        inhoud[veld.naam] = (
            tuple(_in_vorm(een, veld.vorm, anders) for een in waarde)
            if isinstance(waarde, tuple)
            else _in_vorm(waarde, veld.vorm, anders)
        )
    return vorm_.maak(inhoud)


def stel_op(bericht: Bericht, soort: Berichtsoort) -> bytes:
    """The message as ``schrijf`` writes it, not yet held against the XSD: with ``lezen.keur`` one can do that after a
    large message is let go. Raises ``TypeError``, and ``OngeldigBericht`` for what has no element."""
    if not isinstance(bericht, vorm(soort).klasse):
        raise TypeError(f"a {soort} is a {vorm(soort).klasse.__name__}, not a {type(bericht).__name__}")
    if fouten := tuple(_zonder_element(bericht, soort)):
        raise OngeldigBericht(soort.code, fouten)
    data = serialiseer(bericht, soort)
    return serialiseer(bericht, soort, inspringing="") if len(data) > MAX_BYTES else data


def serialiseer(bericht: Bericht, soort: Berichtsoort, inspringing: str = "  ") -> bytes:
    """The message as XML, without asking the XSD."""
    eigen, basis = soort.code.lower(), str(soort.domein)
    prefixen = {soort.namespace: eigen, soort.basis_namespace: basis}
    naam = f"{eigen}:{WORTEL}"
    ruimten = f'xmlns:{eigen}="{soort.namespace}" xmlns:{basis}="{soort.basis_namespace}"'
    regels = _Regels([f"{_KOP}<{naam} {ruimten}>"])
    _schrijf(regels, bericht, vorm(soort), prefixen, inspringing, inspringing)
    regels.append(f"</{naam}>")
    return regels.alles()


class _Regels(list[str]):
    """The lines of a document. The many of a large one take several times the memory of their bytes, so those that were
    written are turned into bytes now and then."""

    def __init__(self, regels: Iterable[str]) -> None:
        super().__init__(regels)
        self._geschreven: list[bytes] = []

    def spoel(self) -> None:
        """Turn the lines until here into bytes."""
        self.append("")
        self._geschreven.append("\n".join(self).replace("\n", "\r\n").encode("utf-8", "surrogatepass"))
        self.clear()

    def alles(self) -> bytes:
        """The whole document."""
        self.spoel()
        return b"".join(self._geschreven)


def _schrijf(
    regels: _Regels, deel: Onderdeel, vorm_: Vorm, prefixen: dict[str, str], inspringing: str, stap: str
) -> None:
    dieper = inspringing + stap
    for veld in vorm_.velden:
        waarde = getattr(deel, veld.naam)
        if waarde is None or (waarde == () and not veld.verplicht):
            continue
        naam = _naam(veld.tag, prefixen)
        if veld.item_tag is None and veld.vorm is None:
            regels.append(f"{inspringing}<{naam}>{als_tekst(waarde)}</{naam}>")
            continue
        regels.append(f"{inspringing}<{naam}>")
        if veld.item_tag is None:
            assert veld.vorm is not None
            _schrijf(regels, waarde, veld.vorm, prefixen, dieper, stap)
        else:
            item_naam = _naam(veld.item_tag, prefixen)
            for item in waarde:
                if veld.vorm is None:
                    regels.append(f"{dieper}<{item_naam}>{als_tekst(item)}</{item_naam}>")
                else:
                    regels.append(f"{dieper}<{item_naam}>")
                    _schrijf(regels, item, veld.vorm, prefixen, dieper + stap, stap)
                    regels.append(f"{dieper}</{item_naam}>")
                if len(regels) > _HOOGSTENS:
                    regels.spoel()
        regels.append(f"{inspringing}</{naam}>")


def _naam(tag: str, prefixen: dict[str, str]) -> str:
    ruimte, _, lokaal = tag[1:].partition("}")
    return f"{prefixen[ruimte]}:{lokaal}"


def als_tekst(waarde: str | int | date | time) -> str:
    """A value as it stands between two tags."""
    if isinstance(waarde, (date, time)):
        return waarde.isoformat()
    if isinstance(waarde, int):
        return str(waarde)
    if waarde.isalnum():  # nearly all are codes and numbers
        return waarde
    return escape(waarde, quote=False).replace("\r", "&#13;")


def _zonder_element(bericht: Bericht, soort: Berichtsoort) -> Iterator[XsdFout]:
    """What is filled in and has no element in this kind of message, so that it would get lost."""
    for pad, deel in plaatsen(bericht, soort):
        for naam in vorm_van(type(deel), soort).elders:
            if getattr(deel, naam):
                yield XsdFout(pad, naam, 1, f"{naam} bestaat niet in een {soort}.", f"Laat {naam} leeg.")


def _zonder_plaats_in_xml(bericht: Bericht, soort: Berichtsoort) -> Iterator[XsdFout]:
    """Texts with a character that XML cannot hold."""
    for pad, deel in plaatsen(bericht, soort):
        for veld in vorm_van(type(deel), soort).velden:
            waarde = getattr(deel, veld.naam)
            if isinstance(waarde, str) and re.search(_GEEN_XML_TEKEN, waarde):
                yield XsdFout(
                    f"{pad}/{veld.naam}",
                    veld.naam,
                    1,
                    f"{veld.naam} bevat een teken dat in XML niet mag.",
                    f"Haal stuurtekens uit {veld.naam} weg.",
                )
