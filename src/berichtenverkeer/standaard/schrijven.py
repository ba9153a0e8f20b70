"""From a typed message to bytes as OP192 asks: UTF-8 without BOM, CRLF line ends, elements in the order of the schema.

What is written is valid by its XSD, or it is not written: the text goes through the same gate as a message from
outside, and ``OngeldigBericht`` says all that is wrong.
"""

from collections.abc import Iterator
from datetime import date, time
from xml.sax.saxutils import escape

from .berichten import Bericht
from .berichten.onderdeel import Onderdeel
from .berichtsoort import Berichtsoort
from .fouten import OngeldigBericht, Onleesbaar, XsdFout
from .lezen import lees
from .schema import Schemas
from .vorm import WORTEL, Vorm, vorm

_KOP = '<?xml version="1.0" encoding="UTF-8"?>\n'


def schrijf(bericht: Bericht, soort: Berichtsoort, schemas: Schemas) -> bytes:
    """The message as XML. Raises ``OngeldigBericht`` when the XSD would refuse it."""
    data = serialiseer(bericht, soort)
    try:
        lees(data, schemas)
    except Onleesbaar:
        raise OngeldigBericht(
            soort.code,
            (
                XsdFout(
                    f"/{WORTEL}", WORTEL, 1, "Een waarde bevat een teken dat in XML niet mag.",
                    "Verwijder stuurtekens uit de waarden.",
                ),
            ),
        ) from None  # fmt: skip
    return data


def serialiseer(bericht: Bericht, soort: Berichtsoort) -> bytes:
    """The message as XML, without asking the XSD."""
    eigen, basis = soort.code.lower(), str(soort.domein)
    prefixen = {soort.namespace: eigen, soort.domein.basis_namespace: basis}
    naam = f"{eigen}:{WORTEL}"
    ruimten = f'xmlns:{eigen}="{soort.namespace}" xmlns:{basis}="{soort.domein.basis_namespace}"'
    regels = [f"{_KOP}<{naam} {ruimten}>"]
    regels += _regels(bericht, vorm(soort), prefixen, "  ")
    regels.append(f"</{naam}>\n")
    return "\n".join(regels).replace("\n", "\r\n").encode()


def _regels(deel: Onderdeel, vorm_: Vorm, prefixen: dict[str, str], inspringing: str) -> Iterator[str]:
    dieper = inspringing + "  "
    for veld in vorm_.velden:
        waarde = getattr(deel, veld.naam)
        if waarde is None or (waarde == () and not veld.verplicht):
            continue
        naam = _naam(veld.tag, prefixen)
        if veld.item_tag is not None:
            item_naam = _naam(veld.item_tag, prefixen)
            yield f"{inspringing}<{naam}>"
            for item in waarde:
                if veld.vorm is None:
                    yield f"{dieper}<{item_naam}>{_tekst(item)}</{item_naam}>"
                else:
                    yield f"{dieper}<{item_naam}>"
                    yield from _regels(item, veld.vorm, prefixen, dieper + "  ")
                    yield f"{dieper}</{item_naam}>"
            yield f"{inspringing}</{naam}>"
        elif veld.vorm is not None:
            yield f"{inspringing}<{naam}>"
            yield from _regels(waarde, veld.vorm, prefixen, dieper)
            yield f"{inspringing}</{naam}>"
        else:
            yield f"{inspringing}<{naam}>{_tekst(waarde)}</{naam}>"


def _naam(tag: str, prefixen: dict[str, str]) -> str:
    ruimte, _, lokaal = tag[1:].partition("}")
    return f"{prefixen[ruimte]}:{lokaal}"


def _tekst(waarde: str | int | date | time) -> str:
    if isinstance(waarde, (date, time)):
        return waarde.isoformat()
    if isinstance(waarde, int):
        return str(waarde)
    return escape(waarde, {"\r": "&#13;"})
