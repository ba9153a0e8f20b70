"""Rules on the Header: identification, date, gemeentecode."""

from collections.abc import Iterator
from datetime import date

from ...levensloop.dossier import Dossier
from ...standaard.berichten.antwoord import Woonplaatsbeginsel
from ...standaard.berichten.kop import DeclaratieAntwoordHeader, Header
from ...standaard.berichten.toewijzing import Bericht301
from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct, Bericht315
from ...standaard.berichtsoort import Ketenrol
from ...standaard.codelijst import codelijst
from ...standaard.herindeling import Herindeling, herindeling
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import regel

_ALLE = "301 305 307 315 317 319 323 325"
_KOPPEN = (Header, DeclaratieAntwoordHeader)


@regel(Niveau.BERICHTOVERSTIJGEND, "9056", _ALLE, *_KOPPEN)
def TR056(header: Header, kennis: Kennis) -> Iterator[Overtreding]:
    """BerichtIdentificatie/Identificatie is eenmalig per berichtsoort voor de verzendende partij.

    De sleutel is (Afzender, berichtsoort, Identificatie); dezelfde Identificatie bij een andere berichtsoort of van een
    andere Afzender mag. Ook een afgekeurd bericht heeft zijn Identificatie verbruikt: de bron laat hergebruik open, en
    een retourbericht wijst zijn heenbericht met deze sleutel aan (afgeleid).
    """
    if kennis.identificatie_bekend:
        yield Overtreding(
            header,
            "BerichtIdentificatie/Identificatie",
            f"Identificatie {header.BerichtIdentificatie.Identificatie} is al gebruikt voor een eerder {kennis.soort}.",
            "Geef het bericht een nieuwe Identificatie en bied het opnieuw aan.",
        )


@regel(Niveau.EXTERNE_BRON, "8848", _ALLE, *_KOPPEN)
def TR135(header: Header, kennis: Kennis) -> Iterator[Overtreding]:
    """BerichtIdentificatie/Dagtekening ligt niet na de systeemdatum van de ontvanger; gelijk mag."""
    dagtekening = header.BerichtIdentificatie.Dagtekening
    if dagtekening > kennis.vandaag:
        yield Overtreding(
            header,
            "BerichtIdentificatie/Dagtekening",
            f"Dagtekening {dagtekening} ligt na de systeemdatum {kennis.vandaag}.",
            "Vul de datum waarop het bericht is gemaakt en bied het opnieuw aan.",
        )


@regel(Niveau.EXTERNE_BRON, "S300", _ALLE, *_KOPPEN, Woonplaatsbeginsel)
def TR378(deel: Header | Woonplaatsbeginsel, kennis: Kennis) -> Iterator[Overtreding]:
    """De gemeentecode in Afzender of Ontvanger staat in het CBS-overzicht van gemeenten.

    In een iJw-319 geldt dat ook voor Woonplaatsbeginsel/Gemeente (afgeleid). De codelijst kent de indeling per 1 januari
    2026; begrenst zij de geldigheid van een code, dan geldt die op de Dagtekening (afgeleid).

    Na een herindeling telt in de Header de code van de oude gemeente, als die gold op de Ingangsdatum van ieder
    ToegewezenProduct (301) of de ToewijzingIngangsdatum van ieder AangevraagdProduct (315). In de andere berichten telt zij
    als zij gold op de Ingangsdatum van een toewijzing of een aangevraagd product van de client dat al is goedgekeurd
    (afgeleid: anders is op zo'n toewijzing geen start, stop of declaratie mogelijk). Herindelingen van vóór 2019 kent de
    lijst niet.
    """
    in_kop = not isinstance(deel, Woonplaatsbeginsel)
    gemeente = "Afzender" if kennis.soort.opsteller_afzender is Ketenrol.GEMEENTE else "Ontvanger"
    element = gemeente if in_kop else "Gemeente"
    code = getattr(deel, element)
    gemeenten = codelijst("CBS", kennis.domein)
    if code in gemeenten and gemeenten[code].geldig_op(kennis.dagtekening):
        return
    oud = herindeling(code)
    if oud is None:
        yield Overtreding(
            deel,
            element,
            f"Gemeentecode {code} komt niet voor in het overzicht van het CBS.",
            "Gebruik de viercijferige CBS-code van de gemeente, met voorloopnullen.",
        )
    elif not (in_kop and _gold_bij_ingang(oud, kennis)):
        yield Overtreding(
            deel,
            element,
            f"Gemeentecode {code} ({oud.naam}) gold tot en met {oud.geldig_tot}; de gemeente is opgegaan in {oud.opvolgers}.",
            f"Gebruik de code van nu: {oud.opvolgers}. De oude code mag alleen als zij gold op de Ingangsdatum van de toewijzing.",
        )


def _gold_bij_ingang(oud: Herindeling, kennis: Kennis) -> bool:
    """Whether the code of a merged gemeente was current when that began which the message is about."""
    bericht = kennis.bericht
    if isinstance(bericht, Bericht301):
        return all(product.Ingangsdatum <= oud.geldig_tot for product in bericht.Client.ToegewezenProducten)
    if isinstance(bericht, Bericht315):
        return all(product.ToewijzingIngangsdatum <= oud.geldig_tot for product in bericht.Client.AangevraagdeProducten)
    return any(
        dag <= oud.geldig_tot
        for dossier in (kennis.dossier, *kennis.clienten.values())
        for dag in _ingangsdata(dossier)
    )


def _ingangsdata(dossier: Dossier) -> Iterator[date]:
    """When the toewijzingen of a dossier began, and what was asked for in it would."""
    for toewijzing in dossier.toewijzingen.values():
        yield toewijzing.product.Ingangsdatum
    for aanvraag in dossier.verzoeken.values():
        if isinstance(aanvraag.vraag, AangevraagdProduct):
            yield aanvraag.vraag.ToewijzingIngangsdatum
