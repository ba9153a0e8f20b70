"""Taking a 323 in: judged Prestatie by Prestatie and answered with a 325, within one transaction.

When the gemeente judges for itself, the 323 waits for its 325 (``declaratieantwoord``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from ..levensloop.declaratieperiode import geleverde_maanden, overgeslagen
from ..levensloop.dossier import Dossier, Dossiersleutel
from ..opslag import berichten, declaraties, dossiers
from ..regels.declaratiekennis import Declaratiekennis
from ..regels.kennis import Kennis
from ..regels.prestatie import prestaties
from ..regels.toetsen import bevindingen
from ..regels.toetsen_declaratie import toets_declaratie
from ..standaard.berichten.declaratie import Bericht323, Client323
from ..standaard.berichtsoort import berichtsoort
from ..standaard.schema import Schemas
from ..verwerking.declaratie import Declaratieuitslag, ingediend, uitslag
from ..verwerking.declaratie_antwoord import maak_antwoord
from ..verwerking.oordeel import Uitslag
from .aanname import Aangeboden
from .berichtrij import antwoordnummer, rij_antwoord, rij_heen
from .declaratierij import oordeel, rij_declaratie, rijen_prestatie
from .ontvangst import Ontvangst, retour_van, van_rij


def declareer(verbinding: Connection, groep: Sequence[Aangeboden], schemas: Schemas) -> dict[str, Ontvangst]:
    """Take in declaraties that were not seen before, one after the other."""
    return {a.id: _declareer(verbinding, a, schemas) for a in groep}


def _declareer(verbinding: Connection, a: Aangeboden, schemas: Schemas) -> Ontvangst:
    bericht = a.gelezen.bericht
    assert isinstance(bericht, Bericht323)
    dubbel = a.identificatie in berichten.gebruikte_identificaties(verbinding, {a.identificatie})
    treffers = list(a.binnen_bericht) or toets_declaratie(bericht, kennis_van(verbinding, a, bericht, dubbel))
    bevonden = bevindingen(a.gelezen, treffers)
    if a.zelf:
        gevolg = ingediend(bericht)
        heen = rij_heen(a, None, Uitslag.VOORLOPIG, bevonden, dubbel, berichten.volgnummers(verbinding, 1))
        rijen = [heen]
    else:
        gevolg = uitslag(bericht, treffers)
        heen = rij_heen(a, None, oordeel(gevolg), bevonden, dubbel, berichten.volgnummers(verbinding, 2))
        soort, nummer = berichtsoort(a.soort.domein, "325"), antwoordnummer(a)
        antwoord = maak_antwoord(a.gelezen, treffers, nummer, a.nu.date(), schemas)
        rijen = [heen, rij_antwoord(heen, antwoord, soort, nummer, a.nu, schemas)]
    berichten.bewaar(verbinding, rijen)
    antwoord_rij = rijen[1] if len(rijen) > 1 else None
    rij = rij_declaratie(heen, antwoord_rij, bericht, gevolg)
    sleutels = sleutels_van(a, bericht.Declaratie.Clienten)
    declaraties.bewaar(verbinding, rij, rijen_prestatie(heen["id"], sleutels, gevolg))
    crediteer(verbinding, sleutels, gevolg)
    return van_rij({**heen, **retour_van(antwoord_rij)}, nieuw=True)


def crediteer(verbinding: Connection, sleutels: Mapping[str, Dossiersleutel], gevolg: Declaratieuitslag) -> None:
    """Note of the Prestaties that a declaratie credits that they were; ``sleutels`` are the dossiers of its clients."""
    declaraties.crediteer(verbinding, {(sleutels[bsn], nummer) for bsn, nummer in gevolg.gecrediteerd})


def kennis_van(verbinding: Connection, a: Aangeboden, bericht: Bericht323, dubbel: bool) -> Kennis:
    """All that the rules on this declaratie ask of earlier messages."""
    domein, gemeente, aanbieder = a.soort.domein, a.wie.gemeente, a.wie.aanbieder
    declaratie = bericht.Declaratie
    laatste = declaraties.laatste_periode(verbinding, domein, gemeente, aanbieder)
    gat = overgeslagen(laatste, declaratie.DeclaratiePeriode.Begindatum)
    geleverd: frozenset[date] = frozenset()
    if gat is not None:
        kandidaten = declaraties.dossiers_met_levering(verbinding, domein, gemeente, aanbieder, gat)
        geleverd = geleverde_maanden((Dossier.van(g) for g in dossiers.laad(verbinding, kandidaten).values()), gat)
    referenties = {prestatie.ProductReferentie.ReferentieNummer for prestatie in prestaties(declaratie)}
    return Kennis(
        soort=a.soort,
        bericht=bericht,
        vandaag=a.nu.date(),
        dossier=Dossier(),
        identificatie_bekend=dubbel,
        contract=a.contract,
        clienten=dossiers_van(verbinding, sleutels_van(a, declaratie.Clienten)),
        declaratie=Declaratiekennis(
            nummer_bekend=declaraties.nummer_bekend(verbinding, domein, aanbieder, declaratie.DeclaratieNummer),
            laatste_periode=laatste,
            geleverd=geleverd,
            referenties_bekend=declaraties.gebruikte_referenties(verbinding, domein, aanbieder, referenties),
        ),
    )


def sleutels_van(a: Aangeboden, clienten: Iterable[Client323]) -> dict[str, Dossiersleutel]:
    """The dossier of each client, by Bsn."""
    domein, gemeente, aanbieder = a.soort.domein, a.wie.gemeente, a.wie.aanbieder
    return {client.Bsn: Dossiersleutel(domein, gemeente, aanbieder, client.Bsn) for client in clienten}


def dossiers_van(verbinding: Connection, sleutels: Mapping[str, Dossiersleutel]) -> dict[str, Dossier]:
    """The dossiers under these keys, each with its ledger."""
    geladen = dossiers.laad(verbinding, sleutels.values())
    boeken = declaraties.boeken(verbinding, sleutels.values())
    return {bsn: replace(Dossier.van(geladen[s]), boek=boeken[s]) for bsn, s in sleutels.items()}
