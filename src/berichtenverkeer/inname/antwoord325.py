"""The 325 of a gemeente that judges for itself: it settles a 323 that waited for it.

Nothing answers a 325. One in which the rules find something is kept, is not delivered and settles nothing. Its sender hears what
was found; with the 323 it is noted as a signaal, for the aanbieder would otherwise know of nothing.
"""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, RowMapping

from ..levensloop.dossier import Dossier
from ..oordeel.declaratie import uitslag_van
from ..oordeel.naast import met_rekenschap, te_rekenen, uit_antwoord
from ..oordeel.oordeel import Berichtoordeel, beoordeel, van_declaratie
from ..oordeel.weigering import Reden, Weigering, weiger
from ..opslag import teller
from ..opslag.berichten import berichten
from ..opslag.declaraties import declaraties
from ..regels.bevinding import VAN_ANTWOORD, Bevinding, Ernst, Niveau, genoemd
from ..regels.declaratiekennis import Declaratiekennis, EerdereDeclaratie
from ..regels.kennis import Kennis
from ..regels.toetsen import Treffer
from ..standaard.berichten.declaratie import Bericht323, Bericht325, Client323
from ..standaard.berichtsoort import berichtsoort
from ..standaard.lezen import Gelezen, lees
from ..standaard.schema import Schemas
from .aanname import Aangeboden
from .berichtrij import rij_heen
from .declaratie import crediteer
from .declaratierij import rij_declaratie, rijen_prestatie
from .declaratievonnis import dossiers_van, sleutels_van
from .kenmerk import weiger_ander_kenmerk, weiger_andere_release
from .ontvangst import Ontvangst, van_rij

_IDENTIFICATIE = "DeclaratieIdentificatie/Identificatie"


def beantwoord_declaraties(
    verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas
) -> dict[str, Ontvangst | Weigering]:
    """Take in 325s that were not seen before, one after the other."""
    return {a.id: _beantwoord(verbinding, a, schemas) for a in groep}


def _beantwoord(verbinding: Connection, a: Aangeboden, schemas: Schemas) -> Ontvangst | Weigering:
    antwoord = a.gelezen.bericht
    assert isinstance(antwoord, Bericht325)
    gezocht = antwoord.Header.DeclaratieIdentificatie
    soort = berichtsoort(a.soort.domein, "323")
    heen = berichten.verstuurd(verbinding, a.wie.ontvanger, a.wie.verzender, soort.code, gezocht.Identificatie)
    if heen is not None and (
        heen["dagtekening"] != gezocht.Dagtekening or heen["oordeel"] == Berichtoordeel.IN_VERWERKING
    ):
        heen = None  # one that is not delivered yet cannot be answered
    if heen is not None and heen["oordeel"] != Berichtoordeel.VOORLOPIG:
        return weiger(
            a.gelezen,
            Reden.RETOUR_BESTAAT_AL,
            f"Op het {soort} in DeclaratieIdentificatie bestaat al een {a.soort}.",
            "Op iedere declaratie is er één antwoord; u hoeft niets te doen.",
            _IDENTIFICATIE,
        )
    if heen is not None and (weigering := weiger_andere_release(a, heen, _IDENTIFICATIE)):
        return weigering
    if heen is not None and (weigering := weiger_ander_kenmerk(verbinding, a, heen["id"], _IDENTIFICATIE)):
        return weigering
    gelezen = _vraag(verbinding, a, heen["id"], schemas) if heen is not None else None
    vraag = gelezen.bericht if gelezen is not None else None
    assert vraag is None or isinstance(vraag, Bericht323)
    dubbel = a.identificatie in berichten.gebruikte_identificaties(verbinding, {a.identificatie})
    bevonden = beoordeel(a.gelezen, a.binnen_bericht, _kennis(verbinding, a, antwoord, vraag, dubbel))
    volgnummer = teller.volgnummers(verbinding, 1)
    rij = rij_heen(a, None, bevonden.uitslag, bevonden.bevindingen, dubbel, volgnummer)
    eigen = [een for een in heen["bevindingen"] if een["regel"] != VAN_ANTWOORD] if heen is not None else []
    if gelezen is not None and vraag is not None and heen is not None and not bevonden.treffers:
        rij |= {"antwoord_op": heen["id"], "beoordeling": heen["beoordeling"]}
        berichten.bewaar(verbinding, [rij])
        gezegd = uit_antwoord(antwoord, gelezen, eigen, _toen(verbinding, a, heen, gelezen, te_rekenen(antwoord)))
        gevolg = met_rekenschap(uitslag_van(antwoord, vraag), gezegd, vraag)
        alle = [*eigen, *(asdict(een) for een in genoemd(gezegd, len(gezegd)))]
        berichten.rond_af(verbinding, heen, van_declaratie(gevolg), alle, None)
        sleutels = sleutels_van(a, vraag.Declaratie.Clienten)
        prestaties = rijen_prestatie(heen["id"], sleutels, gevolg)
        declaraties.bewaar(verbinding, rij_declaratie(heen, rij, vraag, gevolg), prestaties)
        crediteer(verbinding, sleutels, gevolg)
    else:
        berichten.bewaar(verbinding, [rij])
        if heen is not None:
            berichten.noteer(verbinding, heen, [*eigen, asdict(_nota(a, bevonden.treffers))])
    return van_rij({**rij, "retour_id": None, "retour_soort": None}, nieuw=True)


