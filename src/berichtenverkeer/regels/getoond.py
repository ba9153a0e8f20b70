"""What a finding shows of the element it is about: its value, unless that says something about a person."""

from ..standaard.berichten.onderdeel import Gegevensgroep, Onderdeel
from ..standaard.berichten.typen import Persoonsgegeven
from ..standaard.berichtsoort import Berichtsoort
from ..standaard.vorm import Veld, Vorm, vorm_van

VERHULD = "***"
"""What stands in place of a value about a person."""


def getoond(deel: Onderdeel, element: str, soort: Berichtsoort) -> str | None:
    """The value of an element of a class as the XML has it, by its path within the class.

    A group shows its elements with their names (``Volume 4, Eenheid 04, Frequentie 2``). None when the element is absent,
    or is a class or a list of classes.
    """
    if not element:
        return None
    stap, _, rest = element.partition("/")
    veld = next(veld for veld in vorm_van(type(deel), soort).velden if veld.naam == stap)
    waarde = getattr(deel, stap)
    if rest and isinstance(waarde, Onderdeel):
        return getoond(waarde, rest, soort)
    return None if rest else _tekst(waarde, veld)


def _tekst(waarde: object, veld: Veld) -> str | None:
    if waarde is None or waarde == ():
        return None
    if _persoonlijk(veld):
        return VERHULD
    if veld.vorm is None:
        return " ".join(waarde) if isinstance(waarde, tuple) else str(waarde)
    if not isinstance(waarde, Gegevensgroep):
        return None
    delen = {onder.naam: _tekst(getattr(waarde, onder.naam), onder) for onder in veld.vorm.velden}
    return ", ".join(f"{naam} {tekst}" for naam, tekst in delen.items() if tekst is not None)


def _persoonlijk(veld: Veld | Vorm) -> bool:
    """Whether an element, or any below it, is about a person; then a group shows nothing."""
    if isinstance(veld, Vorm):
        return any(map(_persoonlijk, veld.velden))
    if any(isinstance(merk, Persoonsgegeven) for merk in veld.merken):
        return True
    return veld.vorm is not None and issubclass(veld.vorm.klasse, Gegevensgroep) and _persoonlijk(veld.vorm)
