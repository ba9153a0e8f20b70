"""What is in a zending: from the payload on an envelope to a message that may be taken in, or why not.

One order of checks for both doors; the first that fails is told, with all that it finds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...inname.aanname import Aangeboden, ContractVan, laat_kort_toe, laat_toe
from ...inname.fictief import eis_fictief
from ...inname.kort import Kort
from ...oordeel.weigering import Reden, Weigering, van_fout
from ...opslag.berichten.zendingen import Zendingsleutel
from ...partijen.partij import Partij
from ...partijen.register import Register
from ...partijen.schakelaar import Schakelbord
from ...regels.bevinding import Bevinding
from ...regels.toetsen import bevindingen, fouten
from ...standaard.berichtsoort import Berichtsoort, Ketenrol, gelezen_soorten
from ...standaard.fouten import Berichtfout
from ...standaard.lezen import Gelezen, lees
from ...standaard.schema import Schemas
from ...standaard.xml import MAX_BYTES
from ...trace import lees as lees_trace
from ..envelop.fouten import Afgekeurd
from ..envelop.partijcheck import keur_inhoud
from ..envelop.stuf import grootste_lading, lees_stuf, van_ontvangen
from ..envelop.zip import uitgepakt
from .deur import Deur
from .ggkenvelop import payload_van


@dataclass(frozen=True, slots=True)
class Geopend:
    """A zending out of its ZIP: the bytes of its message, the kind that the envelope names, and whose it is."""

    rij: Mapping[Any, Any]
    data: bytes
    functie: Berichtsoort
    van: Partij


@dataclass(frozen=True, slots=True)
class Lezer:
    """What is needed to look at zendingen. ``bord`` gives what is switched. ``max_bytes`` is the limit of a payload;
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
        if rij["door"] == Deur.GGK and rij["omslag"] is None:  # it waits since before the door opened envelopes
            uiteen = van_ontvangen(lees_stuf(data))
            data = payload_van(uiteen, self.register, self.bord(), rij["ontvangen_op"], self.max_bytes)
        soort = _soort(rij)
        van_aanbieder = soort.verzender is Ketenrol.AANBIEDER
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
            a = _op_controles(a, bevindingen(gelezen, fouten(a.binnen_bericht)))
        return _in_envelop(a, z)

    def lees_kort(self, zending: Geopend, kort: Kort) -> Aangeboden:
        """The same of a large message that was read elsewhere."""
        self._keur(zending, kort.gelezen())
        z = zending
        a = laat_kort_toe(z.data, kort, z.van, self.register, self.contract_van, z.rij["ontvangen_op"])
        if self.xslt_at_node:
            a = _op_controles(a, kort.fouten)
        return _in_envelop(a, z)

    def _keur(self, zending: Geopend, gelezen: Gelezen) -> None:
        rij = zending.rij
        keur_inhoud(zending.functie, gelezen.soort, gelezen.bericht, rij["zender"], rij["ontvanger"])
        if self.alleen_fictief:
            eis_fictief(zending.data)


def _soort(rij: Mapping[Any, Any]) -> Berichtsoort:
    """The kind of message that the envelope names. Raises ``Afgekeurd`` IB023 when its release is read no more since it came in."""
    versie = rij["versie"], rij["subversie"]
    for soort in gelezen_soorten(rij["functie"]):
        if soort.versie == versie:
            return soort
    raise Afgekeurd(
        "IB023", "De functie is niet actief in deze versie.", "Vraag de beheerder welke release wanneer aan staat."
    )


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
    sleutel = Zendingsleutel(rij["zender"], rij["traceer_id"])
    return replace(a, zending=sleutel, antwoord_op=rij["als_antwoord_op"], trace=lees_trace(rij["trace"]))


def eis_past_in_stuf(grootte: int, max_bytes: int) -> None:
    """Raise ``Afgekeurd`` for a payload of so many bytes that a gemeente could not get: in StUF the limit, of ``max_bytes``,
    holds for the whole envelope, with the payload in base64."""
    if grootte > (hoogstens := grootste_lading(max_bytes)):
        raise Afgekeurd(
            "BRS06",
            f"Het bericht is groter dan {hoogstens} bytes en past niet in StUF: daar telt de hele envelop, in base64.",
            "Splits het bericht.",
        )
