"""Rules on a 323 against earlier ones: its DeclaratieNummer, its DeclaratiePeriode, its ReferentieNummers."""

from collections.abc import Iterator

from ...standaard.berichten.declaratie import Declaratie
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import regel
from .prestatie import prestaties


@regel(Niveau.BERICHTOVERSTIJGEND, "9333", "323", Declaratie)
def TR333(declaratie: Declaratie, kennis: Kennis) -> Iterator[Overtreding]:
    """DeclaratieNummer is uniek voor de aanbieder binnen het wettelijk domein, over alle gemeenten heen.

    Een 323 die als geheel is afgekeurd geldt als niet verzonden en heeft zijn nummer niet verbruikt (afgeleid).
    """
    if kennis.declaratie.nummer_bekend:
        yield Overtreding(
            declaratie,
            "DeclaratieNummer",
            f"DeclaratieNummer {declaratie.DeclaratieNummer} is al gebruikt in een eerdere declaratie.",
            "Geef de declaratie een nieuw nummer; een declaratie die al is ontvangen hoeft niet nog eens.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "8214", "323", Declaratie)
def TR318(declaratie: Declaratie, kennis: Kennis) -> Iterator[Overtreding]:
    """DeclaratiePeriode sluit aan op de vorige van deze aanbieder bij deze gemeente: de maand daarna, of dezelfde maand.

    Een maand vóór de laatst ingediende mag niet (IV090). Een maand overslaan mag als er toen niet is geleverd; dat wordt
    afgelezen uit start en stop, tenzij de instelling overgeslagen-maand op uit staat. Een start zonder stop telt tot de
    Einddatum van haar toewijzing (afgeleid). Een 323 die als geheel is afgekeurd telt niet als ingediend (afgeleid).
    """
    begin, laatste = declaratie.DeclaratiePeriode.Begindatum, kennis.declaratie.laatste_periode
    if laatste is None:
        return
    if begin < laatste:
        yield Overtreding(
            declaratie,
            "DeclaratiePeriode/Begindatum",
            f"Begindatum {begin} ligt vóór die van de laatst ingediende DeclaratiePeriode, {laatste}.",
            f"Declareer oudere levering met haar eigen ProductPeriode in de DeclaratiePeriode van {laatste} of een latere.",
        )
        return
    gemist = sorted(maand for maand in kennis.declaratie.geleverd if laatste < maand < begin)
    if gemist and kennis.contract.keuze("overgeslagen-maand") == "levering":
        yield Overtreding(
            declaratie,
            "DeclaratiePeriode/Begindatum",
            f"Begindatum {begin} slaat na {laatste} een maand over waarin wel is geleverd: die van {gemist[0]}.",
            "Declareer de maanden op volgorde; een maand zonder levering mag ontbreken.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "8021", "323", Declaratie)
def TR314(declaratie: Declaratie, kennis: Kennis) -> Iterator[Overtreding]:
    """ReferentieNummer van een Prestatie is uniek voor de aanbieder binnen het wettelijk domein: in het bericht en over
    alle eerdere berichten.

    Staat een nummer meermaals in het bericht, dan is de eerste Prestatie de rechtmatige en zijn de andere fout (afgeleid).
    Ook een afgewezen Prestatie heeft haar nummer verbruikt: opnieuw indienen vraagt een nieuw (afgeleid). De Prestaties
    van een 323 die als geheel is afgekeurd gelden als niet verzonden (afgeleid).
    """
    gezien: set[str] = set()
    for prestatie in prestaties(declaratie):
        nummer = prestatie.ProductReferentie.ReferentieNummer
        if nummer in gezien or nummer in kennis.declaratie.referenties_bekend:
            waar = "een eerdere declaratie" if nummer in kennis.declaratie.referenties_bekend else "dit bericht"
            yield Overtreding(
                prestatie,
                "ProductReferentie/ReferentieNummer",
                f"ReferentieNummer {nummer} is al gebruikt in {waar}.",
                "Geef iedere prestatie een nieuw ReferentieNummer, ook als een eerdere is afgewezen.",
            )
        gezien.add(nummer)
