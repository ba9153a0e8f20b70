"""Sources of facts that no query gives alone: money, places and inzetten. Each gives the facts of a part of the period, with their group."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from ..hoofdaannemer.keuzes import BezettingOp
from ..hoofdaannemer.looptijd import Looptijd, Maand, maanden
from ..hoofdaannemer.overgangen import Inzetaanname
from ..hoofdaannemer.rond import rond
from ..levensloop.dossier import Dossiersleutel
from ..levensloop.rekenen.variant import GebrokenMaand
from ..opslag.bureau import hoofdaannemers, inzetten, maandstaten
from ..opslag.dossiers import dossiers
from ..opslag.stuurinformatie import stuurbronnen, stuurgeld, stuurlooptijd
from ..opslag.stuurinformatie.stuurbronnen import Kijker
from ..opslag.stuurinformatie.stuurlooptijd import Soort
from ..opslag.stuurinformatie.stuurpaar import PER_GEMEENTE, paar, uit_paar
from ..opslag.stuurinformatie.stuurvragen import Feitrij
from ..standaard.berichten.basis import Product
from ..standaard.domein import Domein
from ..stuurinformatie.afgewezen import Beantwoord, leeftijd, open_afgewezen
from ..stuurinformatie.kpi import Bron
from ..stuurinformatie.looptijdwaarde import hoogste_volume, in_eurocent
from ..stuurinformatie.tijd import Tijdvak
from .zicht import Zicht

Namen = Sequence[str]
Rekenbron = Callable[[Zicht, Tijdvak, Namen], Iterator[Feitrij]]


def in_cel(namen: Namen, waarden: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of the keys that are asked for."""
    return tuple(waarden.get(naam) for naam in namen)


def _op_dag(zicht: Zicht, namen: Namen) -> Callable[[str, str, int, int], str | None]:
    """Whose inzet was in effect on a day, by gemeente, law, ToewijzingNummer and day."""
    if "partner" not in namen:
        return lambda *_: None
    lopend: dict[tuple[str, str, int], list[tuple[int, int, str, str]]] = defaultdict(list)
    for rij in inzetten.effectieve(zicht.verbinding, zicht.partij.code):
        assert rij.effectief_van is not None
        tot = rij.effectief_tot or date.max
        deel = rij.effectief_van.toordinal(), tot.toordinal(), rij.id, rij.partner
        lopend[rij.gemeente, rij.domein, rij.toewijzingnummer].append(deel)

    def partner(gemeente: str, domein: str, nummer: int, dag: int) -> str | None:
        passend = [deel for deel in lopend.get((gemeente, domein, nummer), ()) if deel[0] <= dag <= deel[1]]
        return min(passend, key=lambda deel: (-deel[0], deel[2]))[3] if passend else None

    return partner


def looptijd(zicht: Zicht, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitrij]:
    """The toewijzingen that end in the period, with what was granted on them and what may be declared at most."""
    partner, soorten = _op_dag(zicht, namen), Soorten(zicht, namen)
    for soort, client, nummer, toegekend in stuurlooptijd.geeindigd(zicht.verbinding, zicht.wie, zicht.paren, *tijdvak):
        maximum = soorten[soort]
        if maximum is None:
            continue
        domein, gemeente, aanbieder = uit_paar(soort.paar)
        waarden = maximum.waarden
        if "partner" in namen:
            waarden = {**waarden, "partner": partner(gemeente, str(domein), nummer, soort.einde)}
        yield Feitrij(
            in_cel(namen, waarden), (toegekend, maximum.eurocent), gemeente, aanbieder, client, (domein, gemeente, nummer), None,
            {"ingang": soort.ingang, "einde": soort.einde},
        )  # fmt: skip


class Maximum(NamedTuple):
    """What may be declared over a run in eurocent, None when its tariff is not known; ``waarden`` are the keys of what has it."""

    eurocent: int | None
    waarden: Mapping[str, Any]


