"""Rows added up to one Prestatie: its volume, Eenheid, ProductTarief and IngediendBedrag (IV076, IV079, IV081, IV084).

Minutes stay minutes: what may be declared in minutes (TR341) is exact that way. As soon as one row is in minutes its hours
become minutes too. With ``hele_uren`` all minutes are rounded to hours, once, after adding up (IV079).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...levensloop.declaratie import DEBET
from ...levensloop.rekenen.bedrag import ingediend_bedrag, product_tarief, uren
from ...levensloop.rekenen.eenheid import Eenheid, factor
from ...levensloop.rekenen.tekst import euro, hoeveelheid, per
from ...standaard.berichten.basis import BedragMetDC, GeslotenPeriode, Referentie
from ...standaard.berichten.declaratie import Prestatie
from ...standaard.berichten.toewijzing import ToegewezenProduct
from .grondslag import Grondslag
from .posten import Post, Sleutel
from .tarief import contracttarief, eenheid_van_tarief
from .volumes import Rijfout


@dataclass(frozen=True, slots=True)
class Opgeteld:
    """A Prestatie, the rows it was made of, and how it was reckoned."""

    bsn: str
    prestatie: Prestatie
    posten: tuple[Post, ...] = ()
    uitleg: tuple[str, ...] = ()

    @property
    def regels(self) -> tuple[int, ...]:
        """The lines of the rows, each once."""
        return tuple(dict.fromkeys(post.regel for post in self.posten))

    @property
    def omgerekend(self) -> tuple[str, ...]:
        """What became of amounts that a message cannot have as they were written."""
        return tuple(stap for post in self.posten if post.volume.hoeveelheid is not None for stap in post.stappen)


@dataclass(frozen=True, slots=True)
class Som:
    """What rows come to, before it is a Prestatie."""

    sleutel: Sleutel
    posten: tuple[Post, ...]
    volume: int
    eenheid: str
    tarief: int | None
    tarief_eenheid: str
    uitleg: tuple[str, ...]


def tel_op(sleutel: Sleutel, posten: Sequence[Post], g: Grondslag, *, hele_uren: bool) -> Som | Rijfout:
    """The rows of one Prestatie together, or which of them stands in the way."""
    product = g.toewijzing(sleutel.toewijzingnummer)
    assert product is not None  # else there were no rows for it
    afgesproken = g.contract.eenheden(product, sleutel.categorie, sleutel.code, sleutel.periode.begin)
    eenheid = _eenheid([post.eenheid for post in posten], afgesproken)
    volume, gezien = 0, False
    for post in posten:
        keer = factor(post.eenheid, eenheid)
        if keer is None:
            melding = f"op regel {posten[0].regel} staat eenheid {posten[0].eenheid}; één prestatie heeft één eenheid (IV084)."
            return Rijfout(post.regel, "eenheid", melding)
        if post.volume.hoeveelheid is None and gezien:
            return Rijfout(post.regel, "hoeveelheid", "output van deze maand staat er al; één keer is genoeg.")
        gezien = gezien or post.volume.hoeveelheid is None
        volume += keer * post.hoeveelheid
    uitleg = [stap for post in posten for stap in post.stappen]
    if len(posten) > 1:
        uitleg.append(f"{len(posten)} rijen zijn samen {hoeveelheid(volume, eenheid)} (IV084).")
    if hele_uren and eenheid == Eenheid.MINUUT and (not afgesproken or Eenheid.UUR in afgesproken):
        afgerond = uren(volume)
        volume, eenheid = afgerond.waarde or 0, Eenheid.UUR
        uitleg += afgerond.stappen
    tarief = _tarief(sleutel, posten, (volume, eenheid), product, g)
    if isinstance(tarief, Rijfout):
        return tarief
    return Som(sleutel, tuple(posten), volume, eenheid, *tarief, tuple(uitleg))


def prestatie(som: Som, referentie: str) -> Opgeteld:
    """The debetregel for a sum. Raises ``Rekenfout`` when its tariff is for another kind of Eenheid."""
    tarief = product_tarief(som.tarief or 0, som.tarief_eenheid, som.eenheid)
    bedrag = ingediend_bedrag(som.volume, som.eenheid, som.tarief or 0, som.tarief_eenheid)
    sleutel = som.sleutel
    regel = Prestatie(
        ProductReferentie=Referentie(ReferentieNummer=referentie),
        ToewijzingNummer=sleutel.toewijzingnummer,
        ProductCategorie=sleutel.categorie,
        ProductCode=sleutel.code,
        ProductPeriode=GeslotenPeriode(Begindatum=sleutel.periode.begin, Einddatum=sleutel.periode.eind),
        GeleverdVolume=som.volume,
        Eenheid=som.eenheid,
        ProductTarief=tarief.waarde,
        IngediendBedrag=BedragMetDC(Bedrag=bedrag.waarde or 0, DebetCredit=DEBET),
    )
    return Opgeteld(sleutel.bsn, regel, som.posten, (*som.uitleg, *tarief.stappen, *bedrag.stappen))


def _eenheid(gegeven: Iterable[str], afgesproken: frozenset[str]) -> str:
    """In what to declare: minutes when a row is, or when only minutes were agreed."""
    soorten = list(dict.fromkeys(gegeven))
    if Eenheid.UUR in soorten and (Eenheid.MINUUT in soorten or afgesproken == {Eenheid.MINUUT}):
        return Eenheid.MINUUT
    return soorten[0]


def _tarief(
    sleutel: Sleutel, posten: Sequence[Post], maat: tuple[int, str], product: ToegewezenProduct, g: Grondslag
) -> tuple[int | None, str] | Rijfout:
    """The tariff in eurocent and for what: of the rows, or else of the contract."""
    volume, eenheid = maat
    if eenheid == Eenheid.EURO:
        return None, eenheid
    eerste = next((post for post in posten if post.volume.tarief is not None), None)
    if eerste is None:
        gevonden = contracttarief(g, sleutel.code, eenheid, sleutel.periode.begin)
        if gevonden is None:
            melding = f"productcode {sleutel.code} heeft op {sleutel.periode.begin} geen tarief {per(eenheid)}; vul het tarief."
            return Rijfout(posten[0].regel, "tarief", melding)
        return gevonden
    gegeven = (eerste.volume.tarief, eerste.volume.tarief_eenheid)
    for post in posten:
        if post.volume.tarief is not None and (post.volume.tarief, post.volume.tarief_eenheid) != gegeven:
            return Rijfout(
                post.regel, "tarief", f"op regel {eerste.regel} staat voor dezelfde prestatie een ander tarief."
            )
    tarief = eerste.volume.tarief or 0
    per_wat = gegeven[1] or eenheid_van_tarief(g, product, sleutel.code, eenheid, sleutel.periode.begin)
    return (tarief, per_wat) if per_wat else Rijfout(eerste.regel, "tarief_eenheid", _twijfel(volume, tarief))


def _twijfel(minuten: int, tarief: int) -> str:
    """The question what a tariff is for, with what either answer comes to."""
    per_uur, per_minuut = (
        ingediend_bedrag(minuten, Eenheid.MINUUT, tarief, soort).waarde or 0 for soort in (Eenheid.UUR, Eenheid.MINUUT)
    )
    return (
        f"is {euro(tarief)} per uur (04) of per minuut (01)? {hoeveelheid(minuten, Eenheid.MINUUT)} is dan {euro(per_uur)} of "
        f"{euro(per_minuut)}. Zeg het in de kolom tarief_eenheid, of voor het hele bestand."
    )
