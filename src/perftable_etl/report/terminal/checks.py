"""What doctor found, one line a check."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.doctor import Check, Grade
from perftable_etl.report.terminal.console import Text, printable, show
from perftable_etl.report.wording import number_of

_STYLES: dict[Grade, str] = {"ok": "green", "warning": "bold yellow", "error": "bold red"}


_WIDTH = 20
"""Columns for the longest name of a check."""


def show_check(check: Check) -> None:
    """One check, as soon as it is done."""
    grade = Text(f"{check.grade:7}  ", _STYLES[check.grade])
    show(Text.assemble(grade, f"{check.name:{_WIDTH}}  ", printable(check.message)))


def show_verdict(checks: Sequence[Check]) -> None:
    """How many checks are not well."""
    grades = [check.grade for check in checks]
    bad = ", ".join(number_of(grades.count(grade), grade) for grade in ("error", "warning"))
    show("All is well." if set(grades) == {"ok"} else f"{bad}.")
