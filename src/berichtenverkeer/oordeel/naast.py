"""What a gemeente that judges for itself refuses of a 323, as findings on that 323, and beside each code what the node finds.

So an aanbieder that gets a bare 9321 sees what was reckoned here: where our rules found a fault that fault, else that there is
none and how it comes out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..regels.bevinding import Bevinding
from ..regels.declaratie.rekenschap import TE_REKENEN, rekenschap
from ..regels.kennis import Kennis
from ..regels.toetsen_declaratie import op_volgorde, van_client
from ..standaard.berichten.basis import Referentie
from ..standaard.berichten.declaratie import Bericht323, Bericht325, Client323, DeclaratieAntwoord, Prestatie
from ..standaard.lezen import Gelezen
from .declaratie import Declaratieuitslag
from .ontvangercode import KOP, Rij, als_bevinding, eigen, fouten, gevonden, op_klasse

_DECLARATIE = "/Bericht/Declaratie"


def te_rekenen(antwoord: Bericht325) -> list[Client323]:
    """The clients with a Prestatie of which the refusal is about what can be reckoned: their dossiers are asked for."""
    clienten = antwoord.DeclaratieAntwoord.Clienten if antwoord.DeclaratieAntwoord else ()
    return [
        client
        for client in clienten
        if any(code in TE_REKENEN for prestatie in client.Prestaties for code in prestatie.RetourCodes)
    ]


def uit_antwoord(antwoord: Bericht325, vraag: Gelezen, opgeslagen: Sequence[Rij], kennis: Kennis) -> list[Bevinding]:
    """The codes of a sound 325 on the classes of its 323. ``opgeslagen`` are the findings that are kept with the 323, ``kennis``
    what was known when it came in, with the dossiers of the clients of ``te_rekenen``."""
    bericht, van_ons = vraag.bericht, eigen(opgeslagen)
    assert isinstance(bericht, Bericht323)
    gezegd = [_Gezegd(KOP, "Header", code) for code in fouten(antwoord.Header.RetourCodes)]
    if antwoord.DeclaratieAntwoord is not None:
        codes = fouten(antwoord.DeclaratieAntwoord.RetourCodes)
        gezegd += [_Gezegd(_DECLARATIE, "Declaratie", code) for code in codes]
        gezegd += _per_client(antwoord.DeclaratieAntwoord, bericht, van_ons, kennis)
    regels = vraag.regelnummers([een.pad for een in gezegd])
    return [
        als_bevinding(een.code, een.pad, een.klasse, vraag.soort.domein, _stappen(een, van_ons), regel)
        for een, regel in zip(gezegd, regels, strict=True)
    ]


def _stappen(gezegd: "_Gezegd", van_ons: Sequence[Rij]) -> tuple[str, ...]:
    return gevonden(op_klasse(van_ons, gezegd.pad)) if gezegd.stappen is None else gezegd.stappen


def met_rekenschap(
    gevolg: Declaratieuitslag, bevindingen: Iterable[Bevinding], bericht: Bericht323
) -> Declaratieuitslag:
    """What came of a 323, with the reckoning of these findings on its Prestaties."""
    op_pad: dict[str, tuple[str, ...]] = {}
    for bevinding in bevindingen:
        op_pad[bevinding.pad] = op_pad.get(bevinding.pad, ()) + bevinding.berekening
    prestaties = tuple(
        replace(prestatie, berekening=op_pad.get(pad, ()))
        for prestatie, pad in zip(gevolg.prestaties, paden_van(bericht), strict=False)  # none of what was refused whole
    )
    return replace(gevolg, prestaties=prestaties)


def paden_van(bericht: Bericht323) -> Iterator[str]:
    """The paths of the Prestaties of a 323, in the order of the message."""
    for c, client in enumerate(bericht.Declaratie.Clienten, start=1):
        for p in range(1, len(client.Prestaties) + 1):
            yield f"{_client(c)}/Prestaties/Prestatie[{p}]"


def _client(plaats: int) -> str:
    return f"{_DECLARATIE}/Clienten/Client[{plaats}]"


class _Gezegd(NamedTuple):
    """A code of the gemeente on a class of the 323, and what the node says beside it; None: what its rules found there."""

    pad: str
    klasse: str
    code: str
    stappen: tuple[str, ...] | None = None


def _per_client(
    antwoord: DeclaratieAntwoord, bericht: Bericht323, van_ons: Sequence[Rij], kennis: Kennis
) -> Iterator[_Gezegd]:
    afgewezen = {client.Bsn: client for client in antwoord.Clienten}
    for plaats, client in enumerate(bericht.Declaratie.Clienten, start=1):
        if (bij := afgewezen.get(client.Bsn)) is not None:
            op_client = fouten(bij.RetourCodes)
            yield from (_Gezegd(_client(plaats), "Client", code) for code in op_client)
            codes = {prestatie.ProductReferentie: prestatie.RetourCodes for prestatie in bij.Prestaties}
            yield from _per_prestatie(client, plaats, codes, op_client, van_ons, kennis)


def _per_prestatie(
    client: Client323,
    plaats: int,
    codes: Mapping[Referentie, tuple[str, ...]],
    op_client: tuple[str, ...],
    van_ons: Sequence[Rij],
    kennis: Kennis,
) -> Iterator[_Gezegd]:
    """The refused Prestaties of a client. One that was not judged for the sake of its client has the code of that client."""
    plekken = {id(p): f"{_client(plaats)}/Prestaties/Prestatie[{n}]" for n, p in enumerate(client.Prestaties, start=1)}
    hogerop = [een for een in van_ons if een["klasse"] not in ("Client", "Prestatie")]
    hogerop += [een for een in op_klasse(van_ons, _client(plaats)) if een["klasse"] == "Client"]
    eigen_kennis = van_client(client, kennis)
    stappen: dict[int, tuple[str, ...]] = {}
    for regel, prestatie in op_volgorde(client):
        bij = [*hogerop, *op_klasse(van_ons, plekken[id(prestatie)])]
        if prestatie.ProductReferentie in codes:
            gegeven = (*op_client, *fouten(codes[prestatie.ProductReferentie]))
            stappen[id(prestatie)] = _naast(prestatie, gegeven, bij, eigen_kennis)
        eigen_kennis.dossier.boek.voeg_toe(regel.na_antwoord(afgewezen=bool(bij)))
    for prestatie in client.Prestaties:
        if id(prestatie) in stappen:
            pad, gegeven = plekken[id(prestatie)], codes[prestatie.ProductReferentie]
            eerste, *ook = fouten(gegeven) or op_client or gegeven
            yield _Gezegd(pad, "Prestatie", eerste, stappen[id(prestatie)])
            yield from (_Gezegd(pad, "Prestatie", code, ()) for code in ook)


def _naast(prestatie: Prestatie, codes: Sequence[str], bij: Sequence[Rij], kennis: Kennis) -> tuple[str, ...]:
    """What stands beside the codes of a Prestatie: our finding, or the reckoning that finds none."""
    al_gezegd = {een["retourcode"] for een in bij}
    gerekend = tuple(zin for code in codes if code not in al_gezegd for zin in rekenschap(code, prestatie, kennis))
    return (*gevonden(bij), *gerekend, f"De gemeente wees af met {', '.join(codes)}.")
