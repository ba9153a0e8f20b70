"""The Header of a heenbericht, of a retourbericht (IV028) and of the 325 (IV087), and the message around it."""

from typing import Annotated

from . import basis as b
from . import typen as t
from .onderdeel import Onderdeel, Verzameling


class Header(Onderdeel):
    """Who sends what to whom, under which identification. In a retourbericht Afzender and Ontvanger are not swapped."""

    BerichtCode: t.Tekst
    BerichtVersie: t.Geheel
    BerichtSubversie: t.Geheel
    Afzender: t.Partijcode
    Ontvanger: t.Partijcode
    BerichtIdentificatie: b.BerichtIdentificatie
    XsdVersie: b.XsdVersie


class RetourHeader(Header):
    IdentificatieRetour: t.Tekst
    DagtekeningRetour: t.Datum
    XsltVersie: t.Tekst | None = None
    XsdVersieRetour: b.XsdVersie
    RetourCodes: Annotated[tuple[t.RetourCode, ...], Verzameling("RetourCode")] = ()


class DeclaratieAntwoordHeader(Header):
    DeclaratieIdentificatie: b.BerichtIdentificatie
    XsltVersie: t.Tekst | None = None
    XsdVersieDeclaratie: b.XsdVersie
    RetourCodes: Annotated[tuple[t.RetourCode, ...], Verzameling("RetourCode")]


class Bericht(Onderdeel):
    """The root of any message."""

    Header: Header


class Retourbericht(Bericht):
    """The root of a retourbericht: its own Header, and the classes of the heenbericht when one of them is at fault."""

    Header: RetourHeader
