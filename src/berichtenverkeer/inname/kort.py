"""What is large as it was read elsewhere: a declaratie that waits for the worker comes back without its clients."""

from dataclasses import dataclass, replace

from lxml import etree

from ..oordeel.weigering import Reden, Weigering, van_fout
from ..regels.bevinding import Bevinding
from ..regels.toetsen import bevindingen, fouten, toets_bericht
from ..standaard.berichten.declaratie import Bericht323, Bericht325
from ..standaard.berichtsoort import Berichtsoort
from ..standaard.fouten import Berichtfout
from ..standaard.lezen import Gelezen, lees
from ..standaard.regelnummer import regelnummer
from ..standaard.vorm import WORTEL, lijsten
from .tuig import Tuig


@dataclass(frozen=True, slots=True)
class Kort:
    """A large declaratie without its clients, which take much memory: what is asked of it until it is judged.

    ``kop`` holds the elements of the Header with the lines they stand on, ``clienten`` how many clients there are. ``fout`` is
    the first that the rules inside the message refuse, if that was asked for.
    """

    soort: Berichtsoort
    bericht: Bericht323
    kop: tuple[tuple[str, int], ...]
    clienten: int
    fout: Bevinding | None = None

    @classmethod
    def van(cls, gelezen: Gelezen) -> "Kort | None":
        """The declaratie that was read; None when it is another kind of message."""
        if not isinstance(bericht := gelezen.bericht, Bericht323):
            return None
        elementen = gelezen.element("/Bericht/Header").iter()
        kop = tuple((element.tag, regelnummer(element, {})) for element in elementen)
        return cls(gelezen.soort, zonder_clienten(bericht), kop, len(bericht.Declaratie.Clienten))

    def gelezen(self) -> Gelezen:
        """It, as if it was read."""
        wortel = etree.Element(f"{{{self.soort.namespace}}}{WORTEL}")
        hier = wortel
        for plek, (naam, regel) in enumerate(self.kop):
            element = etree.SubElement(hier, naam)
            element.sourceline = regel  # type: ignore[assignment]  # may be set, whatever the stubs say
            hier = hier if plek else element
        return Gelezen(self.soort, self.bericht, wortel)


def zonder_clienten(bericht: Bericht323) -> Bericht323:
    """A declaratie of no clients."""
    return bericht.model_copy(update={"Declaratie": bericht.Declaratie.model_copy(update={"Clienten": ()})})


def lees_groot(tuig: Tuig, data: bytes, max_bytes: int, onderdelen: int, toets: bool = False) -> Kort | None:
    """Read a large declaratie, and keep what is asked of it until it is judged; None when it is another kind of message, which may
    have so many ``onderdelen``. ``toets``: the rules inside the message are held against it now as well. Raises ``Weigering``."""
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
    return replace(kort, fout=gevonden[0] if gevonden else None)


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
