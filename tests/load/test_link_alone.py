"""Units of one year: their series are those that linking would make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from perftable_etl.load import link_alone, links
from perftable_etl.load.link_members import blocks
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.records import Declaration, Indicator, Outcome
from tests.outcomes import DECLARATION, QUANTITATIVE, outcome_of

NAMES = (
    "河道养护", "2024年河道养护", "2023年 河道养护", "1.河道养护", "“河道”养护\\", "Ａ１．５",
    "---", '"', "\\\x01", "a.b\x7f", "",
)  # fmt: skip
"""Names that are alike once they are compared, and characters that JSON writes otherwise."""


def row(number: int, name: str, level2: str, area: str | None, phase: Any) -> Indicator:
    update = {"ordinal": number, "level3": name, "level2": level2, "area": area, "phase": phase}
    return QUANTITATIVE.model_copy(update=update)


def project(ordinal: int, name: str, year: int, kind: Any = "declaration") -> Declaration:
    rows = tuple(
        row(number, level3, level2, area, phase)
        for number, (level3, level2, area, phase) in enumerate(
            (
                *((level3, "数量指标", None, "year") for level3 in NAMES),
                *((level3, "质量（指标）", "城区", "total") for level3 in NAMES),
            ),
            1,
        )
    )
    update = {"ordinal": ordinal, "name": name, "fiscal_year": year, "form_kind": kind, "indicators": rows}
    return DECLARATION.model_copy(update=update)


def published(unit: str, *projects: Declaration) -> Outcome:
    content = f"{unit}{projects}".encode()
    return outcome_of(content, f"{unit}.pdf", declarations=projects, findings=(), organization=unit, fiscal_year=2024)


OUTCOMES = (
    published("青岚区水务局", *(project(number, name, 2024) for number, name in enumerate(NAMES, 1))),
    published("青岚区 水务局", project(1, "河道养护", 2024), project(2, "自评", 2023, "self_evaluation")),
    published('桐川市"档案"局', project(1, "档案", 2024), project(2, "档案", 2024)),
    published("两年局", project(1, "养护", 2023), project(2, "养护", 2024)),
)


def series(path: Path) -> list[tuple[Any, ...]]:
    with Warehouse(path) as warehouse:
        for outcome in OUTCOMES:
            warehouse.store(outcome)
        warehouse.relate()
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute("SELECT * FROM series ORDER BY ALL").fetchall()


def test_their_series_are_those_that_linking_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = series(tmp_path / "told.duckdb")
    monkeypatch.setattr(links, "LONE", f"{link_alone.LONE} AND false")
    linked = series(tmp_path / "linked.duckdb")
    assert told == linked
    assert len({unit for _, unit, *_ in told}) == 3


def test_only_units_with_more_years_are_read_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(connection: Any, chosen: str) -> Any:
        for block in blocks(connection, chosen):
            read.append(block.unit)
            yield block

    monkeypatch.setattr("perftable_etl.load.links.blocks", noted)
    series(tmp_path / "told.duckdb")
    assert read == ["两年局"]
