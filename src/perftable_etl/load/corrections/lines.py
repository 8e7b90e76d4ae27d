"""The lines of a sheet of decisions, and what may be wrong with one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple, cast, get_args

from perftable_etl.load.correction_row import Verdict
from perftable_etl.load.corrections.sheet import NO_VALUE, YES, SheetRow


class Unfit(Exception):
    """A line that cannot be applied, and why."""


class SheetLine(NamedTuple):
    """A line of a sheet by its number, from 1, with what stands there."""

    number: int
    row: SheetRow


class Decision(NamedTuple):
    """What a line decides. `decided_at` is None where the line does not say."""

    verdict: Verdict
    new_value: str | None
    reason: str | None
    author: str
    all_alike: bool
    decided_at: datetime | None


class Complaint(NamedTuple):
    """What is wrong with a line."""

    number: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.reason}"


_VERDICTS: tuple[str, ...] = get_args(Verdict)
_NO = frozenset({"", "no", "false", "0"})
_ALIKE = frozenset({YES, "true", "1", "y", "x"})


def decision_of(line: SheetLine, author: str | None) -> Decision:
    """What a line decides; `author` is who decides where it does not say. Raises Unfit."""
    row = line.row
    verdict = row.verdict.strip().lower()
    if verdict not in _VERDICTS:
        raise Unfit(f"the verdict {row.verdict} is none of {', '.join(_VERDICTS)}.")
    if not (row.author or author):
        raise Unfit("the author is missing. Fill in the column author, or give --author NAME.")
    needs_value = verdict in {"corrected", "added"}
    if needs_value and not row.new_value:
        raise Unfit(f"{verdict} needs a value in new_value. Write {NO_VALUE} if there is none.")
    return Decision(
        verdict=cast(Verdict, verdict),
        new_value=row.new_value if needs_value and row.new_value != NO_VALUE else None,
        reason=row.reason or None,
        author=row.author or author or "",
        all_alike=_is_alike(row.all_alike),
        decided_at=moment_in(row.decided_at),
    )


def _is_alike(text: str) -> bool:
    word = text.strip().lower()
    if word not in _NO | _ALIKE:
        raise Unfit(f"all_alike is {text}. Write {YES}, or leave it empty.")
    return word in _ALIKE


def moment_in(text: str) -> datetime | None:
    """A time in UTC; a program that opened the sheet may have left out the T. Raises Unfit."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unfit(
            f"decided_at is {text}, which is no time. Write 2026-11-26T09:30:00Z, or leave it empty."
        ) from error
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def number_in(column: str, text: str) -> int | None:
    """The number in a cell; None where it is empty. Raises Unfit."""
    if not text:
        return None
    try:
        return int(text.removesuffix(".0"))
    except ValueError as error:
        raise Unfit(f"{column} is {text}, which is no number.") from error
