"""Loading, what is wrong by row and column, and taking out again."""

from csv import DictWriter
from io import StringIO

import pytest
from tests.berichten import Dossier

from berichtenverkeer.bedrijfsbureau import handelingen
from berichtenverkeer.bedrijfsbureau.laden.laden import Rapport, laad_vragenlijst
from berichtenverkeer.bedrijfsbureau.laden.uitnemen import neem_uit
from berichtenverkeer.hoofdaannemer.fouten import Geweigerd, NietGevonden
from berichtenverkeer.hoofdaannemer.looptijd import Maand

from .conftest import BIJDRAGEN, PARTNERS, SEGMENTEN, TARIEVEN, P, Q, R, Wereld, dag

_PLEKKEN = (
    f"gemeente;segment;partner;aantal;van;tot\n0344;begeleiding;;10;2026-01-01;\n0344;begeleiding;{P};3;2026-01-01;\n"
)


def _geteld(rapport: Rapport) -> tuple[int, int, int]:
    assert rapport.fouten == ()
    return rapport.nieuw, rapport.gewijzigd, rapport.gelijk


def _csv(wereld: Wereld, soort: str) -> str:
    """What is stored, as a file."""
    kolommen, rijen = neem_uit(wereld.bureau, soort)
    uit = StringIO()
    schrijver = DictWriter(uit, kolommen, delimiter=";")
    schrijver.writeheader()
    for rij in rijen:
        cellen = {naam: {True: "ja", False: "nee", None: ""}.get(waarde, waarde) for naam, waarde in rij.items()}  # type: ignore[call-overload]
        if "euro" in cellen:
            cellen["euro"] = f"{rij['euro']:03}"[:-2] + "," + f"{rij['euro']:03}"[-2:]
        schrijver.writerow(cellen)
    return uit.getvalue()


def _inzetten(*rijen: tuple[Dossier, str]) -> str:
    kop = "gemeente;toewijzingnummer;domein;partner;klasse;van;tot\n"
    return kop + "".join(f"{d.gemeente};{d.nummer};{d.domein};{rest}\n" for d, rest in rijen)


@pytest.mark.parametrize(
    ("soort", "inhoud"),
    [("segmenten", SEGMENTEN), ("partners", PARTNERS), ("tarieven", TARIEVEN), ("bijdragen", BIJDRAGEN)],
)
def test_the_same_file_again_changes_nothing(wereld: Wereld, soort: str, inhoud: str) -> None:
    aantal = inhoud.count("\n") - 1
    assert _geteld(wereld.laad(soort, inhoud)) == (0, 0, aantal)
    assert _geteld(wereld.laad(soort, _csv(wereld, soort))) == (0, 0, aantal)


def test_a_row_takes_the_place_of_the_one_with_its_key(wereld: Wereld) -> None:
    nieuw = "segment;klasse;eenheid;euro;van;tot\nbegeleiding;licht;maand;250;2026-07-01;2026-12-31\nvervoer;regulier;dag;8,64;2020-01-01;\n"
    assert _geteld(wereld.laad("tarieven", nieuw, proef=True)) == (1, 1, 0)
    assert _geteld(wereld.laad("tarieven", nieuw)) == (1, 1, 0)
    _, rijen = neem_uit(wereld.bureau, "tarieven")
    assert len(rijen) == 6
    assert {rij["euro"] for rij in rijen if rij["van"] == dag("2026-07-01")} == {25000, 42000}


