"""What a proposal is, and what every proposal starts from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from ...levensloop.dossier import Dossier, Dossiersleutel
from ...levensloop.verzoek import Aanvraag
from ...regels.bevinding import Bevinding
from ...regels.contract import Contract
from ...standaard.berichten import Bericht
from ...standaard.berichten.basis import BerichtIdentificatie, XsdVersie
from ...standaard.berichten.kop import Header
from ...standaard.berichten.toewijzing import Client301, Contact
from ...standaard.berichten.verzoek_om_toewijzing import Client315
from ...standaard.berichtsoort import Berichtsoort, Ketenrol, berichtsoort
from ...standaard.codelijst import Codelijst, codelijst
from ...standaard.schema import Schemas


@dataclass(frozen=True, slots=True)
class Keuze:
    """One of the answers a person may choose: the value to give, and what it means."""

    waarde: str
    omschrijving: str


@dataclass(frozen=True, slots=True)
class Vraag:
    """What a person must decide. ``naam`` is the field to answer it in; without ``keuzes`` the answer is free.

    While a ``verplicht`` question is open there is no message; another is for attention.
    """

    naam: str
    vraag: str
    keuzes: tuple[Keuze, ...] = ()
    verplicht: bool = True


@dataclass(frozen=True, slots=True)
class Voorstel:
    """A proposal: the message, and why it is so; or no message, and why not.

    ``uitleg`` and the questions are Dutch sentences without personal data. ``data`` is the message as it would be sent and
    ``bevindingen`` what the rules have against it, or tell of it; ``keuring.keur`` fills both.
    """

    soort: Berichtsoort
    uitleg: tuple[str, ...] = ()
    vragen: tuple[Vraag, ...] = ()
    bericht: Bericht | None = None
    data: bytes | None = None
    bevindingen: tuple[Bevinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Uitgangspunt:
    """What is known when a proposal is made.

    ``moment`` is the present, in Dutch time; ``identificatie`` (at most 12 characters) and ``nieuw_nummer`` give the new
    message and each new toewijzing a number. ``client`` is the client as the last 301 of the dossier has it,
    ``aangevraagd`` as the 315 has it; ``contactgegevens`` are given by a person and go before those. ``in_release`` gives a kind of
    message in the release in which one to its receiver is written.
    """

    sleutel: Dossiersleutel
    dossier: Dossier
    moment: datetime
    identificatie: str
    schemas: Schemas
    nieuw_nummer: Callable[[], int]
    client: Client301 | None = None
    aangevraagd: Client315 | None = None
    contactgegevens: tuple[Contact, ...] = ()
    contract: Contract = field(default_factory=Contract)
    in_release: Callable[[Berichtsoort], Berichtsoort] = lambda soort: soort

    @property
    def vandaag(self) -> date:
        """The day of the moment."""
        return self.moment.date()

    def soort(self, nummer: str) -> Berichtsoort:
        """The kind of message with this number under the law of the dossier, in the release in which it is written."""
        return self.in_release(berichtsoort(self.sleutel.domein, nummer))

    def header(self, soort: Berichtsoort) -> Header:
        """The Header of a new heenbericht between the gemeente and the aanbieder of the dossier."""
        sleutel = self.sleutel
        return maak_header(soort, sleutel.gemeente, sleutel.aanbieder, self.identificatie, self.vandaag, self.schemas)

    def aanvraag(self, referentie: str) -> Aanvraag:
        """The request with this ReferentieAanbieder. Raises ``KeyError`` when the dossier has none."""
        return self.dossier.verzoeken[referentie]

    def lijst(self, naam: str, nummer: str) -> Codelijst:
        """A code list as it is in a message with this number."""
        return codelijst(naam, self.sleutel.domein, self.soort(nummer).release)

    def keuzes(self, lijst: str, nummer: str, codes: Iterable[str] | None = None) -> tuple[Keuze, ...]:
        """These codes of a list in a message with this number as choices; all of them when none are named."""
        bekend = self.lijst(lijst, nummer)
        return tuple(Keuze(code, bekend.label(code)) for code in (bekend.codes if codes is None else codes))


def maak_header(
    soort: Berichtsoort, gemeente: str, aanbieder: str, identificatie: str, dagtekening: date, schemas: Schemas
) -> Header:
    """The Header of a new heenbericht of this kind between these two."""
    partijen = (gemeente, aanbieder)
    afzender, ontvanger = partijen if soort.verzender is Ketenrol.GEMEENTE else partijen[::-1]
    versie, subversie = soort.versie
    versies = schemas.versies(soort)
    return Header(
        BerichtCode=soort.berichtcode,
        BerichtVersie=versie,
        BerichtSubversie=subversie,
        Afzender=afzender,
        Ontvanger=ontvanger,
        BerichtIdentificatie=BerichtIdentificatie(Identificatie=identificatie, Dagtekening=dagtekening),
        XsdVersie=XsdVersie(BasisschemaXsdVersie=versies.basisschema, BerichtXsdVersie=versies.bericht),
    )


def weigering(soort: Berichtsoort, *bezwaren: str) -> Voorstel:
    """No message, and why not."""
    return Voorstel(soort, bezwaren)
