"""Taking out all there is of one client, while the service runs on: what goes before its key is destroyed."""

from itertools import groupby

from sqlalchemy import Engine

from ..opslag import opschonen
from ..opslag.berichten import opname
from ..opslag.database import schrijvend
from ..opslag.dossiers.dossiers import sleutels, tekst
from .opschonen import houd_vast


def wis(engine: Engine, bsn: str) -> int:
    """Take out every dossier of a client, at each gemeente and under either law; in declaraties he or she becomes somebody unknown. How many
    gemeenten that were."""
    with engine.connect() as verbinding:
        gevonden = sorted(sleutels(opname.dossiers_van(verbinding, bsn)))
    aantal = 0
    for (domein, gemeente), groep in groupby(gevonden, key=lambda een: (een.domein, een.gemeente)):
        dossiers = tuple(map(tekst, groep))
        with schrijvend(engine) as verbinding:
            houd_vast(verbinding, domein, dossiers)
            opschonen.wis_client(verbinding, opschonen.Afgesloten(domein, gemeente, bsn, dossiers))
        aantal += 1
    return aantal
