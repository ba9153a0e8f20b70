"""Rules on the Header: identification, date, gemeentecode."""

from collections.abc import Iterator
from datetime import date

from ...levensloop.dossier import Dossier
from ...standaard.berichten.antwoord import Woonplaatsbeginsel
from ...standaard.berichten.kop import DeclaratieAntwoordHeader, Header
from ...standaard.berichten.toewijzing import Bericht301
from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct, Bericht315
from ...standaard.berichtsoort import Ketenrol
from ...standaard.indeling import Gemeente
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

    In een iJw-319 geldt dat ook voor Woonplaatsbeginsel/Gemeente (afgeleid). Het overzicht is dat van de Dagtekening
    (afgeleid): een code telt van haar eerste tot en met haar laatste dag, dus een nieuwe gemeente niet eerder dan zij er is.
    Meegeleverd is de indeling van 1 januari 2026; de beheerder laadt een volgende met haar eerste dag.

    Na een herindeling telt in de Header de code van de oude gemeente, als die gold op de Ingangsdatum van ieder
    ToegewezenProduct (301) of de ToewijzingIngangsdatum van ieder AangevraagdProduct (315). In de andere berichten telt zij
    als zij gold op de Ingangsdatum van een toewijzing of een aangevraagd product van de client dat al is goedgekeurd
    (afgeleid: anders is op zo'n toewijzing geen start, stop of declaratie mogelijk). Herindelingen van vóór 2019 kent de
    lijst niet.
    """
    in_kop = not isinstance(deel, Woonplaatsbeginsel)
    kant = "Afzender" if kennis.soort.opsteller_afzender is Ketenrol.GEMEENTE else "Ontvanger"
    element = kant if in_kop else "Gemeente"
    code = getattr(deel, element)
    indeling, dag = kennis.contract.indeling, kennis.dagtekening
    if indeling.geldt(code, dag):
        return
    gemeente = indeling.gemeenten.get(code)
    if gemeente is None:
        yield Overtreding(
            deel,
            element,
            f"Gemeentecode {code} komt niet voor in het overzicht van het CBS.",
            "Gebruik de viercijferige CBS-code van de gemeente, met voorloopnullen.",
        )
    elif gemeente.tot is None or dag <= gemeente.tot:
        yield Overtreding(
            deel,
            element,
            f"Gemeentecode {code} ({gemeente.naam}) geldt pas vanaf {gemeente.van}.",
            "Gebruik tot dan de code van de gemeente die er nu is.",
        )
    elif not (in_kop and _gold_bij_ingang(gemeente, kennis)):
        opvolgers = indeling.opvolgers(code)
        yield Overtreding(
            deel,
            element,
            f"Gemeentecode {code} ({gemeente.naam}) gold tot en met {gemeente.tot}"
            + (f"; de gemeente is opgegaan in {opvolgers}." if opvolgers else "."),
            f"Gebruik de code van nu{f': {opvolgers}' if opvolgers else ''}. De oude code mag alleen als zij gold op de "
            "Ingangsdatum van de toewijzing.",
        )


def _gold_bij_ingang(oud: Gemeente, kennis: Kennis) -> bool:
    """Whether the code of a merged gemeente was current when that began which the message is about."""
    bericht = kennis.bericht
    if isinstance(bericht, Bericht301):
        return all(oud.geldig_op(product.Ingangsdatum) for product in bericht.Client.ToegewezenProducten)
    if isinstance(bericht, Bericht315):
        return all(oud.geldig_op(product.ToewijzingIngangsdatum) for product in bericht.Client.AangevraagdeProducten)
    return any(
        oud.geldig_op(dag) for dossier in (kennis.dossier, *kennis.clienten.values()) for dag in _ingangsdata(dossier)
    )


def _ingangsdata(dossier: Dossier) -> Iterator[date]:
    """When the toewijzingen of a dossier began, and what was asked for in it would."""
    for toewijzing in dossier.toewijzingen.values():
        yield toewijzing.product.Ingangsdatum
    for aanvraag in dossier.verzoeken.values():
        if isinstance(aanvraag.vraag, AangevraagdProduct):
            yield aanvraag.vraag.ToewijzingIngangsdatum
