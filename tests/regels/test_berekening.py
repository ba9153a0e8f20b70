"""The sentences in which a finding says what is wrong and how it was reckoned, to the letter."""

import pytest
from tests.conformance.gevallen import gevallen
from tests.conformance.knooppunt import speel

GEVALLEN = {geval.id: geval for geval in gevallen()}

ZINNEN: dict[str, tuple[str, ...]] = {
    "TR358-323-negatief-saldo-is-credit-iwmo-fout": (
        "TotaalIngediendBedrag is 350,00 euro, maar de prestaties zijn samen -350,00 euro.",
        "Debet is samen 250,00 euro, credit 600,00 euro.",
        "Debet min credit is -350,00 euro.",
    ),
    "TR346-323-een-halve-cent-naar-boven-iwmo-fout": (
        "Bedrag 75,02 euro is niet 75,85 euro.",
        "91 minuten × 50,01 euro per uur / 60 = 75,85 euro, afgerond op hele centen.",
        "Ingediend is 75,02 euro.",
    ),
    "TR369-323-wat-eerder-is-gedeclareerd-telt-mee-iwmo-fout": (
        "Met deze 250,00 euro is op de toewijzing 500,00 euro gedeclareerd, meer dan het budget van 499,99 euro.",
        "Het budget van de toewijzing is 499,99 euro.",
        "Eerder gedeclareerd 250,00 euro, nu 250,00 euro: samen 500,00 euro.",
        "Dat is 0,01 euro te veel.",
    ),
    "TR321-323-twintig-uur-in-minuten-ijw-fout": (
        "1.201 minuten is meer dan het maximum in deze periode, 1.200 minuten.",
        "Weken 5 tot en met 9 worden geraakt: 5 weken.",
        "5 weken × 4 uur = 20 uur.",
        "20 uur is 1.200 minuten.",
        "1.201 minuten is 1 minuut meer dan 1.200 minuten.",
    ),
    "TR322-323-een-creditregel-in-hetzelfde-bericht-maakt-ruimte-iwmo-fout": (
        "Met deze 4 uur is op de toewijzing 8 uur gedeclareerd, meer dan het maximum van 4 uur.",
        "Week 5 wordt geraakt: 1 week.",
        "1 week × 4 uur = 4 uur.",
        "Eerder gedeclareerd 4 uur, nu 4 uur: samen 8 uur.",
        "8 uur is 4 uur meer dan 4 uur.",
    ),
    "TR314-323-een-nieuw-referentienummer-iwmo-fout": (
        "ReferentieNummer R0 is al gebruikt in een eerdere declaratie.",
    ),
    "TR314-323-een-eigen-referentienummer-bij-iedere-client-ijw-fout": (
        "ReferentieNummer R1 is al gebruikt in dit bericht.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("id_", ZINNEN)
def test_the_sentences_of_a_finding(id_: str) -> None:
    geval = GEVALLEN[id_]
    oordeel, _ = speel(geval)
    gevonden = [(b.melding, *b.berekening) for b in oordeel.bevindingen if b.regel == geval.regel]
    assert gevonden == [ZINNEN[id_]]
