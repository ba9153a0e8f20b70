"""Declaraties for tests: a 323 of some Prestaties, and the 325 of a gemeente that judges for itself."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from tests.berichten import VANDAAG, Dossier
from tests.conformance.boom import Boom
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.oordeel.antwoord325 import maak_antwoord
from berichtenverkeer.standaard.berichten.basis import TotaalBedragMetDC
from berichtenverkeer.standaard.berichten.declaratie import Bericht323, Bericht325
from berichtenverkeer.standaard.berichtsoort import berichtsoort
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.standaard.schrijven import serialiseer

FEBRUARI = ("2026-02-01", "2026-02-28")
_nummers = count(1)


@dataclass(frozen=True)
class Regel:
    """One Prestatie in hours at 50 euro; with ``crediteert`` a creditregel on that ReferentieNummer."""

    referentie: str
    uren: int = 10
    crediteert: str | None = None
    periode: tuple[str, str] = FEBRUARI
    toewijzing: int | None = None

    @property
    def saldo(self) -> int:
        return self.uren * 5000 * (-1 if self.crediteert else 1)

    def boom(self, d: Dossier) -> dict[str, Boom]:
        """The Prestatie, on the toewijzing of this dossier unless it names one."""
        vorig: dict[str, Boom] = {"VorigReferentieNummer": self.crediteert} if self.crediteert else {}
        return {
            "ProductReferentie": {"ReferentieNummer": self.referentie} | vorig,
            "ToewijzingNummer": str(self.toewijzing or d.nummer),
            "ProductCategorie": {"iwmo": "02", "ijw": "45"}[d.domein],
            "ProductCode": {"iwmo": "02T01", "ijw": "45T01"}[d.domein],
            "ProductPeriode": {"Begindatum": self.periode[0], "Einddatum": self.periode[1]},
            "GeleverdVolume": str(self.uren),
            "Eenheid": "04",
            "ProductTarief": "5000",
            "IngediendBedrag": {"Bedrag": str(abs(self.saldo)), "DebetCredit": "C" if self.crediteert else "D"},
        }

    def credit(self, referentie: str) -> "Regel":
        """The creditregel on this debetregel."""
        return replace(self, referentie=referentie, crediteert=self.referentie)


def declaratie(
    d: Dossier,
    nummer: str,
    *regels: Regel,
    maand: tuple[str, str] = FEBRUARI,
    ook: Sequence[tuple[Dossier, Sequence[Regel]]] = (),
    anders: Mapping[str, Boom] | None = None,
) -> bytes:
    """A 323 with these Prestaties of the client of ``d``, and of other clients too; sound but for ``anders``, by path."""
    clienten = ((d, regels), *ook)
    totaal = sum(regel.saldo for _, van_client in clienten for regel in van_client)
    inhoud: dict[str, Boom] = {
        "Declaratie/DeclaratieNummer": nummer,
        "Declaratie/DeclaratiePeriode": {"Begindatum": maand[0], "Einddatum": maand[1]},
        "Declaratie/TotaalIngediendBedrag": {
            "TotaalBedrag": str(abs(totaal)),
            "DebetCredit": "C" if totaal < 0 else "D",
        },
        "Declaratie/Clienten": [
            {"Bsn": client.bsn, "Prestaties": [regel.boom(client) for regel in van_client]}
            for client, van_client in clienten
        ],
    }
    return d.bericht("323", inhoud | dict(anders or {}))


def antwoord(
    data: bytes,
    afgewezen: Mapping[str, str] | None = None,
    *,
    kop: str | None = None,
    geheel: str | None = None,
    clienten: Mapping[str, str] | None = None,
    anders: Mapping[str, object] | None = None,
    dag: str = VANDAAG,
) -> bytes:
    """The 325 on this 323, of this day. ``afgewezen`` has the code of each refused Prestatie by ReferentieNummer; ``kop`` refuses in the
    Header, ``geheel`` on the DeclaratieAntwoord. ``clienten`` has the code of a client by Bsn. ``anders`` are attributes of
    DeclaratieAntwoord that are then wrong."""
    gelezen = lees(data, SCHEMAS)
    vraag = gelezen.bericht
    assert isinstance(vraag, Bericht323)
    goed = maak_antwoord(gelezen, (), f"A{next(_nummers)}", date.fromisoformat(dag), SCHEMAS)
    soort = berichtsoort(gelezen.soort.domein, "325")
    if kop is not None:
        header = goed.Header.model_copy(update={"RetourCodes": (kop,)})
        return serialiseer(Bericht325(Header=header), soort)
    deel = goed.DeclaratieAntwoord
    assert deel is not None
    codes, terug = afgewezen or {}, defaultdict(list)
    weg = 0
    for client in vraag.Declaratie.Clienten:
        for prestatie in client.Prestaties:
            if (code := codes.get(prestatie.ProductReferentie.ReferentieNummer)) is not None:
                terug[client.Bsn].append(prestatie.model_copy(update={"RetourCodes": (code,)}))
                bedrag = prestatie.IngediendBedrag
                weg += bedrag.Bedrag * (-1 if bedrag.DebetCredit == "C" else 1)
    ingediend = vraag.Declaratie.TotaalIngediendBedrag
    saldo = 0 if geheel else ingediend.TotaalBedrag * (-1 if ingediend.DebetCredit == "C" else 1) - weg
    op_client = clienten or {}
    terug_clienten = tuple(
        client.model_copy(
            update={"Prestaties": tuple(terug[client.Bsn]), "RetourCodes": (op_client.get(client.Bsn, "0200"),)}
        )
        for client in vraag.Declaratie.Clienten
        if client.Bsn in terug
    )
    deel = deel.model_copy(
        update={
            "TotaalToegekendBedrag": TotaalBedragMetDC(TotaalBedrag=abs(saldo), DebetCredit="C" if saldo < 0 else "D"),
            "Clienten": terug_clienten,
            "RetourCodes": (geheel,) if geheel else ("0200",) if terug_clienten else ("8001",),
            **(anders or {}),
        }
    )
    return serialiseer(goed.model_copy(update={"DeclaratieAntwoord": deel}), soort)
