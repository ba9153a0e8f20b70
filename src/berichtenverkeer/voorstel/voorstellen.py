"""Proposals for a party, from what is stored. Nothing is stored or sent: a proposal is looked at, and offered as any message."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import count

from sqlalchemy import Connection

from ..levensloop.dossier import Dossier, Dossiersleutel
from ..levensloop.overgangen import Verzoeksoort
from ..opslag.berichten import berichten
from ..opslag.declaraties import declaraties
from ..opslag.dossiers import clienten, dossiers, toewijzingen, verzoeken
from ..opslag.dossiers import voorstellen as tabel
from ..partijen.partij import Partij, Partijrol
from ..partijen.schakelaar import LEEG, Schakelbord
from ..regels.contract import Contract
from ..standaard.berichten.toewijzing import Bericht301
from ..standaard.berichten.verzoek_om_toewijzing import Bericht315, Client315
from ..standaard.berichten.verzoek_om_wijziging import Bericht317
from ..standaard.berichtsoort import Berichtsoort, Ketenrol, berichtsoort
from ..standaard.domein import Domein
from ..standaard.lezen import lees
from ..standaard.schema import Schemas
from ..zegbaar import Zegbaar
from .opstellen.antwoord import meld_onderzoek, wijs_af
from .opstellen.keuring import keur
from .opstellen.start import meld_start, verbeter_start
from .opstellen.stop import meld_stop, verbeter_stop
from .opstellen.voorstel import Uitgangspunt, Voorstel
from .opstellen.vot import honoreer_vot
from .opstellen.vow import honoreer_vow
from .vragen import OpToewijzing, StartVraag, StopVraag, ToewijzingVraag, VerzoekAntwoordVraag
from .welke import welke

LANGSTE_TOEWIJZINGNUMMER = 9
LANGSTE_REFERENTIE = 20
_MEESTE_KEUZES = 20


class VoorstelFout(Zegbaar):
    """There can be no proposal for this question. The text is Dutch and says what to do."""


class NietVanPartij(VoorstelFout):
    """The party may not send such a message."""


class NietGevonden(VoorstelFout):
    """What the proposal is about is not there, or belongs to others; the two are not told apart. ``wat`` is its name."""

    def __init__(self, wat: str) -> None:
        super().__init__(f"{wat} is niet gevonden.")
        self.wat = wat


@dataclass(frozen=True, slots=True)
class Bureau:
    """Makes the proposals of one party at one moment. What it makes can raise ``VoorstelFout``.

    ``nummers`` are for new toewijzingen; when they are used up, the next free number of the gemeente is taken. Without
    ``identificatie`` it follows from the question and what it is about, so that a repeat gives the same. ``bord`` says in which
    release a message to a party is written.
    """

    verbinding: Connection
    partij: Partij
    moment: datetime
    schemas: Schemas
    contract_van: Callable[[str, str], Contract]
    nummers: Sequence[int] = ()
    identificatie: str | None = None
    bord: Schakelbord = LEEG

    def toewijzing(self, vraag: ToewijzingVraag) -> Voorstel:
        """The 301 that honours these requests: one VOW, or products of VOTs of one client with what is assigned otherwise."""
        self.eis("301")
        rijen = [self._verzoek(toekenning.verzoek) for toekenning in vraag.verzoeken]
        toekenningen = {rij.id: toekenning.anders for rij, toekenning in zip(rijen, vraag.verzoeken, strict=True)}
        if len(toekenningen) < len(rijen):
            raise VoorstelFout("Een verzoek staat er meer dan één keer in; noem ieder verzoek één keer.")
        if any(anders.get("Ingangsdatum", date.min) is None for anders in toekenningen.values()):
            raise VoorstelFout("Een toewijzing heeft een ingangsdatum; laat het veld weg.")
        if len({rij.dossier for rij in rijen}) > 1:
            raise VoorstelFout(
                "Deze verzoeken zijn niet van één cliënt bij één aanbieder; vraag een voorstel voor elk."
            )
        eerste, contact = rijen[0], tuple(vraag.contactgegevens)
        u = self.uitgangspunt(dossiers.sleutel(eerste.dossier), "301", toekenningen, vraag.vanaf, contact)
        u = replace(u, contactgegevens=contact)
        if u.client is None and eerste.soort == Verzoeksoort.VOT:
            u = replace(u, aangevraagd=self._aangevraagd(eerste.bericht))
        if all(rij.soort == Verzoeksoort.VOT for rij in rijen):
            if vraag.vanaf is not None:
                raise VoorstelFout("'vanaf' is er voor een VOW; geef bij een VOT de ingangsdatum per product (IV094).")
            op_referentie = {rij.referentie: toekenningen[rij.id] for rij in rijen}
            return self.keur(honoreer_vot(u, op_referentie), u)
        if len(rijen) > 1 or any(toekenningen.values()):
            raise VoorstelFout("Een VOW wordt alleen en in zijn geheel gehonoreerd, zoals gevraagd (IV093).")
        return self.keur(honoreer_vow(u, u.aanvraag(eerste.referentie), vraag.vanaf), u)

    def antwoord(self, vraag: VerzoekAntwoordVraag) -> Voorstel:
        """The 319 that refuses a request, or says that it is under investigation."""
        self.eis("319")
        onderzoek = vraag.antwoord == "onderzoek"
        if onderzoek and (vraag.reden, vraag.gemeente) != (None, None):
            raise VoorstelFout("Een onderzoek heeft geen reden en geen gemeente (CD086).")
        rij = self._verzoek(vraag.verzoek)
        delen = () if onderzoek else (vraag.reden, vraag.gemeente)
        u = self.uitgangspunt(dossiers.sleutel(rij.dossier), "319", rij.id, *delen)
        aanvraag = u.aanvraag(rij.referentie)
        return self.keur(meld_onderzoek(u, aanvraag) if onderzoek else wijs_af(u, aanvraag, *delen), u)

    def start(self, vraag: StartVraag) -> Voorstel:
        """The 305 on a toewijzing; with ``corrigeert`` the one that mends the start of that day."""
        gevonden = self.op_toewijzing("305", vraag, vraag.begindatum, vraag.corrigeert)
        if isinstance(gevonden, Voorstel):
            return gevonden
        u, nummer = gevonden
        if vraag.corrigeert is not None:
            return self.keur(verbeter_start(u, nummer, vraag.corrigeert, vraag.begindatum), u)
        return self.keur(meld_start(u, nummer, vraag.begindatum), u)

    def stop(self, vraag: StopVraag) -> Voorstel:
        """The 307 on a toewijzing; with ``corrigeert`` the one that mends the last stop."""
        gevonden = self.op_toewijzing("307", vraag, vraag.einddatum, vraag.reden, vraag.corrigeert)
        if isinstance(gevonden, Voorstel):
            return gevonden
        u, nummer = gevonden
        return self.keur((verbeter_stop if vraag.corrigeert else meld_stop)(u, nummer, vraag.einddatum, vraag.reden), u)

    def eis(self, soort: str) -> None:
        """Raise ``NietVanPartij`` when the party does not send this kind of message."""
        verzender = berichtsoort(Domein.IWMO, soort).verzender
        if (verzender is Ketenrol.GEMEENTE) != (self.partij.rol is Partijrol.GEMEENTE):
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
        bekend = clienten.toegewezen(self.verbinding, [dossiers.tekst(sleutel) for sleutel in sleutels], self.schemas)
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
                client=bekend.get(dossiers.tekst(sleutel)),
                contract=self.contract_van(sleutel.gemeente, sleutel.aanbieder),
                in_release=partial(self.in_release, sleutel.gemeente, sleutel.aanbieder),
            )

    def in_release(self, gemeente: str, aanbieder: str, soort: Berichtsoort) -> Berichtsoort:
        """This kind of message in the release in which one between these two is written now."""
        ontvanger = aanbieder if soort.verzender is Ketenrol.GEMEENTE else gemeente
        return self.bord.te_schrijven(soort, self.moment, ontvanger)

    def nieuwe_nummers(self, domein: Domein, gemeente: str) -> Callable[[], int]:
        """Gives the numbers of the caller, and after those the next free ones of the gemeente."""
        gegeven = iter(self.nummers)
        hoogste = tabel.hoogste_nummer(self.verbinding, domein, gemeente)
        vrij = count(max((hoogste, *self.nummers)) + 1)
        return lambda: next(gegeven, None) or next(vrij)

    def keur(self, voorstel: Voorstel, u: Uitgangspunt) -> Voorstel:
        """The proposal, judged as its receiver would judge it."""
        nummers: set[int] = set()
        if isinstance(voorstel.bericht, Bericht301):
            nummers = {product.ToewijzingNummer for product in voorstel.bericht.Client.ToegewezenProducten}
        vol = {(u.sleutel.domein, u.sleutel.gemeente, nummer) for nummer in nummers}
        eigenaars = dossiers.nummers_in_gebruik(self.verbinding, vol)
        referenties = {(u.sleutel.domein, u.sleutel.aanbieder, een) for een in _referenties(voorstel)}
        van_verzoek = dossiers.referenties_in_gebruik(self.verbinding, referenties)
        gebruikt = (self.partij.code, voorstel.soort.code, u.identificatie)
        return keur(
            voorstel,
            u,
            nummers_elders={nummer for (_, _, nummer), van in eigenaars.items() if van != u.sleutel},
            referenties_elders={een for (_, _, een), van in van_verzoek.items() if van != u.sleutel},
            identificatie_bekend=gebruikt in berichten.gebruikte_identificaties(self.verbinding, {gebruikt}),
        )

    def _verzoek(self, tekst: str) -> verzoeken.Verzoekrij:
        """The request of this party with this id or ReferentieAanbieder."""
        code, lijst = self.partij.code, verzoeken.LIJST
        rij = lijst.geef(self.verbinding, code, tekst)
        if rij is not None or len(tekst) > LANGSTE_REFERENTIE:
            rijen = [rij] if rij is not None else []
        else:
            rijen = list(lijst.zoek(self.verbinding, code, self.moment.date(), 2, {"referentie": tekst}))
        if not rijen:
            raise NietGevonden("Dit verzoek")
        if len(rijen) > 1:
            raise VoorstelFout("Er is meer dan één verzoek met deze referentie; geef het id op.")
        return rijen[0]

    def op_toewijzing(self, soort: str, vraag: OpToewijzing, *delen: object) -> tuple[Uitgangspunt, int] | Voorstel:
        """What a message of this kind about a toewijzing starts from, and the number of that; or the question which one is meant."""
        self.eis(soort)
        rijen = self._toewijzingen(vraag)
        if not rijen:
            raise NietGevonden(f"Toewijzing {vraag.toewijzing}" if _is_nummer(vraag.toewijzing) else "Deze toewijzing")
        if len(rijen) > 1:
            return Voorstel(berichtsoort(Domein(rijen[0].domein), soort), (), welke(rijen))
        [rij] = rijen
        u = self.uitgangspunt(dossiers.sleutel(rij.dossier), soort, rij.id, *delen)
        return u, rij.toewijzingnummer

    def _toewijzingen(self, vraag: OpToewijzing) -> Sequence[toewijzingen.Toewijzingrij]:
        """Those of this party with this id or number; what looks like neither is none."""
        tekst = vraag.toewijzing
        if not _is_nummer(tekst):
            rij = toewijzingen.LIJST.geef(self.verbinding, self.partij.code, tekst)
            return [rij] if rij is not None else []
        if len(tekst) > LANGSTE_TOEWIJZINGNUMMER:
            return []
        waar = vraag.model_dump(include={"gemeente", "domein"}, exclude_none=True) | {"toewijzingnummer": int(tekst)}
        return toewijzingen.LIJST.zoek(self.verbinding, self.partij.code, self.moment.date(), _MEESTE_KEUZES, waar)

    def _aangevraagd(self, bericht: str) -> Client315 | None:
        data = berichten.inhoud(self.verbinding, self.partij.code, bericht)
        gelezen = lees(data, self.schemas).bericht if data is not None else None
        return gelezen.Client if isinstance(gelezen, Bericht315) else None


def _referenties(voorstel: Voorstel) -> list[str]:
    """The ReferentieAanbieders that a request gives out."""
    match voorstel.bericht:
        case Bericht315(Client=client):
            return [product.ReferentieAanbieder for product in client.AangevraagdeProducten]
        case Bericht317(Client=client):
            return [client.Verzoek.ReferentieAanbieder]
    return []


def _is_nummer(tekst: str) -> bool:
    return tekst.isascii() and tekst.isdigit()


def identificatie_uit(*delen: object) -> str:
    """V and eleven base-32 characters that follow from what the proposal is about. It starts from the id of a message, which
    follows from all of its content, so nothing of a person can be found back in it."""
    return "V" + base64.b32encode(hashlib.sha256(repr(delen).encode()).digest()).decode()[:11]
