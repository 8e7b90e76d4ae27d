"""What supersedes what, what is another copy, and what a revision changed."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from perftable_etl.formats import DOCX, HTML, PDF, TEXT, XLSX
from perftable_etl.ingest.ledger import Stamp, pending, read
from perftable_etl.load.relation_findings import RELATION_CODES
from perftable_etl.load.relations import Relations
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.records import Declaration, Funding, Outcome, Target
from tests.findings import rendered
from tests.outcomes import DECLARATION, EVALUATION, FINDINGS, document_of, outcome_of

NOW = datetime(2026, 11, 22, 2, 0)
SIX = {"宣传": 100, "培训": 90, "调研": 80, "会议": 70, "设备": 60, "运维": 50}


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
    for message, details in query(path, f"SELECT message, details FROM findings WHERE code IN {RELATION_CODES}"):
        assert rendered(json.loads(details)) == message


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


def told(path: Path, code: str = "%") -> list[tuple[Any, ...]]:
    """The files and projects that findings of a code are about, and how grave they are."""
    return query(
        path,
        "SELECT file_name, name, severity FROM findings JOIN documents USING (document_id)"
        f" LEFT JOIN projects USING (project_id) WHERE code LIKE '{code}' ORDER BY file_name, name NULLS FIRST",
    )


def statuses(path: Path) -> list[tuple[Any, ...]]:
    return query(path, "SELECT file_name, status FROM documents ORDER BY ALL")


def amounts(path: Path) -> list[int]:
    return [int(amount) for (amount,) in query(path, "SELECT annual_funds FROM current_projects ORDER BY ALL")]


def everything(path: Path) -> list[tuple[Any, ...]]:
    """All projects, findings and statuses."""
    return [
        *query(path, "SELECT * FROM projects ORDER BY ALL"),
        *query(path, "SELECT * FROM findings ORDER BY ALL"),
        *query(path, "SELECT document_id, status, superseded_by FROM documents ORDER BY ALL"),
    ]


def remove(path: Path, *file_names: str) -> None:
    """Takes documents out of the database."""
    with duckdb.connect(path) as connection:
        for table in ("projects", "indicators", "findings", "documents"):
            connection.execute(
                f"DELETE FROM {table} WHERE document_id IN"
                " (SELECT document_id FROM documents WHERE list_contains(?, file_name))",
                [file_names],
            )


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


def test_revisions_say_what_changed_of_an_indicator(path: Path) -> None:
    row = EVALUATION.indicators[0]
    actual = Target(raw="2万元/\n次", kind="quantitative")
    later = row.model_copy(update={"actual": actual, "score": Decimal(10), "remark": None})
    load(
        path,
        publication(b"v1", EVALUATION),
        publication(b"v2", EVALUATION.model_copy(update={"indicators": (later,)})),
    )
    assert query(path, "SELECT field, level3, old_value, new_value FROM revisions ORDER BY field") == [
        ("actual", "稿件费用", "1.05万元/次", "2万元/次"),
        ("remark", "稿件费用", "无", None),
        ("score", "稿件费用", "12.5", "10"),
    ]


def test_a_project_that_a_later_publication_no_longer_has_stays_and_is_told_once(path: Path) -> None:
    load(
        path,
        publication(b"v1", project("宣传"), project("培训", 1, 2), project("调研", 1, 3), project("会议", 1, 4)),
        publication(b"v2", project("宣传"), project("培训", 2, 2), project("评估", 1, 3)),
    )
    assert ("v1.pdf", "调研") in current(path)
    assert told(path, "not_published_again") == [
        ("v1.pdf", None, "warning"), ("v1.pdf", "会议", "info"), ("v1.pdf", "调研", "info"),
    ]  # fmt: skip
    ((message,),) = query(path, "SELECT message FROM findings WHERE severity = 'warning'")
    assert "v2.pdf" in message
    assert "2 projects" in message
    assert "调研、会议" in message
    assert query(path, "SELECT DISTINCT project FROM revisions") == [("培训",)]


def test_one_project_published_again_hides_that_one_alone(path: Path) -> None:
    six = [project(name, amount, ordinal) for ordinal, (name, amount) in enumerate(SIX.items(), start=1)]
    load(path, publication(b"all", *six), publication(b"one", project("宣传", 28)))
    assert query(path, "SELECT count(*), sum(annual_funds) FROM current_projects") == [
        (6, sum(SIX.values()) - 100 + 28)
    ]
    assert told(path, "superseded") == [("all.pdf", "宣传", "info")]
    assert told(path, "supersedes") == [("one.pdf", "宣传", "info")]
    assert told(path, "not_published_again")[0] == ("all.pdf", None, "warning")


@pytest.mark.parametrize(
    "changes",
    [{"implementing_unit": "信息中心"}, {"fiscal_year": 2026}, {"name": "培训"}],
    ids=["unit", "year", "name"],
)
def test_another_units_years_or_names_project_is_not_replaced(path: Path, changes: dict[str, object]) -> None:
    other = project("宣传", 120).model_copy(update=changes)
    load(path, publication(b"v1", project("宣传", 100)), publication(b"v2", other))
    assert len(current(path)) == 2
    assert told(path) == []


def test_who_publishes_is_asked_of_the_projects_where_the_document_names_nobody(path: Path) -> None:
    water = project("宣传", 100).model_copy(update={"competent_department": "水务局"})
    civil = project("宣传", 90).model_copy(update={"competent_department": "民政局"})
    raised = water.model_copy(update={"funding": Funding(annual_funds=Decimal(120))})
    nobody = {"organization": None}
    load(
        path,
        publication(b"a", water, **nobody),
        publication(b"b", civil, **nobody),
        publication(b"c", raised, **nobody),
    )
    assert current(path) == [("b.pdf", "宣传"), ("c.pdf", "宣传")]


def test_names_are_the_same_however_wide_their_signs_are(path: Path) -> None:
    load(path, publication(b"v1", project("宣传（APP）", 100)), publication(b"v2", project("宣传 (App)", 120)))
    assert current(path) == [("v2.pdf", "宣传 (App)")]


def test_a_text_that_declares_other_money_is_no_copy(path: Path) -> None:
    pdf = publication(b"pdf", project("宣传", 100), status="ok")
    text = publication(b"text", project("宣传", 120), media_type="text/plain", status="ok")
    load(path, pdf, text)
    assert current(path) == [("pdf.pdf", "宣传"), ("text.pdf", "宣传")]
    assert told(path) == [("pdf.pdf", "宣传", "warning"), ("text.pdf", "宣传", "warning")]
    assert told(path, "copies_differ") == told(path)
    assert statuses(path) == [("pdf.pdf", "review"), ("text.pdf", "review")]
    assert query(path, "SELECT old_value, new_value FROM revisions") == []


FORMATS = tuple(known.media_type for known in (PDF, XLSX, DOCX, HTML, TEXT))


@pytest.mark.parametrize("first", range(4))
def test_of_one_publication_in_two_formats_the_one_with_better_places_counts(path: Path, first: int) -> None:
    better = publication(b"better", project("宣传"), media_type=FORMATS[first])
    worse = publication(b"worse", project("宣传"), media_type=FORMATS[first + 1])
    load(path, worse, better)
    assert current(path) == [("better.pdf", "宣传")]
    assert told(path, "duplicate") == [("worse.pdf", "宣传", "info")]


def test_a_page_that_is_corrected_together_with_its_file_is_replaced(path: Path) -> None:
    page, corrected_page = (
        publication(name, project("宣传", amount), media_type="text/html")
        for name, amount in ((b"page1", 100), (b"page2", 120))
    )
    load(path, page, publication(b"pdf", project("宣传", 120)), corrected_page)
    assert current(path) == [("pdf.pdf", "宣传")]
    assert told(path, "superseded") == [("page1.pdf", "宣传", "info")]
    assert told(path, "copies_differ") == []


def test_a_text_of_what_was_replaced_is_not_shown_though_it_comes_last(path: Path) -> None:
    load(path, publication(b"v1", project("宣传", 100)), publication(b"v2", project("宣传", 120)))
    load(path, publication(b"v1-text", project("宣传", 100), media_type="text/plain"))
    assert current(path) == [("v2.pdf", "宣传")]
    assert told(path, "duplicate") == [("v1-text.pdf", "宣传", "info")]


def test_a_publication_that_says_again_what_was_replaced_counts_and_is_doubted(path: Path) -> None:
    """An old file that comes late cannot be told from a correction that is taken back."""
    for content, amount in ((b"v1", 100), (b"v2", 120), (b"v3", 100)):
        load(path, publication(content, project("宣传", amount)))
    assert current(path) == [("v3.pdf", "宣传")]
    assert told(path, "restated") == [("v2.pdf", "宣传", "warning"), ("v3.pdf", "宣传", "warning")]


def test_a_goal_that_is_corrected_is_a_revision(path: Path) -> None:
    corrected = project("宣传").model_copy(update={"annual_goal": "改正后的目标。"})
    load(path, publication(b"v1", project("宣传")), publication(b"v2", corrected))
    assert current(path) == [("v2.pdf", "宣传")]
    assert query(path, "SELECT field, new_value FROM revisions") == [("annual_goal", "改正后的目标。")]


def test_every_amount_is_part_of_what_is_declared(path: Path) -> None:
    funds = Funding(annual_funds=Decimal(100), annual_carryover_funds=Decimal(20))
    text = project("宣传").model_copy(update={"funding": funds})
    load(path, publication(b"pdf", project("宣传")), publication(b"text", text, media_type="text/plain"))
    assert {code for code, *_ in query(path, "SELECT code FROM findings")} == {"copies_differ"}


def test_projects_of_one_name_in_one_file_do_not_hide_each_other(path: Path) -> None:
    load(path, publication(b"v1", project("设备", 100), project("设备", 200, 2)))
    assert amounts(path) == [100, 200]
    load(path, publication(b"v2", project("设备", 250), project("设备", 100, 2)))
    assert amounts(path) == [100, 250]
    load(path, publication(b"v3", project("设备", 300)))
    assert amounts(path) == [100, 250, 300]
    assert ("v2.pdf", None, "warning") in told(path, "not_published_again")


def test_the_same_form_twice_in_one_file_counts_once(path: Path) -> None:
    load(path, publication(b"v1", project("设备", 100), project("设备", 100, 2)))
    assert amounts(path) == [100]


def test_a_copy_of_another_unit_goes_with_what_it_copies(path: Path) -> None:
    """A unit's own file, its department's with the same declaration, and the department's correction."""
    load(path, publication(b"unit", project("宣传", 100), organization="网信办信息中心"))
    load(path, publication(b"v1", project("宣传", 100)), publication(b"v2", project("宣传", 120)))
    assert current(path) == [("v2.pdf", "宣传")]


