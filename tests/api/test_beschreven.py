"""Requests that schemathesis makes of our OpenAPI, fit and unfit: nothing breaks, and every answer is as described.

``BV_VOORBEELDEN`` sets how many requests an operation gets; a few in the normal run.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
import requests
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from tests import ggk
from tests.conftest import MaakDatabase
from tests.knoop import HOOFDAANNEMER, Knoop, Paar, knoop
from tests.openapi import alles
from tests.vsp import dien_in, wacht, zending

from berichtenverkeer.api.app import maak_app
from berichtenverkeer.instellingen import Instellingen

VOORBEELDEN = int(os.environ.get("BV_VOORBEELDEN", "5"))
GEEN = "00000000-0000-4000-8000-000000000000"
VREEMD = ("\x00", "%00", "\ud7ff\uffff", "9" * 400, "-1", "1e400", "NaN", " ", "'; --", "٣", GEEN)
"""What nobody asks for, and nothing may break on."""


@cache
def _schema() -> Any:
    """Our OpenAPI, made where these tests run: whoever runs others collects them too."""
    return schemathesis.openapi.from_dict(alles(maak_app(Instellingen(database_url="sqlite://"))))


@cache
def _operaties() -> dict[str, Any]:
    gevonden = (uit.ok() for uit in _schema().get_all_operations() if isinstance(uit, Ok))
    return {f"{op.method.upper()} {op.path}": op for op in gevonden}


def _routes() -> Iterator[str]:
    """The operations by their routes, which cost no description."""
    for document in maak_app(Instellingen(database_url="sqlite://")).state.documenten:
        for route in (route for router in document.routers for route in router.routes):
            if isinstance(route, APIRoute) and route.include_in_schema:
                yield from (
                    f"{methode} {document.voorvoegsel}{route.path_format}" for methode in sorted(route.methods or ())
                )


OPERATIES = list(_routes())


@cache
def _checks() -> Any:
    """What is looked at in every answer; schemathesis knows them once it has a description."""
    return CHECKS.get_by_names(
        [
            "status_code_conformance",
            "content_type_conformance",
            "response_schema_conformance",
            "response_headers_conformance",
        ]
    )


@dataclass(frozen=True)
class Verkeer:
    """A node at which something happened, who calls it, and the ids of what is there."""

    node: Knoop
    paar: Paar
    ids: tuple[str, ...]
    sessie: requests.Session

    def roeper(self, wie: str) -> dict[str, str]:
        """The headers of a caller."""
        code = {"gemeente": self.paar.gemeentecode, "aanbieder": self.paar.agb}.get(wie)
        return {"Authorization": f"Bearer {self.node.tokens[code]}"} if code else {}


@pytest.fixture(scope="module")
def verkeer(sqlite: MaakDatabase) -> Iterator[Verkeer]:
    """A node without patience, with a client of which there is something to be found behind every door."""
    with (
        knoop(sqlite.gereed(), proefmodus=True, wacht_hoogstens=0, max_bytes=100_000) as node,
        requests.Session() as sessie,
    ):
        paar = node.paar(HOOFDAANNEMER)
        yield Verkeer(node, paar, _voorgeschiedenis(paar), sessie)


def _voorgeschiedenis(paar: Paar) -> tuple[str, ...]:
    """The ids of what happened."""
    d = paar.dossier()
    goed = paar.gemeente.goedgekeurd(d.toewijzing())
    paar.aanbieder.goedgekeurd(d.start())
    paar.aanbieder.goedgekeurd(paar.dossier("999900018", nummer=1002).bericht("315"))
    e = ggk.di01(paar)
    ggk.bevestigd(paar.gemeente, ggk.vervang(e, ">WMO301<", ">WMO399<"))
    ggk.afgekeurd(paar.gemeente, e.stuurgegevens.referentienummer)
    z = zending(paar.dossier("999900020", nummer=1003).toewijzing())
    assert dien_in(paar.gemeente, z).status_code == 204
    wacht(paar.gemeente, z.id)
    [fout] = [item["referentienummer"] for item in ggk.postvak(paar.gemeente) if item["berichtcode"] == "Fo01"]
    van_lijst = [
        item["id"] for pad in ("/v1/toewijzingen", "/v1/verzoeken") for item in paar.aanbieder.json(pad)["items"]
    ]
    return (goed["id"], goed["retour"]["id"], e.stuurgegevens.referentienummer, z.id, fout, *van_lijst)


@st.composite
def gevallen(draw: st.DrawFn, operatie: Any) -> tuple[Any, str, int | None]:
    """A request, who makes it, and for some the place in the list of ids that goes into its path."""
    wijze = draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
    geval = draw(operatie.as_strategy(generation_mode=wijze))
    return geval, draw(st.sampled_from(["", "gemeente", "aanbieder"])), draw(st.none() | st.integers(0, 30))


def test_no_operation_is_passed_over() -> None:
    paden = _schema().raw_schema["paths"]
    assert _operaties().keys() == set(OPERATIES)
    assert set(OPERATIES) == {f"{methode.upper()} {pad}" for pad, methoden in paden.items() for methode in methoden}


@pytest.mark.parametrize("naam", OPERATIES)
def test_every_answer_is_described(verkeer: Verkeer, naam: str) -> None:
    @settings(max_examples=VOORBEELDEN, suppress_health_check=list(HealthCheck))
    @given(gevallen(_operaties()[naam]))
    def probeer(gekozen: tuple[Any, str, int | None]) -> None:
        geval, wie, plek = gekozen
        if plek is not None:
            bekend = (*verkeer.ids, *VREEMD)
            geval.path_parameters = {n: bekend[plek % len(bekend)] for n in geval.path_parameters or {}}
        antwoord = geval.call(base_url=verkeer.node.url, session=verkeer.sessie, headers=verkeer.roeper(wie))
        soap = naam.endswith("OntvangAsynchroon") and antwoord.headers["content-type"][0].startswith("text/xml")
        assert antwoord.status_code < 500 or soap, (naam, antwoord.text)
        geval.validate_response(antwoord, checks=_checks())

    probeer()