def _nota(a: Aangeboden, gevonden: Sequence[Treffer]) -> Bevinding:
    """What the aanbieder sees with its 323 of a 325 that it does not get."""
    return Bevinding(
        regel=VAN_ANTWOORD,
        niveau=Niveau.BERICHTOVERSTIJGEND,
        retourcode=None,
        regelnummer=None,
        pad="/Bericht/Header",
        element="Header",
        melding=f"De gemeente antwoordde met een {a.soort} dat is afgekeurd en niet bezorgd: "
        f"{', '.join(dict.fromkeys(regel.code for regel, _ in gevonden))}.",
        advies=f"De gemeente stuurt een nieuw {a.soort}; de aanbieder hoeft niets te doen, en vraagt ernaar als het uitblijft.",
        ernst=Ernst.SIGNAAL,
    )


def _vraag(verbinding: Connection, a: Aangeboden, heen: str, schemas: Schemas) -> Gelezen:
    """The 323 that is answered."""
    inhoud = berichten.inhoud(verbinding, a.wie.ontvanger, heen)
    assert inhoud is not None
    return lees(inhoud, schemas)


def _toen(
    verbinding: Connection, a: Aangeboden, heen: RowMapping, vraag: Gelezen, clienten: Sequence[Client323]
) -> Kennis:
    """What was known of these clients when their 323 came in: nothing that was declared with it or since."""
    return Kennis(
        soort=vraag.soort,
        bericht=vraag.bericht,
        vandaag=heen["ontvangen_op"].date(),
        dossier=Dossier(),
        contract=a.contract,
        clienten=dossiers_van(verbinding, sleutels_van(a, clienten), voor=heen["volgnummer"]),
    )


def _kennis(
    verbinding: Connection, a: Aangeboden, antwoord: Bericht325, vraag: Bericht323 | None, dubbel: bool
) -> Kennis:
    clienten = antwoord.DeclaratieAntwoord.Clienten if antwoord.DeclaratieAntwoord else ()
    return Kennis(
        soort=a.soort,
        bericht=antwoord,
        vandaag=a.nu.date(),
        dossier=Dossier(),
        identificatie_bekend=dubbel,
        contract=a.contract,
        clienten=dossiers_van(verbinding, sleutels_van(a, clienten)),
        declaratie=Declaratiekennis(declaratie=EerdereDeclaratie(vraag) if vraag else None),
    )
