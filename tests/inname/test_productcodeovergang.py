"""The product codes of next year: what begins and ends, what stays good, and what is told beforehand."""

from datetime import date
from pathlib import Path

import pytest
from tests.berichten import Dossier, gemeenten
from tests.cli.aanmelden import draai
from tests.conformance import boom
from tests.conformance.boom import Boom
from tests.inname.conftest import Balie

from berichtenverkeer.inname.ontvangst import Ontvangst
from berichtenverkeer.levensloop.rekenen.variant import Uitvoeringsvariant as V
from berichtenverkeer.opslag.partijen.contracten import productcodes
from berichtenverkeer.partijen.contracten import laad_productcodes, laad_productcodes_vanaf, voeg_tarief_toe
from berichtenverkeer.partijen.productcodelijst import ContractFout
from berichtenverkeer.partijen.productcodeovergang import overgang
from berichtenverkeer.regels.contract import Contract, Productcode

JAAR, OUDJAAR, NIEUWJAAR = date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)


def _code(code: str, van: date = JAAR, tot: date | None = None, variant: V = V.INSPANNING) -> Productcode:
    return Productcode(code[:2], code, "04", variant, van, tot)


BLIJFT, WEG, NIEUW = _code("02A01"), _code("02A02"), _code("02A03", NIEUWJAAR)


@pytest.mark.parametrize(
    ("huidig", "nieuw", "lijst"),
    [
        ([BLIJFT, WEG], [BLIJFT, NIEUW], [BLIJFT, _code("02A02", tot=OUDJAAR), NIEUW]),
        # what has no end in the old list and one in the new gets it; what had one and goes on loses it
        ([BLIJFT], [_code("02A01", tot=date(2027, 6, 30))], [_code("02A01", tot=date(2027, 6, 30))]),
        ([_code("02A01", tot=OUDJAAR)], [BLIJFT], [BLIJFT]),
        # a code that ended before the year does not come back before it
        (
            [_code("02A01", tot=date(2026, 6, 30))],
            [BLIJFT],
            [_code("02A01", tot=date(2026, 6, 30)), _code("02A01", NIEUWJAAR)],
        ),
        # another variant is another row
        (
            [BLIJFT],
            [_code("02A01", variant=V.OUTPUT)],
            [_code("02A01", tot=OUDJAAR), _code("02A01", NIEUWJAAR, variant=V.OUTPUT)],
        ),
        # a code that begins later than the list does, begins then
        ([], [_code("02A01", date(2027, 4, 1))], [_code("02A01", date(2027, 4, 1))]),
        # a row that was loaded for that day before makes place
        ([_code("02A02", tot=OUDJAAR), NIEUW], [WEG], [WEG]),
    ],
)
def test_before_its_first_day_nothing_changes(
    huidig: list[Productcode], nieuw: list[Productcode], lijst: list[Productcode]
) -> None:
    gedaan = overgang(huidig, nieuw, NIEUWJAAR)
    assert list(gedaan.lijst) == lijst
    assert overgang(gedaan.lijst, nieuw, NIEUWJAAR).lijst == gedaan.lijst
    voor, na = Contract(tuple(huidig)), Contract(gedaan.lijst)
    for dag in (JAAR, date(2026, 6, 30), OUDJAAR):
        assert voor.codes("02", dag) == na.codes("02", dag)
    assert na.codes("02", date(2027, 5, 1)) == sorted(rij.code for rij in nieuw)


def test_what_changes_is_named() -> None:
    gedaan = overgang([BLIJFT, WEG], [_code("02A01", variant=V.OUTPUT), NIEUW], NIEUWJAAR)
    assert (gedaan.begint, gedaan.eindigt, gedaan.anders) == (
        (("02", "02A03"),),
        (("02", "02A02"),),
        (("02", "02A01"),),
    )


LIJST = b"categorie;code;eenheid;variant;van;tot\n02;02T01;04;inspanning;2025-01-01;\n"
STRAKS = b"categorie;code;eenheid;variant;van;tot\n02;02T09;04;inspanning;2027-01-01;\n"


def test_it_is_told_beforehand_what_a_list_breaks(balie: Balie, tmp_path: Path) -> None:
    d = balie.dossier()
    laad_productcodes(balie.engine, d.gemeente, LIJST)
    voeg_tarief_toe(balie.engine, d.gemeente, d.aanbieder, "02T01", "04", "5000", "2026-01-01")
    later = Dossier(d.gemeente, d.aanbieder, "999900018", nummer=2)
    voorbij = Dossier(d.gemeente, d.aanbieder, "999900031", nummer=3)
    balie.groep(
        d.toewijzing(Einddatum="2027-03-31"),
        later.toewijzing(Ingangsdatum="2027-01-01", Einddatum="2027-03-31"),
        voorbij.toewijzing(Einddatum="2026-12-31"),
    )
    for proef in (True, False):
        gedaan, gevolg = laad_productcodes_vanaf(balie.engine, d.gemeente, STRAKS, NIEUWJAAR, proef=proef)
        assert gedaan.eindigt == (("02", "02T01"),)
        assert [een.nummer for een in gevolg.lopen_door] == [1001]
        assert [een.nummer for een in gevolg.beginnen_later] == [2]
        assert gevolg.tarieven == ((d.aanbieder, "02T01"),)
        assert gevolg.zonder_tarief == ((d.aanbieder, "02T09"),)
        with balie.engine.connect() as verbinding:
            assert len(productcodes(verbinding, d.gemeente)) == (1 if proef else 2)


