"""The console script in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

NOTHING: Mapping[str, str] = {}


def command(*arguments: str | Path) -> list[str]:
    """How the script is run with these arguments."""
    return [sys.executable, "-m", "perftable_etl", *map(str, arguments)]


def run_script(*arguments: str | Path, env: Mapping[str, str] = NOTHING) -> subprocess.CompletedProcess[str]:
    """Runs the script with pipes for a terminal; `env` is added to the environment."""
    return subprocess.run(
        command(*arguments), capture_output=True, encoding="utf-8", check=False, env={**os.environ, **env}
    )
