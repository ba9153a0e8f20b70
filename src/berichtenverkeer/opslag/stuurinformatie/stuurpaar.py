"""Whose a fact of steering figures is: law, gemeente and aanbieder in one number, so that in an index all of a gemeente lies together."""

from functools import lru_cache
from typing import NamedTuple

from ...levensloop.dossier import Dossiersleutel
from ...standaard.domein import Domein
from ...stuurinformatie.spannen import Wie

_WETTEN = {Domein.IWMO: 1, Domein.IJW: 2}
PER_GEMEENTE = 10**8
"""How many numbers of ``paar`` a gemeente has under a law."""

PER_WET = 10**12
"""How many a law has."""


class Client(NamedTuple):
    """A client at a gemeente under a law."""

    domein: Domein
    gemeente: str
    bsn: str


def client_van(dossier: Dossiersleutel) -> Client:
    """Whose dossier it is."""
    return Client(dossier.domein, dossier.gemeente, dossier.bsn)


def slot(client: Client) -> str:
    """What who changes facts about a client locks."""
    return f"client/{client.domein}/{client.gemeente}/{client.bsn}"


@lru_cache(maxsize=10_000)
def paar(domein: Domein, gemeente: str, aanbieder: str) -> int:
    """Law, gemeente and aanbieder in one number: a digit, four, and eight.

    >>> paar(Domein.IJW, "0855", "99990001")
    2085599990001
    """
    return _WETTEN[domein] * PER_WET + int(gemeente) * PER_GEMEENTE + int(aanbieder)


def wie_van(dossier: Dossiersleutel) -> Wie:
    """Whose facts those of a dossier are."""
    return Wie(paar(dossier.domein, dossier.gemeente, dossier.aanbieder), int(dossier.bsn))


@lru_cache(maxsize=10_000)
def uit_paar(nummer: int) -> tuple[Domein, str, str]:
    """The law, gemeente and aanbieder of such a number.

    >>> uit_paar(2085599990001)
    (<Domein.IJW: 'ijw'>, '0855', '99990001')
    """
    return wet_van(nummer // PER_WET), f"{nummer // PER_GEMEENTE % 10**4:04}", f"{nummer % PER_GEMEENTE:08}"


def domein_van(nummer: int) -> Domein:
    """The law of such a number."""
    return uit_paar(nummer)[0]


def wet_van(cijfer: int) -> Domein:
    """The law of the first digit of such a number.

    >>> wet_van(1), wet_van(2)
    (<Domein.IWMO: 'iwmo'>, <Domein.IJW: 'ijw'>)
    """
    return next(domein for domein, wet in _WETTEN.items() if wet == cijfer)


def grenzen(domein: Domein, gemeente: str) -> tuple[int, int]:
    """The least and the greatest number of a gemeente under a law."""
    eerste = paar(domein, gemeente, "0")
    return eerste, eerste + PER_GEMEENTE - 1


def dossier_van(nummer: int, bsn: int) -> Dossiersleutel:
    """The dossier of such a number and a Bsn."""
    return Dossiersleutel(*uit_paar(nummer), f"{bsn:09}")
