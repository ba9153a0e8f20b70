"""What an operator says of gemeenten: the division from some day on, and a gemeente that goes on as a part of another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine

from ..opslag.database import lees, schrijvend
from ..opslag.partijen import contracten, gemeenten
from ..opslag.partijen import partijen as tabel
from ..opslag.partijen.contracten import Overgenomen
from ..standaard.indeling import PEILDAG, Gemeente, Indeling, Overgang
from ..tabellen.fouten import HOOGSTENS, GeenTabel
from ..tabellen.lezen import lees_tabel, sleutel
from ..zegbaar import Zegbaar
from .partij import Partijrol

_CODE = re.compile("[0-9]{4}")
_KOLOMMEN = {
    "code": "code", "gemeentecode": "code", "omschrijving": "naam", "naam": "naam", "gemeentenaam": "naam",
}  # fmt: skip
"""What the two columns may be called: as in our lists, and as the CBS calls them."""

_DAG = timedelta(days=1)


class IndelingFout(Zegbaar):
    """Gemeenten cannot be so. The text is Dutch and says what to do."""


def bekend(engine: Engine) -> Indeling:
    """The division as this node knows it."""
    return lees(engine, gemeenten.indeling)


def laad_indeling(engine: Engine, data: bytes, vanaf: date) -> Overgang:
    """Let the gemeenten in this CSV or XLSX be the division from this day on; what that changes. Raises ``IndelingFout``."""
    if vanaf <= PEILDAG:
        raise IndelingFout(
            f"De indeling van {PEILDAG} is meegeleverd; laad een latere, met haar eerste dag. Terug in de tijd verandert niets."
        )
    namen = lees_gemeenten(data)
    with schrijvend(engine) as verbinding:
        indeling = gemeenten.indeling(verbinding)
        huidig = indeling.op(vanaf - _DAG)
        if 2 * len(namen.keys() & huidig.keys()) < len(huidig):
            raise IndelingFout(
                f"Van de {len(huidig)} gemeenten van nu staan er {len(namen.keys() & huidig.keys())} in het bestand; een indeling "
                "noemt ze alle, niet alleen wat er verandert."
            )
        overgang = indeling.met_indeling(namen, vanaf)
        if overgang.komt_terug:
            raise IndelingFout(
                f"Deze gemeenten waren er voor {vanaf} al niet meer: {', '.join(overgang.komt_terug)}. Is dit de indeling van dat jaar?"
            )
        gewijzigd = (*overgang.begint, *overgang.eindigt, *overgang.anders)
        gemeenten.bewaar(verbinding, gewijzigd, overgang.weg)
    return overgang


def lees_gemeenten(data: bytes) -> dict[str, str]:
    """Names of gemeenten by code. Other columns than these two are not looked at. Raises ``IndelingFout`` that names every fault."""
    try:
        tabel_ = lees_tabel(data).recht()
    except GeenTabel as fout:
        raise IndelingFout(str(fout)) from None
    koppen = [_KOLOMMEN.get(sleutel(naam)) for naam in tabel_.koppen]
    if koppen.count("code") != 1 or koppen.count("naam") != 1:
        raise IndelingFout(
            "regel 1: er horen een kolom code en een kolom naam te zijn (of omschrijving), elk één keer."
        )
    namen: dict[str, str] = {}
    fouten: list[str] = []
    for nummer, rij in tabel_.met(koppen):
        code, naam = rij["code"], rij["naam"]
        if not _CODE.fullmatch(code):
            fouten.append(
                f"regel {nummer}, kolom code: {code or 'leeg'} is geen CBS-code van 4 cijfers, met voorloopnullen."
            )
        elif not naam:
            fouten.append(f"regel {nummer}, kolom naam: gemeente {code} heeft geen naam.")
        elif code in namen:
            fouten.append(f"regel {nummer}, kolom code: {code} staat er twee keer in.")
        else:
            namen[code] = naam
    if fouten:
        rest = len(fouten) - HOOGSTENS
        raise IndelingFout("\n".join([*fouten[:HOOGSTENS], *([f"en nog {rest} fouten."] if rest > 0 else [])]))
    return namen


@dataclass(frozen=True, slots=True)
class Samengevoegd:
    """What was done for a gemeente that goes on as a part of another from ``per`` on. ``aangemeld``: the new one was no party
    before. ``mandaten`` are those that were added."""

    oud: Gemeente
    nieuw: Gemeente
    per: date
    aangemeld: bool
    mandaten: tuple[tuple[str, str], ...]
    contract: Overgenomen


def voeg_samen(engine: Engine, oud: str, nieuw: str, per: date, nu: datetime, naam: str = "") -> Samengevoegd:
    """Let gemeente ``oud`` go on as a part of ``nieuw`` from day ``per`` on: note it in the division, and let the new one be a
    party, with the mandates, product codes, tariffs and settings of the old. ``naam`` is needed for a code that is new.

    The new one gets a mandate for the old, so that it can end what the old assigned and answer what still comes on it. What was
    there stays as it was: a second time changes nothing, and what the new gemeente has of its own goes before. Before and after
    ``per`` it does the same. Raises ``IndelingFout``.
    """
    with schrijvend(engine) as verbinding:
        indeling = gemeenten.indeling(verbinding)
        van, naar = _oud(indeling, oud, nieuw, per), _nieuw(indeling, nieuw, per, naam)
        gewijzigd = [een for een in (van, naar) if indeling.gemeenten.get(een.code) != een]
        if gewijzigd:
            gemeenten.bewaar(verbinding, gewijzigd)
        rijen = {rij["code"]: rij for rij in tabel.alle(verbinding)}
        if oud not in rijen:
            raise IndelingFout(f"Partij {oud} bestaat niet op dit knooppunt; er is niets over te nemen.")
        aangemeld = nieuw not in rijen
        if aangemeld:
            tabel.voeg_toe(verbinding, nieuw, Partijrol.GEMEENTE, naar.naam, nu)
            over = ("beoordeling", "vsp_rol", "wetten", "eindpunt", "signaal_uit")
            tabel.zet(verbinding, nieuw, **{kolom: rijen[oud][kolom] for kolom in over})
        mandaten = _mandaten(verbinding, oud, nieuw, nu)
        return Samengevoegd(van, naar, per, aangemeld, mandaten, contracten.neem_over(verbinding, oud, nieuw, per))


def _oud(indeling: Indeling, oud: str, nieuw: str, per: date) -> Gemeente:
    gemeente = indeling.gemeenten.get(oud)
    if gemeente is None:
        raise IndelingFout(f"{oud} is geen gemeente; gebruik de CBS-code van 4 cijfers, met voorloopnullen.")
    if oud == nieuw:
        raise IndelingFout("De oude en de nieuwe gemeente zijn dezelfde.")
    if gemeente.tot is not None and gemeente.tot != per - _DAG:
        raise IndelingFout(
            f"{oud} ({gemeente.naam}) bestaat tot en met {gemeente.tot}; kies per {gemeente.tot + _DAG}."
        )
    opgegaan_in = gemeente.opgegaan_in if nieuw in gemeente.opgegaan_in else (*gemeente.opgegaan_in, nieuw)
    if gemeente.opgegaan_in and nieuw not in gemeente.opgegaan_in and per <= PEILDAG:
        raise IndelingFout(f"{oud} ({gemeente.naam}) is opgegaan in {indeling.opvolgers(oud)}, niet in {nieuw}.")
    return replace(gemeente, tot=per - _DAG, opgegaan_in=opgegaan_in)


def _nieuw(indeling: Indeling, nieuw: str, per: date, naam: str) -> Gemeente:
    gemeente = indeling.gemeenten.get(nieuw)
    if gemeente is None:
        if not _CODE.fullmatch(nieuw) or not naam.strip() or per <= PEILDAG:
            raise IndelingFout(
                f"{nieuw} is nog geen gemeente; geef haar naam met --naam, of laad eerst de indeling ('codelijst load CBS')."
            )
        return Gemeente(nieuw, naam.strip(), per)
    if not gemeente.geldig_op(per):
        raise IndelingFout(f"{nieuw} ({gemeente.naam}) is op {per} geen gemeente.")
    return gemeente


def _mandaten(verbinding: Connection, oud: str, nieuw: str, nu: datetime) -> tuple[tuple[str, str], ...]:
    """Those of the old gemeente for the new one too, and one of the new for the old."""
    er_zijn = tabel.mandaten(verbinding)
    ook = {
        (nieuw if indiener == oud else indiener, nieuw if afzender == oud else afzender)
        for indiener, afzender in er_zijn
    }
    nodig = sorted(paar for paar in ({(nieuw, oud)} | ook) - er_zijn if paar[0] != paar[1])
    for indiener, afzender in nodig:
        tabel.geef_mandaat(verbinding, indiener, afzender, nu)
    return tuple(nodig)


def wat_verandert(overgang: Overgang, indeling: Indeling) -> Mapping[str, str]:
    """Of each gemeente that ends: what takes its place, as far as that is known; empty otherwise."""
    return {een.code: indeling.opvolgers(een.code) for een in overgang.eindigt}
