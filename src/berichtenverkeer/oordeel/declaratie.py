"""What comes of a 323: told from what the rules found in it, or from the 325 of a receiver that judges for itself."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..levensloop.declaratie import Declaratieregel
from ..levensloop.overgangen import DECLARATIE, Declaratietoestand, Prestatietoestand, overgang
from ..regels.bevinding import Niveau
from ..regels.declaratie.bedrag import saldo
from ..regels.toetsen import Treffer
from ..standaard.berichten.declaratie import Bericht323, Bericht325, Client323, Prestatie
from .retour import GEEN_OPMERKING, TECHNISCH_AFGEKEURD, retourcodes

ALLES_TOEGEKEND = "8001"
"""Retourcode of a DeclaratieAntwoord without a refused Prestatie."""

NIET_BEOORDEELD = "0233"
"""Retourcode of a Prestatie whose Client is at fault."""

PerDeel = Mapping[int, tuple[str, ...]]
"""Retourcodes by the ``id`` of a class of the 323."""


@dataclass(frozen=True, slots=True)
class Afwijzing:
    """The retourcodes of what is at fault in a 323; where something is, what stands below has none (IV087)."""

    kop: tuple[str, ...] = ()
    declaratie: tuple[str, ...] = ()
    clienten: PerDeel = field(default_factory=dict)
    prestaties: PerDeel = field(default_factory=dict)

    def codes(self, client: Client323, prestatie: Prestatie) -> tuple[str, ...]:
        """Why a Prestatie is refused: its own codes, after those of its Client when that is why."""
        eigen = self.prestaties.get(id(prestatie), ())
        return (*self.clienten.get(id(client), ()), *eigen) if NIET_BEOORDEELD in eigen else eigen


@dataclass(frozen=True, slots=True)
class Prestatieuitslag:
    """A line of a 323 with its state, the codes of its refusal, and how the amounts behind them were reckoned.

    ``retourcodes`` begin with those of the Client where that is at fault; the line itself has only 0233 then.
    """

    bsn: str
    regel: Declaratieregel
    retourcodes: tuple[str, ...] = ()
    berekening: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaratieuitslag:
    """What came of a 323.

    ``ingediend`` and ``toegekend`` are eurocent, below zero for credit; ``toegekend`` is None while there is no answer.
    ``prestaties`` are in the order of the message; of a 323 that was refused as a whole there are none, for it counts as
    not sent. ``retourcodes`` are those of its refusal as a whole.
    """

    toestand: Declaratietoestand
    ingediend: int
    toegekend: int | None
    prestaties: tuple[Prestatieuitslag, ...]
    retourcodes: tuple[str, ...] = ()

    @property
    def gecrediteerd(self) -> tuple[tuple[str, str], ...]:
        """The earlier debetregels that it credits: Bsn and ReferentieNummer."""
        return tuple(
            (prestatie.bsn, prestatie.regel.vorig_referentienummer)
            for prestatie in self.prestaties
            if prestatie.regel.toestand is Prestatietoestand.VERWERKT and prestatie.regel.vorig_referentienummer
        )


def ingediend(bericht: Bericht323) -> Declaratieuitslag:
    """A 323 that has no answer yet."""
    regels = tuple(
        Prestatieuitslag(client.Bsn, Declaratieregel.van(prestatie)) for client, prestatie in _prestaties(bericht)
    )
    return Declaratieuitslag(Declaratietoestand.VERZONDEN, _ingediend(bericht), None, regels)


def uitslag(bericht: Bericht323, treffers: Sequence[Treffer]) -> Declaratieuitslag:
    """What comes of a 323 in which the rules found this; it is the very object they looked at."""
    stappen: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for _, fout in treffers:
        stappen[id(fout.deel)] += fout.berekening
    return _uitslag(bericht, afwijzing(bericht, treffers), stappen)


def uitslag_van(antwoord: Bericht325, bericht: Bericht323) -> Declaratieuitslag:
    """What comes of a 323 by this 325.

    The 325 is one that the rules found sound: what it refuses stands in the 323 (TR366, TR367), and the rest adds up to
    its TotaalToegekendBedrag (TR342). One without DeclaratieAntwoord grants nothing, whatever its Header says (afgeleid).
    """
    return _uitslag(bericht, _gezegd(antwoord, bericht), {})


def afwijzing(bericht: Bericht323, treffers: Sequence[Treffer]) -> Afwijzing:
    """What the rules refuse of a 323 (IV087)."""
    if any(regel.niveau is Niveau.BERICHT for regel, _ in treffers):
        return Afwijzing(kop=(TECHNISCH_AFGEKEURD,))
    codes = {deel: tuple(sorted(gevonden)) for deel, gevonden in retourcodes(treffers).items()}
    if id(bericht.Header) in codes:
        return Afwijzing(kop=codes[id(bericht.Header)])
    if id(bericht.Declaratie) in codes:
        return Afwijzing(declaratie=codes[id(bericht.Declaratie)])
    clienten = {id(client): codes[id(client)] for client in bericht.Declaratie.Clienten if id(client) in codes}
    prestaties = {
        id(prestatie): (NIET_BEOORDEELD,) if id(client) in clienten else codes[id(prestatie)]
        for client, prestatie in _prestaties(bericht)
        if id(client) in clienten or id(prestatie) in codes
    }
    return Afwijzing(clienten=clienten, prestaties=prestaties)


def toegekend(bericht: Bericht323, afwijzing: Afwijzing) -> int:
    """What remains of a 323 in eurocent, below zero for credit, when this is refused of it."""
    if afwijzing.kop or afwijzing.declaratie:
        return 0
    goed = (prestatie for _, prestatie in _prestaties(bericht) if id(prestatie) not in afwijzing.prestaties)
    return sum(Declaratieregel.van(prestatie).saldo for prestatie in goed)


def _gezegd(antwoord: Bericht325, bericht: Bericht323) -> Afwijzing:
    """What a 325 refuses of a 323."""
    op_kop = _fouten(antwoord.Header.RetourCodes)
    if op_kop or antwoord.DeclaratieAntwoord is None:
        return Afwijzing(kop=op_kop or antwoord.Header.RetourCodes)
    op_declaratie = _fouten(antwoord.DeclaratieAntwoord.RetourCodes)
    if op_declaratie:
        return Afwijzing(declaratie=op_declaratie)
    antwoorden = antwoord.DeclaratieAntwoord.Clienten
    op_bsn = {client.Bsn: codes for client in antwoorden if (codes := _fouten(client.RetourCodes))}
    gezegd = {
        (client.Bsn, prestatie.ProductReferentie): prestatie.RetourCodes
        for client in antwoorden
        for prestatie in client.Prestaties
    }
    prestaties = {
        id(prestatie): gezegd[client.Bsn, prestatie.ProductReferentie]
        for client, prestatie in _prestaties(bericht)
        if (client.Bsn, prestatie.ProductReferentie) in gezegd
    }
    clienten = {id(client): op_bsn[client.Bsn] for client in bericht.Declaratie.Clienten if client.Bsn in op_bsn}
    return Afwijzing(clienten=clienten, prestaties=prestaties)


def _uitslag(bericht: Bericht323, afwijzing: Afwijzing, stappen: PerDeel) -> Declaratieuitslag:
    als_geheel = afwijzing.kop + afwijzing.declaratie
    if TECHNISCH_AFGEKEURD in afwijzing.kop:
        gebeurtenis, naar = "technisch afgekeurd", Declaratietoestand.NIET_VERZONDEN
    elif afwijzing.kop:
        gebeurtenis, naar = "kop afgekeurd", Declaratietoestand.AFGEKEURD
    elif afwijzing.declaratie:
        gebeurtenis, naar = "declaratie afgekeurd", Declaratietoestand.AFGEKEURD
    else:
        gebeurtenis, naar = "beantwoord", Declaratietoestand.BEANTWOORD
    overgang(DECLARATIE, gebeurtenis, Declaratietoestand.VERZONDEN, naar)
    if als_geheel:
        return Declaratieuitslag(naar, _ingediend(bericht), 0, (), als_geheel)
    prestaties = tuple(
        _prestatie(client, prestatie, afwijzing.codes(client, prestatie), stappen.get(id(prestatie), ()))
        for client, prestatie in _prestaties(bericht)
    )
    return Declaratieuitslag(naar, _ingediend(bericht), toegekend(bericht, afwijzing), prestaties)


def _prestatie(
    client: Client323, prestatie: Prestatie, codes: tuple[str, ...], stappen: tuple[str, ...]
) -> Prestatieuitslag:
    regel = Declaratieregel.van(prestatie).na_antwoord(afgewezen=bool(codes))
    return Prestatieuitslag(client.Bsn, regel, codes, stappen)


def _prestaties(bericht: Bericht323) -> Iterator[tuple[Client323, Prestatie]]:
    for client in bericht.Declaratie.Clienten:
        for prestatie in client.Prestaties:
            yield client, prestatie


def _ingediend(bericht: Bericht323) -> int:
    return saldo(bericht.Declaratie.TotaalIngediendBedrag)


def _fouten(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes that refuse something."""
    return tuple(code for code in codes if code not in (GEEN_OPMERKING, ALLES_TOEGEKEND))
