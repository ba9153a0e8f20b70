"""Rules on handing in a request (315, 317): a reference of its own, and no other request to wait for."""

from collections.abc import Iterator

from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct, Client315
from ...standaard.berichten.verzoek_om_wijziging import Verzoek
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import regel


@regel(Niveau.BERICHTOVERSTIJGEND, "9347", "315 317", AangevraagdProduct, Verzoek)
def TR347(verzoek: AangevraagdProduct | Verzoek, kennis: Kennis) -> Iterator[Overtreding]:
    """ReferentieAanbieder is nieuw: de aanbieder gebruikte haar binnen de wet nog niet in een 315 of 317.

    Dat geldt over cliënten, gemeenten en beide berichten heen. Een afgekeurd verzoek geldt als niet verzonden: zijn
    referentie mag opnieuw (afgeleid). Dubbel binnen één 315 is TR383.
    """
    referentie = verzoek.ReferentieAanbieder
    if referentie in kennis.dossier.verzoeken or referentie in kennis.referenties_elders:
        yield Overtreding(
            verzoek,
            "ReferentieAanbieder",
            f"ReferentieAanbieder {referentie} is al gebruikt voor een eerder verzoek.",
            "Geef ieder verzoek een eigen, nog niet gebruikte referentie en dien het opnieuw in.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9374", "315 317", Client315, Verzoek)
def TR374(verzoek: Client315 | Verzoek, kennis: Kennis) -> Iterator[Overtreding]:
    """Er is voor deze cliënt geen ander verzoek van deze aanbieder onderhanden.

    Onderhanden is een verzoek tot er een 319 met VerzoekAntwoord 1 of een 301 met zijn referentie is; in onderzoek is
    het dus nog. 315 en 317 houden elkaar tegen, en van een 315 ieder product tot het zelf is afgehandeld (afgeleid). De
    producten van één 315 houden elkaar niet tegen, en een verzoek bij een andere gemeente ook niet (afgeleid).
    """
    eerder = kennis.dossier.onderhanden()
    if not eerder:
        return
    for deel in verzoek.AangevraagdeProducten if isinstance(verzoek, Client315) else (verzoek,):
        yield Overtreding(
            deel,
            "",
            f"Verzoek {eerder[0].referentie} voor deze cliënt is nog niet afgehandeld"
            + (f", en {len(eerder) - 1} andere ook niet." if len(eerder) > 1 else "."),
            "Wacht op de toewijzing of de afwijzing, of vraag de gemeente het eerdere verzoek af te wijzen; dien daarna dit "
            "verzoek opnieuw in.",
        )
