"""What is looked at in the envelope of a Di01 or Du01 after its Bv03: the envelope itself, its functie, its parties.

In the chain the first are looked at by the GGK (zender IB), the others by VECOZO.
"""

from collections.abc import Mapping
from typing import Any

from ...partijen.register import Register
from ...partijen.schakelaar import Schakelbord
from ...standaard.berichtsoort import Berichtsoort, Rol
from ...standaard.fouten import OngeldigBericht
from ..envelop.fouten import Afgekeurd
from ..envelop.functie import keur_functie
from ..envelop.organisatie import rol_van
from ..envelop.partijcheck import keur_applicatie
from ..envelop.stuf import Envelop, lees_stuf
from .actief import eis_actief


def payload_van(rij: Mapping[Any, Any], register: Register, bord: Schakelbord, max_bytes: int) -> bytes:
    """The payload of a stored Di01 or Du01 that is sound but for that. Raises ``Afgekeurd``, the first that applies: IB003,
    IB001, IB004, IB023, IB006, IB007, IB005, IB010, IB011, IB017, IB014.

    What is switched is looked at as it was at the moment at which the message came in.
    """
    data = rij["inhoud"]
    if len(data) > max_bytes:
        raise Afgekeurd("IB003", f"Het StUF-bericht is groter dan {max_bytes} bytes.", "Splits het bericht.")
    envelop = _envelop(data)
    stuur, parameters = envelop.stuurgegevens, envelop.parameters
    zender, ontvanger = stuur.zender.organisatie, stuur.ontvanger.organisatie
    soort = keur_functie(
        stuur.functie,
        parameters.functieVersie,
        parameters.functieSubversie,
        stuur.berichtcode,
        rol_van(zender),
        is_tekst=parameters.bestandsnaam is not None,
        keur_stand=lambda soort: eis_actief(bord, soort, rij["ontvangen_op"]),
    ).soort
    _keur_partijen(register, soort, zender, ontvanger)
    keur_applicatie(stuur.zender)
    return parameters.payload()


def _envelop(data: bytes) -> Envelop:
    try:
        envelop = lees_stuf(data).inhoud()
    except OngeldigBericht as fout:
        eerste = fout.fouten[0]
        raise Afgekeurd("IB001", f"{eerste.melding} Zie {eerste.pad}.", eerste.advies) from None
    assert isinstance(envelop, Envelop)
    return envelop


def _keur_partijen(register: Register, soort: Berichtsoort, zender: str, ontvanger: str) -> None:
    van, naar = register.partij(zender), register.partij(ontvanger)
    if van is None or (naar is None and rol_van(ontvanger) is Rol.GEMEENTE):
        raise Afgekeurd("IB005", "De gemeente is niet aangesloten op dit knooppunt.", "Controleer de gemeentecode.")
    if soort.domein not in van.wetten:
        raise Afgekeurd(
            "IB007", f"Deze gemeente mag geen {soort} versturen.", "Laat de beheerder de wetten van de gemeente nagaan."
        )
    if naar is None or rol_van(ontvanger) is not Rol.AANBIEDER:
        raise Afgekeurd("IB010", "De geadresseerde is geen aangesloten aanbieder.", "Controleer de AGB-code.")
    if soort.domein not in naar.wetten:
        raise Afgekeurd(
            "IB011",
            "De geadresseerde heeft geen grondslag voor deze wet.",
            "Controleer de geadresseerde en de functie.",
        )
