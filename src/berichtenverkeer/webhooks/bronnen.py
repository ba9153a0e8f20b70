"""Where it comes from what a webhook is told: tables whose rows have numbers that become visible in order.

A webhook has a place in each source. What stands after it is new, however long ago it was written and by which process, and what
is told and the new place are stored in one transaction. So nothing is missed, and who writes those tables does nothing for it. A
stand that changed twice before anyone looked is told once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection

from ..klok import NEDERLAND
from ..levensloop.kalender import plus_dagen
from ..oordeel.oordeel import Berichtoordeel
from ..opslag.berichten import nieuws
from ..opslag.berichten.notificaties import Notificatie, id_van, over_bericht, over_zending
from ..opslag.berichten.webhooks import Webhook, stand, werkvraag
from ..opslag.declaraties import declaratielijst
from ..opslag.dossiers import toewijzingen, verzoeken
from ..opslag.lijst import Lijst, Plek
from ..werklijsten.alle import LIJSTEN
from ..werklijsten.lijst import Peil, Werk, verstreken
from .soorten import SOORTEN

PER_KEER = 200
"""How many rows of a source are looked at in one transaction."""


class Bron(Protocol):
    """A source: where its end is, and what there is for a party after a place, with the place after that."""

    def einde(self, verbinding: Connection, peil: Peil) -> Plek:
        """The place of who has been told all there is."""

    def na(
        self, verbinding: Connection, partij: str, plek: Plek, peil: Peil, limiet: int
    ) -> tuple[list[Notificatie], Plek]:
        """What comes after a place, of at most so many rows. The same place when there is nothing."""

    def is_er_nieuws(self) -> ColumnElement[bool]:
        """Whether something comes after a place, as ``opslag.berichten.nieuws`` has it."""


class _Genummerd:
    """A source with numbers."""

    def einde(self, verbinding: Connection, _: Peil) -> Plek:
        return Plek(stand(verbinding) + 1, "")


@dataclass(frozen=True)
class _Gewijzigd(_Genummerd):
    """The list of things of one kind, in order of change."""

    lijst: Lijst[Any]
    soort: str

    def is_er_nieuws(self) -> ColumnElement[bool]:
        return nieuws.is_gewijzigd(self.lijst)

    def na(
        self, verbinding: Connection, partij: str, plek: Plek, _: Peil, limiet: int
    ) -> tuple[list[Notificatie], Plek]:
        rijen = nieuws.gewijzigd(verbinding, self.lijst, partij, plek, limiet)
        gemaakt = [
            Notificatie(
                id_van(self.soort, rij.plek.id, rij.plek.nummer),
                self.soort,
                rij.plek.id,
                f"/v1/{self.lijst.naam}/{rij.plek.id}",
                rij.moment,
            )
            for rij in rijen
        ]
        return gemaakt, rijen[-1].plek if rijen else plek


class _Postvak(_Genummerd):
    """The messages to a party. An answer also says that what it answers was judged. The place has numbers only."""

    def is_er_nieuws(self) -> ColumnElement[bool]:
        return nieuws.is_in_postvak()

    def na(
        self, verbinding: Connection, partij: str, plek: Plek, _: Peil, limiet: int
    ) -> tuple[list[Notificatie], Plek]:
        rijen = nieuws.in_postvak(verbinding, partij, plek.nummer - 1, limiet)
        gemaakt = [een for rij in rijen if rij.aangeboden for een in _van_bericht(rij)]
        return gemaakt, Plek(rijen[-1].nummer + 1, "") if rijen else plek


class _Foutberichten(_Genummerd):
    """The foutberichten to a party, each of which refuses a message of it."""

    def is_er_nieuws(self) -> ColumnElement[bool]:
        return nieuws.is_foutbericht()

    def na(
        self, verbinding: Connection, partij: str, plek: Plek, _: Peil, limiet: int
    ) -> tuple[list[Notificatie], Plek]:
        rijen = nieuws.foutberichten(verbinding, partij, plek.nummer - 1, limiet)
        gemaakt = [over_zending("ontvangen", rij.zender, rij.traceer_id, rij.moment) for rij in rijen]
        gemaakt += [over_bericht("afgekeurd", rij.bericht, rij.moment) for rij in rijen if rij.bericht is not None]
        return gemaakt, Plek(rijen[-1].nummer + 1, "") if rijen else plek


class _Termijnen:
    """The work lists: what should have been done by the end of a day, once that day is over. The place is a day: all before it
    was told. What comes on a list when its term is over already is not told: it is told as what it comes from."""

    def einde(self, _: Connection, peil: Peil) -> Plek:
        return Plek(peil.vandaag.toordinal(), "")

    def is_er_nieuws(self) -> ColumnElement[bool]:
        return nieuws.is_dag_voorbij()

    def na(self, verbinding: Connection, partij: str, plek: Plek, peil: Peil, _: int) -> tuple[list[Notificatie], Plek]:
        if plek.nummer >= peil.vandaag.toordinal():
            return [], plek
        sinds = date.fromordinal(plek.nummer)
        gemaakt = [
            _over_termijn(naam, werk)
            for naam, lijst in LIJSTEN.items()
            if naam not in _ZONDER_TERMIJN
            for bron in lijst.bronnen
            for werk in verstreken(verbinding, bron, partij, peil, sinds)
        ]
        return gemaakt, self.einde(verbinding, peil)


_ZONDER_TERMIJN = frozenset({"signalen"})
"""Work lists whose last day is only that on which a row goes off them."""

BRONNEN: Mapping[str, tuple[Bron, ...]] = {
    "postvak": (_Postvak(), _Foutberichten()),
    "toewijzingen": (_Gewijzigd(toewijzingen.LIJST, "toewijzing.gewijzigd"),),
    "verzoeken": (_Gewijzigd(verzoeken.LIJST, "verzoek.gewijzigd"),),
    "declaraties": (_Gewijzigd(declaratielijst.LIJST, "declaratie.gewijzigd"),),
    "termijnen": (_Termijnen(),),
}
"""The sources by the name that kinds have for them."""


def begin(verbinding: Connection, soorten: Iterable[str], peil: Peil) -> dict[str, Plek]:
    """The places of who wants to be told these kinds from now on."""
    return {naam: bron.einde(verbinding, peil) for naam, bron in _bronnen(soorten)}


def maak(
    verbinding: Connection, webhook: Webhook, plekken: Mapping[str, Plek], peil: Peil
) -> tuple[list[Notificatie], dict[str, Plek]]:
    """What this webhook is to be told of what is new, and its places after that. A source that is new to it begins here."""
    gemaakt: list[Notificatie] = []
    verder: dict[str, Plek] = {}
    for naam, bron in _bronnen(webhook.soorten):
        plek = plekken.get(naam) or bron.einde(verbinding, peil)
        nieuw, verder[naam] = bron.na(verbinding, webhook.partij, plek, peil, PER_KEER)
        gemaakt += [een for een in nieuw if een.soort in webhook.soorten]
    return gemaakt, verder


WERKVRAAG = werkvraag(
    {
        f"{naam}.{nummer}": bron.is_er_nieuws()
        for naam, bronnen in BRONNEN.items()
        for nummer, bron in enumerate(bronnen)
    }
)
"""The question what there is to do."""


def _bronnen(soorten: Iterable[str]) -> Iterator[tuple[str, Bron]]:
    """The sources of these kinds, each with the name of the place in it."""
    gevraagd = {SOORTEN[naam].bron for naam in soorten if naam in SOORTEN}
    for naam, bronnen in BRONNEN.items():
        if naam in gevraagd:
            yield from ((f"{naam}.{nummer}", bron) for nummer, bron in enumerate(bronnen))


def _van_bericht(rij: nieuws.InPostvak) -> Iterator[Notificatie]:
    yield over_bericht("ontvangen", rij.id, rij.moment)
    if rij.antwoord_op is not None:
        yield over_bericht("beoordeeld", rij.antwoord_op, rij.moment)
        if rij.oordeel == Berichtoordeel.AFGEKEURD:
            yield over_bericht("afgekeurd", rij.antwoord_op, rij.moment)


def _over_termijn(lijst: str, werk: Werk) -> Notificatie:
    rij, soort = werk.rij, "termijn.verstreken"
    over = rij.toewijzing or rij.verzoek or rij.bericht or rij.declaratie or rij.inzet or rij.id
    daarna = datetime.combine(plus_dagen(werk.uiterlijk, 1), time(), NEDERLAND)
    return Notificatie(id_van(soort, lijst, rij.id, werk.uiterlijk), soort, over, f"/v1/werklijsten/{lijst}", daarna)


MaakPeil = Callable[[date], Peil]
"""The day and calendar for which work lists are made."""
