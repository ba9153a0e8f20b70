"""What rules for the work tell of messages, without refusing them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, cast, func, literal
from sqlalchemy.types import Text

from ...levensloop.kalender import plus_dagen
from ...opslag.dag import begin_van, dag_van
from ...opslag.tabellen.berichten import bericht, signaal
from ...opslag.tabellen.dossiers import toewijzing
from ...opslag.tabellen.partijen import partij
from ...regels.bevinding import VAN_ANTWOORD
from ..lijst import Bron, Peil, Rij, Taak, Voorwaarden, Werklijst, bsn_uit
from ..onbeantwoord import VAN_GEMEENTE

STAAT_WEKEN = 4
"""How long a signaal is listed: nothing but time takes it off (afgeleid)."""

b, p, s, t = bericht.c, partij.c, signaal.c, toewijzing.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaalrij(Rij):
    """One signaal: the message it is at, and its place among the findings there."""

    berichtsoort: str
    ontvangen_op: datetime
    bevindingen: list[dict[str, Any]]
    nummer: int


def _taak(rij: Signaalrij, _: Peil) -> Taak:
    bevinding = rij.bevindingen[rij.nummer]
    wat = f"{rij.berichtsoort} van {rij.ontvangen_op.date()}"
    return Taak(bevinding["regel"], f"{wat}: {bevinding['melding']} {bevinding['advies']}")


def _bron(kant: str) -> Bron[Signaalrij]:
    """The signalen at what a party sent, or got; each goes by an index of its own."""

    def waar(peil: Peil) -> Voorwaarden:
        uit = literal(" ") + func.coalesce(p.signaal_uit, "") + " "
        return (
            s.ontvangen_op >= begin_van(plus_dagen(peil.vandaag, -7 * STAAT_WEKEN)),
            b.oordeel != "afgekeurd",
            ~uit.contains(literal(" ") + s.regel + " "),
        )

    return Bron(
        rij=Signaalrij,
        tabel=signaal,
        van=signaal.join(bericht, b.id == s.bericht)
        .join(partij, p.code == s[kant])
        .outerjoin(toewijzing, and_(t.dossier == b.dossier, t.toewijzingnummer == s.toewijzingnummer)),
        kolommen={
            "id": s.bericht + "/" + cast(s.nummer, Text),
            "domein": b.domein,
            "gemeente": case((VAN_GEMEENTE, b.verzender), else_=b.bestemming),
            "aanbieder": case((VAN_GEMEENTE, b.bestemming), else_=b.verzender),
            "bsn": bsn_uit(b.dossier),
            "toewijzingnummer": s.toewijzingnummer,
            "toewijzing": t.id,
            "bericht": b.id,
            "berichtsoort": b.berichtsoort,
            "ontvangen_op": s.ontvangen_op,
            "bevindingen": b.bevindingen,
            "nummer": s.nummer,
        },
        ziet=s[kant],
        wie=case((s.regel == VAN_ANTWOORD, s.bestemming), else_=s.verzender),
        vanaf=lambda _: dag_van(s.ontvangen_op),
        uiterlijk=lambda dag, _: plus_dagen(dag, 7 * STAAT_WEKEN),
        waar=waar,
        taak=_taak,
    )


LIJST = Werklijst(
    "signalen",
    f"Berichten van de laatste {STAAT_WEKEN} weken die zijn aangenomen, maar waarin iets niet volgens een regel voor het werk is: een "
    "signaal. Het keurt niets af.",
    "Verzender: lees wat het signaal zegt en herstel wat nog kan; stuur het een volgende keer goed. Ontvanger: overleg met de "
    "verzender als u er last van heeft. Een signaal ANTWOORD is voor de gemeente: zij stuurt een nieuw 325. Er is geen termijn; de "
    "dag is de laatste waarop het signaal hier staat. Een signaal dat u niet wilt zien zet u uit met "
    "`berichtenverkeer partij set CODE --instelling signaal-uit=OP192`; de andere partij blijft het zien.",
    (_bron("verzender"), _bron("bestemming")),
)
