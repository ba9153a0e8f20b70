"""Which Prestaties stand on a list, and what stands in the place of a refused one."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection

from .rijen import AANBIEDER, ANDER, BSN, GEMEENTE, dossier, op, zet_bericht, zet_prestatie, zet_toewijzing

AFGEWEZEN, TOEGEKEND = {"toestand": "afgewezen"}, {"toestand": "toegekend"}
EERDER: dict[str, Any] = {"begin": date(2026, 1, 1), "eind": date(2026, 1, 31)}


def _toewijzing(verbinding: Connection, **velden: Any) -> None:
    """Toewijzing 1001, of which a second version counts that came after what is there, but for these columns. It no longer runs in
    February, so that nothing of February fits it."""
    basis: dict[str, Any] = {"toewijzingnummer": 1001, "versie": 2, "ingangsdatum": date(2026, 3, 1)}
    zet_toewijzing(verbinding, bericht=zet_bericht(verbinding, oordeel="goedgekeurd"), **basis | velden)


def aantal(verbinding: Connection, naam: str, partij: str = AANBIEDER) -> int:
    return len(op(verbinding, naam, partij=partij))


@pytest.mark.parametrize(
    ("velden", "erop"),
    [
        ({}, True),
        ({"debet_credit": "C"}, False),
        (TOEGEKEND, False),
        ({"toestand": "ingediend"}, False),
    ],
)
def test_which_lines_are_refused(verbinding: Connection, velden: dict[str, Any], erop: bool) -> None:
    zet_prestatie(verbinding, **AFGEWEZEN | velden)
    assert aantal(verbinding, "afgewezen-prestaties") == erop


@pytest.mark.parametrize(
    ("velden", "met_code", "erop"),
    [
        ({}, True, False),
        ({"toestand": "ingediend"}, True, False),
        (AFGEWEZEN, True, True),
        ({"debet_credit": "C", "toestand": "verwerkt"}, True, True),
        ({"begin": date(2026, 2, 5), "eind": date(2026, 2, 20)}, True, False),
        ({"begin": date(2026, 3, 1), "eind": date(2026, 3, 31)}, True, True),
        ({"code": "02T02"}, True, False),  # the toewijzing has a code, so it was the wrong one
        ({"code": "02T02"}, False, True),
        ({"toewijzingnummer": 1002}, True, True),
        ({"toewijzingnummer": 1002}, None, False),  # the number is not known
        ({"toewijzingnummer": 1002, "code": "02T02"}, None, True),
        ({"toewijzingnummer": 1002, "categorie": "03"}, None, True),
        ({"dossier": dossier(ANDER)}, True, True),
    ],
)
@pytest.mark.parametrize("later", [True, False])
def test_what_was_declared_in_its_place(
    verbinding: Connection, velden: dict[str, Any], met_code: bool | None, erop: bool, later: bool
) -> None:
    if met_code is not None:
        _toewijzing(verbinding, code="02T01" if met_code else None)
    if later:
        zet_prestatie(verbinding, **AFGEWEZEN)
    zet_prestatie(verbinding, **TOEGEKEND | velden)
    if not later:
        zet_prestatie(verbinding, **AFGEWEZEN)
    assert (aantal(verbinding, "afgewezen-prestaties") > 0) == erop


@pytest.mark.parametrize("later", [True, False])
def test_what_was_credited_counts_when_it_came_later(verbinding: Connection, later: bool) -> None:
    volgorde = [AFGEWEZEN, {"toestand": "gecrediteerd"}]
    for velden in volgorde if later else reversed(volgorde):
        zet_prestatie(verbinding, **velden)
    assert aantal(verbinding, "afgewezen-prestaties") == (not later)


@pytest.mark.parametrize(
    ("velden", "product", "erop"),
    [
        ({}, {}, True),
        ({"toestand": "gecrediteerd"}, {}, False),
        ({"toestand": "ingediend"}, {}, False),
        ({"debet_credit": "C", "toestand": "verwerkt"}, {}, False),
        ({"toewijzingnummer": 1002}, {}, False),
        ({}, {"versie": 1}, False),
    ],
)
def test_what_was_declared_before_its_toewijzing_changed(
    verbinding: Connection, velden: dict[str, Any], product: dict[str, Any], erop: bool
) -> None:
    zet_prestatie(verbinding, **TOEGEKEND | velden)
    _toewijzing(verbinding, **product)
    assert aantal(verbinding, "te-crediteren") == erop


def test_what_was_declared_after_the_change_is_no_question(verbinding: Connection) -> None:
    _toewijzing(verbinding)
    zet_prestatie(verbinding, **TOEGEKEND)
    assert aantal(verbinding, "te-crediteren") == 0


def test_a_party_sees_its_own_and_each_row_has_an_id(verbinding: Connection) -> None:
    zet_prestatie(verbinding, **AFGEWEZEN)
    zet_prestatie(verbinding, ANDER, **AFGEWEZEN)
    zet_prestatie(verbinding, **EERDER, **TOEGEKEND)
    _toewijzing(verbinding)
    for naam, aantallen in (("afgewezen-prestaties", (1, 1, 2)), ("te-crediteren", (1, 0, 1))):
        assert tuple(aantal(verbinding, naam, partij) for partij in (AANBIEDER, ANDER, GEMEENTE)) == aantallen
        assert aantal(verbinding, naam, "0363") == 0
        rijen = [werk.rij for werk in op(verbinding, naam, partij=GEMEENTE)]
        assert len({rij.id for rij in rijen}) == len(rijen)
        assert {(rij.bsn, rij.gemeente) for rij in rijen} == {(BSN, GEMEENTE)}


def test_what_was_refused_goes_with_the_next_declaratie(verbinding: Connection) -> None:
    zet_prestatie(verbinding, **AFGEWEZEN, retourcodes=["9307", "9387"], referentienummer="R1")
    [werk] = op(verbinding, "afgewezen-prestaties")
    assert (werk.uiterlijk, werk.te_laat, werk.taak.regel) == (date(2026, 4, 30), False, "IV085")
    assert "R1 over 2026-02-01 tot en met 2026-02-28 is afgewezen (9307, 9387)" in werk.taak.waarom
    assert op(verbinding, "afgewezen-prestaties", date(2026, 5, 1))[0].te_laat


def test_what_is_too_old_to_declare_is_on_no_list(verbinding: Connection) -> None:
    zet_prestatie(verbinding, **AFGEWEZEN)
    assert len(op(verbinding, "afgewezen-prestaties", date(2031, 2, 28))) == 1
    assert op(verbinding, "afgewezen-prestaties", date(2031, 3, 1)) == []
