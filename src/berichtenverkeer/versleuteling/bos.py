"""All keys with which a node hides what it keeps of persons, and what is hidden by them.

A value is sealed with the key of those whom it is about: two parties and a client, as far as it has them. It is made of the keys of all, so
that when one of them was destroyed the value cannot be read any more, wherever it stands. Values are sealed by AES-256-GCM; which
column they are for is sealed with them, so none can be read in the place of another.

Keys come in generaties. New values get the newest; the others are there to read what was sealed before.
"""

import os
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..zegbaar import Zegbaar
from .boom import Boom
from .cijfers import Cijfers, afgeleid

MERK = b"\0bv"
"""How a value begins that is sealed, or that could be taken for one."""

_OPEN, _DICHT = b"\0", b"\1"
_GENERATIE, _PLEK, _NONCE, _ZEGEL = 4, 4, 12, 16
_PERSONEN = 3
_KOP = len(MERK) + 1 + _GENERATIE + _PERSONEN * _PLEK

ERBIJ = _KOP + _NONCE + _ZEGEL
"""How many bytes longer a value is when it is sealed."""

_CLIENT, _ANDERS = 1 << 31, 1 << 30
_ONTHOUDEN = 1 << 14

Betrokkenen = tuple[int, int, int]
"""Whom a value is about: their places in the tree; 0 for nobody."""


class OnleesbareGegevens(Zegbaar):
    """A value was sealed with keys that are not here."""


class Vernietigd(OnleesbareGegevens):
    """Its key was destroyed, on this day (``JJJJ-MM-DD``): it cannot be read ever again."""

    def __init__(self, op: str) -> None:
        super().__init__(f"De sleutel van deze gegevens is vernietigd op {op}: zij zijn niet meer te lezen.")
        self.op = op


@dataclass(frozen=True, slots=True, repr=False)
class Generatie:
    """The keys of all parties and clients, as they were made on some day."""

    id: bytes
    gemaakt: str
    boom: Boom

    @classmethod
    def nieuw(cls, gemaakt: str) -> "Generatie":
        """New keys."""
        return cls(secrets.token_bytes(_GENERATIE), gemaakt, Boom.van(secrets.token_bytes(32)))


