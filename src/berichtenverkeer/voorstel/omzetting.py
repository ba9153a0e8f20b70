"""The 307s and 305s that a product conversion asks of a hoofdaannemer: the stop on what was ended, and the start on what goes on.

Each has an Identificatie that follows from what it is about and not from the moment: however often and by whoever these are made, of one
toewijzing no two can be sent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ..bedrijfsbureau.omzettingen import Omgezet
from ..hoofdaannemer.toegewezen import Toegewezen
from ..levensloop.overgangen import Leveringstoestand
from ..opslag.berichten import berichten
from ..opslag.bulk import batched
from ..opslag.dossiers import dossiers
from ..standaard.berichtsoort import berichtsoort
from .opstellen.keuring import keur
from .opstellen.start import meld_start
from .opstellen.stop import meld_stop
from .opstellen.voorstel import Uitgangspunt, Voorstel, weigering
from .voorstellen import Bureau, identificatie_uit

PER_KEER = 100
"""How many conversions are looked at together."""

_LOOPT = (Leveringstoestand.GESTART, Leveringstoestand.TIJDELIJK_GESTOPT)


class Omzettingsberichtsoort(StrEnum):
    """What is reported."""

    STOP = "stop"
    START = "start"


_NUMMER = {Omzettingsberichtsoort.STOP: "307", Omzettingsberichtsoort.START: "305"}


@dataclass(frozen=True, slots=True)
class Leveringsbericht:
    """A message that a conversion asks for, on this toewijzing, of this day; ``voorstel`` has it, or why it is not there."""

    soort: Omzettingsberichtsoort
    toegewezen: Toegewezen
    datum: date
    voorstel: Voorstel

    @property
    def klaar(self) -> bool:
        """Whether it can be sent."""
        return self.voorstel.data is not None


def leveringsberichten(bureau: Bureau, alle: Sequence[Omgezet]) -> Iterator[Leveringsbericht]:
    """What is still to be reported for these conversions: of what was delivered the stop on the old, and the start on the new one where the
    delivery goes on. What was reported is not there."""
    for deel in batched([een for een in alle if any(_soorten(een))], PER_KEER):
        sleutels = sorted(
            {dossier for een in deel for dossier in (een.dossier, een.dossier_nieuw) if dossier is not None}
        )
        per_dossier = {
            dossiers.tekst(u.sleutel): u
            for u in bureau.uitgangspunten(
                [dossiers.sleutel(tekst) for tekst in sleutels], "omzetting", nieuw_nummer=_geen
            )
        }
        gemaakt = [
            (soort, toegewezen, dag, _met_nummer(per_dossier[_dossier(een, soort)], soort, toegewezen, dag))
            for een in deel
            for soort, toegewezen, dag in _soorten(een)
        ]
        sleutel = {
            u.identificatie: (bureau.partij.code, u.soort(_NUMMER[soort]).code, u.identificatie)
            for soort, _, _, u in gemaakt
        }
        gebruikt = berichten.gebruikte_identificaties(bureau.verbinding, set(sleutel.values()))
        for soort, toegewezen, dag, u in gemaakt:
            eerder = sleutel[u.identificatie] in gebruikt
            yield Leveringsbericht(soort, toegewezen, dag, _voorstel(u, soort, toegewezen, dag, eerder=eerder))


def _soorten(omgezet: Omgezet) -> Iterator[tuple[Omzettingsberichtsoort, Toegewezen, date]]:
    """What is to be reported of a conversion, as its toewijzingen stand."""
    oud, nieuw = omgezet.omzetting.oud, omgezet.omzetting.nieuw
    assert oud.toegewezen.einddatum is not None
    if omgezet.levering_oud in _LOOPT:
        yield Omzettingsberichtsoort.STOP, oud.toegewezen, oud.toegewezen.einddatum
    gaat_door = omgezet.levering_oud == Leveringstoestand.GESTART or omgezet.geleverd_tot == oud.toegewezen.einddatum
    if nieuw is not None and gaat_door and omgezet.levering_nieuw == Leveringstoestand.NIET_GESTART:
        yield Omzettingsberichtsoort.START, nieuw.toegewezen, oud.per


def _dossier(omgezet: Omgezet, soort: Omzettingsberichtsoort) -> str:
    """That of what is stopped, or of what goes on."""
    return omgezet.dossier_nieuw or omgezet.dossier if soort is Omzettingsberichtsoort.START else omgezet.dossier


def _met_nummer(u: Uitgangspunt, soort: Omzettingsberichtsoort, toegewezen: Toegewezen, dag: date) -> Uitgangspunt:
    levering = u.dossier.levering((toegewezen.kenmerk.toewijzingnummer,))
    keer = len(levering.starts) + len(levering.stops)
    return replace(u, identificatie=identificatie_uit("omzetting", str(soort), toegewezen.id, dag, keer))


def _voorstel(
    u: Uitgangspunt, soort: Omzettingsberichtsoort, toegewezen: Toegewezen, dag: date, *, eerder: bool
) -> Voorstel:
    nummer, wat = toegewezen.kenmerk.toewijzingnummer, berichtsoort(toegewezen.kenmerk.domein, _NUMMER[soort])
    if dag > u.vandaag:
        return weigering(wat, f"Dit kan vanaf {dag}: dan pas is de levering gestopt of begonnen (OP011).")
    if eerder:
        return weigering(
            wat,
            f"Dit bericht is al verstuurd (Identificatie {u.identificatie}) en niet goedgekeurd. Kijk wat het antwoord was, en meld zelf "
            f"({'voorstel stop' if soort is Omzettingsberichtsoort.STOP else 'voorstel start'}).",
        )
    voorstel = meld_stop(u, nummer) if soort is Omzettingsberichtsoort.STOP else meld_start(u, nummer, dag)
    return keur(voorstel, u)


def _geen() -> int:
    raise AssertionError("a start or stop assigns no number")
