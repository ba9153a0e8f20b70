"""Files loaded and taken out over HTTP, and everything that can be wrong with them."""

import pytest
from tests.api.hoofdaannemer.conftest import CSV, TARIEVEN, VRAGENLIJST, H, Wereld
from tests.werkmappen import van_rijen

from berichtenverkeer.api.hoofdaannemer import bestand_in
from berichtenverkeer.hoofdaannemer.laden.soorten import SOORTEN

YAML = {"Content-Type": "application/yaml"}
XLSX = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def test_loading_again_changes_nothing(wereld: Wereld) -> None:
    uit = wereld.laad("tarieven", TARIEVEN).json()
    assert uit == {
        "soort": "tarieven", "proef": False, "rijen": 3, "nieuw": 0, "gewijzigd": 0, "gelijk": 3, "fouten": [],
    }  # fmt: skip
    items = wereld.hoofdaannemer.json(f"{H}/laden/tarieven")["items"]
    assert items[0] == {
        "segment": "begeleiding", "klasse": "licht", "eenheid": "maand", "bedrag": 36300, "van": "2020-01-01", "tot": None,
    }  # fmt: skip


def test_a_trial_stores_nothing(wereld: Wereld) -> None:
    nieuw = TARIEVEN.replace("363,00", "400,00")
    uit = wereld.laad("tarieven", nieuw, proef="true").json()
    assert (uit["proef"], uit["gewijzigd"], uit["gelijk"]) == (True, 1, 2)
    assert wereld.laad("tarieven", nieuw, proef="true").json() == uit


def test_every_fault_at_once_and_nothing_half(wereld: Wereld) -> None:
    fout = (
        "segment;klasse;eenheid;euro;van;tot\nbegeleiding;licht;maand;-1;2020-01-01;\nonbekend;licht;week;1,234;2020-13-01;\n"
        "vervoer;nieuw;dag;1,00;2026-01-01;\n"
    )
    antwoord = wereld.laad("tarieven", fout)
    assert antwoord.status_code == 422
    gevonden = {(een["rij"], een["kolom"]) for een in antwoord.json()["fouten"]}
    assert gevonden == {(2, "euro"), (3, "segment"), (3, "eenheid"), (3, "euro"), (3, "van")}
    assert all(een["advies"] for een in antwoord.json()["fouten"])
    assert len(wereld.hoofdaannemer.json(f"{H}/laden/tarieven")["items"]) == 3


def test_of_a_file_that_is_wrong_throughout_the_first_faults_are_told(
    wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bestand_in, "MEESTE_FOUTEN", 2)
    lang = "x" * 1000
    uit = wereld.laad("segmenten", f"segment;categorie\n{lang};54\n;54\n;55\n").json()
    assert [(een["rij"], len(een["waarde"])) for een in uit["fouten"]] == [(2, 201), (3, 0)]
    assert ("3 fouten" in uit["detail"], "de eerste 2." in uit["detail"], uit["rijen"]) == (True, True, 3)


@pytest.mark.parametrize(
    ("data", "koppen", "status"),
    [
        (b"", CSV, 400),
        (b"PK\x03\x04nep", XLSX, 400),
        (b"\xff\xfe\x00", CSV, 400),
        (b'a;"b\n', CSV, 400),
        (b"{}", {"Content-Type": "application/json"}, 415),
        (b"segment;categorie\n", {**CSV, "Content-Encoding": "gzip"}, 415),
        (b"segment;categorie;code\nx;54;\n", XLSX, 400),
        (van_rijen(("segment", "categorie", "code"), ("x", "54", "")), CSV, 400),
        (b"segment|categorie|code\nx|54|\n", CSV, 400),
        (b"segment\tcategorie\tcode\nx\t54\t\n", CSV, 400),
        ("segment;categorie;code\nthuiszorg-é;54;\n".encode("cp1252"), CSV, 400),
        ("segment;categorie;code\nx;54;\n".encode("utf-16"), CSV, 400),
        (b"segment\nbegeleiding\n", CSV, 422),
    ],
)
def test_what_cannot_be_read(wereld: Wereld, data: bytes, koppen: dict[str, str], status: int) -> None:
    antwoord = wereld.hoofdaannemer.post(f"{H}/laden/segmenten", content=data, headers=koppen)
    assert antwoord.status_code == status, antwoord.text
    assert ("fouten" in antwoord.json()) is (status == 422)


def test_a_kind_that_does_not_exist(wereld: Wereld) -> None:
    assert wereld.laad("zaken", "a;b\n").status_code == 404
    assert wereld.hoofdaannemer.get(f"{H}/laden/zaken").status_code == 404


def test_a_workbook(wereld: Wereld) -> None:
    data = van_rijen(("segment", "categorie", "code"), ("dagopvang", "07", ""))
    antwoord = wereld.hoofdaannemer.post(f"{H}/laden/segmenten", content=data, headers=XLSX)
    assert (antwoord.status_code, antwoord.json()["nieuw"]) == (200, 1), antwoord.text


