"""The lists of codes: they hang together, and a code that came in is understood."""

import pytest

from berichtenverkeer.keten.envelop.codes import (
    BRS,
    FO01,
    FO03,
    HUIDIG,
    OUDER,
    Herstel,
    Moment,
    OudeCode,
    Plek,
    brs_bij,
    herken,
    ib_bij,
)

IB = [f"IB{nummer:03}" for nummer in (*range(1, 24), *range(901, 906))]


def test_the_list_of_fo01_codes_is_complete() -> None:
    assert list(FO01) == [*IB, "StUF055", "CC09"]
    assert all(len(code) <= 7 for code in (*FO01, *FO03))


@pytest.mark.parametrize(
    ("code", "zender"), [("IB001", "IB"), ("IB007", "IB"), ("IB008", "VECOZO"), ("IB022", "VECOZO")]
)
def test_each_node_gives_its_own_codes(code: str, zender: str) -> None:
    assert FO01[code].zender == zender


def test_only_the_ib_and_vecozo_give_ib_codes() -> None:
    van_ib = {code for code, fout in FO01.items() if fout.zender == "IB"}
    assert van_ib == {*IB[:7], "IB023"}
    assert {code for code, fout in FO01.items() if fout.zender == "gemeente"} == {"StUF055"}


def test_of_two_codes_with_one_meaning_the_first_is_written() -> None:
    dubbel = {code: fout.gelijk_aan for code, fout in FO01.items() if fout.gelijk_aan}
    assert dubbel == {"IB018": "IB017", "IB020": "IB019", "IB022": "IB021"}
    assert all(FO01[een].betekenis == FO01[ander].betekenis for een, ander in dubbel.items() if ander)


def test_the_order_of_fo03_codes_is_their_number_and_the_side_says_what_to_do() -> None:
    assert list(FO03) == sorted(FO03)
    assert not {"StUF052", "StUF055", "StUF058", "StUF061"} & set(FO03)
    assert {code for code, fout in FO03.items() if fout.plek is Plek.SERVER} == {
        "StUF001", "StUF004", "StUF007", "StUF025", "StUF037", "StUF040", "StUF046"
    }  # fmt: skip
    assert all((fout.plek is Plek.SERVER) == (fout.herstel is Herstel.HERHAAL) for fout in FO03.values())


def test_the_cross_reference_names_codes_that_exist() -> None:
    kruis = {ib: brs_bij(ib) for ib in FO01 if brs_bij(ib)}
    assert len(kruis) == 14
    assert kruis["IB014"] == ("BRS13", "BRS14")
    for ib, codes in kruis.items():
        assert [ib_bij(brs) for brs in codes] == [ib] * len(codes)
        assert set(codes) <= set(BRS)
    assert ib_bij("BRS29") is None
    assert brs_bij("IB001") == ()


def test_metadata_is_judged_when_it_is_submitted_and_the_payload_afterwards() -> None:
    aan_de_deur = {code for code, fout in BRS.items() if fout.moment is Moment.AANBIEDING}
    assert aan_de_deur == {"BRS01", "BRS02", "BRS03", "BRS04", "BRS05", "BRS06", "BRS114"}
    assert len(BRS) == 21


def test_older_codes_point_to_what_says_the_same_now() -> None:
    for fout in OUDER.values():
        assert set(fout.nu) <= set(FO01), fout.code
        assert fout.lijst in {"2017", "2018"}


@pytest.mark.parametrize("code", ["IB007", "IB009", "BRS06"])
def test_a_code_that_changed_its_meaning_is_read_by_the_list_in_force(code: str) -> None:
    nu = herken(code)
    assert nu is not None
    assert nu.lijst == HUIDIG
    assert nu.betekenis != OUDER[code].betekenis


@pytest.mark.parametrize(
    ("code", "nu"), [("IB210", ("IB005", "IB010")), ("RIN001", ("IB001",)), ("CC05", ()), ("IB240", ("IB006",))]
)
def test_an_older_code_is_recognised(code: str, nu: tuple[str, ...]) -> None:
    fout = herken(code)
    assert isinstance(fout, OudeCode)
    assert fout.nu == nu


def test_a_code_of_no_list_is_not_recognised() -> None:
    assert herken("IB999") is None
