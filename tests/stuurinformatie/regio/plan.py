"""What is to happen in the region: messages and acts, each at its moment. It is made before anything comes in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from tests.berichten import Dossier
from tests.conformance.boom import Boom
from tests.retouren import retour
from tests.stuurinformatie.regio.bureau import Bureau
from tests.stuurinformatie.regio.wie import EERSTE, HOOFDAANNEMER, LAATSTE, ZELF, Product

from berichtenverkeer.klok import NEDERLAND

Handeling = Callable[[Bureau, datetime], None]
"""An act of the hoofdaannemer or a partner, at its moment."""


@dataclass(slots=True)
class Versie:
    """A version of a toewijzing that was sent: from when it is known, and its run."""

    bekend: datetime
    ingang: date
    eind: date | None


@dataclass(slots=True)
class Toegewezen:
    """A toewijzing as the plan has it. ``verwijderd``: from when it was taken back."""

    wie: Dossier
    product: Product
    versies: list[Versie]
    referentie: str | None = None
    verwijderd: datetime | None = None

    @property
    def nu(self) -> Versie:
        """The last version."""
        return self.versies[-1]

    def op(self, moment: datetime) -> Versie | None:
        """The version that is known at this moment; none when it is not known or taken back."""
        if self.verwijderd is not None and self.verwijderd <= moment:
            return None
        bekend = [versie for versie in self.versies if versie.bekend <= moment]
        return bekend[-1] if bekend else None


@dataclass
class Plan:
    """The region to be: what comes in when. ``dobbel`` decides all that is left to chance."""

    dobbel: Random
    berichten: list[tuple[datetime, int, bytes]] = field(default_factory=list)
    handelingen: list[tuple[datetime, int, Handeling]] = field(default_factory=list)
    toegewezen: list[Toegewezen] = field(default_factory=list)
    _volg: Iterator[int] = field(default_factory=count)
    _nummers: Iterator[int] = field(default_factory=lambda: count(5001))

    def nummer(self) -> int:
        """A ToewijzingNummer or the like that nobody has."""
        return next(self._nummers)

    def moment(self, dag: date) -> datetime:
        """A moment on this day; some in the first or last hour of it, and none outside the two years."""
        dag = min(max(dag, EERSTE), LAATSTE)
        uur = self.dobbel.choice((0, 9, 11, 14, 16, 23) if self.dobbel.random() < 0.2 else (9, 11, 14, 16))
        return datetime.combine(dag, time(uur, self.dobbel.randrange(60), self.dobbel.randrange(60)), NEDERLAND)

    def daarna(self, moment: datetime, dagen: int = 0) -> datetime:
        """A moment so many days later, and at least a minute after it."""
        gekozen = self.moment(moment.date() + timedelta(days=dagen))
        return gekozen if gekozen > moment else moment + timedelta(minutes=1)

    def doe(self, moment: datetime, handeling: Handeling) -> None:
        """An act."""
        self.handelingen.append((moment, next(self._volg), handeling))

    def stuur(self, wie: Dossier, soort: str, inhoud: dict[str, Boom], op: datetime, *, antwoord: bool = True) -> bytes:
        """A message comes in. A receiver that judges for itself answers most of them, some late, some with a refusal."""
        identificatie = f"S{next(self._volg):08}"
        kop: dict[str, Boom] = {"Header/BerichtIdentificatie/Dagtekening": f"{op.date()}"}
        data = wie.bericht(soort, kop | inhoud, identificatie)
        self.berichten.append((op, next(self._volg), data))
        ontvanger = wie.aanbieder if soort in ("301", "319") else wie.gemeente
        if antwoord and ontvanger in ZELF and self.dobbel.random() < 0.9:
            terug = self.daarna(op, self.dobbel.choice((0, 0, 1, 1, 2, 3, 4, 5, 7, 9)))
            code = (
                {"301": "9332", "305": "9019", "307": "9069"}.get(soort, "9347")
                if self.dobbel.random() < 0.08
                else None
            )
            if code is None or soort != "319":
                self.berichten.append((terug, next(self._volg), retour(data, code, dag=f"{terug.date()}")))
        return data

    def wijs_toe(
        self, wie: Dossier, product: Product, ingang: date, eind: date | None, op: datetime,
        *, referentie: str | None = None, vastgesteld: date | None = None,
    ) -> Toegewezen:  # fmt: skip
        """A 301 with a new number comes in."""
        wie = replace(wie, domein=product.domein, nummer=self.nummer())
        t = Toegewezen(wie, product, [Versie(op, ingang, eind)], referentie)
        self.toegewezen.append(t)
        self._301(t, op, referentie=referentie, vastgesteld=vastgesteld)
        return t

    def wijzig(
        self, t: Toegewezen, eind: date | None, reden: str, op: datetime, *, referentie: str | None = None
    ) -> None:
        """A 301 with a version that ends on another day."""
        t.versies.append(Versie(op, t.nu.ingang, eind))
        self._301(t, op, reden=reden, referentie=referentie)

    def verwijder(self, t: Toegewezen, op: datetime) -> None:
        """A 301 that takes it back."""
        t.versies.append(Versie(op, t.nu.ingang, t.nu.ingang))
        t.verwijderd = op
        self._301(t, op, reden="13")

    def herhaal(self, t: Toegewezen, op: datetime, eerder: datetime) -> None:
        """The version that came at ``eerder`` is sent once more."""
        self._301(t, op, vastgesteld=eerder.date(), tijd=f"{eerder:%H:%M:%S}")

    def _301(
        self, t: Toegewezen, op: datetime, *, reden: str | None = None, referentie: str | None = None,
        vastgesteld: date | None = None, tijd: str | None = None,
    ) -> None:  # fmt: skip
        p, versie = t.product, t.nu
        item: dict[str, Boom] = {"ToewijzingNummer": str(t.wie.nummer)}
        if referentie:
            item["ReferentieAanbieder"] = referentie
        if p.categorie:
            item["Product"] = product_boom(p.categorie, p.code)
        item |= {"Toewijzingsdatum": f"{vastgesteld or op.date()}", "Toewijzingstijd": tijd or f"{op:%H:%M:%S}"}
        item["Ingangsdatum"] = f"{versie.ingang}"
        if versie.eind:
            item["Einddatum"] = f"{versie.eind}"
        if reden:
            item["RedenWijziging"] = reden
        if p.omvang:
            item["Omvang"] = omvang_boom(p.omvang)
        if p.budget:
            item["Budget"] = str(p.budget)
        self.stuur(t.wie, "301", {"Client/ToegewezenProducten": [item]}, op)

    def start(self, t: Toegewezen, begin: date, op: datetime, *, status: str = "1", terug: date | None = None) -> None:
        """A 305; with ``terug`` it first takes back the start of that day."""
        dagen = [(terug, "3")] if terug else []
        producten: list[Boom] = [
            _levering(t, {"Begindatum": f"{dag}", "StatusAanlevering": hoe}) for dag, hoe in [*dagen, (begin, status)]
        ]
        self.stuur(t.wie, "305", {"Client/StartProducten": producten}, op)

    def stop(
        self,
        t: Toegewezen,
        begin: date,
        eind: date,
        reden: str,
        op: datetime,
        *,
        status: str = "1",
        terug: tuple[date, str] | None = None,
    ) -> None:
        """A 307; with ``terug`` it first takes back the stop of that day and reason."""
        stops = [(*terug, "3")] if terug else []
        producten: list[Boom] = [
            _levering(
                t,
                {"Begindatum": f"{begin}", "RedenBeeindiging": waarom, "Einddatum": f"{dag}", "StatusAanlevering": hoe},
            )
            for dag, waarom, hoe in [*stops, (eind, reden, status)]
        ]
        self.stuur(t.wie, "307", {"Client/StopProducten": producten}, op)

    def taakgericht(self, wie: Dossier, product: tuple[str, str], begin: date, op: datetime) -> None:
        """A start without ToewijzingNummer."""
        item: Boom = {"Product": product_boom(*product), "Begindatum": f"{begin}", "StatusAanlevering": "1"}
        self.stuur(wie, "305", {"Client/StartProducten": [item]}, op)

    def taakgericht_uit(
        self, wie: Dossier, product: tuple[str, str], begin: date, eind: date, reden: str, op: datetime
    ) -> None:
        """Its stop."""
        item: dict[str, Boom] = {"Product": product_boom(*product), "Begindatum": f"{begin}"}
        item |= {"RedenBeeindiging": reden, "Einddatum": f"{eind}", "StatusAanlevering": "1"}
        self.stuur(wie, "307", {"Client/StopProducten": [item]}, op)

    @property
    def van_hoofdaannemer(self) -> list[Toegewezen]:
        """What the hoofdaannemer was assigned."""
        return [t for t in self.toegewezen if t.wie.aanbieder == HOOFDAANNEMER]


def product_boom(categorie: str, code: str | None) -> Boom:
    """A Product."""
    return {"Categorie": categorie, "Code": code} if code else {"Categorie": categorie}


def omvang_boom(omvang: tuple[int, str, str]) -> Boom:
    """An Omvang."""
    volume, eenheid, frequentie = omvang
    return {"Volume": str(volume), "Eenheid": eenheid, "Frequentie": frequentie}


def _levering(t: Toegewezen, velden: dict[str, Boom]) -> Boom:
    item: dict[str, Boom] = {"ToewijzingNummer": str(t.wie.nummer), "ToewijzingIngangsdatum": f"{t.nu.ingang}"}
    if t.product.categorie:
        item["Product"] = product_boom(t.product.categorie, t.product.code)
    return item | velden
