"""Dossiers in the database: loaded for a whole group at once, written in bulk, rebuilt from the messages."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, or_, select, union

from ...klok import NEDERLAND
from ...levensloop.dossier import Dossiersleutel
from ...levensloop.gebeurtenis import Gebeurtenis, Herkomst, feitklasse
from ...levensloop.stand import Gevolg, Stand
from ...levensloop.toewijzing import is_verwijderd
from ...levensloop.verzoek import Aanvraag
from ...standaard.domein import Domein
from .. import samen, verborgen
from ..personen import zegelkop
from ..samen import Rijen, Vraag, vraag
from ..tabellen.berichten import bericht
from ..tabellen.dossiers import gebeurtenis, toewijzing, vervallen, verzoek

Rij = frozenset[tuple[str, Any]]
"""A row by value: the names of its columns and what is in them."""

_RUIMTE = uuid.UUID("6f0e1c55-2b0f-5c6e-9a6b-1d1a7a0c3e10")
_AFGELEID = (gebeurtenis, toewijzing, verzoek, vervallen)


@dataclass(slots=True)
class Afgeleid:
    """Rows that follow from messages; toewijzingen and verzoeken by id, in their newest stand, and of those that were taken back when
    that was last."""

    gebeurtenissen: list[dict[str, Any]] = field(default_factory=list)
    toewijzingen: dict[str, dict[str, Any]] = field(default_factory=dict)
    verzoeken: dict[str, dict[str, Any]] = field(default_factory=dict)
    vervallen: dict[str, dict[str, Any]] = field(default_factory=dict)

    def neem_op(
        self,
        dossier: Dossiersleutel,
        gevallen: Iterable[Gebeurtenis],
        volgnummer: int,
        gevolg: Gevolg,
        wijziging: int,
        op: datetime,
    ) -> None:
        """Add what a message brought about. ``volgnummer`` is its own; ``wijziging`` that of what made it count, which
        came in at ``op``: itself, or its retourbericht."""
        sinds = {"wijziging": wijziging, "gewijzigd_op": op}
        self.gebeurtenissen += (rij_gebeurtenis(dossier, geval, volgnummer) for geval in gevallen)
        for stand in gevolg.toewijzingen.values():
            rij = rij_toewijzing(dossier, stand) | sinds
            self.toewijzingen[rij["id"]] = rij
        for aanvraag in gevolg.verzoeken.values():
            rij = rij_verzoek(dossier, aanvraag) | sinds
            self.verzoeken[rij["id"]] = rij

    def neem_terug(self, dossier: Dossiersleutel, bericht_: str, gevolg: Gevolg, wijziging: int, op: datetime) -> None:
        """Take back what a message had brought about; ``wijziging`` is the volgnummer of what made it so."""
        self.gebeurtenissen = [rij for rij in self.gebeurtenissen if rij["bericht"] != bericht_]
        self.neem_op(dossier, (), 0, gevolg, wijziging, op)
        weg = {
            "toewijzingen": [toewijzing_id(dossier.domein, dossier.gemeente, n) for n in gevolg.vervallen_toewijzingen],
            "verzoeken": [verzoek_id(dossier.domein, dossier.aanbieder, r) for r in gevolg.vervallen_verzoeken],
        }
        for lijst, ids in weg.items():
            for id_ in ids:
                self.toewijzingen.pop(id_, None)
                self.verzoeken.pop(id_, None)
                self.vervallen[id_] = rij_vervallen(dossier, lijst, id_, wijziging)

    def als_rijen(self) -> list[Rijen]:
        """What is to be written."""
        return [
            Rijen(gebeurtenis, self.gebeurtenissen, nummer="volgnummer"),
            Rijen(toewijzing, list(self.toewijzingen.values()), "id", "wijziging"),
            Rijen(verzoek, list(self.verzoeken.values()), "id", "wijziging"),
            Rijen(vervallen, list(self.vervallen.values()), "id", "wijziging"),
        ]


def tekst(sleutel: Dossiersleutel) -> str:
    """A dossier's key as the one column ``dossier``."""
    return "/".join(sleutel)


def sleutel(tekst_: str) -> Dossiersleutel:
    """The dossier's key from its column."""
    domein, gemeente, aanbieder, bsn = tekst_.split("/")
    return Dossiersleutel(Domein(domein), gemeente, aanbieder, bsn)


