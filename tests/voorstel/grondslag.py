"""Toewijzingen, a contract and earlier lines to declare on, without a database."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.levensloop.declaratie import Declaratieboek, Declaratieregel
from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.levensloop.gebeurtenis import Gebeurtenis, Herkomst
from berichtenverkeer.levensloop.rekenen.periode import maand
from berichtenverkeer.levensloop.rekenen.variant import Uitvoeringsvariant
from berichtenverkeer.regels.contract import Contract, Productcode, Tarief
from berichtenverkeer.regels.declaratiekennis import Declaratiekennis
from berichtenverkeer.regels.kennis import Kennis
from berichtenverkeer.standaard.berichten.basis import Omvang, Product
from berichtenverkeer.standaard.berichten.toewijzing import ToegewezenProduct
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import Gelezen
from berichtenverkeer.voorstel.declareren.grondslag import Grondslag, Nummering
from berichtenverkeer.voorstel.declareren.keuring import KennisVan

BSN = "999900006"
GEMEENTE, AANBIEDER = "0344", "98000001"
_VAN = date(2020, 1, 1)


def toegewezen(
    nummer: int,
    looptijd: Sequence[date],
    product: Sequence[str] | None = ("02", "02T01"),
    omvang: Sequence[Any] | None = None,
    budget: int | None = None,
    reden: str | None = None,
) -> ToegewezenProduct:
    """A toewijzing; ``looptijd`` without a second day has no end, ``product`` without a second part no code."""
    velden = zip(("Volume", "Eenheid", "Frequentie"), omvang or (), strict=False)
    return ToegewezenProduct(
        ToewijzingNummer=nummer,
        Product=Product(Categorie=product[0], Code=product[1] if len(product) > 1 else None) if product else None,
        Toewijzingsdatum=looptijd[0],
        Toewijzingstijd=time(10),
        Ingangsdatum=looptijd[0],
        Einddatum=looptijd[1] if len(looptijd) > 1 else None,
        RedenWijziging=reden,
        Omvang=Omvang(**dict(velden)) if omvang else None,
        Budget=budget,
    )


def maak_contract(
    tarieven: Mapping[tuple[str, str], int],
    codes: Iterable[Sequence[str]] = (),
    instellingen: Mapping[str, str] | None = None,
) -> Contract:
    """A contract with tariffs in eurocent by code and Eenheid, a list of (categorie, code, eenheid, variant), and settings."""
    return Contract(
        tuple(Productcode(c, code, eenheid, Uitvoeringsvariant(variant), _VAN) for c, code, eenheid, variant in codes),
        tuple(Tarief(code, eenheid, eurocent, _VAN) for (code, eenheid), eurocent in tarieven.items()),
        instellingen or {},
    )


def maak_grondslag(
    toewijzingen: Mapping[str, Iterable[ToegewezenProduct]],
    maand_: date,
    *,
    domein: Domein = Domein.IWMO,
    contract: Contract | None = None,
    vandaag: date | None = None,
    regels: Iterable[Declaratieregel] = (),
    nummer: str = "D1",
) -> Grondslag:
    """What a declaratie over this month starts from, with the toewijzingen by Bsn. ``regels`` were sent before, of the one
    client ``BSN``."""
    dossiers: dict[str, Dossier] = {}
    bsn_van: dict[int, str] = {}
    for bsn, producten in toewijzingen.items():
        gevallen = [
            Gebeurtenis(Herkomst("B", datetime(2020, 1, 1, tzinfo=UTC), product.Toewijzingsdatum, "B"), n, product)
            for n, product in enumerate(producten)
        ]
        boek = Declaratieboek.van(regels if bsn == BSN else ())
        folded = Dossier.van(gevallen)
        dossiers[bsn] = Dossier(folded.toewijzingen, boek=boek)
        bsn_van |= dict.fromkeys(folded.toewijzingen, bsn)
    return Grondslag(
        domein=domein,
        gemeente=GEMEENTE,
        aanbieder=AANBIEDER,
        maand=maand(maand_),
        vandaag=vandaag or maand(maand_).eind,
        nummering=Nummering(f"B{nummer}", nummer),
        schemas=SCHEMAS,
        dossiers=dossiers,
        bsn_van=bsn_van,
        contract=contract or Contract(),
    )


def kennis_van(g: Grondslag) -> KennisVan:
    """What the receiver knows when it knows no more than ``g``."""

    def van(gelezen: Gelezen) -> Kennis:
        return Kennis(
            soort=gelezen.soort,
            bericht=gelezen.bericht,
            vandaag=g.vandaag,
            dossier=Dossier(),
            contract=g.contract,
            clienten=g.dossiers,
            declaratie=Declaratiekennis(),
        )

    return van
