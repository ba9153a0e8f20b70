"""Rules on a 325 against the 323 it answers. Nothing answers a 325 in turn: what is found is for both parties to see.

When the 323 is not known only TR337 says so; the others have nothing to compare with.
"""

from collections.abc import Iterator

from ...levensloop.declaratie import Declaratieregel, Verschil
from ...standaard.berichten.basis import XsdVersie
from ...standaard.berichten.declaratie import Bericht325, Client323, DeclaratieAntwoord, Prestatie
from ...standaard.berichten.kop import DeclaratieAntwoordHeader
from ..bevinding import Niveau, Overtreding
from ..declaratiekennis import EerdereDeclaratie
from ..kennis import Kennis
from ..regel import regel


@regel(Niveau.BERICHTOVERSTIJGEND, None, "325", DeclaratieAntwoordHeader)
def TR337(header: DeclaratieAntwoordHeader, kennis: Kennis) -> Iterator[Overtreding]:
    """DeclaratieIdentificatie is de BerichtIdentificatie, met Dagtekening, van een 323 dat eerder is ontvangen.

    Dat is een 323 van de Ontvanger aan de Afzender (afgeleid).
    """
    if _declaratie(kennis) is None:
        identificatie = header.DeclaratieIdentificatie
        yield Overtreding(
            header,
            "DeclaratieIdentificatie",
            f"Er is geen declaratie {identificatie.Identificatie} van {identificatie.Dagtekening}.",
            "Neem de BerichtIdentificatie van het 323 ongewijzigd over; is er geen 323 van deze aanbieder, stuur dan geen 325.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, None, "325", DeclaratieAntwoordHeader)
def TR371(header: DeclaratieAntwoordHeader, kennis: Kennis) -> Iterator[Overtreding]:
    """XsdVersieDeclaratie is de XsdVersie van het 323 dat DeclaratieIdentificatie aanwijst."""
    declaratie = _declaratie(kennis)
    if declaratie is not None and header.XsdVersieDeclaratie != declaratie.bericht.Header.XsdVersie:
        yield Overtreding(
            header,
            "XsdVersieDeclaratie",
            f"XsdVersieDeclaratie {_versies(header.XsdVersieDeclaratie)} is niet de XsdVersie van de declaratie, "
            f"{_versies(declaratie.bericht.Header.XsdVersie)}.",
            "Neem XsdVersie van het 323 ongewijzigd over.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, None, "325", DeclaratieAntwoord)
def TR376(antwoord: DeclaratieAntwoord, kennis: Kennis) -> Iterator[Overtreding]:
    """DeclaratieNummer is dat van het 323 dat DeclaratieIdentificatie aanwijst."""
    declaratie = _declaratie(kennis)
    if declaratie is not None and antwoord.DeclaratieNummer != declaratie.bericht.Declaratie.DeclaratieNummer:
        yield Overtreding(
            antwoord,
            "DeclaratieNummer",
            f"DeclaratieNummer {antwoord.DeclaratieNummer} is niet dat van de declaratie, "
            f"{declaratie.bericht.Declaratie.DeclaratieNummer}.",
            "Neem DeclaratieNummer van het 323 ongewijzigd over.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9366", "325", Client323)
def TR366(client: Client323, kennis: Kennis) -> Iterator[Overtreding]:
    """Iedere Prestatie staat met haar ProductReferentie bij dezelfde cliënt in het 323 dat wordt beantwoord."""
    for prestatie, gedeclareerd in _naast_declaratie(client, kennis):
        if gedeclareerd is None:
            yield Overtreding(
                prestatie,
                "ProductReferentie",
                f"Prestatie {prestatie.ProductReferentie.ReferentieNummer} staat bij deze cliënt niet in de declaratie.",
                "Neem afgewezen prestaties ongewijzigd over uit het 323.",
            )


@regel(Niveau.BERICHTOVERSTIJGEND, "9367", "325", Client323)
def TR367(client: Client323, kennis: Kennis) -> Iterator[Overtreding]:
    """Alle elementen van een Prestatie zijn gelijk aan die in het 323 met dezelfde ProductReferentie.

    De bron noemt geen element (tegenstrijdigheid 10).
    """
    for prestatie, gedeclareerd in _naast_declaratie(client, kennis):
        for element, hier, daar in _verschillen(prestatie, gedeclareerd) if gedeclareerd else ():
            yield Overtreding(
                prestatie,
                element,
                f"{element.rpartition('/')[2]} {_waarde(hier)} is niet die in de declaratie, {_waarde(daar)}.",
                "Neem afgewezen prestaties ongewijzigd over uit het 323.",
            )


def _declaratie(kennis: Kennis) -> EerdereDeclaratie | None:
    """The 323 that a 325 names, if it was received."""
    assert isinstance(kennis.bericht, Bericht325)
    declaratie = kennis.declaratie.declaratie
    genoemd = kennis.bericht.Header.DeclaratieIdentificatie
    if declaratie is None or declaratie.bericht.Header.BerichtIdentificatie != genoemd:
        return None
    return declaratie


def _naast_declaratie(client: Client323, kennis: Kennis) -> Iterator[tuple[Prestatie, Prestatie | None]]:
    """Every Prestatie of a client beside the same one in the 323."""
    declaratie = _declaratie(kennis)
    if declaratie is not None:
        for prestatie in client.Prestaties:
            yield prestatie, declaratie.prestaties.get((client.Bsn, prestatie.ProductReferentie))


def _verschillen(prestatie: Prestatie, gedeclareerd: Prestatie) -> Iterator[Verschil]:
    hier, daar = Declaratieregel.van(prestatie), Declaratieregel.van(gedeclareerd)
    yield from hier.verschillen(daar)
    if hier.debet_credit != daar.debet_credit:
        yield Verschil("IngediendBedrag/DebetCredit", hier.debet_credit, daar.debet_credit)


def _waarde(waarde: object) -> str:
    return "leeg" if waarde is None else str(waarde)


def _versies(versie: XsdVersie) -> str:
    return f"{versie.BasisschemaXsdVersie} en {versie.BerichtXsdVersie}"
