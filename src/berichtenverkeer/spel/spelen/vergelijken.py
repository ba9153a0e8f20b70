"""What a step expects beside what was seen: every difference in Dutch, and of a rule what it asks.

The comparison looks at meaning: order, fresh numbers and what the flow does not mention make no difference. At a door that
leaves the findings to the retourbericht, a rule counts as found when its retourcode is there.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...oordeel.oordeel import Berichtoordeel
from ...oordeel.retour import TECHNISCH_AFGEKEURD
from ...oordeel.weigering import Reden
from ...regels.bevinding import Ernst, Niveau, fouten_van
from ...regels.catalogus import catalogus
from ...standaard.codelijst import codelijst
from ...standaard.domein import Domein
from ..bestand.flow import DeclaratieStand, Verwacht
from ..deuren.deur import Ontvangst
from ..schrijven.retourcodes import fouten_in
from .waarnemen import Waarneming

LosOp = Callable[[str], str]
"""What stands behind an expression such as ``$t1``."""


@dataclass(frozen=True, slots=True)
class Verschil:
    """One difference; ``uitleg`` is a Dutch sentence, or more. ``regels`` are the rules that are involved, ``regel`` is the line of
    the flow where it was expected, 0 for that of the step."""

    wat: str
    verwacht: str
    gekregen: str
    uitleg: str = ""
    regels: tuple[str, ...] = ()
    regel: int = 0


@dataclass(frozen=True, slots=True)
class Omstandigheden:
    """How a step was played: ``oordeel`` is what is expected when it says nothing, None when nothing was judged; ``vers`` are the
    parties that see only what the flow did; ``rollen`` are the side of each party that has messages; ``nogmaals``: the bytes came before."""

    oordeel: str | None
    deur: str
    vers: Collection[str]
    rollen: Mapping[str, str]
    nogmaals: bool = False
    retour: bool = False


def vergelijk(verwacht: Verwacht, gezien: Waarneming, bij: Omstandigheden, los_op: LosOp) -> list[Verschil]:
    """Every difference, in the order in which a reader wants them."""
    verschillen: list[Verschil] = []
    if (ontvangst := gezien.ontvangst) is not None:
        verschillen += _ontvangst(verwacht, ontvangst, bij)
        if not ontvangst.geweigerd:
            verschillen += _regels(verwacht, ontvangst, gezien.retour)
            verschillen += _retour(verwacht, gezien.retour)
    verschillen += _standen("toewijzing", verwacht.toewijzingen, gezien.toewijzingen, bij, los_op)
    verschillen += _standen("verzoek", verwacht.verzoeken, gezien.verzoeken, bij, los_op)
    verschillen += _declaraties(verwacht.declaraties, gezien, bij, los_op)
    verschillen += _postvak(verwacht.postvak, gezien.postvak, bij)
    verschillen += _werklijsten(verwacht.werklijsten, gezien, bij, los_op)
    return verschillen


def titel(code: str) -> str:
    """A rule with the first sentence of what it asks, as the catalogue has it."""
    regel = _CATALOGUS.get(code)
    if regel is None:
        return f"{code} (staat niet in de catalogus)"
    eis = " ".join(regel.eis.split("\n\n")[0].split())
    return f"{code}: {eis}"


def _ontvangst(verwacht: Verwacht, ontvangst: Ontvangst, bij: Omstandigheden) -> Iterator[Verschil]:
    if verwacht.http is not None and bij.deur == "berichten" and verwacht.http != ontvangst.http:
        yield Verschil("http", str(verwacht.http), str(ontvangst.http), ontvangst.melding)
    if verwacht.status is not None and ontvangst.status is not None and verwacht.status != ontvangst.status:
        yield Verschil("status", verwacht.status, ontvangst.status)
    if verwacht.geweigerd is not None:
        if verwacht.geweigerd not in ontvangst.geweigerd:
            gekregen = _of(ontvangst.geweigerd) if ontvangst.geweigerd else f"aangenomen, {ontvangst.oordeel}"
            yield Verschil("geweigerd", verwacht.geweigerd, gekregen, ontvangst.melding)
        return
    if ontvangst.geweigerd:
        if bij.nogmaals and Reden.AL_AANGEBODEN in ontvangst.geweigerd:
            return  # how VSP and StUF say that they have these bytes
        uitleg = f"Het bericht is geweigerd voordat het werd beoordeeld. {ontvangst.melding}".strip()
        yield Verschil("oordeel", verwacht.oordeel or bij.oordeel or "aangenomen", _of(ontvangst.geweigerd), uitleg)
        return
    hoort = verwacht.oordeel or (Berichtoordeel.AFGEKEURD if verwacht.regels and not bij.retour else bij.oordeel)
    if hoort is not None and ontvangst.oordeel is not None and hoort != ontvangst.oordeel:
        regels = verwacht.regels or tuple(b["regel"] for b in fouten_van(ontvangst.bevindingen or ()))
        yield Verschil("oordeel", hoort, ontvangst.oordeel, _waarom(regels, ontvangst), tuple(regels))


def _waarom(regels: Collection[str], ontvangst: Ontvangst) -> str:
    if fouten := fouten_van(ontvangst.bevindingen or ()):
        return " ".join(f"{b['regel']} vond op {b['pad']}: {b['melding']}" for b in fouten)
    return f"Geen enkele regel vond iets; verwacht was {', '.join(regels)}." if regels else ""


def _regels(
    verwacht: Verwacht, ontvangst: Ontvangst, retour: Mapping[str, tuple[str, ...]] | None
) -> Iterator[Verschil]:
    """What was found beside what must be; a door that leaves the findings to the retourbericht tells no signalen."""
    if ontvangst.bevindingen is None:
        if verwacht.regels is not None:
            yield from _retourcodes_van(verwacht.regels, retour or {})
        return
    for ernst, codes in ((Ernst.FOUT, verwacht.regels), (Ernst.SIGNAAL, verwacht.signalen)):
        if codes is not None:
            yield from _gevonden(set(codes), [b for b in ontvangst.bevindingen if b["ernst"] == ernst])


def _gevonden(hoort: set[str], bevindingen: Sequence[Mapping[str, Any]]) -> Iterator[Verschil]:
    kwam = {b["regel"] for b in bevindingen}
    for code in sorted(hoort - kwam):
        uitleg = f"Deze regel had iets moeten vinden en zweeg. {titel(code)}"
        yield Verschil(f"regel {code}", "gevonden", _lijst(kwam), uitleg, (code,))
    for bevinding in bevindingen:
        if (code := bevinding["regel"]) not in hoort:
            uitleg = f"{bevinding['melding']} ({bevinding['pad']}) {titel(code)}"
            yield Verschil(f"regel {code}", "niet gevonden", "gevonden", uitleg, (code,))


def _retourcodes_van(regels: Collection[str], retour: Mapping[str, tuple[str, ...]]) -> Iterator[Verschil]:
    kwam = fouten_in(dict(retour))
    for code in sorted(regels):
        regel = _CATALOGUS.get(code)
        retourcode = TECHNISCH_AFGEKEURD if regel and regel.niveau is Niveau.BERICHT else regel and regel.retourcode
        if retourcode is not None and retourcode not in kwam:
            uitleg = f"De retourcode van deze regel staat niet in het retourbericht. {titel(code)}"
            yield Verschil(f"regel {code}", f"retourcode {retourcode}", _lijst(kwam), uitleg, (code,))
    hoort = {
        TECHNISCH_AFGEKEURD if regel.niveau is Niveau.BERICHT else regel.retourcode
        for regel in map(_CATALOGUS.get, regels)
        if regel is not None
    }
    for retourcode in sorted(kwam - hoort):
        yield Verschil("retourcode", _lijst({c for c in hoort if c}), retourcode, _betekenis(retourcode))


def _retour(verwacht: Verwacht, retour: Mapping[str, tuple[str, ...]] | None) -> Iterator[Verschil]:
    for pad, hoort in (verwacht.retour or {}).items():
        if retour is None:
            yield Verschil(f"retour {pad}", _lijst(hoort), "geen retourbericht")
            return
        if pad not in retour:
            yield Verschil(f"retour {pad}", _lijst(hoort), "deze klasse staat er niet in", f"Wel: {', '.join(retour)}.")
        elif sorted(hoort) != sorted(retour[pad]):
            anders = sorted(set(hoort) ^ set(retour[pad]))
            yield Verschil(f"retour {pad}", _lijst(hoort), _lijst(retour[pad]), " ".join(map(_betekenis, anders)))


def _standen(
    wat: str,
    verwacht: Mapping[str, str] | None,
    gezien: Mapping[str, Mapping[str, str]],
    bij: Omstandigheden,
    los_op: LosOp,
) -> Iterator[Verschil]:
    for naam, hoort in (verwacht or {}).items():
        bij_partij = gezien[los_op(naam)]
        woorden = hoort.split()
        for partij, stand in bij_partij.items():
            if stand.split()[: len(woorden)] != woorden:
                yield Verschil(f"{wat} {naam}", hoort, stand, f"Zo ziet {partij} het.")
        yield from _niet_gezien(f"{wat} {naam}", hoort, bij_partij, bij)


def _niet_gezien(wat: str, hoort: str, gezien: Collection[str], bij: Omstandigheden) -> Iterator[Verschil]:
    """Both sides must see it."""
    for rol in sorted(set(bij.rollen.values()) - {bij.rollen.get(partij) for partij in gezien}):
        yield Verschil(wat, hoort, "niet gevonden", f"Bij geen {rol} in deze flow is dit te zien.")


def _declaraties(
    verwacht: Mapping[str, DeclaratieStand] | None, gezien: Waarneming, bij: Omstandigheden, los_op: LosOp
) -> Iterator[Verschil]:
    for naam, hoort in (verwacht or {}).items():
        bij_partij = gezien.declaraties[los_op(naam)]
        for partij, stand in bij_partij.items():
            for veld in ("toestand", "ingediend", "toegekend"):
                wens = getattr(hoort, veld)
                if wens is not None and wens != stand[veld]:
                    yield Verschil(f"declaratie {naam} {veld}", str(wens), str(stand[veld]), f"Zo ziet {partij} het.")
            for prestatie, wens in (hoort.prestaties or {}).items():
                kwam = stand["prestaties"].get(los_op(prestatie), "niet gevonden")
                if wens != kwam:
                    yield Verschil(f"prestatie {prestatie} van {naam}", wens, kwam, f"Zo ziet {partij} het.")
        yield from _niet_gezien(f"declaratie {naam}", hoort.toestand or "aanwezig", bij_partij, bij)


def _postvak(
    verwacht: Mapping[str, tuple[str, ...]] | None, gezien: Mapping[str, tuple[str, ...]], bij: Omstandigheden
) -> Iterator[Verschil]:
    for partij, hoort in (verwacht or {}).items():
        if _anders(partij, hoort, gezien[partij], bij):
            yield Verschil(f"postvak van {partij}", _lijst(hoort), _lijst(gezien[partij]))


def _anders(partij: str, hoort: Iterable[str], kwam: Iterable[str], bij: Omstandigheden) -> bool:
    """Whether it differs; a party that others use too may see more."""
    tekort = Counter(hoort) - Counter(kwam)
    return Counter(hoort) != Counter(kwam) if partij in bij.vers else bool(tekort)


def _werklijsten(
    verwacht: Mapping[str, Mapping[str, tuple[str, ...]]] | None, gezien: Waarneming, bij: Omstandigheden, los_op: LosOp
) -> Iterator[Verschil]:
    for partij, lijsten in (verwacht or {}).items():
        for lijst, namen in lijsten.items():
            hoort, kwam = list(map(los_op, namen)), gezien.werklijsten[partij][lijst]
            if _anders(partij, hoort, kwam, bij):
                yield Verschil(f"werklijst {lijst} van {partij}", _lijst(hoort), _lijst(kwam))


def _betekenis(code: str) -> str:
    lijst: Any = codelijst("WJ001", Domein.IWMO)
    return f"{code}: {lijst.label(code)}." if code in lijst else f"{code} is geen retourcode."


def _of(soorten: Collection[str]) -> str:
    return f"geweigerd: {' of '.join(sorted(soorten))}"


def _lijst(waarden: Any) -> str:
    return ", ".join(sorted(waarden)) or "niets"


_CATALOGUS = {regel.code: regel for regel in catalogus()}