def test_with_one_fault_nothing_is_stored(wereld: Wereld) -> None:
    plekken = "gemeente;segment;partner;aantal;van;tot\n0344;begeleiding;;10;2026-01-01;\n0344;onbekend;niemand;-1;2026-01-01;\n"
    rapport = wereld.laad("plekken", plekken)
    assert [(fout.rij, fout.kolom) for fout in rapport.fouten] == [(3, "aantal"), (3, "segment"), (3, "partner")]
    rapport = wereld.laad("plekken", plekken.replace("-1", "1"))
    assert [(fout.rij, fout.kolom, fout.waarde) for fout in rapport.fouten] == [
        (3, "segment", "onbekend"),
        (3, "partner", "niemand"),
    ]
    assert neem_uit(wereld.bureau, "plekken")[1] == []
    assert _geteld(wereld.laad("plekken", _PLEKKEN)) == (2, 0, 0)
    assert _geteld(wereld.laad("plekken", _csv(wereld, "plekken"))) == (0, 0, 2)


@pytest.mark.parametrize(
    ("soort", "kop", "rij", "kolommen"),
    [
        ("tarieven", "segment;klasse;eenheid;euro;van;tot", "x;licht;maand;1,234;2026-02-01;2026-01-01", {"euro", "tot", "segment"}),
        ("facturen", "factuurnummer;partner;maand;gemeente;toewijzingnummer;domein;klasse;euro",
         "F1;niemand;2026-2;0344;1;iwmo;licht;1", {"maand", "partner"}),
        ("geleverd", "gemeente;toewijzingnummer;domein;partner;klasse;maand;aantal", "0344;987654;iwmo;niemand;licht;2026-02;3",
         {"toewijzingnummer", "partner"}),
        ("inzetten", "gemeente;toewijzingnummer;domein;partner;klasse;van;tot", "0344;987654;iwmo;niemand;licht;2026-02-01;",
         {"toewijzingnummer", "partner"}),
        ("evaluaties", "gemeente;toewijzingnummer;domein;datum", "0344;987654;iwmo;gisteren", {"datum", "toewijzingnummer"}),
        ("evaluaties", "gemeente;toewijzingnummer;domein;datum", "0344;;iwmo;gisteren", {"datum", "toewijzingnummer"}),
    ],
)  # fmt: skip
def test_all_that_is_wrong_with_a_row_is_told_at_once(
    wereld: Wereld, soort: str, kop: str, rij: str, kolommen: set[str]
) -> None:
    fouten = wereld.laad(soort, f"{kop}\n{rij}\n").fouten
    assert ({fout.rij for fout in fouten}, {fout.kolom for fout in fouten}) == ({2}, kolommen)
    assert len(fouten) == len(kolommen)


def test_a_row_of_an_inzet_that_is_half_readable_or_comes_twice(wereld: Wereld) -> None:
    rest = "niemand;zwaar;2026-02-30;"
    fouten = wereld.laad("inzetten", _inzetten((wereld.toegewezen(), rest))).fouten
    assert [fout.kolom for fout in fouten] == ["van", "partner", "klasse"]
    kop = "gemeente;segment;partner;aantal;van;tot\n"
    fouten = wereld.laad("plekken", kop + "0344;onbekend;;1;2026-01-01;\n" * 2).fouten
    assert [(fout.rij, fout.kolom) for fout in fouten] == [(2, "segment"), (3, "gemeente"), (3, "segment")]


def test_a_tariff_that_overlaps_with_one_that_is_there(wereld: Wereld) -> None:
    extra = "segment;klasse;eenheid;euro;van;tot\nbegeleiding;licht;maand;1;2026-06-01;2026-06-10\n"
    [fout] = wereld.laad("tarieven", extra).fouten
    assert (fout.rij, fout.kolom, fout.waarde) == (2, "van", "2026-06-01")
    [fout] = wereld.laad("bijdragen", "segment;percentage;van;tot\nbegeleiding;10;2019-01-01;\n").fouten
    assert (fout.rij, fout.kolom) == (2, "van")
    samen = "segment;percentage;van;tot\nbegeleiding;15;2020-01-01;2025-12-31\nbegeleiding;10;2026-01-01;\n"
    assert _geteld(wereld.laad("bijdragen", samen)) == (1, 1, 0)


