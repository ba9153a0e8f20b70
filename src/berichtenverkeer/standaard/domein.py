"""The two laws that share one standard: Wmo 2015 (iWmo) and Jeugdwet (iJw)."""

from enum import StrEnum

RELEASE = "3.2"
"""The release that is packaged. Others may live beside it (``release``); what names none is of this one."""


class Domein(StrEnum):
    """A law and what follows from it: names, namespaces, message prefix."""

    IWMO = "iwmo"
    IJW = "ijw"

    @property
    def voorvoegsel(self) -> str:
        """First letters of a message name: ``WMO`` in WMO301, ``JW`` in JW301."""
        return "WMO" if self is Domein.IWMO else "JW"

    @property
    def ruimte(self) -> str:
        """What every namespace of this law begins with, in any release."""
        return f"http://www.istandaarden.nl/{self}/"
