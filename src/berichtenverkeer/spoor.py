"""What may be logged: of an unexpected error which, and where in the code, never its text, for that may quote a message; of what
comes from outside no free text.
"""

import hashlib
import re
import traceback
from pathlib import PurePath

_UUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PAKKET = __name__.partition(".")[0]


def spoor(fout: BaseException) -> str:
    """The kind of error, where it was raised and what of ours led there, innermost first; then the same of its cause."""
    plekken = traceback.extract_tb(fout.__traceback__)
    eigen = [plek for plek in plekken if plek is plekken[-1] or _PAKKET in PurePath(plek.filename).parts]
    waar = ", ".join(f"{plek.name} ({PurePath(plek.filename).name}:{plek.lineno})" for plek in reversed(eigen))
    tekst = f"{type(fout).__name__} in {waar or 'onbekend'}"
    oorzaak = fout.__cause__ or (None if fout.__suppress_context__ else fout.__context__)
    return f"{tekst}; door {spoor(oorzaak)}" if oorzaak else tekst


def is_uuid(nummer: str) -> bool:
    """Whether a number that a sender gave says nothing but itself."""
    return _UUID.fullmatch(nummer) is not None


def kenmerk(nummer: str) -> str:
    """A number that a sender gave, as it may be logged: a UUID as it is. Anything else may be free text, and is known by the
    beginning of its SHA-256, with which it can still be found."""
    return nummer if is_uuid(nummer) else f"sha256:{hashlib.sha256(nummer.encode()).hexdigest()[:12]}"
