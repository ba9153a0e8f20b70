"""Rules on the Client and on a Relatie: Bsn, birth date, name, communication; whether the Client is known."""

from collections.abc import Iterator
from datetime import date

from ...levensloop.dossier import Dossier
from ...standaard.berichten.declaratie import Client323
from ...standaard.berichten.start import Client305
from ...standaard.berichten.stop import Client307
from ...standaard.berichten.toewijzing import Client301, Relatie
from ...standaard.berichten.verzoek_om_toewijzing import Client315
from ...standaard.berichten.verzoek_om_wijziging import Client317
from ...standaard.bsn import voldoet
from ..bevinding import Niveau, Overtreding
from ..gevuld import precies_als
from ..kennis import Context, Kennis
from ..regel import regel
from .datums import jaren_eerder

_MET_GEBOORTEDATUM = (Client301, Relatie, Client305, Client307, Client315)
_MetGeboortedatum = Client301 | Relatie | Client305 | Client307 | Client315
_MetBsn = Client301 | Client305 | Client307 | Client315 | Client317 | Client323

ONBEKEND = date(1900, 1, 1)
"""The date that, with DatumGebruik 3, stands for an unknown date of birth (CS139)."""


@regel(
    Niveau.BERICHT, "0001", "301 305 307 315 317 323 325",
    Client301, Client305, Client307, Client315, Client317, Client323,
)  # fmt: skip
def CS002(client: _MetBsn, context: Context) -> Iterator[Overtreding]:
    """Bsn voldoet aan de 11-proef: (9·c1 + 8·c2 + … + 2·c8 − 1·c9) is deelbaar door 11."""
    if not voldoet(client.Bsn):
        yield Overtreding(
            client,
            "Bsn",
            "Bsn voldoet niet aan de 11-proef.",
            "Controleer het Bsn bij de cliënt of in de basisregistratie.",
        )


@regel(Niveau.BERICHT, "0001", "301 305 307 315", *_MET_GEBOORTEDATUM)
def TR002(persoon: _MetGeboortedatum, context: Context) -> Iterator[Overtreding]:
    """Geboortedatum/Datum ligt hoogstens 120 jaar vóór Dagtekening; precies 120 jaar mag.

    Niet getoetst als de datum onbekend is: DatumGebruik 3 én Datum 01-01-1900, beide. Geldt ook voor een Relatie.
    """
    geboorte = persoon.Geboortedatum
    if geboorte is None or (geboorte.DatumGebruik == "3" and geboorte.Datum == ONBEKEND):
        return
    if geboorte.Datum < jaren_eerder(context.dagtekening, 120):
        yield Overtreding(
            persoon,
            "Geboortedatum/Datum",
            f"Geboortedatum ligt meer dan 120 jaar vóór Dagtekening {context.dagtekening}.",
            "Controleer de geboortedatum; is die onbekend, gebruik dan 1900-01-01 met DatumGebruik 3.",
        )


@regel(Niveau.BERICHT, "0001", "301 305 307 315", *_MET_GEBOORTEDATUM)
def CS139(persoon: _MetGeboortedatum, context: Context) -> Iterator[Overtreding]:
    """DatumGebruik en Datum passen bij elkaar: 3 → 01-01-1900; 2 → 1 januari; 1 → de eerste van de maand.

    Zonder DatumGebruik is er geen beperking.
    """
    geboorte = persoon.Geboortedatum
    if geboorte is None or geboorte.DatumGebruik is None:
        return
    past = {
        "1": geboorte.Datum.day == 1,
        "2": (geboorte.Datum.month, geboorte.Datum.day) == (1, 1),
        "3": geboorte.Datum == ONBEKEND,
    }
    if not past[geboorte.DatumGebruik]:
        yield Overtreding(
            persoon,
            "Geboortedatum/DatumGebruik",
            f"DatumGebruik {geboorte.DatumGebruik} past niet bij de geboortedatum.",
            "Gebruik bij 1 de eerste van de maand, bij 2 de eerste januari en bij 3 1900-01-01, of laat DatumGebruik weg.",
        )


