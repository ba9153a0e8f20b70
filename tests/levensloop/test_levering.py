"""The life of a levering, row by row (levenscyclus B2)."""

from dataclasses import dataclass, field

import pytest

from berichtenverkeer.levensloop.overgangen import Leveringstoestand

from .verhaal import Klasse, Verhaal, X, Y, start, stop, toewijzing

NIET, GESTART, TIJDELIJK, DEFINITIEF = Leveringstoestand


@dataclass(frozen=True)
class Rij:
    """From ``van``, which ``eerder`` leads to, one message leads to ``naar`` or is refused with ``codes``."""

    naam: str
    van: Leveringstoestand
    eerder: list[list[Klasse]]
    bericht: list[Klasse]
    naar: Leveringstoestand
    codes: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        return self.naam


A, B = "2026-02-02", "2026-02-16"
EIND_A, EIND_B = "2026-02-13", "2026-02-27"
GESTART_A = [[start(A)]]
TIJDELIJK_A = [*GESTART_A, [stop(A, EIND_A, "20")]]
DEFINITIEF_A = [*GESTART_A, [stop(A, EIND_A)]]
BEIDE_A = [*TIJDELIJK_A, [stop(A, EIND_A)]]
HERSTART_B = [*TIJDELIJK_A, [start(B)]]
HERSTART_NA_DEFINITIEF = [*DEFINITIEF_A, [start(B)]]
TWEE_OPEN = [*HERSTART_NA_DEFINITIEF, [stop(A, EIND_A, status="3")]]

