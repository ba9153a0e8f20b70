"""The acts on an inzet: what they are held against, and the events they bring (contract, Inzet, rules 1 to 6).

An act gives the events of each inzet it touches, or raises: ``Geweigerd`` when it breaks a rule, ``Botsing`` when the inzet is
vervallen or was answered before. It changes nothing by itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from ..levensloop.kalender import plus_dagen
from .dekking import Partner, niet_gedekt, opgesomd
from .fouten import Bezwaar, Botsing, Geweigerd
from .inzet import Begin, Gebeurtenis, Ingezet, Inzet, gaten
from .keuzes import Keuzes
from .looptijd import Looptijd, looptijd
from .overgangen import Inzetaanname, Soort
from .segment import Segmentlijst
from .toegewezen import Toegewezen
from .zwaarte import Beoordeling, zonder_reden


@dataclass(frozen=True, slots=True)
class Afspraken:
    """What a hoofdaannemer agreed: ``partners`` by code, ``klassen`` by segment (those that its tariffs name)."""

    partners: Mapping[str, Partner]
    segmenten: Segmentlijst
    klassen: Mapping[str, frozenset[str]]
    keuzes: Keuzes


class Wie(NamedTuple):
    """Who acts, when and why."""

    code: str
    moment: datetime
    waarom: str = ""


@dataclass(frozen=True, slots=True)
class Aanvraag:
    """A new inzet as it is asked for."""

    partner: str
    klasse: str
    van: date
    tot: date | None = None
    overlap_bedoeld: bool = False


@dataclass(frozen=True, slots=True)
class Daad:
    """What an act brings: events by inzet, in this order; ``nieuw`` is the inzet that begins; ``let_op`` is told beside it."""

    gebeurtenissen: Mapping[str, Gebeurtenis]
    nieuw: str | None = None
    let_op: tuple[str, ...] = ()


def zet_in(
    id_: str,
    aanvraag: Aanvraag,
    toegewezen: Toegewezen,
    ander: Iterable[Ingezet],
    afspraken: Afspraken,
    wie: Wie,
    zwaarte: Beoordeling | None = None,
) -> Daad:
    """Pass a toewijzing on, or a period of it. ``ander`` are the other inzetten on it, ``zwaarte`` the last filled
    questionnaire on it: a klasse that departs from it needs a reason.

    Raises ``Geweigerd`` with everything that is wrong: an unknown partner or klasse, rules 1 to 4.
    """
    anderen = tuple(ander)
    segment = toegewezen.segment(afspraken.segmenten)
    fouten = [*_binnen(aanvraag, toegewezen)]
    if segment is None:
        fouten.append(
            Bezwaar("toewijzing", "Het product van deze toewijzing staat in geen segment.", "Laad eerst de segmenten.")
        )
    fouten += [
        *onbekende_klasse(aanvraag.klasse, segment, afspraken),
        *zonder_reden(zwaarte, aanvraag.klasse, wie.waarom),
    ]
    fouten += _partner(aanvraag.partner, afspraken)
    gevraagd = looptijd(aanvraag.van, aanvraag.tot)
    if gevraagd is not None and not aanvraag.overlap_bedoeld:
        fouten += _overlap(gevraagd, anderen)
    geldig = toegewezen.geldig
    effectief = gevraagd.doorsnede(geldig) if gevraagd and geldig else None
    _weiger(fouten, _zonder_contract(aanvraag.partner, toegewezen, segment, effectief, afspraken))
    aanname = Inzetaanname.AANGEBODEN if afspraken.keuzes.ja("aanname") else Inzetaanname.AANGENOMEN
    begin = Begin(
        toegewezen.id, aanvraag.partner, aanvraag.klasse, aanvraag.van, aanvraag.tot, aanname, wie.moment,
        aanvraag.overlap_bedoeld,
    )  # fmt: skip
    gebeurtenis = _gebeurtenis(Soort.INGEZET, wie, begin=begin)
    nieuw = Ingezet.van(Inzet.vouw(id_, [gebeurtenis]), toegewezen, afspraken.segmenten)
    return Daad({id_: gebeurtenis}, id_, _let_op((*anderen, nieuw)))


def beeindig(ingezet: Ingezet, per: date, ander: Iterable[Ingezet], wie: Wie) -> Daad:
    """End an inzet; ``per`` is its last day, in the effective period. A reason is needed."""
    effectief = _levend(ingezet)
    _weiger([*_per(per, effectief), *_reden(wie)])
    gebeurtenis = _gebeurtenis(Soort.BEEINDIGD, wie, voor=plus_dagen(per, 1))
    return Daad({ingezet.inzet.id: gebeurtenis}, None, _let_op((*ander, ingezet.na(gebeurtenis))))


def draag_over(
    ingezet: Ingezet, id_: str, naar: str, per: date, klasse: str | None, afspraken: Afspraken, wie: Wie
) -> Daad:
    """Move an inzet to another partner from ``per`` on, with the same tot (rule 5); without ``klasse`` in the same."""
    effectief = _levend(ingezet)
    nieuwe_klasse = klasse or ingezet.inzet.klasse
    fouten = [*_per(per, effectief), *_partner(naar, afspraken, "naar")]
    fouten += onbekende_klasse(nieuwe_klasse, ingezet.segment, afspraken)
    if naar == ingezet.inzet.partner:
        fouten.append(
            Bezwaar("naar", "De inzet is al bij deze partner.", "Wijzig alleen de klasse, of kies een andere partner.")
        )
    aanname = Inzetaanname.AANGEBODEN if afspraken.keuzes.ja("aanname") else Inzetaanname.AANGENOMEN
    nieuw = _vervolg(ingezet, naar, nieuwe_klasse, per, aanname, wie.moment)
    return _splits(ingezet, id_, nieuw, (Soort.OVERGEDRAGEN, Soort.OVERGENOMEN), fouten, afspraken, wie)


def wijzig_klasse(
    ingezet: Ingezet,
    id_: str,
    klasse: str,
    per: date,
    afspraken: Afspraken,
    wie: Wie,
    zwaarte: Beoordeling | None = None,
) -> Daad:
    """Split an inzet: from ``per`` on in another klasse, at the same partner, with its acceptance (rule 6). A klasse that
    departs from ``zwaarte``, the last filled questionnaire on the toewijzing, needs a reason."""
    inzet, effectief = ingezet.inzet, _levend(ingezet)
    fouten = [*_per(per, effectief), *onbekende_klasse(klasse, ingezet.segment, afspraken)]
    if klasse == inzet.klasse:
        fouten.append(Bezwaar("klasse", "De inzet heeft deze klasse al.", "Kies een andere klasse."))
    fouten += zonder_reden(zwaarte, klasse, wie.waarom)
    nieuw = _vervolg(ingezet, inzet.partner, klasse, per, inzet.aanname, inzet.aangeboden_op)
    return _splits(ingezet, id_, nieuw, (Soort.KLASSE_GEEINDIGD, Soort.KLASSE_BEGONNEN), fouten, afspraken, wie)


def trek_in(ingezet: Ingezet, wie: Wie) -> Daad:
    """Withdraw an inzet, from its beginning. A reason is needed."""
    _levend(ingezet)
    _weiger(_reden(wie))
    return Daad({ingezet.inzet.id: _gebeurtenis(Soort.INGETROKKEN, wie)})


def neem_aan(ingezet: Ingezet, wie: Wie) -> Daad:
    """The partner accepts."""
    _onbeantwoord(ingezet)
    return Daad({ingezet.inzet.id: _gebeurtenis(Soort.AANGENOMEN, wie)})


def weiger(ingezet: Ingezet, wie: Wie) -> Daad:
    """The partner refuses, with a reason; until now the inzet counted."""
    _onbeantwoord(ingezet)
    _weiger(_reden(wie))
    return Daad({ingezet.inzet.id: _gebeurtenis(Soort.GEWEIGERD, wie)})


def _splits(
    ingezet: Ingezet, id_: str, nieuw: Begin, soorten: tuple[Soort, Soort], fouten: list[Bezwaar], afspraken: Afspraken, wie: Wie
) -> Daad:  # fmt: skip
    assert ingezet.effectief is not None
    effectief = looptijd(max(nieuw.van, ingezet.effectief.van), ingezet.effectief.tot)
    _weiger(fouten, _zonder_contract(nieuw.partner, ingezet.toegewezen, ingezet.segment, effectief, afspraken))
    einde, begin = soorten
    return Daad(
        {
            ingezet.inzet.id: _gebeurtenis(einde, wie, voor=nieuw.van, naar=id_),
            id_: _gebeurtenis(begin, wie, begin=nieuw),
        },
        id_,
    )


def _vervolg(
    ingezet: Ingezet, partner: str, klasse: str, per: date, aanname: Inzetaanname, aangeboden_op: datetime
) -> Begin:
    """What goes on carries ``tot`` as it stands, also beyond a shortened toewijzing (contract, Settled at the edges)."""
    inzet = ingezet.inzet
    return Begin(
        inzet.toewijzing, partner, klasse, per, inzet.tot, aanname, aangeboden_op, inzet.overlap_bedoeld, inzet.id
    )


def _gebeurtenis(
    soort: Soort, wie: Wie, *, begin: Begin | None = None, voor: date | None = None, naar: str | None = None
) -> Gebeurtenis:
    return Gebeurtenis(wie.moment, soort, wie.code, wie.waarom, begin, voor, naar)


def _levend(ingezet: Ingezet) -> Looptijd:
    if ingezet.effectief is None:
        raise Botsing("Deze inzet is vervallen; er verandert niets meer aan.")
    return ingezet.effectief


def _onbeantwoord(ingezet: Ingezet) -> None:
    _levend(ingezet)
    if ingezet.inzet.aanname is not Inzetaanname.AANGEBODEN:
        raise Botsing(f"Deze inzet is al {ingezet.inzet.aanname}.")


def _weiger(fouten: Iterable[Bezwaar], open_dagen: tuple[Looptijd, ...] = ()) -> None:
    alle = list(fouten)
    if open_dagen:
        dagen = f"De partner heeft geen contract voor deze gemeente en dit segment van {opgesomd(open_dagen)}."
        alle.append(
            Bezwaar("partner", dagen, "Kies andere dagen of een andere partner, of leg eerst het contract vast.")
        )
    if alle:
        raise Geweigerd(alle, open_dagen)


def _binnen(aanvraag: Aanvraag, toegewezen: Toegewezen) -> Iterator[Bezwaar]:
    """Rule 1, of what is entered anew."""
    if aanvraag.tot is not None and aanvraag.tot < aanvraag.van:
        yield Bezwaar("tot", f"De inzet eindigt ({aanvraag.tot}) voor zij begint ({aanvraag.van}).")
    geldig = toegewezen.geldig
    if geldig is None:
        yield Bezwaar("toewijzing", "Deze toewijzing is verwijderd; er valt niets in te zetten.")
        return
    for veld, dag in (("van", aanvraag.van), ("tot", aanvraag.tot)):
        if dag is not None and dag not in geldig:
            yield Bezwaar(
                veld, f"{dag} valt buiten de toewijzing: die loopt van {geldig}.", "Kies een dag die erin valt."
            )


def onbekende_klasse(klasse: str, segment: str | None, afspraken: Afspraken) -> Iterator[Bezwaar]:
    """That a segment has no such klasse: none of its tariffs names it."""
    bekend = afspraken.klassen.get(segment, frozenset()) if segment is not None else None
    if bekend is not None and klasse not in bekend:
        keus = f"Kies uit: {', '.join(sorted(bekend))}." if bekend else "Laad eerst de tarieven."
        yield Bezwaar("klasse", f"Het segment {segment} heeft geen klasse {klasse!r}.", keus)


def _partner(code: str, afspraken: Afspraken, veld: str = "partner") -> Iterator[Bezwaar]:
    if code not in afspraken.partners:
        yield Bezwaar(veld, f"Er is geen partner {code!r}.", "Kies een partner van de lijst, of laad hem eerst.")


def _overlap(gevraagd: Looptijd, anderen: Iterable[Ingezet]) -> Iterator[Bezwaar]:
    """Rule 2. What a 301 shortened to nothing lives again when a later one lengthens the toewijzing; so the own periods are
    held against each other, and no day can come to be paid twice."""
    for ander in anderen:
        eigen = ander.inzet.eigen if ander.inzet.telt else None
        dubbel = gevraagd.doorsnede(eigen) if eigen else None
        if dubbel is not None:
            yield Bezwaar(
                "van",
                f"Op deze toewijzing is al een inzet (partner {ander.inzet.partner}, {eigen}).",
                "Beëindig die eerst, kies andere dagen, of geef overlap_bedoeld als beide moeten gelden.",
            )


def _zonder_contract(
    code: str, toegewezen: Toegewezen, segment: str | None, periode: Looptijd | None, afspraken: Afspraken
) -> tuple[Looptijd, ...]:
    """Rules 3 and 4."""
    partner = afspraken.partners.get(code)
    if partner is None or segment is None or periode is None:
        return ()
    vereist = afspraken.keuzes.ja("toestemming-vereist")
    return niet_gedekt(partner, toegewezen.kenmerk.gemeente, segment, periode, toestemming_vereist=vereist)


def _per(per: date, effectief: Looptijd) -> Iterator[Bezwaar]:
    if per not in effectief:
        yield Bezwaar("per", f"{per} valt buiten de inzet: die loopt van {effectief}.", "Kies een dag die erin valt.")


def _reden(wie: Wie) -> Iterator[Bezwaar]:
    if not wie.waarom.strip():
        yield Bezwaar("reden", "De reden ontbreekt.", "Zeg kort waarom.")


def _let_op(ingezet: Iterable[Ingezet]) -> tuple[str, ...]:
    return tuple(f"Op deze toewijzing is niemand ingezet van {gat}." for gat in gaten(ingezet))
