"""What the database is asked: as many statements for a large group as for one message, and each by way of an index."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from tests.berichten import Dossier, bsns, gemeenten
from tests.conformance.gevallen import SCHEMAS
from tests.declaraties import Regel, antwoord, declaratie
from tests.knoop import NU

from berichtenverkeer.inname.aanname import Aangeboden
from berichtenverkeer.inname.inname import verwerk
from berichtenverkeer.keten.zendingen.deur import Deur
from berichtenverkeer.keten.zendingen.koppeling import Zendingkoppeling
from berichtenverkeer.keten.zendingen.zendingen import Opname, Zending, bewaar
from berichtenverkeer.levensloop.dossier import Dossiersleutel
from berichtenverkeer.levensloop.overgangen import Toewijzingtoestand
from berichtenverkeer.levensloop.rekenen.periode import Periode
from berichtenverkeer.opslag import samen
from berichtenverkeer.opslag.berichten import berichten, berichtenlijst, enveloppen, zendingen
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.declaraties import declaratielijst, declaraties
from berichtenverkeer.opslag.dossiers import dossiers, toewijzingen, verzoeken
from berichtenverkeer.opslag.lijst import Plek
from berichtenverkeer.partijen.partij import Beoordelaar, zet_beoordeling

from .conftest import Balie

GROOT = (
    "bericht", "b", "toewijzing", "gebeurtenis", "retour", "declaratie", "prestatie", "zending", "heen", "heenzending",
)  # fmt: skip
"""The tables that grow, and how the statements call them."""

_ID = "00000000-0000-4000-8000-000000000000"


@contextmanager
def _opdrachten(verbinding: Connection) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are executed, with their parameters."""
    gezien: list[tuple[str, Any]] = []

    def onthoud(_: object, __: object, opdracht: str, parameters: Any, ___: object, veel: bool) -> None:
        gezien.append((opdracht, parameters[0] if veel else parameters))

    def samen_(bij: Connection, opdrachten: Any) -> Any:
        gezien.extend(
            (opdracht, waarden[0] if isinstance(waarden, list) else waarden) for opdracht, waarden in opdrachten
        )
        return stuur(bij, opdrachten)

    stuur = samen._stuur
    event.listen(verbinding, "before_cursor_execute", onthoud)
    with pytest.MonkeyPatch.context() as plek:
        plek.setattr(samen, "_stuur", samen_)
        yield gezien
    event.remove(verbinding, "before_cursor_execute", onthoud)


def _zonder_index(verbinding: Connection, opdracht: str, parameters: Any) -> bool:
    """Whether a statement reads a whole table that grows. On PostgreSQL: even when reading it is made to look dear."""
    sqlite = verbinding.dialect.name == "sqlite"
    parameters = tuple(parameters) if isinstance(parameters, list) else parameters
    uitleg = verbinding.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{opdracht}", parameters)
    stappen = [str(rij[-1]).split("(")[0] for rij in uitleg]
    woord = "SCAN " if sqlite else "Seq Scan on "
    return any(stap.partition(woord)[2].split(" ")[0] in GROOT for stap in stappen if woord in stap)


def test_a_group_asks_as_much_as_one_message(balie: Balie) -> None:
    d = balie.dossier()
    clienten = [replace(d, bsn=bsn, nummer=1000 + n) for n, bsn in zip(range(30), bsns(), strict=False)]
    aantallen = []
    for groep in (clienten[:1], clienten[1:]):
        aangeboden = [balie.aangeboden(client.toewijzing()) for client in groep]
        with schrijvend(balie.engine) as verbinding, _opdrachten(verbinding) as gezien:
            verwerk(verbinding, aangeboden, SCHEMAS)
        aantallen.append(len(gezien))
    assert aantallen[0] == aantallen[1] <= 12  # of which two for the facts of figures


