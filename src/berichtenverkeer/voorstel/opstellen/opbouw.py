"""A 301 put together: what changes, what is new, and every other actual toewijzing beside it (OP087)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ...levensloop.toewijzing import VERWIJDERD, is_actueel
from ...standaard.berichten.basis import Omvang, Product, VolledigeNaam
from ...standaard.berichten.toewijzing import Bericht301, Client301, ToegewezenProduct
from ...standaard.berichten.verzoek_om_toewijzing import Client315
from .voorstel import Uitgangspunt, Voorstel, Vraag

_EIGEN_NAAM = "1"
"""NaamGebruik without a Partnernaam: the only value a Client may have then (CS050, CS318)."""


@dataclass(slots=True)
class Opbouw:
    """The products of a 301 by ToewijzingNummer, with the explanation. Any ``bezwaar`` means that there is no message.

    ``referentie`` goes on every product that gets no other (IV093); None leaves it empty (IV097).
    """

    u: Uitgangspunt
    referentie: str | None = None
    producten: dict[int, ToegewezenProduct] = field(default_factory=dict)
    uitleg: list[str] = field(default_factory=list)
    vragen: list[Vraag] = field(default_factory=list)
    bezwaren: list[str] = field(default_factory=list)

    def herhaal(self, oud: ToegewezenProduct) -> None:
        """Send a toewijzing along as it is: same moment, no RedenWijziging (IV013, IV099)."""
        self.producten[oud.ToewijzingNummer] = oud.model_copy(
            update={"RedenWijziging": None, "ReferentieAanbieder": self.referentie}
        )

    def wijzig(self, oud: ToegewezenProduct, reden: str, **velden: Any) -> None:
        """Send a new version of a toewijzing: same number, decided now."""
        vastgesteld = datetime.combine(oud.Toewijzingsdatum, oud.Toewijzingstijd)
        if vastgesteld >= self._nu:
            self.bezwaren.append(
                f"Toewijzing {oud.ToewijzingNummer} is vastgesteld op {vastgesteld}, niet vóór dit moment: een wijziging "
                "van nu zou niet gelden (IV013)."
            )
        self.producten[oud.ToewijzingNummer] = oud.model_copy(
            update={**self._moment, "RedenWijziging": reden, "ReferentieAanbieder": self.referentie, **velden}
        )

    def verwijder(self, oud: ToegewezenProduct) -> None:
        """Take a toewijzing back (CS335)."""
        self.wijzig(oud, VERWIJDERD, Einddatum=oud.Ingangsdatum)

    def nieuw(
        self,
        product: Product | None,
        ingangsdatum: date,
        einddatum: date | None,
        omvang: Omvang | None,
        budget: int | None,
        referentie: str | None = None,
    ) -> int:
        """Add a toewijzing with the next number; that number. RedenWijziging stays empty (IV099)."""
        nummer = self.u.nieuw_nummer()
        if nummer in self.u.dossier.toewijzingen or nummer in self.producten:
            self.bezwaren.append(f"ToewijzingNummer {nummer} is al in gebruik; geef een nieuw nummer (TR332).")
        self.producten[nummer] = ToegewezenProduct(
            ToewijzingNummer=nummer,
            ReferentieAanbieder=referentie or self.referentie,
            Product=product,
            Ingangsdatum=ingangsdatum,
            Einddatum=einddatum,
            Omvang=omvang,
            Budget=budget,
            **self._moment,
        )
        return nummer

    def overige(self) -> None:
        """Send along every actual toewijzing that is not in the message yet (OP087)."""
        mee = [
            nummer
            for nummer, bekend in sorted(self.u.dossier.toewijzingen.items())
            if nummer not in self.producten and is_actueel(bekend.product, self.u.vandaag)
        ]
        for nummer in mee:
            self.herhaal(self.u.dossier.toewijzingen[nummer].product)
        if mee:
            self.uitleg.append(f"Ongewijzigd mee, want actueel: {', '.join(map(str, mee))} (OP087).")

    def voorstel(self) -> Voorstel:
        """The proposal; without a message when something stands in its way or must be decided first."""
        soort = self.u.soort("301")
        client = self._client()
        if self.bezwaren:
            return Voorstel(soort, tuple(self.bezwaren), tuple(self.vragen))
        if client is None or any(vraag.verplicht for vraag in self.vragen):
            return Voorstel(soort, tuple(self.uitleg), tuple(self.vragen))
        bericht = Bericht301(Header=self.u.header(soort), Client=client)
        return Voorstel(soort, tuple(self.uitleg), tuple(self.vragen), bericht)

    @property
    def _nu(self) -> datetime:
        return self.u.moment.replace(microsecond=0, tzinfo=None)

    @property
    def _moment(self) -> dict[str, Any]:
        return {"Toewijzingsdatum": self._nu.date(), "Toewijzingstijd": self._nu.time()}

    def _client(self) -> Client301 | None:
        """The client with these products; None when a person must say more of the client first."""
        u, producten = self.u, tuple(self.producten.values())
        if u.client is not None:
            contact = u.contactgegevens or u.client.Contactgegevens
            return u.client.model_copy(update={"Contactgegevens": contact, "ToegewezenProducten": producten})
        if not u.contactgegevens:
            self.vragen.append(
                Vraag(
                    "contactgegevens",
                    "Er is geen eerder toewijzingsbericht van deze cliënt. Geef Contactgegevens op, met minstens een adres "
                    "van Soort 01, 02 of 03 (TR061).",
                )
            )
        if u.aangevraagd is None:
            self.bezwaren.append("Er is geen bericht met de naam en geboortedatum van deze cliënt.")
        if u.aangevraagd is None or not u.contactgegevens:
            return None
        self.uitleg.append("Naam, geboortedatum en geslacht komen uit het verzoek om toewijzing.")
        return _uit_aanvraag(u.aangevraagd, u, producten)


def _uit_aanvraag(client: Client315, u: Uitgangspunt, producten: tuple[ToegewezenProduct, ...]) -> Client301:
    return Client301(
        Bsn=client.Bsn,
        Geboortedatum=client.Geboortedatum,
        Geslacht=client.Geslacht,
        Naam=VolledigeNaam(**dict(client.Naam), NaamGebruik=_EIGEN_NAAM),
        Contactgegevens=u.contactgegevens,
        ToegewezenProducten=producten,
    )
