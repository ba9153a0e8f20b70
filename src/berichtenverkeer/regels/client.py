"""Rules on the Client and on a Relatie: Bsn, birth date, name, communication."""

import re
from collections.abc import Iterator
from datetime import date

from stdnum.nl import bsn

from ..standaard.berichten.declaratie import Client323
from ..standaard.berichten.start import Client305
from ..standaard.berichten.stop import Client307
from ..standaard.berichten.toewijzing import Client301, Contact, Relatie
from ..standaard.berichten.verzoek_om_toewijzing import Client315
from ..standaard.berichten.verzoek_om_wijziging import Client317
from .bevinding import Niveau, Overtreding
from .kennis import Context
from .regel import regel

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
    if not bsn.is_valid(client.Bsn):
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
    if geboorte.Datum < _jaren_eerder(context.dagtekening, 120):
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
    if communicatie is None or (communicatie.Vorm == "1") == (communicatie.Taal is not None):
        return
    if communicatie.Taal is None:
        melding, advies = (
            "Taal ontbreekt bij communicatievorm 1 (tolk taal).",
            "Vul de taal waarvoor een tolk nodig is.",
        )
    else:
        melding, advies = (
            f"Taal is gevuld bij communicatievorm {communicatie.Vorm}.",
            "Laat Taal weg, of gebruik Vorm 1.",
        )
    yield Overtreding(client, "Communicatie/Taal", melding, advies)


@regel(Niveau.BERICHT, "0001", "301", Contact)
def TR006(contact: Contact, context: Context) -> Iterator[Overtreding]:
    """Elke Contact heeft Telefoon, of een Adres met zowel Huis als Postcode, of beide."""
    adres = contact.Adres
    if contact.Telefoon is None and (adres is None or adres.Huis is None or adres.Postcode is None):
        yield Overtreding(
            contact,
            "Telefoon",
            "Contact heeft geen Telefoon en geen Adres met Huis en Postcode.",
            "Vul Telefoon, of vul in Adres zowel Huis als Postcode.",
        )


@regel(Niveau.BERICHT, "0001", "301", Client301)
def TR061(client: Client301, context: Context) -> Iterator[Overtreding]:
    """Een Client heeft minstens één Contact met Soort 01 (BRP), 02 (correspondentie) of 03 (verblijf).

    Alleen Soort 04 (tijdelijk verblijfadres) is niet genoeg.
    """
    if not any(contact.Soort in ("01", "02", "03") for contact in client.Contactgegevens):
        yield Overtreding(
            client,
            "Contactgegevens",
            "Er is geen adres met Soort 01, 02 of 03.",
            "Neem een BRP-, correspondentie- of verblijfadres op.",
        )


@regel(Niveau.BERICHT, "0001", "301", Contact)
def CD005(contact: Contact, context: Context) -> Iterator[Overtreding]:
    """Adres/LandCode is gevuld als Postcode gevuld is, en anders leeg."""
    adres = contact.Adres
    if adres is None or (adres.Postcode is None) == (adres.LandCode is None):
        return
    if adres.LandCode is None:
        melding, advies = "LandCode ontbreekt bij een gevulde Postcode.", "Vul LandCode, bijvoorbeeld NL."
    else:
        melding, advies = "LandCode is gevuld terwijl Postcode leeg is.", "Vul Postcode of laat LandCode weg."
    yield Overtreding(contact, "Adres/LandCode", melding, advies)


@regel(Niveau.BERICHT, "0001", "301", Contact)
def CD009(contact: Contact, context: Context) -> Iterator[Overtreding]:
    """Periode is alleen gevuld bij Soort 04 (tijdelijk verblijfadres)."""
    if contact.Periode is not None and contact.Soort != "04":
        yield Overtreding(
            contact,
            "Periode",
            f"Periode is gevuld bij een adres met Soort {contact.Soort}.",
            "Laat Periode weg, of gebruik Soort 04 voor een tijdelijk verblijfadres.",
        )


@regel(Niveau.BERICHT, "0001", "301", Contact)
def CD025(contact: Contact, context: Context) -> Iterator[Overtreding]:
    """Adres/Huis is gevuld als LandCode NL is."""
    adres = contact.Adres
    if adres is not None and adres.LandCode == "NL" and adres.Huis is None:
        yield Overtreding(
            contact, "Adres/Huis", "Huis ontbreekt bij een Nederlands adres.", "Vul Huis met minstens Huisnummer."
        )


@regel(Niveau.BERICHT, "0001", "301", Contact)
def CD034(contact: Contact, context: Context) -> Iterator[Overtreding]:
    """Adres/Postcode is gevuld als Soort 01 (BRP) of 03 (verblijf) is.

    De bron schrijft 1 en 3, de codelijst 01 en 03 (tegenstrijdigheid 31: de codelijst).
    """
    if contact.Soort in ("01", "03") and (contact.Adres is None or contact.Adres.Postcode is None):
        yield Overtreding(
            contact,
            "Adres/Postcode",
            f"Postcode ontbreekt bij een adres met Soort {contact.Soort}.",
            "Vul Postcode in Adres.",
        )


@regel(Niveau.BERICHT, "0001", "301", Contact)
def CS089(contact: Contact, context: Context) -> Iterator[Overtreding]:
    """Bij LandCode NL is Postcode vier cijfers (de eerste geen 0) en twee letters, zonder spatie."""
    adres = contact.Adres
    if adres is None or adres.LandCode != "NL" or adres.Postcode is None:
        return
    if not re.fullmatch(r"[1-9][0-9]{3}[a-zA-Z]{2}", adres.Postcode):
        yield Overtreding(
            contact,
            "Adres/Postcode",
            "Postcode heeft niet de vorm van een Nederlandse postcode.",
            "Schrijf vier cijfers en twee letters zonder spatie, zoals 1234AB.",
        )


def _jaren_eerder(dag: date, jaren: int) -> date:
    """The same day so many years before; 28 February where that year has no 29th."""
    try:
        return dag.replace(year=dag.year - jaren)
    except ValueError:
        return dag.replace(year=dag.year - jaren, day=28)
