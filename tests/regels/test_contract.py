"""What a contract answers, on the first and the last day of everything in it; and the rules that ask it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.boom import Boom
from tests.conformance.gevallen import maak_bericht
from tests.voorstel.grondslag import toegewezen

from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.levensloop.rekenen.variant import Uitvoeringsvariant
from berichtenverkeer.regels.contract import Contract, Productcode, Tarief
from berichtenverkeer.regels.instelling import INSTELLINGEN
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.toetsen import toets_kennis
from berichtenverkeer.standaard.berichten.basis import Product
from berichtenverkeer.standaard.berichten.toewijzing import ToegewezenProduct
from berichtenverkeer.standaard.domein import Domein

JAN, FEB, MRT = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
EIND_JAN, EIND_FEB = date(2026, 1, 31), date(2026, 2, 28)

LIJST = Contract(
    productcodes=(
        Productcode("02", "A", "04", Uitvoeringsvariant.INSPANNING, JAN, EIND_FEB),
        Productcode("02", "A", "01", Uitvoeringsvariant.INSPANNING, FEB, EIND_FEB),
        Productcode("02", "B", "16", Uitvoeringsvariant.OUTPUT, FEB, EIND_FEB),
        Productcode("03", "C", "16", Uitvoeringsvariant.TAAKGERICHT, JAN, EIND_FEB),
    )
)
DAGEN = st.dates(date(2025, 12, 1), date(2026, 4, 30))


def toewijzing(
    ingangsdatum: date = JAN, product: tuple[str, str | None] | None = None, omvang: tuple[int, str, str] | None = None
) -> ToegewezenProduct:
    """A toewijzing of a month, of this product and Omvang."""
    return toegewezen(1, [ingangsdatum, ingangsdatum.replace(day=28)], product and [d for d in product if d], omvang)


@pytest.mark.parametrize(
    ("categorie", "code", "dag", "kent"),
    [
        ("02", "A", JAN, True),
        ("02", "A", EIND_FEB, True),
        ("02", "B", EIND_JAN, False),
        ("02", "B", FEB, True),
        ("03", "A", JAN, False),
        ("02", "X", JAN, False),
        ("02", "A", date(2025, 12, 31), None),
        ("02", "A", MRT, None),
        ("45", "A", JAN, None),
    ],
)
def test_a_code_is_known_while_it_is_valid(categorie: str, code: str, dag: date, kent: bool | None) -> None:
    assert LIJST.kent_code(categorie, code, dag) is kent


def test_without_a_list_there_is_nothing_to_hold_against() -> None:
    assert Contract().kent_code("02", "A", JAN) is None
    assert Contract().eenheden(toewijzing(), "02", "A", JAN) == frozenset()
    assert Contract().eenheden_met_tarief("A", JAN) == []
    assert Contract().tarief("A", "04", JAN) is None


def test_a_code_may_have_more_than_one_eenheid() -> None:
    assert LIJST.eenheden(toewijzing(), "02", "A", EIND_JAN) == {"04"}
    assert LIJST.eenheden(toewijzing(), "02", "A", FEB) == {"01", "04"}


@pytest.mark.parametrize(
    ("product", "dag", "variant"),
    [
        (None, JAN, Uitvoeringsvariant.INSPANNING),
        (Product(Categorie="02", Code="A"), JAN, Uitvoeringsvariant.INSPANNING),
        (Product(Categorie="02", Code="B"), FEB, Uitvoeringsvariant.OUTPUT),
        (Product(Categorie="02", Code="B"), EIND_JAN, Uitvoeringsvariant.INSPANNING),
        (Product(Categorie="03"), JAN, Uitvoeringsvariant.TAAKGERICHT),
        (Product(Categorie="02"), JAN, Uitvoeringsvariant.INSPANNING),
        (Product(Categorie="02"), FEB, Uitvoeringsvariant.INSPANNING),
        (Product(Categorie="04"), JAN, Uitvoeringsvariant.INSPANNING),
    ],
)
def test_the_variant_is_that_of_the_code_or_that_all_codes_share(
    product: Product | None, dag: date, variant: Uitvoeringsvariant
) -> None:
    assert LIJST.variant(product, dag) is variant


@pytest.mark.parametrize(
    ("eenheid", "variant"),
    [
        (None, Uitvoeringsvariant.INSPANNING),
        *((eenheid, Uitvoeringsvariant.INSPANNING) for eenheid in ("01", "04", "14", "16", "84")),
        *((eenheid, Uitvoeringsvariant.OUTPUT) for eenheid in ("82", "83")),
    ],
)
def test_what_nobody_says_follows_from_the_eenheid(eenheid: str | None, variant: Uitvoeringsvariant) -> None:
    assert Contract().variant(Product(Categorie="02", Code="A"), JAN, eenheid) is variant
    assert LIJST.variant(Product(Categorie="04", Code="D"), JAN, eenheid) is variant
    assert (
        LIJST.variant(Product(Categorie="02", Code="A"), JAN, eenheid) is Uitvoeringsvariant.INSPANNING
    )  # the list says it
    gekozen = Contract(instellingen={"variant": "output"})
    assert gekozen.variant(Product(Categorie="02", Code="A"), JAN, eenheid) is Uitvoeringsvariant.OUTPUT


def test_a_code_with_two_variants_has_the_one_of_the_eenheid() -> None:
    lijst = Contract(
        (
            Productcode("02", "A", "04", Uitvoeringsvariant.INSPANNING, JAN),
            Productcode("02", "A", "82", Uitvoeringsvariant.OUTPUT, JAN),
            Productcode("02", "A", "84", Uitvoeringsvariant.TAAKGERICHT, JAN),
        )
    )
    gevonden = [lijst.variant(Product(Categorie="02", Code="A"), JAN, eenheid) for eenheid in ("04", "82", "84", "83")]
    assert gevonden == [
        Uitvoeringsvariant.INSPANNING,
        Uitvoeringsvariant.OUTPUT,
        Uitvoeringsvariant.TAAKGERICHT,
        Uitvoeringsvariant.OUTPUT,
    ]


def test_a_code_that_was_valid_when_the_toewijzing_began_stays_good_on_it() -> None:
    lijst = Contract(
        (
            Productcode("02", "A", "16", Uitvoeringsvariant.OUTPUT, JAN, EIND_JAN),
            Productcode("02", "B", "04", Uitvoeringsvariant.INSPANNING, FEB),
        )
    )
    assert lijst.kent_code("02", "A", FEB) is False
    assert lijst.kent_code("02", "A", FEB, toewijzing(JAN, ("02", "A"))) is True
    assert lijst.kent_code("02", "A", FEB, toewijzing(JAN, ("02", None))) is True
    assert lijst.kent_code("02", "A", MRT, toewijzing(FEB, ("02", "A"))) is False  # it began after the code had ended
    assert lijst.kent_code("02", "B", FEB, toewijzing(JAN, ("02", None))) is True  # what is on the list now is good too
    voor_de_lijst = date(2025, 12, 1)
    assert lijst.kent_code("02", "X", FEB, toewijzing(voor_de_lijst, ("02", "X"))) is None
    assert lijst.kent_code("02", "X", FEB, toewijzing(voor_de_lijst, ("02", None))) is False
    generiek = toewijzing(JAN)
    assert lijst.eenheden(generiek, "02", "A", FEB) == {"16"}
    assert lijst.eenheden(generiek, "02", "B", FEB) == {"04"}
    kader = lijst.kader(toewijzing(JAN, ("02", "A"), (1, "16", "2")), Domein.IWMO, FEB)
    assert kader.variant is Uitvoeringsvariant.OUTPUT


def test_the_setting_says_the_variant_of_what_the_list_does_not_tell() -> None:
    gekozen = Contract(LIJST.productcodes, instellingen={"variant": "taakgericht"})
    assert gekozen.variant(None, JAN) is Uitvoeringsvariant.TAAKGERICHT
    assert gekozen.variant(Product(Categorie="02"), FEB) is Uitvoeringsvariant.TAAKGERICHT
    assert gekozen.variant(Product(Categorie="02", Code="A"), FEB) is Uitvoeringsvariant.INSPANNING


def test_a_setting_is_what_was_agreed_or_the_strict_default() -> None:
    for naam, instelling in INSTELLINGEN.items():
        assert naam == instelling.naam
        assert instelling.standaard in instelling.waarden
        assert Contract().keuze(naam) == instelling.standaard
        for waarde in instelling.waarden:
            assert Contract(instellingen={naam: waarde}).keuze(naam) == waarde
    with pytest.raises(KeyError):
        Contract().keuze("onzin")


@given(st.lists(st.tuples(DAGEN, st.none() | st.integers(0, 60), st.integers(0, 9999)), max_size=6), DAGEN)
def test_the_tariff_is_that_of_the_period_that_began_last(
    perioden: list[tuple[date, int | None, int]], dag: date
) -> None:
    uniek = {van: (duur, eurocent) for van, duur, eurocent in perioden}
    contract = Contract(
        tarieven=tuple(
            Tarief("A", "04", eurocent, van, None if duur is None else date.fromordinal(van.toordinal() + duur))
            for van, (duur, eurocent) in uniek.items()
        )
    )
    geldig = [tarief for tarief in contract.tarieven if tarief.geldig_op(dag)]
    verwacht = max(geldig, key=lambda tarief: tarief.van).eurocent if geldig else None
    assert contract.tarief("A", "04", dag) == verwacht
    assert contract.eenheden_met_tarief("A", dag) == (["04"] if geldig else [])
    assert contract.tarief("A", "01", dag) is None
    assert contract.tarief("B", "04", dag) is None


def regels(nummer: str, wijzigingen: dict[str, Boom], contract: Contract) -> set[str]:
    """The rules that a message breaks under this contract, with nothing sent before."""
    soort, bericht = maak_bericht(nummer, Domein.IWMO, wijzigingen)
    kennis = Kennis(soort, bericht, date(2026, 3, 2), Dossier(), contract=contract)
    return {regel.code for regel, _ in toets_kennis(bericht, kennis)}


@pytest.mark.parametrize(
    ("nummer", "element"), [("305", "StartProducten/StartProduct"), ("307", "StopProducten/StopProduct")]
)
def test_the_code_of_what_is_taken_back_is_not_judged(nummer: str, element: str) -> None:
    pad = f"Client/{element}[1]/StatusAanlevering"
    assert "TR381" in regels(nummer, {}, LIJST)
    assert "TR381" not in regels(nummer, {pad: "3"}, LIJST)


def test_a_credit_repeats_what_was_approved_and_is_not_held_against_the_contract() -> None:
    pad = "Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]"
    contract = Contract(LIJST.productcodes, (Tarief("02T01", "04", 5100, JAN),))
    assert {"TR381", "TR418"} <= regels("323", {"Declaratie/Clienten/Client[1]/Prestaties/Prestatie[2]": "~"}, contract)
    credit: dict[str, Boom] = {
        "Declaratie/Clienten/Client[1]/Prestaties/Prestatie[2]": "~",
        f"{pad}/IngediendBedrag/DebetCredit": "C",
        f"{pad}/ProductReferentie/VorigReferentieNummer": "R0",
    }
    assert not {"TR381", "TR418"} & regels("323", credit, contract)