class Bos:
    """The keys of a node: the newest generatie first, and the one by which a Bsn is looked up, which stays. ``vergeten`` says of which
    generaties the keys were thrown away, and when."""

    def __init__(
        self, pseudoniem: bytes, generaties: Sequence[Generatie], vergeten: Mapping[bytes, str] = MappingProxyType({})
    ) -> None:
        self._pseudoniem = pseudoniem
        self.generaties = tuple(generaties)
        self.vergeten = vergeten
        self.cijfers = Cijfers(pseudoniem)
        self._op_id = {generatie.id: generatie for generatie in generaties}
        self._sleutel = lru_cache(_ONTHOUDEN)(self._maak_sleutel)
        self._blad = lru_cache(_ONTHOUDEN)(self._zoek_blad)

    @classmethod
    def nieuw(cls, gemaakt: str) -> "Bos":
        """New keys for a node that has none."""
        return cls(secrets.token_bytes(32), [Generatie.nieuw(gemaakt)])

    @property
    def heeft_vernietigd(self) -> bool:
        """Whether any key was destroyed ever."""
        return bool(self.vergeten) or any(len(een.boom.knopen) > 1 for een in self.generaties)

    @property
    def merkteken(self) -> int:
        """By which a database is known to be of these keys; tells nothing of them. It stays when keys are changed."""
        return int.from_bytes(afgeleid(self._pseudoniem, b"merkteken")[:7], "big")

    def vernieuwd(self, gemaakt: str) -> "Bos":
        """The same with a new generatie."""
        return Bos(self._pseudoniem, (Generatie.nieuw(gemaakt), *self.generaties), self.vergeten)

    def met_generaties(self, ids: Collection[bytes], op: str) -> "Bos":
        """Only the newest generatie and these: what was sealed with another cannot be read any more from this day on."""
        nieuwste, *oudere = self.generaties
        weg = {generatie.id: op for generatie in oudere if generatie.id not in ids}
        blijft = [nieuwste, *(generatie for generatie in oudere if generatie.id in ids)]
        return Bos(self._pseudoniem, blijft, {**self.vergeten, **weg})

    def vernietigd(self, plek: int, gemaakt: str) -> "Bos":
        """Without the key of a party or client; who comes back gets another, in a new generatie."""
        over = [replace(generatie, boom=generatie.boom.zonder(plek)) for generatie in self.generaties]
        return Bos(self._pseudoniem, (Generatie.nieuw(gemaakt), *over), self.vergeten)

    def client(self, bsn: str) -> int:
        """The place of a client."""
        return _CLIENT + int(self.cijfers.heen(bsn))

    def betrokkenen(self, partijen: Iterable[str], bsn: str | None) -> Betrokkenen:
        """The places of at most two parties and a client."""
        plekken = sorted(map(partij, partijen))
        assert len(plekken) < _PERSONEN
        return (*plekken, *([0] * (2 - len(plekken))), self.client(bsn) if bsn else 0)  # type: ignore[return-value]

    def verzegel(self, waarde: bytes, doel: str, wie: Betrokkenen) -> bytes:
        """A value, sealed for a column and for those whom it is about. Raises ``Vernietigd``."""
        nieuwste = self.generaties[0]
        kop = MERK + _DICHT + nieuwste.id + b"".join(plek.to_bytes(_PLEK, "big") for plek in wie)
        nonce = os.urandom(_NONCE)
        return kop + nonce + self._sleutel(nieuwste.id, wie).encrypt(nonce, waarde, kop + doel.encode())

    def open(self, waarde: bytes, doel: str) -> bytes:
        """What was sealed for this column. Raises ``OnleesbareGegevens``."""
        kop, nonce, rest = waarde[:_KOP], waarde[_KOP : _KOP + _NONCE], waarde[_KOP + _NONCE :]
        wie = _wie(kop)
        try:
            return self._sleutel(_generatie(kop), wie).decrypt(nonce, rest, kop + doel.encode())
        except InvalidTag:
            raise OnleesbareGegevens(
                "Gegevens in de database zijn veranderd of beschadigd: zij passen niet bij hun zegel. Zet een back-up terug."
            ) from None

    def is_vernietigd(self, waarde: bytes) -> bool:
        """Whether the key of a sealed value was destroyed. Raises ``OnleesbareGegevens`` when it is not here for another reason."""
        kop = waarde[:_KOP]
        try:
            self._sleutel(_generatie(kop), _wie(kop))
        except Vernietigd:
            return True
        return False

    def _maak_sleutel(self, id_: bytes, wie: Betrokkenen) -> AESGCM:
        bladen = [self._blad(id_, plek) for plek in dict.fromkeys(wie)]
        plekken = b"".join(plek.to_bytes(_PLEK, "big") for plek in wie)
        return AESGCM(afgeleid(b"".join(bladen), b"gegevens" + plekken))

    def _zoek_blad(self, id_: bytes, plek: int) -> bytes:
        generatie = self._op_id.get(id_)
        if id_ in self.vergeten:
            raise Vernietigd(self.vergeten[id_])
        if generatie is None:
            raise OnleesbareGegevens(
                "Gegevens in de database zijn versleuteld met een sleutel die dit knooppunt niet heeft. Zet het bestand met de "
                "sleutels terug dat erbij hoort."
            )
        blad = generatie.boom.blad(plek)
        if blad is None:
            raise Vernietigd(self._sinds(generatie, plek))
        return blad

    def _sinds(self, generatie: Generatie, plek: int) -> str:
        """Since when a place has no key in a generatie: whoever destroyed it made the first in which it has one again."""
        latere = self.generaties[: self.generaties.index(generatie)]
        return next(een.gemaakt for een in reversed(latere) if een.boom.blad(plek) is not None)

    def als_json(self) -> dict[str, Any]:
        """All of it, to be wrapped."""
        return {
            "pseudoniem": self._pseudoniem.hex(),
            "generaties": [
                {
                    "id": generatie.id.hex(),
                    "gemaakt": generatie.gemaakt,
                    "knopen": {f"{d}/{plek}": sleutel.hex() for (d, plek), sleutel in generatie.boom.knopen.items()},
                }
                for generatie in self.generaties
            ],
            "vergeten": {id_.hex(): op for id_, op in self.vergeten.items()},
        }

    @classmethod
    def van_json(cls, inhoud: Mapping[str, Any]) -> "Bos":
        """What ``als_json`` gave."""
        generaties = [
            Generatie(
                bytes.fromhex(een["id"]),
                een["gemaakt"],
                Boom({_knoop(plek): bytes.fromhex(sleutel) for plek, sleutel in een["knopen"].items()}),
            )
            for een in inhoud["generaties"]
        ]
        vergeten = {bytes.fromhex(id_): op for id_, op in inhoud.get("vergeten", {}).items()}
        return cls(bytes.fromhex(inhoud["pseudoniem"]), generaties, vergeten)

    def __repr__(self) -> str:
        return f"Bos({len(self.generaties)} generaties)"


def partij(code: str) -> int:
    """The place of a party."""
    if code.isascii() and code.isdigit() and len(code) <= 8:
        return int(f"1{code}")
    return _ANDERS + int.from_bytes(sha256(code.encode()).digest()[:4], "big") % _ANDERS


def is_verzegeld(waarde: bytes) -> bool:
    """Whether a value is sealed."""
    return waarde.startswith(MERK + _DICHT)


def generatie_van(waarde: bytes) -> bytes:
    """With which generatie a sealed value was sealed."""
    return _generatie(waarde[:_KOP])


def opgenomen(waarde: bytes) -> bytes:
    """A value as it is kept in the open: as it is, unless it could be taken for another."""
    return MERK + _OPEN + waarde if waarde.startswith(MERK) else waarde


def gegeven(waarde: bytes) -> bytes:
    """What was kept in the open."""
    return waarde.removeprefix(MERK + _OPEN)


def _generatie(kop: bytes) -> bytes:
    return kop[len(MERK) + 1 :][:_GENERATIE]


def _wie(kop: bytes) -> Betrokkenen:
    plekken = kop[len(MERK) + 1 + _GENERATIE :]
    een, ander, client = (int.from_bytes(plekken[n * _PLEK :][:_PLEK], "big") for n in range(_PERSONEN))
    return een, ander, client


def _knoop(tekst: str) -> tuple[int, int]:
    diepte, _, plek = tekst.partition("/")
    return int(diepte), int(plek)
