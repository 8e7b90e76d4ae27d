"""`links`: what is linked over the years, and decisions of persons, which are kept and win."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.records import Outcome
from tests.load.test_links import indicator, project, published

NAMES = (("清淤完成长度", "清淤疏浚长度"), ("护栏维修处数", "护栏更换处数"), ("河面打捞频次", "河面保洁频次"))


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def years(projects: tuple[str, str] = ("河道养护", "河道养护")) -> list[Outcome]:
    """Two years of one project, whose indicators are called otherwise in the second."""
    return [
        published(project(year, projects[side], *(indicator(pair[side], "≥5处", "higher") for pair in NAMES)))
        for side, year in enumerate((2024, 2025))
    ]


def store(path: Path, *outcomes: Outcome) -> None:
    with Warehouse(path) as warehouse:
        for outcome in outcomes:
            warehouse.store(outcome)
        warehouse.relate()


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with both years."""
    path = tmp_path_factory.mktemp("links") / "work.duckdb"
    store(path, *years())
    return path


@pytest.fixture
def db(linked: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(linked, tmp_path))


def query(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(db, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def statuses(db: Path) -> dict[str, str]:
    """How the links of indicators stand, by the later one's name."""
    return dict(
        query(db, "SELECT level3, status FROM links JOIN indicators ON indicator_id = later_indicator_id ORDER BY ALL")
    )


def sheet(db: Path, *options: str) -> list[dict[str, str]]:
    path = db.with_name("sheet.csv")
    result = invoke("links", "--db", db, "--csv", path, *options)
    assert result.exit_code == 0, result.output
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, rows: Sequence[Mapping[str, str]], encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def decided(db: Path, **decisions: str) -> list[dict[str, str]]:
    """The sheet of a database, filled in by the later names."""
    rows = sheet(db)
    for row in rows:
        row |= {"decision": decisions.get(row["later_level3"] or row["later_project"], ""), "author": "审核人"}
    return rows


def test_unsure_links_are_counted_and_written_with_what_both_sides_print(db: Path) -> None:
    assert set(statuses(db).values()) == {"queued"}
    assert "For a person: 3." in invoke("links", "--db", db).stdout
    counts = json.loads(invoke("links", "--db", db, "--json").stdout)
    assert [count["links"] for count in counts if count["subject"] == "project"] == [1]
    row = next(row for row in sheet(db) if row["later_level3"] == "清淤疏浚长度")
    assert (row["earlier_level3"], row["earlier_year"], row["later_year"]) == ("清淤完成长度", "2024", "2025")
    assert (row["earlier_project"], row["later_printed"], row["decision"]) == ("河道养护", "≥5处", "")
    assert "#page=1" in row["earlier_place"]


def test_decisions_are_applied_once_and_win(db: Path, tmp_path: Path) -> None:
    filled = written(tmp_path / "filled.csv", decided(db, 清淤疏浚长度="yes", 护栏更换处数="no"), "gb18030")
    result = invoke("links", "--db", db, "--apply", filled)
    assert result.exit_code == 0, result.output
    assert "Decisions: 2 new." in result.stdout
    assert "Links that need a person: 1, before 3." in result.stdout
    assert statuses(db) == {"清淤疏浚长度": "confirmed", "护栏更换处数": "rejected", "河面保洁频次": "queued"}
    assert (
        dict(query(db, "SELECT level3, change FROM year_over_year WHERE subject = 'indicator'"))["清淤疏浚长度"]
        == "same"
    )
    before = query(db, "SELECT * FROM link_decisions ORDER BY ALL"), query(db, "SELECT * FROM links ORDER BY ALL")
    again = invoke("links", "--db", db, "--apply", filled)
    assert "Nothing new" in again.stdout
    assert before == (
        query(db, "SELECT * FROM link_decisions ORDER BY ALL"), query(db, "SELECT * FROM links ORDER BY ALL")
    )  # fmt: skip


def test_another_decision_on_the_same_takes_the_place_of_the_first(db: Path, tmp_path: Path) -> None:
    invoke("links", "--db", db, "--apply", written(tmp_path / "1.csv", decided(db, 清淤疏浚长度="yes")))
    rows = sheet(db, "--status", "confirmed")
    rows[0] |= {"decision": "否", "author": "审核人"}
    result = invoke("links", "--db", db, "--apply", written(tmp_path / "2.csv", rows), "--json")
    assert json.loads(result.stdout) | {"undecided": 0} == {
        "new": 0, "changed": 1, "known": 0, "undecided": 0, "orphaned": 0, "queued_before": 2, "queued_now": 2,
    }  # fmt: skip
    assert statuses(db)["清淤疏浚长度"] == "rejected"


def test_decisions_hold_in_another_database_for_other_files(db: Path, tmp_path: Path) -> None:
    """The other files print the same, but are not the same bytes, and come later than the decisions."""
    invoke(
        "links", "--db", db, "--apply", written(tmp_path / "1.csv", decided(db, 清淤疏浚长度="yes", 护栏更换处数="no"))
    )
    carried = written(tmp_path / "carried.csv", sheet(db, "--status", "decided"))
    other = tmp_path / "other.duckdb"
    first, second = years()
    store(other, first.model_copy(update={"document_id": "a" * 64}))
    result = invoke("links", "--db", other, "--apply", carried)
    assert "About nothing that is printed here: 2." in result.stdout
    store(other, second.model_copy(update={"document_id": "b" * 64}))
    assert statuses(other) == statuses(db)
    assert query(other, "SELECT series_id FROM series ORDER BY ALL") == query(
        db, "SELECT series_id FROM series ORDER BY ALL"
    )


def test_the_link_of_projects_decides_about_their_indicators(tmp_path: Path) -> None:
    db = tmp_path / "work.duckdb"
    same = [indicator(name, "≥5处", "higher") for name in ("清淤", "护栏维修")]
    store(db, published(project(2024, "河道养护一期", *same)), published(project(2025, "河道养护二期", *same)))
    assert "Links of indicators that wait for that of their projects: 2." in invoke("links", "--db", db).stdout
    rows = decided(db, 河道养护二期="是")
    assert [row["subject"] for row in rows] == ["project"]
    invoke("links", "--db", db, "--apply", written(tmp_path / "filled.csv", rows))
    assert query(db, "SELECT DISTINCT subject, status FROM links ORDER BY ALL") == [
        ("indicator", "used"),
        ("project", "confirmed"),
    ]


def test_a_link_that_was_used_can_be_rejected(tmp_path: Path) -> None:
    db = tmp_path / "work.duckdb"
    store(db, published(project(2024, "河道养护")), published(project(2025, "河道养护")))
    rows = sheet(db, "--status", "used")
    rows[0] |= {"decision": "no", "author": "审核人"}
    invoke("links", "--db", db, "--apply", written(tmp_path / "filled.csv", rows))
    assert query(db, "SELECT change FROM year_over_year ORDER BY ALL") == [("added",), ("dropped",)]


def test_a_workbook_is_a_sheet_too(db: Path, tmp_path: Path) -> None:
    rows = decided(db, 清淤疏浚长度="yes")
    book = openpyxl.Workbook()
    for number, cells in enumerate([list(rows[0]), *(list(row.values()) for row in rows)], 1):
        for column, text in enumerate(cells, 1):
            book.worksheets[0].cell(number, column, text)
    book.save(tmp_path / "filled.xlsx")
    result = invoke("links", "--db", db, "--apply", tmp_path / "filled.xlsx")
    assert result.exit_code == 0, result.output
    assert statuses(db)["清淤疏浚长度"] == "confirmed"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"decision": "perhaps"}, "the decision perhaps is neither yes nor no"),
        ({"author": ""}, "the author is missing"),
        ({"earlier_year": "2025"}, "earlier_year is 2025, which is not before 2025"),
        ({"earlier_year": "last"}, "earlier_year is last, which is no number"),
        ({"subject": "unit"}, "subject is unit, and not one of project, indicator"),
        ({"later_level3": ""}, "later_level3 is empty"),
        ({"form_kind": "form"}, "form_kind is form, and not one of"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_applied(
    db: Path, tmp_path: Path, change: dict[str, str], reason: str
) -> None:
    rows = decided(db, 清淤疏浚长度="yes", 护栏更换处数="no")
    next(row for row in rows if row["decision"] == "no").update(change)
    result = invoke("links", "--db", db, "--apply", written(tmp_path / "filled.csv", rows))
    assert result.exception is not None
    assert getattr(result.exception, "exit_code", None) == 2
    assert reason in "\n".join(getattr(result.exception, "lines", ()))
    assert query(db, "SELECT count(*) FROM link_decisions") == [(0,)]


def test_lines_that_contradict_one_another_are_refused(db: Path, tmp_path: Path) -> None:
    rows = decided(db, 清淤疏浚长度="yes")
    row = next(row for row in rows if row["decision"] == "yes")
    result = invoke("links", "--db", db, "--apply", written(tmp_path / "filled.csv", [*rows, row | {"decision": "no"}]))
    assert "decides otherwise than line" in "\n".join(getattr(result.exception, "lines", ()))


def test_a_file_that_is_no_sheet_is_named(db: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    result = invoke("links", "--db", db, "--apply", tmp_path / "other.csv")
    assert "has no column decision" in str(result.exception)
    assert getattr(invoke("links", "--db", db, "--csv", "a", "--apply", "b").exception, "exit_code", None) == 2
