"""The retourbericht of a party that judges for itself: it settles a message that counted provisionally.

Rejected, the message counts as not sent (OP286): what it had brought about is undone by making the dossier again without
it. Approved, it counts even when a rule found something in it, for the receiver decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from sqlalchemy import Connection

from ..opslag import berichten
from ..opslag.database import vergrendel
from ..regels.bevinding import Bevinding, Niveau
from ..standaard.berichten.kop import RetourHeader
from ..standaard.berichten.onderdeel import Berichtklasse
from ..standaard.codelijst import codelijst
from ..standaard.lezen import Gelezen
from ..standaard.schema import Schemas
from ..standaard.vorm import plaatsen
from ..verwerking.oordeel import Uitslag
from ..verwerking.retour import GEEN_OPMERKING, TECHNISCH_AFGEKEURD
from .aanname import Aangeboden
from .berichtrij import rij_heen
from .ontvangst import Ontvangst, van_rij
from .vouw import UIT_RETOUR, herstel
from .weigering import Reden, Weigering, weiger


def beantwoord(
    verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas
) -> "dict[str, Ontvangst | Weigering]":
    """Take in retourberichten that were not seen before, one after the other."""
    return {a.id: _beantwoord(verbinding, a, schemas) for a in groep}


def _beantwoord(verbinding: Connection, a: Aangeboden, schemas: Schemas) -> Ontvangst | Weigering:
    soort = a.soort
    assert soort.heen is not None
    nummer = a.gelezen.bericht.Header.BerichtIdentificatie.Identificatie
    gezocht = a.wie.ontvanger, a.wie.verzender, soort.heen.code, nummer
    heen = berichten.verstuurd(verbinding, *gezocht)
    if heen is not None:
        vergrendel(verbinding, {heen["dossier"] or heen["id"]})
        heen = berichten.verstuurd(verbinding, *gezocht)  # another retourbericht may just have come in
    if heen is None:
        return weiger(
            a.gelezen,
            Reden.RETOUR_ZONDER_HEENBERICHT,
            f"Er is geen {soort.heen} met deze Identificatie waar dit {soort} op antwoordt.",
            "Neem BerichtIdentificatie, Afzender en Ontvanger ongewijzigd over uit het heenbericht.",
            "BerichtIdentificatie/Identificatie",
        )
    if heen["oordeel"] != Uitslag.VOORLOPIG:
        return weiger(
            a.gelezen,
            Reden.RETOUR_BESTAAT_AL,
            f"Op het {soort.heen} met deze Identificatie bestaat al een {soort}.",
            "Op ieder heenbericht is er één retourbericht; u hoeft niets te doen.",
            "BerichtIdentificatie/Identificatie",
        )
    genoemd = list(_uit_retour(a.gelezen))
    uitslag = Uitslag.AFGEKEURD if genoemd else Uitslag.GOEDGEKEURD
    dubbel = a.identificatie in berichten.gebruikte_identificaties(verbinding, {a.identificatie})
    rij = rij_heen(a, None, Uitslag.GOEDGEKEURD, (), dubbel, berichten.volgnummers(verbinding, 1)) | {
        "dossier": heen["dossier"],
        "antwoord_op": heen["id"],
        "beoordeling": heen["beoordeling"],
    }
    berichten.bewaar(verbinding, [rij])
    eigen = heen["bevindingen"]
    berichten.rond_af(verbinding, heen["id"], uitslag, [*eigen, *(asdict(bevinding) for bevinding in genoemd)])
    if heen["dossier"] is not None and (uitslag is Uitslag.AFGEKEURD or eigen):
        herstel(verbinding, [heen["dossier"]], schemas)
    return van_rij({**rij, "retour_id": None, "retour_soort": None}, nieuw=True)


def _uit_retour(gelezen: Gelezen) -> Iterator[Bevinding]:
    """What a retourbericht says is wrong, as findings: the receiver gives a code and a class, not a rule."""
    teksten = codelijst("WJ001", gelezen.soort.domein)
    for pad, deel in plaatsen(gelezen.bericht, gelezen.soort):
        if not isinstance(deel, (RetourHeader, Berichtklasse)):
            continue
        for code in deel.RetourCodes:
            if code == GEEN_OPMERKING:
                continue
            bekend = teksten.codes.get(code)
            yield Bevinding(
                regel=UIT_RETOUR,
                niveau=Niveau.BERICHT if code == TECHNISCH_AFGEKEURD else Niveau.BERICHTOVERSTIJGEND,
                retourcode=code,
                regelnummer=None,
                pad=pad,
                element=pad.rpartition("/")[2].partition("[")[0],
                melding=f"De ontvanger keurde af met {code}" + (f": {bekend.omschrijving}." if bekend else "."),
                advies="Herstel dit en stuur het bericht opnieuw, of neem contact op met de ontvanger.",
                klasse=type(deel).__name__,
            )
