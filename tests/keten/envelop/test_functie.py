"""Functies, the codes of parties, and whether what is in an envelope is what the envelope says."""

import pytest

from berichtenverkeer.keten.envelop.fouten import Afgekeurd, GeenSoap, code_voor
from berichtenverkeer.keten.envelop.functie import FUNCTIES, in_vier_cijfers, keur_functie
from berichtenverkeer.keten.envelop.organisatie import is_adres, rol_van
from berichtenverkeer.keten.envelop.partijcheck import keur_applicatie, keur_inhoud, partijen
from berichtenverkeer.keten.envelop.stuf import Systeem
from berichtenverkeer.standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, Ketenrol
from berichtenverkeer.standaard.fouten import Berichtfout, OnbekendBericht, OngeldigBericht, Onleesbaar, TeGroot
from berichtenverkeer.standaard.lezen import lees

from ...standaard.berichtgenerator import als_bytes, element, voorbeeld
from .voorbeelden import JW307, JW308, SCHEMAS

ALLE = pytest.mark.parametrize("soort", BERICHTSOORTEN.values(), ids=str)
HEEN = {"301", "305", "307", "315", "317", "319", "323"}
RETOUR = {"302", "306", "308", "316", "318", "320"}


def code_van(
    functie: str | None, versie: str, subversie: str, berichtcode: str, rol: Ketenrol | None, is_tekst: bool = False
) -> str:
    """The code of the refusal."""
    with pytest.raises(Afgekeurd) as gevangen:
        keur_functie(functie, versie, subversie, berichtcode, rol, is_tekst=is_tekst)
    return gevangen.value.code


def test_there_are_28_functies() -> None:
    assert len(FUNCTIES) == 28
    assert in_vier_cijfers(FUNCTIES["JW315"].soort.versie) == ("0003", "0002")
    assert FUNCTIES["JW315"].actie == "VerzoekToewijzing"
    assert FUNCTIES["WMO308"].berichttype == "WMO"


@ALLE
def test_every_functie_goes_in_its_own_envelope_only(soort: Berichtsoort) -> None:
    past = {code for code in ("Di01", "Du01") if code in FUNCTIES[soort.code].berichtcodes}
    verwacht = {"Di01"} if soort.nummer in HEEN else {"Du01"} if soort.nummer in RETOUR else {"Di01", "Du01"}
    assert past == verwacht
    for berichtcode in past:
        assert keur_functie(soort.code, "0003", "0002", berichtcode, soort.verzender).soort is soort
    for berichtcode in {"Di01", "Du01"} - past:
        assert code_van(soort.code, "0003", "0002", berichtcode, soort.verzender) == "IB006"


def test_a_325_is_written_as_di01() -> None:
    assert FUNCTIES["WMO325"].berichtcodes[0] == "Di01"


@pytest.mark.parametrize(
    ("functie", "versie", "subversie", "berichtcode", "rol", "is_tekst", "code"),
    [
        ("WMO399", "0003", "0002", "Di01", Ketenrol.GEMEENTE, False, "IB004"),
        ("jw307", "0003", "0002", "Di01", Ketenrol.AANBIEDER, False, "IB004"),
        ("", "0003", "0002", "Di01", Ketenrol.AANBIEDER, False, "IB004"),
        (None, "0003", "0002", "Di01", Ketenrol.AANBIEDER, False, "IB004"),
        ("JW307", "0003", "0002", "Di01", Ketenrol.AANBIEDER, True, "IB004"),
        ("JW307", "0003", "0001", "Di01", Ketenrol.AANBIEDER, False, "IB023"),
        ("JW307", "0002", "0002", "Di01", Ketenrol.AANBIEDER, False, "IB023"),
        ("JW308", "0003", "0001", "Di01", Ketenrol.AANBIEDER, False, "IB023"),
        ("JW308", "0003", "0002", "Di01", Ketenrol.GEMEENTE, False, "IB006"),
        ("JW305", "0003", "0002", "Di01", Ketenrol.GEMEENTE, False, "IB007"),
        ("JW305", "0003", "0002", "Di01", None, False, "IB007"),
    ],
)
def test_the_first_thing_wrong_with_a_functie_gives_the_code(
    functie: str | None, versie: str, subversie: str, berichtcode: str, rol: Ketenrol | None, is_tekst: bool, code: str
) -> None:
    assert code_van(functie, versie, subversie, berichtcode, rol, is_tekst) == code


