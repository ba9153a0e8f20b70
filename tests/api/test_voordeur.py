"""The short way in leads to the same function as the route, for each route that it knows."""

from fastapi.routing import APIRoute

from berichtenverkeer.api import berichten
from berichtenverkeer.api.app import V1
from berichtenverkeer.api.deuren import ggk, vsp
from berichtenverkeer.api.voordeur import DEUREN


def test_each_is_a_declared_route() -> None:
    routes = [(V1, berichten.router), ("", ggk.router), ("", vsp.router)]
    gedeclareerd = {
        voor + route.path: route.endpoint
        for voor, router in routes
        for route in router.routes
        if isinstance(route, APIRoute) and "POST" in (route.methods or ()) and voor + route.path in DEUREN
    }
    assert gedeclareerd == DEUREN


def test_none_depends_on_more_than_the_short_way_gives() -> None:
    vragen = {"request", "knooppunt", "aanmelding", "nu"}
    assert all(set(deur.__annotations__) - {"return"} == vragen for deur in DEUREN.values())
