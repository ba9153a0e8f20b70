"""The names of StUF-GGK: namespaces, roots, operations."""

from enum import StrEnum

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
STUF = "http://www.egem.nl/StUF/StUF0301"
GGK = "http://www.stufstandaarden.nl/koppelvlak/ggk0210"

PREFIXEN = {"StUF": STUF, "GGK": GGK, "soap": SOAP}


class StufBerichtcode(StrEnum):
    """A kind of StUF message: two envelopes, a refusal afterwards, and the two answers given at once."""

    DI01 = "Di01"
    """Carries a heenbericht."""
    DU01 = "Du01"
    """Carries a retourbericht."""
    FO01 = "Fo01"
    """Refuses a Di01 or Du01 some time after it was taken in."""
    BV03 = "Bv03"
    """Says that a message is stored and its stuurgegevens can be worked with."""
    FO03 = "Fo03"
    """Refuses a message at once."""


WORTELS = {
    f"{{{GGK}}}envelopHeenbericht-ggk_Di01": StufBerichtcode.DI01,
    f"{{{GGK}}}envelopRetourbericht-ggk_Du01": StufBerichtcode.DU01,
    f"{{{STUF}}}Fo01Bericht": StufBerichtcode.FO01,
    f"{{{STUF}}}Bv03Bericht": StufBerichtcode.BV03,
    f"{{{STUF}}}Fo03Bericht": StufBerichtcode.FO03,
}
"""The kind of message by the name of its root element."""

SOAPACTIES = {
    StufBerichtcode.DI01: f"{GGK}/ggk_Di01",
    StufBerichtcode.DU01: f"{GGK}/ggk_Du01",
    StufBerichtcode.FO01: f"{STUF}/Fo01",
}
"""The SOAPAction of each operation, unquoted. Which operation is meant follows from the root element alone."""
