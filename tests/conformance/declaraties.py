"""What a node in memory keeps of declaraties."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from berichtenverkeer.levensloop.declaratie import Declaratieboek, Declaratieregel
from berichtenverkeer.levensloop.declaratieperiode import geleverde_maanden, overgeslagen
from berichtenverkeer.levensloop.dossier import Dossier, Dossiersleutel
from berichtenverkeer.oordeel.betrokken import Betrokken
from berichtenverkeer.oordeel.declaratie import Declaratieuitslag
from berichtenverkeer.regels.declaratiekennis import Declaratiekennis, EerdereDeclaratie
from berichtenverkeer.standaard.berichten import Bericht
from berichtenverkeer.standaard.berichten.declaratie import Bericht323, Bericht325
from berichtenverkeer.standaard.berichtsoort import Berichtsoort
from berichtenverkeer.standaard.domein import Domein

Partijen = tuple[Domein, str, str]
"""The law, the gemeente and the aanbieder."""


@dataclass
class Declaraties:
    """Every 323 that came in and what came of it, and of those not refused as a whole what they used and declared."""

    regels: dict[Dossiersleutel, list[Declaratieregel]] = field(default_factory=lambda: defaultdict(list))
    uitslagen: list[Declaratieuitslag] = field(default_factory=list)
    _ontvangen: dict[tuple[Partijen, str], Bericht323] = field(default_factory=dict)
    _nummers: set[tuple[Domein, str, str]] = field(default_factory=set)
    _referenties: set[tuple[Domein, str, str]] = field(default_factory=set)
    _laatste: dict[Partijen, date] = field(default_factory=dict)

    def boek(self, sleutel: Dossiersleutel) -> Declaratieboek:
        """The ledger of a dossier."""
        return Declaratieboek.van(self.regels.get(sleutel, ()))

    def kennis(
        self, bericht: Bericht, soort: Berichtsoort, wie: Betrokken, dossiers: Iterable[Dossier]
    ) -> Declaratiekennis:
        """What a 323 or a 325 asks; ``dossiers`` are all those between its parties."""
        partijen = (soort.domein, wie.gemeente, wie.aanbieder)
        if isinstance(bericht, Bericht325):
            genoemd = bericht.Header.DeclaratieIdentificatie.Identificatie
            gevonden = self._ontvangen.get((partijen, genoemd))
            return Declaratiekennis(declaratie=EerdereDeclaratie(gevonden) if gevonden else None)
        if not isinstance(bericht, Bericht323):
            return Declaratiekennis()
        declaratie, laatste = bericht.Declaratie, self._laatste.get(partijen)
        gat = overgeslagen(laatste, declaratie.DeclaratiePeriode.Begindatum)
        return Declaratiekennis(
            nummer_bekend=(soort.domein, wie.aanbieder, declaratie.DeclaratieNummer) in self._nummers,
            laatste_periode=laatste,
            geleverd=geleverde_maanden(dossiers, gat) if gat else frozenset(),
            referenties_bekend=frozenset(n for d, a, n in self._referenties if (d, a) == (soort.domein, wie.aanbieder)),
        )

    def onthoud(self, bericht: Bericht323, soort: Berichtsoort, wie: Betrokken, uitslag: Declaratieuitslag) -> None:
        """Keep a 323 and what came of it."""
        partijen = (soort.domein, wie.gemeente, wie.aanbieder)
        self.uitslagen.append(uitslag)
        self._ontvangen[partijen, bericht.Header.BerichtIdentificatie.Identificatie] = bericht
        if not uitslag.prestaties:
            return
        declaratie = bericht.Declaratie
        self._nummers.add((soort.domein, wie.aanbieder, declaratie.DeclaratieNummer))
        begin = declaratie.DeclaratiePeriode.Begindatum
        self._laatste[partijen] = max(begin, self._laatste.get(partijen, begin))
        for prestatie in uitslag.prestaties:
            self._referenties.add((soort.domein, wie.aanbieder, prestatie.regel.referentienummer))
            self.regels[Dossiersleutel(*partijen, prestatie.bsn)].append(prestatie.regel)
