"""The shape of a message: its classes unfolded into the elements of one kind of message of one law.

The classes in ``berichten`` serve both laws and both directions. A ``Vorm`` is what they come to for one
``Berichtsoort``: elements in order, each with its namespace, its cardinality and how its text is held. Reading, writing
and finding one's way (``plaatsen``) walk it; a test holds it against the XSD, element by element.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .berichten import BERICHTKLASSE, Bericht
from .berichten.onderdeel import AlleenIn, Berichtklasse, Gegevensgroep, Na, Onderdeel, Verzameling
from .berichten.typen import tijd
from .berichtsoort import Berichtsoort, alle_soorten
from .release import release

WORTEL = "Bericht"


@dataclass(frozen=True, slots=True)
class Veld:
    """One element of a class.

    ``tag`` and ``item_tag`` are in Clark notation. ``vorm`` is the shape of what the element holds, None for text; then
    ``type`` is ``str``, ``int``, ``date`` or ``time``. ``item_tag`` is set on a wrapped list and names its items.
    ``van_tekst`` makes the value of a text that the XSD has judged, and is None for ``str``, which stays as it is; XSD
    drops white space around all others. ``merken`` are the marks of the type: its Codelijst, Persoonsgegeven.
    """

    naam: str
    tag: str
    verplicht: bool
    type: type
    vorm: "Vorm | None" = None
    item_tag: str | None = None
    van_tekst: Callable[[str], Any] | None = None
    merken: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Vorm:
    """The shape of one class: its Python class and its elements in order, and what reading asks of them by tag: name, shape,
    whether it is a list, and how its text is held.

    ``elders`` are the attributes that no element of this kind of message answers to: RetourCodes in a heenbericht, and
    what only the other law knows. ``leeg`` holds every attribute that may be absent, with what it then is. ``ingevuld`` is what
    pydantic notes as filled in: all of it, for nobody asks that of a message.
    """

    klasse: type[Onderdeel]
    velden: tuple[Veld, ...]
    op_tag: "dict[str, tuple[str, Vorm | None, bool, Callable[[str], Any] | None]]"
    elders: tuple[str, ...]
    leeg: dict[str, Any]
    ingevuld: set[str]

    def maak(self, inhoud: Mapping[str, Any]) -> Onderdeel:
        """An instance with these attributes, each of its own type already, and the others as they are when absent."""
        return self.met({**self.leeg, **inhoud})

    def met(self, alles: dict[str, Any]) -> Onderdeel:
        """An instance that takes this for its attributes, which are all it has: nothing is checked, for the XSD has been.

        What pydantic's ``model_construct`` does, without looking for aliases and defaults each time, and with the
        descriptors of its slots at hand: ``object.__setattr__`` looks each of them up (1,1 µs in place of 2,7).
        """
        onderdeel = _nieuw(self.klasse)
        _zet_waarden(onderdeel, alles)
        _zet_ingevuld(onderdeel, self.ingevuld)
        _zet_extra(onderdeel, None)
        _zet_prive(onderdeel, None)
        return onderdeel


_nieuw = object.__new__
_zet_waarden, _zet_ingevuld, _zet_extra, _zet_prive = (
    vars(BaseModel)[slot].__set__
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


@cache
def vorm(soort: Berichtsoort) -> Vorm:
    """The shape of a whole message of this kind, from its root element ``Bericht``."""
    return vorm_van(BERICHTKLASSE[soort.nummer], soort)


@cache
def vorm_van(klasse: type[Onderdeel], soort: Berichtsoort) -> Vorm:
    """The shape of one class in a message of this kind: of the class that its release has in the place of it."""
    klasse = release(soort.release).klassen.get(klasse, klasse)
    velden = tuple(_velden(klasse, soort))
    namen = {veld.naam for veld in velden}
    elders = tuple(naam for naam in klasse.model_fields if naam not in namen)
    leeg = {naam: info.default for naam, info in klasse.model_fields.items() if not info.is_required()}
    return Vorm(
        klasse,
        velden,
        {v.tag: (v.naam, v.vorm, v.item_tag is not None, v.van_tekst) for v in velden},
        elders,
        leeg,
        set(klasse.model_fields),
    )


def _velden(klasse: type[Onderdeel], soort: Berichtsoort) -> Iterator[Veld]:
    ruimte = soort.basis_namespace if issubclass(klasse, Gegevensgroep) else soort.namespace
    beantwoordt = soort.is_retour or soort.nummer == "325"
    velden = _op_volgorde(klasse)
    zonder = release(soort.release).zonder(klasse)
    if issubclass(klasse, Berichtklasse):  # inherited, so pydantic puts it first; in the XML it stands last
        retourcodes = velden.pop("RetourCodes")
        if beantwoordt:
            velden["RetourCodes"] = retourcodes
    for naam, info in velden.items():
        if naam in zonder or any(
            isinstance(merk, AlleenIn) and merk.domein is not soort.domein for merk in info.metadata
        ):
            continue
        yield _veld(naam, info, ruimte, soort, verplicht_als_code=issubclass(klasse, Berichtklasse))


def _op_volgorde(klasse: type[Onderdeel]) -> dict[str, FieldInfo]:
    """The elements in the order of the schema: what a later release adds stands after the one that it names."""
    velden = dict(klasse.model_fields)
    for naam, info in klasse.model_fields.items():
        if (na := next((merk for merk in info.metadata if isinstance(merk, Na)), None)) is not None:
            rest = {ander: veld for ander, veld in velden.items() if ander != naam}
            velden = {}
            for ander, veld in rest.items():
                velden[ander] = veld
                if ander == na.naam:
                    velden[naam] = info
    return velden


def _veld(naam: str, info: FieldInfo, ruimte: str, soort: Berichtsoort, verplicht_als_code: bool) -> Veld:
    soort_van, merken = _uitgepakt(info.annotation)
    verzameling = next((m for m in info.metadata if isinstance(m, Verzameling)), None)
    verplicht = info.is_required() or (naam == "RetourCodes" and verplicht_als_code)
    inhoud = vorm_van(soort_van, soort) if issubclass(soort_van, Onderdeel) else None
    return Veld(
        naam=naam,
        tag=f"{{{ruimte}}}{naam}",
        verplicht=verplicht,
        type=soort_van,
        vorm=inhoud,
        item_tag=f"{{{ruimte}}}{verzameling.van}" if verzameling else None,
        van_tekst=_VAN_TEKST.get(soort_van),
        merken=(*merken, *(m for m in info.metadata if m is not verzameling)),
    )


def _geheel(tekst: str) -> int:
    """A whole number; XSD allows any number of zeros before it, Python's ``int`` some thousands."""
    return int(tekst) if len(tekst) < 1000 else int(tekst.strip().lstrip("+0") or "0")


