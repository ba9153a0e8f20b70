"""The rows of a declaratie and of its Prestaties."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..klok import NEDERLAND
from ..levensloop.dossier import Dossiersleutel
from ..oordeel.declaratie import Declaratieuitslag
from ..opslag.declaraties.declaraties import rij_prestatie
from ..standaard.berichten.declaratie import Bericht323


def rij_declaratie(
    heen: Mapping[Any, Any], antwoord: Mapping[Any, Any] | None, bericht: Bericht323, gevolg: Declaratieuitslag
) -> dict[str, Any]:
    """The row of a declaratie; ``heen`` and ``antwoord`` are the rows of its 323 and its 325."""
    declaratie = bericht.Declaratie
    laatste = antwoord or heen
    return {
        "id": heen["id"],
        "domein": heen["domein"],
        "gemeente": heen["bestemming"],
        "aanbieder": heen["verzender"],
        "declaratienummer": declaratie.DeclaratieNummer,
        "begin": declaratie.DeclaratiePeriode.Begindatum,
        "eind": declaratie.DeclaratiePeriode.Einddatum,
        "ingediend": gevolg.ingediend,
        "toegekend": gevolg.toegekend,
        "toestand": str(gevolg.toestand),
        "antwoord": antwoord["id"] if antwoord else None,
        "beantwoord": antwoord["ontvangen_op"].astimezone(NEDERLAND).date() if antwoord else None,
        "wijziging": laatste["volgnummer"],
        "gewijzigd_op": laatste["ontvangen_op"],
    }


def rijen_prestatie(
    declaratie: str, sleutels: Mapping[str, Dossiersleutel], gevolg: Declaratieuitslag
) -> Iterator[dict[str, Any]]:
    """The rows of the Prestaties of a declaratie; ``sleutels`` are the dossiers of its clients by Bsn."""
    for nummer, prestatie in enumerate(gevolg.prestaties):
        dossier = sleutels[prestatie.bsn]
        yield rij_prestatie(declaratie, nummer, dossier, prestatie.regel, prestatie.retourcodes, prestatie.berekening)