RIJEN = [
    Rij("start", NIET, [], [start(A)], GESTART),
    Rij("start zonder toewijzing", NIET, [], [start(A, nummer=1009)], NIET, {"9019"}),
    Rij("tweede start", GESTART, GESTART_A, [start(B)], GESTART, {"9326"}),
    Rij("tweede start van een ander product", GESTART, GESTART_A, [start(A, product=Y)], GESTART, {"9326"}),
    Rij("dezelfde start nogmaals", GESTART, GESTART_A, [start(A)], GESTART, {"9074", "9326"}),
    Rij("start verwijderd", GESTART, GESTART_A, [start(A, status="3")], NIET),
    Rij("start verwijderd die er niet is", GESTART, GESTART_A, [start(B, status="3")], GESTART, {"9063"}),
    Rij("herstart verwijderd, terug naar tijdelijk", GESTART, HERSTART_B, [start(B, status="3")], TIJDELIJK),
    Rij("herstart verwijderd, terug naar definitief", GESTART, HERSTART_NA_DEFINITIEF, [start(B, status="3")], DEFINITIEF),
    Rij("start gecorrigeerd in één bericht", GESTART, GESTART_A, [start(B), start(A, status="3")], GESTART),
    Rij("start gecorrigeerd met dezelfde sleutel", GESTART, GESTART_A, [start(A, status="3"), start(A)], GESTART, {"0001"}),
    Rij("stop zonder start", NIET, [], [stop(A, EIND_A)], NIET, {"9069"}),
    Rij("stop na een verwijderde start", NIET, [*GESTART_A, [start(A, status="3")]], [stop(A, EIND_A)], NIET, {"9069"}),
    Rij("stop met een andere begindatum", GESTART, GESTART_A, [stop(B, EIND_B)], GESTART, {"9069"}),
    Rij("stop met een ander product", GESTART, GESTART_A, [stop(A, EIND_A, product=Y)], GESTART, {"9069"}),
    Rij("tijdelijke stop", GESTART, GESTART_A, [stop(A, EIND_A, "20")], TIJDELIJK),
    Rij("definitieve stop", GESTART, GESTART_A, [stop(A, EIND_A)], DEFINITIEF),
    Rij("stop op de begindatum", GESTART, GESTART_A, [stop(A, A)], DEFINITIEF),
    Rij("stop vóór de begindatum", GESTART, GESTART_A, [stop(A, "2026-02-01")], GESTART, {"0001"}),
    Rij("tweede tijdelijke stop", TIJDELIJK, TIJDELIJK_A, [stop(A, EIND_B, "20")], TIJDELIJK, {"9413"}),
    Rij("definitief na tijdelijk op dezelfde dag", TIJDELIJK, TIJDELIJK_A, [stop(A, EIND_A)], DEFINITIEF),
    Rij("definitief na tijdelijk op een latere dag", TIJDELIJK, TIJDELIJK_A, [stop(A, EIND_B)], DEFINITIEF),
    Rij("definitief na tijdelijk op een eerdere dag", TIJDELIJK, TIJDELIJK_A, [stop(A, "2026-02-12")], TIJDELIJK, {"9414"}),
    Rij("tijdelijk en definitief in één bericht", GESTART, GESTART_A, [stop(A, EIND_B), stop(A, EIND_A, "20")], DEFINITIEF),
    Rij("tijdelijk en definitief op één dag", GESTART, GESTART_A, [stop(A, EIND_A), stop(A, EIND_A, "20")], DEFINITIEF),
    Rij("herstart na tijdelijk", TIJDELIJK, TIJDELIJK_A, [start(B)], GESTART),
    Rij("herstart na definitief", DEFINITIEF, DEFINITIEF_A, [start(B)], GESTART),
    Rij("herstart op de einddatum", DEFINITIEF, DEFINITIEF_A, [start(EIND_A)], GESTART),
    Rij("herstart op dezelfde begindatum", DEFINITIEF, DEFINITIEF_A, [start(A)], DEFINITIEF, {"9074"}),
    Rij("definitief na definitief", DEFINITIEF, DEFINITIEF_A, [stop(A, EIND_B, "21")], DEFINITIEF, {"9415"}),
    Rij("tijdelijk na definitief", DEFINITIEF, DEFINITIEF_A, [stop(A, EIND_B, "20")], DEFINITIEF, {"9415"}),
    Rij("tijdelijk na tijdelijk en definitief", DEFINITIEF, BEIDE_A, [stop(A, EIND_B, "20")], DEFINITIEF, {"9413", "9415"}),
    Rij("eerder tijdelijk na definitief", DEFINITIEF, DEFINITIEF_A, [stop(A, A, "20")], DEFINITIEF, {"9414", "9415"}),
    Rij("start met tijdelijke stop verwijderen", TIJDELIJK, TIJDELIJK_A, [start(A, status="3")], TIJDELIJK, {"9071"}),
    Rij("start met definitieve stop verwijderen", DEFINITIEF, DEFINITIEF_A, [start(A, status="3")], DEFINITIEF, {"9071"}),
    Rij("tijdelijke stop verwijderd", TIJDELIJK, TIJDELIJK_A, [stop(A, EIND_A, "20", status="3")], GESTART),
    Rij("definitieve stop verwijderd", DEFINITIEF, DEFINITIEF_A, [stop(A, EIND_A, status="3")], GESTART),
    Rij("definitieve na tijdelijke verwijderd", DEFINITIEF, BEIDE_A, [stop(A, EIND_A, status="3")], TIJDELIJK),
    Rij("tijdelijke vóór definitieve verwijderd", DEFINITIEF, BEIDE_A, [stop(A, EIND_A, "20", status="3")], DEFINITIEF),
    Rij("stop verwijderd met een andere reden", DEFINITIEF, DEFINITIEF_A, [stop(A, EIND_A, "21", status="3")], DEFINITIEF, {"9063"}),
    Rij("stop verwijderd met een andere einddatum", DEFINITIEF, DEFINITIEF_A, [stop(A, EIND_B, status="3")], DEFINITIEF, {"9063"}),
    Rij("stop gecorrigeerd in één bericht", DEFINITIEF, DEFINITIEF_A, [stop(A, A, "20"), stop(A, EIND_A, status="3")], TIJDELIJK),
    Rij("status 2", GESTART, GESTART_A, [start(A, status="2")], GESTART, {"0001"}),
    Rij("status 9", GESTART, GESTART_A, [stop(A, EIND_A, status="9")], GESTART, {"0001"}),
    Rij("dezelfde tijdelijke stop nogmaals", TIJDELIJK, TIJDELIJK_A, [stop(A, EIND_A, "20")], TIJDELIJK, {"9074", "9413"}),
    Rij("dezelfde definitieve stop nogmaals", DEFINITIEF, DEFINITIEF_A, [stop(A, EIND_A)], DEFINITIEF, {"9074", "9415"}),
    Rij("na herstart tijdelijk op de oudere", GESTART, HERSTART_B, [stop(A, EIND_B, "20")], GESTART, {"9413"}),
    Rij("na herstart definitief op de oudere, tijdelijk gestopte", GESTART, HERSTART_B, [stop(A, EIND_B)], GESTART, {"9069"}),
    Rij("na herstart definitief op de oudere, definitief gestopte", GESTART, HERSTART_NA_DEFINITIEF, [stop(A, EIND_B)], GESTART, {"9415"}),
    Rij("na herstart stop op de laatste", GESTART, HERSTART_B, [stop(B, EIND_B)], DEFINITIEF),
    Rij("stop van een eerdere start verwijderd", GESTART, HERSTART_NA_DEFINITIEF, [stop(A, EIND_A, status="3")], GESTART),
    Rij("twee open, de eerdere weer gestopt", GESTART, TWEE_OPEN, [stop(A, EIND_A)], GESTART),
    Rij("twee open, de laatste gestopt", GESTART, TWEE_OPEN, [stop(B, EIND_B)], GESTART),
    Rij("twee open, de laatste tijdelijk gestopt", GESTART, TWEE_OPEN, [stop(B, EIND_B, "20")], GESTART),
    Rij("twee open, de laatste gestopt en dan de eerdere", GESTART, [*TWEE_OPEN, [stop(B, EIND_B, "20")]], [stop(A, EIND_A)], TIJDELIJK),
    Rij("twee open, de laatste verwijderd", GESTART, TWEE_OPEN, [start(B, status="3")], GESTART),
    Rij("twee open, beide gestopt in één bericht", GESTART, TWEE_OPEN, [stop(B, EIND_B), stop(A, EIND_A, "20")], DEFINITIEF),
    Rij("herstart met een eerdere begindatum", DEFINITIEF, [[start(B)], [stop(B, EIND_B)]], [start(A)], GESTART),
    Rij("stop op een start van vóór de laatste", GESTART, [[start(B)], [stop(B, EIND_B)], [start(A)]], [stop(A, EIND_A, "20")], DEFINITIEF),
    Rij("ander product op dezelfde begindatum", DEFINITIEF, DEFINITIEF_A, [start(A, product=Y)], GESTART),
    Rij("daarna is de stop op product en begindatum vergeleken", GESTART, [*DEFINITIEF_A, [start(A, product=Y)]], [stop(A, EIND_B, product=Y)], GESTART, {"9415"}),
    Rij("en die start mag weg", GESTART, [*DEFINITIEF_A, [start(A, product=Y)]], [start(A, product=Y, status="3")], DEFINITIEF),
]  # fmt: skip


