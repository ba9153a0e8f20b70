"""The Header of a message that is composed."""

from typing import Any

from ...standaard.berichtsoort import Berichtsoort
from ...standaard.schema import Schemas


def kop(
    soort: Berichtsoort, afzender: str, ontvanger: str, identificatie: str, dagtekening: str, schemas: Schemas
) -> dict[str, Any]:
    """The Header of a heenbericht."""
    versie, subversie = map(str, soort.versie)
    versies = schemas.versies(soort)
    return {
        "BerichtCode": soort.berichtcode,
        "BerichtVersie": versie,
        "BerichtSubversie": subversie,
        "Afzender": afzender,
        "Ontvanger": ontvanger,
        "BerichtIdentificatie": {"Identificatie": identificatie, "Dagtekening": dagtekening},
        "XsdVersie": {"BasisschemaXsdVersie": versies.basisschema, "BerichtXsdVersie": versies.bericht},
    }
