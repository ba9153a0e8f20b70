"""The 301 that honours products of a request for toewijzing (315), as IV094 lays down: the gemeente may deviate."""

from collections.abc import Mapping
from datetime import date
from typing import TypedDict

from ...levensloop.overgangen import Verzoeksoort, Verzoektoestand
from ...standaard.berichten.basis import Omvang, Product
from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from .opbouw import Opbouw
from .voorstel import Uitgangspunt, Voorstel


class Afwijking(TypedDict, total=False):
    """What the gemeente assigns otherwise than asked; what is not named is as asked."""

    Product: Product | None
    Ingangsdatum: date
    Einddatum: date | None
    Omvang: Omvang | None
    Budget: int | None


def honoreer_vot(u: Uitgangspunt, toekenningen: Mapping[str, Afwijking]) -> Voorstel:
    """The 301 for the AangevraagdProducten with these references. Raises ``ValueError`` for a VOW or for none at all."""
    if not toekenningen:
        raise ValueError("nothing to honour")
    opbouw = Opbouw(u)
    for referentie, afwijking in toekenningen.items():
        _honoreer(opbouw, referentie, afwijking)
    opbouw.overige()
    _open(opbouw, toekenningen)
    return opbouw.voorstel()


def _honoreer(opbouw: Opbouw, referentie: str, afwijking: Afwijking) -> None:
    aanvraag = opbouw.u.aanvraag(referentie)
    gevraagd = aanvraag.vraag
    if not isinstance(gevraagd, AangevraagdProduct):
        raise ValueError(f"{referentie} is a {Verzoeksoort.VOW}")
    if aanvraag.toestand is Verzoektoestand.GEHONOREERD:
        opbouw.bezwaren.append(f"Verzoek {referentie} is al gehonoreerd.")
        return
    if aanvraag.toestand is Verzoektoestand.AFGEWEZEN:
        opbouw.uitleg.append(f"Verzoek {referentie} is eerder afgewezen; alsnog honoreren mag.")
    inhoud: Afwijking = {
        "Product": gevraagd.Product,
        "Ingangsdatum": gevraagd.ToewijzingIngangsdatum,
        "Einddatum": gevraagd.ToewijzingEinddatum,
        "Omvang": gevraagd.Omvang,
        "Budget": gevraagd.Budget,
    }
    anders = [naam for naam, waarde in afwijking.items() if inhoud[naam] != waarde]  # type: ignore[literal-required]
    inhoud |= afwijking
    nummer = opbouw.nieuw(
        inhoud["Product"], inhoud["Ingangsdatum"], inhoud["Einddatum"], inhoud["Omvang"], inhoud["Budget"], referentie
    )
    hoe = f"anders dan gevraagd: {', '.join(anders)}" if anders else "zoals gevraagd"
    opbouw.uitleg.append(f"Toewijzing {nummer} is nieuw en honoreert verzoek {referentie}, {hoe} (IV094).")


def _open(opbouw: Opbouw, toekenningen: Mapping[str, Afwijking]) -> None:
    """The other products of the same 315 that wait for an answer of their own."""
    berichten = {opbouw.u.aanvraag(referentie).ingediend.herkomst.bericht for referentie in toekenningen}
    for aanvraag in opbouw.u.dossier.onderhanden():
        if aanvraag.referentie not in toekenningen and aanvraag.ingediend.herkomst.bericht in berichten:
            opbouw.uitleg.append(
                f"Verzoek {aanvraag.referentie} uit hetzelfde bericht wacht nog op een eigen antwoord."
            )
