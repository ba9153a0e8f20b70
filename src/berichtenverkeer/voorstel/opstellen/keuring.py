"""The gate for a proposal: what the receiver would refuse is not proposed."""

from collections.abc import Set
from dataclasses import replace

from ...regels.bevinding import van_ongeldig
from ...regels.kennis import Kennis
from ...regels.toetsen import bevindingen, toets_bericht, toets_kennis
from ...standaard.fouten import OngeldigBericht
from ...standaard.lezen import lees
from ...standaard.schrijven import schrijf
from .voorstel import Uitgangspunt, Voorstel

AFGEKEURD = "Zo zou het bericht worden afgekeurd; de bevindingen zeggen waarom. Er is daarom geen voorstel."


def keur(
    voorstel: Voorstel,
    u: Uitgangspunt,
    *,
    nummers_elders: Set[int] = frozenset(),
    identificatie_bekend: bool = False,
) -> Voorstel:
    """The proposal with its bytes, judged as its receiver would; without its message when that has findings.

    ``nummers_elders`` and ``identificatie_bekend`` are as in ``Kennis``.
    """
    if voorstel.bericht is None:
        return voorstel
    try:
        data = schrijf(voorstel.bericht, voorstel.soort, u.schemas)
    except OngeldigBericht as fout:
        return _zonder(replace(voorstel, bevindingen=tuple(van_ongeldig(fout))))
    gelezen = lees(data, u.schemas)
    kennis = Kennis(
        soort=voorstel.soort,
        bericht=gelezen.bericht,
        vandaag=u.vandaag,
        dossier=u.dossier,
        identificatie_bekend=identificatie_bekend,
        nummers_elders=frozenset(nummers_elders),
        contract=u.contract,
    )
    treffers = toets_bericht(gelezen.bericht, voorstel.soort) or toets_kennis(gelezen.bericht, kennis)
    if treffers:
        return _zonder(replace(voorstel, bevindingen=tuple(bevindingen(gelezen, treffers))))
    return replace(voorstel, data=data)


def _zonder(voorstel: Voorstel) -> Voorstel:
    return replace(voorstel, bericht=None, uitleg=(*voorstel.uitleg, AFGEKEURD))
