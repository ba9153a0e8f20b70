"""What each route does with data of persons, declared: the one place that says what is noted in the log. A route is here, or in
``ZONDER``; a test sees to it.
"""

from collections.abc import Mapping

from ..optreden import Actie, Activiteit

_C, _R, _U, _D, _E = Actie.MAKEN, Actie.LEZEN, Actie.WIJZIGEN, Actie.VERWIJDEREN, Actie.UITVOEREN

AANBIEDEN = Activiteit("bericht-aanbieden", _C, "bericht", bij_opname=True)
BERICHTEN = Activiteit("berichten-zoeken", _R, "berichten")
BERICHT = Activiteit("bericht-inzien", _R, "bericht")
BERICHT_XML = Activiteit("bericht-ophalen", _R, "bericht")
CONTROLEREN = Activiteit("bericht-controleren", _R, "bericht", altijd=True)
POSTVAK = Activiteit("postvak-inzien", _R, "postvak")
BEVESTIGEN = Activiteit("bericht-bevestigen", _U, "bericht")
TOEWIJZINGEN = Activiteit("toewijzingen-zoeken", _R, "toewijzingen")
TOEWIJZING = Activiteit("toewijzing-inzien", _R, "toewijzing")
VERZOEKEN = Activiteit("verzoeken-zoeken", _R, "verzoeken")
VERZOEK = Activiteit("verzoek-inzien", _R, "verzoek")
DECLARATIES = Activiteit("declaraties-zoeken", _R, "declaraties")
DECLARATIE = Activiteit("declaratie-inzien", _R, "declaratie")
WERKLIJST = Activiteit("werklijst-inzien", _R, "werklijst")
EXPORT_MAKEN = Activiteit("export-aanvragen", _E, "export", beheer=True)
EXPORT_OPHALEN = Activiteit("export-ophalen", _E, "export", beheer=True)
EXPORT_WISSEN = Activiteit("export-verwijderen", _D, "export", beheer=True)
VOORSTEL = Activiteit("voorstel-maken", _R, "voorstel")
ONDERLIGGEND = Activiteit("stuurinformatie-onderliggend", _R, "stuurinformatie")
WEBHOOK = Activiteit("webhook-beheren", _U, "webhook", beheer=True)
INZETTEN = Activiteit("inzetten-zoeken", _R, "inzetten")
INZET = Activiteit("inzet-inzien", _R, "inzet")
INZETTEN_DOEN = Activiteit("inzet-plaatsen", _C, "inzet")
INZET_WIJZIGEN = Activiteit("inzet-wijzigen", _U, "inzet")
MAANDSTATEN = Activiteit("maandstaten-inzien", _R, "maandstaat")
MAANDSTAAT_VAST = Activiteit("maandstaat-vaststellen", _U, "maandstaat")
FACTUUR = Activiteit("factuur-controleren", _R, "factuur", altijd=True)
HERINDICATIES = Activiteit("herindicaties-inzien", _R, "herindicaties")
ZWAARTE = Activiteit("zwaarte-invullen", _U, "toewijzing")
OMZETTINGEN = Activiteit("omzettingen-inzien", _R, "omzettingen")
OMZETTEN = Activiteit("omzetting-doen", _U, "omzettingen")
LADEN = Activiteit("bestand-laden", _C, "bestand", beheer=True)
GELADEN = Activiteit("geladen-inzien", _R, "bestand")
MELDEN = Activiteit("partnermelding-doen", _U, "inzet")
LOGBOEK = Activiteit("logboek-inzien", _R, "logboek", altijd=True)

