from __future__ import annotations

from perftable_etl.document import Box, Place
from perftable_etl.normalize.checks.digest import digest
from perftable_etl.records import Finding


def cell(number: int, page: int = 1, project: int = 1, severity: str = "warning") -> Finding:
    place = Place(page, Box(10, 10 * number, 100, 10 * number + 8))
    return Finding.model_validate(
        {
            "code": "unknown_cell",
            "severity": severity,
            "message": "a cell",
            "raw": f"text {number}",
            "place": place,
            "project": project,
            "indicator": number,
        }
    )


def test_a_few_findings_alike_stay_as_they_are() -> None:
    findings = tuple(map(cell, range(5)))
    assert digest(findings) == findings


def test_many_alike_are_one_that_covers_them_and_says_how_many() -> None:
    other = Finding(code="no_funds", severity="warning", message="no funds", project=1)
    (one, rest) = digest([*map(cell, range(9)), other])
    assert rest == other
    assert one.place == Place(1, Box(10, 0, 100, 88))
    assert (one.raw, one.indicator, one.project) == ("text 0", None, 1)
    assert one.message.startswith("a cell; 8 more like it on this page, such as text 1, text 2")


def test_pages_forms_and_what_needs_nobody_are_kept_apart() -> None:
    pages = [cell(number, page=number % 2 + 1) for number in range(10)]
    forms = [cell(number, project=number % 2 + 1) for number in range(10)]
    notes = [cell(number, severity="info") for number in range(10)]
    assert list(digest(pages)) == pages
    assert len(digest(forms)) == len(digest(notes)) == 10


def test_a_long_text_is_named_by_its_beginning() -> None:
    findings = [cell(number).model_copy(update={"raw": "很长\n" * 30}) for number in range(7)]
    (one,) = digest(findings)
    assert len(one.message) < 300
