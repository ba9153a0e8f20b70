"""What the tests take from npm, installed once from a lock with hashes: ``tests/npm``."""

import fcntl
import shutil
import subprocess
from pathlib import Path

import pytest

MAP = Path(__file__).parent / "npm"
_KLAAR = MAP / "node_modules" / ".package-lock.json"


def npm_map() -> Path:
    """The folder with what is installed. Skips a test where there is no npm."""
    if (npm := shutil.which("npm")) is None:
        pytest.skip("npm is not there")
    slot = MAP / "package-lock.json"
    with slot.open() as open_slot:
        fcntl.flock(open_slot, fcntl.LOCK_EX)  # tests run in more processes
        if not _KLAAR.exists() or _KLAAR.stat().st_mtime < slot.stat().st_mtime:
            opdracht = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(opdracht, cwd=MAP, check=True, capture_output=True, timeout=300)
    return MAP
