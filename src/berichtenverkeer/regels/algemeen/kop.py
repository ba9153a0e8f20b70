"""Rules on the Header: identification, date, gemeentecode."""

from collections.abc import Iterator

from ...standaard.berichten.antwoord import Woonplaatsbeginsel
from ...standaard.berichten.kop import DeclaratieAntwoordHeader, Header
from ...standaard.berichtsoort import Rol
from ...standaard.codelijst import codelijst
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

    In een iJw-319 geldt dat ook voor Woonplaatsbeginsel/Gemeente (afgeleid). Bij een herindeling mag een ouder overzicht,
    mits dat gold op de Ingangsdatum. De codelijst kent de indeling per 1 januari 2026; begrenst zij de geldigheid van een
    code, dan geldt die op de Dagtekening (afgeleid).
    """
    if isinstance(deel, Woonplaatsbeginsel):
        element = "Gemeente"
    else:
        element = "Afzender" if kennis.soort.opsteller_afzender is Rol.GEMEENTE else "Ontvanger"
    code = getattr(deel, element)
    gemeenten = codelijst("CBS", kennis.domein)
    if code not in gemeenten or not gemeenten[code].geldig_op(kennis.dagtekening):
        yield Overtreding(
            deel,
            element,
            f"Gemeentecode {code} komt niet voor in het overzicht van het CBS.",
            "Gebruik de viercijferige CBS-code van de gemeente, met voorloopnullen.",
        )
