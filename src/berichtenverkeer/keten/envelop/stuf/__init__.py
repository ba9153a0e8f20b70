"""StUF-GGK, koppelvlak ggk0210: the envelopes Di01 and Du01, the answers Bv03 and Fo03, and the Fo01 that comes later.

Read with ``lees_soap`` or take apart with ``haal_uiteen``, answer with ``bevestig``, ``weiger`` and ``keur_af``, write with ``schrijf_soap``.
"""

from .antwoord import (
    KNOOPVERSIE,
    KNOPEN,
    LANGSTE_OMSCHRIJVING,
    Nummergever,
    bevestig,
    eigen_nummer,
    keur_af,
    kort,
    weiger,
)
from .lading import codeer, decodeer, grootste_lading
from .lezen import MAX_SOAP, Ontvangen, SoapFout, lees_antwoord, lees_soap, lees_stuf, met_bestand
from .model import Bevestiging, Envelop, Foutbericht, Parameters, Stuurgegevens, Systeem, parameters
from .namen import GGK, SOAP, SOAPACTIES, STUF, StufBerichtcode
from .schema import wsdl
from .schrijven import schrijf, schrijf_soap, schrijf_soap_fout
from .tijdstip import schrijf_tijdstip
from .uiteen import Uiteen, haal_uiteen, van_ontvangen, zonder_soap

__all__ = [
    "GGK",
    "KNOOPVERSIE",
    "KNOPEN",
    "LANGSTE_OMSCHRIJVING",
    "MAX_SOAP",
    "SOAP",
    "SOAPACTIES",
    "STUF",
    "Bevestiging",
    "Envelop",
    "Foutbericht",
    "Nummergever",
    "Ontvangen",
    "Parameters",
    "SoapFout",
    "StufBerichtcode",
    "Stuurgegevens",
    "Systeem",
    "Uiteen",
    "bevestig",
    "codeer",
    "decodeer",
    "eigen_nummer",
    "grootste_lading",
    "haal_uiteen",
    "keur_af",
    "kort",
    "lees_antwoord",
    "lees_soap",
    "lees_stuf",
    "met_bestand",
    "parameters",
    "schrijf",
    "schrijf_soap",
    "schrijf_soap_fout",
    "schrijf_tijdstip",
    "van_ontvangen",
    "weiger",
    "wsdl",
    "zonder_soap",
]
