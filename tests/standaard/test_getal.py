"""Numbers as people write them, and what is advised when an amount or a volume in a message is written so."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from berichtenverkeer.standaard.getal import Dubbelzinnig, GeenGetal, afgerond, geschreven, lees_getal
from berichtenverkeer.standaard.getaladvies import getaladvies
from berichtenverkeer.standaard.uitleg import leg_uit

from .berichtgenerator import SCHEMAS


@pytest.mark.parametrize(
    ("tekst", "waarde"),
    [
        ("54", "54"), ("54,00", "54"), ("54.00", "54"), ("€ 54,00", "54"), ("54,00 €", "54"), ("EUR 54", "54"),
        ("54 euro", "54"), ("€54,-", "54"), ("54,--", "54"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"),
        ("1 234,56", "1234.56"), ("1\u00a0234", "1234"), ("1'234.5", "1234.5"), ("1.234.567", "1234567"),
        ("€ 1.234", "1234"), ("1.234,-", "1234"), ("0,125", "0.125"), (",5", "0.5"), ("1,5", "1.5"), ("12.3456", "12.3456"),
        ("-50000", "-50000"), ("50,00-", "-50"), ("(50,00)", "-50"), ("\u22121,5", "-1.5"), ("€ -5,00", "-5"), ("+3", "3"),
        ("0", "0"), ("007", "7"),
    ],
)  # fmt: skip
def test_what_a_text_says(tekst: str, waarde: str) -> None:
    assert lees_getal(tekst).waarde == Decimal(waarde)


@pytest.mark.parametrize(
    "tekst", ["", "x", "€", "1,2,3", "1.23.456", "1..2", "12e3", "1/2", "٣", "--5", "1.234.56", "5,", "9" * 41, "1:30"]
)
def test_what_is_no_number(tekst: str) -> None:
    with pytest.raises(GeenGetal):
        lees_getal(tekst)


@pytest.mark.parametrize(("tekst", "lezingen"), [("1.234", ("1.234", "1234")), ("12,500", ("12.500", "12500"))])
def test_three_digits_behind_one_sign_are_two_numbers(tekst: str, lezingen: tuple[str, str]) -> None:
    with pytest.raises(Dubbelzinnig) as gevangen:
        lees_getal(tekst)
    assert tuple(map(str, gevangen.value.lezingen)) == lezingen


@given(st.integers(0, 99_999_999), st.booleans(), st.booleans())
def test_an_amount_in_dutch_notation_is_read_back(cent: int, duizendtallen: bool, teken: bool) -> None:
    heel = f"{cent // 100:,}".replace(",", ".") if duizendtallen else str(cent // 100)
    getal = lees_getal(f"{'€ ' if teken else ''}{heel},{cent % 100:02}")
    assert (getal.eurocent, getal.in_euro, getal.met_decimalen) == (cent, teken, True)


@pytest.mark.parametrize(("waarde", "heel"), [("0.5", 1), ("-0.5", -1), ("1.4999", 1), ("2", 2)])
def test_a_half_goes_away_from_zero(waarde: str, heel: int) -> None:
    assert afgerond(Decimal(waarde)) == heel


def test_a_number_as_it_is_written() -> None:
    assert [geschreven(Decimal(tekst)) for tekst in ("12.50", "100", "0.125", "1E+2")] == [
        "12,5",
        "100",
        "0,125",
        "100",
    ]


PRESTATIE = """<Prestatie xmlns="urn:x"><GeleverdVolume>{volume}</GeleverdVolume><Eenheid>{eenheid}</Eenheid>
<ProductTarief>{tarief}</ProductTarief><IngediendBedrag><Bedrag>{bedrag}</Bedrag><DebetCredit>{dc}</DebetCredit>
</IngediendBedrag></Prestatie>"""


def advies(naam: str, tekst: str, eenheid: str = "04", dc: str = "D") -> str | None:
    velden = {"volume": "1", "tarief": "1", "bedrag": "1", "eenheid": eenheid, "dc": dc}
    veld = {"GeleverdVolume": "volume", "ProductTarief": "tarief", "Bedrag": "bedrag"}[naam]
    boom = etree.fromstring(PRESTATIE.format(**velden | {veld: tekst}))
    [element] = boom.iter(f"{{*}}{naam}")
    return getaladvies(element, naam)


@pytest.mark.parametrize("tekst", ["50.00", "50,00", "€ 50,00", "€ 50", "50,-", "50 euro"])
@pytest.mark.parametrize("naam", ["ProductTarief", "Bedrag"])
def test_an_amount_in_euros_is_told_in_eurocent(naam: str, tekst: str) -> None:
    assert advies(naam, tekst) == (
        "Schrijf hele eurocenten, zonder punt, komma of euroteken: vul 5000 voor 50,00 euro."
    )


@pytest.mark.parametrize(
    ("naam", "tekst", "eenheid", "dc", "zin"),
    [
        ("ProductTarief", "0,8335", "04", "D", "vul 83 voor 0,83 euro, rekenkundig afgerond."),
        ("ProductTarief", "1.234,56", "04", "D", "vul 123456 voor 1234,56 euro."),
        ("Bedrag", "-50000", "04", "D", "Vul 50000, in hele eurocenten. Zet DebetCredit op C (credit)"),
        ("Bedrag", "-500,00", "04", "D", "vul 50000 voor 500,00 euro. Zet DebetCredit op C (credit)"),
        ("Bedrag", "-50000", "04", "C", "Vul 50000, in hele eurocenten. DebetCredit C zegt al"),
        ("Bedrag", "5 000", "04", "D", "Vul 5000, in hele eurocenten."),
        ("ProductTarief", "-5000", "04", "C", "Vul 5000, in hele eurocenten. Een tarief is nooit negatief"),
        ("GeleverdVolume", "12,5", "04", "D", "12,5 uur is 750 minuten: vul 750 met Eenheid 01"),
        ("GeleverdVolume", "12,5", "04", "D", "hele uren: 13 (IV079)"),
        ("GeleverdVolume", "0.25", "04", "D", "0,25 uur is 15 minuten: vul 15 met Eenheid 01"),
        ("GeleverdVolume", "0.25", "04", "D", "hele uren: 1 (IV079)"),
        ("GeleverdVolume", "12,0", "04", "D", "Vul 12, alleen cijfers."),
        ("GeleverdVolume", "1,5", "01", "D", "1,5 uur 90 minuten"),
        ("GeleverdVolume", "1,5", "16", "D", "geheel aantal dagdelen"),
        ("GeleverdVolume", "1,5", "99", "D", "uren met decimalen als minuten"),
        ("GeleverdVolume", "250,00", "83", "D", "vul 25000 voor 250,00 euro"),
        ("GeleverdVolume", "-10", "04", "D", "Een volume is nooit negatief. Neem terug met een creditregel"),
        ("Bedrag", "1.234", "04", "D", "1.234 kan 1,234 zijn of 1234; schrijf het zonder punt of komma."),
        ("Bedrag", "1.234", "04", "D", "1234: schrijf hele eurocenten, zonder punt, komma of euroteken: vul 123400"),
    ],
)  # fmt: skip
def test_the_advice_leads_to_the_right_number(naam: str, tekst: str, eenheid: str, dc: str, zin: str) -> None:
    gevonden = advies(naam, tekst, eenheid, dc)
    assert gevonden is not None
    assert zin in gevonden


@pytest.mark.parametrize("tekst", ["x", "", "12", "+12", "999900006,00", "-999900006"])
def test_what_is_no_amount_is_not_repeated(tekst: str) -> None:
    assert advies("Bedrag", tekst) is None


@pytest.mark.parametrize(
    ("naam", "tekst", "zin"),
    [
        ("Volume", "1,5", "1,5 uur is 90 minuten: vul 90 met Eenheid 01."),
        ("Volume", "-3", "vul dan het nieuwe hele volume"),
        ("Volume", "2,00", "Vul 2, alleen cijfers."),
        ("Budget", "€ 5.000,00", "vul 500000 voor 5000,00 euro"),
        ("Budget", "-500", "nooit negatief"),
        ("TotaalBedrag", "-500", "Vul 500, in hele eurocenten. Zet DebetCredit op C (credit): een bedrag heeft zelf geen minteken."),
    ],
)  # fmt: skip
def test_amounts_outside_a_prestatie(naam: str, tekst: str, zin: str) -> None:
    boom = etree.fromstring(f"<k xmlns='urn:x'><{naam}>{tekst}</{naam}><Eenheid>04</Eenheid></k>")
    gevonden = getaladvies(boom[0], naam)
    assert gevonden is not None
    assert zin in gevonden
    if naam == "TotaalBedrag":
        assert "VorigReferentieNummer" not in gevonden


def test_the_explanation_of_a_message_has_it() -> None:
    from tests.conformance.gevallen import maak_bericht

    from berichtenverkeer.standaard.domein import Domein
    from berichtenverkeer.standaard.schrijven import schrijf
    from berichtenverkeer.standaard.xml import ontleed

    soort, bericht = maak_bericht("323", Domein.IWMO)
    data = schrijf(bericht, soort, SCHEMAS).replace(b">5000<", b">50.00<").replace(b">85000<", b">-85000<")
    gevonden = {fout.element: fout.advies for fout in leg_uit(ontleed(data), soort, SCHEMAS, data).fouten}
    assert "vul 5000 voor 50,00 euro" in gevonden["ProductTarief"]
    assert "Zet DebetCredit op C" in gevonden["TotaalBedrag"]
