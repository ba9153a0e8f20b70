"""A request to OntvangAsynchroon taken apart: all that is asked of it later, and nothing of its tree.

So it can be done in another process: of a large one it takes long, and the memory of some copies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ....standaard.fouten import OngeldigBericht
from ..fouten import Afgekeurd
from .lezen import MAX_SOAP, Ontvangen, lees_soap
from .model import Envelop, Foutbericht, Stuurgegevens
from .namen import GGK, StufBerichtcode

_VERSIES = ("functieVersie", "functieSubversie", "applicatieVersie", "applicatieSubversie")


@dataclass(frozen=True, slots=True)
class Uiteen:
    """One message of StUF. ``tag`` is that of its root; ``soort``, ``code``, ``details``, ``stuurgegevens`` and ``vingerafdruk`` are as
    in ``Ontvangen``. ``grootte`` is its bytes without its SOAP, ``versies`` are the versions it names, empty where it does not.

    ``inhoud`` is what is in it, but for the file in an envelope and the message that a Fo01 quotes, or what its XSD refuses; None when
    it is not one that was asked for. ``payload`` is the file in a sound envelope, or why there is none; ``omslag`` the rest of that.
    """

    tag: str
    soort: StufBerichtcode | None
    code: str | None
    details: str | None
    stuurgegevens: Stuurgegevens | None
    vingerafdruk: str
    grootte: int
    versies: Mapping[str, str]
    inhoud: Envelop | Foutbericht | OngeldigBericht | None = field(repr=False)
    payload: bytes | Afgekeurd = field(default=b"", repr=False)
    omslag: bytes = field(default=b"", repr=False)


def haal_uiteen(data: bytes, max_bytes: int = MAX_SOAP) -> Uiteen:
    """A request in SOAP. Raises what ``lees_soap`` raises."""
    return van_ontvangen(lees_soap(data, max_bytes))


def zonder_soap(data: bytes, max_bytes: int = MAX_SOAP) -> bytes:
    """The message in a request, as ``Ontvangen.los``. Raises what ``lees_soap`` raises."""
    return lees_soap(data, max_bytes).los


def van_ontvangen(ontvangen: Ontvangen) -> Uiteen:
    """The same of what was read."""
    kaal = Uiteen(
        ontvangen.wortel.tag,
        ontvangen.soort,
        ontvangen.code,
        ontvangen.details,
        ontvangen.stuurgegevens,
        ontvangen.vingerafdruk,
        len(ontvangen.los),
        {naam: ontvangen.wortel.findtext(f"{{{GGK}}}parameters/{{{GGK}}}{naam}", "") for naam in _VERSIES},
        None,
    )
    if ontvangen.soort is None:
        return kaal
    try:
        inhoud = ontvangen.inhoud()
    except OngeldigBericht as fout:
        return replace(kaal, inhoud=fout)
    if isinstance(inhoud, Foutbericht):
        return replace(kaal, inhoud=replace(inhoud, detailsXML=()))
    assert isinstance(inhoud, Envelop)
    payload: bytes | Afgekeurd
    try:
        payload = inhoud.parameters.payload()
    except Afgekeurd as fout:
        payload = fout
    zonder = replace(inhoud, parameters=replace(inhoud.parameters, bestand=""))
    return replace(kaal, inhoud=zonder, payload=payload, omslag=ontvangen.omslag)
