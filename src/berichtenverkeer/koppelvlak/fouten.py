"""What can be wrong with an envelope, besides what ``standaard.fouten`` knows.

``Berichtfout``
 ├─ ``Onleesbaar``
 │    └─ ``GeenSoap``  XML, but not one StUF message in a SOAP 1.1 envelope (a soap:Fault without Fo03)
 └─ ``Afgekeurd``      a message that the exchange refuses, with the code that says why

As there, ``melding`` and ``advies`` are Dutch sentences, and no text holds a value from the message.
"""

from ..standaard.fouten import Berichtfout, Onleesbaar


class GeenSoap(Onleesbaar):
    """The document is not a SOAP 1.1 envelope with one StUF message.

    ``faultcode`` is that of SOAP 1.1: ``Client``, ``VersionMismatch`` or ``MustUnderstand``.
    """

    def __init__(self, melding: str, advies: str, faultcode: str = "Client") -> None:
        super().__init__(melding, advies)
        self.faultcode = faultcode


class Afgekeurd(Berichtfout):
    """The exchange refuses the message. ``code`` is a Fo01, Fo03 or BRS code (see ``codes``)."""

    def __init__(self, code: str, melding: str, advies: str) -> None:
        super().__init__(melding, advies)
        self.code = code
