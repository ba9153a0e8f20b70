"""The retourbericht on a heenbericht, as IV028 and IV032 lay down."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import count

from ..regels.bevinding import Niveau
from ..regels.toetsen import Treffer
from ..standaard.berichten import Bericht, Retourbericht
from ..standaard.berichten.basis import BerichtIdentificatie, XsdVersie
from ..standaard.berichten.kop import RetourHeader
from ..standaard.berichten.onderdeel import Berichtklasse, Onderdeel
from ..standaard.berichtsoort import Berichtsoort
from ..standaard.lezen import Gelezen, keur
from ..standaard.schema import Schemas
from ..standaard.schrijven import als_tekst, schrijf, serialiseer
from ..standaard.vorm import vorm, vorm_van
from ..standaard.xml import MAX_BYTES

GEEN_OPMERKING = "0200"
"""Retourcode of a class that was judged and has no fault."""

TECHNISCH_AFGEKEURD = "0001"


def maak_retour(
    gelezen: Gelezen, treffers: Sequence[Treffer], identificatie: str, dagtekening: date, schemas: Schemas
) -> Retourbericht:
    """The retourbericht for what the rules found in a heenbericht.

    Nothing found: only the Header, without RetourCodes. A fault of level 2: only the Header, with 0001. A fault of level
    3 or 4 in the Header: only the Header, with its codes. Otherwise the Header has 0200 and the client comes back
    unchanged with a code on every class. Afzender and Ontvanger stay as they are. XsltVersie stays out: the rules here
    are not the national XSLTs (IV033).

    ``identificatie`` (at most 12 characters) and ``dagtekening`` are the retourbericht's own.
    """
    soort, bericht = _retoursoort(gelezen), gelezen.bericht
    header_codes, inhoud = _codes(bericht, treffers)
    versies = schemas.versies(soort)
    header = RetourHeader(
        **dict(bericht.Header) | {"BerichtCode": soort.berichtcode},
        IdentificatieRetour=identificatie,
        DagtekeningRetour=dagtekening,
        XsdVersieRetour=XsdVersie(BasisschemaXsdVersie=versies.basisschema, BerichtXsdVersie=versies.bericht),
        RetourCodes=header_codes,
    )
    klasse = vorm(soort).klasse
    assert issubclass(klasse, Retourbericht)
    return klasse.model_validate({"Header": header, **inhoud})


def schrijf_retour(
    gelezen: Gelezen,
    treffers: Sequence[Treffer],
    identificatie: str,
    dagtekening: date,
    schemas: Schemas,
    max_bytes: int = MAX_BYTES,
) -> bytes:
    """The retourbericht of ``maak_retour`` as XML. Raises what ``schrijf`` raises.

    Nearly every retourbericht is a Header without a code, so of each kind that text is made once, and only what differs
    is filled in. What is filled in was judged by the XSD of the heenbericht, or is ours: only the first of a kind is held
    against the XSD.
    """
    soort = _retoursoort(gelezen)
    if treffers:
        return schrijf(maak_retour(gelezen, treffers, identificatie, dagtekening, schemas), soort, schemas, max_bytes)
    header, eigen = gelezen.bericht.Header, schemas.versies(soort)
    waarden: tuple[str | int | date, ...] = (
        header.BerichtVersie,
        header.BerichtSubversie,
        header.Afzender,
        header.Ontvanger,
        header.BerichtIdentificatie.Identificatie,
        header.BerichtIdentificatie.Dagtekening,
        header.XsdVersie.BasisschemaXsdVersie,
        header.XsdVersie.BerichtXsdVersie,
        identificatie,
        dagtekening,
        eigen.basisschema,
        eigen.bericht,
    )
    data = _schoon(soort).format(*map(als_tekst, waarden)).encode()
    if soort not in schemas.sjablonen:
        keur(data, schemas, max_bytes)
        schemas.sjablonen.add(soort)
    return data


def _retoursoort(gelezen: Gelezen) -> Berichtsoort:
    if gelezen.soort.retour is None:
        raise ValueError(f"op een {gelezen.soort} bestaat geen retourbericht")
    return gelezen.soort.retour


@cache
def _schoon(soort: Berichtsoort) -> str:
    """The retourbericht of this kind without codes, with a numbered place for each value in the order of the elements."""
    plek = (f"{{{nummer}}}" for nummer in count())
    header = vorm_van(RetourHeader, soort).maak(
        {
            "BerichtCode": soort.berichtcode,
            "BerichtVersie": next(plek),
            "BerichtSubversie": next(plek),
            "Afzender": next(plek),
            "Ontvanger": next(plek),
            "BerichtIdentificatie": vorm_van(BerichtIdentificatie, soort).maak(
                {"Identificatie": next(plek), "Dagtekening": next(plek)}
            ),
            "XsdVersie": XsdVersie(BasisschemaXsdVersie=next(plek), BerichtXsdVersie=next(plek)),
            "IdentificatieRetour": next(plek),
            "DagtekeningRetour": next(plek),
            "XsdVersieRetour": XsdVersie(BasisschemaXsdVersie=next(plek), BerichtXsdVersie=next(plek)),
        }
    )
    bericht = vorm(soort).maak({"Header": header})
    assert isinstance(bericht, Bericht)
    return serialiseer(bericht, soort).decode()


def _codes(bericht: Bericht, treffers: Sequence[Treffer]) -> tuple[tuple[str, ...], dict[str, Onderdeel]]:
    """The codes of the Header, and the coded classes that come back with it."""
    if not treffers:
        return (), {}
    if any(regel.niveau is Niveau.BERICHT for regel, _ in treffers):
        return (TECHNISCH_AFGEKEURD,), {}
    per_deel = retourcodes(treffers)
    if id(bericht.Header) in per_deel:
        return tuple(sorted(per_deel[id(bericht.Header)])), {}
    inhoud = {naam: _gecodeerd(waarde, per_deel) for naam, waarde in bericht if isinstance(waarde, Berichtklasse)}
    return (GEEN_OPMERKING,), inhoud


def retourcodes(treffers: Iterable[Treffer]) -> Mapping[int, set[str]]:
    """The codes of what was found, by the ``id`` of the class at fault."""
    per_deel: dict[int, set[str]] = defaultdict(set)
    for regel, fout in treffers:
        if regel.retourcode is not None:
            per_deel[id(fout.deel)].add(regel.retourcode)
    return per_deel


def _gecodeerd(deel: Onderdeel, codes: Mapping[int, set[str]]) -> Onderdeel:
    """A class as it came, with RetourCodes on it and on every class below it."""
    nieuw: dict[str, object] = {}
    for naam, waarde in deel:
        if isinstance(waarde, Berichtklasse):
            nieuw[naam] = _gecodeerd(waarde, codes)
        elif isinstance(waarde, tuple) and waarde and isinstance(waarde[0], Berichtklasse):
            nieuw[naam] = tuple(_gecodeerd(item, codes) for item in waarde)
    nieuw["RetourCodes"] = tuple(sorted(codes.get(id(deel), {GEEN_OPMERKING})))
    return deel.model_copy(update=nieuw)