_dag = date.fromisoformat

_VAN_TEKST: Mapping[type, Callable[[str], Any]] = {
    int: _geheel,
    date: lambda tekst: _dag(tekst.strip()),
    time: lambda tekst: tijd(tekst.strip()),
}


def _uitgepakt(annotatie: Any) -> tuple[type, tuple[object, ...]]:
    """The bare type and the marks inside ``Annotated[X, …] | None`` or ``tuple[X, ...]``."""
    if get_origin(annotatie) is Annotated:
        kaal, *merken = get_args(annotatie)
        dieper, meer = _uitgepakt(kaal)
        return dieper, (*merken, *meer)
    if get_origin(annotatie) in (Union, UnionType, tuple):
        return _uitgepakt(next(a for a in get_args(annotatie) if a not in (type(None), Ellipsis)))
    if not isinstance(annotatie, type) or not issubclass(annotatie, (Onderdeel, str, int, date, time)):
        raise TypeError(f"een element van een bericht kan geen {annotatie!r} zijn")
    return annotatie, ()


@cache
def namen() -> frozenset[str]:
    """The names of all elements there are, in any message of either law."""
    gevonden: set[str] = {WORTEL}
    bezig = [vorm(soort) for soort in alle_soorten()]
    while bezig:
        for veld in bezig.pop().velden:
            gevonden.add(veld.naam)
            if veld.item_tag is not None:
                gevonden.add(veld.item_tag.rpartition("}")[2])
            if veld.vorm is not None:
                bezig.append(veld.vorm)
    return frozenset(gevonden)


@cache
def lijsten(soort: Berichtsoort) -> frozenset[str]:
    """The tags of the elements in a message of this kind that hold nothing but items of one kind."""
    gevonden: set[str] = set()
    bezig = [vorm(soort)]
    while bezig:
        for veld in bezig.pop().velden:
            if veld.item_tag is not None:
                gevonden.add(veld.tag)
            if veld.vorm is not None:
                bezig.append(veld.vorm)
    return frozenset(gevonden)


def plaatsen(bericht: Bericht, soort: Berichtsoort) -> Iterator[tuple[str, Onderdeel]]:
    """Every part of a message with its indexed path, in document order.

    The path has the form ``/Bericht/Client/ToegewezenProducten/ToegewezenProduct[2]``; an element that may occur more
    than once always carries its index, counted from 1.
    """
    yield from _plaatsen(bericht, vorm(soort), f"/{WORTEL}")


def _plaatsen(deel: Onderdeel, vorm_: Vorm, pad: str) -> Iterator[tuple[str, Onderdeel]]:
    yield pad, deel
    for veld in vorm_.velden:
        if veld.vorm is None:
            continue
        waarde = getattr(deel, veld.naam)
        if veld.item_tag is not None:
            item = veld.item_tag.rpartition("}")[2]
            for nummer, onderdeel in enumerate(waarde, start=1):
                yield from _plaatsen(onderdeel, veld.vorm, f"{pad}/{veld.naam}/{item}[{nummer}]")
        elif waarde is not None:
            yield from _plaatsen(waarde, veld.vorm, f"{pad}/{veld.naam}")