class Soorten(dict[Soort, Maximum | None]):
    """Of each content its maximum over the run, reckoned when it is first asked for; None where there is none."""

    def __init__(self, zicht: Zicht, namen: Namen) -> None:
        super().__init__()
        self._zicht, self._namen = zicht, namen

    def __missing__(self, soort: Soort) -> Maximum | None:
        self[soort] = uit = self._maximum(soort)
        return uit

    def _maximum(self, soort: Soort) -> Maximum | None:
        domein, gemeente, aanbieder = uit_paar(soort.paar)
        segmenten = self._zicht.segmenten if "segment" in self._namen else None
        waarden = {
            "domein": str(domein), "gemeente": gemeente, "aanbieder": aanbieder, "form": soort.categorie, "product": soort.code,
            "segment": segmenten.segment(soort.categorie, soort.code) if segmenten is not None else None,
        }  # fmt: skip
        if soort.budget is not None:
            return Maximum(soort.budget, waarden)
        assert soort.volume is not None
        assert soort.eenheid is not None
        assert soort.frequentie is not None
        contract, dag = self._zicht.contract(gemeente, aanbieder), date.fromordinal(soort.ingang)
        product = Product(Categorie=soort.categorie, Code=soort.code) if soort.categorie is not None else None
        volume = hoogste_volume(
            domein, soort.ingang, soort.einde, soort.categorie, soort.volume, soort.eenheid, soort.frequentie,
            contract.variant(product, dag, soort.eenheid, dag), GebrokenMaand(contract.keuze("gebroken-maand")),
        )  # fmt: skip
        if volume is None:
            return None
        tarief = contract.tarief(soort.code, soort.eenheid, dag) if soort.code is not None else None
        return Maximum(in_eurocent(volume, soort.eenheid, tarief), waarden)


def afgewezen(
    zicht: Zicht, tijdvak: Tijdvak, namen: Namen
) -> Iterator[tuple[Beantwoord, Dossiersleutel, tuple[Any, ...]]]:
    """What was refused and is still open on P, with whose it is and its group."""
    partner = _op_dag(zicht, namen)
    for regel in open_afgewezen(zicht.beantwoord(tijdvak.tot), tijdvak.tot):
        sleutel, wat = dossiers.sleutel(regel.dossier), regel.combinatie
        waarden = {
            "domein": str(sleutel.domein), "gemeente": sleutel.gemeente, "aanbieder": sleutel.aanbieder, "form": wat.categorie,
            "product": wat.code, "segment": zicht.segmenten.segment(wat.categorie, wat.code) if "segment" in namen else None,
            "partner": partner(sleutel.gemeente, str(sleutel.domein), wat.toewijzingnummer, tijdvak.tot),
            "leeftijd": leeftijd(tijdvak.tot - regel.dag),
        }  # fmt: skip
        yield regel, sleutel, in_cel(namen, waarden)


def afkeur(zicht: Zicht, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitrij]:
    """The same as facts."""
    for regel, sleutel, groep in afgewezen(zicht, tijdvak, namen):
        wat = regel.combinatie
        yield Feitrij(
            groep, (regel.bedrag,), sleutel.gemeente, sleutel.aanbieder, sleutel.bsn,
            (sleutel.domein, sleutel.gemeente, wat.toewijzingnummer), regel.bericht,
            {"afgewezen": regel.dag},
        )  # fmt: skip


def inzet(zicht: Zicht, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitrij]:
    """The clients with an inzet in effect on P, each once in a cell."""
    gehad: set[tuple[Any, ...]] = set()
    peil = date.fromordinal(tijdvak.tot)
    for hoofdaannemer in zicht.hoofdaannemers():
        for rij in inzetten.effectieve(zicht.verbinding, hoofdaannemer, zicht.als_partner):
            assert rij.effectief is not None
            if peil not in rij.effectief or rij.aanname == Inzetaanname.GEWEIGERD or rij.segment is None:
                continue
            waarden = {"gemeente": rij.gemeente, "segment": rij.segment, "klasse": rij.klasse, "partner": rij.partner}
            groep = in_cel(namen, waarden)
            if (groep, rij.bsn) not in gehad:
                gehad.add((groep, rij.bsn))
                yield Feitrij(
                    groep, (), rij.gemeente, hoofdaannemer, rij.bsn, rij.toewijzing, None,
                    {"van": rij.effectief_van, "tot": rij.effectief_tot},
                )  # fmt: skip


def plek(zicht: Zicht, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitrij]:
    """Of each client its delivered days in a segment, and of each row of plekken the days that it awards."""
    for hoofdaannemer in zicht.hoofdaannemers():
        yield from _bezette(zicht, hoofdaannemer, tijdvak, namen)
        yield from plekken(zicht, hoofdaannemer, tijdvak, namen)


