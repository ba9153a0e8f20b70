"""What is large as it was read elsewhere: it comes back without its lists, which take the time and the memory."""

from dataclasses import dataclass, replace
from typing import TypeVar

from lxml import etree

from ..oordeel.weigering import Reden, Weigering, van_fout
from ..regels.bevinding import Bevinding
from ..regels.toetsen import bevindingen, fouten, toets_bericht
from ..standaard.berichten import Bericht
from ..standaard.berichten.declaratie import Bericht323, Bericht325
from ..standaard.berichten.onderdeel import Onderdeel
from ..standaard.berichtsoort import Berichtsoort
from ..standaard.fouten import Berichtfout
from ..standaard.lezen import Gelezen, lees
from ..standaard.regelnummer import regelnummer
from ..standaard.vorm import WORTEL, lijsten
from .sleutels import Sleutels
from .tuig import Tuig

D = TypeVar("D", bound=Onderdeel)


@dataclass(frozen=True, slots=True)
class Kort:
    """A large message without its lists: what is asked of it until it is judged.

    ``kop`` holds the elements of the Header with the lines they stand on, ``clienten`` how many clients a declaratie has.
    ``fouten`` are those that the rules inside the message refuse, if that was asked for.
    """

    soort: Berichtsoort
    bericht: Bericht
    kop: tuple[tuple[str, int], ...]
    clienten: int
    sleutels: Sleutels
    fouten: tuple[Bevinding, ...] = ()

    @classmethod
    def van(cls, gelezen: Gelezen) -> "Kort | None":
        """The message that was read; None for what answers another, of which all is asked."""
        bericht = gelezen.bericht
        if gelezen.soort.is_retour or isinstance(bericht, Bericht325):
            return None
        elementen = gelezen.element("/Bericht/Header").iter()
        kop = tuple((element.tag, regelnummer(element, {})) for element in elementen)
        clienten = len(bericht.Declaratie.Clienten) if isinstance(bericht, Bericht323) else 0
        return cls(gelezen.soort, zonder_lijsten(bericht), kop, clienten, Sleutels.van(bericht))

    def gelezen(self) -> Gelezen:
        """It, as if it was read."""
        wortel = etree.Element(f"{{{self.soort.namespace}}}{WORTEL}")
        hier = wortel
        for plek, (naam, regel) in enumerate(self.kop):
            element = etree.SubElement(hier, naam)
            element.sourceline = regel  # type: ignore[assignment]  # may be set, whatever the stubs say
            hier = hier if plek else element
        return Gelezen(self.soort, self.bericht, wortel)


def zonder_lijsten(deel: D) -> D:
    """The same of which every list of classes is empty."""
    nieuw: dict[str, object] = {}
    for naam, waarde in deel:
        if isinstance(waarde, Onderdeel):
            nieuw[naam] = zonder_lijsten(waarde)
        elif isinstance(waarde, tuple) and waarde and isinstance(waarde[0], Onderdeel):
            nieuw[naam] = ()
    return deel.model_copy(update=nieuw)


def lees_groot(tuig: Tuig, data: bytes, max_bytes: int, onderdelen: int, toets: bool = False) -> Kort | None:
    """Read a large message, which may have so many ``onderdelen`` when it is about one client, and keep what is asked of it until it
    is judged; None for what answers another. ``toets``: the rules inside the message are held against it now as well. Raises
    ``Weigering``."""
    try:
        gelezen = lees(data, tuig.schemas, max_bytes)
    except Berichtfout as fout:
        raise van_fout(fout) from None
    if not isinstance(gelezen.bericht, Bericht323 | Bericht325):
        _eis_te_overzien(gelezen, onderdelen)
    kort = Kort.van(gelezen)
    if kort is None or not toets:
        return kort
    gevonden = bevindingen(gelezen, fouten(toets_bericht(gelezen.bericht, gelezen.soort)))
    return replace(kort, fouten=tuple(gevonden))


def _eis_te_overzien(gelezen: Gelezen, hoogstens: int) -> None:
    """Raise ``Weigering`` for a message about one client that has more than so many items in its lists; a retourbericht may have as
    many codes beside them. All of it is written at once: as many as its bytes allow would keep everyone waiting."""
    aantal = sum(len(lijst) for lijst in gelezen.wortel.iter(*lijsten(gelezen.soort)))
    if aantal > (hoogstens := hoogstens * 2 if gelezen.soort.is_retour else hoogstens):
        raise Weigering(
            Reden.TE_GROOT,
            f"Het bericht heeft {aantal} onderdelen (producten, relaties, contactgegevens en retourcodes); "
            f"hoogstens {hoogstens} mag.",
            "Verdeel de producten over meer berichten, of laat weg wat niet meer loopt.",
        )
