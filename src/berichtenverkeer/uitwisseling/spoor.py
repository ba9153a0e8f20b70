"""What of an unexpected error may be logged: which, and where in the code; never its text, for that may quote a message."""

import traceback
from pathlib import PurePath


def spoor(fout: BaseException) -> str:
    """The kind of error and where it was raised, innermost first, and the same of what caused it."""
    plekken = reversed(traceback.extract_tb(fout.__traceback__))
    waar = ", ".join(f"{plek.name} ({PurePath(plek.filename).name}:{plek.lineno})" for plek in plekken)
    tekst = f"{type(fout).__name__} in {waar or 'onbekend'}"
    oorzaak = fout.__cause__ or (None if fout.__suppress_context__ else fout.__context__)
    return f"{tekst}; door {spoor(oorzaak)}" if oorzaak else tekst
