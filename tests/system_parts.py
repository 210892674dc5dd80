"""Parts of the system that tests want beside Python packages: found, or the test says which Debian package brings it.

On a machine without it a test is skipped with that reason; with REDRESS_SYSTEM_PARTS=required, as `.ci/run` sets it, it fails.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

_PLACES = ("/usr/bin", "/usr/sbin", *(str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"))))


def system_part(command: str, package: str) -> str:
    """The path of a command."""
    found = shutil.which(command) or shutil.which(command, path=":".join(_PLACES))
    if found:
        return found
    reason = f"{command} is not installed: apt-get install {package}"
    if os.environ.get("REDRESS_SYSTEM_PARTS") == "required":
        pytest.fail(reason)
    pytest.skip(reason)
