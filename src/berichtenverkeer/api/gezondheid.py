"""For the operator: does the process live, and can it do its work."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from .. import __version__
from ..opslag.wachttijd import DatabaseWeg, brak_af, vergeefs
from ..versleuteling.bestand import sleutelbos
from ..woord import Woord
from .antwoord.problemen import Probleem, antwoorden
from .rondom import tls
from .rondom.certificaatwacht import eigen
from .rondom.knooppunt import HetKnooppunt, Knooppunt
from .rondom.route import Router
from .stand import Stand, kijk

router = Router(tags=["beheer"])

_TE_LANG = timedelta(hours=1)
"""How long what the node does itself may wait before someone should look."""

_DOET_ZELF = ("in-verwerking", "bezorging", "webhooks")
"""The queues that the node empties; the others wait for a party."""


class Onderdeelstand(Woord):
    """How a part of the node is."""

    GOED = "goed", "er is niets mee"
    LET_OP = "let-op", "het knooppunt werkt, maar er moet iemand naar kijken"


class Onderdeel(BaseModel):
    """A part of the node: how it is, and what to do when it is not well."""

    naam: str = Field(examples=["wachtrij in-verwerking"])
    stand: Onderdeelstand
    uitleg: str = Field("", description="wat er is en wat u doet; leeg als het goed is")


class Gezond(BaseModel):
    """A node that can do its work."""

    status: str = Field(description="goed, of let-op als een van de onderdelen dat is", examples=["goed"])
    versie: str
    versleuteld: str = Field(description="ja of nee: of persoonsgegevens versleuteld in de database staan")
    onderdelen: list[Onderdeel]


@router.get("/gezondheid", responses=antwoorden())
async def gezondheid(knooppunt: HetKnooppunt) -> Gezond:
    """Of het knooppunt verzoeken mag krijgen: zijn database antwoordt, de tabellen zijn van deze versie, en de sleutels zijn die van de database.
    Anders is het antwoord 503, met wat er is en wat u doet. Wat lang wacht of bijna verloopt staat bij `onderdelen`; daarvoor hoeft geen verzoek te worden
    weggehouden. Is hoogstens tien seconden oud."""
    await knooppunt.register.straks(roep=True)
    try:
        stand = await run_in_threadpool(kijk, knooppunt.engine)
    except Exception as fout:
        if vergeefs(fout) or brak_af(fout):
            raise DatabaseWeg("the database does not answer") from fout
        raise
    if stand.past_niet is not None:
        raise Probleem(
            503,
            "niet-gereed",
            stand.past_niet,
            "Geef dit knooppunt geen verzoeken tot het is verholpen.",
            {"Retry-After": "10"},
        )
    onderdelen = list(_onderdelen(knooppunt, stand))
    let_op = any(een.stand is Onderdeelstand.LET_OP for een in onderdelen)
    return Gezond(
        status="let-op" if let_op else "goed",
        versie=__version__,
        versleuteld="nee" if sleutelbos() is None else "ja",
        onderdelen=onderdelen,
    )


@router.get("/gezondheid/live", responses=antwoorden())
async def leeft() -> dict[str, str]:
    """Antwoordt zolang het proces leeft, ook als de database weg is: opnieuw starten helpt dan niet."""
    return {"status": "leeft", "versie": __version__}


def _onderdelen(knooppunt: Knooppunt, stand: Stand) -> Iterator[Onderdeel]:
    yield _onderdeel("database")
    yield _onderdeel("tabellen")
    open_ = sleutelbos() is None and not knooppunt.instellingen.proefmodus
    yield _onderdeel(
        "sleutels",
        "Persoonsgegevens staan leesbaar in de database. Zet BV_SLEUTELS en draai 'db versleutel'." if open_ else "",
    )
    nu = knooppunt.klok()
    for rij in stand.wachtrijen:
        lang = rij.code in _DOET_ZELF and rij.oudste is not None and nu - rij.oudste > _TE_LANG
        wat = f"Er wachten er {rij.aantal}, het oudste langer dan een uur. {rij.uitleg}"
        yield _onderdeel(f"wachtrij {rij.code}", wat if lang else "")
    for naam, tot in eigen(knooppunt).items():
        yield _onderdeel(f"certificaat {naam}", _over(tot, nu))
    bijna = sum(een.verloopt_bijna(nu) for een in stand.certificaten)
    wat = f"Van {bijna} clientcertificaten is het einde binnen dertig dagen; 'partij certificaten' noemt ze."
    yield _onderdeel("certificaten van partijen", wat if bijna else "")


def _over(tot: datetime, nu: datetime) -> str:
    if tot - nu > tls.BIJNA:
        return ""
    hoe = "is verlopen op" if tot < nu else "geldt nog tot"
    return f"Het certificaat {hoe} {tot.astimezone(UTC):%Y-%m-%d}. Vervang zijn bestanden; voor TLS is geen nieuwe start nodig."


def _onderdeel(naam: str, uitleg: str = "") -> Onderdeel:
    return Onderdeel(naam=naam, stand=Onderdeelstand.LET_OP if uitleg else Onderdeelstand.GOED, uitleg=uitleg)
