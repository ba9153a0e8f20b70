"""What parties agreed outside the messages: keeping it, and having it at hand while messages are judged."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, Engine

from ..hoofdaannemer.fouten import Geweigerd
from ..hoofdaannemer.keuzes import KEUZES, lees_keuze
from ..hoofdaannemer.keuzes import Soort as Keuzesoort
from ..levensloop.dossier import Dossier
from ..levensloop.kalender import Kalender
from ..levensloop.verzoek import ONDERHANDEN
from ..opslag.bulk import PER_VRAAG, batched
from ..opslag.bureau.hoofdaannemers import VAN_PARTIJ, gewijzigd
from ..opslag.bureau.hoofdaannemers import keuzes as hoofdaannemerkeuzes
from ..opslag.database import lees, schrijvend
from ..opslag.dossiers import dossiers, toewijzingen, verzoeken
from ..opslag.partijen import contracten as tabel
from ..opslag.partijen.contracten import VOOR_ALLEN
from ..regels.contract import Contract, Tarief
from ..regels.instelling import INSTELLINGEN, UITVAL, fout_in_stuurinstelling, is_stuurinstelling, uitval_van
from ..standaard.domein import Domein
from .partij import Partij, Partijrol, alle
from .productcodelijst import ContractFout, lees_dag, lees_eenheid, lees_productcode, lees_productcodes
from .productcodeovergang import Gevolg, Gevraagd, Lopend, Overgang, gevolg, overgang

_EURO = "83"
_HOOGSTENS = 10_000
"""How many contracts are kept in memory."""


def laad_productcodes(engine: Engine, gemeente: str, data: bytes) -> int:
    """Put the list in this CSV in the place of the one the gemeente had; the number of codes. Raises ``ContractFout``."""
    _eis_gemeente(gemeente)
    codes = lees_productcodes(data)
    with schrijvend(engine) as verbinding:
        tabel.vervang_productcodes(verbinding, gemeente, codes)
    return len(codes)


def laad_productcodes_vanaf(
    engine: Engine, gemeente: str, data: bytes, vanaf: date, *, proef: bool = False
) -> tuple[Overgang, Gevolg]:
    """Let the codes in this file be those of a gemeente from this day on, and say what that breaks; as a trial nothing is kept.
    Raises ``ContractFout``."""
    _eis_gemeente(gemeente)
    nieuw = lees_productcodes(data)
    if voorbij := [code for code in nieuw if code.tot is not None and code.tot < vanaf]:
        raise ContractFout(
            f"Code {voorbij[0].code} is op {vanaf} al voorbij; laat haar weg uit een lijst die dan begint."
        )
    with schrijvend(engine) as verbinding:
        huidig = tabel.productcodes(verbinding, gemeente)
        nieuwe = overgang(huidig, nieuw, vanaf)
        rijen = toewijzingen.op_codes(verbinding, gemeente, {code for _, code in nieuwe.eindigt}, vanaf)
        lopend = [
            Lopend(
                rij.aanbieder,
                rij.toewijzingnummer,
                rij.categorie or "",
                rij.code or "",
                rij.ingangsdatum,
                rij.einddatum,
            )
            for rij in rijen
        ]
        open_ = _open_verzoeken(verbinding, gemeente) if nieuwe.eindigt else ()
        uit = gevolg(nieuwe, vanaf, lopend, tabel.tarieven_van(verbinding, gemeente), open_)
        if not proef:
            tabel.vervang_productcodes(verbinding, gemeente, nieuwe.lijst)
    return nieuwe, uit


def _open_verzoeken(verbinding: Connection, gemeente: str) -> Iterator[Gevraagd]:
    """What is asked of a gemeente and was not answered yet."""
    sleutels = [dossiers.sleutel(een) for een in verzoeken.dossiers_met(verbinding, gemeente, ONDERHANDEN)]
    for deel in batched(sleutels, PER_VRAAG):
        for sleutel, gevallen in dossiers.laad(verbinding, deel).items():
            for aanvraag in Dossier.van(gevallen).onderhanden():
                for categorie, code, van in aanvraag.gevraagd:
                    yield Gevraagd(sleutel.aanbieder, aanvraag.referentie, categorie, code, van)


def voeg_tarief_toe(
    engine: Engine,
    gemeente: str,
    aanbieder: str,
    productcode: str,
    eenheid: str,
    eurocent: str,
    van: str,
    tot: str = "",
) -> Tarief:
    """Keep a tariff, as the operator wrote it; one that begins on the same day is replaced. Raises ``ContractFout``."""
    _eis_gemeente(gemeente)
    _eis_aanbieder(aanbieder)
    if lees_eenheid(eenheid) == _EURO:
        raise ContractFout("Bij Eenheid 83 (euro's) bestaat geen tarief.")
    if not re.fullmatch(r"[0-9]{1,8}", eurocent):
        raise ContractFout(f"{eurocent} is geen bedrag; schrijf hele eurocenten, 5000 voor 50 euro.")
    begin, einde = lees_dag(van), lees_dag(tot) if tot else None
    if einde is not None and einde < begin:
        raise ContractFout(f"De laatste dag {einde} ligt vóór de eerste dag {begin}.")
    tarief = Tarief(lees_productcode(productcode), eenheid, int(eurocent), begin, einde)
    with schrijvend(engine) as verbinding:
        tabel.zet_tarief(verbinding, gemeente, aanbieder, tarief)
    return tarief


def kies(engine: Engine, gemeente: str, keuzes: Mapping[str, str], aanbieder: str = VOOR_ALLEN) -> None:
    """Set settings of a gemeente by name, for one aanbieder or for all; or those of a hoofdaannemer (``KEUZES``). All of them or
    none. Raises ``ContractFout``."""
    eis_keuzes(engine, gemeente, keuzes, aanbieder)
    van_hoofdaannemer = _rol(engine, gemeente) is Partijrol.HOOFDAANNEMER
    with schrijvend(engine) as verbinding:
        for naam, waarde in keuzes.items():
            if van_hoofdaannemer:
                tabel.zet_instelling(verbinding, VAN_PARTIJ, gemeente, naam, lees_keuze(naam, waarde))
                gewijzigd(verbinding, gemeente)
            else:
                tabel.zet_instelling(verbinding, gemeente, aanbieder, naam, waarde)


@dataclass(frozen=True, slots=True)
class Keuze:
    """A choice that a party has, as it stands: ``waarden`` are those it may have, empty where it is written."""

    naam: str
    waarde: str
    uitleg: str
    waarden: tuple[tuple[str, str], ...] = ()


def keuzes_van(engine: Engine, partij: Partij) -> list[Keuze]:
    """What a party chooses for all: a gemeente in the rules and the figures, a hoofdaannemer in its back-office, another nothing."""
    if partij.rol is Partijrol.HOOFDAANNEMER:
        gekozen = lees(engine, lambda verbinding: hoofdaannemerkeuzes(verbinding, partij.code))
        return [
            Keuze(een.naam, gekozen.waarde(een.naam), een.uitleg, _paren(een.woorden or _JA_NEE.get(een.soort, ())))
            for een in KEUZES.values()
        ]
    if partij.rol is not Partijrol.GEMEENTE:
        return []
    eigen = lees(engine, lambda verbinding: tabel.instellingen(verbinding, partij.code, VOOR_ALLEN))
    uit = [
        Keuze(een.naam, eigen.get(een.naam, een.standaard), een.uitleg, _paren(een.waarden))
        for een in INSTELLINGEN.values()
    ]
    for domein in Domein:
        redenen = ",".join(sorted(uitval_van(eigen, domein)))
        uit.append(Keuze(f"{UITVAL}{domein}", redenen, "Redenen van beëindiging die in de cijfers als uitval tellen."))
    return uit


_JA_NEE = {Keuzesoort.JA_NEE: ("ja", "nee")}


def _paren(waarden: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(waarde), str(waarde)) for waarde in waarden)


def _rol(engine: Engine, code: str) -> Partijrol | None:
    return next((partij.rol for partij in alle(engine) if partij.code == code), None)


def eis_keuzes(engine: Engine, gemeente: str, keuzes: Mapping[str, str], aanbieder: str = VOOR_ALLEN) -> None:
    """See whether ``kies`` can set these. Raises ``ContractFout``."""
    if not keuzes:
        return
    rol = _rol(engine, gemeente)
    if rol is Partijrol.HOOFDAANNEMER:
        if aanbieder != VOOR_ALLEN:
            raise ContractFout("Een keuze van een hoofdaannemer geldt voor al haar partners; laat --aanbieder weg.")
        for naam, waarde in keuzes.items():
            try:
                lees_keuze(naam, waarde)
            except Geweigerd as fout:
                raise ContractFout(str(fout)) from None
        return
    _eis_gemeente(gemeente)
    if rol is None:
        raise ContractFout(f"Partij {gemeente} bestaat niet; maak haar eerst met 'berichtenverkeer partij add'.")
    if aanbieder != VOOR_ALLEN:
        _eis_aanbieder(aanbieder)
    for naam, waarde in keuzes.items():
        if is_stuurinstelling(naam):
            if aanbieder != VOOR_ALLEN:
                raise ContractFout(f"{naam} geldt voor alle aanbieders; laat --aanbieder weg.")
            if reden := fout_in_stuurinstelling(naam, waarde):
                raise ContractFout(f"{naam} kan geen {waarde} zijn: {reden}.")
            continue
        if naam not in INSTELLINGEN:
            raise ContractFout(f"{naam} is geen instelling; kies {', '.join(INSTELLINGEN)}.")
        if waarde not in INSTELLINGEN[naam].waarden:
            raise ContractFout(f"{naam} kan geen {waarde} zijn; kies {', '.join(INSTELLINGEN[naam].waarden)}.")


def _eis_gemeente(code: str) -> None:
    if not re.fullmatch(r"[0-9]{4}", code):
        raise ContractFout(f"{code} is geen gemeente: gebruik een CBS-code van 4 cijfers, met voorloopnullen.")


def _eis_aanbieder(code: str) -> None:
    if not re.fullmatch(r"[0-9]{8}", code):
        raise ContractFout(f"{code} is geen aanbieder: gebruik een AGB-code van 8 cijfers, met voorloopnullen.")


def lees_contract(engine: Engine, kalender: Kalender, gemeente: str, aanbieder: str) -> Contract:
    """What these two agreed, as the database has it now; the calendar is that of the node."""
    gelezen = lees(engine, lambda verbinding: tabel.laad(verbinding, gemeente, aanbieder))
    return replace(gelezen, kalender=kalender)


class NietInGeheugen(LookupError):
    """A contract is to be read first, which may take long."""


class Contracten:
    """The contracts in memory, so that a message costs no query for them; each is read when it is first asked for. ``kalender`` is
    that of the node, and so of every contract."""

    def __init__(self, engine: Engine, kalender: Kalender | None = None) -> None:
        self._engine = engine
        self._kalender = kalender or Kalender()
        self._gelezen: dict[tuple[str, str], Contract] = {}

    def contract(self, gemeente: str, aanbieder: str) -> Contract:
        """What is known of the agreement between these two; may ask the database."""
        gelezen = self._gelezen  # what is read now is not put among what is read after a change
        bekend = gelezen.get((gemeente, aanbieder))
        if bekend is None:
            bekend = lees_contract(self._engine, self._kalender, gemeente, aanbieder)
            if len(gelezen) >= _HOOGSTENS:  # a caller may name any gemeente
                gelezen.clear()
            gelezen[gemeente, aanbieder] = bekend
        return bekend

    def bekend(self, gemeente: str, aanbieder: str) -> Contract:
        """The same, without asking the database. Raises ``NietInGeheugen``."""
        try:
            return self._gelezen[gemeente, aanbieder]
        except KeyError:
            raise NietInGeheugen from None

    def vergeet(self) -> None:
        """Something changed: read anew what is asked for from now on."""
        self._gelezen = {}
