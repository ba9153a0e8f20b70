"""From bytes to a StUF message, step by step: an envelope that its XSD refuses still has a sender who wants an answer.

``lees_soap`` raises only for what cannot be answered in StUF at all. What it gives says of itself how far it can be read:
``code`` when its root is not one that we take in, ``stuurgegevens`` when an answer can be addressed, ``keur`` and
``inhoud`` for the rest.
"""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from ....standaard.fouten import OngeldigBericht, Onleesbaar, XsdFout
from ....standaard.xml import MAX_BYTES, ontleed
from ..codes import Plek
from ..fouten import GeenSoap
from .lading import codeer
from .model import Bevestiging, Envelop, Foutbericht, Parameters, Stuurgegevens, Systeem
from .namen import GGK, SOAP, STUF, WORTELS, StufBerichtcode
from .schema import keur

MAX_SOAP = 2 * MAX_BYTES
"""The most bytes that are parsed at all. What is over ``MAX_BYTES`` gets a Fo01 (IB003), so it must be read first."""

_HOOGSTENS = {b"<": 2_000, b"xmlns": 200, b"=": 2_000}
"""Far more than any envelope has of tags, namespaces and attributes: its file is base64, also in a Fo01 that quotes it."""

_ANDERE_STUF = re.compile(r"http://www\.egem\.nl/StUF/StUF[0-9]+")
_GGK_DEEL = re.compile("ggk(?:[0-9]{4})?")
_SOAP_ENVELOP = re.compile(r"\{[^}]*\}Envelope")


@dataclass(frozen=True)
class Ontvangen:
    """One StUF message, as far as it can be read.

    ``soort`` is None when its root is not one that was asked for; then ``code`` is the Fo03 code that says so and
    ``details`` the version that is supported, where that is the matter. ``stuurgegevens`` is None when no answer can be
    addressed: something of berichtcode, organisatie of either party, referentienummer (1 to 40 characters) and
    tijdstipBericht is missing. What they hold need not be valid. ``vingerafdruk`` is the SHA-256, in hex, of the canonical
    form of the message without its SOAP: the same for the same content. It is exclusive canonical XML, for the inclusive
    kind takes over the namespaces of the wrapper (afgeleid).
    """

    wortel: etree._Element = field(repr=False, compare=False)
    soort: StufBerichtcode | None
    code: str | None
    details: str | None
    stuurgegevens: Stuurgegevens | None
    vingerafdruk: str

    @cached_property
    def origineel(self) -> bytes:
        """The message without its SOAP, in canonical form: for ``detailsXML``."""
        return canoniek(self.wortel)

    @property
    def los(self) -> bytes:
        """The message without its SOAP, as it was written; of the namespaces in the SOAP only those that it uses."""
        return etree.tostring(self.wortel, encoding="UTF-8", with_tail=False)

    @property
    def omslag(self) -> bytes:
        """The same of a valid Di01 or Du01, without the file in it: ``met_bestand`` puts it back."""
        bestand = self.wortel[1][-1][0]
        tekst, bestand.text = bestand.text, None
        kaal = self.los
        bestand.text = tekst
        return kaal

    @cached_property
    def kenmerk(self) -> str | None:
        """``details`` of a Fo01 on this message, ``JW307-00070001``; None when functie or version cannot be read."""
        functie = self.stuurgegevens.functie if self.stuurgegevens else None
        versies = [_tekst(self.wortel, f"{{{GGK}}}parameters/{{{GGK}}}{naam}") for naam in _APPLICATIEVERSIES]
        return f"{functie}-{''.join(versies)}"[:1000] if functie and all(versies) else None

    def keur(self) -> tuple[XsdFout, ...]:
        """Every place where the message is not what its XSD asks, and a tijdstipBericht that is on no calendar.

        Texts hold no value from the message. Raises ``ValueError`` when ``soort`` is None.
        """
        if self.soort is None:
            raise ValueError("a message of an unknown kind has no XSD")
        return keur(self.wortel, self.soort, self.stuurgegevens)

    def inhoud(self) -> Envelop | Foutbericht | Bevestiging:
        """The content. Raises ``OngeldigBericht`` with what ``keur`` finds, and ``ValueError`` when ``soort`` is None."""
        fouten = self.keur()
        if fouten:
            raise OngeldigBericht(self.soort or "", fouten)
        assert self.stuurgegevens is not None
        if self.soort in (StufBerichtcode.DI01, StufBerichtcode.DU01):
            return Envelop(self.stuurgegevens, _parameters(self.wortel))
        if self.soort is StufBerichtcode.BV03:
            return Bevestiging(self.stuurgegevens)
        return _foutbericht(self.wortel, self.stuurgegevens)


@dataclass(frozen=True, slots=True)
class SoapFout:
    """A soap:Fault without a Fo03 in it."""

    faultcode: str
    faultstring: str


_VERZOEKEN = frozenset({StufBerichtcode.DI01, StufBerichtcode.DU01, StufBerichtcode.FO01})
_APPLICATIEVERSIES = ("applicatieVersie", "applicatieSubversie")


