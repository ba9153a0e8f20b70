"""What a partner is told of an inzet: that it begins, or that it ends (contract, Words; Paths and fields, Partner)."""

from dataclasses import dataclass
from datetime import date

from ..standaard.domein import Domein
from .inzet import Ingezet
from .looptijd import Looptijd
from .overgangen import Zorgmeldingsoort


@dataclass(frozen=True, slots=True)
class Genoemd:
    """A party by its code and name."""

    code: str
    naam: str


@dataclass(frozen=True, slots=True)
class Client:
    """As much of a client as a partner needs."""

    bsn: str
    naam: str
    geboortedatum: date | None


@dataclass(frozen=True, slots=True)
class Zorgmelding:
    """An inzorgmelding or uitzorgmelding. It is all that a partner sees of toewijzing and client (rule 7)."""

    soort: Zorgmeldingsoort
    inzet: str
    hoofdaannemer: Genoemd
    partner: Genoemd
    gemeente: str
    domein: Domein
    toewijzingnummer: int
    client: Client
    categorie: str | None
    code: str | None
    segment: str | None
    klasse: str
    van: date
    tot: date | None


def zorgmelding(
    soort: Zorgmeldingsoort, ingezet: Ingezet, hoofdaannemer: Genoemd, partner: Genoemd, client: Client
) -> Zorgmelding:
    """The melding of an inzet as it stands."""
    inzet, toegewezen = ingezet.inzet, ingezet.toegewezen
    periode = gemeld(ingezet)
    return Zorgmelding(
        soort, inzet.id, hoofdaannemer, partner, *toegewezen.kenmerk, client, toegewezen.categorie, toegewezen.code,
        ingezet.segment, inzet.klasse, periode.van, periode.tot,
    )  # fmt: skip


def gemeld(ingezet: Ingezet) -> Looptijd:
    """The period a melding names: the effective one, that of the inzet itself when there is none (contract, Settled at the edges).

    Of an inzet of which nothing was left on its first day that is the day before it began: ``tot`` lies before ``van``.
    """
    return ingezet.effectief or Looptijd(ingezet.inzet.van, ingezet.inzet.tot)
