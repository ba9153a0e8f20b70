"""What a partner reports as a file: all of it or nothing, many at once."""

import csv
from io import StringIO

import httpx
from tests.api.hoofdaannemer.conftest import CSV, Wereld
from tests.berichten import Dossier
from tests.knoop import Klant
from tests.werkmappen import van_rijen

KOP = "gemeente;toewijzingnummer;domein;soort;datum;reden\n"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _rij(wie: Dossier, soort: str, datum: str, reden: str = "") -> str:
    return f"{wie.gemeente};{wie.nummer};{wie.domein};{soort};{datum};{reden}\n"


def _meld(klant: Klant, *rijen: str, **vraag: str) -> httpx.Response:
    return klant.post("/v1/inzetten/meldingen", content=(KOP + "".join(rijen)).encode(), headers=CSV, params=vraag)


def _lijst(w: Wereld, soort: str) -> list[tuple[int, dict[str, str]]]:
    items = w.hoofdaannemer.json(f"/v1/werklijsten/{soort}-te-versturen")["items"]
    return [(item["toewijzingnummer"], item["voorstel"]["vraag"]) for item in items]


def test_many_at_once(wereld: Wereld) -> None:
    w = wereld
    (een, id_een), (twee, id_twee) = w.toegewezen(), w.toegewezen(Einddatum="2026-03-31")
    w.plaats(id_een, tot="2026-02-28")
    w.plaats(id_een, van="2026-03-01", klasse="midden")
    w.plaats(id_twee)
    rijen = (
        _rij(een, "stop", "2026-03-01", "37"),
        _rij(een, "start", "2026-02-02"),
        _rij(twee, "start", "2026-02-03"),
        _rij(twee, "evaluatie", "2026-03-01"),
    )
    proef = _meld(w.partner, *rijen, proef="true").json()
    assert (proef["proef"], proef["nieuw"], proef["fouten"]) == (True, 4, [])
    assert _lijst(w, "start") == []
    uit = _meld(w.partner, *rijen).json()
    assert (uit["soort"], uit["rijen"], uit["nieuw"], uit["gelijk"]) == ("meldingen", 4, 4, 0)
    assert _lijst(w, "start") == [
        (een.nummer, {"toewijzing": id_een, "begindatum": "2026-02-02"}),
        (twee.nummer, {"toewijzing": id_twee, "begindatum": "2026-02-03"}),
    ]
    assert _lijst(w, "stop") == [(een.nummer, {"toewijzing": id_een, "einddatum": "2026-03-01", "reden": "37"})]
    assert w.hoofdaannemer.json("/v1/hoofdaannemer/herindicaties")["items"][0]["stappen"]["evaluatie"] == {
        "op": "2026-03-01", "wie": w.p,
    }  # fmt: skip
    assert _meld(w.partner, *rijen).json()["gelijk"] == 4
    anders = _meld(w.partner, _rij(een, "stop", "2026-03-01", "19"), _rij(twee, "evaluatie", "2026-03-02")).json()
    assert (anders["nieuw"], anders["gewijzigd"]) == (0, 2)


def test_every_fault_at_once_and_nothing_half(wereld: Wereld) -> None:
    w = wereld
    (een, id_een), (vreemd, id_vreemd), (weg, id_weg) = w.toegewezen(), w.toegewezen(), w.toegewezen()
    w.plaats(id_een)
    w.plaats(id_vreemd, partner=w.q)
    geweigerd = w.plaats(id_weg)["id"]
    w.partner.post(f"/v1/inzetten/{geweigerd}/weigeren", json={"reden": "vol"})
    antwoord = _meld(
        w.partner,
        _rij(een, "start", "2026-02-02"),
        _rij(een, "start", "2026-01-01"),
        _rij(een, "stop", "2026-03-01", "99"),
        _rij(een, "evaluatie", "2026-03-03"),
        _rij(een, "begin", "31-02-2026"),
        _rij(vreemd, "start", "2026-02-02"),
        _rij(weg, "start", "2026-02-02"),
        f"{een.gemeente};987654321;iwmo;start;2026-02-02;\n",
        _rij(een, "start", "2026-02-02"),
        _rij(een, "start", "=VANDAAG()"),
    )
    assert antwoord.status_code == 422
    fouten = antwoord.json()["fouten"]
    assert [(fout["rij"], fout["kolom"]) for fout in fouten] == [
        (3, "datum"), (4, "reden"), (5, "datum"), (6, "soort"), (6, "datum"), (7, "toewijzingnummer"),
        (8, "toewijzingnummer"), (9, "toewijzingnummer"), (10, "gemeente"), (11, "datum"),
    ]  # fmt: skip
    assert all(fout["advies"] for fout in fouten)
    van_ander, van_niemand = (next(f for f in fouten if f["rij"] == rij) for rij in (7, 9))
    assert {**van_ander, "rij": 0, "waarde": ""} == {**van_niemand, "rij": 0, "waarde": ""}
    assert _lijst(w, "start") == []
    for klant in (w.ander_partner, w.gemeente, w.hoofdaannemer, w.aanbieder):
        assert [f["kolom"] for f in _meld(klant, _rij(een, "start", "2026-02-02")).json()["fouten"]] == [
            "toewijzingnummer"
        ]