def lees_soap(data: bytes, max_bytes: int = MAX_SOAP) -> Ontvangen:
    """A request to OntvangAsynchroon: a Di01, Du01 or Fo01 in a SOAP 1.1 envelope.

    Raises ``TeGroot`` over ``max_bytes``, ``Onleesbaar`` for what is not XML that is taken in (a DTD, broken, not UTF-8, far
    more elements than an envelope has) and ``GeenSoap`` for what is no SOAP 1.1 envelope with one element in its Body.
    """
    return _ontvangen(_lichaam(_ontleed(data, max_bytes)), _VERZOEKEN)


def lees_stuf(data: bytes, max_bytes: int = MAX_SOAP) -> Ontvangen:
    """Any StUF message by itself, without SOAP. Raises ``TeGroot`` and ``Onleesbaar`` as ``lees_soap`` does."""
    return _ontvangen(_ontleed(data, max_bytes), frozenset(StufBerichtcode))


def met_bestand(omslag: bytes, payload: bytes) -> bytes:
    """The message of this ``Ontvangen.omslag`` with its file in it again."""
    wortel = ontleed(omslag)
    wortel[1][-1][0].text = codeer(payload)
    return etree.tostring(wortel, encoding="UTF-8")


def lees_antwoord(data: bytes, max_bytes: int = MAX_SOAP) -> Bevestiging | Foutbericht | SoapFout:
    """What a receiver answered: a Bv03, a Fo03 in a soap:Fault, or a soap:Fault alone.

    Raises what ``lees_soap`` raises, and ``OngeldigBericht`` for a Bv03 or Fo03 that its XSD refuses.
    """
    kind = _lichaam(_ontleed(data, max_bytes))
    if kind.tag == f"{{{SOAP}}}Fault":
        fo03 = kind.find(f"detail/{{{STUF}}}Fo03Bericht")
        if fo03 is None:
            return SoapFout(_tekst(kind, "faultcode").rpartition(":")[2], _tekst(kind, "faultstring"))
        kind = fo03
    antwoord = _ontvangen(kind, frozenset({StufBerichtcode.BV03, StufBerichtcode.FO03}))
    if antwoord.soort is None:
        raise GeenSoap("Het antwoord is geen Bv03 en geen fout.", "Antwoord met een Bv03 of een soap:Fault.")
    inhoud = antwoord.inhoud()
    assert not isinstance(inhoud, Envelop)
    return inhoud


def canoniek(element: etree._Element) -> bytes:
    """An element by itself in exclusive canonical XML."""
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def _ontleed(data: bytes, max_bytes: int) -> etree._Element:
    """The tree, of a document with no more elements, namespaces and attributes than canonical XML can bear: it looks
    through all namespaces for every name, and puts the attributes of an element in order one by one."""
    if len(data) <= max_bytes and any(data.count(teken) > hoogstens for teken, hoogstens in _HOOGSTENS.items()):
        raise _overdaad()
    return ontleed(data, max_bytes, lange_tekst=True)


def _overdaad() -> Onleesbaar:
    return Onleesbaar(
        "Het document heeft uitzonderlijk veel elementen, attributen of namespaces.",
        "Zet het bericht als base64 in de envelop, en niet als XML.",
    )


def _lichaam(wortel: etree._Element) -> etree._Element:
    """The one element in the Body of a SOAP 1.1 envelope."""
    if wortel.tag != f"{{{SOAP}}}Envelope":
        andere = _SOAP_ENVELOP.fullmatch(wortel.tag) is not None
        raise GeenSoap(
            "Het document is geen SOAP 1.1.",
            f"Zet het bericht in een Envelope met de namespace {SOAP}.",
            "VersionMismatch" if andere else "Client",
        )
    for blok in wortel.iterfind(f"{{{SOAP}}}Header/*"):
        if blok.get(f"{{{SOAP}}}mustUnderstand") == "1":
            melding = "De SOAP-header bevat een blok dat begrepen moet worden, en dat niet bekend is."
            raise GeenSoap(
                melding,
                "Laat de SOAP-header leeg; WS-Addressing en WS-Security worden niet gebruikt.",
                "MustUnderstand",
            )
    lichamen = wortel.findall(f"{{{SOAP}}}Body")
    if len(lichamen) != 1 or len(lichamen[0]) != 1:
        raise GeenSoap("De SOAP-body bevat niet precies één bericht.", "Zet één bericht in één Body.")
    return lichamen[0][0]


