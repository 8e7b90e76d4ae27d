"""A working day: review, decide in a sheet, apply; and the decisions last through all that comes after."""

from __future__ import annotations

import csv
import shutil
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.errors import SheetError
from perftable_etl.load.corrections.sheet import guarded
from perftable_etl.pipeline import parse
from perftable_etl.records import Declaration, Outcome, Target

FORM = """\
财政项目支出绩效目标申报表
（2024年度）
项目名称\t{name}
主管部门\t青岚区水务局\t实施单位\t青岚区水务站
项目资金（万元）\t年度资金总额\t10.00
年度目标\t保障供水
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t巡查次数\t{target}
产出指标\t质量指标\t合格率\t≥95%
效益指标\t社会效益指标\t投诉\t=100%
满意度指标\t服务对象满意度指标\t群众满意度\t≥90%
"""
OPEN = "SELECT count(*) FROM open_findings WHERE severity <> 'info'"
HOSTILE = "<script>alert(1)</script>]]>\u202e" + "长" * 300


def run(*words: str | Path, parser: Any = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], obj=parser)


def ask(db: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(db, read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two forms, the second with a hostile name, a database of them, and the archive."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "forms").mkdir()
    (folder / "forms" / "甲.txt").write_text(FORM.format(name="供水巡查", target="约 ?? 次"), encoding="utf-8")
    (folder / "forms" / "乙.txt").write_text(FORM.format(name=HOSTILE, target="=1或 ?? 次"), encoding="utf-8")
    result = run("ingest", folder / "forms", "--db", folder / "work.duckdb", "--archive", folder / "archive")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made / "work.duckdb", tmp_path))


@pytest.fixture
def archive(made: Path) -> Path:
    return made / "archive"


def sheet(db: Path, to: Path) -> list[dict[str, str]]:
    assert run("review", "--db", db, "--csv", to).exit_code == 0
    return read(to)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(rows: list[dict[str, str]], to: Path) -> Path:
    with to.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return to


def decided(db: Path, tmp_path: Path, **changes: str) -> Path:
    """The sheet with a decision on the finding in 甲.txt."""
    rows = sheet(db, tmp_path / "review.csv")
    (row,) = (row for row in rows if row["file_name"] == "甲.txt")
    row.update({"author": "王", **changes})
    return write(rows, tmp_path / "decided.csv")


def corrected(db: Path, tmp_path: Path) -> Path:
    return decided(db, tmp_path, verdict="corrected", new_value="≥12(次)", reason="=看原件")


SHOWN = """
    SELECT kind, operator, value, base_unit, corrected_by FROM current_indicators
    JOIN projects USING (project_id) WHERE level3 = '巡查次数' AND name = '供水巡查'
"""
CORRECTED = [("quantitative", ">=", 12, "次", "王")]


def parse_otherwise(path: Path, /, **options: Any) -> Outcome:
    """A later reader: it finds one more row before the others, and level 2 of none."""
    outcome = parse(path, **options)
    return outcome.model_copy(update={"declarations": tuple(map(_otherwise, outcome.declarations)), "findings": ()})


def _otherwise(form: Declaration) -> Declaration:
    first = form.indicators[0].model_copy(update={"level3": "另一行", "target": Target(raw="≥1", kind="qualitative")})
    later = [row.model_copy(update={"ordinal": row.ordinal + 1, "level2": None}) for row in form.indicators]
    return form.model_copy(update={"indicators": (first, *later)})


def parse_worse(path: Path, /, **options: Any) -> Outcome:
    """A reader that prints another target."""
    outcome = parse(path, **options)
    return outcome.model_copy(update={"declarations": tuple(map(_worse, outcome.declarations)), "findings": ()})


def _worse(form: Declaration) -> Declaration:
    target = Target(raw="约 12 次", kind="qualitative")
    return form.model_copy(
        update={"indicators": tuple(row.model_copy(update={"target": target}) for row in form.indicators)}
    )


