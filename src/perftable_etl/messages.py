"""Messages: a sentence and what varies in it, made from the same parts, so that one never says more than the other.

The details of a message have its template and its parts by name. So it can be said in another language, and a program
finds a number without reading the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Self

from pydantic import JsonValue

Details = dict[str, JsonValue]
"""What a message is made of: its `template`, and the parts by the names that the template has for them."""

Part = str | int | float | Decimal | date | Sequence[str] | Sequence[int] | None
"""What may vary in a message; another message may be a part of one."""

TEMPLATE = "template"


class Message(str):
    """A message with something that varies: `template` names each part in braces, as `str.format` takes it.

    A message in which nothing varies is a plain text.
    """

    details: Details

    def __new__(cls, template: str, /, **parts: Part) -> Self:
        """The message, made of the template and its parts."""
        message = super().__new__(cls, template.format(**{name: _shown(part) for name, part in parts.items()}))
        message.details = {TEMPLATE: template, **{name: _kept(part) for name, part in parts.items()}}
        return message

    @classmethod
    def again(cls, text: str, details: Details | None) -> str:
        """A message that was made before, from its text and its details, to be a part of another."""
        if details is None:
            return text
        message = super().__new__(cls, text)
        message.details = details
        return message


def details_of(message: str) -> Details | None:
    """What a message is made of; nothing where nothing in it varies."""
    return message.details if isinstance(message, Message) else None


def _shown(part: Part) -> Any:
    if isinstance(part, str) or not isinstance(part, Sequence):
        return part
    return ", ".join(map(str, part))


def _kept(part: Part) -> JsonValue:
    """A part as JSON has it: what is exact stays exact, as text."""
    if isinstance(part, Message):
        return part.details
    if part is None or isinstance(part, str | int | float):
        return part
    return str(part) if isinstance(part, Decimal | date) else [_kept(item) for item in part]
