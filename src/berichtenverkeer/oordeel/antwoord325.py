"""The 325 on a 323, as IV087 and IV088 lay down."""

from collections.abc import Iterator, Sequence
from datetime import date

from ..levensloop.declaratie import CREDIT, DEBET
from ..regels.toetsen import Treffer
from ..standaard.berichten.basis import BerichtIdentificatie, TotaalBedragMetDC, XsdVersie
from ..standaard.berichten.declaratie import Bericht323, Bericht325, Client323, DeclaratieAntwoord
from ..standaard.berichten.kop import DeclaratieAntwoordHeader
from ..standaard.berichtsoort import berichtsoort
from ..standaard.lezen import Gelezen
from ..standaard.schema import Schemas
from .declaratie import ALLES_TOEGEKEND, Afwijzing, afwijzing, toegekend
from .retour import GEEN_OPMERKING


def maak_antwoord(
    gelezen: Gelezen, treffers: Sequence[Treffer], identificatie: str, dagtekening: date, schemas: Schemas
) -> Bericht325:
    """The 325 for what the rules found in a 323.

    A fault of level 2 or in the Header: only the Header, with 0001 or its codes. A fault in the Declaratie: its codes on
    DeclaratieAntwoord, and nothing granted. Otherwise what was refused comes back unchanged under its Client, each with
    its codes; nothing refused is 8001. XsltVersie stays out: the rules here are not the national XSLTs (IV033).

    ``identificatie`` (at most 12 characters) and ``dagtekening`` are those of the 325, which goes the other way.
    """
    bericht = gelezen.bericht
    assert isinstance(bericht, Bericht323)
    soort, vraag = berichtsoort(gelezen.soort.domein, "325", gelezen.soort.release), bericht.Header
    versies, afgewezen = schemas.versies(soort), afwijzing(bericht, treffers)
    header = DeclaratieAntwoordHeader(
        BerichtCode=soort.berichtcode,
        BerichtVersie=vraag.BerichtVersie,
        BerichtSubversie=vraag.BerichtSubversie,
        Afzender=vraag.Ontvanger,
        Ontvanger=vraag.Afzender,
        BerichtIdentificatie=BerichtIdentificatie(Identificatie=identificatie, Dagtekening=dagtekening),
        XsdVersie=XsdVersie(BasisschemaXsdVersie=versies.basisschema, BerichtXsdVersie=versies.bericht),
        DeclaratieIdentificatie=vraag.BerichtIdentificatie,
        XsdVersieDeclaratie=vraag.XsdVersie,
        RetourCodes=afgewezen.kop or (GEEN_OPMERKING,),
    )
    if afgewezen.kop:
        return Bericht325(Header=header)
    declaratie, clienten = bericht.Declaratie, tuple(_afgewezen(bericht, afgewezen))
    antwoord = DeclaratieAntwoord(
        DeclaratieNummer=declaratie.DeclaratieNummer,
        TotaalIngediendBedrag=declaratie.TotaalIngediendBedrag,
        TotaalToegekendBedrag=_bedrag(toegekend(bericht, afgewezen)),
        Clienten=clienten,
        RetourCodes=afgewezen.declaratie or ((GEEN_OPMERKING,) if clienten else (ALLES_TOEGEKEND,)),
    )
    return Bericht325(Header=header, DeclaratieAntwoord=antwoord)


def _afgewezen(bericht: Bericht323, afgewezen: Afwijzing) -> Iterator[Client323]:
    """The clients with a refused Prestatie, with only those."""
    for client in bericht.Declaratie.Clienten:
        prestaties = tuple(
            prestatie.model_copy(update={"RetourCodes": afgewezen.prestaties[id(prestatie)]})
            for prestatie in client.Prestaties
            if id(prestatie) in afgewezen.prestaties
        )
        if prestaties:
            codes = afgewezen.clienten.get(id(client), (GEEN_OPMERKING,))
            yield client.model_copy(update={"Prestaties": prestaties, "RetourCodes": codes})


def _bedrag(saldo: int) -> TotaalBedragMetDC:
    """A balance as the message has it: without a sign, and 0 is debet (CS325)."""
    return TotaalBedragMetDC(TotaalBedrag=abs(saldo), DebetCredit=CREDIT if saldo < 0 else DEBET)
