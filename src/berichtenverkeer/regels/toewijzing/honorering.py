"""Rule on a toewijzing (301) that honours a request."""

from collections.abc import Iterator

from ...levensloop.overgangen import Verzoeksoort
from ...standaard.berichten.toewijzing import Client301, ToegewezenProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import regel


@regel(Niveau.BERICHTOVERSTIJGEND, "9379", "301", Client301)
def TR379(client: Client301, kennis: Kennis) -> Iterator[Overtreding]:
    """ReferentieAanbieder is die van het verzoek dat deze toewijzing honoreert, en anders leeg.

    Gevuld hoort zij bij een 315 of 317 van deze aanbieder voor deze cliënt, en staat zij alleen in het 301 dat het
    verzoek honoreert, niet in een later (IV097). Van een 317 staat zij daar bij iedere toewijzing, ook bij een
    ongewijzigde (IV093); van een 315 bij één toewijzing of meer (afgeleid). Na een afwijzing mag het verzoek alsnog
    worden gehonoreerd: geen regel verbiedt het (afgeleid). Dat een referentie ontbreekt is bij een 315 niet te zien.
    """
    vow = next((r for p in client.ToegewezenProducten if (r := _honoreert_vow(p, kennis)) is not None), None)
    for product in client.ToegewezenProducten:
        fout = _fout(product.ReferentieAanbieder, vow, kennis)
        if fout is not None:
            yield Overtreding(product, "ReferentieAanbieder", *fout)


def _honoreert_vow(product: ToegewezenProduct, kennis: Kennis) -> str | None:
    """The reference of the VOW that this toewijzing is the first to honour."""
    aanvraag = kennis.dossier.verzoeken.get(product.ReferentieAanbieder or "")
    if aanvraag is None or aanvraag.soort is Verzoeksoort.VOT or aanvraag.honoreringen:
        return None
    return aanvraag.referentie


def _fout(referentie: str | None, vow: str | None, kennis: Kennis) -> tuple[str, str] | None:
    """What is wrong with the reference of one toewijzing, and what to do."""
    if referentie is not None:
        aanvraag = kennis.dossier.verzoeken.get(referentie)
        if aanvraag is None:
            return (
                f"Er is geen verzoek {referentie} van deze aanbieder voor deze cliënt.",
                "Neem ReferentieAanbieder letterlijk over uit het verzoek, of laat haar leeg.",
            )
        if aanvraag.honoreringen:
            return (
                f"Verzoek {referentie} is al met een eerder toewijzingsbericht gehonoreerd.",
                "Laat ReferentieAanbieder leeg: zij staat alleen in het bericht dat het verzoek honoreert.",
            )
    if vow is not None and referentie != vow:
        return (
            f"Dit bericht honoreert verzoek om wijziging {vow}, maar ReferentieAanbieder is hier {referentie or 'leeg'}.",
            f"Vul bij iedere toewijzing in dit bericht ReferentieAanbieder {vow}, ook bij een ongewijzigde.",
        )
    return None
