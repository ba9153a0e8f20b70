"""Proposals for the requests of an aanbieder: a 317 on a toewijzing, and a 315 for the client of one."""

from .opstellen.aanvraag import vraag_toewijzing
from .opstellen.voorstel import Voorstel
from .opstellen.wijziging import vraag_wijziging
from .verzoekvragen import AanvraagVraag, WijzigingVraag
from .voorstellen import Bureau


def verzoek_wijziging(bureau: Bureau, vraag: WijzigingVraag) -> Voorstel:
    """The 317 that asks to change a toewijzing. Raises ``VoorstelFout``."""
    gevonden = bureau.op_toewijzing("317", vraag, vraag.referentie, vraag.wens)
    if isinstance(gevonden, Voorstel):
        return gevonden
    u, nummer = gevonden
    return bureau.keur(vraag_wijziging(u, nummer, vraag.referentie or u.identificatie, vraag.wens), u)


def verzoek_toewijzing(bureau: Bureau, vraag: AanvraagVraag) -> Voorstel:
    """The 315 that asks a product for the client of a toewijzing. Raises ``VoorstelFout``."""
    gevonden = bureau.op_toewijzing("315", vraag, vraag.referentie, vraag.aangevraagd)
    if isinstance(gevonden, Voorstel):
        return gevonden
    u, _ = gevonden
    return bureau.keur(vraag_toewijzing(u, vraag.referentie or u.identificatie, vraag.aangevraagd), u)
