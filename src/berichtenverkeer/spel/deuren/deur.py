"""A door of the exchange as a flow uses it: hand in a message, and hear what came of it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

import httpx

from ...keten.envelop.codes import herken
from ...klok import NEDERLAND
from ...oordeel.weigering import Reden
from ...regels.bevinding import Ernst
from ...standaard.berichtsoort import Ketenrol
from ...zegbaar import Zegbaar

Uit = TypeVar("Uit")

_GEDULD = 30.0
"""Seconds in which an asynchronous door must have taken a message in."""

_REDENEN: Mapping[str, frozenset[str]] = {
    "BRS03": frozenset({Reden.VREEMDE_AFZENDER}),
    "CC09": frozenset({Reden.VREEMDE_AFZENDER}),
    "BRS04": frozenset({Reden.ONBEKENDE_ONTVANGER}),
    "IB005": frozenset({Reden.ONBEKENDE_ONTVANGER}),
    "BRS06": frozenset({Reden.TE_GROOT}),
    "IB012": frozenset({Reden.TE_GROOT}),
    "BRS13": frozenset({Reden.XSD_ONGELDIG, Reden.ONBEKEND_BERICHT}),
    "BRS14": frozenset({Reden.ONLEESBAAR}),
    "BRS18": frozenset({Reden.BSN_NIET_FICTIEF}),
    "IB015": frozenset({Reden.BSN_NIET_FICTIEF}),
    "IB014": frozenset({Reden.XSD_ONGELDIG, Reden.ONBEKEND_BERICHT, Reden.ONLEESBAAR, Reden.GOEDKEURING_BOTST}),
    "BRS20": frozenset({Reden.AL_AANGEBODEN, Reden.IDENTIFICATIE_GEBRUIKT}),
    "IB016": frozenset({Reden.AL_AANGEBODEN, Reden.IDENTIFICATIE_GEBRUIKT}),
    "IB021": frozenset({Reden.RETOUR_ZONDER_HEENBERICHT}),
    "IB019": frozenset({Reden.RETOUR_BESTAAT_AL}),
    "BRS22": frozenset({Reden.RETOUR_BESTAAT_AL, Reden.GOEDKEURING_BOTST}),
}
"""Which kinds of refusal a code of VSP or StUF can stand for: they have fewer codes than there are kinds."""


DEUR_VAN: Mapping[str, Ketenrol] = {"vsp": Ketenrol.AANBIEDER, "stuf": Ketenrol.GEMEENTE}
"""The doors that are of one side."""


class DeurFout(Zegbaar):
    """A door cannot be used, or did not answer as its koppelvlak says. The text is Dutch."""


class Zending(Protocol):
    """What a door needs of a message: from whom it really goes to whom (codes), and when."""

    @property
    def data(self) -> bytes: ...
    @property
    def subtype(self) -> str:
        """The name of the kind of message, ``WMO301``."""

    @property
    def versie(self) -> tuple[int, int]:
        """The version and subversion of its release."""

    @property
    def afzender(self) -> str: ...
    @property
    def ontvanger(self) -> str: ...
    @property
    def als_antwoord_op(self) -> str | None:
        """The number of the message that it answers."""

    @property
    def moment(self) -> datetime:
        """Dutch time."""


@dataclass(frozen=True, slots=True)
class Levering:
    """A ``Zending``."""

    data: bytes
    subtype: str
    versie: tuple[int, int]
    afzender: str
    ontvanger: str
    als_antwoord_op: str | None
    moment: datetime


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """What a door said. ``id`` is the number of the message there; ``geweigerd`` are the kinds of refusal it can be, empty
    when it was taken in; ``oordeel`` and ``bevindingen`` are None at a door that leaves them to the retourbericht."""

    http: int
    id: str | None = None
    geweigerd: frozenset[str] = frozenset()
    melding: str = ""
    oordeel: str | None = None
    bevindingen: tuple[Mapping[str, Any], ...] | None = None
    retour: bytes | None = None
    status: str | None = None

    @property
    def kort(self) -> str:
        """What came of it in a few words."""
        if self.geweigerd:
            return f"geweigerd ({', '.join(sorted(self.geweigerd))})"
        regels, signalen = (", ".join(sorted(self.regels(ernst) or ())) for ernst in (Ernst.FOUT, Ernst.SIGNAAL))
        delen = (self.oordeel or "aangenomen", regels, signalen and f"(signaal {signalen})")
        return " ".join(filter(None, delen))

    def regels(self, ernst: Ernst) -> set[str] | None:
        """The codes of the findings that refuse, or of those that only tell; None where the door does not say."""
        if self.bevindingen is None:
            return None
        return {bevinding["regel"] for bevinding in self.bevindingen if bevinding["ernst"] == ernst}


class Deur(Protocol):
    """One way in. ``klant`` speaks with the token of the sender and at the moment of the step."""

    def lever(self, zending: Zending, klant: httpx.Client) -> Ontvangst:
        """Hand a message in, and wait until nothing more happens by itself. Raises ``DeurFout``."""


def klok(moment: datetime) -> dict[str, str]:
    """The header that sets the clock of the node."""
    return {"Bv-Klok": moment.replace(tzinfo=None).isoformat()}


def nederlands(moment: str) -> datetime:
    """A moment as the node writes it, in Dutch time."""
    return datetime.fromisoformat(moment).astimezone(NEDERLAND).replace(tzinfo=None)


def redenen(code: str) -> frozenset[str]:
    """The kinds of refusal that this code can stand for; the code itself is one too."""
    return _REDENEN.get(code, frozenset()) | {code}


def betekenis(code: str) -> str:
    """A code with what it means."""
    bekend = herken(code)
    return f"{code} ({bekend.betekenis})" if bekend else code


def wacht_op(kijk: Callable[[], Uit | None], waarop: str) -> Uit:
    """What ``kijk`` gives once it gives something. Raises ``DeurFout`` after half a minute."""
    tot = time.monotonic() + _GEDULD
    while (gezien := kijk()) is None:
        if time.monotonic() > tot:
            raise DeurFout(f"Na {_GEDULD:.0f} seconden was er nog geen {waarop}.")
        time.sleep(0.02)
    return gezien


def json_van(antwoord: httpx.Response) -> Any:
    """The JSON of an answer. Raises ``DeurFout`` when it is an error or no JSON."""
    waar = f"{antwoord.request.method} {antwoord.request.url.path}"
    if antwoord.status_code >= 400:
        raise DeurFout(f"{uitleg(antwoord)} ({waar} gaf HTTP {antwoord.status_code})")
    try:
        return antwoord.json()
    except ValueError:
        raise DeurFout(f"{waar} gaf geen JSON; controleer het adres van het knooppunt.") from None


def uitleg(antwoord: httpx.Response) -> str:
    """What an error says of itself and advises, if it does."""
    try:
        probleem = antwoord.json()
    except ValueError:
        probleem = None
    zinnen = [probleem.get(naam) for naam in ("detail", "advies")] if isinstance(probleem, dict) else []
    return " ".join(str(zin) for zin in zinnen if zin) or "Het knooppunt zegt niet wat er mis is."
