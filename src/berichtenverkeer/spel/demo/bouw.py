"""Making the messages of the region: a ``Zaak`` writes what a gemeente and an aanbieder send each other about a client.

Days are written as ``"2026-01-13"``. A story that is told of several clients is told some weeks later of each next one;
the first and the last day of a month stay where they are.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from ...standaard.berichten import BERICHTKLASSE
from ...standaard.berichtsoort import Berichtsoort, Rol, berichtsoort
from ...standaard.bsn import voldoet
from ...standaard.domein import RELEASE, Domein
from ...standaard.schema import Schemas
from ...standaard.schrijven import schrijf
from .manifest import Deelnemer, Verwacht, Zending

REDENEN = {
    "volgens plan": ("19", "31"),
    "tijdelijk": ("20", "20"),
    "door cliënt": ("21", "32"),
    "overleden": ("02", "02"),
    "verhuisd": ("31", "35"),
    "door gemeente": ("36", "36"),
    "wijzigingsverzoek": ("37", "37"),
    "andere aanbieder": ("38", "38"),
}
"""RedenBeeindiging in words, for iWmo and for iJw."""

_GOED = Verwacht(202, "goedgekeurd")
_GEWEIGERD = {
    "XSD": Verwacht(422, None, ("XSD",), "xsd-ongeldig"),
    "onbekend-bericht": Verwacht(422, None, (), "onbekend-bericht"),
    "onbekende-ontvanger": Verwacht(422, None, (), "onbekende-ontvanger"),
    "onleesbaar": Verwacht(400, None, (), "onleesbaar"),
    "vreemde-afzender": Verwacht(403, None, (), "vreemde-afzender"),
}

Inhoud = dict[str, Any]
"""The content of a class as plain values."""


@dataclass(frozen=True, slots=True)
class Client:
    """A fictive person."""

    nummer: int
    bsn: str
    geboortedatum: date
    geslacht: str

    @property
    def naam(self) -> str:
        return f"Testpersoon {self.nummer}"


@dataclass(frozen=True, slots=True)
class Aanbieder:
    """An aanbieder, and the one product it delivers."""

    deelnemer: Deelnemer
    domein: Domein
    product: dict[str, str]
    omvang: Inhoud


@dataclass
class Toewijzing:
    """One ToewijzingNummer as its gemeente has it. ``moment`` is that of its newest version, None until it is sent."""

    inhoud: Inhoud
    moment: datetime | None = None

    @property
    def nummer(self) -> int:
        return int(self.inhoud["ToewijzingNummer"])

    def geldt_nog(self, dag: date) -> bool:
        """Whether it belongs in every 301 from this day (OP087)."""
        einde = self.inhoud.get("Einddatum")
        return self.inhoud.get("RedenWijziging") != "13" and (einde is None or einde >= dag)


@dataclass
class Ontwerp:
    """A message in the making, and what must come of it. ``zelfde`` is an earlier message that is sent once more."""

    soort: Berichtsoort
    gemaakt: datetime
    bezorgd: datetime
    van: str
    afzender: str
    ontvanger: str
    inhoud: Inhoud
    verhaal: str
    verwacht: Verwacht
    dagtekening: date
    identificatie: str = ""
    als: "Ontwerp | None" = None
    zelfde: "Ontwerp | None" = None
    bederf: Callable[[bytes], bytes] | None = None


@dataclass
class Regio:
    """All messages of the region. The numbers of toewijzingen, requests and messages come after ``vanaf``."""

    schemas: Schemas
    vanaf: int = 0
    ontwerpen: list[Ontwerp] = field(default_factory=list)
    _per_dag: Counter[date] = field(default_factory=Counter)
    _nummers: Counter[str] = field(default_factory=Counter)

    def moment(self, dag: date) -> datetime:
        """The next moment of this working day at which nothing is sent yet."""
        self._per_dag[dag] += 1
        return datetime.combine(dag, time(8, 30)) + timedelta(minutes=7 * self._per_dag[dag])

    def toewijzingnummer(self, gemeente: str) -> int:
        """A number this gemeente has not used."""
        return int(gemeente) * 1000 + self._nummer(gemeente)

    def referentie(self, aanbieder: str) -> str:
        """A ReferentieAanbieder this aanbieder has not used."""
        return f"VERZOEK-{self._nummer(aanbieder):04}"

    def _nummer(self, van: str) -> int:
        self._nummers[van] += 1
        return self.vanaf + self._nummers[van]

    def inhouden(self) -> Iterator[tuple[Ontwerp, bytes]]:
        """Every message in the order in which it is delivered."""
        gebruikt: Counter[str] = Counter()
        for ontwerp in sorted(self.ontwerpen, key=lambda o: o.gemaakt):
            gebruikt[ontwerp.afzender] += 1
            ontwerp.identificatie = f"{ontwerp.afzender[-4:]}-{self.vanaf + gebruikt[ontwerp.afzender]:05}"
        for ontwerp in sorted(self.ontwerpen, key=lambda o: o.bezorgd):
            yield ontwerp, self._data(ontwerp.zelfde or ontwerp)

    def zendingen(self) -> Iterator[tuple[Zending, bytes]]:
        """Every message in the order in which it is delivered, as file and as line of the manifest."""
        bestanden: dict[int, str] = {}
        for ontwerp, data in self.inhouden():
            eigenlijk = ontwerp.zelfde or ontwerp
            if id(eigenlijk) not in bestanden:
                bestanden[id(eigenlijk)] = f"{len(bestanden) + 1:03}-{eigenlijk.soort.code}.xml"
            naam = bestanden[id(eigenlijk)]
            yield Zending(naam, ontwerp.bezorgd, ontwerp.van, ontwerp.verhaal, ontwerp.verwacht), data

    def _data(self, ontwerp: Ontwerp) -> bytes:
        nummer = (ontwerp.als or ontwerp).identificatie
        header = kop(
            ontwerp.soort, ontwerp.afzender, ontwerp.ontvanger, nummer, ontwerp.dagtekening.isoformat(), self.schemas
        )
        data = maak(ontwerp.soort, {"Header": header, **ontwerp.inhoud}, self.schemas)
        return ontwerp.bederf(data) if ontwerp.bederf else data


@dataclass
class Zaak:
    """What one gemeente and one aanbieder send each other about one client."""

    regio: Regio
    domein: Domein
    gemeente: str
    aanbieder: Aanbieder
    client: Client
    verhaal: str
    weken: int = 0
    toewijzingen: list[Toewijzing] = field(default_factory=list)

    def bij(self, *, gemeente: str | None = None, aanbieder: Aanbieder | None = None) -> "Zaak":
        """The same client at another gemeente or another aanbieder."""
        return Zaak(
            self.regio, self.domein, gemeente or self.gemeente, aanbieder or self.aanbieder, self.client, self.verhaal,
            self.weken,
        )  # fmt: skip

    def dag(self, tekst: str) -> date:
        """The day of the story for this client."""
        dag = date.fromisoformat(tekst)
        if dag.day == 1 or (dag + timedelta(days=1)).day == 1:
            return dag
        return dag + timedelta(weeks=self.weken)

    # what the gemeente does

    def toewijzing(self, van: str, tot: str | None = None, **anders: Any) -> Toewijzing:
        """A new toewijzing, for the next 301."""
        inhoud: Inhoud = {
            "ToewijzingNummer": self.regio.toewijzingnummer(self.gemeente),
            "Product": self.aanbieder.product,
            "Ingangsdatum": self.dag(van),
            "Einddatum": self.dag(tot) if tot else None,
            "Omvang": self.aanbieder.omvang,
        }
        nieuw = Toewijzing(inhoud | anders)
        self.toewijzingen.append(nieuw)
        return nieuw

    def verander(self, toewijzing: Toewijzing, *, tot: str | None = None, **anders: Any) -> None:
        """A new version of a toewijzing, for the next 301."""
        einde = {"Einddatum": self.dag(tot)} if tot else {}
        toewijzing.inhoud = toewijzing.inhoud | einde | anders
        toewijzing.moment = None

    def stuur_301(
        self, op: str, *, bezorgd: str | None = None, honoreert: str | None = None, fout: str = "", **anders: Any
    ) -> Ontwerp:
        """Send every toewijzing that is valid from that day, and what changed since the last 301 (OP087). ``honoreert`` is
        the reference of a VOW: it stands on every toewijzing (IV093)."""
        moment = self.regio.moment(self.dag(op))
        producten: list[Inhoud] = []
        for toewijzing in self.toewijzingen:
            nieuw = toewijzing.moment is None
            if not nieuw and not toewijzing.geldt_nog(moment.date()):
                continue
            toewijzing.moment = toewijzing.moment or moment
            producten.append(
                {
                    **toewijzing.inhoud,
                    "Toewijzingsdatum": toewijzing.moment.date(),
                    "Toewijzingstijd": toewijzing.moment.time(),
                    "RedenWijziging": toewijzing.inhoud.get("RedenWijziging") if nieuw else None,
                    "ReferentieAanbieder": honoreert or toewijzing.inhoud.get("ReferentieAanbieder")
                    if nieuw
                    else honoreert,
                }
            )
        client = {**self.persoon("NaamGebruik"), "Contactgegevens": [_ADRES], "ToegewezenProducten": producten}
        aankomst = self.regio.moment(self.dag(bezorgd)) if bezorgd else moment
        return self.stuur("301", moment, aankomst, {"Client": client}, fout, **anders)

    def wijs_toe(self, op: str, van: str, tot: str | None = None, **anders: Any) -> Toewijzing:
        """Send one new toewijzing."""
        nieuw = self.toewijzing(van, tot, **anders)
        self.stuur_301(op)
        return nieuw

    def wijzig(self, op: str, toewijzing: Toewijzing, *, tot: str | None = None, **anders: Any) -> None:
        """Send a new version of one toewijzing."""
        self.verander(toewijzing, tot=tot, **anders)
        self.stuur_301(op)

    # what the aanbieder does

    def start(self, toewijzing: Toewijzing, begin: str, status: str = "1") -> Inhoud:
        """A StartProduct; status 3 takes it back."""
        return {
            "ToewijzingNummer": toewijzing.nummer,
            "Product": toewijzing.inhoud["Product"],
            "ToewijzingIngangsdatum": toewijzing.inhoud["Ingangsdatum"],
            "Begindatum": self.dag(begin),
            "StatusAanlevering": status,
        }

    def stop(self, toewijzing: Toewijzing, begin: str, eind: str, reden: str, status: str = "1") -> Inhoud:
        """A StopProduct on the start of ``begin``; ``reden`` is one of ``REDENEN``."""
        code = REDENEN[reden][self.domein is Domein.IJW]
        return {
            **self.start(toewijzing, begin, status), "Einddatum": self.dag(eind), "RedenBeeindiging": code
        }  # fmt: skip

    def meld(self, op: str, *producten: Inhoud, fout: str = "", **anders: Any) -> Ontwerp:
        """Send a 305 with these starts, or a 307 with these stops."""
        nummer, klasse = ("307", "StopProducten") if "Einddatum" in producten[0] else ("305", "StartProducten")
        moment = self.regio.moment(self.dag(op))
        inhoud = {"Client": {**self.persoon(), klasse: list(producten)}}
        return self.stuur(nummer, moment, moment, inhoud, fout, **anders)

    def nogmaals(self, op: str, eerder: Ontwerp) -> None:
        """Send the very same bytes again."""
        moment = self.regio.moment(self.dag(op))
        self.regio.ontwerpen.append(
            Ontwerp(
                eerder.soort, moment, moment, eerder.van, eerder.afzender, eerder.ontvanger, eerder.inhoud,
                self.verhaal, Verwacht(200, "goedgekeurd"), eerder.dagtekening, zelfde=eerder,
            )
        )  # fmt: skip

    def stuur(
        self,
        nummer: str,
        gemaakt: datetime,
        bezorgd: datetime,
        inhoud: Inhoud,
        fout: str,
        *,
        van: str | None = None,
        ontvanger: str | None = None,
        dagtekening: str | None = None,
        als: Ontwerp | None = None,
        bederf: Callable[[bytes], bytes] | None = None,
    ) -> Ontwerp:
        """Send a message with this content; ``fout`` names the rules that find it at fault, or the kind of refusal."""
        soort = berichtsoort(self.domein, nummer)
        codes = self.gemeente, self.aanbieder.deelnemer.code
        afzender, naar = codes if soort.verzender is Rol.GEMEENTE else codes[::-1]
        verwacht = _GEWEIGERD.get(fout) or (Verwacht(202, "afgekeurd", tuple(fout.split())) if fout else _GOED)
        ontwerp = Ontwerp(
            soort, gemaakt, bezorgd, van or afzender, afzender, ontvanger or naar, inhoud, self.verhaal, verwacht,
            self.dag(dagtekening) if dagtekening else gemaakt.date(), als=als, bederf=bederf,
        )  # fmt: skip
        self.regio.ontwerpen.append(ontwerp)
        return ontwerp

    def persoon(self, *met_naamgebruik: str) -> Inhoud:
        """Who the client is, as most messages say it."""
        naam = {"Geslachtsnaam": {"Achternaam": self.client.naam}} | dict.fromkeys(met_naamgebruik, "1")
        return {
            "Bsn": self.client.bsn,
            "Geboortedatum": {"Datum": self.client.geboortedatum},
            "Geslacht": self.client.geslacht,
            "Naam": naam,
        }


_ADRES = {
    "Soort": "01",
    "Adres": {
        "Huis": {"Huisnummer": 1},
        "Postcode": "1234AB",
        "Straatnaam": "Voorbeeldstraat",
        "Plaatsnaam": "Voorbeeldstad",
        "LandCode": "NL",
    },
}


def kop(
    soort: Berichtsoort, afzender: str, ontvanger: str, identificatie: str, dagtekening: str, schemas: Schemas
) -> Inhoud:
    """The Header of a heenbericht."""
    versie, subversie = RELEASE.split(".")
    return {
        "BerichtCode": soort.berichtcode,
        "BerichtVersie": versie,
        "BerichtSubversie": subversie,
        "Afzender": afzender,
        "Ontvanger": ontvanger,
        "BerichtIdentificatie": {"Identificatie": identificatie, "Dagtekening": dagtekening},
        "XsdVersie": xsd_versie(soort, schemas),
    }


def xsd_versie(soort: Berichtsoort, schemas: Schemas) -> Inhoud:
    """The versions that the XSD of this kind of message states."""
    versies = schemas.versies(soort)
    return {"BasisschemaXsdVersie": versies.basisschema, "BerichtXsdVersie": versies.bericht}


def maak(soort: Berichtsoort, inhoud: Inhoud, schemas: Schemas) -> bytes:
    """The message with this content, as XML."""
    return schrijf(BERICHTKLASSE[soort.nummer].model_validate(inhoud), soort, schemas)


@cache
def bsn_reeks() -> tuple[str, ...]:
    """Every fictive Bsn from 999900006 to 999999990 that passes the 11-proef."""
    return tuple(str(getal) for getal in range(999_900_006, 999_999_991) if voldoet(str(getal)))


def bsns(aantal: int) -> list[str]:
    """So many fictive Bsns from 999900006 to 999999990 that pass the 11-proef, spread evenly; the first and last too."""
    alle = bsn_reeks()
    return [alle[plek * (len(alle) - 1) // (aantal - 1)] for plek in range(aantal)]
