"""Granted Prestaties that no longer fit their toewijzing, which changed after they were declared (IV086)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, text

from ...levensloop import past_nog
from ...levensloop.overgangen import Prestatietoestand
from ...levensloop.rekenen.kader import Kader
from ...levensloop.rekenen.variant import GebrokenMaand, Uitvoeringsvariant
from ...opslag.dag import dag_van
from ...opslag.tabellen.berichten import bericht
from ...opslag.tabellen.declaraties import prestatie as p
from ...opslag.tabellen.dossiers import toewijzing as t
from ...standaard.berichten.basis import Omvang
from ...standaard.domein import Domein
from ..lijst import Bron, Peil, Taak, Werklijst, kolommen
from ..prestatie import EIGEN, Prestatierij, volgende_declaratie

_GEWIJZIGD = text("toewijzing.versie > 1")
"""In the words of the index, else SQLite does not use it."""

_van_deze = bericht.alias("van_deze")
_van_toewijzing = bericht.alias("van_toewijzing")


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

    def kader(self, variant: Uitvoeringsvariant, gebroken: GebrokenMaand) -> Kader:
        """What the toewijzing allows."""
        omvang = None
        if self.t_volume is not None:
            omvang = Omvang.model_validate(
                {"Volume": self.t_volume, "Eenheid": self.t_eenheid, "Frequentie": self.t_frequentie}
            )
        domein = Domein(self.domein)
        return Kader(domein, self.ingangsdatum, self.einddatum, self.t_categorie, omvang, None, variant, gebroken)


def past_niet(rij: Gewijzigd) -> Iterator[tuple[str, str]]:
    """The rules that a debetregel would break now in whatever variant, each with what is wrong.

    The list does not know the variant of the contract: what fits one of them stays off, and no maximum is named that another
    makes different.
    """
    per_variant = [
        dict(past_nog.past_niet(rij, rij.kader(variant, gebroken), rij.t_code, verwijderd=rij.verwijderd))
        for variant in Uitvoeringsvariant
        for gebroken in GebrokenMaand
    ]
    for regel in per_variant[0]:
        wat = {gevonden.get(regel) for gevonden in per_variant}
        if None not in wat:
            yield regel, str(wat.pop()) if len(wat) == 1 else "het volume is meer dan nu in deze periode mag"


def _blijft(rij: Gewijzigd, _: Peil) -> bool:
    return next(past_niet(rij), None) is not None


def _taak(rij: Gewijzigd, _: Peil) -> Taak:
    anders = list(past_niet(rij))
    regels = ", ".join(regel for regel, _ in anders)
    waarom = (
        f"{rij} past niet meer bij de toewijzing: {'; '.join(wat for _, wat in anders)} ({regels}). Crediteer haar, en declareer "
        "opnieuw wat wel past (IV086)."
    )
    weg = any(regel in past_nog.BUITEN for regel, _ in anders)
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
                _GEWIJZIGD,
                p.c.toestand == str(Prestatietoestand.TOEGEKEND),
                _van_toewijzing.c.volgnummer > _van_deze.c.volgnummer,
            ),
            taak=_taak,
            blijft=_blijft,
        ),
    ),
)
