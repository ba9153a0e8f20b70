"""Judging a message before it is sent, and what was said around one."""

from tests.knoop import XML, Knoop, Paar


def test_what_is_found_and_nothing_kept(paar: Paar) -> None:
    dossier = paar.dossier()
    uit = paar.aanbieder.post("/v1/controleren", content=dossier.start(), headers=XML).json()
    assert uit == {"berichtsoort": "WMO305", "geldig": True, "bevindingen": []}
    uit = paar.aanbieder.post("/v1/controleren", content=dossier.stop(Einddatum="2025-01-01"), headers=XML).json()
    assert (uit["berichtsoort"], uit["geldig"]) == ("WMO307", False)
    assert {een["regel"] for een in uit["bevindingen"]} >= {"TR018"}
    assert all(een["regelnummer"] for een in uit["bevindingen"])
    assert paar.aanbieder.json("/v1/berichten")["items"] == []


def test_its_xsd(paar: Paar) -> None:
    xml = paar.dossier().start().replace(b"Begindatum>", b"Begindag>")
    uit = paar.aanbieder.post("/v1/controleren", content=xml, headers=XML).json()
    assert not uit["geldig"]
    assert {een["regel"] for een in uit["bevindingen"]} == {"XSD"}


def test_what_is_no_message(paar: Paar) -> None:
    for data, status in ((b"", 400), (b"<a/>", 422), (b"geen xml", 400)):
        assert paar.aanbieder.post("/v1/controleren", content=data, headers=XML).status_code == status
    assert paar.aanbieder.post("/v1/controleren", content=b"{}", headers={"Content-Type": "x/y"}).status_code == 415


def test_what_was_said_around_a_message(node: Knoop, paar: Paar) -> None:
    dossier, elders = paar.dossier(), paar.dossier("999900018", nummer=2)
    paar.gemeente.goedgekeurd(elders.toewijzing())
    toegewezen = paar.gemeente.goedgekeurd(dossier.toewijzing())
    gestart = paar.aanbieder.goedgekeurd(dossier.start())
    for klant in (paar.gemeente, paar.aanbieder):
        items = klant.json(f"/v1/berichten/{gestart['id']}/gesprek")["items"]
        assert [item["berichtsoort"] for item in items] == ["WMO301", "WMO302", "WMO305", "WMO306"]
        assert [item["id"] for item in items][::2] == [toegewezen["id"], gestart["id"]]
    assert node.paar().aanbieder.get(f"/v1/berichten/{gestart['id']}/gesprek").status_code == 404


def test_the_newest_first(paar: Paar) -> None:
    for nummer in range(5):
        paar.gemeente.goedgekeurd(paar.dossier(nummer=3000 + nummer).toewijzing())
    for pad in ("/v1/berichten", "/v1/toewijzingen"):
        oplopend = [item["id"] for item in paar.gemeente.json(pad)["items"]]
        gezien, volgende = [], None
        while True:
            vraag = {"nieuwste_eerst": "true", "limiet": "2"} | ({"gewijzigd_na": volgende} if volgende else {})
            blad = paar.gemeente.json(pad, **vraag)
            if not blad["items"]:
                break
            gezien += [item["id"] for item in blad["items"]]
            volgende = blad["volgende"]
        assert gezien == oplopend[::-1]
