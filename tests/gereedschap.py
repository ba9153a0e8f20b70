"""What the tests take from others and is no part of the environment they run in: each installed once, from a lock with hashes."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_HIER = Path(__file__).parent
_NPM = _HIER / "npm"
_GENERATOR = _HIER / "klanten" / ".venv"
"""In an environment of its own: openapi-python-client wants an older typer than the software."""


def npm_map() -> Path:
    """The folder with what comes from npm. Skips a test where there is no npm."""
    if (npm := shutil.which("npm")) is None:
        pytest.skip("npm is not there")
    slot = _NPM / "package-lock.json"
    _eenmaal(
        slot, _NPM / "node_modules" / ".package-lock.json", [[npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]]
    )
    return _NPM


def generator() -> Path:
    """The folder with the commands of openapi-python-client."""
    uv, slot = Path(sys.executable).parent / "uv", _HIER.parent / "requirements" / "generator.txt"
    python = _GENERATOR / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    stappen: list[list[str | Path]] = [
        [uv, "venv", "--quiet", "--clear", "--python", sys.executable, _GENERATOR],
        [uv, "pip", "install", "--quiet", "--python", python, "--no-deps", "--require-hashes", "-r", slot],
    ]
    _eenmaal(slot, _GENERATOR / ".klaar", stappen)
    return python.parent


def _eenmaal(slot: Path, klaar: Path, stappen: list[list[str | Path]]) -> None:
    """Install what a lock says, unless that was done since it changed; tests run in more processes."""
    with slot.open() as open_slot:
        fcntl.flock(open_slot, fcntl.LOCK_EX)
        if not klaar.exists() or klaar.stat().st_mtime < slot.stat().st_mtime:
            for stap in stappen:
                subprocess.run(stap, cwd=slot.parent, check=True, capture_output=True, timeout=300)
            klaar.touch()