@regel(Niveau.BERICHT, "0001", "301", Client301, Relatie)
def CS050(persoon: Client301 | Relatie, context: Context) -> Iterator[Overtreding]:
    """Met Partnernaam is NaamGebruik 1, 2, 3 of 4; zonder Partnernaam 1 (persoon) of 6 (organisatie, IV045)."""
    naam = persoon.Naam
    toegestaan = ("1", "2", "3", "4") if naam.Partnernaam else ("1", "6")
    if naam.NaamGebruik not in toegestaan:
        yield Overtreding(
            persoon,
            "Naam/NaamGebruik",
            f"NaamGebruik {naam.NaamGebruik} past niet bij een naam {'met' if naam.Partnernaam else 'zonder'} Partnernaam.",
            f"Toegestaan is hier {', '.join(toegestaan)}.",
        )


@regel(Niveau.BERICHT, "0001", "301", Client301)
def CS318(client: Client301, context: Context) -> Iterator[Overtreding]:
    """NaamGebruik 6 (niet-natuurlijk persoon) mag niet voor een Client; wel voor een Relatie."""
    if client.Naam.NaamGebruik == "6":
        yield Overtreding(
            client,
            "Naam/NaamGebruik",
            "NaamGebruik 6 is voor een organisatie; een Client is een persoon.",
            "Gebruik 1, of bij een Partnernaam 1, 2, 3 of 4.",
        )


@regel(Niveau.BERICHT, "0001", "301", Client301)
def CD007(client: Client301, context: Context) -> Iterator[Overtreding]:
    """Communicatie/Taal is gevuld als Vorm 1 (tolk taal) is, en anders leeg."""
    communicatie = client.Communicatie
    if communicatie is not None:
        yield from precies_als(
            communicatie.Vorm == "1",
            communicatie.Taal,
            client,
            "Communicatie/Taal",
            ontbreekt=(
                "Taal ontbreekt bij communicatievorm 1 (tolk taal).",
                "Vul de taal waarvoor een tolk nodig is.",
            ),
            overbodig=(
                f"Taal is gevuld bij communicatievorm {communicatie.Vorm}, niet 1 (tolk taal).",
                "Laat Taal weg, of gebruik Vorm 1.",
            ),
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "8187", "317 323 325", Client317, Client323)
def TR304(client: Client317 | Client323, kennis: Kennis) -> Iterator[Overtreding]:
    """Bsn is dat van een bekende cliënt: de gemeente heeft voor dit Bsn een toewijzing aan deze aanbieder gestuurd.

    Wat de gemeente aan anderen toewees telt niet mee, want de aanbieder mag dat niet weten (afgeleid). Een verlopen of
    verwijderde toewijzing telt wel mee (afgeleid): de cliënt is bekend, en wat er aan de toewijzing mankeert zeggen TR350,
    TR351 en TR384. In een 325 is een cliënt ook bekend als het 323 dat wordt beantwoord hem heeft: daarover gaat het antwoord,
    ook als dat 8187 is (afgeleid).
    """
    dossier = kennis.dossier if isinstance(client, Client317) else kennis.clienten.get(client.Bsn, Dossier())
    if not dossier.toewijzingen and not _gedeclareerd(client.Bsn, kennis):
        yield Overtreding(
            client,
            "Bsn",
            "Er is van deze gemeente aan deze aanbieder geen toewijzing bekend voor deze cliënt.",
            "Controleer het Bsn en de gemeente; zonder toewijzing kan een 315 (verzoek om toewijzing) de weg zijn."
            if isinstance(client, Client317)
            else "Controleer het Bsn en de gemeente, of wacht op het toewijzingsbericht.",
        )


def _gedeclareerd(nummer: str, kennis: Kennis) -> bool:
    """Whether the 323 that a 325 answers has this client."""
    return kennis.declaratie.declaratie is not None and nummer in kennis.declaratie.declaratie.bsns