@pytest.mark.parametrize(
    ("code", "rol"),
    [
        ("0034", Ketenrol.GEMEENTE),
        ("01023456", Ketenrol.AANBIEDER),
        ("CBS", None),
        ("123", None),
        ("٠٠٣٤", None),
        ("0034\n", None),
        ("", None),
    ],
)
def test_a_code_says_whose_it_is(code: str, rol: Ketenrol | None) -> None:
    assert rol_van(code) is rol
    assert is_adres(code) == (rol is not None or code == "CBS")


# What is in the envelope


@ALLE
def test_a_message_goes_between_the_parties_of_its_envelope(soort: Berichtsoort) -> None:
    wortel = voorbeeld(soort)
    gemeente_is_afzender = soort.opsteller_afzender is Ketenrol.GEMEENTE
    element(wortel, "Afzender").text, element(wortel, "Ontvanger").text = (
        ("0034", "01023456") if gemeente_is_afzender else ("01023456", "0034")
    )
    bericht = lees(als_bytes(wortel), SCHEMAS).bericht
    zender, ontvanger = ("0034", "01023456") if soort.verzender is Ketenrol.GEMEENTE else ("01023456", "0034")
    assert partijen(soort, bericht) == (zender, ontvanger)
    keur_inhoud(soort, soort, bericht, zender, ontvanger)
    for fout in ((ontvanger, zender), (zender, "01023457"), ("0035", ontvanger)):
        with pytest.raises(Afgekeurd) as gevangen:
            keur_inhoud(soort, soort, bericht, *fout)
        assert gevangen.value.code == "CC09"


def test_the_example_goes_from_aanbieder_to_gemeente_and_back() -> None:
    heen, retour = lees(JW307, SCHEMAS), lees(JW308, SCHEMAS)
    keur_inhoud(heen.soort, heen.soort, heen.bericht, "73730042", "1680")
    keur_inhoud(retour.soort, retour.soort, retour.bericht, "1680", "73730042")


def test_another_message_than_the_functie_names_is_refused() -> None:
    heen = lees(JW307, SCHEMAS)
    with pytest.raises(Afgekeurd) as gevangen:
        keur_inhoud(BERICHTSOORTEN["JW305"], heen.soort, heen.bericht, "73730042", "1680")
    assert gevangen.value.code == "IB014"


@pytest.mark.parametrize("veld", [{"BerichtCode": "418"}, {"BerichtVersie": 2}, {"BerichtSubversie": 1}])
def test_a_header_of_another_message_or_release_is_refused(veld: dict[str, object]) -> None:
    heen = lees(JW307, SCHEMAS)
    bericht = heen.bericht.model_copy(update={"Header": heen.bericht.Header.model_copy(update=veld)})
    with pytest.raises(Afgekeurd) as gevangen:
        keur_inhoud(heen.soort, heen.soort, bericht, "73730042", "1680")
    assert gevangen.value.code == "IB014"


@pytest.mark.parametrize("applicatie", ["   ", "\t \n "])
def test_a_blank_applicatie_is_none(applicatie: str) -> None:
    keur_applicatie(Systeem("1680", "Voorbeeldsuite"))
    with pytest.raises(Afgekeurd) as gevangen:
        keur_applicatie(Systeem("1680", applicatie))
    assert gevangen.value.code == "IB017"


@pytest.mark.parametrize(
    ("fout", "gemeente", "aanbieder"),
    [
        (TeGroot("x", "x"), "IB012", "BRS06"),
        (Onleesbaar("x", "x"), "IB014", "BRS14"),
        (GeenSoap("x", "x"), "IB014", "BRS14"),
        (OnbekendBericht("x", "x"), "IB014", "BRS13"),
        (OngeldigBericht("JW307", ()), "IB014", "BRS13"),
        (Afgekeurd("IB014", "x", "x"), "IB014", "BRS13"),
        (Afgekeurd("IB010", "x", "x"), "IB010", "BRS04"),
        (Afgekeurd("BRS16", "x", "x"), "IB902", "BRS16"),
        (Afgekeurd("BRS29", "x", "x"), "BRS29", "BRS29"),
        (Afgekeurd("CC09", "x", "x"), "CC09", "CC09"),
        (Afgekeurd("IB005", "x", "x"), "IB005", "IB005"),
    ],
)
def test_each_party_gets_the_code_of_its_own_side(fout: Berichtfout, gemeente: str, aanbieder: str) -> None:
    assert (code_voor(fout, Ketenrol.GEMEENTE), code_voor(fout, Ketenrol.AANBIEDER)) == (gemeente, aanbieder)
