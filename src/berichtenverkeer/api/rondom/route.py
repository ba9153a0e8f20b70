"""A route that is taken apart when it is first used. For that the framework looks at all that its function depends on and makes what reads
and writes its values: of some three hundred routes, and once more of each that is included elsewhere, that took a third of the start of a node."""

from collections.abc import Callable, Sequence
from typing import Any, Self

from fastapi import APIRouter
from fastapi.params import Depends
from fastapi.routing import APIRoute
from starlette.routing import compile_path

_VINDT = {"path_regex", "path_format", "param_convertors"}
"""What it takes to see whether a request is for a route."""


class Route(APIRoute):
    """Where it stands is known at once; all else when someone first asks for some of it."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **anders: Any) -> None:
        self._anders = anders
        self.path, self.endpoint, self.methods = path, endpoint, set(anders["methods"])

    def __getattr__(self, naam: str) -> Any:
        # Only for what is not there yet. Of two threads that come at once each makes the same.
        if naam in _VINDT:  # each request passes by those that it is not for
            self.path_regex, self.path_format, self.param_convertors = compile_path(self.path)
        else:
            super().__init__(self.path, self.endpoint, **self._anders)
        return self.__getattribute__(naam)

    def onder(self, voorvoegsel: str, dependencies: Sequence[Depends] = ()) -> Self:
        """The same at an address that begins with ``voorvoegsel``, which depends on these too."""
        eigen = self._anders["dependencies"]
        return type(self)(
            f"{voorvoegsel}{self.path}", self.endpoint, **self._anders | {"dependencies": [*dependencies, *eigen]}
        )


class Router(APIRouter):
    """Routes of this kind."""

    def __init__(self, prefix: str = "", tags: Sequence[str] = (), route_class: type[Route] = Route) -> None:
        super().__init__(prefix=prefix, tags=[*tags], route_class=route_class)

    @property
    def alle(self) -> list[Route]:
        """Its routes."""
        return [route for route in self.routes if isinstance(route, Route)]
