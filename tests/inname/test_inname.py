"""Taking messages in: what is refused at the counter, and a group as one transaction."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, select, text
from tests.berichten import Dossier, bsns
from tests.conformance.boom import Boom
from tests.conformance.gevallen import SCHEMAS

from berichtenverkeer.inname.aanname import id_van
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.inname.ontvangst import Ontvangst
from berichtenverkeer.oordeel.weigering import Reden, Weigering
from berichtenverkeer.opslag import samen
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.tabellen.berichten import bericht
from berichtenverkeer.opslag.tabellen.dossiers import gebeurtenis, toewijzing
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import lees

from .conftest import Balie


def _regels(ontvangst: Ontvangst) -> list[str]:
    return [bevinding["regel"] for bevinding in ontvangst.bevindingen]


def _clienten(dossier: Dossier, aantal: int) -> list[Dossier]:
    return [replace(dossier, bsn=bsn, nummer=1000 + n) for n, bsn in zip(range(aantal), bsns(), strict=False)]


def test_a_group_is_judged_message_after_message(balie: Balie) -> None:
    d = balie.dossier()
    ontvangsten = balie.groep(d.toewijzing(), d.start(), d.stop(), d.stop())
    assert [o.oordeel for o in ontvangsten] == ["goedgekeurd"] * 3 + ["afgekeurd"]
    assert all(o.nieuw for o in ontvangsten)
    with balie.engine.connect() as verbinding:
        rij = verbinding.execute(select(toewijzing).where(toewijzing.c.gemeente == d.gemeente)).mappings().one()
        assert rij["levering"] == "definitief_gestopt"
        derde = verbinding.execute(select(bericht.c.volgnummer).where(bericht.c.id == ontvangsten[2].id)).scalar_one()
        assert rij["wijziging"] == derde


def test_numbers_follow_the_order_of_the_group(balie: Balie) -> None:
    d = balie.dossier()
    ontvangsten = balie.groep(*(client.toewijzing() for client in _clienten(d, 5)))
    with balie.engine.connect() as verbinding:
        rijen = verbinding.execute(
            select(bericht.c.id, bericht.c.volgnummer, bericht.c.antwoord_op)
            .where((bericht.c.verzender == d.gemeente) | (bericht.c.bestemming == d.gemeente))
            .order_by(bericht.c.volgnummer)
        ).all()
    eerste = rijen[0].volgnummer
    assert [rij.volgnummer for rij in rijen] == list(range(eerste, eerste + 10))
    assert [rij.id for rij in rijen[::2]] == [o.id for o in ontvangsten]
    assert [rij.antwoord_op for rij in rijen[1::2]] == [o.id for o in ontvangsten]


def test_the_same_bytes_twice_in_one_group(balie: Balie) -> None:
    d = balie.dossier()
    data = d.toewijzing()
    eerste, tweede, derde = balie.groep(data, data, data)
    assert (eerste.nieuw, tweede.nieuw, derde.nieuw) == (True, False, False)
    assert replace(eerste, nieuw=False) == tweede == derde
    [later] = balie.groep(data)
    assert later == tweede


def test_an_identificatie_twice_in_one_group(balie: Balie) -> None:
    d = balie.dossier()
    ander = replace(d, bsn="999900018", nummer=2002)
    eerste, tweede, derde = balie.groep(
        d.bericht("301", identificatie="ZELFDE"),
        ander.bericht("301", identificatie="ZELFDE"),
        ander.bericht("301", identificatie="ANDERS"),
    )
    assert (eerste.oordeel, _regels(tweede), derde.oordeel) == ("goedgekeurd", ["TR056"], "goedgekeurd")
    assert tweede.bevindingen[0]["retourcode"] == "9056"


def test_an_identificatie_may_return_for_another_kind_and_from_another_sender(balie: Balie) -> None:
    d = balie.dossier()
    ijw = replace(d, domein=Domein.IJW)
    ontvangsten = balie.groep(
        *(wie.bericht(soort, identificatie="NR1") for wie in (d, ijw) for soort in ("301", "305", "307"))
    )
    assert [o.oordeel for o in ontvangsten] == ["goedgekeurd"] * 6


def test_a_rejected_message_has_used_its_identificatie(balie: Balie) -> None:
    d = balie.dossier()
    fout = {"Client/ToegewezenProducten/ToegewezenProduct[1]/Einddatum": "2026-01-01"}
    afgekeurd, dubbel = balie.groep(
        d.bericht("301", dict[str, Boom](fout), identificatie="EENMAAL"), d.bericht("301", identificatie="EENMAAL")
    )
    assert (_regels(afgekeurd), _regels(dubbel)) == (["CS003"], ["TR056"])


def test_a_number_of_another_dossier_in_the_same_group(balie: Balie) -> None:
    d = balie.dossier()
    ander = replace(d, bsn="999900018")
    eerste, tweede, derde = balie.groep(d.toewijzing(), ander.toewijzing(), d.toewijzing())
    assert (eerste.oordeel, derde.oordeel) == ("goedgekeurd", "goedgekeurd")
    assert "TR332" in _regels(tweede)
    [later] = balie.groep(ander.toewijzing())
    assert "TR332" in _regels(later)


def test_the_same_number_under_the_other_law_is_another_toewijzing(balie: Balie) -> None:
    d = balie.dossier()
    ontvangsten = balie.groep(d.toewijzing(), replace(d, domein=Domein.IJW).toewijzing())
    assert [o.oordeel for o in ontvangsten] == ["goedgekeurd"] * 2


def test_bytes_are_kept_unchanged_with_their_sha256(balie: Balie) -> None:
    d = balie.dossier()
    data = b"\xef\xbb\xbf" + d.toewijzing().replace(b"\r\n", b"\n").replace(b"Voorbeeldstraat", "Kadé 1½".encode())
    [ontvangst] = balie.groep(data)
    assert ontvangst.oordeel == "goedgekeurd"
    with balie.engine.connect() as verbinding:
        rij = verbinding.execute(select(bericht).where(bericht.c.id == ontvangst.id)).mappings().one()
    assert rij["inhoud"] == data
    assert rij["sha256"] == hashlib.sha256(data).hexdigest()
    assert ontvangst.id == id_van(data)


def test_every_retour_is_a_sound_message_that_points_back(balie: Balie) -> None:
    d = balie.dossier()
    data = d.toewijzing()
    [ontvangst] = balie.groep(data)
    with balie.engine.connect() as verbinding:
        rij = verbinding.execute(select(bericht).where(bericht.c.antwoord_op == ontvangst.id)).mappings().one()
    assert ontvangst.retour == {"id": rij["id"], "berichtsoort": "WMO302"}
    assert (rij["verzender"], rij["bestemming"]) == (d.aanbieder, d.gemeente)
    gelezen = lees(rij["inhoud"], SCHEMAS)
    heen = lees(data, SCHEMAS).bericht.Header
    assert gelezen.bericht.Header.Afzender == heen.Afzender == d.gemeente
    assert gelezen.bericht.Header.BerichtIdentificatie == heen.BerichtIdentificatie


def test_what_fails_leaves_nothing(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    d = balie.dossier()
    monkeypatch.setattr("berichtenverkeer.opslag.samen.schrijf_gereed", _schrijf_en_mislukt)
    with pytest.raises(ZeroDivisionError):
        balie.groep(d.toewijzing())
    with balie.engine.connect() as verbinding:
        assert not verbinding.execute(select(bericht.c.id).where(bericht.c.verzender == d.gemeente)).all()
        assert not verbinding.execute(
            select(gebeurtenis.c.bericht).where(gebeurtenis.c.dossier.contains(d.gemeente))
        ).all()
    monkeypatch.undo()
    [ontvangst] = balie.groep(d.toewijzing())
    assert ontvangst.oordeel == "goedgekeurd"


def _schrijf_en_mislukt(*alles: Any, schrijf: Any = samen.schrijf_gereed) -> None:
    schrijf(*alles)
    raise ZeroDivisionError


@pytest.mark.parametrize("maak_database", ["postgresql"], indirect=True)
def test_a_group_holds_what_others_may_not_judge_meanwhile(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its dossiers, its Identificaties and the ToewijzingNummers it gives out, before it has read anything of them.

    On SQLite a transaction that writes is the only one.
    """
    d = balie.dossier()
    start = replace(d, bsn="999900018")
    groep = [
        balie.aangeboden(d.bericht("301", identificatie="A")),
        balie.aangeboden(start.bericht("305", identificatie="B")),
    ]
    sleutels = [
        f"iwmo/{d.gemeente}/{d.aanbieder}/999900006", f"iwmo/{d.gemeente}/{d.aanbieder}/999900018",
        f"{d.gemeente}/WMO301/A", f"{d.aanbieder}/WMO305/B", f"iwmo/{d.gemeente}/{1001 % 64}",
    ]  # fmt: skip
    gelezen: list[str] = []
    stuur = samen._stuur

    def onthoud(bij: Connection, opdrachten: Any) -> Any:
        gelezen.extend(opdracht for opdracht, _ in opdrachten)
        return stuur(bij, opdrachten)

    monkeypatch.setattr(samen, "_stuur", onthoud)
    with schrijvend(balie.engine) as verbinding:
        verwerk(verbinding, groep, SCHEMAS)
        vast = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() "
            "AND (classid::bigint << 32) + objid::bigint IN (SELECT hashtextextended(s, 0) FROM unnest(CAST(:s AS text[])) s)"
        )
        assert verbinding.execute(vast, {"s": sleutels}).scalar() == len(sleutels)
    assert "pg_advisory_xact_lock" in gelezen[0]