def _bezette(zicht: Zicht, hoofdaannemer: str, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitrij]:
    per_partner = zicht.als_partner is not None or "partner" in namen
    ingezet = _ingezet(zicht, hoofdaannemer) if per_partner else {}
    segment_van, geleverd, paren = bezet_door(zicht, hoofdaannemer)
    bezet: dict[tuple[int, str, str | None, int], list[tuple[int, int]]] = defaultdict(list)
    for deel in stuurlooptijd.dagen(zicht.verbinding, paren, *tijdvak, geleverd=geleverd):
        segment = segment_van(deel.categorie, deel.code)
        if segment is None:
            continue
        eerste, laatste = deel.binnen(*tijdvak)
        waar = deel.paar // PER_GEMEENTE
        if not per_partner:
            bezet[waar, segment, None, deel.client].append((eerste, laatste))
            continue
        for partner, vanaf, tot_en_met in ingezet.get((deel.paar, deel.toewijzingnummer), ()):
            if eerste <= tot_en_met and laatste >= vanaf:
                bezet[waar, segment, partner, deel.client].append((max(eerste, vanaf), min(laatste, tot_en_met)))
    for (waar, segment, partner_, client), delen in bezet.items():
        _, gemeente, _ = uit_paar(waar * PER_GEMEENTE)
        dagen, begin, einde = samen(delen)
        groep = in_cel(namen, {"gemeente": gemeente, "segment": segment, "partner": partner_})
        datums = {"van": begin, "tot": einde}
        yield Feitrij(groep, (dagen, 0), gemeente, hoofdaannemer, client, None, None, datums)


def bezet_door(
    zicht: Zicht, hoofdaannemer: str
) -> tuple[Callable[[str | None, str | None], str | None], bool, list[int]]:
    """How the places of a hoofdaannemer are taken: which segment a product is of, whether by what is delivered (else by what is assigned), and
    by what of which law, gemeente and aanbieder."""
    lijst = hoofdaannemers.segmentlijst(zicht.verbinding, hoofdaannemer)
    keuzes = hoofdaannemers.keuzes(zicht.verbinding, hoofdaannemer)
    paren = stuurbronnen.paren(zicht.verbinding, Kijker(hoofdaannemer, is_gemeente=False))
    return cache(lijst.segment), keuzes.bezetting_op is BezettingOp.LEVERING, paren


def _ingezet(zicht: Zicht, hoofdaannemer: str) -> Mapping[tuple[int, int], Sequence[tuple[str, int, int]]]:
    """Of each toewijzing its partners, with the days of their inzetten."""
    uit: dict[tuple[int, int], list[tuple[str, int, int]]] = defaultdict(list)
    for een in inzetten.effectieve(zicht.verbinding, hoofdaannemer, zicht.als_partner):
        assert een.effectief is not None
        waar = paar(Domein(een.domein), een.gemeente, hoofdaannemer), een.toewijzingnummer
        uit[waar].append((een.partner, een.effectief.van.toordinal(), een.effectief.laatste.toordinal()))
    return uit


