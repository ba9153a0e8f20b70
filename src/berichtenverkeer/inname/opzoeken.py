"""What a group of heenberichten must know of what came before, in one round trip to the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ..levensloop.dossier import Dossiersleutel
from ..opslag.berichten.berichten import BEKEND, GEBRUIKT
from ..opslag.database import SLOTEN, vergrendel
from ..opslag.dossiers import dossierbeeld, dossiers
from ..opslag.dossiers.dossierbeeld import BEELDEN, STAARTEN, Geladen
from ..opslag.dossiers.dossiers import NUMMERS, REFERENTIES
from ..opslag.samen import Rij, Vraag, vraag
from ..opslag.stuurinformatie import stuurrijen
from ..opslag.stuurinformatie.stuurpaar import Client
from ..opslag.stuurinformatie.stuurrijen import LEVERFEITEN
from ..standaard.domein import Domein
from .aanname import Aangeboden

Referentie = tuple[Domein, str, str]


@dataclass(slots=True)
class Voorraad:
    """``bekend`` are the ids of those that were taken in before, ``gebruikt`` the keys of TR056 that are taken. ``eigenaars``
    says whose a ToewijzingNummer is (TR332), ``van_verzoek`` whose a ReferentieAanbieder (TR347, TR355)."""

    bekend: set[str]
    gebruikt: set[tuple[str, str, str]]
    eigenaars: dict[tuple[Domein, str, int], Dossiersleutel]
    van_verzoek: dict[Referentie, Dossiersleutel]
    dossiers: dict[Dossiersleutel, Geladen]
    zwaar: Collection[Dossiersleutel] = ()
    """Those that were not loaded, for they are large."""

    leverfeiten: Sequence[Rij] | None = None
    """What is kept of the deliveries to these clients, by whatever aanbieder; None when that was not asked for."""

    def dossier_van(self, a: Aangeboden) -> Dossiersleutel | None:
        """Whose dossier a message is about. A 319 does not name it: it is that of the request it answers, if that went to
        this gemeente (TR355)."""
        if a.dossier is not None:
            return a.dossier
        gevonden = (self.van_verzoek.get(referentie) for referentie in a.referenties)
        return next((sleutel for sleutel in gevonden if sleutel and sleutel.gemeente == a.wie.gemeente), None)


def zoek_op(
    verbinding: Connection, groep: Sequence[Aangeboden], sloten: Collection[str] = (), *, apart: bool = False
) -> Voorraad:
    """Lock these ``sloten``, in their order, and look up what the group must know. ``apart``: but for dossiers that are large. Of
    what was judged already its dossier is not asked for."""
    eigen = {a.dossier for a in groep if a.dossier is not None and a.besluit is None}
    op_tekst = [(dossiers.tekst(sleutel),) for sleutel in eigen]
    nummers = [nummer for a in groep for nummer in a.nummers]
    referenties = [referentie for a in groep for referentie in a.referenties]
    gevraagd: dict[Vraag, Sequence[Sequence[object]]] = {
        BEKEND: [(a.id,) for a in groep],
        GEBRUIKT: [a.identificatie for a in groep],
        BEELDEN: op_tekst,
        STAARTEN: op_tekst,
    }
    clienten = {client for a in groep if _levert(a) and (client := a.levert_aan) is not None}
    if clienten:
        gevraagd[LEVERFEITEN] = [stuurrijen.sleutel(client) for client in clienten]
    if sloten and verbinding.dialect.name == "postgresql":
        gevraagd = {SLOTEN: [(slot,) for slot in sloten], **gevraagd}
    if nummers:
        gevraagd[NUMMERS] = nummers
    if referenties:
        gevraagd[REFERENTIES] = referenties
    gekregen: Mapping[Vraag, Sequence[Rij]] = dict(
        zip(gevraagd, vraag(verbinding, list(gevraagd.items())), strict=True)
    )
    beelden, staarten = gekregen[BEELDEN], gekregen[STAARTEN]
    zwaar = dossierbeeld.zware(eigen, beelden, staarten) if apart else set()
    voorraad = Voorraad(
        bekend={id_ for (id_,) in gekregen[BEKEND]},
        gebruikt={(verzender, soort, nummer) for verzender, soort, nummer in gekregen[GEBRUIKT]},
        eigenaars=dossiers.van_wie(gekregen.get(NUMMERS, ())),
        van_verzoek=dossiers.van_wie(gekregen.get(REFERENTIES, ())),
        dossiers=dossierbeeld.uit_rijen(eigen - zwaar, beelden, staarten),
        zwaar=zwaar,
        leverfeiten=gekregen.get(LEVERFEITEN),
    )
    if alsnog := {client for a in groep if (client := _op_levering(a, voorraad)) is not None} - clienten:
        (ook_van,) = vraag(verbinding, [(LEVERFEITEN, [stuurrijen.sleutel(client) for client in alsnog])])
        voorraad.leverfeiten = [*(voorraad.leverfeiten or ()), *ook_van]
    van_antwoorden = {d for a in groep if a.dossier is None and a.besluit is None and (d := voorraad.dossier_van(a))}
    if van_antwoorden := van_antwoorden - eigen:
        vergrendel(verbinding, {dossiers.tekst(dossier) for dossier in van_antwoorden})
        op_tekst = [(dossiers.tekst(sleutel),) for sleutel in van_antwoorden]
        beelden, staarten = vraag(verbinding, [(BEELDEN, op_tekst), (STAARTEN, op_tekst)])
        ook = dossierbeeld.zware(van_antwoorden, beelden, staarten) if apart else set()
        voorraad.dossiers |= dossierbeeld.uit_rijen(van_antwoorden - ook, beelden, staarten)
        voorraad.zwaar = zwaar | ook
    return voorraad


def _levert(a: Aangeboden) -> bool:
    """Whether it changes what is delivered: nearly every toewijzing is new, and then nothing is delivered on it yet. Of what was judged
    already it is known."""
    if a.besluit is not None and a.besluit.gezien is not None:
        return a.besluit.gezien.leverfeiten is not None
    return a.soort.nummer != "301"


def _op_levering(a: Aangeboden, voorraad: Voorraad) -> Client | None:
    """Whose deliveries a 301 may change after all: those on toewijzingen that it names."""
    if a.soort.nummer != "301" or a.dossier is None:
        return None
    stand = voorraad.dossiers.get(a.dossier)
    if stand is None or not (op := stand.dossier.leveringen):
        return None
    return a.levert_aan if any((nummer,) in op for nummer in a.sleutels.nummers) else None
