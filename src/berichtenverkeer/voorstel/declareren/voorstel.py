"""The proposal for a 323: made of rows, judged, and told row by row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...levensloop.rekenen.periode import Periode, maand
from ...levensloop.rekenen.tekst import euro, geteld
from ...levensloop.rekenen.uitkomst import Rekenfout
from ...regels.bevinding import Bevinding
from ...standaard.berichten.declaratie import Bericht323
from .bericht import maak_323
from .grondslag import Grondslag
from .keuring import KennisVan, Keuring, keur_323
from .levering import waarschuwingen
from .optellen import Opgeteld, Som, prestatie, tel_op
from .posten import Post, Sleutel, posten
from .volumes import Rijfout, Volume


@dataclass(frozen=True, slots=True)
class Regel:
    """One Prestatie of the proposal, what the rules have against it, and whether it is in the message.

    ``waarschuwingen`` say what start and stop have against it, which is no reason to refuse it.
    """

    opgeteld: Opgeteld
    bevindingen: tuple[Bevinding, ...]
    in_bericht: bool = True
    waarschuwingen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaratievoorstel:
    """A 323 to offer; ``data`` is None when there is nothing to declare or nobody could read it.

    ``bevindingen`` are about the message as it is; ``regels`` are its Prestaties and those left out, and ``fouten`` the rows
    of which no Prestatie could be made.
    """

    grondslag: Grondslag
    bericht: Bericht323 | None
    data: bytes | None
    bevindingen: tuple[Bevinding, ...]
    regels: tuple[Regel, ...]
    fouten: tuple[Rijfout, ...]
    uitleg: tuple[str, ...]

    @property
    def bedrag(self) -> int:
        """What the message comes to, in eurocent; 0 when there is none."""
        if self.data is None:
            return 0
        return sum(r.opgeteld.prestatie.IngediendBedrag.Bedrag for r in self.regels if r.in_bericht)


def stel_op(
    g: Grondslag,
    volumes: Iterable[Volume],
    kennis_van: KennisVan,
    *,
    alleen_goed: bool = False,
    hele_uren: bool = False,
) -> Declaratievoorstel:
    """Make the 323 of these rows and judge it.

    A row that cannot be declared keeps back all of its toewijzing in its month: half a Prestatie could only be put right by
    credit (TR389). With ``alleen_goed`` the Prestaties that would be refused are left out.
    """
    sommen, fouten, nihil = _sommen(g, list(volumes), hele_uren=hele_uren)
    uitleg = [f"Over {_wat(som.sleutel)} is niets te declareren: het volume is 0 (IV076, IV078)." for som in nihil]
    regels: list[Opgeteld] = []
    for som in sommen:
        try:
            regels.append(prestatie(som, g.nummering.referentie(len(regels) + 1)))
        except Rekenfout as fout:
            fouten.append(Rijfout(som.posten[0].regel, "tarief_eenheid", str(fout)))
    uitkomst = _keur(g, regels, kennis_van, alleen_goed=alleen_goed)
    uitleg += _uitleg(g, uitkomst)
    return Declaratievoorstel(
        g,
        *_bericht(uitkomst, alleen_goed=alleen_goed),
        uitkomst.regels,
        tuple(sorted(fouten, key=lambda fout: fout.regel)),
        tuple(uitleg),
    )


@dataclass(frozen=True, slots=True)
class _Uitkomst:
    bericht: Bericht323 | None
    keuring: Keuring | None
    regels: tuple[Regel, ...]


def _keur(g: Grondslag, regels: Sequence[Opgeteld], kennis_van: KennisVan, *, alleen_goed: bool) -> _Uitkomst:
    """Judge the message; with ``alleen_goed`` again and again without what is refused, until the rest is sound."""
    weg: dict[str, tuple[Bevinding, ...]] = {}
    bericht: Bericht323 | None = None
    keuring: Keuring | None = None
    while mee := [regel for regel in regels if _nummer(regel) not in weg]:
        bericht = maak_323(g, ((regel.bsn, regel.prestatie) for regel in mee))
        keuring = keur_323(bericht, g.soort, g.schemas, kennis_van)
        if not (alleen_goed and keuring.op_prestatie):
            break
        weg |= keuring.op_prestatie
    else:
        bericht = keuring = None
    gevonden = weg | dict(keuring.op_prestatie if keuring else {})
    return _Uitkomst(
        bericht,
        keuring,
        tuple(Regel(r, gevonden.get(_nummer(r), ()), _nummer(r) not in weg, _waarschuwingen(g, r)) for r in regels),
    )


def _waarschuwingen(g: Grondslag, regel: Opgeteld) -> tuple[str, ...]:
    p = regel.prestatie
    levering = g.dossiers[regel.bsn].levering((p.ToewijzingNummer,))
    periode = Periode(p.ProductPeriode.Begindatum, p.ProductPeriode.Einddatum)
    return tuple(waarschuwingen(levering, p.ToewijzingNummer, periode))


def _bericht(
    uitkomst: _Uitkomst, *, alleen_goed: bool
) -> tuple[Bericht323 | None, bytes | None, tuple[Bevinding, ...]]:
    """The message with its bytes and findings; what is refused as a whole is no sound message."""
    if uitkomst.keuring is None:
        return None, None, ()
    if alleen_goed and uitkomst.keuring.bevindingen:
        return None, None, uitkomst.keuring.bevindingen
    return uitkomst.bericht, uitkomst.keuring.data, uitkomst.keuring.bevindingen


def _sommen(g: Grondslag, volumes: list[Volume], *, hele_uren: bool) -> tuple[list[Som], list[Rijfout], list[Som]]:
    """The sums of what can be declared, the rows that cannot, and the sums of nothing."""
    per_sleutel: dict[Sleutel, list[Post]] = {}
    fouten: list[Rijfout] = []
    geblokkeerd: set[tuple[int, Periode]] = set()
    for volume in volumes:
        uitkomst = posten(volume, g)
        if isinstance(uitkomst, Rijfout):
            fouten.append(uitkomst)
            nummer = volume.toewijzingnummer or 0
            geblokkeerd |= {(nummer, maand(deel.begin)) for deel in volume.periode.per_maand()}
            continue
        for post in uitkomst:
            per_sleutel.setdefault(post.sleutel, []).append(post)
    sommen: list[Som] = []
    for sleutel, rijen in per_sleutel.items():
        som = tel_op(sleutel, rijen, g, hele_uren=hele_uren)
        if isinstance(som, Rijfout):
            fouten.append(som)
        elif (sleutel.toewijzingnummer, maand(sleutel.periode.begin)) not in geblokkeerd:
            sommen.append(som)
    return [s for s in sommen if s.volume], fouten, [s for s in sommen if not s.volume]


def _uitleg(g: Grondslag, uitkomst: _Uitkomst) -> Iterator[str]:
    mee = [regel for regel in uitkomst.regels if regel.in_bericht]
    if not mee:
        yield "Er is niets dat gedeclareerd kan worden; daarom is er geen bericht."
        return
    totaal = sum(regel.opgeteld.prestatie.IngediendBedrag.Bedrag for regel in mee)
    clienten = len({regel.opgeteld.bsn for regel in mee})
    yield (
        f"{geteld(len(mee), 'prestatie', 'prestaties')} van {geteld(clienten, 'cliënt', 'cliënten')}, samen {euro(totaal)}, over "
        f"{g.maand.begin:%m-%Y}."
    )
    ouder = sorted({maand(r.opgeteld.prestatie.ProductPeriode.Begindatum).begin for r in mee} - {g.maand.begin})
    if eerder := [f"{dag:%m-%Y}" for dag in ouder if dag < g.maand.begin]:
        yield f"Levering over {', '.join(eerder)} staat erin met haar eigen ProductPeriode (IV090)."
    if fout := sum(bool(regel.bevindingen) for regel in mee):
        zou = "zou" if fout == 1 else "zouden"
        yield f"Zo {zou} {fout} ervan worden afgewezen; de bevindingen zeggen waarom."
    if weg := len(uitkomst.regels) - len(mee):
        wat = geteld(weg, "prestatie die zou worden afgewezen staat", "prestaties die zouden worden afgewezen staan")
        yield f"{wat} er niet in."
    if uitkomst.keuring is not None and uitkomst.keuring.geheel:
        yield "Zo zou de declaratie als geheel worden afgekeurd; de bevindingen zeggen waarom."


def _nummer(regel: Opgeteld) -> str:
    return regel.prestatie.ProductReferentie.ReferentieNummer


def _wat(sleutel: Sleutel) -> str:
    return f"toewijzing {sleutel.toewijzingnummer} in {sleutel.periode}"
