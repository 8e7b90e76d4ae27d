"""What a check says."""

from __future__ import annotations

from typing import Literal, NamedTuple

Grade = Literal["ok", "warning", "error"]
"""A job runs well; it runs, but some of it may fail; it does not run."""


class Check(NamedTuple):
    """What was looked at, how it stands, and in one line what was found and what to do."""

    name: str
    grade: Grade
    message: str


def ok(name: str, message: str) -> Check:
    """All is as it should be."""
    return Check(name, "ok", message)


def warning(name: str, message: str) -> Check:
    """A job runs, but some of it may fail."""
    return Check(name, "warning", message)


def error(name: str, message: str) -> Check:
    """A job does not run."""
    return Check(name, "error", message)
