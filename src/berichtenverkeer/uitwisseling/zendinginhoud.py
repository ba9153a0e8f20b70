"""What is in a zending: from the payload on an envelope to a message that may be taken in, or why not.

One order of checks for both doors; the first that fails is told. A gemeente gets the codes of Fo01 (IB…), an aanbieder
those of VECOZO (BRS…), as far as there is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..koppelvlak.codes import brs_bij, herken, ib_bij
from ..koppelvlak.fouten import Afgekeurd
from ..koppelvlak.partijcheck import keur_inhoud
from ..koppelvlak.stuf.lading import GROOTSTE_LADING
from ..koppelvlak.zip import pak_uit
from ..opslag.zendingen import Zendingsleutel
from ..standaard.berichtsoort import BERICHTSOORTEN, Rol
from ..standaard.fouten import Berichtfout, Onleesbaar, OngeldigBericht, TeGroot
from ..standaard.lezen import Gelezen, lees
from ..standaard.schema import Schemas
from ..standaard.xml import MAX_BYTES
from .aanname import Aangeboden, ContractVan, laat_toe
from .partijen import Partij, Register
from .weigering import Reden, Weigering
from .zendingen import Deur, Melding

_FICTIEF = "9999"
"""How every Bsn of the test series of the standard begins (CS002)."""

_BIJ_REDEN = {
    Reden.VREEMDE_AFZENDER: ("CC09", "CC09"),
    Reden.ONBEKENDE_ONTVANGER: ("IB005", "IB005"),
    Reden.RETOUR_ZONDER_HEENBERICHT: ("IB021", "IB021"),
    Reden.RETOUR_BESTAAT_AL: ("IB019", "IB019"),
    Reden.GOEDKEURING_BOTST: ("IB014", "BRS22"),
    Reden.AL_AANGEBODEN: ("IB016", "BRS20"),
    Reden.IDENTIFICATIE_GEBRUIKT: ("IB016", "BRS20"),
}
"""The code of the chain for a refusal, to a gemeente and to an aanbieder. That no other retourbericht may follow is said
with the code for a second declaratie-antwoord; an approval that clashes has no code of its own (afgeleid)."""


@dataclass(frozen=True, slots=True)
class Lezer:
    """What is needed to look at zendingen. ``max_bytes`` is the limit of a payload; ``alleen_fictief``: a Bsn that is not
    of the test series is refused."""

    register: Register
    contract_van: ContractVan
    schemas: Schemas
    max_bytes: int = MAX_BYTES
    alleen_fictief: bool = False

    def lees(self, rij: Mapping[Any, Any]) -> Aangeboden:
        """The message in a stored zending. Raises ``Afgekeurd`` or ``Weigering``."""
        soort = BERICHTSOORTEN[rij["functie"]]
        van, naar = self.register.partij(rij["zender"]), self.register.partij(rij["ontvanger"])
        _keur_adres(van, naar, naar_gemeente=soort.verzender is Rol.AANBIEDER)
        assert van is not None
        data = pak_uit(rij["inhoud"], self.max_bytes)
        if soort.verzender is Rol.AANBIEDER and rij["door"] == Deur.VSP:
            eis_past_in_stuf(len(data))
        try:
            gelezen = lees(data, self.schemas, self.max_bytes)
        except Berichtfout as fout:
            raise _van_fout(fout) from None
        keur_inhoud(soort, gelezen.soort, gelezen.bericht, rij["zender"], rij["ontvanger"])
        if self.alleen_fictief:
            _keur_bsns(gelezen)
        aangeboden = laat_toe(data, gelezen, van, self.register, self.contract_van, rij["ontvangen_op"])
        return replace(aangeboden, zending=Zendingsleutel(rij["zender"], rij["traceer_id"]))


def melding_van(fout: Afgekeurd | Weigering, deur: str) -> Melding:
    """What the sender hears of a refusal, with the code that its door has for it."""
    if isinstance(fout, Weigering):
        code = _BIJ_REDEN[fout.reden][deur == Deur.VSP]
    elif deur == Deur.VSP:
        code = next(iter(brs_bij(fout.code)), fout.code)
    else:
        code = ib_bij(fout.code) or fout.code
    bekend = herken(code)
    return Melding(code, bekend.betekenis if bekend else fout.melding, f"{fout.melding} {fout.advies}")


def eis_past_in_stuf(grootte: int) -> None:
    """Raise ``Afgekeurd`` for a payload of so many bytes that a gemeente could not get: in StUF the limit holds for the whole
    envelope, with the payload in base64."""
    if grootte > GROOTSTE_LADING:
        raise Afgekeurd(
            "BRS06",
            f"Het bericht is groter dan {GROOTSTE_LADING} bytes en past niet in StUF: daar telt de hele envelop, in base64.",
            "Splits het bericht.",
        )


def _keur_adres(van: Partij | None, naar: Partij | None, *, naar_gemeente: bool) -> None:
    """The parties were there when the door looked, but for a gemeente that does not take part."""
    if van is None:
        raise Afgekeurd("BRS01", "De afzender is geen partij van dit knooppunt meer.", "Vraag het de beheerder.")
    if naar is None:
        raise Afgekeurd(
            "IB005" if naar_gemeente else "IB010",
            "De geadresseerde is niet aangesloten op dit knooppunt.",
            "Controleer de code van de geadresseerde.",
        )


def _van_fout(fout: Berichtfout) -> Afgekeurd:
    plek = f" Zie regel {fout.regelnummer}, {fout.pad}." if fout.regelnummer and fout.pad else ""
    melding = f"{fout.melding}{plek}"
    if isinstance(fout, TeGroot):
        return Afgekeurd("IB012", melding, fout.advies)
    if isinstance(fout, Onleesbaar):
        return Afgekeurd("BRS14", melding, fout.advies)
    if isinstance(fout, OngeldigBericht) and fout.fouten:
        melding = f"{melding} {fout.fouten[0].melding}"
    return Afgekeurd("IB014", melding, fout.advies)


def _keur_bsns(gelezen: Gelezen) -> None:
    for element in gelezen.wortel.iter("{*}Bsn"):
        if not (element.text or "").strip().startswith(_FICTIEF):
            raise Afgekeurd(
                "IB015",
                "Dit is een proefomgeving, en er staat een Bsn in dat van iemand kan zijn.",
                "Gebruik fictieve Bsn's: 999900006 tot en met 999999990.",
            )
