"""Numbers that were delivered, from a file: by toewijzing, partner, klasse and month, over the inzetten that these are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ...hoofdaannemer.fouten import Geweigerd
from ...hoofdaannemer.geleverd import controleer
from ...hoofdaannemer.inzet import Ingezet
from ...hoofdaannemer.laden.lezen import Fout, Rij
from ...hoofdaannemer.looptijd import Maand
from ...hoofdaannemer.maandbedrag import Reeks, hoogste_aantal, op_aantal
from ...hoofdaannemer.tarief import Tarieflijst
from ...hoofdaannemer.toegewezen import Kenmerk
from ...opslag.bureau import hoofdaannemers, inzetten
from ..bureau import Zitting
from .inzetten import kenmerk, toewijzingen
from .uitslag import Uitslag, fout, onbekende_partners, onbekende_toewijzing

Sleutel = tuple[Kenmerk, str, str, Maand]
"""The key of a row: toewijzing, partner, klasse and month."""


def opgeteld(ingezet: Mapping[str, Ingezet], geleverd: Mapping[tuple[str, Maand], int]) -> dict[Sleutel, int]:
    """What is kept, as a file says it: what inzetten of one partner and klasse have of a month is one number."""
    uit: dict[Sleutel, int] = defaultdict(int)
    for (id_, maand), aantal in geleverd.items():
        een = ingezet[id_]
        uit[een.toegewezen.kenmerk, een.inzet.partner, een.inzet.klasse, maand] += aantal
    return uit


def oordeel(zitting: Zitting, rijen: Sequence[Rij], nu: datetime) -> Uitslag:
    """Which numbers these rows put in the place of what is kept. When more inzetten are meant, the first have as many days as they can
    have, and the last the rest."""
    alle = toewijzingen(zitting)
    ingezet = inzetten.van_hoofdaannemer(zitting.verbinding, zitting.segmenten, zitting.code)
    staat = opgeteld(ingezet, hoofdaannemers.geleverd(zitting.verbinding, zitting.code))
    per_post: dict[tuple[Kenmerk, str, str], list[Ingezet]] = defaultdict(list)
    for een in ingezet.values():
        per_post[een.toegewezen.kenmerk, een.inzet.partner, een.inzet.klasse].append(een)
    aantallen: dict[tuple[str, Maand], int] = {}
    fouten: list[Fout] = []
    telling = {"nieuw": 0, "gewijzigd": 0, "gelijk": 0}
    for rij in rijen:
        waarden = rij.waarden
        partner, klasse, maand, aantal = (waarden[naam] for naam in ("partner", "klasse", "maand", "aantal"))
        sleutel = (kenmerk(rij), partner, klasse, maand)
        if sleutel in staat and staat[sleutel] == aantal:
            telling["gelijk"] += 1
            continue
        telling["gewijzigd" if sleutel in staat else "nieuw"] += 1
        onbekend = list(onbekende_partners(zitting, [rij]))
        if sleutel[0] not in alle:
            onbekend.append(onbekende_toewijzing(rij))
        fouten += onbekend
        if not onbekend:
            loopt = [
                een
                for een in per_post[sleutel[:3]]
                if een.effectief is not None and een.effectief.doorsnede(maand.looptijd)
            ]
            try:
                aantallen |= _verdeel(loopt, maand, aantal, zitting.tarieven, nu.date())
            except Geweigerd as geweigerd:
                fouten += (fout(rij, b.veld, b.melding, b.advies) for b in geweigerd.bezwaren)
            if not loopt:
                wat = f"Deze partner heeft op deze toewijzing in {maand.naam} geen inzet in klasse {klasse}."
                fouten.append(fout(rij, "maand", wat, "Kies een maand waarin de inzet loopt."))

    def schrijf(z: Zitting) -> None:
        hoofdaannemers.zet_geleverd(z.verbinding, aantallen)

    return Uitslag(**telling, fouten=fouten, schrijf=schrijf)


def _verdeel(
    ingezet: Sequence[Ingezet], maand: Maand, aantal: int, tarieven: Tarieflijst, vandaag: date
) -> dict[tuple[str, Maand], int]:
    uit: dict[tuple[str, Maand], int] = {}
    over = aantal
    telbaar = [een for een in ingezet if op_aantal(_reeksen(een, maand, tarieven))] or ingezet
    for een in telbaar:
        laatste = een is telbaar[-1]
        deel = over if laatste else min(over, _hoogste(een, maand, tarieven))
        controleer(een, maand, deel, tarieven, vandaag)
        uit[een.inzet.id, maand] = deel
        over -= deel
    return uit


def _hoogste(een: Ingezet, maand: Maand, tarieven: Tarieflijst) -> int:
    return hoogste_aantal(_reeksen(een, maand, tarieven)) or 0


def _reeksen(een: Ingezet, maand: Maand, tarieven: Tarieflijst) -> list[Reeks]:
    assert een.effectief is not None
    assert een.segment is not None
    periode = een.effectief.doorsnede(maand.looptijd)
    assert periode is not None
    return tarieven.reeksen(een.segment, een.inzet.klasse, periode)
