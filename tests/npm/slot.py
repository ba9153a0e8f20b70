"""Make the lock of what comes from npm again, without addresses: a lock names packages, versions and hashes only."""

import json
import subprocess
from pathlib import Path

MAP = Path(__file__).parent
SLOT = MAP / "package-lock.json"


def main() -> None:
    """Ask npm what there is, and leave out of it where one may read or pay."""
    opdracht = ["npm", "install", "--package-lock-only", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"]
    subprocess.run(opdracht, cwd=MAP, check=True)
    slot = json.loads(SLOT.read_text(encoding="utf-8"))
    for pakket in slot["packages"].values():
        for naam in [naam for naam, waarde in pakket.items() if "://" in json.dumps(waarde)]:
            del pakket[naam]
    SLOT.write_text(json.dumps(slot, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
