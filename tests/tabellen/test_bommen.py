"""What is little to send and much to read, in a process that may have little memory: it is refused with one cause, or read."""

import subprocess
import sys

import pytest

LEES = r"""
import resource, sys
from io import BytesIO
from pathlib import Path
from tests.werkmappen import maak
from berichtenverkeer.hoofdaannemer.laden.lezen import lees
from berichtenverkeer.hoofdaannemer.laden.soorten import SOORTEN
from berichtenverkeer.tabellen.fouten import GeenTabel
from berichtenverkeer.tabellen.lezen import STRENG, lees_tabel

BLAD, KOP = "xl/worksheets/sheet1.xml", b"segment;klasse;eenheid;euro;van;tot\n"
data = eval(sys.argv[1])
nu = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (nu + int(sys.argv[2]), -1))
try:
    print(len(lees(lees_tabel(data, STRENG), SOORTEN["tarieven"]).fouten), "fouten")
except GeenTabel as fout:
    print(fout)
"""

MB = 1_000_000


@pytest.mark.parametrize(
    ("bom", "geheugen", "antwoord"),
    [
        ("maak('', anders={BLAD: b'<worksheet>' + b' ' * 140_000_000 + b'</worksheet>'})", 50 * MB, "te groot"),
        ("maak('', anders={BLAD: b'<worksheet><sheetData>' + b'<row><c><v>1</v></c></row>' * 200_000 + b'</sheetData></worksheet>'})",
         100 * MB, "meer dan 150000 regels"),
        ("maak('', anders={BLAD: b'<worksheet><sheetData>' + b'<c>' * 3_000_000 + b'</sheetData></worksheet>'})", 50 * MB, "niet te lezen"),
        ("maak('', anders={'xl/workbook.xml': b'<a>' * 500_000})", 50 * MB, "niet te lezen"),
        ("KOP + b'b;k;maand;1;2020-01-01;\\n' * 1_000_000", 300 * MB, "meer dan 150000 regels"),
        ("KOP + b';;;;;\\n' * 1_000_000 + b';licht;maand;1;2020-01-01;\\n'", 100 * MB, "1 fouten"),
        ("b';'.join(b'k%d' % n for n in range(400_000))", 100 * MB, "voorbij kolom 200"),
        ("KOP + b';;x;x;x;x\\n' * 20_000", 100 * MB, "120000 fouten"),
    ],
    ids=["spaties", "rijen", "diep", "diepe bijzaak", "miljoen rijen", "lege rijen", "breed", "louter fouten"],
)  # fmt: skip
@pytest.mark.skipif(sys.platform != "linux", reason="only there a process can be held to so much memory")
def test_a_bomb_stays_within_its_memory(bom: str, geheugen: int, antwoord: str) -> None:
    klaar = subprocess.run(
        [sys.executable, "-c", LEES, bom, str(geheugen)], capture_output=True, text=True, check=False
    )
    assert antwoord in klaar.stdout, klaar.stderr