ACTIVITEITEN: Mapping[str, Activiteit] = {
    "POST /v1/berichten": AANBIEDEN,
    "POST /vsp/berichten/rest-push/v1/berichten": AANBIEDEN,
    "POST /ggk/ws/OntvangAsynchroon": AANBIEDEN,
    "GET /v1/berichten": BERICHTEN,
    "POST /v1/berichten/zoeken": BERICHTEN,
    "GET /v1/berichten/{id}": BERICHT,
    "GET /v1/berichten/{id}/gesprek": BERICHT,
    "GET /v1/berichten/{id}/xml": BERICHT_XML,
    "POST /v1/controleren": CONTROLEREN,
    "POST /validatie": CONTROLEREN,
    "GET /v1/postvak/berichten": POSTVAK,
    "POST /v1/postvak/berichten/{traceerId}/bevestigd": BEVESTIGEN,
    "GET /vsp/berichten/rest-pull/v1/berichten": POSTVAK,
    "POST /vsp/berichten/rest-pull/v1/berichten/zoeken": POSTVAK,
    "GET /vsp/berichten/rest-pull/v1/berichten/{traceerId}/payload": BERICHT_XML,
    "DELETE /vsp/berichten/rest-pull/v1/berichten/{traceerId}": BEVESTIGEN,
    "GET /vsp/berichtstatus/rest-pull/v3/berichtstatussen": BERICHT,
    "GET /ggk/v1/berichten/{referentienummer}": BERICHT,
    "GET /ggk/v1/postvak": POSTVAK,
    "GET /ggk/v1/postvak/{referentienummer}": BERICHT_XML,
    "DELETE /ggk/v1/postvak/{referentienummer}": BEVESTIGEN,
    "GET /v1/toewijzingen": TOEWIJZINGEN,
    "POST /v1/toewijzingen/zoeken": TOEWIJZINGEN,
    "GET /v1/toewijzingen/{id}": TOEWIJZING,
    "GET /v1/toewijzingen/{id}/tijdlijn": TOEWIJZING,
    "GET /v1/toewijzingen/{id}/prestaties": TOEWIJZING,
    "GET /v1/verzoeken": VERZOEKEN,
    "POST /v1/verzoeken/zoeken": VERZOEKEN,
    "GET /v1/verzoeken/{id}": VERZOEK,
    "GET /v1/declaraties": DECLARATIES,
    "POST /v1/declaraties/zoeken": DECLARATIES,
    "GET /v1/declaraties/{id}": DECLARATIE,
    "GET /v1/werklijsten/alles": WERKLIJST,
    "GET /v1/werklijsten/{naam}": WERKLIJST,
    "POST /v1/exports": EXPORT_MAKEN,
    "GET /v1/exports/{id}/bestanden/{naam}": EXPORT_OPHALEN,
    "DELETE /v1/exports/{id}": EXPORT_WISSEN,
    **{
        f"POST /v1/voorstellen/{soort}": VOORSTEL
        for soort in (
            "toewijzing",
            "antwoord",
            "start",
            "stop",
            "prestatie",
            "productconversie",
            "declaratie",
            "herindeling",
            "verzoek-wijziging",
            "verzoek-toewijzing",
            "verzoek-nieuwe-client",
        )
    },
    "GET /v1/stuurinformatie/{code}/onderliggend": ONDERLIGGEND,
    "POST /v1/webhooks": WEBHOOK,
    "DELETE /v1/webhooks/{id}": WEBHOOK,
    **{f"POST /v1/webhooks/{{id}}/{daad}": WEBHOOK for daad in ("pauzeer", "hervat", "roteer", "test")},
    "POST /v1/webhooks/{id}/notificaties/opnieuw": WEBHOOK,
    "GET /v1/hoofdaannemer/inzetten": INZETTEN,
    "POST /v1/hoofdaannemer/inzetten": INZETTEN_DOEN,
    "GET /v1/hoofdaannemer/inzetten/{id}": INZET,
    "GET /v1/hoofdaannemer/inzetten/{id}/tijdlijn": INZET,
    **{
        f"POST /v1/hoofdaannemer/inzetten/{{id}}/{daad}": INZET_WIJZIGEN
        for daad in ("beeindigen", "overdragen", "klasse", "intrekken", "geleverd")
    },
    "GET /v1/hoofdaannemer/maandstaten": MAANDSTATEN,
    "GET /v1/maandstaten": MAANDSTATEN,
    "POST /v1/hoofdaannemer/maandstaten/{maand}/{partner}/vaststellen": MAANDSTAAT_VAST,
    "POST /v1/hoofdaannemer/facturen/controle": FACTUUR,
    "GET /v1/hoofdaannemer/herindicaties": HERINDICATIES,
    "POST /v1/hoofdaannemer/zwaarte": ZWAARTE,
    "GET /v1/hoofdaannemer/omzettingen": OMZETTINGEN,
    "GET /v1/hoofdaannemer/omzettingen/berichten": OMZETTINGEN,
    "POST /v1/hoofdaannemer/omzettingen/overzetten": OMZETTEN,
    "POST /v1/hoofdaannemer/omzettingen/versturen": OMZETTEN,
    "POST /v1/hoofdaannemer/laden/{soort}": LADEN,
    "GET /v1/hoofdaannemer/laden/{soort}": GELADEN,
    "GET /v1/inzetten": INZETTEN,
    "POST /v1/inzetten/meldingen": LADEN,
    "GET /v1/inzetten/{id}": INZET,
    "GET /v1/inzetten/{id}/tijdlijn": INZET,
    **{f"POST /v1/inzetten/{{id}}/{daad}": MELDEN for daad in ("aannemen", "weigeren", "meldingen")},
    "GET /v1/inzetten/{id}/inzorgmelding": INZET,
    "GET /v1/inzetten/{id}/uitzorgmelding": INZET,
    "GET /v1/logboek": LOGBOEK,
    "POST /v1/logboek/zoeken": LOGBOEK,
    "GET /v1/logboek/dataverwerkingen": LOGBOEK,
}
"""By method and path."""