@pytest.mark.parametrize(
    ("tekst", "status"),
    [
        (VRAGENLIJST, 200),
        ("versie: [", 400),
        ("a: &a [1]\nb: *a\n", 400),
        ("[" * 50 + "]" * 50, 400),
        ("versie: 2026-99-99\n", 400),
        ('versie: "\\ud800"\n', 400),
        ("versie: 1\nvragen: []\n", 422),
        ("", 422),
    ],
)
def test_a_questionnaire(wereld: Wereld, tekst: str, status: int) -> None:
    antwoord = wereld.hoofdaannemer.post(f"{H}/laden/vragenlijst", content=tekst.encode(), headers=YAML)
    assert antwoord.status_code == status, antwoord.text
    gelezen = wereld.hoofdaannemer.get(f"{H}/zwaarte")
    assert gelezen.status_code == (200 if status == 200 else 404)


def test_the_weight_of_a_case_and_a_klasse_that_departs_from_it(wereld: Wereld) -> None:
    w = wereld
    w.hoofdaannemer.post(f"{H}/laden/vragenlijst", content=VRAGENLIJST.encode(), headers=YAML)
    lijst = w.hoofdaannemer.json(f"{H}/zwaarte")
    assert lijst["vragen"][1] == {
        "code": "Z1", "vraag": "Hoe zwaar is de zorg?", "getal": {"van": 0, "tot": 9, "punten": 1},
    }  # fmt: skip
    onvolledig = w.hoofdaannemer.post(f"{H}/zwaarte", json={"antwoorden": {"W1": "Ja"}})
    assert (onvolledig.status_code, onvolledig.json()["onjuist"][0]["veld"]) == (422, "antwoorden.Z1")
    _, toewijzing = w.toegewezen()
    vraag = {"toewijzing": toewijzing, "antwoorden": {"W1": "Ja", "Z1": 5}}
    uit = w.hoofdaannemer.post(f"{H}/zwaarte", json=vraag).json()
    assert uit == {"versie": "2026-a", "antwoorden": {"W1": "Ja", "Z1": 5}, "punten": 6, "klasse": "midden"}
    geweigerd = w.hoofdaannemer.post(f"{H}/inzetten", json=w.vraag(toewijzing))
    assert (geweigerd.status_code, geweigerd.json()["onjuist"][0]["veld"]) == (422, "reden")
    w.plaats(toewijzing, reden="de partner kan het zo aan")
    punten = w.hoofdaannemer.json(f"/v1/toewijzingen/{toewijzing}/tijdlijn")["items"]
    [zwaarte] = [punt for punt in punten if punt["gebeurtenis"] == "zwaarte bepaald"]
    assert "6 punten, klasse midden" in zwaarte["toelichting"]
    bij_gemeente = w.gemeente.json(f"/v1/toewijzingen/{toewijzing}/tijdlijn")["items"]
    assert not any(punt["gebeurtenis"] == "zwaarte bepaald" for punt in bij_gemeente)


@pytest.mark.parametrize("soort", SOORTEN)
@pytest.mark.parametrize("vorm", [CSV["Content-Type"], XLSX["Content-Type"]])
def test_what_is_taken_out_and_loaded_again_changes_nothing(wereld: Wereld, soort: str, vorm: str) -> None:
    w = wereld
    g = w.gemeentecode
    rolstoel, id_ = w.toegewezen(Product__Categorie="08", Product__Code="08A03")
    w.plaats(id_, klasse="rolstoel")
    welke = f"{g};{rolstoel.nummer};iwmo"
    voor = {
        "plekken": f"gemeente;segment;partner;aantal;van;tot\n{g};vervoer;;2;2026-01-01;\n{g};vervoer;{w.p};1;2026-01-01;2026-06-30\n",
        "lumpsum": f"gemeente;segment;jaar;euro\n{g};vervoer;2026;1000,05\n",
        "betalingen": f"gemeente;segment;maand;euro\n{g};vervoer;2026-01;83,33\n",
        "bijdragen": "segment;percentage;van;tot\nvervoer;12,50;2026-01-01;\n",
        "geleverd": f"gemeente;toewijzingnummer;domein;partner;klasse;maand;aantal\n{welke};{w.p};rolstoel;2026-02;3\n",
        "facturen": "factuurnummer;partner;maand;gemeente;toewijzingnummer;domein;klasse;euro\n"
        f"-F1;{w.p};2026-02;{welke};rolstoel;-98,46\n",
        "evaluaties": f"gemeente;toewijzingnummer;domein;datum\n{welke};2026-02-20\n",
    }
    if soort in voor:
        antwoord = w.laad(soort, voor[soort])
        assert antwoord.status_code == 200, antwoord.text
    uit = w.hoofdaannemer.get(f"{H}/laden/{soort}", headers={"Accept": vorm})
    assert uit.headers["content-type"].partition(";")[0] == vorm
    terug = w.hoofdaannemer.post(f"{H}/laden/{soort}", content=uit.content, headers={"Content-Type": vorm})
    assert terug.status_code == 200, terug.text
    rapport = terug.json()
    assert (rapport["nieuw"], rapport["gewijzigd"], rapport["rijen"]) == (0, 0, rapport["gelijk"])
    assert rapport["rijen"] == len(w.hoofdaannemer.json(f"{H}/laden/{soort}")["items"]) > 0
