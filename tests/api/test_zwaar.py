"""What may take long is done in another process, with a limit: nothing of it on the event loop or its threads."""

from collections.abc import Iterator

import pytest
from tests.conftest import MaakDatabase
from tests.knoop import Knoop, controleer_probleem, knoop
from tests.werkmappen import van_rijen

from berichtenverkeer.inname.kind import KindBezet, KindGestopt, TaakTeZwaar
from berichtenverkeer.standaard.xml import is_zwaar

NS = "http://www.istandaarden.nl/iwmo/3_2/wmo301/schema"
ONGELDIG = f"<Bericht xmlns='{NS}'>{'<a/>' * 50_000}</Bericht>".encode()


@pytest.fixture(scope="module")
def node(maak_database: MaakDatabase) -> Iterator[Knoop]:
    """A node of these tests."""
    with knoop(maak_database()) as k:
        yield k


@pytest.fixture
def hier_niet(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process no large document is read."""
    for plek in ("api.deuren.validatie.lees", "inname.aanname.lees", "api.volumes_in.lees_bestand"):
        monkeypatch.setattr(f"berichtenverkeer.{plek}", lambda *_: pytest.fail("it was read here"))


@pytest.mark.usefixtures("hier_niet")
def test_a_large_document_is_validated_elsewhere(node: Knoop) -> None:
    antwoord = node.paar().gemeente.post("/validatie", content=ONGELDIG, headers={"Content-Type": "application/xml"})
    assert antwoord.status_code == 200
    fouten = antwoord.json()["Fouten"]
    assert (len(fouten), fouten[-1]["Code"]) == (1001, "MEER")
    assert fouten[-1]["Details"].startswith("En nog 49002 fouten;")


@pytest.mark.usefixtures("hier_niet")
def test_what_is_wrong_with_a_large_message_is_found_elsewhere(node: Knoop) -> None:
    antwoord = node.paar().gemeente.bied_aan(ONGELDIG)
    controleer_probleem(antwoord)
    assert antwoord.status_code == 422
    assert len(antwoord.json()["bevindingen"]) == 1001


@pytest.mark.usefixtures("hier_niet")
def test_a_large_file_is_read_elsewhere(node: Knoop) -> None:
    csv = b"toewijzingnummer;datum;hoeveelheid\n" + b"0;geen;x\n" * 20_000
    vraag = {"maand": "2026-03"}
    kop = {"Content-Type": "text/csv"}
    antwoord = node.paar().aanbieder.post("/voorstellen/declaratie", params=vraag, content=csv, headers=kop)
    assert antwoord.status_code == 422
    assert len(antwoord.json()["fouten"]) == 1000


@pytest.mark.usefixtures("hier_niet")
def test_a_workbook_is_read_elsewhere_however_small(node: Knoop) -> None:
    kop = {"Content-Type": "text/csv"}
    blad = van_rijen(("toewijzingnummer", "datum", "hoeveelheid"), ("0", "geen", "x"))
    antwoord = node.paar().aanbieder.post(
        "/voorstellen/declaratie", params={"maand": "2026-03"}, content=blad, headers=kop
    )
    assert (antwoord.status_code, len(antwoord.json()["fouten"])) == (422, 3)


@pytest.mark.parametrize(("fout", "status"), [(KindGestopt(), 503), (KindBezet(), 503), (TaakTeZwaar(), 413)])
def test_what_cannot_be_done_is_told(
    node: Knoop, monkeypatch: pytest.MonkeyPatch, fout: Exception, status: int
) -> None:
    async def mislukt(*_: object) -> None:
        raise fout

    monkeypatch.setattr(node.binnen.kind, "laat_doen", mislukt)
    antwoord = node.paar().gemeente.bied_aan(ONGELDIG)
    controleer_probleem(antwoord)
    assert antwoord.status_code == status
    assert ("Retry-After" in antwoord.headers) == (status == 503)


def test_small_and_plain_is_read_at_once() -> None:
    assert not is_zwaar(b"<a/>" * 2_000, 100_000)
    assert not is_zwaar(b"<Geboortedatum>1950-01-01</Geboortedatum>\n" * 2_300, 100_000)
    assert is_zwaar(b"<a/>" * 20_000, 100_000)
    assert is_zwaar(b" " * 100_001, 100_000)
