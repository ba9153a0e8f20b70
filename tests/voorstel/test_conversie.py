"""Product conversion: the table, the pair of toewijzingen, and what is skipped."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.boom import Boom

from berichtenverkeer.levensloop.toewijzing import is_actueel
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.voorstel.opstellen.conversie import Conversie, Overgeslagen, converteer, redenen
from berichtenverkeer.voorstel.opstellen.conversietabel import Conversietabel, Regel, Tabelfout, lees_tabel
from berichtenverkeer.voorstel.opstellen.voorstel import Uitgangspunt, Voorstel

from .wijk import ASPECIFIEK, Wijk, gevraagd, producten, toewijzing, verzoek

PER = date(2026, 4, 1)
TABEL = Conversietabel.van([Regel("02*", "03", "03Z01")], Domein.IWMO)


def zet_om(wijk: Wijk, tabel: Conversietabel = TABEL, per: date = PER, reden: str = "03") -> Conversie:
    return converteer(wijk.u(), tabel, per, reden)


def test_the_old_one_ends_the_day_before_and_the_new_one_goes_on() -> None:
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1, wijk.product("X")), toewijzing(2, wijk.product("Z"))])
    conversie = zet_om(wijk)
    assert [(o.nummer, o.oude_code, o.nieuwe_code, o.nieuw_nummer) for o in conversie.omzettingen] == [
        (1, "02T01", "03Z01", 9001)
    ]
    uit = producten(_aangenomen(wijk))
    assert (uit[1].Einddatum, uit[1].RedenWijziging) == (date(2026, 3, 31), "03")
    nieuw = uit[9001]
    assert nieuw.Product is not None
    assert (nieuw.Product.Code, nieuw.Ingangsdatum, nieuw.Einddatum) == ("03Z01", PER, date(2026, 12, 31))
    assert (nieuw.Omvang, nieuw.RedenWijziging, nieuw.ReferentieAanbieder) == (uit[1].Omvang, None, None)
    assert (uit[2].RedenWijziging, uit[2].Einddatum) == (None, date(2026, 12, 31))
    assert zet_om(wijk) == Conversie((), None)  # a second time there is nothing left to do


def _aangenomen(wijk: Wijk) -> Voorstel:
    def maak(u: Uitgangspunt) -> Voorstel:
        voorstel = converteer(u, TABEL, PER).voorstel
        assert voorstel is not None
        return voorstel

    return wijk.neemt_aan(maak)


@pytest.mark.parametrize(
    ("inhoud", "waarom"),
    [
        (toewijzing(1, {"Categorie": "02", "Code": "02T01"}, ingang="2026-04-01"), Overgeslagen.BEGINT_LATER),
        (toewijzing(1, {"Categorie": "03", "Code": "03Z01"}), Overgeslagen.HEEFT_NIEUWE_CODE),
        (toewijzing(1, {"Categorie": "06", "Code": "06T01"}), Overgeslagen.EENHEID),
    ],
)
def test_what_is_skipped_says_why(inhoud: dict[str, Boom], waarom: Overgeslagen) -> None:
    wijk = Wijk()
    wijk.goed("301", [dict(inhoud)])
    regels = [Regel("02*", "03", "03Z01"), Regel("03*", "03", "03Z01"), Regel("06*", "03", "03Z01", "16")]
    conversie = zet_om(wijk, Conversietabel.van(regels, Domein.IWMO))
    assert [o.overgeslagen for o in conversie.omzettingen] == [waarom]
    assert conversie.voorstel is None


def test_a_toewijzing_that_a_request_is_about_waits() -> None:
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1, wijk.product("X"))])
    wijk.goed("317", verzoek(wijzigt=[gevraagd("2026-04-01", "2026-12-31", ("6", "04", "2"), nummer=1)]))
    assert [o.overgeslagen for o in zet_om(wijk).omzettingen] == [Overgeslagen.VERZOEK]


def test_what_the_rules_refuse_is_not_converted() -> None:
    """Two old codes become one, and stack."""
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1, wijk.product("X")), toewijzing(2, wijk.product("Z"))])
    tabel = Conversietabel.van([Regel("02*", "03", "03Z01"), Regel("06*", "03", "03Z01")], Domein.IWMO)
    conversie = zet_om(wijk, tabel)
    assert {(o.overgeslagen, o.nieuw_nummer) for o in conversie.omzettingen} == {(Overgeslagen.AFGEKEURD, None)}
    assert conversie.voorstel is not None
    assert [b.regel for b in conversie.voorstel.bevindingen] == ["TR302"]


@pytest.mark.parametrize(
    ("omvang", "eenheid", "volume"),
    [(("4", "04", "2"), "01", 240), (("120", "01", "2"), "04", 2), (("90", "01", "2"), "04", None), (("4", "04", "2"), "04", 4)],
)  # fmt: skip
def test_only_hours_and_minutes_are_reckoned(omvang: tuple[str, str, str], eenheid: str, volume: int | None) -> None:
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1, wijk.product("X"), omvang=omvang)])
    conversie = zet_om(wijk, Conversietabel.van([Regel("02T01", "03", "03Z01", eenheid)], Domein.IWMO))
    if volume is None:
        assert [o.overgeslagen for o in conversie.omzettingen] == [Overgeslagen.EENHEID]
        return
    assert conversie.voorstel is not None
    nieuw = producten(conversie.voorstel)[9001].Omvang
    assert nieuw is not None
    assert (nieuw.Volume, nieuw.Eenheid) == (volume, eenheid)


def test_a_total_goes_on_in_full_and_is_pointed_out() -> None:
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1, wijk.product("X"), omvang=("80", "04", "6"))])
    voorstel = zet_om(wijk).voorstel
    assert voorstel is not None
    assert voorstel.data is not None
    assert [(vraag.naam, vraag.verplicht) for vraag in voorstel.vragen] == [("restant", False)]


def test_a_version_of_later_than_now_is_in_the_way() -> None:
    wijk = Wijk()
    wijk.goed("301", [toewijzing(1, wijk.product("X"), moment="2026-03-02T09:30:00")])
    conversie = zet_om(wijk)
    assert [o.overgeslagen for o in conversie.omzettingen] == [Overgeslagen.BEZWAAR]
    assert conversie.voorstel is not None
    assert "IV013" in conversie.voorstel.uitleg[0]


@pytest.mark.parametrize("domein", Domein)
def test_the_reasons_are_those_a_gemeente_ends_with(domein: Domein) -> None:
    assert redenen(domein) == ("02", "03", "05", "06", "07", "08", "09", "10", "11")
    wijk = Wijk(domein)
    for reden, per in (("12", PER), ("13", PER), ("99", PER), ("03", date.min)):
        with pytest.raises(ValueError, match="no conversion"):
            zet_om(wijk, per=per, reden=reden)


@given(
    st.sampled_from(Domein),
    st.lists(st.tuples(st.integers(-90, 90), st.integers(0, 200), st.sampled_from("246")), min_size=1, max_size=2),
    st.booleans(),
    st.integers(-60, 120),
)
def test_whatever_is_assigned_every_conversion_is_approved_and_leaves_no_gap(
    domein: Domein, perioden: list[tuple[int, int, str]], aspecifiek: bool, per_over: int
) -> None:
    wijk = Wijk(domein)
    per = wijk.vandaag + timedelta(days=per_over)
    toegewezen = []
    for nummer, (begint, duurt, frequentie) in enumerate(perioden, start=1):
        begin = wijk.vandaag + timedelta(days=begint)
        toegewezen.append(
            toewijzing(
                nummer, wijk.product("XY"[nummer - 1]), str(begin), str(begin + timedelta(days=duurt)),
                omvang=("4", "04", frequentie),
            )
        )  # fmt: skip
    if aspecifiek:
        toegewezen.append(toewijzing(9, ASPECIFIEK[domein], omvang=None, budget="5000"))
    wijk.goed("301", list(toegewezen))
    voor = wijk.dossier
    oud = {wijk.product(naam)["Code"] for naam in "XY"}
    nieuw = wijk.product("Z")
    regels = [Regel(code, nieuw["Categorie"], f"{nieuw['Categorie']}Z{n}") for n, code in enumerate(sorted(oud))]
    tabel = Conversietabel.van(regels, domein)
    conversie = converteer(wijk.u(), tabel, per)
    geraakt = {
        n: t.product for n, t in voor.toewijzingen.items()
        if n != 9 and t.product.Einddatum is not None and t.product.Einddatum >= per
    }  # fmt: skip
    assert {o.nummer for o in conversie.omzettingen} == geraakt.keys()
    for o in conversie.omzettingen:
        begint_later = geraakt[o.nummer].Ingangsdatum >= per
        assert o.overgeslagen is (Overgeslagen.BEGINT_LATER if begint_later else None)
    if conversie.voorstel is None:
        assert all(o.overgeslagen for o in conversie.omzettingen)
        return
    voorstel = conversie.voorstel
    uit = producten(wijk.neemt_aan(lambda u: voorstel))
    assert uit.keys() >= {n for n, t in voor.toewijzingen.items() if is_actueel(t.product, wijk.vandaag)}
    for o in conversie.omzettingen:
        if o.nieuw_nummer is not None:
            assert uit[o.nummer].Einddatum == per - timedelta(days=1)
            assert (uit[o.nieuw_nummer].Ingangsdatum, uit[o.nieuw_nummer].Einddatum) == (
                per,
                geraakt[o.nummer].Einddatum,
            )


# the table

CSV = "oude_code;categorie;code\n54*;02;54Z01\n541*;02;54Z02\n54111;02;54Z03\n"


@pytest.mark.parametrize(
    ("code", "nieuw"), [("54000", "54Z01"), ("54100", "54Z02"), ("54111", "54Z03"), ("54", "54Z01"), ("53000", None)]
)
def test_the_most_precise_row_counts(code: str, nieuw: str | None) -> None:
    regel = lees_tabel(CSV.encode(), Domein.IWMO).zoek(code)
    assert (regel.code if regel else None) == nieuw


def test_a_table_as_people_keep_it() -> None:
    tabel = lees_tabel('\ufeffCode;"Oude_code"; eenheid;categorie\r\n54Z01;54*;16;02\r\n;;;\r\n'.encode(), Domein.IWMO)
    assert tabel.regels == (Regel("54*", "02", "54Z01", "16"),)


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("54*;02;54Z01", "kolommen"),
        ("oude_code;categorie;code\n", "geen enkele rij"),
        ("oude_code;categorie;code\n54*;2;54Z01\n", "rij 1: 2 is geen ProductCategorie"),
        ("oude_code;categorie;code\n*;02;54Z01\n", "rij 1: * is geen oude code"),
        ("oude_code;categorie;code\n5*4;02;54Z01\n", "rij 1: 5*4 is geen oude code"),
        ("oude_code;categorie;code\n54*;02;54Z011\n", "rij 1: 54Z011 is geen productcode"),
        ("oude_code;categorie;code\n54*;02;54Z*\n", "rij 1: 54Z* is geen productcode"),
        ("oude_code;categorie;code\n54*;02;54Z01\n54*;02;54Z02\n", "54* staat meer dan één keer"),
        ("oude_code;categorie;code\n54*;02\n", "regel 2: 2 kolommen in plaats van 3"),
        ("oude_code;categorie;code;eenheid\n54*;02;54Z01;99\n", "99 is geen Eenheid"),
        ('oude_code;categorie;code\n"54*"x;02;54Z01\n', "geen CSV"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tekst: str, melding: str) -> None:
    with pytest.raises(Tabelfout) as fout:
        lees_tabel(tekst.encode(), Domein.IWMO)
    assert melding in str(fout.value)


def test_a_table_as_excel_writes_it() -> None:
    tabel = lees_tabel("Oude code,Categorie,Code\n54*,02,54Z01\n".encode("utf-16"), Domein.IWMO)
    assert [(regel.oude_code, regel.code) for regel in tabel.regels] == [("54*", "54Z01")]
    with pytest.raises(Tabelfout, match="geen tekst"):
        lees_tabel(b"oude_code;categorie;code\n\x81;02;54Z01\n", Domein.IWMO)
