"""Credentials: what shows who calls. A token is made here; a certificate is registered in ``certificaten``. Both have a name, an end and when
they were last used, and are withdrawn by their id.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from ..opslag.database import schrijvend
from ..opslag.partijen import certificaten as certificaattabel
from ..opslag.partijen import partijen as tabel
from .partij import PartijFout, eis_bekend

_ID = 16
"""So many hexadecimals of its fingerprint are the id of a credential."""

_LANGSTE_NAAM = 80


class Bewijssoort(StrEnum):
    """What a credential is."""

    TOKEN = "token"
    CERTIFICAAT = "certificaat"


@dataclass(frozen=True, slots=True)
class Bewijs:
    """A credential; ``codes`` are the parties it acts for, the one it was made for first. ``gebruikt_op`` may be a minute behind."""

    id: str
    soort: Bewijssoort
    codes: tuple[str, ...]
    naam: str | None
    geldig_van: datetime | None
    geldig_tot: datetime | None
    aangemaakt_op: datetime
    gebruikt_op: datetime | None
    ingetrokken_op: datetime | None

    def stand(self, nu: datetime) -> str:
        """How it stands at this moment: geldig, nog niet geldig, verlopen or ingetrokken."""
        if self.ingetrokken_op is not None:
            return "ingetrokken"
        if self.geldig_van is not None and nu < self.geldig_van:
            return "nog niet geldig"
        return "verlopen" if self.geldig_tot is not None and nu > self.geldig_tot else "geldig"


class TokenBestaat(PartijFout):
    """There is such a token already."""


def maak_token(
    engine: Engine,
    code: str,
    nu: datetime,
    toeval: Callable[[int], str] = secrets.token_urlsafe,
    ook: Sequence[str] = (),
    naam: str = "",
    geldig_tot: datetime | None = None,
) -> str:
    """A new token for a party, and for ``ook`` as well; only its hash is kept. Raises ``PartijFout`` for an unknown party, a name that is
    too long, or an end that is past."""
    naam = naam.strip()
    if len(naam) > _LANGSTE_NAAM or not naam.isprintable():
        raise PartijFout(f"Geef het token een naam van hoogstens {_LANGSTE_NAAM} tekens.", veld="naam")
    if geldig_tot is not None and geldig_tot <= nu:
        raise PartijFout("Kies een laatste dag die nog niet voorbij is.", veld="geldig_tot")
    token = toeval(32)
    try:
        with schrijvend(engine) as verbinding:
            eis_bekend(verbinding, code)
            eis_bekend(verbinding, *ook, veld="ook")
            tabel.geef_token(verbinding, code, token, nu, ook, naam or None, geldig_tot)
    except IntegrityError:
        raise TokenBestaat("Dit token bestaat al; maak een ander.") from None
    return token


def id_van(token: str) -> str:
    """The id of a token."""
    return tabel.vingerafdruk(token)[:_ID]


def trek_token_in(engine: Engine, token: str, nu: datetime) -> None:
    """Let a token act for nobody any more. Raises ``PartijFout`` for a token that does not."""
    with schrijvend(engine) as verbinding:
        if not tabel.trek_in(verbinding, tabel.vingerafdruk(token), nu):
            raise PartijFout("Dit token is niet bekend, of was al ingetrokken.")


def alle(engine: Engine, partij: str | None = None) -> list[Bewijs]:
    """Every credential, also those withdrawn, or those that act for a party; the tokens first."""
    with engine.connect() as verbinding:
        return _alle(verbinding, partij)


def geef(engine: Engine, id_: str, partij: str | None = None) -> Bewijs:
    """The credential with this id, or only when it acts for this party. Raises ``PartijFout`` when there is none."""
    with engine.connect() as verbinding:
        return _een(verbinding, id_, partij)[0]


def trek_in(engine: Engine, id_: str, nu: datetime, partij: str | None = None) -> Bewijs:
    """Let the credential with this id act for nobody any more, or only when it was made for this party. Raises ``PartijFout`` for one
    that does not."""
    with schrijvend(engine) as verbinding:
        bewijs, hash_ = _een(verbinding, id_, partij)
        if partij is not None and bewijs.codes[0] != partij:
            raise PartijFout(
                "Dit is voor een andere partij gemaakt; vraag de beheerder van het knooppunt het in te trekken."
            )
        trek_in_ = tabel.trek_in if bewijs.soort is Bewijssoort.TOKEN else certificaattabel.trek_in
        if not trek_in_(verbinding, hash_, nu):
            raise PartijFout("Dit was al ingetrokken.")
    return bewijs


def _een(verbinding: Connection, id_: str, partij: str | None) -> tuple[Bewijs, str]:
    hashes = {rij["hash"][:_ID]: rij["hash"] for rij, _ in certificaattabel.alle(verbinding)}
    hashes |= {een.hash[:_ID]: een.hash for een in tabel.tokens(verbinding)}
    gevonden = next((een for een in _alle(verbinding, partij) if een.id == id_.strip().lower()), None)
    if gevonden is None:
        raise PartijFout(
            "Dit token of certificaat is niet bekend; 'berichtenverkeer partij tokens' toont welke er zijn."
        )
    return gevonden, hashes[gevonden.id]


def _alle(verbinding: Connection, partij: str | None) -> list[Bewijs]:
    uit = [
        Bewijs(
            een.hash[:_ID],
            Bewijssoort.TOKEN,
            een.codes,
            een.naam,
            None,
            een.geldig_tot,
            een.aangemaakt_op,
            een.gebruikt_op,
            een.ingetrokken_op,
        )
        for een in tabel.tokens(verbinding)
    ]
    uit += [
        Bewijs(
            rij["hash"][:_ID],
            Bewijssoort.CERTIFICAAT,
            codes,
            rij["naam"],
            rij["geldig_van"],
            rij["geldig_tot"],
            rij["aangemaakt_op"],
            rij["gebruikt_op"],
            rij["ingetrokken_op"],
        )
        for rij, codes in certificaattabel.alle(verbinding)
    ]
    return [een for een in uit if partij is None or partij in een.codes]
