"""Work lists: which message is still to come, from whom, before which day, and why.

Each function looks at one row of a table (a bericht, a verzoek, a toewijzing) and gives the ``Taak`` in it, or None. The
row was chosen for its list already; what only a calendar can tell is decided here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ..levensloop.kalender import Kalender
from ..levensloop.overgangen import Leveringstoestand, Verzoektoestand
from ..levensloop.termijnen import (
    ANTWOORD,
    DECLARATIEANTWOORD,
    RETOUR,
    START,
    STOP,
    WOONPLAATS,
    Termijn,
    antwoord_voor,
    begin_start,
)
from ..standaard.berichtsoort import BERICHTSOORTEN, Rol

WIJZIGINGSVERZOEK = "37"
"""RedenBeeindiging 'in verband met wijzigingsverzoek' under both laws (WMO588, JZ588): in practice it asks for a
herindicatie."""

NASLEEP_WEKEN = 4
"""How long after its Einddatum a toewijzing stays on a list that no message of the aanbieder can take it off (afgeleid)."""

TERUGBLIK_WEKEN = 13
"""How far back a start that was reported late shows: a quarter (afgeleid)."""

Rij = Mapping[Any, Any]
"""A row, by the names of its columns."""


class Naam(StrEnum):
    """The work lists."""

    RETOUR_ONTBREEKT = "retour-ontbreekt"
    ANTWOORD_OP_VERZOEK_ONTBREEKT = "antwoord-op-verzoek-ontbreekt"
    ONDERZOEK_LOOPT_AF = "onderzoek-loopt-af"
    START_ONTBREEKT = "start-ontbreekt"
    START_TE_LAAT_GEMELD = "start-te-laat-gemeld"
    STOP_ONTBREEKT = "stop-ontbreekt"
    DECLARATIEANTWOORD_ONTBREEKT = "declaratieantwoord-ontbreekt"
    TOEWIJZING_LOOPT_AF = "toewijzing-loopt-af"
    HERINDICATIE_GEVRAAGD = "herindicatie-gevraagd"
    AFGEWEZEN_PRESTATIES = "afgewezen-prestaties"
    TE_CREDITEREN = "te-crediteren"


@dataclass(frozen=True, slots=True)
class Uitleg:
    """What stands on a list, and what to do about it; Dutch."""

    omschrijving: str
    advies: str


UITLEG: Mapping[Naam, Uitleg] = {
    Naam.RETOUR_ONTBREEKT: Uitleg(
        "Berichten waarvan de ontvanger zelf oordeelt en waarop nog geen retourbericht kwam.",
        "Ontvanger: verwerk het bericht en stuur het retourbericht; lukt dat niet, meld het de verzender buiten het "
        "berichtenverkeer om. Verzender: neem na de termijn contact op met de ontvanger.",
    ),
    Naam.ANTWOORD_OP_VERZOEK_ONTBREEKT: Uitleg(
        "Verzoeken om toewijzing (315, per product) en om wijziging (317) waarop nog niets kwam.",
        "Gemeente: stuur een 301 of een 319; kan het besluit nog niet, zeg dat dan met een 319 met VerzoekAntwoord 2. "
        "Aanbieder: vraag de gemeente na de termijn hoe het staat; een nieuw verzoek kan niet zolang dit openstaat.",
    ),
    Naam.ONDERZOEK_LOOPT_AF: Uitleg(
        "Verzoeken waarvan de gemeente zei dat zij ze onderzoekt.",
        "Gemeente: besluit, met een 301 of met een 319 met VerzoekAntwoord 1.",
    ),
    Naam.START_ONTBREEKT: Uitleg(
        f"Toewijzingen die lopen, of hoogstens {NASLEEP_WEKEN} weken voorbij zijn, waarop na de termijn nog niets is gestart. Taakgerichte "
        "producten van de productcodelijst staan er niet op.",
        "Aanbieder: stuur het 305 als de levering begon; is zij nog niet begonnen, dan hoeft er niets, maar de cliënt wacht. "
        "Gemeente: vraag de aanbieder of de cliënt hulp krijgt.",
    ),
    Naam.START_TE_LAAT_GEMELD: Uitleg(
        f"Starts die in de laatste {TERUGBLIK_WEKEN} weken binnenkwamen, na de termijn.",
        "Er hoeft geen bericht meer te komen; de lijst laat zien waar het melden van starts stokt.",
    ),
    Naam.STOP_ONTBREEKT: Uitleg(
        "Toewijzingen waarvan de Einddatum voorbij is en waarop de levering niet definitief is gestopt.",
        "Aanbieder: stuur een 307, ook als de levering eindigde zoals gepland. Gemeente: loopt de hulp door, stuur dan een "
        "nieuwe toewijzing.",
    ),
    Naam.DECLARATIEANTWOORD_ONTBREEKT: Uitleg(
        "Declaraties (323) waarop nog geen 325 kwam.",
        "Gemeente: stuur het 325; lukt dat niet op tijd, neem dan contact op met de aanbieder. Aanbieder: neem na de termijn "
        "contact op als u niets hoorde; dien niet opnieuw in.",
    ),
    Naam.TOEWIJZING_LOOPT_AF: Uitleg(
        "Toewijzingen die binnen enkele weken eindigen, waarop de levering niet definitief is gestopt en waarop in dezelfde "
        "categorie nog niets volgt.",
        "Aanbieder: vraag een herindicatie aan als de hulp doorloopt (317, of 307 met RedenBeeindiging 37 als dat de afspraak "
        "is); bereid anders de stop voor.",
    ),
    Naam.HERINDICATIE_GEVRAAGD: Uitleg(
        "Verzoeken om wijziging (317) die openstaan, en leveringen die stopten met RedenBeeindiging 37 zonder dat er in "
        "dezelfde categorie een toewijzing op volgt.",
        "Gemeente: besluit, en stuur een 301 vóór de toewijzing eindigt of een 319.",
    ),
    Naam.AFGEWEZEN_PRESTATIES: Uitleg(
        "Debetregels die in een 325 zijn afgewezen en waarvoor nog niets anders is gedeclareerd: afgewezen, opnieuw in te dienen.",
        "Aanbieder: dien de prestatie verbeterd in, met een nieuw ReferentieNummer en zonder creditregel; `voorstel` is de vraag "
        "die het 323 geeft. De standaard kent geen termijn; de dag is de laatste waarop het nog kan (TR335).",
    ),
    Naam.TE_CREDITEREN: Uitleg(
        "Toegekende prestaties die niet meer passen bij hun toewijzing, omdat die daarna is gewijzigd.",
        "Aanbieder: crediteer de prestatie, en declareer opnieuw wat nog wel past; `voorstel` is de vraag die het 323 geeft. "
        "Zolang er een toegekende prestatie staat, kan de gemeente de toewijzing niet verwijderen (TR385).",
    ),
}
"""What each list holds, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Peil:
    """The day a list is made for, the calendar, and how many weeks ahead a toewijzing counts as running out."""

    vandaag: date
    kalender: Kalender
    weken: int

    @property
    def start_verstreken(self) -> date:
        """The last day from which the term for a start is over today."""
        return START.laatst_verstreken(self.vandaag, self.kalender)


