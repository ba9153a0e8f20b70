"""What the operator keeps of a contract counts for the messages that come in after it, without a restart."""

from tests.conformance.boom import WEG, Boom
from tests.knoop import Knoop, Paar

from berichtenverkeer.partijen.contracten import kies, laad_productcodes, voeg_tarief_toe

LIJST = "categorie;code;eenheid;variant;van;tot\n02;02T01;04;{variant};2026-01-01;\n02;02T02;04;{variant};2026-01-01;\n"


def test_a_product_code_is_held_against_the_list(node: Knoop, paar: Paar) -> None:
    code = {"Product__Code": "02T99"}
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing(**code))
    laad_productcodes(node.engine, paar.gemeentecode, LIJST.format(variant="inspanning").encode())
    node.binnen.register.kijk()
    uit = paar.gemeente.aangenomen(paar.dossier(nummer=1002).toewijzing(**code))
    assert [(b["regel"], b["retourcode"], b["waarde"]) for b in uit["bevindingen"] if b["ernst"] == "fout"] == [
        ("TR381", "S329", "02T99")
    ]
    paar.gemeente.goedgekeurd(paar.dossier(nummer=1003).toewijzing())


def test_the_list_and_the_setting_say_what_is_taakgericht(node: Knoop, paar: Paar) -> None:
    zonder_nummer = {"ToewijzingNummer": WEG}
    uit = paar.aanbieder.aangenomen(paar.dossier().start(**zonder_nummer))
    assert [b["regel"] for b in uit["bevindingen"] if b["ernst"] == "fout"] == ["TR019"]
    laad_productcodes(node.engine, paar.gemeentecode, LIJST.format(variant="taakgericht").encode())
    node.binnen.register.kijk()
    paar.aanbieder.goedgekeurd(paar.dossier().start(**zonder_nummer))
    generiek = {**zonder_nummer, "Product": WEG}
    assert paar.aanbieder.aangenomen(paar.dossier().start(**generiek))["oordeel"] == "afgekeurd"
    kies(node.engine, paar.gemeentecode, {"variant": "taakgericht"})
    node.binnen.register.kijk()
    paar.aanbieder.goedgekeurd(paar.dossier().start(**generiek))


def test_a_tariff_is_held_against_the_contract(node: Knoop, paar: Paar) -> None:
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    voeg_tarief_toe(node.engine, paar.gemeentecode, paar.agb, "02T01", "04", "5100", "2026-01-01")
    node.binnen.register.kijk()
    een_prestatie: dict[str, Boom] = {
        "Declaratie/TotaalIngediendBedrag/TotaalBedrag": "60000",
        "Declaratie/Clienten/Client[1]/Prestaties/Prestatie[2]": WEG,
    }
    uit = paar.aanbieder.aangenomen(paar.dossier().bericht("323", een_prestatie))
    assert uit["oordeel"] == "afgekeurd"
    assert [(b["regel"], b["retourcode"], b["waarde"]) for b in uit["bevindingen"] if b["ernst"] == "fout"] == [
        ("TR418", "0611", "5000")
    ]
