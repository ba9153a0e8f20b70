"""Messages from steps: from nothing at all, with what matters, twice the same, and never the same by accident."""

from pathlib import Path

import pytest
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.spel.bestand.flow import FlowFout
from berichtenverkeer.spel.schrijven.opstellen import Opgesteld
from berichtenverkeer.standaard.berichten.antwoord import Bericht319
from berichtenverkeer.standaard.berichten.declaratie import Bericht323, Bericht325
from berichtenverkeer.standaard.berichten.start import Bericht306
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301
from berichtenverkeer.standaard.berichten.verzoek_om_wijziging import Bericht317
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees

from .opgesteld import KOP, bevonden, flow_van, opgesteld, schrijver_van

WETTEN = pytest.mark.parametrize("wet", list(Domein), ids=str)

HELE_STROOM = """\
  - stuur: 301
  - {stuur: 305, op: +1d}
  - {stuur: 317, op: +1wd}
  - {stuur: 319, op: +1wd}
  - {stuur: 307, op: +2w}
  - {stuur: 323, op: +1m}
  - {stuur: 315, op: +1d}
  - {stuur: 319, op: +1d, inhoud: {Antwoord: {VerzoekAntwoord: 2}}}
"""


@WETTEN
def test_every_heenbericht_comes_from_nothing_and_is_approved_in_its_story(wet: Domein, tmp_path: Path) -> None:
    flow = flow_van(tmp_path, HELE_STROOM)
    assert bevonden(schrijver_van(flow, wet)) == [[]] * 8
    gestuurd = [bericht.soort.nummer for _, bericht in opgesteld(schrijver_van(flow, wet)) if bericht.soort]
    assert set(gestuurd) == {"301", "305", "307", "315", "317", "319", "323"}


@WETTEN
def test_a_toewijzing_takes_along_those_that_are_still_valid(wet: Domein, tmp_path: Path) -> None:
    flow = flow_van(
        tmp_path,
        """\
  - stuur: 301
    inhoud: {Client: {ToegewezenProducten: [{ToewijzingNummer: $kort, Einddatum: $vandaag+1d}, {ToewijzingNummer: $lang}]}}
  - {stuur: 301, op: +1w, inhoud: {Client: {ToegewezenProducten: [{ToewijzingNummer: $nieuw}]}}}
  - {stuur: 301, op: +1d, alleen: true, inhoud: {Client: {ToegewezenProducten: [{ToewijzingNummer: $los}]}}}
""",
    )
    schrijver = schrijver_van(flow, wet)
    eerste, tweede, derde = (_toegewezen(bericht) for _, bericht in opgesteld(schrijver))
    namen = {int(nummer): naam for naam, nummer in schrijver.omgeving.namen.items()}
    assert [namen[nummer] for nummer in eerste] == ["kort", "lang"]
    assert [namen[nummer] for nummer in tweede] == ["nieuw", "lang"]
    assert (
        tweede[next(n for n in tweede if namen[n] == "lang")] == eerste[next(n for n in eerste if namen[n] == "lang")]
    )
    assert [namen[nummer] for nummer in derde] == ["los"]


def _toegewezen(bericht: Opgesteld) -> dict[int, object]:
    gelezen = lees(bericht.data, SCHEMAS).bericht
    assert isinstance(gelezen, Bericht301)
    return {product.ToewijzingNummer: product for product in gelezen.Client.ToegewezenProducten}


def test_what_a_flow_expects_to_be_refused_does_not_count(tmp_path: Path) -> None:
    flow = flow_van(
        tmp_path,
        """\
  - {stuur: 301, verwacht: {oordeel: afgekeurd}}
  - {stuur: 301, verwacht: {geweigerd: xsd-ongeldig}, inhoud: {Client: {Geslacht: 7}}}
  - stuur: 301
""",
    )
    *_, (_, laatste) = opgesteld(schrijver_van(flow))
    assert len(_toegewezen(laatste)) == 1


def test_a_later_message_takes_over_what_the_toewijzing_says(tmp_path: Path) -> None:
    flow = flow_van(
        tmp_path,
        """\
  - stuur: 301
    inhoud: {Client: {ToegewezenProducten: [{ToewijzingNummer: $t1, Ingangsdatum: $vandaag-1m, Omvang: {Volume: 9}}]}}
  - {stuur: 301, op: +1d, inhoud: {Client: {ToegewezenProducten: [{ToewijzingNummer: $t1, Einddatum: $vandaag+2d}]}}}
  - {stuur: 301, op: +1d, inhoud: {Client: {ToegewezenProducten: [{ToewijzingNummer: $t1, Budget: 500}]}}}
""",
    )
    _, tweede, derde = (next(iter(_toegewezen(bericht).values())) for _, bericht in opgesteld(schrijver_van(flow)))
    assert "Volume=9" in str(tweede)
    assert "Einddatum=datetime.date(2026, 3, 5)" in str(tweede)
    assert "Omvang=None" in str(derde)
    assert "Budget=500" in str(derde)


