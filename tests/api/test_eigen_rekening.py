"""A gemeente that judges for itself gives a bare code: what the node finds and reckons stands beside it, at every door."""

from typing import Any

import pytest
from tests.declaraties import Regel, antwoord, declaratie
from tests.knoop import Knoop, Paar
from tests.retouren import retour
from tests.vsp import codes, ingediend, meldingen, zending

from berichtenverkeer.oordeel.ontvangercode import NIETS_GEVONDEN


@pytest.fixture
def paar(ggk: Knoop) -> Paar:
    """Of a node at which every gemeente judges what it receives."""
    return ggk.paar()


def _geleverd(paar: Paar, **omvang: str) -> None:
    """A client with a toewijzing of this Omvang, in hours a week unless it says otherwise, on which something began."""
    d = paar.dossier()
    paar.gemeente.aangenomen(d.toewijzing(**{f"Omvang__{naam}": waarde for naam, waarde in omvang.items()}))
    start = d.start()
    paar.aanbieder.aangenomen(start)
    paar.gemeente.aangenomen(retour(start))


def _declareer(paar: Paar, *regels: Regel, **afgewezen: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A 323 by VSP and the 325 of the gemeente: the 323 as it is looked up, and its prestaties."""
    data = declaratie(paar.dossier(), "D1", *regels)
    z = zending(data)
    assert ingediend(paar.aanbieder, z)["berichtstatus"] == "WordtAangeboden"
    assert paar.gemeente.aangenomen(antwoord(data, afgewezen))["oordeel"] == "goedgekeurd"
    bericht = paar.aanbieder.json(f"/v1/berichten/{z.id}")
    _zelfde_in_de_status(paar, z.id, bericht)
    return bericht, paar.aanbieder.json(f"/v1/declaraties/{bericht['id']}")["prestaties"]


def _zelfde_in_de_status(paar: Paar, traceer_id: str, bericht: dict[str, Any]) -> None:
    for klant in (paar.aanbieder, paar.gemeente):
        [status] = [
            s for s in klant.json("/vsp/berichtstatus/rest-pull/v3/berichtstatussen", traceerId=traceer_id)
            if s["referentiegegevens"]["traceerId"] == traceer_id
        ]  # fmt: skip
        for bevinding, melding in zip(bericht["bevindingen"], meldingen(status), strict=True):
            assert melding["code"] == (
                bevinding["retourcode"] if bevinding["regel"] == "RETOUR" else bevinding["regel"]
            )
            assert all(zin in melding["toelichting"] for zin in bevinding["berekening"])


def test_a_9321_where_we_find_nothing(paar: Paar) -> None:
    """Ten hours of the twenty that we reckon: four a week, in five weeks."""
    _geleverd(paar)
    bericht, [prestatie] = _declareer(paar, Regel("R1"), R1="9321")
    assert (prestatie["toestand"], prestatie["retourcodes"]) == ("afgewezen", ["9321"])
    stappen = prestatie["berekening"]
    assert stappen[0] == NIETS_GEVONDEN
    assert stappen[-2:] == ["Wij rekenen 20 uur als maximum; gedeclareerd is 10 uur.", "De gemeente wees af met 9321."]
    [bevinding] = bericht["bevindingen"]
    assert (bevinding["regel"], bevinding["retourcode"], bevinding["berekening"]) == ("RETOUR", "9321", stappen)
    assert bevinding["pad"] == "/Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]"
    assert bevinding["regelnummer"] > 20
    assert "Vraag de ontvanger" in bevinding["advies"]


def test_a_9321_where_we_find_the_same(paar: Paar) -> None:
    _geleverd(paar)
    bericht, [prestatie] = _declareer(paar, Regel("R1", uren=21), R1="9321")
    eerste, *rest = prestatie["berekening"]
    assert eerste == "Het knooppunt vindt TR321 (9321): 21 uur is meer dan het maximum in deze periode, 20 uur."
    assert rest[-2:] == ["21 uur is 1 uur meer dan 20 uur.", "De gemeente wees af met 9321."]
    assert [b["regel"] for b in bericht["bevindingen"]] == ["TR321", "RETOUR"]


def test_another_code_than_we_have(paar: Paar) -> None:
    """Both: what we find, and how we reckon what the gemeente means."""
    _geleverd(paar)
    _, [prestatie] = _declareer(paar, Regel("R1", uren=21), R1="9322")
    stappen = prestatie["berekening"]
    assert "TR321 (9321)" in stappen[0]
    assert any(zin.startswith("Eerder gedeclareerd 0 uur, nu 21 uur") for zin in stappen)
    assert stappen[-1] == "De gemeente wees af met 9322."


def test_over_the_run_what_was_declared_before_counts_and_what_came_later_not(paar: Paar) -> None:
    """Also what stands before it in the same 323, unless a rule of ours refuses that."""
    _geleverd(paar, Volume="40", Frequentie="6")
    week = [(f"2026-02-{dag:02}", f"2026-02-{dag + 6:02}") for dag in (1, 8, 15, 22)]
    _declareer(paar, Regel("R1", uren=4, periode=week[0]))
    data = declaratie(paar.dossier(), "D2", Regel("R2", uren=5, periode=week[1]), Regel("R3", uren=6, periode=week[2]))
    id_ = paar.aanbieder.aangenomen(data)["id"]
    paar.aanbieder.aangenomen(declaratie(paar.dossier(), "D3", Regel("R4", uren=7, periode=week[3])))
    assert paar.gemeente.aangenomen(antwoord(data, {"R2": "9322"}))["oordeel"] == "goedgekeurd"
    prestaties = {p["referentienummer"]: p for p in paar.aanbieder.json(f"/v1/declaraties/{id_}")["prestaties"]}
    assert "Eerder gedeclareerd 4 uur, nu 5 uur: samen 9 uur." in prestaties["R2"]["berekening"]
    assert "Wij rekenen 40 uur als maximum; gedeclareerd is 9 uur." in prestaties["R2"]["berekening"]
    assert prestaties["R3"]["berekening"] == []


@pytest.mark.parametrize(
    ("code", "zin"), [("9346", "Wij rekenen 500,00 euro; ingediend is 500,00 euro."), ("9019", None)]
)
def test_other_codes(paar: Paar, code: str, zin: str | None) -> None:
    """An amount is reckoned too; where nothing can be, we say that we find nothing."""
    _geleverd(paar)
    _, [prestatie] = _declareer(paar, Regel("R1"), R1=code)
    stappen = prestatie["berekening"]
    assert (stappen[0], stappen[-1]) == (NIETS_GEVONDEN, f"De gemeente wees af met {code}.")
    assert (zin in stappen) if zin else len(stappen) == 2


def test_a_declaratie_that_is_refused_as_a_whole(paar: Paar) -> None:
    _geleverd(paar)
    for nummer, (hoe, pad) in enumerate(
        ((("kop", "0001"), "/Bericht/Header"), (("geheel", "9333"), "/Bericht/Declaratie"))
    ):
        data = declaratie(paar.dossier(), f"D{nummer}", Regel(f"R{nummer}", uren=21))
        id_ = paar.aanbieder.aangenomen(data)["id"]
        paar.gemeente.aangenomen(antwoord(data, **{hoe[0]: hoe[1]}))  # type: ignore[arg-type]
        [eigen, bevinding] = paar.aanbieder.json(f"/v1/berichten/{id_}")["bevindingen"]
        assert eigen["regel"] == "TR321"
        assert (bevinding["retourcode"], bevinding["pad"]) == (hoe[1], pad)
        assert bevinding["berekening"][0].startswith("Het knooppunt vindt TR321 (9321): ")


def test_a_retourbericht_with_a_bare_code(paar: Paar) -> None:
    """Once where we find something else in that class, once where we find nothing."""
    d = paar.dossier()
    for begin in ("Het knooppunt vindt TR019", NIETS_GEVONDEN):
        z = zending(d.start())
        assert ingediend(paar.aanbieder, z)["berichtstatus"] == "WordtAangeboden"
        assert paar.gemeente.aangenomen(retour(z.payload, "9326"))["oordeel"] == "goedgekeurd"
        status = ingediend(paar.aanbieder, z)
        bevinding = paar.aanbieder.json(f"/v1/berichten/{z.id}")["bevindingen"][-1]
        assert (bevinding["regel"], bevinding["retourcode"]) == ("RETOUR", "9326")
        assert bevinding["berekening"][0].startswith(begin)
        assert codes(status)[-1] == "9326"
        assert bevinding["berekening"][0] in meldingen(status)[-1]["toelichting"]
        paar.gemeente.aangenomen(d.toewijzing())


def test_what_we_find_is_told_before_the_receiver_has_judged(paar: Paar) -> None:
    d = paar.dossier()
    z = zending(d.start())
    [melding] = meldingen(ingediend(paar.aanbieder, z))
    assert melding["code"] == "TR019"
    assert melding["toelichting"].startswith("Dit vindt het knooppunt; de ontvanger oordeelt zelf.")


# a client without a toewijzing


def _lijst(paar: Paar) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = paar.aanbieder.json("/v1/werklijsten/declaratieantwoord-ontbreekt")["items"]
    return items


def test_8187_for_a_client_that_has_no_toewijzing_here(paar: Paar) -> None:
    """It is taken in, and the work list asks for it no more."""
    d = paar.dossier()
    data = declaratie(d, "D1", Regel("R1"))
    z = zending(data)
    assert codes(ingediend(paar.aanbieder, z)) == ["TR304"]
    assert len(_lijst(paar)) == 1
    stuk = antwoord(data, {"R1": "0233"}, clienten={d.bsn: "8187"})
    ander = antwoord(data, {"R1": "0233"}, clienten={d.bsn: "8187"}).replace(d.bsn.encode(), b"999900018")
    assert paar.gemeente.aangenomen(ander)["oordeel"] == "afgekeurd"  # that client is not in the 323
    assert len(_lijst(paar)) == 1
    assert paar.gemeente.aangenomen(stuk)["oordeel"] == "goedgekeurd"
    assert _lijst(paar) == []
    bericht = paar.aanbieder.json(f"/v1/berichten/{z.id}")
    assert [(b["regel"], b["retourcode"]) for b in bericht["bevindingen"]] == [
        ("TR304", "8187"), ("RETOUR", "8187"), ("RETOUR", "8187"),
    ]  # fmt: skip
    [prestatie] = paar.aanbieder.json(f"/v1/declaraties/{bericht['id']}")["prestaties"]
    assert prestatie["toestand"] == "afgewezen"
    assert prestatie["berekening"][0].startswith("Het knooppunt vindt TR304 (8187): ")
    assert prestatie["berekening"][-1] == "De gemeente wees af met 8187."
