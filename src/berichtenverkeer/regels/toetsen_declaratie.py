"""Running the rules on a 323: what is sound in it counts at once for what comes after.

The Header and the Declaratie come first: what is wrong there is about the whole message, and its Prestaties are not
judged (TR342). Nor are those of a Client that is at fault (IV087). Of a client the creditregels come before the
debetregels (OP366), each otherwise in the order of the message; every line enters the ledger with its verdict, so the
totals of the next rules hold the sound ones.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from ..levensloop.declaratie import Declaratieregel
from ..levensloop.dossier import Dossier
from ..standaard.berichten.declaratie import Bericht323, Client323, Prestatie
from .kennis import Kennis
from .toetsen import Treffer, fouten, regels_per_klasse, toets_delen


def toets_declaratie(bericht: Bericht323, kennis: Kennis) -> list[Treffer]:
    """What the rules across messages and against outside sources find (levels 3 and 4)."""
    gevonden = toets_delen((bericht.Header, bericht.Declaratie), regels_per_klasse(kennis.soort, False), kennis)
    geheel = [treffer for treffer in gevonden if not isinstance(treffer[1].deel, Prestatie)]
    if fouten(geheel):
        return geheel
    op_prestatie: dict[int, list[Treffer]] = defaultdict(list)
    for treffer in gevonden:
        op_prestatie[id(treffer[1].deel)].append(treffer)
    clienten = (_client(client, kennis, op_prestatie) for client in bericht.Declaratie.Clienten)
    return [*geheel, *chain.from_iterable(clienten)]


def _client(client: Client323, kennis: Kennis, op_prestatie: dict[int, list[Treffer]]) -> Iterable[Treffer]:
    """What is wrong with a client, or else with its Prestaties. ``op_prestatie``: what the whole message says of them."""
    regels = regels_per_klasse(kennis.soort, False)
    eigen = van_client(client, kennis)
    treffers = toets_delen((client,), regels, eigen)
    if fouten(treffers):
        return treffers
    for regel, prestatie in op_volgorde(client):
        gevonden = [*op_prestatie.get(id(prestatie), ()), *toets_delen((prestatie,), regels, eigen)]
        eigen.dossier.boek.voeg_toe(regel.na_antwoord(afgewezen=bool(fouten(gevonden))))
        treffers += gevonden
    return treffers


def van_client(client: Client323, kennis: Kennis) -> Kennis:
    """What is known while the Prestaties of a client are looked at: its dossier, with a ledger that grows by them."""
    dossier = kennis.clienten.get(client.Bsn, Dossier())
    return replace(kennis, dossier=replace(dossier, boek=dossier.boek.met(())))


def op_volgorde(client: Client323) -> list[tuple[Declaratieregel, Prestatie]]:
    """The Prestaties of a client in the order in which they count: credits first (OP366)."""
    regels = ((Declaratieregel.van(prestatie), prestatie) for prestatie in client.Prestaties)
    return sorted(regels, key=lambda paar: not paar[0].is_credit)