def _ontvangen(wortel: etree._Element, gevraagd: frozenset[StufBerichtcode]) -> Ontvangen:
    afdruk = _vingerafdruk(wortel)
    _maak_los(wortel)
    soort = WORTELS.get(wortel.tag)
    if soort in gevraagd:
        stuurgegevens = wortel.find(f"{_ruimte(wortel)}stuurgegevens")
        if stuurgegevens is None or not (andere := _andere_versie(stuurgegevens)):
            gelezen = None if stuurgegevens is None else _stuurgegevens(stuurgegevens, f"{{{STUF}}}")
            return Ontvangen(wortel, soort, None, None, gelezen, afdruk)
        return Ontvangen(wortel, None, "StUF001", "StUF0301", _stuurgegevens(stuurgegevens, andere), afdruk)
    code, details = _vreemd(_ruimte(wortel)[1:-1])
    stuurgegevens = wortel.find("{*}stuurgegevens")
    gelezen = None if stuurgegevens is None else _stuurgegevens(stuurgegevens, "{*}")
    return Ontvangen(wortel, None, code, details, gelezen, afdruk)


def _maak_los(wortel: etree._Element) -> None:
    """Take the message out of its SOAP: what is declared there and not used in it does not count in its size."""
    ouder = wortel.getparent()
    if ouder is not None:
        ouder.remove(wortel)
        wortel.tail = None


def _vingerafdruk(wortel: etree._Element) -> str:
    try:
        return hashlib.sha256(canoniek(wortel)).hexdigest()
    except etree.C14NError:
        raise Onleesbaar(
            "Het document heeft een namespace die geen absolute URI is.", "Gebruik alleen de namespaces van StUF-GGK."
        ) from None


def _vreemd(namespace: str) -> tuple[str, str | None]:
    """The Fo03 code for a root that is not taken in, the first that applies, and the version that is."""
    if namespace in (STUF, GGK):
        return "StUF022", None
    if _ANDERE_STUF.fullmatch(namespace):
        return "StUF001", "StUF0301"
    if any(_GGK_DEEL.fullmatch(deel) for deel in namespace.split("/")):
        return "StUF007", "ggk0210"
    return "StUF004", None


def _ruimte(element: etree._Element) -> str:
    """The namespace in braces, or nothing."""
    return f"{element.tag.rpartition('}')[0]}}}" if element.tag.startswith("{") else ""


def _andere_versie(stuurgegevens: etree._Element) -> str | None:
    """The namespace, in braces, of stuurgegevens that are of another version of StUF."""
    ruimte = _ruimte(stuurgegevens[0]) if len(stuurgegevens) else ""
    return ruimte if ruimte != f"{{{STUF}}}" and _ANDERE_STUF.fullmatch(ruimte[1:-1]) else None


def _stuurgegevens(element: etree._Element, ruimte: str) -> Stuurgegevens | None:
    zender, ontvanger = (_systeem(element.find(ruimte + naam), ruimte) for naam in ("zender", "ontvanger"))
    berichtcode, nummer, tijdstip = (
        _tekst(element, ruimte + naam) for naam in ("berichtcode", "referentienummer", "tijdstipBericht")
    )
    if zender is None or ontvanger is None or not berichtcode or not tijdstip.strip():
        return None
    if not nummer.strip() or len(nummer) > 40:
        return None
    kruis, functie = (_mogelijk(element, ruimte + naam) for naam in ("crossRefnummer", "functie"))
    return Stuurgegevens(berichtcode, zender, ontvanger, nummer, tijdstip, kruis, functie)


def _systeem(element: etree._Element | None, ruimte: str) -> Systeem | None:
    if element is None or element.find(f"{ruimte}organisatie") is None:
        return None
    administratie, gebruiker = (_mogelijk(element, ruimte + naam) for naam in ("administratie", "gebruiker"))
    organisatie, applicatie = (_tekst(element, ruimte + naam) for naam in ("organisatie", "applicatie"))
    return Systeem(organisatie, applicatie, administratie, gebruiker)


def _parameters(wortel: etree._Element) -> Parameters:
    """The parameters of a valid envelope."""
    versie, subversie, functieversie, functiesubversie, bericht = wortel[1]
    bestand = bericht[0]
    return Parameters(
        versie.text or "",
        subversie.text or "",
        functieversie.text or "",
        functiesubversie.text or "",
        bestand.text or "",
        bestand.get("bestandsnaam"),
    )


def _foutbericht(wortel: etree._Element, stuurgegevens: Stuurgegevens) -> Foutbericht:
    """The content of a valid Fo01 or Fo03."""
    body = wortel[1]
    code, plek, omschrijving = (_tekst(body, f"{{{STUF}}}{naam}") for naam in ("code", "plek", "omschrijving"))
    details = _mogelijk(body, f"{{{STUF}}}details")
    origineel = tuple(canoniek(kind) for kind in body.iterfind(f"{{{STUF}}}detailsXML/*"))
    return Foutbericht(stuurgegevens, code, Plek(plek), omschrijving, details, origineel)


def _tekst(element: etree._Element, pad: str) -> str:
    return _mogelijk(element, pad) or ""


def _mogelijk(element: etree._Element, pad: str) -> str | None:
    """The text of an element below; empty for an empty element, None where there is none."""
    gevonden = element.find(pad)
    return None if gevonden is None else gevonden.text or ""
