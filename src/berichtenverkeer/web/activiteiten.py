"""What each page does with data of persons, declared, as ``api.activiteiten`` does for the interface. A page is here, or in ``ZONDER``; a
test sees to it.
"""

from collections.abc import Mapping

from ..api import activiteiten as van
from ..optreden import Actie, Activiteit

AANMELDEN = Activiteit("aanmelden", Actie.UITVOEREN, "sessie", beheer=True)
AFMELDEN = Activiteit("afmelden", Actie.UITVOEREN, "sessie", beheer=True)
PARTIJ_KIEZEN = Activiteit("partij-kiezen", Actie.UITVOEREN, "sessie", beheer=True)
WACHTWOORD = Activiteit("wachtwoord-wijzigen", Actie.WIJZIGEN, "gebruiker", beheer=True)
TWEEDE_STAP = Activiteit("tweede-stap-instellen", Actie.WIJZIGEN, "gebruiker", beheer=True)
EVALUATIE = Activiteit("evaluatie-afvinken", Actie.WIJZIGEN, "toewijzing", beheer=True)
FACTUUR_BEWAREN = Activiteit("factuur-bewaren", Actie.MAKEN, "factuur", beheer=True)
TOKEN_MAKEN = Activiteit("token-maken", Actie.MAKEN, "bewijs", beheer=True)
CERTIFICAAT = Activiteit("certificaat-registreren", Actie.MAKEN, "bewijs", beheer=True)
BEWIJS_INTREKKEN = Activiteit("bewijs-intrekken", Actie.VERWIJDEREN, "bewijs", beheer=True)
GEBRUIKER_MAKEN = Activiteit("gebruiker-maken", Actie.MAKEN, "gebruiker", beheer=True)
GEBRUIKER_WIJZIGEN = Activiteit("gebruiker-wijzigen", Actie.WIJZIGEN, "gebruiker", beheer=True)
PARTIJ_MAKEN = Activiteit("partij-maken", Actie.MAKEN, "partij", beheer=True)
PARTIJ_WIJZIGEN = Activiteit("partij-wijzigen", Actie.WIJZIGEN, "partij", beheer=True)
MANDAAT = Activiteit("mandaat-wijzigen", Actie.WIJZIGEN, "partij", beheer=True)
SCHAKELAAR = Activiteit("schakelaar-zetten", Actie.WIJZIGEN, "schakelaar", beheer=True)
OPNIEUW_BEZORGEN = Activiteit("opnieuw-bezorgen", Actie.UITVOEREN, "bezorging", beheer=True)
BSN_TONEN = Activiteit("bsn-tonen", Actie.LEZEN, "bsn", altijd=True)
VANDAAG = van.WERKLIJST

_DADEN = ("start", "stop", "start-verbeteren", "stop-verbeteren", "nieuw-product", "wijziging")
_ANTWOORDEN = ("toewijzing", "onderzoek", "afwijzen")

