"""A party sees its own, and of anything else not even that it exists."""

import pytest
from tests.knoop import HOOFDAANNEMER, Klant, Knoop, Paar, zonder_trace

from berichtenverkeer.partijen.partij import Partijrol

ONBEKEND = "00000000-0000-4000-8000-000000000000"


def _plekken(paar: Paar) -> list[str]:
    """Where something of this pair is: two messages, their retouren, a toewijzing."""
    uit = paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    afgekeurd = paar.aanbieder.aangenomen(paar.dossier().stop())
    [toewijzing] = paar.gemeente.toewijzingen()
    berichten = [uit["id"], uit["retour"]["id"], afgekeurd["id"], afgekeurd["retour"]["id"]]
    return [
        *(f"/v1/berichten/{id_}{deel}" for id_ in berichten for deel in ("", "/xml")),
        *(f"/v1/toewijzingen/{toewijzing['id']}{deel}" for deel in ("", "/tijdlijn")),
    ]


def test_both_parties_see_what_is_theirs(paar: Paar) -> None:
    for plek in _plekken(paar):
        for klant in (paar.gemeente, paar.aanbieder):
            assert klant.get(plek).status_code == 200


def test_others_see_nothing_and_not_that_it_exists(node: Knoop, paar: Paar) -> None:
    ander = node.paar()
    plekken = _plekken(paar)
    for klant in (ander.gemeente, ander.aanbieder):
        for plek in plekken:
            antwoord = klant.get(plek)
            assert antwoord.status_code == 404
            delen = plek.split("/")
            niets = klant.get("/".join([*delen[:3], ONBEKEND, *delen[4:]]))
            assert zonder_trace(antwoord) == zonder_trace(niets)


def test_lists_hold_only_ones_own(node: Knoop, paar: Paar) -> None:
    anderen = [node.paar() for _ in range(3)]
    for ieder in (paar, *anderen):
        ieder.gemeente.goedgekeurd(ieder.dossier().toewijzing())
    kruis = anderen[0].dossier("999900018", nummer=7)
    kruis = type(kruis)(anderen[0].gemeentecode, paar.agb, kruis.bsn, kruis.domein, kruis.nummer)
    anderen[0].gemeente.goedgekeurd(kruis.toewijzing())

    def sleutels(klant: Klant, **vraag: str) -> set[tuple[str, str]]:
        return {(item["gemeente"], item["aanbieder"]) for item in klant.toewijzingen(**vraag)}

    eigen, gedeeld = (paar.gemeentecode, paar.agb), (anderen[0].gemeentecode, paar.agb)
    assert sleutels(paar.gemeente) == {eigen}
    assert sleutels(paar.aanbieder) == {eigen, gedeeld}
    assert sleutels(anderen[0].gemeente) == {(anderen[0].gemeentecode, anderen[0].agb), gedeeld}
    assert sleutels(paar.gemeente, gemeente=anderen[0].gemeentecode) == set()
    assert sleutels(paar.gemeente, bsn=kruis.bsn) == set()
    assert sleutels(paar.aanbieder, gewijzigd_na="0") == {eigen, gedeeld}
    assert {i["routeringgegevens"]["afzender"]["code"] for i in paar.gemeente.postvak()} == {paar.agb}
    assert len(paar.aanbieder.postvak()) == 2


def test_a_hoofdaannemer_is_an_aanbieder(node: Knoop) -> None:
    paar = node.paar(HOOFDAANNEMER)
    hoofdaannemer = node.binnen.register.partij(paar.agb)
    assert hoofdaannemer is not None
    assert hoofdaannemer.rol is Partijrol.HOOFDAANNEMER
    d = paar.dossier()
    paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    assert len(paar.aanbieder.toewijzingen()) == 1
    assert [i["routeringgegevens"]["berichtstroom"]["berichtsubtype"] for i in paar.aanbieder.postvak()] == [
        "WMO301",
        "WMO306",
    ]


@pytest.mark.parametrize("pad", ["/v1/berichten/{}", "/v1/berichten/{}/xml"])
def test_a_message_that_was_refused_is_nowhere(paar: Paar, pad: str) -> None:
    from berichtenverkeer.inname.aanname import id_van

    data = paar.dossier().toewijzing().replace(b"Ingangsdatum", b"Begindatum")
    assert paar.gemeente.bied_aan(data).status_code == 422
    assert paar.gemeente.get(pad.format(id_van(data))).status_code == 404