def samen(delen: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    """How many days are in any of these, and the first and the last of them."""
    som, tot = 0, -1
    for eerste, laatste in sorted(delen):
        som += max(0, laatste - max(eerste, tot + 1) + 1)
        tot = max(tot, laatste)
    return som, min(eerste for eerste, _ in delen), tot


def plekken(zicht: Zicht, hoofdaannemer: str, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitrij]:
    binnen = Looptijd(date.fromordinal(tijdvak.van), date.fromordinal(tijdvak.tot))
    per_partner = zicht.als_partner is not None or "partner" in namen
    for rij in hoofdaannemers.plekken(zicht.verbinding, hoofdaannemer):
        if (rij.partner is not None) is not per_partner or (zicht.als_partner or rij.partner) != rij.partner:
            continue
        if (deel := Looptijd(rij.van, rij.tot).doorsnede(binnen)) is not None:
            groep = in_cel(namen, {"gemeente": rij.gemeente, "segment": rij.segment, "partner": rij.partner})
            datums = {"van": deel.van, "tot": deel.laatste}
            yield Feitrij(groep, (0, rij.aantal * deel.dagen), rij.gemeente, hoofdaannemer, None, None, None, datums)


def marge(zicht: Zicht, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitrij]:
    """What was granted over the months that begin in the period, less what fixed maandstaten have of them, and the bijdrage on that."""
    begonnen = _begonnen_maanden(tijdvak)
    if not begonnen:
        return
    verbinding, code = zicht.verbinding, zicht.partij.code
    for een in stuurgeld.toegekend(verbinding, zicht.wie, begonnen[0].eerste, begonnen[-1].laatste):
        segment = zicht.segmenten.segment(een.categorie, een.code)
        sleutel = dossiers.sleutel(een.dossier)
        yield Feitrij(
            in_cel(namen, {"gemeente": een.gemeente, "segment": segment}), (een.bedrag,), een.gemeente, een.aanbieder, sleutel.bsn,
            dossiers.toewijzing_id(sleutel.domein, een.gemeente, een.toewijzingnummer), een.bericht,
            {"maand": Maand.van_dag(een.begin).eerste},
        )  # fmt: skip
    tarieven = hoofdaannemers.tarieflijst(verbinding, code)
    bijdrage: dict[tuple[Any, ...], Fraction] = defaultdict(Fraction)
    gemeenten: dict[tuple[Any, ...], str] = {}
    for maand, gemeente, segment, toewijzing, bedrag in _vastgesteld(zicht, set(begonnen)):
        groep = in_cel(namen, {"gemeente": gemeente, "segment": segment})
        percentage = tarieven.percentage(segment, maand.eerste) if segment is not None else None
        bijdrage[groep] += Fraction(percentage or 0) * bedrag / 100
        gemeenten[groep] = gemeente
        yield Feitrij(groep, (-bedrag,), gemeente, code, None, toewijzing, None, {"maand": maand.eerste})
    for groep, som in bijdrage.items():
        if som:
            yield Feitrij(groep, (rond(som),), gemeenten[groep], code, None, None, None, {"maand": None})


def _begonnen_maanden(tijdvak: Tijdvak) -> list[Maand]:
    eerste, laatste = (Maand.van_dag(date.fromordinal(dag)) for dag in tijdvak)
    return [maand for maand in maanden(eerste, laatste) if maand.eerste.toordinal() >= tijdvak.van]


def _vastgesteld(zicht: Zicht, binnen: set[Maand]) -> Iterator[tuple[Maand, str, str | None, str | None, int]]:
    """The regels and correcties over these months of maandstaten that were fixed: month, gemeente, segment, toewijzing and eurocent."""
    verbinding, code = zicht.verbinding, zicht.partij.code
    ingezet = inzetten.alle(verbinding, code)
    for maand in sorted(binnen):
        for staat in maandstaten.van_maand(verbinding, code, maand).values():
            for regel in staat.regels:
                toewijzing = dossiers.toewijzing_id(regel.domein, regel.gemeente, regel.toewijzingnummer)
                yield maand, regel.gemeente, regel.segment, toewijzing, regel.bedrag
    for vast in maandstaten.samengevat(verbinding, code).values():
        for eerder in vast:
            for correctie in eerder.correcties:
                if correctie.maand in binnen and (rij := ingezet.get(correctie.inzet)) is not None:
                    yield correctie.maand, rij.gemeente, rij.segment, rij.toewijzing, correctie.bedrag


def lumpsum(zicht: Zicht, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitrij]:
    """What was granted in the year of P, by P, and the lumpsum of that year."""
    peil = date.fromordinal(tijdvak.tot)
    eerste = date(peil.year, 1, 1)
    for een in stuurgeld.toegekend(zicht.verbinding, zicht.wie, eerste, peil):
        segment = zicht.segmenten.segment(een.categorie, een.code)
        sleutel = dossiers.sleutel(een.dossier)
        yield Feitrij(
            in_cel(namen, {"gemeente": een.gemeente, "segment": segment}), (een.bedrag, 0), een.gemeente, een.aanbieder, sleutel.bsn,
            dossiers.toewijzing_id(sleutel.domein, een.gemeente, een.toewijzingnummer), een.bericht, {"begin": een.begin},
        )  # fmt: skip
    for rij in hoofdaannemers.lumpsums(zicht.verbinding, zicht.partij.code):
        if rij.jaar == peil.year:
            groep = in_cel(namen, {"gemeente": rij.gemeente, "segment": rij.segment})
            yield Feitrij(groep, (0, rij.bedrag), rij.gemeente, zicht.partij.code, None, None, None, {"begin": eerste})


REKENBRONNEN: Mapping[Bron, Rekenbron] = {
    Bron.LOOPTIJD: looptijd,
    Bron.AFKEUR: afkeur,
    Bron.INZET: inzet,
    Bron.PLEK: plek,
    Bron.MARGE: marge,
    Bron.LUMPSUM: lumpsum,
}
"""The source of each that no query gives alone."""
