"""Product conversion: the 301 that ends each toewijzing on an old code and goes on under a new number on the new code.

The old one ends the day before the conversion; the new one has its Einddatum and its Omvang or Budget (OP257).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from ...levensloop.toewijzing import telt_niet_mee
from ...standaard.berichten.basis import Omvang
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.codelijst import codelijst
from ...standaard.domein import Domein
from .conversietabel import Conversietabel, Regel
from .keuring import keur
from .opbouw import Opbouw
from .reden import van_wijziging
from .voorstel import Uitgangspunt, Voorstel, Vraag

CONTRACTWIJZIGING = "03"
"""RedenWijziging of a conversion unless another is chosen: the contract has other product codes."""

_LIJST = {Domein.IWMO: "WMO002", Domein.IJW: "JZ002"}
_DOOR_AANBIEDER = "12"
_MINUUT, _UUR, _MINUTEN_PER_UUR = "01", "04", 60


class Overgeslagen(StrEnum):
    """Why a toewijzing on an old code is not converted."""

    BEGINT_LATER = "begint op of na de conversiedatum; wijs haar opnieuw toe op de nieuwe code"
    HEEFT_NIEUWE_CODE = "staat al op de nieuwe code"
    EENHEID = "de eenheid wijzigt en het volume is niet om te rekenen; wijs zelf toe"
    VERZOEK = "er loopt een verzoek om wijziging dat haar noemt; handel dat eerst af"
    BEZWAAR = "het bericht is niet te maken; de uitleg zegt waarom"
    AFGEKEURD = "het bericht zou worden afgekeurd; de bevindingen zeggen waarom"


@dataclass(frozen=True, slots=True)
class Omzetting:
    """One toewijzing on an old code: from which code to which, under what new number, or why not."""

    nummer: int
    oude_code: str
    nieuwe_code: str
    nieuw_nummer: int | None = None
    overgeslagen: Overgeslagen | None = None


@dataclass(frozen=True, slots=True)
class Conversie:
    """What becomes of one dossier; ``voorstel`` is None when there is nothing to convert."""

    omzettingen: tuple[Omzetting, ...]
    voorstel: Voorstel | None


def redenen(domein: Domein) -> tuple[str, ...]:
    """The RedenWijzigingen for a conversion: what the gemeente may end a toewijzing with and the aanbieder can answer."""
    codes = codelijst(_LIJST[domein], domein).codes
    return tuple(code for code in codes if code != _DOOR_AANBIEDER and van_wijziging(domein, code) is not None)


def converteer(u: Uitgangspunt, tabel: Conversietabel, per: date, reden: str = CONTRACTWIJZIGING) -> Conversie:
    """The conversion of one dossier on day ``per``, judged by the rules.

    Raises ``ValueError`` for a RedenWijziging that is not among ``redenen`` or a day before which there is no other.
    """
    if reden not in redenen(u.sleutel.domein) or per == date.min:
        raise ValueError(f"no conversion with reason {reden} on {per}")
    opbouw = Opbouw(u)
    omzettingen = [_zet_om(opbouw, oud, regel, per, reden) for oud, regel in _op_oude_code(u, tabel, per)]
    if not opbouw.producten:
        return Conversie(tuple(omzettingen), None)
    opbouw.overige()
    voorstel = keur(opbouw.voorstel(), u)
    return Conversie(tuple(na_keuring(omzettingen, voorstel)), voorstel)


def na_keuring(omzettingen: list[Omzetting], voorstel: Voorstel) -> Iterator[Omzetting]:
    """The conversions as they stand once their message was judged: without a message nothing is converted."""
    waarom = Overgeslagen.AFGEKEURD if voorstel.bevindingen else Overgeslagen.BEZWAAR
    for omzetting in omzettingen:
        if voorstel.bericht is None and omzetting.overgeslagen is None:
            yield replace(omzetting, nieuw_nummer=None, overgeslagen=waarom)
        else:
            yield omzetting


def _op_oude_code(u: Uitgangspunt, tabel: Conversietabel, per: date) -> Iterator[tuple[ToegewezenProduct, Regel]]:
    """The toewijzingen that run on the day of the conversion or later, on a code of the table."""
    for _, bekend in sorted(u.dossier.toewijzingen.items()):
        oud = bekend.product
        if telt_niet_mee(oud) or (oud.Einddatum is not None and oud.Einddatum < per):
            continue
        if oud.Product is None or oud.Product.Code is None:
            continue
        if (regel := tabel.zoek(oud.Product.Code)) is not None:
            yield oud, regel


def _zet_om(opbouw: Opbouw, oud: ToegewezenProduct, regel: Regel, per: date, reden: str) -> Omzetting:
    assert oud.Product is not None
    assert oud.Product.Code is not None
    omzetting = Omzetting(oud.ToewijzingNummer, oud.Product.Code, regel.code)
    omvang = _omvang(oud.Omvang, regel.eenheid)
    if overgeslagen := _overgeslagen(opbouw.u, oud, regel, per, omvang):
        return replace(omzetting, overgeslagen=overgeslagen)
    tot = per - timedelta(days=1)
    opbouw.wijzig(oud, reden, Einddatum=tot)
    nieuw = opbouw.nieuw(regel.product, per, oud.Einddatum, omvang, oud.Budget)
    opbouw.uitleg.append(f"Toewijzing {oud.ToewijzingNummer} eindigt op {tot} met RedenWijziging {reden} (OP257).")
    opbouw.uitleg.append(
        f"Toewijzing {nieuw} gaat verder vanaf {per} op productcode {regel.code}, met dezelfde Einddatum."
    )
    if oud.Budget is not None or (omvang is not None and omvang.Frequentie == "6"):
        opbouw.vragen.append(
            Vraag(
                "restant",
                f"Toewijzing {oud.ToewijzingNummer} heeft een totaal over de hele looptijd. Wat daarvan nog over is, is hier "
                f"niet bekend; {nieuw} krijgt het hele totaal. Verlaag het als dat de afspraak is.",
                verplicht=False,
            )
        )
    return replace(omzetting, nieuw_nummer=nieuw)


def _overgeslagen(
    u: Uitgangspunt, oud: ToegewezenProduct, regel: Regel, per: date, omvang: Omvang | None
) -> Overgeslagen | None:
    if oud.Product == regel.product:
        return Overgeslagen.HEEFT_NIEUWE_CODE
    if oud.Ingangsdatum >= per:
        return Overgeslagen.BEGINT_LATER
    if any(oud.ToewijzingNummer in aanvraag.genoemd for aanvraag in u.dossier.onderhanden()):
        return Overgeslagen.VERZOEK
    if oud.Omvang is not None and omvang is None:
        return Overgeslagen.EENHEID
    return None


def _omvang(oud: Omvang | None, eenheid: str | None) -> Omvang | None:
    """The Omvang in another Eenheid; None when it cannot be reckoned: only uren and minuten have a fixed rate (TR341)."""
    if oud is None or eenheid is None or eenheid == oud.Eenheid:
        return oud
    if (oud.Eenheid, eenheid) == (_UUR, _MINUUT):
        return oud.model_copy(update={"Volume": oud.Volume * _MINUTEN_PER_UUR, "Eenheid": eenheid})
    if (oud.Eenheid, eenheid) == (_MINUUT, _UUR) and oud.Volume % _MINUTEN_PER_UUR == 0:
        return oud.model_copy(update={"Volume": oud.Volume // _MINUTEN_PER_UUR, "Eenheid": eenheid})
    return None
