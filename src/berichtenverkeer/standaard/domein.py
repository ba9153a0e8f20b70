"""The two laws that share one standard: Wmo 2015 (iWmo) and Jeugdwet (iJw), release 3.2 of both."""

from enum import StrEnum

RELEASE = "3.2"


class Domein(StrEnum):
    """A law and what follows from it: names, namespaces, message prefix."""

    IWMO = "iwmo"
    IJW = "ijw"

    @property
    def voorvoegsel(self) -> str:
        """First letters of a message name: ``WMO`` in WMO301, ``JW`` in JW301."""
        return "WMO" if self is Domein.IWMO else "JW"

    @property
    def basis_namespace(self) -> str:
        """Target namespace of ``basisschema.xsd``, in which the shared data types live."""
        return f"http://www.istandaarden.nl/{self}/3_2/basisschema/schema"
