"""Judging a 323: all that the rules ask of earlier messages, and the rows that come of it. Nothing is written here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from ..levensloop.declaratieperiode import geleverde_maanden, overgeslagen
from ..levensloop.dossier import Dossier, Dossiersleutel
from ..levensloop.overgangen import Declaratietoestand
from ..oordeel.antwoord325 import maak_antwoord
from ..oordeel.declaratie import Declaratieuitslag, ingediend, uitslag
from ..oordeel.oordeel import Berichtoordeel, van_declaratie
from ..opslag.bulk import batched
from ..opslag.declaraties import declaraties
from ..opslag.dossiers import dossiers
from ..regels.declaratie.prestatie import prestaties
from ..regels.declaratiekennis import Declaratiekennis
from ..regels.kennis import Kennis
from ..regels.toetsen import bevindingen, fouten
from ..regels.toetsen_declaratie import toets_declaratie
from ..standaard.berichten.declaratie import Bericht323, Client323
from ..standaard.berichtsoort import berichtsoort
from ..standaard.lezen import keur
from ..standaard.schema import Schemas
from ..standaard.schrijven import stel_op
from .aanname import Aangeboden
from .berichtrij import GROOTSTE_ANTWOORD, antwoordnummer, rij_antwoord, rij_heen
from .declaratierij import rij_declaratie, rijen_prestatie
from .kort import zonder_lijsten

PER_KEER = 500
"""How many dossiers are loaded at once."""


@dataclass(frozen=True, slots=True)
class Vonnis:
    """The rows of a 323 and its 325, which have no volgnummer yet, and what came of the Prestaties. ``bericht`` is the 323
    without its clients.

    Without ``antwoord`` the gemeente judges for itself and the 323 waits for its 325.
    """

    bericht: Bericht323
    heen: dict[str, Any]
    antwoord: dict[str, Any] | None
    gevolg: Declaratieuitslag
    sleutels: Mapping[str, Dossiersleutel]

    @property
    def aantal(self) -> int:
        """How many messages there are, and so how many numbers they take."""
        return 1 if self.antwoord is None else 2

    def nummer(self, eerste: int) -> None:
        """Give them their volgnummers."""
        self.heen["volgnummer"] = eerste
        if self.antwoord is not None:
            self.antwoord["volgnummer"] = eerste + 1

    def declaratie(self) -> dict[str, Any]:
        """The row of the declaratie."""
        return rij_declaratie(self.heen, self.antwoord, self.bericht, self.gevolg)

    def prestaties(self) -> Iterator[dict[str, Any]]:
        """The rows of its Prestaties."""
        return rijen_prestatie(self.heen["id"], self.sleutels, self.gevolg)


def vel(
    verbinding: Connection, a: Aangeboden, dubbel: bool, schemas: Schemas, meld: Callable[[int], None] | None = None
) -> Vonnis:
    """Judge a 323 against what this connection sees. ``dubbel``: its Identificatie was used before (TR056). ``meld`` hears
    every now and then how many clients were judged. One that is ``groot`` is let go on the way, and cannot be judged again."""
    bericht = a.gelezen.bericht
    assert isinstance(bericht, Bericht323)
    sleutels = sleutels_van(a, bericht.Declaratie.Clienten)
    gevonden = list(a.binnen_bericht)
    if not fouten(gevonden):
        gevonden += toets_declaratie(bericht, kennis_van(verbinding, a, bericht, dubbel, meld))
    bevonden, treffers, over = bevindingen(a.gelezen, gevonden), fouten(gevonden), zonder_lijsten(bericht)
    if a.groot:
        a.gelezen.laat_los()
    if a.zelf:
        heen = rij_heen(a, None, Berichtoordeel.VOORLOPIG, bevonden, dubbel, 0)
        return Vonnis(over, heen, None, ingediend(bericht), sleutels)
    gevolg = uitslag(bericht, treffers)
    heen = rij_heen(a, None, van_declaratie(gevolg), bevonden, dubbel, 0)
    heen["aangeboden"] = (
        gevolg.toestand is Declaratietoestand.BEANTWOORD
    )  # the gemeente sees what it was asked, granted or not
    soort, nummer = berichtsoort(a.soort.domein, "325", a.soort.release), antwoordnummer(a)
    data = stel_op(maak_antwoord(a.gelezen, treffers, nummer, a.nu.date(), schemas), soort)
    kop = bericht.Header
    if a.groot:
        a.gelezen.laat_los(over)
    del bericht, gevonden, treffers, bevonden  # a large declaratie would be in memory beside the tree of its answer
    keur(data, schemas, GROOTSTE_ANTWOORD)
    antwoord = rij_antwoord(heen, data, kop.Ontvanger, kop.Afzender, soort, nummer, a.nu)
    return Vonnis(over, heen, antwoord, gevolg, sleutels)


class Clientdossiers(Mapping[str, Dossier]):
    """The dossiers of the clients of a declaratie by Bsn, each with its ledger.

    They are loaded when one is asked for, together with those that come after it, and what was loaded before is let go:
    rules that go through the message in order have all of them, and a few at a time are in memory.
    """

    def __init__(
        self,
        verbinding: Connection,
        sleutels: Mapping[str, Dossiersleutel],
        meld: Callable[[int], None] | None = None,
    ) -> None:
        self._verbinding = verbinding
        self._sleutels = sleutels
        self._plaats = {bsn: plaats for plaats, bsn in enumerate(sleutels)}
        self._meld = meld
        self._geladen: dict[str, Dossier] = {}

    def __getitem__(self, bsn: str) -> Dossier:
        if bsn not in self._geladen:
            begin = self._plaats[bsn]
            if self._meld is not None:
                self._meld(begin)
            self._geladen = {}
            deel = dict(islice(self._sleutels.items(), begin, begin + PER_KEER))
            self._geladen = dossiers_van(self._verbinding, deel)
        return self._geladen[bsn]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sleutels)

    def __len__(self) -> int:
        return len(self._sleutels)


def sleutels_van(a: Aangeboden, clienten: Iterable[Client323]) -> dict[str, Dossiersleutel]:
    """The dossier of each client, by Bsn."""
    domein, gemeente, aanbieder = a.soort.domein, a.wie.gemeente, a.wie.aanbieder
    return {client.Bsn: Dossiersleutel(domein, gemeente, aanbieder, client.Bsn) for client in clienten}


def dossiers_van(
    verbinding: Connection, sleutels: Mapping[str, Dossiersleutel], voor: int | None = None
) -> dict[str, Dossier]:
    """The dossiers under these keys, each with its ledger; of what was declared before this volgnummer, if one is given."""
    geladen = dossiers.laad(verbinding, sleutels.values())
    boeken = declaraties.boeken(verbinding, sleutels.values(), voor)
    return {bsn: replace(Dossier.van(geladen[s]), boek=boeken[s]) for bsn, s in sleutels.items()}


def kennis_van(
    verbinding: Connection,
    a: Aangeboden,
    bericht: Bericht323,
    dubbel: bool,
    meld: Callable[[int], None] | None = None,
) -> Kennis:
    """All that the rules on this declaratie ask of earlier messages; ``dubbel`` and ``meld`` as in ``vel``."""
    domein, gemeente, aanbieder = a.soort.domein, a.wie.gemeente, a.wie.aanbieder
    declaratie = bericht.Declaratie
    laatste = declaraties.laatste_periode(verbinding, domein, gemeente, aanbieder)
    gat = overgeslagen(laatste, declaratie.DeclaratiePeriode.Begindatum)
    geleverd: frozenset[date] = frozenset()
    if gat is not None:
        kandidaten = declaraties.dossiers_met_levering(verbinding, domein, gemeente, aanbieder, gat)
        for deel in batched(kandidaten, PER_KEER):
            gevouwen = map(Dossier.van, dossiers.laad(verbinding, deel).values())
            geleverd |= geleverde_maanden(gevouwen, gat)
    referenties = {prestatie.ProductReferentie.ReferentieNummer for prestatie in prestaties(declaratie)}
    return Kennis(
        soort=a.soort,
        bericht=bericht,
        vandaag=a.nu.date(),
        dossier=Dossier(),
        identificatie_bekend=dubbel,
        contract=a.contract,
        clienten=Clientdossiers(verbinding, sleutels_van(a, declaratie.Clienten), meld),
        declaratie=Declaratiekennis(
            nummer_bekend=declaraties.nummer_bekend(verbinding, domein, aanbieder, declaratie.DeclaratieNummer),
            laatste_periode=laatste,
            geleverd=geleverd,
            referenties_bekend=declaraties.gebruikte_referenties(verbinding, domein, aanbieder, referenties),
        ),
    )