def test_a_correction_is_seen_in_sql_and_applied_once(db: Path, tmp_path: Path) -> None:
    path = corrected(db, tmp_path)
    first = run("corrections", "apply", path, "--db", db)
    assert (first.exit_code, "New decisions: 1 corrected." in first.output) == (0, True), first.output
    assert ask(db, SHOWN) == CORRECTED
    assert ask(db, OPEN) == [(1,)]
    before = ask(db, "FROM corrections"), ask(db, "FROM indicator_overlays")
    assert "Nothing new" in run("corrections", "apply", path, "--db", db).output
    assert (ask(db, "FROM corrections"), ask(db, "FROM indicator_overlays")) == before


def test_it_lasts_through_another_parser_and_is_told_where_it_is_orphaned(
    db: Path, archive: Path, tmp_path: Path
) -> None:
    read_again = partial(run, "reparse", "甲.txt", "--db", db, "--archive", archive)
    run("corrections", "apply", corrected(db, tmp_path), "--db", db)
    assert read_again(parser=parse_otherwise).exit_code == 0
    assert ask(db, SHOWN) == CORRECTED
    assert read_again(parser=parse_worse).exit_code == 0
    assert ask(db, "SELECT count(*) FROM current_indicators WHERE corrected_by IS NOT NULL") == [(0,)]
    assert "1 orphaned" in run("corrections", "list", "--db", db).output
    assert read_again().exit_code == 0
    assert ask(db, SHOWN) == CORRECTED
    assert ask(db, OPEN) == [(1,)]


def test_decisions_go_into_a_new_database_from_the_archive(db: Path, archive: Path, tmp_path: Path) -> None:
    run("corrections", "apply", corrected(db, tmp_path), "--db", db)
    new, carried = tmp_path / "new.duckdb", tmp_path / "decisions.csv"
    assert run("corrections", "export", "--db", db, "--to", carried).exit_code == 0
    assert run("ingest", archive, "--db", new).exit_code == 0
    assert run("corrections", "apply", carried, "--db", new).exit_code == 0
    assert ask(new, SHOWN) == CORRECTED
    columns = "SELECT * EXCLUDE (document_sha256) FROM corrections"
    assert ask(new, columns) == ask(db, columns)


def test_a_copy_in_another_format_is_corrected_too(db: Path, tmp_path: Path) -> None:
    run("corrections", "apply", corrected(db, tmp_path), "--db", db)
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(chr(9)))}</tr>"
        for line in FORM.format(name="供水巡查", target="约 ??次").splitlines()[2:]
    )
    head = "<html><meta charset=utf-8><p>财政项目支出绩效目标申报表<p>（2024年度）"
    copy = tmp_path / "copy.html"
    copy.write_text(f"{head}<table border=1>{rows}</table></html>", encoding="utf-8")
    assert run("ingest", copy, "--db", db).exit_code == 0
    assert ask(db, "SELECT count(*) FROM corrected_indicators WHERE corrected_by = '王'") == [(2,)]