# what is refused before it is judged


def _weigering(balie: Balie, data: bytes, van: bytes | None = None) -> Weigering:
    with pytest.raises(Weigering) as gevangen:
        balie.van(balie.afzender(van or data), data, max_bytes=100_000)
    return gevangen.value


def test_another_sender_than_the_caller(balie: Balie) -> None:
    d, ander = balie.dossier(), balie.dossier()
    weigering = _weigering(balie, d.toewijzing(), van=ander.toewijzing())
    assert (weigering.reden, weigering.pad) == (Reden.VREEMDE_AFZENDER, "/Bericht/Header/Afzender")
    assert weigering.regelnummer is not None


def test_an_unknown_ontvanger(balie: Balie) -> None:
    weigering = _weigering(balie, replace(balie.dossier(), aanbieder="12345678").toewijzing())
    assert (weigering.reden, weigering.pad) == (Reden.ONBEKENDE_ONTVANGER, "/Bericht/Header/Ontvanger")


def test_a_gemeente_that_does_not_exist_is_for_the_rules(balie: Balie) -> None:
    [ontvangst] = balie.groep(replace(balie.dossier(), gemeente="9999").start())
    assert "TR378" in _regels(ontvangst)


def test_a_merged_gemeente_without_a_party_is_an_unknown_ontvanger(balie: Balie) -> None:
    """Its code may count, so the rules would let the message go to nobody."""
    weigering = _weigering(balie, replace(balie.dossier(), gemeente="0501").start())
    assert weigering.reden is Reden.ONBEKENDE_ONTVANGER


