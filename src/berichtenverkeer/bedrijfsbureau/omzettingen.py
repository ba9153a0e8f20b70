"""Product conversion at the back-office: what gemeenten ended and began, and the inzetten carried over in one act; and the same of what goes on
under another gemeente after a merger.

What was ended and what goes on is derived from the messages each time it is asked; only the acts on inzetten are kept.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from ..hoofdaannemer.fouten import Bezwaar, Geweigerd
from ..hoofdaannemer.handelen import Daad, Wie
from ..hoofdaannemer.inzet import Ingezet
from ..hoofdaannemer.keuzes import Deelmaand
from ..hoofdaannemer.omzetting import (
    GEEN_OMZETTING,
    Beeindigd,
    Begonnen,
    Omzetting,
    Opgegaan,
    Zonder,
    begonnen_door,
    client_van,
    omzettingen,
    over_te_zetten,
    overgezet,
    volgt_op,
    zet_om,
)
from ..hoofdaannemer.toegewezen import Toegewezen
from ..levensloop.dossier import Dossier
from ..levensloop.inkorting import Inkorting, inkorting
from ..opslag.bulk import PER_VRAAG, batched
from ..opslag.bureau import inzetstand, inzetten
from ..opslag.bureau.inzetstand import Op
from ..opslag.database import momentopname
from ..opslag.dossiers import dossiers
from ..opslag.partijen.gemeenten import indeling
from .bureau import Bedrijfsbureau, Zitting, handelend


@dataclass(frozen=True, slots=True)
class Welke:
    """Which conversions: from what day on something else goes on, of which gemeente, of which segment (that of the old one)."""

    per: date | None = None
    gemeente: str | None = None
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class Omgezet:
    """A conversion as it stands: how far its deliveries are, with the last day that was delivered on the old one;
    ``dossier_nieuw`` is that of what goes on, another after a merger of gemeenten; ``open`` are the inzetten
    still to be carried over, ``over`` those that were, with what goes on."""

    omzetting: Omzetting
    dossier: str
    dossier_nieuw: str | None
    levering_oud: str
    geleverd_tot: date | None
    levering_nieuw: str | None
    open: tuple[Ingezet, ...]
    over: tuple[tuple[Ingezet, str], ...]


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What becomes of one inzet: ``naar`` is what goes on, None when it cannot be carried over, and then ``bezwaren`` say why."""

    omzetting: Omzetting
    ingezet: Ingezet
    klasse: str
    naar: str | None
    eerder: bool
    bezwaren: tuple[Bezwaar, ...] = ()
    let_op: tuple[str, ...] = ()


def zoek(bureau: Bedrijfsbureau, welke: Welke) -> list[Omgezet]:
    """The conversions, by day, gemeente and number."""
    with momentopname(bureau.engine) as verbinding:
        return gevonden(Zitting(verbinding, bureau.code), welke)


def zet_over(
    bureau: Bedrijfsbureau, welke: Welke, klassen: Mapping[str, str], nu: datetime, *, proef: bool
) -> list[Uitkomst]:
    """Carry over every inzet that can be, in one transaction, and tell of the others why not; with ``proef`` only say so. What was carried
    over before is left as it is."""
    wie = Wie(bureau.code, nu, "productconversie")
    if proef:
        with momentopname(bureau.engine) as verbinding:
            zitting = Zitting(verbinding, bureau.code)
            return _Overzetting(zitting, gevonden(zitting, welke), klassen, wie).uitkomsten
    with handelend(bureau.engine, bureau.code) as zitting:
        overzetting = _Overzetting(zitting, gevonden(zitting, welke), klassen, wie)
        overzetting.schrijf()
        return overzetting.uitkomsten


def gevonden(zitting: Zitting, welke: Welke) -> list[Omgezet]:
    """The same as ``zoek``, of a connection."""
    opgegaan = {
        code: een.opgegaan_in for code, een in indeling(zitting.verbinding).gemeenten.items() if een.opgegaan_in
    }
    gemeenten = {welke.gemeente, *opgegaan.get(welke.gemeente, ())} if welke.gemeente is not None else ()
    rijen = inzetten.om_de_dag(zitting.verbinding, zitting.code, welke.per, gemeenten)
    alle = omzettingen(*_kanten(zitting, rijen, opgegaan), opgegaan)
    if welke.gemeente is not None:
        alle = [een for een in alle if een.oud.toegewezen.kenmerk.gemeente == welke.gemeente]
    if welke.segment is not None:
        alle = [een for een in alle if een.oud.segment == welke.segment]
    op_id = {rij.id: rij for rij in rijen}
    ingezet = inzetten.op_toewijzingen_met_daden(
        zitting.verbinding, zitting.segmenten, zitting.code, [een.oud.toegewezen.id for een in alle]
    )
    return [_stand(een, op_id, ingezet[een.oud.toegewezen.id]) for een in alle]


