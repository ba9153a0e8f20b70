"""Which nodes a user logged in to, and where the token of each is: in the keyring of the machine, or in a file that only its owner
may read.

The keyring is that of the Python package ``keyring``, used when it is installed and has a place to keep something.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import typer

from ..zegbaar import Zegbaar
from .bestanden import schrijf_prive

_DIENST = "berichtenverkeer"
"""Under which name the keyring has our tokens."""

_LOKAAL = ("localhost", "127.0.0.1", "::1")
"""Hosts to which what is said does not leave the machine."""

OPNIEUW = "Meld u opnieuw aan met 'berichtenverkeer login URL'."


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """A node, and as which party one calls it. ``token`` is empty when the keyring has it."""

    naam: str
    url: str
    partij: str | None = None
    token: str = field(default="", repr=False)


class Aanmeldingen(NamedTuple):
    """All of a user; ``standaard`` is the name of the one to use when none is named."""

    alle: dict[str, Aanmelding]
    standaard: str | None

    def kies(self, naam: str | None) -> Aanmelding:
        """The one of this name, or the one to use when none is named. Raises ``Zegbaar``."""
        gekozen = self.standaard if naam is None else naam
        if gekozen is None:
            raise Zegbaar("U bent nergens aangemeld; begin met 'berichtenverkeer login URL'.")
        if gekozen not in self.alle:
            raise Zegbaar(f"{gekozen} is geen aanmelding; er zijn: {', '.join(self.alle) or 'geen'}.")
        return self.alle[gekozen]


def lees() -> Aanmeldingen:
    """What was kept. Raises ``Zegbaar``."""
    pad = _pad()
    try:
        inhoud = json.loads(pad.read_bytes())
        alle = {naam: Aanmelding(naam, **een) for naam, een in inhoud["knooppunten"].items()}
        return Aanmeldingen(alle, inhoud["standaard"])
    except FileNotFoundError:
        return Aanmeldingen({}, None)
    except OSError:
        raise Zegbaar(f"{pad}: niet te lezen; controleer de rechten.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Zegbaar(f"{pad} is beschadigd. Verwijder dat bestand. {OPNIEUW}") from None


def token_van(aanmelding: Aanmelding) -> str:
    """The token. Raises ``Zegbaar`` when the keyring does not give it."""
    if aanmelding.token:
        return aanmelding.token
    bos = _sleutelbos()
    token = None if bos is None else _vraag(bos, "get_password", aanmelding.naam)
    if not token:
        raise Zegbaar(f"De sleutelbos heeft het token van {aanmelding.naam} niet. {OPNIEUW}")
    return str(token)


def bewaar(aanmelding: Aanmelding, token: str, *, in_bestand: bool) -> str:
    """Keep a login, as the one to use when none is named, in the place of one of the same name; says where the token is."""
    bekend, bos = lees(), None if in_bestand else _sleutelbos()
    if bos is not None and _vraag(bos, "set_password", aanmelding.naam, token) is not _MISLUKT:
        waar = "in de sleutelbos"
    else:
        vergeten = bekend.alle.get(aanmelding.naam)
        if vergeten is not None:
            _wis_token(vergeten)
        aanmelding = Aanmelding(aanmelding.naam, aanmelding.url, aanmelding.partij, token)
        waar = f"in {_pad()}, dat alleen u kunt lezen"
    _schrijf(Aanmeldingen(bekend.alle | {aanmelding.naam: aanmelding}, aanmelding.naam))
    return waar


def zet_standaard(naam: str) -> None:
    """From now on use this one when none is named. Raises ``Zegbaar``."""
    bekend = lees()
    _schrijf(bekend._replace(standaard=bekend.kies(naam).naam))


def vergeet(naam: str | None) -> Aanmelding:
    """Forget a login with its token. Raises ``Zegbaar``."""
    bekend = lees()
    weg = bekend.kies(naam)
    _wis_token(weg)
    over = {naam: een for naam, een in bekend.alle.items() if naam != weg.naam}
    standaard = bekend.standaard if bekend.standaard in over else next(reversed(over), None)
    _schrijf(Aanmeldingen(over, standaard))
    return weg


def lees_url(url: str, *, onveilig: bool) -> str:
    """The address of a node as we keep it. Raises ``Zegbaar`` for one that is none, and for one to which a token would go readably."""
    try:
        delen = urlsplit(url)
        host, poort = delen.hostname, delen.port
    except ValueError:
        host, poort = None, None
    if host is None or delen.scheme not in ("http", "https") or delen.query or delen.fragment or poort == 0:
        raise Zegbaar("Dit is geen adres van een knooppunt; schrijf https://naam of http://localhost:8080.")
    if delen.username is not None or delen.password is not None:
        raise Zegbaar("Zet geen naam of wachtwoord in het adres; het token wordt gevraagd.")
    if delen.scheme == "http" and host not in _LOKAAL and not onveilig:
        raise Zegbaar(
            f"Naar {host} zou het token leesbaar over het netwerk gaan; gebruik https. Alleen op een net dat u vertrouwt "
            "kan het met --onveilig."
        )
    adres = url.rstrip("/")
    return adres.removesuffix("/v1") if delen.path.strip("/") else adres  # a generated client takes that with it


_MISLUKT = object()
"""What a keyring gives that could not do something."""


def _sleutelbos() -> Any:
    """The package ``keyring``; None when it is not installed."""
    return import_module("keyring") if find_spec("keyring") else None


def _vraag(bos: Any, wat: str, *argumenten: str) -> Any:
    """What the keyring answers; ``_MISLUKT``, or None for what was asked of it, when it has no place or is locked."""
    try:
        return getattr(bos, wat)(_DIENST, *argumenten)
    except bos.errors.KeyringError:
        return None if wat == "get_password" else _MISLUKT


def _wis_token(aanmelding: Aanmelding) -> None:
    """Take a token out of the keyring, when that has it."""
    if not aanmelding.token and (bos := _sleutelbos()) is not None:
        _vraag(bos, "delete_password", aanmelding.naam)


def _pad() -> Path:
    return Path(typer.get_app_dir(_DIENST)) / "knooppunten.json"


def _schrijf(bekend: Aanmeldingen) -> None:
    """Put the file in its place at once: who is interrupted has the old one or the new one."""
    pad = _pad()
    knooppunten = {}
    for een in bekend.alle.values():
        knooppunten[een.naam] = {naam: waarde for naam, waarde in asdict(een).items() if naam != "naam" and waarde}
    try:
        pad.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        nieuw = pad.with_suffix(f".{os.getpid()}")
        schrijf_prive(nieuw, json.dumps({"standaard": bekend.standaard, "knooppunten": knooppunten}, indent=2).encode())
        nieuw.replace(pad)
    except OSError:
        raise Zegbaar(f"{pad}: hier is niet te schrijven; controleer de map en de rechten.") from None
