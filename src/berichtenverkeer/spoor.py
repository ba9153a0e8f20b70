"""What of an unexpected error may be logged: which, and where in the code; never its text, for that may quote a message."""

import traceback
from pathlib import PurePath

_PAKKET = __name__.partition(".")[0]


def spoor(fout: BaseException) -> str:
    """The kind of error, where it was raised and what of ours led there, innermost first; then the same of its cause."""
    plekken = traceback.extract_tb(fout.__traceback__)
    eigen = [plek for plek in plekken if plek is plekken[-1] or _PAKKET in PurePath(plek.filename).parts]
    waar = ", ".join(f"{plek.name} ({PurePath(plek.filename).name}:{plek.lineno})" for plek in reversed(eigen))
    tekst = f"{type(fout).__name__} in {waar or 'onbekend'}"
    oorzaak = fout.__cause__ or (None if fout.__suppress_context__ else fout.__context__)
    return f"{tekst}; door {spoor(oorzaak)}" if oorzaak else tekst
