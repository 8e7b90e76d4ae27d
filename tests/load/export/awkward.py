"""A database of values that tools like to change: long numbers, signs of formulas, line breaks, nothing and empty."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from perftable_etl.load.warehouse import Warehouse
from tests.outcomes import outcome_of

MOST = Decimal("9999999999999999999999999999.9999999999")
"""All 38 digits of a quantity."""

TEXTS = (
    "=1+1",
    "=100.00(%)",
    "@SUM(A1)",
    "+86 21",
    "-5",
    "007",
    "1e5",
    "1,5",
    "2026-01-02",
    "TRUE",
    "NULL",
    "nan",
    "",
    None,
    " around ",
    "a\nb",
    "a\r\nb",
    "tab\tin",
    'a "quoted" word',
    '"',
    "'single",
    "back\\slash",
    "<r>markup</r>",
    "_x0041_",
    "\ufeffmark",
    "㎡ 𠮷 ①",
    "长" * 32_767,
)
"""Texts that a tool may take for something else. NUL has tests of its own."""

NUMBERS = (
    MOST,
    MOST.copy_negate(),
    Decimal("0.1"),
    Decimal("1E-10"),
    Decimal("9.95"),
    Decimal("123456789012345"),
    Decimal("1234567890123456"),
    Decimal("0"),
    None,
)
MONEY = (Decimal("9999999999999999.99"), Decimal("-0.01"), Decimal("15365275.00"), Decimal("0.00"), None)
DAYS = (date(2024, 2, 29), date(1899, 12, 31), date(1900, 2, 28), date(9999, 12, 31), None)
TIMES = (datetime(2026, 1, 2, 3, 4, 5, 678901), datetime(2026, 1, 2), datetime(1969, 12, 31, 23, 59, 59, 999999))
YEARS = (2024, 2025, None)


def awkward_database(path: Path) -> Path:
    """Makes such a database: one document, and as many projects and indicators as there are texts."""
    with Warehouse(path) as warehouse:
        warehouse.store(outcome_of(b"a"))
    with duckdb.connect(path) as connection:
        connection.executemany(_PROJECT, [_project(number) for number in range(len(TEXTS))])
        connection.executemany(_INDICATOR, [_indicator(number) for number in range(len(TEXTS))])
        connection.executemany("UPDATE documents SET first_seen_at = ?, ingested_at = ?", [TIMES[:2]])
        connection.execute("INSERT INTO findings BY NAME " + _FINDING, ['{"a":[1,null,"\\"\\n"]}'])
    return path


_PROJECT = (
    "INSERT INTO projects BY NAME SELECT ? AS project_id, (SELECT document_id FROM documents) AS document_id,"
    " ? AS ordinal, 'test' AS layout, ? AS fiscal_year, 1 AS first_page, 1 AS last_page, ? AS name,"
    " ? AS project_code, ?::DATE AS start_date, ?::DECIMAL(18,2) AS total_funds, ?::DECIMAL(38,10) AS score"
)
_INDICATOR = (
    "INSERT INTO indicators BY NAME SELECT ? AS indicator_id, ? AS project_id,"
    " (SELECT document_id FROM documents) AS document_id, ? AS ordinal, ? AS level3, '' AS level1_raw,"
    " '' AS level2_raw, '' AS level3_raw, ? AS target_raw, 'quantitative' AS kind, 1 AS page, 'year' AS phase,"
    " ?::DECIMAL(38,10) AS value, 0.1 + 0.2 AS x0, 1e300 AS x1, ? AS readings_agree"
)
_FINDING = (
    "SELECT 'f' AS finding_id, (SELECT document_id FROM documents) AS document_id, 'does_not_fit' AS code,"
    " 'warning' AS severity, '=A1' AS message, '' AS raw, ?::JSON AS details"
)


def _project(number: int) -> list[Any]:
    text = TEXTS[number]
    return [
        f"p{number}",
        number + 10,
        YEARS[number % len(YEARS)],
        text,
        text,
        DAYS[number % len(DAYS)],
        MONEY[number % len(MONEY)],
        NUMBERS[number % len(NUMBERS)],
    ]


def _indicator(number: int) -> list[Any]:
    text = TEXTS[number]
    agree = (True, False, None)[number % 3]
    return [f"i{number}", f"p{number}", number, text or "", text or "", NUMBERS[number % len(NUMBERS)], agree]