def _stand(omzetting: Omzetting, rijen: Mapping[str, Any], ingezet: Collection[Ingezet]) -> Omgezet:
    oud, nieuw = omzetting.oud, omzetting.nieuw
    rij = rijen[oud.toegewezen.id]
    naar = ((een, overgezet(een.inzet.gebeurtenissen)) for een in ingezet)
    return Omgezet(
        omzetting,
        rij.dossier,
        rijen[nieuw.toegewezen.id].dossier if nieuw is not None else None,
        rij.levering,
        rij.geleverd_tot,
        rijen[nieuw.toegewezen.id].levering if nieuw is not None else None,
        tuple(een for een in ingezet if over_te_zetten(een, oud.per)),
        tuple((een, id_) for een, id_ in naar if id_ is not None),
    )


def _kanten(zitting: Zitting, rijen: list[Any], opgegaan: Opgegaan) -> tuple[list[Beeindigd], list[Begonnen]]:
    """What was ended by a conversion or a merger, and what goes on: first where something goes on the day after, then what was ended
    with it."""
    per_client: dict[tuple[str, str], list[tuple[Any, Toegewezen]]] = defaultdict(list)
    for rij in rijen:
        toegewezen = inzetten.toegewezen(rij)
        per_client[client_van(toegewezen)].append((rij, toegewezen))
    kandidaten = {
        rij.id: (rij, oud)
        for bij_elkaar in per_client.values()
        for rij, oud in bij_elkaar
        if not oud.verwijderd and any(volgt_op(oud, nieuw, opgegaan) for _, nieuw in bij_elkaar)
    }
    beeindigd = list(_beeindigd(zitting, kandidaten.values()))
    soorten = {_soort(een) for een in beeindigd}
    dagen = {(gemeente, einde, code) for gemeente, einde, code, _ in soorten}
    mee = [
        (rij, oud)
        for bij_elkaar in per_client.values()
        for rij, oud in bij_elkaar
        if rij.id not in kandidaten and not oud.verwijderd and (oud.kenmerk.gemeente, oud.einddatum, oud.code) in dagen
    ]
    beeindigd += (een for een in _beeindigd(zitting, mee) if _soort(een) in soorten)
    vaak = {een.toegewezen.id for een in beeindigd}
    begonnen = [
        Begonnen(nieuw, nieuw.segment(zitting.segmenten), _omvang(rij))
        for bij_elkaar in per_client.values()
        for rij, nieuw in bij_elkaar
        if any(oud.id in vaak and volgt_op(oud, nieuw, opgegaan) for _, oud in bij_elkaar)
    ]
    return beeindigd, begonnen


def _soort(een: Beeindigd) -> tuple[str, date | None, str | None, str]:
    """What is ended in one conversion has these in common."""
    return een.toegewezen.kenmerk.gemeente, een.toegewezen.einddatum, een.toegewezen.code, een.reden


def _beeindigd(zitting: Zitting, rijen: Collection[tuple[Any, Toegewezen]]) -> Iterator[Beeindigd]:
    """Of these rows those that their gemeente ended earlier, with a reason that a conversion may have."""
    ingekort = _inkortingen(zitting.verbinding, {rij.dossier for rij, _ in rijen})
    for rij, oud in rijen:
        wat = ingekort.get((rij.dossier, oud.kenmerk.toewijzingnummer))
        if wat is not None and wat.reden is not None and wat.reden not in GEEN_OMZETTING:
            yield Beeindigd(
                oud, oud.segment(zitting.segmenten), _omvang(rij), wat.reden, wat.einddatum, wat.eerder is not None
            )


