"""Who calls, for whom, and what takes part: all of it as it stood at one moment."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from ..opslag.partijen import certificaten, gemeenten, partijen
from ..opslag.partijen import schakelaars as schakelaartabel
from ..standaard.indeling import INDELING, Indeling
from .partij import Partij, VspRol, partij_van, rol_bij, vsp_rol
from .schakelaar import LEEG, Schakelbord
from .schakelaars import schakelaar_van


class Roeper(Protocol):
    """Who hands in a message: a party, or a credential that may act for several."""

    def namens(self, code: str) -> Partij:
        """The party that acts when the message is one of this code."""


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """What a credential gives: the parties it may act for, never none, the one it was made for first; or only the one that was
    chosen. Outside ``geldig_van`` to ``geldig_tot`` it gives nothing; a token has no begin, and often no end."""

    partijen: tuple[Partij, ...]
    geldig_van: datetime | None = None
    geldig_tot: datetime | None = None

    @property
    def partij(self) -> Partij:
        """The party it acts for where only one can."""
        return self.partijen[0]

    @property
    def codes(self) -> tuple[str, ...]:
        """Those of all its parties."""
        return tuple(partij.code for partij in self.partijen)

    def namens(self, code: str) -> Partij:
        """The party that acts when a message is one of this code: the party itself if it may, else the first."""
        return next((partij for partij in self.partijen if partij.code == code), self.partij)

    def kies(self, code: str) -> "Aanmelding | None":
        """It, for this party only; None when it is not for that one."""
        partij = self.namens(code)
        return Aanmelding((partij,)) if partij.code == code else None


@dataclass(frozen=True, slots=True)
class Afspraken:
    """Parties by code, credentials by their fingerprint, who may send for whom (indiener, afzender), what is switched, and
    the gemeenten there are.
    Looking something up takes as long among thousands as among two, and asks no database."""

    partijen: Mapping[str, Partij]
    bewijzen: Mapping[str, Aanmelding]
    mandaten: frozenset[tuple[str, str]]
    bord: Schakelbord
    indeling: Indeling = INDELING

    @classmethod
    def van(cls, verbinding: Connection) -> "Afspraken":
        """Read them, in one transaction that sees one moment."""
        bekend = {rij["code"]: partij_van(rij) for rij in partijen.alle(verbinding)}

        def voor(codes: tuple[str, ...]) -> tuple[Partij, ...]:
            return tuple(bekend[code] for code in codes)

        bewijzen = {
            _token(een.hash): Aanmelding(voor(een.codes), geldig_tot=een.geldig_tot)
            for een in partijen.tokens(verbinding)
            if een.ingetrokken_op is None
        }
        for rij, codes in certificaten.alle(verbinding):
            if rij["ingetrokken_op"] is None:
                bewijzen[_certificaat(rij["hash"])] = Aanmelding(voor(codes), rij["geldig_van"], rij["geldig_tot"])
        bord = Schakelbord.van(map(schakelaar_van, schakelaartabel.alle(verbinding)))
        mandaten = frozenset(partijen.mandaten(verbinding))
        return cls(bekend, bewijzen, mandaten, bord, gemeenten.indeling(verbinding))

    def partij(self, code: str) -> Partij | None:
        """The party with this code."""
        return self.partijen.get(code)

    def rol_in_vsp(self, code: str) -> VspRol:
        """What a party is in VSP; of a code that is none here, by its form."""
        partij = self.partijen.get(code)
        return partij.vsp if partij else vsp_rol(rol_bij(code))

    def mag_indienen(self, indiener: Partij, afzender: str) -> bool:
        """Whether a party may send for this one: for itself always, for another by a mandate."""
        return indiener.code == afzender or (indiener.code, afzender) in self.mandaten

    def vervallen(self, eerder: "Afspraken") -> set[str]:
        """The parties for which a credential gives nothing more, that did so before."""
        weg = eerder.bewijzen.keys() - self.bewijzen.keys()
        return {code for bewijs in weg for code in eerder.bewijzen[bewijs].codes}


GEEN = Afspraken({}, {}, frozenset(), LEEG)
"""Before anything was read."""


def van_token(token: str) -> str:
    """The fingerprint of a token."""
    return _token(partijen.vingerafdruk(token))


def van_certificaat(der: bytes) -> str:
    """The fingerprint of a certificate."""
    return _certificaat(hashlib.sha256(der).hexdigest())


def ontleed(bewijs: str) -> tuple[str, str]:
    """A fingerprint as its kind (``token`` or ``certificaat``) and the hash that is kept."""
    soort, _, hash_ = bewijs.partition(" ")
    return soort, hash_


def _token(hash_: str) -> str:
    """What makes a token no certificate, were their hashes the same."""
    return f"token {hash_}"


def _certificaat(hash_: str) -> str:
    return f"certificaat {hash_}"
