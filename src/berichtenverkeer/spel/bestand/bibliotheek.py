"""Finding flows by name: files and folders of one's own, and the library that comes with the software."""

from pathlib import Path

from ...pakket import meegeleverd
from ...zegbaar import Zegbaar
from .flow import EINDE

IN_BIBLIOTHEEK = "bibliotheek:"
"""What stands before a name that is looked up in the library only; by itself it is the whole library."""


class NietGevonden(Zegbaar):
    """There is no flow with this name. The text is Dutch and says where was looked."""


def bibliotheek() -> Path:
    """The folder with the library."""
    return meegeleverd("fixtures") / "flows"


def vind(naam: str, vanaf: Path = Path()) -> list[Path]:
    """The files of flows under this name, in order of their names; the ending may be left out.

    A file or folder seen from ``vanaf``; what is not there is looked up in the library. Raises ``NietGevonden``.
    """
    in_bibliotheek = bibliotheek() / naam.removeprefix(IN_BIBLIOTHEEK)
    plekken = [in_bibliotheek] if naam.startswith(IN_BIBLIOTHEEK) else [vanaf / naam, in_bibliotheek]
    for plek in plekken:
        for pad in (plek, Path(f"{plek}{EINDE}")):
            if pad.is_file():
                return [pad]
            if pad.is_dir() and (gevonden := sorted(pad.rglob(f"*{EINDE}"))):
                return gevonden
    waar = "in de bibliotheek" if len(plekken) == 1 else f"in {vanaf.resolve()} en in de bibliotheek"
    raise NietGevonden(f"Er is geen flow of map met flows die {naam} heet; gezocht {waar}.")
