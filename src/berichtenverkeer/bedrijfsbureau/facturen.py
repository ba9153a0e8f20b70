"""Invoices of partners, checked and kept (contract, Money, Invoice check)."""

from collections.abc import Sequence
from datetime import datetime

from ..hoofdaannemer import factuur
from ..hoofdaannemer.factuur import Controle, Factuurregel, Post
from ..hoofdaannemer.fouten import Bezwaar, Geweigerd
from ..hoofdaannemer.laden.lezen import Fout, lees
from ..hoofdaannemer.laden.soorten import SOORTEN
from ..hoofdaannemer.looptijd import Maand
from ..opslag import hoofdaannemers, teller
from ..opslag.database import momentopname
from ..tabellen.lezen import Tabel
from .bureau import Bureau, Zitting, handelend
from .laden.overig import factuurregel
from .maandstaten import grondslag


def uit_tabel(tabel: Tabel) -> tuple[list[Factuurregel], tuple[Fout, ...]]:
    """The lines in a file of the kind ``facturen``, and what is wrong with it."""
    gelezen = lees(tabel, SOORTEN["facturen"])
    return [factuurregel(rij) for rij in gelezen.rijen], gelezen.fouten


def controleer(
    bureau: Bureau, regels: Sequence[Factuurregel], nu: datetime, *, bewaar: bool = False
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


def _controleer(zitting: Zitting, regels: Sequence[Factuurregel]) -> tuple[Controle, dict[str, str]]:
    partners = {regel.post.partner for regel in regels}
    basis = grondslag(zitting, next(iter(partners)) if len(partners) == 1 else None)

    def geeft(partner: str, maand: Maand) -> dict[Post, int]:
        return factuur.verwacht(basis.feiten, partner, maand, basis.vast.get(partner, []), basis.deelmaand)

    eerder = hoofdaannemers.facturen(zitting.verbinding, zitting.code, partners)
    return factuur.controleer(regels, eerder, geeft), zitting.keuzes.toon("deelmaand")
