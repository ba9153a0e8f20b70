"""Rules on the amounts of a declaratie (323) and of its answer (325): debet counts up, credit counts down."""

from collections.abc import Iterator

from ...levensloop.declaratie import CREDIT
from ...levensloop.rekenen.tekst import euro
from ...standaard.berichten.basis import BedragMetDC, TotaalBedragMetDC
from ...standaard.berichten.declaratie import Declaratie, DeclaratieAntwoord, Prestatie
from ..bevinding import Niveau, Overtreding
from ..kennis import Context
from ..regel import regel
from .prestatie import prestaties

_DECLARATIE_BEOORDEELD = {"0200", "8001"}
"""Codes on DeclaratieAntwoord that do not refuse the declaratie as a whole (IV087)."""

_GEEN_OPMERKING = {"0200"}


@regel(Niveau.BERICHT, "0001", "323 325", Declaratie, DeclaratieAntwoord, Prestatie)
def CS325(deel: Declaratie | DeclaratieAntwoord | Prestatie, context: Context) -> Iterator[Overtreding]:
    """DebetCredit is D als het bedrag of het totaalbedrag 0 is."""
    bedragen: list[tuple[str, BedragMetDC | TotaalBedragMetDC]]
    if isinstance(deel, Prestatie):
        bedragen = [("IngediendBedrag", deel.IngediendBedrag)]
    else:
        bedragen = [("TotaalIngediendBedrag", deel.TotaalIngediendBedrag)]
        if isinstance(deel, DeclaratieAntwoord):
            bedragen.append(("TotaalToegekendBedrag", deel.TotaalToegekendBedrag))
    for element, bedrag in bedragen:
        if bedrag.DebetCredit == CREDIT and saldo(bedrag) == 0:
            yield Overtreding(
                deel,
                f"{element}/DebetCredit",
                "DebetCredit is C bij een bedrag van 0.",
                "Gebruik D bij een bedrag van 0.",
            )


@regel(Niveau.BERICHT, "0001", "323", Declaratie)
def TR358(declaratie: Declaratie, context: Context) -> Iterator[Overtreding]:
    """TotaalIngediendBedrag is de som van IngediendBedrag over alle Prestaties: debet erbij, credit eraf.

    Een negatief saldo staat er als positief bedrag met DebetCredit C.
    """
    ingediend, som, berekening = saldo(declaratie.TotaalIngediendBedrag), *_som(declaratie)
    if ingediend != som:
        yield Overtreding(
            declaratie,
            "TotaalIngediendBedrag",
            f"TotaalIngediendBedrag is {euro(ingediend)}, maar de prestaties zijn samen {euro(som)}.",
            "Tel alle debetregels op, trek de creditregels af en vul de uitkomst.",
            berekening,
        )


@regel(Niveau.BERICHT, "0001", "325", DeclaratieAntwoord)
def TR342(antwoord: DeclaratieAntwoord, context: Context) -> Iterator[Overtreding]:
    """Een 325 bevat alleen afgewezen Prestaties: samen zijn zij TotaalIngediendBedrag min TotaalToegekendBedrag.

    Een Prestatie met alleen 0200 is niet afgewezen; met 0233 (niet beoordeeld, de Client is fout) wel. Debet telt erbij
    en credit eraf (afgeleid). Is de declaratie als geheel afgewezen, met een andere code dan 0200 of 8001, dan zijn er
    geen Prestaties en is TotaalToegekendBedrag 0 (IV087).
    """
    if not _DECLARATIE_BEOORDEELD.issuperset(antwoord.RetourCodes):
        codes = ", ".join(antwoord.RetourCodes)
        if antwoord.Clienten:
            yield Overtreding(
                antwoord,
                "Clienten",
                f"Er zijn prestaties opgenomen terwijl de declaratie als geheel is afgewezen ({codes}).",
                "Laat Clienten weg.",
            )
        if saldo(antwoord.TotaalToegekendBedrag):
            yield Overtreding(
                antwoord,
                "TotaalToegekendBedrag",
                f"TotaalToegekendBedrag is {euro(saldo(antwoord.TotaalToegekendBedrag))} terwijl de declaratie als geheel is "
                f"afgewezen ({codes}).",
                "Vul 0 met DebetCredit D.",
            )
        return
    for prestatie in prestaties(antwoord):
        if _GEEN_OPMERKING.issuperset(prestatie.RetourCodes):
            yield Overtreding(
                prestatie,
                "RetourCodes",
                f"Prestatie {prestatie.ProductReferentie.ReferentieNummer} is met 0200 niet afgewezen.",
                "Neem alleen afgewezen prestaties op, met de code van hun afwijzing.",
            )
    ingediend, toegekend = saldo(antwoord.TotaalIngediendBedrag), saldo(antwoord.TotaalToegekendBedrag)
    som, berekening = _som(antwoord)
    if ingediend - toegekend != som:
        yield Overtreding(
            antwoord,
            "TotaalToegekendBedrag",
            f"Ingediend {euro(ingediend)} min toegekend {euro(toegekend)} is {euro(ingediend - toegekend)}, maar de afgewezen "
            f"prestaties zijn samen {euro(som)}.",
            "Trek van TotaalIngediendBedrag alles af wat is afgewezen, en vul dat als TotaalToegekendBedrag.",
            berekening,
        )


def saldo(bedrag: BedragMetDC | TotaalBedragMetDC) -> int:
    """The amount in eurocent, below zero for credit."""
    waarde = bedrag.Bedrag if isinstance(bedrag, BedragMetDC) else bedrag.TotaalBedrag
    return -waarde if bedrag.DebetCredit == CREDIT else waarde


def _som(declaratie: Declaratie | DeclaratieAntwoord) -> tuple[int, tuple[str, ...]]:
    """All Prestaties together in eurocent, below zero for credit, and how that was added up."""
    bedragen = [saldo(prestatie.IngediendBedrag) for prestatie in prestaties(declaratie)]
    debet, credit = sum(b for b in bedragen if b > 0), -sum(b for b in bedragen if b < 0)
    return debet - credit, (
        f"Debet is samen {euro(debet)}, credit {euro(credit)}.",
        f"Debet min credit is {euro(debet - credit)}.",
    )
