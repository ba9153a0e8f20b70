"""What can be loaded, and of which columns it is made (contract, In and out)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...standaard.domein import Domein
from ..betaalschema import Betaling, Lumpsum
from ..bezetting import Plekken
from ..dekking import Partnersoort
from ..partnermelding import Partnermeldingsoort
from ..segment import Segmentregel
from ..tarief import Bijdrage, Eenheid, Tarief
from . import cel


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column: how its cells are read, whether it is part of the key of a row, and whether a cell may be empty."""

    naam: str
    lees: cel.Lezer = cel.tekst
    sleutel: bool = False
    leeg: bool = False


@dataclass(frozen=True, slots=True)
class Soort:
    """One kind of file. ``maak`` is what a row becomes, by the names of its columns in ``velden`` where these differ; None where a row
    can be made something only beside what is kept."""

    naam: str
    kolommen: tuple[Kolom, ...]
    maak: type[Any] | None = None
    velden: Mapping[str, str] | None = None

    @property
    def sleutel(self) -> tuple[str, ...]:
        """The columns by which a row takes the place of another."""
        return tuple(kolom.naam for kolom in self.kolommen if kolom.sleutel)


def _k(naam: str, lees: cel.Lezer = cel.tekst, *, leeg: bool = False) -> Kolom:
    return Kolom(naam, lees, sleutel=True, leeg=leeg)


_TOEWIJZING = (_k("gemeente", cel.gemeente), _k("toewijzingnummer", cel.nummer), _k("domein", cel.een_van(Domein)))
_VAN, _TOT = _k("van", cel.dag), Kolom("tot", cel.dag, leeg=True)
_EURO = Kolom("euro", cel.eurocent)

SOORTEN: Mapping[str, Soort] = {
    soort.naam: soort
    for soort in (
        Soort("partners", (
            _k("code", cel.partnercode), Kolom("naam", cel.lange_tekst), Kolom("soort", cel.een_van(Partnersoort)), Kolom("kvk", leeg=True),
            _k("gemeente", cel.gemeente, leeg=True), _k("segment", leeg=True), _VAN, _TOT, Kolom("toestemming", cel.ja_nee, leeg=True),
        )),
        Soort("segmenten", (Kolom("segment"), _k("categorie"), _k("code", leeg=True)), Segmentregel),
        Soort(
            "tarieven", (_k("segment"), _k("klasse"), Kolom("eenheid", cel.een_van(Eenheid)), _EURO, _VAN, _TOT),
            Tarief, {"euro": "eurocent"},
        ),
        Soort("bijdragen", (_k("segment"), Kolom("percentage", cel.percentage), _VAN, _TOT), Bijdrage),
        Soort(
            "plekken", (_k("gemeente", cel.gemeente), _k("segment"), _k("partner", leeg=True), Kolom("aantal", cel.aantal), _VAN, _TOT), Plekken,
        ),
        Soort("lumpsum", (_k("gemeente", cel.gemeente), _k("segment"), _k("jaar", cel.jaar), _EURO), Lumpsum, {"euro": "bedrag"}),
        Soort("betalingen", (_k("gemeente", cel.gemeente), _k("segment"), _k("maand", cel.maand), _EURO), Betaling, {"euro": "bedrag"}),
        Soort("inzetten", (
            Kolom("gemeente", cel.gemeente), Kolom("toewijzingnummer", cel.nummer), Kolom("domein", cel.een_van(Domein)), Kolom("partner"),
            Kolom("klasse"), Kolom("van", cel.dag), _TOT,
        )),
        Soort("geleverd", (*_TOEWIJZING, _k("partner"), _k("klasse"), _k("maand", cel.maand), Kolom("aantal", cel.aantal))),
        Soort("facturen", (
            Kolom("factuurnummer"), Kolom("partner"), Kolom("maand", cel.maand), Kolom("gemeente", cel.gemeente),
            Kolom("toewijzingnummer", cel.nummer), Kolom("domein", cel.een_van(Domein)), Kolom("klasse"), _EURO,
        )),
        Soort("evaluaties", (*_TOEWIJZING, Kolom("datum", cel.dag))),
    )
}  # fmt: skip
"""Every kind by its name. Of ``facturen`` and ``inzetten`` no row takes the place of another: the first go by their number as a whole,
the others are passed over when they were loaded before."""

MELDINGEN = Soort("meldingen", (
    *_TOEWIJZING, _k("soort", cel.een_van(Partnermeldingsoort)), _k("datum", cel.dag), Kolom("reden", leeg=True),
))  # fmt: skip
"""What a partner reports, many at once: the one file that is not of the hoofdaannemer. A row that was reported before is passed over."""

VRAGENLIJST = "vragenlijst"
"""The one kind of file that is no table."""
