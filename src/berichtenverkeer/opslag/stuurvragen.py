"""Figures asked of the database: how often each value occurs in a group, how many clients are in it, and the facts themselves.

All three are one ``select`` of the same facts, under the conditions that the declaration of a figure gives.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    true,
)

from ..levensloop.rekenen.variant import Uitvoeringsvariant
from ..standaard.domein import Domein
from ..stuurinformatie.kpi import Bron, Kpi
from ..stuurinformatie.tijd import Tijdvak, Werkdagen
from ..stuurinformatie.traject import Zicht
from . import stuurfeiten
from .dag import begin_van, dag_van, geldt_op, later_van
from .dossiers import toewijzing_id
from .hoofdaannemertabellen import inzet as i
from .hoofdaannemertabellen import segmentregel
from .stuurfeiten import PER_GEMEENTE, PER_WET, uit_paar
from .stuurtabellen import leverfeit, toewijzingfeit
from .tabellen import bericht, productcode, verzoek

HEEN = tuple(f"{wet}{nummer}" for wet in ("WMO", "JW") for nummer in ("301", "305", "307", "315", "317", "319", "323"))
_323 = ("WMO323", "JW323")
_NUL_DAG = date.fromordinal(1)


class Kijker(NamedTuple):
    """Who looks: a gemeente sees all that is with it, an aanbieder or hoofdaannemer what is its own."""

    code: str
    is_gemeente: bool

    @property
    def zicht(self) -> tuple[int, ...]:
        """Which facts of trajecten are for it."""
        return Zicht.BEIDE, (Zicht.GEMEENTE if self.is_gemeente else Zicht.AANBIEDER)


class Feitrij(NamedTuple):
    """One fact: the values of its keys, what it is worth is made of ``ruw``, whose it is, and its days. What is shown of it is made where it
    is shown: ``bsn`` may be a number, a day too, and ``toewijzing`` the law, gemeente and number of which its id is made."""

    groep: tuple[Any, ...]
    ruw: tuple[Any, ...]
    gemeente: str | None
    aanbieder: str | None
    bsn: str | int | None
    toewijzing: "str | tuple[Domein, str, int] | None"
    bericht: str | None
    datums: Mapping[str, date | int | None]

    def getoond(self) -> dict[str, Any]:
        """What is shown of it, but for its group and its worth."""
        bsn, wat = self.bsn, self.toewijzing
        return {
            "gemeente": self.gemeente,
            "aanbieder": self.aanbieder,
            "bsn": f"{bsn:09}" if isinstance(bsn, int) else bsn,
            "toewijzing": toewijzing_id(*wat) if isinstance(wat, tuple) else wat,
            "bericht": self.bericht,
            "datums": {naam: _als_datum(dag) for naam, dag in self.datums.items()},
        }


@dataclass(frozen=True, slots=True)
class Vraag:
    """The facts of a source for one who looks: what there is to take of them (``f``), by what they are grouped, and their order."""

    f: SimpleNamespace
    van: FromClause
    waar: tuple[ColumnElement[bool], ...]
    sleutels: Mapping[str, ColumnElement[Any]]
    client: ColumnElement[Any]
    wie: tuple[ColumnElement[Any], ...]
    volgorde: tuple[ColumnElement[Any], ...]


def paren(verbinding: Connection, wie: Kijker) -> list[int]:
    """The numbers of law, gemeente and aanbieder of which there are facts that are this party's: a few looks into an index each."""
    gevonden: set[int] = set()
    grenzen = [stuurfeiten.grenzen(domein, wie.code) for domein in Domein] if wie.is_gemeente else [(0, 10 * PER_WET)]
    for tabel in ("toewijzingfeit", "leverfeit"):
        ook = " AND van IS NOT NULL" if tabel == "leverfeit" else ""
        for eerste, laatste in grenzen:
            nummers = verbinding.execute(
                text(
                    f"WITH RECURSIVE p (n) AS (SELECT (SELECT min(paar) FROM {tabel} WHERE paar >= :eerste AND paar <= :laatste{ook}) "
                    f"UNION ALL SELECT (SELECT min(paar) FROM {tabel} WHERE paar > p.n AND paar <= :laatste{ook}) FROM p WHERE p.n IS NOT NULL) "
                    "SELECT n FROM p WHERE n IS NOT NULL"
                ),
                {"eerste": eerste, "laatste": laatste},
            ).scalars()
            gevonden.update(n for n in nummers if wie.is_gemeente or n % PER_GEMEENTE == int(wie.code))
    return sorted(gevonden)