def test_a_group_from_the_chain_asks_as_much_as_one_message(balie: Balie) -> None:
    """Two statements of its own for the envelopes of the GGK, one more for those of VSP."""
    d = balie.dossier()
    clienten = [replace(d, bsn=bsn, nummer=2000 + n) for n, bsn in zip(range(30), bsns(), strict=False)]
    balie.groep(*(client.toewijzing() for client in clienten))
    for maak, deur, meer in ((Dossier.toewijzing, Deur.GGK, 2), (Dossier.start, Deur.VSP, 3)):
        aantallen = []
        for groep in (clienten[:1], clienten[1:]):
            for in_envelop in (False, True):
                aangeboden = [balie.aangeboden(maak(replace(client, nummer=client.nummer + 100))) for client in groep]
                if deur is Deur.VSP:
                    aangeboden = [balie.aangeboden(maak(client)) for client in groep]
                if in_envelop:
                    aangeboden = [_in_envelop(balie, a, deur) for a in aangeboden]
                with schrijvend(balie.engine) as verbinding, _opdrachten(verbinding) as gezien:
                    verwerk(verbinding, aangeboden, SCHEMAS, Zendingkoppeling())
                    verbinding.rollback()
                aantallen.append(len(gezien))
        zonder, met = aantallen[0], aantallen[1]
        assert aantallen[2:] == [zonder, met]
        assert met - zonder == meer


def _in_envelop(balie: Balie, a: Aangeboden, deur: Deur) -> Aangeboden:
    """The message in an envelope that was stored, as a door does it."""
    wie, id_ = a.wie, str(uuid.uuid4())
    zending = Zending(
        zender=wie.verzender, traceer_id=id_, ontvanger=wie.ontvanger, indiener=wie.verzender, door=deur,
        functie=a.soort.code, versie=3, subversie=2, applicatie="ECD", applicatie_versie="0001",
        applicatie_subversie="0000", conversatie_id=id_, hash="0" * 64, inhoud=a.data,
    )  # fmt: skip
    assert bewaar(balie.engine, zending, NU) is Opname.NIEUW
    return replace(a, zending=zending.sleutel)


def test_every_question_goes_by_an_index(balie: Balie) -> None:
    d = balie.dossier()
    balie.groep(d.toewijzing(), d.start())
    groep = [balie.aangeboden(data) for data in (d.toewijzing(), d.stop())]
    sleutel = Dossiersleutel(d.domein, d.gemeente, d.aanbieder, d.bsn)
    with schrijvend(balie.engine) as verbinding:
        if verbinding.dialect.name == "postgresql":
            verbinding.execute(text("SET LOCAL enable_seqscan = off"))
        with _opdrachten(verbinding) as gezien:
            verwerk(verbinding, groep, SCHEMAS)
            berichten.geef(verbinding, d.gemeente, _ID)
            berichten.inhoud(verbinding, d.gemeente, _ID)
            berichten.verstuurd(verbinding, d.gemeente, d.aanbieder, "WMO301", "T1")
            berichten.wachtend(verbinding, d.gemeente, d.aanbieder, "WMO301", "T1")
            berichten.postvak(verbinding, d.aanbieder, 0, 10)
            enveloppen.bevestig(verbinding, [d.aanbieder], _ID, NU)
            dossiers.laad(verbinding, [sleutel])
            for wie in (d.gemeente, d.aanbieder):
                for lijst in (toewijzingen.LIJST, verzoeken.LIJST, berichtenlijst.LIJST):
                    lijst.geef(verbinding, wie, _ID)
                    lijst.zoek(verbinding, wie, date(2026, 3, 2), 10, {})
                    lijst.zoek(verbinding, wie, date(2026, 3, 2), 10, {"domein": "iwmo"}, Plek(1, _ID))
                for filter_ in ({"bsn": d.bsn}, {"product": "02"}, {"toestand": Toewijzingtoestand.LOPEND}):
                    toewijzingen.LIJST.zoek(verbinding, wie, date(2026, 3, 2), 10, filter_)
        vragen = [(o, p) for o, p in gezien if not o.startswith(("INSERT", "COPY"))]
        assert len(vragen) > 15
        assert [o for o, p in vragen if _zonder_index(verbinding, o, p)] == []


