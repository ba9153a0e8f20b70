"""What is in a zending: from the payload on an envelope to a message that may be taken in, or why not.

One order of checks for both doors; the first that fails is told. A gemeente gets the codes of Fo01 (IB…), an aanbieder
those of VECOZO (BRS…), as far as there is one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...inname.aanname import Aangeboden, ContractVan, laat_kort_toe, laat_toe
from ...inname.fictief import eis_fictief
from ...inname.kort import Kort
from ...oordeel.weigering import Reden, Weigering, van_fout
from ...opslag.zendingen import Zendingsleutel
from ...partijen.partij import Partij
from ...partijen.register import Register
from ...partijen.schakelaar import Schakelbord
from ...regels.bevinding import Bevinding
from ...regels.toetsen import bevindingen
from ...standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, Rol
from ...standaard.fouten import Berichtfout
from ...standaard.lezen import Gelezen, lees
from ...standaard.schema import Schemas
from ...standaard.xml import MAX_BYTES
from ..envelop.codes import herken
from ..envelop.fouten import Afgekeurd, code_voor
from ..envelop.partijcheck import keur_inhoud
from ..envelop.stuf import grootste_lading
from ..envelop.vsp import Melding
from ..envelop.zip import uitgepakt
from .ggkenvelop import payload_van
from .zendingen import Deur

_BIJ_REDEN = {
    Reden.ONLEESBAAR: ("IB014", "BRS14"),
    Reden.TE_GROOT: ("IB012", "BRS06"),
    Reden.ONBEKEND_BERICHT: ("IB014", "BRS13"),
    Reden.XSD_ONGELDIG: ("IB014", "BRS13"),
    Reden.VREEMDE_AFZENDER: ("CC09", "CC09"),
    Reden.ONBEKENDE_ONTVANGER: ("IB005", "IB005"),
    Reden.RETOUR_ZONDER_HEENBERICHT: ("IB021", "IB021"),
    Reden.RETOUR_BESTAAT_AL: ("IB019", "BRS22"),
    Reden.GOEDKEURING_BOTST: ("IB014", "BRS22"),
    Reden.AL_AANGEBODEN: ("IB016", "BRS20"),
    Reden.IDENTIFICATIE_GEBRUIKT: ("IB016", "BRS20"),
    Reden.FUNCTIE_NIET_ACTIEF: ("IB023", "IB023"),
    Reden.ANDER_KENMERK: ("IB021", "IB021"),
    Reden.CONTROLES: ("IB014", "BRS28"),
    Reden.BSN_NIET_FICTIEF: ("IB015", "BRS18"),
}
"""The code of the chain for a refusal, to a gemeente and to an aanbieder. No code says that no other retourbericht may follow,
or that an approval clashes: a gemeente gets the code for a second declaratie-antwoord or for a wrong payload, an aanbieder
that for business rules. None says that an answer is on another message than its Header names: both get the code that took the
place of CC07 (cannot be related to an earlier message). To a gemeente none speaks of XSLT: it gets that for a wrong payload
(all afgeleid)."""


@dataclass(frozen=True, slots=True)
class Geopend:
    """A zending out of its ZIP or envelope: the bytes of its message, the kind that the envelope names, and whose it is."""

    rij: Mapping[Any, Any]
    data: bytes
    functie: Berichtsoort
    van: Partij


@dataclass(frozen=True, slots=True)
class Lezer:
    """What is needed to look at zendingen. ``bord`` gives what is switched now. ``max_bytes`` is the limit of a payload;
    ``alleen_fictief``: a Bsn that is not of the test series is refused; ``xslt_at_node``: this node refuses what the rules
    inside the message refuse, also when the receiver judges for itself."""

    register: Register
    contract_van: ContractVan
    schemas: Schemas
    bord: Callable[[], Schakelbord]
    max_bytes: int = MAX_BYTES
    alleen_fictief: bool = False
    xslt_at_node: bool = False

    def open(self, rij: Mapping[Any, Any]) -> Geopend:
        """Take the message out of a stored zending. Raises ``Afgekeurd``.

        The parties were there when the door looked, but for a gemeente that does not take part.
        """
        data: bytes = rij["inhoud"]
        if rij["door"] == Deur.GGK:
            data = payload_van(rij, self.register, self.bord(), self.max_bytes)
        soort = BERICHTSOORTEN[rij["functie"]]
        van_aanbieder = soort.verzender is Rol.AANBIEDER
        van = self.register.partij(rij["zender"])
        if van is None:
            raise Afgekeurd("BRS01", "De afzender is geen partij van dit knooppunt meer.", "Vraag het de beheerder.")
        if self.register.partij(rij["ontvanger"]) is None:
            raise Afgekeurd(
                "IB005" if van_aanbieder else "IB010",
                "De geadresseerde is niet aangesloten op dit knooppunt.",
                "Controleer de code van de geadresseerde.",
            )
        if rij["door"] == Deur.VSP:
            data = uitgepakt(data, self.max_bytes)
            if van_aanbieder:
                eis_past_in_stuf(len(data), self.max_bytes)
        return Geopend(rij, data, soort, van)

    def lees(self, zending: Geopend) -> Aangeboden:
        """Its message. Raises ``Afgekeurd`` or ``Weigering``."""
        try:
            gelezen = lees(zending.data, self.schemas, self.max_bytes)
        except Berichtfout as fout:
            raise van_fout(fout) from None
        self._keur(zending, gelezen)
        z = zending
        a = laat_toe(z.data, gelezen, z.van, self.register, self.contract_van, z.rij["ontvangen_op"])
        if self.xslt_at_node:
            a = _op_controles(a, bevindingen(gelezen, a.binnen_bericht))
        return _in_envelop(a, z)

    def lees_kort(self, zending: Geopend, kort: Kort) -> Aangeboden:
        """The same of a large declaratie that was read elsewhere."""
        self._keur(zending, kort.gelezen())
        z = zending
        a = laat_kort_toe(z.data, kort, z.van, self.register, self.contract_van, z.rij["ontvangen_op"])
        if self.xslt_at_node:
            a = _op_controles(a, [kort.fout] if kort.fout else [])
        return _in_envelop(a, z)

    def _keur(self, zending: Geopend, gelezen: Gelezen) -> None:
        rij = zending.rij
        keur_inhoud(zending.functie, gelezen.soort, gelezen.bericht, rij["zender"], rij["ontvanger"])
        if self.alleen_fictief:
            eis_fictief(zending.data)


def _op_controles(a: Aangeboden, gevonden: Sequence[Bevinding]) -> Aangeboden:
    """What the rules inside the message refuse, this node refuses for its receiver: it becomes a message with a retourbericht
    (or 325), and its sender hears why. What nothing answers is refused without (afgeleid). Raises ``Weigering``."""
    if not gevonden:
        return a
    weigering = Weigering(
        Reden.CONTROLES,
        "Het bericht komt niet door de controles binnen het bericht (niveau 2).",
        "Herstel het en bied het opnieuw aan, met een nieuwe Identificatie.",
        bevindingen=gevonden,
    )
    if a.soort.is_retour or a.soort.nummer == "325":
        raise weigering
    return replace(a, zelf=False, weigering=weigering)


def _in_envelop(a: Aangeboden, zending: Geopend) -> Aangeboden:
    rij = zending.rij
    return replace(a, zending=Zendingsleutel(rij["zender"], rij["traceer_id"]), antwoord_op=rij["als_antwoord_op"])


def melding_van(fout: Afgekeurd | Weigering, deur: str) -> Melding:
    """What the sender hears of a refusal, with the code that its door has for it."""
    if isinstance(fout, Weigering):
        code = _BIJ_REDEN[fout.reden][deur == Deur.VSP]
    else:
        code = code_voor(fout, Rol.AANBIEDER if deur == Deur.VSP else Rol.GEMEENTE)
    bekend = herken(code)
    return Melding(
        code=code,
        omschrijving=bekend.betekenis if bekend else fout.melding,
        toelichting=_toelichting(fout),
    )


def _toelichting(fout: Afgekeurd | Weigering) -> str:
    """What is wrong, where it is if that is known, and what to do; of the errors of an XSD the first."""
    plek = f"Zie regel {fout.regelnummer}, {fout.pad}." if fout.regelnummer and fout.pad else ""
    eerste = fout.bevindingen[0].melding if isinstance(fout, Weigering) and fout.bevindingen else ""
    return " ".join(filter(None, (fout.melding, plek, eerste, fout.advies)))


def eis_past_in_stuf(grootte: int, max_bytes: int) -> None:
    """Raise ``Afgekeurd`` for a payload of so many bytes that a gemeente could not get: in StUF the limit, of ``max_bytes``,
    holds for the whole envelope, with the payload in base64."""
    if grootte > (hoogstens := grootste_lading(max_bytes)):
        raise Afgekeurd(
            "BRS06",
            f"Het bericht is groter dan {hoogstens} bytes en past niet in StUF: daar telt de hele envelop, in base64.",
            "Splits het bericht.",
        )
