"""What partners may invoice over a month, and fixing it (contract, Money).

The inzetten, tariffs, numbers and fixed maandstaten are each read once, however many partners there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..hoofdaannemer import maandstaat
from ..hoofdaannemer.fouten import geweigerd
from ..hoofdaannemer.keuzes import Deelmaand
from ..hoofdaannemer.looptijd import Maand
from ..hoofdaannemer.maandstaat import Feiten, Maandstaat, Samenvatting
from ..opslag.bureau import hoofdaannemers, inzetten
from ..opslag.bureau import maandstaten as opslag
from ..opslag.database import momentopname
from .bureau import Bedrijfsbureau, Zitting, handelend
from .partner import Balie


@dataclass(frozen=True, slots=True)
class Grondslag:
    """What a month that was not fixed is reckoned from: the facts, what was fixed by partner, and the rule for part of a month."""

    feiten: Feiten
    vast: Mapping[str, list[Samenvatting]]
    deelmaand: Deelmaand

    def partners(self) -> list[str]:
        """Who has an inzet, or had a month fixed."""
        return sorted(self.feiten.partners | self.vast.keys())


def grondslag(zitting: Zitting, partner: str | None = None) -> Grondslag:
    """That of all partners, or of one: each partner is reckoned by itself."""
    vast = opslag.samengevat(zitting.verbinding, zitting.code, partner)
    return Grondslag(feiten(zitting, partner), vast, zitting.keuzes.deelmaand)


def feiten(zitting: Zitting, partner: str | None = None) -> Feiten:
    """The facts, of all partners or of one."""
    ingezet = inzetten.van_hoofdaannemer(zitting.verbinding, zitting.segmenten, zitting.code, partner)
    geleverd = hoofdaannemers.geleverd(zitting.verbinding, zitting.code)
    return Feiten(tuple(ingezet.values()), zitting.tarieven, geleverd)


def maandstaten(
    bureau: Bedrijfsbureau, maand: Maand, partner: str | None = None
) -> tuple[list[Maandstaat], dict[str, str]]:
    """The maandstaten of a month that have something on them or were fixed, by partner; and the settings that they rest on."""
    with momentopname(bureau.engine) as verbinding:
        zitting = Zitting(verbinding, bureau.code)
        return _van_maand(zitting, maand, partner), zitting.keuzes.toon("deelmaand")


def voor_partner(balie: Balie, maand: Maand, hoofdaannemer: str | None = None) -> list[tuple[str, Maandstaat]]:
    """The maandstaten of a month of the partner that comes here, each with whose it is: of every hoofdaannemer that passed something on
    to it or fixed a month for it, or of one."""
    with momentopname(balie.engine) as verbinding:
        wie = {*inzetten.hoofdaannemers_van(verbinding, balie.code), *opslag.vastgesteld_door(verbinding, balie.code)}
        return [
            (code, staat)
            for code in sorted(wie if hoofdaannemer is None else wie & {hoofdaannemer})
            for staat in _van_maand(Zitting(verbinding, code), maand, balie.code)
        ]


def _van_maand(zitting: Zitting, maand: Maand, partner: str | None) -> list[Maandstaat]:
    basis = grondslag(zitting, partner)
    gefixeerd = opslag.van_maand(zitting.verbinding, zitting.code, maand, partner)
    staten = [
        gefixeerd.get(code) or maandstaat.maak_op(basis.feiten, code, maand, basis.vast.get(code, ()), basis.deelmaand)
        for code in basis.partners()
    ]
    return [staat for staat in staten if staat.nummer or not staat.leeg]


def stel_vast(bureau: Bedrijfsbureau, maand: Maand, partner: str, wie: str, nu: datetime) -> Maandstaat:
    """Fix the maandstaat of a partner and month. Raises ``Botsing`` when it was fixed before, ``Geweigerd`` for a month that is not over
    and for an unknown partner."""
    with handelend(bureau.engine, bureau.code) as zitting:
        basis = grondslag(zitting, partner)
        if partner not in zitting.afspraken.partners and partner not in basis.partners():
            raise geweigerd("partner", f"Er is geen partner {partner!r}.", "Kies een partner van de lijst.")
        staat = maandstaat.stel_vast(
            basis.feiten, partner, maand, basis.vast.get(partner, ()), basis.deelmaand, nu.date()
        )
        opslag.stel_vast(zitting.verbinding, bureau.code, staat, wie, nu)
        return staat
