"""The practice of a hoofdaannemer as flows: what is wrong in them is told by its place, and a back-office that reckons otherwise is
caught by one of them, which names what came out otherwise."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.gevallen import SCHEMAS
from tests.spel.knoop import speel

from berichtenverkeer.hoofdaannemer import factuur, handelen, herindicatie, maandbedrag, maandstaat
from berichtenverkeer.spel.bestand.bibliotheek import vind
from berichtenverkeer.spel.bestand.flow import lees
from berichtenverkeer.spel.doelen.doel import Speler
from berichtenverkeer.spel.doelen.eigen import Eigen
from berichtenverkeer.spel.doelen.gegeven import Gegeven
from berichtenverkeer.spel.spelen.samen import speel_samen
from berichtenverkeer.spel.spelen.verloop import Opties
from berichtenverkeer.spel.uitkomst import gouden
from berichtenverkeer.standaard.domein import Domein

DOCUMENT = Path(__file__).parents[2] / "docs" / "flows-hoofdaannemer.md"


def test_the_document_tells_of_every_flow() -> None:
    genoemd = set(re.findall(r"^\| `([a-z/-]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))
    eigen = {lees(pad).flow for pad in vind("bibliotheek:hoofdaannemer")}
    assert genoemd == eigen | {f"groot/{lees(pad).flow}" for pad in vind("bibliotheek:groot")}


def flow(naam: str) -> Path:
    [pad] = vind(f"bibliotheek:hoofdaannemer/{naam}")
    return pad


def test_five_hundred_clients_go_to_another_in_one_go(eigen: Eigen) -> None:
    [pad] = vind("bibliotheek:groot/honderden-herplaatst")
    verloop = speel(eigen, pad, zuinig=True)
    assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)
    assert sum("overdragen" in stap.wat for stap in verloop.stappen) == 500


FOUTEN = [
    ('totaal: "€ 308,55"\n  - roep: POST', 'totaal: "€ 308,54"\n  - roep: POST', "totaal", "€ 308,54", "€ 308,55"),
    ("geeft: {nieuw: 3, gewijzigd: 3", "geeft: {nieuw: 4, gewijzigd: 3", "nieuw", "4", "3"),
    ("toestand: vastgesteld, totaal", "toestand: concept, totaal", "items[partner {dekker}].toestand", "concept", "vastgesteld"),
    ("inzet: $licht.id, bedrag: € -163", "inzet: $licht.id, bedrag: € -162", "correcties[maand 2023-07].bedrag", "€ -162,00", "€ -163,00"),
    ('bedrag: "€ -24,45"', 'bedrag: "€ 24,45"', "bijdragen[maand 2023-07].bedrag", "€ 24,45", "€ -24,45"),
]  # fmt: skip
"""What is written wrong in a flow, and how it is told of."""


def test_a_wrong_expectation_is_told_with_its_line_what_was_expected_and_what_came(
    eigen: Eigen, tmp_path: Path
) -> None:
    tekst, regels = flow("tarief-later").read_text(encoding="utf-8"), []
    for goed, fout, *_ in FOUTEN:
        assert tekst.count(goed) == 1
        regels.append(tekst[: tekst.index(goed)].count("\n") + 1)
        tekst = tekst.replace(goed, fout)
    pad = tmp_path / "tarief-later.flow.yaml"
    pad.write_text(tekst, encoding="utf-8")
    verloop = speel(eigen, pad, doorgaan=True)
    gevonden = [(v.regel, v.wat, v.verwacht, v.gekregen) for _, v in verloop.verschillen]
    hoort = [
        (regel, wat.format(**verloop.codes), verwacht, gekregen)
        for regel, (_, _, wat, verwacht, gekregen) in zip(regels, FOUTEN, strict=True)
    ]
    assert gevonden == hoort


def test_a_call_that_is_refused_says_why_and_what_is_wrong_in_a_file(eigen: Eigen, tmp_path: Path) -> None:
    tekst = flow("tarief-later").read_text(encoding="utf-8").replace("percentage: 15", "percentage: veel")
    pad = tmp_path / "tarief-later.flow.yaml"
    pad.write_text(tekst, encoding="utf-8")
    [(stap, verschil)] = speel(eigen, pad).verschillen
    assert stap.wat == "roep POST /v1/hoofdaannemer/laden/bijdragen"
    assert (verschil.verwacht, verschil.gekregen) == ("gelukt", "HTTP 422")
    assert "Rij 2, percentage: " in verschil.uitleg


def _hele_maand(periode: Any, tarief: int, maand: Any, _eigen: Any = maandbedrag._naar_rato) -> Any:
    return replace(_eigen(periode, tarief, maand), bedrag=tarief)


def _nooit_dubbel(regel: Any, nog: int | None, gehad: Any, _eigen: Any = factuur._beoordeel) -> Any:
    return _eigen(regel, None if nog is None else nog + sum(een.bedrag for een in gehad), ())


STUK: list[tuple[Any, str, Callable[..., Any], str, str]] = [
    (maandbedrag, "_naar_rato", _hele_maand, "coalitie", "regels[toewijzingnummer {t1}].bedrag"),
    (maandbedrag, "rond", lambda waarde: waarde.numerator // waarde.denominator, "onderaannemer-stopt", "regels[toewijzingnummer {t3}].bedrag"),
    (maandstaat, "rond", lambda _: 0, "tarief-later", "bijdragen[segment begeleiding].bedrag"),
    (maandstaat, "correcties", lambda *_: ((), ()), "verwijderd-na-vaststellen", "correcties[maand 2023-07]"),
    (handelen, "niet_gedekt", lambda *_, **__: (), "onderaannemer-stopt", "antwoord op POST /v1/hoofdaannemer/inzetten/$i1.id/klasse"),
    (herindicatie, "_opvolger", lambda *_: None, "herindicatie-stappen", "items[toewijzingnummer {t1}].wacht_op"),
    (factuur, "_beoordeel", _nooit_dubbel, "factuur", "regels[toewijzingnummer {t1}].uitkomst"),
]  # fmt: skip
"""What is switched off in the back-office, the flow that must notice it, and what it must name."""


@pytest.mark.parametrize(("kamer", "wat", "anders", "naam", "genoemd"), STUK, ids=[f"{s[1]}-{s[3]}" for s in STUK])
def test_a_back_office_that_reckons_otherwise_is_caught_and_what_came_out_is_named(
    eigen: Eigen, monkeypatch: pytest.MonkeyPatch, kamer: Any, wat: str, anders: Any, naam: str, genoemd: str
) -> None:
    monkeypatch.setattr(kamer, wat, anders)
    verloop = speel(eigen, flow(naam))
    assert verloop.uitkomst == "verschil", verloop.fout
    assert genoemd.format(**verloop.namen) in [verschil.wat for _, verschil in verloop.verschillen]


def _gegeven(eigen: Eigen, pad: Path) -> dict[str, Speler]:
    with eigen.doel(lees(pad), Domein.IWMO) as doel:
        return dict(doel.spelers)


def test_a_hoofdaannemer_that_is_given_plays_once(eigen: Eigen) -> None:
    pad = flow("tarief-later")
    elders = Gegeven(eigen.base_url, _gegeven(eigen, pad))
    verloop = speel(elders, pad)
    assert verloop.uitkomst == "geslaagd", (verloop.fout, verloop.verschillen)
    for opnieuw in (elders, Gegeven(eigen.base_url, elders._spelers)):
        assert "elke coalitie in --partijen deed dat al" in speel(opnieuw, pad).fout


def test_what_a_party_of_the_other_side_would_call_is_left_to_it(eigen: Eigen) -> None:
    pad = flow("zonder-vecozo")
    elders = Gegeven(eigen.base_url, _gegeven(eigen, pad))
    opties = Opties(speelt=frozenset({"dekker"}), doorgaan=False)
    [verloop] = speel_samen([(lees(pad), Domein.IWMO)], elders, SCHEMAS, opties)
    assert "roep GET /v1/inzetten: dekker roept zelf" in verloop.niet_bekeken
    assert "postvak van dekker" in verloop.niet_bekeken


def test_a_timeline_keeps_how_a_call_ended(eigen: Eigen) -> None:
    verloop = speel(eigen, flow("tarief-later"))
    regels = gouden.tijdlijn(verloop).splitlines()
    plek = regels.index("6. +0d 09:00 roep POST /v1/hoofdaannemer/inzetten coalitie → ")
    assert regels[plek + 1 : plek + 3] == ["     HTTP 201", "     postvak dekker: inzorgmelding"]


@pytest.mark.parametrize(
    ("oud", "nieuw", "zegt"),
    [
        ("$toewijzing.t1", "$toewijzing.t9", "$toewijzing.t9 is er bij coalitie niet"),
        ("/v1/inzetten/$licht.id/aannemen", "/v1/inzetten/$lichter.id/aannemen", "Bedoelt u $licht?"),
        ("/v1/inzetten/$licht.id/aannemen", "/v1/inzetten/$licht.effectief/aannemen", "is geen adres"),
        ("/v1/inzetten/$licht.id/aannemen", "/v1/inzetten/$licht.nummer/aannemen", "is geen adres"),
        ("euro: € 409, van: 2023-01-01}", "euro: € veel, van: 2023-01-01}", "€ veel is geen bedrag"),
    ],
)
def test_what_cannot_be_called_is_told_with_its_step(
    eigen: Eigen, tmp_path: Path, oud: str, nieuw: str, zegt: str
) -> None:
    tekst = flow("tarief-later").read_text(encoding="utf-8")
    assert oud in tekst
    pad = tmp_path / "tarief-later.flow.yaml"
    pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")
    verloop = speel(eigen, pad)
    assert verloop.uitkomst == "fout"
    assert zegt in verloop.fout
    assert verloop.fout.startswith(f"{pad}:")
