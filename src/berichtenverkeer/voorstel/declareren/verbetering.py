"""A debetregel made anew against the toewijzing and the contract as they are now: what follows by itself, and what a person
must say."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...levensloop.declaratie import Declaratieregel
from ...levensloop.rekenen.bedrag import rond, uurtarieven
from ...levensloop.rekenen.eenheid import Eenheid, factor
from ...levensloop.rekenen.periode import Periode, maand
from ...levensloop.rekenen.tekst import euro
from ...levensloop.toewijzing import is_verwijderd
from ...standaard.berichten.declaratie import Prestatie
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ..opstellen.voorstel import Keuze, Vraag
from .grondslag import Grondslag
from .optellen import Som, prestatie
from .posten import Sleutel
from .tarief import contracttarief, eenheid_van_tarief, vraag_eenheid

_HELE_EURO = 100


@dataclass(frozen=True, slots=True)
class Correctie:
    """What a person says of the new debetregel; None follows from the toewijzing, the contract or the old one.

    ``volume`` is in ``eenheid``; ``tarief`` is eurocent for one ``tarief_eenheid``.
    """

    toewijzingnummer: int | None = None
    categorie: str | None = None
    code: str | None = None
    volume: int | None = None
    eenheid: str | None = None
    tarief: int | None = None
    tarief_eenheid: str | None = None


@dataclass(slots=True)
class Verbetering:
    """The new debetregel, or the questions to answer before there can be one."""

    prestatie: Prestatie | None = None
    uitleg: list[str] = field(default_factory=list)
    vragen: list[Vraag] = field(default_factory=list)


def verbeter(g: Grondslag, bsn: str, oud: Declaratieregel, c: Correctie, referentie: str) -> Verbetering:
    """The debetregel that takes the place of an old one: in the same month, on the toewijzing as it is now."""
    uit = Verbetering()
    nummer = c.toewijzingnummer or oud.toewijzingnummer
    gevonden = _toewijzing(g, bsn, nummer, oud, uit)
    if gevonden is None:
        return uit
    product, periode = gevonden
    eigen = product.Product
    categorie = c.categorie or (eigen.Categorie if eigen else oud.categorie)
    code = c.code or (eigen.Code if eigen and eigen.Code else oud.code)
    if g.contract.kent_code(categorie, code, periode.begin, product) is False:
        wat = f"Productcode {code} hoort niet bij categorie {categorie} (TR381). Welke code is geleverd?"
        uit.vragen.append(Vraag("code", wat, tuple(_codes(g, categorie, periode))))
    maat = _maat(g.contract.eenheden(product, categorie, code, periode.begin), oud, c, uit)
    if maat is None:
        return uit
    volume, eenheid = maat
    tarief = _tarief(g, code, maat, periode, oud, c, product)
    if isinstance(tarief, Vraag):
        uit.vragen.append(tarief)
    if uit.vragen or isinstance(tarief, Vraag):
        return uit
    sleutel = Sleutel(bsn, nummer, periode, categorie, code)
    uit.prestatie = prestatie(Som(sleutel, (), volume, eenheid, *tarief, ()), referentie).prestatie
    if anders := Declaratieregel.van(uit.prestatie).verschillen(oud):
        uit.uitleg.append(
            f"Anders dan in prestatie {oud.referentienummer}: {', '.join(verschil.element for verschil in anders)}."
        )
    return uit


def _toewijzing(
    g: Grondslag, bsn: str, nummer: int, oud: Declaratieregel, uit: Verbetering
) -> tuple[ToegewezenProduct, Periode] | None:
    """The toewijzing and the ProductPeriode on it (IV089); else the question which one it should be."""
    hele = maand(oud.begin)
    mogelijk = dict(_toewijzingen(g, bsn, hele))
    if nummer in mogelijk:
        return mogelijk[nummer]
    keuzes = tuple(
        Keuze(str(ander), f"{_naam(product)}, {periode}") for ander, (product, periode) in sorted(mogelijk.items())
    )
    waarom = "is niet (meer) bekend" if g.bsn_van.get(nummer) != bsn else "loopt in deze maand niet, of is verwijderd"
    uit.vragen.append(
        Vraag("toewijzingnummer", f"Toewijzing {nummer} {waarom} ({hele}). Op welke toewijzing is geleverd?", keuzes)
    )
    return None


def _toewijzingen(g: Grondslag, bsn: str, hele: Periode) -> Iterator[tuple[int, tuple[ToegewezenProduct, Periode]]]:
    for nummer, bekend in g.dossiers[bsn].toewijzingen.items():
        product = bekend.product
        periode = g.kader(product, hele.begin).productperiode(hele)
        if periode is not None and not is_verwijderd(product):
            yield nummer, (product, periode)


def _naam(product: ToegewezenProduct) -> str:
    if product.Product is None:
        return "zonder product"
    return f"{product.Product.Categorie} {product.Product.Code or 'zonder code'}"


def _codes(g: Grondslag, categorie: str, periode: Periode) -> Iterator[Keuze]:
    for code in g.contract.codes(categorie, periode.begin):
        yield Keuze(code, f"staat bij categorie {categorie} in de productcodelijst")


def _maat(afgesproken: frozenset[str], oud: Declaratieregel, c: Correctie, uit: Verbetering) -> tuple[int, str] | None:
    """Volume and Eenheid; hours become minutes by themselves (TR341), for anything else a person must say."""
    eenheid = c.eenheid or oud.eenheid
    volume = oud.volume if c.volume is None else c.volume
    if c.volume is None and c.eenheid is not None and c.eenheid != oud.eenheid:
        keer = factor(oud.eenheid, c.eenheid)
        if keer is None:
            uit.vragen.append(Vraag("geleverd_volume", f"Hoeveel is er geleverd in eenheid {c.eenheid}?"))
            return None
        volume *= keer
    if not afgesproken or any(factor(soort, eenheid) for soort in afgesproken):
        return volume, eenheid
    if Eenheid.MINUUT in afgesproken and eenheid == Eenheid.UUR:
        return volume * 60, Eenheid.MINUUT
    if c.volume is not None and c.eenheid is None and len(afgesproken) == 1:
        return volume, min(afgesproken)
    soorten = " of ".join(sorted(afgesproken))
    vraag = (
        f"Gedeclareerd is in eenheid {eenheid}, toegewezen in {soorten} (TR341). Hoeveel is er geleverd in {soorten}?"
    )
    uit.vragen.append(Vraag("geleverd_volume", vraag))
    if len(afgesproken) > 1:
        keuzes = tuple(Keuze(soort, f"eenheid {soort}") for soort in sorted(afgesproken))
        uit.vragen.append(Vraag("eenheid", "In welke eenheid declareert u?", keuzes))
    return None


def _tarief(
    g: Grondslag,
    code: str,
    maat: tuple[int, str],
    periode: Periode,
    oud: Declaratieregel,
    c: Correctie,
    product: ToegewezenProduct,
) -> tuple[int | None, str] | Vraag:
    """The tariff and for what: as given, as agreed, or else as in the old line; or the question what it is."""
    volume, eenheid = maat
    if eenheid == Eenheid.EURO:
        return None, eenheid
    if c.tarief is not None:
        per_wat = c.tarief_eenheid or eenheid_van_tarief(g, product, code, eenheid, periode.begin)
        return (c.tarief, per_wat) if per_wat else vraag_eenheid(c.tarief)
    afgesproken = contracttarief(g, code, eenheid, periode.begin)
    if afgesproken is not None:
        return afgesproken
    if oud.tarief is None or not factor(oud.eenheid, eenheid):
        return Vraag("tarief", f"Er is geen tarief van productcode {code} bekend. Wat is het tarief in eurocent?")
    if oud.eenheid != Eenheid.MINUUT:
        return oud.tarief, oud.eenheid
    return _minuuttarief(oud, oud.tarief, volume)


def _minuuttarief(oud: Declaratieregel, minuuttarief: int, volume: int) -> tuple[int, str] | Vraag:
    """What a line in minutes was reckoned with: its tariff a minute when that gives its amount, else an hour tariff behind it.

    The line has that tariff only rounded to a minute (IV081). Is there more than one that gives the old amount, and do they
    give other amounts for this volume, then a person must say which it is.
    """
    if oud.bedrag == oud.volume * minuuttarief:
        return minuuttarief, Eenheid.MINUUT
    tarieven = [uur for uur in uurtarieven(minuuttarief) if rond(uur * oud.volume, 60) == oud.bedrag]
    if not tarieven:
        return minuuttarief, Eenheid.MINUUT
    if len({rond(uur * volume, 60) for uur in tarieven}) == 1:
        return tarieven[0], Eenheid.UUR
    return Vraag(
        "tarief",
        f"Prestatie {oud.referentienummer} is gerekend met een uurtarief dat hier niet precies bekend is: {euro(tarieven[0])} tot en "
        f"met {euro(tarieven[-1])}. Wat is het uurtarief in eurocent?",
        tuple(Keuze(str(uur), f"{euro(uur)} per uur") for uur in tarieven if uur % _HELE_EURO == 0),
    )
