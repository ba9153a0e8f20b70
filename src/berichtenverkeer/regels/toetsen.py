"""Running the rules: which apply to which class of which message, and all of a level together.

Every rule of a level runs and every finding comes out; none hides another. That a finding on one level keeps the next
from being run is decided in ``oordeel.oordeel``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from ..levensloop.gebeurtenis import volgorde
from ..levensloop.levering import Sleutel, toewijzingssleutel
from ..standaard.berichten import Bericht
from ..standaard.berichten.onderdeel import Berichtklasse, Onderdeel
from ..standaard.berichten.start import StartProduct
from ..standaard.berichten.stop import StopProduct
from ..standaard.berichtsoort import Berichtsoort
from ..standaard.fouten import MAX_FOUTEN
from ..standaard.lezen import Gelezen
from ..standaard.release import release
from ..standaard.vorm import Vorm, plaatsen, vorm
from .bevinding import Bevinding, Ernst, Niveau, Overtreding, genoemd
from .catalogus import regels_van
from .getoond import getoond
from .ingang import in_de_tijd
from .kennis import Context, Kennis
from .regel import Regel, Regelfunctie
from .toegelicht import toegelicht

Treffer = tuple[Regel, Overtreding]
"""A rule and what it found."""

_PerDeel = dict[int, list[Treffer]]
"""What was found, by the ``id`` of the class at fault."""

RegelsPerKlasse = dict[type[Onderdeel], tuple[tuple[Regel, Regelfunctie], ...]]
"""The rules that look at a class, each with its function at hand."""


def toets_bericht(bericht: Bericht, soort: Berichtsoort, data: bytes = b"") -> list[Treffer]:
    """What the rules inside one message find (level 2). ``data`` is what it was read from, without which OP192 is silent."""
    context = Context(soort, bericht, data=data)
    return toets_delen(_onderdelen(bericht, _takken(soort, True)), regels_per_klasse(soort, True), context)


def fouten(treffers: Iterable[Treffer]) -> list[Treffer]:
    """What of this refuses."""
    return [treffer for treffer in treffers if treffer[0].ernst is Ernst.FOUT]


def toets_kennis(bericht: Bericht, kennis: Kennis) -> list[Treffer]:
    """What the rules across messages and against outside sources find (levels 3 and 4).

    The starts or stops of one levering are judged one after the other, each against the dossier with the sound ones
    before it.
    """
    regels = regels_per_klasse(kennis.soort, False)
    leveringen: dict[Sleutel, list[StartProduct | StopProduct]] = {}
    andere: list[Onderdeel] = []
    for deel in _onderdelen(bericht, _takken(kennis.soort, False)):
        if isinstance(deel, (StartProduct, StopProduct)):
            leveringen.setdefault(toewijzingssleutel(deel), []).append(deel)
        else:
            andere.append(deel)
    treffers = toets_delen(andere, regels, kennis)
    for sleutel, producten in leveringen.items():
        eigen = replace(kennis, dossier=kennis.dossier.alleen(sleutel)) if len(producten) > 1 else kennis
        for product in volgorde(producten):
            gevonden = toets_delen((product,), regels, eigen)
            treffers += gevonden
            if eigen is not kennis and not fouten(gevonden):
                eigen = replace(eigen, dossier=eigen.dossier.met_levering(product))
    return treffers


def bevindingen(gelezen: Gelezen, treffers: Sequence[Treffer]) -> list[Bevinding]:
    """The findings with their place in the document, in document order: as they are told and kept (``genoemd``). Where they are too
    many the signalen come after, so that they take no place from what refuses."""
    te_veel = len(treffers) > MAX_FOUTEN
    per_ernst: dict[Ernst, _PerDeel] = {ernst: defaultdict(list) for ernst in (Ernst.FOUT, Ernst.SIGNAAL)}
    for treffer in treffers:
        per_ernst[treffer[0].ernst if te_veel else Ernst.FOUT][id(treffer[1].deel)].append(treffer)
    return [
        bevinding
        for per_deel in per_ernst.values()
        for aantal in [sum(map(len, per_deel.values()))]
        for bevinding in genoemd(_bevindingen(gelezen, per_deel, MAX_FOUTEN), aantal)
    ]


def alle_bevindingen(gelezen: Gelezen, treffers: Sequence[Treffer]) -> list[Bevinding]:
    """The same without a bound, for who goes on working with them."""
    per_deel: _PerDeel = defaultdict(list)
    for treffer in treffers:
        per_deel[id(treffer[1].deel)].append(treffer)
    return _bevindingen(gelezen, per_deel, len(treffers))


def _bevindingen(gelezen: Gelezen, per_deel: _PerDeel, hoogstens: int) -> list[Bevinding]:
    geplaatst = [
        (treffer, pad, f"{pad}/{treffer[1].element}" if treffer[1].element else pad)
        for pad, gevonden in islice(_per_plaats(gelezen, per_deel), hoogstens)
        for treffer in sorted(gevonden, key=lambda treffer: treffer[0].code)
    ][:hoogstens]
    regels = gelezen.regelnummers([volledig for _, _, volledig in geplaatst])
    return [
        _bevinding(gelezen.soort, *treffer, pad, volledig, regel)
        for (treffer, pad, volledig), regel in zip(geplaatst, regels, strict=True)
    ]


def _per_plaats(gelezen: Gelezen, per_deel: _PerDeel) -> Iterator[tuple[str, list[Treffer]]]:
    """What was found in each class, by its path, in document order."""
    for pad, deel in plaatsen(gelezen.bericht, gelezen.soort):
        if gevonden := per_deel.pop(id(deel), None):
            yield pad, gevonden
        if not per_deel:
            return


def _bevinding(
    soort: Berichtsoort, regel: Regel, fout: Overtreding, pad: str, volledig: str, regelnummer: int
) -> Bevinding:
    return Bevinding(
        regel=regel.code,
        niveau=regel.niveau,
        retourcode=regel.retourcode,
        regelnummer=regelnummer,
        pad=volledig,
        element=_zonder_index(volledig),
        melding=toegelicht(fout.melding, fout.deel, soort),
        advies=toegelicht(fout.advies, fout.deel, soort),
        klasse=_zonder_index(pad),
        waarde=getoond(fout.deel, fout.element, soort),
        berekening=fout.berekening,
        ernst=regel.ernst,
        toewijzingnummer=getattr(fout.deel, "ToewijzingNummer", None),
    )


def _zonder_index(pad: str) -> str:
    """The name of the last element of a path."""
    return pad.rpartition("/")[2].partition("[")[0]


def toets_delen(delen: Iterable[Onderdeel], regels: RegelsPerKlasse, context: Context) -> list[Treffer]:
    """What these rules find in these classes."""
    treffers: list[Treffer] = []
    for deel in delen:
        for regel, functie in regels.get(type(deel), ()):
            for overtreding in functie(deel, context):
                treffers.append((regel, overtreding))  # noqa: PERF401  # most find nothing
    return treffers


@cache
def regels_per_klasse(soort: Berichtsoort, binnen_bericht: bool) -> RegelsPerKlasse:
    """The rules for this kind of message by the class they look at, of level 2 or of levels 3 and 4."""
    per_klasse: RegelsPerKlasse = {}
    anders = release(soort.release).klassen
    for regel in regels_van(soort.release):
        if regel.geldt_voor(soort) and (regel.niveau is Niveau.BERICHT) == binnen_bericht:
            for klasse in regel.klassen:
                hier = anders.get(klasse, klasse)
                per_klasse[hier] = (*per_klasse.get(hier, ()), (regel, in_de_tijd(regel)))
    return per_klasse


@dataclass(frozen=True, slots=True)
class _Tak:
    """Where below a class others stand that rules look at: the element, whether it is a list, and where below those."""

    naam: str
    is_lijst: bool
    takken: "tuple[_Tak, ...]"


@cache
def _takken(soort: Berichtsoort, binnen_bericht: bool) -> tuple[_Tak, ...]:
    """The way to every class of this kind of message that rules of level 2, or of levels 3 and 4, look at."""
    return _vertakt(vorm(soort), regels_per_klasse(soort, binnen_bericht))


def _vertakt(vorm_: Vorm, regels: RegelsPerKlasse) -> tuple[_Tak, ...]:
    takken = []
    for veld in vorm_.velden:
        if veld.vorm is not None and issubclass(veld.vorm.klasse, Berichtklasse):
            onder = _vertakt(veld.vorm, regels)
            if onder or veld.vorm.klasse in regels:
                takken.append(_Tak(veld.naam, veld.item_tag is not None, onder))
    return tuple(takken)


def _onderdelen(bericht: Bericht, takken: tuple[_Tak, ...]) -> list[Onderdeel]:
    """The Header and the classes that these lead to, in document order."""
    klassen: list[Onderdeel] = [bericht.Header]
    _verzamel(bericht, takken, klassen)
    return klassen


def _verzamel(deel: Onderdeel, takken: tuple[_Tak, ...], klassen: list[Onderdeel]) -> None:
    for tak in takken:
        waarde = getattr(deel, tak.naam)
        if waarde is None:
            continue
        if tak.is_lijst and not tak.takken:
            klassen += waarde
            continue
        for klasse in waarde if tak.is_lijst else (waarde,):
            klassen.append(klasse)
            if tak.takken:
                _verzamel(klasse, tak.takken, klassen)
