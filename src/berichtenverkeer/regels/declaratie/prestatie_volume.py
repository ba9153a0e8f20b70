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
from ...levensloop.rekenen.uitkomst import Rekenuitkomst
from ...standaard.berichten.declaratie import Prestatie
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import regel
from .prestatie_toewijzing import toewijzing_van
from .rekening import Rekening


@regel(Niveau.BERICHTOVERSTIJGEND, "9321", "323", Prestatie)
def TR321(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """GeleverdVolume past binnen wat de Omvang van de toewijzing in één ProductPeriode toestaat; precies dat mag (IV077).

    Per week telt bij inspanning iedere aangeraakte kalenderweek, bij output iedere zondag; per maand de hele maand, en bij
    output van een gebroken maand wat de instelling gebroken-maand zegt. Onder iWmo mag productcategorie 01 per week tot 6
    maal het weekvolume. De variant is die van het contract op ProductPeriode/Begindatum, en anders die van de Eenheid.
    """
    rekening = in_periode(prestatie, kennis)
    if rekening is not None and rekening.grens is not None and rekening.te_veel:
        volume, eenheid = rekening.gevraagd, rekening.eenheid
        yield Overtreding(
            prestatie,
            "GeleverdVolume",
            f"{hoeveelheid(volume, eenheid)} is meer dan het maximum in deze periode, {hoeveelheid(rekening.grens, eenheid)}.",
            "Declareer hoogstens het maximum, of vraag een ruimere toewijzing.",
            (*rekening.stappen, _te_veel(volume, rekening.grens, eenheid)),
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9322", "323", Prestatie)
def TR322(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """Alles wat op de toewijzing is gedeclareerd past binnen wat de Omvang over de hele looptijd toestaat; precies dat mag.

    Opgeteld wordt wat niet is afgewezen, debet min credit, ook wat nog niet beantwoord is (afgeleid). Zonder Einddatum is
    er over de looptijd geen maximum, behalve bij frequentie 6 (totaal).
    """
    rekening = over_looptijd(prestatie, kennis)
    if rekening is not None and rekening.grens is not None and rekening.te_veel:
        samen, eenheid = rekening.gevraagd, rekening.eenheid
        yield Overtreding(
            prestatie,
            "GeleverdVolume",
            f"Met deze {hoeveelheid(rekening.deze, eenheid)} is op de toewijzing {hoeveelheid(samen, eenheid)} gedeclareerd, "
            f"meer dan het maximum van {hoeveelheid(rekening.grens, eenheid)}.",
            "Declareer hoogstens wat er nog over is, of vraag een ruimere toewijzing.",
            (*rekening.stappen, _te_veel(samen, rekening.grens, eenheid)),
        )


def in_periode(prestatie: Prestatie, kennis: Kennis) -> Rekening | None:
    """The maximum in the ProductPeriode (TR321); None where there is nothing to hold it against."""
    toegewezen = _met_omvang(prestatie, kennis)
    if toegewezen is None or toegewezen.Omvang is None:
        return None
    periode = Periode(prestatie.ProductPeriode.Begindatum, prestatie.ProductPeriode.Einddatum)
    maximum = _maximum(_kader(prestatie, toegewezen, kennis), periode)
    uitkomst = omgerekend(maximum, toegewezen.Omvang.Eenheid, prestatie.Eenheid)
    volume = prestatie.GeleverdVolume
    return Rekening(uitkomst.waarde, volume, volume, prestatie.Eenheid, uitkomst.stappen)


def over_looptijd(prestatie: Prestatie, kennis: Kennis) -> Rekening | None:
    """The maximum over the run with all that was declared (TR322); None where there is nothing to hold it against."""
    toegewezen = _met_omvang(prestatie, kennis)
    if toegewezen is None or toegewezen.Omvang is None:
        return None
    eigen = toegewezen.Omvang.Eenheid
    eenheid = _teleenheid(prestatie, eigen, kennis)
    uitkomst = omgerekend(_maximum(_kader(prestatie, toegewezen, kennis), None), eigen, eenheid)
    boek, nummer = kennis.dossier.boek, prestatie.ToewijzingNummer
    eerder = sum(boek.volume(nummer, soort) * (factor(soort, eenheid) or 0) for soort in {eigen, eenheid})
    deze = prestatie.GeleverdVolume * (factor(prestatie.Eenheid, eenheid) or 0)
    samen = eerder + deze
    som = (
        f"Eerder gedeclareerd {hoeveelheid(eerder, eenheid)}, nu {hoeveelheid(deze, eenheid)}: samen "
        f"{hoeveelheid(samen, eenheid)}."
    )
    return Rekening(uitkomst.waarde, samen, deze, eenheid, (*uitkomst.stappen, som))


def _met_omvang(prestatie: Prestatie, kennis: Kennis) -> ToegewezenProduct | None:
    """The toewijzing, if it has an Omvang that this Prestatie can be reckoned in."""
    toegewezen = toewijzing_van(prestatie, kennis)
    if toegewezen is None or toegewezen.Omvang is None or not factor(toegewezen.Omvang.Eenheid, prestatie.Eenheid):
        return None
    return toegewezen


def _kader(prestatie: Prestatie, toegewezen: ToegewezenProduct, kennis: Kennis) -> Kader:
    return kennis.contract.kader(toegewezen, kennis.domein, prestatie.ProductPeriode.Begindatum)


@lru_cache(maxsize=4096)
def _maximum(kader: Kader, periode: Periode | None) -> Rekenuitkomst:
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
