"""Invoices of partners, checked and kept (contract, Money, Invoice check)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..hoofdaannemer import factuur
from ..hoofdaannemer.factuur import Controle, Factuurregel, Post
from ..hoofdaannemer.fouten import Bezwaar, Geweigerd
from ..hoofdaannemer.laden.lezen import Fout, lees
from ..hoofdaannemer.laden.soorten import SOORTEN
from ..hoofdaannemer.looptijd import Maand
from ..opslag import teller
from ..opslag.bureau import hoofdaannemers
from ..opslag.bureau import maandstaten as opslag
from ..opslag.database import momentopname
from ..tabellen.lezen import Tabel
from . import maandstaten
from .bureau import Bedrijfsbureau, Zitting, handelend
from .laden.overig import factuurregel


def uit_tabel(tabel: Tabel) -> tuple[list[Factuurregel], tuple[Fout, ...]]:
    """The lines in a file of the kind ``facturen``, and what is wrong with it."""
    gelezen = lees(tabel, SOORTEN["facturen"])
    return [factuurregel(rij) for rij in gelezen.rijen], gelezen.fouten


def controleer(
    bureau: Bedrijfsbureau, regels: Sequence[Factuurregel], nu: datetime, *, bewaar: bool = False
) -> tuple[Controle, dict[str, str]]:
    """Check an invoice; with ``bewaar`` keep it too, in the place of what had its number. Beside it the settings that it rests on.

    Raises ``Geweigerd`` when it is to be kept and names a partner that is not on the list.
    """
    if not bewaar:
        with momentopname(bureau.engine) as verbinding:
            return _controleer(Zitting(verbinding, bureau.code), regels)
    with handelend(bureau.engine, bureau.code) as zitting:
        vreemd = sorted({regel.post.partner for regel in regels} - zitting.afspraken.partners.keys())
        if vreemd:
            raise Geweigerd(
                Bezwaar("partner", f"Er is geen partner {code!r}.", "Kies een partner van de lijst.") for code in vreemd
            )
        uitkomst = _controleer(zitting, regels)
        hoofdaannemers.bewaar_facturen(
            zitting.verbinding, bureau.code, regels, teller.volgnummers(zitting.verbinding, 1)
        )
        return uitkomst


@dataclass(frozen=True, slots=True)
class Verschil:
    """A month of a partner that was invoiced otherwise than it comes to now: how much more was asked, in eurocent, over how many posts."""

    partner: str
    maand: Maand
    bedrag: int
    posten: int


def verschillen(zitting: Zitting) -> Iterator[Verschil]:
    """The months over which something was invoiced and kept, and in which that is not what the month gives now."""
    per_maand: dict[tuple[str, Maand], dict[Post, int]] = defaultdict(lambda: defaultdict(int))
    for regel in hoofdaannemers.facturen(zitting.verbinding, zitting.code):
        per_maand[regel.post.partner, regel.post.maand][regel.post] += regel.bedrag
    if not per_maand:
        return
    feiten = maandstaten.feiten(zitting)
    gefixeerd = opslag.gefixeerd(zitting.verbinding, zitting.code)
    for (partner, maand), gefactureerd in per_maand.items():
        deelmaand = gefixeerd.get((partner, maand), zitting.keuzes.deelmaand)
        nu = factuur.verwacht(feiten, partner, maand, (), deelmaand)
        anders = [
            bedrag for post in nu.keys() | gefactureerd if (bedrag := gefactureerd.get(post, 0) - nu.get(post, 0))
        ]
        if anders:
            yield Verschil(partner, maand, sum(anders), len(anders))


def _controleer(zitting: Zitting, regels: Sequence[Factuurregel]) -> tuple[Controle, dict[str, str]]:
    partners = {regel.post.partner for regel in regels}
    feiten = maandstaten.feiten(zitting, next(iter(partners)) if len(partners) == 1 else None)
    gefixeerd = {
        maand: opslag.van_maand(zitting.verbinding, zitting.code, maand)
        for maand in {regel.post.maand for regel in regels}
    }

    def geeft(partner: str, maand: Maand) -> dict[Post, int]:
        vast = [staat for staat in (gefixeerd[maand].get(partner),) if staat is not None]
        return factuur.verwacht(feiten, partner, maand, vast, zitting.keuzes.deelmaand)

    eerder = hoofdaannemers.facturen(zitting.verbinding, zitting.code, partners)
    return factuur.controleer(regels, eerder, geeft), zitting.keuzes.toon("deelmaand")
