"""At the door: what is read from the bytes of a caller, and whether that caller may send it.

Nothing here touches the database. What passes is an ``Aangeboden``, which ``inname`` takes through a transaction.
"""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from ..levensloop.dossier import Dossiersleutel
from ..oordeel.betrokken import Betrokken, betrokken
from ..oordeel.weigering import Reden, Weigering, van_fout, weiger
from ..opslag.berichten.zendingen import Zendingsleutel
from ..opslag.stuurinformatie import stuurpaar
from ..opslag.stuurinformatie.stuurpaar import Client, client_van
from ..partijen.afspraken import Roeper
from ..partijen.partij import Beoordelaar, Partijrol
from ..partijen.register import Register
from ..regels.contract import Contract
from ..regels.toetsen import Treffer, toets_bericht
from ..standaard.berichten.declaratie import Bericht323
from ..standaard.berichten.kop import RetourHeader
from ..standaard.berichtsoort import Berichtsoort, Ketenrol
from ..standaard.domein import Domein
from ..standaard.fouten import Berichtfout
from ..standaard.indeling import Indeling
from ..standaard.lezen import Gelezen, lees
from ..standaard.schema import Schemas
from ..trace import Trace, huidig
from .besluit import Besluit
from .kort import Kort
from .sleutels import Sleutels

ContractVan = Callable[[str, str], Contract]
"""What a gemeente and an aanbieder agreed, by their codes."""

_LEVERT = ("301", "305", "307")
"""What changes what is delivered."""

_EMMERS = 64
"""ToewijzingNummers share so many locks."""


@dataclass(frozen=True, slots=True)
class Aangeboden:
    """A message that may be taken in.

    ``id`` follows from its bytes, so the same bytes are the same message. ``binnen_bericht`` is what the rules inside the
    message found. ``zelf``: its receiver judges for itself. ``clienten`` is how many clients a declaratie has. ``groot``: it
    is to be stored, and a worker will judge it. ``zending`` is the envelope it came in, if it came in one, and ``antwoord_op``
    the traceerId of what it answers, if that envelope names one; ``weigering`` says why this node refuses it for a receiver
    that judges for itself. ``elders`` is what it names of one that was read elsewhere, of which only the Header and the Bsn are
    here: it must be judged elsewhere too. ``besluit`` is there when it was, and is to be written. ``geeft_door``: its receiver is a
    hoofdaannemer, and what it changes may have been passed on. ``trace`` is the request with which it came.
    """

    id: str
    data: bytes
    gelezen: Gelezen
    wie: Betrokken
    binnen_bericht: tuple[Treffer, ...]
    contract: Contract
    zelf: bool
    nu: datetime
    clienten: int = 0
    groot: bool = False
    zending: Zendingsleutel | None = None
    antwoord_op: str | None = None
    weigering: Weigering | None = None
    elders: Sleutels | None = None
    besluit: Besluit | None = None
    geeft_door: bool = False
    trace: Trace | None = None

    @property
    def soort(self) -> Berichtsoort:
        """Its kind."""
        return self.gelezen.soort

    @property
    def dossier(self) -> Dossiersleutel | None:
        """The dossier that the message itself names; a 319 names that of its request by a reference."""
        return self.wie.dossiersleutel(self.soort)

    @property
    def identificatie(self) -> tuple[str, str, str]:
        """The key that TR056 wants unique: (Afzender, berichtsoort, Identificatie)."""
        header = self.gelezen.bericht.Header
        if isinstance(header, RetourHeader):
            return self.wie.verzender, self.soort.code, header.IdentificatieRetour
        return self.wie.verzender, self.soort.code, header.BerichtIdentificatie.Identificatie

    @property
    def sleutels(self) -> Sleutels:
        """What it names by which others are known."""
        return self.elders or Sleutels.van(self.gelezen.bericht)

    @property
    def nummers(self) -> tuple[tuple[Domein, str, int], ...]:
        """The ToewijzingNummers of a 301, each with the law and gemeente within which it is unique (TR332)."""
        return tuple((self.soort.domein, self.wie.gemeente, nummer) for nummer in self.sleutels.nummers)

    @property
    def verwijdert(self) -> bool:
        """Whether it is a 301 that takes back a toewijzing (RedenWijziging 13)."""
        return self.sleutels.verwijdert

    @property
    def referenties(self) -> tuple[tuple[Domein, str, str], ...]:
        """The ReferentieAanbieders of a request or an answer, each with the law and aanbieder within which it is unique
        (TR347)."""
        return tuple((self.soort.domein, self.wie.aanbieder, referentie) for referentie in self.sleutels.referenties)

    @property
    def levert_aan(self) -> Client | None:
        """To whom what is delivered may change by it, with whatever others deliver."""
        dossier = self.dossier if self.soort.nummer in _LEVERT else None
        return client_van(dossier) if dossier is not None else None

    @property
    def sloten(self) -> set[str]:
        """What to lock before it is judged: its dossier, its Identificatie, and the names that are unique over dossiers.

        All declaraties of an aanbieder share one lock, with their answers and with what takes back a toewijzing on which
        may have been declared (TR385).
        """
        sleutels = {"/".join(self.identificatie)} | ({"/".join(self.dossier)} if self.dossier else set())
        sleutels |= {f"{domein}/{gemeente}/{nummer % _EMMERS}" for domein, gemeente, nummer in self.nummers}
        if self.soort.nummer in ("323", "325") or self.verwijdert:
            sleutels.add(slot_declaraties(self.soort.domein, self.wie.aanbieder))
        if (client := self.levert_aan) is not None:
            sleutels.add(stuurpaar.slot(client))
        return sleutels | {"/".join(referentie) for referentie in self.referenties}


