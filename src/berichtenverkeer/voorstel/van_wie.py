"""Whose a row with volumes is: the toewijzing by its number, or by the client with the product and the period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from ..levensloop.dossier import Dossiersleutel
from ..levensloop.rekenen.periode import Periode
from ..opslag.dossiers import dossiers, toewijzingen
from ..opslag.dossiers.toewijzingen import Toewijzingrij
from ..standaard.domein import Domein
from .declareren.volumes import Rijfout, Volume

_HOOGSTENS = 5
"""How many toewijzingen are named when more fit."""


@dataclass(frozen=True, slots=True)
class Gevonden:
    """A row with the number of its toewijzing, and the dossier that has it."""

    volume: Volume
    sleutel: Dossiersleutel


def zoek(
    verbinding: Connection,
    aanbieder: str,
    volumes: Sequence[Volume],
    gemeente: str | None,
    domein: Domein | None,
    clienten: Mapping[str, str],
) -> list[Gevonden | Rijfout]:
    """Of each row whose it is, in order. ``gemeente`` and ``domein`` are of rows that say none; ``clienten`` has the Bsn by the
    own number of a client."""
    nummers = {volume.toewijzingnummer for volume in volumes if volume.toewijzingnummer is not None}
    op_nummer: dict[int, list[Dossiersleutel]] = {}
    for nummer, dossier in toewijzingen.op_nummers(verbinding, aanbieder, nummers):
        op_nummer.setdefault(nummer, []).append(dossiers.sleutel(dossier))
    bsns = {bsn for v in volumes if v.toewijzingnummer is None and (bsn := _bsn(v, clienten))}
    op_bsn: dict[str, list[Toewijzingrij]] = {}
    for rij in toewijzingen.op_bsns(verbinding, aanbieder, bsns):
        op_bsn.setdefault(rij.bsn, []).append(rij)
    uit: list[Gevonden | Rijfout] = []
    for volume in volumes:
        waar = volume.gemeente or gemeente, volume.domein or domein
        if volume.toewijzingnummer is not None:
            uit.append(_op_nummer(volume, op_nummer.get(volume.toewijzingnummer, ()), waar))
        elif bsn := _bsn(volume, clienten):
            uit.append(_op_client(volume, op_bsn.get(bsn, ()), waar))
        else:
            uit.append(Rijfout(volume.regel, "client", "van dit eigen nummer is het Bsn niet bekend; geef het mee."))
    return uit


_Waar = tuple[str | None, Domein | None]


def _bsn(volume: Volume, clienten: Mapping[str, str]) -> str | None:
    return volume.bsn or clienten.get(volume.client or "")


def _op_nummer(volume: Volume, sleutels: Iterable[Dossiersleutel], waar: _Waar) -> Gevonden | Rijfout:
    nummer, (gemeente, domein) = volume.toewijzingnummer, waar
    mogelijk = [s for s in sleutels if gemeente in (None, s.gemeente) and domein in (None, s.domein)]
    if len(mogelijk) == 1:
        return Gevonden(volume, mogelijk[0])
    if mogelijk:
        melding = (
            f"toewijzing {nummer} is er bij meer gemeenten of onder beide wetten; vul de kolom gemeente of domein."
        )
    else:
        melding = f"toewijzing {nummer} is bij deze gemeente niet bekend; neem het nummer over uit het 301 (TR338)."
    return Rijfout(volume.regel, "toewijzingnummer", melding)


def _op_client(volume: Volume, rijen: Iterable[Toewijzingrij], waar: _Waar) -> Gevonden | Rijfout:
    """The toewijzing that runs then and has this product, or no product in particular (IV075); one that names the code goes
    first."""
    passend = [rij for rij in rijen if _past(rij, volume, waar)]
    genoemd = [rij for rij in passend if volume.code is not None and rij.code == volume.code]
    mogelijk = genoemd or passend
    kolom = "bsn" if volume.bsn is not None else "client"
    product = " ".join(deel for deel in (volume.categorie, volume.code) if deel)
    if not mogelijk:
        voor = f" voor {product}" if product else ""
        return Rijfout(
            volume.regel, kolom, f"van deze cliënt loopt er dan geen toewijzing{voor}; vraag de gemeente ernaar."
        )
    if len(mogelijk) > 1:
        namen = ", ".join(str(rij.toewijzingnummer) for rij in mogelijk[:_HOOGSTENS])
        meer = "vul de kolom toewijzingnummer" if product else "vul het product, of de kolom toewijzingnummer"
        return Rijfout(volume.regel, kolom, f"er passen meer toewijzingen: {namen}; {meer}.")
    [rij] = mogelijk
    return Gevonden(replace(volume, toewijzingnummer=rij.toewijzingnummer), dossiers.sleutel(rij.dossier))


def _past(rij: Toewijzingrij, volume: Volume, waar: _Waar) -> bool:
    gemeente, domein = waar
    return (
        not rij.verwijderd
        and gemeente in (None, rij.gemeente)
        and domein in (None, rij.domein)
        and (volume.categorie is None or rij.categorie in (None, volume.categorie))
        and (volume.code is None or rij.code in (None, volume.code))
        and Periode(rij.ingangsdatum, rij.einddatum or date.max).doorsnede(volume.periode) is not None
    )
