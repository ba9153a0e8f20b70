"""What an envelope says that it answers: of a 325 in either envelope, and held against the Header of what is in it."""

from collections.abc import Iterator

import pytest
from tests.conftest import MaakDatabase
from tests.declaraties import Regel, antwoord, declaratie
from tests.ggk import afgekeurd, bevestigd, di01, envelop, haal, postvak, vervang, wacht
from tests.knoop import Knoop, Paar, controleer_database, knoop
from tests.retouren import retour
from tests.vsp import codes, ingediend, lijst, zending

from berichtenverkeer.keten.envelop.stuf import Envelop


@pytest.fixture(scope="module", params=["Di01", "Du01"])
def met_325(request: pytest.FixtureRequest, maak_database: MaakDatabase) -> Iterator[tuple[Knoop, str]]:
    """A node that writes a 325 so, at which everybody judges for itself."""
    instellingen = (
        {} if request.param == "Di01" else {"antwoord_325": request.param}
    )  # Di01 unless it was said otherwise
    with knoop(maak_database.gereed(), proefmodus=True, **instellingen) as k:
        k.laat_oordelen("gemeente", "aanbieder", "hoofdaannemer")
        yield k, request.param
        controleer_database(k.engine)


@pytest.fixture
def paar(met_325: tuple[Knoop, str]) -> Paar:
    return met_325[0].paar()


def een_323(paar: Paar, nummer: str = "D1", *, met_envelop: bool = True) -> tuple[str, bytes]:
    """A 323 that was delivered: its traceerId and bytes."""
    data = declaratie(paar.dossier(), nummer, Regel(f"R{nummer}"))
    if not met_envelop:
        return paar.aanbieder.aangenomen(data)["id"], data
    z = zending(data)
    assert ingediend(paar.aanbieder, z)["berichtstatus"] == "WordtAangeboden"
    return z.id, data


@pytest.mark.parametrize("met_envelop", [True, False])
@pytest.mark.parametrize("kwam_in", ["Di01", "Du01", "zonder"])
def test_a_325(met_325: tuple[Knoop, str], paar: Paar, kwam_in: str, met_envelop: bool) -> None:
    """It is taken in by either envelope or without, and written as was set; in VSP it always names the 323."""
    _, geschreven = met_325
    op, data = een_323(paar, met_envelop=met_envelop)
    if kwam_in == "zonder":
        paar.gemeente.aangenomen(antwoord(data))
    else:
        e = envelop(antwoord(data), op=op if kwam_in == "Du01" else None)
        assert e.stuurgegevens.berichtcode == kwam_in
        bevestigd(paar.gemeente, e)
        assert wacht(paar.gemeente, e.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
    [item] = lijst(paar.aanbieder)
    assert item["routeringgegevens"]["berichtstroom"]["berichtsubtype"] == "WMO325"
    assert item["referentiegegevens"]["alsAntwoordOp"] == op
    [in_stuf] = postvak(paar.aanbieder)
    assert (in_stuf["berichtcode"], in_stuf.get("crossRefnummer")) == (geschreven, op if geschreven == "Du01" else None)
    gehaald = haal(paar.aanbieder, in_stuf)
    assert isinstance(gehaald, Envelop)
    assert gehaald.stuurgegevens.crossRefnummer == in_stuf.get("crossRefnummer")


def test_a_325_on_another_323_than_it_names(paar: Paar) -> None:
    (een, data), (ander, _) = een_323(paar), een_323(paar, "D2")
    fout = envelop(antwoord(data), op=ander)
    bevestigd(paar.gemeente, fout)
    assert afgekeurd(paar.gemeente, fout.stuurgegevens.referentienummer).code == "IB021"
    assert lijst(paar.aanbieder) == []
    goed = envelop(antwoord(data), op=een)
    bevestigd(paar.gemeente, goed)
    assert wacht(paar.gemeente, goed.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"


def test_a_du01_on_another_message_than_its_header_names(paar: Paar) -> None:
    """Both were delivered to the gemeente, so at once there is nothing to say of it."""
    stops = [zending(paar.dossier(nummer=nummer).stop()) for nummer in (1, 2)]
    for z in stops:
        assert ingediend(paar.aanbieder, z)["berichtstatus"] == "WordtAangeboden"
    een, ander = stops
    fout = envelop(retour(een.payload), op=ander.id)
    bevestigd(paar.gemeente, fout)
    fo01 = afgekeurd(paar.gemeente, fout.stuurgegevens.referentienummer)
    assert fo01.code == "IB021"
    assert "een ander bericht" in fo01.omschrijving
    assert lijst(paar.aanbieder) == []
    for z in stops:  # neither was settled
        goed = envelop(retour(z.payload), op=z.id)
        bevestigd(paar.gemeente, goed)
        assert wacht(paar.gemeente, goed.stuurgegevens.referentienummer)["status"] == "WordtAangeboden"
    assert [item["referentiegegevens"]["alsAntwoordOp"] for item in lijst(paar.aanbieder)] == [een.id, ander.id]


def test_a_retour_at_vsp_on_another_message_than_its_header_names(paar: Paar) -> None:
    """Of the 301s one came in an envelope, the other without: that goes by its id."""
    met = di01(paar)
    bevestigd(paar.gemeente, met)
    nummer = met.stuurgegevens.referentienummer
    assert wacht(paar.gemeente, nummer)["status"] == "WordtAangeboden"
    zonder = paar.dossier(nummer=1002).toewijzing()
    id_ = paar.gemeente.aangenomen(zonder)["id"]
    data = met.parameters.payload()
    for payload, op in ((data, id_), (zonder, nummer), (data, "11111111-1111-4111-8111-111111111111")):
        status = ingediend(paar.aanbieder, zending(retour(payload), als_antwoord_op=op))
        assert (status["berichtstatus"], codes(status)) == ("AfgekeurdDoorDienst", ["IB021"])
    assert lijst(paar.gemeente) == []
    for payload, op in ((data, nummer), (zonder, id_)):
        status = ingediend(paar.aanbieder, zending(retour(payload), als_antwoord_op=op))
        assert status["berichtstatus"] == "WordtAangeboden"


@pytest.mark.parametrize(
    ("functie", "code"), [("WMO301-0003-en-nog-meer", "IB004"), ("F" * 30, "IB004"), ("F" * 31, "IB001")]
)
def test_a_long_functie_stands_whole_in_its_fo01(paar: Paar, functie: str, code: str) -> None:
    """Check 12; one longer than StUF allows is cut off."""
    e = di01(paar)
    bevestigd(paar.gemeente, vervang(e, ">WMO301<", f">{functie}<"))
    fout = afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    assert (fout.code, fout.details) == (code, f"{functie[:30]}-00070001")
