"""Rules on the GeleverdVolume of a debetregel (323): within the Omvang of its toewijzing, per period and over the run.

What counts as declared over the run is every Prestatie that was not refused, debet minus credit, answered or not, and the
sound ones before it in this message; credits go first (OP366).
"""

from collections.abc import Iterator
from functools import lru_cache

from ...levensloop.rekenen.eenheid import Eenheid, factor
from ...levensloop.rekenen.kader import Kader
from ...levensloop.rekenen.maximum import maximum_looptijd, maximum_periode, omgerekend
from ...levensloop.rekenen.periode import Periode
from ...levensloop.rekenen.tekst import hoeveelheid
from ...levensloop.rekenen.uitkomst import Uitkomst
from ...standaard.berichten.declaratie import Prestatie
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import regel
from .prestatie_toewijzing import toewijzing_van


@regel(Niveau.BERICHTOVERSTIJGEND, "9321", "323", Prestatie)
def TR321(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """GeleverdVolume past binnen wat de Omvang van de toewijzing in één ProductPeriode toestaat; precies dat mag (IV077).

    Per week telt bij inspanning iedere aangeraakte kalenderweek, bij output iedere zondag; per maand de hele maand, en bij
    output van een gebroken maand wat de instelling gebroken-maand zegt. Onder iWmo mag productcategorie 01 per week tot 6
    maal het weekvolume. De variant is die van het contract op ProductPeriode/Begindatum, en anders die van de Eenheid.
    """
    toegewezen = toewijzing_van(prestatie, kennis)
    if toegewezen is None or toegewezen.Omvang is None or not factor(toegewezen.Omvang.Eenheid, prestatie.Eenheid):
        return
    periode = Periode(prestatie.ProductPeriode.Begindatum, prestatie.ProductPeriode.Einddatum)
    uitkomst = omgerekend(
        _maximum(_kader(prestatie, toegewezen, kennis), periode), toegewezen.Omvang.Eenheid, prestatie.Eenheid
    )
    volume, eenheid = prestatie.GeleverdVolume, prestatie.Eenheid
    if uitkomst.waarde is not None and volume > uitkomst.waarde:
        yield Overtreding(
            prestatie,
            "GeleverdVolume",
            f"{hoeveelheid(volume, eenheid)} is meer dan het maximum in deze periode, {hoeveelheid(uitkomst.waarde, eenheid)}.",
            "Declareer hoogstens het maximum, of vraag een ruimere toewijzing.",
            (*uitkomst.stappen, _te_veel(volume, uitkomst.waarde, eenheid)),
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9322", "323", Prestatie)
def TR322(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """Alles wat op de toewijzing is gedeclareerd past binnen wat de Omvang over de hele looptijd toestaat; precies dat mag.

    Opgeteld wordt wat niet is afgewezen, debet min credit, ook wat nog niet beantwoord is (afgeleid). Zonder Einddatum is
    er over de looptijd geen maximum, behalve bij frequentie 6 (totaal).
    """
    toegewezen = toewijzing_van(prestatie, kennis)
    if toegewezen is None or toegewezen.Omvang is None or not factor(toegewezen.Omvang.Eenheid, prestatie.Eenheid):
        return
    eigen = toegewezen.Omvang.Eenheid
    eenheid = _teleenheid(prestatie, eigen, kennis)
    uitkomst = omgerekend(_maximum(_kader(prestatie, toegewezen, kennis), None), eigen, eenheid)
    boek, nummer = kennis.dossier.boek, prestatie.ToewijzingNummer
    eerder = sum(boek.volume(nummer, soort) * (factor(soort, eenheid) or 0) for soort in {eigen, eenheid})
    deze = prestatie.GeleverdVolume * (factor(prestatie.Eenheid, eenheid) or 0)
    samen = eerder + deze
    if uitkomst.waarde is not None and samen > uitkomst.waarde:
        som = f"Eerder gedeclareerd {hoeveelheid(eerder, eenheid)}, nu {hoeveelheid(deze, eenheid)}: samen "
        yield Overtreding(
            prestatie,
            "GeleverdVolume",
            f"Met deze {hoeveelheid(deze, eenheid)} is op de toewijzing {hoeveelheid(samen, eenheid)} gedeclareerd, meer dan het "
            f"maximum van {hoeveelheid(uitkomst.waarde, eenheid)}.",
            "Declareer hoogstens wat er nog over is, of vraag een ruimere toewijzing.",
            (*uitkomst.stappen, f"{som}{hoeveelheid(samen, eenheid)}.", _te_veel(samen, uitkomst.waarde, eenheid)),
        )


def _kader(prestatie: Prestatie, toegewezen: ToegewezenProduct, kennis: Kennis) -> Kader:
    return kennis.contract.kader(toegewezen, kennis.domein, prestatie.ProductPeriode.Begindatum)


@lru_cache(maxsize=4096)
def _maximum(kader: Kader, periode: Periode | None) -> Uitkomst:
    """The maximum in this period, or without one over the run; a large declaratie asks the same many times."""
    return maximum_looptijd(kader) if periode is None else maximum_periode(kader, periode)


def _teleenheid(prestatie: Prestatie, eigen: str, kennis: Kennis) -> str:
    """In what to add up: minutes as soon as anything was declared in minutes on a toewijzing in hours."""
    in_minuten = prestatie.Eenheid == Eenheid.MINUUT or kennis.dossier.boek.volume(
        prestatie.ToewijzingNummer, Eenheid.MINUUT
    )
    return Eenheid.MINUUT if in_minuten and factor(eigen, Eenheid.MINUUT) else eigen


def _te_veel(volume: int, maximum: int, eenheid: str) -> str:
    over = hoeveelheid(volume - maximum, eenheid)
    return f"{hoeveelheid(volume, eenheid)} is {over} meer dan {hoeveelheid(maximum, eenheid)}."
