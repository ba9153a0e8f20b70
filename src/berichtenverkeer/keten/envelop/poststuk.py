"""What stands on the envelope of a message or foutbericht that lies in a postvak, and how VSP and StUF write it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .functie import FUNCTIES, in_vier_cijfers
from .stuf.model import Envelop, Stuurgegevens, Systeem, parameters
from .stuf.namen import StufBerichtcode
from .vertaling import GGK_APPLICATIE, context
from .vsp import HOOGSTE_VERSIE, Berichtstroom

FOUTBERICHT = ("Fo01", "Foutbericht")
"""The berichtsubtype and actie of a foutbericht in VSP."""


@dataclass(frozen=True, slots=True)
class Poststuk:
    """The envelope of what lies in a postvak, however it came in and in whatever way it is written.

    ``functie`` of a ``foutbericht`` is that of what it refuses, and so is ``versie``, the version and subversion of its release.
    ``software`` is the name, version and subversion of what wrapped it. ``grootte`` (bytes) and ``sha256`` are of the payload.
    """

    functie: str
    versie: tuple[int, int]
    zender: str
    ontvanger: str
    traceer_id: str
    conversatie_id: str
    als_antwoord_op: str | None
    referentie_id: str | None
    software: tuple[str, str, str]
    administratie: str | None
    gebruiker: str | None
    ontvangen_op: datetime
    grootte: int
    sha256: str
    foutbericht: bool = False

    def berichtcode(self, antwoord_325: StufBerichtcode) -> StufBerichtcode:
        """In which message of StUF it goes. A 325 goes in either envelope, and ``antwoord_325`` says which; but a Du01 names what
        it answers, so one of which this node does not know that is a Di01 (afgeleid)."""
        if self.foutbericht:
            return StufBerichtcode.FO01
        eerste, *ook = FUNCTIES[self.functie].berichtcodes
        return antwoord_325 if antwoord_325 in ook and self.als_antwoord_op else eerste

    def stuf(self, tijdstip: str, payload: bytes, antwoord_325: StufBerichtcode = StufBerichtcode.DI01) -> Envelop:
        """The Di01 or Du01 around a message; ``tijdstip`` is the moment of sending, ``antwoord_325`` the envelope of a 325."""
        berichtcode = self.berichtcode(antwoord_325)
        applicatie, versie, subversie = self.software
        stuur = Stuurgegevens(
            berichtcode,
            Systeem(self.zender, applicatie, self.administratie, self.gebruiker),
            Systeem(self.ontvanger, GGK_APPLICATIE),
            self.traceer_id,
            tijdstip,
            self.als_antwoord_op if berichtcode is StufBerichtcode.DU01 else None,
            self.functie,
        )
        return Envelop(stuur, parameters(payload, versie, subversie, *in_vier_cijfers(self.versie)))

    def vsp(self, url: str, rol: Callable[[str], str]) -> dict[str, Any]:
        """The metadata in VSP, as JSON (``PostvakMetadata``): ``url`` is where the payload is, ``rol`` gives the role in VSP of a
        code."""
        referentie = {
            "conversatieId": self.conversatie_id,
            "traceerId": self.traceer_id,
            "alsAntwoordOp": self.als_antwoord_op,
            "referentieId": self.referentie_id,
        }
        metadata = {
            "basisgegevens": {
                "ontvangenOp": self.ontvangen_op.isoformat(),
                "payload": {
                    "url": url,
                    "grootte": self.grootte,
                    "checksum": {"algoritme": "SHA256", "waarde": self.sha256},
                },
            },
            "routeringgegevens": {
                "afzender": {"rol": rol(self.zender), "code": self.zender},
                "geadresseerden": [{"rol": rol(self.ontvanger), "code": self.ontvanger}],
                "berichtstroom": berichtstroom(self.functie, self.versie, foutbericht=self.foutbericht).model_dump(),
            },
            "referentiegegevens": {naam: waarde for naam, waarde in referentie.items() if waarde is not None},
        }
        if not self.foutbericht:  # that is from a node, not from someone's software
            metadata["verwerkingscontext"] = context(self.software, self.traceer_id, self.administratie, self.gebruiker)
        return metadata


def berichtstroom(functie: str, versie: tuple[int, int], *, foutbericht: bool) -> Berichtstroom:
    """How VSP names a functie in a version, or a foutbericht on it."""
    soort = FUNCTIES[functie]
    subtype, actie = FOUTBERICHT if foutbericht else (soort.naam, soort.actie)
    return Berichtstroom(
        berichttype=soort.berichttype,
        berichtsubtype=subtype,
        berichtversie=min(versie[0], HOOGSTE_VERSIE),
        berichtsubversie=min(versie[1], HOOGSTE_VERSIE),
        actie=actie,
    )
