"""The life of a ToewijzingNummer, row by row (levenscyclus A2)."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from berichtenverkeer.levensloop.overgangen import Toewijzingtoestand
from berichtenverkeer.standaard.berichten.toewijzing import ToegewezenProduct

from .verhaal import NUMMER, Klasse, Verhaal, Y, start, toewijzing

GEEN, TOEKOMSTIG, LOPEND, VERLOPEN, VERWIJDERD = Toewijzingtoestand

LATER = "2026-02-10T09:00:00"
"""The moment of a newer version."""


@dataclass(frozen=True)
class Rij:
    """From what ``eerder`` sent, one 301 leads to ``naar`` by the event ``gebeurtenis``, or is refused with ``codes``."""

    naam: str
    eerder: list[Klasse]
    bericht: list[Klasse]
    naar: Toewijzingtoestand
    gebeurtenis: str
    codes: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        return self.naam


TOEKOMST = toewijzing(ingang="2026-04-01")
LOOPT = toewijzing()
OPEN = toewijzing(einde=None)
VOORBIJ = toewijzing(einde="2026-02-28")
BUDGET = toewijzing(budget="100000")
PER_MAAND = toewijzing(frequentie="4")
WEG = toewijzing(LATER, einde="2026-02-01", reden="13")

RIJEN = [
    Rij("nieuw, toekomstig", [], [TOEKOMST], TOEKOMSTIG, "nieuw"),
    Rij("nieuw, vanaf vandaag", [], [toewijzing(ingang="2026-03-02")], LOPEND, "nieuw"),
    Rij("nieuw, vanaf morgen", [], [toewijzing(ingang="2026-03-03")], TOEKOMSTIG, "nieuw"),
    Rij("nieuw, tot en met vandaag", [], [toewijzing(einde="2026-03-02")], LOPEND, "nieuw"),
    Rij("nieuw, tot en met gisteren", [], [toewijzing(einde="2026-03-01")], VERLOPEN, "nieuw"),
    Rij("nieuw zonder einddatum", [], [OPEN], LOPEND, "nieuw"),
    Rij("nieuw van één dag", [], [toewijzing(ingang="2026-03-02", einde="2026-03-02")], LOPEND, "nieuw"),
    Rij("nieuw en meteen verwijderd", [], [WEG], VERWIJDERD, "nieuw"),
    Rij("herhaald", [LOOPT], [LOOPT], LOPEND, "herhaald"),
    Rij("ingetrokken, loopt nog", [LOOPT], [toewijzing(LATER, einde="2026-03-31", reden="05")], LOPEND, "ingetrokken"),
    Rij("ingetrokken met terugwerkende kracht", [LOOPT], [toewijzing(LATER, einde="2026-03-01", reden="05")], VERLOPEN, "ingetrokken"),
    Rij("einddatum voor het eerst gevuld", [OPEN], [toewijzing(LATER, reden="05")], LOPEND, "ingetrokken"),
    Rij("ingetrokken vóór de ingangsdatum", [LOOPT], [toewijzing(LATER, einde="2026-01-31", reden="05")], LOPEND, "", {"0001"}),
    Rij("toekomstig ingetrokken", [TOEKOMST], [toewijzing(LATER, "2026-04-01", "2026-04-30", reden="05")], TOEKOMSTIG, "ingetrokken"),
    Rij("opgerekt", [LOOPT], [toewijzing(LATER, einde="2027-12-31", reden="04")], LOPEND, "opgerekt"),
    Rij("opgerekt tot in het onbepaalde", [LOOPT], [toewijzing(LATER, einde=None, reden="04")], LOPEND, "opgerekt"),
    Rij("opgerekt na de einddatum", [VOORBIJ], [toewijzing(LATER, einde="2026-06-30", reden="04")], LOPEND, "opgerekt"),
    Rij("volume over de hele looptijd", [LOOPT], [toewijzing(LATER, volume="8", reden="12")], LOPEND, "volume gewijzigd"),
    Rij("budget", [BUDGET], [toewijzing(LATER, budget="50000", reden="12")], LOPEND, "budget gewijzigd"),
    Rij("omvang per maand op hetzelfde nummer", [PER_MAAND], [toewijzing(LATER, frequentie="4", volume="8", reden="12")], LOPEND, "gewijzigd"),
    Rij("frequentie", [LOOPT], [toewijzing(LATER, frequentie="4", reden="12")], LOPEND, "gewijzigd"),
    Rij("product op hetzelfde nummer", [LOOPT], [toewijzing(LATER, product=Y, reden="12")], LOPEND, "gewijzigd"),
    Rij("product en ingangsdatum op hetzelfde nummer", [LOOPT], [toewijzing(LATER, "2026-03-01", product=Y)], LOPEND, "", {"9332"}),
    Rij("verwijderd", [LOOPT], [WEG], VERWIJDERD, "verwijderd"),
    Rij("verlopen en dan verwijderd", [VOORBIJ], [WEG], VERWIJDERD, "verwijderd"),
    Rij("verwijderen zonder gelijke datums", [LOOPT], [toewijzing(LATER, reden="13")], LOPEND, "", {"0001"}),
    Rij("reden 01", [LOOPT], [toewijzing(LATER, einde="2026-02-01", reden="01")], LOPEND, "", {"0001"}),
    Rij("één dag zonder reden 13 is niet verwijderd", [LOOPT], [toewijzing(LATER, einde="2026-02-01", reden="05")], VERLOPEN, "ingetrokken"),
    Rij("administratieve correctie", [LOOPT], [toewijzing(LATER, einde="2026-03-01", reden="14")], VERLOPEN, "administratieve correctie"),
    Rij("verwijdering herhaald", [LOOPT, WEG], [WEG], VERWIJDERD, "herhaald"),
    Rij("hersteld na een verwijdering", [LOOPT, WEG], [toewijzing("2026-02-11T09:00:00")], LOPEND, "hersteld"),
    Rij("nummer van een verwijderde toewijzing opnieuw gebruikt", [LOOPT, WEG], [toewijzing("2026-02-11T09:00:00", "2026-03-01", product=Y)], LOPEND, "hersteld"),
    Rij("oudere versie komt later", [toewijzing(LATER, einde="2026-03-31", reden="05")], [LOOPT], LOPEND, "oudere versie"),
    Rij("oudere versie komt na de verwijdering", [WEG], [LOOPT], VERWIJDERD, "oudere versie"),
    Rij("fout product: verwijderd en een nieuw nummer in één bericht", [LOOPT], [WEG, toewijzing(nummer=1002, product=Y)], VERWIJDERD, "verwijderd"),
    Rij("omvang gewijzigd: korter en een nieuw nummer in één bericht", [PER_MAAND],
        [toewijzing(LATER, einde="2026-03-31", frequentie="4", reden="12"), toewijzing(LATER, "2026-04-01", nummer=1002, frequentie="4", volume="8")],
        LOPEND, "ingetrokken"),
    Rij("eerder ingaan: extra toewijzing tot de dag ervoor", [LOOPT], [LOOPT, toewijzing(ingang="2026-01-01", einde="2026-01-31", nummer=1002)], LOPEND, "herhaald"),
    Rij("eerder ingaan met een dag overlap", [LOOPT], [LOOPT, toewijzing(ingang="2026-01-01", einde="2026-02-01", nummer=1002)], LOPEND, "", {"0001"}),
]  # fmt: skip


@pytest.mark.parametrize("rij", RIJEN, ids=str)
def test_row(rij: Rij) -> None:
    verhaal = Verhaal()
    for eerder in rij.eerder:
        assert verhaal.wijs_toe(eerder) == set()
    van, punten = verhaal.toestand(), verhaal.tijdlijn()
    assert verhaal.wijs_toe(*rij.bericht) == rij.codes
    assert verhaal.toestand() is rij.naar
    nieuw = verhaal.tijdlijn()[len(punten) :]
    verwacht = [] if rij.codes else [(rij.gebeurtenis, van, rij.naar)]
    assert [(punt.gebeurtenis, punt.van, punt.naar) for punt in nieuw] == verwacht


def test_a_new_number_beside_the_old_one_has_its_own_life() -> None:
    verhaal = Verhaal()
    verhaal.wijs_toe(LOOPT)
    verhaal.wijs_toe(WEG, toewijzing(nummer=1002, product=Y))
    assert (verhaal.toestand(), verhaal.toestand(1002)) == (VERWIJDERD, LOPEND)
    assert [punt.gebeurtenis for punt in verhaal.tijdlijn(1002)] == ["nieuw"]


@pytest.mark.parametrize(
    ("dag", "toestand"),
    [
        (date(2026, 3, 31), TOEKOMSTIG),
        (date(2026, 4, 1), LOPEND),
        (date(2026, 4, 30), LOPEND),
        (date(2026, 5, 1), VERLOPEN),
    ],
)
def test_time_by_itself(dag: date, toestand: Toewijzingtoestand) -> None:
    verhaal = Verhaal()
    verhaal.wijs_toe(toewijzing(ingang="2026-04-01", einde="2026-04-30"))
    verhaal.op(dag)
    assert verhaal.toestand() is toestand
    vanzelf = [(punt.gebeurtenis, punt.moment.date()) for punt in verhaal.tijdlijn() if punt.bericht is None]
    verwacht = [("ingegaan", date(2026, 4, 1)), ("einddatum verstreken", date(2026, 5, 1))]
    assert vanzelf == [(naam, op) for naam, op in verwacht if op <= dag]


def test_an_end_on_the_last_of_all_days_never_comes() -> None:
    verhaal = Verhaal()
    assert verhaal.wijs_toe(toewijzing(einde="9999-12-31")) == set()
    assert [punt.gebeurtenis for punt in verhaal.tijdlijn()] == ["nieuw"]


def test_what_a_version_set_later_does_not_happen_earlier() -> None:
    """The end that a 301 puts in the past was not passed on that day: the message brings it about."""
    verhaal = Verhaal()
    verhaal.wijs_toe(OPEN)
    verhaal.op(date(2026, 6, 1))
    verhaal.wijs_toe(toewijzing("2026-06-01T09:00:00", einde="2026-04-30", reden="05"))
    assert [(punt.gebeurtenis, punt.naar) for punt in verhaal.tijdlijn()] == [
        ("nieuw", LOPEND),
        ("ingetrokken", VERLOPEN),
    ]


def test_what_passed_before_a_version_changed_it_is_told_as_it_was() -> None:
    verhaal = Verhaal()
    verhaal.wijs_toe(toewijzing(einde="2026-03-31"))
    verhaal.op(date(2026, 4, 15))
    verhaal.wijs_toe(toewijzing("2026-04-15T09:00:00", einde="2026-04-30", reden="04"))
    verhaal.op(date(2026, 5, 1))
    assert [(punt.gebeurtenis, punt.moment.date()) for punt in verhaal.tijdlijn()] == [
        ("nieuw", date(2026, 3, 2)),
        ("einddatum verstreken", date(2026, 4, 1)),
        ("opgerekt", date(2026, 4, 15)),
        ("einddatum verstreken", date(2026, 5, 1)),
    ]


def test_the_timeline_says_what_changed() -> None:
    verhaal = Verhaal()
    verhaal.wijs_toe(LOOPT)
    verhaal.wijs_toe(toewijzing(LATER, einde="2026-03-31", volume="2", reden="12"))
    verhaal.lever(start("2026-02-02"))
    _, gewijzigd, gestart = verhaal.tijdlijn()
    product = verhaal.dossier.toewijzingen[NUMMER].product
    eerder = verhaal.dossier.toewijzingen[NUMMER].versies[0].feit
    assert isinstance(eerder, ToegewezenProduct)
    assert gewijzigd.wijzigingen == {
        "Einddatum": (date(2026, 12, 31), date(2026, 3, 31)),
        "Omvang": (eerder.Omvang, product.Omvang),
    }
    assert gestart.wijzigingen == {"Begindatum": (None, date(2026, 2, 2))}


def test_a_repeat_is_not_a_version() -> None:
    verhaal = Verhaal()
    for versie in (LOOPT, LOOPT, toewijzing(LATER, einde="2026-03-31", reden="05"), LOOPT):
        verhaal.wijs_toe(versie)
    assert verhaal.dossier.toewijzingen[NUMMER].aantal_versies == 2
