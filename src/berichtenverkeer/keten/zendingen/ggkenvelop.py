"""What is looked at in the envelope of a Di01 or Du01, to be told after its Bv03: the envelope itself, its functie, its parties.

In the chain the first are looked at by the GGK (zender IB), the others by VECOZO.
"""

from datetime import datetime

from ...partijen.register import Register
from ...partijen.schakelaar import Schakelbord
from ...standaard.berichtsoort import Berichtsoort, Ketenrol
from ...standaard.fouten import OngeldigBericht
from ..envelop.fouten import Afgekeurd
from ..envelop.functie import keur_functie
from ..envelop.organisatie import rol_van
from ..envelop.partijcheck import keur_applicatie
from ..envelop.stuf import Envelop, Foutbericht, Uiteen
from .actief import eis_actief


def payload_van(uiteen: Uiteen, register: Register, bord: Schakelbord, nu: datetime, max_bytes: int) -> bytes:
    """The payload of a Di01 or Du01. Raises ``Afgekeurd``, the first that
    applies: IB003, IB001, IB004, IB023, IB006, IB007, IB005, IB010, IB011, IB017, IB014.

    What is switched is looked at as it is at the moment at which the message comes in.
    """
    eis_niet_te_groot(uiteen.grootte, max_bytes)
    envelop = geldig(uiteen)
    assert isinstance(envelop, Envelop)
    stuur, parameters = envelop.stuurgegevens, envelop.parameters
    zender, ontvanger = stuur.zender.organisatie, stuur.ontvanger.organisatie
    soort = keur_functie(
        stuur.functie,
        parameters.functieVersie,
        parameters.functieSubversie,
        stuur.berichtcode,
        rol_van(zender),
        is_tekst=parameters.bestandsnaam is not None,
        keur_stand=lambda soort: eis_actief(bord, soort, nu, ontvanger),
    ).soort
    _keur_partijen(register, soort, zender, ontvanger)
    keur_applicatie(stuur.zender)
    if isinstance(uiteen.payload, Afgekeurd):
        raise uiteen.payload
    return uiteen.payload


def eis_niet_te_groot(grootte: int, max_bytes: int, advies: str = "Splits het bericht.") -> None:
    """Raises ``Afgekeurd`` IB003 for a StUF message over the limit."""
    if grootte > max_bytes:
        raise Afgekeurd("IB003", f"Het StUF-bericht is groter dan {max_bytes} bytes.", advies)


def geldig(uiteen: Uiteen) -> Envelop | Foutbericht:
    """What is in a Di01, Du01 or Fo01 that its XSD finds sound. Raises ``Afgekeurd`` IB001 with all that it does not."""
    inhoud = uiteen.inhoud
    if isinstance(inhoud, OngeldigBericht):
        raise Afgekeurd("IB001", inhoud.melding, "Herstel alle genoemde fouten.", inhoud)
    assert inhoud is not None
    return inhoud


def _keur_partijen(register: Register, soort: Berichtsoort, zender: str, ontvanger: str) -> None:
    van, naar = register.partij(zender), register.partij(ontvanger)
    if van is None or (naar is None and rol_van(ontvanger) is Ketenrol.GEMEENTE):
        raise Afgekeurd("IB005", "De gemeente is niet aangesloten op dit knooppunt.", "Controleer de gemeentecode.")
    if soort.domein not in van.wetten:
        raise Afgekeurd(
            "IB007", f"Deze gemeente mag geen {soort} versturen.", "Laat de beheerder de wetten van de gemeente nagaan."
        )
    if naar is None or rol_van(ontvanger) is not Ketenrol.AANBIEDER:
        raise Afgekeurd("IB010", "De geadresseerde is geen aangesloten aanbieder.", "Controleer de AGB-code.")
    if soort.domein not in naar.wetten:
        raise Afgekeurd(
            "IB011",
            "De geadresseerde heeft geen grondslag voor deze wet.",
            "Controleer de geadresseerde en de functie.",
        )
