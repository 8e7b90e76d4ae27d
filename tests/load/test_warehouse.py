from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import pytest

from perftable_etl.errors import WarehouseError
from perftable_etl.load.database import open_to_load
from perftable_etl.load.ids import content_hash
from perftable_etl.load.result import LeftAlone, counted
from perftable_etl.load.rows import reading_of
from perftable_etl.load.stored import Choice
from perftable_etl.load.tables import SCHEMA_VERSION, TABLES, RunRow
from perftable_etl.load.visit import VisitRow
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.messages import Message
from perftable_etl.records import Finding, Funding, Outcome, Target
from tests.outcomes import DECLARATION, EVALUATION, FINDINGS, failed_outcome, outcome_of

CONTENT_TABLES = [table.name for table in TABLES if table.name not in {"meta", "runs"}]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.duckdb"


@pytest.fixture
def warehouse(path: Path) -> Iterator[Warehouse]:
    with Warehouse(path) as opened:
        yield opened


def query(path: Path, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    with closing(open_to_load(path)) as connection:
        return connection.execute(sql, parameters).fetchall()


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {name: query(path, f"SELECT * FROM {name} ORDER BY ALL") for name in CONTENT_TABLES}


def store(path: Path, *outcomes: Outcome) -> list[str]:
    with Warehouse(path) as warehouse:
        return [warehouse.store(outcome).change for outcome in outcomes]


def test_a_document_arrives_as_it_was_read(path: Path) -> None:
    store(path, outcome_of())
    assert query(path, "SELECT status, fiscal_year, coverage, page_count FROM documents") == [("review", 2025, 1.0, 2)]
    assert query(path, "SELECT name, start_date, annual_funds, total_funds FROM projects") == [
        ("网络内容建设与管理", date(2025, 1, 1), Decimal("12345678.90"), None)
    ]
    assert query(path, "SELECT operator, value, unit, base_value, weight, x1 FROM indicators WHERE ordinal = 1") == [
        ("<=", Decimal("1.1"), "万元/次", Decimal(11000), Decimal("12.5"), 301.125)
    ]


def test_a_report_on_targets_arrives_with_what_only_it_prints(path: Path) -> None:
    store(path, outcome_of(declarations=(EVALUATION,)))
    assert query(path, "SELECT form_kind, project_code, actual_goal, score, grade, execution_rate FROM projects") == [
        ("self_evaluation", "31000023", "建成一座。", Decimal("92.5"), "优", Decimal("98.5"))
    ]
    assert query(
        path,
        "SELECT phase, area, actual_raw, actual_kind, actual_operator, actual_value, actual_unit, actual_base_value,"
        " actual_base_unit, score, reason, remark FROM current_indicators",
    ) == [
        (
            "half_year", "浦东新区", "1.05万元/次", "quantitative", None, Decimal("1.05"), "万元/次", Decimal(10500),
            "元/次", Decimal("12.5"), "单价下降", "无",
        )
    ]  # fmt: skip


def test_what_a_form_prints_as_often_as_it_likes_has_tables(path: Path) -> None:
    store(path, outcome_of(declarations=(EVALUATION,)))
    assert query(path, "SELECT phase, source, amount, raw, label_raw, page FROM amounts ORDER BY ordinal") == [
        ("adjusted", "all", Decimal("110.00"), "110.00", "年度资金总额", 1),
        ("executed", "general_budget", Decimal("108.35"), "108.35", "一般公共预算", 1),
    ]
    assert query(path, "SELECT name, content, amount, raw FROM tasks") == [("巡查", None, Decimal("5.50"), "巡查 5.50")]
    assert query(path, "SELECT label, value FROM other_fields JOIN projects USING (project_id)") == [
        ("项目属性", "延续")
    ]
    assert query(path, 'SELECT text, row, "column", row_span, column_span, x0 FROM unread_cells') == [
        ("备查", 3, 7, 1, 2, 72.5)
    ]
    store(path, outcome_of(declarations=()))
    assert [query(path, f"SELECT count(*) FROM {name}") for name in ("amounts", "tasks", "unread_cells")] == [
        [(0,)], [(0,)], [(0,)]
    ]  # fmt: skip


def test_reports_with_other_results_are_no_copies(path: Path) -> None:
    """One form with the same targets twice, and other actual values."""
    other = EVALUATION.model_copy(
        update={
            "indicators": tuple(
                row.model_copy(update={"actual": Target(raw="2万元/次", kind="quantitative")})
                for row in EVALUATION.indicators
            )
        }
    )
    assert content_hash(other) != content_hash(EVALUATION) != content_hash(DECLARATION)


def test_what_was_read_twice_says_whether_the_readings_agree(path: Path) -> None:
    store(path, outcome_of())
    assert query(path, "SELECT readings_agree FROM projects") == [(True,)]
    assert query(path, "SELECT readings_agree FROM indicators ORDER BY ordinal") == [(False,), (None,)]


def test_a_compound_keeps_its_parts_in_order(path: Path) -> None:
    store(path, outcome_of())
    assert query(
        path,
        "SELECT p.ordinal, p.raw, p.value FROM indicator_parts p JOIN indicators USING (indicator_id) ORDER BY ALL",
    ) == [(1, "城区≥95%", Decimal(95)), (2, "农村≥90%", Decimal(90))]


def test_every_printed_piece_has_its_place(path: Path) -> None:
    store(path, outcome_of())
    assert query(
        path, "SELECT field, ordinal, raw, page, y0 FROM sources ORDER BY indicator_id NULLS FIRST, field, ordinal"
    ) == [
        ("annual_funds", 1, "12,345,678.90", 1, 60.0),
        ("level3", 1, "稿件", 1, 200.0),
        ("level3", 2, "费用", 2, 20.0),
        ("target", 1, "≤1.10(万元/次)", 1, 200.0),
    ]


def test_findings_name_only_rows_that_exist(path: Path) -> None:
    store(path, outcome_of())
    assert query(path, "SELECT code, project_id IS NULL, indicator_id IS NULL, page FROM findings ORDER BY code") == [
        ("level1_inferred", False, True, None),
        ("no_indicators", True, True, None),
        ("unit_contradicts_name", False, False, 2),
    ]


def test_equal_findings_are_all_kept_under_different_ids(path: Path) -> None:
    store(path, outcome_of(findings=FINDINGS[:1] * 3))
    assert query(path, "SELECT count(*), count(DISTINCT finding_id) FROM findings") == [(3, 3)]


def test_the_same_bytes_again_change_nothing(path: Path) -> None:
    assert store(path, outcome_of()) == ["new"]
    before = contents(path)
    assert store(path, outcome_of(name="copy.pdf", seconds=9.0)) == ["unchanged"]
    assert contents(path) == before


def test_a_better_reading_replaces_every_row_of_that_document_only(path: Path) -> None:
    other = outcome_of(b"other", "other.pdf")
    changed = outcome_of(
        declarations=(DECLARATION.model_copy(update={"name": "新名称", "indicators": ()}),), findings=()
    )
    assert store(path, outcome_of(), other, changed) == ["new", "new", "changed"]
    assert query(path, "SELECT name FROM projects ORDER BY name") == [("新名称",), ("网络内容建设与管理",)]
    for table in ("indicators", "indicator_parts", "findings"):
        assert query(path, f"SELECT DISTINCT document_id FROM {table}") == [(other.document_id,)]


def test_rows_do_not_depend_on_the_order_of_ingest(tmp_path: Path) -> None:
    one, two = outcome_of(), outcome_of(b"other", "other.pdf")
    store(tmp_path / "a.duckdb", one, two)
    store(tmp_path / "b.duckdb", two, one)
    sql = (
        "SELECT * EXCLUDE (ingested_at, first_seen_at) FROM documents JOIN indicators USING (document_id) ORDER BY ALL"
    )
    assert query(tmp_path / "a.duckdb", sql) == query(tmp_path / "b.duckdb", sql)


def test_a_failed_document_keeps_its_reason(path: Path) -> None:
    store(path, failed_outcome())
    assert query(path, "SELECT status, error_code, error_message LIKE '%password%', title FROM documents") == [
        ("failed", "encrypted", True, None)
    ]
    assert query(path, "SELECT code FROM findings") == [("damaged_file",)]


@pytest.mark.parametrize("amount", ["0.001", "12345678901234567.00", "NaN"])
def test_money_that_does_not_fit_is_a_finding_and_not_rounded(path: Path, amount: str) -> None:
    # Pydantic refuses NaN, as a parser's arithmetic would not: hence the construct.
    funding = Funding.model_construct(annual_funds=Decimal(amount))
    store(path, outcome_of(status="ok", declarations=(DECLARATION.model_copy(update={"funding": funding}),)))
    assert query(path, "SELECT annual_funds, annual_other_funds FROM projects") == [(None, None)]
    assert query(path, "SELECT severity, raw, page FROM findings WHERE code = 'does_not_fit'") == [
        ("error", "12,345,678.90", 1)
    ]
    assert query(path, "SELECT status FROM documents") == [("review",)]


def test_an_indicator_value_that_does_not_fit_is_a_finding(path: Path) -> None:
    indicator = DECLARATION.indicators[0]
    target = indicator.target.model_copy(update={"value": Decimal("0." + "3" * 11)})
    declaration = DECLARATION.model_copy(update={"indicators": (indicator.model_copy(update={"target": target}),)})
    store(path, outcome_of(declarations=(declaration,)))
    assert query(path, "SELECT value, base_value, target_raw FROM indicators") == [
        (None, Decimal(11000), "≤1.10(万元/次)")
    ]
    assert query(
        path, "SELECT count(*) FROM findings JOIN indicators USING (indicator_id) WHERE code = 'does_not_fit'"
    ) == [(1,)]


def test_findings_say_what_their_messages_are_made_of(path: Path) -> None:
    message = Message("page {page} is {what}", page=3, what=Message("blank from line {line} on", line=7))
    findings = [Finding(code="unknown_line", severity="info", message=text) for text in (message, "nothing varies")]
    store(path, outcome_of(findings=findings))
    assert query(
        path,
        "SELECT message, details->>'page', details->>'$.what.line', details IS NULL FROM findings ORDER BY message",
    ) == [("nothing varies", None, None, True), ("page 3 is blank from line 7 on", "3", "7", False)]


def test_an_amount_of_no_column_that_does_not_fit_is_a_finding(path: Path) -> None:
    amounts = tuple(amount.model_copy(update={"amount": Decimal("0.001")}) for amount in EVALUATION.amounts)
    score = {"amounts": amounts, "score": Decimal("0." + "3" * 11)}
    store(path, outcome_of(status="ok", declarations=(EVALUATION.model_copy(update=score),)))
    assert query(path, "SELECT amount, raw FROM amounts ORDER BY ordinal") == [(None, "110.00"), (None, "108.35")]
    assert query(path, "SELECT raw FROM findings WHERE code = 'does_not_fit' ORDER BY ALL") == [
        ("",), ("108.35",), ("110.00",)
    ]  # fmt: skip
    assert query(path, "SELECT score FROM projects") == [(None,)]


def test_a_document_is_stored_as_a_whole_or_not_at_all(warehouse: Warehouse, path: Path) -> None:
    # A status outside the closed set breaks the CHECK of the first table; nothing of the document may stay.
    warehouse.store(outcome_of())
    with pytest.raises(WarehouseError, match=r"2025\.pdf was not stored"):
        warehouse.store(outcome_of().model_copy(update={"status": "strange"}))
    assert query(path, "SELECT status FROM documents") == [("review",)]
    assert query(path, "SELECT count(*) FROM indicators") == [(2,)]


def unread(_: object) -> NoReturn:
    raise AssertionError


REQUESTS: dict[str, Callable[[Warehouse, RunRow], object]] = {
    "store": lambda warehouse, _: warehouse.store(outcome_of(b"%PDF-1")),
    "store_all": lambda warehouse, _: warehouse.store_all([reading_of(outcome_of(b"%PDF-1"))]),
    "apply": lambda warehouse, _: warehouse.apply([], None, unread),
    "apply_links": lambda warehouse, _: warehouse.apply_links([], None),
    "forget": lambda warehouse, _: warehouse.forget("d1"),
    "forgotten": lambda warehouse, _: warehouse.forgotten(),
    "ledger": lambda warehouse, _: warehouse.ledger(),
    "note": lambda warehouse, _: warehouse.note([]),
    "read_before": lambda warehouse, _: warehouse.read_before(),
    "entries": lambda warehouse, _: warehouse.entries([]),
    "statuses": lambda warehouse, _: warehouse.statuses([]),
    "merge": lambda warehouse, run: warehouse.merge([]),
    "loaded_parts": lambda warehouse, run: warehouse.loaded_parts(),
    "relate": lambda warehouse, _: warehouse.relate(),
    "concerns": lambda warehouse, _: warehouse.concerns(),
    "note_visits": lambda warehouse, run: warehouse.note_visits([VisitRow(run.run_id, "", run.started_at, 0, 0, 0, 0)]),
    "attention": lambda warehouse, run: warehouse.attention(run),
    "documents": lambda warehouse, _: warehouse.documents(Choice()),
    "document_counts": lambda warehouse, _: warehouse.document_counts(),
    "start_run": lambda warehouse, _: warehouse.start_run(),
    "finish_run": lambda warehouse, run: warehouse.finish_run(counted(run, [], LeftAlone())),
}


def test_a_database_that_refuses_is_told_whatever_is_asked_of_it(path: Path) -> None:
    with Warehouse(path) as warehouse:
        run = warehouse.start_run()
        warehouse._connection.execute("; ".join(f"DROP TABLE {table.name} CASCADE" for table in TABLES))
        for request in REQUESTS.values():
            with pytest.raises(WarehouseError):
                request(warehouse, run)
    assert {name for name in vars(Warehouse) if not name.startswith("_")} - {"path", "connection"} == set(REQUESTS)


def test_a_run_is_noted_with_what_it_did(path: Path) -> None:
    with Warehouse(path) as warehouse:
        run = warehouse.start_run()
        results = [warehouse.store(outcome) for outcome in (outcome_of(), outcome_of(), failed_outcome())]
        assert query(path, "SELECT finished_at FROM runs") == [(None,)]
        warehouse.finish_run(counted(run, results, LeftAlone(5, 2, 1)))
    assert query(
        path, "SELECT documents, new, changed, unchanged, failed, projects, indicators, findings FROM runs"
    ) == [(3, 2, 0, 1, 1, 2, 4, 7)]
    assert query(path, "SELECT finished_at >= started_at FROM runs") == [(True,)]


def test_every_table_and_column_and_view_has_a_comment(warehouse: Warehouse, path: Path) -> None:
    assert query(path, "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL OR comment = ''") == []
    assert query(path, "SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL") == []
    columns = "SELECT table_name, column_name FROM duckdb_columns() JOIN duckdb_tables() USING (table_name)"
    assert query(path, f"SELECT count(*) > 100 FROM ({columns})") == [(True,)]
    assert query(path, f"{columns} WHERE duckdb_columns.comment IS NULL") == []


def test_a_file_of_something_else_is_refused(path: Path) -> None:
    path.write_text("not a database" * 1000)
    with pytest.raises(WarehouseError, match="is not a DuckDB file"), Warehouse(path):
        pass


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(WarehouseError, match="cannot be created: the folder"),
        Warehouse(tmp_path / "missing" / "x.duckdb"),
    ):
        pass


def test_a_database_open_elsewhere_is_refused(path: Path) -> None:
    store(path, outcome_of())
    script = f"import duckdb; c = duckdb.connect({str(path)!r}); print('open', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(WarehouseError, match="is open in another process"), Warehouse(path):
            pass
        holder.communicate(b"\n")


def test_tables_of_another_version_are_refused(path: Path) -> None:
    store(path, outcome_of())
    query(path, "UPDATE meta SET schema_version = ?", SCHEMA_VERSION + 1)
    with pytest.raises(WarehouseError, match=f"have version {SCHEMA_VERSION + 1}"), Warehouse(path):
        pass


@pytest.mark.makes_databases
def test_somebody_elses_tables_are_left_alone(path: Path) -> None:
    query(path, "CREATE TABLE documents AS SELECT 1 AS mine")
    with pytest.raises(WarehouseError, match="belongs to another program"), Warehouse(path):
        pass
    assert query(path, "SELECT * FROM documents") == [(1,)]
    assert query(path, "SELECT count(*) FROM duckdb_tables()") == [(1,)]
