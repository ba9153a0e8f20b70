"""The 301 that honours a request for change (317), as IV092 and IV093 lay down.

All of a request is granted or none. Only the dates may differ, and only where the asked day has passed.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from ...levensloop.kalender import plus_dagen
from ...levensloop.overgangen import Verzoeksoort, Verzoektoestand
from ...levensloop.toewijzing import telt_niet_mee
from ...levensloop.verzoek import Aanvraag
from ...standaard.berichten.basis import Omvang
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.berichten.verzoek_om_wijziging import NieuwProduct, TeWijzigenProduct, Verzoek
from .gedeclareerd import gedeclareerd, te_laag
from .opbouw import Opbouw
from .voorstel import Keuze, Uitgangspunt, Voorstel, Vraag, weigering

DOOR_AANBIEDER = "12"
"""RedenWijziging of a toewijzing that changes because its aanbieder asked (IV093)."""

GEWENST: Literal["gewenst"] = "gewenst"
"""The choice to assign from the asked day, though it has passed."""

Vanaf = date | Literal["gewenst"]

_OVER_DE_HELE_LOOPTIJD = "6"
_DAG = timedelta(days=1)


class Aard(StrEnum):
    """What a TeWijzigenProduct does to its toewijzing (IV093)."""

    GELIJK = "gelijk"
    AANPASSEN = "aanpassen"
    VERVANGEN = "vervangen"
    SPLITSEN = "splitsen"


def aard(oud: ToegewezenProduct, gevraagd: TeWijzigenProduct) -> Aard:
    """Whether the toewijzing keeps its number. A Budget that is not named stays as it is (derived, as TR373 reads it)."""
    if gevraagd.Omvang == oud.Omvang and gevraagd.Budget in (None, oud.Budget):
        return Aard.GELIJK if gevraagd.Einddatum == oud.Einddatum else Aard.AANPASSEN
    if gevraagd.Budget is not None or (_heel(gevraagd.Omvang) and _heel(oud.Omvang)):
        return Aard.AANPASSEN
    return Aard.VERVANGEN if gevraagd.GewensteIngangsdatum == oud.Ingangsdatum else Aard.SPLITSEN


def honoreer_vow(u: Uitgangspunt, aanvraag: Aanvraag, vanaf: Vanaf | None = None) -> Voorstel:
    """The 301 for a VOW. ``vanaf`` says from which day to assign what was asked from a day that has passed.

    Raises ``ValueError`` for a VOT.
    """
    verzoek = aanvraag.vraag
    if not isinstance(verzoek, Verzoek):
        raise ValueError(f"{aanvraag.referentie} is a {Verzoeksoort.VOT}")
    if aanvraag.toestand is Verzoektoestand.GEHONOREERD:
        return weigering(u.soort("301"), f"Verzoek {aanvraag.referentie} is al gehonoreerd.")
    opbouw = Opbouw(u, verzoek.ReferentieAanbieder)
    if aanvraag.toestand is Verzoektoestand.AFGEWEZEN:
        opbouw.uitleg.append(f"Verzoek {aanvraag.referentie} is eerder afgewezen; alsnog honoreren mag.")
    wijzigingen = list(_wijzigingen(opbouw, verzoek))
    schuif = _schuif(opbouw, verzoek, wijzigingen, vanaf)
    for oud, gevraagd in wijzigingen:
        _wijzig(opbouw, oud, gevraagd, schuif)
    for blijft in verzoek.OngewijzigdeProducten:
        _blijft(opbouw, blijft.ToewijzingNummer)
    for nieuw in verzoek.NieuweProducten:
        _nieuw(opbouw, nieuw, schuif)
    opbouw.overige()
    opbouw.uitleg.append(f"Iedere toewijzing draagt ReferentieAanbieder {verzoek.ReferentieAanbieder} (IV093).")
    return opbouw.voorstel()


@dataclass(frozen=True, slots=True)
class _Schuif:
    """The days that have passed, and the day they move to; without ``naar`` they stay."""

    voorbij: Set[date]
    naar: date | None

    def begin(self, dag: date) -> date:
        """The day from which to assign what was asked from this day."""
        return max(dag, self.naar) if self.naar is not None and dag in self.voorbij else dag

    def einde(self, dag: date | None, hoogstens: date | None) -> date | None:
        """The end of what was asked to end on this day: it stays just before what moved (IV093, example 2a)."""
        if dag is None or self.naar is None or dag == date.max or dag + _DAG not in self.voorbij:
            return dag
        return min(self.begin(dag + _DAG) - _DAG, hoogstens or date.max)


_Wijziging = tuple[ToegewezenProduct, TeWijzigenProduct]


def _wijzigingen(opbouw: Opbouw, verzoek: Verzoek) -> Iterator[_Wijziging]:
    for gevraagd in verzoek.TeWijzigenProducten:
        bekend = opbouw.u.dossier.toewijzingen.get(gevraagd.ToewijzingNummer)
        if bekend is None or telt_niet_mee(bekend.product):
            opbouw.bezwaren.append(
                f"Toewijzing {gevraagd.ToewijzingNummer} is er niet of is verwijderd: er is niets meer te wijzigen. Overleg "
                "met de aanbieder, en wijs af als het verzoek vervalt."
            )
        else:
            yield bekend.product, gevraagd


def _schuif(opbouw: Opbouw, verzoek: Verzoek, wijzigingen: list[_Wijziging], vanaf: Vanaf | None) -> _Schuif:
    """What was asked from a day that has passed: a person says from when it is assigned."""
    vandaag = opbouw.u.vandaag
    gewenst = [p.GewensteIngangsdatum for p in verzoek.NieuweProducten]
    gewenst += [p.GewensteIngangsdatum for oud, p in wijzigingen if aard(oud, p) is Aard.SPLITSEN]
    voorbij = frozenset(dag for dag in gewenst if dag < vandaag)
    naar = vanaf if isinstance(vanaf, date) else None
    if not voorbij:
        if naar is not None:
            opbouw.bezwaren.append("Geen GewensteIngangsdatum is voorbij: wijs toe vanaf de gevraagde dag (IV093).")
        return _Schuif(voorbij, None)
    dagen = ", ".join(map(str, sorted(voorbij)))
    if vanaf is None:
        opbouw.vragen.append(
            Vraag(
                "vanaf",
                f"GewensteIngangsdatum {dagen} is voorbij. Stem met de aanbieder af vanaf welke dag u toewijst: met "
                "terugwerkende kracht als de levering dan rechtmatig is, anders vanaf een dag erna (IV093).",
                (
                    Keuze(GEWENST, "met terugwerkende kracht, zoals gevraagd"),
                    Keuze(str(vandaag), "vanaf vandaag"),
                    Keuze(str(plus_dagen(vandaag, 1)), "vanaf morgen"),
                ),
            )
        )
    elif naar is not None and naar < max(voorbij):
        opbouw.bezwaren.append(f"{naar} ligt vóór de gevraagde dag {max(voorbij)}; kies die dag of een latere.")
    elif naar is not None:
        opbouw.uitleg.append(
            f"Gevraagd vanaf {dagen}, toegewezen vanaf {naar}; aansluitende einddatums gaan mee (IV093)."
        )
    else:
        opbouw.uitleg.append(f"Met terugwerkende kracht toegewezen vanaf {dagen}, zoals gevraagd (IV093).")
    return _Schuif(voorbij, naar)


def _wijzig(opbouw: Opbouw, oud: ToegewezenProduct, gevraagd: TeWijzigenProduct, schuif: _Schuif) -> None:
    match aard(oud, gevraagd):
        case Aard.GELIJK:
            opbouw.herhaal(oud)
            opbouw.uitleg.append(
                f"Toewijzing {oud.ToewijzingNummer} is al zoals gevraagd en gaat ongewijzigd mee (IV099)."
            )
        case Aard.AANPASSEN:
            _pas_aan(opbouw, oud, gevraagd, schuif)
        case Aard.VERVANGEN:
            _vervang(opbouw, oud, gevraagd)
        case Aard.SPLITSEN:
            _splits(opbouw, oud, gevraagd, schuif)


def _pas_aan(opbouw: Opbouw, oud: ToegewezenProduct, gevraagd: TeWijzigenProduct, schuif: _Schuif) -> None:
    nummer = oud.ToewijzingNummer
    einde = schuif.einde(gevraagd.Einddatum, oud.Einddatum)
    budget = gevraagd.Budget if gevraagd.Budget is not None else oud.Budget
    if einde is not None and einde < oud.Ingangsdatum:
        opbouw.bezwaren.append(
            f"Toewijzing {nummer} zou op {einde} eindigen, vóór haar Ingangsdatum {oud.Ingangsdatum} (CS003). Overleg met de "
            "aanbieder; verwijderen vraagt om een ander verzoek."
        )
    if reden := te_laag(opbouw.u.dossier.boek, nummer, oud, gevraagd.Omvang, budget):
        opbouw.bezwaren.append(reden)
    opbouw.wijzig(oud, DOOR_AANBIEDER, Einddatum=einde, Omvang=gevraagd.Omvang, Budget=budget)
    wat = [f"Einddatum wordt {einde or 'leeg'}"] if einde != oud.Einddatum else []
    if gevraagd.Omvang is not None and gevraagd.Omvang != oud.Omvang:
        wat.append(f"Volume wordt {gevraagd.Omvang.Volume}")
    if budget != oud.Budget:
        wat.append(f"Budget wordt {budget}")
    opbouw.uitleg.append(f"Toewijzing {nummer} houdt haar nummer; {', '.join(wat)} (IV093).")
    if oud.Einddatum is not None and oud.Einddatum < opbouw.u.vandaag:
        opbouw.uitleg.append(f"Let op: toewijzing {nummer} is op {oud.Einddatum} verlopen, na het verzoek.")


def _vervang(opbouw: Opbouw, oud: ToegewezenProduct, gevraagd: TeWijzigenProduct) -> None:
    """The change holds from the first day: ending it the day before would end it before it began (CS003)."""
    nummer = oud.ToewijzingNummer
    if gedeclareerd(opbouw.u.dossier.boek, nummer):
        opbouw.bezwaren.append(
            f"Toewijzing {nummer} zou vanaf haar eerste dag {oud.Ingangsdatum} worden vervangen, maar er is op gedeclareerd: "
            "zij kan niet worden verwijderd (TR385). Leg het voor aan de aanbieder: eerst crediteren, of de wijziging later "
            "laten ingaan."
        )
        return
    opbouw.verwijder(oud)
    nieuw = opbouw.nieuw(oud.Product, oud.Ingangsdatum, gevraagd.Einddatum, gevraagd.Omvang, gevraagd.Budget)
    opbouw.uitleg.append(
        f"Toewijzing {nummer} wordt verwijderd (RedenWijziging 13) en vervangen door {nieuw}, vanaf dezelfde dag "
        f"{oud.Ingangsdatum} met de gevraagde omvang (afgeleid: een dag eerder eindigen kan niet)."
    )
    if opbouw.u.dossier.levering((nummer,)).starts:
        opbouw.uitleg.append(f"De aanbieder meldt zijn start opnieuw, op {nieuw}; die op {nummer} neemt hij terug.")


def _splits(opbouw: Opbouw, oud: ToegewezenProduct, gevraagd: TeWijzigenProduct, schuif: _Schuif) -> None:
    nummer, begin = oud.ToewijzingNummer, schuif.begin(gevraagd.GewensteIngangsdatum)
    if begin <= oud.Ingangsdatum or (oud.Einddatum is not None and begin > oud.Einddatum):
        opbouw.bezwaren.append(
            f"De wijziging van toewijzing {nummer} gaat in op {begin}, buiten haar looptijd {oud.Ingangsdatum} tot en met "
            f"{oud.Einddatum or 'onbepaald'} (IV092). Leg het voor aan de aanbieder."
        )
        return
    if _voorbij(opbouw, begin, gevraagd.Einddatum):
        return
    opbouw.wijzig(oud, DOOR_AANBIEDER, Einddatum=begin - _DAG)
    nieuw = opbouw.nieuw(oud.Product, begin, gevraagd.Einddatum, gevraagd.Omvang, gevraagd.Budget)
    opbouw.uitleg.append(f"Toewijzing {nummer} houdt haar nummer; Einddatum wordt {begin - _DAG} (IV093).")
    opbouw.uitleg.append(
        f"Toewijzing {nieuw} is nieuw: hetzelfde product vanaf {begin} met de gevraagde omvang (IV093)."
    )


def _blijft(opbouw: Opbouw, nummer: int) -> None:
    bekend = opbouw.u.dossier.toewijzingen.get(nummer)
    if nummer in opbouw.producten:
        return
    if bekend is None or telt_niet_mee(bekend.product):
        opbouw.uitleg.append(f"Toewijzing {nummer} is intussen verwijderd en gaat niet mee.")
        return
    opbouw.herhaal(bekend.product)
    opbouw.uitleg.append(f"Toewijzing {nummer} gaat ongewijzigd mee (IV093).")


def _nieuw(opbouw: Opbouw, gevraagd: NieuwProduct, schuif: _Schuif) -> None:
    begin = schuif.begin(gevraagd.GewensteIngangsdatum)
    if _voorbij(opbouw, begin, gevraagd.Einddatum):
        return
    nummer = opbouw.nieuw(gevraagd.Product, begin, gevraagd.Einddatum, gevraagd.Omvang, gevraagd.Budget)
    opbouw.uitleg.append(f"Toewijzing {nummer} is nieuw, met de inhoud van het verzoek, vanaf {begin} (IV093).")


def _voorbij(opbouw: Opbouw, begin: date, einde: date | None) -> bool:
    """Whether nothing is left of the asked period."""
    if einde is None or begin <= einde:
        return False
    opbouw.bezwaren.append(
        f"De gevraagde periode eindigt op {einde}, vóór {begin}: er blijft niets over om toe te wijzen."
    )
    return True


def _heel(omvang: Omvang | None) -> bool:
    return omvang is not None and omvang.Frequentie == _OVER_DE_HELE_LOOPTIJD