def _inkortingen(verbinding: Connection, sleutels: Collection[str]) -> dict[tuple[str, int], Inkorting]:
    uit: dict[tuple[str, int], Inkorting] = {}
    for deel in batched(sorted(sleutels), PER_VRAAG):
        for sleutel, gevallen in dossiers.laad(verbinding, [dossiers.sleutel(tekst) for tekst in deel]).items():
            for nummer, toewijzing in Dossier.van(gevallen).toewijzingen.items():
                if (wat := inkorting(toewijzing)) is not None:
                    uit[dossiers.tekst(sleutel), nummer] = wat
    return uit


def _omvang(rij: Any) -> tuple[object, ...]:
    return rij.volume, rij.eenheid, rij.frequentie, rij.budget


class _Overzetting:
    """What carrying over comes to, inzet by inzet: each is held against those before it."""

    def __init__(self, zitting: Zitting, alle: list[Omgezet], klassen: Mapping[str, str], wie: Wie) -> None:
        self._zitting, self._klassen, self._wie = zitting, klassen, wie
        nieuwe = {een.omzetting.nieuw.toegewezen.id for een in alle if een.omzetting.nieuw is not None}
        self._anderen = inzetten.op_toewijzingen(zitting.verbinding, zitting.segmenten, zitting.code, nieuwe)
        self._hoeveel = Counter(inzetten.hoeveel_op(zitting.verbinding, nieuwe))
        self._daden: list[Daad] = []
        self._ingezet: dict[str, Ingezet] = {}
        self._op: dict[str, Op] = {}
        self.uitkomsten = [uitkomst for een in alle for uitkomst in self._van(een)]

    def schrijf(self) -> None:
        """Write what can be carried over."""
        inzetstand.doe(self._zitting.verbinding, self._daden, self._ingezet, self._op, self._zitting.segmenten)

    def _van(self, omgezet: Omgezet) -> Iterator[Uitkomst]:
        omzetting = omgezet.omzetting
        for een, naar in omgezet.over:
            yield Uitkomst(omzetting, een, een.inzet.klasse, naar, eerder=True)
        for een in sorted(omgezet.open, key=lambda een: (een.inzet.van, een.inzet.id)):
            yield self._zet(omgezet, een)

    def _zet(self, omgezet: Omgezet, een: Ingezet) -> Uitkomst:
        omzetting, z = omgezet.omzetting, self._zitting
        klasse = self._klassen.get(een.inzet.klasse, een.inzet.klasse)
        if omzetting.nieuw is None:
            return Uitkomst(omzetting, een, klasse, None, False, (_ZONDER[omzetting.zonder],))
        nieuw = omzetting.nieuw.toegewezen
        id_ = inzetten.inzet_id(nieuw.id, self._hoeveel[nieuw.id])
        try:
            daad = zet_om(een, id_, nieuw, self._anderen[nieuw.id], z.afspraken, self._wie, self._klassen)
        except Geweigerd as fout:
            return Uitkomst(omzetting, een, klasse, None, False, fout.bezwaren)
        self._hoeveel[nieuw.id] += 1
        self._anderen[nieuw.id].append(begonnen_door(daad, nieuw, z.afspraken))
        self._daden.append(daad)
        self._ingezet[een.inzet.id] = een
        self._op[een.toegewezen.id] = Op(een.toegewezen, omgezet.dossier)
        assert omgezet.dossier_nieuw is not None  # there is a new one
        self._op[nieuw.id] = Op(nieuw, omgezet.dossier_nieuw)
        return Uitkomst(omzetting, een, klasse, id_, False, let_op=(*daad.let_op, *self._maand(omzetting)))

    def _maand(self, omzetting: Omzetting) -> Iterator[str]:
        per = omzetting.oud.per
        if self._zitting.keuzes.deelmaand is Deelmaand.HELE_MAAND and per.day > 1:
            yield (
                f"Met deelmaand hele-maand telt de maand van {per} voor beide toewijzingen; stem met de partner af dat hij haar één keer "
                "factureert."
            )


_ZONDER: Mapping[Zonder | None, Bezwaar] = {
    Zonder.GEEN_OPVOLGER: Bezwaar(
        "toewijzing",
        "De gemeente beëindigde deze toewijzing, en er is geen die de dag erna begint.",
        "Vraag de gemeente om de nieuwe toewijzing, of beëindig de inzet.",
    ),
    Zonder.NIET_EENDUIDIG: Bezwaar(
        "toewijzing",
        "Er begint meer dan één toewijzing, en welke hier verdergaat staat nergens.",
        "Zet de partner zelf in op de juiste ('inzet plaats'), en beëindig de oude inzet.",
    ),
}
