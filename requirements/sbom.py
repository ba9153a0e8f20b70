"""The parts of what is installed (SBOM, CycloneDX 1.6, JSON), from the lock: what is in it, which version, by whom it is needed.

    python requirements/sbom.py [FILE]

It asks nothing of the network. What a file of a package must hash to is in the lock; licences are told by what is installed here.
"""

import json
import re
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

HIER = Path(__file__).parent
LOCK = HIER / "runtime.txt"
PROJECT = "berichtenverkeer"

_BEGIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"^\s+#(?: via)?\s+([A-Za-z0-9._-]+)(?: \(pyproject\.toml\))?$")
_RUIMTE = uuid.UUID("0b1b8a0f-6c5b-5c0e-8b0a-3f1f8f8f2d11")


@dataclass
class Pakket:
    """A package as the lock has it; ``via`` are those that need it."""

    naam: str
    versie: str
    hashes: list[str] = field(default_factory=list)
    via: list[str] = field(default_factory=list)

    @property
    def purl(self) -> str:
        """Its package URL."""
        return f"pkg:pypi/{_kort(self.naam)}@{self.versie}"


def _kort(naam: str) -> str:
    return re.sub(r"[-_.]+", "-", naam).lower()


def lees(lock: str) -> list[Pakket]:
    """The packages in a lock file."""
    pakketten: list[Pakket] = []
    for regel in lock.splitlines():
        if (begin := _BEGIN.match(regel)) is not None:
            pakketten.append(Pakket(begin[1], begin[2]))
        elif pakketten and (hash_ := _HASH.search(regel)) is not None:
            pakketten[-1].hashes.append(hash_[1])
        elif pakketten and (via := _VIA.match(regel)) is not None:
            pakketten[-1].via.append(_kort(via[1]))
    return pakketten


def sbom(pakketten: Sequence[Pakket], versie: str) -> dict[str, Any]:
    """The document. The same lock gives the same, so it holds no moment and its number follows from what is in it."""
    eigen = f"pkg:pypi/{PROJECT}@{versie}"
    op_naam = {_kort(pakket.naam): pakket.purl for pakket in pakketten} | {PROJECT: eigen}
    inhoud = " ".join(pakket.purl for pakket in pakketten)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_RUIMTE, f'{eigen} {inhoud}')}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": eigen,
                "name": PROJECT,
                "version": versie,
                "purl": eigen,
                "licenses": [{"license": {"id": "EUPL-1.2"}}],
            }
        },
        "components": [_onderdeel(pakket) for pakket in pakketten],
        "dependencies": list(_afhankelijk(pakketten, op_naam)),
    }


def _onderdeel(pakket: Pakket) -> dict[str, Any]:
    uit: dict[str, Any] = {
        "type": "library",
        "bom-ref": pakket.purl,
        "name": pakket.naam,
        "version": pakket.versie,
        "purl": pakket.purl,
        "externalReferences": [
            {
                "type": "distribution",
                "url": pakket.purl,
                "comment": "een van de bestanden die de lock toelaat",
                "hashes": [{"alg": "SHA-256", "content": hash_}],
            }
            for hash_ in pakket.hashes
        ],
    }
    licentie = _licentie(pakket.naam)
    return uit | ({"licenses": [{"license": {"name": licentie}}]} if licentie else {})


def _licentie(naam: str) -> str | None:
    """What the package says of itself, in a line."""
    try:
        velden = metadata(naam)
    except PackageNotFoundError:  # it is of another system
        return None
    zelf = [*(velden.get_all("License-Expression") or ()), *(velden.get_all("License") or ())]
    gezegd = zelf[0].strip().partition("\n")[0] if zelf else ""
    soorten = [
        soort.rpartition(" :: ")[2] for soort in velden.get_all("Classifier") or () if soort.startswith("License ::")
    ]
    return gezegd or ", ".join(soorten) or None


def _afhankelijk(pakketten: Sequence[Pakket], op_naam: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for naam, purl in op_naam.items():
        yield {"ref": purl, "dependsOn": sorted(pakket.purl for pakket in pakketten if naam in pakket.via)}


def main() -> None:
    """Write it, on standard output when no file is named."""
    from berichtenverkeer import __version__

    tekst = json.dumps(sbom(lees(LOCK.read_text("utf-8")), __version__), indent=2, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(tekst, "utf-8")
    else:
        sys.stdout.write(tekst)


if __name__ == "__main__":
    main()
