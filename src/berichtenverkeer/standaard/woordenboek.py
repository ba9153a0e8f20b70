"""The names that libxml2 keeps, forgotten from time to time.

libxml2 keeps every name, prefix and namespace, and the white space between elements, once for all documents, and lxml has
one such dictionary for each thread as long as that lives. Whoever invents new ones in every document makes the process
grow for ever. So a thread begins a new dictionary when it has parsed so much; documents keep the old one as long as they
need it.

lxml has no call for this. It looks for the dictionary of a thread where C extensions keep what is of one thread, by a name
of its own, and makes a new one when there is none. A test watches the memory, so that another lxml cannot undo this unseen.
"""

import ctypes
import threading

_NA_BYTES = 1_000_000
"""After so many bytes of documents, some 150 messages: whatever is in them, the dictionary then takes a few MB."""

_NAAM = "_ParserDictionaryContext"

_van_de_draad = ctypes.PYFUNCTYPE(ctypes.c_void_p)(("PyThreadState_GetDict", ctypes.pythonapi))


class _Gelezen(threading.local):
    """How many bytes this thread parsed since it began its dictionary."""

    aantal = 0


_gelezen = _Gelezen()


def vergeet_namen(aantal: int) -> None:
    """To be called before a document of so many bytes is parsed: begins a new dictionary now and then."""
    _gelezen.aantal += aantal
    if _gelezen.aantal > _NA_BYTES:
        _gelezen.aantal = aantal
        ctypes.cast(_van_de_draad(), ctypes.py_object).value.pop(_NAAM, None)
