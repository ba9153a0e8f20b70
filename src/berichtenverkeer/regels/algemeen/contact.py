"""Rules on the addresses of the Client and of a Relatie."""

import re
from collections.abc import Iterator

from ...standaard.berichten.toewijzing import Client301, Contact
from ..bevinding import Niveau, Overtreding
from ..getoond import getoond
from ..gevuld import precies_als
from ..kennis import Context
from ..regel import regel


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
        soorten = ", ".join(sorted({contact.Soort for contact in client.Contactgegevens}))
        yield Overtreding(
            client,
            "Contactgegevens",
            f"Er is geen adres met Soort 01, 02 of 03, alleen {soorten}.",
            "Neem een BRP-, correspondentie- of verblijfadres op.",
        )


@regel(Niveau.BERICHT, "0001", "301", Contact)
def CD005(contact: Contact, context: Context) -> Iterator[Overtreding]:
    """Adres/LandCode is gevuld als Postcode gevuld is, en anders leeg."""
    adres = contact.Adres
    if adres is not None:
        yield from precies_als(
            adres.Postcode is not None,
            adres.LandCode,
            contact,
            "Adres/LandCode",
            ontbreekt=("LandCode ontbreekt bij een gevulde Postcode.", "Vul LandCode, bijvoorbeeld NL."),
            overbodig=(
                f"LandCode {adres.LandCode} is gevuld terwijl Postcode leeg is.",
                "Vul Postcode of laat LandCode weg.",
            ),
        )


@regel(Niveau.BERICHT, "0001", "301", Contact)
def CD009(contact: Contact, context: Context) -> Iterator[Overtreding]:
    """Periode is alleen gevuld bij Soort 04 (tijdelijk verblijfadres)."""
    if contact.Periode is not None and contact.Soort != "04":
        yield Overtreding(
            contact,
            "Periode",
            f"Periode ({getoond(contact, 'Periode', context.soort)}) is gevuld bij een adres met Soort {contact.Soort}.",
            "Laat Periode weg, of gebruik Soort 04 voor een tijdelijk verblijfadres.",
        )


@regel(Niveau.BERICHT, "0001", "301", Contact)
def CD025(contact: Contact, context: Context) -> Iterator[Overtreding]:
    """Adres/Huis is gevuld als LandCode NL is."""
    adres = contact.Adres
    if adres is not None and adres.LandCode == "NL" and adres.Huis is None:
        yield Overtreding(contact, "Adres/Huis", "Huis ontbreekt bij LandCode NL.", "Vul Huis met minstens Huisnummer.")


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
