"""The judgement of one message: in which order the levels are run, and what stops what (IV028, IV032).

* level 1: a message that its XSD refuses does not come here; it gets no retourbericht;
* level 2: any finding inside the message rejects it with 0001 in the Header, and levels 3 and 4 are not run;
* levels 3 and 4: run together; any finding rejects the whole message, each class with its own codes. Of a 323 it rejects
  the class at fault and what stands below, and the rest stands (IV088; see ``declaratie``); without a rest it is rejected.

A rejected message counts as not sent (OP286): it changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..levensloop.gebeurtenis import Feit, volgorde
from ..levensloop.overgangen import Declaratietoestand, Prestatietoestand
from ..regels.bevinding import Bevinding
from ..regels.kennis import Kennis
from ..regels.toetsen import Treffer, bevindingen, fouten, toets_kennis
from ..regels.toetsen_declaratie import toets_declaratie
from ..standaard.berichten import Bericht
from ..standaard.berichten.antwoord import Bericht319
from ..standaard.berichten.declaratie import Bericht323
from ..standaard.berichten.start import Bericht305
from ..standaard.berichten.stop import Bericht307
from ..standaard.berichten.toewijzing import Bericht301
from ..standaard.berichten.verzoek_om_toewijzing import Bericht315
from ..standaard.berichten.verzoek_om_wijziging import Bericht317
from ..standaard.lezen import Gelezen
from ..woord import Woord
from .declaratie import Declaratieuitslag, uitslag


class Berichtoordeel(Woord):
    """The outcome of a judgement."""

    GOEDGEKEURD = "goedgekeurd", "er is niets op afgekeurd"
    DEELS_GOEDGEKEURD = "deels_goedgekeurd", "een of meer prestaties zijn afgewezen"
    VOORLOPIG = "voorlopig", "de ontvanger oordeelt zelf, en antwoordde nog niet"
    IN_VERWERKING = "in_verwerking", "wordt nog beoordeeld: een grote declaratie"
    AFGEKEURD = "afgekeurd", "geldt als niet verzonden"


@dataclass(frozen=True, slots=True)
class Oordeel:
    """The outcome, what refuses (``treffers``), all that was found with the signalen, and the classes that change the
    dossier when nothing refuses."""

    uitslag: Berichtoordeel
    treffers: tuple[Treffer, ...]
    bevindingen: tuple[Bevinding, ...]
    feiten: tuple[Feit, ...]


def beoordeel(
    gelezen: Gelezen, binnen_bericht: Sequence[Treffer], kennis: Kennis, *, voorlopig: bool = False
) -> Oordeel:
    """Judge a message. ``binnen_bericht`` is what ``toets_bericht`` found in it (level 2).

    ``voorlopig``: the receiver judges for itself. Until it has, the message counts as far as no rule is broken.
    """
    bericht = gelezen.bericht
    gevonden = list(binnen_bericht)
    if not (treffers := fouten(gevonden)):
        gevonden += _boven_bericht(bericht, kennis)
        treffers = fouten(gevonden)
    hoe = Berichtoordeel.VOORLOPIG if voorlopig else _uitslag(bericht, treffers)
    alles = tuple(bevindingen(gelezen, gevonden)) if gevonden else ()
    return Oordeel(hoe, tuple(treffers), alles, () if treffers else tuple(volgorde(feiten(bericht))))


def _boven_bericht(bericht: Bericht, kennis: Kennis) -> list[Treffer]:
    return toets_declaratie(bericht, kennis) if isinstance(bericht, Bericht323) else toets_kennis(bericht, kennis)


def _uitslag(bericht: Bericht, treffers: Sequence[Treffer]) -> Berichtoordeel:
    if not treffers:
        return Berichtoordeel.GOEDGEKEURD
    return van_declaratie(uitslag(bericht, treffers)) if isinstance(bericht, Bericht323) else Berichtoordeel.AFGEKEURD


def van_declaratie(gevolg: Declaratieuitslag) -> Berichtoordeel:
    """The verdict on a 323, of which the sound Prestaties stand unless the whole is at fault (IV088): refused when nothing of it
    is granted, else refused in part or not at all."""
    afgewezen = [prestatie.regel.toestand is Prestatietoestand.AFGEWEZEN for prestatie in gevolg.prestaties]
    if gevolg.toestand is not Declaratietoestand.BEANTWOORD or all(afgewezen):
        return Berichtoordeel.AFGEKEURD
    return Berichtoordeel.DEELS_GOEDGEKEURD if any(afgewezen) else Berichtoordeel.GOEDGEKEURD


def feiten(bericht: Bericht) -> tuple[Feit, ...]:
    """The classes of a message of which the life cycle is made, in document order."""
    match bericht:
        case Bericht301():
            return bericht.Client.ToegewezenProducten
        case Bericht305():
            return bericht.Client.StartProducten
        case Bericht307():
            return bericht.Client.StopProducten
        case Bericht315():
            return bericht.Client.AangevraagdeProducten
        case Bericht317():
            return (bericht.Client.Verzoek,)
        case Bericht319():
            return (bericht.Antwoord,)
        case _:
            return ()