ZONDER: Mapping[str, str] = {
    "GET /v1/werklijsten": "aantallen",
    "GET /v1/exports": "wat er klaarstaat, niet wat erin staat",
    "GET /v1/exports/{id}": "wat er klaarstaat, niet wat erin staat",
    "GET /v1/rekenen/maximum": "rekent met wat er gevraagd wordt, zonder persoon",
    "GET /v1/rekenen/productperioden": "rekent met wat er gevraagd wordt, zonder persoon",
    "GET /v1/standaard/regels": "de standaard",
    "GET /v1/standaard/regels/{code}": "de standaard",
    "GET /v1/standaard/kpis": "de standaard",
    "GET /v1/standaard/retourcodes": "de standaard",
    "GET /v1/standaard/retourcodes/{code}": "de standaard",
    "GET /v1/standaard/codelijsten/{code}": "de standaard",
    "GET /v1/stuurinformatie": "cijfers over groepen, kleine aantallen verborgen",
    "GET /v1/webhooks": "adressen en soorten",
    "GET /v1/webhooks/soorten": "adressen en soorten",
    "GET /v1/webhooks/{id}": "adressen en soorten",
    "GET /v1/webhooks/{id}/notificaties": "ids van wat er gebeurde, niets over een persoon",
    "GET /v1/hoofdaannemer/bezetting": "aantallen per partner",
    "GET /v1/hoofdaannemer/betaalschema": "bedragen per maand",
    "GET /v1/hoofdaannemer/zwaarte": "de vragenlijst",
    "PUT /v1/proef/klok": "alleen in proefmodus",
    "GET /v1/proef/klok": "alleen in proefmodus",
    "DELETE /v1/proef/klok": "alleen in proefmodus",
    "PUT /v1/proef/storingen/{code}": "alleen in proefmodus",
    "GET /v1/proef/storingen/{code}": "alleen in proefmodus",
    "DELETE /v1/proef/storingen/{code}": "alleen in proefmodus",
    "GET /ggk/ws/OntvangAsynchroon": "de WSDL",
    "GET /status": "of de dienst er is",
    "GET /metrics": "aantallen",
    "GET /gezondheid": "of het knooppunt gezond is",
    "GET /gezondheid/live": "of het knooppunt gezond is",
}
"""The routes where nothing of a person can come, each with why."""
