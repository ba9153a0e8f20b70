"""Whether what is in an envelope is what the envelope says: the same kind of message, between the same parties.

A message that is delivered to another than its Header names would show one party's data to another, so either difference
stops it.
"""

from ...standaard.berichten import Bericht
from ...standaard.berichtsoort import Berichtsoort
from .fouten import Afgekeurd
from .stuf.model import Systeem


def partijen(soort: Berichtsoort, bericht: Bericht) -> tuple[str, str]:
    """The codes of sender and receiver of a message. A retourbericht keeps the Header of its heenbericht (IV028), so there
    its Ontvanger is the sender; a 325 has a Header of its own."""
    kop = bericht.Header
    return (kop.Ontvanger, kop.Afzender) if soort.is_retour else (kop.Afzender, kop.Ontvanger)


def keur_inhoud(functie: Berichtsoort, soort: Berichtsoort, bericht: Bericht, zender: str, ontvanger: str) -> None:
    """Hold a message against its envelope.

    ``functie`` is the kind of message the envelope names, ``zender`` and ``ontvanger`` the codes of its parties; ``soort``
    and ``bericht`` are what was read from the payload. Raises ``Afgekeurd``: IB014 for another kind of message or release,
    CC09 for other parties. CC09 has gone from the list since 2018, but no other code says it (afgeleid).
    """
    kop = bericht.Header
    if soort is not functie or kop.BerichtCode != functie.berichtcode:
        raise Afgekeurd(
            "IB014",
            f"De inhoud is geen {functie} in release {functie.release}.",
            "Laat de functie en de versie van de envelop en de BerichtCode in de Header hetzelfde bericht noemen.",
        )
    if (kop.BerichtVersie, kop.BerichtSubversie) != functie.versie:
        raise Afgekeurd(
            "IB014",
            "BerichtVersie en BerichtSubversie passen niet bij de envelop.",
            "Vul {} en {} in.".format(*functie.versie),
        )
    if partijen(soort, bericht) != (zender, ontvanger):
        verwacht = "Ontvanger en Afzender" if soort.is_retour else "Afzender en Ontvanger"
        raise Afgekeurd(
            "CC09",
            "De partijen in de Header van het bericht zijn niet die van de envelop.",
            f"Zender en ontvanger van de envelop zijn bij een {soort} de {verwacht} uit de Header.",
        )


def keur_applicatie(zender: Systeem) -> None:
    """Whether the sender names its software; the XSD takes blanks for a name. Raises ``Afgekeurd`` IB017."""
    if not zender.applicatie.strip():
        raise Afgekeurd(
            "IB017", "De applicatie van de zender is leeg.", "Noem de applicatie die het bericht verstuurt."
        )