def test_inzetten(wereld: Wereld) -> None:
    een, twee = wereld.toegewezen(), wereld.toegewezen()
    goed = _inzetten(
        (een, f"{P};licht;2026-02-01;2026-03-31"), (een, f"{Q};licht;2026-04-01;"), (twee, f"{Q};midden;2026-02-01;")
    )
    fout = _inzetten(
        (een, f"{P};licht;2026-02-01;"),
        (een, f"{Q};licht;2026-04-01;"),
        (twee, f"{Q};zwaar;2026-02-01;"),
        (twee, f"{R};licht;2026-02-01;"),
        (twee, "niemand;licht;2026-02-01;"),
        (twee, f"{P};licht;2027-02-01;"),
        (Dossier("0344", een.aanbieder), f"{P};licht;2026-02-01;"),
    )
    gezegd = [(f.rij, f.kolom) for f in wereld.laad("inzetten", fout).fouten]
    assert gezegd == [(3, "van"), (4, "klasse"), (5, "partner"), (6, "partner"), (7, "van"), (8, "toewijzingnummer")]
    assert neem_uit(wereld.bureau, "inzetten")[1] == []
    assert _geteld(wereld.laad("inzetten", goed)) == (3, 0, 0)
    assert _geteld(wereld.laad("inzetten", goed)) == (0, 0, 3)
    [eerste] = [rij for rij in neem_uit(wereld.bureau, "inzetten")[1] if rij["klasse"] == "midden"]
    assert (eerste["toewijzingnummer"], eerste["tot"]) == (twee.nummer, None)
    assert _geteld(wereld.laad("inzetten", _csv(wereld, "inzetten"))) == (0, 0, 3)
    handelingen.beeindig(wereld.bureau, _een(wereld, twee), dag("2026-05-31"), "klaar", wereld.nu())
    assert _geteld(wereld.laad("inzetten", goed)) == (0, 0, 3)
    assert _geteld(wereld.laad("inzetten", _csv(wereld, "inzetten"))) == (0, 0, 3)


def _een(wereld: Wereld, wie: Dossier) -> str:
    from berichtenverkeer.opslag.bureau.inzetten import inzet_id

    return inzet_id(wereld.id_van(wie), 0)


def test_numbers_that_were_delivered(wereld: Wereld) -> None:
    wie = wereld.toegewezen(Product__Categorie="08", Product__Code="08A03")
    een = wereld.plaats(wie, klasse="rolstoel", tot="2026-03-10")
    wereld.plaats(wie, klasse="rolstoel", van="2026-03-21")
    kop = "gemeente;toewijzingnummer;domein;partner;klasse;maand;aantal\n"

    def rij(aantal: int, maand: str = "2026-03", partner: str = P) -> str:
        return f"{wie.gemeente};{wie.nummer};{wie.domein};{partner};rolstoel;{maand};{aantal}\n"

    assert [f.kolom for f in wereld.laad("geleverd", kop + rij(22)).fouten] == ["aantal"]
    assert [f.kolom for f in wereld.laad("geleverd", kop + rij(1, "2027-02")).fouten] == ["maand"]
    [morgen] = wereld.laad("geleverd", kop + rij(1, "2026-04")).fouten
    assert (morgen.kolom, morgen.melding) == ("maand", "April 2026 moet nog beginnen; er is nog niets geleverd.")
    assert [f.kolom for f in wereld.laad("geleverd", kop + rij(1, partner="niemand")).fouten] == ["partner"]
    assert _geteld(wereld.laad("geleverd", kop + rij(15))) == (1, 0, 0)
    assert _geteld(wereld.laad("geleverd", kop + rij(15))) == (0, 0, 1)
    handelingen.boek_geleverd(wereld.bureau, een.rij.id, Maand(2026, 3), 2, wereld.nu())
    [staat] = neem_uit(wereld.bureau, "geleverd")[1]
    assert staat["aantal"] == 7
    assert _geteld(wereld.laad("geleverd", _csv(wereld, "geleverd"))) == (0, 0, 1)


