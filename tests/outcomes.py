"""Outcomes built by hand, for tests of what comes after parsing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from perftable_etl.document import Box, Place
from perftable_etl.fingerprint import fingerprint
from perftable_etl.load.rows import reading_of
from perftable_etl.load.tables import DocumentRow
from perftable_etl.records import (
    Amount,
    Declaration,
    Finding,
    Funding,
    Indicator,
    OtherField,
    Outcome,
    Source,
    Target,
    Task,
    UnreadCell,
)


def place(page: int = 1, top: float = 10.25) -> Place:
    return Place(page, Box(72.5, top, 301.125, top + 14))


QUANTITATIVE = Indicator(
    ordinal=1,
    level1="成本指标",
    level2="经济成本指标",
    level3="稿件费用",
    level1_raw="成本指标",
    level2_raw="经济成本",
    level3_raw="稿件\n费用",
    target=Target(
        raw="≤1.10(万元/次)",
        kind="quantitative",
        operator="<=",
        value=Decimal("1.10"),
        unit="万元/次",
        base_value=Decimal("11000"),
        base_unit="元/次",
    ),
    weight=Decimal("12.5"),
    direction="lower",
    scheme="2021",
    readings_agree=False,
    place=place(1, 200),
    sources=(
        Source(field="level3", raw="稿件", place=place(1, 200)),
        Source(field="level3", raw="费用", place=place(2, 20)),
        Source(field="target", raw="≤1.10(万元/次)", place=place(1, 200)),
    ),
)

COMPOUND = Indicator(
    ordinal=2,
    level1="产出指标",
    level2="质量指标",
    level3="覆盖率",
    level1_raw="",
    level2_raw="质量指标",
    level3_raw="覆盖率",
    target=Target(
        raw="城区≥95%，农村≥90%",
        kind="compound",
        parts=(
            Target(raw="城区≥95%", kind="quantitative", operator=">=", value=Decimal(95), unit="%"),
            Target(raw="农村≥90%", kind="quantitative", operator=">=", value=Decimal(90), unit="%"),
        ),
    ),
    place=place(1, 220),
)

DECLARATION = Declaration(
    ordinal=1,
    layout="shanghai_2025",
    fiscal_year=2025,
    first_page=1,
    last_page=2,
    name="网络内容建设与管理",
    nature="经常性项目",
    competent_department="网信办",
    start_date=date(2025, 1, 1),
    end_date=date(2025, 12, 31),
    funding=Funding(annual_funds=Decimal("12345678.90"), annual_fiscal_appropriation=Decimal("12345678.9")),
    annual_goal="做好网络内容建设与管理工作。",
    readings_agree=True,
    indicators=(QUANTITATIVE, COMPOUND),
    sources=(Source(field="annual_funds", raw="12,345,678.90", place=place(1, 60)),),
)

EVALUATION = Declaration(
    ordinal=1,
    layout="province",
    form_kind="self_evaluation",
    fiscal_year=2025,
    first_page=1,
    last_page=1,
    name="自评项目",
    project_code="31000023",
    funding=Funding(annual_funds=Decimal("110.00")),
    annual_goal="建成两座。",
    actual_goal="建成一座。",
    score=Decimal("92.5"),
    grade="优",
    execution_rate=Decimal("98.50"),
    indicators=(
        QUANTITATIVE.model_copy(
            update={
                "phase": "half_year",
                "area": "浦东新区",
                "actual": Target(
                    raw="1.05万元/次",
                    kind="quantitative",
                    value=Decimal("1.05"),
                    unit="万元/次",
                    base_value=Decimal(10500),
                    base_unit="元/次",
                ),
                "score": Decimal("12.5"),
                "reason": "单价下降",
                "remark": "无",
                "sources": (Source(field="actual", raw="1.05万元/次", place=place(1, 200)),),
            }
        ),
    ),
    amounts=(
        Amount(
            phase="adjusted",
            source="all",
            amount=Decimal("110.00"),
            raw="110.00",
            label_raw="年度资金总额",
            place=place(1, 60),
        ),
        Amount(
            phase="executed",
            source="general_budget",
            amount=Decimal("108.35"),
            raw="108.35",
            label_raw="一般公共预算",
            place=place(1, 60),
        ),
    ),
    tasks=(Task(name="巡查", amount=Decimal("5.50"), raw="巡查 5.50", place=place(1, 80)),),
    other_fields=(OtherField(label="项目属性", value="延续", place=place(1, 40)),),
    unread_cells=(UnreadCell(text="备查", row=3, column=7, column_span=2, place=place(1, 90)),),
)
"""A report on targets, with whatever only such forms print."""

FINDINGS = (
    Finding(code="unit_contradicts_name", severity="warning", message="频率 in 周次", raw="≥2.00(周次)",
            place=place(2, 30), project=1, indicator=2),
    Finding(code="level1_inferred", severity="info", message="no level-1 label printed", project=1),
    Finding(code="no_indicators", severity="error", message="a form that came to nothing", project=7),
)  # fmt: skip


def outcome_of(content: bytes = b"%PDF-1.7", name: str = "2025.pdf", **changes: object) -> Outcome:
    """What a good file yields, with some fields changed."""
    fields: dict[str, object] = {
        "document_id": sha256(content).hexdigest(),
        "file_name": name,
        "source_uri": f"file:///disclosures/{name}",
        "media_type": "application/pdf",
        "byte_size": len(content),
        "page_count": 2,
        "title": "财政项目支出绩效目标申报表（2025年度）",
        "organization": "网信办",
        "fiscal_year": 2025,
        "status": "review",
        "coverage": 1.0,
        "declarations": (DECLARATION,),
        "findings": FINDINGS,
        "seconds": 0.25,
        "fingerprint": fingerprint(),
    }
    return Outcome.model_validate(fields | changes)


def failed_outcome(content: bytes = b"", name: str = "broken.pdf") -> Outcome:
    return outcome_of(
        content,
        name,
        status="failed",
        error_code="encrypted",
        error_message=f"{name}: it is protected by a password; save a copy without one",
        media_type=None,
        page_count=None,
        title=None,
        organization=None,
        fiscal_year=None,
        coverage=None,
        declarations=(),
        findings=(Finding(code="damaged_file", severity="error", message="its objects were lost"),),
    )


def fake_parse(path: Path, *, layouts: object = None, on_page: object = None, max_bytes: object = None) -> Outcome:
    """Stands in for the parser: the content says how the file fares."""
    content = path.read_bytes()
    return failed_outcome(content, path.name) if content.startswith(b"bad") else outcome_of(content, path.name)


def document_of(outcome: Outcome) -> DocumentRow:
    """The row of the file itself."""
    return reading_of(outcome).document
