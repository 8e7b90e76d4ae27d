"""What supersedes what, what is another copy, and what a revision changed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from perftable_etl.load.warehouse import Warehouse
from perftable_etl.records import Declaration, Funding, Outcome
from tests.outcomes import DECLARATION, outcome_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.duckdb"


def project(name: str, amount: int = 100, ordinal: int = 1) -> Declaration:
    return DECLARATION.model_copy(
        update={"ordinal": ordinal, "name": name, "funding": Funding(annual_funds=Decimal(amount))}
    )


def publication(content: bytes, *projects: Declaration, **changes: object) -> Outcome:
    return outcome_of(content, f"{content.decode()}.pdf", declarations=projects, findings=(), **changes)


def load(path: Path, *outcomes: Outcome) -> None:
    with Warehouse(path) as warehouse:
        for outcome in outcomes:
            warehouse.store(outcome)
        warehouse.relate()


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def superseded(path: Path) -> list[tuple[Any, ...]]:
    """The names of superseded files and of those that take their place."""
    return query(
        path,
        "SELECT earlier.file_name, later.file_name FROM documents AS earlier"
        " JOIN documents AS later ON later.document_id = earlier.superseded_by ORDER BY ALL",
    )


def current(path: Path) -> list[tuple[Any, ...]]:
    return query(path, "SELECT file_name, name FROM current_projects JOIN documents USING (document_id) ORDER BY ALL")


def test_a_later_publication_supersedes_the_earlier(path: Path) -> None:
    load(path, publication(b"v1", project("宣传", 100)), publication(b"v2", project("宣传", 120)))
    load(path, publication(b"v3", project("宣传", 130)))
    assert superseded(path) == [("v1.pdf", "v2.pdf"), ("v2.pdf", "v3.pdf")]
    assert current(path) == [("v3.pdf", "宣传")]
    assert query(path, "SELECT count(*) FROM projects") == [(3,)]


def test_revisions_say_what_changed_field_by_field(path: Path) -> None:
    row = DECLARATION.indicators[0]
    raised = row.model_copy(update={"target": row.target.model_copy(update={"raw": "≤2(万元/次)"})})
    before = project("宣传", 100), project("培训", 5, 2)
    after = (
        project("宣传", 120).model_copy(update={"indicators": (raised, DECLARATION.indicators[1])}),
        project("培训", 5, 2),
    )
    load(path, publication(b"v1", *before), publication(b"v2", *after))
    assert query(path, "SELECT project, field, level3, old_value, new_value FROM revisions ORDER BY ALL") == [
        ("宣传", "annual_funds", None, "100.00", "120.00"),
        ("宣传", "target", "稿件费用", "≤1.10(万元/次)", "≤2(万元/次)"),
    ]


def test_a_project_that_is_gone_or_new_is_a_revision_too(path: Path) -> None:
    load(
        path,
        publication(b"v1", project("宣传"), project("培训", 1, 2), project("调研", 1, 3)),
        publication(b"v2", project("宣传"), project("培训", 1, 2), project("评估", 1, 3)),
    )
    changes = query(path, "SELECT DISTINCT project, old_value IS NULL FROM revisions ORDER BY ALL")
    assert changes == [("评估", True), ("调研", False)]


@pytest.mark.parametrize(
    "changes", [{"organization": "教育局"}, {"fiscal_year": 2026}], ids=["another unit", "another year"]
)
def test_other_units_and_years_supersede_nothing(path: Path, changes: dict[str, object]) -> None:
    load(path, publication(b"v1", project("宣传", 100)), publication(b"v2", project("宣传", 120), **changes))
    assert superseded(path) == []


def test_another_file_of_the_same_unit_with_other_projects_supersedes_nothing(path: Path) -> None:
    load(path, publication(b"a", project("宣传"), project("培训", 1, 2)), publication(b"b", project("调研")))
    assert superseded(path) == []
    assert len(current(path)) == 3


def test_the_same_declaration_in_two_files_counts_once(path: Path) -> None:
    """A unit's own file and its department's."""
    unit = publication(b"unit", project("宣传"), organization="网信办信息中心")
    department = publication(b"department", project("宣传"), project("培训", 1, 2))
    load(path, unit, department)
    assert superseded(path) == []
    assert current(path) == [("department.pdf", "培训"), ("unit.pdf", "宣传")]


def test_a_copied_text_is_a_copy_of_its_pdf_even_where_copying_lost_something(path: Path) -> None:
    text = publication(b"text", project("宣传", 100), media_type="text/plain")
    load(path, text, publication(b"pdf", project("宣传", 100), project("培训", 1, 2)))
    lossy = publication(b"lossy", project("培训", 0), media_type="text/plain")
    load(path, lossy)
    assert superseded(path) == []
    assert current(path) == [("pdf.pdf", "培训"), ("pdf.pdf", "宣传")]


def test_what_a_revision_leaves_alone_is_still_current(path: Path) -> None:
    load(
        path,
        publication(b"v1", project("宣传"), project("培训", 1, 2)),
        publication(b"v2", project("宣传"), project("培训", 9, 2)),
    )
    assert current(path) == [("v2.pdf", "培训"), ("v2.pdf", "宣传")]


def test_relations_do_not_depend_on_how_often_they_are_told(path: Path) -> None:
    load(path, publication(b"v1", project("宣传", 100)), publication(b"v2", project("宣传", 120)))
    before = query(path, "SELECT document_id, superseded_by FROM documents ORDER BY ALL")
    load(path)
    assert query(path, "SELECT document_id, superseded_by FROM documents ORDER BY ALL") == before


def test_a_better_reading_keeps_its_place_in_time(path: Path) -> None:
    load(path, publication(b"v1", project("宣传", 100)), publication(b"v2", project("宣传", 120)))
    load(path, publication(b"v1", project("宣传", 101)))
    assert superseded(path) == [("v1.pdf", "v2.pdf")]
