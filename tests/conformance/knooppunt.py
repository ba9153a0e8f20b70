"""A node in memory: takes messages in, judges them against what was approved before, and answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from berichtenverkeer.levensloop.dossier import Dossier, Dossiersleutel
from berichtenverkeer.levensloop.gebeurtenis import Gebeurtenis, Herkomst
from berichtenverkeer.oordeel.antwoord325 import maak_antwoord
from berichtenverkeer.oordeel.betrokken import Betrokken, betrokken, referenties
from berichtenverkeer.oordeel.declaratie import uitslag
from berichtenverkeer.oordeel.oordeel import Berichtoordeel, Oordeel, beoordeel
from berichtenverkeer.oordeel.retour import maak_retour
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.toetsen import toets_bericht
from berichtenverkeer.standaard.berichten import Bericht
from berichtenverkeer.standaard.berichten.declaratie import Bericht323, Bericht325
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301
from berichtenverkeer.standaard.berichtsoort import Berichtsoort, berichtsoort
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import Gelezen, lees
from berichtenverkeer.standaard.schrijven import serialiseer

from .declaraties import Declaraties
from .gevallen import SCHEMAS, Aangeboden, Geval


def speel(geval: Geval) -> "tuple[Oordeel, Gelezen | None]":
    """Offer the message of a case to a node that took in its dossier; as ``Knooppunt.verwerk``."""
    knooppunt = Knooppunt(geval.dossier_op, geval.contract)
    for eerder in geval.dossier:
        oordeel, antwoord = knooppunt.verwerk(eerder)
        geoordeeld = eerder.soort.nummer == "323" and antwoord is not None and not _als_geheel(antwoord)
        assert geoordeeld or oordeel.uitslag is Berichtoordeel.GOEDGEKEURD, oordeel.bevindingen
    knooppunt.vandaag = geval.vandaag
    return knooppunt.lees(geval.data)


def _als_geheel(antwoord: Gelezen) -> bool:
    """Whether a 325 refuses its 323 as a whole, and not Prestatie by Prestatie."""
    assert isinstance(antwoord.bericht, Bericht325)
    genoemd = antwoord.bericht.DeclaratieAntwoord
    return genoemd is None or not any(client.Prestaties for client in genoemd.Clienten)


@dataclass
class Knooppunt:
    """The whole way of a message through the pure rooms, with lists and dicts for a database."""

    vandaag: date
    contract: Contract = field(default_factory=Contract)
    gebeurtenissen: dict[Dossiersleutel, list[Gebeurtenis]] = field(default_factory=dict)
    declaraties: Declaraties = field(default_factory=Declaraties)
    _identificaties: set[tuple[str, Berichtsoort, str]] = field(default_factory=set)
    _nummers: dict[tuple[Domein, str, int], Dossiersleutel] = field(default_factory=dict)
    _verzoeken: dict[tuple[Domein, str, str], Dossiersleutel] = field(default_factory=dict)

    def verwerk(self, aangeboden: Aangeboden) -> "tuple[Oordeel, Gelezen | None]":
        """Offer a message; its oordeel, and its retourbericht or 325 as the sender would read it."""
        return self.lees(serialiseer(aangeboden.bericht, aangeboden.soort))

    def lees(self, data: bytes) -> "tuple[Oordeel, Gelezen | None]":
        """The same of a file."""
        gelezen = lees(data, SCHEMAS)
        soort, header = gelezen.soort, gelezen.bericht.Header
        wie = betrokken(gelezen.bericht, soort)
        genoemd = {(soort.domein, wie.aanbieder, referentie) for referentie in referenties(gelezen.bericht)}
        sleutel = wie.dossiersleutel(soort) or self._dossier_van_verzoek(genoemd, wie.gemeente)
        nummers = self._nummers_van(gelezen)
        gebruikt = (wie.verzender, soort, header.BerichtIdentificatie.Identificatie)
        kennis = Kennis(
            soort,
            gelezen.bericht,
            self.vandaag,
            self.dossier(sleutel),
            identificatie_bekend=gebruikt in self._identificaties,
            nummers_elders=frozenset(
                n for n in nummers if self._eigenaar(soort, wie.gemeente, n) not in (None, sleutel)
            ),
            referenties_elders=frozenset(g[2] for g in genoemd if self._verzoeken.get(g, sleutel) != sleutel),
            contract=self.contract,
            clienten=self._clienten(gelezen.bericht, soort),
            declaratie=self.declaraties.kennis(gelezen.bericht, soort, wie, self._tussen(soort, wie)),
        )
        oordeel = beoordeel(gelezen, toets_bericht(gelezen.bericht, soort, data), kennis)
        self._identificaties.add(gebruikt)
        if oordeel.uitslag is Berichtoordeel.GOEDGEKEURD and sleutel is not None:
            self._onthoud(gelezen, oordeel, sleutel)
            self._nummers |= {(soort.domein, wie.gemeente, nummer): sleutel for nummer in nummers}
            self._verzoeken |= dict.fromkeys(genoemd, sleutel)
        if isinstance(gelezen.bericht, Bericht323):
            self.declaraties.onthoud(gelezen.bericht, soort, wie, uitslag(gelezen.bericht, oordeel.treffers))
        return oordeel, self._retour(gelezen, oordeel)

    def dossier(self, sleutel: Dossiersleutel | None) -> Dossier:
        """What was approved under this key, and what was declared."""
        if sleutel is None:
            return Dossier()
        return replace(Dossier.van(self.gebeurtenissen.get(sleutel, ())), boek=self.declaraties.boek(sleutel))

    def _tussen(self, soort: Berichtsoort, wie: Betrokken) -> Iterator[Dossier]:
        """Every dossier between these parties under this law."""
        for sleutel in self.gebeurtenissen:
            if sleutel[:3] == (soort.domein, wie.gemeente, wie.aanbieder):
                yield self.dossier(sleutel)

    def _dossier_van_verzoek(self, genoemd: set[tuple[Domein, str, str]], gemeente: str) -> Dossiersleutel | None:
        """The dossier that a 319 is about: that of the request with its reference, if it went to this gemeente."""
        gevonden = (self._verzoeken.get(referentie) for referentie in genoemd)
        return next((sleutel for sleutel in gevonden if sleutel and sleutel.gemeente == gemeente), None)

    def _clienten(self, bericht: Bericht, soort: Berichtsoort) -> dict[str, Dossier]:
        """The dossiers of the clients of a 323 or 325."""
        if isinstance(bericht, Bericht323):
            clienten = bericht.Declaratie.Clienten
        elif isinstance(bericht, Bericht325) and bericht.DeclaratieAntwoord is not None:
            clienten = bericht.DeclaratieAntwoord.Clienten
        else:
            return {}
        wie = betrokken(bericht, soort)
        return {
            client.Bsn: self.dossier(Dossiersleutel(soort.domein, wie.gemeente, wie.aanbieder, client.Bsn))
            for client in clienten
        }

    def _onthoud(self, gelezen: Gelezen, oordeel: Oordeel, sleutel: Dossiersleutel) -> None:
        eerder = self.gebeurtenissen.setdefault(sleutel, [])
        identificatie = gelezen.bericht.Header.BerichtIdentificatie
        volgnummer = len(self._identificaties)
        herkomst = Herkomst(
            bericht=f"bericht {volgnummer}",
            ontvangen_op=datetime.combine(self.vandaag, time(12), UTC),
            dagtekening=identificatie.Dagtekening,
            identificatie=identificatie.Identificatie,
        )
        eerder += [Gebeurtenis(herkomst, nummer, feit) for nummer, feit in enumerate(oordeel.feiten)]

    def _retour(self, gelezen: Gelezen, oordeel: Oordeel) -> Gelezen | None:
        soort = gelezen.soort
        if isinstance(gelezen.bericht, Bericht323):
            antwoord = maak_antwoord(
                gelezen, oordeel.treffers, f"ANTWOORD{len(self._identificaties)}", self.vandaag, SCHEMAS
            )
            return lees(serialiseer(antwoord, berichtsoort(soort.domein, "325", soort.release)), SCHEMAS)
        if soort.retour is None:
            return None
        retour = maak_retour(gelezen, oordeel.treffers, "RETOUR", self.vandaag, SCHEMAS)
        return lees(serialiseer(retour, soort.retour), SCHEMAS)

    def _eigenaar(self, soort: Berichtsoort, gemeente: str, nummer: int) -> Dossiersleutel | None:
        return self._nummers.get((soort.domein, gemeente, nummer))

    @staticmethod
    def _nummers_van(gelezen: Gelezen) -> list[int]:
        bericht = gelezen.bericht
        if not isinstance(bericht, Bericht301):
            return []
        return [product.ToewijzingNummer for product in bericht.Client.ToegewezenProducten]
