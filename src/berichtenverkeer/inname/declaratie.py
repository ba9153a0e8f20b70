"""Taking a 323 in: judged Prestatie by Prestatie and answered with a 325, within one transaction.

When the gemeente judges for itself, the 323 waits for its 325 (``declaratieantwoord``). A large 323 is only stored, and so
is one that comes while an earlier one of the aanbieder is being judged: a worker takes them in order (``uitgesteld``).
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from ..levensloop.dossier import Dossiersleutel
from ..oordeel.declaratie import Declaratieuitslag
from ..oordeel.oordeel import Berichtoordeel
from ..opslag import teller
from ..opslag.berichten import berichten
from ..opslag.declaraties import declaraties, verwerkingen
from ..standaard.schema import Schemas
from .aanname import Aangeboden
from .berichtrij import rij_heen
from .declaratievonnis import vel
from .ontvangst import Ontvangst, retour_van, van_rij


def declareer(verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas) -> dict[str, Ontvangst]:
    """Take in declaraties that were not seen before, one after the other."""
    return {a.id: _declareer(verbinding, a, schemas) for a in groep}


def _declareer(verbinding: Connection, a: Aangeboden, schemas: Schemas) -> Ontvangst:
    dubbel = a.identificatie in berichten.gebruikte_identificaties(verbinding, {a.identificatie})
    if a.groot or verwerkingen.wacht(verbinding, a.soort.domein, a.wie.aanbieder):
        return _stel_uit(verbinding, a, dubbel)
    vonnis = vel(verbinding, a, dubbel, schemas)
    vonnis.nummer(teller.volgnummers(verbinding, vonnis.aantal))
    berichten.bewaar(verbinding, [vonnis.heen, *([vonnis.antwoord] if vonnis.antwoord else [])])
    declaraties.bewaar(verbinding, vonnis.declaratie(), vonnis.prestaties())
    crediteer(verbinding, vonnis.sleutels, vonnis.gevolg)
    return van_rij({**vonnis.heen, **retour_van(vonnis.antwoord)}, nieuw=True)


def _stel_uit(verbinding: Connection, a: Aangeboden, dubbel: bool) -> Ontvangst:
    volgnummer = teller.volgnummers(verbinding, 1)
    rij = rij_heen(a, None, Berichtoordeel.IN_VERWERKING, (), dubbel, volgnummer)
    berichten.bewaar(verbinding, [rij])
    verwerkingen.stel_uit(verbinding, a.id, a.soort.domein, a.wie.aanbieder, volgnummer, a.clienten)
    return van_rij({**rij, **retour_van(None)}, nieuw=True)


def crediteer(verbinding: Connection, sleutels: Mapping[str, Dossiersleutel], gevolg: Declaratieuitslag) -> None:
    """Note of the Prestaties that a declaratie credits that they were; ``sleutels`` are the dossiers of its clients."""
    declaraties.crediteer(verbinding, {(sleutels[bsn], nummer) for bsn, nummer in gevolg.gecrediteerd})
