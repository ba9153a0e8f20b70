"""The retourbericht of a party that judges for itself: it settles a message that counted provisionally.

Rejected, the message counts as not sent (OP286): what it had brought about is undone by making the dossier again without
it. Approved, it counts even when a rule found something in it, for the receiver decides. Only what another client has
already cannot be given twice: a ToewijzingNummer (TR332) or a ReferentieAanbieder (TR347).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, RowMapping

from ..oordeel.betrokken import betrokken
from ..oordeel.ontvangercode import als_bevinding, eigen, fouten, gevonden, op_klasse
from ..oordeel.oordeel import Berichtoordeel
from ..oordeel.weigering import Reden, Weigering, weiger
from ..opslag import teller
from ..opslag.berichten import berichten
from ..opslag.database import vergrendel
from ..opslag.dossiers import dossiers
from ..regels.bevinding import UIT_RETOUR, Bevinding, fouten_van, genoemd
from ..regels.contract import Contract
from ..standaard.berichten.kop import RetourHeader
from ..standaard.berichten.onderdeel import Berichtklasse
from ..standaard.lezen import Gelezen, lees
from ..standaard.schema import Schemas
from ..standaard.vorm import plaatsen
from . import vouw
from .aanname import Aangeboden
from .berichtrij import rij_heen
from .kenmerk import weiger_ander_kenmerk, weiger_andere_release
from .ontvangst import Ontvangst, van_rij

_IDENTIFICATIE = "BerichtIdentificatie/Identificatie"


def sloten_van_heen(verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas) -> set[str]:
    """What to lock before these retourberichten are looked at: what the messages that they settle read and write."""
    gezocht = (berichten.wachtend(verbinding, *_gezocht(a)) for a in groep)
    return {slot for heen in gezocht if heen is not None for slot in _sloten(verbinding, heen, schemas)}


def beantwoord(
    verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas
) -> "dict[str, Ontvangst | Weigering]":
    """Take in retourberichten that were not seen before, one after the other."""
    return {a.id: _beantwoord(verbinding, a, schemas) for a in groep}


def _beantwoord(verbinding: Connection, a: Aangeboden, schemas: Schemas) -> Ontvangst | Weigering:
    heen = berichten.wachtend(verbinding, *_gezocht(a))
    if heen is not None:
        vergrendel(verbinding, _sloten(verbinding, heen, schemas))
        heen = berichten.wachtend(verbinding, *_gezocht(a))  # another retourbericht may just have come in
    if heen is None:
        return _niets_te_beantwoorden(verbinding, a)
    if weigering := weiger_andere_release(a, heen, _IDENTIFICATIE) or weiger_ander_kenmerk(
        verbinding, a, heen["id"], _IDENTIFICATIE
    ):
        return weigering
    gezegd = list(_uit_retour(a.gelezen, heen["bevindingen"]))
    uitslag = Berichtoordeel.AFGEKEURD if gezegd else Berichtoordeel.GOEDGEKEURD
    eigen, dossier = fouten_van(heen["bevindingen"]), heen["dossier"]
    if eigen and uitslag is Berichtoordeel.GOEDGEKEURD:  # it begins to count only now
        aangeboden = _aangeboden(heen, schemas)
        dossier = dossier or _dossier_van_verzoek(verbinding, aangeboden)
        if _van_een_ander(verbinding, aangeboden, dossier):
            return weiger(
                a.gelezen,
                Reden.GOEDKEURING_BOTST,
                f"Het {aangeboden.soort} geeft een nummer of referentie die inmiddels bij een andere cliënt of partij hoort.",
                "Keur het af met de retourcode die het bericht hier al kreeg; de verzender kiest dan een ander nummer.",
                _IDENTIFICATIE,
            )
    dubbel = a.identificatie in berichten.gebruikte_identificaties(verbinding, {a.identificatie})
    rij = rij_heen(a, None, Berichtoordeel.GOEDGEKEURD, (), dubbel, teller.volgnummers(verbinding, 1)) | {
        "dossier": dossier,
        "antwoord_op": heen["id"],
        "beoordeling": heen["beoordeling"],
    }
    berichten.bewaar(verbinding, [rij])
    alle = [*heen["bevindingen"], *(asdict(bevinding) for bevinding in genoemd(gezegd, len(gezegd), UIT_RETOUR))]
    berichten.rond_af(verbinding, heen, uitslag, alle, dossier)
    if dossier is not None and (uitslag is Berichtoordeel.AFGEKEURD or eigen):
        vouw.herstel(verbinding, [dossier], schemas)
    return van_rij({**rij, "retour_id": None, "retour_soort": None}, nieuw=True)


def _gezocht(a: Aangeboden) -> tuple[str, str, str, str]:
    """What the message that a retourbericht answers goes by: who sent it to whom, its kind and its Identificatie."""
    assert a.soort.heen is not None
    nummer = a.gelezen.bericht.Header.BerichtIdentificatie.Identificatie
    return a.wie.ontvanger, a.wie.verzender, a.soort.heen.code, nummer


def _sloten(verbinding: Connection, heen: RowMapping, schemas: Schemas) -> set[str]:
    """The message itself, its dossier and, when it does not count yet, all that it would claim."""
    sloten = {heen["id"]} | (vouw.sloten([heen["dossier"]]) if heen["dossier"] else set())
    if not fouten_van(heen["bevindingen"]):
        return sloten
    aangeboden = _aangeboden(heen, schemas)
    van_verzoek = _dossier_van_verzoek(verbinding, aangeboden)
    return sloten | aangeboden.sloten | (vouw.sloten([van_verzoek]) if van_verzoek else set())


def _aangeboden(heen: RowMapping, schemas: Schemas) -> Aangeboden:
    """The message as it was taken in."""
    gelezen = lees(heen["inhoud"], schemas)
    wie = betrokken(gelezen.bericht, gelezen.soort)
    return Aangeboden(heen["id"], heen["inhoud"], gelezen, wie, (), Contract(), zelf=True, nu=heen["ontvangen_op"])


def _dossier_van_verzoek(verbinding: Connection, a: Aangeboden) -> str | None:
    """The dossier of the request that a 319 answers: it may have come to count after the 319 came in."""
    if a.dossier is not None:
        return None
    for sleutel in dossiers.referenties_in_gebruik(verbinding, set(a.referenties)).values():
        if sleutel.gemeente == a.wie.gemeente:
            return dossiers.tekst(sleutel)
    return None


def _van_een_ander(verbinding: Connection, a: Aangeboden, dossier: str | None) -> bool:
    """Whether another dossier has a ToewijzingNummer or ReferentieAanbieder that this message gives out."""
    if a.dossier is None:
        return False
    bekend: dict[Any, Any] = {
        **dossiers.nummers_in_gebruik(verbinding, set(a.nummers)),
        **dossiers.referenties_in_gebruik(verbinding, set(a.referenties)),
    }
    return any(dossiers.tekst(sleutel) != dossier for sleutel in bekend.values())


def _niets_te_beantwoorden(verbinding: Connection, a: Aangeboden) -> Weigering:
    """Why there is nothing for this retourbericht to settle."""
    if berichten.verstuurd(verbinding, *_gezocht(a)) is None:
        return weiger(
            a.gelezen,
            Reden.RETOUR_ZONDER_HEENBERICHT,
            f"Er is geen {a.soort.heen} met deze Identificatie waar dit {a.soort} op antwoordt.",
            "Neem BerichtIdentificatie, Afzender en Ontvanger ongewijzigd over uit het heenbericht.",
            _IDENTIFICATIE,
        )
    return weiger(
        a.gelezen,
        Reden.RETOUR_BESTAAT_AL,
        f"Op het {a.soort.heen} met deze Identificatie bestaat al een {a.soort}.",
        "Op ieder heenbericht is er één retourbericht; u hoeft niets te doen.",
        _IDENTIFICATIE,
    )


def _uit_retour(gelezen: Gelezen, opgeslagen: Sequence[Mapping[str, Any]]) -> Iterator[Bevinding]:
    """What a retourbericht says is wrong, as findings; beside each what the node found in the same class of its heenbericht."""
    van_ons = eigen(opgeslagen)
    for pad, deel in plaatsen(gelezen.bericht, gelezen.soort):
        if isinstance(deel, (RetourHeader, Berichtklasse)):
            for code in fouten(deel.RetourCodes):
                naast = gevonden(op_klasse(van_ons, pad))
                yield als_bevinding(code, pad, type(deel).__name__, gelezen.soort.domein, naast)
