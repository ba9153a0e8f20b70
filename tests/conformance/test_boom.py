"""Changes by path: they set, add and remove, and refuse what a message cannot have."""

import pytest

from berichtenverkeer.standaard.berichten.start import Bericht305
from berichtenverkeer.standaard.berichten.toewijzing import Bericht301
from berichtenverkeer.standaard.domein import Domein

from .boom import Boom, OnjuistPad, voor_domein
from .gevallen import maak_bericht


def start(**wijzigingen: Boom) -> Bericht305:
    bericht = maak_bericht("305", Domein.IWMO, wijzigingen).bericht
    assert isinstance(bericht, Bericht305)
    return bericht


def test_a_value_for_each_law() -> None:
    assert voor_domein([{"Code": {"iwmo": "19", "ijw": "31"}}, "A"], Domein.IJW) == [{"Code": "31"}, "A"]


def test_set_a_value_and_a_group_that_is_not_there() -> None:
    client = start(**{"Client/Geslacht": "1", "Client/Geboortedatum/DatumGebruik": "2"}).Client
    assert (client.Geslacht, client.Geboortedatum.DatumGebruik) == ("1", "2")
    bericht = maak_bericht("301", Domein.IWMO, {"Client/Communicatie/Vorm": "2"}).bericht
    assert isinstance(bericht, Bericht301)
    assert bericht.Client.Communicatie is not None


def test_remove_an_element_and_an_item() -> None:
    pad = "Client/StartProducten/StartProduct"
    erbij: dict[str, Boom] = {f"{pad}[2]": {"zoals": "1", "Begindatum": "2026-02-09"}}
    eerste, tweede = start(**erbij).Client.StartProducten
    [over] = start(**erbij, **{f"{pad}[1]": "~", f"{pad}[1]/Product/Code": "~"}).Client.StartProducten
    assert tweede.Product == eerste.Product
    assert over.Begindatum == tweede.Begindatum
    assert over.Product is not None
    assert over.Product.Code is None


def test_one_message_does_not_change_another() -> None:
    eerst = start()
    start(**{"Client/StartProducten/StartProduct[1]/Begindatum": "2026-02-09"})
    assert start() == eerst


@pytest.mark.parametrize(
    ("pad", "waarde"),
    [
        ("Client/Onzin", "1"),
        ("Client/StartProducten/StopProduct[1]/Begindatum", "2026-02-09"),
        ("Client/StartProducten/StartProduct[3]", {"zoals": "1"}),
        ("Client/StartProducten/StartProduct[2]/Begindatum", "2026-02-09"),
        ("Client/StartProducten/StartProduct[2]", "~"),
        ("Client/StartProducten/StartProduct", "~"),
        ("Client/Geboortedatum/DatumGebruik", "~"),
        ("Client/Bsn/Nummer", "1"),
        ("Client/GezagsdragerBekend", "1"),
    ],
)
def test_what_is_not_there_is_refused(pad: str, waarde: Boom) -> None:
    with pytest.raises(OnjuistPad, match="Client/"):
        start(**{pad: waarde})
