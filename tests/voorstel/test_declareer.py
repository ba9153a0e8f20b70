"""From a sheet to a 323: worked cases from ``declareer.yaml``, and what holds for any volumes."""

from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.berichten import bsns
from tests.voorstel.grondslag import BSN, kennis_van, maak_contract, maak_grondslag, toegewezen

from berichtenverkeer.levensloop.rekenen.eenheid import Eenheid
from berichtenverkeer.levensloop.rekenen.maximum import maximum_looptijd, maximum_periode
from berichtenverkeer.levensloop.rekenen.periode import Periode, maand
from berichtenverkeer.levensloop.rekenen.verdeling import verdeel
from berichtenverkeer.oordeel.declaratie import uitslag
from berichtenverkeer.standaard.berichten.declaratie import Bericht323
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.tabellen.fouten import HOOGSTENS
from berichtenverkeer.voorstel.declareren.aandelen import aandelen
from berichtenverkeer.voorstel.declareren.grondslag import Grondslag
from berichtenverkeer.voorstel.declareren.volumes import (
    LANGSTE_CEL,
    MEESTE_RIJEN,
    Rijfout,
    Volume,
    Volumefout,
    lees_bestand,
    lees_rijen,
)
from berichtenverkeer.voorstel.declareren.voorstel import Declaratievoorstel, Regel, stel_op

