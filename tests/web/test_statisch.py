"""What pages load besides themselves: as it was borrowed, and small."""

import hashlib
import json
from importlib.resources import files

from berichtenverkeer.web import statisch

_GELEEND = files("berichtenverkeer.web") / "statisch" / "geleend"


def test_what_is_borrowed_is_as_it_was() -> None:
    herkomst = json.loads((_GELEEND / "herkomst.json").read_text(encoding="utf-8"))
    stijlen = {een.name: een.read_bytes() for een in _GELEEND.iterdir() if een.name.endswith(".css")}
    assert {naam: hashlib.sha256(data).hexdigest() for naam, data in stijlen.items()} == {
        naam: een["sha256"] for naam, een in herkomst.items()
    }
    assert {een["licentie"] for een in herkomst.values()} == {"EUPL-1.2"}


def test_nothing_comes_from_elsewhere() -> None:
    for _, data in statisch._bestanden().values():
        kaal = data.replace(b"http://www.w3.org/2000/svg", b"")
        assert b"//" not in kaal.replace(b"https://", b"//") or b"url(" not in kaal
        assert b"url(" not in kaal
        assert len(data) < 150_000
