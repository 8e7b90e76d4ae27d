"""The command line: parses arguments, calls, prints, exits.

Each command is a module, and imports what it works with when it runs: help, the version and wrong calls need none of
it.
"""

from __future__ import annotations

from perftable_etl.cli.commands import app, main

__all__ = ["app", "main"]