ACTIVITEITEN: Mapping[str, Activiteit] = {
    "GET /": VANDAAG,
    "POST /aanmelden": AANMELDEN,
    "POST /aanmelden/code": AANMELDEN,
    "GET /aanmelden/via/{dienst}/terug": AANMELDEN,
    "POST /afmelden": AFMELDEN,
    "POST /partij": PARTIJ_KIEZEN,
    "POST /ik/wachtwoord": WACHTWOORD,
    "POST /ik/tweede-stap": TWEEDE_STAP,
    "GET /berichten": van.BERICHTEN,
    "POST /berichten/zoeken": van.BERICHTEN,
    "GET /berichten/{id}": van.BERICHT,
    "POST /berichten/{id}/bsn": BSN_TONEN,
    "GET /berichten/{id}/xml": van.BERICHT_XML,
    "GET /berichten/{id}/verbeteren": van.BERICHT,
    "POST /controleren": van.CONTROLEREN,
    "POST /versturen": van.AANBIEDEN,
    "GET /toewijzingen": van.TOEWIJZINGEN,
    "POST /toewijzingen/zoeken": van.TOEWIJZINGEN,
    "GET /toewijzingen/{id}": van.TOEWIJZING,
    "POST /toewijzingen/{id}/bsn": BSN_TONEN,
    **{f"{methode} /toewijzingen/{{id}}/{daad}": van.VOORSTEL for methode in ("GET", "POST") for daad in _DADEN},
    "GET /verzoeken": van.VERZOEKEN,
    "POST /verzoeken/zoeken": van.VERZOEKEN,
    "GET /verzoeken/{id}": van.VERZOEK,
    "POST /verzoeken/{id}/bsn": BSN_TONEN,
    **{f"{methode} /verzoeken/{{id}}/{daad}": van.VOORSTEL for methode in ("GET", "POST") for daad in _ANTWOORDEN},
    "GET /voorstellen/verzoek-nieuwe-client": van.VOORSTEL,
    "POST /voorstellen/verzoek-nieuwe-client": van.VOORSTEL,
    "GET /declaraties": van.DECLARATIES,
    "POST /declaraties/zoeken": van.DECLARATIES,
    "GET /declaraties/{id}": van.DECLARATIE,
    "GET /declaraties/{id}/herstel": van.VOORSTEL,
    "POST /declaraties/{id}/herstel": van.VOORSTEL,
    "POST /declareren": van.VOORSTEL,
    "POST /declareren/versturen": van.AANBIEDEN,
    "GET /stuurinformatie/{code}/onderliggend": van.ONDERLIGGEND,
    "GET /hoofdaannemer/doorgeven": van.TOEWIJZINGEN,
    "GET /hoofdaannemer/doorgeven/{toewijzing}": van.TOEWIJZING,
    "POST /hoofdaannemer/doorgeven/{toewijzing}": van.INZETTEN_DOEN,
    "GET /hoofdaannemer": van.WERKLIJST,
    "GET /hoofdaannemer/partners/{code}": van.INZETTEN,
    "GET /hoofdaannemer/inzetten": van.INZETTEN,
    "GET /hoofdaannemer/inzetten/{id}": van.INZET,
    "GET /hoofdaannemer/inzetten/{id}/{daad}": van.INZET,
    "POST /hoofdaannemer/inzetten/{id}/{daad}": van.INZET_WIJZIGEN,
    "GET /hoofdaannemer/maandstaten": van.MAANDSTATEN,
    "GET /hoofdaannemer/maandstaten/{maand}/{partner}": van.MAANDSTATEN,
    "GET /hoofdaannemer/maandstaten/{maand}/{partner}/vaststellen": van.MAANDSTATEN,
    "POST /hoofdaannemer/maandstaten/{maand}/{partner}/vaststellen": van.MAANDSTAAT_VAST,
    "GET /hoofdaannemer/herindicaties": van.HERINDICATIES,
    "GET /hoofdaannemer/herindicaties/{toewijzing}/evaluatie": van.HERINDICATIES,
    "POST /hoofdaannemer/herindicaties/{toewijzing}/evaluatie": EVALUATIE,
    "GET /hoofdaannemer/zwaarte/{toewijzing}": van.TOEWIJZING,
    "POST /hoofdaannemer/zwaarte": van.ZWAARTE,
    "POST /hoofdaannemer/zwaarte/{toewijzing}": van.ZWAARTE,
    "POST /hoofdaannemer/facturen/controle": van.FACTUUR,
    "POST /hoofdaannemer/facturen/bewaren": FACTUUR_BEWAREN,
    "GET /hoofdaannemer/facturen/bewaard": van.FACTUUR,
    "GET /hoofdaannemer/omzettingen": van.OMZETTINGEN,
    "GET /hoofdaannemer/omzettingen/overzetten": van.OMZETTINGEN,
    "POST /hoofdaannemer/omzettingen/overzetten": van.OMZETTEN,
    "GET /hoofdaannemer/omzettingen/versturen": van.OMZETTINGEN,
    "POST /hoofdaannemer/omzettingen/versturen": van.OMZETTEN,
    "GET /hoofdaannemer/laden/{soort}": van.GELADEN,
    "POST /hoofdaannemer/laden/{soort}": van.LADEN,
    "GET /maandstaten": van.MAANDSTATEN,
    "GET /maandstaten/{maand}/{hoofdaannemer}": van.MAANDSTATEN,
    "POST /inzetten/meldingen": van.LADEN,
    "GET /inzetten": van.INZETTEN,
    "GET /inzetten/{id}": van.INZET,
    "GET /inzetten/{id}/inzorgmelding": van.INZET,
    "POST /inzetten/{id}/inzorgmelding/bsn": BSN_TONEN,
    "GET /inzetten/{id}/uitzorgmelding": van.INZET,
    "POST /inzetten/{id}/uitzorgmelding/bsn": BSN_TONEN,
    "GET /inzetten/{id}/{daad}": van.INZET,
    "POST /inzetten/{id}/{daad}": van.MELDEN,
    "POST /webhooks/nieuw": van.WEBHOOK,
    "POST /webhooks/{id}/roteer": van.WEBHOOK,
    "POST /webhooks/{id}/test": van.WEBHOOK,
    "POST /webhooks/{id}/{daad}": van.WEBHOOK,
    "POST /beheer/bewijzen/token": TOKEN_MAKEN,
    "POST /beheer/bewijzen/certificaat": CERTIFICAAT,
    "POST /beheer/bewijzen/{id}": BEWIJS_INTREKKEN,
    "POST /beheer/gebruikers/nieuw": GEBRUIKER_MAKEN,
    "POST /beheer/gebruikers/{id}/rol": GEBRUIKER_WIJZIGEN,
    "POST /beheer/gebruikers/{id}/{daad}": GEBRUIKER_WIJZIGEN,
    "POST /beheer/nieuwe-partij": PARTIJ_MAKEN,
    "POST /beheer/partijen/{code}": PARTIJ_WIJZIGEN,
    "POST /beheer/partijen/{code}/mandaten": MANDAAT,
    "POST /beheer/schakelaars/nieuw": SCHAKELAAR,
    "POST /beheer/schakelaars/{functie}/{versie}/{van}": SCHAKELAAR,
    "POST /beheer/schakelaars/{functie}/{versie}/{van}/{ontvanger}": SCHAKELAAR,
    "POST /beheer/wachtrijen/{code}/opnieuw": OPNIEUW_BEZORGEN,
    "GET /logboek": van.LOGBOEK,
    "POST /logboek/zoeken": van.LOGBOEK,
}
"""By method and path."""