@dataclass(frozen=True, slots=True)
class Voorstelvraag:
    """A proposal to ask for: where, and the question, as values of JSON."""

    pad: str
    vraag: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Taak:
    """Who does something, before the end of which day, and why: a Dutch sentence and the rule it names. ``voorstel`` gives
    the message that does it, where there is one to ask for."""

    wie: Rol
    uiterlijk: date
    regel: str
    waarom: str
    voorstel: Voorstelvraag | None = None


def retour(rij: Rij, peil: Peil) -> Taak:
    """A message without its retourbericht."""
    soort = BERICHTSOORTEN[rij["berichtsoort"]]
    return _onbeantwoord(rij, peil, RETOUR, _ander(soort.verzender), f"een {soort.retour}")


def declaratieantwoord(rij: Rij, peil: Peil) -> Taak:
    """A 323 without its 325."""
    return _onbeantwoord(rij, peil, DECLARATIEANTWOORD, Rol.GEMEENTE, "een 325")


def _onbeantwoord(rij: Rij, peil: Peil, termijn: Termijn, wie: Rol, antwoord: str) -> Taak:
    """Of a message that its receiver does not have yet the termijn did not begin: it ends no earlier than when it came today."""
    wat = f"{rij['berichtsoort']} van {rij['ontvangen_op'].date()}"
    if rij["in_handen_op"] is None:
        dag, waarom = peil.vandaag, f"Het {wat} is nog niet bezorgd; binnen {termijn} daarna hoort {antwoord}"
    else:
        dag, waarom = rij["in_handen_op"].date(), f"Op het {wat} hoort binnen {termijn} {antwoord}"
    return Taak(wie, termijn.uiterlijk(dag, peil.kalender), termijn.regel, f"{waarom} ({termijn.regel}).")