def test_equal_projects_that_two_departments_have_done_by_one_body_are_two(path: Path) -> None:
    water = project("运维", 100).model_copy(
        update={"implementing_unit": "大数据中心", "competent_department": "水务局"}
    )
    civil = water.model_copy(update={"competent_department": "民政局", "ordinal": 2})
    load(path, publication(b"a", water, organization="水务局"), publication(b"b", civil, organization="民政局"))
    assert len(current(path)) == 2
    load(path, publication(b"whole", water, civil, organization="财政局"))
    assert sorted(name for _, name in current(path)) == ["运维", "运维"]


def test_units_that_copy_each_other_crosswise_still_have_one_current_project(path: Path) -> None:
    for content, amount, unit in ((b"a1", 100, "甲"), (b"a2", 120, "甲"), (b"b1", 120, "乙"), (b"b2", 100, "乙")):
        load(path, publication(content, project("宣传", amount), organization=unit))
    assert current(path) == [("b2.pdf", "宣传")]


def test_all_is_undone_when_the_later_document_goes(path: Path) -> None:
    v1 = publication(b"v1", project("宣传", 100), project("培训", 1, 2), status="ok")
    load(path, v1)
    before = everything(path)
    load(path, publication(b"text", project("宣传", 120), media_type="text/plain", status="ok"))
    assert statuses(path) == [("text.pdf", "review"), ("v1.pdf", "review")]
    remove(path, "text.pdf")
    load(path)
    assert everything(path) == before
    assert told(path) == []


