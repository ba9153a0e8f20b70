"""The outcome as JSON, one object a flow and law."""

from dataclasses import asdict
from typing import Any

from ..spelen.belasting import Belasting
from ..spelen.verloop import Verloop


def als_json(verloop: Verloop) -> dict[str, Any]:
    """``uitkomst`` is geslaagd, verschil, fout or overgeslagen; ``partijen`` are the codes that played, ``gebruikt`` the Bsns and numbers that
    were made up for it; of each step what came of it and its differences."""
    return {
        "flow": verloop.naam,
        "bestand": str(verloop.flow.pad),
        "wet": str(verloop.wet),
        "ronde": verloop.ronde,
        "uitkomst": verloop.uitkomst,
        "reden": verloop.fout or verloop.overgeslagen or None,
        "afwijking": verloop.afwijking or None,
        "partijen": dict(verloop.codes),
        "gebruikt": dict(verloop.namen),
        "stappen": [
            {
                "nummer": stap.nummer,
                "regel": stap.regel,
                "wat": stap.wat,
                "van": stap.van,
                "naar": stap.naar,
                "deur": stap.deur,
                "moment": stap.moment.isoformat(),
                "uitkomst": stap.uitkomst,
                "niet_bekeken": list(stap.niet_bekeken),
                "verschillen": [asdict(v) | {"regel": v.regel or stap.regel} for v in stap.verschillen],
            }
            for stap in verloop.stappen
        ],
    }


def belasting_als_json(gemeten: Belasting) -> dict[str, Any]:
    """How much was played in how long; times in milliseconds."""
    return {
        "belasting": {
            "berichten": gemeten.berichten,
            "seconden": round(gemeten.seconden, 3),
            "per_seconde": round(gemeten.per_seconde, 1),
            "soorten": {
                soort.soort: {
                    "aantal": soort.aantal,
                    "p50_ms": round(1000 * soort.p50, 1),
                    "p95_ms": round(1000 * soort.p95, 1),
                    "hoogste_ms": round(1000 * soort.hoogste, 1),
                }
                for soort in gemeten.soorten
            },
        }
    }