TABEL = yaml.load((Path(__file__).parent / "declareer.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
GEVALLEN = [pytest.param(geval, id=geval["naam"]) for geval in TABEL["gevallen"]]


def grondslag(geval: dict[str, Any]) -> Grondslag:
    tarieven = {tuple(sleutel.split()): eurocent for sleutel, eurocent in geval.get("tarieven", {}).items()}
    return maak_grondslag(
        {BSN: [toegewezen(*velden) for velden in geval["toewijzingen"]]},
        geval["maand"],
        contract=maak_contract(tarieven, geval.get("codes", ()), geval.get("instellingen", {})),
        vandaag=geval.get("vandaag"),
    )


def voorstel(geval: dict[str, Any], **keuzes: bool) -> Declaratievoorstel:
    g = grondslag(geval)
    keuzes = {"hele_uren": geval.get("hele_uren", False)} | keuzes
    return stel_op(g, lees_bestand(geval["rijen"].encode()).rijen, kennis_van(g), **keuzes)


def als_rij(regel: Regel) -> list[Any]:
    p = regel.opgeteld.prestatie
    periode = (p.ProductPeriode.Begindatum, p.ProductPeriode.Einddatum)
    maat = (p.GeleverdVolume, p.Eenheid, p.ProductTarief, p.IngediendBedrag.Bedrag)
    return [list(regel.opgeteld.regels), p.ToewijzingNummer, p.ProductCode, *periode, *maat]


@pytest.mark.parametrize("geval", GEVALLEN)
def test_what_rows_come_to(geval: dict[str, Any]) -> None:
    uit = voorstel(geval)
    assert [als_rij(regel) for regel in uit.regels] == geval["prestaties"]
    assert [f"{fout.regel} {fout.kolom}" for fout in uit.fouten] == geval.get("fouten", [])
    gevonden = {
        regel.opgeteld.regels[0]: sorted({bevinding.regel for bevinding in regel.bevindingen}) for regel in uit.regels
    }
    assert {rij: codes for rij, codes in gevonden.items() if codes} == geval.get("fout", {})
    assert {b.regel for b in uit.bevindingen} == {code for codes in geval.get("fout", {}).values() for code in codes}
    assert all(regel.in_bericht for regel in uit.regels)
    assert (uit.data is None) == (not uit.regels or geval.get("fout") == {2: ["XSD"]})


@pytest.mark.parametrize("geval", GEVALLEN)
def test_alleen_goed_leaves_out_what_would_be_refused_and_no_more(geval: dict[str, Any]) -> None:
    alles, goed = voorstel(geval), voorstel(geval, alleen_goed=True)
    assert [als_rij(regel) for regel in goed.regels] == geval["prestaties"]
    assert [regel.in_bericht for regel in goed.regels] == [not regel.bevindingen for regel in alles.regels]
    assert goed.bevindingen == ()
    assert (goed.data is None) == (goed.bedrag == 0)


def test_the_numbers_and_the_total_of_the_message() -> None:
    geval = TABEL["gevallen"][0]
    uit = voorstel(geval)
    assert isinstance(uit.bericht, Bericht323)
    declaratie = uit.bericht.Declaratie
    assert declaratie.DeclaratieNummer == "D1"
    assert declaratie.TotaalIngediendBedrag.TotaalBedrag == uit.bedrag == 420000
    assert str(declaratie.DeclaratiePeriode.Begindatum) == "2026-04-01"
    referenties = [p.ProductReferentie.ReferentieNummer for p in declaratie.Clienten[0].Prestaties]
    assert referenties == ["D1-1", "D1-2"]
    assert uit.uitleg == (
        "2 prestaties van 1 cliënt, samen 4.200,00 euro, over 04-2026.",
        "Levering over 03-2026 staat erin met haar eigen ProductPeriode (IV090).",
    )


def test_a_message_that_is_too_early_is_told_as_a_whole() -> None:
    geval = TABEL["gevallen"][0] | {"vandaag": date(2026, 4, 29)}
    uit, goed = voorstel(geval), voorstel(geval, alleen_goed=True)
    assert {bevinding.regel for bevinding in uit.bevindingen} == {"TR137"}
    assert uit.data is not None
    assert (goed.data, bool(goed.bevindingen)) == (None, True)
    assert [regel.in_bericht for regel in goed.regels] == [True, False]


@pytest.mark.parametrize(("bestand", "melding"), TABEL["leesfouten"])
def test_what_cannot_be_read_is_told_with_line_and_column(bestand: str, melding: str) -> None:
    with pytest.raises(Volumefout) as gevangen:
        lees_bestand(bestand.encode())
    assert melding in str(gevangen.value)


def test_all_that_is_wrong_is_told_at_once_but_not_endlessly() -> None:
    with pytest.raises(Volumefout) as gevangen:
        lees_bestand(("toewijzingnummer;datum;hoeveelheid\n" + "x;y;-1\n" * 30).encode())
    assert len(gevangen.value.fouten) == 90
    assert str(gevangen.value).splitlines()[HOOGSTENS:] == ["en nog 70 fouten."]
    assert gevangen.value.fouten[0] == Rijfout(
        2, "toewijzingnummer", "x is geen ToewijzingNummer; dat zijn hoogstens 9 cijfers."
    )


@pytest.mark.parametrize(
    ("bestand", "melding"),
    [
        (b"\xff\xfe", "Het bestand is leeg"),
        (b"PK\x03\x04", "Excel-werkmap"),
        (b"a;b\n\x81\x8d", "geen tekst"),
        (b"\xd0\xcf\x11\xe0", "oude Excel-werkmap"),
        (b"toewijzingnummer;maand;hoeveelheid;code\n1;2026-01;1;" + b"x" * (LANGSTE_CEL + 1), "meer dan 70 tekens"),
        (b"toewijzingnummer;maand;hoeveelheid\n" + b"1;2026-01;1\n" * (MEESTE_RIJEN + 1), "meer dan 100000 rijen"),
    ],
)
def test_files_that_are_no_sheet_of_volumes(bestand: bytes, melding: str) -> None:
    with pytest.raises(Volumefout, match=melding):
        lees_bestand(bestand)


def test_rows_are_read_as_a_file_is() -> None:
    rij: dict[str, str | int | None] = {"toewijzingnummer": 1001, "maand": "2026-03", "hoeveelheid": 3, "eenheid": None}
    [volume] = lees_rijen([rij | {"gemeente": 344, "domein": "iJw", "onderaannemer": "De Linde"}]).rijen
    assert (volume.regel, volume.gemeente, volume.domein, volume.onderaannemer) == (1, "0344", Domein.IJW, "De Linde")
    assert (volume.hoeveelheid, volume.eenheid, volume.per_dag) == (3, None, False)
    with pytest.raises(Volumefout, match="regel 2, kolom hoeveelheid"):
        lees_rijen([rij, rij | {"hoeveelheid": "-1,5"}])


def test_what_is_of_whom_adds_up_to_the_cent() -> None:
    g = maak_grondslag(
        {BSN: [toegewezen(1001, [date(2026, 1, 1)], omvang=(100, "04", "4"))]},
        date(2026, 3, 1),
        contract=maak_contract({("02T01", "04"): 100}),
    )
    rijen = [(61, "01", "A"), (1, "04", "B"), (59, "01", None), (6000, "01", "C"), (1, "01", "A")]
    volumes = [
        Volume(n, 1001, maand(date(2026, 3, 1)), aantal, False, eenheid, onderaannemer=naam)
        for n, (aantal, eenheid, naam) in enumerate(rijen)
    ]
    uit = stel_op(g, volumes, kennis_van(g))
    delen = aandelen([uit])
    assert [(deel.onderaannemer, deel.bedrag) for deel in delen] == [("A", 103), ("B", 100), ("C", 10000), (None, 99)]
    assert sum(deel.bedrag for deel in delen) == uit.bedrag
    assert all(deel.afgewezen == deel.bedrag for deel in delen)  # one Prestatie, and more than 100 hours


# what holds for any volumes

DAGEN = st.dates(date(2025, 1, 1), date(2026, 6, 30))
MAAND = date(2026, 8, 1)


@st.composite
def gevallen(draw: st.DrawFn) -> tuple[Grondslag, list[Volume]]:
    """Toewijzingen of some clients, and deliveries on them that stay within the maxima of months and run, and within what a
    Bedrag can hold."""
    toewijzingen: dict[str, list[Any]] = {}
    namen = list(islice(bsns(), 3))
    for nummer in range(1001, 1001 + draw(st.integers(1, 4))):
        begin = draw(DAGEN)
        looptijd = [begin, begin + timedelta(draw(st.integers(0, 400)))]
        eenheid = draw(st.sampled_from(["01", "04", "14", "16", "82", "83", "84"]))
        omvang = (draw(st.integers(1, 50)), eenheid, draw(st.sampled_from("1246")))
        bsn = draw(st.sampled_from(namen))
        toewijzingen.setdefault(bsn, []).append(toegewezen(nummer, looptijd, ("02", f"C{nummer}"), omvang))
    tarieven = {
        (f"C{nummer}", eenheid): draw(st.integers(0, 200 if eenheid == "01" else 20_000))
        for nummer in range(1001, 1005)
        for eenheid in ("01", "04", "14", "16", "82", "84")
        if (nummer, eenheid) != (1002, "01")  # so that hours in minutes have an hour tariff
    }
    g = maak_grondslag(toewijzingen, MAAND, contract=maak_contract(tarieven))
    volumes: list[Volume] = []
    for nummer in g.bsn_van:
        volumes += _leveringen(draw, g, nummer, len(volumes))
    return g, volumes


def _leveringen(draw: st.DrawFn, g: Grondslag, nummer: int, regel: int) -> list[Volume]:
    product = g.toewijzing(nummer)
    assert product is not None
    assert product.Omvang is not None
    kader = g.kader(product, product.Ingangsdatum)
    rest = maximum_looptijd(kader).waarde or 0
    volumes: list[Volume] = []
    for periode in kader.looptijd.per_maand():
        if periode.begin > MAAND:
            break
        ruimte = min(rest, maximum_periode(kader, periode).waarde or 0)
        for _ in range(draw(st.integers(0, 3))):
            aantal = draw(st.integers(0, ruimte))
            dag = draw(st.dates(periode.begin, periode.eind))
            eenheid, keer = product.Omvang.Eenheid, 1
            if eenheid == Eenheid.UUR and draw(st.booleans()):
                eenheid, keer = "01", 60
            volumes.append(Volume(regel + len(volumes) + 1, nummer, Periode(dag, dag), aantal * keer, True, eenheid))
            ruimte -= aantal
            rest -= aantal
    return volumes


@given(gevallen())
def test_what_stays_within_the_maxima_is_granted_in_full(geval: tuple[Grondslag, list[Volume]]) -> None:
    g, volumes = geval
    uit = stel_op(g, volumes, kennis_van(g))
    assert (uit.fouten, uit.bevindingen) == ((), ())
    assert (uit.data is None) == (not any(volume.hoeveelheid for volume in volumes))
    if uit.data is None:
        return
    bericht = lees(uit.data, g.schemas).bericht
    assert isinstance(bericht, Bericht323)
    gevolg = uitslag(bericht, ())
    assert gevolg.toegekend == gevolg.ingediend == uit.bedrag
    assert aandelen([uit])[0].bedrag == uit.bedrag


@given(gevallen())
def test_every_row_is_in_one_prestatie_of_its_month(geval: tuple[Grondslag, list[Volume]]) -> None:
    g, volumes = geval
    uit = stel_op(g, volumes, kennis_van(g))
    for volume in volumes:
        prestaties = [r.opgeteld.prestatie for r in uit.regels if volume.regel in r.opgeteld.regels]
        assert len(prestaties) == 1 or not volume.hoeveelheid
        for prestatie in prestaties:
            periode = prestatie.ProductPeriode
            assert periode.Begindatum <= volume.periode.begin <= periode.Einddatum
            assert prestatie.ToewijzingNummer == volume.toewijzingnummer


@given(st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.integers(0, 60))
def test_a_stay_is_declared_for_every_day_once(begin: date, dagen: int) -> None:
    g = maak_grondslag(
        {BSN: [toegewezen(1001, [date(2026, 1, 1), date(2026, 12, 31)], omvang=(1, "14", "1"))]},
        MAAND,
        contract=maak_contract({("02T01", "14"): 20000}),
    )
    verblijf = Periode(begin, begin + timedelta(dagen))
    uit = stel_op(g, [Volume(2, 1001, verblijf, 1)], kennis_van(g))
    assert uit.bevindingen == ()
    delen = verdeel(verblijf, Periode(date(2026, 1, 1), date(2026, 12, 31))).delen
    assert [r.opgeteld.prestatie.GeleverdVolume for r in uit.regels] == [deel.dagen for deel in delen]
    assert uit.bedrag == 20000 * verblijf.dagen