def als_dag(dag: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    """A number of a day as the database keeps days in other tables."""
    if dialect == "postgresql":
        return literal(_NUL_DAG) + (dag - 1)
    return func.date(dag + 1721424.5)


def _wet(nummer: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((nummer < 2 * PER_WET, str(Domein.IWMO)), else_=str(Domein.IJW))


def vraag(
    verbinding: Connection, kpi: Kpi, wie: Kijker, alle_paren: Sequence[int], tijdvak: Tijdvak, namen: Sequence[str]
) -> Vraag:
    """The facts of a figure's source over a period. ``namen`` are the keys that are asked for: what they need is joined only then."""
    if kpi.bron in (Bron.BERICHT, Bron.ANTWOORD, Bron.BEVINDING):
        return _van_bericht(verbinding, kpi, wie, tijdvak)
    if kpi.bron is Bron.VERZOEK:
        return _van_verzoek(wie, tijdvak)
    tabel = toewijzingfeit if kpi.bron in (Bron.TOEWIJZING, Bron.LOOPTIJD) else leverfeit
    c = tabel.c
    f = SimpleNamespace(**{kolom.name: kolom for kolom in c}, peil=literal(tijdvak.tot, Integer))
    gemeente = func.substr(cast(c.paar, String), 2, 4)
    f.domein, f.gemeente = _wet(c.paar), gemeente
    waar: list[ColumnElement[bool]] = [c.paar.in_(alle_paren)]
    if kpi.bron in (Bron.BEGIN, Bron.LAATSTE, Bron.LOPEND):
        vast = {Bron.BEGIN: "begin", Bron.LAATSTE: "laatste", Bron.LOPEND: "van"}[kpi.bron]
        waar += [c.zicht.in_(wie.zicht), text(f"leverfeit.{vast} IS NOT NULL")]  # type: ignore[list-item]
        f.heeft = _heeft(wie)
    elif kpi.bron is Bron.STOP:
        waar.append(text("leverfeit.stop_op IS NOT NULL"))  # type: ignore[arg-type]
    f.vanaf = later_van(c.start, c.bekend) if tabel is toewijzingfeit else None
    if kpi.wacht and (met_taak := _met_taakgericht(verbinding)):
        waar.append(~and_(gemeente.in_(met_taak), _taakgericht(verbinding, gemeente, tijdvak.tot)))
    sleutels: dict[str, ColumnElement[Any]] = {
        "domein": f.domein,
        "gemeente": gemeente,
        "aanbieder": func.substr(cast(c.paar, String), 6, 8),
        "form": c.categorie,
        "product": c.code,
    }
    if tabel is leverfeit:
        sleutels["reden"] = c.reden
    van: FromClause = tabel
    if "segment" in namen:
        op_code, op_categorie = segmentregel.alias("op_code"), segmentregel.alias("op_categorie")
        van = van.outerjoin(op_code, _segment(op_code, wie, c.categorie, c.code)).outerjoin(
            op_categorie, _segment(op_categorie, wie, c.categorie, literal(""))
        )
        sleutels["segment"] = func.coalesce(op_code.c.segment, op_categorie.c.segment)
    if "partner" in namen and kpi.op is not None:
        dag = als_dag(getattr(f, kpi.op), verbinding.dialect.name)
        sleutels["partner"] = _partner(wie, c, gemeente, dag)
    volgorde = (c.paar, c.client, func.coalesce(c.toewijzingnummer, 0), getattr(f, kpi.op or "peil"))
    wie_kolommen = (c.paar, c.client, c.toewijzingnummer)
    return Vraag(f, van, tuple(waar), sleutels, c.client, wie_kolommen, volgorde)


def _segment(regel: Any, wie: Kijker, categorie: ColumnElement[Any], code: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(regel.c.hoofdaannemer == wie.code, regel.c.categorie == categorie, regel.c.code == code)


def _partner(wie: Kijker, c: Any, gemeente: ColumnElement[Any], dag: ColumnElement[Any]) -> ColumnElement[Any]:
    """Whose inzet was in effect on a day; of more the one that began last."""
    return (
        select(i.c.partner)
        .where(
            i.c.hoofdaannemer == wie.code,
            i.c.toewijzingnummer == c.toewijzingnummer,
            i.c.gemeente == gemeente,
            i.c.domein == _wet(c.paar),
            geldt_op(i.c.effectief_van, i.c.effectief_tot, dag),
        )
        .order_by(i.c.effectief_van.desc(), i.c.id)
        .limit(1)
        .correlate(c.paar.table)
        .scalar_subquery()
    )


def _heeft(wie: Kijker) -> Callable[..., ColumnElement[Any]]:
    """Whether the client of a fact has a traject of which ``kant`` lies between two days, under the same law, at what is seen. Whose that
    is, is reckoned from the number: the few facts of a client are looked through."""
    ander = leverfeit.alias("ander")
    van_wie = (
        ander.c.paar // literal(PER_GEMEENTE, BigInteger) % 10**4 if wie.is_gemeente else ander.c.paar % PER_GEMEENTE
    )

    def heeft(
        kant: str, van: ColumnElement[Any], tot: ColumnElement[Any], *, andere_vorm: bool = False
    ) -> ColumnElement[Any]:
        waar = [
            ander.c.client == leverfeit.c.client,
            _deel_wet(ander.c.paar) == _deel_wet(leverfeit.c.paar),
            van_wie == int(wie.code),
            ander.c.zicht.in_(wie.zicht),
            ander.c[kant] >= van,
            ander.c[kant] <= tot,
        ]
        if andere_vorm:
            waar.append(func.coalesce(ander.c.categorie, "") != func.coalesce(leverfeit.c.categorie, ""))
        gevonden = exists(select(literal(1)).select_from(ander).where(*waar).correlate(leverfeit))
        return case((gevonden, 1), else_=0)

    return heeft


def _deel_wet(nummer: ColumnElement[Any]) -> ColumnElement[Any]:
    return nummer < 2 * PER_WET


def _met_taakgericht(verbinding: Connection) -> list[str]:
    """The gemeenten whose productcodelijst calls something taakgericht."""
    p = productcode.c
    return sorted(
        verbinding.execute(
            select(p.gemeente).where(p.variant == str(Uitvoeringsvariant.TAAKGERICHT)).distinct()
        ).scalars()
    )


def _taakgericht(verbinding: Connection, gemeente: ColumnElement[Any], peil: int) -> ColumnElement[bool]:
    """What the productcodelijst calls taakgericht: the codes of it that hold on P, else those of the Ingangsdatum, all of them."""
    c = toewijzingfeit.c

    def staat(dag: ColumnElement[Any], *ook: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
        p = productcode.alias()
        extra = [een(p) for een in ook]
        return exists(
            select(literal(1))
            .select_from(p)
            .where(
                p.c.gemeente == gemeente,
                p.c.categorie == c.categorie,
                or_(c.code.is_(None), p.c.code == c.code),
                geldt_op(p.c.van, p.c.tot, dag),
                *extra,
            )
            .correlate(toewijzingfeit)
        )

    def is_taak(p: Any) -> ColumnElement[bool]:
        return p.c.variant == str(Uitvoeringsvariant.TAAKGERICHT)  # type: ignore[no-any-return]

    def geen_taak(p: Any) -> ColumnElement[bool]:
        return p.c.variant != str(Uitvoeringsvariant.TAAKGERICHT)  # type: ignore[no-any-return]

    nu = literal(date.fromordinal(peil))
    ingang = als_dag(c.ingang, verbinding.dialect.name)

    def alle(dag: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(staat(dag, is_taak), ~staat(dag, geen_taak))

    return or_(alle(nu), and_(~staat(nu), alle(ingang)))


def _tussen(moment: ColumnElement[Any], tijdvak: Tijdvak) -> ColumnElement[bool]:
    """Whether a moment lies on a day of a period, in the words of an index."""
    begin, na = (begin_van(date.fromordinal(dag)) for dag in (tijdvak.van, tijdvak.tot + 1))
    return and_(moment >= begin, moment < na)


def _gemeente_of_aanbieder(kolommen: Sequence[ColumnElement[Any]], lengte: int) -> ColumnElement[Any]:
    een, ander = kolommen
    return case((func.length(een) == lengte, een), else_=ander)


def _van_bericht(verbinding: Connection, kpi: Kpi, wie: Kijker, tijdvak: Tijdvak) -> Vraag:
    c = bericht.c
    waar: list[Any] = [
        text("bericht.antwoord_op IS NULL"),
        c.berichtsoort.in_([soort for soort in HEEN if kpi.bron is not Bron.ANTWOORD or soort not in _323]),
        or_(c.verzender == wie.code, c.bestemming == wie.code),
        _tussen(c.ontvangen_op, tijdvak),
    ]
    f = SimpleNamespace(ontvangen=dag_van(c.ontvangen_op), oordeel=c.oordeel)
    kanten = (c.verzender, c.bestemming)
    sleutels: dict[str, ColumnElement[Any]] = {
        "domein": case((c.berichtsoort.like("WMO%"), str(Domein.IWMO)), else_=str(Domein.IJW)),
        "gemeente": _gemeente_of_aanbieder(kanten, 4),
        "aanbieder": _gemeente_of_aanbieder(kanten, 8),
        "berichtsoort": c.berichtsoort,
        "afzender": c.verzender,
    }
    van: FromClause = bericht
    if kpi.bron is Bron.ANTWOORD:
        retour = bericht.alias("retour")
        van = van.join(retour, retour.c.antwoord_op == c.id)
        f.antwoord = dag_van(retour.c.ontvangen_op)
        waar.append(c.beoordeling == "partij")
    else:
        waar.append(c.oordeel.not_in(("voorlopig", "in_verwerking")))
    plek: tuple[ColumnElement[Any], ...] = ()
    if kpi.bron is Bron.BEVINDING:
        waar.append(c.oordeel.in_(("afgekeurd", "deels_goedgekeurd")))
        if verbinding.dialect.name == "postgresql":
            los = (
                func.json_array_elements(c.bevindingen)
                .table_valued("value", with_ordinality="key", name="los")
                .render_derived()
            )
            regel: Any = los.c.value.op("->>")("regel")
            ernst: Any = los.c.value.op("->>")("ernst")
        else:
            los = func.json_each(c.bevindingen).table_valued("value", "key", name="los")
            regel = func.json_extract(los.c.value, "$.regel")
            ernst = func.json_extract(los.c.value, "$.ernst")
        van = van.join(los, true())
        sleutels["regel"] = regel
        waar.append(func.coalesce(ernst, "fout") == "fout")
        plek = (los.c.key,)
    return Vraag(f, van, tuple(waar), sleutels, c.dossier, (c.dossier, c.id, *kanten), (c.volgnummer, *plek))


def _van_verzoek(wie: Kijker, tijdvak: Tijdvak) -> Vraag:
    c = verzoek.c
    f = SimpleNamespace(ingediend=dag_van(c.ingediend_op), beantwoord=dag_van(c.beantwoord_op))
    voorvoegsel = case((c.domein == str(Domein.IWMO), "WMO"), else_="JW")
    nummer = case((c.soort == "VOT", "315"), else_="317")
    sleutels: dict[str, ColumnElement[Any]] = {
        "domein": c.domein,
        "gemeente": c.gemeente,
        "aanbieder": c.aanbieder,
        "berichtsoort": voorvoegsel + nummer,
    }
    waar = (
        (c.gemeente if wie.is_gemeente else c.aanbieder) == wie.code,
        _tussen(c.beantwoord_op, tijdvak),
    )
    return Vraag(f, verzoek, waar, sleutels, c.bsn, (c.gemeente, c.aanbieder, c.bsn, c.bericht), (c.ingediend_op, c.id))


_OP_MOMENT = (Bron.BERICHT, Bron.ANTWOORD, Bron.BEVINDING, Bron.VERZOEK)
"""Sources of which the day of a fact is that of a moment: whether it lies in the period is asked of the moment."""


def _waar(kpi: Kpi, v: Vraag, tijdvak: Tijdvak, werkdagen: Werkdagen) -> tuple[Any, ...]:
    if kpi.bron in _OP_MOMENT:
        return v.waar
    return (*v.waar, kpi.telt(v.f, tijdvak, werkdagen))


def histogram(
    verbinding: Connection, kpi: Kpi, v: Vraag, tijdvak: Tijdvak, werkdagen: Werkdagen, namen: Sequence[str]
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...], int]]:
    """Of each group what was taken of its facts, and how often."""
    sleutels = [_sleutel(v, naam).label(f"k{plek}") for plek, naam in enumerate(namen)]
    ruw = [waarde.label(f"r{plek}") for plek, waarde in enumerate(_ruw(kpi, v, tijdvak))]
    binnen = select(*sleutels, *ruw, *([] if sleutels or ruw else [literal(1).label("een")])).select_from(v.van)
    los = binnen.where(*_waar(kpi, v, tijdvak, werkdagen)).subquery()
    per = [los.c[f"k{plek}"] for plek in range(len(sleutels))] + [los.c[f"r{plek}"] for plek in range(len(ruw))]
    vraag_ = select(*per, func.count().label("n")).select_from(los).group_by(*per)
    for rij in verbinding.execute(vraag_):
        *waarden, keer = rij
        yield tuple(waarden[: len(sleutels)]), tuple(map(_als_getal, waarden[len(sleutels) :])), keer


def clienten(
    verbinding: Connection, kpi: Kpi, v: Vraag, tijdvak: Tijdvak, werkdagen: Werkdagen, namen: Sequence[str]
) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Of each group how many clients are in it."""
    sleutels = [_sleutel(v, naam).label(f"k{plek}") for plek, naam in enumerate(namen)]
    binnen = select(*sleutels, v.client.label("client")).select_from(v.van)
    los = binnen.where(*_waar(kpi, v, tijdvak, werkdagen)).distinct().subquery()
    per = [los.c[f"k{plek}"] for plek in range(len(sleutels))]
    for *waarden, aantal in verbinding.execute(select(*per, func.count().label("n")).select_from(los).group_by(*per)):
        yield tuple(waarden), aantal


def feiten(
    verbinding: Connection,
    kpi: Kpi,
    v: Vraag,
    tijdvak: Tijdvak,
    werkdagen: Werkdagen,
    namen: Sequence[str],
    vanaf: int,
    hoogstens: int,
) -> list[Feitrij]:
    """So many facts, after the first ``vanaf`` of them."""
    sleutels = [_sleutel(v, naam).label(f"k{plek}") for plek, naam in enumerate(namen)]
    ruw = [waarde.label(f"r{plek}") for plek, waarde in enumerate(_ruw(kpi, v, tijdvak))]
    dagen = [getattr(v.f, naam).label(f"d{plek}") for plek, naam in enumerate(kpi.datums)]
    wie = [kolom.label(f"w{plek}") for plek, kolom in enumerate(v.wie)]
    vraag_: Select[Any] = (
        select(*sleutels, *ruw, *dagen, *wie)
        .select_from(v.van)
        .where(*_waar(kpi, v, tijdvak, werkdagen))
        .order_by(*v.volgorde)
        .offset(vanaf)
        .limit(hoogstens)
    )
    uit = []
    for rij in verbinding.execute(vraag_):
        waarden = tuple(rij)
        groep, waarden = waarden[: len(sleutels)], waarden[len(sleutels) :]
        genomen, waarden = waarden[: len(ruw)], waarden[len(ruw) :]
        getoond, eigen = waarden[: len(dagen)], waarden[len(dagen) :]
        uit.append(
            Feitrij(
                groep,
                tuple(map(_als_getal, genomen)),
                **_wie(kpi, eigen),
                datums=dict(zip(kpi.datums, getoond, strict=True)),
            )
        )
    return uit


def _sleutel(v: Vraag, naam: str) -> ColumnElement[Any]:
    return v.sleutels.get(naam, literal(None, String))


def _ruw(kpi: Kpi, v: Vraag, tijdvak: Tijdvak) -> tuple[ColumnElement[Any], ...]:
    return kpi.ruw(v.f, tijdvak)


def _als_getal(waarde: Any) -> Any:
    """A day of a moment as its number, as all other days are."""
    if isinstance(waarde, date):
        return waarde.toordinal()
    return waarde


def _als_datum(waarde: Any) -> date | None:
    if waarde is None or isinstance(waarde, date):
        return waarde
    return date.fromordinal(waarde)


def _wie(kpi: Kpi, eigen: tuple[Any, ...]) -> dict[str, Any]:
    leeg: dict[str, Any] = {"toewijzing": None, "bericht": None, "bsn": None}
    if kpi.bron is Bron.VERZOEK:
        gemeente, aanbieder, bsn, bericht_ = eigen
        return leeg | {"gemeente": gemeente, "aanbieder": aanbieder, "bsn": bsn, "bericht": bericht_}
    if kpi.bron in _OP_MOMENT:
        dossier, id_, verzender, bestemming = eigen
        gemeente, aanbieder = sorted((verzender, bestemming), key=len)
        bsn = dossier.rpartition("/")[2] if dossier else None
        return leeg | {"gemeente": gemeente, "aanbieder": aanbieder, "bsn": bsn, "bericht": id_}
    nummer, client, toewijzingnummer = eigen
    domein, gemeente, aanbieder = uit_paar(nummer)
    wat = (domein, gemeente, toewijzingnummer) if toewijzingnummer is not None else None
    return leeg | {"gemeente": gemeente, "aanbieder": aanbieder, "bsn": client, "toewijzing": wat}
