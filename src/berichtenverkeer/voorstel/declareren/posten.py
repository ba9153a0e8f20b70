"""From a row to the Prestatie it belongs to: its toewijzing, product and ProductPeriode, and how much in which Eenheid."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from ...levensloop.rekenen.eenheid import Eenheid, Frequentie
from ...levensloop.rekenen.maximum import maximum_periode
from ...levensloop.rekenen.periode import Periode
from ...levensloop.rekenen.tekst import geteld
from ...levensloop.rekenen.variant import Uitvoeringsvariant
from ...levensloop.rekenen.verdeling import verdeel
from ...levensloop.toewijzing import is_verwijderd
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.getal import afgerond, geschreven
from .cellen import OUTPUT, STUKS
from .grondslag import Grondslag
from .volumes import Rijfout, Volume


class Sleutel(NamedTuple):
    """What is added up to one Prestatie (IV084)."""

    bsn: str
    toewijzingnummer: int
    periode: Periode
    categorie: str
    code: str


@dataclass(frozen=True, slots=True)
class Post:
    """What of a row belongs to one Prestatie; ``stappen`` say how it was reckoned, if it was."""

    sleutel: Sleutel
    volume: Volume
    hoeveelheid: int
    eenheid: str
    stappen: tuple[str, ...] = ()

    @property
    def regel(self) -> int:
        """The line of the row."""
        return self.volume.regel


class Onbruikbaar(ValueError):
    """A row that cannot be declared: the column at fault, and why."""

    def __init__(self, kolom: str, melding: str) -> None:
        super().__init__(melding)
        self.kolom = kolom


def posten(volume: Volume, g: Grondslag) -> tuple[Post, ...] | Rijfout:
    """A row as one Post for each month it lies in, or why it cannot be declared."""
    try:
        return tuple(_posten(volume, g))
    except Onbruikbaar as fout:
        return Rijfout(volume.regel, fout.kolom, str(fout))


def _posten(volume: Volume, g: Grondslag) -> Iterator[Post]:
    nummer = volume.toewijzingnummer
    assert nummer is not None  # it was found by the client and the product, or the row went nowhere
    product = g.toewijzing(nummer)
    if product is None:
        raise Onbruikbaar("toewijzingnummer", f"toewijzing {nummer} is niet bekend; neem het nummer over uit het 301.")
    if is_verwijderd(product):
        raise Onbruikbaar("toewijzingnummer", f"toewijzing {nummer} is door de gemeente verwijderd (TR384).")
    categorie, code = _product(volume, product)
    for periode, dagen in _perioden(volume, product, g):
        sleutel = Sleutel(g.bsn_van[nummer], nummer, periode, categorie, code)
        if volume.hoeveelheid is None:
            yield _output(volume, sleutel, product, g)
        else:
            aantal, eenheid, stappen = _geteld(volume, volume.hoeveelheid, _eenheid(volume, sleutel, product, g))
            yield Post(sleutel, volume, aantal * dagen, eenheid, stappen)


def _product(volume: Volume, product: ToegewezenProduct) -> tuple[str, str]:
    """Category and code: as the row has them, or else as the toewijzing has them (IV075)."""
    categorie = volume.categorie or (product.Product.Categorie if product.Product else None)
    code = volume.code or (product.Product.Code if product.Product else None)
    if categorie is None:
        raise Onbruikbaar(
            "categorie", f"toewijzing {product.ToewijzingNummer} heeft geen categorie; vul wat is geleverd."
        )
    if code is None:
        raise Onbruikbaar("code", f"toewijzing {product.ToewijzingNummer} heeft geen productcode; vul wat is geleverd.")
    return categorie, code


def _perioden(volume: Volume, product: ToegewezenProduct, g: Grondslag) -> Iterator[tuple[Periode, int]]:
    """Each ProductPeriode the row lies in (IV089), and how many times its amount."""
    kader = g.kader(product, volume.periode.begin)
    looptijd = (
        f"{product.Ingangsdatum} tot en met {product.Einddatum}"
        if product.Einddatum
        else f"vanaf {product.Ingangsdatum}"
    )
    if not volume.per_dag:
        periode = kader.productperiode(volume.periode)
        if periode is None:
            raise Onbruikbaar("maand", f"de toewijzing loopt dan niet ({looptijd}); er is niets te declareren (IV084).")
        yield periode, 1
        return
    verdeling = verdeel(volume.periode, kader.looptijd)
    if verdeling.dagen.waarde != volume.periode.dagen:
        kolom = "datum" if volume.periode.begin not in kader.looptijd else "tot"
        raise Onbruikbaar(
            kolom, f"de levering ligt buiten de toewijzing ({looptijd}) en is niet te declareren (IV084)."
        )
    for deel in verdeling.delen:
        yield deel.productperiode, deel.dagen


def _geteld(volume: Volume, hoeveelheid: int | Decimal, eenheid: str) -> tuple[int, str, tuple[str, ...]]:
    """The amount as a message has it, its Eenheid, and what became of it (IV042): hours with decimals are minutes, euros are
    eurocent."""
    geschreven_ = geschreven(Decimal(hoeveelheid))
    met_decimalen = isinstance(hoeveelheid, Decimal)
    if eenheid == Eenheid.EURO and (met_decimalen or volume.in_euro):
        if hoeveelheid * 100 != int(hoeveelheid * 100):
            raise Onbruikbaar("hoeveelheid", f"{geschreven_} euro heeft meer dan twee decimalen.")
        return int(hoeveelheid * 100), eenheid, ()
    if volume.in_euro:
        raise Onbruikbaar("hoeveelheid", f"een bedrag hoort bij eenheid 83 (euro's), en hier is het eenheid {eenheid}.")
    if isinstance(hoeveelheid, int) or hoeveelheid == int(hoeveelheid):
        return int(hoeveelheid), eenheid, ()
    if eenheid == Eenheid.UUR:
        minuten = afgerond(hoeveelheid * 60)
        rond = "" if hoeveelheid * 60 == minuten else ", afgerond"
        return minuten, Eenheid.MINUUT, (f"{geschreven_} uur is {geteld(minuten, 'minuut', 'minuten')}{rond}.",)
    if eenheid == Eenheid.MINUUT:
        raise Onbruikbaar(
            "hoeveelheid", f"{geschreven_} minuten zijn geen hele minuten; zijn het uren, vul dan eenheid 04."
        )
    raise Onbruikbaar(
        "hoeveelheid", f"{geschreven_} is geen heel getal, en van eenheid {eenheid} is er geen deel (IV042)."
    )


def _eenheid(volume: Volume, sleutel: Sleutel, product: ToegewezenProduct, g: Grondslag) -> str:
    afgesproken = g.contract.eenheden(product, sleutel.categorie, sleutel.code, sleutel.periode.begin)
    if volume.eenheid == STUKS:
        afgesproken &= {Eenheid.STUKS_OUTPUT, Eenheid.STUKS_INSPANNING}
        if len(afgesproken) != 1:
            raise Onbruikbaar("eenheid", "de toewijzing is niet in stuks; vul 82 (output) of 84 (inspanning).")
    elif volume.eenheid is not None:
        return volume.eenheid
    if len(afgesproken) != 1:
        raise Onbruikbaar(
            "eenheid", "de toewijzing zegt niet in welke eenheid, en de productcodelijst ook niet; vul de eenheid."
        )
    return min(afgesproken)


def _output(volume: Volume, sleutel: Sleutel, product: ToegewezenProduct, g: Grondslag) -> Post:
    """What the toewijzing gives in this period at output (IV076, IV078), without the six-fold of IV077."""
    omvang = product.Omvang
    if omvang is None or omvang.Frequentie == Frequentie.TOTAAL:
        raise Onbruikbaar(
            "hoeveelheid",
            f"{OUTPUT} is er voor een toewijzing per dag, week of maand; vul hoeveel is geleverd (IV076).",
        )
    kader = replace(g.kader(product, sleutel.periode.begin), categorie=None, variant=Uitvoeringsvariant.OUTPUT)
    uitkomst = maximum_periode(kader, sleutel.periode)
    return Post(sleutel, volume, uitkomst.waarde or 0, omvang.Eenheid, uitkomst.stappen)
