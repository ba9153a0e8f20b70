"""What the role may do in PostgreSQL by which a node serves: all that a node does, and nothing to the tables themselves.

Another role owns the tables and migrates them. To the log the serving role can only add: it cannot change or delete a row of it, nor take off
what refuses that. What is kept by its term is taken out by the owner (``opschonen``).
"""

import re

from sqlalchemy import Connection, text

from ..zegbaar import Zegbaar
from .tabellen.basis import metadata, versie
from .tabellen.logboek import logboek, logketen

_ROL = re.compile("[a-z_][a-z0-9_]{0,62}")

_BIJZONDER = {logboek.name: "SELECT, INSERT", logketen.name: "SELECT, UPDATE", versie.name: "SELECT"}
_GEWOON = "SELECT, INSERT, UPDATE, DELETE"


class RechtenFout(Zegbaar):
    """These rights cannot be given."""


def opdrachten(rol: str) -> list[str]:
    """The statements that give a role what it may do, and take what else it was given. Raises ``RechtenFout``."""
    if not _ROL.fullmatch(rol):
        raise RechtenFout(f"{rol!r} is geen naam voor een rol. Gebruik kleine letters, cijfers en een laag streepje.")
    tabellen = [versie.name, *sorted(metadata.tables)]
    per_tabel = [f"GRANT {_BIJZONDER.get(naam, _GEWOON)} ON {naam} TO {rol}" for naam in dict.fromkeys(tabellen)]
    return [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON SCHEMA public FROM {rol}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {rol}",
        f"GRANT USAGE ON SCHEMA public TO {rol}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {rol}",
        *per_tabel,
    ]


def geef(verbinding: Connection, rol: str) -> None:
    """Give a role what it may do. Raises ``RechtenFout`` when it is not there, is the owner, or may do everything anyhow."""
    wat = opdrachten(rol)
    if verbinding.dialect.name != "postgresql":
        raise RechtenFout("SQLite kent geen rollen: wie het bestand kan schrijven, kan alles. Dit is voor PostgreSQL.")
    gevonden = verbinding.execute(
        text("SELECT rolsuper, rolname = current_user FROM pg_roles WHERE rolname = :rol"), {"rol": rol}
    ).one_or_none()
    if gevonden is None:
        raise RechtenFout(f"De rol {rol} is er niet. Maak haar eerst: CREATE ROLE {rol} LOGIN PASSWORD '…'.")
    if any(gevonden):
        raise RechtenFout(
            f"De rol {rol} beheert de tabellen zelf of mag alles; daaraan valt niets te beperken. Kies voor het knooppunt een andere rol."
        )
    for een in wat:
        verbinding.execute(text(een))
