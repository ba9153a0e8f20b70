"""What was delivered, as a sheet has it: read whole, or refused with everything that is wrong in it.

A row is for a day (``datum``), a stay (``datum`` with ``tot``; the amount is for each day, both included) or a whole month
(``maand``). It says whose it is by the ToewijzingNummer, or by the Bsn or an own number of the client with the product.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from ...levensloop.rekenen.eenheid import Eenheid
from ...levensloop.rekenen.periode import Periode
from ...standaard.domein import Domein
from ...tabellen.fouten import HOOGSTENS, GeenTabel
from ...tabellen.lezen import lees_tabel, sleutel
from ...zegbaar import Zegbaar
from . import cellen
from .cellen import OUTPUT, Aantal

MEESTE_RIJEN = 100_000
LANGSTE_CEL = 70

REGEL = "regel"
"""Where a row that comes without its file says on which line it stood."""


@dataclass(frozen=True, slots=True)
class Rijfout:
    """What is wrong in a row. ``regel`` is its line in the file, or its place in a list, from 1."""

    regel: int
    kolom: str
    melding: str

    def __str__(self) -> str:
        return f"regel {self.regel}, kolom {self.kolom}: {self.melding}"


class Volumefout(Zegbaar):
    """The volumes cannot be read. The text is Dutch and names line and column of what is wrong."""

    def __init__(self, *fouten: Rijfout | str) -> None:
        self.fouten = tuple(fout for fout in fouten if isinstance(fout, Rijfout))
        rest = len(fouten) - HOOGSTENS
        super().__init__("\n".join([*map(str, fouten[:HOOGSTENS]), *([f"en nog {rest} fouten."] if rest > 0 else [])]))


@dataclass(frozen=True, slots=True)
class Volume:
    """One row. ``hoeveelheid`` is in ``eenheid``, and for each day when ``per_dag``; None is output, to be computed. A ``Decimal``
    is one that was written with decimals.

    ``in_euro``: the amount has a euro sign. ``tarief`` is eurocent for one ``tarief_eenheid``. What is None
    follows from the toewijzing or the contract; without a ``toewijzingnummer`` that follows from ``bsn`` or ``client``, an own
    number, with the product.
    """

    regel: int
    toewijzingnummer: int | None
    periode: Periode
    hoeveelheid: int | Decimal | None
    per_dag: bool = True
    eenheid: str | None = None
    categorie: str | None = None
    code: str | None = None
    tarief: int | None = None
    tarief_eenheid: str | None = None
    gemeente: str | None = None
    domein: Domein | None = None
    onderaannemer: str | None = None
    bsn: str | None = None
    client: str | None = None
    in_euro: bool = False


@dataclass(frozen=True, slots=True)
class Volumes:
    """The rows of a sheet, and the columns in it that were not used."""

    rijen: tuple[Volume, ...]
    ongebruikt: tuple[str, ...] = field(default=())


def lees_bestand(data: bytes, namen: Mapping[str, str] | None = None) -> Volumes:
    """The rows of a file. ``namen`` says of columns with a name of their own which one of ``KOLOMMEN`` they are; empty is none.
    Raises ``Volumefout``."""
    rijen, ongebruikt = lees_cellen(data, namen)
    return Volumes(_lees(rijen), ongebruikt)


def lees_cellen(
    data: bytes, namen: Mapping[str, str] | None = None
) -> tuple[Iterator[tuple[int, dict[str, str]]], tuple[str, ...]]:
    """The rows of a file as they stand there, each with its line and by column name, and the columns that are not used; what ``Volumes``
    are made of. Raises ``Volumefout``."""
    try:
        tabel = lees_tabel(data).recht()
    except GeenTabel as fout:
        raise Volumefout(str(fout)) from None
    gekozen, vast, ongebruikt = _kolommen(tabel.koppen, namen or {})
    return ((regel, vast | dict(rij)) for regel, rij in tabel.met(gekozen)), ongebruikt


def lees_rijen(rijen: Iterable[Mapping[str, str | int | None]]) -> Volumes:
    """The same of rows by column name; one says with ``regel`` on which line it stood, else that is its place. Raises ``Volumefout``."""
    genummerd = [(int(rij.get(REGEL) or plaats), rij) for plaats, rij in enumerate(rijen, start=1)]
    return Volumes(
        _lees((nummer, {k: "" if v is None else str(v) for k, v in rij.items()}) for nummer, rij in genummerd)
    )


def lees_namen(gezegd: Iterable[str]) -> dict[str, str]:
    """Which column is what, each said as ``naam=kolom``. Raises ``Volumefout``."""
    namen: dict[str, str] = {}
    for tekst in gezegd:
        naam, teken, kolom = tekst.rpartition("=")
        if not teken or not naam.strip():
            raise Volumefout(f"{tekst} zegt niet welke kolom wat is; schrijf naam=kolom, zoals Uren=hoeveelheid.")
        namen[naam.strip()] = kolom.strip().lower()
    return namen


def lees_clienten(data: bytes) -> dict[str, str]:
    """The Bsn by the own number of a client, from a file with the columns ``client`` and ``bsn``. Raises ``Volumefout``."""
    try:
        tabel = lees_tabel(data).recht()
    except GeenTabel as fout:
        raise Volumefout(str(fout)) from None
    gekozen, _, _ = _kolommen(tabel.koppen, {}, eis=False)
    if not {"client", "bsn"} <= set(gekozen):
        raise Volumefout("Het bestand met cliënten heeft de kolommen client en bsn nodig.")
    gelezen: dict[str, str] = {}
    fouten: list[Rijfout] = []
    for regel, rij in tabel.met(gekozen):
        try:
            gelezen[rij["client"]] = cellen.lees_bsn(rij["bsn"])
        except ValueError as fout:
            fouten.append(Rijfout(regel, "bsn", str(fout)))
    if fouten:
        raise Volumefout(*fouten)
    return gelezen


def _kolommen(
    kop: tuple[str, ...], namen: Mapping[str, str], *, eis: bool = True
) -> tuple[list[str | None], dict[str, str], tuple[str, ...]]:
    """Which of our columns each one is, what their names say of every row, and those that are not used."""
    eigen = {sleutel(naam): kolom for naam, kolom in namen.items()}
    if vreemd := [kolom for kolom in namen.values() if kolom and kolom not in _LEZERS]:
        raise Volumefout(f"{vreemd[0]} is geen kolom; kies uit {', '.join(_LEZERS)}.")
    if weg := [naam for naam in namen if sleutel(naam) not in map(sleutel, kop)]:
        raise Volumefout(f"Kolom {weg[0]} staat niet in het bestand; daarin staan {', '.join(kop)}.")
    gekozen: list[str | None] = []
    vast: dict[str, str] = {}
    ongebruikt: list[str] = []
    fouten: list[str] = []
    for naam in kop:
        kaal = sleutel(naam)
        kolom = eigen.get(kaal, _NAMEN.get(kaal))
        if kaal in _MET_EENHEID and kaal not in eigen:
            kolom, veld, eenheid = _MET_EENHEID[kaal]
            vast[veld] = eenheid
        if kolom is None and (lijkt := get_close_matches(kaal, _NAMEN, 1, 0.85)):
            fouten.append(f"Kolom {naam} lijkt op {_NAMEN[lijkt[0]]}; geef haar die naam, of zeg wat zij is.")
        elif kolom and kolom in gekozen:
            fouten.append(f"Kolom {kolom} staat er twee keer.")
        elif not kolom:
            ongebruikt.append(naam)
        gekozen.append(kolom or None)
    if eis:
        fouten += _ontbreekt(gekozen)
    if fouten:
        raise Volumefout(*fouten)
    return gekozen, {veld: eenheid for veld, eenheid in vast.items() if veld not in gekozen}, tuple(ongebruikt)


def _ontbreekt(kop: list[str | None]) -> Iterator[str]:
    if "hoeveelheid" not in kop:
        yield "Kolom hoeveelheid ontbreekt."
    if not {"toewijzingnummer", "bsn", "client"} & set(kop):
        yield "Kolom toewijzingnummer ontbreekt; met een kolom bsn of client en het product kan het ook."
    if not {"datum", "maand"} & set(kop):
        yield "Er is een kolom datum of een kolom maand nodig."


def _lees(rijen: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[Volume, ...]:
    volumes: list[Volume] = []
    fouten: list[Rijfout | str] = []
    in_euro: set[int] = set()
    in_cent: list[Rijfout] = []
    for nummer, rij in rijen:
        if len(volumes) >= MEESTE_RIJEN:
            raise Volumefout(f"Er zijn meer dan {MEESTE_RIJEN} rijen; splits het bestand.")
        uitkomst, tarief = _rij(nummer, {naam: rij.get(naam, "").strip() for naam in _LEZERS})
        if isinstance(uitkomst, Volume):
            volumes.append(uitkomst)
        else:
            fouten += uitkomst
        if tarief is not None and tarief.in_euro:
            in_euro.add(nummer)
        elif tarief is not None and tarief.waarde:
            cent = int(tarief.waarde)
            in_cent.append(
                Rijfout(
                    nummer,
                    "tarief",
                    f"is {cent} hier {cent} eurocent of {cent},00 euro? Elders in deze kolom staan euro's; schrijf overal hetzelfde.",
                )
            )
    if in_euro:
        fouten += in_cent
    if not volumes and not fouten:
        fouten.append("Er is geen enkele rij.")
    if fouten:
        raise Volumefout(*fouten)
    return tuple(volumes)


def _rij(nummer: int, tekst: Mapping[str, str]) -> tuple[Volume | list[Rijfout], Aantal | None]:
    waarden: dict[str, object] = {}
    fouten: list[Rijfout] = []
    for kolom, lees in _LEZERS.items():
        if len(tekst[kolom]) > LANGSTE_CEL:
            fouten.append(Rijfout(nummer, kolom, f"hier staan meer dan {LANGSTE_CEL} tekens."))
            continue
        try:
            waarden[kolom] = lees(tekst[kolom]) if tekst[kolom] or kolom == "hoeveelheid" else None
        except ValueError as fout:
            fouten.append(Rijfout(nummer, kolom, str(fout)))
    if not fouten:
        fouten = [Rijfout(nummer, kolom, melding) for kolom, melding in _samenhang(waarden)]
    if fouten:
        return fouten, None
    datum, tot, hele = (waarden.pop(naam) for naam in ("datum", "tot", "maand"))
    periode = hele if isinstance(hele, Periode) else Periode(datum, tot or datum)  # type: ignore[arg-type]
    hoeveelheid, tarief = waarden.pop("hoeveelheid"), waarden.pop("tarief")
    assert tarief is None or isinstance(tarief, Aantal)
    volume = Volume(
        regel=nummer,
        periode=periode,
        per_dag=hele is None,
        hoeveelheid=None,
        tarief=None if tarief is None else int(tarief.waarde * 100 if tarief.in_euro else tarief.waarde),
        **waarden,  # type: ignore[arg-type]
    )
    return (met_hoeveelheid(volume, hoeveelheid) if isinstance(hoeveelheid, Aantal) else volume), tarief


def met_hoeveelheid(volume: Volume, aantal: Aantal) -> Volume:
    """The row with an amount as it was written; hours and minutes are hours."""
    heel = aantal.waarde == aantal.waarde.to_integral_value() and not aantal.met_decimalen
    return replace(
        volume,
        hoeveelheid=int(aantal.waarde) if heel and not aantal.tijd else aantal.waarde,
        in_euro=aantal.in_euro,
        eenheid=Eenheid.UUR if aantal.tijd else volume.eenheid,
    )


def _samenhang(waarden: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    datum, tot, hele = waarden["datum"], waarden["tot"], waarden["maand"]
    aantal = waarden["hoeveelheid"]
    if (datum is None) == (hele is None):
        yield "datum", "vul een datum of een maand, en niet allebei."
    elif tot is not None and not (isinstance(datum, date) and isinstance(tot, date) and datum <= tot):
        yield "tot", "is de laatste dag van een verblijf en ligt niet vóór de datum."
    elif aantal == OUTPUT and hele is None:
        yield "hoeveelheid", f"{OUTPUT} is er voor een hele maand; vul de kolom maand."
    if isinstance(aantal, Aantal) and aantal.tijd and waarden["eenheid"] not in (None, Eenheid.MINUUT, Eenheid.UUR):
        yield "hoeveelheid", "uren en minuten zijn er bij eenheid 01 of 04."
    if waarden["tarief_eenheid"] is not None and waarden["tarief"] is None:
        yield "tarief_eenheid", "hoort bij een tarief."
    if waarden["toewijzingnummer"] is None and waarden["bsn"] is None and waarden["client"] is None:
        yield "toewijzingnummer", "leeg is geen ToewijzingNummer; vul het, of een bsn of client met het product."


_LEZERS: Mapping[str, Callable[[str], object]] = {
    "toewijzingnummer": cellen.lees_nummer,
    "bsn": cellen.lees_bsn,
    "client": str,
    "datum": cellen.lees_dag,
    "tot": cellen.lees_dag,
    "maand": cellen.lees_maand,
    "hoeveelheid": cellen.lees_hoeveelheid,
    "eenheid": cellen.lees_eenheid,
    "categorie": cellen.lees_cijfers(2, "ProductCategorie"),
    "code": cellen.lees_code,
    "tarief": cellen.lees_tarief,
    "tarief_eenheid": cellen.lees_eenheid,
    "gemeente": cellen.lees_cijfers(4, "CBS-code van een gemeente"),
    "domein": cellen.lees_wet,
    "onderaannemer": str,
}
"""The columns, in any order, and how each is read."""

KOLOMMEN = tuple(_LEZERS)

_OOK: Mapping[str, tuple[str, ...]] = {
    "toewijzingnummer": ("toewijzingsnummer", "toewijzingnr", "toewijzingsnr", "toewijzing"),
    "bsn": ("burgerservicenummer",),
    "client": ("clientnummer", "clientnr", "clientid"),
    "datum": ("leverdatum", "begindatum"),
    "tot": ("totenmet", "einddatum"),
    "maand": ("periode", "productperiode"),
    "hoeveelheid": ("aantal", "volume", "geleverdvolume"),
    "categorie": ("productcategorie",),
    "code": ("productcode", "product"),
    "tarief": ("producttarief", "prijs"),
    "domein": ("wet",),
    "gemeente": ("gemeentecode",),
}
"""Other names that people give them."""

_NAMEN = {sleutel(kolom): kolom for kolom in _LEZERS} | {naam: kolom for kolom, ook in _OOK.items() for naam in ook}

_MET_EENHEID = {
    "uren": ("hoeveelheid", "eenheid", Eenheid.UUR),
    "minuten": ("hoeveelheid", "eenheid", Eenheid.MINUUT),
    "uurtarief": ("tarief", "tarief_eenheid", Eenheid.UUR),
    "tariefperuur": ("tarief", "tarief_eenheid", Eenheid.UUR),
    "minuuttarief": ("tarief", "tarief_eenheid", Eenheid.MINUUT),
    "tariefperminuut": ("tarief", "tarief_eenheid", Eenheid.MINUUT),
}
"""Names that say the Eenheid too: our column, the column of the Eenheid, and its code."""
