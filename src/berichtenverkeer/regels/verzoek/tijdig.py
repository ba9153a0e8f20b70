"""Operational rules on the terms of a request: handed in early enough (317), and answered before the term is over."""

from collections.abc import Iterator
from datetime import date

from ...levensloop.overgangen import Verzoeksoort
from ...levensloop.termijnen import ANTWOORD, VOT, VOW, WOONPLAATS, Termijn, antwoord_voor
from ...levensloop.verzoek import WOONPLAATSBEGINSEL, Aanvraag
from ...standaard.berichten.antwoord import Antwoord319
from ...standaard.berichten.toewijzing import Client301, ToegewezenProduct
from ...standaard.berichten.verzoek_om_wijziging import NieuwProduct, TeWijzigenProduct
from ...standaard.domein import Domein
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import signaal


@signaal(Niveau.EXTERNE_BRON, "317", NieuwProduct, TeWijzigenProduct)
def OP343(product: NieuwProduct | TeWijzigenProduct, kennis: Kennis) -> Iterator[Overtreding]:
    """Een 317 komt zo vroeg dat de gemeente vóór GewensteIngangsdatum kan antwoorden: meer dan vijf werkdagen.

    De bron zegt "tijdig"; hier is dat de termijn waarbinnen de gemeente antwoordt (OP346), te tellen vanaf de ontvangst (afgeleid). Een
    wijziging die voor de hele looptijd geldt heeft een datum die al voorbij mag zijn (TR357): daarover zwijgt het signaal.
    """
    gewenst = product.GewensteIngangsdatum
    if gewenst <= kennis.dagtekening:
        return
    uiterlijk = VOW.uiterlijk(kennis.vandaag, kennis.contract.kalender)
    if gewenst <= uiterlijk:
        yield Overtreding(
            product,
            "GewensteIngangsdatum",
            f"GewensteIngangsdatum {gewenst} ligt zo dichtbij dat het antwoord later kan komen: de gemeente heeft {VOW}, tot en met "
            f"{uiterlijk}.",
            "Vraag een wijziging eerder aan; houd er rekening mee dat zij later kan ingaan.",
        )


@signaal(Niveau.EXTERNE_BRON, "301 319", Client301, Antwoord319)
def OP274(deel: Client301 | Antwoord319, kennis: Kennis) -> Iterator[Overtreding]:
    """De gemeente antwoordt op een 315, per product, binnen vijf werkdagen na ontvangst met een 301 of een 319.

    Zei zij dat zij het verzoek onderzoekt, dan binnen acht weken na de Dagtekening van het 315 (tegenstrijdigheid 39). Wie
    in iJw afwijst op het woonplaatsbeginsel heeft twee weken na ontvangst (OP359). De laatste dag mag nog.
    """
    yield from _te_laat(deel, Verzoeksoort.VOT, kennis)


@signaal(Niveau.EXTERNE_BRON, "301 319", Client301, Antwoord319)
def OP346(deel: Client301 | Antwoord319, kennis: Kennis) -> Iterator[Overtreding]:
    """De gemeente antwoordt op een 317 binnen vijf werkdagen na ontvangst met een 301 of een 319.

    Zei zij dat zij het verzoek onderzoekt, dan binnen acht weken na de Dagtekening van het 317. De laatste dag mag nog.
    """
    yield from _te_laat(deel, Verzoeksoort.VOW, kennis)


def _te_laat(deel: Client301 | Antwoord319, soort: Verzoeksoort, kennis: Kennis) -> Iterator[Overtreding]:
    """Each request of this kind that is answered here after its term, once."""
    if not kennis.dossier.verzoeken:
        return
    gezien: set[str] = set()
    for antwoord in (deel,) if isinstance(deel, Antwoord319) else deel.ToegewezenProducten:
        referentie = antwoord.ReferentieAanbieder
        aanvraag = kennis.dossier.verzoeken.get(referentie) if referentie is not None else None
        if aanvraag is None or aanvraag.soort is not soort or aanvraag.referentie in gezien:
            continue
        gezien.add(aanvraag.referentie)
        termijn, uiterlijk = _termijn(aanvraag, antwoord, kennis)
        if uiterlijk is not None and kennis.vandaag > uiterlijk:
            yield Overtreding(
                antwoord,
                "ReferentieAanbieder",
                f"Het antwoord op verzoek {referentie} kwam binnen op {kennis.vandaag}; de termijn van {termijn} liep tot en met "
                f"{uiterlijk}.",
                "U hoeft niets te herstellen. Kan een besluit niet op tijd, zeg dat dan met een 319 met VerzoekAntwoord 2.",
            )


def _termijn(
    aanvraag: Aanvraag, antwoord: Antwoord319 | ToegewezenProduct, kennis: Kennis
) -> tuple[Termijn | None, date | None]:
    """The term for this answer to a request, and its last day; None when it is settled."""
    herkomst, kalender = aanvraag.ingediend.herkomst, kennis.contract.kalender
    soort, toestand, ontvangen = aanvraag.soort, aanvraag.toestand, herkomst.ontvangen_op.date()
    termijn = ANTWOORD.get((soort, toestand))
    elders = isinstance(antwoord, Antwoord319) and antwoord.RedenAfwijzingVerzoek == WOONPLAATSBEGINSEL
    if termijn is VOT and elders and kennis.domein is Domein.IJW:
        return WOONPLAATS, WOONPLAATS.uiterlijk(ontvangen, kalender)
    return termijn, antwoord_voor(soort, toestand, ontvangen, herkomst.dagtekening, kalender)
