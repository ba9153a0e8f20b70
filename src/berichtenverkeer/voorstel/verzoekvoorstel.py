"""Proposals for the requests of an aanbieder: a 317 on a toewijzing, and a 315 for the client of one or for a new one."""

from dataclasses import replace
from itertools import count

from ..levensloop.dossier import Dossiersleutel
from ..opslag.berichten import berichten
from ..opslag.dossiers import clienten, dossiers
from ..partijen.partij import Partijrol
from ..standaard.berichten.verzoek_om_toewijzing import Client315
from ..standaard.berichtsoort import berichtsoort
from .opstellen.aanvraag import vraag_toewijzing, vraag_voor_nieuwe
from .opstellen.voorstel import Voorstel
from .opstellen.wijziging import vraag_wijziging
from .verzoekvragen import AanvraagVraag, NieuweClientVraag, WijzigingVraag
from .voorstellen import Bureau, NietVanPartij, identificatie_uit


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


def verzoek_nieuwe_client(bureau: Bureau, vraag: NieuweClientVraag) -> Voorstel:
    """The 315 that asks a product for a client of whom there may be no toewijzing. Raises ``VoorstelFout``."""
    bureau.eis("315")
    if bureau.partij.rol is Partijrol.ONDERAANNEMER:
        raise NietVanPartij("Een 315 stuurt de aanbieder, niet de onderaannemer.")
    sleutel = Dossiersleutel(vraag.domein, vraag.gemeente, bureau.partij.code, vraag.bsn)
    bureau = replace(bureau, identificatie=vraag.identificatie or _ongebruikt(bureau, vraag))
    u = bureau.uitgangspunt(sleutel, "315")
    if u.client is None:
        tekst = dossiers.tekst(sleutel)
        eerder = clienten.clienten(bureau.verbinding, [tekst], bureau.schemas).get(tekst)
        u = replace(u, aangevraagd=eerder if isinstance(eerder, Client315) else None)
    referentie = vraag.referentie or u.identificatie
    return bureau.keur(vraag_voor_nieuwe(u, referentie, vraag.aangevraagd, vraag.persoon), u)


def _ongebruikt(bureau: Bureau, vraag: NieuweClientVraag) -> str:
    """An Identificatie that no message has. It does not follow from who the client is: of a Bsn all there are could be tried."""
    code, soort = bureau.partij.code, berichtsoort(vraag.domein, "315").code
    delen = (code, soort, bureau.moment, vraag.gemeente, vraag.categorie, vraag.code, vraag.vanaf)
    namen = (identificatie_uit(*delen, nummer) for nummer in count())
    return next(
        naam for naam in namen if not berichten.gebruikte_identificaties(bureau.verbinding, {(code, soort, naam)})
    )