def test_a_vow_names_the_rest_and_its_reference_stands_on_all(tmp_path: Path) -> None:
    flow = flow_van(
        tmp_path,
        """\
  - {stuur: 301, inhoud: {Client: {ToegewezenProducten: [{ToewijzingNummer: $een}, {ToewijzingNummer: $twee,
      Product: {iwmo: {Categorie: 07, Code: 07A02}, ijw: {Categorie: 41, Code: 41A11}}}]}}}
  - stuur: 317
    op: +1d
    inhoud: {Client: {Verzoek: {ReferentieAanbieder: $r, TeWijzigenProducten: [{ToewijzingNummer: $een}]}}}
  - stuur: 301
    op: +1d
    inhoud: {Client: {ToegewezenProducten: [{ToewijzingNummer: $een, ReferentieAanbieder: $r, RedenWijziging: 12,
      Einddatum: $vandaag+1m}]}}
""",
    )
    schrijver = schrijver_van(flow)
    _, (_, vow), (_, honorering) = opgesteld(schrijver)
    verzoek = lees(vow.data, SCHEMAS).bericht
    assert isinstance(verzoek, Bericht317)
    namen = schrijver.omgeving.namen
    assert [p.ToewijzingNummer for p in verzoek.Client.Verzoek.OngewijzigdeProducten] == [int(namen["twee"])]
    assert all(f"ReferentieAanbieder='{namen['r']}'" in str(p) for p in _toegewezen(honorering).values())
    assert bevonden(schrijver_van(flow)) == [[], [], []]


def test_the_amounts_of_a_declaratie_are_reckoned(tmp_path: Path) -> None:
    flow = flow_van(
        tmp_path,
        """\
  - {stuur: 301, op: 2026-02-10T10:00}
  - stuur: 323
    op: 2026-03-02T10:00
    inhoud: {Declaratie: {Clienten: [{Prestaties: [{GeleverdVolume: 3, ProductTarief: 1000},
      {GeleverdVolume: 1, IngediendBedrag: {DebetCredit: C}}]}]}}
""",
    )
    _, (_, declaratie) = opgesteld(schrijver_van(flow))
    bericht = lees(declaratie.data, SCHEMAS).bericht
    assert isinstance(bericht, Bericht323)
    een, twee = bericht.Declaratie.Clienten[0].Prestaties
    assert (een.IngediendBedrag.Bedrag, twee.IngediendBedrag.Bedrag) == (3000, 5000)
    totaal = bericht.Declaratie.TotaalIngediendBedrag
    assert (totaal.TotaalBedrag, totaal.DebetCredit) == (2000, "C")
    assert een.ProductPeriode.Begindatum.isoformat() == "2026-02-10"
    assert een.ProductReferentie != twee.ProductReferentie


def test_null_takes_an_element_out(tmp_path: Path) -> None:
    flow = flow_van(tmp_path, "  - {stuur: 301, inhoud: {Client: {ToegewezenProducten: [{Einddatum: ~}]}}}\n")
    [(_, bericht)] = opgesteld(schrijver_van(flow))
    assert "Einddatum=None" in str(_toegewezen(bericht))


def test_the_same_seed_gives_the_same_bytes_and_another_nothing_in_common(tmp_path: Path) -> None:
    flow = flow_van(tmp_path, HELE_STROOM)
    eens, nogmaals, anders = (
        [(b.identificatie, b.data) for _, b in opgesteld(schrijver_van(flow, zaad=zaad))] for zaad in (7, 7, 8)
    )
    assert eens == nogmaals
    assert not {identificatie for identificatie, _ in eens} & {identificatie for identificatie, _ in anders}
    assert eens == sorted(eens)


def test_the_very_same_bytes_again(tmp_path: Path) -> None:
    flow = flow_van(tmp_path, "  - {stuur: 301, naam: een}\n  - {nogmaals: een, op: +1d}\n")
    (_, een), (_, twee) = opgesteld(schrijver_van(flow))
    assert een.data == twee.data
    assert een.moment < twee.moment


