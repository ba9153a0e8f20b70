"""Product conversion of all clients of a gemeente: reckoned in batches, so that memory stays bounded."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from ..opslag.bulk import batched
from ..opslag.dossiers import dossiers
from ..opslag.dossiers import voorstellen as tabel
from ..partijen.partij import Partijrol
from ..standaard.domein import Domein
from .opstellen.conversie import Omzetting, Overgeslagen, converteer, redenen
from .opstellen.conversietabel import Conversietabel
from .opstellen.voorstel import Voorstel
from .voorstellen import Bureau, NietVanPartij, VoorstelFout
from .vragen import Conversiewijze

PER_VRAAG = 5_000
"""How many dossiers are looked up in one query: each goes over all toewijzingen of the gemeente."""

PER_KEER = 100
"""How many dossiers are loaded at once."""


@dataclass(frozen=True, slots=True)
class Client:
    """What becomes of one client at one aanbieder."""

    aanbieder: str
    bsn: str
    omzettingen: tuple[Omzetting, ...]
    voorstel: Voorstel | None


@dataclass(slots=True)
class Telling:
    """The counts of a conversion: by aanbieder, by old and new code, and what was skipped by reason."""

    berichten: int = 0
    toewijzingen: int = 0
    vragen: int = 0
    per_aanbieder: Counter[str] = field(default_factory=Counter)
    per_code: Counter[tuple[str, str]] = field(default_factory=Counter)
    overgeslagen: Counter[Overgeslagen] = field(default_factory=Counter)

    def tel(self, client: Client) -> None:
        """Count one client."""
        for omzetting in client.omzettingen:
            if omzetting.overgeslagen is not None:
                self.overgeslagen[omzetting.overgeslagen] += 1
                continue
            self.toewijzingen += 1
            self.per_aanbieder[client.aanbieder] += 1
            self.per_code[omzetting.oude_code, omzetting.nieuwe_code] += 1
        if client.voorstel is not None and client.voorstel.data is not None:
            self.berichten += 1
            self.vragen += len(client.voorstel.vragen)


def converteer_gemeente(bureau: Bureau, vraag: Conversiewijze, tabel_: Conversietabel) -> Iterator[Client]:
    """Each client of the gemeente with a toewijzing on an old code, one after the other. Raises ``VoorstelFout``.

    New numbers follow on the highest known of the gemeente, and are at least its ``vanaf_nummer``.
    """
    if bureau.partij.rol is not Partijrol.GEMEENTE:
        raise NietVanPartij("Een productconversie doet de gemeente: zij stuurt de toewijzingen.")
    passend = redenen(vraag.domein)
    if vraag.reden not in passend:
        raise VoorstelFout(f"RedenWijziging {vraag.reden} past niet bij een conversie; kies {', '.join(passend)}.")
    hoogste = tabel.hoogste_nummer(bureau.verbinding, vraag.domein, bureau.partij.code)
    nummers = count(max(hoogste + 1, vraag.vanaf_nummer))
    return _clienten(bureau, vraag.domein, tabel_, vraag.per, vraag.reden, nummers)


def _clienten(
    bureau: Bureau, domein: Domein, tabel_: Conversietabel, per: date, reden: str, nummers: Iterator[int]
) -> Iterator[Client]:
    gemeente = bureau.partij.code
    codes = [rij.oude_code for rij in tabel_.regels if rij.begin is None]
    beginnen = [rij.begin for rij in tabel_.regels if rij.begin is not None]
    na = ""
    while gevonden := tabel.dossiers_op_codes(bureau.verbinding, domein, gemeente, codes, beginnen, PER_VRAAG, na):
        for deel in batched(gevonden, PER_KEER):
            sleutels = [dossiers.sleutel(tekst) for tekst in deel]
            for u in bureau.uitgangspunten(sleutels, "301", "conversie", per, reden, nieuw_nummer=nummers.__next__):
                conversie = converteer(u, tabel_, per, reden)
                if conversie.omzettingen:
                    yield Client(u.sleutel.aanbieder, u.sleutel.bsn, conversie.omzettingen, conversie.voorstel)
        na = gevonden[-1]