def test_a_workbook_and_what_is_none(wereld: Wereld) -> None:
    w = wereld
    een, id_een = w.toegewezen()
    w.plaats(id_een)
    rij = (een.gemeente, str(een.nummer), str(een.domein), "start", "2026-02-02", "")
    data = van_rijen(tuple(KOP.strip().split(";")), rij)
    pad = "/v1/inzetten/meldingen"
    assert w.partner.post(pad, content=data, headers={"Content-Type": XLSX}).json()["nieuw"] == 1
    assert w.partner.post(pad, content=b"PK\x03\x04", headers={"Content-Type": XLSX}).status_code == 400
    assert w.partner.post(pad, content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415
    assert w.partner.post(pad, content=b"gemeente;datum\n", headers=CSV).status_code == 422


def test_an_evaluation_that_is_still_to_come(wereld: Wereld) -> None:
    w = wereld
    een, id_een = w.toegewezen(Einddatum="2026-03-31")
    inzet = w.plaats(id_een)["id"]
    antwoord = w.partner.post(f"/v1/inzetten/{inzet}/meldingen", json={"soort": "evaluatie", "datum": "2026-03-03"})
    assert antwoord.status_code == 422
    assert "2026-03-03 moet nog komen" in antwoord.text
    bestand = f"gemeente;toewijzingnummer;domein;datum\n{een.gemeente};{een.nummer};iwmo;2026-03-03\n"
    [fout] = w.laad("evaluaties", bestand).json()["fouten"]
    assert (fout["rij"], fout["kolom"]) == (2, "datum")
    assert w.hoofdaannemer.json("/v1/hoofdaannemer/herindicaties")["items"][0]["stappen"]["evaluatie"] is None


def test_who_refused_ticks_nothing(wereld: Wereld) -> None:
    w = wereld
    inzet = w.plaats(w.toegewezen(Einddatum="2026-03-31")[1])["id"]
    w.partner.post(f"/v1/inzetten/{inzet}/weigeren", json={"reden": "vol"})
    antwoord = w.partner.post(f"/v1/inzetten/{inzet}/meldingen", json={"soort": "evaluatie", "datum": "2026-03-01"})
    assert antwoord.status_code == 409


def test_the_postvak_as_a_table_has_meldingen(wereld: Wereld) -> None:
    w = wereld
    inzet = w.plaats(w.toegewezen()[1])["id"]
    antwoord = w.partner.get("/v1/postvak/berichten", headers={"Accept": "text/csv"})
    [rij] = csv.DictReader(StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";")
    [item] = w.partner.postvak()
    assert (rij["soort"], rij["inzet"], rij["pad"]) == ("inzorgmelding", inzet, item["pad"])
    assert (rij["volgnummer"], rij["status"], rij["hoofdaannemer"]) == (str(item["volgnummer"]), "Bezorgd", w.code)
    assert rij["referentiegegevens_traceerId"] == ""
    [bericht] = csv.DictReader(
        StringIO(
            w.hoofdaannemer.get("/v1/postvak/berichten", headers={"Accept": "text/csv"}).content.decode("utf-8-sig")
        ),
        delimiter=";",
    )
    assert (bericht["soort"], bool(bericht["referentiegegevens_traceerId"])) == ("", True)


def test_a_file_may_be_as_large_as_a_message(wereld: Wereld) -> None:
    w = wereld
    een, _ = w.toegewezen()
    rijen = [_rij(een, "start", "2026-02-02")] * 10_000
    antwoord = _meld(w.partner, *rijen)
    assert antwoord.status_code == 422
    assert len(antwoord.request.content) > w.node.binnen.instellingen.json_max_bytes
