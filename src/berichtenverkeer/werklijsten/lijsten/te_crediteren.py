"""Granted Prestaties that no longer fit their toewijzing, which changed after they were declared (IV086)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_

from ...levensloop.overgangen import Prestatietoestand
from ...levensloop.rekenen.eenheid import factor
from ...levensloop.rekenen.kader import Kader
from ...levensloop.rekenen.maximum import maximum_periode, omgerekend
from ...levensloop.rekenen.periode import Periode, maand
from ...levensloop.rekenen.tekst import hoeveelheid
from ...levensloop.variant import Variant
from ...opslag.dag import dag_van
from ...opslag.tabellen import bericht
from ...opslag.tabellen import prestatie as p
from ...opslag.tabellen import toewijzing as t
from ...standaard.berichten.basis import Omvang
from ...standaard.domein import Domein
from ..lijst import Bron, Peil, Taak, Werklijst, kolommen
from ..prestatie import EIGEN, Prestatierij, volgende_declaratie

_van_deze = bericht.alias("van_deze")
_van_toewijzing = bericht.alias("van_toewijzing")

_BUITEN = "IV084"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gewijzigd(Prestatierij):
    """A Prestatie beside its toewijzing as it is now: ``ingangsdatum``, ``einddatum``, ``verwijderd`` and what begins with ``t_``."""

    ingangsdatum: date
    einddatum: date | None
    verwijderd: bool
    t_categorie: str | None
    t_code: str | None
    t_volume: int | None
    t_eenheid: str | None
    t_frequentie: str | None

    def kader(self, variant: Variant) -> Kader:
        """What the toewijzing allows."""
        omvang = None
        if self.t_volume is not None:
            omvang = Omvang.model_validate(
                {"Volume": self.t_volume, "Eenheid": self.t_eenheid, "Frequentie": self.t_frequentie}
            )
        domein = Domein(self.domein)
        return Kader(domein, self.ingangsdatum, self.einddatum, self.t_categorie, omvang, None, variant)


def past_niet(rij: Gewijzigd) -> Iterator[tuple[str, str]]:
    """The rules that a debetregel would break now, each with what is wrong."""
    if rij.verwijderd:
        yield "TR384", "die is verwijderd"
        return
    kader = rij.kader(Variant.INSPANNING)
    periode = kader.productperiode(maand(rij.begin))
    if periode is None:
        yield _BUITEN, "die loopt in deze maand niet meer"
        return
    if periode.begin != rij.begin:
        yield "TR307" if rij.begin < periode.begin else "TR387", f"de ProductPeriode begint nu op {periode.begin}"
    if periode.eind != rij.eind:
        yield "TR308" if rij.eind > periode.eind else "TR388", f"de ProductPeriode eindigt nu op {periode.eind}"
    if rij.t_categorie not in (None, rij.categorie):
        yield "TR339", f"de categorie is nu {rij.t_categorie}"
    if rij.t_code not in (None, rij.code):
        yield "TR340", f"de productcode is nu {rij.t_code}"
    if kader.omvang is None:
        return
    if factor(kader.omvang.Eenheid, rij.eenheid) is None:
        yield "TR341", f"de eenheid is nu {kader.omvang.Eenheid}"
        return
    meeste = max(_maximum(rij, variant, periode) for variant in Variant)
    if rij.volume > meeste:
        yield "TR321", f"in deze periode mag nu hoogstens {hoeveelheid(meeste, rij.eenheid)}"


def _maximum(rij: Gewijzigd, variant: Variant, periode: Periode) -> int:
    """The most in this period; the list does not know the variant of the contract, so what fits one of them stays off."""
    kader = rij.kader(variant)
    assert kader.omvang is not None
    return omgerekend(maximum_periode(kader, periode), kader.omvang.Eenheid, rij.eenheid).waarde or 0


def _blijft(rij: Gewijzigd, _: Peil) -> bool:
    return next(past_niet(rij), None) is not None


def _taak(rij: Gewijzigd, _: Peil) -> Taak:
    anders = list(past_niet(rij))
    regels = ", ".join(regel for regel, _ in anders)
    waarom = (
        f"{rij} past niet meer bij de toewijzing: {'; '.join(wat for _, wat in anders)} ({regels}). Crediteer haar, en declareer "
        "opnieuw wat wel past (IV086)."
    )
    weg = any(regel in ("TR384", _BUITEN) for regel, _ in anders)
    return Taak(anders[0][0], waarom, rij.voorstel("credit" if weg else "credit_en_debet"))


LIJST = Werklijst(
    "te-crediteren",
    "Toegekende prestaties die niet meer passen bij hun toewijzing, omdat die daarna is gewijzigd.",
    "Aanbieder: crediteer de prestatie, en declareer opnieuw wat nog wel past; `voorstel` is de vraag die het 323 geeft. De dag "
    "is de laatste van de maand na de wijziging. Zolang er een toegekende prestatie staat, kan de gemeente de toewijzing niet "
    "verwijderen (TR385).",
    (
        Bron(
            rij=Gewijzigd,
            tabel=t,
            van=t.join(p, and_(p.c.dossier == t.c.dossier, p.c.toewijzingnummer == t.c.toewijzingnummer))
            .join(_van_deze, _van_deze.c.id == p.c.declaratie)
            .join(_van_toewijzing, _van_toewijzing.c.id == t.c.bericht),
            kolommen=kolommen(
                Gewijzigd,
                p,
                **EIGEN,
                declaratie=p.c.declaratie,
                toewijzing=t.c.id,
                **{naam: t.c[naam] for naam in ("gemeente", "bericht", "ingangsdatum", "einddatum", "verwijderd")},
                **{f"t_{naam}": t.c[naam] for naam in ("categorie", "code", "volume", "eenheid", "frequentie")},
            ),
            wie=t.c.aanbieder,
            vanaf=lambda _: dag_van(_van_toewijzing.c.ontvangen_op),
            uiterlijk=volgende_declaratie,
            waar=lambda _: (
                t.c.versie > 1,
                p.c.toestand == str(Prestatietoestand.TOEGEKEND),
                _van_toewijzing.c.volgnummer > _van_deze.c.volgnummer,
            ),
            taak=_taak,
            blijft=_blijft,
        ),
    ),
)
