"""Rules on a request for change (317) against the toewijzingen it is about.

A toewijzing is actual when it runs on the Dagtekening of the request or will later, and was not taken back
(tegenstrijdigheid 57). Of a toewijzing that is not, TR350 and TR351 say so; what is asked of it is not judged further.
"""

from collections.abc import Iterator

from ...levensloop.toewijzing import OVER_DE_HELE_LOOPTIJD, is_actueel, telt_niet_mee
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.berichten.verzoek_om_wijziging import OngewijzigdProduct, TeWijzigenProduct, Verzoek
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import regel, signaal


@regel(Niveau.BERICHTOVERSTIJGEND, "9349", "317", Verzoek)
def TR349(verzoek: Verzoek, kennis: Kennis) -> Iterator[Overtreding]:
    """Het verzoek noemt alle actuele toewijzingen van de cliënt bij deze aanbieder, als Ongewijzigd- of TeWijzigenProduct.

    Actueel is wat op Dagtekening loopt, die dag nog eindigt, of later ingaat (tegenstrijdigheid 57). Niet actueel is een
    toewijzing met Einddatum = Ingangsdatum en RedenWijziging 13 of 01.
    """
    genoemd = {product.ToewijzingNummer for product in verzoek.OngewijzigdeProducten}
    genoemd |= {product.ToewijzingNummer for product in verzoek.TeWijzigenProducten}
    gemist = [
        str(nummer)
        for nummer, bekend in sorted(kennis.dossier.toewijzingen.items())
        if nummer not in genoemd and is_actueel(bekend.product, kennis.dagtekening)
    ]
    if gemist:
        yield Overtreding(
            verzoek,
            "",
            f"Het verzoek noemt niet alle actuele toewijzingen; dit ontbreekt: {', '.join(gemist)}.",
            "Neem ook op wat hetzelfde blijft, als OngewijzigdProduct.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9350", "317", OngewijzigdProduct)
