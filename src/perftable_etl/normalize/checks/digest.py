"""Many findings that say the same of one page of a form, as one: it is one fault that a person has to look at.

A block that is not understood gives a finding for each of its cells; a hundred lines of them hide all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from perftable_etl.geometry.boxes import around_places
from perftable_etl.messages import Message
from perftable_etl.records import Finding, FindingCode, Severity

_MANY = 5
"""More findings alike than this on one page of a form are one fault; as few are read one by one."""

_NAMED = 8
"""Texts that a message lists."""

_LONGEST = 20
"""Characters of each of them."""


class _Kind(NamedTuple):
    """What findings have in common that are alike."""

    code: FindingCode
    severity: Severity
    project: int | None
    page: int


def digest(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order, where the first of many alike stands for all of them."""
    findings = tuple(findings)
    counts = Counter(map(_kind, findings))
    seen: set[_Kind] = set()
    left = []
    for finding in findings:
        kind = _kind(finding)
        if kind is None or counts[kind] <= _MANY:
            left.append(finding)
        elif kind not in seen:
            seen.add(kind)
            left.append(_summary([other for other in findings if _kind(other) == kind]))
    return tuple(left)


def _kind(finding: Finding) -> _Kind | None:
    """What a finding has in common with others; nothing where it has no place, or needs nobody."""
    if finding.place is None or finding.severity == "info":
        return None
    return _Kind(finding.code, finding.severity, finding.project, finding.place.page)


def _summary(findings: list[Finding]) -> Finding:
    """One finding that says how many there are, in the first one's words, at the place that covers all."""
    first = findings[0]
    place = around_places(finding.place for finding in findings if finding.place)
    texts = [_excerpt(finding.raw) for finding in findings[1 : _NAMED + 1]]
    message = Message(
        "{finding}; {count} more like it on this page, such as {texts}",
        finding=first.said,
        count=len(findings) - 1,
        texts=texts,
    )
    return first.saying(message).model_copy(update={"place": place, "indicator": None})


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
