"""The table of toewijzingsvarianten: every row of it, with what fits it and what does not."""

import doctest
from dataclasses import replace
from datetime import date

import pytest
from tests.conformance.gevallen import maak_bericht

from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.regels.bevinding import Ernst, Overtreding
from berichtenverkeer.regels.contract import Contract
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.regels.regel import REGELS
from berichtenverkeer.regels.toetsen import toets_kennis
from berichtenverkeer.standaard import toewijzingsvarianten
from berichtenverkeer.standaard.berichten.basis import Omvang, Product
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.toewijzingsvarianten import LTA, Past, Variantrij, Vulling, past_niet, tabel

RIJEN = [(domein, rij) for domein in Domein for rij in tabel(domein)]


def _id(paar: object) -> str:
    return (
        f"{paar.variant}-{paar.soort}-{paar.eenheid}-{paar.frequentie}" if isinstance(paar, Variantrij) else str(paar)
    )


def _categorie(domein: Domein, rij: Variantrij) -> str | None:
    if not rij.categorie:
        return None
    return LTA if rij.lta and domein is Domein.IJW else "02" if domein is Domein.IWMO else "45"


def _goed(domein: Domein, rij: Variantrij) -> Vulling:
    """What fits a row, with as little as it asks."""
    return Vulling(_categorie(domein, rij), rij.code, rij.budget, rij.eenheid, rij.frequentie, rij.einddatum_verplicht)


def test_the_module_says_what_it_does() -> None:
    assert doctest.testmod(toewijzingsvarianten).failed == 0


def test_each_law_has_all_rows() -> None:
    assert [len(tabel(domein)) for domein in Domein] == [31, 31]


@pytest.mark.parametrize(("domein", "rij"), RIJEN, ids=_id)
def test_what_has_what_a_row_asks_fits(domein: Domein, rij: Variantrij) -> None:
    goed = _goed(domein, rij)
    for variant in (rij.variant, None):
        assert past_niet(domein, variant, goed) is None
        assert past_niet(domein, variant, goed._replace(einddatum=True)) is None
    assert past_niet(domein, "taakgericht", goed) is None
    assert _signalen(domein, goed, rij.variant) == []


@pytest.mark.parametrize(("domein", "rij"), RIJEN, ids=_id)
def test_what_lacks_it_is_told_at_its_place(domein: Domein, rij: Variantrij) -> None:
    goed = _goed(domein, rij)
    if rij.eenheid is not None:
        fout, wat, element = goed._replace(frequentie="3"), Past.OMVANG, "Omvang/Eenheid"
    else:
        fout, wat, element = (
            goed._replace(categorie="02", code=True),
            Past.INHOUD,
            "Budget" if rij.budget else "Product",
        )
    gevonden = past_niet(domein, rij.variant, fout)
    assert gevonden is not None
    assert gevonden.wat is wat
    [signaal] = _signalen(domein, fout, rij.variant)
    assert signaal.element == element


@pytest.mark.parametrize(("domein", "rij"), [paar for paar in RIJEN if paar[1].einddatum_verplicht], ids=_id)
def test_an_einddatum_that_every_row_asks_is_missed(domein: Domein, rij: Variantrij) -> None:
    zonder = _goed(domein, rij)._replace(einddatum=False)
    anders = [
        een
        for een in tabel(domein)
        if een.variant == rij.variant
        and not een.einddatum_verplicht
        and _goed(domein, een)._replace(einddatum=False) == zonder
    ]
    gevonden = past_niet(domein, rij.variant, zonder)
    assert (gevonden is None) == bool(anders)  # euro's over the whole term are a row without and one with an Einddatum
    assert [een.element for een in _signalen(domein, zonder, rij.variant)] == ([] if anders else ["Einddatum"])


def test_what_is_bought_nationally_has_rows_of_its_own() -> None:
    aspecifiek = Vulling("45", code=False, budget=False, eenheid=None, frequentie=None, einddatum=True)
    assert past_niet("ijw", "output", aspecifiek) is not None
    assert past_niet("ijw", "inspanning", aspecifiek._replace(categorie=LTA)) is not None
    assert past_niet("ijw", "output", aspecifiek._replace(categorie=LTA)) is None
    assert past_niet("ijw", None, aspecifiek._replace(categorie=LTA)) is None


def test_it_refuses_nothing_and_can_be_off() -> None:
    for code in ("SAP301", "SAP315"):
        assert (REGELS[code].ernst, REGELS[code].retourcode) == (Ernst.SIGNAAL, None)
    fout = Vulling("02", code=True, budget=False, eenheid="84", frequentie="1", einddatum=True)
    assert len(_signalen(Domein.IWMO, fout, None)) == 1
    assert _signalen(Domein.IWMO, fout, None, toewijzingsvarianten="uit") == []


def _signalen(domein: Domein, v: Vulling, variant: str | None, **instellingen: str) -> list[Overtreding]:
    """What SAP301 says of a toewijzing that is filled in so, under a contract with this variant."""
    aangeboden = maak_bericht("301", domein)
    assert isinstance(aangeboden.bericht, Bericht301)
    client = aangeboden.bericht.Client
    product = client.ToegewezenProducten[0].model_copy(
        update={
            "Product": Product(Categorie=v.categorie, Code=f"{v.categorie}T01" if v.code else None)
            if v.categorie
            else None,
            "Omvang": Omvang(Volume=1, Eenheid=v.eenheid, Frequentie=v.frequentie)
            if v.eenheid and v.frequentie
            else None,
            "Budget": 100_000 if v.budget else None,
            "Einddatum": date(2026, 12, 31) if v.einddatum else None,
        }
    )
    bericht = aangeboden.bericht.model_copy(
        update={"Client": client.model_copy(update={"ToegewezenProducten": (product,)})}
    )
    keuzes = ({"variant": variant} if variant else {}) | instellingen
    kennis = Kennis(
        aangeboden.soort, bericht, date(2026, 3, 2), Dossier(), contract=replace(Contract(), instellingen=keuzes)
    )
    return [overtreding for regel, overtreding in toets_kennis(bericht, kennis) if regel.code == "SAP301"]
