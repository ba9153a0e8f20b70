"""Reading a flow file, and what is said when it is wrong."""

from pathlib import Path

import pytest

from berichtenverkeer.spel.bestand.flow import FlowFout, lees
from berichtenverkeer.standaard.domein import Domein

from .opgesteld import KOP, flow_van


def test_a_flow_is_read(tmp_path: Path) -> None:
    flow = flow_van(
        tmp_path,
        """\
  - stuur: 301
    inhoud: {Client: {Geslacht: 02, Naam: ~}}
    verwacht: {http: 202, regels: [TR382], retour: {Header: "", Client: 9019 9020}, toewijzingen: {$t1: lopend gestart}}
  - wacht: +5wd
""",
    )
    stap, wacht = flow.stappen
    assert flow.wetten == tuple(Domein)
    assert stap.inhoud == {"Client": {"Geslacht": "02", "Naam": None}}
    assert (stap.verwacht.http, stap.verwacht.regels) == (202, ("TR382",))
    assert stap.verwacht.retour == {"Header": (), "Client": ("9019", "9020")}
    assert (stap.regel, wacht.regel, wacht.wat) == (7, 10, "wacht +5wd")


@pytest.mark.parametrize(
    ("inhoud", "regel", "melding"),
    [
        (KOP + "  - {stuur: 301, inhuod: {}}\n", 7, "inhuod is hier geen sleutel. Bedoelt u inhoud?"),
        (KOP + "  - stuur: 301\n    verwacht:\n      ordeel: x\n", 9, "Bedoelt u oordeel?"),
        (KOP + "  - {stuur: 301, verwacht: {declaraties: {$d: {toestant: x}}}}\n", 7, "Bedoelt u toestand?"),
        (KOP + "  - {stuur: 999}\n", 7, "stuur 999 kan niet"),
        (KOP + "  - {antwoord: 301}\n", 7, "Kies '302'"),
        (KOP + "  - {stuur: 301, wacht: +1d}\n", 7, "precies een"),
        (KOP + "  - {van: gemeente}\n", 7, "precies een"),
        (KOP + "  - stuur: 301\n    van: gemente\n", 8, "Bedoelt u gemeente?"),
        (KOP + "  - {stuur: 301, client: ander}\n", 7, "Bekend zijn: client."),
        (KOP + "  - {nogmaals: eerder}\n", 7, "Bekend zijn: geen."),
        (KOP + "  - {stuur: 301, naam: a}\n  - {stuur: 301, naam: a}\n", 8, "heet ook a"),
        (KOP + "  - {stuur: 301, verwacht: {postvak: {x: 301}}}\n", 7, "x is geen partij"),
        (KOP + "  - {stuur: 301, verwacht: {http: veel}}\n", 7, "geheel getal"),
        (KOP + "  - {stuur: 301, stuur: 305}\n", 7, "voor de tweede keer"),
        (KOP + "  - {stuur: 301, regel: 3}\n", 7, "regel is hier geen sleutel"),
        (KOP + "  - [\n", 8, "geen YAML"),
        (KOP.replace("stappen:", "stapen:") + "  - stuur: 301\n", 6, "Bedoelt u stappen?"),
        (KOP.replace("2026-03-02T09:00:00", "morgen") + "  - stuur: 301\n", 2, "klok heeft niet de goede vorm"),
        (
            KOP.replace("rol: gemeente", "rol: gemente") + "  - stuur: 301\n",
            4,
            "Kies 'gemeente', 'aanbieder', 'hoofdaannemer' of 'onderaannemer'",
        ),
        (KOP.replace("rol: gemeente", "soort: x, rol: gemeente") + "  - stuur: 301\n", 4, "soort is hier geen sleutel"),
        (KOP, 6, "stappen"),
        ("", 1, "hier staat geen flow"),
        (KOP.removeprefix("flow: proef\n") + "  - stuur: 301\n", 1, "flow ontbreekt"),
    ],
)
def test_a_fault_is_told_with_file_line_and_what_to_do(inhoud: str, regel: int, melding: str, tmp_path: Path) -> None:
    pad = tmp_path / "fout.flow.yaml"
    pad.write_text(inhoud, encoding="utf-8")
    with pytest.raises(FlowFout) as gevangen:
        lees(pad)
    assert melding in str(gevangen.value)
    assert str(gevangen.value).startswith(f"{pad}:{regel}: ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FlowFout, match="niet te lezen"):
        lees(tmp_path / "weg.flow.yaml")
