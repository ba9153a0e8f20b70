"""Proposals about one Prestatie: worked cases from ``declareer_herstel.yaml``."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.voorstel.grondslag import BSN, kennis_van, maak_contract, maak_grondslag, toegewezen

from berichtenverkeer.levensloop.declaratie import Declaratieregel
from berichtenverkeer.levensloop.overgangen import Prestatietoestand
from berichtenverkeer.standaard.berichten.declaratie import Bericht323
from berichtenverkeer.standaard.lezen import lees
from berichtenverkeer.voorstel.declareren.grondslag import Grondslag
from berichtenverkeer.voorstel.declareren.herstel import Prestatieherstel, herstel
from berichtenverkeer.voorstel.declareren.verbetering import Correctie
from berichtenverkeer.voorstel.opstellen.voorstel import Voorstel

TABEL = yaml.load(
    (Path(__file__).parent / "declareer_herstel.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)


def regel(oud: list[Any], nummer: str = "OUD") -> Declaratieregel:
    """The line in the ledger."""
    code, begin, eind, volume, eenheid, tarief, bedrag, toestand = oud
    vast = (nummer, None, 1001, "02", code, begin, eind)
    return Declaratieregel(*vast, volume, eenheid, tarief, bedrag, "D", Prestatietoestand(toestand))


def grondslag(geval: dict[str, Any]) -> Grondslag:
    tarieven = {tuple(sleutel.split()): eurocent for sleutel, eurocent in geval.get("tarieven", {}).items()}
    return maak_grondslag(
        {BSN: [toegewezen(*velden) for velden in geval["toewijzingen"]]},
        date(2026, 3, 1),
        contract=maak_contract(tarieven, geval.get("codes", ())),
        regels=[regel(geval["oud"]), *(regel(oud, nummer) for nummer, oud in geval.get("eerder", {}).items())],
        nummer="N",
    )


def voorstel(geval: dict[str, Any]) -> Voorstel:
    g = grondslag(geval)
    correctie = Correctie(**geval.get("correctie", {}))
    return herstel(g, BSN, regel(geval["oud"]), Prestatieherstel(geval["wat"]), kennis_van(g), correctie)


def prestaties(data: bytes | None, g: Grondslag) -> list[list[Any]]:
    """The Prestaties of the message, without their references."""
    if data is None:
        return []
    bericht = lees(data, g.schemas).bericht
    assert isinstance(bericht, Bericht323)
    [client] = bericht.Declaratie.Clienten
    return [
        [
            *(p.IngediendBedrag.DebetCredit, p.ToewijzingNummer, p.ProductCode),
            *(p.ProductPeriode.Begindatum, p.ProductPeriode.Einddatum),
            *(p.GeleverdVolume, p.Eenheid, p.ProductTarief, p.IngediendBedrag.Bedrag),
        ]
        for p in client.Prestaties
    ]


@pytest.mark.parametrize("geval", TABEL["gevallen"], ids=lambda geval: geval["naam"])
def test_what_is_proposed(geval: dict[str, Any]) -> None:
    uit = voorstel(geval)
    assert prestaties(uit.data, grondslag(geval)) == geval.get("prestaties", [])
    keuzes = {vraag.naam: [keuze.waarde for keuze in vraag.keuzes] for vraag in uit.vragen}
    assert keuzes == geval.get("vragen", {})
    assert [bevinding.regel for bevinding in uit.bevindingen] == geval.get("bevindingen", [])
    assert geval.get("uitleg", "") in " ".join(uit.uitleg)
    assert geval.get("vraag", "") in " ".join(vraag.vraag for vraag in uit.vragen)
    assert BSN not in " ".join([*uit.uitleg, *(vraag.vraag for vraag in uit.vragen)])


def test_the_references_of_credit_and_debet() -> None:
    [geval] = [g for g in TABEL["gevallen"] if g["naam"].startswith("credit en debet als")]
    uit = voorstel(geval)
    assert isinstance(uit.bericht, Bericht323)
    credit, debet = uit.bericht.Declaratie.Clienten[0].Prestaties
    assert (credit.ProductReferentie.ReferentieNummer, credit.ProductReferentie.VorigReferentieNummer) == ("N-1", "OUD")
    assert (debet.ProductReferentie.ReferentieNummer, debet.ProductReferentie.VorigReferentieNummer) == ("N-2", None)
    totaal = uit.bericht.Declaratie.TotaalIngediendBedrag
    assert (totaal.TotaalBedrag, totaal.DebetCredit) == (5000, "C")


def test_a_creditregel_is_put_right_by_way_of_its_debetregel() -> None:
    geval = TABEL["gevallen"][0]
    g = grondslag(geval)
    credit = regel(geval["oud"])._replace(debet_credit="C", vorig_referentienummer="D0")
    for wat in Prestatieherstel:
        uit = herstel(g, BSN, credit, wat, kennis_van(g))
        assert (uit.data, "creditregel" in uit.uitleg[0]) == (None, True)