def TR350(product: OngewijzigdProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een OngewijzigdProduct verwijst met ToewijzingNummer naar een actuele toewijzing (zie TR349)."""
    yield from _niet_actueel(product, kennis)


@regel(Niveau.BERICHTOVERSTIJGEND, "9351", "317", TeWijzigenProduct)
def TR351(product: TeWijzigenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een TeWijzigenProduct verwijst met ToewijzingNummer naar een actuele toewijzing (zie TR349)."""
    yield from _niet_actueel(product, kennis)


@regel(Niveau.BERICHTOVERSTIJGEND, "9357", "317", TeWijzigenProduct)
def TR357(product: TeWijzigenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een GewensteIngangsdatum op of vóór Dagtekening is de Ingangsdatum van de toewijzing zelf.

    Een wijziging gaat in na Dagtekening, of geldt voor de hele looptijd; in dat geval mag een datum in het verleden
    (tegenstrijdigheid 59).
    """
    toegewezen = _actueel(product, kennis)
    gewenst = product.GewensteIngangsdatum
    if toegewezen is not None and gewenst <= kennis.dagtekening and gewenst != toegewezen.Ingangsdatum:
        yield Overtreding(
            product,
            "GewensteIngangsdatum",
            f"GewensteIngangsdatum {gewenst} ligt niet na Dagtekening {kennis.dagtekening} en is niet de Ingangsdatum van "
            f"toewijzing {product.ToewijzingNummer}, {toegewezen.Ingangsdatum}.",
            f"Vraag de wijziging vanaf een dag na Dagtekening, of vanaf {toegewezen.Ingangsdatum} voor de hele looptijd.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9373", "317", TeWijzigenProduct)
def TR373(product: TeWijzigenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Wie het Budget wijzigt, of het volume over de hele looptijd, vraagt dat vanaf de Ingangsdatum van de toewijzing.

    Volgens de regeltekst, dus ook bij volume (tegenstrijdigheid 8). Wijzigen is (afgeleid): een gevuld Budget dat anders
    is dan het toegewezen Budget of dat er nog niet was, of een andere Omvang terwijl zowel de gevraagde als de toegewezen
    Frequentie 6 is. Een andere Frequentie vraagt om een nieuwe toewijzing vanaf die dag (OP257) en valt erbuiten. Wijzigt
    alleen de Einddatum, dan noemt de regel niets; IV092 vraagt ook dan de Ingangsdatum, en daarvoor is er een signaal.
    """
    toegewezen = _actueel(product, kennis)
    if toegewezen is None or product.GewensteIngangsdatum == toegewezen.Ingangsdatum:
        return
    wat = _over_de_hele_looptijd(product, toegewezen)
    if wat is not None:
        yield Overtreding(
            product,
            "GewensteIngangsdatum",
            f"{wat} geldt voor de hele looptijd, maar GewensteIngangsdatum {product.GewensteIngangsdatum} is niet de "
            f"Ingangsdatum van toewijzing {product.ToewijzingNummer}, {toegewezen.Ingangsdatum}.",
            f"Vul GewensteIngangsdatum {toegewezen.Ingangsdatum}.",
        )


@signaal(Niveau.BERICHTOVERSTIJGEND, "317", TeWijzigenProduct)
def IV092(product: TeWijzigenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een wijziging gaat in binnen de looptijd van de toewijzing, en die van alleen een Einddatum soms vanaf haar begin.

    GewensteIngangsdatum ligt niet na de Einddatum van de toewijzing; dezelfde dag mag. Wijzigt alleen de Einddatum van een toewijzing
    met Budget of met Frequentie 6, dan is zij de Ingangsdatum van de toewijzing. Wat wijzigt van het Budget en het volume zelf is
    TR373.
    """
    toegewezen = _actueel(product, kennis)
    gewenst = product.GewensteIngangsdatum
    if toegewezen is None or gewenst == toegewezen.Ingangsdatum:
        return
    if toegewezen.Einddatum is not None and gewenst > toegewezen.Einddatum:
        yield Overtreding(
            product,
            "GewensteIngangsdatum",
            f"GewensteIngangsdatum {gewenst} ligt na Einddatum {toegewezen.Einddatum} van toewijzing {product.ToewijzingNummer}.",
            "Vraag wat na die dag ingaat aan als NieuwProduct.",
        )
    elif _alleen_einde(product, toegewezen):
        yield Overtreding(
            product,
            "GewensteIngangsdatum",
            f"Van toewijzing {product.ToewijzingNummer} wijzigt alleen de Einddatum; bij een Budget of een volume voor de hele looptijd "
            f"is GewensteIngangsdatum dan de Ingangsdatum, {toegewezen.Ingangsdatum}, en niet {gewenst}.",
            f"Vul GewensteIngangsdatum {toegewezen.Ingangsdatum}.",
        )


def _alleen_einde(product: TeWijzigenProduct, toegewezen: ToegewezenProduct) -> bool:
    """Whether only the end is to change, of a budget or of a volume for the whole run."""
    over_looptijd = toegewezen.Omvang is not None and toegewezen.Omvang.Frequentie == OVER_DE_HELE_LOOPTIJD
    return (
        (over_looptijd or toegewezen.Budget is not None)
        and product.Einddatum != toegewezen.Einddatum
        and product.Omvang in (None, toegewezen.Omvang)
        and product.Budget in (None, toegewezen.Budget)
    )


def _over_de_hele_looptijd(product: TeWijzigenProduct, toegewezen: ToegewezenProduct) -> str | None:
    """The change that TR373 is about, in words; None when none is asked."""
    if product.Budget is not None and product.Budget != toegewezen.Budget:
        return f"Budget {product.Budget} in plaats van {'geen' if toegewezen.Budget is None else toegewezen.Budget}"
    gevraagd, oud = product.Omvang, toegewezen.Omvang
    if gevraagd is None or oud is None or gevraagd == oud:
        return None
    if gevraagd.Frequentie != OVER_DE_HELE_LOOPTIJD or oud.Frequentie != OVER_DE_HELE_LOOPTIJD:
        return None
    return f"Volume {gevraagd.Volume} (Eenheid {gevraagd.Eenheid}) in plaats van {oud.Volume} (Eenheid {oud.Eenheid})"


def _actueel(product: TeWijzigenProduct, kennis: Kennis) -> ToegewezenProduct | None:
    return kennis.dossier.actueel(product.ToewijzingNummer, kennis.dagtekening)


def _niet_actueel(product: OngewijzigdProduct | TeWijzigenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    nummer = product.ToewijzingNummer
    bekend = kennis.dossier.toewijzingen.get(nummer)
    if bekend is None:
        melding = f"Toewijzing {nummer} is niet bekend voor deze cliënt bij deze aanbieder en gemeente."
        advies = "Neem het ToewijzingNummer over uit het toewijzingsbericht, of vraag het product aan als NieuwProduct."
    elif telt_niet_mee(bekend.product):
        melding = f"Toewijzing {nummer} is door de gemeente verwijderd."
        advies = "Laat haar weg; is de levering nog nodig, vraag die dan aan als NieuwProduct."
    elif not is_actueel(bekend.product, kennis.dagtekening):
        melding = f"Toewijzing {nummer} eindigde op {bekend.product.Einddatum}, vóór Dagtekening {kennis.dagtekening}."
        advies = "Laat haar weg; is de levering nog nodig, vraag die dan aan als NieuwProduct."
    else:
        return
    yield Overtreding(product, "ToewijzingNummer", melding, advies)
