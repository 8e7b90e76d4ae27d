"""What the views show where a person decided: whatever was read before, since, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.decisions import keep_decisions
from perftable_etl.load.corrections.overlay import refresh
from perftable_etl.load.corrections.value_row import CorrectionValueRow
from perftable_etl.load.relations import relate
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.records import Declaration, Finding, Indicator, Outcome, Target
from tests.examples import usually
from tests.outcomes import DECLARATION, QUANTITATIVE, outcome_of, place

DECIDED = datetime(2026, 11, 26, 9, 30)
BASE = CorrectionRow(
    correction_id="c1",
    document_sha256="",
    unit=None,
    fiscal_year=DECLARATION.fiscal_year,
    form_kind="declaration",
    project_name=DECLARATION.name,
    phase="year",
    level2="经济成本指标",
    level3="稿件费用",
    occurrence=1,
    field="target",
    code=None,
    printed_raw="≤1.10(万元/次)",
    old_value="≤1.10(万元/次)",
    new_value="≤1.20(万元/次)",
    verdict="corrected",
    reason="misprint",
    author="王",
    decided_at=DECIDED,
)
VALUE = CorrectionValueRow(
    "c1", "≤1.20(万元/次)", kind="quantitative", operator="<=", value=Decimal("1.20"), base_value=Decimal(12000)
)
FINDING = Finding(
    code="target_damaged", severity="warning", message="?", raw="≤1.10(万元/次)", place=place(), project=1, indicator=1
)


def row(target: str = "≤1.10(万元/次)", ordinal: int = 1, **changes: object) -> Indicator:
    made = QUANTITATIVE.model_copy(update={"ordinal": ordinal, **changes})
    return made.model_copy(update={"target": Target(raw=target, kind="qualitative")})


def project(*rows: Indicator, **changes: object) -> Declaration:
    return DECLARATION.model_copy(update={"indicators": rows, "competent_department": "局", **changes})


def reading(content: bytes, *projects: Declaration, **changes: object) -> Outcome:
    stated: dict[str, Any] = {"declarations": projects, "findings": (), "organization": "局", **changes}
    return outcome_of(content, **stated)


@dataclass
class Database:
    """A database under test."""

    path: Path

    def store(self, *outcomes: Outcome) -> None:
        with Warehouse(self.path) as warehouse:
            for outcome in outcomes:
                warehouse.store(outcome)
            warehouse.relate()

    def decide(self, *corrections: CorrectionRow, values: Iterable[CorrectionValueRow] = (VALUE,)) -> None:
        with duckdb.connect(self.path) as connection:
            keep_decisions(connection, corrections, list(values))
            relate(connection)
            refresh(connection)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(self.path, read_only=True) as connection:
            return connection.execute(query).fetchall()

    def targets(self) -> list[tuple[Any, ...]]:
        return self.ask("SELECT target_raw, corrected_by FROM current_indicators ORDER BY document_id, ordinal")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "test.duckdb")


def decision(outcome: Outcome, **changes: Any) -> CorrectionRow:
    return BASE._replace(document_sha256=outcome.document_id, unit="局", **changes)


def test_the_views_show_a_corrected_value_and_the_tables_what_was_read(database: Database) -> None:
    outcome = reading(b"a", project(row()))
    database.store(outcome)
    database.decide(decision(outcome))
    shown = database.ask(
        "SELECT target_raw, operator, value, base_value, corrected_by, corrected_at FROM current_indicators"
    )
    assert shown == [("≤1.20(万元/次)", "<=", Decimal("1.20"), Decimal(12000), "王", DECIDED)]
    assert database.ask("SELECT target_raw FROM indicators") == [("≤1.10(万元/次)",)]


def test_a_correction_holds_after_other_readings_and_in_copies(database: Database) -> None:
    """A later reader finds one more row before, prints other white space, and knows level 2 no longer."""
    outcome = reading(b"a", project(row()))
    database.store(outcome)
    database.decide(decision(outcome))
    later = reading(b"a", project(row("≥2", 1, level3="其他"), row("≤1.10\n（万元/次）", 2, level2=None)))
    copy = reading(
        b"b", project(row("≤1.10 (万元/次)"), name=f"{DECLARATION.name}"[:2] + "\n" + f"{DECLARATION.name}"[2:])
    )
    database.store(later, copy)
    shown = database.ask("SELECT target_raw, corrected_by FROM corrected_indicators ORDER BY target_raw")
    assert shown == [("≤1.20(万元/次)", "王"), ("≤1.20(万元/次)", "王"), ("≥2", None)]


@pytest.mark.parametrize(
    "other",
    usually(
        2,
        [
            project(row("≤1.15(万元/次)")),
            project(row(level3="稿件数量")),
            project(row(), name="另一项目"),
            project(row(), fiscal_year=2001),
            project(row(), form_kind="self_evaluation"),
            project(row(phase="total")),
        ],
    ),
)
def test_what_prints_otherwise_is_not_corrected(database: Database, other: Declaration) -> None:
    outcome = reading(b"a", project(row()))
    database.store(outcome)
    database.decide(decision(outcome))
    database.store(reading(b"b", other))
    assert database.ask(
        f"SELECT count(corrected_by) FROM corrected_indicators WHERE document_id <> '{outcome.document_id}'"
    ) == [(0,)]


def test_of_rows_alike_the_one_meant_is_corrected(database: Database) -> None:
    outcome = reading(b"a", project(row(), row(ordinal=2), row("≥3", 3)))
    database.store(outcome)
    database.decide(decision(outcome, occurrence=2))
    assert database.targets() == [("≤1.10(万元/次)", None), ("≤1.20(万元/次)", "王"), ("≥3", None)]


def test_a_row_that_is_none_is_not_shown_and_a_missing_one_is(database: Database) -> None:
    outcome = reading(b"a", project(row(), row("≥3", 2)), findings=(FINDING,))
    database.store(outcome)
    removed = decision(outcome, correction_id="r", verdict="removed", field=None, new_value=None)
    added = decision(outcome, verdict="added", field=None, level3="新行", printed_raw="")
    database.decide(removed, added)
    assert database.targets() == [("≥3", None), ("≤1.20(万元/次)", "王")]
    assert database.ask(
        "SELECT level1, level2, level3, ordinal FROM current_indicators WHERE corrected_by IS NOT NULL"
    ) == [("成本指标", "经济成本指标", "新行", 3)]
    assert database.ask("SELECT count(*) FROM open_findings") == [(0,)]
    database.store(reading(b"a", project(row(), row("≥3", 2), row("≤1.20(万元/次)", 3, level3="新行"))))
    assert database.targets() == [("≥3", None), ("≤1.20(万元/次)", None)]


def test_a_document_is_ok_once_all_its_findings_are_decided(database: Database) -> None:
    outcome = reading(b"a", project(row()), findings=(FINDING,), status="review")
    database.store(outcome)
    database.decide(decision(outcome, verdict="dismissed", field=None, code="target_damaged", new_value=None))
    assert database.ask("SELECT count(*) FROM open_findings") == [(0,)]
    assert database.ask("SELECT status FROM current_documents") == [("ok",)]
    assert database.ask("SELECT status FROM documents") == [("review",)]
    database.store(reading(b"a", project(row()), findings=(FINDING.model_copy(update={"raw": "≤1"}),), status="review"))
    assert database.ask("SELECT status FROM current_documents") == [("review",)]


def test_a_correction_settles_the_finding_that_it_is_about(database: Database) -> None:
    other = FINDING.model_copy(update={"code": "target_unread"})
    outcome = reading(b"a", project(row()), findings=(FINDING, other), status="review")
    database.store(outcome)
    database.decide(decision(outcome, code="target_damaged"))
    assert database.ask("SELECT code FROM open_findings") == [("target_unread",)]


def test_the_last_decision_counts(database: Database) -> None:
    outcome = reading(b"a", project(row()))
    database.store(outcome)
    later = decision(outcome, correction_id="c2", verdict="confirmed", new_value=None)
    database.decide(decision(outcome), later._replace(decided_at=datetime(2026, 11, 27)))
    assert database.targets() == [("≤1.10(万元/次)", None)]


def test_publications_kept_apart_do_not_replace_one_another(database: Database) -> None:
    first = reading(b"a", project(row()))
    second = reading(b"b", project(row("≤9")))
    database.store(first, second)
    assert database.targets() == [("≤9", None)]
    apart = decision(first, verdict="kept_apart", field=None, phase=None, level2=None, level3=None, printed_raw="")
    database.decide(apart._replace(old_value=second.document_id, new_value=None, code="superseded"))
    assert sorted(database.targets()) == [("≤1.10(万元/次)", None), ("≤9", None)]
    assert database.ask("SELECT count(*) FROM findings WHERE code IN ('superseded', 'supersedes')") == [(0,)]


def test_a_project_is_corrected_too(database: Database) -> None:
    outcome = reading(b"a", project(row()))
    database.store(outcome)
    of_project = decision(outcome, field="annual_funds", phase=None, level2=None, level3=None, printed_raw="")
    raw = "".join(source.raw for source in DECLARATION.sources if source.field == "annual_funds")
    database.decide(of_project._replace(printed_raw=raw), values=[CorrectionValueRow("c1", "5", Decimal(5))])
    assert database.ask("SELECT annual_funds, corrected_by FROM current_projects") == [(Decimal("5.00"), "王")]
    assert database.ask("SELECT count(*) FROM current_indicators") == [(1,)]
