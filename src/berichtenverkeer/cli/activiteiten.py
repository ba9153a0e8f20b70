"""What the commands that work on the database itself do, declared for the log: who types them is known by the machine. A command that
opens the database is here, or in ``ZONDER``; a test sees to it.
"""

from collections.abc import Mapping

from ..optreden import Actie, Activiteit


def _beheer(naam: str, object_: str, *, personen: bool = True) -> Activiteit:
    return Activiteit(f"opdracht-{naam}", Actie.UITVOEREN, object_, beheer=True, personen=personen)


ACTIVITEITEN: Mapping[str, Activiteit] = {
    "db": _beheer("db", "database", personen=False),
    "sleutel": _beheer("sleutel", "sleutels", personen=False),
    "partij": _beheer("partij", "partij"),
    "gebruiker": _beheer("gebruiker", "gebruiker"),
    "tarief": _beheer("tarief", "tarief"),
    "productcodes": _beheer("productcodes", "productcodes"),
    "codelijst": _beheer("codelijst", "codelijst"),
    "gemeente": _beheer("gemeente", "gemeente"),
    "functie": _beheer("functie", "functie"),
    "bezorging": _beheer("bezorging", "bezorging"),
    "rebuild": _beheer("rebuild", "database", personen=False),
    "opschonen": _beheer("opschonen", "database", personen=False),
    "log": _beheer("log", "logboek"),
    "record": _beheer("record", "opname"),
    "hoofdaannemer": _beheer("hoofdaannemer", "bureau"),
}
"""By the name of the command."""

ZONDER: Mapping[str, str] = {
    "serve": "het knooppunt zelf, dat bij iedere vraag zegt wie er vraagt",
    "worker": "het knooppunt zelf; wat het oordeelt, staat bij het bericht",
    "demo": "een verzonnen regio",
    "kpi": "cijfers over groepen, kleine aantallen verborgen",
    "herindeling": "vraagt het knooppunt, dat het noteert",
}
"""Those that are not noted, each with why."""
