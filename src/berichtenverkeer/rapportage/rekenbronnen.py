"""Sources of facts that no query gives alone: money, places and inzetten. Each gives the facts of a part of the period, with their group."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from ..hoofdaannemer.keuzes import BezettingOp
from ..hoofdaannemer.looptijd import Looptijd, Maand, maanden
from ..hoofdaannemer.overgangen import Inzetaanname
from ..hoofdaannemer.rond import rond
from ..hoofdaannemer.segment import Segmentlijst
from ..levensloop.rekenen.variant import GebrokenMaand
from ..opslag import dossiers, hoofdaannemers, inzetten, maandstaten, stuurgeld, stuurvragen
from ..opslag.stuurfeiten import paar, uit_paar
from ..opslag.stuurvragen import Feitrij, Kijker
from ..standaard.berichten.basis import Product
from ..standaard.domein import Domein
from ..stuurinformatie.afgewezen import leeftijd, open_afgewezen
from ..stuurinformatie.kpi import Bron
from ..stuurinformatie.looptijdwaarde import hoogste_volume, in_eurocent
from ..stuurinformatie.tijd import Tijdvak
from .zicht import Zicht

Namen = Sequence[str]
Rekenbron = Callable[[Zicht, Tijdvak, Namen], Iterator[Feitrij]]


def _groep(namen: Namen, waarden: Mapping[str, Any]) -> tuple[Any, ...]:
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
    partner = _op_dag(zicht, namen)
    soorten: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for rij in stuurgeld.geeindigd(zicht.verbinding, zicht.wie, zicht.paren, tijdvak.van, tijdvak.tot):
        soort = rij[0], *rij[3:11]
        gevonden = soorten.get(soort)
        if gevonden is None:
            gevonden = soorten[soort] = _soort(zicht, rij, namen)
        domein, gemeente, aanbieder, waarden, heeft_maximum, hoogste = gevonden
        if not heeft_maximum:
            continue
        if "partner" in namen:
            waarden = waarden | {"partner": partner(gemeente, str(domein), rij.toewijzingnummer, rij.einde)}
        yield Feitrij(
            _groep(namen, waarden), (rij.toegekend, hoogste), gemeente, aanbieder, rij.client,
            (domein, gemeente, rij.toewijzingnummer), None, {"ingang": rij.ingang, "einde": rij.einde},
        )  # fmt: skip


def _soort(zicht: Zicht, rij: stuurgeld.Geeindigd, namen: Namen) -> tuple[Any, ...]:
    """What toewijzingen with the same content between the same two have in common: whose they are, their keys, whether there is a maximum
    over their run, and what that is in eurocent, None when its tariff is not known."""
    domein, gemeente, aanbieder = uit_paar(rij.paar)
    waarden = {
        "domein": str(domein), "gemeente": gemeente, "aanbieder": aanbieder, "form": rij.categorie, "product": rij.code,
        "segment": zicht.segmenten.segment(rij.categorie, rij.code) if "segment" in namen else None,
    }  # fmt: skip
    if rij.budget is not None:
        return domein, gemeente, aanbieder, waarden, True, rij.budget
    assert rij.volume is not None
    assert rij.eenheid is not None
    assert rij.frequentie is not None
    contract, dag = zicht.contract(gemeente, aanbieder), date.fromordinal(rij.ingang)
    product = Product(Categorie=rij.categorie, Code=rij.code) if rij.categorie is not None else None
    variant = contract.variant(product, dag, rij.eenheid, dag)
    gebroken = GebrokenMaand(contract.keuze("gebroken-maand"))
    volume = hoogste_volume(
        domein, rij.ingang, rij.einde, rij.categorie, rij.volume, rij.eenheid, rij.frequentie, variant, gebroken
    )
    tarief = contract.tarief(rij.code, rij.eenheid, dag) if rij.code is not None else None
    hoogste = in_eurocent(volume, rij.eenheid, tarief) if volume is not None else None
    return domein, gemeente, aanbieder, waarden, volume is not None, hoogste


def afkeur(zicht: Zicht, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitrij]:
    """What was refused and is still open on P."""
    partner = _op_dag(zicht, namen)
    for regel in open_afgewezen(stuurgeld.beantwoord(zicht.verbinding, zicht.wie), tijdvak.tot):
        sleutel, wat = dossiers.sleutel(regel.dossier), regel.combinatie
        waarden = {
            "domein": str(sleutel.domein), "gemeente": sleutel.gemeente, "aanbieder": sleutel.aanbieder, "form": wat.categorie,
            "product": wat.code, "segment": zicht.segmenten.segment(wat.categorie, wat.code) if "segment" in namen else None,
            "partner": partner(sleutel.gemeente, str(sleutel.domein), wat.toewijzingnummer, tijdvak.tot),
            "leeftijd": leeftijd(tijdvak.tot - regel.dag),
        }  # fmt: skip
        yield Feitrij(
            _groep(namen, waarden), (regel.bedrag,), sleutel.gemeente, sleutel.aanbieder, sleutel.bsn,
            dossiers.toewijzing_id(sleutel.domein, sleutel.gemeente, wat.toewijzingnummer), regel.bericht,
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
            groep = _groep(namen, waarden)
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
        yield from _plekken(zicht, hoofdaannemer, tijdvak, namen)


def _bezette(zicht: Zicht, hoofdaannemer: str, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitrij]:
    verbinding, alleen = zicht.verbinding, zicht.als_partner
    lijst: Segmentlijst = hoofdaannemers.segmentlijst(verbinding, hoofdaannemer)
    geleverd = hoofdaannemers.keuzes(verbinding, hoofdaannemer).bezetting_op is BezettingOp.LEVERING
    per_partner = alleen is not None or "partner" in namen
    ingezet = _ingezet(zicht, hoofdaannemer) if per_partner else {}
    paren = stuurvragen.paren(verbinding, Kijker(hoofdaannemer, is_gemeente=False))
    segmenten: dict[tuple[str | None, str | None], str | None] = {}
    bezet: dict[tuple[int, str, str | None, int], list[tuple[int, int]]] = defaultdict(list)
    for paar_, client, nummer, categorie, code, van, tot in stuurgeld.dagen(
        verbinding, paren, tijdvak.van, tijdvak.tot, geleverd=geleverd
    ):
        product = categorie, code
        if product not in segmenten:
            segmenten[product] = lijst.segment(categorie, code)
        segment = segmenten[product]
        if segment is None:
            continue
        eerste, laatste = max(van, tijdvak.van), tijdvak.tot if tot is None or tot > tijdvak.tot else tot
        waar = paar_ - paar_ % 10**8
        if not per_partner:
            bezet[waar, segment, None, client].append((eerste, laatste))
            continue
        for partner, vanaf, tot_en_met in ingezet.get((paar_, nummer), ()):
            if eerste <= tot_en_met and laatste >= vanaf:
                bezet[waar, segment, partner, client].append((max(eerste, vanaf), min(laatste, tot_en_met)))
    for (waar, segment, partner_, client), delen in bezet.items():
        _, gemeente, _ = uit_paar(waar)
        dagen, begin, einde = (delen[0][1] - delen[0][0] + 1, *delen[0]) if len(delen) == 1 else _samen(delen)
        groep = _groep(namen, {"gemeente": gemeente, "segment": segment, "partner": partner_})
        datums = {"van": begin, "tot": einde}
        yield Feitrij(groep, (dagen, 0), gemeente, hoofdaannemer, client, None, None, datums)


def _ingezet(zicht: Zicht, hoofdaannemer: str) -> Mapping[tuple[int, int], Sequence[tuple[str, int, int]]]:
    """Of each toewijzing its partners, with the days of their inzetten."""
    uit: dict[tuple[int, int], list[tuple[str, int, int]]] = defaultdict(list)
    for een in inzetten.effectieve(zicht.verbinding, hoofdaannemer, zicht.als_partner):
        assert een.effectief is not None
        waar = paar(Domein(een.domein), een.gemeente, hoofdaannemer), een.toewijzingnummer
        uit[waar].append((een.partner, een.effectief.van.toordinal(), een.effectief.laatste.toordinal()))
    return uit


def _samen(delen: list[tuple[int, int]]) -> tuple[int, int, int]:
    """How many days are in any of these, and the first and the last of them."""
    som, tot = 0, 0
    for eerste, laatste in sorted(delen):
        som += max(0, laatste - max(eerste, tot + 1) + 1)
        tot = max(tot, laatste)
    return som, min(eerste for eerste, _ in delen), tot


def _plekken(zicht: Zicht, hoofdaannemer: str, tijdvak: Tijdvak, namen: Namen) -> Iterator[Feitrij]:
    binnen = Looptijd(date.fromordinal(tijdvak.van), date.fromordinal(tijdvak.tot))
    per_partner = zicht.als_partner is not None or "partner" in namen
    for rij in hoofdaannemers.plekken(zicht.verbinding, hoofdaannemer):
        if (rij.partner is not None) is not per_partner or (zicht.als_partner or rij.partner) != rij.partner:
            continue
        if (deel := Looptijd(rij.van, rij.tot).doorsnede(binnen)) is not None:
            groep = _groep(namen, {"gemeente": rij.gemeente, "segment": rij.segment, "partner": rij.partner})
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
            _groep(namen, {"gemeente": een.gemeente, "segment": segment}), (een.bedrag,), een.gemeente, een.aanbieder, sleutel.bsn,
            dossiers.toewijzing_id(sleutel.domein, een.gemeente, een.toewijzingnummer), een.bericht,
            {"maand": Maand.van_dag(een.begin).eerste},
        )  # fmt: skip
    tarieven = hoofdaannemers.tarieflijst(verbinding, code)
    bijdrage: dict[tuple[Any, ...], Fraction] = defaultdict(Fraction)
    gemeenten: dict[tuple[Any, ...], str] = {}
    for maand, gemeente, segment, toewijzing, bedrag in _vastgesteld(zicht, set(begonnen)):
        groep = _groep(namen, {"gemeente": gemeente, "segment": segment})
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
            _groep(namen, {"gemeente": een.gemeente, "segment": segment}), (een.bedrag, 0), een.gemeente, een.aanbieder, sleutel.bsn,
            dossiers.toewijzing_id(sleutel.domein, een.gemeente, een.toewijzingnummer), een.bericht, {"begin": een.begin},
        )  # fmt: skip
    for rij in hoofdaannemers.lumpsums(zicht.verbinding, zicht.partij.code):
        if rij.jaar == peil.year:
            groep = _groep(namen, {"gemeente": rij.gemeente, "segment": rij.segment})
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
