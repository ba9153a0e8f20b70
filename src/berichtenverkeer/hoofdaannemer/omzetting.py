"""Product conversion as a hoofdaannemer sees it: which toewijzing a gemeente ended and which goes on in its place, and an inzet carried over
(contract, Inzet, rules 1 to 4).

A gemeente ends a toewijzing on a day with a RedenWijziging of its own, and begins another for the same client on the day after, on another
product, with the Einddatum and the Omvang that the old one had. Which of more goes on for which is not said in a message: it is found by
what is the same, and where that leaves a choice, nothing is chosen.

A gemeente that went on as a part of another does the same: what it ended goes on under the code of the other, on the same product.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from ..levensloop.kalender import plus_dagen
from ..levensloop.toewijzing import CORRECTIE, VERWIJDERD
from .handelen import Aanvraag, Afspraken, Daad, Wie, zet_in
from .inzet import Begin, Gebeurtenis, Ingezet, Inzet
from .overgangen import Soort
from .toegewezen import Toegewezen

GEEN_OMZETTING = frozenset({VERWIJDERD, CORRECTIE, "01", "04", "12"})
"""The RedenWijzigingen with which no conversion ends a toewijzing: it was taken back or corrected, lengthened, or changed at the request of
the aanbieder."""


@dataclass(frozen=True, slots=True)
class Begonnen:
    """A toewijzing with its segment and what it assigns: Omvang and Budget."""

    toegewezen: Toegewezen
    segment: str | None
    omvang: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Beeindigd(Begonnen):
    """One that the gemeente ended earlier, with this RedenWijziging. ``eerder`` is the Einddatum it had, when ``bekend``."""

    reden: str
    eerder: date | None
    bekend: bool

    @property
    def per(self) -> date:
        """The first day on which another may go on in its place."""
        assert self.toegewezen.einddatum is not None
        return plus_dagen(self.toegewezen.einddatum, 1)


class Zonder(StrEnum):
    """Why a toewijzing that was ended has none that goes on in its place."""

    GEEN_OPVOLGER = "geen-opvolger"
    NIET_EENDUIDIG = "niet-eenduidig"


@dataclass(frozen=True, slots=True)
class Omzetting:
    """A toewijzing that was ended, and the one that goes on in its place; or why there is none."""

    oud: Beeindigd
    nieuw: Begonnen | None
    zonder: Zonder | None = None


Opgegaan = Mapping[str, Collection[str]]
"""By gemeentecode the codes of what a gemeente became a part of."""

NIETS: Opgegaan = MappingProxyType({})

_Plek = tuple[tuple[str, str], date]
"""Of one client, and the day on which something may go on."""


def volgt_op(oud: Toegewezen, nieuw: Toegewezen, opgegaan: Opgegaan = NIETS) -> bool:
    """Whether the one may go on where the other ended: of the same client, from the day after, on another product of the same gemeente, or
    on the same product of a gemeente that it became a part of."""
    if (
        oud.einddatum is None
        or nieuw.verwijderd
        or nieuw.ingangsdatum != plus_dagen(oud.einddatum, 1)
        or (oud.bsn, oud.kenmerk.domein) != (nieuw.bsn, nieuw.kenmerk.domein)
    ):
        return False
    zelfde = (oud.categorie, oud.code) == (nieuw.categorie, nieuw.code)
    if oud.kenmerk.gemeente == nieuw.kenmerk.gemeente:
        return not zelfde
    return zelfde and nieuw.kenmerk.gemeente in opgegaan.get(oud.kenmerk.gemeente, ())


def omzettingen(
    beeindigd: Iterable[Beeindigd], begonnen: Iterable[Begonnen], opgegaan: Opgegaan = NIETS
) -> list[Omzetting]:
    """Each that was ended with what goes on in its place, by day, gemeente and number."""
    nieuwe: dict[_Plek, list[Begonnen]] = defaultdict(list)
    for een in begonnen:
        nieuwe[client_van(een.toegewezen), een.toegewezen.ingangsdatum].append(een)
    oude: dict[_Plek, list[Beeindigd]] = defaultdict(list)
    for oud in beeindigd:
        oude[client_van(oud.toegewezen), oud.per].append(oud)
    uit = [omzetting for plek, groep in oude.items() for omzetting in _per_gemeente(groep, nieuwe[plek], opgegaan)]
    return sorted(uit, key=lambda een: (een.oud.per, een.oud.toegewezen.kenmerk))


def client_van(toegewezen: Toegewezen) -> tuple[str, str]:
    """Whose it is, under which law: of whatever gemeente."""
    return toegewezen.bsn, str(toegewezen.kenmerk.domein)


def _per_gemeente(oude: Sequence[Beeindigd], nieuwe: Sequence[Begonnen], opgegaan: Opgegaan) -> Iterator[Omzetting]:
    """The pairs of one client and day: what a gemeente ended goes on in that gemeente, or in one that it became a part of."""
    vergeven: set[str] = set()
    for gemeente in sorted({een.toegewezen.kenmerk.gemeente for een in oude}):
        mag = {gemeente, *opgegaan.get(gemeente, ())}
        groep = [een for een in oude if een.toegewezen.kenmerk.gemeente == gemeente]
        vrij = [een for een in nieuwe if een.toegewezen.kenmerk.gemeente in mag and een.toegewezen.id not in vergeven]
        for omzetting in _bij_elkaar(groep, vrij, opgegaan):
            if omzetting.nieuw is not None:
                vergeven.add(omzetting.nieuw.toegewezen.id)
            yield omzetting


_Sleutel = Callable[[Begonnen], Hashable]


def _einde(een: Begonnen) -> Hashable:
    return een.eerder if isinstance(een, Beeindigd) else een.toegewezen.einddatum


def _product(een: Begonnen) -> Hashable:
    return een.toegewezen.categorie, een.toegewezen.code


_HETZELFDE: Sequence[_Sleutel] = (
    lambda een: (_einde(een), een.omvang, een.segment),
    lambda een: (_einde(een), een.omvang),
    lambda een: (_einde(een), een.segment),
    lambda een: (_einde(een), een.toegewezen.categorie),
    lambda een: (een.omvang, een.segment),
    lambda een: een.segment,
    lambda een: een.toegewezen.categorie,
)
"""What the old and the new one may have in common, the most telling first."""


def _bij_elkaar(oude: list[Beeindigd], nieuwe: list[Begonnen], opgegaan: Opgegaan) -> Iterator[Omzetting]:
    """The pairs of one client and day."""
    over, vrij = sorted(oude, key=_nummer), sorted(nieuwe, key=_nummer)
    for sleutel in _HETZELFDE:
        for paar in list(_paren(over, vrij, sleutel, opgegaan)):
            yield Omzetting(*paar)
            over.remove(paar[0])
            vrij.remove(paar[1])
    for oud in over:
        kan = any(volgt_op(oud.toegewezen, een.toegewezen, opgegaan) for een in vrij)
        yield Omzetting(oud, None, Zonder.NIET_EENDUIDIG if kan else Zonder.GEEN_OPVOLGER)


def _paren(
    oude: list[Beeindigd], nieuwe: list[Begonnen], sleutel: _Sleutel, opgegaan: Opgegaan
) -> Iterator[tuple[Beeindigd, Begonnen]]:
    """Those that are the same by this key, where it leaves no choice: one of each, or as many of both and the new ones alike."""
    per_sleutel: dict[Hashable, list[Begonnen]] = defaultdict(list)
    for een in nieuwe:
        per_sleutel[sleutel(een)].append(een)
    groepen: dict[Hashable, list[Beeindigd]] = defaultdict(list)
    for oud in oude:
        groepen[sleutel(oud)].append(oud)
    for waarde, groep in groepen.items():
        bij = per_sleutel.get(waarde, [])
        gelijk = len({(_product(een), _einde(een), een.omvang) for een in bij}) == 1
        if len(bij) == len(groep) and gelijk:
            yield from (
                paar
                for paar in zip(groep, bij, strict=True)
                if volgt_op(paar[0].toegewezen, paar[1].toegewezen, opgegaan)
            )


def _nummer(een: Begonnen) -> int:
    return een.toegewezen.kenmerk.toewijzingnummer


def over_te_zetten(ingezet: Ingezet, per: date) -> bool:
    """Whether an inzet on a toewijzing that was ended still has days from ``per`` on, so that it is to go on elsewhere."""
    eigen = ingezet.inzet.eigen if ingezet.inzet.telt else None
    return eigen is not None and eigen.laatste >= per


def overgezet(gebeurtenissen: Sequence[Gebeurtenis]) -> str | None:
    """The inzet that goes on in the place of the one with these acts; None when it was not carried over."""
    laatste = gebeurtenissen[-1]
    return laatste.naar if laatste.soort is Soort.OMZETTING_GEEINDIGD else None


def zet_om(
    ingezet: Ingezet,
    id_: str,
    nieuw: Toegewezen,
    ander: Iterable[Ingezet],
    afspraken: Afspraken,
    wie: Wie,
    klassen: Mapping[str, str],
) -> Daad:
    """Carry an inzet over to the toewijzing that goes on: at the same partner, with the same tot and its answer, in the same klasse unless
    ``klassen`` names another for it. ``ander`` are the inzetten on the new toewijzing.

    Raises ``Geweigerd`` with everything that is wrong, as a new inzet would be refused.
    """
    inzet = ingezet.inzet
    van = max(inzet.van, nieuw.ingangsdatum)
    klasse = klassen.get(inzet.klasse, inzet.klasse)
    einden = [dag for dag in (inzet.tot, nieuw.einddatum) if dag is not None]
    tot = None if inzet.tot is None else min(einden)
    aanvraag = Aanvraag(inzet.partner, klasse, van, tot, inzet.overlap_bedoeld)
    gevraagd = zet_in(id_, aanvraag, nieuw, ander, afspraken, wie)
    begin = Begin(
        nieuw.id, inzet.partner, klasse, van, inzet.tot, inzet.aanname, inzet.aangeboden_op, inzet.overlap_bedoeld, inzet.id
    )  # fmt: skip
    geeindigd = Gebeurtenis(wie.moment, Soort.OMZETTING_GEEINDIGD, wie.code, wie.waarom, None, van, id_)
    begonnen = replace(gevraagd.gebeurtenissen[id_], soort=Soort.OMZETTING_BEGONNEN, begin=begin)
    return Daad({inzet.id: geeindigd, id_: begonnen}, id_, gevraagd.let_op)


def begonnen_door(daad: Daad, nieuw: Toegewezen, afspraken: Afspraken) -> Ingezet:
    """The inzet that an act like ``zet_om`` begins, beside its toewijzing."""
    assert daad.nieuw is not None
    return Ingezet.van(Inzet.vouw(daad.nieuw, [daad.gebeurtenissen[daad.nieuw]]), nieuw, afspraken.segmenten)