def slot_declaraties(domein: str, aanbieder: str) -> str:
    """What to lock before the declaraties of this aanbieder under this law are read or written."""
    return f"declaratie/{domein}/{aanbieder}"


def id_van(data: bytes) -> str:
    """The id of a message: a UUID made of the SHA-256 of its bytes, in the form of version 4 that StUF asks for."""
    return str(uuid.UUID(bytes=hashlib.sha256(data).digest()[:16], version=4))


def neem_aan(
    data: bytes,
    van: Roeper,
    register: Register,
    contract_van: ContractVan,
    schemas: Schemas,
    nu: datetime,
    max_bytes: int,
) -> Aangeboden:
    """Read a message from a caller and see whether it may go. Raises ``Weigering``."""
    try:
        gelezen = lees(data, schemas, max_bytes)
    except Berichtfout as fout:
        raise van_fout(fout) from None
    return laat_toe(data, gelezen, van, register, contract_van, nu)


def laat_toe(
    data: bytes, gelezen: Gelezen, van: Roeper, register: Register, contract_van: ContractVan, nu: datetime
) -> Aangeboden:
    """See whether a message that was read may go: who calls must be its sender, or may act for it. Raises ``Weigering``."""
    a = _laat_toe(data, gelezen, van, register, contract_van, nu)
    return replace(a, binnen_bericht=tuple(toets_bericht(gelezen.bericht, gelezen.soort, data)))


def laat_kort_toe(
    data: bytes, kort: Kort, van: Roeper, register: Register, contract_van: ContractVan, nu: datetime
) -> Aangeboden:
    """The same of what was read elsewhere. A declaratie waits for the worker. Raises ``Weigering``."""
    a = _laat_toe(data, kort.gelezen(), van, register, contract_van, nu)
    return replace(a, elders=kort.sleutels, clienten=kort.clienten, groot=isinstance(kort.bericht, Bericht323))


def _laat_toe(
    data: bytes, gelezen: Gelezen, van: Roeper, register: Register, contract_van: ContractVan, nu: datetime
) -> Aangeboden:
    """The message without what the rules inside it find."""
    soort = gelezen.soort
    wie = betrokken(gelezen.bericht, soort)
    if van.namens(wie.verzender).code != wie.verzender:
        element = "Ontvanger" if soort.is_retour else "Afzender"
        raise weiger(
            gelezen,
            Reden.VREEMDE_AFZENDER,
            f"{element} is een andere partij dan die dit {soort} aanbiedt.",
            f"Bied het bericht aan met een token of certificaat van de partij in {element}.",
            element,
        )
    ontvanger = register.partij(wie.ontvanger)
    if (
        ontvanger is None
        and not soort.is_retour
        and not _gemeente_bestaat_niet(wie, soort.verzender, register.indeling)
    ):
        raise weiger(
            gelezen,
            Reden.ONBEKENDE_ONTVANGER,
            "Ontvanger is geen partij van dit knooppunt.",
            "Controleer de code, of vraag de beheerder de partij aan te melden.",
            "Ontvanger",
        )
    return Aangeboden(
        id=id_van(data),
        data=data,
        gelezen=gelezen,
        wie=wie,
        binnen_bericht=(),
        contract=contract_van(wie.gemeente, wie.aanbieder),
        zelf=ontvanger is not None and ontvanger.beoordeling is Beoordelaar.PARTIJ,
        nu=nu,
        clienten=len(gelezen.bericht.Declaratie.Clienten) if isinstance(gelezen.bericht, Bericht323) else 0,
        geeft_door=ontvanger is not None and ontvanger.rol is Partijrol.HOOFDAANNEMER,
        trace=huidig(),
    )


def _gemeente_bestaat_niet(wie: Betrokken, verzender: Ketenrol, indeling: Indeling) -> bool:
    """An Ontvanger that never was a gemeente, nor will be as far as is known, is for TR378 to say, in a retourbericht."""
    return verzender is Ketenrol.AANBIEDER and wie.ontvanger not in indeling
