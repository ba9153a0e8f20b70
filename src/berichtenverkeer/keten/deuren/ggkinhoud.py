"""What is looked at in a Di01 or Du01 after its Bv03: the envelope, its functie, its parties; and the Fo01 that refuses it.

In the chain the first are looked at by the GGK (zender IB), the others by VECOZO.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine

from ...opslag import zendingen as tabel
from ...opslag.database import schrijvend
from ...opslag.zendingen import Zendingsleutel
from ...partijen.register import Register
from ...partijen.schakelaar import Schakelbord
from ...standaard.berichtsoort import Berichtsoort, Rol
from ...standaard.fouten import OngeldigBericht, Onleesbaar
from ..envelop.fouten import Afgekeurd
from ..envelop.functie import keur_functie
from ..envelop.organisatie import rol_van
from ..envelop.partijcheck import keur_applicatie
from ..envelop.stuf import Berichtcode, Envelop, Foutbericht, Stuurgegevens, Systeem, keur_af, lees_stuf, schrijf
from ..envelop.vertaling import GGK_APPLICATIE
from ..envelop.vsp import Melding, Status, als_json
from .ggkdeur import eigen_nummer


def payload_van(rij: Mapping[Any, Any], register: Register, bord: Schakelbord, max_bytes: int) -> bytes:
    """The payload of a stored Di01 or Du01 that is sound but for that. Raises ``Afgekeurd``, the first that applies: IB003,
    IB001, IB004, IB023, IB006, IB007, IB005, IB010, IB011, IB017, IB014.

    What is switched is looked at as it was at the moment at which the message came in.
    """
    data = rij["inhoud"]
    if len(data) > max_bytes:
        raise Afgekeurd("IB003", f"Het StUF-bericht is groter dan {max_bytes} bytes.", "Splits het bericht.")
    envelop = _envelop(data)
    stuur, parameters = envelop.stuurgegevens, envelop.parameters
    zender, ontvanger = stuur.zender.organisatie, stuur.ontvanger.organisatie
    soort = keur_functie(
        stuur.functie,
        parameters.functieVersie,
        parameters.functieSubversie,
        stuur.berichtcode,
        rol_van(zender),
        is_tekst=parameters.bestandsnaam is not None,
        keur_stand=lambda soort: bord.keur(soort, rij["ontvangen_op"]),
    ).soort
    _keur_partijen(register, soort, zender, ontvanger)
    keur_applicatie(stuur.zender)
    return parameters.payload()


class _AlBekeken(Exception):
    """Another process was first."""


def weiger(engine: Engine, sleutel: Zendingsleutel, melding: Melding) -> None:
    """Refuse a zending of this door, and lay the Fo01 ready, in one transaction; what was looked at already stays as it is.

    The Fo01 is of the moment at which the message came in, so that who fetches it twice gets the same (afgeleid).
    """
    with suppress(_AlBekeken), schrijvend(engine) as verbinding:
        rij = tabel.te_verwerken(verbinding, sleutel)
        if rij is None:
            return
        leg_fo01_klaar(verbinding, rij, melding)  # first: who takes messages in locks the numbers, then the zending
        if not tabel.keur_af(verbinding, sleutel, [als_json(melding)]):
            raise _AlBekeken


def leg_fo01_klaar(verbinding: Connection, rij: Mapping[Any, Any], melding: Melding) -> None:
    """Lay the Fo01 ready that refuses this stored message."""
    tabel.bewaar(verbinding, _fo01(rij, melding))


def _envelop(data: bytes) -> Envelop:
    try:
        envelop = lees_stuf(data).inhoud()
    except OngeldigBericht as fout:
        eerste = fout.fouten[0]
        raise Afgekeurd("IB001", f"{eerste.melding} Zie {eerste.pad}.", eerste.advies) from None
    assert isinstance(envelop, Envelop)
    return envelop


def _keur_partijen(register: Register, soort: Berichtsoort, zender: str, ontvanger: str) -> None:
    van, naar = register.partij(zender), register.partij(ontvanger)
    if van is None or (naar is None and rol_van(ontvanger) is Rol.GEMEENTE):
        raise Afgekeurd("IB005", "De gemeente is niet aangesloten op dit knooppunt.", "Controleer de gemeentecode.")
    if soort.domein not in van.wetten:
        raise Afgekeurd(
            "IB007", f"Deze gemeente mag geen {soort} versturen.", "Laat de beheerder de wetten van de gemeente nagaan."
        )
    if naar is None or rol_van(ontvanger) is not Rol.AANBIEDER:
        raise Afgekeurd("IB010", "De geadresseerde is geen aangesloten aanbieder.", "Controleer de AGB-code.")
    if soort.domein not in naar.wetten:
        raise Afgekeurd(
            "IB011",
            "De geadresseerde heeft geen grondslag voor deze wet.",
            "Controleer de geadresseerde en de functie.",
        )


def _fo01(rij: Mapping[Any, Any], melding: Melding) -> dict[str, Any]:
    """The row of the Fo01 on a stored message."""
    heel = melding.code != "IB003"  # else it was cut off
    bericht = _foutbericht(rij, melding, rij["inhoud"] if heel else None)
    data = schrijf(bericht)
    try:
        lees_stuf(data)
    except Onleesbaar:  # what it refuses is so deep that around it is one step too many
        data = schrijf(replace(bericht, detailsXML=()))
    stuur = bericht.stuurgegevens
    overgenomen = ("functie", "versie", "subversie", "conversatie_id", "hash", "ontvangen_op")
    return {naam: rij[naam] for naam in overgenomen} | {
        "zender": stuur.zender.organisatie,
        "traceer_id": stuur.referentienummer,
        "ontvanger": rij["zender"],
        "indiener": stuur.zender.organisatie,
        "door": rij["door"],
        "applicatie": stuur.zender.applicatie,
        "applicatie_versie": "0001",
        "applicatie_subversie": "0000",
        "als_antwoord_op": rij["traceer_id"],
        "foutbericht": True,
        "inhoud": data,
        "status": str(Status.WORDT_AANGEBODEN),
        "meldingen": [],  # those are with the message itself
    }


def _foutbericht(rij: Mapping[Any, Any], melding: Melding, origineel: bytes | None) -> Foutbericht:
    functie, versie, subversie = rij["functie"], rij["applicatie_versie"], rij["applicatie_subversie"]
    op = Stuurgegevens(
        Berichtcode.DI01,  # of which a Fo01 says nothing
        Systeem(rij["zender"], rij["applicatie"], rij["administratie"], rij["gebruiker"]),
        Systeem(rij["ontvanger"], GGK_APPLICATIE),
        rij["traceer_id"],
        "",
    )
    return keur_af(
        melding.code,
        op,
        partial(eigen_nummer, Berichtcode.FO01, rij["zender"], rij["traceer_id"]),
        rij["ontvangen_op"],
        omschrijving=f"{melding.omschrijving}: {melding.toelichting}",
        details=f"{functie}-{versie}{subversie}" if functie and versie and subversie else None,
        origineel=origineel,
    )
