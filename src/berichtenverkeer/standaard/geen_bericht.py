"""What a document is that is no message of release 3.2: each kind with its own cause and what to do.

``van_bytes`` looks at what could not be read as XML, ``van_wortel`` at XML with another root. Nothing here decides: reading has
already refused, and what is not recognised keeps the plain reason. No text holds a value from the document; a code or a release
is named only where it is one of the standard.

Sources: the namespaces of iWmo and iJw from 2.0 on, the EI standard of Vektis that the messages were in before 2.1 (its first
record: 01, the BerichtCode, the version), and the first bytes by which other files are known.
"""

import base64
import re
from collections.abc import Callable

from lxml import etree

from .berichtsoort import BERICHTSOORTEN, Berichtsoort
from .domein import RELEASE, Domein

Oorzaak = tuple[str, str]
"""What the document is, and what to do: two Dutch sentences or more."""

WORTEL = "Bericht"
STUF_DEUR, VSP_DEUR = "POST /ggk/ws/OntvangAsynchroon", "POST /vsp/berichten/rest-push/v1/berichten"

_BOM = b"\xef\xbb\xbf"
_WITRUIMTE = b" \t\r\n"
_BEGIN = 4_096
"""How much of a document is looked at: what it is shows at the start."""

_OP_CODE = {soort.berichtcode: soort for soort in BERICHTSOORTEN.values()}
_OPVOLGERS = {"303": "323", "304": "325", "321": "323", "322": "325"}
"""Messages of before release 3.0, and those that took their place: the declaratie and what answers it."""

_UITPAKKEN = f"Pak het uit en geef het XML-bestand dat erin zit. Alleen VSP ({VSP_DEUR}) neemt een ZIP aan."
_EXPORTEER = "Laat uw software het bericht als XML-bestand opslaan en geef dat."
_LOS = (
    "Het bericht in de envelop is ook los te controleren: haal het eruit en geef dat aan 'berichtenverkeer validate'."
)

_EERSTE_BYTES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "Het document is een gzip-bestand.", "Pak het uit en geef het XML-bestand dat erin zit."),
    (b"7z\xbc\xaf\x27\x1c", "Het document is een 7z-archief.", _UITPAKKEN),
    (b"Rar!", "Het document is een RAR-archief.", _UITPAKKEN),
    (b"%PDF", "Het document is een PDF.", _EXPORTEER),
    (b"\xd0\xcf\x11\xe0", "Het document is van Excel, Word of Outlook (de oude vorm).", _EXPORTEER),
    (b"{\\rtf", "Het document is opgemaakte tekst (RTF).", _EXPORTEER),
    (b"\x89PNG", "Het document is een afbeelding.", _EXPORTEER),
    (b"\xff\xd8\xff", "Het document is een afbeelding.", _EXPORTEER),
)
_KANTOOR: tuple[tuple[bytes, str], ...] = (
    (b"xl/", "Excel (XLSX)"),
    (b"word/", "Word (DOCX)"),
    (b"vnd.oasis.opendocument", "LibreOffice"),
)

_HTML = re.compile(rb"(?:<!--.*?-->|<\?.*?\?>|\s)*+<(?:!doctype\s+)?(?:html|head|body)\b", re.IGNORECASE | re.DOTALL)
_EI = re.compile(rb"01([0-9]{3})[0-9]{4}[^<;,\t]*(?:[\r\n]|\Z)")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{16,}={0,2}")
_KOPREGELS = re.compile(
    rb"(?:HTTP/[0-9.]+ [0-9]{3}|(?:MIME-Version|Content-(?:Type|Disposition)|Received|From|Date):)", re.IGNORECASE
)
_FORMULIER = re.compile(rb"--\S+\r?\nContent-Disposition:", re.IGNORECASE)
_JSON = re.compile(rb"[{\[]\s*[\"{\[\]}0-9tfn-]")
_VERHULD = re.compile(rb"(?:[\w.-]+=)?(?:&lt;|%3c)(?:\?|%3f)?", re.IGNORECASE)

_HTML_IS = (
    "Het document is een webpagina (HTML), geen bericht.",
    "Waarschijnlijk is een inlog- of foutpagina opgeslagen in plaats van het bericht: open het in een browser om te zien welke, en "
    "haal het bericht opnieuw op.",
)


