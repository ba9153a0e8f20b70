"""One inzet: the fold of what happened to it, and what that comes to beside its toewijzing (contract, Inzet)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from ..levensloop.kalender import Kalender, plus_dagen
from ..levensloop.overgangen import OnmogelijkeOvergang
from .keuzes import Keuzes
from .looptijd import Looptijd, looptijd, zonder
from .overgangen import AANNAME, BEGIN, EINDE, Inzetaanname, Inzettoestand, Soort
from .segment import Segmentlijst
from .toegewezen import Toegewezen


@dataclass(frozen=True, slots=True)
class Begin:
    """What an inzet begins with. ``aangeboden_op`` is when the partner was first asked; a change of klasse keeps it, and
    the answer. ``uit`` is the inzet it goes on from, for an overdracht or a change of klasse."""

    toewijzing: str
    partner: str
    klasse: str
    van: date
    tot: date | None
    aanname: Inzetaanname
    aangeboden_op: datetime
    overlap_bedoeld: bool = False
    uit: str | None = None


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """One act: who did it, when and why. One of ``BEGIN`` has ``begin``; one of ``EINDE`` has ``voor``, the first day that is
    no longer in it; an overdracht or change of klasse has ``naar``, the inzet that goes on."""

    moment: datetime
    soort: Soort
    wie: str
    waarom: str = ""
    begin: Begin | None = None
    voor: date | None = None
    naar: str | None = None


@dataclass(frozen=True, slots=True)
class Inzet:
    """A toewijzing, or a period of it, passed on to one partner in one klasse: the fold of its ``gebeurtenissen``.

    ``van`` and ``tot`` are those of the inzet itself; ``tot`` lies a day before ``van`` when nothing was left of it.
    """

    id: str
    toewijzing: str
    partner: str
    klasse: str
    van: date
    tot: date | None
    aanname: Inzetaanname
    aangeboden_op: datetime
    overlap_bedoeld: bool
    ingetrokken: bool
    gebeurtenissen: tuple[Gebeurtenis, ...]

    @classmethod
    def vouw(cls, id_: str, gebeurtenissen: Iterable[Gebeurtenis]) -> "Inzet":
        """The inzet after these acts, in this order. Raises ``OnmogelijkeOvergang`` when the first does not begin it."""
        eerste, *rest = gebeurtenissen
        begin = eerste.begin
        if begin is None or eerste.soort not in BEGIN:
            raise OnmogelijkeOvergang(f"{eerste.soort}: zo begint een inzet niet")
        inzet = cls(
            id_, begin.toewijzing, begin.partner, begin.klasse, begin.van, begin.tot, begin.aanname, begin.aangeboden_op,
            begin.overlap_bedoeld, False, (eerste,),
        )  # fmt: skip
        for gebeurtenis in rest:
            inzet = inzet.na(gebeurtenis)
        return inzet

    def na(self, gebeurtenis: Gebeurtenis) -> "Inzet":
        """The inzet after one more act. Raises ``OnmogelijkeOvergang`` for one that its life does not have."""
        soort, tot, ingetrokken, aanname = gebeurtenis.soort, self.tot, self.ingetrokken, self.aanname
        if soort in EINDE:
            assert gebeurtenis.voor is not None
            tot = plus_dagen(gebeurtenis.voor, -1)
        elif soort is Soort.INGETROKKEN:
            ingetrokken = True
        else:
            aanname = _antwoord(soort, aanname)
        verleden = (*self.gebeurtenissen, gebeurtenis)
        return replace(self, tot=tot, ingetrokken=ingetrokken, aanname=aanname, gebeurtenissen=verleden)

    @property
    def telt(self) -> bool:
        """Whether it was neither withdrawn nor refused: then it counts, in money too, and it may live again."""
        return not self.ingetrokken and self.aanname is not Inzetaanname.GEWEIGERD

    @property
    def eigen(self) -> Looptijd | None:
        """Its own period, whatever became of the toewijzing; None when nothing was left."""
        return looptijd(self.van, self.tot)

    def effectief(self, toegewezen: Toegewezen, segment: str | None) -> Looptijd | None:
        """The days it shares with its toewijzing as that stands (rule 1); None when it is vervallen: withdrawn, refused, its
        toewijzing removed or of no segment, or no day is left."""
        eigen, geldig = self.eigen, toegewezen.geldig
        if not self.telt or segment is None or eigen is None or geldig is None:
            return None
        return eigen.doorsnede(geldig)


def _antwoord(soort: Soort, aanname: Inzetaanname) -> Inzetaanname:
    for rij in AANNAME:
        if rij.gebeurtenis == soort and aanname in rij.van:
            return rij.naar[0]
    raise OnmogelijkeOvergang(f"{soort}: na {aanname}")


def toestand(effectief: Looptijd | None, dag: date) -> Inzettoestand:
    """The state on a day of an inzet with this effective period."""
    if effectief is None:
        return Inzettoestand.VERVALLEN
    if effectief.van > dag:
        return Inzettoestand.GEPLAND
    return Inzettoestand.LOPEND if dag <= effectief.laatste else Inzettoestand.BEEINDIGD


@dataclass(frozen=True, slots=True)
class Ingezet:
    """An inzet with its toewijzing as that stands, and what these come to."""

    inzet: Inzet
    toegewezen: Toegewezen
    segment: str | None
    effectief: Looptijd | None

    @classmethod
    def van(cls, inzet: Inzet, toegewezen: Toegewezen, segmenten: Segmentlijst) -> "Ingezet":
        """An inzet beside its toewijzing."""
        segment = toegewezen.segment(segmenten)
        return cls(inzet, toegewezen, segment, inzet.effectief(toegewezen, segment))

    def na(self, gebeurtenis: Gebeurtenis) -> "Ingezet":
        """The same after one more act."""
        inzet = self.inzet.na(gebeurtenis)
        return replace(self, inzet=inzet, effectief=inzet.effectief(self.toegewezen, self.segment))

    def aanname_voor(self, keuzes: Keuzes, kalender: Kalender) -> date | None:
        """The last day on which the partner should answer; None when it has, or when the inzet is vervallen."""
        if self.inzet.aanname is not Inzetaanname.AANGEBODEN or self.effectief is None:
            return None
        return kalender.werkdagen_na(self.inzet.aangeboden_op.date(), keuzes.dagen("aanname-termijn"))

    def toestand(self, dag: date) -> Inzettoestand:
        """The state on this day."""
        return toestand(self.effectief, dag)


def gaten(ingezet: Iterable[Ingezet]) -> tuple[Looptijd, ...]:
    """The days between the inzetten of one toewijzing that none of them has (rule 2: told, not refused)."""
    perioden = [een.effectief for een in ingezet if een.effectief is not None]
    if not perioden:
        return ()
    geheel = Looptijd(min(een.van for een in perioden), max(een.laatste for een in perioden))
    return zonder(geheel, perioden)


def niet_bezet(geheel: Looptijd, ingezet: Iterable[Ingezet]) -> tuple[Looptijd, ...]:
    """The days of a period that none of these inzetten has, before the first and after the last too, in order."""
    return zonder(geheel, (een.effectief for een in ingezet if een.effectief is not None))