def sleutels(teksten: Iterable[str]) -> list[Dossiersleutel]:
    """The keys that these are; what is none is left out, for a row may have been tampered with."""
    return [sleutel(tekst_) for tekst_ in teksten if tekst_.count("/") == 3]


def toewijzing_id(domein: Domein, gemeente: str, nummer: int) -> str:
    """The id of a toewijzing; the same after a rebuild."""
    return str(uuid.uuid5(_RUIMTE, f"{domein}/{gemeente}/{nummer}"))


def verzoek_id(domein: Domein, aanbieder: str, referentie: str) -> str:
    """The id of a request; the same after a rebuild."""
    return str(uuid.uuid5(_RUIMTE, f"verzoek/{domein}/{aanbieder}/{referentie}"))


def laad(
    verbinding: Connection, dossiers: Collection[Dossiersleutel], na: Mapping[Dossiersleutel, int] | None = None
) -> dict[Dossiersleutel, list[Gebeurtenis]]:
    """The gebeurtenissen of these dossiers in order of arrival, in one query; an unknown dossier has none. ``na`` leaves
    out those of the messages up to a volgnummer."""
    geladen: dict[Dossiersleutel, list[Gebeurtenis]] = {dossier: [] for dossier in dossiers}
    if not dossiers:
        return geladen
    op_tekst = {tekst(dossier): dossier for dossier in dossiers}
    sleutels = [(t, na.get(dossier, 0) if na else 0) for t, dossier in op_tekst.items()]
    (rijen,) = vraag(verbinding, [(_LAAD, sleutels)])
    for rij in rijen:
        geladen[op_tekst[rij[0]]].append(van_rij(rij))
    return geladen


def van_rij(rij: Sequence[Any]) -> Gebeurtenis:
    """The gebeurtenis of a row with the columns of ``GEVAL``."""
    _, nummer, soort, feit, *herkomst = rij
    return Gebeurtenis(Herkomst(*herkomst), nummer, feitklasse(soort).model_validate_json(feit))


GEVAL = (
    gebeurtenis.c.dossier,
    gebeurtenis.c.nummer,
    gebeurtenis.c.soort,
    gebeurtenis.c.feit,
    bericht.c.id,
    bericht.c.ontvangen_op,
    bericht.c.dagtekening,
    bericht.c.identificatie,
)
"""What a gebeurtenis is made of."""

GEVAL_SQL = "SELECT g.dossier, g.nummer, g.soort, g.feit, b.id, b.ontvangen_op, b.dagtekening, b.identificatie"
"""The same, of ``gebeurtenis`` as g and ``bericht`` as b."""

_LAAD = Vraag(
    f"{GEVAL_SQL} FROM {{sleutels}} {{join}} gebeurtenis AS g ON g.dossier = {{0}} AND g.volgnummer > {{n1}} "
    "JOIN bericht AS b ON b.id = g.bericht ORDER BY g.volgnummer, g.nummer",
    GEVAL,
    personen=(0,),
)
"""One walk through the index for each dossier, from where it is asked for."""

NUMMERS = Vraag(
    "SELECT t.domein, t.gemeente, t.toewijzingnummer, t.dossier FROM {sleutels} {join} toewijzing AS t "
    "ON t.domein = {0} AND t.gemeente = {1} AND t.toewijzingnummer = {n2}",
    over=3,
)
"""The dossier of each of these (domein, gemeente, ToewijzingNummer)."""

REFERENTIES = Vraag(
    "SELECT v.domein, v.aanbieder, v.referentie, v.dossier FROM {sleutels} {join} verzoek AS v "
    "ON v.domein = {0} AND v.aanbieder = {1} AND v.referentie = {2}",
    over=3,
)
"""The dossier of each of these (domein, aanbieder, ReferentieAanbieder)."""


def nummers_in_gebruik(
    verbinding: Connection, nummers: Collection[tuple[Domein, str, int]]
) -> dict[tuple[Domein, str, int], Dossiersleutel]:
    """To which dossier each of these (domein, gemeente, ToewijzingNummer) belongs, as far as known (TR332)."""
    (rijen,) = vraag(verbinding, [(NUMMERS, list(nummers))]) if nummers else ((),)
    return van_wie(rijen)