def van_bytes(data: bytes) -> Oorzaak | None:
    """What this is, that could not be read as XML; None when it is XML as far as can be seen, or nothing that is known."""
    kaal = data.removeprefix(_BOM)
    if not kaal:
        return (
            "Het document is leeg" + (", op een byte order mark na." if data else "."),
            "Controleer of het bestand goed is gemaakt of opgehaald, en bied het opnieuw aan.",
        )
    if not kaal.strip(_WITRUIMTE):
        return (
            "Het document bevat alleen spaties en lege regels.",
            "Controleer of het bestand goed is gemaakt of opgehaald, en bied het opnieuw aan.",
        )
    begin = kaal.lstrip(_WITRUIMTE)[:_BEGIN]
    if begin.startswith(b"<?xml") and not kaal.startswith(b"<?xml"):
        return (
            "Vóór de XML-declaratie (<?xml …) staat een lege regel of een spatie.",
            "Laat het document beginnen met <?xml, zonder iets ervoor.",
        )
    return next((oorzaak for vorm in _VORMEN if (oorzaak := vorm(begin))), None)


def _bestand(begin: bytes) -> Oorzaak | None:
    if begin.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        van = next((naam for deel, naam in _KANTOOR if deel in begin), None)
        if van is None and b"[Content_Types].xml" in begin:
            van = "Excel of Word"
        return (f"Het document is van {van}.", _EXPORTEER) if van else ("Het document is een ZIP.", _UITPAKKEN)
    return next(((melding, advies) for bytes_, melding, advies in _EERSTE_BYTES if begin.startswith(bytes_)), None)


def _ei(begin: bytes) -> Oorzaak | None:
    if not (gevonden := _EI.match(begin)):
        return None
    soort = _OP_CODE.get(gevonden[1].decode())
    welk = f" Het is een {soort}, met berichtcode {soort.berichtcode}." if soort else ""
    nu = f"het {soort}" if soort else "het bericht"
    return (
        f"Het document is een EI-bestand (de EI-standaard van Vektis), geen XML.{welk}",
        f"Berichten zijn sinds release 2.1 (2017) XML. Laat uw software {nu} als XML van release {RELEASE} maken; een declaratie "
        "(303) is nu een 323, en het antwoord daarop een 325.",
    )


def _html(begin: bytes) -> Oorzaak | None:
    return _HTML_IS if _HTML.match(begin) else None


def _json(begin: bytes) -> Oorzaak | None:
    if not _JSON.match(begin):
        return None
    if b'"berichtsoort"' in begin and b'"bericht"' in begin:
        return (
            "Het document is JSON, geen XML.",
            "Maak er een bericht van met 'berichtenverkeer generate', en geef dat.",
        )
    return (
        "Het document is JSON, geen XML.",
        f"Geef het bericht zelf als XML. De metadata van VSP gaan samen met het bericht naar {VSP_DEUR}.",
    )


def _formulier(begin: bytes) -> Oorzaak | None:
    if _FORMULIER.match(begin):
        return (
            "Het document is een formulier (multipart) met het bericht erin.",
            f"Geef alleen het XML-bestand. Een formulier met metadata is voor {VSP_DEUR}.",
        )
    return None


def _kopregels(begin: bytes) -> Oorzaak | None:
    if _KOPREGELS.match(begin):
        return (
            "Het document begint met de kopregels van een webverzoek of e-mail.",
            "Geef alleen wat daaronder staat: het document begint met <?xml of met het hoofdelement.",
        )
    return None


def _base64(begin: bytes) -> Oorzaak | None:
    tekens = b"".join(begin.split())
    if not _BASE64.fullmatch(tekens):
        return None
    inhoud = base64.b64decode(tekens[:16])
    if not inhoud.removeprefix(_BOM).lstrip(_WITRUIMTE).startswith(b"<"):
        return None
    return (
        "Het document is XML in base64, zoals het in een envelop zit.",
        "Zet de base64 om en geef de XML zelf (op de opdrachtregel: base64 -d).",
    )


