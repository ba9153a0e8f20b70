"""The flow that rehearses a plan under one law: the last of every kind of message in the old release, what comes too late, what comes
too early, and the first of every kind in the new one. Pure.

Every party judges for itself, so that every answer is a message of its own, with its own moment. What was asked in the old release and
is answered by a 301 or 319 in the new one is in it too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ...levensloop.kalender import Kalender
from ...standaard.berichtsoort import Berichtsoort, berichtsoort
from ...standaard.domein import Domein
from ..schrijven.waarden import Nummers, Omgeving
from .plan import Plan

_MINUUT = timedelta(minutes=1)
_HEEN = ("301", "305", "307", "315", "317", "319", "323")
GEWEIGERD = "IB023"
"""What comes too late or too early gets this."""

Stap = dict[str, Any]


@dataclass
class _Boek:
    """Steps, each with its moment and in order of writing."""

    plan: Plan
    wet: Domein
    stappen: list[tuple[datetime, Stap]] = field(default_factory=list)

    def soort(self, nummer: str) -> Berichtsoort:
        return berichtsoort(self.wet, nummer)

    def op(self, moment: datetime, stap: Stap) -> None:
        self.stappen.append((moment, {**stap, "op": moment.isoformat()}))

    def vraag(self, moment: datetime, release: str, nummer: str, naam: str, wat: Mapping[str, Any]) -> None:
        """A heenbericht, and the answer of who gets it when that is due."""
        self.op(moment, {"stuur": nummer, "naam": naam, "release": release, **wat})
        self.op(self.na(moment), {"antwoord": _antwoord(self.soort(nummer)), "antwoord_op": naam})

    def buiten(self, moment: datetime, release: str, nummer: str, wat: Mapping[str, Any]) -> None:
        """A heenbericht for which it is too late, or too early."""
        self.op(moment, {"stuur": nummer, "release": release, **wat, "verwacht": {"geweigerd": GEWEIGERD}})

    def na(self, moment: datetime) -> datetime:
        """When an answer comes on what came in at this moment."""
        omgeving = Omgeving(Nummers(0), moment, self.wet, kalender=Kalender())
        return omgeving.moment_na(self.plan.antwoord_na)


def maak_verhaal(plan: Plan, wet: Domein) -> dict[str, Any]:
    """The flow as its file has it."""
    boek = _Boek(plan, wet)
    stopt = {nummer: _zeker(plan.stopt_op(boek.soort(nummer))) for nummer in _nummers()}
    begint = {nummer: _zeker(plan.begint_op(boek.soort(nummer))) for nummer in _nummers()}
    vorige = min(*stopt.values(), *begint.values()).replace(day=1, hour=9, minute=0) - timedelta(days=1)
    aanloop = vorige.replace(day=1)
    _aanloop(boek, aanloop)
    for nummer in _HEEN:
        boek.vraag(stopt[nummer] - _MINUUT, plan.van, nummer, f"laatste-{nummer}", _LAATSTE[nummer])
        boek.buiten(stopt[nummer], plan.van, nummer, _BUITEN[nummer])
        boek.buiten(begint[nummer] - _MINUUT, plan.naar, nummer, _BUITEN[nummer])
        antwoord = _antwoord(boek.soort(nummer))
        te_laat = {"antwoord": antwoord, "antwoord_op": f"laatste-{nummer}", "verwacht": {"geweigerd": GEWEIGERD}}
        boek.op(max(stopt[antwoord], stopt[nummer]), te_laat)
    allen = max(begint.values())
    for nummer in _HEEN:
        boek.vraag(max(begint[nummer], allen), plan.naar, nummer, f"eerste-{nummer}", _EERSTE[nummer])
        boek.buiten(max(stopt[nummer], allen + _MINUUT), plan.van, nummer, _BUITEN[nummer])
    stappen = [stap for _, stap in sorted(boek.stappen, key=lambda paar: paar[0])]
    return {
        "flow": f"overgang-{wet}",
        "omschrijving": plan.overgang,
        "wetten": [str(wet)],
        "klok": aanloop.isoformat(),
        "klok_vast": "true",
        "partijen": {
            "gemeente": {"rol": "gemeente", "beoordeling": "partij"},
            "aanbieder": {"rol": "aanbieder", "beoordeling": "partij"},
        },
        "clienten": {naam: {} for naam in _CLIENTEN},
        "stappen": stappen,
    }


def _nummers() -> Iterator[str]:
    for nummer in _HEEN:
        yield nummer
        yield _antwoord(berichtsoort(Domein.IWMO, nummer))


def _antwoord(soort: Berichtsoort) -> str:
    return soort.retour_nummer or "325"


def _zeker(moment: datetime | None) -> datetime:
    assert moment is not None  # a plan says it of every functie
    return moment


_CLIENTEN = ("loopt", "wacht", "stopt", "vraagt", "gevraagd", "nieuw", "later", "niemand")


def _toewijzing(client: str, nummer: str) -> Stap:
    return {"client": client, "inhoud": {"Client": {"ToegewezenProducten": [{"ToewijzingNummer": nummer}]}}}


def _verzoek(client: str, referentie: str) -> Stap:
    return {"client": client, "inhoud": {"Client": {"AangevraagdeProducten": [{"ReferentieAanbieder": referentie}]}}}


def _wijziging(client: str, nummer: str, referentie: str) -> Stap:
    producten = [{"ToewijzingNummer": nummer, "Omvang": {"Volume": "6"}}]
    verzoek = {"ReferentieAanbieder": referentie, "TeWijzigenProducten": producten}
    return {"client": client, "inhoud": {"Client": {"Verzoek": verzoek}}}


def _afwijzing(referentie: str) -> Stap:
    return {"client": "vraagt", "inhoud": {"Antwoord": {"ReferentieAanbieder": referentie}}}


def _start(client: str, nummer: str) -> Stap:
    return {"client": client, "inhoud": {"Client": {"StartProducten": [{"ToewijzingNummer": nummer}]}}}


def _stop(client: str, nummer: str) -> Stap:
    return {"client": client, "inhoud": {"Client": {"StopProducten": [{"ToewijzingNummer": nummer}]}}}


def _declaratie(nummer: str) -> Stap:
    prestaties = [{"ToewijzingNummer": "$t_loopt"}]
    return {
        "client": "loopt",
        "inhoud": {"Declaratie": {"DeclaratieNummer": nummer, "Clienten": [{"Prestaties": prestaties}]}},
    }


def _aanloop(boek: _Boek, begin: datetime) -> None:
    """What there is before, in the old release: clients with care, clients who wait for it, and a request."""
    van, uur = boek.plan.van, timedelta(hours=1)
    for plek, client in enumerate(("loopt", "wacht", "stopt")):
        boek.vraag(begin + plek * _MINUUT, van, "301", f"toewijzing-{client}", _toewijzing(client, f"$t_{client}"))
    later = boek.na(begin) + uur
    for plek, client in enumerate(("loopt", "stopt")):
        boek.vraag(later + plek * _MINUUT, van, "305", f"start-{client}", _start(client, f"$t_{client}"))
    boek.vraag(later + 5 * _MINUUT, van, "315", "verzoek-gevraagd", _verzoek("gevraagd", "$r_gevraagd"))


_LAATSTE: Mapping[str, Stap] = {
    "301": _toewijzing("nieuw", "$t_nieuw"),
    "305": _start("wacht", "$t_wacht"),
    "307": _stop("stopt", "$t_stopt"),
    "315": _verzoek("vraagt", "$r_vraagt"),
    "317": _wijziging("loopt", "$t_loopt", "$r_loopt"),
    "319": _afwijzing("$r_gevraagd"),
    "323": _declaratie("$d_laatste"),
}
"""The last in the old release."""

_EERSTE: Mapping[str, Stap] = {
    "301": _toewijzing("later", "$t_later"),
    "305": _start("nieuw", "$t_nieuw"),
    "307": _stop("wacht", "$t_wacht"),
    "315": _verzoek("later", "$r_later"),
    "317": _wijziging("nieuw", "$t_nieuw", "$r_nieuw"),
    "319": _afwijzing("$r_vraagt"),
    "323": _declaratie("$d_eerste"),
}
"""The first in the new one, on what there is from the old."""

_BUITEN: Mapping[str, Stap] = {
    **_LAATSTE,
    "301": _toewijzing("niemand", "$t_niemand"),
    "315": _verzoek("niemand", "$r_niemand"),
    "317": _wijziging("loopt", "$t_loopt", "$r_niemand"),
    "323": _declaratie("$d_niemand"),
}
"""What comes too late or too early; it gets no further than its envelope."""
