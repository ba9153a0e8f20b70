"""Proposals for a party, from what is stored. Nothing is stored or sent: a proposal is looked at, and offered as any message."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from typing import NamedTuple

from sqlalchemy import Connection

from ..levensloop.dossier import Dossier, Dossiersleutel
from ..levensloop.overgangen import Verzoeksoort
from ..opslag import berichten, declaraties, dossiers, toewijzingen, verzoeken
from ..opslag import voorstellen as tabel
from ..partijen.partij import Partij, Partijrol
from ..regels.contract import Contract
from ..standaard.berichten.toewijzing import Bericht301, Client301, Contact
from ..standaard.berichten.verzoek_om_toewijzing import Bericht315, Client315
from ..standaard.berichtsoort import Rol, berichtsoort
from ..standaard.domein import Domein
from ..standaard.lezen import lees
from ..standaard.schema import Schemas
from .opstellen.antwoord import meld_onderzoek, wijs_af
from .opstellen.keuring import keur
from .opstellen.start import meld_start, verbeter_start
from .opstellen.stop import meld_stop, verbeter_stop
from .opstellen.voorstel import Keuze, Uitgangspunt, Voorstel, Vraag
from .opstellen.vot import Afwijking, honoreer_vot
from .opstellen.vow import Vanaf, honoreer_vow

LANGSTE_TOEWIJZINGNUMMER = 9
_MEESTE_KEUZES = 20


class VoorstelFout(ValueError):
    """There can be no proposal for this question. The text is Dutch and says what to do."""


class NietVanPartij(VoorstelFout):
    """The party may not send such a message."""


class Vindplaats(NamedTuple):
    """Where to look for what has one number at more gemeenten or under both laws; None is everywhere."""

    gemeente: str | None = None
    domein: Domein | None = None


OVERAL = Vindplaats()


class NietGevonden(VoorstelFout):
    """What the proposal is about is not there, or belongs to others; the two are not told apart."""


@dataclass(frozen=True, slots=True)
class Bureau:
    """Makes the proposals of one party at one moment.

    ``nummers`` are for new toewijzingen; when they are used up, the next free number of the gemeente is taken. Without
    ``identificatie`` it follows from the question and what it is about, so that a repeat gives the same.
    """

    verbinding: Connection
    partij: Partij
    moment: datetime
    schemas: Schemas
    contract_van: Callable[[str, str], Contract]
    nummers: Sequence[int] = ()
    identificatie: str | None = None

    def toewijzing(
        self,
        toekenningen: Mapping[str, Afwijking],
        vanaf: Vanaf | None = None,
        contactgegevens: Sequence[Contact] = (),
    ) -> Voorstel:
        """The 301 that honours these requests, by id: one VOW, or products of VOTs of one client with what is assigned
        otherwise. Raises ``VoorstelFout``."""
        self.eis("301")
        rijen = {id_: self._verzoek(id_) for id_ in toekenningen}
        if len({rij.dossier for rij in rijen.values()}) > 1:
            raise VoorstelFout(
                "Deze verzoeken zijn niet van één cliënt bij één aanbieder; vraag een voorstel voor elk."
            )
        eerste = next(iter(rijen.values()))
        u = self.uitgangspunt(dossiers.sleutel(eerste.dossier), "301", toekenningen, vanaf, contactgegevens)
        u = replace(u, contactgegevens=tuple(contactgegevens))
        if u.client is None and eerste.soort == Verzoeksoort.VOT:
            u = replace(u, aangevraagd=self._aangevraagd(eerste.bericht))
        if all(rij.soort == Verzoeksoort.VOT for rij in rijen.values()):
            if vanaf is not None:
                raise VoorstelFout("'vanaf' is er voor een VOW; geef bij een VOT de ingangsdatum per product (IV094).")
            op_referentie = {rijen[id_].referentie: afwijking for id_, afwijking in toekenningen.items()}
            return self._keur(honoreer_vot(u, op_referentie), u)
        if len(rijen) > 1 or any(toekenningen.values()):
            raise VoorstelFout("Een VOW wordt alleen en in zijn geheel gehonoreerd, zoals gevraagd (IV093).")
        return self._keur(honoreer_vow(u, u.aanvraag(eerste.referentie), vanaf), u)

    def afwijzing(self, verzoek: str, reden: str | None = None, gemeente: str | None = None) -> Voorstel:
        """The 319 that refuses a request. Raises ``VoorstelFout``."""
        u, referentie = self._voor_antwoord(verzoek, reden, gemeente)
        return self._keur(wijs_af(u, u.aanvraag(referentie), reden, gemeente), u)

    def onderzoek(self, verzoek: str) -> Voorstel:
        """The 319 that says a request is under investigation. Raises ``VoorstelFout``."""
        u, referentie = self._voor_antwoord(verzoek)
        return self._keur(meld_onderzoek(u, u.aanvraag(referentie)), u)

    def start(
        self,
        toewijzing: str,
        begindatum: date | None = None,
        corrigeert: date | None = None,
        waar: Vindplaats = OVERAL,
    ) -> Voorstel:
        """The 305 on a toewijzing, by its id or its number; with ``corrigeert`` the one that mends the start of that day. Raises
        ``VoorstelFout``."""
        gevonden = self._voor_levering("305", toewijzing, waar, begindatum, corrigeert)
        if isinstance(gevonden, Voorstel):
            return gevonden
        u, nummer = gevonden
        if corrigeert is not None:
            return self._keur(verbeter_start(u, nummer, corrigeert, begindatum), u)
        return self._keur(meld_start(u, nummer, begindatum), u)

    def stop(
        self,
        toewijzing: str,
        einddatum: date | None = None,
        reden: str | None = None,
        corrigeert: bool = False,
        waar: Vindplaats = OVERAL,
    ) -> Voorstel:
        """The 307 on a toewijzing, by its id or its number; with ``corrigeert`` the one that mends the last stop. Raises
        ``VoorstelFout``."""
        gevonden = self._voor_levering("307", toewijzing, waar, einddatum, reden, corrigeert)
        if isinstance(gevonden, Voorstel):
            return gevonden
        u, nummer = gevonden
        return self._keur((verbeter_stop if corrigeert else meld_stop)(u, nummer, einddatum, reden), u)

    def eis(self, soort: str) -> None:
        """Raise ``NietVanPartij`` when the party does not send this kind of message."""
        verzender = berichtsoort(Domein.IWMO, soort).verzender
        if (verzender is Rol.GEMEENTE) != (self.partij.rol is Partijrol.GEMEENTE):
            raise NietVanPartij(f"Een {soort} stuurt de {verzender}, niet de {self.partij.rol}.")

    def uitgangspunt(self, sleutel: Dossiersleutel, soort: str, *vraag: object) -> Uitgangspunt:
        """What is known of one dossier; ``vraag`` tells proposals of one moment apart."""
        [u] = self.uitgangspunten([sleutel], soort, *vraag)
        return u

    def uitgangspunten(
        self,
        sleutels: Sequence[Dossiersleutel],
        soort: str,
        *vraag: object,
        nieuw_nummer: Callable[[], int] | None = None,
    ) -> Iterator[Uitgangspunt]:
        """The same of more dossiers of one gemeente and law, in three queries."""
        geladen = dossiers.laad(self.verbinding, sleutels)
        boeken = declaraties.boeken(self.verbinding, sleutels)
        laatste = tabel.laatste_toewijzingsbericht(self.verbinding, [dossiers.tekst(sleutel) for sleutel in sleutels])
        for sleutel in sleutels:
            gevallen = geladen[sleutel]
            bron = gevallen[-1].herkomst.bericht if gevallen else ""
            yield Uitgangspunt(
                sleutel=sleutel,
                dossier=replace(Dossier.van(gevallen), boek=boeken[sleutel]),
                moment=self.moment,
                identificatie=self.identificatie or identificatie_uit(bron, soort, self.moment, *vraag),
                schemas=self.schemas,
                nieuw_nummer=nieuw_nummer or self.nieuwe_nummers(sleutel.domein, sleutel.gemeente),
                client=self._client(laatste.get(dossiers.tekst(sleutel))),
                contract=self.contract_van(sleutel.gemeente, sleutel.aanbieder),
            )

    def nieuwe_nummers(self, domein: Domein, gemeente: str) -> Callable[[], int]:
        """Gives the numbers of the caller, and after those the next free ones of the gemeente."""
        gegeven = iter(self.nummers)
        hoogste = tabel.hoogste_nummer(self.verbinding, domein, gemeente)
        vrij = count(max((hoogste, *self.nummers)) + 1)
        return lambda: next(gegeven, None) or next(vrij)

    def _keur(self, voorstel: Voorstel, u: Uitgangspunt) -> Voorstel:
        nummers: set[int] = set()
        if isinstance(voorstel.bericht, Bericht301):
            nummers = {product.ToewijzingNummer for product in voorstel.bericht.Client.ToegewezenProducten}
        vol = {(u.sleutel.domein, u.sleutel.gemeente, nummer) for nummer in nummers}
        eigenaars = dossiers.nummers_in_gebruik(self.verbinding, vol)
        gebruikt = (self.partij.code, voorstel.soort.code, u.identificatie)
        return keur(
            voorstel,
            u,
            nummers_elders={nummer for (_, _, nummer), van in eigenaars.items() if van != u.sleutel},
            identificatie_bekend=gebruikt in berichten.gebruikte_identificaties(self.verbinding, {gebruikt}),
        )

    def _verzoek(self, id_: str) -> verzoeken.Verzoekrij:
        rij = verzoeken.LIJST.geef(self.verbinding, self.partij.code, id_)
        if rij is None:
            raise NietGevonden("Dit verzoek")
        return rij

    def _voor_antwoord(self, id_: str, *vraag: object) -> tuple[Uitgangspunt, str]:
        self.eis("319")
        rij = self._verzoek(id_)
        return self.uitgangspunt(dossiers.sleutel(rij.dossier), "319", id_, *vraag), rij.referentie

    def _voor_levering(
        self, soort: str, tekst: str, waar: Vindplaats, *vraag: object
    ) -> tuple[Uitgangspunt, int] | Voorstel:
        """The dossier and the number of a toewijzing, or the question which one is meant."""
        self.eis(soort)
        rijen = self._toewijzingen(tekst, waar)
        if not rijen:
            raise NietGevonden(f"Toewijzing {tekst}" if tekst.isdigit() else "Deze toewijzing")
        if len(rijen) > 1:
            return Voorstel(berichtsoort(Domein(rijen[0].domein), soort), (), _welke(rijen))
        [rij] = rijen
        u = self.uitgangspunt(dossiers.sleutel(rij.dossier), soort, rij.id, *vraag)
        return u, rij.toewijzingnummer

    def _toewijzingen(self, tekst: str, waar: Vindplaats) -> Sequence[toewijzingen.Toewijzingrij]:
        """Those of this party with this id or number; what looks like neither is none."""
        if not (tekst.isascii() and tekst.isdigit()):
            rij = toewijzingen.LIJST.geef(self.verbinding, self.partij.code, tekst)
            return [rij] if rij is not None else []
        if len(tekst) > LANGSTE_TOEWIJZINGNUMMER:
            return []
        waarden = {naam: waarde for naam, waarde in waar._asdict().items() if waarde is not None}
        vraag = waarden | {"toewijzingnummer": int(tekst)}
        return toewijzingen.LIJST.zoek(self.verbinding, self.partij.code, self.moment.date(), _MEESTE_KEUZES, vraag)

    def _client(self, data: bytes | None) -> Client301 | None:
        bericht = lees(data, self.schemas).bericht if data is not None else None
        return bericht.Client if isinstance(bericht, Bericht301) else None

    def _aangevraagd(self, bericht: str) -> Client315 | None:
        data = berichten.inhoud(self.verbinding, self.partij.code, bericht)
        gelezen = lees(data, self.schemas).bericht if data is not None else None
        return gelezen.Client if isinstance(gelezen, Bericht315) else None


def zoek_verzoek(verbinding: Connection, partij: str, referentie: str, dag: date) -> str:
    """The id of the request with this ReferentieAanbieder, of those a party may see. Raises ``VoorstelFout``."""
    rijen = verzoeken.LIJST.zoek(verbinding, partij, dag, 2, {"referentie": referentie})
    return _enige([rij.id for rij in rijen], f"verzoek {referentie}")


def _welke(rijen: Sequence[toewijzingen.Toewijzingrij]) -> tuple[Vraag, ...]:
    """What tells these toewijzingen with one number apart: the gemeente, the law, or both; the choices have their ids."""
    vragen: list[Vraag] = []
    for veld, vraag in (("gemeente", "Van welke gemeente is de toewijzing?"), ("domein", "Onder welke wet valt zij?")):
        per_waarde: dict[str, list[str]] = {}
        for rij in rijen:
            per_waarde.setdefault(getattr(rij, veld), []).append(_beschreven(rij))
        if len(per_waarde) > 1:
            keuzes = (Keuze(waarde, "; ".join(wat)) for waarde, wat in sorted(per_waarde.items()))
            vragen.append(Vraag(veld, vraag, tuple(keuzes)))
    return tuple(vragen)


def _beschreven(rij: toewijzingen.Toewijzingrij) -> str:
    product = " ".join(deel for deel in (rij.categorie, rij.code) if deel) or "zonder product"
    return f"{rij.domein}, {product}, vanaf {rij.ingangsdatum}, id {rij.id}"


def _enige(ids: Sequence[str], wat: str) -> str:
    if not ids:
        raise VoorstelFout(f"Er is geen {wat} van deze partij.")
    if len(ids) > 1:
        raise VoorstelFout(f"Er is meer dan één {wat} van deze partij; geef het id op.")
    return ids[0]


def identificatie_uit(*delen: object) -> str:
    """V and eleven base-32 characters that follow from what the proposal is about. It starts from the id of a message, which
    follows from all of its content, so nothing of a person can be found back in it."""
    return "V" + base64.b32encode(hashlib.sha256(repr(delen).encode()).digest()).decode()[:11]
