"""A 323 around its Prestaties: Header, Declaratie and totals."""

from collections.abc import Iterable

from ...levensloop.declaratie import CREDIT, DEBET
from ...regels.declaratie.bedrag import saldo
from ...standaard.berichten.basis import GeslotenPeriode, TotaalBedragMetDC
from ...standaard.berichten.declaratie import Bericht323, Client323, Declaratie, Prestatie
from ..opstellen.voorstel import maak_header
from .grondslag import Grondslag


def maak_323(g: Grondslag, prestaties: Iterable[tuple[str, Prestatie]]) -> Bericht323:
    """The 323 with these Prestaties, each with the Bsn of its client; of a client they stay in order."""
    per_client: dict[str, list[Prestatie]] = {}
    for bsn, prestatie in prestaties:
        per_client.setdefault(bsn, []).append(prestatie)
    som = sum(saldo(prestatie.IngediendBedrag) for regels in per_client.values() for prestatie in regels)
    return Bericht323(
        Header=maak_header(g.soort, g.gemeente, g.aanbieder, g.nummering.identificatie, g.vandaag, g.schemas),
        Declaratie=Declaratie(
            DeclaratieNummer=g.nummering.declaratienummer,
            DeclaratiePeriode=GeslotenPeriode(Begindatum=g.maand.begin, Einddatum=g.maand.eind),
            DeclaratieDagtekening=g.vandaag,
            TotaalIngediendBedrag=TotaalBedragMetDC(TotaalBedrag=abs(som), DebetCredit=CREDIT if som < 0 else DEBET),
            Clienten=tuple(Client323(Bsn=bsn, Prestaties=tuple(regels)) for bsn, regels in per_client.items()),
        ),
    )
