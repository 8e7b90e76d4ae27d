"""What the views for questions answer, over a few projects made by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from perftable_etl.formats import PDF, TEXT
from perftable_etl.load.organizations import organize
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.records import Amount, Declaration, Finding, Funding, Indicator, Outcome, Target
from tests.outcomes import DECLARATION, QUANTITATIVE, outcome_of, place


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.duckdb"


def number(raw: str, operator: str | None, value: str, unit: str | None) -> Target:
    made = {"raw": raw, "kind": "quantitative", "operator": operator, "value": Decimal(value), "unit": unit}
    return Target.model_validate({**made, "base_value": Decimal(value), "base_unit": unit})


PERCENT = number("=100%", "=", "100", "%")


def row(name: str, target: Target, ordinal: int = 1, **changes: object) -> Indicator:
    plain = {"actual": None, "direction": None, "sources": (), "ordinal": ordinal, "level3": name, "target": target}
    return QUANTITATIVE.model_copy(update={**plain, **changes})


def project(*rows: Indicator, **changes: object) -> Declaration:
    stated = {"indicators": rows, "competent_department": "永德县教育局", "implementing_unit": "永德县明朗中学"}
    return DECLARATION.model_copy(update={**stated, **changes})


def publication(content: bytes, *projects: Declaration, **changes: object) -> Outcome:
    stated: dict[str, Any] = {"declarations": projects, "findings": (), "organization": "永德县教育局", **changes}
    return outcome_of(content, f"{content.decode()}.pdf", **stated)


def ask(path: Path, query: str, *outcomes: Outcome) -> list[tuple[Any, ...]]:
    """The answer to a query, once these documents are stored too."""
    if outcomes:
        with Warehouse(path) as warehouse:
            for outcome in outcomes:
                warehouse.store(outcome)
            warehouse.relate()
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(query).fetchall()


def correct(path: Path, table: str, change: str) -> None:
    """What a decision of a person leaves behind: a row that stands for the one that was read."""
    overlay = f"{table.removesuffix('s')}_overlays"
    with duckdb.connect(path) as connection:
        connection.execute(
            f"INSERT INTO {overlay} BY NAME SELECT *, false AS is_removed, '王' AS corrected_by FROM {table}"
        )
        connection.execute(f"UPDATE {overlay} SET {change}")
        organize(connection)


def test_a_row_says_whose_it_is_and_where_it_is_printed(path: Path) -> None:
    query = "SELECT unit, department, region, region_code, government_level, project, level3, link FROM flat_indicators"
    pdf = publication(b"a", project(row("次数", PERCENT)), media_type=PDF.media_type)
    assert ask(path, query, pdf) == [
        ("永德县明朗中学", "永德县教育局", "云南省临沧市永德县", "530923", "county", DECLARATION.name, "次数",
         f"{pdf.source_uri}#page=1"),
    ]  # fmt: skip


def test_only_a_file_of_pages_has_a_page_to_open(path: Path) -> None:
    text = publication(b"a", project(row("次数", PERCENT)), media_type=TEXT.media_type)
    assert ask(path, "SELECT link FROM flat_projects", text) == [(text.source_uri,)]


def test_a_unit_is_known_before_projects_are_related(path: Path) -> None:
    with Warehouse(path) as warehouse:
        warehouse.store(publication(b"a", project(row("次数", PERCENT))))
    assert ask(path, "SELECT unit, department FROM flat_projects") == [("永德县明朗中学", "永德县教育局")]


def test_corrections_reach_the_flat_views_and_what_stands_on_them(path: Path) -> None:
    ask(path, "SELECT 1", publication(b"a", project(row("次数", PERCENT))))
    correct(path, "projects", "annual_funds = 5, implementing_unit = '宁晋县第一中学'")
    correct(path, "indicators", "target_raw = '≤5元/次', base_value = 5, base_unit = '元/次'")
    assert ask(path, "SELECT unit, region_code, annual_funds, corrected_by FROM flat_projects") == [
        ("宁晋县第一中学", "130528", Decimal(5), "王")
    ]
    assert ask(path, "SELECT unit, annual_funds, target_raw, corrected_by FROM flat_indicators") == [
        ("宁晋县第一中学", Decimal(5), "≤5元/次", "王")
    ]
    assert ask(path, "SELECT unit, amount FROM funding WHERE source = 'all'") == [("宁晋县第一中学", Decimal(5))]
    assert ask(path, "SELECT unit, price FROM unit_costs") == [("宁晋县第一中学", Decimal(5))]
    assert ask(path, "SELECT hundred_percent FROM target_quality") == [(0,)]


def test_money_is_summed_by_source_and_phase(path: Path) -> None:
    funding = Funding(annual_funds=Decimal(30), annual_fiscal_appropriation=Decimal(20), total_funds=Decimal(90))
    central = Amount(phase="year", source="central", amount=Decimal(7), raw="7", label_raw="中央", place=place(1, 60))
    printed = central.model_copy(update={"source": "all", "amount": Decimal(30), "raw": "30"})
    rows = [
        project(funding=funding, amounts=(printed, central), name=name, ordinal=n) for n, name in ((1, "甲"), (2, "乙"))
    ]
    assert ask(
        path,
        "SELECT source, phase, projects, amount FROM funding ORDER BY ALL",
        publication(b"a", *rows),
    ) == [
        ("all", "total", 2, Decimal(180)),
        ("all", "year", 2, Decimal(60)),
        ("central", "year", 2, Decimal(14)),
        ("fiscal", "year", 2, Decimal(40)),
    ]


TEN_THOUSAND = number("≤202.6万元", "<=", "202.6", "万元").model_copy(
    update={"base_value": Decimal(2_026_000), "base_unit": "元"}
)
ACHIEVED = (
    (number("≥300天", ">=", "300", "天"), number("312天", None, "312", "天"), "higher", (True, 12, 4)),
    (number("≥95%", ">=", "95", "%"), number("100", None, "100", None), "higher", (True, 5, Decimal("5.26"))),
    (number("≥95%", ">=", "95", "%"), number("0.88", None, "0.88", None), "higher", (None, None, None)),
    (number("=42个", "=", "42", "个"), number("42", None, "42", None), None, (True, None, None)),
    (TEN_THOUSAND, number("132.9", None, "132.9", None), "lower", (True, 697_000, Decimal("34.40"))),
    (
        Target(raw="专款专用", kind="qualitative"),
        Target(raw="专款\n专用", kind="qualitative"),
        None,
        (True, None, None),
    ),
    (number("≤24小时", "<=", "24", "小时"), number("30小时", None, "30", "小时"), "lower", (False, -6, -25)),
    (number("24小时", None, "24", "小时"), number("18小时", None, "18", "小时"), "lower", (True, 6, 25)),
    (number("<24小时", "<", "24", "小时"), number("24小时", None, "24", "小时"), "lower", (False, 0, 0)),
    (number("=5次", "=", "5", "次"), number("5次", None, "5", "次"), None, (True, None, None)),
    (number("=5次", "=", "5", "次"), number("7次", None, "7", "次"), None, (None, None, None)),
    (number("=5次", "=", "5", "次"), number("7次", None, "7", "次"), "higher", (True, 2, 40)),
    (number("≥5次", ">=", "5", "次"), number("90%", None, "90", "%"), "higher", (None, None, None)),
    (number("≥0次", ">=", "0", "次"), number("2次", None, "2", "次"), "higher", (True, 2, None)),
)
"""A target, what was reached, which direction is better; whether it is achieved, by how much, by how many percent."""


def test_a_result_is_held_against_its_target(path: Path) -> None:
    rows = [
        row(f"指标{n:02}", target, n, actual=actual, direction=direction)
        for n, (target, actual, direction, _) in enumerate(ACHIEVED, start=1)
    ]
    query = "SELECT is_achieved, excess, excess_percent FROM target_achievement ORDER BY level3"
    printed = publication(b"a", project(*rows, form_kind="self_evaluation"))
    assert ask(path, query, printed) == [expected for *_, expected in ACHIEVED]


def test_prices_are_in_yuan_for_one_of_something(path: Path) -> None:
    price = number("≤500元/人.天", "<=", "500", "元/(人·天)")
    rows = (row("培训成本", price), row("次数", PERCENT, 2))
    assert ask(path, "SELECT level3, price, per FROM unit_costs", publication(b"a", project(*rows))) == [
        ("培训成本", Decimal(500), "人·天")
    ]


def test_the_quality_of_targets_is_counted(path: Path) -> None:
    vague, done = (Target(raw=raw, kind="qualitative") for raw in ("进一步\n提升", "完成"))
    rows = [row("甲", PERCENT), row("乙", vague, 2), row("丙", done, 3), row("丁", Target(raw="", kind="missing"), 4)]
    finding = Finding(code="unit_contradicts_name", severity="warning", message="?", raw="", project=1, indicator=1)
    publications = publication(b"a", project(*rows), findings=(finding,))
    query = """
        SELECT indicators, quantitative, quantitative_share, vague, vague_share, missing, hundred_percent, contradictory
        FROM target_quality
    """
    assert ask(path, query, publications) == [(4, 1, Decimal(25), 1, Decimal(25), 1, 1, 1)]
    assert ask(path, "SELECT level3 FROM indicator_quality WHERE is_vague") == [("乙",)]
    assert ask(path, "SELECT level3 FROM indicator_quality WHERE contradicts_name") == [("甲",)]


def test_a_target_that_several_projects_state_is_counted_once_a_project(path: Path) -> None:
    twice = (row("满意度", PERCENT), row("满意度", PERCENT, 2))
    projects = [project(*twice, name="甲"), project(row("满意度", PERCENT), name="乙", ordinal=2)]
    query = "SELECT level3, indicators, projects, units FROM repeated_targets"
    assert ask(path, query, publication(b"a", *projects)) == [("满意度", 3, 2, 1)]


def test_a_target_that_never_changed_is_found_over_the_years(path: Path) -> None:
    def published(year: int) -> Outcome:
        days = number(f"{year}天", "=", f"{year}", "天")
        rows = row("满意度", PERCENT), row("天数", days, 2)
        return publication(f"{year}".encode(), project(*rows, fiscal_year=year), fiscal_year=year)

    years = map(published, (2023, 2024, 2025))
    query = "SELECT level3, first_year, last_year, years, is_hundred_percent FROM unchanged_targets"
    assert ask(path, query, *years) == [("满意度", 2023, 2025, 3, True)]
    history = "SELECT fiscal_year, target_raw FROM indicator_history WHERE level3 = '天数' ORDER BY ALL"
    assert ask(path, history) == [(2023, "2023天"), (2024, "2024天"), (2025, "2025天")]


def test_what_is_hidden_says_by_what_and_why(path: Path) -> None:
    def named(name: str, funds: int, ordinal: int = 1) -> Declaration:
        return project(row("次数", PERCENT), name=name, ordinal=ordinal, funding=Funding(annual_funds=Decimal(funds)))

    ask(
        path,
        "SELECT 1",
        publication(b"v1", named("改", 1), named("同", 1, 2), named("两次", 1, 3), named("两次", 1, 4)),
    )
    rows = ask(
        path,
        "SELECT project, file_name, hidden_as, reason, by_file_name, by_annual_funds FROM superseded ORDER BY ALL",
        publication(b"v2", named("改", 2), named("同", 1, 2)),
        publication(b"text", named("改", 2), media_type=TEXT.media_type),
        publication(b"finance", named("同", 1), organization="永德县财政局"),
    )
    assert rows == [
        ("两次", "v1.pdf", "copy", "same_file", "v1.pdf", 1),
        ("同", "finance.pdf", "copy", "other_publisher", "v2.pdf", 1),
        ("同", "v1.pdf", "copy", "published_again", "v2.pdf", 1),
        ("改", "text.pdf", "copy", "other_format", "v2.pdf", 2),
        ("改", "v1.pdf", "superseded", "later_publication", "v2.pdf", 2),
    ]


def test_the_denominator_counts_what_was_found_read_and_left_out(path: Path) -> None:
    documents = [
        publication(b"a", project(row("次数", PERCENT))),
        publication(b"b", status="no_forms", organization="永德县教育局"),
        publication(b"c", status="failed", organization=None, fiscal_year=None),
    ]
    query = """
        SELECT source, publisher, region_code, documents, with_forms, without_forms, failed, unread, projects
        FROM publications ORDER BY publisher
    """
    assert ask(path, query, *documents) == [
        (None, "永德县教育局", "530923", 2, 1, 1, 0, 0, 1),
        (None, None, None, 1, 0, 0, 1, 0, 0),
    ]
