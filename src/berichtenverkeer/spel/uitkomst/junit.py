"""The outcome as JUnit XML: one testcase per flow and law, so that a build server shows which one failed and why."""

from collections.abc import Sequence

from lxml import etree

from ..spelen.verloop import Verloop


def schrijf(verlopen: Sequence[Verloop]) -> bytes:
    """The document; a flow is a testcase of class ``berichtenflow.<wet>``."""
    suite = etree.Element(
        "testsuite",
        name="berichtenflow",
        tests=str(len(verlopen)),
        failures=str(sum(v.uitkomst == "verschil" for v in verlopen)),
        errors=str(sum(v.uitkomst == "fout" for v in verlopen)),
        skipped=str(sum(v.uitkomst == "overgeslagen" for v in verlopen)),
    )
    for verloop in verlopen:
        geval = etree.SubElement(suite, "testcase", classname=f"berichtenflow.{verloop.wet}", name=verloop.naam)
        if verloop.overgeslagen:
            etree.SubElement(geval, "skipped", message=_schoon(verloop.overgeslagen))
        elif verloop.fout:
            etree.SubElement(geval, "error", message=_schoon(verloop.fout))
        elif verloop.verschillen:
            stap, eerste = verloop.verschillen[0]
            kort = (
                f"stap {stap.nummer} ({stap.wat}): {eerste.wat}: verwacht {eerste.verwacht}, gekregen {eerste.gekregen}"
            )
            mis = etree.SubElement(geval, "failure", message=_schoon(kort), type="verschil")
            mis.text = _schoon(
                "\n".join(
                    f"stap {s.nummer}, regel {v.regel or s.regel}: {v.wat}: verwacht {v.verwacht}, gekregen {v.gekregen}. {v.uitleg}"
                    for s, v in verloop.verschillen
                )
            )
        elif verloop.afwijking:
            mis = etree.SubElement(geval, "failure", message="de bewaarde tijdlijn is anders", type="tijdlijn")
            mis.text = _schoon(verloop.afwijking)
    alles = etree.Element("testsuites")
    alles.append(suite)
    return etree.tostring(alles, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _schoon(tekst: str) -> str:
    """Without what XML cannot hold."""
    return "".join(teken for teken in tekst if teken in "\n\t" or teken >= " ")
