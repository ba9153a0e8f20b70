"""Copy what the pages borrow from npm into the package: from the lock, with the hash, the version and the licence of each file, so that
pages need no npm. A test holds the copies against ``herkomst.json``."""

import hashlib
import json
import subprocess
from pathlib import Path

MAP = Path(__file__).parent
NAAR = MAP.parent.parent / "src" / "berichtenverkeer" / "web" / "statisch" / "geleend"

STIJLEN = {
    "@nl-design-system-candidate/button-css": "dist/button.css",
    "@nl-design-system-candidate/data-badge-css": "dist/data-badge.css",
    "@nl-design-system-candidate/link-css": "dist/link.css",
    "@nl-design-system-candidate/skip-link-css": "dist/skip-link.css",
    "@utrecht/alert-css": "dist/index.min.css",
    "@utrecht/breadcrumb-nav-css": "dist/index.min.css",
    "@utrecht/data-list-css": "dist/index.min.css",
    "@utrecht/form-field-css": "dist/index.min.css",
    "@utrecht/form-field-description-css": "dist/index.min.css",
    "@utrecht/form-field-error-message-css": "dist/index.min.css",
    "@utrecht/form-label-css": "dist/index.min.css",
    "@utrecht/select-css": "dist/index.min.css",
    "@utrecht/table-css": "dist/index.min.css",
    "@utrecht/textarea-css": "dist/index.min.css",
    "@utrecht/textbox-css": "dist/index.min.css",
}
"""Of each component that the pages use, its styles."""


def main() -> None:
    """Install from the lock, and copy."""
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=MAP, check=True)
    slot = json.loads((MAP / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    NAAR.mkdir(parents=True, exist_ok=True)
    herkomst = {}
    for pakket, bestand in STIJLEN.items():
        data = (MAP / "node_modules" / pakket / bestand).read_bytes()
        regels = [regel for regel in data.decode().splitlines() if not regel.startswith("/*# sourceMappingURL")]
        data = ("\n".join(regels).strip() + "\n").encode()
        naam = pakket.removeprefix("@").replace("/", "-").removesuffix("-css") + ".css"
        (NAAR / naam).write_bytes(data)
        van = slot[f"node_modules/{pakket}"]
        herkomst[naam] = {
            "pakket": pakket,
            "versie": van["version"],
            "integrity": van["integrity"],
            "licentie": van["license"],
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    (NAAR / "herkomst.json").write_text(json.dumps(herkomst, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