ZONDER: Mapping[str, str] = {
    "GET /statisch/{naam}": "opmaak",
    "GET /aanmelden": "een leeg formulier",
    "GET /aanmelden/code": "een leeg formulier",
    "GET /aanmelden/via/{dienst}": "verwijst naar de dienst",
    "GET /controleren": "een leeg formulier",
    "GET /hoofdaannemer/partners": "de partners zelf",
    "GET /hoofdaannemer/laden": "welke bestanden er zijn",
    "GET /hoofdaannemer/contracten": "afspraken met partners",
    "GET /hoofdaannemer/bezetting": "aantallen per partner",
    "GET /hoofdaannemer/betaalschema": "bedragen per maand",
    "GET /hoofdaannemer/zwaarte": "de vragenlijst",
    "GET /hoofdaannemer/facturen": "een leeg formulier",
    "GET /inzetten/meldingen": "een leeg formulier",
    "GET /ik": "wie is aangemeld",
    "GET /partij": "wie is aangemeld",
    "GET /ik/wachtwoord": "een leeg formulier",
    "GET /ik/tweede-stap": "een leeg formulier",
    "GET /declareren": "een leeg formulier",
    "GET /stuurinformatie": "cijfers over groepen, kleine aantallen verborgen",
    "GET /webhooks": "adressen en soorten",
    "GET /webhooks/nieuw": "een leeg formulier",
    "GET /webhooks/{id}": "ids van wat er gebeurde, niets over een persoon",
    "GET /beheer": "wat er te beheren is",
    "GET /beheer/bewijzen": "tokens en certificaten, zonder hun geheim",
    "GET /beheer/bewijzen/token": "een leeg formulier",
    "GET /beheer/bewijzen/certificaat": "een leeg formulier",
    "GET /beheer/bewijzen/{id}": "een token of certificaat, zonder zijn geheim",
    "GET /beheer/gebruikers": "wie zich kan aanmelden, geen cliënten",
    "GET /beheer/gebruikers/nieuw": "een leeg formulier",
    "GET /beheer/gebruikers/{id}": "wie zich kan aanmelden, geen cliënten",
    "GET /beheer/instellingen": "de instellingen van het knooppunt",
    "GET /beheer/nieuwe-partij": "een leeg formulier",
    "GET /beheer/partijen": "de partijen zelf",
    "GET /beheer/partijen/{code}": "de partijen zelf",
    "GET /beheer/schakelaars": "releases van de standaard",
    "GET /beheer/schakelaars/nieuw": "een leeg formulier",
    "GET /beheer/schakelaars/{functie}/{versie}/{van}": "releases van de standaard",
    "GET /beheer/schakelaars/{functie}/{versie}/{van}/{ontvanger}": "releases van de standaard",
    "GET /beheer/wachtrijen": "aantallen, en nummers van berichten",
    "GET /proef": "alleen in proefmodus",
    "POST /proef/klok": "alleen in proefmodus",
    "GET /proef/storingen": "alleen in proefmodus",
    "GET /proef/storingen/{code}": "alleen in proefmodus",
    "POST /proef/storingen/{code}": "alleen in proefmodus",
    "GET /proef/tegenpartijen": "alleen in proefmodus",
    "POST /proef/tegenpartijen": "alleen in proefmodus",
    "GET /proef/tegenpartijen/{id}": "alleen in proefmodus",
    "POST /proef/tegenpartijen/{id}": "alleen in proefmodus",
    "GET /proef/flows": "alleen in proefmodus",
    "GET /proef/flows/{naam:path}": "alleen in proefmodus",
    "POST /proef/flows/{naam:path}": "alleen in proefmodus",
    "GET /uitleg": "de standaard",
    "GET /regels": "de standaard",
    "GET /regels/{code}": "de standaard",
    "GET /retourcodes": "de standaard",
    "GET /retourcodes/{code}": "de standaard",
    "GET /codelijsten": "de standaard",
    "GET /codelijsten/{code}": "de standaard",
    "GET /levensloop": "de standaard",
    "GET /levensloop/{soort}": "de standaard",
    "GET /termijnen": "de standaard",
    "GET /woorden": "de standaard",
}
"""The pages where nothing of a person can come, each with why."""
