"""The lists of a hoofdaannemer as tables: a maandstaat adds up to its totaal."""

import csv
from io import StringIO

from tests.api.hoofdaannemer.conftest import H, Wereld

CSV = {"Accept": "text/csv"}
XLSX = {"Accept": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def _rijen(w: Wereld, pad: str, **vraag: str) -> list[dict[str, str]]:
    antwoord = w.hoofdaannemer.get(f"{H}/{pad}", params=vraag, headers=CSV)
    assert antwoord.status_code == 200, antwoord.text
    assert antwoord.content.startswith(b"\xef\xbb\xbf")
    als_boek = w.hoofdaannemer.get(f"{H}/{pad}", params=vraag, headers=XLSX)
    assert als_boek.content.startswith(b"PK")
    return list(csv.DictReader(StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))


def _cent(tekst: str) -> int:
    return int(tekst.replace(",", ""))


def test_a_maandstaat_adds_up(wereld: Wereld) -> None:
    w = wereld
    een = w.plaats(w.toegewezen()[1])
    w.plaats(w.toegewezen()[1], klasse="midden")
    w.hoofdaannemer.post(f"{H}/maandstaten/2026-01/{w.p}/vaststellen")
    w.hoofdaannemer.post(f"{H}/maandstaten/2026-02/{w.p}/vaststellen")
    w.hoofdaannemer.post(f"{H}/inzetten/{een['id']}/intrekken", json={"reden": "vergissing"})
    for maand in ("2026-02", "2026-03"):
        [staat] = w.hoofdaannemer.json(f"{H}/maandstaten", maand=maand)["items"]
        rijen = _rijen(w, "maandstaten", maand=maand)
        assert sum(_cent(rij["bedrag"]) for rij in rijen) == staat["totaal"]
        assert sorted({rij["soort"] for rij in rijen}) == (
            ["bijdrage", "regel"] if maand == "2026-02" else ["bijdrage", "correctie", "regel"]
        )
        assert all(
            _cent(rij["bedrag"]) < 0 for rij in rijen if rij["soort"] == "bijdrage" and rij["over_maand"] == maand
        )
    assert [rij["over_maand"] for rij in _rijen(w, "maandstaten", maand="2026-03") if rij["soort"] == "correctie"] == [
        "2026-02"
    ]


def test_the_other_lists(wereld: Wereld) -> None:
    w = wereld
    g = w.gemeentecode
    w.laad("lumpsum", f"gemeente;segment;jaar;euro\n{g};begeleiding;2026;1000,00\n")
    w.laad("plekken", f"gemeente;segment;partner;aantal;van;tot\n{g};begeleiding;;2;2026-01-01;\n")
    wie, toewijzing = w.toegewezen(Einddatum="2026-03-31")
    id_ = w.plaats(toewijzing)["id"]
    [rij] = _rijen(w, "inzetten")
    assert (rij["id"], rij["effectief_van"], rij["effectief_tot"]) == (id_, "2026-02-01", "2026-03-31")
    [rij] = _rijen(w, "herindicaties")
    assert (rij["client"], rij["stappen_evaluatie_op"], rij["te_laat"]) == (wie.bsn, "", "nee")
    [rij] = _rijen(w, "bezetting", kwartaal="2026-Q1")
    assert (rij["plekken"], rij["prognose_dagen"]) == ("2,00", "90")
    rijen = _rijen(w, "betaalschema", gemeente=g, jaar="2026")
    assert sum(_cent(rij["bedrag"]) for rij in rijen) == 100_000
    bij_partner = w.partner.get("/v1/inzetten", headers=CSV)
    assert id_ in bij_partner.text
    assert "toewijzing;" not in bij_partner.text