def test_a_file_goes_as_it_is(tmp_path: Path) -> None:
    [(_, bericht)] = opgesteld(schrijver_van(flow_van(tmp_path, "  - stuur: 301\n")))
    (tmp_path / "goed.xml").write_bytes(bericht.data)
    (tmp_path / "kapot.xml").write_bytes(b"<ander/>")
    (tmp_path / "ongeldig.xml").write_bytes(bericht.data.replace(b"<wmo301:Geslacht>2", b"<wmo301:Geslacht>7"))
    flow = flow_van(
        tmp_path,
        "  - stuur: goed.xml\n  - {stuur: kapot.xml, van: gemeente, naar: aanbieder}\n"
        "  - {stuur: ongeldig.xml, van: gemeente, naar: aanbieder}\n",
    )
    (_, goed), (_, kapot), (_, ongeldig) = opgesteld(schrijver_van(flow))
    assert (ongeldig.soort, ongeldig.van) == (None, "gemeente")
    assert (goed.data, goed.identificatie, goed.van) == (bericht.data, bericht.identificatie, "gemeente")
    assert (kapot.soort, kapot.data) == (None, b"<ander/>")


@WETTEN
def test_a_party_answers_for_itself(wet: Domein, tmp_path: Path) -> None:
    flow = flow_van(
        tmp_path,
        """\
  - stuur: 301
  - {antwoord: 302}
  - {stuur: 305, op: +1d, naam: start}
  - {antwoord: 306, antwoord_op: start, codes: {"Client/StartProducten/StartProduct[1]": 9074 9019}}
  - {stuur: 323, op: +1m}
  - {antwoord: 325, codes: {"Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]": 9322}}
  - {stuur: 307, inhoud: {Client: {StopProducten: [{RedenBeeindiging: {iwmo: "20", ijw: "20"}}]}}}
""",
    )
    (_, toewijzing), (_, goed), (_, start), (_, fout), _, (_, declaratie), (_, stop) = opgesteld(
        schrijver_van(flow, wet)
    )
    assert (goed.van, goed.afzendercode) == ("aanbieder", toewijzing.afzendercode)
    retour = lees(fout.data, SCHEMAS).bericht
    assert isinstance(retour, Bericht306)
    assert retour.Client is not None
    assert retour.Client.StartProducten[0].RetourCodes == ("9019", "9074")
    assert retour.Client.RetourCodes == ("0200",)
    antwoord = lees(declaratie.data, SCHEMAS).bericht
    assert isinstance(antwoord, Bericht325)
    assert antwoord.DeclaratieAntwoord is not None
    assert antwoord.DeclaratieAntwoord.TotaalToegekendBedrag.TotaalBedrag == 0
    assert start.inhoud["Client"]["StartProducten"][0]["Begindatum"] == "2026-03-03"
    begin = stop.inhoud["Client"]["StopProducten"][0]["Begindatum"]
    assert begin == "2026-03-02", "the refused start counts no more"


_ANDER = "Product: {Categorie: {iwmo: 03, ijw: 46}, Code: {iwmo: 03A03, ijw: 46A03}}"


@WETTEN
@pytest.mark.parametrize(
    ("toegewezen", "gevraagd", "code"),
    [
        ("", "", "A03"),
        ("Product: {Categorie: {iwmo: 02, ijw: 45}}", "", "A03"),
        (_ANDER, "", "standaard"),
        ("Einddatum: $maandeinde", "", "standaard"),
        ("Einddatum: $maandeinde+1d", "", "A03"),
        ("Einddatum: $maandeinde+1d", "ToewijzingIngangsdatum: $maandeinde+2d", "standaard"),
        ("", _ANDER.replace("03A03", "03A05").replace("46A03", "46A05"), "A05"),
    ],
)
def test_a_vot_asks_what_the_client_does_not_have(
    wet: Domein, toegewezen: str, gevraagd: str, code: str, tmp_path: Path
) -> None:
    flow = flow_van(
        tmp_path,
        f"  - {{stuur: 301, inhoud: {{Client: {{ToegewezenProducten: [{{{toegewezen}}}]}}}}}}\n"
        f"  - {{stuur: 315, op: +1d, inhoud: {{Client: {{AangevraagdeProducten: [{{{gevraagd}}}]}}}}}}\n",
    )
    _, (_, vot) = opgesteld(schrijver_van(flow, wet))
    verwacht = {Domein.IWMO: "A05", Domein.IJW: "A48"}[wet] if code == "standaard" else code
    assert vot.inhoud["Client"]["AangevraagdeProducten"][0]["Product"]["Code"][2:] == verwacht
    assert bevonden(schrijver_van(flow, wet)) == [[], []]


