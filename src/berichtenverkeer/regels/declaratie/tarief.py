"""TR418: the tariff of a Prestatie is the one that was agreed (IV081)."""

from collections.abc import Iterator
from datetime import date

from ...levensloop.declaratie import CREDIT
from ...levensloop.rekenen.bedrag import product_tarief
from ...levensloop.rekenen.eenheid import Eenheid
from ...levensloop.rekenen.tekst import per
from ...standaard.berichten.declaratie import Prestatie
from ..bevinding import Niveau, Overtreding
from ..contract import Contract
from ..kennis import Kennis
from ..regel import regel


@regel(Niveau.BERICHTOVERSTIJGEND, "0611", "323", Prestatie)
def TR418(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """ProductTarief is het contractuele tarief van de ProductCode, per Eenheid, op ProductPeriode/Begindatum.

    Gedeclareerd in minuten (01) terwijl per uur (04) is afgesproken: het uurtarief gedeeld door 60, rekenkundig afgerond
    op hele eurocenten (IV081). De regel staat bij berichtoverstijgend, al komt het tarief uit het contract
    (tegenstrijdigheid 12). Bij Eenheid 83 (euro's) is er geen tarief. Is er op die dag geen enkel tarief van deze code
    bekend, dan valt er niets te toetsen; is er wel een, maar voor een andere Eenheid, dan is deze Eenheid niet afgesproken
    en is het tarief fout (afgeleid). Een creditregel wordt niet getoetst (afgeleid): die is een kopie van de goedgekeurde
    debetregel (TR323), ook als het tarief daarna met terugwerkende kracht is gewijzigd.
    """
    code, eenheid, dag = prestatie.ProductCode, prestatie.Eenheid, prestatie.ProductPeriode.Begindatum
    if eenheid == Eenheid.EURO or prestatie.IngediendBedrag.DebetCredit == CREDIT:
        return
    if not kennis.contract.eenheden_met_tarief(code, dag):
        return
    tarief, berekening = afgesproken(kennis.contract, prestatie)
    if tarief is None:
        yield Overtreding(
            prestatie,
            "ProductTarief",
            f"ProductTarief {prestatie.ProductTarief} is niet afgesproken: productcode {code} heeft op {dag} geen tarief voor "
            f"Eenheid {eenheid}.",
            f"Declareer in een eenheid waarvoor een tarief is afgesproken: {_afgesproken_per(kennis.contract, code, dag)}.",
        )
    elif prestatie.ProductTarief != tarief:
        yield Overtreding(
            prestatie,
            "ProductTarief",
            f"ProductTarief {prestatie.ProductTarief} is niet het afgesproken tarief van {tarief} eurocent voor productcode "
            f"{code} per Eenheid {eenheid} op {dag}.",
            f"Declareer met {tarief} eurocent, of vraag de gemeente welk tarief in haar contract staat.",
            berekening,
        )


def _afgesproken_per(contract: Contract, code: str, dag: date) -> str:
    """For which Eenheden there is a tariff."""
    return " of ".join(f"{eenheid} ({per(eenheid)})" for eenheid in contract.eenheden_met_tarief(code, dag))


def afgesproken(contract: Contract, prestatie: Prestatie) -> tuple[int | None, tuple[str, ...]]:
    """The tariff in eurocent for the Eenheid that is declared in, and how it was reckoned."""
    code, dag = prestatie.ProductCode, prestatie.ProductPeriode.Begindatum
    tarief = contract.tarief(code, prestatie.Eenheid, dag)
    if tarief is not None or prestatie.Eenheid != Eenheid.MINUUT:
        return tarief, ()
    uurtarief = contract.tarief(code, Eenheid.UUR, dag)
    if uurtarief is None:
        return None, ()
    per_minuut = product_tarief(uurtarief, Eenheid.UUR, Eenheid.MINUUT)
    return per_minuut.waarde, per_minuut.stappen
