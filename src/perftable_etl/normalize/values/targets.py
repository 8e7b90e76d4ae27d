"""The grammar of target values: ≥90.00(%), 不超过3000元/人, 5～8场, 12月31日前, 较上年增长10%以上, 城区≥95%，农村≥90%.

The rules are those of the project's domain notes (The grammar of values). A printed value is folded (half-width, no
white space, wrapped lines joined) and offered to the rules in order; the first that understands all of it decides. What
no rule understands is kept as text. Nothing is repaired and nothing raises: text that looks damaged by scanning or
copying gets the remark `damaged`, a unit that the lexicon does not have the remark `unknown_unit`, and text that has
digits and that no rule reads as a value the remark `unread`.

    cell   := missing | deadline | zero | prefix? amount | clause (separator clause)+ | text
    prefix := label | verb | 每 unit | baseline? change | condition
    amount := sign? number tail | number tail? 至 number tail | number? ± number tail | amount 且 amount
    tail   := (多|余)? unit? bound? "(" (unit | note) ")"? bound? rest
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR
from functools import lru_cache

import regex

from perftable_etl.normalize.values.amount_targets import TargetText, bound_target, compound_of, prefixed_target
from perftable_etl.normalize.values.page_numbers import without_page_number
from perftable_etl.normalize.values.prefixes import HAS_DIGIT
from perftable_etl.normalize.values.text import fold_number
from perftable_etl.normalize.values.word_targets import (
    ANY_NUMBER,
    deadline_target,
    missing_target,
    named_target,
    relative_target,
    unread_target,
    with_doubts,
    zero_target,
)
from perftable_etl.normalize.values.wording import CLAUSE_BREAK, SIGNS, folded
from perftable_etl.records import Target


def parse_target(text: str, *, year: int | None = None) -> Target:
    """The meaning of one printed indicator value. `year` is the form's, for deadlines that print none. Never raises.

    `value` and `unit` are as printed; `base_value` and `base_unit` are scaled exactly (≤1.10(万元/次) → 11000 元/次).
    """
    return _parse(text, year if year is None or MINYEAR <= year < MAXYEAR else None)


@lru_cache(maxsize=1 << 15)
def _parse(text: str, year: int | None) -> Target:
    if _SURROGATE.search(text):  # pydantic takes no lone surrogates, and there is nothing in such text to read
        return Target.model_construct(raw=text, kind="qualitative", remarks=("damaged",))
    return _read(TargetText(text, folded(without_page_number(text)), year))


_SURROGATE = regex.compile(r"[\uD800-\uDFFF]")
_LONGEST = 400
"""Longer texts are prose: no target is that long, and reading them as one could take long."""


def _read(printed: TargetText) -> Target:
    if len(printed.text) > _LONGEST:
        return unread_target(printed)
    for rule in _RULES:
        target = rule(printed)
        if target is not None:
            return with_doubts(target, printed.text)
    return unread_target(printed)


_POINTS = frozenset("·・‧∙⋅。｡")


def _pointed_target(printed: TargetText) -> Target | None:
    """≥8000·00(册), 95。5%: a mark between digits is a decimal point where all is a quantity then; that is told."""
    if _POINTS.isdisjoint(printed.text):
        return None
    pointed = fold_number(printed.text)
    target = _read(printed._replace(text=pointed)) if pointed != printed.text else None
    if target is None or target.kind not in {"quantitative", "change"} or "unknown_unit" in target.remarks:
        return None
    return target.model_copy(update={"remarks": (*target.remarks, "damaged")})


_OTHER_YEAR = regex.compile(
    r"\((?:(?P<year>(?:19|20)[0-9]{2})年?度?|上一?年度?|去年|前一?年度?|往年|基期|基年)[^()0-9≥≤=<>±]{0,8}[0-9][0-9.,]*[^()0-9]{0,6}\)$"
)


def _noted_target(printed: TargetText) -> Target | None:
    """≥95%(2022:90%): what a bracket says of another year is no bound of this one."""
    match = _OTHER_YEAR.search(printed.text) if printed.text.endswith(")") else None
    if match is None or (match["year"] and int(match["year"]) == printed.year):
        return None
    target = _read(printed._replace(text=printed.text[: match.start()]))
    return target if target.value is not None else None


_NUMBERING = regex.compile(r"^(?:\(?[0-9一二三四五六七八九十]{1,2}[.)])(?=[^0-9])")


def _compound_target(printed: TargetText) -> Target | None:
    """城区≥95%，农村≥90%; 一类50元/天、二类30元/天: several clauses, of which some hold amounts (domain rule 9)."""
    clauses = [clause for clause in CLAUSE_BREAK.split(printed.text) if clause]
    amounts = _with_conditions(clauses)
    parts = tuple(part for clause in amounts if (part := _clause(clause, printed.year)))
    if not parts:
        return None
    if len(amounts) == 1 and amounts[0].endswith(clauses[-1]):  # one bound, and what comes before it is its condition
        return _whole_cell_target(printed, parts[0])
    compound = compound_of(printed, tuple(inner for part in parts for inner in part.parts or (part,)))
    return compound.model_copy(update={"remarks": ("unread",)}) if _is_run_on(printed.text, clauses[0]) else compound


def _is_run_on(text: str, first: str) -> bool:
    """Whether words follow a bare bound at once (≥8000(册)待核实改为7000): it is no clause beside others.

    Clauses beside one another each name what they bound (城区≥95%农村≥90%), or a separator parts them.
    """
    follows = text[len(first) : len(first) + 1]
    return first[:1] in SIGNS and text.startswith(first) and _WORD.match(follows) is not None


_WORD = regex.compile(r"\p{L}")


def _with_conditions(clauses: list[str]) -> list[str]:
    """A clause without a number is the condition of the next: 一般案件，比法定时间90天缩短30%."""
    joined: list[str] = []
    waiting = ""
    for clause in clauses:
        waiting = f"{waiting},{clause}" if waiting else clause
        if HAS_DIGIT.search(clause) or ANY_NUMBER.search(clause):
            joined.append(waiting)
            waiting = ""
    return joined


def _clause(text: str, year: int | None) -> Target | None:
    """One clause by itself; None where it is text."""
    own = _NUMBERING.sub("", text)
    printed = TargetText(text, own, year)
    for rule in (bound_target, deadline_target, zero_target, prefixed_target):
        if target := rule(printed):
            return target
    return None


def _whole_cell_target(printed: TargetText, target: Target) -> Target:
    """The meaning of a clause for the whole cell, which differs by a full stop or a number before it."""
    return target.model_copy(update={"raw": printed.raw})


_Rule = Callable[[TargetText], Target | None]
_RULES: tuple[_Rule, ...] = (
    bound_target,
    missing_target,
    _pointed_target,
    _noted_target,
    named_target,
    deadline_target,
    zero_target,
    relative_target,
    prefixed_target,
    _compound_target,
)
