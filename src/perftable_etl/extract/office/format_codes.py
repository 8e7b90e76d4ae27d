"""Codes of number formats (`#,##0.00;-0`, `yyyy"年"m"月"`), taken apart: sections, and the tokens of each."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

TokenKind = Literal[
    "literal", "digit", "point", "comma", "percent", "exponent", "slash", "general", "text", "date", "elapsed", "half"
]
"""`half` is that of the day (AM/PM); `elapsed` are hours, minutes or seconds that do not start again."""


class Token(NamedTuple):
    """A part of a section that prints something: what it is, and its text."""

    kind: TokenKind
    text: str


class FormatSection(NamedTuple):
    """What a kind of value is printed by: the condition of the value, its tokens, and the numerals of its digits."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    numerals: str = ""

    def has(self, *kinds: TokenKind) -> bool:
        """Whether one of its tokens is of one of these kinds."""
        return any(token.kind in kinds for token in self.tokens)

    def holds_for(self, value: Decimal) -> bool:
        """Whether its condition, of which there must be one, holds."""
        assert self.condition
        sign, bound = self.condition
        return {
            "<": value < bound,
            "<=": value <= bound,
            ">": value > bound,
            ">=": value >= bound,
            "=": value == bound,
            "<>": value != bound,
        }[sign]


_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | _(?P<space>.)
    | \*(?P<fill>.)
    | \[\$(?P<currency>[^\]-]*)(?:-(?P<locale>[^\]]*))?\]
    | \[(?P<elapsed>h+|m+|s+)\]
    | \[DBNum(?P<numerals>\d)\]
    | \[(?P<sign><=|>=|<>|<|>|=)\s*(?P<bound>-?\d+(?:\.\d*)?)\]
    | \[(?P<other>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+)
    | (?P<digit>[0#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<slash>/)
    | (?P<text>@)
    | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

_SYSTEM: dict[str, str] = {"F800": 'yyyy"年"m"月"d"日"', "F400": "h:mm:ss"}
"""Locales that stand for the system's long date and its time; those of a Chinese system."""

_LONGEST = 255
"""Characters of a code. Excel allows no more."""

_SECTION = re.compile(r'(?:"[^"]*+"?|[\\!_*].|\[[^\]]*+\]?|[^;"])*+', re.DOTALL)
_PRINTED: tuple[TokenKind, ...] = (
    "general", "half", "exponent", "date", "digit", "point", "comma", "percent", "slash", "text",
)  # fmt: skip


@lru_cache(maxsize=1024)
def read_code(code: str) -> tuple[FormatSection, ...]:
    """The sections of a code, at least one."""
    texts, end = [], -1
    while end < len(code) <= _LONGEST:
        match = _SECTION.match(code, end + 1)
        assert match  # it may be empty
        texts.append(match[0])
        end = match.end()
    return tuple(map(_section, texts or ["General"]))


def _section(text: str) -> FormatSection:
    for match in _TOKEN.finditer(text):
        if match["locale"] and match["locale"].upper() in _SYSTEM:
            return _section(_SYSTEM[match["locale"].upper()])
    tokens: list[Token] = []
    condition, numerals = None, ""
    for match in _TOKEN.finditer(text):
        if match["sign"]:
            condition = match["sign"], Decimal(match["bound"])
        elif match["numerals"]:
            numerals = match["numerals"]
        else:
            tokens.extend(_printing(match))
    return FormatSection(tuple(tokens), condition, numerals)


def _printing(match: re.Match[str]) -> list[Token]:
    """The token that a match is; none for what prints nothing (colours, fillings)."""
    for name in ("quoted", "escaped", "currency", "literal"):
        if match[name] is not None:
            return [Token("literal", match[name])] if match[name] else []
    if match["space"]:
        return [Token("literal", " ")]
    if match["elapsed"]:
        return [Token("elapsed", match["elapsed"].lower())]
    return [Token(kind, match[kind]) for kind in _PRINTED if match[kind]]
