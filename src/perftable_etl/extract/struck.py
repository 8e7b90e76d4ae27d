"""Lines that change what a text says: one through it strikes it out, one below > or < makes it ≥ or ≤.

Such a line is as long as the text, or as the sign, that it is drawn for. The page is read as a person reads it, and
what was changed is told: a line may lie there by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from perftable_etl.document import Box, Flaw, Page, Rule, Word
from perftable_etl.geometry.boxes import around_words

_ENDS = 0.4
"""Of a text's height: how far its line may end before it or behind it."""

_THROUGH = (0.3, 0.7)
"""Of a text's height: where a line runs that strikes it out."""

_SIGNS = {">": "≥", "＞": "≥", "<": "≤", "＜": "≤"}


class _Mend(NamedTuple):
    """A line that changes a text: the words that it strikes out, and those that it makes others."""

    rule: Rule
    struck: frozenset[Word] = frozenset()
    signed: frozenset[Word] = frozenset()


def as_read(page: Page, flaws: Iterable[Flaw]) -> Page | None:
    """A page without what its lines strike out, and with the signs they make; None where there are none.

    `flaws` say which words have a line through them, or below their sign.
    """
    mends = [mend for flaw in flaws for mend in _mends(page, flaw)]
    if not mends:
        return None
    struck = {word for mend in mends for word in mend.struck}
    signed = {word for mend in mends for word in mend.signed}
    words = (_signed(word) if word in signed else word for word in page.words if word not in struck)
    rules = {mend.rule for mend in mends}
    return replace(page, words=tuple(words), rules=tuple(rule for rule in page.rules if rule not in rules))


def _mends(page: Page, flaw: Flaw) -> Iterator[_Mend]:
    box = flaw.place.box
    own = frozenset(word for word in page.words if word.box == box)
    for rule in page.rules if own else ():
        if not rule.is_horizontal or rule.x0 > box.x1 or rule.x1 < box.x0:
            continue
        if flaw.kind == "ruled_through" and _is_within(rule, box, _THROUGH):
            line = _line_of(page.words, rule)
            if line and _fits(rule, around_words(line)):
                yield _Mend(rule, struck=frozenset(line))
        elif flaw.kind == "sign_underlined" and _is_below(rule, box):
            yield _Mend(rule, signed=own)


def _line_of(words: Sequence[Word], rule: Rule) -> list[Word]:
    """The words that a line runs through, none of which goes on beyond it."""
    return [
        word
        for word in words
        if _is_within(rule, word.box, _THROUGH)
        and rule.x0 - _slack(word.box) <= word.box.x0
        and word.box.x1 <= rule.x1 + _slack(word.box)
    ]


def _fits(rule: Rule, text: Box) -> bool:
    """Whether a line begins and ends with a text."""
    return abs(rule.x0 - text.x0) <= _slack(text) and abs(rule.x1 - text.x1) <= _slack(text)


def _slack(box: Box) -> float:
    return _ENDS * (box.y1 - box.y0)


def _is_within(rule: Rule, box: Box, low_high: tuple[float, float]) -> bool:
    low, high = low_high
    return low <= ((rule.y0 + rule.y1) / 2 - box.y0) / (box.y1 - box.y0 or 1) <= high


def _is_below(rule: Rule, box: Box) -> bool:
    """Whether a line no longer than one character stands at the foot of a text's first."""
    high = box.y1 - box.y0
    is_low = (rule.y0 + rule.y1) / 2 > (box.y0 + box.y1) / 2
    return is_low and rule.x1 - rule.x0 <= 1.3 * high and abs(rule.x0 - box.x0) <= _ENDS * high


def _signed(word: Word) -> Word:
    """A word whose sign has a line below it."""
    return word._replace(text=_SIGNS.get(word.text[0], word.text[0]) + word.text[1:])
