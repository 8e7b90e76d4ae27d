"""What doctor found, as JSON. It stands apart from `machine`, which needs the database that may be broken."""

from __future__ import annotations

import json
from collections.abc import Sequence

from perftable_etl.doctor import Check


def checks_json(checks: Sequence[Check]) -> str:
    """The same for programs."""
    return json.dumps([check._asdict() for check in checks], ensure_ascii=False, indent=2)
