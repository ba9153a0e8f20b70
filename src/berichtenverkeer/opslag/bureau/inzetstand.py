"""The stand of inzetten: the fold of their acts beside the toewijzing and the segmenten, kept up with what changes.

A change of an inzet has one number of the series, its place for who follows a list with a cursor. When it tells the partner
something, that is the number of the melding as well. Three things change an inzet: an act (``doe``), a toewijzing (``volg``) and
the list of segmenten (``volg``); ``herstel`` makes all of it again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from ...hoofdaannemer.handelen import Daad
from ...hoofdaannemer.inzet import Ingezet, Inzet
from ...hoofdaannemer.looptijd import Looptijd
from ...hoofdaannemer.overgangen import MELDINGEN, Zorgmeldingsoort
from ...hoofdaannemer.segment import Segmentlijst
from ...hoofdaannemer.toegewezen import Toegewezen
from .. import bulk, samen, teller
from ..dossiers.dossiers import sleutel
from ..samen import Rijen
from ..tabellen.berichten import bericht
from ..tabellen.bureau import inzet as i
from ..tabellen.bureau import inzet_gebeurtenis, inzetmelding
from . import inzetten
from .hoofdaannemers import segmentlijst


class Op(NamedTuple):
    """A toewijzing on which an inzet lies, and its dossier as text."""

    toegewezen: Toegewezen
    dossier: str


_PLAATS = ("hoofdaannemer", "dossier", "toewijzingnummer")


@dataclass(frozen=True, slots=True)
class _Wijziging:
    """A row as it is to stand, without its number; ``melding`` is what the partner is told of it."""

    rij: dict[str, Any]
    melding: Zorgmeldingsoort | None


def volg(verbinding: Connection, toewijzingen: Collection[str]) -> int:
    """Put the inzetten on these toewijzingen in the stand that these and the segmenten give, told to the partner where the period
    changed; how many were changed. The moment is that at which the toewijzing changed. Whoever calls has the numbers to itself."""
    if not toewijzingen:
        return 0
    return _volg(verbinding, inzetten.rijen_met_toewijzing(verbinding, i.c.toewijzing.in_(toewijzingen)), None)


def volg_dossiers(verbinding: Connection, dossiers: Collection[str]) -> int:
    """The same for all inzetten of these dossiers, of which a toewijzing may be no more."""
    if not dossiers:
        return 0
    teller.volgnummers(verbinding, 0)  # nobody passes on what is seen here
    rijen = inzetten.rijen_met_toewijzing(verbinding, i.c.dossier.in_(dossiers))
    return _volg(verbinding, rijen, None)


def volg_segmenten(verbinding: Connection, hoofdaannemer: str, op: datetime) -> int:
    """The same for all inzetten of a hoofdaannemer, of which the segmenten changed at this moment."""
    return _volg(verbinding, inzetten.rijen_met_toewijzing(verbinding, i.c.hoofdaannemer == hoofdaannemer), op)


def doe(
    verbinding: Connection,
    daden: Iterable[Daad],
    ingezet: Mapping[str, Ingezet],
    toegewezen: Mapping[str, Op],
    segmenten: Segmentlijst,
) -> None:
    """Write what these acts brought, each on inzetten of its own. ``ingezet`` has those that were there, with their acts;
    ``toegewezen`` every toewijzing they lie on. Whoever calls has the numbers to itself."""
    stappen = [stap for daad in daden for stap in daad.gebeurtenissen.items()]
    staan = inzetten.geef(verbinding, {id_ for id_, _ in stappen if id_ in ingezet})
    gebeurd: list[dict[str, Any]] = []
    wijzigingen: list[_Wijziging] = []
    for id_, gebeurtenis in stappen:
        if gebeurtenis.begin is not None:
            inzet = Inzet.vouw(id_, [gebeurtenis])
            na = Ingezet.van(inzet, toegewezen[inzet.toewijzing].toegewezen, segmenten)
        else:
            na = ingezet[id_].na(gebeurtenis)
        dossier = toegewezen[na.inzet.toewijzing].dossier
        rij = _inhoud(na, dossier)
        gebeurd.append(inzetten.rij_gebeurtenis(na.inzet, {naam: rij[naam] for naam in _PLAATS}))
        versie = staan[id_].versie if id_ in staan else 0
        sinds = {"versie": versie + 1, "gewijzigd_op": gebeurtenis.moment}
        wijzigingen.append(_Wijziging({**rij, **sinds}, MELDINGEN.get(gebeurtenis.soort)))
    inzetten.schrijf_gebeurtenissen(verbinding, gebeurd)
    _schrijf(verbinding, wijzigingen)


def herstel(verbinding: Connection, hoofdaannemer: str, *, schrijf: bool) -> int:
    """How many inzetten of a hoofdaannemer stood otherwise than their acts, toewijzingen and segmenten give; with ``schrijf`` they are
    put right, and then the caller has the numbers to itself."""
    nu = {rij["id"]: rij for rij in inzetten.rijen_met_toewijzing(verbinding, i.c.hoofdaannemer == hoofdaannemer)}
    anders = list(_anders(verbinding, hoofdaannemer, nu))
    te_veel = nu.keys() - _bekend(verbinding, hoofdaannemer)
    if schrijf:
        for deel in bulk.batched(sorted(te_veel), bulk.PER_VRAAG):
            verbinding.execute(i.delete().where(i.c.id.in_(deel)))
        _schrijf(verbinding, anders)
    return len(anders) + len(te_veel)


def hoofdaannemers(verbinding: Connection) -> list[str]:
    """The code of everyone who passes on."""
    return sorted(
        {*verbinding.execute(select(inzet_gebeurtenis.c.hoofdaannemer).distinct()).scalars()}
        | {*verbinding.execute(select(i.c.hoofdaannemer).distinct()).scalars()}
    )


def _anders(verbinding: Connection, hoofdaannemer: str, nu: Mapping[str, Mapping[str, Any]]) -> Iterator[_Wijziging]:
    """The rows that should stand otherwise."""
    g = inzet_gebeurtenis.c
    segmenten = segmentlijst(verbinding, hoofdaannemer)
    gevallen = inzetten.gebeurtenissen(verbinding, g.hoofdaannemer == hoofdaannemer)
    vraag = select(g.inzet, g.dossier, g.toewijzingnummer).where(g.hoofdaannemer == hoofdaannemer, g.nummer == 0)
    plaatsen = {rij.inzet: rij for rij in verbinding.execute(vraag)}
    toewijzingen = {
        (rij.id, rij.dossier): inzetten.toegewezen(rij) for rij in inzetten.toewijzingen(verbinding, hoofdaannemer)
    }
    for id_, alle in gevallen.items():
        inzet, plaats = Inzet.vouw(id_, alle), plaatsen[id_]
        toegewezen = toewijzingen.get((inzet.toewijzing, plaats.dossier))
        if toegewezen is None:
            toegewezen = _zonder_toewijzing(inzet, plaats.dossier, plaats.toewijzingnummer)
        inhoud = _inhoud(Ingezet.van(inzet, toegewezen, segmenten), plaats.dossier)
        staat = nu.get(id_)
        if staat is None:
            yield _Wijziging({**inhoud, "versie": len(alle), "gewijzigd_op": alle[-1].moment}, None)
        elif any(staat[naam] != waarde for naam, waarde in inhoud.items()):
            yield _Wijziging({**inhoud, "versie": staat["versie"] + 1, "gewijzigd_op": staat["gewijzigd_op"]}, None)


def _bekend(verbinding: Connection, hoofdaannemer: str) -> set[str]:
    g = inzet_gebeurtenis.c
    vraag = select(g.inzet).where(g.hoofdaannemer == hoofdaannemer, g.nummer == 0)
    return set(verbinding.execute(vraag).scalars())


def _zonder_toewijzing(inzet: Inzet, dossier: str, nummer: int) -> Toegewezen:
    los = sleutel(dossier)
    weg: dict[str, Any] = dict.fromkeys(("t_categorie", "t_code", "t_ingangsdatum", "t_einddatum", "t_verwijderd"))
    return inzetten.toegewezen_bij(
        {**weg, "toewijzing": inzet.toewijzing, "gemeente": los.gemeente, "domein": los.domein, "bsn": los.bsn, "van": inzet.van, "toewijzingnummer": nummer}
    )  # fmt: skip


def _volg(verbinding: Connection, rijen: Sequence[Mapping[str, Any]], op: datetime | None) -> int:
    lijsten: dict[str, Segmentlijst] = {}
    wijzigingen: list[_Wijziging] = []
    for rij in rijen:
        wie = rij["hoofdaannemer"]
        if wie not in lijsten:
            lijsten[wie] = segmentlijst(verbinding, wie)
        na = inzetten.van_rij(rij, lijsten[wie])
        oud = Looptijd(rij["effectief_van"], rij["effectief_tot"]) if rij["effectief_van"] else None
        if (na.effectief, na.segment) != (oud, rij["segment"]):
            sinds = {"versie": rij["versie"] + 1, "gewijzigd_op": op or _moment(verbinding, rij)}
            wijzigingen.append(_Wijziging({**_inhoud(na, rij["dossier"]), **sinds}, _melding(oud, na.effectief)))
    _schrijf(verbinding, wijzigingen)
    return len(wijzigingen)


def _melding(oud: Looptijd | None, nieuw: Looptijd | None) -> Zorgmeldingsoort | None:
    """What a partner is told when something else than an act changed the period: that it ends, or ends earlier; or that it is there
    with other days."""
    if oud == nieuw:
        return None
    if nieuw is None or (oud is not None and nieuw.laatste < oud.laatste):
        return Zorgmeldingsoort.UITZORG
    return Zorgmeldingsoort.INZORG


def _moment(verbinding: Connection, rij: Mapping[str, Any]) -> datetime:
    """When the toewijzing came to stand as it does; of one that is no more, when the last message of its dossier came in."""
    if rij["t_gewijzigd_op"] is not None:
        moment: datetime = rij["t_gewijzigd_op"]
        return moment
    laatste = (
        select(bericht.c.ontvangen_op).where(bericht.c.dossier == rij["dossier"]).order_by(bericht.c.volgnummer.desc())
    )
    gevonden: datetime | None = verbinding.execute(laatste.limit(1)).scalar()
    return gevonden or rij["gewijzigd_op"]


def _inhoud(een: Ingezet, dossier: str) -> dict[str, Any]:
    """The columns that follow from acts, toewijzing and segmenten."""
    inzet, toegewezen, effectief = een.inzet, een.toegewezen, een.effectief
    return {
        "id": inzet.id,
        "hoofdaannemer": sleutel(dossier).aanbieder,
        "toewijzing": inzet.toewijzing,
        "dossier": dossier,
        "domein": str(toegewezen.kenmerk.domein),
        "gemeente": toegewezen.kenmerk.gemeente,
        "bsn": toegewezen.bsn,
        "toewijzingnummer": toegewezen.kenmerk.toewijzingnummer,
        "partner": inzet.partner,
        "klasse": inzet.klasse,
        "van": inzet.van,
        "tot": inzet.tot,
        "aanname": str(inzet.aanname),
        "aangeboden_op": inzet.aangeboden_op,
        "overlap_bedoeld": inzet.overlap_bedoeld,
        "ingetrokken": inzet.ingetrokken,
        "segment": een.segment,
        "effectief_van": effectief.van if effectief else None,
        "effectief_tot": effectief.tot if effectief else None,
    }


def _schrijf(verbinding: Connection, wijzigingen: Sequence[_Wijziging]) -> None:
    """Give these changes their numbers and write them, with what the partner is told."""
    if not wijzigingen:
        return
    eerste = teller.volgnummers(verbinding, len(wijzigingen))
    rijen = [{**een.rij, "wijziging": eerste + nummer} for nummer, een in enumerate(wijzigingen)]
    meldingen = [
        {
            "volgnummer": rij["wijziging"],
            **{naam: rij[naam] for naam in ("partner", "hoofdaannemer")},
            "inzet": rij["id"],
            "soort": str(een.melding),
            "moment": rij["gewijzigd_op"],
        }
        for rij, een in zip(rijen, wijzigingen, strict=True)
        if een.melding is not None
    ]
    samen.schrijf(verbinding, [Rijen(i, rijen, "id"), Rijen(inzetmelding, meldingen)])