def referenties_in_gebruik(
    verbinding: Connection, referenties: Collection[tuple[Domein, str, str]]
) -> dict[tuple[Domein, str, str], Dossiersleutel]:
    """To which dossier each of these (domein, aanbieder, ReferentieAanbieder) belongs, as far as known (TR347, TR355)."""
    (rijen,) = vraag(verbinding, [(REFERENTIES, list(referenties))]) if referenties else ((),)
    return van_wie(rijen)


def van_wie(rijen: Iterable[Sequence[Any]]) -> dict[Any, Dossiersleutel]:
    """The answers to ``NUMMERS`` or ``REFERENTIES``: of each key the dossier."""
    return {(Domein(domein), partij, wat): sleutel(dossier) for domein, partij, wat, dossier in rijen}


def rij_gebeurtenis(dossier: Dossiersleutel, geval: Gebeurtenis, volgnummer: int) -> dict[str, Any]:
    """The row of a gebeurtenis; ``volgnummer`` is that of its message."""
    return {
        "bericht": geval.herkomst.bericht,
        "nummer": geval.nummer,
        "dossier": tekst(dossier),
        "volgnummer": volgnummer,
        "toewijzingnummer": getattr(geval.feit, "ToewijzingNummer", None),
        "soort": type(geval.feit).__name__,
        "feit": geval.feit.model_dump_json(exclude_defaults=True),
    }


def rij_toewijzing(dossier: Dossiersleutel, stand: Stand) -> dict[str, Any]:
    """The row of a toewijzing in its present stand."""
    product, levering = stand.product, stand.levering
    omvang, start, einde = product.Omvang, levering.eerste_start, levering.einde
    return {
        "id": toewijzing_id(dossier.domein, dossier.gemeente, product.ToewijzingNummer),
        **_eigenaar(dossier),
        "toewijzingnummer": product.ToewijzingNummer,
        "categorie": product.Product.Categorie if product.Product else None,
        "code": product.Product.Code if product.Product else None,
        "ingangsdatum": product.Ingangsdatum,
        "einddatum": product.Einddatum,
        "volume": omvang.Volume if omvang else None,
        "eenheid": omvang.Eenheid if omvang else None,
        "frequentie": omvang.Frequentie if omvang else None,
        "budget": product.Budget,
        "verwijderd": is_verwijderd(product),
        "levering": str(levering.toestand),
        "geleverd_van": start.Begindatum if start else None,
        "geleverd_tot": einde.Einddatum if einde else None,
        "einde_reden": einde.RedenBeeindiging if einde else None,
        "start_gemeld_op": levering.eerste_gemeld_op,
        "verzoek": str(stand.verzoek) if stand.verzoek else None,
        "verlenging_gevraagd": stand.verlenging_gevraagd,
        "commentaar": stand.toewijzing.commentaar,
        "versie": stand.toewijzing.aantal_versies,
        "bericht": stand.toewijzing.herkomst.bericht,
        "bekend_op": stand.toewijzing.eerste.ontvangen_op,
        "start_vanaf": start_vanaf(product.Ingangsdatum, stand.toewijzing.eerste.ontvangen_op),
    }


def start_vanaf(ingangsdatum: date, bekend_op: datetime) -> date:
    """The day from which the term of the start of a toewijzing runs: its first, or the day on which it came in when that is later, for a
    start before it could not be reported (OP271)."""
    return max(ingangsdatum, bekend_op.astimezone(NEDERLAND).date())


def rij_verzoek(dossier: Dossiersleutel, aanvraag: Aanvraag) -> dict[str, Any]:
    """The row of a request in its present stand."""
    herkomst = aanvraag.ingediend.herkomst
    return {
        "id": verzoek_id(dossier.domein, dossier.aanbieder, aanvraag.referentie),
        **_eigenaar(dossier),
        "soort": str(aanvraag.soort),
        "referentie": aanvraag.referentie,
        "toestand": str(aanvraag.toestand),
        "toewijzingnummers": list(aanvraag.toewijzingnummers),
        "bericht": herkomst.bericht,
        "ingediend_op": herkomst.ontvangen_op,
        "dagtekening": herkomst.dagtekening,
        "beantwoord_op": aanvraag.beantwoord_op,
    }


