"""What holds for any story: the fold, the timeline, and what may stand beside each other."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from berichtenverkeer.levensloop.dossier import Dossier
from berichtenverkeer.levensloop.gebeurtenis import TIJDELIJK, VERWIJDEREN, Feit, Gebeurtenis, Herkomst
from berichtenverkeer.levensloop.levering import Levering, startsleutel, stopsleutel
from berichtenverkeer.levensloop.overgangen import (
    VERZOEK,
    Leveringstoestand,
    Toewijzingtoestand,
    Verzoektoestand,
    overgang,
)
from berichtenverkeer.levensloop.stand import voer_door
from berichtenverkeer.levensloop.toewijzing import inhoud, toestand
from berichtenverkeer.standaard.berichten.antwoord import Antwoord319
from berichtenverkeer.standaard.berichten.basis import Product
from berichtenverkeer.standaard.berichten.start import StartProduct
from berichtenverkeer.standaard.berichten.stop import StopProduct
from berichtenverkeer.standaard.berichten.toewijzing import ToegewezenProduct
from berichtenverkeer.standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct
from berichtenverkeer.standaard.berichten.verzoek_om_wijziging import Verzoek

from .test_verzoek import overgangen
from .verhaal import (
    NUMMER,
    Klasse,
    Verhaal,
    X,
    Y,
    aanvraag,
    afwijzing,
    onderzoek,
    start,
    stop,
    toewijzing,
    wijziging,
)

BEGIN = date(2026, 2, 1)
DAGEN = st.integers(0, 4).map(lambda dag: (BEGIN + timedelta(days=dag)).isoformat())
EINDES = st.integers(0, 9).map(lambda dag: (BEGIN + timedelta(days=dag)).isoformat())
MOMENTEN = st.sampled_from(["2026-01-15T10:00:00", "2026-01-15T11:00:00", "2026-02-10T09:00:00", "2026-03-01T09:00:00"])
PRODUCTEN = st.sampled_from([X, X, Y])
STATUSSEN = st.sampled_from(["1", "1", "3"])
REFERENTIES = ("V-1", "V-2", "V-3")
Z = {"Categorie": "03", "Code": "03T01"}
_Y = Product.model_validate(Y)

STARTS = st.builds(start, DAGEN, status=STATUSSEN, product=PRODUCTEN)
STOPS = st.builds(stop, DAGEN, EINDES, st.sampled_from([TIJDELIJK, "38"]), status=STATUSSEN, product=PRODUCTEN)
TOEWIJZINGEN = st.builds(
    toewijzing,
    MOMENTEN,
    DAGEN,
    st.none() | EINDES,
    reden=st.sampled_from([None, None, "04", "12", "13", "14"]),
    referentie=st.sampled_from([None, None, *REFERENTIES]),
    product=PRODUCTEN,
    volume=st.sampled_from(["4", "8"]),
    frequentie=st.sampled_from(["4", "6"]),
)


def _verwijder(klasse: Klasse) -> Klasse:
    """A toewijzing as it is taken back: it ends on the day it begins (CS335)."""
    return klasse | {"Einddatum": klasse["Ingangsdatum"]} if klasse.get("RedenWijziging") == "13" else klasse


def _opnieuw(feit: StartProduct | StopProduct) -> Klasse:
    """A start or stop as it was sent, now to take it back."""
    klasse = start(feit.Begindatum.isoformat(), status=VERWIJDEREN, product=Y if feit.Product == _Y else X)
    if isinstance(feit, StopProduct):
        klasse |= {"RedenBeeindiging": feit.RedenBeeindiging, "Einddatum": feit.Einddatum.isoformat()}
    return klasse


@st.composite
def leveringen(draw: st.DrawFn, levering: Levering) -> Klasse:
    """A start or stop, more often than not one that has to do with what was sent before."""
    keuzes: list[st.SearchStrategy[Klasse]] = [STARTS, STOPS]
    for eerder in levering.starts:
        keuzes += [STOPS.map(_op(eerder)), st.just(_opnieuw(eerder))]
    keuzes += [st.just(_opnieuw(eerder)) for eerder in levering.stops]
    return draw(st.one_of(keuzes))


def _op(eerder: StartProduct) -> Callable[[Klasse], Klasse]:
    sleutel = {naam: waarde for naam, waarde in _opnieuw(eerder).items() if naam != "StatusAanlevering"}
    return lambda klasse: klasse | {"StatusAanlevering": "1"} | sleutel


@st.composite
def verhalen(draw: st.DrawFn) -> Verhaal:
    """A story that begins with a toewijzing, in which messages go right and wrong while time passes."""
    verhaal = Verhaal(BEGIN)
    verhaal.wijs_toe(toewijzing())
    verhaal.lever(draw(STARTS))
    for dagen in draw(st.lists(st.integers(0, 20), min_size=2, max_size=14)):
        verhaal.op(verhaal.vandaag + timedelta(days=dagen))
        if draw(st.integers(0, 9)) == 0:
            verhaal.wijs_toe(_verwijder(draw(TOEWIJZINGEN)))
            continue
        levering = verhaal.dossier.levering((1001,))
        eerste, *overige = draw(st.lists(leveringen(levering), min_size=1, max_size=2))
        verhaal.lever(eerste, *(klasse for klasse in overige if klasse.keys() == eerste.keys()))
    verhaal.op(verhaal.vandaag + timedelta(days=draw(st.integers(0, 400))))
    return verhaal


def gebeurtenis(feit: Feit, nummer: int) -> Gebeurtenis:
    """A gebeurtenis of a message of its own."""
    moment = datetime.combine(BEGIN, time(), UTC) + timedelta(hours=nummer)
    return Gebeurtenis(Herkomst(f"bericht {nummer}", moment, BEGIN, f"B{nummer:04}"), 0, feit)


REFERENTIE = st.sampled_from(REFERENTIES)
VERZOEKEN = st.builds(AangevraagdProduct.model_validate, st.builds(aanvraag, REFERENTIE)) | st.builds(
    Verzoek.model_validate, st.builds(wijziging, REFERENTIE, st.sampled_from([NUMMER, 1002]))
)
ANTWOORDEN = st.builds(Antwoord319.model_validate, st.builds(onderzoek, REFERENTIE) | st.builds(afwijzing, REFERENTIE))

GEBEURTENISSEN = st.lists(
    st.one_of(
        st.builds(ToegewezenProduct.model_validate, TOEWIJZINGEN.map(_verwijder)),
        st.builds(StartProduct.model_validate, STARTS),
        st.builds(StopProduct.model_validate, STOPS),
        VERZOEKEN,
        ANTWOORDEN,
    ),
    max_size=20,
).map(lambda feiten: [gebeurtenis(feit, nummer) for nummer, feit in enumerate(feiten)])
"""Any classes at all, whether a node would approve them or not."""

VERSIES = st.lists(
    st.builds(ToegewezenProduct.model_validate, TOEWIJZINGEN.map(_verwijder)), min_size=1, max_size=8
).map(lambda feiten: [gebeurtenis(feit, nummer) for nummer, feit in enumerate(feiten)])


@given(verhalen())
@settings(max_examples=100)
def test_the_timeline_of_whatever_is_approved_is_one_chain_that_ends_in_how_things_stand(verhaal: Verhaal) -> None:
    """No approved message does what the tables of transitions do not have."""
    punten = verhaal.tijdlijn()
    assert [punt.bericht for punt in punten if punt.bericht] == [g.herkomst.bericht for g in verhaal.gebeurtenissen]
    assert [punt.moment for punt in punten] == sorted(punt.moment for punt in punten)
    for soort, begin, eind in (
        (Toewijzingtoestand, Toewijzingtoestand.GEEN, verhaal.toestand()),
        (Leveringstoestand, Leveringstoestand.NIET_GESTART, verhaal.levering()),
    ):
        keten = [(punt.van, punt.naar) for punt in punten if isinstance(punt.naar, soort)]
        assert [van for van, _ in keten] == [begin, *(naar for _, naar in keten)][: len(keten)]
        assert eind == (keten[-1][1] if keten else begin)


@given(verhalen())
def test_what_was_approved_stands_well_together(verhaal: Verhaal) -> None:
    levering = verhaal.dossier.levering((1001,))
    sleutels = [startsleutel(s) for s in levering.starts]
    assert len(sleutels) == len(set(sleutels))
    assert {startsleutel(s) for s in levering.stops} <= set(sleutels)
    for begin in levering.starts:
        stops = levering.stops_van(begin)
        definitief = [s for s in stops if s.RedenBeeindiging != TIJDELIJK]
        assert len(definitief) <= 1
        assert len(stops) - len(definitief) <= 1
        assert all(s.Einddatum >= begin.Begindatum for s in stops)
    teruggenomen = any(
        isinstance(g.feit, StopProduct) and g.feit.StatusAanlevering == VERWIJDEREN for g in verhaal.gebeurtenissen
    )
    open_ = [s for s in levering.starts if not levering.stops_van(s)]
    assert len(open_) <= 1 or teruggenomen  # only a stop taken back leaves two starts open


@given(st.data(), VERSIES)
def test_the_order_in_which_versions_come_means_nothing(data: st.DataObject, versies: list[Gebeurtenis]) -> None:
    """OP080, IV013."""
    [eerst] = Dossier.van(versies).toewijzingen.values()
    [anders] = Dossier.van(data.draw(st.permutations(versies))).toewijzingen.values()
    assert anders.product == eerst.product
    assert anders.aantal_versies == eerst.aantal_versies
    dag = BEGIN + timedelta(days=data.draw(st.integers(-30, 90)))
    assert toestand(anders.product, dag) is toestand(eerst.product, dag)


@given(VERSIES)
def test_the_newest_moment_counts(versies: list[Gebeurtenis]) -> None:
    [bekend] = Dossier.van(versies).toewijzingen.values()
    momenten = [
        (v.feit.Toewijzingsdatum, v.feit.Toewijzingstijd) for v in versies if isinstance(v.feit, ToegewezenProduct)
    ]
    assert (bekend.product.Toewijzingsdatum, bekend.product.Toewijzingstijd) == max(momenten)


@given(st.data(), st.lists(STARTS | STOPS, max_size=12))
def test_the_order_of_starts_and_stops_means_nothing_while_none_is_taken_back(
    data: st.DataObject, klassen: list[Klasse]
) -> None:
    """OP080. Of one product, so that no two starts share a Begindatum."""
    feiten = [_feit(klasse | {"StatusAanlevering": "1", "Product": dict(X)}) for klasse in klassen]
    assert _na(data.draw(st.permutations(feiten))).toestand is _na(feiten).toestand


@given(GEBEURTENISSEN)
def test_what_comes_twice_counts_once(gebeurtenissen: list[Gebeurtenis]) -> None:
    dubbel = Dossier.van(g for geval in gebeurtenissen for g in (geval, geval))
    assert _stand(dubbel) == _stand(Dossier.van(gebeurtenissen))


@given(GEBEURTENISSEN, STARTS | STOPS)
def test_taking_back_undoes(gebeurtenissen: list[Gebeurtenis], klasse: Klasse) -> None:
    """After a deletion every aanlevering with that key counts as not sent (OP033)."""
    nieuw, weg = _feit(klasse | {"StatusAanlevering": "1"}), _feit(klasse | {"StatusAanlevering": "3"})
    dossier = Dossier.van(gebeurtenissen)
    sleutel: Callable[..., object] = stopsleutel if isinstance(nieuw, StopProduct) else startsleutel
    zonder = [g for g in gebeurtenissen if not (isinstance(g.feit, type(nieuw)) and sleutel(g.feit) == sleutel(nieuw))]
    assert _stand(dossier.met_levering(nieuw).met_levering(weg)) == _stand(Dossier.van(zonder))


@given(GEBEURTENISSEN)
def test_a_dossier_stays_as_it_is(gebeurtenissen: list[Gebeurtenis]) -> None:
    dossiers = [Dossier()]
    for g in gebeurtenissen:
        dossiers.append(dossiers[-1].na(g))
    opnieuw = [Dossier.van(gebeurtenissen[:aantal]) for aantal in range(len(dossiers))]
    assert dossiers == opnieuw


@given(GEBEURTENISSEN, st.integers(0, 20))
def test_in_parts_or_at_once_is_the_same(gebeurtenissen: list[Gebeurtenis], deel: int) -> None:
    begin = Dossier.van(gebeurtenissen[:deel])
    gevolg = voer_door(begin, gebeurtenissen[deel:])
    na = gevolg.dossier
    assert na == begin.met(gebeurtenissen[deel:]) == Dossier.van(gebeurtenissen)
    assert all(
        inhoud(stand.product) == inhoud(na.toewijzingen[nummer].product)
        for nummer, stand in gevolg.toewijzingen.items()
    )
    assert all(verzoek == na.verzoeken[referentie] for referentie, verzoek in gevolg.verzoeken.items())


@st.composite
def verzoekverhalen(draw: st.DrawFn) -> Verhaal:
    """A story in which requests are handed in, answered and honoured, rightly and wrongly."""
    verhaal = Verhaal()
    verhaal.wijs_toe(toewijzing())
    for _ in range(draw(st.integers(1, 12))):
        referentie = draw(REFERENTIE)
        match draw(st.sampled_from(["315", "317", "319", "319", "301"])):
            case "315":
                anders = draw(REFERENTIE)
                erbij = [aanvraag(anders, Y)] if anders != referentie and draw(st.booleans()) else []
                verhaal.vraag_toewijzing(aanvraag(referentie), *erbij)
            case "317":
                verhaal.vraag_wijziging(wijziging(referentie, NUMMER))
            case "319":
                verhaal.antwoord(draw(st.sampled_from([onderzoek, afwijzing]))(referentie))
            case _:
                referenties = draw(st.lists(st.none() | REFERENTIE, min_size=1, max_size=3))
                producten = zip((X, Y, Z), referenties, strict=False)
                verhaal.wijs_toe(
                    *(
                        toewijzing(nummer=NUMMER + plek, product=p, referentie=r)
                        for plek, (p, r) in enumerate(producten)
                    )
                )
    return verhaal


@given(verzoekverhalen())
@settings(max_examples=100)
def test_whatever_is_approved_of_a_request_has_a_row(verhaal: Verhaal) -> None:
    """Also what leaves the state as it is; and the timeline is one chain that ends in how things stand."""
    assert all(rij in VERZOEK for rij in overgangen(verhaal.gebeurtenissen))
    punten = [punt for punt in verhaal.tijdlijn() if isinstance(punt.naar, Verzoektoestand)]
    for referentie, verzoek in verhaal.dossier.verzoeken.items():
        if NUMMER in verzoek.toewijzingnummers:
            keten = [(p.van, p.naar) for p in punten if p.wijzigingen["ReferentieAanbieder"][1] == referentie]
            assert [van for van, _ in keten] == [Verzoektoestand.GEEN, *(naar for _, naar in keten[:-1])]
            assert keten[-1][1] is verzoek.toestand


@given(verzoekverhalen())
def test_only_the_products_of_one_message_are_pending_together(verhaal: Verhaal) -> None:
    """TR374, TR347."""
    assert len({verzoek.ingediend.herkomst.bericht for verzoek in verhaal.dossier.onderhanden()}) <= 1
    ingediend = [g.feit for g in verhaal.gebeurtenissen if isinstance(g.feit, (AangevraagdProduct, Verzoek))]
    referenties = [feit.ReferentieAanbieder for feit in ingediend]
    assert len(referenties) == len(set(referenties))


@given(verzoekverhalen())
def test_a_vow_is_honoured_by_the_whole_of_one_message(verhaal: Verhaal) -> None:
    """TR379, IV093, IV097."""
    feiten = [(g.herkomst.bericht, g.feit) for g in verhaal.gebeurtenissen if isinstance(g.feit, ToegewezenProduct)]
    for verzoek in verhaal.dossier.verzoeken.values():
        berichten = {honorering.herkomst.bericht for honorering in verzoek.honoreringen}
        assert len(berichten) <= 1
        if not isinstance(verzoek.vraag, AangevraagdProduct):
            assert {f.ReferentieAanbieder for b, f in feiten if b in berichten} <= {verzoek.referentie}


@given(st.data(), st.lists(VERZOEKEN, min_size=1, max_size=3, unique_by=lambda feit: feit.ReferentieAanbieder))
def test_the_order_of_answers_means_nothing(data: st.DataObject, verzoeken: list[AangevraagdProduct | Verzoek]) -> None:
    """OP080: any order that keeps a request before what answers it, with repeats, ends in the same state, and never leaves
    the table of transitions."""
    referentie = st.sampled_from([verzoek.ReferentieAanbieder for verzoek in verzoeken])
    antwoorden = st.builds(onderzoek, referentie) | st.builds(afwijzing, referentie)
    antwoord = st.builds(Antwoord319.model_validate, antwoorden)
    toegewezen = st.builds(ToegewezenProduct.model_validate, st.builds(toewijzing, referentie=referentie))
    gevolgen: list[Feit] = [*data.draw(st.lists(antwoord, max_size=5)), *data.draw(st.lists(toegewezen, max_size=1))]
    eerst = Dossier.van(gebeurtenis(feit, plek) for plek, feit in enumerate([*verzoeken, *gevolgen]))
    herhaald = [feit for feit in gevolgen for _ in range(data.draw(st.integers(1, 2)))]
    rij: list[Feit] = list(data.draw(st.permutations(herhaald)))
    for verzoek in verzoeken:
        eigen = [i for i, feit in enumerate(rij) if _referentie(feit) == verzoek.ReferentieAanbieder]
        rij.insert(data.draw(st.integers(0, min(eigen, default=len(rij)))), verzoek)
    dossiers = [Dossier()]
    for plek, feit in enumerate(rij):
        dossiers.append(dossiers[-1].na(gebeurtenis(feit, plek)))
        _heeft_een_rij(dossiers[-2], dossiers[-1], feit)
    assert _verzoeken(dossiers[-1]) == _verzoeken(eerst)


@given(st.builds(ToegewezenProduct.model_validate, TOEWIJZINGEN.map(_verwijder)))
def test_days_go_from_future_to_running_to_over(product: ToegewezenProduct) -> None:
    standen = [toestand(product, product.Ingangsdatum + timedelta(days=dag)) for dag in range(-3, 20)]
    op_volgorde = [list(Toewijzingtoestand).index(stand) for stand in standen]
    assert op_volgorde == sorted(op_volgorde)


def _referentie(feit: Feit) -> str | None:
    return None if isinstance(feit, (StartProduct, StopProduct)) else feit.ReferentieAanbieder


def _heeft_een_rij(voor: Dossier, na: Dossier, feit: Feit) -> None:
    """What changed the state of a request is in the table; else ``OnmogelijkeOvergang`` is raised."""
    nieuw = na.verzoeken.get(_referentie(feit) or "")
    oud = voor.verzoeken.get(nieuw.referentie) if nieuw else None
    if nieuw is not None and (oud is None or oud.toestand is not nieuw.toestand):
        naam = oud.duid(gebeurtenis(feit, 0)) if oud else "verzoek ingediend"
        overgang(VERZOEK, naam, oud.toestand if oud else Verzoektoestand.GEEN, nieuw.toestand)


def _verzoeken(dossier: Dossier) -> dict[str, tuple[Verzoektoestand, set[int]]]:
    """How requests stand."""
    return {r: (verzoek.toestand, set(verzoek.toewijzingnummers)) for r, verzoek in dossier.verzoeken.items()}


def _feit(klasse: Klasse) -> StartProduct | StopProduct:
    return (StopProduct if "Einddatum" in klasse else StartProduct).model_validate(klasse)


def _na(feiten: list[StartProduct | StopProduct]) -> Levering:
    levering = Levering()
    for feit in feiten:
        levering = levering.na(feit)
    return levering


def _stand(dossier: Dossier) -> object:
    """How things stand: what the dossier says, without how often it was said."""
    return (
        {nummer: (bekend.product, bekend.aantal_versies) for nummer, bekend in dossier.toewijzingen.items()},
        {sleutel: levering.toestand for sleutel, levering in dossier.leveringen.items() if levering.starts},
        _verzoeken(dossier),
    )
