"""Operational rules on a 301 beside the other toewijzingen of the client at this aanbieder."""

from collections.abc import Iterator

from ...levensloop.kalender import plus_dagen
from ...levensloop.toewijzing import OVER_DE_HELE_LOOPTIJD, is_actueel, telt_niet_mee, toegewezen
from ...standaard.berichten.toewijzing import Client301, ToegewezenProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import signaal

_HOOGSTENS = 10
"""How many numbers a sentence names."""


@signaal(Niveau.BERICHTOVERSTIJGEND, "301", Client301)
def OP087(client: Client301, kennis: Kennis) -> Iterator[Overtreding]:
    """Een 301 bevat alle actuele toewijzingen van de cliënt bij deze aanbieder, ook die niet wijzigen.

    Actueel is wat op Dagtekening loopt, die dag nog eindigt, of later ingaat (tegenstrijdigheid 57); een toewijzing met
    Einddatum = Ingangsdatum en RedenWijziging 13 of 01 is dat niet. Wat pas na Dagtekening is vastgesteld kon er niet in staan
    (OP080, afgeleid).
    """
    dag = kennis.dagtekening
    ontbrekend = kennis.dossier.toewijzingen.keys() - {
        product.ToewijzingNummer for product in client.ToegewezenProducten
    }
    gemist = [
        nummer for nummer in sorted(ontbrekend) if kennis.dossier.actueel(nummer, dag) and _bestond(nummer, kennis)
    ]
    if gemist:
        nummers = ", ".join(map(str, gemist[:_HOOGSTENS]))
        meer = f" en nog {len(gemist) - _HOOGSTENS}" if len(gemist) > _HOOGSTENS else ""
        yield Overtreding(
            client,
            "ToegewezenProducten",
            f"Het bericht noemt niet alle actuele toewijzingen van deze cliënt bij deze aanbieder; dit ontbreekt: {nummers}{meer}.",
            "Neem in ieder 301 alle actuele toewijzingen op, ook die hetzelfde blijven; trek in wat niet meer geldt.",
        )


def _bestond(nummer: int, kennis: Kennis) -> bool:
    versies = kennis.dossier.toewijzingen[nummer].versies
    return any(toegewezen(versie).Toewijzingsdatum <= kennis.dagtekening for versie in versies)


@signaal(Niveau.BERICHTOVERSTIJGEND, "301", Client301)
def OP380(client: Client301, kennis: Kennis) -> Iterator[Overtreding]:
    """Verlengen gebeurt met een latere Einddatum van de bestaande toewijzing, niet met een nieuw ToewijzingNummer.

    Een verlenging is een nieuw nummer voor hetzelfde Product, dat ingaat op de dag na de Einddatum van een andere toewijzing met
    dezelfde Omvang, of allebei zonder Omvang (afgeleid). Zij mag een nieuw nummer hebben als de Frequentie 6 is, als die Einddatum
    vóór Dagtekening ligt, en als zij een verzoek honoreert: een NieuwProduct krijgt altijd een nieuw nummer (IV093).
    """
    bekend = kennis.dossier.toewijzingen
    erbij = [product for product in client.ToegewezenProducten if product.ToewijzingNummer not in bekend]
    if not bekend or not erbij:
        return
    hier = {product.ToewijzingNummer: product for product in client.ToegewezenProducten}
    op_einde = {
        (oud.Product, oud.Omvang, oud.Einddatum): oud
        for nummer, toewijzing in bekend.items()
        if is_actueel(oud := hier.get(nummer) or toewijzing.product, kennis.dagtekening)
    }
    for nieuw in erbij:
        if telt_niet_mee(nieuw) or nieuw.ReferentieAanbieder is not None:
            continue
        eerder = op_einde.get((nieuw.Product, nieuw.Omvang, plus_dagen(nieuw.Ingangsdatum, -1)))
        if eerder is not None and not _over_de_hele_looptijd(nieuw):
            yield Overtreding(
                nieuw,
                "ToewijzingNummer",
                f"Toewijzing {nieuw.ToewijzingNummer} gaat zonder ander verschil verder waar toewijzing {eerder.ToewijzingNummer} op "
                f"{eerder.Einddatum} eindigt.",
                f"Verleng toewijzing {eerder.ToewijzingNummer} met een latere Einddatum; de aanbieder hoeft dan niet te stoppen en "
                "opnieuw te starten.",
            )


def _over_de_hele_looptijd(product: ToegewezenProduct) -> bool:
    return product.Omvang is not None and product.Omvang.Frequentie == OVER_DE_HELE_LOOPTIJD