def test_too_large(balie: Balie) -> None:
    assert _weigering(balie, balie.dossier().toewijzing() + b" " * 100_000).reden is Reden.TE_GROOT


# retourberichten from a party


def _retour(balie: Balie, heen: Ontvangst) -> bytes:
    with balie.engine.connect() as verbinding:
        return bytes(verbinding.execute(select(bericht.c.inhoud).where(bericht.c.antwoord_op == heen.id)).scalar_one())


def _eigen(retour: bytes) -> bytes:
    """The same retourbericht with an IdentificatieRetour that another gave."""
    voor, _, na = retour.partition(b":IdentificatieRetour>R")
    return voor + b":IdentificatieRetour>E" + na


def _bied_retour_aan(balie: Balie, data: bytes, code: str) -> Weigering:
    partij = balie.register.partij(code)
    assert partij is not None
    [weigering] = balie.verwerk(balie.van(partij, data))
    assert isinstance(weigering, Weigering)
    return weigering


@pytest.mark.parametrize("goed", [True, False], ids=["header only", "with the client"])
def test_a_retour_that_was_made_already(balie: Balie, goed: bool) -> None:
    d = balie.dossier()
    if goed:
        balie.groep(d.toewijzing())
    [heen] = balie.groep(d.start())
    assert (heen.oordeel == "goedgekeurd") == goed
    assert _bied_retour_aan(balie, _eigen(_retour(balie, heen)), d.gemeente).reden is Reden.RETOUR_BESTAAT_AL


def test_the_retour_that_this_node_made_comes_back(balie: Balie) -> None:
    d = balie.dossier()
    [heen] = balie.groep(d.start())
    gemeente = balie.register.partij(d.gemeente)
    assert gemeente is not None
    [zelfde] = balie.verwerk(balie.van(gemeente, _retour(balie, heen)))
    assert isinstance(zelfde, Ontvangst)
    assert (zelfde.nieuw, zelfde.berichtsoort) == (False, "WMO306")


def test_a_retour_on_nothing(balie: Balie) -> None:
    d = balie.dossier()
    [heen] = balie.groep(
        d.start(),
    )
    assert heen.identificatie is not None
    los = _retour(balie, heen).replace(heen.identificatie.encode(), b"NOOIT")
    weigering = _bied_retour_aan(balie, los, d.gemeente)
    assert weigering.reden is Reden.RETOUR_ZONDER_HEENBERICHT
    assert weigering.pad == "/Bericht/Header/BerichtIdentificatie/Identificatie"


def test_a_retour_comes_from_header_ontvanger(balie: Balie) -> None:
    d = balie.dossier()
    [heen] = balie.groep(d.start())
    aanbieder = balie.register.partij(d.aanbieder)
    assert aanbieder is not None
    with pytest.raises(Weigering) as gevangen:
        balie.van(aanbieder, _retour(balie, heen))
    assert gevangen.value.reden is Reden.VREEMDE_AFZENDER
    assert gevangen.value.pad == "/Bericht/Header/Ontvanger"


def test_a_retour_does_not_tell_what_others_sent_each_other(balie: Balie) -> None:
    d, ander = balie.dossier(), balie.dossier()
    [heen] = balie.groep(d.start())
    gestolen = _retour(balie, heen).replace(d.gemeente.encode(), ander.gemeente.encode())
    assert _bied_retour_aan(balie, gestolen, ander.gemeente).reden is Reden.RETOUR_ZONDER_HEENBERICHT


def test_a_group_larger_than_a_query_may_ask(balie: Balie) -> None:
    """Every list of keys that goes into one query stays within what both databases take."""
    dossiers = _clienten(balie.dossier(), 64)
    ontvangsten = balie.groep(*(d.toewijzing() for d in dossiers))
    assert {o.oordeel for o in ontvangsten} == {"goedgekeurd"}
