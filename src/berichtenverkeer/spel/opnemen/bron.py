"""What a recording is made of: the messages of some dossiers as they came in, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from ...levensloop.dossier import Dossiersleutel
from ...levensloop.gebeurtenis import Gebeurtenis
from ...oordeel.oordeel import Berichtoordeel
from ...opslag.berichten import opname
from ...opslag.dossiers import dossiers
from ...opslag.partijen import contracten
from ...regels.contract import Contract
from ...standaard.berichten import Bericht
from ...standaard.berichten.basis import TotaalBedragMetDC
from ...standaard.berichten.declaratie import Bericht323
from ...standaard.berichtsoort import Ketenrol
from ...standaard.domein import Domein
from ...standaard.fouten import Berichtfout
from ...standaard.lezen import Gelezen, lees
from ...standaard.schema import Schemas
from ...zegbaar import Zegbaar

_ONBESLIST = "in_verwerking"
_ANTWOORD = "325"
_CLIENT = "/Clienten/Client["
_PRESTATIE = "/Prestatie["


class OpneemFout(Zegbaar):
    """This cannot be recorded. The text is Dutch, says what to do, and holds no personal data."""


@dataclass(frozen=True, slots=True)
class Opgenomen:
    """A message as it came in, with its row. Of a declaratie ``bericht`` has only the client of the recording; when it had
    others too, ``plekken`` is where the client stood, from 1."""

    rij: RowMapping
    gelezen: Gelezen
    bericht: Bericht
    plekken: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        return str(self.rij["id"])

    @property
    def moment(self) -> datetime:
        """Dutch time, to the second."""
        moment: datetime = self.rij["ontvangen_op"]
        return moment.replace(tzinfo=None, microsecond=0)

    @property
    def is_antwoord(self) -> bool:
        """A retourbericht or 325."""
        return self.gelezen.soort.is_retour or self.gelezen.soort.nummer == _ANTWOORD

    @property
    def deel(self) -> bool:
        """Whether there were other clients in it."""
        return bool(self.plekken)

    @property
    def eigen_bevindingen(self) -> list[Mapping[str, Any]]:
        """The findings that are not about another client."""
        eigen = tuple(f"{_CLIENT}{plek}]" for plek in self.plekken)
        alle: list[Mapping[str, Any]] = self.rij["bevindingen"]
        return [b for b in alle if not eigen or _CLIENT not in b["pad"] or any(plek in b["pad"] for plek in eigen)]

    @property
    def oordeel(self) -> str:
        """The verdict on what ``bericht`` has: of a declaratie that came in, on the Prestaties of this client."""
        oordeel: str = self.rij["oordeel"]
        if not isinstance(self.bericht, Bericht323) or not _kwam_aan(self.rij) or oordeel == Berichtoordeel.VOORLOPIG:
            return oordeel
        paden = [b["pad"] for b in self.eigen_bevindingen]
        prestaties = [pad for pad in paden if _PRESTATIE in pad]
        aantal = sum(len(client.Prestaties) for client in self.bericht.Declaratie.Clienten)
        geteld = aantal if len(prestaties) < len(paden) else len({_tot_en_met_prestatie(pad) for pad in prestaties})
        if not geteld:
            return Berichtoordeel.GOEDGEKEURD
        return Berichtoordeel.AFGEKEURD if geteld == aantal else Berichtoordeel.DEELS_GOEDGEKEURD

    @property
    def telt(self) -> bool:
        """Whether it counts as sent (OP286)."""
        return _kwam_aan(self.rij)


@dataclass(frozen=True)
class Opname:
    """Everything that a recording needs, of one client under one law."""

    wet: Domein
    bsn: str
    sleutels: Sequence[Dossiersleutel]
    berichten: Sequence[Opgenomen]
    gebeurtenissen: Mapping[Dossiersleutel, Sequence[Gebeurtenis]]
    prestaties: Sequence[RowMapping]
    contracten: Mapping[tuple[str, str], Contract]

    @property
    def paren(self) -> list[tuple[str, str]]:
        """Each gemeente and aanbieder between which there is a message."""
        tussen = {frozenset((b.rij["verzender"], b.rij["bestemming"])) for b in self.berichten}
        return sorted({paar for s in self.sleutels if frozenset(paar := (s.gemeente, s.aanbieder)) in tussen})

    @property
    def rollen(self) -> dict[str, Ketenrol]:
        """Who takes part, by code."""
        gemeenten = {gemeente: Ketenrol.GEMEENTE for gemeente, _ in self.paren}
        return gemeenten | {aanbieder: Ketenrol.AANBIEDER for _, aanbieder in self.paren}


def _kwam_aan(rij: RowMapping) -> bool:
    return rij["oordeel"] != Berichtoordeel.AFGEKEURD or bool(rij["aangeboden"])


def _tot_en_met_prestatie(pad: str) -> str:
    begin, _, rest = pad.partition(_PRESTATIE)
    return f"{begin}{_PRESTATIE}{rest.partition(']')[0]}"


def sleutels_van_client(verbinding: Connection, bsn: str, wet: Domein | None) -> list[Dossiersleutel]:
    """The dossiers of a client, under one law. Raises ``OpneemFout``."""
    alle = [dossiers.sleutel(tekst) for tekst in opname.dossiers_van(verbinding, bsn)]
    gekozen = [sleutel for sleutel in alle if wet in (None, sleutel.domein)]
    if not gekozen:
        raise OpneemFout("Van deze cliënt zijn geen berichten bekend; controleer het Bsn, de wet en de database.")
    if len({sleutel.domein for sleutel in gekozen}) > 1:
        raise OpneemFout("Van deze cliënt zijn er berichten van beide wetten; kies er een met --domein.")
    return gekozen


def sleutels_van_toewijzing(verbinding: Connection, id_: str, wet: Domein | None) -> list[Dossiersleutel]:
    """The dossier of a toewijzing, all of it: the rules judge by it, so with less the verdicts would be others. Raises
    ``OpneemFout``."""
    gevonden = opname.dossier_van(verbinding, id_)
    sleutel = dossiers.sleutel(gevonden) if gevonden is not None else None
    if sleutel is None or wet not in (None, sleutel.domein):
        raise OpneemFout("Deze toewijzing is niet bekend; geef haar id, zoals GET /v1/toewijzingen het noemt.")
    return [sleutel]


def haal_op(
    verbinding: Connection, sleutels: Sequence[Dossiersleutel], van: date | None, tot: date | None, schemas: Schemas
) -> Opname:
    """What happened in these dossiers up to and with ``tot``. Of what came before ``van`` stays what counted: later states
    rest on it. Raises ``OpneemFout``."""
    teksten, bsn = [dossiers.tekst(sleutel) for sleutel in sleutels], sleutels[0].bsn
    paren = [(sleutel.gemeente, sleutel.aanbieder) for sleutel in sleutels]
    afgekeurd = [id_ for sleutel in sleutels for id_ in opname.afgekeurde_declaraties(verbinding, *sleutel)]
    rijen = opname.berichten(verbinding, teksten, afgekeurd)
    gekozen = [rij for rij in rijen if tot is None or rij["ontvangen_op"].date() <= tot]
    gelezen = [_gelezen(rij, bsn, schemas) for rij in gekozen if _telt(rij, van)]
    gehouden = [bericht for bericht in gelezen if bericht is not None]
    if not any(van is None or bericht.moment.date() >= van for bericht in gehouden):
        raise OpneemFout("In dit tijdvak kwamen geen berichten binnen; kies een ander met --van en --tot.")
    volledig = len(gekozen) == len(rijen)
    return Opname(
        sleutels[0].domein, bsn, sleutels, gehouden, dossiers.laad(verbinding, sleutels),
        opname.prestaties(verbinding, teksten) if volledig else (),
        contracten.laad_alle(verbinding, paren),
    )  # fmt: skip


def _telt(rij: RowMapping, van: date | None) -> bool:
    if rij["oordeel"] == _ONBESLIST:
        return False
    return van is None or rij["ontvangen_op"].date() >= van or rij["antwoord_op"] is not None or _kwam_aan(rij)


def _gelezen(rij: RowMapping, bsn: str, schemas: Schemas) -> Opgenomen | None:
    """The message, of a 323 the part of this client; None when there is no such part."""
    try:
        gelezen = lees(rij["inhoud"], schemas)
    except Berichtfout:
        raise OpneemFout("Een bewaard bericht is niet te lezen; controleer --xsd-dir.") from None
    bericht = gelezen.bericht
    if not isinstance(bericht, Bericht323):
        return Opgenomen(rij, gelezen, bericht)
    clienten = bericht.Declaratie.Clienten
    plekken = tuple(plek for plek, client in enumerate(clienten, 1) if client.Bsn == bsn)
    if len(plekken) == len(clienten):
        return Opgenomen(rij, gelezen, bericht)
    return Opgenomen(rij, gelezen, _zonder_anderen(bericht, bsn), plekken) if plekken else None


def _zonder_anderen(bericht: Bericht323, bsn: str) -> Bericht323:
    """The declaratie without other clients; a fault in its total stays as large as it was."""
    declaratie = bericht.Declaratie
    anderen = sum(
        _teken(prestatie.IngediendBedrag.DebetCredit) * prestatie.IngediendBedrag.Bedrag
        for client in declaratie.Clienten
        if client.Bsn != bsn
        for prestatie in client.Prestaties
    )
    totaal = declaratie.TotaalIngediendBedrag
    rest = _teken(totaal.DebetCredit) * totaal.TotaalBedrag - anderen
    bedrag = TotaalBedragMetDC(TotaalBedrag=abs(rest), DebetCredit="C" if rest < 0 else "D")
    eigen = tuple(client for client in declaratie.Clienten if client.Bsn == bsn)
    korter = declaratie.model_copy(update={"Clienten": eigen, "TotaalIngediendBedrag": bedrag})
    return bericht.model_copy(update={"Declaratie": korter})


def _teken(debet_credit: str) -> int:
    return -1 if debet_credit == "C" else 1
