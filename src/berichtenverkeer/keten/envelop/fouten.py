"""What can be wrong with an envelope, besides what ``standaard.fouten`` knows.

``Berichtfout``
 ├─ ``Onleesbaar``
 │    └─ ``GeenSoap``  XML, but not one StUF message in a SOAP 1.1 envelope (a soap:Fault without Fo03)
 └─ ``Afgekeurd``      a message that the exchange refuses, with the code that says why

As there, ``melding`` and ``advies`` are Dutch sentences, and no text holds a value from the message.
"""

from ...standaard.berichtsoort import Ketenrol
from ...standaard.fouten import Berichtfout, OngeldigBericht, Onleesbaar, TeGroot
from .codes import brs_bij, ib_bij


class GeenSoap(Onleesbaar):
    """The document is not a SOAP 1.1 envelope with one StUF message.

    ``faultcode`` is that of SOAP 1.1: ``Client``, ``VersionMismatch`` or ``MustUnderstand``.
    """

    def __init__(self, melding: str, advies: str, faultcode: str = "Client") -> None:
        super().__init__(melding, advies)
        self.faultcode = faultcode


class Afgekeurd(Berichtfout):
    """The exchange refuses the message. ``code`` is a Fo01, Fo03 or BRS code (see ``codes``); ``ongeldig`` is what
    an XSD finds wrong with its envelope, when that is why."""

    def __init__(self, code: str, melding: str, advies: str, ongeldig: OngeldigBericht | None = None) -> None:
        super().__init__(melding, advies)
        self.code = code
        self.ongeldig = ongeldig


def code_voor(fout: Berichtfout, rol: Ketenrol) -> str:
    """The code that says to a party of this role what is wrong with its message: an IB code or a BRS code.

    ``fout`` is an ``Afgekeurd``, or what ``standaard.lees`` says of a payload. A code without counterpart on the other side
    stays what it is (CC09, BRS29).
    """
    if isinstance(fout, Afgekeurd):
        eigen = fout.code
    elif isinstance(fout, TeGroot):
        eigen = "BRS06"
    else:
        eigen = "BRS14" if isinstance(fout, Onleesbaar) else "BRS13"
    if rol is Ketenrol.GEMEENTE:
        return ib_bij(eigen) or eigen
    return next(iter(brs_bij(eigen)), eigen)
