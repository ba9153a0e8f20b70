"""For what a tariff is: of the contract, or as a person gave it (IV081)."""

from datetime import date

from ...levensloop.rekenen.eenheid import Eenheid, factor
from ...levensloop.rekenen.tekst import euro
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ..opstellen.voorstel import Keuze, Vraag
from .grondslag import Grondslag

_MINUUT_OF_UUR = (Eenheid.MINUUT, Eenheid.UUR)


def contracttarief(g: Grondslag, code: str, eenheid: str, dag: date) -> tuple[int, str] | None:
    """The tariff of the contract in eurocent and for what: the Eenheid itself, or for minutes an hour."""
    for soort in (eenheid, Eenheid.UUR):
        tarief = g.contract.tarief(code, soort, dag)
        if tarief is not None and factor(soort, eenheid):
            return tarief, soort
    return None


def eenheid_van_tarief(g: Grondslag, product: ToegewezenProduct, code: str, eenheid: str, dag: date) -> str | None:
    """For what a tariff is that somebody gave without saying so, when ``eenheid`` is declared.

    Minutes alone leave a doubt: an hour or a minute. The contract tells it, or else a toewijzing in hours; None when neither
    does, since one of the two is sixty times too much.
    """
    if eenheid != Eenheid.MINUUT:
        return eenheid
    bekend = [soort for soort in g.contract.eenheden_met_tarief(code, dag) if soort in _MINUUT_OF_UUR]
    if len(bekend) == 1:
        return bekend[0]
    in_uren = not bekend and product.Omvang is not None and product.Omvang.Eenheid == Eenheid.UUR
    return Eenheid.UUR if in_uren else None


def vraag_eenheid(tarief: int) -> Vraag:
    """The question that is left then."""
    keuzes = (Keuze(Eenheid.UUR, f"{euro(tarief)} per uur"), Keuze(Eenheid.MINUUT, f"{euro(tarief)} per minuut"))
    return Vraag("tarief_eenheid", f"Is {euro(tarief)} het tarief per uur of per minuut?", keuzes)