def test_all_alike(db: Path, tmp_path: Path) -> None:
    other = tmp_path / "丙.txt"
    other.write_text(FORM.format(name="另一个", target="约 ?? 次"), encoding="utf-8")
    run("ingest", other, "--db", db)
    rows = sheet(db, tmp_path / "review.csv")
    alike = [row for row in rows if row["printed_raw"] == "约 ?? 次"]
    assert len(alike) == 2
    alike[0].update(verdict="dismissed", author="王", all_alike="yes")
    assert run("corrections", "apply", write(rows, tmp_path / "d.csv"), "--db", db).exit_code == 0
    assert ask(db, OPEN) == [(1,)]
    assert ask(db, "SELECT count(*) FROM corrections WHERE verdict = 'dismissed'") == [(2,)]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"verdict": "wrong"}, "the verdict wrong is none of"),
        ({"verdict": "corrected"}, "needs a value in new_value"),
        ({"verdict": "corrected", "new_value": "1", "field": "colour"}, "colour is no column"),
        ({"verdict": "corrected", "new_value": "昨天", "field": "start_date"}, "昨天 is no date"),
        ({"verdict": "corrected", "new_value": "很多", "field": "annual_funds"}, "很多 is no amount"),
        ({"verdict": "dismissed", "author": ""}, "the author is missing"),
        ({"verdict": "dismissed", "code": "no_funds"}, "cells were moved"),
        ({"verdict": "dismissed", "finding_id": "0" * 32, "printed_raw": "?"}, "no finding target_damaged"),
        ({"verdict": "kept_apart"}, "no other publication"),
        ({"verdict": "dismissed", "decided_at": "yesterday"}, "is no time"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_applied(
    db: Path, tmp_path: Path, changes: dict[str, str], complaint: str
) -> None:
    path = decided(db, tmp_path, **changes)
    rows = read(path)
    (good,) = (row for row in rows if row["file_name"] != "甲.txt")
    good.update(verdict="dismissed", author="王")
    result = run("corrections", "apply", write(rows, path), "--db", db)
    line = next(number for number, row in enumerate(rows, 2) if row["file_name"] == "甲.txt")
    assert isinstance(result.exception, SheetError)
    assert f"line {line}: " in str(result.exception)
    assert complaint in str(result.exception)
    assert ask(db, "SELECT count(*) FROM corrections") == [(0,)]


def test_a_value_without_a_finding_is_corrected_by_what_is_printed(db: Path, tmp_path: Path) -> None:
    line = {"project_name": "供水巡查", "field": "annual_funds", "verdict": "corrected", "new_value": "12万元"}
    path = write([{**line, "author": "王"}], tmp_path / "own.csv")
    assert run("corrections", "apply", path, "--db", db).exit_code == 0
    assert ask(db, "SELECT annual_funds FROM current_projects WHERE name = '供水巡查'") == [(120000,)]
    assert ask(db, "SELECT old_value, printed_raw FROM corrections") == [("100000", "10.00")]


def test_a_row_is_added_and_removed(db: Path, tmp_path: Path) -> None:
    common = {"project_name": "供水巡查", "author": "王", "level2": "", "new_value": ""}
    added = {**common, "verdict": "added", "level3": "新指标", "level2": "数量指标", "new_value": "≥3个"}
    path = write([added, {**common, "verdict": "removed", "level3": "合格率"}], tmp_path / "own.csv")
    assert run("corrections", "apply", path, "--db", db).exit_code == 0
    shown = ask(
        db,
        "SELECT level1, level3, value FROM current_indicators JOIN projects USING (project_id)"
        " WHERE name = '供水巡查' ORDER BY current_indicators.ordinal",
    )
    assert shown[-1] == ("产出指标", "新指标", 3)
    assert "合格率" not in [level3 for _, level3, _ in shown]


def through_calc(path: Path, suffix: str, folder: Path) -> Path:
    """The sheet as LibreOffice Calc opens and saves it."""
    filters = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "xlsx": "xlsx"}
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    infilter = "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false"
    command = [
        "soffice",
        profile,
        "--headless",
        infilter,
        "--convert-to",
        filters[suffix],
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (saved,) = folder.glob(f"{path.stem}*.{suffix}")
    return saved


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_sheet_goes_through_calc(db: Path, tmp_path: Path, suffix: str) -> None:
    """Opened and saved before it is filled in, and after: what is applied is the same to the letter."""
    assert shutil.which("soffice"), "LibreOffice is missing"
    plain, saved = tmp_path / "plain.duckdb", tmp_path / "saved.duckdb"
    shutil.copy(db, plain)
    shutil.copy(db, saved)
    rows = sheet(db, tmp_path / "review.csv")
    for number, row in enumerate(rows):
        row.update(
            verdict="corrected",
            new_value=guarded("new_value", ("≥12(次)", "95.50%")[number]),
            reason="看原件，\n见第3页",
            author="王",
        )
    path = write(rows, tmp_path / "decided.csv")
    folder = tmp_path / "calc"
    folder.mkdir()
    assert run("corrections", "apply", path, "--db", plain).exit_code == 0
    result = run("corrections", "apply", through_calc(path, suffix, folder), "--db", saved)
    assert result.exit_code == 0, result.output
    columns = "SELECT * EXCLUDE (decided_at) FROM corrections ORDER BY correction_id"
    assert ask(saved, columns) == ask(plain, columns)
    assert ask(saved, "SELECT count(*) FROM corrections") == [(2,)]
