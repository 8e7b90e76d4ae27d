"""What a snapshot is besides the next one: a release that is cited and kept, and whether it comes as Parquet, too."""

from __future__ import annotations

import re
from typing import NamedTuple

from perftable_etl.errors import UsageError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Release(NamedTuple):
    """`name` is that of a release, None: a snapshot like any other; `has_parquet`: readers get Parquet, too."""

    name: str | None = None
    has_parquet: bool = False

    def require_name(self) -> None:
        """Raises UsageError where the name cannot be that of a folder."""
        if self.name is not None and not _NAME.fullmatch(self.name):
            raise UsageError(
                f"{self.name} cannot be the name of a release. Use letters, digits, dots, hyphens and underscores, as "
                "in 2026.1."
            )


ORDINARY = Release()
"""A snapshot that the next ones replace."""
