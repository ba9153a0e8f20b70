"""A melding as JSON, as a page to print and as PDF; what comes from outside is text on it, and it loads nothing."""

from pathlib import Path

import pytest
from tests.api.hoofdaannemer.conftest import Wereld

from berichtenverkeer.api.hoofdaannemer import pdf

HTML = {"Accept": "text/html,*/*;q=0.1"}
PDF = {"Accept": "application/pdf"}
KWAAD = "<script src=//kwaad.example></script>"


def _pad(w: Wereld) -> str:
    wie = w.client()
    w.gemeente.goedgekeurd(wie.bericht("301", {"Client/Naam/Geslachtsnaam/Achternaam": KWAAD[:30]}))
    [rij] = w.hoofdaannemer.toewijzingen(toewijzingnummer=wie.nummer)
    return f"/v1/inzetten/{w.plaats(rij['id'])['id']}/inzorgmelding"


def test_the_melding_in_json_and_on_paper(wereld: Wereld) -> None:
    w = wereld
    w.laad("partners", w.partners().replace("Dekker", "<img src=x onerror=alert(1)>"))
    pad = _pad(w)
    melding = w.partner.json(pad)
    assert melding["hoofdaannemer"] == {"code": w.code, "naam": "Siem & Zoon"}
    assert melding["client"]["naam"].endswith(KWAAD[:30])
    assert (melding["product"]["categorie"], melding["van"], melding["tot"]) == ("02", "2026-02-01", "2026-12-31")
    pagina = w.partner.get(pad, headers=HTML)
    assert pagina.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in pagina.headers["content-security-policy"]
    assert "&lt;script" in pagina.text
    assert "&lt;img" in pagina.text
    assert "Siem &amp; Zoon" in pagina.text
    for kan_niet in ("<script", "<img", "<link", "@import", "url("):
        assert kan_niet not in pagina.text
    assert melding["client"]["bsn"] in pagina.text
    assert "01-02-2026" in pagina.text


def test_as_pdf(wereld: Wereld) -> None:
    try:
        pdf.als_pdf("<p>proef</p>")
    except pdf.GeenPdf:
        pytest.skip("Pango is not on this machine")
    antwoord = wereld.partner.get(_pad(wereld), headers=PDF)
    assert (antwoord.status_code, antwoord.headers["content-type"]) == (200, "application/pdf")
    assert antwoord.content.startswith(b"%PDF-")


def test_a_pdf_loads_nothing(tmp_path: Path) -> None:
    """Not even what is on this machine."""
    geheim = tmp_path / "geheim.css"
    geheim.write_text("p::before { content: 'GEHEIM' }")
    try:
        met = pdf.als_pdf(f"<link rel=stylesheet href={geheim.as_uri()}><p>proef</p>")
        zonder = pdf.als_pdf("<p>proef</p>")
    except pdf.GeenPdf:
        pytest.skip("Pango is not on this machine")
    assert abs(len(met) - len(zonder)) < 200


def test_without_pango(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    def ontbreekt(naam: str) -> object:
        raise OSError(f"cannot load library for {naam}")

    pad = _pad(wereld)
    monkeypatch.setattr(pdf, "import_module", ontbreekt)
    pdf._weasyprint.cache_clear()
    antwoord = wereld.partner.get(pad, headers=PDF)
    assert (antwoord.status_code, "Pango" in antwoord.json()["detail"]) == (501, True)
    assert wereld.partner.get(pad, headers=HTML).status_code == 200
    assert wereld.partner.get(pad).status_code == 200


def test_a_form_that_there_is_not(wereld: Wereld) -> None:
    assert wereld.partner.get(_pad(wereld), headers={"Accept": "text/csv"}).status_code == 406


def test_no_end_no_uitzorgmelding(wereld: Wereld) -> None:
    w = wereld
    _, toewijzing = w.toegewezen(Einddatum="2026-12-31")
    inzet = w.plaats(toewijzing)["id"]
    uit = w.partner.json(f"/v1/inzetten/{inzet}/uitzorgmelding")
    assert (uit["soort"], uit["tot"]) == ("uitzorgmelding", "2026-12-31")
