"""Why a message is not taken in at all. A refused message is kept, is not judged and has no retourbericht."""

from collections.abc import Sequence
from enum import StrEnum

from ..regels.bevinding import Bevinding, van_ongeldig
from ..standaard.fouten import Berichtfout, OngeldigBericht, Onleesbaar, TeGroot
from ..standaard.lezen import Gelezen


class Reden(StrEnum):
    """The kinds of refusal; each face of the exchange has its own code for them."""

    ONLEESBAAR = "onleesbaar"
    TE_GROOT = "te-groot"
    ONBEKEND_BERICHT = "onbekend-bericht"
    XSD_ONGELDIG = "xsd-ongeldig"
    VREEMDE_AFZENDER = "vreemde-afzender"
    ONBEKENDE_ONTVANGER = "onbekende-ontvanger"
    RETOUR_ZONDER_HEENBERICHT = "retour-zonder-heenbericht"
    RETOUR_BESTAAT_AL = "retour-bestaat-al"
    GOEDKEURING_BOTST = "goedkeuring-botst"
    AL_AANGEBODEN = "al-aangeboden"
    IDENTIFICATIE_GEBRUIKT = "identificatie-gebruikt"
    FUNCTIE_NIET_ACTIEF = "functie-niet-actief"
    ANDER_KENMERK = "ander-kenmerk"
    CONTROLES = "controles"
    REGELS = "regels"
    BSN_NIET_FICTIEF = "bsn-niet-fictief"


class Weigering(Exception):
    """A message is refused. ``melding`` and ``advies`` are Dutch; ``pad`` and ``regelnummer`` say where, if known."""

    def __init__(
        self,
        reden: Reden,
        melding: str,
        advies: str,
        pad: str = "",
        regelnummer: int | None = None,
        bevindingen: Sequence[Bevinding] = (),
    ) -> None:
        super().__init__(melding)
        self.reden = reden
        self.melding = melding
        self.advies = advies
        self.pad = pad
        self.regelnummer = regelnummer
        self.bevindingen = tuple(bevindingen)

    def __reduce__(self) -> tuple[type["Weigering"], tuple[object, ...]]:
        """It may come from another process."""
        alles = self.reden, self.melding, self.advies, self.pad, self.regelnummer, self.bevindingen
        return type(self), alles


def van_fout(fout: Berichtfout) -> Weigering:
    """The refusal for what was wrong with the bytes."""
    bevindingen: list[Bevinding] = []
    if isinstance(fout, OngeldigBericht):
        reden = Reden.XSD_ONGELDIG
        bevindingen = van_ongeldig(fout)
    elif isinstance(fout, TeGroot):
        reden = Reden.TE_GROOT
    elif isinstance(fout, Onleesbaar):
        reden = Reden.ONLEESBAAR
    else:
        reden = Reden.ONBEKEND_BERICHT
    return Weigering(reden, fout.melding, fout.advies, fout.pad, fout.regelnummer, bevindingen)


def weiger(gelezen: Gelezen, reden: Reden, melding: str, advies: str, element: str) -> Weigering:
    """The refusal of a message for what stands in this element of its Header."""
    pad = f"/Bericht/Header/{element}"
    return Weigering(reden, melding, advies, pad, gelezen.regelnummer(pad))
