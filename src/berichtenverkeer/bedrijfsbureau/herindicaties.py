"""What is to be done before toewijzingen end (contract, Herindicatie)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ..hoofdaannemer.herindicatie import Herindicatie, Verloop, verloop
from ..hoofdaannemer.herindicatie import herindicaties as _herindicaties
from ..hoofdaannemer.inzet import Gebeurtenis as Inzetgebeurtenis
from ..hoofdaannemer.inzet import Ingezet
from ..levensloop.gebeurtenis import Gebeurtenis
from ..opslag.bureau import hoofdaannemers, inzetten
from ..opslag.database import momentopname
from ..opslag.dossiers import dossiers
from .bureau import Bedrijfsbureau, Zitting

KEUZES = ("herindicatie-vooruit", "herindicatie-uiterlijk")
"""The settings that the list rests on."""


def herindicaties(bureau: Bedrijfsbureau, vandaag: date) -> tuple[list[Herindicatie], dict[str, str]]:
    """The list of a day, by Einddatum; and the settings that it rests on."""
    with momentopname(bureau.engine) as verbinding:
        zitting = Zitting(verbinding, bureau.code)
        return van(zitting, vandaag), zitting.keuzes.toon(*KEUZES)


def van(zitting: Zitting, vandaag: date, partner: str | None = None) -> list[Herindicatie]:
    """The same, of a connection; only those of clients of a partner, when it is given."""
    return list(_herindicaties(_verlopen(zitting, vandaag, partner), zitting.keuzes, vandaag))


def _verlopen(zitting: Zitting, vandaag: date, partner: str | None) -> Iterator[Verloop]:
    """Of the clients of whom a toewijzing ends about now: all their toewijzingen, with what came in about them."""
    vooruit = zitting.keuzes.dagen("herindicatie-vooruit")
    rijen = inzetten.rond_einde(zitting.verbinding, zitting.code, vandaag, vooruit, partner)
    if not rijen:
        return
    gebeurd = dossiers.laad(zitting.verbinding, {dossiers.sleutel(rij.dossier) for rij in rijen})
    per_nummer: dict[tuple[str, int], list[Gebeurtenis]] = defaultdict(list)
    for sleutel, gevallen in gebeurd.items():
        tekst = dossiers.tekst(sleutel)
        for geval in gevallen:
            per_nummer[tekst, getattr(geval.feit, "ToewijzingNummer", None) or 0].append(geval)
    ingezet = inzetten.op_toewijzingen(zitting.verbinding, zitting.segmenten, zitting.code, [rij.id for rij in rijen])
    eerste = inzetten.eerste_gebeurtenissen(
        zitting.verbinding, [een.inzet.id for alle in ingezet.values() for een in alle]
    )
    evaluaties = hoofdaannemers.evaluaties(zitting.verbinding, zitting.code)
    for rij in rijen:
        toegewezen = inzetten.toegewezen(rij)
        gevallen = per_nummer[rij.dossier, rij.toewijzingnummer]
        met_begin = tuple(_met(een, eerste[een.inzet.id]) for een in ingezet[rij.id] if een.inzet.id in eerste)
        segment, evaluatie = toegewezen.segment(zitting.segmenten), evaluaties.get(toegewezen.kenmerk)
        yield verloop(toegewezen, segment, zitting.code, gevallen, evaluatie, met_begin)


def _met(een: Ingezet, eerste: Inzetgebeurtenis) -> Ingezet:
    return replace(een, inzet=replace(een.inzet, gebeurtenissen=(eerste,)))
