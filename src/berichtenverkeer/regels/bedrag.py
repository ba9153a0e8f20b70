"""Rules on the amounts of a declaratie (323) and of its answer (325): debet counts up, credit counts down."""

from collections.abc import Iterator

from ..standaard.berichten.basis import BedragMetDC, TotaalBedragMetDC
from ..standaard.berichten.declaratie import Declaratie, DeclaratieAntwoord, Prestatie
from .bevinding import Niveau, Overtreding
from .kennis import Context
from .prestatie import CREDIT, prestaties
from .regel import regel

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
    verschil = saldo(declaratie.TotaalIngediendBedrag) - sum(saldo(p.IngediendBedrag) for p in prestaties(declaratie))
    if verschil:
        yield Overtreding(
            declaratie,
            "TotaalIngediendBedrag",
            f"TotaalIngediendBedrag wijkt {_eurocent(verschil)} af van de som van de prestaties.",
            "Tel alle debetregels op, trek de creditregels af en vul de uitkomst.",
        )


@regel(Niveau.BERICHT, "0001", "325", DeclaratieAntwoord)
def TR342(antwoord: DeclaratieAntwoord, context: Context) -> Iterator[Overtreding]:
    """Een 325 bevat alleen afgewezen Prestaties: samen zijn zij TotaalIngediendBedrag min TotaalToegekendBedrag.

    Een Prestatie met alleen 0200 is niet afgewezen; met 0233 (niet beoordeeld, de Client is fout) wel. Debet telt erbij
    en credit eraf (afgeleid). Is de declaratie als geheel afgewezen, met een andere code dan 0200 of 8001, dan zijn er
    geen Prestaties en is TotaalToegekendBedrag 0 (IV087).
    """
    if not _DECLARATIE_BEOORDEELD.issuperset(antwoord.RetourCodes):
        if antwoord.Clienten:
            yield Overtreding(
                antwoord,
                "Clienten",
                "Er zijn prestaties opgenomen terwijl de declaratie als geheel is afgewezen.",
                "Laat Clienten weg.",
            )
        if saldo(antwoord.TotaalToegekendBedrag):
            yield Overtreding(
                antwoord,
                "TotaalToegekendBedrag",
                "TotaalToegekendBedrag is niet 0 terwijl de declaratie als geheel is afgewezen.",
                "Vul 0 met DebetCredit D.",
            )
        return
    for prestatie in prestaties(antwoord):
        if _GEEN_OPMERKING.issuperset(prestatie.RetourCodes):
            yield Overtreding(
                prestatie,
                "RetourCodes",
                "Deze prestatie is niet afgewezen.",
                "Neem alleen afgewezen prestaties op, met de code van hun afwijzing.",
            )
    afgewezen = saldo(antwoord.TotaalIngediendBedrag) - saldo(antwoord.TotaalToegekendBedrag)
    verschil = afgewezen - sum(saldo(p.IngediendBedrag) for p in prestaties(antwoord))
    if verschil:
        yield Overtreding(
            antwoord,
            "TotaalToegekendBedrag",
            f"Ingediend min toegekend wijkt {_eurocent(verschil)} af van de som van de afgewezen prestaties.",
            "Trek van TotaalIngediendBedrag alles af wat is afgewezen, en vul dat als TotaalToegekendBedrag.",
        )


def saldo(bedrag: BedragMetDC | TotaalBedragMetDC) -> int:
    """The amount in eurocent, below zero for credit."""
    waarde = bedrag.Bedrag if isinstance(bedrag, BedragMetDC) else bedrag.TotaalBedrag
    return -waarde if bedrag.DebetCredit == CREDIT else waarde


def _eurocent(bedrag: int) -> str:
    return f"{abs(bedrag)} eurocent"
