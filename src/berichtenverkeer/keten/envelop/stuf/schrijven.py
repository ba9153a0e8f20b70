"""From a StUF message to bytes: UTF-8 without BOM, in SOAP 1.1 or by itself.

What is written is valid by its XSD, or it is not written.
"""

from lxml import etree

from ....standaard.fouten import OngeldigBericht, XsdFout
from ....standaard.xml import ontleed
from .model import Bevestiging, Envelop, Foutbericht, Parameters, Stuurgegevens, Systeem
from .namen import GGK, PREFIXEN, SOAP, STUF, WORTELS, StufBerichtcode
from .schema import keur

_TAGS = {soort: tag for tag, soort in WORTELS.items()}

Bericht = Envelop | Foutbericht | Bevestiging


def schrijf(bericht: Bericht) -> bytes:
    """The message by itself. Raises ``OngeldigBericht`` when its XSD would refuse it, or its tijdstip is on no calendar."""
    return _bytes(_boom(bericht))


def schrijf_soap(bericht: Bericht) -> bytes:
    """The message in SOAP 1.1; a Fo03 in a soap:Fault, with its omschrijving. Raises ``OngeldigBericht`` as ``schrijf``."""
    boom = _boom(bericht)
    if bericht.stuurgegevens.berichtcode == StufBerichtcode.FO03:
        assert isinstance(bericht, Foutbericht)
        return _bytes(_soap(_fault(bericht.plek.capitalize(), bericht.omschrijving, boom)))
    return _bytes(_soap(boom))


def schrijf_soap_fout(faultstring: str, faultcode: str = "Client") -> bytes:
    """A soap:Fault without Fo03, for a request that cannot be answered in StUF. ``faultcode`` as in ``GeenSoap``."""
    return _bytes(_soap(_fault(faultcode, faultstring, None)))


def _bytes(wortel: etree._Element) -> bytes:
    return etree.tostring(wortel, encoding="UTF-8", xml_declaration=True)


def _soap(inhoud: etree._Element) -> etree._Element:
    envelop = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
    etree.SubElement(envelop, f"{{{SOAP}}}Body").append(inhoud)
    return envelop


def _fault(faultcode: str, faultstring: str, detail: etree._Element | None) -> etree._Element:
    fault = etree.Element(f"{{{SOAP}}}Fault", nsmap={"soap": SOAP})
    etree.SubElement(fault, "faultcode").text = f"soap:{faultcode}"
    etree.SubElement(fault, "faultstring").text = faultstring
    if detail is not None:
        etree.SubElement(fault, "detail").append(detail)
    return fault


def _boom(bericht: Bericht) -> etree._Element:
    soort = StufBerichtcode(bericht.stuurgegevens.berichtcode)
    ruimte = GGK if isinstance(bericht, Envelop) else STUF
    wortel = etree.Element(_TAGS[soort], nsmap={n: u for n, u in PREFIXEN.items() if u in (STUF, ruimte)})
    try:
        _stuurgegevens(etree.SubElement(wortel, f"{{{ruimte}}}stuurgegevens"), bericht.stuurgegevens)
        if isinstance(bericht, Envelop):
            _parameters(etree.SubElement(wortel, f"{{{GGK}}}parameters"), bericht.parameters)
        elif isinstance(bericht, Foutbericht):
            _body(etree.SubElement(wortel, f"{{{STUF}}}body"), bericht)
    except ValueError:  # what lxml says of a control character
        fout = XsdFout(
            "/", "", 1, "Een tekst bevat een teken dat in XML niet mag.", "Haal stuurtekens uit de tekst weg."
        )
        raise OngeldigBericht(soort, (fout,)) from None
    if fouten := keur(wortel, soort, bericht.stuurgegevens):
        raise OngeldigBericht(soort, fouten)
    return wortel


def _stuurgegevens(element: etree._Element, stuur: Stuurgegevens) -> None:
    _stuf(element, "berichtcode", stuur.berichtcode)
    _systeem(etree.SubElement(element, f"{{{STUF}}}zender"), stuur.zender)
    _systeem(etree.SubElement(element, f"{{{STUF}}}ontvanger"), stuur.ontvanger)
    _stuf(element, "referentienummer", stuur.referentienummer)
    _stuf(element, "tijdstipBericht", stuur.tijdstipBericht)
    _stuf(element, "crossRefnummer", stuur.crossRefnummer)
    _stuf(element, "functie", stuur.functie)


def _systeem(element: etree._Element, systeem: Systeem) -> None:
    _stuf(element, "organisatie", systeem.organisatie)
    _stuf(element, "applicatie", systeem.applicatie)
    _stuf(element, "administratie", systeem.administratie)
    _stuf(element, "gebruiker", systeem.gebruiker)


def _parameters(element: etree._Element, parameters: Parameters) -> None:
    for naam in ("applicatieVersie", "applicatieSubversie", "functieVersie", "functieSubversie"):
        etree.SubElement(element, f"{{{GGK}}}{naam}").text = getattr(parameters, naam)
    bericht = etree.SubElement(element, f"{{{GGK}}}bericht")
    if parameters.bestandsnaam is None:
        bestand = etree.SubElement(bericht, f"{{{GGK}}}xmlBestand")
    else:
        bestand = etree.SubElement(bericht, f"{{{GGK}}}tekstBestand", bestandsnaam=parameters.bestandsnaam)
    bestand.text = parameters.bestand


def _body(element: etree._Element, bericht: Foutbericht) -> None:
    _stuf(element, "code", bericht.code)
    _stuf(element, "plek", bericht.plek)
    _stuf(element, "omschrijving", bericht.omschrijving)
    _stuf(element, "details", bericht.details)
    if bericht.detailsXML:
        origineel = etree.SubElement(element, f"{{{STUF}}}detailsXML")
        for deel in bericht.detailsXML:
            origineel.append(ontleed(deel, lange_tekst=True))


def _stuf(element: etree._Element, naam: str, waarde: str | None) -> None:
    if waarde is not None:
        etree.SubElement(element, f"{{{STUF}}}{naam}").text = waarde