def verzoek(rij: Rij, peil: Peil) -> Taak | None:
    """A request that is not settled."""
    soort, toestand = rij["soort"], rij["toestand"]
    ontvangen, dagtekening = rij["ingediend_op"].date(), rij["dagtekening"]
    uiterlijk = antwoord_voor(soort, toestand, ontvangen, dagtekening, peil.kalender)
    if uiterlijk is None:
        return None
    termijn = ANTWOORD[soort, toestand]
    if toestand == Verzoektoestand.IN_ONDERZOEK:
        waarom = (
            f"De {soort} is in onderzoek; het besluit hoort binnen {termijn} na de Dagtekening {dagtekening} te komen"
        )
    else:
        waarom = f"Op de {soort} die op {ontvangen} binnenkwam hoort binnen {termijn} een 301 of een 319"
        if (rij["domein"], soort) == ("ijw", "VOT"):
            woonplaats = WOONPLAATS.uiterlijk(ontvangen, peil.kalender)
            waarom += f"; afwijzen op het woonplaatsbeginsel kan tot en met {woonplaats} ({WOONPLAATS.regel})"
    return Taak(Rol.GEMEENTE, uiterlijk, termijn.regel, f"{waarom} ({termijn.regel}).")


def start_ontbreekt(rij: Rij, peil: Peil) -> Taak | None:
    """A toewijzing on which nothing started and the term for it is over."""
    vanaf = begin_start(rij["ingangsdatum"], _dag(rij["bekend_op"]))
    if vanaf > peil.start_verstreken:
        return None
    waarom = (
        f"De toewijzing gaat in op {rij['ingangsdatum']} en er is nog geen start gemeld; begon de levering meteen, dan "
        f"hoorde het 305 er te zijn binnen {START} na {vanaf} ({START.regel})."
    )
    return Taak(Rol.AANBIEDER, START.uiterlijk(vanaf, peil.kalender), START.regel, waarom)


def start_te_laat(rij: Rij, peil: Peil) -> Taak | None:
    """A start that was reported after its term."""
    gemeld = rij["start_gemeld_op"].date()
    uiterlijk = START.uiterlijk(begin_start(rij["geleverd_van"], _dag(rij["bekend_op"])), peil.kalender)
    if gemeld <= uiterlijk:
        return None
    waarom = f"De levering begon op {rij['geleverd_van']} en het 305 kwam op {gemeld}; dat hoort binnen {START} ({START.regel})."
    return Taak(Rol.AANBIEDER, uiterlijk, START.regel, waarom)


def stop_ontbreekt(rij: Rij, peil: Peil) -> Taak:
    """A toewijzing that has ended and whose levering has not."""
    tijdelijk = rij["levering"] == Leveringstoestand.TIJDELIJK_GESTOPT
    stand = "is alleen tijdelijk gestopt" if tijdelijk else "is niet gestopt"
    waarom = (
        f"De toewijzing eindigde op {rij['einddatum']} en de levering {stand}; ook dan hoort er een 307 te komen (OP288), "
        f"binnen {STOP} (OP272)."
    )
    return Taak(Rol.AANBIEDER, STOP.uiterlijk(rij["einddatum"], peil.kalender), "OP288", waarom)


def loopt_af(rij: Rij, _: Peil) -> Taak:
    """A toewijzing that runs out soon."""
    waarom = (
        f"De toewijzing eindigt op {rij['einddatum']}; loopt de hulp door, dan heeft de gemeente tijd nodig om vóór die dag te "
        "besluiten (OP343)."
    )
    return Taak(Rol.AANBIEDER, rij["einddatum"], "OP343", waarom)


def herindicatie(rij: Rij, _: Peil) -> Taak:
    """A levering that stopped for a change that has not come."""
    einde = rij["einddatum"] or rij["geleverd_tot"]
    waarom = (
        f"De levering stopt op {rij['geleverd_tot']} met RedenBeeindiging {WIJZIGINGSVERZOEK} (in verband met "
        f"wijzigingsverzoek) en er volgt nog geen toewijzing; de gemeente besluit (OP346)."
    )
    return Taak(Rol.GEMEENTE, einde, "OP346", waarom)


def _ander(rol: Rol) -> Rol:
    return Rol.AANBIEDER if rol is Rol.GEMEENTE else Rol.GEMEENTE


def _dag(moment: Any) -> date | None:
    return moment.date() if moment is not None else None
