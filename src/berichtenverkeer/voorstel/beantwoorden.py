"""A question of which one message is the answer, and the proposal that answers it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .declaratievoorstel import herstel_prestatie
from .opstellen.voorstel import Voorstel
from .verzoekvoorstel import verzoek_nieuwe_client, verzoek_toewijzing, verzoek_wijziging
from .verzoekvragen import AanvraagVraag, NieuweClientVraag, WijzigingVraag
from .voorstellen import Bureau
from .vragen import (
    MetIdentificatie,
    PrestatieVraag,
    StartVraag,
    StopVraag,
    ToewijzingVraag,
    VerzoekAntwoordVraag,
)

_ANTWOORDEN: dict[type[MetIdentificatie], Callable[[Bureau, Any], Voorstel]] = {
    ToewijzingVraag: Bureau.toewijzing,
    VerzoekAntwoordVraag: Bureau.antwoord,
    StartVraag: Bureau.start,
    StopVraag: Bureau.stop,
    PrestatieVraag: herstel_prestatie,
    WijzigingVraag: verzoek_wijziging,
    AanvraagVraag: verzoek_toewijzing,
    NieuweClientVraag: verzoek_nieuwe_client,
}


def beantwoord(bureau: Bureau, vraag: MetIdentificatie) -> Voorstel:
    """The proposal that answers a question. Raises ``VoorstelFout``."""
    nummers = vraag.nummers if isinstance(vraag, ToewijzingVraag) else ()
    return _ANTWOORDEN[type(vraag)](replace(bureau, nummers=nummers, identificatie=vraag.identificatie), vraag)
