"""How a disturbed file fares: read exactly, told where it should be, told elsewhere, or wrong in silence."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest

from perftable_etl.extract import recognition
from perftable_etl.pipeline import parse
from perftable_etl.records import Finding, Outcome
from tests.comparison import differences, records, squeezed
from tests.disturbances.protocol import Concern, Disturbed

Verdict = Literal["exact", "told", "elsewhere", "silent"]


class Judgement(NamedTuple):
    """A verdict and what it rests on."""

    verdict: Verdict
    wrong: tuple[str, ...]
    outcome: Outcome

    def __str__(self) -> str:
        told = [
            f"{finding.code} {finding.place and finding.place.page} {finding.raw!r}"
            for finding in warnings(self.outcome)
        ]
        return "\n".join([self.verdict, self.outcome.status, *self.wrong[:12], *told[:12]])


def judge(disturbed: Disturbed) -> Judgement:
    """How a file fares, with text recognition where only that can read it: it takes seconds a page."""
    if not disturbed.is_image:
        return judge_without_recognition(disturbed)
    return _judgement(parsed(disturbed.data, disturbed.suffix), disturbed)


def judge_without_recognition(disturbed: Disturbed) -> Judgement:
    """The same as where the extra is not installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recognition, "_reader", lambda: None)
        return _judgement(parsed(disturbed.data, disturbed.suffix), disturbed)


def _judgement(outcome: Outcome, disturbed: Disturbed) -> Judgement:
    wrong = _wrong(outcome, disturbed)
    return Judgement(_verdict(outcome, disturbed, wrong), wrong, outcome)


def _wrong(outcome: Outcome, disturbed: Disturbed) -> tuple[str, ...]:
    """Where what was read differs from what a person reads."""
    if disturbed.is_lost:
        return ("nobody can read it",)
    found = _canonical(_found(outcome, disturbed))
    if disturbed.also is not None and not differences(found, _canonical(disturbed.also)):
        return ()
    return tuple(differences(found, _canonical(disturbed.wanted)))


def _canonical(value: Any, key: str = "") -> Any:
    """Records with one way of writing each number."""
    if isinstance(value, Mapping):
        return {name: _canonical(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    return _number(value) if isinstance(value, str) and (key.endswith("_funds") or key in _NUMBERS) else value


_NUMBERS = frozenset({"value", "value_upper", "annual_fiscal_appropriation"})


def _number(text: str) -> str:
    return f"{Decimal(text).normalize():f}"


def parsed(data: bytes, suffix: str) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"disturbed{suffix}")
        path.write_bytes(data)
        return parse(path)


def _found(outcome: Outcome, disturbed: Disturbed) -> dict[str, object]:
    """The records; where the file has no title, whatever stands for it is right."""
    found = records(outcome)
    return found if disturbed.wanted["title"] else {**found, "title": None}


def _verdict(outcome: Outcome, disturbed: Disturbed, wrong: tuple[str, ...]) -> Verdict:
    concern = disturbed.concern
    if not wrong and not disturbed.must_be_told:
        return "exact"
    if outcome.status == "failed":
        return "told" if concern.is_document_wide else "elsewhere"
    found = warnings(outcome)
    if any(names(finding, concern, outcome) for finding in found) or _says_that_nothing_was_read(
        found, disturbed, outcome
    ):
        return "told" if wrong else "exact"
    return "elsewhere" if found else "silent"


def warnings(outcome: Outcome) -> list[Finding]:
    """The findings that tell somebody something."""
    return [finding for finding in outcome.findings if finding.severity != "info"]


def names(finding: Finding, concern: Concern, outcome: Outcome) -> bool:
    """Whether a finding stands on the page concerned and names what is concerned there."""
    if finding.place is None:
        return concern.is_document_wide
    if finding.place.page not in concern.pages:
        return False
    return concern.is_page_wide or _overlaps(finding, concern) or _says(finding, concern, outcome)


def _says_that_nothing_was_read(found: list[Finding], disturbed: Disturbed, outcome: Outcome) -> bool:
    """Whether a form is missing, and a warning on its page is of no form that was read: that is all there is to say."""
    if len(outcome.declarations) >= len(disturbed.wanted["projects"]):
        return False
    read = {declaration.ordinal for declaration in outcome.declarations}
    pages = disturbed.concern.pages
    return any(one.place is not None and one.place.page in pages and one.project not in read for one in found)


def _overlaps(finding: Finding, concern: Concern) -> bool:
    assert finding.place is not None
    page, box = finding.place
    return any(
        number == page and box.x0 < spot.x1 and spot.x0 < box.x1 and box.y0 < spot.y1 and spot.y0 < box.y1
        for number, spot in concern.spots
    )


def _says(finding: Finding, concern: Concern, outcome: Outcome) -> bool:
    """Whether the finding quotes a text concerned, or is about an indicator that does."""
    said = [finding.raw, *_indicator(finding, outcome)]
    return any(_same(text, one) for text in said for one in concern.texts)


def _indicator(finding: Finding, outcome: Outcome) -> list[str]:
    found = [
        indicator
        for declaration in outcome.declarations
        for indicator in declaration.indicators
        if (declaration.ordinal, indicator.ordinal) == (finding.project, finding.indicator)
    ]
    return [text for indicator in found for text in (indicator.level3_raw, indicator.target.raw)]


def _same(said: str, concerned: str) -> bool:
    one, other = squeezed(said), squeezed(concerned)
    return min(len(one), len(other)) >= 2 and (one in other or other in one)
