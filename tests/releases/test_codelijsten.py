"""Code lists by release: a code that is gone in 3.3 is good in 3.2, and the other way round; both are told with what they mean."""

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.knoop import Knoop
from tests.releases.gevallen import bericht, dossiers

from berichtenverkeer.api.rondom.knooppunt import Knooppunt
from berichtenverkeer.regels.toegelicht import toegelicht
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301
from berichtenverkeer.standaard.codelijst import OnbekendeCodelijst, codelijst, codelijsten, in_enige_release
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.fouten import OngeldigBericht
from berichtenverkeer.standaard.lezen import lees

LIJST = {Domein.IWMO: "WMO002", Domein.IJW: "JZ002"}
WEG, NIEUW = "01", "91"


def met_reden(release: str, reden: str, domein: Domein) -> bytes:
    """A 301 with this RedenWijziging."""
    [d] = [d for d in dossiers() if d.domein is domein]
    if release == "3.3":
        return bericht(d, "301", "1", RedenWijziging=reden)
    return d.bericht("301", {"Client/ToegewezenProducten/ToegewezenProduct[1]/RedenWijziging": reden})


@pytest.mark.parametrize("domein", Domein)
@pytest.mark.parametrize(("release", "goed", "fout"), [("3.2", WEG, NIEUW), ("3.3", NIEUW, WEG)])
def test_a_code_is_refused_where_it_is_not_in_the_list(domein: Domein, release: str, goed: str, fout: str) -> None:
    assert lees(met_reden(release, goed, domein), SCHEMAS).soort.release == release
    with pytest.raises(OngeldigBericht) as gevangen:
        lees(met_reden(release, fout, domein), SCHEMAS)
    [een] = gevangen.value.fouten
    assert "niet in de codelijst" in een.melding or "bestaat in" in een.melding
    assert (goed in een.advies, f" {fout} " in een.advies) == (True, False)
    lijst = codelijst(LIJST[domein], domein, release)
    assert (goed in lijst, fout in lijst) == (True, False)


def test_a_new_code_means_what_the_xsd_says_and_an_old_one_what_it_meant() -> None:
    for domein, naam in LIJST.items():
        nieuw, oud = codelijst(naam, domein, "3.3"), codelijst(naam, domein)
        assert nieuw.label(NIEUW) == "Overgang naar een andere regeling"
        assert all(nieuw[code] is oud[code] for code in oud.codes if code != WEG)
        samen = in_enige_release(naam, domein)
        assert samen.codes.keys() == oud.codes.keys() | {NIEUW}
        assert in_enige_release("WJ756", domein) is codelijst("WJ756", domein)


def test_what_no_xsd_enumerates_is_the_same_in_all() -> None:
    for domein in Domein:
        for lijst in codelijsten(domein):
            hier = codelijst(lijst.naam_code, domein, "3.3")
            anders = {NIEUW} | {WEG} if lijst.naam_code == LIJST[domein] else set()
            assert hier.codes.keys() ^ lijst.codes.keys() == anders, lijst.naam_code
    with pytest.raises(OnbekendeCodelijst):
        codelijst("WMO020", Domein.IJW, "3.3")


def test_a_finding_says_what_a_code_of_its_release_means() -> None:
    for domein in Domein:
        gelezen = lees(met_reden("3.3", NIEUW, domein), SCHEMAS)
        assert isinstance(gelezen.bericht, Bericht301)
        product = gelezen.bericht.Client.ToegewezenProducten[0]
        zin = toegelicht(f"RedenWijziging {NIEUW} mag hier niet.", product, gelezen.soort)
        assert zin == f"RedenWijziging {NIEUW} (overgang naar een andere regeling) mag hier niet."


def test_what_the_node_says_of_its_lists(k: Knoop) -> None:
    assert isinstance(k.binnen, Knooppunt)
    klant = k.klant(None)
    oud = klant.json("/v1/standaard/codelijsten/WMO002")
    nieuw = klant.json("/v1/standaard/codelijsten/WMO002", release="3.3")
    assert (oud["release"], nieuw["release"]) == ("3.2", "3.3")
    per_code = {een["code"]: een["releases"] for lijst in (oud, nieuw) for een in lijst["codes"]}
    assert (per_code[WEG], per_code[NIEUW], per_code["02"]) == (["3.2"], ["3.3"], ["3.2", "3.3"])
    assert klant.get("/v1/standaard/codelijsten/WMO002", params={"release": "4.0"}).status_code == 404
    cbs = klant.json("/v1/standaard/codelijsten/CBS")
    assert {tuple(een["releases"]) for een in cbs["codes"]} == {("3.2", "3.3")}
