"""Rules inside a request: the referral and decision of a 315, what a 317 must hold."""

from collections.abc import Iterator

from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct, Client315
from ...standaard.berichten.verzoek_om_wijziging import NieuwProduct, Verzoek
from ..bevinding import Niveau, Overtreding
from ..gevuld import precies_als
from ..kennis import Context
from ..regel import regel

_MET_ZORGVERLENER = ("02", "03", "04", "05")
"""Types of Verwijzer that are a person or organisation with a name or a ZorgverlenerCode."""


@regel(Niveau.BERICHT, "0001", "315", AangevraagdProduct)
def CD043(product: AangevraagdProduct, context: Context) -> Iterator[Overtreding]:
    """BeschikkingIngangsdatum is gevuld als BeschikkingNummer gevuld is, en anders leeg."""
    yield from precies_als(
        product.BeschikkingNummer is not None,
        product.BeschikkingIngangsdatum,
        product,
        "BeschikkingIngangsdatum",
        ontbreekt=(
            f"BeschikkingIngangsdatum ontbreekt bij BeschikkingNummer {product.BeschikkingNummer}.",
            "Vul de ingangsdatum van de beschikking.",
        ),
        overbodig=(
            f"BeschikkingIngangsdatum {product.BeschikkingIngangsdatum} is gevuld terwijl BeschikkingNummer leeg is.",
            "Vul BeschikkingNummer of laat BeschikkingIngangsdatum weg.",
        ),
    )


@regel(Niveau.BERICHT, "0001", "315", AangevraagdProduct)
def CD066(product: AangevraagdProduct, context: Context) -> Iterator[Overtreding]:
    """Verwijzer/Naam is leeg als Type 02, 03, 04 of 05 is en ZorgverlenerCode gevuld is."""
    verwijzer = product.Verwijzer
    if verwijzer.Type in _MET_ZORGVERLENER and verwijzer.ZorgverlenerCode is not None and verwijzer.Naam is not None:
        yield Overtreding(
            product,
            "Verwijzer/Naam",
            f"Naam van de verwijzer is gevuld naast ZorgverlenerCode {verwijzer.ZorgverlenerCode}.",
            "Laat Naam weg; de ZorgverlenerCode zegt wie het is.",
        )


@regel(Niveau.BERICHT, "0001", "315", AangevraagdProduct)
def CD067(product: AangevraagdProduct, context: Context) -> Iterator[Overtreding]:
    """Verwijzer/Naam is gevuld als Type 02, 03, 04 of 05 is en ZorgverlenerCode leeg is."""
    verwijzer = product.Verwijzer
    if verwijzer.Type in _MET_ZORGVERLENER and verwijzer.ZorgverlenerCode is None and verwijzer.Naam is None:
        yield Overtreding(
            product,
            "Verwijzer/Naam",
            f"Bij een verwijzer van type {verwijzer.Type} ontbreken ZorgverlenerCode en Naam.",
            "Vul ZorgverlenerCode, of als die onbekend is Naam.",
        )


@regel(Niveau.BERICHT, "0001", "315", AangevraagdProduct)
def CD068(product: AangevraagdProduct, context: Context) -> Iterator[Overtreding]:
    """Verwijzer/ZorgverlenerCode is leeg als Type geen 02, 03, 04 of 05 is."""
    verwijzer = product.Verwijzer
    if verwijzer.Type not in _MET_ZORGVERLENER and verwijzer.ZorgverlenerCode is not None:
        yield Overtreding(
            product,
            "Verwijzer/ZorgverlenerCode",
            f"ZorgverlenerCode {verwijzer.ZorgverlenerCode} is gevuld bij een verwijzer van type {verwijzer.Type}.",
            "Laat ZorgverlenerCode weg, of gebruik het type dat bij de zorgverlener hoort.",
        )


@regel(Niveau.BERICHT, "0001", "315", Client315)
def TR383(client: Client315, context: Context) -> Iterator[Overtreding]:
    """ReferentieAanbieder is binnen een 315 uniek per AangevraagdProduct.

    Zij is de sleutel van het AangevraagdProduct, dus TR101 vindt hetzelfde.
    """
    gezien: set[str] = set()
    for product in client.AangevraagdeProducten:
        if product.ReferentieAanbieder in gezien:
            yield Overtreding(
                product,
                "ReferentieAanbieder",
                f"ReferentieAanbieder {product.ReferentieAanbieder} staat al bij een eerder product in dit bericht.",
                "Geef ieder aangevraagd product een eigen referentie.",
            )
        gezien.add(product.ReferentieAanbieder)


@regel(Niveau.BERICHT, "0001", "317", Verzoek)
def TR352(verzoek: Verzoek, context: Context) -> Iterator[Overtreding]:
    """Een 317 bevat minstens één OngewijzigdProduct of TeWijzigenProduct: het gaat uit van een actuele toewijzing."""
    if not verzoek.OngewijzigdeProducten and not verzoek.TeWijzigenProducten:
        yield Overtreding(
            verzoek,
            "",
            f"Verzoek {verzoek.ReferentieAanbieder} noemt geen enkele bestaande toewijzing.",
            "Neem alle actuele toewijzingen op, of vraag met een 315 om een eerste toewijzing.",
        )


@regel(Niveau.BERICHT, "0001", "317", Verzoek)
def TR353(verzoek: Verzoek, context: Context) -> Iterator[Overtreding]:
    """Een 317 bevat minstens één TeWijzigenProduct of NieuwProduct: zonder verandering is er niets te vragen."""
    if not verzoek.TeWijzigenProducten and not verzoek.NieuweProducten:
        yield Overtreding(
            verzoek,
            "",
            f"Verzoek {verzoek.ReferentieAanbieder} vraagt geen verandering.",
            "Neem op wat er moet wijzigen of nieuw is, of stuur het verzoek niet.",
        )


@regel(Niveau.BERICHT, "0001", "317", NieuwProduct)
def TR380(product: NieuwProduct, context: Context) -> Iterator[Overtreding]:
    """GewensteIngangsdatum van een NieuwProduct ligt na Dagtekening; gelijk mag niet.

    De bron noemt geen element (afgeleid): voor een TeWijzigenProduct regelt TR357 juist een datum tot en met Dagtekening
    (tegenstrijdigheid 9).
    """
    if product.GewensteIngangsdatum <= context.dagtekening:
        yield Overtreding(
            product,
            "GewensteIngangsdatum",
            f"GewensteIngangsdatum {product.GewensteIngangsdatum} ligt niet na Dagtekening {context.dagtekening}.",
            "Vraag een nieuw product aan vanaf een dag in de toekomst.",
        )