def _van_code(product: str) -> dict[str, Boom]:
    return {f"{product}/Product/Categorie": "02", f"{product}/Product/Code": "02T01"}


@pytest.mark.parametrize(
    ("ingang", "soort", "past"),
    [("2026-12-31", "315", True), ("2027-01-01", "315", False), ("2027-01-01", "317", False)],
)
def test_open_requests_for_a_code_that_goes_are_told(balie: Balie, ingang: str, soort: str, past: bool) -> None:
    """By the day that is asked for; one that was answered is no matter."""
    d = balie.dossier()
    laad_productcodes(balie.engine, d.gemeente, LIJST)
    if soort == "315":
        product = "Client/AangevraagdeProducten/AangevraagdProduct[1]"
        anders: dict[str, Boom] = {
            f"{product}/ToewijzingIngangsdatum": ingang,
            f"{product}/ToewijzingEinddatum": "2027-06-30",
        } | _van_code(product)
    else:
        product = "Client/Verzoek/NieuweProducten/NieuwProduct[1]"
        anders = {f"{product}/GewensteIngangsdatum": ingang, f"{product}/Einddatum": "2027-06-30"} | _van_code(product)
        anders |= {"Client/Verzoek/OngewijzigdeProducten": boom.WEG}
        balie.groep(d.toewijzing(Einddatum="2027-03-31"))
    [gesteld] = balie.groep(d.bericht(soort, anders))
    assert isinstance(gesteld, Ontvangst)
    assert gesteld.oordeel == "goedgekeurd", gesteld.bevindingen
    _, gevolg = laad_productcodes_vanaf(balie.engine, d.gemeente, STRAKS, NIEUWJAAR, proef=True)
    assert [(een.aanbieder, een.code, een.van) for een in gevolg.verzoeken] == (
        [] if past else [(d.aanbieder, "02T01", NIEUWJAAR)]
    )
    if soort == "315":
        [afgewezen] = balie.groep(d.bericht("319"))
        assert isinstance(afgewezen, Ontvangst)
        _, gevolg = laad_productcodes_vanaf(balie.engine, d.gemeente, STRAKS, NIEUWJAAR, proef=True)
        assert gevolg.verzoeken == ()


def test_what_began_before_stays_good_and_what_begins_later_is_refused(balie: Balie) -> None:
    d = balie.dossier()
    contract = Contract(overgang([_code("02T01", date(2025, 1, 1))], [_code("02T09", NIEUWJAAR)], NIEUWJAAR).lijst)
    eigen = Balie(balie.engine, balie.register, contract)
    [goed] = eigen.groep(d.toewijzing(Ingangsdatum="2026-12-31", Einddatum="2027-06-30"))
    assert goed.oordeel == "goedgekeurd"
    [fout] = eigen.groep(
        Dossier(d.gemeente, d.aanbieder, nummer=7).toewijzing(Ingangsdatum="2027-01-01", Einddatum="2027-06-30")
    )
    assert isinstance(fout, Ontvangst)
    assert "TR381" in [bevinding["regel"] for bevinding in fout.bevindingen]


def test_a_code_that_is_over_does_not_belong_in_it(balie: Balie) -> None:
    voorbij = STRAKS.replace(b"2027-01-01;", b"2026-01-01;2026-12-31")
    with pytest.raises(ContractFout, match="is op 2027-01-01 al voorbij"):
        laad_productcodes_vanaf(balie.engine, gemeenten()[0], voorbij, NIEUWJAAR)


def test_the_command_tells_it_without_a_client(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'proef.db'}"
    bestand = tmp_path / "lijst.csv"
    bestand.write_bytes(LIJST)
    assert draai("productcodes", "load", "0344", str(bestand), "--database-url", url).exit_code == 0
    bestand.write_bytes(STRAKS)
    opdracht = ("productcodes", "load", "0344", str(bestand), "--database-url", url)
    proef = draai(*opdracht, "--vanaf", "2027-01-01", "--proef")
    assert (proef.exit_code, "dit is een proef" in proef.stdout) == (0, True), proef.output
    echt = draai(*opdracht, "--vanaf", "2027-01-01")
    assert echt.stdout.splitlines()[:3] == [
        "De lijst van gemeente 0344 vanaf 2027-01-01 is geladen.",
        "Nieuw: 02 02T09.",
        "Vervalt: 02 02T01.",
    ]
    assert draai(*opdracht, "--proef").exit_code == 2
    assert draai(*opdracht, "--vanaf", "1-1-2027").exit_code == 2
