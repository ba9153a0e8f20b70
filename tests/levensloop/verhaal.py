"""Stories of one client, told in messages: what was sent, what came of it, how things stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.conformance.boom import Boom
from tests.conformance.gevallen import maak_bericht
from tests.conformance.knooppunt import Knooppunt

from berichtenverkeer.levensloop.dossier import Dossier, Dossiersleutel
from berichtenverkeer.levensloop.gebeurtenis import Gebeurtenis
from berichtenverkeer.levensloop.overgangen import Leveringstoestand, Toewijzingtoestand, Verzoektoestand
from berichtenverkeer.levensloop.tijdlijn import Punt, tijdlijn
from berichtenverkeer.levensloop.toewijzing import toestand
from berichtenverkeer.regels.bevinding import Ernst
from berichtenverkeer.standaard.domein import Domein

NUMMER = 1001
X = {"Categorie": "02", "Code": "02T01"}
Y = {"Categorie": "02", "Code": "02T02"}

Klasse = dict[str, Boom]
"""A StartProduct, StopProduct, ToegewezenProduct, AangevraagdProduct, Verzoek or Antwoord."""


def start(begin: str, *, status: str = "1", product: dict[str, str] = X, nummer: int = NUMMER) -> Klasse:
    """A StartProduct."""
    return {
        "ToewijzingNummer": str(nummer),
        "Product": dict(product),
        "Begindatum": begin,
        "StatusAanlevering": status,
    }


def stop(begin: str, einde: str, reden: str = "38", *, status: str = "1", product: dict[str, str] = X) -> Klasse:
    """A StopProduct; definite unless ``reden`` is 20."""
    return start(begin, status=status, product=product) | {"RedenBeeindiging": reden, "Einddatum": einde}


def toewijzing(
    moment: str = "2026-01-15T10:00:00",
    ingang: str = "2026-02-01",
    einde: str | None = "2026-12-31",
    *,
    nummer: int = NUMMER,
    reden: str | None = None,
    product: dict[str, str] | None = X,
    volume: str | None = "4",
    frequentie: str = "6",
    budget: str | None = None,
    referentie: str | None = None,
) -> Klasse:
    """A ToegewezenProduct; with a budget it has no Omvang and, as CD041 asks, no Code."""
    dag, _, tijd = moment.partition("T")
    klasse: Klasse = {
        "ToewijzingNummer": str(nummer),
        "Toewijzingsdatum": dag,
        "Toewijzingstijd": tijd,
        "Ingangsdatum": ingang,
    }
    if einde is not None:
        klasse["Einddatum"] = einde
    if reden is not None:
        klasse["RedenWijziging"] = reden
    if referentie is not None:
        klasse["ReferentieAanbieder"] = referentie
    if budget is not None:
        return klasse | {"Budget": budget, "Product": {"Categorie": "02"}}
    if product is not None:
        klasse["Product"] = dict(product)
    if volume is not None:
        klasse["Omvang"] = {"Volume": volume, "Eenheid": "04", "Frequentie": frequentie}
    return klasse


def aanvraag(referentie: str, product: dict[str, str] = X, ingang: str = "2026-04-01") -> Klasse:
    """An AangevraagdProduct."""
    return {
        "ReferentieAanbieder": referentie,
        "Product": dict(product),
        "ToewijzingIngangsdatum": ingang,
        "ToewijzingEinddatum": "2026-12-31",
        "Omvang": {"Volume": "4", "Eenheid": "04", "Frequentie": "2"},
        "Verwijzer": {"Type": "02", "Naam": "Testhuisarts"},
    }


def wijziging(referentie: str, *nummers: int, ongewijzigd: Iterable[int] = ()) -> Klasse:
    """A Verzoek that asks another end for these toewijzingen of ``toewijzing()``, over their whole period."""
    return {
        "ReferentieAanbieder": referentie,
        "RedenVerzoek": "1",
        "OngewijzigdeProducten": [{"ToewijzingNummer": str(nummer)} for nummer in ongewijzigd],
        "TeWijzigenProducten": [
            {
                "ToewijzingNummer": str(nummer),
                "GewensteIngangsdatum": "2026-02-01",
                "Einddatum": "2026-11-30",
                "Omvang": {"Volume": "4", "Eenheid": "04", "Frequentie": "6"},
            }
            for nummer in nummers
        ],
    }


def onderzoek(referentie: str) -> Klasse:
    """An Antwoord that the request takes longer to decide."""
    return {"ReferentieAanbieder": referentie, "VerzoekAntwoord": "2"}


def afwijzing(referentie: str) -> Klasse:
    """An Antwoord that refuses."""
    return {"ReferentieAanbieder": referentie, "VerzoekAntwoord": "1", "RedenAfwijzingVerzoek": "3"}


@dataclass
class Verhaal:
    """One client at one aanbieder for one gemeente, from a clean start."""

    vandaag: date = date(2026, 3, 2)
    _knooppunt: Knooppunt = field(init=False)
    _teller: int = 0

    def __post_init__(self) -> None:
        self._knooppunt = Knooppunt(self.vandaag)

    def op(self, vandaag: date) -> None:
        """Let time pass: from here on it is this day."""
        self.vandaag = self._knooppunt.vandaag = vandaag

    def bied_aan(self, nummer: str, inhoud: Mapping[str, Boom]) -> set[str]:
        """Send a message with this content by path; the retourcodes it is refused with."""
        self._teller += 1
        dag = {"Header/BerichtIdentificatie/Dagtekening": self.vandaag.isoformat()}
        aangeboden = maak_bericht(nummer, Domein.IWMO, inhoud, dag, identificatie=f"B{self._teller}")
        oordeel, _ = self._knooppunt.verwerk(aangeboden)
        return {b.retourcode or "XSD" for b in oordeel.bevindingen if b.ernst is Ernst.FOUT}

    def stuur(self, nummer: str, klassen: Iterable[Klasse]) -> set[str]:
        """Send a 301, 305, 307 or 315 with these classes."""
        lijst = {
            "301": "ToegewezenProducten",
            "305": "StartProducten",
            "307": "StopProducten",
            "315": "AangevraagdeProducten",
        }[nummer]
        return self.bied_aan(nummer, {f"Client/{lijst}": list(klassen)})

    def wijs_toe(self, *producten: Klasse) -> set[str]:
        """Send a 301."""
        return self.stuur("301", producten)

    def lever(self, *klassen: Klasse) -> set[str]:
        """Send a 305 with these starts, or a 307 with these stops."""
        return self.stuur("307" if "Einddatum" in klassen[0] else "305", klassen)

    def vraag_toewijzing(self, *producten: Klasse) -> set[str]:
        """Send a 315."""
        return self.stuur("315", producten)

    def vraag_wijziging(self, verzoek: Klasse) -> set[str]:
        """Send a 317."""
        return self.bied_aan("317", {"Client/Verzoek": verzoek})

    def antwoord(self, antwoord: Klasse) -> set[str]:
        """Send a 319."""
        return self.bied_aan("319", {"Antwoord": antwoord})

    @property
    def gebeurtenissen(self) -> list[Gebeurtenis]:
        """All that was approved."""
        sleutel = Dossiersleutel(Domein.IWMO, "0855", "99990001", "999900006")
        return self._knooppunt.gebeurtenissen.get(sleutel, [])

    @property
    def dossier(self) -> Dossier:
        return Dossier.van(self.gebeurtenissen)

    def toestand(self, nummer: int = NUMMER) -> Toewijzingtoestand:
        """The state of a toewijzing today."""
        bekend = self.dossier.toewijzingen.get(nummer)
        return toestand(bekend.product, self.vandaag) if bekend else Toewijzingtoestand.GEEN

    def levering(self, nummer: int = NUMMER) -> Leveringstoestand:
        """The state of the delivery on a toewijzing."""
        return self.dossier.levering((nummer,)).toestand

    def verzoek(self, referentie: str) -> Verzoektoestand:
        """The state of a request."""
        bekend = self.dossier.verzoeken.get(referentie)
        return bekend.toestand if bekend else Verzoektoestand.GEEN

    def tijdlijn(self, nummer: int = NUMMER) -> list[Punt]:
        return tijdlijn(nummer, self.gebeurtenissen, self.vandaag)