def test_every_question_about_declaraties_goes_by_an_index(balie: Balie) -> None:
    d = balie.dossier()
    zelf = replace(d, gemeente=gemeenten()[190], aanbieder="98000190", nummer=7)
    debet = Regel("R1")
    balie.groep(d.toewijzing(), d.start(), zelf.toewijzing(), declaratie(d, "D1", debet))
    zet_beoordeling(balie.engine, zelf.gemeente, Beoordelaar.PARTIJ)
    balie.register.kijk()
    daar = declaratie(zelf, "D2", Regel("R1"))
    groep = [balie.aangeboden(data) for data in (declaratie(d, "D2", debet.credit("R2")), daar, antwoord(daar))]
    wie = d.domein, d.gemeente, d.aanbieder
    with schrijvend(balie.engine) as verbinding:
        if verbinding.dialect.name == "postgresql":
            verbinding.execute(text("SET LOCAL enable_seqscan = off"))
        with _opdrachten(verbinding) as gezien:
            verwerk(verbinding, groep, SCHEMAS)
            declaraties.dossiers_met_levering(verbinding, *wie, Periode(date(2026, 1, 1), date(2026, 1, 31)))
            lijst = declaratielijst.LIJST
            for partij in (d.gemeente, d.aanbieder):
                lijst.geef(verbinding, partij, _ID)
                lijst.zoek(verbinding, partij, date(2026, 3, 2), 10, {}, Plek(1, _ID))
                for filters in ({}, {"declaratienummer": "D1"}, {"toestand": "beantwoord"}):
                    lijst.zoek(verbinding, partij, date(2026, 3, 2), 10, filters)
            declaratielijst.prestaties(verbinding, _ID, "toegekend", -1, 10)
            declaratielijst.op_toewijzing(verbinding, dossiers.tekst(Dossiersleutel(*wie, d.bsn)), d.nummer)
        vragen = [(o, p) for o, p in gezien if not o.startswith(("INSERT", "COPY"))]
        assert len(vragen) > 20
        assert [o for o, p in vragen if _zonder_index(verbinding, o, p)] == []


def test_a_question_without_an_index_shows(balie: Balie) -> None:
    with schrijvend(balie.engine) as verbinding:
        if verbinding.dialect.name == "postgresql":
            verbinding.execute(text("SET LOCAL enable_seqscan = off"))
        for waar in ("bericht WHERE sha256 = 'x'", "toewijzing WHERE budget = 1", "gebeurtenis WHERE soort = 'x'",
            "declaratie WHERE toestand = 'x'", "prestatie WHERE toestand = 'x'"):  # fmt: skip
            assert _zonder_index(verbinding, f"SELECT * FROM {waar}", ())


def test_every_question_about_zendingen_goes_by_an_index(balie: Balie) -> None:
    d = balie.dossier()
    balie.groep(d.toewijzing())
    data = d.start()
    aangeboden = _in_envelop(balie, balie.aangeboden(data), Deur.VSP)
    sleutel = aangeboden.zending
    assert sleutel is not None
    with schrijvend(balie.engine) as verbinding:
        if verbinding.dialect.name == "postgresql":
            verbinding.execute(text("SET LOCAL enable_seqscan = off"))
        with _opdrachten(verbinding) as gezien:
            assert (sleutel, len(data)) in zendingen.open_(verbinding, 100)
        [(opdracht, parameters)] = gezien
        sqlite = verbinding.dialect.name == "sqlite"
        uitleg = verbinding.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{opdracht}", parameters)
        assert "ix_zending_ontvangen" in str(uitleg.all())  # it reads all of a small index
        with _opdrachten(verbinding) as gezien:
            rij = zendingen.te_verwerken(verbinding, sleutel)
            assert rij is not None
            assert zendingen.bewaar_groep(verbinding, [rij]) == [False]
            verwerk(verbinding, [aangeboden], SCHEMAS, Zendingkoppeling())
            zendingen.keur_af(verbinding, sleutel, {}, [], NU)
            for wie in (d.gemeente, d.aanbieder):
                enveloppen.wachtend(verbinding, wie, 10)
                enveloppen.wachtend(verbinding, wie, 10, {"WMO305"}, _ID, _ID)
                enveloppen.foutberichten(verbinding, wie, 10)
                enveloppen.foutberichten_na(verbinding, wie, 0, 10)
                enveloppen.foutberichten(verbinding, wie, 10, {"WMO305"}, _ID, _ID)
                enveloppen.van_traceer(verbinding, wie, _ID, 10)
                enveloppen.van_conversatie(verbinding, wie, _ID, 10)
                enveloppen.zonder_bericht(verbinding, wie, 10, traceer_id=_ID)
                enveloppen.zonder_bericht(verbinding, wie, 10, conversatie_id=_ID)
                enveloppen.bevestig(verbinding, [wie], _ID, NU)
                enveloppen.id_van(verbinding, wie, _ID)
                enveloppen.zending_zonder_bericht(verbinding, wie, _ID)
                enveloppen.meldingen_bij(verbinding, _ID)
                zendingen.is_bezet(verbinding, wie, sleutel)
        vragen = [(o, p) for o, p in gezien if not o.startswith(("INSERT", "COPY"))]
        assert len(vragen) > 25
        assert [o for o, p in vragen if _zonder_index(verbinding, o, p)] == []
