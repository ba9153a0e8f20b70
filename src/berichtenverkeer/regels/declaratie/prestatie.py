"""Rules on one Prestatie and between the Prestaties of one declaratie (323, 325)."""

from collections.abc import Iterator

from ...levensloop.declaratie import CREDIT
from ...standaard.berichten.declaratie import Declaratie, DeclaratieAntwoord, Prestatie
from ..bevinding import Niveau, Overtreding
from ..gevuld import precies_als
from ..kennis import Context
from ..regel import regel

EURO = "83"
"""Eenheid of an amount: GeleverdVolume is then in eurocent (IV042)."""


@regel(Niveau.BERICHT, "0001", "323 325", Prestatie)
def CD060(prestatie: Prestatie, context: Context) -> Iterator[Overtreding]:
    """VorigReferentieNummer is gevuld als IngediendBedrag/DebetCredit C (credit) is, en anders leeg."""
    referentie = prestatie.ProductReferentie
    yield from precies_als(
        prestatie.IngediendBedrag.DebetCredit == CREDIT,
        referentie.VorigReferentieNummer,
        prestatie,
        "ProductReferentie/VorigReferentieNummer",
        ontbreekt=(
            f"VorigReferentieNummer ontbreekt bij creditregel {referentie.ReferentieNummer}.",
            "Vul het ReferentieNummer van de regel die wordt gecrediteerd.",
        ),
        overbodig=(
            f"VorigReferentieNummer {referentie.VorigReferentieNummer} is gevuld bij debetregel "
            f"{referentie.ReferentieNummer}.",
            "Laat VorigReferentieNummer weg; alleen een creditregel verwijst terug.",
        ),
    )


@regel(Niveau.BERICHT, "0001", "323", Prestatie)
def CD087(prestatie: Prestatie, context: Context) -> Iterator[Overtreding]:
    """ProductTarief is gevuld als Eenheid ongelijk is aan 83 (euro's), en bij 83 leeg."""
    yield from precies_als(
        prestatie.Eenheid != EURO,
        prestatie.ProductTarief,
        prestatie,
        "ProductTarief",
        ontbreekt=(f"ProductTarief ontbreekt bij Eenheid {prestatie.Eenheid}.", "Vul het tarief per eenheid."),
        overbodig=(
            f"ProductTarief {prestatie.ProductTarief} is gevuld bij Eenheid 83 (euro's).",
            "Laat ProductTarief weg.",
        ),
    )


@regel(Niveau.BERICHT, "0001", "323", Prestatie)
def CS339(prestatie: Prestatie, context: Context) -> Iterator[Overtreding]:
    """Bij Eenheid 83 (euro's) is IngediendBedrag gelijk aan GeleverdVolume, beide in eurocent."""
    if prestatie.Eenheid == EURO and prestatie.IngediendBedrag.Bedrag != prestatie.GeleverdVolume:
        yield Overtreding(
            prestatie,
            "IngediendBedrag/Bedrag",
            f"Bedrag {prestatie.IngediendBedrag.Bedrag} is niet gelijk aan GeleverdVolume {prestatie.GeleverdVolume}.",
            "Vul bij Eenheid 83 in beide hetzelfde bedrag in eurocent.",
        )


@regel(Niveau.BERICHT, "0001", "323", Declaratie)
def TR315(declaratie: Declaratie, context: Context) -> Iterator[Overtreding]:
    """Een VorigReferentieNummer komt in een 323 hoogstens één keer voor."""
    gezien: set[str] = set()
    for prestatie in prestaties(declaratie):
        vorig = prestatie.ProductReferentie.VorigReferentieNummer
        if vorig is None:
            continue
        if vorig in gezien:
            yield Overtreding(
                prestatie,
                "ProductReferentie/VorigReferentieNummer",
                f"Prestatie {vorig} wordt in dit bericht al gecrediteerd.",
                "Crediteer een prestatie één keer.",
            )
        gezien.add(vorig)


@regel(Niveau.BERICHT, "0001", "323", Declaratie)
def TR316(declaratie: Declaratie, context: Context) -> Iterator[Overtreding]:
    """Geen VorigReferentieNummer is gelijk aan een ReferentieNummer in hetzelfde 323.

    Een creditregel en een nieuwe debetregel mogen wel samen in één bericht (IV086).
    """
    eigen = {prestatie.ProductReferentie.ReferentieNummer for prestatie in prestaties(declaratie)}
    for prestatie in prestaties(declaratie):
        vorig = prestatie.ProductReferentie.VorigReferentieNummer
        if vorig in eigen:
            yield Overtreding(
                prestatie,
                "ProductReferentie/VorigReferentieNummer",
                f"Prestatie {vorig} staat in ditzelfde bericht.",
                "Laat beide regels weg, of crediteer na het antwoord op de declaratie.",
            )


@regel(Niveau.BERICHT, "0001", "323", Declaratie)
def TR416(declaratie: Declaratie, context: Context) -> Iterator[Overtreding]:
    """Een 323 heeft hoogstens één debetregel per ToewijzingNummer, ProductPeriode, ProductCategorie en ProductCode."""
    gezien: set[object] = set()
    for prestatie in prestaties(declaratie):
        if prestatie.IngediendBedrag.DebetCredit == CREDIT:
            continue
        periode = prestatie.ProductPeriode
        sleutel = (
            prestatie.ToewijzingNummer,
            periode.Begindatum,
            periode.Einddatum,
            prestatie.ProductCategorie,
            prestatie.ProductCode,
        )
        if sleutel in gezien:
            yield Overtreding(
                prestatie,
                "",
                f"Product {prestatie.ProductCategorie} {prestatie.ProductCode} is in dit bericht al gedeclareerd op toewijzing "
                f"{prestatie.ToewijzingNummer} over {periode.Begindatum} tot en met {periode.Einddatum}.",
                "Tel alles wat in de periode is geleverd op in één prestatie.",
            )
        gezien.add(sleutel)


def prestaties(declaratie: Declaratie | DeclaratieAntwoord) -> Iterator[Prestatie]:
    """Every Prestatie of a declaratie, over all its clients."""
    for client in declaratie.Clienten:
        yield from client.Prestaties