def test_a_review_that_has_other_reasons_stays(path: Path) -> None:
    load(path, publication(b"v1", project("宣传", 100)).model_copy(update={"findings": FINDINGS}))
    load(path, publication(b"text", project("宣传", 120), media_type="text/plain", status="ok"))
    remove(path, "text.pdf")
    load(path)
    assert statuses(path) == [("v1.pdf", "review")]


def test_a_document_that_is_read_anew_keeps_its_findings_on_relations(path: Path) -> None:
    text = publication(b"text", project("宣传", 120), media_type="text/plain", status="ok")
    load(path, publication(b"v1", project("宣传", 100), status="ok"), text)
    load(path, publication(b"v1", project("宣传", 90), status="ok"))
    assert told(path, "copies_differ") == [("text.pdf", "宣传", "warning"), ("v1.pdf", "宣传", "warning")]
    ((message,),) = query(path, "SELECT message FROM findings WHERE message LIKE 'text.pdf%'")
    assert "90.00 here, 120.00 there" in message
    load(path, text.model_copy(update={"declarations": (project("宣传", 90),)}))
    assert told(path, "copies_differ") == []
    assert statuses(path) == [("text.pdf", "ok"), ("v1.pdf", "ok")]


def test_the_ledger_has_the_status_that_follows(path: Path) -> None:
    v1 = publication(b"v1", project("宣传", 100), status="ok")
    entry = read(pending(None, v1.source_uri, "ingest", Stamp(), NOW), document_of(v1), NOW)
    with Warehouse(path) as warehouse:
        warehouse.store(v1, entry)
        warehouse.store(publication(b"text", project("宣传", 120), media_type="text/plain"))
        warehouse.relate()
        assert warehouse.ledger()[v1.source_uri].state == "review"


