"""A debetregel made anew against the toewijzing and the contract as they are now: what follows by itself, and what a person
must say."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...levensloop.declaratie import Declaratieregel
from ...levensloop.rekenen.bedrag import mogelijke_bedragen
from ...levensloop.rekenen.eenheid import Eenheid, factor
from ...levensloop.rekenen.periode import Periode, maand
from ...levensloop.toewijzing import is_verwijderd
from ...standaard.berichten.declaratie import Prestatie
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ..opstellen.voorstel import Keuze, Vraag
from .grondslag import Grondslag
from .optellen import Som, contracttarief, prestatie
from .posten import Sleutel


@dataclass(frozen=True, slots=True)
class Correctie:
    """What a person says of the new debetregel; None follows from the toewijzing, the contract or the old one.

    ``volume`` is in ``eenheid``; ``tarief`` is eurocent for one Eenheid of the toewijzing.
    """

    toewijzingnummer: int | None = None
    categorie: str | None = None
    code: str | None = None
    volume: int | None = None
    eenheid: str | None = None
    tarief: int | None = None


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
    tarief = _tarief(g, code, eenheid, periode, oud, c, product)
    if tarief is None:
        vraag = f"Er is geen tarief van productcode {code} bekend. Wat is het tarief in eurocent?"
        uit.vragen.append(Vraag("tarief", vraag))
    if uit.vragen or tarief is None:
        return uit
    sleutel = Sleutel(bsn, nummer, periode, categorie, code)
    uit.prestatie = prestatie(Som(sleutel, (), volume, eenheid, *tarief, ()), referentie).prestatie
    _behoud_bedrag(uit, oud, tarief)
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
    codes = {rij.code for rij in g.contract.productcodes if rij.categorie == categorie and rij.geldig_op(periode.begin)}
    for code in sorted(codes):
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
    eenheid: str,
    periode: Periode,
    oud: Declaratieregel,
    c: Correctie,
    product: ToegewezenProduct,
) -> tuple[int | None, str] | None:
    """The tariff and for what: as given, as agreed, or else as in the old line."""
    if eenheid == Eenheid.EURO:
        return None, eenheid
    if c.tarief is not None:
        toegewezen = product.Omvang.Eenheid if product.Omvang else eenheid
        return c.tarief, toegewezen if factor(toegewezen, eenheid) else eenheid
    afgesproken = contracttarief(g, code, eenheid, periode.begin)
    if afgesproken is not None:
        return afgesproken
    if oud.tarief is None or not factor(oud.eenheid, eenheid):
        return None
    return oud.tarief, oud.eenheid


def _behoud_bedrag(uit: Verbetering, oud: Declaratieregel, tarief: tuple[int | None, str]) -> None:
    """Keep an amount that follows from an hour tariff that is not known here (IV081)."""
    nieuw = uit.prestatie
    assert nieuw is not None
    if tarief != (oud.tarief, Eenheid.MINUUT) or nieuw.GeleverdVolume != oud.volume or nieuw.Eenheid != oud.eenheid:
        return
    if oud.tarief is not None and oud.bedrag in mogelijke_bedragen(oud.volume, oud.tarief):
        bedrag = nieuw.IngediendBedrag.model_copy(update={"Bedrag": oud.bedrag})
        uit.prestatie = nieuw.model_copy(update={"IngediendBedrag": bedrag})
