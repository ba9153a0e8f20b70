"""What the conformance cases do not reach of the rules on requests."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.boom import Boom
from tests.conformance.gevallen import maak_bericht
from tests.conformance.knooppunt import Knooppunt

from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.levensloop.gebeurtenis import Feit
from berichtenverkeer.oordeel.oordeel import Berichtoordeel
from berichtenverkeer.regels.algemeen.stapeling import TR361, Periode
from berichtenverkeer.regels.bevinding import Overtreding
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.toetsen import toets_kennis
from berichtenverkeer.standaard.berichten.basis import Product
from berichtenverkeer.standaard.berichten.toewijzing import ToegewezenProduct
from berichtenverkeer.standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from berichtenverkeer.standaard.berichten.verzoek_om_wijziging import (
    Bericht317,
    NieuwProduct,
    OngewijzigdProduct,
    TeWijzigenProduct,
)
from berichtenverkeer.standaard.berichten.verzoek_om_wijziging import Verzoek as Verzoek317
from berichtenverkeer.standaard.domein import Domein

from ..levensloop.test_eigenschappen import gebeurtenis
from ..levensloop.verhaal import Klasse, aanvraag, toewijzing, wijziging
from .test_stapeling import overlapt, zelfde_product

VANDAAG = date(2026, 3, 2)
EERSTE = date(2026, 2, 20)
"""The first day on which anything begins in the generated requests."""


def dossier(*feiten: Feit) -> Dossier:
    """The dossier after these classes, each in a message of its own."""
    return Dossier.van(gebeurtenis(feit, plek) for plek, feit in enumerate(feiten))


def toegewezen(**velden: str | None) -> ToegewezenProduct:
    """A ToegewezenProduct; without an element that is None."""
    klasse = {**toewijzing(), **velden}
    return ToegewezenProduct.model_validate({naam: waarde for naam, waarde in klasse.items() if waarde is not None})


def gevonden(
    nummer: str, wijzigingen: dict[str, Boom], bekend: Dossier, domein: Domein = Domein.IWMO
) -> dict[str, list[Overtreding]]:
    """What the rules above level 2 find in a base message with these changes, by rule."""
    soort, bericht = maak_bericht(nummer, domein, wijzigingen)
    uit: dict[str, list[Overtreding]] = {}
    for regel, overtreding in toets_kennis(bericht, Kennis(soort, bericht, VANDAAG, bekend)):
        uit.setdefault(regel.code, []).append(overtreding)
    return uit


def test_a_rejected_request_counts_as_not_sent_so_its_reference_is_still_new() -> None:
    """OP286."""
    knooppunt = Knooppunt(VANDAAG)
    pad = "Client/AangevraagdeProducten/AangevraagdProduct[1]/ToewijzingEinddatum"
    fout, goed = ({pad: einde} for einde in ("2026-03-31", "2026-12-31"))
    uitslagen = [
        knooppunt.verwerk(maak_bericht("315", Domein.IWMO, stap, identificatie=f"B{plek}"))[0].uitslag
        for plek, stap in enumerate((fout, goed))
    ]
    assert uitslagen == [Berichtoordeel.AFGEKEURD, Berichtoordeel.GOEDGEKEURD]


def test_a_pending_request_is_named_and_the_others_counted() -> None:
    producten = [AangevraagdProduct.model_validate(aanvraag(f"VOT-{plek}")) for plek in (7, 8, 9)]
    [fout] = gevonden("315", {}, dossier(*producten))["TR374"]
    assert fout.melding.startswith("Verzoek VOT-7 ")
    assert "2 andere" in fout.melding


def test_every_toewijzing_that_is_missing_is_named_in_order() -> None:
    bekend = dossier(*(toegewezen(ToewijzingNummer=str(nummer)) for nummer in (1009, 1001, 1005, 1002)))
    [fout] = gevonden("317", {}, bekend)["TR349"]
    assert "1005, 1009" in fout.melding


@pytest.mark.parametrize(("reden", "genoemd"), [("13", False), ("01", False), ("05", True), (None, True)])
def test_a_toewijzing_of_one_day_is_actual_unless_taken_back(reden: str | None, genoemd: bool) -> None:
    """Also by reason 01, as before release 3.1 (tegenstrijdigheid 4 and 66)."""
    dag = toegewezen(ToewijzingNummer="1003", Ingangsdatum="2026-03-02", Einddatum="2026-03-02", RedenWijziging=reden)
    bekend = dossier(toegewezen(), toegewezen(ToewijzingNummer="1002"), dag)
    assert ("TR349" in gevonden("317", {}, bekend)) == genoemd
    anders: dict[str, Boom] = {"Client/Verzoek/OngewijzigdeProducten/OngewijzigdProduct[1]/ToewijzingNummer": "1003"}
    assert ("TR350" in gevonden("317", anders, bekend)) == (not genoemd)


@pytest.mark.parametrize(("product", "codes"), [(None, {"TR375", "TR412"}), ({"Categorie": "02"}, {"TR412"})])
@pytest.mark.parametrize(
    ("einde", "geldt"), [("2020-12-30", False), ("2020-12-31", False), ("2021-01-01", True), (None, True)]
)
def test_omvang_without_a_code_was_allowed_up_to_2020(
    product: Klasse | None, codes: set[str], einde: str | None, geldt: bool
) -> None:
    oud = toegewezen(Ingangsdatum="2020-01-01", Einddatum=einde).model_copy(
        update={"Product": Product.model_validate(product) if product else None}
    )
    gevallen = gevonden("317", {}, dossier(oud))
    assert {"TR375", "TR412"} & gevallen.keys() == (codes if geldt else set())
    assert "TR411" not in gevallen


def test_of_a_toewijzing_that_is_not_there_only_that_is_said() -> None:
    """Unknown or taken back; of one that ran out the Omvang is judged too."""
    weg = toegewezen(Einddatum="2026-02-01", RedenWijziging="13")
    voorbij = toegewezen(Einddatum="2026-02-28")
    zonder: dict[str, Boom] = {
        "Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct[1]/Omvang": "~",
        "Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct[1]/GewensteIngangsdatum": "2026-02-10",
        "Client/Verzoek/OngewijzigdeProducten": "~",
    }
    blijft = toegewezen(ToewijzingNummer="1002")
    assert gevonden("317", zonder, dossier(blijft)).keys() == {"TR349", "TR351"}
    assert gevonden("317", zonder, dossier(blijft, weg)).keys() == {"TR349", "TR351"}
    assert gevonden("317", zonder, dossier(blijft, voorbij)).keys() == {"TR349", "TR351", "TR411"}


@pytest.mark.parametrize(
    ("oud", "nieuw", "wijzigt"),
    [
        ({"Omvang": None, "Budget": "100"}, {"Budget": "100"}, False),
        ({"Omvang": None, "Budget": "100"}, {"Budget": "99"}, True),
        ({"Omvang": None, "Budget": "100"}, {}, False),
        ({"Omvang": None}, {"Budget": "100"}, True),
        ({}, {"Omvang": {"Volume": "4", "Eenheid": "04", "Frequentie": "6"}}, False),
        ({}, {"Omvang": {"Volume": "5", "Eenheid": "04", "Frequentie": "6"}}, True),
        ({}, {"Omvang": {"Volume": "4", "Eenheid": "01", "Frequentie": "6"}}, True),
        ({}, {"Omvang": {"Volume": "4", "Eenheid": "04", "Frequentie": "2"}}, False),
        ({}, {}, False),
    ],
)
def test_what_changes_over_the_whole_period(oud: Klasse, nieuw: Klasse, wijzigt: bool) -> None:
    """TR373; the toewijzing has 4 hours in all, unless it says otherwise."""
    klasse = {naam: waarde for naam, waarde in {**toewijzing(), **oud}.items() if waarde is not None}
    gevraagd: dict[str, Boom] = {
        "ToewijzingNummer": "1001", "GewensteIngangsdatum": "2026-04-01", "Einddatum": "2026-10-31", **nieuw
    }  # fmt: skip
    pad = "Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct[1]"
    gevallen = gevonden("317", {pad: gevraagd}, dossier(ToegewezenProduct.model_validate(klasse)))
    assert ("TR373" in gevallen) == wijzigt
    op_ingang = {**gevraagd, "GewensteIngangsdatum": "2026-02-01"}
    assert "TR373" not in gevonden("317", {pad: op_ingang}, dossier(ToegewezenProduct.model_validate(klasse)))


def test_of_two_vows_in_one_message_every_toewijzing_carries_the_first() -> None:
    """One of them was refused before, and may still be honoured."""
    verzoeken = [Verzoek317.model_validate(wijziging(f"VOW-{plek}", 1001)) for plek in (1, 2)]
    pad = "Client/ToegewezenProducten/ToegewezenProduct"
    wijzigingen: dict[str, Boom] = {
        f"{pad}[1]/ReferentieAanbieder": "VOW-2",
        f"{pad}[2]/ReferentieAanbieder": "VOW-1",
    }
    [fout] = gevonden("301", wijzigingen, dossier(toegewezen(), *verzoeken))["TR379"]
    assert isinstance(fout.deel, ToegewezenProduct)
    assert fout.deel.ToewijzingNummer == 1002
    assert "VOW-2" in fout.advies


def test_what_else_is_in_a_message_does_not_hide_a_reference_that_is_wrong() -> None:
    """A reference that is used up says nothing of the other toewijzingen."""
    verzoek = Verzoek317.model_validate(wijziging("VOW-1", 1001))
    bekend = dossier(verzoek, toegewezen(ReferentieAanbieder="VOW-1"))
    wijzigingen: dict[str, Boom] = {"Client/ToegewezenProducten/ToegewezenProduct[1]/ReferentieAanbieder": "VOW-1"}
    [fout] = gevonden("301", wijzigingen, bekend)["TR379"]
    assert "al met een eerder" in fout.melding


DAGEN = st.integers(0, 20).map(lambda dag: EERSTE + timedelta(days=dag))
EINDES = st.none() | st.integers(0, 9)
PRODUCTEN = st.none() | st.builds(
    Product, Categorie=st.sampled_from(["02", "03", "11", "12"]), Code=st.sampled_from([None, "A", "B"])
)
Looptijd = tuple[date, date | None]


@st.composite
def looptijden(draw: st.DrawFn) -> Looptijd:
    """From a day to up to 9 days later, or without end."""
    begin, duur = draw(DAGEN), draw(EINDES)
    return begin, None if duur is None else begin + timedelta(days=duur)


@st.composite
def toewijzingen(draw: st.DrawFn) -> list[ToegewezenProduct]:
    """Up to four toewijzingen; some ran out on the day of the request, some were taken back."""
    lijst = []
    for nummer in range(1001, 1001 + draw(st.integers(0, 4))):
        begin, einde = draw(looptijden())
        weg = draw(st.integers(0, 5)) == 0
        velden = {
            "Product": draw(PRODUCTEN),
            "Ingangsdatum": begin,
            "Einddatum": begin if weg else einde,
            "ToewijzingNummer": nummer,
            "RedenWijziging": "13" if weg else None,
        }
        lijst.append(toegewezen().model_copy(update=velden))
    return lijst


@st.composite
def verzoeken(draw: st.DrawFn) -> Verzoek317:
    """A request that names known and unknown numbers, some twice, and asks new products."""
    nummers = st.lists(st.integers(1001, 1005), max_size=3)
    return Verzoek317(
        ReferentieAanbieder="VOW-1",
        RedenVerzoek="1",
        OngewijzigdeProducten=tuple(OngewijzigdProduct(ToewijzingNummer=nummer) for nummer in draw(nummers)),
        TeWijzigenProducten=tuple(
            TeWijzigenProduct(ToewijzingNummer=nummer, GewensteIngangsdatum=begin, Einddatum=einde)
            for nummer in draw(nummers)
            for begin, einde in [draw(looptijden())]
        ),
        NieuweProducten=tuple(
            NieuwProduct(Product=draw(PRODUCTEN), GewensteIngangsdatum=begin, Einddatum=einde)
            for begin, einde in draw(st.lists(looptijden(), max_size=3))
        ),
    )


def perioden(verzoek: Verzoek317, lijst: list[ToegewezenProduct]) -> list[Periode]:
    """The periods that TR361 is about: of what stays, of what changes, of what is new."""
    actueel = {
        product.ToewijzingNummer: product
        for product in lijst
        if product.RedenWijziging != "13" and (product.Einddatum is None or product.Einddatum >= VANDAAG)
    }
    blijft = [(p, actueel[p.ToewijzingNummer]) for p in verzoek.OngewijzigdeProducten if p.ToewijzingNummer in actueel]
    wijzigt = [(p, actueel[p.ToewijzingNummer]) for p in verzoek.TeWijzigenProducten if p.ToewijzingNummer in actueel]
    return [
        *(Periode(p, oud.Product, oud.Ingangsdatum, oud.Einddatum) for p, oud in blijft),
        *(Periode(p, oud.Product, p.GewensteIngangsdatum, p.Einddatum) for p, oud in wijzigt),
        *(Periode(p, p.Product, p.GewensteIngangsdatum, p.Einddatum) for p in verzoek.NieuweProducten),
    ]


@given(toewijzingen(), verzoeken(), st.sampled_from(Domein))
def test_stacking_over_the_whole_request_is_what_every_pair_has(
    lijst: list[ToegewezenProduct], verzoek: Verzoek317, domein: Domein
) -> None:
    """TR361 against comparing every two periods; of two the one that begins later is at fault."""
    soort, bericht = maak_bericht("317", domein)
    assert isinstance(bericht, Bericht317)
    bericht = bericht.model_copy(update={"Client": bericht.Client.model_copy(update={"Verzoek": verzoek})})
    op_begin = sorted(perioden(verzoek, lijst), key=lambda periode: periode.begin)
    verwacht = [
        id(later.deel)
        for plek, later in enumerate(op_begin)
        if any(
            overlapt(eerder, later) and zelfde_product(eerder.product, later.product, domein)
            for eerder in op_begin[:plek]
        )
    ]
    fouten = list(TR361(verzoek, Kennis(soort, bericht, VANDAAG, dossier(*lijst))))
    assert [id(fout.deel) for fout in fouten] == verwacht
    for fout in fouten:
        element = "ToewijzingNummer" if isinstance(fout.deel, OngewijzigdProduct) else "GewensteIngangsdatum"
        assert fout.element == element
