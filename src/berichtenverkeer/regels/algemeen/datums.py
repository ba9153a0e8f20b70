"""Rules on dates: not after the Dagtekening, an end not before its begin."""

from collections.abc import Iterator
from datetime import date

from ...standaard.berichten.declaratie import Declaratie, Prestatie
from ...standaard.berichten.onderdeel import Onderdeel
from ...standaard.berichten.start import Client305
from ...standaard.berichten.stop import Client307, StopProduct
from ...standaard.berichten.toewijzing import Client301, Contact, Relatie, ToegewezenProduct
from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct, Client315
from ...standaard.berichten.verzoek_om_wijziging import NieuwProduct, TeWijzigenProduct
from ..bevinding import Niveau, Overtreding
from ..kennis import Context
from ..regel import regel


@regel(
    Niveau.BERICHT, "0001", "301 305 307 315 323 325",
    Client301, Relatie, Client305, Client307, Client315, Declaratie, Prestatie,
)  # fmt: skip
def TR134(
    deel: Client301 | Relatie | Client305 | Client307 | Client315 | Declaratie | Prestatie, context: Context
) -> Iterator[Overtreding]:
    """De datum ligt niet na Dagtekening; gelijk mag.

    De bron noemt geen element (tegenstrijdigheid 10). Getoetst worden Geboortedatum van Client en Relatie, en in 323 en
    325 de Begindatum van DeclaratiePeriode en ProductPeriode (afgeleid).
    """
    datum: date | None
    if isinstance(deel, (Declaratie, Prestatie)):
        naam = "DeclaratiePeriode" if isinstance(deel, Declaratie) else "ProductPeriode"
        element, datum = f"{naam}/Begindatum", getattr(deel, naam).Begindatum
        wat = f"Begindatum {datum} van {naam}"
    else:
        element, datum = "Geboortedatum/Datum", deel.Geboortedatum.Datum if deel.Geboortedatum else None
        wat = "Geboortedatum"  # of a person, so without its value
    if datum is not None and datum > context.dagtekening:
        yield Overtreding(
            deel,
            element,
            f"{wat} ligt na Dagtekening {context.dagtekening}.",
            "Controleer de datum en de Dagtekening van het bericht.",
        )


@regel(Niveau.BERICHT, "0001", "307", StopProduct)
def TR018(stop: StopProduct, context: Context) -> Iterator[Overtreding]:
    """StopProduct/Einddatum ligt niet vóór Begindatum; dezelfde dag mag."""
    yield from einde_na_begin(stop, "Einddatum", stop.Einddatum, "Begindatum", stop.Begindatum)


@regel(
    Niveau.BERICHT, "0001", "301 315 317",
    ToegewezenProduct, Contact, AangevraagdProduct, NieuwProduct, TeWijzigenProduct,
)  # fmt: skip
def CS003(
    deel: ToegewezenProduct | Contact | AangevraagdProduct | NieuwProduct | TeWijzigenProduct, context: Context
) -> Iterator[Overtreding]:
    """Een gevulde Einddatum ligt niet vóór de begin- of ingangsdatum van dezelfde periode; gelijk mag."""
    match deel:
        case Contact():
            if deel.Periode:
                einde, begin = deel.Periode.Einddatum, deel.Periode.Begindatum
                yield from einde_na_begin(deel, "Periode/Einddatum", einde, "Begindatum", begin)
        case ToegewezenProduct():
            yield from einde_na_begin(deel, "Einddatum", deel.Einddatum, "Ingangsdatum", deel.Ingangsdatum)
        case AangevraagdProduct():
            einde, begin = deel.ToewijzingEinddatum, deel.ToewijzingIngangsdatum
            yield from einde_na_begin(deel, "ToewijzingEinddatum", einde, "ToewijzingIngangsdatum", begin)
        case NieuwProduct() | TeWijzigenProduct():
            einde, begin = deel.Einddatum, deel.GewensteIngangsdatum
            yield from einde_na_begin(deel, "Einddatum", einde, "GewensteIngangsdatum", begin)


def einde_na_begin(
    deel: Onderdeel, element: str, einde: date | None, naam_begin: str, begin: date | None
) -> Iterator[Overtreding]:
    """An end that is there does not lie before its begin; the same day is sound."""
    if einde is not None and begin is not None and einde < begin:
        yield Overtreding(
            deel,
            element,
            f"{element.rpartition('/')[2]} {einde} ligt vóór {naam_begin} {begin}.",
            "Herstel een van beide datums en bied het bericht opnieuw aan.",
        )


def jaren_eerder(dag: date, jaren: int) -> date:
    """The same day so many years before; 28 February where that year has no 29th, the first of all days before year 1."""
    if dag.year <= jaren:
        return date.min
    try:
        return dag.replace(year=dag.year - jaren)
    except ValueError:
        return dag.replace(year=dag.year - jaren, day=28)