def rij_vervallen(dossier: Dossiersleutel, lijst: str, id_: str, wijziging: int) -> dict[str, Any]:
    """The row of what is no longer in a list; ``wijziging`` is the volgnummer of the message that did it."""
    sleutel_ = {"dossier": tekst(dossier), "domein": str(dossier.domein), "gemeente": dossier.gemeente}
    return {"id": id_, "lijst": lijst, **sleutel_, "aanbieder": dossier.aanbieder, "wijziging": wijziging}


def _eigenaar(dossier: Dossiersleutel) -> dict[str, str]:
    return {"dossier": tekst(dossier), **dossier._asdict(), "domein": str(dossier.domein)}


def schrijf(verbinding: Connection, rijen_: Afgeleid) -> None:
    """Add gebeurtenissen and put toewijzingen and verzoeken in their new stand."""
    samen.schrijf(verbinding, rijen_.als_rijen())


def rijen(verbinding: Connection, dossiers: Collection[str]) -> dict[str, set[Rij]]:
    """The derived rows of each of these dossiers, to hold a rebuild against."""
    gevonden: dict[str, set[Rij]] = defaultdict(set)
    for tabel in _AFGELEID:
        for rij in verbinding.execute(select(tabel).where(tabel.c.dossier.in_(dossiers))).mappings():
            gevonden[rij["dossier"]].add(_rij(rij))
    return gevonden


def als_rijen(rijen_: Afgeleid) -> set[Rij]:
    """Rows that are not in the database yet, comparable with those of ``rijen``."""
    alle_rijen = (
        *rijen_.gebeurtenissen,
        *rijen_.toewijzingen.values(),
        *rijen_.verzoeken.values(),
        *rijen_.vervallen.values(),
    )
    return {_rij(rij) for rij in alle_rijen}


def wis(verbinding: Connection, dossiers: Collection[str]) -> None:
    """Forget what was derived for these dossiers, and what was derived from their messages for another."""
    for tabel in _AFGELEID:
        verbinding.execute(delete(tabel).where(tabel.c.dossier.in_(dossiers)))
    van_hen = select(bericht.c.id).where(bericht.c.dossier.in_(dossiers))
    verbinding.execute(delete(gebeurtenis).where(gebeurtenis.c.bericht.in_(van_hen)))


def berichten_van(verbinding: Connection, dossiers: Collection[str]) -> dict[str, list[RowMapping]]:
    """The messages of which these dossiers are made, in order of arrival, with their bytes: the heenberichten that were
    approved, those whose receiver judges for itself, and the retourberichten of such a receiver."""
    zelf = bericht.c.beoordeling == "partij"
    telt = bericht.c.antwoord_op.is_(None) & (bericht.c.oordeel == "goedgekeurd")
    gevonden: dict[str, list[RowMapping]] = defaultdict(list)
    for rij in verbinding.execute(
        select(bericht).where(bericht.c.dossier.in_(dossiers), or_(telt, zelf)).order_by(bericht.c.volgnummer)
    ).mappings():
        gevonden[rij["dossier"]].append(rij)
    return gevonden


def heeft_eigen_oordeel(verbinding: Connection, dossier: str) -> bool:
    """Whether some message of this dossier was for its receiver to judge: what it decides stands, with or against the
    rules."""
    zelf = select(bericht.c.id).where(bericht.c.dossier == dossier, bericht.c.beoordeling == "partij").limit(1)
    return verbinding.execute(zelf).first() is not None


def alle(verbinding: Connection) -> list[str]:
    """The key of every dossier that has a message or a derived row."""
    bronnen = (select(tabel.c.dossier).where(tabel.c.dossier.is_not(None)) for tabel in (bericht, *_AFGELEID))
    return sorted(verbinding.execute(union(*bronnen)).scalars())


def vernietigd(verbinding: Connection) -> set[str]:
    """The dossiers of which a message cannot be read any more, for its key was destroyed."""
    if not verborgen.heeft_vernietigd():
        return set()
    vraag = select(bericht.c.dossier, zegelkop(bericht.c.inhoud).label("kop")).where(bericht.c.dossier.is_not(None))
    rijen_ = verbinding.execute(vraag.execution_options(yield_per=1000))
    return {rij.dossier for rij in rijen_ if verborgen.is_vernietigd(rij.kop)}


def _rij(rij: Mapping[Any, Any]) -> Rij:
    return frozenset((naam, tuple(waarde) if isinstance(waarde, list) else waarde) for naam, waarde in rij.items())