def _verhuld(begin: bytes) -> Oorzaak | None:
    if _VERHULD.match(begin):
        return (
            "Het document is XML waarvan de tekens < en > zijn vervangen (&lt; of %3C).",
            "Geef de XML zelf, zoals het bestand is; niet uit een webpagina gekopieerd en niet als formulierveld.",
        )
    return None


def _tekst_ervoor(begin: bytes) -> Oorzaak | None:
    if begin.startswith(b"<") or b"<?xml" not in begin:
        return None
    return (
        "Vóór de XML-declaratie (<?xml …) staat andere tekst.",
        "Laat het document beginnen met <?xml, zonder iets ervoor.",
    )


def _csv(begin: bytes) -> Oorzaak | None:
    regel = begin.splitlines()[0]
    if b"<" in regel or not (b";" in regel or b"\t" in regel or regel.count(b",") > 1):
        return None
    return (
        "Het document is een tabel (CSV), geen XML.",
        f"{_EXPORTEER} Geleverde volumes in een CSV zijn voor 'berichtenverkeer declareer', dat er een 323 van maakt.",
    )


def _tekst(begin: bytes) -> Oorzaak | None:
    if b"<" in begin or b"\x00" in begin:
        return None
    return "Het document is tekst, geen XML.", _EXPORTEER


_VORMEN: tuple[Callable[[bytes], Oorzaak | None], ...] = (
    _bestand, _html, _json, _formulier, _kopregels, _ei, _base64, _verhuld, _tekst_ervoor, _csv, _tekst,
)  # fmt: skip
"""In order: the first that fits is what it is."""


_SOAP = (
    "Het document is een SOAP-envelop, niet het bericht zelf.",
    f"Een envelop van StUF gaat naar {STUF_DEUR}; VSP vraagt geen SOAP maar {VSP_DEUR}. {_LOS}",
)
_STUF = (
    "Het document is een StUF-envelop, niet het bericht zelf.",
    f"Bied de envelop, in SOAP, aan bij {STUF_DEUR}. {_LOS}",
)
_STUF_ANTWOORD = (
    "Het document is een bevestiging of foutbericht van StUF (Bv03, Fo01 of Fo03), geen bericht.",
    f"Geef het bericht zelf. Een foutbericht voor een gemeente gaat in SOAP naar {STUF_DEUR}.",
)
_GGK, _STUF0301 = "http://www.stufstandaarden.nl/koppelvlak/ggk", "http://www.egem.nl/StUF/"
_ANDERE_XML: tuple[tuple[str, Oorzaak], ...] = (
    ("http://schemas.xmlsoap.org/soap/envelope/", _SOAP),
    ("http://www.w3.org/2003/05/soap-envelope", _SOAP),
    (_GGK, _STUF),
    (_STUF0301, _STUF_ANTWOORD),
    ("http://www.w3.org/1999/xhtml", _HTML_IS),
    (
        "http://www.istandaarden.nl/validatie/",
        (
            "Het document is een Rapport van de validatieservice, geen bericht.",
            "Geef het bericht waarover het Rapport gaat.",
        ),
    ),
    ("http://www.w3.org/2001/XMLSchema", ("Het document is een XSD, geen bericht.", "Geef een bericht.")),
    ("http://schemas.xmlsoap.org/wsdl/", ("Het document is een WSDL, geen bericht.", "Geef een bericht.")),
    ("http://www.w3.org/1999/XSL/Transform", ("Het document is een XSLT, geen bericht.", "Geef een bericht.")),
    ("urn:schemas-microsoft-com:office:", ("Het document is van Excel of Word, in XML.", _EXPORTEER)),
)
"""Other documents by how the namespace of their root begins."""

_ISTANDAARD = re.compile(
    r"http://www\.istandaarden\.nl/([a-z]+)/([0-9]+)_([0-9]+)/([a-z]+)([0-9]{2,3})/schema(?:/[0-9_]+)?"
)
"""The older releases have theirs once more at the end: ``…/wmo305/schema/2_0``."""


