"""The gate for a proposal: what the receiver would refuse is not proposed."""

from collections.abc import Set
from dataclasses import replace

from ...oordeel.oordeel import beoordeel
from ...regels.bevinding import van_ongeldig
from ...regels.kennis import Kennis
from ...regels.toetsen import toets_bericht
from ...standaard.fouten import OngeldigBericht
from ...standaard.lezen import lees
from ...standaard.schrijven import in_release, schrijf
from .voorstel import Uitgangspunt, Voorstel

MET_SIGNAAL = (
    "Zo wordt het bericht aangenomen, maar niet alles is volgens de regels; de signalen bij de bevindingen zeggen wat."
)

AFGEKEURD = "Zo zou het bericht worden afgekeurd; de bevindingen zeggen waarom. Er is daarom geen voorstel."


def keur(
    voorstel: Voorstel,
    u: Uitgangspunt,
    *,
    nummers_elders: Set[int] = frozenset(),
    referenties_elders: Set[str] = frozenset(),
    identificatie_bekend: bool = False,
) -> Voorstel:
    """The proposal with its bytes, judged as its receiver would; without its message when that would be refused. Signalen
    do not hold it back: they are told with it.

    ``nummers_elders``, ``referenties_elders`` and ``identificatie_bekend`` are as in ``Kennis``.
    """
    if voorstel.bericht is None:
        return voorstel
    try:
        data = schrijf(in_release(voorstel.bericht, voorstel.soort), voorstel.soort, u.schemas)
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
        referenties_elders=frozenset(referenties_elders),
        contract=u.contract,
    )
    oordeel = beoordeel(gelezen, toets_bericht(gelezen.bericht, voorstel.soort), kennis)
    gekeurd = replace(voorstel, bevindingen=oordeel.bevindingen)
    if oordeel.treffers:
        return _zonder(gekeurd)
    uitleg = (*voorstel.uitleg, MET_SIGNAAL) if oordeel.bevindingen else voorstel.uitleg
    return replace(gekeurd, data=data, uitleg=uitleg)


def _zonder(voorstel: Voorstel) -> Voorstel:
    return replace(voorstel, bericht=None, uitleg=(*voorstel.uitleg, AFGEKEURD))
