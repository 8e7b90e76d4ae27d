"""Targets that the paper leaves blank: what the form says of itself, and nothing that a reader has lost.

The cells of a table that is printed are what is printed. Where all of a form's text is accounted for and nothing else
on the page is doubtful, an indicator without a target has none. A table that was put together from text may have lost
one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perftable_etl.records import Finding


def calmed(findings: Sequence[Finding], whole: Iterable[int | None]) -> tuple[Finding, ...]:
    """Findings, those on blank targets of forms read `whole` (by ordinal) for information on pages without doubts."""
    forms = set(whole)
    doubtful = {one.place.page for one in findings if one.place and one.severity != "info" and one.code != _BLANK}
    return tuple(_calm(one) if _is_blank(one, forms, doubtful) else one for one in findings)


_BLANK = "no_target"


def _is_blank(finding: Finding, forms: set[int | None], doubtful: set[int]) -> bool:
    is_of_paper = finding.code == _BLANK and finding.raw and finding.project in forms
    return bool(is_of_paper and finding.place and finding.place.page not in doubtful)


def _calm(finding: Finding) -> Finding:
    return finding.model_copy(update={"severity": "info"})
