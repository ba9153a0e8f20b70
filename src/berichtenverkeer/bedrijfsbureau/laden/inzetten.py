"""Inzetten from a file: each row is held against the rules as if it were asked for by itself, one after the other."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from ...hoofdaannemer.fouten import Geweigerd
from ...hoofdaannemer.handelen import Aanvraag, Daad, Wie, zet_in
from ...hoofdaannemer.inzet import Ingezet, Inzet
from ...hoofdaannemer.laden.lezen import Fout, Rij
from ...hoofdaannemer.toegewezen import Kenmerk
from ...opslag.bureau import inzetstand, inzetten
from ...opslag.bureau.inzetstand import Op
from ..bureau import Zitting
from .uitslag import Uitslag, fout, onbekende_partners, onbekende_toewijzing

_KOLOM = {"toewijzing": "toewijzingnummer"}
"""What a rule calls otherwise than the file does."""


class _Zelfde(NamedTuple):
    """By what a row that was loaded before is known."""

    toewijzing: str
    partner: str
    klasse: str
    van: date
    tot: date | None


def kenmerk(rij: Rij) -> Kenmerk:
    """The toewijzing that a row names."""
    waarden = rij.waarden
    return Kenmerk(waarden["gemeente"], waarden["domein"], waarden["toewijzingnummer"])


def toewijzingen(zitting: Zitting) -> dict[Kenmerk, Op]:
    """Every toewijzing of a hoofdaannemer by what people call it."""
    gevonden = inzetten.toewijzingen(zitting.verbinding, zitting.code)
    return {een.kenmerk: Op(een, rij.dossier) for rij in gevonden for een in (inzetten.toegewezen(rij),)}


def oordeel(zitting: Zitting, rijen: Sequence[Rij], nu: datetime) -> Uitslag:
    """Which inzetten these rows begin. One that is there, as it began or as it stands now, is passed over."""
    alle = toewijzingen(zitting)
    ids = {alle[kenmerk(rij)].toegewezen.id for rij in rijen if kenmerk(rij) in alle}
    anderen = inzetten.op_toewijzingen(zitting.verbinding, zitting.segmenten, zitting.code, ids)
    hoeveel = Counter(inzetten.hoeveel_op(zitting.verbinding, ids))
    bekend = _bekend(zitting, [een for op in anderen.values() for een in op])
    wie = Wie(zitting.code, nu)
    daden: list[Daad] = []
    fouten: list[Fout] = []
    gelijk = 0
    for rij in rijen:
        op = alle.get(kenmerk(rij))
        if op is None:
            fouten += (onbekende_toewijzing(rij), *onbekende_partners(zitting, [rij]))
            continue
        aanvraag = Aanvraag(*(rij.waarden[naam] for naam in ("partner", "klasse", "van", "tot")))
        id_ = op.toegewezen.id
        if _Zelfde(id_, aanvraag.partner, aanvraag.klasse, aanvraag.van, aanvraag.tot) in bekend:
            gelijk += 1
            continue
        try:
            daad = zet_in(
                inzetten.inzet_id(id_, hoeveel[id_]), aanvraag, op.toegewezen, anderen[id_], zitting.afspraken, wie
            )
        except Geweigerd as geweigerd:
            fouten += (fout(rij, _KOLOM.get(b.veld, b.veld), b.melding, b.advies) for b in geweigerd.bezwaren)
            continue
        hoeveel[id_] += 1
        anderen[id_].append(_nieuw(daad, op, zitting))
        daden.append(daad)
    op_id = {op.toegewezen.id: op for op in alle.values()}

    def schrijf(z: Zitting) -> None:
        inzetstand.doe(z.verbinding, daden, {}, op_id, z.segmenten)

    return Uitslag(len(daden), 0, gelijk, fouten, schrijf)


def _nieuw(daad: Daad, op: Op, zitting: Zitting) -> Ingezet:
    [(id_, gebeurtenis)] = daad.gebeurtenissen.items()
    return Ingezet.van(Inzet.vouw(id_, [gebeurtenis]), op.toegewezen, zitting.segmenten)


def _bekend(zitting: Zitting, ingezet: Sequence[Ingezet]) -> set[_Zelfde]:
    eerste = inzetten.eerste_gebeurtenissen(zitting.verbinding, [een.inzet.id for een in ingezet])
    uit: set[_Zelfde] = set()
    for een in ingezet:
        begin = eerste[een.inzet.id].begin
        for wat in (een.inzet, begin):
            if wat is not None:
                uit.add(_Zelfde(wat.toewijzing, wat.partner, wat.klasse, wat.van, wat.tot))
    return uit
