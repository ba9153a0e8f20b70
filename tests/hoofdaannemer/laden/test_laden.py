"""What a file says, and every fault of it by row and column."""

from datetime import date
from decimal import Decimal

import pytest
from tests.werkmappen import maak, van_rijen

from berichtenverkeer.hoofdaannemer.laden.lezen import Gelezen, lees
from berichtenverkeer.hoofdaannemer.laden.soorten import SOORTEN
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.hoofdaannemer.segment import Segmentregel
from berichtenverkeer.hoofdaannemer.tarief import Bijdrage, Eenheid, Tarief
from berichtenverkeer.tabellen.fouten import GeenTabel
from berichtenverkeer.tabellen.lezen import STRENG, lees_tabel

TARIEVEN = "segment;klasse;eenheid;euro;van;tot"


def gelezen(soort: str, *regels: str, codering: str = "utf-8") -> Gelezen:
    return lees(lees_tabel("\n".join(regels).encode(codering), STRENG), SOORTEN[soort])


def fouten(soort: str, *regels: str) -> list[tuple[int, str, str]]:
    return [(fout.rij, fout.kolom, fout.waarde) for fout in gelezen(soort, *regels).fouten]


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize(
    "regels",
    [
        (TARIEVEN, "begeleiding;licht;maand;363,00;2023-01-01;2023-06-30"),
        ("Tot,VAN, euro ,eenheid,klasse,segment", '30-06-2023,01-01-2023,"363,00",Maand,licht,begeleiding'),
        (f"{TARIEVEN}\r", "begeleiding; licht ;maand;363;2023-01-01;30-06-2023;;\r", ";;;;;\r"),
    ],
)  # fmt: skip
def test_one_row_in_many_spellings(codering: str, regels: tuple[str, ...]) -> None:
    uit = gelezen("tarieven", *regels, codering=codering)
    assert uit.fouten == ()
    assert [rij.wat for rij in uit.rijen] == [
        Tarief("begeleiding", "licht", Eenheid.MAAND, 36300, date(2023, 1, 1), date(2023, 6, 30))
    ]


@pytest.mark.parametrize(
    ("soort", "kop", "rij", "wat"),
    [
        ("segmenten", "segment;categorie;code", "vervoer;08;", Segmentregel("vervoer", "08")),
        ("segmenten", "segment;categorie", "vervoer;08", Segmentregel("vervoer", "08")),
        (
            "bijdragen",
            "segment;percentage;van;tot",
            "b;12,5;2023-01-01;",
            Bijdrage("b", Decimal("12.5"), date(2023, 1, 1)),
        ),
    ],
)
def test_what_may_be_empty_may_be_left_out(soort: str, kop: str, rij: str, wat: object) -> None:
    assert [r.wat for r in gelezen(soort, kop, rij).rijen] == [wat]


def test_what_can_be_made_only_beside_what_is_kept_is_values() -> None:
    (rij,) = gelezen(
        "facturen",
        "factuurnummer;partner;maand;gemeente;toewijzingnummer;domein;klasse;euro",
        "F1;dekker;2023-07;0855;12;iWmo;licht;-0,05",
    ).rijen
    assert rij.waarden == {
        "factuurnummer": "F1", "partner": "dekker", "maand": Maand(2023, 7), "gemeente": "0855", "toewijzingnummer": 12,
        "domein": "iwmo", "klasse": "licht", "euro": -5,
    }  # fmt: skip


def test_every_fault_is_told_at_its_row_and_column() -> None:
    assert fouten(
        "tarieven",
        TARIEVEN,
        "begeleiding;licht;maand;363,00;2023-01-01;2023-06-30",
        ";licht;week;1.363,00;2023-13-01;gisteren",
        "",
        "begeleiding;licht;maand;200,00;2023-06-30;",
        "begeleiding;midden;maand;-1,00;2023-01-01;",
        "begeleiding;zwaar;maand;1,005;2023-01-01;2022-01-01",
        "begeleiding;zwaar;maand;1;2023-01-01;2022-01-01",
        "begeleiding;licht;dag;1;2023-01-01;2023-01-01",
        "begeleiding;licht",
        "b;l;maand;1;2023-01-01;;x",
    ) == [
        (3, "segment", ""), (3, "eenheid", "week"), (3, "euro", "1.363,00"), (3, "van", "2023-13-01"), (3, "tot", "gisteren"),
        (5, "van", "2023-06-30"),
        (6, "euro", "-1,00"),
        (7, "euro", "1,005"), (7, "tot", "2022-01-01"),
        (8, "tot", "2022-01-01"),
        (9, "segment", "begeleiding"),
        (10, "eenheid", ""), (10, "euro", ""), (10, "van", ""),
        (11, "", "x"),
    ]  # fmt: skip


