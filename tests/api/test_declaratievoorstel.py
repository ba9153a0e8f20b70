"""From what was delivered to a declaratie that is granted, over HTTP; and from what went wrong to what puts it right."""

from dataclasses import replace
from itertools import islice
from string import ascii_lowercase
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.berichten import Dossier, bsns
from tests.conformance.boom import WEG
from tests.declaraties import Regel, declaratie
from tests.knoop import Klant, Knoop, Paar
from tests.werkmappen import van_rijen

from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.standaard.domein import Domein

CSV = {"Content-Type": "text/csv"}
XLSX = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
FEBRUARI = "2026-02"
ONBEKEND = "00000000-0000-4000-8000-000000000000"
UUR = {"hoeveelheid": 1, "tarief": 5000, "maand": FEBRUARI}


def rij(nummer: int, **velden: Any) -> dict[str, Any]:
    return {"toewijzingnummer": nummer} | UUR | velden


def vraag(klant: Klant, volumes: list[dict[str, Any]], status: int = 200, **velden: Any) -> dict[str, Any]:
    antwoord = klant.post("/v1/voorstellen/declaratie", json={"maand": FEBRUARI, "volumes": volumes} | velden)
    assert antwoord.status_code == status, antwoord.text
    uit: dict[str, Any] = antwoord.json()
    return uit


def prestatie(klant: Klant, status: int = 200, **velden: Any) -> dict[str, Any]:
    antwoord = klant.post("/v1/voorstellen/prestatie", json=velden)
    assert antwoord.status_code == status, antwoord.text
    uit: dict[str, Any] = antwoord.json()
    return uit


def bied_aan(klant: Klant, uit: dict[str, Any]) -> dict[str, Any]:
    """Offer a proposal as it is; every Prestatie in it is granted or processed."""
    assert (uit["bevindingen"], uit["vragen"]) == ([], [])
    return klant.goedgekeurd(uit["xml"].encode())


