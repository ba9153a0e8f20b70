"""What a flow itself sent before and what counts of it: the content of the next message is made from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Inhoud = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verzonden:
    """A message that was sent between these two parties."""

    nummer: str
    identificatie: str
    partijen: frozenset[str]
    inhoud: Inhoud


@dataclass(slots=True)
class Verleden:
    """Every message that the flow expects to be approved."""

    _berichten: list[Verzonden] = field(default_factory=list)

    def voeg_toe(self, bericht: Verzonden) -> None:
        """A message was sent."""
        self._berichten.append(bericht)

    def vergeet(self, identificatie: str) -> None:
        """A message was refused by its receiver, so it counts as not sent (OP286)."""
        self._berichten = [bericht for bericht in self._berichten if bericht.identificatie != identificatie]

    def toewijzingen(self, partijen: frozenset[str], bsn: str | None = None) -> dict[str, Inhoud]:
        """The last version of every toewijzing by its number, of one client when ``bsn`` is given."""
        return {
            str(product["ToewijzingNummer"]): product
            for client in self._clienten("301", partijen)
            if bsn in (None, client.get("Bsn"))
            for product in client.get("ToegewezenProducten", ())
        }

    def geldend(self, partijen: frozenset[str], bsn: str, dag: str) -> dict[str, Inhoud]:
        """The toewijzingen of a client that belong in every 301 from this day (OP087)."""
        return {
            nummer: product
            for nummer, product in self.toewijzingen(partijen, bsn).items()
            if product.get("RedenWijziging") != "13" and (product.get("Einddatum") or dag) >= dag
        }

    def start(self, partijen: frozenset[str], nummer: str) -> str | None:
        """The Begindatum of the last start on a toewijzing that was not taken back."""
        gestart: list[str] = []
        for client in self._clienten("305", partijen):
            for product in client.get("StartProducten", ()):
                if str(product.get("ToewijzingNummer")) != nummer:
                    continue
                begin = product["Begindatum"]
                if product.get("StatusAanlevering") != "3":
                    gestart.append(begin)
                elif begin in gestart:
                    gestart.remove(begin)
        return gestart[-1] if gestart else None

    def verzoeken(self, partijen: frozenset[str], bsn: str) -> dict[str, str]:
        """The number of the message, 315 or 317, of every reference of a client, in the order in which they were sent."""
        gevraagd: dict[str, str] = {}
        for bericht in self._berichten:
            client = bericht.inhoud.get("Client", {})
            if bericht.nummer in ("315", "317") and bericht.partijen == partijen and client.get("Bsn") == bsn:
                delen = client.get("AangevraagdeProducten") or [client.get("Verzoek", {})]
                gevraagd |= {str(deel.get("ReferentieAanbieder")): bericht.nummer for deel in delen}
        return gevraagd

    def _clienten(self, nummer: str, partijen: frozenset[str]) -> Iterator[Inhoud]:
        for bericht in self._berichten:
            if bericht.nummer == nummer and bericht.partijen == partijen:
                yield bericht.inhoud.get("Client", {})
