"""What a message that counts brings about."""

from collections.abc import Sequence
from datetime import datetime

from ..levensloop.gebeurtenis import Feit, Gebeurtenis, Herkomst
from ..standaard.lezen import Gelezen


def gevolgen(id_: str, gelezen: Gelezen, feiten: Sequence[Feit], ontvangen_op: datetime) -> list[Gebeurtenis]:
    """The gebeurtenissen of a message that counts, in the order in which they are applied."""
    identificatie = gelezen.bericht.Header.BerichtIdentificatie
    herkomst = Herkomst(id_, ontvangen_op, identificatie.Dagtekening, identificatie.Identificatie)
    return [Gebeurtenis(herkomst, nummer, feit) for nummer, feit in enumerate(feiten)]
