"""A message that cannot be written for what a step says of it, in the words of whoever wrote the step."""

from difflib import get_close_matches

from pydantic import ValidationError

from ...standaard.berichtsoort import Berichtsoort
from ...standaard.vorm import Vorm, vorm


def leg_uit(soort: Berichtsoort, fout: ValidationError) -> tuple[str, str]:
    """What is wrong first, and what to do about it."""
    eerste = fout.errors()[0]
    pad = "/".join(str(deel) for deel in eerste["loc"])
    if eerste["type"] == "extra_forbidden":
        dichtbij = get_close_matches(str(eerste["loc"][-1]), sorted(_namen(vorm(soort))), 1)
        advies = f"Bedoelt u {dichtbij[0]}?" if dichtbij else "Gebruik de namen van de standaard."
        return f"{soort}: {pad} bestaat hier niet.", advies
    if eerste["type"] == "missing":
        advies = "Vul het in; een bericht dat het met opzet mist, stuurt u als bestand."
        return f"{soort}: {pad} ontbreekt.", advies
    advies = "Geef een waarde van dit soort; een bericht dat met opzet niet klopt, stuurt u als bestand."
    return f"{soort}: {pad} heeft geen goede waarde.", advies


def _namen(vorm_: Vorm) -> set[str]:
    """The name of every element of a message."""
    return {naam for veld in vorm_.velden for naam in (veld.naam, *(_namen(veld.vorm) if veld.vorm else ()))}
