"""Between whom a message goes, and about whom."""

from typing import NamedTuple

from ..levensloop.dossier import Dossiersleutel
from ..standaard.berichten import Bericht
from ..standaard.berichten.antwoord import Bericht319
from ..standaard.berichten.verzoek_om_toewijzing import Bericht315
from ..standaard.berichten.verzoek_om_wijziging import Bericht317
from ..standaard.berichtsoort import Berichtsoort, Ketenrol


class Betrokken(NamedTuple):
    """``verzender`` and ``ontvanger`` are the codes of who really sends and receives the message."""

    verzender: str
    ontvanger: str
    gemeente: str
    aanbieder: str
    bsn: str | None

    def dossiersleutel(self, soort: Berichtsoort) -> Dossiersleutel | None:
        """The dossier the message is about; None for a message without a client: a 319 names it by the reference of the
        request, a declaratie has many, and a clean retour says nothing."""
        return Dossiersleutel(soort.domein, self.gemeente, self.aanbieder, self.bsn) if self.bsn else None


def referenties(bericht: Bericht) -> tuple[str, ...]:
    """The ReferentieAanbieders by which a 315 or 317 will be known (TR347), or that a 319 answers (TR355)."""
    match bericht:
        case Bericht315():
            return tuple(product.ReferentieAanbieder for product in bericht.Client.AangevraagdeProducten)
        case Bericht317():
            return (bericht.Client.Verzoek.ReferentieAanbieder,)
        case Bericht319():
            return (bericht.Antwoord.ReferentieAanbieder,)
        case _:
            return ()


def betrokken(bericht: Bericht, soort: Berichtsoort) -> Betrokken:
    """Who is concerned in a message. In a retourbericht Header/Afzender is who sent the heenbericht (IV028), so the
    retour itself goes from Header/Ontvanger to Header/Afzender."""
    header = bericht.Header
    afzender, ontvanger = header.Afzender, header.Ontvanger
    gemeente, aanbieder = (
        (afzender, ontvanger) if soort.opsteller_afzender is Ketenrol.GEMEENTE else (ontvanger, afzender)
    )
    client = getattr(bericht, "Client", None)
    return Betrokken(
        verzender=ontvanger if soort.is_retour else afzender,
        ontvanger=afzender if soort.is_retour else ontvanger,
        gemeente=gemeente,
        aanbieder=aanbieder,
        bsn=client.Bsn if client is not None else None,
    )
