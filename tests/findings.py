"""What holds for the message of each finding that any test comes upon."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import JsonValue

import perftable_etl
from perftable_etl.messages import TEMPLATE, Details
from perftable_etl.records import Finding

SOURCES = Path(perftable_etl.__file__).parent

_init = Finding.__init__


def checked_init(self: Finding, **data: Any) -> None:
    """Makes a finding and checks its message, where it is the program that makes it and no test."""
    _init(self, **data)
    if makes_details(Path(sys._getframe(1).f_code.co_filename)):
        check_message(self)


def makes_details(path: Path) -> bool:
    """Whether a file is of the program, and its messages are made of their details."""
    return path.is_relative_to(SOURCES)


def check_message(finding: Finding) -> None:
    """Whatever varies in a message is in its details, and what they say again is the message."""
    if finding.details is None:
        assert finding.message in literals(), f"something varies in this message, and it has no details: {finding!r}"
    else:
        assert rendered(finding.details) == finding.message


def rendered(details: Details) -> str:
    """The message that its details make. What is shown otherwise than it is kept (1,000; 50%) is told by its format."""
    parts = {name: _part(value) for name, value in details.items() if name != TEMPLATE}
    return str(details[TEMPLATE]).format(**parts)


def _part(value: JsonValue) -> Any:
    if isinstance(value, dict):
        return rendered(value)
    if isinstance(value, list):
        return ", ".join(str(_part(item)) for item in value)
    return _Shown(value) if isinstance(value, str) else value


class _Shown(str):
    """A text that may be a number that is exact: it takes the formats of one."""

    def __format__(self, spec: str) -> str:
        return format(Decimal(self), spec) if spec else str(self)


@lru_cache(maxsize=1)
def literals() -> frozenset[str]:
    """The texts that stand in the program as they are."""
    return frozenset(text for path in SOURCES.rglob("*.py") for text in texts_in(path))


def texts_in(path: Path) -> Iterator[str]:
    """The texts that stand in a file as they are."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