def test_a_number_from_the_days_that_are_paid_by_number(wereld: Wereld) -> None:
    """In a month in which the tariff becomes one per day, the inzet before that has no number."""
    wereld.laad(
        "tarieven",
        "segment;klasse;eenheid;euro;van;tot\nvervoer;bus;maand;100;2026-01-01;2026-02-15\nvervoer;bus;dag;9;2026-02-16;\n",
    )
    wie = wereld.toegewezen(Product__Categorie="08", Product__Code="08A03")
    wereld.plaats(wie, klasse="bus", tot="2026-02-15")
    wereld.plaats(wie, klasse="bus", van="2026-02-16")
    kop, plaats = (
        "gemeente;toewijzingnummer;domein;partner;klasse;maand;aantal\n",
        f"{wie.gemeente};{wie.nummer};{wie.domein}",
    )
    assert _geteld(wereld.laad("geleverd", f"{kop}{plaats};{P};bus;2026-02;5\n")) == (1, 0, 0)
    [staat] = neem_uit(wereld.bureau, "geleverd")[1]
    assert staat["aantal"] == 5
    licht = wereld.toegewezen()
    wereld.plaats(licht)
    plaats = f"{licht.gemeente};{licht.nummer};{licht.domein}"
    [fout] = wereld.laad("geleverd", f"{kop}{plaats};{P};licht;2026-02;5\n").fouten
    assert (fout.rij, fout.kolom, "tarief per maand" in fout.melding) == (2, "aantal", True)


def test_invoices_and_evaluations(wereld: Wereld) -> None:
    wie = wereld.toegewezen()
    plaats = f"{wie.gemeente};{wie.nummer};{wie.domein}"
    kop = "factuurnummer;partner;maand;gemeente;toewijzingnummer;domein;klasse;euro\n"
    factuur = kop + f"F1;{P};2026-02;{plaats};licht;363,00\nF1;{P};2026-03;{plaats};licht;-1,00\n"
    assert _geteld(wereld.laad("facturen", factuur)) == (2, 0, 0)
    assert _geteld(wereld.laad("facturen", _csv(wereld, "facturen"))) == (0, 0, 2)
    assert _geteld(wereld.laad("facturen", kop + f"F1;{P};2026-02;{plaats};licht;300\n")) == (0, 1, 0)
    assert len(neem_uit(wereld.bureau, "facturen")[1]) == 1
    evaluatie = f"gemeente;toewijzingnummer;domein;datum\n{plaats};2026-02-20\n"
    assert _geteld(wereld.laad("evaluaties", evaluatie)) == (1, 0, 0)
    assert _geteld(wereld.laad("evaluaties", _csv(wereld, "evaluaties"))) == (0, 0, 1)
    assert _geteld(wereld.laad("evaluaties", evaluatie.replace("02-20", "02-21"))) == (0, 1, 0)
    vreemd = evaluatie.replace(f";{wie.nummer};", ";999999;")
    assert [f.kolom for f in wereld.laad("evaluaties", vreemd).fouten] == ["toewijzingnummer"]


def test_other_segmenten_change_what_counts(wereld: Wereld) -> None:
    een = wereld.plaats(wereld.toegewezen())
    wereld.laad("segmenten", "segment;categorie;code\nvervoer;02;02T01\n")
    rij = wereld.rij(een.rij.id)
    assert (rij.segment, rij.effectief_tot, rij.versie) == ("vervoer", dag("2026-12-31"), 2)
    assert wereld.meldingen(een.rij.id) == ["inzorgmelding"]


def test_an_unknown_kind(wereld: Wereld) -> None:
    with pytest.raises(NietGevonden):
        wereld.laad("onzin", "a;b\n")


def test_the_questionnaire(wereld: Wereld) -> None:
    with pytest.raises(Geweigerd):
        laad_vragenlijst(wereld.bureau, {"versie": "1"})
