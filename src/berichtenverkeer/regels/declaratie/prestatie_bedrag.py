"""Rules on the money of a debetregel (323): within the Budget of its toewijzing, and volume times tariff."""

from collections.abc import Iterator

from ...levensloop.rekenen.bedrag import ingediend_bedrag, mogelijke_bedragen
from ...levensloop.rekenen.eenheid import Eenheid
from ...levensloop.rekenen.tekst import euro
from ...levensloop.rekenen.uitkomst import Rekenuitkomst
from ...standaard.berichten.declaratie import Prestatie
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import regel
from .prestatie_toewijzing import is_credit, toewijzing_van
from .rekening import Rekening


@regel(Niveau.BERICHTOVERSTIJGEND, "9369", "323", Prestatie)
def TR369(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """Alles wat op de toewijzing is gedeclareerd past binnen haar Budget; precies het Budget mag.

    Opgeteld wordt wat niet is afgewezen, debet min credit, ook wat nog niet beantwoord is (afgeleid). De bron telt
    GeleverdVolume op, wat alleen bij Eenheid 83 een bedrag is; daarom telt IngediendBedrag, tenzij de instelling
    budget-vergelijking op volume staat (tegenstrijdigheid 7).
    """
    rekening = binnen_budget(prestatie, kennis)
    if rekening is not None and rekening.grens is not None and rekening.te_veel:
        grens, samen = rekening.grens, rekening.gevraagd
        yield Overtreding(
            prestatie,
            "IngediendBedrag/Bedrag" if _op_bedrag(kennis) else "GeleverdVolume",
            f"Met deze {euro(rekening.deze)} is op de toewijzing {euro(samen)} gedeclareerd, meer dan het budget van "
            f"{euro(grens)}.",
            "Declareer hoogstens wat er van het budget over is, of vraag een ruimer budget.",
            (*rekening.stappen, f"Dat is {euro(samen - grens)} te veel."),
        )


def binnen_budget(prestatie: Prestatie, kennis: Kennis) -> Rekening | None:
    """The Budget with all that was declared (TR369); None where there is none."""
    toegewezen = toewijzing_van(prestatie, kennis)
    if toegewezen is None or toegewezen.Budget is None:
        return None
    boek, nummer = kennis.dossier.boek, prestatie.ToewijzingNummer
    if _op_bedrag(kennis):
        eerder, deze = boek.bedrag(nummer), prestatie.IngediendBedrag.Bedrag
    else:
        eerder, deze = sum(boek.volume(nummer, eenheid) for eenheid in Eenheid), prestatie.GeleverdVolume
    stappen = (
        f"Het budget van de toewijzing is {euro(toegewezen.Budget)}.",
        f"Eerder gedeclareerd {euro(eerder)}, nu {euro(deze)}: samen {euro(eerder + deze)}.",
    )
    return Rekening(toegewezen.Budget, eerder + deze, deze, Eenheid.EURO, stappen)


def _op_bedrag(kennis: Kennis) -> bool:
    return kennis.contract.keuze("budget-vergelijking") == "bedrag"


@regel(Niveau.EXTERNE_BRON, "9346", "323", Prestatie)
def TR346(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """IngediendBedrag is GeleverdVolume maal ProductTarief, bij een andere Eenheid dan 83 (euro's).

    Is per uur (04) afgesproken en in minuten (01) gedeclareerd, dan is het uurtarief maal de minuten gedeeld door 60, en
    pas dan rekenkundig afgerond (IV081). Is het uurtarief hier niet bekend, dan is ieder bedrag goed dat volgt uit een
    uurtarief waarvan ProductTarief de afgeronde minuutprijs is (afgeleid). Bij Eenheid 83 geldt CS339. Een creditregel
    volgt haar debetregel (TR323).
    """
    verwacht = verwacht_bedrag(prestatie, kennis)
    if verwacht is None or is_credit(prestatie) or _kan_per_uur_zijn(prestatie, kennis):
        return
    bedrag = prestatie.IngediendBedrag.Bedrag
    if bedrag != verwacht.waarde:
        yield Overtreding(
            prestatie,
            "IngediendBedrag/Bedrag",
            f"Bedrag {euro(bedrag)} is niet {euro(verwacht.waarde or 0)}.",
            "Vul GeleverdVolume maal ProductTarief; bij een uurtarief in minuten: uurtarief maal minuten gedeeld door 60.",
            (*verwacht.stappen, f"Ingediend is {euro(bedrag)}."),
        )


def verwacht_bedrag(prestatie: Prestatie, kennis: Kennis) -> Rekenuitkomst | None:
    """GeleverdVolume times tariff (TR346); None in euros or without a tariff."""
    volume, eenheid, tarief = prestatie.GeleverdVolume, prestatie.Eenheid, prestatie.ProductTarief
    if tarief is None or eenheid == Eenheid.EURO:
        return None
    uurtarief = _uurtarief(prestatie, kennis)
    if uurtarief is not None:
        return ingediend_bedrag(volume, eenheid, uurtarief, Eenheid.UUR)
    return ingediend_bedrag(volume, eenheid, tarief, eenheid)


def _kan_per_uur_zijn(prestatie: Prestatie, kennis: Kennis) -> bool:
    """Whether the amount follows from an hour tariff that is not known here."""
    if prestatie.ProductTarief is None or not _per_uur_kan(prestatie, kennis):
        return False
    if _uurtarief(prestatie, kennis) is not None:
        return False
    bedragen = mogelijke_bedragen(prestatie.GeleverdVolume, prestatie.ProductTarief)
    return prestatie.IngediendBedrag.Bedrag in bedragen


def _uurtarief(prestatie: Prestatie, kennis: Kennis) -> int | None:
    """The hour tariff behind a Prestatie in minutes; None when none was agreed, or one by the minute."""
    if prestatie.Eenheid != Eenheid.MINUUT:
        return None
    code, dag = prestatie.ProductCode, prestatie.ProductPeriode.Begindatum
    if kennis.contract.tarief(code, Eenheid.MINUUT, dag) is not None:
        return None
    return kennis.contract.tarief(code, Eenheid.UUR, dag)


def _per_uur_kan(prestatie: Prestatie, kennis: Kennis) -> bool:
    """Whether a Prestatie in minutes may have been agreed by the hour, for all that is known."""
    code, dag = prestatie.ProductCode, prestatie.ProductPeriode.Begindatum
    return prestatie.Eenheid == Eenheid.MINUUT and kennis.contract.tarief(code, Eenheid.MINUUT, dag) is None