def test_columns_that_lack_that_are_too_many_or_twice() -> None:
    assert fouten("segmenten", "segment;segment;kleur", "x;y;z") == [
        (1, "categorie", ""), (1, "segment", "segment"), (1, "kleur", "kleur"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("soort", "kolom", "waarde"),
    [
        ("plekken", "aantal", "-1"),
        ("plekken", "aantal", "1,5"),
        ("plekken", "aantal", "٣"),
        ("lumpsum", "jaar", "26"),
        ("lumpsum", "jaar", "0000"),
        ("lumpsum", "euro", "-1"),
        ("lumpsum", "euro", "€ 1"),
        ("betalingen", "maand", "07-2026"),
        ("betalingen", "euro", "-1"),
        ("partners", "code", "1dekker"),
        ("partners", "soort", "vriend"),
        ("partners", "toestemming", "yes"),
        ("bijdragen", "percentage", "101"),
        ("bijdragen", "percentage", "veel"),
        ("geleverd", "toewijzingnummer", "1234567890"),
        ("inzetten", "domein", "wlz"),
        ("evaluaties", "datum", "31-02-2026"),
    ],
)
def test_what_a_cell_cannot_say(soort: str, kolom: str, waarde: str) -> None:
    goed = {
        "code": "dekker", "naam": "Dekker", "soort": "onderaannemer", "gemeente": "0855", "segment": "s", "van": "2026-01-01",
        "toestemming": "ja", "partner": "dekker", "aantal": "1", "jaar": "2026", "euro": "1", "maand": "2026-07", "percentage": "15",
        "toewijzingnummer": "1", "domein": "ijw", "klasse": "licht", "datum": "2026-01-01",
    }  # fmt: skip
    namen = [k.naam for k in SOORTEN[soort].kolommen]
    assert fouten(soort, ";".join(namen), ";".join(goed.get(naam, "") for naam in namen)) == []
    slecht = goed | {kolom: waarde}
    uit = gelezen(soort, ";".join(namen), ";".join(slecht.get(naam, "") for naam in namen))
    assert [(f.rij, f.kolom, f.waarde) for f in uit.fouten] == [(2, kolom, waarde)]
    assert all(f.advies.endswith(".") and f.melding.endswith(".") for f in uit.fouten)


def test_rows_of_a_contract_may_differ_in_gemeente_and_segment_only() -> None:
    kop = "code;naam;soort;gemeente;segment;van"
    rijen = [
        "dekker;D;onderaannemer;0855;;2026-01-01",
        "dekker;D;onderaannemer;;s;2026-01-01",
        "dekker;D;onderaannemer;0855;;2026-01-01",
    ]
    assert fouten("partners", kop, *rijen) == [(4, "code", "dekker")]


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (b"", "leeg"),
        (b"\n;;\n", "leeg"),
        ("segment;categorie\nonderst€unig;54".encode("cp1252"), r"geen UTF-8 \(regel 2\)"),
        ("segment;categorie".encode("utf-16"), "geen UTF-8"),
        (b"segment;categorie\0", "geen tekst"),
        (b'segment;categorie\n"x;54', "aanhalingsteken"),
        ("segment;categorie".encode("utf-16-le"), "UTF-16"),
        (b"segment\tcategorie\nx\t54", "tabs"),
        (b"segment|categorie|code (a,b)\nx|54|", r"streepjes \(\|\)"),
    ],
)
def test_what_is_no_table(inhoud: bytes, melding: str) -> None:
    with pytest.raises(GeenTabel, match=melding):
        lees_tabel(inhoud, STRENG)


@pytest.mark.parametrize(
    ("inhoud", "als_werkmap", "melding"),
    [
        (b"segment;categorie\nx;54\n", True, r"geen Excel-werkmap \(XLSX\)"),
        (van_rijen(("segment", "categorie"), ("x", "54")), False, "als CSV aangeboden"),
        (b"\xd0\xcf\x11\xe0rest", True, "oude Excel-werkmap"),
    ],
)
def test_what_is_not_what_it_was_sent_as(inhoud: bytes, als_werkmap: bool, melding: str) -> None:
    with pytest.raises(GeenTabel, match=melding):
        lees_tabel(inhoud, STRENG, als_werkmap=als_werkmap)


def test_names_of_columns_may_stand_lower_and_are_told_there() -> None:
    assert fouten("segmenten", "", ";;", "segment;kleur", "x;y") == [(3, "categorie", ""), (3, "kleur", "kleur")]


@pytest.mark.parametrize("cel", ["=1+1", '=HYPERLINK("http://x")', "="])
def test_a_formula_is_no_value(cel: str) -> None:
    assert fouten("segmenten", "segment;categorie", f"{cel.replace(chr(34), '')};54") == [
        (2, "segment", cel.replace('"', ""))
    ]
    werkmap = maak(
        '<row r="1"><c t="inlineStr"><is><t>segment</t></is></c><c t="inlineStr"><is><t>categorie</t></is></c></row>'
        f'<row r="7"><c r="A7"><f>{cel[1:]}</f><v>0</v></c><c r="B7" t="str"><v>54</v></c></row>'
    )
    (fout,) = lees(lees_tabel(werkmap, STRENG), SOORTEN["segmenten"]).fouten
    assert (fout.rij, fout.kolom, fout.waarde, fout.melding) == (7, "segment", cel, "Hier staat een formule.")


def test_many_empty_rows_are_passed_over() -> None:
    tabel = lees_tabel(b"segment;categorie;code\n" + b";;\n" * 200_000 + b"x;54;", STRENG)
    assert tabel.rijen == ((200_002, ("x", "54", "")),)


def test_the_columns_are_those_of_the_contract() -> None:
    assert {
        naam: ";".join(f"*{k.naam}" if k.sleutel else k.naam for k in soort.kolommen) for naam, soort in SOORTEN.items()
    } == {
        "partners": "*code;naam;soort;kvk;*gemeente;*segment;*van;tot;toestemming",
        "segmenten": "segment;*categorie;*code",
        "tarieven": "*segment;*klasse;eenheid;euro;*van;tot",
        "bijdragen": "*segment;percentage;*van;tot",
        "plekken": "*gemeente;*segment;*partner;aantal;*van;tot",
        "lumpsum": "*gemeente;*segment;*jaar;euro",
        "betalingen": "*gemeente;*segment;*maand;euro",
        "inzetten": "gemeente;toewijzingnummer;domein;partner;klasse;van;tot",
        "geleverd": "*gemeente;*toewijzingnummer;*domein;*partner;*klasse;*maand;aantal",
        "facturen": "factuurnummer;partner;maand;gemeente;toewijzingnummer;domein;klasse;euro",
        "evaluaties": "*gemeente;*toewijzingnummer;*domein;datum",
    }