def lijst(klant: Klant, naam: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = klant.json(f"/v1/werklijsten/{naam}")["items"]
    return items


def gebruik(klant: Klant, werk: dict[str, Any]) -> dict[str, Any]:
    """Ask for the proposal that a row of a work list names."""
    antwoord = klant.post(werk["voorstel"]["pad"], json=werk["voorstel"]["vraag"])
    assert antwoord.status_code == 200, antwoord.text
    uit: dict[str, Any] = antwoord.json()
    return uit


@pytest.fixture
def d(paar: Paar) -> Dossier:
    """A client with a toewijzing of four hours a week from February on."""
    uit = paar.dossier()
    paar.gemeente.goedgekeurd(uit.toewijzing())
    return uit


def test_a_sheet_becomes_a_declaratie_that_is_granted_in_full(paar: Paar, d: Dossier) -> None:
    bestand = (
        "\ufefftoewijzingnummer;datum;hoeveelheid;eenheid;tarief;onderaannemer\r\n"
        "1001;3-2-2026;95;1;5000;De Linde\r\n1001;2026-02-10;95;01;5000;De Linde\r\n1001;2026-02-17;2;04;5000;De Eik\r\n"
    )
    vragen = {"maand": FEBRUARI}
    antwoord = paar.aanbieder.post("/v1/voorstellen/declaratie", params=vragen, content=bestand.encode(), headers=CSV)
    uit = antwoord.json()
    assert (antwoord.status_code, uit["fouten"], uit["bedrag"]) == (200, [], 25833)
    assert (
        uit
        == paar.aanbieder.post(
            "/v1/voorstellen/declaratie", params=vragen, content=bestand.encode(), headers=CSV
        ).json()
    )
    [voorstel] = uit["declaraties"]
    nummer = voorstel["declaratienummer"]
    [regel] = voorstel["prestaties"]
    uitleg = regel.pop("uitleg")
    assert regel == {
        "regels": [2, 3, 4],
        "referentienummer": f"{nummer}-1",
        "toewijzingnummer": 1001,
        "categorie": "02",
        "code": "02T01",
        "productperiode": {"begin": "2026-02-01", "eind": "2026-02-28"},
        "geleverd_volume": 310,
        "eenheid": "01",
        "tarief": 83,
        "bedrag": 25833,
        "omgerekend": [],
        "in_bericht": True,
        "waarschuwingen": ["Op toewijzing 1001 is geen start gemeld; meld haar met een 305 als er is geleverd."],
        "bevindingen": [],
    }
    assert uitleg == [
        "3 rijen zijn samen 310 minuten (IV084).",
        "50,00 euro per uur / 60 = 0,83 euro per minuut, afgerond.",
        "310 minuten × 50,00 euro per uur / 60 = 258,33 euro, afgerond op hele centen.",
    ]
    assert [(deel["onderaannemer"], deel["bedrag"]) for deel in uit["per_onderaannemer"]] == [
        ("De Eik", 10000),
        ("De Linde", 15833),
    ]
    gestuurd = bied_aan(paar.aanbieder, voorstel)
    gezien = paar.gemeente.json(f"/v1/declaraties/{gestuurd['id']}")
    assert (gezien["declaratienummer"], gezien["toegekend"]) == (nummer, 25833)


def test_json_and_csv_are_one_question(paar: Paar, d: Dossier) -> None:
    uit = vraag(paar.aanbieder, [rij(1001, eenheid="01", hoeveelheid=90)], hele_uren=True)
    [regel] = uit["declaraties"][0]["prestaties"]
    assert (regel["geleverd_volume"], regel["eenheid"], regel["bedrag"], regel["regels"]) == (2, "04", 10000, [1])
    bestand = b"toewijzingnummer;maand;hoeveelheid;eenheid;tarief\n1001;2026-02;90;01;5000\n"
    vragen: dict[str, Any] = {"maand": FEBRUARI, "heleUren": True}
    anders = paar.aanbieder.post("/v1/voorstellen/declaratie", params=vragen, content=bestand, headers=CSV).json()
    assert anders["declaraties"][0]["prestaties"][0] == regel | {
        "regels": [2],
        "referentienummer": anders["declaraties"][0]["prestaties"][0]["referentienummer"],
    }


def test_a_workbook_is_the_same_question(paar: Paar, d: Dossier) -> None:
    rijen = (("Toewijzing", "Maand", "Uren", "Uurtarief"), ("1001", "feb-26", "1,5", "€ 54,00"))
    bestand = "".join(f"{';'.join(rij)}\n" for rij in rijen).encode()
    csv, xlsx, zonder = (
        paar.aanbieder.post("/v1/voorstellen/declaratie", params={"maand": FEBRUARI}, content=data, headers=kop)
        for data, kop in ((bestand, CSV), (van_rijen(*rijen), XLSX), (van_rijen(*rijen), CSV))
    )
    assert csv.json()["bedrag"] == 8100
    assert csv.json() == xlsx.json() == zonder.json()


def test_nothing_is_stored_by_asking(node: Knoop, paar: Paar, d: Dossier) -> None:
    def aantal() -> int:
        with node.engine.connect() as verbinding:
            return verbinding.execute(select(func.count()).select_from(bericht)).scalar_one()

    voor = aantal()
    vraag(paar.aanbieder, [rij(1001)])
    assert (aantal(), paar.aanbieder.json("/v1/declaraties")["items"]) == (voor, [])


def test_one_message_for_each_gemeente_and_law(node: Knoop) -> None:
    een, twee = sorted((node.paar(), node.paar()), key=lambda paar: paar.gemeentecode)  # as they are numbered
    klanten = [
        (een, Dossier(een.gemeentecode, een.agb, nummer=1001)),
        (een, Dossier(een.gemeentecode, een.agb, domein=Domein.IJW, nummer=1001)),
        (twee, Dossier(twee.gemeentecode, een.agb, nummer=1001)),
        (twee, Dossier(twee.gemeentecode, een.agb, bsn="999900018", nummer=1002)),
    ]
    for paar, d in klanten:
        paar.gemeente.goedgekeurd(d.toewijzing())
    rijen = [
        rij(1001),
        rij(1001, gemeente=een.gemeentecode),
        rij(1001, gemeente=een.gemeentecode, domein="iwmo"),
        rij(1001, domein="ijw"),
        rij(1001, gemeente=twee.gemeentecode),
        rij(1002),
        rij(1003),
    ]
    uit = vraag(een.aanbieder, rijen, voorvoegsel="2602D")
    assert [(fout["regel"], fout["kolom"]) for fout in uit["fouten"]] == [
        (1, "toewijzingnummer"), (2, "toewijzingnummer"), (7, "toewijzingnummer")
    ]  # fmt: skip
    assert ["meer gemeenten" in fout["melding"] for fout in uit["fouten"]] == [True, True, False]
    gemaakt = [
        (v["berichtsoort"], v["gemeente"], v["declaratienummer"], [p["regels"] for p in v["prestaties"]])
        for v in uit["declaraties"]
    ]
    assert sorted(gemaakt) == sorted(
        [
            ("JW323", een.gemeentecode, "2602D1", [[4]]),
            ("WMO323", een.gemeentecode, "2602D1", [[3]]),
            ("WMO323", twee.gemeentecode, "2602D2", [[5], [6]]),
        ]
    )
    for voorstel in uit["declaraties"]:
        bied_aan(een.aanbieder, voorstel)
    nog_eens = vraag(een.aanbieder, [rij(1001)], gemeente=twee.gemeentecode, domein="iwmo", voorvoegsel="2602D")
    assert nog_eens["fouten"] == []
    assert nog_eens["declaraties"][0]["declaratienummer"] == "2602D3"
    assert vraag(een.aanbieder, [rij(1001)], gemeente="0001")["fouten"][0]["regel"] == 1


def test_what_would_be_refused_is_told_by_row_and_can_be_left_out(paar: Paar, d: Dossier) -> None:
    ander = replace(d, bsn="999900018", nummer=1002)
    paar.gemeente.goedgekeurd(ander.toewijzing())
    rijen = [rij(1001, hoeveelheid=15), rij(1001, hoeveelheid=6), rij(1002, hoeveelheid=20)]
    [voorstel] = vraag(paar.aanbieder, rijen)["declaraties"]
    fout, goed = voorstel["prestaties"]
    assert (fout["regels"], goed["regels"], goed["bevindingen"]) == ([1, 2], [3], [])
    [bevinding] = fout["bevindingen"]
    assert voorstel["bevindingen"] == [bevinding]
    assert (bevinding["regel"], bevinding["berekening"][-1]) == ("TR321", "21 uur is 1 uur meer dan 20 uur.")
    uit = paar.aanbieder.aangenomen(voorstel["xml"].encode())
    assert uit["oordeel"] == "deels_goedgekeurd"
    assert [b["regel"] for b in uit["bevindingen"]] == ["TR321"]
    # the sound one is declared now, so it would be refused a second time
    [voorstel] = vraag(paar.aanbieder, rijen, alleen_goed=True)["declaraties"]
    assert (voorstel["xml"], [p["in_bericht"] for p in voorstel["prestaties"]]) == (None, [False, False])
    [voorstel] = vraag(paar.aanbieder, [*rijen[:1], *rijen[2:]], alleen_goed=True)["declaraties"]
    assert [p["in_bericht"] for p in voorstel["prestaties"]] == [True, False]
    assert [b["regel"] for b in voorstel["prestaties"][1]["bevindingen"]] == ["TR389"]
    assert bied_aan(paar.aanbieder, voorstel)["oordeel"] == "goedgekeurd"


def test_a_declaratie_as_a_whole_is_judged_before_it_is_sent(paar: Paar, d: Dossier) -> None:
    paar.gemeente.goedgekeurd(d.toewijzing(Toewijzingstijd="11:00:00", Ingangsdatum="2026-01-01"))
    bied_aan(paar.aanbieder, vraag(paar.aanbieder, [rij(1001)])["declaraties"][0])
    volumes = [rij(1001, maand="2026-01")]
    [terug] = vraag(paar.aanbieder, volumes, maand="2026-01")["declaraties"]
    assert [b["regel"] for b in terug["bevindingen"]] == ["TR318"]
    assert (terug["xml"] is None, terug["prestaties"][0]["bevindingen"]) == (False, [])
    assert vraag(paar.aanbieder, volumes, maand="2026-01", alleen_goed=True)["declaraties"][0]["xml"] is None
    [later] = vraag(paar.aanbieder, volumes)["declaraties"]
    assert any("01-2026" in regel for regel in later["uitleg"])
    bied_aan(paar.aanbieder, later)


@pytest.mark.parametrize(
    ("inhoud", "soort", "status", "tekst"),
    [
        (b"toewijzingnummer;datum;hoeveelheid\n1;2026-02-01;-1", "text/csv", 422, "regel 2, kolom hoeveelheid"),
        (b'{"maand": "2026-02", "volumes": [{"hoeveelheid": "1,5"}]}', "application/json", 422, "regel 1, kolom toew"),
        (b'{"maand": "2026-2", "volumes": [{}]}', "application/json", 400, "maand"),
        (b'{"maand": "2026-02", "volumes": []}', "application/json", 400, "volumes"),
        (b'{"maand": "2026-02", "volumes": [{"kleur": 1}]}', "application/json", 400, "volumes.0.kleur"),
        (b"{", "application/json", 400, "vraag"),
        (b"<x/>", "application/xml", 415, "CSV, XLSX of JSON"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_problem(paar: Paar, inhoud: bytes, soort: str, status: int, tekst: str) -> None:
    antwoord = paar.aanbieder.post(
        "/v1/voorstellen/declaratie", params={"maand": FEBRUARI}, content=inhoud, headers={"Content-Type": soort}
    )
    assert (antwoord.status_code, tekst in antwoord.json()["detail"]) == (status, True), antwoord.text


def test_what_a_sender_made_up_is_named_to_a_bound(paar: Paar) -> None:
    rij = dict.fromkeys([f"v{a}{b}" for a in ascii_lowercase[:10] for b in ascii_lowercase[:10]], 1)
    rij |= {"x" * 41: 1, "Jansen 999900006": 1, "wv": 1, "zz": 1}
    antwoord = paar.aanbieder.post("/v1/voorstellen/declaratie", json={"maand": FEBRUARI, "volumes": [rij]})
    detail = antwoord.json()["detail"]
    assert antwoord.status_code == 400
    assert detail.count("volumes.0.") == 100
    assert "volumes.0.een veld dat er niet is is hier" in detail
    assert "volumes.0.vaa is hier niet bekend, volumes.0.vab is" in detail
    assert "xxx" not in detail
    assert " en nog " in detail


def test_the_faults_of_a_file_are_told_one_by_one(paar: Paar) -> None:
    inhoud = b"toewijzingnummer;datum;hoeveelheid\n1;2026-02-01;-1\n2;x;1\n"
    vragen = {"maand": FEBRUARI}
    antwoord = paar.aanbieder.post("/v1/voorstellen/declaratie", params=vragen, content=inhoud, headers=CSV)
    assert [(fout["regel"], fout["kolom"]) for fout in antwoord.json()["fouten"]] == [(2, "hoeveelheid"), (3, "datum")]
    zonder = paar.aanbieder.post("/v1/voorstellen/declaratie", content=inhoud, headers=CSV)
    assert (zonder.status_code, "maand" in zonder.json()["detail"]) == (400, True)


def test_a_gemeente_does_not_declare_and_others_see_nothing(node: Knoop, paar: Paar, d: Dossier) -> None:
    vraag(paar.gemeente, [rij(1001)], 403)
    ander = node.paar()
    assert vraag(ander.aanbieder, [rij(1001)])["declaraties"] == []
    uit = paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1")))
    velden = {"declaratie": uit["id"], "referentienummer": "R1", "wat": "credit"}
    prestatie(paar.gemeente, 403, **velden)
    for mis in ({}, {"declaratie": ONBEKEND}, {"declaratie": "x"}):
        prestatie(ander.aanbieder, 404, **velden | mis)
    prestatie(paar.aanbieder, 404, **velden | {"referentienummer": "R2"})
    prestatie(paar.aanbieder, 400, **velden | {"wat": "weg"})


# one Prestatie put right


@pytest.mark.parametrize("domein", Domein)
def test_a_refused_prestatie_stays_on_the_list_until_it_is_submitted_again(paar: Paar, domein: Domein) -> None:
    d = paar.dossier(domein=domein)
    paar.gemeente.goedgekeurd(d.toewijzing(Ingangsdatum="2026-02-05"))
    regels = (Regel("R1"), Regel("R2", crediteert="R0"))
    uit = paar.aanbieder.aangenomen(declaratie(d, "D1", *regels))
    assert {b["regel"] for b in uit["bevindingen"]} == {"TR307", "TR323", "TR387"}
    [werk] = lijst(paar.aanbieder, "afgewezen-prestaties")
    assert lijst(paar.gemeente, "afgewezen-prestaties") == [werk]
    [toewijzing] = paar.aanbieder.toewijzingen()
    assert werk["links"] == {
        "toewijzing": f"/v1/toewijzingen/{toewijzing['id']}",
        "verzoek": None,
        "bericht": f"/v1/berichten/{uit['retour']['id']}",
        "declaratie": f"/v1/declaraties/{uit['id']}",
        "inzet": None,
    }
    assert (werk["wie"]["code"], werk["uiterlijk"], werk["te_laat"]) == (paar.agb, "2026-04-30", False)
    assert ("9307, 9387" in werk["waarom"], werk["bsn"], werk["toewijzingnummer"]) == (True, d.bsn, 1001)
    assert all(paar.aanbieder.get(pad).status_code == 200 for pad in werk["links"].values() if pad)
    voorstel = gebruik(paar.aanbieder, werk)
    assert "Anders dan in prestatie R1: ProductPeriode/Begindatum." in voorstel["uitleg"]
    bied_aan(paar.aanbieder, voorstel)
    assert lijst(paar.aanbieder, "afgewezen-prestaties") == []
    weer = prestatie(paar.aanbieder, **werk["voorstel"]["vraag"], geleverd_volume=9)
    assert (weer["xml"], [b["regel"] for b in weer["bevindingen"]]) == (None, ["TR389"])


def test_a_refused_prestatie_on_a_wrong_number_is_done_when_the_right_one_is_declared(paar: Paar, d: Dossier) -> None:
    paar.aanbieder.aangenomen(declaratie(d, "D1", Regel("R1", toewijzing=7)))
    [werk] = lijst(paar.aanbieder, "afgewezen-prestaties")
    assert (werk["links"]["toewijzing"], werk["toewijzingnummer"]) == (None, 7)
    voorstel = gebruik(paar.aanbieder, werk)
    [keuze] = voorstel["vragen"][0]["keuzes"]
    assert (voorstel["xml"], keuze["waarde"]) == (None, "1001")
    vraag_ = werk["voorstel"]["vraag"] | {"toewijzingnummer": 1001, "geleverd_volume": 9}
    bied_aan(paar.aanbieder, prestatie(paar.aanbieder, **vraag_))
    assert lijst(paar.aanbieder, "afgewezen-prestaties") == []


def test_a_duplicate_that_was_refused_and_one_that_was_credited_later_need_nothing(paar: Paar, d: Dossier) -> None:
    eerste = Regel("R1")
    paar.aanbieder.goedgekeurd(declaratie(d, "D1", eerste))
    paar.aanbieder.aangenomen(declaratie(d, "D2", Regel("R2")))
    assert lijst(paar.aanbieder, "afgewezen-prestaties") == []
    # credited after the refusal of the duplicate, which came after the debet itself: nothing stands, nothing came later
    paar.aanbieder.goedgekeurd(declaratie(d, "D3", eerste.credit("R3")))
    assert [w["voorstel"]["vraag"]["referentienummer"] for w in lijst(paar.aanbieder, "afgewezen-prestaties")] == ["R2"]
    laatste = Regel("R4")
    paar.aanbieder.goedgekeurd(declaratie(d, "D4", laatste))
    paar.aanbieder.goedgekeurd(declaratie(d, "D5", laatste.credit("R5")))
    assert lijst(paar.aanbieder, "afgewezen-prestaties") == []


def wijzig(paar: Paar, d: Dossier, **velden: str) -> None:
    paar.gemeente.goedgekeurd(d.toewijzing(Toewijzingstijd="11:00:00", **velden))


@pytest.mark.parametrize(
    ("velden", "regel", "wat"),
    [
        ({"Einddatum": "2026-02-20"}, "TR308", "credit_en_debet"),
        ({"Ingangsdatum": "2026-02-02"}, "TR307", "credit_en_debet"),
        ({"Einddatum": "2026-11-30"}, None, None),
        ({"Omvang__Volume": "2"}, None, None),
        ({"Omvang__Volume": "1"}, "TR321", "credit_en_debet"),
        ({"Omvang__Eenheid": "16"}, "TR341", "credit_en_debet"),
        ({"Ingangsdatum": "2026-03-01"}, "IV084", "credit"),
    ],
)
def test_what_no_longer_fits_its_toewijzing_is_to_be_credited(
    paar: Paar, d: Dossier, velden: dict[str, str], regel: str | None, wat: str | None
) -> None:
    paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1", uren=10)))
    assert lijst(paar.aanbieder, "te-crediteren") == []
    wijzig(paar, d, **velden)
    werk = lijst(paar.aanbieder, "te-crediteren")
    assert [w["regel"] for w in werk] == ([regel] if regel else [])
    if not werk:
        return
    assert werk == lijst(paar.gemeente, "te-crediteren")
    assert werk[0]["voorstel"]["vraag"]["wat"] == wat
    assert werk[0]["links"]["declaratie"].startswith("/v1/declaraties/")
    credit = werk[0]["voorstel"]["vraag"] | {"wat": "credit"}
    bied_aan(paar.aanbieder, prestatie(paar.aanbieder, **credit))
    assert lijst(paar.aanbieder, "te-crediteren") == []
    assert prestatie(paar.aanbieder, **credit)["uitleg"] == ["Deze prestatie is al gecrediteerd (TR390)."]


def test_a_product_that_was_changed_is_credited_and_declared_anew_in_one_message(paar: Paar, d: Dossier) -> None:
    uit = paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1", uren=10)))
    wijzig(paar, d, Product__Code="02T02", Einddatum="2026-02-20")
    [werk] = lijst(paar.aanbieder, "te-crediteren")
    assert "de ProductPeriode eindigt nu op 2026-02-20; de productcode is nu 02T02 (TR308, TR340)" in werk["waarom"]
    gestuurd = bied_aan(paar.aanbieder, gebruik(paar.aanbieder, werk))
    assert lijst(paar.aanbieder, "te-crediteren") == []
    gezien = paar.gemeente.json(f"/v1/declaraties/{gestuurd['id']}")
    toestanden = [(p["debet_credit"], p["code"], p["toestand"]) for p in gezien["prestaties"]]
    assert toestanden == [("C", "02T01", "verwerkt"), ("D", "02T02", "toegekend")]
    assert paar.gemeente.json(f"/v1/declaraties/{uit['id']}")["prestaties"][0]["toestand"] == "gecrediteerd"


def test_a_toewijzing_that_runs_on_asks_for_the_whole_month(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing(Einddatum="2026-02-20"))
    paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1", periode=("2026-02-01", "2026-02-20"))))
    wijzig(paar, d, Einddatum="2026-12-31")
    [werk] = lijst(paar.aanbieder, "te-crediteren")
    assert werk["regel"] == "TR388"
    vraag_ = werk["voorstel"]["vraag"] | {"geleverd_volume": 14}
    bied_aan(paar.aanbieder, prestatie(paar.aanbieder, **vraag_))
    assert lijst(paar.aanbieder, "te-crediteren") == []


def test_a_month_of_ones_own_choice(paar: Paar, d: Dossier) -> None:
    uit = paar.aanbieder.goedgekeurd(declaratie(d, "D1", Regel("R1")))
    velden = {"declaratie": uit["id"], "referentienummer": "R1", "wat": "credit"}
    te_vroeg = prestatie(paar.aanbieder, **velden, maand="2026-03")
    assert (te_vroeg["xml"], [b["regel"] for b in te_vroeg["bevindingen"]]) == (None, ["TR137"])
    assert prestatie(paar.aanbieder, **velden, maand="2026-02")["xml"]


def test_many_clients_in_one_sheet(paar: Paar) -> None:
    klanten = [paar.dossier(bsn, nummer=1000 + n) for n, bsn in enumerate(islice(bsns(), 30))]
    leeg = {"Client/ToegewezenProducten/ToegewezenProduct[1]/Einddatum": WEG}
    for d in klanten:
        paar.gemeente.goedgekeurd(d.bericht("301", {} if d.nummer % 2 else {**leeg, **_per_maand()}))
    uit = vraag(paar.aanbieder, [rij(d.nummer, hoeveelheid=4) for d in klanten for _ in range(3)])
    [voorstel] = uit["declaraties"]
    assert (len(voorstel["prestaties"]), uit["bedrag"]) == (30, 30 * 12 * 5000)
    bied_aan(paar.aanbieder, voorstel)


def _per_maand() -> dict[str, Any]:
    omvang = {"Volume": "12", "Eenheid": "04", "Frequentie": "4"}
    return {"Client/ToegewezenProducten/ToegewezenProduct[1]/Omvang": omvang}


def test_a_file_of_an_ecd_says_which_column_is_what(paar: Paar) -> None:
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    blad = f'BSN,Soort,Wanneer,Tijd,Tarief,Wie\n{d.bsn},02T01,februari 2026,1:30,"€ 54,00",x\n'.encode("utf-16")
    adres = {"maand": "2026-02", "tariefEenheid": "04", "kolom": ["Soort=code", "Wanneer=maand", "Tijd=hoeveelheid"]}
    antwoord = paar.aanbieder.post(
        "/v1/voorstellen/declaratie", content=blad, params=adres, headers={"Content-Type": "text/csv"}
    )
    assert antwoord.status_code == 200, antwoord.text
    uit = antwoord.json()
    [prestatie] = uit["declaraties"][0]["prestaties"]
    assert (prestatie["geleverd_volume"], prestatie["eenheid"], prestatie["bedrag"]) == (90, "01", 8100)
    assert (uit["ongebruikte_kolommen"], len(prestatie["waarschuwingen"])) == (["Wie"], 1)
    rij = {"client": "C-7", "code": "02T01", "maand": "2026-02", "hoeveelheid": "1,5", "tarief": "54,00"}
    vraag_ = {"maand": "2026-02", "tarief_eenheid": "04", "clienten": {"C-7": d.bsn}, "volumes": [rij]}
    json_ = paar.aanbieder.post("/v1/voorstellen/declaratie", json=vraag_).json()
    assert json_["declaraties"][0]["prestaties"][0]["bedrag"] == 8100
    onbekend = paar.aanbieder.post("/v1/voorstellen/declaratie", json=vraag_ | {"clienten": {}}).json()
    assert [fout["kolom"] for fout in onbekend["fouten"]] == ["client"]
