"""What a gemeente takes over of one that became a part of it: client by client, in batches, so that memory stays bounded."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count

from ..levensloop.dossier import Dossiersleutel
from ..opslag.bulk import batched
from ..opslag.dossiers import dossiers
from ..opslag.dossiers import voorstellen as tabel
from ..partijen.partij import Partijrol
from ..standaard.indeling import Indeling
from .opstellen.herindeling import Herindeling, Overgeslagen, Stap, herindeel
from .productconversie import PER_KEER, PER_VRAAG
from .voorstellen import Bureau, NietVanPartij, VoorstelFout, identificatie_uit
from .vragen import Herindelingsvraag


@dataclass(frozen=True, slots=True)
class Client:
    """What becomes of one client at one aanbieder."""

    aanbieder: str
    bsn: str
    uitkomst: Herindeling


@dataclass(slots=True)
class Telling:
    """How many toewijzingen have which step to go, are done or were skipped, and how many messages do it."""

    beeindigen: int = 0
    toewijzen: int = 0
    klaar: int = 0
    berichten_oud: int = 0
    berichten_nieuw: int = 0
    geweigerd: int = 0
    overgeslagen: Counter[Overgeslagen] = field(default_factory=Counter)

    def tel(self, client: Client) -> None:
        """Count one client."""
        for overname in client.uitkomst.overnames:
            if overname.overgeslagen is not None:
                self.overgeslagen[overname.overgeslagen] += 1
            self.beeindigen += Stap.BEEINDIGEN in overname.stappen
            self.toewijzen += Stap.TOEWIJZEN in overname.stappen
            self.klaar += Stap.KLAAR in overname.stappen
        einde, begin = client.uitkomst.einde, client.uitkomst.begin
        self.berichten_oud += einde is not None and einde.data is not None
        self.berichten_nieuw += begin is not None and begin.data is not None
        self.geweigerd += sum(een is not None and een.data is None for een in (einde, begin))


def neem_over(bureau: Bureau, vraag: Herindelingsvraag, indeling: Indeling, mandaat: bool) -> Iterator[Client]:
    """Each client of the old gemeente with a toewijzing that runs on, one after the other. ``mandaat``: whether the party may
    hand in for the old gemeente. Raises ``VoorstelFout``.

    New numbers follow on the highest known of the new gemeente, and are at least ``vanaf_nummer``.
    """
    nieuw, oud = bureau.partij.code, vraag.oud
    if bureau.partij.rol is not Partijrol.GEMEENTE:
        raise NietVanPartij("Een herindeling doet de nieuwe gemeente: zij wijst toe.")
    if not mandaat or oud == nieuw:
        raise NietVanPartij(
            f"{nieuw} mag niet indienen voor {oud}; vraag de beheerder de samenvoeging vast te leggen ('gemeente herindeling')."
        )
    gemeente = indeling.gemeenten.get(oud)
    if gemeente is None or gemeente.tot is None or nieuw not in gemeente.opgegaan_in:
        raise VoorstelFout(f"{oud} gaat niet op in {nieuw}; vraag de beheerder de samenvoeging vast te leggen.")
    hoogste = tabel.hoogste_nummer(bureau.verbinding, vraag.domein, nieuw)
    return _clienten(bureau, vraag, _dag_na(gemeente.tot), count(max(hoogste + 1, vraag.vanaf_nummer)))


def _dag_na(tot: date) -> date:
    return date.fromordinal(tot.toordinal() + 1)


def _clienten(bureau: Bureau, vraag: Herindelingsvraag, per: date, nummers: Iterator[int]) -> Iterator[Client]:
    na, nieuw = "", bureau.partij.code
    while gevonden := tabel.dossiers_over(bureau.verbinding, vraag.domein, vraag.oud, per, PER_VRAAG, na):
        for deel in batched(gevonden, PER_KEER):
            van = [een for een in map(dossiers.sleutel, deel) if not vraag.clienten or een.bsn in vraag.clienten]
            naar = [Dossiersleutel(een.domein, nieuw, een.aanbieder, een.bsn) for een in van]
            oude = bureau.uitgangspunten(van, "301", "herindeling", per, "einde")
            nieuwe = bureau.uitgangspunten(naar, "301", "herindeling", per, "begin", nieuw_nummer=nummers.__next__)
            for u, v in zip(oude, nieuwe, strict=True):
                # of a dossier that is new there is no message from which an Identificatie could follow
                uitkomst = herindeel(u, replace(v, identificatie=identificatie_uit(u.identificatie, "begin")), per)
                if uitkomst.overnames:
                    yield Client(u.sleutel.aanbieder, u.sleutel.bsn, uitkomst)
        na = gevonden[-1]