@WETTEN
def test_a_vow_asks_a_new_product_that_the_client_does_not_have(wet: Domein, tmp_path: Path) -> None:
    gevraagd = "{Client: {Verzoek: {NieuweProducten: [{}]}}}"
    flow = flow_van(tmp_path, f"  - stuur: 301\n  - {{stuur: 317, op: +1d, inhoud: {gevraagd}}}\n")
    assert bevonden(schrijver_van(flow, wet)) == [[], []]


def test_the_last_request_is_answered(tmp_path: Path) -> None:
    flow = flow_van(tmp_path, "  - stuur: 315\n  - {stuur: 315, op: +1d}\n  - {stuur: 319, op: +1d}\n")
    _, (_, tweede), (_, antwoord) = opgesteld(schrijver_van(flow))
    bericht = lees(antwoord.data, SCHEMAS).bericht
    assert isinstance(bericht, Bericht319)
    gevraagd = tweede.inhoud["Client"]["AangevraagdeProducten"][0]["ReferentieAanbieder"]
    assert bericht.Antwoord.ReferentieAanbieder == gevraagd


def test_a_moved_clock_moves_every_moment(tmp_path: Path) -> None:
    flow = flow_van(tmp_path, "  - {stuur: 301, op: 2026-03-04T10:00}\n  - {stuur: 301, op: +1d 14:00}\n")
    schrijver = schrijver_van(flow)
    schrijver.omgeving.begin = schrijver.omgeving.moment = flow.klok.replace(year=2027)
    assert [str(b.moment) for _, b in opgesteld(schrijver)] == ["2027-03-04 10:00:00", "2027-03-05 14:00:00"]


@pytest.mark.parametrize(
    ("stap", "melding"),
    [
        ("{stuur: 305}", "nog geen toewijzing"),
        ("{stuur: 319}", "nog geen verzoek"),
        ("{stuur: 301, op: overmorgen}", "geen moment"),
        ("{stuur: 301, op: +1d 25:00}", "een tijd die er niet is"),
        ("{stuur: 301, inhoud: {Client: {Geslaht: 1}}}", "Bedoelt u Geslacht?"),
        ("{stuur: 301, inhoud: {Client: {Geslacht: $onbekend}}}", r"\$onbekend is niet bekend"),
        ("{stuur: 301, inhoud: {Client: {ToegewezenProducten: [{Ingangsdatum: $vandag+1d}]}}}", r"Bedoelt u \$vandaag"),
        ("{stuur: 301, inhoud: {Client: {ToegewezenProducten: [{Ingangsdatum: $vandaag+1x}]}}}", "is geen waarde"),
        ("{stuur: 301, inhoud: {Client: {Geslacht: 7}}}", "Client/Geslacht"),
        ("{stuur: 301, inhoud: {Client: {Naam: ~}}}", "Client/Naam ontbreekt"),
        ("{stuur: 301, inhoud: {Client: {ToegewezenProducten: [{Ingangsdatum: gisteren}]}}}", "geen goede waarde"),
        ("{stuur: 301, inhoud: {Client: {ToegewezenProducten: [los]}}}", "lijst van onderdelen"),
        ("{stuur: 301, inhoud: {Client: los}}", "een losse waarde"),
        ("{stuur: 301, inhoud: {Client: ~}}", "Client ontbreekt"),
        ("{stuur: 317, inhoud: {Client: {Verzoek: ~}}}", "Client/Verzoek ontbreekt"),
        ("{stuur: 301, dagtekening: gisteren}", "Dagtekening heeft geen goede waarde"),
        ("{stuur: 301}\n  - {antwoord: 302, dagtekening: gisteren}", "is geen dag"),
        ("{stuur: 301, verwacht: {geweigerd: x}, inhoud: {Client: {Geslacht: 7}}}\n  - {antwoord: 302}", "is ongeldig"),
        ("{stuur: er-niet.xml}", "is er niet"),
        ("{antwoord: 302}", "waarop 302 het antwoord is"),
        ("{stuur: 301, naam: a}\n  - {antwoord: 306, antwoord_op: a}", "past geen 306"),
        ("{stuur: 301}\n  - {antwoord: 302, codes: {Clent: 9001}}", "Clent is geen klasse"),
    ],
)
def test_what_cannot_be_composed_is_told_with_file_and_line(stap: str, melding: str, tmp_path: Path) -> None:
    flow = flow_van(tmp_path, f"  - {stap}\n")
    with pytest.raises(FlowFout, match=melding) as gevangen:
        list(opgesteld(schrijver_van(flow)))
    assert gevangen.value.pad == flow.pad
    assert gevangen.value.regel == KOP.count("\n") + 1 + stap.count("\n")
    assert gevangen.value.advies
