"""One client at one aanbieder for one gemeente, and proposals that go back through the same node."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count
from typing import Any

from tests.conformance.boom import Boom
from tests.conformance.gevallen import SCHEMAS, Aangeboden, maak_bericht
from tests.conformance.knooppunt import Knooppunt

from berichtenverkeer.levensloop.dossier import Dossier, Dossiersleutel
from berichtenverkeer.oordeel.oordeel import Berichtoordeel, Oordeel
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301, Client301, ToegewezenProduct
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.voorstel.opstellen.keuring import keur
from berichtenverkeer.voorstel.opstellen.voorstel import Uitgangspunt, Voorstel

LIJST = {
    "301": "Client/ToegewezenProducten",
    "305": "Client/StartProducten",
    "307": "Client/StopProducten",
    "315": "Client/AangevraagdeProducten",
    "317": "Client/Verzoek",
    "319": "Antwoord",
}
CODE = {"X": ("02", "45"), "Y": ("03", "46"), "Z": ("06", "50")}
ASPECIFIEK = {Domein.IWMO: {"Categorie": "07"}, Domein.IJW: {"Categorie": "41"}}
"""A product without a code."""


@dataclass
class Wijk:
    """The story of one client; ``vandaag`` moves by ``op``."""

    domein: Domein = Domein.IWMO
    vandaag: date = date(2026, 3, 2)
    node: Knooppunt = field(init=False)
    client: Client301 | None = None
    _nummers: Callable[[], int] = field(default_factory=lambda: count(1).__next__)

    def __post_init__(self) -> None:
        self.node = Knooppunt(self.vandaag)

    def op(self, vandaag: date) -> None:
        """Let time pass."""
        self.vandaag = self.node.vandaag = vandaag

    def product(self, naam: str) -> dict[str, str]:
        """A product with a code, under the law of this client."""
        categorie = CODE[naam][self.domein is Domein.IJW]
        return {"Categorie": categorie, "Code": f"{categorie}T01"}

    def stuur(self, nummer: str, inhoud: Boom) -> Oordeel:
        """Offer a message with this content; its oordeel."""
        wijzigingen: dict[str, Boom] = {
            LIJST[nummer]: inhoud,
            "Header/BerichtIdentificatie/Dagtekening": str(self.vandaag),
        }
        return self.bied_aan(maak_bericht(nummer, self.domein, wijzigingen, identificatie=f"B{self._nummers()}"))

    def goed(self, nummer: str, inhoud: Boom) -> None:
        """Offer a message that is approved."""
        oordeel = self.stuur(nummer, inhoud)
        assert oordeel.uitslag is Berichtoordeel.GOEDGEKEURD, oordeel.bevindingen

    def bied_aan(self, aangeboden: Aangeboden) -> Oordeel:
        oordeel, _ = self.node.verwerk(aangeboden)
        if isinstance(aangeboden.bericht, Bericht301) and oordeel.uitslag is Berichtoordeel.GOEDGEKEURD:
            self.client = aangeboden.bericht.Client
        return oordeel

    @property
    def sleutel(self) -> Dossiersleutel:
        return Dossiersleutel(self.domein, "0855", "99990001", "999900006")

    @property
    def dossier(self) -> Dossier:
        return self.node.dossier(self.sleutel)

    def u(self, **anders: Any) -> Uitgangspunt:
        """What a proposal starts from; new toewijzingen are numbered from 9001."""
        velden: dict[str, Any] = {
            "sleutel": self.sleutel,
            "dossier": self.dossier,
            "moment": datetime.combine(self.vandaag, time(9, 30)),
            "identificatie": f"V{self._nummers()}",
            "schemas": SCHEMAS,
            "nieuw_nummer": count(9001).__next__,
            "client": self.client,
        }
        return Uitgangspunt(**(velden | anders))

    def neemt_aan(self, maak: Callable[[Uitgangspunt], Voorstel], **anders: Any) -> Voorstel:
        """A proposal that is there, that the gate passes, and that the node then approves as any message."""
        voorstel = self.keur(maak, **anders)
        assert voorstel.data is not None, (voorstel.uitleg, voorstel.vragen, voorstel.bevindingen)
        gelezen = lees(voorstel.data, SCHEMAS)
        assert gelezen.soort is voorstel.soort
        assert gelezen.bericht == voorstel.bericht
        oordeel = self.bied_aan(Aangeboden(gelezen.soort, gelezen.bericht))
        assert oordeel.uitslag is Berichtoordeel.GOEDGEKEURD, oordeel.bevindingen
        return voorstel

    def keur(self, maak: Callable[[Uitgangspunt], Voorstel], **anders: Any) -> Voorstel:
        """A proposal that went past the gate. It is told, not kept silent, why there is no message."""
        u = self.u(**anders)
        voorstel = keur(maak(u), u)
        if voorstel.data is None:
            assert voorstel.bericht is None
            assert voorstel.uitleg or any(vraag.verplicht for vraag in voorstel.vragen)
        return voorstel


def toewijzing(
    nummer: int,
    product: dict[str, str] | None,
    ingang: str = "2026-02-01",
    einde: str | None = "2026-12-31",
    *,
    omvang: tuple[str, str, str] | None = ("4", "04", "2"),
    budget: str | None = None,
    moment: str = "2026-01-15T10:00:00",
    reden: str | None = None,
) -> dict[str, Boom]:
    """A ToegewezenProduct; ``omvang`` is volume, eenheid, frequentie."""
    dag, _, tijd = moment.partition("T")
    velden: dict[str, Boom | None] = {
        "ToewijzingNummer": str(nummer),
        "Product": dict(product) if product else None,
        "Toewijzingsdatum": dag,
        "Toewijzingstijd": tijd,
        "Ingangsdatum": ingang,
        "Einddatum": einde,
        "RedenWijziging": reden,
        "Omvang": _omvang(omvang),
        "Budget": budget,
    }
    return {naam: waarde for naam, waarde in velden.items() if waarde is not None}


def gevraagd(
    begin: str,
    einde: str | None,
    omvang: tuple[str, str, str] | None = None,
    budget: str | None = None,
    *,
    nummer: int | None = None,
    product: dict[str, str] | None = None,
) -> dict[str, Boom]:
    """A TeWijzigenProduct (with a number) or a NieuwProduct."""
    velden: dict[str, Boom | None] = {
        "ToewijzingNummer": str(nummer) if nummer is not None else None,
        "Product": dict(product) if product else None,
        "GewensteIngangsdatum": begin,
        "Einddatum": einde,
        "Omvang": _omvang(omvang),
        "Budget": budget,
    }
    return {naam: waarde for naam, waarde in velden.items() if waarde is not None}


def verzoek(
    *, blijft: Sequence[int] = (), wijzigt: Sequence[Boom] = (), nieuw: Sequence[Boom] = (), referentie: str = "VOW-1"
) -> dict[str, Boom]:
    """A Verzoek."""
    velden: dict[str, Boom] = {"ReferentieAanbieder": referentie, "RedenVerzoek": "1"}
    if blijft:
        velden["OngewijzigdeProducten"] = [{"ToewijzingNummer": str(nummer)} for nummer in blijft]
    if wijzigt:
        velden["TeWijzigenProducten"] = list(wijzigt)
    if nieuw:
        velden["NieuweProducten"] = list(nieuw)
    return velden


def producten(voorstel: Voorstel) -> dict[int, ToegewezenProduct]:
    """The products of a 301 by number."""
    assert isinstance(voorstel.bericht, Bericht301)
    return {product.ToewijzingNummer: product for product in voorstel.bericht.Client.ToegewezenProducten}


def _omvang(omvang: tuple[str, str, str] | None) -> "Boom | None":
    return dict(zip(("Volume", "Eenheid", "Frequentie"), omvang, strict=True)) if omvang else None
