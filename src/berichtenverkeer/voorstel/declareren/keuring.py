"""A 323 judged before it is sent, as its receiver would: which finding is about which Prestatie."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ...regels.bevinding import Bevinding, van_ongeldig
from ...regels.kennis import Kennis
from ...regels.toetsen import alle_bevindingen, toets_bericht
from ...regels.toetsen_declaratie import toets_declaratie
from ...standaard.berichten.declaratie import Bericht323
from ...standaard.berichtsoort import Berichtsoort
from ...standaard.fouten import OngeldigBericht
from ...standaard.lezen import Gelezen, lees
from ...standaard.schema import Schemas
from ...standaard.schrijven import in_release, schrijf

KennisVan = Callable[[Gelezen], Kennis]
"""Gives what is known outside a 323."""

_PLEK = re.compile(r"/Client\[(\d+)\](?:/Prestaties/Prestatie\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Keuring:
    """What was found. ``data`` is the message in bytes, None when the XSD would refuse it. ``op_prestatie`` are the findings
    by ReferentieNummer; one about a client is about each of its Prestaties."""

    data: bytes | None
    bevindingen: tuple[Bevinding, ...]
    op_prestatie: Mapping[str, tuple[Bevinding, ...]]

    @property
    def geheel(self) -> tuple[Bevinding, ...]:
        """The findings that refuse the message as a whole."""
        return tuple(bevinding for bevinding in self.bevindingen if not _PLEK.search(bevinding.pad))


def keur_323(bericht: Bericht323, soort: Berichtsoort, schemas: Schemas, kennis_van: KennisVan) -> Keuring:
    """Judge a 323 by its XSD and by the rules of every level."""
    try:
        data = schrijf(in_release(bericht, soort), soort, schemas)
    except OngeldigBericht as fout:
        return _keuring(None, bericht, tuple(van_ongeldig(fout)))
    gelezen = lees(data, schemas)
    assert isinstance(gelezen.bericht, Bericht323)
    treffers = toets_bericht(gelezen.bericht, soort) or toets_declaratie(gelezen.bericht, kennis_van(gelezen))
    return _keuring(data, gelezen.bericht, tuple(alle_bevindingen(gelezen, treffers)))


def _keuring(data: bytes | None, bericht: Bericht323, gevonden: tuple[Bevinding, ...]) -> Keuring:
    op_prestatie: dict[str, tuple[Bevinding, ...]] = {}
    for bevinding in gevonden:
        plek = _PLEK.search(bevinding.pad)
        if plek is None:
            continue
        prestaties = bericht.Declaratie.Clienten[int(plek[1]) - 1].Prestaties
        for prestatie in prestaties if plek[2] is None else prestaties[int(plek[2]) - 1 : int(plek[2])]:
            nummer = prestatie.ProductReferentie.ReferentieNummer
            op_prestatie[nummer] = (*op_prestatie.get(nummer, ()), bevinding)
    return Keuring(data, gevonden, op_prestatie)
