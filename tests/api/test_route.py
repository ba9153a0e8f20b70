"""A route of ours is the framework's, made when it is first used."""

from collections.abc import Iterator
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from berichtenverkeer.api.app import _EIGEN, V1, maak_app
from berichtenverkeer.api.rondom.route import Route
from berichtenverkeer.api.rondom.velden import alleen_bekende_velden
from berichtenverkeer.instellingen import Instellingen


def _app() -> FastAPI:
    return maak_app(Instellingen(database_url="sqlite://"))


def _eigen(app: FastAPI) -> list[Route]:
    """Those under its version, which are of this app alone."""
    return [route for route in app.routes if isinstance(route, Route) and route.path.startswith(f"{V1}/")]


def _afhankelijk(van: Dependant) -> Iterator[Any]:
    """What is called for a request, and what that reads of it."""
    velden = [*van.path_params, *van.query_params, *van.header_params, *van.body_params]
    yield van.call, [(veld.alias, veld.field_info.annotation) for veld in velden]
    for dieper in van.dependencies:
        yield from _afhankelijk(dieper)


def _gemaakt(route: Any) -> Any:
    antwoord = route.response_field and route.response_field.field_info.annotation
    return route.unique_id, route.status_code, antwoord, list(_afhankelijk(route.dependant))


def test_a_node_makes_no_route_before_someone_asks() -> None:
    routes = _eigen(_app())
    assert routes
    assert not any("dependant" in vars(route) for route in routes)


def test_under_an_address_it_is_as_the_framework_would_include_it() -> None:
    los = FastAPI()
    for deel in _EIGEN:
        los.include_router(deel.router, prefix=V1, dependencies=[Depends(alleen_bekende_velden)])
    van_framework = {
        (een.path, *(een.methods or ())): _gemaakt(een)
        for een in iter_route_contexts(los.routes)
        if (een.path or "").startswith(f"{V1}/")
    }
    van_ons = {(route.path, *(route.methods or ())): _gemaakt(route) for route in _eigen(_app())}
    assert van_ons == van_framework