def van_wortel(wortel: etree._Element) -> Oorzaak:
    """What this document is, whose root is that of no message."""
    naam = etree.QName(wortel)
    namespace = naam.namespace or ""
    if gevonden := _ISTANDAARD.fullmatch(namespace):
        return _istandaard(*gevonden.groups(), is_bericht=naam.localname == WORTEL)
    if not namespace and naam.localname.lower() == "html":
        return _HTML_IS
    if (anders := next((oorzaak for begin, oorzaak in _ANDERE_XML if namespace.startswith(begin)), None)) is not None:
        stuf = anders is _SOAP and any(str(deel.tag).startswith(f"{{{_GGK}") for deel in wortel.iter("*"))
        return _STUF if stuf else anders
    geen = " Het heeft geen namespace." if not namespace else ""
    return (
        f"Het hoofdelement is geen Bericht van iWmo of iJw.{geen}",
        "Controleer de namespace van het hoofdelement; verwacht wordt bijvoorbeeld "
        f"{BERICHTSOORTEN['WMO301'].namespace}.",
    )


def _istandaard(wet: str, hoofd: str, sub: str, voorvoegsel: str, nummer: str, *, is_bericht: bool) -> Oorzaak:
    """A message of an iStandaard: of another law, another release, or one that is not there."""
    if wet not in list(Domein):
        return (
            "Het bericht is van een andere iStandaard, zoals iWlz of iPgb; verwerkt worden iWmo en iJw.",
            "Bied het aan bij de partij voor wie het bestemd is.",
        )
    domein, release = Domein(wet), f"{hoofd}.{sub}"
    soort = BERICHTSOORTEN.get(domein.voorvoegsel + nummer) if voorvoegsel == domein.voorvoegsel.lower() else None
    if release != RELEASE:
        return (
            f"Het bericht is van release {release[:20]}; verwerkt wordt release {RELEASE}.",
            _vervangen(domein, nummer) or _opnieuw(soort, _nummers(release) < _nummers(RELEASE)),
        )
    if soort is not None and not is_bericht:
        return (
            f"Release {RELEASE} kent geen bericht met dit hoofdelement.",
            f"De namespace is die van een {soort}; het hoofdelement daarvan heet {WORTEL}.",
        )
    return (
        f"Release {RELEASE} kent geen bericht met deze namespace.",
        _vervangen(domein, nummer)
        or _van_andere_wet(domein, voorvoegsel, nummer)
        or f"De berichten zijn {', '.join(BERICHTSOORTEN)}; het hoofdelement heet {WORTEL}.",
    )


def _nummers(release: str) -> tuple[int, ...]:
    """A release to compare; of digits without end only the first count."""
    return tuple(int(deel[:9]) for deel in release.split("."))


def _vervangen(domein: Domein, nummer: str) -> str:
    """What to send in place of a message that there is no more."""
    nieuw = _OPVOLGERS.get(nummer)
    if nieuw is None:
        return ""
    oud = domein.voorvoegsel + nummer
    declaratie, antwoord = domein.voorvoegsel + "323", domein.voorvoegsel + "325"
    wat = (
        f"een declaratie is nu een {declaratie}"
        if nieuw == "323"
        else f"het antwoord op een declaratie is nu een {antwoord}"
    )
    doe = f"Declareer met een {declaratie}; daarop antwoordt de gemeente met een {antwoord}."
    return f"{oud} bestaat in release {RELEASE} niet meer: {wat}. {doe}"


def _opnieuw(soort: Berichtsoort | None, ouder: bool) -> str:
    """What to do with a message of another release."""
    welk = f"het {soort}" if soort else "het bericht"
    zin = f"Laat uw software {welk} in release {RELEASE} maken en bied dat aan."
    return f"{zin} Alleen de namespace veranderen is niet genoeg: er zijn andere elementen." if ouder else zin


def _van_andere_wet(domein: Domein, voorvoegsel: str, nummer: str) -> str:
    ander = next((wet for wet in Domein if wet is not domein), domein)
    if voorvoegsel != ander.voorvoegsel.lower() or ander.voorvoegsel + nummer not in BERICHTSOORTEN:
        return ""
    goed, ook = BERICHTSOORTEN[domein.voorvoegsel + nummer], BERICHTSOORTEN[ander.voorvoegsel + nummer]
    return f"De namespace noemt {domein} en het bericht {ook}. Gebruik {goed.namespace} of {ook.namespace}."