@pytest.mark.parametrize("rij", RIJEN, ids=str)
def test_row(rij: Rij) -> None:
    verhaal = Verhaal()
    assert verhaal.wijs_toe(toewijzing()) == set()
    for bericht in rij.eerder:
        assert verhaal.lever(*bericht) == set()
    assert verhaal.levering() is rij.van
    punten = verhaal.tijdlijn()
    assert verhaal.lever(*rij.bericht) == rij.codes
    assert verhaal.levering() is rij.naar
    nieuw = verhaal.tijdlijn()[len(punten) :]
    assert len(nieuw) == (0 if rij.codes else len(rij.bericht))
    assert [punt.naar for punt in nieuw[-1:]] == [rij.naar][: len(nieuw)]


@pytest.mark.parametrize("levering", [start(A, nummer=1002), stop(A, EIND_A)])
def test_a_removed_toewijzing_takes_no_start_and_no_stop(levering: Klasse) -> None:
    verhaal = Verhaal()
    verhaal.wijs_toe(toewijzing(), toewijzing(nummer=1002, product={"Categorie": "03", "Code": "03T01"}))
    verhaal.lever(start(A))
    weg = [toewijzing("2026-02-01T10:00:00", einde="2026-02-01", nummer=nummer, reden="13") for nummer in (1001, 1002)]
    assert verhaal.wijs_toe(*weg) == set()
    assert verhaal.lever(levering) == {"9019"}


def test_starts_on_two_toewijzingen_do_not_meet() -> None:
    verhaal = Verhaal()
    verhaal.wijs_toe(toewijzing(), toewijzing(nummer=1002, product=Y))
    assert verhaal.lever(start(A), start(A, nummer=1002, product=Y)) == set()
    assert verhaal.lever(stop(A, EIND_A)) == set()
    assert (verhaal.levering(1001), verhaal.levering(1002)) == (DEFINITIEF, GESTART)


def test_the_key_of_a_start_has_the_whole_product() -> None:
    assert X != Y
    verhaal = Verhaal()
    verhaal.wijs_toe(toewijzing())
    verhaal.lever(start(A))
    assert verhaal.lever(start(A, product={"Categorie": "02"}, status="3")) == {"9063"}
