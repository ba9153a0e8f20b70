"""A gemeente that went on as a part of another: the 301 that ends what it assigned, and the 301 with which the new one goes on.

The old toewijzing ends the day before with RedenWijziging 11; the new one has the code of the new gemeente, a new number and no
RedenWijziging, and otherwise what the old had, its Einddatum too (WMO002 and JZ002, code 11). TR378 says when either can be
sent: the old code counts for what began under it, the new one from its first day.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from ...levensloop.toewijzing import Toewijzing, telt_niet_mee, toegewezen
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.geldig import op_dag
from .keuring import keur
from .opbouw import Opbouw
from .voorstel import Uitgangspunt, Voorstel, Vraag

HERINDELING = "11"
"""RedenWijziging of a toewijzing that ends because its gemeente does."""

_DAG = timedelta(days=1)


class Overgeslagen(StrEnum):
    """Why a toewijzing is not taken over."""

    BEGINT_LATER = "begint op of na de herindeling; trek haar in, en laat de nieuwe gemeente haar toewijzen"
    VERZOEK = "er loopt een verzoek om wijziging dat haar noemt; handel dat eerst af"


class Stap(StrEnum):
    """How far the taking over of a toewijzing is."""

    BEEINDIGEN = "beeindigen"
    TOEWIJZEN = "toewijzen"
    KLAAR = "klaar"


@dataclass(frozen=True, slots=True)
class Overname:
    """A toewijzing of the old gemeente that runs on the first day of the new one: what is to be done, or why it is not."""

    nummer: int
    stappen: tuple[Stap, ...]
    nieuw_nummer: int | None = None
    overgeslagen: Overgeslagen | None = None


@dataclass(frozen=True, slots=True)
class Herindeling:
    """What becomes of one client at one aanbieder: both messages, each None when there is nothing for it to do."""

    overnames: tuple[Overname, ...]
    einde: Voorstel | None
    begin: Voorstel | None


def herindeel(oud: Uitgangspunt, nieuw: Uitgangspunt, per: date) -> Herindeling:
    """The messages for a client, judged by the rules as they are at the moment: from ``oud``, what the old gemeente assigned, to
    ``nieuw``, the dossier of the new gemeente with the same aanbieder and client.

    What was done before is not done again: what ended by it goes on with the Einddatum it had, unless the new gemeente has
    such a toewijzing already.
    """
    einde, begin = Opbouw(oud), Opbouw(replace(nieuw, client=nieuw.client or oud.client))
    al = Counter(map(_inhoud, (bekend.product for bekend in nieuw.dossier.toewijzingen.values())))
    overnames = []
    for _, bekend in sorted(oud.dossier.toewijzingen.items()):
        gevonden = _voor_einde(bekend, per)
        if gevonden is None:
            continue
        product, nog_te_beeindigen = gevonden
        if reden := _overgeslagen(oud, product, per):
            overnames.append(Overname(bekend.nummer, (), overgeslagen=reden))
            continue
        stappen, nummer, verder = [], None, product.model_copy(update={"Ingangsdatum": per})
        if nog_te_beeindigen:
            stappen.append(Stap.BEEINDIGEN)
            einde.wijzig(product, HERINDELING, Einddatum=per - _DAG)
            einde.uitleg.append(f"Toewijzing {bekend.nummer} eindigt op {per - _DAG} met RedenWijziging {HERINDELING}.")
        if al[_inhoud(verder)]:
            al[_inhoud(verder)] -= 1
        else:
            stappen.append(Stap.TOEWIJZEN)
            nummer = begin.nieuw(verder.Product, per, verder.Einddatum, verder.Omvang, verder.Budget)
            begin.uitleg.append(f"Toewijzing {nummer} gaat vanaf {per} verder met wat in {bekend.nummer} stond.")
            begin.vragen += _restant(product, nummer)
        overnames.append(Overname(bekend.nummer, tuple(stappen) or (Stap.KLAAR,), nummer))
    return Herindeling(tuple(overnames), _gekeurd(einde), _gekeurd(begin))


def _gekeurd(opbouw: Opbouw) -> Voorstel | None:
    if not opbouw.producten:
        return None
    opbouw.overige()
    return keur(opbouw.voorstel(), opbouw.u)


def _voor_einde(bekend: Toewijzing, per: date) -> tuple[ToegewezenProduct, bool] | None:
    """The content that runs on ``per`` or begins later, and whether it still has to be ended; None when there is none."""
    product = bekend.product
    if telt_niet_mee(product):
        return None
    if product.Einddatum is None or product.Einddatum >= per:
        return product, True
    if product.Einddatum == per - _DAG and HERINDELING in (toegewezen(een).RedenWijziging for een in bekend.versies):
        eerder = [toegewezen(een) for een in bekend.versies]
        liepen = [een for een in eerder if een.Einddatum is None or een.Einddatum >= per]
        if liepen:
            return max(liepen, key=lambda een: (een.Toewijzingsdatum, een.Toewijzingstijd)), False
    return None


def _overgeslagen(oud: Uitgangspunt, product: ToegewezenProduct, per: date) -> Overgeslagen | None:
    if not op_dag(product.Ingangsdatum, product.Einddatum, per - _DAG):
        return Overgeslagen.BEGINT_LATER
    if any(product.ToewijzingNummer in aanvraag.genoemd for aanvraag in oud.dossier.onderhanden()):
        return Overgeslagen.VERZOEK
    return None


def _inhoud(product: ToegewezenProduct) -> tuple[object, ...]:
    """By which a toewijzing that was taken over is known: all but its number and when it was decided."""
    omvang = product.Omvang and (product.Omvang.Volume, product.Omvang.Eenheid, product.Omvang.Frequentie)
    soort = product.Product and (product.Product.Categorie, product.Product.Code)
    return soort, omvang, product.Budget, product.Ingangsdatum, product.Einddatum


def _restant(product: ToegewezenProduct, nummer: int) -> list[Vraag]:
    """A total over the whole term was used up in part before."""
    if product.Budget is None and (product.Omvang is None or product.Omvang.Frequentie != "6"):
        return []
    return [
        Vraag(
            "restant",
            f"Toewijzing {product.ToewijzingNummer} heeft een totaal over de hele looptijd. Wat daarvan nog over is, is hier niet "
            f"bekend; {nummer} krijgt het hele totaal. Verlaag het als dat de afspraak is.",
            verplicht=False,
        )
    ]