def test_what_relating_changed_is_counted(path: Path) -> None:
    with Warehouse(path) as warehouse:
        for content, amount in ((b"v1", 100), (b"v2", 120)):
            warehouse.store(publication(content, project("宣传", amount)))
        warehouse.store(publication(b"text", project("宣传", 120), media_type="text/plain"))
        first = warehouse.relate()
        assert first.numbers == {"superseded": 1, "duplicates": 1, "newly_hidden": 2, "shown_again": 0}
        assert [(hiding.kind, hiding.by.rpartition("/")[2]) for hiding in first.hidings] == [
            ("copy", "v2.pdf"),
            ("superseded", "v2.pdf"),
        ]
        assert warehouse.relate() == Relations(superseded=1, duplicates=1)
    remove(path, "v2.pdf")
    with Warehouse(path) as warehouse:
        assert warehouse.relate() == Relations(shown_again=2)
    assert told(path, "copies_differ") == [("text.pdf", "宣传", "warning"), ("v1.pdf", "宣传", "warning")]


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


def test_a_copied_text_is_a_copy_of_its_pdf_even_where_copying_lost_a_goal(path: Path) -> None:
    text = publication(b"text", project("宣传").model_copy(update={"annual_goal": None}), media_type="text/plain")
    load(path, text, publication(b"pdf", project("宣传"), project("培训", 1, 2)))
    load(path, publication(b"late", project("培训"), media_type="text/plain"))
    assert told(path, "copies_differ") == [("late.pdf", "培训", "warning"), ("pdf.pdf", "培训", "warning")]
    load(path, publication(b"late", project("培训", 1), media_type="text/plain"))
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
