"""The outcome as JSON, one object a flow and law."""

from dataclasses import asdict
from typing import Any

from .spelen import Verloop


def als_json(verloop: Verloop) -> dict[str, Any]:
    """``uitkomst`` is geslaagd, verschil, fout or overgeslagen; of each step what came of it and its differences."""
    return {
        "flow": verloop.naam,
        "bestand": str(verloop.flow.pad),
        "wet": str(verloop.wet),
        "ronde": verloop.ronde,
        "uitkomst": verloop.uitkomst,
        "reden": verloop.fout or verloop.overgeslagen or None,
        "afwijking": verloop.afwijking or None,
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
                "verschillen": [asdict(verschil) for verschil in stap.verschillen],
            }
            for stap in verloop.stappen
        ],
    }
