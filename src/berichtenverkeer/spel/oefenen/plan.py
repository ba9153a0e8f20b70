"""The plan of a transition, ``naam.plan.yaml``: when the old release stops, when the new one begins, per kind of message."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from ...klok import NEDERLAND
from ...partijen.schakelaar import BEREIKEN, Schakelaar, Schakelbord, Stand
from ...standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, berichtsoort
from ...standaard.release import RELEASES
from ..bestand.bron import Bron, FlowFout, lees_bron
from ..bestand.flow import uitgelegd
from ..bestand.stap import Deel


def _bereik(naam: str) -> str:
    if naam not in BEREIKEN:
        raise ValueError(f"{naam} is geen functie; schrijf heen, retour, WMO-heen, een wet (WMO, JW), WMO301 of '*'")
    return naam


def _gelezen(nummer: str) -> str:
    if nummer not in RELEASES:
        raise ValueError(
            f"release {nummer} wordt niet gelezen, wel {', '.join(RELEASES)}; noem de module die haar brengt in BV_RELEASES"
        )
    return nummer


def _nederlands(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        raise ValueError("schrijf momenten in Nederlandse tijd, zonder zone")
    return moment


Nummer = Annotated[str, AfterValidator(_gelezen)]
Moment = Annotated[datetime, AfterValidator(_nederlands)]
Momenten = Annotated[dict[Annotated[str, AfterValidator(_bereik)], Moment], Field(min_length=1)]
"""By what a switch can be for: Dutch time, without a zone."""


class Plan(Deel):
    """``van`` is the release that stops and ``naar`` the one that begins. Who is asked something answers ``antwoord_na``, as a flow says
    it. ``flows`` are stories of one's own by name, with the moment at which each begins; in them a message is written in the release
    that holds then."""

    overgang: str
    van: Nummer
    naar: Nummer
    stopt: Momenten
    begint: Momenten
    antwoord_na: str = Field("+1d", pattern=r"^(\+[0-9]{1,3}(wd|d|u|min))+$")
    flows: Annotated[dict[str, Moment], BeforeValidator(lambda f: {} if f is None else f)] = Field({})

    def schakelaars(self) -> tuple[Schakelaar, ...]:
        """The switches of which the plan consists."""
        return (
            *self._van(self.stopt, self.van, Stand.UIT),
            *self._van(self.begint, self.naar, Stand.AAN),
        )

    def _van(self, momenten: Mapping[str, datetime], release: str, stand: Stand) -> list[Schakelaar]:
        return [
            Schakelaar(functie, release, moment.replace(tzinfo=NEDERLAND), None, stand, self.overgang)
            for functie, moment in momenten.items()
        ]

    def stopt_op(self, soort: Berichtsoort) -> datetime | None:
        """The moment at which this kind of message of the old release stops; None when it goes on."""
        return self._eerste(berichtsoort(soort.domein, soort.nummer, self.van), Stand.UIT, self.stopt)

    def begint_op(self, soort: Berichtsoort) -> datetime | None:
        """The moment from which it takes part in the new release; None when it does not."""
        return self._eerste(berichtsoort(soort.domein, soort.nummer, self.naar), Stand.AAN, self.begint)

    def _eerste(self, soort: Berichtsoort, stand: Stand, momenten: Mapping[str, datetime]) -> datetime | None:
        bord = Schakelbord(self.schakelaars())
        staat = (m for m in sorted(momenten.values()) if bord.stand(soort, soort.release, _op(m)) is stand)
        return next(staat, None)


def _op(moment: datetime) -> datetime:
    return moment.replace(tzinfo=NEDERLAND)


def lees_plan(pad: Path) -> Plan:
    """The plan in this file. Raises ``FlowFout``."""
    bron = lees_bron(pad)
    if not isinstance(bron.inhoud, dict):
        raise FlowFout(pad, 1, "hier staat geen plan.", "Begin met overgang:, van:, naar:, stopt: en begint:.")
    try:
        plan = Plan.model_validate(bron.inhoud)
    except ValidationError as fout:
        raise uitgelegd(bron, fout, lambda _: list(Plan.model_fields), "een plan") from None
    _keur(bron, plan)
    return plan


def _keur(bron: Bron, plan: Plan) -> None:
    """Every functie stops and begins, and the old does not stop after the new began: then nobody would know what to send."""
    if plan.van == plan.naar:
        raise FlowFout(bron.pad, bron.regel(("naar",)), "van en naar zijn dezelfde release.", "Noem er twee.")
    for soort in BERICHTSOORTEN.values():
        for sleutel, moment in (("stopt", plan.stopt_op(soort)), ("begint", plan.begint_op(soort))):
            if moment is None:
                regel = bron.regel((sleutel,))
                raise FlowFout(
                    bron.pad, regel, f"{sleutel} zegt niets van {soort}.", "Noem ook heen en retour, of '*'."
                )
