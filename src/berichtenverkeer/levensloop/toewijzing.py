"""One ToewijzingNummer and its versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..standaard.berichten.toewijzing import ToegewezenProduct
from .gebeurtenis import Gebeurtenis, Herkomst
from .overgangen import Toewijzingtoestand

VERWIJDERD = "13"
"""RedenWijziging of a toewijzing taken back, together with Einddatum = Ingangsdatum (CS335)."""

_VERVALLEN = "01"
"""RedenWijziging of the same before release 3.1; new use is refused (CS336)."""

OVER_DE_HELE_LOOPTIJD = "6"
"""Frequentie of a volume for the whole run of a toewijzing."""

CORRECTIE = "14"
"""RedenWijziging of an administrative correction."""

VELDEN = ("Product", "Ingangsdatum", "Einddatum", "Omvang", "Budget")
"""The elements of a toewijzing that say what is assigned, and when."""


@dataclass(frozen=True, slots=True)
class Toewijzing:
    """One ToewijzingNummer: the gebeurtenissen that brought each of its contents first, in order of arrival, at least one,
    and the one that counts. A repeat of a content is no version: it can only take the place of ``geldend``.
    """

    nummer: int
    op_inhoud: Mapping[tuple[object, ...], Gebeurtenis]
    geldend: Gebeurtenis

    @classmethod
    def van(cls, gebeurtenis: Gebeurtenis) -> "Toewijzing":
        """A number that was not known, as this gebeurtenis brings it."""
        product = toegewezen(gebeurtenis)
        return cls(product.ToewijzingNummer, {inhoud(product): gebeurtenis}, gebeurtenis)

    def na(self, gebeurtenis: Gebeurtenis) -> "Toewijzing":
        """The toewijzing after one more. The newest by Toewijzingsdatum and Toewijzingstijd counts, in whatever order
        they come."""
        nieuw = inhoud(toegewezen(gebeurtenis))
        op_inhoud = self.op_inhoud if nieuw in self.op_inhoud else {**self.op_inhoud, nieuw: gebeurtenis}
        geldend = gebeurtenis if _moment(gebeurtenis) > _moment(self.geldend) else self.geldend
        return Toewijzing(self.nummer, op_inhoud, geldend)

    @property
    def versies(self) -> tuple[Gebeurtenis, ...]:
        """The contents this number has had, in order of arrival."""
        return tuple(self.op_inhoud.values())

    @property
    def product(self) -> ToegewezenProduct:
        """The content of the version that counts."""
        return toegewezen(self.geldend)

    @property
    def herkomst(self) -> Herkomst:
        """The message that first brought the content that counts."""
        return self.op_inhoud[inhoud(self.product)].herkomst

    @property
    def commentaar(self) -> str | None:
        """The Commentaar that came with the content that counts; a repeat may leave it out."""
        return toegewezen(self.op_inhoud[inhoud(self.product)]).Commentaar

    @property
    def eerste(self) -> Herkomst:
        """The message that first brought this number."""
        return next(iter(self.op_inhoud.values())).herkomst

    def kent(self, product: ToegewezenProduct) -> bool:
        """Whether this number had this content before: then it is a repeat."""
        return inhoud(product) in self.op_inhoud

    def vorige(self, product: ToegewezenProduct) -> ToegewezenProduct | None:
        """What a version repeats or changes: the last that was established no later than it. None when there is none; then
        the ones known were established after it (OP080)."""
        moment = vastgesteld(product)
        eerder = [versie for versie in self.versies if vastgesteld(toegewezen(versie)) <= moment]
        return toegewezen(max(eerder, key=_moment)) if eerder else None

    @property
    def aantal_versies(self) -> int:
        """How many different contents this number has had; a repeat is not a version."""
        return len(self.op_inhoud)


def toegewezen(gebeurtenis: Gebeurtenis) -> ToegewezenProduct:
    """The toewijzing that a gebeurtenis carries."""
    assert isinstance(gebeurtenis.feit, ToegewezenProduct)
    return gebeurtenis.feit


def vastgesteld(product: ToegewezenProduct) -> datetime:
    """When a version was established (IV013)."""
    return datetime.combine(product.Toewijzingsdatum, product.Toewijzingstijd)


def _moment(versie: Gebeurtenis) -> tuple[datetime, date, str]:
    """Order of versions (IV013). Two contents of the same moment are told apart by the Dagtekening and Identificatie of
    their messages (our choice), so that the order of arrival never matters (OP080)."""
    return vastgesteld(toegewezen(versie)), versie.herkomst.dagtekening, versie.herkomst.identificatie


def inhoud(product: ToegewezenProduct) -> tuple[object, ...]:
    """What makes two versions the same toewijzing content. RedenWijziging, ReferentieAanbieder and Commentaar say why
    or for whom a version was sent, and a repeat leaves them out (IV097, IV099)."""
    wat, omvang = product.Product, product.Omvang
    return (
        product.Toewijzingsdatum,
        product.Toewijzingstijd,
        (wat.Categorie, wat.Code) if wat is not None else None,
        product.Ingangsdatum,
        product.Einddatum,
        (omvang.Volume, omvang.Eenheid, omvang.Frequentie) if omvang is not None else None,
        product.Budget,
        is_verwijderd(product),
    )


def verschillen(oud: ToegewezenProduct, nieuw: ToegewezenProduct) -> tuple[str, ...]:
    """The elements in which two versions of a toewijzing differ."""
    return tuple(veld for veld in VELDEN if getattr(oud, veld) != getattr(nieuw, veld))


def is_verwijderd(product: ToegewezenProduct) -> bool:
    """RedenWijziging 13 and Einddatum = Ingangsdatum: counts as never sent (levenscyclus A1)."""
    return product.RedenWijziging == VERWIJDERD and product.Einddatum == product.Ingangsdatum


def telt_niet_mee(product: ToegewezenProduct) -> bool:
    """Not an actual toewijzing for stacking (TR302, OP259): taken back with reason 13, or 01 of older releases."""
    return product.RedenWijziging in (VERWIJDERD, _VERVALLEN) and product.Einddatum == product.Ingangsdatum


def is_actueel(product: ToegewezenProduct, dag: date) -> bool:
    """Runs on this day or will later, and was not taken back (TR349, TR350, TR351)."""
    return not telt_niet_mee(product) and toestand(product, dag) in (
        Toewijzingtoestand.TOEKOMSTIG,
        Toewijzingtoestand.LOPEND,
    )


def toestand(product: ToegewezenProduct, dag: date) -> Toewijzingtoestand:
    """The state of a toewijzing on this day (levenscyclus A1)."""
    return toestand_op(dag, product.Ingangsdatum, product.Einddatum, is_verwijderd(product))


def toestand_op(dag: date, ingangsdatum: date, einddatum: date | None, verwijderd: bool) -> Toewijzingtoestand:
    """The state on a day of what runs from ``ingangsdatum`` to ``einddatum``, both days inclusive."""
    if verwijderd:
        return Toewijzingtoestand.VERWIJDERD
    if ingangsdatum > dag:
        return Toewijzingtoestand.TOEKOMSTIG
    if einddatum is not None and einddatum < dag:
        return Toewijzingtoestand.VERLOPEN
    return Toewijzingtoestand.LOPEND


def duid(oud: ToegewezenProduct | None, nieuw: ToegewezenProduct) -> str:
    """The name of what changed between two versions, as in the table of transitions."""
    if oud is None:
        return "nieuw"
    if inhoud(oud) == inhoud(nieuw):
        return "herhaald"
    if is_verwijderd(nieuw) and not is_verwijderd(oud):
        return "verwijderd"
    if is_verwijderd(oud):
        return "herhaald" if is_verwijderd(nieuw) else "hersteld"
    if nieuw.RedenWijziging == CORRECTIE:
        return "administratieve correctie"
    if nieuw.Product != oud.Product or nieuw.Ingangsdatum != oud.Ingangsdatum:
        return "gewijzigd"
    if nieuw.Omvang != oud.Omvang:
        frequenties = {omvang.Frequentie for omvang in (oud.Omvang, nieuw.Omvang) if omvang is not None}
        return "volume gewijzigd" if frequenties == {OVER_DE_HELE_LOOPTIJD} else "gewijzigd"
    if nieuw.Budget != oud.Budget:
        return "budget gewijzigd"
    if nieuw.Einddatum != oud.Einddatum:
        eerder = nieuw.Einddatum is not None and (oud.Einddatum is None or nieuw.Einddatum < oud.Einddatum)
        return "ingetrokken" if eerder else "opgerekt"
    return "herhaald"
